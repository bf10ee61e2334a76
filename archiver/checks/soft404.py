"""Pages that answer 200 and are no answer: error pages by their own words, and empty pages.

What a page calls itself (title, heading) weighs more than what stands in its text, and the more a page says, the more
it takes: an article about error 404 has the words of an error page and the length of an article. Three outcomes:
CERTAIN, SUSPECT (worth a look at a sibling that cannot exist, see sibling.py), or nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from archiver import urls
from archiver.checks.bodies import no_route
from archiver.checks.media.files import extension
from archiver.checks.phrases import BARE, SURE, may_hold_one, plain, sentence, whole
from archiver.checks.vocabulary import goes_on_like_one, notice

if TYPE_CHECKING:
    from archiver.checks.page import Page

SUSPECT, CERTAIN = 1, 2

_LINE = 160  # weighed characters of what a server says by itself
_SHORT = 450  # weighed characters of main text: a notice
_SHELL = 200  # of an app's page: what it shows before its script has run
_MEDIUM = 1400  # characters in paragraphs: a notice with suggestions, or a very short article
_TOLD = 220  # characters in paragraphs that do not say so once more: somebody writes about such pages
_FIRST = 50  # characters of plain text that follow upon a heading
_NEAR = 420  # characters of plain text before which an error page has begun to say that it is one
_FAR = 700


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(r"\s+[-–—|·•»«>/\\~*]+\s+|\s*[|•·»«]\s*|:\s+|\s*[.!?]+(?:\s+|$)")


@cache
def _of_a_kind() -> re.Pattern[str]:
    return re.compile(
        r"\d|\b(?:issues?|tickets?|bugs?|questions?|pull|support|forums?|threads?|discussions?|how|help|wiki\w*|album"
        r"|film|movie|book|novel|song|lyrics|poem|podcast|episode|band|game|docs|documentation|reference|glossary"
        r"|definition"
        r"|tutorial)\b"
    )


_ASIDE = 160  # characters beside links and headings that say why or what else there is
_NAME_WORDS = 6  # a site's name beside the phrase has no more words than this


# What a link to a search is called by, in path or query.
_SEARCH_KEYS = frozenset({"q", "query", "search", "keyword", "keywords", "terms", "suche", "buscar", "recherche", "wd",
                          "searchterm", "search_query", "searchword"})
_LONE_SEARCH_KEYS = frozenset({"s", "k", "text", "term", "find"})  # these are a session's or a section's, too


@cache
def _search() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|/)(?:search|searchresults?|search-results|find|suche|suchergebnisse?|recherche|rechercher|buscar|busca"
        r"|busqueda|pesquisa|pesquisar|cerca|ricerca|zoeken|zoekresultaten|sok|soeg|hledat|szukaj|wyszukiwarka|poisk"
        r"|arama|ara|cari|tim-kiem)(?:[./]|$)"
    )


def is_search(link: str) -> bool:
    """Tell whether a search was cited: one that finds nothing is there all the same."""
    keys = {pair.partition("=")[0].lower() for pair in urls.query(link).removeprefix("?").split("&")}
    if len(keys) == 1 and keys <= _LONE_SEARCH_KEYS:
        return True
    return not _SEARCH_KEYS.isdisjoint(keys) or _search().search(urls.path(link).lower()) is not None


class Found(Struct, frozen=True):
    """How sure we are, and the words that a person can look for."""

    strength: int
    evidence: str


def wording(page: Page, link: str | None = None) -> Found | None:
    """Weigh a page's own words. Of those in its address a page may well speak."""
    if page.length < _LINE and no_route(page.plain_text):
        return Found(CERTAIN, f"it says “{_short(page.text)}”")
    title = _names(page.title, page.plain_title)
    heading = max(map(_names, page.headings, page.plain_headings), default=0)
    if heading == BARE and title != SURE and _begins_so(page):
        heading = SURE
    named = max(title, heading)
    if not named and page.length > _MEDIUM:
        return None  # it calls itself something, and has something to say
    said = _said(page, named=bool(named))
    if not named and said is None:
        return None
    strength = _weigh(page, title, heading, said)
    if strength == CERTAIN and page.is_app and page.length < _SHELL:
        strength = SUSPECT  # until its script has run, many an app calls each of its pages "not found"
    if strength == CERTAIN and link is not None and _is_subject(page, _words_of_name(link), named=bool(named)):
        strength = SUSPECT
    if link is not None and is_search(link) and named != SURE:
        return None
    return Found(strength, _evidence(page, title, heading, said)) if strength else None


