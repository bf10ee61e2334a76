"""The manifest's door: write what happened, ask what is known.

Writing is batched. A record and what follows from it stand in one transaction, so a kill loses at most the records
since the last flush, and never leaves half of one. What is not flushed yet is seen by this Manifest's own questions.
"""

from __future__ import annotations

import secrets
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Self

import uuid6
from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import func, select

from archiver.errors import ArchiverError, ManifestError
from archiver.manifest import database, history, lock, queries, records, schema
from archiver.manifest.derive import Deriver
from archiver.manifest.history import HistoryEntry
from archiver.manifest.looks import Asking
from archiver.manifest.records import Kind, Record, clean, stamp
from archiver.manifest.steps import Entry, enter, payload_of
from archiver.model import Capture, Document, Job, Lookup, Mark, Observation, Unreadable, Verdict
from archiver.urls import without_fragment

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from sqlalchemy import Connection

    from archiver.clock import Clock
    from archiver.manifest.queries import Choose
    from archiver.model import HostFacts, LinkState, Report, RunFacts
    from archiver.plan import Known

__all__ = ["HistoryEntry", "Manifest"]

_BATCH = 2000  # records, after which they are written
_PATIENCE = 2.0  # seconds, after which they are written with the next record
_PAGE = 5000  # records proved at once
_BY_PEOPLE = (Kind.MARK, Kind.MARK_CLEARED)  # recorded outside a run, too


class _Queue(Struct):
    """Records that are not committed yet; those before `applied` stand in the open transaction."""

    last: int  # seq of the newest committed record
    entries: list[Entry] = field(default_factory=list)
    applied: int = 0


