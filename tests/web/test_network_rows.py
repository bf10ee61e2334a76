"""Answers as nobody should write them, over real sockets, and what a look at each must come to."""

from __future__ import annotations

import errno
import gzip
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import brotli
import pytest
from web_servers import Last, Names, RawServer, behind_proxy, failed, http, with_web

from archiver.checks.judge import judge_look
from archiver.checks.look import Look, look
from archiver.demo.prose import article
from archiver.model import FailureKind, Reason, VerdictKind
from archiver.web import faults
from archiver.web.exchange import Failure, Request

if TYPE_CHECKING:
    from archiver.web.client import Web

BODY = article("The harbour crane, forty years on").encode()
HALF = BODY[: len(BODY) // 2]
TYPE = b"Content-Type: text/html; charset=utf-8\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(BODY)
START = b"HTTP/1.1 200 OK\r\n" + TYPE
WHOLE = START + LENGTH + b"\r\n" + BODY
CHUNKED = START + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = gzip.compress(BODY, mtime=0)
ALIVE = (VerdictKind.ALIVE, Reason.OK)
UNREADABLE = (VerdictKind.UNKNOWN, Reason.BAD_ANSWER)
CUT_SHORT = (VerdictKind.UNKNOWN, Reason.TRUNCATED)
BROKEN_OFF = (VerdictKind.UNKNOWN, Reason.RESET)
TOO_SLOW = (VerdictKind.UNKNOWN, Reason.TIMEOUT)


@dataclass(frozen=True)
class Row:
    name: str
    outcome: tuple[VerdictKind, Reason]
    data: bytes = field(repr=False)
    how: str = "close"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def coded(name: str, outcome: tuple[VerdictKind, Reason], coding: bytes, body: bytes) -> Row:
    return Row(name, outcome, START + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (coding, len(body)) + body)


ROWS = (
    # status lines
    Row("no-head-at-all", UNREADABLE, BODY),
    Row("two-status-lines", UNREADABLE, b"HTTP/1.1 404 Not Found\r\n" + WHOLE),
    Row("status-000", UNREADABLE, WHOLE.replace(b"200 OK", b"000 OK")),
    Row("status-600", UNREADABLE, WHOLE.replace(b"200 OK", b"600 Odd")),
    Row("status-of-letters", UNREADABLE, WHOLE.replace(b"200 OK", b"abc OK")),
    Row("status-of-two-digits", UNREADABLE, WHOLE.replace(b"200 OK", b"20 OK")),
    Row("status-without-words", ALIVE, WHOLE.replace(b"200 OK", b"200")),
    Row("bare-line-feeds", ALIVE, b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + BODY),
    Row("http-1.0", ALIVE, b"HTTP/1.0 200 OK\r\n" + TYPE + b"\r\n" + BODY),
    Row("tls-on-a-plain-port", UNREADABLE, b"\x15\x03\x01\x00\x02\x02\x46"),
    Row("ssh", UNREADABLE, b"SSH-2.0-OpenSSH_9.2\r\n"),
    Row("mail", UNREADABLE, b"220 mail.example.net ESMTP\r\n"),
    Row("noise", UNREADABLE, b"\0" * 300),
    Row("nothing", BROKEN_OFF, b""),
    # what comes before the answer
    Row("early-hints", ALIVE, b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" + WHOLE),
    Row("continue", ALIVE, b"HTTP/1.1 100 Continue\r\n\r\n" + WHOLE),
    Row("processing-for-long", ALIVE, b"HTTP/1.1 102 Processing\r\n\r\n" * 50 + WHOLE),
    Row("early-hints-only", BROKEN_OFF, b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    Row("early-hints-then-404", (VerdictKind.DEAD, Reason.NOT_FOUND), b"HTTP/1.1 103 Early Hints\r\n\r\n" + http(b"no", status="404 Not Found")),
    # headers
    Row("header-of-90-kb", ALIVE, START + b"X-Pad: " + b"a" * 90_000 + b"\r\n" + LENGTH + b"\r\n" + BODY),
    Row("header-of-150-kb", UNREADABLE, START + b"X-Pad: " + b"a" * 150_000 + b"\r\n" + LENGTH + b"\r\n" + BODY),
    Row("headers-of-100-kb", ALIVE, START + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 1000) for n in range(100)) + LENGTH + b"\r\n" + BODY),
    Row("nul-in-a-header", UNREADABLE, START + b"X-Nul: a\0b\r\n" + LENGTH + b"\r\n" + BODY),
    Row("folded-header", ALIVE, START + b"X-A: b\r\n c\r\n" + LENGTH + b"\r\n" + BODY),
    Row("head-cut", BROKEN_OFF, START),
    Row("head-that-stops", TOO_SLOW, START, "hang"),
    Row("no-type", ALIVE, b"HTTP/1.1 200 OK\r\n" + LENGTH + b"\r\n" + BODY),
    Row("nonsense-for-a-type", ALIVE, b"HTTP/1.1 200 OK\r\nContent-Type: ;;;\r\n" + LENGTH + b"\r\n" + BODY),
    Row("wrong-type", ALIVE, b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n" + LENGTH + b"\r\n" + BODY),
    Row("redirect-to-nowhere", UNREADABLE, b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
    # lengths and chunks
    Row("two-lengths", UNREADABLE, START + LENGTH + b"Content-Length: 3\r\n\r\n" + BODY),
    Row("length-of-letters", UNREADABLE, START + b"Content-Length: x\r\n\r\n" + BODY),
    Row("length-below-zero", UNREADABLE, START + b"Content-Length: -1\r\n\r\n" + BODY),
    Row("length-beyond-numbers", ALIVE, START + b"Content-Length: 99999999999999999999999999\r\n\r\n" + BODY),
    Row("half-of-the-length", CUT_SHORT, START + LENGTH + b"\r\n" + HALF),
    Row("all-but-not-so-long", ALIVE, START + b"Content-Length: 99999\r\n\r\n" + BODY),
    Row("chunks-beside-a-length", ALIVE, START + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(BODY) + b"0\r\n\r\n"),
    Row("chunks-with-trailers", ALIVE, CHUNKED + chunk(BODY) + b"0\r\nX-T: 1\r\n\r\n"),
    Row("chunks-cut", CUT_SHORT, CHUNKED + chunk(HALF) + b"fff\r\nabc"),
    Row("chunks-without-the-last", ALIVE, CHUNKED + chunk(BODY)),
    Row("chunks-that-end-in-noise", ALIVE, CHUNKED + chunk(BODY) + b"zz\r\nabc"),
    Row("no-chunks-at-all", UNREADABLE, CHUNKED + BODY),
    Row("half-and-a-reset", BROKEN_OFF, START + LENGTH + b"\r\n" + HALF, "reset"),
    Row("half-and-silence", TOO_SLOW, START + LENGTH + b"\r\n" + HALF, "hang"),
    Row("all-and-silence", ALIVE, START + b"\r\n" + BODY, "hang"),
    Row("all-in-chunks-and-silence", ALIVE, CHUNKED + chunk(BODY), "hang"),
    Row("all-and-a-reset", ALIVE, START + b"\r\n" + BODY, "reset"),
    # codings
    coded("gzip", ALIVE, b"gzip", GZIP), coded("x-gzip", ALIVE, b"x-gzip", GZIP), coded("brotli", ALIVE, b"br", brotli.compress(BODY)),
    coded("deflate", ALIVE, b"deflate", zlib.compress(BODY)), coded("deflate-bare", ALIVE, b"deflate", zlib.compress(BODY)[2:-4]),
    coded("gzip-in-gzip-as-said", ALIVE, b"gzip, gzip", gzip.compress(GZIP, mtime=0)),
    coded("gzip-and-more", ALIVE, b"gzip", GZIP + b"junk"), coded("gzip-without-its-end", ALIVE, b"gzip", GZIP[:-8]),
    coded("half-of-gzip", CUT_SHORT, b"gzip", GZIP[: len(GZIP) // 2]), coded("half-of-brotli", CUT_SHORT, b"br", brotli.compress(BODY)[:-100]),
    coded("plain-called-gzip", CUT_SHORT, b"gzip", BODY), coded("plain-called-brotli", CUT_SHORT, b"br", BODY),
    coded("plain-called-utf-8", ALIVE, b"utf-8", BODY), coded("plain-called-none", ALIVE, b"none", BODY), coded("identity", ALIVE, b"identity", BODY),
    coded("zstd-that-nobody-asked-for", CUT_SHORT, b"zstd", b"\x28\xb5\x2f\xfd" + GZIP),
    coded("compress-that-nobody-asked-for", CUT_SHORT, b"compress", b"\x1f\x9d" + GZIP),
    coded("shared-dictionary", CUT_SHORT, b"dcb", b"\xff\x44\x43\x42" + GZIP),
    coded("zstd-in-gzip", CUT_SHORT, b"zstd, gzip", gzip.compress(b"\x28\xb5\x2f\xfd" + GZIP, mtime=0)),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_answer_comes_to(row: Row) -> None:
    async def use(web: Web) -> Look:
        return await look(f"http://127.0.0.1:{server.port}/essay/harbour-crane", web)

    with RawServer(lambda _: Last(row.data, row.how)) as server:
        seen = with_web(use, timeout=0.5)
    verdict = judge_look(seen.observation)
    assert (verdict.kind, verdict.reason) == row.outcome, verdict.because
    assert {head.split(b" ")[0] for head in server.heads} == {b"GET"}  # never HEAD, which servers lie to
    assert len(seen.answers) <= 2


def test_a_file_in_a_coding_that_nobody_asked_for_is_kept_as_it_came() -> None:
    data = b"\x28\xb5\x2f\xfd" + GZIP
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-tar\r\nContent-Encoding: zstd\r\nContent-Length: %d\r\n\r\n" % len(data)

    async def use(web: Web) -> Look:
        return await look(f"http://127.0.0.1:{server.port}/files/lamps", web)

    with RawServer(lambda _: Last(head + data)) as server:
        seen = with_web(use)
    assert judge_look(seen.observation).kind is VerdictKind.ALIVE
    assert seen.observation.length == len(data)


@pytest.mark.parametrize(("number", "kind"), [
    (errno.ECONNREFUSED, FailureKind.REFUSED), (0, FailureKind.REFUSED), (errno.ENETUNREACH, FailureKind.TIMEOUT),
    (errno.EHOSTUNREACH, FailureKind.TIMEOUT), (errno.EADDRNOTAVAIL, FailureKind.TIMEOUT), (errno.EAFNOSUPPORT, FailureKind.TIMEOUT),
    (errno.EACCES, FailureKind.TIMEOUT), (errno.EPERM, FailureKind.TIMEOUT), (errno.EMFILE, FailureKind.TIMEOUT), (errno.ECONNRESET, FailureKind.RESET),
])
def test_only_a_refusal_is_called_one(number: int, kind: FailureKind) -> None:
    """A host with IPv6 only, seen from a machine without it, has refused nothing."""
    assert faults.connect_fault(number).kind is kind


@pytest.mark.parametrize("address", ["0.0.0.0", "127.0.0.1", "::", "::1", "10.10.34.34", "169.254.169.254", "::ffff:127.0.0.1"])
def test_a_name_that_leads_inside_is_neither_dead_nor_alive(address: str) -> None:
    """So do resolvers answer that keep advertisements or forbidden sites away."""
    async def use(web: Web) -> Look:
        return await look("http://lamps.example.com/essay", web)

    seen = with_web(use, allow_private=False, resolver=Names("iana.org", addresses={"lamps.example.com": address}))
    verdict = judge_look(seen.observation)
    assert (verdict.kind, verdict.reason) == (VerdictKind.SKIPPED, Reason.PRIVATE_ADDRESS)


class TestOurOwnNetwork:
    def test_convicts_nobody_when_every_name_is_suddenly_missing(self) -> None:
        names = Names("iana.org", addresses={"lamps.test": "127.0.0.1"})

        async def use(web: Web) -> list[Look]:
            before = await look(f"http://lamps.test:{server.port}/essay", web)
            names.exist.clear()
            names.addresses.clear()
            return [before, *[await look(f"http://lost-{n}.test/essay", web) for n in range(3)]]

        with RawServer(lambda _: http(BODY, headers="Content-Type: text/html\r\n")) as server:
            verdicts = [judge_look(seen.observation) for seen in with_web(use, resolver=names)]
        assert verdicts[0].kind is VerdictKind.ALIVE
        assert {(verdict.kind, verdict.reason) for verdict in verdicts[1:]} == {(VerdictKind.UNKNOWN, Reason.OFFLINE)}

    def test_is_asked_again_for_what_comes_after(self, tmp_path) -> None:
        with behind_proxy(tmp_path) as world:
            async def use(web: Web):
                world.offline = True
                away = await web.fetch(Request(url="http://gazette.demo/2014/05/vanished"))
                world.offline = False
                web._online._probed -= 3600  # an hour later
                return away, await look("http://gazette.demo/2014/05/vanished", web), await look("http://gazette.demo/2011/12/bridge", web)

            away, gone, there = with_web(use, **world.settings)
        assert isinstance(away, Failure)
        assert away.kind is FailureKind.OFFLINE
        assert judge_look(gone.observation).reason is Reason.NOT_FOUND
        assert judge_look(there.observation).kind is VerdictKind.ALIVE


def test_a_missing_host_behind_a_redirect_is_told_of() -> None:
    failure = failed("http://lamps.test/", resolver=Names("iana.org"))
    assert failure.kind is FailureKind.NO_SUCH_HOST
