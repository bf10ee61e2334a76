"""Org: links with abbreviations, footnotes of all kinds under Org's numbers, and what is no text."""

from pathlib import Path

import pytest
from document_reading import assert_sound, read_document, targets
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.model import CitationKind, Document

SAMPLE = Path(__file__).parents[2] / "data/formats/the-clock-without-hands.org"


def document(text: str, name: str = "a.org") -> Document:
    return read_document(text, name)


def short(text: str) -> list[tuple[str | None, str]]:
    return targets(document(text))


A = "https://a.example/x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"See [[{A}][the /page/]].", [A]),
        (f"See [[{A}]].", [A]),
        (f"See [[{A}][a link\nover lines]].", [A]),
        (f"See <{A}> and {A}/y.", [A, A + "/y"]),
        (f"See *{A}*, /{A}/1/ and ({A}).", [A, A + "/1/", A]),
        (r"See [[https://a.example/a\[b\]][b]].", ["https://a.example/a[b]"]),
        ("See [[https://a.example/a%5Bb%5D][b]].", ["https://a.example/a%5Bb%5D"]),
        (f"| a | [[{A}][x]] | {A}/2 |", [A, A + "/2"]),
        ("#+LINK: gh https://gh.example/%s.html\n[[gh:ida/x]] [[gh:y][it]]", ["https://gh.example/ida/x.html", "https://gh.example/y.html"]),
        ("[[w:Tide][it]]\n\n#+LINK: w https://w.example/", ["https://w.example/Tide"]),
        ("#+LINK: q https://q.example/?q=%h\n[[q:a b&c]]", ["https://q.example/?q=a%20b%26c"]),
        ("[[doi:10.1234/ab][it]]", ["https://doi.org/10.1234/ab"]),
        ("[[id:12-3][a]] [[*Head]] [[#top][b]] [[file:a.org][c]] [[mailto:i@a.example]] [[gh:x]] [[Some place]]", []),
        ("[[www.a.example/x][it]]", ["www.a.example/x"]),
        (f"* TODO Head [[{A}][x]] :tag:", [A]),
        (f":PROPERTIES:\n:URL: {A}\n:END:", [A]),
        (f"- term :: {A}\n- [ ] [[{A}/2]]", [A, A + "/2"]),
        (f"#+begin_quote\n{A}\n#+end_quote", [A]),
        (f'#+begin_export html\n<iframe src="{A}"></iframe>\n#+end_export', [A]),
        (f'#+HTML: <video src="{A}.mp4"></video>', [A + ".mp4"]),
        (f'Text @@html:<a href="{A}">@@here@@html:</a>@@', [A]),
        (f"#+CAPTION: From {A}", [A]),
        ("#+MACRO: yt [[https://y.example/$1][$2]]\n{{{yt(abc,the film)}}}", ["https://y.example/abc"]),
        (f"#+begin_src sh\ncurl {A}", [A]),  # never ends, so Org takes it for text
    ],
)
def test_links(text: str, expected: list[str]) -> None:
    assert [one.url for one in document(text).citations] == expected


