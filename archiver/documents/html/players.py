"""Players of an HTML page: embedded videos and audio, and the many ways to name one that waits for a click.

Each source of a player is an address of its own: it is fetched by some readers and not by others, and may die alone.
What only repeats an address inside its player (an <embed> in its <object>, a link to download the <video>) is not told
twice (`html_links.py`).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from archiver.documents import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.documents.html.page import Element

_EMBEDS: dict[str, tuple[str, ...]] = {
    "video": ("src", "data-src"),
    "audio": ("src", "data-src"),
    "source": ("src", "data-src"),
    "track": ("src",),
    "iframe": ("src", "data-src", "data-lazy-src", "data-original", "data-url", "data-litespeed-src"),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "amp-iframe": ("src",),
    "amp-video": ("src",),
    "amp-video-iframe": ("src",),
    "amp-audio": ("src",),
}
# Tools that ask for consent first, or load late, put the address of a frame under a name of their own.
_LATE = re.compile(r"data-(?:[\w-]*[_-])?(?:src|url|original|lazyload|lazy)$")
_FRAMES = frozenset({"iframe", "frame", "object", "embed", "amp-iframe", "amp-video-iframe"})
_IDENTS = (
    "data-youtube-id",
    "data-youtube",
    "data-yt-id",
    "data-ytid",
    "youtubeid",
    "data-vimeo-id",
    "data-video-id",
    "data-id",
    "video-id",
    "video",
)
_OF_YOUTUBE = frozenset({"data-youtube-id", "data-youtube", "data-yt-id", "data-ytid", "youtubeid"})
_YOUTUBE = re.compile(r"[\w-]{11}")
_NAME = re.compile(r"[\w-]{3,60}")
# Attributes of any element that hold the address of what it will play or show.
_ADDRESSED = re.compile(
    r"data-(?:(?:[a-z]+-)?(?:video|embed|youtube|vimeo|player|oembed|media|audio|podcast)-?(?:url|src|source|link|href|file)"
    r"|video|mp4|webm|hls|m3u8|mp3|file|audio|oembed)"
)
_ABSOLUTE = re.compile(r"(?:https?:)?//[^\s/]+\.[^\s]{2,}", re.IGNORECASE)
_POSTS = frozenset({"fb-video", "fb-post", "fb-xfbml-parse-ignore", "amp-facebook"})
_WISTIA = re.compile(r"\bwistia_async_(\w{6,20})")
_SCRIPTED = re.compile(r"(?:https?:)?//(?:cdn\.jwplayer\.com|content\.jwplatform\.com)/players/[\w-]+\.js")
_FILE = re.compile(r"[\"']?\bfile[\"']?\s{0,9}:\s{0,9}([\"'])(https?:[^\"'\s]{4,2000}|//[^\"'\s]{4,2000})\1")
_VARIABLES = re.compile(r"(?:^|[&?;])(?:file|video|videourl|mp4|mp3|soundfile|url|src)=([^&]{4,4000})", re.IGNORECASE)


def embeds(element: Element) -> bool:
    """Tell whether this is an element that plays or shows something else."""
    return element.name in _EMBEDS


def played(element: Element) -> Iterator[tuple[str, bool]]:
    """Give what an element that embeds something plays, and whether that is surely a video or audio."""
    name = element.name
    if _unseen(element) or (name == "source" and element.within("picture", levels=1)):
        return
    if address := _brightcove(element):
        yield address, True
        return
    media = name not in _FRAMES and name != "track"
    for attribute in _EMBEDS[name]:
        if value := _address(element.get(attribute)):
            yield value, media
            return
    if name in ("iframe", "amp-iframe"):
        for attribute, value in element.attributes.items():
            if _LATE.fullmatch(attribute) and _ABSOLUTE.match(value.strip()):
                yield value.strip(), media
                return
    elif name in ("video", "audio"):
        yield from _set_up(element)
    elif name == "embed":
        yield from _variables(element.get("flashvars"))


def _address(value: str) -> str:
    value = value.strip()
    return "" if value.lower().startswith(("about:", "javascript:", "data:", "blob:")) else value


def _unseen(element: Element) -> bool:
    """Tell a frame that only counts visitors."""
    return element.name == "iframe" and element.get("height") in ("0", "1") and element.get("width") in ("0", "1")


def given(element: Element) -> Iterator[tuple[str, bool]]:
    """Give what the parameter of an <object> says."""
    name, value = element.get("name").lower(), element.get("value")
    if name in ("movie", "src", "url", "filename") and value:
        yield value, True
    elif name == "flashvars":
        yield from _variables(value)


def _variables(written: str) -> Iterator[tuple[str, bool]]:
    """Give the file that a player of the Flash days was told to play."""
    from urllib.parse import unquote

    for found in _VARIABLES.finditer(written[:8000]):
        address = unquote(found.group(1))
        if _ABSOLUTE.match(address):
            yield address, True
            return


def _set_up(element: Element) -> Iterator[tuple[str, bool]]:
    """Give the sources in the settings of Video.js."""
    setting = _json(element.get("data-setup"))
    sources = setting.get("sources") if isinstance(setting, dict) else None
    for source in sources[:20] if isinstance(sources, list) else ():
        address = source.get("src") if isinstance(source, dict) else None
        if isinstance(address, str) and _address(address):
            yield address, True


def _brightcove(element: Element) -> str | None:
    account, video = element.get("data-account"), element.get("data-video-id")
    if not (account.isdigit() and (video.isdigit() or video.startswith("ref:"))):
        return None
    player = element.get("data-player") or element.get("data-player-id") or "default"
    kind = element.get("data-embed") or "default"
    if not (_NAME.fullmatch(player) and _NAME.fullmatch(kind)):
        return None
    return f"https://players.brightcove.net/{account}/{player}_{kind}/index.html?videoId={video}"


def scripted(element: Element) -> Iterator[tuple[str, bool]]:
    """Give the video that a player's script stands for, or is told to play."""
    source = element.get("src")
    if source and _SCRIPTED.match(source):
        yield source, True
    elif not source and "jwplayer" in (script := element.content[:100_000]):
        seen = set()
        for found in _FILE.finditer(script.replace("\\/", "/")):
            address = found.group(2)
            if address not in seen and kinds.is_media(address):
                seen.add(address)
                yield address, True


