"""AsciiDoc: link macros, media, attributes in addresses, footnotes, bibliographies, and what is no text."""

from pathlib import Path

import pytest
from document_reading import assert_sound, read_document, targets
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.model import CitationKind, Document

SAMPLE = Path(__file__).parents[2] / "data/formats/the-lock-at-the-mill.adoc"


def document(text: str, name: str = "a.adoc") -> Document:
    return read_document(text, name)


def short(text: str) -> list[tuple[str | None, str]]:
    return targets(document(text))


A = "https://a.example/x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"See {A}[the _page_].", [(A, "the page")]),
        (f"See {A}[the page^] there.", [(A, "the page")]),
        (f"See {A}[] there.", [(A, A)]),
        (f"See {A}?a=1&b=2#c[it], {A}.", [(A + "?a=1&b=2#c", "it"), (A, A)]),
        (f"See {A}[a link\nover lines].", [(A, "a link over lines")]),
        (f'See {A}["a, b",role=c] and {A}[d,window=_blank].', [(A, "a, b"), (A, "d")]),
        (f"See {A}[a [b\\] c].", [(A, "a [b\\] c")]),
        (f"See link:{A}[it] and link:++{A} y++[that].", [(A, "it"), (A + " y", "that")]),
        ("See link:other.html[it], xref:a.adoc[b], <<c,d>> and mailto:i@a.example[e].", []),
        (f"See <{A}>, ({A}) and `{A}`.", [(A, A), (A, A), (A, A)]),
        (f'*{A}* _{A}_ "{A}"', [(A, A), (A, A), (A, A)]),
        (f"* one {A}[a]\n** two link:{A}/2[b]\n+\nmore {A}/3[c]", [(A, "a"), (A + "/2", "b"), (A + "/3", "c")]),
        (f"|===\n|a |{A}\n|b |{A}/2[c]\n|===", [(A, A), (A + "/2", "c")]),
        (f"term:: {A}[a]", [(A, "a")]),
        (f"NOTE: {A}[a]\n\n====\n{A}/2[b]\n====", [(A, "a"), (A + "/2", "b")]),
        (f".Title {A}[a]\nText.", [(A, "a")]),
        (f"image::p.png[Plan,link={A}]", [(A, "Plan")]),
        (f"See {A}[image:p.png[Plan]].", [(A, "Plan")]),
        (f"ifdef::a[]\n{A}[a]\nendif::[]\nifdef::b[{A}/2[b]]", [(A, "a"), (A + "/2", "b")]),
        (f"== Head {A}[a]\n\nSetext {A}[b]\n{'-' * 29}\nText.", [(A, "a"), (A, "b")]),
    ],
)
def test_links(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.url, one.text) for one in document(text).citations] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("video::dQw4w9WgXcQ[youtube]", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("video::dQw4w9WgXcQ/PLx[youtube,start=3]", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("video::123456[vimeo]", "https://vimeo.com/123456"),
        (f"video::{A}.mp4[width=640]", f"{A}.mp4"),
        (f"audio::{A}.ogg[]", f"{A}.ogg"),
        (":imagesdir: https://a.example/v\n\nvideo::b.mp4[]", "https://a.example/v/b.mp4"),
        (":id: dQw4w9WgXcQ\n\nvideo::{id}[youtube]", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ('++++\n<iframe src="https://player.vimeo.com/video/1"></iframe>\n++++', "https://player.vimeo.com/video/1"),
    ],
)
def test_media(text: str, expected: str) -> None:
    assert [(one.url, one.kind) for one in document(text).citations] == [(expected, CitationKind.MEDIA)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":base: https://a.example\n\n{base}/x[it]", [A]),
        (":host: a.example\n:base: https://{host}\n\nlink:{base}/x[it] {base}/x", [A, A]),
        (f":it: {A}[the page]\n\nSee {{it}}, and {{it}}.", [A, A]),
        (":base: https://a.example \\\n/x\n\n{base}[it]", ["https://a.example"]),
        (f":unused: {A}\n\nText.", []),
        (r"See \{base}, {unknown}/x[it].", []),
    ],
)
def test_attributes(text: str, expected: list[str]) -> None:
    assert [one.url for one in document(text).citations] == expected


