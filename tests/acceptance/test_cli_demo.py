"""`archiver demo`: a story of three weeks on this machine alone."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import CommandLine


def test_the_demo_plays_and_leaves_a_report(cli: CommandLine) -> None:
    done = cli("demo", timeout=110)
    assert done.code == 0
    days = [line for line in done.lines if line.startswith("day ")]
    assert [int(line.split()[1]) for line in days] == [0, 1, 3, 7, 10, 13, 17, 21]
    assert days[0].startswith("day  0  16 links in 3 documents: ")
    assert "town-council.demo/minutes/2009-02 is dead (not-found, for now)" in days[4]
    assert "town-council.demo/minutes/2009-02 is dead (not-found, confirmed)" in days[6]
    assert done.lines[-2].startswith("at the end  16 links in 3 documents: ")
    assert done.lines[-1] == "archiver: the report is archiver-demo/data/report.html"
    assert "5 dead (5 confirmed)" in done.out
    page = (cli.folder / "archiver-demo/data/report.html").read_text("utf-8")
    assert "http://town-council.demo/minutes/2009-02" in page
    for command in (("status",), ("show", "http://town-council.demo/minutes/2009-02")):
        assert cli(*command, "-c", "archiver-demo/config.toml").code == 0


def test_a_folder_of_somebody_else_is_refused(cli: CommandLine) -> None:
    cli.write("mine/letter.txt", "Dear editor")
    done = cli("demo", "--folder", "mine")
    assert (done.code, done.out) == (2, "")
    assert done.err == "archiver: mine: is not empty (--folder names another one; it may be a new one)\n"
    assert cli.files() == {"mine", "mine/letter.txt"}


def test_a_file_is_no_folder(cli: CommandLine) -> None:
    cli.write("mine", "Dear editor")
    done = cli("demo", "--folder", "mine")
    assert (done.code, done.err) == (2, "archiver: mine: is no folder (--folder names another one)\n")


def test_the_demo_world_serves_until_it_is_interrupted(cli: CommandLine) -> None:
    process = cli.start("demo", "--serve", environment={"PYTHONUNBUFFERED": "1"})
    assert process.stdout is not None
    told = {}
    while not (line := process.stdout.readline().decode()).startswith("All its sites"):
        if line.strip().startswith("export "):
            name, _, value = line.strip().removeprefix("export ").partition("=")
            told[name] = value
    done = cli("check", "http://gazette.demo/2014/05/vanished", environment=told)
    assert done.code == 1
    process.send_signal(signal.SIGINT)
    assert cli.finish(process).code == 0
    assert cli.files() == set()
