"""The Internet Archive's double answers as the archive does: asked here by plain HTTP and by other people's clients."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from archiver.demo.archive import InternetArchive, Legacy, Live, Saving, Service, overloaded, too_many

if TYPE_CHECKING:
    from archiver.clock import ManualClock
    from archiver.demo.answers import Reply

LINK = "http://harbour.demo/tides"
SITE = "https://web.archive.org"
KEYS = {"Authorization": "LOW opensesame:hushhush"}


@pytest.fixture
def double(clock: ManualClock) -> InternetArchive:
    made = InternetArchive(clock)
    made.account("opensesame", "hushhush")
    return made


def at(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def get(double: InternetArchive, url: str, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return double.answer("GET", url, named, b"")


def body(reply: Reply) -> Any:
    import json

    assert isinstance(reply.body, bytes)
    return json.loads(reply.body)


def header(reply: Reply, name: str) -> str:
    return dict(reply.headers)[name]


def index(double: InternetArchive, query: str) -> list[list[str]]:
    return body(get(double, f"{SITE}/cdx/search/cdx?output=json&{query}"))


def save(double: InternetArchive, url: str = LINK, **headers: str) -> Reply:
    from urllib.parse import urlencode

    return double.answer("POST", f"{SITE}/save", headers or KEYS, urlencode({"url": url}).encode())


# ---------------------------------------------------------------- index


def test_the_index_answers_with_a_header_and_rows_and_with_nothing_for_nothing(double: InternetArchive) -> None:
    assert index(double, f"url={LINK}") == []
    double.hold(LINK, at(2014), body=b"abc")
    table = index(double, f"url={LINK}")
    assert table[0] == ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
    assert table[1][:5] == ["demo,harbour)/tides", "20140101000000", LINK, "text/html", "200"]
    assert table[1][5] == "VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"  # base32 of SHA-1("abc"), FIPS 180's example
    text = get(double, f"{SITE}/cdx/search/cdx?url={LINK}").body
    assert isinstance(text, bytes)
    assert text.startswith(b"demo,harbour)/tides 20140101000000 http://harbour.demo/tides text/html 200 VGMT4N")
    assert get(double, f"{SITE}/cdx/search/cdx?url=http://harbour.demo/other").body == b""


def test_the_index_takes_spellings_of_an_address_for_one(double: InternetArchive) -> None:
    double.hold("http://www.Harbour.demo:80/Tides/?b=2&a=1", at(2014))
    for url in ("harbour.demo/tides?a=1%26b=2", "https://harbour.demo/tides/?b=2%26a=1"):
        assert len(index(double, f"url={url}")) == 2, url


def test_the_index_knows_ranges_limits_filters_and_collapsing(double: InternetArchive) -> None:
    for year, status in ((2009, 200), (2012, 404), (2014, 200), (2016, 301)):
        double.hold(LINK, at(year), status=status, body=b"same" if year > 2012 else None)

    def years(query: str) -> list[str]:
        return [row[1][:4] for row in index(double, f"url={LINK}&{query}")[1:]]

    assert years("limit=2") == ["2009", "2012"]
    assert years("limit=-2") == ["2014", "2016"]
    assert years("offset=3") == ["2016"]
    assert years("from=2012&to=2014") == ["2012", "2014"]
    assert years("filter=statuscode:200") == ["2009", "2014"]
    assert years("filter=!statuscode:[45]..&filter=!statuscode:3..") == ["2009", "2014"]
    assert years("collapse=digest") == ["2009", "2012", "2014"]
    assert years("collapse=timestamp:3") == ["2009", "2012"]
    assert years("sort=closest&closest=20121201&limit=2") == ["2012", "2014"]
    assert index(double, f"url={LINK}&fl=timestamp,statuscode&limit=1")[1] == ["20090101000000", "200"]


def test_the_index_gives_a_key_where_the_next_page_begins(double: InternetArchive) -> None:
    for year in (2009, 2012, 2014):
        double.hold(LINK, at(year))
    table = index(double, f"url={LINK}&limit=2&showResumeKey=true")
    assert table[-2:] == [[], ["demo%2Charbour%29%2Ftides+20140101000000%21"]]
    rest = index(double, f"url={LINK}&showResumeKey=true&resumeKey={table[-1][0]}")
    assert [row[1] for row in rest[1:]] == ["20140101000000"]


def test_the_index_knows_prefixes_hosts_and_domains(double: InternetArchive) -> None:
    for url in (LINK, f"{LINK}/2014", "http://sub.harbour.demo/", "http://harbour.demo.elsewhere/"):
        double.hold(url, at(2014))
    assert len(index(double, f"url={LINK}&matchType=prefix")) == 3
    assert len(index(double, f"url={LINK}*")) == 3
    assert len(index(double, "url=harbour.demo&matchType=host")) == 3
    assert len(index(double, "url=harbour.demo&matchType=domain")) == 4


def test_a_capture_is_seen_in_the_index_and_in_replay_when_its_time_has_come(
    double: InternetArchive, clock: ManualClock,
) -> None:
    double.hold(LINK, at(2014), indexed=clock.now() + timedelta(hours=1), replayed=clock.now() + timedelta(minutes=1))
    assert index(double, f"url={LINK}") == []
    assert get(double, f"{SITE}/web/{LINK}").status == 404
    clock.advance(timedelta(minutes=1))
    assert get(double, f"{SITE}/web/{LINK}").status == 302
    assert index(double, f"url={LINK}") == []
    clock.advance(timedelta(hours=1))
    assert len(index(double, f"url={LINK}")) == 2


def test_a_site_that_is_kept_from_everybody_is_a_403_with_its_reason(double: InternetArchive) -> None:
    double.exclude("harbour.demo")
    for url in (f"{SITE}/cdx/search/cdx?url={LINK}", f"{SITE}/web/2014/{LINK}", f"{SITE}/cdx/search/cdx?url=http%3A%2F%2Fharbour.demo"):
        reply = get(double, url)
        assert reply.status == 403
        assert "AdministrativeAccessControlException" in header(reply, "X-Archive-Wayback-Runtime-Error")
    assert get(double, f"{SITE}/cdx/search/cdx?url=http://elsewhere.demo/").status == 200


def test_thirty_questions_a_minute_are_answered_and_no_more(double: InternetArchive, clock: ManualClock) -> None:
    statuses = [get(double, f"{SITE}/cdx/search/cdx?url={LINK}").status for _ in range(32)]
    assert statuses == [200] * 30 + [429] * 2
    clock.advance(timedelta(minutes=1))
    assert get(double, f"{SITE}/cdx/search/cdx?url={LINK}").status == 200


# ---------------------------------------------------------------- availability and replay


def test_the_availability_service_names_the_closest_capture_by_http(double: InternetArchive) -> None:
    assert body(get(double, f"https://archive.org/wayback/available?url={LINK}")) == {"url": LINK, "archived_snapshots": {}}
    double.hold(LINK, at(2009))
    double.hold(LINK, at(2014), status=404)
    told = body(get(double, f"https://archive.org/wayback/available?url={LINK}&timestamp=20130101"))
    assert told["archived_snapshots"]["closest"] == {
        "status": "404", "available": True, "timestamp": "20140101000000", "url": f"http://web.archive.org/web/20140101000000/{LINK}",
    }


def test_the_timegate_redirects_to_the_nearest_capture(double: InternetArchive) -> None:
    for year in (2009, 2014):
        double.hold(LINK, at(year))
    newest = get(double, f"{SITE}/web/{LINK}")
    assert (newest.status, header(newest, "Location")) == (302, f"{SITE}/web/20140101000000/{LINK}")
    assert header(newest, "Vary") == "accept-datetime"
    old = get(double, f"{SITE}/web/{LINK}", Accept_Datetime="Thu, 01 Jan 2009 00:00:00 GMT")
    assert header(old, "Location") == f"{SITE}/web/20090101000000/{LINK}"
    assert get(double, f"{SITE}/web/{LINK}", Accept_Datetime="yesterday").status == 400
    assert get(double, f"{SITE}/web/2010/{LINK}").status == 302
    assert get(double, f"{SITE}/web/http:/harbour.demo/never").status == 404


def test_a_capture_is_shown_as_it_was_with_its_neighbours(double: InternetArchive) -> None:
    for year in (2009, 2012, 2014):
        double.hold(LINK, at(year), body=b"<p>high water")
    reply = get(double, f"{SITE}/web/20120101000000id_/{LINK}")
    assert (reply.status, reply.body, header(reply, "Content-Type")) == (200, b"<p>high water", "text/html")
    assert header(reply, "Memento-Datetime") == "Sun, 01 Jan 2012 00:00:00 GMT"
    for rel in ('rel="original"', 'rel="timemap"', 'rel="timegate"', 'rel="first prev memento"', 'rel="memento"', 'rel="next last memento"'):
        assert rel in header(reply, "Link"), rel
    view = get(double, f"{SITE}/web/20120101000000/{LINK}")
    assert view.body != reply.body
    assert isinstance(view.body, bytes)
    assert view.body.endswith(b"<p>high water")


def test_captured_errors_keep_their_status_and_captured_redirects_become_pages(double: InternetArchive) -> None:
    double.hold(LINK, at(2012), status=404)
    double.hold("http://harbour.demo/old", at(2012), status=301, location=LINK)
    gone = get(double, f"{SITE}/web/20120101000000/{LINK}")
    assert (gone.status, header(gone, "Memento-Datetime")) == (404, "Sun, 01 Jan 2012 00:00:00 GMT")
    shown = get(double, f"{SITE}/web/20120101000000/http://harbour.demo/old")
    assert shown.status == 200
    assert isinstance(shown.body, bytes)
    assert b"Got an HTTP 301 response at crawl time" in shown.body
    raw = get(double, f"{SITE}/web/20120101000000id_/http://harbour.demo/old")
    assert (raw.status, header(raw, "Location")) == (301, f"{SITE}/web/20120101000000id_/{LINK}")


# ---------------------------------------------------------------- Save Page Now


def test_without_keys_or_with_wrong_ones_there_is_no_job(double: InternetArchive) -> None:
    for headers in ({"Accept": "application/json"}, {"Authorization": "LOW opensesame:wrong"}):
        reply = save(double, **headers)
        assert (reply.status, body(reply)) == (401, {"message": "You need to be logged in to use Save Page Now."})


def test_a_job_is_pending_then_done_and_then_forgotten(double: InternetArchive, clock: ManualClock) -> None:
    job = body(save(double))["job_id"]

    def status() -> Reply:
        return get(double, f"{SITE}/save/status/{job}", **KEYS)

    assert body(status())["status"] == "pending"
    assert index(double, f"url={LINK}") == []
    clock.advance(timedelta(seconds=20))
    told = body(status())
    assert (told["status"], told["timestamp"], told["original_url"], told["http_status"]) == ("success", "20260302051720", LINK, 200)
    assert get(double, f"{SITE}/web/{told['timestamp']}/{LINK}").status == 200
    clock.advance(timedelta(hours=2))
    assert status().status == 404


def test_a_second_capture_within_the_hour_is_the_first_one(double: InternetArchive, clock: ManualClock) -> None:
    first = body(save(double))
    clock.advance(timedelta(minutes=20))
    again = body(save(double))
    assert again["job_id"] == first["job_id"]
    assert again["message"].startswith("The same snapshot had been made 20 minutes ago.")


def test_an_address_is_captured_five_times_a_day(double: InternetArchive, clock: ManualClock) -> None:
    answers = []
    for _ in range(7):
        answers.append(body(save(double)))
        clock.advance(timedelta(hours=1, minutes=1))
    assert [one.get("status_ext") for one in answers] == [None] * 5 + ["error:too-many-daily-captures"] * 2
    clock.advance(timedelta(days=1))
    assert "job_id" in body(save(double))


def test_slots_the_day_and_the_minute_are_counted(double: InternetArchive, clock: ManualClock) -> None:
    account = double.account("opensesame", "hushhush", slots=2, daily=3)
    codes = []
    for number in range(5):
        codes.append(body(save(double, f"http://harbour.demo/{number}")))
        clock.advance(timedelta(seconds=9))
    assert [one.get("status_ext") or one.get("message") for one in codes] == [
        None, None, "error:user-session-limit", None, "You cannot make more than 3 captures per day.",
    ]
    assert body(get(double, f"{SITE}/save/status/user", **KEYS)) == {
        "processing": 1, "available": 1, "daily_captures": 3, "daily_captures_limit": 3,
    }
    assert account.used == 3


def test_what_is_captured_is_what_the_live_web_shows(double: InternetArchive, clock: ManualClock) -> None:
    pages = {LINK: Live(body=b"<p>now", url=f"{LINK}/"), "http://harbour.demo/gone": Live(status=404)}
    double.watch(pages.get)
    jobs = {url: body(save(double, url))["job_id"] for url in (*pages, "http://harbour.demo/off")}
    clock.advance(timedelta(minutes=1))
    told = {url: body(get(double, f"{SITE}/save/status/{job}", **KEYS)) for url, job in jobs.items()}
    assert told[LINK]["original_url"] == f"{LINK}/"
    assert [one.get("status_ext") for one in told.values()] == [None, "error:not-found", "error:cannot-fetch"]


def test_scripts_and_outages_go_before_the_ordinary_answers(double: InternetArchive, clock: ManualClock) -> None:
    double.next(Service.SYSTEM, too_many(retry_after="5"))
    double.down(Service.SYSTEM, overloaded(), until=clock.now() + timedelta(hours=1))
    statuses = [get(double, f"{SITE}/save/status/system").status for _ in range(2)]
    clock.advance(timedelta(hours=1))
    assert [*statuses, get(double, f"{SITE}/save/status/system").status] == [429, 503, 200]
    assert len(double.asked(Service.SYSTEM)) == 3


@pytest.mark.parametrize(("manner", "status"), [
    (Legacy.REDIRECT, 302), (Legacy.CHAIN, 302), (Legacy.CONTENT_LOCATION, 200), (Legacy.LINK, 200), (Legacy.REFUSED, 404),
    (Legacy.SILENT, 200),
])
def test_the_old_way_to_save_has_its_manners(double: InternetArchive, manner: Legacy, status: int) -> None:
    double.keyless(manner)
    assert get(double, f"{SITE}/save/{LINK}").status == status


def test_a_failing_capture_is_a_520_the_old_way(double: InternetArchive) -> None:
    double.plan(LINK, Saving(error="error:cannot-fetch", message="No."))
    assert get(double, f"{SITE}/save/{LINK}").status == 520


@pytest.mark.parametrize("url", [f"{SITE}/about", "https://archive.org/details/x", f"{SITE}/", "https://archive.org/"])
def test_there_is_nothing_else(double: InternetArchive, url: str) -> None:
    assert get(double, url).status == 404


@pytest.mark.parametrize("url", [
    f"{SITE}/cdx/search/cdx", f"{SITE}/cdx/search/cdx?url=x&limit=many", f"{SITE}/cdx/search/cdx?url=x&filter=a:[",
    f"{SITE}/cdx/search/cdx?url=x&matchType=odd", f"{SITE}/cdx/search/cdx?url=x&from=soon", f"{SITE}/web/20149999999999/{LINK}",
])
def test_questions_that_make_no_sense_are_a_400(double: InternetArchive, url: str) -> None:
    double.hold(LINK, at(2014))
    assert get(double, url).status == 400


# ---------------------------------------------------------------- other people's clients


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_waybackpy_by_itself_works_with_the_double(
    street, archive: InternetArchive, monkeypatch: pytest.MonkeyPatch,
) -> None:
    from waybackpy import WaybackMachineCDXServerAPI, WaybackMachineSaveAPI

    monkeypatch.setenv("HTTPS_PROXY", street.proxy)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(street.bundle))
    archive.hold(LINK, at(2014))
    found = list(WaybackMachineCDXServerAPI(LINK, limit=5).snapshots())
    assert [one.archive_url for one in found] == [f"{SITE}/web/20140101000000/{LINK}"]
    saved = WaybackMachineSaveAPI("http://harbour.demo/new", max_tries=1).save()
    assert saved == f"{SITE}/web/20260302051700/http://harbour.demo/new"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("manner", [Legacy.CONTENT_LOCATION, Legacy.LINK])
def test_waybackpy_by_itself_misses_copies_that_are_made(
    street, archive: InternetArchive, monkeypatch: pytest.MonkeyPatch, manner: Legacy,
) -> None:
    from waybackpy import WaybackMachineSaveAPI
    from waybackpy.exceptions import MaximumSaveRetriesExceeded

    monkeypatch.setenv("HTTPS_PROXY", street.proxy)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(street.bundle))
    archive.hold(LINK, at(2014))
    archive.keyless(manner)
    with pytest.raises(MaximumSaveRetriesExceeded):
        WaybackMachineSaveAPI(LINK, max_tries=1).save()
    assert len(index(archive, f"url={LINK}")) == 3
