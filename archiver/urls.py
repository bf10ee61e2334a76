"""Addresses: normalise, compare, take apart. WHATWG parsing and IDNA by ada; registrable domains by tldextract's own
copy of the public suffix list (never downloaded).

A *link* is a normalised address: two spellings that every browser sends as the same request give the same link.
Nothing that a server could tell apart is changed: query order, trailing slashes, letter case of paths and tracking
parameters stay, unless a caller asks for `drop_tracking`. Fragments are kept: `#page=7` is part of what was cited.
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract

_MAX_LENGTH = 8192  # longer ones are data, not addresses; servers refuse them at 8 KB
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_BARE_HOST = re.compile(r"^[^\s/@:?#]+\.[^\s/@:?#.]{2,}(?::\d{1,5})?(?:[/?#]|$)")
# Parameters that only tell who sent the reader. Sources: the vendors' own documentation of campaign tagging.
_TRACKING = re.compile(
    r"^(utm_[a-z_]+|gclid|gclsrc|dclid|gbraid|wbraid|fbclid|msclkid|yclid|twclid|ttclid|igshid|mc_cid|mc_eid|_hsenc"
    r"|_hsmi|mkt_tok|vero_id|oly_anon_id|oly_enc_id|wt_mc|at_medium|at_campaign)$",
    re.IGNORECASE,
)
# What the URL standard leaves as it is: a host in lower case that is an ordinary name or four numbers, a port that
# is not the scheme's own, a path without dot segments, and only signs that nothing escapes.
_IS_LINK = re.compile(
    r"https?://(?>(?:[a-z0-9](?:[a-z0-9]|-(?!-))*\.)+[a-z][a-z0-9]*"
    r"|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))"
    r"(?::(?!80/|443/)(?:[1-5]\d{4}|[1-9]\d{0,3}))?"
    r"/(?:[A-Za-z0-9_~!$&()*+,;=:@/-]|(?<![/.])\.|%(?!2[eE]))*+"
    r"(?:\?[A-Za-z0-9_~!$&()*+,;=:@/?.%-]++)?(?:\#[A-Za-z0-9_~!$&()*+,;=:@/?.%-]++)?",
    re.ASCII,
)
# RFC 6761 and RFC 7686: names that the public DNS never answers.
_NEVER_RESOLVES = (".invalid", ".example", ".onion")


@lru_cache(maxsize=65536)
def normalise(address: str, *, drop_tracking: bool = False) -> str | None:
    """Give the link for an address as somebody wrote it, or None when no http(s) request can be made of it.

    An address without a scheme ("www.example.org/a", "//example.org") is read as https. Any other scheme gives None.
    Credentials are dropped: they are not part of what was cited and must not be sent.
    """
    if len(address) <= _MAX_LENGTH and not (drop_tracking and "?" in address) and _IS_LINK.fullmatch(address):
        return address
    import ada_url

    text = address.strip()
    if not text or len(text) > _MAX_LENGTH:
        return None
    if text.startswith("//"):
        text = f"https:{text}"
    elif _BARE_HOST.match(text) and not text.lower().startswith(("http:", "https:")):
        text = f"https://{text}"
    if not _SCHEME.match(text):
        return None
    try:
        link = ada_url.normalize_url(text)
    except ValueError:
        return None
    if not link.startswith(("http://", "https://")):  # these two have a host, or are no address
        return None
    return _without(link, tracking=drop_tracking) if drop_tracking or "@" in link else link


def _without(link: str, *, tracking: bool) -> str:
    """Drop credentials and, if so wished, tracking parameters."""
    import ada_url

    url = ada_url.URL(link)
    if url.username or url.password:
        url.username = url.password = ""
    if tracking and url.search:
        url.search = "&".join(
            pair for pair in url.search[1:].split("&") if not _TRACKING.match(pair.partition("=")[0])
        )
    return str(url.href)


def join(base: str, reference: str) -> str | None:
    """Resolve a reference against the page it stands on; None when the result is no address at all.

    The result may have any scheme: what to do with `mailto:` or `file:` is the caller's business.
    """
    import ada_url

    try:
        return str(ada_url.join_url(base, reference.strip()))
    except ValueError:
        return None


def without_fragment(link: str) -> str:
    """Give the address that is requested: a fragment never leaves the browser."""
    return link.partition("#")[0]


def fragment(link: str) -> str:
    """Give the fragment without its sign, or nothing."""
    return link.partition("#")[2]


def scheme(address: str) -> str:
    """Give the scheme in lower case, without colon, or nothing."""
    match = _SCHEME.match(address.strip())
    return match.group()[:-1].lower() if match else ""


@lru_cache(maxsize=65536)
def _split(link: str) -> tuple[str, str, str, str]:
    if normalise(link) != link:  # what is a link already needs no parser
        import ada_url

        url = ada_url.URL(link)
        return str(url.hostname), str(url.host), str(url.pathname), str(url.search)
    place, _, search = without_fragment(link).partition("?")
    server, _, way = place.partition("://")[2].partition("/")
    name = server if server.endswith("]") or ":" not in server else server.rpartition(":")[0]
    return name, server, f"/{way}", f"?{search}" if search else ""


def host(link: str) -> str:
    """Give the host name, in ASCII, without port; IPv6 addresses in brackets."""
    return _split(link)[0]


def authority(link: str) -> str:
    """Give host and, unless it is the scheme's own, port: what politeness counts as one server."""
    return _split(link)[1]


def path(link: str) -> str:
    """Give the path, percent-encoded, starting with a slash."""
    return _split(link)[2]


def query(link: str) -> str:
    """Give the query with its question mark, or nothing."""
    return _split(link)[3]


def is_front_page(link: str) -> bool:
    """Tell whether this is a site's front page, in any of its usual spellings."""
    page = path(link).lower().rstrip("/")
    return not query(link) and page in (
        "", "/index.html", "/index.htm", "/index.php", "/home", "/default.aspx", "/index.aspx",
    )


@cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


@lru_cache(maxsize=16384)
def registrable_domain(name: str) -> str:
    """Give the part of a host name that somebody registered ("bbc.co.uk"); an IP address or bare name as it is."""
    if as_ip(name) is not None:
        return name
    parts = _suffixes()(name)
    return f"{parts.domain}.{parts.suffix}" if parts.domain and parts.suffix else name


def as_ip(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Give the address when a host is written as one."""
    try:
        return ipaddress.ip_address(name.strip("[]").partition("%")[0])
    except ValueError:
        return None


def same_site(one: str, other: str) -> bool:
    """Tell whether two links belong to the same registrable domain."""
    return registrable_domain(host(one)) == registrable_domain(host(other))


def differs_only_in_spelling(one: str, other: str) -> bool:
    """Tell whether two links are the same page but for http/https, "www.", a trailing slash or the fragment."""

    def bare(link: str) -> tuple[str, str, str]:
        name = authority(link).removeprefix("www.")
        return name.removesuffix(":80").removesuffix(":443"), path(link).rstrip("/"), query(link)

    return bare(one) == bare(other)


def never_resolves(name: str) -> bool:
    """Tell whether the public DNS can have no answer for this name, by RFC 6761 and RFC 7686."""
    return f".{name.lower().rstrip('.')}".endswith(_NEVER_RESOLVES)
