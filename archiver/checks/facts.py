"""Turns an answer into signals: what in it speaks for or against the cited thing still being there.

Facts only. Which of them decides is the judge's business; what remains doubtful is named as a `Doubt`, so that look.py
can ask the host once more.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct, field

from archiver import urls
from archiver.checks import parked, soft404, walls
from archiver.checks.media.files import extension, is_file, is_hls, is_media
from archiver.checks.page import Page, begins_like_html, has_fragment, is_html
from archiver.checks.phrases import plain
from archiver.checks.redirects import (
    Chain,
    Destination,
    is_error_address,
    is_home,
    is_login_address,
    only_spelling,
    read_chain,
    same_subject,
    words_of,
)
from archiver.model import Signal, SignalKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.web.exchange import Hop

_SHORT = 1500  # weighed characters: below this a page that names nothing of its address is looked at twice
_NOTICE = 700  # a page that only says to come back later has no more
_LONG = 2000  # characters of running text that no error page has
_REFRESH = 10  # seconds within which a refresh is a redirect
_PLAIN_WORDS = frozenset({401, 402, 404, 410, 451})  # statuses that no page can take back


# Fragments that are no element: positions in a file or film, routes of an app, text to highlight, parameters.
@cache
def _no_element() -> re.Pattern[str]:
    return re.compile(r"^(?:$|top$|[/!?]|:~:|L\d+)|[=&]|^\d{1,3}$", re.IGNORECASE)


_LOGIN_NAMES = frozenset(
    plain(name) for name in [
        "sign in", "log in", "login", "sign on", "logon", "log on", "please log in", "please sign in", "please login",
        "login required", "log in or sign up", "log in or register", "sign in or register", "member login",
        "members login", "user login", "sign in to your account", "log in to your account", "sign in to continue",
        "log in to continue", "sign up or log in", "authentication required", "account login", "welcome back",
        "authorization", "anmelden", "anmeldung", "einloggen", "bitte anmelden", "bitte einloggen",
        "anmeldung erforderlich", "connexion", "se connecter", "connectez vous", "identifiez vous", "iniciar sesión",
        "inicia sesión", "inicio de sesión", "acceder", "entrar", "iniciar sessão", "fazer login", "faça login",
        "accedi", "login richiesto", "effettua il login", "inloggen", "aanmelden", "logga in", "log ind", "logg inn",
        "kirjaudu sisään", "zaloguj się", "logowanie", "přihlášení", "přihlásit se", "autentificare", "bejelentkezés",
        "σύνδεση", "вход", "войти", "авторизация", "вход на сайт", "увійти", "вхід", "giriş yap", "giriş", "masuk",
        "đăng nhập", "登录", "登入", "用户登录", "会员登录", "ログイン", "로그인", "تسجيل الدخول", "ورود", "התחברות",
        "เข้าสู่ระบบ",
        "लॉग इन करें",
    ]
)
_ENTER = frozenset({"log", "logged", "login", "sign", "signed", "register"})


@cache
def _must_log_in() -> re.Pattern[str]:
    return re.compile(
        r"\byou (?:must|need to|have to) (?:be )?(?:logged in|log in|login|sign in|signed in|register)\b.{0,40}"
        r"\b(?:continue|(?:view|access|see|read) (?:this|the|that|these|it|our|any|more))\b"
        r"|\bplease (?:log in|login|sign in) (?:or register )?to "
        r"(?:continue|(?:view|access|see|read) (?:this|the|that|these|it|our|any|more))\b"
    )


# What a page asks for that stands before a whole site: consent, age, another browser, a country, a password.
@cache
def gate() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:cookies?|consent|accept all|before you continue|years? (?:old|of age)|your age|your browser|javascript"
        r"|(?:select|choose) (?:your|a) (?:country|region|language|location)|verify|captcha|robot|subscribe|log ?in"
        r"|sign in"
        r"|(?:select|choose) (?:language|country|region)|sprache (?:aus)?wählen|land (?:aus)?wählen"
        r"|chois(?:ir|issez) (?:votre|une|la|un) (?:langue|pays|région)"
        r"|(?:elija|elige|selecciona|seleccione) (?:su|tu|un|el) (?:idioma|país)"
        r"|terms (?:and conditions|of (?:use|service))|i (?:accept|agree)"
        r"|password|anmelden|einloggen|zustimmen|einwilligung|accepter|connexion|aceptar|iniciar sesión"
        r"|accetta|accedi)\b"
    )


# Said of what is gone, and of what comes back.
@cache
def _for_now() -> re.Pattern[str]:
    return re.compile(
        r"unavailable|(?:not|isnt) available|temporarily|nicht verfügbar|indisponible|no disponible|indispon[ií]vel"
        r"|non disponibile|niet beschikbaar|недоступ"
    )


_ACCESS = frozenset({"you need access", "you need permission", "request access", "you need permission to access this"})


@cache
def _later() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:under|scheduled|for|planned|undergoing|routine) (?:\w+ )?maintenance\b|\bmaintenance mode\b"
        r"|\bclosed for maintenance\b"
        r"|\b(?:site|website|service|page|server|we|system) (?:is|are|s)?r?e? ?(?:\w+ )?temporarily (?:unavailable|down"
        r"|offline|closed)"
        r"|\b(?:well|we will|will) be (?:right )?back (?:soon|shortly|online)|\bbe right back\b"
        r"|\b(?:please )?(?:try again|come back|check back) "
        r"(?:later|soon|shortly|in a few)\b|\bwartungsarbeiten\b|\bwartungsmodus\b|\ben (?:cours de )?maintenance\b"
        r"|\ben mantenimiento\b"
        r"|\bin manutenzione\b|\bem manutenção\b|\bтехническ\w+ (?:работ|обслуж)|\bonderhoud\b|\bunderhåll\b"
        r"|\bprace konserwacyjne|\bbakım\w* "
        r"|メンテナンス中|维护中|維護中|점검 ?중|\bdatabase (?:connection )?error\b"
        r"|\berror establishing a database connection\b"
        r"|\btoo many (?:connections|requests)\b|^service (?:temporarily )?unavailable(?:$"
        r"| (?:the|http|error|please|we|this|sorry))"
        r"|\b(?:503|error) service unavailable\b|\btechnical difficulties\b"
        r"|\binternal server error\b|\bcritical error on this website\b"
        r"|\b(?:fatal|parse) error (?:uncaught|call to|allowed memory|maximum execution|require|cannot|syntax"
        r"|unexpected)\b"
    )


_LATER_WORDS = frozenset(
    [
        "maintenance", "temporarily", "back", "later", "soon", "shortly", "again", "unavailable", "difficulties",
        "connection", "connections", "requests", "server", "fatal", "parse", "critical",
        "wartungsarbeiten", "wartungsmodus", "mantenimiento",
        "manutenzione", "onderhoud", "konserwacyjne",
    ]
)
# Who is under maintenance: a bridge may be, too.
_SITE_WORDS = frozenset(
    [
        "site", "website", "page", "pages", "service", "services", "server", "system", "systems", "portal", "platform",
        "application", "app", "online", "we", "our", "back", "soon", "shortly",
    ]
)


class Doubt(Enum):
    """What an impossible sibling could settle."""

    NONE = auto()
    WORDING = auto()  # the page half says that it is an error page
    REDIRECT = auto()  # it led to another page, not plainly the same thing
    STRANGER = auto()  # the page is short and names nothing of its address
    SHELL = auto()  # a script draws the page
    HOME = auto()  # it led to the front page, for now


class Facts(Struct):
    """What one answer shows."""

    final: str  # address of the final answer, with the fragment that a redirect gave it
    chain: Chain
    page: Page | None = None
    signals: list[Signal] = field(default_factory=list)
    doubt: Doubt = Doubt.NONE
    evidence: str = ""  # for the doubt
    onward: str | None = None  # where the page sends its readers at once

    def say(self, kind: SignalKind, detail: str = "") -> None:
        """Note a signal."""
        shown = "".join(sign if sign.isprintable() else " " for sign in detail[:300])
        self.signals.append(Signal(kind=kind, detail=shown))

    def has(self, *kinds: SignalKind) -> bool:
        """Tell whether one of these was noted."""
        return any(signal.kind in kinds for signal in self.signals)


def read(link: str, hops: Sequence[Hop], *, refreshed: int | None = None) -> Facts:
    """Read an answer. `refreshed` is the number of the hop whose page sent the reader on, where one did."""
    final = final_address(hops)
    chain = read_chain(
        [(hop.url, 301 if number == refreshed else hop.status) for number, hop in enumerate(hops[:-1])], final,
    )
    facts = Facts(final=final, chain=chain)
    hop = hops[-1]
    untrusted = next((one for one in hops if one.tls_untrusted), None)
    if untrusted is not None:
        facts.say(SignalKind.TLS_UNTRUSTED, untrusted.tls_detail)
    if chain.insecure:
        facts.say(SignalKind.INSECURE_REDIRECT, final)
    html = is_html(hop) or (is_file(link) and begins_like_html(hop.decoded))
    if html and hop.status not in _PLAIN_WORDS and hop.decoded.strip():
        facts.page = Page(hop.decoded, hop.charset)
    if found := walls.wall(hop, facts.page):
        facts.say(SignalKind.BOT_WALL, found)
        return facts
    if hop.status == 403 and facts.page is not None:
        if found := walls.geo(facts.page):
            facts.say(SignalKind.MEDIA_GEO, f"it says “{found}”")
        else:
            _read_login(link, facts.page, facts)
    if 200 <= hop.status < 300:
        if html:
            _read_page(link, hop, facts)
        else:
            _read_file(link, hop, facts)
    return facts


def final_address(hops: Sequence[Hop]) -> str:
    """Give the address of the last hop, with the fragment that the last redirect gave it."""
    url = hops[-1].url
    location = hops[-2].header("location") if len(hops) > 1 else None
    fragment = urls.fragment(location) if location else ""
    return f"{urls.without_fragment(url)}#{fragment}" if fragment else url


# ---------------------------------------------------------------- files


def _read_file(link: str, hop: Hop, facts: Facts) -> None:
    data = hop.decoded
    if not data and hop.truncated is None:
        facts.say(SignalKind.EMPTY, f"{hop.status} with no body")
    elif soft404.plain_notice(data):
        facts.say(SignalKind.SOFT_404, f"it says no more than “{data.decode('utf-8', 'replace').strip()}”")
    elif is_file(link) and (is_media(data) or is_hls(data)) and (hop.media_type or "").startswith(("video/", "audio/")):
        facts.say(SignalKind.MEDIA_ALIVE, f"the bytes are those of {hop.media_type}")
    if facts.chain.destination is Destination.ERROR:
        facts.say(SignalKind.TO_ERROR, facts.final)


# ---------------------------------------------------------------- pages


def _read_page(link: str, hop: Hop, facts: Facts) -> None:
    page = facts.page
    if hop.truncated in ("time", "disconnect"):
        return  # half a page says half of what it has to say
    if page is None or soft404.is_empty(page):
        if hop.truncated is None:
            facts.say(SignalKind.EMPTY, f"{hop.status} with nothing to read")
        return
    facts.onward = _onward(page, facts.final)
    if facts.onward is not None or _is_no_page(link, page, facts):
        return
    said = soft404.wording(page, link)
    if said is not None and is_error_address(link):
        said = None  # an error page may be cited
    if facts.chain.destination is Destination.HOME and page.length < _NOTICE and (later := _says_later(page)):
        facts.say(SignalKind.TRY_LATER, f"it says “{later}”")
        return
    if said is not None and _for_now().search(plain(said.evidence)) and (later := _says_later(page)):
        facts.say(SignalKind.TRY_LATER, f"it says “{later}”")
        return
    if said is not None and said.strength == soft404.CERTAIN:
        facts.say(SignalKind.SOFT_404, said.evidence)
    _read_destination(link, page, facts, worded=said is not None)
    _read_login(link, page, facts)
    if facts.has(*_DECIDED):
        return
    if page.length < _NOTICE and (later := _says_later(page)):
        facts.say(SignalKind.TRY_LATER, f"it says “{later}”")
        return
    _read_type(link, page, facts)
    _read_fragment(link, hop, page, facts)
    if not facts.has(SignalKind.WRONG_TYPE, SignalKind.NEEDS_BROWSER):
        _find_doubt(link, page, facts, said)


_DECIDED = (
    SignalKind.SOFT_404, SignalKind.TO_ERROR, SignalKind.TO_HOME, SignalKind.TO_LOGIN, SignalKind.LOGIN,
    SignalKind.CONSENT,
)


def _is_no_page(link: str, page: Page, facts: Facts) -> bool:
    """Note what stands where the site itself does not answer: a notice to foreigners, a seller, a server's own page."""
    if (found := walls.geo(page)) and not same_subject(link, " ".join((page.title, *page.headings))):
        facts.say(SignalKind.MEDIA_GEO, f"it says “{found}”")
    elif found := parked.parked(page, link, facts.final):
        facts.say(SignalKind.PARKED, found)
    elif found := soft404.default_page(page):
        facts.say(SignalKind.SOFT_404, f"it is a server's default page, “{found}”")
    return bool(found)


