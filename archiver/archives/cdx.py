"""Read the answers of CDX servers: JSON arrays, text rows, JSON lines. Pure, and never raises.

A damaged row costs that row. An answer of which nothing can be read is None: it is no word about the address.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.archives.stamps import from_stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

# Columns of a text row, in the servers' default order.
_COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
# What other servers call them (pywb's JSON lines).
_ALIASES = {"url": "original", "mime": "mimetype", "status": "statuscode"}
_REVISIT = "warc/revisit"
_EXCLUDED = re.compile(r"(AdministrativeAccessControl|RobotAccessControl)Exception")
_WWW = re.compile(r"^www\d*\.")
_KEY = re.compile(r"^[^\s<>{}\[\]\"]{3,500}$")


class Row(Struct, frozen=True, kw_only=True):
    """One capture in an archive's index."""

    taken: datetime
    stamp: str  # the time as the archive writes it, 14 digits
    original: str
    status: int | None = None
    media_type: str | None = None
    digest: str | None = None
    revisit: bool = False  # the same bytes were there before; status and media type are those of that time


class Page(Struct, frozen=True, kw_only=True):
    """What an index answered."""

    rows: tuple[Row, ...] = ()
    resume: str | None = None  # where the next page begins, when there are more rows
    damaged: int = 0  # rows that could not be read
    excluded: bool = False  # the archive keeps this site, or this address, from everybody

    @property
    def none(self) -> bool:
        """Tell whether the index says that it holds nothing."""
        return not (self.rows or self.resume or self.damaged or self.excluded)


def read_json(text: str) -> Page | None:
    """Read an array of arrays, the first of which names the columns. `[]` is the way to say "nothing"."""
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        return Page(excluded=True) if _EXCLUDED.search(text) else None
    if not isinstance(table, list) or not all(isinstance(line, list) for line in table):
        return None
    if not table:
        return Page()
    columns = [str(name) for name in table[0]]
    if not {"timestamp", "original"} <= set(columns):
        return None
    lines, resume = table[1:], None
    if len(lines) >= 2 and lines[-2] == [] and len(lines[-1]) == 1 and isinstance(lines[-1][0], str):
        lines, resume = lines[:-2], lines[-1][0]
    rows = [
        _row(dict(zip(columns, line, strict=True))) if len(line) == len(columns) else None for line in lines if line
    ]
    return _page(rows, resume)


def read_text(text: str) -> Page | None:
    """Read rows separated by spaces. An empty text is the way to say "nothing"."""
    lines = text.replace("\r\n", "\n").split("\n")
    if _EXCLUDED.search(text):
        return Page(excluded=True)
    resume = None
    stripped = [line.strip() for line in lines]
    while stripped and not stripped[-1]:
        stripped.pop()
    if len(stripped) >= 2 and not stripped[-2] and _KEY.match(stripped[-1]):
        resume = stripped[-1]
        stripped = stripped[:-2]
    rows = [_row(_fields(line)) for line in stripped if line]
    return _page(rows, resume) if any(rows) or not rows else None


def read_lines(text: str) -> Page | None:
    """Read JSON lines, each an object, also behind a key and a time (CDXJ). An empty text is "nothing"."""
    rows: list[Row | None] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        head, brace, tail = line.partition("{")
        try:
            fields = json.loads(brace + tail)
        except (ValueError, RecursionError):
            rows.append(None)
            continue
        if not isinstance(fields, dict):
            rows.append(None)
            continue
        named: dict[str, object] = {_ALIASES.get(str(name), str(name)): value for name, value in fields.items()}
        before = head.split()
        if len(before) == 2:
            named.setdefault("timestamp", before[1])
        rows.append(_row(named))
    return _page(rows, None) if any(rows) or not rows else None


def only_of(link: str, page: Page) -> Page:
    """Keep the rows that are of this link's host; an index that lists another's has not understood the question."""
    kept = tuple(row for row in page.rows if same_host(row.original, link))
    return replace(page, rows=kept, damaged=page.damaged + len(page.rows) - len(kept))


def same_host(one: str, other: str) -> bool:
    """Tell whether two addresses are of one host, as archives count: "www." makes no difference, nor does the port."""
    links = [urls.normalise(address) for address in (one, other)]
    names = [_WWW.sub("", urls.host(link)).rstrip(".") for link in links if link is not None]
    return len(names) == 2 and names[0] == names[1]


def resolve(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Give each revisit the status and the media type of a row with the same bytes, where there is one."""
    known = {row.digest: row for row in rows if row.digest and not row.revisit}
    return tuple(
        replace(row, status=known[row.digest].status, media_type=known[row.digest].media_type)
        if row.revisit and row.status is None and row.digest in known else row
        for row in rows
    )


def _page(rows: Sequence[Row | None], resume: str | None) -> Page:
    good = tuple(dict.fromkeys(row for row in rows if row is not None))  # indexes repeat rows
    return Page(rows=resolve(good), resume=resume, damaged=sum(row is None for row in rows))


def _fields(line: str) -> dict[str, str]:
    """Take a text row apart. Addresses and media types with raw spaces make it longer than it should be."""
    parts = line.split(" ")
    if len(parts) < len(_COLUMNS):
        return {}
    urlkey, timestamp, *middle, status, digest, length = parts
    return dict(zip(_COLUMNS, (urlkey, timestamp, middle[0], middle[1], status, digest, length), strict=True))


def _row(fields: Mapping[str, object]) -> Row | None:
    stamp, original = _text(fields, "timestamp"), _text(fields, "original").strip()
    taken = from_stamp(stamp)
    link = urls.normalise(original) if urls.scheme(original) in ("http", "https") else None
    if taken is None or link is None or "@" in urls.authority(link) or _is_mailto(original):
        return None
    status, media_type = _text(fields, "statuscode"), _text(fields, "mimetype").lower()
    digest = _text(fields, "digest")
    revisit = media_type == _REVISIT
    return Row(
        taken=taken, stamp=stamp, original=original, revisit=revisit,
        status=int(status) if len(status) == 3 and status.isascii() and status.isdigit() else None,
        media_type=media_type if "/" in media_type and not revisit else None,
        digest=digest if digest not in ("", "-") else None,
    )


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else str(value) if type(value) is int else ""


def _is_mailto(original: str) -> bool:
    """Tell a mail address that a crawler took for a host ("http://mailto:somebody@example.org/")."""
    return original.partition("//")[2].lower().startswith("mailto:")
