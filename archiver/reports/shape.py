"""The JSON objects. Keys never change type and are never missing; docs/schemas/ says the same in JSON Schema.

All texts are given as they were read, whole: whoever shows them must escape them.
"""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any

from msgspec import json

from archiver.model import Document, VerdictKind
from archiver.reports.order import citations_of
from archiver.reports.text import scrub

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from archiver.model import Capture, Citation, LinkState, Mark, Report, Snapshot, Unreadable

REPORT_SCHEMA = "archiver.report/1"

_FACTS = ("title", "author", "publication", "published", "language", "url")  # of a document

# What JSON allows unescaped and a terminal or a line reader would obey: C1 controls, bidi marks, line separators.
_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def report_object(report: Report) -> dict[str, Any]:
    """Give the object of schema archiver.report/1."""
    return {
        "schema": REPORT_SCHEMA,
        "run": {
            "id": scrub(report.run.id), "started": moment(report.run.started), "finished": moment(report.run.finished),
            "version": scrub(report.run.version),
        },
        "summary": summary_object(report),
        "documents": [document_object(document) for document in report.documents],
        "unreadable": unreadable_objects(report.unreadable),
        "links": [link_object(state) for state in report.links],
        "lost": [lost_object(citation) for citation in report.lost],
    }


def listed_object(citation: Citation) -> dict[str, Any]:
    """Give one citation as `links` lists it."""
    return {
        **_citation(citation), "url": _text(citation.url), "lost": citation.lost, "confidence": citation.confidence,
        "cited_on": citation.cited_on.isoformat() if citation.cited_on else None,
        "variants": [scrub(address) for address in citation.variants], "written": _text(citation.written),
    }


def listed(documents: Iterable[Document], *, everything: bool) -> Iterator[Citation]:
    """Give the citations to list, in reading order: all, or those that have an address or have lost it."""
    for document in documents:
        for citation in document.citations:
            if everything or citation.lost or citation.url is not None:
                yield citation


def summary_object(report: Report) -> dict[str, int]:
    """Count documents, citations and links; all eight verdicts are always there."""
    verdicts = {kind.value: 0 for kind in VerdictKind}
    for state in report.links:
        verdicts[state.verdict.kind.value] += 1
    return {
        "documents": len(report.documents), "citations": citations_of(report), "links": len(report.links),
        "lost": len(report.lost), **verdicts, "unreadable": len(report.unreadable),
    }


def link_object(state: LinkState) -> dict[str, Any]:
    """Give one link with its verdict, citations, snapshots and captures."""
    verdict = state.verdict
    return {
        "url": scrub(state.link), "verdict": verdict.kind.value, "reason": verdict.reason.value,
        "because": scrub(verdict.because), "confirmed": verdict.confirmed, "status": verdict.status,
        "final_url": _text(verdict.final_url), "warnings": [warning.value for warning in verdict.warnings],
        "fix": None if verdict.fix is None else {"url": scrub(verdict.fix.url), "why": scrub(verdict.fix.why)},
        "mark": None if state.mark is None else _mark(state.mark),
        "citations": [_citation(citation) for citation in state.citations],
        "snapshots": [_snapshot(snapshot) for snapshot in state.snapshots],
        "captures": [_capture(capture) for capture in state.captures],
    }


def lost_object(citation: Citation) -> dict[str, Any]:
    """Give one citation whose address is gone, with candidates for it."""
    return {**_citation(citation), "candidates": []}


def unreadable_objects(unreadable: Iterable[Unreadable]) -> list[dict[str, str]]:
    """Give the documents that could not be read."""
    return [_unreadable(failed) for failed in unreadable]


def json_text(value: object, *, indent: int = 2) -> str:
    """Write JSON as UTF-8 text in which nothing hides: invisible and reordering characters are escaped."""
    return _seen(json.format(json.encode(value), indent=indent).decode())


def json_lines(values: Iterable[object]) -> str:
    """Write JSON Lines: each value on a line of its own, else as `json_text` does it."""
    return _seen("".join([json.format(json.encode(value), indent=0).decode() + "\n" for value in values]))


def _seen(text: str) -> str:
    if text.isascii() and "\x7f" not in text:
        return text
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)


def moment(value: datetime | None) -> str | None:
    """Write a time in ISO 8601, UTC, with Z."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if value else None


def document_object(document: Document) -> dict[str, Any]:
    """Give what is known of a document itself."""
    return {
        "source": scrub(document.source), "sha256": document.sha256, "title": _text(document.title),
        "author": _text(document.author), "publication": _text(document.publication),
        "published": document.published.isoformat() if document.published else None,
        "language": _text(document.language), "url": _text(document.url),
        "origins": {fact: _text(document.origins.get(fact)) for fact in _FACTS},
        "warnings": [scrub(warning) for warning in document.warnings],
    }


def _unreadable(failed: Unreadable) -> dict[str, str]:
    return {"source": scrub(failed.source), "reason": scrub(failed.reason), "hint": scrub(failed.hint)}


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "document": scrub(citation.document), "line": citation.place.line, "column": citation.place.column,
        "page": citation.place.page, "part": _text(citation.place.part), "kind": citation.kind.value,
        "label": _text(citation.label),
        "text": scrub(citation.text), "note": _text(citation.note), "context": scrub(citation.context),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "verdict": mark.kind.value, "by": scrub(mark.by), "reason": scrub(mark.reason),
        "until": mark.until.isoformat() if mark.until else None,
    }


def _snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "archive": scrub(snapshot.archive), "url": scrub(snapshot.url), "taken": moment(snapshot.taken),
        "how": snapshot.how.value, "good": snapshot.good,
    }


def _capture(capture: Capture) -> dict[str, Any]:
    return {"path": scrub(capture.path), "sha256": capture.sha256, "media_type": scrub(capture.media_type)}


def _text(value: str | None) -> str | None:
    return None if value is None else scrub(value)
