"""A person's word on a link: recorded for good, above what looks say, until its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import config
from archiver.clock import SystemClock
from archiver.errors import UsageError
from archiver.model import Mark, VerdictKind
from archiver.run.finding import find_state

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from archiver.manifest.store import Manifest
    from archiver.model import LinkState

# What a person can know better than looks do. What shall not be looked at at all stands in the settings: `exclude`.
KINDS = (
    VerdictKind.ALIVE, VerdictKind.CHANGED, VerdictKind.DEAD, VerdictKind.RESTRICTED, VerdictKind.BLOCKED,
)
A_YEAR = 365  # days that a mark holds unless told otherwise: pages and people change


class Wish(Struct, frozen=True, kw_only=True):
    """What is to be believed, why, by whose word and until when."""

    kind: VerdictKind
    reason: str
    by: str
    until: date | None  # the last day; None: for ever


def mark_link(config_file: Path | None, url: str, wish: Wish) -> LinkState:
    """Record a mark and give the link's state with it. Raises Busy while a run holds the manifest."""
    if not wish.reason.strip():
        raise UsageError("a mark needs a reason", hint='--reason "it opens in my browser"')

    def record(manifest: Manifest, state: LinkState, now: datetime) -> None:
        if wish.until is not None and wish.until < now.date():
            raise UsageError(f"{wish.until} is over", hint="a mark ends on a day to come")
        manifest.add_mark(Mark(
            link=state.link, at=now, kind=wish.kind, reason=_line(wish.reason), by=_line(wish.by), until=wish.until,
        ))

    return _record(config_file, url, record)


def clear_mark(config_file: Path | None, url: str, by: str) -> LinkState:
    """Take a mark back and give the link's state without it. Raises Busy while a run holds the manifest."""

    def record(manifest: Manifest, state: LinkState, _: datetime) -> None:
        if state.mark is None:
            raise UsageError(f"{state.link}: no mark holds", hint=f"`archiver show {state.link}` tells its life")
        manifest.clear_mark(state.link, _line(by))

    return _record(config_file, url, record)


def _record(
    config_file: Path | None, url: str, record: Callable[[Manifest, LinkState, datetime], None],
) -> LinkState:
    from archiver.manifest.store import Manifest

    loaded, clock = config.load(config_file), SystemClock()
    with Manifest.open(loaded.manifest_url, clock, create=False) as manifest, manifest.lock("mark"):
        state = find_state(manifest, url)
        record(manifest, state, clock.now())
        manifest.flush()
        return find_state(manifest, state.link)


def _line(text: str) -> str:
    return " ".join(text.split())
