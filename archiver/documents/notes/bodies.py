"""Where note bodies may stand in plain text: runs of lines that begin with rising numbers. Candidates only.

Whether a run is a block of notes or a numbered list is decided by the markers that point to it (`numbered.py`).
"""

from __future__ import annotations

import re
from heapq import merge
from typing import TYPE_CHECKING

from msgspec import Struct, field

from archiver.documents.notes.headings import announces_notes, announces_references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_LETTER = r"[^\W\d_]"
_LINE = re.compile(
    r"^[ \t\u00a0\u2060\ufeff>↑↩]{0,40}(?:"
    r"\[\^?(?P<bracket>[1-9]\d{0,2})\][.:]?(?!\()"
    r"|\((?P<paren>[1-9]\d{0,2})\)"
    r"|\^(?P<caret>[1-9]\d{0,2})[.:)]?"
    r"|(?P<raised>[¹²³⁴-⁹][⁰¹²³⁴-⁹]{0,2})[.:)]?"
    r"|(?:foot|end)?note\s{0,3}(?P<word>[1-9]\d{0,2})\s?[:.)]"
    r"|(?P<stop>[1-9]\d{0,2})[.)\]:](?![\d/])"
    rf"|(?P<glued>[1-9]\d{{0,2}})(?={_LETTER}|[\"“‘«'„(*_<])"
    r"|(?P<space>[1-9]\d{0,2})(?=[ \t\u00a0]{1,8}\S)"
    r"|(?P<alone>[1-9]\d{0,2})(?=[ \t]{0,8}$)"
    r")",
    re.MULTILINE | re.IGNORECASE,
)
# "3D printing", "1st", "5 km": words that carry a number in front.
_NO_LABEL = re.compile(
    r"(?:st|nd|rd|th|er|d|g|k|m|km|cm|mm|kg|am|pm|px|s|x|x\d|p|fps|hz|mb|gb|tb|pac|up|bn|mn)\b", re.IGNORECASE
)
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_GAP = 4000  # characters between two notes of one block
_STEP = 3  # numbers that may be missing between two notes
_NEAR, _NEAR_STEP = 300, 20  # an excerpt keeps few of the notes, and they stand close together
_OPEN = 12  # runs that may go on at the same time
MOST = 100_000


class Body(Struct, frozen=True):
    """A line that may begin a note."""

    start: int  # of the line
    text_start: int  # behind the label
    value: int
    style: str
    label: str  # as the reader sees it


class Run(Struct):
    """Lines that rise; what may be a block of notes."""

    bodies: list[Body] = field(default_factory=list)
    floor: int = 0  # where its markers may begin
    heading: str = ""  # "notes" or "references" when such a heading stands right above

    @property
    def values(self) -> list[int]:
        return [body.value for body in self.bodies]

    @property
    def start(self) -> int:
        return self.bodies[0].start

    @property
    def family(self) -> str:
        return self.bodies[0].style


def runs(
    text: str, hidden: Callable[[int], bool], begun: Callable[[str], Iterator[Body]] | None = None
) -> list[Run]:
    """Give the runs of a text in the order of their beginning; none begins where it is hidden.

    `begun` gives the lines that may begin a note; those that begin with a number when it is left out.
    """
    found: list[Run] = []
    still_open: list[Run] = []
    for count, body in enumerate((begun or _numbered)(text)):
        if count > MOST:
            break
        if hidden(body.start):
            continue
        run = _continued(still_open, body)
        if run is None:
            run = Run()
            found.append(run)
            still_open.append(run)
            del still_open[:-_OPEN]
        run.bodies.append(body)
    for run in found:
        if begun is None:
            _on_one_line(text, run)
        run.heading = _heading_above(text, run.start)
    return _outside([run for run in found if run.family != "alone" or len(run.bodies) > 1 or run.heading])


_MARKED = frozenset({"bracket", "caret", "listed"})  # lists whose lines nothing else begins like


