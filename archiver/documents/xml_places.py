"""XML as people publish it, with the place of everything: a tolerant reader of tags for feeds, sitemaps and outlines.

Parsers give no columns, and a bare "&" is not well-formed though many feeds have one. Nothing here is expanded or
fetched: a document type is skipped, and an entity that it declares stays as it is written. Time is linear in length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from archiver.documents.written import Piece, joined, of_xml, verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEPTH = 200
_MOST = 600_000  # elements
_NAME = r"[A-Za-z_][\w.:-]{0,100}"
# A value holds no "<" (XML 1.0, 3.1): what is never closed ends at the next tag.
_TAG = re.compile(rf"<(/?)({_NAME})((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_ATTRIBUTE = re.compile(rf"({_NAME})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# The names of the vocabularies, whatever prefix a document gives them.
_PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.google.com/schemas/sitemap-video/1.1": "video",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
_OWN = frozenset({"http://purl.org/rss/1.0/", "http://www.sitemaps.org/schemas/sitemap/0.9"})


class Node(Struct, eq=False):
    """An element."""

    name: str  # with the usual prefix of its vocabulary: "media:content"
    start: int
    inner: int  # where its content begins
    attributes: dict[str, tuple[int, int]]  # where the values stand
    parent: Node | None = None
    stop: int = -1  # where its content ends
    children: list[Node] = field(default_factory=list)
    said: list[tuple[int, int, bool]] = field(default_factory=list)  # its own text; True: in a CDATA section

    def all(self, but_inside: frozenset[str] = frozenset()) -> Iterator[Node]:
        """Give what stands in it, in order, however deep; what stands in elements of these names is left out."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            yield node
            if node.name not in but_inside:
                stack += reversed(node.children)

    def first(self, *names: str) -> Node | None:
        """Give the first child of one of these names."""
        return next((child for name in names for child in self.children if child.name == name), None)


class Tree(Struct):
    """A document."""

    source: str
    root: Node
    cut: bool = False

    def get(self, node: Node, name: str) -> str:
        """Give the value of an attribute, or nothing."""
        piece = self.attribute(node, name)
        return piece.text.strip() if piece else ""

    def attribute(self, node: Node, name: str) -> Piece | None:
        span = node.attributes.get(name.lower())
        return of_xml(self.source, *span) if span else None

    def text(self, node: Node) -> Piece:
        """Give the element's own text."""
        pieces = [
            (verbatim if plain else of_xml)(self.source, start, end)
            for start, end, plain in node.said
            if self.source[start:end].strip() or len(node.said) == 1
        ]
        return joined(pieces) if pieces else verbatim(self.source, node.inner, node.inner)

    def words(self, node: Node | None) -> str:
        return " ".join(self.text(node).text.split()) if node is not None else ""

    def content(self, node: Node) -> Piece:
        """Give what it holds as a piece of HTML: written as elements, escaped, or in a CDATA section."""
        if any(not child.name.startswith("cdata") for child in node.children):
            return verbatim(self.source, node.inner, node.stop)
        return self.text(node)


def load(source: str) -> Tree:
    """Read a document; what is broken is left out."""
    root = Node("", 0, 0, {}, stop=len(source))
    prefixes: dict[str, str] = {}
    stack = [root]
    at, count = 0, 0
    while count < _MOST:
        sign = source.find("<", at)
        end = sign if sign >= 0 else len(source)
        if end > at:
            stack[-1].said.append((at, end, False))
        if sign < 0:
            break
        tag = _TAG.match(source, sign)
        if tag is None:
            at = _other(source, sign, stack[-1])
            continue
        at = tag.end()
        count += 1
        if tag.group(1):
            _close(stack, _named(tag.group(2), prefixes), sign)
            continue
        attributes = _attributes(source, tag, prefixes)
        node = Node(_named(tag.group(2), prefixes), sign, at, attributes, stack[-1])
        stack[-1].children.append(node)
        if tag.group(3).endswith("/"):
            node.stop = at
        elif len(stack) < _DEPTH:
            stack.append(node)
        else:
            node.stop = at
    for node in stack:
        node.stop = len(source) if node.stop < 0 else node.stop
    return Tree(source, root, count >= _MOST)


def _attributes(source: str, tag: re.Match[str], prefixes: dict[str, str]) -> dict[str, tuple[int, int]]:
    attributes: dict[str, tuple[int, int]] = {}
    if "=" in tag.group(3):
        for found in _ATTRIBUTE.finditer(source, tag.start(3), tag.end(3)):
            span = found.span(2) if found.group(2) is not None else found.span(3)
            name = found.group(1).lower()
            attributes.setdefault(name, span)
            if name.startswith("xmlns:") and len(prefixes) < 200:
                prefixes.setdefault(name[6:], _usual(source[span[0] : span[1]].strip(), name[6:]))
    return attributes


def _usual(vocabulary: str, prefix: str) -> str:
    return "" if vocabulary in _OWN else _PREFIXES.get(vocabulary, prefix)


def _named(written: str, prefixes: dict[str, str]) -> str:
    prefix, colon, name = written.rpartition(":")
    if not colon:
        return written.lower()
    prefix = prefixes.get(prefix.lower(), prefix.lower())
    return f"{prefix}:{name.lower()}" if prefix else name.lower()


def _close(stack: list[Node], name: str, at: int) -> None:
    for index in range(len(stack) - 1, 0, -1):
        if stack[index].name == name:
            for node in stack[index:]:
                node.stop = at
            del stack[index:]
            return


def _other(source: str, at: int, node: Node) -> int:
    """Go past what is no tag, and give where it ends."""
    if source.startswith("<!--", at):
        end = source.find("-->", at + 4)
        return end + 3 if end >= 0 else len(source)
    if source.startswith("<![CDATA[", at):
        end = source.find("]]>", at + 9)
        node.said.append((at + 9, end if end >= 0 else len(source), True))
        return end + 3 if end >= 0 else len(source)
    if source.startswith("<!DOCTYPE", at):
        subset, end = source.find("[", at, at + 1000), source.find(">", at)
        closed = source.find("]", subset) if 0 <= subset < end else -1
        end = source.find(">", closed) if closed >= 0 else end
        return end + 1 if end >= 0 else len(source)
    if source.startswith("<?", at):
        end = source.find("?>", at, at + 4000)
        return end + 2 if end >= 0 else at + 2
    node.said.append((at, at + 1, True))
    return at + 1
