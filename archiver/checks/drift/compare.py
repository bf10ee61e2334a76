"""Weighs what a page says now against what it said. Thresholds, and where they come from, stand beside them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from itertools import starmap
from math import sqrt
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import urls
from archiver.checks.drift import words
from archiver.checks.redirects import is_home, words_of
from archiver.model import SignalKind

if TYPE_CHECKING:
    from archiver.checks.drift.text import Said

# AlNoamany, Weigle and Nelson (2015) found off-topic copies by a cosine under 0.10, the Off-Topic Memento Toolkit by
# one under 0.12; a title that shares nothing is asked for beside it here, and no sentence in common.
_COSINE = 0.12
_FULL_OF_OFFERS = 6  # words of them, where the title has none
_COSINE_OF_OFFERS = 0.25  # what stands beside an offer may be taken from the page that was there
_HELD = 0.25  # share of one text's words that stand in the other
_HELD_OF_FEW, _FEW = 0.5, 20  # where there are fewer words than that, one or two are chance
_ROWS = 0.04  # share of the rows of words that both have: a sentence or two
_ENOUGH = 45  # terms of a text that can be compared,
_ENOUGH_UNDATED = 65  # and of one that may be the first report of an event, which is written anew within the day
_SAME_DAYS = 3.0  # between the days on which two states of one article say that it was published
_SOON = timedelta(days=3)  # a page that changes so soon is still being written
_COSINE_OF_QUOTED = 0.08  # when the name is the same, and the words cited are gone
_FELL = 0.15  # of the old length: a notice stands there
_LISTING = 0.6  # share of the text in links: a page of links is made anew every day
_FRAME = 0.1  # share of the terms around the text that two pages of one site have in common


class Drift(Struct, frozen=True, kw_only=True):
    """Something else stands there now, with the evidence in words."""

    kind: SignalKind
    detail: str
    cosine: float = 0.0  # of the counted words of both main texts
    held: float = 0.0  # share of the old words that stand in the new text
    length: float = 0.0  # how the number of words changed: -0.9 is a tenth of it


def compare(
    link: str, before: Said, now: Said, *, when: str = "", apart: timedelta | None = None,
) -> Drift | None:
    """Tell what stands there now instead of what was cited; None when it is the same thing or cannot be told.

    `when` is the time of the earlier state, for people: "2 March 2014"; `apart` is the time between the two.
    """
    if before.unclear or now.unclear or before.sha256 == now.sha256 or before.measure != now.measure:
        return None
    cosine, held = _cosine(before.terms, now.terms), _held(before, now)
    kept = _HELD if now.count >= _FEW else _HELD_OF_FEW
    if held >= _HELD or _held(now, before) >= kept or _rows_meet(before, now):
        return None
    offered = _offered(before, now)
    if cosine >= (_COSINE_OF_OFFERS if offered else _COSINE):
        return None
    if apart is not None and apart < _SOON and not offered:
        return None
    if not _decides(link, before, now, cosine, offered=offered):
        return None
    length = now.count / before.count - 1 if before.count else 0.0
    shared = len(before.terms.keys() & now.terms.keys()) / (len(before.terms.keys() | now.terms.keys()) or 1)
    return Drift(
        kind=SignalKind.CONTENT_DRIFT, detail=_detail(before, now, shared, when), cosine=round(cosine, 3),
        held=round(held, 3), length=round(length, 3),
    )


def _decides(link: str, before: Said, now: Said, cosine: float, *, offered: bool) -> bool:
    """Tell whether texts that share nothing are two things: by names, kind of page, language and length."""
    moving = _is_moving(link) or max(before.links, now.links) > _LISTING
    dated = _days_between(before.published, now.published)
    if dated is not None and dated <= _SAME_DAYS and not offered:
        return False  # one article, written anew
    enough = _ENOUGH if dated else _ENOUGH_UNDATED
    if _names_meet(before, now, whole=moving):
        return not moving and before.count >= enough and _lost_quotes(link, before, now, cosine)
    if _is_named_in(link, now) and not offered:
        return False  # it is what its address says
    if offered:
        return before.count >= _ENOUGH // 3
    if before.count < enough or not before.language:
        return False
    if now.count < _ENOUGH:
        return not moving and now.count < before.count * _FELL and _is_notice(now)
    if before.language != now.language:
        return False  # the same page in another language has no word in common either
    return not moving or _other_site(link, before, now, cosine)


def _lost_quotes(link: str, before: Said, now: Said, cosine: float) -> bool:
    """Tell whether a page of the same name has lost the words that were cited, and all the others."""
    gone = set(before.quotes) - set(now.traces)
    return (
        bool(gone) and cosine < _COSINE_OF_QUOTED and not now.traces and before.language == now.language != ""
        and now.count >= _ENOUGH and not _is_named_in(link, now)
    )


def _days_between(one: str, other: str) -> float | None:
    try:
        return abs((date.fromisoformat(other) - date.fromisoformat(one)).days)
    except ValueError:  # one of them says nothing
        return None


# ---------------------------------------------------------------- measures


def _cosine(one: dict[str, int], other: dict[str, int]) -> float:
    dot = sum(count * other[term] for term, count in one.items() if term in other)
    return dot / (_norm(one) * _norm(other)) if dot else 0.0


def _norm(counted: dict[str, int]) -> float:
    return sqrt(sum(count * count for count in counted.values()))


def _held(one: Said, other: Said) -> float:
    """Give the share of one text's words that stand in the other, which may have grown."""
    total = sum(one.terms.values())
    return sum(min(count, other.terms.get(term, 0)) for term, count in one.terms.items()) / total if total else 0.0


