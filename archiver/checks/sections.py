"""Tells an article's address from that of a section, a list or a search: a page of many things."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qsl, unquote

from archiver import urls

_NAMES = frozenset([
    "news", "blog", "blogs", "articles", "article", "stories", "story", "posts", "archive", "archives", "archiv",
    "press", "pressroom", "newsroom", "press-releases", "media", "events", "publications", "topics", "topic", "tags",
    "tag", "category", "categories", "section", "sections", "latest", "all", "list", "overview", "products", "product",
    "shop", "store", "catalog", "catalogue", "collections", "forum", "forums", "community", "videos", "video",
    "gallery", "library", "resources", "sitemap", "site-map", "nachrichten", "aktuelles", "artikel", "themen",
    "actualites", "actualite", "actu", "noticias", "noticia", "actualidad", "notizie", "nieuws", "nyheter", "nyheder",
    "uutiset", "aktualnosci", "wiadomosci", "zpravy", "hirek", "novosti", "haberler", "berita", "tin-tuc", "magazine",
    "magazin", "home", "index",
])
_GROUPS = frozenset([
    "category", "categories", "tag", "tags", "topic", "topics", "section", "sections", "label", "c", "collections",
    "collection", "product-category", "product-tag", "kategorie", "kategorien", "categoria", "categorie", "rubrik",
    "rubrique", "thema", "tema", "channel", "schlagwort",
])


@cache
def _search() -> re.Pattern[str]:
    return re.compile(
        r"^(?:search|site-?search|search-?results?|suche|recherche|rechercher|buscar|busca|busqueda|cerca|ricerca|zoeken"
        r"|sok|sog|haku|szukaj|hledat|kereses|poisk|arama|find|results)(?:\.\w{2,5})?$",
        re.IGNORECASE,
    )


_KEYS = frozenset(["s", "q", "query", "search", "keyword", "keywords", "searchterm", "k", "wd", "term", "searchword"])
_SLUG = re.compile(r"[^\W\d_]{2,}")
_TITLE = 3  # words
_ID = re.compile(r"\d{4,}")
_DATE = re.compile(r"/(?:19|20)\d\d[/-]\d{1,2}(?:[/-]|$)")


def _parts(link: str) -> list[str]:
    return [part for part in unquote(urls.path(link)).lower().split("/") if part]


def is_search(link: str) -> bool:
    """Tell whether an address is that of a search for something."""
    parts = _parts(link)
    keys = {key.lower() for key, _ in parse_qsl(urls.query(link)[1:], keep_blank_values=True)}
    if parts and any(_search().match(part) for part in parts[-2:]):
        return True
    return not parts and bool(keys & _KEYS) and len(keys) <= 3


def is_article(link: str) -> bool:
    """Tell whether an address is plainly of one thing: by the words of a title, a long number, a date before a name."""
    if is_search(link):
        return False
    parts = _parts(link)
    last = parts[-1] if parts else ""
    if any(_ID.search(value) for _, value in parse_qsl(urls.query(link)[1:])):
        return True
    if not parts or (len(parts) > 1 and parts[-2] in _GROUPS):
        return False  # what stands in a folder of groups is one of them
    stem = last.rpartition(".")[0] or last
    return (
        len(_SLUG.findall(stem)) >= _TITLE or re.search(r"\d{5,}", stem) is not None
        or (_DATE.search(urls.path(link)) is not None and len(parts) >= 3 and not stem.isdigit())
    )


def has_title(link: str) -> bool:
    """Tell whether an address ends with the words of a title: no number, by which a catalogue could search."""
    parts = _parts(link)
    return bool(parts) and len(_SLUG.findall(parts[-1].rpartition(".")[0] or parts[-1])) >= _TITLE


def is_section(cited: str, final: str) -> bool:
    """Tell whether a chain has led from one thing to the list it stood in, or to one like it."""
    if urls.fragment(final) or not urls.same_site(cited, final):
        return False
    wanted, found = _parts(cited), _parts(final)
    if found and re.match(r"(?:index|default)\.\w{3,5}$", found[-1]):
        found = found[:-1]
    if not found or not _NOTICES.match(urls.query(final)):
        return False
    if len(found) < len(wanted) and wanted[: len(found)] == found and not _is_thing(found[-1]):
        return True
    if len(found) == 1 or (len(found) == 2 and len(found[0]) == 2):
        return found[-1] in _NAMES
    return len(found) in (2, 3) and found[-2] in _GROUPS


# What a list says of the thing that it shows itself instead of.
_NOTICES = re.compile(
    r"^(?:[?&](?:expired?|not[-_]?found|err(?:or)?|msg|message|status|removed|deleted|unavailable|closed|from|ref|utm_\w{1,20}"
    r"|page|job[-_]?expired|missing)(?:=[^&]*+)?)*+$",
    re.IGNORECASE,
)


def is_above(cited: str, final: str) -> bool:
    """Tell whether an address is of the thing that the cited one is a part or a page of."""
    wanted, found = _parts(cited), _parts(final)
    return 0 < len(found) < len(wanted) and wanted[: len(found)] == found and _is_thing(found[-1])


def _is_thing(part: str) -> bool:
    """Tell whether a part of a path has the looks of a thing, so that what stood below it may be a part of that."""
    return len(_SLUG.findall(part)) >= _TITLE or re.search(r"\d{5,}", part) is not None


def words_of_slug(link: str) -> frozenset[str]:
    """Give the longer words and numbers that an article's page must hold, its title being in its address."""
    parts = _parts(link)
    stem = (parts[-1].rpartition(".")[0] or parts[-1]) if parts else ""
    values = [value for _, value in parse_qsl(urls.query(link)[1:]) if len(value) >= 3]
    return frozenset(re.findall(r"[^\W_]{4,}", " ".join((stem, *values)).casefold())) - _COMMON


_COMMON = frozenset(
    ["with", "from", "that", "this", "html", "index", "article", "story", "news", "page", "post", "view"],
)
_TRADES = re.compile(
    r"casino|(?<![a-z])slots?(?![a-z])|poker|judi|togel|gacor|betting|sportsbook|viagra|cialis|pharmacy|payday"
    r"|escorts?(?![a-z])|porn|xxx|казино|1xbet|vulkan",
)


def trade(cited: str, final: str, title: str) -> str:
    """Give the word that tells what a lost domain is used for now, or nothing."""
    said = _TRADES.search(f"{urls.host(final)} {title}".casefold())
    return said[0] if said and not _TRADES.search(unquote(cited).casefold()) else ""
