"""Many documents are read by several processes: the answer is the same, in the same order, whatever becomes of them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import CommandLine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")

COUNT, EACH = 60, 300
SENTENCE = "The tide tables of the harbour were copied by hand, and kept in a drawer until the spring. "


def write(cli: CommandLine) -> list[str]:
    for number in range(COUNT):
        paragraphs = (f"{SENTENCE}[copy {n}](https://host{number}.example/page/{n}).\n\n" for n in range(EACH))
        cli.write(f"papers/paper{number:02}.md", f"# Paper {number}\n\n" + "".join(paragraphs))
    cli.write("papers/paper30a.md", b"")
    return [f"https://host{number}.example/page/{n}" for number in range(COUNT) for n in range(EACH)]


def cited(out: str) -> list[str]:
    return [citation["url"] for citation in json.loads(out)["citations"]]


def children(process: subprocess.Popen[bytes]) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def test_a_folder_is_read_in_its_order(cli: CommandLine) -> None:
    wanted = write(cli)
    done = cli("links", "papers", "--format", "json")
    assert done.code == 2  # one of them is empty
    assert "paper30a.md: is empty" in done.err
    assert cited(done.out) == wanted


def test_a_reader_that_dies_costs_nothing(cli: CommandLine) -> None:
    wanted = write(cli)
    command = cli.start("links", "papers", "--format", "json")
    until = time.monotonic() + 30
    while not (found := children(command)):
        assert time.monotonic() < until
        assert command.poll() is None
        time.sleep(0.005)  # another process: there is no clock to turn
    os.kill(found[0], signal.SIGKILL)
    done = cli.finish(command)
    assert done.code == 2
    assert cited(done.out) == wanted


def test_a_document_that_kills_its_readers_is_told_and_the_others_are_read(cli: CommandLine) -> None:
    cli.write("papers/a.md", "[First](https://first.example/).\n")
    cli.write("papers/b.md", f"{SENTENCE}[It](https://large.example/) was kept.\n\n" * 60_000)
    cli.write("papers/c.md", "[Last](https://last.example/).\n")
    command = cli.start("links", "papers", "--format", "json")
    until = time.monotonic() + 60
    while command.poll() is None and time.monotonic() < until:
        # Whoever reads for long reads the large one.
        for child in children(command):
            with contextlib.suppress(OSError):
                if sum(map(int, Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13])) > 20:
                    os.kill(child, signal.SIGKILL)
        time.sleep(0.005)  # another process: there is no clock to turn
    done = cli.finish(command)
    assert done.code == 2
    assert cited(done.out) == ["https://first.example/", "https://last.example/"]
    assert "b.md: is broken, or made to break programs: its reader crashed" in done.err


SLOW = """
import sys
from contextlib import nullcontext
from archiver.documents import Raw
from archiver.engines.readers import read_all

large = b"[It](https://large.example/) was kept.\\n\\n" * 90_000
items = [
    Raw(source="a.md", data=b"[First](https://first.example/)."), Raw(source="b.md", data=large),
    "something else",
]
for found in read_all(items, phase=lambda: nullcontext(lambda done: None), patience=float(sys.argv[1])):
    print(getattr(found, "reason", None) or getattr(found, "source", found))
"""


def test_a_document_that_takes_too_long_is_told_and_the_others_are_read() -> None:
    done = subprocess.run([sys.executable, "-c", SLOW, "0.1"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["a.md", "could not be read within 0 seconds", "something else"]
    done = subprocess.run([sys.executable, "-c", SLOW, "60"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["a.md", "b.md", "something else"]
