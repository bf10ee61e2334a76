"""Trouble below HTTP: names, connections, TLS, and bodies that never end well."""

from __future__ import annotations

import gzip
import zlib
from functools import partial
from typing import TYPE_CHECKING

from archiver.demo.answers import HTML, Manner, Reply, ill, page, raw, redirect
from archiver.demo.media import endless, gzip_bomb
from archiver.demo.prose import article
from archiver.demo.script import Case, Face, Reach
from archiver.model import Reason, VerdictKind, WarningCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.demo.answers import Headers

_ESSAY = article("A boat every hour")
_BOMB_SIZE = 200_000_000  # bytes, decoded
_HUGE_SIZE = 1_000_000_000


def _unreached(name: str, reach: Reach, verdict: VerdictKind, reason: Reason, says: str) -> Case:
    return Case(
        name=name, url=f"http://{name}.demo/essay", verdict=verdict, reason=reason, says=says, reach=reach,
    )


def _ill(name: str, manner: Manner, reason: Reason, says: str) -> Case:
    return Case(
        name=name, url=f"http://{name}.demo/essay", verdict=VerdictKind.UNKNOWN, reason=reason, says=says,
        serve=ill(manner, page(_ESSAY)),
    )


def _tls(name: str, face: Face, says: str) -> Case:
    return Case(
        name=name, url=f"https://{name}.demo/essay", verdict=VerdictKind.ALIVE, reason=Reason.OK, says=says,
        warnings=(WarningCode.TLS_UNTRUSTED,), serve=page(_ESSAY), face=face,
    )


def _bomb() -> Iterator[bytes]:
    return gzip_bomb(_ESSAY.encode(), size=_BOMB_SIZE)


def _large(headers: Headers, body: partial[Iterator[bytes]], length: int | None = None) -> Reply:
    return Reply(headers=(("Content-Type", HTML), *headers), body=body, length=length)


CASES: tuple[Case, ...] = (
    _unreached("no-such-host", Reach.NO_SUCH_HOST, VerdictKind.DEAD, Reason.NO_SUCH_HOST, "the name does not exist"),
    Case(
        name="no-such-host-tls", url="https://no-such-host.demo/essay", verdict=VerdictKind.DEAD,
        reason=Reason.NO_SUCH_HOST, says="the name does not exist, asked for with https", reach=Reach.NO_SUCH_HOST,
    ),
    _unreached("resolver-fails", Reach.DNS_ERROR, VerdictKind.UNKNOWN, Reason.DNS_ERROR, "SERVFAIL: nobody can tell"),
    _unreached("refused", Reach.REFUSED, VerdictKind.UNKNOWN, Reason.REFUSED, "nothing listens"),
    _unreached("unreachable", Reach.TIMEOUT, VerdictKind.UNKNOWN, Reason.TIMEOUT, "no answer to the connection"),
    _unreached("terminated", Reach.TERMINATED, VerdictKind.UNKNOWN, Reason.RESET, "the host hangs up at once"),
    _ill("reset", Manner.RESET, Reason.RESET, "a TCP reset instead of an answer"),
    _ill("hangs-up", Manner.CLOSES, Reason.RESET, "the connection ends without a byte"),
    _ill("reset-later", Manner.RESET_LATER, Reason.RESET, "a TCP reset in the middle of the page"),
    _ill("cut", Manner.CUT, Reason.TRUNCATED, "half of the promised page, then the end"),
    _ill("silent", Manner.SILENT, Reason.TIMEOUT, "connects, and never says a word"),
    _ill("stalls", Manner.STALLS, Reason.TIMEOUT, "stops in the middle of the page"),
    _ill("drips", Manner.DRIPS, Reason.TIMEOUT, "a byte per second"),
    _ill("babbles", Manner.BABBLES, Reason.BAD_ANSWER, "speaks something that is not HTTP"),
    Case(
        name="gzip-bomb", url="http://bomb.demo/essay", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="an article, and 200 MB of blanks behind it in 200 KB of gzip",
        serve=_large((("Content-Encoding", "gzip"),), partial(_bomb)),
    ),
    Case(
        name="huge", url="http://huge.demo/essay", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="an article at the beginning of 1 GB",
        serve=_large((), partial(endless, _ESSAY.encode(), b"and so on, ", size=_HUGE_SIZE), _HUGE_SIZE),
    ),
    _tls("self-signed", Face.SELF_SIGNED, "a certificate that nobody vouches for"),
    _tls("expired", Face.EXPIRED, "a certificate that ran out in 2012"),
    _tls("wrong-name", Face.WRONG_NAME, "a certificate for another host"),
    _tls("incomplete-chain", Face.INCOMPLETE, "a certificate without the one that vouches for it"),
    Case(
        name="no-cipher", url="https://no-cipher.demo/essay", verdict=VerdictKind.UNKNOWN, reason=Reason.TLS_ERROR,
        says="no cipher in common", face=Face.NO_CIPHER,
    ),
    Case(
        name="hangs-up-on-tls", url="https://hangs-up-on-tls.demo/essay", verdict=VerdictKind.UNKNOWN,
        reason=Reason.TLS_ERROR, says="the connection ends after the client's hello", face=Face.HANGS_UP,
    ),
    Case(
        name="gone-with-old-certificate", url="https://gone-expired.demo/essay", verdict=VerdictKind.DEAD,
        reason=Reason.NOT_FOUND, warnings=(WarningCode.TLS_UNTRUSTED,), face=Face.EXPIRED,
        says="a certificate that ran out, and a 404 behind it",
    ),
    Case(
        name="old-tls", url="https://old-tls.demo/essay", verdict=VerdictKind.UNKNOWN, reason=Reason.TLS_ERROR,
        says="no TLS version in common", face=Face.OLD_PROTOCOL,
    ),
    Case(
        name="plain-on-443", url="https://plain-on-443.demo/essay", verdict=VerdictKind.UNKNOWN,
        reason=Reason.TLS_ERROR, says="plain HTTP where TLS should be", face=Face.PLAIN_HTTP,
    ),
)

