"""An HTML page as a flat list: its elements in order, each with its place in the source and in the readable text.

BeautifulSoup builds the tree; this walks it once, without recursion, so that depth is no danger. Constructs that never
end, on which the tokenizer of the standard library takes quadratic time, are blanked first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 16_000_000  # characters of a page that are read
_JUNK = 64  # "<" between a "<" and the next ">": more is no tag
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_SILENT = frozenset({"script", "style", "template", "head", "textarea", "select", "svg", "math", "object"})
_THIN = frozenset({"a", "span", "b", "i", "em", "strong", "small", "font"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Element(Struct, eq=False):
    """An element, where it begins in the source, and which part of the readable text it covers."""

    tag: Tag
    name: str
    at: int  # offset of its start tag in the source
    start: int  # offsets in the readable text
    end: int = 0
    parent: Element | None = None
    index: int = 0  # among the page's elements
    stop: int = 0  # index of the first element behind it

    def get(self, name: str) -> str:
        """Give an attribute as text, or nothing."""
        value = self.tag.attrs.get(name)
        return " ".join(value) if isinstance(value, list) else str(value or "")

    def within(self, *names: str, levels: int = 4) -> Element | None:
        """Give the nearest of these that stands around it."""
        around = self.parent
        while around is not None and levels:
            if around.name in names:
                return around
            around, levels = around.parent, levels - 1
        return None


class Page(Struct):
    """The page."""

    source: str
    text: str
    elements: list[Element]
    cut: bool = False

    def named(self) -> dict[str, Element]:
        """Give the elements that something can point to."""
        found: dict[str, Element] = {}
        for element in self.elements:
            for name in (element.get("id"), element.get("name") if element.name == "a" else ""):
                if name:
                    found.setdefault(name, element)
        return found

    def words(self, element: Element) -> str:
        """Give the beginning of an element's readable text, on one line."""
        return " ".join(self.text[element.start : min(element.end, element.start + 2000)].split())

    def inside(self, element: Element, name: str) -> Element | None:
        """Find an element of this name among the first few inside another."""
        for other in self.elements[element.index + 1 : element.index + 6]:
            if other.name == name and other.parent is not None and element in (other.parent, other.parent.parent):
                return other
        return None


_TAG_END = re.compile(r"<[^\s<>/]{1,60}(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")


def tag_end(source: str, at: int) -> int:
    """Give where the start tag at an offset ends."""
    found = _TAG_END.match(source, at, at + 20_000)
    if found:
        return found.end()
    end = source.find(">", at)
    return end + 1 if end >= 0 else len(source)


_TOOLBAR = re.compile(
    r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.{0,400000}?<!-- END WAYBACK TOOLBAR INSERT -->", re.DOTALL
)


def calm(source: str) -> str:
    """Blank what only begins like a tag, comment or declaration; the length stays."""
    last = source.rfind(">")
    source = source[: last + 1] + source[last + 1 :].replace("<", " ")
    pieces: list[str] = []
    at = 0
    while (end := source.find(">", at)) >= 0:
        piece = source[at : end + 1]
        if piece.count("<") > _JUNK:
            kept = piece.rfind("<")
            piece = piece[:kept].replace("<", " ") + piece[kept:]
        pieces.append(piece)
        at = end + 1
    source = "".join([*pieces, source[at:]])
    # What an archive's replay adds to a page was never on it.
    source = _TOOLBAR.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), source)
    closed = source.rfind("-->")
    tail = source[closed + 1 :].replace("<!--", "    ") if closed >= 0 else source.replace("<!--", "    ")
    source = source[: closed + 1] + tail
    return re.sub(r"<!(?=\[)|<\?(?!xml)", "< ", source)


def load(source: str) -> Page:
    """Parse a page."""
    import warnings

    cut = len(source) > LIMIT
    source = source[:LIMIT]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # BeautifulSoup's advice to programmers about what the input resembles
        soup = BeautifulSoup(calm(source), "html.parser", multi_valued_attributes=None)
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    text, elements = _flatten(soup, starts)
    return Page(source=source, text=text, elements=elements, cut=cut)


class _Text:
    """Readable text, growing: runs of spaces become one, blocks are set apart by empty lines."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self._space = True

    def add(self, words: str, *, raw: bool = False) -> None:
        if not raw:
            lead = " " if words[:1].isspace() and not self._space else ""
            body = " ".join(words.split())
            words = f"{lead}{body}{' ' if words[-1].isspace() else ''}" if body else lead
        if words:
            self.pieces.append(words)
            self.length += len(words)
            self._space = words[-1].isspace()

    def apart(self) -> None:
        if self.pieces and self.pieces[-1] != "\n\n":
            self.pieces.append("\n\n")
            self.length += 2
        self._space = True


def _flatten(soup: BeautifulSoup, starts: list[int]) -> tuple[str, list[Element]]:
    text = _Text()
    elements: list[Element] = []
    around: list[Element | None] = [None]
    silent = 0
    counters: list[int] = []
    for event, node in _events(soup):
        if event == "text":
            if not silent:
                _say(text, str(node), around[-1])
            continue
        name = node.name
        if event == "open":
            if name in _BLOCKS:
                text.apart()
            line, column = node.sourceline, node.sourcepos
            at = starts[min(line, len(starts)) - 1] + column if line and column is not None else 0
            element = Element(node, name, at, text.length, text.length, around[-1], len(elements))
            elements.append(element)
            around.append(element)
            silent += name in _SILENT
            _number(text, element, counters)
        else:
            element = around.pop()  # type: ignore[assignment]
            element.end = text.length
            element.stop = len(elements)
            silent -= name in _SILENT
            if name == "ol" and counters:
                counters.pop()
            if name == "br":
                text.add("\n", raw=True)
            elif name in _BLOCKS:
                text.apart()
    return "".join(text.pieces), elements


def _number(text: _Text, element: Element, counters: list[int]) -> None:
    """Write the numbers that a reader sees before the items of an ordered list."""
    if element.name == "ol":
        start = element.get("start")
        counters.append(int(start) if start.isdigit() and len(start) < 4 else 1)
    elif element.name == "li" and counters and element.parent is not None and element.parent.name == "ol":
        value = element.get("value")
        if value.isdigit() and len(value) < 4:
            counters[-1] = int(value)
        text.add(f"{counters[-1]}. ", raw=True)
        element.start = text.length
        counters[-1] += 1


def _say(text: _Text, words: str, around: Element | None) -> None:
    if len(words) < 12 and words.strip().isdigit() and words.isascii() and _raised(around):
        text.add(words.strip().translate(_RAISED), raw=True)
    elif around is not None and around.name == "pre":
        text.add(words, raw=True)
    else:
        text.add(words)


def _raised(around: Element | None) -> bool:
    return around is not None and (around.name == "sup" or (around.name in _THIN and around.within("sup") is not None))


def _events(soup: BeautifulSoup) -> Iterator[tuple[str, Tag]]:
    """Walk the tree without recursion. Comments, declarations and scripts are not text."""
    stack: list[tuple[Tag, Iterator[object]]] = [(soup, iter(soup.contents))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield "close", parent
        elif isinstance(child, Tag):
            yield "open", child
            stack.append((child, iter(child.contents)))
        elif type(child) is NavigableString:
            yield "text", child  # type: ignore[misc]
