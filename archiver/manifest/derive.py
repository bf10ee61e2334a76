"""What follows from records, second half: steps are applied to the derived tables.

Applying is done in batches: steps on different tables never depend on each other, so a batch does each table's steps
together and in their order, and the state is the same however the records were cut into batches.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, delete, exists, func, literal_column, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.sqlite import insert  # PostgreSQL's has the same methods

from archiver.manifest import records, schema
from archiver.manifest.steps import enter, host_of
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ClauseElement, ColumnElement, Connection, Table

    from archiver.manifest.steps import Entry, Step

_BATCH = 5000  # records applied at once when all are applied again


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


def _newest(table: Table) -> ClauseElement:
    """Insert, or overwrite what is older: each time by itself, with the columns that belong to it."""
    statement = insert(table)
    changes: dict[str, Any] = {}
    for time, more in schema.HOST_FACTS.items():
        new, old = statement.excluded[time], table.c[time]
        newer = and_(new.is_not(None), new >= func.coalesce(old, ""))
        changes |= {
            name: case((newer, statement.excluded[name]), else_=table.c[name]) for name in (time, *more)
        }
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
                "reason", "because", "confirmed", "warnings", "status", "final_url", "fix", "looked", "not_before",
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
        "mark": _upsert(schema.marks),
        "mark-gone": delete(schema.marks).where(schema.marks.c.link == bindparam("b_link")),
        "host": _newest(schema.hosts),
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
    "capture": "capture", "payload": "payload", "media-failed": "media-failed", "mark": "marks", "mark-gone": "marks",
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
        hosts: dict[str, dict[str, Any]] = {}
        lanes: dict[str, list[Step]] = {name: [] for name in dict.fromkeys(_LANES.values())}
        for _, steps in entries:
            for step in steps:
                name, row = step
                if name == "host":
                    _learn(hosts, row)
                elif name != "link":
                    lanes[_LANES[name]].append(step)
                elif row["link"] not in self._links:
                    links.setdefault(row["link"], row)
        # Runs and links first: other tables refer to them. A link that is there already stays as it is.
        self._do_lane(lanes.pop("runs"))
        self._do("link", [row | _NEW_LINK | {"host": host_of(link)} for link, row in links.items()])
        self._links.update(links)
        for lane in lanes.values():
            self._do_lane(lane)
        self._do("host", list(hosts.values()))

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


_NO_FACTS = dict.fromkeys(column.name for column in schema.hosts.columns)


def _learn(hosts: dict[str, dict[str, Any]], facts: dict[str, Any]) -> None:
    """Put together what a batch tells of a host, as its statement would: a row for each look would be dear."""
    known = hosts.get(facts["host"])
    if known is None:
        hosts[facts["host"]] = _NO_FACTS | facts
        return
    for time, at in facts.items():
        more = schema.HOST_FACTS.get(time)
        if more is not None and at >= (known[time] or ""):
            known[time] = at
            for name in more:
                known[name] = facts.get(name)


_COLUMNS: dict[str, list[str]] = {
    name: [column.name for column in table.columns]
    for name, table in {
        "run-began": schema.runs, "document": schema.documents, "citation": schema.citations,
        "unreadable": schema.unreadable, "look": schema.looks, "lookup": schema.lookups,
        "snapshot": schema.snapshots, "job": schema.jobs, "capture": schema.captures, "payload": schema.payloads,
        "media-failed": schema.media_failures, "mark": schema.marks, "host": schema.hosts,
        "record": schema.records,
    }.items()
} | {"link": ["link", "host", "first_seen", *_NEW_LINK]}
_RECORD = operator.attrgetter(*_COLUMNS["record"])
