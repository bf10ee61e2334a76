"""Markers of notes in a PDF that are links to their notes: what LibreOffice, browsers and LaTeX's hyperref write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.documents.pdf.labels import LABEL, Body, Marker, Spot, begins, labelled, said
from archiver.documents.pdf.text import raised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archiver.documents.pdf.text import Glyph, Jump, Line

_MOST = 20_000  # marks of one document


def linked(pages: Sequence[Sequence[Line]], jumps: Sequence[Sequence[Jump]], bodies: dict[Spot, Body]) -> list[Marker]:
    marks: list[Marker] = []
    soft: list[tuple[Marker, Spot]] = []
    back: set[tuple[Spot, int]] = set()  # lines of notes whose label leads back, and to which page
    for page, some in enumerate(jumps[: len(pages)]):
        for mark, jump, high in _links(pages, page, some):
            line = pages[page][mark.line]
            first = begins(line, mark)
            if first:
                back.add(((page, mark.line), jump.page))
            found = _aimed(pages[jump.page], mark.label, jump)
            if found is None and high and not first:
                found = _shown_there(pages[jump.page], jump)
            if found is None or (jump.page, found[0]) == (page, mark.line):
                continue
            spot = (jump.page, found[0])
            mark.body = Body(mark.label, found[1], sure=True)
            if high and not first:
                mark.body = bodies.setdefault(spot, mark.body)
                marks.append(mark)
            elif not first:
                soft.append((mark, spot))
        if len(marks) + len(soft) > _MOST:
            break
    for mark, spot in soft:
        # A number that is set like its text: one whose note leads back, or that points to a note once more.
        if spot in bodies:
            mark.body = bodies[spot]
            marks.append(mark)
        elif (spot, mark.page) in back and mark.body is not None:
            mark.body = bodies.setdefault(spot, mark.body)
            marks.append(mark)
    return marks


def _links(pages: Sequence[Sequence[Line]], page: int, jumps: Sequence[Jump]) -> Iterator[tuple[Marker, Jump, bool]]:
    """Give the links of a page that may be markers, and whether their signs are raised."""
    at = (
        {glyph.index: (number, glyph) for number, line in enumerate(pages[page]) for glyph in line.glyphs}
        if jumps
        else {}
    )
    covered = {index for jump in jumps for index in jump.hits}
    for jump in jumps:
        under = [one for index in jump.hits if (one := at.get(index)) is not None and not one[1].sign.isspace()]
        if not under or len(under) > 40 or not 0 <= jump.page < len(pages):
            continue
        number = under[0][0]
        glyphs = [glyph for at_line, glyph in under if at_line == number]
        high = [glyph for glyph in glyphs if raised(pages[page][number], glyph)]
        if high:
            high = _run_around(pages[page][number], high, covered)
        label = said(high or glyphs)
        if LABEL.fullmatch(label):
            yield Marker(label, page, number, high or glyphs), jump, bool(high)


def _run_around(line: Line, high: list[Glyph], covered: set[int]) -> list[Glyph]:
    """Give raised signs with those beside them that no other link covers: the place of a link may be too small."""
    found = list(high)
    order = {glyph.index: at for at, glyph in enumerate(line.glyphs)}
    for step in (-1, 1):
        at = order[found[0 if step < 0 else -1].index] + step
        while 0 <= at < len(line.glyphs) and len(found) < 8:
            glyph = line.glyphs[at]
            if glyph.index in covered or not glyph.sign.isalnum() or not raised(line, glyph):
                break
            found.insert(0 if step < 0 else len(found), glyph)
            at += step
    return found


def _shown_there(lines: Sequence[Line], jump: Jump) -> tuple[int, int] | None:
    """Give the line whose upper edge is where a link leads; it has no label."""
    if jump.y is None:
        return None
    below = [
        (jump.y - line.base, number)
        for number, line in enumerate(lines)
        if 0 <= jump.y - line.base <= 1.5 * line.size and (jump.x is None or abs(line.glyphs[0].x - jump.x) < 40)
    ]
    return (min(below)[1], 0) if below else None


def _aimed(lines: Sequence[Line], label: str, jump: Jump) -> tuple[int, int] | None:
    """Give the line to which a link leads, when it begins with the label; and how many signs of it that takes."""
    best: tuple[float, int, int] | None = None
    for number, line in enumerate(lines):
        # A place is the upper edge of what is shown there, or some way above it.
        away = jump.y - line.base if jump.y is not None else line.size
        if not -0.6 * line.size <= away <= 4 * line.size or not (skip := labelled(line, label)):
            continue
        aside = abs(line.glyphs[0].x - jump.x) / 100 if jump.x is not None else 0.0
        rank = abs(away - line.size) + (aside if aside > 2 else 0.0)
        if best is None or rank < best[0]:
            best = (rank, number, skip)
        elif jump.y is None:
            return None
    return best[1:] if best is not None else None
