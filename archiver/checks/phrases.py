"""Reads titles, headings and texts for the phrases of the tables in languages/."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from msgspec import Struct

from archiver.checks.languages import ERROR_WORDS, FILLERS, LANGUAGES, Language
from archiver.checks.vocabulary import may_say, notice

SURE, BARE = 2, 1
# Combining marks (Latin, Devanagari to Sinhala, Thai) are parts of words.
_NO_WORD = re.compile(r"(?:[^\w\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e00-\u0e7f]|_)+")
_NUMBER_IN_WORD = re.compile(r"(?<=[^\W\d])(?=4(?:04|10)(?!\d))|(?<=(?<!\d)4(?:04|10))(?=[^\W\d])")
# What is dropped: apostrophes, joiners, the dot that folding leaves of a Turkish İ, vowel signs of Arabic and Hebrew.
_DROPPED = "'’ʼ`´\u200c\u200d\u00ad\u0307" + "".join(map(chr, (*range(0x064B, 0x0653), *range(0x0591, 0x05C8))))
_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯０１２３４５６７８９"
_APOSTROPHES = str.maketrans(_DIGITS, "0123456789" * (len(_DIGITS) // 10), _DROPPED)
# The same for ASCII, which most titles are, in a tenth of the time.
_ASCII = str.maketrans({
    sign: None if sign in "'`" else sign.lower() if sign.isalnum() else " " for sign in map(chr, range(128))
})
_FEW = 5  # blanks in "the (spring) (essay) (contest) is no longer available"
_LONGEST = 120  # characters of a title that is nothing but a phrase


def plain(text: str) -> str:
    """Fold case, drop apostrophes and punctuation, part 404 from letters: "Can’t 404-Page!" is "cant 404 page"."""
    if text.isascii():
        text = " ".join(text.translate(_ASCII).split())
    else:
        text = _NO_WORD.sub(" ", unicodedata.normalize("NFC", text).casefold().translate(_APOSTROPHES)).strip()
    return _NUMBER_IN_WORD.sub(" ", text) if "4" in text else text


_NUMBERS = frozenset({"404", "410"})
_ERRORS = frozenset(ERROR_WORDS.split())
_FILL = frozenset(FILLERS.split())


class _Phrases(Struct, frozen=True, kw_only=True):
    """The phrases of all languages, in the forms in which titles and headings are compared with them."""

    sure: frozenset[str]
    bare: frozenset[str]
    sure_bared: frozenset[str]
    # What is sure because of a number or an error in it: "page error" is, "the page" is not.
    sure_in_error: frozenset[str]
    bare_bared: frozenset[str]
    last_words: frozenset[str]


@cache
def _phrases() -> _Phrases:
    sure = frozenset(phrase for language in LANGUAGES for phrase in language.sure.split("/")) - {""}
    bare = frozenset(phrase for language in LANGUAGES for phrase in language.bare.split("/")) - {""}
    in_error = frozenset(phrase for phrase in sure if _has_error(phrase))
    sure_bared = frozenset(_bared(phrase.split()) for phrase in sure - in_error) - {""}
    sure_in_error = frozenset(_bared(phrase.split()) for phrase in in_error) - {""}
    bare_bared = frozenset(_bared(phrase.split()) for phrase in bare) - {""}
    last_words = (
        phrase.rpartition(" ")[2] for phrases in (sure, bare, sure_bared, sure_in_error, bare_bared)
        for phrase in phrases
    )
    return _Phrases(
        sure=sure, bare=bare, sure_bared=sure_bared, sure_in_error=sure_in_error, bare_bared=bare_bared,
        last_words=_NUMBERS | _ERRORS | frozenset(last_words),
    )


def _bared(words: list[str]) -> str:
    return " ".join(word for word in words if word not in _NUMBERS and word not in _ERRORS and word not in _FILL)


def _has_error(phrase: str) -> bool:
    return any(word in _NUMBERS or word in _ERRORS for word in phrase.split())


def may_hold_one(text: str) -> bool:
    """Tell whether a word stands in a title or heading with which a phrase ends. `text` is plain."""
    words = text.split()
    return not _phrases().last_words.isdisjoint(words) or may_say(words, text)


def whole(text: str) -> int:
    """Tell whether a title or heading is nothing but such a phrase: SURE, BARE or 0. `text` is plain."""
    if not text or len(text) > _LONGEST:
        return 0
    known = _phrases()
    if text in known.sure:
        return SURE
    if text in known.bare:
        return BARE
    words = text.split()
    number = not _NUMBERS.isdisjoint(words)
    error = not _ERRORS.isdisjoint(words)
    rest = _bared(words)
    if not rest:
        return SURE if number and error else BARE if number or error else 0
    if rest in known.sure_bared or ((number or error) and rest in known.sure_in_error):
        return SURE
    if rest in known.bare_bared or (rest.endswith(" no longer available") and rest.count(" ") <= _FEW):
        return SURE if number else BARE
    return _made_of_words(text)


def _made_of_words(text: str) -> int:
    """Tell whether a title is made of nothing but an error page's words, however they are put."""
    found = notice(text)
    if found is None or found.share < 1 or len(text) > _LONGEST:
        return 0
    if found.thing:
        return SURE
    return BARE if found.reader else 0


_APART = tuple((one, frozenset(one.keys.split())) for one in LANGUAGES if one.apart)
_TOGETHER = tuple((one, tuple(one.keys.split("/"))) for one in LANGUAGES if not one.apart)


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
