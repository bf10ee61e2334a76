"""Labels of notes in a PDF: the signs in the text that point to a note, and those that the note begins with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from archiver.documents.office.numbers import written
from archiver.documents.pdf.text import LIGATURES, raised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.documents.pdf.text import Glyph, Line

LABEL = re.compile(r"\d{1,3}|[ivxlc]{1,6}|([a-z])\1?|[^\w\s.,;:()\[\]\"'“”‘’«»%°-]{1,4}", re.IGNORECASE)
# TeX's own dagger and double dagger come out of fonts without names as the last four.
ALIKE = str.maketrans({"∗": "*", "⁎": "*", "∥": "‖", "＊": "*", "„": "†", "…": "‡", "\x84": "†", "\x85": "‡"})

Spot = tuple[int, int]  # number of the page and of the line on it, from 0


class Body(Struct):
    """A note: its label, and the lines that it stands on."""

    label: str
    skip: int  # signs of its first line that are the label
    sure: bool  # its label is raised
    lines: list[Spot] = field(default_factory=list)


class Marker(Struct):
    """Signs in the text that point to a note."""

    label: str
    page: int
    line: int
    glyphs: list[Glyph]
    weight: float = 1.0
    body: Body | None = None


def said(glyphs: Iterable[Glyph]) -> str:
    """Give what some signs say as a label."""
    words = "".join(LIGATURES.get(glyph.sign, glyph.sign) for glyph in glyphs)
    return words.translate(ALIKE).strip(" \u00a0\u2009.,;:()[]")


def lead(line: Line) -> tuple[str, int, bool]:
    """Give the label that a line begins with, how many signs it takes, and whether it is raised."""
    high = 0
    for glyph in line.glyphs[:9]:
        if not glyph.sign.isspace() and not raised(line, glyph):
            break
        high += 1
    label = said(line.glyphs[:high])
    if label and LABEL.fullmatch(label):
        return label, high, True
    words = line.words[:12].translate(ALIKE)
    found = _PLAIN_LEAD.match(words)
    if found is None:
        return "", 0, False
    return found.group("label"), found.end(), False


_PLAIN_LEAD = re.compile(
    r"\s*[\[(]?(?P<label>\d{1,3}|[ivxlc]{1,6}(?=[\s.)\]])|[*†‡§¶‖#]{1,4})(?:[.)\]]{1,2}\s?|\s+(?=\S)|(?<=\D)|$)"
)


def begins(line: Line, mark: Marker) -> bool:
    """Tell whether a link stands at the beginning of its line: the label of a note, which leads back to the text."""
    first = next((glyph for glyph in line.glyphs if not glyph.sign.isspace() and glyph.sign not in "[("), None)
    return first is not None and first.index == mark.glyphs[0].index


def following(label: str) -> tuple[str, ...]:
    """Give the labels that may come next."""
    if label.isdigit():
        return (str(int(label) + 1),)
    if not label.isalpha():
        return ()
    roman = _ROMAN.index(label) if label in _ROMAN else -1
    letter = (chr(ord(label) + 1),) if len(label) == 1 and "a" <= label < "z" else ()
    return (*letter, *_ROMAN[roman + 1 : roman + 2]) if roman >= 0 else letter


_ROMAN = [written(number, "lowerRoman") for number in range(1, 200)]


def labelled(line: Line, label: str) -> int:
    """Tell how many signs the label takes with which a line begins; 0 when it begins with another or none."""
    own, skip, _ = lead(line)
    if own == label:
        return skip
    words = line.words[:16].translate(ALIKE)
    before = len(words) - len(words.lstrip(" \u00a0[("))
    end = before + len(label)
    behind = words[end : end + 1]
    if not words.startswith(label, before) or (behind.isdigit() if label[-1].isdigit() else behind.islower()):
        return 0
    return end
