"""Looks once more, with a browser, at a page that a script draws: its words are then judged as those of any page.

    async with Browser.open() as browser:
        look = await redraw(look, web, browser)

A browser without the reader's cookies, whose page may only ask with GET, shows less than the reader's own. So what it
shows convicts only when nothing was missing while it was drawn, and acquits only when it is not what the app shows for
any address: where the page does not name what was cited, an address that cannot exist is drawn beside it.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import string
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.checks import sibling as siblings
from archiver.checks import soft404
from archiver.checks.facts import Facts, read
from archiver.checks.gates import gate
from archiver.checks.page import Page
from archiver.checks.redirects import is_home, only_spelling, same_subject
from archiver.checks.walls import wall
from archiver.model import HopFact, Signal, SignalKind
from archiver.web.browser import Missing
from archiver.web.drawing import Drawn, Undrawn
from archiver.web.exchange import Exchange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.checks.look import Look
    from archiver.web.browser import Browser
    from archiver.web.client import Web
    from archiver.web.exchange import Failure, Hop

_ODD = 24  # letters of a name that nobody has given to anything
_SAID = 200  # weighed characters of a page that says something
_STORY = 300  # characters of running text that an article has
_NOTICE = 400  # weighed characters that the notice of a failure has at most

# What counts although something was missing while the page was drawn.
_ANYWAY = (SignalKind.BOT_WALL, SignalKind.PARKED)
_SETTLED = (
    SignalKind.SOFT_404, SignalKind.LOGIN, SignalKind.TO_LOGIN, SignalKind.CONSENT, SignalKind.TO_ERROR,
    SignalKind.MEDIA_GEO, SignalKind.MEDIA_REMOVED, SignalKind.MEDIA_PRIVATE, SignalKind.PAYWALL, SignalKind.EXPIRED,
)
_UNSETTLED = (SignalKind.TRY_LATER, SignalKind.EMPTY, SignalKind.WRONG_TYPE, SignalKind.MEDIA_UNCLEAR)


@cache
def _broken() -> re.Pattern[str]:
    """Match what apps say when they have failed themselves, whatever they were to show."""
    return re.compile(
        r"\b(?:client side exception|application error|chunk ?load ?error|loading chunk|failed to (?:fetch|load)"
        r"|(?:could not|couldnt|cant|cannot|unable to) (?:load|connect|reach)|network error"
        r"|connection (?:error|lost|failed)|(?:check|verify) your (?:internet|network|connection)"
        r"|you (?:are|seem to be) offline|youre offline|unsupported browser"
        r"|browser (?:is )?(?:not|no longer) supported|(?:update|upgrade) your browser|error (?:while )?loading"
        r"|something (?:went|has gone) wrong|an? (?:unexpected |unknown )?error (?:has )?occurred|unexpected error"
        r"|try again|etwas ist schief|ein fehler ist aufgetreten|une erreur (?:est survenue|s est produite)"
        r"|algo salió mal|ha ocurrido un error|algo deu errado|ocorreu um erro|si è verificato un errore"
        r"|qualcosa è andato|er (?:ging iets|is iets) (?:mis|fout)|coś poszło nie tak|wystąpił błąd"
        r"|что то пошло не так|произошла ошибка)\b"
    )


@cache
def _unplugged() -> re.Pattern[str]:
    """Match those of them that stay true even where the page also says that it found nothing."""
    return re.compile(
        r"\b(?:client side exception|chunk ?load ?error|loading chunk|failed to fetch|network error"
        r"|(?:check|verify) your (?:internet|network|connection)|you are offline|youre offline)\b"
    )


class _Shown(Struct, frozen=True):
    """A drawn page, read."""

    link: str
    drawn: Drawn
    page: Page
    facts: Facts


async def redraw(look: Look, web: Web, browser: Browser) -> Look:
    """Settle a look that needs a browser, where a browser can; any other look is given back as it is."""
    seen = look.observation
    if not seen.has(SignalKind.NEEDS_BROWSER) or isinstance(browser.found, Missing):
        return look
    final = _with_fragment(seen.final_url or seen.link, seen.link)
    if len(seen.hops) > 1 and is_home(final) and not is_home(seen.link):
        return look  # the server sent us away: no script of the front page knows where we came from
    hops = _hops(look)
    if hops and b"<script" not in hops[-1].decoded.lower():
        return look  # a gate that no script draws: a browser would see no more
    drawn = await browser.draw(final, web, document=hops[-1] if hops else None)
    if isinstance(drawn, Undrawn):
        return _unsettled(look, drawn.why)
    look = replace(look, answers=(*look.answers, *drawn.answers))
    onward = seen.detail(SignalKind.META_REFRESH)
    shown = _read(seen.link, drawn, hops or _served(drawn, final), onward=onward)
    if shown is None:
        return _unsettled(look, "what was drawn is no page")
    return await _judge(look, shown, web, browser)


async def _judge(look: Look, shown: _Shown, web: Web, browser: Browser) -> Look:
    drawn, facts, page = shown.drawn, shown.facts, shown.page
    named = same_subject(_as_path(look.observation.link), page.title)
    if facts.has(*_ANYWAY) and not _failure(page, _unplugged()):
        return _settled(look, shown)
    if why := _not_really(shown):
        return _settled(look, shown) if named and page.prose >= _STORY else _unsettled(look, why)
    if facts.has(*_SETTLED):
        return _settled(look, shown)
    if named and page.length >= _SAID and not facts.has(SignalKind.TO_HOME):
        return _settled(look, shown)
    other, answers = await _sibling(look.observation.link, web, browser)
    look = replace(look, answers=(*look.answers, *answers))
    if other is None:
        return _unsettled(look, "it does not name what was cited, and there is nothing to compare it with")
    if other.drawn.status in (404, 410) and not facts.has(SignalKind.TO_HOME):
        return _settled(look, shown)
    if why := _not_really(other):
        return _unsettled(look, why)
    if facts.has(SignalKind.TO_HOME):
        if only_spelling(other.drawn.url, drawn.url) and not gate().search(page.plain_text):
            return _settled(look, shown)
        return _unsettled(look, f"its script leads to {drawn.url}, but not from an address that cannot exist")
    if _alike(look.observation.link, shown, other):
        return _same_for_all(look, shown)
    if _differs(shown, other):
        return _settled(look, shown)
    return _unsettled(look, "it shows next to nothing")


def _not_really(shown: _Shown) -> str:
    """Tell why a page may not be what a reader is shown; nothing when it is."""
    drawn, page, facts = shown.drawn, shown.page, shown.facts
    if drawn.doubts:
        return drawn.doubts[0]
    if facts.onward is not None:
        return f"it is about to send its readers on to {facts.onward}"
    for kind in _UNSETTLED:
        if facts.has(kind):
            return next(one.detail for one in facts.signals if one.kind is kind)
    return _failure(page, _unplugged() if facts.has(SignalKind.SOFT_404) else _broken())


def _failure(page: Page, words: re.Pattern[str]) -> str:
    if page.length >= _NOTICE:
        return ""
    said = words.search(f"{page.plain_title} {' '.join(page.plain_headings)} {page.plain_text[:_NOTICE]}")
    return f"it says “{said[0]}”" if said else ""


def _same_for_all(look: Look, shown: _Shown) -> Look:
    """Judge a page that the app shows for any address: the same words may also be those of an app that still waits."""
    drawn, page, facts = shown.drawn, shown.page, shown.facts
    if gate().search(page.plain_text) and page.length < 2 * _NOTICE:
        return _unsettled(look, "a gate stands before every address of the app")
    if drawn.busy:
        return _unsettled(look, "it was still being drawn")
    worded = soft404.wording(page, look.observation.link)
    if worded is None and not drawn.denied:
        if drawn.works or not _is_name(look.observation.link):
            return _unsettled(look, "it shows the same for an address that cannot exist, but may do so by design")
        if page.prose < _SAID or not page.headings:
            return _unsettled(look, "it shows the same little for an address that cannot exist")
    said = f"{worded.evidence}, and " if worded else ""
    facts.say(SignalKind.SOFT_404, f"{said}the app shows the same for an address that cannot exist")
    return _settled(look, shown)


def _is_name(link: str) -> bool:
    """Tell whether an address ends in the name of a page, and not in the state of a tool: coordinates, settings."""
    if urls.query(_as_path(link)):
        return False
    name = _name(_as_path(link))
    return re.fullmatch(r"[\w.~ -]+", name) is not None and re.search(r"[^\W\d_]{3}", name) is not None


def _alike(link: str, shown: _Shown, other: _Shown) -> bool:
    """Tell whether both pages are one, but for the address that each of them may repeat."""
    one, two = (
        Page(_without_name(each.drawn.html, _name(_as_path(name))), "utf-8")
        for each, name in ((shown, link), (other, other.link))
    )
    # Many an app has one title for all: that an error page bears the same is no proof, as it would be elsewhere.
    return siblings.Sibling(other.drawn.url, 200, other.drawn.url, two.title, two.text, two.raw).is_like(one)


def _without_name(html: bytes, name: str) -> bytes:
    """Take out a page's own name, as it is written and as people write it."""
    words = [re.escape(word) for word in re.findall(r"[^\W_]+", name[:200])]
    if not words:
        return html
    pattern = re.compile(r"[\W_]{1,3}".join(words), re.IGNORECASE)
    return pattern.sub("-", html.decode("utf-8", "replace")).encode("utf-8", "replace")


