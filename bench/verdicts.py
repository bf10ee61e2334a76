"""Difficult situations, judged: the demo world's cases through `archiver check` and the peers, as a table of confusion.

    python bench/verdicts.py [--tools archiver,lychee,linkinator,LinkChecker] [--verbose]

All of them reach the world through its proxy and trust its certificates. Cases that take a browser or an earlier copy
to be told are counted apart. Peers know two verdicts only: for what neither lives nor is dead (walls, logins, servers
in trouble), "broken" is a false alarm and "fine" has no nuance. Requests are those that reach the sites, redirects
included, for each link. Peers are found as in fetch.py.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

sys.path.insert(0, str(Path(__file__).parent))
from fetch import find

from archiver import urls
from archiver.clock import SystemClock
from archiver.demo.cases import CASES
from archiver.demo.sites.status import CANARIES
from archiver.demo.world import World
from archiver.model import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archiver.demo.script import Case

    Told = dict[str, tuple[str, str | None]]  # address: verdict and reason
    Reader = Callable[[str], Told]

_ALIVE = frozenset({VerdictKind.ALIVE, VerdictKind.MOVED, VerdictKind.CHANGED})
_COLUMNS = ("right", "no nuance", "false alarm", "miss", "not told")
# linkinator sends all through a proxy, its own server for local pages, too: so its HTTP library is told of it instead.
_THROUGH_PROXY = """
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const require = createRequire(process.env.UNDICI_FROM);
const { EnvHttpProxyAgent, setGlobalDispatcher } = require('undici');
const ca = readFileSync(process.env.NODE_EXTRA_CA_CERTS, 'utf8');
const proxy = process.env.WORLD_PROXY;
setGlobalDispatcher(new EnvHttpProxyAgent({
    httpProxy: proxy, httpsProxy: proxy, requestTls: { ca }, noProxy: 'localhost,127.0.0.1',
}));
"""


def _outcome(case: Case, told: str | None, reason: str | None) -> str:
    """Hold what a tool told ("alive", "dead", ...) against what is due."""
    due = case.verdict
    if told is None:
        return "not told"
    if told == due and reason in (None, case.reason):
        return "right"
    if told == "dead":
        return "right" if due is VerdictKind.DEAD and reason is None else (
            "no nuance" if due is VerdictKind.DEAD else "false alarm")
    if due is VerdictKind.DEAD and told in ("alive", "moved", "changed"):
        return "miss"
    if told == "alive" and due in _ALIVE and reason is None:
        return "right" if due is VerdictKind.ALIVE else "no nuance"
    return "no nuance"


def _archiver(output: str) -> Told:
    rows = (json.loads(line) for line in output.splitlines())
    return {row["url"]: (row["verdict"], row["reason"]) for row in rows if row.get("type", "link") == "link"}


def _lychee(output: str) -> Told:
    told = json.loads(output)
    found: Told = {}
    for kind, verdict in (("success_map", "alive"), ("error_map", "dead"), ("timeout_map", "dead"),
                          ("excluded_map", "skipped"), ("redirect_map", "alive")):
        for rows in (told.get(kind) or {}).values():
            for row in rows:
                if "url" in row:  # a redirect is told apart, by its target
                    found.setdefault(row["url"], (verdict, None))
    return found


def _linkinator(output: str) -> Told:
    verdicts = {"OK": "alive", "BROKEN": "dead", "SKIPPED": "skipped"}
    return {row["url"]: (verdicts[row["state"]], None) for row in json.loads(output)["links"] if "parent" in row}


def _linkchecker(output: str) -> Told:
    lines = [line for line in output.splitlines() if not line.startswith("#")]
    return {
        row["urlname"]: ("dead" if row["valid"] == "False" else "alive", None)
        for row in csv.DictReader(lines, delimiter=";")
    }


def _commands(folder: Path, listed: Path, page: Path, ca: Path) -> dict[str, tuple[list[str], Reader]]:
    archiver = str(Path(sys.executable).with_name("archiver"))
    tools: dict[str, tuple[list[str], Reader]] = {
        "archiver": ([archiver, "check", str(page), "--format", "jsonl"], _archiver),
    }
    if lychee := find("lychee"):
        tools["lychee"] = ([lychee, "--no-progress", "--format", "json", "--verbose", "--timeout", "5", str(listed)],
                           _lychee)
    if linkinator := find("linkinator"):
        Path(folder, "proxy.mjs").write_text(_THROUGH_PROXY)
        tools["linkinator"] = ([linkinator, str(page), "--format", "json", "--timeout", "5000"], _linkinator)
    if linkchecker := find("linkchecker"):
        config = Path(folder, "linkcheckerrc")
        config.write_text(f"[checking]\nrobotstxt=0\nsslverify={ca}\ntimeout=5\n")
        tools["LinkChecker"] = ([linkchecker, "--no-status", "-f", str(config), "-r", "1", "--check-extern", "-v",
                                 "-o", "csv", str(page)], _linkchecker)
    return tools


def _environment(tool: str, world: World, folder: Path, ca: Path) -> Mapping[str, str]:
    trust = dict.fromkeys(("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"), str(ca))
    environment = {**os.environ, **world.environment(), **trust}
    if tool == "linkinator":
        return {
            **environment, "WORLD_PROXY": world.proxy, "UNDICI_FROM": str(Path(find("linkinator") or "").resolve()),
            "NODE_OPTIONS": f"--import={Path(folder, 'proxy.mjs')}",
        }
    return environment | dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), world.proxy)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tools", default="")
    parser.add_argument("--verbose", action="store_true")
    chosen = parser.parse_args()
    wanted = set(filter(None, chosen.tools.split(",")))
    plain = [case for case in CASES if not case.needs & {"browser", "drift"}]
    print(f"{len(plain)} cases, and {len(CASES) - len(plain)} that need a browser or an earlier copy\n")
    print(f"| tool | {' | '.join(_COLUMNS)} | seconds | requests/link |\n" + "| --- " * (len(_COLUMNS) + 3) + "|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # LinkChecker gives up root's rights
        listed, page = folder / "links.txt", folder / "links.html"
        listed.write_text("\n".join(case.url for case in CASES) + "\n")
        page.write_text("<!doctype html><title>Links</title>" + "".join(
            f'<p><a href="{case.url.replace("&", "&amp;")}">{case.name}</a>\n' for case in CASES))
        with World(SystemClock()) as world:
            ca = folder / "ca.pem"  # where everybody may read it
            ca.write_bytes(world.ca_bundle.read_bytes())
            for tool, (command, read) in _commands(folder, listed, page, ca).items():
                if wanted and tool not in wanted:
                    continue
                environment = _environment(tool, world, folder, ca)
                before = len(world.requests)
                start = time.perf_counter()
                done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
                seconds = time.perf_counter() - start
                asked = sum(urls.host(seen.url) not in CANARIES for seen in world.requests[before:])
                _report(tool, read(done.stdout), plain, seconds, asked / len(CASES), verbose=chosen.verbose)


def _report(
    tool: str, told: Told, cases: list[Case], seconds: float, requests: float, *, verbose: bool,
) -> None:
    known = {_same(url): verdict for url, verdict in told.items()}
    counts: Counter[str] = Counter()
    lines = []
    for case in cases:
        verdict, reason = known.get(_same(case.url), (None, None))
        outcome = _outcome(case, verdict, reason)
        counts[outcome] += 1
        if outcome != "right":
            due = f"{case.verdict} {case.reason}"
            lines.append(f"  {tool}: {case.name}: {outcome}: told {verdict} {reason or ''}, due {due}")
    cells = [tool, *(str(counts[column]) for column in _COLUMNS), f"{seconds:.0f}", f"{requests:.2f}"]
    print(f"| {' | '.join(cells)} |", flush=True)
    if verbose:
        print("\n".join(lines), file=sys.stderr)


def _same(url: str) -> str:
    """Give an address as all tools write it: peers leave fragments out and spell in their own ways."""
    return (urls.normalise(urldefrag(url)[0]) or url).removesuffix("/")


if __name__ == "__main__":
    main()