def waiting(element: Element) -> Iterator[tuple[str, bool]]:
    """Give the video or post for which an element stands until a script, or a click, puts it there."""
    if not element.attributes:
        return
    if post := _post(element):
        yield post, kinds.is_media(post)
    elif (video := _lazy(element)) or (video := _component(element)):
        yield video, True
    else:
        for name, value in element.attributes.items():
            if name.startswith("data-") and _ADDRESSED.fullmatch(name) and _ABSOLUTE.fullmatch(value.strip()):
                yield value.strip(), "embed" not in name
                return


def _post(element: Element) -> str | None:
    """Give the post of a social network."""
    if permalink := element.get("data-instgrm-permalink"):
        return permalink
    classes = element.get("class").split()
    if element.name in _POSTS or not _POSTS.isdisjoint(classes):
        return element.get("data-href") or None
    if element.name == "amp-twitter" and (ident := element.get("data-tweetid")).isdigit():
        return f"https://twitter.com/i/status/{ident}"
    if element.name == "amp-instagram" and _NAME.fullmatch(code := element.get("data-shortcode")):
        return f"https://www.instagram.com/p/{code}/"
    if "tweet" in classes and "data-attrs" in element.attributes:  # Substack
        told = _json(element.get("data-attrs"))
        address = told.get("url") if isinstance(told, dict) else None
        return address if isinstance(address, str) and _ABSOLUTE.match(address) else None
    return None


def _component(element: Element) -> str | None:
    name = element.name
    if name == "video-js" or name == "amp-brightcove":
        return _brightcove(element)
    ident = element.get("data-videoid")
    if name in ("amp-dailymotion", "dailymotion-video") and _NAME.fullmatch(ident):
        return f"https://www.dailymotion.com/video/{ident}"
    if name == "wistia-player" and _NAME.fullmatch(ident := element.get("media-id")):
        return f"https://fast.wistia.net/embed/iframe/{ident}"
    if name == "mux-player" and _NAME.fullmatch(ident := element.get("playback-id")):
        return f"https://stream.mux.com/{ident}.m3u8"
    found = _WISTIA.search(element.get("class"))
    return f"https://fast.wistia.net/embed/iframe/{found.group(1)}" if found else None


def _lazy(element: Element) -> str | None:
    """Give the YouTube or Vimeo video of a placeholder."""
    name = element.name
    classes = f"{name} {element.get('class')}".lower()
    provider = (element.get("data-plyr-provider") or element.get("data-provider")).lower()
    for_youtube = "youtube" in classes or provider == "youtube" or not _OF_YOUTUBE.isdisjoint(element.attributes)
    for_vimeo = "vimeo" in classes or provider == "vimeo" or "data-vimeo-id" in element.attributes
    if not for_youtube and not for_vimeo:
        return None
    ident = element.get("videoid") or element.get("data-videoid")
    own = element.get("id") if name in ("youtube", "vimeo") else ""  # a component: <YouTube id="..." />
    embedded = element.get("data-plyr-embed-id") or element.get("data-embed-id")
    named = next((value for key in _IDENTS if (value := element.get(key).strip())), "")
    told = own or embedded or named or ident
    if not told and "data-attrs" in element.attributes:  # Substack
        attributes = _json(element.get("data-attrs"))
        told = str(attributes.get("videoId", "")) if isinstance(attributes, dict) else ""
    if for_youtube:
        return f"https://www.youtube.com/watch?v={told}" if _YOUTUBE.fullmatch(told) else None
    return f"https://vimeo.com/{told}" if told.isdigit() else None


def _json(written: str) -> Any:
    try:
        return json.loads(written) if written and len(written) < 100_000 else None
    except (ValueError, RecursionError):
        return None
