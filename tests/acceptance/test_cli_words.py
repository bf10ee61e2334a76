"""What the command line says of itself, and to who mistypes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import CommandLine

COMMANDS = ("run", "check", "save", "links", "status", "show", "mark", "report", "init", "config", "demo")


def test_help_lists_every_command(cli: CommandLine) -> None:
    done = cli("--help")
    assert (done.code, done.err) == (0, "")
    listed = re.findall(r"^  (\w+)  +\S", done.out.partition("Commands:\n")[2], re.MULTILINE)
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(cli: CommandLine, command: str) -> None:
    done = cli(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: archiver {command} [OPTIONS]")


def test_version(cli: CommandLine) -> None:
    done = cli("--version")
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"archiver, version \d+\.\d+\.\d+\n", done.out)


def test_without_a_command_it_shows_the_commands(cli: CommandLine) -> None:
    done = cli()
    assert done.code == 2
    assert done.out == cli("--help").out
    assert done.err == ""


@pytest.mark.parametrize(("arguments", "said"), [
    (("chekc",), "archiver: no such command: chekc (did you mean check?) (`archiver --help` lists the commands)\n"),
    (("zzz",), "archiver: no such command: zzz (`archiver --help` lists the commands)\n"),
])
def test_a_wrong_command_is_told_in_one_line(cli: CommandLine, arguments: tuple[str, ...], said: str) -> None:
    done = cli(*arguments)
    assert (done.code, done.out, done.err) == (2, "", said)


@pytest.mark.parametrize("arguments", [
    ("check",), ("check", "--bogus", "x.md"), ("check", "--format", "yaml", "x.md"), ("--bogus",), ("show",),
    ("check", "--concurrency", "many", "x.md"), ("links",), ("save",),
])
def test_a_wrong_option_is_told_in_one_line(cli: CommandLine, arguments: tuple[str, ...]) -> None:
    done = cli(*arguments)
    assert (done.code, done.out) == (2, "")
    assert len(done.lines) == 1
    assert done.err.startswith("archiver: ")


# ---------------------------------------------------------------- init and config


def test_init_writes_a_commented_config_once(cli: CommandLine) -> None:
    done = cli("init", "essays/*.md", 'odd "name".html')
    assert (done.code, done.out) == (0, "")
    text = (cli.folder / "config.toml").read_text("utf-8")
    assert 'documents = [\n    "essays/*.md",\n    "odd \\"name\\".html",\n]\n' in text
    again = cli("init")
    assert (again.code, again.err) == (2, "archiver: config.toml: exists already (--force overwrites it)\n")
    assert (cli.folder / "config.toml").read_text("utf-8") == text
    assert cli("init", "--force").code == 0
    assert '"essays/*.md"' not in (cli.folder / "config.toml").read_text("utf-8")


def test_config_tells_who_set_each_value(cli: CommandLine) -> None:
    cli.write("config.toml", 'title = "Mine"\n\n[web]\ntimeout = "9s"\ninterval = 3\n')
    done = cli(
        "config", "--format", "json", "--per-host", "4",
        environment={"ARCHIVER_WEB_INTERVAL": "2s", "ARCHIVER_ARCHIVES_SECRET_KEY": "hush-hush"},
    )
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    assert told["title"] == {"value": "Mine", "from": "config.toml:1"}
    assert told["web.timeout"] == {"value": 9.0, "from": "config.toml:4"}
    assert told["web.interval"] == {"value": 2.0, "from": "environment ARCHIVER_WEB_INTERVAL"}
    assert told["web.per_host"] == {"value": 4, "from": "--per-host"}
    assert told["web.concurrency"] == {"value": 256, "from": "default"}
    assert told["archives.secret_key"] == {"value": "(set)", "from": "environment ARCHIVER_ARCHIVES_SECRET_KEY"}
    assert "hush-hush" not in done.out


def test_config_without_a_file_shows_the_defaults(cli: CommandLine) -> None:
    done = cli("config")
    assert (done.code, done.err) == (0, "")
    assert re.search(r"^web\.timeout +20 +default$", done.out, re.MULTILINE)


@pytest.mark.parametrize(("text", "said"), [
    ('titel = "x"\n', "archiver: config.toml:1: unknown key titel (did you mean title?)\n"),
    ("[web]\n\ntimeuot = 3\n", "archiver: config.toml:3: unknown key web.timeuot (did you mean web.timeout?)\n"),
    ('[web]\ntimeout = "soon"\n',
     'archiver: config.toml:2: web.timeout: expected a duration such as 10, "1s", "20m" or "30d", got \'soon\'\n'),
    ("[policy]\nstrikes = 0\n", "archiver: config.toml:2: policy.strikes: 0 is not between 1 and 100\n"),
    ('exclude = ["("]\n', "archiver: config.toml:1: exclude: '(' is no regular expression: "),
    ('[archives]\nsecret_key = "x"\n',
     "archiver: config.toml:2: archives.secret_key is a secret and does not belong in this file ("),
    ("title = \n", "archiver: config.toml: Invalid value (at line 1, column 9) ("),
])
def test_a_wrong_setting_is_told_with_its_line(cli: CommandLine, text: str, said: str) -> None:
    cli.write("config.toml", text)
    done = cli("config")
    assert (done.code, done.out) == (2, "")
    assert len(done.lines) == 1
    assert done.err.startswith(said)


@pytest.mark.parametrize("command", [
    ("run",), ("check", "https://gazette.demo/"), ("save", "https://gazette.demo/"), ("status",), ("report",),
])
def test_a_wrong_setting_stops_every_command(cli: CommandLine, command: tuple[str, ...]) -> None:
    cli.write("config.toml", 'titel = "x"\n')
    done = cli(*command)
    assert (done.code, done.out) == (2, "")
    assert done.err == "archiver: config.toml:1: unknown key titel (did you mean title?)\n"
    assert cli.files() == {"config.toml"}


def test_a_config_that_is_no_text_is_told_in_one_line(cli: CommandLine) -> None:
    cli.write("config.toml", b'title = "\xff\xfe"\n')
    done = cli("config")
    assert (done.code, done.err) == (2, "archiver: config.toml: not UTF-8 at byte 9 (save it as UTF-8)\n")


@pytest.mark.parametrize("command", [("run",), ("check", "x.md"), ("status",), ("config",)])
def test_a_config_that_is_not_there_is_told_in_one_line(cli: CommandLine, command: tuple[str, ...]) -> None:
    done = cli(*command, "-c", "nowhere.toml")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("archiver: nowhere.toml: cannot read it: No such file or directory (")
    assert len(done.lines) == 1


def test_run_needs_a_config(cli: CommandLine) -> None:
    done = cli("run")
    assert (done.code, done.err) == (
        2, "archiver: config.toml: not found here (`archiver init` writes one, -c FILE names one)\n",
    )
    assert cli.files() == set()


@pytest.mark.parametrize("command", [("status",), ("report",), ("show", "https://gazette.demo/")])
def test_reading_a_manifest_that_is_not_there_makes_none(cli: CommandLine, command: tuple[str, ...]) -> None:
    done = cli(*command)
    assert (done.code, done.out) == (2, "")
    assert len(done.lines) == 1
    assert done.err.startswith("archiver: ")
    assert cli.files() == set()
