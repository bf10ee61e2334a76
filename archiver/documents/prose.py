"""Running text: which line an offset is on, and which sentence stands around a place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache

from archiver.documents.mend import mended

_REACH = 340  # characters looked at on each side of a place
LONGEST = 300  # of a context


# A sentence ends at a full stop (with quotes, brackets and note markers behind it) before a space and what may begin a
# sentence; or at an empty line.
@cache
def _end() -> re.Pattern[str]:
    return re.compile(
        # Led by a set of all signs that it may begin with, so that the search skips to the next of them.
        r"[.!?…。！？\n](?:(?<=[.!?…])[\"'”“’»)\]]{0,3}(?:\d{1,3}|(?:\[[^\[\]\s]{1,12}\]|[¹²³⁰⁴-⁹]{1,3}){1,8})?\s+"
        r"(?=[\"'“‘„«(\[¿¡]{0,2}[^\W_a-z])"
        r"|(?<=[。！？])[”’」』）]{0,2}(?:\d{1,3}|(?:\[[^\[\]\s]{1,12}\]|[¹²³⁰⁴-⁹]{1,3}){1,8})?|(?<=\n)[ \t]*\n)"
    )


@cache
def _abbreviation() -> re.Pattern[str]:
    return re.compile(
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


@lru_cache(maxsize=2)
def _ends(text: str) -> tuple[list[int], list[int]]:
    """Give where the ends of the sentences of a text begin and end: found once for all places in it."""
    begins, ends = [], []
    for found in _end().finditer(text):
        begins.append(found.start())
        ends.append(found.end())
    return begins, ends


_BEHIND = 3  # signs behind an end at which the pattern looks


def _ends_between(text: str, low: int, high: int) -> list[int]:
    """Give where the ends of sentences in a part of a text end."""
    begins, ends = _ends(text)
    first, behind = bisect_left(begins, low), bisect_left(begins, high)
    if (first and ends[first - 1] > low) or (behind > first and ends[behind - 1] + _BEHIND > high):
        # The part begins inside an end or may cut one off.
        return [found.end() for found in _end().finditer(text, low, high)]
    return ends[first:behind]


def sentence(text: str, start: int, end: int, *, within: tuple[int, int] | None = None) -> str:
    """Give the sentence around a place, mended, on one line, at most about 300 characters long."""
    return shown(text, bounds(text, start, end, within=within), start, end)


def shown(text: str, whole: tuple[int, int], start: int, end: int) -> str:
    """Give a sentence whose bounds are known, mended, on one line; of more than `LONGEST` only what is near."""
    first, last = whole
    low, high = _cut(first, last, start, end)
    return f"{'…' if low > first else ''}{mended(text[low:high])}{'…' if high < last else ''}"


def bounds(text: str, start: int, end: int, *, within: tuple[int, int] | None = None) -> tuple[int, int]:
    """Tell from where to where the sentence around a place reaches, as far as one looks."""
    floor, ceiling = within or (0, len(text))
    low, high = max(floor, start - _REACH), min(ceiling, max(end, start) + _REACH)
    first = low
    for at in reversed(_ends_between(text, low, start)):
        if not _abbreviated(text[max(low, at - 40) : at]):
            first = at
            break
    # What ends in the place itself ("word.3") ends the sentence too.
    last = high
    signs = _closing().search(text, max(low, start - 24), start)
    inside = max(signs.start() if signs else start, end - 40)
    for at in _ends_between(text, inside, high):
        if at >= end and not _abbreviated(text[max(0, at - 40) : at]):
            last = at
            break
    return first, last


def _abbreviated(words: str) -> bool:
    return words.rstrip().endswith(".") and _abbreviation().search(words) is not None


def _cut(first: int, last: int, start: int, end: int) -> tuple[int, int]:
    if last - first <= LONGEST:
        return first, last
    room = max(0, LONGEST - min(end - start, LONGEST)) // 2
    return max(first, start - room), min(last, min(end, start + LONGEST) + room)


def word_before(text: str, offset: int, *, reach: int = 60) -> tuple[str, int]:
    """Give the word that ends before an offset, signs and spaces between skipped, and where it starts."""
    piece = _marks().sub("", text[max(0, offset - reach) : offset])
    found = _last_word().search(piece)
    if not found:
        return "", offset
    return found.group(1), max(0, offset - reach) + found.start(1)


# Signs and markers that stand between a sentence's last word and a place.
@cache
def _closing() -> re.Pattern[str]:
    return re.compile(r"(?:[.!?…。！？\"'”“’»)」』）\u2060]|\[[^\[\]\s]{1,12}\]|[¹²³⁰⁴-⁹])*$")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(r"(?:\s?\[\^?[\w:]{1,8}\]|[¹²³⁰⁴-⁹]){1,12}\s?$")


@cache
def _last_word() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?<!\w['’])(\w(?:[\w'’-]{0,58}\w)?)[^\w]{0,6}$")
