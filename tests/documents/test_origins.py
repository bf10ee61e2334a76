"""Each fact about a document says which part of the document told it."""

from __future__ import annotations

from datetime import date

import pytest
from document_reading import read_document

PAGE = b"""<!doctype html><html lang="en"><head><title>Weirs | The Mill</title>
<meta property="og:title" content="The weir at Alder Mill">
<link rel="canonical" href="https://mill.example/weir">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Weir", "datePublished": "2014-05-03",
"publisher": {"name": "The Mill"}}</script></head>
<body><p class="byline">By Ada Mould</p><p>Water <a href="https://water.example/">rose</a>.</p></body></html>"""
PASTED = """The crane nobody wanted

by Ada Mould

It was settled1 long ago.

1. The report: https://reports.example/crane

Harbour Post, 20 December 2011
"""
FRONT = """---
title: The bridge
author: Ada Mould
date: 2015-06-07
lang: en
---
# Another heading

See [it](https://bridge.example/).
"""


@pytest.mark.parametrize(
    ("source", "data", "facts", "origins"),
    [
        (
            "weir.html",
            PAGE,
            ("The weir at Alder Mill", "Ada Mould", "The Mill", date(2014, 5, 3), "en", "https://mill.example/weir"),
            {
                "title": "meta og:title",
                "author": "byline",
                "publication": "JSON-LD",
                "published": "JSON-LD",
                "language": "html lang",
                "url": "link canonical",
            },
        ),
        (
            "crane.txt",
            PASTED.encode(),
            ("The crane nobody wanted", "Ada Mould", "Harbour Post", date(2011, 12, 20), None, None),
            {"title": "first line", "author": "byline", "publication": "dateline", "published": "dateline"},
        ),
        (
            "bridge.md",
            FRONT.encode(),
            ("The bridge", "Ada Mould", None, date(2015, 6, 7), "en", None),
            dict.fromkeys(("title", "author", "published", "language"), "front matter"),
        ),
        (
            "mail.eml",
            b"From: Ada Mould <a@mill.example>\nSubject: The weir\nDate: Tue, 3 May 2011 09:00:00 +0000\n\nIt is there.\n",
            ("The weir", "Ada Mould", None, date(2011, 5, 3), None, None),
            dict.fromkeys(("title", "author", "published"), "message header"),
        ),
    ],
)
def test_each_fact_has_an_origin(source: str, data: bytes, facts: tuple[object, ...], origins: dict[str, str]) -> None:
    document = read_document(data, source)
    found = (
        document.title,
        document.author,
        document.publication,
        document.published,
        document.language,
        document.url,
    )
    assert found == facts
    assert document.origins == origins


def test_a_page_without_an_address_of_its_own_has_the_one_it_was_fetched_from() -> None:
    document = read_document("<h1>Weirs</h1>", "weirs.html", url="https://mill.example/start")
    assert document.url == "https://mill.example/start"
    assert document.origins == {"title": "first heading", "url": "where it was fetched"}


def test_what_was_written_is_kept_beside_what_was_meant() -> None:
    text = "The crane\n\nIt stood for years ā€¦ see https://crane.example/ then.\n\nAll is well at https://well.example/ now.\n"
    spoiled, sound = read_document(text, "crane.txt").citations
    assert spoiled.context == "It stood for years … see https://crane.example/ then."
    assert spoiled.written == "It stood for years ā€¦ see https://crane.example/ then."
    assert (sound.context, sound.written) == ("All is well at https://well.example/ now.", None)


def test_an_address_that_was_spoiled_is_kept_as_written_and_as_meant() -> None:
    text = "Coffee\n\nSee https://a.example/cafÃ©/x and https://a.example/caf%C3%83%C2%A9 for it. Sound: https://a.example/caf%C3%A9 is.\n"
    assert [(one.url, one.variants) for one in read_document(text, "coffee.txt").citations] == [
        ("https://a.example/cafÃ©/x", ("https://a.example/café/x",)),
        ("https://a.example/caf%C3%83%C2%A9", ("https://a.example/caf%C3%A9",)),
        ("https://a.example/caf%C3%A9", ()),
    ]


def test_a_title_may_stand_below_a_masthead() -> None:
    text = "Harbour Weekly\nIssue 14\n\nTHE TIDE GATE AT LOW BRIDGE\nby Marta Lind and Tom Arden\n\nThe gate was rebuilt.\n"
    document = read_document(text, "gate.txt")
    assert (document.title, document.author) == ("THE TIDE GATE AT LOW BRIDGE", "Marta Lind and Tom Arden")
    assert document.origins == {"title": "line above the byline", "author": "byline"}
