"""Digits at the end of an address, which may be a marker that was glued to it. Both readings are kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from archiver.documents.bare import Bare, trimmed
from archiver.documents.notes.markers import HIDDEN, MOST, Candidate, Style

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_MARK_AHEAD = re.compile(r"[¹²³⁰⁴-⁹]{1,3}|\[[1-9]\d?\]")
_TAIL_MARK = re.compile(r"(?:(?<=[.,;)\]”\"])|(?<=[A-Za-z/]))(?P<n>[1-9]\d?)$")
_STOPS = '.,;)]”"'
_HOST_ONLY = re.compile(r"[a-z+]{0,8}:?/{0,2}[^/]*$", re.IGNORECASE)


def masked(prose: str, found: Sequence[Bare]) -> tuple[str, list[Candidate]]:
    """Hide the addresses of a text, and give the markers that may have been glued to their ends."""
    pieces, done = [], 0
    tails: list[Candidate] = []
    for one in found:
        pieces += [prose[done : one.start], HIDDEN * (one.end - one.start)]
        done = one.end
        if prose[one.end - 1 : one.end].isdecimal() and (tail := tail_of(prose, one)):
            before = prose[tail.start() - 1]
            weight = 0.2 if before.isalpha() else 0.1 if before == "/" else 0.3  # 0.1: never more than remembered
            at = tail.start()
            tails.append(Candidate(at, at, one.end, int(tail.group()), weight, Style.TAIL, ""))
    return "".join([*pieces, prose[done:]]), tails


def tail_of(prose: str, one: Bare) -> re.Match[str] | None:
    """Find digits at the end of an address that may be a marker: behind a letter or a sign, not behind a host."""
    tail = _TAIL_MARK.search(prose, max(one.start, one.end - 6), one.end)
    if tail is None or (prose[tail.start() - 1] not in _STOPS and _HOST_ONLY.match(prose[one.start : tail.start()])):
        return None
    return tail


def both(prose: str, one: Bare, tails: Mapping[int, bool]) -> tuple[Bare, tuple[str, ...]]:
    """Give an address as it is likelier meant, and the other way to read it, if there is one.

    `tails`: where the digits begin that fit into the text's series of markers, and whether the series needs them.
    """
    if mark := _MARK_AHEAD.match(prose, one.end):
        return one, (one.url + mark.group(),)
    tail = tail_of(prose, one) if tails and prose[one.end - 1 : one.end].isdecimal() else None
    if tail is None or tail.start() not in tails:
        return one, ()
    without = trimmed(one.url[: len(one.url) - len(tail.group())], "")
    if not tails[tail.start()]:
        return one, (without,)
    return Bare(one.start, one.end - (len(one.url) - len(without)), without), (one.url,)


def told(tails: Sequence[Candidate], chosen: Sequence[Candidate], known: Collection[int]) -> dict[int, bool]:
    """Tell of the digits at the ends of addresses which are markers, and which fit between the markers around them."""
    taken = {one.at for one in chosen}
    order = sorted((one.at, one.value) for one in chosen)
    ends: dict[int, bool] = {}
    for tail in tails:
        if tail.at in taken:
            ends[tail.at] = True
        elif tail.value in known:
            index = bisect_left(order, (tail.at, 0))
            low = order[index - 1][1] if index else 0
            high = order[index][1] if index < len(order) else MOST
            if low <= tail.value <= high and (tail.weight >= 0.15 or tail.value not in (low, high)):
                ends[tail.at] = False
    return ends
