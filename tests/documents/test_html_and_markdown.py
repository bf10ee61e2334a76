"""HTML, Markdown and lists of addresses: links, embeds, notes, places, and what the document says about itself."""

import pytest
from document_reading import citations, read_document

from archiver.documents import Raw, read
from archiver.model import Document


def document(text: str, source: str, url: str | None = None) -> Document:
    return read_document(text, source, url)


def short(text: str, source: str, url: str | None = None) -> list[tuple[str, str | None, str, str]]:
    return citations(document(text, source, url))


def test_links_of_a_page_are_resolved_unwrapped_and_placed() -> None:
    page = (
        '<html><base href="https://www.example.org/a/"><a href="b?x=1&amp;y=2">here</a> <a href="#top">up</a>\n'
        '<a href="mailto:a@b.example">mail</a> <a href="https://www.google.com/url?q=https://w3.org/x&amp;sa=D">wrapped</a>'
        "<p>Bare: http://bare.example/x?a=1&amp;b=2. <a>click here</a></html>"
    )
    one, wrapped, bare, lost = document(page, "a.html").citations
    assert (one.url, one.place.line, one.place.column) == ("https://www.example.org/a/b?x=1&y=2", 1, 47)
    assert page[one.place.start : one.place.end] == '<a href="b?x=1&amp;y=2">'
    assert (wrapped.url, wrapped.link) == ("https://www.google.com/url?q=https://w3.org/x&sa=D", "https://w3.org/x")
    assert bare.url == "http://bare.example/x?a=1&b=2"
    assert page[bare.place.start : bare.place.end] == "http://bare.example/x?a=1&amp;b=2"
    assert (lost.text, lost.url, lost.lost) == ("click here", None, True)


def test_embedded_videos_are_media() -> None:
    assert short(
        '<html><iframe src="//www.youtube.com/embed/jNQXAC9IVRw"></iframe><lite-youtube videoid="aqz-KE-bpKQ"></lite-youtube>'
        '<video><source src="https://x.example/a.mp4"></video><video></video><iframe data-src="https://player.vimeo.com/video/1">'
        "</iframe><img src='https://x.example/p.png'></html>",
        "a.html",
    ) == [
        ("media", None, "", "https://www.youtube.com/embed/jNQXAC9IVRw"),
        ("media", None, "", "https://www.youtube.com/watch?v=aqz-KE-bpKQ"),
        ("media", None, "", "https://x.example/a.mp4"),
        ("media", None, "video", "LOST"),
        ("media", None, "", "https://player.vimeo.com/video/1"),
    ]


NOTES = [
    ("footnote", "1", "claim", "https://a.example/1"),
    ("footnote", "2", "more", "LOST"),
    ("footnote", "9", "gone", "LOST"),
]


def test_notes_in_a_list_at_the_end() -> None:
    assert (
        short(
            '<html><p>A claim<sup><a href="#fn1" id="r1">1</a></sup> and more<sup><a href="#fn2">[2]</a></sup>, gone'
            '<sup><a href="#fn9">9</a></sup>.</p><ol><li id="fn1">See <a href="https://a.example/1">a</a> <a href="#r1">↩</a></li>'
            '<li id="fn2">Available at: <a href="#r2">↩</a></li></ol></html>',
            "a.html",
        )
        == NOTES
    )


def test_notes_as_an_office_program_writes_them() -> None:
    assert (
        short(
            '<html><p>A claim<a href="#_ftn1" name="_ftnref1">[1]</a> and more<a href="#_ftn2" name="_ftnref2">[2]</a>, gone'
            '<a href="#_ftn9" name="_ftnref9">[9]</a>.</p><p><a href="#_ftnref1" name="_ftn1">[1]</a> '
            'See <a href="https://a.example/1">a</a></p><p><a href="#_ftnref2" name="_ftn2">[2]</a> Available at:</p></html>',
            "a.html",
        )
        == NOTES
    )


def test_notes_of_an_encyclopedia() -> None:
    assert short(
        '<html><p>A claim<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup> and more'
        '<sup><a href="#cite_note-2">[2]</a></sup>.</p><h2>References</h2><ol class="references"><li id="cite_note-1">'
        '<span class="mw-cite-backlink"><a href="#cite_ref-1">^</a></span> <a href="https://a.example/1">A</a></li>'
        '<li id="cite_note-2">Available at:</li></ol><h2>External links</h2><ul><li><a href="https://b.example/">B</a></ul></html>',
        "a.html",
    ) == [*NOTES[:2], ("reference", None, "B", "https://b.example/")]


