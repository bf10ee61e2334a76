"""What is asked of a site of the demo world, and what the site answers, with what manners.

Values and small functions on them only; sending them over a socket is delivery.py's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime  # noqa: TC003
from enum import StrEnum
from typing import TypeAlias
from urllib.parse import parse_qs

from msgspec import Struct
from msgspec.structs import replace

HTML = "text/html; charset=utf-8"
Headers: TypeAlias = tuple[tuple[str, str], ...]


class Manner(StrEnum):
    """How an answer is sent."""

    HONEST = "honest"
    SILENT = "silent"  # never a byte; the connection stays open until the client leaves
    STALLS = "stalls"  # head and half of the body, then nothing more
    DRIPS = "drips"  # head, then a byte per second
    CUT = "cut"  # half of the body, then an orderly close
    RESET = "reset"  # a TCP reset instead of an answer
    RESET_LATER = "reset-later"  # half of the body, then a TCP reset
    CLOSES = "closes"  # an orderly close instead of an answer
    BABBLES = "babbles"  # bytes that are no HTTP
    RAW = "raw"  # the body alone, which holds a head of its own; then an orderly close
    RAW_OPEN = "raw-open"  # the same, and then nothing more: the connection stays open


class Ask(Struct, frozen=True, kw_only=True):
    """One request as a site sees it."""

    at: datetime
    day: float  # days since the world began
    count: int  # how often this address was asked for before
    method: str
    scheme: str
    host: str  # lower case, without port
    target: str  # path and query as sent
    headers: Headers = ()
    body: bytes = b""

    @property
    def path(self) -> str:
        """Give the path without the query."""
        return self.target.partition("?")[0]

    @property
    def url(self) -> str:
        """Give the address asked for."""
        return f"{self.scheme}://{self.host}{self.target}"

    def header(self, name: str) -> str | None:
        """Give a header, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def parameter(self, name: str) -> str | None:
        """Give the first value of a parameter of the query."""
        return next(iter(parse_qs(self.target.partition("?")[2]).get(name, ())), None)


class Reply(Struct, frozen=True, kw_only=True):
    """One answer. A body too large to hold is a function that gives it piece by piece, sent chunked."""

    status: int = 200
    headers: Headers = ()
    body: bytes | Callable[[], Iterator[bytes]] = b""
    manner: Manner = Manner.HONEST
    length: int | None = None  # Content-Length to claim; None: the truth


Behaviour: TypeAlias = Reply | Callable[[Ask], Reply]


def perform(behaviour: Behaviour, ask: Ask) -> Reply:
    """Give the answer of a behaviour to this request."""
    return behaviour if isinstance(behaviour, Reply) else behaviour(ask)


# ---------------------------------------------------------------- answers in one word


def page(body: str, *, status: int = 200, headers: Headers = ()) -> Reply:
    """Answer with HTML."""
    return Reply(status=status, headers=(("Content-Type", HTML), *headers), body=body.encode())


def content(body: bytes, media_type: str, *, status: int = 200, headers: Headers = ()) -> Reply:
    """Answer with bytes of some type."""
    return Reply(status=status, headers=(("Content-Type", media_type), *headers), body=body)


def redirect(location: str, status: int = 301) -> Reply:
    """Send the client elsewhere. The location is sent as it is, in UTF-8, however wrong."""
    return page("<!doctype html><title>Redirecting</title><p>Redirecting.", status=status,
                headers=(("Location", location),))


def ill(manner: Manner, reply: Reply) -> Reply:
    """Give the same answer with bad manners."""
    return replace(reply, manner=manner)


def raw(data: bytes, *, stays: bool = False) -> Reply:
    """Answer with these bytes, status line and all."""
    return Reply(body=data, manner=Manner.RAW_OPEN if stays else Manner.RAW)


def file(data: bytes, media_type: str) -> Behaviour:
    """Serve a file as servers do: with byte ranges (RFC 9110, one range)."""

    def answer(ask: Ask) -> Reply:
        found = _range(ask.header("range"), len(data))
        headers = (("Content-Type", media_type), ("Accept-Ranges", "bytes"))
        if found is None:
            return Reply(headers=headers, body=data)
        first, last = found
        if first > last:
            return Reply(status=416, headers=(("Content-Range", f"bytes */{len(data)}"),))
        where = ("Content-Range", f"bytes {first}-{last}/{len(data)}")
        return Reply(status=206, headers=(*headers, where), body=data[first : last + 1])

    return answer


def _range(header: str | None, size: int) -> tuple[int, int] | None:
    """Read a Range header; None: there is none that we understand; first > last: it cannot be satisfied."""
    unit, _, wanted = (header or "").partition("=")
    first, dash, last = wanted.strip().partition("-")
    if unit.strip() != "bytes" or not dash or not (first + last).isdigit():
        return None
    if not first:
        return max(0, size - int(last)), size - 1
    if int(first) >= size:
        return int(first), -1
    return int(first), min(int(last), size - 1) if last else size - 1


# ---------------------------------------------------------------- answers that change


def by_day(answers: Mapping[int, Behaviour]) -> Behaviour:
    """Answer by the day of the world: from each key on as its value says. The first key must be 0."""
    days = sorted(answers)
    if days[0] != 0:
        raise ValueError("say what happens from day 0 on")

    def answer(ask: Ask) -> Reply:
        day = max(day for day in days if day <= ask.day or day == 0)
        return perform(answers[day], ask)

    return answer


def at_first(times: int, first: Behaviour, then: Behaviour) -> Behaviour:
    """Answer the first requests for an address in one way, the later ones in another."""
    return lambda ask: perform(first if ask.count < times else then, ask)
