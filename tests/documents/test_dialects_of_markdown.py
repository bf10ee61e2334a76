"""Markdown of many tools: what a reader sees is the context, and notes are found however they were numbered."""

import pytest
from document_reading import citations, read_document

from archiver.model import Document


def document(text: str, source: str = "a.md") -> Document:
    return read_document(text, source)


def short(text: str, source: str = "a.md") -> list[tuple[str, str | None, str, str]]:
    return citations(document(text, source))


A, B, C = "https://a.example/1", "https://b.example/2", "https://c.example/3"


def test_the_context_is_the_sentence_as_its_reader_sees_it() -> None:
    text = (
        f"He spoke once.[^1] What he said was **not** written [down here]({A}) by _anyone_.[^2] Then *he* left\\*.\n\n"
        f"[^1]: See {B}\n[^2]: Hardly.\n"
    )
    one, link, two = document(text).citations
    assert (one.text, one.context) == ("once", "He spoke once.[1]")
    assert (link.text, link.context) == ("down here", "What he said was not written down here by anyone.[2]")
    assert (two.text, two.context) == ("anyone", link.context)


NUMBERED = {
    "brackets and a list": (
        f"Rain fell [1]. Snow too [2].\n\n## References\n\n[1] Smith, <{A}>\n[2] Jones, [b]({B})\n",
        [("footnote", "1", "fell", A), ("footnote", "2", "too", B)],
    ),
    "raised by tags": (
        f"Rain<sup>1</sup> fell.<sup>[2](#n2)</sup>\n\n<sup>1</sup> See {A}\n\n<sup>2</sup> See [b]({B})\n",
        [("footnote", "1", "Rain", A), ("footnote", "2", "fell", B)],
    ),
    "glued digits and a list of Markdown's": (
        f"In a video1 he sings. He left early.2\n\n1. [The video]({A})\n2. <{B}>\n",
        [("media", "1", "video", A), ("footnote", "2", "early", B)],
    ),
    "definitions of links used as notes": (
        f"Rain fell [1]. Snow too [2].\n\n[1]: {A}\n[2]: {B}\n",
        [("footnote", "1", "fell", A), ("footnote", "2", "too", B)],
    ),
    "a note behind a link belongs to the link's words": (
        f"See [the log]({A})^[Copy at {B}].\n",
        [("inline", None, "the log", A), ("footnote", "1", "log", B)],
    ),
    "code holds no notes": (f"Take `x[1]` and `y[2]`, see [b]({B}).\n\n1. One\n2. Two\n", [("inline", None, "b", B)]),
    "boxes to tick are no notes": (
        f"Do [ ] this [x].\n\n- [ ] todo\n- [x] done [b]({B})\n",
        [("inline", None, "b", B)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), NUMBERED.values(), ids=NUMBERED)
def test_notes_numbered_by_hand(text: str, expected: list[tuple[str, str | None, str, str]]) -> None:
    assert short(text) == expected


def test_places_of_notes_numbered_by_hand_are_those_of_the_source() -> None:
    text = f"In **a** video1 he sings. He left early.2\n\n1. [The video]({A})\n2. <{B}>\n"
    assert [text[one.place.start : one.place.end] for one in document(text).citations] == ["video1", "early.2"]


@pytest.mark.parametrize(
    ("code", "url"),
    [
        ("{{< youtube jNQXAC9IVRw >}}", "https://www.youtube.com/watch?v=jNQXAC9IVRw"),
        ('{{< vimeo id="123456" >}}', "https://vimeo.com/123456"),
        ("{% youtube jNQXAC9IVRw %}", "https://www.youtube.com/watch?v=jNQXAC9IVRw"),
    ],
)
def test_shortcodes_embed_videos(code: str, url: str) -> None:
    assert short(f"Look:\n\n{code}\n") == [("media", None, "", url)]


def test_components_are_read_and_their_comments_are_not() -> None:
    text = f'# Rain\n\n<YouTube id="jNQXAC9IVRw" />\n\n<Card href="{A}" title="A">x</Card>\n\n{{/* {B} */}}\n'
    assert short(text, "a.mdx") == [
        ("media", None, "", "https://www.youtube.com/watch?v=jNQXAC9IVRw"),
        ("inline", None, "A", A),
    ]


def test_a_link_without_address_is_lost() -> None:
    assert short("Watch the [video]() again, see [above](#x).") == [("media", None, "video", "LOST")]


YAML = "---\ntitle: 'It''s raining'\nauthor:\n  - name: Ada Winter\n    url: x\n  - name: Jon Vale\ndate: 2014-05-03\n---\n"
TOML = "+++\ntitle = \"It's raining\"\nauthors = ['Ada Winter', 'Jon Vale']\ndate = 2014-05-03T10:00:00Z\n+++\n"


@pytest.mark.parametrize("front", [YAML, TOML])
def test_front_matter_of_both_kinds(front: str) -> None:
    found = document(front + "\nText.\n")
    assert (found.title, found.author, str(found.published)) == ("It's raining", "Ada Winter, Jon Vale", "2014-05-03")
    assert found.citations == ()


def test_a_byline_in_emphasis_is_a_byline() -> None:
    found = document(f"Rain falls\n==========\n\n*By Ada Winter* — March 4, 2019\n\nText [a]({A}).\n")
    assert (found.title, found.author, str(found.published)) == ("Rain falls", "Ada Winter", "2019-03-04")
