"""Reads an HTML page as far as judging needs it: what it calls itself, what it says, what it is made of.

The page is decoded and parsed once. What only suspects need (paragraphs, links) is worked out when it is asked for.
"""

from __future__ import annotations

import codecs
import re
from functools import cached_property
from typing import TYPE_CHECKING

from archiver.checks.phrases import plain
from archiver.checks.refreshes import refresh
from archiver.web.exchange import HTML

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from archiver.web.exchange import Hop

_READ = 600_000  # bytes that are parsed: whatever tells a page from an error stands before that
_UNCLOSED = 6000  # elements that stay open
_READ_OF_UNCLOSED = 50_000
_COUNTED = 3000  # characters of text that are counted exactly,
_COUNTED_OF_BLANKS = 100_000  # and of one that is mostly blanks
_DEEP = 100  # levels that are climbed
_TEXT = 4000  # characters of text that are kept
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_BEGINNINGS = (
    b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<script", b"<meta", b"<h1", b"<div", b"<p>",
)
# Elements whose text no reader sees, and those that stand beside what a page is about.
_UNSEEN = ["script", "style", "noscript", "template", "svg", "select", "iframe", "noframes", "object", "head"]
_NOT_MAIN = [*_UNSEEN, "nav", "aside", "footer"]
_SHOWN = "img,picture,iframe,frameset,embed,object,video,audio,canvas,svg,form,input,math"
_LINKS = "a[href],area[href],iframe[src],embed[src],object[data],img[src],source[src]"
_ASKING = "textarea,select,video,audio,input:not([type=hidden]):not([type=submit]):not([type=button])"
_SCRIPTS = 50  # that are read
_RUN = frozenset({"", "text/javascript", "application/javascript", "module", "text/ecmascript", "javascript"})
_FIRST = "title,h1,h2,meta,link,style,script"
_APP = re.compile(
    rb"""<(?:div|main|section|app)[^>]{0,80}?\bid=["']?(?:root|app|__next|__nuxt|___gatsby|main-app|react-root"""
    rb"""|svelte|q-app"""
    rb"""|ember-app|application)\b|<app-root\b|\bng-app\b|\bng-version=|<[a-z]+-app\b|<script[^>]{1,80}type=["']?module\b""",
    re.IGNORECASE,
)


def is_html(hop: Hop) -> bool:
    """Tell whether an answer is an HTML page: declared so, or undeclared and looking like one."""
    if (kind := hop.media_type) in HTML:
        return not looks_like_file(hop.decoded)
    return kind is None and begins_like_html(hop.decoded)


def begins_like_html(data: bytes) -> bool:
    """Tell whether bytes begin as a page does."""
    start = data[:512].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    while start.startswith((b"<!--", b"<?xml")):
        end = b"-->" if start.startswith(b"<!--") else b"?>"
        start = start.partition(end)[2].lstrip()
    return start.startswith(_BEGINNINGS)


_FILES = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"\xd0\xcf\x11\xe0", b"%!PS",
    b"7z\xbc\xaf", b"ID3", b"OggS", b"\x1aE\xdf\xa3", b"AT&TFORM",
)


def looks_like_file(data: bytes) -> bool:
    """Tell whether bytes begin as some well-known file does that is no page, whatever the server calls it."""
    return data.startswith(_FILES)


