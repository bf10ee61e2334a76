"""`save`: make sure, now, that each link has a copy in a web archive. Needs no manifest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import __version__, plan, urls
from archiver.model import Answer, JobState, LinkState, Reason, Report, RunFacts, Verdict, VerdictKind
from archiver.run.collect import addresses_of, excluded, fetch, gather

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from archiver.archives.desk import Archives
    from archiver.clock import Clock
    from archiver.config import Loaded
    from archiver.model import Citation, Job, Snapshot
    from archiver.run.collect import Collected, Gathered
    from archiver.run.fetching import Means
    from archiver.run.progress import Progress

_POLL = 6.0  # seconds between two questions about an unfinished job; captures take 17 to 50 seconds


class Saved(Struct, frozen=True, kw_only=True):
    """What came of it."""

    report: Report
    missing: int = 0  # links without a copy that is known of
    waiting: str = ""  # one line: why


def save(
    loaded: Loaded, arguments: Sequence[str], addresses: Sequence[str], clock: Clock, progress: Progress, *,
    sites: Sequence[str] = (), submit: bool = True, stdin: Callable[[], bytes] | None = None,
) -> Saved:
    """Look up each link, submit those without a snapshot, and follow the jobs while the budget lasts."""
    from archiver.archives.desk import open_archives
    from archiver.run.fetching import means
    from archiver.web.loop import run

    started = clock.now()
    gathered = gather(loaded.settings, arguments, sites, base=Path(), progress=progress, stdin=stdin)
    if gathered.remote:
        with means(wanted=True) as ready:
            collected = run(_fetch(loaded, gathered, ready, clock, progress))
    else:
        collected = gathered.collected()
    citations = collected.citations
    skip = excluded(loaded.settings.exclude)
    wanted = addresses_of(collected, addresses)
    links = [link for link in wanted if urls.normalise(link) == link and not skip(link)]
    archives = open_archives(loaded.settings.archives, loaded.settings.web, clock, loaded.clocks)
    work = _Saving(loaded, archives, clock, progress)
    with progress.phase("archiving", len(links)) as step:
        for link in links:
            work.save(link, collected.dates, submit=submit)
            step(1)
    work.follow_up()
    report = Report(
        run=RunFacts(
            id=f"save-{started:%Y%m%dT%H%M%SZ}", started=started, finished=clock.now(), version=__version__,
        ),
        documents=collected.documents, unreadable=collected.unreadable, lost=collected.lost,
        links=tuple(work.state(link, citations.get(link, ())) for link in links),
    )
    missing = sum(not state.snapshots for state in report.links)
    return Saved(report=report, missing=missing, waiting=work.why)


async def _fetch(
    loaded: Loaded, gathered: Gathered, ready: Means, clock: Clock, progress: Progress,
) -> Collected:
    from archiver.run.fetching import Fetching
    from archiver.web.client import Web

    async with Web(loaded.settings.web, clock) as web:
        return await fetch(gathered, loaded.settings, Fetching(web, loaded.settings, ready), progress)


class _Saving:
    def __init__(self, loaded: Loaded, archives: Archives, clock: Clock, progress: Progress) -> None:
        self._settings = loaded.settings.archives
        self._archives = archives
        self._clock = clock
        self._progress = progress
        self._until = clock.monotonic() + self._settings.budget
        self._snapshots: dict[str, tuple[Snapshot, ...]] = {}
        self._jobs: dict[str, Job] = {}
        self.why = ""

    def save(self, link: str, dates: Mapping[str, date], *, submit: bool) -> None:
        from archiver.archives.choose import choose

        lookups = self._archives.find(link, near=dates.get(link))
        found = [snapshot for lookup in lookups for snapshot in lookup.snapshots]
        chosen = choose(found, dates.get(link))
        self._snapshots[link] = (chosen, *(s for s in found if s is not chosen)) if chosen else ()
        unknown = next((lookup for lookup in lookups if lookup.answer is Answer.UNKNOWN), None)
        if self._settings.save == "never" or (chosen and self._settings.save != "always"):
            return
        if unknown and self._settings.save == "missing":
            # A rate limit is not "never archived": submitting on it would spend the archive's patience for nothing.
            self.why = self.why or f"{unknown.archive}: {unknown.reason}"
        elif plan.is_snapshot(link) or not submit:
            self.why = self.why or "nothing was submitted"
        elif not self._archives.can_submit:
            self.why = self.why or self._archives.why_not
        elif self._clock.monotonic() >= self._until:
            self.why = self.why or "the time for archives was spent"
        else:
            self._keep(self._archives.submit(link))

    def follow_up(self) -> None:
        """Ask about open jobs until they are done or the budget is spent."""
        while any(job.open for job in self._jobs.values()) and self._clock.monotonic() < self._until:
            self._clock.sleep(_POLL)
            for job in [job for job in self._jobs.values() if job.open]:
                self._keep(self._archives.ask(job))
        if any(job.open for job in self._jobs.values()):
            self.why = self.why or "the archive has not finished; look again later"

    def _keep(self, job: Job) -> None:
        self._jobs[job.link] = job
        if job.snapshot is not None:
            self._snapshots[job.link] = (job.snapshot, *self._snapshots.get(job.link, ()))
        elif not job.open and job.state is not JobState.DONE:
            self.why = self.why or f"{job.link}: {job.message or job.code or job.state}"

    def state(self, link: str, citations: tuple[Citation, ...]) -> LinkState:
        """Give what is known of a link now."""
        job = self._jobs.get(link)
        return LinkState(
            link=link, citations=citations, snapshots=self._snapshots.get(link, ()),
            jobs=(job,) if job is not None and job.open else (),
            verdict=Verdict(
                kind=VerdictKind.UNKNOWN, reason=Reason.NOT_LOOKED, because="`save` asks archives, not the site.",
            ),
        )
