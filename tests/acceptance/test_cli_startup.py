"""How little is loaded: a run of one link costs hardly more than the modules that it imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import CommandLine

HEAVY = {
    "bs4", "dateparser", "ftfy", "jinja2", "linkify_it", "markdown_it", "requests", "rich", "sqlalchemy", "tldextract",
    "warcio", "yt_dlp",
}
# Nobody listens on port 1: the look is over at once, with a refusal.
LIST = "# harbour\nhttp://127.0.0.1:1/2014/05/crane\n"


def loaded(cli: CommandLine, *arguments: str) -> set[str]:
    """Run a command and give the modules that it imported, with their packages."""
    done = cli(*arguments, environment={"PYTHONPROFILEIMPORTTIME": "1"})
    names = {line.rpartition("|")[2].strip() for line in done.lines if line.startswith("import time:")}
    assert "archiver.cli.main" in names
    return names | {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "junit", "github"])
def test_a_check_of_addresses_for_a_machine_loads_nothing_heavy(cli: CommandLine, form: str) -> None:
    cli.write("links.txt", LIST)
    names = loaded(cli, "check", "links.txt", "--format", form, "--allow-private")
    assert "pycurl" in names  # it did look
    assert not names & HEAVY
    assert not names & {"archiver.manifest", "archiver.archives", "archiver.captures", "archiver.documents.html.reader"}


def test_help_loads_no_more_than_the_command_line(cli: CommandLine) -> None:
    assert not loaded(cli, "--help") & {*HEAVY, "asyncio", "msgspec", "pycurl", "archiver.config", "archiver.run"}