def decode(data: bytes, declared: str | None) -> str:
    """Decode a page: by byte order mark, header, the page's own word, as UTF-8 if it is that, and else by a guess."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    name = declared
    if name is None and (found := _META_CHARSET.search(data, 0, 4096)):
        name = found[1].decode("ascii", "replace").lower()
        name = "utf-8" if name.startswith("utf-16") else name  # what could be read as ASCII is no UTF-16
    if name is None:
        try:
            # The end may be cut in the middle of a letter.
            return codecs.getincrementaldecoder("utf-8")("strict").decode(data)
        except UnicodeDecodeError:
            from resiliparse.parse.encoding import detect_encoding

            name = detect_encoding(data[:20_000]) or "windows-1252"
    if name in ("utf-8", "utf8"):
        return data.decode("utf-8", "replace")
    from resiliparse.parse.encoding import bytes_to_str, map_encoding_to_html5

    try:
        return str(bytes_to_str(data, map_encoding_to_html5(name) or "windows-1252", errors="replace"))
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


class Page:
    """An HTML page. All text is one line."""

    def __init__(self, data: bytes, charset: str | None = None) -> None:
        from selectolax.lexbor import LexborHTMLParser

        self.raw = data
        end = _readable(data)
        self.whole = len(data) <= end  # all of it was parsed
        source = decode(data[:end], charset)
        self._source = source.replace("\0", "") if "\0" in source else source
        self._tree = LexborHTMLParser(self._source)
        self.title = ""
        self.headings: tuple[str, ...] = ()
        self.refresh: tuple[int, str] | None = None
        self.canonical: str | None = None
        self.own_title = ""  # og:title
        self.scripts = 0
        self.styled = False
        self._read_elements()
        self.plain_title = plain(self.title)  # as phrases are stored
        self.plain_headings = tuple(map(plain, self.headings))
        self._tree.strip_tags(_NOT_MAIN)
        body = self._tree.body
        self.text, self.length = _measure(body.text(separator=" ") if body is not None else "")

    def _read_elements(self) -> None:
        first: list[str] = []
        second: list[str] = []
        for node in self._tree.css(_FIRST):
            tag = node.tag
            if tag == "title":
                # A title in a picture names the picture.
                self.title = self.title or ("" if _inside(node, "svg") else _text(node))
            elif tag == "h1" and len(first) < 3:
                first.append(_text(node))
            elif tag == "h2" and len(second) < 1:
                second.append(_text(node))
            elif tag == "script":
                self.scripts += 1
            elif tag == "style":
                self.styled = True
            elif tag == "meta":
                self._read_meta(node)
            elif tag == "link":
                relation = (node.attributes.get("rel") or "").lower().split()
                if "canonical" in relation:
                    self.canonical = self.canonical or node.attributes.get("href")
                self.styled = self.styled or "stylesheet" in relation
        self.headings = tuple(text for text in first if text) or tuple(text for text in second if text)

    def _read_meta(self, node: LexborNode) -> None:
        attributes = node.attributes
        content = attributes.get("content") or ""
        if (attributes.get("http-equiv") or "").strip().lower() == "refresh":
            # A refresh for readers without scripts says nothing about the others.
            if self.refresh is None and (found := refresh(content)) and not _inside(node, "noscript"):
                self.refresh = found
        elif attributes.get("property") == "og:title":
            self.own_title = self.own_title or " ".join(content.split())

    @cached_property
    def lower(self) -> bytes:
        """Give the first bytes in lower case, for signatures."""
        return self.raw[:100_000].lower()

    @cached_property
    def plain_text(self) -> str:
        """Give the beginning of the main text as phrases are stored."""
        return plain(self.text[:1200])

    @cached_property
    def told(self) -> str:
        """Give the beginning of the main text without its links and buttons, as phrases are stored."""
        tree = self._again()
        tree.strip_tags([*_NOT_MAIN, "a", "button", "label"])
        return plain(_measure(tree.body.text(separator=" "))[0][:1200]) if tree.body is not None else ""

    @cached_property
    def words(self) -> frozenset[str]:
        """Give the words of title, headings and the beginning of the text, as phrases are stored."""
        return frozenset(f"{self.plain_title} {' '.join(self.plain_headings)} {self.plain_text}".split())

    @cached_property
    def shows_nothing(self) -> bool:
        """Tell whether there is nothing to be seen in it, not even a picture or a menu."""
        if self.text:
            return False
        tree = self._again()
        if tree.css_first(_SHOWN) is not None:
            return False
        tree.strip_tags(_UNSEEN)
        return tree.body is None or not tree.body.text().strip()

    def _again(self) -> LexborHTMLParser:
        """Parse it once more, with all that was thrown away to measure its text."""
        from selectolax.lexbor import LexborHTMLParser

        return LexborHTMLParser(self._source)

    @cached_property
    def prose(self) -> int:
        """Count the characters in paragraphs of running text: what an article has and an error page has not."""
        total = 0
        for number, node in enumerate(self._tree.css("p,blockquote,pre,dd")):
            if number >= 400 or total > 20_000:
                break
            text = _text(node)
            if len(text) >= 60 or (text and not text.isascii() and len(text) >= 25):
                total += _weigh(text)
        return total

    @cached_property
    def is_app(self) -> bool:
        """Tell whether a script draws the page: a root for it, or scripts and hardly anything beside them."""
        if not self.scripts:
            return False
        return _APP.search(self.raw[:_READ]) is not None or (self.whole and self.length < 30)

    @cached_property
    def has_password(self) -> bool:
        """Tell whether a password is asked for."""
        return b"password" in self.lower and self._tree.css_first('input[type="password" i]') is not None

    @cached_property
    def all_text(self) -> str:
        """Give all text that a reader may see, menus and margins too."""
        tree = self._again()
        tree.strip_tags(["script", "style", "template", "head"])
        return tree.body.text(separator=" ") if tree.body is not None else ""

    @cached_property
    def all_headings(self) -> tuple[str, ...]:
        """Give what headings of every level say, and what can be opened."""
        return tuple(_text(node) for node in self._again().css("h1,h2,h3,h4,h5,h6,dt,summary,legend,caption")[:1000])

    @cached_property
    def inline_scripts(self) -> tuple[str, ...]:
        """Give the scripts that stand in the page itself, as far as a browser runs them."""
        found = []
        for node in self._again().css("script:not([src])")[:_SCRIPTS]:
            kind = (node.attributes.get("type") or "").strip().lower()
            if kind in _RUN and not _inside(node, "noscript") and not _inside(node, "template"):
                found.append(node.text() or "")
        return tuple(found)

    @cached_property
    def loaded_by(self) -> str:
        """Give what the page does when it is there: the `onload` of its body."""
        body = self._again().body
        return (body.attributes.get("onload") or "") if body is not None else ""

    @cached_property
    def has_picture(self) -> bool:
        """Tell whether a picture stands in it."""
        return b"<img" in self.lower

    @cached_property
    def asks_something(self) -> bool:
        """Tell whether the reader has something to fill in, to choose or to watch."""
        return self._again().css_first(_ASKING) is not None

    def links(self) -> list[str]:
        """Give the addresses in the page's links and embedded things, as written."""
        found = []
        for node in self._again().css(_LINKS)[:2000]:
            attributes = node.attributes
            found.append(attributes.get("href") or attributes.get("src") or attributes.get("data") or "")
        return found


