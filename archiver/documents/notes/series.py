"""Which candidates are the markers: the best rising series, given the notes there are.

Each label is taken once, in reading order. A candidate earns its weight, and more when a note of that number exists;
each number left out costs. So the 2 of CO2 loses against the 2 of `video2`, and a 2019 never fits. The search is a
dynamic programme over labels (at most 999) with a Fenwick tree, linear in the candidates but for a factor of ten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.documents.notes.markers import Candidate, Style, media_like

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_HIGHEST = 999
_BEYOND = 4  # numbers behind the last note of a list that a marker may have
_WITH_NOTE = 0.5  # earned on top by a candidate whose note exists
_WITHOUT_NOTE = -0.35  # and by one whose note does not


class _Best:
    """The best of the values up to a label; the later of equals."""

    def __init__(self, highest: int) -> None:
        self._tree: list[tuple[float, int]] = [(float("-inf"), -1)] * (highest + 2)

    def put(self, label: int, score: float, index: int) -> None:
        at = label + 1
        while at < len(self._tree):
            if score >= self._tree[at][0]:
                self._tree[at] = (score, index)
            at += at & -at

    def up_to(self, label: int) -> tuple[float, int]:
        at, best = label + 1, (float("-inf"), -1)
        while at > 0:
            best = max(best, self._tree[at])
            at -= at & -at
        return best


class _Shelf:
    """The notes of one series, and the labels that its markers have among those of all."""

    def __init__(self, bodies: Collection[int], offset: int, *, alone: bool) -> None:
        self.known = frozenset(bodies)
        self.offset = offset
        self.lowest = min(self.known, default=_HIGHEST + 1)
        self.most = _HIGHEST if alone else max(self.known) + _BEYOND

    def costs(self, skip_first: float, *, alone: bool) -> list[float]:
        """Give the price of leaving out each label."""
        last = _HIGHEST if alone else max(self.known)
        return [
            0.1 if label in self.known else skip_first if label < self.lowest else 0.25 if label <= last else 0.0
            for label in range(1, self.most + 1)
        ]


class _Step(Struct, gc=False):
    """What stands at one place, read one way, as a part of one series."""

    parts: tuple[Candidate, ...]
    shelf: int
    before: int = -1


def rising(found: Sequence[Candidate], bodies: Collection[int], *, skip_first: float = 0.05) -> list[Candidate]:
    """Choose the best rising series; `skip_first` is the price of each number missing before its first."""
    return shelved(found, [bodies], skip_first=skip_first)[0]


def shelved(
    found: Sequence[Candidate], bodies: Sequence[Collection[int]], *, skip_first: float = 0.05
) -> list[list[Candidate]]:
    """Choose the best series for several lists of notes, in their order, each rising from its own beginning."""
    alone = len(bodies) == 1
    shelves: list[_Shelf] = []
    cost = [0.0]
    for one in bodies:
        shelves.append(_Shelf(one, len(cost) - 1, alone=alone))
        for price in shelves[-1].costs(skip_first, alone=alone):
            cost.append(cost[-1] + price)
    best = _Best(len(cost) - 1)
    best.put(0, 0.0, -1)
    steps: list[_Step] = []
    top, last = 0.0, -1
    for group in _places(found):
        waiting: list[tuple[int, float]] = []
        for way in group:
            for number, shelf in enumerate(shelves):
                step = _Step(way, number)
                gain, low, high = _worth(way, shelf, cost)
                if gain <= 0:
                    continue
                before, step.before = best.up_to(low - 1)
                # A series may begin at any number; what is missing before its first is paid for here.
                score = before + gain - cost[low - 1]
                steps.append(step)
                waiting.append((high, score))
        # Only one way counts: none of a place goes on from another of the same place.
        for index, (high, score) in enumerate(waiting, len(steps) - len(waiting)):
            best.put(high, score + cost[high], index)
            if score >= top:
                top, last = score, index
    chains: list[list[Candidate]] = [[] for _ in bodies]
    while last >= 0:
        chains[steps[last].shelf] += reversed(steps[last].parts)
        last = steps[last].before
    for chain in chains:
        chain.reverse()
    return chains


def _worth(way: tuple[Candidate, ...], shelf: _Shelf, cost: list[float]) -> tuple[float, int, int]:
    """Give what a place read one way earns, and its first and last label."""
    gain, previous = 0.0, 0
    for one in way:
        if not 0 < one.value <= shelf.most or one.weight < 0.15:
            return 0.0, 0, 0
        gain += one.weight + (_WITH_NOTE if one.value in shelf.known else _WITHOUT_NOTE)
        if previous:
            gain -= cost[shelf.offset + one.value - 1] - cost[shelf.offset + previous]
        previous = one.value
    return gain, shelf.offset + way[0].value, shelf.offset + previous


def _places(found: Sequence[Candidate]) -> Iterator[Sequence[tuple[Candidate, ...]]]:
    """Give place by place the ways to read it. What is listed in brackets, in any order, counts one by one."""
    at = 0
    while at < len(found):
        first = found[at]
        end = at + 1
        while end < len(found) and found[end].at == first.at:
            end += 1
        if end == at + 1:
            yield [(first,)]
        elif all(not one.way for one in found[at:end]):
            for one in found[at:end]:
                yield [(one,)]
        else:
            ways: dict[int, list[Candidate]] = {}
            for one in found[at:end]:
                ways.setdefault(one.way, []).append(one)
            yield [tuple(sorted(way, key=lambda one: one.value)) for way in ways.values()]
        at = end


def without_bodies(found: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Find markers in a text that has no notes at all, where the evidence is good; each with its confidence."""
    raised = [one for one in found if one.style is Style.RAISED and one.weight >= 0.7]
    bracket = [one for one in found if one.style is Style.BRACKET and one.weight >= 0.8]
    caret = [one for one in found if one.style is Style.CARET and len(one.stem) > 2]
    glued = [one for one in found if one.style in (Style.GLUED, Style.STOP) and one.weight >= 0.7]
    if (chain := rising(raised, ())) and chain[0].value <= 2:
        return [(one, 0.8) for one in chain]
    chain = rising(bracket, (), skip_first=0.01)
    alone = (
        len(chain) == 1
        and chain[0].value == 1
        and chain[0].weight == 1.0
        and chain[0].at - chain[0].start > len(chain[0].stem)
    )
    if alone or (len(chain) > 1 and _dense(chain) and _different(chain)):
        values, taken = {one.value for one in chain}, set(map(id, chain))
        again = [one for one in bracket if one.value in values and one.weight == 1.0 and id(one) not in taken]
        return [(one, 0.7) for one in (*chain, *again)]
    chain = rising(caret, ())
    if len(chain) > 1 and chain[0].value == 1 and _dense(chain) and _different(chain):
        return [(one, 0.6) for one in chain]
    chain = rising(glued, (), skip_first=0.25)
    sure = sum(1 for one in chain if one.weight >= 0.9 or media_like(one.stem))  # the others may be names: Xft1
    if (
        1 < len(chain) < 2 * sure
        and [one.value for one in chain] == list(range(1, len(chain) + 1))
        and _different(chain)
    ):
        return [(one, 0.6) for one in chain]
    # One sentence that ends in a glued 1, and nothing else like it: the only note of a short text.
    return [(one, 0.5) for one in glued[:1] if len(glued) == 1 and one.value == 1 and _ends_a_sentence(one)]


def _ends_a_sentence(one: Candidate) -> bool:
    return one.style is Style.STOP and one.weight == 1.0 and len(one.stem) > 3 and one.stem.islower() and one.closes


def _dense(chain: Sequence[Candidate]) -> bool:
    return chain[-1].value - chain[0].value < 3 * len(chain)


def _different(chain: Sequence[Candidate]) -> bool:
    """Tell a series of notes from things that are numbered themselves: player1, player2."""
    stems = [one.stem.lower() for one in chain]
    return len(set(stems)) > len(stems) // 2 or all(media_like(stem) for stem in stems)
