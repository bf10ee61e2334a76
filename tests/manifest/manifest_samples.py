"""Small values for the manifest's tests, and a look at its tables from outside."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from archiver.clock import ManualClock
from archiver.manifest.store import Manifest
from archiver.model import (
    Answer,
    Capture,
    CaptureKind,
    Citation,
    CitationKind,
    Document,
    Job,
    JobState,
    Lookup,
    Mark,
    Observation,
    Place,
    Reason,
    Snapshot,
    Verdict,
    VerdictKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
A = "https://example.org/a"
B = "https://example.org/b#part"
C = "http://films.example.net:8080/watch?v=1"
SHA = "5e" * 32

ALIVE = Verdict(kind=VerdictKind.ALIVE, reason=Reason.OK, because="It answers 200.", status=200)
GONE = Verdict(kind=VerdictKind.DEAD, reason=Reason.NOT_FOUND, because="It answers 404.", status=404)
UNSURE = Verdict(kind=VerdictKind.UNKNOWN, reason=Reason.TIMEOUT, because="No answer in 20 s.")


def address(folder: Path) -> str:
    return f"sqlite:///{folder / 'manifest.sqlite'}"


def noon_clock() -> ManualClock:
    return ManualClock(NOON)


@contextmanager
def running(folder: Path, clock: ManualClock | None = None, *, command: str = "run") -> Iterator[Manifest]:
    """Open a manifest within a run that ends well."""
    with Manifest.open(address(folder), clock or noon_clock()) as manifest, manifest.lock(command):
        run = manifest.begin_run(version="1.2.3", command=command, settings_sha256=SHA)
        yield manifest
        manifest.end_run(run, exit_code=0)


@contextmanager
def reading(folder: Path) -> Iterator[Manifest]:
    """Open a manifest for reading."""
    with Manifest.open(address(folder), noon_clock(), create=False, read_only=True) as manifest:
        yield manifest


def cite(
    source: str, link: str | None, *, kind: CitationKind = CitationKind.INLINE, line: int = 1,
    on: date | None = None, lost: bool = False, url: str | None = None,
) -> Citation:
    return Citation(
        document=source, place=Place(line=line, column=5), kind=kind, url=url or link, link=link, text="see",
        context="See there.", lost=lost, cited_on=on,
    )


def document(source: str, *citations: Citation, published: date | None = None, title: str | None = None) -> Document:
    return Document(
        source=source, sha256=SHA, size=120, media_type="text/markdown", citations=citations, published=published,
        title=title,
    )


def essay(source: str, *links: str) -> Document:
    return document(source, *(cite(source, link, line=line) for line, link in enumerate(links, 1)))


def look(link: str, *, at: datetime = NOON, status: int | None = 200, **more: Any) -> Observation:
    return Observation(link=link, at=at, status=status, final_url=link, **more)


def found(archive: str, link: str, *taken: datetime, at: datetime = NOON) -> Lookup:
    snapshots = tuple(snapshot(archive, link, day) for day in taken)
    return Lookup(
        archive=archive, link=link, at=at, answer=Answer.FOUND if taken else Answer.NONE, snapshots=snapshots,
    )


def snapshot(archive: str, link: str, taken: datetime, **more: Any) -> Snapshot:
    url = f"https://{archive}.example/{taken:%Y%m%d%H%M%S}/{link}"
    return Snapshot(archive=archive, url=url, original=link, taken=taken, **more)


def job(number: int, link: str, state: JobState, *, asked: datetime = NOON, **more: Any) -> Job:
    submitted = NOON + timedelta(seconds=number)
    return Job(
        id=f"job-{number}", archive="ark", link=link, submitted=submitted, state=state, asked=asked, **more,
    )


def page(link: str, *, at: datetime = NOON, sha256: str = SHA, number: int = 1, **more: Any) -> Capture:
    return Capture(
        link=link, kind=CaptureKind.PAGE, at=at, path="run.warc.gz", sha256=sha256, media_type="text/html", size=40,
        record_id=f"<urn:uuid:{number}>", offset=number, **more,
    )


def film(link: str) -> Capture:
    return Capture(
        link=link, kind=CaptureKind.MEDIA, at=NOON, path="media/film.mp4", sha256=SHA, media_type="video/mp4", size=9,
    )


def mark(link: str, *, kind: VerdictKind = VerdictKind.ALIVE, **more: Any) -> Mark:
    facts: dict[str, Any] = {"at": NOON, "reason": "it opens in my browser", "by": "Ann"}
    return Mark(link=link, kind=kind, **(facts | more))


def table(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """Ask the database from outside, as a reader with Datasette would."""
    with closing(sqlite3.connect(folder / "manifest.sqlite")) as database:
        return database.execute(sql).fetchall()


def kinds(folder: Path) -> list[str]:
    """Give the kinds of all records, in their order."""
    return [kind for kind, in table(folder, "SELECT kind FROM records ORDER BY seq")]


def state(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every derived table."""
    names = [name for name, in table(
        folder, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('records', 'schema_versions')",
    )]
    return {name: sorted(table(folder, f"SELECT * FROM {name}"), key=repr) for name in names}
