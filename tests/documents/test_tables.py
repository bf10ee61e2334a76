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
from archiver.model import Document, Unreadable

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


ONE_COLUMN = "Title;Link;Archive;Read on\nThe bridge;https://a.example/x;https://w.example/x;2014-05-03\nTides;b.example/y;;\n"


@pytest.mark.parametrize(
    ("text", "source", "column", "expected"),
    [
        (ONE_COLUMN, "a.csv", "link", ["https://a.example/x", "b.example/y"]),
        (ONE_COLUMN, "a.csv", " ARCHIVE ", ["https://w.example/x"]),
        (ONE_COLUMN, "a.csv", "2", ["https://a.example/x", "b.example/y"]),
        (ONE_COLUMN, "a.csv", "Title", []),
        ("2019,2020\nhttps://a.example/x,https://a.example/y\n", "a.csv", "2020", ["https://a.example/y"]),
        ("https://a.example/x,Tides\nhttps://b.example/y,Salt\n", "a.csv", "1", ["https://a.example/x", "https://b.example/y"]),
        ("A,A\nhttps://a.example/x,https://b.example/y\n", "a.csv", "a", ["https://a.example/x", "https://b.example/y"]),
        ('{"url": "https://a.example/x", "icon": "https://a.example/i"}\n{"url": "b.example/y"}\n', "a.jsonl", "URL", ["https://a.example/x", "b.example/y"]),
        ('{"entry": {"url": "https://a.example/x"}, "url": "https://b.example/y"}', "a.json", "entry.url", ["https://a.example/x"]),
        ('[{"entry": [{"url": ["https://a.example/x", {"more": "https://c.example/z"}]}]}]', "a.json", "entry.url", ["https://a.example/x", "https://c.example/z"]),
        ('{"entry.url": "https://a.example/x", "url": "https://b.example/y"}', "a.json", "entry.url", ["https://a.example/x"]),
        ('[["urlkey", "original"], ["example,a)/x", "http://a.example/x"]]', "a.json", "original", ["http://a.example/x"]),
        ('[["example,a)/x", "http://a.example/x"]]', "a.json", "2", ["http://a.example/x"]),
    ],
)
def test_one_column_is_read_by_name_or_number(text: str, source: str, column: str, expected: list[str]) -> None:
    found = read(Raw(source=source, data=text.encode(), column=column))
    assert isinstance(found, Document)
    assert [one.url for one in found.citations] == expected


@pytest.mark.parametrize(
    ("text", "source", "column", "hint"),
    [
        (ONE_COLUMN, "a.csv", "address", "columns: Title, Link, Archive, Read on"),
        (ONE_COLUMN, "a.csv", "5", "columns: Title, Link, Archive, Read on"),
        ("https://a.example/x,Tides\n", "a.csv", "url", "its columns have no names: give a number, 1 to 2"),
        ('{"a": {"b": "https://a.example/x"}}', "a.json", "a.c", "columns: a, b"),
    ],
)
def test_a_column_that_is_not_there_is_told_with_those_that_are(text: str, source: str, column: str, hint: str) -> None:
    found = read(Raw(source=source, data=text.encode(), column=column))
    assert found == Unreadable(source=source, reason=f"has no column '{column}'", hint=hint)