def _differs(shown: _Shown, other: _Shown) -> bool:
    """Tell whether a page that is not like its sibling says more than a clock or a random picture would."""
    if shown.page.length >= _SAID or shown.page.title != other.page.title:
        return True
    return (other.drawn.denied and not shown.drawn.denied) or soft404.wording(other.page) is not None


# ---------------------------------------------------------------- reading what was drawn


def _hops(look: Look) -> tuple[Hop, ...]:
    """Give the answers that a look's hops tell of, as far as they are at hand."""
    at_hand = {
        (hop.url, hop.status): hop for answer in look.answers if isinstance(answer, Exchange) for hop in answer.hops
    }
    found = tuple(at_hand.get((fact.url, fact.status)) for fact in look.observation.hops)
    return tuple(hop for hop in found if hop is not None) if all(found) else ()


def _with_fragment(final: str, link: str) -> str:
    """Give the final address as a browser would have it: what stands behind the hash sign outlives redirects."""
    fragment = urls.fragment(link)
    return final if "#" in final or not fragment else f"{final}#{fragment}"


def _served(drawn: Drawn, url: str) -> tuple[Hop, ...]:
    """Give the answers that a document came by, when it was fetched to be drawn."""
    wanted = urls.without_fragment(url)
    return next((one.hops for one in drawn.answers if one.request.url == wanted), ())


