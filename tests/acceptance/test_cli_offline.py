"""Without a network: documents are read, the report is written, nobody is convicted, cron tries again later."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import CommandLine

    from archiver.demo.world import World

ALIVE = "http://gazette.demo/2011/12/bridge"
NOWHERE = "http://no-such-host.demo/essay"
TEXT = f"[a bridge]({ALIVE}), [a host that never was]({NOWHERE})\n"
CONFIG = 'documents = ["one.md"]\nfolder = "data"\n'
HINT = "archiver: offline; `archiver demo` shows all of it on this machine alone"


@pytest.fixture(params=["no resolver", "no proxy"])
def cut_off(request: pytest.FixtureRequest, world: World, cli: CommandLine) -> dict[str, str]:
    """Give the environment of a machine that reaches nothing."""
    world.offline = True
    if request.param == "no proxy":
        return world.environment() | {"ARCHIVER_WEB_PROXY": "http://127.0.0.1:9"}
    return world.environment()


def test_a_run_reads_reports_and_says_that_it_is_offline(cli: CommandLine, cut_off: dict[str, str]) -> None:
    cli.write("one.md", TEXT)
    cli.write("config.toml", CONFIG)
    done = cli("run", environment=cut_off)
    assert done.code == 75
    assert done.lines[-1] == HINT
    assert (cli.folder / "data/report.html").is_file()
    report = json.loads((cli.folder / "data/report.json").read_text("utf-8"))
    assert report["summary"]["documents"] == 1
    assert {link["url"]: (link["verdict"], link["reason"], link["confirmed"]) for link in report["links"]} == {
        ALIVE: ("unknown", "offline", False), NOWHERE: ("unknown", "offline", False),
    }
    assert json.loads(cli("status", "--format", "json").out)["offline"] is True


def test_a_check_convicts_nobody(cli: CommandLine, cut_off: dict[str, str]) -> None:
    done = cli("check", ALIVE, NOWHERE, "--format", "json", environment=cut_off)
    assert done.code == 75
    assert {link["verdict"] for link in json.loads(done.out)["links"]} == {"unknown"}


def test_what_was_known_stays_known_and_the_next_run_goes_on(cli: CommandLine, world: World) -> None:
    cli.write("one.md", f"[a bridge]({ALIVE})\n")
    cli.write("config.toml", CONFIG + "[archives]\ninternet_archive = false\n[policy]\nrecheck = 0\n")
    assert cli("run", world=world).code == 0
    world.offline = True
    assert cli("run", world=world).code == 75
    (link,) = json.loads(cli("report", "--format", "json").out)["links"]
    assert link["verdict"] == "alive"
    world.offline = False
    assert cli("run", world=world).code == 0
    assert json.loads(cli("status", "--format", "json").out)["offline"] is False


def test_links_needs_no_network(cli: CommandLine, cut_off: dict[str, str]) -> None:
    cli.write("one.md", TEXT)
    assert cli("links", "one.md", environment=cut_off).code == 0


def test_an_address_cannot_be_read_as_a_document(cli: CommandLine, cut_off: dict[str, str]) -> None:
    done = cli("check", "--read", ALIVE, environment=cut_off)
    assert done.code in (2, 75)
    assert ALIVE in done.out + done.err


def test_save_says_why_nothing_was_saved(cli: CommandLine, cut_off: dict[str, str]) -> None:
    done = cli("save", ALIVE, environment=cut_off)
    assert done.code == 75
    assert "archiver: 1 without a copy: " in done.err
