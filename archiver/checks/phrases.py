"""Reads titles, headings and texts for the phrases of languages.py."""

from __future__ import annotations

import re
from functools import cache

from archiver.checks.languages import ERROR_WORDS, FILLERS, LANGUAGES, Language

SURE, BARE = 2, 1
# Combining marks (Latin, Devanagari to Sinhala, Thai) are parts of words.
_NO_WORD = re.compile(r"(?:[^\w\u0300-\u036f\u0900-\u0dff\u0e00-\u0e7f]|_)+")
_NUMBER_IN_WORD = re.compile(r"(?<=[^\W\d])(?=4(?:04|10)(?!\d))|(?<=(?<!\d)4(?:04|10))(?=[^\W\d])")
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´\u200c\u200d\u00ad")
_FEW = 5  # blanks in "the (spring) (essay) (contest) is no longer available"
_LONGEST = 120  # characters of a title that is nothing but a phrase


def plain(text: str) -> str:
    """Fold case, drop apostrophes and punctuation, part 404 from letters: "Can’t 404-Page!" is "cant 404 page"."""
    text = _NO_WORD.sub(" ", text.casefold().translate(_APOSTROPHES)).strip()
    return _NUMBER_IN_WORD.sub(" ", text) if "4" in text else text


def _phrases(text: str) -> frozenset[str]:
    return frozenset(plain(one) for one in text.split("/")) - {""}


_NUMBERS = frozenset({"404", "410"})
_ERRORS = frozenset(plain(ERROR_WORDS).split())
_FILL = frozenset(plain(FILLERS).split())
_SURE = frozenset().union(*(_phrases(language.sure) for language in LANGUAGES))
_BARE = frozenset().union(*(_phrases(language.bare) for language in LANGUAGES))


def _bared(words: list[str]) -> str:
    return " ".join(word for word in words if word not in _NUMBERS and word not in _ERRORS and word not in _FILL)


def _has_error(phrase: str) -> bool:
    return any(word in _NUMBERS or word in _ERRORS for word in phrase.split())


_SURE_BARED = frozenset(_bared(phrase.split()) for phrase in _SURE if not _has_error(phrase)) - {""}
# What is sure because of a number or an error in it: "page error" is, "the page" is not.
_SURE_IN_ERROR = frozenset(_bared(phrase.split()) for phrase in _SURE if _has_error(phrase)) - {""}
_BARE_BARED = frozenset(_bared(phrase.split()) for phrase in _BARE) - {""}
# A title that is such a phrase, or has one in it, holds one of these.
LAST_WORDS = _NUMBERS | _ERRORS | frozenset(
    phrase.split()[-1] for phrase in (*_SURE, *_BARE, *_SURE_BARED, *_SURE_IN_ERROR, *_BARE_BARED)
)


def whole(text: str) -> int:
    """Tell whether a title or heading is nothing but such a phrase: SURE, BARE or 0. `text` is plain."""
    if not text or len(text) > _LONGEST:
        return 0
    if text in _SURE:
        return SURE
    if text in _BARE:
        return BARE
    words = text.split()
    number = not _NUMBERS.isdisjoint(words)
    error = not _ERRORS.isdisjoint(words)
    rest = _bared(words)
    if not rest:
        return SURE if number and error else BARE if number or error else 0
    if rest in _SURE_BARED or ((number or error) and rest in _SURE_IN_ERROR):
        return SURE
    if rest in _BARE_BARED or (rest.endswith(" no longer available") and rest.count(" ") <= _FEW):
        return SURE if number else BARE
    return 0


_APART = tuple((one, frozenset(plain(one.keys).split())) for one in LANGUAGES if one.apart)
_TOGETHER = tuple((one, tuple(_phrases(one.keys))) for one in LANGUAGES if not one.apart)


@cache
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in language.sentences)


def sentence(text: str, words: frozenset[str]) -> re.Match[str] | None:
    """Find a sentence that says so in running text. `text` is plain; `words` are those of the page."""
    for language, keys in _APART:
        if not words.isdisjoint(keys) and (found := _first(language, text)):
            return found
    if not text.isascii():
        for language, pieces in _TOGETHER:
            if any(piece in text for piece in pieces) and (found := _first(language, text)):
                return found
    return None


def _first(language: Language, text: str) -> re.Match[str] | None:
    found = [match for pattern in _patterns(language) if (match := pattern.search(text))]
    return min(found, key=re.Match.start, default=None)
