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
from archiver.checks import places
from archiver.checks.phrases import plain
from archiver.checks.resolvers import behind, is_resolver, is_shortener, runs
from archiver.checks.sections import has_title, is_above, is_article, is_search, is_section

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
    PAYWALL = "subscription"
    CONSENT = "consent"
    ERROR = "error page"
    MAYBE_ERROR = "error page by one word only"
    SECTION = "list of many things"
    SEARCH = "search"
    OTHER = "another page"


class Chain(Struct, frozen=True, kw_only=True):
    """A chain of redirects, judged by its addresses."""

    destination: Destination
    permanent: bool  # every redirect that changes more than spelling is a 301 or 308
    resolver: bool  # the first answer came from a service whose answers are redirects
    insecure: bool  # from https to http on the way
    about: str = ""  # the address that is judged where it is not the cited one: what a resolver or shortener has for it


_STRAIGHT = Chain(destination=Destination.SAME_ADDRESS, permanent=True, resolver=False, insecure=False)


def read_chain(hops: list[tuple[str, int]], final: str) -> Chain:
    """Read a chain: the redirecting hops (address, status) in order, and the final address with its fragment."""
    if not hops:
        return _STRAIGHT
    addresses = [*(url for url, _ in hops), final]
    skipped = behind(addresses)
    permanent = True
    insecure = False
    for number, ((url, status), target) in enumerate(zip(hops, addresses[1:], strict=True)):
        if number < skipped:
            continue
        insecure = insecure or (url.startswith("https:") and target.startswith("http:"))
        if status not in (301, 308) and not only_spelling(url, target):
            permanent = False
    about = addresses[skipped]
    first = addresses[0]
    destination = _destination(about, final)
    if skipped and urls.without_fragment(about) == urls.without_fragment(final):
        # It leads to that page itself, which says nothing, unless it is one of those that are nobody's aim.
        told = _destination(first, final)
        if (told is Destination.LOGIN and _returns(final)) or told is Destination.CONSENT:
            destination = told
    if is_shortener(first) and runs(first, final):  # it may know of nothing by that name
        if is_home(final):
            destination = Destination.HOME
        elif is_error_address(final):
            destination = Destination.ERROR
    return Chain(
        destination=destination, permanent=permanent, insecure=insecure, about=about if skipped else "",
        resolver=skipped > 0 or is_resolver(first) or is_shortener(first),
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
    subscription = places.subscription()
    if _returns(final) and _last_matches(subscription, final) and not _last_matches(subscription, cited):
        return Destination.PAYWALL
    if _last_matches(places.error_word(), final) and not _last_matches(places.error_word(), cited):
        return Destination.MAYBE_ERROR
    if is_search(final) and not is_search(cited) and has_title(cited):
        return Destination.SEARCH
    if is_home(final) or (urls.path(final) == "/" and urls.query(final) and carries_back(cited, final)):
        if is_home(cited):
            return Destination.SAME_ADDRESS if _same_site(cited, final) else Destination.OTHER
        if _is_named_after(cited, final):
            return Destination.SAME_THING
        return Destination.HOME if _same_site(cited, final) else Destination.OTHER_HOME
    if _is_variant(cited, final) or _shares_number(cited, final) or _share_words(cited, final) or (
        is_above(cited, final) and urls.same_site(cited, final)
    ):
        return Destination.SAME_THING
    return Destination.SECTION if is_article(cited) and is_section(cited, final) else Destination.OTHER


# Parts of addresses that say in which dress a thing is shown: a language, a size of screen, on paper.
_DRESS = frozenset({"amp", "print", "mobile", "m", "printable", "index", "default", "html", "full", "view"})


def _is_variant(cited: str, final: str) -> bool:
    """Tell whether two addresses are of one thing in another language, size or format."""
    wanted = _undressed(cited)
    return bool(wanted) and (wanted == _undressed(final)) and _query_of(cited) <= _query_of(final) | _idle_of(cited)


def _undressed(link: str) -> list[str]:
    parts = [part.casefold() for part in _parts(link)]
    if parts:
        parts[-1] = re.sub(r"\.(?:[sx]?html?|php\d?|aspx?|jsp|cfm|amp|print)$", "", parts[-1])
    return [
        part for part in parts
        if part not in _DRESS and not (_LANGUAGE.match(part) and _is_region(part, parts[:2]))
    ]


def _query_of(link: str) -> frozenset[str]:
    return frozenset(value.casefold() for key, value in parse_qsl(urls.query(link)[1:]) if not _IDLE.match(key))


def _idle_of(link: str) -> frozenset[str]:
    return frozenset(value.casefold() for key, value in parse_qsl(urls.query(link)[1:]) if _DRESSING.match(key))


_DRESSING = re.compile(
    r"^(?:amp|print|printable|view|mode|display|format|output|m|mobile|theme|full|single)$", re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![0-9a-z])(?=[0-9a-f-]*\d{3})[0-9a-f]{8,}(?![0-9a-z])|(?<!\d)\d{4,}(?!\d)", re.IGNORECASE)


def _shares_number(cited: str, final: str) -> bool:
    """Tell whether two addresses hold the same long number, which is no year: slugs change, numbers stay."""
    def numbers(link: str) -> set[str]:
        text = unquote(f"{urls.path(link)} {urls.query(link)} {urls.fragment(link)}").casefold()
        found = set(_NUMBER.findall(text))
        return {number for number in found if not (len(number) == 4 and number[:2] in ("19", "20"))}

    if numbers(cited) & numbers(final):
        return True
    # /node/17 is now /node/17/the-crane, and /17 is /17-the-crane
    start, whole = urls.path(cited).casefold().rstrip("/"), urls.path(final).casefold()
    if len(start) < 2 or not any(map(str.isdigit, start)) or not whole.startswith(start):
        return False
    return whole[len(start) : len(start) + 1] in ("/", "-", "_", ".")


def _same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one site, also where no list knows the domain's ending."""
    if urls.same_site(one, other):
        return True
    return _of_site(one) == _of_site(other)


def _of_site(link: str) -> str:
    name = urls.authority(link)
    for prefix in ("www.", "m.", "mobile.", "amp.", "wap."):
        name = name.removeprefix(prefix)
    return name


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
        return len(parts) == 1 or places.error_word().match(parts[-2]) is not None or bool(_LANGUAGE.match(parts[-2]))
    if _last_matches(places.error_parts(), link):
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
    return any(places.return_key().match(key) and value for key, value in parse_qsl(urls.query(final)[1:]))


def is_login_address(link: str) -> bool:
    """Tell whether an address is that of a login page."""
    return places.login().search(urls.path(link)) is not None


def wraps(link: str) -> bool:
    """Tell whether an address is of a door to another one, as those of libraries' proxies are."""
    return any(value.lower().startswith(("http:", "https:")) for _, value in parse_qsl(urls.query(link)[1:]))


def carries_back(cited: str, final: str) -> bool:
    """Tell whether an address carries the way back to the cited one: so gates do, and what replaces a page does not."""
    path = unquote(urls.path(cited)).rstrip("/")
    text = unquote(unquote(f"{urls.query(final)} {urls.fragment(final)}"))
    return len(path) > 1 and path in text


def _is_login(cited: str, final: str) -> bool:
    cited_login = is_login_address(cited) and not wraps(cited)
    if cited_login or (places.login_host().search(urls.host(cited)) and urls.host(cited) == urls.host(final)):
        return False
    route = urls.fragment(final).partition("?")[0]
    if is_login_address(final) or places.login().search(route) or _asks_to_log_in(final):
        return not _asks_to_log_in(cited)
    host = urls.host(final)
    return host != urls.host(cited) and places.login_host().search(host) is not None and _returns(final)


_LOGIN_KEY = re.compile(
    r"^(?:(?:show|need|require|force|open)?[-_]?(?:log|sign)[-_]?in(?:[-_]?(?:required|needed|modal|popup))?"
    r"|auth(?:entication)?[-_]?required)$",
    re.IGNORECASE,
)
_LOGIN_VALUE = re.compile(
    r"^(?:(?:special:)?user)?(?:log|sign)[-_]?[io]n(?:[-_]?(?:required|needed))?$|^auth(?:entication)?[-_]?required$",
    re.IGNORECASE,
)
_OF_ACTION = frozenset({
    "action", "mode", "do", "act", "modal", "show", "page", "view", "title", "option", "task", "error", "reason", "msg",
})


def _asks_to_log_in(link: str) -> bool:
    """Tell whether an address says in its query that one must log in: `/?login_required`, `ucp.php?mode=login`."""
    for key, value in parse_qsl(urls.query(link)[1:], keep_blank_values=True):
        if key.lower() in _OF_ACTION and _LOGIN_VALUE.match(value):
            return True
        if _LOGIN_KEY.match(key) and value.lower() in ("", "1", "true", "yes", "required"):
            return True
    return False


def _is_consent(cited: str, final: str) -> bool:
    if places.consent().search(urls.path(cited)) or places.consent_host().match(urls.host(cited)):
        return False
    if places.consent_host().match(urls.host(final)):
        return True
    return places.consent().search(urls.path(final)) is not None and (_returns(final) or not _share_words(cited, final))


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
    text = unquote(f"{urls.path(link)} {urls.query(link)} {urls.fragment(link)}").casefold()
    return frozenset(word for word in _word().findall(text) if word not in _COMMON)


def _share_words(cited: str, final: str) -> bool:
    """Tell whether two addresses are plainly of the same thing: the last part of the one stands in the other."""
    last = next((part for part in reversed(_parts(cited))), "")
    slug = frozenset(word for word in _word().findall(last.casefold()) if word not in _COMMON)
    values = " ".join(value for key, value in parse_qsl(urls.query(cited)[1:]) if not _IDLE.match(key))
    slug |= frozenset(_word().findall(values.casefold()))
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
