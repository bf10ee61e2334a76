"""What a word processor's document says, written out as plain text: paragraphs, links, and notes behind the text.

The readers walk their XML and tell it here; what is a citation is worked out in `drafts`, alike for all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver.documents import bare
from archiver.documents.draft import Draft
from archiver.documents.html.links import absolute
from archiver.documents.mend import mended, shadow
from archiver.documents.notes import headings
from archiver.documents.notes.cite import Mark, Note, Target, cite
from archiver.documents.notes.numbered import noted, within
from archiver.documents.notes.promises import placeholders
from archiver.documents.prose import word_before
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBERS = re.compile(r"\s*\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s*")
_NUMBER = re.compile(r"\[(\d{1,3})\]|([⁰¹²³⁴-⁹]{1,3})")
_MOST_INSERTED = 20_000
_LIMIT = 16_000_000  # characters of a document that are read


class _Link(Struct):
    start: int
    end: int
    url: str | None  # None: an address stood there and is gone
    text: str
    media: bool
    cites: bool = False  # as a reference manager knows it; the words are not the address's own


class _Mark(Struct):
    key: str
    label: str
    start: int
    end: int


class _Body(Struct):
    key: str
    label: str
    start: int
    text_start: int
    end: int


class Story:
    """A document being written out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self._apart = True
        self._links: list[_Link] = []
        self._marks: list[_Mark] = []
        self._labels: dict[str, str] = {}
        self._raised: list[tuple[int, int]] = []
        self._bodies: dict[str, _Body] = {}
        self._sections: list[tuple[int, bool]] = []
        self._main: int | None = None
        self._inserted: list[Draft] = []
        self._turns: list[int] = []  # where pages end
        self._offsets: list[int] = []
        self.cut = False
        self.unresolved = 0

    def say(self, words: str, *, raised: bool = False) -> None:
        """Add text; numbers that are set above the line become raised signs."""
        if not words or self.length > _LIMIT:
            self.cut = self.cut or bool(words)
            return
        if raised and _NUMBERS.fullmatch(words):
            words = words.translate(_RAISED)
            self._raised.append((self.length, self.length + len(words)))
        self._pieces.append(words)
        self.length += len(words)
        self._apart = False

    def apart(self) -> None:
        """Begin a paragraph."""
        if not self._apart:
            self._pieces.append("\n\n")
            self.length += 2
            self._apart = True

    def said(self, start: int) -> str:
        """Give what was written since an offset; only a little back, for that much is joined."""
        pieces: list[str] = []
        at = self.length
        for piece in reversed(self._pieces):
            if at <= start:
                break
            at -= len(piece)
            pieces.append(piece)
        return "".join(reversed(pieces))[max(0, start - at) :]

    def link(self, start: int, href: str, words: str = "", *, media: bool = False) -> None:
        """Make a link of what was written since an offset. An address that is none on the web is left out."""
        url = absolute(href.strip(), None)
        if url is None:
            if href.strip() and ":" not in href.partition("/")[0] and not href.startswith("#"):
                self.unresolved += 1
            return
        end = self.length
        last = self._links[-1] if self._links else None
        if last is not None and (last.start, last.end, last.url) == (start, end, url):
            return  # a field in a field
        # One link is often stored in pieces, a piece for each change of the font.
        if last is not None and last.url == url and 0 <= start - last.end < 4 and last.start < last.end and start < end:
            between = self.said(last.end)[: start - last.end]
            if not between.strip() and "\n\n" not in between:
                last.end = end
                return
        self._links.append(_Link(start, end, url, words, media))

    def works(self, start: int, cited: Sequence[tuple[str, str]]) -> None:
        """Say that what was written since an offset cites works, as a reference manager knows them."""
        words = self.said(start)[-2000:]
        if not words.strip() or "://" in words or "doi.org" in words or "doi:" in words.lower():
            return  # their addresses are written there
        for url, title in cited:
            self._links.append(_Link(start, self.length, url, title, media=False, cites=True))

    def lost(self, start: int) -> None:
        """Say that what was written since an offset was a link whose address is gone."""
        if self.said(start).strip():
            self._links.append(_Link(start, self.length, None, "", media=False))

    def mark(self, key: str, label: str) -> None:
        """Write the marker of a note."""
        start = self.length
        self.say(f"[{label}]")
        self._marks.append(_Mark(key, label, start, self.length))
        self._labels.setdefault(key, label)

    def marked(self, key: str, start: int, end: int) -> None:
        """Say that what stands between two offsets points to a note once more, whose marker was written before."""
        label = self._labels.get(key)
        # Other references lead to a place that happens to have a note.
        if label is not None and self._between(start, end).strip(" []()\u00a0") == label.translate(_LOWERED):
            self._marks.append(_Mark(key, label, start, end))

    def _between(self, start: int, end: int) -> str:
        """Give what was written between two offsets: little, and perhaps long ago."""
        if not self._offsets or self._offsets[-1] != self.length:
            self._offsets = [0, *accumulate(map(len, self._pieces))]
        first = max(0, bisect_right(self._offsets, start) - 1)
        last = bisect_left(self._offsets, end)
        return "".join(self._pieces[first:last])[start - self._offsets[first] :][: end - start].translate(_LOWERED)

    def turn(self) -> None:
        """Say that a page ends here, as the program that wrote the document last saw it."""
        if self._main is None:
            self._turns.append(self.length)

    def aside(self) -> None:
        """Say that what follows stands beside the text, in a box: no list of works cited goes on there."""
        self._sections.append((self.length, False))

    def insert(self, at: int, drafts: Sequence[Draft]) -> None:
        """Add what a document inside this one cites, at the place where it is shown."""
        self._inserted += [
            Draft(
                start=at,
                end=at,
                url=draft.url,
                text=draft.text,
                label=draft.label,
                note=draft.note,
                context=draft.context or draft.text,
                lost=draft.lost,
                confidence=draft.confidence,
                kind=draft.kind,
                media=draft.media,
                behind=draft.behind,
            )
            for draft in drafts[:_MOST_INSERTED]
        ]

    def warnings(self) -> list[str]:
        """Say what was left out."""
        found = ["only the first 16 million characters were read"] if self.cut else []
        if self.unresolved:
            links = "1 relative link stands" if self.unresolved == 1 else f"{self.unresolved} relative links stand"
            found.append(f"{links} on no known address, and cannot be followed")
        return found

    def open_note(self, key: str, label: str) -> None:
        """Begin the body of a note; all that follows until `close_note` is of it."""
        self.end_text()
        self.apart()
        start = self.length
        self.say(f"{label} " if label else "")
        self._bodies.setdefault(key, _Body(key, label, start, self.length, self.length))

    def close_note(self, key: str) -> None:
        """End it."""
        self._bodies[key].end = self.length
        self.apart()

    def end_text(self) -> None:
        """Say that the text is over: notes, comments, heads and feet of pages follow."""
        if self._main is None:
            self.apart()
            self._main = self.length

    def paragraph(self, start: int, *, heading: bool) -> None:
        """Say that a paragraph ends, which may be the heading of a list of works cited."""
        if self.length - start > 120:
            return
        words = self.said(start)
        if headings.announces_references(words):
            self._sections.append((self.length, True))
        elif heading:
            self._sections.append((self.length, False))

    def text(self) -> str:
        """Give all of it."""
        return "".join(self._pieces)

    def drafts(self, text: str) -> list[Draft]:
        """Give what it cites; `text` is `self.text()`."""
        prose = shadow(text)
        links = sorted(self._links, key=lambda link: (link.start, link.end))
        spans = _merged([(link.start, link.end) for link in links if link.end > link.start and not link.cites])
        # A marker right behind an address is no part of it.
        unmarked = _hidden(prose, [*self._raised, *((mark.start, mark.end) for mark in self._marks)])
        loose = [one for one in bare.find(unmarked) if not _overlaps(spans, one.start, one.end)]
        worded = {link.url for link in links if link.end > link.start or link.text} | {one.url for one in loose}
        # A picture or a box may lead where the words in it lead.
        links = [link for link in links if link.end > link.start or link.text or link.url not in worded]
        bodies = sorted(self._bodies.values(), key=lambda body: body.start)
        inside = [(body.start, body.end) for body in bodies]
        drafts = cite(self._pointers(prose), self._notes(prose, links, loose, bodies))
        numbered, covered = self._numbered(prose, links, loose)
        # Beside real notes, raised numbers without any bodies are squares and the like.
        drafts += numbered if covered or not self._marks else []
        inside = sorted([*inside, *covered])
        drafts += [self._link(prose, link) for link in links if not within(inside, link.start)]
        drafts += self._inserted
        drafts += [self._bare(prose, one) for one in loose if not within(inside, one.start)]
        drafts += [
            Draft(start=match.start(), end=match.end(), text=match.group().strip("[]"), lost=True, confidence=0.6)
            for match in placeholders(prose)
            if not within(inside, match.start()) and not _overlaps(spans, match.start(), match.end())
        ]
        return [self._paged(draft) for draft in drafts] if self._turns else drafts

    def _paged(self, draft: Draft) -> Draft:
        if self._main is not None and draft.start >= self._main:
            return draft
        return replace(draft, page=1 + bisect_right(self._turns, draft.start))

    def _pointers(self, prose: str) -> list[Mark]:
        return [
            Mark(
                key=mark.key,
                label=mark.label,
                start=mark.start,
                end=mark.end,
                text=mended(word_before(prose, mark.start)[0]),
            )
            for mark in self._marks
        ]

    def _notes(self, prose: str, links: list[_Link], loose: list[bare.Bare], bodies: list[_Body]) -> dict[str, Note]:
        targets = [Target(start=one.start, end=one.end, url=one.url, media=one.media) for one in links if one.url]
        targets += [Target(start=one.start, end=one.end, url=one.url) for one in loose]
        targets.sort(key=lambda target: target.start)
        edges = [target.start for target in targets]
        notes = {}
        for body in bodies:
            words = prose[body.text_start : min(body.end, body.text_start + 4000)]
            # A mark of the author's own stands in the body once more.
            if body.label and not body.label.isdigit() and words.lstrip().startswith(body.label):
                words = words.lstrip()[len(body.label) :]
            notes[body.key] = Note(
                key=body.key,
                label=body.label,
                start=body.start,
                end=max(body.text_start, body.end),
                text=mended(words)[:2000],
                targets=tuple(targets[bisect_left(edges, body.start) : bisect_left(edges, body.end)]),
            )
        return notes

    def _numbered(
        self, prose: str, links: list[_Link], loose: list[bare.Bare]
    ) -> tuple[list[Draft], list[tuple[int, int]]]:
        """Find the notes that were typed in by hand."""
        limit = len(prose) if self._main is None else self._main
        main = prose[:limit]
        found = [bare.Bare(one.start, one.end, one.url) for one in links if one.url and one.end <= limit]
        own = [one for one in found if prose.startswith(("http", "www."), one.start)]
        rest = [one for one in loose if one.end <= limit]
        taken = [(mark.start, mark.end) for mark in self._marks]
        # A number that is itself a link on the web is no marker of a typed note.
        taken += [(one.start, one.end) for one in found if _NUMBER.fullmatch(prose[one.start : one.end].strip())]
        drafts, inside, _ = noted(
            main,
            sorted([*own, *rest], key=lambda one: one.start),
            sorted([*found, *rest], key=lambda one: one.start),
            every_style=False,
            code=_merged(taken),
        )
        return drafts, inside

    def _link(self, prose: str, link: _Link) -> Draft:
        words = mended(prose[link.start : link.end])[:300] or mended(link.text)[:300]
        number = _NUMBER.fullmatch(words)
        label = (number.group(1) or number.group(2)).translate(_LOWERED) if number else None
        return Draft(
            start=link.start,
            end=link.end,
            url=link.url,
            text=mended(word_before(prose, link.start)[0]) if label else words,
            label=label,
            media=link.media,
            lost=link.url is None,
            kind=CitationKind.REFERENCE if link.cites else self._kind(link.start) if label is None else None,
            note=(mended(link.text)[:500] or None) if link.cites else None,
            behind=mended(prose[link.end : link.end + 160].partition("\n\n")[0]),
            confidence=0.8 if link.url is None else 1.0,
        )

    def _bare(self, prose: str, one: bare.Bare) -> Draft:
        return Draft(
            start=one.start,
            end=one.end,
            url=one.url,
            text=mended(one.url),
            kind=self._kind(one.start),
            behind=mended(prose[one.end : one.end + 160].partition("\n\n")[0]),
        )

    def _kind(self, at: int) -> CitationKind | None:
        if self._main is not None and at >= self._main:
            return None
        index = bisect_right(self._sections, (at, True)) - 1
        return CitationKind.REFERENCE if index >= 0 and self._sections[index][1] else None


def _hidden(prose: str, spans: list[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [prose[at:start], " " * (end - start)]
            at = end
    return "".join([*pieces, prose[at:]])


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(spans, (end, 0)) - 1
    return index >= 0 and spans[index][1] > start