def test_raised_numbers_without_links_and_a_list() -> None:
    assert (
        short(
            "<html><p>A claim<sup>1</sup> and more<sup>2</sup>.</p><ol><li>See <a href='https://a.example/1'>a</a></li>"
            "<li>Available at:</li></ol></html>",
            "a.html",
        )
        == NOTES[:2]
    )


def test_what_a_page_says_about_itself() -> None:
    found = document(
        '<html lang="de"><title>T</title><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Big",'
        '"author": {"name": "Ada"}, "publisher": {"name": "Post"}, "datePublished": "2014-05-03T10:00:00Z"}</script></html>',
        "a.html",
    )
    assert (found.title, found.author, found.publication, str(found.published), found.language) == (
        "Big",
        "Ada",
        "Post",
        "2014-05-03",
        "de",
    )


MARKDOWN = """---
title: "A tale"
author: [Ada Winter, Jon Vale]
date: 2014-05-03
---
Hi [a *b*](http://x.example/p_(q) "t") and video[^v], then **[c][r]** ^[inline http://y.example/1]. `http://code.example`
missing[^none] bare http://b.example/a\\_b_c. [gone][nowhere] <a href="http://raw.example">raw text</a>
> quote [q](u)
> second [line](http://w.example)

| a | b |
|---|---|
| [t](http://t.example) | http://cell.example/x |

![p](http://i.example/a.png) ![v](http://i.example/a.mp4)

    http://indented.example

[^v]: Body [l](http://l.example) seen.

    more http://m.example, accessed 3 May 2014

[^unused]: see http://un.example/x

[r]: http://r.example

## References

1. Someone, *Book*. <https://book.example/9110>
"""


def test_everything_in_a_markdown_document() -> None:
    assert short(MARKDOWN, "a.md") == [
        ("inline", None, "a b", "http://x.example/p_(q)"),
        ("media", "1", "video", "http://l.example"),
        ("media", "1", "video", "http://m.example"),
        ("inline", None, "c", "http://r.example"),
        ("footnote", "2", "c", "http://y.example/1"),
        ("footnote", "none", "missing", "LOST"),
        ("inline", None, "http://b.example/a_b_c", "http://b.example/a_b_c"),
        ("inline", None, "gone", "LOST"),
        ("inline", None, "raw text", "http://raw.example"),
        ("inline", None, "line", "http://w.example"),
        ("inline", None, "t", "http://t.example"),
        ("inline", None, "http://cell.example/x", "http://cell.example/x"),
        ("media", None, "v", "http://i.example/a.mp4"),
        ("footnote", "unused", "", "http://un.example/x"),
        ("reference", None, "https://book.example/9110", "https://book.example/9110"),
    ]


def test_places_in_markdown_are_those_of_the_source() -> None:
    found = {one.url: MARKDOWN[one.place.start : one.place.end] for one in document(MARKDOWN, "a.md").citations}
    assert found["http://x.example/p_(q)"] == '[a *b*](http://x.example/p_(q) "t")'
    assert found["http://l.example"] == "[^v]"
    assert found["http://w.example"] == "[line](http://w.example)"
    assert found["http://cell.example/x"] == "http://cell.example/x"
    assert found["http://b.example/a_b_c"] == "http://b.example/a\\_b_c"


def test_front_matter_says_what_the_document_is() -> None:
    found = document(MARKDOWN, "a.md")
    assert (found.title, found.author, str(found.published)) == ("A tale", "Ada Winter, Jon Vale", "2014-05-03")


def test_a_list_of_addresses_keeps_its_remarks() -> None:
    found = document(
        "# good ones\nhttps://a.example/x\nhttps://b.example/y  # a clip\n\nhttps://c.example/", "list.txt"
    )
    assert found.media_type == "text/uri-list"
    assert [(one.url, one.context, one.place.line) for one in found.citations] == [
        ("https://a.example/x", "good ones", 2),
        ("https://b.example/y", "a clip", 3),
        ("https://c.example/", "", 5),
    ]


