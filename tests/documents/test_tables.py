"""Tables and data: each cell that is or holds an address, with its place and what stands beside it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.documents.formats import SUFFIXES
from archiver.model import Document

SAMPLE = Path(__file__).parents[2] / "data/formats/sources.csv"


def document(text: str, source: str = "a.csv") -> Document:
    return read_document(text, source)


def urls(text: str, source: str = "a.csv") -> list[str | None]:
    return [one.url for one in document(text, source).citations]


def told(text: str, source: str = "a.csv") -> list[tuple[str | None, str]]:
    return [(one.url, one.context) for one in document(text, source).citations]


def test_the_sample_is_read_with_the_other_cells() -> None:
    found = document(SAMPLE.read_text(encoding="utf-8"))
    assert [(one.kind.value, one.url, one.context, one.cited_on) for one in found.citations] == [
        (
            "inline",
            "https://harbour.example/bridge",
            "Link (Title: The bridge, at noon; Accessed: 2014-05-03)",
            date(2014, 5, 3),
        ),
        (
            "inline",
            "https://council.example/minutes?y=2015,m=3",
            "Link (Title: Two lines of a title; Accessed: 2015-03-03)",
            date(2015, 3, 3),
        ),
        ("media", "https://www.youtube.com/watch?v=jNQXAC9IVRw", "Link (Title: A film)", None),
    ]
    assert [(one.place.line, one.place.column) for one in found.citations] == [(2, 23), (4, 14), (5, 22)]
    assert found.citations[2].text == "the first video"
    assert found.media_type == "text/csv"


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("https://a.example/x,Title\nhttps://a.example/y,Other\n", "a.csv", ["https://a.example/x", "https://a.example/y"]),
        ("https://a.example/x,https://b.example/y\n", "a.csv", ["https://a.example/x", "https://b.example/y"]),
        ('"https://a.example/x,y",Title\n', "a.csv", ["https://a.example/x,y"]),
        ('1,"See https://a.example/x, and\nhttps://b.example/y."\n', "a.csv", ["https://a.example/x", "https://b.example/y"]),
        ("Name;Link\nA, B;https://a.example/x?p=1,2\n", "a.csv", ["https://a.example/x?p=1,2"]),
        ("sep=;\nA;https://a.example/x,1\n", "a.csv", ["https://a.example/x,1"]),
        ("A\tLink\nx, y\thttps://a.example/x,1;2\n", "a.tsv", ["https://a.example/x,1;2"]),
        ("A|Link\nx|https://a.example/x,1\nx|https://a.example/y,2\n", "a.csv", ["https://a.example/x,1", "https://a.example/y,2"]),
        ('Name,Link\nA,=HYPERLINK("https://a.example/x","the x")\n', "a.csv", ["https://a.example/x"]),
        ('Name;Link\nA;=HYPERLINK("https://a.example/x";"the x")\n', "a.csv", ["https://a.example/x"]),
        ("Name,Website\nA,harbour.museum/plan\nB,n/a\nC,me@a.example\n", "a.csv", ["harbour.museum/plan"]),
        ("\ufeffurl,title\nhttps://a.example/x.,T\n", "a.csv", ["https://a.example/x."]),
        ('url,title\nhttps://a.example/x,"never closed\nhttps://a.example/y,T\n', "a.csv", ["https://a.example/x", "https://a.example/y"]),
        ('url,title\nhttps://a.example/x,5" wide\nhttps://a.example/y,"6"" wide"\n', "a.csv", ["https://a.example/x", "https://a.example/y"]),
        ('url,body\n,"<p><a href=""https://a.example/x?a=1&amp;b=2"">x</a></p>"\n', "a.csv", ["https://a.example/x?a=1&b=2"]),
        ("a,b\r\n1,https://a.example/x\r\n2,https://a.example/y\r\n", "a.csv", ["https://a.example/x", "https://a.example/y"]),
        ("name,price\nA,1.50\nB,2.5e3\n", "a.csv", []),
        ("url\nhttps://a.example/x\n\nhttps://a.example/y\n", "a.csv", ["https://a.example/x", "https://a.example/y"]),
    ],
)
def test_a_table_cites(text: str, source: str, expected: list[str]) -> None:
    assert urls(text, source) == expected


def test_places_are_those_of_the_file() -> None:
    text = '\ufeffA,Link\n"say ""so""","see https://a.example/x"\n'
    (one,) = document(text).citations
    assert (one.place.line, one.place.column) == (2, 19)
    assert text[1:][one.place.start : one.place.end] == "https://a.example/x"
    assert one.context == 'Link (see https://a.example/x; A: say "so")'


@pytest.mark.parametrize("source", ["a.txt", "a", "-"])
def test_a_table_without_its_suffix_is_known_by_its_names(source: str) -> None:
    assert urls("Title,URL\nThe bridge,https://a.example/x,1\n", source) == ["https://a.example/x"]
    assert urls("url,title\nhttps://a.example/x,The bridge\n", source) == ["https://a.example/x"]
    assert urls("https://a.example/x,The bridge\nhttps://b.example/y,Tides\n", source) == [
        "https://a.example/x",
        "https://b.example/y",
    ]


