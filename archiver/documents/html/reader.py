"""Read HTML: links, embedded videos and audio, quotations with a source, and notes in all their dialects."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from archiver.documents import bare, kinds
from archiver.documents.decoding import decode
from archiver.documents.draft import Draft, Reading
from archiver.documents.html import about as html_about
from archiver.documents.html import images
from archiver.documents.html import links as html_links
from archiver.documents.html import notes as html_notes
from archiver.documents.html import unlinked as html_unlinked
from archiver.documents.html.page import Element, Page, load
from archiver.documents.mend import mended, shadow
from archiver.documents.notes import headings
from archiver.documents.notes.cite import cite
from archiver.documents.notes.numbered import noted
from archiver.documents.notes.promises import placeholders, stood_for_link
from archiver.documents.notes.tails import both
from archiver.documents.prose import sentence, word_before
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.documents.html.links import Found
    from archiver.documents.raw import Raw


def read(raw: Raw) -> Reading:
    """Read a page."""
    text = decode(raw)
    page = load(text)
    about = html_about.of_page(page, raw.url)
    base = html_links.base_of(page, raw.url or about.url)
    inner = html_notes.inner_links(page, base)
    found, unresolved = html_links.links(page, base, {element.index for element, to in inner if to})
    drafts = _Drafts(page, found, base, inner).all()
    drafts += html_links.from_metadata(page, {draft.url for draft in drafts if draft.url})
    if raw.images:
        drafts += images.drafts(page, shadow(page.text), base, {draft.url for draft in drafts if draft.url})
    warnings = []
    if page.cut:
        warnings.append("only the first 16 million characters were read")
    if unresolved:
        links = "1 relative link stands" if unresolved == 1 else f"{unresolved} relative links stand"
        warnings.append(f"{links} on no known address, and cannot be followed")
    return Reading(text=text, drafts=tuple(drafts), media_type="text/html", about=about, warnings=tuple(warnings))


def cited(page: Page, base: str | None) -> list[Draft]:
    """Give what a piece of a page cites, without notes of its own."""
    return _Drafts(page, html_links.links(page, base)[0], base, []).plain()


class _Drafts:
    """The drafts of one page."""

    def __init__(self, page: Page, found: list[Found], base: str | None, inner: list[tuple[Element, str]]) -> None:
        self.page = page
        self.prose = shadow(page.text)
        anchors = [(one.element.start, one.element.end) for one in found if one.element.name == "a"]
        self.bare = [
            one
            for one in bare.find(self.prose)
            if not _covered(anchors, one.start) and not _covered(anchors, one.end - 1)  # doi:<a>10.1/x</a>
        ]
        self.inner = inner
        self.found = found
        self.base = base
        self._edges = [element.start for element in page.elements]
        self._sections = _sections(page)
        self._tails: Mapping[int, bool] = {}

    def all(self) -> list[Draft]:
        targets = html_notes.Targets(self.found, [(one, *self.locate(one.start, one.end)) for one in self.bare])
        drafts, popped = html_unlinked.popped(self.page, self.prose, self.base, self.inner)
        marks, notes, spans = html_notes.explicit(self.page, self.prose, targets, self.inner, popped)
        drafts += cite(marks, notes)
        signs, signed, covered = html_unlinked.lettered(self.page, self.prose, targets)
        drafts += cite(signs, signed)
        if not marks and not any(mark.label.isdigit() for mark in signs):
            links = [one.element for one in self.found if one.element.name == "a"]
            direct = [(one.start, one.end) for one in links if html_unlinked.direct(self.page, self.prose, one)]
            by_hand, inside, self._tails = noted(
                self.prose, self.bare, targets.in_text(), every_style=False, code=_outermost(_code(self.page) + direct)
            )
            told = {mark.label for mark in signs} | {draft.label for draft in drafts}
            drafts += [self._placed(draft) for draft in by_hand if draft.label not in told]
            spans = [((start, self.locate(start, min(end, start + 12))[0]), (end, -1)) for start, end in inside]
        spans = sorted([*spans, *covered])
        drafts += [self._link(one) for one in self.found if not _inside(spans, (one.element.start, one.start))]
        drafts += [self._bare(one) for one in self.bare if not _inside(spans, (one.start, 0))]
        return drafts + self._lost(spans)

    def plain(self) -> list[Draft]:
        """Give links and addresses, whatever notes they stand in."""
        return [self._link(one) for one in self.found] + [self._bare(one) for one in self.bare]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Find in the source what stands between two offsets of the readable text."""
        index = bisect_right(self._edges, start) - 1
        at = self.page.elements[index].at if index >= 0 else 0
        words = self.page.text[start:end].strip()
        for written in (words, words.replace("&", "&amp;")):
            place = self.page.source.find(written, at, at + 200_000)
            if place >= 0 and written:
                return place, place + len(written)
        return at, at

    def _placed(self, draft: Draft) -> Draft:
        start, end = self.locate(draft.start, draft.end)
        return Draft(
            start=start,
            end=end,
            url=draft.url,
            text=draft.text,
            label=draft.label,
            note=draft.note,
            lost=draft.lost,
            confidence=draft.confidence,
            kind=draft.kind,
            media=draft.media,
            context=sentence(self.prose, draft.start, draft.end),
        )

    def _kind(self, at: int) -> CitationKind | None:
        index = bisect_right(self._sections, (at, True)) - 1
        return CitationKind.REFERENCE if index >= 0 and self._sections[index][1] else None

    def _link(self, one: Found) -> Draft:
        element = one.element
        behind = mended(self.prose[element.end : element.end + 200].partition("\n\n")[0])
        label = html_unlinked.direct(self.page, self.prose, element) if element.name == "a" else None
        return Draft(
            start=one.start,
            end=one.end,
            url=one.url,
            text=mended(word_before(self.prose, element.start)[0]) if label else one.text,
            label=label,
            media=one.media,
            kind=self._kind(element.start),
            context=self._around(element),
            behind=behind,
            lost=one.url is None,
        )

    def _around(self, element: Element) -> str:
        """Give the sentence around a link; for a player between two paragraphs, its caption or what leads to it."""
        start = element.start
        if element.end > start or self.prose[max(0, start - 2) : start] != "\n\n":
            return sentence(self.prose, start, element.end)
        figure = element.within("figure", levels=5)
        if figure is not None and (words := mended(self.page.words(figure))):
            return words[:300]
        above = self.prose[max(0, start - 400) : start]
        before = start - len(above) + len(above.rstrip())
        if above.strip():
            low = max(0, self.prose.rfind("\n\n", 0, before))
            return sentence(self.prose, before, before, within=(low, before))
        return sentence(self.prose, start, element.end)

    def _bare(self, written: bare.Bare) -> Draft:
        one, variants = both(self.prose, written, self._tails)
        start, end = self.locate(one.start, one.end)
        behind = mended(self.prose[one.end : one.end + 160].partition("\n\n")[0])
        return Draft(
            start=start,
            end=end,
            url=one.url,
            text=mended(one.url),
            kind=self._kind(one.start),
            behind=behind,
            context=sentence(self.prose, one.start, one.end),
            variants=variants,
        )

    def _lost(self, notes: list[tuple[html_notes.Spot, html_notes.Spot]]) -> list[Draft]:
        drafts = []
        anchors = [(element.start, element.end) for element in self.page.elements if element.name == "a"]
        for element in self.page.elements:
            if element.name == "a" and _leads_nowhere(element):
                words = self.page.words(element)
                if stood_for_link(words) and (not element.get("href").strip() or kinds.announces_media(f"see {words}")):
                    drafts.append(
                        Draft(
                            start=element.at,
                            end=element.at + 2,
                            text=mended(words),
                            lost=True,
                            confidence=0.8,
                            media=kinds.announces_media(f"see {words}"),
                            context=sentence(self.prose, element.start, element.end),
                        )
                    )
        for match in placeholders(self.prose):
            if _inside(notes, (match.start(), 0)):
                continue
            if not _covered(anchors, match.start()) and not _covered(anchors, match.end() - 2):
                start, end = self.locate(match.start(), match.end())
                drafts.append(
                    Draft(
                        start=start,
                        end=end,
                        text=match.group().strip("[]"),
                        lost=True,
                        confidence=0.6,
                        context=sentence(self.prose, match.start(), match.end()),
                    )
                )
        return drafts


