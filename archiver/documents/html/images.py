"""Pictures that a page shows. Nobody cites them; who wants to know whether they are there asks for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.documents.draft import Draft
from archiver.documents.html.links import absolute
from archiver.documents.html.tags import tag_end
from archiver.documents.mend import mended
from archiver.documents.prose import sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from archiver.documents.html.page import Element, Page

_MOST = 50  # sizes of one picture
# A candidate of a srcset: an address, which does not end with a comma, and perhaps a size (HTML standard, 4.8.4.2.1).
_CANDIDATE = re.compile(r"[\s,]*(?P<url>\S*[^\s,])(?:,+|(?:\s+(?:\([^)]*\)|[^,(])*)?(?:,|$)|)")
_SOURCES = ("src", "data-src", "data-lazy-src", "data-original")


def drafts(page: Page, prose: str, base: str | None, known: Collection[str]) -> list[Draft]:
    """Give the pictures of a page, every size of each, without addresses that are known."""
    met = set(known)
    found: list[Draft] = []
    for element in page.elements:
        for written in _addresses(element):
            url = absolute(written, base)
            if url is not None and url not in met:
                met.add(url)
                found.append(
                    Draft(
                        start=element.at,
                        end=tag_end(page.source, element.at),
                        url=url,
                        text=mended(element.get("alt"))[:300],
                        context=sentence(prose, element.start, element.end),
                    )
                )
    return found


def _addresses(element: Element) -> Iterator[str]:
    name = element.name
    if name in ("img", "amp-img") or (name == "input" and element.get("type").lower() == "image"):
        yield from (element.get(source) for source in _SOURCES if element.get(source))
    if name == "video" and element.get("poster"):
        yield element.get("poster")
    if name == "image":  # in a drawing
        yield element.get("href") or element.get("xlink:href")
    if name == "img" or (name == "source" and element.within("picture", levels=2) is not None):
        for attribute in ("srcset", "data-srcset"):
            yield from candidates(element.get(attribute))


def candidates(srcset: str) -> list[str]:
    """Give the addresses of a srcset, whose sizes are parted by commas that may stand in addresses, too."""
    return [found["url"] for found, _ in zip(_CANDIDATE.finditer(srcset), range(_MOST), strict=False)]
