"""Formats that build servers read: JUnit XML and GitHub's annotations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from archiver.model import VerdictKind
from archiver.reports.order import Finding, in_reading_order, where
from archiver.reports.shape import moment
from archiver.reports.text import clip, plain

if TYPE_CHECKING:
    from archiver.model import LinkState, Report

# What XML 1.0 cannot carry, not even as a reference (production Char).
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG = 2000  # characters of a message; build servers cut or refuse more
_LEVELS = {
    VerdictKind.DEAD: "error", VerdictKind.CHANGED: "warning", VerdictKind.MOVED: "notice",
    VerdictKind.RESTRICTED: "notice",
}  # what is blocked or unknown says nothing against the author's change


def junit(report: Report, *, title: str) -> str:
    """Write JUnit XML: a test case for each link, failing when it is dead; an unreadable document is an error.

    Lost citations have no link; they are told in `system-out`.
    """
    dead = sum(state.verdict.kind is VerdictKind.DEAD for state in report.links)
    skipped = sum(state.verdict.kind is VerdictKind.SKIPPED for state in report.links)
    counts = {
        "tests": str(len(report.links) + len(report.unreadable)), "failures": str(dead),
        "errors": str(len(report.unreadable)), "skipped": str(skipped),
    }
    root = Element("testsuites", {"name": _xml(title), **counts})
    suite = SubElement(root, "testsuite", {
        "name": _xml(title), **counts, "timestamp": (moment(report.run.started) or "").removesuffix("Z"), "time": "0",
    })
    for state in report.links:
        _case(suite, state)
    for failed in report.unreadable:
        case = SubElement(suite, "testcase", {"classname": _xml(failed.source), "name": "can be read", "time": "0"})
        SubElement(case, "error", {"type": "unreadable", "message": _xml(failed.reason)}).text = _xml(failed.hint)
    if report.lost:
        told = (f"{where(citation)}: lost: {plain(citation.note or citation.context)}" for citation in report.lost)
        SubElement(suite, "system-out").text = "\n".join(map(_xml, told))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _case(suite: Element, state: LinkState) -> None:
    verdict = state.verdict
    first = state.citations[0].document if state.citations else "addresses"
    case = SubElement(suite, "testcase", {"classname": _xml(first), "name": _xml(state.link), "time": "0"})
    if verdict.kind is VerdictKind.DEAD:
        failure = SubElement(case, "failure", {"type": verdict.reason.value, "message": _xml(verdict.because)})
        lines = [f"cited at {where(citation)}" for citation in state.citations]
        if state.snapshots:
            lines.append(f"snapshot {state.snapshots[0].url}")
        failure.text = "\n".join(map(_xml, lines))
    elif verdict.kind is VerdictKind.SKIPPED:
        SubElement(case, "skipped", {"message": _xml(verdict.because)})
    elif verdict.kind is not VerdictKind.ALIVE:
        SubElement(case, "system-out").text = _xml(f"{verdict.kind} ({verdict.reason}): {verdict.because}")


def _xml(text: str) -> str:
    return _NO_XML.sub("", clip(text, _LONG))


def github(report: Report) -> str:
    """Write workflow commands of GitHub Actions: one annotation for each citation that needs a person."""
    lines = [
        _command(
            "error", {"title": "cannot read the document", "file": failed.source},
            plain(f"{failed.source}: {failed.reason}"),
        )
        for failed in report.unreadable
    ]
    lines += [line for finding in in_reading_order(report) if (line := _annotation(finding))]
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding) -> str | None:
    citation, state = finding.citation, finding.state
    properties: dict[str, str] = {}
    if citation is not None and "://" not in citation.document and citation.document != "-":
        properties["file"] = citation.document
        if citation.place.line is not None and citation.place.page is None:
            properties["line"] = str(citation.place.line)
            if citation.place.column is not None:
                properties["col"] = str(citation.place.column)
    label = f"note {plain(citation.label)} " if citation is not None and citation.label else ""
    if state is None:
        assert citation is not None  # noqa: S101 - a finding has a citation or a state
        properties["title"] = f"{label}lost"
        told = plain(citation.note or citation.context)
        return _command("warning", properties, f"The address is gone from the text: {told}")
    level = _LEVELS.get(state.verdict.kind)
    if level is None:
        return None
    properties["title"] = f"{label}{state.verdict.kind} ({state.verdict.reason})"
    message = f"{plain(state.link)}: {plain(state.verdict.because)}"
    if state.snapshots:
        message += f"\nSnapshot: {plain(state.snapshots[0].url)}"
    return _command(level, properties, message)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    """Write one command, escaped as GitHub's own toolkit does."""
    told = ",".join(
        f"{key}={_escaped(clip(value, _LONG)).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
    )
    lines = "\n".join(clip(line, _LONG) for line in message.split("\n"))
    return f"::{name} {told}::{_escaped(lines)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
