"""The story of `archiver demo`: three documents, three weeks, the real pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archiver.demo import story_sites as sites
from archiver.demo.story import DAYS, play
from archiver.errors import UsageError
from archiver.model import CaptureKind, Reason, VerdictKind

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.model import LinkState, Report

pytestmark = pytest.mark.xdist_group("story")  # played once, not once for each worker


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("story") / "demo"


@pytest.fixture(scope="module")
def report(folder: Path, told: list[str]) -> Report:
    return play(folder, told.append)


@pytest.fixture(scope="module")
def links(report: Report) -> dict[str, LinkState]:
    return {state.link: state for state in report.links}


def test_everything_cited_is_there(report: Report, links: dict[str, LinkState]) -> None:
    assert set(links) == {*sites.LINKS, "https://www.youtube.com/embed/ferryWinter"}
    assert [document.source for document in report.documents] == ["essay.md", "pasted.txt", "films.html"]
    assert [(one.label, one.kind.value) for one in report.lost] == [("1", "media"), ("2", "media"), ("3", "footnote")]


@pytest.mark.parametrize(("link", "kind", "reason"), [
    (sites.FERRY, "alive", "ok"), (sites.BRIDGE, "alive", "ok"), (sites.LETTERS, "alive", "ok"),
    (sites.SCHOOL, "alive", "ok"), (sites.PAINT, "alive", "ok"), (sites.SURVEY, "alive", "ok"),
    (sites.LAUNCH, "alive", "ok"), (sites.INTERVIEW, "alive", "ok"),
    (sites.PILOTS, "moved", "permanent-redirect"),
    (sites.CUSTOMS, "blocked", "bot-wall"), (sites.LEDGER, "restricted", "paywall"),
    (sites.MINUTES, "dead", "not-found"), (sites.ROPEWALK, "dead", "no-such-host"), (sites.LAMPS, "dead", "soft-404"),
    (sites.NEWSREEL, "dead", "media-removed"),
])
def test_how_it_ends(links: dict[str, LinkState], link: str, kind: str, reason: str) -> None:
    verdict = links[link].verdict
    assert (verdict.kind, verdict.reason) == (VerdictKind(kind), Reason(reason))
    assert verdict.confirmed is (kind == "dead")


def test_the_moved_one_is_followed(links: dict[str, LinkState]) -> None:
    assert links[sites.PILOTS].verdict.final_url == sites.PILOTS_NOW


@pytest.mark.parametrize("link", [
    sites.FERRY, sites.BRIDGE, sites.MINUTES, sites.ROPEWALK, sites.PILOTS, sites.LAMPS, sites.LETTERS, sites.SCHOOL,
    sites.PAINT, sites.SURVEY, sites.LAUNCH,
])
def test_what_can_be_saved_has_a_copy_in_the_archive(links: dict[str, LinkState], link: str) -> None:
    assert links[link].snapshots != ()


@pytest.mark.parametrize("link", [sites.LAUNCH, sites.NEWSREEL])
def test_the_film_lies_on_the_disk(links: dict[str, LinkState], folder: Path, link: str) -> None:
    captures = [one for one in links[link].captures if one.kind is CaptureKind.MEDIA]
    (film,) = [one for one in captures if one.media_type == "video/mp4"]
    assert (folder / "data" / "captures" / film.path).stat().st_size == 865


def test_each_run_is_told_in_a_line_and_the_end_in_one(report: Report, told: list[str]) -> None:
    assert [line[:6] for line in told[:-1]] == [f"day {day:2}" for day in DAYS]
    assert told[0].startswith("day  0  ")
    assert "letters-home.demo/1954/march is unknown (server-error)" in told[2]
    assert "letters-home.demo/1954/march is alive" in told[3]
    assert "island-school.demo/choir.html is unknown (refused)" in told[4]
    assert "island-school.demo/choir.html is alive" in told[5]
    assert not any(f"{host} is dead" in line for line in told for host in (
        "letters-home.demo/1954/march", "island-school.demo/choir.html",
    ))
    assert told[-1].startswith("at the end  16 links in 3 documents: ")
    assert told[-1].endswith(
        "Of the 5 dead 5 have an archived copy; 2 failed for a while and were not called dead"
    )


def test_the_report_lies_where_the_command_says(report: Report, folder: Path) -> None:
    assert (folder / "data" / "report.html").read_text("utf-8").lower().startswith("<!doctype html>")
    assert (folder / "data" / "report.json").is_file()


def test_a_second_demo_begins_afresh_and_touches_nothing_else(
    report: Report, folder: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    (folder / "notes.txt").write_text("mine")
    (folder / "essay.md").write_text("scribbled over")
    monkeypatch.chdir(folder.parent)
    again = play(folder, lambda line: None)
    assert [state.verdict.reason for state in again.links] == [state.verdict.reason for state in report.links]
    assert [state.looks for state in again.links] == [state.looks for state in report.links]
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear editor")
    with pytest.raises(UsageError, match="is not empty"):
        play(tmp_path, lambda line: None)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
