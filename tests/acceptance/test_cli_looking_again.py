"""Looks after the first: an unchanged page costs next to nothing, and who is dead from here may live elsewhere."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from archiver import config
from archiver.demo.answers import Ask, Behaviour, Reply, content, page
from archiver.demo.prose import article
from archiver.demo.world import World
from archiver.run.pipeline import run
from archiver.run.progress import Silent

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CommandLine

    from archiver.clock import ManualClock
    from archiver.model import Report

LINK = "http://almanac-office.demo/tides"
ARTICLE = page(article("Tides of the year", length=20))


def validated(reply: Reply, etag: str | None = '"v1"', modified: datetime | None = None) -> Behaviour:
    """Serve a page that says when it changes, and says "not modified" to who has it already."""
    said: list[tuple[str, str]] = []
    if etag:
        said.append(("ETag", etag))
    if modified:
        said.append(("Last-Modified", format_datetime(modified, usegmt=True)))

    def answer(ask: Ask) -> Reply:
        same = etag is not None and ask.header("if-none-match") == etag
        same = same or (modified is not None and ask.header("if-modified-since") == dict(said)["Last-Modified"])
        headers = (*reply.headers, *said)
        return Reply(status=304, headers=tuple(said)) if same else Reply(headers=headers, body=reply.body)

    return answer


def runs(
    folder: Path, world: World, clock: ManualClock, *days: int, text: str = "", **flags: object,
) -> list[Report]:
    """Run after so many days each, as cron would; give the report of each."""
    (folder / "essay.md").write_text(f"The tides.[^1]\n\n[^1]: {LINK}\n\n{text}", "utf-8")
    (folder / "config.toml").write_text('documents = ["essay.md"]\nfolder = "data"\n[archives]\ninternet_archive = false\n')
    reports = []
    for day in days:
        clock.advance(timedelta(days=day))
        loaded = config.load(
            folder / "config.toml", environment={}, flags={**world.settings(), "captures.media": False, **flags},
        )
        reports.append(run(loaded, clock, Silent()).report)
    return reports


@pytest.mark.parametrize(("etag", "modified"), [
    ('"v1"', None), ('W/"v1"', None), (None, datetime(2026, 1, 5, 12, 0, tzinfo=UTC)),
])
def test_an_unchanged_page_is_not_sent_again(
    tmp_path: Path, world: World, clock: ManualClock, etag: str | None, modified: datetime | None,
) -> None:
    world.sites.put(LINK, validated(ARTICLE, etag, modified))
    first, second, third = runs(tmp_path, world, clock, 0, 40, 40)
    asked = [seen for seen in world.requests if seen.url == LINK]
    named = [{name.lower() for name, _ in seen.headers} & {"if-none-match", "if-modified-since"} for seen in asked]
    header = "if-none-match" if etag else "if-modified-since"
    # After 60 days the server is not simply believed: all is read again.
    assert named == [set(), {header}, set()]
    assert [report.links[0].verdict.kind for report in (first, second, third)] == ["alive"] * 3
    assert second.links[0].verdict.because == "The server says that it has not changed since 2026-03-02."
    assert second.links[0].looks == 2
    assert len(second.links[0].captures) == 1


def test_a_page_that_has_changed_is_read(tmp_path: Path, world: World, clock: ManualClock) -> None:
    world.sites.put(LINK, validated(ARTICLE))
    runs(tmp_path, world, clock, 0)
    world.sites.put(LINK, validated(page("<!doctype html><title>404</title><h1>Page not found</h1>"), '"v2"'))
    (report,) = runs(tmp_path, world, clock, 20)
    assert (report.links[0].verdict.kind, report.links[0].verdict.reason) == ("dead", "soft-404")


def test_a_304_that_nobody_asked_for_says_nothing(cli: CommandLine, living_world: World) -> None:
    living_world.sites.put(LINK, content(b"", "text/html", status=304))
    done = cli("check", LINK, "--format", "json", world=living_world)
    link = json.loads(done.out)["links"][0]
    assert (link["verdict"], link["reason"]) == ("unknown", "bad-answer")


def test_a_second_opinion_acquits_what_is_dead_from_here_only(
    tmp_path: Path, world: World, clock: ManualClock,
) -> None:
    world.sites.put(LINK, page("<h1>404</h1>", status=404))
    with World(clock) as elsewhere:
        elsewhere.sites.put(LINK, ARTICLE)
        flags: dict[str, object] = {"web.second_opinion": elsewhere.proxy, "policy.recheck": 86400}
        reports = runs(tmp_path, world, clock, 0, 3, 4, **flags)
        verdicts = [(report.links[0].verdict.kind, report.links[0].verdict.confirmed) for report in reports]
        assert verdicts == [("dead", False), ("dead", False), ("alive", False)]
        assert reports[-1].links[0].verdict.because == (
            "By the second opinion, from another place: The server answered 200 with a page."
        )
        assert [seen.url for seen in elsewhere.requests] == [LINK]  # asked at the last step only


def test_a_second_opinion_cannot_convict(tmp_path: Path, world: World, clock: ManualClock) -> None:
    world.sites.put(LINK, page("<h1>404</h1>", status=404))
    with World(clock) as elsewhere:
        elsewhere.sites.put(LINK, page("<h1>404</h1>", status=404))
        flags: dict[str, object] = {"web.second_opinion": elsewhere.proxy, "policy.recheck": 86400}
        last = runs(tmp_path, world, clock, 0, 3, 4, **flags)[-1].links[0]
        assert (last.verdict.kind, last.verdict.confirmed, last.looks) == ("dead", True, 3)


def test_check_asks_for_a_second_opinion_on_the_dead(cli: CommandLine, living_world: World) -> None:
    living_world.sites.put(LINK, page("<h1>404</h1>", status=404))
    with World(living_world.clock) as elsewhere:
        elsewhere.sites.put(LINK, ARTICLE)
        environment = {"ARCHIVER_WEB_SECOND_OPINION": elsewhere.proxy}
        done = cli("check", LINK, "--format", "json", world=living_world, environment=environment)
    link = json.loads(done.out)["links"][0]
    assert (done.code, link["verdict"], link["reason"]) == (0, "alive", "ok")


def test_a_death_is_told_with_what_else_answers_at_its_host(
    tmp_path: Path, world: World, clock: ManualClock,
) -> None:
    world.sites.put("http://almanac-office.demo/moon", ARTICLE)
    world.sites.put("http://almanac-office.demo/stars", ARTICLE)
    more = "See too http://almanac-office.demo/moon and http://almanac-office.demo/stars.\n"
    reports = runs(tmp_path, world, clock, 0, 3, 4, text=more, **{"policy.recheck": 86400})
    dead = next(state for state in reports[-1].links if state.link == LINK)
    assert (dead.verdict.kind, dead.verdict.confirmed) == ("dead", True)
    assert dead.verdict.because == (
        "404 on 3 looks between 2 and 9 March 2026; 2 other pages of this host answer."
    )
