"""What a chain of redirects means: the same thing elsewhere, the front page, a login, consent, an error page.

Only addresses are read here, and of the final page no more than its title and a few words. Whether the target is
alive is decided by what it answered.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache
from urllib.parse import parse_qsl, unquote

from msgspec import Struct

from archiver import urls
from archiver.checks.phrases import plain

# Services that give a permanent address to something that lives elsewhere: their redirects are how they answer.
_RESOLVERS = frozenset({
    "doi.org", "dx.doi.org", "www.doi.org", "hdl.handle.net", "purl.org", "w3id.org", "n2t.net", "purl.oclc.org",
    "nbn-resolving.org", "nbn-resolving.de", "urn.kb.se", "resolver.kb.nl", "identifiers.org", "perma.cc",
    "purl.archive.org",
    "ark.frick.org", "d-nb.info", "urn.fi", "urn.nb.no",
})
_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:[-_][a-z0-9]{2,4})?$")


@cache
def _index() -> re.Pattern[str]:
    return re.compile(r"(?:^|/)(?:index|default|home|main|start|welcome)(?:\.[a-z]{3,5})?$")


_HOME_NAMES = frozenset({
    "home", "index", "main", "start", "welcome", "startseite", "accueil", "inicio", "portal", "default", "homepage",
    "frontpage",
    "web", "www", "site", "public", "html", "htdocs", "cms", "wordpress", "wp", "joomla", "drupal", "typo3",
    "english", "deutsch", "german", "francais", "french", "espanol", "spanish", "italiano", "italian", "nederlands",
    "dutch",
    "portugues", "russian", "chinese", "japanese", "svenska", "norsk", "dansk", "suomi", "polski",
})
# Parameters that say where a reader came from, not what is wanted.
_IDLE = re.compile(
    r"^(?:utm_\w+|ref|referrer|referer|from|src|source|lang|language|locale|hl|redirect\w*|error|err|status|msg|message"
    r"|notfound|not_found|404|nf|origin|r|sid|session\w*|phpsessid|jsessionid|cookie\w*|gclid|fbclid|moved|old"
    r"|legacy|geo\w*)$",
    re.IGNORECASE,
)


@cache
def _login() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|/)(?:log-?in|log_in|sign-?in|sign_in|signon|sign-on|logon|sso|wp-login|servicelogin|user/login"
        r"|users/sign_in|account/login|accounts/login|auth/login|oauth2?/authorize|openid-connect/auth|saml2?(?:/sso)?|cas/login"
        r"|adfs/ls|idp/profile"
        r"|checkpoint|anmelden|anmeldung|connexion|iniciar-sesion|entrar|inloggen|login_form|members?/login|authwall"
        r"|uas/login)"
        r"(?:\.[a-z]{2,5})?(?:/|$)",
        re.IGNORECASE,
    )


@cache
def _login_host() -> re.Pattern[str]:
    return re.compile(
        r"^(?:login|signin|sso|auth|accounts?|id|idp|passport|secure-login|shibboleth|cas|oauth)\.", re.IGNORECASE,
    )


@cache
def _return_key() -> re.Pattern[str]:
    return re.compile(
        r"^(?:return\w*|next|continue|redir\w*|redirect\w*|url|dest\w*|target\w*|goto|go|service|relaystate|came_?from"
        r"|back\w*|from|ref"
        r"|referer|referrer|session_redirect|returnurl|uri|r|state|client_id|samlrequest|requested\w*|forward\w*"
        r"|success\w*|original\w*|path|page)$",
        re.IGNORECASE,
    )


@cache
def _consent_host() -> re.Pattern[str]:
    return re.compile(
        r"^(?:consents?|cookie-?consent|gdpr|privacy-?(?:gate|wall|mgmt)|cmp|guce|myprivacy)\.", re.IGNORECASE,
    )


@cache
def _consent() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|/)(?:consent|collectconsent|cookie-?consent|cookie_?consent|cookie-?wall|gdpr-?consent|privacy-?(?:gate"
        r"|wall)|privacywall"
        r"|consent-?management|gdpr|accept-?cookies|cookie-?policy-?consent|age-?(?:gate|verification"
        r"|check))(?:\.[a-z]{2,5})?(?:/|$)",
        re.IGNORECASE,
    )


@cache
def _error_parts() -> re.Pattern[str]:
    return re.compile(
        r"^(?:error[-_]?)?404(?:[-_]?(?:error|page|notfound|not-found))?(?:\.\w{2,5})?$"
        r"|^(?:error[-_]?)?(?:page|file|site|content)?[-_]?not[-_]?found(?:[-_]?(?:error|page))?(?:\.\w{2,5})?$"
        r"|^(?:image[-_]?)?(?:removed|not[-_]?found|unavailable)\.(?:png|gif|jpe?g|webp)$"
        r"|^(?:pagenotfound|filenotfound|notfounderror|http404|err404|error404|erreur-404|fehler-404|fehler404|error-404"
        r"|seite-nicht-gefunden"
        r"|page-introuvable|pagina-no-encontrada|pagina-non-trovata|pagina-nao-encontrada|410|gone)(?:\.\w{2,5})?$",
        re.IGNORECASE,
    )


@cache
def _error_word() -> re.Pattern[str]:
    return re.compile(
        r"^(?:errors?|err|fehler|erreur|customerror|error[-_]?page|genericerror|oops)(?:\.\w{2,5})?$", re.IGNORECASE,
    )


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]{3,}")


_COMMON = frozenset(
    [
        "the", "and", "for", "with", "from", "that", "this", "html", "htm", "php", "asp", "aspx", "jsp", "index",
        "default", "page", "pages", "article", "articles", "story", "news", "view", "content", "node", "item", "post",
        "posts", "blog", "www", "com", "org", "net", "http", "https", "show", "print", "amp", "mobile", "default",
        "main", "home", "id",
    ]
)


class Destination(StrEnum):
    """Where a redirect has led, as far as addresses tell."""

    SAME_ADDRESS = "same address"  # but for its spelling: not worth a word
    SAME_THING = "same thing"
    HOME = "front page"
    OTHER_HOME = "front page of another site"
    LOGIN = "login"
    CONSENT = "consent"
    ERROR = "error page"
    MAYBE_ERROR = "error page by one word only"
    OTHER = "another page"


class Chain(Struct, frozen=True):
    """A chain of redirects, judged by its addresses."""

    destination: Destination
    permanent: bool  # every redirect that changes more than spelling is a 301 or 308
    resolver: bool  # the first answer came from a service whose answers are redirects
    insecure: bool  # from https to http on the way


_STRAIGHT = Chain(destination=Destination.SAME_ADDRESS, permanent=True, resolver=False, insecure=False)


def read_chain(hops: list[tuple[str, int]], final: str) -> Chain:
    """Read a chain: the redirecting hops (address, status) in order, and the final address with its fragment."""
    if not hops:
        return _STRAIGHT
    cited = hops[0][0]
    addresses = [*(url for url, _ in hops), final]
    permanent = True
    insecure = False
    for (url, status), target in zip(hops, addresses[1:], strict=True):
        insecure = insecure or (url.startswith("https:") and target.startswith("http:"))
        if status not in (301, 308) and not only_spelling(url, target):
            permanent = False
    return Chain(
        destination=_destination(cited, final), permanent=permanent, insecure=insecure,
        resolver=urls.host(cited) in _RESOLVERS,
    )


@lru_cache(maxsize=4096)
def _destination(cited: str, final: str) -> Destination:
    if only_spelling(cited, final):
        return Destination.SAME_ADDRESS
    if is_error_address(final) and not is_error_address(cited):
        return Destination.ERROR
    if _is_login(cited, final):
        return Destination.LOGIN
    if _is_consent(cited, final):
        return Destination.CONSENT
    if _last_matches(_error_word(), final) and not _last_matches(_error_word(), cited):
        return Destination.MAYBE_ERROR
    if is_home(final):
        if is_home(cited):
            return Destination.SAME_ADDRESS if _same_site(cited, final) else Destination.OTHER
        if _is_named_after(cited, final):
            return Destination.SAME_THING
        return Destination.HOME if _same_site(cited, final) else Destination.OTHER_HOME
    return Destination.SAME_THING if _share_words(cited, final) else Destination.OTHER


def _same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one site, also where no list knows the domain's ending."""
    if urls.same_site(one, other):
        return True
    return urls.authority(one).removeprefix("www.") == urls.authority(other).removeprefix("www.")


