"""Notes marked with signs (*, **, †, ‡, §) in plain text: only where a line that begins with the sign follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.documents.mend import mended
from archiver.documents.notes import Mark
from archiver.documents.prose import word_before

if TYPE_CHECKING:
    from collections.abc import Iterator

_BODY = re.compile(r"^[ \t]{0,8}(?P<sign>\*{1,3}|†{1,2}|‡{1,2}|§|¶)(?!\*)[ \t]?(?=[^\s*†‡§¶])", re.MULTILINE)
_MARK = re.compile(r"(?<=[\w.,;:!?)\]”’\"'»])(?P<sign>\*{1,3}|†{1,2}|‡{1,2}|§|¶)(?![\w*†‡(/=])")
_MOST = 2000


def pairs(prose: str) -> Iterator[tuple[Mark, int, int, int]]:
    """Give for each sign that marks and begins a note: the marker, then where the note's line, text and end are."""
    bodies: dict[str, list[re.Match[str]]] = {}
    for count, match in enumerate(_BODY.finditer(prose)):
        if count > _MOST:
            return
        bodies.setdefault(match["sign"], []).append(match)
    if not bodies:
        return
    marks: dict[str, re.Match[str]] = {}
    for count, match in enumerate(_MARK.finditer(prose)):
        if count > _MOST:
            break
        if match["sign"] not in marks and _alone(prose, match):
            marks[match["sign"]] = match
    for sign, found in bodies.items():
        mark = marks.get(sign)
        # More than one line that begins with the sign is a list.
        if mark is not None and len(found) == 1 and mark.start() < found[0].start():
            end = prose.find("\n\n", found[0].end())
            following = min(
                (other[0].start() for other in bodies.values() if other[0].start() > found[0].start()),
                default=len(prose),
            )
            stem, start = word_before(prose, mark.start())
            yield (
                Mark(
                    key=f"sign:{sign}",
                    label=sign,
                    start=start if stem else mark.start(),
                    end=mark.end(),
                    text=mended(stem),
                    confidence=0.8,
                ),
                found[0].start(),
                found[0].end(),
                min(end if end >= 0 else len(prose), following),
            )


def _alone(prose: str, match: re.Match[str]) -> bool:
    """Tell a marker from the end of *emphasis*: no other such sign stands on the line."""
    low, high = prose.rfind("\n", 0, match.start()) + 1, prose.find("\n", match.end())
    if high - low > 5000:
        low, high = max(low, match.start() - 300), match.end() + 300
    return prose[low : high if high >= 0 else len(prose)].count(match["sign"]) == 1
