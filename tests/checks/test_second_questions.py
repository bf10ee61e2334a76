"""What a look asks beyond its first request: retries, siblings, refreshes, playlists, watch pages. Over real HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest

from archiver import config
from archiver.checks.judge import judge_look
from archiver.checks.look import Look, first_address, look
from archiver.clock import SystemClock
from archiver.demo.answers import Ask, Reply, at_first, content, file, page, redirect
from archiver.demo.media import mp4
from archiver.demo.prose import article, paragraphs
from archiver.demo.world import World
from archiver.model import Reason, VerdictKind
from archiver.web.client import Web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.demo.script import Sites
    from archiver.model import Verdict

LookAt: TypeAlias = Callable[..., tuple["Verdict", list[Look]]]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World(SystemClock()) as made:
        yield made


@pytest.fixture
def sites(world: World) -> Sites:
    return world.sites


@pytest.fixture
def look_at(world: World) -> LookAt:
    """Look at links in one run; give the last one's verdict, and all looks."""
    loaded = config.load(flags=world.settings(), environment={}, search=False)

    async def run(links: tuple[str, ...]) -> list[Look]:
        async with Web(loaded.settings.web, world.clock) as web:
            return [await look(link, web) for link in links]

    def looked(*links: str) -> tuple[Verdict, list[Look]]:
        looks = asyncio.run(run(links))
        return judge_look(looks[-1].observation), looks

    return looked


def outcome(verdict: Verdict) -> tuple[VerdictKind, Reason]:
    return verdict.kind, verdict.reason


ALIVE = (VerdictKind.ALIVE, Reason.OK)
SOFT_404 = (VerdictKind.DEAD, Reason.SOFT_404)
NEEDS_BROWSER = (VerdictKind.UNKNOWN, Reason.NEEDS_BROWSER)
SHELL = page('<!doctype html><html><head><title>Harbour</title><script src="/app.js"></script></head><body><div id="root"></div>')


def plain_page(title: str, text: str) -> Reply:
    return page(f"<!doctype html><title>{title}</title><h1>{title}</h1>{text}")


# ---------------------------------------------------------------- siblings


def test_a_catch_all_page_is_found_out_once_for_its_folder(sites: Sites, look_at: LookAt) -> None:
    sites["all.demo"].missing = plain_page("Welcome", "<p>Offers of the week, from ropes to lamps.</p>")
    verdict, looks = look_at("http://all.demo/essay/pumps", "http://all.demo/essay/ferries")
    assert outcome(verdict) == SOFT_404
    assert [len(one.answers) for one in looks] == [2, 1]


def test_an_app_that_answers_anything_needs_a_browser(sites: Sites, look_at: LookAt) -> None:
    sites["shell.demo"].missing = SHELL
    verdict, _ = look_at("http://shell.demo/essay/8")
    assert outcome(verdict) == NEEDS_BROWSER


def test_an_app_that_calls_everything_not_found_needs_a_browser(sites: Sites, look_at: LookAt) -> None:
    sites["jobs.demo"].missing = page("<title>Page not found</title><div id=app>Page not found</div><script src=/a.js></script>")
    verdict, _ = look_at("http://jobs.demo/vacancies/rigger")
    assert outcome(verdict) == NEEDS_BROWSER


