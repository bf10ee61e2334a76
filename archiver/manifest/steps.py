"""What follows from records, first half: each record becomes a few steps on the derived tables.

Steps are plain data, made when a record is made; so a record that could not be applied is refused before it is
written. derive.py applies them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from archiver.manifest import records
from archiver.manifest.records import Record, later, maybe_stamp, stamp
from archiver.model import (
    Answer,
    Capture,
    CaptureKind,
    Document,
    FailureKind,
    Job,
    Lookup,
    Mark,
    SignalKind,
    Snapshot,
    Unreadable,
)
from archiver.urls import without_fragment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.model import Observation

# Failures that say nothing of the host: ours, or found without asking it.
_OURS = frozenset({
    FailureKind.OFFLINE, FailureKind.GAVE_UP, FailureKind.PROXY, FailureKind.FORBIDDEN_ADDRESS,
    FailureKind.UNSUPPORTED,
})
_ANSWERS = frozenset({FailureKind.BAD_REDIRECT, FailureKind.REDIRECT_LOOP, FailureKind.TOO_MANY_REDIRECTS})
_NO = (404, 410)

# Plain tuples: thousands of them wait to be written, and the garbage collector leaves such ones alone.
Step: TypeAlias = tuple[str, dict[str, Any]]  # one change of a derived table: the statement's name and its values
Entry: TypeAlias = tuple[Record, tuple[Step, ...]]  # a record with what follows from it


def enter(record: Record, body: records.Body | None) -> Entry:
    """Work out what follows from a record; nothing from one of a kind that this version does not know."""
    steps = () if body is None else tuple(_STEPS[type(body)](record, body))
    return record, steps


# ---------------------------------------------------------------- records -> steps


def _run_began(record: Record, body: records.RunBegan) -> Iterator[Step]:
    yield "run-began", {
        "id": record.run, "began": record.at, "finished": None, "version": body.version, "command": body.command,
        "settings_sha256": body.settings_sha256, "exit_code": None, "offline": False, "interrupted": False,
        "counts": "{}", "record": record.seq,
    }


def _run_ended(record: Record, body: records.RunEnded) -> Iterator[Step]:
    yield "run-ended", {
        "b_id": record.run, "finished": record.at, "exit_code": body.exit_code, "offline": body.offline,
        "interrupted": body.interrupted, "counts": _json(body.counts),
    }


def _run_lost(_: Record, body: records.RunLost) -> Iterator[Step]:
    yield "run-lost", {"b_id": body.run}


def _document(record: Record, body: Document) -> Iterator[Step]:
    yield "unreadable-gone", {"b_source": body.source}
    yield "citations-change", {"b_source": body.source}
    yield "citations-gone", {"b_source": body.source}
    yield "document", {
        "source": body.source, "cited_from": True, "title": body.title, "author": body.author,
        "publication": body.publication, "published": body.published and body.published.isoformat(),
        "language": body.language, "url": body.url, "origins": _json(body.origins),
        "media_type": body.media_type, "size": body.size,
        "sha256": body.sha256, "body_sha256": records.digest(record.body), "warnings": _json(body.warnings),
        "citations": len(body.citations), "first_read": record.at, "changed": record.at, "record": record.seq,
        "seen": record.at, "seen_run": record.run, "seen_record": record.seq,
    }
    for number, citation in enumerate(body.citations, 1):
        address = citation.link or citation.url
        if address is not None:
            yield _link(record, address)
        yield "citation", {
            "document": body.source, "number": number, "link": address, "url": citation.url,
            "kind": str(citation.kind), "lost": citation.lost, "label": citation.label, "text": citation.text,
            "note": citation.note, "context": citation.context,
            "cited_on": citation.cited_on and citation.cited_on.isoformat(), "confidence": citation.confidence,
            "variants": _json(citation.variants) if citation.variants else "[]", "written": citation.written,
            "line": citation.place.line, "col": citation.place.column, "page": citation.place.page,
            "part": citation.place.part,
            "start_offset": citation.place.start, "end_offset": citation.place.end,
        }
    yield "citations-change", {"b_source": body.source}


def _document_seen(record: Record, body: records.DocumentSeen) -> Iterator[Step]:
    yield "unreadable-gone", {"b_source": body.source}
    yield "document-seen", {
        "b_source": body.source, "seen": record.at, "seen_run": record.run, "seen_record": record.seq,
    }
    if body.returned:
        yield "citations-change", {"b_source": body.source}


def _document_dropped(_: Record, body: records.DocumentDropped) -> Iterator[Step]:
    yield "unreadable-gone", {"b_source": body.source}
    yield "document-dropped", {"b_source": body.source}
    yield "citations-change", {"b_source": body.source}


def _unreadable(record: Record, body: Unreadable) -> Iterator[Step]:
    yield "unreadable", {
        "source": body.source, "reason": body.reason, "hint": body.hint, "at": record.at, "run": record.run,
        "record": record.seq,
    }


def _look(record: Record, body: records.Look) -> Iterator[Step]:
    seen, verdict = body.observation, body.verdict
    at = stamp(seen.at)
    yield _link(record, seen.link)
    yield "link-looked", {
        "b_link": seen.link, "b_verdict": str(verdict.kind), "b_at": at, "reason": str(verdict.reason),
        "because": verdict.because, "confirmed": verdict.confirmed,
        "warnings": _json(verdict.warnings) if verdict.warnings else "[]", "status": verdict.status,
        "final_url": verdict.final_url, "fix": None if verdict.fix is None else _json(verdict.fix), "looked": at,
        "not_before": None if seen.retry_after is None else stamp(later(seen.at, seen.retry_after)),
    }
    yield "look", {
        "record": record.seq, "run": record.run, "link": seen.link, "at": at, "verdict": str(verdict.kind),
        "reason": str(verdict.reason), "confirmed": verdict.confirmed, "status": seen.status,
        "failure": seen.failure and str(seen.failure), "final_url": seen.final_url, "hops": len(seen.hops),
        "milliseconds": sum(hop.milliseconds for hop in seen.hops), "media_type": seen.media_type,
        "length": seen.length, "truncated": seen.truncated, "sha256": seen.sha256, "title": seen.title,
        "peer": seen.peer, "signals": _json([signal.kind for signal in seen.signals]) if seen.signals else "[]",
    }
    yield from _hosts(seen, at)


def _hosts(seen: Observation, at: str) -> Iterator[Step]:
    """Tell what a look shows of the hosts that it met: the one that gave the last word, and the link's own.

    A plain success tells nothing that the link's own row does not say, and there are very many of them.
    """
    if seen.failure is None and not seen.signals and seen.sibling is None and _plain(seen):
        return
    if seen.via is not None or seen.failure in _OURS or (seen.failure is None and seen.status is None):
        return
    own, name = host_of(seen.link), host_of(seen.final_url or seen.link)
    if name:
        yield "host", {"host": name, **_shown(seen, at)}
    if seen.sibling is not None and own:
        # What cannot exist was asked for beside the link.
        said = "honest" if seen.sibling in _NO else "catch_all" if 200 <= seen.sibling < 300 else "answered"
        yield "host", {"host": own, "answered": at, said: at}


def _plain(seen: Observation) -> bool:
    return seen.status is not None and 200 <= seen.status < 300 and seen.retry_after is None


def _asked_itself(seen: Observation) -> bool:
    """Tell whether the answer is the page's own, and not that of an API that was asked about it."""
    return not seen.hops or without_fragment(seen.hops[-1].url) == without_fragment(seen.final_url or seen.link)


