"""PDF as programs lay it out: markers that are links, notes in small type, signs and letters, notes that run on."""

from __future__ import annotations

import pytest
from test_pdf import A, B, C, D, cited, document, lines, pdf, short, uri

PAGES = (5, 7, 9)  # the objects that are pages


def to(page: int, top: int) -> str:
    """Lead to a place on a page, from 1."""
    return f"/Dest [{PAGES[page - 1]} 0 R /XYZ 50 {top} null]"


def test_a_marker_that_is_a_link_leads_to_its_note() -> None:
    one = lines(700, "The council sent a letter^iv^ and")
    two = lines(700, "Nothing else.") + lines(200, f"iv See {A}", f"v Not {B}", size=12)
    links = {0: [("172 695 184 715", to(2, 212))], 1: [("49 195 60 210", to(1, 712))]}
    assert short(pdf(one, two, links=links)) == [(1, "iv", "letter", A), (2, "v", "", B)]


def test_a_number_set_like_the_text_is_a_marker_when_its_note_leads_back() -> None:
    page = lines(700, "The letter 7 came in section 7 of it.") + lines(80, f"7 See {A}", size=9)
    links = [("102 695 112 712", to(1, 90)), ("50 78 55 90", to(1, 710))]
    assert [(one.label, one.text, one.url) for one in cited(pdf(page, links={0: links}))] == [("7", "letter", A)]


def test_a_link_to_a_section_is_no_marker() -> None:
    page = lines(700, "As said in section 2, it came.", "2 The letter", f"{A}")
    links = [("146 695 158 712", to(1, 697))]
    assert [(one.label, one.url) for one in cited(pdf(page, links={0: links}))] == [(None, A)]


def test_signs_begin_again_on_each_page() -> None:
    one = lines(700, "A letter^*^ came, a reply^**^ went.") + lines(80, f"^*^ {A}", f"^**^ {B}", size=9)
    two = lines(700, "Another letter^*^ came.") + lines(80, f"^*^ {C}", size=9)
    assert short(pdf(one, two)) == [(1, "*", "letter", A), (1, "**", "reply", B), (2, "*", "letter", C)]


def test_letters_and_roman_numbers() -> None:
    one = lines(700, "A letter^i^ came, a reply^ii^ went on the 4^th^ day.") + lines(
        80, f"^i^ {A}", f"^ii^ {B}", size=9
    )
    two = lines(700, "Another letter^iii^ came.") + lines(80, f"^iii^ {C}", size=9)
    found = cited(pdf(one, two))
    assert [(one.label, one.text, one.url) for one in found] == [
        ("i", "letter", A),
        ("ii", "reply", B),
        ("iii", "letter", C),
    ]
    assert found[0].context == "A letter[i] came, a reply[ii] went on the 4th day."


def test_powers_are_no_markers() -> None:
    page = lines(700, "It was 12 km^2^ and x^2^ of it^1^ here.", "In 10^3^ cases it came.^2^") + lines(
        80, f"^1^ {A}", f"^2^ {B}", size=9
    )
    assert short(pdf(page)) == [(1, "1", "it", A), (1, "2", "came", B)]


def test_a_repeated_marker_points_to_the_same_note() -> None:
    page = lines(700, "A letter^1^ came and a reply^2^ went.", "Of that letter^1^ more.") + lines(
        80, f"^1^ {A}", f"^2^ {B}", size=9
    )
    assert short(pdf(page)) == [(1, "1", "letter", A), (1, "2", "reply", B), (1, "1", "letter", A)]


def test_a_list_and_a_bibliography_stay_what_they_are() -> None:
    page = lines(
        700,
        "A letter^1^ came and a reply^2^ went:",
        f"1. the first, {C}",
        "2. the second",
        "References",
        f"[1] Holm. {D}",
    ) + lines(80, f"^1^ {A}", f"^2^ {B}", size=9)
    assert [(one.kind.value, one.label, one.url) for one in cited(pdf(page))] == [
        ("footnote", "1", A),
        ("footnote", "2", B),
        ("inline", None, C),
        ("reference", None, D),
    ]


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    one = lines(700, "A letter^1^ came, a reply^2^ went.") + lines(
        80, f"^1^ See {A}", "^2^ It was sent by the clerk who", size=9
    )
    two = lines(700, "Another letter^3^ came.") + lines(92, f"kept it, {B}", f"^3^ {C}", size=9)
    three = lines(700, "The end of it all.")
    found = cited(pdf(one, two, three))
    assert [(one.place.page, one.label, one.url) for one in found] == [(1, "1", A), (1, "2", B), (2, "3", C)]
    assert found[1].note == f"It was sent by the clerk who kept it, {B}"


