"""Reads what the interfaces of media hosts answer: oEmbed, and those of their own that are well known.

Only codes and structure are read here. An answer that is not what such an interface gives settles nothing: consent
pages and walls come with 200, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from archiver import urls
from archiver.checks.media.word import HINT, LIKELY, SURE, Word, alive, load, removed, text_of, unclear, walk, word
from archiver.model import SignalKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archiver.web.exchange import Hop

    Reader = Callable[[Hop], Word]

GONE: Mapping[int, tuple[SignalKind, int]] = {
    404: (SignalKind.MEDIA_REMOVED, LIKELY), 410: (SignalKind.MEDIA_REMOVED, LIKELY),
}


def oembed(name: str, statuses: Mapping[int, tuple[SignalKind, int]]) -> Reader:
    """Make the reader of a host's oEmbed answers; `statuses`: what one other than 200 means, and its weight."""

    def read(hop: Hop) -> Word:
        value = load(hop.decoded) if hop.status == 200 else None
        if isinstance(value, dict) and _describes(value):
            if name == "Vimeo" and not text_of(value, "title", "html"):  # its word on what is not for everybody
                return word(SignalKind.MEDIA_PRIVATE, f"{name} shows it on chosen sites only")
            if value.get("age_limit") == 18 or value.get("is_age_restricted") is True:
                return alive(f"{name} knows it", value.get("title"), also=SignalKind.AGE_RESTRICTED)
            return alive(f"{name} knows it", value.get("title"))
        if hop.status == 200:
            return unclear(f"{name} answered 200, but not with a description")
        if found := statuses.get(hop.status):
            kind, weight = found
            return word(kind, f"{name}'s oEmbed answered {hop.status}", weight=weight)
        return unclear(f"{name}'s oEmbed answered {hop.status}")

    return read


def _describes(value: Mapping[str, object]) -> bool:
    """Tell whether this is a description: errors may be objects with a "type" or a "title", too."""
    if "error" in value or "errors" in value:
        return False
    return text_of(value, "html", "url", "author_name", "provider_name", "thumbnail_url") != "" or (
        text_of(value, "title") != "" and value.get("type") in ("video", "rich", "photo", "link")
    )


# ---------------------------------------------------------------- YouTube

_OF_VIDEO: Mapping[int, tuple[SignalKind, int]] = {
    # 401 is the owner's wish that nobody embeds it, 403 a private video, or one for some readers only.
    400: (SignalKind.MEDIA_REMOVED, HINT), 401: (SignalKind.MEDIA_NOT_EMBEDDABLE, SURE),
    403: (SignalKind.MEDIA_PRIVATE, LIKELY), 404: (SignalKind.MEDIA_REMOVED, SURE),
    410: (SignalKind.MEDIA_REMOVED, SURE),
}


def youtube(hop: Hop) -> Word:
    """Read YouTube's oEmbed. It does not know every kind of list that its pages show."""
    is_list = "%2Fplaylist%3F" in hop.url
    return oembed("YouTube", {**_OF_VIDEO, **GONE} if is_list else _OF_VIDEO)(hop)


# ---------------------------------------------------------------- archive.org

_ITEM = re.compile(r"^/(?:details|embed|stream|metadata)/([A-Za-z0-9][\w.-]{0,99})(?:/|$)", re.ASCII)
_DARK = re.compile(rb'"is_dark"\s*:\s*true')


def archive_item(link: str) -> str | None:
    """Give the address that asks the Internet Archive about an item."""
    if urls.host(link).removeprefix("www.") != "archive.org":
        return None
    found = _ITEM.match(urls.path(link))
    return f"https://archive.org/metadata/{found[1]}" if found else None


def archive_metadata(hop: Hop) -> Word:
    """Read the Internet Archive's metadata of an item: an empty object for none; those of large items are cut."""
    body = hop.decoded.strip()
    if hop.status != 200:
        return unclear(f"archive.org's metadata answered {hop.status}")
    if body == b"{}":
        return removed("archive.org has no such item")
    if _DARK.search(body):
        return removed("archive.org has taken the item down")
    value = load(body)
    if isinstance(value, dict) and ("metadata" in value or "files" in value):
        title = text_of(value.get("metadata"), "title")
        return alive("archive.org has the item", title)
    if value is None and hop.truncated == "length" and body.startswith(b'{"') and b'"files"' in body:
        return alive("archive.org has the item")
    return unclear("archive.org answered, but not with an item's metadata")


# ---------------------------------------------------------------- Dailymotion

