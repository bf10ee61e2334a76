"""Numbered notes in plain text: which digits are markers, which lines are notes, and what is lost."""

import pytest
from document_reading import cited, short

from archiver.documents import Raw, read
from archiver.model import Document

A, B, C = "http://a.example.org/1", "http://b.example.org/2", "http://c.example.org/3"

HARD = {
    "glued to words and stops": (
        f"It stands in a letter1 that went round. The reply2 was short.3\n\n1 {A}\n2Quoted at: {B}\n3. See {C}\n",
        [("1", "letter", A), ("2", "reply", B), ("3", "short", C)],
    ),
    "decoys before and between": (
        f"CO2 and MP3 in 2019: the town1 paid 1,000 for H2O, and the mayor2 4.5 for B12.3\n\n1) {A}\n2) {B}\n3) {C}",
        [("1", "town", A), ("2", "mayor", B), ("3", "", C)],
    ),
    "two addresses in one note": (f"He denied it.1\n\n1 See {A}, and {B}.", [("1", "it", A), ("1", "it", B)]),
    "a note over two lines": (f"He denied it.1\n\n1 A long title that goes on\n  {A}\n", [("1", "it", A)]),
    "brackets, lists of them, and one repeated": (
        f"One [1], more [2,3], again [1].\n\n[1] {A}\n[2] {B}\n[3] {C}\n",
        [("1", "One", A), ("2", "more", B), ("3", "more", C), ("1", "again", A)],
    ),
    "raised numbers beside square metres": (
        f"Water¹ covers 10 m² of land².\n\n¹ {A}\n² {B}",
        [("1", "Water", A), ("2", "land", B)],
    ),
    "quotes and brackets before the marker": (
        f"“We won.”1 He said: “No!”2 (Truly.)3\n\n1 {A}\n2 {B}\n3 {C}",
        [("1", "won", A), ("2", "No", B), ("3", "Truly", C)],
    ),
    "after a year": (f"It fell in 1991.1 It rose.2\n\n1 {A}\n2 {B}", [("1", "1991", A), ("2", "rose", B)]),
    "two markers at one word": (
        f"The town12 paid.3\n\n1 {A}\n2 {B}\n3 {C}",
        [("1", "town", A), ("2", "town", B), ("3", "paid", C)],
    ),
    "numbering that begins again on each page": (
        f"A claim.1 Another.2\n1 {A}\n2 {B}\n\nNext page, a claim.1 And more.2\n1 {C}\n2 {A}\n",
        [("1", "claim", A), ("2", "Another", B), ("1", "claim", C), ("2", "more", A)],
    ),
    "an excerpt that begins at 37": (
        f"As shown37 by others.38\n\n37 {A}\n38 Available online at\n",
        [("37", "shown", A), ("38", "others", "LOST")],
    ),
    "a numbered list is no block of notes": (
        f"For the party1 we need:\n\n1. Tea\n2. Milk\n3. CO2\n\nIt was fun.2\n\n1 {A}\n2 {B}\n",
        [("1", "party", A), ("2", "fun", B)],
    ),
    "signs": (
        f"This is a claim* that matters.† Really.\n\n* See {A}\n† Available at:\n",
        [("*", "claim", A), ("†", "matters", "LOST")],
    ),
    "notes in one line": (f"A claim.1 More.2\n\n1 {A} 2 {B}", [("1", "claim", A), ("2", "More", B)]),
    "a number alone above its note": (f"A claim.1 More.2\n\n1\n{A}\n2\n{B}\n", [("1", "claim", A), ("2", "More", B)]),
    "carets": (f"A claim^1 and x^2 more^2.\n\n^1 {A}\n^2 {B}", [("1", "claim", A), ("2", "more", B)]),
    "acronyms carry markers when the series needs them": (
        f"The U.S.1 and the UN2 agreed.3\n\n1 {A}\n2 {B}\n3 {C}",
        [("1", "S", A), ("2", "UN", B), ("3", "agreed", C)],
    ),
    "mojibake around them": (f"He said â€œno.â€1 Then left.2\n\n1 {A}â€\n2 {B}", [("1", "no", A), ("2", "left", B)]),
    "a marker glued to an address": (
        f"See {A}.1 and the town.2\n\n1 {B}\n2 {C}",
        [(None, A, A), ("1", "", B), ("2", "town", C)],
    ),
    "the last note only": (
        "In a film1 she dances; in another clip2 she sings. She never spoke of it.3\n\n3Her own account is here:",
        [("1", "film", "LOST"), ("2", "clip", "LOST"), ("3", "it", "LOST")],
    ),
    "no notes at all, a good series": (
        "The letter1 was read before the council2 met.",
        [("1", "letter", "LOST"), ("2", "council", "LOST")],
    ),
    "raised, no notes at all": ("He left¹ in a hurry.²", [("1", "left", "LOST"), ("2", "hurry", "LOST")]),
    "an encyclopedia's paragraph": (
        "It was large.[12][13] It was old.[14]",
        [("12", "large", "LOST"), ("13", "large", "LOST"), ("14", "old", "LOST")],
    ),
    "a body without marker": (f"The one.1\n\n1 {A}\n2 {B}", [("1", "one", A), ("2", "", B)]),
    "a remark is not lost": (
        "The one.1 Two.2\n\n1 Rather doubtful.\n2 Watch:\n",
        [("1", "one", ""), ("2", "Two", "LOST")],
    ),
    "notes at the foot of pages, numbered through": (
        f"Rain fell.1 Snow2 fell.\n\n1 {A}\n2 {B}\n\nHail fell.3 Fog4 fell.\n\n3 {C}\n4 {A}\n",
        [("1", "fell", A), ("2", "Snow", B), ("3", "fell", C), ("4", "Fog", A)],
    ),
    "set apart by a space": (f"Rain fell. 1 Snow fell. 2\n\n1. {A}\n2. {B}\n", [("1", "fell", A), ("2", "fell", B)]),
    "German and French quotes": (
        f"Er sagte „Nein“1 und ging. Il a dit « non »2 hier.\n\n1 Siehe {A}\n2 Voir {B}\n",
        [("1", "Nein", A), ("2", "non", B)],
    ),
    "between words without spaces": (
        f"部长说“不”1，然后离开了。2在视频3中可以看到。\n\n1 {A}\n2 {B}\n3 观看视频：\n",
        [("1", "不", A), ("2", "然后离开了", B), ("3", "在视频", "LOST")],
    ),
    "out of order, and lists of them": (
        f"Rain [3], snow [1, 2], hail [2–3].\n\nReferences\n[1] {A}\n[2] {B}\n[3] {C}\n",
        [("3", "Rain", C), ("1", "snow", A), ("2", "snow", B), ("2", "hail", B), ("3", "hail", C)],
    ),
    "letters in brackets": (f"Rain fell.[a] Snow[b] fell.\n\n[a] {A}\n[b] {B}\n", [("a", "fell", A), ("b", "Snow", B)]),
    "four signs in one line": (
        f"Rain* fell, snow† too, fog** last.\n\n* {A}\n† {B}\n** {C}\n",
        [("*", "Rain", A), ("†", "snow", B), ("**", "fog", C)],
    ),
    "an encyclopedia's page numbers and named notes": (
        "It fell in 1967,[4][5]: 12  killing 46.[6][note 1] It was silver.[4]",
        [
            ("4", "1967", "LOST"),
            ("5", "1967", "LOST"),
            ("6", "46", "LOST"),
            ("note 1", "46", "LOST"),
            ("4", "silver", "LOST"),
        ],
    ),
    "the only note of a text": ("Rain fell on the city all night.1 Nobody saw it.", [("1", "night", "LOST")]),
    "an excerpt that keeps few of its notes": (
        f"Rain fell.¹ Snow² fell. It was land.¹²\n\n¹ {A}\n² {B}\n¹² {C}\n",
        [("1", "fell", A), ("2", "Snow", B), ("12", "land", C)],
    ),
    "addresses that a line end broke": (
        (
            "Rain fell.1 Snow fell.2 Hail fell.3\n\n1 See https://a.example.org/a/long/path/that/goes/on/and/\nends-some-where.html,"
            " accessed 3 May 2014.\n2 See https://b.example.org/a/long/path/that-goes-\non/index.html.\n"
            "3 See https://c.example.org/a/long/path/and/ends/\nand then it rains.\n"
        ),
        [
            ("1", "fell", "https://a.example.org/a/long/path/that/goes/on/and/ends-some-where.html"),
            ("2", "fell", "https://b.example.org/a/long/path/that-goes-on/index.html"),
            ("3", "fell", "https://c.example.org/a/long/path/and/ends/"),
        ],
    ),
    "requests whose link is gone": (
        "Watch the whole video here. He was here. We read it here, in the library. (Read more here)",
        [(None, "Watch the whole video here", "LOST"), (None, "Read more here", "LOST")],
    ),
    "sources without markers": (f"A text.\n\nSources:\n1. {A}\n2. {B}", [("1", A, A), ("2", B, B)]),
}


