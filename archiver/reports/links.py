"""What documents cite, as JSON, written while they are read: however many there are, memory holds one at a time."""

from __future__ import annotations

import tempfile
from textwrap import indent
from typing import TYPE_CHECKING

from archiver.model import Document
from archiver.reports.shape import document_object, json_lines, json_text, listed, listed_object, unreadable_objects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.model import Unreadable

LINKS_SCHEMA = "archiver.links/1"


def links_json(found: Iterable[Document | Unreadable], *, everything: bool) -> Iterator[str]:
    """Give the pieces of the object of schema archiver.links/1; `everything` adds notes that are mere remarks."""
    yield f'{{\n  "schema": "{LINKS_SCHEMA}",\n  "documents": ['
    unreadable: list[Unreadable] = []
    # Documents come first in the answer: what they cite waits on the disk until all of them are known.
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as kept:
        documents = citations = 0
        for item in found:
            if not isinstance(item, Document):
                unreadable.append(item)
                continue
            yield _item(document_object(item), documents)
            documents += 1
            for citation in listed([item], everything=everything):
                kept.write(_item(listed_object(citation), citations))
                citations += 1
        yield f'{_end(documents)},\n  "citations": ['
        kept.seek(0)
        while piece := kept.read(1 << 16):
            yield piece
        yield f'{_end(citations)},\n  "unreadable": '
    yield indent(json_text(unreadable_objects(unreadable)), "  ").lstrip()
    yield "\n}\n"


def links_lines(found: Iterable[Document | Unreadable], *, everything: bool) -> Iterator[str]:
    """Give what is cited as JSON Lines: one citation each, as in `links_json`."""
    for item in found:
        if isinstance(item, Document):
            yield json_lines(listed_object(citation) for citation in listed([item], everything=everything))


def _item(value: object, number: int) -> str:
    return f"{',' if number else ''}\n{indent(json_text(value), '    ')}"


def _end(count: int) -> str:
    return "\n  ]" if count else "]"
