"""Notes that are marked with letters and roman numerals, in plain text."""

import pytest
from document_reading import short

A, B, C, D = "http://a.example/x", "http://b.example/x", "http://c.example/x", "http://d.example/x"


LETTERS = {
    "brackets": (f"Rain fell[a] and snow[b] came.\n\n[a] Smith, {A}\n[b] {B}\n", [("a", "fell", A), ("b", "snow", B)]),
    "full stops": (f"Rain fell[a] and snow[b] came.\n\na. Smith, {A}\nb. {B}\n", [("a", "fell", A), ("b", "snow", B)]),
    "parentheses": (f"Rain fell[a] and snow[b].\n\na) Smith, {A}\nb) {B}\n", [("a", "fell", A), ("b", "snow", B)]),
    "raised": (f"Rain fellᵃ and snowᵇ came.\n\nᵃ Smith, {A}\nᵇ {B}\n", [("a", "fell", A), ("b", "snow", B)]),
    "raised, but not in the list": (
        f"Rain fellᵃ and snowᵇ came.\n\na Smith, {A}\nb Jones, {B}\n",
        [("a", "fell", A), ("b", "snow", B)],
    ),
    "carets": (f"Rain fell^a and snow^b came.\n\na. Smith, {A}\nb. {B}\n", [("a", "fell", A), ("b", "snow", B)]),
    "capitals": (f"Rain fell[A] and snow[B].\n\n[A] {A}\n[B] {B}\n", [("A", "fell", A), ("B", "snow", B)]),
    "parentheses in the text": (
        f"Rain fell (a) and snow (b) came.\n\n(a) Smith, {A}\n(b) {B}\n",
        [("a", "fell", A), ("b", "snow", B)],
    ),
    "roman behind carets": (
        f"Rain^i and snow^ii came, then hail^iii, then fog^iv.\n\ni) {A}\nii) {B}\niii) {C}\niv) {D}\n",
        [("i", "Rain", A), ("ii", "snow", B), ("iii", "hail", C), ("iv", "fog", D)],
    ),
    "roman in brackets": (
        f"Rain fell.[i] Snow came.[ii] Hail.[iii]\n\ni. Smith, {A}\nii. {B}\niii. Available at:\n",
        [("i", "fell", A), ("ii", "came", B), ("iii", "Hail", "LOST")],
    ),
    "roman, raised": (f"Rain fellⁱ and snowⁱⁱ.\n\ni. Smith, {A}\nii. {B}\n", [("i", "fell", A), ("ii", "snow", B)]),
    "beside numbers": (
        f"Rain[a] in town.1 Snow[b] came.2\n\nNotes\na. Twice, {A}\nb. No, {B}\n\nReferences\n1. {C}\n2. {D}\n",
        [("a", "Rain", A), ("1", "town", C), ("b", "Snow", B), ("2", "came", D)],
    ),
    "beside numbers in brackets": (
        f"Rain[1] and snow[a] and hail[2].\n\n[a] {A}\n\n[1] {B}\n[2] {C}\n",
        [("1", "Rain", B), ("a", "snow", A), ("2", "hail", C)],
    ),
    "ten letters, and i is the ninth": (
        "".join(f"Word{letter}{letter}w[{letter}] " for letter in "abcdefghij")
        + "\n\n"
        + "".join(f"{letter}. http://{letter}.example/x\n" for letter in "abcdefghij"),
        [(letter, f"Word{letter}{letter}w", f"http://{letter}.example/x") for letter in "abcdefghij"],
    ),
    "a body is missing": (
        f"Rain[a], snow[b], hail[c].\n\n[a] {A}\n[c] {C}\n",
        [("a", "Rain", A), ("b", "snow", "LOST"), ("c", "hail", C)],
    ),
    "again in each section": (
        f"Rain[a], snow[b].\n\na. {A}\nb. {B}\n\nHail[a], fog[b].\n\na. {C}\nb. {D}\n",
        [("a", "Rain", A), ("b", "snow", B), ("a", "hail".title(), C), ("b", "fog", D)],
    ),
    "a list that nothing points to": (f"We bring:\n\na) tea\nb) milk, {A}\nc) bread\n", [(None, A, A)]),
    "two at one word": (f"Rain[a][b] fell.\n\na. {A}\nb. {B}\n", [("a", "Rain", A), ("b", "Rain", B)]),
}


@pytest.mark.parametrize(("text", "expected"), LETTERS.values(), ids=LETTERS)
def test_letters_mark_notes(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert short(text) == expected
