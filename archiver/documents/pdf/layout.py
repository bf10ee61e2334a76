"""The readable text of a PDF, and where its pages, its links and its notes stand in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from archiver.documents import bare
from archiver.documents.pdf import notes as pdf_notes
from archiver.documents.pdf import text as pdf_text

if TYPE_CHECKING:
    from archiver.documents.pdf.labels import Body, Marker, Spot

# What browsers print at the page foot: the address of the page, and how many pages there are.
_PRINTED = re.compile(r"(?P<url>(?:https?|file)://\S+)\s+\d+\s?/\s?\d+")
_BESIDE = re.compile(r"^(?:\d{1,4}|[ivxl]{1,6})(?=\s)|(?<=\s)(?:\d{1,4}|[ivxl]{1,6})$")


class Layout:
    """The text, growing page by page."""

    def __init__(self, pages: list[pdf_text.Page]) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.full: set[int] = set()  # where lines end that reach the margin
        self.one_font: set[int] = set()  # where lines end in another font than the text's, with which the next begins
        self.new_font: set[int] = set()  # where lines end in such a font, and the next begins in another
        self.starts: list[int] = []  # of the pages
        self.links: list[bare.Bare] = []
        self.heads: list[tuple[int, str, str]] = []  # links in heads and feet of pages: offset, address, words
        self.printed = _printed(pages)
        heads = _running(pages)
        kept = [_kept(page, heads) for page in pages]
        self.title = _title(kept[0]) if kept else None
        self._lines: dict[Spot, tuple[int, int]] = {}
        self._places: dict[tuple[int, int], tuple[int, int]] = {}  # of signs of labels
        self._font = Counter(line.fonts[0] for lines in kept for line in lines).most_common(1)[0][0] if any(kept) else 0
        marks, bodies = pdf_notes.find(kept, [page.jumps for page in pages])
        shown = _shown(marks)
        wanted = {(mark.page, glyph.index) for mark in marks for glyph in mark.glyphs}
        wanted |= {
            (body.lines[0][0], glyph.index)
            for body in bodies
            for glyph in kept[body.lines[0][0]][body.lines[0][1]].glyphs[: body.skip + 1]
        }
        for number, (page, lines) in enumerate(zip(pages, kept, strict=True)):
            self._page(number, page, lines, shown, wanted)
        self.text = "".join(self._pieces)
        self.marks = [(mark, *self._span(mark)) for mark in marks]
        self.bodies = [(body, self._text_start(body, kept), self._parts(body)) for body in bodies]

    def page_of(self, offset: int) -> int:
        """Give the page on which an offset stands, from 1."""
        return max(1, bisect_right(self.starts, offset))

    def _add(self, words: str) -> None:
        self._pieces.append(words)
        self._length += len(words)

    def _page(
        self,
        number: int,
        page: pdf_text.Page,
        lines: list[pdf_text.Line],
        shown: dict[tuple[int, int], str],
        wanted: set[tuple[int, int]],
    ) -> None:
        self.starts.append(self._length)
        mark = len(self._pieces)
        at: dict[int, tuple[int, int]] = {}
        step = _step(lines)
        margins = _margins(lines)
        for row, line in enumerate(lines):
            following = lines[row + 1] if row + 1 < len(lines) else None
            begin = length = self._length
            for said, index in pdf_text.signs(line):
                sign = shown.get((number, index), said) if shown else said
                at[index] = (length, length + len(sign))
                if sign:
                    self._pieces.append(sign)
                    length += len(sign)
            self._length = length
            self._lines[number, row] = (begin, self._length)
            if pdf_text.right(line) > margins[row] - 1.5 * line.size:
                self.full.add(self._length)
            if following is None:
                break
            own_font = line.fonts[1] != self._font
            if own_font:
                (self.one_font if line.fonts[1] == following.fonts[0] else self.new_font).add(self._length)
            if (
                self._length > begin
                and not own_font
                and pdf_text.hyphened(line)
                and following.words[:1].islower()
                and not _apart(line, following, step)
            ):
                # The word goes on: its hyphen is not part of it.
                self._length -= len(self._pieces.pop())
                at[line.glyphs[-1].index] = (self._length, self._length)
            else:
                self._add("\n\n" if _apart(line, following, step) else "\n")
        self._add("\n\n")
        for index, place in at.items():
            if (number, index) in wanted:
                self._places[number, index] = place
        self._take(page, at, mark)

    def _take(self, page: pdf_text.Page, at: dict[int, tuple[int, int]], mark: int) -> None:
        """Place the links of a page; one over several lines is several annotations and one link."""
        found = []
        beside: dict[int, str] = {}
        for link, hits in zip(page.links, page.hits, strict=True):
            url = f"https://{link.url}" if link.url.lower().startswith("www.") else link.url
            spans = [at[index] for index in hits if index in at]
            if spans:
                found.append(bare.Bare(min(low for low, _ in spans), max(high for _, high in spans), url))
            elif hits:
                beside = beside or {glyph.index: glyph.sign for line in page.lines for glyph in line.glyphs}
                words = "".join(beside.get(index, "") for index in range(min(hits), max(hits) + 1))
                self.heads.append((self.starts[-1], url, words))
            else:
                found.append(bare.Bare(self._length, self._length, url))
        found.sort(key=lambda one: (one.start, one.end))
        whole: list[bare.Bare] = []
        first = self.starts[-1]
        said = "".join(self._pieces[mark:])
        for one in found:
            last = whole[-1] if whole else None
            if last is not None and last.url == one.url:
                between = said[last.end - first : max(last.end, one.start) - first]
                if not any(sign.isalnum() for sign in between):
                    whole[-1] = bare.Bare(last.start, max(last.end, one.end), one.url)
                    continue
            whole.append(one)
        self.links += whole

    # Notes

    def _span(self, mark: Marker) -> tuple[int, int]:
        places = [
            self._places[mark.page, glyph.index] for glyph in mark.glyphs if (mark.page, glyph.index) in self._places
        ]
        if not places:
            return self._lines[mark.page, mark.line]
        return min(low for low, _ in places), max(high for _, high in places)

    def _text_start(self, body: Body, kept: list[list[pdf_text.Line]]) -> int:
        page, row = body.lines[0]
        glyphs = kept[page][row].glyphs
        if body.skip < len(glyphs) and (page, glyphs[body.skip].index) in self._places:
            return self._places[page, glyphs[body.skip].index][0]
        return self._lines[page, row][1]

    def _parts(self, body: Body) -> list[tuple[int, int]]:
        """Give the parts of the text that a note covers."""
        parts: list[tuple[int, int]] = []
        before: Spot | None = None
        for spot in body.lines:
            start, end = self._lines[spot]
            if before is not None and before == (spot[0], spot[1] - 1):
                parts[-1] = (parts[-1][0], end)
            else:
                parts.append((start, end))
            before = spot
        return parts


def _shown(marks: list[Marker]) -> dict[tuple[int, int], str]:
    """Set markers that are no digits in brackets, so that they are not read as part of a word."""
    shown: dict[tuple[int, int], str] = {}
    for mark in marks:
        if not mark.label.isdigit():
            for glyph in mark.glyphs:
                shown[mark.page, glyph.index] = ""
            shown[mark.page, mark.glyphs[0].index] = f"[{mark.label}]"
    return shown


def _kept(page: pdf_text.Page, heads: set[str]) -> list[pdf_text.Line]:
    """Leave out running heads, page numbers, and what a browser prints around a page."""
    edge = {id(line) for line in _edges(page)}
    outer = {id(line) for line in (*page.lines[:1], *page.lines[-1:])}
    return [
        line
        for line in page.lines
        if not (id(line) in edge and (_alike(line) in heads or _PRINTED.fullmatch(line.words.strip())))
        and not (id(line) in outer and len(page.lines) > 2 and pdf_text.is_page_number(line.words))
    ]


def _step(lines: list[pdf_text.Line]) -> float:
    gaps = Counter(round(one.base - other.base, 0) for one, other in pairwise(lines) if one.base > other.base)
    return gaps.most_common(1)[0][0] if gaps else 0.0


def _margins(lines: list[pdf_text.Line]) -> list[float]:
    """Give for each line where the lines around it end at the most: those of its column, in type of its size."""
    margins: list[float] = []
    block: list[pdf_text.Line] = []
    whole = max((pdf_text.right(line) for line in lines), default=0.0)
    for line in [*lines, None]:
        if block and (
            line is None or line.base >= block[-1].base or abs(line.size - block[-1].size) > 0.08 * block[-1].size
        ):
            most = max(map(pdf_text.right, block)) if len(block) > 2 else whole
            margins += [most] * len(block)
            block = []
        if line is not None:
            block.append(line)
    return margins


def _apart(line: pdf_text.Line, following: pdf_text.Line, step: float) -> bool:
    gap = line.base - following.base
    return (
        gap < -step
        or (step > 0 and gap > 1.4 * max(step, 1.1 * following.size))
        or abs(line.size - following.size) > 0.08 * max(line.size, following.size)
    )


def _alike(line: pdf_text.Line) -> str:
    """Give what a running head has on all pages: its words and its height, but not the number beside them."""
    words = " ".join(line.words.split())
    return f"{_BESIDE.sub('#', words)} {round(line.base / 4)}"


def _edges(page: pdf_text.Page) -> list[pdf_text.Line]:
    """Give the first and last lines of a page, as they are written and as they stand."""
    standing = sorted(page.lines, key=lambda line: line.base)
    return [*page.lines[:2], *page.lines[-2:], *standing[:2], *standing[-2:]]


def _running(pages: list[pdf_text.Page]) -> set[str]:
    """Find the lines that come back at the edges of pages."""
    met: Counter[str] = Counter()
    for page in pages:
        met.update(
            {
                _alike(line)
                for line in _edges(page)
                if len(page.lines) > 3
                and "://" not in line.words
                and not any(pdf_text.raised(line, glyph) for glyph in line.glyphs[:2])
            }
        )
    least = max(3, len(pages) // 3) if len(pages) > 3 else 2
    return {words for words, times in met.items() if times >= least}


_MARK = "\ue000"  # private use: stands for a marker


def _title(lines: list[pdf_text.Line]) -> str | None:
    """Give what is set in the largest type on the first page, where that is plainly larger than the text."""
    written = [line for line in lines if any(sign.isalpha() for sign in line.words)]
    sizes: Counter[float] = Counter()
    for line in written:
        sizes[line.size] += len(line.words)
    if not written or len(sizes) < 2:
        return None
    largest, usual = max(sizes), sizes.most_common(1)[0][0]
    first = next(number for number, line in enumerate(written) if line.size == largest)
    rows = []
    for line in written[first : first + 4]:
        if line.size < 0.97 * largest:
            break
        rows.append("".join(_MARK if pdf_text.raised(line, glyph) else glyph.sign for glyph in line.glyphs))
    title = " ".join(re.sub(f"{_MARK}+(?!\\w)", "", " ".join(rows)).replace(_MARK, " ").split())
    # A number or a letter alone is a chapter's, or an initial.
    return title if largest >= 1.2 * usual and 4 <= len(title) <= 250 and first < 12 else None


def _printed(pages: list[pdf_text.Page]) -> str | None:
    for line in pages[0].lines[-2:]:
        found = _PRINTED.fullmatch(line.words.strip())
        if found and found["url"].startswith("http") and not found["url"].endswith(("…", "...")):
            return found["url"]
    return None
