"""Links and embedded media of an HTML page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archiver import urls
from archiver.documents.draft import Draft
from archiver.documents.html import players as html_players
from archiver.documents.html.tags import tag_end
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from archiver.documents.html.page import Element, Page

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
_QUOTES = frozenset({"blockquote", "q", "ins", "del"})
_NO_LINK = frozenset(
    {"link", "base", "use", "image", "fecolormatrix", "script", "lineargradient", "radialgradient", "pattern"}
)
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


def links(page: Page, base: str | None, inner: Collection[int] = ()) -> tuple[list[Found], int]:
    """Give what the page links to and embeds, and how many relative links have nothing to start from.

    `inner` are the links that only lead to another place of this page.
    """
    found: list[Found] = []
    unresolved = 0
    for element in page.elements:
        if element.index in inner or not (element.attributes or element.content):
            continue
        for href, media in _addresses(element):
            url = absolute(href, base)
            if url is None:
                unresolved += _is_relative(href)
                continue
            twin = (media and found and found[-1].media) or element.name in ("param", "embed")
            if twin and found and found[-1].url == url:
                continue  # an <embed> inside its <object>, a <source> that repeats the <video>
            found.append(Found(element, element.at, tag_end(page.source, element.at), url, _text(page, element), media))
    found = _once(found)
    found += _empty_players(page)
    found.sort(key=lambda one: one.start)
    return found, unresolved


_DEEP = 8  # levels between a player and what repeats its address


def _once(found: list[Found]) -> list[Found]:
    """Drop what only repeats a player: inside it, or for readers without scripts."""
    whole: dict[int, set[str]] = {}
    seen: set[str] = set()
    silent: list[bool] = []
    for one in found:
        key = same_video(one.url or "")
        whole.setdefault(one.element.index, set()).add(key)
        silent.append(one.element.within("noscript", levels=_DEEP) is not None)
        if not silent[-1]:
            seen.add(key)
    dropped: set[tuple[int, str]] = set()  # placeholders in which the player itself stands
    kept: list[Found] = []
    for one, hidden in zip(found, silent, strict=True):
        key = same_video(one.url or "")
        outer = _outer(one.element, key, whole)
        if outer is not None and one.element.name == "iframe":
            dropped.add((outer.index, key))
            outer = None
        if outer is None and not (hidden and key in seen):
            kept.append(one)
    return [one for one in kept if (one.element.index, same_video(one.url or "")) not in dropped] if dropped else kept


def _outer(element: Element, key: str, whole: dict[int, set[str]]) -> Element | None:
    around, level = element.parent, 0
    while around is not None and level < _DEEP:
        if key in whole.get(around.index, ()):
            return around
        if around.name in ("video", "audio", "object"):
            # A link to download one of the sources, for browsers that do not play them.
            inside = range(around.index + 1, element.index)
            return around if any(key in whole.get(index, ()) for index in inside[:40]) else None
        around, level = around.parent, level + 1
    return None


_LINE_ENDS = {9: None, 10: None, 13: None}  # no part of an address, wherever they stand in it


def absolute(href: str, base: str | None) -> str | None:
    """Give the address as written when it is whole, else resolved; None when it cites nothing or leads nowhere."""
    href = href.strip().translate(_LINE_ENDS)
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
        href = element.get("href") or element.get("xlink:href")
        if href and not _points_back(element) and not _does_something(element, href):
            yield href, False
        if not href or href.startswith("#") or href[:11].lower() == "javascript:":
            yield from html_players.waiting(element)
    elif html_players.embeds(element):
        yield from html_players.played(element)
    elif name == "meta":
        if element.get("http-equiv").lower() == "refresh" and (found := _REFRESH.match(element.get("content"))):
            yield found.group(1), False
    elif name == "param":
        yield from html_players.given(element)
    elif name == "script":
        yield from html_players.scripted(element)
    elif name in _QUOTES and (cite := element.get("cite")):
        yield cite, False
    elif waiting := next(html_players.waiting(element), None):
        yield waiting
    elif name not in _NO_LINK and (href := element.get("href") or element.get("xlink:href")):
        yield href, False  # a component of a site's own


_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)
# Links that cite nothing: they share, answer or edit, or explain what an ISBN is.
_SHARES = re.compile(
    r"(?:https?:)?//(?:www\.|m\.|mobile\.)?(?:facebook\.com/(?:sharer|share\.php|dialog/(?:feed|send|share))"
    r"|(?:twitter|x)\.com/(?:intent/(?:tweet|post)|share\b|home\?status)|linkedin\.com/(?:shareArticle|sharing/|cws/share)"
    r"|pinterest\.[a-z.]{2,6}/pin/create|reddit\.com/submit|(?:api|web)\.whatsapp\.com/send|wa\.me/\?|t(?:elegram)?\.me/share"
    r"|tumblr\.com/(?:share|widgets/share)|getpocket\.com/(?:save|edit)|news\.ycombinator\.com/submitlink|vk\.com/share\.php"
    r"|service\.weibo\.com/share|line\.me/R/msg|social-plugins\.line\.me/|bsky\.app/intent|threads\.(?:net|com)/intent"
    r"|plus\.google\.com/share|buffer(?:app)?\.com/add|share\.flipboard\.com/|digg\.com/submit|stumbleupon\.com/submit"
    r"|addtoany\.com/(?:add_to|share)|addthis\.com/bookmark|instapaper\.com/(?:edit|hello2)|xing\.com/(?:app/user\?op=share|spi/shares)"
    r"|connect\.ok\.ru/|mastodonshare\.com/)",
    re.IGNORECASE,
)
_MACHINERY = re.compile(r"/wiki/(?:[^/?#]{1,40}_\(identifier\)|Special:BookSources/[\dX-]{9,20})$|[?&]replytocom=\d+")


def _does_something(element: Element, href: str) -> bool:
    """Tell a button from a link."""
    if _SHARES.match(href) or _MACHINERY.search(href):
        return True
    around = element.within("span", levels=1)
    return around is not None and "mw-editsection" in around.get("class")


def _points_back(element: Element) -> bool:
    return "doc-backlink" in element.get("role")


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
        and not any(element.get(name) for name in ("src", "data-src", "id", "class", "data-setup", "data-account"))
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
    seen = {same_video(url) for url in known}
    drafts = []
    for element, url in _declared(page):
        whole = absolute(url, None)
        if whole and same_video(whole) not in seen:
            seen.add(same_video(whole))
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


def same_video(url: str) -> str:
    """Give what two addresses of one YouTube or Vimeo video share."""
    if "youtu" not in url and "vimeo" not in url:
        return url
    found = _ON_YOUTUBE.search(url) or _ON_VIMEO.search(url)
    return found.group(1) if found else url


_ON_YOUTUBE = re.compile(
    r"(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]{0,200}&)?v=|embed/|v/|shorts/)|youtu\.be/)([\w-]{11})"
)
_ON_VIMEO = re.compile(r"vimeo\.com/(?:video/)?(\d+)")


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
        stack = [json.loads(element.content)]
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