def _onward(page: Page, final: str) -> str | None:
    """Give the address that a page sends its readers to at once, unless it is a page to be read."""
    if page.refresh is None or page.refresh[0] > _REFRESH or page.length > _SHORT:
        return None
    target = urls.normalise(urls.join(final, page.refresh[1]) or "")
    if target is None or urls.without_fragment(target) == urls.without_fragment(final):
        return None
    return target


def _read_destination(link: str, page: Page, facts: Facts, *, worded: bool) -> None:
    destination = facts.chain.destination
    if destination is Destination.HOME and not facts.chain.resolver:
        facts.say(SignalKind.TO_HOME, facts.final)
        if not facts.chain.permanent:
            facts.doubt = Doubt.HOME
    elif destination is Destination.LOGIN:
        facts.say(SignalKind.TO_LOGIN, facts.final)
    elif destination is Destination.CONSENT:
        facts.say(SignalKind.CONSENT, facts.final)
    elif (destination is Destination.ERROR and (worded or page.prose < _LONG)) or (
        destination is Destination.MAYBE_ERROR and worded
    ):
        facts.say(SignalKind.TO_ERROR, facts.final)
    elif destination is Destination.SAME_THING or (destination is Destination.OTHER and same_subject(link, page.title)):
        facts.say(SignalKind.SAME_THING)


