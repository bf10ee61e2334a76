"""One request to an archive: bounded in time and size, and every way to fail is a value."""

from __future__ import annotations

import http.client
import socket
import threading
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import requests.exceptions
import urllib3.exceptions

from archiver.archives.http import Cause, NoReply, Patience, Reply, one_line, stray
from archiver.archives.transport import Transport, cause_of
from archiver.clock import SystemClock
from archiver.config import WebSettings
from archiver.demo.answers import Manner, content
from archiver.demo.answers import Reply as Answer
from archiver.demo.script import Face, Reach
from archiver.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

URL = "https://memory.demo/x"
SHORT = Patience(connect=1.0, read=0.4, total=0.8)


@pytest.fixture
def transport(street) -> Transport:
    return Transport(WebSettings(proxy=street.proxy, ca_bundle=str(street.bundle)), SystemClock())


def send(
    transport: Transport, url: str = URL, *, method: str = "GET", patience: Patience = SHORT, limit: int = 100_000,
    headers: dict[str, str] | None = None,
) -> Reply | NoReply:
    return transport.send(method, url, headers=headers or {}, body=None, patience=patience, limit=limit)


def answers(street, reply: Answer) -> None:
    street.others["memory.demo"] = lambda received, target: reply


@contextmanager
def server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve one connection by hand."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        def serve() -> None:
            connection, _ = listening.accept()
            with closing(connection), suppress(OSError):  # the client may have left
                talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join(timeout=10)


# ---------------------------------------------------------------- every failure has a cause


def errors_of(module: ModuleType) -> list[type[BaseException]]:
    return [one for one in vars(module).values()
            if isinstance(one, type) and issubclass(one, Exception) and not issubclass(one, Warning)
            and one.__module__ == module.__name__]


