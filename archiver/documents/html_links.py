"""Links and embedded media of an HTML page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archiver import urls
from archiver.documents.draft import Draft
from archiver.documents.mend import mended
from archiver.documents.page import Element, Page, tag_end

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_CITATION = frozenset(
    {
        "mailto",
        "tel",
        "sms",
        "javascript",
        "data",
        "blob",
        "about",
        "callto",
        "skype",
        "whatsapp",
        "intent",
        "cid",
        "view-source",
        "chrome",
        "vbscript",
        "fax",
        "geo",
        "webcal",
        "file",
    }
)
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
    "amp-audio": ("src",),
}
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
_QUOTES = frozenset({"blockquote", "q", "ins", "del"})
_NO_LINK = frozenset(
    {"link", "base", "use", "image", "fecolormatrix", "script", "lineargradient", "radialgradient", "pattern"}
)
_YOUTUBE = re.compile(r"[\w-]{11}")
_MOST_METADATA = 500


class Found(Struct, frozen=True):
    """A link of the page."""

    element: Element
    start: int  # in the source
    end: int
    url: str | None  # None: an embed that has lost its address
    text: str
    media: bool = False


def base_of(page: Page, url: str | None) -> str | None:
    """Give the address that relative links start from."""
    for element in page.elements:
        if element.name == "base" and (href := element.get("href").strip()):
            return (urls.join(url, href) if url else urls.normalise(href)) or url
    return url


def links(page: Page, base: str | None) -> tuple[list[Found], int]:
    """Give what the page links to and embeds, and how many relative links have nothing to start from."""
    found: list[Found] = []
    unresolved = 0
    for element in page.elements:
        for href, media in _addresses(element):
            url = absolute(href, base)
            if url is None:
                unresolved += _is_relative(href)
                continue
            twin = (media and found and found[-1].media) or element.name in ("param", "embed")
            if twin and found and found[-1].url == url:
                continue  # an <embed> inside its <object>, a <source> that repeats the <video>
            found.append(Found(element, element.at, tag_end(page.source, element.at), url, _text(page, element), media))
    found += _empty_players(page)
    found.sort(key=lambda one: one.start)
    return found, unresolved


def absolute(href: str, base: str | None) -> str | None:
    """Give the address as written when it is whole, else resolved; None when it cites nothing or leads nowhere."""
    href = re.sub(r"[\t\n\r]", "", href.strip())
    name = urls.scheme(href)
    if not href or href.startswith("#") or name in _NO_CITATION:
        return None
    if name and not (name in ("http", "https") and not href[len(name) + 1 :].startswith("//")):
        if base and "#" in href and href.partition("#")[0] == urls.without_fragment(base):
            return None
        return href if re.match(r"[a-z][a-z0-9+.-]*:", href, re.IGNORECASE) and _plausible(name, href) else None
    if href.startswith("//"):
        return f"{urls.scheme(base or '') or 'https'}:{href}"
    if base is None:
        return href if href.lower().startswith("www.") and urls.normalise(href) else None
    whole = urls.join(base, href)
    if whole is None or urls.scheme(whole) in _NO_CITATION:
        return None
    return None if "#" in href and urls.without_fragment(whole) == urls.without_fragment(base) else whole


def _plausible(name: str, href: str) -> bool:
    return "://" in href or name in ("doi", "urn", "magnet", "news", "hdl", "ark")


def _is_relative(href: str) -> bool:
    href = href.strip()
    return bool(href) and not href.startswith("#") and not urls.scheme(href)


def _addresses(element: Element) -> Iterator[tuple[str, bool]]:
    name = element.name
    if name in ("a", "area"):
        if (href := element.get("href")) and not _points_back(element):
            yield href, False
    elif name in _EMBEDS:
        if not _unseen(element):
            yield from _embedded(element)
    elif name in _QUOTES:
        if cite := element.get("cite"):
            yield cite, False
    elif name == "param" and element.get("name").lower() in ("movie", "src", "url") and element.get("value"):
        yield element.get("value"), True
    elif video := _lazy(element):
        yield video, True
    elif name not in _NO_LINK and (href := element.get("href")):
        yield href, False  # a component of a site's own


def _unseen(element: Element) -> bool:
    """Tell a frame that only counts visitors."""
    return element.name == "iframe" and element.get("height") in ("0", "1") and element.get("width") in ("0", "1")


def _points_back(element: Element) -> bool:
    return "doc-backlink" in element.get("role")


def _embedded(element: Element) -> Iterator[tuple[str, bool]]:
    if element.name == "source" and element.within("picture", levels=1):
        return
    media = element.name not in ("iframe", "frame", "object", "embed", "amp-iframe")
    for attribute in _EMBEDS[element.name]:
        value = element.get(attribute).strip()
        if value and not value.lower().startswith(("about:", "javascript:", "data:", "blob:")):
            yield value, media
            return


def _lazy(element: Element) -> str | None:
    """Give the video for which a placeholder stands until somebody clicks it."""
    name, ident = element.name, element.get("videoid") or element.get("data-videoid")
    classes = f"{name} {element.get('class')}".lower()
    provider = (element.get("data-plyr-provider") or element.get("data-provider")).lower()
    own = element.get("id") if name in ("youtube", "vimeo") else ""  # a component: <YouTube id="..." />
    embedded = element.get("data-plyr-embed-id") or element.get("data-embed-id")
    named = next((value for key in _IDENTS if (value := element.get(key).strip())), "")
    given = own or embedded or named or ident
    for_youtube = any(
        element.get(key) for key in ("data-youtube-id", "data-youtube", "data-yt-id", "data-ytid", "youtubeid")
    )
    if "youtube" in classes or provider == "youtube" or for_youtube:
        return f"https://www.youtube.com/watch?v={given}" if _YOUTUBE.fullmatch(given) else None
    if "vimeo" in classes or provider == "vimeo" or element.get("data-vimeo-id"):
        return f"https://vimeo.com/{given}" if given.isdigit() else None
    return None


def _empty_players(page: Page) -> list[Found]:
    """Find players whose address is gone."""
    filled = set()
    for element in page.elements:
        if element.name == "source" and (around := element.within("video", "audio")):
            filled.add(id(around))
    return [
        Found(
            element,
            element.at,
            tag_end(page.source, element.at),
            None,
            element.get("title") or element.name,
            media=True,
        )
        for element in page.elements
        if element.name in ("video", "audio")
        and id(element) not in filled
        and not any(element.get(name) for name in ("src", "data-src", "id", "class", "data-setup"))
    ]


def _text(page: Page, element: Element) -> str:
    words = page.words(element) if element.name == "a" or element.name in _QUOTES else ""
    if not words:
        words = element.get("title") or element.get("aria-label") or element.get("alt")
    if not words and element.name == "a":
        picture = page.inside(element, "img")
        words = picture.get("alt") if picture is not None else ""
    return mended(words)[:300]


def from_metadata(page: Page, known: set[str]) -> list[Draft]:
    """Give the videos that only the page's metadata name: OpenGraph and JSON-LD."""
    seen = {_same(url) for url in known}
    drafts = []
    for element, url in _declared(page):
        whole = absolute(url, None)
        if whole and _same(whole) not in seen:
            seen.add(_same(whole))
            drafts.append(
                Draft(
                    start=element.at,
                    end=tag_end(page.source, element.at),
                    url=whole,
                    media=True,
                    context="",
                    confidence=0.9,
                )
            )
    return drafts