def _read_login(link: str, page: Page, facts: Facts) -> None:
    """Note a page that is nothing but a login; the form in the corner of an ordinary page is none."""
    if page.length > _SHORT or is_login_address(link) or is_home(link) or facts.has(SignalKind.TO_LOGIN):
        return
    if page.has_password and any(_is_login_name(text) for text in (page.title, *page.headings)):
        facts.say(SignalKind.LOGIN, f"its title is “{page.title[:80]}”, and it asks for a password")
    elif page.length < _NOTICE and not _ACCESS.isdisjoint((page.plain_title, *page.plain_headings)):
        facts.say(SignalKind.LOGIN, "it says that one needs leave to see it")
    elif page.length < _NOTICE and not page.words.isdisjoint(_ENTER):
        said = _must_log_in().search(page.plain_text[:400])
        if said is not None:
            facts.say(SignalKind.LOGIN, f"it says “{said[0]}”")


def _says_later(page: Page) -> str:
    if page.words.isdisjoint(_LATER_WORDS) and page.plain_text.isascii():
        return ""
    found = _later().search(page.plain_title) or _later().search(page.plain_text)
    if found and "maintenance" in found[0] and page.length > 60 and page.words.isdisjoint(_SITE_WORDS):
        return ""
    return found[0] if found else ""


