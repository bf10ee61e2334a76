"""Read plain text: bare addresses, and numbered notes; markers may be glued to words, and bodies may be lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from archiver.documents import about, bare, bodies, broken, headings, markers, series, signs
from archiver.documents.decoding import decode
from archiver.documents.draft import Draft, Reading
from archiver.documents.mend import mended, shadow
from archiver.documents.notes import Mark, Note, Target, cite
from archiver.documents.promises import placeholders
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.documents.bodies import Run
    from archiver.documents.markers import Candidate
    from archiver.documents.raw import Raw

_MASK = "\ue000"  # private use: neither letter nor sign
_WORK = 3_000_000  # candidates looked at in all series of one text
_TAIL_MARK = re.compile(r"(?<=[.,;)\]”\"])[1-9]\d?$")


def read(raw: Raw) -> Reading:
    """Read a plain text."""
    text = decode(raw)
    return Reading(text=text, drafts=tuple(citations(text)), media_type="text/plain", about=about.of_text(shadow(text)))


def noted(
    prose: str,
    addresses: Sequence[bare.Bare],
    found: Sequence[bare.Bare],
    *,
    every_style: bool = True,
    code: Sequence[tuple[int, int]] = (),
) -> tuple[list[Draft], list[tuple[int, int]], set[int]]:
    """Find the numbered notes of a text: drafts, the spans of the note bodies, and where the markers stand.

    `addresses` are those written out in the text, `found` all that it holds, links of a marked-up page included.
    Without `every_style`, a text that has no notes is searched for raised and bracketed markers only. In `code` (sorted
    spans) there are neither markers nor notes.
    """
    masked, tails = _masked(prose, addresses)
    candidates = sorted([*markers.candidates(masked), *tails], key=lambda one: one.at)
    if code:
        candidates = [one for one in candidates if not within(code, one.at)]
    blocks, chosen = _assign(prose, candidates, code, every_style=every_style)
    inside = sorted((start, end) for block in blocks for start, end in block.spans)
    marks, notes = _notes(prose, found, blocks, chosen)
    for mark, start, text_start, end in signs.pairs(masked):
        if not within(inside, start) and not within(code, start) and not within(code, mark.start):
            marks.append(mark)
            notes[mark.key] = _note(prose, found, mark.key, mark.label, (start, text_start, end))
            inside.append((start, end))
    if not blocks and chosen:
        marks += signs.lone(masked, notes)
    return cite(marks, notes), sorted(inside), {one.at for _, one, _ in chosen}


def citations(text: str) -> list[Draft]:
    """Find what a plain text cites."""
    prose = shadow(text)
    found = broken.joined(prose, list(bare.find(prose)))
    drafts, inside, used = noted(prose, found, found)
    for one in found:
        if not within(inside, one.start):
            drafts.append(_inline(prose, one, used))
    drafts += _lists(prose, drafts)
    drafts += [
        Draft(start=match.start(), end=match.end(), text=match.group().strip("[]"), lost=True, confidence=0.6)
        for match in placeholders(prose)
        if not _near(prose, found, match.end()) and not within(inside, match.start())
    ]
    return drafts


class _Block:
    """A run that was found to be notes."""

    def __init__(self, number: int, run: Run, ends: list[int]) -> None:
        self.number = number
        self.run = run
        self.spans = [(body.start, end) for body, end in zip(run.bodies, ends, strict=True)]

    def key(self, value: int) -> str:
        return f"{self.number}:{value}"


def _masked(prose: str, found: Sequence[bare.Bare]) -> tuple[str, list[Candidate]]:
    """Hide the addresses, and give the markers that may have been glued to their ends."""
    pieces, at = [], 0
    tails: list[Candidate] = []
    for one in found:
        pieces += [prose[at : one.start], _MASK * (one.end - one.start)]
        at = one.end
        if tail := _TAIL_MARK.search(prose, max(one.start, one.end - 6), one.end):
            tails.append(
                markers.Candidate(tail.start(), tail.start(), one.end, int(tail.group()), 0.3, markers.Style.STOP, "")
            )
    return "".join([*pieces, prose[at:]]), tails


def _assign(
    prose: str, candidates: list[Candidate], code: Sequence[tuple[int, int]], *, every_style: bool
) -> tuple[list[_Block], list[tuple[str, Candidate, float]]]:
    """Find the blocks of notes, last first, and the markers that point to them."""
    blocks: list[_Block] = []
    chosen: list[tuple[str, Candidate, float]] = []
    free = candidates
    work, limit = _WORK, len(prose)
    for number, run in enumerate(reversed(_worth_a_look(prose, candidates, code))):
        if run.bodies[-1].start >= limit:
            continue
        before = [one for one in free if run.floor <= one.at < run.start]
        if not before and run.heading != "notes":
            continue
        work -= len(before)
        if work < 0:
            break
        chain = series.rising(before, run.values)
        known = set(run.values)
        matched = sum(one.weight for one in chain if one.value in known)
        if matched < max(0.45, _share(prose, run) * len(run.bodies)) and run.heading != "notes":
            continue
        block = _Block(number, run, bodies.ends(prose, run))
        blocks.append(block)
        limit = run.start
        sure = min(1.0, 0.55 + 0.45 * matched / max(1, len(known)))
        chain = chain if matched else []
        chosen += [(block.key(one.value), one, sure * min(1.0, 0.5 + one.weight / 2)) for one in chain]
        taken = {one.at for one in chain}
        free = [one for one in free if one.at < run.start and one.at not in taken]
    if not blocks:
        plain = (markers.Style.RAISED, markers.Style.BRACKET)
        usable = [one for one in candidates if every_style or one.style in plain]
        chosen = [(f"-:{one.value}", one, sure) for one, sure in series.without_bodies(usable)]
    else:
        chosen += _repeated(blocks, chosen, candidates)
    return blocks, chosen


def _share(prose: str, run: Run) -> float:
    """Give the share of the notes that markers must point to: more where no addresses tell notes from a list."""
    reach = prose[run.start : run.bodies[-1].text_start + 400]
    addresses = reach.count("://") + reach.count("www.")
    if 3 * addresses >= len(run.bodies):
        return 0.3
    if len(run.bodies) == 1:
        # "1 if it matches" is no note.
        return 1.01 if _LOWER.match(prose, run.start + 1, run.start + 60) and run.family == "plain" else 0.8
    return 0.55


_LOWER = re.compile(r"\W*\d{0,2}\s+(?!see\b|cf\b|ibid\b|id\b|vgl\b|voir\b|op\b|e\.g|http)[a-z]")


def _worth_a_look(prose: str, candidates: list[Candidate], code: Sequence[tuple[int, int]]) -> list[Run]:
    """Keep the runs to which some marker before them may point, and those under a heading."""
    first: dict[int, int] = {}
    likely: dict[int, list[int]] = {}
    for one in candidates:
        if one.weight >= 0.15:
            first.setdefault(one.value, one.at)
        if one.weight >= 0.5:
            likely.setdefault(one.value, []).append(one.at)
    return [
        part
        for run in bodies.runs(prose, lambda at: within(code, at))
        if run.heading == "notes" or any(first.get(body.value, run.start) < run.start for body in run.bodies)
        for part in bodies.parted(prose, run, likely)
    ]


def _repeated(
    blocks: list[_Block], chosen: list[tuple[str, Candidate, float]], candidates: list[Candidate]
) -> list[tuple[str, Candidate, float]]:
    """Find markers that point to a note once more: only in brackets or raised, where nothing else is meant."""
    taken = {(one.at, one.value) for _, one, _ in chosen}
    starts = sorted((block.run.start, block) for block in blocks)
    edges = [start for start, _ in starts]
    styles = {(key.partition(":")[0], one.style) for key, one, _ in chosen}
    again = []
    for one in candidates:
        at = bisect_left(edges, one.at)
        if (one.at, one.value) in taken or at == len(edges) or one.weight < 0.7:
            continue
        block = starts[at][1]
        if (
            (str(block.number), one.style) in styles
            and one.value in block.run.values
            and one.style in (markers.Style.BRACKET, markers.Style.RAISED, markers.Style.CARET)
        ):
            again.append((block.key(one.value), one, 0.8))
    return again


def _notes(
    prose: str, found: Sequence[bare.Bare], blocks: list[_Block], chosen: list[tuple[str, Candidate, float]]
) -> tuple[list[Mark], dict[str, Note]]:
    notes = {
        block.key(body.value): _note(
            prose, found, block.key(body.value), str(body.value), (start, body.text_start, end)
        )
        for block in blocks
        for body, (start, end) in zip(block.run.bodies, block.spans, strict=True)
    }
    marks = [
        Mark(key=key, label=str(one.value), start=one.start, end=one.end, text=mended(one.stem), confidence=sure)
        for key, one, sure in chosen
    ]
    return marks, notes


def _note(prose: str, found: Sequence[bare.Bare], key: str, label: str, span: tuple[int, int, int]) -> Note:
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


def _near(prose: str, found: Sequence[bare.Bare], at: int) -> bool:
    index = bisect_left(found, at, key=lambda one: one.start)
    return index < len(found) and found[index].start - at < 60 and not _BREAK.search(prose, at, found[index].start)


_BREAK = re.compile(r"[.!?]\s|\n\s*\n")


def _inline(prose: str, one: bare.Bare, used: set[int]) -> Draft:
    tail = _TAIL_MARK.search(prose, max(one.start, one.end - 6), one.end)
    end, url = one.end, one.url
    if tail and tail.start() in used:
        url = bare.trimmed(url[: len(url) - len(tail.group())], "")
        end = one.start + len(url)
    return Draft(
        start=one.start, end=end, url=url, text=mended(url), behind=prose[end : end + 160].partition("\n\n")[0]
    )


_HEADING_LINE = re.compile(r"^[^\n]{3,60}$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]{0,8}(?:\[(\d{1,3})\]|(\d{1,3})[.)])[ \t]", re.MULTILINE)


def _lists(prose: str, drafts: list[Draft]) -> list[Draft]:
    """Turn addresses under a heading such as "Sources" into references, in place; give nothing new."""
    sections = [
        match.end()
        for match in _HEADING_LINE.finditer(prose)
        if headings.announces_references(match.group()) or headings.announces_notes(match.group())
    ]
    if not sections:
        return []
    start = sections[0]
    labels = [(match.start(), match.group(1) or match.group(2)) for match in _ITEM.finditer(prose, start)]
    edges = [at for at, _ in labels]
    for index, draft in enumerate(drafts):
        if draft.start > start and draft.label is None and draft.url is not None:
            at = bisect_left(edges, draft.start) - 1
            label = labels[at][1] if at >= 0 and "\n\n" not in prose[edges[at] : draft.start] else None
            drafts[index] = Draft(
                start=draft.start,
                end=draft.end,
                url=draft.url,
                text=draft.text,
                behind=draft.behind,
                label=label,
                kind=CitationKind.REFERENCE,
                note=_entry(prose, draft.start),
            )
    return []


def _entry(prose: str, at: int) -> str:
    low = max(prose.rfind("\n", 0, at) + 1, at - 400)
    high = prose.find("\n", at)
    return mended(prose[low : high if 0 <= high < at + 600 else at + 600])
