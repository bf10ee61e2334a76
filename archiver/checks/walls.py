"""Walls against robots, known by their signatures: headers, addresses, pieces of their pages and the words around them.

A wall says nothing of the page behind it. On an answer that is otherwise fine (2xx) a signature alone is not enough:
vendors' scripts stand in ordinary pages too, so there must also be hardly anything to read. And where a server says
404, 410 or 401 it is believed, unless what it sent can be nothing but a challenge. The signatures: walls_table.py.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver.checks.phrases import SURE, plain, whole
from archiver.checks.redirects import same_subject
from archiver.checks.walls_table import (
    ADDRESSES,
    CAPTCHAS,
    EVERYWHERE,
    GUARDS,
    HARD,
    HEADERS,
    MAY_BE_A_NAME,
    NATIVE,
    SPOKEN_OF,
    SURE_HEADERS,
    TITLES,
    UNMISTAKABLE,
    WEAK,
    words,
)

if TYPE_CHECKING:
    from archiver.checks.page import Page
    from archiver.web.exchange import Hop

_READ = 60_000
_ESSAY = 300  # without a script, and longer than this, it is a text about such pages
_LITTLE = 900  # weighed characters of text that a challenge page may have
_WORDY = 3000  # so much has one that explains itself
_NOTICE = 400  # and a notice that a site is blocked
_SMALL = 40_000  # bytes of a page that is nothing but a challenge

_OWN_WORD = frozenset({401, 402, 404, 410, 451})  # what a server says of the page itself
_NAMES = frozenset(name for name, _, _ in HEADERS)
_TRUST = (b"not found", b"not-found", b">404", b"404 ")  # said by what is no challenge


def wall(hop: Hop, page: Page | None) -> str:
    """Name the wall that answered instead of the site, with how it was recognised; nothing when there is none.

    Call it with the page on every HTML answer.
    """
    status = hop.status
    if status == 999:
        return "the status 999"
    if status in _OWN_WORD:
        return _in_spite_of(hop)
    fine = 200 <= status < 300
    if found := _by_header(hop):
        return found
    if found := _by_address(hop.url):
        return found if page is None or page.length < _WORDY else ""
    if status == 202 and _is_blank(hop, page):
        return "202 with nothing in it, as guards send it that wait for a script"
    if (said := _cloudflare(hop)) is not None:
        return said
    if page is None:
        return "" if fine else _by_piece(hop.decoded[:_READ].lower(), None)
    if fine:
        return _instead_of_page(page, hop.url)
    # Beside a 5xx, what only names a guard may stand in the error page of a guarded site.
    return _by_piece(page.lower[:_READ], page if status >= 500 else None) or _by_guard(page, page.lower[:_READ]) or (
        _by_words(page, hop.url, refused=True)
    )


def geo(page: Page) -> str:
    """Give the words with which a page says that it is not for readers in this country, or nothing."""
    if page.length > _LITTLE:
        return ""
    foreign = not page.plain_text.isascii()
    if (foreign or not page.words.isdisjoint(_PLACES)) and (found := _geo().search(page.plain_text)):
        return found[0]
    # A site may well write that another one was blocked; what stands in its place says nothing else.
    if page.length < _NOTICE and (foreign or not page.words.isdisjoint(_POWERS)) and (
        found := _by_order().search(page.plain_text)
    ):
        return found[0]
    return ""


# ---------------------------------------------------------------- headers, addresses, pieces


def _by_header(hop: Hop, *, sure_only: bool = False) -> str:
    status = hop.status
    for key, value in hop.headers:
        name = key.lower()
        if name not in _NAMES:
            continue
        if name not in SURE_HEADERS and (
            sure_only or not (status == 403 if name in EVERYWHERE else 400 <= status < 500 or status == 202)
        ):
            continue
        for wanted, piece, who in HEADERS:
            if name == wanted and piece in value.lower():
                return f"{who} (header {name})"
    return ""


def _by_address(url: str) -> str:
    lower = url[:2000].lower()
    host, _, rest = lower.partition("://")[2].partition("/")
    rest = f"/{rest}"
    for end, piece, who in ADDRESSES:
        if (not end or host == end or host.endswith(f".{end}")) and piece in rest:
            return f"{who} (its address is {url[:100]})"
    return ""


def _in_spite_of(hop: Hop) -> str:
    """Name a wall behind a status that is otherwise the server's last word, where nothing else can be meant."""
    if found := _by_header(hop, sure_only=True):
        return found
    data = hop.decoded
    if not data or len(data) > _SMALL or hop.header("www-authenticate"):
        return ""
    lower = data.lower()
    if any(piece in lower for piece in _TRUST):
        return ""
    return next((_told(who, piece) for piece, who in HARD if piece in lower and piece not in SPOKEN_OF), "")


