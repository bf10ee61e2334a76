"""Where a page sends its readers at once: by a meta refresh, by a `Refresh:` header, or by a line of script.

A page that is there to be read may refresh as it likes: only one with next to nothing on it is a redirect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver import urls
from archiver.checks.refreshes import refresh
from archiver.checks.scripts import destination

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.checks.page import Page
    from archiver.web.exchange import Hop

MOST = 5  # pages that are followed, one behind the other
_SOON = 10  # seconds within which a refresh is a redirect
_SHORT = 1500  # weighed characters of a page that only says where everything has gone
_NOTHING = 300  # of one that a script leaves: "Redirecting. Click here if nothing happens."
_AT_ONCE = 2
_LONGEST = 8192
_MOVED = frozenset([
    "moved", "redirect", "redirected", "redirecting", "automatically", "address", "url", "relocated", "transferred",
    "umgezogen", "weitergeleitet", "weiterleitung", "adresse", "redirigé", "redirection", "déménagé", "redirigido",
    "trasladado", "dirección", "reindirizzato", "trasferito", "doorgestuurd", "verhuisd", "redirecionado", "mudou",
    "przeniesiona", "przekierowanie", "переехал", "перенаправлены", "yönlendiriliyorsunuz", "flyttat",
])


def declared(page: Page | None, hop: Hop, final: str) -> str | None:
    """Give the address that an answer declares that its readers are sent to at once, unless it is a page to be read."""
    length = page.length if page is not None else 0
    if length > _SHORT:
        return None
    if hop.status == 300:
        return _other(hop.header("location"), final)  # RFC 9110, section 15.4.1: the server's own choice
    value = hop.header("refresh")
    told = (refresh(value) if value else None) or (page.refresh if page is not None else None)
    if told is None or told[0] > _SOON or (told[0] > _AT_ONCE and page is not None and _is_shown(page)):
        return None
    return _other(told[1], final)


def _is_shown(page: Page) -> bool:
    """Tell whether a page is there to be seen for some seconds, as those of a slide show are."""
    return page.has_picture and page.words.isdisjoint(_MOVED)


def scripted(page: Page, final: str) -> str | None:
    """Give the address that a page's own script sends every reader to, where there is next to nothing beside it."""
    if not page.scripts or page.length > _NOTHING or page.asks_something:
        return None
    return _other(destination(page.inline_scripts, page.loaded_by, final), final)


def _other(reference: str | None, final: str) -> str | None:
    """Give the link that a reference is of, where it leads anywhere else."""
    target = urls.normalise(urls.join(final, reference) or "") if reference and len(reference) <= _LONGEST else None
    if target is None or urls.without_fragment(target) == urls.without_fragment(final):
        return None
    return target


def asked_before(target: str, hops: Sequence[Hop]) -> bool:
    """Tell whether a look has been at an address already."""
    return any(urls.without_fragment(hop.url) == urls.without_fragment(target) for hop in hops)
