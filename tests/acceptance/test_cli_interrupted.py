"""Runs that are killed, interrupted or two at once: what was seen stays, nothing is told twice."""

from __future__ import annotations

import json
import signal
import time
from typing import TYPE_CHECKING

import pytest

from archiver.demo.answers import Manner, Reply, ill, page
from archiver.demo.prose import article

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from conftest import CommandLine

    from archiver.demo.world import World

QUICK = [f"http://quick{number}.demo/a" for number in range(12)]
SLOW = [f"http://slow{number}.demo/a" for number in range(12)]
CONFIG = 'documents = ["list.md"]\nfolder = "data"\n[archives]\ninternet_archive = false\n'
PATIENT = {"ARCHIVER_WEB_TIMEOUT": "60s"}


@pytest.fixture
def library(cli: CommandLine, living_world: World) -> CommandLine:
    """Give the command line in a folder with a list of quick links and of links that never answer."""
    cli.write("list.md", "".join(f"[one]({url})\n\n" for url in (*QUICK, *SLOW)))
    cli.write("config.toml", CONFIG)
    for url in QUICK:
        living_world.sites.put(url, page(article(f"The page of {url}")))
    slow(living_world, ill(Manner.SILENT, page("")))
    return cli


def slow(world: World, answer: Reply) -> None:
    for url in SLOW:
        world.sites.put(url, answer)


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until, "it does not happen"
        assert process.poll() is None, "the command has ended"
        time.sleep(0.02)  # another process: there is no clock to turn


def asked(world: World, mark: int, urls: list[str]) -> set[str]:
    return {one.url for one in world.requests[mark:]} & set(urls)


def verdicts(cli: CommandLine) -> dict[str, str]:
    links = json.loads(cli("report", "--format", "json").out)["links"]
    assert len(links) == len({link["url"] for link in links})
    return {link["url"]: link["verdict"] for link in links}


def kept(cli: CommandLine) -> int:
    return sum(path.stat().st_size for path in (cli.folder / "data" / "captures").rglob("*.warc.gz*"))


def looks(cli: CommandLine, url: str) -> int:
    shown = json.loads(cli("show", url, "--format", "json").out)
    return int(shown["link"]["looks"])


def test_a_killed_run_is_continued(library: CommandLine, living_world: World) -> None:
    mark = len(living_world.requests)
    process = library.start("run", world=living_world, environment=PATIENT)
    wait_for(lambda: len(asked(living_world, mark, QUICK + SLOW)) == len(QUICK + SLOW), process)
    process.send_signal(signal.SIGKILL)
    assert library.finish(process).code == -signal.SIGKILL

    status = library("status")
    assert (status.code, status.err) == (0, "")
    slow(living_world, page(article("At last")))
    done = library("run", world=living_world)
    assert done.code == 0
    assert verdicts(library) == dict.fromkeys(QUICK + SLOW, "alive")
    assert looks(library, SLOW[0]) == 1
    assert looks(library, QUICK[0]) == 1
    silent = library("run", world=living_world)
    assert (silent.code, silent.out, silent.err) == (0, "", "")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_what_it_saw(
    library: CommandLine, living_world: World, sign: signal.Signals,
) -> None:
    mark = len(living_world.requests)
    process = library.start("run", world=living_world, environment=PATIENT)
    wait_for(lambda: len(asked(living_world, mark, QUICK + SLOW)) == len(QUICK + SLOW), process)
    wait_for(lambda: kept(library) > 5000, process)  # some looks are over and done with
    process.send_signal(sign)
    done = library.finish(process, timeout=20)
    assert done.code == 130
    assert done.lines[-1] == "archiver: interrupted"
    known = verdicts(library)
    assert set(known) == {*QUICK, *SLOW}
    assert "alive" in known.values()
    assert [known[url] for url in SLOW] == ["unknown"] * len(SLOW)
    assert json.loads(library("status", "--format", "json").out)["interrupted"] is True

    slow(living_world, page(article("At last")))
    assert library("run", world=living_world).code == 0
    assert verdicts(library) == dict.fromkeys(QUICK + SLOW, "alive")
    assert {looks(library, url) for url in (QUICK[0], SLOW[0])} == {1}


def test_the_second_of_two_runs_says_who_is_at_work(library: CommandLine, living_world: World) -> None:
    mark = len(living_world.requests)
    first = library.start("run", world=living_world, environment=PATIENT)
    wait_for(lambda: asked(living_world, mark, SLOW) != set(), first)
    second = library("run", world=living_world)
    assert (second.code, second.out) == (75, "")
    assert len(second.lines) == 1
    assert f"`archiver run` holds the manifest: process {first.pid} on " in second.err
    assert library("status").code == 0  # reading needs no lock
    first.send_signal(signal.SIGINT)
    assert library.finish(first, timeout=20).code == 130
    slow(living_world, page(article("At last")))
    assert library("run", world=living_world).code == 0


def test_an_interrupted_check_leaves_nothing(cli: CommandLine, living_world: World) -> None:
    slow(living_world, ill(Manner.SILENT, page("")))
    before, mark = cli.files(), len(living_world.requests)
    process = cli.start("check", *SLOW, world=living_world, environment=PATIENT)
    wait_for(lambda: asked(living_world, mark, SLOW) == set(SLOW), process)
    process.send_signal(signal.SIGINT)
    done = cli.finish(process, timeout=20)
    assert (done.code, done.out, done.err.strip()) == (130, "", "archiver: interrupted")
    assert cli.files() == before


def test_the_time_of_a_run_is_bounded(library: CommandLine, living_world: World) -> None:
    done = library("run", "--max-time", "2s", world=living_world, environment=PATIENT, timeout=30)
    assert done.code == 0
    known = verdicts(library)
    assert [known[url] for url in QUICK] == ["alive"] * len(QUICK)
    assert [known[url] for url in SLOW] == ["unknown"] * len(SLOW)