def _read(link: str, drawn: Drawn, hops: Sequence[Hop], *, onward: str = "") -> _Shown | None:
    """Read a drawn page as if a server had sent it. `onward`: where its own refresh led before it was drawn."""
    if not hops:
        return None
    named = b"".join(b'<a id="%b"></a>' % _quoted(name) for name in drawn.names)
    html = drawn.html.replace(b"</body>", named + b"</body>") if urls.fragment(link) else drawn.html
    old = hops[-1]
    headers = (*((name, value) for name, value in old.headers if name.lower() not in _OF_BODY), _HTML)
    url = urls.normalise(drawn.url) or old.url
    hop = replace(
        old, url=urls.without_fragment(url), status=drawn.status or old.status, headers=headers, body=html,
        decoded=html, truncated=None,
    )
    stayed = urls.without_fragment(url) == urls.without_fragment(old.url)
    made = (*hops[:-1], hop) if stayed else (*hops, hop)
    facts = read(link, made)
    # Walls are known by their scripts, too, of which nothing is left here.
    scripted = html.replace(b"</body>", b"<script></script></body>")
    if not facts.has(SignalKind.BOT_WALL) and (found := wall(hop, Page(scripted, "utf-8"))):
        facts.say(SignalKind.BOT_WALL, found)
    if urls.fragment(drawn.url):
        facts.final = f"{urls.without_fragment(facts.final)}#{urls.fragment(drawn.url)}"
    if onward:
        facts.say(SignalKind.META_REFRESH, onward)
    return _Shown(link, drawn, facts.page, facts) if facts.page is not None else None