def test_an_app_on_an_honest_host_is_there(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://honest-shell.demo/essay/8", SHELL)
    verdict, _ = look_at("http://honest-shell.demo/essay/8")
    assert outcome(verdict) == ALIVE


def test_the_front_page_of_an_app_is_there(sites: Sites, look_at: LookAt) -> None:
    sites["front-shell.demo"].put("/", SHELL).missing = SHELL
    verdict, looks = look_at("http://front-shell.demo/")
    assert outcome(verdict) == ALIVE
    assert len(looks[0].answers) == 1


def test_a_half_worded_page_on_an_honest_host_is_there(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://albums.demo/records/17", plain_page("Not Found", paragraphs("album", 1)))
    verdict, looks = look_at("http://albums.demo/records/17")
    assert outcome(verdict) == ALIVE
    assert len(looks[0].answers) == 2


def test_a_half_worded_page_that_stands_everywhere_is_an_error_page(sites: Sites, look_at: LookAt) -> None:
    sites["wordy.demo"].missing = plain_page("Not Found", paragraphs("wordy", 2))
    verdict, _ = look_at("http://wordy.demo/records/17")
    assert outcome(verdict) == SOFT_404


def test_a_picture_without_words_is_not_like_another(sites: Sites, look_at: LookAt) -> None:
    sites["fog.demo"].missing = page("<title>Fog</title><img src='b.jpg'>")
    verdict, _ = look_at("http://fog.demo/pictures/harbour")
    assert outcome(verdict) == SOFT_404
    sites["fog.demo"].put("/pictures/night", page("<title>Fog</title><img src='c.jpg'>"))
    verdict, _ = look_at("http://fog.demo/pictures/night")
    assert outcome(verdict) == ALIVE


def _thread(link: str) -> Reply:
    return page(
        "<!doctype html><title>Page not found - Help - Harbour Forum</title><h1>Page not found</h1>"
        f"<p>When I open my page it says: the page you requested could not be found. Why?</p>{paragraphs(link, 2)}"
    )


def test_a_question_about_an_error_page_is_none(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://forum.demo/thread/9", _thread("a"))
    verdict, _ = look_at("http://forum.demo/thread/9")
    assert outcome(verdict) == ALIVE


def test_an_error_page_with_other_news_each_time_is_one(sites: Sites, look_at: LookAt) -> None:
    sites["newsy.demo"].missing = lambda ask: _thread(ask.target)
    verdict, _ = look_at("http://newsy.demo/thread/9")
    assert outcome(verdict) == SOFT_404


@pytest.mark.parametrize("words", ["We use cookies. Accept all", "Please sign in to go on"])
def test_a_gate_before_every_address_is_no_error_page(sites: Sites, look_at: LookAt, words: str) -> None:
    sites["gate.demo"].missing = plain_page("Harbour Club", f"<p>{words}</p><form><button>Yes</button></form>")
    verdict, _ = look_at("http://gate.demo/minutes/pumps")
    assert verdict.kind is VerdictKind.UNKNOWN


def test_a_page_about_a_film_is_read_to_its_end(sites: Sites, look_at: LookAt) -> None:
    body = f"<!doctype html><title>Films</title>{paragraphs('films', 6)}<a href='/dl/launch.mp4'>Download</a>"
    sites.put("http://films.demo/launch.mp4", file(body.encode(), "text/html"))
    verdict, looks = look_at("http://films.demo/launch.mp4")
    assert outcome(verdict) == ALIVE
    assert looks[0].observation.status == 200


def test_a_redirect_of_any_address_to_one_page_is_no_move(sites: Sites, look_at: LookAt) -> None:
    sites["relaunched.demo"].put("/news", page(article("All the news"))).missing = redirect("/news")
    verdict, _ = look_at("http://relaunched.demo/2009/ropeworks")
    assert outcome(verdict) == SOFT_404


def test_a_temporary_redirect_of_any_address_convicts_nobody(sites: Sites, look_at: LookAt) -> None:
    sites["gated.demo"].put("/welcome-gate", page(article("Choose your region"))).missing = redirect("/welcome-gate", 302)
    verdict, _ = look_at("http://gated.demo/2009/ropeworks")
    assert outcome(verdict) == ALIVE


TO_HOME = (VerdictKind.DEAD, Reason.REDIRECT_TO_HOME)


@pytest.mark.parametrize("others", [redirect("/", 302), page("", status=404)])
def test_a_temporary_redirect_to_the_front_page_is_believed_when_the_host_is_known(
    sites: Sites, look_at: LookAt, others: Reply,
) -> None:
    host = f"homing{others.status}.demo"
    sites[host].missing = others
    sites.put(f"http://{host}/2009/ropeworks", redirect("/", 302))
    verdict, looks = look_at(f"http://{host}/2009/ropeworks")
    assert outcome(verdict) == TO_HOME
    assert len(looks[0].answers) == 2


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_temporary_redirect_to_the_front_page_is_no_death_when_the_host_is_silent(
    sites: Sites, look_at: LookAt, status: int,
) -> None:
    host = f"homing-{status}.demo"
    sites[host].missing = page("", status=status)
    sites.put(f"http://{host}/2009/ropeworks", redirect("/", 302))
    verdict, _ = look_at(f"http://{host}/2009/ropeworks")
    assert outcome(verdict) == NEEDS_BROWSER


def test_a_front_page_that_asks_for_a_country_is_a_gate(sites: Sites, look_at: LookAt) -> None:
    site = sites["homing-gate.demo"].put("/", plain_page("Harbour", "<p>Choose your country to go on.</p>"))
    site.missing = redirect("/", 302)
    verdict, _ = look_at("http://homing-gate.demo/2009/ropeworks")
    assert outcome(verdict) == NEEDS_BROWSER


def test_a_whole_site_sent_to_a_new_front_page_is_gone(sites: Sites, look_at: LookAt) -> None:
    sites["merged.demo"].missing = redirect("https://successor.demo/")
    sites["successor.demo"]  # it exists
    verdict, _ = look_at("http://merged.demo/2009/ropeworks")
    assert outcome(verdict) == (VerdictKind.DEAD, Reason.REDIRECT_TO_HOME)


def test_a_short_link_to_a_front_page_is_not_gone(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://short.demo/x7", redirect("https://successor.demo/"))
    sites["successor.demo"]
    verdict, _ = look_at("http://short.demo/x7")
    assert outcome(verdict) == (VerdictKind.MOVED, Reason.PERMANENT_REDIRECT)


def test_a_page_that_names_its_address_is_not_doubted(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://notes.demo/pumps", plain_page("Two pumps", "<p>Both broken.</p>"))
    _, looks = look_at("http://notes.demo/pumps")
    assert len(looks[0].answers) == 1


# ---------------------------------------------------------------- refreshes


def test_a_refresh_to_an_error_is_dead(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://refresh.demo/old", page('<meta http-equiv="refresh" content="0;url=/nowhere">'))
    verdict, _ = look_at("http://refresh.demo/old")
    assert outcome(verdict) == (VerdictKind.DEAD, Reason.NOT_FOUND)


def test_a_refresh_to_the_front_page_is_dead(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://refresh.demo/older", page('<meta http-equiv="refresh" content="3; URL=\'/\'"><p>We have a new site.'))
    verdict, _ = look_at("http://refresh.demo/older")
    assert outcome(verdict) == (VerdictKind.DEAD, Reason.REDIRECT_TO_HOME)


def test_a_slow_refresh_of_a_news_page_is_not_followed(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://refresh.demo/ticker", page(
        '<title>The ticker</title><meta http-equiv="refresh" content="300;url=/ticker?again"><h1>The ticker</h1><p>Nine to four.'))
    verdict, looks = look_at("http://refresh.demo/ticker")
    assert outcome(verdict) == ALIVE
    assert len(looks[0].answers) == 1


# ---------------------------------------------------------------- retries


def test_a_404_is_not_asked_again(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://again.demo/a", at_first(1, page("", status=404), page(article("There after all"))))
    verdict, looks = look_at("http://again.demo/a")
    assert outcome(verdict) == (VerdictKind.DEAD, Reason.NOT_FOUND)
    assert len(looks[0].answers) == 1


def test_a_502_is_asked_once_more(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://again.demo/b", at_first(1, page("", status=502), page(article("There after all"))))
    verdict, looks = look_at("http://again.demo/b")
    assert outcome(verdict) == ALIVE
    assert len(looks[0].answers) == 2


# ---------------------------------------------------------------- files and playlists


def _playlist(*lines: str) -> Reply:
    return content("\n".join(["#EXTM3U", *lines, ""]).encode(), "application/vnd.apple.mpegurl")


def test_a_playlist_whose_pieces_are_there_is_alive(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://films.demo/live/master.m3u8", _playlist("#EXT-X-STREAM-INF:BANDWIDTH=1", "low/index.m3u8"))
    sites.put("http://films.demo/live/low/index.m3u8", _playlist("#EXTINF:4,", "piece1.ts"))
    sites.put("http://films.demo/live/low/piece1.ts", content(b"\x47\x40" + bytes(200), "video/mp2t"))
    verdict, _ = look_at("http://films.demo/live/master.m3u8")
    assert outcome(verdict) == ALIVE


def test_a_playlist_that_outlived_its_pieces_is_dead(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://films.demo/old/index.m3u8", _playlist("#EXTINF:4,", "piece1.ts"))
    verdict, _ = look_at("http://films.demo/old/index.m3u8")
    assert outcome(verdict) == (VerdictKind.DEAD, Reason.MEDIA_REMOVED)


def test_only_the_beginning_of_a_film_is_asked_for(world: World, sites: Sites, look_at: LookAt) -> None:
    sites.put("http://films.demo/whole.mp4", file(mp4() + bytes(500_000), "video/mp4"))
    verdict, looks = look_at("http://films.demo/whole.mp4")
    assert outcome(verdict) == ALIVE
    assert looks[0].observation.status == 206
    assert looks[0].observation.length == 1024


def test_an_empty_film_is_dead(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://films.demo/nothing.mp4", file(b"", "video/mp4"))
    verdict, _ = look_at("http://films.demo/nothing.mp4")
    assert outcome(verdict) == (VerdictKind.DEAD, Reason.EMPTY)


def test_a_host_that_knows_no_ranges_is_asked_without(sites: Sites, look_at: LookAt) -> None:
    def picky(ask: Ask) -> Reply:
        return Reply(status=416) if ask.header("range") else content(mp4(), "video/mp4")

    sites.put("http://films.demo/picky.mp4", picky)
    verdict, _ = look_at("http://films.demo/picky.mp4")
    assert outcome(verdict) == ALIVE


# ---------------------------------------------------------------- video hosts


def _watch(status: str, reason: str = "") -> Reply:
    player = {"playabilityStatus": {"status": status, "reason": reason}}
    return page(f"<title>- YouTube</title><script>var ytInitialPlayerResponse = {json.dumps(player)};</script>")


@pytest.mark.parametrize(
    ("oembed", "watch", "expected"),
    [
        (content(b"Forbidden", "text/plain"), _watch("LOGIN_REQUIRED", "Private video"), (VerdictKind.RESTRICTED, Reason.PRIVATE_MEDIA)),
        (content(b"Bad Request", "text/plain", status=400), _watch("OK"), ALIVE),
        (content(b"Bad Request", "text/plain", status=400), _watch("ERROR", "Video unavailable"), (VerdictKind.DEAD, Reason.MEDIA_REMOVED)),
        (content(b"", "text/plain", status=500), _watch("OK"), ALIVE),
        (content(b"", "text/plain", status=500), _watch("AGE_VERIFICATION_REQUIRED"), ALIVE),
        (content(b"", "text/plain", status=500), _watch("LOGIN_REQUIRED", "Sign in to confirm your age"), ALIVE),
        (content(b"", "text/plain", status=500), _watch("LIVE_STREAM_OFFLINE"), ALIVE),
        (content(b"<html>", "text/html"), _watch("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot"), (VerdictKind.BLOCKED, Reason.BOT_WALL)),
        (content(b"<html>", "text/html"), _watch("UNPLAYABLE", "The uploader has not made this video available in your country"),
         (VerdictKind.BLOCKED, Reason.GEO)),
        (content(b"<html>", "text/html"), _watch("UNPLAYABLE", "This content isn't available, try again later."),
         (VerdictKind.UNKNOWN, Reason.RATE_LIMITED)),
        (content(b"<html>", "text/html"), _watch("ERROR", "This content isn't available, try again later."),
         (VerdictKind.UNKNOWN, Reason.RATE_LIMITED)),
        (content(b"<html>", "text/html"), page("<title> - YouTube</title>"), (VerdictKind.UNKNOWN, Reason.BAD_ANSWER)),
        (content(b"", "text/plain", status=503), page("<title> - YouTube</title>"), (VerdictKind.UNKNOWN, Reason.SERVER_ERROR)),
        (content(b'{"title": "Quay", "type": "video"}', "application/json"), _watch("ERROR"), ALIVE),
    ],
)
def test_a_watch_page_settles_what_oembed_does_not(
    sites: Sites, look_at: LookAt, oembed: Reply, watch: Reply, expected: tuple[VerdictKind, Reason],
) -> None:
    site = sites["www.youtube.com"]
    before = site.missing
    site.put("/oembed", oembed).missing = watch
    try:
        verdict, _ = look_at("https://www.youtube.com/watch?v=demoSettled")
    finally:
        site.missing = before
    assert outcome(verdict) == expected


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://youtu.be/dQw4w9WgXcQ?t=1", "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ"),
        ("https://m.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ", "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ"),
        ("https://www.youtube.com/playlist?list=PL123", "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fplaylist%3Flist%3DPL123"),
        ("https://vimeo.com/76979871/abcdef0123", "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F76979871%2Fabcdef0123"),
        ("https://player.vimeo.com/video/76979871", "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fplayer.vimeo.com%2Fvideo%2F76979871"),
        ("https://twitter.com/somebody/status/1", "https://publish.twitter.com/oembed?url=https%3A%2F%2Ftwitter.com%2Fsomebody%2Fstatus%2F1"),
        ("https://www.youtube.com/@somebody", "https://www.youtube.com/@somebody"),
        ("https://www.youtube.com/", "https://www.youtube.com/"),
        ("https://vimeo.com/blog", "https://vimeo.com/blog"),
        ("https://example.net/watch?v=dQw4w9WgXcQ", "https://example.net/watch?v=dQw4w9WgXcQ"),
        ("https://example.net/vimeo.com/76979871", "https://example.net/vimeo.com/76979871"),
    ],
)
def test_the_first_address(link: str, address: str) -> None:
    assert first_address(link) == address


def test_a_vimeo_page_stands_in_when_oembed_fails(sites: Sites, look_at: LookAt) -> None:
    site = sites["vimeo.com"]
    site.put("/api/oembed.json", page("", status=500)).put("/900100777", page("", status=404))
    verdict, _ = look_at("https://vimeo.com/900100777")
    assert outcome(verdict) == (VerdictKind.DEAD, Reason.NOT_FOUND)
