"""What the manifest knows, read from the derived tables. Values that a record holds whole are read from the record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace
from sqlalchemy import and_, case, func, or_, select

from archiver import __version__
from archiver.days import day
from archiver.manifest import records, schema
from archiver.manifest.looks import host_facts
from archiver.manifest.records import Kind, maybe_moment, moment
from archiver.model import (
    THERE,
    Answer,
    CaptureKind,
    Citation,
    Document,
    Job,
    JobState,
    LinkState,
    Mark,
    Reason,
    Report,
    RunFacts,
    Snapshot,
    SnapshotHow,
    Unreadable,
    Variant,
    Verdict,
    VerdictKind,
    WarningCode,
)
from archiver.plan import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import datetime
    from typing import Any

    from sqlalchemy import ColumnElement, Connection, Row, Select

    from archiver.model import Capture, HostFacts

    Choose = Callable[[Iterable[Snapshot], date | None], Snapshot | None]

OPEN = (JobState.PENDING, JobState.UNCLEAR)
_KINDS = {str(kind): kind for kind in VerdictKind}
_REASONS = {str(reason): reason for reason in Reason}
_CONFIRMED = (VerdictKind.DEAD, VerdictKind.CHANGED)  # what a mark makes certain, as enough looks would
_COPIES = 20  # of one link that a report lists, newest first


def known(connection: Connection, now: datetime, only: str | None = None) -> tuple[Known, ...]:
    """Give what planning needs of every link, or of one."""

    def of(query: Select[Any], column: ColumnElement[str]) -> Select[Any]:
        return query if only is None else query.where(column == only)

    lookups = _lookups(connection, only)
    snapshots, jobs = schema.snapshots, schema.jobs
    taken = _newest(connection, of(select(snapshots.c.link, func.max(snapshots.c.taken)).where(
        or_(snapshots.c.good.is_(None), snapshots.c.good),
        # A capture of an error page or of a redirect is no copy.
        or_(snapshots.c.status.is_(None), snapshots.c.status.between(200, 299)),
    ).group_by(snapshots.c.link), snapshots.c.link))
    # Later rows overwrite earlier ones: the newest submission stays.
    newest = {row.link: row for row in connection.execute(of(
        select(jobs.c.link, jobs.c.state, jobs.c.asked, jobs.c.next_ask).order_by(jobs.c.submitted, jobs.c.record),
        jobs.c.link,
    ))}
    captures = schema.captures
    captured = _newest(connection, of(
        select(captures.c.link, func.max(captures.c.at)).group_by(captures.c.link), captures.c.link,
    ))
    failures = schema.media_failures.c
    failed = _newest(connection, of(select(failures.link, failures.at), failures.link))
    held = set(connection.execute(
        of(select(captures.c.link).where(captures.c.kind == CaptureKind.MEDIA.value), captures.c.link),
    ).scalars())
    marked = {link: mark.kind for link, mark in _marks(connection, now, only).items()}
    links = schema.links.c
    rows = connection.execute(of(select(
        links.link, links.first_seen, links.citations, links.media, links.verdict, links.reason, links.confirmed,
        links.since, links.looked, links.looks, links.not_before,
    ).order_by(links.link), links.link))
    found = []
    nobody: tuple[datetime | None, bool, datetime | None] = (None, False, None)
    for link, first, citations, media, verdict, reason, confirmed, since, looked, looks, not_before in rows:
        asked, unanswered, ask_after = lookups.get(link, nobody)
        job = newest.get(link)
        found.append(Known(
            link=link, first_seen=moment(first), citations=citations, media=media,
            verdict=_KINDS[verdict] if verdict else None, reason=_REASONS[reason] if reason else None,
            confirmed=confirmed, since=maybe_moment(since), looked=maybe_moment(looked), looks=looks,
            not_before=maybe_moment(not_before), asked=asked, unanswered=unanswered, ask_after=ask_after,
            snapshot=maybe_moment(taken.get(link)), job=JobState(job.state) if job else None,
            job_asked=moment(job.asked) if job else None, job_next=maybe_moment(job.next_ask) if job else None,
            captured=maybe_moment(captured.get(link)), media_held=link in held,
            media_failed=maybe_moment(failed.get(link)), marked=marked.get(link),
        ))
    return tuple(found)


def _newest(connection: Connection, query: Select[Any]) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(query)}


def _lookups(
    connection: Connection, only: str | None,
) -> dict[str, tuple[datetime | None, bool, datetime | None]]:
    """Give for each link what the archives said when they were asked last: since when, unanswered, patience.

    Only answers of the run that asked last count: an archive that has left the settings must not stay due for ever.
    """
    table = schema.lookups.c
    query = select(table.link, table.run, table.at, table.answer, table.ask_after).order_by(table.link, table.record)
    rows = connection.execute(query if only is None else query.where(table.link == only))
    runs: dict[str, str] = {}
    found: dict[str, tuple[datetime | None, bool, datetime | None]] = {}
    for link, run, at, answer, ask_after in rows:
        before = found.get(link) if runs.get(link) == run else None
        asked, unanswered, patience = before or (None, False, None)
        when, until = moment(at), maybe_moment(ask_after)
        found[link] = (
            when if asked is None else min(asked, when), unanswered or answer == Answer.UNKNOWN,
            max(filter(None, (patience, until)), default=None),
        )
        runs[link] = run
    return found


def open_jobs(connection: Connection) -> tuple[Job, ...]:
    """Give the submissions that somebody must still ask about, oldest first."""
    return tuple(job for jobs in _open_jobs(connection).values() for job in jobs)


def runs(connection: Connection, limit: int) -> list[RunFacts]:
    """Give the newest runs, newest first."""
    query = select(schema.runs).order_by(schema.runs.c.record.desc()).limit(limit)
    return [_run(row) for row in connection.execute(query)]


def report(connection: Connection, run_id: str | None, now: datetime, choose: Choose | None) -> Report:
    """Give what is believed now of all that is cited now."""
    documents = _documents(connection)
    citations = _cited(documents)
    state = _States(connection, schema.links.c.citations > 0, now, choose, _dates(documents))
    unread = schema.unreadable.c
    return Report(
        run=_report_run(connection, run_id, now), documents=documents,
        unreadable=tuple(
            Unreadable(source=source, reason=reason, hint=hint) for source, reason, hint in connection.execute(
                select(unread.source, unread.reason, unread.hint).order_by(unread.record),
            )
        ),
        links=tuple(state.of(link, tuple(cited)) for link, cited in citations.items()),
        lost=tuple(citation for document in documents for citation in document.citations if citation.lost),
    )


def state_of(connection: Connection, link: str, now: datetime) -> LinkState | None:
    """Give all that is believed of one link, cited or not; None for one that the manifest has never heard of."""
    if connection.execute(select(schema.links.c.link).where(schema.links.c.link == link)).first() is None:
        return None
    documents = _documents(connection, citing=link)
    state = _States(connection, schema.links.c.link == link, now, None, {}, only=link)
    return state.of(link, tuple(_cited(documents).get(link, ())))


def _report_run(connection: Connection, run_id: str | None, now: datetime) -> RunFacts:
    table = schema.runs
    query = select(table).order_by(table.c.record.desc()).limit(1)
    row = connection.execute(query if run_id is None else query.where(table.c.id == run_id)).first()
    if row is None:
        return RunFacts(id=run_id or "", started=now, finished=None, version=__version__)
    return _run(row)


def _run(row: Row[Any]) -> RunFacts:
    return RunFacts(
        id=row.id, started=moment(row.began), finished=maybe_moment(row.finished), version=row.version,
        offline=row.offline, interrupted=row.interrupted,
    )


def _documents(connection: Connection, *, citing: str | None = None) -> tuple[Document, ...]:
    """Give the documents as they are now, in the order they were read; those that cannot be read now come last."""
    table, log, unread = schema.documents.c, schema.records, schema.unreadable.c
    query = (
        select(log).join(schema.documents, table.record == log.c.seq)
        .join(schema.unreadable, unread.source == table.source, isouter=True)
        .where(table.cited_from).order_by(func.coalesce(unread.record, table.seen_record))
    )
    if citing is not None:
        sources = select(schema.citations.c.document).where(schema.citations.c.link == citing)
        query = query.where(table.source.in_(sources))
    found = (records.decode(records.of_row(row)) for row in connection.execute(query))
    return tuple(body for body in found if isinstance(body, Document))


def _cited(documents: Iterable[Document]) -> dict[str, list[Citation]]:
    """Give for each address its citations; the address is the link, or the text as written where it gives none."""
    found: dict[str, list[Citation]] = {}
    for document in documents:
        for citation in document.citations:
            address = citation.link or citation.url
            if address is not None:
                found.setdefault(address, []).append(citation)
    return found


def _dates(documents: Iterable[Document]) -> dict[str, date]:
    """Give for each link the day it was first cited: the citation's own, else its document's."""
    found: dict[str, date] = {}
    for document in documents:
        for citation in document.citations:
            day = citation.cited_on or document.published
            if citation.link and day and (citation.link not in found or day < found[citation.link]):
                found[citation.link] = day
    return found


def _open_jobs(connection: Connection, which: ColumnElement[bool] | None = None) -> dict[str, list[Job]]:
    table, log = schema.jobs.c, schema.records
    query = (
        select(log).join(schema.jobs, table.record == log.c.seq)
        .where(table.state.in_([state.value for state in OPEN])).order_by(table.submitted, table.record)
    )
    if which is not None:
        query = query.join(schema.links, schema.links.c.link == table.link).where(which)
    found: dict[str, list[Job]] = {}
    for row in connection.execute(query):
        body = records.decode(records.of_row(row))
        if isinstance(body, Job):
            found.setdefault(body.link, []).append(body)
    return found


class _States:
    """The states of many links, read with a few queries."""

    def __init__(
        self, connection: Connection, which: ColumnElement[bool], now: datetime, choose: Choose | None,
        dates: dict[str, date], *, only: str | None = None,
    ) -> None:
        self._choose = choose
        self._dates = dates
        self._links = {row.link: row for row in connection.execute(select(schema.links).where(which))}
        self._marks = _marks(connection, now, only)
        self._jobs = _open_jobs(connection, which)
        self._snapshots: dict[str, list[Snapshot]] = {}
        for row in connection.execute(_of(schema.snapshots.c.link, which, select(schema.snapshots))):
            self._snapshots.setdefault(row.link, []).append(_snapshot(row))
        self._captures: dict[str, list[Capture]] = {}
        for capture in _captures(connection, which):
            self._captures.setdefault(capture.link, []).append(capture)

    def of(self, link: str, citations: tuple[Citation, ...]) -> LinkState:
        """Give one link's state."""
        row = self._links[link]
        judged, mark = _verdict(row), self._marks.get(link)
        return LinkState(
            link=link, verdict=judged if mark is None else marked(judged, mark), mark=mark,
            judged=None if mark is None else judged, citations=citations, snapshots=self._chosen(link),
            captures=tuple(self._captures.get(link, [])[:_COPIES]), jobs=tuple(self._jobs.get(link, ())),
            looked=maybe_moment(row.looked), looks=row.looks, since=maybe_moment(row.since),
        )

    def _chosen(self, link: str) -> tuple[Snapshot, ...]:
        found = sorted(self._snapshots.get(link, ()), key=lambda one: (one.taken, one.url), reverse=True)
        if not found or self._choose is None:
            return tuple(found)
        first = self._choose(found, self._dates.get(link))
        # Whatever stands first is taken for the chosen one: where none will do, none is given.
        return () if first is None else (first, *(one for one in found if one != first))


