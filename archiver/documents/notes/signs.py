"""Notes marked with signs (*, **, †, ‡, §) in plain text: only where a line that begins with the sign follows."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from archiver.documents.mend import mended
from archiver.documents.notes.cite import Mark
from archiver.documents.prose import word_before

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_LETTERED = r"\[(?:note|nb|n)\.?\s\d{1,2}\]"  # [note 2]
_BODY = re.compile(
    rf"^[ \t]{{0,8}}(?P<sign>\*{{1,3}}|†{{1,2}}|‡{{1,2}}|§|¶|{_LETTERED}(?![(:]))(?!\*)[ \t]?(?=[^\s*†‡§¶])",
    re.MULTILINE | re.IGNORECASE,
)
_MARK = re.compile(
    rf"(?<=[\w.,;:!?)\]”’\"'»])(?P<sign>\*{{1,3}}|†{{1,2}}|‡{{1,2}}|§|¶)(?![\w*†‡(/=])|(?<=\S)\s?(?P<letter>{_LETTERED})(?![(:])",
    re.IGNORECASE,
)
_MOST = 2000


def pairs(prose: str) -> Iterator[tuple[Mark, int, int, int]]:
    """Give for each sign that marks and begins a note: the marker, then where the note's line, text and end are."""
    bodies: dict[str, list[re.Match[str]]] = {}
    for count, match in enumerate(_BODY.finditer(prose)):
        if count > _MOST:
            return
        bodies.setdefault(match["sign"].lower(), []).append(match)
    if not bodies:
        return
    marks: dict[str, list[re.Match[str]]] = {}
    for count, match in enumerate(_MARK.finditer(prose)):
        if count > _MOST:
            break
        sign = match["sign"] or match["letter"].lower()
        if match["letter"] or _alone(prose, match):
            marks.setdefault(sign, []).append(match)
    edges = sorted(match.start() for found in bodies.values() for match in found)
    for sign, found in bodies.items():
        between = _first_between(marks.get(sign, []), found)
        # More than one line that begins with the sign is a list, unless each has a marker of its own above it.
        for number, (mark, body) in enumerate(zip(between, found, strict=False)):
            end = prose.find("\n\n", body.end())
            following = bisect_right(edges, body.start())
            yield (
                _marked(prose, mark, number),
                body.start(),
                body.end(),
                min(end if end >= 0 else len(prose), edges[following] if following < len(edges) else len(prose)),
            )


def _first_between(marks: list[re.Match[str]], bodies: list[re.Match[str]]) -> list[re.Match[str]]:
    """Give for each body the first marker above it and below the body before; nothing when one has none."""
    chosen: list[re.Match[str]] = []
    at = 0
    for body in bodies:
        floor = bodies[len(chosen) - 1].end() if chosen else 0
        while at < len(marks) and marks[at].start() < floor:
            at += 1
        if at == len(marks) or marks[at].start() >= body.start():
            return []
        chosen.append(marks[at])
    return chosen


def _alone(prose: str, match: re.Match[str]) -> bool:
    """Tell a marker from the end of *emphasis*: no other such sign stands on the line."""
    low, high = prose.rfind("\n", 0, match.start()) + 1, prose.find("\n", match.end())
    if high - low > 5000:
        low, high = max(low, match.start() - 300), match.end() + 300
    sign, last = re.escape(match["sign"]), re.escape(match["sign"][-1])
    around = f"(?<!{last}){sign}(?!{last})"
    return len(re.findall(around, prose[low : high if high >= 0 else len(prose)])) == 1


def _marked(prose: str, mark: re.Match[str], number: int = 0) -> Mark:
    at = mark.start("sign") if mark["sign"] else mark.start("letter")
    sign = mark["sign"] or mark["letter"].lower()
    stem, start = word_before(prose, at)
    glued = stem and not any(one.isspace() for one in prose[start:at])
    return Mark(
        key=f"sign:{sign}:{number}" if number else f"sign:{sign}",
        label=sign.strip("[]"),
        start=start if glued else at,
        end=mark.end(),
        text=mended(stem),
        confidence=0.8,
    )


_NAMED = re.compile(
    r"(?<=[\w.,;:!?)\]”’\"'»])(?P<sign>(?!))?(?P<letter>\[(?:note|nb|n)\.?\s\d{1,2}\])(?![(:])", re.IGNORECASE
)


def lone(prose: str, known: Collection[str]) -> Iterator[Mark]:
    """Give the markers of the kind [note 1] that point to nothing."""
    for count, match in enumerate(_NAMED.finditer(prose)):
        if count > _MOST:
            return
        mark = _marked(prose, match)
        if mark.key not in known:
            yield mark