def test_the_rest_of_a_note_on_a_page_without_notes() -> None:
    one = lines(700, "A letter^1^ came.") + lines(80, "^1^ It was sent by the clerk who", size=9)
    two = lines(700, "Words of a page.", "More of them.") + lines(92, f"kept it, {A}", size=9)
    assert [(one.place.page, one.label, one.url) for one in cited(pdf(one, two))] == [(1, "1", A)]


def test_small_type_that_is_no_rest_of_a_note() -> None:
    one = lines(700, "A letter^1^ came.") + lines(80, f"^1^ See {A}.", size=9)
    two = lines(700, "Words of a page.") + lines(600, f"Figure 2. From {B}", size=9) + lines(500, "More words here.")
    assert short(pdf(one, two)) == [(1, "1", "letter", A), (2, None, B, B)]


def test_a_note_that_found_no_room_on_its_page() -> None:
    one = lines(700, "A letter^1^ came.", "A reply^2^ went.") + lines(80, f"^1^ See {A}.", size=9)
    two = lines(700, "Words of a page.") + lines(92, f"^2^ See {B}.", size=9)
    assert short(pdf(one, two)) == [(1, "1", "letter", A), (1, "2", "reply", B)]


def test_a_note_without_a_marker_keeps_its_own_address() -> None:
    page = lines(700, "A letter^1^ came.") + lines(80, f"^1^ See {A}.", f"^2^ See {B}.", size=9)
    assert [(one.label, one.url) for one in cited(pdf(page))] == [("1", A), ("2", B)]


def test_numbers_that_are_drawn_after_all_the_notes() -> None:
    page = lines(700, "A letter^1^ came, a reply^2^ went.") + lines(80, f"See {A}", f"See {B}", size=9)
    labels = "BT /F 9 Tf 38 80 Td (1. ) Tj ET BT /F 9 Tf 38 68 Td (2. ) Tj ET"
    assert short(pdf(page + labels)) == [(1, "1", "letter", A), (1, "2", "reply", B)]


def test_two_columns_with_notes_under_each() -> None:
    def column(left: int, mark: str, url: str) -> str:
        text = lines(700, f"The letter^{mark}^ was read", "and kept in the office", "of the council.")
        return (text + lines(80, f"^{mark}^ {url}", size=9)).replace(" 50 ", f" {left} ")

    assert short(pdf(column(50, "1", A) + column(320, "2", B))) == [(1, "1", "letter", A), (1, "2", "letter", B)]


def test_a_link_in_the_heads_of_pages_is_one_citation() -> None:
    pages = [
        lines(780, "The Harbour Review") + lines(700, f"Words {word} of it.", "More.", "And more.") for word in "abc"
    ]
    links = {number: [("50 775 170 795", uri(D))] for number in range(3)}
    assert short(pdf(*pages, links=links)) == [(1, None, "The Harbour Review", D)]


def test_a_link_that_says_its_lines_covers_no_more() -> None:
    page = lines(700, "The council sent a very long", "letter to all of us.")
    quads = "/QuadPoints [178 712 220 712 178 697 220 697 49 696 78 696 49 682 78 682]"
    (one,) = cited(pdf(page, links={0: [("49 682 220 712", f"{quads} {uri(A)}")]}))
    assert one.text == "long letter"


def test_a_date_in_a_note_is_not_the_documents() -> None:
    page = lines(700, "A letter^1^ came.") + lines(80, "^1^ 4 November 1921", size=9)
    assert document(pdf(page)).published is None


