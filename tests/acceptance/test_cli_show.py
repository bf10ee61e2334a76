"""`archiver show`: a link's life, as a person and as a program reads it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from archiver.checks.judge import judge
from archiver.clock import ManualClock
from archiver.days import day
from archiver.manifest.store import Manifest
from archiver.model import (
    Answer,
    Citation,
    CitationKind,
    Document,
    HopFact,
    Lookup,
    Observation,
    Place,
    Policy,
    Snapshot,
)

if TYPE_CHECKING:
    from conftest import CommandLine

LINK = "https://gazette.example.net/2014/03/harbour-crane"
FILM = "https://films.example.net/watch?v=quay"
NOW = datetime.now(UTC).replace(microsecond=0)
BEGAN = NOW - timedelta(days=20)


def cited(link: str, line: int, label: str | None = None) -> Citation:
    return Citation(
        document="essay.md", place=Place(line=line, column=7), kind=CitationKind.FOOTNOTE, url=link, link=link,
        label=label, text="a crane", context="Of the harbour a crane is left.", note="The Gazette, 2014.",
    )


def look(link: str, days: float, status: int, *, title: str | None = "The crane") -> Observation:
    at = BEGAN + timedelta(days=days)
    return Observation(
        link=link, at=at, hops=(HopFact(url=link, status=status),), status=status, final_url=link, length=900,
        media_type="text/html", title=title if status == 200 else None,
    )


@pytest.fixture
def told(cli: CommandLine) -> CommandLine:
    """Give the command line in a folder whose manifest knows twenty days of two links."""
    cli.write("config.toml", 'documents = ["essay.md"]\nfolder = "data"\n')
    clock = ManualClock(BEGAN)
    statuses = {
        LINK: [*[(days, 200) for days in range(6)], (7, 404), (10, 404), (14, 404), (15, 404)],
        FILM: [(days, 200) for days in (0, 9, 19)],
    }
    seen = sorted((days, link, status) for link, found in statuses.items() for days, status in found)
    with Manifest.open(f"sqlite:///{cli.folder / 'data/manifest.sqlite'}", clock) as manifest, manifest.lock("run"):
        run = manifest.begin_run(version="1", command="run", settings_sha256="")
        manifest.add_document(Document(
            source="essay.md", sha256="5e" * 32, size=9, media_type="text/markdown",
            citations=(cited(LINK, 3, "1"), cited(LINK, 9), cited(FILM, 12), cited("ftp://old.example.net/a", 14)),
        ))
        for days, link, status in seen:
            observation = look(link, days, status)
            verdict = judge((*manifest.observations(link), observation), Policy())
            manifest.add_look(observation, verdict)
        snapshots = tuple(
            Snapshot(archive="ark", url=f"https://ark.example/{year}/{LINK}", original=LINK,
                     taken=datetime(year, 5, 4, tzinfo=UTC), good=year == 2015 or None)
            for year in range(2008, 2016)
        )
        manifest.add_lookup(Lookup(archive="ark", link=LINK, at=BEGAN, answer=Answer.FOUND, snapshots=snapshots))
        manifest.end_run(run, exit_code=0)
    return cli


def at(days: float) -> str:
    return f"{BEGAN + timedelta(days=days):%Y-%m-%d %H:%M}"


def named(days: float) -> str:
    return day(BEGAN + timedelta(days=days))


def test_the_life_of_a_link_that_died(told: CommandLine) -> None:
    done = told("show", LINK)
    assert (done.code, done.err) == (0, "")
    first, second = BEGAN + timedelta(days=7), BEGAN + timedelta(days=15)
    once = f"404 on {named(7)}; failed once; taken for dead after 3 looks over 6 days."
    lines = done.out.splitlines()
    assert lines[0] == LINK
    assert re.fullmatch(r"  dead, not-found: 404 on 4 looks between .* and .*\.", lines[1])
    assert lines[2:] == [
        f"  confirmed; dead since {day(first)}; 10 looks, the last on {day(second)}",
        "",
        "  cited in essay.md, line 3, column 7, note 1",
        "      Of the harbour a crane is left.",
        "      The Gazette, 2014.",
        "  cited in essay.md, line 9, column 7",
        "      Of the harbour a crane is left.",
        "      The Gazette, 2014.",
        "",
        f'  {at(0)} looked: 200, "The crane"',
        f"  {at(0)} => alive, ok: The server answered 200 with a page.",
        f"                   5 more looks until {named(5)}: the same",
        f"  {at(7)} looked: 404",
        f"  {at(7)} => alive -> dead, not-found: {once}",
        f"                   2 more looks until {named(14)}: the same",
        lines[17],
        f"                   1 more look until {named(15)}: the same",
        f"  {at(0)} ark: 8 snapshots, the newest of 2015-05-04",
        "",
        f"  snapshot 2015-05-04 ark https://ark.example/2015/{LINK}",
        *[f"  snapshot {year}-05-04 ark https://ark.example/{year}/{LINK}, not proved yet" for year in (2014, 2013, 2012, 2011)],
        "  and 3 snapshots more, the oldest of 4 May 2008",
        "",
        "  host gazette.example.net:",
        f"      it last answered on {named(15)}",
        f"      it says 404 to what it does not have, last on {named(15)}",
        lines[-2],
        lines[-1],
    ]
    assert lines[17].startswith(f"  {at(14)} => dead, not-found, confirmed: 404 on 3 looks between ")
    assert re.fullmatch(r"  next look: \d+ \w+ \d{4}, or the first run after it", lines[-2])
    assert lines[-1] == f'  if you know better: archiver mark {LINK} alive --reason "..."'


def test_every_look_on_a_line_of_its_own(told: CommandLine) -> None:
    lines = told("show", "-v", LINK).out.splitlines()
    assert len([line for line in lines if " looked: " in line]) == 10
    assert len([line for line in lines if line.startswith("  snapshot ")]) == 8
    assert not any("the same" in line for line in lines)


def test_what_a_program_reads(told: CommandLine) -> None:
    done = told("show", LINK, "--format", "json")
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert found["schema"] == "archiver.link/1"
    assert set(found) == {"schema", "link", "history", "host", "next_look"}
    assert (found["link"]["mark"], found["link"]["judged"]) == (None, None)
    assert found["link"]["verdict"]["confirmed"] is True
    assert len([entry for entry in found["history"] if entry["kind"] == "look"]) == 10
    host = found["host"]
    assert (host["name"], host["links"], host["alive"], host["dead"]) == ("gazette.example.net", 1, 0, 1)
    assert (host["wall"], host["retry_after"]) == (None, None)
    assert datetime.fromisoformat(found["next_look"]) > NOW


def test_a_link_that_no_request_can_be_made_of_has_no_host(told: CommandLine) -> None:
    found = json.loads(told("show", "ftp://old.example.net/a", "--format", "json").out)
    assert (found["host"], found["link"]["verdict"]["kind"]) == (None, "unknown")
    lines = told("show", "ftp://old.example.net/a").out.splitlines()
    assert lines[1] == "  unknown, not-looked: Not looked at yet."
    assert "  next look: with the next run" in lines


@pytest.mark.parametrize("written", [
    LINK, f" {LINK} ", LINK.replace("https", "HTTPS").replace("gazette.", "GAZETTE."), LINK.removeprefix("https://"),
    LINK.replace("https:", "http:"), f"{LINK}/", f"{LINK}#crane", LINK.replace("//", "//www."), f"{LINK}?utm_source=mail",
])
def test_a_link_is_found_in_another_spelling(told: CommandLine, written: str) -> None:
    assert told("show", written).out.splitlines()[0] == LINK


@pytest.mark.parametrize(("written", "hint"), [
    (f"{LINK}s", f"did you mean {LINK} ?"),
    (LINK.replace("crane", "carne"), f"did you mean {LINK} ?"),
    (LINK.replace("gazette.", "gazete."), f"did you mean {LINK} ?"),
    (FILM.replace("quay", "quai"), f"did you mean {FILM} ?"),
    ("https://elsewhere.example.com/", "`archiver check` looks at any address"),
    ("not an address", "`archiver check` looks at any address"),
    ("", "`archiver check` looks at any address"),
])
def test_a_near_miss_names_what_may_be_meant(told: CommandLine, written: str, hint: str) -> None:
    done = told("show", written)
    assert (done.code, done.out, len(done.lines)) == (2, "", 1)
    assert done.lines[0].endswith(f": not in the manifest ({hint})")


def test_colour_on_a_terminal_only(told: CommandLine) -> None:
    assert "\x1b" not in told("show", LINK).out
    assert "\x1b[1m" in _on_terminal(told, "show", LINK)


def _on_terminal(cli: CommandLine, *arguments: str) -> str:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "archiver", *arguments], cwd=cli.folder, stdin=subprocess.DEVNULL, stdout=follower,
        stderr=subprocess.DEVNULL, env=cli.environment(TERM="xterm-256color"),
    )
    os.close(follower)
    chunks: list[Any] = []
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:  # the other side is closed
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(leader)
    assert process.wait(60) == 0
    return b"".join(chunks).decode()