def _readable(data: bytes) -> int:
    """Give how many bytes are parsed. The time to parse grows with the square of the depth: what only opens is cut."""
    if len(data) <= _READ_OF_UNCLOSED:
        return _READ
    opened = data.count(b"<", 0, _READ) - 2 * data.count(b"</", 0, _READ)
    return _READ if opened < _UNCLOSED else _READ_OF_UNCLOSED


def _text(node: LexborNode | None) -> str:
    return " ".join(node.text(separator=" ").split()) if node is not None else ""


def _measure(raw: str) -> tuple[str, int]:
    """Give the beginning of a text as one line, and its weight. Of a long text the rest is reckoned, not counted."""
    start = raw[:_COUNTED]
    text = " ".join(start.split())
    weight = _weigh(text)
    if len(raw) <= _COUNTED:
        return text[:_TEXT], weight
    if weight >= _COUNTED // 2:
        return text[:_TEXT], weight * len(raw) // _COUNTED
    rest = " ".join(raw[_COUNTED:_COUNTED_OF_BLANKS].split())
    return f"{text} {rest}".strip()[:_TEXT], weight + _weigh(rest)


def _weigh(text: str) -> int:
    """Count characters; one of Chinese, Japanese or Korean says about as much as two and a half of the others."""
    if not text or text.isascii():
        return len(text)
    sample = text[:2000]
    wide = sum("\u2e80" <= sign <= "\uffdc" for sign in sample)
    return int(len(text) * (1 + 1.5 * wide / len(sample)))


def _inside(node: LexborNode, tag: str) -> bool:
    parent = node.parent
    for _ in range(_DEEP):
        if parent is None:
            return False
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False