def test_a_column_means_nothing_to_what_is_no_table() -> None:
    found = read(Raw(source="a.md", data=b"See https://a.example/x.\n", column="url"))
    assert isinstance(found, Document)
    assert [one.url for one in found.citations] == ["https://a.example/x"]


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        (
            "Key,DOI,Url,Title,Access Date\nAB,10.5555/salt.1,https://a.example/x,Salt,2014-05-03 12:33:12\n",
            "a.csv",
            [("https://doi.org/10.5555/salt.1", "Salt", "2014-05-03"), ("https://a.example/x", "Salt", "2014-05-03")],
        ),
        (
            "title,url,time_added\nThe bridge,https://a.example/x,1399075200\nhttps://b.example/y,https://b.example/y,1399075200\n",
            "pocket.csv",
            [("https://a.example/x", "The bridge", "2014-05-03"), ("https://b.example/y", "https://b.example/y", "2014-05-03")],
        ),
        ("id,title,url,cover\n1,Tides,https://a.example/x,https://cdn.example/c.png\n", "a.csv", [("https://a.example/x", "Tides", None)]),
        (
            '[{"title": "Salt", "URL": "https://a.example/x", "accessed": {"date-parts": [["2014", 5, 3]]}}]',
            "csl.json",
            [("https://a.example/x", "Salt", "2014-05-03")],
        ),
        (
            '{"Browser History": [{"favicon_url": "https://a.example/i.ico", "title": "Salt", "url": "https://a.example/x", "time_usec": 1399075200000000}]}',
            "history.json",
            [("https://a.example/x", "Salt", "2014-05-03")],
        ),
        (
            '[{"href": "https:\\/\\/a.example\\/x", "description": "Salt", "extended": "after https:\\/\\/b.example\\/y."}]',
            "pinboard.json",
            [("https://a.example/x", "Salt", None), ("https://b.example/y", "https://b.example/y", None)],
        ),
        (
            '[{"urls": [{"url": "https://t.co/abc", "expanded_url": "https://a.example/x", "display_url": "a.example/x"}], "text": "See https://t.co/abc"}]',
            "tweets.json",
            [("https://a.example/x", "https://a.example/x", None)],
        ),
    ],
)
def test_exports_give_titles_and_the_day_of_the_visit(
    text: str, source: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert [
        (one.url, one.text, one.cited_on.isoformat() if one.cited_on else None) for one in document(text, source).citations
    ] == expected


def test_wikitext_from_a_wiki_keeps_its_notes() -> None:
    page = "A bridge.<ref>{{cite web|url=https://a.example/x|title=T|access-date=3 May 2014}}</ref>"
    text = json.dumps({"query": {"pages": {"7": {"revisions": [{"slots": {"main": {"contentmodel": "wikitext", "*": page}}}]}}}})
    (one,) = document(text, "page.json").citations
    assert (one.url, one.label, one.text, str(one.cited_on)) == ("https://a.example/x", "1", "bridge", "2014-05-03")
    assert text[one.place.start : one.place.end].startswith("<ref>")


def test_a_record_of_requests_cites_nothing_unless_asked() -> None:
    data = b'{"log": {"version": "1.2", "entries": [{"request": {"url": "https://a.example/x"}}]}}'
    found = read(Raw(source="a.json", data=data))
    assert isinstance(found, Unreadable)
    assert (found.reason, found.hint) == (
        "is a record of a browser's requests (HAR), which cites nothing",
        "to read it all the same, name the column request.url",
    )
    asked = read(Raw(source="a.json", data=data, column="request.url"))
    assert isinstance(asked, Document)
    assert [one.url for one in asked.citations] == ["https://a.example/x"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    ['{"a":' * 200_000, "[" * 500_000, '{"a": "\0"}' * 10_000, '[{"url": "https://a.example/x"}' + ', {"url": "https://a.example/x"}' * 100_000 + "]"],
)
def test_a_column_of_much_data_is_found_in_linear_time(text: str) -> None:
    assert read(Raw(source="a.json", data=text.encode(), column="a.b.url"))


def test_remarks_above_the_names_and_markup_in_cells() -> None:
    text = '# exported\nName\tQuelle\tBesucht am\nA\thttps://a.example/x\t03.05.2014\nB\t"<p>See <a href=""https://b.example/y"">b</a></p>"\t\n'
    found = document(text, "a.tsv").citations
    assert [(one.url, one.text, one.context, str(one.cited_on)) for one in found] == [
        ("https://a.example/x", "A", "Quelle (Name: A; Besucht am: 03.05.2014)", "2014-05-03"),
        ("https://b.example/y", "b", "Quelle (See b; Name: B)", "None"),
    ]
    asked = read(Raw(source="a.tsv", data=text.encode(), column="quelle"))
    assert isinstance(asked, Document)
    assert len(asked.citations) == 2
