"""Hard cases for numbered notes: lists of markers, numbers that begin again, rules, pages, decoys."""

import pytest
from document_reading import cited, short

A, B, C, D = "http://a.example/x", "http://b.example/x", "http://c.example/x", "http://d.example/x"


HARD = {
    "lines of works cited that go on with a number": (
        (
            f"One thing [1], another [2] and more [3,5], and again [4].\n\nReferences\n\n[1] A. Roe. Gates. {A}\n"
            f"[2] B. Lind. Weirs (Chapter\n5), Low Bridge, 1986. {B}\n\n[3] C. Moor. Tides. Water,\n"
            f"16(8):57-69, 1983. {C}\n[4] D. Vale. Mud,\n27 pages. {D}\n[5] E. Orr. Sand, {A}\n"
        ),
        [("1", "thing", A), ("2", "another", B), ("3", "more", C), ("5", "more", A), ("4", "again", D)],
    ),
    "two notes at a word, with a comma": (
        f"The town1,2 paid.3\n\n1. {A}\n2. {B}\n3. {C}\n",
        [("1", "town", A), ("2", "town", B), ("3", "paid", C)],
    ),
    "three at the end of a sentence": (
        f"The town paid.1,2,3 It left.4\n\n1. {A}\n2. {B}\n3. {C}\n4. {D}\n",
        [("1", "paid", A), ("2", "paid", B), ("3", "paid", C), ("4", "left", D)],
    ),
    "a list before a full stop": (
        f"In town1,2,3. Yes.4\n\n1. {A}\n2. {B}\n3. {C}\n4. {D}\n",
        [("1", "town", A), ("2", "town", B), ("3", "town", C), ("4", "Yes", D)],
    ),
    "a range at a word": (
        f"The town1-3 paid.4\n\n1. {A}\n2. {B}\n3. {C}\n4. {D}\n",
        [("1", "town", A), ("2", "town", B), ("3", "town", C), ("4", "paid", D)],
    ),
    "a range behind a full stop": (
        f"The town paid.1–3 Yes.4\n\n1. {A}\n2. {B}\n3. {C}\n4. {D}\n",
        [("1", "paid", A), ("2", "paid", B), ("3", "paid", C), ("4", "Yes", D)],
    ),
    "a comma and a space": (
        f"In town1, 2 it rained.3\n\n1. {A}\n2. {B}\n3. {C}\n",
        [("1", "town", A), ("2", "town", B), ("3", "rained", C)],
    ),
    "12 is 1 and 2": (
        f"A video12 here. Then3 rain.\n\n1 {A}\n2 {B}\n3 {C}",
        [("1", "video", A), ("2", "video", B), ("3", "Then", C)],
    ),
    "123 is 1, 2 and 3": (
        f"A video123 here.\n\n1 {A}\n2 {B}\n3 {C}",
        [("1", "video", A), ("2", "video", B), ("3", "video", C)],
    ),
    "12 behind a full stop": (
        f"It rained.12 Then snow.3\n\n1 {A}\n2 {B}\n3 {C}",
        [("1", "rained", A), ("2", "rained", B), ("3", "snow", C)],
    ),
    "raised 12 is 1 and 2": (
        f"It rained¹² here. Then³ snow.\n\n1 {A}\n2 {B}\n3 {C}",
        [("1", "rained", A), ("2", "rained", B), ("3", "Then", C)],
    ),
    "sections with notes of their own": (
        f"Part One\n\nRain.1 Snow.2\n\n1. {A}\n2. {B}\n\nPart Two\n\nHail.1 Fog.2\n\n1. {C}\n2. {D}\n",
        [("1", "Rain", A), ("2", "Snow", B), ("1", "Hail", C), ("2", "Fog", D)],
    ),
    "all notes at the end, under the heads of the chapters": (
        (f"Chapter 1\n\nRain.1 Snow.2 Wind.3\n\nChapter 2\n\nHail.1 Fog.2\n\nNotes\n\nChapter 1\n"
        f"1. {A}\n2. {B}\n3. {A}\nChapter 2\n1. {C}\n2. {D}\n"),
        [("1", "Rain", A), ("2", "Snow", B), ("3", "Wind", A), ("1", "Hail", C), ("2", "Fog", D)],
    ),
    "the same in brackets": (
        (f"One\n\nRain.[1] Snow.[2]\n\nTwo\n\nHail.[1] Fog.[2]\n\nNotes\n\nOne\n\n[1] {A}\n[2] {B}\n\n"
        f"Two\n\n[1] {C}\n[2] {D}\n"),
        [("1", "Rain", A), ("2", "Snow", B), ("1", "Hail", C), ("2", "Fog", D)],
    ),
    "a marker is missing": (
        f"Rain.1 Hail.3\n\n1. {A}\n2. {B}\n3. {C}\n",
        [("1", "Rain", A), ("3", "Hail", C), ("2", "", B)],
    ),
    "a body is missing": (
        f"Rain.1 Snow.2 Hail.3\n\n1. {A}\n3. {C}\n",
        [("1", "Rain", A), ("2", "Snow", "LOST"), ("3", "Hail", C)],
    ),
    "the last body is missing": (
        f"Rain.1 Snow.2 Hail.3\n\n1. {A}\n2. {B}\n",
        [("1", "Rain", A), ("2", "Snow", B), ("3", "Hail", "LOST")],
    ),
    "the first body is missing": (
        f"Rain.1 Snow.2 Hail.3\n\n2. {A}\n3. {B}\n",
        [("1", "Rain", "LOST"), ("2", "Snow", A), ("3", "Hail", B)],
    ),
    "an empty line before each address": (
        f"Rain.1 Snow.2\n\n1. Smith, Tides.\n\n{A}\n\n2. Jones.\n\n{B}\n",
        [("1", "Rain", A), ("2", "Snow", B)],
    ),
    "hanging indents": (
        f"Rain.1 Snow.2\n\n1. Smith, Tides, the long\n   story of water,\n   {A}\n2. Jones\n   {B}\n",
        [("1", "Rain", A), ("2", "Snow", B)],
    ),
    "rules between and under the notes": (
        f"Rain.1 Snow.2\n________\n1. {A}\n_____\n2. A remark\n------\nWrite to us: {C}\n",
        [("1", "Rain", A), ("2", "Snow", ""), (None, C, C)],
    ),
    "numbers of pages in the text and in the notes": (
        f"Rain.1\n\n12\n\nSnow.2 Fog.3\n\nNotes\n\n1. {A}\n2. {B}\n\n14\n\n3. {C}\n\n15\n",
        [("1", "Rain", A), ("2", "Snow", B), ("3", "Fog", C)],
    ),
    "numbered headings": (
        f"1. Rain\n\nRain.1 Snow.2\n\n2. Fog\n\nFog.3\n\n3. End\n\nNothing.\n\n1. {A}\n2. {B}\n3. {C}\n",
        [("1", "Rain", A), ("2", "Snow", B), ("3", "Fog", C)],
    ),
    "a table and a score": (
        f"Name Goals\nAda 3\nBen 2\nCid 1\n\nThey won 3-2.1 It rained.2\n\n1. {A}\n2. {B}\n",
        [("1", "3-2", A), ("2", "rained", B)],
    ),
    "verses, laws and times": (
        (f"As in John 3:16 and 1 Cor 13, under s.2 and §3, Art.4(1), at 10.30, he said.1 Then Psalm 23.2\n\n"
        f"1. {A}\n2. {B}\n"),
        [("1", "said", A), ("2", "23", B)],
    ),
    "versions and measures": (
        f"Windows10 and v1.0.1 fixed 2.5m of 10x12 cm, 1/2 mile.1 Linux6.1 too.2\n\n1. {A}\n2. {B}\n",
        [("1", "mile", A), ("2", "too", B)],
    ),
    "chess moves and formulae": (
        f"After 1.e4 e5 2.Nf3 Nc6 let x1 + x2 = y3 and a_1 = b^2. It rained.1\n\n1. {A}\n",
        [("1", "rained", A)],
    ),
    "a glued marker comes back": (
        f"Rain fell.1 Snow fell.2 Hail fell.1\n\n1. {A}\n2. {B}\n",
        [("1", "fell", A), ("2", "fell", B), ("1", "fell", A)],
    ),
    "glued markers out of order": (
        f"Rain fell.2 Snow fell.1 Hail fell.3\n\n1. {A}\n2. {B}\n3. {C}\n",
        [("2", "fell", B), ("1", "fell", A), ("3", "fell", C)],
    ),
    "three addresses on three lines": (
        f"Rain fell.1\n\n1. See {A};\nand {B};\nand {C}\n",
        [("1", "fell", A), ("1", "fell", B), ("1", "fell", C)],
    ),
    "a sign on each page": (
        f"Page one rain* fell.\n\n* {A}\n\nPage two snow* fell.\n\n* {B}\n",
        [("*", "rain", A), ("*", "snow", B)],
    ),
    "five signs": (
        f"Rain* fell. Snow** fell. Hail† fell. Fog‡ fell. Dew§ fell.\n\n* {A}\n** {B}\n† {C}\n‡ {D}\n§ Available at:\n",
        [("*", "Rain", A), ("**", "Snow", B), ("†", "Hail", C), ("‡", "Fog", D), ("§", "Dew", "LOST")],
    ),
    "authors with numbers above notes at the page foot": (
        (f"A. Winter1 and B. Marsh2\n\n1 Institute of Water\n2 Tide Laboratory\n\nData are online.1 So is the guide.2\n\n"
        f"1 {A}\n2 {B}\n"),
        [("1", "Winter", ""), ("2", "Marsh", ""), ("1", "online", A), ("2", "guide", B)],
    ),
    "an encyclopedia whose list came without its numbers": (
        (f"Opened in 1911.[1][2] It is long.[a] And old.[1]\n\nNotes[edit]\n^ See {C}\n\nReferences[edit]\n"
        f'^ Jump up to: a b "The bridge". {A}\n^ Hale, J. (1912). {B}\n'),
        [("1", "1911", A), ("2", "1911", B), ("a", "long", C), ("1", "old", A)],
    ),
    "notes of the page and a list of works in brackets": (
        f"Floods are remembered [1, 2]. Data are online.1\n\n1 {A}\n\nReferences\n[1] Hale: {B}\n[2] Ost: {C}\n",
        [("1", "remembered", B), ("2", "remembered", C), ("1", "online", A)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), HARD.values(), ids=HARD)
def test_the_series_tells_which_numbers_are_notes(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert short(text) == expected


def test_twelve_is_one_note_where_the_series_has_come_so_far() -> None:
    words = ["rain", "snow", "hail", "fog", "dew", "wind", "mist", "frost", "sleet", "sun", "ice"]
    text = " ".join(f"Much {word}.{number}" for number, word in enumerate(words, 1)) + " A video12 too.\n\n"
    text += "".join(f"{number}. http://h.example/n{number}x\n" for number in range(1, 13))
    assert [(one.label, one.text, one.url) for one in cited(text)][-2:] == [
        ("11", "ice", "http://h.example/n11x"),
        ("12", "video", "http://h.example/n12x"),
    ]


def test_each_chapter_of_a_long_book_has_its_own_notes() -> None:
    chapters = [
        f"Chapter {chapter}\n\n"
        + " ".join(f"It rained for {number} days and a night.{number}" for number in range(1, 31))
        + "\n\nNotes\n\n"
        + "".join(f"{number}. http://h.example/c{chapter}/n{number}x\n" for number in range(1, 31))
        for chapter in range(1, 21)
    ]
    assert [(one.label, one.url) for one in cited("\n\n".join(chapters))] == [
        (str(number), f"http://h.example/c{chapter}/n{number}x") for chapter in range(1, 21) for number in range(1, 31)
    ]


def test_a_hundred_thousand_numbers_are_read_in_one_pass() -> None:
    text = "".join(f"word{number % 900 + 1} x[{number % 90 + 1}] end.{number % 70 + 1} " for number in range(35_000))
    assert len(cited(f"{text}\n\n1. {A}\n2. {B}\n")) > 1


@pytest.mark.parametrize(
    "text",
    [
        "We bring:\n\na) tea\nb) milk\nc) bread\n",
        "We bring (a) tea and (b) milk.\n\nThe rules:\n(a) one\n(b) two\n",
        "As under (i) and (ii) above.\n\ni. One\nii. Two\n",
        "I. Rain\n\nIt rained.\n\nII. Snow\n\nIt snowed.\n",
        "Vitamin A and plan B were[sic] good. [a] man said [b]oth.\n",
        "Let x^a + y^b = z^c, and a[i] = b[j].\n\na. One\nb. Two\nc. Three\n",
        "The score was 3-2. At 10.30 they left; by 11.15 it was 4-2.",
        "Matthew 5:3–10; Luke 6:20-23; 1 Cor 13,4.",
        "12 Tide Street, Flat 3.\n\n14 Tide Street, Flat 4.\n",
        "Under §1 and §2 of the Act, s.3(1)(a) and Art.5(2), Sch.6.",
        "Team A 3\nTeam B 2\nTeam C 1\n",
        "Rooms 1,2 and 3; floors 1-3; doors 1–4.",
    ],
)
def test_numbers_and_letters_that_are_no_notes(text: str) -> None:
    assert cited(text) == ()
