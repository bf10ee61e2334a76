"""The text of a PDF page, made readable: raised digits as raised signs, words joined over line ends, links on words."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARACTERS = 200_000  # of one page
_LINKS = 5_000  # of one page
_LONGEST = 8192  # bytes of an address
_BREAKS = ("\ufffe", "\uffff", "\x02")  # what PDFium gives for a hyphen at a line end
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ADDRESS = re.compile(r"(?:://|\bwww\.|\bdoi:)\S*$", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:[-–—\s|]|page|seite|p\.)*(?:\d{1,4}|[ivxl]{1,6})(?:[-–—\s|]|(?:of|/|von)\s?\d{1,4})*", re.IGNORECASE
)


_MARKERS = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,4}")


class Glyph(Struct, gc=False):
    """A sign on the page."""

    sign: str
    size: float
    x: float
    y: float
    index: int


class Line(Struct):
    """A line of a page."""

    glyphs: list[Glyph]
    size: float = 0.0
    base: float = 0.0
    words: str = ""


class Link(Struct, frozen=True, gc=False):
    """An address on the page, and where it is clicked."""

    url: str
    left: float
    bottom: float
    right: float
    top: float


class Page(Struct):
    """A page: its lines, its links, and the boxes of its signs where there are links."""

    lines: list[Line]
    links: list[Link]
    hits: list[list[int]]  # for each link the signs under it
    cut: bool = False


def page(document: Any, number: int) -> Page | None:
    """Read one page; None when it cannot be loaded."""
    handle = pdfium.FPDF_LoadPage(document, number)
    if not handle:
        return None
    try:
        text = pdfium.FPDFText_LoadPage(handle)
        links = list(_links(document, handle))
        if not text:
            return Page(lines=[], links=links, hits=[[] for _ in links])
        try:
            count = pdfium.FPDFText_CountChars(text)
            glyphs = _glyphs(text, min(count, _CHARACTERS))
            hits = _hits(text, glyphs, links)
            return Page(lines=_lines(glyphs), links=links, hits=hits, cut=count > _CHARACTERS)
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(handle)


def _glyphs(text: Any, count: int) -> list[Glyph]:
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    found: list[Glyph] = []
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if not code or code > 0x10FFFF:
            continue
        if 0xD800 <= code < 0xDC00 and index + 1 < count:
            low = pdfium.FPDFText_GetUnicode(text, index + 1)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) if 0xDC00 <= low < 0xE000 else 0xFFFD
        elif 0xD800 <= code < 0xE000:
            continue
        sign = chr(code)
        size = 0.0
        if not sign.isspace():
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            scale = 1.0
            if pdfium.FPDFText_GetMatrix(text, index, matrix):
                scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
            size = pdfium.FPDFText_GetFontSize(text, index) * scale
        found.append(Glyph(sign, size, x.value, y.value, index))
    return found


def _lines(glyphs: list[Glyph]) -> list[Line]:
    lines: list[Line] = []
    now: list[Glyph] = []
    for glyph in glyphs:
        if glyph.sign in "\r\n":
            if now:
                lines.append(Line(now))
                now = []
        else:
            now.append(glyph)
            if glyph.sign in _BREAKS:
                lines.append(Line(now))
                now = []
    if now:
        lines.append(Line(now))
    for line in lines:
        _measure(line)
    return _joined([line for line in lines if line.words.strip()])


def _measure(line: Line) -> None:
    seen = [glyph for glyph in line.glyphs if glyph.size]
    if seen:
        letters = [one for one in seen if one.sign.isalpha()] or seen
        line.size = Counter(round(glyph.size, 1) for glyph in letters).most_common(1)[0][0]
        usual = [glyph.y for glyph in letters if abs(glyph.size - line.size) < 0.2] or [glyph.y for glyph in seen]
        line.base = median(usual)
    line.words = "".join(glyph.sign for glyph in line.glyphs)


def _joined(lines: list[Line]) -> list[Line]:
    """Put raised numbers that PDFium took for lines of their own back where they stand."""
    whole: list[Line] = []
    held: Line | None = None
    for line in lines:
        if held is not None:
            if _beside(held, line):
                line.glyphs = held.glyphs + line.glyphs
                _measure(line)
            else:
                whole.append(held)
            held = None
        last = whole[-1] if whole else None
        if _MARKERS.fullmatch(line.words.strip()):
            if last is not None and _beside(line, last) and _edge(line, 0) > _edge(last, -1) - last.size:
                last.glyphs += line.glyphs
                _measure(last)
            else:
                held = line
            continue
        if last is not None and last.size and abs(line.base - last.base) < 0.15 * last.size and _goes_on(last, line):
            last.glyphs += line.glyphs
            _measure(last)
            continue
        whole.append(line)
    return [*whole, held] if held is not None else whole


def _beside(number: Line, line: Line) -> bool:
    return number.size < 0.86 * line.size and 0.05 * line.size < number.base - line.base < 0.8 * line.size


def _goes_on(last: Line, line: Line) -> bool:
    gap = _edge(line, 0) - _edge(last, -1)
    return -0.1 * last.size < gap < 1.2 * last.size and last.glyphs[-1].sign not in _BREAKS


def _edge(line: Line, end: int) -> float:
    seen = [glyph.x for glyph in line.glyphs if glyph.size]
    return seen[end] if seen else 0.0


def signs(line: Line) -> Iterator[tuple[str, int]]:
    """Give the signs of a line as they are to be read, each with its number on the page."""
    for glyph in line.glyphs:
        sign = glyph.sign
        if sign.isdecimal() and sign.isascii() and raised(line, glyph):
            sign = sign.translate(_RAISED)
        elif sign == "," and raised(line, glyph):
            sign = "·"  # between two raised numbers
        elif sign in _LIGATURES:
            sign = _LIGATURES[sign]
        elif sign in _BREAKS:
            sign = "-"
        elif sign < " " or sign == "\u00a0":
            sign = " "
        elif sign == "\u00ad":
            sign = "-" if glyph is line.glyphs[-1] else ""
        yield sign, glyph.index


def raised(line: Line, glyph: Glyph) -> bool:
    """Tell whether a sign is smaller than its line and stands higher."""
    return glyph.size < 0.86 * line.size and glyph.y - line.base > 0.08 * line.size


def hyphened(line: Line) -> bool:
    """Tell whether a word is broken at the end of a line."""
    last = line.glyphs[-1].sign
    if last not in (*_BREAKS, "\u00ad", "-") or _ADDRESS.search(line.words[:-1]):
        return False
    return len(line.words) > 2 and line.words[-2].isalpha()


def right(line: Line) -> float:
    """Give where the last sign of a line begins."""
    return _edge(line, -1)


def is_page_number(words: str) -> bool:
    """Tell whether a line is only the number of its page."""
    return len(words) < 40 and _NUMBER.fullmatch(words.strip()) is not None


def _links(document: Any, handle: Any) -> Iterator[Link]:
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    rect = pdfium.FS_RECTF()
    for _ in range(_LINKS):
        if not pdfium.FPDFLink_Enumerate(handle, position, link):
            return
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        if not 1 < size <= _LONGEST:
            continue
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
        url = "".join(buffer.raw[: size - 1].decode("utf-8", "replace").split("\0")[0].split())
        if not url or not pdfium.FPDFLink_GetAnnotRect(link, rect):
            continue
        low, high = sorted((rect.bottom, rect.top))
        left, right = sorted((rect.left, rect.right))
        yield Link(url, left, low, right, high)


def _hits(text: Any, glyphs: list[Glyph], links: list[Link]) -> list[list[int]]:
    hits: list[list[int]] = [[] for _ in links]
    if not links:
        return hits
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    rows: dict[int, list[int]] = {}
    for number, link in enumerate(links):
        for row in range(int(max(link.bottom, -2e4)) // 20, min(int(max(min(link.top, 2e4), -2e4)) // 20, 1000) + 1):
            rows.setdefault(row, []).append(number)
    for glyph in glyphs:
        if not glyph.size or not pdfium.FPDFText_GetCharBox(text, glyph.index, left, right, low, high):
            continue
        x, y = (left.value + right.value) / 2, (low.value + high.value) / 2
        for number in rows.get(int(y) // 20, ())[:50]:
            link = links[number]
            if link.left <= x <= link.right and link.bottom - 1 <= y <= link.top + 1:
                hits[number].append(glyph.index)
    return hits
