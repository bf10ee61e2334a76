"""What a host says to the impossible: asked once for a place, remembered from earlier runs, and silent where it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

import pytest

from archiver import config
from archiver.checks import sibling as siblings
from archiver.checks.aim import NOTHING, again
from archiver.checks.judge import judge_look
from archiver.checks.look import Look, look
from archiver.checks.page import Page
from archiver.checks.sibling import Sibling
from archiver.clock import SystemClock
from archiver.demo.answers import Ask, Reply, content, page, redirect
from archiver.demo.world import World
from archiver.model import Reason, VerdictKind
from archiver.web.client import Web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.demo.script import Sites

# Links, and what was known before: the looks, and what was learned.
LookAt: TypeAlias = Callable[..., tuple[list[Look], dict[str, datetime]]]
ALIVE = (VerdictKind.ALIVE, Reason.OK)
SOFT_404 = (VerdictKind.DEAD, Reason.SOFT_404)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World(SystemClock()) as made:
        yield made


@pytest.fixture
def sites(world: World) -> Sites:
    return world.sites


@pytest.fixture
def look_at(world: World) -> LookAt:
    loaded = config.load(flags=world.settings(), environment={}, search=False)

    async def run(links: tuple[str, ...], known: dict[str, float]) -> tuple[list[Look], dict[str, datetime]]:
        async with Web(loaded.settings.web, world.clock) as web:
            now = world.clock.now()
            siblings.remember(web, {place: now - timedelta(days=days) for place, days in known.items()}, now)
            looks = [await look(link, web) for link in links]
        aims = {siblings.place(one.observation.link): again(NOTHING, [one.observation], world.clock.now()) for one in looks}
        return looks, {place: aim.honest for place, aim in aims.items() if place and aim.honest}

    def looked(*links: str, known: dict[str, float] | None = None) -> tuple[list[Look], dict[str, datetime]]:
        return asyncio.run(run(links, known or {}))

    return looked


def outcome(one: Look) -> tuple[VerdictKind, Reason]:
    verdict = judge_look(one.observation)
    return verdict.kind, verdict.reason


STRANGE = page("<!doctype html><title>Notes</title><h1>Notes</h1><p>Fog all day, and a gull on the rail.</p>")


def test_a_place_that_says_no_is_learned_with_its_day(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://honest.demo/log/7", STRANGE)
    looks, learned = look_at("http://honest.demo/log/7")
    assert outcome(looks[0]) == ALIVE
    assert list(learned) == [siblings.place("http://honest.demo/log/7")] == ["http://honest.demo/log||"]
    assert learned["http://honest.demo/log||"].tzinfo is not None


def test_what_is_asked_beside_the_target_of_a_shortener_is_not_learned_of_the_shortener(
    sites: Sites, look_at: LookAt,
) -> None:
    sites.put("http://bit.ly/3abcde", redirect("http://behind.demo/log/7"))
    sites.put("http://behind.demo/log/7", STRANGE)
    looks, learned = look_at("http://bit.ly/3abcde")
    assert (outcome(looks[0]), len(looks[0].answers), learned) == (ALIVE, 2, {})


def test_a_place_known_to_say_no_is_not_asked_again(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://known.demo/log/7", STRANGE)
    looks, learned = look_at("http://known.demo/log/7", known={"http://known.demo/log||": 12})
    assert (outcome(looks[0]), len(looks[0].answers), learned) == (ALIVE, 1, {})


@pytest.mark.parametrize("known", [{"http://elder.demo/log||": 45}, {"http://elder.demo/||": 1}, {"http://elder.demo/log||": -3}])
def test_what_is_old_or_of_another_place_or_of_the_future_is_asked_again(sites: Sites, look_at: LookAt, known: dict[str, float]) -> None:
    sites.put("http://elder.demo/log/7", STRANGE)
    looks, _ = look_at("http://elder.demo/log/7", known=known)
    assert (outcome(looks[0]), len(looks[0].answers)) == (ALIVE, 2)


def test_places_differ_by_folder_ending_slash_and_query() -> None:
    links = ("http://a.demo/b/1", "http://a.demo/b/1/", "http://a.demo/b/1.html", "http://a.demo/c/1", "http://b.demo/b/1")
    assert len({siblings.place(link) for link in links}) == 5
    assert siblings.place("http://a.demo/b/1") == siblings.place("http://a.demo/b/2")
    assert siblings.place("http://a.demo/b/1.html") == siblings.place("http://a.demo/b/2.html")
    assert siblings.place("http://a.demo/b?id=1", by_query=True) == siblings.place("http://a.demo/b?id=2", by_query=True)
    assert siblings.place("http://a.demo/") is None


@pytest.mark.parametrize(
    "rest",
    [
        page("<title>Busy</title>", status=503), page("<title>Slow down</title>", status=429), page("<title>No</title>", status=403),
        page("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", status=404, headers=(("cf-mitigated", "challenge"),)),
        page("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", headers=(("cf-mitigated", "challenge"),)),
    ],
    ids=["503", "429", "403", "wall-404", "wall-200"],
)
def test_a_sibling_behind_a_wall_or_in_trouble_settles_nothing(sites: Sites, look_at: LookAt, rest: Reply, request: pytest.FixtureRequest) -> None:
    host = f"{request.node.callspec.id}.demo"
    sites.put(f"http://{host}/log/7", STRANGE)
    sites[host].missing = rest
    looks, learned = look_at(f"http://{host}/log/7")
    assert (outcome(looks[0]), learned) == (ALIVE, {})


def test_a_host_that_says_ok_to_everything_is_found_out(sites: Sites, look_at: LookAt) -> None:
    sites["yes.demo"].missing = content(b"OK\n", "text/plain")
    looks, _ = look_at("http://yes.demo/log/7", "http://yes.demo/log/8")
    assert [outcome(one) for one in looks] == [SOFT_404, SOFT_404]
    assert [len(one.answers) for one in looks] == [2, 1]


def _gull(ask: Ask) -> Reply:
    return page(f"<!doctype html><title>Fog</title><h1>Fog</h1><p>A gull looked for {ask.path} and saw none of it in the fog.</p>")


def test_a_page_that_repeats_the_address_is_still_the_same_page(sites: Sites, look_at: LookAt) -> None:
    sites["gulls.demo"].missing = _gull
    looks, _ = look_at("http://gulls.demo/log/harbour-crane")
    assert outcome(looks[0]) == SOFT_404


def test_a_search_without_results_is_there_though_every_search_looks_so(sites: Sites, look_at: LookAt) -> None:
    sites["finds.demo"].missing = page("<!doctype html><title>Search</title><h1>Search</h1><p>Nothing was found.</p>")
    looks, _ = look_at("http://finds.demo/search?q=belaying+pins")
    assert (outcome(looks[0]), len(looks[0].answers)) == (ALIVE, 1)


def test_likeness_is_of_words_and_not_of_beginnings() -> None:
    sibling = Sibling("http://a.demo/log/qqq", 200, title="Log", text="Fog all day")
    assert sibling.is_like(Page(b"<title>Log</title>Fog all day"))
    assert not sibling.is_like(Page(b"<title>Log</title>Fog all day and a gull"))
    assert not sibling.is_like(Page(b"<title>Log</title>Fog"))
    assert not sibling.is_like(Page(b"<title>Log of the mate</title>Fog all day"))
