"""Addresses that only count clicks and lead on: what they lead to is what was cited."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qs, urlsplit

_DEPTH = 3
# host (without "www."), path, parameter that carries the target
_WRAPPERS = (
    (r"(?:[a-z]+\.)?google\.[a-z.]{2,6}", r"/url", ("url", "q")),
    (r"(?:l|lm|m|www)\.facebook\.com|facebook\.com|l\.instagram\.com", r"/(?:l\.php|flx/warn/?|)", ("u",)),
    (r"(?:m\.)?youtube\.com", r"/redirect", ("q",)),
    (r"t\.umblr\.com", r"/redirect", ("z",)),
    (r"(?:[a-z]{2,3}\.)?linkedin\.com", r"/redir/redirect|/safety/go", ("url",)),
    (r"vk\.com|away\.vk\.com", r"/away(?:\.php)?", ("to",)),
    (r"out\.reddit\.com", r"/[\w/]*", ("url",)),
    (r"steamcommunity\.com", r"/linkfilter/?", ("url", "u")),
    (r"duckduckgo\.com", r"/l/?", ("uddg",)),
    (r"(?:[a-z0-9]+\.)?safelinks\.protection\.outlook\.com", r"/[\w/]*", ("url",)),
    (r"slack-redir\.net", r"/link", ("url",)),
    (r"exit\.sc|gate\.sc", r"/?", ("url",)),
    (r"href\.li|anon\.to|dereferer\.me", r"/?", ()),
)


@cache
def _wrappers() -> tuple[tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(host), re.compile(path), names) for host, path, names in _WRAPPERS)


def unwrapped(address: str) -> str:
    """Give the address behind a known redirector, or the address itself."""
    for _ in range(_DEPTH):
        inner = _inner(address)
        if inner is None:
            break
        address = inner
    return address


def _inner(address: str) -> str | None:
    if "?" not in address:
        return None
    try:
        parts = urlsplit(address if "//" in address[:8] else f"https://{address}")
        host = (parts.hostname or "").removeprefix("www.")
        for hosts, paths, names in _wrappers():
            if hosts.fullmatch(host) and paths.fullmatch(parts.path or "/"):
                if not names:
                    return parts.query if parts.query.startswith(("http://", "https://")) else None
                query = parse_qs(parts.query, max_num_fields=100)
                values = [value for name in names for value in query.get(name, [])]
                return next((value for value in values if value.startswith(("http://", "https://"))), None)
    except ValueError:
        return None
    return None