class _Said(Struct, frozen=True):
    """Where a page's text says it."""

    text: str
    start: int
    to_reader: bool
    english: bool
    known: bool = False  # a sentence of the tables
    pure: bool = False  # all of its own words are an error page's
    share: float = 0.0  # of the text beside links that is made of an error page's words, where that was measured


def _said(page: Page, *, named: bool) -> _Said | None:
    """Find the words in the page's text, of which a heading that is known already is none."""
    text = page.plain_text[:_FAR]
    for heading in page.plain_headings if named else ():
        if heading and whole(heading):
            text = text.replace(heading, "", 1)
    found = sentence(text, page.words)
    told = _rest(page) if named else page.told
    spoken = notice(told) if page.length <= _MEDIUM else None
    if spoken is not None and spoken.thing and (found is None or spoken.share > _MOSTLY):
        said = told[spoken.start : spoken.end]
        english = _in_english().search(said) is not None
        # English is known sentence by sentence: its little words alone prove less.
        if not (spoken.share > _MOSTLY or spoken.reader or (spoken.share >= _HALF and not english)):
            return None
        return _Said(said, spoken.start, spoken.reader, english, share=spoken.share)
    if found is None or found.start() >= _NEAR:
        return None
    to_reader = _to_reader().search(found[0]) is not None or (spoken is not None and spoken.reader)
    own = notice(found[0])
    return _Said(
        found[0], found.start(), to_reader, _in_english().search(found[0]) is not None, known=True,
        pure=own is not None and own.share == 1,
        share=spoken.share if spoken else 0.0,
    )


def _rest(page: Page) -> str:
    """Give what a page tells beside its links and the headings that are an error page's."""
    text = page.told
    for heading in page.plain_headings:
        if heading and whole(heading):
            text = text.replace(heading, "", 1)
    return " ".join(text.split())


def _weigh(page: Page, title: int, heading: int, said: _Said | None) -> int:
    named = max(title, heading)
    near = said is not None
    if page.length < _MEDIUM and _speaks_of_itself(page) and len(_rest(page)) < _ASIDE:
        return CERTAIN
    if page.length < _SHORT:
        if said is not None and _is_most(page, said):
            return CERTAIN
        if named == SURE:
            return CERTAIN if _means_it(said) or _says_no_more(page) or _helps(page) else SUSPECT
        bare = named == BARE and (near or _says_no_more(page) or goes_on_like_one(_rest(page)))
        return CERTAIN if bare else SUSPECT
    if page.prose < _SHORT and (named == SURE or (named == BARE and near)):
        sure = _means_it(said) or _helps(page) or _says_no_more(page) or _begins_like_one(page)
        return CERTAIN if sure else SUSPECT
    if page.prose < _MEDIUM:
        return CERTAIN if named == SURE and _begins_like_one(page) else SUSPECT if named else 0
    return SUSPECT if named == SURE and near else 0


def _speaks_of_itself(page: Page) -> bool:
    """Tell whether a heading says "this story is no longer available": no work bears such a title over so few words."""
    return any(_of_itself().search(text) and whole(text) for text in page.plain_headings)


@cache
def _of_itself() -> re.Pattern[str]:
    return re.compile(
        r"^(?:sorry |oops |were sorry )?this (?:page|article|story|content|item|post|video|document|file|entry|listing)"
        r" (?:is no longer available|has been (?:removed|deleted)|(?:could|can)(?:not| not|nt)"
        r" be found|does not exist|doesnt exist)$"
    )


def _means_it(said: _Said | None) -> bool:
    """Tell whether a page with an error page's title says it in its text, too, and does not tell a story of it."""
    return said is not None and (said.to_reader or said.share >= _LARGELY or (said.english and said.known))


def _is_most(page: Page, said: _Said) -> bool:
    """Tell whether the sentence is what the page is about: it makes up much of it, or little else is said."""
    if said.share > _MOSTLY and (said.to_reader or not said.english):
        return True
    if len(said.text) * 4 >= page.length or (said.start < 120 and page.length < 260):
        # "The article has been removed" may be the news.
        if not said.english:
            return said.share > _MOSTLY or (said.to_reader and (said.share >= _LARGELY or said.pure))
        return said.to_reader or said.share > _MOSTLY or not _HELP.isdisjoint(page.words.difference(said.text.split()))
    return said.to_reader and said.start < 60 and (said.english or said.share >= _LARGELY or said.pure)


_LARGELY = 0.65
_MOSTLY = 0.8  # shares of a text that are an error page's words
_HALF = 0.5


def _helps(page: Page) -> bool:
    """Tell whether a page that calls itself an error page goes on like one: with help, and not at length."""
    if page.prose >= _TOLD:
        return len(_ENGLISH & page.words) < 3 and goes_on_like_one(_rest(page))
    rest = page.words.difference(*_phrases(page))
    return not _HELP.isdisjoint(rest) or goes_on_like_one(_rest(page))


