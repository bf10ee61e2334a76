"""PDF: links with the words under them, addresses written out, notes at the page foot and at the end."""

from __future__ import annotations

import pytest
from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import Citation, Document, Unreadable

A, B, C, D = "https://a.example.org/1", "https://b.example.org/2", "https://c.example.org/3", "https://d.example.org/4"


def pdf(*pages: str, links: dict[int, list[tuple[str, str]]] | None = None, info: str = "") -> bytes:
    """Write a PDF: `pages` are content streams, `links` are rectangles and actions by page from 0."""
    parts = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>",
    ]
    kids = []
    for number, page in enumerate(pages):
        annots = " ".join(
            f"<< /Type /Annot /Subtype /Link /Rect [{rect}] {action} >>"
            for rect, action in (links or {}).get(number, [])
        )
        kids.append(f"{len(parts) + 1} 0 R")
        parts.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >>"
            f" /Contents {len(parts) + 2} 0 R /Annots [{annots}] >>"
        )
        parts.append(f"<< /Length {len(page.encode('cp1252'))} >>\nstream\n{page}\nendstream")
    parts[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{part}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"trailer << /Size {len(parts) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}".encode() + tail.encode()


def lines(top: int, *rows: str, size: int = 12) -> str:
    """Write lines; what stands between carets is raised and small."""
    written = []
    for number, row in enumerate(rows):
        words = [f"BT /F {size} Tf 50 {top - number * (size + 3)} Td"]
        for index, piece in enumerate(row.split("^")):
            small = f"/F {size * 0.6} Tf {size * 0.35} Ts" if index % 2 else f"/F {size} Tf 0 Ts"
            words.append(f"{small} ({piece}) Tj" if piece else "")
        written.append(" ".join([*words, "ET"]))
    return "\n".join([*written, ""])


def uri(address: str) -> str:
    return f"/A << /S /URI /URI ({address}) >>"


def document(data: bytes) -> Document:
    return read_document(data, "essay.pdf")


def cited(data: bytes) -> tuple[Citation, ...]:
    return document(data).citations


def short(data: bytes) -> list[tuple[int | None, str | None, str, str]]:
    return [(one.place.page, one.label, one.text, "LOST" if one.lost else one.url or "") for one in cited(data)]


def test_a_link_over_two_lines_is_one_citation_with_the_words_of_both() -> None:
    page = lines(700, "The council sent a very long", "letter to all of us.")
    links = [("178 697 220 712", uri(A)), ("49 682 78 696", uri(A))]
    found = cited(pdf(page, links={0: links}))
    assert [(one.url, one.place.page) for one in found] == [(A, 1)]
    assert found[0].text == "long letter"


def test_an_internal_destination_is_no_citation() -> None:
    page = lines(700, "The council sent a letter.")
    assert cited(pdf(page, links={0: [("50 697 200 712", "/Dest [5 0 R /Fit]")]})) == ()


def test_a_link_to_write_to_somebody_is_no_citation() -> None:
    page = lines(700, "The council sent a letter.")
    assert cited(pdf(page, links={0: [("50 697 200 712", uri("mailto:a@b.example.org"))]})) == ()


def test_a_link_on_a_written_address_is_found_once() -> None:
    page = lines(700, f"See {A} and {B}.")
    assert [one.url for one in cited(pdf(page, links={0: [("70 697 205 712", uri(A))]}))] == [A, B]


def test_raised_markers_and_notes_at_the_foot_begin_again_on_each_page() -> None:
    one = lines(700, "The council sent a letter^1^ to us.", "It was short.^2^") + lines(
        80, f"^1^ {A}", f"^2^ See {B}", size=9
    )
    two = lines(700, "Another letter^1^ came to us.", "It was lost.^2^") + lines(80, f"^1^ {C}", f"^2^ {D}", size=9)
    assert short(pdf(one, two)) == [
        (1, "1", "letter", A),
        (1, "2", "short", B),
        (2, "1", "letter", C),
        (2, "2", "lost", D),
    ]


def test_notes_that_count_on_from_page_to_page() -> None:
    one = lines(700, "The council sent a letter^1^ to us.") + lines(80, f"^1^ {A}", size=9)
    two = lines(700, "Another letter^2^ came.", "It was lost.^3^") + lines(80, f"^2^ {B}", f"^3^ {C}", size=9)
    assert short(pdf(one, two)) == [(1, "1", "letter", A), (2, "2", "letter", B), (2, "3", "lost", C)]


def test_notes_at_the_end_and_one_that_has_lost_its_address() -> None:
    one = lines(700, "The council sent a letter^1^ to us.")
    two = lines(700, "Another reply^2^ came to us.")
    three = lines(700, "Notes", f"1. {A}", "2. Available online at")
    assert short(pdf(one, two, three)) == [(1, "1", "letter", A), (2, "2", "reply", "LOST")]


def test_glued_digits_are_matched_as_in_plain_text() -> None:
    page = lines(700, "The council sent a letter1 to us, CO2 and all.", "It was short.2", "", f"1 {A}", f"2 {B}")
    assert short(pdf(page)) == [(1, "1", "letter", A), (1, "2", "short", B)]


def test_running_heads_and_page_numbers_stand_in_no_sentence() -> None:
    pages = [
        lines(760, "The winter harbour")
        + lines(700, "Some words of the page.", f"See {address}", "and more of this.")
        + lines(30, str(number))
        for number, address in enumerate((A, B, C), 4)
    ]
    found = cited(pdf(*pages))
    assert [one.url for one in found] == [A, B, C]
    assert all("winter" not in (one.context or "") for one in found)


def test_words_are_joined_over_line_ends() -> None:
    page = lines(700, "The coun-", f"cil wrote {A} to us.")
    assert cited(pdf(page))[0].context == f"The council wrote {A} to us."


def test_an_address_broken_behind_a_hyphen() -> None:
    page = lines(700, "A letter of the council is at https://a.example.org/the-very-", "long-name/of-it.html today.")
    assert [one.url for one in cited(pdf(page))] == ["https://a.example.org/the-very-long-name/of-it.html"]


def test_an_address_broken_inside_a_word_where_its_line_is_full() -> None:
    rows = ["A letter of the council is at https://a.example.org/the/very/long/addr", "ess/of-it.html and was read."]
    assert [one.url for one in cited(pdf(lines(700, *rows)))] == [
        "https://a.example.org/the/very/long/address/of-it.html"
    ]


def test_an_address_at_the_end_of_a_full_line_takes_no_words_of_the_next() -> None:
    rows = ["A letter of the council is at https://a.example.org/the/very/long/address", "and/or it was read."]
    assert cited(pdf(lines(700, *rows)))[0].url == "https://a.example.org/the/very/long/address"


def test_two_markers_at_one_word() -> None:
    page = lines(700, "The council sent a letter^1,2^ to us.") + lines(80, f"^1^ {A}", f"^2^ {B}", size=9)
    assert short(pdf(page)) == [(1, "1", "letter", A), (1, "2", "letter", B)]


def test_one_that_needs_a_password_says_so() -> None:
    data = pdf(lines(700, "Words.")).replace(
        b"/Info 4 0 R",
        b"/Info 4 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"11" * 32
        + b"> /U <"
        + b"22" * 32
        + b"> >>",
    )
    found = read(Raw(source="essay.pdf", data=data))
    assert isinstance(found, Unreadable)
    assert (found.reason, found.hint) == ("is encrypted", "save it without a password")


def test_what_the_file_says_about_itself() -> None:
    info = "/Title (The harbour) /Author (Anna Berg) /CreationDate (D:20140503120000Z)"
    found = document(pdf(lines(700, "Words of a page."), info=info))
    assert (found.title, found.author, str(found.published), found.language) == (
        "The harbour",
        "Anna Berg",
        "2014-05-03",
        "en-GB",
    )


@pytest.mark.parametrize("cut", [12, 60, 200])
def test_what_is_cut_off_says_so(cut: int) -> None:
    found = read(Raw(source="essay.pdf", data=pdf(lines(700, "Words."))[:cut]))
    assert isinstance(found, Unreadable)
    assert found.reason == "is a damaged PDF"


def test_a_page_without_text_is_told() -> None:
    assert document(pdf("")).warnings == ("no text in it: are its pages pictures?",)


WHOLE = pdf(lines(700, f"A letter^1^ and {B}.") + lines(80, f"^1^ {A}", size=9), links={0: [("50 697 90 712", uri(C))]})


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(9, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_spoiled_file_gives_a_document_or_a_reason(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, byte in changes:
        data[place] = byte
    found = read(Raw(source="essay.pdf", data=bytes(data)))
    assert "fault of ours" not in getattr(found, "hint", "")


PATHS = st.lists(st.from_regex(r"[a-z]{2,9}(?:/[a-z]{2,9}){0,2}", fullmatch=True), min_size=1, max_size=4, unique=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PATHS, PATHS, PATHS), min_size=1, max_size=3))
def test_what_was_written_is_read_back(written: list[tuple[list[str], list[str], list[str]]]) -> None:
    """Each page has notes, numbered on through the document, addresses written out, and links on words."""
    pages, links, expected, number = [], {}, set(), 0
    for index, (noted, plain, linked) in enumerate(written):
        marked, feet = [], []
        for name in noted:
            number += 1
            url = f"https://n{number}.example.org/{name}"
            marked.append(f"The keeper wrote it down^{number}^ in the spring of that year.")
            feet.append(f"^{number}^ {url}")
            expected.add((index + 1, str(number), url))
        rows = [f"See https://p{index}.example.org/{name} for the rest of it." for name in plain]
        anchors = ["A copy of it was kept." for _ in linked]
        body = [*marked, *rows, *anchors]
        top = 760 - 15 * len(marked + rows)
        boxes = [f"48 {top - 15 * place - 3} 90 {top - 15 * place + 11}" for place in range(len(linked))]
        links[index] = [
            (box, uri(f"https://l{index}.example.org/{name}")) for box, name in zip(boxes, linked, strict=True)
        ]
        expected |= {(index + 1, None, f"https://p{index}.example.org/{name}") for name in plain}
        expected |= {(index + 1, None, f"https://l{index}.example.org/{name}") for name in linked}
        pages.append(lines(760, *body) + lines(20 + 12 * len(feet), *feet, size=9))
    assert {(one.place.page, one.label, one.url) for one in cited(pdf(*pages, links=links))} == expected
