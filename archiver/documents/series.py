"""Which candidates are the markers: the best rising series, given the notes there are.

Each label is taken once, in reading order. A candidate earns its weight, and more when a note of that number exists;
each number left out costs. So the 2 of CO2 loses against the 2 of `video2`, and a 2019 never fits. The search is a
dynamic programme over labels (at most 999) with a Fenwick tree, linear in the candidates but for a factor of ten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.documents.markers import Candidate, Style, media_like

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_HIGHEST = 999
_WITH_NOTE = 0.5  # earned on top by a candidate whose note exists
_WITHOUT_NOTE = -0.35  # and by one whose note does not


class _Best:
    """The best of the values up to a label; the later of equals."""

    def __init__(self) -> None:
        self._tree: list[tuple[float, int]] = [(float("-inf"), -1)] * (_HIGHEST + 2)

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


def rising(found: Sequence[Candidate], bodies: Collection[int], *, skip_first: float = 0.05) -> list[Candidate]:
    """Choose the best rising series; `skip_first` is the price of each number missing before its first."""
    known = set(bodies)
    lowest = min(known, default=_HIGHEST + 1)
    cost = [0.0]
    for label in range(1, _HIGHEST + 1):
        step = 0.1 if label in known else skip_first if label < lowest else 0.25
        cost.append(cost[-1] + step)
    best = _Best()
    best.put(0, 0.0, -1)
    came = [-1] * len(found)
    top, last = 0.0, -1
    for index, one in enumerate(found):
        if not 0 < one.value <= _HIGHEST:
            continue
        gain = one.weight + (_WITH_NOTE if one.value in known else _WITHOUT_NOTE)
        if one.weight < 0.15 or gain <= 0:
            continue
        before, came[index] = best.up_to(one.value - 1)
        # A series may begin at any number; what is missing before its first is paid for here.
        score = before + gain - cost[one.value - 1]
        best.put(one.value, score + cost[one.value], index)
        if score >= top:
            top, last = score, index
    chain: list[Candidate] = []
    while last >= 0:
        chain.append(found[last])
        last = came[last]
    chain.reverse()
    return chain


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
