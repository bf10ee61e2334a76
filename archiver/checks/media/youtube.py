"""YouTube: which addresses are of its works, and what its pages say of them.

A watch page answers 200 whatever became of the video; what it says stands in its player's `playabilityStatus`, as a
status that is the same in every language and a reason that is not. A status means more than one thing each, so reasons
are read in several languages, and what is in none of them settles nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote

from archiver import urls
from archiver.checks.media.word import Word, alive, load_first, removed, unclear, walk, word
from archiver.model import SignalKind

if TYPE_CHECKING:
    from archiver.web.exchange import Hop

WATCH = "https://www.youtube.com/watch?v="
PLAYLIST = "https://www.youtube.com/playlist?list="
_SITES = ("youtube.com", "youtube-nocookie.com", "youtubekids.com", "youtube.googleapis.com", "youtu.be", "y2u.be")
_OTHERS = frozenset({
    "tv", "studio", "consent", "accounts", "artists", "support", "help", "developers", "img", "i", "blog", "about",
})
_VIDEO = re.compile(r"^/(?:shorts|embed|live|v|e|vi|watch|source)/([A-Za-z0-9_-]{6,})(?![A-Za-z0-9_-])")
_SHORT = re.compile(r"^/([A-Za-z0-9_-]{6,})(?![A-Za-z0-9_-])")
_ID = re.compile(r"^[A-Za-z0-9_-]{11}(?![A-Za-z0-9_-])")
_NAMES = frozenset({"videoseries", "live_stream", "playlist"})  # stand where an ID does
_LIST = re.compile(r"^[A-Za-z0-9_-]{2,80}")
# Lists that are made for one reader (mixes, "watch later"): the interface knows none of them.
_OWN_LISTS = ("RD", "UL", "TL", "PU", "WL", "LL", "LM", "HL")
_WATCHES = frozenset({"/watch", "/watch_popup", "/attribution_link", "/", "/embed", "/ytscreeningroom", "/details"})
_LISTS = frozenset({
    "/playlist", "/embed/videoseries", "/view_play_list", "/course", "/watch", "/embed", "/show", "/embed/playlist",
})


def is_youtube(host: str) -> bool:
    """Tell whether a host is one that shows YouTube's works."""
    first, _, rest = host.partition(".")
    return host in _SITES or (rest in _SITES and first not in _OTHERS)


def work(link: str) -> str | None:
    """Give the address under which the host knows a video or playlist, however it was cited."""
    host = urls.host(link)
    if not is_youtube(host):
        return None
    path, query = urls.path(link), urls.query(link)[1:]
    if not query and urls.fragment(link).startswith("!"):
        query = urls.fragment(link)[1:]  # "#!v=": how the mobile site wrote it
    if path == "/attribution_link":
        return _attributed(query)
    found = parse_qs(query)
    if host.endswith(("youtu.be", "y2u.be")) and (match := _SHORT.match(path)) and match[1] != "playlist":
        return _watch(match[1])
    trimmed = path.rstrip("/") or "/"
    if trimmed in _WATCHES and (name := found.get("v", [""])[0]):
        return _watch(name)
    if (match := _VIDEO.match(path)) and match[1] not in _NAMES:
        return _watch(match[1])
    if trimmed in _LISTS:
        return _playlist(found.get("list", [""])[0] or f"PL{found.get('p', [''])[0].removeprefix('PL')}")
    return None


def may_be(about: str) -> bool:
    """Tell whether an address that `work` gave is one that a video or list can have."""
    return not about.startswith(WATCH) or _ID.match(about.removeprefix(WATCH)) is not None


def _watch(name: str) -> str:
    known = _ID.match(name)  # the host itself cuts what follows the ID
    return WATCH + quote(known[0] if known else name[:100], safe="")


def _playlist(name: str) -> str | None:
    found = _LIST.match(name)
    if found is None or name == "PL" or name.startswith(_OWN_LISTS):
        return None
    return PLAYLIST + found[0]


def _attributed(query: str) -> str | None:
    found = parse_qs(query)
    if name := found.get("v", [""])[0]:
        return _watch(name)
    inner = urls.normalise(urls.join("https://www.youtube.com/", unquote(found.get("u", [""])[0])) or "")
    return work(inner) if inner and urls.path(inner) not in ("/attribution_link", "/") else None


