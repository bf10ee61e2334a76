"""Notes in running text, whatever the format: which digits and letters are markers, and which lines are notes."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.documents.mend import mended
from archiver.documents.notes import bodies, lettered, markers, missing, series, signs, tails
from archiver.documents.notes.cite import SURE, Mark, Note, Target, cite
from archiver.documents.notes.markers import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archiver.documents.bare import Bare
    from archiver.documents.draft import Draft
    from archiver.documents.notes.bodies import Body, Run
    from archiver.documents.notes.markers import Candidate

_WORK = 1_000_000  # candidates looked at in all series of one text
_CALL = 300  # candidates' worth of work that any search costs


class _Block:
    """A run that was found to be notes."""

    def __init__(self, name: str, run: Run, ends: list[int]) -> None:
        self.name = name
        self.run = run
        self.known = frozenset(run.values)
        self.spans = [(body.start, end) for body, end in zip(run.bodies, ends, strict=True)]

    def key(self, value: int) -> str:
        return f"{self.name}:{value}"


class _Chosen(Struct, gc=False):
    """A candidate that was found to be a marker."""

    key: str
    one: Candidate
    sure: float


class _Family(Struct):
    """A way to number notes: with numbers, letters or roman numerals."""

    name: str
    candidates: list[Candidate]
    begun: Callable[[str], Iterator[Body]] | None = None  # lines that may begin a note; None: with a number
    fits: Callable[[Run, Sequence[Candidate], int], bool] | None = None
    highest: int = 0  # number in brackets


def noted(
    prose: str,
    addresses: Sequence[Bare],
    found: Sequence[Bare],
    *,
    every_style: bool = True,
    code: Sequence[tuple[int, int]] = (),
) -> tuple[list[Draft], list[tuple[int, int]], dict[int, bool]]:
    """Find the numbered notes of a text: drafts, the spans of the note bodies, and digits that end an address.

    `addresses` are those written out in the text, `found` all that it holds, links of a marked-up page included.
    Without `every_style`, a text that has no notes is searched for raised and bracketed markers only. In `code` (sorted
    spans) there are neither markers nor notes. Of the digits at the ends of addresses, those that may be a marker are
    given by where they start: true when the series of the notes wants them as one.
    """
    masked, ends_of = tails.masked(prose, addresses)
    numbers = sorted([*markers.candidates(masked), *ends_of], key=lambda one: (one.at, one.way, one.value))
    highest = max((one.value for one in numbers if one.style is Style.BRACKET and one.weight >= 0.8), default=0)
    families = [_Family("", numbers, highest=highest), *(_Family(*one) for one in lettered.families(masked))]
    marks: list[Mark] = []
    notes: dict[str, Note] = {}
    inside: list[tuple[int, int]] = []
    ends: dict[int, bool] = {}
    met = False
    for family in families:
        if code:
            family.candidates = [one for one in family.candidates if not within(code, one.at)]
        if inside:
            family.candidates = [one for one in family.candidates if not within(inside, one.at)]
        blocks, chosen = _assign(prose, family, sorted([*code, *inside]))
        if family.begun is None:
            if not blocks:
                plain = (Style.RAISED, Style.BRACKET)
                usable = [one for one in numbers if every_style or one.style in plain]
                if code:
                    usable = [one for one in usable if not within(code, one.at)]
                chosen = [_Chosen(f"-:{one.value}", one, sure) for one, sure in series.without_bodies(usable)]
            met = not blocks and bool(chosen)
            known = {value for block in blocks for value in block.known}
            ends = tails.told(ends_of, [one.one for one in chosen], known)
        some_marks, some_notes = _notes(prose, found, blocks, _believed(prose, blocks, chosen))
        marks += some_marks
        notes |= some_notes
        inside = sorted([*inside, *((start, end) for block in blocks for start, end in block.spans)])
    for mark, start, text_start, end in signs.pairs(masked):
        if not within(inside, start) and not within(code, start) and not within(code, mark.start):
            marks.append(mark)
            following = bisect_left(inside, (start, 0))
            stop = min(end, inside[following][0]) if following < len(inside) else end
            notes[mark.key] = _note(prose, found, mark.key, mark.label, (start, text_start, stop))
            inside = sorted([*inside, (start, stop)])
    if met:
        marks += signs.lone(masked, notes)
    return cite(marks, notes), inside, ends


def _assign(
    prose: str, family: _Family, closed: Sequence[tuple[int, int]]
) -> tuple[list[_Block], list[_Chosen]]:
    """Find the blocks of notes, last first, and the markers that point to them."""
    blocks: list[_Block] = []
    chosen: list[_Chosen] = []
    candidates = family.candidates
    if not candidates and family.begun is not None:
        return blocks, chosen
    work, limit = _WORK, len(prose)
    taken: set[int] = set()
    shelves = _shelves(prose, candidates, _worth_a_look(prose, family, closed))
    floors = _floors(prose, shelves)
    for shelf, floor in zip(reversed(shelves), reversed(floors), strict=True):
        for group in [shelf] if len(shelf) == 1 else [shelf, *([run] for run in reversed(shelf))]:
            if group[-1].bodies[-1].start >= limit:
                continue
            before, chains, spent = _chains(family.candidates, taken, group, floor)
            work -= spent
            if work < 0:
                return blocks, chosen
            if not before and group[0].heading != "notes":
                continue
            if not all(_enough(prose, run, chain, family) for run, chain in zip(group, chains, strict=True)):
                continue
            stop = limit
            for run, chain in zip(reversed(group), reversed(chains), strict=True):
                ends = bodies.ends(prose, run, _before_heading(prose, stop))
                block = _Block(f"{family.name}{len(blocks)}", run, ends)
                stop = run.start
                blocks.append(block)
                known = set(run.values)
                share = sum(one.value in known for one in chain) / len(known)
                if share:
                    chosen += [_Chosen(block.key(one.value), one, _sure(one) * (0.7 + 0.3 * share)) for one in chain]
            limit = group[0].start
            taken.update(one.at for chain in chains for one in chain)
            if all(one.style is Style.BRACKET for chain in chains for one in chain):
                # The same number in brackets means the same note.
                known = {value for run in group for value in run.values}
                taken.update(one.at for one in before if one.style is Style.BRACKET and one.value in known)
            break
    if blocks:
        chosen += _repeated(blocks, chosen, candidates)
        spans = sorted(span for block in blocks for span in block.spans)
        chosen = [one for one in chosen if not within(spans, one.one.at)]
    return blocks, chosen


def _chains(
    candidates: list[Candidate], taken: set[int], group: list[Run], floors: list[tuple[int, float]]
) -> tuple[list[Candidate], list[list[Candidate]], int]:
    """Choose the markers of some lists of notes: what there was to choose from, the markers, the work it was."""
    lists = [run.values for run in group]
    spent = 0
    before: list[Candidate] = []
    chains: list[list[Candidate]] = [[] for _ in group]
    tried = -1
    for floor, share in floors:
        low = max(floor, group[0].floor)
        if low == tried:
            continue
        tried = low
        first, last = (bisect_left(candidates, at, key=lambda one: one.at) for at in (low, group[0].start))
        before = [one for one in candidates[first:last] if one.at not in taken]
        if all(run.family in ("bracket", "listed") for run in group):
            # [3] in the list is [3] in the text, where there is such a one.
            alike = [one for one in before if one.style is Style.BRACKET]
            if 2 * len({one.value for one in alike} & {value for values in lists for value in values}) >= len(lists[0]):
                before = alike
        if not before:
            continue
        spent += len(before) * len(group) + _CALL
        if spent > _WORK:
            break
        chains = series.shelved(before, lists)
        met = {one.value for one in chains[0]} & set(lists[0])
        if lists[0][0] in met and len(met) >= share * len(lists[0]):
            break
    return before, chains, spent


def _floors(prose: str, shelves: list[list[Run]]) -> list[list[tuple[int, float]]]:
    """Give for each shelf from where its markers may stand, likeliest first, and how many of its notes must have one.

    Where the numbering began again since the lists above, theirs are not for these notes.
    """
    floors: list[list[tuple[int, float]]] = []
    lists: list[tuple[int, int]] = []  # last number and place of each, the lowest numbers last
    notes: list[tuple[int, int]] = []
    for shelf in shelves:
        for above in (lists, notes):
            while above and above[-1][0] < shelf[0].values[0]:
                above.pop()
        floors.append([(place, 0.6) for _, place in lists[: -_LISTS_ABOVE - 1 : -1]])
        floors[-1] += [(notes[-1][1], 0.0), (0, 0.0)] if notes else [(0, 0.0)]
        for run in shelf:
            lists.append((run.values[-1], run.bodies[-1].text_start))
            if run.heading == "notes" or 3 * _addresses(prose, run) >= len(run.bodies):
                notes.append(lists[-1])
    return floors


_LISTS_ABOVE = 4  # that are looked at


def _addresses(prose: str, run: Run) -> int:
    reach = prose[run.start : run.bodies[-1].text_start + 400]
    return reach.count("://") + reach.count("www.")


def _sure(one: Candidate) -> float:
    return SURE[one.style] * (0.75 + 0.25 * min(1.0, one.weight))


def _enough(prose: str, run: Run, chain: list[Candidate], family: _Family) -> bool:
    """Tell whether enough markers point to a run, for what it is."""
    if run.family == "listed" and family.begun is None and 10 * family.highest > 11 * len(run.bodies):
        return False
    if run.heading == "notes" and run.family != "listed" and family.begun is None:
        return True
    known = set(run.values)
    matched = sum(one.weight for one in chain if one.value in known)
    return matched >= max(0.45, _share(prose, run) * len(run.bodies)) and (
        family.fits is None or family.fits(run, chain, _addresses(prose, run))
    )


def _shelves(prose: str, candidates: list[Candidate], runs: list[Run]) -> list[list[Run]]:
    """Put together lists of notes that stand one under the other, each beginning again: those of a book's chapters."""
    likely = [one.at for one in candidates if one.weight >= 0.5]
    shelves: list[list[Run]] = []
    for run in runs:
        above = shelves[-1][-1] if shelves else None
        again = above is not None and above.values[-1] >= run.values[0] and bodies.alike(above.family, run.family)
        if above is not None and again and len(shelves[-1]) < _MOST_SHELVES:
            end = bodies.ends(prose, above, run.start)[-1]
            gap = prose[end : run.start] if run.start - end < 300 else None
            lines = [line for line in gap.split("\n") if line.strip()] if gap is not None else []
            here = bisect_left(likely, end)
            if gap is not None and len(lines) < 3 and not (here < len(likely) and likely[here] < run.start):
                shelves[-1].append(run)
                continue
        shelves.append([run])
    return shelves


