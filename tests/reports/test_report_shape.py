"""The JSON objects: their exact shape, and that the published schemas say the same."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from report_samples import FLOOD, NOTES, RUN, citation, document, hostile, many, marked, rich

from archiver.model import (
    CitationKind,
    Reason,
    Report,
    RunFacts,
    SnapshotHow,
    Unreadable,
    VerdictKind,
    WarningCode,
)
from archiver.reports.formats import Format, render
from archiver.reports.links import links_json, links_lines
from archiver.reports.shape import json_text, link_object, report_object

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


def schema(name: str) -> dict[str, Any]:
    return dict(json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8")))


def validate(value: object, name: str) -> None:
    validator = jsonschema.Draft202012Validator(schema(name), format_checker=jsonschema.FormatChecker())
    validator.validate(value)


def test_a_report_of_nothing_has_every_key() -> None:
    assert report_object(Report(run=RUN)) == {
        "schema": "archiver.report/1",
        "run": {"id": "run-0007", "started": "2026-03-14T12:00:00Z", "finished": "2026-03-14T12:09:31Z",
                "version": "0.1.0"},
        "summary": {"documents": 0, "citations": 0, "links": 0, "lost": 0, "alive": 0, "moved": 0, "changed": 0,
                    "dead": 0, "restricted": 0, "blocked": 0, "unknown": 0, "skipped": 0, "unreadable": 0},
        "documents": [], "unreadable": [], "links": [], "lost": [],
    }


def test_the_summary_counts_links_by_verdict_and_citations_by_place() -> None:
    assert report_object(rich())["summary"] == {
        "documents": 3, "citations": 13, "links": 11, "lost": 2, "alive": 3, "moved": 1, "changed": 1, "dead": 2,
        "restricted": 1, "blocked": 1, "unknown": 1, "skipped": 1, "unreadable": 1,
    }


def test_a_document_whose_targets_are_all_lost_has_citations_but_no_links() -> None:
    lost = tuple(citation(FLOOD, line, None, label=str(line), lost=True) for line in (1, 2, 3))
    summary = report_object(Report(run=RUN, documents=(document(FLOOD),), lost=lost))["summary"]
    assert (summary["documents"], summary["citations"], summary["links"], summary["lost"]) == (1, 3, 0, 3)


def test_a_link_tells_all_that_is_believed_of_it() -> None:
    assert report_object(rich())["links"][0] == {
        "url": "https://news.example/flood", "verdict": "dead", "reason": "not-found",
        "because": "The server answers 404 Not Found, as it did on 3 days before.", "confirmed": True, "status": 404,
        "final_url": "https://news.example/flood", "warnings": [],
        "fix": {"url": "https://news.example/floods", "why": "with “s” at its end"}, "mark": None,
        "citations": [
            {"document": "drafts/harbour-flood.txt", "line": 12, "column": 5, "page": None, "part": None, "kind": "footnote",
             "label": "3", "text": "council", "note": "The council's own minutes: https://news.example/flood",
             "context": "According to the council3 the gates were closed at nine."},
            {"document": "notes/lighthouse.md", "line": 40, "column": 9, "page": None, "part": None, "kind": "footnote",
             "label": "8", "text": "gates", "note": None, "context": ""},
        ],
        "snapshots": [
            {"archive": "memory", "url": "https://memory.example/web/20120104063000/https://news.example/flood",
             "taken": "2012-01-04T06:30:00Z", "how": "found", "good": True},
            {"archive": "memory", "url": "https://memory.example/web/20140104063000/https://news.example/flood",
             "taken": "2014-01-04T06:30:00Z", "how": "found", "good": None},
        ],
        "captures": [{"path": "2026/01/pages-0001.warc.gz", "sha256": "cd" * 32, "media_type": "application/warc"}],
    }


def test_a_persons_mark_is_told_beside_the_verdict() -> None:
    told = link_object(marked())
    assert (told["verdict"], told["reason"]) == ("alive", "marked")
    assert told["mark"] == {
        "verdict": "alive", "by": "Jonas Reed", "reason": "opened in a browser", "until": "2027-05-01",
    }


def test_a_lost_citation_has_no_link_and_an_empty_list_of_candidates() -> None:
    assert report_object(rich())["lost"][0] == {
        "document": "drafts/harbour-flood.txt", "line": 5, "column": 31, "page": None, "part": None, "kind": "media", "label": "1",
        "text": "clip", "note": None,
        "context": "She filmed the first wave from her window (clip1) and sent it to us.", "candidates": [],
    }


def test_documents_and_unreadable_documents_are_told() -> None:
    told = report_object(rich())
    assert told["documents"][0] == {
        "source": "drafts/harbour-flood.txt", "sha256": "ab" * 32, "title": "The night the harbour flooded",
        "author": "Ada Mould", "publication": "Harbour Post", "published": "2013-05-02",
        "language": "en", "url": None, "warnings": [],
        "origins": {
            "title": "meta og:title", "author": "byline", "publication": None, "published": None, "language": None,
            "url": None,
        },
    }
    assert told["unreadable"] == [{"source": "scans/page9.tif", "reason": "is a picture", "hint": "run OCR first"}]


def test_times_are_given_in_utc_whatever_their_zone() -> None:
    there = datetime(2026, 3, 14, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    told = report_object(Report(run=RunFacts(id="r", started=there, finished=None, version="1")))
    assert told["run"] == {"id": "r", "started": "2026-03-15T04:30:00Z", "finished": None, "version": "1"}


def read_documents() -> tuple[object, ...]:
    cited = citation(NOTES, 7, "https://light.example/log", column=14, label="1", text="log", note="The log.",
                     context="The log1 is kept.", confidence=0.75, cited_on=date(2014, 5, 3),
                     variants=("https://light.example/lo",), written="The logā€™s kept.")
    lost = citation(NOTES, 9, None, label="2", text="map", note="See the map here:", lost=True)
    remark = citation(NOTES, 11, None, label="3", text="rain", note="It rained, as ever.")
    return (
        document(
            NOTES, title="Lights", citations=(cited, lost, remark), warnings=("only its beginning was read",),
        ),
        Unreadable(source="a.tif", reason="is a picture", hint=""),
    )


def links_object(found: Iterable[Any], *, everything: bool) -> dict[str, Any]:
    told: dict[str, Any] = json.loads("".join(links_json(found, everything=everything)))
    return told


def test_links_are_listed_in_reading_order_without_mere_remarks() -> None:
    told = links_object(read_documents(), everything=False)
    assert told == {
        "schema": "archiver.links/1",
        "documents": [{"source": "notes/lighthouse.md", "sha256": "ab" * 32, "title": "Lights", "author": None,
                       "publication": None, "published": None, "language": None, "url": None,
                       "origins": dict.fromkeys(
                           ("title", "author", "publication", "published", "language", "url"),
                       ),
                       "warnings": ["only its beginning was read"]}],
        "citations": [
            {"document": "notes/lighthouse.md", "line": 7, "column": 14, "page": None, "part": None, "kind": "footnote",
             "label": "1", "text": "log", "note": "The log.", "context": "The log1 is kept.",
             "url": "https://light.example/log", "lost": False, "confidence": 0.75, "cited_on": "2014-05-03",
             "variants": ["https://light.example/lo"], "written": "The logā€™s kept."},
            {"document": "notes/lighthouse.md", "line": 9, "column": 1, "page": None, "part": None, "kind": "footnote",
             "label": "2", "text": "map", "note": "See the map here:", "context": "",
             "url": None, "lost": True, "confidence": 1.0, "cited_on": None, "variants": [],
             "written": None},
        ],
        "unreadable": [{"source": "a.tif", "reason": "is a picture", "hint": ""}],
    }


def test_links_are_listed_one_to_a_line() -> None:
    lines = "".join(links_lines(read_documents(), everything=False)).splitlines()  # type: ignore[arg-type]
    assert [json.loads(line)["label"] for line in lines] == ["1", "2"]
    assert [json.loads(line) for line in lines] == links_object(read_documents(), everything=False)["citations"]


def test_remarks_are_listed_when_everything_is_asked_for() -> None:
    told = links_object(read_documents(), everything=True)
    assert [(row["label"], row["url"], row["lost"]) for row in told["citations"]] == [
        ("1", "https://light.example/log", False), ("2", None, True), ("3", None, False),
    ]


@pytest.mark.parametrize("report", [Report(run=RUN), rich(), hostile(), many(40)],
                         ids=["nothing", "rich", "hostile", "many"])
def test_reports_are_what_the_schema_says(report: Report) -> None:
    validate(json.loads(render(report, Format.JSON, title="t")), "report")


@pytest.mark.parametrize("everything", [True, False])
def test_lists_of_links_are_what_the_schema_says(everything: bool) -> None:
    found = (*read_documents(), *(document("x\udcff", citations=hostile().lost),))
    told = links_object(found, everything=everything)
    assert len(told["citations"]) == (4 if everything else 3)
    validate(json.loads(json_text(told)), "links")


def test_the_schema_refuses_a_key_that_is_missing_or_too_many() -> None:
    good = report_object(rich())
    for wrong in ({**good, "extra": 1}, {key: value for key, value in good.items() if key != "lost"}):
        with pytest.raises(jsonschema.ValidationError):
            validate(wrong, "report")
    good["links"][0]["verdict"] = "perished"
    with pytest.raises(jsonschema.ValidationError):
        validate(good, "report")


@pytest.mark.parametrize("name", ["report", "links"])
def test_the_schemas_are_schemas_and_every_object_in_them_is_closed(name: str) -> None:
    told = schema(name)
    jsonschema.Draft202012Validator.check_schema(told)

    def objects(part: object) -> list[dict[str, Any]]:
        if isinstance(part, list):
            return [found for item in part for found in objects(item)]
        if not isinstance(part, dict):
            return []
        own = [part] if part.get("type") == "object" else []
        return own + [found for item in part.values() for found in objects(item)]

    found = objects(told)
    assert len(found) >= 4
    for part in found:
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])


def test_the_schemas_list_the_values_of_the_model() -> None:
    parts = schema("report")["$defs"]
    assert parts["link"]["properties"]["verdict"]["enum"] == [kind.value for kind in VerdictKind]
    assert parts["link"]["properties"]["reason"]["enum"] == [reason.value for reason in Reason]
    assert parts["link"]["properties"]["warnings"]["items"]["enum"] == [code.value for code in WarningCode]
    assert parts["snapshot"]["properties"]["how"]["enum"] == [how.value for how in SnapshotHow]
    kinds = [kind.value for kind in CitationKind]
    assert parts["citation"]["properties"]["kind"]["enum"] == kinds
    assert parts["lost"]["properties"]["kind"]["enum"] == kinds
    assert schema("links")["$defs"]["citation"]["properties"]["kind"]["enum"] == kinds


def test_json_keeps_every_character_but_escapes_those_that_hide() -> None:
    text = json_text({"a": "ü“\u202e\x9b\x1b\u2028é"}, indent=0)
    assert text == '{"a": "ü“\\u202e\\u009b\\u001b\\u2028é"}'
    assert json.loads(text) == {"a": "ü“\u202e\x9b\x1b\u2028é"}


def test_a_file_name_that_is_not_utf8_can_be_written() -> None:
    told = json_text(report_object(Report(run=RUN, documents=(document("caf\udce9.txt"),))))
    assert json.loads(told.encode())["documents"][0]["source"] == "caf\ufffd.txt"
