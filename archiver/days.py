"""Days in words, the same on every machine: "2 March 2026", "2 and 9 March 2026"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

# Not strftime: it speaks the language of the machine.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)


def day(at: date) -> str:
    """Name a day: "2 March 2026"."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def between(first: date, last: date) -> str:
    """Name two days without saying twice what they share: "2 and 9 March 2026"."""
    if first.year != last.year:
        start = day(first)
    elif first.month != last.month:
        start = f"{first.day} {_MONTHS[first.month - 1]}"
    else:
        start = str(first.day)
    return f"{start} and {day(last)}"
