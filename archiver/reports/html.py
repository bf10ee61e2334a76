"""The page that an editor opens to repair footnotes: one file, which asks nobody for anything.

Its policy allows the style and the script inside it, by their hashes, and nothing else; addresses out of documents
become links only when they are http or https. Without JavaScript all is there but the search and the filters.
"""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from archiver.model import VerdictKind
from archiver.reports.order import FINE, Group, by_group, citations_of, day, group_of, in_reading_order
from archiver.reports.shape import moment
from archiver.reports.text import clip, clip_around, count, plain, scrub

if TYPE_CHECKING:
    from jinja2 import Template

    from archiver.model import Citation, Document, LinkState, Report, Snapshot
    from archiver.reports.order import Finding

CAPTURES = "captures"  # folder of the captures, as seen from the page
_ADDRESS, _SENTENCE, _WORD = 400, 700, 120  # characters shown of an address, of a sentence, of a name
_GLANCE = 160  # of the words around a citation with which all is well
_OTHERS = 5  # snapshots listed after the best one
_LINKABLE = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

# Reading order of the filters: what needs a person first. `lost` is no verdict, but is asked for like one.
_FILTERS = (
    VerdictKind.DEAD, Group.LOST, VerdictKind.CHANGED, VerdictKind.MOVED, VerdictKind.RESTRICTED, VerdictKind.BLOCKED,
    VerdictKind.UNKNOWN, VerdictKind.ALIVE, VerdictKind.SKIPPED,
)


class Address(Struct, frozen=True, kw_only=True):
    """An address to show, and to follow where that is safe."""

    shown: str
    href: str | None


class Copy(Struct, frozen=True, kw_only=True):
    """A snapshot to show."""

    address: Address
    taken: str
    archive: str
    doubt: str


class Item(Struct, frozen=True, kw_only=True):
    """One finding as the page shows it; everything in it is plain text."""

    verdict: str
    doubt: str
    reason: str
    because: str
    label: str
    place: str
    kind: str
    before: str
    marked: str
    after: str
    note: str
    address: Address | None
    now: Address | None
    fix: Address | None
    fix_why: str
    warnings: str
    copy: Copy | None
    others: tuple[Copy, ...]
    captures: tuple[tuple[str, str], ...]
    waiting: str
    history: str
    fine: bool


class Section(Struct, frozen=True, kw_only=True):
    """A document with its findings."""

    name: str
    title: str
    by: str
    language: str | None
    worth: tuple[Item, ...]  # of a person's time
    fine: tuple[Item, ...]


def page(report: Report, *, title: str) -> str:
    """Write the page."""
    style, script = _file("report.css"), _file("report.js")
    groups = by_group(report.links)
    counts = {
        **{kind.value: sum(state.verdict.kind is kind for state in report.links) for kind in VerdictKind},
        "lost": len(report.lost),
    }
    return _template().render(
        title=plain(title) or "Cited links", run=report.run, when=_when(report),
        lead=_lead(report, len(groups[Group.DEAD_CONFIRMED]), counts),
        totals=", ".join((
            count(len(report.documents), "document"), count(citations_of(report), "citation"),
            count(len(report.links), "link"),
        )),
        filters=[(kind.value, counts[kind.value]) for kind in _FILTERS],
        sections=_sections(report), unreadable=[
            (clip(failed.source, _ADDRESS), clip(failed.reason, _SENTENCE), clip(failed.hint, _SENTENCE))
            for failed in report.unreadable
        ],
        style=style, script=script, style_hash=_hash(style), script_hash=_hash(script), plain=plain,
    )


def _lead(report: Report, confirmed: int, counts: dict[str, int]) -> str:
    """Say in a sentence what matters."""
    if report.run.offline:
        return "This machine was offline: nothing could be told of links that this run looked at."
    said = []
    if counts["dead"]:
        sure = f" ({confirmed:,} confirmed)" if confirmed else ""
        said.append(f"{counts['dead']:,} of {count(len(report.links), 'link')} {_are(counts['dead'])} dead{sure}")
    if counts["lost"]:
        have = "has" if counts["lost"] == 1 else "have"
        said.append(f"{count(counts['lost'], 'citation')} {have} lost the address")
    changed = counts["changed"] + counts["moved"]
    if changed:
        said.append(f"{changed:,} changed or moved")
    if report.unreadable:
        said.append(f"{count(len(report.unreadable), 'document')} could not be read")
    if not said:
        return "Nothing is dead, lost, moved or changed."
    return f"{', '.join(said)}."


def _when(report: Report) -> list[tuple[str, str]]:
    """Give beginning and end of the run, each for machines and for people; the day stands once."""
    ends = [end.astimezone(UTC) for end in (report.run.started, report.run.finished) if end is not None]
    told = [f"{end:%Y-%m-%d %H:%M}" for end in ends]
    if len(ends) == 2 and ends[0].date() == ends[1].date():
        told[1] = f"{ends[1]:%H:%M}"
    return [(moment(end) or "", words) for end, words in zip(ends, told, strict=True)]


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _sections(report: Report) -> list[Section]:
    """Group the findings by document, documents in the order in which they were read."""
    documents = {document.source: document for document in report.documents}
    found: dict[str | None, list[Item]] = {source: [] for source in documents}
    for finding in in_reading_order(report):
        source = finding.citation.document if finding.citation is not None else None
        found.setdefault(source, []).append(_item(finding))
    return [_section(source, documents.get(source or ""), items) for source, items in found.items()]


