"""Drift: a page is there, but is it what was cited? Compared with how it was when it was cited, or soon after.

    said(data, charset, quotes) -> Said          what a page says, small enough to keep
    compare(link, before, now) -> Drift | None   None: the same thing, or it cannot be told
    compare_titles(before, now) -> Drift | None  of films, which have no text
    quotes_of(citations) -> tuple[str, ...]      the words that documents quote beside a citation

Pure, and tuned for precision: pages are rewritten, redesigned, translated, shortened and walled in all the time, and
none of that is drift. Whatever can be the same thing is taken for it.
"""

from __future__ import annotations

from archiver.checks.drift.compare import Drift, compare, compare_titles
from archiver.checks.drift.quotes import quotes_of
from archiver.checks.drift.text import Said, said

__all__ = ["Drift", "Said", "compare", "compare_titles", "quotes_of", "said"]
