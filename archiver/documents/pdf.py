"""Read PDF: link annotations with the words under them, addresses written out, and notes at the page foot or the end.

PDFium gives the signs with their sizes and places (`pdf_text.py`). The readable text made of them goes through the same
matcher of notes as plain text.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from msgspec.structs import replace

from archiver.documents import about, bare, broken, dates, headings, pdf_text, plain
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.mend import mended
from archiver.documents.promises import placeholders
from archiver.model import CitationKind, Unreadable

if TYPE_CHECKING:
    from datetime import date

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
# The rest of a path: with a slash between words or a file's suffix, and no address or note of its own.
_REST = re.compile(
    r"\n((?=[\w%~&=?#/-])(?!\w+://|www\.|\d{1,3}[.)]?\s)"
    # A rest with a slash has another one or a sign that no prose has: "and/or" is the sentence going on.
    r"(?:(?=\S{0,300}?(?:/[^\s/]{1,200}/|[=_%?]|[^\W\d]-\w|\d[^\W\d]|\.(?:html?|pdf|php|aspx?)\b))"
    r"[\w%~&=?#+-]{0,200}[/=][^\s<>\"“”]{2,500}"
    r"|[\w%~-]{1,200}\.(?:html?|pdf|php|aspx?|shtml|jpe?g|png|mp[34])\b[^\s<>\"“”]{0,300}))"
)
_WEB = re.compile(r"(?:https?|ftp)://[^/\s]", re.IGNORECASE)
# What browsers print at the page foot: the address of the page, and how many pages there are.
_PRINTED = re.compile(r"(?P<url>(?:https?|file)://\S+)\s+\d+\s?/\s?\d+")
_TITLE_JUNK = re.compile(
    r"untitled.*|about:blank|.*\.(?:docx?|odt|tex|dvi|indd|html?|pdf|rtf)|microsoft word.*|", re.IGNORECASE
)


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
    for number in range(min(count, MOST_PAGES)):
        page = pdf_text.page(document, number)
        unread += page is None
        pages.append(page or pdf_text.Page(lines=[], links=[], hits=[]))
        signs += sum(len(line.glyphs) for line in pages[-1].lines)
        if signs > MOST_TEXT:
            break
    if len(pages) < count:
        warnings.append(f"only the first {len(pages)} of {count} pages were read")
    if unread:
        warnings.append(f"{unread} pages are damaged and were not read")
    if any(page.cut for page in pages):
        warnings.append("a page has more text than is read")
    if not signs:
        warnings.append("no text in it: are its pages pictures?")
    made = _Made(pages)
    prose = made.text
    return Reading(
        text=prose,
        drafts=tuple(made.drafts()),
        media_type="application/pdf",
        about=_about(document, raw.data, about.of_text(prose), _printed(pages)),
        warnings=tuple(warnings),
    )


class _Made:
    """The text of all pages, and where the pages and the links stand in it."""

    def __init__(self, pages: list[pdf_text.Page]) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._full: set[int] = set()  # where lines end that reach the margin
        self.starts: list[int] = []
        self.links: list[bare.Bare] = []
        heads = _running(pages)
        for page in pages:
            self._page(page, heads)
        self.text = "".join(self._pieces)
        first = next(
            (m.start() for m in _HEADING_LINE.finditer(self.text) if headings.announces_references(m.group())), None
        )
        self._references = len(self.text) + 1 if first is None else first

    def _add(self, words: str) -> None:
        self._pieces.append(words)
        self._length += len(words)

    def _page(self, page: pdf_text.Page, heads: set[str]) -> None:
        self.starts.append(self._length)
        mark = len(self._pieces)
        at: dict[int, tuple[int, int]] = {}
        edge = {id(line) for line in (*page.lines[:2], *page.lines[-2:])}
        outer = {id(line) for line in (*page.lines[:1], *page.lines[-1:])}
        lines = [
            line
            for line in page.lines
            if not (id(line) in edge and (_alike(line) in heads or _PRINTED.fullmatch(line.words.strip())))
            and not (id(line) in outer and len(page.lines) > 2 and pdf_text.is_page_number(line.words))
        ]
        step = _step(lines)
        margin = max((pdf_text.right(line) for line in lines), default=0.0)
        for number, line in enumerate(lines):
            following = lines[number + 1] if number + 1 < len(lines) else None
            for sign, index in pdf_text.signs(line):
                at[index] = (self._length, self._length + len(sign))
                if sign:
                    self._add(sign)
            if pdf_text.right(line) > margin - 1.5 * line.size:
                self._full.add(self._length)
            if following is None:
                break
            if pdf_text.hyphened(line) and following.words[:1].islower() and not _apart(line, following, step):
                # The word goes on: its hyphen is not part of it.
                self._length -= len(self._pieces.pop())
                at[line.glyphs[-1].index] = (self._length, self._length)
            else:
                self._add("\n\n" if _apart(line, following, step) else "\n")
        self._add("\n\n")
        self._take(page, at, mark)

    def _take(self, page: pdf_text.Page, at: dict[int, tuple[int, int]], mark: int) -> None:
        """Place the links of a page; one over several lines is several annotations and one link."""
        found = []
        for link, hits in zip(page.links, page.hits, strict=True):
            url = f"https://{link.url}" if link.url.lower().startswith("www.") else link.url
            spans = [at[index] for index in hits if index in at]
            if spans:
                found.append(bare.Bare(min(low for low, _ in spans), max(high for _, high in spans), url))
            else:
                found.append(bare.Bare(self._length, self._length, url))
        found.sort(key=lambda one: (one.start, one.end))
        whole: list[bare.Bare] = []
        first = self.starts[-1]
        words = "".join(self._pieces[mark:])
        for one in found:
            last = whole[-1] if whole else None
            if last is not None and last.url == one.url:
                between = words[last.end - first : max(last.end, one.start) - first]
                if not any(sign.isalnum() for sign in between):
                    whole[-1] = bare.Bare(last.start, max(last.end, one.end), one.url)
                    continue
            whole.append(one)
        self.links += whole

    def page_of(self, offset: int) -> int:
        return max(1, bisect_right(self.starts, offset))

    def drafts(self) -> list[Draft]:
        """Find what the text cites."""
        written = broken.joined(self.text, [self._whole(one) for one in bare.find(self.text)])
        edges = [one.start for one in self.links]

        def covered(one: bare.Bare) -> bool:
            near = self.links[max(0, bisect_left(edges, one.start) - 2) : bisect_left(edges, one.end)]
            return any(link.start < one.end and one.start < link.end for link in near)

        links = [one for one in self.links if _WEB.match(one.url)]
        found = sorted([*links, *(one for one in written if not covered(one))], key=lambda one: (one.start, one.end))
        numbered, inside = self._noted(written, found)
        drafts = [*numbered, *(self._inline(one) for one in found if not plain.within(inside, one.start))]
        drafts += [
            Draft(start=match.start(), end=match.end(), text=match.group().strip("[]"), lost=True, confidence=0.6)
            for match in placeholders(self.text)
            if not plain.within(inside, match.start())
            and not any(
                match.start() - 3 <= one.start <= match.end() + 60 or one.start <= match.start() < one.end
                for one in found[max(0, bisect_left(found, match.start(), key=lambda one: one.start) - 1) :][:2]
            )
        ]
        return [replace(draft, page=self.page_of(draft.start)) for draft in drafts]

    def _whole(self, one: bare.Bare) -> bare.Bare:
        """Join an address that fills its line with what plainly is the rest of its path on the next."""
        for _ in range(4):
            end = one.end + (self.text[one.end : one.end + 1] == ".")
            following = _REST.match(self.text, end) if end in self._full else None
            if following is None or "/" not in one.url[8:]:
                break
            piece = bare.trimmed(following.group(1), "")
            one = bare.Bare(one.start, following.start(1) + len(piece), one.url + self.text[one.end : end] + piece)
        return one

    def _noted(self, written: list[bare.Bare], found: list[bare.Bare]) -> tuple[list[Draft], list[tuple[int, int]]]:
        """Match the notes of the whole text, and page by page; the better of both."""
        drafts, inside, _ = plain.noted(self.text, written, found)
        best = _matched(drafts, inside)
        if len(self.starts) < 2:
            return drafts, inside
        paged: list[Draft] = []
        spans: list[tuple[int, int]] = []
        for low, high in zip(self.starts, [*self.starts[1:], len(self.text)], strict=True):
            some, bodies, _ = plain.noted(
                self.text[low:high], _part(written, low, high), _part(found, low, high), every_style=False
            )
            paged += [replace(one, start=one.start + low, end=one.end + low) for one in some]
            spans += [(start + low, end + low) for start, end in bodies]
        return (paged, spans) if _matched(paged, spans) >= max(best, 1) else (drafts, inside)

    def _inline(self, one: bare.Bare) -> Draft:
        words = mended(self.text[one.start : one.end])
        behind = self.text[one.end : one.end + 160].partition("\n\n")[0]
        return Draft(start=one.start, end=one.end, url=one.url, text=words, behind=behind, kind=self._kind(one.start))

    def _kind(self, at: int) -> CitationKind | None:
        return CitationKind.REFERENCE if at > self._references else None


def _part(found: list[bare.Bare], low: int, high: int) -> list[bare.Bare]:
    first, last = (bisect_left(found, edge, key=lambda one: one.start) for edge in (low, high))
    return [bare.Bare(one.start - low, min(one.end, high) - low, one.url) for one in found[first:last]]


def _matched(drafts: list[Draft], inside: list[tuple[int, int]]) -> int:
    met = sum(one.label is not None and not plain.within(inside, one.start) and bool(one.note) for one in drafts)
    return 2 * met - sum(one.lost and not one.note for one in drafts)


def _step(lines: list[pdf_text.Line]) -> float:
    gaps = Counter(round(one.base - other.base, 0) for one, other in pairwise(lines) if one.base > other.base)
    return gaps.most_common(1)[0][0] if gaps else 0.0


def _apart(line: pdf_text.Line, following: pdf_text.Line, step: float) -> bool:
    gap = line.base - following.base
    return (
        gap < -step
        or (step > 0 and gap > 1.4 * max(step, 1.1 * following.size))
        or abs(line.size - following.size) > 0.08 * max(line.size, following.size)
    )


def _alike(line: pdf_text.Line) -> str:
    """Give what a running head has on all pages: its words and its height, but not the number beside them."""
    words = " ".join(line.words.split())
    return f"{_BESIDE.sub('#', words)} {round(line.base / 4)}"


_BESIDE = re.compile(r"^(?:\d{1,4}|[ivxl]{1,6})(?=\s)|(?<=\s)(?:\d{1,4}|[ivxl]{1,6})$")


def _running(pages: list[pdf_text.Page]) -> set[str]:
    """Find the lines that come back at the edges of pages."""
    met: Counter[str] = Counter()
    for page in pages:
        met.update(
            {
                _alike(line)
                for line in (*page.lines[:2], *page.lines[-2:])
                if len(page.lines) > 3
                and "://" not in line.words
                and not any(pdf_text.raised(line, glyph) for glyph in line.glyphs[:2])
            }
        )
    return {words for words, times in met.items() if times >= max(3, len(pages) // 3)}


def _printed(pages: list[pdf_text.Page]) -> str | None:
    for line in pages[0].lines[-2:]:
        found = _PRINTED.fullmatch(line.words.strip())
        if found and found["url"].startswith("http") and not found["url"].endswith(("…", "...")):
            return found["url"]
    return None


_NOBODY = re.compile(r"\W*(?:anonymous|unspecified|unknown|user|admin(?:istrator)?|root|owner)\W*|", re.IGNORECASE)


def _about(document: Any, data: bytes, text: About, url: str | None) -> About:
    title = _meta(document, b"Title")
    xmp = _xmp(data)
    if title and _TITLE_JUNK.fullmatch(title):
        title = ""
    author = _meta(document, b"Author") or xmp.get("creator", "")
    language = xmp.get("language") or _language(data)
    said = About.told(
        "document properties",
        title=title or xmp.get("title") or None,
        author=None if _NOBODY.fullmatch(author) else author,
        publication=xmp.get("publicationName") or None,
        language=language or None,
        url=url,
    )
    # What the text says is when it came out; the file may have been made much later.
    made = _day(_meta(document, b"CreationDate")) or dates.day(xmp.get("CreateDate", "")[:10])
    return said.filled(text).filled(About.told("creation date of the file", published=made))


def _meta(document: Any, key: bytes) -> str:
    size = pdfium.FPDF_GetMetaText(document, key, None, 0)
    if not 2 < size < 10_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, key, buffer, size)
    return mended(buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0").replace("\0", ""))[:500]


def _day(written: str) -> date | None:
    found = re.match(r"D?:?((?:19|20)\d\d)(\d\d)(\d\d)", written)
    return dates.day("-".join(found.groups())) if found else None


def _xmp(data: bytes) -> dict[str, str]:
    """Take what is plainly written in an XMP packet: patterns suffice, and no XML of strangers is parsed."""
    start = data.rfind(b"<x:xmpmeta")
    packet = data[start : start + 100_000].decode("utf-8", "replace") if start >= 0 else ""
    found = {}
    for name in ("dc:title", "dc:creator", "dc:language", "prism:publicationName", "xmp:CreateDate"):
        match = re.search(rf"<{name}>(?:\s|<rdf:[^<>]{{1,80}}>)*([^<]{{1,500}})<", packet)
        if match and match.group(1).strip():
            from html import unescape

            found[name.partition(":")[2]] = mended(unescape(match.group(1)))
    return found


def _language(data: bytes) -> str:
    found = re.search(rb"/Lang\s?\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2})\)", data[:2_000_000])
    return found.group(1).decode() if found else ""