class Manifest:
    """An open manifest. Use `Manifest.open` as a context manager."""

    def __init__(self, path: Path, connection: Connection, clock: Clock, closing: ExitStack) -> None:
        self._path = path
        self._connection = connection
        self._clock = clock
        self._closing = closing
        self._deriver = Deriver(connection)
        self._asking = Asking(connection)
        self._locked = False
        self._run: str | None = None
        self._queue = _Queue(0)
        self._oldest = 0.0  # monotonic time of the oldest record that is not committed
        self._torn = False  # the open transaction may hold half of what waits, or there may be none
        self._failed: ArchiverError | None = None
        self._before_commit: Callable[[], None] = lambda: None
        self._documents: dict[str, tuple[str, bool]] | None = None  # source -> digest of its record, cited from
        self._written: dict[str, str] = {}  # source as stored -> as the caller writes it, where they differ
        # What is asked between any two looks must not force what waits into the database.
        self._new_looks: dict[str, list[records.Look]] = {}
        self._new_payloads: dict[tuple[str, str], tuple[str, datetime, str]] = {}

    @classmethod
    def open(cls, url: str, clock: Clock, *, create: bool = True, read_only: bool = False) -> Manifest:
        """Open the manifest at a database address (sqlite:///folder/manifest.sqlite), making it when there is none.

        Raises ManifestError when it is missing (`create` off), damaged, or no manifest; ManifestTooNew when a newer
        version of this program wrote it; StorageError when its file or folder cannot be used.
        """
        path = database.path_of(url)
        with ExitStack() as stack:
            connection = stack.enter_context(database.connected(path, clock, create=create, read_only=read_only))
            return cls(path, connection, clock, stack.pop_all())
        raise AssertionError  # an ExitStack of ours swallows nothing

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        with self._closing:
            if self._failed is None:
                self.flush()

    # ------------------------------------------------------------ writing

    @contextmanager
    def lock(self, command: str) -> Iterator[None]:
        """Hold the manifest for one run. Raises Busy when another process does."""
        with lock.hold(self._path, command, self._clock.now()):
            self._queue = _Queue(self._last())
            self._documents = None
            self._deriver.forget()
            self._locked = True
            try:
                yield
            finally:
                try:
                    if self._failed is None:
                        self.flush()
                finally:
                    self._locked = False
                    self._run = None

    def before_commit(self, callback: Callable[[], None]) -> None:
        """Call this before every commit: files must be on the disk before the manifest speaks of them."""
        self._before_commit = callback

    def begin_run(self, *, version: str, command: str, settings_sha256: str) -> str:
        """Record that a run begins and give its id (UUIDv7). Earlier runs that never ended are recorded as lost."""
        if not self._locked:
            raise RuntimeError("begin_run needs the lock: without it a run that goes on would be taken for lost")
        self._apply()
        unfinished = self._connection.execute(
            select(schema.runs.c.id).where(schema.runs.c.finished.is_(None), schema.runs.c.interrupted.is_(False))
            .order_by(schema.runs.c.record),
        ).scalars().all()
        self._run = _uuid7(self._clock.now())
        self._add(Kind.RUN_BEGAN, "", records.RunBegan(
            version=version, command=command, settings_sha256=settings_sha256,
        ))
        for run in unfinished:
            self._add(Kind.RUN_LOST, "", records.RunLost(run=run))
        self.flush()
        return self._run

    def end_run(
        self, run_id: str, *, exit_code: int, offline: bool = False, interrupted: bool = False,
        counts: dict[str, int] | None = None,
    ) -> None:
        """Record that the run ended, and how."""
        if run_id != self._run:
            raise RuntimeError("only the run under way can end")
        self._add(Kind.RUN_ENDED, "", records.RunEnded(
            exit_code=exit_code, offline=offline, interrupted=interrupted, counts=dict(counts or {}),
        ))
        self.flush()
        self._run = None

    def add_document(self, document: Document) -> None:
        """Record a document that was read; one that is as it was costs a small record."""
        text, body = records.make(Kind.DOCUMENT, document)
        source, sha256 = self._source(document.source), records.digest(text)
        known = self._known_documents()
        before = known.get(source)
        if before is not None and before[0] == sha256:
            seen = records.DocumentSeen(source=source, sha256=document.sha256, returned=not before[1])
            self._add(Kind.DOCUMENT_SEEN, source, seen)
        else:
            self._put(Kind.DOCUMENT, source, text, body)
        known[source] = (sha256, True)

    def add_unreadable(self, unreadable: Unreadable) -> None:
        """Record a document that could not be read. What was read of it before stays cited."""
        self._add(Kind.UNREADABLE, self._source(unreadable.source), unreadable)

    def drop_documents(self, sources: Collection[str]) -> None:
        """Record that these are no longer among the documents: what only they cite is no longer looked at."""
        known = self._known_documents()
        for source in sorted(set(map(clean, self.sources())).intersection(map(clean, sources))):
            self._add(Kind.DOCUMENT_DROPPED, source, records.DocumentDropped(source=source))
            if source in known:
                known[source] = (known[source][0], False)

    def add_look(self, observation: Observation, verdict: Verdict) -> None:
        """Record a look and what is believed of its link since."""
        body = self._add(Kind.LOOK, observation.link, records.Look(observation=observation, verdict=verdict))
        if isinstance(body, records.Look):
            self._new_looks.setdefault(body.observation.link, []).append(body)

    def add_lookup(self, lookup: Lookup) -> None:
        """Record what an archive answered."""
        self._add(Kind.LOOKUP, lookup.link, lookup)

    def add_job(self, job: Job) -> None:
        """Record a submission, or what was learned of one."""
        self._add(Kind.JOB, job.link, job)

    def add_capture(self, capture: Capture) -> None:
        """Record a copy on our disk."""
        body = self._add(Kind.CAPTURE, capture.link, capture)
        url = payload_of(body) if isinstance(body, Capture) else None
        if url is not None and capture.record_id is not None:
            earlier = (url, capture.at, capture.record_id)
            self._new_payloads[url, capture.sha256] = earlier

    def add_media_failure(self, link: str, reason: str) -> None:
        """Record that a cited video or audio could not be fetched."""
        self._add(Kind.MEDIA_FAILED, link, records.MediaFailed(link=link, at=self._clock.now(), reason=reason))

    def add_baseline(self, baseline: records.Baseline) -> None:
        """Record what later looks at a link are to be compared with."""
        self._add(Kind.BASELINE, baseline.link, baseline)

    def add_mark(self, mark: Mark) -> None:
        """Record what a person says of a link. Needs the lock, but no run."""
        self._add(Kind.MARK, mark.link, mark)

    def clear_mark(self, link: str, by: str) -> None:
        """Record that a person takes back what was said of a link. Needs the lock, but no run."""
        self._add(Kind.MARK_CLEARED, link, records.MarkCleared(link=link, at=self._clock.now(), by=by))

    def flush(self) -> None:
        """Commit what was added: from now on no kill can lose it."""
        if not self._queue.entries and not database.in_transaction(self._connection):
            return
        try:
            self._before_commit()
            self._apply()
            self._connection.exec_driver_sql("COMMIT")
        except BaseException as error:
            self._undo(error)
            raise
        queue = self._queue
        self._queue = _Queue(queue.last + len(queue.entries))
        self._forget_new()

    def _add(self, kind: Kind, subject: str, value: records.Body) -> records.Body:
        text, body = records.make(kind, value)
        self._put(kind, clean(subject), text, body)
        return body

    def _put(self, kind: Kind, subject: str, text: str, body: records.Body) -> None:
        if self._failed is not None:
            raise self._failed
        if self._run is None and not (self._locked and kind in _BY_PEOPLE):
            raise RuntimeError("nothing can be recorded outside a run: lock the manifest and begin one")
        if len(self._queue.entries) >= _BATCH or self._clock.monotonic() - self._oldest > _PATIENCE:
            self.flush()
        queue = self._queue
        if not queue.entries:
            self._oldest = self._clock.monotonic()
        seq, at = queue.last + len(queue.entries) + 1, stamp(self._clock.now())
        queue.entries.append(enter(Record.write(seq, self._run or "", kind, at, subject, text), body))

    def _apply(self) -> None:
        """Write what waits into the open transaction, so that questions see it."""
        if self._failed is not None:
            raise self._failed
        if self._queue.applied == len(self._queue.entries) and not self._torn:
            return
        try:
            if self._torn or not database.in_transaction(self._connection):
                self._begin()
            queue = self._queue
            self._torn = True
            self._deriver.append(queue.entries[queue.applied:])
            queue.applied = len(queue.entries)
            self._torn = False
        except BaseException as error:
            self._undo(error)
            raise
        self._forget_new()

    def _begin(self) -> None:
        database.roll_back(self._connection)
        self._deriver.forget()
        self._connection.exec_driver_sql("BEGIN IMMEDIATE")
        # A commit may have been interrupted before it was noted here, and nothing may be written twice.
        last = self._last()
        self._queue = _Queue(last, self._queue.entries[last - self._queue.last:])
        self._torn = False

    def _undo(self, error: BaseException) -> None:
        """Roll back. What waited still waits: after Ctrl-C the end of the run is recorded together with it."""
        self._torn = True
        if isinstance(error, ArchiverError):
            self._failed = error
        database.roll_back(self._connection)

    def _forget_new(self) -> None:
        self._new_looks = {}
        self._new_payloads = {}

    def _last(self) -> int:
        return self._connection.execute(select(func.max(schema.records.c.seq))).scalar() or 0

    def _source(self, written: str) -> str:
        """Give a source as it is stored. A file's name may hold what is no text; callers see it as they wrote it."""
        source = clean(written)
        if source != written:
            self._written[source] = written
        return source

    def _known_documents(self) -> dict[str, tuple[str, bool]]:
        if self._documents is None:
            self._apply()
            table = schema.documents.c
            rows = self._connection.execute(select(table.source, table.body_sha256, table.cited_from))
            self._documents = {source: (sha256, cited) for source, sha256, cited in rows}
        return self._documents

    # ------------------------------------------------------------ asking

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Let all that is read within be of one moment, with what was added here."""
        self._apply()
        with database.snapshot(self._connection):
            yield self._connection

    def sources(self) -> set[str]:
        """Give the documents that count now: those cited from, and those that the last try could not read."""
        with self._reading() as connection:
            cited = select(schema.documents.c.source).where(schema.documents.c.cited_from)
            found = set(connection.execute(cited).scalars())
            found.update(connection.execute(select(schema.unreadable.c.source)).scalars())
        return {self._written.get(source, source) for source in found}

    def known(self, link: str | None = None) -> tuple[Known, ...]:
        """Give what planning needs of every link, or of one."""
        with self._reading() as connection:
            return queries.known(connection, self._clock.now(), None if link is None else clean(link))

    def observations(self, link: str) -> tuple[Observation, ...]:
        """Give the looks at a link that its judge can need, oldest first.

        All of them, up to 200; of more, those that can bear on a verdict: see looks.py.
        """
        link = clean(link)
        return self._asking.observations(link, self._new_looks.get(link, ()))

    def earlier_payload(self, url: str, sha256: str) -> tuple[str, datetime, str] | None:
        """Give address, date and record id of the newest WARC response that holds this payload."""
        url = without_fragment(clean(url))
        new = self._new_payloads.get((url, sha256))
        row = self._asking.payload(url, sha256) if new is None else None
        return new if row is None else (url, *row)

    def baselines(self, link: str) -> tuple[records.Baseline, ...]:
        """Give what looks at a link are compared with: the newest of each source."""
        with self._reading() as connection:
            return queries.baselines(connection, clean(link))

    def open_jobs(self) -> tuple[Job, ...]:
        """Give the submissions that somebody must still ask about, oldest first."""
        with self._reading() as connection:
            return queries.open_jobs(connection)

    def report(self, run_id: str | None = None, *, choose: Choose | None = None) -> Report:
        """Give what is believed now of all that is cited now; `run_id` names the run it tells of, else the newest.

        `choose` picks a link's snapshot for the day it was cited, and the one picked comes first; where it picks
        none, none is given. Without it the newest comes first.
        """
        with self._reading() as connection:
            report = queries.report(connection, run_id, self._clock.now(), choose)
        return replace(report, run=self._noticed(report.run))

    def state_of(self, link: str) -> LinkState | None:
        """Give all that is believed of one link, cited or not; None for one never heard of."""
        with self._reading() as connection:
            return queries.state_of(connection, clean(link), self._clock.now())

    def history(self, link: str) -> tuple[HistoryEntry, ...]:
        """Tell what happened to a link, oldest first."""
        with self._reading() as connection:
            return tuple(history.tell(queries.records_about(connection, clean(link))))

    def host(self, name: str) -> HostFacts:
        """Give what looks have shown of a host: those that are written down, not those that wait to be.

        Asked between any two looks of a run, it must not force what waits into the database.
        """
        return self._asking.host(clean(name))

    def hosts(self) -> tuple[HostFacts, ...]:
        """Give what looks have shown of every host, by name; of `there` the newest only."""
        with self._reading() as connection:
            return tuple(queries.hosts(connection))

    def links_at(self, names: Collection[str], limit: int) -> tuple[str, ...]:
        """Give links of these hosts that were ever recorded."""
        with self._reading() as connection:
            return tuple(queries.links_at(connection, names, limit))

    def host_names(self, limit: int) -> tuple[str, ...]:
        """Give the hosts of links that were ever recorded."""
        with self._reading() as connection:
            return tuple(queries.host_names(connection, limit))

    def runs(self, limit: int) -> tuple[RunFacts, ...]:
        """Give the newest runs, newest first."""
        with self._reading() as connection:
            found = queries.runs(connection, limit)
        return tuple(self._noticed(run) for run in found)

    def _noticed(self, run: RunFacts) -> RunFacts:
        """Show a run as interrupted that has no end while nobody holds the lock: the next run will record so."""
        under_way = run.id == self._run or lock.holder(self._path) is not None
        lost = bool(run.id) and run.finished is None and not under_way
        return replace(run, interrupted=True) if lost else run

    # ------------------------------------------------------------ proving

    def rebuild(self) -> None:
        """Drop all that is derived and derive it from the records again."""
        self.flush()
        with database.transaction(self._connection):
            database.derive_again(self._connection)
        self._deriver.forget()

    def verify_records(self) -> int:
        """Prove that every record is as it was written and that none is missing within; give their number.

        Raises ManifestError naming the first record that is not.
        """
        with self._reading() as connection:
            expected = 1
            query = select(schema.records).order_by(schema.records.c.seq).limit(_PAGE)
            while rows := connection.execute(query.where(schema.records.c.seq >= expected)).all():
                for row in rows:
                    record = records.of_row(row)
                    if record.seq != expected:
                        raise self._broken(f"record {expected} is missing")
                    if not record.intact:
                        raise self._broken(f"record {record.seq} ({record.kind}) is not as it was written")
                    expected += 1
            return expected - 1

    def _broken(self, what: str) -> ManifestError:
        return ManifestError(f"{self._path}: {what}", hint="restore the manifest from a backup")


def _uuid7(now: datetime) -> str:
    """Give a UUIDv7 of the injected time: 48 bits of milliseconds, the rest by chance (RFC 9562)."""
    return str(uuid6.UUID(int=int(now.timestamp() * 1000) << 80 | secrets.randbits(80), version=7))