def test_relative_links_of_a_fetched_markdown_start_where_it_was_fetched() -> None:
    text = b"[one](../b.html) [two](#here) [three](//c.example/x) <a href='d.html'>four</a>\n\n[five]: /e\n\n[five]\n"
    found = read(Raw(source="https://a.example/x/y.md", data=text, url="https://a.example/x/y.md"))
    assert isinstance(found, Document)
    assert [citation.url for citation in found.citations] == [
        "https://a.example/b.html", "https://c.example/x", "https://a.example/x/d.html", "https://a.example/e",
    ]
    on_disk = read(Raw(source="y.md", data=text))
    assert isinstance(on_disk, Document)
    assert [citation.url for citation in on_disk.citations] == ["https://c.example/x"]


A, B = "https://a.example/1", "https://b.example/2"
LISTS = {
    "what stands behind a comma is a remark": (
        f"{A},word\n{B},two words\n", [(A, "word", (1, 1)), (B, "two words", (2, 1))]
    ),
    "unless it is plainly the address's own": (
        "https://a.example/1,75398,123.html\nhttps://a.example/title,79cfc278\nhttps://a.example/@52.5,13.4,15z\n",
        [("https://a.example/1,75398,123.html", "", (1, 1)), ("https://a.example/title,79cfc278", "", (2, 1)),
         ("https://a.example/@52.5,13.4,15z", "", (3, 1))],
    ),
    "what a server answered": (f"{A},404\n{B},200\n", [(A, "404", (1, 1)), (B, "200", (2, 1))]),
    "other signs between": (f"{A};dead;2014\n{B}|fine\n", [(A, "dead;2014", (1, 1)), (B, "fine", (2, 1))]),
    "quoted cells": (f'{A},"one, two"\n{B},"three"\n', [(A, "one, two", (1, 1)), (B, "three", (2, 1))]),
    "a byte-order mark, line ends of Windows, tabs, comments, empty lines": (
        f"\ufeff# good ones\r\n{A}\tcopied\r\n\r\n; bad ones\r\n{B}\r\n", [(A, "copied", (2, 1)), (B, "bad ones", (5, 1))]
    ),
    "an address that was commented out is neither": (f"{A}\n#{B}\n{B}x\n", [(A, "", (1, 1)), (f"{B}x", "", (3, 1))]),
    "numbers, signs and boxes in front": (
        f"* {A}\n• {B}\n[x] {A}\n", [(A, "", (1, 3)), (B, "", (2, 3)), (A, "", (3, 5))]
    ),
    "lines that are numbered": (f"1. {A}\n2) {B}\n", [(A, "", (1, 4)), (B, "", (2, 4))]),
    "quotes and brackets around": (f'"{A}",\n<{B}>\n', [(A, "", (1, 2)), (B, "", (2, 2))]),
    "days beside": (f"{A} 2014-05-03\n{B}\n", [(A, "2014-05-03", (1, 1)), (B, "", (2, 1))]),
    "two on a line": (f"{A} {B}\n{A},{B}\n", [(A, "", (1, 1)), (B, "", (1, 21)), (A, "", (2, 1)), (B, "", (2, 21))]),
    "hosts only, under a heading of the column": (
        f"url\n{A}\nwww.c.example\nd.example\n", [(A, "", (2, 1)), ("www.c.example", "", (3, 1)), ("d.example", "", (4, 1))]
    ),
    "signs at the end of an address that stands alone": (
        "https://a.example/x.\nhttps://a.example/y_\nhttps://a.example/(z)\n",
        [("https://a.example/x.", "", (1, 1)), ("https://a.example/y_", "", (2, 1)), ("https://a.example/(z)", "", (3, 1))],
    ),
}


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=LISTS)
def test_lists_as_people_write_them(text: str, expected: list[tuple[str, str, tuple[int, int]]]) -> None:
    found = document(text, "urls.txt")
    assert found.media_type == "text/uri-list"
    assert [(one.url, one.context, (one.place.line, one.place.column)) for one in found.citations] == expected


def test_the_whole_of_what_was_cut_at_a_comma_is_remembered() -> None:
    assert [one.variants for one in document(f"{A},word\n{B},two words\n", "urls.txt").citations] == [(f"{A},word",), ()]


def test_sentences_that_begin_with_addresses_are_no_list() -> None:
    text = f"{A} is where it all began, and for many years nobody who could have read it ever looked at that page.1\n\n1. See {B}\n"
    assert document(text, "a.txt").media_type == "text/plain"
