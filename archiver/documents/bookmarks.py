"""Read bookmarks as browsers export them: each link with the folders around it and the day on which it was kept."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from archiver.documents.decoding import decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.html.links import absolute
from archiver.documents.html.page import load
from archiver.documents.html.tags import tag_end
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from archiver.documents.html.page import Element, Page
    from archiver.documents.raw import Raw

# How browsers count: seconds, milliseconds, microseconds, by the number of digits.
_UNITS = {9: 1, 10: 1, 12: 1000, 13: 1000, 15: 1_000_000, 16: 1_000_000}
_FROM_1601 = 11_644_473_600  # seconds; Chromium counts microseconds from there
# What browsers never close: each would hold all that follow. A remark begins with a sign that holds nothing.
_OPEN = re.compile(r"<(dt|dd|p)\b[^<>]{0,200}>", re.IGNORECASE)
_YEARS = range(1990, 2101)


def read(raw: Raw) -> Reading:
    """Read exported bookmarks."""
    text = decode(raw)
    page = load(_OPEN.sub(_flat, text))
    folders: list[tuple[int, str]] = []  # and the index of the first element behind each
    drafts: list[Draft] = []
    heading, title = "", ""
    for element in page.elements:
        while folders and element.index >= folders[-1][0]:
            folders.pop()
        if element.name in ("h1", "title") and not title:
            title = mended(page.words(element))[:500] or mended(element.content)[:500]
        elif element.name in ("h2", "h3", "h4"):
            heading = mended(page.words(element))[:80]
        elif element.name == "dl":
            folders.append((element.stop, heading))
            heading = ""
        elif element.name == "a":
            drafts += _link(page, element, " › ".join(name for _, name in folders[:9] if name))
    return Reading(
        text=text,
        drafts=tuple(drafts),
        media_type="text/html",
        about=About.told("heading", title=title or None),
        warnings=("only the first 16 million characters were read",) if page.cut else (),
    )


def _link(page: Page, element: Element, folder: str) -> list[Draft]:
    url = absolute(element.get("href"), None)
    if url is None:
        return []
    kept = _day(element.get("add_date"))
    described = _described(page, element)
    feed = absolute(element.get("feedurl"), None)
    return [
        Draft(
            start=element.at,
            end=tag_end(page.source, element.at),  # as long as in the file
            url=each,
            text=mended(page.words(element))[:300],
            context=f"{folder}: {described}" if folder and described else folder or described,
            behind=f"accessed {kept.isoformat()}" if kept else "",
        )
        for each in dict.fromkeys((url, feed) if feed else (url,))
    ]


def _described(page: Page, element: Element) -> str:
    """Give the remark below a link."""
    behind = page.elements[element.stop : element.stop + 2]
    if not behind or behind[0].name != "hr":
        return ""
    start = behind[0].end
    end = min(start + 300, behind[1].start if len(behind) > 1 else len(page.text))
    return mended(page.text[start:end])


def _flat(tag: re.Match[str]) -> str:
    return ("<hr>" if tag.group(1).lower() == "dd" else "").ljust(len(tag.group()))


def _day(written: str) -> date | None:
    written = written.strip()
    if not (written.isascii() and written.isdigit() and len(written) <= 17):
        return None
    seconds = int(written) / _UNITS.get(len(written), 1) if len(written) < 17 else int(written) / 1e6 - _FROM_1601
    try:
        day = datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
    return day if day.year in _YEARS else None
