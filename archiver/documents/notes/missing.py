"""Markers whose notes are missing: which are believed. A target that was never there must not be called lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archiver.documents.notes.markers import Style, media_like

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archiver.documents.notes.markers import Candidate

_SHORT = 60  # characters of a line that may be a heading, or an entry of a table of contents
_FEW = 3  # numbers in parentheses or set apart: more of them count something
_OFTEN = 3  # markers without notes at the same word: lipsum[1], lipsum[2], lipsum[3]


_WEAK = frozenset({Style.PAREN, Style.APART})


def believed(prose: str, found: Sequence[Candidate], known: Collection[int]) -> set[int]:
    """Give the places of those markers that are likely ones; `known`: the numbers that have notes."""
    words = Counter(one.stem.lower() for one in found)
    weak = sum(one.style in _WEAK for one in found)
    low, high = min(known, default=0), max(known, default=0)
    return {
        one.at
        for one in found
        if (media_like(one.stem) or words[one.stem.lower()] < _OFTEN or not one.stem)
        and not (one.style in (Style.GLUED, Style.STOP) and (len(one.stem) == 1 or _ends_a_heading(prose, one)))
        and not (one.style in _WEAK and (weak > _FEW or not low < one.value < high))
    }


def _ends_a_heading(prose: str, one: Candidate) -> bool:
    """Tell a heading with the number of its page from a sentence with a marker at the end of a line."""
    begin = prose.rfind("\n", 0, one.at) + 1
    end = prose.find("\n", one.end)
    end = end if end >= 0 else len(prose)
    if end - begin > _SHORT or prose[one.end : end].strip() or prose[one.at - 1 : one.at] in tuple(".!?…:;,”\"')"):
        return False
    following = prose[end : end + 80].lstrip(" \t\n")
    return prose[end : end + 2].isspace() or not following or not following[0].islower()