def _is_login_name(text: str) -> bool:
    return any(plain(part) in _LOGIN_NAMES for part in (text, *re.split(r"\s[-–—|·•:»]\s|\s*[|:]\s*", text[:200])))


def _read_type(link: str, page: Page, facts: Facts) -> None:
    """Note a page where a file was cited, unless the page is about that file: many hosts show files on pages."""
    if not is_file(link) or page.is_app:
        return
    name = unquote(urls.path(link)).rpartition("/")[2].casefold()
    stem = frozenset(re.findall(r"[^\W_]{3,}", name.rpartition(".")[0]))
    headed = set(plain(" ".join((page.title, page.own_title, *page.headings))).split())
    suffix = f".{extension(link)}"
    if name.encode() in page.lower or (stem and len(stem & headed) * 2 >= len(stem)):
        return
    if any(urls.without_fragment(target).partition("?")[0].lower().endswith(suffix) for target in page.links()):
        return
    if page.length < _NOTICE and gate().search(page.plain_text):
        facts.say(SignalKind.NEEDS_BROWSER, f"a gate stands before the {suffix} file")
        return
    facts.say(SignalKind.WRONG_TYPE, f"text/html where a {suffix} file was cited")


def _read_fragment(link: str, hop: Hop, page: Page, facts: Facts) -> None:
    fragment = urls.fragment(link)
    if not fragment or _no_element().search(fragment) or page.is_app or hop.truncated is not None:
        return
    if "#" in facts.final and urls.fragment(facts.final) != fragment:
        return  # the redirect has a fragment of its own
    if not has_fragment(page, fragment):
        facts.say(SignalKind.FRAGMENT_MISSING, fragment)


