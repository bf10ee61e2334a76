"""Other hosts of video and sound, as they answer: interfaces for those who embed, pages that a script draws, and
streams; signed addresses, too.

How the hosts answer (endpoints, status codes, names of fields) is theirs; the works are invented.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archiver.demo.answers import Ask, Behaviour, Reply, content, file, page, redirect
from archiver.demo.media import mp3, mp4
from archiver.demo.prose import article, not_found
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind, WarningCode

if TYPE_CHECKING:
    from collections.abc import Mapping

ITEMS = ("/details/", "/metadata/", "/download/", "/embed/")  # paths of archive.org that are no archive of the web

_ALIVE = (VerdictKind.ALIVE, Reason.OK)
_REMOVED = (VerdictKind.DEAD, Reason.MEDIA_REMOVED)
_PRIVATE = (VerdictKind.RESTRICTED, Reason.PRIVATE_MEDIA)
_LOGIN = (VerdictKind.RESTRICTED, Reason.LOGIN)
_GEO = (VerdictKind.BLOCKED, Reason.GEO)
_UNCLEAR = (VerdictKind.UNKNOWN, Reason.BAD_ANSWER)
_EXPIRED = (VerdictKind.DEAD, Reason.EXPIRED)
_BROWSER = (VerdictKind.UNKNOWN, Reason.NEEDS_BROWSER)


def _json(value: object, status: int = 200) -> Reply:
    return content(json.dumps(value).encode(), "application/json", status=status)


def _described(title: str, provider: str) -> Reply:
    return _json({
        "type": "video", "version": "1.0", "provider_name": provider, "title": title,
        "author_name": "Tidewater Film Club", "html": '<iframe src="https://player.example/"></iframe>',
    })


def _oembed(known: Mapping[str, Reply], otherwise: Reply) -> Behaviour:
    """Answer by the work that is asked about: by a piece of its address."""

    def answer(ask: Ask) -> Reply:
        about = ask.parameter("url") or ""
        return next((reply for piece, reply in known.items() if piece in about), otherwise)

    return answer


_NONE = content(b'{"error":"not found"}', "application/json", status=404)
_FORBIDDEN = content(b"Forbidden", "text/plain", status=403)
_FRAME = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title></head><body>'
    '<div id="root"></div><script src="/app.js"></script></body></html>'
)


def _frame(name: str, status: int = 200) -> Reply:
    return page(_FRAME.replace("{name}", name), status=status)


def _film_page(title: str, host: str) -> Reply:
    head = (
        '<meta property="og:video" content="https://player.example/quay.mp4">'
        '<meta property="og:type" content="video.other">'
    )
    return page(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - {host}</title>'
        f'<meta property="og:title" content="{title}">{head}</head><body><h1>{title}</h1></body></html>'
    )


def _case(
    name: str, url: str, outcome: tuple[VerdictKind, Reason], says: str, serve: Behaviour | None = None,
    *warnings: WarningCode, **beside: Behaviour,
) -> Case:
    """Make a case. `beside`: what an endpoint answers, by the name it has in `_ENDPOINTS`. What is there has a page."""
    if serve is None and outcome is _ALIVE:
        serve = _film_page("A film of the quay", "its host")
    return Case(
        name=name, url=url, verdict=outcome[0], reason=outcome[1], says=says, serve=serve, warnings=warnings,
        beside={_ENDPOINTS[key]: behaviour for key, behaviour in beside.items()},
    )


_ENDPOINTS = {
    "dailymotion": "https://www.dailymotion.com/services/oembed", "x": "https://publish.twitter.com/oembed",
    "tweets": "https://cdn.syndication.twimg.com/tweet-result", "soundcloud": "https://soundcloud.com/oembed",
    "streamable": "https://api.streamable.com/oembed.json", "spotify": "https://open.spotify.com/oembed",
    "tiktok": "https://www.tiktok.com/oembed", "rumble": "https://rumble.com/api/Media/oembed.json",
    "odysee": "https://odysee.com/$/oembed", "bitchute": "https://api.bitchute.com/oembed/",
    "metadata": "https://www.dailymotion.com/player/metadata/video/demogeo",
    "deleted": "https://www.dailymotion.com/player/metadata/video/demogone",
}

# ---------------------------------------------------------------- hosts that can be asked


def _tombstones(ask: Ask) -> Reply:
    if ask.parameter("id") == "1400000000000000004":
        return _json({"__typename": "TweetTombstone", "tombstone": {"text": {"text": "Age-restricted adult content."}}})
    return content(b"", "application/json", status=404)


def _tiktok_page(code: int, words: str) -> Reply:
    scope = json.dumps({"__DEFAULT_SCOPE__": {"webapp.video-detail": {"statusCode": code, "statusMsg": words}}})
    return page(
        '<!doctype html><html lang="en"><head><title>TikTok - Make Your Day</title></head><body><div id="app"></div>'
        '<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">'
        f"{scope.replace(': ', ':')}</script></body></html>"
    )


def _item(name: str, item: str, outcome: tuple[VerdictKind, Reason], says: str, metadata: Reply) -> Case:
    return Case(
        name=name, url=f"https://archive.org/details/{item}", verdict=outcome[0], reason=outcome[1], says=says,
        serve=_film_page("An item of the quay", "archive.org") if outcome is _ALIVE else None,
        beside={f"https://archive.org/metadata/{item}": metadata},
    )


_DAILY, _X = "https://www.dailymotion.com/video/", "https://twitter.com/tidewaterfilm/status/"
_TIK = "https://www.tiktok.com/@tidewaterfilm/video/"
_ASKED = (
    _case("dailymotion", f"{_DAILY}demoquay", _ALIVE, "oEmbed 200", dailymotion=_oembed(
        {"demoquay": _described("The crane on the quay", "Dailymotion"), "demohere": _FORBIDDEN}, _NONE)),
    _case("dailymotion-short", "https://dai.ly/demoquay", _ALIVE, "by dai.ly"),
    _case("dailymotion-removed", f"{_DAILY}demogone", _REMOVED, "oEmbed 404, and the player's code", deleted=_json(
        {"error": {"code": "DM001", "title": "This video has been deleted.", "raw_message": "deleted"}})),
    _case("dailymotion-geo", f"{_DAILY}demogeo", _GEO, "oEmbed 404, and the player says DM007", metadata=_json(
        {"error": {"code": "DM007", "title": "Inhalt nicht verfügbar", "raw_message": "geo"}})),
    _case("dailymotion-private", f"{_DAILY}demohere", _PRIVATE, "oEmbed 403"),
    _case("x", f"{_X}1400000000000000001", _ALIVE, "oEmbed 200; the page is the same for everything", x=_oembed(
        {"/status/1400000000000000001": _described("", "Twitter"), "/status/1400000000000000003": _FORBIDDEN}, _NONE),
        tweets=_tombstones),
    _case("x-removed", f"{_X}1400000000000000002", _REMOVED, "oEmbed 404; the page answers 200", _frame("X")),
    _case("x-protected", f"{_X}1400000000000000003", _PRIVATE, "oEmbed 403"),
    _case("x-age", f"{_X}1400000000000000004", _ALIVE, "oEmbed 404, and a stone in its place that says why", None,
          WarningCode.AGE_RESTRICTED),
    _case("x-by-hash", "https://twitter.com/#!/tidewaterfilm/status/1400000000000000001", _ALIVE,
          "as X wrote it in 2011"),
    _case("soundcloud", "https://soundcloud.com/tidewater/horn", _ALIVE, "oEmbed 200", soundcloud=_oembed(
        {"tidewater/horn": _described("The ferry's horn", "SoundCloud"), "tidewater/rehearsal": _FORBIDDEN}, _NONE)),
    _case("soundcloud-removed", "https://soundcloud.com/tidewater/bell", _REMOVED, "oEmbed and page 404"),
    _case("soundcloud-private", "https://soundcloud.com/tidewater/rehearsal", _PRIVATE, "oEmbed 403, page 404"),
    _case("streamable", "https://streamable.com/quay1", _ALIVE, "oEmbed 200", streamable=_oembed(
        {"streamable.com/quay1": _described("The quay", "Streamable")}, _NONE)),
    _case("streamable-removed", "https://streamable.com/quay2", _REMOVED, "oEmbed and page 404"),
    _case("spotify", "https://open.spotify.com/episode/4demoQuay00000000000001", _ALIVE, "oEmbed 200", spotify=_oembed(
        {"4demoQuay00000000000001": _described("The strike, part two", "Spotify")}, _NONE)),
    _case("tiktok", f"{_TIK}7000000000000000001", _ALIVE, "oEmbed 200", tiktok=_oembed(
        {"7000000000000000001": _described("The gull", "TikTok")},
        _json({"code": 400, "message": "Something went wrong"}, 400))),
    _case("tiktok-removed", f"{_TIK}7000000000000000002", _REMOVED, "oEmbed 400, and the page's code",
          _tiktok_page(10204, "item doesn't exist")),
    _case("tiktok-private", f"{_TIK}7000000000000000003", _PRIVATE, "oEmbed 400, and the page's code",
          _tiktok_page(10222, "")),
    Case(name="tiktok-short", url="https://vm.tiktok.com/ZMdemo1/", verdict=VerdictKind.MOVED,
         reason=Reason.PERMANENT_REDIRECT, says="a short address of the host's own",
         serve=redirect(f"{_TIK}7000000000000000004"),
         beside={f"{_TIK}7000000000000000004": _tiktok_page(0, "")}),
    _case("rumble", "https://rumble.com/v1demo1-the-crane.html", _ALIVE, "oEmbed 200", rumble=_oembed(
        {"v1demo1": _described("The crane", "Rumble")}, _NONE)),
    _case("rumble-removed", "https://rumble.com/v1demo2-the-crane.html", _REMOVED, "oEmbed and page 404"),
    _case("odysee", "https://odysee.com/@tidewater:1/crane:2", _ALIVE, "oEmbed 200", odysee=_oembed(
        {"crane": _described("The crane", "Odysee")}, _NONE)),
    _case("odysee-removed", "https://odysee.com/@tidewater:1/ferry:3", _REMOVED, "oEmbed and page 404"),
    _case("odysee-frame", "https://odysee.com/@tidewater:1/storm:4", _REMOVED, "oEmbed 404; a page for everything",
          _frame("Odysee")),
    _item("archive-org", "quay-ferry-1931", _ALIVE, "its metadata", _json(
        {"created": 1, "files": [{"name": "ferry.mp4"}], "metadata": {"title": "The ferry in 1931"}})),
    _item("archive-org-dark", "quay-strike-1931", _REMOVED, "taken down: is_dark", _json(
        {"created": 1, "is_dark": True, "metadata": {}})),
    _item("archive-org-never-was", "quay-storm-1931", _REMOVED, "no metadata, and a page that says so", _json({})),
    _case("bitchute", "https://www.bitchute.com/video/demoQuay0001/", _ALIVE, "oEmbed 200", bitchute=_oembed({
        "demoQuay0001": _described("The crane", "BitChute"),
        "demoQuay0002": _json({"errors": [{"context": "reason", "message": "It is blocked in your location."}]}, 403),
    }, _NONE)),
    _case("bitchute-geo", "https://www.bitchute.com/video/demoQuay0002/", _GEO, "oEmbed 403 and why"),
    _case("bitchute-removed", "https://www.bitchute.com/video/demoQuay0003/", _REMOVED, "oEmbed and page 404"),
)

# ---------------------------------------------------------------- hosts whose page is all there is

_FB, _IG = "https://www.facebook.com/tidewaterfilm/videos/", "https://www.instagram.com/reel/"
_FB_LOGIN = "https://www.facebook.com/login/?next=%2Fwatch"
_IG_LOGIN = "https://www.instagram.com/accounts/login/?next=/reel/"
_NOT_SHOWN = page(
    '<!doctype html><html lang="en"><head><title>Facebook</title></head><body>'
    "<h2>This content isn't available right now</h2><p>When this happens, it's usually because "
    "the owner only shared it with a small group of people, changed who can "
    "see it or it's been deleted.</p></body></html>"
)
_TERMINATED = json.dumps({"alerts": [{"alertRenderer": {
    "type": "ERROR", "text": {"simpleText": "This account has been terminated due to multiple violations."},
}}]})
_WALLED = (
    Case(name="facebook", url=f"{_FB}900100", verdict=VerdictKind.ALIVE, reason=Reason.OK, says="a page with its film",
         serve=_film_page("The crane on the quay", "Facebook")),
    Case(name="facebook-login", url="https://www.facebook.com/watch/?v=900101", verdict=_LOGIN[0], reason=_LOGIN[1],
         says="it leads to a login", serve=redirect(_FB_LOGIN, 302), beside={_FB_LOGIN: page(
             "<!doctype html><title>Log into Facebook</title><form id=login_form><input type=password></form>")}),
    Case(name="facebook-not-shown", url=f"{_FB}900102", verdict=_UNCLEAR[0], reason=_UNCLEAR[1],
         says="deleted, or for some only: it says no more", serve=_NOT_SHOWN),
    Case(name="facebook-short", url="https://fb.watch/demoquay/", verdict=_UNCLEAR[0], reason=_UNCLEAR[1],
         says="a short address to what is not shown", serve=redirect(f"{_FB}900102", 302)),
    Case(name="instagram", url=f"{_IG}Cdemoquay1/", verdict=VerdictKind.ALIVE, reason=Reason.OK,
         says="a page with its film", serve=_film_page("Tidewater Film Club on Instagram", "Instagram")),
    Case(name="instagram-login", url=f"{_IG}Cdemoquay2/", verdict=_LOGIN[0], reason=_LOGIN[1],
         says="it leads to a login, which says nothing of the film", serve=redirect(_IG_LOGIN, 302),
         beside={_IG_LOGIN: _frame("Login • Instagram")}),
    Case(name="instagram-busy", url=f"{_IG}Cdemoquay3/", verdict=VerdictKind.UNKNOWN, reason=Reason.RATE_LIMITED,
         says="429", serve=page("", status=429)),
    Case(name="twitch-drawn", url="https://www.twitch.tv/videos/900100100", verdict=_BROWSER[0], reason=_BROWSER[1],
         says="a script draws the page, whatever it is", serve=_frame("Twitch")),
    Case(name="youtube-channel-terminated", url="https://www.youtube.com/@demoterminated", verdict=_REMOVED[0],
         reason=_REMOVED[1], says="a notice in place of a channel, with 200", serve=page(
             f"<!doctype html><title>YouTube</title><script>var ytInitialData = {_TERMINATED};</script>")),
    Case(name="youtube-channel", url="https://www.youtube.com/@tidewaterfilm", verdict=VerdictKind.ALIVE,
         reason=Reason.OK, says="a channel", serve=page(
             "<!doctype html><title>Tidewater Film Club - YouTube</title>"
             '<script>var ytInitialData = {"metadata":{}};</script>')),
    Case(name="short-link-to-a-removed-video", url="https://short.demo/ferry", verdict=_REMOVED[0], reason=_REMOVED[1],
         says="a shortener's target is a watch page, which answers 200",
         serve=redirect("https://www.youtube.com/watch?v=demoRemoved", 302)),
)

# ---------------------------------------------------------------- streams and signed addresses


def _playlist(*lines: str) -> Reply:
    return content("\n".join(["#EXTM3U", "#EXT-X-VERSION:3", *lines, ""]).encode(), "application/vnd.apple.mpegurl")


_PIECE = content(b"\x47\x40" + bytes(374), "video/mp2t")
def _player(film: str) -> Reply:
    return page(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A film of the quay</title></head><body>'
        f'<h1>A film of the quay</h1><video controls src="{film}"></video></body></html>'
    )


_STREAMS = "http://streams.demo/"
_MPD = (
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static">'
    '<Period><AdaptationSet mimeType="video/mp4"><SegmentTemplate initialization="$RepresentationID$/init.mp4" '
    'media="$RepresentationID$/$Number%05d$.m4s"/>'
    '<Representation id="low" bandwidth="800"/></AdaptationSet></Period></MPD>'
)
_DASH = content(_MPD.encode(), "application/dash+xml")
_ERROR = content(
    b"<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
    "application/xml", status=403,
)
_PAST, _AHEAD = 1_500_000_000, 4_000_000_000


def _streamed(
    name: str, path: str, outcome: tuple[VerdictKind, Reason], says: str, serve: Behaviour, **beside: Behaviour,
) -> Case:
    return Case(
        name=name, url=_STREAMS + path, verdict=outcome[0], reason=outcome[1], says=says, serve=serve,
        beside={_STREAMS + key.replace("__", "/").replace("_", "."): behaviour for key, behaviour in beside.items()},
    )


_FILES = (
    _streamed("hls", "ferry/master.m3u8", _ALIVE, "a stream whose pieces are there",
              _playlist("#EXT-X-STREAM-INF:BANDWIDTH=1", "low.m3u8"),
              ferry__low_m3u8=_playlist("#EXTINF:4,", "1.ts", "#EXT-X-ENDLIST"), ferry__1_ts=_PIECE),
    _streamed("hls-pieces-gone", "storm/master.m3u8", _REMOVED, "a playlist that outlived its pieces",
              _playlist("#EXT-X-STREAM-INF:BANDWIDTH=1", "low.m3u8"),
              storm__low_m3u8=_playlist("#EXTINF:4,", "1.ts", "#EXTINF:4,", "2.ts", "#EXT-X-ENDLIST")),
    _streamed("hls-live", "harbour/live.m3u8", _ALIVE, "a broadcast whose oldest piece is gone already",
              _playlist("#EXT-X-MEDIA-SEQUENCE:7", "#EXTINF:4,", "7.ts", "#EXTINF:4,", "8.ts"), harbour__8_ts=_PIECE),
    _streamed("hls-locked", "choir/list.m3u8", _ALIVE, "its pieces are refused to us, which is no death",
              _playlist('#EXT-X-KEY:METHOD=AES-128,URI="key"', "#EXTINF:4,", "1.ts", "#EXT-X-ENDLIST"),
              choir__1_ts=page("Forbidden", status=403)),
    _streamed("dash", "ferry/film.mpd", _ALIVE, "a DASH stream", _DASH, ferry__low__init_mp4=file(mp4(), "video/mp4")),
    _streamed("dash-pieces-gone", "storm/film.mpd", _REMOVED, "a DASH stream without its pieces", _DASH),
    _streamed("mp4-whole", "quay/whole.mp4", _ALIVE, "a host without ranges", content(mp4(), "video/mp4")),
    _streamed("mp4-not-found-in-disguise", "quay/lost.mp4", (VerdictKind.DEAD, Reason.SOFT_404),
              "an error page sent as a video", content(not_found("streams.demo").encode(), "video/mp4")),
    _streamed("mp3-octets", "quay/bell.mp3", _ALIVE, "a sound sent as octets",
              content(mp3(), "application/octet-stream")),
    _streamed("signed-expired", f"signed/ferry.mp4?Expires={_PAST}&Signature=demodemodemodemo1234", _EXPIRED,
              "a signed address past its time", _ERROR),
    _streamed("signed-refused", f"signed/crane.mp4?Expires={_AHEAD}&Signature=demodemodemodemo1234",
              (VerdictKind.BLOCKED, Reason.FORBIDDEN), "a signed address refused within its time", _ERROR),
    _streamed("signed-kept", f"signed/gull.mp4?Expires={_PAST}&Signature=demodemodemodemo1234", _ALIVE,
              "past its time, and still served", file(mp4(), "video/mp4")),
    _streamed("signed-amazon", "signed/storm.webm?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20200101T000000Z"
              "&X-Amz-Expires=3600&X-Amz-Signature=00", _EXPIRED, "signed for an hour in 2020", _ERROR),
    _streamed("player-alone", "alone/crane", _ALIVE, "a page that is its player, and the film is there",
              _player("/alone/crane.mp4"), alone__crane_mp4=file(mp4(), "video/mp4")),
    _streamed("player-alone-gone", "alone/storm", _REMOVED, "a page that is its player, and outlived the film",
              _player("/alone/storm.mp4")),
    _streamed("page-of-a-player", "watch/ferry", _ALIVE, "a page about a film, with its player",
              page(article("The ferry", extra='<video src="/ferry/film.mp4" controls></video>'))),
)
CASES = (*_ASKED, *_WALLED, *_FILES)
