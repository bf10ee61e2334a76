"""Trouble below HTTP: names, connections, TLS, and bodies that never end well."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from archiver.demo.answers import HTML, Manner, Reply, ill, page
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


CASES = (
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
    Case(
        name="old-tls", url="https://old-tls.demo/essay", verdict=VerdictKind.UNKNOWN, reason=Reason.TLS_ERROR,
        says="no TLS version in common", face=Face.OLD_PROTOCOL,
    ),
    Case(
        name="plain-on-443", url="https://plain-on-443.demo/essay", verdict=VerdictKind.UNKNOWN,
        reason=Reason.TLS_ERROR, says="plain HTTP where TLS should be", face=Face.PLAIN_HTTP,
    ),
)
