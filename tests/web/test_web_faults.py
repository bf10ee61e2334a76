"""Every way to fail has one name, and our own network's failures are nobody else's."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress

import pycurl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_servers import Last, Names, RawServer, behind_proxy, failed, got, http, settings, with_web

from archiver.clock import SystemClock
from archiver.model import FailureKind, Reason
from archiver.web import faults
from archiver.web.client import Web
from archiver.web.exchange import Exchange, Failure, Request
from archiver.web.resolve import Found, Known

CODES = {
    name: getattr(pycurl, name) for name in dir(pycurl) if name.startswith("E_") and not name.startswith("E_MULTI_")
}


@pytest.mark.parametrize("name", [name for name, code in CODES.items() if code > 0])
def test_every_code_of_libcurl_has_a_kind(name):
    assert faults.known(CODES[name])
    assert isinstance(faults.kind_of(CODES[name]), FailureKind)


@pytest.mark.parametrize(("name", "kind"), [
    ("E_COULDNT_RESOLVE_PROXY", FailureKind.PROXY), ("E_COULDNT_RESOLVE_HOST", FailureKind.DNS_ERROR),
    ("E_COULDNT_CONNECT", FailureKind.REFUSED), ("E_OPERATION_TIMEDOUT", FailureKind.TIMEOUT),
    ("E_SSL_CONNECT_ERROR", FailureKind.TLS_ERROR), ("E_GOT_NOTHING", FailureKind.RESET), ("E_SEND_ERROR", FailureKind.RESET),
    ("E_RECV_ERROR", FailureKind.RESET), ("E_PEER_FAILED_VERIFICATION", FailureKind.TLS_ERROR), ("E_HTTP2", FailureKind.RESET),
    ("E_PARTIAL_FILE", FailureKind.RESET), ("E_UNSUPPORTED_PROTOCOL", FailureKind.BAD_ANSWER),
    ("E_FTP_WEIRD_SERVER_REPLY", FailureKind.BAD_ANSWER), ("E_URL_MALFORMAT", FailureKind.UNSUPPORTED),
])
def test_the_ones_that_matter_have_the_right_one(name, kind):
    assert faults.kind_of(CODES[name]) is kind


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_closed_port_of_this_machine_is_refused_even_when_no_canary_answers():
    failure = failed(f"http://127.0.0.1:{closed_port()}/", resolver=Names(working=False))
    assert failure.kind is FailureKind.REFUSED


def test_a_silent_server_of_this_machine_is_slow_even_when_no_canary_answers():
    with RawServer(lambda _: Last(b"", how="hang")) as server:
        failure = failed(f"http://127.0.0.1:{server.port}/", timeout=0.3, resolver=Names(working=False))
    assert failure.kind is FailureKind.TIMEOUT


@pytest.mark.parametrize(("answer", "kind"), [
    (Last(b""), FailureKind.RESET), (Last(b"", how="reset"), FailureKind.RESET),
    (Last(b"HTTP/1.1 200 OK\r\nContent-"), FailureKind.RESET), (Last(b"hello\r\n"), FailureKind.BAD_ANSWER),
])
def test_connections_that_end_early(answer, kind):
    with RawServer(lambda _: answer) as server:
        failure = failed(f"http://127.0.0.1:{server.port}/")
    assert (failure.kind, failure.hops) == (kind, ())


class TestNames:
    def test_that_do_not_exist_are_believed_when_a_canary_resolves(self):
        names = Names("iana.org")
        failure = failed("http://no-such-host.invalid/", resolver=names)
        assert failure.kind is FailureKind.NO_SUCH_HOST
        assert names.asked["no-such-host.invalid"] == 1

    def test_are_not_judged_when_none_resolves(self):
        assert failed("http://no-such-host.invalid/", resolver=Names()).kind is FailureKind.OFFLINE

    def test_are_not_judged_when_the_resolver_fails(self):
        class Failing(Names):
            async def look_up(self, name, seconds):
                return Found(Known.EXISTS if name == "iana.org" else Known.FAILED)

        assert failed("http://no-such-host.invalid/", resolver=Failing()).kind is FailureKind.DNS_ERROR

    def test_without_an_address_are_not_called_missing(self):
        failure = failed("http://no-such-host.invalid/", resolver=Names("no-such-host.invalid", "iana.org"))
        assert failure.kind is FailureKind.DNS_ERROR

    def test_need_one_canary_for_many(self):
        names = Names("example.com")

        async def use(web: Web):
            return [await web.fetch(Request(url=f"http://gone-{n}.invalid/")) for n in range(5)]

        kinds = {answer.kind for answer in with_web(use, resolver=names, canaries=("example.com",))}
        assert kinds == {FailureKind.NO_SUCH_HOST}
        assert names.asked["example.com"] == 1


class TestBehindAProxy:
    @pytest.mark.parametrize(("case", "kind"), [
        ("no-such-host", FailureKind.NO_SUCH_HOST), ("no-such-host-tls", FailureKind.NO_SUCH_HOST),
        ("resolver-fails", FailureKind.DNS_ERROR), ("refused", FailureKind.REFUSED), ("unreachable", FailureKind.TIMEOUT),
        ("terminated", FailureKind.RESET), ("reset", FailureKind.RESET), ("hangs-up", FailureKind.RESET),
        ("babbles", FailureKind.BAD_ANSWER), ("old-tls", FailureKind.TLS_ERROR), ("plain-on-443", FailureKind.TLS_ERROR),
        ("redirect-to-file", FailureKind.BAD_REDIRECT), ("redirect-loop", FailureKind.REDIRECT_LOOP),
        ("redirect-endless", FailureKind.TOO_MANY_REDIRECTS),
    ])
    def test_the_host_is_told_from_the_proxy(self, tmp_path, case, kind):
        from archiver.demo.cases import case as named

        with behind_proxy(tmp_path) as world:
            assert failed(named(case).url, **world.settings).kind is kind

    @pytest.mark.parametrize("host", ["resolver-fails", "refused", "unreachable", "terminated"])
    def test_through_a_tunnel_too(self, tmp_path, host):
        with behind_proxy(tmp_path) as world:
            plain = failed(f"http://{host}.demo/", **world.settings)
            tunnelled = failed(f"https://{host}.demo/", **world.settings)
        assert tunnelled.kind is plain.kind
        assert tunnelled.hops == ()

    @pytest.mark.parametrize(("case", "kind", "body", "truncated"), [
        ("reset-later", FailureKind.RESET, True, "disconnect"), ("stalls", FailureKind.TIMEOUT, True, "time"),
        ("drips", FailureKind.TIMEOUT, True, "time"), ("silent", FailureKind.TIMEOUT, False, None),
    ])
    def test_a_body_that_never_ends_well_is_kept_as_far_as_it_came(self, tmp_path, case, kind, body, truncated):
        from archiver.demo.cases import case as named

        with behind_proxy(tmp_path) as world:
            failure = failed(named(case).url, **world.settings, timeout=0.6)
        assert failure.kind is kind
        assert [bool(hop.body) for hop in failure.hops] == ([True] if body else [])
        assert [hop.truncated for hop in failure.hops] == ([truncated] if body else [])

    def test_a_body_that_is_cut_is_an_answer(self, tmp_path):
        with behind_proxy(tmp_path) as world:
            assert got("http://cut.demo/essay", **world.settings).final.truncated == "disconnect"

    def test_that_does_not_listen_is_the_machine_being_offline(self):
        failure = failed("http://example.org/", proxy=f"http://user:hush@127.0.0.1:{closed_port()}")
        assert failure.kind is FailureKind.OFFLINE
        assert "hush" not in failure.detail

    @pytest.mark.parametrize(("answer", "url", "kind"), [
        (http(status="403 No"), "https://example.org/", FailureKind.PROXY),
        (http(status="407 Who are you"), "http://example.org/", FailureKind.PROXY),
        (http(status="407 Who are you"), "https://example.org/", FailureKind.PROXY),
        (http(status="502 Bad", headers="Proxy-Status: p; error=destination_ip_prohibited\r\n"), "http://example.org/", FailureKind.FORBIDDEN_ADDRESS),
        (Last(b""), "https://example.org/", FailureKind.PROXY),
    ])
    def test_that_refuses_is_the_proxys_failure(self, answer, url, kind):
        def answers(head: bytes):
            return http() if b"iana.org" in head.split(b"\r\n")[0] else answer

        with RawServer(answers) as proxy:
            assert failed(url, proxy=f"http://u:hush@127.0.0.1:{proxy.port}").kind is kind

    def test_is_asked_with_what_is_recorded_but_for_its_password(self):
        with RawServer(lambda _: http()) as proxy:
            hop = got("http://example.org/a?b", proxy=f"http://user:hush@127.0.0.1:{proxy.port}").final
        sent = [line for line in proxy.heads[0].split(b"\r\n") if not line.startswith(b"Proxy-Authorization:")]
        assert b"\r\n".join(sent) == hop.request_head
        assert hop.request_head.startswith(b"GET http://example.org/a?b HTTP/1.1\r\nHost: example.org\r\n")
        assert hop.peer is None

    def test_comes_from_the_environment_when_the_settings_name_none(self, monkeypatch):
        with RawServer(lambda _: http(b"proxied")) as proxy, RawServer(lambda _: http(b"direct")) as server:
            monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
            monkeypatch.setenv("no_proxy", "127.0.0.1")
            assert got("http://example.org/").final.body == b"proxied"
            assert got(f"http://127.0.0.1:{server.port}/").final.body == b"direct"

    def test_an_origins_bad_gateway_is_an_answer(self, tmp_path):
        from archiver.demo.answers import content

        with behind_proxy(tmp_path) as world:
            world.sites.put("https://gazette.demo/down", content(
                b"", "text/plain", status=502, headers=(("Proxy-Status", 'cdn; error=dns_error; rcode="NXDOMAIN"'),),
            ))
            assert got("https://gazette.demo/down", **world.settings).final.status == 502


class Socks:
    """A SOCKS5 proxy (RFC 1928) that reaches nothing, and says so with one of its codes."""

    def __init__(self, reply: int) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.asked: list[bytes] = []
        self.reply = reply
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        return f"socks5h://127.0.0.1:{self.listener.getsockname()[1]}"

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                with suppress(OSError), connection:
                    connection.recv(300)
                    connection.sendall(b"\x05\x00")
                    asked = connection.recv(300)
                    self.asked.append(asked[5 : 5 + asked[4]])
                    good = self.asked[-1] == b"iana.org"
                    connection.sendall(bytes((5, 0 if good else self.reply, 0, 1, 0, 0, 0, 0, 0, 0)))
                    if good:
                        connection.recv(4096)
                        connection.sendall(http())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


@pytest.mark.parametrize(("reply", "kind"), [
    (5, FailureKind.REFUSED), (4, FailureKind.TIMEOUT), (3, FailureKind.TIMEOUT), (1, FailureKind.PROXY), (2, FailureKind.PROXY),
])
def test_a_socks_proxy_tells_of_the_host_too(reply, kind):
    with Socks(reply) as socks:
        assert failed("http://example.test/", proxy=socks.address, canaries=("iana.org",)).kind is kind
    assert socks.asked[0] == b"example.test"


class TestOffline:
    def test_is_noticed_and_nothing_is_judged(self, tmp_path):
        with behind_proxy(tmp_path) as world:
            async def use(web: Web):
                before = await web.fetch(Request(url="http://gazette.demo/2011/12/bridge"))
                world.offline = True
                failures = [await web.fetch(Request(url=f"http://gazette.demo/{n}")) for n in range(3)]
                return before, failures, web.offline, len(world.seen)

            before, failures, offline, asked = with_web(use, **world.settings)
        assert isinstance(before, Exchange)
        assert [failure.kind for failure in failures] == [FailureKind.OFFLINE] * 3
        assert offline
        assert asked == 1

    def test_ends_all_that_waits(self, tmp_path):
        with behind_proxy(tmp_path) as world:
            world.offline = True
            answers = []

            async def use(web: Web):
                async def work(link, turn):
                    answers.append(await web.fetch(Request(url=link, turn=turn)))

                links = [f"http://host-{n % 7}.demo/{n}" for n in range(200)]
                await web.each(links, lambda link: link, work)
                return web.offline

            assert with_web(use, **world.settings, interval=5)
        assert [answer.kind for answer in answers] == [FailureKind.OFFLINE] * 200

    def test_is_over_when_something_answers(self, tmp_path):
        with behind_proxy(tmp_path) as world:
            async def use(web: Web):
                world.offline = True
                slow = asyncio.ensure_future(web.fetch(Request(url="http://slow.demo/")))
                failure = await web.fetch(Request(url="http://gazette.demo/"))
                was = web.offline
                world.offline = False
                web._online._probed -= 3600  # an hour later
                return was, failure, await web.fetch(Request(url="http://gazette.demo/")), web.offline, await slow

            was, failure, after, offline, _ = with_web(use, **world.settings)
        assert (was, offline) == (True, False)
        assert isinstance(failure, Failure)
        assert isinstance(after, Exchange)

    def test_is_not_concluded_from_canaries_that_are_blocked_here(self, tmp_path):
        with behind_proxy(tmp_path) as world:
            async def use(web: Web):
                await web.fetch(Request(url="http://gazette.demo/"))
                return await web.fetch(Request(url="http://refused.demo/")), await web.fetch(Request(url="http://unreachable.demo/")), web.offline

            refused, unreachable, offline = with_web(use, **world.settings, canaries=("blocked.demo",))
        assert (refused.kind, unreachable.kind, offline) == (FailureKind.REFUSED, FailureKind.TIMEOUT, False)


@pytest.mark.parametrize(("value", "kind"), [
    ('demo; error=dns_error; rcode="NXDOMAIN"', FailureKind.NO_SUCH_HOST),
    ("demo; error=dns_error; rcode=NXDOMAIN; info-code=3", FailureKind.NO_SUCH_HOST),
    ("demo;error=dns_error;rcode=SERVFAIL", FailureKind.DNS_ERROR), ("demo;error=dns_timeout", FailureKind.DNS_ERROR),
    ('"a, b; error=x"; error=connection_refused', FailureKind.REFUSED),
    ("cdn; error=dns_error; rcode=NXDOMAIN, demo; error=connection_timeout", FailureKind.TIMEOUT),
    ("demo; error=tls_certificate_error", FailureKind.TLS_ERROR), ("demo; error=invented_later", FailureKind.PROXY),
    ('demo; error=proxy_internal_error; details="user; error=dns_error"', FailureKind.PROXY),
])
def test_proxy_status_is_read(value, kind):
    fault = faults.proxy_fault([value])
    assert fault is not None
    assert fault.kind is kind


@pytest.mark.parametrize("value", ["", "demo", "demo; received-status=502", "cdn; error=dns_error, demo"])
def test_proxy_status_without_an_error_says_nothing(value):
    assert faults.proxy_fault([value]) is None


@given(st.lists(st.text(max_size=80), max_size=3))
def test_proxy_status_may_be_any_text(values):
    faults.proxy_fault(values)


def test_every_failure_has_words_and_a_reason():
    for kind in FailureKind:
        assert faults.WORDS[kind]
    assert Reason.OFFLINE == FailureKind.OFFLINE


def test_an_open_web_closes_clean_after_a_fetch_was_cancelled():
    async def main():
        with RawServer(lambda _: Last(b"", how="hang")) as server:
            async with Web(settings(), SystemClock()) as web:
                task = asyncio.ensure_future(web.fetch(Request(url=f"http://127.0.0.1:{server.port}/")))
                while not server.heads:
                    await asyncio.sleep(0.01)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
        with RawServer(lambda _: http()) as server:
            async with Web(settings(), SystemClock()) as web:
                return await web.fetch(Request(url=f"http://127.0.0.1:{server.port}/"))

    from archiver.web.loop import run

    assert isinstance(run(main()), Exchange)
