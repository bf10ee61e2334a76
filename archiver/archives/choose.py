"""Which snapshot shows what was cited. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.archives.stamps import end_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from archiver.model import Snapshot

# What a page that was there is captured with. An archive that tells no status is believed until it is proved wrong.
_GOOD = frozenset({200, 203, 206, None})


def choose(snapshots: Iterable[Snapshot], near: date | None) -> Snapshot | None:
    """Choose the last good snapshot at or before the end of the day `near`, else the first good one after.

    Without a day it is the newest good one. Of snapshots of one moment the first given wins.
    """
    good = [one for one in snapshots if is_good(one)]
    if near is None:
        return max(good, key=lambda one: one.taken, default=None)
    end = end_of(near)
    before = [one for one in good if one.taken <= end]
    if before:
        return max(before, key=lambda one: one.taken)
    return min(good, key=lambda one: one.taken, default=None)


def is_good(snapshot: Snapshot) -> bool:
    """Tell whether a snapshot shows a page, as far as is known."""
    return snapshot.good is not False and snapshot.status in _GOOD