def _outside(found: list[Run]) -> list[Run]:
    """Drop lines that go on inside a list of works cited and happen to begin with a number: "5), Hillsdale"."""
    lists = [run for run in found if run.family in _MARKED and len(run.bodies) > 2]
    if not lists:
        return found
    kept = []
    for run in found:
        last = run.bodies[-1].start
        around = any(
            one is not run and one.start < run.start and last < one.bodies[-1].start + _NEAR
            and (one.heading or 2 * len(run.bodies) < len(one.bodies))
            for one in lists
        )
        if not around or run.family in _MARKED or run.heading:
            kept.append(run)
    return kept


def _numbered(text: str) -> Iterator[Body]:
    lines = (body for match in _LINE.finditer(text) if (body := _body(text, match)) is not None)
    yield from merge(lines, listed(text), key=lambda body: body.start)


# An encyclopedia's list: its numbers are drawn by the browser and lost on the way, its arrows back are not.
_LISTED = re.compile(
    r"^[ \t]{0,8}[\^↑][ \t]{1,3}(?=\S)(?:(?:Jump up(?: to)?|Hochspringen nach|Sauter à|Vai a|Saltar a)\s?:?\s?)?"
    r"(?:(?:[a-z]{1,2}[ \t]){2,40}(?=[\"“‘«„]?[^a-z\s]))?",
    re.MULTILINE,
)


def listed(text: str) -> Iterator[Body]:
    """Give the lines that begin with an arrow back, counted from 1 under each heading."""
    if "^ " not in text and "↑ " not in text:
        return
    value, end = 0, 0
    for match in _LISTED.finditer(text):
        between = text[end : match.start()].split("\n", 1)[-1].strip() if match.start() - end < _GAP else "-"
        value = 1 if not value or (between and len(between.split("\n")) < 3 and _is_heading(between)) else value + 1
        end = match.end()
        yield Body(match.start(), match.end(), value, "listed", str(value))


def _is_heading(lines: str) -> bool:
    return any(announces_notes(line) or announces_references(line) for line in lines.split("\n"))


def _body(text: str, match: re.Match[str]) -> Body | None:
    style = str(match.lastgroup)
    if style == "glued" and _NO_LABEL.match(text, match.end()):
        return None
    value = int(match[style].translate(_PLAIN))
    family = "plain" if style in ("glued", "space") else style
    return Body(match.start(), match.end(), value, family, str(value))


def alike(one: str, other: str) -> bool:
    """Tell whether two ways to begin a note may stand in one list."""
    return one == other or {one, other} <= {"plain", "stop", "raised"}


def _continued(still_open: list[Run], body: Body) -> Run | None:
    fitting = [
        run
        for run in still_open
        if alike(run.bodies[-1].style, body.style)
        and run.bodies[-1].value < body.value
        and body.start - run.bodies[-1].start < _GAP
        and body.value <= run.bodies[-1].value + (_NEAR_STEP if body.start - run.bodies[-1].start < _NEAR else _STEP)
    ]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    nearest = max(fitting, key=lambda run: run.bodies[-1].start)
    if body.start - nearest.bodies[-1].start < _NEAR:
        return nearest
    # A list that another one has followed since is closed.
    latest = max((run.start for run in still_open if len(run.bodies) > 1), default=0)
    fitting = [run for run in fitting if run.bodies[-1].start >= latest] or fitting
    return max(fitting, key=lambda run: (run.bodies[-1].value, run.bodies[-1].start))


_NEXT = re.compile(
    r"(?<=[\s.;])[\[(^]?(?P<n>[1-9]\d{0,2})[.)\]:]?\s?(?=https?://|www\.|[\"“«]?[A-Z](?!(?:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec)\w*\s))"
)
_ADDRESS = re.compile(r"https?://|www\.")


