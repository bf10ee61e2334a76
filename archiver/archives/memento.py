"""Any archive that speaks Memento (RFC 7089): its TimeMap lists all copies, its TimeGate leads to the nearest one.

A 404 of a TimeMap or TimeGate is the archive's word that it has no copy. A page with Memento-Datetime is a copy,
whatever its status: a 404 with that header is a page that was missing when it was captured.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from archiver import plan, urls
from archiver.archives import clock as lanes
from archiver.archives.cdx import same_host
from archiver.archives.choose import is_good
from archiver.archives.http import Cause, NoReply, Reply, one_line
from archiver.archives.links import read_links
from archiver.archives.stamps import end_of, from_http, to_http
from archiver.archives.timemap import STAMP, Memento, TimeMap, read_timemap
from archiver.archives.wayback import NAME
from archiver.errors import ConfigError
from archiver.model import Answer, Lookup, Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from archiver.archives.http import Client
    from archiver.config import MementoArchive

_MARK = "{url}"
_OTHER_MARK = re.compile(r"\{[^{}]*\}")
_IN_PLACE = re.compile(r"^https?://[^/?#{}\s]+[/?][^#]*$", re.IGNORECASE)
_PAGES = 10  # of one TimeMap
_LONGEST = 10_000_000  # bytes of one page: some 70,000 copies
_KEPT = 30  # copies that are kept of a lookup, the nearest ones
_INDEX = re.compile(r"/(?:timemap|cdx)\b.*$")


class _Unknown(Struct, frozen=True):
    """Why an archive said nothing of an address."""

    reason: str
    retry_after: float | None = None
    asked_enough: bool = False  # its other doors are not to be tried now


class Memento7089:
    """Looks copies up in one archive."""

    def __init__(self, settings: MementoArchive, client: Client) -> None:
        self.name = settings.name
        self.templates = [one for one in (settings.timemap, settings.timegate) if one]
        self._timemap = settings.timemap
        self._timegate = settings.timegate
        self.client = client
        self._own = not is_public(settings)
        self.replay = self._lane = lanes.OWN if self._own else lanes.MEMENTO  # where what it holds is asked for

    def holds(self, url: str) -> bool:
        """Tell whether an address is one of this archive's copies."""
        return self._on_site(url)

    def find(self, link: str, near: date | datetime | None) -> Lookup:
        """Look for copies, around a date or the newest."""
        target = urls.without_fragment(link)
        found = self._from_timemap(target) if self._timemap else _Unknown("it has no TimeMap")
        if isinstance(found, _Unknown) and self._timegate and not found.asked_enough:
            found = self._from_timegate(target, near)
        at = self.client.clock.now()
        if isinstance(found, _Unknown):
            return Lookup(
                archive=self.name, link=link, at=at, answer=Answer.UNKNOWN, reason=one_line(found.reason),
                retry_after=found.retry_after,
            )
        good = _nearest([one for one in found if is_good(one)], near)
        return Lookup(
            archive=self.name, link=link, at=at, answer=Answer.FOUND if good else Answer.NONE, snapshots=good,
        )

    # ------------------------------------------------------------ TimeMap

    def _from_timemap(self, target: str) -> list[Snapshot] | _Unknown:
        """Read the TimeMap, and the pages that it is split into."""
        waiting, seen = [fill(self._timemap, target)], set[str]()
        every: list[Snapshot] = []
        damaged = 0
        while waiting and len(seen) < _PAGES:
            url = waiting.pop(0)
            if url in seen:
                continue
            seen.add(url)
            page = self._page(url, target)
            if isinstance(page, _Unknown):
                if every:
                    break  # what is there is there
                return page
            kept = [one for each in page.mementos if (one := self._make(each, target)) is not None]
            pages = [one for one in page.pages if self._on_site(one)]
            every += kept
            waiting += pages
            damaged += page.damaged + len(page.mementos) - len(kept) + len(page.pages) - len(pages)
        if not every and (damaged or waiting):
            return _Unknown("lists copies that are not its own, or that cannot be read")
        return every

    def _page(self, url: str, target: str) -> TimeMap | _Unknown:
        reply = self.client.get(url, lane=self._lane, limit=_LONGEST)
        if isinstance(reply, NoReply):
            return _no_reply(reply)
        if reply.status in (404, 410) and not reply.memento:
            return TimeMap()
        if (trouble := _trouble(reply)) is not None:
            return trouble
        page = read_timemap(reply.text, reply.url) if reply.status == 200 else None
        if page is None:
            return _Unknown("answered something that is no TimeMap")
        if page.original and not same_host(page.original, target):
            return _Unknown("answered for another address")
        if reply.cut and not page.mementos:
            return _Unknown("its TimeMap is too long")
        return page

    def _make(self, one: Memento, target: str) -> Snapshot | None:
        """Make the snapshot of a memento, unless it is on a site that this archive has no business to speak for."""
        url = one.url or self._replay(one)
        if not url or not self._may_name(url) or (one.original and not same_host(one.original, target)):
            return None
        return Snapshot(
            archive=self.name, url=url, original=one.original or target, taken=one.taken, status=one.status,
            media_type=one.media_type, digest=one.digest,
        )

    def _replay(self, one: Memento) -> str:
        """Make the address of a copy of which only its row in the index is known, as pywb and OpenWayback make it."""
        base, found = _INDEX.subn("/", self._timemap)
        if not found and self._timegate.endswith(f"/{_MARK}"):
            base, found = self._timegate.removesuffix(_MARK), 1
        return f"{base}{one.stamp}/{one.original}" if found else ""

    def _on_site(self, url: str) -> bool:
        """Tell whether an address is on this archive's own site."""
        return urls.normalise(url) is not None and any(
            urls.same_site(url, fill(template, "http://a.example/")) for template in self.templates
        )

    def _may_name(self, url: str) -> bool:
        """Tell whether this archive may name an address as a copy.

        A service in one's own house may be an aggregator, and names the copies of public archives.
        """
        return self._on_site(url) or (self._own and urls.normalise(url) is not None and plan.is_public(url))

    # ------------------------------------------------------------ TimeGate

    def _from_timegate(self, target: str, near: date | datetime | None) -> list[Snapshot] | _Unknown:
        """Ask for the nearest copy; its links name neighbours, one of which may be nearer in our sense."""
        moment = end_of(near) if near is not None else self.client.clock.now()
        url = fill(self._timegate, target)
        reply = self.client.get(url, lane=self._lane, headers={"Accept-Datetime": to_http(moment)}, limit=0)
        if isinstance(reply, NoReply):
            return _no_reply(reply)
        taken = from_http(reply.header("memento-datetime") or "")
        if taken is None and reply.status in (404, 410):
            # After a redirect to a copy it is the copy that cannot be shown, not the address that has none.
            broken = reply.url != url and STAMP.search(reply.url) is not None
            return _Unknown("names a copy that it cannot show") if broken else []
        if taken is None and (trouble := _trouble(reply)) is not None:
            return trouble
        links = list(read_links((reply.header("link") or "")[:50_000]))
        original = next((link.target for link in links if "original" in link.rels), "")
        if original and not same_host(original, target):
            return _Unknown("answered for another address")
        found = [
            Memento(url=urls.join(reply.url, link.target) or "", taken=link.datetime)
            for link in links if "memento" in link.rels and link.datetime is not None
        ]
        if taken is not None:
            place = urls.join(reply.url, reply.header("content-location") or "") or reply.url
            kind = (reply.header("content-type") or "").partition(";")[0].strip().lower() or None
            itself = Memento(url=place, taken=taken, status=reply.status, media_type=kind)
            found = [itself, *(one for one in found if one.taken != taken)]
        found = [replace(each, original=original) for each in found]
        made = [one for each in found if (one := self._make(each, target)) is not None]
        return made or _Unknown("answered without saying where a copy is")


