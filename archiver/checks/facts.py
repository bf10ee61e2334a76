"""Turns an answer into signals: what in it speaks for or against the cited thing still being there.

Facts only. Which of them decides is the judge's business; what remains doubtful is named as a `Doubt`, so that look.py
can ask the host once more.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct, field

from archiver import urls
from archiver.checks import (
    bodies,
    fragments,
    gates,
    hosting,
    kinship,
    parked,
    soft404,
    state,
    troubles,
    walls,
)
from archiver.checks.maintenance import for_now, says_later
from archiver.checks.media.expiry import expired
from archiver.checks.media.files import extension, is_file, is_hls, is_media
from archiver.checks.media.pages import read_page as read_media_page
from archiver.checks.onward import declared, scripted
from archiver.checks.page import Page, begins_like_html, is_html
from archiver.checks.phrases import plain
from archiver.checks.redirects import (
    Chain,
    Destination,
    is_error_address,
    is_home,
    read_chain,
    same_subject,
)
from archiver.checks.resolvers import is_resolver, is_shortener
from archiver.checks.sections import trade
from archiver.model import Signal, SignalKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.web.exchange import Hop

_SHORT = 1500  # weighed characters: below this a page that names nothing of its address is looked at twice
_NOTICE = 700  # a page that only says to come back later has no more
_LONG = 2000  # characters of running text that no error page has
_FEW_WORDS = 300  # bytes of a plain text that may be what a host says to everything
_PLAIN_WORDS = frozenset({401, 402, 404, 410, 451})  # statuses that no page can take back


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

    @property
    def title(self) -> str | None:
        """Give what the page calls itself; None where there is no page."""
        return self.page.title if self.page is not None else None

    def say(self, kind: SignalKind, detail: str = "") -> None:
        """Note a signal."""
        shown = "".join(sign if sign.isprintable() else " " for sign in detail[:300])
        self.signals.append(Signal(kind=kind, detail=shown))

    def has(self, *kinds: SignalKind) -> bool:
        """Tell whether one of these was noted."""
        return any(signal.kind in kinds for signal in self.signals)


def read(link: str, hops: Sequence[Hop], *, onward: str = "") -> Facts:
    """Read an answer. A success in the middle is of a page that sent its readers on, the last of them to `onward`."""
    final = final_address(hops)
    if "#" in onward and "#" not in final:
        final = f"{final}#{urls.fragment(onward)}"
    chain = read_chain([(hop.url, 301 if 200 <= hop.status < 300 else hop.status) for hop in hops[:-1]], final)
    facts = Facts(final=final, chain=chain)
    _read_answer(link, hops, facts)
    _read_registry(link, hops[-1], facts)
    return facts


_REFUSALS = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 999})


def _read_registry(link: str, hop: Hop, facts: Facts) -> None:
    """Note that a resolver knows a name whose target does not let us look."""
    if not is_resolver(link) or urls.same_site(link, facts.final):
        return
    walled = facts.has(
        SignalKind.BOT_WALL, SignalKind.TO_LOGIN, SignalKind.LOGIN, SignalKind.CONSENT, SignalKind.PAYWALL,
    )
    if walled or hop.status in _REFUSALS:
        facts.say(SignalKind.REGISTERED, registered(link, facts.final))


def registered(link: str, final: str) -> str:
    """Say that a resolver knows a name."""
    return f"{urls.host(link)} sends readers to {urls.host(final)}"


def _read_answer(link: str, hops: Sequence[Hop], facts: Facts) -> None:
    hop = hops[-1]
    chain, final = facts.chain, facts.final
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
        return
    if found := expired(link, hop):
        facts.say(SignalKind.EXPIRED, found)
        return
    if told := read_media_page(link, hops, facts.page):
        facts.signals += told.alone.signals
        return
    if hop.status == 403 and facts.page is not None:
        if found := walls.geo(facts.page):
            facts.say(SignalKind.MEDIA_GEO, f"it says “{found}”")
        else:
            _read_login(facts.chain.about or link, facts.page, facts)
    about = chain.about or link
    if 200 <= hop.status < 300:
        if html:
            _read_page(link, about, hop, facts)
        else:
            _read_file(about, hop, facts)
    elif 300 <= hop.status < 400 and hop.status != 304 and facts.page is not None:
        _read_redirect_to_nowhere(about, hop, facts.page, facts)


def _read_redirect_to_nowhere(link: str, hop: Hop, page: Page, facts: Facts) -> None:
    """Read a redirect without a target as browsers do: its body is the page."""
    facts.onward = declared(page, hop, facts.final) if hop.status == 300 else None
    tells = page.prose > _NOTICE or (page.prose > 0 and same_subject(link, page.title))
    if tells and soft404.wording(page, link) is None:
        facts.say(SignalKind.SAME_THING)


def final_address(hops: Sequence[Hop]) -> str:
    """Give the address of the last hop, with the fragment that the last redirect gave it."""
    url = hops[-1].url
    for hop in reversed(hops[:-1]):
        if not 300 <= hop.status < 400:
            break
        # A redirect without a fragment leaves that of the one before (Fetch, "HTTP-redirect fetch").
        if fragment := urls.fragment(hop.header("location") or ""):
            return f"{urls.without_fragment(url)}#{fragment}"
    return url


# ---------------------------------------------------------------- files


def _is_whole(hop: Hop) -> bool:
    """Tell whether all of a body is there: what a piece begins with says little of it."""
    if hop.status != 206:
        return hop.truncated is None
    return hop.truncated is None and (hop.header("content-range") or "").endswith(f"/{len(hop.decoded)}")


def _read_file(link: str, hop: Hop, facts: Facts) -> None:
    data = hop.decoded
    if not data and hop.truncated is None:
        facts.say(SignalKind.EMPTY, f"{hop.status} with no body")
    elif _is_whole(hop) and (found := bodies.read(link, data, hop.media_type)):
        facts.say(*found)
    elif is_file(link) and (is_media(data) or is_hls(data)) and (hop.media_type or "").startswith(("video/", "audio/")):
        facts.say(SignalKind.MEDIA_ALIVE, f"the bytes are those of {hop.media_type}")
    elif hop.media_type == "text/plain" and len(data) < _FEW_WORDS and not is_file(link):
        facts.page = page = Page(data, hop.charset)
        if not facts.chain.resolver and not is_home(link) and not kinship.names_its_address(page, link, facts.final):
            facts.doubt = Doubt.STRANGER
    if facts.chain.destination is Destination.ERROR:
        facts.say(SignalKind.TO_ERROR, facts.final)


# ---------------------------------------------------------------- pages


def _read_page(cited: str, link: str, hop: Hop, facts: Facts) -> None:
    page = facts.page
    if hop.truncated in ("time", "disconnect"):
        return  # half a page says half of what it has to say
    facts.onward = declared(page, hop, facts.final)
    if facts.onward is not None:
        return
    if hop.truncated is None and (found := bodies.read(link, hop.decoded, hop.media_type)):
        facts.say(*found)
        return
    if page is None or soft404.is_empty(page):
        if hop.truncated is None:
            facts.say(SignalKind.EMPTY, f"{hop.status} with nothing to read")
        return
    if _is_no_page(link, page, facts):
        return
    facts.onward = scripted(page, facts.final)
    if facts.onward is None:
        _read_words(cited, link, hop, page, facts)


def _read_words(cited: str, link: str, hop: Hop, page: Page, facts: Facts) -> None:
    """Read what a page says, and what that leaves open."""
    said = soft404.wording(page, link)
    if said is not None and is_error_address(link):
        said = None  # an error page may be cited
    if facts.chain.destination is Destination.HOME and page.length < _NOTICE and (later := says_later(page)):
        facts.say(SignalKind.TRY_LATER, f"it says “{later}”")
        return
    if said is not None and for_now().search(plain(said.evidence)) and (later := says_later(page)):
        facts.say(SignalKind.TRY_LATER, f"it says “{later}”")
        return
    if said is not None and said.strength == soft404.CERTAIN:
        facts.say(SignalKind.SOFT_404, said.evidence)
    _read_destination(link, page, facts, worded=said is not None)
    _read_login(link, page, facts)
    if facts.has(*_DECIDED):
        return
    if page.length < _NOTICE and (later := says_later(page)):
        facts.say(SignalKind.TRY_LATER, f"it says “{later}”")
        return
    _read_type(link, page, facts)
    _read_fragment(cited, hop, page, facts)
    if not facts.has(SignalKind.WRONG_TYPE, SignalKind.NEEDS_BROWSER):
        _find_doubt(cited, link, page, facts, said)


_DECIDED = (
    SignalKind.SOFT_404, SignalKind.TO_ERROR, SignalKind.TO_HOME, SignalKind.TO_LOGIN, SignalKind.LOGIN,
    SignalKind.CONSENT, SignalKind.PAYWALL,
)


_NO_PAGE = (
    SignalKind.MEDIA_GEO, SignalKind.PARKED, SignalKind.SOFT_404, SignalKind.EMPTY, SignalKind.TRY_LATER,
)


def _is_no_page(link: str, page: Page, facts: Facts) -> bool:
    """Note what stands where the site itself does not answer: a notice to foreigners, a seller, a server's own page."""
    if (found := walls.geo(page)) and not same_subject(link, " ".join((page.title, *page.headings))):
        facts.say(SignalKind.MEDIA_GEO, f"it says “{found}”")
    elif found := parked.parked(page, link, facts.final):
        facts.say(SignalKind.PARKED, found)
    elif (found := troubles.trouble(page)) and not same_subject(link, page.title):
        facts.say(SignalKind.TRY_LATER, f"it says “{found}”")
    elif found := hosting.default_page(page):
        facts.say(SignalKind.SOFT_404, f"it is a server's default page, “{found}”")
    elif (found := hosting.notice(page)) and not same_subject(link, page.title):
        facts.say(SignalKind.SOFT_404, f"it says “{found}”")
    elif hosting.is_empty_listing(page):
        facts.say(SignalKind.EMPTY, found := "a folder with nothing in it")
    elif (found := state.gone(page)) and not is_error_address(link):
        facts.say(SignalKind.SOFT_404, found)
    return bool(facts.signals) and facts.has(*_NO_PAGE)


