"""In which order people read a report: what needs a person first. Pure; every format that people read uses it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.model import VerdictKind
from archiver.reports.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from archiver.model import Citation, LinkState, Report


class Group(StrEnum):
    """What a finding asks of a person, most urgent first. Declaration order is reading order."""

    DEAD_CONFIRMED = "dead, confirmed"
    DEAD = "dead, not confirmed yet"
    LOST = "lost"
    CHANGED = "changed"
    MOVED = "moved"
    RESTRICTED = "restricted"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    ALIVE = "alive"
    SKIPPED = "skipped"


FINE = frozenset({Group.ALIVE, Group.SKIPPED})


def group_of(state: LinkState) -> Group:
    """Tell under which heading a link stands."""
    if state.verdict.kind is VerdictKind.DEAD:
        return Group.DEAD_CONFIRMED if state.verdict.confirmed else Group.DEAD
    return Group(state.verdict.kind.value)


def by_group(states: Iterable[LinkState]) -> dict[Group, list[LinkState]]:
    """Sort links under their headings, all headings in reading order, links in the order given."""
    groups: dict[Group, list[LinkState]] = {group: [] for group in Group}
    for state in states:
        groups[group_of(state)].append(state)
    return groups


class Finding(Struct, frozen=True, kw_only=True):
    """One citation with what is believed of its link: no state when it is lost, no citation for a bare address."""

    citation: Citation | None
    state: LinkState | None


def in_reading_order(report: Report) -> list[Finding]:
    """Give every citation as it stands in the documents; addresses that no document cites come last."""
    documents = {document.source: number for number, document in enumerate(report.documents)}
    findings = [Finding(citation=citation, state=state) for state in report.links for citation in state.citations]
    with_link = {finding.citation for finding in findings}
    findings += [Finding(citation=citation, state=None) for citation in report.lost if citation not in with_link]

    def position(finding: Finding) -> tuple[int, str, int, int, int]:
        citation = finding.citation
        assert citation is not None  # noqa: S101 - bare addresses are added below
        place, last = citation.place, len(documents)
        return (
            documents.get(citation.document, last), citation.document,
            (place.start if place.part is not None else place.page) or 0, place.line or 0, place.column or 0,
        )

    findings.sort(key=position)
    return findings + [Finding(citation=None, state=state) for state in report.links if not state.citations]


def where(citation: Citation) -> str:
    """Write a place as editors and terminals know it: "essay.md:12:5", "paper.pdf page 7", "book.epub/two.xhtml:12"."""
    place = citation.place
    told = plain(citation.document) + (f"/{plain(place.part)}" if place.part is not None else "")
    if place.page is not None:
        told += f" page {place.page}"
        return f"{told}, line {place.line}" if place.line is not None else told
    if place.line is not None:
        told += f":{place.line}" + (f":{place.column}" if place.column is not None else "")
    return told


def citations_of(report: Report) -> int:
    """Count the citations that have an address or have lost it; mere remarks are none."""
    return len({*(citation for state in report.links for citation in state.citations), *report.lost})


def day(value: date) -> str:
    """Write a day in ISO 8601."""
    return f"{value:%Y-%m-%d}"
