"""Notes that only point back to another note: "ibid.", "Smith, op. cit.", "supra note 4". The same for every format."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver.documents.notes.promises import announces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archiver.documents.notes.cite import Note

_LEAD = (
    r"(?:[\"'“‘„«(\[]{0,2}\s*)?(?:(?:see|see\s+also|cf\.?|compare|but\s+see|e\.g\.,?|vgl\.?|siehe|s\.|auch|so|nach|voir|cfr\.?|v[ée]ase"
    r"|ver|vedi|zie|zob\.|por\.|см\.)\s+(?:also\s+|auch\s+|aussi\s+)?)?"
)


@cache
def _same() -> re.Pattern[str]:
    # A word that goes on ("Idaho", "idem est") is none; a name before "ibid." is the author's own.
    return re.compile(
        rf"{_LEAD}(?:ib[íi]d(?:em)?\b\.?|id\.(?=\s*(?:$|[,;:)\]]|at\s|§|¶|p+\.|\())|idem\b\.?(?!\s+(?:est|for)\b)|ebd\.|ebda\.?"
        r"|ebenda\b\.?|ebendort\b|ivi\s*,|ivi\b\.?(?=\s*(?:$|p+\.))|loc\.\s?cit\.?|l\.\s?c\.|op\.\s?cit\.?|a\.\s?a\.\s?O\.|t\.a\.p\.?"
        r"|там\s+же\b|тамже\b|tamże\b|tam[žz]e\b|同上|同前|同书|同書|前掲書?)",
        re.IGNORECASE,
    )


@cache
def _cited() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:op\.\s?cit|loc\.\s?cit|art\.\s?cit|a\.\s?a\.\s?O|o\.\s?c\.|ob\.\s?cit|cit\.)|\bsupra\b(?!\s*(?:note|n\.|fn|text))|указ\.\s?соч|前掲",
        re.IGNORECASE,
    )


@cache
def _numbered() -> re.Pattern[str]:
    note = r"(?:foot|end)?(?:notes?|nn?\.?|fn\.?|anm(?:erkung|\.)?|fu(?:ß|ss)note|nota|noot)"
    return re.compile(
        rf"\b(?:supra|above|oben|wie|sopra|hierboven)[,\s]\s*(?:at\s+|in\s+|dans\s+)?{note}\s{{0,2}}(\d{{1,3}})\b"
        rf"|\b{note}\s{{0,2}}(\d{{1,3}})\s*,?\s*(?:supra|above|oben|ci-dessus)\b"
        r"|[^\W\d_]\s+\((?:above\s+|supra\s+)?(?:n|fn|note)\.?\s?(\d{1,3})\)",
        re.IGNORECASE,
    )


_NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,40}")
_HEAD = 200  # characters of a note in which its author is named
# No such note is without one of these.
_QUICK = re.compile(
    r"[iI][bBdvV]|[cCуУ].{0,2}[iItTз]|[uU]pra|[bB]ove|UPRA|\(|[eE][bB]|[aA]\.|[oO]\.|[lLtT]\.|wie|oben|opra|[тТtT]ам|[tT]am|[同前]"
)


def resolved(pointed: Iterable[str], notes: Mapping[str, Note]) -> dict[str, Note]:
    """Give for each note that only points back the note that is meant; none where that cannot be told."""
    if not any(not note.targets and _only_points(note.text) for note in notes.values()):
        return {}
    meant: dict[str, Note] = {}
    names: dict[str, Note] = {}
    numbers: dict[str, Note] = {}
    previous: Note | None = None
    for note in _in_order(pointed, notes):
        if note.targets or not _only_points(note.text) or announces(note.text):
            source: Note | None = None
        else:
            source = _meant(note, previous, names, numbers)
            source = meant.get(source.key, source) if source is not None else None
        if source is not None and source is not note:
            meant[note.key] = source
        else:
            for name in _NAME.findall(note.text[:_HEAD]):
                names[name.lower()] = note
        numbers[note.label] = note
        previous = note
    return meant


def _only_points(text: str) -> bool:
    return bool(
        _QUICK.search(text[:_HEAD])
        and (_same().match(text) or _cited().search(text[:_HEAD]) or _numbered().search(text[:_HEAD]))
    )


def _in_order(pointed: Iterable[str], notes: Mapping[str, Note]) -> list[Note]:
    """Give the notes as they are numbered: by their labels where these are numbers, else as they are met."""
    met = {key: place for place, key in enumerate(pointed)}
    by_place = sorted(notes.values(), key=lambda note: note.start)
    labels = [note.label for note in by_place]
    if all(label.isdecimal() for label in labels):
        if len(set(labels)) == len(labels):
            return sorted(by_place, key=lambda note: int(note.label))
        return by_place  # numbered anew in each chapter
    if all(note.key in met for note in by_place):
        return sorted(by_place, key=lambda note: met[note.key])
    return by_place


def _meant(note: Note, previous: Note | None, names: Mapping[str, Note], numbers: Mapping[str, Note]) -> Note | None:
    text = note.text[:_HEAD]
    if _same().match(text):
        return previous if previous is not None and _follows(previous, note) else None
    if number := _numbered().search(text):
        return numbers.get(next(one for one in number.groups() if one))
    sign = _cited().search(text)
    before = text[: sign.start()] if sign else ""
    for name in _NAME.findall(before):
        if (known := names.get(name.lower())) is not None:
            return known
    return None


def _follows(previous: Note, note: Note) -> bool:
    """Tell whether no note is missing between two: what is missing may be what is meant."""
    one, other = previous.label, note.label
    return not (one.isdecimal() and other.isdecimal()) or int(other) <= int(one) + 1