_MOST_SHELVES = 40
_CHAPTER = re.compile(
    r"(?:chapter|part|section|kapitel|teil|chapitre|partie|cap[íi]tulo|capitolo|parte|hoofdstuk|глава|часть)\b|[IVXL]+\.?\s*$",
    re.IGNORECASE,
)


def _before_heading(prose: str, stop: int) -> int:
    """Go back over the heading of a chapter that stands right above notes, so that no note before it holds it."""
    above = prose.rstrip() if stop >= len(prose) else prose[max(0, stop - 200) : stop].rstrip()
    if stop >= len(prose):
        return stop
    line = above.rpartition("\n")[2]
    if 0 < len(line) < 80 and "://" not in line and (_CHAPTER.match(line.strip()) or f"\n{line}\n" in prose[:50_000]):
        return max(0, stop - 200) + len(above) - len(line)
    return stop


def _share(prose: str, run: Run) -> float:
    """Give the share of the notes that markers must point to: more where no addresses tell notes from a list."""
    if 3 * _addresses(prose, run) >= len(run.bodies):
        return 0.3
    if len(run.bodies) == 1:
        # "1 if it matches" is no note.
        return 1.01 if _LOWER.match(prose, run.start + 1, run.start + 60) and run.family == "plain" else 0.8
    return 0.55