def _of(column: ColumnElement[str], which: ColumnElement[bool], query: Select[Any]) -> Select[Any]:
    return query.join(schema.links, schema.links.c.link == column).where(which)


def _captures(connection: Connection, which: ColumnElement[bool]) -> Iterator[Capture]:
    """Give the copies that differ, newest first: of the same bytes the first one, which holds them."""
    from archiver.model import Capture

    table, log = schema.captures, schema.records
    firsts = _of(table.c.link, which, select(func.min(table.c.record))).group_by(table.c.link, table.c.sha256)
    query = select(log).where(log.c.seq.in_(firsts)).order_by(log.c.seq.desc())
    for row in connection.execute(query):
        body = records.decode(records.of_row(row))
        if isinstance(body, Capture):
            yield body


def _verdict(row: Row[Any]) -> Verdict:
    if row.verdict is None:
        return Verdict(kind=VerdictKind.UNKNOWN, reason=Reason.NOT_LOOKED, because="Not looked at yet.")
    return Verdict(
        kind=_KINDS[row.verdict], reason=_REASONS[row.reason], because=row.because, confirmed=row.confirmed,
        status=row.status, final_url=row.final_url,
        warnings=tuple(WarningCode(code) for code in msgspec.json.decode(row.warnings)),
        fix=None if row.fix is None else msgspec.json.decode(row.fix, type=Variant),
    )


