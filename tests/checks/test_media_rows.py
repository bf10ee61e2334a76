"""Cited media: what each host's answers come to, told by scripted answers to whatever a look asks."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from scripted import START, exchange, failure, hop, html, page, redirect

from archiver.checks.judge import judge_look
from archiver.checks.look import first_address, look, observe
from archiver.demo.media import mp4
from archiver.demo.prose import article
from archiver.model import FailureKind, Reason, VerdictKind, WarningCode
from archiver.web.exchange import Hop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.checks.look import Look
    from archiver.web.client import Web
    from archiver.web.exchange import Exchange, Failure, Request

ALIVE = (VerdictKind.ALIVE, Reason.OK)
REMOVED = (VerdictKind.DEAD, Reason.MEDIA_REMOVED)
PRIVATE = (VerdictKind.RESTRICTED, Reason.PRIVATE_MEDIA)
LOGIN = (VerdictKind.RESTRICTED, Reason.LOGIN)
PAYWALL = (VerdictKind.RESTRICTED, Reason.PAYWALL)
GEO = (VerdictKind.BLOCKED, Reason.GEO)
WALL = (VerdictKind.BLOCKED, Reason.BOT_WALL)
UNCLEAR = (VerdictKind.UNKNOWN, Reason.BAD_ANSWER)
BUSY = (VerdictKind.UNKNOWN, Reason.RATE_LIMITED)
BROWSER = (VerdictKind.UNKNOWN, Reason.NEEDS_BROWSER)
EXPIRED = (VerdictKind.DEAD, Reason.EXPIRED)


class Scripted:
    """A web whose answers are written down. What is not is honestly not there."""

    def __init__(self, answers: Mapping[str, Hop | Exchange | Failure]) -> None:
        self.answers = answers
        self.asked: list[Request] = []

    async def fetch(self, request: Request) -> Exchange | Failure:
        """Give the answer of an address, or the one of all that begins with it ("...*")."""
        self.asked.append(request)
        url = request.url.partition("#")[0]
        found = self.answers.get(url) or next(
            (answer for key, answer in self.answers.items() if key.endswith("*") and url.startswith(key[:-1])), None,
        )
        if found is None:
            found = page(url, "<title>Not Found</title><h1>Not Found</h1>", 404)
        return exchange(replace(found, url=url)) if isinstance(found, Hop) else found


def look_at(link: str, answers: Mapping[str, Hop | Exchange | Failure]) -> tuple[Look, Scripted]:
    web = Scripted(answers)
    return asyncio.run(look(link, cast("Web", web))), web


@dataclass(frozen=True)
class Row:
    name: str
    link: str
    answers: Mapping[str, Hop | Exchange | Failure]
    outcome: tuple[VerdictKind, Reason]
    warnings: tuple[WarningCode, ...] = ()
    requests: int = 1
    says: str = ""


def data(body: object, status: int = 200, kind: str = "application/json") -> Hop:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return hop("https://asked.example/", f"HTTP/1.1 {status} Whatever\nContent-Type: {kind}", text)


def plain(words: str, status: int) -> Hop:
    return data(words, status, "text/plain")


def shown(body: str, status: int = 200, url: str = "https://asked.example/") -> Hop:
    return page(url, body, status)


DESCRIBED = {"type": "video", "version": "1.0", "title": "The ferry's last crossing", "author_name": "Quay Films",
             "html": "<iframe></iframe>"}
KNOWN = data(DESCRIBED)
CHALLENGE = page("https://asked.example/", html("Just a moment...", "<script>window._cf_chl_opt={}</script>"), 403,
                 "cf-mitigated: challenge")


# ---------------------------------------------------------------- YouTube

WATCH = "https://www.youtube.com/watch?v=quayFerry01"
YT_ASKS = "https://www.youtube.com/oembed*"


def player(status: str, reason: str = "", subreason: str = "", **more: object) -> dict[str, Any]:
    screen = {"playerErrorMessageRenderer": {
        "reason": {"simpleText": reason}, "subreason": {"runs": [{"text": subreason}]},
    }} if subreason else {}
    return {"contextParams": "Q0FFU0FnZ0M=", "status": status, **({"reason": reason} if reason else {}),
            **({"errorScreen": screen} if screen else {}), **more}


def watch(said: Mapping[str, object], about: str = "quayFerry01", lang: str = "en") -> Hop:
    response = {"responseContext": {}, "playabilityStatus": said, "videoDetails": {"videoId": about, "title": "Ferry"}}
    return shown(
        f'<!doctype html><html lang="{lang}"><head><title>Ferry - YouTube</title></head><body>'
        f"<script>var ytInitialPlayerResponse = {json.dumps(response)};</script></body></html>", url=WATCH,
    )


def tube(
    name: str, oembed: Hop, page_: Hop | None, outcome: tuple[VerdictKind, Reason], *warnings: WarningCode,
    requests: int = 2,
) -> Row:
    return Row(f"youtube-{name}", WATCH, {YT_ASKS: oembed, **({WATCH: page_} if page_ else {})}, outcome, warnings, requests)


REFUSED = plain("Forbidden", 403)
ODD = shown("<title>Before you continue</title>")
AGE, ENDED, NO_EMBED = WarningCode.AGE_RESTRICTED, WarningCode.LIVE_ENDED, WarningCode.NOT_EMBEDDABLE
YOUTUBE = (
    tube("alive", KNOWN, None, ALIVE, requests=1),
    tube("removed", plain("Not Found", 404), None, REMOVED, requests=1),
    tube("embedding-off", plain("Unauthorized", 401), None, ALIVE, NO_EMBED, requests=1),
    tube("busy", plain("Too Many Requests", 429), None, BUSY, requests=1),
    tube("private", REFUSED, watch(player("LOGIN_REQUIRED", "Private video", "Sign in if you've been granted access")), PRIVATE),
    tube("private-behind-a-consent-page", REFUSED, ODD, PRIVATE),
    tube("age-where-a-private-one-would-be", REFUSED, watch(player(
        "LOGIN_REQUIRED", "Sign in to confirm your age", "This video may be inappropriate for some users.")), ALIVE, AGE),
    tube("age-by-its-code", ODD, watch(player("LOGIN_REQUIRED", "Bestätige dein Alter", desktopLegacyAgeGateReason=1),
                                       lang="de"), ALIVE, AGE),
    tube("age-on-youtube-only", ODD, watch(player("UNPLAYABLE", "This video is age-restricted and only available on YouTube")), ALIVE, AGE),
    tube("age-check", ODD, watch(player("AGE_CHECK_REQUIRED", "x")), ALIVE, AGE),
    tube("content-check", ODD, watch(player("CONTENT_CHECK_REQUIRED", "The following content may contain...")), ALIVE),
    tube("geo", ODD, watch(player("UNPLAYABLE", "Video unavailable",
                                  "The uploader has not made this video available in your country")), GEO),
    tube("geo-claim", ODD, watch(player("UNPLAYABLE", "Video unavailable",
        "This video contains content from Quay Records, who has blocked it in your country on copyright grounds")), GEO),
    tube("geo-french", ODD, watch(player("UNPLAYABLE", "Vidéo non disponible",
        "L'utilisateur qui a mis en ligne cette vidéo ne l'a pas rendue disponible dans votre pays"), lang="fr"), GEO),
    tube("members", ODD, watch(player("UNPLAYABLE", "Join this channel to get access to members-only content")), PRIVATE),
    tube("rent", ODD, watch(player("UNPLAYABLE", "This video requires payment to watch.")), PAYWALL),
    tube("embedding-off-on-a-player", ODD, watch(player("UNPLAYABLE", "Video unavailable",
        "Playback on other websites has been disabled by the video owner")), ALIVE, NO_EMBED),
    tube("terminated", ODD, watch(player("ERROR", "Video unavailable",
        "This video is no longer available because the account associated with this video has been terminated.")), REMOVED),
    tube("copyright", ODD, watch(player("ERROR", "This video is no longer available due to a copyright claim by Quay Ltd")),
         REMOVED),
    tube("policy", ODD, watch(player("ERROR", "This video has been removed for violating the Community Guidelines")), REMOVED),
    tube("by-uploader", ODD, watch(player("ERROR", "Video unavailable", "This video has been removed by the uploader")), REMOVED),
    tube("removed-german", ODD, watch(player("ERROR", "Video nicht verfügbar"), lang="de"), REMOVED),
    tube("error-in-words-unknown", ODD, watch(player("ERROR", "Tá fadhb ann"), lang="ga"), UNCLEAR),
    tube("error-without-words", ODD, watch(player("ERROR")), UNCLEAR),
    tube("later", ODD, watch(player("ERROR", "Video unavailable", "This content isn’t available, try again later.")), BUSY),
    tube("later-german", ODD, watch(player("UNPLAYABLE", "Video nicht verfügbar",
        "Dieser Inhalt ist nicht verfügbar. Versuche es später noch einmal."), lang="de"), BUSY),
    tube("bot", ODD, watch(player("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot")), WALL),
    tube("captcha", ODD, watch(player("UNPLAYABLE", "x", errorScreen={"playerCaptchaViewModel": {}})), WALL),
    tube("login-unexplained", ODD, watch(player("LOGIN_REQUIRED", "Please sign in")), UNCLEAR),
    tube("not-available-unexplained", ODD, watch(player("UNPLAYABLE", "Video unavailable", "This video is not available")),
         UNCLEAR),
    tube("upcoming", ODD, watch(player("LIVE_STREAM_OFFLINE", "Premieres in 3 hours")), ALIVE),
    tube("live-ended", ODD, watch(player("LIVE_STREAM_OFFLINE", "This live event has ended.")), ALIVE, ENDED),
    tube("live-not-kept", ODD, watch(player("ERROR", "This live stream recording is not available.")), ALIVE, ENDED),
    tube("another-video-for-robots", ODD, watch(player("OK"), about="somethingEl"), UNCLEAR),
    tube("escaped-player", ODD, shown(
        '<title>Ferry</title><script>ytplayer.config = {"args":{"player_response":'
        + json.dumps(json.dumps({"playabilityStatus": player("ERROR", "Video unavailable")})) + "}};</script>"), REMOVED),
    tube("refused-and-nothing-to-read", plain("Bad Request", 400), shown("<title> - YouTube</title>"), UNCLEAR),
    Row("youtube-bad-name", "https://www.youtube.com/watch?v=quayFerry", {YT_ASKS: plain("Bad Request", 400),
        "https://www.youtube.com/watch?v=quayFerry": shown("<title> - YouTube</title>")}, REMOVED, requests=2),
    tube("bad-name-but-there", plain("Bad Request", 400), watch(player("OK")), ALIVE),
    tube("oembed-unreachable", plain("", 501), watch(player("OK")), ALIVE),
    tube("an-error-as-json", data({"error": {"code": 400, "title": "no"}}), watch(player("OK")), ALIVE),
)


def alerted(words: str, kind: str = "ERROR") -> str:
    alerts = {"responseContext": {}, "alerts": [{"alertRenderer": {"type": kind, "text": {"runs": [{"text": words}]}}}]}
    return f"<title>YouTube</title><body><script>var ytInitialData = {json.dumps(alerts)};</script></body>"


CHANNEL = "https://www.youtube.com/@quayfilms"
LIST = "https://www.youtube.com/playlist?list=PLquay0000000000"
PAGES_OF_YOUTUBE = (
    Row("channel", CHANNEL, {CHANNEL: shown("<title>Quay Films - YouTube</title><script>var ytInitialData = {"
        '"metadata":{"channelMetadataRenderer":{"title":"Quay Films"}}};</script>' + "<p>Quay Films</p>" * 30, url=CHANNEL)}, ALIVE,
        requests=1),
    Row("channel-terminated", CHANNEL, {CHANNEL: shown(alerted(
        "This account has been terminated for a violation of the Terms of Service."), url=CHANNEL)}, REMOVED),
    Row("channel-never-was", CHANNEL, {}, (VerdictKind.DEAD, Reason.NOT_FOUND)),
    Row("channel-error-unknown", CHANNEL, {CHANNEL: shown(alerted("Quelque chose"), url=CHANNEL)}, UNCLEAR),
    Row("channel-without-anything", CHANNEL, {CHANNEL: shown("<title> - YouTube</title>", url=CHANNEL)}, UNCLEAR),
    Row("list", LIST, {YT_ASKS: KNOWN}, ALIVE),
    Row("list-private", LIST, {YT_ASKS: REFUSED, LIST: shown(alerted("This playlist is private."))}, PRIVATE, requests=2),
    Row("list-gone-by-its-page", LIST, {YT_ASKS: plain("", 501), LIST: shown(alerted("The playlist does not exist."))}, REMOVED,
        requests=2),
    Row("list-gone", LIST, {YT_ASKS: plain("Not Found", 404), LIST: shown(alerted("The playlist does not exist."))}, REMOVED, requests=2),
    Row("list-that-oembed-does-not-know", LIST, {YT_ASKS: plain("Not Found", 404), LIST: shown(
        "<title>Songs of the quay - YouTube</title><script>var ytInitialData = {};</script>")}, ALIVE, requests=2),
    Row("mix-is-nobodys", "https://www.youtube.com/playlist?list=RDquayFerry01",
        {"https://www.youtube.com/playlist?list=RDquayFerry01": shown(alerted("This playlist type is unviewable."))}, UNCLEAR),
    Row("clip", "https://www.youtube.com/clip/UgkxQuay", {"https://www.youtube.com/clip/UgkxQuay": exchange(page(
        "https://www.youtube.com/clip/UgkxQuay", watch(player("OK")).body))}, ALIVE),
    Row("short-link-to-a-video", "https://short.example/abc", {"https://short.example/abc": exchange(
        redirect("https://short.example/abc", WATCH, 302), watch(player("ERROR", "Video unavailable")))}, REMOVED),
)


# ---------------------------------------------------------------- other hosts


def asked(name: str, link: str, endpoint: str, answer: Hop, outcome: tuple[VerdictKind, Reason], *warnings: WarningCode,
          page_: Hop | Exchange | None = None, again: tuple[str, Hop] | None = None, requests: int = 1) -> Row:
    answers: dict[str, Hop | Exchange | Failure] = {f"{endpoint}*": answer}
    if page_ is not None:
        answers[link] = page_
    if again is not None:
        answers[again[0]] = again[1]
    return Row(name, link, answers, outcome, warnings, requests)


VIMEO, VIMEO_ASKS = "https://vimeo.com/900100300", "https://vimeo.com/api/oembed.json"
DAILY, DAILY_ASKS = "https://www.dailymotion.com/video/x7quay1", "https://www.dailymotion.com/services/oembed"
DAILY_META = "https://www.dailymotion.com/player/metadata/video/x7quay1"
POST, POST_ASKS = "https://x.com/quayfilms/status/1234567890123456789", "https://publish.twitter.com/oembed"
POST_META = "https://cdn.syndication.twimg.com/tweet-result*"
SOUND, SOUND_ASKS = "https://soundcloud.com/quay/ferry-horn", "https://soundcloud.com/oembed"
TIK, TIK_ASKS = "https://www.tiktok.com/@quay/video/7000000000000000001", "https://www.tiktok.com/oembed"
BIT, BIT_ASKS = "https://www.bitchute.com/video/quayFerry01", "https://api.bitchute.com/oembed/"
ITEM, ITEM_ASKS = "https://archive.org/details/quay-ferry-1931", "https://archive.org/metadata/quay-ferry-1931"
BILI, BILI_ASKS = "https://www.bilibili.com/video/BV1quayFerry", "https://api.bilibili.com/x/web-interface/view"
NICO, NICO_ASKS = "https://www.nicovideo.jp/watch/sm9000001", "https://ext.nicovideo.jp/api/getthumbinfo/sm9000001"
RUMBLE, RUMBLE_ASKS = "https://rumble.com/v1quay1-the-ferry.html", "https://rumble.com/api/Media/oembed.json"
ODYSEE, ODYSEE_ASKS = "https://odysee.com/@quay:1/ferry:2", "https://odysee.com/$/oembed"
STREAM, STREAM_ASKS = "https://streamable.com/quay1", "https://api.streamable.com/oembed.json"
NONE = plain("Not Found", 404)


def tiktok(code: int, words: str = "") -> Hop:
    scope = {"__DEFAULT_SCOPE__": {"webapp.video-detail": {"statusCode": code, "statusMsg": words}}}
    return shown(f"<title>TikTok - Make Your Day</title><body><div id=app></div><script>{json.dumps(scope).replace(': ', ':')}</script>",
                 url=TIK)


def nico(status: str, code: str = "") -> Hop:
    inner = f"<error><code>{code}</code></error>" if code else "<thumb><title>Ferry</title></thumb>"
    return data(f'<?xml version="1.0"?><nicovideo_thumb_response status="{status}">{inner}</nicovideo_thumb_response>',
                kind="text/xml")


FILM = '<meta property="og:title" content="Ferry, 1931"><meta property="og:video" content="https://files.example/f.mp4">'
OTHERS = (
    asked("vimeo", VIMEO, VIMEO_ASKS, KNOWN, ALIVE),
    asked("vimeo-chosen-sites", VIMEO, VIMEO_ASKS, data({"type": "video", "domain_status_code": 403, "video_id": 1,
                                                         "provider_name": "Vimeo"}), PRIVATE),
    asked("vimeo-private", VIMEO, VIMEO_ASKS, plain("", 403), PRIVATE, page_=shown("Forbidden", 403), requests=2),
    asked("vimeo-embedding-off", VIMEO, VIMEO_ASKS, plain("", 403), ALIVE, requests=2,
          page_=shown(html("Ferry on Vimeo", "<h1>Ferry</h1>", FILM))),
    asked("vimeo-removed", VIMEO, VIMEO_ASKS, NONE, REMOVED, page_=shown("", 404), requests=2),
    asked("vimeo-removed-behind-a-wall", VIMEO, VIMEO_ASKS, NONE, REMOVED, page_=CHALLENGE, requests=2),
    asked("vimeo-not-in-oembed-but-there", VIMEO, VIMEO_ASKS, NONE, ALIVE, requests=2,
          page_=shown(html("Ferry on Vimeo", "<h1>Ferry</h1>", FILM))),
    asked("vimeo-not-in-oembed-but-private", VIMEO, VIMEO_ASKS, NONE, PRIVATE, requests=2, page_=shown(html(
        "Private Video on Vimeo", '<form id="pw_form"><input type="password" name="password"></form>'))),
    asked("vimeo-privacy-settings", VIMEO, VIMEO_ASKS, NONE, PRIVATE, requests=2, page_=shown(html(
        "Sorry", "<h1>Sorry</h1><p>Because of its privacy settings, this video cannot be played here.</p>"), 403)),
    asked("dailymotion", DAILY, DAILY_ASKS, KNOWN, ALIVE),
    asked("dailymotion-removed", DAILY, DAILY_ASKS, NONE, REMOVED, requests=2, again=(DAILY_META, data(
        {"error": {"code": "DM001", "title": "This video has been deleted."}}))),
    asked("dailymotion-geo", DAILY, DAILY_ASKS, NONE, GEO, requests=2, again=(DAILY_META, data(
        {"error": {"code": "DM007", "title": "Contenu indisponible"}}))),
    asked("dailymotion-private", DAILY, DAILY_ASKS, plain("", 403), PRIVATE),
    asked("dailymotion-private-says-the-player", DAILY, DAILY_ASKS, plain("", 501), PRIVATE, requests=2, again=(DAILY_META, data(
        {"error": {"code": "DM010", "title": "Private"}}))),
    asked("dailymotion-there-after-all", DAILY, DAILY_ASKS, NONE, ALIVE, requests=2, again=(DAILY_META, data(
        {"id": "x7quay1", "title": "Ferry", "qualities": {"auto": []}}))),
    asked("dailymotion-removed-twice", DAILY, DAILY_ASKS, NONE, REMOVED, requests=3, page_=shown("", 410)),
    asked("x", POST, POST_ASKS, KNOWN, ALIVE),
    asked("x-removed", POST, POST_ASKS, NONE, REMOVED, requests=2),
    asked("x-removed-says-the-stone", POST, POST_ASKS, NONE, REMOVED, requests=2, again=(POST_META, data(
        {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "This Post was deleted by the Post author."}}}))),
    asked("x-grown-ups", POST, POST_ASKS, NONE, ALIVE, AGE, requests=2, again=(POST_META, data(
        {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "Age-restricted adult content."}}}))),
    asked("x-protected", POST, POST_ASKS, plain("", 403), PRIVATE),
    asked("x-protected-says-the-stone", POST, POST_ASKS, NONE, PRIVATE, requests=2, again=(POST_META, data(
        {"__typename": "TweetUnavailable", "reason": "Protected"}))),
    asked("x-oembed-in-trouble", POST, POST_ASKS, plain("", 501), ALIVE, requests=2, again=(POST_META, data(
        {"__typename": "Tweet", "text": "The ferry", "user": {}}))),
    asked("x-empty-object-is-no-word", POST, POST_ASKS, plain("", 501), (VerdictKind.UNKNOWN, Reason.SERVER_ERROR), requests=2,
          again=(POST_META, data({}))),
    asked("x-suspended", POST, POST_ASKS, data({"errors": [{"code": 63, "message": "User has been suspended."}]}, 403), REMOVED, requests=2),
    asked("x-busy", POST, POST_ASKS, plain("", 429), BUSY),
    asked("soundcloud", SOUND, SOUND_ASKS, KNOWN, ALIVE),
    asked("soundcloud-removed", SOUND, SOUND_ASKS, NONE, REMOVED, page_=shown("", 404), requests=2),
    asked("soundcloud-private", SOUND, SOUND_ASKS, plain("", 403), PRIVATE, page_=shown("", 404), requests=2),
    asked("streamable-removed", STREAM, STREAM_ASKS, NONE, REMOVED, page_=shown("", 404), requests=2),
    asked("rumble", RUMBLE, RUMBLE_ASKS, KNOWN, ALIVE),
    asked("rumble-removed", RUMBLE, RUMBLE_ASKS, NONE, REMOVED, page_=shown("", 410), requests=2),
    asked("rumble-wall", RUMBLE, RUMBLE_ASKS, CHALLENGE, WALL),
    asked("rumble-embedding-off", RUMBLE, RUMBLE_ASKS, NONE, ALIVE, requests=2,
          page_=shown(html("The ferry", "<h1>The ferry</h1>", FILM), url=RUMBLE)),
    asked("odysee", ODYSEE, ODYSEE_ASKS, KNOWN, ALIVE),
    asked("odysee-removed", ODYSEE, ODYSEE_ASKS, NONE, REMOVED, page_=shown("", 404), requests=2),
    asked("odysee-removed-and-a-frame-for-everything", ODYSEE, ODYSEE_ASKS, NONE, REMOVED, requests=2,
          page_=page(ODYSEE, html("Odysee", "<div id=app></div><script src=/a.js></script>"))),
    asked("odysee-knows-no-claim", ODYSEE, ODYSEE_ASKS, data("The URL is invalid or is not associated with any claim.", kind="text/plain"),
          REMOVED, page_=shown("", 404), requests=2),
    asked("odysee-has-the-page", ODYSEE, ODYSEE_ASKS, NONE, ALIVE, requests=2, page_=page(ODYSEE, html("Ferry", "<script>1</script>", FILM))),
    asked("odysee-oembed-in-trouble", ODYSEE, ODYSEE_ASKS, plain("", 501), BROWSER, requests=2,
          page_=page(ODYSEE, html("Odysee", "<div id=app></div><script src=/a.js></script>"))),
    asked("tiktok", TIK, TIK_ASKS, KNOWN, ALIVE),
    asked("tiktok-removed-say-both", TIK, TIK_ASKS, data({"code": 400, "message": "Something went wrong"}, 400), REMOVED,
          page_=tiktok(10204, "item doesn't exist"), requests=2),
    asked("tiktok-distrusts-us", TIK, TIK_ASKS, plain("", 501), UNCLEAR, page_=tiktok(10204), requests=2),
    asked("tiktok-private", TIK, TIK_ASKS, data({"code": 400}, 400), PRIVATE, page_=tiktok(10222), requests=2),
    asked("tiktok-there", TIK, TIK_ASKS, data({"code": 400}, 400), ALIVE, page_=tiktok(0), requests=2),
    asked("bitchute", BIT, BIT_ASKS, KNOWN, ALIVE),
    asked("bitchute-geo", BIT, BIT_ASKS, data({"errors": [{"context": "reason", "message":
          "This video is unavailable as the contents have been deemed potentially illegal in your location."}]}, 403), GEO),
    asked("bitchute-removed", BIT, BIT_ASKS, NONE, REMOVED, page_=shown("", 404), requests=2),
    asked("archive-org", ITEM, ITEM_ASKS, data({"created": 1, "files": [{"name": "a.mp4"}], "metadata": {"title": "Ferry"}}), ALIVE),
    asked("archive-org-never-was", ITEM, ITEM_ASKS, data("{}"), REMOVED),
    asked("archive-org-dark", ITEM, ITEM_ASKS, data({"created": 1, "is_dark": True, "metadata": {}}), REMOVED),
    asked("archive-org-large", ITEM, ITEM_ASKS, hop(ITEM_ASKS, "HTTP/1.1 200 OK\nContent-Type: application/json",
          '{"created":1,"files":[{"name":"a' + "a" * 500, truncated="length"), ALIVE),
    asked("archive-org-page", ITEM, ITEM_ASKS, plain("", 501), ALIVE, page_=page(ITEM, article("Quay ferry 1931")), requests=2),
    asked("bilibili", BILI, BILI_ASKS, data({"code": 0, "message": "0", "data": {"title": "Ferry"}}), ALIVE),
    asked("bilibili-removed", BILI, BILI_ASKS, data({"code": -404, "message": "啥都木有"}), REMOVED),
    asked("bilibili-hidden", BILI, BILI_ASKS, data({"code": 62002, "message": "稿件不可见"}), PRIVATE),
    asked("bilibili-distrusts-us", BILI, BILI_ASKS, data({"code": -352, "message": "-352"}), BUSY),
    asked("niconico", NICO, NICO_ASKS, nico("ok"), ALIVE),
    asked("niconico-deleted", NICO, NICO_ASKS, nico("fail", "DELETED"), REMOVED),
    asked("niconico-members", NICO, NICO_ASKS, nico("fail", "COMMUNITY"), PRIVATE),
)


# ---------------------------------------------------------------- hosts whose pages are all there is

FB, REEL = "https://www.facebook.com/quayfilms/videos/900100", "https://www.instagram.com/reel/Cquay1/"
NOT_NOW = ("<h2>This content isn't available right now</h2><p>When this happens, it's usually because the owner only shared it "
           "with a small group of people, changed who can see it or it's been deleted.</p>")
CLIP = "https://www.twitch.tv/videos/900100100"


def only(name: str, link: str, answer: Hop | Exchange, outcome: tuple[VerdictKind, Reason], requests: int = 1) -> Row:
    return Row(name, link, {link: answer}, outcome, requests=requests)


PAGES = (
    only("facebook", FB, page(FB, html("Ferry | Facebook", "<form id=login_form></form>", FILM)), ALIVE),
    only("facebook-login", FB, exchange(redirect(FB, "https://www.facebook.com/login/?next=x", 302), page(
        "https://www.facebook.com/login/?next=x", html("Log into Facebook", "<form id='login_form'></form>"))), LOGIN),
    only("facebook-login-in-place", FB, page(FB, html("Log in to Facebook", "<p>Log in</p>")), LOGIN),
    only("facebook-login-german", FB, page(FB, html("Bei Facebook anmelden", "<p>Anmelden</p>")), LOGIN),
    only("facebook-must-log-in", FB, page(FB, html("Facebook", "<p>You must log in to continue.</p>")), LOGIN),
    only("facebook-not-available", FB, page(FB, html("Facebook", NOT_NOW)), UNCLEAR),
    only("facebook-not-available-404", FB, page(FB, html("Facebook", NOT_NOW), 404), UNCLEAR),
    only("facebook-page-with-words-in-its-scripts", "https://www.facebook.com/quayfilms", page("https://www.facebook.com/quayfilms", html(
         "Quay Films", "<h1>Quay Films</h1><p>Films of the river.</p><script>{'a': 'You must log in to continue.'}</script>",
         '<meta property="og:title" content="Quay Films">')), ALIVE),
    only("facebook-404", FB, page(FB, html("Page Not Found", "<p>The link may be broken.</p>"), 404),
         (VerdictKind.DEAD, Reason.NOT_FOUND)),
    only("facebook-drawn", FB, page(FB, html("Facebook", "<div></div><script>1</script>")), BROWSER),
    only("fb-watch", "https://fb.watch/quay1/", exchange(redirect("https://fb.watch/quay1/", FB, 302), page(
        FB, html("Facebook", NOT_NOW))), UNCLEAR),
    only("instagram", REEL, page(REEL, html("Quay on Instagram", "", '<meta property="og:title" content="Quay on Instagram">')), ALIVE),
    only("instagram-login", REEL, exchange(redirect(REEL, "https://www.instagram.com/accounts/login/?next=/reel/", 302), page(
        "https://www.instagram.com/accounts/login/?next=/reel/", html("Login • Instagram", "<script>1</script>"))), LOGIN),
    only("instagram-busy", REEL, page(REEL, "", 429), BUSY),
    only("instagram-drawn", REEL, page(REEL, html("Instagram", "<div></div><script>1</script>")), BROWSER),
    only("instagram-not-available", REEL, page(REEL, html("Instagram", "<h2>Sorry, this page isn't available.</h2>")), UNCLEAR),
    only("twitch", CLIP, page(CLIP, html("Ferry - quay on Twitch", "<script>1</script>", FILM)), ALIVE),
    only("twitch-drawn", CLIP, page(CLIP, html("Twitch", "<div id=root></div><script>1</script>")), BROWSER),
    Row("tiktok-short", "https://vm.tiktok.com/ZMquay/", {"https://vm.tiktok.com/ZMquay/": exchange(
        redirect("https://vm.tiktok.com/ZMquay/", TIK), tiktok(10204)), f"{TIK_ASKS}*": data({"code": 400}, 400),
        TIK: tiktok(10204)}, REMOVED, requests=3),
    Row("short-to-x", "https://t.co/quay", {"https://t.co/quay": exchange(
        redirect("https://t.co/quay", POST), page(POST, html("X", "<div id=root></div><script>1</script>"))),
        f"{POST_ASKS}*": KNOWN}, ALIVE, requests=2),
    Row("short-to-x-removed", "https://t.co/quay", {"https://t.co/quay": exchange(
        redirect("https://t.co/quay", POST), page(POST, html("X", "<div id=root></div><script>1</script>")))}, REMOVED, requests=3),
)


@pytest.mark.parametrize("row", [*YOUTUBE, *PAGES_OF_YOUTUBE, *OTHERS, *PAGES], ids=lambda row: row.name)
def test_what_a_media_host_says(row: Row) -> None:
    made, web = look_at(row.link, row.answers)
    verdict = judge_look(made.observation)
    assert (verdict.kind, verdict.reason, verdict.warnings) == (*row.outcome, row.warnings), verdict.because
    assert len(web.asked) == row.requests, [request.url for request in web.asked]
    assert web.asked[0].url == first_address(row.link)
    assert verdict.because.endswith(".")


# ---------------------------------------------------------------- which addresses are of which work


@pytest.mark.parametrize(
    "link",
    [
        "https://www.youtube.com/watch?v=quayFerry01&list=PLx&t=61s", "https://youtu.be/quayFerry01?si=abc", "https://youtu.be/quayFerry01/",
        "https://www.youtube.com/v/quayFerry01&hl=en_US&fs=1", "https://www.youtube.com/embed/quayFerry01?start=5",
        "https://www.youtube-nocookie.com/embed/quayFerry01", "https://www.youtube.com/shorts/quayFerry01?feature=share",
        "https://www.youtube.com/live/quayFerry01", "https://music.youtube.com/watch?v=quayFerry01&feature=share",
        "http://de.youtube.com/watch?v=quayFerry01", "https://www.youtube.com/watch?v=quayFerry01)", "https://m.youtube.com/#!v=quayFerry01",
        "https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3DquayFerry01%26feature%3Dshare",
        "https://www.youtube.com/?v=quayFerry01", "https://youtube.com/watch/quayFerry01", "https://www.youtube.com/e/quayFerry01",
        "https://youtu.be/watch?v=quayFerry01", "https://www.youtube.com/watch?v=quayFerry01%26feature=related",
    ],
)
def test_all_spellings_of_a_video_ask_the_same(link: str) -> None:
    asks = "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DquayFerry01"
    assert first_address(link) == asks


@pytest.mark.parametrize(
    ("link", "about"),
    [
        ("https://www.youtube.com/embed/videoseries?list=PLquay", "https%3A%2F%2Fwww.youtube.com%2Fplaylist%3Flist%3DPLquay"),
        ("https://www.youtube.com/view_play_list?p=ABCDEF0123456789", "https%3A%2F%2Fwww.youtube.com%2Fplaylist%3Flist%3DPLABCDEF0123456789"),
        ("https://www.youtube.com/watch?list=PLquay", "https%3A%2F%2Fwww.youtube.com%2Fplaylist%3Flist%3DPLquay"),
        ("https://vimeo.com/m/900100300", "https%3A%2F%2Fvimeo.com%2F900100300"),
        ("https://vimeo.com/moogaloop.swf?clip_id=900100300&server=vimeo.com", "https%3A%2F%2Fvimeo.com%2F900100300"),
        ("https://vimeo.com/900100300?share=copy#t=61s", "https%3A%2F%2Fvimeo.com%2F900100300%3Fshare%3Dcopy"),
        ("https://player.vimeo.com/video/900100300?h=abcdef0123", "https%3A%2F%2Fplayer.vimeo.com%2Fvideo%2F900100300%3Fh%3Dabcdef0123"),
        ("https://vimeo.com/event/123456", "https%3A%2F%2Fvimeo.com%2Fevent%2F123456"),
        ("https://twitter.com/#!/quay/status/20", "https%3A%2F%2Ftwitter.com%2Fquay%2Fstatus%2F20"),
        ("https://x.com/i/web/status/20", "https%3A%2F%2Fx.com%2Fi%2Fweb%2Fstatus%2F20"),
        ("https://mobile.twitter.com/quay/status/20/photo/1?s=20", "https%3A%2F%2Ftwitter.com%2Fquay%2Fstatus%2F20"),
        ("https://dai.ly/x7quay1", "https%3A%2F%2Fdai.ly%2Fx7quay1"),
        ("https://open.spotify.com/embed/track/4quay", "https%3A%2F%2Fopen.spotify.com%2Fembed%2Ftrack%2F4quay"),
    ],
)
def test_older_spellings_are_known(link: str, about: str) -> None:
    assert first_address(link).endswith(about)


@pytest.mark.parametrize(
    "link",
    [
        "https://www.youtube.com/@quay", "https://www.youtube.com/c/quay/videos", "https://www.youtube.com/channel/UCquay", "https://youtube.com/",
        "https://www.youtube.com/embed/live_stream?channel=UCquay", "https://www.youtube.com/playlist?list=WL", "https://vimeo.com/quay",
        "https://x.com/quay", "https://archive.org/", "https://archive.org/details/@quay", "https://archive.org/download/quay/a.mp4",
        "https://web.archive.org/web/2020/https://www.youtube.com/watch?v=quayFerry01", "https://notyoutube.com/watch?v=quayFerry01",
        "https://www.youtube.com.example.org/watch?v=quayFerry01", "https://soundcloud.com/quay", "https://studio.youtube.com/video/quayFerry01/edit",
        "https://rumble.com/c/quay", "https://fakenico.example/watch/sm9",
    ],
)
def test_other_pages_of_the_hosts_are_asked_for_themselves(link: str) -> None:
    assert first_address(link) == link


# ---------------------------------------------------------------- signed addresses

PAST, FUTURE = int(START.timestamp()) - 86_400, int(START.timestamp()) + 86_400
SIGNED = "https://files.example/quay/ferry.mp4"


def policy(seconds: int) -> str:
    import base64

    text = json.dumps({"Statement": [{"Resource": "*", "Condition": {"DateLessThan": {"AWS:EpochTime": seconds}}}]})
    return base64.b64encode(text.encode()).decode().replace("+", "-").replace("=", "_").replace("/", "~")


def jwt(seconds: int) -> str:
    import base64

    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({"alg": "RS256"}, {"exp": seconds})]
    return ".".join([*parts, "c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw"])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
@pytest.mark.parametrize(
    "address",
    [
        f"{SIGNED}?AWSAccessKeyId=AKIAQUAY00000000&Signature=abcdefghijklmnop%2Bqrst%3D&Expires={PAST}",
        f"{SIGNED}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260227T120000Z&X-Amz-Expires=3600&X-Amz-Signature=abc",
        f"{SIGNED}?X-Goog-Date=20260227T120000Z&X-Goog-Expires=604&X-Goog-Signature=abc",
        f"{SIGNED}?sv=2022-11-02&se=2026-02-27T12%3A00%3A00Z&sr=b&sp=r&sig=abcdefghijklmnopqrstuv%3D",
        f"{SIGNED}?sv=2022-11-02&se=2026-02-27&sr=b&sp=r&sig=abcdefghijklmnopqrstuv%3D",
        f"{SIGNED}?token=exp={PAST}~acl=/quay/*~hmac=00112233445566778899aabb",
        f"{SIGNED}?hdnts=st={PAST - 60}~exp={PAST}~acl=/*~hmac=00112233445566778899aabb",
        f"https://files.example/exp={PAST}~acl=%2Fquay%2F%2A~hmac=0011/quay/ferry.mp4",
        f"{SIGNED}?Policy={policy(PAST)}&Signature=abcdefghijklmnop~&Key-Pair-Id=KQUAY",
        f"{SIGNED}?token={jwt(PAST)}",
        f"{SIGNED}?md5=abcdefghijklmnopqrstuv&expires={PAST}",
        f"{SIGNED}?e={PAST}000&h=00112233445566778899aabb",
        f"https://rr1---sn-quay.googlevideo.com/videoplayback?expire={PAST}&ei=abcdefghijklmnopqrs&itag=18",
        f"https://manifest.googlevideo.com/api/manifest/hls_playlist/expire/{PAST}/ei/abc/playlist/index.m3u8",
        f"https://scontent.fbcdn.example/v/t42/quay.mp4?oh=00_AfABCDEFGHIJKLMNOP&oe={PAST:08X}",
    ],
)
def test_a_signed_address_past_its_time_has_expired(address: str, status: int) -> None:
    verdict = judge_look(observe(address, exchange(data("<Error><Code>AccessDenied</Code></Error>", status, "application/xml"))))
    assert (verdict.kind, verdict.reason) == EXPIRED, verdict.because
    assert "2026-0" in verdict.because


@pytest.mark.parametrize(
    ("address", "status", "outcome"),
    [
        (f"{SIGNED}?Signature=abcdefghijklmnopqrst&Expires={FUTURE}", 403, (VerdictKind.BLOCKED, Reason.FORBIDDEN)),
        (f"{SIGNED}?Signature=abcdefghijklmnopqrst&Expires={PAST}", 200, ALIVE),
        (f"{SIGNED}?Signature=abcdefghijklmnopqrst&Expires={PAST}", 429, BUSY),
        (f"{SIGNED}?Signature=abcdefghijklmnopqrst&Expires={PAST}", 503, (VerdictKind.UNKNOWN, Reason.SERVER_ERROR)),
        (f"https://gazette.example/2009/ferry?e={PAST}&id=00112233445566778899", 403, (VerdictKind.BLOCKED, Reason.FORBIDDEN)),
        (f"https://gazette.example/2009/ferry.html?ex={PAST}&en=0011223344556677", 404, (VerdictKind.DEAD, Reason.NOT_FOUND)),
        (f"{SIGNED}?e={PAST}", 403, (VerdictKind.BLOCKED, Reason.FORBIDDEN)),
        (f"{SIGNED}?Expires=soon&Signature=abcdefghijklmnopqrst", 403, (VerdictKind.BLOCKED, Reason.FORBIDDEN)),
        (f"{SIGNED}?X-Amz-Date=20269999T999999Z&X-Amz-Expires=1", 403, (VerdictKind.BLOCKED, Reason.FORBIDDEN)),
        (f"{SIGNED}?se=9999-12-31T23:59:59-23:59&sig=abcdefghijklmnopqrst", 403, (VerdictKind.BLOCKED, Reason.FORBIDDEN)),
        (f"{SIGNED}?token=eyJ%00{'A' * 3000}", 403, (VerdictKind.BLOCKED, Reason.FORBIDDEN)),
    ],
)
def test_a_time_in_an_address_convicts_nobody_alone(address: str, status: int, outcome: tuple[VerdictKind, Reason]) -> None:
    answer = data(mp4() if status == 200 else "<title>No</title>", status, "video/mp4" if address.startswith(SIGNED) else "text/html")
    verdict = judge_look(observe(address, exchange(answer)))
    assert (verdict.kind, verdict.reason) == outcome, verdict.because


# ---------------------------------------------------------------- playlists

MASTER, LOW = "https://films.example/ferry/master.m3u8", "https://films.example/ferry/low/index.m3u8"
HIGH, FIRST, LAST = (f"https://films.example/ferry/{name}" for name in ("high/index.m3u8", "low/1.ts", "low/9.ts"))
INIT = "https://films.example/ferry/low/init.mp4"
PIECE = hop(FIRST, "HTTP/1.1 206 Partial Content\nContent-Type: video/mp2t", b"\x47\x40" + bytes(500))


def hls(*lines: str, url: str = MASTER, kind: str = "application/vnd.apple.mpegurl") -> Hop:
    return hop(url, f"HTTP/1.1 200 OK\nContent-Type: {kind}", "\n".join(["#EXTM3U", "#EXT-X-VERSION:3", *lines, ""]))


VARIANTS = hls("#EXT-X-STREAM-INF:BANDWIDTH=1", "low/index.m3u8", "#EXT-X-STREAM-INF:BANDWIDTH=2", "high/index.m3u8")
KEPT = hls('#EXT-X-KEY:METHOD=AES-128,URI="key.bin"', "#EXTINF:4,", "1.ts", "#EXTINF:4,", "9.ts", "#EXT-X-ENDLIST", url=LOW)
GOING_ON = hls("#EXT-X-MEDIA-SEQUENCE:77", "#EXTINF:4,", "1.ts", "#EXTINF:4,", "9.ts", url=LOW)
MPD = "https://films.example/ferry/film.mpd"


def dash(inner: str, kind: str = "static", head: str = "") -> Hop:
    return hop(MPD, "HTTP/1.1 200 OK\nContent-Type: application/dash+xml",
               f'<?xml version="1.0"?>{head}<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="{kind}">{inner}</MPD>')


def one(inner: str, representation: str = "") -> str:
    return (f'<Period><AdaptationSet mimeType="video/mp4">{inner}<Representation id="v1" bandwidth="800">{representation}'
            "</Representation></AdaptationSet></Period>")


TEMPLATE = one('<SegmentTemplate initialization="$RepresentationID$/init.mp4" media="$RepresentationID$/$Number%05d$.m4s" startNumber="7"/>')
BEGIN, SEVENTH = "https://films.example/ferry/v1/init.mp4", "https://films.example/ferry/v1/00007.m4s"
PLAYLISTS = (
    Row("hls", MASTER, {MASTER: VARIANTS, LOW: KEPT, FIRST: PIECE}, ALIVE, requests=3),
    Row("hls-pieces-gone", MASTER, {MASTER: VARIANTS, LOW: KEPT}, REMOVED, requests=4),
    Row("hls-one-piece-missing", MASTER, {MASTER: VARIANTS, LOW: KEPT, LAST: PIECE}, ALIVE, requests=4),
    Row("hls-one-variant-missing", MASTER, {MASTER: VARIANTS, HIGH: hls("#EXTINF:4,", "1.ts", "#EXT-X-ENDLIST", url=HIGH),
        "https://films.example/ferry/high/1.ts": PIECE}, ALIVE, requests=4),
    Row("hls-variants-gone", MASTER, {MASTER: VARIANTS}, REMOVED, requests=3),
    Row("hls-refuses-us", MASTER, {MASTER: VARIANTS, LOW: KEPT, FIRST: plain("", 403)}, ALIVE, requests=3),
    Row("hls-unreachable-store", MASTER, {MASTER: VARIANTS, LOW: KEPT, FIRST: failure(FIRST, FailureKind.TIMEOUT)}, ALIVE,
        requests=3),
    Row("hls-store-gone", MASTER, {MASTER: VARIANTS, LOW: KEPT, FIRST: failure(FIRST, FailureKind.NO_SUCH_HOST),
        LAST: failure(LAST, FailureKind.NO_SUCH_HOST)}, REMOVED, requests=4),
    Row("hls-live-old-pieces-gone", LOW, {LOW: GOING_ON, LAST: PIECE}, ALIVE, requests=2),
    Row("hls-live-long-over", LOW, {LOW: GOING_ON}, REMOVED, requests=3),
    Row("hls-nothing-yet", LOW, {LOW: hls("#EXT-X-TARGETDURATION:4", url=LOW)}, ALIVE),
    Row("hls-as-text", LOW, {LOW: hls("#EXTINF:4,", "1.ts", "#EXT-X-ENDLIST", url=LOW, kind="text/plain")}, REMOVED, requests=2),
    Row("hls-without-its-extension", "https://films.example/stream?id=7", {"https://films.example/stream?id=7": hls(
        "#EXTINF:4,", "https://other.example/1.ts", "#EXT-X-ENDLIST", url="https://films.example/stream?id=7")}, REMOVED, requests=2),
    Row("hls-begins-with-a-map", LOW, {LOW: hls('#EXT-X-MAP:URI="init.mp4",BYTERANGE="720@0"', "#EXTINF:4,", "#EXT-X-BYTERANGE:9000@720",
        "all.mp4", "#EXT-X-ENDLIST", url=LOW), INIT: PIECE}, ALIVE, requests=2),
    Row("hls-gap", LOW, {LOW: hls("#EXTINF:4,", "#EXT-X-GAP", "0.ts", "#EXTINF:4,", "1.ts", "#EXT-X-ENDLIST", url=LOW), FIRST: PIECE}, ALIVE,
        requests=2),
    Row("hls-goes-in-a-circle", MASTER, {MASTER: hls("#EXT-X-STREAM-INF:BANDWIDTH=1", "master.m3u8")}, ALIVE, requests=5),
    Row("dash", MPD, {MPD: dash(TEMPLATE), BEGIN: PIECE}, ALIVE, requests=2),
    Row("dash-gone", MPD, {MPD: dash(TEMPLATE)}, REMOVED, requests=3),
    Row("dash-number", MPD, {MPD: dash(TEMPLATE), SEVENTH: PIECE}, ALIVE, requests=3),
    Row("dash-list", MPD, {MPD: dash("<BaseURL>v/</BaseURL>" + one("", '<SegmentList><SegmentURL media="1.m4s"/></SegmentList>')),
        "https://films.example/ferry/v/1.m4s": PIECE}, ALIVE, requests=2),
    Row("dash-one-file", MPD, {MPD: dash(one("", "<BaseURL>film.mp4</BaseURL><SegmentBase/>"))}, REMOVED, requests=2),
    Row("dash-live", MPD, {MPD: dash(one('<SegmentTemplate media="$Number$.m4s" duration="2"/>'), "dynamic")}, ALIVE),
    Row("dash-periods-elsewhere", MPD, {MPD: dash('<Period xmlns:x="http://www.w3.org/1999/xlink" x:href="p.xml"/>')}, ALIVE),
    Row("dash-with-entities", MPD, {MPD: dash("<BaseURL>&x;</BaseURL>" + TEMPLATE, head='<!DOCTYPE MPD [<!ENTITY x SYSTEM "file:///etc/x">]>'),
        BEGIN: PIECE}, ALIVE, requests=2),
    Row("dash-broken", MPD, {MPD: hop(MPD, "HTTP/1.1 200 OK\nContent-Type: application/dash+xml", "<MPD><Period><")}, ALIVE),
)


@pytest.mark.parametrize("row", PLAYLISTS, ids=lambda row: row.name)
def test_what_a_playlist_comes_to(row: Row) -> None:
    made, web = look_at(row.link, row.answers)
    verdict = judge_look(made.observation)
    assert (verdict.kind, verdict.reason) == row.outcome, verdict.because
    assert len(web.asked) == row.requests, [request.url for request in web.asked]


def test_a_byte_range_is_asked_for_as_such() -> None:
    listed = hls("#EXTINF:4,", "#EXT-X-BYTERANGE:9000@720", "all.mp4", "#EXTINF:4,", "#EXT-X-BYTERANGE:500", "all.mp4", "#EXT-X-ENDLIST", url=LOW)
    _, web = look_at(LOW, {LOW: listed})
    assert [request.headers.get("Range") for request in web.asked] == [None, "bytes=720-1743", "bytes=9720-10219"]


# ---------------------------------------------------------------- files

FILM_LINK = "https://films.example/ferry.mp4"


def filed(name: str, body: bytes | str, outcome: tuple[VerdictKind, Reason], *, kind: str = "video/mp4", status: int = 206,
          link: str = FILM_LINK, requests: int = 1, **more: object) -> Row:
    return Row(name, link, {link: hop(link, f"HTTP/1.1 {status} Whatever\nContent-Type: {kind}", body, **more)}, outcome,
               requests=requests)


SAYS_SO = (VerdictKind.DEAD, Reason.SOFT_404)
FILES = (
    filed("whole", mp4(), ALIVE, status=200), filed("a-piece", mp4()[:1024], ALIVE), filed("octets", mp4(), ALIVE, kind="application/octet-stream"),
    filed("cut-where-we-stopped", mp4() + bytes(400), ALIVE, status=200, truncated="length"),
    filed("disconnected", mp4(), ALIVE, status=200, truncated="disconnect"),
    filed("unknown-magic", b"\x00\x01\x02\x03" * 50, ALIVE),
    filed("silence-before-the-first-frame", bytes(600), ALIVE, kind="audio/mpeg", link="https://films.example/bell.mp3"),
    filed("json-with-a-film's-type", '{"error": {"code": 404, "message": "no such object"}}', SAYS_SO, status=200),
    filed("json-alone", '{"status": "error", "message": "gone"}', SAYS_SO, kind="application/json", status=200),
    filed("xml-with-a-film's-type", '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', SAYS_SO, status=200),
    filed("a-list-of-stations", "http://radio.example:8000/live\n", ALIVE, kind="audio/x-mpegurl", link="https://films.example/live.mp3", status=200),
    filed("nothing", b"", (VerdictKind.DEAD, Reason.EMPTY), status=200),
    filed("refused", b"", (VerdictKind.BLOCKED, Reason.FORBIDDEN), status=403),
    filed("gone", b"", (VerdictKind.DEAD, Reason.GONE), status=410),
    filed("ranges-are-not-understood", b"", UNCLEAR, status=416, requests=2),
    filed("a-page-about-the-film", html("ferry.mp4 - Quay Archive", "<h1>ferry.mp4</h1><a href='/f/ferry.mp4'>Download</a>"), ALIVE,
          kind="text/html", status=200),
)
WATCHED = "https://quay.example/watch/ferry"
SOURCE = "https://quay.example/files/ferry.mp4"


def watched(name: str, body: str, outcome: tuple[VerdictKind, Reason], requests: int, **answers: Hop | Exchange | Failure) -> Row:
    named = {"mp4": SOURCE, "webm": SOURCE.replace("mp4", "webm")}
    return Row(name, WATCHED, {WATCHED: page(WATCHED, html("The ferry", body)), **{named[key]: value for key, value in answers.items()}},
               outcome, requests=requests)


PLAYER = "<h1>The ferry</h1><video controls src='/files/ferry.mp4'></video>"
THERE = hop(SOURCE, "HTTP/1.1 206 Partial Content\nContent-Type: video/mp4", mp4())
PLAYERS = (
    watched("player-with-its-film", PLAYER, ALIVE, 2, mp4=THERE),
    watched("player-without-its-film", PLAYER, REMOVED, 2),
    watched("player-whose-film's-host-is-gone", PLAYER, REMOVED, 2, mp4=failure(SOURCE, FailureKind.NO_SUCH_HOST)),
    watched("player-behind-a-wall", PLAYER, ALIVE, 2, mp4=CHALLENGE),
    watched("player-refused", PLAYER, ALIVE, 2, mp4=plain("", 403)),
    watched("player-in-trouble", PLAYER, ALIVE, 2, mp4=failure(SOURCE, FailureKind.TIMEOUT)),
    watched("player-with-one-format-left", "<h1>The ferry</h1><video controls><source src=/files/ferry.webm><source src=/files/ferry.mp4></video>",
            ALIVE, 3, mp4=THERE),
    watched("article-with-a-dead-film", PLAYER + "<p>It crossed the river eleven times a day, and nobody wrote it down.</p>" * 8, ALIVE, 1),
    watched("film-behind-the-words", "<h1>The ferry</h1><video autoplay loop muted src='/files/ferry.mp4'></video>", ALIVE, 1),
    watched("film-of-a-script", "<h1>The ferry</h1><video controls src='blob:https://quay.example/1'></video>", ALIVE, 1),
    watched("two-films", PLAYER + PLAYER, ALIVE, 1),
    watched("film-in-a-frame-too", PLAYER + "<iframe src='https://player.example/'></iframe>", ALIVE, 1),
    watched("sound", "<h1>The ferry</h1><audio controls><source src='/files/ferry.mp4'></audio>", REMOVED, 2),
)


@pytest.mark.parametrize("row", [*FILES, *PLAYERS], ids=lambda row: row.name)
def test_what_a_file_or_a_bare_player_comes_to(row: Row) -> None:
    made, web = look_at(row.link, row.answers)
    verdict = judge_look(made.observation)
    assert (verdict.kind, verdict.reason) == row.outcome, verdict.because
    assert len(web.asked) == row.requests, [request.url for request in web.asked]


# ---------------------------------------------------------------- hostile answers

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["ERROR", "OK", "video", "private", "x"]) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([
        "status", "reason", "error", "code", "title", "type", "metadata", "files", "data", "__typename", "tombstone", "text", "alerts",
        "alertRenderer", "errors", "message", "html", "statusCode", "messages", "subreason",
    ]), inner, max_size=5), max_leaves=20,
)
_LINKS = (WATCH, LIST, VIMEO, DAILY, POST, SOUND, TIK, BIT, ITEM, BILI, NICO, RUMBLE, ODYSEE, STREAM, CHANNEL, FB, REEL, CLIP, FILM_LINK, MPD, MASTER)


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(_LINKS), _JSON, st.sampled_from([200, 206, 400, 403, 404, 503]),
       st.sampled_from(["%s", '<script>{"playabilityStatus":%s', '<script>var a={"alerts":%s', '{"webapp.video-detail":%s',
                        "#EXTM3U\n%s", "<MPD><Period>%s", "<video controls src=%s>", "%s\x00"]))
@example(WATCH, [[[]]] * 3, 200, '<script>{"playabilityStatus":' + "[" * 50_000 + "%s")
@example(MASTER, None, 200, "#EXTM3U\n#EXT-X-BYTERANGE:999999999999@999999999999\n" + "#EXT-X-GAP\na\n" * 500 + "%s")
@example(FB, None, 200, "<title>Facebook</title>" + "<meta name=og:type " * 2000 + "%s")
def test_no_answer_makes_a_look_raise(link: str, value: object, status: int, frame: str) -> None:
    body = frame.replace("%s", json.dumps(value))
    for kind in ("text/html", "application/json", "application/dash+xml"):
        made, web = look_at(link, {"https://*": data(body, status, kind)})
        assert judge_look(made.observation).because.endswith(".")
        assert len(web.asked) <= 6


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=60), st.sampled_from(["Expires", "se", "X-Amz-Date", "X-Amz-Expires", "Policy", "token", "oe", "e", "hdnts"]),
       st.sampled_from([403, 404]))
@example("9999-12-31", "se", 403)
@example("eyJ" + "A" * 4000, "token", 403)
def test_no_parameter_makes_a_look_raise(value: str, name: str, status: int) -> None:
    from urllib.parse import quote

    address = f"{SIGNED}?{name}={quote(value)}&Signature=abcdefghijklmnopqrst"
    assert judge_look(observe(address, exchange(page(address, "", status)))).because.endswith(".")
