"""Read web links: Link headers and TimeMaps in link format (RFC 8288, RFC 6690, RFC 7089). Never raises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.archives.stamps import from_http

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

# A target ends at the first ">", its parameters at the next target: commas stand in both, so none is a boundary.
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_PARAMETER = re.compile(r";\s*([a-zA-Z][\w*-]{0,30})\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))")
_LONGEST = 2000  # characters of the parameters of one link


class Link(Struct, frozen=True, kw_only=True):
    """One link: where it leads, and what that is to the page it stands on."""

    target: str
    rels: frozenset[str]  # in lower case
    datetime: datetime | None = None
    ranged: bool = False  # it says which time it covers, as a page of a TimeMap does


def read_links(text: str) -> Iterator[Link]:
    """Read the links of a header or of a TimeMap, in order."""
    for match in _LINK.finditer(text):
        parameters: dict[str, str] = {}
        for name, quoted, bare in _PARAMETER.findall(match[2][:_LONGEST]):
            parameters.setdefault(name.lower(), quoted or bare)
        yield Link(
            target=match[1].strip(), rels=frozenset(parameters.get("rel", "").lower().split()),
            datetime=from_http(parameters["datetime"]) if "datetime" in parameters else None,
            ranged="from" in parameters or "until" in parameters,
        )
