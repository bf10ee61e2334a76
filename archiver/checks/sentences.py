"""What was seen how often and when, in words that a reader can check. Pure.

"404 on 3 looks between 2 and 9 March 2026; 12 other pages of this host answer."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.days import between, day
from archiver.model import MOST_THERE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archiver.model import HostFacts, Patience


def over(labels: Sequence[str], times: Sequence[datetime], *, different: str = "nothing there") -> str:
    """Say what was seen how often and when: "404 on 3 looks between 2 and 9 March 2026"."""
    what = labels[0] if len(set(labels)) == 1 else different
    what = what[:1].upper() + what[1:]
    first, last = min(times), max(times)
    if len(times) == 1:
        return f"{what} on {day(first)}"
    when = f"on {day(first)}" if first.date() == last.date() else f"between {between(first, last)}"
    return f"{what} on {len(times)} looks {when}"


def wanting(taken_for: str, wanted: Patience) -> str:
    """Say what it takes: "taken for dead after 3 looks over 6 days"."""
    looks = "1 look" if wanted.strikes == 1 else f"{wanted.strikes} looks"
    if not wanted.days:
        days = ""
    elif wanted.days < 1:
        days = " on different days"
    else:
        days = " over 1 day" if wanted.days == 1 else f" over {wanted.days:g} days"
    return f"taken for {taken_for} after {looks}{days}"


def beside(host: HostFacts | None, first: datetime) -> str:
    """Say how many other pages of the host have answered since then: "12 other pages of this host answer"."""
    if host is None:
        return ""
    others = sum(at >= first for at in host.there)
    if others == 0:
        return ""
    if others == 1:
        return "another page of this host answers"
    return f"{'more than 1,000' if others >= MOST_THERE else others} other pages of this host answer"
