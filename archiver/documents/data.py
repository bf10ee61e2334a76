"""Read data, JSON and JSON Lines: each string that is or holds an address cites, by its key and what is beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archiver.documents import cells, json_places, written
from archiver.documents.draft import Draft, Reading
from archiver.documents.json_places import Items, Text, Thing, Word
from archiver.documents.mend import mended
from archiver.model import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.documents.json_places import Node, Tree
    from archiver.documents.raw import Raw

_NO_CITATION = frozenset({"$schema", "$id", "$ref", "@context", "xmlns", "schema"})
# A key, and the keys beside it that say the same less well.
_BETTER = {"expanded_url": ("url", "display_url"), "media_url_https": ("media_url", "url", "display_url")}
_WIKITEXT = frozenset({"*", "wikitext", "content"})  # as MediaWiki's interface gives pages
_WIKI = re.compile(
    r"<ref[\s>/]|\{\{[^{}\n]{1,200}(?:\||\}\})|\[\[[^\[\]\n]{1,200}\]\]|\[https?://[^\s\]]{1,500} [^\]\n]{1,300}\]"
)
_TOLD = 20  # keys in a hint
_DEEPEST = 20  # keys in a path that is asked for


def read(text: str, raw: Raw) -> Reading | Unreadable:
    """Read all that is there, or what stands under the key that is asked for."""
    tree = json_places.load(text)
    if tree.values:
        from archiver.documents import feeds, notebooks

        if feeds.is_json_feed(tree):
            return feeds.of_json(tree, raw.url)
        if notebooks.is_notebook(tree):
            return notebooks.of_json(tree)
        if raw.column is None and _is_record_of_requests(tree):
            return Unreadable(
                source=raw.source,
                reason="is a record of a browser's requests (HAR), which cites nothing",
                hint="to read it all the same, name the column request.url",
            )
    reader = _Reader(tree)
    if raw.column is None:
        reader.all()
    elif not reader.under(raw.column) and tree.values:
        hint = f"columns: {', '.join(reader.names())}" if reader.names() else "it has no keys"
        return Unreadable(source=raw.source, reason=f"has no column '{mended(raw.column)[:60]}'", hint=hint)
    return Reading(
        text=text,
        drafts=reader.all_cited(),
        media_type="application/x-ndjson" if len(tree.values) > 1 else "application/json",
        warnings=("only its beginning was read",) if tree.cut else (),
    )


def _is_record_of_requests(tree: Tree) -> bool:
    log = tree.get(tree.values[0], "log")
    return any(tree.get(entry, "request") is not None for entry in tree.items(log, "entries")[:5])


class _Reader:
    """One document."""

    def __init__(self, tree: Tree) -> None:
        self.drafts: list[Draft] = []
        self._tree = tree
        self._short: set[str] = set()  # addresses that stand for others, which are given with them

    def all(self) -> None:
        """Read every string."""
        self._values(self._tree.values)

    def under(self, column: str) -> bool:
        """Read what stands under a key, "url", or a path of keys, "entry.url"; tell whether it is there at all.

        A path may begin anywhere: "url" is found however deep. In rows without keys, a column has a number.
        """
        whole = column.strip().lower()
        path = tuple(part.strip() for part in whole.split("."))[-_DEEPEST:]
        found = False
        stack: list[tuple[Node, tuple[str, ...]]] = [(value, ()) for value in reversed(self._tree.values)]
        while stack:
            node, above = stack.pop()
            if isinstance(node, Items):
                stack += [(item, above) for item in reversed(node.items) if isinstance(item, Items | Thing)]
            if not isinstance(node, Thing):
                continue
            deeper: list[tuple[Node, tuple[str, ...]]] = []
            for key, value in node.pairs:
                name = self._tree.piece(key).text.strip().lower()
                here = (*above, name)[-len(path) :]
                if here == path or name == whole:
                    found = True
                    self._asked(node, key, value)
                elif isinstance(value, Items | Thing):
                    deeper.append((value, here))
            stack += reversed(deeper)
        return found or self._column(whole)

    def _asked(self, thing: Thing, key: Text, value: Node) -> None:
        strings = value.items if isinstance(value, Items) else [value]
        beside: list[tuple[str, str]] | None = None
        for string in strings:
            if isinstance(string, Text):
                beside = self._beside(thing, key) if beside is None else beside
                self._string(string, self._name(key), beside, asked=True)
        self._values([one for one in strings if isinstance(one, Items | Thing)])

    def _column(self, column: str) -> bool:
        """Read one column of rows that are arrays; the first row may have the names."""
        rows = next(
            (
                [row for row in thing.items if isinstance(row, Items)]
                for thing in json_places.things(self._tree.values)
                if isinstance(thing, Items) and any(isinstance(row, Items) for row in thing.items[:3])
            ),
            [value for value in self._tree.values if isinstance(value, Items)],
        )
        names = [self._tree.said(one).strip().lower() for one in rows[0].items] if rows else []
        at = names.index(column) if column in names else int(column) - 1 if column.isdecimal() else -1
        if not 0 <= at < len(names):
            return False
        for row in rows:
            if at < len(row.items) and isinstance(value := row.items[at], Text):
                self._string(value, names[at] if column in names else "", [], asked=True)
        return True

    def names(self) -> list[str]:
        """Give the keys that the document has, the first of them."""
        found: dict[str, None] = {}
        for thing in json_places.things(self._tree.values):
            for key, _ in thing.pairs if isinstance(thing, Thing) else ():
                found.setdefault(self._name(key), None)
                if len(found) >= _TOLD:
                    return list(found)
        return list(found)

    def _name(self, key: Text) -> str:
        return mended(self._tree.piece(key).text)[:60]

    def _values(self, values: list[Node]) -> None:
        for value in values:
            if isinstance(value, Text):
                self._string(value, "", [])
        named: set[int] = set()  # arrays that were read with their key
        for thing in json_places.things(values):
            if isinstance(thing, Thing):
                named |= {id(value) for _, value in thing.pairs if isinstance(value, Items)}
                self._object(thing)
            elif id(thing) not in named:
                for item in thing.items:
                    if isinstance(item, Text):
                        self._string(item, "", [])

    def _object(self, thing: Thing) -> None:
        beside: list[tuple[str, str]] | None = None
        names = [self._tree.piece(key).text for key, _ in thing.pairs]
        better = {other for name in set(names) for other in _BETTER.get(name, ())}
        found: list[tuple[str, list[Draft]]] = []
        for name, (key, value) in zip(names, thing.pairs, strict=True):
            if "." in name and cells.is_whole(name.strip()):
                found.append(("", list(self._cited(key, "", []))))
            if name in _NO_CITATION or name in better:
                self._short |= {self._tree.said(value)} if name in better else set()
                continue
            for string in value.items if isinstance(value, Items) else [value]:
                if isinstance(string, Text) and self._may_hold(string):
                    beside = self._beside(thing) if beside is None else beside
                    told = [one for one in beside if one[0] != name and one[0] not in better]
                    found.append((name, list(self._cited(string, name, told))))
        for drafts in cells.once(found):
            self.drafts += drafts

    def _may_hold(self, string: Text) -> bool:
        source = self._tree.source
        return source.find(".", string.start, string.end) >= 0 or source.find("/", string.start, string.end) >= 0

    def _beside(self, thing: Thing, own: Text | None = None) -> list[tuple[str, str]]:
        """Give the short values of an object that are no addresses."""
        found: list[tuple[str, str]] = []
        for key, value in thing.pairs[:60]:
            if isinstance(value, Word):
                words = "" if value.word in ("null", "true", "false") else value.word
            elif isinstance(value, Text) and value.end - value.start <= 4 * cells.LONGEST:
                words = mended(self._tree.piece(value).text)
            else:
                words = self._date_in_parts(value)
            if key is not own and words and "://" not in words and not words.startswith("www."):
                found.append((self._name(key), words[: cells.LONGEST]))
        return found

    def _date_in_parts(self, value: Node) -> str:
        """Read a date as citation programs write it: {"date-parts": [[2014, 5, 3]]}."""
        dates = self._tree.items(value, "date-parts")
        parts = dates[0].items[:3] if dates and isinstance(dates[0], Items) else []
        said = [one.word if isinstance(one, Word) else self._tree.said(one) for one in parts]
        return "-".join(one.rjust(2, "0") for one in said) if all(one.isdecimal() for one in said) else ""

    def _string(self, string: Text, name: str, beside: list[tuple[str, str]], *, asked: bool = False) -> None:
        self.drafts += self._cited(string, name, beside, asked=asked)

    def _cited(self, string: Text, name: str, beside: list[tuple[str, str]], *, asked: bool = False) -> Iterator[Draft]:
        piece = self._tree.piece(string)
        if name in _WIKITEXT and _WIKI.search(piece.text):
            return iter(written.of_wikitext(piece))
        name = mended(name)[:60]
        return told(cells.addresses(piece, name, asked=asked), piece, name, beside)

    def all_cited(self) -> tuple[Draft, ...]:
        """Give what was found, without the short addresses whose long ones were given."""
        return tuple(one for one in self.drafts if one.url not in self._short)


def told(found: Iterable[Draft], piece: written.Piece, name: str, beside: list[tuple[str, str]]) -> Iterator[Draft]:
    """Say of addresses under a key what stands beside them."""
    said = "; ".join(f"{key}: {words}" for key, words in beside)[: cells.LONGEST]
    context = f"{name} ({said})" if name and said else name or said
    alone = cells.is_only_address(piece)
    title = cells.titled(beside) if alone else ""
    seen = cells.seen(beside)
    for one in found:
        around = "" if alone else one.context or mended(piece.text[: cells.LONGEST])
        own = title if title and one.text in (one.url, piece.text.strip()) else one.text
        yield replace(one, context=around or context, text=own, behind=seen or said)
