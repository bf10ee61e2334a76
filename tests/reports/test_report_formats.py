"""CSV, JSON Lines, JUnit and GitHub annotations: what they say, and that hostile text stays text."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import BIDI, CONTROLS, FLOOD, HUGE, MARKUP, NOTES, RUN, citation, hostile, rich, state

from archiver.model import Reason, Report, Unreadable, VerdictKind
from archiver.reports.formats import Format, render
from archiver.reports.text import clip, clip_around, plain


def rows(report: Report) -> list[dict[str, str]]:
    text = render(report, Format.CSV, title="t")
    assert text.startswith("\ufeffdocument,page,line,")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


# ---------------------------------------------------------------- csv


def test_csv_has_a_row_for_each_citation_in_reading_order() -> None:
    assert [(row["document"], row["line"], row["label"], row["verdict"]) for row in rows(rich())] == [
        ("drafts/harbour-flood.txt", "5", "1", "lost"),
        ("drafts/harbour-flood.txt", "9", "2", "alive"),
        ("drafts/harbour-flood.txt", "12", "3", "dead"),
        ("drafts/harbour-flood.txt", "18", "4", "dead"),
        ("drafts/harbour-flood.txt", "25", "6", "changed"),
        ("drafts/harbour-flood.txt", "31", "7", "lost"),
        ("notes/lighthouse.md", "3", "", "alive"),
        ("notes/lighthouse.md", "7", "1", "moved"),
        ("notes/lighthouse.md", "11", "2", "blocked"),
        ("notes/lighthouse.md", "19", "4", "unknown"),
        ("notes/lighthouse.md", "40", "8", "dead"),
        ("notes/lighthouse.md", "50", "", "skipped"),
        ("papers/tides.pdf", "", "12", "restricted"),
        ("", "", "", "alive"),
    ]


def test_a_csv_row_tells_where_what_and_the_best_snapshot() -> None:
    assert rows(rich())[2] == {
        "document": "drafts/harbour-flood.txt", "page": "", "line": "12", "column": "5", "kind": "footnote",
        "label": "3", "text": "council", "note": "The council's own minutes: https://news.example/flood",
        "context": "According to the council3 the gates were closed at nine.", "url": "https://news.example/flood",
        "verdict": "dead", "reason": "not-found",
        "because": "The server answers 404 Not Found, as it did on 3 days before.", "confirmed": "yes",
        "status": "404", "final_url": "https://news.example/flood", "warnings": "",
        "fix": "https://news.example/floods", "archive": "memory",
        "snapshot": "https://memory.example/web/20120104063000/https://news.example/flood", "taken": "2012-01-04",
        "capture": "2026/01/pages-0001.warc.gz",
    }


@pytest.mark.parametrize(("written", "cell"), [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1+1", "'=1+1"),
    ("\r=1+1", "'=1+1"), (" \n =1", "'=1"), ("\u200b=1", "'=1"), ("＝1", "'＝1"), ("\x00=1", "'=1"),
    ("1=1", "1=1"), ("a-b", "a-b"), ("“=1”", "“=1”"), ("'=1", "'=1"),
])
def test_csv_cells_cannot_become_formulas(written: str, cell: str) -> None:
    report = Report(run=RUN, lost=(citation(written, 1, None, text=written, note=written, context=written, lost=True),))
    (row,) = rows(report)
    assert [row[name] for name in ("document", "text", "note", "context")] == [cell] * 4


@given(st.text())
def test_no_text_at_all_becomes_a_formula(text: str) -> None:
    (row,) = rows(Report(run=RUN, lost=(citation("a", 1, None, label=text, lost=True),)))
    assert not row["label"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_csv_cells_stay_below_the_limit_of_spreadsheets() -> None:
    assert max(len(cell) for row in rows(hostile()) for cell in row.values()) == 32_000


# ---------------------------------------------------------------- json lines


def test_json_lines_give_links_then_lost_citations_then_unreadable_documents() -> None:
    lines = render(rich(), Format.JSONL, title="t").splitlines()
    told = [json.loads(line) for line in lines]
    assert [row["type"] for row in told] == ["link"] * 11 + ["lost"] * 2 + ["unreadable"]
    assert (told[0]["url"], told[0]["verdict"]) == ("https://news.example/flood", "dead")
    assert told[11]["text"] == "clip"
    assert told[13] == {"type": "unreadable", "source": "scans/page9.tif", "reason": "is a picture",
                        "hint": "run OCR first"}


def test_every_json_line_is_one_line_for_every_reader() -> None:
    text = render(hostile(), Format.JSONL, title="t")
    assert len(text.splitlines()) == text.count("\n") == 5
    assert json.loads(text.splitlines()[0])["citations"][0]["note"] == HUGE


# ---------------------------------------------------------------- junit


def junit(report: Report, title: str = "Cited links") -> ET.Element:
    return ET.fromstring(render(report, Format.JUNIT, title=title).encode())


def test_junit_has_a_case_for_each_link_and_fails_the_dead_ones() -> None:
    root = junit(rich())
    (suite,) = root.findall("testsuite")
    assert (suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors"), suite.get("skipped"),
            suite.get("timestamp")) == ("Cited links", "12", "2", "1", "1", "2026-03-14T12:00:00")
    cases = {case.get("name"): case for case in suite.iter("testcase")}
    assert len(cases) == 12
    dead = cases["https://news.example/flood"]
    assert dead.get("classname") == "drafts/harbour-flood.txt"
    failure = dead.find("failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == (
        "not-found", "The server answers 404 Not Found, as it did on 3 days before.")
    assert failure.text == (
        "cited at drafts/harbour-flood.txt:12:5\ncited at notes/lighthouse.md:40:9\n"
        "snapshot https://memory.example/web/20120104063000/https://news.example/flood"
    )
    assert cases["mailto:keeper@light.example"].find("skipped") is not None
    assert list(cases["https://sea.example/"]) == []
    assert cases["https://slow.example/map"].findtext("system-out") == "unknown (timeout): No answer within 20 seconds."
    assert cases["can be read"].find("error") is not None
    assert suite.findtext("system-out") == (
        "drafts/harbour-flood.txt:5:31: lost: She filmed the first wave from her window (clip1) and sent it to us.\n"
        "drafts/harbour-flood.txt:31:1: lost: What the marshals wrote about it:"
    )


def test_junit_drops_what_xml_cannot_carry() -> None:
    root = junit(hostile(), title=f"{MARKUP}\x00\ufffe")
    assert root.get("name") == MARKUP
    assert len(list(root.iter("testcase"))) == 4


@given(st.text(st.characters(codec=None)))
def test_junit_is_well_formed_whatever_stands_in_a_document(text: str) -> None:
    bad = state((citation(text, 1, "https://a.example/"),), VerdictKind.DEAD, Reason.GONE, text)
    root = junit(Report(run=RUN, links=(bad,), unreadable=(Unreadable(source=text, reason=text, hint=text),)), text)
    assert len(list(root.iter("testcase"))) == 2


# ---------------------------------------------------------------- github


def test_annotations_point_at_the_line_that_needs_a_person() -> None:
    lines = render(rich(), Format.GITHUB, title="t").splitlines()
    assert len(lines) == 9
    assert lines[0] == (
        "::error title=cannot read the document,file=scans/page9.tif::scans/page9.tif: is a picture"
    )
    assert lines[1].startswith("::warning file=drafts/harbour-flood.txt,line=5,col=31,title=note 1 lost::The address ")
    assert lines[2] == (
        "::error file=drafts/harbour-flood.txt,line=12,col=5,title=note 3 dead (not-found)::https://news.example/flood:"
        " The server answers 404 Not Found, as it did on 3 days before."
        "%0ASnapshot: https://memory.example/web/20120104063000/https://news.example/flood"
    )
    assert lines[8].startswith("::notice file=papers/tides.pdf,title=note 12 restricted (paywall)::")


def test_annotations_escape_what_github_reads() -> None:
    bad = state((citation("a,b:c%.md", 3, "https://a.example/%41", label="1::x,y"),), VerdictKind.DEAD, Reason.GONE,
                "100% gone\r\n::error::forged")
    assert render(Report(run=RUN, links=(bad,)), Format.GITHUB, title="t") == (
        "::error file=a%2Cb%3Ac%25.md,line=3,col=1,title=note 1%3A%3Ax%2Cy dead (gone)::"
        "https://a.example/%2541: 100%25 gone ::error::forged\n"
    )


def test_an_annotation_of_a_document_from_the_web_names_no_file() -> None:
    found = state((citation("https://site.example/essay", 3, "https://a.example/"),), VerdictKind.DEAD, Reason.GONE, "x")
    assert render(Report(run=RUN, links=(found,)), Format.GITHUB, title="t") == (
        "::error title=dead (gone)::https://a.example/: x\n"
    )


def test_what_is_fine_blocked_or_unknown_gives_no_annotation() -> None:
    links = tuple(
        state((citation(NOTES, 1, f"https://{kind}.example/"),), kind, Reason.OK, "x")
        for kind in (VerdictKind.ALIVE, VerdictKind.BLOCKED, VerdictKind.UNKNOWN, VerdictKind.SKIPPED)
    )
    assert render(Report(run=RUN, links=links), Format.GITHUB, title="t") == ""


# ---------------------------------------------------------------- all of them


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("report", [Report(run=RUN), rich(), hostile()], ids=["nothing", "rich", "hostile"])
def test_every_format_can_be_written_as_utf8_and_hides_nothing(form: Format, report: Report) -> None:
    text = render(report, form, title="t")
    text.encode("utf-8")
    assert text == "" or text.endswith("\n")
    body = text.removeprefix("\ufeff")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", body)


def test_the_formats_are_those_of_the_command_line() -> None:
    assert [str(form) for form in Format] == ["text", "json", "jsonl", "csv", "html", "junit", "github"]


# ---------------------------------------------------------------- plain text


@pytest.mark.parametrize(("written", "shown"), [
    ("a\tb\r\nc", "a b c"), ("\x1b[31mred", "[31mred"), (f"x{BIDI}", "xgpj.exex"), ("no\u00a0break", "no break"),
    ("soft\u00adhyphen", "softhyphen"), ("می\u200cخواهم", "می\u200cخواهم"), ("👩\u200d🚀", "👩\u200d🚀"),
    ("caf\udce9", "caf\ufffd"), ("\x9b2J", "2J"), ("a\u2028b", "a b"), ("", ""), (CONTROLS, "[31mred]8;;http://evil.example2J end"),
])
def test_plain_text_is_one_line_that_obeys_nobody(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_clipping_cuts_with_an_ellipsis_and_keeps_the_needle_in_sight() -> None:
    assert clip("one two three", 8) == "one two…"
    assert clip("one two", 7) == "one two"
    assert clip(" " * 1000 + "x", 10) == "…"
    assert clip_around("a " * 100 + "needle" + " b" * 100, "needle", 31) == "…a a a a a needle b b b b b b…"
    assert clip_around("short needle", "needle", 100) == "short needle"


@given(st.text(), st.text(max_size=5), st.integers(8, 60))
def test_clipped_text_is_never_longer_than_asked_for(text: str, needle: str, length: int) -> None:
    assert len(clip(text, length)) <= length
    assert len(clip_around(text, needle, length)) <= length


def test_the_same_citation_is_not_told_as_lost_and_as_a_link() -> None:
    both = citation(FLOOD, 1, "https://a.example/", lost=True)
    report = Report(run=RUN, links=(state((both,), VerdictKind.ALIVE, Reason.OK, "x"),), lost=(both,))
    assert [(row["verdict"], row["url"]) for row in rows(report)] == [("alive", "https://a.example/")]
