"""Read the manifest for people: status, the report as it stands. Takes no lock, writes nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import config
from archiver.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from archiver.config import Loaded
    from archiver.manifest.store import Manifest
    from archiver.model import Report


@contextmanager
def reading(config_file: Path | None) -> Iterator[tuple[Manifest, Loaded]]:
    """Open the manifest of the settings for reading."""
    from archiver.manifest.store import Manifest

    loaded = config.load(config_file)
    with Manifest.open(loaded.manifest_url, SystemClock(), create=False, read_only=True) as manifest:
        yield manifest, loaded


def current_report(config_file: Path | None) -> tuple[Report, str]:
    """Give the report of what the manifest knows now, and its title."""
    from archiver.archives.choose import choose

    with reading(config_file) as (manifest, loaded):
        return manifest.report(choose=choose), loaded.settings.title


class Status(Struct, frozen=True, kw_only=True):
    """How the cited links are doing."""

    documents: int
    counts: dict[str, int]  # links by verdict
    lost: int
    marked: int  # links on which a person's word stands above the looks
    jobs: int  # submissions under way
    last: datetime | None  # end of the last run, or its beginning when it was cut short
    interrupted: bool
    offline: bool

    def as_object(self) -> dict[str, object]:
        """Give the JSON form."""
        return {
            "schema": "archiver.status/1", "documents": self.documents, "links": self.counts, "lost": self.lost,
            "marked": self.marked, "jobs": self.jobs, "last_run": self.last.isoformat() if self.last else None,
            "interrupted": self.interrupted, "offline": self.offline,
        }

    def lines(self) -> list[str]:
        """Give the text form."""
        links = ", ".join(f"{count} {kind}" for kind, count in self.counts.items() if count) or "none"
        lines = [
            f"documents  {self.documents}", f"links      {sum(self.counts.values())}: {links}",
            f"lost       {self.lost} citations without an address",
        ]
        if self.marked:
            lines.append(f"marked     {self.marked}: a person's word stands above the looks")
        if self.jobs:
            lines.append(f"archives   {self.jobs} submissions under way")
        how = " (interrupted)" if self.interrupted else " (this machine was offline)" if self.offline else ""
        lines.append(f"last run   {self.last:%Y-%m-%d %H:%M} UTC{how}" if self.last else "last run   none yet")
        return lines


def status_of(config_file: Path | None) -> Status:
    """Count what the manifest knows."""
    from archiver.model import VerdictKind

    with reading(config_file) as (manifest, _):
        report = manifest.report()
        runs = manifest.runs(1)
        counts = {str(kind): 0 for kind in VerdictKind}
        for state in report.links:
            counts[state.verdict.kind] += 1
        newest = runs[0] if runs else None
        return Status(
            documents=len(report.documents), counts=counts, lost=len(report.lost),
            marked=sum(state.mark is not None for state in report.links), jobs=len(manifest.open_jobs()),
            last=(newest.finished or newest.started) if newest else None,
            interrupted=newest.interrupted if newest else False, offline=newest.offline if newest else False,
        )