def _same(url: str) -> str:
    """Give what two addresses of one YouTube or Vimeo video share."""
    found = re.search(
        r"(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]{0,200}&)?v=|embed/|v/|shorts/)|youtu\.be/)([\w-]{11})", url
    )
    found = found or re.search(r"vimeo\.com/(?:video/)?(\d+)", url)
    return found.group(1) if found else url


def _declared(page: Page) -> Iterator[tuple[Element, str]]:
    for element in page.elements:
        if element.name == "meta":
            name = (element.get("property") or element.get("name")).lower()
            if name in (
                "og:video",
                "og:video:url",
                "og:video:secure_url",
                "og:audio",
                "og:audio:url",
                "twitter:player",
            ):
                yield element, element.get("content")
        elif element.name == "script" and "ld+json" in element.get("type").lower():
            for thing in json_ld(element):
                if re.search("Video|Audio", str(thing.get("@type"))):
                    url = thing.get("contentUrl") or thing.get("embedUrl")
                    if isinstance(url, str):
                        yield element, url


def json_ld(element: Element) -> Iterator[dict[str, Any]]:
    """Give the things that a JSON-LD script describes, nested ones too."""
    try:
        stack = [json.loads(str(element.tag.string or ""))]
    except (ValueError, RecursionError):
        return
    count = 0
    while stack and count < _MOST_METADATA:
        count += 1
        thing = stack.pop()
        if isinstance(thing, dict):
            yield thing
            stack += [value for value in reversed(thing.values()) if isinstance(value, dict | list)]
        elif isinstance(thing, list):
            stack += [value for value in reversed(thing) if isinstance(value, dict | list)]
