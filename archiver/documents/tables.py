"""Read tables, CSV and its kin: each cell that is or holds an address cites. Data (JSON) is read by data.py."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.documents import cells, written
from archiver.documents.decoding import decode
from archiver.documents.draft import Draft, Reading
from archiver.documents.mend import mended
from archiver.model import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.documents.raw import Raw
    from archiver.documents.written import Piece

_DELIMITERS = ",;\t|"
_SAMPLE = 40  # rows looked at to find the delimiter
_CELLS = 2_000_000
_NAMED = 20  # columns in a hint
_SEPARATOR = re.compile(r"\ufeff?sep=([^\n\w\"])[,;\t]*\n", re.IGNORECASE)
# An object with a key, or an array of strings.
_MARKS = re.compile(
    r"\A\s*(?:\[\s*)*+\{\s*\"(?:[^\"\\\n]|\\.){0,200}\"\s*:"
    r"|\A\s*(?:\[\s*)++\"(?:https?:|www\.|[^\"\n]{0,200}\"\s*[,\]])"
)


class Cell(Struct, frozen=True, gc=False):
    """A cell: where its text stands, without the quotes around it."""

    start: int
    end: int
    quoted: bool = False


def read(raw: Raw) -> Reading | Unreadable:
    """Read a table, or data; all of it, or the column that is asked for."""
    text = decode(raw)
    if _MARKS.match(text[:4096].lstrip("\ufeff")):
        from archiver.documents import data

        return data.read(text, raw)
    return _table(text, raw)


def _table(text: str, raw: Raw) -> Reading | Unreadable:
    declared = _SEPARATOR.match(text)
    start = declared.end() if declared else 0
    tabs = raw.source.lower().removesuffix(".gz").endswith((".tsv", ".tab"))
    delimiter = declared.group(1) if declared else "\t" if tabs else _delimiter(text)
    names: list[str] = []
    asked: frozenset[int] | None = None
    drafts: list[Draft] = []
    count, first, cut = 0, True, False
    for row in _rows(text, start, delimiter):
        count += len(row)
        if count > _CELLS:
            cut = True
            break
        remark = len(row) == 1 and text.startswith("#", row[0].start)  # above the names of the columns
        if first and not remark and any(cell.end > cell.start for cell in row):
            first = False
            said = [mended(_piece(text, cell).text) for cell in row]
            named = raw.column is not None and _folded(raw.column) in map(_folded, said)
            if named or _is_header([_piece(text, cell).text for cell in row]):
                names = [name[:60] for name in said]
            if raw.column is not None and not (asked := _asked(raw.column, names, len(row))):
                return _without(raw, names, len(row))
            if names:
                continue
        drafts += _row(text, row, names, asked)
    return Reading(
        text=text,
        drafts=tuple(drafts),
        media_type="text/tab-separated-values" if delimiter == "\t" else "text/csv",
        warnings=("only its first rows were read",) if cut else (),
    )


def _folded(name: str) -> str:
    return " ".join(name.lstrip("\ufeff").casefold().split())


def _asked(column: str, names: list[str], width: int) -> frozenset[int]:
    """Give the places of a column, by its name or else by its number; several may have the same name."""
    column = _folded(column)
    if found := frozenset(at for at, name in enumerate(names) if _folded(name) == column[:60]):
        return found
    number = int(column) if column.isdecimal() and len(column) < 9 else 0
    return frozenset({number - 1} if 1 <= number <= width else ())


def _without(raw: Raw, names: list[str], width: int) -> Unreadable:
    more = ", ..." if len(names) > _NAMED else ""
    hint = (
        f"columns: {', '.join(names[:_NAMED])}{more}"
        if names
        else f"its columns have no names: give a number, 1 to {width}"
    )
    return Unreadable(source=raw.source, reason=f"has no column '{mended(raw.column or '')[:60]}'", hint=hint)


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
    formula = re.compile(rf"{cells.FORMULA}(?:\"[^\"\n]*\"|[^\"\n)]){{0,20}}\)", re.IGNORECASE)
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


def _is_header(row: list[str]) -> bool:
    told = [cell.strip().lstrip("\ufeff") for cell in row if cell.strip()]
    return (
        bool(told)
        and not any(
            len(cell) > 100 or "://" in cell or re.fullmatch(r"[\d.,%:/ -]+", cell) or urls.normalise(cell)
            for cell in told
        )
        and (len(told) > 1 or cells.is_for_addresses(told[0]))
    )


def _row(text: str, row: list[Cell], names: list[str], asked: frozenset[int] | None) -> list[Draft]:
    source = text[row[0].start : row[-1].end]
    if "." not in source and "://" not in source:
        return []
    pieces = [_piece(text, cell) for cell in row]
    found = [
        cells.addresses(piece, names[index] if index < len(names) else "", asked=asked is not None)
        if asked is None or index in asked
        else []
        for index, piece in enumerate(pieces)
    ]
    if not any(found):
        return []
    found = cells.once([(names[index] if index < len(names) else "", one) for index, one in enumerate(found)])
    beside = [
        (names[index] if index < len(names) else "", mended(piece.text[: cells.LONGEST]))
        for index, piece in enumerate(pieces[:200])
    ]
    drafts: list[Draft] = []
    for index, here in enumerate(found):
        if here:
            around = [one for at, one in enumerate(beside) if at != index and "://" not in one[1] and not found[at]]
            title, seen = cells.titled(around), cells.seen(around)
            alone = cells.is_only_address(pieces[index])
            own = here[0].context or "" if written.is_markup(pieces[index].text) else pieces[index].text
            context = _context("" if alone else own, names[index] if index < len(names) else "", around)
            drafts += [
                replace(
                    one,
                    context=context,
                    text=title if title and alone and one.text in (one.url, pieces[index].text.strip()) else one.text,
                    behind=seen,
                )
                for one in here
            ]
    return drafts


def _context(own: str, name: str, beside: list[tuple[str, str]]) -> str:
    """Tell what stands in a cell beside its address, and beside the cell, each with the name of its column."""
    parts = [mended(own[: cells.LONGEST])] if own else []
    length = 0
    for column, words in beside:
        if words and length < cells.LONGEST:
            parts.append(f"{column}: {words}" if column else words)
            length += len(parts[-1])
    said = "; ".join(parts)[: cells.LONGEST]
    return f"{name} ({said})" if name and said else name or said
