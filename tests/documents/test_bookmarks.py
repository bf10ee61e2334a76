"""Bookmarks: links with their folders and the day on which they were kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read

if TYPE_CHECKING:
    from archiver.model import Document

SAMPLE = Path(__file__).parents[2] / "data/formats/kept-pages.html"
HEAD = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n"


def document(text: str, source: str = "bookmarks.html") -> Document:
    return read_document(text, source)


def test_the_sample_is_read_with_folders_and_days() -> None:
    found = document(SAMPLE.read_text(encoding="utf-8"))
    assert [(one.kind.value, one.url, one.text, one.context, one.cited_on) for one in found.citations] == [
        (
            "inline",
            "https://harbour.example/plan?a=1&b=2",
            "The plan",
            "Harbour: The first draft of it.",
            date(2014, 5, 3),
        ),
        (
            "media",
            "https://www.youtube.com/watch?v=jNQXAC9IVRw",
            "The first video",
            "Harbour › Films",
            date(2015, 3, 3),
        ),
        ("inline", "https://tides.example/", "Tides", "", None),
    ]
    assert [(one.place.line, one.place.column) for one in found.citations] == [(8, 13), (12, 17), (15, 9)]
    assert found.title == "Bookmarks"


@pytest.mark.parametrize(
    ("added", "day"),
    [
        ("1425340800", date(2015, 3, 3)),
        ("1425340800000", date(2015, 3, 3)),
        ("1425340800000000", date(2015, 3, 3)),
        ("13069814400000000", date(2015, 3, 3)),
        ("0", None),
        ("", None),
        ("yesterday", None),
        ("99999999999999999999", None),
    ],
)
def test_browsers_count_time_in_their_own_ways(added: str, day: date | None) -> None:
    (one,) = document(f'{HEAD}<DL><p><DT><A HREF="https://a.example/" ADD_DATE="{added}">A</A></DL>').citations
    assert one.cited_on == day


@pytest.mark.parametrize("href", ["place:sort=8", "javascript:void(0)", "about:blank", "chrome://flags", "file:///a", ""])
def test_what_leads_nowhere_on_the_web_is_no_citation(href: str) -> None:
    assert document(f'{HEAD}<DL><p><DT><A HREF="{href}">A</A></DL>').citations == ()


def test_content_decides_whatever_the_name() -> None:
    text = f'{HEAD}<DL><p><DT><H3>News</H3><DL><p><DT><A HREF="https://a.example/x">A &amp; B</A></DL></DL>'
    for source in ("export", "export.txt", "export.csv", "-"):
        (one,) = document(text, source).citations
        assert (one.url, one.text, one.context) == ("https://a.example/x", "A & B", "News")


ADDRESSES = st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9]{1,8}(\?a=[0-9]&b=[a-z]{1,3})?", fullmatch=True)
DAYS = st.dates(date(2001, 9, 10), date(2030, 1, 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ADDRESSES, DAYS, st.sampled_from(("News", "Films", "Tides"))), min_size=1, max_size=8))
def test_what_was_written_is_read_back(kept: list[tuple[str, date, str]]) -> None:
    text = HEAD + "<DL><p>\n"
    for url, day, folder in kept:
        seconds = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
        text += f'<DT><H3>{folder}</H3>\n<DL><p>\n<DT><A HREF="{escape(url)}" ADD_DATE="{seconds}">x</A>\n</DL><p>\n'
    found = document(text + "</DL><p>\n")
    assert [(one.url, one.cited_on, one.context) for one in found.citations] == kept


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 60), st.binary(max_size=8))
def test_spoiled_bookmarks_are_read_or_refused(at: int, length: int, spoiled: bytes) -> None:
    data = SAMPLE.read_bytes()
    found = read(Raw(source="a.html", data=data[:at] + spoiled + data[at + length :]))
    assert "fault of ours" not in getattr(found, "hint", "")


@pytest.mark.timeout(30)
def test_many_bookmarks_of_one_folder_are_all_read() -> None:
    text = HEAD + "<DL><p>\n" + "".join(f'<DT><A HREF="https://a.example/{at}">x</A>\n' for at in range(20_000)) + "</DL>"
    assert len(document(text).citations) == 20_000


def test_a_live_bookmark_is_kept_with_its_feed() -> None:
    text = (
        '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF="https://a.example/" FEEDURL="https://a.example/feed">A</A>\n'
        '<DT><A HREF="https://b.example/">B</A>\n</DL>'
    )
    assert [one.url for one in document(text).citations] == [
        "https://a.example/",
        "https://a.example/feed",
        "https://b.example/",
    ]
