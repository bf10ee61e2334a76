"""Pages that are a player and nothing else: what is cited is what plays, and the page outlives it.

Only for a page with hardly a word on it, and one film: then the film's own address is asked for. On a page with a text
the text is what was cited, and a dead film in it is no death of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver import urls
from archiver.checks.page import decode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from archiver.checks.page import Page

_BARE = 250  # weighed characters of a page that is little more than its player
_MOST = 2  # addresses of one film: in two formats
_READ = 50_000


def only_film(page: Page, final: str) -> tuple[str, ...]:
    """Give the addresses of the one film that a page shows and is; nothing for any other page."""
    if page.length > _BARE or len(page.raw) > _READ or (b"<video" not in page.lower and b"<audio" not in page.lower):
        return ()
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(decode(page.raw, None))
    players = tree.css("video,audio")
    if len(players) != 1 or _is_ornament(players[0]) or _shows_more(tree):
        return ()
    written = [one.attributes.get("src") or "" for one in (players[0], *players[0].css("source"))]
    found = [urls.normalise(urls.join(base_of(tree, final), one) or "") for one in written if one.strip()]
    if not found or len(found) > _MOST or None in found:
        return ()  # "blob:" and the like are a script's business
    return tuple(dict.fromkeys(one for one in found if one is not None))


def base_of(tree: LexborHTMLParser, final: str) -> str:
    """Give the address that a page's relative addresses are relative to."""
    base = tree.css_first("base[href]")
    return (urls.join(final, base.attributes.get("href") or "") if base is not None else None) or final


def _is_ornament(player: LexborNode) -> bool:
    """Tell whether a film only moves behind a page's words: it is silent, and has no end and no controls."""
    names = player.attributes.keys()
    return "controls" not in names and ("autoplay" in names or "loop" in names)


def _shows_more(tree: LexborHTMLParser) -> bool:
    return tree.css_first("iframe,embed,object,canvas") is not None or len(tree.css("img")) > 3
