"""Samples that other programs wrote (LibreOffice, pandoc, a mail library), read to the last citation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from document_reading import assert_answered, read_document
from hypothesis import given, settings
from hypothesis import strategies as st

SAMPLES = Path(__file__).parents[2] / "data/formats"
LEDGER = [
    ("1", "wait", "https://parish.example/ledgers/weir-1884"),
    ("2", "other", "https://press.example/books/letters-of-the-millers"),
    (
        "3",
        "long",
        (
            "https://county.example/orders/water/1884/the-keeping-of-the-weir-and-its-gates-by-day-and-night.html"
            "?part=2&lang=en"
        ),
    ),
    ("4", "spring", "https://figures.example/springs"),
    ("4", "spring", "https://figures.example/curve"),
    ("5", "pupils", "https://www.youtube.com/watch?v=jNQXAC9IVRw"),
    ("6", "wrote", "LOST"),
    (
        None,
        "the minutes of the county for the autumn of the year in which the bridge was built",
        "https://county.example/minutes/1891",
    ),
    ("7", "matter", "https://drawings.example/engineer/1891-11"),
    ("7", "matter", "https://notes.example/pencil"),
    ("8", "line", ""),
    ("*", "hand", "https://hands.example/compare"),
    ("i", "book", "https://leaf.example/story"),
    ("9", "there", "https://boxes.example/dyers"),
    ("9", "there", "https://boxes.example/second"),
    ("2", "note", "https://press.example/books/letters-of-the-millers"),
    (None, "https://sources.example/roe", "https://sources.example/roe"),
    (None, "boxes 4 to 9", "https://sources.example/county"),
]
HEAD = (None, "quarterly.example", "https://quarterly.example/")
SONGS = [
    ("1", "barges", "https://harbour.example/rules/1902"),
    ("2", "down", "https://copybook.example/scans"),
    ("2", "down", "https://copybook.example/the-second"),
    (None, "the pages of the singing club", "https://singers.example/pages"),
    ("3", "heard", "https://vimeo.com/123456"),
    ("1", "heard", "https://dictionary.example/river?letter=k"),
    ("2", "once", "LOST"),
    (None, "https://society.example/ferries", "https://society.example/ferries"),
    (None, "Singing on Water", "https://amsel.example/singing"),
]
INVENTORY = (
    "https://archive.example/bells/inventory/1843/parish-of-the-lower-town/the-bell-that-was-sold.html"
    "?page=12&view=transcript&lang=en"
)
DRAWING = "https://drawings.example/bell-tower/sheets/of-the-north-side/4.html"
BELL = [
    (None, INVENTORY, INVENTORY),
    (None, DRAWING, DRAWING),
    (None, "https://www.youtube.com/watch?v=jNQXAC9IVRw", "https://www.youtube.com/watch?v=jNQXAC9IVRw"),
    ("1", "sheet", "https://drawings.example/sexton/2"),
    ("2", "school", "https://school.example/minutes/1851-03"),
    (None, "https://petra.example/", "https://petra.example/"),
    (None, "the north tower", "https://tower.example/bell"),
    ("1", "tower", "https://tower.example/keeper"),
]
CITED = {
    "the-weir-keepers-ledger.pdf": ([1] * 11 + [2] * 8, [HEAD, *LEDGER]),
    "the-weir-keepers-ledger.docx": ([7] * 3 + [9] * 5 + [11] * 3 + [13] * 5 + [17, 19, 65], [*LEDGER, HEAD]),
    "the-weir-keepers-ledger.odt": ([7] * 3 + [9] * 5 + [11] * 3 + [13] * 5 + [17, 19, 65], [*LEDGER, HEAD]),
    "songs-of-the-night-ferry.epub": ([21] * 5 + [21] * 2 + [22, 23], SONGS),
    "the-bell-that-was-sold.eml": ([8, 12, 14, 16, 17, 24, 26, 26], BELL),
}


@pytest.mark.parametrize("name", CITED)
def test_all_that_is_cited_is_found_where_it_stands(name: str) -> None:
    places, expected = CITED[name]
    found = read_document((SAMPLES / name).read_bytes(), name).citations
    assert [
        (one.place.page or one.place.line, (one.label, one.text, "LOST" if one.lost else one.url or ""))
        for one in found
    ] == list(zip(places, expected, strict=True))


TOLD = {
    "the-weir-keepers-ledger.pdf": (
        "The Weir Keeper’s Ledger",
        "Marta Lindqvist",
        "The Millstream Quarterly",
        date(2018, 6, 9),
        "en-GB",
    ),
    "the-weir-keepers-ledger.docx": (
        "The Weir Keeper’s Ledger",
        "Marta Lindqvist",
        "The Millstream Quarterly",
        date(2018, 6, 9),
        "en-US",
    ),
    "the-weir-keepers-ledger.odt": (
        "The Weir Keeper’s Ledger",
        "Marta Lindqvist",
        "The Millstream Quarterly",
        date(2018, 6, 9),
        "en-GB",
    ),
    "songs-of-the-night-ferry.epub": (
        "Songs of the Night Ferry",
        "Jonas Varga",
        "Quayside Books",
        date(2017, 10, 2),
        "en-GB",
    ),
    "the-bell-that-was-sold.eml": (
        "What we found about the bell – a summary",
        "Petra Lang",
        "The Thursday Circle",
        date(2019, 11, 14),
        "en",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_each_says_about_itself(name: str) -> None:
    found = read_document((SAMPLES / name).read_bytes(), name)
    assert (found.title, found.author, found.publication, found.published, found.language) == TOLD[name]
    assert found.warnings == ()


@pytest.mark.parametrize("name", [name for name in CITED if name.startswith("the-weir")])
def test_a_note_that_runs_over_two_pages_is_whole(name: str) -> None:
    found = read_document((SAMPLES / name).read_bytes(), name).citations
    note = next(one.note or "" for one in found if one.label == "7")
    assert note.startswith("How the water came is told by everybody differently. The millers said")
    assert note.endswith("for their attempts see the page of the reading circle.")


def test_a_note_says_when_it_was_looked_up() -> None:
    name = "the-bell-that-was-sold.eml"
    found = read_document((SAMPLES / name).read_bytes(), name).citations
    assert [one.cited_on for one in found if one.label == "2"] == [date(2019, 11, 12)]


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(sorted(CITED)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=30),
)
def test_a_spoiled_sample_gives_a_document_or_a_reason(name: str, changes: list[tuple[float, int]]) -> None:
    data = bytearray((SAMPLES / name).read_bytes())
    for place, byte in changes:
        data[int(place * len(data))] = byte
    assert_answered(bytes(data), name)


def test_in_a_book_lines_count_in_the_file_of_the_chapter() -> None:
    name = "songs-of-the-night-ferry.epub"
    found = read_document((SAMPLES / name).read_bytes(), name).citations
    assert [one.place.part for one in found] == [
        *["EPUB/text/ch001.xhtml"] * 5,
        *["EPUB/text/ch002.xhtml"] * 2,
        *["EPUB/text/ch003.xhtml"] * 2,
    ]
