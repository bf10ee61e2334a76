"""Read Jupyter notebooks: the prose of the Markdown cells with its notes, addresses in code, and what outputs embed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.documents import bare, json_places, written
from archiver.documents.decoding import decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.mend import mended
from archiver.model import Unreadable

if TYPE_CHECKING:
    from archiver.documents.json_places import Node, Tree
    from archiver.documents.raw import Raw
    from archiver.documents.written import Piece

_CELLS = 20_000
_PLAYER = re.compile(
    r"\b(?P<site>YouTube|Vimeo)Video\(\s{0,9}(?:id\s?=\s?)?(?P<quote>['\"])(?P<id>[\w-]{5,20})(?P=quote)"
)
_VIDEOS = {"YouTube": "https://www.youtube.com/watch?v=", "Vimeo": "https://vimeo.com/"}
# What is filled in when the code runs: no address stands there.
_FILLED_IN = re.compile(r"[{<]|%s|%d(?![0-9a-fA-F])|\$[A-Za-z_{(]")


def read(raw: Raw) -> Reading | Unreadable:
    """Read a notebook."""
    tree = json_places.load(decode(raw))
    if not is_notebook(tree):
        return Unreadable(source=raw.source, reason="is no notebook: it has no cells", hint="save it once more")
    return of_json(tree)


def is_notebook(tree: Tree) -> bool:
    """Tell whether a JSON document is a notebook."""
    if not tree.values:
        return False
    return any(tree.get(cell, "cell_type") is not None for cell in _cells(tree)[:50])


def of_json(tree: Tree) -> Reading:
    """Read a notebook whose JSON is read already."""
    cells = _cells(tree)
    prose: list[Piece] = []
    drafts: list[Draft] = []
    for cell in cells[:_CELLS]:
        kind = tree.said(tree.get(cell, "cell_type"))
        source = _joined(tree, tree.get(cell, "source", "input"))
        if kind in ("markdown", "heading"):
            prose.append(source)
        elif kind == "code":
            drafts += _code(source)
            shown = [draft for output in tree.items(cell, "outputs") for draft in _output(tree, output)]
            drafts += shown or _players(source)
        else:
            drafts += written.of_prose(source)
    about: About | None = None  # as the first cell says it
    # A note may have its body in another cell: then the cells are one text.
    if any("[^" in piece.text or 'href="#' in piece.text for piece in prose):
        prose = [written.joined(prose, "\n\n")]
    for piece in prose:
        found, reading = written.of_markdown(piece)
        drafts += found
        about = about or reading.about
    metadata = tree.get(tree.values[0], "metadata")
    people = [tree.said(tree.get(one, "name")) for one in tree.items(metadata, "authors")[:5]]
    own = About.told(
        "notebook metadata",
        title=mended(tree.said(tree.get(metadata, "title")))[:500] or None,
        author=mended(", ".join(name for name in people if name))[:200] or None,
    )
    return Reading(
        text=tree.source,
        drafts=tuple(drafts),
        media_type="application/x-ipynb+json",
        about=own.filled(about or About()),
        warnings=("only its beginning was read",) if tree.cut or len(cells) > _CELLS else (),
    )


def _cells(tree: Tree) -> list[Node]:
    top = tree.values[0]
    cells = tree.items(top, "cells")
    for sheet in tree.items(top, "worksheets")[:20]:  # notebooks of version 3
        cells = cells + tree.items(sheet, "cells")
    return cells


def _joined(tree: Tree, source: Node | None) -> Piece:
    """Put the lines of a source together; it may be one string as well."""
    lines = source.items if isinstance(source, json_places.Items) else [source] if source is not None else []
    return written.joined(tree.piece(line) for line in lines if isinstance(line, json_places.Text))


def _code(source: Piece) -> list[Draft]:
    drafts = []
    for one in bare.find(source.text):
        if _FILLED_IN.search(source.text, one.start, one.end) or _FILLED_IN.match(source.text, one.end):
            continue
        low = source.text.rfind("\n", 0, one.start) + 1
        high = source.text.find("\n", one.end)
        line = source.text[max(low, one.start - 150) : min(high if high >= 0 else len(source.text), one.end + 150)]
        start = source.at(one.start)
        drafts.append(
            Draft(start=start, end=max(start, source.at(one.end)), url=one.url, text=one.url, context=mended(line))
        )
    return drafts


def _players(source: Piece) -> list[Draft]:
    """Give the videos that a cell would show: most people save notebooks without their outputs."""
    return [
        Draft(
            start=source.at(found.start("id")),
            end=source.at(found.end("id")),
            url=_VIDEOS[found["site"]] + found["id"],
            media=True,
            context=mended(found.group()),
        )
        for found in _PLAYER.finditer(source.text)
    ]


def _output(tree: Tree, output: Node) -> list[Draft]:
    data = tree.get(output, "data") or output
    html = tree.get(data, "text/html", "html")
    if html is not None:
        return written.of_html(_joined(tree, html), None)
    markdown = tree.get(data, "text/markdown", "markdown")
    return written.of_markdown(_joined(tree, markdown))[0] if markdown is not None else []
