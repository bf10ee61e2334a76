"""`archiver mark`: a person's word above what looks say, with a reason and an end."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from archiver.days import day

if TYPE_CHECKING:
    from conftest import CommandLine

    from archiver.demo.world import World

ALIVE = "http://gazette.demo/2011/12/bridge"
DEAD = "http://gazette.demo/2014/05/vanished"
CONFIG = """documents = ["essay.md"]
folder = "data"

[archives]
internet_archive = false

[policy]
strikes = 1
days = 0
"""
LOOKS = "The looks say dead: 404 on "


@pytest.fixture
def watched(cli: CommandLine, living_world: World) -> CommandLine:
    """Give the command line in a folder whose essay was looked at once, where once is enough."""
    cli.write("essay.md", f"[A bridge]({ALIVE}) and [a page that vanished]({DEAD}).\n")
    cli.write("config.toml", CONFIG)
    assert cli("run", world=living_world).code == 0
    return cli


def link(cli: CommandLine, url: str = DEAD) -> dict[str, object]:
    report = json.loads(cli("report", "--format", "json").out)
    (found,) = [one for one in report["links"] if one["url"] == url]
    return dict(found)


def test_a_mark_stands_above_the_looks_in_every_answer(watched: CommandLine, living_world: World) -> None:
    assert link(watched)["verdict"] == "dead"
    done = watched("mark", DEAD, "alive", "--reason", "it opens in my browser", "--by", "Ann", "--until", "2099-01-01")
    because = "Marked alive by Ann until 1 January 2099: it opens in my browser. "
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{DEAD}: alive. {because}{LOOKS}")
    told = link(watched)
    assert (told["verdict"], told["reason"], told["confirmed"]) == ("alive", "marked", False)
    assert str(told["because"]).startswith(because + LOOKS)
    status = watched("status").out.splitlines()
    assert status[1] == "links      2: 2 alive"
    assert status[3] == "marked     1: a person's word stands above the looks"
    assert json.loads(watched("status", "--format", "json").out)["marked"] == 1
    # Neither is it a finding, nor does a look push it away.
    again = watched("run", "--fail-on", "dead", world=living_world)
    assert (again.code, again.out, again.err) == (0, "", "")
    assert link(watched)["verdict"] == "alive"


def test_a_mark_taken_back_leaves_what_looks_say(watched: CommandLine, living_world: World) -> None:
    before = link(watched)
    watched("mark", DEAD, "restricted", "--reason", "for members", "--forever")
    assert "for ever: for members." in str(link(watched)["because"])
    done = watched("mark", DEAD, "--clear", "--by", "Ann")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{DEAD}: dead. 404 on ")
    assert link(watched) == before
    shown = watched("show", DEAD).out
    assert " !! mark taken back by Ann\n" in shown
    assert " for ever: for members\n" in shown
    none = watched("mark", DEAD, "--clear")
    assert none.lines == [f"archiver: {DEAD}: no mark holds (`archiver show {DEAD}` tells its life)"]
    assert none.code == 2


def test_what_is_marked_dead_is_a_finding(watched: CommandLine, living_world: World) -> None:
    watched("mark", DEAD, "alive", "--reason", "it is there")
    assert watched("mark", ALIVE, "dead", "--reason", "another bridge").code == 0
    assert watched("run", "--fail-on", "dead", world=living_world).code == 1
    assert link(watched, ALIVE)["confirmed"] is True


def test_a_mark_ends_after_a_year_unless_told_otherwise(watched: CommandLine) -> None:
    today = datetime.now(UTC).date()
    done = watched("mark", DEAD, "alive", "--reason", "it is there")
    assert f"until {day(today + timedelta(days=365))}: it is there." in done.out
    done = watched("mark", DEAD, "alive", "--reason", "it is there", "--days", "90")
    assert f"until {day(today + timedelta(days=90))}: it is there." in done.out


def test_the_last_mark_counts_and_all_of_them_are_kept(watched: CommandLine) -> None:
    watched("mark", DEAD, "alive", "--reason", "first")
    watched("mark", DEAD, "blocked", "--reason", "second\n\x1b[31mline")
    told = json.loads(watched("show", DEAD, "--format", "json").out)
    marks = [entry["text"] for entry in told["history"] if entry["kind"] == "mark"]
    assert len(marks) == 2
    assert told["link"]["mark"]["kind"] == "blocked"
    assert told["link"]["judged"]["kind"] == "dead"
    assert "\x1b" not in watched("show", DEAD).out


@pytest.mark.parametrize(("arguments", "complaint"), [
    ((), "say what it is (one of alive, changed, dead, restricted, blocked, or --clear)"),
    (("alive",), 'say why (--reason "it opens in my browser")'),
    (("alive", "--reason", " "), 'a mark needs a reason (--reason "it opens in my browser")'),
    (("alive", "--reason", "x", "--until", "soon"), "--until: soon is no date (write it as 2027-01-31)"),
    (("alive", "--reason", "x", "--until", "2020-02-30"), "--until: 2020-02-30 is no date (write it as 2027-01-31)"),
    (("alive", "--reason", "x", "--until", "2020-02-28"), "2020-02-28 is over (a mark ends on a day to come)"),
    (("alive", "--reason", "x", "--days", "3", "--forever"),
     "a mark has one end (only one of --until, --days and --forever)"),
    (("alive", "--clear"), "--clear stands alone (first clear the mark, then set another)"),
    (("--clear",), f"{DEAD}: no mark holds (`archiver show {DEAD}` tells its life)"),
])
def test_what_makes_no_mark(watched: CommandLine, arguments: tuple[str, ...], complaint: str) -> None:
    done = watched("mark", DEAD, *arguments)
    assert (done.code, done.out, done.lines) == (2, "", [f"archiver: {complaint}"])


@pytest.mark.parametrize("arguments", [("perfect", "--reason", "x"), ("alive", "--reason", "x", "--days", "0")])
def test_what_click_refuses_is_one_line_too(watched: CommandLine, arguments: tuple[str, ...]) -> None:
    done = watched("mark", DEAD, *arguments)
    assert (done.code, done.out, len(done.lines)) == (2, "", 1)


def test_a_link_nobody_cites_cannot_be_marked(watched: CommandLine) -> None:
    done = watched("mark", "http://nowhere.demo/", "alive", "--reason", "x")
    assert done.lines == ["archiver: http://nowhere.demo/: not in the manifest (`archiver check` looks at any address)"]
    assert done.code == 2


def test_without_a_manifest_there_is_nothing_to_mark(cli: CommandLine) -> None:
    done = cli("mark", DEAD, "alive", "--reason", "x")
    assert (done.code, len(done.lines)) == (2, 1)
    assert "no manifest yet (`archiver run` makes one)" in done.lines[0]
    assert not any("manifest" in name for name in cli.files())


def test_while_a_run_holds_the_manifest_one_tries_again_later(watched: CommandLine) -> None:
    with FileLock(watched.folder / "data" / "manifest.sqlite.lock"):
        done = watched("mark", DEAD, "alive", "--reason", "x")
    assert (done.code, done.out, len(done.lines)) == (75, "", 1)
    assert "another run holds the manifest" in done.lines[0]
    assert link(watched)["verdict"] == "dead"
