"""Planning: what is due, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import plan
from archiver.model import JobState, Reason, VerdictKind
from archiver.plan import Known

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LINK = "https://example.org/14792"  # its own number is next to nothing: its intervals are the whole ones
EARLY = "https://example.org/13887"  # and of this one next to 1: a quarter less
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = 7 * 86400.0
ALIVE, DEAD, UNKNOWN = VerdictKind.ALIVE, VerdictKind.DEAD, VerdictKind.UNKNOWN


def known(link: str = LINK, *, looked: timedelta | None = DAY, **more: Any) -> Known:
    """Give a link that was looked at so long ago, alive unless told otherwise."""
    facts: dict[str, Any] = {"verdict": ALIVE, "reason": Reason.OK, "looks": 1} if looked is not None else {}
    return Known(
        link=link, first_seen=NOW - 100 * DAY, looked=None if looked is None else NOW - looked, **(facts | more),
    )


def due(*links: Known, recheck: float = WEEK, retry: float = 86400.0) -> tuple[str, ...]:
    return plan.due(links, NOW, recheck=recheck, retry=retry)


def interval(one: Known, *, recheck: float = WEEK, retry: float = 86400.0, most: float = 60 * 86400.0) -> float:
    """Give the days from the last look to the next."""
    when = plan.next_look(one, recheck=recheck, retry=retry, most=most)
    assert when is not None
    assert one.looked is not None
    return (when - one.looked) / DAY


def steady(days: float, **more: Any) -> Known:
    """Give a link that has its verdict for so long."""
    return known(looked=timedelta(0), since=NOW - timedelta(days=days), **more)


def to_look_up(*links: Known) -> tuple[str, ...]:
    return plan.to_look_up(links, NOW, lookup=30 * 86400.0, retry=86400.0)


def to_save(*links: Known, save: plan.Saving = "missing", submissions: int = 50) -> tuple[str, ...]:
    return plan.to_save(links, NOW, save=save, stale=365 * 86400.0, retry=86400.0, submissions=submissions)


# ---------------------------------------------------------------- looks


@pytest.mark.parametrize(("one", "is_due"), [
    (known(looked=None), True),
    (known(looked=None, citations=0), False),
    (known(looked=8 * DAY, citations=0), False),
    (known(looked=6 * DAY), False),
    (known(looked=7 * DAY), True),
    (known(looked=7 * DAY - HOUR), True),  # a run starts a little earlier than the last one did
    (known(looked=7 * DAY - HOUR - timedelta(minutes=1)), False),
    (known(EARLY, looked=5.25 * DAY), True),
    (known(EARLY, looked=5 * DAY), False),
    (known(looked=DAY, verdict=UNKNOWN, reason=Reason.TIMEOUT), True),
    (known(looked=23 * HOUR, verdict=UNKNOWN, reason=Reason.TIMEOUT), True),
    (known(looked=22 * HOUR, verdict=UNKNOWN, reason=Reason.TIMEOUT), False),
    (known(looked=DAY, verdict=DEAD, reason=Reason.NOT_FOUND), True),
    (known(looked=8 * DAY, verdict=DEAD, reason=Reason.NOT_FOUND, confirmed=True), False),
    (known(looked=28 * DAY, verdict=DEAD, reason=Reason.NOT_FOUND, confirmed=True), True),
    (known(looked=83 * DAY, verdict=VerdictKind.SKIPPED, reason=Reason.EXCLUDED), False),
    (known(looked=84 * DAY, verdict=VerdictKind.SKIPPED, reason=Reason.EXCLUDED), True),
    (known(looked=7 * DAY, verdict=VerdictKind.BLOCKED, reason=Reason.BOT_WALL), True),
    (known(looked=DAY, verdict=VerdictKind.RESTRICTED, reason=Reason.LOGIN), False),
    (known(looked=8 * DAY, not_before=NOW + HOUR), False),
    (known(looked=8 * DAY, not_before=NOW), True),
    (known(looked=-2 * HOUR), True),  # looked at in the future: a clock was wrong
    (known(looked=-HOUR / 2), False),
])
def test_when_a_link_is_looked_at(one: Known, *, is_due: bool) -> None:
    assert due(one) == ((one.link,) if is_due else ())


def test_the_most_at_risk_come_first() -> None:
    links = [
        known("https://example.org/alive", looked=30 * DAY),
        known("https://example.org/alive-longer-ago", looked=31 * DAY),
        known("https://example.org/film", looked=9 * DAY, media=True),
        known("https://example.org/unknown", looked=2 * DAY, verdict=UNKNOWN, reason=Reason.TIMEOUT),
        known("https://example.org/failed-once", looked=2 * DAY, verdict=DEAD, reason=Reason.GONE),
        known("https://example.org/long-dead", looked=40 * DAY, verdict=DEAD, reason=Reason.GONE, confirmed=True),
        known("https://example.org/new-b", looked=None),
        known("https://example.org/new-a", looked=None),
    ]
    assert [link.rpartition("/")[2] for link in due(*links)] == [
        "new-a", "new-b", "failed-once", "unknown", "film", "long-dead", "alive-longer-ago", "alive",
    ]


def test_with_no_interval_everything_is_due_always() -> None:
    assert due(known(looked=timedelta(0)), recheck=0, retry=0) == (LINK,)


def test_an_interval_beyond_the_calendar_is_never_reached() -> None:
    assert plan.next_look(known(), recheck=9e12, retry=1) == datetime.max.replace(tzinfo=UTC)
    assert due(known(), recheck=9e12) == ()


# ---------------------------------------------------------------- how intervals grow

SURE: dict[str, Any] = {"verdict": DEAD, "reason": Reason.NOT_FOUND, "confirmed": True}
OTHER: dict[str, Any] = {"verdict": VerdictKind.CHANGED, "reason": Reason.CONTENT_DRIFT}
WALL: dict[str, Any] = {"verdict": VerdictKind.BLOCKED, "reason": Reason.BOT_WALL}
SLOW: dict[str, Any] = {"verdict": UNKNOWN, "reason": Reason.TIMEOUT}


@pytest.mark.parametrize(("one", "days"), [
    # What is well, so many days without a break.
    (steady(0), 7), (steady(7), 14), (steady(21), 28), (steady(49), 56), (steady(105), 60), (steady(3650), 60),
    (steady(0, media=True), 7), (steady(14, media=True), 21), (steady(105, media=True), 30),
    (steady(7, verdict=VerdictKind.MOVED), 14), (steady(7, verdict=VerdictKind.RESTRICTED), 14), (steady(7, **WALL), 14),
    # What is not sure yet: so often that the looks fall on different days.
    (steady(0, verdict=DEAD), 1), (steady(5, verdict=DEAD), 1), (steady(400, verdict=DEAD), 1), (steady(3, **OTHER), 1),
    (steady(7, **OTHER, confirmed=True), 14),
    # What cannot be told: not every day for ever.
    (steady(0, **SLOW), 1), (steady(4, **SLOW), 1), (steady(12, **SLOW), 3), (steady(28, **SLOW), 7), (steady(900, **SLOW), 7),
    # The dead: less and less, never not at all.
    (steady(0, **SURE), 28), (steady(8, **SURE), 32), (steady(100, **SURE), 78), (steady(900, **SURE), 180),
    (steady(900, verdict=VerdictKind.SKIPPED), 84),
])
def test_how_long_until_the_next_look(one: Known, days: float) -> None:
    assert interval(one) == pytest.approx(days, rel=1e-4)


def test_the_looks_of_a_page_that_lives_long() -> None:
    days, day = [0.0], 0.0
    for _ in range(8):
        day += interval(steady(day))
        days.append(day)
    assert [round(day) for day in days] == [0, 7, 21, 49, 105, 165, 225, 285, 345]


def test_the_most_may_be_set_and_never_undoes_what_is_asked_for() -> None:
    assert interval(steady(700), most=7 * 86400) == pytest.approx(7, rel=1e-4)
    assert interval(steady(700), recheck=90 * 86400, most=60 * 86400) == pytest.approx(90, rel=1e-4)
    assert interval(steady(700, **SURE), most=0) == pytest.approx(28, rel=1e-4)
    assert interval(steady(700, **SLOW), recheck=0) == 1


def test_ten_thousand_links_of_one_day_do_not_fall_due_on_one_day_for_ever() -> None:
    links = [known(f"https://example.org/{number}", looked=timedelta(0), since=NOW - 21 * DAY) for number in range(10_000)]
    by_day: dict[int, int] = {}
    for one in links:
        assert 21 <= interval(one) <= 28
        by_day[int(interval(one))] = by_day.get(int(interval(one)), 0) + 1
    assert set(by_day) <= set(range(21, 29))
    assert max(by_day.values()) < 2000


_days = st.floats(0, 5000)
_verdicts = st.sampled_from([
    {}, SLOW, WALL, SURE, OTHER, {"verdict": DEAD}, {"verdict": VerdictKind.SKIPPED}, {"media": True},
    OTHER | {"confirmed": True},
])


@given(_verdicts, _days, _days, st.floats(0, 100), st.floats(0, 10), st.floats(0, 400))
def test_the_longer_nothing_changes_the_later_the_next_look(
    more: dict[str, Any], one: float, other: float, recheck: float, retry: float, most: float,
) -> None:
    seconds = {"recheck": recheck * 86400, "retry": retry * 86400, "most": most * 86400}
    earlier, later = (interval(steady(days, **more), **seconds) for days in sorted((one, other)))
    assert earlier <= later
    assert later * 86400 <= max(12 * seconds["recheck"], seconds["retry"], 3 * seconds["most"]) + 1


@given(_verdicts, _days, st.text(max_size=20))
def test_a_links_own_number_makes_it_sooner_by_a_quarter_at_most(more: dict[str, Any], days: float, name: str) -> None:
    whole = interval(steady(days, **more))
    own = known(f"https://example.org/{name}", looked=timedelta(0), since=NOW - timedelta(days=days), **more)
    assert whole * 0.7499 <= interval(own) <= whole * 1.0001


# ---------------------------------------------------------------- marks

NONE = {"asked": NOW - HOUR}  # every archive said that it has none


@pytest.mark.parametrize(("marked", "is_saved"), [
    (None, False), (ALIVE, True), (VerdictKind.RESTRICTED, False), (DEAD, False),
])
def test_what_a_person_says_counts_for_copies(marked: VerdictKind | None, *, is_saved: bool) -> None:
    assert to_save(known(**NONE, verdict=DEAD, reason=Reason.SOFT_404, marked=marked)) == ((LINK,) if is_saved else ())


def test_what_a_person_calls_dead_is_looked_at_as_before_and_not_submitted() -> None:
    assert due(known(looked=7 * DAY, marked=DEAD)) == (LINK,)
    assert to_save(known(**NONE, marked=DEAD)) == ()
    assert plan.to_fetch([known(marked=DEAD)], NOW, retry=WEEK) == ()


# ---------------------------------------------------------------- lookups


@pytest.mark.parametrize(("one", "is_asked"), [
    (known(looked=None), False),  # nothing is told to an archive before we have looked
    (known(), True),
    (known(citations=0), False),
    (known(verdict=VerdictKind.SKIPPED, reason=Reason.EXCLUDED), False),
    (known("https://web.archive.org/web/2011/http://example.org/"), False),
    (known("http://192.168.1.7/a"), False),
    (known(asked=NOW - 29 * DAY), False),
    (known(asked=NOW - 30 * DAY), True),
    (known(asked=NOW - 2 * HOUR, unanswered=True), False),
    (known(asked=NOW - DAY, unanswered=True), True),
    (known(asked=NOW - DAY, unanswered=True, ask_after=NOW + HOUR), False),
    (known(asked=NOW - DAY, unanswered=True, ask_after=NOW), True),
    (known(asked=NOW - 2 * DAY, verdict=DEAD, reason=Reason.GONE, since=NOW - DAY), True),  # its copy is needed now
    (known(asked=NOW - DAY, verdict=DEAD, reason=Reason.GONE, since=NOW - 2 * DAY), False),
])
def test_when_archives_are_asked(one: Known, *, is_asked: bool) -> None:
    assert to_look_up(one) == ((one.link,) if is_asked else ())


# ---------------------------------------------------------------- submissions

@pytest.mark.parametrize(("one", "is_saved"), [
    (known(**NONE), True),
    (known(), False),  # nobody was asked yet
    (known(**NONE, unanswered=True), False),  # "unknown" is not "none"
    (known(**NONE, snapshot=NOW - 9000 * DAY), False),
    (known(looked=None, **NONE), False),
    (known(**NONE, citations=0), False),
    (known(**NONE, verdict=VerdictKind.MOVED, reason=Reason.PERMANENT_REDIRECT), True),
    (known(**NONE, verdict=VerdictKind.CHANGED, reason=Reason.CONTENT_DRIFT), True),
    (known(**NONE, verdict=VerdictKind.BLOCKED, reason=Reason.BOT_WALL), True),
    (known(**NONE, verdict=UNKNOWN, reason=Reason.TIMEOUT), True),
    (known(**NONE, verdict=UNKNOWN, reason=Reason.OFFLINE), False),
    (known(**NONE, verdict=UNKNOWN, reason=Reason.GAVE_UP), False),
    (known(**NONE, verdict=VerdictKind.RESTRICTED, reason=Reason.PAYWALL), True),
    (known(**NONE, verdict=VerdictKind.RESTRICTED, reason=Reason.LOGIN), False),
    (known(**NONE, verdict=DEAD, reason=Reason.NOT_FOUND), False),
    (known(**NONE, verdict=VerdictKind.SKIPPED, reason=Reason.EXCLUDED), False),
    (known("http://localhost/a", **NONE), False),
    (known("https://archive.ph/x1", **NONE), False),
    (known(**NONE, job=JobState.PENDING, job_asked=NOW - 9 * DAY), False),
    (known(**NONE, job=JobState.UNCLEAR, job_asked=NOW - 9 * DAY), False),
    (known(**NONE, job=JobState.REFUSED, job_asked=NOW - 900 * DAY), False),
    (known(**NONE, job=JobState.REFUSED, job_asked=NOW - DAY, job_next=NOW), True),
    (known(**NONE, job=JobState.FAILED, job_asked=NOW - 22 * HOUR), False),
    (known(**NONE, job=JobState.FAILED, job_asked=NOW - DAY), True),
    (known(**NONE, job=JobState.FAILED, job_asked=NOW - DAY, job_next=NOW + HOUR), False),
    (known(**NONE, job=JobState.QUOTA, job_asked=NOW - HOUR, job_next=NOW - HOUR / 2), True),
    (known(**NONE, job=JobState.DONE, job_asked=NOW - HOUR), False),
])
def test_what_is_submitted_when_copies_are_missing(one: Known, *, is_saved: bool) -> None:
    assert to_save(one) == ((one.link,) if is_saved else ())


@pytest.mark.parametrize(("save", "snapshot", "is_saved"), [
    ("never", None, False), ("missing", None, True), ("stale", None, True), ("always", None, True),
    ("missing", 400 * DAY, False), ("stale", 400 * DAY, True), ("stale", 365 * DAY, True), ("stale", 364 * DAY, False),
    ("always", HOUR, True),
])
def test_what_is_submitted_by_setting(save: plan.Saving, snapshot: timedelta | None, *, is_saved: bool) -> None:
    taken = None if snapshot is None else NOW - snapshot
    assert to_save(known(**NONE, snapshot=taken), save=save) == ((LINK,) if is_saved else ())


@pytest.mark.parametrize(("ago", "is_saved"), [(22 * HOUR, False), (DAY, True)])
def test_always_means_once_a_day(ago: timedelta, *, is_saved: bool) -> None:
    one = known(**NONE, snapshot=NOW - ago, job=JobState.DONE, job_asked=NOW - ago)
    assert to_save(one, save="always") == ((LINK,) if is_saved else ())


def test_a_run_submits_no_more_than_it_may_and_begins_with_the_most_at_risk() -> None:
    links = [
        known("https://example.org/alive", **NONE), known("https://example.org/film", media=True, **NONE),
        known("https://example.org/unknown", verdict=UNKNOWN, reason=Reason.SERVER_ERROR, **NONE),
    ]
    assert to_save(*links, submissions=2) == ("https://example.org/unknown", "https://example.org/film")
    assert to_save(*links, submissions=0) == ()


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(("link", "is_snapshot"), [
    ("https://web.archive.org/web/20111220/http://example.org/", True),
    ("https://archive.ph/abcde", True),
    ("https://www.webarchive.org.uk/wayback/1", True),
    ("https://archive.org/details/a-book", False),
    ("https://notweb.archive.org.example/", False),
    ("https://myarchive.ph/", False),
])
def test_what_is_a_snapshot_already(link: str, *, is_snapshot: bool) -> None:
    assert plan.is_snapshot(link) is is_snapshot


@pytest.mark.parametrize(("link", "is_public"), [
    ("https://example.org/", True), ("https://example.org./", True), ("http://93.184.216.34/", True),
    ("http://[2606:2800:220:1::1]/", True), ("http://localhost/", False), ("http://printer/", False),
    ("http://wiki.internal/", False), ("http://nas.local/", False), ("http://box.home.arpa/", False),
    ("http://10.0.0.1/", False), ("http://127.0.0.1:8080/", False), ("http://169.254.169.254/", False),
    ("http://[::1]/", False), ("http://[fe80::1]/", False), ("http://224.0.0.1/", False),
    ("http://site.onion/", False), ("http://a.example/", False), ("http://a.test/", False),
])
def test_what_means_the_same_to_an_archive(link: str, *, is_public: bool) -> None:
    assert plan.is_public(link) is is_public


# ---------------------------------------------------------------- whatever is known

_times = st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
_seconds = st.floats(0, 1e11)


@given(
    st.lists(st.builds(
        Known, link=st.sampled_from([LINK, "http://10.0.0.1/", "https://archive.ph/x"]), first_seen=_times,
        citations=st.integers(0, 2), verdict=st.none() | st.sampled_from(VerdictKind), looked=st.none() | _times,
        asked=st.none() | _times, unanswered=st.booleans(), snapshot=st.none() | _times, since=st.none() | _times,
        job=st.none() | st.sampled_from(JobState), job_asked=st.none() | _times, job_next=st.none() | _times,
    ), max_size=5),
    _times, _seconds, _seconds, st.sampled_from(["never", "missing", "stale", "always"]),
)
def test_any_facts_can_be_planned_with(
    links: list[Known], now: datetime, long: float, short: float, save: plan.Saving,
) -> None:
    cited = {one.link for one in links if one.citations}
    assert set(plan.due(links, now, recheck=long, retry=short)) <= cited
    assert set(plan.to_look_up(links, now, lookup=long, retry=short)) <= cited & {LINK}
    chosen = plan.to_save(links, now, save=save, stale=long, retry=short, submissions=2)
    assert len(chosen) <= 2
    assert set(chosen) <= cited & {LINK}


# ---------------------------------------------------------------- media


@pytest.mark.parametrize(("one", "is_fetched"), [
    (known(), True),
    (known(verdict=VerdictKind.MOVED), True),
    (known(citations=0), False),
    (known(media_held=True), False),
    (known(verdict=DEAD, reason=Reason.MEDIA_REMOVED), False),
    (known(verdict=UNKNOWN, reason=Reason.TIMEOUT), False),
    (known(looked=None), False),
    (known(media_failed=NOW - DAY), False),
    (known(media_failed=NOW - 7 * DAY), True),
])
def test_media_are_fetched_of_what_is_there_and_not_held(one: Known, *, is_fetched: bool) -> None:
    assert plan.to_fetch([one], NOW, retry=WEEK) == ((one,) if is_fetched else ())


def test_media_that_failed_before_come_last() -> None:
    failed = known("https://example.org/a", media_failed=NOW - 8 * DAY)
    new = known("https://example.org/b")
    assert plan.to_fetch([failed, new], NOW, retry=WEEK) == (new, failed)
