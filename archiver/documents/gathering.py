"""What a reader of marked-up text gathers on its way: readable words, links, and notes with their markers.

A reader says the words, each with its place in the source, and puts links, markers and note bodies between them. Bare
addresses, lost targets, words that carry markers and sentences are found here, in what was said. The same for LaTeX,
Org and AsciiDoc.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from archiver.documents import bare
from archiver.documents.draft import Draft
from archiver.documents.html.links import links
from archiver.documents.html.page import load
from archiver.documents.markdown.text import Readable
from archiver.documents.mend import FILLER, mended, shadow
from archiver.documents.notes.cite import Mark, Note, Target, cite
from archiver.documents.notes.numbered import noted, within
from archiver.documents.notes.promises import placeholders
from archiver.documents.prose import sentence, word_before
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile(r"\[?\d{1,3}\]?", re.ASCII)
_NESTED = 40  # notes within notes
_NAMED = 10  # included files in a warning


def not_included(names: Sequence[str]) -> tuple[str, ...]:
    """Give the warning about files that a document includes and that were not read, if there are any."""
    distinct = list(dict.fromkeys(names))
    if not distinct:
        return ()
    more = f" and {len(distinct) - _NAMED} more" if len(distinct) > _NAMED else ""
    what = "which were not read: name them too" if len(distinct) > 1 else "which was not read: name it too"
    return (f"includes {', '.join(distinct[:_NAMED])}{more}, {what}",)


class _Link(Struct, gc=False):
    start: int
    end: int
    shown: tuple[int, int]
    url: str | None = None
    text: str = ""
    media: bool = False
    lost: bool = False
    listed: bool = False  # stands in a list of works cited
    bare: bool = False  # was found in the words


class _Mark(Struct, gc=False):
    key: str
    label: str
    start: int
    end: int
    shown: tuple[int, int]


class _Text(Struct):
    """The text of the document, or the body of a note."""

    key: str = ""
    label: str = ""
    start: int = 0
    end: int = 0
    kind: CitationKind | None = None
    words: Readable = field(default_factory=Readable)
    links: list[_Link] = field(default_factory=list)
    marks: list[_Mark] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)
    said: list[tuple[int, str]] = field(default_factory=list)  # words, and where they begin
    prose: str = ""

    def add(self, words: str, at: int, *, exact: bool = False) -> tuple[int, int]:
        """Add words; give their span."""
        shown = self.words.add(words, at, exact=exact)
        if words:
            self.said.append((shown[0], words))
        return shown

    def loose(self) -> list[tuple[int, int, str]]:
        """Find the addresses written out between the links; the text is complete by now."""
        self.prose = shadow(self.words.text())
        hidden = sorted([*(one.shown for one in self.links), *(one.shown for one in self.marks), *self.code])
        pieces, at = [], 0
        for start, end in hidden:
            if start >= at:
                pieces += [self.prose[at:start], FILLER * (end - start)]
                at = end
        masked = "".join([*pieces, self.prose[at:]])
        found = [(one.start, one.end, one.url) for one in bare.find(masked)]
        addresses = {one.start for one in self.links if one.url}
        for start, end, url in found:
            first = self.words.source(start)
            last = max(first, self.words.source(end - 1)) + 1
            self.links.append(_Link(first, last, (start, end), url, url, bare=True))
        lost = []
        for match in placeholders(masked):
            near = any(start - 60 < match.end() <= start for start, _, _ in found[:2000])
            if not near and self.words.source(match.start()) not in addresses:
                lost.append((match.start(), match.end(), match.group().strip("[]")))
        return lost


class Gathering:
    """What was gathered of one document."""

    def __init__(self) -> None:
        self.references = False  # set under a heading that announces works cited
        self._main = _Text()
        self._open = [self._main]
        self._bodies: dict[str, _Text] = {}
        self._listed: list[tuple[int, int]] = []

    @property
    def in_note(self) -> bool:
        """Tell whether a body of a note is being read."""
        return len(self._open) > 1

    def say(self, words: str, at: int, *, exact: bool = False) -> tuple[int, int]:
        """Add words; `exact` when they stand in the source sign by sign."""
        text = self._open[-1]
        shown = text.add(words, at, exact=exact)
        if self.references and text is self._main and words:
            if self._listed and self._listed[-1][1] == shown[0]:
                self._listed[-1] = (self._listed[-1][0], shown[1])
            else:
                self._listed.append(shown)
        return shown

    def code(self, words: str, at: int) -> None:
        """Add words in which neither addresses nor markers stand."""
        text = self._open[-1]
        text.code.append(text.add(words, at))

    def apart(self) -> None:
        """Begin a paragraph."""
        self._open[-1].words.apart()

    def here(self) -> int:
        """Give how much was said in what is being read."""
        return self._open[-1].words.length

    def words_from(self, low: int) -> str:
        """Give what was said there since."""
        pieces = []
        for start, words in reversed(self._open[-1].said):
            if start < low:
                break
            pieces.append(words)
        return mended("".join(reversed(pieces)))

    def link(
        self,
        start: int,
        end: int,
        url: str | None,
        low: int,
        *,
        text: str = "",
        media: bool = False,
    ) -> None:
        """Add a link whose words were said from `low` on; without an address it is a lost one."""
        inside = self._open[-1]
        shown = (low, inside.words.length)
        listed = self.references and inside is self._main
        inside.links.append(_Link(start, end, shown, url, text[:300], media, url is None, listed))

    def mark(self, key: str, label: str, start: int, end: int) -> None:
        """Add a marker."""
        text = self._open[-1]
        shown = text.add(f"[{label}]" if label not in ("?", "") else "", start)
        text.marks.append(_Mark(key, label, start, end, shown))

    def relabel(self, labels: dict[str, str]) -> None:
        """Give notes and their markers the numbers that were found out at the end."""
        for text in (self._main, *self._bodies.values()):
            text.label = labels.get(text.key, text.label)
            for mark in text.marks:
                mark.label = labels.get(mark.key, mark.label)

    def rename(self, keys: dict[str, str]) -> None:
        """Bring bodies and markers together whose keys were found to mean the same."""
        keys = {key: keys.get(meant, meant) for key, meant in keys.items()}
        marks = [mark for text in (self._main, *self._bodies.values()) for mark in text.marks]
        labels = {mark.key: mark.label for mark in marks}
        bodies: dict[str, _Text] = {}
        for key, text in self._bodies.items():
            if key in keys:
                text.key, text.label = keys[key], labels.get(keys[key], text.label)
            bodies.setdefault(text.key, text)
        self._bodies = bodies
        for mark in marks:
            if mark.key in keys:
                mark.key = keys[mark.key]
                mark.label = bodies[mark.key].label if mark.key in bodies else mark.label

    def drop(self, keys: list[str]) -> None:
        """Take out markers that mean something outside of this document."""
        gone = set(keys)
        for text in (self._main, *self._bodies.values()) if gone else ():
            text.marks = [mark for mark in text.marks if mark.key not in gone]

    def open(self, key: str, label: str, start: int, *, kind: CitationKind | None = None) -> bool:
        """Begin the body of a note; a body that is nested too deep is read as text."""
        if len(self._open) > _NESTED:
            return False
        body = self._bodies.get(key)
        if body is None or any(body is one for one in self._open):
            body = _Text(key=key, label=label, start=start, kind=kind)
            self._bodies.setdefault(key, body)
        self._open.append(body)
        return True

    def close(self, end: int) -> None:
        """End the body of a note."""
        if len(self._open) > 1:
            self._open.pop().end = end

    def html(self, source: str, start: int, *, inline: bool = False) -> None:
        """Read a piece of HTML that stands in the document."""
        if "<" not in source:
            return
        page = load(source)
        found, _ = links(page, None)
        text = self._open[-1]
        if not inline:
            text.words.apart()
        low, _ = text.words.add(page.text, start)
        for one in found:
            shown = (low + one.element.start, low + one.element.end)
            text.links.append(
                _Link(start + one.start, start + one.end, shown, one.url, one.text, one.media, one.url is None)
            )
        if not inline:
            text.words.apart()

    def prose(self) -> str:
        """Give the text as its reader sees it."""
        return shadow(self._main.words.text())

    def drafts(self) -> list[Draft]:
        """Give all as drafts."""
        lost = self._main.loose()
        for body in self._bodies.values():
            body.loose()
        by_hand, inside = self._numbered()
        drafts = list(by_hand)
        drafts += [
            self._draft(one) for one in self._main.links if not (one.url and within(inside, one.shown[0]))
        ]
        for low, high, words in lost:
            if not within(inside, low):
                place = self._main.words.source
                drafts.append(
                    Draft(
                        start=place(low),
                        end=max(place(low), place(high - 1)) + 1,
                        text=words,
                        lost=True,
                        confidence=0.6,
                        context=sentence(self._main.prose, low, high),
                    )
                )
        # A note may have no number, as one about the whole of a paper: it is one all the same.
        return drafts + [
            replace(one, label=None, kind=one.kind or CitationKind.FOOTNOTE) if one.label == "" else one
            for one in self._cited()
        ]

    def _draft(self, one: _Link) -> Draft:
        prose, (low, high) = self._main.prose, one.shown
        word = mended(word_before(prose, low)[0])
        numbered = bool(one.url) and _NUMBER.fullmatch(one.text) is not None  # a number that is a link is a marker
        listed = one.listed or (one.bare and within(self._listed, low))
        return Draft(
            start=one.start,
            end=one.end,
            url=one.url,
            text=one.text if one.text and not numbered else "" if one.url and not numbered else word,
            label=one.text if numbered else None,
            media=one.media,
            lost=one.lost,
            confidence=0.7 if one.lost else 1.0,
            context=sentence(prose, low, high),
            kind=CitationKind.REFERENCE if listed and not numbered else None,
            behind=prose[high : high + 160].partition("\n\n")[0],
        )

    def _cited(self) -> list[Draft]:
        marks = [
            Mark(
                key=mark.key,
                label=mark.label,
                start=mark.start,
                end=mark.end,
                text=mended(word_before(text.prose, mark.shown[0])[0]),
                context=sentence(text.prose, *mark.shown),
            )
            for text in (self._main, *self._bodies.values())
            for mark in text.marks
        ]
        # An address that is there but empty is lost, whatever the note says.
        empty = {key for key, text in self._bodies.items() if any(one.lost for one in text.links)}
        notes = {key: _note(key, text) for key, text in self._bodies.items()}
        drafts = cite(
            [one for one in marks if one.key not in empty],
            {key: note for key, note in notes.items() if key not in empty},
        )
        drafts += [
            replace(draft, lost=True) if draft.url is None else draft
            for draft in cite(
                [one for one in marks if one.key in empty], {key: note for key, note in notes.items() if key in empty}
            )
        ]
        return drafts

    def _numbered(self) -> tuple[list[Draft], list[tuple[int, int]]]:
        """Find notes that are numbered by hand, in a document that has no notes of its format's own."""
        text = self._main
        if any(body.kind is None for body in self._bodies.values()) or text.marks:
            return [], []
        shown = sorted(
            ((bare.Bare(*one.shown, one.url), one.text == one.url) for one in text.links if one.url is not None),
            key=lambda pair: pair[0].start,
        )
        found = [one for one, _ in shown]
        drafts, inside, _ = noted(
            text.prose, [one for one, own in shown if own], found, every_style=False, code=sorted(text.code)
        )
        place = text.words.source
        return [
            replace(
                draft,
                start=place(draft.start),
                end=max(place(draft.start), place(max(draft.start, draft.end - 1))) + 1,
                context=draft.context or sentence(text.prose, draft.start, draft.end),
            )
            for draft in drafts
        ], inside


def _note(key: str, text: _Text) -> Note:
    return Note(
        key=key,
        label=text.label,
        start=text.start,
        end=max(text.start, text.end),
        text=mended(text.prose)[:2000],
        targets=tuple(
            Target(start=one.start, end=one.end, url=one.url, media=one.media)
            for one in sorted(text.links, key=lambda one: one.start)
            if one.url is not None
        ),
        kind=text.kind,
    )
