"""Tell media from the rest: by address, before anything is fetched, and by the first bytes of what came."""

from __future__ import annotations

import re

from archiver import urls

_SUFFIXES = frozenset({
    "3gp", "aac", "aif", "aiff", "asf", "avi", "f4v", "flac", "flv", "m2ts", "m3u8", "m4a", "m4b", "m4v", "mka", "mkv",
    "mov", "mp2", "mp3", "mp4", "mpd", "mpeg", "mpg", "oga", "ogg", "ogv", "opus", "rm", "rmvb", "wav", "webm", "wma",
    "wmv",
})
# Hosts whose pages are about one video or recording -> what path and query of such a page look like. Pages of
# channels, lists and posts that only may hold a video are left out: each run would fail on them anew.
_PAGES = {
    "bandcamp.com": r"/track/",
    "bbc.co.uk": r"/(?:iplayer/episode|sounds/play)/[a-z0-9:_]{8,}",
    "bilibili.com": r"/video/(?:av|BV)",
    "bitchute.com": r"/(?:video|embed)/",
    "brighteon.com": r"/[0-9a-f-]{36}",
    "c-span.org": r"/(?:video|program|clip)/",
    "cda.pl": r"/video/",
    "clips.twitch.tv": r"/\w",
    "coub.com": r"/view/",
    "dai.ly": r"/x",
    "dailymotion.com": r"/(?:embed/)?video/",
    "facebook.com": r"/(?:watch|reel|share/v|video\.php|[^/]+/videos)\b",
    "fb.watch": r"/.",
    "instagram.com": r"/(?:reels?|tv)/",
    "kick.com": r"/(?:[^/]+/(?:videos|clips)|video)/",
    "mixcloud.com": r"/[^/]+/[^/]+/?$",
    "nicovideo.jp": r"/watch/",
    "odysee.com": r"/@[^/]+/|/\$/embed/",
    "ok.ru": r"/video(?:embed)?/",
    "podbean.com": r"/(?:media/share|e|ew)/",
    "rumble.com": r"/(?:embed/)?v[0-9a-z]+",
    "rutube.ru": r"/(?:video|play/embed|shorts)/",
    "soundcloud.com": r"/(?!discover|search|you|pages|jobs|upload)[^/]+/(?!sets|likes|tracks|albums|reposts)[^/]+/?$",
    "streamable.com": r"/(?:[eo]/)?[0-9a-z]{4,}$",
    "ted.com": r"/talks/",
    "tiktok.com": r"/(?:@[^/]+/video|v|embed(?:/v2)?)/",
    "twitch.tv": r"/(?:videos/\d|[^/]+/(?:clip|v)/)",
    "veoh.com": r"/watch/",
    "vimeo.com": r"/(?:video/|channels/[^/]+/|groups/[^/]+/videos/|album/\d+/video/|showcase/\d+/video/)?\d{3,}",
    "vk.com": r"/(?:video|clip)-?\d|/video_ext\.php",
    "vm.tiktok.com": r"/\w",
    "vkvideo.ru": r"/video-?\d",
    "youtu.be": r"/[\w-]{11}",
    "youtube-nocookie.com": r"/(?:embed|v)/[\w-]{11}",
    "youtube.com": r"/watch\b.*[?&]v=[\w-]{11}|/(?:embed|v|shorts|live|e)/[\w-]{11}|/attribution_link\?",
}
_PATTERNS = {host: re.compile(pattern) for host, pattern in _PAGES.items()}
# PeerTube runs on any host; its addresses do not look like anybody else's.
_PEERTUBE = re.compile(r"^/(?:w/[1-9A-HJ-NP-Za-km-z]{22}|videos/(?:watch|embed)/[0-9a-f]{8}-[0-9a-f-]{27})$")


def is_media(link: str) -> bool:
    """Tell whether a link leads to a video or a recording, as far as its address shows."""
    path = urls.path(link)
    if path.rpartition("/")[2].rpartition(".")[2].lower() in _SUFFIXES and "." in path:
        return True
    if _PEERTUBE.match(path):
        return True
    pattern = _PATTERNS.get(urls.host(link)) or _PATTERNS.get(_site(urls.host(link)))
    return pattern is not None and pattern.match(path + urls.query(link)) is not None


def _site(host: str) -> str:
    return urls.registrable_domain(host)


# ---------------------------------------------------------------- bytes

_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
# Frame sync, a version that exists, layer II or III, a bit rate that exists.
_MPEG_AUDIO = re.compile(rb"\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd][\x10-\xef]")
_ADTS = re.compile(rb"\xff[\xf0\xf1\xf8\xf9]")
_QUICKTIME_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")


def sniff(start: bytes) -> tuple[str, str] | None:
    """Give media type and file suffix by the first 4 KB of a file, or None when it is no media file we know."""
    if start[4:8] == b"ftyp":
        return _iso(start[8:12])
    for magic, kind in (
        (b"fLaC", ("audio/flac", "flac")), (b"FLV\x01", ("video/x-flv", "flv")), (b"ID3", ("audio/mpeg", "mp3")),
        (b"\0\0\1\xba", ("video/mpeg", "mpg")), (b"\0\0\1\xb3", ("video/mpeg", "mpg")),
        (b"#!AMR", ("audio/amr", "amr")), (b"caff", ("audio/x-caf", "caf")), (b".snd", ("audio/basic", "au")),
        (_ASF, ("video/x-ms-asf", "asf")), (b".RMF", ("video/x-realmedia", "rm")),
    ):
        if start.startswith(magic):
            return kind
    if start.startswith(b"\x1a\x45\xdf\xa3"):
        return ("video/webm", "webm") if b"webm" in start[:64] else ("video/x-matroska", "mkv")
    if start.startswith(b"OggS"):
        return ("video/ogg", "ogv") if b"theora" in start else ("audio/ogg", "ogg")
    if start.startswith((b"RIFF", b"FORM")):
        kinds = {b"WAVE": ("audio/wav", "wav"), b"AVI ": ("video/x-msvideo", "avi"), b"AIFF": ("audio/aiff", "aiff"),
                 b"AIFC": ("audio/aiff", "aiff")}
        return kinds.get(start[8:12])
    return _without_magic(start)


def _iso(brand: bytes) -> tuple[str, str]:
    if brand == b"qt  ":
        return "video/quicktime", "mov"
    if brand in (b"M4A ", b"M4B "):
        return "audio/mp4", "m4a"
    return ("video/3gpp", "3gp") if brand.startswith(b"3g") else ("video/mp4", "mp4")


def _without_magic(start: bytes) -> tuple[str, str] | None:
    if start[4:8] in _QUICKTIME_BOXES:
        return "video/quicktime", "mov"
    if start[:1] == b"\x47" and start[188:189] == b"\x47":
        return "video/mp2t", "ts"
    if start[4:5] == b"\x47" and start[196:197] == b"\x47":
        return "video/mp2t", "m2ts"
    if _ADTS.match(start):
        return "audio/aac", "aac"
    return ("audio/mpeg", "mp3") if _MPEG_AUDIO.match(start) else None
