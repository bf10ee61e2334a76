"""What a page says, in a form that is small enough to keep and rich enough to compare.

The main text is what trafilatura takes for it; where that finds little, it is what is left without menus and margins.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.checks.drift import words
from archiver.checks.drift.quotes import Heard
from archiver.checks.drift.resale import offers
from archiver.checks.page import Page, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_READ = 400_000  # bytes of a page: what it is about stands before that
_DEEP = 3000  # elements that stay open: the time that parsers take grows with the square of the depth,
_READ_OF_DEEP = 20_000  # so of a page that only opens no more is read
_LITTLE = 250  # characters: less than this of a page is what an extractor finds when it finds nothing
_NAME = 200
_NAMES = 6
_FRAME = 400  # terms kept of what stands around the main text
_BESIDE = [
    "script", "style", "noscript", "template", "svg", "select", "iframe", "object", "head", "nav", "aside", "footer",
    "form", "button", "dialog",
]
_UNSEEN = ["script", "style", "noscript", "template", "svg", "select", "iframe", "object", "head"]


class Said(Struct, frozen=True, kw_only=True):
    """What a page says. Kept in manifests: see `measure`."""

    sha256: str  # of the page's bytes
    title: str = ""
    names: tuple[str, ...] = ()  # all that it calls itself: title, og:title, headings
    site: str = ""  # what it calls its site
    published: str = ""  # the day it says it was published, "2014-03-02"
    language: str = ""  # as guessed; nothing when it cannot be told
    count: int = 0  # terms of the main text
    terms: dict[str, int] = {}  # the most frequent
    frame: tuple[str, ...] = ()  # terms around the main text: the site's own
    rows: tuple[int, ...] = ()  # a sample of its rows of terms,
    all_rows: tuple[int, ...] = ()  # and of those of all that is seen: an extractor may take the wrong part
    opening: str = ""  # its first words, as evidence
    links: float = 0.0  # share of its text that stands in links, 0 to 1
    offers: int = 0  # words of those who buy old names, gambling and the like, where it is full of them
    offers_named: bool = False  # its title, too
    quotes: tuple[str, ...] = ()  # of those looked for, which stand there word by word
    traces: tuple[str, ...] = ()  # of those looked for, which stand there in part
    unclear: str = ""  # why nothing can be told by it: a script draws it, it asks for something first
    measure: int = 1  # of which kind these terms and rows are; what was measured otherwise is measured again


def said(data: bytes, charset: str | None = None, quotes: Sequence[str] = ()) -> Said:
    """Read what a page says, and which of these quotes stand in it."""
    deep = data[:_READ].count(b"<") - 2 * data[:_READ].count(b"</") > _DEEP
    start = data[: _READ_OF_DEEP if deep else _READ]
    page = Page(start, charset)
    source = decode(start, charset).replace("\0", "")
    seen, links = _seen(source)
    main = _main(source, page, deep=deep)
    found = words.terms(main)
    bag = words.bag(found)
    names = tuple(dict.fromkeys(
        name[:_NAME] for name in (page.title, page.own_title, *page.headings) if name.strip()
    ))[:_NAMES]
    everything = f"{' '.join(names)} {seen}"
    heard = Heard(everything if quotes else "")
    return Said(
        sha256=hashlib.sha256(data).hexdigest(), title=page.title[:_NAME], names=names, site=_site(data),
        published=_published(data),
        language=words.language_of(main if len(main) > _LITTLE else everything), count=words.count(found), terms=bag,
        frame=tuple(list(dict.fromkeys(term for term in words.terms(seen) if term not in bag))[:_FRAME]),
        rows=words.sketch(found), all_rows=words.sketch(words.terms(seen)), opening=_opening(main), links=links,
        offers=offers(main if len(main) > _LITTLE else seen), offers_named=offers(" ".join(names), least=1) > 0,
        quotes=tuple(quote for quote in quotes if heard.stands(quote)),
        traces=tuple(quote for quote in quotes if heard.traces(quote)),
        unclear=_unclear(page, main),
    )


def _main(source: str, page: Page, *, deep: bool) -> str:
    text = "" if deep or page.length < _LITTLE else _extracted(source)
    return text if len(text) >= _LITTLE else _left(source)


def _extracted(source: str) -> str:
    """Give the main text as trafilatura finds it; nothing when it fails."""
    try:
        return _extractor()(source, fast=True, include_comments=False, include_tables=True, include_images=False) or ""
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, MemoryError):
        return ""  # a hostile page; what is left without menus must do


@cache
def _extractor() -> Callable[..., str | None]:
    """Import trafilatura, which takes a quarter of a second; what it has to say of bad pages goes to no terminal."""
    import logging

    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    return extract


def _left(source: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    tree.strip_tags(_BESIDE)
    return " ".join(tree.body.text(separator=" ").split()) if tree.body is not None else ""


def _seen(source: str) -> tuple[str, float]:
    """Give all that a reader sees, and the share of it that stands in links."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    tree.strip_tags(_UNSEEN)
    if tree.body is None:
        return "", 0.0
    text = " ".join(tree.body.text(separator=" ").split())
    tree.strip_tags(["a"])
    body = tree.body
    rest = len(" ".join(body.text(separator=" ").split())) if body is not None else 0
    return text, 1 - rest / len(text) if text else 0.0


