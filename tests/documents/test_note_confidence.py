"""How sure a match is: a format's own notes are certain, signs in running text are more or less so."""

from itertools import pairwise

from archiver.documents import Raw, read
from archiver.model import Document

A, B = "http://a.example/x", "http://b.example/x"


def sure(text: str, source: str = "essay.txt") -> float:
    document = read(Raw(source=source, data=text.encode()))
    assert isinstance(document, Document)
    assert document.citations[0].url == A
    return document.citations[0].confidence


def test_the_plainer_the_sign_the_surer_the_match() -> None:
    notes = f"\n\n1. {A}\n2. {B}\n"
    order = [
        sure(f"Rain fell. 1 Snow fell. 2{notes}"),  # set apart
        sure(f"The rain1 and the snow2 fell.{notes}"),  # glued to a word
        sure(f"Rain fell.1 Snow fell.2{notes}"),  # glued behind a full stop
        sure(f"Rain fell^1 and snow^2 too.{notes}"),
        sure(f"Rain fell[1] and snow[2] too.{notes}"),
        sure(f"Rain fell.[^1] Snow.[^2]\n\n[^1]: <{A}>\n[^2]: <{B}>\n", "a.md"),
    ]
    assert all(less < more for less, more in pairwise(order)), order
    assert order[-1] == 1.0


def test_only_what_a_format_says_itself_is_certain() -> None:
    assert sure(f"Rain fell¹ and snow² too.\n\n¹ {A}\n² {B}\n") < 1
    assert sure(f"Rain fell[a] and snow[b].\n\n[a] {A}\n[b] {B}\n") < 1
    assert sure(f"Rain fell[i] and snow[ii].\n\n[i] {A}\n[ii] {B}\n") < 1


def test_notes_that_miss_their_markers_make_the_others_less_sure() -> None:
    all_met = sure(f"Rain fell.1 Snow fell.2 Hail fell.3\n\n1. {A}\n2. {B}\n3. {B}\n")
    assert sure(f"Rain fell.1 Snow fell. Hail fell.3\n\n1. {A}\n2. {B}\n3. {B}\n") < all_met


def test_a_note_that_points_back_is_less_sure_than_the_note_it_means() -> None:
    document = read(Raw(source="a.txt", data=f"Rain fell.1 Snow fell.2\n\n1. {A}\n2. Ibid.\n".encode()))
    assert isinstance(document, Document)
    first, second = document.citations
    assert second.confidence < first.confidence < 1
