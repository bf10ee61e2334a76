"""Video hosts: YouTube and Vimeo with their oEmbed answers, and media files of one's own.

How the hosts answer (endpoints, status codes, names of fields) is theirs; the videos are invented.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct, field

from archiver.demo.answers import Ask, Behaviour, Reply, content, file, page, perform, redirect
from archiver.demo.media import jpeg, mp3, mp4, webm
from archiver.demo.prose import article
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind, WarningCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.demo.script import Sites


class Fate(StrEnum):
    """What became of a video."""

    THERE = "there"
    NOT_EMBEDDABLE = "not-embeddable"
    PRIVATE = "private"
    REMOVED = "removed"
    BUSY = "busy"  # the host wants us to slow down
    LATER = "later"  # and says so on its page only
    AGE = "age"  # shown to grown-ups
    GEO = "geo"  # not shown in this country
    MEMBERS = "members"  # shown to those who pay the author
    TERMINATED = "terminated"  # gone with its author's account
    CLAIMED = "claimed"  # gone for somebody's rights
    UPCOMING = "upcoming"  # a broadcast that has not begun
    ENDED = "ended"  # a broadcast that is over and was not kept
    ROBOT = "robot"  # the host takes us for one


class Video(Struct, frozen=True, kw_only=True):
    """A video on a host, and its fate from each day of the world on."""

    id: str
    title: str
    author: str = "Tidewater Film Club"
    fates: Mapping[int, Fate] = field(default_factory=lambda: {0: Fate.THERE})

    def fate(self, day: float) -> Fate:
        """Tell what has become of it by this day."""
        return self.fates[max(one for one in self.fates if one <= day or one == 0)]


def _video(name: str, title: str, fate: Fate) -> Video:
    return Video(id=name, title=title, fates={0: fate})


_OEMBED_STATUS = {
    Fate.NOT_EMBEDDABLE: (401, "Unauthorized"), Fate.PRIVATE: (403, "Forbidden"), Fate.REMOVED: (404, "Not Found"),
    Fate.BUSY: (429, "Too Many Requests"), Fate.AGE: (403, "Forbidden"), Fate.MEMBERS: (403, "Forbidden"),
}
_CONSENT = "<!doctype html><title>Before you continue to YouTube</title><p>Before you continue to YouTube"  # with 200
# playabilityStatus.status and .reason of a watch page; the page itself answers 200 whatever became of the video.
_PLAYABILITY = {
    Fate.THERE: ("OK", ""), Fate.NOT_EMBEDDABLE: ("OK", ""), Fate.PRIVATE: ("LOGIN_REQUIRED", "Private video"),
    Fate.REMOVED: ("ERROR", "Video unavailable"),
    Fate.BUSY: ("UNPLAYABLE", "This content isn't available, try again later."),
    Fate.LATER: ("ERROR", "This content isn’t available, try again later."),
    Fate.AGE: ("LOGIN_REQUIRED", "Sign in to confirm your age"),
    Fate.GEO: ("UNPLAYABLE", "The uploader has not made this video available in your country"),
    Fate.MEMBERS: ("UNPLAYABLE", "Join this channel to get access to members-only content like this video."),
    Fate.TERMINATED: ("ERROR", "This video is no longer available because its account has been terminated."),
    Fate.CLAIMED: ("ERROR", "This video is no longer available due to a copyright claim by Quay Records."),
    Fate.UPCOMING: ("LIVE_STREAM_OFFLINE", "Premieres in 3 hours"),
    Fate.ENDED: ("ERROR", "This live stream recording is not available."),
    Fate.ROBOT: ("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot"),
}
_YOUTUBE_FILES = "rr1---sn-demo.googlevideo.com"
_YOUTUBE_ID = re.compile(r"^/(?:shorts|embed|live|v)/([\w-]{11})$")


# What stands around a video, as empty as it can be.
_WATCH_NEXT: dict[str, Any] = {"contents": {"twoColumnWatchNextResults": {"results": {"results": {"contents": []}}}}}


class YouTube:
    """www.youtube.com and its short and picture hosts."""

    def __init__(self, videos: Mapping[str, Video]) -> None:
        self._videos = videos

    def play(self, sites: Sites) -> None:
        """Put it on its hosts."""
        for host in ("www.youtube.com", "youtube.com", "m.youtube.com", "www.youtube-nocookie.com"):
            site = sites[host]
            site.put("/oembed", self._oembed)
            site.put("/youtubei/v1/player", self._api).put("/youtubei/v1/next", _json(_WATCH_NEXT))
            site.missing = self._page
        sites[_YOUTUBE_FILES].missing = self._file
        sites["youtu.be"].missing = lambda ask: redirect(
            f"https://www.youtube.com/watch?v={ask.path[1:]}&feature=youtu.be", 303,
        )
        for host in ("img.youtube.com", "i.ytimg.com"):
            sites[host].missing = self._picture

    def _oembed(self, ask: Ask) -> Reply:
        asked = _youtube_id(ask.parameter("url") or "")
        if asked is None:
            return content(b"Bad Request", "text/plain", status=400)
        video = self._videos.get(asked)
        fate = video.fate(ask.day) if video else Fate.REMOVED
        if video is None or fate is not Fate.THERE:
            if fate not in _OEMBED_STATUS:
                return page(_CONSENT)
            status, words = _OEMBED_STATUS[fate]
            return content(words.encode(), "text/plain", status=status)
        return _json({
            "type": "video", "version": "1.0", "provider_name": "YouTube", "provider_url": "https://www.youtube.com/",
            "title": video.title, "author_name": video.author, "author_url": "https://www.youtube.com/@tidewaterfilm",
            "thumbnail_url": f"https://i.ytimg.com/vi/{video.id}/hqdefault.jpg", "width": 200, "height": 113,
            "html": f'<iframe src="https://www.youtube.com/embed/{video.id}?feature=oembed"></iframe>',
        })

    def _page(self, ask: Ask) -> Reply:
        asked = _youtube_id(ask.url)
        if asked is None:
            return page("<!doctype html><title>404 Not Found</title><p>This page isn't available.</p>", status=404)
        player = self._player(asked, ask.day)
        title = (player["videoDetails"] or {}).get("title", "")
        return page(
            f"<!doctype html><html><head><title>{escape(title)} - YouTube</title></head><body>"
            f"<script>var ytInitialPlayerResponse = {json.dumps(player)};</script>"
            f"<script>var ytInitialData = {json.dumps(_WATCH_NEXT)};</script></body></html>"
        )

    def _player(self, asked: str, day: float) -> dict[str, Any]:
        video = self._videos.get(asked)
        status, reason = _PLAYABILITY[video.fate(day) if video else Fate.REMOVED]
        if video is None or status != "OK":
            return {"playabilityStatus": {"status": status, "reason": reason}, "videoDetails": None}
        return {
            "playabilityStatus": {"status": status, "reason": reason},
            "videoDetails": {"videoId": asked, "title": video.title, "author": video.author, "lengthSeconds": "1"},
            "streamingData": {"formats": [{
                "itag": 18, "url": f"https://{_YOUTUBE_FILES}/videoplayback?id={asked}&itag=18", "quality": "small",
                "mimeType": 'video/mp4; codecs="avc1.42001E, mp4a.40.2"', "width": 16, "height": 16, "fps": 1,
                "contentLength": str(len(mp4())), "approxDurationMs": "1000",
            }]},
        }

    def _api(self, ask: Ask) -> Reply:
        """Answer the player's own interface (JSON in, JSON out)."""
        try:
            asked = str(json.loads(ask.body).get("videoId"))
        except (ValueError, AttributeError):
            return content(b"{}", "application/json", status=400)
        return _json(self._player(asked, ask.day))

    def _file(self, ask: Ask) -> Reply:
        video = self._videos.get(ask.parameter("id") or "")
        there = video is not None and video.fate(ask.day) in (Fate.THERE, Fate.NOT_EMBEDDABLE)
        return perform(file(mp4(), "video/mp4"), ask) if there else content(b"", "text/plain", status=403)

    def _picture(self, ask: Ask) -> Reply:
        parts = ask.path.split("/")
        video = self._videos.get(parts[2]) if len(parts) > 2 else None
        there = video is not None and video.fate(ask.day) in (Fate.THERE, Fate.NOT_EMBEDDABLE)
        return content(jpeg(), "image/jpeg", status=200 if there else 404)


