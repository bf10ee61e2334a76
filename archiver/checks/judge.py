"""From observations to what is believed of a link. Pure: the same looks and the same policy give the same verdict.

`judge_look` says what one look showed; `check` reports that as it is.

`judge` weighs all looks of a link, oldest first, for `run`:

* Looks that say nothing of the link count neither for nor against it: this machine was offline, its proxy failed, the
  run's time was spent, robots.txt kept us out. They are passed over; if there is nothing else, the verdict says so. So
  are second opinions that did not find it: they may only acquit.
* A *sign of life* (alive, moved, restricted) is believed at once and ends every count before it.
* Failures count until enough of them lie far enough apart; how many that is depends on the reason (patience.py).
  Towards a reason count its own looks and those of reasons that convict sooner: a 404 among timeouts is a strike of
  the timeouts, too, but a timeout is none of the 404s. Of the reasons that have enough, the quickest is told. Looks
  less than half a day apart count once.
* What was found dead is shown as **dead, but not `confirmed`** from the first look on, with what is still missing in
  `because`. Failures that say little (refused, timeouts, 5xx, ...) stay **unknown, not `confirmed`** until then.
* Drift says that the thing cited is not there: it is no sign of life, and ends no count of looks that found it dead
  (pages that are gone and come back as something else are not back). But somebody answered: it ends every count of
  failures that say little. It is shown as **changed**, `confirmed` from the second look on another day on, until it is
  found dead or the page that was cited is seen again.
* Walls, refusals and rate limits say nothing of what readers get: they are shown while nothing better is known, and
  neither convict nor acquit. So does any other `unknown`: a link found dead stays as dead as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from archiver.checks.findings import Finding, find
from archiver.checks.sentences import beside, over, wanting
from archiver.days import day
from archiver.model import LIFE, FailureKind, Reason, Verdict, VerdictKind
from archiver.patience import enough, patience

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archiver.model import HostFacts, Observation, Patience, Policy

_SILENT = frozenset({FailureKind.OFFLINE, FailureKind.GAVE_UP, FailureKind.ROBOTS, FailureKind.PROXY})
_PATIENT = frozenset({
    Reason.REFUSED, Reason.TIMEOUT, Reason.SERVER_ERROR, Reason.RESET, Reason.DNS_ERROR, Reason.TLS_ERROR,
    Reason.BAD_ANSWER, Reason.TRUNCATED,
})


def judge_look(observation: Observation) -> Verdict:
    """Say what one look showed."""
    found = find(observation)
    return _verdict(observation, found, found.sentence)


def judge(observations: Sequence[Observation], policy: Policy, host: HostFacts | None = None) -> Verdict:
    """Say what to believe of a link after these looks, oldest first.

    What is known of its host changes no verdict; it tells a reader how much a death weighs.
    """
    telling = [seen for seen in observations if seen.failure not in _SILENT]
    if not telling:
        if observations:
            return judge_look(observations[-1])
        return Verdict(kind=VerdictKind.UNKNOWN, reason=Reason.NOT_LOOKED, because="Nobody has looked yet.")
    count = _Count()
    for seen in telling:
        count.add(seen)
    return count.verdict(policy, host)


class _Fact(Struct, frozen=True):
    seen: Observation
    found: Finding

    @property
    def patient(self) -> bool:
        """Tell whether this failure counts, but little. An answer that is merely odd does not: somebody is there."""
        if self.found.kind is not VerdictKind.UNKNOWN or self.found.reason not in _PATIENT:
            return False
        return self.found.reason is not Reason.BAD_ANSWER or self.seen.failure is not None


class _Count(Struct):
    """What was seen since the last sign of life."""

    life: _Fact | None = None
    last: _Fact | None = None
    failing: list[_Fact] = field(default_factory=list)  # found dead, or failures that say little
    drift: list[_Fact] = field(default_factory=list)
    died: bool = False  # found dead after it was last found changed

    def add(self, seen: Observation) -> None:
        """Take the next look."""
        fact = _Fact(seen, find(seen))
        kind = fact.found.kind
        if seen.via is not None and kind not in LIFE and self.last is not None:
            return
        self.last = fact
        if kind in LIFE:
            self.life = fact
            self.drift.clear()
            self.failing.clear()
        elif kind is VerdictKind.CHANGED:
            self.drift.append(fact)
            self.died = False
            self.failing = [one for one in self.failing if one.found.kind is VerdictKind.DEAD]
        elif kind is VerdictKind.DEAD or fact.patient:
            self.failing.append(fact)
            self.died = self.died or kind is VerdictKind.DEAD

    def verdict(self, policy: Policy, host: HostFacts | None) -> Verdict:
        """Say what is to be believed now."""
        if self.last is None:
            raise ValueError("no looks")
        dead = [fact for fact in self.failing if fact.found.kind is VerdictKind.DEAD]
        if self.drift and not self.died:
            since = [fact for fact in self.failing if fact.found.kind is not VerdictKind.DEAD]
            convicting = self._convicting(policy, since)
            return _dead(convicting, host) if convicting else _changed(self.drift, policy)
        convicting = self._convicting(policy, self.failing)
        if convicting:
            return _dead(convicting, host)
        if dead:
            return _dead(dead, host, patience(policy, dead[-1].found.reason))
        last = self.last
        if last.patient:
            reason = last.found.reason
            counted = _counted(self.failing, policy, reason)
            because = "; ".join([_over(counted, once=True), wanting("dead", patience(policy, reason))])
        else:
            because = last.found.sentence.rstrip(".")
        if self.life is not None and self.life is not last and last.found.kind not in LIFE:
            because += f"; it was last seen on {day(self.life.seen.at)}"
        return _verdict(last.seen, last.found, f"{because}.")

    def _convicting(self, policy: Policy, facts: list[_Fact]) -> list[_Fact]:
        """Give the looks that convict, for the quickest reason that has enough of them; none if none has."""
        reasons = dict.fromkeys(fact.found.reason for fact in facts)
        for reason in sorted(reasons, key=lambda one: _speed(patience(policy, one))):
            counted = _counted(facts, policy, reason)
            if enough((fact.seen.at for fact in counted), patience(policy, reason)):
                return counted
        return []


def _speed(wanted: Patience) -> tuple[float, int]:
    return wanted.days, wanted.strikes


def _counted(facts: list[_Fact], policy: Policy, reason: Reason) -> list[_Fact]:
    """Give the looks that count towards a reason: its own, and those of reasons that convict no later."""
    most = _speed(patience(policy, reason))
    return [fact for fact in facts if _speed(patience(policy, fact.found.reason)) <= most]


def _dead(facts: list[_Fact], host: HostFacts | None, lacking: Patience | None = None) -> Verdict:
    """Say that it is dead; `lacking`: not yet for sure, and that is what it takes."""
    last = facts[-1]
    because = _over(facts, once=lacking is not None)
    if len({fact.found.label for fact in facts}) > 1 or not last.found.label.isdigit():
        because += f". {last.found.sentence.rstrip('.')}"
    others = beside(host, min(fact.seen.at for fact in facts))
    lines = [because, others, wanting("dead", lacking) if lacking else ""]
    verdict = _verdict(last.seen, last.found, f"{'; '.join(filter(None, lines))}.")
    return replace(verdict, kind=VerdictKind.DEAD, confirmed=lacking is None)


def _changed(facts: list[_Fact], policy: Policy) -> Verdict:
    last = facts[-1]
    wanted = patience(policy, last.found.reason)
    sure = enough(_times(facts), wanted)
    because = f"{_over(facts)}. {last.found.sentence.rstrip('.')}"
    if not sure:
        because += f"; {wanting('changed', wanted)}"
    return replace(_verdict(last.seen, last.found, f"{because}."), confirmed=sure)


def _over(facts: list[_Fact], *, once: bool = False) -> str:
    said = over([fact.found.label for fact in facts], _times(facts))
    return f"{said}; failed once" if once and len(facts) == 1 else said


def _times(facts: list[_Fact]) -> list[datetime]:
    return [fact.seen.at for fact in facts]


def _verdict(seen: Observation, found: Finding, because: str) -> Verdict:
    return Verdict(
        kind=found.kind, reason=found.reason, because=because, status=seen.status, final_url=seen.final_url,
        warnings=found.warnings, fix=seen.fix,
    )
