"""Pages that answer 200 and are no answer: error pages by their own words, empty pages, servers' default pages.

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
from archiver.checks.media.files import extension
from archiver.checks.phrases import BARE, SURE, may_hold_one, plain, sentence, whole

if TYPE_CHECKING:
    from archiver.checks.page import Page

SUSPECT, CERTAIN = 1, 2

_SHORT = 450  # weighed characters of main text: a notice
_SHELL = 200  # of an app's page: what it shows before its script has run
_MEDIUM = 1400  # characters in paragraphs: a notice with suggestions, or a very short article
_TOLD = 220  # characters in paragraphs that do not say so once more: somebody writes about such pages
_NEAR = 420  # characters of plain text before which an error page has begun to say that it is one
_FAR = 700


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(r"\s+[-–—|·•»«>/\\~*]+\s+|\s*[|•·»«]\s*|:\s+|\s*[.!?]+(?:\s+|$)")


@cache
def _of_a_kind() -> re.Pattern[str]:
    return re.compile(
        r"\d|\b(?:issues?|tickets?|bugs?|questions?|pull|support|forums?|threads?|discussions?|how|help|wiki\w*|album"
        r"|film|movie|book|novel|song|lyrics|poem|podcast|episode|band|game|docs|documentation|reference|glossary|definition"
        r"|tutorial)\b"
    )


_NAME_WORDS = 6  # a site's name beside the phrase has no more words than this


class Found(Struct, frozen=True):
    """How sure we are, and the words that a person can look for."""

    strength: int
    evidence: str


def wording(page: Page, link: str | None = None) -> Found | None:
    """Weigh a page's own words. Of those in its address a page may well speak."""
    title = _names(page.title, page.plain_title)
    heading = max(map(_names, page.headings, page.plain_headings), default=0)
    if heading == BARE and title != SURE and _begins_so(page):
        heading = SURE
    named = max(title, heading)
    if not named and page.length > _MEDIUM:
        return None  # it calls itself something, and has something to say
    said = sentence(page.plain_text[:_FAR], page.words)
    near = said is not None and said.start() < _NEAR
    if not named and not near:
        return None
    strength = _weigh(page, title, heading, said if near else None)
    if strength == CERTAIN and page.is_app and page.length < _SHELL:
        strength = SUSPECT  # until its script has run, many an app calls each of its pages "not found"
    if strength == CERTAIN and link is not None and _is_subject(page, _words_of_name(link), named=bool(named)):
        strength = SUSPECT
    return Found(strength, _evidence(page, title, heading, said)) if strength else None


def _weigh(page: Page, title: int, heading: int, said: re.Match[str] | None) -> int:
    named = max(title, heading)
    near = said is not None
    if page.length < _SHORT:
        if said is not None and _is_most(page, said):
            return CERTAIN
        if named == SURE:
            return CERTAIN if near or _says_no_more(page) or _helps(page) else SUSPECT
        return CERTAIN if named == BARE and (near or _says_no_more(page)) else SUSPECT
    if page.prose < _SHORT and (named == SURE or (named == BARE and near)):
        return CERTAIN
    if page.prose < _MEDIUM:
        return SUSPECT if named else 0
    return SUSPECT if named == SURE and near else 0


def _is_most(page: Page, said: re.Match[str]) -> bool:
    """Tell whether the sentence is what the page is about: it makes up much of it, or little else is said."""
    to_reader = _to_reader().search(said[0]) is not None
    if len(said[0]) * 4 >= page.length or (said.start() < 120 and page.length < 260):
        # "The article has been removed" may be the news.
        return to_reader or not _in_english().search(said[0]) or not _HELP.isdisjoint(page.words)
    return to_reader and said.start() < 60


def _helps(page: Page) -> bool:
    """Tell whether a page that calls itself an error page goes on like one: with help for readers, and not at length.

    What English pages say then is known; in other languages the title must do.
    """
    if page.prose >= _TOLD:
        return len(_ENGLISH & page.words) < 3
    rest = page.words.difference(*_phrases(page))
    return not _HELP.isdisjoint(rest) or _ENGLISH.isdisjoint(page.words)


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
    return re.compile(r"\b(?:the|this|that|has|have|is|was|not|does|could|longer)\b")


