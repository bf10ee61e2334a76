"""An answer arrives whole, however slowly it is read and whatever happens to the process meanwhile."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import struct
import sys
import termios
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess

    from conftest import CommandLine

LINKS = 3000


def held(process: subprocess.Popen[bytes]) -> int:
    """Give how many bytes of the answer wait in the pipe."""
    assert process.stdout is not None
    (number,) = struct.unpack("i", fcntl.ioctl(process.stdout, termios.FIONREAD, bytes(4)))
    return int(number)


def wait_until_it_waits(process: subprocess.Popen[bytes]) -> None:
    """Wait until the pipe is full: whoever writes on is asleep in the middle of a write."""
    until, before, same = time.monotonic() + 30, 0, 0
    while same < 20:
        assert time.monotonic() < until, "its answer never fills the pipe"
        time.sleep(0.02)  # another process: there is no clock to turn
        now = held(process)
        same, before = (same + 1 if now and now == before else 0), now


@pytest.mark.skipif(sys.platform != "linux", reason="what waits in a pipe can be measured there")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_process_that_is_stopped_while_it_answers_says_all_of_it(
    cli: CommandLine, form: str, unbuffered: str,
) -> None:
    cli.write("list.txt", "\n".join(f"http://host{number}.example/page" for number in range(LINKS)) + "\n")
    process = cli.start("links", "list.txt", "--format", form, environment={"PYTHONUNBUFFERED": unbuffered})
    wait_until_it_waits(process)
    process.send_signal(signal.SIGSTOP)
    process.send_signal(signal.SIGCONT)
    done = cli.finish(process)
    assert (done.code, done.err) == (0, "")
    if form == "json":
        assert len(json.loads(done.out)["citations"]) == LINKS
    else:
        rows = [json.loads(line) for line in done.out.splitlines()]
        assert sum("kind" in row for row in rows) == LINKS


@pytest.mark.parametrize("closed", [(1,), (2,), (1, 2)], ids=["stdout", "stderr", "both"])
def test_a_command_without_anybody_to_tell_does_its_work(cli: CommandLine, closed: tuple[int, ...]) -> None:
    cli.write("list.txt", "http://host.example/page\n")

    def close() -> None:
        for stream in closed:
            os.close(stream)

    done = cli("links", "list.txt", "--format", "json", "-o", "answer.json", before=close)
    assert done.code == 0
    assert len(json.loads((cli.folder / "answer.json").read_text("utf-8"))["citations"]) == 1
