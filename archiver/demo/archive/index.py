"""The double's index: the CDX server and the availability service."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote_plus

from archiver.demo.archive.holdings import Holdings, closest, key_of
from archiver.demo.archive.words import data, moment, plain

if TYPE_CHECKING:
    from archiver.demo.answers import Reply
    from archiver.demo.archive.holdings import Held

COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 12, 31, tzinfo=UTC)
_Row = tuple[str, ...]


def cdx(holdings: Holdings, query: str, now: datetime) -> Reply:
    """Answer a question to the CDX server."""
    asked = parse_qsl(query, keep_blank_values=True)
    fields = dict(asked)
    if not fields.get("url"):
        return plain("The url parameter is required\n", status=400)
    try:
        held = _matching(holdings.indexed(now), fields)
        rows = [one.row for one in held]
        for name, value in asked:
            if name == "filter":
                rows = _filter(rows, value)
        for name, value in asked:
            if name == "collapse":
                rows = _collapse(rows, value)
        rows, resume = _limit(rows, fields)
        columns = fields["fl"].split(",") if "fl" in fields else list(COLUMNS)
        rows = [tuple(row[COLUMNS.index(column)] for column in columns) for row in rows]
    except (ValueError, re.error) as error:
        return plain(f"{error}\n", status=400)
    if fields.get("output") != "json":
        text = "".join(" ".join(row) + "\n" for row in rows)
        return plain(text + (f"\n{resume}\n" if resume else ""))
    table: list[object] = [columns, *rows] if rows or resume else []
    return data([*table, [], [resume]] if resume else table)


def _matching(held: list[Held], fields: dict[str, str]) -> list[Held]:
    url, kind = fields["url"], fields.get("matchType", "exact")
    if url.endswith("*"):
        url, kind = url[:-1], "prefix"
    elif url.startswith("*."):
        url, kind = url[2:], "domain"
    key = key_of(url)
    if kind == "prefix":
        bare = key.rstrip("/") if url.endswith("/") is False and key.endswith(")/") else key
        held = [one for one in held if one.key.startswith(bare)]
    elif kind in ("host", "domain"):
        name = key.partition(")")[0]
        held = [
            one for one in held if (own := one.key.partition(")")[0]) == name
            or (kind == "domain" and own.startswith(f"{name},"))
        ]
    elif kind == "exact":
        held = [one for one in held if one.key == key]
    else:
        raise ValueError(f"no such matchType: {kind}")
    first = moment(fields["from"]) if fields.get("from") else _EARLIEST
    last = moment(fields["to"], end=True) if fields.get("to") else _LATEST
    held = [one for one in held if first <= one.at <= last]
    if fields.get("sort") == "closest" and fields.get("closest"):
        near = moment(fields["closest"])
        held.sort(key=lambda one: abs(one.at - near))
    return held


def _filter(rows: list[_Row], text: str) -> list[_Row]:
    wanted = not text.startswith("!")
    name, colon, pattern = text.lstrip("!").partition(":")
    if not colon or name not in COLUMNS:
        raise ValueError(f"no such filter: {text}")
    matches = re.compile(pattern).fullmatch
    return [row for row in rows if bool(matches(row[COLUMNS.index(name)])) is wanted]


def _collapse(rows: list[_Row], text: str) -> list[_Row]:
    name, _, length = text.partition(":")
    place, end = COLUMNS.index(name), int(length) if length else None
    kept: list[_Row] = []
    for row in rows:
        if not kept or kept[-1][place][:end] != row[place][:end]:
            kept.append(row)
    return kept


def _limit(rows: list[_Row], fields: dict[str, str]) -> tuple[list[_Row], str | None]:
    """Cut the rows; give also where the next page begins, when that was asked for and there is one."""
    if resume := fields.get("resumeKey"):
        key, _, time = unquote_plus(resume).rstrip("!").rpartition(" ")
        rows = [row for row in rows if (row[0], row[1]) >= (key, time)]
    rows = rows[int(fields.get("offset", 0)) :]
    limit = int(fields.get("limit", 150_000))
    if limit < 0:
        return rows[limit:], None
    more = rows[limit:]
    show = fields.get("showResumeKey") == "true" and bool(more)
    return rows[:limit], f"{quote(more[0][0], safe='')}+{more[0][1]}%21" if show else None


def available(holdings: Holdings, query: str, now: datetime) -> Reply:
    """Answer a question to the availability service."""
    fields = dict(parse_qsl(query, keep_blank_values=True))
    url, time = fields.get("url", ""), fields.get("timestamp", "")
    try:
        near = moment(time) if time else now
    except ValueError:
        near = now
    key = key_of(url)
    one = closest((one for one in holdings.indexed(now) if one.key == key), near)
    found = {} if one is None else {"closest": {
        "status": str(one.status), "available": True, "timestamp": one.stamp,
        "url": f"http://web.archive.org/web/{one.stamp}/{one.url}",
    }}
    return data({"url": url, "archived_snapshots": found} | ({"timestamp": time} if time else {}))