@pytest.mark.parametrize("kind", errors_of(requests.exceptions) + errors_of(urllib3.exceptions) + errors_of(http.client),
                         ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_exception_of_requests_urllib3_and_http_has_a_cause(kind: type[BaseException]) -> None:
    assert cause_of(kind) in set(Cause)


@pytest.mark.parametrize(("kind", "cause"), [
    (requests.exceptions.ConnectTimeout, Cause.TIMEOUT), (requests.exceptions.ReadTimeout, Cause.TIMEOUT),
    (requests.exceptions.SSLError, Cause.TLS), (requests.exceptions.ProxyError, Cause.PROXY),
    (requests.exceptions.ChunkedEncodingError, Cause.RESET), (requests.exceptions.InvalidURL, Cause.ADDRESS),
    (requests.exceptions.ConnectionError, Cause.CONNECT), (urllib3.exceptions.NewConnectionError, Cause.CONNECT),
    (urllib3.exceptions.ProtocolError, Cause.RESET), (urllib3.exceptions.ReadTimeoutError, Cause.TIMEOUT),
    (urllib3.exceptions.LocationParseError, Cause.ADDRESS), (urllib3.exceptions.DecodeError, Cause.BAD_ANSWER),
    (urllib3.exceptions.IncompleteRead, Cause.RESET), (http.client.BadStatusLine, Cause.BAD_ANSWER),
])
def test_the_cause_is_the_right_one(kind: type[BaseException], cause: Cause) -> None:
    assert cause_of(kind) is cause


FAILURES = {
    Manner.SILENT: (Cause.TIMEOUT, True), Manner.STALLS: (Cause.TIMEOUT, True), Manner.CUT: (Cause.RESET, True),
    Manner.RESET: (Cause.RESET, True), Manner.RESET_LATER: (Cause.RESET, True), Manner.CLOSES: (Cause.RESET, True),
    Manner.BABBLES: (Cause.RESET, True),
}


@pytest.mark.parametrize("manner", FAILURES)
def test_bad_manners_are_no_reply_and_the_request_may_have_been_acted_upon(
    transport: Transport, street, manner: Manner,
) -> None:
    answers(street, Answer(body=b"x" * 5000, manner=manner))
    reply = send(transport, method="POST")
    assert isinstance(reply, NoReply)
    assert (reply.cause, reply.sent) == FAILURES[manner]


@pytest.mark.parametrize("reach", [Reach.NO_SUCH_HOST, Reach.REFUSED, Reach.TIMEOUT])
def test_a_host_that_the_proxy_cannot_reach_got_nothing(transport: Transport, street, reach: Reach) -> None:
    street.reaches["memory.demo"] = reach
    assert send(transport) == NoReply(cause=Cause.PROXY, detail="the proxy failed", sent=False)


@pytest.mark.parametrize("face", [Face.SELF_SIGNED, Face.EXPIRED, Face.WRONG_NAME])
def test_a_bad_certificate_got_nothing(transport: Transport, street, face: Face) -> None:
    street.faces["memory.demo"] = face
    answers(street, content(b"", "text/plain"))
    reply = send(transport, headers={"Authorization": "secret"})
    assert isinstance(reply, NoReply)
    assert (reply.cause, reply.sent) == (Cause.TLS, False)
    assert street.seen == []


def test_nobody_listening_got_nothing() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    reply = send(Transport(WebSettings(), SystemClock()), f"http://127.0.0.1:{port}/")
    assert reply == NoReply(cause=Cause.CONNECT, detail="cannot connect", sent=False)


def test_a_proxy_that_is_not_there_got_nothing() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    reply = send(Transport(WebSettings(proxy=f"http://127.0.0.1:{port}"), SystemClock()))
    assert isinstance(reply, NoReply)
    assert (reply.cause, reply.sent) == (Cause.PROXY, False)


def test_a_socks_proxy_is_used_and_never_gone_around() -> None:
    greetings = []

    def talk(connection: socket.socket) -> None:
        greetings.append(connection.recv(3))

    with server(talk) as address:
        settings = WebSettings(proxy=address.replace("http://", "socks5h://").rstrip("/"))
        reply = send(Transport(settings, SystemClock()), "http://memory.demo/")
    assert isinstance(reply, NoReply)
    assert greetings == [b"\x05\x01\x00"]


@pytest.mark.parametrize("url", ["http://", "http://[", "memory.demo/x", "gopher://memory.demo/", "http://a b/", "https://:80/", ""])
def test_what_is_no_address_is_said_to_be_none(transport: Transport, url: str) -> None:
    reply = send(transport, url)
    assert isinstance(reply, NoReply)
    assert (reply.cause, reply.sent) == (Cause.ADDRESS, False)


def test_a_header_that_cannot_be_sent_is_not_sent(transport: Transport, street) -> None:
    answers(street, content(b"", "text/plain"))
    reply = send(transport, headers={"X-A": "one\r\nX-B: two"})
    assert isinstance(reply, NoReply)
    assert street.seen == []


# ---------------------------------------------------------------- bounds


def test_headers_that_drip_are_cut_off_in_time() -> None:
    clock = SystemClock()

    def drip(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-A: ")
        while connection.send(b"a"):
            clock.sleep(0.05)

    begun = clock.monotonic()
    with server(drip) as url:
        reply = send(Transport(WebSettings(), clock), url)
    assert isinstance(reply, NoReply)
    assert (reply.cause, reply.sent) == (Cause.TIMEOUT, True)
    assert clock.monotonic() - begun < 5


def test_a_body_that_drips_ends_when_the_time_is_up(transport: Transport, street) -> None:
    clock = SystemClock()

    def slowly() -> Iterator[bytes]:
        for _ in range(30):
            clock.sleep(0.05)
            yield b"a"

    answers(street, Answer(body=slowly))
    reply = send(transport)
    assert reply == NoReply(cause=Cause.TIMEOUT, detail="the answer did not end in time")


def test_a_body_is_cut_at_the_limit(transport: Transport, street) -> None:
    answers(street, Answer(body=lambda: (b"a" * 10_000 for _ in range(100))))
    reply = send(transport, limit=25_000)
    assert isinstance(reply, Reply)
    assert (len(reply.body), reply.cut) == (25_000, True)
    answers(street, Answer(body=b"a" * 25_000))
    reply = send(transport, limit=25_000)
    assert isinstance(reply, Reply)
    assert (len(reply.body), reply.cut) == (25_000, False)


def test_a_compressed_bomb_is_cut_at_the_limit(transport: Transport, street) -> None:
    import gzip

    packed = gzip.compress(b"\0" * 30_000_000)
    answers(street, Answer(headers=(("Content-Encoding", "gzip"),), body=packed))
    reply = send(transport, limit=100_000)
    assert isinstance(reply, Reply)
    assert (len(reply.body), reply.cut) == (100_000, True)


def test_redirects_are_given_not_followed_however_long_their_body(transport: Transport, street) -> None:
    answers(street, Answer(status=302, headers=(("Location", "/y"),), body=lambda: (b"a" * 10_000 for _ in range(500))))
    reply = send(transport, limit=1000)
    assert isinstance(reply, Reply)
    assert (reply.status, reply.location) == (302, "https://memory.demo/y")
    assert len(street.seen) == 1


# ---------------------------------------------------------------- what is sent, and what is kept to itself


def test_only_what_the_caller_passes_is_sent(
    transport: Transport, street, monkeypatch: pytest.MonkeyPatch, tmp_path,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine memory.demo login pilot password hush\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    answers(street, content(b"", "text/plain", headers=(("Set-Cookie", "a=b; Domain=memory.demo"),)))
    send(transport)
    send(transport)
    for _, _, headers in street.seen:
        assert set(headers) == {"host", "user-agent", "accept-encoding"}


def test_the_contact_is_shown_without_tricks(street) -> None:
    answers(street, content(b"", "text/plain"))
    settings = WebSettings(proxy=street.proxy, ca_bundle=str(street.bundle), contact="mail\r\nX-Evil: ö1")
    send(Transport(settings, SystemClock()))
    (_, _, headers), = street.seen
    assert headers["user-agent"].endswith("(+mailX-Evil: 1)")
    assert "x-evil" not in headers


def test_retry_after_is_read_as_seconds_or_as_a_date(street, clock) -> None:
    transport = Transport(WebSettings(proxy=street.proxy, ca_bundle=str(street.bundle)), clock)
    later = (clock.now() + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    for text, seconds in (("120", 120), (later, 90), ("Sat, 03 May 2014 00:00:00 GMT", 0), ("soon", None), ("-5", None),
                          ("", None), ("9" * 40, 999_999_999)):
        answers(street, Answer(status=429, headers=(("Retry-After", text),)))
        reply = send(transport)
        assert isinstance(reply, Reply)
        assert reply.retry_after == seconds, text


def test_authorities_that_are_not_there_are_an_error_of_the_settings(tmp_path) -> None:
    with pytest.raises(ConfigError, match=r"web\.ca_bundle: .*: no such file"):
        Transport(WebSettings(ca_bundle=str(tmp_path / "none.pem")), SystemClock())
    (tmp_path / "empty.pem").write_text("no certificate")
    with pytest.raises(ConfigError, match=r"empty\.pem: holds no certificates"):
        Transport(WebSettings(ca_bundle=str(tmp_path / "empty.pem")), SystemClock())


def test_no_proxy_is_honoured_beside_a_proxy(transport: Transport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    def talk(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    with server(talk) as url:
        reply = send(transport, url)
    assert isinstance(reply, Reply)
    assert reply.status == 204


# ---------------------------------------------------------------- redirects and words


@pytest.mark.parametrize(("target", "why"), [
    ("https://web.archive.org/x", None), ("https://archive.org/x", None),
    ("http://web.archive.org/x", "redirects to plain http"), ("https://elsewhere.demo/", "redirects to another site, elsewhere.demo"),
    ("https://127.0.0.1/", "redirects to another site, 127.0.0.1"), ("mailto:a@b", "redirects to what is no web address"),
    ("https://", "redirects to what is no web address"),
])
def test_redirects_stay_on_the_archives_site_and_in_tls(target: str, why: str | None) -> None:
    refusal = stray("https://web.archive.org/cdx", target)
    assert (refusal and refusal.detail) == why


def test_foreign_words_become_one_harmless_line() -> None:
    assert one_line("a\r\nb\x1b[31mc\u202ed" + "e" * 999, 12) == "a b [31mc de"
