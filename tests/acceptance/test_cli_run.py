"""`archiver run` and the commands that read its manifest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import CommandLine

    from archiver.demo.world import World

ALIVE = "http://gazette.demo/2011/12/bridge"
DEAD = "http://gazette.demo/2014/05/vanished"
MOVED = "http://oldstyle.demo/story.php?id=17"
MOVED_TO = "http://oldstyle.demo/stories/the-crane-on-the-wrong-quay"
FILM = "http://films.demo/quay.mp4"

ESSAY = f"""---
title: Four things
---

A bridge,[^1] a page that vanished,[^2] a crane,[^3] and a film.[^4] And one without an address.[^5]

[^1]: {ALIVE}
[^2]: <{DEAD}>
[^3]: {MOVED}
[^4]: {FILM}
[^5]: The minutes are available here:
"""
CONFIG = """documents = ["essay.md"]
folder = "data"
title = "Essays"

[archives]
internet_archive = false
"""
AT_ONCE = "\n[policy]\nstrikes = 1\ndays = 0\n"


@pytest.fixture
def watched(cli: CommandLine) -> CommandLine:
    """Give the command line in a folder with an essay and settings."""
    cli.write("essay.md", ESSAY)
    cli.write("config.toml", CONFIG)
    return cli


def verdicts(out: str) -> dict[str, str]:
    return {link["url"]: link["verdict"] for link in json.loads(out)["links"]}


def test_a_run_is_recorded_reported_and_then_silent(watched: CommandLine, living_world: World) -> None:
    first = watched("run", world=living_world)
    assert first.code == 0
    assert DEAD in first.out
    assert first.lines[-1] == f"archiver: the report is {watched.folder / 'data' / 'report.html'}"
    made = {path.relative_to(watched.folder / "data").as_posix() for path in (watched.folder / "data").rglob("*")}
    assert {"manifest.sqlite", "report.html", "report.json", "captures"} <= made

    second = watched("run", world=living_world)
    assert (second.code, second.out, second.err) == (0, "", "")

    report = watched("report", "--format", "json")
    assert (report.code, report.err) == (0, "")
    assert verdicts(report.out) == {ALIVE: "alive", DEAD: "dead", MOVED: "moved", FILM: "alive"}
    told = {link["url"]: link for link in json.loads(report.out)["links"]}
    assert told[DEAD]["confirmed"] is False
    assert told[MOVED]["final_url"] == MOVED_TO
    assert [one["label"] for one in json.loads(report.out)["lost"]] == ["5"]
    assert json.loads((watched.folder / "data/report.json").read_text("utf-8"))["links"] == (
        json.loads(report.out)["links"]
    )
    for link in told.values():
        for capture in link["captures"]:
            assert (watched.folder / "data/captures" / capture["path"]).is_file()
    assert told[ALIVE]["captures"]
    assert "video/mp4" in [capture["media_type"] for capture in told[FILM]["captures"]]

    status = watched("status")
    assert (status.code, status.err) == (0, "")
    assert status.out.splitlines()[:3] == [
        "documents  1", "links      4: 2 alive, 1 moved, 1 dead", "lost       1 citations without an address",
    ]
    assert json.loads(watched("status", "--format", "json").out)["interrupted"] is False

    shown = watched("show", DEAD)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.splitlines()[0] == DEAD
    assert "  dead, not-found: " in shown.out
    assert "  cited in essay.md, line " in shown.out
    unknown = watched("show", "http://gazette.demo/never-cited")
    assert (unknown.code, unknown.out) == (2, "")
    assert unknown.err == (
        "archiver: http://gazette.demo/never-cited: not in the manifest (`archiver check` looks at any address)\n"
    )


def test_the_answer_of_a_run_has_formats(watched: CommandLine, living_world: World) -> None:
    done = watched("run", "--format", "json", "-o", "answer.json", world=living_world)
    assert (done.code, done.out) == (0, "")
    answer = (watched.folder / "answer.json").read_text("utf-8")
    assert verdicts(answer) == {ALIVE: "alive", DEAD: "dead", MOVED: "moved", FILM: "alive"}


def test_a_run_fails_on_the_dead_when_asked_to_and_only_when_confirmed(
    watched: CommandLine, living_world: World,
) -> None:
    assert watched("run", "--fail-on", "dead", world=living_world).code == 0
    watched.write("config.toml", CONFIG + AT_ONCE)
    assert watched("run", world=living_world).code == 0


def test_a_policy_of_one_strike_confirms_at_once(watched: CommandLine, living_world: World) -> None:
    watched.write("config.toml", CONFIG + AT_ONCE)
    done = watched("run", "--fail-on", "dead", "--format", "json", world=living_world)
    assert done.code == 1
    assert [link["confirmed"] for link in json.loads(done.out)["links"] if link["url"] == DEAD] == [True]


def test_a_run_fails_on_lost_citations_when_asked_to(watched: CommandLine, living_world: World) -> None:
    assert watched("run", "--fail-on", "lost", world=living_world).code == 1


def test_what_the_user_excludes_is_skipped(watched: CommandLine, living_world: World) -> None:
    watched.write("config.toml", 'exclude = ["vanished$"]\n' + CONFIG)
    mark = len(living_world.requests)
    done = watched("run", "--format", "json", world=living_world)
    assert verdicts(done.out)[DEAD] == "skipped"
    assert DEAD not in [one.url for one in living_world.requests[mark:]]


def test_a_document_that_cannot_be_read_is_told_and_stops_nothing(
    watched: CommandLine, living_world: World,
) -> None:
    watched.write("config.toml", CONFIG.replace('["essay.md"]', '["nowhere.md", "essay.md"]'))
    done = watched("run", world=living_world)
    assert "nowhere.md" in done.out + done.err
    assert ALIVE in verdicts(watched("report", "--format", "json").out)


def test_a_document_taken_from_the_settings_is_forgotten(watched: CommandLine, living_world: World) -> None:
    watched.write("note.md", f"[more]({MOVED_TO})\n")
    watched.write("config.toml", CONFIG.replace('["essay.md"]', '["essay.md", "note.md"]'))
    watched("run", world=living_world)
    assert MOVED_TO in verdicts(watched("report", "--format", "json").out)
    watched.write("config.toml", CONFIG)
    watched("run", world=living_world)
    report = json.loads(watched("report", "--format", "json").out)
    assert MOVED_TO not in [link["url"] for link in report["links"]]
    assert [document["source"] for document in report["documents"]] == ["essay.md"]


def test_excluding_a_link_and_taking_that_back_counts_at_once(watched: CommandLine, living_world: World) -> None:
    watched.write("config.toml", 'exclude = ["bridge"]\n' + CONFIG)
    watched("run", world=living_world)
    assert verdicts(watched("report", "--format", "json").out)[ALIVE] == "skipped"
    watched.write("config.toml", CONFIG)
    watched("run", world=living_world)
    assert verdicts(watched("report", "--format", "json").out)[ALIVE] == "alive"


def test_the_archive_is_asked_but_nothing_is_submitted_in_a_dry_run(
    cli: CommandLine, living_world: World,
) -> None:
    cli.write("one.md", f"[a bridge]({ALIVE})\n")
    cli.write("config.toml", 'documents = ["one.md"]\nfolder = "data"\n')
    access, secret = "dry", "run"
    living_world.archive.account(access, secret)
    living_world.archive.forget()
    keys = {"ARCHIVER_ARCHIVES_ACCESS_KEY": access, "ARCHIVER_ARCHIVES_SECRET_KEY": secret}
    assert cli("run", "-n", world=living_world, environment=keys).code == 0
    asked = living_world.archive.asked()
    assert {one.method for one in asked} == {"GET"}
    assert "index" in {one.service for one in asked}


def test_without_keys_a_run_says_what_waits(cli: CommandLine, living_world: World) -> None:
    cli.write("one.md", "[a ferry](https://gazette.demo/2012/01/ferry)\n")
    cli.write("config.toml", 'documents = ["one.md"]\nfolder = "data"\n')
    done = cli("run", world=living_world)
    assert done.code == 0
    waiting = [line for line in done.lines if "1 wait for a later run" in line]
    assert len(waiting) == 1
    assert "key" in waiting[0]
