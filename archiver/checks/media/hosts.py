"""Video hosts: how to ask them what became of a work, and how to read what they say.

A watch page answers 200 whatever became of the video, so the host's oEmbed endpoint is asked first, and the page only
when that settles nothing. A new host is a row of `HOSTS`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote

from msgspec import Struct, field

from archiver import urls
from archiver.model import Signal, SignalKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# ---------------------------------------------------------------- video hosts


class MediaHost(Struct, frozen=True):
    """A host that tells by oEmbed whether a video or recording is there."""

    name: str
    canonical: Callable[[str], str | None]  # link -> the address to ask about; None: not one of its works
    endpoint: str  # the address to ask about is appended, quoted
    statuses: Mapping[int, SignalKind] = field(default_factory=dict)  # what an answer other than 200 means
    page_tells: bool = True  # an ordinary verdict on the page may stand in when oEmbed settles nothing

    def question(self, link: str) -> str | None:
        """Give the address that asks about a link, or None."""
        about = self.canonical(link)
        return None if about is None else self.endpoint + quote(about, safe="")


_YOUTUBE_HOSTS = frozenset({
    "youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "gaming.youtube.com",
    "www.youtube-nocookie.com",
    "youtube-nocookie.com",
})
_YOUTUBE_PATH = re.compile(r"^/(?:shorts|embed|live|v|e|vi)/([\w-]{6,})/?$")
_YOUTUBE_SHORT = re.compile(r"^/([\w-]{6,})/?$")
_LIST = re.compile(r"^[\w-]{2,80}$")


def _youtube(link: str) -> str | None:
    host, path = urls.host(link), urls.path(link)
    query = parse_qs(urls.query(link)[1:])
    video = None
    if host in ("youtu.be", "www.youtu.be"):
        video = _YOUTUBE_SHORT.match(path)
    elif host not in _YOUTUBE_HOSTS:
        return None
    elif path.rstrip("/") in ("/watch", "/watch_popup", "/attribution_link") and query.get("v"):
        return f"https://www.youtube.com/watch?v={quote(query['v'][0], safe='')}"
    elif path.rstrip("/") in ("/playlist", "/embed/videoseries") and _LIST.match(query.get("list", [""])[0]):
        return f"https://www.youtube.com/playlist?list={query['list'][0]}"
    else:
        video = _YOUTUBE_PATH.match(path)
    return f"https://www.youtube.com/watch?v={video[1]}" if video else None


def _matching(pattern: str) -> Callable[[str], str | None]:
    """Make the test for hosts that are asked about the address as it was cited."""

    @cache
    def compiled() -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    def canonical(link: str) -> str | None:
        name = urls.host(link).removeprefix("www.").removeprefix("m.")
        return urls.without_fragment(link) if compiled().match(name + urls.path(link)) else None

    return canonical


_REMOVED = {404: SignalKind.MEDIA_REMOVED, 410: SignalKind.MEDIA_REMOVED}
HOSTS: tuple[MediaHost, ...] = (
    MediaHost(
        "YouTube", _youtube, "https://www.youtube.com/oembed?format=json&url=",
        # 401 is the owner's wish that nobody embeds it, 403 a private video.
        {401: SignalKind.MEDIA_NOT_EMBEDDABLE, 403: SignalKind.MEDIA_PRIVATE, **_REMOVED}, page_tells=False,
    ),
    MediaHost(
        "Vimeo",
        _matching(
            r"(?:player\.)?vimeo\.com/(?:video/|channels/[^/]+/|groups/[^/]+/videos/|album/\d+/video/"
            r"|showcase/\d+/video/"
            r"|ondemand/[^/]+/)?\d{4,}(?:/[0-9a-f]+)?/?$",
        ),
        "https://vimeo.com/api/oembed.json?url=",
        {401: SignalKind.MEDIA_PRIVATE, 403: SignalKind.MEDIA_PRIVATE, **_REMOVED},
    ),
    MediaHost(
        "Dailymotion", _matching(r"(?:dailymotion\.com/(?:embed/)?video/|dai\.ly/)\w+"),
        "https://www.dailymotion.com/services/oembed?format=json&url=", {403: SignalKind.MEDIA_PRIVATE, **_REMOVED},
    ),
    MediaHost(
        "SoundCloud", _matching(r"soundcloud\.com/[^/]+/(?:sets/)?[^/]+/?(?:s-\w+)?$"),
        "https://soundcloud.com/oembed?format=json&url=", {403: SignalKind.MEDIA_PRIVATE, **_REMOVED},
    ),
    MediaHost(
        "Streamable", _matching(r"streamable\.com/\w{4,8}$"), "https://api.streamable.com/oembed.json?url=", _REMOVED,
    ),
    MediaHost(
        "Spotify", _matching(r"open\.spotify\.com/(?:intl-\w+/)?(?:track|album|episode|show|playlist)/\w+"),
        "https://open.spotify.com/oembed?url=", _REMOVED,
    ),
    # Both answer their oEmbed with errors for more than one cause: only a description counts.
    MediaHost("TikTok", _matching(r"tiktok\.com/@[^/]+/(?:video|photo)/\d+"), "https://www.tiktok.com/oembed?url="),
    MediaHost("Odysee", _matching(r"odysee\.com/@[^/]+/[^/]+"), "https://odysee.com/$/oembed?url="),
    MediaHost(
        # The page answers 200 for posts that never were.
        "X", _matching(r"(?:mobile\.)?(?:twitter|x)\.com/[^/]+/status(?:es)?/\d+"),
        "https://publish.twitter.com/oembed?url=", {403: SignalKind.MEDIA_PRIVATE, **_REMOVED}, page_tells=False,
    ),
)
_NAMED = re.compile(
    r"youtu|vimeo|dai(?:lymotion|\.ly)|soundcloud|streamable|spotify|twitter|x\.com|tiktok|odysee",
)


def media_host(link: str) -> MediaHost | None:
    """Give the host that can be asked about a link, or None."""
    if not _NAMED.search(link):
        return None
    return next((host for host in HOSTS if host.canonical(link) is not None), None)


class HostsWord(Struct, frozen=True):
    """What a media host says."""

    signal: Signal
    title: str | None = None

    @property
    def settled(self) -> bool:
        """Tell whether that is an answer."""
        return self.signal.kind is not SignalKind.MEDIA_UNCLEAR


def read_oembed(host: MediaHost, status: int, body: bytes) -> HostsWord:
    """Read an oEmbed answer. A 200 that is no JSON object settles nothing: consent pages come with 200 too."""
    if status == 200:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict) and ("type" in value or "html" in value or "title" in value):
            if host.name == "Vimeo" and value.get("domain_status_code") == 403:  # without a title: not for everybody
                return HostsWord(Signal(kind=SignalKind.MEDIA_PRIVATE, detail="Vimeo shows it on chosen sites only"))
            title = value.get("title")
            return HostsWord(
                Signal(kind=SignalKind.MEDIA_ALIVE, detail=f"{host.name} knows it"),
                " ".join(title.split())[:500] if isinstance(title, str) and title.strip() else None,
            )
        return HostsWord(_unclear(f"{host.name} answered 200, but not with a description"))
    if kind := host.statuses.get(status):
        return HostsWord(Signal(kind=kind, detail=f"{host.name}'s oEmbed answered {status}"))
    return HostsWord(_unclear(f"{host.name}'s oEmbed answered {status}"))


def _unclear(detail: str) -> Signal:
    return Signal(kind=SignalKind.MEDIA_UNCLEAR, detail=detail)


_PLAYABILITY = re.compile(rb'"playabilityStatus"\s*:\s*\{\s*"status"\s*:\s*"([A-Z_]+)"')
_REASON = re.compile(rb'"(?:reason|simpleText|text)"\s*:\s*"((?:[^"\\]|\\.){1,300})"')
_THERE = frozenset({
    "OK", "LIVE_STREAM_OFFLINE", "AGE_CHECK_REQUIRED", "AGE_VERIFICATION_REQUIRED", "CONTENT_CHECK_REQUIRED",
})


def read_youtube_page(body: bytes) -> Signal:
    """Read what a watch page says of its player. "Try again later" and a demand to sign in settle nothing."""
    found = _PLAYABILITY.search(body)
    if found is None:
        return _unclear("the watch page says nothing of the video")
    status = found[1].decode("ascii", "replace")
    said = body[found.end() : found.end() + 3000]
    texts = [_unescape(match[1]) for match in _REASON.finditer(said)][:4]
    reason = texts[0] if texts else ""
    lower = " ".join(texts).lower()
    detail = f"the watch page says {status}" + (f": {reason}" if reason else "")
    if status in _THERE:
        return Signal(kind=SignalKind.MEDIA_ALIVE, detail=detail)
    if "try again later" in lower:
        return _unclear(detail)
    if "not a bot" in lower or "captcha" in lower or b"playerCaptchaViewModel" in said:
        return Signal(kind=SignalKind.BOT_WALL, detail=detail)
    if "country" in lower or "your region" in lower:
        return Signal(kind=SignalKind.MEDIA_GEO, detail=detail)
    if "private" in lower or "members" in lower or "join this channel" in lower:
        return Signal(kind=SignalKind.MEDIA_PRIVATE, detail=detail)
    if status == "LOGIN_REQUIRED" and ("age" in lower.split() or "inappropriate" in lower):
        return Signal(kind=SignalKind.MEDIA_ALIVE, detail=detail)
    if status == "ERROR":
        return Signal(kind=SignalKind.MEDIA_REMOVED, detail=detail)
    return _unclear(detail)


def _unescape(text: bytes) -> str:
    try:
        return str(json.loads(b'"' + text + b'"'))
    except ValueError:
        return text.decode("utf-8", "replace")