def _youtube_id(address: str) -> str | None:
    parts = urlsplit(address)
    if parts.hostname == "youtu.be" and len(parts.path) == 12:
        return parts.path[1:]
    if parts.path == "/watch":
        found = next(iter(parse_qs(parts.query).get("v", ())), "")
        return found if len(found) == 11 else None
    match = _YOUTUBE_ID.match(parts.path)
    return match[1] if match else None


class Vimeo:
    """vimeo.com: its pages refuse robots, its oEmbed answers them."""

    def __init__(self, videos: Mapping[str, Video]) -> None:
        self._videos = videos

    def play(self, sites: Sites) -> None:
        """Put it on its host."""
        sites["vimeo.com"].put("/api/oembed.json", self._oembed).missing = page("Forbidden", status=403)

    def _oembed(self, ask: Ask) -> Reply:
        video = self._videos.get(urlsplit(ask.parameter("url") or "").path.rpartition("/")[2])
        fate = video.fate(ask.day) if video else Fate.REMOVED
        if video is None or fate is not Fate.THERE:
            return content(b"{}", "application/json", status=403 if fate is Fate.PRIVATE else 404)
        return _json({
            "type": "video", "version": "1.0", "provider_name": "Vimeo", "title": video.title,
            "author_name": video.author, "video_id": int(video.id), "duration": 61,
            "html": f'<iframe src="https://player.vimeo.com/video/{video.id}"></iframe>',
        })