# ---------------------------------------------------------------- heads and bodies as nobody should write them

_BODY = _ESSAY.encode()
_TYPE = b"Content-Type: text/html; charset=utf-8\r\n"
_LENGTH = b"Content-Length: %d\r\n" % len(_BODY)
_START = b"HTTP/1.1 200 OK\r\n"
_WHOLE = _START + _TYPE + _LENGTH + b"\r\n" + _BODY
_GZIP = gzip.compress(_BODY, mtime=0)
_ALIVE = (VerdictKind.ALIVE, Reason.OK)
_UNREADABLE = (VerdictKind.UNKNOWN, Reason.BAD_ANSWER)
_CUT_SHORT = (VerdictKind.UNKNOWN, Reason.TRUNCATED)


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def _written(
    name: str, outcome: tuple[VerdictKind, Reason], says: str, data: bytes, *, stays: bool = False,
    scheme: str = "http",
) -> Case:
    return Case(
        name=f"wire-{name}", url=f"{scheme}://{name}-wire.demo/essay/boat", verdict=outcome[0], reason=outcome[1],
        says=says, serve=raw(data, stays=stays),
    )


def _coded(name: str, outcome: tuple[VerdictKind, Reason], says: str, coding: bytes, body: bytes) -> Case:
    head = b"Content-Encoding: %s\r\nContent-Length: %d\r\n" % (coding, len(body))
    return _written(name, outcome, says, _START + _TYPE + head + b"\r\n" + body)


_CHUNKED = _START + _TYPE + b"Transfer-Encoding: chunked\r\n"

