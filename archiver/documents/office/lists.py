"""The numbers that Word writes before the items of its lists, and which styles are headings and titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.documents.office.numbers import written
from archiver.documents.office.xml import child, get, name

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_STEP = re.compile(r"%([1-9])")


class _Level(Struct):
    form: str
    text: str
    start: int


class _Style(Struct):
    kind: str  # its name, in lower case
    base: str
    number: str
    level: str
    raised: bool | None
    outline: bool


class Lists:
    """Styles and numbering of one document."""

    def __init__(self, styles: _Element | None, numbering: _Element | None) -> None:
        self._styles = {get(one, "styleId"): _style(one) for one in _children(styles, "style")}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        for one in _children(numbering, "abstractNum"):
            self._levels[get(one, "abstractNumId")] = {
                _int(get(lvl, "ilvl"), 0): _level(lvl) for lvl in _children(one, "lvl")
            }
        self._starts: dict[str, dict[int, int]] = {}
        for one in _children(numbering, "num"):
            ident = get(one, "numId")
            self._abstract[ident] = _value(one, "abstractNumId")
            self._starts[ident] = {
                _int(get(change, "ilvl"), 0): _int(start, 1)
                for change in _children(one, "lvlOverride")
                if (start := _value(change, "startOverride"))
            }
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: _Element | None) -> str:
        """Count a paragraph when it is an item of a numbered list; give what stands before it."""
        number, level = self._numbered(properties)
        abstract = self._abstract.get(number, "")
        levels = self._levels.get(abstract, {})
        depth = min(max(_int(level, 0), 0), _LEVELS - 1)
        form = levels.get(depth)
        if form is None or number in ("", "0"):
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        override = self._starts.get(number, {}).get(depth)
        if override is not None and (number, depth) not in self._begun:
            counts[depth] = override
        else:
            before = counts[depth]
            counts[depth] = form.start if before is None else before + 1
        self._begun.add((number, depth))
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        if form.form in ("bullet", "none"):
            return ""

        def number_of(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            one = levels.get(at)
            value = counts[at]
            return "" if one is None else written(one.start if value is None else value, one.form)

        shown = _STEP.sub(number_of, form.text)[:40].strip()
        return f"{shown} " if shown else ""

    def heading(self, properties: _Element | None) -> str:
        """Say whether a paragraph is a "title" or a "heading", by its style or level; nothing when it is neither."""
        style = self._styles.get(_value(properties, "pStyle"))
        kind = style.kind if style is not None else _value(properties, "pStyle").lower()
        if kind == "title":
            return "title"
        outlined = _value(properties, "outlineLvl") not in ("", "9") or (style is not None and style.outline)
        return "heading" if outlined or kind.startswith("heading") else ""

    def raised(self, style: str) -> bool:
        """Tell whether a style of characters sets them above the line."""
        for _ in range(10):
            one = self._styles.get(style)
            if one is None:
                return False
            if one.raised is not None:
                return one.raised
            style = one.base
        return False

    def _numbered(self, properties: _Element | None) -> tuple[str, str]:
        own = child(properties, "numPr")
        number, level = _value(own, "numId"), _value(own, "ilvl")
        style = _value(properties, "pStyle")
        for _ in range(10):
            if number or (one := self._styles.get(style)) is None:
                break
            number, level, style = one.number, level or one.level, one.base
        return number, level


def _style(one: _Element) -> _Style:
    properties = child(one, "pPr")
    number = child(properties, "numPr")
    align = _value(child(one, "rPr"), "vertAlign")
    return _Style(
        kind=_value(one, "name").lower(),
        base=_value(one, "basedOn"),
        number=_value(number, "numId"),
        level=_value(number, "ilvl"),
        raised=align == "superscript" if align else None,
        outline=_value(properties, "outlineLvl") not in ("", "9"),
    )


def _level(one: _Element) -> _Level:
    return _Level(_value(one, "numFmt") or "decimal", _value(one, "lvlText"), _int(_value(one, "start"), 1))


def _children(element: _Element | None, wanted: str) -> list[_Element]:
    return [one for one in element if name(one) == wanted] if element is not None else []


def _value(element: _Element | None, wanted: str) -> str:
    found = child(element, wanted)
    return get(found, "val") if found is not None else ""


def _int(written_number: str, default: int) -> int:
    return (
        int(written_number)
        if written_number.isascii() and written_number.isdigit() and len(written_number) < 7
        else default
    )
