"""Where looks, captures and snapshots meet: is the page that answers still the one that was cited?

    drifts = Drifts(folder, manifest, clock, citations=..., dates=...)
    drifts.weigh(look, before)     -> Observation  before a look is judged: compared with our earliest good capture, or
                                      with a snapshot that an earlier run has read
    drifts.ask_archives(archives, policy, budget)  once a run, after the archives were asked: the snapshots near the
                                      days of the citations are read, and this run's living pages compared with them

A page is read and compared only when its bytes are others than at the look before. What it is compared with (a
*baseline*) is kept in the manifest, so that it is fetched and measured once.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from archiver.archives.choose import is_good
from archiver.archives.content import Content
from archiver.captures.read import read
from archiver.checks.drift import Said, compare, compare_titles, quotes_of, said
from archiver.checks.findings import find
from archiver.checks.judge import judge
from archiver.checks.look import observe
from archiver.days import day
from archiver.manifest.records import Baseline, BaselineSource
from archiver.model import THERE, CaptureKind, Signal, SignalKind
from archiver.web.exchange import HTML, Exchange, Hop, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from archiver.archives.desk import Archives
    from archiver.checks.drift import Drift
    from archiver.checks.look import Look
    from archiver.clock import Clock
    from archiver.manifest.store import Manifest
    from archiver.model import Capture, Citation, LinkState, Observation, Policy, Snapshot

_CAPTURED = HTML | {"warc/revisit"}  # as indexes of archives have it
_DRIFT = (SignalKind.CONTENT_DRIFT, SignalKind.TITLE_DRIFT)
_TRIED = 5  # captures that are read to find a good one
_READ = 2  # snapshots of a link that are read at most
_NEAR = timedelta(days=366)  # a snapshot further from the citation shows what stood there before or after it


class _Known(Struct, frozen=True, kw_only=True):
    """A baseline that can be compared with."""

    taken: datetime
    said: Said


class Drifts:
    """The comparisons of one run."""

    def __init__(
        self, folder: Path, manifest: Manifest, clock: Clock, *, citations: Mapping[str, Iterable[Citation]],
        dates: Mapping[str, date],
    ) -> None:
        self._folder = folder  # of the captures
        self._manifest = manifest
        self._clock = clock
        self._citations = citations
        self._dates = dates
        self._there: dict[str, None] = {}  # dated links that this run found there

    def weigh(self, look: Look, before: Sequence[Observation]) -> Observation:
        """Give what a look showed, with the drift that comparing shows. `before` are earlier looks, oldest first."""
        seen = look.observation
        if seen.has(SignalKind.MEDIA_ALIVE):
            return _with(seen, _retitled(seen, before))
        if not _is_page(seen):
            return seen
        if seen.link in self._dates:
            self._there[seen.link] = None
        if seen.has(SignalKind.UNCHANGED):
            return seen
        same = next((one for one in reversed(before) if one.sha256 == seen.sha256 and _was_page(one)), None)
        if same is not None:
            return replace(seen, signals=(*seen.signals, *(one for one in same.signals if one.kind in _DRIFT)))
        hop = next((
            answer.final for answer in reversed(look.answers)
            if isinstance(answer, Exchange) and answer.final.url.partition("#")[0] == _address(seen)
        ), None)
        if hop is None or not any(map(_was_page, before)):
            return seen  # the first look at it: there is nothing of ours to compare it with
        baseline = self._baseline(seen.link)
        if baseline is None:
            return seen
        return _with(seen, self._compared(seen, baseline, self._said(seen.link, hop.decoded, hop.charset)))

    def ask_archives(self, archives: Archives, policy: Policy, budget: float) -> int:
        """Read the snapshots that are due, and judge again what differs from them; give of how many links.

        What is believed then is recorded with another look of the same time: the visit is the same, the comparison new.
        """
        until = self._clock.monotonic() + budget
        count = 0
        for link in self._with_snapshots():
            if self._clock.monotonic() >= until:
                break
            snapshots = self._due(link)
            if snapshots:
                count += 1
                self._read_snapshots(link, snapshots, archives, policy)
        self._manifest.flush()
        return count

    def _read_snapshots(
        self, link: str, snapshots: Sequence[Snapshot], archives: Archives, policy: Policy,
    ) -> None:
        """Read the nearest snapshot that shows the page; where it differs, the next one, if any, must bear it out.

        An archive may have met a page on a bad day, or in another country.
        """
        now = self._living(link)
        best: tuple[Snapshot, Said] | None = None
        for snapshot in snapshots:
            content = archives.content(snapshot)
            if isinstance(content, Content):
                measured = self._measure(
                    link, content.data, content.media_type, content.charset, snapshot.original, snapshot.taken,
                )
            elif content.again:
                return  # a later run asks again
            else:
                measured = Said(sha256="", unclear=content.reason)
            if best is None or best[1].unclear or not measured.unclear:
                best = snapshot, measured
            known = _Known(taken=snapshot.taken, said=measured)
            if not measured.unclear and (now is None or self._compared(now[0], known, now[1]) is None):
                break
        if best is not None:
            self._keep(link, BaselineSource.SNAPSHOT, best[0].url, best[0].taken, best[1])
            self._judge_again(link, policy, now)

    def _with_snapshots(self) -> list[str]:
        """Give the links that this run found there and of which an archive has copies as young as their citations."""
        if not self._there:
            return []
        return [
            one.link for one in self._manifest.known()
            if one.link in self._there and one.snapshot is not None
            and one.snapshot >= _noon(self._dates[one.link]) - _NEAR
        ]

    # ------------------------------------------------------------ what is compared with

    def _baseline(self, link: str) -> _Known | None:
        """Give the state nearest to the citation's day; without a day, the earliest that we have ourselves."""
        kept = {one.source: one for one in self._manifest.baselines(link)}
        if not _is_current(kept.get(BaselineSource.CAPTURE)) and (made := self._from_captures(link)) is not None:
            kept[BaselineSource.CAPTURE] = made
        near = self._dates.get(link)
        if near is None:
            kept.pop(BaselineSource.SNAPSHOT, None)
        known = [
            _Known(taken=one.taken, said=measured) for one in kept.values()
            if (measured := _said_of(one)) is not None and not measured.unclear
        ]
        return min(known, key=_distance(near), default=None)

    def _from_captures(self, link: str) -> Baseline | None:
        state = self._manifest.state_of(link)
        for capture in _pages(state)[:_TRIED] if state is not None else ():
            payload = read(self._folder, capture)
            if payload is None:
                continue
            measured = self._measure(
                link, payload.data, payload.media_type, payload.charset, payload.url, capture.at,
            )
            if not measured.unclear:
                return self._keep(link, BaselineSource.CAPTURE, capture.path, capture.at, measured)
        return None

    def _due(self, link: str) -> list[Snapshot]:
        """Give the snapshots to be read: near the citation's day, nearer than our first copy, none of them read yet."""
        noon = _noon(self._dates[link])
        state = self._manifest.state_of(link)
        if state is None or state.verdict.kind not in THERE:
            return []
        if any(one.source is BaselineSource.SNAPSHOT and _is_current(one) for one in self._manifest.baselines(link)):
            return []
        ours = min((abs(one.at - noon) for one in _pages(state)), default=_NEAR)
        near = [
            one for one in state.snapshots
            if is_good(one) and (one.media_type or "text/html") in _CAPTURED
            and abs(one.taken - noon) < min(ours, _NEAR)
        ]
        return sorted(near, key=lambda one: abs(one.taken - noon))[:_READ]

    def _measure(
        self, link: str, data: bytes, media_type: str, charset: str | None, url: str, at: datetime,
    ) -> Said:
        """Measure an earlier state; one that shows an error page, a wall or a login is no state of the page."""
        if media_type not in HTML:
            return Said(sha256="", unclear=f"it was {media_type}")
        kind = f"{media_type}; charset={charset}" if charset else media_type
        hop = Hop(
            url=url, started=at, request_head=b"", head=b"", status=200, headers=(("Content-Type", kind),), body=data,
            decoded=data,
        )
        seen = observe(link, Exchange(request=Request(url=url), hops=(hop,)))
        found = find(seen)
        if found.kind not in THERE:
            return Said(sha256="", unclear=found.label)
        return self._said(link, data, charset)

    def _keep(self, link: str, source: BaselineSource, url: str, taken: datetime, measured: Said) -> Baseline:
        kept = Baseline(
            link=link, at=self._clock.now(), source=source, url=url, taken=taken, said=msgspec.to_builtins(measured),
        )
        self._manifest.add_baseline(kept)
        return kept

    # ------------------------------------------------------------ comparing

    def _compared(self, seen: Observation, baseline: _Known, now: Said) -> Drift | None:
        return compare(
            seen.link, baseline.said, now, when=day(baseline.taken), apart=abs(seen.at - baseline.taken),
        )

    def _said(self, link: str, data: bytes, charset: str | None) -> Said:
        return said(data, charset, quotes_of(self._citations.get(link, ())))

    def _living(self, link: str) -> tuple[Observation, Said] | None:
        """Give this run's look at a page and what it says, read from the copy that was just made."""
        looks = self._manifest.observations(link)
        state = self._manifest.state_of(link)
        if not looks or state is None or not _is_page(looks[-1]):
            return None
        capture = next((one for one in state.captures if one.sha256 == looks[-1].sha256), None)
        payload = read(self._folder, capture) if capture is not None else None
        return None if payload is None else (looks[-1], self._said(link, payload.data, payload.charset))

    def _judge_again(self, link: str, policy: Policy, now: tuple[Observation, Said] | None) -> None:
        """Compare the page that this run found with the snapshot that was read now."""
        baseline = self._baseline(link)
        if now is None or baseline is None:
            return
        drift = self._compared(now[0], baseline, now[1])
        if drift is not None:
            again = _with(now[0], drift)
            self._manifest.add_look(again, judge((*self._manifest.observations(link), again), policy))


