"""What is believed of a link after several looks, over days: a pure function, told in sentences."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from scripted import START, exchange, failure, later, page

from archiver.checks.judge import judge, judge_look
from archiver.checks.look import observe
from archiver.model import (
    FailureKind,
    Observation,
    Policy,
    Reason,
    Signal,
    SignalKind,
    Verdict,
    VerdictKind,
)

LINK = "https://gazette.example.net/2014/03/harbour-crane"
POLICY = Policy()  # 3 looks over 6 days; 5 looks over 30 days for what says little


def answered(day: float, status: int, body: str = "<title>The crane</title><h1>The crane</h1><p>Forty years on.</p>") -> Observation:
    return observe(LINK, exchange(page(LINK, body, status, at=later(day))))


def failed(day: float, kind: FailureKind) -> Observation:
    return observe(LINK, failure(LINK, kind, at=later(day)))


def judged(*looks: Observation, policy: Policy = POLICY) -> tuple[VerdictKind, Reason, bool]:
    verdict = judge(looks, policy)
    return verdict.kind, verdict.reason, verdict.confirmed


def because(*looks: Observation) -> str:
    return judge(looks, POLICY).because


DEAD_ONCE = (VerdictKind.DEAD, Reason.NOT_FOUND, False)
DEAD = (VerdictKind.DEAD, Reason.NOT_FOUND, True)


# ---------------------------------------------------------------- a death


def test_one_404_is_shown_as_dead_and_not_confirmed() -> None:
    assert judged(answered(0, 404)) == DEAD_ONCE
    assert because(answered(0, 404)) == "404 on 2 March 2026; failed once; taken for dead after 3 looks over 6 days."


def test_two_404s_are_not_enough() -> None:
    looks = answered(0, 404), answered(7, 404)
    assert judged(*looks) == DEAD_ONCE
    assert because(*looks) == "404 on 2 looks between 2 and 9 March 2026; taken for dead after 3 looks over 6 days."


def test_three_404s_on_one_day_are_not_enough() -> None:
    looks = answered(0, 404), answered(0.2, 404), answered(0.4, 404)
    assert judged(*looks) == DEAD_ONCE
    assert because(*looks) == "404 on 3 looks on 2 March 2026; taken for dead after 3 looks over 6 days."


def test_three_404s_over_six_days_convict() -> None:
    looks = answered(0, 404), answered(3, 404), answered(7, 404)
    assert judged(*looks) == DEAD
    assert because(*looks) == "404 on 3 looks between 2 and 9 March 2026."


def test_days_across_months_and_years_are_named() -> None:
    assert because(answered(0, 404), answered(20, 404), answered(40, 404)) == (
        "404 on 3 looks between 2 March and 11 April 2026."
    )
    assert because(answered(0, 404), answered(200, 404), answered(400, 404)) == (
        "404 on 3 looks between 2 March 2026 and 6 April 2027."
    )


def test_different_deaths_add_up_and_the_last_one_is_named() -> None:
    looks = answered(0, 404), answered(3, 404), answered(8, 410)
    assert judged(*looks) == (VerdictKind.DEAD, Reason.GONE, True)
    assert because(*looks) == (
        "Nothing there on 3 looks between 2 and 10 March 2026. The server answered 410: it was taken away."
    )


def test_a_soft_404_says_what_was_seen() -> None:
    body = "<title>Page not found</title><h1>Page not found</h1>"
    looks = answered(0, 200, body), answered(3, 200, body), answered(7, 200, body)
    assert judged(*looks) == (VerdictKind.DEAD, Reason.SOFT_404, True)
    assert because(*looks) == (
        "Error page with status 200 on 3 looks between 2 and 9 March 2026. The server answered 200, but its title is "
        "“Page not found”."
    )


def test_the_policy_may_convict_at_once() -> None:
    assert judged(answered(0, 404), policy=Policy(strikes=1, days=0)) == DEAD


# ---------------------------------------------------------------- life


@pytest.mark.parametrize("status", [200, 401, 402, 451])
def test_any_sign_of_life_resets(status: int) -> None:
    looks = answered(0, 404), answered(3, 404), answered(5, status), answered(8, 404), answered(9, 404)
    assert judged(*looks) == DEAD_ONCE


def test_the_dead_may_come_back() -> None:
    looks = answered(0, 404), answered(3, 404), answered(7, 404), answered(8, 200)
    assert judged(*looks) == (VerdictKind.ALIVE, Reason.OK, False)


# ---------------------------------------------------------------- what says nothing


@pytest.mark.parametrize("status", [429, 403, 999])
def test_refusals_neither_convict_nor_acquit(status: int) -> None:
    between = answered(0, 404), answered(2, status), answered(3, 404), answered(5, status), answered(7, 404)
    assert judged(*between) == DEAD
    assert judged(*between, answered(8, status)) == DEAD
    assert judged(*(answered(day, status) for day in range(0, 100, 7)))[0] is not VerdictKind.DEAD


def test_a_timeout_does_not_acquit() -> None:
    looks = answered(0, 404), failed(2, FailureKind.TIMEOUT), answered(3, 404), answered(7, 404), failed(9, FailureKind.TIMEOUT)
    assert judged(*looks) == DEAD
    assert because(*looks) == "404 on 3 looks between 2 and 9 March 2026."


@pytest.mark.parametrize("kind", [FailureKind.OFFLINE, FailureKind.GAVE_UP, FailureKind.ROBOTS, FailureKind.PROXY])
def test_our_own_trouble_never_counts(kind: FailureKind) -> None:
    assert judged(*(failed(day, kind) for day in range(0, 100, 5)))[0] is VerdictKind.UNKNOWN
    assert judged(answered(0, 200), failed(1, kind)) == (VerdictKind.ALIVE, Reason.OK, False)
    assert judged(answered(0, 404), failed(3, kind), failed(7, kind)) == DEAD_ONCE


def test_no_look_at_all_is_no_verdict() -> None:
    assert judge((), POLICY) == Verdict(kind=VerdictKind.UNKNOWN, reason=Reason.NOT_LOOKED, because="Nobody has looked yet.")


# ---------------------------------------------------------------- patience


@pytest.mark.parametrize(
    "kind", [FailureKind.TIMEOUT, FailureKind.RESET, FailureKind.DNS_ERROR, FailureKind.TLS_ERROR],
)
def test_trouble_convicts_only_after_long_patience(kind: FailureKind) -> None:
    looks = [failed(day, kind) for day in (0, 8, 16, 24, 32)]
    assert judged(*looks[:4]) == (VerdictKind.UNKNOWN, Reason(str(kind)), False)
    assert judged(*looks) == (VerdictKind.DEAD, Reason(str(kind)), True)


def test_the_sentence_of_a_first_timeout() -> None:
    assert because(failed(0, FailureKind.TIMEOUT)) == (
        "Timeout on 2 March 2026; failed once; taken for dead after 5 looks over 30 days."
    )
    assert because(answered(0, 200), failed(7, FailureKind.TIMEOUT)) == (
        "Timeout on 9 March 2026; failed once; taken for dead after 5 looks over 30 days; it was last seen on 2 March 2026."
    )


def test_a_server_in_trouble_for_a_month_is_dead() -> None:
    looks = [answered(day, 500) for day in (0, 10, 20, 30, 31)]
    assert judged(*looks) == (VerdictKind.DEAD, Reason.SERVER_ERROR, True)
    assert because(*looks) == (
        "500 on 5 looks between 2 March and 2 April 2026."
    )


def test_a_host_that_vanishes_between_timeouts_counts_for_both() -> None:
    looks = (
        failed(0, FailureKind.TIMEOUT), failed(10, FailureKind.NO_SUCH_HOST), failed(20, FailureKind.TIMEOUT),
        failed(29, FailureKind.NO_SUCH_HOST), failed(31, FailureKind.TIMEOUT),
    )
    assert judged(*looks) == (VerdictKind.DEAD, Reason.TIMEOUT, True)


# ---------------------------------------------------------------- laws

_STATUSES = st.sampled_from([200, 204, 301, 400, 401, 403, 404, 410, 429, 451, 500, 503, 999, 42])
_SIGNALS = st.lists(st.builds(Signal, kind=st.sampled_from(SignalKind), detail=st.text(max_size=20)), max_size=3).map(tuple)
_TIMES = st.floats(min_value=0, max_value=400).map(later)
_LOOKS = st.one_of(
    st.builds(
        Observation, link=st.just(LINK), at=_TIMES, status=_STATUSES, final_url=st.sampled_from([LINK, "https://a.example.net/", None]),
        length=st.integers(0, 10), media_type=st.sampled_from([None, "text/html", "video/mp4"]), signals=_SIGNALS,
        truncated=st.sampled_from([None, "time", "length", "disconnect"]),
    ),
    st.builds(Observation, link=st.just(LINK), at=_TIMES, failure=st.sampled_from(FailureKind), final_url=st.just(LINK)),
)
_POLICIES = st.builds(Policy, strikes=st.integers(1, 5), days=st.floats(0, 20), patient_strikes=st.integers(1, 6))


@given(st.lists(_LOOKS, max_size=8), _POLICIES)
def test_judging_never_raises_and_always_says_why(looks: list[Observation], policy: Policy) -> None:
    verdict = judge(looks, policy)
    assert verdict.because.endswith(".")
    assert not verdict.confirmed or verdict.kind in (VerdictKind.DEAD, VerdictKind.CHANGED)


@given(_LOOKS)
def test_one_look_never_confirms(seen: Observation) -> None:
    assert not judge_look(seen).confirmed


_SILENT = st.sampled_from([FailureKind.OFFLINE, FailureKind.GAVE_UP, FailureKind.ROBOTS, FailureKind.PROXY])


@given(st.lists(_LOOKS, min_size=1, max_size=6), st.lists(st.tuples(st.integers(0, 6), _SILENT), max_size=4))
def test_silent_looks_change_nothing_wherever_they_stand(looks: list[Observation], silent: list[tuple[int, FailureKind]]) -> None:
    telling = [one for one in looks if one.failure not in {FailureKind.OFFLINE, FailureKind.GAVE_UP, FailureKind.ROBOTS, FailureKind.PROXY}]
    if not telling:
        return
    mixed = list(looks)
    for at, kind in silent:
        mixed.insert(at, Observation(link=LINK, at=START, failure=kind))
    assert judge(mixed, POLICY) == judge(telling, POLICY)


@given(st.permutations([404, 404, 404, 429, 403, 429]))
def test_the_order_of_unknowns_does_not_matter(order: list[int]) -> None:
    looks = [answered(3 * number, status) for number, status in enumerate(order)]
    deaths = [look.at for look in looks if look.status == 404]
    assert judge(looks, POLICY).kind is VerdictKind.DEAD
    assert judge(looks, POLICY).confirmed is (deaths[-1] - deaths[0] >= timedelta(days=6))


@given(st.lists(_LOOKS, max_size=5))
def test_a_page_seen_last_is_believed(looks: list[Observation]) -> None:
    assert judge([*looks, answered(500, 200)], POLICY).kind is VerdictKind.ALIVE


def test_times_out_of_order_are_borne() -> None:
    looks = [answered(9, 404), answered(0, 404), answered(3, 404)]
    assert judge(looks, POLICY).confirmed
    assert judge([replace(looks[0], at=START)] * 3, POLICY).confirmed is False


@pytest.mark.parametrize("status", [400, 405, 406, 300])
def test_odd_answers_never_convict(status: int) -> None:
    assert judged(*(answered(day, status) for day in range(0, 100, 7))) == (VerdictKind.UNKNOWN, Reason.BAD_ANSWER, False)


def test_a_host_that_settles_nothing_never_convicts() -> None:
    unclear = Signal(kind=SignalKind.MEDIA_UNCLEAR, detail="try again later")
    looks = [replace(answered(day, 200), signals=(unclear,)) for day in range(0, 100, 7)]
    assert judged(*looks) == (VerdictKind.UNKNOWN, Reason.BAD_ANSWER, False)
