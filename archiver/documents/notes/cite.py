"""Note markers and note bodies: which belong together, and what that makes. The same for every format.

How sure a match is: 1.0 where the format itself says so, and only there. Else it is what the sign is worth by itself
(`SURE`: raised and bracketed numbers before carets, before digits glued behind a full stop, before digits glued to a
word, before numbers in parentheses or set apart, before digits at the end of an address), lowered when only some of the
notes found their markers, and lowered by `BACK` when the note only points to another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver.documents.draft import Draft
from archiver.documents.notes import back
from archiver.documents.notes.markers import Style
from archiver.documents.notes.promises import announces
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Target(Struct, frozen=True, kw_only=True, gc=False):
    """An address inside the body of a note."""

    start: int
    end: int
    url: str
    media: bool = False


class Note(Struct, frozen=True, kw_only=True):
    """The body of a note."""

    key: str
    label: str
    start: int
    end: int
    text: str  # on one line, without its label
    targets: tuple[Target, ...] = ()
    kind: CitationKind | None = None


class Mark(Struct, frozen=True, kw_only=True, gc=False):
    """A place in the text that points to a note."""

    key: str
    label: str
    start: int
    end: int
    text: str = ""  # the word that carries it
    context: str | None = None
    confidence: float = 1.0


SURE = {
    Style.RAISED: 0.95,
    Style.BRACKET: 0.95,
    Style.CARET: 0.9,
    Style.STOP: 0.85,
    Style.GLUED: 0.8,
    Style.PAREN: 0.7,
    Style.APART: 0.65,
    Style.YEAR: 0.65,
    Style.TAIL: 0.6,
}
BACK = 0.7  # of the confidence is left to a note that points to another note


def cite(marks: Iterable[Mark], notes: Mapping[str, Note]) -> list[Draft]:
    """Make a draft for each address behind each marker.

    A marker without a body has lost its target, and so has one whose body only announces an address. A body that no
    marker points to keeps its addresses, at their own place. A body that says "ibid." points to what the note before it
    points to, and one that says "Smith, op. cit." or "supra note 4" to what that note does, with less confidence.
    """
    drafts: list[Draft] = []
    pointed: dict[str, None] = {}
    marks = list(marks)
    for mark in marks:
        pointed.setdefault(mark.key)
    meant = back.resolved(pointed, notes)
    for mark in marks:
        note = notes.get(mark.key)
        plain = Draft(
            start=mark.start,
            end=mark.end,
            label=mark.label,
            text=mark.text,
            context=mark.context,
            confidence=mark.confidence,
        )
        if note is None:
            drafts.append(replace(plain, lost=True))
        elif meant.get(note.key, note) is not note:
            drafts += _pointed(replace(plain, confidence=plain.confidence * BACK), note, meant[note.key])
        else:
            drafts += _pointed(plain, note, note)
    for key, note in notes.items():
        if key not in pointed:
            drafts += _orphan(note)
    return drafts


def _pointed(plain: Draft, note: Note, source: Note) -> list[Draft]:
    plain = replace(plain, note=note.text or None, kind=note.kind)
    if not source.targets:
        return [replace(plain, lost=announces(source.text))]
    return [replace(plain, url=target.url, media=target.media) for target in _distinct(source.targets)]


def _orphan(note: Note) -> list[Draft]:
    plain = Draft(
        start=note.start,
        end=note.end,
        label=note.label,
        note=note.text or None,
        confidence=0.8,
        kind=note.kind or CitationKind.FOOTNOTE,
        context=note.text[:300],
    )
    if not note.targets:
        return [replace(plain, lost=announces(note.text))] if note.text else []
    return [
        replace(plain, url=target.url, media=target.media, start=target.start, end=target.end)
        for target in _distinct(note.targets)
    ]


def _distinct(targets: tuple[Target, ...]) -> list[Target]:
    seen: dict[str, Target] = {}
    for target in targets:
        seen.setdefault(target.url, target)
    return list(seen.values())
