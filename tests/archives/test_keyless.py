"""Saving without keys, through the real waybackpy: what it says is checked, and its faults reach nobody."""

from __future__ import annotations

import hashlib
import warnings
from datetime import UTC, datetime, timedelta
from importlib.metadata import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archiver.demo.answers import Manner, Reply, page, redirect
from archiver.demo.archive import Legacy, Saving, Service, nothing, overloaded, page_instead, too_many
from archiver.model import Job, JobState, SnapshotHow

if TYPE_CHECKING:
    from archiver.archives.desk import Archives
    from archiver.clock import ManualClock
    from archiver.demo.archive import InternetArchive

LINK = "http://harbour.demo/tides"
COPY = "https://web.archive.org/web/20260302051700/http://harbour.demo/tides"


@pytest.fixture
def archives(street) -> Archives:
    return street.open(keyless=True, budget=7 * 86400.0, web={"contact": "https://harbour.demo/bots"})


def followed(archives: Archives, clock: ManualClock, job: Job, *, days: float = 3) -> Job:
    end = clock.now() + timedelta(days=days)
    while job.open and clock.now() < end:
        clock.advance(max(timedelta(seconds=1), (job.next_ask or clock.now()) - clock.now()))
        job = archives.ask(job)
    return job


def saves(archive: InternetArchive) -> list[str]:
    return [one.url for one in archive.asked(Service.LEGACY)]


@pytest.mark.parametrize("manner", [Legacy.REDIRECT, Legacy.CHAIN, Legacy.CONTENT_LOCATION, Legacy.LINK])
def test_the_copy_is_found_wherever_the_archive_names_it(
    archives: Archives, archive: InternetArchive, manner: Legacy,
) -> None:
    archive.keyless(manner)
    job = archives.submit(LINK)
    assert (job.state, job.open, job.remote_id) == (JobState.DONE, False, None)
    assert job.snapshot is not None
    assert (job.snapshot.url, job.snapshot.how) == (COPY, SnapshotHow.SUBMITTED)
    assert saves(archive)[0] == "https://web.archive.org/save/http://harbour.demo/tides"


def test_waybackpy_makes_the_request_and_no_second_one(archives: Archives, archive: InternetArchive) -> None:
    archives.submit("http://harbour.demo/a b?c=d#low-water")
    (asked,) = archive.asked(Service.LEGACY)
    assert asked.url == "https://web.archive.org/save/http://harbour.demo/a%20b?c=d"
    assert asked.headers["user-agent"].endswith("(+https://harbour.demo/bots)")
    assert "authorization" not in asked.headers


@pytest.mark.parametrize("manner", [Legacy.CONTENT_LOCATION, Legacy.LINK])
def test_among_many_copies_the_one_that_was_made_is_taken(
    archives: Archives, archive: InternetArchive, manner: Legacy, clock: ManualClock,
) -> None:
    # waybackpy's expression takes the link behind the first "memento", which is a neighbour of the right one.
    for years in range(2, 8):
        archive.hold(LINK, clock.now() - timedelta(days=365 * years))
    archive.keyless(manner)
    job = archives.submit(LINK)
    assert (job.state, job.snapshot and job.snapshot.url) == (JobState.DONE, COPY)


