"""A marker without a note has lost its target; a number that only looks like one never had any."""

import pytest
from document_reading import cited, short

NONE = {
    "examples of a command": "Write lipsum[1] for one, lipsum[2] for two, and lipsum[3] or lipsum[4] for more of it.\n",
    "a table of contents": "Preface1\n\nThe first mill2\n\nThe second mill4\n\nThe flood9\n\nIndex12\n",
    "heads with the numbers of their pages": (
        "The weir rose slowly in the night.\n\nWeirs14\n\nIt fell in the morning.\n\nWeirs and gates15\n\nThen it rained.\n"
    ),
    "sections of an appendix": "As B.1 says, and B.2, and C.3 too.\n",
    "kinds of a thing": "There are names (7), places (8), days (9) and hours (10).\n",
    "kinds that are counted, beside a list": (
        "Open (1), write (2), close (3), save (7), late (8), user (9) and free (10).\n\n1. Tea\n\n12. Milk\n"
    ),
    "a program": "if (parts[1] && parts[2]) show(parts[1] + parts[3]);\n",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_nothing_is_lost_where_nothing_was(text: str) -> None:
    assert short(text) == []


LOST = {
    "glued to words": (
        "A film1 shows it. The second film2 was shot from the roof.\n",
        [("1", "film", "LOST"), ("2", "film", "LOST")],
    ),
    "behind a full stop, one of three": (
        "Rain fell.1 Snow came.2 Ice too.3\n\n1 https://a.example/\n3 https://c.example/\n",
        [("1", "fell", "https://a.example/"), ("2", "came", "LOST"), ("3", "too", "https://c.example/")],
    ),
    "at the end of a line that goes on": (
        "The town had seen a video1\nof the flood, and another video2\nof the gate.\n",
        [("1", "video", "LOST"), ("2", "video", "LOST")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), LOST.values(), ids=LOST)
def test_what_was_there_is_lost(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert short(text) == expected


def test_works_cited_whose_lines_go_on_with_a_number_are_whole() -> None:
    works = [
        "A. Roe. Gates of the north. Low Press, 1984.",
        "B. Lind. Weirs, in C. Moor, editor, Water (Chapter\n5), Low Bridge, 1986. Low Press.",
        "C. Moor. Tides and tables. Water,\n16(8):57-69, August 1983.",
        "D. Vale. Mud. Low Press, 1987.",
        "E. Orr. Sand and what it hides. Low Press, 1988.",
    ]
    listed = "\n\n".join(f"[{number}] {work}" for number, work in enumerate(works, 1))
    prose = " ".join(f"The water rose in the year of which the keeper wrote [{number}]." for number in range(1, 6))
    more = " ".join(f"It fell again [{number}]." for number in (6, 8, 9, 11, 13, 16))
    found = cited(f"{prose} {more}\n\nReferences\n\n{listed}\n")
    assert [(one.label, (one.note or "")[:7]) for one in found[:5]] == [
        ("1", "A. Roe."), ("2", "B. Lind"), ("3", "C. Moor"), ("4", "D. Vale"), ("5", "E. Orr."),
    ]