def _by_piece(lower: bytes, page: Page | None) -> str:
    """Name whose piece it holds. With a page, what may only be spoken of counts where the page says so itself."""
    for piece, who in HARD:
        if piece in lower and (page is None or piece not in SPOKEN_OF or _says_so(page)):
            return _told(who, piece)
    if b"captcha-delivery.com" in lower:
        return _told("DataDome", b"captcha-delivery.com")
    if b"reference" in lower and b"access denied" in lower and _reference().search(lower):
        return "Akamai (its page holds a reference number)"
    return ""


def _by_guard(page: Page, lower: bytes) -> str:
    for piece, who in GUARDS:
        if piece in lower and (_says_so(page) or (page.length < 200 and _is_nameless(page, lower))):
            return _told(who, piece)
    return ""


def _is_blank(hop: Hop, page: Page | None) -> bool:
    return not hop.decoded.strip() or (page is not None and not (page.text or page.title or page.scripts))


def _told(who: str, piece: bytes) -> str:
    return f"{who} (its page holds {piece.decode()})"


@cache
def _reference() -> re.Pattern[bytes]:
    return re.compile(rb"reference(?:\s|&#32;)*(?:#|&#35;)\s*[0-9a-f]+(?:\.|&#46;)[0-9a-f]+", re.IGNORECASE)


# ---------------------------------------------------------------- Cloudflare's own error pages

_DETAILS = b"cf-error-details"
_ORIGIN_STATUS = frozenset([409, 500, 502, 504, *range(520, 531)])
# Of its error pages (1xxx), those that shut somebody out. 1009 is a country, 1015 too many requests: status and words
# say so better. The others tell of the site's own server and name.
_SHUT_OUT = frozenset({1005, 1006, 1007, 1008, 1010, 1011, 1012, 1020, 1025, 1106})


@cache
def _code() -> re.Pattern[bytes]:
    return re.compile(rb"error(?:</span>|\s|code|:|-|<span[^>]{0,80}>|[\"'>]){1,12}(1\d\d\d)\b")


def _cloudflare(hop: Hop) -> str | None:
    """Read one of Cloudflare's error pages: whom it shuts out, or nothing when it does not; None when it is none."""
    if hop.status < 400:
        return None
    lower = hop.decoded[:_READ].lower()
    if _DETAILS not in lower and not lower.startswith(b"error code: 1"):
        return None
    found = _code().search(lower)
    if found is not None:
        code = int(found[1])
        return f"Cloudflare (its page says error {code})" if code in _SHUT_OUT else ""
    return "" if hop.status in _ORIGIN_STATUS else _told("Cloudflare", _DETAILS)


# ---------------------------------------------------------------- pages that came as if all were well


