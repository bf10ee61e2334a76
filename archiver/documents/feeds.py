"""Read feeds: RSS in all its versions, Atom and JSON Feed. What entries link to, embed and say, each in its place."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING

from archiver import urls
from archiver.documents import dates, json_places, written, xml_places
from archiver.documents.decoding import decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.html.links import absolute
from archiver.documents.mend import mended
from archiver.model import Unreadable

if TYPE_CHECKING:
    from datetime import date

    from archiver.documents.raw import Raw
    from archiver.documents.written import Piece

_FEEDS = frozenset({"channel", "feed", "atom:feed", "rss", "rdf:rdf"})
_ENTRIES = frozenset({"item", "entry", "atom:entry"})
_ABOUT_THE_FEED = frozenset(
    {"self", "edit", "edit-media", "replies", "hub", "next", "prev", "previous", "first", "last", "service", "license"}
)
# The full text before a summary of it: what was cited there is not told twice.
_CONTENT = ("content:encoded", "content", "atom:content", "description", "summary", "atom:summary", "itunes:summary")
_MOST_ENTRIES = 20_000
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")


def read(raw: Raw) -> Reading | Unreadable:
    """Read a feed."""
    text = decode(raw)
    if text.lstrip("\ufeff \n\t").startswith("{"):
        return of_json(json_places.load(text), raw.url)
    tree = xml_places.load(text)
    feed = next((node for node in tree.root.all() if node.name in _FEEDS), None)
    if feed is None:
        return Unreadable(source=raw.source, reason="is no feed, though it begins like one", hint="fetch it again")
    head = (feed.first("channel") or feed) if feed.name in ("rss", "rdf:rdf") else feed
    about = _about(tree, head)
    reader = _Feed(tree, raw.url or about.url or tree.words(head.first("link")) or None)
    entries = [node for node in tree.root.all(but_inside=_ENTRIES) if node.name in _ENTRIES]
    for entry in entries[:_MOST_ENTRIES]:
        reader.entry(entry)
    cut = tree.cut or len(entries) > _MOST_ENTRIES
    return Reading(
        text=text,
        drafts=tuple(reader.drafts),
        media_type="application/atom+xml" if "feed" in feed.name else "application/rss+xml",
        about=about,
        warnings=("only the first entries were read",) if cut else (),
    )


def _about(tree: xml_places.Tree, head: xml_places.Node) -> About:
    people = [node for node in head.children if node.name in ("author", "atom:author")][:10]
    person = head.first("managingeditor", "dc:creator", "itunes:author")
    if person is not None and not people:
        people = [person]
    names = [_said(tree.words(one.first("name", "atom:name") or one)) for one in people]
    day = head.first("pubdate", "lastbuilddate", "updated", "atom:updated", "dc:date", "modified")
    own = [
        tree.get(node, "href")
        for node in head.children
        if node.name in ("link", "atom:link") and tree.get(node, "rel") == "self"
    ]
    around = head.parent
    language = tree.words(head.first("language", "dc:language")) or tree.get(head, "xml:lang")
    language = language or (tree.get(around, "xml:lang") if around is not None else "")
    return About.told(
        "channel",
        title=_said(tree.words(head.first("title", "atom:title", "dc:title")))[:500] or None,
        author=", ".join(dict.fromkeys(filter(None, names)))[:300] or None,
        published=_day(tree.words(day)),
        language=language[:35] or None,
        url=next((url for url in own if urls.scheme(url) in ("http", "https")), None),
    )


def _said(words: str) -> str:
    """Read a title, which may itself be a piece of HTML."""
    if _TAG.search(words):
        from archiver.documents.html.page import load

        return mended(load(words[:2000]).text)
    return mended(unescape(words))


def _day(words: str) -> date | None:
    try:
        return parsedate_to_datetime(words).date() if words else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return dates.day(words)


class _Feed:
    """The drafts of one feed."""

    def __init__(self, tree: xml_places.Tree, base: str | None) -> None:
        self.tree = tree
        self.base = base
        self.drafts: list[Draft] = []
        self._seen: set[str] = set()  # in this entry
        self._title = ""

    def entry(self, entry: xml_places.Node) -> None:
        tree = self.tree
        self._seen = set()
        self._title = _said(tree.words(entry.first("title", "atom:title", "media:title", "dc:title")))[:300]
        first: str | None = None
        for node in entry.children:
            url = self._link(node)
            first = first or url
        if (about := tree.get(entry, "rdf:about")) and not self._seen:
            piece = tree.attribute(entry, "rdf:about")
            first = self._add(piece, about, self._base(entry)) if piece else None
        self._guid(entry.first("guid"), linked=first is not None)
        self._media(entry)
        for name in _CONTENT:
            for node in entry.children:
                if node.name == name:
                    self._content(node, first)
        for node in entry.all():
            if node.name == "media:description":
                self._keep(written.of_prose(tree.text(node)))

    def _link(self, node: xml_places.Node) -> str | None:
        tree = self.tree
        if node.name == "feedburner:origlink":
            self._add(tree.text(node), None, self._base(node))  # what the counted link leads to
        if node.name == "source" and (source := tree.attribute(node, "url")) is not None:
            self._add(source, None, self._base(node), text=tree.words(node))  # where the entry was first
        if node.name not in ("link", "atom:link"):
            return None
        href = tree.attribute(node, "href")
        if href is None:
            return self._add(tree.text(node), None, self._base(node)) if node.name == "link" else None
        if tree.get(node, "rel").lower() in _ABOUT_THE_FEED or tree.get(node, "type").startswith("image/"):
            return None
        enclosed = tree.get(node, "rel").lower() == "enclosure"
        media = enclosed and _is_media(tree.get(node, "type"))
        url = self._add(href, None, self._base(node), media=media, text=tree.get(node, "title"))
        return None if enclosed else url

    def _guid(self, node: xml_places.Node | None, *, linked: bool) -> None:
        """Read the name of an entry, which is an address unless it says otherwise; most are not, beside a link."""
        said = self.tree.get(node, "ispermalink").lower() if node is not None else ""
        if node is None or said == "false" or (linked and said != "true"):
            return
        words = self.tree.words(node)
        if urls.scheme(words) in ("http", "https"):
            self._add(self.tree.text(node), None, None)

    def _media(self, entry: xml_places.Node) -> None:
        tree = self.tree
        video = tree.words(entry.first("yt:videoid"))
        for node in entry.all():
            if node.name not in ("enclosure", "media:content", "media:player"):
                continue
            kind, medium = tree.get(node, "type").lower(), tree.get(node, "medium").lower()
            piece = tree.attribute(node, "url")
            if piece is None or kind.startswith("image/") or medium == "image":
                continue
            if video and video in piece.text and self._seen:
                continue  # the same video, as a player that is no more
            media = _is_media(kind) or medium in ("video", "audio") or node.name == "media:player"
            self._add(piece, None, self._base(node), media=media)

    def _content(self, node: xml_places.Node, link: str | None) -> None:
        tree = self.tree
        piece = tree.content(node)
        src = tree.attribute(node, "src")
        if src is not None:  # content that lies elsewhere (RFC 4287, 4.1.3.2)
            self._add(src, None, self._base(node), media=_is_media(tree.get(node, "type")))
        if not piece.text.strip():
            return
        if not written.is_markup(piece.text) and written.is_markup(unescape(piece.text)):
            piece = _escaped_twice(piece)
        if tree.get(node, "type").lower() in ("text", "text/plain") and not written.is_markup(piece.text):
            self._keep(written.of_prose(piece))
        else:
            self._keep(written.of_html(piece, self._base(node, link), self._title))

    def _keep(self, drafts: list[Draft]) -> None:
        """Keep what this entry has not cited yet, or not from this text."""
        known = set(self._seen)
        for draft in drafts:
            if draft.url is None or draft.url not in known or draft.label is not None:
                self.drafts.append(draft)
            if draft.url is not None:
                self._seen.add(draft.url)

    def _base(self, node: xml_places.Node, link: str | None = None) -> str | None:
        """Give where relative addresses start: at the nearest xml:base, or else at the entry, or at the feed."""
        bases = []
        around: xml_places.Node | None = node
        while around is not None:
            if base := self.tree.get(around, "xml:base"):
                bases.append(base)
            around = around.parent
        found = (link or self.base) if not bases else self.base
        for base in reversed(bases):
            found = (urls.join(found, base) if found else base) or found
        return found

    def _add(
        self, piece: Piece, url: str | None, base: str | None, *, media: bool = False, text: str = ""
    ) -> str | None:
        words, start, end = written.stripped(piece)
        whole = absolute(url or words, base) if len(words) <= 8192 else None
        if whole is None or whole in self._seen:
            return whole
        self._seen.add(whole)
        self.drafts.append(
            Draft(
                start=start, end=max(start, end), url=whole, text=mended(text)[:300], context=self._title, media=media
            )
        )
        return whole


def _escaped_twice(piece: Piece) -> Piece:
    """Read what was escaped once more than it should have been."""
    inner = written.of_xml(piece.text, 0, len(piece.text))
    return written.Piece(inner.text, inner.edges, tuple(map(piece.at, inner.places)))


def _is_media(kind: str) -> bool:
    return kind.lower().startswith(("video/", "audio/", "application/x-mpegurl", "application/vnd.apple.mpegurl"))


def is_json_feed(tree: json_places.Tree) -> bool:
    """Tell whether a JSON document is a feed."""
    version = tree.said(tree.get(tree.values[0], "version")) if tree.values else ""
    return version.startswith(("https://jsonfeed.org/version/", "http://jsonfeed.org/version/"))


def of_json(tree: json_places.Tree, url: str | None) -> Reading:
    """Read a JSON Feed."""
    feed = tree.values[0] if tree.values else None
    home = tree.said(tree.get(feed, "home_page_url"))
    own = tree.said(tree.get(feed, "feed_url"))
    people = tree.items(feed, "authors") or [one for one in (tree.get(feed, "author"),) if one is not None]
    names = [name for one in people[:5] if (name := tree.said(tree.get(one, "name")))]
    drafts: list[Draft] = []
    entries = tree.items(feed, "items")
    for entry in entries[:_MOST_ENTRIES]:
        drafts += _item(tree, entry, url or own or home or None)
    cut = tree.cut or len(entries) > _MOST_ENTRIES
    return Reading(
        text=tree.source,
        drafts=tuple(drafts),
        media_type="application/feed+json",
        about=About.told(
            "feed",
            title=mended(tree.said(tree.get(feed, "title")))[:500] or None,
            author=mended(", ".join(names))[:200] or None,
            language=tree.said(tree.get(feed, "language"))[:35] or None,
            url=own if urls.scheme(own) in ("http", "https") else None,
        ),
        warnings=("only the first entries were read",) if cut else (),
    )


def _item(tree: json_places.Tree, entry: json_places.Node, base: str | None) -> list[Draft]:
    title = mended(tree.said(tree.get(entry, "title")))[:300]
    drafts: list[Draft] = []
    seen: set[str] = set()
    addresses = [(tree.get(entry, name), False) for name in ("url", "external_url")]
    ident = tree.get(entry, "id")
    if not any(node for node, _ in addresses) and urls.scheme(tree.said(ident)) in ("http", "https"):
        addresses.append((ident, False))  # the specification wishes it to be the address
    addresses += [
        (tree.get(one, "url"), _is_media(tree.said(tree.get(one, "mime_type"))))
        for one in tree.items(entry, "attachments")
        if not tree.said(tree.get(one, "mime_type")).startswith("image/")
    ]
    for node, media in addresses:
        if isinstance(node, json_places.Text):
            words, start, end = written.stripped(tree.piece(node))
            whole = absolute(words, base)
            if whole is not None and whole not in seen:
                seen.add(whole)
                drafts.append(Draft(start=start, end=end, url=whole, context=title, media=media))
    link = absolute(tree.said(tree.get(entry, "url")), base) or base
    for name in ("content_html", "content_text", "summary"):
        node = tree.get(entry, name)
        if isinstance(node, json_places.Text):
            piece = tree.piece(node)
            found = written.of_html(piece, link, title) if name == "content_html" else written.of_prose(piece)
            drafts += [one for one in found if one.url is None or one.url not in seen or one.label is not None]
            seen |= {one.url for one in found if one.url is not None}
    return drafts
