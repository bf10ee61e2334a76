"""Looking copies up at the Internet Archive: what is found, what is none, and all that is unknown."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from archiver.demo.answers import Manner, Reply, content, page, redirect
from archiver.demo.archive import Service, blocked, nothing, overloaded, page_instead, too_many
from archiver.demo.script import Face, Reach
from archiver.model import Answer, SnapshotHow

if TYPE_CHECKING:
    from archiver.clock import ManualClock
    from archiver.demo.archive import InternetArchive
    from archiver.model import Lookup

LINK = "http://harbour.demo/tides"
HEADER = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def at(year: int, month: int = 1, day: int = 1, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def find(street, link: str = LINK, near: date | None = None) -> Lookup:
    (lookup,) = street.open().find(link, near=near)
    return lookup


def row(stamp: str = "20140503120000", original: str = LINK, kind: str = "text/html", status: str = "200",
        digest: str = "A" * 32) -> list[str]:
    return ["demo,harbour)/tides", stamp, original, kind, status, digest, "1000"]


def rows(*lines: list[str]) -> Reply:
    return content(json.dumps([HEADER, *lines]).encode(), "application/json")


def test_a_copy_is_found_with_its_address_time_status_type_and_digest(street, archive: InternetArchive) -> None:
    held = archive.hold(LINK, at(2014, 5, 3))
    lookup = find(street)
    assert (lookup.archive, lookup.link, lookup.answer) == ("internet-archive", LINK, Answer.FOUND)
    (one,) = lookup.snapshots
    assert one.url == "https://web.archive.org/web/20140503120000/http://harbour.demo/tides"
    assert (one.original, one.taken, one.how) == (LINK, at(2014, 5, 3), SnapshotHow.FOUND)
    assert (one.status, one.media_type, one.digest, one.good) == (200, "text/html", held.digest, None)


def test_an_empty_array_is_the_archives_word_that_there_is_none(street, archive: InternetArchive) -> None:
    lookup = find(street)
    assert (lookup.answer, lookup.snapshots, lookup.reason) == (Answer.NONE, (), "")
    assert [one.service for one in archive.requests] == [Service.INDEX]


def test_copies_of_error_pages_and_redirects_are_no_copies(street, archive: InternetArchive) -> None:
    archive.hold(LINK, at(2012), status=404)
    archive.hold(LINK, at(2013), status=301, location="http://harbour.demo/")
    archive.hold(LINK, at(2015), status=503)
    assert find(street).answer is Answer.NONE


def test_without_a_date_the_newest_copies_come_oldest_first(street, archive: InternetArchive) -> None:
    for year in range(1980, 2020):
        archive.hold(LINK, at(year))
    taken = [one.taken.year for one in find(street).snapshots]
    assert taken == list(range(1990, 2020))


def test_with_a_date_copies_of_both_sides_are_given(street, archive: InternetArchive) -> None:
    for year in (2009, 2012, 2016):
        archive.hold(LINK, at(year))
    taken = [one.taken.year for one in find(street, near=date(2014, 5, 3)).snapshots]
    assert taken == [2009, 2012, 2016]
    assert parse_qs(archive.requests[0].query)["closest"] == ["20140503235959"]


def test_the_last_copy_before_the_date_is_found_behind_any_number_of_nearer_later_ones(
    street, archive: InternetArchive,
) -> None:
    archive.hold(LINK, at(2004))
    for day in range(1, 29):
        archive.hold(LINK, at(2014, 5, day))
        archive.hold(LINK, at(2014, 6, day))
    taken = [one.taken for one in find(street, near=date(2014, 4, 30)).snapshots]
    assert taken[0] == at(2004)
    assert taken[1] == at(2014, 5, 1)


def test_a_fragment_is_not_asked_about(street, archive: InternetArchive) -> None:
    archive.hold(LINK, at(2014))
    lookup = find(street, link=f"{LINK}#low-water")
    assert (lookup.link, lookup.answer) == (f"{LINK}#low-water", Answer.FOUND)
    assert parse_qs(archive.requests[0].query)["url"] == [LINK]


def test_queries_and_odd_letters_reach_the_index_as_they_are(street, archive: InternetArchive) -> None:
    link = "http://harbour.demo/a?b=c&d=%C3%A9+x&e=%26#f"
    archive.hold("http://harbour.demo/a?b=c&d=%C3%A9+x&e=%26", at(2014))
    assert find(street, link=link).answer is Answer.FOUND


def test_a_revisit_counts_and_has_the_status_of_what_it_repeats(street, archive: InternetArchive) -> None:
    archive.hold(LINK, at(2014), body=b"the same")
    archive.hold(LINK, at(2015), body=b"the same", revisit=True)
    first, second = find(street).snapshots
    assert (second.taken, second.status, second.media_type) == (at(2015), 200, "text/html")
    assert first.digest == second.digest


def test_a_revisit_of_an_error_page_is_no_copy(street, archive: InternetArchive) -> None:
    archive.hold(LINK, at(2014), body=b"gone", status=404)
    archive.hold(LINK, at(2015), body=b"gone", revisit=True)
    assert find(street).answer is Answer.NONE


def test_a_revisit_of_nothing_known_counts_with_an_unknown_status(street, archive: InternetArchive) -> None:
    archive.hold(LINK, at(2015), revisit=True)
    (one,) = find(street).snapshots
    assert one.status is None


NO_ANSWERS = {
    "too-many": too_many(), "down": overloaded(), "slow": overloaded(504), "edge": overloaded(523),
    "html": page_instead(), "empty": nothing(), "object": content(b"{}", "application/json"),
    "null": content(b"null", "application/json"), "half": content(b'[["urlkey","timest', "application/json"),
    "number": content(b"3", "application/json"), "nested": content(b"[" * 5000, "application/json"),
    "no-columns": content(b'[["a","b"],["c","d"]]', "application/json"), "not-found": page_instead(404),
    "bad-request": page_instead(400), "forbidden": page_instead(403), "blocked": blocked(),
    "error-in-text": content(b"Internal error: index not available\n", "text/plain"),
    "robots": content(b"org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots\n", "text/plain"),
    "reset": Reply(manner=Manner.RESET), "closes": Reply(manner=Manner.CLOSES), "babble": Reply(manner=Manner.BABBLES),
    "cut": Reply(body=b'[["urlkey","timestamp","original"]]' * 9, manner=Manner.CUT),
    "elsewhere": redirect("https://somebody-else.demo/"), "to-plain-http": redirect("http://web.archive.org/x"),
    "to-no-address": redirect("mailto:somebody@harbour.demo"), "loop": redirect("/cdx/search/cdx?url=x"),
}


@pytest.mark.parametrize("name", NO_ANSWERS)
def test_whatever_is_no_answer_is_unknown_and_never_none(street, archive: InternetArchive, name: str) -> None:
    archive.down(Service.INDEX, NO_ANSWERS[name])
    lookup = find(street)
    assert (lookup.answer, lookup.snapshots) == (Answer.UNKNOWN, ())
    assert lookup.reason
    assert "\n" not in lookup.reason


@pytest.mark.parametrize("name", NO_ANSWERS)
def test_the_same_when_the_other_services_are_silent_too(street, archive: InternetArchive, name: str) -> None:
    archive.hold(LINK, at(2014))
    archive.down(None, NO_ANSWERS[name])
    assert find(street, near=date(2014, 5, 3)).answer is Answer.UNKNOWN


def test_an_archive_that_cannot_be_reached_is_unknown(street) -> None:
    street.reaches["web.archive.org"] = street.reaches["archive.org"] = Reach.REFUSED
    assert find(street).answer is Answer.UNKNOWN


@pytest.mark.parametrize("face", [Face.SELF_SIGNED, Face.EXPIRED, Face.WRONG_NAME])
def test_an_archive_without_a_good_certificate_is_unknown(street, archive: InternetArchive, face: Face) -> None:
    street.faces["web.archive.org"] = street.faces["archive.org"] = face
    archive.hold(LINK, at(2014))
    lookup = find(street)
    assert (lookup.answer, lookup.reason) == (Answer.UNKNOWN, "the certificate or TLS failed")
    assert archive.requests == []


def test_a_site_that_the_archive_keeps_from_everybody_is_unknown_and_says_so(street, archive: InternetArchive) -> None:
    archive.hold(LINK, at(2014))
    archive.exclude("harbour.demo")
    lookup = find(street)
    assert (lookup.answer, lookup.reason) == (Answer.UNKNOWN, "blocked: the archive keeps this site from everybody")
    assert [one.service for one in archive.requests] == [Service.INDEX]


def test_when_the_index_is_down_a_copy_that_the_availability_service_names_is_believed(
    street, archive: InternetArchive,
) -> None:
    archive.hold(LINK, at(2014))
    archive.down(Service.INDEX, overloaded())
    lookup = find(street)
    assert lookup.answer is Answer.FOUND
    assert lookup.snapshots[0].url == "https://web.archive.org/web/20140101120000/http://harbour.demo/tides"


def test_the_availability_services_silence_is_never_believed(street, archive: InternetArchive) -> None:
    archive.down(Service.INDEX, overloaded())
    assert find(street).answer is Answer.UNKNOWN
    assert [one.service for one in archive.requests][-1] is Service.AVAILABILITY


def test_a_copy_of_an_error_page_that_the_availability_service_names_is_no_copy(
    street, archive: InternetArchive,
) -> None:
    archive.hold(LINK, at(2014), status=404)
    archive.down(Service.INDEX, overloaded())
    assert find(street).answer is Answer.UNKNOWN


def test_a_copy_of_another_site_is_not_ours(street, archive: InternetArchive) -> None:
    archive.next(Service.INDEX, rows(row(original="http://somebody-else.demo/tides")))
    assert find(street).answer is Answer.UNKNOWN


def test_damaged_rows_cost_themselves_only(street, archive: InternetArchive) -> None:
    archive.next(Service.INDEX, rows(
        row("20140503"), row(original="http://mailto:pilot@harbour.demo"), row(original="data:text/html,x"), ["x"], [],
        row("20140003120000"), row("20150503120000"), row("20150503120000"), row("99999999999999"),
    ))
    taken = [one.taken for one in find(street).snapshots]
    assert taken == [datetime(2014, 3, 12, tzinfo=UTC), at(2015, 5, 3)]


def test_rows_of_which_none_can_be_read_are_no_word_that_there_is_none(street, archive: InternetArchive) -> None:
    archive.next(Service.INDEX, rows(row("20140503")))
    lookup = find(street)
    assert (lookup.answer, lookup.reason) == (Answer.UNKNOWN, "answered 1 rows that cannot be read")


def test_an_index_that_knows_no_json_is_read_all_the_same(street, archive: InternetArchive) -> None:
    archive.next(Service.INDEX, content((" ".join(row()) + "\n").encode(), "text/plain"))
    assert [one.taken for one in find(street).snapshots] == [at(2014, 5, 3)]


def test_an_answer_that_is_too_long_is_unknown(street, archive: InternetArchive) -> None:
    archive.next(Service.INDEX, Reply(body=lambda: (b" " * 100_000 for _ in range(400))))
    lookup = find(street)
    assert (lookup.answer, lookup.reason) == (Answer.UNKNOWN, "answered something that is no index: it is too long")


def test_a_429_closes_the_archive_for_as_long_as_it_says(street, archive: InternetArchive, clock: ManualClock) -> None:
    archives = street.open()
    archive.next(Service.INDEX, too_many(retry_after="120"))
    (first,) = archives.find(LINK, near=None)
    assert (first.answer, first.retry_after) == (Answer.UNKNOWN, 120)
    assert [one.service for one in archive.requests] == [Service.INDEX]
    archives.find(LINK, near=None)
    assert clock.naps == [120]
    assert archive.requests[1].at - archive.requests[0].at == timedelta(seconds=120)


def test_retry_after_may_be_a_date(street, archive: InternetArchive, clock: ManualClock) -> None:
    archives = street.open()
    archive.next(Service.INDEX, too_many(retry_after="Mon, 02 Mar 2026 05:20:00 GMT"))
    assert archives.find(LINK, near=None)[0].retry_after == 180


def test_a_429_that_names_no_time_costs_a_minute_and_the_next_one_two(
    street, archive: InternetArchive, clock: ManualClock,
) -> None:
    archives = street.open()
    archive.next(Service.INDEX, too_many(), too_many())
    for _ in range(3):
        archives.find(LINK, near=None)
    assert clock.naps == [60, 120]


def test_after_five_refusals_in_a_row_the_archive_is_left_alone_for_an_hour(
    street, archive: InternetArchive,
) -> None:
    archives = street.open(budget=3600.0)
    archive.down(Service.INDEX, too_many(retry_after="1"))
    answers = [archives.find(LINK, near=None)[0] for _ in range(20)]
    assert {one.answer for one in answers} == {Answer.UNKNOWN}
    assert len(archive.requests) == 5
    assert answers[-1].retry_after == pytest.approx(3600, abs=10)


def test_two_questions_to_the_index_are_two_and_a_half_seconds_apart(
    street, archive: InternetArchive,
) -> None:
    archives = street.open()
    for number in range(40):
        archives.find(f"http://harbour.demo/{number}", near=None)
    times = [one.at for one in archive.requests]
    assert min(late - early for early, late in pairwise(times)) >= timedelta(seconds=2.5)
    assert len(times) == 40  # and none of them was one too many


def test_when_the_time_for_archives_is_used_up_nothing_is_asked(street, archive: InternetArchive) -> None:
    archives = street.open(budget=3.0)
    answers = [archives.find(f"http://harbour.demo/{number}", near=None)[0].answer for number in range(4)]
    assert answers == [Answer.NONE, Answer.NONE, Answer.UNKNOWN, Answer.UNKNOWN]
    assert len(archive.requests) == 2


def test_a_gateways_bad_moment_is_asked_again(street, archive: InternetArchive) -> None:
    archive.hold(LINK, at(2014))
    archive.next(Service.INDEX, overloaded(502), Reply(manner=Manner.RESET))
    assert find(street).answer is Answer.FOUND
    assert len(archive.requests) == 3


def test_we_say_who_we_are_and_carry_no_secret(street, archive: InternetArchive) -> None:
    archives = street.open(access_key="opensesame", secret_key="hushhush", web={"contact": "https://harbour.demo/bots"})
    archives.find(LINK, near=date(2014, 5, 3))
    headers = archive.requests[0].headers
    assert headers["user-agent"].startswith("archiver/")
    assert headers["user-agent"].endswith("(+https://harbour.demo/bots)")
    assert "hushhush" not in str(street.seen)


@pytest.mark.parametrize("link", [
    "http://10.0.0.7/minutes", "http://localhost/x", "http://printer.local/", "http://intranet/wiki?token=1", "http://[::1]/",
])
def test_a_private_address_is_told_to_no_archive(street, archive: InternetArchive, link: str) -> None:
    lookup = find(street, link=link)
    assert (lookup.answer, lookup.reason) == (Answer.UNKNOWN, "a private address is told to no archive")
    assert archive.requests == []


def test_what_is_no_address_is_unknown(street, archive: InternetArchive) -> None:
    assert find(street, link="mailto:pilot@harbour.demo").answer is Answer.UNKNOWN
    assert archive.requests == []


def test_an_address_too_long_for_a_question_is_unknown(street, archive: InternetArchive) -> None:
    assert find(street, link="http://harbour.demo/" + "x" * 8100).answer is Answer.UNKNOWN
    assert archive.requests == []


def test_switched_off_it_is_not_asked(street, archive: InternetArchive) -> None:
    archives = street.open(internet_archive=False)
    assert (archives.names, archives.find(LINK, near=None)) == ((), ())
    assert archives.can_submit is False
    assert archives.why_not == "the Internet Archive is switched off, and no other archive takes submissions"


def test_a_body_that_drips_ends_at_the_times_end(street, archive: InternetArchive) -> None:
    def slowly():
        for _ in range(50):
            street.clock.advance(timedelta(seconds=5))
            yield b" "

    archive.down(Service.INDEX, Reply(body=slowly))
    lookup = find(street)
    assert lookup.answer is Answer.UNKNOWN


def test_pages_of_another_kind_are_not_taken_for_the_index(street, archive: InternetArchive) -> None:
    archive.down(Service.INDEX, page('[["urlkey","timestamp","original"]]'))
    # It reads like an index, so it is one; the type that a server declares proves nothing.
    assert find(street).answer is Answer.NONE