_OF_BODY = frozenset({"content-type", "content-length", "content-encoding", "retry-after", "refresh"})
_HTML = ("Content-Type", "text/html; charset=utf-8")


def _quoted(name: str) -> bytes:
    return name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").encode("utf-8", "replace")


# ---------------------------------------------------------------- what it comes to


def _settled(look: Look, shown: _Shown) -> Look:
    """Put down what the drawn page shows instead of what the plain one left open."""
    seen, drawn, page = look.observation, shown.drawn, shown.page
    signals = [
        Signal(kind=one.kind, detail=f"{one.detail}, once a browser has drawn it")
        if one.kind is SignalKind.SOFT_404 else one
        for one in shown.facts.signals
    ]
    says = f"its title is “{page.title[:80]}”" if page.title else f"it says “{page.text[:80].strip()}”"
    signals.append(Signal(kind=SignalKind.DRAWN, detail="".join(one if one.isprintable() else " " for one in says)))
    hops = seen.hops
    if drawn.document and drawn.document != urls.without_fragment(seen.hops[-1].url if seen.hops else seen.link):
        # Its script went to another document, as a redirect would have.
        hops = (*hops, HopFact(url=drawn.document, status=drawn.status))
        if not seen.has(SignalKind.META_REFRESH):
            signals.append(Signal(kind=SignalKind.META_REFRESH, detail=drawn.url[:300]))
    observation = replace(
        seen, signals=tuple(signals), title=page.title[:500] or None, final_url=shown.facts.final, hops=hops,
    )
    return replace(look, observation=observation)


def _unsettled(look: Look, why: str) -> Look:
    """Leave it open, and tell what the browser met."""
    why = "".join(one if one.isprintable() else " " for one in why[:200])
    return noted(look, f"drawing it did not settle it: {why}")


def noted(look: Look, words: str) -> Look:
    """Add words to what says that a browser could tell."""
    signals = tuple(
        Signal(kind=one.kind, detail=f"{one.detail}; {words}") if one.kind is SignalKind.NEEDS_BROWSER else one
        for one in look.observation.signals
    )
    return replace(look, observation=replace(look.observation, signals=signals))


# ---------------------------------------------------------------- siblings


class _Beside(Struct):
    """A sibling that is drawn once for all pages of its folder."""

    lock: asyncio.Lock
    shown: _Shown | None = None
    made: bool = False


_known: WeakKeyDictionary[Browser, dict[str, _Beside]] = WeakKeyDictionary()


def _as_path(link: str) -> str:
    """Write the route of an app that stands in the fragment as a path, so that it is read like one."""
    fragment = urls.fragment(link)
    if not fragment.startswith(("/", "!/")):
        return link
    return f"{urls.scheme(link)}://{urls.authority(link)}{fragment.removeprefix('!').partition('?')[0]}"


def _name(link: str) -> str:
    value = urls.query(link).rpartition("=")[2]
    return value or unquote(urls.path(link).rstrip("/")).rpartition("/")[2] or link


def address(link: str) -> str | None:
    """Give the address of a page of the same app that cannot exist."""
    fragment = urls.fragment(link)
    if fragment.startswith(("/", "!/")):
        folder = fragment.partition("?")[0].rstrip("/").rpartition("/")[0]
        odd = "".join(secrets.choice(string.ascii_lowercase) for _ in range(_ODD))
        return f"{urls.without_fragment(link)}#{folder}/{odd}"
    return siblings.address(link, by_query=bool(urls.query(link)))


async def _sibling(link: str, web: Web, browser: Browser) -> tuple[_Shown | None, tuple[Exchange | Failure, ...]]:
    """Draw what cannot exist, once for each folder of an app; with the answers that were got for it just now."""
    beside = address(link)
    if beside is None:
        return None, ()
    key = beside.rpartition("=" if urls.query(link) and "#" not in beside else "/")[0]
    entry = _known.setdefault(browser, {}).setdefault(key, _Beside(asyncio.Lock()))
    async with entry.lock:
        if entry.made:
            return entry.shown, ()
        drawn = await browser.draw(beside, web)
        entry.made = True
        if isinstance(drawn, Undrawn):
            return None, ()
        entry.shown = _read(beside, drawn, _served(drawn, beside))
        return entry.shown, drawn.answers

