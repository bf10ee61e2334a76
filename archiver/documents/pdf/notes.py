"""Notes of a PDF by what only a PDF has: links inside it, type that is smaller, and signs set above the line.

A marker that is a link leads to its note: that is certain. Elsewhere a note is a line in smaller type that begins with
a label, to which a raised sign on the same page (or on the one before) points. What neither finds is left to the
matcher of notes in plain text.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from typing import TYPE_CHECKING

from archiver.documents.notes.decoys import UNITS
from archiver.documents.pdf.jumps import linked
from archiver.documents.pdf.labels import LABEL, Body, Marker, Spot, following, labelled, lead, said
from archiver.documents.pdf.text import raised

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archiver.documents.pdf.text import Glyph, Jump, Line

_MOST = 20_000  # marks of one document
_WORK = 100_000  # pairs of a marker and a note that are compared on a page
_SMALL = 0.95  # of the usual size: smaller type
_ENDED = re.compile(r"[.!?…][\"”’)\]]?\s*$")


def find(pages: Sequence[Sequence[Line]], jumps: Sequence[Sequence[Jump]]) -> tuple[list[Marker], list[Body]]:
    """Find the notes of a document, given the lines of its pages and the links on them that lead to a place in it."""
    usual = _usual(pages)
    if not usual:
        return [], []
    bodies: dict[Spot, Body] = {}
    marks = linked(pages, jumps, bodies)
    marks += _seen(pages, bodies, {(one.page, glyph.index) for one in marks for glyph in one.glyphs}, usual)
    if not marks:
        return [], []
    _extend(pages, bodies, usual)
    marks.sort(key=lambda one: (one.page, one.line, one.glyphs[0].index))
    return marks, [body for _, body in sorted(bodies.items())]


def _usual(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.glyphs)
    # In some books and journals there is more text in the notes than above them.
    most = max(sizes.values(), default=0)
    return max((size for size, count in sizes.items() if 4 * count >= most), default=0.0)


# ---------------------------------------------------------------- notes by their looks


def _seen(
    pages: Sequence[Sequence[Line]], bodies: dict[Spot, Body], taken: set[tuple[int, int]], usual: float
) -> list[Marker]:
    marks: list[Marker] = []
    left: list[Marker] = []  # of the page before
    orphans: dict[str, Spot] = {}
    waiting: list[Marker] = []
    for page, lines in enumerate(pages):
        starts = _starts(lines, page, bodies, usual)
        zone = _zone(lines, [*starts, *(line for at, line in bodies if at == page)], usual)
        here = [
            one
            for one in _raised(lines, page, zone, {label for label, _ in starts.values()})
            if (page, one.glyphs[0].index) not in taken
        ]
        order = [(number, label) for number, (label, _) in sorted(starts.items())]
        met = _matched(here, order, lines)
        # A note that found no room on the page of its marker stands on the next one.
        used = {number for _, number in met}
        met += _matched(left, [one for one in order if one[0] not in used], None)
        for one, number in met:
            one.body = _body(pages, bodies, (page, number))
            marks.append(one)
        done = {id(one) for one, _ in met}
        left = [one for one in here if id(one) not in done]
        waiting += left
        for number, (label, sure) in starts.items():
            if sure and (page, number) not in bodies:
                orphans[label] = (page, number)
                if met or any(at == page for at, _ in bodies):
                    _body(pages, bodies, (page, number))
    return marks + _at_the_end(pages, [one for one in waiting if one.body is None], bodies, orphans, usual)


def _at_the_end(
    pages: Sequence[Sequence[Line]],
    waiting: Sequence[Marker],
    bodies: dict[Spot, Body],
    orphans: dict[str, Spot],
    usual: float,
) -> list[Marker]:
    """Find the notes at the end of a document whose labels are letters, signs or roman numbers, in their order."""
    met: list[Marker] = []
    for one in waiting:
        spot = orphans.get(one.label)
        if spot is not None and spot > (one.page, one.line) and not one.label.isdigit():
            one.body = _body(pages, bodies, spot)
            met.append(one)
    rest = [one for one in waiting if one.body is None]
    small = [
        (page, number)
        for page, lines in enumerate(pages if rest else ())
        for number, line in enumerate(lines)
        if line.size < _SMALL * usual and (page, number) not in bodies
    ]
    numbers = sum(one.label.isdigit() and one.weight > 0.9 for one in rest)
    found = _in_order(pages, rest, small)
    if 3 * sum(one.label.isdigit() for one, _, _ in found) < 2 * numbers:
        found = _in_order(pages, [one for one in rest if not one.label.isdigit()], small)
    for one, spot, skip in found:
        one.body = bodies.setdefault(spot, Body(one.label, skip, sure=True))
        met.append(one)
    return met


def _halves(one: Marker) -> list[Marker]:
    """Part two numbers that stand at one place, as "1011"; give nothing when it is no such thing."""
    label, half = one.label, len(one.label) // 2
    if not label.isdigit() or len(label) not in (2, 3, 4, 6) or len(one.glyphs) != len(label):
        return []
    first, second = label[:half], label[half:]
    if int(second) != int(first) + 1 or second.startswith("0"):
        return []
    return [
        Marker(first, one.page, one.line, one.glyphs[:half], one.weight),
        Marker(second, one.page, one.line, one.glyphs[half:], one.weight),
    ]


def _in_order(
    pages: Sequence[Sequence[Line]], waiting: Sequence[Marker], small: Sequence[Spot]
) -> list[tuple[Marker, Spot, int]]:
    """Give for marks the lines that begin with their labels, each further on than the one before."""
    found: list[tuple[Marker, Spot, int]] = []
    known: dict[str, tuple[Spot, int]] = {}
    work, at, last = 10 * _WORK, 0, 0
    pending = deque(waiting)
    while pending and work > 0:
        one = pending.popleft()
        if one.label.isdigit() and one.weight < 0.9 and int(one.label) != last + 1:
            continue  # a power, or a digit behind a year
        if one.label in known:
            found.append((one, *known[one.label]))
            continue
        if len(one.label) == 1 and one.label.isalpha() and one.label not in "ivx":
            continue  # words begin with letters
        halves = _halves(one)
        if halves and int(halves[0].label) == last + 1:
            pending.extendleft(reversed(halves))
            continue
        for index in range(at, len(small)):
            work -= 1
            page, number = small[index]
            if small[index] > (one.page, one.line) and (skip := labelled(pages[page][number], one.label)):
                known[one.label] = small[index], skip
                found.append((one, small[index], skip))
                at = index + 1
                last = int(one.label) if one.label.isdigit() else last
                break
    return found


def _body(pages: Sequence[Sequence[Line]], bodies: dict[Spot, Body], spot: Spot) -> Body:
    if spot not in bodies:
        label, skip, sure = lead(pages[spot[0]][spot[1]])
        bodies[spot] = Body(label, skip, sure)
    return bodies[spot]


def _starts(lines: Sequence[Line], page: int, bodies: dict[Spot, Body], usual: float) -> dict[int, tuple[str, bool]]:
    """Give the lines that may begin a note: those with a raised label, or else those in small type with a plain one."""
    found = {
        number: known
        for number, line in enumerate(lines)
        if (page, number) not in bodies and (known := lead(line))[0] and (known[2] or line.size < _SMALL * usual)
    }
    high = {number: (label, True) for number, (label, _, above) in found.items() if above}
    if high or any(at == page for at, _ in bodies):
        return high
    # They stand below each other at one margin.
    low = {number: (label, False) for number, (label, _, _) in found.items() if lines[number].words.strip() != label}
    if not low:
        return {}
    margins = Counter(round(lines[number].glyphs[0].x / 4) for number in low)
    margin = margins.most_common(1)[0][0]
    return {number: one for number, one in low.items() if abs(round(lines[number].glyphs[0].x / 4) - margin) < 4}


def _zone(lines: Sequence[Line], starts: Iterable[int], usual: float) -> set[int]:
    zone: set[int] = set()
    for start in starts:
        number = start
        while number < len(lines) and number not in zone and (number == start or _alike(lines[number], lines[start])):
            if number > start and lines[number].size >= _SMALL * usual:
                break
            zone.add(number)
            number += 1
    return zone


def _raised(lines: Sequence[Line], page: int, zone: set[int], labels: set[str]) -> list[Marker]:
    """Give the raised signs of a page that may be markers."""
    found: list[Marker] = []
    for number, line in enumerate(lines):
        if number in zone:
            continue
        run: list[Glyph] = []
        dash: Glyph | None = None  # between the run before and this one
        for at, glyph in enumerate([*line.glyphs, None]):
            if glyph is not None and raised(line, glyph) and not glyph.sign.isspace() and glyph.sign not in ",;–-":
                run.append(glyph)
                continue
            if run:
                some = _parted(run, page, number, labels, _weight(line, at - len(run)))
                if dash is not None and some and found:
                    found += _range(found[-1], some[0], dash)
                found += some
                dash = glyph if glyph is not None and glyph.sign in "–-" else None
            run = []
        if len(found) > _MOST:
            break
    return found


def _range(first: Marker, last: Marker, dash: Glyph) -> list[Marker]:
    """Give the notes between the ends of "4–6"."""
    if not (first.label.isdigit() and last.label.isdigit()) or not 1 < int(last.label) - int(first.label) < 30:
        return []
    return [
        Marker(str(label), first.page, first.line, [dash], first.weight)
        for label in range(int(first.label) + 1, int(last.label))
    ]


def _parted(run: list[Glyph], page: int, line: int, labels: set[str], weight: float) -> list[Marker]:
    label = said(run)
    if label not in labels and label.isdigit():
        # Two notes at one place: "1011" are 10 and 11.
        for cut in range(1, len(run)):
            one, other = said(run[:cut]), said(run[cut:])
            if one in labels and other in labels and one.isdigit() and other.isdigit() and int(other) == int(one) + 1:
                return [Marker(one, page, line, run[:cut], weight), Marker(other, page, line, run[cut:], weight)]
    mark = Marker(label, page, line, run, weight)
    return [mark] if LABEL.fullmatch(label) else _halves(mark)


def _weight(line: Line, at: int) -> float:
    """Tell how much a raised sign is a marker and no power."""
    before = "".join(glyph.sign for glyph in line.glyphs[max(0, at - 12) : at])
    word = re.search(r"(\w*)\W*$", before)
    stem = word.group(1) if word is not None else ""
    if not before.strip() or before[-1:].isdigit():
        return 0.2
    return 0.2 if before[-1:].isalpha() and stem.lower() in UNITS else 0.95


def _matched(
    marks: Sequence[Marker], starts: Sequence[tuple[int, str]], lines: Sequence[Line] | None
) -> list[tuple[Marker, int]]:
    """Choose the marks that point to the notes of a page: those in the order of the notes, and repetitions.

    With the `lines` of their own page, the note stands behind its mark or further down: what is above, as the addresses
    of authors under a title, are other notes.
    """

    def fits(one: Marker, start: tuple[int, str]) -> bool:
        return one.label == start[1] and (
            lines is None or start[0] > one.line or lines[start[0]].base < lines[one.line].base
        )

    if not marks or not starts or len(marks) * len(starts) > _WORK:
        return []
    # The heaviest common subsequence of the labels of both.
    score = [[0.0] * (len(starts) + 1) for _ in range(len(marks) + 1)]
    for at in range(len(marks) - 1, -1, -1):
        row, below, one = score[at], score[at + 1], marks[at]
        for number in range(len(starts) - 1, -1, -1):
            both = below[number + 1] + one.weight if fits(one, starts[number]) else 0.0
            row[number] = max(both, below[number], row[number + 1])
    met: list[tuple[Marker, int]] = []
    chosen: set[int] = set()
    at = number = 0
    while at < len(marks) and number < len(starts):
        one = marks[at]
        if fits(one, starts[number]) and score[at][number] == score[at + 1][number + 1] + one.weight:
            met.append((one, starts[number][0]))
            chosen.add(at)
            at, number = at + 1, number + 1
        elif score[at][number] == score[at + 1][number]:
            at += 1
        else:
            number += 1
    for at, one in enumerate(marks):
        if at not in chosen and (one.weight > 0.9 or not one.label.isdigit()):
            again = next((start for start in starts if fits(one, start)), None)
            if again is not None:
                met.append((one, again[0]))
    return met


# ---------------------------------------------------------------- how far a note goes


def _alike(line: Line, other: Line) -> bool:
    return abs(line.size - other.size) <= 0.06 * other.size


def _below(line: Line, above: Line) -> bool:
    return 0 <= above.base - line.base < 2.3 * max(above.size, line.size)


def _belongs(line: Line, above: Line, first: Line) -> bool:
    """Tell whether a line goes on with a note: right below it, or as its second paragraph, set in like the first."""
    indented = line.glyphs[0].x > first.glyphs[0].x + 3
    return _below(line, above) or (indented and 0 <= above.base - line.base < 4 * line.size)


def _extend(pages: Sequence[Sequence[Line]], bodies: dict[Spot, Body], usual: float) -> None:
    """Give each note its lines, those on the next page or in the next column included."""
    last: Body | None = None
    number_before = ""  # the last label that was a number
    first = pages[0][0] if pages and pages[0] else next(line for lines in pages for line in lines)
    for page, lines in enumerate(pages):
        number, within = 0, False
        while number < len(lines):
            line = lines[number]
            body = bodies.get((page, number))
            if body is None and last is not None and within and abs(line.glyphs[0].x - first.glyphs[0].x) < 8:
                label, skip, _ = lead(line)
                if label in (following(last.label) or following(number_before)):
                    body = bodies[page, number] = Body(label, skip, sure=True)  # a note to which nothing points
            if body is not None:
                body.lines.append((page, number))
                last, first, within = body, line, True
                number_before = body.label if body.label.isdigit() else number_before
            elif last is not None and within and _alike(line, first) and _belongs(line, lines[number - 1], first):
                last.lines.append((page, number))
            else:
                within = False
                run = _going_on(pages, bodies, last, first, (page, number), usual)
                if last is not None and run:
                    last.lines += [(page, at) for at in range(number, number + run)]
                    number += run
                    continue
            number += 1


def _going_on(
    pages: Sequence[Sequence[Line]], bodies: dict[Spot, Body], last: Body | None, first: Line, spot: Spot, usual: float
) -> int:
    """Count the lines from here on with which a note goes on that began on the page or in the column before."""
    page, number = spot
    lines = pages[page]
    if last is None or not last.lines or not 0 <= page - last.lines[-1][0] <= 1 or not _alike(lines[number], first):
        return 0
    end = number + 1
    while (
        end < len(lines)
        and (page, end) not in bodies
        and _alike(lines[end], first)
        and _below(lines[end], lines[end - 1])
    ):
        end += 1
    if (page, end) in bodies and (_below(lines[end], lines[end - 1])):
        return end - number
    if first.size >= _SMALL * usual:
        return 0
    before_page, before_row = last.lines[-1]
    beneath = _beneath(lines, lines[number:end], end, 0.0) or _beneath(
        pages[before_page], [pages[before_page][before_row]], before_row + 1, _SMALL * usual
    )
    before = pages[before_page][before_row].words
    ended = _ENDED.search(before) is not None and not lines[number].words.lstrip()[:1].islower()
    return 0 if beneath or ended else end - number


def _beneath(lines: Sequence[Line], block: Sequence[Line], rest: int, size: float) -> bool:
    """Tell whether a line in type of a size stands further down than some lines, and in their column."""
    left, right = _reach(block)
    return any(
        other.size >= size and other.base < block[-1].base and _reach([other])[0] < right and left < _reach([other])[1]
        for other in lines[rest:]
    )


def _reach(lines: Sequence[Line]) -> tuple[float, float]:
    places = [glyph.x for line in lines for glyph in line.glyphs if glyph.size]
    return (min(places), max(places)) if places else (0.0, 0.0)
