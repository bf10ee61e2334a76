"""The archives' ways to write a time: 14 digits, RFC 1123, ISO 8601. Reading never raises: a bad time is None."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime, parsedate_to_datetime

_DIGITS = re.compile(r"^\d{14}$", re.ASCII)


def to_stamp(moment: datetime) -> str:
    """Write a time as 14 digits."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S").rjust(14, "0")


def from_stamp(text: str) -> datetime | None:
    """Read 14 digits.

    Old rows of the Internet Archive hold a month or a day "00" that was pushed in, moving the rest to the right; the
    pair is dropped and the lost seconds are read as zero (the reading of EDGI's `wayback`).
    """
    if not _DIGITS.match(text):
        return None
    if text[4:6] == "00":
        text = f"{text[:4]}{text[6:]}00"
    if text[6:8] == "00":
        text = f"{text[:6]}{text[8:]}00"
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def to_http(moment: datetime) -> str:
    """Write a time for Accept-Datetime."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def from_http(text: str) -> datetime | None:
    """Read the time of a Memento-Datetime, Retry-After or link-format datetime."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def from_iso(text: str) -> datetime | None:
    """Read an ISO 8601 time; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def end_of(day: date | datetime) -> datetime:
    """Give the last moment of a day in UTC; a time stays what it is."""
    if isinstance(day, datetime):
        return day if day.tzinfo else day.replace(tzinfo=UTC)
    return datetime.combine(day, time.max, UTC)


def midnight_after(moment: datetime) -> datetime:
    """Give the next 00:00 UTC, when the Internet Archive's daily limits start anew."""
    return datetime.combine(moment.astimezone(UTC).date(), time(), UTC) + timedelta(days=1)
