"""Cited videos and audio: what their hosts say of them, and whether a media file is one.

A watch page answers 200 whatever became of the video, so the host's oEmbed endpoint is asked first, and the page only
when that settles nothing. A new host is a row of `HOSTS`.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
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


# ---------------------------------------------------------------- media files

_EXTENSION = re.compile(r"\.([a-z0-9]{2,5})$", re.IGNORECASE)
_STREAMED = frozenset({
    "mp4", "m4v", "webm", "mkv", "mov", "avi", "ogv", "flv", "wmv", "mpg", "mpeg", "3gp", "mp3", "ogg", "oga", "opus",
    "m4a", "aac", "wav", "flac",
})
_PLAYLISTS = frozenset({"m3u8", "mpd"})
_OTHER_FILES = frozenset({
    "pdf", "ps", "eps", "djvu", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "epub", "mobi", "zip",
    "gz", "tgz",
    "bz2", "xz", "rar", "7z", "tar", "jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "bmp", "csv", "exe", "dmg",
    "iso",
})


@lru_cache(maxsize=4096)
def extension(link: str) -> str:
    """Give the file extension at the end of a link's path, in lower case, or nothing."""
    found = _EXTENSION.search(urls.path(link))
    return found[1].lower() if found else ""


def is_media_file(link: str) -> bool:
    """Tell whether a link is cited as a video or sound file, of which the beginning is enough."""
    return extension(link) in _STREAMED


def is_playlist(link: str) -> bool:
    """Tell whether a link is cited as a list of pieces of a stream (HLS or DASH)."""
    return extension(link) in _PLAYLISTS


def is_file(link: str) -> bool:
    """Tell whether a link is cited as a file of some kind, so that a page in its place is something else."""
    found = extension(link)
    return found in _OTHER_FILES or found in _STREAMED or found in _PLAYLISTS


_AT_START = (
    b"\x1aE\xdf\xa3", b"OggS", b"ID3", b"fLaC", b"RIFF", b"FLV\x01", b"\x30\x26\xb2\x75", b"\x00\x00\x01\xba",
    b"\x00\x00\x01\xb3", b"#EXTM3U", b"MThd", b"\x47\x40",
)
_AT_FOUR = (b"ftyp", b"moov", b"mdat", b"free", b"wide")  # boxes with which MP4 and QuickTime files begin


def is_media(data: bytes) -> bool:
    """Tell by the first bytes whether this is video or sound of a well-known kind."""
    if data.startswith(_AT_START) or data.startswith(_AT_FOUR, 4):
        return True
    return len(data) > 2 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0  # an MPEG audio frame, or AAC in ADTS


def first_piece(playlist: str, base: str) -> str | None:
    """Give the address of the first entry of an HLS playlist, a variant or a piece; None when there is none."""
    for line in playlist[:200_000].splitlines():
        entry = line.strip()
        if entry and not entry.startswith("#"):
            return urls.normalise(urls.join(base, entry) or "")
    return None


def is_hls(data: bytes) -> bool:
    """Tell whether this is an HLS playlist, whatever the server calls it."""
    return data.removeprefix(b"\xef\xbb\xbf").startswith(b"#EXTM3U")
