"""What the double holds: captures, and when each becomes visible in the index and in replay."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from archiver.demo.archive.words import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable


class Held(Struct, frozen=True, kw_only=True):
    """One capture."""

    url: str
    at: datetime
    status: int
    body: bytes
    media_type: str
    indexed: datetime  # in the index from then on
    replayed: datetime  # to be seen from then on
    revisit: bool = False  # the index has it as a revisit of the same bytes
    location: str | None = None  # of a captured redirect

    @property
    def stamp(self) -> str:
        """Give its time as 14 digits."""
        return stamp(self.at)

    @property
    def digest(self) -> str:
        """Give the digest of its bytes, as the index has it."""
        return base64.b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()

    @property
    def key(self) -> str:
        """Give the key it is sorted by."""
        return key_of(self.url)

    @property
    def row(self) -> tuple[str, ...]:
        """Give its row of the index: key, time, address, media type, status, digest, length."""
        if self.revisit:
            return self.key, self.stamp, self.url, "warc/revisit", "-", self.digest, "512"
        kind = self.media_type.partition(";")[0]
        return self.key, self.stamp, self.url, kind, str(self.status), self.digest, str(len(self.body) + 400)


class Holdings:
    """All captures."""

    def __init__(self) -> None:
        self._held: list[Held] = []

    def add(self, held: Held) -> None:
        """Take in a capture."""
        self._held.append(held)

    def indexed(self, now: datetime) -> list[Held]:
        """Give what the index shows now, in its order: by key, then by time."""
        return sorted((one for one in self._held if one.indexed <= now), key=lambda one: (one.key, one.at))

    def of(self, url: str, now: datetime) -> list[Held]:
        """Give the captures of an address that can be seen now, oldest first."""
        key = key_of(url)
        return sorted((one for one in self._held if one.key == key and one.replayed <= now), key=lambda one: one.at)

    def recent(self, url: str, since: datetime) -> Held | None:
        """Give the newest capture of an address made since then, visible or not."""
        key = key_of(url)
        return max((one for one in self._held if one.key == key and one.at >= since), key=lambda one: one.at,
                   default=None)


def closest(held: Iterable[Held], to: datetime) -> Held | None:
    """Give the capture nearest to a time."""
    return min(held, key=lambda one: abs(one.at - to), default=None)


def page_of(url: str, at: datetime) -> bytes:
    """Invent what was captured."""
    name = escape(url)
    return (f"<!doctype html><html><head><title>{name}</title></head><body><h1>{name}</h1>"
            f"<p>As it was on {at.astimezone(UTC):%d %B %Y}.</p></body></html>").encode()


def key_of(url: str) -> str:
    """Give an address's sort key, such as `org,example)/a?b=1`: scheme, "www." and letter case do not count."""
    parts = urlsplit(url.partition("#")[0] if "://" in url else f"http://{url.partition('#')[0]}")
    host = re.sub(r"^www\d*\.", "", (parts.hostname or "").lower())
    try:
        port = parts.port
    except ValueError:
        port = None
    shown = f":{port}" if port not in (None, 80, 443) else ""
    path = parts.path.lower()
    path = path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return ",".join(reversed(host.split("."))) + shown + ")" + path + (f"?{query}" if query else "")