# ---------------------------------------------------------------- what its pages say

_PLAYABILITY = re.compile(rb"""\\?(?:"|\\x22)playabilityStatus\\?(?:"|\\x22)\s{0,9}:\s{0,9}(?=\{|\\x7b)""")
_ALERTS = re.compile(rb"""\\?(?:"|\\x22)alerts\\?(?:"|\\x22)\s{0,9}:\s{0,9}(?=\[)""")
_ABOUT = re.compile(
    rb'\\?"videoDetails\\?"\s{0,9}:\s{0,9}\{\s{0,9}\\?"videoId\\?"\s{0,9}:\s{0,9}\\?"([A-Za-z0-9_-]{6,20})',
)
_PIECE = 60_000  # bytes of a player's answer that are read
_THERE = frozenset({"OK", "LIVE_STREAM_OFFLINE", "CONTENT_CHECK_REQUIRED"})
_AGE = frozenset({"AGE_CHECK_REQUIRED", "AGE_VERIFICATION_REQUIRED"})
_TOLD = frozenset({"reason", "simpleText", "text", "subreason", "content", "reasonTitle"})


@cache
def _says() -> dict[str, re.Pattern[str]]:
    """Give the words of the player's reasons, in the languages that most of its readers have set."""
    return {
        name: re.compile(pattern)
        for name, pattern in {
            "later": r"try again later|später (?:noch ?(?:mal|einmal)|erneut)|réessayer? plus tard|réessayez"
                     r"|más tarde|più tardi|mais tarde|later opnieuw|повторите попытку|попробуйте позже"
                     r"|もう一度お試し|しばらく",
            "robot": r"not a (?:ro)?bot|captcha|unusual traffic|kein bot|pas un robot|no (?:eres|seas) un bot"
                     r"|não é um robô|non sei un bot|что вы не бот|ボットでは",
            "geo": r"your (?:country|region|location)|in deinem land|votre pays|[ts]u país|tuo paese|seu país"
                   r"|jouw land|вашей стране|お住まいの国|您所在的国家",
            "paid": r"requires payment|purchase|\brent\b|premium members|music premium|youtube premium|paid content"
                    r"|kostenpflichtig|payant|de pago|a pagamento",
            "private": r"\bprivate?s?\b|privat(?:es|e)? video|vidéo privée|privado|privato|privévideo|приват|закрыт"
                       r"|非公開|私享|members[- ]only|join this channel|channel membership|kanalmitglied|membres de la",
            "embed": r"playback on other (?:websites|sites)|on other websites has been disabled|wiedergabe auf anderen",
            "ended": r"live (?:event|stream) (?:has )?ended|recording is not available|stream is over|has ended",
            "age": r"\bage\b|age-restricted|inappropriate for some|dein alter|votre âge|tu edad|tua età|sua idade"
                   r"|leeftijd|возраст|年齢",
            "claim": r"blocked it on copyright|blocked it in|blocked this video",
            "gone": r"unavailable|no longer available|has been removed|been terminated|does(?: not|n.?t) exist"
                    r"|been deleted|been closed|violat|isn.?t available anymore|copyright claim"
                    r"|nicht (?:mehr )?verfügbar"
                    r"|entfernt|existiert nicht|n.est plus disponible|non disponible|supprimée|no (?:está )?disponible"
                    r"|eliminado|non (?:è )?(?:più )?disponibile|rimosso|indisponível|não está (?:mais )?disponível"
                    r"|removido|niet (?:meer )?beschikbaar|verwijderd|недоступно|удален|再生できません|利用できません"
                    r"|削除され|无法观看|无法播放|已被移除",
        }.items()
    }


