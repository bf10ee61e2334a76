"""Addresses that a line end has broken in two. Only joined when the next line plainly goes on with the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.documents.bare import Bare, trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDE = 40  # characters of a line that was full
_MOST = 4  # line ends in one address
_NEXT = re.compile(r"\r?\n[ \t>]{0,20}([A-Za-z0-9%_~.=&?#/-][^\s<>\"“”„«»{}|\\^`]{1,500})")
_PATH = re.compile(
    # a file, a query, a date or a number with a path behind it, words joined by two hyphens, or a path of three parts
    r"(?:[\w%.~-]+/)*[^\s/]*\.(?:x?html?|s?html|php\d?|aspx?|jsp|cfm|pdf|docx?|txt|jpe?g|png|gif|mp[34]|webm|ogg|xml|json)\b.*|.*[=&].*"
    r"|\d{2,}[/_-]\S+|\d{4,}/?|[\w%.~]+(?:[-_][\w%.~]+){2,}/?|[\w%.~]+(?:[-_][\w%.~]+)?/(?:[\w%.~-]+/)+[\w%.~-]*"
    r"|[\w%~-]*(?:[A-Za-z]\d|\d[A-Za-z])[\w%~/-]*|[a-z]\w*-[\w-]+/\S*",
    re.IGNORECASE,
)


def joined(text: str, found: Sequence[Bare]) -> list[Bare]:
    """Give the addresses, each with its continuation on the lines below it."""
    whole: list[Bare] = []
    for one in found:
        if whole and one.start < whole[-1].end:
            continue
        whole.append(_whole(text, one))
    return whole


def _whole(text: str, one: Bare) -> Bare:
    for _ in range(_MOST):
        if one.url[-1:] not in ("/", "-", "=", "&", "_", "?", "%") or text[one.end : one.end + 1] not in ("\n", "\r"):
            break
        line = text.rfind("\n", max(0, one.end - 2000), one.end) + 1
        following = _NEXT.match(text, one.end)
        if one.end - line < _WIDE or following is None or "://" in following.group(1):
            break
        piece = trimmed(following.group(1), "")
        query = one.url[-1] in "=&?%" and len(piece) > 1
        if not piece or not (query or _PATH.fullmatch(piece)):
            break
        one = Bare(one.start, following.start(1) + len(piece), one.url + piece)
    return one
