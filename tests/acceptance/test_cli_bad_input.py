"""Bad documents, bad folders, bad servers: one clear line or a recorded outcome, the right exit code, no traceback."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import CommandLine, Done

    from archiver.demo.world import World

ALIVE = "http://gazette.demo/2011/12/bridge"
CONFIG = 'documents = ["one.md"]\nfolder = "data"\n[archives]\ninternet_archive = false\n'
MEGABYTE = 2**20


def with_little_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (1500 * MEGABYTE, 1500 * MEGABYTE))


def one_line(done: Done, start: str, *, code: int = 2) -> None:
    assert done.code == code, done
    assert len(done.lines) == 1, done.err
    assert done.err.startswith(f"archiver: {start}"), done.err


# ---------------------------------------------------------------- documents


def _missing(cli: CommandLine) -> str:
    return "nowhere.md"


def _empty(cli: CommandLine) -> str:
    cli.write("empty.md", b"")
    return "empty.md"


def _below_a_file(cli: CommandLine) -> str:
    cli.write("one.md", "text")
    return "one.md/two.md"


def _binary(cli: CommandLine) -> str:
    cli.write("binary.md", b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 40)
    return "binary.md"


def _enormous(cli: CommandLine) -> str:
    cli.write("enormous.md", "text\n")
    os.truncate(cli.folder / "enormous.md", 2**30)
    return "enormous.md"


def _pipe(cli: CommandLine) -> str:
    os.mkfifo(cli.folder / "pipe.md")
    return "pipe.md"


def _device(cli: CommandLine) -> str:
    return "/dev/zero"


def _circle(cli: CommandLine) -> str:
    (cli.folder / "circle.md").symlink_to("circle.md")
    return "circle.md"


@pytest.mark.parametrize("make", [_missing, _empty, _below_a_file, _binary, _enormous, _pipe, _device, _circle])
def test_what_is_no_document_is_told_in_one_line(cli: CommandLine, make: object) -> None:
    name = make(cli)  # type: ignore[operator]
    done = cli("links", name, "--format", "json", timeout=30, before=with_little_memory)
    one_line(done, f"{name}: ")
    told = json.loads(done.out)
    assert [one["source"] for one in told["unreadable"]] == [name]
    assert told["citations"] == []


@pytest.mark.parametrize("make", [_missing, _enormous, _pipe])
def test_a_check_reads_no_such_thing_either(cli: CommandLine, living_world: World, make: object) -> None:
    name = make(cli)  # type: ignore[operator]
    done = cli("check", name, "--format", "json", world=living_world, timeout=30, before=with_little_memory)
    one_line(done, f"{name}: ")


def test_a_document_without_citations_is_fine(cli: CommandLine, living_world: World) -> None:
    cli.write("plain.md", "Nothing is cited here.\n")
    done = cli("check", "plain.md", world=living_world)
    assert (done.code, done.out, done.err) == (0, "1 document, 0 citations, 0 links\n", "")


@pytest.mark.parametrize(("text", "encoding"), [
    ("Die Brücke über den Fluß: {}\n", "latin-1"), ("Die Brücke über den Fluß: {}\n", "utf-16"),
    ("Мост через реку открыли без речи, и никто не заметил: {}\n", "windows-1251"),
    ("橋が開通した。誰も演説をしなかった。 {}\n", "shift_jis"), ("Most: {}\n", "utf-8-sig"),
])
def test_the_link_is_found_in_whatever_encoding(cli: CommandLine, text: str, encoding: str) -> None:
    cli.write("text.txt", text.format(ALIVE).encode(encoding))
    done = cli("links", "text.txt", "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert [one["url"] for one in json.loads(done.out)["citations"]] == [ALIVE]


def test_a_page_nested_beyond_reason_is_read(cli: CommandLine) -> None:
    cli.write("deep.html", "<html><body>" + "<div>" * 20_000 + f'<a href="{ALIVE}">here</a>' + "</div>" * 20_000)
    done = cli("links", "deep.html", "--format", "json")
    assert done.code in (0, 2)
    assert len(done.lines) == (0 if done.code == 0 else 1)


def test_names_and_addresses_cannot_command_the_terminal(cli: CommandLine, living_world: World) -> None:
    cli.write("odd.md", "[\x1b[31mred\x07](http://gazette.demo/2014/05/vanished?\x1b[2J)\n\nA text \x9b31m.\n")
    for done in (
        cli("check", "odd.md", "\x1b]0;title\x07.md", world=living_world), cli("links", "odd.md", "\x1b[2J.md"),
    ):
        assert done.code == 2
        assert not {"\x1b", "\x07", "\x9b"} & set(done.out + done.err)


def test_a_file_name_that_is_no_text(cli: CommandLine) -> None:
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"archiver", b"links", b"caf\xe9.md"], cwd=cli.folder,
        env=cli.environment(), capture_output=True, timeout=30,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"archiver: caf")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["http://[", "http://", "https://gazette.demo:99999/", "http://a b.demo/"])
def test_what_is_no_address_is_skipped(cli: CommandLine, living_world: World, address: str) -> None:
    done = cli("check", address, "--format", "json", world=living_world)
    assert [link["verdict"] for link in json.loads(done.out)["links"]] == ["skipped"]
    assert done.code == 0


# ---------------------------------------------------------------- folders and disks


@pytest.mark.parametrize("folder", ["one.md/data", "/proc/archiver", "/dev/full/data"])
def test_a_folder_that_cannot_be_written_stops_a_run(cli: CommandLine, living_world: World, folder: str) -> None:
    cli.write("one.md", f"[a bridge]({ALIVE})\n")
    cli.write("config.toml", CONFIG.replace('"data"', f'"{folder}"'))
    one_line(cli("run", world=living_world), folder if folder.startswith("/") else "")


def test_an_answer_to_a_full_disk(cli: CommandLine, living_world: World) -> None:
    cli.write("one.md", f"[a bridge]({ALIVE})\n")
    one_line(cli("links", "one.md", "-o", "/dev/full"), "/dev/full: cannot write it: No space left on device (")
    one_line(
        cli("check", ALIVE, "--format", "html", "-o", "/dev/full", world=living_world),
        "/dev/full: cannot write it: No space left on device (",
    )


def test_standard_output_on_a_full_disk(cli: CommandLine) -> None:
    cli.write("one.md", f"[a bridge]({ALIVE})\n")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "archiver", "links", "one.md"], cwd=cli.folder, env=cli.environment(),
            stdout=full, stderr=subprocess.PIPE, timeout=30,
        )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "archiver: cannot write: No space left on device (free some room or choose another folder)",
    ]


@pytest.mark.parametrize("limit", [4096, 90_000])
def test_a_disk_that_fills_up_stops_a_run(cli: CommandLine, living_world: World, limit: int) -> None:
    cli.write("one.md", "".join(f"[{n}](http://gazette.demo/2011/12/bridge?{n}) {'x' * 400}\n\n" for n in range(60)))
    cli.write("config.toml", CONFIG)

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = cli("run", world=living_world, before=fill)
    assert done.code == 2, done
    assert len(done.lines) == 1
    assert done.err.startswith("archiver: ")
    again = cli("run", world=living_world)
    assert again.code == 0, again
    assert set(_verdicts(cli).values()) == {"alive"}


def _verdicts(cli: CommandLine) -> dict[str, str]:
    return {link["url"]: link["verdict"] for link in json.loads(cli("report", "--format", "json").out)["links"]}


# ---------------------------------------------------------------- manifests


def test_a_manifest_of_a_newer_version_is_left_alone(cli: CommandLine, living_world: World) -> None:
    cli.write("one.md", f"[a bridge]({ALIVE})\n")
    cli.write("config.toml", CONFIG)
    assert cli("run", world=living_world).code == 0
    path = cli.folder / "data/manifest.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("UPDATE schema_versions SET version = 999")
    database.close()
    for command in ("run", "status", "report"):
        done = cli(command, world=living_world)
        one_line(done, "")
        assert "newer" in done.err


@pytest.mark.parametrize("content", [b"", b"no database at all\n" * 300, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_manifest_that_is_none(cli: CommandLine, living_world: World, content: bytes) -> None:
    cli.write("one.md", f"[a bridge]({ALIVE})\n")
    cli.write("config.toml", CONFIG)
    path = cli.write("data/manifest.sqlite", content)
    done = cli("run", world=living_world)
    if content:
        one_line(done, "")
        assert "manifest.sqlite" in done.err
        assert path.read_bytes() == content
    else:
        assert done.code == 0


# ---------------------------------------------------------------- servers


@pytest.mark.parametrize(("url", "verdict", "reason", "warnings"), [
    ("https://self-signed.demo/essay", "alive", "ok", ["tls-untrusted"]),
    ("https://expired.demo/essay", "alive", "ok", ["tls-untrusted"]),
    ("https://wrong-name.demo/essay", "alive", "ok", ["tls-untrusted"]),
    ("http://astray.demo/photos", "dead", "bad-redirect", []),
    ("http://bomb.demo/essay", "alive", "ok", []),
    ("http://huge.demo/essay", "alive", "ok", []),
    ("http://drips.demo/essay", "unknown", "timeout", []),
    ("http://silent.demo/essay", "unknown", "timeout", []),
    ("http://babbles.demo/essay", "unknown", "bad-answer", []),
    ("http://circle.demo/a", "dead", "redirect-loop", []),
])
def test_a_bad_server_is_an_outcome(
    cli: CommandLine, living_world: World, url: str, verdict: str, reason: str, warnings: list[str],
) -> None:
    done = cli(
        "check", url, "--timeout", "2s", "--format", "json", world=living_world, before=with_little_memory, timeout=40,
    )
    assert (done.code, done.err) == (1 if verdict == "dead" else 0, "")
    (link,) = json.loads(done.out)["links"]
    assert (link["verdict"], link["reason"], link["warnings"]) == (verdict, reason, warnings)


def test_bad_servers_do_not_disturb_a_run(cli: CommandLine, living_world: World) -> None:
    bad = (
        "http://bomb.demo/essay", "http://drips.demo/essay", "http://silent.demo/essay", "http://reset.demo/essay",
        "http://cut.demo/essay", "http://babbles.demo/essay", "https://old-tls.demo/essay", "http://corridor.demo/further",
    )
    cli.write("one.md", "".join(f"[x]({url})\n\n" for url in (*bad, ALIVE)))
    cli.write("config.toml", CONFIG)
    assert cli("run", "--timeout", "2s", world=living_world).code == 0
    known = _verdicts(cli)
    assert known[ALIVE] == "alive"
    assert set(known) == {*bad, ALIVE}
