"""What the styles of an OpenDocument text say: what is raised, what is a title, how list items are numbered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.documents.office.numbers import written
from archiver.documents.office.xml import all_named, get, name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

_PERCENT = re.compile(r"(-?\d{1,3})%")


class _Level(Struct):
    form: str
    prefix: str
    suffix: str
    start: int


class Styles:
    """The styles of one document; those of the first root win."""

    def __init__(self, roots: Sequence[_Element]) -> None:
        self._raised: dict[str, bool] = {}
        self._parents: dict[str, str] = {}
        self._lists: dict[tuple[str, int], _Level] = {}
        self.language = ""
        for root in roots:
            for one in all_named(root, "style", "list-style", "default-style"):
                self._learn(one)

    def raised(self, style: str) -> bool | None:
        """Tell whether a style sets text above the line; None when it does not say."""
        for _ in range(10):
            if style in self._raised:
                return self._raised[style]
            style = self._parents.get(style, "")
        return None

    def is_title(self, style: str) -> bool:
        """Tell whether a style is that of titles, or comes from it."""
        for _ in range(10):
            if style == "Title":
                return True
            style = self._parents.get(style, "")
        return False

    def start(self, style: str, level: int) -> int:
        """Give the first number of a list."""
        form = self._lists.get((style, level))
        return form.start if form is not None else 1

    def label(self, style: str, level: int, count: int) -> str:
        """Give what stands before an item of a list."""
        form = self._lists.get((style, level))
        if form is None or not form.form:
            return ""
        return f"{form.prefix}{written(count, form.form)}{form.suffix}".strip() + " "

    def _speak(self, one: _Element) -> None:
        for properties in one:
            spoken, country = get(properties, "language"), get(properties, "country")
            if name(properties) == "text-properties" and spoken not in ("", "none", "zxx"):
                self.language = self.language or (f"{spoken}-{country}" if country not in ("", "none") else spoken)

    def _learn(self, one: _Element) -> None:
        ident = get(one, "name")
        if name(one) == "default-style":
            if get(one, "family") == "paragraph":
                self._speak(one)
            return
        if name(one) == "list-style":
            for level in one:
                if name(level) == "list-level-style-number":
                    self._lists.setdefault((ident, _int(get(level, "level"))), _level(level))
            return
        self._parents.setdefault(ident, get(one, "parent-style-name"))
        for properties in one:
            if name(properties) == "text-properties" and (position := get(properties, "text-position")):
                percent = _PERCENT.match(position)
                above = position.startswith("super") or (percent is not None and int(percent.group(1)) > 0)
                self._raised.setdefault(ident, above)


def _level(level: _Element) -> _Level:
    suffix = get(level, "num-suffix")
    prefix = get(level, "num-prefix")
    # LibreOffice since 7 writes one pattern, "[%1%]".
    pattern = re.match(r"([^%]{0,10})%\d%([^%]{0,10})$", get(level, "num-list-format"))
    if pattern and not prefix and not suffix:
        prefix, suffix = pattern.groups()
    return _Level(get(level, "num-format"), prefix, suffix, _int(get(level, "start-value")))


def _int(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 1
