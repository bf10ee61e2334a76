"""Addresses that only count clicks, warn or scan, and lead on: what they lead to is what was cited.

Only what carries its target readably is unwrapped. A copy in a web archive is no redirector: it was cited itself.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from urllib.parse import SplitResult

_DEPTH = 3
# host (without "www."), path, parameter that carries the target
_WRAPPERS = (
    (r"(?:[a-z]+\.)?google\.[a-z.]{2,6}", r"/url|/aclk|/scholar_url", ("url", "q", "adurl")),
    (r"googleadservices\.com", r"/pagead/aclk", ("adurl",)),
    (r"(?:l|lm|m|www)\.facebook\.com|facebook\.com|l\.(?:instagram|threads|messenger)\.(?:com|net)",
     r"/(?:l\.php|flx/warn/?|)", ("u",)),
    (r"(?:m\.)?youtube\.com", r"/redirect", ("q",)),
    (r"t\.umblr\.com", r"/redirect", ("z",)),
    (r"(?:[a-z]{2,3}\.)?linkedin\.com", r"/redir/redirect|/safety/go|/redir/general-malware-page", ("url",)),
    (r"vk\.com|away\.vk\.com|m\.vk\.com", r"/away(?:\.php)?", ("to",)),
    (r"ok\.ru", r"/dk", ("st.link",)),
    (r"out\.reddit\.com", r"/[\w/]*", ("url",)),
    (r"steamcommunity\.com", r"/linkfilter/?", ("url", "u")),
    (r"(?:html\.)?duckduckgo\.com", r"/l/?", ("uddg",)),
    (r"(?:[a-z0-9]+\.)?safelinks\.protection\.outlook\.com", r"/[\w/.-]*", ("url",)),
    (r"statics\.teams\.cdn\.office\.net", r"/evergreen-assets/safelinks/.*", ("url",)),
    (r"slack-redir\.net", r"/link", ("url",)),
    (r"exit\.sc|gate\.sc", r"/?", ("url",)),
    (r"medium\.com", r"/r/?", ("url",)),
    (r"go\.bsky\.app", r"/redirect", ("u",)),
    (r"t\.me", r"/iv", ("url",)),
    (r"getpocket\.com", r"/redirect", ("url",)),
    (r"link\.(?:zhihu|csdn|juejin)\.(?:com|net|cn)|gitee\.com", r"/(?:link)?", ("target",)),
    (r"jianshu\.com", r"/go-wild", ("url",)),
    (r"weibo\.cn", r"/sinaurl", ("u", "toasturl")),
    (r"(?:protect\d?\.)?fireeye\.com|clicktime\.symantec\.com|clicktime\.cloud\.postoffice\.net", r"/[\w/.-]*", ("u",)),
    (r"linkprotect\.cudasvc\.com", r"/url", ("a",)),
    (r"(?:cdn|i)\.embedly\.com", r"/widgets/media\.html", ("url", "src")),
    (r"go\.redirectingat\.com|go\.skimresources\.com|redirect\.viglink\.com", r"/?", ("url", "u")),
    (r"awin1\.com", r"/cread\.php", ("ued", "p")),
    (r"click\.linksynergy\.com", r"/(?:deeplink|fs-bin/click)", ("murl", "RD_PARM1")),
    (r"(?:[\w-]+\.){0,3}(?:ezproxy|libproxy|idm\.oclc)\.[\w.-]+|(?:ez|lib)?proxy\d?\.[\w.-]+\.edu",
     r"/login", ("url", "qurl")),
    (r"href\.li|anon\.to|dereferer\.me|nullrefer\.com|hidereferrer\.com", r"/?", ()),
)
_MENTIONS = re.compile(r"[?/](?:.*(?:https?(?::|%3a|-3a)|=a1ahr0c)|c/s/|amp/s/|v/s/)", re.IGNORECASE)


@cache
def _wrappers() -> tuple[tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(host), re.compile(path), names) for host, path, names in _WRAPPERS)


def unwrapped(address: str) -> str:
    """Give the address behind a known redirector, or the address itself."""
    for _ in range(_DEPTH):
        # Past its scheme, an address of a redirector holds another address, or says that it shows one.
        if not _MENTIONS.search(address, 9):
            break
        inner = _inner(address)
        if inner is None:
            break
        address = inner
    return address


def _inner(address: str) -> str | None:
    try:
        parts = urlsplit(address if "//" in address[:8] else f"https://{address}")
        host = (parts.hostname or "").removeprefix("www.")
        for own, read in _OTHERS:
            if host == own or host.endswith(f".{own}"):
                found = read(parts)
                return found if found and _whole(found) else None
        if parts.path.startswith("/amp/") and re.fullmatch(r"google\.[a-z.]{2,6}", host):
            return _amp(parts)
        for hosts, paths, names in _wrappers() if parts.query else ():
            if hosts.fullmatch(host) and paths.fullmatch(parts.path or "/"):
                if not names:
                    return parts.query if _whole(parts.query) else None
                query = parse_qs(parts.query, max_num_fields=100)
                values = [value for name in names for value in query.get(name, [])]
                return next((value for value in values if _whole(value)), None)
    except ValueError:
        return None
    return None


def _whole(address: str) -> bool:
    return re.match(r"https?://[^\s/]", address, re.IGNORECASE) is not None


def _bing(parts: SplitResult) -> str | None:
    """Read the target that Bing writes in base64, behind two signs that say so."""
    values = parse_qs(parts.query, max_num_fields=100).get("u", [""]) if parts.path.startswith("/ck/a") else [""]
    if not values[0].startswith("a1"):
        return None
    written = values[0][2:]
    return urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode("utf-8", "replace")


def _yahoo(parts: SplitResult) -> str | None:
    found = re.search(r"/RU=([^/]+)/", parts.path)
    return unquote(found.group(1)) if found else None


_SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"


def _defence(parts: SplitResult) -> str | None:
    """Read the three spellings of Proofpoint's addresses, as its own decoder does."""
    if parts.path in ("/v1/url", "/v2/url"):
        value = parse_qs(parts.query, max_num_fields=100).get("u", [""])[0]
        if parts.path == "/v1/url":
            return value
        return unquote(re.sub(r"-([0-9A-Fa-f]{2})", r"%\1", value).replace("_", "/"))
    whole = parts.geturl()
    found = re.search(r"/v3/__(.+?)__;([\w-]*)!", whole)
    if not found:
        return None
    # Each "*" stands for a sign written in base64 behind the address, "**A" for a run of them.
    lost = urlsafe_b64decode(found.group(2) + "=" * (-len(found.group(2)) % 4)).decode("utf-8", "replace")
    signs = iter(lost)

    def put(star: re.Match[str]) -> str:
        count = _SAFE.index(star.group(1)) + 2 if star.group(1) else 1
        return "".join(next(signs, "") for _ in range(count))

    address = re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", put, found.group(1))
    return re.sub(r"^(https?:/)(?=[^/])", r"\1/", address)