def _instead_of_page(page: Page, url: str) -> str:
    """Name the wall in a page with a success: its signature, and hardly anything beside it."""
    if page.length > _WORDY:
        return ""
    lower = page.lower[:_READ]
    if page.length > _LITTLE:
        # Those that explain themselves at length bear their name, or such an element that nothing else has.
        if not (_named(page) & UNMISTAKABLE) and b'id="anubis_' not in lower:
            return ""
        found = next((_told(who, piece) for piece, who in (*HARD, *GUARDS) if piece in lower), "")
        return found or _by_words(page, url, refused=False)
    for piece, who in HARD:
        if piece in lower and (piece.startswith(b'id="') or _is_all(page, lower, spoken_of=piece in SPOKEN_OF)):
            return _told(who, piece)
    return _by_guard(page, lower) or _by_details(page, lower) or _by_captcha(page, lower, url) or (
        _by_words(page, url, refused=False)
    )


def _is_all(page: Page, lower: bytes, *, spoken_of: bool) -> bool:
    """Tell whether a page is the challenge and not a note on one, or a program's listing."""
    if _says_so(page):
        return True
    if b"<pre" in lower or b"<code" in lower:
        return False
    if spoken_of:
        return page.length < 200 and _is_nameless(page, lower)
    return page.length < 500 or page.prose < 60


def _by_details(page: Page, lower: bytes) -> str:
    return _told("Cloudflare", _DETAILS) if _DETAILS in lower and _says_so(page) else ""


def _is_nameless(page: Page, lower: bytes) -> bool:
    """Tell whether a page has no title of its own: what a script draws, and what says "not found", has."""
    if any(root in lower for root in _ROOTS) or _is_error(page):
        return False
    title = page.title.strip()
    return not page.plain_title or bool(_named(page) & TITLES) or (" " not in title and "." in title)


_ROOTS = (b'id="root"', b'id="app"', b'id="__next"', b'id="__nuxt"', b"id='root'", b"id='app'", b"id=root", b"id=app",
          b"<app-root")


def _is_error(page: Page) -> bool:
    return any(whole(part) == SURE for part in _named(page))


def _named(page: Page) -> frozenset[str]:
    """Give what a page calls itself: title and headings, whole and in parts, plain."""
    names = {page.plain_title, *page.plain_headings}
    for text in (page.title, *page.headings):
        if 0 < len(text) <= 200:
            names.update(plain(part) for part in _parts().split(text))
    return frozenset(names - {""})


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(r"\s+[-–—|·•»>/~]+\s+|\s*[|:•·]\s*")


def _says_so(page: Page) -> bool:
    if _named(page) & TITLES:
        return True
    found = _said(page)
    # "Enable JavaScript" says an app before its script has run, too.
    return found is not None and not ("javascript" in found[0] and page.is_app)


def _said(page: Page) -> tuple[str, int] | None:
    """Give what a page says of robots and checks, and where it begins to."""
    text = page.plain_text
    found = words().search(text)
    if found is not None:
        return found[0], found.start()
    if not text.isascii():
        return next(((piece, text.find(piece)) for piece in NATIVE if piece in text), None)
    return None


def _by_captcha(page: Page, lower: bytes, url: str) -> str:
    if page.length > 400 or b"<textarea" in lower or page.has_password or _is_about(page, url):
        return ""  # a form to write to somebody, a login
    for piece, who in CAPTCHAS:
        if piece in lower and (_says_so(page) or (page.length < 60 and _is_nameless(page, lower))):
            return _told(who, piece)
    return ""


def _by_words(page: Page, url: str, *, refused: bool) -> str:
    named = _named(page)
    titled = next(iter(sorted(named & (TITLES - WEAK))), "")
    found = _said(page)
    active = page.scripts > 0 or b"<form" in page.lower
    if not refused:
        if found is not None and not titled and page.is_app and "javascript" in found[0]:
            return ""  # so says an app before its script has run
        if active and (sure := next(iter(sorted(named & UNMISTAKABLE)), "")) and (
            page.length < 200 or sure not in MAY_BE_A_NAME
        ):
            return f"it calls itself “{sure}”"
        if (not page.scripts and page.length >= _ESSAY) or _is_about(page, url):
            return ""
    if found is not None:
        said, start = found
        if refused or (titled and page.length < _LITTLE):
            return f"its page says “{said[:80]}”"
        return f"its page says “{said[:80]}”" if _is_notice(page, said, start, active=active, named=named) else ""
    if titled and (refused or (page.scripts and page.length < 60)):
        return f"it calls itself “{titled}”"
    return ""


