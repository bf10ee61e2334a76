"""The words that a document quotes from what it cites, and whether they stand in a page."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver.checks.drift.words import fold, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.model import Citation

_MOST = 8  # quotes of one link
_LONGEST = 400  # characters
_LEAST = 3  # words
_PIECE = 4  # words in a row that are a trace of a quote
_LEAST_WIDE = 8  # signs, where words stand without blanks


@cache
def _quoted() -> re.Pattern[str]:
    # Each kind of mark with its fellow; straight marks only around what begins and ends with a word.
    return re.compile(
        r"“([^“”]{8,400})[”“]|„([^„“”]{8,400})[“”]|«\s?([^«»]{8,400})\s?»|»([^«»]{8,400})«|「([^「」]{8,400})」"
        r"|『([^『』]{8,400})』|‘((?:[^‘’]|’(?=\w)){8,400})’(?!\w)|(?<!\w)\"(?=\S)([^\"]{8,400})(?<=\S)\"(?!\w)"
    )


@cache
def _omission() -> re.Pattern[str]:
    return re.compile(r"\[?(?:…|\.{3})\]?|\[[^\[\]]{0,40}\]")


def quotes_of(citations: Iterable[Citation]) -> tuple[str, ...]:
    """Give the passages that stand in quotation marks beside citations: in their sentence and in their notes.

    A title is quoted like a passage; that it stands in the page it is the title of does no harm.
    """
    found: dict[str, None] = {}
    for citation in citations:
        for text in (citation.context, citation.note or ""):
            for match in _quoted().finditer(text[:4000]):
                quote = " ".join(next(part for part in match.groups() if part).split())
                if _is_passage(quote):
                    found.setdefault(quote)
        if len(found) >= _MOST:
            break
    return tuple(found)[:_MOST]


def _is_passage(quote: str) -> bool:
    if "://" in quote:
        return False
    said = tokens(quote)
    return len(said) >= _LEAST or sum(len(word) for word in said if not word.isascii()) >= _LEAST_WIDE


class Heard:
    """A text, made ready for looking for passages in it, whatever their marks and capitals."""

    def __init__(self, text: str) -> None:
        self._words = f" {' '.join(tokens(text))} "
        self._glued = "".join(fold(text).split())

    def stands(self, quote: str) -> bool:
        """Tell whether all of a passage stands in it; an omission parts it."""
        parts = [part for part in _omission().split(quote) if len(tokens(part)) >= 2 or not part.isascii()]
        return any(tokens(part) for part in parts) and all(_row(part) in self._words for part in parts)

    def traces(self, quote: str) -> bool:
        """Tell whether any few words of a passage stand in it in a row."""
        said = tokens(quote)
        if len(said) < _PIECE or not quote.isascii():
            glued = "".join(said)
            size = _LEAST_WIDE
            if any(glued[at : at + size] in self._glued for at in range(0, max(1, len(glued) - size + 1), 4)):
                return True
        size = min(_PIECE, len(said))
        return any(f" {' '.join(said[at : at + size])} " in self._words for at in range(len(said) - size + 1))


def _row(part: str) -> str:
    said = " ".join(tokens(part))
    return said if not part.isascii() else f" {said} "