def _rows_meet(before: Said, now: Said) -> bool:
    """Tell whether the texts have rows of words in common, or one of them has some with all that the other shows."""
    pairs = (before.rows, now.rows), (before.rows, now.all_rows), (before.all_rows, now.rows)
    return any(_shared(one, other) >= _ROWS for one, other in pairs)


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Estimate the share of rows that two texts have in common, of the one's that has fewer."""
    if not one or not other:
        return 0.0
    end = min(max(one), max(other))
    first, second = {row for row in one if row <= end}, {row for row in other if row <= end}
    return len(first & second) / (min(len(first), len(second)) or 1)


# ---------------------------------------------------------------- names


def _names_meet(before: Said, now: Said, *, whole: bool) -> bool:
    """Tell whether anything that a page calls itself is, in part, what it called itself before.

    The site's own name is taken away first, unless `whole`: a front page has often no other. A name that says nothing
    may be any.
    """
    common = None if whole else _common_parts(before, now)
    old, new = _stems(before, common), _stems(now, common)
    if not whole:
        new -= _words_of_site(before)
    return not old or not new or any(_meet(one, other) for one in old for other in new)


def _stems(page: Said, without: frozenset[str] | None) -> frozenset[str]:
    parts = [part for name in page.names for part in _parts(name)]
    if without is not None:
        # Of "The ferry stops - Gazette" over the heading "The ferry stops" the rest is the site.
        alone = {words.fold(name) for name in page.names}
        own = [part for part in parts if words.fold(part) in alone]
        parts = [part for part in own or parts if words.fold(part) not in without]
    return frozenset(term for part in parts for term in words.terms(part) if not term.isdigit())


def _words_of_site(page: Said) -> frozenset[str]:
    """Give the terms of what a page calls its site, so far as its names tell that from what it calls itself."""
    alone = {words.fold(name) for name in page.names}
    parts = [part for name in page.names for part in _parts(name)]
    own = [part for part in parts if words.fold(part) in alone]
    site = [part for part in parts if own and words.fold(part) not in alone]
    return frozenset(term for part in (*site, page.site) for term in words.terms(part))


def _common_parts(before: Said, now: Said) -> frozenset[str]:
    """Give the parts of names that both bear behind a sign that parts names: the site, not the page."""
    sites = {words.fold(site) for site in (before.site, now.site) if site}

    def of(page: Said) -> set[str]:
        return {words.fold(part) for name in page.names if len(_parts(name)) > 1 for part in _parts(name)}

    old, new = of(before), of(now)
    main = {words.fold(name) for page in (before, now) for name in page.names if len(_parts(name)) == 1}
    return frozenset(sites | ((old & new) - (main if len(main) == 1 else set())))


@cache
def _separator() -> re.Pattern[str]:
    return re.compile(r"\s+[-–—|·•»«>/\\~:]+\s+|\s*[|•·»«]\s*")


def _parts(name: str) -> list[str]:
    return [part.strip() for part in _separator().split(name) if part.strip()]


def _meet(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= 5 and one[:5] == other[:5])


def _is_named_in(link: str, now: Said) -> bool:
    """Tell whether a page calls itself what the end of its address says."""
    path = urls.path(link).rstrip("/")
    slug = {word[:6] for word in words_of(f"http://a.example/{path.rpartition('/')[2]}") if not word.isdigit()}
    called = {term for name in now.names for term in words.terms(name)}
    return bool(slug) and sum(any(_meet(word, term) for term in called) for word in slug) * 2 >= len(slug)


# ---------------------------------------------------------------- kinds of pages

# Parts of addresses where something else stands every day, as it is meant to.
_MOVING = frozenset(
    """latest current today now live recent daily weekly newest index archive archives category categories tag tags
    topic topics search find feed random next calendar schedule events agenda jobs careers stable master main head
    trunk nightly dev news blog articles stories press media videos photos gallery galleries weather forecast status
    shop store products catalogue catalog listing listings directory browse explore trending popular top hot whatsnew
    user users profile profiles author authors member members people channel channels forum forums board boards
    aktuelles aktuell neuigkeiten nachrichten termine heute archiv kategorie thema themen actualites actualités
    actualite agenda noticias hoy actualidad eventos etiqueta categoria notizie oggi notícias nieuws nyheter nyheder
    wiadomosci aktualnosci novosti новости haberler berita exhibition exhibitions program programme programm menu
    spotlight team issue issues offers deals highlights portfolio projects services promo show shows episode episodes
    podcast podcasts playlist picks gigs tour dates timetable prices rates angebote speisekarte ausstellung group groups
    label labels tagged keyword section sections rubrik tema""".split(),  # noqa: SIM905
)
_PARENTS = frozenset("user users profile author tag tags tagged category topic label group u r c".split())  # noqa: SIM905
_MOVING_KEYS = frozenset({"q", "s", "query", "search", "page", "p2", "sort", "filter", "tag", "cat", "category"})
_ALWAYS = frozenset({"latest", "current", "live", "today", "stable", "master", "head", "trunk", "nightly", "random"})


