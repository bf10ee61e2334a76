"""Read plain text: bare addresses, and numbered notes; markers may be glued to words, and bodies may be lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from archiver.documents import about, bare, broken
from archiver.documents.decoding import decode
from archiver.documents.draft import Draft, Reading
from archiver.documents.mend import FILLER, mended, shadow
from archiver.documents.notes import headings
from archiver.documents.notes.numbered import noted, within
from archiver.documents.notes.promises import placeholders
from archiver.documents.notes.tails import both
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archiver.documents.raw import Raw



def read(raw: Raw) -> Reading:
    """Read a plain text."""
    text = decode(raw)
    return Reading(text=text, drafts=tuple(citations(text)), media_type="text/plain", about=about.of_text(shadow(text)))


def citations(text: str) -> list[Draft]:
    """Find what a plain text cites."""
    prose = shadow(text).replace("\u200b", FILLER)
    found = broken.joined(prose, list(bare.find(prose)))
    drafts, inside, tails = noted(prose, found, found)
    for one in found:
        if not within(inside, one.start):
            drafts.append(_inline(prose, one, tails))
    drafts += _lists(prose, drafts)
    drafts += [
        Draft(start=match.start(), end=match.end(), text=match.group().strip("[]"), lost=True, confidence=0.6)
        for match in placeholders(prose)
        if not _near(prose, found, match.end()) and not within(inside, match.start())
    ]
    return drafts


def _near(prose: str, found: Sequence[bare.Bare], at: int) -> bool:
    index = bisect_left(found, at, key=lambda one: one.start)
    return index < len(found) and found[index].start - at < 60 and not _BREAK.search(prose, at, found[index].start)


_BREAK = re.compile(r"[.!?]\s|\n\s*\n")


def _inline(prose: str, one: bare.Bare, tails: Mapping[int, bool]) -> Draft:
    meant, variants = both(prose, one, tails)
    return Draft(
        start=meant.start,
        end=meant.end,
        url=meant.url,
        text=mended(meant.url),
        behind=prose[meant.end : meant.end + 160].partition("\n\n")[0],
        variants=variants,
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
