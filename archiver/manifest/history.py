"""A link's biography: one line for each look, change of verdict, lookup, submission, copy and mark."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - the JSON form is made from these annotations
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.days import day
from archiver.manifest import records
from archiver.model import Answer, Capture, CaptureKind, Job, JobState, Lookup, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.model import Observation, Verdict

_STATES = {
    JobState.PENDING: "is working on the copy it was asked for", JobState.DONE: "has saved it",
    JobState.REFUSED: "refuses to save it", JobState.FAILED: "failed to save it",
    JobState.UNCLEAR: "may have been asked to save it; its answer was lost",
    JobState.QUOTA: "takes nothing more for now",
}


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """One thing that happened to a link."""

    at: datetime
    kind: str  # look | verdict | lookup | job | capture | mark
    text: str  # one line


def tell(log: Iterable[records.Record]) -> Iterator[HistoryEntry]:
    """Tell what these records say, in their order."""
    believed: tuple[str, str, bool] | None = None
    for record in log:
        body = records.decode(record)
        if isinstance(body, records.Look):
            yield HistoryEntry(at=body.observation.at, kind="look", text=_line(_look(body.observation)))
            verdict = body.verdict
            belief = (str(verdict.kind), str(verdict.reason), verdict.confirmed)
            if belief != believed:
                text = _line(_verdict(verdict, believed[0] if believed else None))
                yield HistoryEntry(at=body.observation.at, kind="verdict", text=text)
            believed = belief
        elif isinstance(body, Lookup):
            yield HistoryEntry(at=body.at, kind="lookup", text=_line(_lookup(body)))
        elif isinstance(body, Job):
            yield HistoryEntry(at=body.asked, kind="job", text=_line(_job(body)))
        elif isinstance(body, Capture):
            yield HistoryEntry(at=body.at, kind="capture", text=_line(_capture(body)))
        elif isinstance(body, records.MediaFailed):
            yield HistoryEntry(at=body.at, kind="capture", text=_line(f"no copy of the media: {body.reason}"))
        elif isinstance(body, Mark):
            yield HistoryEntry(at=body.at, kind="mark", text=_line(_mark(body)))
        elif isinstance(body, records.MarkCleared):
            yield HistoryEntry(at=body.at, kind="mark", text=_line(f"mark taken back by {body.by}"))


def _look(seen: Observation) -> str:
    if seen.failure is not None:
        return f"looked: no answer, {seen.failure}" + (f": {seen.failure_detail}" if seen.failure_detail else "")
    if seen.status is None:
        return "not requested"
    where = f" at {seen.final_url}" if seen.final_url and seen.final_url != seen.link else ""
    title = f', "{seen.title}"' if seen.title else ""
    return f"looked: {seen.status}{where}{title}"


def _verdict(verdict: Verdict, before: str | None) -> str:
    sure = ", confirmed" if verdict.confirmed else ""
    change = f"{before} -> {verdict.kind}" if before and before != verdict.kind else str(verdict.kind)
    return f"{change}, {verdict.reason}{sure}: {verdict.because}"


def _mark(mark: Mark) -> str:
    until = "for ever" if mark.until is None else f"until {day(mark.until)}"
    return f"marked {mark.kind} by {mark.by} {until}: {mark.reason}"


def _lookup(lookup: Lookup) -> str:
    if lookup.answer is Answer.UNKNOWN:
        return f"{lookup.archive}: no answer" + (f": {lookup.reason}" if lookup.reason else "")
    if not lookup.snapshots:
        return f"{lookup.archive}: has {'none' if lookup.answer is Answer.NONE else 'some'}"
    newest = max(snapshot.taken for snapshot in lookup.snapshots)
    count = len(lookup.snapshots)
    return f"{lookup.archive}: {count} snapshot{'s' if count > 1 else ''}, the newest of {newest:%Y-%m-%d}"


def _job(job: Job) -> str:
    why = job.message or job.code
    where = f": {job.snapshot.url}" if job.snapshot else f": {why}" if why else ""
    return f"{job.archive}: {_STATES[job.state]}{where}"


def _capture(capture: Capture) -> str:
    if capture.revisit:
        return f"unchanged since an earlier copy, {capture.sha256[:12]}"
    what = "media file" if capture.kind is CaptureKind.MEDIA else "page"
    cut = f", cut short ({capture.truncated})" if capture.truncated else ""
    return f"{what} kept in {capture.path}, {capture.size} bytes, {capture.sha256[:12]}{cut}"


def _line(text: str) -> str:
    return " ".join(text.split())
