"""Reading documents, measured in one run: `archiver links` against `lychee --dump`, and against bare PDFium for PDF.

    python bench/read.py [--runs 3] [--mb 50] [--pages 2000] [--only html,markdown,text,pdf,docx]

Folders of documents, 250 KB or 20 pages each (papers.py). Memory is that of all processes of a command together, what
they share counted once (PSS), at its highest. Every address must be found: when archiver misses one, exit code 1. Peers
are found as in fetch.py.
"""

from __future__ import annotations

import argparse
import compileall
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import papers
from fetch import HERE, Took, find

SIZE = 250_000  # bytes of one document
TEXTS = ("html", "markdown", "text")


def corpus(folder: Path, kind: str, amount: float) -> tuple[float, int]:
    """Write documents of so many MB, or pages; give how many there are of them, and the number of addresses."""
    write = papers.WRITERS[kind]
    each = papers.PAGES * papers.LINKS
    if kind in TEXTS:
        each = SIZE // (len(write([_address(0), _address(1)])) - len(write([_address(0)])))
    written = count = 0.0
    while written < amount:
        data = write([_address(int(count) + n) for n in range(each)])
        Path(folder, f"{int(count):08}{papers.SUFFIXES[kind]}").write_bytes(data)
        written += len(data) / 1e6 if kind in TEXTS else papers.PAGES
        count += each
    return written, int(count)


def _address(number: int) -> str:
    return f"https://{papers.HOST}/copies/{number:06}.html"


def _processes(pid: int) -> list[int]:
    found = [pid]
    for one in found:  # grows on the way
        try:
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except (OSError, ValueError):
            continue
    return found


def _memory(pid: int) -> float:
    """Give the MB that a process and its children take now."""
    total = 0
    for one in _processes(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024


def measure(command: list[str], output: Path) -> Took:
    """Run a command to its end, and look at its memory on the way."""
    import resource

    peak = 0.0
    with output.open("wb") as file:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.DEVNULL)
        over = threading.Event()

        def look() -> None:
            nonlocal peak
            while not over.wait(0.05):
                peak = max(peak, _memory(process.pid))

        watcher = threading.Thread(target=look)
        watcher.start()
        code = process.wait()
        wall = time.perf_counter() - start
        over.set()
        watcher.join()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(wall, cpu, peak, code)


def _found(output: Path) -> int:
    return len({word for word in output.read_bytes().replace(b'"', b" ").split() if word.startswith(b"https://tides.")})


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--mb", type=float, default=50)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--only", default="html,markdown,text,pdf,docx")
    chosen = parser.parse_args()
    compileall.compile_dir(HERE.parent / "archiver", quiet=1)
    wrong = False
    print("| documents | tool | wall s | MB/s or pages/s | CPU s | memory, MB | addresses |\n" + "| --- " * 7 + "|")
    for kind in chosen.only.split(","):
        with tempfile.TemporaryDirectory() as name:
            folder, output = Path(name, "corpus"), Path(name, "output")
            folder.mkdir()
            amount, count = corpus(folder, kind, chosen.mb if kind in TEXTS else chosen.pages)
            tools = {"archiver": [str(Path(sys.executable).with_name("archiver")), "links", str(folder),
                                  "--format", "jsonl"]}
            if kind in TEXTS and (lychee := find("lychee")):
                tools["lychee"] = [lychee, "--dump", str(folder)]
            if kind == "pdf":
                tools["bare PDFium"] = [sys.executable, str(HERE / "bare_pages.py"), str(folder)]
            taken: dict[str, list[Took]] = {tool: [] for tool in tools}
            found: dict[str, int] = {}
            for _ in range(chosen.runs):
                for tool, command in tools.items():
                    taken[tool].append(measure(command, output))
                    found[tool] = _found(output)
        unit = "MB" if kind in TEXTS else "pages"
        for tool, each in taken.items():
            wall, cpu, memory = (
                statistics.median(getattr(one, key) for one in each) for key in ("wall", "cpu", "memory")
            )
            addresses = "-" if tool == "bare PDFium" else f"{found[tool]:,} of {count:,}"
            print(f"| {amount:,.0f} {unit} of {kind} | {tool} | {wall:.2f} | {amount / wall:,.1f} | {cpu:.2f} "
                  f"| {memory:.0f} | {addresses} |", flush=True)
        wrong = wrong or found["archiver"] != count
    raise SystemExit(int(wrong))


if __name__ == "__main__":
    main()