def test_prose_that_begins_like_data_is_prose() -> None:
    found = document('{ "see": this is no data, https://a.example/x (a text).\n', "a.txt")
    assert ([one.url for one in found.citations], found.media_type) == (["https://a.example/x"], "text/plain")


def test_a_page_called_a_table_is_a_page() -> None:
    assert urls('<html><a href="https://a.example/x">x</a></html>', "a.csv") == ["https://a.example/x"]


def test_json_gives_every_string_with_its_key_and_what_stands_beside_it() -> None:
    text = (
        '{"$schema": "https://json-schema.example/x", "title": "List",\n "items": [\n'
        r'  {"name": "Bridge", "year": 2015, "link": "https:\/\/a.example\/x?a=1\u0026b=2"},'
        '\n  {"note": "see https://b.example/y, and more", "more": ["https://c.example/z"]}\n'
        ' ], "https://d.example/key": null}'
    )
    assert told(text, "a.json") == [
        ("https://a.example/x?a=1&b=2", "link (name: Bridge; year: 2015)"),
        ("https://b.example/y", "see https://b.example/y, and more"),
        ("https://c.example/z", "more"),
        ("https://d.example/key", ""),
    ]
    assert document(text, "a.json").citations[0].place.line == 3


@pytest.mark.parametrize("source", ["a.jsonl", "a.ndjson", "a.txt", "a.json"])
def test_json_lines_are_read_line_by_line(source: str) -> None:
    text = '{"url": "https://a.example/x", "accessed": "2014-05-03"}\n{"url": "https://a.example/y"}\n"https://a.example/z"\n'
    found = document(text, source)
    assert [(one.url, one.place.line, one.cited_on) for one in found.citations] == [
        ("https://a.example/x", 1, date(2014, 5, 3)),
        ("https://a.example/y", 2, None),
        ("https://a.example/z", 3, None),
    ]
    assert found.media_type == "application/x-ndjson"


def test_json_that_is_broken_or_cut_off_gives_what_it_holds() -> None:
    assert urls('{"a": ["https://a.example/x", {"b": "https://a.example/y", "c": "https://a.exam', "a.json") == [
        "https://a.example/y",
        "https://a.example/x",
    ][::-1]
    assert urls("{'a': \"https://a.example/x\",}", "a.json") == ["https://a.example/x"]


def test_html_in_json_is_read_as_html() -> None:
    text = json.dumps({"content": {"rendered": '<p>See <a href="https://a.example/x?a=1&amp;b=2">the plan</a>.</p>'}})
    (one,) = document(text, "post.json").citations
    assert (one.url, one.text, one.context) == ("https://a.example/x?a=1&b=2", "the plan", "See the plan.")


def test_folders_are_not_searched_for_data() -> None:
    assert not SUFFIXES & {".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".xml"}
    assert {".ipynb", ".rss", ".atom", ".opml", ".vtt", ".srt", ".html", ".md", ".txt"} <= SUFFIXES


ADDRESSES = st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9]{1,8}(\?a=[0-9]&b=[a-z]{1,3})?(,[a-z]{1,3})?", fullmatch=True)
WORDS = st.text(alphabet='abc ",;\n\t|é', max_size=12)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(WORDS, ADDRESSES, WORDS), min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_what_was_written_is_read_back(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([("name", "url", "note"), *rows])
    assert urls(f"sep={delimiter}\n{out.getvalue()}") == [url for _, url, _ in rows]
    lines = "\n".join(json.dumps({"name": name, "url": url, "note": note}) for name, url, note in rows)
    assert urls(lines, "a.jsonl") == [url for _, url, _ in rows]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='ab",;\n\t{}[]:\\u/.=()hHYPERLINKtps<>', max_size=300), st.sampled_from(("a.csv", "a.tsv", "a.json")))
def test_any_text_is_read_with_places_inside_it(text: str, source: str) -> None:
    found = read(Raw(source=source, data=text.encode()))
    assert "fault of ours" not in getattr(found, "hint", "")
    for one in found.citations if isinstance(found, Document) else ():
        assert 0 <= (one.place.start or 0) <= (one.place.end or 0) <= len(text)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ['"', ",", '",', '"a" ', "\n", "[", '{"a":', '"\\', '=HYPERLINK("', '"a"b,', "http://", ' "'])
@pytest.mark.parametrize("source", ["a.csv", "a.json"])
def test_repetition_takes_no_longer_than_its_length(piece: str, source: str) -> None:
    assert read(Raw(source=source, data=(b"a,b\n" if source == "a.csv" else b'{"a": [') + piece.encode() * 50_000))


@pytest.mark.timeout(60)
def test_a_large_cell_is_read_to_its_end() -> None:
    assert urls('a,b\n1,"' + "word " * 400_000 + 'https://a.example/x"\n') == ["https://a.example/x"]
