"""The source of wikitext before it is parsed: pages out of an export, and blocks that a parser can take."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DEEPEST = 60
# What opens and what closes it. The parser takes quadratic time for what stays open, and pages of people do not.
_PAIRS = (
    re.compile(r"(\{\{)|\}\}"),
    re.compile(r"(\[\[)|\]\]"),
    re.compile(r"(\[(?:https?:|ftps?:)?//)|\]", re.IGNORECASE),
    re.compile(r"(\{\|)|\|\}"),
    re.compile(r"(<(?!(?:br|hr|li|wbr|p|d[dt]|t[dhr])\b)[a-z])|</[a-z]|/>", re.IGNORECASE),
)
_END = re.compile(r"\n[ \t]*\n|\n(?==)")


def blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Part a page into what can be parsed: all of it, or the blocks of one that leaves too much open.

    The third of each says whether it is sound: what is not is text only.
    """
    if _depth(text) <= _DEEPEST:
        yield 0, len(text), True
        return
    for start, end in pairwise([0, *(found.end() for found in _END.finditer(text)), len(text)]):
        yield start, end, _depth(text[start:end]) <= _DEEPEST


def _depth(text: str) -> int:
    """Count how much is open at once, at most, of any kind."""
    deepest = 0
    for pair in _PAIRS:
        depth = 0
        for found in pair.finditer(text):
            depth = depth + 1 if found.lastindex else max(0, depth - 1)
            deepest = max(deepest, depth)
    return deepest


def between(text: str, opening: str, closing: str, low: int, high: int) -> list[tuple[int, int]]:
    """Give where each piece begins, with what opens it, and where what closes it stands."""
    found: list[tuple[int, int]] = []
    while (start := text.find(opening, low, high)) >= 0:
        end = text.find(closing, start, high)
        end = high if end < 0 else end
        found.append((start, end))
        low = end + 1
    return found


def unescaped(source: str) -> tuple[str, Callable[[int], int]]:
    """Resolve XML's entities, and say where a sign of the outcome stood."""
    pieces: list[str] = []
    news, olds = [0], [0]
    at = length = 0
    for found in re.finditer(r"&(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});", source):
        sign = html.unescape(found.group())
        pieces += [source[at : found.start()], sign]
        length += found.start() - at + len(sign)
        at = found.end()
        news.append(length)
        olds.append(at)
    pieces.append(source[at:])

    def place(offset: int) -> int:
        index = bisect_right(news, offset) - 1
        return olds[index] + offset - news[index]

    return "".join(pieces), place
