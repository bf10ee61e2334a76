"""The text of a PDF page, made readable: raised digits as raised signs, words joined over line ends, links on words."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from msgspec import Struct, field

from archiver.documents.pdf.links import LINKS, Link, of_page

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARACTERS = 200_000  # of one page
_BREAKS = ("\ufffe", "\uffff", "\x02")  # what PDFium gives for a hyphen at a line end
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# What TeX's fonts have in these places, where a file does not say which signs they are (encodings T1 and OT1).
_UNNAMED = {
    **dict(zip("\x1b\x1c\x1d\x1e\x1f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
    **dict(zip("\x0b\x0c\x0e\x0f", ("ff", "fi", "ffi", "ffl"), strict=True)),
}
_SWAPPED = frozenset({0x6600, 0x6900, 0x6C00})  # f, i, l in ligatures whose bytes Ghostscript has turned around
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ADDRESS = re.compile(r"(?:://|\bwww\.|\bdoi:)\S*$", re.IGNORECASE)
_PATH = re.compile(r"[/_=%@]|\.\w")
_NUMBER = re.compile(
    r"(?:[-–—\s|]|page|seite|p\.)*(?:\d{1,4}|[ivxl]{1,6})(?:[-–—\s|]|(?:of|/|von)\s?\d{1,4})*", re.IGNORECASE
)


_MARKERS = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,4}|[*∗†‡§¶‖]{1,4}|[ivxlc]{1,6}|[a-z]")


_LABEL = re.compile(r"[\[(]?(?:\d{1,3}|[ivxlc]{1,6}|[a-z])[.)\]]{1,2}|\d{1,3}|[ivxlc]{1,6}|[*∗†‡§¶‖]{1,4}")


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
    fonts: tuple[int, int] = (0, 0)  # of the first sign and of the last: names as numbers


class Jump(Struct):
    """A link to a place in the same document, and the signs under it."""

    page: int
    x: float | None
    y: float | None
    hits: list[int]


class Page(Struct):
    """A page: its lines, its links, and the boxes of its signs where there are links."""

    lines: list[Line]
    links: list[Link]
    hits: list[list[int]]  # for each link the signs under it
    jumps: list[Jump] = field(default_factory=list)
    cut: bool = False
    picture: bool = False  # there is no text on it, and a picture


class Shared(Struct):
    """Numbers that many signs have: each is kept once, for a book has millions of signs and few sizes and places."""

    floats: dict[float, float] = field(default_factory=dict)
    whole: list[int] = field(default_factory=list)

    def of(self, value: float) -> float:
        """Give the number that is kept."""
        return self.floats.setdefault(value, value)

    def up_to(self, count: int) -> list[int]:
        """Give the whole numbers below another one."""
        self.whole.extend(range(len(self.whole), count))
        return self.whole


def page(document: Any, number: int, shared: Shared) -> Page | None:
    """Read one page; None when it cannot be loaded."""
    handle = pdfium.FPDF_LoadPage(document, number)
    if not handle:
        return None
    try:
        text = pdfium.FPDFText_LoadPage(handle)
        links, places = of_page(document, handle)
        if not text:
            return Page(lines=[], links=links, hits=[[] for _ in links])
        try:
            count = pdfium.FPDFText_CountChars(text)
            glyphs = _glyphs(text, min(count, _CHARACTERS), shared)
            hits = _hits(text, glyphs, [*links, *(one for one, _ in places)])
            jumps = [Jump(*place, hits=under) for (_, place), under in zip(places, hits[len(links) :], strict=True)]
            lines = _lines(glyphs)
            for line in lines:
                seen = [glyph.index for glyph in line.glyphs if glyph.size]
                if seen:
                    line.fonts = _font(text, seen[0]), _font(text, seen[-1])
            return Page(
                lines=lines,
                links=links,
                hits=hits[: len(links)],
                jumps=jumps,
                cut=count > _CHARACTERS or len(hits) >= LINKS,
                picture=not lines and _is_picture(handle),
            )
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(handle)


def _glyphs(text: Any, count: int, shared: Shared) -> list[Glyph]:
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    found: list[Glyph] = []
    last_x = last_y = last_size = 0.0
    for index in shared.up_to(count)[:count]:
        code = pdfium.FPDFText_GetUnicode(text, index)
        if not code or code > 0x10FFFF:
            continue
        if 0xD800 <= code < 0xDC00 and index + 1 < count:
            low = pdfium.FPDFText_GetUnicode(text, index + 1)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) if 0xDC00 <= low < 0xE000 else 0xFFFD
        elif 0xD800 <= code < 0xE000:
            continue
        if code in _SWAPPED and (
            pdfium.FPDFText_GetUnicode(text, index + 1) in _SWAPPED
            or (index and pdfium.FPDFText_GetUnicode(text, index - 1) in _SWAPPED)
        ):
            code >>= 8
        sign = _UNNAMED.get(chr(code), chr(code))
        size = 0.0
        if not sign.isspace():
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            # What stands on the same line right behind another sign is taken to have its size: a marker is raised.
            if y.value != last_y or x.value < last_x:
                scale = 1.0
                if pdfium.FPDFText_GetMatrix(text, index, matrix):
                    scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
                last_size = pdfium.FPDFText_GetFontSize(text, index) * scale
            size, last_x, last_y = last_size, x.value, y.value
        found.append(Glyph(sign, shared.of(size), shared.of(round(x.value, 1)), shared.of(y.value), index))
    return found


def _is_picture(handle: Any) -> bool:
    return any(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(handle, number)) == pdfium.FPDF_PAGEOBJ_IMAGE
        for number in range(min(pdfium.FPDFPage_CountObjects(handle), 200))
    )


def _font(text: Any, index: int) -> int:
    """Give a number for the font of a sign; fonts that TeX drew as pictures have no name."""
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    if pdfium.FPDFText_GetFontInfo(text, index, buffer, 128, flags) > 1:
        return hash(buffer.value)
    piece = pdfium.FPDFText_GetTextObject(text, index)
    font = pdfium.FPDFTextObj_GetFont(piece) if piece else None
    return ctypes.cast(font, ctypes.c_void_p).value or 0 if font else 0


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
    return _labelled(_joined([line for line in lines if line.words.strip()]))


def _measure(line: Line) -> None:
    seen = [glyph for glyph in line.glyphs if glyph.size]
    if seen:
        letters = [one for one in seen if one.sign.isalnum()] or seen
        sizes = Counter(round(glyph.size, 1) for glyph in letters)
        # A short line may have more letters in its marker than in its words.
        line.size = max(size for size, count in sizes.items() if 3 * count >= max(sizes.values()))
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


def _labelled(lines: list[Line]) -> list[Line]:
    """Put the numbers of lists and notes before their lines; some programs draw them all at the end."""
    labels = [line for line in lines if len(line.words) < 8 and _LABEL.fullmatch(line.words.strip())]
    if not labels:
        return lines
    rows: dict[int, list[Line]] = {}
    for line in lines:
        rows.setdefault(round(line.base / 10), []).append(line)
    taken: set[int] = set()
    for label in labels:
        row = round(label.base / 10)
        beside = [
            line
            for near in (row - 1, row, row + 1)
            for line in rows.get(near, ())
            if line is not label and id(line) not in taken and _labels(label, line)
        ]
        if beside:
            home = min(beside, key=lambda line: _edge(line, 0))
            home.glyphs = label.glyphs + home.glyphs
            _measure(home)
            taken.add(id(label))
    return [line for line in lines if id(line) not in taken]


def _labels(label: Line, line: Line) -> bool:
    rise = label.base - line.base
    level = abs(rise) < 0.15 * line.size and not label.words.strip().isalnum()
    return (level or _beside(label, line)) and 0 < _edge(line, 0) - _edge(label, 0) < 4 * line.size


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
        elif sign in LIGATURES:
            sign = LIGATURES[sign]
        elif sign in _BREAKS:
            sign = "-"
        elif sign < " " or sign == "\u00a0":
            sign = " "
        elif sign == "\u00ad":
            sign = "-" if glyph is line.glyphs[-1] else ""
        yield sign, glyph.index


def raised(line: Line, glyph: Glyph) -> bool:
    """Tell whether a sign is smaller than its line and stands higher."""
    rise = glyph.y - line.base
    return (glyph.size < 0.86 * line.size and rise > 0.08 * line.size) or (
        glyph.size < 0.95 * line.size and rise > 0.25 * line.size
    )


def hyphened(line: Line) -> bool:
    """Tell whether a word is broken at the end of a line."""
    last = line.glyphs[-1].sign
    if last not in (*_BREAKS, "\u00ad", "-") or _ADDRESS.search(line.words[:-1]):
        return False
    if _PATH.search(line.words[-300:-1].rpartition(" ")[2]):
        return False  # an address that began on a line above
    return len(line.words) > 2 and line.words[-2].isalpha()


def right(line: Line) -> float:
    """Give where the last sign of a line begins."""
    return _edge(line, -1)


def is_page_number(words: str) -> bool:
    """Tell whether a line is only the number of its page."""
    return len(words) < 40 and _NUMBER.fullmatch(words.strip()) is not None


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
        # In the middle of its line: the box of a low line or a comma reaches into the line below.
        x, y = (left.value + right.value) / 2, glyph.y + 0.3 * glyph.size
        for number in rows.get(int(y) // 20, ())[:50]:
            link = links[number]
            if link.left <= x <= link.right and link.bottom - 1 <= y <= link.top + 1:
                hits[number].append(glyph.index)
    return hits