def fill(template: str, target: str) -> str:
    """Put an address into a template: in a query it is quoted, in a path it stands as it is (RFC 7089's examples)."""
    before, _, after = template.partition(_MARK)
    return before + (quote(target, safe="") if "?" in before else target) + after


def is_public(settings: MementoArchive) -> bool:
    """Tell whether an archive is one of the public web, not of this machine or house."""
    return all(plan.is_public(fill(one, "http://a.example/")) for one in (settings.timemap, settings.timegate) if one)


def check(archives: Sequence[MementoArchive]) -> None:
    """Raise a ConfigError for an archive that cannot be asked."""
    names = [NAME]
    for number, one in enumerate(archives, 1):
        where = f"archives.memento[{number}]"
        if not one.name.strip() or one_line(one.name, 60) != one.name:
            raise ConfigError(f"{where}.name: expected a short name, got {one.name[:60]!r}")
        if one.name in names:
            raise ConfigError(f"{where}.name: there are two archives of the name {one.name}")
        names.append(one.name)
        if not one.timemap and not one.timegate:
            raise ConfigError(f"{where}: {one.name}: expected a timemap or a timegate")
        for key, template in (("timemap", one.timemap), ("timegate", one.timegate)):
            if template:
                _check_template(f"{where}.{key}", template)


def _check_template(where: str, template: str) -> None:
    hint = "write an address such as https://archive.example/timemap/link/{url}"
    if template.count(_MARK) != 1:
        raise ConfigError(f"{where}: {template!r}: expected {_MARK} once", hint=hint)
    if others := [mark for mark in _OTHER_MARK.findall(template) if mark != _MARK]:
        raise ConfigError(f"{where}: {template!r}: {others[0]} means nothing here", hint=hint)
    if urls.scheme(template) not in ("http", "https") or urls.normalise(fill(template, "http://a.example/")) is None:
        raise ConfigError(f"{where}: {template!r} is no http or https address", hint=hint)
    if not _IN_PLACE.match(template):
        raise ConfigError(f"{where}: {template!r}: {_MARK} may stand in the path or the query only", hint=hint)


def _nearest(snapshots: Iterable[Snapshot], near: date | datetime | None) -> tuple[Snapshot, ...]:
    """Keep some snapshots, in order of time: the newest, or on both sides of a date the nearest."""
    every = sorted(dict.fromkeys(snapshots), key=lambda one: one.taken)
    if near is None:
        return tuple(every[-_KEPT:])
    end = end_of(near)
    before = [one for one in every if one.taken <= end]
    after = every[len(before) :]
    half = _KEPT // 2
    return tuple(before[-max(half, _KEPT - len(after)) :] + after[: max(half, _KEPT - len(before))])


def _no_reply(reply: NoReply) -> _Unknown:
    return _Unknown(reply.detail, reply.retry_after, reply.cause in (Cause.LATER, Cause.SPENT))


def _trouble(reply: Reply) -> _Unknown | None:
    """Tell why a reply that is no copy says nothing of the address, if so."""
    if reply.status == 429:
        return _Unknown("asks for patience (429)", reply.retry_after or 60.0, asked_enough=True)
    if reply.status >= 400:
        return _Unknown(f"answered with status {reply.status}", reply.retry_after)
    return None
