"""Notebooks: prose with its notes, code, and what outputs embed; places are those of the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import Document, Unreadable

SAMPLE = Path(__file__).parents[2] / "data/formats/tides.ipynb"


def notebook(*cells: dict[str, Any], **more: Any) -> str:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}, indent=1)


def prose(source: str | list[str]) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": list(outputs)}


def document(text: str, source: str = "a.ipynb") -> Document:
    return read_document(text, source)


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind.value, one.label, one.url) for one in document(text).citations]


def test_the_sample_is_read_with_every_line() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    found = document(text)
    assert [(one.kind.value, one.label, one.url, one.place.line) for one in found.citations] == [
        ("footnote", "1", "https://tides.example/tables", 9),
        ("inline", None, "https://tides.example/office?a=1&b=2", 9),
        ("media", None, "https://www.youtube.com/embed/jNQXAC9IVRw", 19),
        ("inline", None, "https://data.tides.example/2015.csv", 26),
    ]
    assert text[found.citations[0].place.start : found.citations[0].place.end] == "[^1]"
    assert found.citations[0].context == "The tables[1] come from the office."
    assert (found.title, found.media_type) == ("Tides of the harbour", "application/x-ipynb+json")


def test_places_count_escapes_as_they_are_written() -> None:
    text = notebook(prose('Say "so" \u201eé\u201c 👩 to [it](https://a.example/x "t").'))
    (one,) = document(text).citations
    assert text[one.place.start : one.place.end] == r'[it](https://a.example/x \"t\")'


def test_code_gives_whole_addresses_only_and_not_what_is_filled_in() -> None:
    assert told(
        notebook(
            code('# see https://a.example/x.\nu = "https://b.example/y?z=1"\nv = f"https://c.example/{day}/z"\n'),
            code('w = "https://d.example/%s" % day\n!wget https://e.example/data.csv'),
            {"cell_type": "raw", "source": "https://f.example/raw"},
        )
    ) == [
        ("inline", None, "https://a.example/x"),
        ("inline", None, "https://b.example/y?z=1"),
        ("inline", None, "https://e.example/data.csv"),
        ("inline", None, "https://f.example/raw"),
    ]


def test_outputs_give_what_they_embed_and_no_logs() -> None:
    html = '<iframe src="https://player.vimeo.com/video/1"></iframe>'
    assert told(
        notebook(
            code("1", {"output_type": "stream", "name": "stdout", "text": ["fetched https://a.example/log\n"]}),
            code("2", {"output_type": "display_data", "data": {"text/html": [html], "text/plain": "<x>"}}),
            code("3", {"output_type": "execute_result", "data": {"text/markdown": "[m](https://a.example/m)"}}),
        )
    ) == [("media", None, "https://player.vimeo.com/video/1"), ("inline", None, "https://a.example/m")]


def test_a_fence_that_is_open_in_one_cell_hides_nothing_in_the_next() -> None:
    assert told(notebook(prose("```\ncode"), prose("[x](https://a.example/x)"))) == [
        ("inline", None, "https://a.example/x")
    ]


def test_old_notebooks_keep_their_cells_in_worksheets() -> None:
    text = json.dumps(
        {
            "worksheets": [
                {"cells": [prose("[x](https://a.example/x)"), {"cell_type": "code", "input": "# https://a.example/y"}]}
            ],
            "nbformat": 3,
        }
    )
    assert [url for _, _, url in told(text)] == ["https://a.example/x", "https://a.example/y"]


@pytest.mark.parametrize("source", ["a.json", "a.txt", "a"])
def test_content_decides_whatever_the_name(source: str) -> None:
    found = document(notebook(prose("# T\n\n[x](https://a.example/x)")), source)
    assert (found.title, found.media_type) == ("T", "application/x-ipynb+json")


def test_what_has_no_cells_is_no_notebook() -> None:
    found = read(Raw(source="a.ipynb", data=b"nothing of the kind"))
    assert isinstance(found, Unreadable)
    assert found.reason == "is no notebook: it has no cells"


ADDRESSES = st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9]{1,8}", fullmatch=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(ADDRESSES, min_size=1, max_size=5), st.booleans())
def test_what_was_written_is_read_back(addresses: list[str], whole: bool) -> None:
    marks = " ".join(f"The word[^{at}] came." for at in range(len(addresses)))
    notes = "".join(f"[^{at}]: See {url} for it.\n" for at, url in enumerate(addresses))
    text = notebook(prose(marks), prose(notes if whole else notes.splitlines(keepends=True)))
    assert told(text) == [("footnote", str(at + 1), url) for at, url in enumerate(addresses)]


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 1300), st.integers(0, 60), st.binary(max_size=8))
def test_a_spoiled_notebook_is_read_or_refused(at: int, length: int, spoiled: bytes) -> None:
    data = SAMPLE.read_bytes()
    found = read(Raw(source="a.ipynb", data=data[:at] + spoiled + data[at + length :]))
    assert "fault of ours" not in getattr(found, "hint", "")


def test_a_player_in_code_cites_its_video_where_no_output_shows_it() -> None:
    code = {"cell_type": "code", "source": ["from IPython.display import YouTubeVideo\n", "YouTubeVideo('jNQXAC9IVRw', width=400)"], "outputs": []}
    (one,) = document(notebook(code)).citations
    assert (one.kind.value, one.url) == ("media", "https://www.youtube.com/watch?v=jNQXAC9IVRw")
    shown = {"output_type": "display_data", "data": {"text/html": ['<iframe src="https://www.youtube.com/embed/jNQXAC9IVRw"></iframe>']}}
    (one,) = document(notebook({**code, "outputs": [shown]})).citations
    assert one.url == "https://www.youtube.com/embed/jNQXAC9IVRw"
