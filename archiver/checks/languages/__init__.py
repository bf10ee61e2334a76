"""How pages say "there is no such page", in the languages most written on the web. Data only; phrases.py reads it.

Everything is *plain* (see phrases.plain): case folded, apostrophes and punctuation gone, single blanks.

Two kinds of tables. `LANGUAGES` holds what is said word for word:

`sure`       whole titles and headings that mean an error page and hardly anything else
`bare`       whole titles and headings that may be the name of something, too
`sentences`  patterns for running text, in which a page speaks of itself or of what the reader asked for
`keys`       a sentence holds one of these words (or pieces, where words are not written apart)

`VOCABULARIES` holds the words of which such pages are made, however they are put.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.checks.languages import (
    eastern,
    english,
    northern,
    western,
    words_asian,
    words_eastern,
    words_northern,
    words_western,
    world,
)
from archiver.checks.languages.fillers import ERROR_WORDS, FILLERS
from archiver.checks.languages.kinds import Language, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ERROR_WORDS", "FILLERS", "LANGUAGES", "VOCABULARIES", "Language", "Vocabulary"]


def _all() -> Iterator[Language]:
    for group in (english, western, northern, eastern, world):
        yield from group.PHRASES


LANGUAGES: tuple[Language, ...] = tuple(_all())
VOCABULARIES: tuple[Vocabulary, ...] = (
    *words_western.WORDS, *words_northern.WORDS, *words_eastern.WORDS, *words_asian.WORDS,
)
