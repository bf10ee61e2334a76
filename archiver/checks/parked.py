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
        rb"sedoparking\.com|parkingcrew\.net|img\.sedoparking|d38psrni17bvxu\.cloudfront\.net|parklogic\.com"
        rb"|bodiscdn\.com"
        rb"|bodis\.com/|window\.park\s*=|data-adblockkey=|img1\.wsimg\.com/parking-lander|/parking-lander/"
        rb"|cdn\.dan\.com/"
        rb"|hugedomains\.com/domain_profile|afternic\.com/forsale|parking\.reg\.ru|domainparking|skenzo\.com"
        rb"|voodoo\.com/"
        rb"|above\.com/marketplace|namebright\.com/parked|parkpage\.|/_fd\?|caf\.js",
    )


_HINTS = (b"domain", b"parked", b"lander", b"for sale", b"dominio", b"domein", b"domena", b"domene", b"verkkotunnus")
# The same in other letters, whose case bytes do not show: in the plain text.
_FOREIGN_HINTS = (
    "doména", "domän", "domæne", "domínio", "alan adı", "tên miền", "домен", "域名", "網域", "ドメイン", "도메인",
    "النطاق",
    "دامنه", "דומיין", "domeniu",
)


def _may_speak_of_it(page: Page) -> bool:
    if any(hint in page.lower for hint in _HINTS):
        return True
    return not page.plain_text.isascii() and any(hint in page.plain_text for hint in _FOREIGN_HINTS)


@cache
def _lander() -> re.Pattern[bytes]:
    return re.compile(rb"""window\.location(?:\.href)?\s*=\s*["']/lander["']""")


# Plain text: the page speaks of its own domain, whose name may stand between.
_NAME = r"(?:\S+ ){0,6}?"
_SELLING = (
    r"\b(?:this|the) (?:web ?)?(?:domain|domain name|website|site|web address)(?: name)? " + _NAME +
    r"(?:is|may be|might be|could be) (?:now |available |listed |still )?for sale\b",
    r"\b(?:buy|own|purchase|get) this (?:premium )?domain\b",
    r"\bthis (?:premium )?domain (?:name )?(?:is|may be) available for (?:sale|purchase)",
    r"\b(?:inquire about|interested in|make an offer (?:on|for)|enquire about) this domain\b",
    r"\bdie(?:se)? (?:domain|webseite|website|internetadresse) " + _NAME
    + r"(?:steht|ist) (?:zum verkauf|zu verkaufen|käuflich|kaufen)",
    r"\bdiese domain kaufen\b", r"\b(?:ce|le) (?:nom de )?domaine " + _NAME + r"est (?:à vendre|en vente)",
    r"\b(?:este|el) dominio " + _NAME + r"(?:está|esta) (?:a la|en) venta",
    r"\b(?:esse|este|o) domínio " + _NAME + r"está à venda", r"\b(?:questo|il) dominio " + _NAME + r"è in vendita",
    r"\b(?:dit|deze) (?:domein|domeinnaam) " + _NAME + r"(?:is|staat) te koop",
    r"\b(?:denna )?domän\w* " + _NAME + r"är till salu", r"\bdomæne\w* " + _NAME + r"er til salg\b",
    r"\bdomene\w* " + _NAME + r"er til salgs", r"\bverkkotunnus " + _NAME + r"on myytävänä",
    r"\b(?:домен|доменное имя) " + _NAME + r"(?:прода[её]тся|выставлен на продажу|припаркован|продається)",
    r"\b(?:купить|продажа) (?:этот |этого )?домен", r"\bdomena " + _NAME + r"(?:jest )?na sprzedaż",
    r"\bdoména " + _NAME + r"je (?:na prodej|na predaj)", r"\bdomain " + _NAME + r"eladó\b",
    r"\bdomeniu\w* " + _NAME + r"este de vânzare",
    r"\bdomain " + _NAME + r"πωλείται", r"\balan adı " + _NAME + r"satılık",
    r"\btên miền " + _NAME + r"(?:đang )?(?:được )?(?:rao )?bán",
    r"\bdomain " + _NAME + r"dijual", r"(?:此|该|本|這個|此)(?:域名|網域)\S*(?:出售|转让|轉讓)",
    r"(?:この)?ドメインは\S*(?:販売|売り)",
    r"도메인\S* (?:\S+ )?판매", r"(?:هذا )?النطاق " + _NAME + r"للبيع", r"دامنه " + _NAME + r"(?:به )?فروش",
    r"הדומיין " + _NAME + r"למכירה",
)
_ENDED = (
    r"\b(?:this|the) domain (?:name )?" + _NAME + r"(?:has )?expired\b", r"\bdomain " + _NAME + r"ist abgelaufen",
    r"\b(?:срок регистрации|регистрация) домена\b.{0,40}?(?:ист[её]к|законч)",
    r"\bдомен " + _NAME + r"не (?:оплачен|продл[её]н)",
    r"\b(?:este|el) dominio " + _NAME + r"ha (?:expirado|caducado)",
    r"\bdomínio " + _NAME + r"(?:expirou|está expirado)",
    r"\bnom de domaine " + _NAME + r"(?:a|est) expiré", r"\bdominio " + _NAME + r"è scaduto",
    r"\bdomeinnaam " + _NAME + r"is verlopen",
    r"域名\S*(?:已过期|已到期|過期)", r"ドメインの有効期限", r"\bdomena " + _NAME + r"wygasła", r"\balan adının süresi",
)
_REGISTERED = (
    r"\bdomain (?:name )?(?:\S+ )?(?:is )?parked\b", r"\bparked (?:free|domain|by)\b",
    r"\bparked (?:\S+ ){0,6}by the registrar",
    r"\bthis domain (?:name )?" + _NAME
    + r"(?:has (?:just |recently )?been|was (?:recently|just)|is) registered (?:with|at|by|through|via)",
    r"\bthis domain (?:name )?has just been registered",
    r"\byour (?:new )?domain " + _NAME + r"(?:has been|is) (?:registered|parked)",
    r"\bfuture home of something\b", r"\bhappy to see your domain with us\b",
    r"\bdiese domain wurde (?:soeben|gerade|frisch|erfolgreich|neu) (?:registriert|freigeschaltet|eingerichtet)",
    r"\bce (?:nom de )?domaine vient d", r"\b(?:este|el) dominio (?:acaba de|ha sido) (?:ser )?registrado",
    r"\bquesto dominio è (?:stato )?(?:appena )?registrato", r"\bdeze domeinnaam is (?:zojuist |net )?geregistreerd",
    r"\bдомен (?:\S+ ){0,5}?(?:только что )?зарегистрирован",
    r"\bdomena (?:\S+ ){0,5}?została (?:zarejestrowana|zaparkowana)",
    r"\bsite is (?:being )?parked\b",
)


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join((*_SELLING, *_ENDED, *_REGISTERED)))


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
    framed = b"<frame" in page.lower or b"<iframe" in page.lower
    bare = page.length < 60 and (page.scripts or framed) and page.plain_title in ("", name)
    if bare and _scripts().search(page.lower[:20_000]):
        return "it holds a parking company's script"
    if not _may_speak_of_it(page):
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
    return not any(names) or any(bare in text.replace(" ", "") for text in names) or name in page.plain_text[:300]
