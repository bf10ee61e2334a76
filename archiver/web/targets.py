"""Parts of links, and where a redirect leads. Links are normalised already, so taking them apart needs no parser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from archiver import urls

if TYPE_CHECKING:
    from archiver.web.exchange import Hop

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def authority_of(url: str) -> str:
    """Give host and port of a link."""
    return url.partition("://")[2].partition("/")[0]


def host_of(authority: str) -> str:
    """Give the host without its port; IPv6 addresses in brackets."""
    if authority.endswith("]"):
        return authority
    return authority.rpartition(":")[0] if ":" in authority else authority


def parts(url: str) -> tuple[str, str, str]:
    """Give scheme, authority and host of a link."""
    scheme, _, rest = url.partition("://")
    authority = rest.partition("/")[0]
    return scheme, authority, host_of(authority)


def location(hop: Hop) -> str | None:
    """Give where a redirect leads, as text: headers are bytes, and some servers send UTF-8 or worse."""
    if hop.status not in REDIRECTS:
        return None
    value = hop.header("location") or ""
    if value.isascii():
        return value or None
    raw = value.encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return quote(raw, safe="".join(map(chr, range(0x21, 0x7F))))


def target(url: str, where: str) -> str | None:
    """Give the address that a redirect leads to, or None when nobody can follow it."""
    joined = urls.join(url, where)
    if joined is None or urls.scheme(joined) not in ("http", "https"):
        return None
    link = urls.normalise(joined)
    return None if link is None else urls.without_fragment(link)