_LOWER = re.compile(r"\W*\d{0,2}\s+(?!see\b|cf\b|ibid\b|id\b|vgl\b|voir\b|op\b|e\.g|http)[a-z]")


def _worth_a_look(prose: str, family: _Family, closed: Sequence[tuple[int, int]]) -> list[Run]:
    """Keep the runs to which some marker before them may point, and those under a heading."""
    first: dict[int, int] = {}
    likely: dict[int, list[int]] = {}
    for one in family.candidates:
        if one.weight >= 0.15:
            first.setdefault(one.value, one.at)
        if one.weight >= 0.5:
            likely.setdefault(one.value, []).append(one.at)
    return [
        part
        for run in bodies.runs(prose, lambda at: within(closed, at), family.begun)
        if (run.heading == "notes" and family.begun is None)
        or any(first.get(body.value, run.start) < run.start for body in run.bodies)
        for part in bodies.parted(prose, run, likely)
        if part.heading or not all(_HEADING.match(prose, body.text_start) for body in part.bodies)
    ]


# "2 Method", an empty line, and a paragraph: the heading of a section.
_HEADING = re.compile(r"[ \t]{1,4}[^\W\d_a-z][^\W\d_]+(?:[ \t][^\W\d_]+){0,4}[ \t]*\n[ \t]*\n(?!\d)[^\n]{80}")


