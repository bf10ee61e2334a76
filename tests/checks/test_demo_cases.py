"""Every case of the demo world, asked over real HTTP: what one look must come to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from archiver import config, urls
from archiver.checks.judge import judge_look
from archiver.checks.look import Look, first_address, look
from archiver.clock import SystemClock
from archiver.demo.cases import CASES
from archiver.demo.world import World
from archiver.engines.local import look_here
from archiver.model import Reason, VerdictKind
from archiver.web.client import Web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.demo.script import Case

BEYOND = frozenset({"browser", "drift"})  # needs that one look without a browser cannot meet


@pytest.fixture(scope="module")
def looks() -> Iterator[dict[str, Look]]:
    """Look at every case once, all in one run, as the pipeline does."""
    with World(SystemClock()) as world:
        loaded = config.load(flags=world.settings() | {"web.timeout": 4.0}, environment={}, search=False)

        async def look_at_all() -> dict[str, Look]:
            few = asyncio.Semaphore(24)  # one proxy plays all hosts: their answers must not wait for each other

            async def look_at(case: Case) -> Look:
                async with few:
                    return await look(urls.normalise(case.url) or "", web)

            async with Web(loaded.settings.web, world.clock) as web:
                made = await asyncio.gather(*map(look_at, CASES))
            return {case.name: one for case, one in zip(CASES, made, strict=True)}

        yield asyncio.run(look_at_all())


@pytest.mark.xdist_group("demo-cases")
@pytest.mark.parametrize("case", [case for case in CASES if not case.needs & BEYOND], ids=lambda case: case.name)
def test_one_look_comes_to_what_the_case_says(case: Case, looks: dict[str, Look]) -> None:
    verdict = judge_look(looks[case.name].observation)
    assert (verdict.kind, verdict.reason, verdict.warnings) == (case.verdict, case.reason, case.warnings), verdict.because
    assert (verdict.fix.url if verdict.fix else None) == case.fix
    assert verdict.because.endswith(".")
    assert not verdict.confirmed


@pytest.mark.xdist_group("demo-cases")
@pytest.mark.parametrize("case", [case for case in CASES if case.needs & BEYOND], ids=lambda case: case.name)
def test_what_needs_a_browser_is_neither_dead_nor_alive(case: Case, looks: dict[str, Look]) -> None:
    verdict = judge_look(looks[case.name].observation)
    assert (verdict.kind, verdict.reason) in {(VerdictKind.UNKNOWN, Reason.NEEDS_BROWSER), (VerdictKind.ALIVE, Reason.OK)}


@pytest.mark.xdist_group("demo-cases")
def test_the_first_request_goes_where_first_address_says(looks: dict[str, Look]) -> None:
    for case in CASES:
        link = urls.normalise(case.url) or ""
        assert looks[case.name].answers[0].request.url == first_address(link)


@pytest.mark.xdist_group("demo-cases")
def test_links_looked_at_in_their_hosts_turns_come_to_the_same(looks: dict[str, Look]) -> None:
    """The engine hands out turns; only cases that answer alike each time are compared."""
    steady = [case for case in CASES if "retry" not in case.needs and case.name not in {"silent", "stalls", "drips"}]
    seen: dict[str, Look] = {}
    with World(SystemClock()) as world:
        loaded = config.load(flags=world.settings(), environment={}, search=False)

        async def run() -> None:
            async with Web(loaded.settings.web, world.clock) as web:
                await look_here(
                    [urls.normalise(case.url) or "" for case in steady], web,
                    seen=lambda one: seen.update({one.observation.link: one}),
                )

        asyncio.run(run())
    for case in steady:
        again = judge_look(seen[urls.normalise(case.url) or ""].observation)
        assert again.kind == judge_look(looks[case.name].observation).kind, case.name


@pytest.mark.xdist_group("demo-cases")
def test_an_ordinary_look_makes_one_request(looks: dict[str, Look]) -> None:
    for name in ("ok", "not-found", "gone", "pdf", "youtube", "youtube-removed", "soft-404", "redirect-to-home", "forbidden"):
        assert len(looks[name].answers) == 1, name