def only_spelling(one: str, other: str) -> bool:
    """Tell whether two addresses differ in what nobody means: scheme, www, slash, letter case, index page, tracking."""
    if urls.differs_only_in_spelling(one, other):
        return True
    return _bare(one) == _bare(other)


def _bare(link: str) -> tuple[str, str, str]:
    link = urls.normalise(link, drop_tracking=True) or link
    name = urls.authority(link).removeprefix("www.").removesuffix(":80").removesuffix(":443")
    path = unquote(urls.path(link)).casefold()
    path = _index().sub("", path).rstrip("/") if path.endswith(_INDEX_ENDINGS) else path.rstrip("/")
    return name, path, unquote(urls.query(link)).removeprefix("?")


_INDEX_ENDINGS = tuple(
    f"{name}.{suffix}" for name in ("index", "default")
    for suffix in ("html", "htm", "shtml", "php", "asp", "aspx", "jsp", "cfm")
)


def is_home(link: str) -> bool:
    """Tell whether an address is a site's front page, in any language or region, whatever it was reached from."""
    if urls.fragment(link).startswith(("/", "!")):
        return False  # a route of an app
    parts = [part for part in urls.path(link).lower().split("/") if part]
    if any(not _IDLE.match(key) for key, _ in parse_qsl(urls.query(link)[1:], keep_blank_values=True)):
        return False
    if parts and _index().search(parts[-1]):
        parts = parts[:-1]
    if parts and parts[-1] in _HOME_NAMES:
        parts = parts[:-1]
    return len(parts) <= 2 and all(_LANGUAGE.match(part) and _is_region(part, parts) for part in parts)