def _json(value: Mapping[str, object]) -> Reply:
    return content(json.dumps(value).encode(), "application/json")


_YOUTUBE = (
    _video("demoAlive01", "The crane on the quay", Fate.THERE),
    _video("demoNoEmbed", "The choir on the pier", Fate.NOT_EMBEDDABLE),
    _video("demoPrivate", "Rehearsal", Fate.PRIVATE),
    _video("demoRemoved", "The ferry, last day", Fate.REMOVED),
    _video("demoTooBusy", "The storm", Fate.BUSY),
    _video("demoTryLatr", "The storm, second night", Fate.LATER),
    _video("demoGrownup", "The tattooist of the quay", Fate.AGE),
    _video("demoCountry", "The ferry song", Fate.GEO),
    _video("demoMembers", "The choir, uncut", Fate.MEMBERS),
    _video("demoAccount", "The strike", Fate.TERMINATED),
    _video("demoClaimed", "The ferry song, copied", Fate.CLAIMED),
    _video("demoPremier", "The launch, live", Fate.UPCOMING),
    _video("demoLiveEnd", "The storm, live", Fate.ENDED),
    _video("demoRobot01", "The lighthouse", Fate.ROBOT),
)
_VIMEO = (_video("900100200", "The ropeworks", Fate.THERE), _video("900100201", "Minutes", Fate.PRIVATE))


def play(sites: Sites, youtube: tuple[Video, ...], vimeo: tuple[Video, ...]) -> None:
    """Put the video hosts into the world, with the videos of a story beside those of the cases."""
    YouTube({video.id: video for video in (*_YOUTUBE, *youtube)}).play(sites)
    Vimeo({video.id: video for video in (*_VIMEO, *vimeo)}).play(sites)


def _case(
    name: str, url: str, verdict: VerdictKind, reason: Reason, says: str, *warnings: WarningCode,
    serve: Behaviour | None = None,
) -> Case:
    return Case(name=name, url=url, verdict=verdict, reason=reason, says=says, warnings=warnings, serve=serve)