_CODES: Mapping[str, SignalKind] = {
    "DM007": SignalKind.MEDIA_GEO, "DM010": SignalKind.MEDIA_PRIVATE,
}


_TAKEN = ("removed", "deleted", "exist", "not found", "no longer", "copyright", "breach")


def dailymotion_metadata(hop: Hop) -> Word:
    """Read what Dailymotion's player is told of a video."""
    value = load(hop.decoded)
    if not isinstance(value, dict):
        return unclear(f"Dailymotion's metadata answered {hop.status}")
    error = value.get("error")
    if isinstance(error, dict):
        code, said = str(error.get("code", ""))[:20], text_of(error, "title", "message", "raw_message")[:200]
        detail = f"Dailymotion says {code}: {said}"
        lower = said.lower()
        if code in _CODES:
            return word(_CODES[code], detail)
        if "country" in lower or "geo" in lower:
            return word(SignalKind.MEDIA_GEO, detail)
        if "private" in lower or "password" in lower:
            return word(SignalKind.MEDIA_PRIVATE, detail)
        if any(text in lower for text in _TAKEN):
            return removed(detail)
        return unclear(detail)
    if hop.status == 200 and (value.get("qualities") or text_of(value, "title")):
        if value.get("private") is True:
            return word(SignalKind.MEDIA_PRIVATE, "Dailymotion says that it is private")
        explicit = value.get("explicit") is True
        return alive("Dailymotion's player has it", value.get("title"),
                     also=SignalKind.AGE_RESTRICTED if explicit else None)
    return unclear(f"Dailymotion's metadata answered {hop.status}")


# ---------------------------------------------------------------- X

_POST = re.compile(r"/status(?:es)?/(\d+)")


def post_number(link: str) -> str | None:
    """Give the address that asks for a post as other sites show it."""
    found = _POST.search(link)
    # The token is made from the number by the script that embeds posts; any is taken.
    return f"https://cdn.syndication.twimg.com/tweet-result?id={found[1]}&token=a&lang=en" if found else None


def post(hop: Hop) -> Word:
    """Read a post as it is shown on other sites, or the stone in its place."""
    value = load(hop.decoded) if hop.status == 200 else None
    if not isinstance(value, dict) or not value:
        return unclear(f"X's syndication answered {hop.status}")  # an empty object is said of living ones, too
    kind = value.get("__typename")
    if kind == "Tweet" or (kind is None and text_of(value, "text") and "user" in value):
        return alive("X shows it on other sites")
    if kind not in ("TweetTombstone", "TweetUnavailable"):
        return unclear("X's syndication answered with something else")
    said = " ".join(
        [text_of(value, "reason"), *(found for key, found in walk(value) if key == "text" and isinstance(found, str))],
    )[:300].strip()
    lower, detail = said.lower(), f"X says “{said[:200]}”" if said else "X shows a tombstone in its place"
    if "nsfw" in lower or "age-restricted" in lower or "adult content" in lower:
        return alive(detail, also=SignalKind.AGE_RESTRICTED)
    if "protected" in lower or "limits who can view" in lower:
        return word(SignalKind.MEDIA_PRIVATE, detail)
    if "withheld" in lower:
        return word(SignalKind.MEDIA_GEO, detail)
    if any(text in lower for text in ("deleted", "suspended", "no longer exists", "violat")):
        return removed(detail)
    return unclear(detail)


def x(hop: Hop) -> Word:
    """Read X's oEmbed: it refuses what its author shows to followers only, and posts of closed accounts."""
    if hop.status == 403 and (b"suspended" in hop.decoded[:4000].lower() or _SUSPENDED.search(hop.decoded[:4000])):
        return removed("X says that the account is suspended", LIKELY)
    return oembed("X", {403: (SignalKind.MEDIA_PRIVATE, 3), **GONE})(hop)


_SUSPENDED = re.compile(rb'"code"\s{0,9}:\s{0,9}6[34]\b')


# ---------------------------------------------------------------- Odysee, BitChute


def odysee(hop: Hop) -> Word:
    """Read Odysee's oEmbed, whose word for what it does not have comes as text."""
    if hop.status in (200, 400, 404) and b"not associated with any claim" in hop.decoded[:1000]:
        return removed("Odysee knows no such claim", LIKELY)
    return oembed("Odysee", GONE)(hop)