def _amp(parts: SplitResult) -> str | None:
    """Read which page a cache of light pages shows."""
    found = re.match(r"/(?:amp|[cv])/(s/)?([^/]+\.[^/]+/?.*)", parts.path)
    if not found:
        return None
    query = re.sub(r"(?<=[?&])(?:amp_js_v|amp_gsa|usqp)=[^&]*(?:&|$)", "", f"?{parts.query}").rstrip("?&")
    return f"{'https' if found.group(1) else 'http'}://{found.group(2)}{query}"


def _disqus(parts: SplitResult) -> str | None:
    """Read a target that ends in a colon and a mark of who wrote it."""
    value = parse_qs(parts.query, max_num_fields=100).get("url", [""])[0]
    return re.sub(r":[\w-]{6,40}$", "", value)


def _via(parts: SplitResult) -> str | None:
    return parts.path[1:] + (f"?{parts.query}" if parts.query else "")


def _counted(parts: SplitResult) -> str | None:
    """Read the target of a mail's counter, which stands escaped between two slashes."""
    found = re.match(r"/[LC][A-Z]?\d/([^/]+)/", parts.path)
    return unquote(found.group(1)) if found else None


_OTHERS: tuple[tuple[str, Callable[[SplitResult], str | None]], ...] = (
    ("bing.com", _bing),
    ("r.search.yahoo.com", _yahoo),
    ("urldefense.com", _defence),
    ("urldefense.us", _defence),
    ("urldefense.proofpoint.com", _defence),
    ("disq.us", _disqus),
    ("cdn.ampproject.org", _amp),
    ("via.hypothes.is", _via),
    ("awstrack.me", _counted),
    ("tracking.tldrnewsletter.com", _counted),
)
