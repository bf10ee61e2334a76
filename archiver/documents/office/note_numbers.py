"""Which number the reader of a DOCX sees at a note: order of first reference, format, start and restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.documents.office.numbers import written
from archiver.documents.office.xml import child, get, name

if TYPE_CHECKING:
    from lxml.etree import _Element

# What Word does when a document says nothing (ISO/IEC 29500-1, 17.11.17 and 17.11.18).
_FORM = {"footnote": "decimal", "endnote": "lowerRoman"}


class NoteNumbers:
    """The counters, in reading order."""

    def __init__(self, root: _Element, settings: _Element | None) -> None:
        self.shown: dict[str, str] = {}
        self._settings = settings
        self._sections = [
            one
            for one in root.iter("{*}sectPr")
            if (around := one.getparent()) is None or name(around) != "sectPrChange"
        ]
        self._section = 0
        self._known: dict[tuple[int, str, str], str] = {}
        self._counts: dict[str, int] = {}

    def reference(self, kind: str, ident: str, own: str) -> tuple[str, str]:
        """Count a reference; give key and label. `own` is a mark of the author's own, which is not counted."""
        key = f"{kind}:{ident}"
        if key not in self.shown:
            if own:
                self.shown[key] = own
            else:
                value = self._counts.get(kind, self._start(kind))
                self._counts[kind] = value + 1
                self.shown[key] = written(value, self._property(kind, "numFmt") or _FORM[kind])
        return key, self.shown[key]

    def end_section(self) -> None:
        """A section ends: numbering may begin again."""
        self._section += 1
        for kind in _FORM:
            if self._property(kind, "numRestart") in ("eachSect", "eachPage"):
                self._counts.pop(kind, None)

    def end_page(self) -> None:
        """A page ends where Word last saw it end."""
        for kind in _FORM:
            if self._property(kind, "numRestart") == "eachPage":
                self._counts.pop(kind, None)

    def _start(self, kind: str) -> int:
        start = self._property(kind, "numStart")
        return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1

    def _property(self, kind: str, wanted: str) -> str:
        key = (self._section, kind, wanted)
        if key not in self._known:
            self._known[key] = self._look_up(kind, wanted)
        return self._known[key]

    def _look_up(self, kind: str, wanted: str) -> str:
        places = [self._sections[self._section]] if self._section < len(self._sections) else []
        for place in (*places, self._settings):
            found = child(place, f"{kind}Pr", wanted)
            if found is not None and (value := get(found, "val")):
                return value
        return ""