_AGAIN = (Style.BRACKET, Style.RAISED, Style.CARET)  # styles in which nothing else is meant


def _repeated(blocks: list[_Block], chosen: list[_Chosen], candidates: list[Candidate]) -> list[_Chosen]:
    """Find markers that point to a note once more, and those of notes that are called out of their order."""
    taken = {one.one.at for one in chosen}
    pairs = {(one.one.at, one.one.value) for one in chosen}
    pointed = {one.key for one in chosen}
    starts = sorted(((block.run.start, block) for block in blocks), key=lambda one: one[0])
    edges = [start for start, _ in starts]
    styles = {(one.key.partition(":")[0], one.one.style) for one in chosen}
    again: list[_Chosen] = []
    for one in candidates:
        at = bisect_left(edges, one.at)
        if (one.at, one.value) in pairs or at == len(edges) or one.weight < 0.7 or one.way > 1:
            continue
        # The next notes below to which markers of this kind point.
        reach = at + (_LISTS_ABOVE if one.style in _AGAIN else 1)
        below = (block for _, block in starts[at:reach] if (block.name, one.style) in styles)
        block = next(below, None)
        if block is None or one.value not in block.known or one.at < block.run.floor:
            continue
        key = block.key(one.value)
        if one.style in _AGAIN:
            again.append(_Chosen(key, one, _sure(one) * 0.85))
        elif one.at not in taken and (
            (one.style is Style.STOP and one.closes and one.weight >= 1)
            or (one.style in (Style.STOP, Style.GLUED) and key not in pointed and one.weight >= 0.8)
        ):
            again.append(_Chosen(key, one, _sure(one) * 0.7))
            pointed.add(key)
    return again


def _believed(prose: str, blocks: list[_Block], chosen: list[_Chosen]) -> list[_Chosen]:
    """Leave out markers without notes that are hardly any."""
    with_notes = {block.key(value) for block in blocks for value in block.known}
    without = [one.one for one in chosen if one.key not in with_notes]
    if not without:
        return chosen
    kept = missing.believed(prose, without, {value for block in blocks for value in block.known})
    return [one for one in chosen if one.key in with_notes or one.one.at in kept]


def _notes(
    prose: str, found: Sequence[Bare], blocks: list[_Block], chosen: list[_Chosen]
) -> tuple[list[Mark], dict[str, Note]]:
    notes = {
        block.key(body.value): _note(prose, found, block.key(body.value), body.label, (start, body.text_start, end))
        for block in blocks
        for body, (start, end) in zip(block.run.bodies, block.spans, strict=True)
    }
    marks = [
        Mark(
            key=one.key,
            label=one.one.label or str(one.one.value),
            start=one.one.start,
            end=one.one.end,
            text=mended(one.one.stem),
            confidence=one.sure,
        )
        for one in chosen
    ]
    return marks, notes


def _note(prose: str, found: Sequence[Bare], key: str, label: str, span: tuple[int, int, int]) -> Note:
    start, text_start, end = span
    low, high = (bisect_left(found, at, key=lambda one: one.start) for at in (text_start, end))
    targets = tuple(Target(start=one.start, end=one.end, url=one.url) for one in found[low:high])
    words = prose[text_start:end]
    return Note(
        key=key,
        label=label,
        start=start,
        end=text_start + len(words.rstrip()),
        text=mended(words)[:2000],
        targets=targets,
    )


def within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Tell whether an offset lies in one of these sorted spans."""
    index = bisect_left(spans, (at, 1 << 60)) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]