def _read_destination(link: str, page: Page, facts: Facts, *, worded: bool) -> None:
    destination = facts.chain.destination
    if destination is Destination.HOME:
        facts.say(SignalKind.TO_HOME, facts.final)
        if not facts.chain.permanent:
            facts.doubt = Doubt.HOME
    elif destination is Destination.LOGIN:
        facts.say(SignalKind.TO_LOGIN, facts.final)
    elif destination is Destination.PAYWALL:
        facts.say(SignalKind.PAYWALL, f"it redirects to {facts.final}")
    elif destination is Destination.CONSENT:
        facts.say(SignalKind.CONSENT, f"it redirects to {facts.final}")
    elif (destination is Destination.ERROR and (worded or page.prose < _LONG)) or (
        destination is Destination.MAYBE_ERROR and worded
    ):
        facts.say(SignalKind.TO_ERROR, facts.final)
    elif destination is Destination.SAME_THING or (
        destination in (Destination.OTHER, Destination.SECTION) and same_subject(link, page.title)
    ):
        facts.say(SignalKind.SAME_THING)
    elif destination in (Destination.OTHER, Destination.OTHER_HOME) and not urls.same_site(link, facts.final) and (
        said := trade(link, facts.final, page.title)
    ):
        facts.say(SignalKind.SOFT_404, f"it redirects to {facts.final}, a site of another trade (“{said}”)")


