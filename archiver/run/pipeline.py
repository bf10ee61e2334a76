"""`run`: all that is due, recorded as it happens. Killed at any moment it loses only looks that will be made again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from archiver import __version__, plan, urls
from archiver.checks.aim import NOTHING, again, aims_of
from archiver.checks.judge import judge
from archiver.model import FailureKind, Observation, Reason, Report, Verdict, VerdictKind
from archiver.run.archiving import archive_links
from archiver.run.collect import Collected, excluded, fetch, gather, take_held, unlooked
from archiver.run.elsewhere import acquit
from archiver.run.media import capture_media
from archiver.run.unsettled import Unsettled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archiver.captures.warc import Earlier, WarcFile
    from archiver.checks.aim import Aim
    from archiver.checks.look import Look
    from archiver.clock import Clock
    from archiver.config import Loaded
    from archiver.engines.shards import Crew
    from archiver.manifest.store import Manifest
    from archiver.model import Capture, Citation, HostFacts
    from archiver.run.collect import Gathered
    from archiver.run.drift import Drifts
    from archiver.run.fetching import Held, Means
    from archiver.run.progress import Progress
    from archiver.web.client import Web

CAPTURES = "captures"  # folder beside the manifest
UNREAD, LATER = 2, 75  # exit codes: a document could not be read; try again later


class Outcome(Struct, frozen=True, kw_only=True):
    """What a run came to."""

    report: Report
    exit_code: int = 0
    looked: int = 0
    waiting: str = ""  # one line: what waits for a later run, and why
    changed: bool = False  # worth a person's attention: a verdict, a lost citation, an unread document, a copy


def run(
    loaded: Loaded, clock: Clock, progress: Progress, *, command: str = "run", submit: bool = True,
) -> Outcome:
    """Do all that is due and give the report of what is believed now.

    With `submit` off nothing is sent to an archive for saving. Raises Busy while another run holds the manifest.
    """
    from archiver.captures.warc import mend
    from archiver.manifest.store import Manifest

    with Manifest.open(loaded.manifest_url, clock) as manifest, manifest.lock(command):
        for line in mend(loaded.folder / CAPTURES):
            progress.say(line)
        settings = hashlib.sha256(msgspec.json.encode(loaded.settings, enc_hook=float)).hexdigest()
        run_id = manifest.begin_run(version=__version__, command=command, settings_sha256=settings)
        work = _Run(loaded, clock, progress, manifest, run_id)
        before = _news(manifest.report())
        try:
            work.do(submit=submit)
        except BaseException as error:
            # What was seen so far stays: the next run goes on from here.
            manifest.end_run(run_id, exit_code=_code(error), interrupted=True, counts=work.counts)
            raise
        code = LATER if work.offline or work.refused else UNREAD if work.unread else 0
        manifest.end_run(run_id, exit_code=code, offline=work.offline, counts=work.counts)
        return work.outcome(code, before)


def _code(error: BaseException) -> int:
    return 130 if isinstance(error, KeyboardInterrupt) else getattr(error, "exit_code", 2)


class _Run:
    """One run in progress."""

    def __init__(
        self, loaded: Loaded, clock: Clock, progress: Progress, manifest: Manifest, run_id: str,
    ) -> None:
        self._loaded = loaded
        self._settings = loaded.settings
        self._clock = clock
        self._progress = progress
        self._manifest = manifest
        self._run_id = run_id
        self._looked = 0
        self._saved = 0
        self._collected = Collected()
        self._waiting = ""
        self._citations: Mapping[str, Sequence[Citation]] = {}
        self._aims: dict[str, Aim] = {}
        self._hosts: dict[str, HostFacts | None] = {}  # of which something is dead
        self._drifts: Drifts | None = None
        self._convicted: list[str] = []  # links taken for dead in this run
        self.offline = False
        self.refused = False  # an archive takes no more from us today

    @property
    def unread(self) -> bool:
        """Tell whether a document could not be read."""
        return bool(self._collected.unreadable)

    @property
    def counts(self) -> dict[str, int]:
        """Count what was done, for the manifest."""
        return {
            "documents": len(self._collected.documents), "unreadable": len(self._collected.unreadable),
            "looked": self._looked, "archived": self._saved,
        }

    def do(self, *, submit: bool) -> None:
        self._read_and_look()
        if self.offline:
            self._waiting = "this machine is offline: nothing was looked at, nothing was judged"
            return
        done = archive_links(
            self._loaded, self._manifest, self._collected.dates, self._clock, self._progress, submit=submit,
            drifts=self._drifts,
        )
        self._saved, self._waiting, self.refused = done.saved, done.waiting, done.refused
        if self._settings.captures.media:
            capture_media(
                self._loaded, self._manifest, self._loaded.folder / CAPTURES, self._clock, self._progress,
            )
        self._manifest.flush()

    def _read_and_look(self) -> None:
        from archiver.engines.shards import crew
        from archiver.run.fetching import means
        from archiver.web.loop import run as run_loop

        settings = self._settings
        gathered = gather(
            settings, settings.documents, settings.crawl.sites, base=self._loaded.base, progress=self._progress,
        )
        links: tuple[str, ...] = ()
        if not gathered.remote:
            links = self._take_in(gathered.collected())
        with (
            crew(
                links, settings.web, self._clock, read_limit=self._read_limit, answers=settings.captures.pages,
                aims=self._aims,
            ) as others,
            means(wanted=bool(gathered.remote)) as ready,
        ):
            run_loop(self._look(gathered, links, others, ready))

    async def _look(self, gathered: Gathered, links: Sequence[str], others: Crew | None, ready: Means) -> None:
        from archiver.engines.shards import open_web
        from archiver.run.fetching import Fetching

        async with open_web(self._settings.web, self._clock, others) as web:
            if gathered.remote:
                fetching = Fetching(web, self._settings, ready)
                links = self._take_in(await fetch(gathered, self._settings, fetching, self._progress))
            if links:
                await self._look_at(links, web, others, ready.held)
            self.offline = web.offline or (others is not None and others.offline)

    def _take_in(self, collected: Collected) -> tuple[str, ...]:
        """Record what was read, and give the links that are due."""
        from archiver.run.drift import Drifts

        self._collected = collected
        self._citations = collected.citations
        self._record_documents()
        self._aims = aims_of(self._citations)
        links = self._due()
        self._drifts = Drifts(
            self._loaded.folder / CAPTURES, self._manifest, self._clock, citations=self._citations,
            dates=collected.dates,
        )
        return links

    @property
    def _read_limit(self) -> int | None:
        return self._settings.captures.page_limit if self._settings.captures.pages else None

    def _record_documents(self) -> None:
        for document in self._collected.documents:
            self._manifest.add_document(document)
        for failed in self._collected.unreadable:
            self._manifest.add_unreadable(failed)
        read = {document.source for document in self._collected.documents}
        failing = {failed.source for failed in self._collected.unreadable}
        # A document that cannot be read today is still cited from: only what is no longer asked for is dropped.
        gone = self._manifest.sources() - read - failing
        rest = self._collected.rest
        self._manifest.drop_documents({source for source in gone if not any(site.holds(source) for site in rest)})
        self._manifest.flush()

    def _due(self) -> tuple[str, ...]:
        skip = excluded(self._settings.exclude)
        now = self._clock.now()
        policy = self._settings.policy
        known = self._manifest.known()
        # The settings may have changed since: who excludes a link, or no longer does, need not wait until it is due.
        changed = [
            one.link for one in known if one.citations and (one.reason is Reason.EXCLUDED) is not skip(one.link)
        ]
        links = []
        looked = {one.link for one in known if one.looked is not None}
        due = plan.due(known, now, recheck=policy.recheck, retry=policy.retry, most=policy.recheck_most)
        for link in dict.fromkeys([*due, *changed]):
            by_user = skip(link)
            if by_user or urls.normalise(link) != link:
                self._manifest.add_look(Observation(link=link, at=now), unlooked(link, by_user=by_user))
            else:
                links.append(link)
                if link in looked:
                    aim = self._aims.get(link, NOTHING)
                    self._aims[link] = again(aim, self._manifest.observations(link), now)
        return tuple(links)

    async def _look_at(self, links: Sequence[str], web: Web, others: Crew | None, held: Held) -> None:
        from archiver.captures.warc import WarcFile
        from archiver.engines.shards import look_all

        folder = self._loaded.folder / CAPTURES
        keep = self._settings.captures.pages
        with (
            WarcFile(
                folder, self._run_id, self._clock, software=f"archiver/{__version__}",
                operator=self._settings.web.contact, earlier=self._earlier(),
                robots="obey" if self._settings.web.robots else "ignore",
            ) as warc,
            self._progress.phase("looking", len(links)) as step,
        ):

            def seen(look: Look) -> None:
                self._record(look, warc if keep else None)
                step(1)

            unsettled = Unsettled(self._settings.web, self._citations, seen)

            # The copies must be on the disk before the manifest speaks of them.
            self._manifest.before_commit(warc.sync)
            try:
                await look_all(
                    take_held(links, held, unsettled.take), web, others, read_limit=self._read_limit,
                    seen=unsettled.take, aims=self._aims,
                )
                await unsettled.settle(web)
                for look in await acquit(
                    self._convicted, self._settings, self._clock, read_limit=self._read_limit,
                ):
                    self._record(look, warc if keep else None)
            finally:
                self._manifest.flush()
                self._manifest.before_commit(lambda: None)

    def _earlier(self) -> Callable[[str, str], Earlier | None]:
        from archiver.captures.warc import Earlier

        def find(url: str, sha256: str) -> Earlier | None:
            known = self._manifest.earlier_payload(url, sha256)
            return None if known is None else Earlier(url=known[0], date=known[1], record_id=known[2])

        return find

    def _record(self, look: Look, warc: WarcFile | None) -> None:
        observation = look.observation
        if observation.failure is FailureKind.OFFLINE:
            return  # says nothing of the link, and would look like a look
        captures: tuple[Capture, ...] = ()
        if warc is not None:
            captures = warc.append(observation.link, look.answers, final_url=observation.final_url)
        before = self._manifest.observations(observation.link)
        if self._drifts is not None:
            observation = self._drifts.weigh(look, before)
        looks = (*before, observation)
        verdict = judge(looks, self._loaded.policy)
        if verdict.kind is VerdictKind.DEAD:  # what else answers there makes a death worth believing
            verdict = judge(looks, self._loaded.policy, self._host_of(observation.link))
        self._manifest.add_look(observation, verdict)
        if verdict.kind is VerdictKind.DEAD and verdict.confirmed:
            self._convicted.append(observation.link)
        for capture in captures:
            self._manifest.add_capture(capture)
        self._looked += 1

    def _host_of(self, link: str) -> HostFacts | None:
        name = urls.host(link)
        if name not in self._hosts:
            self._hosts[name] = self._manifest.host(name)
        return self._hosts[name]

    def outcome(self, code: int, before: frozenset[tuple[str, ...]]) -> Outcome:
        """Give the report of what is believed now; `before` is what was news before the run."""
        from archiver.archives.choose import choose

        report = self._manifest.report(self._run_id, choose=choose)
        if self.offline:
            report = _explain_offline(report)
        return Outcome(
            report=report, exit_code=code, looked=self._looked, waiting=self._waiting, changed=_news(report) != before,
        )


def _news(report: Report) -> frozenset[tuple[str, ...]]:
    """Give what a person wants to hear of when it changes."""
    return frozenset([
        *((state.link, state.verdict.kind, str(state.verdict.confirmed)) for state in report.links),
        *(("snapshot", state.link) for state in report.links if state.snapshots),
        *(("lost", lost.document, str(lost.place.line), lost.label or "", lost.text) for lost in report.lost),
        *(("unreadable", failed.source, failed.reason) for failed in report.unreadable),
    ])


def _explain_offline(report: Report) -> Report:
    because = "Not looked at: this machine was offline."
    verdict = Verdict(kind=VerdictKind.UNKNOWN, reason=Reason.OFFLINE, because=because)
    links = tuple(
        replace(state, verdict=verdict) if state.looks == 0 and state.mark is None else state for state in report.links
    )
    return replace(report, links=links, run=replace(report.run, offline=True))
