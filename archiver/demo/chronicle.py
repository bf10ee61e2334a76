"""Tells what a story's run has changed, in one line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archiver.model import THERE, CaptureKind, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.model import LinkState, Report

_FAILING = (VerdictKind.DEAD, VerdictKind.UNKNOWN)


class Chronicle:
    """Remembers the reports of the runs so far."""

    def __init__(self) -> None:
        self._before: dict[str, LinkState] = {}
        self._newest: Report | None = None
        self._failed: set[str] = set()  # at least once

    def line(self, report: Report) -> str:
        """Tell what has changed since the run before."""
        first, self._newest = self._newest is None, report
        now = {state.link: state for state in report.links}
        parts = [_count(report)] if first else [_turned(one) for one in report.links if self._has_turned(one)]
        parts += _gained(self._before, now)
        self._failed |= {link for link, state in now.items() if state.verdict.kind in _FAILING}
        self._before = now
        return "; ".join(part for part in parts if part) or "nothing new"

    def _has_turned(self, state: LinkState) -> bool:
        before = self._before.get(state.link)
        return before is None or (
            (before.verdict.kind, before.verdict.reason, before.verdict.confirmed)
            != (state.verdict.kind, state.verdict.reason, state.verdict.confirmed)
        )

    def summary(self) -> str:
        """Tell how it ended, in one line."""
        report = self._newest
        if report is None:
            return "nothing happened"
        dead = [state for state in report.links if state.verdict.kind is VerdictKind.DEAD]
        kept = sum(bool(state.snapshots) for state in dead)
        back = sum(state.link in self._failed and state.verdict.kind not in _FAILING for state in report.links)
        return (
            f"at the end  {_count(report)}. Of the {len(dead)} dead {kept} have an archived copy; "
            f"{back} failed for a while and were not called dead"
        )


def _count(report: Report) -> str:
    kinds = Counter(state.verdict.kind for state in report.links)
    told = ", ".join(f"{kinds[kind]} {kind}" for kind in VerdictKind if kinds[kind])
    return (
        f"{len(report.links)} links in {len(report.documents)} documents: {told}, "
        f"{len(report.lost)} lost from the text"
    )


def _turned(state: LinkState) -> str:
    verdict = state.verdict
    name = state.link.partition("://")[2]
    if verdict.kind is VerdictKind.DEAD:
        return f"{name} is dead ({verdict.reason}{', confirmed' if verdict.confirmed else ', for now'})"
    if verdict.kind in THERE:
        return f"{name} is {verdict.kind}"
    return f"{name} is {verdict.kind} ({verdict.reason})"


def _gained(before: dict[str, LinkState], now: dict[str, LinkState]) -> Iterable[str]:
    copies = sum(bool(state.snapshots) and not (link in before and before[link].snapshots)
                 for link, state in now.items())
    media = sum(_media(state) for state in now.values()) - sum(_media(state) for state in before.values())
    waiting = sum(bool(state.jobs) for state in now.values())
    if copies:
        yield f"{copies} more with a copy in the archive"
    if waiting:
        yield f"the archive works on {waiting}"
    if media:
        yield f"{media} media {'file' if media == 1 else 'files'} kept"


def _media(state: LinkState) -> int:
    kept = (capture for capture in state.captures if capture.kind is CaptureKind.MEDIA)
    return sum(capture.media_type.startswith(("video/", "audio/")) for capture in kept)
