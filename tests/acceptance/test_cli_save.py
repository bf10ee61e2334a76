"""`archiver save`: a copy in a web archive, now. The archive is a double behind the demo world's proxy."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from archiver.clock import SystemClock
from archiver.demo.archive import Saving, Service, nothing, page_instead, too_many
from archiver.demo.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import CommandLine

NEW = "https://gazette.demo/2012/01/ferry"
HELD = "http://gazette.demo/2011/12/bridge"
KEYS = ("save-access", "save-secret-nobody-may-see")
ENVIRONMENT = {"ARCHIVER_ARCHIVES_ACCESS_KEY": KEYS[0], "ARCHIVER_ARCHIVES_SECRET_KEY": KEYS[1]}


@pytest.fixture
def archive() -> Iterator[World]:
    """Give a world for one test: its archive remembers. It shares its time with the command."""
    with World(SystemClock()) as world:
        world.archive.account(*KEYS)
        world.archive.hold(HELD, datetime(2014, 5, 3, 10, 0, tzinfo=UTC))
        yield world


def snapshots(out: str) -> dict[str, list[tuple[str, str]]]:
    return {
        link["url"]: [(one["url"], one["how"]) for one in link["snapshots"]] for link in json.loads(out)["links"]
    }


def test_what_the_archive_holds_is_not_submitted(cli: CommandLine, archive: World) -> None:
    done = cli("save", HELD, "--format", "json", world=archive, environment=ENVIRONMENT)
    assert (done.code, done.err) == (0, "")
    assert snapshots(done.out) == {
        HELD: [(f"https://web.archive.org/web/20140503100000/{HELD}", "found")],
    }
    assert archive.archive.asked(Service.SUBMIT) == []
    assert cli.files() == set()


def test_what_it_does_not_hold_is_submitted_and_followed(cli: CommandLine, archive: World) -> None:
    archive.archive.plan(NEW, Saving(after=0.5))
    done = cli("save", NEW, "--format", "json", world=archive, environment=ENVIRONMENT)
    assert (done.code, done.err) == (0, "")
    ((url, how),) = snapshots(done.out)[NEW]
    assert how == "submitted"
    assert re.fullmatch(rf"https://web\.archive\.org/web/\d{{14}}/{re.escape(NEW)}", url)
    (submitted,) = archive.archive.asked(Service.SUBMIT)
    assert submitted.headers["authorization"] == f"LOW {KEYS[0]}:{KEYS[1]}"
    assert KEYS[1] not in done.out + done.err


def test_without_keys_it_says_so(cli: CommandLine, archive: World) -> None:
    done = cli("save", NEW, world=archive)
    assert done.code == 75
    assert done.out == f"{NEW}\n    no copy yet\n"
    assert len(done.lines) == 1
    assert done.err.startswith("archiver: 1 without a copy: ")
    assert "key" in done.err
    assert archive.archive.asked(Service.SUBMIT) == []


def test_a_dry_run_submits_nothing(cli: CommandLine, archive: World) -> None:
    done = cli("save", "-n", NEW, world=archive, environment=ENVIRONMENT)
    assert done.code == 75
    assert archive.archive.asked(Service.SUBMIT) == []


@pytest.mark.parametrize("answer", [
    pytest.param(page_instead(), id="HTML"), pytest.param(nothing(), id="nothing"),
    pytest.param(too_many(retry_after="3600"), id="429"),
])
def test_an_archive_that_does_not_answer_the_question_is_not_taken_for_empty(
    cli: CommandLine, archive: World, answer: object,
) -> None:
    archive.archive.down(None, answer)  # type: ignore[arg-type]
    done = cli("save", NEW, world=archive, environment=ENVIRONMENT)
    assert done.code == 75
    assert done.err.startswith("archiver: 1 without a copy: ")
    assert len(done.lines) == 1
    assert archive.archive.asked(Service.SUBMIT) == []
    assert KEYS[1] not in done.out + done.err


def test_a_refusal_is_told(cli: CommandLine, archive: World) -> None:
    archive.archive.plan(NEW, Saving(error="error:blocked-url", message="This URL is excluded.", at_once=True))
    done = cli("save", NEW, world=archive, environment=ENVIRONMENT)
    assert done.code == 75
    assert "This URL is excluded." in done.err


def test_wrong_keys_save_nothing_and_are_never_shown(cli: CommandLine, archive: World) -> None:
    wrong = ENVIRONMENT | {"ARCHIVER_ARCHIVES_SECRET_KEY": "wrong-but-secret", "ARCHIVER_ARCHIVES_BUDGET": "9s"}
    done = cli("save", NEW, world=archive, environment=wrong)
    assert done.code == 75
    assert done.err.startswith("archiver: 1 without a copy: the Internet Archive ")
    assert "wrong-but-secret" not in done.out + done.err


def test_keys_may_stand_in_a_file(cli: CommandLine, archive: World) -> None:
    cli.write("keys", f"{KEYS[0]}\n{KEYS[1]}\n")
    (cli.folder / "keys").chmod(0o600)
    archive.archive.plan(NEW, Saving(error="error:blocked-url", message="This URL is excluded.", at_once=True))
    assert cli("save", NEW, world=archive, environment={"ARCHIVER_ARCHIVES_KEYS_FILE": "keys"}).code == 75
    (submitted,) = archive.archive.asked(Service.SUBMIT)
    assert submitted.headers["authorization"] == f"LOW {KEYS[0]}:{KEYS[1]}"


def test_a_document_that_is_not_there_is_told(cli: CommandLine, archive: World) -> None:
    done = cli("save", "nowhere.md", HELD, world=archive)
    assert done.code == 2
    assert HELD in done.out
    assert len(done.lines) == 1
    assert done.err.startswith("archiver: nowhere.md: ")


def test_what_a_document_cites_is_saved(cli: CommandLine, archive: World) -> None:
    cli.write("essay.md", f"A bridge.[^1]\n\n[^1]: {HELD}\n")
    done = cli("save", "essay.md", world=archive)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{HELD}\n    2014-05-03  https://web.archive.org/web/20140503100000/{HELD}\n"