@pytest.mark.parametrize(
    "text",
    [
        f"// {A}",
        f"////\n{A}\n////",
        f"----\n{A}\n----",
        f"....\n{A}\n....",
        f"```sh\n{A}\n```",
        f"[source,sh]\n----\n{A}\n----",
        f"[source]\ncurl {A}\nmore {A}",
        f"[listing]\n--\n{A}\n--",
        f" literal {A}",
        f"Escaped \\{A}[it] and \\link:{A}[it].",
        f"Passed ++{A}++ and `+{A}+` and +{A}+ and pass:[{A}].",
        f":name: {A}",
        f"image::{A}.png[Plan]",
    ],
)
def test_what_is_no_text_has_no_links(text: str) -> None:
    assert short(f"Text.\n\n{text}\n\nText.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"A.footnote:[{A}1] b.footnote:[See {A}2[it\\].] c.", [("1", A + "1"), ("2", A + "2")]),
        (f"A.footnote:[One {A}1[a^] and link:{A}2[b].]", [("1", A + "1"), ("1", A + "2")]),
        (f"A.footnote:x[{A}] b.footnote:x[] c.footnote:[{A}2]", [("1", A), ("1", A), ("2", A + "2")]),
        (f"A.footnote:x[] b.footnote:x[{A}]", [("1", A), ("1", A)]),
        (f"A.footnoteref:[x,{A}] b.footnoteref:[x]", [("1", A), ("1", A)]),
        (f":note: footnote:x[{A}]\n\nA{{note}} b{{note}}", [("1", A), ("1", A)]),
        ("A.footnote:gone[] b.", [("gone", "LOST")]),
        ("A.footnote:[Account here:] b.footnote:[A remark.]", [("1", "LOST"), ("2", "")]),
        (f"See {A}/y.footnote:[{A}1]", [(None, A + "/y"), ("1", A + "1")]),
        ("See link:[the page].", [(None, "LOST")]),
        (f"A word.^1^ More.^2^\n\n== Notes\n\n1. See {A}1\n2. See {A}2", [("1", A + "1"), ("2", A + "2")]),
        (f"[bibliography]\n== Sources\n* [[[a]]] A {A}1\n* [[[b,9]]] B. Available at:", [("a", A + "1"), ("9", "LOST")]),
    ],
)
def test_notes(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert short(text) == expected


def test_places_contexts_and_what_the_document_says_of_itself() -> None:
    text = (
        "// first\n= The *Long* {kind}\nIda Quill <i@a.example>; Bo Hale\nv2, 2014-05-03: new\n:lang: de\n:kind: One\n:b: https://b.example\n\n"
        f"The loglog.footnote:[See {A}1.] and\n{A}2[the page] agree with {{b}}/y[it].\n\n== Sources\n\n{A}3, accessed 3 May 2014\n"
    )
    found = document(text)
    assert (found.title, found.author, str(found.published), found.language) == (
        "The Long One",
        "Ida Quill, Bo Hale",
        "2014-05-03",
        "de",
    )
    note, link, attribute, listed = found.citations
    assert text[note.place.start : note.place.end] == f"footnote:[See {A}1.]"
    assert (note.text, note.note, note.place.line) == ("loglog", f"See {A}1.", 9)
    assert text[link.place.start : link.place.end] == f"{A}2[the page]"
    assert link.context == "The loglog.[1] and the page agree with it."
    assert text[attribute.place.start : attribute.place.end] == "{b}/y[it]"
    assert (listed.kind, text[listed.place.start : listed.place.end], str(listed.cited_on)) == (
        CitationKind.REFERENCE,
        f"{A}3",
        "2014-05-03",
    )


def test_what_is_included_is_named() -> None:
    assert document("include::/etc/passwd[]\n\nText.").warnings == ("includes /etc/passwd, which was not read: name it too",)


def test_the_sample() -> None:
    found = document(SAMPLE.read_text())
    assert [(one.label, "LOST" if one.lost else one.url) for one in found.citations] == [
        ("1", "https://mill.example.org/1871"),
        ("1", "https://mill.example.org/1902"),
        ("2", "LOST"),
        (None, "https://council.example.org/lock?a=1&b=2"),
        ("1", "https://mill.example.org/1871"),
        ("1", "https://mill.example.org/1902"),
        (None, "https://rivers.example.org/lock_(old)"),
        (None, "https://mill.example.org"),
        (None, "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        (None, "https://pictures.example.org/lock/opening.mp4"),
        (None, "https://plans.example.org/lock"),
        (None, "https://player.vimeo.com/video/123456"),
        ("moss", "https://books.example.org/moss"),
        ("2", "https://lamps.example.org/a b"),
    ]


def test_content_tells_it_from_other_text() -> None:
    assert document(f"= Title\n:toc: left\n\n{A}[x]", "a.txt").media_type == "text/asciidoc"


URLS = st.builds("https://a.example.org/{}".format, st.from_regex(r"[a-z0-9]{1,6}([_~%&#=/-][a-z]{1,5}){0,3}", fullmatch=True))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(URLS, st.sampled_from(("%s[this]", "link:%s[this]", "%s[]", "<%s>", "%s", "note"))), min_size=1, max_size=8))
def test_what_was_written_is_read_back(links: list[tuple[str, str]]) -> None:
    pieces, expected, notes = [], [], 0
    for url, way in links:
        notes += way == "note"
        pieces.append(f"A word.footnote:[See {url}[it].] Then." if way == "note" else f"See {way.replace('%s', url)} there.")
        expected.append((str(notes) if way == "note" else None, url))
    assert short("\n\n".join(pieces)) == expected


PIECES = st.sampled_from((
    "= T\n", ":a: {a}{a}\n", "{a}", A, "[", "]", "footnote:[", "footnote:x[", "footnoteref:[", "link:", "++", "+++", "pass:[",
    "\n", "\n\n", "----\n", "....\n", "====\n", "++++\n", "////\n", "|===\n", "[source]\n", "[bibliography]\n", "* ",
    "[[[a]]]", "video::x[youtube]", "image::", "`", "_", "*", "\\", "<", ">", "<<", "word", "include::a[]\n", "--\n",
))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_broken_documents_never_fail(pieces: list[str]) -> None:
    text = "x" + "".join(pieces)
    assert_sound(document(text), len(text))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", [f"{A}[the page of the tide] ", f"{A}[", "footnote:[", ":a: {a}{a}\n", "pass:[", "+++", "----\n", "\n[source]\n", "`+", "{a}"])
def test_endless_documents_end_quickly(piece: str) -> None:
    assert document("x\n" + piece * 10_000)


def test_emphasis_around_an_address_is_no_part_of_it() -> None:
    assert [one.url for one in document(f"See _{A}/_. And _{A}_\n").citations] == [f"{A}/", A]