def _shown(seen: Observation, at: str) -> dict[str, Any]:
    """Give what the last word of a look says of who gave it."""
    if seen.failure is FailureKind.ROBOTS:
        return {"robots": at}
    if seen.failure is not None and seen.failure not in _ANSWERS:
        return {"silent": at, "silence": str(seen.failure)}
    facts: dict[str, Any] = {"answered": at}
    if seen.status in _NO and seen.failure is None and _asked_itself(seen):
        facts["honest"] = at
    if seen.signals and seen.has(SignalKind.BOT_WALL):
        facts |= {"wall": at, "wall_by": seen.detail(SignalKind.BOT_WALL)}
    if seen.status == 429 or seen.retry_after is not None:
        facts |= {"limited": at, "retry_after": seen.retry_after}
    return facts


def _lookup(record: Record, body: Lookup) -> Iterator[Step]:
    patience = body.retry_after if body.answer is Answer.UNKNOWN else None
    yield _link(record, body.link)
    yield "lookup", {
        "link": body.link, "archive": body.archive, "at": stamp(body.at), "answer": str(body.answer),
        "reason": body.reason, "ask_after": None if patience is None else stamp(later(body.at, patience)),
        "snapshots": len(body.snapshots), "run": record.run, "record": record.seq,
    }
    for one in body.snapshots:
        yield _snapshot(record, body.link, one)


