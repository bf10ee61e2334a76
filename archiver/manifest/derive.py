"""What follows from records: each becomes a few steps on the derived tables.

Steps are plain data, made when a record is made; so a record that could not be applied is refused before it is
written. Applying is done in batches: steps on different tables never depend on each other, so a batch does each
table's steps together and in their order, and the state is the same however the records were cut into batches.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from sqlalchemy import and_, bindparam, case, delete, exists, func, literal_column, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.sqlite import insert  # PostgreSQL's has the same methods

from archiver.manifest import records, schema
from archiver.manifest.records import Record, later, maybe_stamp, stamp
from archiver.model import (
    Answer,
    Capture,
    CaptureKind,
    CitationKind,
    Document,
    Job,
    Lookup,
    Snapshot,
    Unreadable,
)
from archiver.urls import without_fragment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import ClauseElement, ColumnElement, Connection, Table

_BATCH = 5000  # records applied at once when all are applied again


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
        "final_url": verdict.final_url, "looked": at,
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


def _host(address: str) -> str:
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
    records.MediaFailed: _media_failed,
}


# ---------------------------------------------------------------- steps -> statements


def _upsert(table: Table, *, keep: Sequence[str] = (), prefer_new: Sequence[str] = ()) -> ClauseElement:
    """Insert or overwrite. `keep`: columns that stay as they were; `prefer_new`: overwritten only by a value."""
    statement = insert(table)
    changes: dict[str, Any] = {}
    for column in table.columns:
        if column.primary_key or column.name in keep:
            continue
        new = statement.excluded[column.name]
        changes[column.name] = func.coalesce(new, column) if column.name in prefer_new else new
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changes)


def _statements() -> dict[str, ClauseElement]:
    """Give every statement by its step's name, in the order in which a batch does its tables."""
    runs, documents, links, looks = schema.runs, schema.documents, schema.links, schema.looks
    citations = schema.citations
    a_run = runs.c.id == bindparam("b_id")
    a_source: ColumnElement[str] = bindparam("b_source")
    current = and_(
        citations.c.link == bindparam("b_link"), citations.c.document == documents.c.source, documents.c.cited_from,
    )
    same = links.c.verdict == bindparam("b_verdict")
    return {
        "run-began": plain_insert(runs),
        "run-ended": update(runs).where(a_run).values({
            name: bindparam(name) for name in ("finished", "exit_code", "offline", "interrupted", "counts")
        }),
        "run-lost": update(runs).where(a_run).values(interrupted=True),
        "link": insert(links).on_conflict_do_nothing(index_elements=[links.c.link]),
        "link-looked": update(links).where(links.c.link == bindparam("b_link")).values({
            "verdict": bindparam("b_verdict"), "since": case((same, links.c.since), else_=bindparam("b_at")),
            "looks": links.c.looks + literal_column("1"),
        } | {
            name: bindparam(name)
            for name in (
                "reason", "because", "confirmed", "warnings", "status", "final_url", "looked", "not_before",
            )
        }),
        "document": _upsert(documents, keep=["first_read"]),
        "document-seen": update(documents).where(documents.c.source == a_source).values(
            cited_from=True, seen=bindparam("seen"), seen_run=bindparam("seen_run"),
            seen_record=bindparam("seen_record"),
        ),
        "document-dropped": update(documents).where(documents.c.source == a_source).values(cited_from=False),
        "citations-gone": delete(citations).where(citations.c.document == a_source),
        "citation": plain_insert(citations),
        "citations-change": select(citations.c.link).distinct().where(
            citations.c.document == a_source, citations.c.link.is_not(None),
        ),
        "link-cited": update(links).where(links.c.link == bindparam("b_link")).values(
            citations=select(func.count()).select_from(citations).where(current).correlate(None).scalar_subquery(),
            media=exists().where(current, citations.c.kind == CitationKind.MEDIA.value).correlate(None),
        ),
        "unreadable": _upsert(schema.unreadable),
        "unreadable-gone": delete(schema.unreadable).where(schema.unreadable.c.source == a_source),
        "look": plain_insert(looks),
        "lookup": _upsert(schema.lookups),
        "snapshot": _upsert(
            schema.snapshots, keep=["how", "first_known"], prefer_new=["status", "media_type", "digest", "good"],
        ),
        "job": _upsert(schema.jobs),
        "capture": plain_insert(schema.captures),
        "payload": _upsert(schema.payloads),
        "media-failed": _upsert(schema.media_failures),
        "record": plain_insert(schema.records),
    }


