"""An HTML page as a flat list: its elements in order, each with its place in the source and in the readable text.

BeautifulSoup builds the tree; this walks it once, without recursion, so that depth is no danger. On the way, what its
parser leaves open is closed as browsers do it, as far as it matters for what a reader sees: an item ends where the next
one begins, a paragraph where a block does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from msgspec import Struct

from archiver.documents.html.tags import attributes, calm, tag_end

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 16_000_000  # characters of a page that are read
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
_APART = frozenset({"ltx_note_outer", "sidenote", "marginnote"})  # notes that stand in the running text
_THIN = frozenset({"a", "span", "b", "i", "em", "strong", "small", "font"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Element(Struct, eq=False):
    """An element, where it begins in the source, and which part of the readable text it covers."""

    name: str
    at: int  # offset of its start tag in the source
    start: int  # offsets in the readable text
    end: int = 0
    parent: Element | None = None
    index: int = 0  # among the page's elements
    stop: int = 0  # index of the first element behind it
    attributes: dict[str, str] = {}
    content: str = ""  # of a script or title

    def get(self, name: str) -> str:
        """Give an attribute, or nothing."""
        return self.attributes.get(name, "")

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
    names: dict[str, Element] | None = None

    def named(self) -> dict[str, Element]:
        """Give the elements that something can point to."""
        if self.names is not None:
            return self.names
        found: dict[str, Element] = {}
        self.names = found
        for element in self.elements:
            if not element.attributes:
                continue
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


_TOOLBAR = re.compile(
    r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.{0,400000}?<!-- END WAYBACK TOOLBAR INSERT -->", re.DOTALL
)


def load(source: str) -> Page:
    """Parse a page."""
    import warnings

    cut = len(source) > LIMIT
    source = source[:LIMIT]
    plain = source
    if "<!-- BEGIN WAYBACK TOOLBAR INSERT -->" in source:
        # What an archive's replay adds to a page was never on it.
        plain = _TOOLBAR.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), source)
    plain = calm(plain)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # BeautifulSoup's advice to programmers about what the input resembles
        soup = BeautifulSoup(plain, "html.parser", multi_valued_attributes=None)
    builder = _Builder(plain)
    builder.read(soup)
    return Page(source=source, text="".join(builder.text.pieces), elements=builder.elements, cut=cut)


def _events(soup: BeautifulSoup) -> Iterator[tuple[str, Tag | str]]:
    """Walk the tree without recursion. Comments, declarations and scripts are not text."""
    stack: list[tuple[Tag, Iterator[object]]] = [(soup, iter(soup.contents))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield "close", parent.name
        elif isinstance(child, Tag):
            yield "open", child
            stack.append((child, iter(child.contents)))
        elif type(child) is NavigableString:
            yield "text", str(child)


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

    @property
    def bracketed(self) -> bool:
        """Tell whether a bracket was just opened: a number in it needs not be raised too."""
        return bool(self.pieces) and self.pieces[-1].endswith(("[", "("))

    def apart(self) -> None:
        if self.pieces and self.pieces[-1] != "\n\n":
            self.pieces.append("\n\n")
            self.length += 2
        self._space = True


# What never holds anything.
_VOID = frozenset(
    {
        *("area", "base", "basefont", "bgsound", "br", "col", "command", "embed", "frame", "hr", "img", "input"),
        *("keygen", "link", "meta", "param", "source", "track", "wbr"),
    }
)
_IN_HEAD = frozenset(
    {"title", "meta", "link", "base", "script", "style", "noscript", "template", "basefont", "bgsound"}
)
# What each start tag ends, and what it never reaches beyond.
_CELLS = frozenset({"table", "td", "th", "caption", "object", "template"})
_LISTS = _CELLS | {"ul", "ol", "menu", "dir"}
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), _LISTS),
    "dt": (frozenset({"dt", "dd"}), _CELLS | {"dl"}),
    "dd": (frozenset({"dt", "dd"}), _CELLS | {"dl"}),
    "option": (frozenset({"option"}), _CELLS | {"select"}),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table", "template"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "template", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "template", "tr"})),
    **dict.fromkeys(
        ("tbody", "thead", "tfoot"),
        (frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}), frozenset({"table", "template"})),
    ),
}
_TABLE = _CELLS | {"tbody", "thead", "tfoot", "tr", "html", "body"}
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "q", "s", "small", "span", "strike", "strong"),
        *("sub", "sup", "tt", "u"),
    }
)
_NO_PARAGRAPH = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot", "caption", "html", "body"})
_PARAGRAPH = frozenset({"p"})
_FAR = 64  # elements between an end that is implied and what it ends


class _Builder:
    """Elements and text, growing."""

    def __init__(self, source: str) -> None:
        self.text = _Text()
        self.elements: list[Element] = []
        self._source = source
        self._lines = [0, *(found.end() for found in re.finditer("\n", source))]
        self._around: list[Element] = []
        self._open: dict[str, int] = {}  # how many of each name are open
        self._silent = 0
        self._counters: list[int] = []

    def read(self, soup: BeautifulSoup) -> None:
        """Read the whole tree."""
        text = self.text
        for event, node in _events(soup):
            if isinstance(node, Tag):
                self._start(node)
            elif event == "close":
                self._end(node)
            else:
                if self._around and self._around[-1].name == "head" and not node.isspace():
                    self._pop()  # a head that nobody closed
                if not self._silent:
                    _say(text, node, self._around[-1] if self._around else None)
        while self._around:
            self._pop()

    def _at(self, tag: Tag) -> int:
        line, column = tag.sourceline, tag.sourcepos
        return self._lines[min(line, len(self._lines)) - 1] + column if line and column is not None else 0

    def _attributes(self, tag: Tag, at: int) -> dict[str, str]:
        source = self._source
        if tag.attrs and "&" in source[at : source.find(">", at)]:
            # Python's parser reads "&copy=1" in an address as a sign; the standard does not (13.2.5.73).
            return attributes(source[at + 1 + len(tag.name) : tag_end(source, at) - 1])
        return {name: str(value or "") for name, value in tag.attrs.items()}

    def _start(self, tag: Tag) -> None:
        name, around, text = tag.name, self._around, self.text
        if around and around[-1].name == "head" and name not in _IN_HEAD:
            self._pop()
        if name in _ENDS:
            self._imply(*_ENDS[name])
        if name in _BLOCKS:
            if self._open.get("p") and name not in _NO_PARAGRAPH:
                self._imply(_PARAGRAPH, _CELLS)
            text.apart()
        at = self._at(tag)
        element = Element(
            name,
            at,
            text.length,
            text.length,
            around[-1] if around else None,
            len(self.elements),
            attributes=self._attributes(tag, at),
            content=_content(tag) if name in ("script", "title") else "",
        )
        self.elements.append(element)
        if name in _VOID:
            element.stop = len(self.elements)
            if name == "br":
                text.add("\n", raw=True)
            elif name in _BLOCKS:
                text.apart()
            return
        around.append(element)
        self._open[name] = self._open.get(name, 0) + 1
        self._silent += name in _SILENT
        if name in ("ol", "li"):
            _number(text, element, self._counters)
        elif name == "span" and element.get("class") in _APART:
            text.add(" ")

    def _imply(self, names: frozenset[str], beyond: frozenset[str]) -> None:
        """End what the next start tag ends."""
        if not any(self._open.get(name) for name in names):
            return
        outermost = -1
        for index in range(len(self._around) - 1, max(-1, len(self._around) - _FAR), -1):
            name = self._around[index].name
            if name in names:
                outermost = index
            elif name in beyond:
                break
        if outermost >= 0:
            self._cut(outermost)

    def _end(self, name: str) -> None:
        if name == "br":
            self.text.add("\n", raw=True)
        if not self._open.get(name):
            return
        around = self._around
        blocked = False
        for index in range(len(around) - 1, -1, -1):
            inner = around[index].name
            if inner == name:
                if blocked:
                    self._leave(index)
                else:
                    self._cut(index)
                return
            if inner in _CELLS and name not in _TABLE:
                return  # nothing outside of the cell ends here
            blocked = blocked or (name in _INLINE and inner in _BLOCKS)

    def _leave(self, index: int) -> None:
        """End an element that is no block, while blocks inside it go on."""
        element = self._around.pop(index)
        self._close(element)

    def _cut(self, index: int) -> None:
        while len(self._around) > index:
            self._pop()

    def _pop(self) -> None:
        self._close(self._around.pop())

    def _close(self, element: Element) -> None:
        name, text = element.name, self.text
        element.end = text.length
        element.stop = len(self.elements)
        self._open[name] -= 1
        self._silent -= name in _SILENT
        if name == "ol" and self._counters:
            self._counters.pop()
        if name in _BLOCKS:
            text.apart()


def _content(tag: Tag) -> str:
    return "".join(str(child) for child in tag.contents if isinstance(child, NavigableString))


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
    if len(words) < 12 and words.strip().isdigit() and words.isascii() and _raised(around) and not text.bracketed:
        text.add(words.strip().translate(_RAISED), raw=True)
    elif around is not None and around.name == "pre":
        text.add(words, raw=True)
    else:
        text.add(words)


def _raised(around: Element | None) -> bool:
    return around is not None and (around.name == "sup" or (around.name in _THIN and around.within("sup") is not None))
