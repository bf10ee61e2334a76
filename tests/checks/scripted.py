"""Answers for the tests of this folder, written as they go over the wire."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archiver.web.exchange import Exchange, Failure, Hop, Request

if TYPE_CHECKING:
    from archiver.model import FailureKind

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HTML = "text/html; charset=utf-8"


def hop(url: str, head: str, body: bytes | str = b"", *, at: datetime = START, **more: object) -> Hop:
    """Make one answer from its status line and headers, one a line, and its body."""
    lines = [line.strip() for line in head.strip().splitlines()]
    _, status, *_ = lines[0].split(" ", 2)
    headers = tuple((name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines[1:]))
    data = body.encode() if isinstance(body, str) else body
    return Hop(
        url=url, started=at, request_head=b"GET / HTTP/1.1\r\n\r\n", head="\r\n".join([*lines, "", ""]).encode("latin-1"),
        status=int(status), headers=headers, body=data, decoded=data, **more,  # type: ignore[arg-type]
    )


def redirect(url: str, location: str, status: int = 301) -> Hop:
    """Make a redirect."""
    return hop(url, f"HTTP/1.1 {status} Moved\nLocation: {location}\nContent-Type: text/html", "<title>Moved</title>")


def page(url: str, body: bytes | str, status: int = 200, *headers: str, **more: object) -> Hop:
    """Make an HTML page."""
    return hop(url, "\n".join([f"HTTP/1.1 {status} Whatever", f"Content-Type: {HTML}", *headers]), body, **more)


def exchange(*hops: Hop) -> Exchange:
    """Make the exchange of these hops."""
    return Exchange(request=Request(url=hops[0].url), hops=hops)


def failure(url: str, kind: FailureKind, *hops: Hop, at: datetime = START) -> Failure:
    """Make a request that failed."""
    return Failure(request=Request(url=url), at=at, kind=kind, detail="as the test has it", url=url, hops=hops)


def html(title: str, body: str, head: str = "") -> str:
    """Write a page."""
    return f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def later(days: float) -> datetime:
    """Give a time so many days after the start."""
    return START + timedelta(days=days)