# Columns of `links` that a new row does not take from its step.
_NEW_LINK = {"citations": 0, "media": False, "confirmed": False, "warnings": "[]", "looks": 0}
# Steps that share a lane are done one after another, in their order.
_LANES = {
    "run-began": "runs", "run-ended": "runs", "run-lost": "runs", "link-looked": "looked", "document": "documents",
    "document-seen": "documents", "document-dropped": "documents", "citations-gone": "documents",
    "citation": "documents", "citations-change": "documents", "unreadable": "unreadable",
    "unreadable-gone": "unreadable", "look": "look", "lookup": "lookup", "snapshot": "snapshot", "job": "job",
    "capture": "capture", "payload": "payload", "media-failed": "media-failed",
}


class Statement:
    """A statement as the driver takes it: compiled once, then fed with plain tuples, thousands at a time."""

    def __init__(self, connection: Connection, statement: Any, columns: Sequence[str] | None = None) -> None:
        compiled = statement.compile(dialect=connection.dialect, column_keys=columns)
        self.text: str = str(compiled)
        # Values that stand in the statement itself; the others come with each row.
        self._constant = {name: value for name, value in compiled.params.items() if isinstance(value, (int, str))}
        names = compiled.positiontup or ()
        get: Any = operator.itemgetter(*names) if names else lambda _: ()
        self._get = get if len(names) != 1 else lambda row: (get(row),)

    def values(self, row: dict[str, Any]) -> tuple[Any, ...]:
        """Put a row's values in the statement's order."""
        values: tuple[Any, ...] = self._get(self._constant | row if self._constant else row)
        return values


class Deriver:
    """Apply entries to the tables of a connection, within the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._statements: dict[str, Statement] = {}
        self._links: set[str] = set()  # known to be in their table

    def append(self, entries: Sequence[Entry]) -> None:
        """Write records and what follows from them."""
        if not entries:
            return
        self._connection.exec_driver_sql(self.statement("record").text, [_RECORD(record) for record, _ in entries])
        self.follow(entries)

    def follow(self, entries: Iterable[Entry]) -> None:
        """Write what follows from records, not the records themselves."""
        links: dict[str, dict[str, Any]] = {}
        lanes: dict[str, list[Step]] = {name: [] for name in dict.fromkeys(_LANES.values())}
        for _, steps in entries:
            for step in steps:
                name, row = step
                if name != "link":
                    lanes[_LANES[name]].append(step)
                elif row["link"] not in self._links:
                    links.setdefault(row["link"], row)
        # Runs and links first: other tables refer to them. A link that is there already stays as it is.
        self._do_lane(lanes.pop("runs"))
        self._do("link", [row | _NEW_LINK | {"host": _host(link)} for link, row in links.items()])
        self._links.update(links)
        for lane in lanes.values():
            self._do_lane(lane)

    def forget(self) -> None:
        """Hear that what was written is undone, or may have been."""
        self._links.clear()

    def replay(self) -> None:
        """Derive everything from the records; the derived tables must be empty."""
        last = 0
        query = select(schema.records).order_by(schema.records.c.seq).limit(_BATCH)
        while rows := self._connection.execute(query.where(schema.records.c.seq > last)).all():
            found = [records.of_row(row) for row in rows]
            self.follow([enter(record, records.decode(record)) for record in found])
            last = found[-1].seq

    def _do_lane(self, steps: Sequence[Step]) -> None:
        changed: dict[str, None] = {}
        start = 0
        while start < len(steps):
            name = steps[start][0]
            end = start
            while end < len(steps) and steps[end][0] == name:
                end += 1
            rows = [row for _, row in steps[start:end]]
            if name == "citations-change":
                changed |= dict.fromkeys(self._links_of(rows))
            else:
                self._do(name, rows)
            start = end
        self._do("link-cited", [{"b_link": link} for link in changed])

    def _links_of(self, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
        statement = self.statement("citations-change")
        for row in rows:
            found = self._connection.exec_driver_sql(statement.text, statement.values(row))
            yield from (link for link, in found)

    def _do(self, name: str, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            statement = self.statement(name)
            self._connection.exec_driver_sql(statement.text, [statement.values(row) for row in rows])

    def statement(self, name: str) -> Statement:
        """Give a statement, compiled."""
        if not self._statements:
            self._all = _statements()
        if name not in self._statements:
            columns = _COLUMNS.get(name)
            self._statements[name] = Statement(self._connection, self._all[name], columns)
        return self._statements[name]


_COLUMNS: dict[str, list[str]] = {
    name: [column.name for column in table.columns]
    for name, table in {
        "run-began": schema.runs, "document": schema.documents, "citation": schema.citations,
        "unreadable": schema.unreadable, "look": schema.looks, "lookup": schema.lookups,
        "snapshot": schema.snapshots, "job": schema.jobs, "capture": schema.captures, "payload": schema.payloads,
        "media-failed": schema.media_failures,
        "record": schema.records,
    }.items()
} | {"link": ["link", "host", "first_seen", *_NEW_LINK]}
_RECORD = operator.attrgetter(*_COLUMNS["record"])
