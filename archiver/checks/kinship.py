"""Tells what a page and an address have to do with each other, by what the page says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver import urls
from archiver.checks.redirects import is_home, only_spelling, same_subject, words_of
from archiver.checks.sections import has_title, words_of_slug

if TYPE_CHECKING:
    from archiver.checks.page import Page

_PROSE = 700  # characters of running text that an article has
_MOST_WORDS = 0.6  # share of a title's words that a page must hold to be thought of as naming it
_SOME_PATH = 4  # characters of a path that stand in no text by chance


def is_one_of_many(page: Page, link: str, final: str, *, permanent: bool) -> bool:
    """Tell whether a redirect led to an article of the same site, with a title of its own: nobody sends all there.

    A redirect for now within a site convicts nobody, wherever others lead.
    """
    if not urls.same_site(link, final):
        return False
    if not permanent:
        return True
    if not has_title(final) or page.prose < _PROSE:
        return False
    return same_subject(final, page.title) and words_of(final).isdisjoint(_FOR_ALL)


_FOR_ALL = frozenset(
    [
        "welcome", "website", "site", "relaunch", "new", "moved", "redirect", "expired", "archive", "archived", "old",
        "notice", "error", "sorry", "unavailable", "removed", "closed", "closing", "goodbye", "farewell", "offer",
        "offers", "shop", "migration", "changes", "neue", "neuer", "webseite", "willkommen", "bienvenue", "nouveau",
        "nouvelle", "bienvenido", "nuevo", "nueva", "benvenuti", "nuovo",
    ]
)


def lists_it(page: Page, link: str) -> bool:
    """Tell whether a list of many things names the cited one, which may then stand there in full."""
    words = words_of_slug(link)
    held = sum(word.encode() in page.lower for word in words)
    return bool(words) and held / len(words) >= _MOST_WORDS


def describes_itself(page: Page, final: str) -> bool:
    """Tell whether a page that a script draws was made for this address all the same."""
    if page.own_title and page.own_title != page.title:
        return True
    return _is_canonical(page, final) or same_subject(final, page.title)


def calls_itself_home(page: Page, final: str) -> bool:
    """Tell whether a deep page says that it is the front page: some hosts give that for any address."""
    target = urls.join(final, page.canonical) if page.canonical else None
    return bool(target) and is_home(target or "") and not is_home(final)


def _is_canonical(page: Page, final: str) -> bool:
    target = urls.join(final, page.canonical) if page.canonical else None
    target = urls.normalise(target) if target else None
    return target is not None and not is_home(target) and only_spelling(target, final)


def names_its_address(page: Page, link: str, final: str) -> bool:
    """Tell whether anything of the address stands in the page: a word of it, its number, or all of it as canonical."""
    if _is_canonical(page, final):
        return True
    words = words_of(link)
    words = frozenset(word for word in words if not word.isdigit()) or words  # a year stands in many a page
    if not words:
        return True  # nothing to be named
    if len(urls.path(link)) >= _SOME_PATH and urls.path(link) in page.text[:1200]:
        return False  # it repeats the address, as error pages do
    text = page.text.casefold()  # the bytes may be in any encoding
    return any(word.encode() in page.lower or (not word.isascii() and word in text) for word in words)