@pytest.mark.parametrize(("text", "expected"), HARD.values(), ids=HARD)
def test_markers_find_their_notes(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert short(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Levels of CO2 rose.",
        "In Q1 the G7 met on COVID19; MP3, B12, H2O, iPhone4, version 3.2, 1,000 people in 1991.",
        "See p.3, fig.2 and No.5. On Feb.12 we met.",
        "Connect server1 to server2, then file1 to file2.",
        "Set argv[1] and argv[2] to x[0].",
        "1. Milk\n2. Bread\n3. Butter for CO2 bottles\n",
        "1 In the beginning was a word.\n2 It was good.\n3 Then it rained.\n",
        "There are (1) cats, (2) dogs and (3) birds.",
        "Chapter 1\n\nText.\n\n2\n\nMore text.\n\n3\n",
        "The room measures 20 m² and 60 m³.",
        "A few use Xft1, others freetype2.",
        "See setuid(2) and printf(3).\n\n1. One\n2. Two\n3. Three\n",
        "The steps are: (1) take the copy, and (2) give it on.\n\n1 and 2 above on a medium\n",
        "It compiles a pattern for matching(1).\n\n1 if it matches, 0 if it does not",
        "words[0] × (2⁶⁴)⁰ + words[1] × (2⁶⁴)¹",
        "array[0][1] and level=[1, 2, 3]",
        "It fell in May2011 and June2012; 2:1 in the 3rd minute, $5.99, ISBN 978-3-16-148410-0, Psalm 23:4.",
    ],
)
def test_numbers_that_are_no_notes_stay_numbers(text: str) -> None:
    assert cited(text) == ()