def marked(judged: Verdict, mark: Mark) -> Verdict:
    """Put a person's mark above what looks say."""
    until = "for ever" if mark.until is None else f"until {day(mark.until)}"
    looked = judged.reason is not Reason.NOT_LOOKED
    beneath = f"The looks say {judged.kind}: {judged.because}" if looked else judged.because
    return replace(
        judged, kind=mark.kind, reason=Reason.MARKED, confirmed=mark.kind in _CONFIRMED, fix=None,
        because=f"Marked {mark.kind} by {mark.by} {until}: {mark.reason.rstrip('.')}. {beneath}",
    )


def _marks(connection: Connection, now: datetime, only: str | None = None) -> dict[str, Mark]:
    """Give the marks that hold now."""
    table = schema.marks.c
    query = select(schema.marks).where(or_(table.until.is_(None), table.until >= now.date().isoformat()))
    return {
        row.link: Mark(
            link=row.link, at=moment(row.at), kind=_KINDS[row.verdict], reason=row.reason, by=row.marked_by,
            until=None if row.until is None else date.fromisoformat(row.until),
        )
        for row in connection.execute(query if only is None else query.where(table.link == only))
    }


def hosts(connection: Connection) -> Iterator[HostFacts]:
    """Give what looks have shown of every host, by name."""
    links = schema.links.c
    counts: dict[str, dict[str, int]] = {}
    there: dict[str, datetime] = {}
    for name, verdict, cited, looked in connection.execute(
        select(links.host, links.verdict, func.sum(case((links.citations > 0, 1), else_=0)), func.max(links.looked))
        .where(links.verdict.is_not(None), links.host != "").group_by(links.host, links.verdict),
    ):
        counts.setdefault(name, {})[verdict] = cited
        if verdict in THERE:
            there[name] = max(moment(looked), there.get(name, moment(looked)))
    rows = {row.host: row for row in connection.execute(select(schema.hosts))}
    for name in sorted(counts.keys() | rows.keys()):
        last = there.get(name)
        yield host_facts(name, rows.get(name), counts.get(name, {}), () if last is None else (last,))