def _read_login(link: str, page: Page, facts: Facts) -> None:
    """Note a page that stands before the cited one: a login, or a question."""
    if facts.has(SignalKind.TO_LOGIN, SignalKind.CONSENT, SignalKind.PAYWALL):
        return
    if found := gates.login(link, page):
        facts.say(SignalKind.LOGIN, found)
    elif found := gates.question(link, page):
        facts.say(SignalKind.CONSENT, found)


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
    if page.length < _NOTICE and gates.gate().search(page.plain_text):
        facts.say(SignalKind.NEEDS_BROWSER, f"a gate stands before the {suffix} file")
        return
    facts.say(SignalKind.WRONG_TYPE, f"text/html where a {suffix} file was cited")


def _read_fragment(link: str, hop: Hop, page: Page, facts: Facts) -> None:
    fragment = urls.fragment(link)
    if not fragment or page.is_app or hop.truncated is not None:
        return
    if "#" in facts.final and urls.fragment(facts.final) != fragment:
        return  # the redirect has a fragment of its own
    if found := fragments.missing(page, fragment):
        facts.say(SignalKind.FRAGMENT_MISSING, found)


# ---------------------------------------------------------------- doubts


def _find_doubt(cited: str, link: str, page: Page, facts: Facts, said: soft404.Found | None) -> None:
    if (facts.chain.resolver and not is_shortener(cited)) or not page.whole or soft404.is_search(link):
        return
    destination = facts.chain.destination
    if said is not None:
        facts.doubt, facts.evidence = Doubt.WORDING, said.evidence
    elif destination in _LISTS and not facts.has(SignalKind.SAME_THING):
        facts.doubt = Doubt.NONE if kinship.lists_it(page, link) else Doubt.REDIRECT
    elif destination in _ELSEWHERE and not facts.has(SignalKind.SAME_THING):
        known = kinship.is_one_of_many(page, link, facts.final, permanent=facts.chain.permanent)
        facts.doubt = Doubt.NONE if known else Doubt.REDIRECT
    elif page.is_app and page.length < 200:
        if not kinship.describes_itself(page, facts.final):
            facts.doubt = Doubt.SHELL
    elif (page.length < _SHORT or kinship.calls_itself_home(page, facts.final)) and not kinship.names_its_address(
        page, link, facts.final
    ):
        facts.doubt = Doubt.STRANGER
    if facts.doubt is not Doubt.NONE and is_home(link):
        facts.doubt = Doubt.NONE


_ELSEWHERE = (Destination.OTHER, Destination.OTHER_HOME, Destination.MAYBE_ERROR)
_LISTS = (Destination.SECTION, Destination.SEARCH)
