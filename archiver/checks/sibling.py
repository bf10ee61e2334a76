"""Asks a host for something that cannot exist, beside a suspect page: does it say no to that, or the same as to all?

One question for each host, folder and kind of name in a run; the answer is kept as long as the Web that asked.
"""

from __future__ import annotations

import asyncio
import secrets
import string
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from msgspec import Struct

from archiver import urls
from archiver.checks.media.files import extension
from archiver.checks.page import Page, is_html
from archiver.checks.soft404 import wording
from archiver.web.exchange import Exchange, Failure, Request

if TYPE_CHECKING:
    from archiver.web.client import Web
    from archiver.web.politeness import Turn

_LIMIT = 200_000  # bytes of a sibling's page that are read
_KEPT = 20_000
_ALIKE = 0.9  # share of common word triples above which two texts are one
_ODD = 24  # letters of the name that nobody has given to anything


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
        if self.status is None or not 200 <= self.status < 300 or self.title != page.title:
            return False
        # An error page that calls itself one may show other news each time.
        if self.worded and self.title:
            return True
        # Pages without words, of pictures or frames, are alike only when they are the same.
        return _similar(self.text, page.text) if self.text else self.raw == page.raw[:_KEPT]


def _similar(one: str, other: str) -> bool:
    if one == other:
        return True
    first, second = _triples(one), _triples(other)
    return bool(first and second) and len(first & second) / len(first | second) >= _ALIKE


def _triples(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return set(zip(words, words[1:], words[2:], strict=False))


_known: WeakKeyDictionary[Web, dict[str, asyncio.Future[tuple[Sibling, Exchange | Failure]]]] = WeakKeyDictionary()


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
    key = f"{url.rpartition('/')[0]}|{extension(url)}|{url.endswith('/')}"
    if by_query:
        key = f"{link.rpartition('=')[0]}="
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
    if not is_html(final):
        return Sibling(url, final.status, final.url)
    page = Page(final.decoded, final.charset)
    return Sibling(url, final.status, final.url, page.title, page.text, page.raw[:_KEPT], wording(page) is not None)
