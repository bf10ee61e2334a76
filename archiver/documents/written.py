"""Text inside a text: what stands in a CDATA section, an attribute, a cell or a JSON string.

It is read by the reader of what it is, and every place is given in the file around it.
"""

from __future__ import annotations

import html as entities
import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver.documents import bare
from archiver.documents.draft import Draft, Reading
from archiver.documents.mend import mended
from archiver.documents.prose import sentence
from archiver.documents.raw import Raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^u]|u)", re.DOTALL
)
_MARKUP = re.compile(
    r"<(?:a|iframe|video|audio|source|embed|object|blockquote|p|div|sup|ol|ul|br)\b[^<>]{0,2000}>", re.IGNORECASE
)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Piece(Struct, frozen=True):
    """A text as its reader sees it, and where each run of it begins in the file."""

    text: str
    edges: tuple[int, ...]  # offsets in the text; the last is its end
    places: tuple[int, ...]  # offsets in the file

    def at(self, offset: int) -> int:
        """Give the place of an offset."""
        index = max(0, bisect_right(self.edges, offset) - 1)
        place = self.places[index] + offset - self.edges[index]
        return min(place, self.places[index + 1]) if index + 1 < len(self.places) else self.places[index]

    @property
    def start(self) -> int:
        return self.places[0]

    @property
    def end(self) -> int:
        return self.places[-1]


def verbatim(source: str, start: int, end: int) -> Piece:
    """Give a part that stands there as it is."""
    return Piece(source[start:end], (0, end - start), (start, end))


def of_xml(source: str, start: int, end: int) -> Piece:
    """Give a part in which entities stand for signs. Only those of XML and HTML are known; none is ever expanded."""
    return _unescaped(source, start, end, _ENTITY, entities.unescape)


def of_json(source: str, start: int, end: int) -> Piece:
    """Give what stands between the quotes of a JSON string."""
    return _unescaped(source, start, end, _ESCAPE, _said)


def of_cell(source: str, start: int, end: int) -> Piece:
    """Give what stands between the quotes of a cell, in which two quotes are one."""
    return _unescaped(source, start, end, _TWO_QUOTES, lambda _: '"')


_TWO_QUOTES = re.compile('""')


def _said(written: str) -> str:
    try:
        said = str(json.loads(f'"{written}"', strict=False))
    except ValueError:
        said = written[1:]
    return _SURROGATE.sub("\ufffd", said)


def _unescaped(source: str, start: int, end: int, pattern: re.Pattern[str], meaning: Callable[[str], str]) -> Piece:
    pieces: list[str] = []
    edges, places = [0], [start]
    length, at = 0, start
    for found in pattern.finditer(source, start, end):
        before, sign = source[at : found.start()], meaning(found.group())
        pieces += (before, sign)
        edges += (length + len(before), length + len(before) + len(sign))
        places += (found.start(), found.end())
        length, at = edges[-1], found.end()
    pieces.append(source[at:end])
    edges.append(length + end - at)
    places.append(end)
    return Piece("".join(pieces), tuple(edges), tuple(places))


def joined(pieces: Iterable[Piece], between: str = "") -> Piece:
    """Put pieces together; what stands between them has the place of the end before it."""
    texts: list[str] = []
    edges: list[int] = []
    places: list[int] = []
    length = 0
    for piece in pieces:
        if texts and between:
            texts.append(between)
            length += len(between)
        edges += [edge + length for edge in piece.edges]
        places += piece.places
        texts.append(piece.text)
        length += len(piece.text)
    return Piece("".join(texts), tuple(edges or (0,)), tuple(places or (0,)))


def stripped(piece: Piece) -> tuple[str, int, int]:
    """Give a piece without the spaces around it, and where it begins and ends in the file."""
    words = piece.text.strip()
    if not words:
        return "", piece.start, piece.end
    lead = len(piece.text) - len(piece.text.lstrip())
    return words, piece.at(lead), piece.at(lead + len(words))


def is_markup(text: str) -> bool:
    """Tell whether a text is plainly a piece of HTML."""
    return "<" in text and _MARKUP.search(text) is not None


def of_html(piece: Piece, base: str | None, context: str = "") -> list[Draft]:
    """Read a piece as HTML; `context` is given to what has no sentence around it."""
    from archiver.documents.html import reader as html

    raw = Raw(source="piece.html", data=piece.text.encode("utf-8", "replace"), charset="utf-8", url=base)
    return placed(html.read(raw), piece, context)


def of_markdown(piece: Piece, base: str | None = None) -> tuple[list[Draft], Reading]:
    """Read a piece as Markdown, and give the reading too."""
    from archiver.documents.markdown import reader as markdown

    reading = markdown.read(
        Raw(source="piece.md", data=piece.text.encode("utf-8", "replace"), charset="utf-8", url=base)
    )
    return placed(reading, piece), reading


def of_wikitext(piece: Piece) -> list[Draft]:
    """Read a piece as MediaWiki's wikitext."""
    from archiver.documents.wikitext import reader as wikitext

    raw = Raw(source="piece.wiki", data=piece.text.encode("utf-8", "replace"), charset="utf-8")
    return placed(wikitext.read(raw), piece)


def of_prose(piece: Piece, context: str | None = None) -> list[Draft]:
    """Read the addresses in a piece of plain text."""
    return [
        Draft(
            start=piece.at(one.start),
            end=max(piece.at(one.start), piece.at(one.end)),
            url=one.url,
            text=mended(one.url),
            context=sentence(piece.text, one.start, one.end) if context is None else context,
            behind=mended(piece.text[one.end : one.end + 160].partition("\n\n")[0]),
        )
        for one in bare.find(piece.text)
    ]


def placed(reading: Reading, piece: Piece, context: str = "") -> list[Draft]:
    """Give the drafts of a reading of a piece their places in the file."""
    drafts = []
    for draft in reading.drafts:
        around = sentence(reading.text, draft.start, draft.end) if draft.context is None else draft.context
        start = piece.at(draft.start)
        end = max(start, piece.at(draft.end))
        drafts.append(replace(draft, start=start, end=end, context=around or context))
    return drafts
