"""Save Page Now with keys: what is submitted, what the answers mean, and how jobs are followed to their end."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from msgspec.structs import replace

from archiver.demo.answers import Manner, Reply, content
from archiver.demo.archive import Saving, Service, nothing, overloaded, page_instead, too_many
from archiver.demo.script import Reach
from archiver.model import Job, JobState, SnapshotHow

if TYPE_CHECKING:
    from archiver.archives.desk import Archives
    from archiver.clock import ManualClock
    from archiver.demo.archive import InternetArchive

LINK = "http://harbour.demo/tides"
KEYS = {"access_key": "opensesame", "secret_key": "hushhush", "budget": 7 * 86400.0}
LOST = {
    "reset": Reply(manner=Manner.RESET), "closes": Reply(manner=Manner.CLOSES), "html": page_instead(),
    "empty": nothing(), "object": content(b"{}", "application/json"), "list": content(b"[]", "application/json"),
    "cut": Reply(body=b'{"job_id": "abc"}', manner=Manner.CUT), "523": overloaded(523), "502": overloaded(502),
    "504": overloaded(504), "babble": Reply(manner=Manner.BABBLES),
    "no-id": content(b'{"url": "http://harbour.demo/tides"}', "application/json"),
    "unheard-of": content(b'{"message": "Please enjoy the weather."}', "application/json"),
    "login": Reply(status=302, headers=(("Location", "https://archive.org/account/login"),)),
}


@pytest.fixture
def archives(street, archive: InternetArchive) -> Archives:
    archive.account("opensesame", "hushhush")
    return street.open(**KEYS)


def told(**fields: object) -> Reply:
    return content(json.dumps(fields).encode(), "application/json")


def error(code: str, message: str = "It went wrong.") -> Reply:
    return told(status="error", status_ext=code, message=message)


def followed(archives: Archives, clock: ManualClock, job: Job, *, days: float = 3) -> Job:
    """Ask about a job whenever it says that it may be asked about."""
    end = clock.now() + timedelta(days=days)
    while job.open and clock.now() < end:
        clock.advance(max(timedelta(seconds=1), (job.next_ask or clock.now()) - clock.now()))
        job = archives.ask(job)
    return job


def submissions(archive: InternetArchive) -> int:
    return len(archive.asked(Service.SUBMIT))


# ---------------------------------------------------------------- a good day


def test_a_link_is_submitted_and_its_copy_is_there_when_the_job_is_done(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    job = archives.submit(LINK)
    assert (job.archive, job.link, job.state, job.open) == ("internet-archive", LINK, JobState.PENDING, True)
    assert job.remote_id
    assert job.submitted == job.asked == datetime(2026, 3, 2, 5, 17, tzinfo=UTC)
    done = followed(archives, clock, job)
    assert (done.id, done.state, done.open, done.next_ask) == (job.id, JobState.DONE, False, None)
    assert done.snapshot is not None
    assert done.snapshot.url == "https://web.archive.org/web/20260302051720/http://harbour.demo/tides"
    assert (done.snapshot.how, done.snapshot.status) == (SnapshotHow.SUBMITTED, 200)
    assert submissions(archive) == 1


def test_the_form_holds_the_address_without_its_fragment_and_the_keys_go_to_the_archive_only(
    archives: Archives, archive: InternetArchive, street,
) -> None:
    archives.submit("http://harbour.demo/a?b=c&d=%C3%A9#low-water")
    (asked,) = archive.asked(Service.SUBMIT)
    assert parse_qs(asked.body.decode())["url"] == ["http://harbour.demo/a?b=c&d=%C3%A9"]
    assert asked.headers["authorization"] == "LOW opensesame:hushhush"
    assert asked.headers["accept"] == "application/json"
    assert {address.split("/")[2] for _, address, headers in street.seen if "hushhush" in str(headers)} == {
        "web.archive.org",
    }


def test_a_job_loaded_in_a_later_run_is_followed_up(
    archives: Archives, street, clock: ManualClock, archive: InternetArchive,
) -> None:
    import msgspec

    stored = msgspec.json.encode(archives.submit(LINK))
    clock.advance(timedelta(minutes=5))
    job = street.open(**KEYS).ask(msgspec.json.decode(stored, type=Job))
    assert job.state is JobState.DONE


def test_before_its_time_a_job_is_not_asked_about(archives: Archives, archive: InternetArchive) -> None:
    job = archives.submit(LINK)
    assert archives.ask(job) is job
    assert archive.asked(Service.STATUS) == []


def test_the_longer_a_job_takes_the_less_often_it_is_asked_about(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    archive.plan(LINK, Saving(after=30 * 3600.0))
    job = followed(archives, clock, archives.submit(LINK))
    assert job.state is JobState.DONE
    times = [one.at for one in archive.asked(Service.STATUS)]
    gaps = [(late - early).total_seconds() for early, late in pairwise(times)]
    assert gaps == sorted(gaps)
    assert (gaps[0], gaps[-1]) == (6, 10800)
    assert len(times) < 110


def test_a_capture_that_begins_later_is_asked_about_later(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    archive.plan(LINK, Saving(delay="3 hours", after=3 * 3600 + 60))
    job = archives.submit(LINK)
    assert job.next_ask == clock.now() + timedelta(hours=3, seconds=10)
    assert followed(archives, clock, job).state is JobState.DONE


@pytest.mark.parametrize("remote", ["spn2-0a1b", "550e8400-e29b-41d4-a716-446655440000", "odd id/with?signs&%", "7"])
def test_identifiers_of_any_shape_are_taken(
    archives: Archives, archive: InternetArchive, clock: ManualClock, remote: str,
) -> None:
    archive.plan(LINK, Saving(job_id=remote))
    job = archives.submit(LINK)
    assert job.remote_id == remote
    assert followed(archives, clock, job).state is JobState.DONE


def test_a_page_that_redirects_is_kept_under_its_final_address(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    job = archives.submit(LINK)
    archive.next(Service.STATUS, told(
        status="success", timestamp="20260302051720", original_url="https://www.harbour.demo/tides/", http_status=200,
    ))
    done = followed(archives, clock, job)
    assert done.snapshot is not None
    assert done.snapshot.url == "https://web.archive.org/web/20260302051720/https://www.harbour.demo/tides/"


def test_a_copy_of_the_last_hour_is_taken_as_found(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    archive.hold(LINK, clock.now() - timedelta(minutes=20))
    archive.plan(LINK, Saving(job_id="spn2-old"))
    job = archives.submit(LINK)
    assert (job.state, job.code) == (JobState.PENDING, "reused")
    done = followed(archives, clock, job)
    assert (done.state, done.snapshot and done.snapshot.how) == (JobState.DONE, SnapshotHow.FOUND)


def test_a_recent_copy_for_which_there_is_no_job_is_looked_up(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    archive.hold(LINK, clock.now() - timedelta(minutes=20))
    archive.next(Service.SUBMIT, told(
        url=LINK, job_id=None,
        message="The same snapshot had been made 20 minutes ago. You can make new capture of this URL after 1 hour.",
    ))
    job = archives.submit(LINK)
    assert (job.state, job.snapshot and job.snapshot.how) == (JobState.DONE, SnapshotHow.FOUND)


# ---------------------------------------------------------------- answers that are lost


@pytest.mark.parametrize("name", LOST)
def test_a_submission_whose_answer_is_lost_is_looked_up_and_never_sent_again(
    archives: Archives, archive: InternetArchive, clock: ManualClock, name: str,
) -> None:
    archive.plan(LINK, Saving(lost=LOST[name], index_lag=900.0, replay_lag=600.0))
    job = archives.submit(LINK)
    assert (job.state, job.snapshot, job.open) == (JobState.UNCLEAR, None, True)
    done = followed(archives, clock, job)
    assert done.state is JobState.DONE
    assert done.snapshot is not None
    assert done.snapshot.url == "https://web.archive.org/web/20260302051720/http://harbour.demo/tides"
    assert done.snapshot.how is SnapshotHow.SUBMITTED
    assert submissions(archive) == 1


def test_a_lost_submission_of_which_no_copy_comes_has_failed_after_a_day(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    archive.plan(LINK, Saving(lost=overloaded(523), error="error:cannot-fetch"))
    begun = clock.now()
    job = followed(archives, clock, archives.submit(LINK))
    assert job.state is JobState.FAILED
    assert timedelta(days=1) <= clock.now() - begun < timedelta(days=1, hours=4)
    assert submissions(archive) == 1
    assert len(archive.asked(Service.INDEX)) < 25


def test_while_the_archive_is_down_a_lost_submission_stays_open(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    archive.plan(LINK, Saving(lost=Reply(manner=Manner.RESET)))
    job = archives.submit(LINK)
    archive.down(None, overloaded())
    job = followed(archives, clock, job, days=2)
    assert job.state is JobState.UNCLEAR
    archive.up()
    assert followed(archives, clock, job).state is JobState.DONE
    assert submissions(archive) == 1


def test_an_old_copy_is_not_taken_for_the_one_that_was_submitted(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    archive.hold(LINK, datetime(2014, 5, 3, tzinfo=UTC))
    archive.plan(LINK, Saving(lost=overloaded(523), error="error:cannot-fetch"))
    assert followed(archives, clock, archives.submit(LINK)).state is JobState.FAILED


@pytest.mark.parametrize("answer", [too_many(), overloaded(), page_instead(), nothing(), content(b"{}", "text/plain"),
                                    Reply(manner=Manner.RESET), told(message="You need to be logged in"), told(status=7)])
def test_a_question_about_a_job_that_gets_no_answer_leaves_it_as_it_was(
    archives: Archives, archive: InternetArchive, clock: ManualClock, answer: Reply,
) -> None:
    job = archives.submit(LINK)
    clock.advance(timedelta(minutes=1))
    archive.next(Service.STATUS, answer, answer, answer)
    asked = archives.ask(job)
    assert asked == replace(job, next_ask=asked.next_ask)
    archive.up()
    assert followed(archives, clock, asked).state is JobState.DONE


def test_a_job_that_the_archive_has_forgotten_is_looked_up(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    job = archives.submit(LINK)
    clock.advance(timedelta(days=2))
    done = archives.ask(job)
    assert (done.state, done.snapshot and done.snapshot.how) == (JobState.DONE, SnapshotHow.SUBMITTED)


def test_after_an_hour_of_silence_about_a_job_its_copy_is_looked_up(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    job = archives.submit(LINK)
    archive.down(Service.STATUS, page_instead())
    clock.advance(timedelta(minutes=90))
    assert archives.ask(job).state is JobState.DONE


@pytest.mark.parametrize("answer", [
    told(status="success"), told(status="success", timestamp="2026", original_url=LINK),
    told(status="success", timestamp="20260302051720", original_url="mailto:pilot@harbour.demo"),
    told(status="success", timestamp=None, original_url=None),
])
def test_a_success_that_names_no_copy_is_looked_up(
    archives: Archives, archive: InternetArchive, clock: ManualClock, answer: Reply,
) -> None:
    job = archives.submit(LINK)
    clock.advance(timedelta(minutes=1))
    archive.next(Service.STATUS, answer)
    assert archives.ask(job).state is JobState.DONE
    assert archive.requests[-1].service is Service.INDEX


def test_an_error_page_that_was_kept_is_no_success(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    job = archives.submit(LINK)
    archive.next(Service.STATUS, told(
        status="success", timestamp="20260302051720", original_url=LINK, http_status=404,
    ))
    ended = followed(archives, clock, job)
    assert (ended.state, ended.code, ended.snapshot) == (JobState.FAILED, "http-404", None)


# ---------------------------------------------------------------- errors, and what follows from them

NEVER = ["not-found", "unauthorized", "bad-request", "method-not-allowed", "not-implemented",
         "http-version-not-supported", "network-authentication-required", "invalid-url-syntax", "filesize-limit",
         "ftp-access-denied", "blocked-url"]
LATER = {
    "no-access": None, "blocked": None,  # refused, for a week
    "invalid-host-resolution": 24, "too-many-redirects": 24,
    **dict.fromkeys(["bad-gateway", "gateway-timeout", "service-unavailable", "bandwidth-limit-exceeded",
                     "too-many-requests", "read-timeout", "protocol-error", "invalid-server-response",
                     "soft-time-limit-exceeded", "cannot-fetch", "no-captures"], 6),
    **dict.fromkeys(["celery", "job-failed", "internal-server-error", "browsing-timeout", "no-browsers-available",
                     "proxy-error", "capture-location-error", "redis-error"], 1),
    "never-heard-of-it": 24,
}
MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("code", NEVER)
def test_what_will_never_be_kept_is_refused(
    archives: Archives, archive: InternetArchive, clock: ManualClock, code: str, at_once: bool,
) -> None:
    archive.plan(LINK, Saving(error=f"error:{code}", message="No, thank you.", at_once=at_once))
    job = followed(archives, clock, archives.submit(LINK))
    assert (job.state, job.code, job.message, job.next_ask) == (JobState.REFUSED, code, "No, thank you.", None)
    assert archives.can_submit


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(("code", "hours"), LATER.items())
def test_what_may_go_another_time_says_when(
    archives: Archives, archive: InternetArchive, clock: ManualClock, code: str, hours: int | None, at_once: bool,
) -> None:
    archive.plan(LINK, Saving(error=f"error:{code}", at_once=at_once))
    job = followed(archives, clock, archives.submit(LINK))
    assert job.state is (JobState.FAILED if hours else JobState.REFUSED)
    assert job.code == code
    assert job.next_ask == clock.now() + (timedelta(hours=hours) if hours else timedelta(days=7))
    assert archives.can_submit


@pytest.mark.parametrize("answer", [
    error("error:max-daily-bandwidth"), error("error:max-daily-bandwidth-from-ip"), error("error:blocked-client-ip"),
    told(status="error", message="You cannot make more than 30000 captures per day."),
    told(message="You have reached the daily not-logged-in captures limit."),
])
def test_the_end_of_todays_quota_stops_all_submissions_until_midnight(
    archives: Archives, archive: InternetArchive, clock: ManualClock, answer: Reply,
) -> None:
    archive.next(Service.SUBMIT, answer)
    job = archives.submit(LINK)
    assert (job.state, job.next_ask) == (JobState.QUOTA, MIDNIGHT)
    assert archives.can_submit is False
    assert archives.why_not == job.message
    assert archives.submit("http://harbour.demo/other").state is JobState.QUOTA
    assert submissions(archive) == 1
    clock.advance(MIDNIGHT - clock.now())
    assert archives.can_submit is True


def test_another_run_of_the_same_day_knows_that_the_quota_is_spent(
    street, archive: InternetArchive, clock: ManualClock, tmp_path,
) -> None:
    archive.account("opensesame", "hushhush")
    archive.next(Service.SUBMIT, error("error:max-daily-bandwidth"))
    street.open(folder=tmp_path, **KEYS).submit(LINK)
    later = street.open(folder=tmp_path, **KEYS | {"budget": 600.0})
    assert later.why_not == "the Internet Archive takes nothing more for 19 hours"
    assert later.submit(LINK).state is JobState.QUOTA
    assert submissions(archive) == 1


def test_an_address_that_was_saved_too_often_today_has_a_copy(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    archive.hold(LINK, datetime(2026, 3, 2, 1, tzinfo=UTC))
    archive.next(Service.SUBMIT, error("error:too-many-daily-captures"))
    job = archives.submit(LINK)
    assert (job.state, job.code) == (JobState.DONE, "too-many-daily-captures")
    assert job.snapshot is not None
    assert (job.snapshot.url, job.snapshot.how) == (
        "https://web.archive.org/web/20260302010000/http://harbour.demo/tides", SnapshotHow.FOUND,
    )
    assert archives.can_submit


def test_an_address_that_was_saved_too_often_today_and_shows_no_copy_waits_for_midnight(
    archives: Archives, archive: InternetArchive,
) -> None:
    archive.next(Service.SUBMIT, error("error:too-many-daily-captures"))
    job = archives.submit(LINK)
    assert (job.state, job.next_ask) == (JobState.FAILED, MIDNIGHT)
    assert archives.can_submit


def test_a_full_quota_of_one_host_does_not_stop_the_others(archives: Archives, archive: InternetArchive) -> None:
    archive.next(Service.SUBMIT, error("error:max-daily-bandwidth-host"))
    job = archives.submit(LINK)
    assert (job.state, job.next_ask) == (JobState.FAILED, MIDNIGHT)
    assert archives.submit("http://lighthouse.demo/").state is JobState.PENDING


def test_messages_of_the_archive_are_one_harmless_line(archives: Archives, archive: InternetArchive) -> None:
    archive.next(Service.SUBMIT, error("error:not-found\x1b[31m\n", "gone\r\n\x1b]0;title\x07" + "x" * 5000))
    job = archives.submit(LINK)
    assert job.message.isprintable()
    assert job.code.isprintable()
    assert len(job.message) <= 200


# ---------------------------------------------------------------- keys, slots and limits


def test_without_keys_nothing_can_be_submitted_and_one_line_says_what_to_do(street, archive: InternetArchive) -> None:
    archives = street.open()
    assert archives.can_submit is False
    assert "ARCHIVER_ARCHIVES_ACCESS_KEY" in archives.why_not
    assert "\n" not in archives.why_not
    assert archives.submit(LINK).state is JobState.QUOTA
    assert archive.requests == []


def test_wrong_keys_are_told_after_a_second_question(street, archive: InternetArchive, clock: ManualClock) -> None:
    archive.account("opensesame", "something else")
    archives = street.open(**KEYS)
    assert archives.can_submit is False
    assert archives.why_not == "the Internet Archive refuses the keys; see https://archive.org/account/s3.php"
    assert len(archive.asked(Service.USER)) == 2
    assert archive.requests[1].at - archive.requests[0].at == timedelta(seconds=20)
    assert archives.submit(LINK).state is JobState.QUOTA
    assert submissions(archive) == 0


def test_a_401_under_load_does_not_condemn_good_keys(archives: Archives, archive: InternetArchive) -> None:
    refusal = Reply(status=401, body=b'{"message": "You need to be logged in to use Save Page Now."}')
    archive.next(Service.USER, refusal)
    assert archives.can_submit is True
    archive.next(Service.SUBMIT, refusal)
    job = archives.submit(LINK)
    assert (job.state, job.code) == (JobState.FAILED, "http-401")
    assert archives.can_submit is True


def test_keys_that_are_taken_away_during_a_run_stop_it(archives: Archives, archive: InternetArchive) -> None:
    assert archives.can_submit
    archive.account("opensesame", "changed")
    job = archives.submit(LINK)
    assert (job.state, job.message) == (JobState.QUOTA, archives.why_not)
    assert "refuses the keys" in archives.why_not


def test_an_account_whose_day_is_spent_is_not_tried(street, archive: InternetArchive, clock: ManualClock) -> None:
    archive.account("opensesame", "hushhush", daily=49, used=49)
    archives = street.open(**KEYS)
    assert archives.why_not == "the account's 49 captures of today are used"
    assert archives.submit(LINK).next_ask == MIDNIGHT
    assert submissions(archive) == 0


@pytest.mark.parametrize("answer", [overloaded(502), too_many(), Reply(manner=Manner.RESET)])
def test_an_archive_that_is_down_gets_no_submission(street, archive: InternetArchive, answer: Reply) -> None:
    archive.account("opensesame", "hushhush")
    archive.down(Service.USER, answer)
    archives = street.open(**KEYS)
    assert archives.can_submit is False
    assert archives.why_not.startswith("the Internet Archive ")
    assert submissions(archive) == 0


@pytest.mark.parametrize("answer", [told(), page_instead(404), nothing(), told(available="3", daily_captures=None)])
def test_an_account_of_which_nothing_is_told_is_no_reason_not_to_try(
    archives: Archives, archive: InternetArchive, answer: Reply,
) -> None:
    archive.down(Service.USER, answer)
    assert archives.submit(LINK).state is JobState.PENDING


def test_a_429_ends_submitting_for_a_minute(archives: Archives, archive: InternetArchive, clock: ManualClock) -> None:
    archive.next(Service.SUBMIT, too_many())
    job = archives.submit(LINK)
    assert (job.state, job.code) == (JobState.QUOTA, "http-429")
    assert job.next_ask == clock.now() + timedelta(seconds=60)
    assert archives.can_submit is False
    clock.advance(timedelta(seconds=61))
    assert archives.can_submit is True


def test_no_more_is_submitted_at_once_than_the_account_may(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    jobs = [archives.submit(f"http://harbour.demo/{number}") for number in range(12)]
    assert {job.state for job in jobs} == {JobState.PENDING}
    times = [one.at for one in archive.asked(Service.SUBMIT)]
    assert len(times) == 12
    assert min(late - early for early, late in pairwise(times)) >= timedelta(seconds=8.6)


def test_when_the_archive_says_that_all_slots_are_taken_one_is_waited_for(
    archives: Archives, archive: InternetArchive,
) -> None:
    archive.next(Service.SUBMIT, error("error:user-session-limit"))
    assert archives.submit(LINK).state is JobState.PENDING
    assert submissions(archive) == 2


def test_slots_that_never_come_free_end_in_a_line(street, archive: InternetArchive, clock: ManualClock) -> None:
    archive.account("opensesame", "hushhush", slots=0)
    job = street.open(**KEYS).submit(LINK)
    assert (job.state, job.message) == (JobState.QUOTA, "all captures of the account are busy")
    assert submissions(archive) == 0


def test_when_the_time_is_used_up_nothing_is_submitted(street, archive: InternetArchive) -> None:
    archive.account("opensesame", "hushhush")
    archives = street.open(**KEYS | {"budget": 0.0})
    assert archives.can_submit is False
    assert archives.submit(LINK).state is JobState.QUOTA
    assert archive.requests == []


def test_an_archive_that_cannot_be_reached_gets_nothing(archives: Archives, street, archive: InternetArchive) -> None:
    street.reaches["web.archive.org"] = Reach.REFUSED
    assert archives.can_submit is False
    assert archives.why_not == "the Internet Archive cannot be asked: the proxy failed"
    assert archives.submit(LINK).state is JobState.QUOTA
    assert archive.requests == []


# ---------------------------------------------------------------- addresses that are not submitted


@pytest.mark.parametrize(("link", "code"), [
    ("http://harbour.demo/" + "x" * 7600, "too-long"), ("http://127.0.0.1/x", "private"), ("http://nas.local/", "private"),
    ("https://web.archive.org/web/2014/http://harbour.demo/", "snapshot"), ("mailto:pilot@harbour.demo", "no-address"),
])
def test_what_cannot_be_saved_is_refused_here(
    archives: Archives, archive: InternetArchive, link: str, code: str,
) -> None:
    job = archives.submit(link)
    assert (job.state, job.code, job.link) == (JobState.REFUSED, code, link)
    assert archive.requests == []


def test_two_links_that_differ_in_the_fragment_only_cost_one_capture(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    first = followed(archives, clock, archives.submit(f"{LINK}#high"))
    second = followed(archives, clock, archives.submit(f"{LINK}#low"))
    assert (first.state, second.state) == (JobState.DONE, JobState.DONE)
    assert first.snapshot is not None
    assert second.snapshot is not None
    assert first.snapshot.url == second.snapshot.url


def test_a_jobs_own_identifiers_sort_by_time(archives: Archives, clock: ManualClock) -> None:
    first = archives.submit("http://harbour.demo/1")
    clock.advance(timedelta(seconds=1))
    second = archives.submit("http://harbour.demo/2")
    assert first.id < second.id


def test_jobs_of_other_archives_and_finished_ones_are_left_alone(
    archives: Archives, archive: InternetArchive, clock: ManualClock,
) -> None:
    done = followed(archives, clock, archives.submit(LINK))
    archive.forget()
    assert archives.ask(done) is done
    other = replace(done, archive="somewhere else", state=JobState.PENDING)
    assert archives.ask(other) is other
    assert archive.requests == []


def test_without_keys_the_copy_of_an_earlier_job_is_still_looked_for(
    archives: Archives, street, clock: ManualClock,
) -> None:
    job = archives.submit(LINK)
    clock.advance(timedelta(hours=2))
    assert street.open().ask(job).state is JobState.DONE