def _is_region(part: str, parts: list[str]) -> bool:
    """Tell whether a part of a path is a language or a region. Three letters are one only beside another (/gbr/en)."""
    return len(part) == 2 or "-" in part or "_" in part or (len(parts) == 2 and len(part) == 3)


def _parts(link: str) -> list[str]:
    return [part for part in unquote(urls.path(link)).split("/") if part]


def is_error_address(link: str) -> bool:
    """Tell whether an address is that of an error page, by what it is called."""
    parts = _parts(link)
    if "aspxerrorpath=" in urls.query(link).lower():
        return True
    # A bare number is an error page only where such pages stand: at the top, or in a folder of errors.
    if parts and parts[-1] in ("404", "410", "gone"):
        return len(parts) == 1 or _error_word().match(parts[-2]) is not None or bool(_LANGUAGE.match(parts[-2]))
    if _last_matches(_error_parts(), link):
        return True
    query = parse_qsl(urls.query(link)[1:], keep_blank_values=True)
    return len(parts) <= 1 and any(
        key.lower() in _ERROR_KEYS or (key.lower() in ("error", "e", "status") and value == "404")
        for key, value in query
    )


_ERROR_KEYS = frozenset({"404", "notfound", "not_found", "not-found"})


def _last_matches(pattern: re.Pattern[str], link: str) -> bool:
    parts = _parts(link)
    return bool(parts) and pattern.match(parts[-1]) is not None


def _returns(final: str) -> bool:
    """Tell whether an address carries the way back."""
    return any(_return_key().match(key) and value for key, value in parse_qsl(urls.query(final)[1:]))


def is_login_address(link: str) -> bool:
    """Tell whether an address is that of a login page."""
    return _login().search(urls.path(link)) is not None


def _is_login(cited: str, final: str) -> bool:
    if is_login_address(cited) or (_login_host().match(urls.host(cited)) and urls.host(cited) == urls.host(final)):
        return False
    if is_login_address(final):
        return True
    host = urls.host(final)
    return host != urls.host(cited) and _login_host().match(host) is not None and _returns(final)


def _is_consent(cited: str, final: str) -> bool:
    if _consent().search(urls.path(cited)) or _consent_host().match(urls.host(cited)):
        return False
    if _consent_host().match(urls.host(final)):
        return True
    return _consent().search(urls.path(final)) is not None and (_returns(final) or not _share_words(cited, final))


def _is_named_after(cited: str, final: str) -> bool:
    """Tell whether a site has the name of what was cited: /~smith/ is now smith.example.org."""
    if urls.authority(cited) == urls.authority(final):
        return False
    parts = [re.sub(r"[^a-z0-9]", "", part.lower()) for part in _parts(cited)]
    labels = urls.host(final).removeprefix("www.").split(".")[:-1]
    squeezed = [label.replace("-", "") for label in labels]
    return len(parts) <= 2 and any(
        len(part) >= 3 and part not in _HOME_NAMES and part in squeezed for part in parts
    )


def words_of(link: str) -> frozenset[str]:
    """Give the words and numbers in an address that say what it is of."""
    text = unquote(f"{urls.path(link)} {urls.query(link)}").casefold()
    return frozenset(word for word in _word().findall(text) if word not in _COMMON)


def _share_words(cited: str, final: str) -> bool:
    """Tell whether two addresses are plainly of the same thing: the last part of the one stands in the other."""
    last = next((part for part in reversed(_parts(cited))), "")
    slug = frozenset(word for word in _word().findall(last.casefold()) if word not in _COMMON)
    slug |= frozenset(
        value.casefold() for key, value in parse_qsl(urls.query(cited)[1:]) if len(value) >= 3 and not _IDLE.match(key)
    )
    if not slug:
        return False
    shared = len(slug & words_of(final)) / len(slug)
    return shared >= 0.5


def same_subject(cited: str, title: str) -> bool:
    """Tell whether a page's title holds the words of the address that was cited."""
    last = next((part for part in reversed(_parts(cited))), "")
    slug = {word for word in _word().findall(last.casefold()) if word not in _COMMON and not word.isdigit()}
    found = set(plain(title).split())
    return bool(slug) and len(slug & found) / len(slug) >= 0.5
