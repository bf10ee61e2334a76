"""Is it a video or audio? Told by host, by file suffix, or by the word that carries a note marker."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUFFIX = re.compile(
    r"\.(?:mp4|m4v|webm|og[gvax]|opus|mp3|m4a|aac|wav|flac|aiff?|mov|avi|mkv|flv|f4v|wmv|wma|asf|mpe?g|3gp|m3u8|mpd|ram?|rm"
    r"|divx)$",
    re.IGNORECASE,
)
# host or a parent of it (of at most _LABELS labels): what its path, with the query, begins with
_LABELS = 3
_HOSTS: Mapping[str, str] = {
    "youtube.com": r"/(?:watch\b|embed/|shorts/|live/|v/|e/|playlist\?|clip/|get_video|attribution_link)",
    "youtube-nocookie.com": r"/(?:embed/|watch|v/)",
    "youtu.be": r"/[\w-]{6,}",
    "vimeo.com":
        r"/(?:\d|video/|channels/[^/]+/\d|groups/[^/]+/videos/|ondemand/|album/\d+/video|showcase/\d+/video)",
    "dailymotion.com": r"/(?:video|embed)",
    "dai.ly": r"/\w",
    "twitch.tv": r"/videos/|/\w+/(?:clip|v)/",
    "clips.twitch.tv": r"/\w",
    "soundcloud.com": r"/[^/?]+/[^/?]+|/player",
    "mixcloud.com": r"/[^/]+/[^/]+",
    "open.spotify.com": r"/(?:embed/)?(?:episode|track|album|show|embed-podcast)",
    "podcasts.apple.com": r"/.*podcast/",
    "tiktok.com": r"/@[^/]+/video/|/embed|/t/",
    "fb.watch": r"/\w",
    "facebook.com": r"/(?:watch|reel/|video\.php|[^/]+/videos/|plugins/video)",
    "instagram.com": r"/(?:reels?|tv)/",
    "ted.com": r"/talks/",
    "bilibili.com": r"/(?:video|bangumi)/",
    "rumble.com": r"/(?:v[\w]+|embed/)",
    "odysee.com": r"/@[^/]+/.|/\$/embed",
    "bitchute.com": r"/(?:video|embed)/",
    "liveleak.com": r"/(?:view|ll_embed)",
    "metacafe.com": r"/(?:watch|embed)/",
    "break.com": r"/(?:video|embed)",
    "vk.com": r"/(?:video|clip)",
    "vkvideo.ru": r"/video",
    "rutube.ru": r"/(?:video|play|shorts)/",
    "ok.ru": r"/(?:video|videoembed|live)/",
    "nicovideo.jp": r"/watch/",
    "streamable.com": r"/\w",
    "vine.co": r"/v/",
    "c-span.org": r"/(?:video|program|clip)",
    "bandcamp.com": r"/(?:track|album|EmbeddedPlayer)",
    "loom.com": r"/(?:share|embed)/",
    "wistia.com": r"/(?:medias|embed)/",
    "wistia.net": r"/embed/",
    "players.brightcove.net": r"/",
    "jwplayer.com": r"/(?:players|previews|videos)/",
    "jwplatform.com": r"/",
    "video.google.com": r"/",
    "blip.tv": r"/",
    "veoh.com": r"/watch/",
    "kaltura.com": r"/.*(?:entry_id|/p/)",
    "bbc.co.uk": r"/(?:iplayer|sounds|programmes)/|/news/av/",
    "bbc.com": r"/(?:news/av|reel/video|sounds)/",
    "cnn.com": r"/videos?/",
    "nytimes.com": r"/video/",
    "archive.org": r"/embed/",
    "media.ccc.de": r"/v/",
    "mediathek.de": r"/",
    "ardmediathek.de": r"/(?:video|player)/",
    "arte.tv": r"/.*videos/",
    "player.vimeo.com": r"/video/",
    "streamff.com": r"/",
    "v.redd.it": r"/\w",
    "coub.com": r"/(?:view|embed)/",
    "ustream.tv": r"/(?:recorded|channel|embed)",
    "livestream.com": r"/.*(?:videos|player)",
    "peertube.tv": r"/w/",
}


@cache
def _path_of(host: str) -> re.Pattern[str]:
    return re.compile(_HOSTS[host], re.IGNORECASE)


_PEERTUBE = re.compile(r"/(?:videos/(?:watch|embed)/[\w-]{20,}|w/\w{20,})")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(
        r"(?:videos?|videoclips?|footage|clips?|recordings?|podcasts?|audio|livestreams?|webcasts?|broadcasts?|trailers?|films?"
        r"|documentar(?:y|ies)|vid[ée]os?|v[íi]deos?|videobeitrag|aufnahmen?|mitschnitt|filmato|filmati|enregistrement"
        r"|grabaci[óo]n|видео|ролик|запись|wideo|nagranie|(?-i:[\u3040-\u30ff\u3400-\u9fff]){0,40}(?:動画|视频|視頻|影片|录像|錄影|ビデオ|映像)"
        r"|영상|동영상|비디오)",
        re.IGNORECASE,
    )


@cache
def _announced() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:watch|see|view|voir|siehe|ver|v[ée]ase|смотр\w{1,4})\b[^.]{0,40}\b(?:video|footage|clip|film|recording|vid[ée]o|v[íi]deo"
        r"|видео)s?\b|\b(?:vid[ée]o|v[íi]deo|видео)\s*[:：]|(?:视频|視頻|動画|影片|录像)\s*[:：]|\bwatch\s+(?:it\s+)?(?:here|at|on|now)\b",
        re.IGNORECASE,
    )


# An ordinary address, which need not be taken apart by all the rules.
_ORDINARY = re.compile(r"https?://([a-z0-9.-]+)(?::[0-9]*)?(/[!-~]*)?")


def _parts(link: str) -> tuple[str, str, str]:
    """Give host, path and query."""
    if found := _ORDINARY.fullmatch(link):
        path, _, query = (found.group(2) or "").partition("#")[0].partition("?")
        return found.group(1), path, query
    parts = urlsplit(link)
    return parts.hostname or "", parts.path, parts.query


@lru_cache(maxsize=16384)
def _paths(host: str) -> tuple[re.Pattern[str], ...]:
    """Give what paths of videos begin with, for a host and its parents."""
    labels = host.removeprefix("www.").removeprefix("m.").rsplit(".", _LABELS)[-_LABELS:]
    names = (".".join(labels[first:]) for first in range(len(labels)))
    return tuple(_path_of(name) for name in names if name in _HOSTS)


def is_media(link: str) -> bool:
    """Tell whether the address is a video's or an audio's."""
    try:
        host, path, query = _parts(link)
    except ValueError:
        return False
    path = path or "/"
    if _SUFFIX.search(path):
        # A page about a file ("File:Talk.ogg" of a wiki) shows that file.
        return True
    if _PEERTUBE.match(path):
        return True
    paths = _paths(host)
    return bool(paths) and any(pattern.match(f"{path}?{query}") for pattern in paths)


def names_media(words: str) -> bool:
    """Tell whether a word, or the last of a few, names a video or audio."""
    parts = words.split()
    if not parts or len(parts) > 4 or "/" in parts[-1]:  # most often it is the address itself
        return False
    return _word().fullmatch(parts[-1].strip(".,;:!?\"'()[]“”‘’«»…")) is not None


def announces_media(note: str | None) -> bool:
    """Tell whether a note without an address promises a video."""
    return bool(note) and _announced().search(note or "") is not None
