"""What several looks over days come to, reason by reason, and that the sentence says so: literal tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.checks.judge import judge
from archiver.model import (
    FailureKind,
    HostFacts,
    Observation,
    Patience,
    Policy,
    Reason,
    Signal,
    SignalKind,
    VerdictKind,
)
from archiver.patience import CONVICTING, enough, patience, strikes

LINK = "https://gazette.example.net/2014/03/harbour-crane"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POLICY = Policy()
ALIVE, CHANGED, DEAD = VerdictKind.ALIVE, VerdictKind.CHANGED, VerdictKind.DEAD
BLOCKED, UNKNOWN = VerdictKind.BLOCKED, VerdictKind.UNKNOWN

_SIGNALS = {
    "drift": SignalKind.CONTENT_DRIFT, "other title": SignalKind.TITLE_DRIFT, "soft": SignalKind.SOFT_404,
    "removed": SignalKind.MEDIA_REMOVED, "wall": SignalKind.BOT_WALL, "login": SignalKind.LOGIN,
    "parked": SignalKind.PARKED, "unchanged": SignalKind.UNCHANGED, "later": SignalKind.TRY_LATER,
    "app": SignalKind.NEEDS_BROWSER,
}


def seen(day: float, what: str | int, via: str | None = None) -> Observation:
    """Give one look: a status, a signal on a page that answers 200, or a way to fail."""
    at = START + timedelta(days=day)
    if isinstance(what, int):
        return Observation(
            link=LINK, at=at, status=what, final_url=LINK, media_type="text/html", length=900, via=via,
        )
    if what in _SIGNALS:
        signal = Signal(kind=_SIGNALS[what], detail="so it says")
        return Observation(
            link=LINK, at=at, status=200, final_url=LINK, media_type="text/html", length=900, signals=(signal,),
            via=via,
        )
    return Observation(link=LINK, at=at, failure=FailureKind(what), final_url=LINK, via=via)


def looks(told: str) -> list[Observation]:
    """Read "0 404, 3 timeout, ...": days, and what was seen."""
    found = []
    for look in told.split(", "):
        day, _, what = look.partition(" ")
        found.append(seen(float(day), int(what) if what.isdigit() else what))
    return found


def believed(told: str, policy: Policy = POLICY) -> tuple[VerdictKind, Reason, bool]:
    verdict = judge(looks(told), policy)
    return verdict.kind, verdict.reason, verdict.confirmed


# ---------------------------------------------------------------- how much each reason takes


@pytest.mark.parametrize(("reason", "wanted"), [
    (Reason.NOT_FOUND, Patience(3, 6)), (Reason.GONE, Patience(3, 6)), (Reason.MEDIA_REMOVED, Patience(3, 6)),
    (Reason.SOFT_404, Patience(3, 6)), (Reason.NO_SUCH_HOST, Patience(4, 12)), (Reason.PARKED, Patience(4, 12)),
    (Reason.REFUSED, Patience(4, 18)), (Reason.TIMEOUT, Patience(5, 30)), (Reason.SERVER_ERROR, Patience(5, 30)),
    (Reason.CONTENT_DRIFT, Patience(2, 0.5)),
])
def test_the_patience_of_the_usual_policy(reason: Reason, wanted: Patience) -> None:
    assert patience(POLICY, reason) == wanted


def test_the_middle_follows_the_ends_and_any_reason_may_be_set_by_itself() -> None:
    policy = Policy(strikes=2, days=4, patient_strikes=8, patient_days=60, reasons={Reason.PARKED: Patience(9, 90)})
    assert patience(policy, Reason.REFUSED) == Patience(5, 32)
    assert patience(policy, Reason.NO_SUCH_HOST) == Patience(4, 18)
    assert patience(policy, Reason.PARKED) == Patience(9, 90)
    assert patience(Policy(strikes=1, days=0), Reason.CONTENT_DRIFT) == Patience(1, 0)


@pytest.mark.parametrize(("what", "reason", "day"), [
    # Looked at once a day from day 0 on: the day of the look that convicts.
    ("404", Reason.NOT_FOUND, 6), ("410", Reason.GONE, 6), ("removed", Reason.MEDIA_REMOVED, 6),
    ("soft", Reason.SOFT_404, 6), ("no-such-host", Reason.NO_SUCH_HOST, 12), ("parked", Reason.PARKED, 12),
    ("redirect-loop", Reason.REDIRECT_LOOP, 12), ("refused", Reason.REFUSED, 18), ("timeout", Reason.TIMEOUT, 30),
    ("503", Reason.SERVER_ERROR, 30), ("reset", Reason.RESET, 30), ("tls-error", Reason.TLS_ERROR, 30),
    ("dns-error", Reason.DNS_ERROR, 30), ("later", Reason.SERVER_ERROR, None),
    ("429", None, None), ("wall", None, None), ("403", None, None), ("app", None, None), ("robots", None, None),
    ("offline", None, None), ("400", None, None),
])
def test_the_day_on_which_a_daily_look_convicts(what: str, reason: Reason | None, day: int | None) -> None:
    daily = [seen(number, int(what) if what.isdigit() else what) for number in range(80)]
    first = next((number for number in range(80) if judge(daily[: number + 1], POLICY).confirmed), None)
    if what == "later":
        day = 30  # a page that says "closed for a while" is the server's trouble, for a month
    assert first == day
    if first is not None:
        assert judge(daily[: first + 1], POLICY).reason is reason
    else:
        assert judge(daily, POLICY).kind is not DEAD


def test_a_run_each_hour_convicts_no_sooner() -> None:
    hourly = [seen(number / 24, 404) for number in range(24 * 8)]
    first = next(number for number in range(len(hourly)) if judge(hourly[: number + 1], POLICY).confirmed)
    assert first == 6 * 24


@pytest.mark.parametrize(("days", "count"), [
    ((0,), 1), ((0, 0.01), 1), ((0, 0.4, 0.8), 2), ((0, 1, 2), 3), ((2, 0, 1), 3), ((), 0),
    ((0, 0.01, 6, 6.01, 6.02), 2),
])
def test_looks_close_together_are_one_strike(days: tuple[float, ...], count: int) -> None:
    assert strikes([START + timedelta(days=day) for day in days], Patience(3, 6)) == count


def test_two_looks_and_three_within_an_hour_a_week_later_are_two_strikes() -> None:
    assert believed("0 404, 7 404, 7.01 404, 7.02 404") == (DEAD, Reason.NOT_FOUND, False)
    assert believed("0 404, 7 404, 7.01 404, 8 404") == (DEAD, Reason.NOT_FOUND, True)


# ---------------------------------------------------------------- mixed failures


@pytest.mark.parametrize(("told", "kind", "reason", "confirmed"), [
    ("0 404, 2 timeout, 4 404, 7 404", DEAD, Reason.NOT_FOUND, True),
    ("0 404, 2 timeout, 4 timeout, 7 timeout, 8 timeout", DEAD, Reason.NOT_FOUND, False),
    ("0 timeout, 8 timeout, 16 404, 24 timeout, 31 timeout", DEAD, Reason.TIMEOUT, True),
    ("0 404, 6 refused, 12 refused, 19 refused", DEAD, Reason.REFUSED, True),
    ("0 timeout, 6 refused, 12 refused, 19 refused", UNKNOWN, Reason.REFUSED, False),
    ("0 refused, 10 refused, 20 refused, 25 404, 28 404, 32 404", DEAD, Reason.NOT_FOUND, True),
    ("0 no-such-host, 4 404, 8 no-such-host, 13 404", DEAD, Reason.NOT_FOUND, True),
    ("0 404, 3 no-such-host, 7 no-such-host", DEAD, Reason.NO_SUCH_HOST, False),
    ("0 503, 10 timeout, 20 reset, 25 tls-error, 31 503", DEAD, Reason.SERVER_ERROR, True),
    ("0 404, 3 429, 4 wall, 5 404, 6 403, 7 404", DEAD, Reason.NOT_FOUND, True),
    ("0 404, 3 404, 7 404, 8 wall", DEAD, Reason.NOT_FOUND, True),
    ("0 404, 3 404, 7 404, 8 timeout, 9 503", DEAD, Reason.NOT_FOUND, True),
    ("0 404, 3 offline, 7 404", DEAD, Reason.NOT_FOUND, False),
    ("0 404, 3 200, 5 404, 7 404", DEAD, Reason.NOT_FOUND, False),
    ("0 404, 3 unchanged, 5 404, 7 404", DEAD, Reason.NOT_FOUND, False),  # as it was at an earlier look is alive
    ("0 404, 3 404, 7 unchanged", ALIVE, Reason.OK, False),
    ("0 404, 3 login, 5 404, 7 404", DEAD, Reason.NOT_FOUND, False),
    ("0 200, 7 wall", BLOCKED, Reason.BOT_WALL, False),
    ("0 404, 3 404, 7 404, 30 404, 60 200", ALIVE, Reason.OK, False),  # resurrected
    ("0 404, 3 404, 7 404, 60 200, 61 404", DEAD, Reason.NOT_FOUND, False),
])
def test_mixed_failures(told: str, kind: VerdictKind, reason: Reason, *, confirmed: bool) -> None:
    assert believed(told) == (kind, reason, confirmed)


# ---------------------------------------------------------------- drift


@pytest.mark.parametrize(("told", "kind", "reason", "confirmed"), [
    ("0 drift", CHANGED, Reason.CONTENT_DRIFT, False),
    ("0 drift, 0.1 drift", CHANGED, Reason.CONTENT_DRIFT, False),
    ("0 drift, 1 drift", CHANGED, Reason.CONTENT_DRIFT, True),
    ("0 other title, 1 drift", CHANGED, Reason.CONTENT_DRIFT, True),
    ("0 drift, 1 200, 2 drift", CHANGED, Reason.CONTENT_DRIFT, False),
    ("0 drift, 1 200", ALIVE, Reason.OK, False),
    ("0 drift, 1 unchanged", ALIVE, Reason.OK, False),
    ("0 drift, 1 timeout, 2 drift", CHANGED, Reason.CONTENT_DRIFT, True),
    ("0 drift, 1 drift, 2 timeout", CHANGED, Reason.CONTENT_DRIFT, True),
    ("0 drift, 1 drift, 2 wall", CHANGED, Reason.CONTENT_DRIFT, True),
    # Gone, and back as something else, is not back.
    ("0 404, 3 404, 5 drift, 7 404", DEAD, Reason.NOT_FOUND, True),
    ("0 404, 3 404, 7 404, 8 drift", CHANGED, Reason.CONTENT_DRIFT, False),
    ("0 404, 3 404, 7 404, 8 drift, 9 drift", CHANGED, Reason.CONTENT_DRIFT, True),
    ("0 drift, 1 drift, 5 404", DEAD, Reason.NOT_FOUND, False),
    # But somebody was there.
    ("0 timeout, 10 timeout, 20 timeout, 25 drift, 28 timeout, 31 timeout", CHANGED, Reason.CONTENT_DRIFT, False),
    ("0 drift, 10 timeout, 20 timeout, 30 timeout, 35 timeout, 41 timeout", DEAD, Reason.TIMEOUT, True),
])
def test_drift(told: str, kind: VerdictKind, reason: Reason, *, confirmed: bool) -> None:
    assert believed(told) == (kind, reason, confirmed)


def test_the_sentences_of_drift() -> None:
    assert judge(looks("0 drift"), POLICY).because == (
        "Other content on 2 March 2026. Something else stands there now: so it says; "
        "taken for changed after 2 looks on different days."
    )
    assert judge(looks("0 drift, 7 drift"), POLICY).because == (
        "Other content on 2 looks between 2 and 9 March 2026. Something else stands there now: so it says."
    )


# ---------------------------------------------------------------- a second opinion


def test_a_second_opinion_acquits() -> None:
    looked = [*looks("0 404, 3 404, 7 404"), seen(7.01, 200, via="second opinion")]
    assert judge(looked, POLICY).kind is ALIVE


@pytest.mark.parametrize("what", [404, "timeout", "wall", "drift"])
def test_a_second_opinion_never_convicts(what: str | int) -> None:
    looked = [seen(0, 404), *(seen(day, what, via="second opinion") for day in range(1, 60))]
    assert judge(looked, POLICY) == judge(looked[:1], POLICY)


# ---------------------------------------------------------------- what a reader can check


def host(*days: float) -> HostFacts:
    return HostFacts(
        name="gazette.example.net", there=tuple(START + timedelta(days=day) for day in sorted(days, reverse=True)),
    )


@pytest.mark.parametrize(("told", "known", "because"), [
    ("0 404, 3 404, 7 404", host(*range(-6, 7)),
     "404 on 3 looks between 2 and 9 March 2026; 7 other pages of this host answer."),
    ("0 404, 3 404, 7 404", host(*range(12)),
     "404 on 3 looks between 2 and 9 March 2026; 12 other pages of this host answer."),
    ("0 404, 3 404, 7 404", host(5),
     "404 on 3 looks between 2 and 9 March 2026; another page of this host answers."),
    ("0 404, 3 404, 7 404", host(-1), "404 on 3 looks between 2 and 9 March 2026."),
    ("0 404, 3 404, 7 404", None, "404 on 3 looks between 2 and 9 March 2026."),
    ("0 404", host(1, 2),
     "404 on 2 March 2026; failed once; 2 other pages of this host answer; taken for dead after 3 looks over 6 days."),
    ("0 404, 2 timeout, 3 404, 7 404", host(4, 5),
     "404 on 3 looks between 2 and 9 March 2026; 2 other pages of this host answer."),
    ("0 timeout", host(4, 5), "Timeout on 2 March 2026; failed once; taken for dead after 5 looks over 30 days."),
    ("0 refused, 9 refused", None,
     "Refused connection on 2 looks between 2 and 11 March 2026; taken for dead after 4 looks over 18 days."),
    ("0 timeout, 9 refused", None,
     "Refused connection on 11 March 2026; failed once; taken for dead after 4 looks over 18 days."),
    ("0 no-such-host, 4 no-such-host, 8 no-such-host, 12 no-such-host", None,
     "No such host on 4 looks between 2 and 14 March 2026. The host name gazette.example.net does not exist."),
    ("0 200, 3 503, 7 wall", None,
     "A wall against robots answered: so it says; it was last seen on 2 March 2026."),
])
def test_because(told: str, known: HostFacts | None, because: str) -> None:
    assert judge(looks(told), POLICY, known).because == because


def test_a_host_with_very_many_pages_is_not_counted_to_its_end() -> None:
    verdict = judge(looks("0 404"), POLICY, host(*(1 + number / 1000 for number in range(1000))))
    assert "; more than 1,000 other pages of this host answer; " in verdict.because


# ---------------------------------------------------------------- laws

_WHATS = st.sampled_from([
    200, 301, 404, 410, 429, 403, 500, 503, "timeout", "refused", "reset", "no-such-host", "offline", "dns-error",
    "drift", "other title", "soft", "wall", "login", "unchanged", "removed", "parked", "app",
])
_LOOKS = st.lists(st.tuples(st.floats(0, 90), _WHATS), max_size=12).map(
    lambda told: [seen(day, what) for day, what in sorted(told, key=lambda one: one[0])],
)


@given(_LOOKS)
def test_what_is_known_of_the_host_changes_words_only(looked: list[Observation]) -> None:
    with_host, without = judge(looked, POLICY, host(*range(90))), judge(looked, POLICY)
    assert (with_host.kind, with_host.reason, with_host.confirmed) == (without.kind, without.reason, without.confirmed)


@given(_LOOKS)
def test_no_verdict_is_sure_on_one_day(looked: list[Observation]) -> None:
    if judge(looked, POLICY).confirmed:
        assert looked[-1].at - looked[0].at >= timedelta(days=0.5)


@given(_LOOKS, st.sampled_from([200, "unchanged", "login"]))
def test_any_sign_of_life_is_believed(looked: list[Observation], life: int | str) -> None:
    verdict = judge([*looked, seen(91, life)], POLICY)
    assert verdict.kind not in (DEAD, CHANGED)
    assert not verdict.confirmed


@given(_LOOKS, st.sampled_from(CONVICTING), st.integers(1, 10), st.floats(0, 100))
def test_more_patience_never_convicts_sooner(
    looked: list[Observation], reason: Reason, more: int, days: float,
) -> None:
    slow = patience(POLICY, reason)
    patient = Policy(reasons={reason: Patience(slow.strikes + more, slow.days + days)})
    verdict = judge(looked, patient)
    if verdict.confirmed and verdict.reason is reason:
        assert judge(looked, POLICY).confirmed


@given(st.lists(st.floats(0, 60), max_size=10), st.integers(1, 5), st.floats(0, 30))
def test_enough_is_never_undone_by_more_looks(days: list[float], count: int, least: float) -> None:
    times = [START + timedelta(days=day) for day in days]
    wanted = Patience(count, least)
    if enough(times, wanted):
        assert enough([*times, START + timedelta(days=61)], wanted)
