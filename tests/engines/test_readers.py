"""Many documents are read by several processes: the answer is the same, in the same order, whatever becomes of them."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess

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


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one core: nobody helps")
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