def bitchute(hop: Hop) -> Word:
    """Read BitChute's oEmbed, whose refusals say why."""
    said = oembed("BitChute", GONE)(hop)
    if hop.status not in (401, 403, 451):
        return said
    reasons = " ".join(
        found[:200] for key, found in walk(load(hop.decoded)) if key in ("message", "reason") and isinstance(found, str)
    ).lower()
    detail = f"BitChute answered {hop.status}: {reasons[:200]}"
    if "location" in reasons or "country" in reasons or "region" in reasons:
        return word(SignalKind.MEDIA_GEO, detail)
    if "private" in reasons:
        return word(SignalKind.MEDIA_PRIVATE, detail)
    return said


# ---------------------------------------------------------------- Bilibili, Niconico

_BILIBILI = re.compile(r"^/(?:s/|video/|bangumi/play/)?(?:video/)?(?:(BV[A-Za-z0-9]{10})|av(\d+))/?$")
_BILI: Mapping[int, tuple[SignalKind, int]] = {
    -404: (SignalKind.MEDIA_REMOVED, 3), 62002: (SignalKind.MEDIA_PRIVATE, 3), 62012: (SignalKind.MEDIA_PRIVATE, 3),
    -10403: (SignalKind.MEDIA_GEO, 3), -403: (SignalKind.MEDIA_PRIVATE, 3),
}


def bilibili_video(link: str) -> str | None:
    """Give the address that asks Bilibili about a video."""
    if urls.host(link) not in ("www.bilibili.com", "bilibili.com", "m.bilibili.com"):
        return None
    found = _BILIBILI.match(urls.path(link))
    if found is None:
        return None
    asked = f"bvid={found[1]}" if found[1] else f"aid={found[2]}"
    return f"https://api.bilibili.com/x/web-interface/view?{asked}"


def bilibili(hop: Hop) -> Word:
    """Read what Bilibili says of a video, by its codes."""
    value = load(hop.decoded) if hop.status == 200 else None
    code = value.get("code") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(code, int):
        return unclear(f"Bilibili answered {hop.status}")
    detail = f"Bilibili says {code}: {text_of(value, 'message')[:100]}"
    if code == 0 and isinstance(value.get("data"), dict):
        return alive("Bilibili has it", text_of(value["data"], "title"))
    if code in (-352, -412, -509, -799):
        return word(SignalKind.RATE_LIMITED, detail)
    kind, weight = _BILI.get(code, (SignalKind.MEDIA_UNCLEAR, 3))
    return word(kind, detail, weight=weight)


_NICO = re.compile(r"^/(?:watch/)?((?:sm|nm|so)\d+)$")
_NICO_SITES = ("www.nicovideo.jp", "nicovideo.jp", "sp.nicovideo.jp", "nico.ms", "embed.nicovideo.jp")


def niconico_video(link: str) -> str | None:
    """Give the address that asks Niconico about a video."""
    if urls.host(link) not in _NICO_SITES:
        return None
    found = _NICO.match(urls.path(link))
    return f"https://ext.nicovideo.jp/api/getthumbinfo/{found[1]}" if found else None


def niconico(hop: Hop) -> Word:
    """Read what Niconico says of a video, in XML of a few lines: no parser is given it."""
    body = hop.decoded[:20_000]
    if hop.status != 200 or b"nicovideo_thumb_response" not in body:
        return unclear(f"Niconico answered {hop.status}")
    code = re.search(rb"<code>\s*([A-Z_]{3,20})\s*</code>", body)
    if b'status="ok"' in body:
        title = re.search(rb"<title>([^<]{1,300})</title>", body)
        return alive("Niconico has it", title[1].decode("utf-8", "replace") if title else None)
    said = code[1].decode() if code else ""
    if said == "DELETED":
        return removed("Niconico says DELETED")
    if said == "COMMUNITY":
        return word(SignalKind.MEDIA_PRIVATE, "Niconico shows it to members of a community")
    return removed("Niconico says NOT_FOUND", LIKELY) if said == "NOT_FOUND" else unclear(f"Niconico says {said}")


# ---------------------------------------------------------------- TikTok

def tiktok(hop: Hop) -> Word:
    """Read TikTok's oEmbed, which has one error for all that is not shown."""
    said = oembed("TikTok", {404: (SignalKind.MEDIA_REMOVED, HINT), 410: (SignalKind.MEDIA_REMOVED, HINT)})(hop)
    if hop.status == 400 and isinstance(load(hop.decoded), dict):
        return removed("TikTok's oEmbed answered 400", HINT)
    return said


def quoted(endpoint: str, about: str) -> str:
    """Give the address that asks an endpoint about another address."""
    return endpoint + quote(about, safe="")