# ---------------------------------------------------------------- looks


def _is_page(seen: Observation) -> bool:
    """Tell whether a look found a page there that can be compared."""
    return _was_page(seen) and not seen.has(*_DRIFT) and find(seen).kind in THERE


def _was_page(seen: Observation) -> bool:
    """Tell whether a look saw a page, whatever it was compared with."""
    return (
        seen.status == 200 and seen.failure is None and seen.sha256 is not None
        and (seen.media_type or "text/html") in HTML and seen.truncated in (None, "length")
        and not seen.has(SignalKind.DRAWN, SignalKind.BOT_WALL, SignalKind.MEDIA_ALIVE)
    )


def _address(seen: Observation) -> str:
    return (seen.final_url or seen.link).partition("#")[0]


def _retitled(seen: Observation, before: Sequence[Observation]) -> Drift | None:
    first = next((
        one for one in before if one.title and one.has(SignalKind.MEDIA_ALIVE) and one.final_url == seen.final_url
    ), None)
    if first is None or not first.title or not seen.title:
        return None
    return compare_titles(first.title, seen.title, when=day(first.at))


def _with(seen: Observation, drift: Drift | None) -> Observation:
    if drift is None:
        return seen
    return replace(seen, signals=(*seen.signals, Signal(kind=drift.kind, detail=drift.detail[:400])))


# ---------------------------------------------------------------- states


def _pages(state: LinkState) -> list[Capture]:
    """Give the copies of a page that hold all of it, the first ones first."""
    found = [
        one for one in state.captures
        if one.kind is CaptureKind.PAGE and one.media_type in HTML and one.truncated in (None, "length")
    ]
    return sorted(found, key=lambda one: one.at)


def _said_of(kept: Baseline) -> Said | None:
    try:
        return msgspec.convert(kept.said, Said)
    except msgspec.ValidationError:  # measured by another version
        return None


def _is_current(kept: Baseline | None) -> bool:
    measured = None if kept is None else _said_of(kept)
    return measured is not None and measured.measure == Said(sha256="").measure


def _noon(near: date) -> datetime:
    return datetime.combine(near, time(12), UTC)


def _distance(near: date | None) -> Callable[[_Known], float]:
    def of(known: _Known) -> float:
        return known.taken.timestamp() if near is None else abs((known.taken - _noon(near)).total_seconds())

    return of
