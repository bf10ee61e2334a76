"""`archiver links`: what a document cites, and what is lost from it. Without the network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import CommandLine

# Pasted from a page: the markers stick to the words, notes 1 and 2 have lost their bodies, note 3 its address.
PASTED = """The crane on the wrong quay

By Jonas Reed

Nobody slept on the quay that night. A fisherman filmed the fall from his kitchen; his video1 is eleven seconds long.
A second video2 was made from the bridge and shows the other quay. Which of the two the crane stood on is a matter
that the inspectors never settled.3

3. The report of the inspectors can be found here:

Harbour Letters, 14 March 2012
"""
KEYS = {
    "document", "line", "column", "page", "part", "kind", "label", "text", "note", "context", "url", "lost", "confidence",
    "cited_on", "variants", "written",
}


def test_three_lost_citations_two_of_them_video(cli: CommandLine) -> None:
    cli.write("crane.txt", PASTED)
    done = cli("links", "crane.txt", "--format", "json")
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    assert told["schema"] == "archiver.links/1"
    citations = told["citations"]
    assert all(set(citation) == KEYS for citation in citations)
    assert [(one["label"], one["kind"], one["lost"], one["url"]) for one in citations] == [
        ("1", "media", True, None), ("2", "media", True, None), ("3", "footnote", True, None),
    ]
    assert [one["line"] for one in citations] == [5, 6, 7]
    assert [one["text"] for one in citations] == ["video", "video", "settled"]
    assert citations[2]["note"] == "The report of the inspectors can be found here:"
    (document,) = told["documents"]
    assert document["source"] == "crane.txt"
    assert document["title"] == "The crane on the wrong quay"
    assert document["author"] == "Jonas Reed"
    assert document["publication"] == "Harbour Letters"
    assert document["published"] == "2012-03-14"


def test_standard_input_is_a_document(cli: CommandLine) -> None:
    done = cli("links", "-", stdin=PASTED.encode())
    assert (done.code, done.err) == (0, "")
    assert done.out.count("lost") == 4  # three citations and the count
    assert done.out.endswith("1 document, 3 citations, 3 lost\n")


def test_a_note_with_two_addresses_gives_two_citations(cli: CommandLine) -> None:
    cli.write("note.md", (
        "One claim.[^a] And a mere remark.[^b]\n\n"
        "[^a]: https://gazette.demo/2011/12/bridge and http://library.demo/report.pdf\n"
        "[^b]: The author does not agree.\n"
    ))
    told = json.loads(cli("links", "note.md", "--format", "json").out)
    assert [(one["url"], one["kind"], one["lost"]) for one in told["citations"]] == [
        ("https://gazette.demo/2011/12/bridge", "footnote", False),
        ("http://library.demo/report.pdf", "footnote", False),
    ]
    everything = json.loads(cli("links", "note.md", "--format", "json", "--all").out)
    assert [one["url"] for one in everything["citations"]] == [
        "https://gazette.demo/2011/12/bridge", "http://library.demo/report.pdf", None,
    ]
    assert [one["lost"] for one in everything["citations"]] == [False, False, False]


def test_a_page_gives_its_links_and_films(cli: CommandLine) -> None:
    cli.write("page.html", (
        '<!doctype html><html lang="en"><head><title>Films</title></head><body><article><h1>Films</h1>'
        '<p>See <a href="https://gazette.demo/2012/01/ferry">the ferry</a>.</p>'
        '<iframe src="https://www.youtube.com/embed/demoAlive01"></iframe>'
        '<video src="http://films.demo/quay.mp4"></video></article></body></html>'
    ))
    told = json.loads(cli("links", "page.html", "--format", "json").out)
    assert [(one["url"], one["kind"]) for one in told["citations"]] == [
        ("https://gazette.demo/2012/01/ferry", "inline"),
        ("https://www.youtube.com/embed/demoAlive01", "media"),
        ("http://films.demo/quay.mp4", "media"),
    ]


def test_an_answer_can_go_to_a_file(cli: CommandLine) -> None:
    cli.write("crane.txt", PASTED)
    done = cli("links", "crane.txt", "--format", "json", "-o", "out/links.json")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert len(json.loads((cli.folder / "out/links.json").read_text("utf-8"))["citations"]) == 3


def test_one_bad_document_does_not_stop_the_others(cli: CommandLine) -> None:
    cli.write("crane.txt", PASTED)
    done = cli("links", "nowhere.md", "crane.txt", "--format", "json")
    assert done.code == 2
    assert len(json.loads(done.out)["citations"]) == 3
    assert [one["source"] for one in json.loads(done.out)["unreadable"]] == ["nowhere.md"]
    assert len(done.lines) == 1
    assert done.err.startswith("archiver: nowhere.md: ")


def test_an_address_is_not_fetched(cli: CommandLine) -> None:
    done = cli("links", "https://gazette.demo/2011/12/bridge")
    assert done.code == 2
    assert done.err == (
        "archiver: https://gazette.demo/2011/12/bridge: is an address "
        "(this command reads no addresses; save the page first)\n"
    )


def test_a_reader_who_leaves_hears_no_complaint(cli: CommandLine) -> None:
    import os
    import subprocess
    import sys

    cli.write("many.md", "".join(f"<http://gazette.demo/{number}>\n\n" for number in range(5000)))
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "archiver", "links", "many.md"], cwd=cli.folder, env=cli.environment(),
            stdout=closed, stderr=subprocess.PIPE, timeout=60,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_links_may_be_listed_one_to_a_line(cli: CommandLine) -> None:
    cli.write("one.md", "[One](https://one.example/)\n")
    cli.write("two.md", "[Two](https://two.example/)\n")
    done = cli("links", "one.md", "two.md", "--format", "jsonl")
    assert (done.code, done.err) == (0, "")
    told = [json.loads(line) for line in done.out.splitlines()]
    assert [(one["document"], one["url"]) for one in told] == [
        ("one.md", "https://one.example/"), ("two.md", "https://two.example/"),
    ]


def test_what_was_not_read_of_a_document_is_said(cli: CommandLine) -> None:
    cli.write("thesis.tex", "\\documentclass{book}\n\\begin{document}\n\\input{chapter}\n\\url{https://one.example/}\n"
                            "\\end{document}\n")
    done = cli("links", "thesis.tex", "--format", "json")
    warning = "includes chapter.tex, which was not read: name it too"
    assert (done.code, done.err) == (0, f"archiver: thesis.tex: warning: {warning}\n")
    assert json.loads(done.out)["documents"][0]["warnings"] == [warning]


TABLE = "id,Link,Source\n1,https://one.example/,https://from.example/a\n2,https://two.example/,https://from.example/b\n"


@pytest.mark.parametrize("column", ["link", "2"])
def test_one_column_of_a_table_may_be_named(cli: CommandLine, column: str) -> None:
    cli.write("sources.csv", TABLE)
    done = cli("links", "sources.csv", "--column", column, "--format", "jsonl")
    assert [json.loads(line)["url"] for line in done.out.splitlines()] == [
        "https://one.example/", "https://two.example/",
    ]
    assert (done.code, done.err) == (0, "")


def test_a_column_that_is_not_there_is_told_with_those_that_are(cli: CommandLine) -> None:
    cli.write("sources.csv", TABLE)
    done = cli("links", "sources.csv", "--column", "url")
    assert done.code == 2
    assert done.err == "archiver: sources.csv: has no column 'url' (columns: id, Link, Source)\n"


def test_pictures_are_listed_when_they_are_asked_for(cli: CommandLine) -> None:
    cli.write("page.html", '<img src="https://one.example/a.png" srcset="https://one.example/b.png 2x">')
    assert "no citations" in cli("links", "page.html").out
    done = cli("links", "page.html", "--images", "--format", "jsonl")
    assert [json.loads(line)["url"] for line in done.out.splitlines()] == [
        "https://one.example/a.png", "https://one.example/b.png",
    ]
