"""How archives are asked: politely, in bounded time, retried only where nothing can happen twice.

A question ends in a Reply or a NoReply, never in an exception. A POST is sent once. A redirect is followed on the
archive's own site only, and secrets go to the very host they were meant for.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from archiver import urls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.archives.clock import HostClock, Lane
    from archiver.clock import Clock

BODY_LIMIT = 20_000_000  # bytes; an index answer or TimeMap beyond this is cut
_HOPS = 5
_ATTEMPTS = 3
_BUSY = frozenset({502, 503, 504})  # a gateway between us and the archive; asking again may help
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")


class Cause(StrEnum):
    """Why there is no reply."""

    LATER = "later"  # our own politeness: not asked
    SPENT = "spent"  # the run's time for archives is used up: not asked
    ADDRESS = "address"  # no request can be made of it
    CONNECT = "connect"
    TLS = "tls"
    PROXY = "proxy"
    TIMEOUT = "timeout"
    RESET = "reset"
    REDIRECT = "redirect"  # to another site, to plain http, or without end
    BAD_ANSWER = "bad-answer"  # not HTTP, or broken beyond reading


class Reply(Struct, frozen=True, kw_only=True):
    """An archive's answer."""

    url: str  # asked, after redirects
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    cut: bool = False  # the body was longer than the limit
    retry_after: float | None = None  # seconds

    def header(self, name: str) -> str | None:
        """Give the values of a header, joined by commas."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None

    @property
    def text(self) -> str:
        """Give the body as text; what is no UTF-8 is replaced."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """Give the body read as JSON, or None when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @property
    def location(self) -> str | None:
        """Give where a redirect leads."""
        target = self.header("location") if self.status in _REDIRECTS else None
        return urls.join(self.url, target) if target else None

    @property
    def memento(self) -> bool:
        """Tell whether this is a page out of the archive; anything else is the archive itself talking (RFC 7089)."""
        return self.header("memento-datetime") is not None


class NoReply(Struct, frozen=True, kw_only=True):
    """A question without an answer."""

    cause: Cause
    detail: str  # one line, no secrets
    sent: bool = True  # the archive may have received the request and acted upon it
    retry_after: float | None = None


class Patience(Struct, frozen=True, kw_only=True):
    """Seconds that one request may take. Archives answer slowly: these are not the open web's timeouts."""

    connect: float = 10.0
    read: float = 60.0  # until the headers are there, and between two pieces of the body
    total: float = 120.0

    def within(self, seconds: float) -> Patience:
        """Give what is left of it when only so many seconds remain."""
        return Patience(
            connect=min(self.connect, seconds), read=min(self.read, seconds), total=min(self.total, seconds),
        )