def _section(source: str | None, document: Document | None, items: list[Item]) -> Section:
    name = clip(source, _ADDRESS) if source is not None else "Addresses given"
    by = language = None
    if document is not None:
        published = day(document.published) if document.published else None
        by = ", ".join(plain(part) for part in (document.author, document.publication, published) if part)
        if document.language and _LANGUAGE.fullmatch(document.language):
            language = document.language
    return Section(
        name=name, title=clip(document.title or "", _SENTENCE) if document else "", by=clip(by or "", _SENTENCE),
        language=language, worth=tuple(item for item in items if not item.fine),
        fine=tuple(item for item in items if item.fine),
    )


def _item(finding: Finding) -> Item:
    citation, state = finding.citation, finding.state
    group = group_of(state) if state is not None else Group.LOST
    length = _GLANCE if group in FINE else _SENTENCE
    before, marked, after = _words(citation, length) if citation is not None else ("", "", "")
    copies = tuple(_copy(snapshot) for snapshot in state.snapshots[: _OTHERS + 1]) if state is not None else ()
    verdict = state.verdict if state is not None else None
    return Item(
        verdict=verdict.kind.value if verdict else "lost",
        doubt=_doubt(state, group),
        reason=verdict.reason.value if verdict and verdict.reason.value not in ("ok", verdict.kind.value) else "",
        because=clip(verdict.because, _SENTENCE) if verdict else "The address is gone from the text itself.",
        label=clip(citation.label or "", _WORD) if citation else "", place=_spot(citation) if citation else "",
        kind=citation.kind.value if citation else "", before=before, marked=marked, after=after,
        note=clip(citation.note or "", _SENTENCE) if citation else "",
        address=_address(state.link) if state else _address(citation.url) if citation and citation.url else None,
        now=_address(verdict.final_url)
        if verdict and verdict.final_url and verdict.kind in (VerdictKind.MOVED, VerdictKind.CHANGED) else None,
        fix=_address(verdict.fix.url) if verdict and verdict.fix else None,
        fix_why=clip(verdict.fix.why, _WORD) if verdict and verdict.fix else "",
        warnings=", ".join(verdict.warnings) if verdict else "", copy=copies[0] if copies else None,
        others=copies[1:], captures=_captures(state) if state else (), waiting=_waiting(state) if state else "",
        history=_history(state) if state else "", fine=group in FINE,
    )


def _doubt(state: LinkState | None, group: Group) -> str:
    if state is not None and state.mark is not None:
        return "marked by a person"
    return {Group.DEAD_CONFIRMED: "confirmed", Group.DEAD: "not confirmed yet"}.get(group, "")


def _words(citation: Citation, length: int) -> tuple[str, str, str]:
    """Give the words around a citation, cut where the citation's own words stand with their marker."""
    own, label = plain(citation.text[:_SENTENCE]), plain((citation.label or "")[:_WORD])
    context = clip_around(citation.context or citation.text, own, length)
    if not own:
        return context, "", ""
    # The marker may stand behind the punctuation that ends the sentence: "at dusk.3", "the film [4]".
    marked = re.search(rf"{re.escape(own)}\W{{0,3}}?(?:\[{re.escape(label)}\]|{re.escape(label)})(?!\w)", context)
    if label and marked is not None:
        return context[: marked.start()], marked.group(), context[marked.end() :]
    before, found, after = context.partition(own)
    return before, found, after


def _spot(citation: Citation) -> str:
    place = citation.place
    parts = [f"page {place.page}"] if place.page is not None else []
    if place.part is not None:
        parts.append(clip(plain(place.part), _WORD))
    if place.line is not None:
        parts.append(f"line {place.line}")
    return ", ".join(parts)


def _address(address: str) -> Address:
    address = scrub(address)
    return Address(shown=clip(address, _ADDRESS), href=address if _LINKABLE.fullmatch(address) else None)


def _copy(snapshot: Snapshot) -> Copy:
    doubt = {True: "", None: "not proved yet", False: "not a good copy"}[snapshot.good]
    return Copy(
        address=_address(snapshot.url), taken=day(snapshot.taken), archive=clip(snapshot.archive, _WORD), doubt=doubt,
    )


def _captures(state: LinkState) -> tuple[tuple[str, str], ...]:
    """Give href and words of each capture; a path that leaves the captures folder is no path of ours."""
    found = []
    for capture in state.captures:
        parts = scrub(capture.path).split("/")
        if all(parts) and not {".", ".."} & set(parts) and "\\" not in capture.path:
            shown = f"{clip(capture.path, _WORD)} ({clip(capture.media_type, 60)}, {day(capture.at)})"
            found.append((f"{CAPTURES}/{quote('/'.join(parts))}", shown))
    return tuple(found)


def _waiting(state: LinkState) -> str:
    return ", ".join(f"{plain(job.archive)} (since {day(job.submitted)})" for job in state.jobs)


def _history(state: LinkState) -> str:
    said = []
    if state.since is not None and state.verdict.kind is not VerdictKind.SKIPPED:
        said.append(f"{state.verdict.kind} since {day(state.since)}")
    if state.looked is not None:
        said.append(f"last look {day(state.looked)}")
    if state.looks > 1:
        said.append(f"{state.looks} looks")
    return ", ".join(said)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _file(name: str) -> str:
    return resources.files("archiver.reports").joinpath("templates", name).read_text("utf-8").strip("\n")


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("archiver.reports", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )
    return environment.get_template("report.html.j2")
