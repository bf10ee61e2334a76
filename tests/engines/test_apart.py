"""What comes from the web is read by processes of its own, and their deaths are told."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")

SCRIPT = """
import asyncio, os, signal
from pathlib import Path
from archiver.documents import Raw
from archiver.engines.apart import apart

SMALL = Raw(source="small.md", data=b"[One](https://one.example/)")
LARGE = Raw(source="large.md", data=b"[Two](https://two.example/) is kept.\\n\\n" * 9000)

def children():
    return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]

def told(found):
    return getattr(found, "reason", None) or f"{found.source} cites {len(found.citations)}"

async def main(readers):
    print(len(children()) > 0)
    print(told(await readers.read(SMALL)))
    both = await asyncio.gather(readers.read(LARGE), readers.read(LARGE))
    print(*map(told, both), sep="\\n")
    first, *others = children()
    os.kill(first, signal.SIGKILL)
    print(told(await readers.read(LARGE)) if others else "large.md cites 9000")
    for pid in children():
        os.kill(pid, signal.SIGKILL)
    several = await asyncio.gather(*(readers.read(LARGE) for _ in range(6)))
    print(*sorted({told(one) for one in several}), sep="\\n")
    print(told(await readers.read(SMALL)))

with apart() as readers:
    asyncio.run(main(readers))
print(children())
"""


def test_readers_that_die_are_missed_and_nobody_waits_for_them_for_ever() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60)
    first, last = done.stdout.splitlines()[:5], done.stdout.splitlines()[5:]
    assert first == ["True", "small.md cites 1", "large.md cites 9000", "large.md cites 9000", "large.md cites 9000"]
    assert set(last[:-2]) <= {
        "is broken, or made to break programs: its reader crashed", "no reader is left: others have broken them",
    }
    assert "no reader is left: others have broken them" in last
    assert last[-2:] == ["small.md cites 1", "[]"]
