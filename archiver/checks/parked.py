"""Domains that are for sale, expired or parked: by the parking companies' own scripts, and by their words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver import urls
from archiver.checks.phrases import plain

if TYPE_CHECKING:
    from archiver.checks.page import Page

# Registrable domains of companies that sell and park domains, and the paths under which they offer one.
_SELLERS = {
    "hugedomains.com": "/domain_profile", "dan.com": "/buy-domain", "sedo.com": "/search/details", "afternic.com": "/",
    "godaddy.com": "/domain", "buydomains.com": "/", "brandbucket.com": "/names", "domainmarket.com": "/buynow",
    "undeveloped.com": "/buy-domain", "domainnamesales.com": "/", "uniregistry.com": "/", "efty.com": "/",
    "atom.com": "/name",
    "parklogic.com": "/", "bodis.com": "/", "sedoparking.com": "/", "parkingcrew.net": "/", "above.com": "/",
    "dynadot.com": "/market", "namebright.com": "/", "squadhelp.com": "/name", "perfectdomain.com": "/",
    "spaceship.com": "/domain",
}


# In the page itself: what only parking companies' pages load or define.
@cache
def _scripts() -> re.Pattern[bytes]:
    return re.compile(
        rb"sedoparking\.com|parkingcrew\.net|img\.sedoparking|d38psrni17bvxu\.cloudfront\.net|parklogic\.com|bodiscdn\.com"
        rb"|bodis\.com/|window\.park\s*=|data-adblockkey=|img1\.wsimg\.com/parking-lander|/parking-lander/|cdn\.dan\.com/"
        rb"|hugedomains\.com/domain_profile|afternic\.com/forsale|parking\.reg\.ru|domainparking|skenzo\.com|voodoo\.com/"
        rb"|above\.com/marketplace|namebright\.com/parked|parkpage\.|/_fd\?|caf\.js",
    )


_HINTS = (b"domain", b"parked", b"lander", b"dominio", b"domein", b"domena", "domínio".encode(), "домен".encode(),
          "域名".encode(), "ドメイン".encode())


@cache
def _lander() -> re.Pattern[bytes]:
    return re.compile(rb"""window\.location(?:\.href)?\s*=\s*["']/lander["']""")


# Plain text: the page speaks of its own domain.
@cache
def _words() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:this|the) (?:web ?)?(?:domain|domain name|website|site)(?: name)? (?:\S+ ){0,2}?"
        r"(?:is|may be|might be|could be) (?:now |available )?for sale\b"
        r"|\bbuy this (?:premium )?domain\b|\bthis (?:premium )?domain (?:name )?(?:is|may be) available for (?:sale"
        r"|purchase)"
        r"|\bdomain (?:name )?(?:\S+ )?(?:is )?parked\b|\bparked (?:free|domain|by)\b"
        r"|\bparked (?:\S+ ){0,6}by the registrar"
        r"|\bthis domain (?:name )?(?:\S+ ){0,3}?(?:has )?expired\b"
        r"|\bthis domain (?:name )?(?:has recently been|has been|was recently|is) registered (?:with|at|by|through|via)"
        r"|\b(?:inquire about|interested in|make an offer (?:on|for)|get) this domain\b"
        r"|\bfuture home of something\b|\bdie domain (?:\S+ )?(?:steht zum verkauf|kaufen)|\bdiese (?:domain"
        r"|webseite) steht zum verkauf"
        r"|\b(?:ce|le) (?:nom de )?domaine (?:\S+ )?est (?:à vendre|en vente|expiré)"
        r"|\beste dominio (?:\S+ )?(?:está|esta) (?:a la|en) venta|\besse domínio (?:\S+ )?está à venda"
        r"|\beste domínio (?:\S+ )?está à venda"
        r"|\b(?:questo|il) dominio (?:\S+ )?è in vendita|\bdit domein is te koop|\bdeze domeinnaam is te koop"
        r"|\bдомен (?:\S+ )?(?:прода[её]тся|выставлен на продажу|припаркован)|\bdomena (?:\S+ )?(?:jest )?na sprzedaż"
        r"|此域名(?:\S*)出售|该域名(?:\S*)(?:出售|转让)|本域名出售|このドメインは(?:\S*)(?:販売|売り)",
    )


@cache
def _title() -> re.Pattern[str]:
    return re.compile(
        r"^(?:[\w.-]+ )+(?:is|may be) for sale\b|^this (?:web)?(?:domain|site)\b"
        r"|^(?:[\w-]+ )+domain (?:name )?(?:is )?for sale\b|^domain (?:for sale"
        r"|parked|expired|parking)\b"
        r"|\bparked (?:domain|page)\b|^(?:buy|purchase) (?:[\w-]+ ){1,3}(?:today|now)?$",
    )


_NOTICE = 300  # characters of running text: the rest is links
_LONG = 1600  # weighed characters: whoever writes more than this has a site


def is_sellers(cited: str, final: str) -> bool:
    """Tell whether a link has led to the offer of a domain on a seller's own site."""
    domain = urls.registrable_domain(urls.host(final))
    if domain not in _SELLERS or urls.registrable_domain(urls.host(cited)) == domain:
        return False
    return urls.path(final).lower().startswith(_SELLERS[domain])


def parked(page: Page, cited: str, final: str) -> str:
    """Give the evidence that a page is a parked domain's, or nothing."""
    if is_sellers(cited, final):
        return f"it leads to {urls.host(final)}, which sells the domain"
    if page.length > _LONG or page.prose > _LONG // 2:
        return ""
    if page.length < 60 and _lander().search(page.raw[:4000]):
        return "it holds a parking company's script"
    name = plain(urls.host(final).removeprefix("www."))
    bare = page.length < 60 and page.scripts and page.plain_title in ("", name)
    if bare and _scripts().search(page.lower[:20_000]):
        return "it holds a parking company's script"
    if not any(hint in page.lower for hint in _HINTS):
        return ""
    said = _words().search(page.plain_text) or _words().search(page.plain_title)
    titled = _title().search(page.plain_title) or (page.plain_title == name and said)
    script = _scripts().search(page.lower)
    if script and (said or page.length < 200 or page.plain_title in ("", name)):
        return "it holds a parking company's script"
    if titled and said and (page.prose < _NOTICE or _of_itself(page, name)):
        return f"its title is “{page.title[:80]}”, and it says “{said[0][:80]}”"
    if said and (said.start() < 300 or page.length < 500) and _of_itself(page, name):
        return f"it says “{said[0][:80]}”"
    return ""


def _of_itself(page: Page, name: str) -> bool:
    """Tell whether what a page is about is its own domain: the name stands in title or heading, or there is none."""
    names = [page.plain_title, *page.plain_headings]
    bare = name.replace(" ", "")
    return not any(names) or any(bare in text.replace(" ", "") for text in names)