def _job(record: Record, body: Job) -> Iterator[Step]:
    yield _link(record, body.link)
    yield "job", {
        "id": body.id, "link": body.link, "archive": body.archive, "submitted": stamp(body.submitted),
        "state": str(body.state), "asked": stamp(body.asked), "next_ask": maybe_stamp(body.next_ask),
        "remote_id": body.remote_id, "code": body.code, "message": body.message,
        "snapshot_url": body.snapshot and body.snapshot.url, "run": record.run, "record": record.seq,
    }
    if body.snapshot is not None:
        yield _snapshot(record, body.link, body.snapshot)


def _capture(record: Record, body: Capture) -> Iterator[Step]:
    yield _link(record, body.link)
    yield "capture", {
        "record": record.seq, "run": record.run, "link": body.link, "kind": str(body.kind), "at": stamp(body.at),
        "path": body.path, "warc_offset": body.offset, "record_id": body.record_id, "revisit": body.revisit,
        "sha256": body.sha256, "media_type": body.media_type, "size": body.size, "truncated": body.truncated,
    }
    payload = payload_of(body)
    if payload is not None:
        yield "payload", {
            "sha256": body.sha256, "url": payload, "at": stamp(body.at), "record_id": body.record_id,
            "record": record.seq,
        }


def _media_failed(record: Record, body: records.MediaFailed) -> Iterator[Step]:
    yield _link(record, body.link)
    yield "media-failed", {
        "link": body.link, "at": stamp(body.at), "reason": body.reason, "run": record.run, "record": record.seq,
    }


def _baseline(record: Record, body: records.Baseline) -> Iterator[Step]:
    yield _link(record, body.link)  # it is read where it stands: no table follows from it


def _mark(record: Record, body: Mark) -> Iterator[Step]:
    yield _link(record, body.link)
    yield "mark", {
        "link": body.link, "at": stamp(body.at), "verdict": str(body.kind), "reason": body.reason,
        "marked_by": body.by, "until": body.until and body.until.isoformat(), "record": record.seq,
    }


def _mark_cleared(_: Record, body: records.MarkCleared) -> Iterator[Step]:
    yield "mark-gone", {"b_link": body.link}


def payload_of(capture: Capture) -> str | None:
    """Give the address under which later copies may refer to this one instead of holding the bytes again.

    Only a whole WARC response can be referred to.
    """
    whole = capture.record_id is not None and not capture.revisit and capture.truncated is None
    return without_fragment(capture.link) if whole and capture.kind is CaptureKind.PAGE else None


def _link(record: Record, address: str) -> Step:
    return "link", {"link": address, "first_seen": record.at}


def _snapshot(record: Record, link: str, one: Snapshot) -> Step:
    return "snapshot", {
        "link": link, "url": one.url, "archive": one.archive, "original": one.original, "taken": stamp(one.taken),
        "how": str(one.how), "status": one.status, "media_type": one.media_type, "digest": one.digest,
        "good": one.good, "first_known": record.at, "record": record.seq,
    }


def host_of(address: str) -> str:
    """Give the host between "//" and what follows it: plain text work, so that it is the same in every version."""
    _, sign, rest = address.partition("://")
    if not sign:
        return ""
    name = rest.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
    return name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


_STEPS: dict[type, Callable[[Record, Any], Iterator[Step]]] = {
    records.RunBegan: _run_began, records.RunEnded: _run_ended, records.RunLost: _run_lost, Document: _document,
    records.DocumentSeen: _document_seen, records.DocumentDropped: _document_dropped, Unreadable: _unreadable,
    records.Look: _look, Lookup: _lookup, Job: _job, Capture: _capture,
    records.MediaFailed: _media_failed, records.Baseline: _baseline, Mark: _mark, records.MarkCleared: _mark_cleared,
}