def test_a_marker_says_where_it_stands_and_what_stands_around_it() -> None:
    text = f"First line.\nThen she sang in a video1 by the sea. The end.\n\n1 {A}, accessed 3 May 2014.\n"
    (one,) = cited(text)
    assert (one.place.line, one.place.column) == (2, 20)
    assert text[one.place.start : one.place.end] == "video1"
    assert one.context == "Then she sang in a video1 by the sea."
    assert (one.kind, one.note) == ("media", f"{A}, accessed 3 May 2014.")
    assert str(one.cited_on) == "2014-05-03"


def test_title_author_publication_and_date_stand_around_the_text() -> None:
    text = "The Long Way Home\n\nBy Ada Winter\n\nIt was late.\n\nThe Harbour Post, March 2, 2013\n"
    document = read(Raw(source="-", data=text.encode()))
    assert isinstance(document, Document)
    assert (document.title, document.author) == ("The Long Way Home", "Ada Winter")
    assert (document.publication, str(document.published)) == ("The Harbour Post", "2013-03-02")


@pytest.mark.parametrize(
    ("head", "author", "publication", "published"),
    [
        ("Dec. 20, 2011 | By Ada Winter", "Ada Winter", None, "2011-12-20"),
        ("Posted on March 4, 2019 at 10:32 am by Ada Winter", "Ada Winter", None, "2019-03-04"),
        ("Tuesday, 20 December 2011\nBy Ada Winter, Reuters", "Ada Winter", None, "2011-12-20"),
        ("Ada Winter\nThe Harbour Post, 3 May 2014", "Ada Winter", "The Harbour Post", "2014-05-03"),
        ("Von Ada Winter\n20.12.2011", "Ada Winter", None, "2011-12-20"),
        ("London, 3 May — It rained.", None, None, "None"),
    ],
)
def test_bylines_and_datelines(head: str, author: str | None, publication: str | None, published: str) -> None:
    document = read(Raw(source="-", data=f"Rain falls\n\n{head}\n\nIt rained.\n".encode()))
    assert isinstance(document, Document)
    assert (document.title, document.author) == ("Rain falls", author)
    assert (document.publication, str(document.published)) == (publication, published)


def test_a_last_line_tells_where_it_was_published() -> None:
    text = "Rain falls\n\nIt rained.\n\nThis article was published on December 20, 2011 in The Harbour Post.\n"
    document = read(Raw(source="-", data=text.encode()))
    assert isinstance(document, Document)
    assert (document.publication, str(document.published)) == ("The Harbour Post", "2011-12-20")


@pytest.mark.parametrize("note", [
    "Minutes of the council, abrufbar unter", "Karte von 1911, verfügbar auf:", "Journal du port, consultable en ligne à",
    "Acta del puerto, disponible en línea en", "Kaart van de haven, beschikbaar op", "Протокол, режим доступа:",
    "Tide tables, available at http://", "The map, https:", "Report, available at https://www.",
])
def test_a_note_that_ends_in_an_announcement_has_lost_its_target(note: str) -> None:
    text = f"The harbour was closed in spring.1 It opened again.2\n\nNotes\n\n1. {note}\n2. See https://b.example/x\n"
    found = read(Raw(source="a.txt", data=text.encode()))
    assert isinstance(found, Document)
    assert [(citation.label, citation.lost, citation.url) for citation in found.citations] == [
        ("1", True, None), ("2", False, "https://b.example/x"),
    ]


@pytest.mark.parametrize("note", ["The council met online in spring", "Er war überall zu finden", "A remark on the map."])
def test_a_remark_announces_nothing(note: str) -> None:
    text = f"The harbour was closed in spring.1 It opened again.2\n\nNotes\n\n1. {note}\n2. See https://b.example/x\n"
    found = read(Raw(source="a.txt", data=text.encode()))
    assert isinstance(found, Document)
    assert not any(citation.lost for citation in found.citations)