BROKEN = {
    "in its host": (["A letter of the council is here: https://a-long-name-of-the-", "harbour.example/x.html today"],
                    "https://a-long-name-of-the-harbour.example/x.html"),
    "before its query": (["A letter is https://a.example/page.html", "?view=full&lang=en for all of us to read now"],
                         "https://a.example/page.html?view=full&lang=en"),
    "behind a question mark": (["The letter is https://a.example/watch?", "v=aB3dE6 and that is it for us all today"],
                               "https://a.example/watch?v=aB3dE6"),
    "behind a full stop": (["The whole of this letter is kept at https://a.example/1921.", "0004/x.html and was read."],
                           "https://a.example/1921.0004/x.html"),
    "three times": (["https://a.example/the-very-long-name/of-the-", "office-of-the-harbour/and-what-came-after-it-",
                     "in-the-year/1921/page.html was read by nobody"],
                    ("https://a.example/the-very-long-name/of-the-office-of-the-harbour/and-what-came-after-it-in-the-year"
                    "/1921/page.html")),
    "not at all, though a list follows": (["The letter is at https://a.example/the/letters/of/may/", "1. first of them"],
                                          "https://a.example/the/letters/of/may/"),
    "not at all, though a sentence follows": (["The letter is here at https://a.example/the/letters/of/may", "it came."],
                                              "https://a.example/the/letters/of/may"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_an_address_that_is_broken(name: str) -> None:
    rows, expected = BROKEN[name]
    assert [one.url for one in cited(pdf(lines(700, *rows)))] == [expected]


def test_an_address_in_a_font_of_its_own_goes_on_as_long_as_the_font() -> None:
    def typed(left: int, top: int, font: str, words: str) -> str:
        return f"BT /{font} 12 Tf {left} {top} Td ({words}) Tj ET "

    page = (
        lines(730, "The office of the council has kept it all.")
        + typed(50, 700, "F", "See ") + typed(80, 700, "G", "https://archive.")
        + typed(50, 685, "G", "example/letters") + typed(170, 685, "F", " and the rest, or")
        + typed(50, 670, "G", "https://b.example/may") + typed(50, 655, "F", "letters/of/all of them")
    )  # fmt: skip
    data = pdf(page).replace(
        b"/Font << /F 3 0 R >>", b"/Font << /F 3 0 R /G << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >>"
    )
    assert [one.url for one in cited(data)] == ["https://archive.example/letters", "https://b.example/may"]


def test_notes_at_the_end_in_small_type_with_letters_and_signs_between() -> None:
    one = lines(700, "A letter^1^ came, a reply^2^ went in 1921^3^ here.", "It was of 4 km^2^ and starred^*^ all.^45^")
    two = lines(700, "The end of it all.")
    three = lines(
        700, f"1 See {A}", f"2 See {B}", "3 A remark.", f"* Starred: {C}", f"4 See {D}", f"5 See {A}/5", size=9
    )
    assert [(one.label, one.text, one.url) for one in cited(pdf(one, two, three))] == [
        ("1", "letter", A),
        ("2", "reply", B),
        ("3", "1921", None),
        ("*", "starred", C),
        ("4", "all", D),
        ("5", "all", f"{A}/5"),
    ]


def test_an_address_that_fills_its_line_may_go_on() -> None:
    page = lines(700, "https://a.example/the-very-long-name/addr", "ess. It was read all day and all night long")
    (one,) = cited(pdf(page))
    assert (one.url, one.variants) == (
        "https://a.example/the-very-long-name/addr",
        ("https://a.example/the-very-long-name/address",),
    )


def test_the_title_is_what_is_largest() -> None:
    page = lines(760, "The harbour and its^*^ clerks", size=20) + lines(700, "Words of a page, and more.", f"See {A}")
    found = document(pdf(page))
    assert (found.title, found.origins["title"]) == ("The harbour and its clerks", "largest type")


def test_raised_references_beside_the_addresses_of_authors() -> None:
    page = (
        lines(760, "Anna Berg^1^ and Carl Dahl^2^")
        + lines(740, f"^1^ Harbour Institute, {A}", "^2^ Tide School", size=9)
        + lines(700, "It was measured^1^ and told by all^2-4^ of them.", "Nobody else^1^ wrote of it.")
    )
    end = lines(700, "References") + lines(680, "1. Holm.", f"2. Sand. {B}", f"3. Sand. {C}", f"4. Four. {D}", size=9)
    assert [(one.label, one.text, one.url) for one in cited(pdf(page, end))] == [
        ("1", "Berg", A),
        ("2", "Dahl", None),
        ("1", "measured", None),
        ("2", "all", B),
        ("3", "all", C),
        ("4", "all", D),
        ("1", "else", None),
    ]


def test_a_note_of_two_paragraphs() -> None:
    one = lines(700, "A letter^1^ came, a reply^2^ went.")
    two = lines(700, f"1. See {A}") + lines(660, f"   and then {B}").replace("50 660", "62 660")
    two += lines(620, f"2. See {C}") + lines(570, f"Other {D}")
    links = {0: [("80 695 100 715", to(2, 712)), ("170 695 200 715", to(2, 632))]}
    assert [(one.label, one.url) for one in cited(pdf(one, two, links=links))] == [
        ("1", A),
        ("1", B),
        ("2", C),
        (None, D),
    ]
