"""What the double says when it does not answer the question: busy, down, blocked, or a page where data was due."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archiver.demo.answers import Manner, Reply, content, page

if TYPE_CHECKING:
    from archiver.demo.answers import Headers

EXCLUSION = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
)


def data(table: object, *, status: int = 200, headers: Headers = ()) -> Reply:
    """Answer with JSON."""
    return content(json.dumps(table).encode(), "application/json", status=status, headers=headers)


def plain(text: str, *, status: int = 200, headers: Headers = ()) -> Reply:
    """Answer with text."""
    return content(text.encode(), "text/plain; charset=utf-8", status=status, headers=headers)


def too_many(*, retry_after: str | None = None) -> Reply:
    """Refuse for too many requests, as HTML whatever was asked for."""
    headers = (("Retry-After", retry_after),) if retry_after is not None else ()
    return page("<html><head><title>429 Too Many Requests</title></head><body>"
                "<center><h1>429 Too Many Requests</h1></center><hr></body></html>", status=429, headers=headers)


def overloaded(status: int = 503, *, retry_after: str | None = None) -> Reply:
    """Be down."""
    headers = (("Retry-After", retry_after),) if retry_after is not None else ()
    return page("<html><body><h1>Temporarily Offline</h1><p>Services are temporarily offline.</p></body></html>",
                status=status, headers=headers)


def page_instead(status: int = 200) -> Reply:
    """Answer with a page where data was due."""
    return page("<!DOCTYPE html><html><head><title>Internet Archive</title></head><body>Welcome</body></html>",
                status=status)


def nothing(status: int = 200) -> Reply:
    """Answer with an empty body."""
    return Reply(status=status, headers=(("Content-Type", "application/json"),))


def blocked() -> Reply:
    """Say that the archive keeps this site from everybody."""
    return plain(f"{EXCLUSION}\n", status=403, headers=(("X-Archive-Wayback-Runtime-Error", EXCLUSION),))


def badly(manner: Manner, body: bytes = b"[]") -> Reply:
    """Answer with bad manners."""
    return Reply(headers=(("Content-Type", "application/json"),), body=body, manner=manner)


def stamp(moment: datetime) -> str:
    """Write a time as 14 digits."""
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S}"


def moment(digits: str, *, end: bool = False) -> datetime:
    """Read 1 to 14 digits: the beginning of the time they name, or its end. Raises ValueError."""
    rest = "1231235959" if end else "0101000000"
    whole = digits + (rest[len(digits) - 4 :] if len(digits) >= 4 else "")
    if end and len(digits) == 6:
        for day in ("31", "30", "29", "28"):
            try:
                return datetime.strptime(f"{digits}{day}235959", "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            except ValueError:
                continue
    return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
