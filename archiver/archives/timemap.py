"""Read TimeMaps: which copies of an address an archive has. Pure, and never raises.

Four dialects are understood, told apart by what the answer looks like: link format (RFC 7089), the JSON that MemGator
and others write, and the index rows that pywb (JSON lines) and the Wayback Machine (JSON array, text) give instead.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import urls
from archiver.archives.cdx import Page, read_json, read_lines, read_text
from archiver.archives.links import read_links
from archiver.archives.stamps import from_http, from_iso, from_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

STAMP = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/")
_RELS = re.compile(r";\s*rel\s*=")


class Memento(Struct, frozen=True, kw_only=True):
    """One copy."""

    url: str  # URI-M; nothing when the archive lists rows without addresses
    taken: datetime
    original: str = ""  # as the archive has it, where it says so
    stamp: str = ""  # its time as the archive writes it, where it says so
    status: int | None = None
    media_type: str | None = None
    digest: str | None = None


class TimeMap(Struct, frozen=True, kw_only=True):
    """What a TimeMap says."""

    mementos: tuple[Memento, ...] = ()
    original: str = ""
    pages: tuple[str, ...] = ()  # further TimeMaps that belong to it
    damaged: int = 0  # entries that could not be read

    @property
    def none(self) -> bool:
        """Tell whether it says that there is no copy."""
        return not (self.mementos or self.pages or self.damaged)


def read_timemap(text: str, base: str) -> TimeMap | None:
    """Read a TimeMap found at `base`; None when it is none, and says nothing of the address."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<") and _RELS.search(start[:5000]):
        return _from_links(start, base)
    if start.startswith("["):
        return _from_rows(read_json(start))
    if start.startswith("{"):
        return _from_json(start, base) or _from_rows(read_lines(start))
    if start and not start.startswith("<"):
        return _from_rows(read_lines(start) if "{" in start[:2000] else read_text(start))
    return None


def _from_links(text: str, base: str) -> TimeMap:
    found: list[Memento | None] = []
    original = ""
    pages: list[str] = []  # those that cover a time
    others: list[str] = []  # those that may be the same TimeMap in another format
    for link in read_links(text):
        if "memento" in link.rels:
            found.append(_memento(link.target, base, link.datetime))
        elif "original" in link.rels:
            original = original or link.target
        elif "timemap" in link.rels and (page := urls.join(base, link.target)):
            (pages if link.ranged else others).append(page)
    return _timemap(found, original, pages if found or pages else others)


def _from_json(text: str, base: str) -> TimeMap | None:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(table, dict) or not isinstance(table.get("original_uri"), str):
        return None
    mementos = table.get("mementos")
    listed = mementos.get("list") if isinstance(mementos, dict) else None
    found = [
        _memento(str(one.get("uri", "")), base, from_iso(text) or from_http(text))
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict) and isinstance(text := one.get("datetime", ""), str)
    ]
    index = table.get("timemap_index")
    pages = [
        page for one in (index if isinstance(index, list) else ())
        if isinstance(one, dict) and (page := urls.join(base, str(one.get("uri", ""))))
    ]
    return _timemap(found, table["original_uri"], pages)


def _from_rows(page: Page | None) -> TimeMap | None:
    if page is None or page.excluded:
        return None
    return TimeMap(damaged=page.damaged, mementos=tuple(
        Memento(url="", taken=row.taken, original=row.original, stamp=row.stamp, status=row.status,
                media_type=row.media_type, digest=row.digest)
        for row in page.rows
    ))


def _memento(target: str, base: str, taken: datetime | None) -> Memento | None:
    url = urls.join(base, target)
    if url is None or urls.normalise(url) is None:
        return None
    stamp = STAMP.search(url)
    taken = taken or (from_stamp(stamp[1]) if stamp else None)
    return Memento(url=url, taken=taken) if taken is not None else None


def _timemap(found: Iterable[Memento | None], original: str, pages: list[str]) -> TimeMap:
    every = list(found)
    good = [one for one in every if one is not None]
    return TimeMap(
        mementos=tuple(dict.fromkeys(good)), original=original, pages=tuple(dict.fromkeys(pages)),
        damaged=len(every) - len(good),
    )
