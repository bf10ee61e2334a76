"""Running text: which line an offset is on, and which sentence stands around a place."""

from __future__ import annotations

import re
from bisect import bisect_right

from archiver.documents.mend import mended

_REACH = 340  # characters looked at on each side of a place
_LONGEST = 300  # of a context
# A sentence ends at a full stop (with quotes, brackets and note markers behind it) before a space and what may begin a
# sentence; or at an empty line.
_END = re.compile(
    r"(?:[.!?…][\"'”“’»)\]]{0,3}(?:\d{1,3}|(?:\[[^\[\]\s]{1,12}\]|[¹²³⁰⁴-⁹]{1,3}){1,8})?\s+(?=[\"'“‘„«(\[¿¡]{0,2}[^\W_a-z])"
    r"|[。！？][”’」』）]{0,2}(?:\d{1,3}|(?:\[[^\[\]\s]{1,12}\]|[¹²³⁰⁴-⁹]{1,3}){1,8})?)|\n[ \t]*\n"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nr|vol|pp?|cf|vs|e\.g|i\.e|etc|al|ed|Jr|Sr|Inc|Ltd|Co|Gen|Sen|Rep|Gov|bzw|z\.B)"
    r"|\b[A-Z])\.\s+$"
)


class Lines:
    """Offsets to lines and columns, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def sentence(text: str, start: int, end: int, *, within: tuple[int, int] | None = None) -> str:
    """Give the sentence around a place, mended, on one line, at most about 300 characters long."""
    floor, ceiling = within or (0, len(text))
    low, high = max(floor, start - _REACH), min(ceiling, max(end, start) + _REACH)
    first = low
    before = text[low:start]
    for found in reversed(list(_END.finditer(before))):
        if not _ABBREVIATION.search(before[max(0, found.end() - 40) : found.end()]):
            first = low + found.end()
            break
    # What ends in the place itself ("word.3") ends the sentence too.
    last = high
    signs = _CLOSING.search(text, max(low, start - 24), start)
    inside = max(signs.start() if signs else start, end - 40)
    for found in _END.finditer(text, inside, high):
        if found.end() >= end and not _ABBREVIATION.search(text[max(0, found.end() - 40) : found.end()]):
            last = found.end()
            break
    return _clip(text, first, last, start, end)


def _clip(text: str, first: int, last: int, start: int, end: int) -> str:
    if last - first > _LONGEST:
        room = max(0, _LONGEST - min(end - start, _LONGEST)) // 2
        cut_low, cut_high = max(first, start - room), min(last, min(end, start + _LONGEST) + room)
        head = "…" if cut_low > first else ""
        tail = "…" if cut_high < last else ""
        return f"{head}{mended(text[cut_low:cut_high])}{tail}"
    return mended(text[first:last])


def word_before(text: str, offset: int, *, reach: int = 60) -> tuple[str, int]:
    """Give the word that ends before an offset, signs and spaces between skipped, and where it starts."""
    piece = _MARKS.sub("", text[max(0, offset - reach) : offset])
    found = _LAST_WORD.search(piece)
    if not found:
        return "", offset
    return found.group(1), max(0, offset - reach) + found.start(1)


# Signs and markers that stand between a sentence's last word and a place.
_CLOSING = re.compile(r"(?:[.!?…。！？\"'”“’»)」』）\u2060]|\[[^\[\]\s]{1,12}\]|[¹²³⁰⁴-⁹])*$")
_MARKS = re.compile(r"(?:\s?\[\^?[\w:]{1,8}\]|[¹²³⁰⁴-⁹]){1,12}\s?$")
_LAST_WORD = re.compile(r"(?<![\w-])(?<!\w['’])(\w(?:[\w'’-]{0,58}\w)?)[^\w]{0,6}$")
