"""The phrases of languages.py are compared as they stand there: what is not plain would never be found."""

from __future__ import annotations

import pytest

from archiver.checks.languages import ERROR_WORDS, FILLERS, LANGUAGES, VOCABULARIES, Language, Vocabulary
from archiver.checks.phrases import BARE, SURE, may_hold_one, plain, whole
from archiver.checks.vocabulary import notice


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


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.code)
def test_every_word_of_a_vocabulary_is_plain(vocabulary: Vocabulary) -> None:
    fates = vocabulary.fates.split("/") if vocabulary.apart else vocabulary.fates.split()
    others = f"{vocabulary.things} {vocabulary.reader} {vocabulary.help} {vocabulary.glue}".split()
    assert [fate for fate in fates if fate != plain(fate)] == []
    assert [word for word in others if word.rstrip("*") != plain(word.rstrip("*"))] == []


@pytest.mark.parametrize("vocabulary", [one for one in VOCABULARIES if one.apart], ids=lambda vocabulary: vocabulary.code)
def test_a_thing_and_its_fate_make_a_notice(vocabulary: Vocabulary) -> None:
    thing = vocabulary.things.split()[0].rstrip("*")
    for fate in vocabulary.fates.split("/"):
        found = notice(f"{thing} {fate}")
        assert found is not None
        assert (found.thing, found.share) == (True, 1.0)


def test_the_words_beside_a_phrase_are_plain() -> None:
    assert plain(ERROR_WORDS) == ERROR_WORDS
    assert plain(FILLERS) == FILLERS
