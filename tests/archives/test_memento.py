"""Any Memento archive: TimeMaps in all dialects, TimeGates, and answers that are no answers."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from archiver.config import MementoArchive
from archiver.demo.answers import Manner, Reply, content, page, redirect
from archiver.demo.archive import nothing, overloaded, page_instead, too_many
from archiver.demo.script import Reach
from archiver.errors import ConfigError
from archiver.model import Answer, Lookup

if TYPE_CHECKING:
    from archiver.demo.archive import InternetArchive

LINK = "http://harbour.demo/tides"
MAP = "https://memory.demo/timemap/link/{url}"
GATE = "https://memory.demo/web/{url}"
FORMAT = "application/link-format"


def at(year: int, month: int = 5, day: int = 3) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


class Library:
    """A Memento archive whose answers a test writes."""

    def __init__(self, street) -> None:
        self.street = street
        self.answers: dict[str, Reply] = {}
        self.usual = page("<title>Not here</title>", status=404)
        street.others["memory.demo"] = lambda received, target: self.answers.get(target, self.usual)

    def timemap(self, *links: str, target: str = f"/timemap/link/{LINK}", kind: str = FORMAT) -> None:
        self.answers[target] = content(",\n".join(links).encode(), kind)

    def find(self, link: str = LINK, near: date | None = None, **settings: Any) -> Lookup:
        settings = settings or {"timemap": MAP}
        archives = self.street.open(internet_archive=False, memento=(MementoArchive(name="memory", **settings),))
        assert archives.names == ("memory",)
        (lookup,) = archives.find(link, near=near)
        return lookup

    @property
    def asked(self) -> list[str]:
        return [address for _, address, _ in self.street.seen]


@pytest.fixture
def library(street) -> Library:
    return Library(street)


def memento(year: int, *, url: str = "", rel: str = "memento") -> str:
    url = url or f"https://memory.demo/web/{year}0503000000/{LINK}"
    return f'<{url}>; rel="{rel}"; datetime="{at(year):%a, %d %b %Y} 00:00:00 GMT"'


ORIGINAL = f'<{LINK}>; rel="original"'


# ---------------------------------------------------------------- TimeMaps


def test_a_timemap_lists_copies_with_their_times(library: Library) -> None:
    library.timemap(
        ORIGINAL, f'<{MAP}>; rel="self"; type="{FORMAT}"; from="Sat, 03 May 2014 00:00:00 GMT"',
        f'<{GATE}>; rel="timegate"', memento(2014, rel="first memento"), memento(2016), memento(2018, rel="last memento"),
    )
    lookup = library.find()
    assert (lookup.archive, lookup.link, lookup.answer) == ("memory", LINK, Answer.FOUND)
    assert [one.taken for one in lookup.snapshots] == [at(2014), at(2016), at(2018)]
    first = lookup.snapshots[0]
    assert (first.archive, first.url) == ("memory", "https://memory.demo/web/20140503000000/http://harbour.demo/tides")
    assert (first.original, first.status, first.good) == (LINK, None, None)
    assert library.asked == ["https://memory.demo/timemap/link/http://harbour.demo/tides"]


def test_a_404_and_a_timemap_without_copies_say_that_there_is_none(library: Library) -> None:
    assert library.find().answer is Answer.NONE
    library.timemap(ORIGINAL, f'<{MAP}>; rel="self"')
    assert library.find().answer is Answer.NONE


@pytest.mark.parametrize("text", [
    f'<{LINK}>;rel=original,<https://memory.demo/web/20140503000000/{LINK}>;rel=memento;datetime="Sat, 03 May 2014 00:00:00 GMT"',
    f'<{LINK}> ; rel="original" , </web/20140503000000/{LINK}> ; rel="memento first last"; license="<none>, really"',
    f'<{LINK}>; rel="original",<https://memory.demo/web/20140503000000/{LINK}>; rel="MEMENTO"',
    f'<{LINK}>; rel="original",\r\n</web/20140503000000/{LINK}>; rel="memento"; datetime="Sat, 03 May 2014 00:00:00 GMT",\r\n',
    f'\ufeff<{LINK}>; rel="original",\n<https://memory.demo/web/20140503000000id_/{LINK}>; rel="memento"; datetime="soon"',
])
def test_link_format_is_read_in_all_its_spellings(library: Library, text: str) -> None:
    library.timemap(text)
    assert [one.taken for one in library.find().snapshots] == [at(2014)]


def test_addresses_with_commas_and_semicolons_are_read_whole(library: Library) -> None:
    link = "http://harbour.demo/a,b;c?d=e,f"
    library.timemap(
        f'<{link}>; rel="original"', memento(2014, url=f"https://memory.demo/web/20140503000000/{link}"),
        target=f"/timemap/link/{link}",
    )
    assert library.find(link).snapshots[0].url == f"https://memory.demo/web/20140503000000/{link}"


def test_the_json_of_memgator_is_read(library: Library) -> None:
    table = {"original_uri": LINK, "self": "x", "mementos": {"list": [
        {"datetime": "2014-05-03T00:00:00Z", "uri": f"https://memory.demo/web/20140503000000/{LINK}"},
        {"datetime": "nonsense", "uri": "nonsense"}, {"uri": 7}, 3,
    ], "first": {}}, "timegate_uri": "x"}
    library.timemap(json.dumps(table), kind="application/json")
    assert [one.taken for one in library.find().snapshots] == [at(2014)]


def test_the_json_rows_of_the_wayback_machine_are_read(library: Library) -> None:
    table = [["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "redirect"],
             ["k", "20140503000000", LINK, "text/html", "200", "AAAA", "-"],
             ["k", "20150503000000", LINK, "text/html", "404", "BBBB", "-"]]
    library.timemap(json.dumps(table), target=f"/web/timemap/json?url={LINK.replace(':', '%3A').replace('/', '%2F')}")
    lookup = library.find(timemap="https://memory.demo/web/timemap/json?url={url}")
    (one,) = lookup.snapshots
    assert one.url == "https://memory.demo/web/20140503000000/http://harbour.demo/tides"
    assert (one.status, one.media_type, one.digest) == (200, "text/html", "AAAA")


@pytest.mark.parametrize(("template", "target"), [
    ("https://memory.demo/coll/timemap/json/{url}", f"/coll/timemap/json/{LINK}"),
    ("https://memory.demo/coll/cdx?url={url}&output=json", "/coll/cdx?url=http%3A%2F%2Fharbour.demo%2Ftides&output=json"),
])
def test_the_json_lines_of_pywb_are_read(library: Library, template: str, target: str) -> None:
    lines = [json.dumps({"urlkey": "k", "timestamp": f"{year}0503000000", "url": LINK, "mime": "text/html", "status": "200"})
             for year in (2014, 2016)]
    library.timemap("\n".join(lines), target=target)
    taken = [one.url for one in library.find(timemap=template).snapshots]
    assert taken == [f"https://memory.demo/coll/{year}0503000000/{LINK}" for year in (2014, 2016)]


def test_pages_of_a_timemap_are_followed_on_its_own_site(library: Library) -> None:
    library.timemap(
        ORIGINAL, memento(2014),
        '<https://memory.demo/timemap/2>; rel="timemap"; type="application/link-format"; from="Tue, 03 May 2016 00:00:00 GMT"',
    )
    library.timemap(ORIGINAL, memento(2016), target="/timemap/2")
    assert [one.taken.year for one in library.find().snapshots] == [2014, 2016]


def test_pages_that_lead_in_a_circle_end(library: Library) -> None:
    library.timemap(ORIGINAL, memento(2014), '<https://memory.demo/timemap/1>; rel="timemap"; from="x"')
    library.timemap(memento(2015), f'<https://memory.demo/timemap/link/{LINK}>; rel="timemap"; from="x"', target="/timemap/1")
    assert [one.taken.year for one in library.find().snapshots] == [2014, 2015]
    assert len(library.asked) == 2


def test_pages_without_end_end(library: Library) -> None:
    for number in range(50):
        library.timemap(memento(1970 + number), f'</timemap/{number + 1}>; rel="timemap"; until="x"', target=f"/timemap/{number}")
    library.timemap(ORIGINAL, '</timemap/0>; rel="timemap"; until="x"')
    assert library.find().answer is Answer.FOUND
    assert len(library.asked) == 10


@pytest.mark.parametrize("other", ["https://elsewhere.demo/timemap/2", "http://127.0.0.1:9/x", "file:///etc/passwd"])
def test_pages_on_other_sites_are_not_followed(library: Library, street, other: str) -> None:
    library.timemap(ORIGINAL, memento(2014), f'<{other}>; rel="timemap"; from="x"')
    assert library.find().answer is Answer.FOUND
    library.timemap(ORIGINAL, f'<{other}>; rel="timemap"; from="x"')
    assert library.find().answer is Answer.UNKNOWN
    assert {address.split("/")[2] for address in library.asked} == {"memory.demo"}


@pytest.mark.parametrize("url", [
    f"https://elsewhere.demo/web/20140503000000/{LINK}", f"http://127.0.0.1/web/20140503000000/{LINK}",
    "javascript:alert(1)//20140503000000/", "data:text/html,20140503000000", "ftp://memory.demo/20140503000000/x",
])
def test_copies_on_other_sites_are_none_of_this_archives(library: Library, url: str) -> None:
    library.timemap(ORIGINAL, memento(2014, url=url))
    assert library.find().answer is Answer.UNKNOWN
    library.timemap(ORIGINAL, memento(2014, url=url), memento(2016))
    assert [one.taken.year for one in library.find().snapshots] == [2016]


def test_a_timemap_of_another_page_is_no_answer(library: Library) -> None:
    library.timemap('<http://elsewhere.demo/>; rel="original"', memento(2014))
    lookup = library.find()
    assert (lookup.answer, lookup.reason) == (Answer.UNKNOWN, "answered for another address")


def test_a_timemap_without_end_is_cut_and_what_is_there_counts(library: Library, street) -> None:
    def endless():
        yield (ORIGINAL + ",\n").encode()
        for number in range(400):
            yield (memento(1996 + number % 25) + ",\n").encode() * 1000

    street.others["memory.demo"] = lambda received, target: Reply(body=endless)
    lookup = library.find(near=date(2010, 1, 1))
    assert lookup.answer is Answer.FOUND
    assert len(lookup.snapshots) == 25


@pytest.mark.parametrize("piece", [b"<", b"<a", b";rel=", b'"', b"a" * 1000, b'<x>;a="', b"{", b"[", b'{"a":', b"\0"])
def test_endless_nonsense_is_no_answer_and_costs_no_time(library: Library, street, piece: bytes) -> None:
    street.others["memory.demo"] = lambda received, target: Reply(body=lambda: (piece * (50_000 // len(piece)) for _ in range(60)))
    assert library.find().answer is Answer.UNKNOWN


def test_of_many_copies_the_nearest_are_kept(library: Library) -> None:
    links = [
        f'<https://memory.demo/web/2014{month:02}{day:02}000000/{LINK}>; rel="memento"'
        for month in range(1, 13) for day in range(1, 29)
    ]
    library.timemap(ORIGINAL, *links)
    newest = library.find().snapshots
    assert (len(newest), newest[-1].taken) == (30, at(2014, 12, 28))
    around = library.find(near=date(2014, 6, 10)).snapshots
    assert (len(around), around[0].taken, around[-1].taken) == (30, at(2014, 5, 24), at(2014, 6, 25))
    first = library.find(near=date(2001, 1, 1)).snapshots
    assert (len(first), first[0].taken, first[-1].taken) == (30, at(2014, 1, 1), at(2014, 2, 2))


NO_ANSWERS = {
    "too-many": too_many(), "down": overloaded(), "edge": overloaded(520), "html": page_instead(), "empty": nothing(),
    "forbidden": page("", status=403), "bad": page("", status=400), "legal": page("", status=451),
    "object": content(b"{}", "application/json"), "text": content(b"no such thing", "text/plain"),
    "reset": Reply(manner=Manner.RESET), "cut": Reply(body=b"<http://a/>; rel=original, " * 9, manner=Manner.CUT),
    "elsewhere": redirect("https://elsewhere.demo/"), "loop": redirect("/timemap/loop"), "accepted": Reply(status=204),
    "error-page": page("<a href='x'>a</a> 404 rel=memento"),
}


@pytest.mark.parametrize("settings", [{"timemap": MAP}, {"timegate": GATE}, {"timemap": MAP, "timegate": GATE}])
@pytest.mark.parametrize("name", NO_ANSWERS)
def test_whatever_is_no_answer_is_unknown_and_never_none(library: Library, name: str, settings: dict[str, str]) -> None:
    library.usual = NO_ANSWERS[name]
    lookup = library.find(**settings)
    assert (lookup.answer, lookup.snapshots) == (Answer.UNKNOWN, ())
    assert lookup.reason


def test_patience_is_kept_and_the_other_door_not_tried(library: Library) -> None:
    library.usual = too_many(retry_after="77")
    lookup = library.find(timemap=MAP, timegate=GATE)
    assert lookup.retry_after == 77
    assert len(library.asked) == 1


def test_an_archive_that_does_not_exist_is_unknown(street, library: Library) -> None:
    street.reaches["memory.demo"] = Reach.NO_SUCH_HOST
    assert library.find().answer is Answer.UNKNOWN


# ---------------------------------------------------------------- TimeGates


def gate(library: Library, reply: Reply, target: str = f"/web/{LINK}") -> None:
    library.answers[target] = reply


COPY_HEADERS = (
    ("Memento-Datetime", "Sat, 03 May 2014 00:00:00 GMT"), ("Content-Type", "text/html; charset=utf-8"),
    ("Link", f'<{LINK}>; rel="original"'),
)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_timegate_leads_to_the_nearest_copy(library: Library, status: int) -> None:
    gate(library, redirect(f"/web/20140503000000/{LINK}", status=status))
    gate(library, page("old", headers=COPY_HEADERS[:1]), target=f"/web/20140503000000/{LINK}")
    (one,) = library.find(timegate=GATE, near=date(2014, 5, 4)).snapshots
    assert one.url == "https://memory.demo/web/20140503000000/http://harbour.demo/tides"
    assert (one.taken, one.status, one.media_type) == (at(2014), 200, "text/html")
    assert library.street.seen[0][2]["accept-datetime"] == "Sun, 04 May 2014 23:59:59 GMT"


def test_a_timegate_may_answer_with_the_copy_itself(library: Library) -> None:
    where = ("Content-Location", f"/web/20140503000000/{LINK}")
    gate(library, page("old", headers=(*COPY_HEADERS, where)))
    (one,) = library.find(timegate=GATE).snapshots
    assert one.url == f"https://memory.demo/web/20140503000000/{LINK}"


def test_a_frame_page_names_its_copy_in_a_link(library: Library) -> None:
    gate(library, page("<iframe>", headers=(("Link", f"{ORIGINAL}, {memento(2014)}"),)))
    (one,) = library.find(timegate=GATE).snapshots
    assert (one.taken, one.status) == (at(2014), None)


def test_neighbours_of_the_nearest_copy_are_known_too(library: Library) -> None:
    links = f'{ORIGINAL}, {memento(2011, rel="first prev memento")}, {memento(2014)}, {memento(2018, rel="next last memento")}'
    gate(library, page("old", headers=(COPY_HEADERS[0], ("Link", links))))
    assert [one.taken.year for one in library.find(timegate=GATE, near=date(2014, 5, 1)).snapshots] == [2011, 2014, 2018]


def test_a_timegates_own_404_says_that_there_is_none(library: Library) -> None:
    assert library.find(timegate=GATE).answer is Answer.NONE


def test_a_404_that_is_a_copy_is_no_good_copy(library: Library) -> None:
    gate(library, page("gone", status=404, headers=COPY_HEADERS))
    assert library.find(timegate=GATE).answer is Answer.NONE
    links = f'{ORIGINAL}, {memento(2011, rel="prev memento")}, {memento(2014)}'
    gate(library, page("gone", status=404, headers=(COPY_HEADERS[0], ("Link", links))))
    assert [one.taken.year for one in library.find(timegate=GATE).snapshots] == [2011]


def test_a_429_that_is_a_copy_slows_nobody_down(library: Library) -> None:
    gate(library, page("slow down", status=429, headers=(*COPY_HEADERS, ("Retry-After", "3600"))))
    assert library.find(timegate=GATE).answer is Answer.NONE
    assert library.street.clock.naps == []


def test_a_copy_that_cannot_be_shown_is_unknown(library: Library) -> None:
    gate(library, redirect(f"/web/20140503000000/{LINK}", status=302))
    lookup = library.find(timegate=GATE)
    assert (lookup.answer, lookup.reason) == (Answer.UNKNOWN, "names a copy that it cannot show")


def test_the_timegate_helps_when_the_timemap_does_not(library: Library) -> None:
    library.timemap("<html>sorry</html>")
    gate(library, page("old", headers=COPY_HEADERS))
    assert library.find(timemap=MAP, timegate=GATE).answer is Answer.FOUND


# ---------------------------------------------------------------- settings, and several archives


@pytest.mark.parametrize("settings", [
    {"name": "x"}, {"name": "", "timemap": MAP}, {"name": "a\nb", "timemap": MAP}, {"name": "internet-archive", "timemap": MAP},
    {"name": "x", "timemap": "https://memory.demo/"}, {"name": "x", "timemap": "memory.demo/{url}"},
    {"name": "x", "timemap": "ftp://memory.demo/{url}"}, {"name": "x", "timemap": "https://{url}.demo/"},
    {"name": "x", "timemap": "https://{url}/"}, {"name": "x", "timemap": "{url}"},
    {"name": "x", "timemap": "https://memory.demo/{url}/{url}"}, {"name": "x", "timemap": "https://memory.demo/{date}/{url}"},
    {"name": "x", "timemap": "https://memory.demo/#{url}"}, {"name": "x", "timegate": "https://memory.demo/{URL}"},
    {"name": "x", "timemap": MAP, "timegate": "http://"},
])
def test_an_archive_that_cannot_be_asked_is_an_error_of_the_settings(street, settings: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as caught:
        street.open(memento=(MementoArchive(**settings),))
    assert "archives.memento[1]" in caught.value.message
    assert "\n" not in str(caught.value)


def test_two_archives_of_one_name_are_an_error_of_the_settings(street) -> None:
    with pytest.raises(ConfigError, match="two archives of the name x"):
        street.open(memento=(MementoArchive(name="x", timemap=MAP), MementoArchive(name="x", timemap=MAP)))


def test_one_archive_that_fails_takes_nothing_from_the_others(street, library: Library, archive: InternetArchive) -> None:
    library.timemap(ORIGINAL, memento(2014))
    archive.down(None, overloaded())
    archives = street.open(memento=(MementoArchive(name="memory", timemap=MAP),))
    assert archives.names == ("internet-archive", "memory")
    assert [one.answer for one in archives.find(LINK, near=None)] == [Answer.UNKNOWN, Answer.FOUND]


def test_with_memento_archives_only_nothing_can_be_submitted(street) -> None:
    archives = street.open(internet_archive=False, memento=(MementoArchive(name="memory", timemap=MAP),))
    assert archives.can_submit is False
    assert "no other archive takes submissions" in archives.why_not


def test_a_public_archive_is_asked_once_a_second(street, library: Library) -> None:
    archives = street.open(internet_archive=False, memento=(
        MementoArchive(name="memory", timemap=MAP), MementoArchive(name="the same", timemap=MAP),
    ))
    for number in range(2):
        archives.find(f"http://harbour.demo/{number}", near=None)
    assert street.clock.naps == [1, 1, 1]


def test_the_internet_archives_own_timemap_and_timegate_are_understood(street, archive: InternetArchive) -> None:
    for year in (2009, 2014, 2018):
        archive.hold(LINK, at(year))
    for settings in (
        {"timemap": "https://web.archive.org/web/timemap/link/{url}"}, {"timegate": "https://web.archive.org/web/{url}"},
        {"timemap": "https://web.archive.org/web/timemap/json?url={url}"},
        {"timemap": "https://web.archive.org/web/timemap/cdx?url={url}"},
    ):
        archives = street.open(internet_archive=False, memento=(MementoArchive(name="ia", **settings),))
        (lookup,) = archives.find(LINK, near=date(2015, 1, 1))
        urls = [one.url for one in lookup.snapshots]
        assert f"https://web.archive.org/web/20140503000000/{LINK}" in urls, settings
        (lookup,) = archives.find("http://harbour.demo/never", near=None)
        assert lookup.answer is (Answer.UNKNOWN if "cdx" in str(settings) else Answer.NONE), settings


def test_answers_are_given_in_time(library: Library) -> None:
    assert library.find().at - library.street.clock.now() == timedelta(0)
