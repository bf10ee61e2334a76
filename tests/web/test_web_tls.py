"""Certificates that nobody vouches for are told, not hidden; what is no TLS is no answer; HTTP/2 is spoken."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import Self

import pytest
import trustme
from web_servers import Last, RawServer, behind_proxy, failed, got, http, settings, with_web

from archiver.clock import SystemClock
from archiver.errors import ConfigError
from archiver.model import FailureKind
from archiver.web.client import Web
from archiver.web.exchange import Request
from archiver.web.trust import authorities


@pytest.fixture(scope="module")
def authority():
    return trustme.CA(organization_name="Harbour Authority")


@pytest.fixture(scope="module")
def bundle(authority, tmp_path_factory):
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    file.write_bytes(authority.cert_pem.bytes())
    return str(file)


def context_for(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context


def test_a_trusted_certificate_is_a_fact(authority, bundle):
    context = context_for(authority.issue_cert("127.0.0.1"))
    with RawServer(lambda _: http(b"safe"), context=context) as server:
        hop = got(f"https://127.0.0.1:{server.port}/", ca_bundle=bundle).final
    assert (hop.decoded, hop.tls_untrusted, hop.tls_detail) == (b"safe", False, "")
    assert hop.certificate is not None
    assert "Harbour Authority" in hop.certificate.issuer
    assert hop.certificate.subject
    assert hop.certificate.expires.endswith("GMT")
    assert hop.timings.connected < hop.timings.encrypted <= hop.timings.first_byte


def test_the_certificate_of_a_connection_that_was_there_already_is_known_too(authority, bundle):
    async def use(web: Web):
        hops = []

        async def work(link, turn):
            hops.append((await web.fetch(Request(url=link, turn=turn))).final)

        await web.each([f"https://127.0.0.1:{server.port}/{n}" for n in range(3)], lambda link: link, work)
        return hops

    with RawServer(lambda _: http(), context=context_for(authority.issue_cert("127.0.0.1"))) as server:
        hops = with_web(use, ca_bundle=bundle)
    assert server.connections == 1
    assert len({hop.certificate for hop in hops}) == 1
    assert hops[0].certificate is not None


def expired(authority):
    return authority.issue_cert("127.0.0.1", not_before=datetime(2011, 1, 1, tzinfo=UTC), not_after=datetime(2012, 1, 1, tzinfo=UTC))


def other_name(authority):
    return authority.issue_cert("somebody-else.example")


def stranger(authority):
    return trustme.CA().issue_cert("127.0.0.1")


@pytest.mark.parametrize(("leaf", "detail"), [(expired, "expired"), (other_name, "name"), (stranger, "issuer")])
def test_an_untrusted_certificate_is_answered_and_told(authority, bundle, leaf, detail):
    with RawServer(lambda _: http(b"read me"), context=context_for(leaf(authority))) as server:
        hop = got(f"https://127.0.0.1:{server.port}/", ca_bundle=bundle).final
    assert (hop.decoded, hop.tls_untrusted) == (b"read me", True)
    assert detail in hop.tls_detail
    assert "\n" not in hop.tls_detail


def test_an_untrusted_host_gets_no_cookies(authority, bundle):
    def answer(head: bytes) -> bytes:
        return http(status="302 Found", headers="Location: /in\r\nSet-Cookie: a=1\r\n") if b"GET / " in head else http()

    with RawServer(answer, context=context_for(stranger(authority))) as server:
        got(f"https://127.0.0.1:{server.port}/", ca_bundle=bundle)
    assert [b"Cookie" in head for head in server.heads] == [False, False]


def test_an_untrusted_host_that_wants_a_cookie_is_not_called_a_circle(authority, bundle):
    def answer(head: bytes) -> bytes:
        return http(status="302 Found", headers="Location: /\r\nSet-Cookie: a=1\r\n")

    with RawServer(answer, context=context_for(stranger(authority))) as server:
        failure = failed(f"https://127.0.0.1:{server.port}/", ca_bundle=bundle)
    assert failure.kind is FailureKind.TLS_ERROR


def test_an_unverified_connection_is_not_used_for_trust(authority, bundle):
    """Only the host that failed to prove itself is asked without proof."""
    with (
        RawServer(lambda _: http(), context=context_for(stranger(authority))) as bad,
        RawServer(lambda _: http(), context=context_for(authority.issue_cert("127.0.0.1"))) as good,
    ):
        async def use(web: Web):
            answers = [await web.fetch(Request(url=f"https://127.0.0.1:{port}/")) for port in (bad.port, good.port)]
            return [answer.final.tls_untrusted for answer in answers]

        assert with_web(use, ca_bundle=bundle) == [True, False]


@pytest.mark.parametrize("answer", [b"\x15\x03\x01\x00\x02\x02\x46", b"HTTP/1.1 400 Bad\r\n\r\n", b"hello there"])
def test_what_is_no_tls_is_no_answer(answer):
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(answer)
                connection.recv(4096)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with listener:
        failure = failed(f"https://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join(10)
    assert failure.kind is FailureKind.TLS_ERROR
    assert failure.hops == ()


@pytest.mark.parametrize(("head", "truncated"), [("", None), ("Content-Length: 9\r\n", "disconnect")])
def test_a_server_that_leaves_without_farewell_has_answered_when_it_promised_nothing(authority, bundle, head, truncated):
    answer = f"HTTP/1.1 200 OK\r\n{head}\r\nwords".encode()
    with RawServer(lambda _: Last(answer), context=context_for(authority.issue_cert("127.0.0.1"))) as server:
        hop = got(f"https://127.0.0.1:{server.port}/", ca_bundle=bundle).final
    assert (hop.decoded, hop.truncated) == (b"words", truncated)


@pytest.mark.parametrize("host", ["self-signed", "expired", "wrong-name"])
def test_the_same_through_a_tunnel(tmp_path, host):
    with behind_proxy(tmp_path) as world:
        hop = got(f"https://{host}.demo/essay", **world.settings).final
    assert (hop.status, hop.tls_untrusted, hop.peer) == (200, True, None)
    assert hop.head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"established" not in hop.head


class Http2Server:
    """Says 200 and one word, in as much of HTTP/2 as that takes (RFC 9113), or gives the stream up."""

    def __init__(self, context: ssl.SSLContext, *, broken: bool = False) -> None:
        self.context = context
        self.broken = broken
        self.protocols: list[str | None] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        context.set_alpn_protocols(["h2", "http/1.1"])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                with suppress(OSError), self.context.wrap_socket(connection, server_side=True) as encrypted:
                    self.protocols.append(encrypted.selected_alpn_protocol())
                    if encrypted.selected_alpn_protocol() == "h2":
                        self._speak(encrypted)
                    else:
                        encrypted.recv(4096)
                        encrypted.sendall(http(b"word") )
                        encrypted.recv(4096)

    def _speak(self, connection: ssl.SSLSocket) -> None:
        def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
            return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload

        reader = connection.makefile("rb")
        reader.read(24)  # the preface
        connection.sendall(frame(4, 0, 0))
        while header := reader.read(9):
            size, kind, flags = int.from_bytes(header[:3], "big"), header[3], header[4]
            reader.read(size)
            if kind == 4 and not flags & 1:
                connection.sendall(frame(4, 1, 0))
            if kind == 1 and self.broken:
                connection.sendall(frame(3, 0, 1, struct.pack(">I", 2)))  # RST_STREAM, INTERNAL_ERROR
            elif kind == 1:
                fields = b"\x88\x5f\x0atext/plain\x00\x05x-odd\x03two"  # :status 200, content-type, x-odd
                connection.sendall(frame(1, 4, 1, fields) + frame(0, 1, 1, b"word"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def test_http_2_is_spoken_where_the_server_speaks_it(authority, bundle):
    with Http2Server(context_for(authority.issue_cert("127.0.0.1"))) as server:
        hop = got(f"https://127.0.0.1:{server.port}/x", ca_bundle=bundle).final
    assert (hop.http_version, hop.status, hop.decoded) == ("2", 200, b"word")
    assert hop.headers == (("content-type", "text/plain"), ("x-odd", "two"))
    assert hop.head.startswith(b"HTTP/2 200")
    assert hop.request_head.startswith(f"GET /x HTTP/2\r\nHost: 127.0.0.1:{server.port}\r\n".encode())


def test_a_server_that_cannot_speak_it_after_all_is_asked_in_http_1(authority, bundle):
    with Http2Server(context_for(authority.issue_cert("127.0.0.1")), broken=True) as server:
        hop = got(f"https://127.0.0.1:{server.port}/", ca_bundle=bundle).final
    assert (hop.http_version, hop.decoded) == ("1.1", b"word")
    assert server.protocols == ["h2", "http/1.1"]


class TestAuthorities:
    def test_the_settings_come_before_the_environment(self, tmp_path):
        one, two = tmp_path / "one.pem", tmp_path / "two.pem"
        for file in (one, two):
            file.write_text("-----BEGIN CERTIFICATE-----\n")
        environment = {"SSL_CERT_FILE": str(two)}
        assert authorities(str(one), environment) == one
        assert authorities("", environment) == two

    @pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
    def test_each_variable_counts(self, tmp_path, variable):
        assert authorities("", {variable: str(tmp_path)}) == tmp_path

    def test_without_any_there_is_a_file_all_the_same(self):
        assert b"BEGIN CERTIFICATE" in authorities("", {}).read_bytes()

    @pytest.mark.parametrize("content", [None, "", "not a certificate"])
    def test_a_named_file_that_is_no_use_stops_the_command_in_one_line(self, tmp_path, content):
        file = tmp_path / "ca.pem"
        if content is not None:
            file.write_text(content)
        with pytest.raises(ConfigError) as caught:
            Web(settings(ca_bundle=str(file)), SystemClock())
        assert str(caught.value).startswith(f"web.ca_bundle: {file}: ")
        assert "\n" not in str(caught.value)

    def test_a_broken_certificate_in_it_fails_links_not_the_run(self, tmp_path, authority):
        file = tmp_path / "ca.pem"
        file.write_text("-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----\n")
        with RawServer(lambda _: http(), context=context_for(authority.issue_cert("127.0.0.1"))) as server:
            assert failed(f"https://127.0.0.1:{server.port}/", ca_bundle=str(file)).kind is FailureKind.TLS_ERROR
