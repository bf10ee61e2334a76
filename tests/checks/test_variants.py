"""Which variants of a dead address are worth a request, and what is said of one that is there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import config, urls
from archiver.checks.aim import Aim
from archiver.checks.findings import find
from archiver.checks.judge import judge_look
from archiver.checks.look import look
from archiver.checks.variants import MOST, variants
from archiver.clock import SystemClock
from archiver.demo.answers import page
from archiver.demo.prose import article
from archiver.demo.script import Reach
from archiver.demo.world import World
from archiver.model import FailureKind, HopFact, Observation, Reason, VerdictKind
from archiver.web.client import Web

AT = datetime(2026, 3, 2, tzinfo=UTC)


def of(link: str, *meant: str, status: int = 404, failure: FailureKind | None = None) -> list[tuple[str, str]]:
    hops = () if failure else (HopFact(url=link, status=status),)
    seen = Observation(
        link=link, at=AT, hops=hops, status=None if failure else status, failure=failure,
        final_url=link, media_type="text/html", length=100,
    )
    return [(variant.url, variant.why) for variant in variants(seen, find(seen), meant)]


@pytest.mark.parametrize(("link", "expected"), [
    ("https://a.demo/story.", [("https://a.demo/story", "without “.” at its end")]),
    ("https://a.demo/story),", [("https://a.demo/story", "without “),” at its end")]),
    ("https://a.demo/Salt_(film).", [("https://a.demo/Salt_(film)", "without “.” at its end")]),
    ("https://a.demo/Salt_(film", [("https://a.demo/Salt_(film)", "with “)” at its end")]),
    ("https://a.demo/wiki/Washington,_D.C", [("https://a.demo/wiki/Washington,_D.C.", "with a full stop at its end")]),
    ("https://a.demo/story%E2%80%9D", [("https://a.demo/story", "without “”” at its end")]),
    ("https://a.demo/story%3E", [("https://a.demo/story", "without “>” at its end")]),
    ("https://a.demo/a%2520b", [("https://a.demo/a%20b", "decoded once")]),
    ("https://a.demo/p?a=1&amp;b=2", [("https://a.demo/p?a=1&b=2", "with its HTML entities resolved")]),
    ("https://go.demo/l.php?u=https%3A%2F%2Fa.demo%2Fstory&h=x", [("https://a.demo/story", "the address that it wraps")]),
    ("https://proxy.demo/login/https://a.demo/story", [("https://a.demo/story", "the address that it wraps")]),
    ("https://proxy.demo/https:/a.demo/story", [("https://a.demo/story", "the address that it wraps")]),
    ("https://a.demo/story", []),
    ("https://a.demo/story?id=7", []),
    ("https://a.demo/,", []),  # that the site is there says nothing of its page
])
def test_the_spelling_gives_the_variants(link: str, expected: list[tuple[str, str]]) -> None:
    assert of(link) == expected


def test_the_documents_variants_come_first_and_there_are_few() -> None:
    assert of("https://a.demo/story12.", "https://a.demo/story1", "https://a.demo/story") == [
        ("https://a.demo/story1", "without “2.” at its end"), ("https://a.demo/story", "without “12.” at its end"),
    ]


@pytest.mark.parametrize(("link", "failure", "expected"), [
    ("http://a.demo/s", FailureKind.NO_SUCH_HOST, [("http://www.a.demo/s", "with “www.”")]),
    ("http://www.a.demo/s", FailureKind.NO_SUCH_HOST, [("http://a.demo/s", "without “www.”")]),
    ("http://news.a.example.org/s", FailureKind.NO_SUCH_HOST, []),
    ("http://a.demo/s", FailureKind.REFUSED, [("https://a.demo/s", "by https")]),
    ("https://a.demo/s", FailureKind.TLS_ERROR, [("http://a.demo/s", "by http")]),
    ("https://a.demo:8443/s", FailureKind.REFUSED, []),
    ("http://a.demo/s.", FailureKind.TIMEOUT, []),
    ("http://a.demo/s.", FailureKind.OFFLINE, []),
])
def test_a_host_that_does_not_answer_may_do_so_by_another_name_or_scheme(
    link: str, failure: FailureKind, expected: list[tuple[str, str]],
) -> None:
    assert of(link, failure=failure) == expected


@pytest.mark.parametrize("status", [200, 401, 403, 429, 451, 500, 503])
def test_only_what_is_dead_has_variants(status: int) -> None:
    assert of("https://a.demo/story.", "https://a.demo/stor", status=status) == []


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=4))
def test_variants_are_links_other_than_the_cited_one(tail: str, meant: list[str]) -> None:
    link = urls.normalise(f"https://a.demo/{tail}")
    if link is None:
        return
    found = of(link, *meant)
    assert len(found) <= MOST
    for url, why in found:
        assert urls.normalise(url) == url
        assert urls.without_fragment(url) != urls.without_fragment(link)
        assert why


def test_a_living_variant_is_proposed_and_the_cited_address_stays_dead() -> None:
    link, meant = "http://glued.demo/report7", "http://glued.demo/report"
    with World(SystemClock()) as world:
        world.sites.put(meant, page(article("The report")))
        loaded = config.load(flags=world.settings(), environment={}, search=False)
        async def run() -> Observation:
            async with Web(loaded.settings.web, world.clock) as web:
                return (await look(link, web, aim=Aim(variants=(meant,)))).observation

        verdict = judge_look(asyncio.run(run()))
        assert [seen.url for seen in world.requests] == [link, meant]
    assert (verdict.kind, verdict.reason) == (VerdictKind.DEAD, Reason.NOT_FOUND)
    assert verdict.fix is not None
    assert (verdict.fix.url, verdict.fix.why) == (meant, "without “7” at its end")


def test_a_variant_that_is_not_there_either_is_not_proposed() -> None:
    with World(SystemClock()) as world:
        world.sites["refusing.demo"].reach = Reach.REFUSED
        loaded = config.load(flags=world.settings(), environment={}, search=False)
        async def run() -> Observation:
            async with Web(loaded.settings.web, world.clock) as web:
                return (await look("http://refusing.demo/a", web)).observation

        verdict = judge_look(asyncio.run(run()))
    assert (verdict.kind, verdict.reason, verdict.fix) == (VerdictKind.UNKNOWN, Reason.REFUSED, None)