_WATCH = "https://www.youtube.com/watch?v="
CASES = (
    _case("youtube", f"{_WATCH}demoAlive01", VerdictKind.ALIVE, Reason.OK, "a video that is there"),
    _case("youtube-short-address", "https://youtu.be/demoAlive01?t=61", VerdictKind.ALIVE, Reason.OK, "by youtu.be"),
    _case("youtube-shorts", "https://www.youtube.com/shorts/demoAlive01", VerdictKind.ALIVE, Reason.OK, "by shorts"),
    _case("youtube-embed", "https://www.youtube.com/embed/demoAlive01", VerdictKind.ALIVE, Reason.OK, "by embed"),
    _case("youtube-not-embeddable", f"{_WATCH}demoNoEmbed", VerdictKind.ALIVE, Reason.OK,
          "there, but not for other sites: oEmbed 401", WarningCode.NOT_EMBEDDABLE),
    _case("youtube-private", f"{_WATCH}demoPrivate", VerdictKind.RESTRICTED, Reason.PRIVATE_MEDIA, "oEmbed 403"),
    _case("youtube-removed", f"{_WATCH}demoRemoved", VerdictKind.DEAD, Reason.MEDIA_REMOVED,
          "oEmbed 404; the page answers 200"),
    _case("youtube-busy", f"{_WATCH}demoTooBusy", VerdictKind.UNKNOWN, Reason.RATE_LIMITED, "oEmbed 429"),
    _case("youtube-try-later", f"{_WATCH}demoTryLatr", VerdictKind.UNKNOWN, Reason.RATE_LIMITED,
          "the watch page says to try again later"),
    _case("youtube-age", f"{_WATCH}demoGrownup", VerdictKind.ALIVE, Reason.OK, "for grown-ups: oEmbed 403",
          WarningCode.AGE_RESTRICTED),
    _case("youtube-geo", f"{_WATCH}demoCountry", VerdictKind.BLOCKED, Reason.GEO, "not in this country"),
    _case("youtube-members", f"{_WATCH}demoMembers", VerdictKind.RESTRICTED, Reason.PRIVATE_MEDIA, "members only"),
    _case("youtube-terminated", f"{_WATCH}demoAccount", VerdictKind.DEAD, Reason.MEDIA_REMOVED, "no account any more"),
    _case("youtube-claimed", f"{_WATCH}demoClaimed", VerdictKind.DEAD, Reason.MEDIA_REMOVED, "a copyright claim"),
    _case("youtube-upcoming", f"{_WATCH}demoPremier", VerdictKind.ALIVE, Reason.OK, "a broadcast still to come"),
    _case("youtube-live-ended", f"{_WATCH}demoLiveEnd", VerdictKind.ALIVE, Reason.OK, "a broadcast that was not kept",
          WarningCode.LIVE_ENDED),
    _case("youtube-robot", f"{_WATCH}demoRobot01", VerdictKind.BLOCKED, Reason.BOT_WALL, "it takes us for a robot"),
    _case("vimeo", "https://vimeo.com/900100200", VerdictKind.ALIVE, Reason.OK, "oEmbed 200; the page refuses robots"),
    _case("vimeo-private", "https://vimeo.com/900100201", VerdictKind.RESTRICTED, Reason.PRIVATE_MEDIA, "oEmbed 403"),
    _case("vimeo-removed", "https://vimeo.com/900100299", VerdictKind.DEAD, Reason.MEDIA_REMOVED, "oEmbed 404"),
    _case("mp4", "http://films.demo/quay.mp4", VerdictKind.ALIVE, Reason.OK, "a video file with byte ranges",
          serve=file(mp4(), "video/mp4")),
    _case("webm", "http://films.demo/quay.webm", VerdictKind.ALIVE, Reason.OK, "a video file",
          serve=file(webm(), "video/webm")),
    _case("mp3", "http://films.demo/bell.mp3", VerdictKind.ALIVE, Reason.OK, "a sound file",
          serve=file(mp3(), "audio/mpeg")),
    _case("mp4-mistyped", "http://films.demo/pier.mp4", VerdictKind.ALIVE, Reason.OK,
          "a video file sent as application/octet-stream", serve=file(mp4(), "application/octet-stream")),
    _case("mp4-replaced", "http://films.demo/storm.mp4", VerdictKind.DEAD, Reason.WRONG_TYPE,
          "a page where a video was cited", serve=page(article("Our films have moved", site="Film Club", length=1))),
    _case("mp4-gone", "http://films.demo/ferry.mp4", VerdictKind.DEAD, Reason.NOT_FOUND, "404"),
)
