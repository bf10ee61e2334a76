"""What Save Page Now's errors mean for us: never again, later, or nothing more from us today. Pure.

The codes are those of the archive's own interface description (rev. 2026-07-22) and of its clients. A code that nobody
here knows is tried again later: it never condemns an address.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from archiver.archives.stamps import midnight_after


class Meaning(StrEnum):
    """What an error says."""

    NEVER = "never"  # the archive will not keep this address
    LATER = "later"  # this address may go another time
    COPIED = "copied"  # the address was captured often enough today: there is a copy to be looked up
    SLOTS = "slots"  # all our captures at once are under way: this address may go in a moment
    STOP = "stop"  # no more submissions of ours for now


class Ruling(Struct, frozen=True, kw_only=True):
    """An error and what follows."""

    meaning: Meaning
    code: str  # without "error:"
    message: str
    again: datetime | None = None  # when it may go again; None: as the settings say, or never


_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
_MOMENT = timedelta(seconds=60)

_NEVER = frozenset({
    "not-found", "unauthorized", "bad-request", "method-not-allowed", "not-implemented", "http-version-not-supported",
    "network-authentication-required", "invalid-url-syntax", "filesize-limit", "ftp-access-denied", "blocked-url",
})
_NEXT_WEEK = frozenset({"no-access", "blocked"})  # 403 and 999: a wall of today
_NEXT_DAY = frozenset({"invalid-host-resolution", "too-many-redirects"})  # one bad day of a site convicts nobody
# The site was slow or busy: more than an hour mends it.
_LATER = frozenset({
    "bad-gateway", "gateway-timeout", "service-unavailable", "bandwidth-limit-exceeded", "too-many-requests",
    "read-timeout", "protocol-error", "invalid-server-response", "soft-time-limit-exceeded", "cannot-fetch",
    "no-captures",
})
# The archive's own trouble; nothing is said of the address.
_SOON = frozenset({
    "celery", "job-failed", "internal-server-error", "browsing-timeout", "no-browsers-available", "proxy-error",
    "capture-location-error", "redis-error",
})
_STOP = frozenset({
    "max-daily-bandwidth", "max-daily-bandwidth-from-ip", "blocked-client-ip", "user-daily-limit",
})
_SPENT = re.compile(r"cannot make more than [\d.,]+ captures per day|daily not-logged-in captures limit", re.IGNORECASE)


def rule(code: str, message: str, now: datetime) -> Ruling:
    """Tell what a `status_ext` and its message mean."""
    bare = code.strip().lower().removeprefix("error:").strip().replace("_", "-")

    def ruling(meaning: Meaning, again: datetime | None) -> Ruling:
        return Ruling(meaning=meaning, code=bare, message=message, again=again)

    if bare in _STOP or _SPENT.search(message):
        return ruling(Meaning.STOP, midnight_after(now))
    if bare == "user-session-limit":
        return ruling(Meaning.SLOTS, now + _MOMENT)
    if bare == "too-many-daily-captures":
        return ruling(Meaning.COPIED, midnight_after(now))
    if bare == "max-daily-bandwidth-host":
        return ruling(Meaning.LATER, midnight_after(now))
    if bare in _NEVER:
        return ruling(Meaning.NEVER, None)
    if bare in _NEXT_WEEK:
        return ruling(Meaning.NEVER, now + _WEEK)
    if bare in _NEXT_DAY:
        return ruling(Meaning.LATER, now + _DAY)
    if bare in _SOON:
        return ruling(Meaning.LATER, now + _HOUR)
    if bare in _LATER:
        return ruling(Meaning.LATER, now + 6 * _HOUR)
    return ruling(Meaning.LATER, now + _DAY)


_DELAY = re.compile(r"start in\s+(?:about\s+)?(\d{1,4})\s+(second|minute|hour)", re.IGNORECASE)
_UNITS = {"second": 1, "minute": 60, "hour": 3600}


def delay(message: str) -> float:
    """Give the seconds until a capture begins, where the archive says that it begins later."""
    match = _DELAY.search(message)
    return float(match[1]) * _UNITS[match[2].lower()] if match else 0.0
