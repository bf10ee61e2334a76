"""What is due: which links to look at, to ask archives about and to submit, most at risk first.

Pure: facts, settings and the time in, links out. It never asks a clock, a database or the network.
"""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from archiver import urls
from archiver.model import THERE, JobState, Reason, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Sequence

Saving = Literal["never", "missing", "stale", "always"]  # archives.save in the settings

_CONFIRMED_DEAD = 4  # times `recheck`, at first: the dead rarely come back, but they do
_MOST_DEAD = 3  # times `most`: they are never given up
_MOST = 60 * 86400.0  # seconds, see next_look
_SKIPPED = 12  # times `recheck`: only a change of the settings would change the answer
# Links that were first seen on one day must not fall due on one day for ever. Sooner, never later than was promised.
_JITTER = 0.25  # of the interval, at most
# A cron job never starts on the same second. Without this, a link looked at late in yesterday's run would miss today's.
_SLACK = 0.1  # of the interval,
_MOST_SLACK = timedelta(hours=1)  # and at most this
_ALWAYS_PAUSE = timedelta(days=1)  # `save = "always"`: archives count captures of one address per day
_LATEST = datetime.max.replace(tzinfo=UTC)
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_NEED_PROOF = frozenset({VerdictKind.DEAD, VerdictKind.CHANGED})

# Hosts whose pages are snapshots already; their subdomains too. Not archive.org itself: its items are works.
_ARCHIVE_HOSTS = frozenset({
    "web.archive.org", "wayback.archive.org", "wayback.archive-it.org", "archive.today", "archive.ph", "archive.is",
    "archive.fo", "archive.li", "archive.md", "archive.vn", "arquivo.pt", "ghostarchive.org", "megalodon.jp",
    "perma.cc", "swap.stanford.edu", "timetravel.mementoweb.org", "vefsafn.is", "wayback.vefsafn.is",
    "web.archive.bibalex.org", "webarchive.loc.gov", "webarchive.nationalarchives.gov.uk", "webarchive.nla.gov.au",
    "webarchive.org.uk", "webarchive.parliament.uk", "webcitation.org",
})
# RFC 6761, RFC 6762, RFC 8375 and ICANN's reservation of 2024: names that mean something on one network only.
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa", ".test")

_SAVABLE_KINDS = frozenset({VerdictKind.ALIVE, VerdictKind.MOVED, VerdictKind.CHANGED, VerdictKind.BLOCKED})
# Failures and walls that an archive's crawler, standing elsewhere, may well get past.
_SAVABLE_REASONS = frozenset({
    Reason.SERVER_ERROR, Reason.TIMEOUT, Reason.RATE_LIMITED, Reason.RESET, Reason.TRUNCATED, Reason.TLS_ERROR,
    Reason.BAD_ANSWER, Reason.ROBOTS, Reason.PAYWALL, Reason.CONSENT,
})


class Known(Struct, frozen=True, kw_only=True):
    """What is known of one link, as far as planning needs it."""

    link: str
    first_seen: datetime
    citations: int = 1  # current ones
    media: bool = False  # one of them cites a video or audio
    verdict: VerdictKind | None = None  # None: never looked at
    reason: Reason | None = None
    confirmed: bool = False
    since: datetime | None = None  # since when it has this verdict kind
    looked: datetime | None = None
    looks: int = 0
    not_before: datetime | None = None  # the host asked us to stay away until then
    asked: datetime | None = None  # by the archive that was asked longest ago; None: no archive was
    unanswered: bool = False  # an archive's newest answer is `unknown`
    ask_after: datetime | None = None  # an archive that gave no answer asked for patience until then
    snapshot: datetime | None = None  # memento datetime of the newest one not proved bad
    job: JobState | None = None  # state of the newest submission
    job_asked: datetime | None = None  # when that state was last learned
    job_next: datetime | None = None  # not before this
    captured: datetime | None = None  # last copy on our own disk
    media_held: bool = False  # a media file of it is on our disk
    media_failed: datetime | None = None  # when its media last could not be fetched
    marked: VerdictKind | None = None  # what a person says of it, for now

    @property
    def believed(self) -> VerdictKind | None:
        """What a person says, else what looks say."""
        return self.marked or self.verdict