class Budget:
    """The seconds that a run may spend on archives, counted from the start."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._end = clock.monotonic() + seconds

    @property
    def left(self) -> float:
        """Give the seconds that remain."""
        return max(0.0, self._end - self._clock.monotonic())


class Sender(Protocol):
    """Whatever sends one request (archives.transport)."""

    def send(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes | None, patience: Patience, limit: int,
    ) -> Reply | NoReply:
        """Send it and read the answer, up to `limit` bytes of body."""
        ...


class _Walk(Struct, frozen=True):
    """A GET and what may become of it."""

    start: str
    lane: Lane
    headers: Mapping[str, str]
    secret: Mapping[str, str]
    limit: int
    patience: Patience
    follow: bool


class Client:
    """One archive, asked through its politeness clock."""

    def __init__(
        self, sender: Sender, pace: HostClock, clock: Clock, budget: Budget, patience: Patience | None = None,
    ) -> None:
        self.pace = pace
        self.clock = clock
        self.budget = budget
        self._sender = sender
        self._patience = patience or Patience()

    def get(
        self, url: str, *, lane: Lane, headers: Mapping[str, str] | None = None,
        secret: Mapping[str, str] | None = None, limit: int = BODY_LIMIT, follow: bool = True, retry: bool = True,
        patience: Patience | None = None,
    ) -> Reply | NoReply:
        """Ask for an address; `secret` holds headers that only this very host may see.

        A GET that makes the archive do something must come with `retry=False`.
        """
        if urls.normalise(url) is None:
            return NoReply(cause=Cause.ADDRESS, detail="no request can be made of the address", sent=False)
        walk = _Walk(url, lane, headers or {}, secret or {}, limit, patience or self._patience, follow=follow)
        if not retry:
            return self._walk(walk)
        from tenacity import RetryCallState, Retrying, retry_if_result, wait_exponential

        def enough(state: RetryCallState) -> bool:
            return state.attempt_number >= _ATTEMPTS or state.upcoming_sleep >= self.budget.left

        def last(state: RetryCallState) -> Any:
            return state.outcome.result() if state.outcome else None

        asking = Retrying(
            stop=enough, wait=wait_exponential(multiplier=1, max=10),
            sleep=self.clock.sleep, retry=retry_if_result(_worth_another), retry_error_callback=last,
        )
        answer: Reply | NoReply = asking(self._walk, walk)
        return answer

    def post(
        self, url: str, form: Mapping[str, str], *, lane: Lane, headers: Mapping[str, str],
    ) -> Reply | NoReply:
        """Send a form, once. No redirect is followed, nothing is repeated."""
        from urllib.parse import urlencode

        typed = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
        return self._once("POST", url, lane, typed, urlencode(form).encode(), BODY_LIMIT, self._patience)

    def _walk(self, walk: _Walk) -> Reply | NoReply:
        url = walk.start
        for _ in range(_HOPS + 1):
            own = _origin(url) == _origin(walk.start)
            headers = {**walk.headers, **walk.secret} if own else walk.headers
            reply = self._once("GET", url, walk.lane, headers, None, walk.limit, walk.patience)
            if isinstance(reply, NoReply) or not walk.follow or reply.location is None:
                return reply
            if (refusal := stray(walk.start, reply.location)) is not None:
                return refusal
            url = reply.location
        return NoReply(cause=Cause.REDIRECT, detail=f"more than {_HOPS} redirects")

    def _once(
        self, method: str, url: str, lane: Lane, headers: Mapping[str, str], body: bytes | None, limit: int,
        patience: Patience,
    ) -> Reply | NoReply:
        if self.budget.left <= 0:
            return NoReply(cause=Cause.SPENT, detail="the time for archives is used up", sent=False)
        if (later := self.pace.turn(lane, self.budget.left)) is not None:
            return NoReply(cause=Cause.LATER, detail=later.reason, sent=False, retry_after=later.seconds)
        left = self.budget.left or 0.001  # the wait may have used it to the last
        reply = self._sender.send(
            method, url, headers=headers, body=body, patience=patience.within(left), limit=limit,
        )
        self._note(reply)
        return reply

    def _note(self, reply: Reply | NoReply) -> None:
        """Tell the politeness clock. A page out of the archive may have been a 429 or 503 in its time."""
        if isinstance(reply, NoReply):
            if reply.cause not in (Cause.ADDRESS, Cause.PROXY):
                self.pace.refused(busy=False)
        elif reply.status == 429 and not reply.memento:
            self.pace.refused(retry_after=reply.retry_after)
        elif reply.status >= 500 and not reply.memento:
            self.pace.refused(retry_after=reply.retry_after, busy=False)
        else:
            self.pace.accepted()


def stray(start: str, target: str) -> NoReply | None:
    """Tell why a redirect is not followed: it leads off the archive's own site, or out of TLS."""
    if urls.scheme(target) not in ("http", "https") or urls.normalise(target) is None:
        return NoReply(cause=Cause.REDIRECT, detail="redirects to what is no web address")
    if not urls.same_site(start, target):
        return NoReply(cause=Cause.REDIRECT, detail=f"redirects to another site, {urls.host(target)}")
    if urls.scheme(start) == "https" and urls.scheme(target) != "https":
        return NoReply(cause=Cause.REDIRECT, detail="redirects to plain http")
    return None


def one_line(text: str, limit: int = 200) -> str:
    """Give foreign text as one harmless line."""
    return _CONTROLS.sub(" ", text[: limit * 4]).strip()[:limit]


def _origin(url: str) -> tuple[str, str]:
    return urls.scheme(url), urls.authority(url)


def _worth_another(reply: Reply | NoReply) -> bool:
    if isinstance(reply, NoReply):
        return reply.cause in (Cause.CONNECT, Cause.RESET)
    return reply.status in _BUSY and reply.retry_after is None and not reply.memento
