"""Notes that point back: "ibid.", "Smith, op. cit.", "supra note 4". In every format they mean another note."""

import pytest

from archiver.documents import Raw, read
from archiver.model import Document

A, B, C = "https://a.example/x", "https://b.example/x", "https://c.example/x"


def notes(*bodies: str, source: str = "essay.txt") -> list[tuple[str | None, str | None, bool]]:
    marked = " ".join(f"It rained for long.{number}" for number in range(1, len(bodies) + 1))
    listed = "\n".join(f"{number}. {body}" for number, body in enumerate(bodies, 1))
    document = read(Raw(source=source, data=f"{marked}\n\n{listed}\n".encode()))
    assert isinstance(document, Document)
    return [(one.label, one.url, one.lost) for one in document.citations]


@pytest.mark.parametrize(
    "same",
    [
        "Ibid.", "Ibid., p. 4.", "ibid", "Ibidem, 17", "Id.", "Id. at 45.", "Idem, p. 3.", "See ibid.", "Cf. id. at 3.",
        "Ebd.", "Ebd., S. 12.", "Ebenda.", "Vgl. ebd., S. 3", "Ibíd., p. 2.", "Voir ibid.", "Ivi, p. 23.", "Там же. С. 5.",
        "Tamże, s. 5.", "同上", "Loc. cit.", "Op. cit., p. 9.", "A.a.O., S. 4.", "(Ibid.)",
    ],
)
def test_a_note_that_says_the_same_points_to_the_note_before(same: str) -> None:
    assert notes(f"Smith, Tides, {A}", same) == [("1", A, False), ("2", A, False)]


@pytest.mark.parametrize(
    "other", ["Idaho Press, 3 May.", "Idem est non esse.", "The id. card.", "Ebbe und Flut.", "Ideas, p. 4.", "Identical."]
)
def test_other_words_that_begin_so_do_not(other: str) -> None:
    assert notes(f"Smith, Tides, {A}", other) == [("1", A, False), ("2", None, False)]


def test_chains_follow_and_an_address_of_its_own_wins() -> None:
    assert notes(f"Smith, {A}", "Ibid.", "Ibid., p. 3.", f"Ibid.; see also {B}", "Ibid.") == [
        ("1", A, False), ("2", A, False), ("3", A, False), ("4", B, False), ("5", B, False),
    ]


def test_all_addresses_of_the_note_before_are_meant() -> None:
    assert notes(f"{A} and {B}", "Ibid.") == [("1", A, False), ("1", B, False), ("2", A, False), ("2", B, False)]


def test_what_points_to_a_remark_is_a_remark_and_what_points_to_a_lost_note_is_lost() -> None:
    assert notes("Smith, p. 3.", "Ibid.") == [("1", None, False), ("2", None, False)]
    assert notes("Smith, available at:", "Ibid.") == [("1", None, True), ("2", None, True)]
    assert notes("Ibid.", f"See {A}") == [("1", None, False), ("2", A, False)]


def test_an_announcement_of_its_own_is_lost() -> None:
    assert notes(f"Smith, {A}", "Id. at 20, available at:") == [("1", A, False), ("2", None, True)]


@pytest.mark.parametrize(
    "back",
    ["Smith, op. cit., p. 9.", "Smith, Tides, a.a.O., S. 9", "Smith, supra note 1, at 9.", "Smith (n 1) 9.",
     "See Smith, above note 1.", "Smith, wie Anm. 1, S. 9.", "Smith, Tides, cit., p. 9."],
)
def test_a_note_can_name_the_one_that_it_means(back: str) -> None:
    assert notes(f"Smith, Tides, {A}", f"Jones, Rain, {B}", back) == [("1", A, False), ("2", B, False), ("3", A, False)]


def test_nothing_is_guessed_when_the_note_that_is_meant_is_missing() -> None:
    text = f"Rain fell.1 Snow fell.2 Hail fell.3\n\n1. Smith, {A}\n3. Ibid.\n"
    document = read(Raw(source="essay.txt", data=text.encode()))
    assert isinstance(document, Document)
    assert [(one.label, one.url, one.lost) for one in document.citations] == [
        ("1", A, False), ("2", None, True), ("3", None, False),
    ]


def test_it_counts_less_than_the_note_itself() -> None:
    document = read(Raw(source="a.md", data=f"Rain.[^1] Snow.[^2]\n\n[^1]: Smith, <{A}>\n[^2]: Ibid., p. 4.\n".encode()))
    assert isinstance(document, Document)
    assert [(one.label, one.url, one.note, one.confidence) for one in document.citations] == [
        ("1", A, f"Smith, {A}", 1.0), ("2", A, "Ibid., p. 4.", 0.7),
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a.md", f"Rain.[^a] Snow.[^b] Fog.[^c]\n\n[^c]: {B}\n[^a]: Smith, {A}\n[^b]: Ibid.\n"),
        ("a.html", (f"<p>Rain.<sup><a href='#fn1' id='r1'>1</a></sup> Snow.<sup><a href='#fn2' id='r2'>2</a></sup> Fog."
         f"<sup><a href='#fn3' id='r3'>3</a></sup></p><ol><li id='fn1'>Smith, <a href='{A}'>Tides</a></li>"
         f"<li id='fn2'>Ibid., p. 3.</li><li id='fn3'><a href='{B}'>Jones</a></li></ol>")),
        ("a.wikitext", f"Rain.<ref>Smith, {A}</ref> Snow.<ref>Ibid.</ref> Fog.<ref>{B}</ref>"),
        ("a.rst", f"Rain [1]_ snow [2]_ fog [3]_.\n\n.. [1] Smith, {A}\n.. [2] Ibid.\n.. [3] {B}\n"),
    ],
)
def test_it_is_the_same_in_every_format(source: str, text: str) -> None:
    document = read(Raw(source=source, data=text.encode()))
    assert isinstance(document, Document)
    assert [(one.label, one.url) for one in document.citations if one.label] == [("1", A), ("2", A), ("3", B)]
