"""Read PDF: link annotations with the words under them, addresses written out, and notes at the page foot or the end.

PDFium gives the signs with their sizes and places (`pdf_text.py`). The readable text made of them goes through the same
matcher of notes as plain text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from threading import Lock
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from msgspec.structs import replace

from archiver.documents import about, bare
from archiver.documents.draft import Draft, Reading
from archiver.documents.mend import mended
from archiver.documents.notes import headings
from archiver.documents.notes.cite import Mark, Note, Target, cite
from archiver.documents.notes.numbered import noted, within
from archiver.documents.notes.promises import placeholders
from archiver.documents.notes.tails import both
from archiver.documents.pdf import about as pdf_about
from archiver.documents.pdf import addresses as pdf_addresses
from archiver.documents.pdf import layout as pdf_layout
from archiver.documents.pdf import text as pdf_text
from archiver.documents.prose import word_before
from archiver.model import CitationKind, Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.documents.raw import Raw

MOST_PAGES = 3_000
MOST_TEXT = 6_000_000
_ONE_AT_A_TIME = Lock()  # PDFium is not thread-safe
_REASONS = {
    pdfium.FPDF_ERR_PASSWORD: ("is encrypted", "save it without a password"),
    pdfium.FPDF_ERR_SECURITY: ("is encrypted in a way that is not read", "save it without a password"),
    pdfium.FPDF_ERR_FORMAT: ("is a damaged PDF", "was it copied or downloaded to its end?"),
}
_HEADING_LINE = re.compile(r"^[^\n]{3,60}$", re.MULTILINE)
_GOES_ON = re.compile(r"\n([\w%~/=&-]{1,80})(?=[.,;:)]{0,2}(?:\s|$))")
_DAMAGED = "1 page is damaged and was not read"
_BACK = re.compile(r"[\s↩↑⤴⏎⬆↵\ufe0e\ufe0f]+$")  # leads from a note back to the text
_WEB = re.compile(r"(?:https?|ftp)://[^/\s]", re.IGNORECASE)


def read(raw: Raw) -> Reading | Unreadable:
    """Read a PDF."""
    with _ONE_AT_A_TIME:
        pdfium.FPDF_InitLibrary()
        document = pdfium.FPDF_LoadMemDocument64(raw.data, len(raw.data), None)
        if not document:
            reason, hint = _REASONS.get(pdfium.FPDF_GetLastError(), ("is a damaged PDF", "save it again"))
            return Unreadable(source=raw.source, reason=reason, hint=hint)
        try:
            return _read(raw, document)
        finally:
            pdfium.FPDF_CloseDocument(document)


def _read(raw: Raw, document: Any) -> Reading | Unreadable:
    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        return Unreadable(source=raw.source, reason="is a PDF without pages", hint="was it saved to its end?")
    warnings: list[str] = []
    pages: list[pdf_text.Page] = []
    unread = signs = 0
    shared = pdf_text.Shared()
    for number in range(min(count, MOST_PAGES)):
        page = pdf_text.page(document, number, shared)
        unread += page is None
        pages.append(page or pdf_text.Page(lines=[], links=[], hits=[]))
        signs += sum(len(line.glyphs) for line in pages[-1].lines)
        if signs > MOST_TEXT:
            break
    if len(pages) < count:
        warnings.append(f"only the first {len(pages)} of {count} pages were read")
    if unread:
        warnings.append(f"{unread} pages are damaged and were not read" if unread > 1 else _DAMAGED)
    if any(page.cut for page in pages):
        warnings.append("a page has more text or links than are read")
    pictures = sum(page.picture for page in pages)
    if not signs:
        warnings.append("no text in it: are its pages pictures?")
    elif pictures:
        are = "pages are pictures" if pictures > 1 else "page is a picture"
        warnings.append(f"{pictures} {are} without text: what is cited there is not found")
    layout = pdf_layout.Layout(pages)
    cited = _Cited(layout)
    drafts = tuple(cited.drafts())
    return Reading(
        text=layout.text,
        drafts=drafts,
        media_type="application/pdf",
        about=pdf_about.told(document, raw.data, about.of_text(cited.prose()), layout.title, layout.printed),
        warnings=tuple(warnings),
    )


class _Cited:
    """What the text cites."""

    def __init__(self, layout: pdf_layout.Layout) -> None:
        self._layout = layout
        self.text = layout.text
        self.links = layout.links
        self._written = pdf_addresses.find(layout)
        self._tails: Mapping[int, bool] = {}
        first = next(
            (m.start() for m in _HEADING_LINE.finditer(self.text) if headings.announces_references(m.group())), None
        )
        self._references = len(self.text) + 1 if first is None else first

    def prose(self) -> str:
        """Give the text without what is cited, where there are dates that are not its own."""
        parts = [part for _, _, parts in self._layout.bodies for part in parts]
        return hidden(self.text, [*parts, *((one.start, one.end) for one in self._written)])

    def drafts(self) -> list[Draft]:
        """Find what the text cites."""
        written = self._written
        links = [one for one in self.links if _WEB.match(one.url)]
        edges = [one.start for one in links]

        def covered(one: bare.Bare) -> bool:
            near = links[max(0, bisect_left(edges, one.start) - 2) : bisect_left(edges, one.end)]
            return any(link.start < one.end and one.start < link.end for link in near)

        found = sorted([*links, *(one for one in written if not covered(one))], key=lambda one: (one.start, one.end))
        numbered, inside = self._noted(written, found)
        drafts = [*numbered, *(self._inline(one) for one in found if not within(inside, one.start))]
        drafts += [
            Draft(start=match.start(), end=match.end(), text=match.group().strip("[]"), lost=True, confidence=0.6)
            for match in placeholders(self.text)
            if not within(inside, match.start())
            and not any(
                match.start() - 3 <= one.start <= match.end() + 60 or one.start <= match.start() < one.end
                for one in found[max(0, bisect_left(found, match.start(), key=lambda one: one.start) - 1) :][:2]
            )
        ]
        drafts += self._heads(found)
        return [replace(draft, page=self._layout.page_of(draft.start)) for draft in drafts]

    def _heads(self, found: list[bare.Bare]) -> list[Draft]:
        """Give the links in heads and feet of pages, each once."""
        known = {one.url for one in found}
        drafts = []
        for at, url, words in self._layout.heads:
            if _WEB.match(url) and url not in known:
                known.add(url)
                drafts.append(
                    Draft(
                        start=at, end=at, url=url, text=mended(words), context=mended(words), kind=CitationKind.INLINE
                    )
                )
        return drafts

    def _noted(self, written: list[bare.Bare], found: list[bare.Bare]) -> tuple[list[Draft], list[tuple[int, int]]]:
        """Give the notes that the page itself shows, and those that the matcher finds in the rest of the text."""
        marks, notes, covered = self._shown(found)
        if not marks:
            return self._matched(written, found, [])
        numbered, inside = self._matched(written, found, covered)
        # Beside real notes, raised numbers without any bodies are squares and the like.
        drafts = cite(marks, notes) + (numbered if inside else [])
        spans = [part for _, _, parts in self._layout.bodies for part in parts]
        return drafts, merged([*spans, *inside])

    def _shown(self, found: list[bare.Bare]) -> tuple[list[Mark], dict[str, Note], list[tuple[int, int]]]:
        notes: dict[str, Note] = {}
        keys: dict[int, str] = {}
        covered: list[tuple[int, int]] = []
        for number, (body, text_start, parts) in enumerate(self._layout.bodies):
            key = keys[id(body)] = f"{number}:{body.label}"
            covered += parts
            targets: list[Target] = []
            for start, end in parts:
                low, high = (bisect_left(found, at, key=lambda one: one.start) for at in (start, end))
                targets += [
                    Target(start=one.start, end=one.end, url=one.url) for one in found[low:high] if _WEB.match(one.url)
                ]
            words = " ".join(self.text[max(start, text_start) : end] for start, end in parts)
            notes[key] = Note(
                key=key,
                label=body.label,
                start=parts[0][0],
                end=parts[0][1],
                text=mended(_BACK.sub("", words[:8000]))[:2000],
                targets=tuple(targets),
            )
        marks = []
        plain_words = hidden(self.text, [(start, end) for _, start, end in self._layout.marks])
        for mark, start, end in self._layout.marks:
            if mark.body is None:
                continue
            covered.append((start, end))
            marks.append(
                Mark(
                    key=keys[id(mark.body)],
                    label=mark.label,
                    start=start,
                    end=end,
                    text=mended(word_before(plain_words, start)[0]),
                )
            )
        return marks, notes, merged(covered)

    def _matched(
        self, written: list[bare.Bare], found: list[bare.Bare], code: list[tuple[int, int]]
    ) -> tuple[list[Draft], list[tuple[int, int]]]:
        """Match the notes of the whole text, and page by page where the page shows none; the better of both."""
        drafts, inside, self._tails = noted(self.text, written, found, code=code)
        best = _met(drafts, inside)
        starts = self._layout.starts
        if len(starts) < 2 or code:
            return drafts, inside
        paged: list[Draft] = []
        spans: list[tuple[int, int]] = []
        for low, high in zip(starts, [*starts[1:], len(self.text)], strict=True):
            some, bodies, _ = noted(
                self.text[low:high],
                _part(written, low, high),
                _part(found, low, high),
                every_style=False,
            )
            paged += [replace(one, start=one.start + low, end=one.end + low) for one in some]
            spans += [(start + low, end + low) for start, end in bodies]
        return (paged, spans) if _met(paged, spans) >= max(best, 1) else (drafts, inside)

    def _inline(self, written: bare.Bare) -> Draft:
        one, variants = both(self.text, written, self._tails)
        words = mended(self.text[one.start : one.end])
        if "".join(words.split()) == one.url:
            words = one.url  # it was broken at a line end
        behind = self.text[one.end : one.end + 160].partition("\n\n")[0]
        return Draft(
            start=one.start,
            end=one.end,
            url=one.url,
            text=words,
            behind=behind,
            kind=self._kind(one.start),
            variants=variants or self._longer(one),
        )

    def _longer(self, one: bare.Bare) -> tuple[str, ...]:
        """Give an address with the first word of the next line, when it fills its line and may go on there."""
        if one.end not in self._layout.full or self.text[one.start - 1 : one.start] not in ("", "\n"):
            return ()
        following = _GOES_ON.match(self.text, one.end)
        return (
            (one.url + following.group(1),) if following and self.text.startswith(("http", "www."), one.start) else ()
        )

    def _kind(self, at: int) -> CitationKind | None:
        return CitationKind.REFERENCE if at > self._references else None


def _part(found: list[bare.Bare], low: int, high: int) -> list[bare.Bare]:
    first, last = (bisect_left(found, edge, key=lambda one: one.start) for edge in (low, high))
    return [bare.Bare(one.start - low, min(one.end, high) - low, one.url) for one in found[first:last]]


def _met(drafts: list[Draft], inside: list[tuple[int, int]]) -> int:
    met = sum(one.label is not None and not within(inside, one.start) and bool(one.note) for one in drafts)
    return 2 * met - sum(one.lost and not one.note for one in drafts)


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give spans in order, those that overlap as one."""
    whole: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if whole and start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def hidden(text: str, spans: list[tuple[int, int]]) -> str:
    """Give a text with spaces for some parts of it."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [text[at:start], " " * (end - start)]
            at = end
    return "".join([*pieces, text[at:]])