def due(
    known: Sequence[Known], now: datetime, *, recheck: float, retry: float, most: float = _MOST,
) -> tuple[str, ...]:
    """Give the links to look at now, most at risk first. Intervals are seconds, see next_look."""
    ready = [
        one for one in known
        if one.citations
        and _reached(next_look(one, recheck=recheck, retry=retry, most=most), one.looked, now)
        and (one.not_before is None or one.not_before <= now)
    ]
    return tuple(one.link for one in sorted(ready, key=_risk))


def next_look(one: Known, *, recheck: float, retry: float, most: float = _MOST) -> datetime | None:
    """Tell when a link wants to be looked at again; None: it never was, so now.

    * What is well is looked at after `recheck`, and that much more as it has been well without a break: after 7, 14, 28
      days, up to `most`. Media die sooner than pages: up to half of that. A wall, a login and a confirmed change are as
      steady as life.
    * What was found dead or changed, and not often enough to be sure, after `retry`.
    * What cannot be told after `retry`, later after a quarter of the time that it could not be told, up to `recheck`.
    * What is surely dead after 4 times `recheck`, and half as much more as it has been dead, up to 3 times `most`.

    These are the longest: a link's own number takes up to a quarter off the first and the last.
    """
    if one.looked is None:
        return None
    return _later(one.looked, timedelta(seconds=_interval(one, recheck, retry, most)))


def to_look_up(known: Sequence[Known], now: datetime, *, lookup: float, retry: float) -> tuple[str, ...]:
    """Give the links to ask archives about, most at risk first.

    An answer holds for `lookup` seconds, no answer for `retry`. A link that has turned dead since is asked about at
    once: its copy is needed now. Nothing is ever told to an archive that we have not looked at ourselves.
    """
    ready = [one for one in known if _concerns_archives(one) and _lookup_due(one, now, lookup, retry)]
    return tuple(one.link for one in sorted(ready, key=_risk))


def to_save(
    known: Sequence[Known], now: datetime, *, save: Saving, stale: float, retry: float,
    submissions: int,
) -> tuple[str, ...]:
    """Give at most `submissions` links to submit to an archive, most at risk first.

    "missing": every archive said that it has none; "stale": or the newest snapshot is older than `stale` seconds;
    "always": whatever there is, once a day. Dead links are never submitted, and no link while a job for it is open.
    """
    if save == "never":
        return ()
    ready = [
        one for one in known
        if _concerns_archives(one) and _savable(one) and _may_submit(one, now, retry)
        and _wants_copy(one, now, save, stale)
    ]
    return tuple(one.link for one in sorted(ready, key=_risk)[:submissions])


def to_fetch(known: Sequence[Known], now: datetime, *, retry: float) -> tuple[Known, ...]:
    """Give the links that are there and of which no media file is held, those never tried first.

    What failed is tried again after `retry` seconds: sites change, and so does what fetches. Whether a link is media at
    all is the caller's business.
    """
    ready = [
        one for one in known
        if one.citations and one.believed in THERE and not one.media_held
        and (one.media_failed is None or _reached(_later(one.media_failed, timedelta(seconds=retry)),
                                                  one.media_failed, now))
    ]
    return tuple(sorted(ready, key=lambda one: (one.media_failed or _EARLIEST, one.link)))


def is_snapshot(link: str) -> bool:
    """Tell whether a link is itself a page of a web archive."""
    name = urls.host(link)
    return any(name == host or name.endswith(f".{host}") for host in _ARCHIVE_HOSTS)