@pytest.mark.parametrize(
    "text",
    [
        f"# {A}",
        f"#+begin_src sh\ncurl {A}\n#+end_src",
        f"  #+BEGIN_EXAMPLE\n  {A}\n  #+END_EXAMPLE",
        f"#+begin_comment\n{A}\n#+end_comment",
        f"#+begin_export latex\n{A}\n#+end_export",
        f": {A}",
        f"Word ={A}= and ~{A}~ and src_sh{{curl {A}}}.",
        f"* COMMENT Hidden\n{A}\n** Below\n{A}",
        f"#+OPTIONS: {A}",
    ],
)
def test_what_is_no_text_has_no_links(text: str) -> None:
    assert short(f"Text.\n\n{text}\n\n* Next\nText.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"A[fn:1] b[fn:2].\n\n[fn:1] {A}1\n[fn:2] {A}2", [("1", A + "1"), ("2", A + "2")]),
        (f"A[fn:z] b[fn:a].\n\n[fn:a] {A}2\n\n[fn:z] {A}1", [("1", A + "1"), ("2", A + "2")]),
        (f"A[fn:x] b[fn:x].\n\n[fn:x] {A}", [("1", A), ("1", A)]),
        (f"A[fn:: See [[{A}][the [1] page]].] b[fn:2].\n\n[fn:2] {A}2", [("1", A), ("2", A + "2")]),
        (f"A[fn:n: See {A}] b[fn:n].", [("1", A), ("1", A)]),
        (f"A[fn:1].\n\n[fn:1] One {A}1\n\n  Two {A}2\n\n\nAfter {A}3", [("1", A + "1"), ("1", A + "2"), (None, A + "3")]),
        (f"A[fn:1].\n\n[fn:1] One {A}1\n* Next\n{A}2", [("1", A + "1"), (None, A + "2")]),
        ("A[fn:gone] b.", [("gone", "LOST")]),
        ("A[fn:1] b[fn:2].\n\n[fn:1] Account here:\n[fn:2] A remark.", [("1", "LOST"), ("2", "")]),
        (f"A[fn:1] b.\n\n[fn:1] [[{A}][It]].\n[fn:9] {A}9", [("1", A), ("9", A + "9")]),
        (f"Seen {A}.[fn:1]\n\n[fn:1] {A}1", [(None, A), ("1", A + "1")]),
        (f"A word.[1] More.[2]\n\n* Notes\n[1] See {A}1\n[2] See {A}2", [("1", A + "1"), ("2", A + "2")]),
        (f"A word[[{A}][3]] came.", [("3", A)]),
        ("See [[][the page]].", [(None, "LOST")]),
    ],
)
def test_notes(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert short(text) == expected


def test_places_contexts_and_what_the_document_says_of_itself() -> None:
    text = (
        "#+TITLE: The *Long*\n#+TITLE: One\n#+AUTHOR: Ida Quill\n#+DATE: <2014-05-03 Sat>\n#+LANGUAGE: de\n\n"
        f"The /log/[fn:1] and [[{A}2][the page]] agree.\n\n* Sources\n{A}3, accessed 3 May 2014\n\n* Footnotes\n[fn:1] See {A}1."
    )
    found = document(text)
    assert (found.title, found.author, str(found.published), found.language) == ("The Long One", "Ida Quill", "2014-05-03", "de")
    note, link, listed = found.citations
    assert text[note.place.start : note.place.end] == "[fn:1]"
    assert (note.text, note.note, note.place.line) == ("log", f"See {A}1.", 7)
    assert text[link.place.start : link.place.end] == f"[[{A}2][the page]]"
    assert (link.text, link.context) == ("the page", "The log[1] and the page agree.")
    assert (listed.kind, text[listed.place.start : listed.place.end], str(listed.cited_on)) == (
        CitationKind.REFERENCE,
        f"{A}3",
        "2014-05-03",
    )


def test_what_is_included_is_named() -> None:
    assert document('#+INCLUDE: "/etc/passwd" src\nText.').warnings == ("includes /etc/passwd, which was not read: name it too",)


def test_the_sample() -> None:
    found = document(SAMPLE.read_text())
    assert [(one.label, "LOST" if one.lost else one.url) for one in found.citations] == [
        ("1", "https://letters.example.org/1"),
        ("1", "https://letters.example.org/2"),
        (None, "https://clock.example.org/a%20b"),
        (None, "https://tower.example.org/bell"),
        ("2", "LOST"),
        ("3", "https://sale.example.org/hands"),
        ("4", "LOST"),
        (None, "https://town.example.org/minutes"),
        (None, "https://find.example.org/?q=hands%20and%20key&kind=clock"),
        (None, "https://doi.org/10.1234/clock.7"),
        (None, "https://square.example.org/at_noon"),
        ("1", "https://letters.example.org/1"),
        ("1", "https://letters.example.org/2"),
        (None, "https://www.youtube.com/embed/dQw4w9WgXcQ"),
        (None, "https://property.example.org/"),
        (None, "https://books.example.org/moss"),
        (None, "https://lamps.example.org/"),
    ]


def test_content_tells_it_from_other_text() -> None:
    assert document(f"#+TITLE: T\n\n[[{A}][x]]", "a.txt").media_type == "text/org"


URLS = st.builds("https://a.example.org/{}".format, st.from_regex(r"[a-z0-9]{1,6}([_~%&#=/+-][a-z]{1,5}){0,3}", fullmatch=True))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(URLS, st.sampled_from(("[[%s][this]]", "[[%s]]", "<%s>", "%s", "note"))), min_size=1, max_size=8))
def test_what_was_written_is_read_back(links: list[tuple[str, str]]) -> None:
    pieces, notes, expected = [], [], []
    for url, way in links:
        if way == "note":
            notes.append(f"[fn:n{len(notes)}] See {url}.")
            pieces.append(f"A word[fn:n{len(notes) - 1}] came.")
            expected.append((str(len(notes)), url))
        else:
            pieces.append(f"See {way.replace('%s', url)} there.")
            expected.append((None, url))
    assert short("\n".join([*pieces, "", *notes])) == expected


PIECES = st.sampled_from((
    "[[", "]]", "][", "[fn:1]", "[fn:", "[fn::", "]", "[", "\n", "\n\n", "\n\n\n", "* ", "#+begin_src\n", "#+end_src\n",
    "#+begin_export html\n", "<a href='https://b.example'>", "#+TITLE: ", A, "=", "~", "*", "/", "@@html:", "@@", ": ",
    "# ", ":URL: ", "{{{m(", "}}}", "#+MACRO: m [[$1][x]]\n", "- ", "#+LINK: a b\n", "src_x{", "word",
))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_broken_documents_never_fail(pieces: list[str]) -> None:
    text = "x" + "".join(pieces)
    assert_sound(document(text), len(text))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["[[", "[fn::", "=a", "*a", "@@html:", "#+begin_src\n", "[[a][", "{{{m(", "\n* COMMENT x"])
def test_endless_documents_end_quickly(piece: str) -> None:
    assert document("x" + piece * 10_000)


def test_emphasis_around_an_address_is_no_part_of_it() -> None:
    text = f"See /{A}//. And *{A}*, _{A}_.\n"
    assert [one.url for one in document(text).citations] == [f"{A}/", A, A]


def test_a_row_of_a_table_is_a_context_of_its_own() -> None:
    text = f"| Quay | [[{A}][x]] |\n|------+---|\n| Mole | [[{A}/2][y]] |\n"
    assert [one.context for one in document(text).citations] == ["| Quay | x |", "| Mole | y |"]


@pytest.mark.timeout(100)
def test_many_notes_are_read() -> None:
    text = "".join(f"t[fn:{at}]\n" for at in range(20_000)) + "".join(f"\n[fn:{at}] {A}/{at}\n" for at in range(20_000))
    assert len(document(text).citations) == 20_000
