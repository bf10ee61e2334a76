"""The double's door: which service a request is for, whether it is in order today, and what was asked."""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from archiver.demo.answers import Reply, page
from archiver.demo.archive import words
from archiver.demo.archive.holdings import Held, Holdings, key_of, page_of
from archiver.demo.archive.index import available, cdx
from archiver.demo.archive.replay import replay
from archiver.demo.archive.saving import Account, Legacy, Live, SavePageNow, Saving, logged_out, system

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archiver.clock import Clock

_MINUTE = timedelta(minutes=1)


class Service(StrEnum):
    """The archive's services: each can be out of order by itself."""

    INDEX = "index"  # CDX
    AVAILABILITY = "availability"
    REPLAY = "replay"  # captures and the TimeGate
    TIMEMAP = "timemap"
    SUBMIT = "submit"  # POST /save
    STATUS = "status"  # of a job
    USER = "user"  # of the account
    SYSTEM = "system"
    LEGACY = "legacy"  # GET /save/<url>


# Requests in a minute that are one too many.
LIMITS = {Service.INDEX: 30, Service.AVAILABILITY: 30, Service.REPLAY: 600}


class Asked(Struct, frozen=True, kw_only=True):
    """One request that reached the archive."""

    at: datetime
    service: Service | None  # None: no such page
    method: str
    url: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    @property
    def query(self) -> str:
        """Give what stands behind the question mark."""
        return urlsplit(self.url).query


class InternetArchive:
    """The archive. Everything may be called while it answers, from other threads."""

    def __init__(self, clock: Clock) -> None:
        self.requests: list[Asked] = []
        self._clock = clock
        self._guard = threading.RLock()
        self._holdings = Holdings()
        self._saving = SavePageNow(self._holdings)
        self._next: dict[Service, deque[Reply]] = {service: deque() for service in Service}
        self._down: dict[Service, tuple[Reply, datetime | None]] = {}
        self._excluded: set[str] = set()

    # ------------------------------------------------------------ what it holds, and how it behaves

    def hold(
        self, url: str, at: datetime, *, status: int = 200, body: bytes | None = None, media_type: str = "text/html",
        location: str | None = None, revisit: bool = False, indexed: datetime | None = None,
        replayed: datetime | None = None,
    ) -> Held:
        """Take in a capture of `url` made at `at`. It is visible at once, unless a time is given."""
        body = page_of(url, at) if body is None else body
        held = Held(
            url=url, at=at.replace(microsecond=0), status=status, body=body, media_type=media_type, location=location,
            revisit=revisit, indexed=indexed or at, replayed=replayed or at,
        )
        with self._guard:
            self._holdings.add(held)
        return held

    def account(self, access: str, secret: str, *, slots: int = 3, daily: int = 30_000, used: int = 0) -> Account:
        """Let somebody save pages with these keys."""
        account = Account(access=access, secret=secret, slots=slots, daily=daily, used=used)
        with self._guard:
            self._saving.accounts[access] = account
        return account

    def plan(self, url: str | None, saving: Saving) -> None:
        """Say how the saving of an address goes; None: of all that have no plan of their own."""
        with self._guard:
            if url is None:
                self._saving.usual = saving
            else:
                self._saving.plans[url] = saving

    def keyless(self, manner: Legacy) -> None:
        """Say how saving without keys answers."""
        self._saving.legacy = manner

    def watch(self, live: Callable[[str], Live | None]) -> None:
        """Say what the live web shows when a page is captured; None: it cannot be fetched. Default: a page."""
        self._saving.live = live

    def next(self, service: Service, *replies: Reply) -> None:
        """Answer the next requests to a service so, one each."""
        with self._guard:
            self._next[service].extend(replies)

    def down(self, service: Service | None, reply: Reply, *, until: datetime | None = None) -> None:
        """Answer all requests to a service so, until some time; None: all services."""
        with self._guard:
            self._down |= dict.fromkeys([service] if service else list(Service), (reply, until))

    def up(self) -> None:
        """Be in order again."""
        with self._guard:
            self._down.clear()
            for queue in self._next.values():
                queue.clear()

    def exclude(self, host: str) -> None:
        """Keep a site from everybody."""
        self._excluded.add(key_of(host).partition(")")[0])

    # ------------------------------------------------------------ what was asked

    def asked(self, *services: Service) -> list[Asked]:
        """Give the requests to these services, in order; without names, all."""
        with self._guard:
            return [one for one in self.requests if not services or one.service in services]

    def forget(self) -> None:
        """Forget what was asked so far."""
        with self._guard:
            self.requests.clear()

    # ------------------------------------------------------------ answering

    def answer(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Answer a request."""
        lowered = {name.lower(): value for name, value in headers.items()}
        with self._guard:
            now = self._clock.now()
            service, rest = _service(method, url)
            self.requests.append(
                Asked(at=now, service=service, method=method, url=url, headers=lowered, body=body),
            )
            if service is None:
                return page("<title>Not Found</title>", status=404)
            if self._next[service]:
                return self._next[service].popleft()
            reply, until = self._down.get(service, (None, None))
            if reply is not None and (until is None or now < until):
                return reply
            if service in LIMITS and self._count(service, now) > LIMITS[service]:
                return words.too_many()
            return self._ordinary(service, rest, lowered, body, now)

    def _count(self, service: Service, now: datetime) -> int:
        return sum(one.service is service and one.at > now - _MINUTE for one in self.requests)

    def _ordinary(
        self, service: Service, rest: str, headers: Mapping[str, str], body: bytes, now: datetime,
    ) -> Reply:
        saving = self._saving
        if service in (Service.SUBMIT, Service.STATUS, Service.USER):
            account = saving.who(headers)
            if account is None:
                return logged_out()
            if service is Service.SUBMIT:
                return saving.submit(account, body, now)
            return saving.user(account, now) if service is Service.USER else saving.status(rest, now)
        if service is Service.SYSTEM:
            return system()
        if service is Service.LEGACY:
            return saving.old_way(rest, now)
        if self._is_excluded(rest):
            return words.blocked()
        if service is Service.INDEX:
            return cdx(self._holdings, rest, now)
        if service is Service.AVAILABILITY:
            return available(self._holdings, rest, now)
        return replay(self._holdings, rest, headers, now)

    def _is_excluded(self, rest: str) -> bool:
        return any(f"://{name}" in rest.replace("%3A", ":").replace("%2F", "/") for name in self._names())

    def _names(self) -> list[str]:
        return [".".join(reversed(key.split(","))) for key in self._excluded]


def _service(method: str, url: str) -> tuple[Service | None, str]:
    """Tell which service an address belongs to, and give what is asked of it."""
    parts = urlsplit(url)
    target = url.partition(parts.netloc)[2]
    if parts.netloc.removeprefix("www.") == "archive.org":
        return (Service.AVAILABILITY, parts.query) if parts.path == "/wayback/available" else (None, "")
    if parts.path == "/cdx/search/cdx":
        return Service.INDEX, parts.query
    if parts.path.rstrip("/") == "/save" and method == "POST":
        return Service.SUBMIT, ""
    named = {"/save/status/user": Service.USER, "/save/status/system": Service.SYSTEM}
    if parts.path in named:
        return named[parts.path], ""
    for start, service in (
        ("/save/status/", Service.STATUS), ("/save/", Service.LEGACY), ("/web/timemap/", Service.TIMEMAP),
        ("/web/", Service.REPLAY),
    ):
        if target.startswith(start):
            return service, target.removeprefix("/web/" if service is Service.TIMEMAP else start)
    return None, ""
