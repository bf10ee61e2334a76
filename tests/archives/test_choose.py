"""Which snapshot is chosen."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from archiver.archives.choose import choose
from archiver.model import Snapshot


def copy(*when: int, status: int | None = 200, good: bool | None = None, name: str = "") -> Snapshot:
    return Snapshot(archive="a", url=f"https://a/{when}{name}", original="http://b/", taken=datetime(*when, tzinfo=UTC),
                    status=status, good=good)


OLD, MIDDLE, NEW = copy(2009, 1, 1), copy(2014, 5, 3, 22), copy(2020, 1, 1)


def test_without_a_date_the_newest_is_chosen() -> None:
    assert choose([MIDDLE, NEW, OLD], None) is NEW


def test_with_a_date_the_last_one_before_it_is_chosen() -> None:
    assert choose([NEW, OLD, MIDDLE], date(2015, 1, 1)) is MIDDLE


def test_the_day_itself_counts_to_its_last_second() -> None:
    last = copy(2014, 5, 3, 23, 59, 59)
    assert choose([OLD, last, NEW], date(2014, 5, 3)) is last
    assert choose([OLD, copy(2014, 5, 4), NEW], date(2014, 5, 3)) is OLD


def test_when_there_is_none_before_the_first_one_after_is_chosen() -> None:
    assert choose([NEW, MIDDLE], date(2001, 1, 1)) is MIDDLE


@pytest.mark.parametrize("status", [200, 203, 206, None])
def test_good_and_unknown_statuses_count(status: int | None) -> None:
    only = copy(2014, 1, 1, status=status)
    assert choose([only], None) is only


@pytest.mark.parametrize("status", [100, 201, 204, 301, 302, 304, 403, 404, 410, 429, 500, 503])
def test_copies_of_error_pages_and_redirects_never_count(status: int) -> None:
    assert choose([copy(2014, 1, 1, status=status)], None) is None
    assert choose([OLD, copy(2014, 1, 1, status=status)], date(2015, 1, 1)) is OLD


def test_a_copy_proved_bad_never_counts_and_one_proved_good_has_no_privilege() -> None:
    assert choose([copy(2021, 1, 1, good=False)], None) is None
    proved = copy(2009, 1, 1, good=True)
    assert choose([proved, NEW], None) is NEW


def test_of_one_moment_the_first_given_wins() -> None:
    one, other = copy(2014, 1, 1, name="one"), copy(2014, 1, 1, name="other")
    for near in (None, date(2015, 1, 1), date(2001, 1, 1)):
        assert choose([one, other], near) is one
        assert choose([other, one], near) is other


def test_of_nothing_nothing_is_chosen() -> None:
    assert choose([], None) is None
    assert choose(iter(()), date(2014, 5, 3)) is None
