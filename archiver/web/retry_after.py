"""Read Retry-After: seconds or a date (RFC 9110, 10.2.3). The value is hostile: it may be huge, past, or nonsense."""

from __future__ import annotations

from datetime import UTC, datetime

MOST = 30 * 86400.0  # seconds; nobody plans further ahead than that


def seconds(value: str | None, now: datetime) -> float | None:
    """Give the seconds to wait, within reason; None when nothing sensible is said."""
    text = (value or "").strip()
    if not text or len(text) > 64:
        return None
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), MOST)
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), MOST)