# ---------------------------------------------------------------- doubts


def _find_doubt(link: str, page: Page, facts: Facts, said: soft404.Found | None) -> None:
    if facts.chain.resolver or not page.whole:
        return
    destination = facts.chain.destination
    if said is not None:
        facts.doubt, facts.evidence = Doubt.WORDING, said.evidence
    elif destination in _ELSEWHERE and not facts.has(SignalKind.SAME_THING):
        facts.doubt = Doubt.REDIRECT
    elif page.is_app and page.length < 200:
        if not _describes_itself(page, facts.final):
            facts.doubt = Doubt.SHELL
    elif page.length < _SHORT and not _names_its_address(page, link, facts.final):
        facts.doubt = Doubt.STRANGER
    if facts.doubt is not Doubt.NONE and is_home(link):
        facts.doubt = Doubt.NONE


_ELSEWHERE = (Destination.OTHER, Destination.OTHER_HOME, Destination.MAYBE_ERROR)


def _describes_itself(page: Page, final: str) -> bool:
    """Tell whether a page that a script draws was made for this address all the same."""
    if page.own_title and page.own_title != page.title:
        return True
    return _is_canonical(page, final) or same_subject(final, page.title)


def _is_canonical(page: Page, final: str) -> bool:
    target = urls.join(final, page.canonical) if page.canonical else None
    target = urls.normalise(target) if target else None
    return target is not None and not is_home(target) and only_spelling(target, final)


def _names_its_address(page: Page, link: str, final: str) -> bool:
    """Tell whether anything of the address stands in the page: a word of it, its number, or all of it as canonical."""
    if _is_canonical(page, final):
        return True
    words = words_of(link)
    words = frozenset(word for word in words if not word.isdigit()) or words  # a year stands in many a page
    if not words:
        return True  # nothing to be named
    text = page.text.casefold()  # the bytes may be in any encoding
    return any(word.encode() in page.lower or (not word.isascii() and word in text) for word in words)
