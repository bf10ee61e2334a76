"""A marker without a note has lost its target; a number that only looks like one never had any."""

import pytest
from document_reading import short

NONE = {
    "examples of a command": "Write lipsum[1] for one, lipsum[2] for two, and lipsum[3] or lipsum[4] for more of it.\n",
    "a table of contents": "Preface1\n\nThe first mill2\n\nThe second mill4\n\nThe flood9\n\nIndex12\n",
    "heads with the numbers of their pages": (
        "The weir rose slowly in the night.\n\nWeirs14\n\nIt fell in the morning.\n\nWeirs and gates15\n\nThen it rained.\n"
    ),
    "sections of an appendix": "As B.1 says, and B.2, and C.3 too.\n",
    "kinds of a thing": "There are names (7), places (8), days (9) and hours (10).\n",
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