def _on_one_line(text: str, run: Run) -> None:
    """Add the notes that stand behind the last one on its line, when addresses show that they are notes."""
    last = run.bodies[-1]
    high = text.find("\n", last.text_start)
    high = min(high if high >= 0 else len(text), last.text_start + 20_000)
    at = last.text_start
    while (address := _ADDRESS.search(text, at, high)) and (match := _NEXT.search(text, address.end(), high)):
        if int(match["n"]) == run.bodies[-1].value + 1:
            run.bodies.append(Body(match.start(), match.end(), int(match["n"]), run.family, match["n"]))
        at = match.end()


def _heading_above(text: str, start: int) -> str:
    above = text[max(0, start - 300) : start].rstrip()
    line = above.rpartition("\n")[2]
    if announces_notes(line):
        return "notes"
    return "references" if announces_references(line) else ""


_EMPTY = re.compile(r"\n[ \t\u00a0]*\n")
_INDENTED = re.compile(r"(?:[ \t]*\n)*[ \t\u00a0]{2,}\S")
_RULE = re.compile(r"^[ \t]*[-_=*—–─]{3,}[ \t]*$", re.MULTILINE)
_ADDRESS_NEXT = re.compile(r"\s*<?(?:https?://|www\.)")
# The number of a page that stands between two notes, and perhaps the head of the next page.
_PAGE = re.compile(r"\n[ \t]*\n[ \t\f]*(?:[-–—][ \t]?)?\d{1,4}(?:[ \t]?[-–—])?[ \t]*(?:\n[^\n]{0,60})?\s*$")


def ends(text: str, run: Run, stop: int | None = None) -> list[int]:
    """Give where each body of a run ends: at the next one or at a rule, the last at an empty line that ends the notes.

    Nothing of the notes stands behind `stop`.
    """
    limit = len(text) if stop is None else stop
    stops = [
        _cut(text, body.text_start, after.start) for body, after in zip(run.bodies, run.bodies[1:], strict=False)
    ]
    last = run.bodies[-1]
    parted = any(
        (gap := _EMPTY.search(text, body.text_start, end)) and _ADDRESS_NEXT.match(text, gap.end(), end)
        for body, end in zip(run.bodies, stops, strict=False)
    )
    end = min(limit, _last_end(text, last, parted=parted))
    return [*stops, _cut(text, last.text_start, end)]


def _cut(text: str, start: int, end: int) -> int:
    if (rule := _RULE.search(text, start, end)) is not None:
        return rule.start()
    page = _PAGE.search(text, max(start, end - 90), end)
    return page.start() if page else end


def _last_end(text: str, last: Body, *, parted: bool) -> int:
    at = last.text_start
    while True:
        gap = _EMPTY.search(text, at)
        if gap is None:
            return len(text)
        body = text[last.text_start : gap.start()].strip()
        if not body and last.style == "alone":
            at = gap.end()  # a number alone, its note in the paragraph below
            continue
        announced = (body.endswith((":", "：")) or (parted and "://" not in body)) and _ADDRESS_NEXT.match(
            text, gap.end()
        )
        if not announced and not (body and _INDENTED.match(text, gap.end())):
            return gap.start()
        at = gap.end()


def parted(text: str, run: Run, markers: Mapping[int, Sequence[int]]) -> list[Run]:
    """Part a run where the text goes on between two notes and there carries the marker of the second.

    `markers` says where markers of each number may stand. So notes at the foot of each page stay with their page.
    """
    parts = [Run(heading=run.heading)]
    for body, following in zip(run.bodies, [*run.bodies[1:], None], strict=True):
        parts[-1].bodies.append(body)
        if following is None:
            break
        gap = _EMPTY.search(text, body.text_start, following.start)
        if gap is not None and any(gap.end() <= at < following.start for at in markers.get(following.value, ())):
            parts.append(Run(floor=gap.end(), heading=_heading_above(text, following.start)))
    return parts