CASES += (
    _written("early-hints", _ALIVE, "103 before the answer",
             b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + _WHOLE),
    _written("processing", _ALIVE, "102, again and again, before the answer",
             b"HTTP/1.1 102 Processing\r\n\r\n" * 20 + _START + _TYPE + _LENGTH + b"\r\n" + _BODY, scheme="https"),
    _written("hints-only", (VerdictKind.UNKNOWN, Reason.RESET), "103, and then the end",
             b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    _written("no-reason", _ALIVE, "a status line without words",
    b"HTTP/1.1 200\r\n" + _TYPE + _LENGTH + b"\r\n" + _BODY),
    _written("old-http", _ALIVE, "HTTP/1.0, and the end of the connection is the end of the page",
             b"HTTP/1.0 200 OK\r\n" + _TYPE + b"\r\n" + _BODY),
    _written("older-http", _UNREADABLE, "HTTP/0.9: a page and no head", _BODY),
    _written("two-heads", _UNREADABLE, "two status lines",
    b"HTTP/1.1 404 Not Found\r\n" + _START + _TYPE + b"\r\n" + _BODY),
    _written("status-0", _UNREADABLE, "the status 000", b"HTTP/1.1 000 OK\r\n" + _TYPE + _LENGTH + b"\r\n" + _BODY),
    _written("status-abc", _UNREADABLE, "a status of letters", b"HTTP/1.1 abc OK\r\n" + _TYPE + b"\r\n" + _BODY),
    _written("nul", _UNREADABLE, "a NUL in a header", _START + b"X-Nul: a\0b\r\n" + _TYPE + _LENGTH + b"\r\n" + _BODY),
    _written("long-header", _ALIVE, "a header of 90 KB",
             _START + _TYPE + b"X-Pad: " + b"a" * 90_000 + b"\r\n" + _LENGTH + b"\r\n" + _BODY),
    _written("longer-header", _UNREADABLE, "a header of 150 KB",
             _START + _TYPE + b"X-Pad: " + b"a" * 150_000 + b"\r\n" + _LENGTH + b"\r\n" + _BODY),
    _written("many-headers", _ALIVE, "a hundred headers of 1 KB",
             _START + _TYPE + b"".join(b"X-%d: %s\r\n" % (n,
             b"a" * 1000) for n in range(100)) + _LENGTH + b"\r\n" + _BODY),
    _written("typeless", _ALIVE, "no Content-Type", _START + _LENGTH + b"\r\n" + _BODY),
    _written("octets", _ALIVE, "a page called application/octet-stream",
             _START + b"Content-Type: application/octet-stream\r\n" + _LENGTH + b"\r\n" + _BODY),
    _written("two-lengths", _UNREADABLE, "two lengths that differ",
    _START + _TYPE + _LENGTH + b"Content-Length: 3\r\n\r\n" + _BODY),
    _written("length-too-long", _ALIVE, "the whole page, but more was promised",
             _START + _TYPE + b"Content-Length: 99999\r\n\r\n" + _BODY),
    _written("length-and-chunks", _ALIVE, "chunks, and a length that is wrong",
             _CHUNKED + b"Content-Length: 5\r\n\r\n" + _chunk(_BODY) + b"0\r\n\r\n"),
    _written("chunks-cut", _CUT_SHORT, "half of the chunks", _CHUNKED + b"\r\n" + _chunk(_BODY[:900])),
    _written("chunks-without-end", _ALIVE, "the whole page, but no last chunk", _CHUNKED + b"\r\n" + _chunk(_BODY)),
    _written("chunks-that-are-none", _UNREADABLE, "said to be chunked, and is not", _CHUNKED + b"\r\n" + _BODY),
    _written("stays-open", _ALIVE, "the whole page without its length, and then silence",
             _START + _TYPE + b"\r\n" + _BODY, stays=True),
    _written("stays-open-in-head", (VerdictKind.UNKNOWN, Reason.TIMEOUT), "half a head, and then silence",
             _START + _TYPE, stays=True),
    _coded("deflate-bare", _ALIVE, "deflate without its wrapping", b"deflate", zlib.compress(_BODY)[2:-4]),
    _coded("gzip-twice", _ALIVE, "gzip in gzip, and said so", b"gzip, gzip", gzip.compress(_GZIP, mtime=0)),
    _coded("gzip-untrue", _CUT_SHORT, "said to be gzip, and is not", b"gzip", _BODY),
    _coded("gzip-cut", _CUT_SHORT, "half of the gzip", b"gzip", _GZIP[: len(_GZIP) // 2]),
    _coded("coding-nonsense", _ALIVE, "a coding called utf-8, of a plain page", b"utf-8", _BODY),
    _coded("zstd-unasked", _CUT_SHORT, "zstd, though nobody asked for it", b"zstd", b"\x28\xb5\x2f\xfd" + _GZIP),
    _written("speaks-ssh", _UNREADABLE, "something else listens there", b"SSH-2.0-OpenSSH_9.2\r\n"),
    Case(
        name="leads-to-no-host", url="http://leads-away.demo/essay", verdict=VerdictKind.DEAD,
        reason=Reason.NO_SUCH_HOST,
        says="redirects to a host that does not exist", serve=redirect("http://no-such-host-either.demo/essay", 302),
    ),
    Case(
        name="leads-inside", url="http://leads-inside.demo/essay", verdict=VerdictKind.SKIPPED,
        reason=Reason.PRIVATE_ADDRESS, says="redirects to a private address",
        serve=redirect("http://127.0.0.1/essay", 302),
    ),
    Case(
        name="refused-tls", url="https://refused.demo/essay", verdict=VerdictKind.UNKNOWN, reason=Reason.REFUSED,
        says="nothing listens on 443 either",
    ),
)
