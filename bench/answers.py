"""What each tool found, counted from what it wrote; archiver's findings are held against what the origin serves."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# By the first part of the path. A 403 that does not say why is a refusal and no death (docs/verdicts.md).
_DUE = {"ok": "alive", "moved": "moved", "missing": "dead", "forbidden": "blocked"}
_UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, csv.Error)


def wrong(output: Path, code: int, links: list[str]) -> str | None:
    """Say what is wrong with archiver's findings: each link must be there once, with the verdict that is due."""
    if code not in {0, 1}:
        return f"exit code {code}"
    due = Counter((link, _DUE[urlsplit(link).path.split("/")[1]]) for link in links)
    try:
        found = Counter((row["url"], row["verdict"]) for row in _lines(output))
    except _UNREADABLE as error:
        return f"the output cannot be read: {error!r}"
    if found == due:
        expected = int(any(verdict == "dead" for _, verdict in due))
        return None if code == expected else f"exit code {code}, not {expected}"
    lacking, surplus = due - found, found - due
    examples = [f"{what} {link} as {verdict}" for what, pairs in (("without", lacking), ("with", surplus))
                for link, verdict in list(pairs)[:1]]
    return f"found {_verdicts(found.elements())}; due {_verdicts(due.elements())}; {', '.join(examples)}"


def findings(tool: str, output: Path) -> str:
    """Count what a tool says it found; "?" when its output cannot be read."""
    try:
        match tool:
            case "archiver":
                return _verdicts((row["url"], row["verdict"]) for row in _lines(output))
            case "lychee":
                told = json.loads(output.read_bytes())
                return _peer(told["successful"], told["errors"] + told["timeouts"])
            case "linkinator":
                links = json.loads(output.read_bytes())["links"]
                states = Counter(link["state"] for link in links if "parent" in link)  # the page itself has none
                return _peer(states["OK"], states["BROKEN"])
            case "LinkChecker":
                with output.open(encoding="utf-8", newline="") as file:
                    rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter=";")
                    if "valid" not in (rows.fieldnames or ()):
                        return "?"
                    return f"{sum(row['valid'] == 'False' for row in rows):,} broken"  # lists only what it minds
    except _UNREADABLE:
        return "?"
    return "-"


def _lines(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.read_bytes().splitlines()]


def _verdicts(pairs: Iterable[tuple[str, str]]) -> str:
    counts = Counter(verdict for _, verdict in pairs)
    return ", ".join(f"{count:,} {verdict}" for verdict, count in counts.most_common()) or "nothing"


def _peer(fine: int, broken: int) -> str:
    return f"{fine:,} ok, {broken:,} broken"