def _inside(spans: list[tuple[html_notes.Spot, html_notes.Spot]], at: html_notes.Spot) -> bool:
    index = bisect_right(spans, (at, (1 << 60, 0))) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]


def _leads_nowhere(element: Element) -> bool:
    """Tell whether a link has no address, or one that somebody put in its place."""
    href = element.get("href").strip().lower()
    if href in ("#", "javascript:void(0)", "javascript:void(0);", "javascript:;", "javascript:"):
        # Most such links are buttons of the page.
        return not any(
            name in ("id", "name", "class", "onclick", "role") or name.startswith(("data-", "aria-", "@", "x-"))
            for name in element.attributes
        )
    return not any(element.get(name).strip() for name in ("href", "id", "name", "onclick"))


def _covered(spans: list[tuple[int, int]], at: int) -> bool:
    index = bisect_right(spans, (at, 1 << 60)) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]


def _code(page: Page) -> list[tuple[int, int]]:
    """Give the parts that hold code: numbers in brackets are no notes there."""
    spans = [(element.start, element.end) for element in page.elements if _is_code(element)]
    return _outermost(spans)


def _is_code(element: Element) -> bool:
    if element.name == "pre":
        around = element.within("div", "figure", levels=1)
        return _FOR_CODE.search(f"{element.get('class')} {around.get('class') if around else ''}") is not None
    return element.name in ("code", "kbd", "samp", "tt", "var")


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


_FOR_CODE = re.compile(
    r"code|highlight|language|lang-|brush|prettyprint|syntax|programlisting|screen|source|api", re.IGNORECASE
)
_HEADING = re.compile(r"h[1-6]")


def _sections(page: Page) -> list[tuple[int, bool]]:
    """Give where sections begin, and whether their heading says that works are cited there."""
    return [
        (element.end, headings.announces_references(page.words(element)))
        for element in page.elements
        if _HEADING.fullmatch(element.name)
    ]