@cache
def _site_name() -> re.Pattern[bytes]:
    return re.compile(rb"""<meta[^>]{0,80}og:site_name["'][^>]{0,40}content=["']([^"'>]{1,100})""", re.IGNORECASE)


def _site(data: bytes) -> str:
    start = data[:100_000]
    found = _site_name().search(start) if b"og:site_name" in start else None
    return found[1].decode("utf-8", "replace").strip() if found else ""


@cache
def _publishing() -> re.Pattern[bytes]:
    return re.compile(
        rb"""(?:article:published_time|datePublished|dc\.date(?:\.issued)?|citation_publication_date)["']{1,2}"""
        rb"""[^<>]{0,60}?["'](\d{4})[-/](\d\d)[-/](\d\d)|<time[^<>]{1,100}datetime=["']?(\d{4})-(\d\d)-(\d\d)""",
        re.IGNORECASE,
    )


def _published(data: bytes) -> str:
    start = data[:200_000]
    if b"atetime" not in start and b"publi" not in start and b"date" not in start.lower():
        return ""
    found = _publishing().search(start)
    return b"-".join(part for part in found.groups() if part).decode() if found else ""


def _opening(text: str) -> str:
    line = " ".join(text[:400].split())
    return line if len(line) <= 90 else f"{line[:90].rpartition(' ')[0] or line[:90]}…"


# What a page calls itself that stands before others, however much it says.
@cache
def _asks() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:subscri\w+|abonn\w+|suscri\w+|assinatura|prenumer\w+|log ?in|sign ?(?:in|up)|register|registrier\w+"
        r"|anmeld\w+|connexion|accedi|cookies?|privacy|datenschutz|consent|einwilligung|captcha|access denied|forbidden"
        r"|verif(?:y|ication)|security check|just a moment|your browser|javascript|maintenance|wartung|unavailable"
        r"|error|years? (?:old|of age)|your (?:age|country|region|location|language)|подписк\w+|вход|войти)\b"
        r"|登录|登入|ログイン|로그인"
    )


def _unclear(page: Page, main: str) -> str:
    """Tell why a page tells nothing of what stands there for readers."""
    from archiver.checks.gates import gate

    if _asks().search(words.fold(" ".join((page.title, *page.headings)))):
        return "it asks for something first"
    if page.is_app and len(main) < 4 * _LITTLE:
        return "a script draws it"
    if words.mangled(main):
        return "its letters cannot be read"
    if len(main) < 3 * _LITTLE and gate().search(f"{page.plain_title} {page.plain_text}"):
        return "it asks for something first"
    return ""
