"""Readers of what archives answer: whatever comes, they give a value, and what they read is what was written."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.archives import cdx, refusals, stamps
from archiver.archives.links import read_links
from archiver.archives.timemap import read_timemap
from archiver.archives.wayback import row_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=10), inner, max_size=5), max_leaves=20,
)
FIELD = st.sampled_from([
    "20140503120000", "20140003120000", "00000000000000", "99999999999999", "http://harbour.demo/tides", "http://mailto:a@b",
    "text/html", "warc/revisit", "200", "-", "", "AAAA", "1000", "http://[", "http://xn--/", "https://harbour.demo/a b",
]) | st.text(max_size=20) | st.integers() | st.none()
COLUMNS = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
TABLES = st.lists(st.lists(FIELD, min_size=7, max_size=7) | st.lists(FIELD, max_size=9), max_size=6)
MOMENTS = st.integers(min_value=-30_000_000_000, max_value=200_000_000_000).map(lambda one: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=one))
PIECES = st.lists(st.sampled_from([
    "<http://harbour.demo/>", "<", ">", ";", ",", "rel=", '"memento"', '"', "original", "datetime=", "timemap", " ", "\n", "from=",
    '"Sat, 03 May 2014 00:00:00 GMT"', "https://memory.demo/web/20140503000000/x", "<http://[>", "{", "[", "]", "}", ":", "\0", "é",
]), max_size=40).map("".join)


@given(st.text() | JSON.map(json.dumps) | TABLES.map(lambda lines: json.dumps([COLUMNS, *lines])))
@settings(max_examples=300, deadline=None)
def test_no_json_breaks_the_reader_of_the_index(text: str) -> None:
    page = cdx.read_json(text)
    assert page is None or all(row.taken.tzinfo is UTC for row in page.rows)
    if page is not None and page.none:
        assert json.loads(text) == [] or json.loads(text)[1:] == [[]] * (len(json.loads(text)) - 1)


@given(st.text() | TABLES.map(lambda lines: "\n".join(" ".join(map(str, line)) for line in lines)))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reader_of_rows(text: str) -> None:
    page = cdx.read_text(text)
    assert page is None or page.rows or page.none or page.resume or page.excluded or page.damaged


@given(st.text() | st.lists(JSON.map(json.dumps) | st.dictionaries(
    st.sampled_from([*COLUMNS, "url", "mime", "status"]), FIELD).map(json.dumps), max_size=5).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_no_lines_break_the_reader_of_json_lines(text: str) -> None:
    page = cdx.read_lines(text)
    assert page is None or all(row.original.startswith("http") for row in page.rows if row.status)


@given(PIECES | st.text() | JSON.map(json.dumps))
@settings(max_examples=300, deadline=None)
def test_nothing_breaks_the_reader_of_timemaps(text: str) -> None:
    page = read_timemap(text, "https://memory.demo/timemap/link/x")
    for one in page.mementos if page else ():
        assert not one.url or one.url.startswith(("http://", "https://"))
        assert one.taken.tzinfo is UTC
    assert all(isinstance(one.target, str) for one in read_links(text))


@given(st.lists(MOMENTS, max_size=8, unique=True))
@settings(max_examples=60, deadline=None)
def test_a_timemap_that_was_written_is_read(moments: list[datetime]) -> None:
    lines = ['<http://harbour.demo/a,b>; rel="original"', *(
        f'<https://memory.demo/web/{stamps.to_stamp(one)}/http://harbour.demo/a,b>; rel="memento"; datetime="{stamps.to_http(one)}"'
        for one in moments
    )]
    page = read_timemap(",\n".join(lines), "https://memory.demo/")
    assert page is not None
    assert [one.taken for one in page.mementos] == moments
    assert page.none is not bool(moments)


@given(st.lists(MOMENTS, max_size=8, unique=True))
@settings(max_examples=60, deadline=None)
def test_an_index_that_was_written_is_read_in_every_dialect(moments: list[datetime]) -> None:
    lines = [["k", stamps.to_stamp(one), "http://harbour.demo/", "text/html", "200", "AAAA", "7"] for one in moments]
    for page in (
        cdx.read_json(json.dumps([COLUMNS, *lines]) if lines else "[]"),
        cdx.read_text("".join(" ".join(line) + "\n" for line in lines)),
        cdx.read_lines("\n".join(json.dumps(dict(zip(COLUMNS, line, strict=True))) for line in lines)),
        cdx.read_lines("\n".join(f"k {line[1]} " + json.dumps({"url": line[2]}) for line in lines)),
    ):
        assert page is not None
        assert [row.taken for row in page.rows] == moments


@given(st.text(max_size=30) | st.from_regex(r"\A\d{12,16}\Z"))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_readers_of_times(text: str) -> None:
    for read in (stamps.from_stamp, stamps.from_http, stamps.from_iso):
        moment = read(text)
        assert moment is None or moment.tzinfo is UTC


@given(MOMENTS)
@settings(max_examples=100, deadline=None)
def test_a_time_that_was_written_is_read(moment: datetime) -> None:
    assert stamps.from_stamp(stamps.to_stamp(moment)) == moment
    assert stamps.from_http(stamps.to_http(moment)) == moment
    assert stamps.from_iso(moment.isoformat()) == moment


@given(st.text(max_size=60) | PIECES)
@settings(max_examples=200, deadline=None)
def test_only_addresses_of_copies_are_read_as_such(text: str) -> None:
    for address in (text, f"https://web.archive.org/web/{text}", f"https://web.archive.org/web/20140503120000/{text}"):
        row = row_of(address)
        assert row is None or address.lower().startswith(("https://web.archive.org/web/", "http://web.archive.org/web/"))


@pytest.mark.parametrize(("address", "original"), [
    ("https://web.archive.org/web/20140503120000/http://harbour.demo/tides", "http://harbour.demo/tides"),
    ("http://web.archive.org/web/20140503120000id_/https://harbour.demo/?a=b", "https://harbour.demo/?a=b"),
    ("https://web.archive.org/web/20140503120000/http:/harbour.demo/", "http://harbour.demo/"),
    ("https://web.archive.org/web/20140503120000/harbour.demo/", "harbour.demo/"),
    ("https://web.archive.org/web/20140503120000/http://a.demo/web/20100101000000/http://b.demo/",
     "http://a.demo/web/20100101000000/http://b.demo/"),
])
def test_an_address_of_a_copy_is_taken_apart(address: str, original: str) -> None:
    row = row_of(address)
    assert row is not None
    assert (row.stamp, row.original, row.taken) == ("20140503120000", original, datetime(2014, 5, 3, 12, tzinfo=UTC))


@pytest.mark.parametrize("address", [
    "", "/web/20140503120000/http://harbour.demo/", "https://elsewhere.demo/web/20140503120000/http://harbour.demo/",
    "https://web.archive.org/save/http://harbour.demo/", "https://web.archive.org/web/2014/http://harbour.demo/",
    "https://web.archive.org/web/20141303120000/http://harbour.demo/", "https://web.archive.org/web/20140503120000",
    "https://web.archive.org/web/*/http://harbour.demo/", "https://web.archive.org/web/20140503120000xy/http://harbour.demo/",
    "https://web.archive.org/save/https://web.archive.org/web/20140503120000/http://harbour.demo/",
    "https://web.archive.org/web/20140503120000/mailto:pilot@harbour.demo", "ftp://web.archive.org/web/20140503120000/http://a.demo/",
])
def test_any_other_address_is_none(address: str) -> None:
    assert row_of(address) is None


# ---------------------------------------------------------------- rows that real servers have given


def test_a_page_of_the_index_tells_where_the_next_one_begins() -> None:
    row = ["org,archive)/", "19970126045828", "http://www.archive.org:80/", "text/html", "200", "AAAA", "1415"]
    page = cdx.read_json(json.dumps([COLUMNS, row, [], ["org%2Carchive%29%2F+19980109140106%21"]]))
    assert page is not None
    assert (len(page.rows), page.resume) == (1, "org%2Carchive%29%2F+19980109140106%21")
    page = cdx.read_text(" ".join(row) + "\n\norg%2Carchive%29%2F+19980109140106%21\n")
    assert page is not None
    assert (len(page.rows), page.resume) == (1, "org%2Carchive%29%2F+19980109140106%21")


def test_a_page_may_hold_nothing_but_where_the_next_one_begins_and_that_is_not_none() -> None:
    for page in (cdx.read_json(json.dumps([COLUMNS, [], ["org%2Carchive%29%2F+19980109140106%21"]])),
                 cdx.read_text("\norg%2Carchive%29%2F+19980109140106%21\n")):
        assert page is not None
        assert (page.rows, page.resume, page.none) == ((), "org%2Carchive%29%2F+19980109140106%21", False)


def test_exclusions_are_recognised_in_any_dress() -> None:
    for words in ("org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error",
                  "org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots"):
        for read in (cdx.read_json, cdx.read_text):
            page = read(f"{words}\n")
            assert page is not None
            assert (page.excluded, page.none) == (True, False)


def test_a_month_or_day_of_zero_was_pushed_in() -> None:
    assert stamps.from_stamp("20000800241623") == datetime(2000, 8, 24, 16, 23, tzinfo=UTC)
    assert stamps.from_stamp("20000012241623") == datetime(2000, 12, 24, 16, 23, tzinfo=UTC)


# ---------------------------------------------------------------- errors of Save Page Now


@given(st.text(max_size=40), st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_no_error_that_nobody_knows_condemns_an_address(code: str, message: str) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    ruling = refusals.rule(f"error:zz-{code}", message, now)
    assert ruling.meaning in (refusals.Meaning.LATER, refusals.Meaning.STOP)
    assert ruling.again is not None
    assert ruling.again > now
    assert refusals.delay(message) >= 0


@pytest.mark.parametrize("code", ["error:not-found", "not-found", "ERROR:NOT-FOUND", " error:not_found "])
def test_codes_are_read_in_all_their_spellings(code: str) -> None:
    ruling = refusals.rule(code, "", datetime(2026, 3, 2, tzinfo=UTC))
    assert (ruling.code, ruling.meaning) == ("not-found", refusals.Meaning.NEVER)


@pytest.mark.parametrize(("message", "seconds"), [
    ("The capture will start in 2 hours.", 7200), ("Your capture will start in about 5 minutes", 300),
    ("capture will start in 40 seconds", 40), ("It has started.", 0), ("", 0),
])
def test_a_delay_is_read(message: str, seconds: float) -> None:
    assert refusals.delay(message) == seconds


def test_the_day_ends_at_midnight_utc() -> None:
    evening = datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)
    assert refusals.rule("max-daily-bandwidth", "", evening).again == evening + timedelta(seconds=1)
