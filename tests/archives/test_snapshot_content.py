"""The bytes that a snapshot holds, asked of the archive's double."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from archiver.archives.content import Content, Unread, raw_address
from archiver.config import MementoArchive
from archiver.demo.answers import Reply, content, page
from archiver.demo.archive import Service
from archiver.model import Snapshot

if TYPE_CHECKING:
    from conftest import Street

    from archiver.demo.archive import InternetArchive

URL = "http://ferry.example/stops"
TAKEN = datetime(2014, 3, 2, 10, 0, tzinfo=UTC)
BODY = "<!doctype html><title>Fähre</title><p>As it was.".encode("iso-8859-1")


def snapshot(**changes: object) -> Snapshot:
    one = Snapshot(
        archive="internet-archive", url=f"https://web.archive.org/web/20140302100000/{URL}", original=URL, taken=TAKEN,
    )
    return replace(one, **changes)


def test_the_bytes_come_as_they_were_captured(street: Street, archive: InternetArchive) -> None:
    archive.hold(URL, TAKEN, body=BODY, media_type="text/html; charset=ISO-8859-1")
    found = street.open().content(snapshot())
    assert isinstance(found, Content)
    assert (found.data, found.charset, found.media_type, found.taken) == (BODY, "iso-8859-1", "text/html", TAKEN)
    assert [seen[1] for seen in street.seen] == [f"https://web.archive.org/web/20140302100000id_/{URL}"]


def test_what_the_archive_itself_says_is_not_taken_for_the_page(street: Street, archive: InternetArchive) -> None:
    opened = street.open()
    assert opened.content(snapshot()) == Unread(reason="the archive answered with status 404", again=False)
    archive.next(Service.REPLAY, page("<title>Wayback Machine</title><p>Be back soon."))
    assert opened.content(snapshot()) == Unread(reason="the archive answered with status 200", again=True)
    archive.hold(URL, TAKEN, body=BODY, status=404)
    assert opened.content(snapshot()) == Unread(reason="captured with status 404", again=False)


def test_a_busy_archive_is_asked_again_in_a_later_run(street: Street, archive: InternetArchive) -> None:
    archive.hold(URL, TAKEN, body=BODY)
    archive.down(Service.REPLAY, page("<p>Slow down.", status=429, headers=(("Retry-After", "3000"),)))
    opened = street.open()
    assert opened.content(snapshot()) == Unread(reason="the archive answered with status 429", again=True)
    asked = len(street.seen)
    later = opened.content(snapshot())
    assert isinstance(later, Unread)
    assert later.again
    assert len(street.seen) == asked  # it asked for patience


def test_a_copy_of_another_year_is_another_state(street: Street, archive: InternetArchive) -> None:
    archive.hold(URL, TAKEN.replace(year=2019), body=BODY)
    assert street.open().content(snapshot()) == Unread(reason="the archive shows a copy of another time", again=False)


def test_an_archive_is_asked_for_its_own_copies_only(street: Street) -> None:
    elsewhere = snapshot(archive="house", url=f"http://other.example/web/20140302100000/{URL}")
    assert street.open().content(elsewhere) == Unread(reason="no archive of the settings holds it", again=True)
    assert street.seen == []


def test_an_archive_in_ones_own_house(street: Street) -> None:
    def answer(received: object, target: str) -> Reply:
        assert target == f"/web/20140302100000id_/{URL}"
        return content(BODY, "text/html", headers=(("Memento-Datetime", "Sun, 02 Mar 2014 10:00:00 GMT"),))

    street.others["house.example"] = answer
    house = MementoArchive(name="house", timemap="http://house.example/web/timemap/link/{url}")
    found = street.open(memento=(house,), internet_archive=False).content(
        snapshot(archive="house", url=f"http://house.example/web/20140302100000mp_/{URL}"),
    )
    assert isinstance(found, Content)
    assert found.data == BODY


@pytest.mark.parametrize(("url", "raw"), [
    ("https://web.archive.org/web/20140302100000/http://a.example/", "https://web.archive.org/web/20140302100000id_/http://a.example/"),
    ("https://web.archive.org/web/20140302100000if_/http://a.example/20110101000000/",
     "https://web.archive.org/web/20140302100000id_/http://a.example/20110101000000/"),
    ("https://archive.example/AbC12", None),
])
def test_the_address_of_the_raw_bytes(url: str, raw: str | None) -> None:
    assert raw_address(snapshot(url=url)) == raw
