"""Signed addresses, which are good for a while: until when, by what stands in them.

Stores and delivery networks sign an address with the time of its end: after that they refuse it, as they were told to,
whatever has become of the file. The present is the time of the answer, never a clock of this module's.
"""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from archiver import urls
from archiver.checks.media.files import is_file
from archiver.checks.media.word import load, walk
from archiver.checks.page import is_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archiver.web.exchange import Hop

REFUSALS = frozenset({400, 401, 403, 404, 410})
_SLACK = timedelta(minutes=1)  # clocks differ
_FIRST, _LAST = 1_000_000_000, 4_102_444_800  # 2001 to 2100: other numbers are no times
# Who writes when its time is over, under which name (lower case). In seconds, milliseconds, or as a date.
_ENDS = frozenset({
    "expires", "expire", "exp", "expiry", "expiration", "expiretime", "expires_at", "e", "se", "x-expires", "validto",
    "validuntil", "valid_until", "deadline", "etime", "endtime", "expiration_time", "x-cdn-expires", "tokenexpiry",
})
# Said of other things, too: on an address of a page, none of these is enough.
_LOOSE = frozenset({
    "e", "exp", "expiry", "expiration", "deadline", "etime", "endtime", "ex", "token", "jwt", "auth", "access_token",
    "st",
})
_HEX_ENDS = frozenset({"oe", "ex", "wstime"})  # Facebook's and Discord's files, and Tencent's
_SPANS = ("x-amz", "x-goog", "x-oss", "x-tos", "x-obs", "x-cos", "x-ms")  # NAME-Date, and NAME-Expires in seconds
_TOKENS = frozenset({"token", "jwt", "auth", "access_token", "hdnts", "hdnea", "hdntl", "__token__", "policy", "st"})
_AKAMAI = re.compile(r"(?:^|[=~/?&;*])exp=(\d{10})(?:~|$)")
_PATH = re.compile(r"/(?:expires?|exp)[/=](\d{10}|\d{13})(?:/|~|$)")
_SECRET = re.compile(r"^[A-Za-z0-9_+/=~.%!*-]{16,}$")
_SIGNED_DATE = re.compile(r"^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$")
_HEX = re.compile(r"^[0-9A-Fa-f]{8}$")


def expired(link: str, hop: Hop) -> str:
    """Say until when a signed address was good, where that is over and the server refuses it; else nothing."""
    if hop.status not in REFUSALS or ("=" not in link and "/exp" not in link):
        return ""
    page = is_html(hop) and not is_file(link)
    for name, end in _ends(link):
        if end + _SLACK < hop.started and not (page and name in _LOOSE):
            until = f"{end:%Y-%m-%d %H:%M} UTC"
            return f"it was good until {until}, as its “{name}” says, and the server answered {hop.status}"
    return ""


def _ends(link: str) -> Iterator[tuple[str, datetime]]:
    """Give the times in an address at which it ends, the plainest first, each with its name."""
    try:
        given = parse_qsl(urls.query(link)[1:], keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return
    query = {name.lower(): value for name, value in reversed(given)}
    for name in _SPANS:
        if (end := _span(query, name)) is not None:
            yield f"{name}-expires", end
    signed = any(
        len(value) >= 16 and _SECRET.match(value) and not value.isdigit() and not value.startswith("http")
        for name, value in query.items() if name not in _ENDS
    )
    for name, value in query.items() if signed else ():
        end = _time(value) if name in _ENDS else None
        if name in _HEX_ENDS and _HEX.match(value):
            end = _moment(int(value, 16))
        if end is not None:
            yield name, end
    if found := _AKAMAI.search(unquote(urls.path(link) + urls.query(link))):
        if (end := _time(found[1])) is not None:
            yield "exp=", end
    elif (found := _PATH.search(urls.path(link))) and (end := _time(found[1])) is not None:
        yield "expire", end
    for name in _TOKENS & query.keys():
        if (end := _inside(query[name])) is not None:
            yield name, end


def _span(query: Mapping[str, str], name: str) -> datetime | None:
    begun = _SIGNED_DATE.match(query.get(f"{name}-date", ""))
    seconds = query.get(f"{name}-expires", "")
    if begun is None or not seconds.isascii() or not seconds.isdigit() or len(seconds) > 9:
        return None
    try:
        year, month, day, hour, minute, second = map(int, begun.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC) + timedelta(seconds=int(seconds))
    except (ValueError, OverflowError):
        return None


def _time(value: str) -> datetime | None:
    value = value.strip()
    if value.isascii() and value.isdigit():
        number = int(value) if len(value) in (10, 13) else 0
        return _moment(number // 1000 if len(value) == 13 else number)
    if not re.match(r"^\d{4}-\d\d-\d\d", value) or len(value) > 35:
        return None
    try:
        found = datetime.fromisoformat(value.replace(" ", "+", 1) if "T" in value else value)
        if len(value) == 10:
            found += timedelta(days=1)  # to the end of that day
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if _FIRST < seconds < _LAST else None


def _inside(value: str) -> datetime | None:
    """Give the end that a policy or a token holds: JSON in base64, by itself or as the middle of three parts."""
    if len(value) > 4000:
        return None
    parts = value.split(".")
    text = parts[1] if len(parts) == 3 and parts[0].startswith("eyJ") else value
    if not text.startswith("eyJ"):
        return None
    if text is value:
        text = text.replace("_", "=").replace("-", "+").replace("~", "/")  # as CloudFront writes it
    text = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        told = load(base64.b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None
    for key, found in walk(told):
        if key in ("exp", "AWS:EpochTime") and isinstance(found, int) and not isinstance(found, bool):
            return _moment(found // 1000 if found > _LAST else found)
    return None
