"""Read lists that sites and readers of feeds publish: sitemaps, indexes of sitemaps, and outlines (OPML)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.documents import dates, written, xml_places
from archiver.documents.decoding import decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.html.links import absolute
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from datetime import date

    from archiver.documents.raw import Raw

_MEDIA = frozenset({"video:content_loc", "video:player_loc"})
_PLACES = frozenset({"loc", "image:loc"}) | _MEDIA
_MOST = 50_000  # addresses of one sitemap (sitemaps.org)
_OUTLINES = ("xmlurl", "htmlurl", "url")


def read(raw: Raw) -> Reading:
    """Read a sitemap, an index of sitemaps or an outline."""
    tree = xml_places.load(decode(raw))
    warnings = ("only its beginning was read",) if tree.cut else ()
    top = next((node for node in tree.root.children if node.name in ("urlset", "sitemapindex", "opml")), None)
    if top is not None and top.name == "opml":
        return _outline(tree, top, raw.url, warnings)
    drafts: list[Draft] = []
    for entry in (top or tree.root).children:
        if entry.name in ("url", "sitemap"):
            drafts += _page(tree, entry, raw.url)
    return Reading(
        text=tree.source, drafts=tuple(drafts), media_type="application/xml", warnings=warnings
    )


class Listed(Struct, frozen=True):
    """What a sitemap holds for a crawler; videos and pictures are no pages."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


def listed(raw: Raw) -> Listed:
    """Give the pages and the further sitemaps that a sitemap lists: XML, or a text of one address to a line."""
    text = decode(raw)
    if not text.lstrip("\ufeff \t\r\n").startswith("<"):
        lines = (absolute(line.strip(), raw.url) for line in text.splitlines()[:_MOST] if len(line) <= 8192)
        return Listed(tuple(url for url in lines if url is not None), ())
    tree = xml_places.load(text)
    found: dict[str, list[str]] = {"url": [], "sitemap": []}
    for top in tree.root.children:
        for entry in top.children:
            place = tree.words(entry.first("loc")) if entry.name in found else ""
            if place and len(place) <= 8192 and (url := absolute(place, raw.url)) is not None:
                found[entry.name].append(url)
    return Listed(tuple(found["url"][:_MOST]), tuple(found["sitemap"][:_MOST]))


def _page(tree: xml_places.Tree, entry: xml_places.Node, base: str | None) -> list[Draft]:
    seen: set[str] = set()
    drafts: list[Draft] = []
    news = next((node for node in entry.all() if node.name == "news:title"), None)
    for node in entry.all():
        kind = ""
        if node.name in _PLACES:
            piece = tree.text(node)
        elif node.name in ("xhtml:link", "link") and tree.get(node, "rel").lower() == "alternate":
            found = tree.attribute(node, "href")
            kind = tree.get(node, "hreflang")
            if found is None:
                continue
            piece = found
        else:
            continue
        words, start, end = written.stripped(piece)
        url = absolute(words, base) if len(words) <= 8192 else None
        if url is None or url in seen:
            continue
        seen.add(url)
        around = node.parent
        named = around.first("video:title", "image:title", "image:caption") if around is not None else None
        context = mended(tree.words(named if named is not None else news))[:300]
        drafts.append(
            Draft(start=start, end=max(start, end), url=url, text=kind, context=context, media=node.name in _MEDIA)
        )
    return drafts


def _outline(tree: xml_places.Tree, top: xml_places.Node, base: str | None, warnings: tuple[str, ...]) -> Reading:
    head = top.first("head")
    drafts: list[Draft] = []
    for node in top.all():
        if node.name != "outline":
            continue
        words = mended(tree.get(node, "text") or tree.get(node, "title"))[:300]
        seen: set[str] = set()
        for name in _OUTLINES:
            piece = tree.attribute(node, name)
            url = absolute(piece.text, base) if piece is not None and len(piece.text) <= 8192 else None
            if piece is not None and url is not None and url not in seen:
                seen.add(url)
                context = " › ".join(_folders(tree, node))
                drafts.append(Draft(start=piece.start, end=piece.end, url=url, text=words, context=context))
        for name in ("text", "_note"):
            piece = tree.attribute(node, name)
            if piece is not None and len(piece.text) < 100_000:
                read = written.of_html(piece, base) if written.is_markup(piece.text) else written.of_prose(piece)
                drafts += [draft for draft in read if draft.url not in seen]
    return Reading(
        text=tree.source,
        drafts=tuple(drafts),
        media_type="text/x-opml",
        about=About.told(
            "head",
            title=mended(tree.words(head.first("title")))[:500] or None if head else None,
            author=mended(tree.words(head.first("ownername")))[:200] or None if head else None,
            published=_day(tree.words(head.first("datemodified", "datecreated"))) if head else None,
        ),
        warnings=warnings,
    )


def _folders(tree: xml_places.Tree, node: xml_places.Node) -> list[str]:
    names: list[str] = []
    around = node.parent
    while around is not None and len(names) < 8:
        if around.name == "outline" and (name := mended(tree.get(around, "text") or tree.get(around, "title"))[:80]):
            names.append(name)
        around = around.parent
    return names[::-1]


def _day(words: str) -> date | None:
    try:
        return parsedate_to_datetime(words).date() if words else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return dates.day(words)