@cache
def _to_reader() -> re.Pattern[str]:
    return re.compile(r"\b(?:sorry|you|youre|youve|requested|we (?:cant|cannot|couldnt|could not))\b")


def _begins_so(page: Page) -> bool:
    """Tell whether a page with "404" for a heading begins with the words "page not found", or the like."""
    if not any(text in ("404", "410", "error 404", "404 error") for text in page.plain_headings):
        return False
    words = page.plain_text[:80].split()
    return any(whole(" ".join(words[:number])) == SURE for number in range(2, 6))


def _says_no_more(page: Page) -> bool:
    """Tell whether a page calls itself "404" or "not found" and adds nothing. One word such as "gone" may be a name."""
    phrase: frozenset[str] = frozenset().union(*_phrases(page))
    if len(phrase) == 1 and all(word.isascii() and not word.isdigit() for word in phrase):
        return False
    headings = [text for text in page.headings if text in page.text]
    return page.length - max(map(len, headings), default=0) < 40


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


def _evidence(page: Page, title: int, heading: int, said: re.Match[str] | None) -> str:
    if title:
        return f"its title is “{_short(page.title)}”"
    if heading:
        text = next(text for text in page.headings if _names(text, plain(text)))
        return f"its heading is “{_short(text)}”"
    return f"it says “{_short(said[0])}”" if said else ""


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def plain_notice(data: bytes) -> bool:
    """Tell whether a plain text is nothing but a notice such as "404 page not found"."""
    if not 0 < len(data) <= 120:
        return False
    text = data.decode("utf-8", "replace")
    return whole(plain(text)) == SURE


# ---------------------------------------------------------------- pages with nothing in them


def is_empty(page: Page) -> bool:
    """Tell whether a page has nothing to see, nor a script or style sheet that could make something of it."""
    if page.text or page.scripts or page.styled or page.refresh or not page.whole:
        return False
    return page.shows_nothing and b"background" not in page.lower


# ---------------------------------------------------------------- pages that servers and hosting companies put there

# Whole titles, plain, with a piece of the page that must stand in it too.
_DEFAULT_PAGES: dict[str, bytes] = {
    "welcome to nginx": b"nginx",
    "test page for the nginx http server on red hat enterprise linux": b"nginx",
    "test page for the nginx http server on fedora": b"nginx",
    "test page for the http server on red hat enterprise linux": b"apache",
    "http server test page powered by centos": b"apache",
    "apache http server test page powered by centos": b"apache",
    "apache2 ubuntu default page it works": b"apache",
    "apache2 debian default page it works": b"apache",
    "apache http server test page": b"apache",
    "iis windows server": b"iis",
    "iis windows": b"iis",
    "iis7": b"iis",
    "microsoft internet information services 8": b"iis",
    "welcome to openresty": b"openresty",
    "welcome to caddy": b"caddy",
    "caddy works": b"caddy",
    "apache tomcat": b"tomcat",
    "welcome to plesk": b"plesk",
    "web server s default page": b"plesk",
    "web servers default page": b"plesk",
    "domain default page": b"plesk",
    "default web site page": b"cgi-sys",
    "default plesk page": b"plesk",
    "account suspended": b"suspend",
    "this account has been suspended": b"suspend",
    "website suspended": b"suspend",
    "account disabled by server administrator": b"disabled",
    "hosting account suspended": b"suspend",
    "site not found github pages": b"github",
    "site not found": b"host",
    "no such app": b"heroku",
    "heroku no such app": b"heroku",
    "domain not configured": b"domain",
    "domain not claimed": b"domain",
    "directadmin default page": b"directadmin",
    "success": b"your new web server is ready to use",
}


def default_page(page: Page) -> str:
    """Give the title when a server's or hosting company's own page stands where a site should be."""
    if page.length < 10 and page.plain_text == "it works" and not page.scripts and len(page.raw) < 200:
        return "It works!"
    needed = _DEFAULT_PAGES.get(page.plain_title)
    if needed is not None and page.length < 6000 and needed in page.lower:
        return page.title
    return ""