def read_page(hop: Hop, about: str | None = None) -> Word | None:
    """Read a page of YouTube's; None when it says nothing of a work. `about` is the watch address asked for."""
    body = hop.decoded
    if (said := _value(_PLAYABILITY, body)) is not None:
        shown = _ABOUT.search(body)
        wanted = (about or "").removeprefix(WATCH)
        # Who is taken for a robot gets the player of another video.
        if shown and about and about.startswith(WATCH) and len(wanted) == 11 and shown[1].decode() != wanted:
            return unclear("the watch page shows another video")
        return _read_player(said)
    if (said := _value(_ALERTS, body)) is not None:
        return _read_alerts(said)
    return None


def _value(pattern: re.Pattern[bytes], body: bytes) -> Any:
    """Give the JSON value behind a name, in a script or in a text within a script."""
    found = pattern.search(body)
    if found is None:
        return None
    piece = body[found.end() : found.end() + _PIECE]
    if b"x22" in found[0]:
        piece = re.sub(rb"\\x([0-9a-fA-F]{2})", lambda sign: bytes([int(sign[1], 16)]), piece)
    elif b"\\" in found[0]:
        piece = piece.replace(rb"\\\"", rb"'").replace(rb"\"", b'"').replace(rb"\/", b"/")
    return load_first(piece.decode("utf-8", "replace"))


def _read_player(said: Any) -> Word:
    status = said.get("status") if isinstance(said, dict) else None
    if not isinstance(status, str):
        return unclear("the watch page says nothing of the video")
    texts, names = _told(said)
    detail = f"the watch page says {status[:40]}" + (f": {texts[0][:200]}" if texts else "")
    lower = " ".join(texts).lower()
    says = {name for name, pattern in _says().items() if pattern.search(lower)} if lower else set()
    if status == "OK":
        return alive(detail)
    if "playerCaptchaViewModel" in names or "robot" in says:
        return word(SignalKind.BOT_WALL, detail)
    if "later" in says and status not in _THERE:
        return word(SignalKind.RATE_LIMITED, detail)
    if status in _AGE or "desktopLegacyAgeGateReason" in names:
        return alive(detail, also=SignalKind.AGE_RESTRICTED)
    if status in _THERE or "ended" in says:
        return alive(detail, also=SignalKind.ENDED if "ended" in says else None)
    if known := next((kind for name, kind in _WHY if name in says), None):
        return word(known, detail)
    if "age" in says and status in ("LOGIN_REQUIRED", "UNPLAYABLE"):
        return alive(detail, also=SignalKind.AGE_RESTRICTED)
    # An error in words that nobody here knows may well be one of ours.
    return removed(detail) if status == "ERROR" and "gone" in says else unclear(detail)


# Why there is nothing to be played, most telling first. A claim without a country may be in force in some only.
_WHY = (
    ("geo", SignalKind.MEDIA_GEO), ("embed", SignalKind.MEDIA_NOT_EMBEDDABLE), ("paid", SignalKind.PAYWALL),
    ("private", SignalKind.MEDIA_PRIVATE), ("claim", SignalKind.MEDIA_GEO),
)


def _told(said: object) -> tuple[list[str], set[str]]:
    texts: list[str] = []
    names = set()
    for key, value in walk(said):
        names.add(key)
        if key in _TOLD and isinstance(value, str) and value.strip() and len(texts) < 12:
            texts.append(" ".join(value[:400].split()))
        elif key == "messages" and isinstance(value, list):
            texts += [" ".join(one[:400].split()) for one in value[:4] if isinstance(one, str)]
    return texts, names


def _read_alerts(said: object) -> Word | None:
    """Read what stands above an empty playlist or channel. Notes of other kinds stand above full ones, too."""
    for alert in said[:5] if isinstance(said, list) else ():
        inner = alert.get("alertRenderer") if isinstance(alert, dict) else None
        if not isinstance(inner, dict) or inner.get("type") != "ERROR":
            continue
        texts, _ = _told(inner)
        lower = " ".join(texts).lower()
        detail = f"its page says “{texts[0][:200]}”" if texts else "its page has an error"
        says = {name for name, pattern in _says().items() if pattern.search(lower)}
        if "later" in says or "geo" in says:
            return word(SignalKind.MEDIA_GEO, detail) if "geo" in says else unclear(detail)
        if "private" in says:
            return word(SignalKind.MEDIA_PRIVATE, detail)
        return removed(detail) if "gone" in says else unclear(detail)
    return None