_ENGLISH = frozenset({"the", "and", "is", "to", "of", "my", "in", "it", "have", "was", "this", "for", "with", "by"})
_HELP = frozenset(
    [
        "search", "sorry", "home", "homepage", "url", "address", "link", "links", "bookmark", "try", "oops",
        "requested", "looking", "return", "spelling", "typed", "mistyped", "administrator", "sitemap", "help",
        "apologies", "apologize", "unfortunately", "browse", "maybe", "perhaps",
    ]
)


@cache
def _in_english() -> re.Pattern[str]:
    return re.compile(r"\b(?:the|this|that|has|have|is|was|not|does|could|longer|invalid|nothing|specified)\b")


@cache
def _to_reader() -> re.Pattern[str]:
    return re.compile(r"\b(?:sorry|you|youre|youve|requested|we (?:cant|cannot|couldnt|could not))\b")


def _begins_so(page: Page) -> bool:
    """Tell whether a page with "404" for a heading begins with the words "page not found", or the like."""
    if not any(text in ("404", "410", "error 404", "404 error") for text in page.plain_headings):
        return False
    words = page.plain_text[:80].split()
    return any(whole(" ".join(words[:number])) == SURE for number in range(2, 6))


def _begins_like_one(page: Page) -> bool:
    """Tell whether the text under the heading begins as an error page's does. Then come the news of the day."""
    return goes_on_like_one(_rest(page)[:_FIRST])


def _says_no_more(page: Page) -> bool:
    """Tell whether a page calls itself "404" or "not found" and adds nothing. One word such as "gone" may be a name."""
    phrase: frozenset[str] = frozenset().union(*_phrases(page))
    if len(phrase) == 1 and all(word.isascii() and not word.isdigit() for word in phrase):
        return False
    headings = [text for text in page.headings if text in page.text]
    beside = page.length - max(map(len, headings), default=0)
    sure = any(whole(text) == SURE for text in (page.plain_title, *page.plain_headings))
    return beside < (40 if sure else 15) or len(_rest(page)) < 15


def _phrases(page: Page) -> list[frozenset[str]]:
    """Give the words of each part of title and headings that says that there is no such page."""
    parts = [plain(part) for text in (page.title, *page.headings) for part in (text, *_parts().split(text[:200]))]
    return [frozenset(part.split()) for part in parts if whole(part)]


def _words_of_name(link: str) -> frozenset[str]:
    name = unquote(urls.path(link).rstrip("/")).rpartition("/")[2]
    return frozenset(plain(name.removesuffix(f".{extension(link)}")).split())


def _is_subject(page: Page, subject: frozenset[str], *, named: bool) -> bool:
    """Tell whether the words may be what a page is about: that of /status/404, or a program's text that prints them."""
    if named:
        return bool(subject) and any(subject <= words or words <= subject for words in _phrases(page))
    if b"<pre" in page.lower or b"<code" in page.lower:
        return True
    called = frozenset(f"{page.plain_title} {' '.join(page.plain_headings)}".split())
    return bool(subject) and len(subject & called) * 2 > len(subject)


def _names(text: str, plain_text: str) -> int:
    """Tell whether a title or heading says that there is no such page: SURE, BARE or 0."""
    if not text or len(text) > 200 or not may_hold_one(plain_text):
        return 0
    if found := whole(plain_text):
        return found
    parts = [plain(part) for part in _parts().split(text)]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return 0
    found = max(whole(part) for part in parts)
    others = [part for part in parts if not whole(part)]
    if any(len(part.split()) > _NAME_WORDS or len(part) > 45 for part in others):
        return 0
    # "404 not found, issue 12", "Not found, a novel": what has a number or a kind may well be called that.
    return min(found, BARE) if any(_of_a_kind().search(part) for part in others) else found


def _evidence(page: Page, title: int, heading: int, said: _Said | None) -> str:
    if title:
        return f"its title is “{_short(page.title)}”"
    if heading:
        text = next(text for text in page.headings if _names(text, plain(text)))
        return f"its heading is “{_short(text)}”"
    return f"it says “{_short(said.text)}”" if said else ""


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


# ---------------------------------------------------------------- pages with nothing in them


def is_empty(page: Page) -> bool:
    """Tell whether a page has nothing to see, nor a script or style sheet that could make something of it."""
    if page.text or page.scripts or page.styled or page.refresh or not page.whole:
        return False
    if whole(page.plain_title) == SURE:
        return False  # it says what it is
    return page.shows_nothing and b"background" not in page.lower
