"""Asks a host for something that cannot exist, beside a suspect page: does it say no to that, or the same as to all?

One question for each *place* in a run, that is for each host, folder and kind of name; the answer is kept as long as
the Web that asked. What earlier runs learned (`Observation.sibling`) spares the question:

    siblings.remember(web, known, now)   `known` maps places to when they were last seen to say no honestly

A wall, a refusal, a server in trouble and silence settle nothing, and are no answer here.
"""

from __future__ import annotations

import asyncio
import secrets
import string
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from msgspec import Struct

from archiver import urls
from archiver.checks.media.files import extension
from archiver.checks.page import Page, is_html
from archiver.checks.phrases import plain
from archiver.checks.soft404 import wording
from archiver.checks.walls import wall
from archiver.web.exchange import Exchange, Failure, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.web.client import Web
    from archiver.web.exchange import Hop
    from archiver.web.turns import Turn

_LIMIT = 200_000  # bytes of a sibling's page that are read
_KEPT = 20_000
_ALIKE = 0.9  # share of common word triples above which two texts are one
_ODD = 24  # letters of the name that nobody has given to anything
_ADDRESS = 16  # words of an address, as an error page repeats it
_TRUSTED = timedelta(days=30)  # for so long a place that said no is taken to do so still
_FEW_WORDS = 300  # bytes of a plain text that may be what a host says to everything


class Sibling(Struct, frozen=True):
    """What a host answered to the impossible address."""

    url: str
    status: int | None  # None: no answer
    final_url: str = ""
    title: str = ""
    text: str = ""
    raw: bytes = b""  # its first bytes
    worded: bool = False  # it says itself that it is an error page

    @property
    def refused(self) -> bool:
        """Tell whether the host says no to what does not exist."""
        return self.status in (404, 410)

    def is_like(self, page: Page) -> bool:
        """Tell whether a page is the one that the host gives for anything."""
        if self.status is None or not 200 <= self.status < 300 or not self._same(self.title, page.title):
            return False
        # An error page that calls itself one may show other news each time.
        if self.worded and self.title:
            return True
        # Pages without words, of pictures or frames, are alike only when they are the same.
        if not self.text:
            return self.raw == page.raw[:_KEPT]
        return _similar(self.text, page.text) or self._same(self.text, page.text)

    def _same(self, one: str, other: str) -> bool:
        """Tell whether two texts are one, but for the address in them: "there is no /a" and "there is no /b"."""
        if one == other:
            return True
        mine, yours = plain(one).split(), plain(other).split()
        start = _shared(mine, yours)
        end = _shared(mine[:start:-1], yours[:start:-1])
        own, its = mine[start : len(mine) - end], yours[start : len(yours) - end]
        return 0 < len(own) <= _ADDRESS and len(its) <= _ADDRESS and set(own) <= set(plain(self.url).split())


def _shared(one: list[str], other: list[str]) -> int:
    """Count the words with which both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (first, second) in pairs if first != second), min(len(one), len(other)))


def _similar(one: str, other: str) -> bool:
    if one == other:
        return True
    first, second = _triples(one), _triples(other)
    return bool(first and second) and len(first & second) / len(first | second) >= _ALIKE


def _triples(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return set(zip(words, words[1:], words[2:], strict=False))


_known: WeakKeyDictionary[Web, dict[str, asyncio.Future[tuple[Sibling, Exchange | Failure]]]] = WeakKeyDictionary()
_honest: WeakKeyDictionary[Web, dict[str, datetime]] = WeakKeyDictionary()


def remember(web: Web, known: Mapping[str, datetime], now: datetime) -> None:
    """Take over what earlier runs learned: places that say no to what does not exist. The old is passed over."""
    _honest.setdefault(web, {}).update(
        (place, at) for place, at in known.items() if timedelta(0) <= now - at < _TRUSTED
    )


def place(link: str, *, by_query: bool = False) -> str | None:
    """Name the place that a link stands in: all links of one place have the same siblings."""
    url = address(link, by_query=by_query)
    return _place(link, url, by_query=by_query) if url is not None else None


def _place(link: str, url: str, *, by_query: bool) -> str:
    if by_query:
        return f"{link.rpartition('=')[0]}="
    folder = url.rstrip("/").rpartition("/")[0]
    return f"{folder}|{extension(url)}|{'/' if url.endswith('/') else ''}"


def address(link: str, *, by_query: bool = False) -> str | None:
    """Give an address beside a link that nothing can live at; None when there is no such place.

    A link that is told from others by its query has siblings by its query only: `by_query`.
    """
    odd = "".join(secrets.choice(string.ascii_lowercase) for _ in range(_ODD))
    start = f"{urls.scheme(link)}://{urls.authority(link)}"
    query = urls.query(link)
    if query and by_query:
        head, equals, _ = query.rpartition("=")
        return f"{start}{urls.path(link)}{head}={odd}" if equals else None
    if query or urls.path(link) == "/":
        return None
    folder, _, name = urls.path(link).rstrip("/").rpartition("/")
    suffix = extension(link)
    slash = "/" if urls.path(link).endswith("/") else ""
    return f"{start}{folder}/{odd}{f'.{suffix}' if suffix and '.' in name else ''}{slash}"


async def ask(
    link: str, web: Web, *, turn: Turn | None, by_query: bool = False,
) -> tuple[Sibling | None, Exchange | Failure | None]:
    """Give what the host says to a sibling of this link, and the exchange when it was made just now."""
    url = address(link, by_query=by_query)
    if url is None:
        return None, None
    key = _place(link, url, by_query=by_query)
    if key in _honest.get(web, {}):
        return Sibling(url, 404), None
    asked = _known.setdefault(web, {})
    if key in asked:
        sibling, _ = await asked[key]
        return sibling, None
    future: asyncio.Future[tuple[Sibling, Exchange | Failure]] = asyncio.get_running_loop().create_future()
    asked[key] = future
    try:
        answer = await web.fetch(Request(url=url, read_limit=_LIMIT, turn=turn))
        sibling = _read(url, answer)
    except BaseException:
        asked.pop(key, None)
        future.cancel()
        raise
    future.set_result((sibling, answer))
    return sibling, answer


def _read(url: str, answer: Exchange | Failure) -> Sibling:
    if isinstance(answer, Failure):
        return Sibling(url, None)
    final = answer.final
    page = Page(final.decoded, final.charset) if is_html(final) or _is_few_words(final) else None
    if wall(final, page) or final.status in _SETTLES_NOTHING or final.status >= 500:
        return Sibling(url, None)
    if page is None:
        return Sibling(url, final.status, final.url)
    return Sibling(url, final.status, final.url, page.title, page.text, page.raw[:_KEPT], wording(page) is not None)


_SETTLES_NOTHING = frozenset({401, 402, 403, 407, 408, 418, 420, 425, 429, 430, 451})


def _is_few_words(final: Hop) -> bool:
    return final.media_type == "text/plain" and len(final.decoded) < _FEW_WORDS
