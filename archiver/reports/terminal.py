"""What a person reads at a terminal, or in the file that a pipe fills: the summary and the list of links.

On a terminal, sentences are wrapped to its width; in a pipe every sentence stays one line, so that grep finds it.
Addresses are never broken, anywhere: terminals and editors open them only whole. Foreign text is made plain and is
never read as markup.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from rich.text import Text

from archiver.model import Document, VerdictKind
from archiver.reports.order import FINE, Group, by_group, citations_of, day, where
from archiver.reports.shape import listed
from archiver.reports.text import clip, clip_around, count, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from archiver.model import Citation, LinkState, Report, Unreadable

_STYLES = {
    Group.DEAD_CONFIRMED: "bold red", Group.DEAD: "red", Group.LOST: "magenta", Group.CHANGED: "yellow",
    Group.MOVED: "cyan", Group.RESTRICTED: "blue", Group.BLOCKED: "bright_black", Group.UNKNOWN: "bright_black",
    Group.ALIVE: "green", Group.SKIPPED: "bright_black",
}
_INDENT = "    "
_SENTENCE = 400  # characters of a sentence out of a document
_PLACES = 3  # of one link, before the rest is counted


# ---------------------------------------------------------------- the summary


def summary(report: Report, console: Console, *, verbose: bool) -> None:
    """Print what needs a person, most urgent first, and one line of counts last.

    What is fine is left out, unless `verbose` or cited nowhere: then somebody asked about this very address.
    """
    paper = _Paper(console)
    if report.unreadable:
        paper.heading("not read", "bold red", len(report.unreadable))
        for failed in report.unreadable:
            _print_unreadable(failed, paper)
    groups = by_group(report.links)
    for group, states in groups.items():
        if group is Group.LOST and report.lost:
            paper.heading(group.value, _STYLES[group], len(report.lost))
            for citation in report.lost:
                _print_lost(citation, paper)
        shown = [state for state in states if verbose or group not in FINE or not state.citations]
        if not shown:
            continue
        paper.heading(group.value, _STYLES[group], len(shown))
        if group is Group.UNKNOWN and report.run.offline and not verbose:
            paper.sentence("This machine was offline: nothing can be told of these links. Try again later.")
            paper.gap()
            continue
        for state in shown:
            _print_link(state, group, paper, verbose=verbose)
    paper.end()
    if report.run.interrupted:
        paper.sentence("Interrupted: what is told here is what was seen until then.", indent="")
    console.print(_counts(report, groups), soft_wrap=not console.is_terminal)


def _print_unreadable(failed: Unreadable, paper: _Paper) -> None:
    paper.line(Text(plain(failed.source), style="bold"))
    paper.sentence(failed.reason)
    if failed.hint:
        paper.sentence(failed.hint, style="dim")
    paper.gap()


def _print_link(state: LinkState, group: Group, paper: _Paper, *, verbose: bool) -> None:
    verdict = state.verdict
    told = Text()
    if state.citations:
        told.append_text(_place(state.citations[0]))
    else:
        told.append(plain(state.link), style="bold")
    told.append("  ")
    told.append(str(verdict.kind), style=_STYLES[group])
    if verdict.reason.value not in ("ok", verdict.kind.value):
        told.append(f": {verdict.reason}", style=_STYLES[group])
    paper.line(told)
    if state.citations:
        paper.line(Text(_INDENT + plain(state.link)))
    if verdict.because and (group is not Group.ALIVE or verdict.warnings):
        paper.sentence(verdict.because)
    if verdict.warnings:
        paper.sentence(f"warning: {', '.join(verdict.warnings)}")
    if verdict.final_url and verdict.kind in (VerdictKind.MOVED, VerdictKind.CHANGED):
        paper.line(Text(f"{_INDENT}now       {plain(verdict.final_url)}"))
    if verdict.fix is not None:
        told = Text(f"{_INDENT}meant?    {plain(verdict.fix.url)}")
        paper.line(told.append(f"  ({plain(verdict.fix.why)}: it is there)", style="dim"))
    if state.snapshots:
        best = state.snapshots[0]
        doubt = {True: "", None: "  (not proved yet)", False: "  (not a good copy)"}[best.good]
        told = Text(f"{_INDENT}snapshot  {day(best.taken)}  {plain(best.url)}")
        paper.line(told.append(doubt, style="dim"))
    _print_places(state.citations[1:], paper, verbose=verbose)
    if group not in FINE:
        paper.gap()


def _print_places(citations: tuple[Citation, ...], paper: _Paper, *, verbose: bool) -> None:
    shown = citations if verbose else citations[:_PLACES]
    for citation in shown:
        paper.line(Text(f"{_INDENT}also at   ").append_text(_place(citation)))
    if len(citations) > len(shown):
        paper.line(Text(f"{_INDENT}and at {count(len(citations) - len(shown), 'more place')}", style="dim"))


def _print_lost(citation: Citation, paper: _Paper) -> None:
    told = _place(citation)
    told.append("  ")
    told.append("lost", style=_STYLES[Group.LOST])
    if citation.kind.value == "media":
        told.append(": media", style=_STYLES[Group.LOST])
    paper.line(told)
    if citation.note:
        paper.sentence(clip(citation.note, _SENTENCE))
    else:
        paper.sentence(f"“{clip_around(citation.context, citation.text, _SENTENCE)}”", style="dim")
    paper.gap()


def _place(citation: Citation) -> Text:
    told = Text(where(citation), style="bold")
    if citation.label:
        told.append(f"  note {clip(citation.label, 40)}", style="not bold")
    elif citation.text and not citation.text.startswith(("http:", "https:", "www.")):
        told.append(f"  “{clip(citation.text, 40)}”", style="not bold")
    return told


def _counts(report: Report, groups: dict[Group, list[LinkState]]) -> Text:
    """Give the last line: "1 document, 3 citations, 2 links: 1 dead, 1 alive, 1 lost"."""
    sizes = {group: len(states) for group, states in groups.items()} | {Group.LOST: len(report.lost)}
    parts: list[tuple[str, str]] = []
    dead = sizes[Group.DEAD_CONFIRMED] + sizes[Group.DEAD]
    if dead:
        confirmed = f" ({sizes[Group.DEAD_CONFIRMED]:,} confirmed)" if sizes[Group.DEAD_CONFIRMED] else ""
        parts.append((f"{dead:,} dead{confirmed}", "bold red"))
    parts += [
        (f"{size:,} {group}", _STYLES[group])
        for group, size in sizes.items() if size and group not in (Group.DEAD_CONFIRMED, Group.DEAD)
    ]
    warned = sum(bool(state.verdict.warnings) for state in groups[Group.ALIVE])
    if warned:
        parts.append((f"{count(warned, 'warning')}", "yellow"))
    if report.unreadable:
        parts.append((f"{count(len(report.unreadable), 'document')} not read", "bold red"))
    told = Text(", ".join((
        count(len(report.documents), "document"), count(citations_of(report), "citation"),
        count(len(report.links), "link"),
    )))
    for number, (part, style) in enumerate(parts):
        told.append(": " if not number else ", ")
        told.append(part, style=style)
    return told


# ---------------------------------------------------------------- the list of links


def links_table(found: Iterable[Document | Unreadable], console: Console, *, everything: bool) -> None:
    """Print what each document cites, in reading order, and one line of counts last."""
    paper = _Paper(console)
    documents = failed = total = lost = 0
    for document in found:
        if not isinstance(document, Document):
            failed += 1
            continue
        documents += 1
        citations = list(listed([document], everything=everything))
        total += len(citations)
        lost += sum(citation.lost for citation in citations)
        paper.line(Text(plain(document.source), style="bold"))
        described = _described(document)
        if described:
            paper.sentence(described, indent="  ", style="dim")
        _print_citations(citations, paper)
        paper.gap()
    told = Text(f"{count(documents, 'document')}, {count(total, 'citation')}")
    if lost:
        told.append(", ").append(f"{lost:,} lost", style=_STYLES[Group.LOST])
    if failed:
        told.append(", ").append(f"{count(failed, 'document')} not read", style="bold red")
    console.print(told, soft_wrap=not console.is_terminal)


def _described(document: Document) -> str:
    published = day(document.published) if document.published else None
    title = f"“{document.title}”" if document.title else None
    return clip(", ".join(part for part in (title, document.author, document.publication, published) if part), 300)


def _print_citations(citations: list[Citation], paper: _Paper) -> None:
    """Print columns as wide as they must be; the address stands last, so that it is never broken."""
    if not citations:
        paper.line(Text("  no citations", style="dim"))
        return
    rows = [(_spot(citation), clip(citation.label or "", 12), citation.kind.value) for citation in citations]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for citation, (spot, label, kind) in zip(citations, rows, strict=True):
        told = Text(f"  {spot:>{widths[0]}}  ", style="dim")
        told.append(f"{label:<{widths[1]}}  " if widths[1] else "", style="not dim bold")
        told.append(f"{kind:<{widths[2]}}  ", style="not dim")
        margin = " " * len(told)
        if citation.url is not None:
            told.append(plain(citation.url), style="not dim")
            if citation.lost:
                told.append("  lost", style=f"not dim {_STYLES[Group.LOST]}")
            paper.line(told)
        elif citation.lost:
            told.append("lost", style=f"not dim {_STYLES[Group.LOST]}")
            paper.line(told)
            paper.sentence(_quoted(citation), indent=margin, style="dim")
        else:
            told.append("remark", style="dim")
            paper.line(told)
            paper.sentence(_quoted(citation), indent=margin, style="dim")


def _quoted(citation: Citation) -> str:
    return clip(citation.note, 200) if citation.note else f"“{clip_around(citation.context, citation.text, 200)}”"


def _spot(citation: Citation) -> str:
    place = citation.place
    line = f"{place.line}:{place.column}" if place.line and place.column else str(place.line or "")
    if place.part is not None:
        line = f"{clip(plain(place.part).rpartition('/')[2], 24)}:{line}"
    return f"p.{place.page} {line}".rstrip() if place.page else line


# ---------------------------------------------------------------- paper


class _Paper:
    """Print lines that are never broken and sentences that are wrapped on a terminal only."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = min(console.width, 100) if console.is_terminal else None
        self._tight = False

    def heading(self, name: str, style: str, number: int) -> None:
        self.end()
        self._console.print(Text(f"{name.capitalize()} ({number:,})", style=f"{style} underline"), soft_wrap=True)

    def line(self, told: Text) -> None:
        self._console.print(told, soft_wrap=True)
        self._tight = True

    def sentence(self, told: str, *, indent: str = _INDENT, style: str = "") -> None:
        told = clip(told, 2 * _SENTENCE)
        lines = [told] if self._width is None else wrap(
            told, max(self._width - len(indent), 24), break_long_words=False, break_on_hyphens=False,
        )
        for line in lines:
            self.line(Text(f"{indent}{line}", style=style))

    def gap(self) -> None:
        self._console.print()
        self._tight = False

    def end(self) -> None:
        if self._tight:
            self.gap()
