"""Sitemaps, indexes of sitemaps, and outlines."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import pytest
from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read

if TYPE_CHECKING:
    from archiver.model import Document

SAMPLES = Path(__file__).parents[2] / "data/formats"
PAGES = [
    ("inline", "https://harbour.example/films?id=7&lang=en", "", ""),
    ("inline", "https://harbour.example/films?id=7&lang=de", "de", ""),
    ("inline", "https://harbour.example/films/7.jpg", "", ""),
    ("media", "https://media.harbour.test/7.mp4", "", "The bridge at noon"),
    ("media", "https://media.harbour.test/player?film=7", "", "The bridge at noon"),
]


def document(data: bytes, source: str = "sitemap.xml") -> Document:
    return read_document(data, source)


def told(found: Document) -> list[tuple[str, str | None, str, str]]:
    return [(one.kind.value, one.url, one.text, one.context) for one in found.citations]


def urls(text: str) -> list[str | None]:
    return [one.url for one in document(text.encode()).citations]


def test_the_sample_is_read_with_videos_pictures_and_languages() -> None:
    found = document((SAMPLES / "harbour-sitemap.xml").read_bytes())
    assert told(found) == PAGES
    assert [(one.place.line, one.place.column) for one in found.citations] == [(5, 10), (7, 53), (8, 29), (11, 26), (12, 25)]


@pytest.mark.parametrize("source", ["sitemap.xml.gz", "https://harbour.example/sitemap", "a.html"])
def test_a_packed_sitemap_is_unpacked(source: str) -> None:
    assert told(document(gzip.compress((SAMPLES / "harbour-sitemap.xml").read_bytes()), source)) == PAGES


def test_an_index_gives_its_sitemaps() -> None:
    assert urls(
        '<?xml version="1.0"?><?xml-stylesheet href="//a.example/s.xsl"?><!-- made --><sitemapindex '
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc> https://a.example/1.xml\n</loc></sitemap>'
        "<sitemap><loc><![CDATA[https://a.example/2.xml?a=1&b=2]]></loc></sitemap></sitemapindex>"
    ) == ["https://a.example/1.xml", "https://a.example/2.xml?a=1&b=2"]


def test_prefixes_may_be_any() -> None:
    found = document(
        b'<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9" '
        b'xmlns:v="http://www.google.com/schemas/sitemap-video/1.1"><s:url><s:loc>https://a.example/1</s:loc>'
        b"<v:video><v:title>Film</v:title><v:content_loc>https://a.example/f</v:content_loc></v:video></s:url></s:urlset>"
    )
    assert told(found) == [("inline", "https://a.example/1", "", ""), ("media", "https://a.example/f", "", "Film")]


def test_what_breaks_off_gives_its_beginning() -> None:
    assert urls("<urlset><url><loc>https://a.example/1</loc></url><url><lo") == ["https://a.example/1"]


def test_an_outline_keeps_its_folders() -> None:
    found = document((SAMPLES / "what-we-read.opml").read_bytes(), "what-we-read.opml")
    assert told(found) == [
        ("inline", "https://harbour-news.example/feed.xml", "Harbour News", "Harbours"),
        ("inline", "https://harbour-news.example/", "Harbour News", "Harbours"),
        ("inline", "https://tides.example/today?a=1&b=2", "Tides", ""),
    ]
    assert (found.title, found.author) == ("What we read", "Ada Moor")


def test_an_outline_says_when_it_was_made_and_may_use_title_and_single_quotes() -> None:
    found = document(
        b"<opml version='1.0'><head><dateCreated>Tue, 03 Mar 2015 08:00:00 GMT</dateCreated></head><body>"
        b"<outline title='A &amp; B' xmlurl='https://a.example/f?x=1&y=2' htmlUrl=''/></body></opml>"
    )
    assert told(found) == [("inline", "https://a.example/f?x=1&y=2", "A & B", "")]
    assert found.published == date(2015, 3, 3)


ADDRESSES = st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9]{1,8}(\?a=[0-9]&b=[a-z]{1,3})?", fullmatch=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(ADDRESSES, min_size=1, max_size=8, unique=True))
def test_what_was_written_is_read_back(addresses: list[str]) -> None:
    pages = "".join(f"<url><loc>{escape(url)}</loc></url>" for url in addresses)
    outlines = "".join(f"<outline text='x' xmlUrl={quoteattr(url)}/>" for url in addresses)
    assert urls(f"<urlset>{pages}</urlset>") == addresses
    assert urls(f"<opml><body>{outlines}</body></opml>") == addresses


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 1200), st.integers(0, 60), st.binary(max_size=8), st.booleans())
def test_a_spoiled_sitemap_is_read_or_refused(at: int, length: int, spoiled: bytes, packed: bool) -> None:
    data = (SAMPLES / "harbour-sitemap.xml").read_bytes()
    data = gzip.compress(data) if packed else data
    found = read(Raw(source="a.xml", data=data[:at] + spoiled + data[at + length :]))
    assert "fault of ours" not in getattr(found, "hint", "")


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", ["<url>", "<url><loc>https://a.example/</loc>", '<outline text="', "<outline text='a'>"])
def test_repetition_takes_no_longer_than_its_length(piece: str) -> None:
    assert read(Raw(source="a.xml", data=b"<urlset>" + piece.encode() * 20_000))
    assert read(Raw(source="a.opml", data=b"<opml>" + piece.encode() * 20_000))


def test_what_is_written_into_an_outline_is_read() -> None:
    outline = (
        b'<opml version="2.0"><body><outline text="See &lt;a href=&quot;https://a.example/&quot;&gt;it&lt;/a&gt;" '
        b'_note="Also https://b.example/"><outline text="Feed" xmlUrl="https://c.example/?a=1&amp;b=2"/></outline></body></opml>'
    )
    assert urls(outline.decode()) == ["https://a.example/", "https://b.example/", "https://c.example/?a=1&b=2"]
