"""From observations to what is believed of a link. Pure: the same looks and the same policy give the same verdict.

`judge_look` says what one look showed; `check` reports that as it is.

`judge` weighs all looks of a link, oldest first, for `run`:

* Looks that say nothing of the link count neither for nor against it: this machine was offline, its proxy failed, the
  run's time was spent, robots.txt kept us out. They are passed over; if there is nothing else, the verdict says so.
* A *sign of life* (alive, moved, changed, restricted) is believed at once and ends every count of failures before it.
* A look that found the thing dead begins or goes on with a count. Until the policy's `strikes` such looks lie at least
  `days` apart, first to last, the verdict is **dead, but not `confirmed`**: the same kind and reason as `check` shows,
  and `because` says "failed once" (or "on 2 looks") and what is still missing. From then on `confirmed` is true.
* Failures that say little (refused, timeouts, 5xx, name look-ups and encryption that failed, broken answers) stay
  **unknown, not `confirmed`**, and count together with the looks that found it dead towards `patient_strikes` over
  `patient_days`. When these are reached the link is dead and `confirmed`, for the reason last seen.
* Walls, refusals and rate limits say nothing of what readers get: they are shown while nothing better is known, and
  neither convict nor acquit. So does any other `unknown`: a link found dead stays as dead as it was.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from archiver.checks.findings import Finding, find
from archiver.model import FailureKind, Reason, Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archiver.model import Observation, Policy

_SILENT = frozenset({FailureKind.OFFLINE, FailureKind.GAVE_UP, FailureKind.ROBOTS, FailureKind.PROXY})
_LIFE = frozenset({VerdictKind.ALIVE, VerdictKind.MOVED, VerdictKind.CHANGED, VerdictKind.RESTRICTED})
_PATIENT = frozenset({
    Reason.REFUSED, Reason.TIMEOUT, Reason.SERVER_ERROR, Reason.RESET, Reason.DNS_ERROR, Reason.TLS_ERROR,
    Reason.BAD_ANSWER, Reason.TRUNCATED,
})


def judge_look(observation: Observation) -> Verdict:
    """Say what one look showed."""
    found = find(observation)
    return _verdict(observation, found, found.sentence)


def judge(observations: Sequence[Observation], policy: Policy) -> Verdict:
    """Say what to believe of a link after these looks, oldest first."""
    telling = [seen for seen in observations if seen.failure not in _SILENT]
    if not telling:
        if observations:
            return judge_look(observations[-1])
        return Verdict(kind=VerdictKind.UNKNOWN, reason=Reason.NOT_LOOKED, because="Nobody has looked yet.")
    count = _Count()
    for seen in telling:
        count.add(seen)
    return count.verdict(policy)


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
    """The failures since the last sign of life."""

    life: _Fact | None = None
    last: _Fact | None = None
    dead: list[_Fact] = field(default_factory=list)
    failing: list[_Fact] = field(default_factory=list)  # dead ones, and those that say little

    def add(self, seen: Observation) -> None:
        """Take the next look."""
        fact = _Fact(seen, find(seen))
        self.last = fact
        if fact.found.kind in _LIFE:
            self.life = fact
            self.dead.clear()
            self.failing.clear()
        elif fact.found.kind is VerdictKind.DEAD:
            self.dead.append(fact)
            self.failing.append(fact)
        elif fact.patient:
            self.failing.append(fact)

    def verdict(self, policy: Policy) -> Verdict:
        """Say what is to be believed now."""
        if self.last is None:
            raise ValueError("no looks")
        if self.dead and _enough(self.dead, policy.strikes, policy.days):
            return _dead(self.dead, confirmed=True)
        if self.failing and _enough(self.failing, policy.patient_strikes, policy.patient_days):
            return _dead(self.failing, confirmed=True)
        if self.dead:
            return _dead(self.dead, policy=policy)
        last = self.last
        if last.patient:
            because = f"{_over(self.failing)}; {_wanting(policy.patient_strikes, policy.patient_days)}"
        else:
            because = last.found.sentence.rstrip(".")
        if self.life is not None and self.life is not last and last.found.kind not in _LIFE:
            because += f"; it was last seen on {_day(self.life.seen.at)}"
        return _verdict(last.seen, last.found, f"{because}.")


def _enough(facts: list[_Fact], strikes: int, days: float) -> bool:
    first, last = _span(facts)
    return len(facts) >= strikes and last - first >= timedelta(days=days)


def _dead(facts: list[_Fact], *, confirmed: bool = False, policy: Policy | None = None) -> Verdict:
    last = facts[-1]
    because = _over(facts)
    if len({fact.found.label for fact in facts}) > 1 or not last.found.label.isdigit():
        because += f". {last.found.sentence.rstrip('.')}"
    if policy is not None:
        because += f"; {_wanting(policy.strikes, policy.days)}"
    verdict = _verdict(last.seen, last.found, f"{because}.")
    return replace(verdict, kind=VerdictKind.DEAD, confirmed=confirmed)


def _over(facts: list[_Fact]) -> str:
    """Say what was seen how often and when: "404 on 3 looks between 2 and 9 March 2026"."""
    labels = list(dict.fromkeys(fact.found.label for fact in facts))
    what = labels[0] if len(labels) == 1 else "nothing there"
    what = what[:1].upper() + what[1:]
    first, last = _span(facts)
    if len(facts) == 1:
        return f"{what} on {_day(first)}; failed once"
    when = f"on {_day(first)}" if first.date() == last.date() else f"between {_between(first, last)}"
    return f"{what} on {len(facts)} looks {when}"


def _wanting(strikes: int, days: float) -> str:
    looks = "1 look" if strikes == 1 else f"{strikes} looks"
    return f"taken for dead after {looks}" + (f" over {days:g} days" if days else "")


def _span(facts: list[_Fact]) -> tuple[datetime, datetime]:
    times = [fact.seen.at for fact in facts]
    return min(times), max(times)


# Not strftime: it speaks the language of the machine.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)


def _day(at: datetime) -> str:
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def _between(first: datetime, last: datetime) -> str:
    """Name two days without saying twice what they share."""
    if first.year != last.year:
        start = _day(first)
    elif first.month != last.month:
        start = f"{first.day} {_MONTHS[first.month - 1]}"
    else:
        start = str(first.day)
    return f"{start} and {_day(last)}"


def _verdict(seen: Observation, found: Finding, because: str) -> Verdict:
    return Verdict(
        kind=found.kind, reason=found.reason, because=because, status=seen.status, final_url=seen.final_url,
        warnings=found.warnings, fix=seen.fix,
    )