def is_public(link: str) -> bool:
    """Tell whether a link's host, as it is written, can mean the same to somebody on another network."""
    name = urls.host(link).rstrip(".")
    address = urls.as_ip(name)
    if address is not None:
        return address.is_global and not address.is_multicast
    return "." in name and not f".{name}".endswith(_LOCAL_NAMES) and not urls.never_resolves(name)


def _risk(one: Known) -> tuple[int, datetime, str]:
    if one.looked is None:
        rank = 0
    elif one.verdict is VerdictKind.DEAD and not one.confirmed:
        rank = 1
    elif one.verdict is VerdictKind.UNKNOWN:
        rank = 2
    elif one.media:
        rank = 3
    else:
        rank = 4
    return rank, one.looked or one.first_seen, one.link


def _interval(one: Known, recheck: float, retry: float, most: float) -> float:
    steady = 0.0
    if one.looked is not None and one.since is not None:
        steady = max(0.0, (one.looked - one.since).total_seconds())
    if one.verdict in (VerdictKind.UNKNOWN, None):
        return min(max(retry, steady / 4), max(retry, recheck))
    if one.verdict in _NEED_PROOF and not one.confirmed:
        return retry
    if one.verdict is VerdictKind.SKIPPED:
        interval = _SKIPPED * recheck
    elif one.verdict is VerdictKind.DEAD:
        interval = _between(_CONFIRMED_DEAD * recheck, steady / 2, _MOST_DEAD * most)
    else:
        interval = _between(recheck, steady, most / 2 if one.media else most)
    return interval * (1 - _JITTER * _chance(one.link))


def _between(least: float, more: float, most: float) -> float:
    """Give at least the one, and more of it up to the most; no interval at all (`recheck = 0`) stays none."""
    return max(least, min(least + more, most)) if least else 0.0


def _chance(link: str) -> float:
    """Give a number from 0 to 1 that belongs to a link."""
    return zlib.crc32(link.encode("utf-8", "replace")) / 2**32


def _reached(when: datetime | None, last: datetime | None, now: datetime) -> bool:
    """Tell whether a time has come, give or take the slack. A `last` in the future means a clock was wrong once."""
    if when is None or last is None or last > now + _MOST_SLACK:
        return True
    return now >= when - min((when - last) * _SLACK, _MOST_SLACK)


def _later(start: datetime, by: timedelta) -> datetime:
    return start + by if by < _LATEST - start else _LATEST


def _concerns_archives(one: Known) -> bool:
    return bool(
        one.citations and one.looked is not None and one.verdict is not VerdictKind.SKIPPED
        and is_public(one.link) and not is_snapshot(one.link)
    )


def _lookup_due(one: Known, now: datetime, lookup: float, retry: float) -> bool:
    if one.asked is None:
        return True
    if one.unanswered:
        patient = one.ask_after is None or one.ask_after <= now
        return patient and _reached(_later(one.asked, timedelta(seconds=retry)), one.asked, now)
    if one.verdict is VerdictKind.DEAD and one.since is not None and one.since > one.asked:
        return True
    return _reached(_later(one.asked, timedelta(seconds=lookup)), one.asked, now)


def _savable(one: Known) -> bool:
    return one.believed in _SAVABLE_KINDS or (one.marked is None and one.reason in _SAVABLE_REASONS)


def _may_submit(one: Known, now: datetime, retry: float) -> bool:
    if one.job is None or one.job_asked is None:
        return True
    if one.job in (JobState.PENDING, JobState.UNCLEAR):
        return False
    if one.job_next is not None and one.job is not JobState.DONE:
        return one.job_next <= now
    if one.job is JobState.REFUSED:
        return False
    pause = _ALWAYS_PAUSE if one.job is JobState.DONE else timedelta(seconds=retry)
    return _reached(_later(one.job_asked, pause), one.job_asked, now)


def _wants_copy(one: Known, now: datetime, save: Saving, stale: float) -> bool:
    if save == "always":
        return True
    if one.snapshot is None:
        return one.asked is not None and not one.unanswered
    return save == "stale" and _later(one.snapshot, timedelta(seconds=stale)) <= now
