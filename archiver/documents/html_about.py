"""What an HTML page says about itself: metadata first, then what a reader sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archiver import urls
from archiver.documents import about, dates
from archiver.documents.draft import About
from archiver.documents.html_links import json_ld
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from archiver.documents.page import Element, Page

_TITLE = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title", "title")
_AUTHOR = (
    "author",
    "citation_author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "sailthru.author",
    "parsely-author",
)
_PLACE = ("og:site_name", "citation_journal_title", "dc.publisher", "publisher", "application-name")
_DATE = (
    "article:published_time",
    "citation_publication_date",
    "citation_date",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
    "publish-date",
    "sailthru.date",
    "parsely-pub-date",
    "datepublished",
    "og:published_time",
    "article.published",
)
_ARTICLE = re.compile("Article|Posting|Report|WebPage|VideoObject")


def of_page(page: Page, url: str | None) -> About:
    """Find it."""
    metas = _metas(page)
    return (
        _of_metas(metas)
        .filled(About.told("html lang", language=_language(page)))
        .filled(_own_address(page, metas, url))
        .filled(_linked_data(page))
        .filled(_visible(page))
    )


def _metas(page: Page) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in page.elements:
        if element.name == "meta":
            for name in (element.get("property"), element.get("name"), element.get("itemprop")):
                if name and (content := element.get("content").strip()):
                    metas.setdefault(name.lower(), mended(content)[:500])
    return metas


def _of_metas(metas: dict[str, str]) -> About:
    about = About()
    for names, told in _METAS:
        name = next((name for name in names if metas.get(name)), None)
        if name is not None:
            about = about.filled(told(f"meta {name}", metas[name]))
    return about


_METAS: tuple[tuple[tuple[str, ...], Callable[[str, str], About]], ...] = (
    (_TITLE, lambda by, said: About.told(by, title=said)),
    (_AUTHOR, lambda by, said: About.told(by, author=_author(said))),
    (_PLACE, lambda by, said: About.told(by, publication=said)),
    (_DATE, lambda by, said: About.told(by, published=dates.day(said))),
)


def _author(name: str | None) -> str | None:
    if name is None or name.startswith(("http:", "https:")):
        return None
    return re.sub(r"^by\s+", "", name, flags=re.IGNORECASE) or None


def _day(written: str | None) -> date | None:
    return dates.day(written) if written else None


def _language(page: Page) -> str | None:
    for element in page.elements:
        if element.name == "html":
            return (element.get("lang") or element.get("xml:lang")).strip() or None
    return None


def _own_address(page: Page, metas: dict[str, str], url: str | None) -> About:
    for element in page.elements:
        if element.name == "link" and "canonical" in element.get("rel").lower():
            href = element.get("href").strip()
            whole = urls.join(url, href) if url else href
            if whole and urls.scheme(whole) in ("http", "https"):
                return About.told("link canonical", url=whole)
    own = metas.get("og:url", "")
    return About.told("meta og:url", url=own if urls.scheme(own) in ("http", "https") else None)


def _linked_data(page: Page) -> About:
    for element in page.elements:
        if element.name == "script" and "ld+json" in element.get("type").lower():
            for thing in json_ld(element):
                if _ARTICLE.search(str(thing.get("@type"))) and (thing.get("headline") or thing.get("datePublished")):
                    return About.told(
                        "JSON-LD",
                        title=_name(thing.get("headline") or thing.get("name")),
                        author=_author(_name(thing.get("author"))),
                        publication=_name(thing.get("publisher")),
                        published=_day(str(thing.get("datePublished") or "")),
                        language=_name(thing.get("inLanguage")),
                    )
    return About()


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(name for item in value[:10] if not isinstance(item, list) and (name := _name(item))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return mended(value)[:500] if isinstance(value, str) and value.strip() else None


def _visible(page: Page) -> About:
    heading = next((page.words(one) for one in page.elements if one.name == "h1" and page.words(one)), "")
    title = next((str(one.tag.string or "") for one in page.elements if one.name == "title"), "")
    first = [line for line in page.text[:20_000].split("\n") if line.strip()][:40]
    last = [line for line in page.text[-10_000:].split("\n") if line.strip()][-15:]
    lines = about.of_lines([mended(line) for line in first], [mended(line) for line in last])
    return (
        About.told("first heading" if heading else "title element", title=mended(heading or title) or None)
        .filled(About.told("byline", author=_marked(page)))
        .filled(About.told("time element", published=_time(page)))
        .filled(lines.only("author", "publication", "published"))
    )


def _marked(page: Page) -> str | None:
    for element in page.elements:
        if "author" in element.get("rel").split() or element.get("itemprop") == "author" or _is_byline(element):
            words = _author(mended(page.words(element)))
            if words and len(words) < 120:
                return words
    return None


def _is_byline(element: Element) -> bool:
    classes = element.get("class").lower().split()
    return "byline" in classes or "author" in classes or "p-author" in classes


def _time(page: Page) -> date | None:
    for element in page.elements:
        if element.name == "time" and (day := _day(element.get("datetime") or page.words(element))):
            return day
    return None
