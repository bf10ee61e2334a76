"""JSON with the place of every string: one value, or several, one after the other, as JSON Lines have them.

The parser of the standard library gives no places and nothing of a file that is cut off. Time is linear in the length,
and depth is no danger.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from archiver.documents.written import Piece, of_json

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 16_000_000  # characters that are read
_MOST = 1_000_000  # values
# A string that nothing closes ends with its line, and is left out: nobody knows what is missing of it.
_TOKEN = re.compile(r'"((?:[^"\\\n]++|\\.)*+)("?)|[\[\]{},:]|[^\s\[\]{},:"]++')


class Text(Struct, frozen=True, gc=False):
    """A string, and where it stands, without its quotes."""

    start: int
    end: int


class Word(Struct, frozen=True, gc=False):
    """A number, true, false or null, as it is written."""

    word: str


class Thing(Struct, eq=False):
    """An object."""

    pairs: list[tuple[Text, Node]] = field(default_factory=list)


class Items(Struct, eq=False):
    """An array."""

    items: list[Node] = field(default_factory=list)


Node = Text | Word | Thing | Items


class Tree(Struct):
    """A document."""

    source: str
    values: list[Node]
    cut: bool = False

    def piece(self, text: Text) -> Piece:
        return of_json(self.source, text.start, text.end)

    def said(self, node: Node | None) -> str:
        """Give what a string says, or nothing."""
        return self.piece(node).text if isinstance(node, Text) else ""

    def get(self, node: Node | None, *names: str) -> Node | None:
        """Give the first value of an object that has one of these keys."""
        if isinstance(node, Thing):
            for name in names:
                for key, value in node.pairs:
                    if self.source[key.start : key.end] == name:
                        return value
        return None

    def items(self, node: Node | None, *names: str) -> list[Node]:
        """Give the items of the array under one of these keys."""
        found = self.get(node, *names)
        return found.items if isinstance(found, Items) else []


def load(source: str) -> Tree:
    """Read a document; what is broken is left out, and what is cut off is read up to its end."""
    values: list[Node] = []
    stack: list[tuple[Thing | Items, list[Text]]] = []  # with the key that waits for its value
    count = 0
    cut = len(source) > LIMIT
    for token in _TOKEN.finditer(source, 0, min(len(source), LIMIT)):
        sign = source[token.start()]
        if sign in ",:":
            continue
        if sign in "]}":
            if stack:
                stack.pop()
            continue
        count += 1
        if count > _MOST:
            cut = True
            break
        node: Node
        if token.group(1) is not None:
            node = Text(*token.span(1)) if token.group(2) else Word("")
        elif sign == "{":
            node = Thing()
        elif sign == "[":
            node = Items()
        else:
            node = Word(token.group()[:100])
        _put(node, stack, values)
        if isinstance(node, Thing | Items):
            stack.append((node, []))
    return Tree(source, values, cut)


def _put(node: Node, stack: list[tuple[Thing | Items, list[Text]]], values: list[Node]) -> None:
    if not stack:
        values.append(node)
        return
    around, key = stack[-1]
    if isinstance(around, Items):
        around.items.append(node)
    elif key:
        around.pairs.append((key.pop(), node))
    elif isinstance(node, Text):
        key.append(node)


def things(values: list[Node]) -> Iterator[Thing | Items]:
    """Give all objects and arrays, in order, however deep."""
    stack = list(reversed(values))
    while stack:
        node = stack.pop()
        if isinstance(node, Thing):
            yield node
            stack += [value for _, value in reversed(node.pairs)]
        elif isinstance(node, Items):
            yield node
            stack += reversed(node.items)
