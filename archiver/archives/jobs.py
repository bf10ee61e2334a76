"""Submissions as values, and what is common to following them up, however they were made.

A job whose answer was lost is never submitted again: what became of it is looked up, from the time of its submission
on, until a copy appears or a day has passed.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archiver import plan, urls
from archiver.archives.choose import is_good
from archiver.archives.http import Cause, one_line
from archiver.archives.wayback import NAME
from archiver.model import Answer, Job, JobState, SnapshotHow

if TYPE_CHECKING:
    from datetime import datetime

    from archiver.archives.http import NoReply
    from archiver.archives.wayback import Wayback
    from archiver.clock import Clock

REUSED = "reused"  # code of a job for which the archive gave a copy of the last hour
SLACK = timedelta(seconds=90)  # between the archive's clock and ours
KEPT = timedelta(hours=1)  # the archive remembers a finished job for so long, and makes no second copy within it
_GIVE_UP = timedelta(days=1)  # a copy that nobody has seen by then was not made
_LONGEST = 7500  # characters: behind "/web/20111220101500id_/" a longer one fits no server's request line
# How long after its submission a job is asked about again, and then how often.
_POLLS = ((60, 6), (180, 15), (900, 60), (3600, 300), (86400, 1800), (0, 10800))
_LOOKS = ((600, 120), (3600, 600), (0, 10800))


def begin(
    link: str, clock: Clock, state: JobState, *, code: str = "", message: str = "", remote_id: str | None = None,
    next_ask: datetime | None = None, submitted: datetime | None = None,
) -> Job:
    """Make the job of a submission."""
    now = clock.now()
    return Job(
        id=_id(submitted or now), archive=NAME, link=link, submitted=submitted or now, state=state, asked=now,
        remote_id=remote_id, next_ask=next_ask, code=one_line(code, 80), message=one_line(message),
    )


def _id(now: datetime) -> str:
    import uuid6

    # uuid6.uuid7() takes the machine's time; ours is injected.
    return str(uuid6.UUID(int=int(now.timestamp() * 1000) << 80 | secrets.randbits(80), version=7))


def unfit(link: str, clock: Clock, *, private: bool) -> Job | None:
    """Give the refused job of an address that no archive can keep, or must not be told of."""
    if urls.normalise(link) is None:
        return begin(link, clock, JobState.REFUSED, code="no-address", message="no request can be made of the address")
    if plan.is_snapshot(link):
        return begin(link, clock, JobState.REFUSED, code="snapshot", message="it is a page of a web archive already")
    if not private and not plan.is_public(link):
        return begin(link, clock, JobState.REFUSED, code="private", message="a private address is told to no archive")
    if len(urls.without_fragment(link)) > _LONGEST:
        return begin(link, clock, JobState.REFUSED, code="too-long", message="the address is too long to be replayed")
    return None


def unsent(link: str, clock: Clock, reply: NoReply) -> Job:
    """Make the job of a submission that did not reach the archive."""
    if reply.cause is Cause.ADDRESS:
        return begin(link, clock, JobState.REFUSED, code=reply.cause, message=reply.detail)
    later = reply.retry_after or 0.0
    held = reply.cause in (Cause.LATER, Cause.SPENT)
    return begin(
        link, clock, JobState.QUOTA if held else JobState.FAILED, code=reply.cause, message=reply.detail,
        next_ask=clock.now() + timedelta(seconds=later),
    )


def lost(link: str, clock: Clock, submitted: datetime, *, code: str, message: str) -> Job:
    """Make the job of a submission whose answer says nothing: it may have been made all the same."""
    return begin(
        link, clock, JobState.UNCLEAR, code=code, message=message, submitted=submitted,
        next_ask=clock.now() + timedelta(seconds=60),
    )


def next_poll(job: Job, now: datetime) -> datetime:
    """Tell when the archive is to be asked about a job again."""
    return now + _step(_POLLS, now - job.submitted)


def _step(steps: tuple[tuple[int, int], ...], age: timedelta) -> timedelta:
    return timedelta(seconds=next(step for until, step in steps if age.total_seconds() < until or not until))


def look(job: Job, wayback: Wayback, clock: Clock) -> Job:
    """Look in the archive for what a submission has made."""
    since = job.submitted - SLACK - (KEPT if job.code == REUSED else timedelta(0))
    found = wayback.since(job.link, since)
    now = clock.now()
    made = [one for one in found.snapshots if is_good(one)]
    if made:
        how = SnapshotHow.FOUND if job.code == REUSED else SnapshotHow.SUBMITTED
        return replace(job, state=JobState.DONE, asked=now, next_ask=None, snapshot=replace(made[0], how=how))
    pause = max(_step(_LOOKS, now - job.submitted), timedelta(seconds=found.retry_after or 0))
    if found.answer is Answer.UNKNOWN:
        return replace(job, next_ask=now + pause)
    if now - job.submitted >= _GIVE_UP:
        why = "a day after the submission the archive shows no copy"
        return replace(job, state=JobState.FAILED, asked=now, next_ask=None, message=why)
    return replace(job, asked=now, next_ask=now + pause)
