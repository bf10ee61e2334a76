"""A number at the end of an address may be a marker that was glued to it: both readings are kept."""

import pytest
from document_reading import cited

from archiver.documents import Raw, read
from archiver.model import Document

A, B, C, D = "http://a.example/x", "http://b.example/x", "http://c.example/x", "http://d.example/x"


NOTES = f"\n\n1 {A}\n2 {B}\n3 {C}\n4 {D}\n"


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("https://s.example/story3", "https://s.example/story3"),
        ("https://s.example/story.3", "https://s.example/story.3"),
        ("https://s.example/story³", "https://s.example/story³"),
        ("https://s.example/story.³", None),  # the full stop is plainly the sentence's
    ],
)
def test_the_series_wants_the_number(written: str, other: str | None) -> None:
    found = cited(f"Rain1 fell2, see {written} and snow4.{NOTES}")
    assert [(one.label, one.url) for one in found] == [
        ("1", A), ("2", B), (None, "https://s.example/story"), ("3", C), ("4", D),
    ]
    assert found[2].variants == ((other,) if other else ())


def test_the_place_of_the_address_ends_before_the_marker() -> None:
    text = f"Rain1 fell2, see https://s.example/story3 and snow4.{NOTES}"
    address, marker = cited(text)[2:4]
    assert text[address.place.start : address.place.end] == "https://s.example/story"
    assert text[marker.place.start : marker.place.end] == "3"
    assert marker.confidence < min(one.confidence for one in cited(text) if one.label in ("1", "2", "4"))


def test_the_number_has_a_better_place_but_could_stand_here() -> None:
    found = cited(f"Rain1 fell2, see https://s.example/story3 and snow3 and fog4.{NOTES}")
    assert [(one.label, one.url, one.variants) for one in found] == [
        ("1", A, ()), ("2", B, ()), (None, "https://s.example/story3", ("https://s.example/story",)),
        ("3", C, ()), ("4", D, ()),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://s.example/story9",  # no such note
        "https://s.example/story1",  # note 1 was long before
        "https://s.example/2013",
        "https://s.example/a/3",
        "https://s.example/?id=3",
        "https://s.example/part-3",
        "https://s3.example",
        "http://host3",
    ],
)
def test_other_numbers_belong_to_the_address(address: str) -> None:
    found = cited(f"Rain1 fell2, see {address} and snow3 and fog4.{NOTES}")
    assert [(one.label, one.url, one.variants) for one in found] == [
        ("1", A, ()), ("2", B, ()), (None, address, ()), ("3", C, ()), ("4", D, ()),
    ]


def test_fourteen_notes_and_a_story12() -> None:
    words = ["rain", "snow", "hail", "fog", "dew", "wind", "mist", "frost", "sleet", "sun", "ice"]
    text = " ".join(f"Much {word}.{number}" for number, word in enumerate(words, 1))
    text += " See https://a.example/story12 for more. Thaw.13 Flood.14\n\n"
    text += "".join(f"{number}. http://h.example/n{number}x\n" for number in range(1, 15))
    found = cited(text)
    assert [(one.label, one.url, one.variants) for one in found][11:13] == [
        (None, "https://a.example/story", ("https://a.example/story12",)), ("12", "http://h.example/n12x", ()),
    ]
    assert [one.label for one in found if one.label] == [str(number) for number in range(1, 15)]


def test_without_notes_a_number_is_a_part_of_its_address() -> None:
    (found,) = cited("See https://a.example/story12 for more.")
    assert (found.url, found.variants) == ("https://a.example/story12", ())


@pytest.mark.parametrize("name", ["essay.html", "essay.md"])
def test_pages_and_markdown_are_read_so_too(name: str) -> None:
    paragraphs = [
        "Rain[1] fell[2], see https://s.example/story3 and https://t.example/x[4].", "Notes",
        *(f"[{number}] {url}" for number, url in enumerate((A, B, C, D), 1)),
    ]
    text = "".join(f"<p>{one}</p>\n" for one in paragraphs) if name.endswith("html") else "\n\n".join(paragraphs)
    document = read(Raw(source=name, data=text.encode()))
    assert isinstance(document, Document)
    # Among bracketed markers a glued digit is likelier a part of the address.
    assert [(one.label, one.url, one.variants) for one in document.citations] == [
        ("1", A, ()), ("2", B, ()), (None, "https://s.example/story3", ("https://s.example/story",)),
        (None, "https://t.example/x", ("https://t.example/x[4]",)), ("4", D, ()), ("3", C, ()),
    ]
