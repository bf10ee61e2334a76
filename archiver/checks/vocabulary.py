"""Reads texts by the words they are made of: an error page has its language's few words for that, and hardly another.

Phrases are put in a hundred ways, but from few words. So a text is taken for a notice when it names a thing and what
has become of it, and when most of it is made of the words of such notices. News of something lost has other words.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from archiver.checks.languages import ERROR_WORDS, VOCABULARIES, Vocabulary

_TOKENS = 80  # words that are looked at
_SIGNS = 300  # the same where words are not written apart
_MOST = 0.7  # shares of a text
_HALF = 0.5
_WRITTEN_TOGETHER = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_ERRORS = frozenset(ERROR_WORDS.split())


class Notice(Struct, frozen=True):
    """A stretch of text that says what has become of a thing."""

    start: int  # in the text
    end: int
    share: float  # of the whole text, without its little words, that is made of a notice's words
    reader: bool  # it speaks to the reader, or of what the reader asked for
    helps: bool  # it offers help
    thing: bool  # it names the thing


class _Words(Struct, frozen=True):
    """Some words, and beginnings of words."""

    exact: frozenset[str]
    stems: tuple[str, ...]

    def hold(self, word: str) -> bool:
        """Tell whether a word is one of them."""
        return word in self.exact or (bool(self.stems) and word.startswith(self.stems))

    def any_of(self, words: list[str]) -> bool:
        """Tell whether one of these is one of them."""
        return any(self.hold(word) for word in words)


class _Reader(Struct, frozen=True):
    """A vocabulary made ready. All of its words are in `known`."""

    fate: re.Pattern[str]
    things: _Words
    reader: _Words
    helps: _Words
    glue: _Words
    known: _Words
    piece: re.Pattern[str] | None = None  # any of its words, where they are not written apart


def _words(*texts: str) -> _Words:
    words = [word for text in texts for word in text.split()]
    return _Words(
        frozenset(word for word in words if not word.endswith("*")),
        tuple(sorted({word[:-1] for word in words if word.endswith("*")})),
    )


@cache
def _reader(vocabulary: Vocabulary) -> _Reader:
    one = vocabulary
    fates = (one.fates.split("/") if one.apart else one.fates.split())
    longest_first = sorted(map(re.escape, fates), key=len, reverse=True)
    pattern = "|".join(longest_first)
    piece = None
    if not one.apart:
        pieces = f"{one.things} {one.fates} {one.reader} {one.help} {one.glue}".split()
        piece = re.compile("|".join(sorted(map(re.escape, set(pieces)), key=len, reverse=True)) + r"|\d+|url|[\s]")
    return _Reader(
        fate=re.compile(rf"(?<!\S)(?:{pattern})(?!\S)" if one.apart else pattern),
        things=_words(one.things), reader=_words(one.reader), helps=_words(one.help),
        glue=_words(one.glue),
        known=_words(one.things, one.fates.replace("/", " "), one.reader, one.help, one.glue), piece=piece,
    )


@cache
def _by_word() -> dict[str, frozenset[int]]:
    """Give the languages in which a fate holds this word, by their places in the table."""
    found: dict[str, set[int]] = {}
    for number, one in enumerate(VOCABULARIES):
        if one.apart:
            for word in one.fates.replace("/", " ").split():
                found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def may_say(words: list[str], text: str) -> bool:
    """Tell cheaply whether a text may say what has become of something."""
    known = _by_word()
    return any(word in known for word in words) or (
        not text.isascii() and _WRITTEN_TOGETHER.search(text) is not None
    )


def notice(text: str) -> Notice | None:
    """Find the best notice in a text. `text` is plain; a long one is cut."""
    words = text.split(None, _TOKENS)[:_TOKENS]
    if not words or not may_say(words, text):
        return None
    known = _by_word()
    # A word such as "no" stands in many languages; the one that knows most of the words is the right one.
    numbers = {number for word in words for number in known.get(word, ())}
    found = [one for number in sorted(numbers) if (one := _apart(_reader(VOCABULARIES[number]), words))]
    if not text.isascii() and _WRITTEN_TOGETHER.search(text):
        found += [
            one for vocabulary in VOCABULARIES
            if not vocabulary.apart and (one := _together(_reader(vocabulary), text[:_SIGNS]))
        ]
    return max(found, key=lambda one: (one.share, one.end - one.start), default=None)


def _apart(reader: _Reader, words: list[str]) -> Notice | None:
    cut = " ".join(words)
    places = [match.start() for match in reader.fate.finditer(cut)]
    if not places:
        return None
    known = [word.isdigit() or word in _ERRORS or reader.known.hold(word) for word in words]
    telling = [one for one, word in zip(known, words, strict=True) if not (one and _is_little(reader, word))]
    share = sum(telling) / len(telling) if telling else float(all(known))
    at = 0
    best: Notice | None = None
    run: list[str] = []
    start = 0
    # Runs of known words; a single strange one between two known ones, such as the site's name, does not end a run.
    for number, word in enumerate(words):
        if known[number] or (run and number + 1 < len(words) and known[number + 1] and known[number - 1]):
            if not run:
                start = at
            run.append(word)
        elif run:
            best = _better(best, _notice(reader, run, start, share, places))
            run = []
        at += len(word) + 1
    if run:
        best = _better(best, _notice(reader, run, start, share, places))
    return best


def _is_little(reader: _Reader, word: str) -> bool:
    """Tell whether a word stands in every text."""
    return word.isdigit() or word in _ERRORS or (reader.glue.hold(word) and not reader.things.hold(word))


def _better(one: Notice | None, other: Notice | None) -> Notice | None:
    if one is None or other is None:
        return one or other
    return max((one, other), key=lambda each: (each.thing, each.end - each.start))


def _notice(reader: _Reader, run: list[str], start: int, share: float, places: list[int]) -> Notice | None:
    end = start + sum(map(len, run)) + len(run) - 1
    if not any(start <= place < end for place in places):
        return None
    return Notice(
        start, end, share, reader.reader.any_of(run), reader.helps.any_of(run), reader.things.any_of(run),
    )


def _together(reader: _Reader, text: str) -> Notice | None:
    if reader.piece is None or not reader.fate.search(text):
        return None
    best: tuple[int, int] | None = None
    start = end = -2
    covered = 0
    for match in reader.piece.finditer(text):
        covered += 0 if match[0].isspace() else match.end() - match.start()
        if match.start() - end > 1:
            start = match.start()
        end = match.end()
        if reader.fate.search(text, start, end) and (best is None or end - start > best[1] - best[0]):
            best = start, end
    if best is None:
        return None
    said = text[best[0] : best[1]]
    return Notice(
        best[0], best[1], covered / max(1, len(text.replace(" ", ""))),
        any(word in said for word in reader.reader.exact), any(word in said for word in reader.helps.exact),
        any(word in said for word in reader.things.exact),
    )


def goes_on_like_one(text: str) -> bool:
    """Tell whether a text that follows an error page's title goes on as such pages do. `text` is plain.

    Little words stand in every text. Of the others at least half must be those of error pages.
    """
    words = text.split(None, _TOKENS)[:_TOKENS]
    for vocabulary in VOCABULARIES:
        reader = _reader(vocabulary)
        if reader.piece is not None:
            found = _covered(reader, text[:_SIGNS]) if not text.isascii() else 0
            if found > _MOST or (found > _HALF and any(word in text for word in reader.helps.exact)):
                return True
            continue
        telling = [word for word in words if not _is_little(reader, word)]
        good = [word for word in telling if reader.known.hold(word)]
        if good and len(good) >= len(telling) * _HALF and (
            reader.helps.any_of(good) or reader.reader.any_of(good) or len(good) == len(telling)
        ):
            return True
    return False


def _covered(reader: _Reader, text: str) -> float:
    if reader.piece is None or not text:
        return 0
    known = sum(len(match[0]) for match in reader.piece.finditer(text) if not match[0].isspace())
    return known / max(1, len(text.replace(" ", "")))
