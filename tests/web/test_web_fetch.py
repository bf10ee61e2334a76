"""One fetch: what is sent, what is kept, and where redirects lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from web_servers import Last, RawServer, failed, fetch, got, http, with_web

from archiver import __version__
from archiver.model import FailureKind
from archiver.web import retry_after
from archiver.web.exchange import Exchange, Failure, Request

if TYPE_CHECKING:
    from archiver.web.client import Web


def at(server: RawServer, path: str = "/") -> str:
    return f"http://127.0.0.1:{server.port}{path}"


def answering(table: dict[str, bytes | Last]):
    return lambda head: table.get(head.split(b" ")[1].decode(), http(status="404 Not Found"))


def moved(to: str, status: str = "301 Moved Permanently", more: str = "") -> bytes:
    return http(b"moved", status=status, headers=f"Location: {to}\r\n{more}")


class TestWhatIsSent:
    def test_is_what_is_recorded(self):
        with RawServer(lambda head: http()) as server:
            answer = got(at(server, "/a%20b?c=d&c=e#part"))
        assert server.heads == [answer.final.request_head]
        assert server.targets == ["/a%20b?c=d&c=e"]

    def test_is_recorded_with_headers_of_the_caller_and_cookies_too(self):
        table = {"/": moved("/2", more="Set-Cookie: a=1; Path=/\r\n"), "/2": http()}
        with RawServer(answering(table)) as server:
            request = Request(url=at(server), headers={"accept": "application/json", "Range": "bytes=0-9"})
            answer = got(request)
        assert server.heads == [hop.request_head for hop in answer.hops]
        assert b"\r\naccept: application/json\r\nRange: bytes=0-9\r\n" in server.heads[0]
        assert b"text/html" not in server.heads[0]
        assert b"\r\nCookie: a=1\r\n" in server.heads[1]

    def test_asks_for_a_piece_as_it_is(self):
        with RawServer(lambda head: http()) as server:
            got(Request(url=at(server), headers={"Range": "bytes=0-9"}))
            got(Request(url=at(server), headers={"Range": "bytes=0-9", "Accept-Encoding": "gzip"}))
        assert [b"Accept-Encoding: identity\r\n" in head for head in server.heads] == [True, False]
        assert [head.lower().count(b"accept-encoding") for head in server.heads] == [1, 1]

    @pytest.mark.parametrize("target", ["/?", "/a?b?c", "/a|b", "/%7Euser/", "/x;y=1", "/a//b", "/[x]", "/?q='a'&{b}"])
    def test_leaves_odd_targets_alone(self, target):
        with RawServer(lambda head: http()) as server:
            answer = got(at(server, target))
        assert server.heads == [answer.final.request_head]
        assert server.targets[0] == answer.final.url.partition(str(server.port))[2]

    def test_says_who_we_are(self):
        with RawServer(lambda head: http()) as server:
            got(at(server), contact="https://example.org/bot")
            got(at(server))
        assert f"User-Agent: archiver/{__version__} (+https://example.org/bot)\r\n".encode() in server.heads[0]
        assert f"User-Agent: archiver/{__version__}\r\n".encode() in server.heads[1]

    def test_holds_no_credentials_and_no_headers_that_are_not_the_callers(self):
        with RawServer(lambda head: http()) as server:
            got(Request(
                url=f"http://user:secret@127.0.0.1:{server.port}/",
                headers={"Authorization": "Basic x", "Cookie": "a=1", "Host": "other", "X-A": "b\r\nX-Injected: 1"},
            ))
        head = server.heads[0].lower()
        assert b"secret" not in head
        assert not any(word in head for word in (b"authorization", b"cookie", b"other", b"injected", b"dxnlcjpz"))

    def test_keeps_the_connection_to_a_host_with_more_to_ask(self):
        async def use(web: Web) -> None:
            async def work(link, turn):
                await web.fetch(Request(url=link, turn=turn))

            await web.each([at(server, f"/{n}") for n in range(5)], lambda link: link, work)

        with RawServer(lambda head: http()) as server:
            with_web(use)
        assert (len(server.heads), server.connections) == (5, 1)


class TestWhatIsKept:
    def test_is_every_byte_of_the_head(self):
        head = b"HTTP/1.1 299 Fine \xe6\r\nX-ODD:  two  \r\nset-cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\n"
        with RawServer(lambda _: head + b"ok") as server:
            hop = got(at(server)).final
        assert hop.head == head
        assert hop.headers == (
            ("X-ODD", "two"), ("set-cookie", "a=1"), ("Set-Cookie", "b=2"), ("Content-Length", "2"),
        )
        assert (hop.status, hop.body, hop.decoded, hop.truncated) == (299, b"ok", b"ok", None)
        assert (hop.http_version, hop.peer) == ("1.1", "127.0.0.1")
        assert 0 < hop.timings.connected <= hop.timings.first_byte <= hop.timings.total

    def test_is_the_final_head_after_early_hints_and_without_trailers(self):
        answer = (
            b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n"
        )
        with RawServer(lambda _: answer) as server:
            hop = got(at(server)).final
        assert hop.head == b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        assert hop.body == b"abc"

    def test_is_cut_at_the_limit_and_says_so(self):
        with RawServer(lambda _: Last(http(b"x" * 3_000_000))) as server:
            cut = got(Request(url=at(server), read_limit=100_000)).final
            whole = got(Request(url=at(server), read_limit=3_000_000)).final
        assert (cut.body, cut.decoded, cut.truncated) == (b"x" * 100_000, b"x" * 100_000, "length")
        assert (len(whole.body), whole.truncated) == (3_000_000, None)

    def test_is_what_came_before_an_orderly_end_that_came_too_early(self):
        with RawServer(lambda _: Last(http(b"half", length=8))) as server:
            hop = got(at(server)).final
        assert (hop.body, hop.truncated) == (b"half", "disconnect")

    def test_is_what_came_before_the_time_ran_out(self):
        answer = Last(http(b"half", length=8), how="hang")
        with RawServer(lambda _: answer) as server:
            failure = failed(at(server), timeout=0.4)
        assert failure.kind is FailureKind.TIMEOUT
        assert [(hop.body, hop.truncated) for hop in failure.hops] == [(b"half", "time")]


class TestRedirects:
    @pytest.mark.parametrize("status", ["301 A", "302 B", "303 C", "307 D", "308 E"])
    def test_are_followed_and_recorded(self, status):
        with RawServer(answering({"/": moved("/there", status), "/there": http(b"there")})) as server:
            answer = got(at(server))
        assert [(hop.url, hop.status) for hop in answer.hops] == [(at(server), int(status[:3])), (at(server, "/there"), 200)]
        assert answer.final.body == b"there"

    @pytest.mark.parametrize("status", ["300 Choices", "304 Same", "305 Use Proxy", "201 Created"])
    def test_are_only_the_five_that_browsers_follow(self, status):
        with RawServer(answering({"/": moved("/there", status)})) as server:
            assert len(got(at(server)).hops) == 1

    def test_are_not_followed_when_the_caller_says_so(self):
        with RawServer(answering({"/": moved("/there")})) as server:
            assert got(Request(url=at(server), follow=False)).final.status == 301

    @pytest.mark.parametrize(("location", "asked"), [
        ("../new", "/a/new"), ("?x=1", "/a/b/old?x=1"), ("//127.0.0.1:{port}/y", "/y"), ("HTTP://127.0.0.1:{port}/z", "/z"),
        ("/p\u00e5-\u00f8en".encode().decode("latin-1"), "/p%C3%A5-%C3%B8en"), ("/caf\xe9", "/caf%E9"),
        ("/with space", "/with%20space"), ("/x#part", "/x"), ("http:///127.0.0.1:{port}/slashes", "/slashes"),
    ])
    def test_lead_where_a_browser_would_go(self, location, asked):
        with RawServer(lambda head: http()) as server:
            first = moved(location.replace("{port}", str(server.port)))
            server._answer = lambda head: first if b" /a/b/old " in head else http(b"new")
            answer = got(at(server, "/a/b/old"))
        assert server.targets == ["/a/b/old", asked]
        assert answer.final.body == b"new"

    @pytest.mark.parametrize("location", ["file:///etc/hostname", "javascript:alert(1)", "mailto:a@b", "http://", "http://a b/", "data:,x"])
    def test_to_nowhere_are_failures_with_what_was_seen(self, location):
        with RawServer(answering({"/": moved(location)})) as server:
            failure = failed(at(server))
        assert failure.kind is FailureKind.BAD_REDIRECT
        assert [hop.status for hop in failure.hops] == [301]

    def test_without_a_location_are_answers(self):
        with RawServer(lambda head: http(status="302 Found")) as server:
            assert got(at(server)).final.status == 302

    def test_in_a_circle_are_seen(self):
        with RawServer(answering({"/a": moved("/b"), "/b": moved("/a")})) as server:
            failure = failed(at(server, "/a"))
        assert failure.kind is FailureKind.REDIRECT_LOOP
        assert [hop.url for hop in failure.hops] == [at(server, "/a"), at(server, "/b")]

    def test_without_end_are_given_up(self):
        def further(head: bytes) -> bytes:
            return moved(f"/{int(head.split(b' ')[1][1:] or 0) + 1}")

        with RawServer(further) as server:
            failure = failed(at(server, "/0"))
        assert failure.kind is FailureKind.TOO_MANY_REDIRECTS
        assert len(failure.hops) == 21

    def test_to_themselves_end_when_a_cookie_is_sent_back(self):
        def dance(head: bytes) -> bytes:
            return http(b"in") if b"Cookie: seen=1" in head else moved("/", more="Set-Cookie: seen=1; Path=/\r\n")

        with RawServer(dance) as server:
            assert got(at(server)).final.body == b"in"
            assert b"Cookie" not in server.heads[0]
            got(at(server))  # a new fetch knows nothing of the first one's cookies
        assert [b"Cookie" in head for head in server.heads] == [False, True, False, True]

    def test_do_not_carry_cookies_to_another_host(self):
        with RawServer(lambda head: http()) as other:
            first = moved(f"http://localhost:{other.port}/", more="Set-Cookie: a=1; Path=/\r\n")
            with RawServer(lambda head: first) as server:
                got(at(server))
        assert b"Cookie" not in other.heads[0]

    def test_are_followed_even_when_their_body_never_ends(self):
        stuck = Last(http(b"", status="301 Moved", headers="Location: /there\r\n", length=9), how="hang")
        with RawServer(answering({"/": stuck, "/there": http(b"there")})) as server:
            answer = got(at(server), timeout=0.5)
        assert answer.final.body == b"there"
        assert answer.hops[0].truncated == "time"


class TestHostileAnswers:
    @pytest.mark.parametrize("answer", [
        b"garbage\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\x00\x01\x02", b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"a" * 400_000,
        b"SSH-2.0-OpenSSH_9.0\r\n",
    ])
    def test_are_failures_not_exceptions(self, answer):
        with RawServer(lambda _: Last(answer)) as server:
            assert failed(at(server)).kind in (FailureKind.BAD_ANSWER, FailureKind.RESET)

    @examples(max_examples=40, deadline=None)
    @given(st.binary(max_size=300), st.booleans())
    def test_of_any_bytes_are_values(self, noise, with_head):
        with RawServer(lambda _: Last((b"HTTP/1.1 200 OK\r\n" if with_head else b"") + noise)) as server:
            assert isinstance(fetch(at(server), timeout=2), (Exchange, Failure))

    @pytest.mark.parametrize("url", ["ftp://example.org/", "not an address", "", "http://", "mailto:a@b", "http://[::1", "x" * 9000])
    def test_addresses_that_are_none_are_unsupported(self, url):
        assert failed(url).kind is FailureKind.UNSUPPORTED

    def test_onion_services_are_not_called_missing(self):
        assert failed("http://abcdefghijklmnop.onion/").kind is FailureKind.UNSUPPORTED


@pytest.mark.parametrize(("value", "seconds"), [
    ("120", 120.0), (" 0 ", 0.0), ("Tue, 24 Nov 2026 12:01:00 GMT", 60.0), ("Tue, 24 Nov 2020 12:01:00 GMT", 0.0),
    ("99999999999999999999", 2_592_000.0), ("Fri, 31 Dec 2094 23:59:59 GMT", 2_592_000.0), ("-5", None), ("soon", None),
    ("", None), (None, None), ("1e9", None), ("9" * 500, None), ("١٢", None),
])
def test_retry_after_is_read_within_reason(value, seconds):
    from datetime import UTC, datetime

    assert retry_after.seconds(value, datetime(2026, 11, 24, 12, tzinfo=UTC)) == seconds
