"""Reading documents, measured: `archiver links` against `lychee --dump`, in one run, as MB/s and ratios.

    python bench/read.py [--runs 3] [--mb 50] [--only html,markdown,text]

A folder of documents of 250 KB each: prose with a link in every other sentence, some of them notes. Both tools are
counted: an address that one of them does not give is told. Peers are found as in fetch.py.
"""

from __future__ import annotations

import argparse
import compileall
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))
from fetch import HERE, Took, find, measure

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 250_000  # bytes of one document
# A name that lychee does not leave out, as it does .example; nothing is asked of it.
HOST = "tides.museum"
_SENTENCE = "The harbour master copied the tide tables by hand and kept them in a drawer until the spring. "
_SUFFIXES = {"html": ".html", "markdown": ".md", "text": ".txt"}


def _html(addresses: list[str]) -> str:
    paragraphs = "".join(f"<p>{_SENTENCE}<a href='{one}'>One copy</a> was kept. {_SENTENCE}</p>\n" for one in addresses)
    return f"<!doctype html><html><head><title>Tide tables</title></head><body>{paragraphs}</body></html>"


def _markdown(addresses: list[str]) -> str:
    return "# Tide tables\n\n" + "".join(f"{_SENTENCE}[One copy]({one}) was kept. {_SENTENCE}\n\n" for one in addresses)


def _text(addresses: list[str]) -> str:
    return "Tide tables\n\n" + "".join(f"{_SENTENCE}One copy is at {one} today. {_SENTENCE}\n\n" for one in addresses)


_WRITERS: dict[str, Callable[[list[str]], str]] = {"html": _html, "markdown": _markdown, "text": _text}


def corpus(folder: Path, kind: str, size: int) -> tuple[int, int]:
    """Write the documents; give their bytes and the number of addresses."""
    each = SIZE // len(_WRITERS[kind]([f"https://{HOST}/copies/000000.html"]).encode())
    written = count = 0
    while written < size:
        addresses = [f"https://{HOST}/copies/{count + n:06}.html" for n in range(each)]
        data = _WRITERS[kind](addresses).encode()
        Path(folder, f"{count:08}{_SUFFIXES[kind]}").write_bytes(data)
        written += len(data)
        count += each
    return written, count


def _count(tool: str, output: Path) -> int:
    if tool == "archiver":
        return len({one["url"] for one in json.loads(output.read_bytes())["citations"]})
    return len({line for line in output.read_text().splitlines() if HOST in line})


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--mb", type=float, default=50)
    parser.add_argument("--only", default="html,markdown,text")
    chosen = parser.parse_args()
    compileall.compile_dir(HERE.parent / "archiver", quiet=1)
    wrong = False
    print("| documents | tool | wall s | MB/s | CPU s | memory, MB | addresses |\n" + "| --- " * 7 + "|")
    for kind in chosen.only.split(","):
        with tempfile.TemporaryDirectory() as name:
            folder, output = Path(name, "corpus"), Path(name, "output")
            folder.mkdir()
            size, count = corpus(folder, kind, int(chosen.mb * 1e6))
            tools = {"archiver": [str(Path(sys.executable).with_name("archiver")), "links", str(folder),
                                  "--format", "json"]}
            if lychee := find("lychee"):
                tools["lychee"] = [lychee, "--dump", str(folder)]
            taken: dict[str, list[Took]] = {tool: [] for tool in tools}
            found = {}
            for _ in range(chosen.runs):
                for tool, command in tools.items():
                    taken[tool].append(measure(command, {}, output))
                    found[tool] = _count(tool, output)
        for tool, each in taken.items():
            wall, cpu, memory = (
                statistics.median(getattr(one, key) for one in each) for key in ("wall", "cpu", "memory")
            )
            print(f"| {size / 1e6:.0f} MB of {kind} | {tool} | {wall:.2f} | {size / 1e6 / wall:.1f} | {cpu:.2f} "
                  f"| {memory:.0f} | {found[tool]:,} of {count:,} |", flush=True)
        wrong = wrong or found["archiver"] != count
    raise SystemExit(int(wrong))


if __name__ == "__main__":
    main()
