"""XML of office documents: names without namespaces, and a walk without recursion.

Names are compared without their namespaces: the strict and the transitional kind of DOCX differ in nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element


def name(element: _Element) -> str:
    """Give an element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def get(element: _Element, wanted: str, *, relation: bool = False) -> str:
    """Give an attribute by its name without namespace, or nothing; `relation` picks r:id from between two ids."""
    for key, value in element.attrib.items():
        space, _, own = str(key).rpartition("}")
        if own == wanted and ("relationships" in space) == relation:
            return str(value)
    return ""


def child(element: _Element | None, *path: str) -> _Element | None:
    """Give the first descendant along a path of names."""
    for step in path:
        if element is None:
            return None
        element = next((one for one in element if name(one) == step), None)
    return element


def all_named(element: _Element, *names: str) -> Iterator[_Element]:
    """Give all descendants of these names, in order."""
    return (one for one in element.iter() if name(one) in names)


def walk(root: _Element, enter: Callable[[_Element], bool], leave: Callable[[_Element], None]) -> None:
    """Walk a tree; what `enter` refuses is not gone into, and not left."""
    stack: list[tuple[_Element, Iterator[_Element]]] = []
    if enter(root):
        stack.append((root, iter(root)))
    while stack:
        element, children = stack[-1]
        below = next(children, None)
        if below is None:
            stack.pop()
            leave(element)
        elif enter(below):
            stack.append((below, iter(below)))