def test_a_copy_of_the_last_hour_is_taken_as_found(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    archive.hold(LINK, clock.now() - timedelta(minutes=30))
    job = archives.submit(LINK)
    assert (job.state, job.snapshot and job.snapshot.how) == (JobState.DONE, SnapshotHow.FOUND)


def test_an_old_copy_that_is_given_instead_is_no_success(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    archive.hold(LINK, datetime(2014, 5, 3, tzinfo=UTC))
    archive.keyless(Legacy.CACHED)
    job = archives.submit(LINK)
    assert (job.state, job.code) == (JobState.FAILED, "older-copy")
    assert job.message == "the archive made no copy and gave one of 2014-05-03 instead"
    assert job.snapshot is not None
    assert job.snapshot.how is SnapshotHow.FOUND


@pytest.mark.parametrize("target", [
    "https://web.archive.org/web/20260302051700/http://somebody-else.demo/tides",
    "https://somebody-else.demo/web/20260302051700/http://harbour.demo/tides",
    "https://web.archive.org/save/https://web.archive.org/web/20260302051700/http://harbour.demo/tides",
    "/web/*/http://harbour.demo/tides", "/web/20260302051700/ftp://harbour.demo/tides", "mailto:x", "/",
])
def test_what_is_no_copy_of_this_page_is_not_taken_for_one(
    archives: Archives, archive: InternetArchive, target: str,
) -> None:
    archive.down(Service.LEGACY, redirect(target, status=302))
    job = archives.submit(LINK)
    assert (job.state, job.snapshot) == (JobState.UNCLEAR, None)


def test_addresses_that_waybackpy_cannot_read_a_time_from_are_saved_all_the_same(
    archives: Archives, archive: InternetArchive,
) -> None:
    archive.next(Service.LEGACY, redirect("/web/20260302051700/harbour.demo/tides", status=302))
    job = archives.submit(LINK)
    assert job.state is JobState.DONE


UNCLEAR = {
    "520": overloaded(520), "523": overloaded(523), "500": overloaded(500), "503": overloaded(503),
    "html": page_instead(), "empty": nothing(), "reset": Reply(manner=Manner.RESET),
    "closes": Reply(manner=Manner.CLOSES), "babble": Reply(manner=Manner.BABBLES),
}


@pytest.mark.parametrize("name", UNCLEAR)
def test_a_lost_answer_is_looked_up_and_the_page_never_saved_again(
    archives: Archives, archive: InternetArchive, clock: ManualClock, name: str,
) -> None:
    archive.plan(LINK, Saving(lost=UNCLEAR[name], index_lag=900.0, replay_lag=900.0))
    job = archives.submit(LINK)
    assert (job.state, job.snapshot) == (JobState.UNCLEAR, None)
    done = followed(archives, clock, job)
    assert (done.state, done.snapshot and done.snapshot.url) == (JobState.DONE, COPY)
    assert len(saves(archive)) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_says_nothing_of_the_address_and_three_close_the_door(
    archives: Archives, archive: InternetArchive, status: int,
) -> None:
    archive.down(Service.LEGACY, page("<title>No</title>", status=status))
    jobs = [archives.submit(f"http://harbour.demo/{number}") for number in range(5)]
    assert [job.state for job in jobs] == [JobState.FAILED] * 3 + [JobState.QUOTA] * 2
    assert archives.why_not == "the Internet Archive saves nothing without keys today"
    assert len(saves(archive)) == 3


def test_being_sent_to_log_in_is_a_refusal(archives: Archives, archive: InternetArchive) -> None:
    archive.next(Service.LEGACY, redirect("https://archive.org/account/login?referer=x", status=302))
    assert archives.submit(LINK).state is JobState.FAILED


@pytest.mark.parametrize(("answer", "wait"), [
    (too_many(), 300), (too_many(retry_after="900"), 900), (page("", status=509), 60),
])
def test_a_limit_stops_submitting_for_a_while(
    archives: Archives, archive: InternetArchive, clock: ManualClock, answer: Reply, wait: int,
) -> None:
    archive.next(Service.LEGACY, answer)
    job = archives.submit(LINK)
    assert (job.state, job.next_ask) == (JobState.QUOTA, clock.now() + timedelta(seconds=wait))
    assert archives.can_submit is False
    assert archives.why_not == job.message
    assert len(saves(archive)) == 1


def test_two_pages_are_saved_twenty_seconds_apart(archives: Archives, archive: InternetArchive) -> None:
    for number in range(4):
        archives.submit(f"http://harbour.demo/{number}")
    times = [one.at for one in archive.asked(Service.LEGACY)]
    gaps = [late - early for early, late in pairwise(times)]
    assert gaps == [timedelta(seconds=20)] * 3


def test_a_redirect_without_end_ends(archives: Archives, archive: InternetArchive) -> None:
    archive.down(Service.LEGACY, redirect("/save/again", status=302))
    assert archives.submit(LINK).state is JobState.UNCLEAR
    assert len(saves(archive)) == 5


def test_headers_full_of_links_cost_no_time(archives: Archives, archive: InternetArchive) -> None:
    archive.next(Service.LEGACY, page("", headers=tuple(
        ("Link", '<x>; rel="memento", ' * 2500) for _ in range(20)
    )))
    assert archives.submit(LINK).state is JobState.UNCLEAR


def test_keys_are_preferred_when_both_are_there(street, archive: InternetArchive) -> None:
    archive.account("opensesame", "hushhush")
    street.open(keyless=True, access_key="opensesame", secret_key="hushhush").submit(LINK)
    assert saves(archive) == []
    assert len(archive.asked(Service.SUBMIT)) == 1


def test_its_warnings_do_not_reach_us_and_ours_are_not_swallowed(archives: Archives) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        archives.submit(LINK)
        warnings.warn("ours", DeprecationWarning, stacklevel=1)
    assert [str(one.message) for one in caught] == ["ours"]


def test_the_package_is_as_it_was_published() -> None:
    recorded = [one for one in files("waybackpy") or () if one.hash is not None and one.suffix == ".py"]
    assert len(recorded) > 5
    for one in recorded:
        digest = hashlib.new(one.hash.mode, Path(one.locate()).read_bytes()).digest()
        import base64

        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == one.hash.value