def _is_about(page: Page, url: str) -> bool:
    """Tell whether a page calls itself what its address does. No challenge does, unless it prints the address."""
    return "://" not in page.title and same_subject(url, " ".join((page.title, *page.headings)))


def _is_notice(page: Page, said: str, start: int, *, active: bool, named: frozenset[str]) -> bool:
    """Tell whether the words are the page's subject and not a remark in it."""
    if not active or start >= 200 or page.length >= 400 or b"<textarea" in page.lower:
        return False
    if ("javascript" in said or "cookies" in said) and not (named & TITLES):
        return page.length - len(said) < 160 and not page.headings  # above a short text it is a banner
    return True


# ---------------------------------------------------------------- countries

_PLACES = frozenset([
    "country", "region", "location", "area", "territory", "land", "pays", "région", "european", "europe", "eea",
    "jurisdiction",
])
_POWERS = frozenset([
    "court", "order", "orders", "law", "laws", "authority", "authorities", "regulation", "regulations", "ministry",
    "isp", "government", "instructions", "directions", "positif",
])


@cache
def _geo() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:not|isnt|isn t|no longer|un)(?: currently)? ?available in your (?:country|region|location|area"
        r"|territory|jurisdiction)"
        r"|\b(?:unavailable|not available|no longer available|inaccessible) (?:to|for|in|from) (?:\w+ ){0,4}?"
        r"(?:the )?(?:european|europe|eea|eu)\b"
        r"|\baccess (?:from|for) your (?:country|region|location) (?:has been|is) (?:blocked|denied|restricted)"
        r"|\b(?:block|banned|blocked|restricted)(?:ed)? (?:access )?(?:from |the |for )?(?:your )?(?:country"
        r"|region)(?: or region)?\b"
        r"|\bconfigured to block access from your country\b|\baccess denied because of your (?:location|country)"
        r"|\bin deinem land nicht verfügbar|\bin ihrem land nicht verfügbar|\bpas disponible dans votre (?:pays|région)"
        r"|\bno está disponible en (?:tu|su) (?:país|región)|\bnon (?:è )?disponibile nel tuo paese"
        r"|\bnão está disponível no seu país"
        r"|\bнедоступ\w+ в вашей стране|\bнедоступ\w+ в вашем регионе"
        r"|\b(?:blocked|restricted|banned) in your (?:country|region)\b"
    )


@cache
def _by_order() -> re.Pattern[str]:
    """Give what providers and authorities put in a site's place."""
    return re.compile(
        r"\b(?:this|the) (?:\w+ )?(?:website|site|page|url|resource|domain)s? (?:\w+ ){0,4}?(?:has been|have been"
        r"|is|was) (?:blocked|restricted|prohibited|suspended) (?:\w+ ){0,3}?(?:by|pursuant to|under|due to|following"
        r"|in compliance with|as per) (?:\w+ ){0,4}?(?:court|orders?|laws?|government|authority|authorities|ministry"
        r"|regulations?|regulator|dot|isp)\b"
        r"|\bblocked (?:as per|under|on) (?:the )?(?:instructions?|orders?|directions?) (?:of|from|by)\b"
        r"|\bдоступ к (?:\w+ ){0,4}(?:ограничен|заблокирован)\w*|\bзаблокирован\w* по решению\b"
        r"|\berişim(?:e)? engellen\w+|\bпо решению (?:суда|роскомнадзора)"
        r"|\baccès (?:\w+ ){0,6}(?:est )?bloqué (?:\w+ ){0,4}(?:décision|judiciaire|autorité)"
        r"|\binternet positif\b|\btrustpositif\b|불법 ?유해 ?(?:정보)? ?(?:사이트)?"
    )
