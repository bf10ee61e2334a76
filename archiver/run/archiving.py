"""The archive part of a run: follow up open jobs, look up snapshots, submit what no archive holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import plan
from archiver.model import JobState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from archiver.archives.desk import Archives
    from archiver.clock import Clock
    from archiver.config import Loaded
    from archiver.manifest.store import Manifest
    from archiver.run.drift import Drifts
    from archiver.run.progress import Progress


class Archived(Struct, frozen=True, kw_only=True):
    """What came of it."""

    looked_up: int = 0
    submitted: int = 0
    saved: int = 0
    waiting: str = ""  # one line: what waits for a later run, and why
    refused: bool = False  # an archive takes no more from us today


def archive_links(
    loaded: Loaded, manifest: Manifest, dates: Mapping[str, date], clock: Clock, progress: Progress, *, submit: bool,
    drifts: Drifts | None = None,
) -> Archived:
    """Do the archive work that is due, within the budget of the settings; what is left waits for the next run."""
    from archiver.archives.desk import open_archives

    settings = loaded.settings.archives
    archives = open_archives(settings, loaded.settings.web, clock, loaded.clocks)
    if not archives.names:
        return Archived()
    work = _Work(loaded, manifest, archives, clock, progress)
    work.follow_up()
    work.look_up(dates)
    if drifts is not None:
        drifts.ask_archives(archives, loaded.policy, work.left / 2)  # the rest is for saving
    if submit:
        work.submit()
    manifest.flush()
    return work.done()


class _Work:
    def __init__(
        self, loaded: Loaded, manifest: Manifest, archives: Archives, clock: Clock, progress: Progress,
    ) -> None:
        self._settings = loaded.settings.archives
        self._retry = loaded.settings.policy.retry
        self._manifest = manifest
        self._archives = archives
        self._clock = clock
        self._progress = progress
        self._until = clock.monotonic() + self._settings.budget
        self._looked_up = self._submitted = self._saved = self._left = 0
        self._why = ""
        self._refused = False

    @property
    def _spent(self) -> bool:
        return self._clock.monotonic() >= self._until

    @property
    def left(self) -> float:
        """Give the seconds that remain."""
        return max(0.0, self._until - self._clock.monotonic())

    def follow_up(self) -> None:
        """Ask how the open jobs stand, those whose time has come."""
        now = self._clock.now()
        jobs = [job for job in self._manifest.open_jobs() if job.next_ask is None or job.next_ask <= now]
        with self._progress.phase("following up", len(jobs)) as step:
            for job in jobs:
                if self._spent:
                    self._leave("the time for archives was spent")
                    continue
                asked = self._archives.ask(job)
                self._manifest.add_job(asked)
                self._saved += asked.state is JobState.DONE
                step(1)
        self._manifest.flush()

    def look_up(self, dates: Mapping[str, date]) -> None:
        """Ask every archive about the links that are due."""
        links = plan.to_look_up(
            self._manifest.known(), self._clock.now(), lookup=self._settings.lookup, retry=self._retry,
        )
        with self._progress.phase("looking up", len(links)) as step:
            for link in links:
                if self._spent:
                    self._leave("the time for archives was spent")
                    continue
                for lookup in self._archives.find(link, near=dates.get(link)):
                    self._manifest.add_lookup(lookup)
                self._looked_up += 1
                step(1)
        self._manifest.flush()

    def submit(self) -> None:
        """Submit what the policy wants saved. One refusal for all (quota, keys) ends it for this run."""
        links = plan.to_save(
            self._manifest.known(), self._clock.now(), save=self._settings.save, stale=self._settings.stale,
            retry=self._retry, submissions=self._settings.submissions,
        )
        if links and not self._archives.can_submit:
            self._leave(self._archives.why_not, len(links))
            return
        with self._progress.phase("submitting", len(links)) as step:
            for number, link in enumerate(links):
                if self._spent:
                    self._leave("the time for archives was spent", len(links) - number)
                    return
                job = self._archives.submit(link)
                self._manifest.add_job(job)
                # The archive may already work on it: a kill here must not make us ask twice.
                self._manifest.flush()
                step(1)
                self._submitted += 1
                self._saved += job.state is JobState.DONE
                if job.state is JobState.QUOTA:
                    self._refused = True
                    self._leave(job.message or "the archive takes no more today", len(links) - number - 1)
                    return

    def _leave(self, why: str, count: int = 1) -> None:
        self._left += count
        self._why = self._why or why

    def done(self) -> Archived:
        """Say what was done and what was not."""
        open_jobs = len(self._manifest.open_jobs())
        parts = []
        if open_jobs:
            parts.append(f"{open_jobs} submitted, not finished yet")
        if self._left:
            parts.append(f"{self._left} wait for a later run: {self._why}")
        return Archived(
            looked_up=self._looked_up, submitted=self._submitted, saved=self._saved, waiting="; ".join(parts),
            refused=self._refused,
        )
