"""What an HTML page says about itself: metadata first, then what a reader sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archiver import urls
from archiver.documents import about, dates
from archiver.documents.draft import About
from archiver.documents.html.links import json_ld
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from archiver.documents.html.page import Element, Page

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
    "dc.date.created",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "citation_online_date",
    "pubdate",
    "publish-date",
    "sailthru.date",
    "parsely-pub-date",
    "datepublished",
    "og:published_time",
    "article.published",
    "published_at",
    "publication_date",
    "created",
)
_LANGUAGE = ("content-language", "dc.language", "dcterms.language", "citation_language", "og:locale")
_SEVERAL = 10  # authors that are named
_ARTICLE = re.compile("Article|Posting|Report|WebPage|VideoObject")


def of_page(page: Page, url: str | None) -> About:
    """Find it."""
    metas = _metas(page)
    return (
        _of_metas(metas)
        .filled(_language(page, metas))
        .filled(_own_address(page, metas, url))
        .filled(_linked_data(page))
        .filled(_visible(page))
    )


def _metas(page: Page) -> dict[str, str]:
    metas: dict[str, str] = {}
    authors: dict[str, list[str]] = {}
    for element in page.elements:
        if element.name != "meta" or not (content := element.get("content").strip()):
            continue
        for name in (element.get(key).lower() for key in ("property", "name", "itemprop", "http-equiv")):
            if name in _AUTHOR:
                each = authors.setdefault(name, [])
                if (said := mended(content)[:300]) not in each and len(each) < _SEVERAL:
                    each.append(said)
            elif name:
                metas.setdefault(name, mended(content)[:500])
    for name, each in authors.items():
        metas[name] = "; ".join(each) if len(each) > 1 and any("," in one for one in each) else ", ".join(each)
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


def _language(page: Page, metas: dict[str, str]) -> About:
    for element in page.elements:
        if element.name in ("html", "body", "article"):
            said = (element.get("lang") or element.get("xml:lang")).strip()
            if said:
                return About.told(f"{element.name} lang", language=said[:35])
    name = next((name for name in _LANGUAGE if metas.get(name)), "")
    said = metas.get(name, "").partition(",")[0].strip().replace("_", "-")
    return About.told(f"meta {name}", language=said if re.fullmatch(r"[A-Za-z]{2,3}(?:-\w{2,8})*", said) else None)


# What browsers and their extensions write on top of a page that they save.
_SAVED = re.compile(
    r"<!--\s*(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s+url:\s*)"
    r"(https?://[^\s<>\"]{3,2000}?)\s*(?:-->|\n)",
    re.IGNORECASE,
)


def _own_address(page: Page, metas: dict[str, str], url: str | None) -> About:
    for element in page.elements:
        if element.name == "link" and "canonical" in element.get("rel").lower():
            href = element.get("href").strip()
            whole = urls.join(url, href) if url else href
            if whole and urls.scheme(whole) in ("http", "https"):
                return About.told("link canonical", url=whole)
        if element.name == "link" and element.get("rel") == "dc:isVersionOf":
            whole = urls.join(url or "https://", element.get("href").strip())
            if whole and urls.scheme(whole) in ("http", "https"):
                return About.told("link dc:isVersionOf", url=whole)
    if found := _SAVED.search(page.source, 0, 5000):
        return About.told("saved from", url=found.group(1))
    own = metas.get("og:url", "")
    return About.told("meta og:url", url=own if urls.scheme(own) in ("http", "https") else None)


def _linked_data(page: Page) -> About:
    for element in page.elements:
        if element.name == "script" and "ld+json" in element.get("type").lower():
            things = list(json_ld(element))
            known = {str(thing["@id"]): thing for thing in things if thing.get("@id") and thing.get("name")}
            for thing in things:
                if _ARTICLE.search(str(thing.get("@type"))) and (thing.get("headline") or thing.get("datePublished")):
                    return About.told(
                        "JSON-LD",
                        title=_name(thing.get("headline") or thing.get("name"), known),
                        author=_author(_name(thing.get("author") or thing.get("creator"), known)),
                        publication=_name(thing.get("publisher") or thing.get("isPartOf"), known),
                        published=_day(str(thing.get("datePublished") or thing.get("dateCreated") or "")),
                        language=_name(thing.get("inLanguage"), known),
                    )
    return About()


def _name(value: Any, known: dict[str, dict[str, Any]]) -> str | None:
    """Give a name, or the names of several; one thing may point to another that the page describes."""
    if isinstance(value, list):
        names = [_name(item, known) for item in value[:_SEVERAL] if not isinstance(item, list)]
        return ", ".join(dict.fromkeys(name for name in names if name)) or None
    if isinstance(value, dict):
        value = value.get("name") or known.get(str(value.get("@id")), {}).get("name")
    return mended(value)[:500] if isinstance(value, str) and value.strip() else None


def _visible(page: Page) -> About:
    heading = next((words for one in page.elements if one.name == "h1" and (words := _heading(page, one))), "")
    heading = heading or next((page.words(one) for one in page.elements if _is_title(one)), "")
    title = next((one.content for one in page.elements if one.name == "title" and one.within("svg") is None), "")
    first = [line for line in page.text[:20_000].split("\n") if line.strip()][:40]
    last = [line for line in page.text[-10_000:].split("\n") if line.strip()][-15:]
    lines = about.of_lines([mended(line) for line in first], [mended(line) for line in last])
    return (
        About.told("first heading" if heading else "title element", title=mended(heading or title) or None)
        .filled(About.told("byline", author=_marked(page)))
        .filled(About.told("time element", published=_time(page)))
        .filled(lines.only("author", "publication", "published"))
    )


_SIGNS = re.compile(r"\s*[¶§#🔗]\s*$")  # a link to the heading itself, which documentation has behind it


def _heading(page: Page, element: Element) -> str:
    return _SIGNS.sub("", page.words(element))


def _is_title(element: Element) -> bool:
    """Tell the title of what an office program wrote."""
    return element.name == "p" and not {"title", "MsoTitle"}.isdisjoint(element.get("class").split())


def _marked(page: Page) -> str | None:
    """Give the names that the page marks as its authors': the first, and those that stand beside it."""
    names: list[str] = []
    beside: Element | None = None
    for element in page.elements:
        if names and element.parent is not beside:
            continue
        if "author" in element.get("rel").split() or element.get("itemprop") == "author" or _is_byline(element):
            # Behind a name may stand the marks of notes on it.
            words = _author(re.sub(r"\s*[¹²³⁰⁴-⁹*†‡].*$", "", mended(page.words(element))))
            if words and len(words) < 120 and words not in names and len(names) < _SEVERAL:
                names.append(words)
                beside = element.parent
    return ", ".join(names) or None


def _is_byline(element: Element) -> bool:
    classes = element.get("class").lower().split()
    return "byline" in classes or "author" in classes or "p-author" in classes or "ltx_personname" in classes


_PUBLISHED = re.compile(r"\b(?:published|entry-date|post-date|dt-published|pubdate|datepublished)\b", re.IGNORECASE)


def _time(page: Page) -> date | None:
    """Give the day that a <time> tells: one that says that it is of the page, else the first."""
    first = None
    for element in page.elements:
        if element.name == "time" and (day := _day(element.get("datetime") or page.words(element))):
            says = f"{element.get('class')} {element.get('itemprop')}"
            if "pubdate" in element.attributes or (_PUBLISHED.search(says) and "updated" not in says):
                return day
            first = first or day
    return first
