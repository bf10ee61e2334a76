"""The phrases of languages.py are compared as they stand there: what is not plain would never be found."""

from __future__ import annotations

import pytest

from archiver.checks.languages import ERROR_WORDS, FILLERS, LANGUAGES, Language
from archiver.checks.phrases import BARE, SURE, may_hold_one, plain, whole


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_phrase_is_plain_and_found_again(language: Language) -> None:
    for phrase in language.sure.split("/"):
        assert (phrase, whole(phrase), may_hold_one(phrase)) == (plain(phrase), SURE, True)
    for phrase in filter(None, language.bare.split("/")):
        assert phrase == plain(phrase)
        assert whole(phrase) in (BARE, SURE)
        assert may_hold_one(phrase)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_key_is_plain(language: Language) -> None:
    keys = language.keys.split() if language.apart else language.keys.split("/")
    assert keys == [plain(key) for key in keys]
    assert all(keys)


def test_the_words_beside_a_phrase_are_plain() -> None:
    assert plain(ERROR_WORDS) == ERROR_WORDS
    assert plain(FILLERS) == FILLERS
