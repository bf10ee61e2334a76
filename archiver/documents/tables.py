"""Read tables and data: CSV and its kin, JSON and JSON Lines. Each cell or string that is or holds an address cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.documents import bare, json_places, written
from archiver.documents.decoding import decode
from archiver.documents.draft import Draft, Reading
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.documents.raw import Raw
    from archiver.documents.written import Piece

_DELIMITERS = ",;\t|"
_SAMPLE = 40  # rows looked at to find the delimiter
_CELLS = 2_000_000
_CONTEXT = 300
_FORMULA = r"=\s?HYPERLINK\s?\("
_LINK = re.compile(rf'{_FORMULA}\s?"([^"]{{1,4096}})"\s?(?:[,;]\s?"([^"]{{0,500}})"\s?)?\)', re.IGNORECASE)
_WHOLE = re.compile(r"(?:https?|ftp)://[^\s<>\"]{1,8192}", re.IGNORECASE)
_COLUMN = re.compile(
    r"(?:.{0,40}[\s_.-])?(?:ur[li]s?|links?|href|web(?:site|page|seite)?|address(?:es)?|homepage|permalink|site|source)(?:[\s_.-].{0,20})?",
    re.IGNORECASE,
)
_NO_CITATION = frozenset({"$schema", "$id", "$ref", "@context", "xmlns", "schema"})
_SEPARATOR = re.compile(r"\ufeff?sep=([^\n\w\"])[,;\t]*\n", re.IGNORECASE)
_MARKS = re.compile(r"\A\s*(?:\[\s*)*\{\s*\"(?:[^\"\\\n]|\\.){0,200}\"\s*:|\A\s*\[\s*\"(?:https?:|www\.)")


class Cell(Struct, frozen=True, gc=False):
    """A cell: where its text stands, without the quotes around it."""

    start: int
    end: int
    quoted: bool = False


def read(raw: Raw) -> Reading:
    """Read a table, or data."""
    text = decode(raw)
    if _MARKS.match(text[:4096].lstrip("\ufeff")):
        return _data(text, raw)
    return _table(text, raw)


def _table(text: str, raw: Raw) -> Reading:
    declared = _SEPARATOR.match(text)
    start = declared.end() if declared else 0
    tabs = raw.source.lower().removesuffix(".gz").endswith((".tsv", ".tab"))
    delimiter = declared.group(1) if declared else "\t" if tabs else _delimiter(text)
    names: list[str] = []
    drafts: list[Draft] = []
    count, first, cut = 0, True, False
    for row in _rows(text, start, delimiter):
        count += len(row)
        if count > _CELLS:
            cut = True
            break
        if first and any(cell.end > cell.start for cell in row):
            first = False
            said = [_piece(text, cell).text for cell in row]
            if _is_header(said):
                names = [mended(name)[:60] for name in said]
                continue
        drafts += _row(text, row, names)
    return Reading(
        text=text,
        drafts=tuple(drafts),
        media_type="text/tab-separated-values" if delimiter == "\t" else "text/csv",
        warnings=("only its first rows were read",) if cut else (),
    )


def _delimiter(text: str) -> str:
    """Find the sign that parts the most rows in the same way; a comma when none does."""
    best, most = ",", 0.0
    head = text[:65_536]
    for sign in _DELIMITERS:
        widths = []
        for row in _rows(head, 0, sign):
            if len(row) > 1 or row[0].end > row[0].start:
                widths.append(len(row))
            if len(widths) >= _SAMPLE:
                break
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        share = widths.count(usual) / len(widths) if widths else 0
        score = share + min(usual, 50) / 1000 if usual > 1 else 0
        if score > most:
            best, most = sign, score
    return best


def _rows(text: str, at: int, delimiter: str) -> Iterator[list[Cell]]:
    """Give the rows. A quote that nothing closes is an ordinary sign, and so are all behind it."""
    sign = re.escape(delimiter)
    quoted = re.compile(rf'[ \ufeff]{{0,9}}"((?:[^"]++|"")*+)"[ ]{{0,9}}(?={sign}|\n|\Z)')
    formula = re.compile(rf"{_FORMULA}(?:\"[^\"\n]*\"|[^\"\n)]){{0,20}}\)", re.IGNORECASE)
    plain = re.compile(rf"[^\n{sign}]*+")
    quotes = True
    row: list[Cell] = []
    length = len(text)
    while at < length:
        found = None
        if quotes and text.startswith(('"', " ", "\ufeff"), at):
            found = quoted.match(text, at)
            if found is None and text.startswith('"', at):
                quotes = _closes(text, at)
        if found is not None:
            row.append(Cell(found.start(1), found.end(1), quoted=True))
        else:
            found = (formula.match(text, at) if text.startswith("=", at) else None) or plain.match(text, at)
            end = found.end() if found else at
            row.append(Cell(at, end))
        at = found.end() if found else at
        if at >= length:
            break
        if text[at] == "\n":
            yield row
            row = []
        elif text[at] != delimiter:  # behind a formula
            continue
        at += 1
    if row:
        yield row


def _closes(text: str, at: int) -> bool:
    """Tell whether there is another quote behind one."""
    return text.find('"', at + 1) >= 0


def _piece(text: str, cell: Cell) -> Piece:
    make = written.of_cell if cell.quoted else written.verbatim
    return make(text, cell.start, cell.end)


def _is_header(cells: list[str]) -> bool:
    told = [cell.strip().lstrip("\ufeff") for cell in cells if cell.strip()]
    return bool(told) and not any(
        len(cell) > 100 or "://" in cell or re.fullmatch(r"[\d.,%:/ -]+", cell) or urls.normalise(cell) for cell in told
    ) and (len(told) > 1 or _COLUMN.fullmatch(told[0]) is not None)


def _row(text: str, row: list[Cell], names: list[str]) -> list[Draft]:
    source = text[row[0].start : row[-1].end]
    if "." not in source and "://" not in source:
        return []
    pieces = [_piece(text, cell) for cell in row]
    found = [
        _addresses(piece, names[index] if index < len(names) else "") for index, piece in enumerate(pieces)
    ]
    drafts: list[Draft] = []
    for index, here in enumerate(found):
        if here:
            context = _context(index, pieces, found, names)
            drafts += [replace(one, context=context) for one in here]
    return drafts


def _context(at: int, pieces: list[Piece], found: list[list[Draft]], names: list[str]) -> str:
    """Tell what stands beside a cell, each with the name of its column."""
    parts: list[str] = []
    length = 0
    for index, piece in enumerate(pieces[:200]):
        if index == at:
            if not _is_only_address(piece):
                parts.insert(0, mended(piece.text[:_CONTEXT]))
            continue
        words = mended(piece.text[:_CONTEXT]) if not found[index] else ""
        if words and length < _CONTEXT:
            name = names[index] if index < len(names) else ""
            parts.append(f"{name}: {words}" if name else words)
            length += len(parts[-1])
    said = "; ".join(parts)[:_CONTEXT]
    name = names[at] if at < len(names) else ""
    return f"{name} ({said})" if name and said else name or said


def _is_only_address(piece: Piece) -> bool:
    words = piece.text.strip()
    return not re.search(r"\s", words) or _LINK.match(words) is not None


def _addresses(piece: Piece, name: str) -> list[Draft]:
    """Give the addresses of a cell or string."""
    words = piece.text.strip()
    if "." not in words and "//" not in words:
        return []
    if link := _LINK.match(words):
        at = piece.text.index(words)
        return [_draft(piece, at + link.start(1), at + link.end(1), link.group(1), mended(link.group(2) or ""))]
    if written.is_markup(words):
        return written.of_html(piece, None)
    if _WHOLE.fullmatch(words) and len(list(bare.find(words))) < 2:
        # Alone in its cell, an address keeps the signs at its end.
        at = piece.text.index(words)
        return [_draft(piece, at, at + len(words), words.replace("&amp;", "&"), words)]
    found = [_draft(piece, one.start, one.end, one.url, mended(one.url)) for one in bare.find(piece.text)]
    if not found and _COLUMN.fullmatch(name) and not re.search(r"\s|@", words) and urls.normalise(words):
        at = piece.text.index(words)
        return [_draft(piece, at, at + len(words), words, words)]
    return found


def _draft(piece: Piece, start: int, end: int, url: str, text: str) -> Draft:
    first = piece.at(start)
    return Draft(start=first, end=max(first, piece.at(end)), url=url, text=text[:_CONTEXT])


def _data(text: str, raw: Raw) -> Reading:
    tree = json_places.load(text)
    if tree.values:
        from archiver.documents import feeds, notebooks

        if feeds.is_json_feed(tree):
            return feeds.of_json(tree, raw.url)
        if notebooks.is_notebook(tree):
            return notebooks.of_json(tree)
    drafts: list[Draft] = []
    loose = [value for value in tree.values if isinstance(value, json_places.Text)]
    for value in loose:
        drafts += _string(tree, value, "", [])
    named: set[int] = set()  # arrays that were read with their key
    for thing in json_places.things(tree.values):
        if isinstance(thing, json_places.Thing):
            named |= {id(value) for _, value in thing.pairs if isinstance(value, json_places.Items)}
            drafts += _object(tree, thing)
        elif id(thing) not in named:
            for item in thing.items:
                if isinstance(item, json_places.Text):
                    drafts += _string(tree, item, "", [])
    return Reading(
        text=text,
        drafts=tuple(drafts),
        media_type="application/x-ndjson" if len(tree.values) > 1 else "application/json",
        warnings=("only its beginning was read",) if tree.cut else (),
    )


def _object(tree: json_places.Tree, thing: json_places.Thing) -> list[Draft]:
    drafts: list[Draft] = []
    beside: list[tuple[str, str]] | None = None
    for key, value in thing.pairs:
        name = tree.piece(key).text
        if "." in name and _WHOLE.fullmatch(name.strip()):
            drafts += _string(tree, key, "", [])
        if name in _NO_CITATION:
            continue
        strings = value.items if isinstance(value, json_places.Items) else [value]
        for string in strings:
            if isinstance(string, json_places.Text) and _may_hold(tree.source, string):
                if beside is None:
                    beside = _beside(tree, thing)
                drafts += _string(tree, string, name, [one for one in beside if one[0] != name])
    return drafts


def _may_hold(source: str, string: json_places.Text) -> bool:
    return source.find(".", string.start, string.end) >= 0 or source.find("/", string.start, string.end) >= 0


def _beside(tree: json_places.Tree, thing: json_places.Thing) -> list[tuple[str, str]]:
    """Give the short values of an object that are no addresses."""
    found: list[tuple[str, str]] = []
    for key, value in thing.pairs[:60]:
        if isinstance(value, json_places.Word):
            words = "" if value.word in ("null", "true", "false") else value.word
        elif isinstance(value, json_places.Text) and value.end - value.start <= 4 * _CONTEXT:
            words = mended(tree.piece(value).text)
        else:
            continue
        if words and "://" not in words and not words.startswith("www."):
            found.append((mended(tree.piece(key).text)[:60], words[:_CONTEXT]))
    return found


def _string(
    tree: json_places.Tree, string: json_places.Text, name: str, beside: list[tuple[str, str]]
) -> list[Draft]:
    piece = tree.piece(string)
    said = "; ".join(f"{key}: {words}" for key, words in beside)[:_CONTEXT]
    name = mended(name)[:60]
    context = f"{name} ({said})" if name and said else name or said
    drafts = []
    for one in _addresses(piece, name):
        around = "" if _is_only_address(piece) else one.context or mended(piece.text[:_CONTEXT])
        drafts.append(replace(one, context=around or context, behind=said))
    return drafts
