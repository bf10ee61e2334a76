"""Drift over days: a page is there, but is it what was cited? `archiver run`, with its manifest, captures and report."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from archiver import config
from archiver.demo.answers import Reply, by_day, content, page, redirect
from archiver.demo.sites import drift
from archiver.run.pipeline import run
from archiver.run.progress import Silent
from archiver.run.reporting import write_reports

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from archiver.clock import ManualClock
    from archiver.demo.world import World

CONFIG = 'documents = ["essay.md"]\nfolder = "data"\n\n[policy]\nrecheck = "1h"\n\n[archives]\nsave = "never"\n'
QUOTED = "“We ring the bell twice for a goods train,” as the signalman says."


def essay(folder: Path, *links: str, date: str = "2014-06-13") -> None:
    notes = "\n".join(f"[^{number}]: <{link}>" for number, link in enumerate(links, 1))
    places = " ".join(f"{QUOTED}[^{number}]" for number in range(1, len(links) + 1))
    (folder / "essay.md").write_text(f"---\ntitle: Levers\ndate: {date}\n---\n\n{places}\n\n{notes}\n", "utf-8")
    (folder / "config.toml").write_text(CONFIG, "utf-8")


def play(folder: Path, world: World, clock: ManualClock, *days: float, **flags: object) -> list[dict[str, Any]]:
    """Run after so many days each; give the links of each report.json, by address."""
    told = []
    for day in days:
        clock.advance(timedelta(days=day))
        loaded = config.load(
            folder / "config.toml", environment={}, flags={**world.settings(), "captures.media": False, **flags},
        )
        write_reports(loaded, run(loaded, clock, Silent()).report)
        report = json.loads((folder / "data" / "report.json").read_text("utf-8"))
        told.append({link["url"]: link for link in report["links"]})
    return told


def test_every_case_of_the_demo_world_comes_to_what_it_says(tmp_path: Path, world: World, clock: ManualClock) -> None:
    drift.archive(world.archive)
    essay(tmp_path, *(case.url for case in drift.CASES))
    first, later, last = play(tmp_path, world, clock, 0, 7.5, 1)
    assert {url: link["verdict"] for url, link in first.items()} == {
        case.url: "changed" if case.url == drift.BEFORE_US else "alive" for case in drift.CASES
    }
    expected = {case.url: (case.verdict, case.reason) for case in drift.CASES}
    assert {url: (link["verdict"], link["reason"]) for url, link in later.items()} == expected
    assert {url: (link["verdict"], link["reason"]) for url, link in last.items()} == expected
    # A second look says that it was no accident.
    assert {link["confirmed"] for link in later.values() if link["verdict"] == "changed"} == {False, True}
    assert {link["confirmed"] for link in last.values() if link["verdict"] == "changed"} == {True}
    assert later[drift.BEFORE_US]["confirmed"]


def test_the_evidence_is_in_the_report(tmp_path: Path, world: World, clock: ManualClock) -> None:
    number = next(case.url for case in drift.CASES if case.name == "drift-number")
    drift.archive(world.archive)
    essay(tmp_path, number, drift.BEFORE_US)
    first, later = play(tmp_path, world, clock, 0, 7.5)
    for because in (first[drift.BEFORE_US]["because"], later[drift.BEFORE_US]["because"]):
        assert "on 12 June 2014 it was called “Forty-one levers and a cloth - Signal Box Friends”, now “The cheese in" in because
    assert "on 2 March 2026 it was called “Forty-one levers and a cloth - The Junction Post”, now “The cheese in" in (
        later[number]["because"]
    )
    assert "the two texts share" in later[number]["because"]
    assert "the quoted words “We ring the bell twice for a goods train,” stood there and do not now" in later[number]["because"]


def test_a_snapshot_is_fetched_once(tmp_path: Path, world: World, clock: ManualClock) -> None:
    drift.archive(world.archive)
    essay(tmp_path, drift.BEFORE_US)
    play(tmp_path, world, clock, 0, 1, 1, 40)
    assert len([seen for seen in world.requests if "id_/" in seen.url]) == 1


def test_a_busy_archive_is_asked_again_by_the_next_run(tmp_path: Path, world: World, clock: ManualClock) -> None:
    from archiver.demo.archive import Service

    drift.archive(world.archive)
    world.archive.down(Service.REPLAY, page("<p>Down", status=503), until=clock.now() + timedelta(hours=2))
    essay(tmp_path, drift.BEFORE_US)
    first, later = play(tmp_path, world, clock, 0, 1)
    assert [one[drift.BEFORE_US]["verdict"] for one in (first, later)] == ["alive", "changed"]


@pytest.mark.parametrize("date", ["2021-05-01", "2026-03-01"])
def test_a_snapshot_far_from_the_citation_proves_nothing(
    tmp_path: Path, world: World, clock: ManualClock, date: str,
) -> None:
    drift.archive(world.archive)
    essay(tmp_path, drift.BEFORE_US, date=date)
    (first,) = play(tmp_path, world, clock, 0)
    assert first[drift.BEFORE_US]["verdict"] == "alive"
    assert not [seen for seen in world.requests if "id_/" in seen.url]


def test_a_page_that_comes_back_is_alive_again(tmp_path: Path, world: World, clock: ManualClock) -> None:
    number = next(case for case in drift.CASES if case.name == "drift-number")
    essay(tmp_path, number.url)
    _, changed = play(tmp_path, world, clock, 0, 7.5)
    world.sites.put(number.url, page(drift.printed(drift.TITLE, drift.SIGNALS_LATER)))
    (back,) = play(tmp_path, world, clock, 1)
    assert [one[number.url]["verdict"] for one in (changed, back)] == ["changed", "alive"]


def test_an_error_page_is_nothing_to_compare_with(tmp_path: Path, world: World, clock: ManualClock) -> None:
    link = "http://junction-post.demo/article.php?id=500"
    world.sites.put(link, page(
        "<!doctype html><title>Page not found</title><h1>Page not found</h1><p>Sorry, the page you requested does not exist.",
    ))
    essay(tmp_path, link)
    (dead,) = play(tmp_path, world, clock, 0)
    world.sites.put(link, page(drift.printed(drift.TITLE, drift.SIGNALS)))
    alive, still = play(tmp_path, world, clock, 1, 1)
    assert [one[link]["verdict"] for one in (dead, alive, still)] == ["dead", "alive", "alive"]


@pytest.mark.parametrize(("title", "verdict"), [
    ("The last ticket seller remembers (with subtitles)", "alive"),
    ("Die letzte Verkäuferin an dem Steg und ihr Boot", "alive"),
    ("Top ten crypto secrets of the rich", "changed"),
])
def test_a_film_under_another_title(
    tmp_path: Path, world: World, clock: ManualClock, title: str, verdict: str,
) -> None:
    def titled(name: str) -> Reply:
        told = {"type": "video", "version": "1.0", "provider_name": "Vimeo", "title": name, "video_id": 900300400}
        return content(json.dumps(told).encode(), "application/json")

    film = "https://vimeo.com/900300400"
    oembed = by_day({0: titled("The last ticket seller remembers"), 7: titled(title)})
    world.sites["vimeo.com"].put("/api/oembed.json", oembed)
    essay(tmp_path, film)
    first, later = play(tmp_path, world, clock, 0, 7.5)
    assert [one[film]["verdict"] for one in (first, later)] == ["alive", verdict]
    if verdict == "changed":
        assert later[film]["reason"] == "title-drift"
        assert "on 2 March 2026 it was called “The last ticket seller remembers”, now “Top ten" in later[film]["because"]


def test_without_copies_of_pages_nothing_is_compared(tmp_path: Path, world: World, clock: ManualClock) -> None:
    number = next(case.url for case in drift.CASES if case.name == "drift-number")
    essay(tmp_path, number)
    _, later = play(tmp_path, world, clock, 0, 7.5, **{"captures.pages": False})
    assert later[number]["verdict"] == "alive"


def test_a_page_that_moved_away_is_compared_where_it_is_now(tmp_path: Path, world: World, clock: ManualClock) -> None:
    link, target = "http://junction-post.demo/old/levers-77", "http://junction-post.demo/new/77"
    text, other = (drift.printed(title, body) for title, body in (
        (drift.TITLE, drift.SIGNALS), ("The cheese in the prayer book", drift.CHEESE),
    ))
    world.sites.put(link, by_day({0: page(text), 3: redirect(target)}))
    world.sites.put(target, by_day({0: page(drift.printed_long_ago(drift.TITLE, drift.SIGNALS)), 7: page(other)}))
    essay(tmp_path, link)
    told = [one[link] for one in play(tmp_path, world, clock, 0, 4, 4)]
    assert [(one["verdict"], one["reason"]) for one in told] == [
        ("alive", "ok"), ("moved", "permanent-redirect"), ("changed", "content-drift"),
    ]


def test_a_snapshot_that_differs_must_be_borne_out_by_the_next(
    tmp_path: Path, world: World, clock: ManualClock,
) -> None:
    drift.archive(world.archive)
    living = drift.printed("The cheese in the prayer book", drift.CHEESE, site="Valley Dairy")
    world.archive.hold(drift.BEFORE_US, drift.CITED + timedelta(days=40), body=living.encode())
    essay(tmp_path, drift.BEFORE_US)
    (first,) = play(tmp_path, world, clock, 0)
    assert first[drift.BEFORE_US]["verdict"] == "alive"
    assert len([seen for seen in world.requests if "id_/" in seen.url]) == 2


def test_a_snapshot_of_an_error_page_is_passed_over(tmp_path: Path, world: World, clock: ManualClock) -> None:
    sorry = "<!doctype html><title>Page not found</title><h1>Page not found</h1><p>Sorry, the page you requested is not here."
    world.archive.hold(drift.BEFORE_US, drift.CITED + timedelta(days=1), body=sorry.encode())
    world.archive.hold(
        drift.BEFORE_US, drift.CITED - timedelta(days=90), body=drift.printed(drift.TITLE, drift.SIGNALS).encode(),
    )
    essay(tmp_path, drift.BEFORE_US)
    (first,) = play(tmp_path, world, clock, 0)
    assert first[drift.BEFORE_US]["verdict"] == "changed"
    assert "on 14 March 2014 it was called" in first[drift.BEFORE_US]["because"]
