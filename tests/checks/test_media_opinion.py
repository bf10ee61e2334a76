"""A second opinion on media that no host of the table knows: what of it is believed, and what is not."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from scripted import START

from archiver import config
from archiver.checks.asking import Asking
from archiver.checks.judge import judge_look
from archiver.checks.media.opinion import opinion, read_told, wants_opinion
from archiver.clock import SystemClock
from archiver.demo.answers import Reply, content, file, page
from archiver.demo.media import mp4
from archiver.demo.world import World
from archiver.model import Observation, Reason, Signal, SignalKind, VerdictKind
from archiver.web.client import Web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OPEN = Signal(kind=SignalKind.MEDIA_UNCLEAR, detail="its page says nothing")
ALIVE = (VerdictKind.ALIVE, Reason.OK)
UNCLEAR = (VerdictKind.UNKNOWN, Reason.BAD_ANSWER)


def seen(link: str, *signals: Signal) -> Observation:
    return Observation(link=link, at=START, status=200, final_url=link, media_type="text/html", length=900, signals=signals or (OPEN,))


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World(SystemClock()) as made:
        yield made


@pytest.fixture
def asked(world: World) -> Callable[[str], Observation]:
    """Ask for a second opinion on a link of the demo world."""
    settings = config.load(flags=world.settings(), environment={}, search=False).settings.web

    async def run(link: str) -> Observation:
        async with Web(settings, world.clock) as web:
            return await opinion(
                Asking(link, web, None, None), seen(link), proxy=settings.proxy, ca_bundle=settings.ca_bundle,
            )

    return lambda link: asyncio.run(run(link))


def _player(address: str) -> Reply:
    return page(f'<!doctype html><html><head><title>The ferry</title></head><body><video src="{address}"></video></body></html>')


def _outcome(observation: Observation) -> tuple[VerdictKind, Reason]:
    verdict = judge_look(observation)
    return verdict.kind, verdict.reason


def test_a_film_that_begins_where_it_is_said_to_is_there(world: World, asked: Callable[[str], Observation]) -> None:
    world.sites.put("http://opinion.demo/ferry", _player("/ferry.mp4"))
    world.sites.put("http://opinion.demo/ferry.mp4", file(mp4(), "video/mp4"))
    found = asked("http://opinion.demo/ferry")
    assert _outcome(found) == ALIVE
    assert "http://opinion.demo/ferry.mp4" in found.detail(SignalKind.MEDIA_ALIVE)


def test_an_embedded_video_that_its_host_knows_is_there(world: World, asked: Callable[[str], Observation]) -> None:
    for name in ("demoAlive01", "demoRemoved"):
        frame = f'<iframe src="https://www.youtube.com/embed/{name}" width="9" height="9"></iframe>'
        world.sites.put(f"http://opinion.demo/{name}", page(f"<!doctype html><title>The crane</title><body>{frame}</body>"))
    assert _outcome(asked("http://opinion.demo/demoAlive01")) == ALIVE
    assert _outcome(asked("http://opinion.demo/demoRemoved")) == UNCLEAR


def test_private_addresses_are_not_asked_about() -> None:
    link = "http://127.0.0.1:9/ferry"

    async def run() -> Observation:
        settings = config.load(environment={}, search=False).settings.web
        async with Web(settings, SystemClock()) as web:
            return await opinion(Asking(link, web, None, None), seen(link))

    assert asyncio.run(run()) == seen(link)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("dead-film", {"": _player("/dead.mp4")}),
        ("page-in-its-place", {"": _player("/page.mp4"), "/page.mp4": page("<title>Films</title>")}),
        ("no-media", {"": page("<title>Nothing</title><p>Nothing to be seen.</p>")}),
        ("empty", {"": content(b"", "text/html")}),
        ("gone", {"": page("", status=404)}),
        ("refused", {"": page("", status=403)}),
        ("private-address", {"": _player("http://127.0.0.1:9/ferry.mp4")}),
    ],
)
def test_what_yt_dlp_finds_or_fails_at_settles_nothing_alone(
    world: World, asked: Callable[[str], Observation], name: str, answers: dict[str, Reply],
) -> None:
    for path, answer in answers.items():
        world.sites.put(f"http://{name}.demo{path or '/film'}", answer)
    assert _outcome(asked(f"http://{name}.demo/film")) == UNCLEAR


def test_only_what_is_open_and_in_no_table_is_asked_about() -> None:
    link = "http://opinion.demo/ferry"
    assert wants_opinion(seen(link))
    assert wants_opinion(seen(link, Signal(kind=SignalKind.NEEDS_BROWSER)))
    assert not wants_opinion(seen("https://www.youtube.com/watch?v=quayFerry01"))
    assert not wants_opinion(seen(link, Signal(kind=SignalKind.MEDIA_ALIVE)))
    assert not wants_opinion(replace(seen(link), status=404))


@pytest.mark.parametrize("said", [b"", b"no JSON", b"[]", b"{}", json.dumps({"address": 1}).encode(), b'{"address": "http://a.demo/"}'])
def test_what_is_no_answer_is_none(said: bytes) -> None:
    assert read_told(said) is None
