"""What pages say about themselves, in all the places where they say it."""

from __future__ import annotations

import pytest
from document_reading import read_document

PAGES = {
    "things that point to each other": (
        ('<html><script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Flood", "author": '
        '[{"@id": "#p1"}, {"name": "Jon Vale"}], "publisher": {"@id": "#o"}, "datePublished": "2020-05-06T10:00:00+02:00", '
        '"inLanguage": "de-DE"}, {"@type": "Person", "@id": "#p1", "name": "Ada Moor"}, {"@type": "Organization", "@id": '
        '"#o", "name": "The Post"}]}</script><title>Flood - The Post</title></html>'),
        ("Flood", "Ada Moor, Jon Vale", "The Post", "2020-05-06", "de-DE"),
    ),
    "a paper's metadata": (
        ('<html><meta name="citation_author" content="Moor, Ada"><meta name="citation_author" content="Vale, Jon">'
        '<meta name="citation_journal_title" content="J Tides"><meta name="citation_publication_date" content="2014/05/03">'
        '<meta name="citation_title" content="Tides"><meta property="og:locale" content="fr_FR"><h1>X</h1></html>'),
        ("Tides", "Moor, Ada; Vale, Jon", "J Tides", "2014-05-03", "fr-FR"),
    ),
    "microdata, and a day on which it was changed": (
        ('<html><h1 itemprop="headline">Salt<a class="headerlink" href="#salt">¶</a></h1><p>By <span itemprop="author">Ada Moor'
        '</span> and <span itemprop="author">Jon Vale</span></p><time datetime="2019-01-01" class="updated">x</time>'
        '<time itemprop="datePublished" datetime="2018-05-06T10:00">May 6</time></html>'),
        ("Salt", "Ada Moor, Jon Vale", None, "2018-05-06", None),
    ),
    "converted by pandoc": (
        ('<html lang="en"><meta name="author" content="Ada Moor"/><meta name="author" content="Jon Vale"/>'
        '<meta name="dcterms.date" content="2019-05-06"/><title>P</title><h1 class="title">Plain</h1></html>'),
        ("Plain", "Ada Moor, Jon Vale", None, "2019-05-06", "en"),
    ),
    "converted by an office program": (
        ('<html><meta name="author" content="Jon Vale"><meta name="created" content="2019-02-03T10:00:00"><body lang="en-US">'
        '<p class="MsoTitle">Ferry</p></html>'),
        ("Ferry", "Jon Vale", None, "2019-02-03", "en-US"),
    ),
    "names with the marks of notes": (
        '<html><h1>Tides</h1><span class="ltx_personname">Ada Moor<sup>1</sup></span></html>',
        ("Tides", "Ada Moor", None, None, None),
    ),
}


@pytest.mark.parametrize(("page", "expected"), PAGES.values(), ids=PAGES)
def test_what_a_page_says(page: str, expected: tuple[str | None, ...]) -> None:
    found = read_document(page, "a.html")
    published = str(found.published) if found.published else None
    assert (found.title, found.author, found.publication, published, found.language) == expected


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        ("<!-- saved from url=(0030)https://post.example/2020/flood -->", "saved from"),
        ("<!--\n Page saved with SingleFile\n url: https://post.example/2020/flood\n saved date: x\n-->", "saved from"),
        ('<link rel="canonical" href="https://post.example/2020/flood">', "link canonical"),
        ('<meta property="og:url" content="https://post.example/2020/flood">', "meta og:url"),
    ],
)
def test_a_saved_page_tells_where_it_was_and_its_links_start_there(head: str, origin: str) -> None:
    found = read_document(f"{head}<html><a href='/x'>x</a></html>".replace("<link", "<html><link", 1), "a.html")
    assert (found.url, found.origins["url"]) == ("https://post.example/2020/flood", origin)
    assert [one.url for one in found.citations] == ["https://post.example/x"]
