"""A link's biography: what is believed of it and why, where it is cited, all that happened, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, field

from archiver import plan, urls
from archiver.clock import SystemClock
from archiver.days import day
from archiver.model import CaptureKind, JobState, VerdictKind
from archiver.reports.text import clip, count, plain
from archiver.run.finding import find_state
from archiver.run.reading import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from archiver.manifest.store import HistoryEntry
    from archiver.model import Citation, HostFacts, LinkState

_SNAPSHOTS, _CAPTURES = 5, 3  # that are listed; all of them are in the JSON form
_WIDE = 300  # characters of a text
_KEPT = "unchanged since an earlier copy"
# What a person may have to say where the looks say this.
_CONTRARY = {VerdictKind.ALIVE: "dead", VerdictKind.MOVED: "dead", VerdictKind.RESTRICTED: "dead"}
_OPEN = {
    JobState.PENDING: "is working on a copy", JobState.UNCLEAR: "may be working on a copy; its answer was lost",
}


class Line(Struct, frozen=True):
    """One line for a person, and how it stands out."""

    text: str = ""
    style: str = ""  # as rich names it


class Biography(Struct, frozen=True, kw_only=True):
    """All that is known of one link."""

    state: LinkState
    history: tuple[HistoryEntry, ...]
    host: HostFacts | None  # None where no request can be made of it
    next_look: datetime | None  # None: none is planned
    now: datetime

    def as_object(self) -> dict[str, object]:
        """Give the JSON form."""
        return {
            "schema": "archiver.link/1", "link": self.state, "history": self.history, "host": _host_object(self.host),
            "next_look": self.next_look,
        }

    def lines(self, *, whole: bool = False) -> Iterator[Line]:
        """Give the text form; `whole`: every look on a line of its own, every copy."""
        yield from self._belief()
        yield Line()
        yield from self._citations()
        yield Line()
        yield from _entries(self.history) if whole else _folded(self.history)
        copies = list(self._copies(whole=whole))
        if copies:
            yield Line()
            yield from copies
        yield Line()
        if self.host is not None:
            yield from _host_lines(self.host)
        yield from self._next()

    def _belief(self) -> Iterator[Line]:
        state, verdict = self.state, self.state.verdict
        reason = f", {verdict.reason}" if verdict.reason != "ok" else ""
        yield Line(plain(state.link), "bold")
        yield Line(f"  {verdict.kind}{reason}: {plain(verdict.because)}", "bold")
        judged = state.judged or verdict
        facts = ["confirmed"] if judged.confirmed else []
        if state.since is not None:
            facts.append(f"{judged.kind} since {day(state.since)}")
        if state.looked is not None:
            facts.append(f"{count(state.looks, 'look')}, the last on {day(state.looked)}")
        if facts:
            # With a mark above it, it must be plain whose belief this is.
            yield Line(f"  {'the looks: ' if state.mark else ''}{'; '.join(facts)}")
        if judged.fix is not None:
            yield Line(f"  there {plain(judged.fix.why)}: {plain(judged.fix.url)}")
        if judged.kind is VerdictKind.MOVED and judged.final_url:
            yield Line(f"  now at {plain(judged.final_url)}")
        if judged.warnings:
            yield Line(f"  worth a word: {', '.join(judged.warnings)}")

    def _citations(self) -> Iterator[Line]:
        if not self.state.citations:
            yield Line("  not cited any more")
        for citation in self.state.citations:
            yield Line(f"  cited in {_where(citation)}")
            told = [clip(text, _WIDE) for text in (citation.context or citation.text, citation.note) if text]
            for text in dict.fromkeys(told):
                yield Line(f"      {text}", "dim")

    def _copies(self, *, whole: bool) -> Iterator[Line]:
        snapshots, captures = self.state.snapshots, self.state.captures
        for one in snapshots if whole else snapshots[:_SNAPSHOTS]:
            proved = {True: "", None: ", not proved yet", False: ", not what was cited"}[one.good]
            yield Line(f"  snapshot {one.taken:%Y-%m-%d} {plain(one.archive)} {plain(one.url)}{proved}")
        if not whole and len(snapshots) > _SNAPSHOTS:
            oldest = min(one.taken for one in snapshots)
            yield Line(f"  and {count(len(snapshots) - _SNAPSHOTS, 'snapshot')} more, the oldest of {day(oldest)}")
        for kept in captures if whole else captures[:_CAPTURES]:
            what = "media file" if kept.kind is CaptureKind.MEDIA else "page"
            yield Line(f"  capture  {kept.at:%Y-%m-%d} {what} {plain(kept.path)} {kept.sha256[:12]}")
        if not whole and len(captures) > _CAPTURES:
            yield Line(f"  and {len(captures) - _CAPTURES} more that differ")
        for job in self.state.jobs:
            yield Line(f"  since {day(job.submitted)} {plain(job.archive)} {_OPEN.get(job.state, job.state)}")

    def _next(self) -> Iterator[Line]:
        if not self.state.citations:
            yield Line("  next look: none, while no document cites it")
        elif self.next_look is None or self.next_look <= self.now:
            yield Line("  next look: with the next run")
        else:
            yield Line(f"  next look: {day(self.next_look)}, or the first run after it")
        link = _quoted(self.state.link)
        if self.state.mark is not None:
            yield Line(f"  to take the mark back: archiver mark {link} --clear", "dim")
        else:
            say = _CONTRARY.get(self.state.verdict.kind, "alive")
            yield Line(f'  if you know better: archiver mark {link} {say} --reason "..."', "dim")


def biography(config_file: Path | None, url: str) -> Biography:
    """Give all that the manifest knows of a link."""
    now = SystemClock().now()
    with reading(config_file) as (manifest, loaded):
        state = find_state(manifest, url)
        policy = loaded.settings.policy
        (known,) = manifest.known(state.link)
        due = plan.next_look(known, recheck=policy.recheck, retry=policy.retry, most=policy.recheck_most) or now
        name = urls.host(state.link) if urls.normalise(state.link) == state.link else ""
        return Biography(
            state=state, history=manifest.history(state.link), host=manifest.host(name) if name else None,
            next_look=max(due, known.not_before or due) if state.citations else None, now=now,
        )


# ---------------------------------------------------------------- what happened


def _entries(history: Iterable[HistoryEntry]) -> Iterator[Line]:
    for entry in history:
        sign = {"verdict": "=> ", "mark": "!! "}.get(entry.kind, "")
        style = {"verdict": "bold", "mark": "bold", "look": ""}.get(entry.kind, "dim")
        yield Line(f"  {entry.at:%Y-%m-%d %H:%M} {sign}{plain(entry.text)}", style)


class _Again(Struct):
    """Entries that only say once more what stands above."""

    number: int = 0
    last: datetime | None = None

    def told(self, one: str, many: str) -> Iterator[Line]:
        if self.number and self.last is not None:
            what = one if self.number == 1 else many
            yield Line(f"  {'':16} {self.number} more {what} until {day(self.last)}: the same", "dim")
        self.number, self.last = 0, None


class _Fold(Struct):
    seen: dict[str, str] = field(default_factory=dict)  # newest text of each sort
    again: dict[str, _Again] = field(default_factory=dict)

    def take(self, entry: HistoryEntry) -> Iterator[Line]:
        sort, text = _sort(entry), entry.text
        if entry.kind == "capture" and text.startswith(_KEPT):
            sort, text = "unchanged copy", _KEPT
        elif self.seen.get(sort) != text:
            yield from self.rest()
            self.seen[sort] = text
            yield from _entries([entry])
            return
        again = self.again.setdefault(sort, _Again())
        again.number, again.last = again.number + 1, entry.at

    def rest(self) -> Iterator[Line]:
        """Tell how often the same was seen since."""
        for sort, again in self.again.items():
            yield from again.told(*_NAMES.get(sort, (f"answer of {plain(sort)}", f"answers of {plain(sort)}")))


_NAMES = {
    "look": ("look", "looks"), "unchanged copy": ("copy that differs in nothing", "copies that differ in nothing"),
    "capture": ("try", "tries"), "job": ("word on it", "words on it"),
}


def _sort(entry: HistoryEntry) -> str:
    """Tell what an entry may repeat: of archives each for itself."""
    return entry.text.partition(":")[0] if entry.kind == "lookup" else entry.kind


def _folded(history: Iterable[HistoryEntry]) -> Iterator[Line]:
    """Give the entries, with those that say nothing new counted only."""
    fold = _Fold()
    for entry in history:
        yield from fold.take(entry)
    yield from fold.rest()


# ---------------------------------------------------------------- the host


def _host_object(host: HostFacts | None) -> dict[str, Any] | None:
    if host is None:
        return None
    facts: dict[str, Any] = msgspec.to_builtins(host)
    del facts["there"]
    return facts


def _host_lines(host: HostFacts) -> Iterator[Line]:
    told = []
    if host.answered is not None:
        told.append(f"it last answered on {day(host.answered)}")
    if host.silent is not None and (host.answered is None or host.silent > host.answered):
        told.append(f"on {day(host.silent)} nothing was reached ({host.silence})")
    if host.honest is not None:
        told.append(f"it says 404 to what it does not have, last on {day(host.honest)}")
    if host.catch_all is not None:
        told.append(f"on {day(host.catch_all)} it gave a page for an address that cannot exist")
    if host.wall is not None:
        told.append(f"a wall against robots, last on {day(host.wall)}: {host.wall_by}")
    if host.robots is not None:
        told.append(f"its robots.txt kept us out on {day(host.robots)}")
    if host.limited is not None:
        wait = f", for {host.retry_after} seconds" if host.retry_after is not None else ""
        told.append(f"it wanted us to slow down on {day(host.limited)}{wait}")
    if host.links > 1:
        told.append(f"of its {host.links} cited links {host.alive} are there, {host.dead} dead")
    yield Line(f"  host {plain(host.name)}" + (":" if told else ""))
    for fact in told:
        yield Line(f"      {plain(fact)}", "dim")


# ---------------------------------------------------------------- words


def _where(citation: Citation) -> str:
    place = citation.place
    told = [plain(citation.document)]
    if place.part:
        told.append(plain(place.part))
    for name, number in (("page", place.page), ("line", place.line), ("column", place.column)):
        if number is not None:
            told.append(f"{name} {number}")
    return ", ".join(told) + (f", note {plain(citation.label)}" if citation.label else "")


def _quoted(link: str) -> str:
    """Write an address as a shell takes it."""
    import shlex

    return shlex.quote(plain(link))