def links_at(connection: Connection, names: Collection[str], limit: int) -> list[str]:
    """Give links of these hosts."""
    table = schema.links.c
    query = select(table.link).where(table.host.in_(list(names))).order_by(table.link).limit(limit)
    return list(connection.execute(query).scalars())


def host_names(connection: Connection, limit: int) -> list[str]:
    """Give the hosts of links."""
    return list(connection.execute(select(schema.links.c.host).distinct().limit(limit)).scalars())


def _snapshot(row: Row[Any]) -> Snapshot:
    return Snapshot(
        archive=row.archive, url=row.url, original=row.original, taken=moment(row.taken), how=SnapshotHow(row.how),
        status=row.status, media_type=row.media_type, digest=row.digest, good=row.good,
    )


def baselines(connection: Connection, link: str) -> tuple[records.Baseline, ...]:
    """Give the newest baseline of a link from each source."""
    log = schema.records.c
    query = select(schema.records).where(log.subject == link, log.kind == Kind.BASELINE.value).order_by(log.seq)
    found = {}
    for row in connection.execute(query):
        body = records.decode(records.of_row(row))
        if isinstance(body, records.Baseline):
            found[body.source] = body
    return tuple(found.values())


def records_about(connection: Connection, link: str) -> Iterator[records.Record]:
    """Give the records of looks, lookups, jobs, captures and marks of a link, oldest first."""
    log = schema.records.c
    kinds = [kind.value for kind in (
        Kind.LOOK, Kind.LOOKUP, Kind.JOB, Kind.CAPTURE, Kind.MEDIA_FAILED, Kind.MARK, Kind.MARK_CLEARED,
    )]
    query = select(schema.records).where(and_(log.subject == link, log.kind.in_(kinds))).order_by(log.seq)
    return (records.of_row(row) for row in connection.execute(query))