def _is_moving(link: str) -> bool:
    """Tell whether an address is of a front page, a section or a list, which is never what it was."""
    from urllib.parse import parse_qsl, unquote

    if is_home(link):
        return True
    parts = [part for part in unquote(urls.path(link)).casefold().split("/") if part]
    keys = {key.casefold() for key, _ in parse_qsl(urls.query(link)[1:])}
    if keys & _MOVING_KEYS or not _ALWAYS.isdisjoint(parts):
        return True
    last = re.sub(r"\.\w{2,5}$", "", parts[-1]) if parts else ""
    if last in _MOVING or any(part in _MOVING for part in re.split(r"[-_]", last)):
        return True
    if len(parts) > 1 and parts[-2] in _PARENTS:
        return True
    if len(parts) == 1 and last.isalpha() and not urls.query(link):
        return True  # one plain word: a part of the site, not a thing in it
    return last.startswith(("@", "~"))


def _other_site(link: str, before: Said, now: Said, cosine: float) -> bool:
    """Tell whether a front page or a list is of another site altogether: it has not even the name left."""
    if cosine >= _COSINE_OF_QUOTED:
        return False
    host = urls.host(link).removeprefix("www.").partition(".")[0]
    had, has = _bears(host, before), _bears(host, now)
    if not had or has:
        return False
    old, new = set(before.frame) | before.terms.keys(), set(now.frame) | now.terms.keys()
    shared = len(old & new) / (min(len(old), len(new)) or 1)
    names = {term for name in before.names for term in words.terms(name)}
    return shared < _FRAME * 2 and not any(_meet(name, term) for name in names for term in new)


def _bears(host: str, page: Said) -> bool:
    """Tell whether words of a page's names stand in the name of its host."""
    return any(len(term) >= 4 and term in host for name in (*page.names, page.site) for term in words.terms(name))


def _offered(before: Said, now: Said) -> bool:
    """Tell whether those who buy old names offer something there now, and did not before."""
    was = before.offers > 0 or before.offers_named
    return not was and (now.offers >= _FULL_OF_OFFERS or (now.offers > 0 and now.offers_named))


@cache
def _notice() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:moved|relocat\w+|closed|discontinued|shut down|no longer|has ended|ceased|retired|coming soon"
        r"|hello world|index of"
        r"|new (?:web ?)?site|new home|under construction|relaunch\w*|decommission\w*"
        r"|umgezogen|eingestellt|neue website|geschlossen|déménagé|fermé|nouveau site|n existe plus|cerrado"
        r"|nuevo sitio|ya no|chiuso|nuovo sito|verhuisd|gesloten|encerrado|novo site|flyttat|stängt"
        r"|переехал\w*|закрыт\w*|новый сайт)\b"
    )


def _is_notice(page: Said) -> bool:
    return _notice().search(words.fold(f"{' '.join(page.names)} {page.opening}")) is not None


# ---------------------------------------------------------------- films


_TOLD = 3  # terms of a title that says something


def compare_titles(before: str, now: str, *, when: str = "") -> Drift | None:
    """Tell whether a film is called something else altogether, in the same language."""
    old, new = (_terms_of_title(title) for title in (before, now))
    if min(len(old), len(new)) < _TOLD or words.mangled(before) or words.mangled(now):
        return None
    if any(starmap(_meet, ((one, other) for one in old for other in new))):
        return None
    language = words.language_of(before, least=1)
    if not language or language != words.language_of(now, least=1):
        return None
    return Drift(kind=SignalKind.TITLE_DRIFT, detail=f"{_once(when)} it was called {_cited(before)}, now {_cited(now)}")


def _terms_of_title(title: str) -> frozenset[str]:
    return frozenset(words.terms(title)) | {word for word in words.tokens(title) if word.isdigit()}


# ---------------------------------------------------------------- evidence


def _detail(before: Said, now: Said, shared: float, when: str) -> str:
    called, calls = before.title or _first(before), now.title or _first(now)
    parts = []
    if words.fold(called) != words.fold(calls):
        parts.append(f"{_once(when)} it was called {_cited(called)}, now {_cited(calls)}")
    else:
        parts.append(f"{_once(when)} it began {_cited(before.opening)}, now {_cited(now.opening)}")
    parts.append(f"the two texts share {shared * 100:.0f} % of their words")
    if lost := [quote for quote in before.quotes if quote not in now.traces]:
        parts.append(f"the quoted words {_cited(lost[0])} stood there and do not now")
    return "; ".join(parts)


def _first(page: Said) -> str:
    return next(iter(page.names), page.opening)


def _once(when: str) -> str:
    return f"on {when}" if when else "once"


def _cited(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= 60 else f"“{line[:59]}…”"
