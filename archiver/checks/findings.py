"""What one look showed, put into a verdict's words: kind, reason, and the sentence that a reader can check.

Pure. Which observation weighs how much over the days is judge.py's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.checks.redirects import Destination, read_chain
from archiver.model import FailureKind, Reason, SignalKind, VerdictKind, WarningCode
from archiver.web.exchange import HTML

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.model import Observation

K, R, S = VerdictKind, Reason, SignalKind


class Finding(Struct, frozen=True):
    """One look's outcome. `label` is the short form for "LABEL on 3 looks between ... and ..."."""

    kind: VerdictKind
    reason: Reason
    label: str
    sentence: str
    warnings: tuple[WarningCode, ...] = ()


# ---------------------------------------------------------------- no answer

_FAILURES: Mapping[FailureKind, tuple[VerdictKind, Reason, str, str]] = {
    FailureKind.NO_SUCH_HOST: (K.DEAD, R.NO_SUCH_HOST, "no such host", "The host name {host} does not exist."),
    FailureKind.DNS_ERROR: (K.UNKNOWN, R.DNS_ERROR, "failed name look-up", "The name {host} could not be looked up."),
    FailureKind.REFUSED: (K.UNKNOWN, R.REFUSED, "refused connection", "{host} refused the connection."),
    FailureKind.RESET: (K.UNKNOWN, R.RESET, "broken connection", "{host} broke off the connection."),
    FailureKind.TIMEOUT: (K.UNKNOWN, R.TIMEOUT, "timeout", "{host} did not answer in time."),
    FailureKind.TLS_ERROR: (
        K.UNKNOWN, R.TLS_ERROR, "failed encryption", "No encrypted connection to {host} could be made.",
    ),
    FailureKind.BAD_ANSWER: (K.UNKNOWN, R.BAD_ANSWER, "unreadable answer", "{host} did not answer in HTTP."),
    FailureKind.BAD_REDIRECT: (
        K.DEAD, R.BAD_REDIRECT, "impossible redirect", "{host} redirects to an address that nobody can follow.",
    ),
    FailureKind.REDIRECT_LOOP: (K.DEAD, R.REDIRECT_LOOP, "redirect loop", "Its redirects go in a circle."),
    FailureKind.TOO_MANY_REDIRECTS: (K.DEAD, R.REDIRECT_LOOP, "endless redirects", "Its redirects do not end."),
    FailureKind.FORBIDDEN_ADDRESS: (
        K.SKIPPED, R.PRIVATE_ADDRESS, "private address", "{host} is, or leads to, an address of a private network.",
    ),
    FailureKind.UNSUPPORTED: (
        K.SKIPPED, R.UNSUPPORTED, "unsupported address", "No request can be made of this address.",
    ),
    FailureKind.ROBOTS: (K.UNKNOWN, R.ROBOTS, "robots.txt", "The robots.txt of {host} asks robots to stay away."),
    FailureKind.OFFLINE: (K.UNKNOWN, R.OFFLINE, "offline", "This machine was offline."),
    FailureKind.PROXY: (K.UNKNOWN, R.PROXY, "proxy failure", "The configured proxy failed."),
    FailureKind.GAVE_UP: (K.UNKNOWN, R.GAVE_UP, "not asked", "Not asked: the time for this run was spent."),
}

# ---------------------------------------------------------------- signals, most telling first

_SIGNALS: Mapping[SignalKind, tuple[VerdictKind, Reason, str, str]] = {
    S.EXPIRED: (K.DEAD, R.EXPIRED, "expired address", "It was an address for a while, and its time is over: {detail}."),
    S.BOT_WALL: (K.BLOCKED, R.BOT_WALL, "wall against robots", "A wall against robots answered: {detail}."),
    S.RATE_LIMITED: (K.UNKNOWN, R.RATE_LIMITED, "slow down", "The host wants us to slow down: {detail}."),
    S.MEDIA_REMOVED: (K.DEAD, R.MEDIA_REMOVED, "removed", "It was removed: {detail}."),
    S.MEDIA_PRIVATE: (K.RESTRICTED, R.PRIVATE_MEDIA, "private", "It is private: {detail}."),
    S.MEDIA_GEO: (K.BLOCKED, R.GEO, "withheld in this country", "It is not shown in this country: {detail}."),
    S.CONSENT: (K.RESTRICTED, R.CONSENT, "consent page", "The site wants consent first: {detail}."),
    S.TO_LOGIN: (K.RESTRICTED, R.LOGIN, "login", "The site wants a login: it redirects to {detail}."),
    S.LOGIN: (K.RESTRICTED, R.LOGIN, "login", "The site wants a login: {detail}."),
    S.PAYWALL: (K.RESTRICTED, R.PAYWALL, "paywall", "The site wants to be paid: {detail}."),
    S.PARKED: (K.DEAD, R.PARKED, "parked domain", "The domain is parked or for sale: {detail}."),
    S.TO_HOME: (K.DEAD, R.REDIRECT_TO_HOME, "redirect to the front page", "It redirects to the front page {detail}."),
    S.TO_ERROR: (K.DEAD, R.SOFT_404, "redirect to an error page", "It redirects to the error page {detail}."),
    S.SOFT_404: (K.DEAD, R.SOFT_404, "error page with status {status}", "The server answered {status}, but {detail}."),
    S.EMPTY: (K.DEAD, R.EMPTY, "empty answer", "The answer is empty: {detail}."),
    S.WRONG_TYPE: (K.DEAD, R.WRONG_TYPE, "wrong type", "Something else was sent: {detail}."),
    S.CONTENT_DRIFT: (K.CHANGED, R.CONTENT_DRIFT, "other content", "Something else stands there now: {detail}."),
    S.TITLE_DRIFT: (K.CHANGED, R.TITLE_DRIFT, "other title", "It is called something else now: {detail}."),
    S.TRY_LATER: (
        K.UNKNOWN, R.SERVER_ERROR, "site in trouble", "The site is in trouble or closed for a while: {detail}.",
    ),
    S.NEEDS_BROWSER: (
        K.UNKNOWN, R.NEEDS_BROWSER, "needs a browser", "Only a browser could tell: {detail}.",
    ),
}

# ---------------------------------------------------------------- statuses

_STATUSES: Mapping[int, tuple[VerdictKind, Reason, str]] = {
    401: (K.RESTRICTED, R.LOGIN, "the server wants a login"),
    402: (K.RESTRICTED, R.PAYWALL, "the server wants to be paid"),
    403: (K.BLOCKED, R.FORBIDDEN, "the server refuses us and does not say why"),
    404: (K.DEAD, R.NOT_FOUND, ""),
    407: (K.UNKNOWN, R.PROXY, "a proxy wants a login"),
    408: (K.UNKNOWN, R.TIMEOUT, "the server waited for us in vain"),
    410: (K.DEAD, R.GONE, "it was taken away"),
    418: (K.BLOCKED, R.FORBIDDEN, "the server refuses us"),
    420: (K.UNKNOWN, R.RATE_LIMITED, "the server wants us to slow down"),
    429: (K.UNKNOWN, R.RATE_LIMITED, "the server wants us to slow down"),
    430: (K.UNKNOWN, R.RATE_LIMITED, "the server wants us to slow down"),
    440: (K.RESTRICTED, R.LOGIN, "the server wants a login"),
    451: (K.RESTRICTED, R.LEGAL, "it is withheld by law"),
    511: (K.UNKNOWN, R.PROXY, "the network between wants a login"),
    999: (K.BLOCKED, R.BOT_WALL, "the server refuses robots"),
}


def find(seen: Observation) -> Finding:
    """Put one look into words."""
    found = _find(seen)
    if seen.via is None:
        return found
    return replace(found, sentence=f"By the {seen.via}, from another place: {found.sentence}")


def _find(seen: Observation) -> Finding:
    if seen.failure is not None:
        return _failed(seen)
    status = seen.status
    if status is None:
        return Finding(K.UNKNOWN, R.NOT_LOOKED, "no answer", "Nothing was asked.")
    if seen.has(S.REGISTERED):
        return _registered(seen, status)
    # A host's own word on a video counts whatever the status of the API that gave it.
    kinds = {signal.kind for signal in seen.signals}
    decisive = next(
        (kind for kind in _SIGNALS if kind in kinds and (kind in _ANY_STATUS or 200 <= status < 300)), None,
    ) if kinds else None
    if decisive is not None:
        return _signalled(seen, decisive, status)
    if seen.has(S.MEDIA_NOT_EMBEDDABLE):
        return Finding(
            K.ALIVE, R.OK, "there", f"It is there, but not to be embedded: {seen.detail(S.MEDIA_NOT_EMBEDDABLE)}.",
            (*_warnings(seen), WarningCode.NOT_EMBEDDABLE),
        )
    if 200 <= status < 300 or (300 <= status < 400 and seen.has(S.SAME_THING)):
        return _there(seen, status)  # a redirect to nowhere may have the page for its body
    if status in (404, 410) and seen.has(S.MEDIA_UNCLEAR):
        return _unclear(seen)  # a host that says this of living things, too
    return _by_status(seen, status)


_ANY_STATUS = frozenset({
    S.BOT_WALL, S.MEDIA_REMOVED, S.MEDIA_PRIVATE, S.MEDIA_GEO, S.LOGIN, S.EXPIRED, S.RATE_LIMITED,
})


def _registered(seen: Observation, status: int) -> Finding:
    """Take a resolver's word: what it resolves to need not let robots in to be there."""
    sentence = f"It is registered: {seen.detail(S.REGISTERED)}, which answered {status} to us."
    return Finding(K.ALIVE, R.OK, "there", sentence, (*_warnings(seen), WarningCode.TARGET_REFUSES))


def _failed(seen: Observation) -> Finding:
    if seen.failure is None:
        raise ValueError("nothing failed")
    kind, reason, label, sentence = _FAILURES[seen.failure]
    host = _host(seen.final_url or seen.link)
    sentence = sentence.format(host=host or "The host")
    if seen.failure is FailureKind.GAVE_UP and seen.failure_detail:
        sentence = f"Not asked: {seen.failure_detail}."
    elif seen.hops and host and host != _host(seen.link):
        sentence = f"It redirects to {_target(seen)}. {sentence}"
    return Finding(kind, reason, label, sentence)


def _signalled(seen: Observation, signal: SignalKind, status: int) -> Finding:
    kind, reason, label, sentence = _SIGNALS[signal]
    detail = seen.detail(signal) or "no more is known"
    # Not str.format: a page's own words may hold braces.
    sentence = sentence.replace("{status}", str(status)).replace("{detail}", detail)
    return Finding(kind, reason, label.replace("{status}", str(status)), sentence, _warnings(seen))


def _unclear(seen: Observation) -> Finding:
    sentence = f"Nothing is settled: {seen.detail(S.MEDIA_UNCLEAR)}."
    return Finding(K.UNKNOWN, R.BAD_ANSWER, "no clear answer", sentence, _warnings(seen))


def _by_status(seen: Observation, status: int) -> Finding:
    redirected = len(seen.hops) > 1 and seen.final_url is not None
    subject = f"It redirects to {_target(seen)}, which answered" if redirected else "The server answered"
    if (known := _STATUSES.get(status)) is not None:
        kind, reason, words = known
        sentence = f"{subject} {status}: {words}." if words else f"{subject} {status}."
        return Finding(kind, reason, str(status), sentence, _warnings(seen))
    if 500 <= status < 600:
        sentence = f"{subject} {status}: it is in trouble itself."
        return Finding(K.UNKNOWN, R.SERVER_ERROR, str(status), sentence, _warnings(seen))
    sentence = f"{subject} {status}, which says nothing of the page."
    return Finding(K.UNKNOWN, R.BAD_ANSWER, str(status), sentence, _warnings(seen))


def _there(seen: Observation, status: int) -> Finding:
    if seen.has(S.MEDIA_UNCLEAR):
        return _unclear(seen)
    if seen.truncated == "time" and not _is_file(seen):
        return Finding(K.UNKNOWN, R.TIMEOUT, "timeout", "The page did not arrive in time.", _warnings(seen))
    if seen.truncated == "disconnect" and not _is_file(seen):
        return Finding(K.UNKNOWN, R.TRUNCATED, "page cut short", "The page arrived cut short.", _warnings(seen))
    if status in (204, 205) or (status not in (206, 226) and seen.length == 0 and seen.truncated is None):
        sentence = f"The server answered {status} and sent nothing."
        return Finding(K.DEAD, R.EMPTY, "empty answer", sentence, _warnings(seen))
    if seen.has(S.UNCHANGED):
        sentence = f"The server says that it has not changed since {seen.detail(S.UNCHANGED)}."
    elif seen.has(S.DRAWN):
        sentence = f"The server answered {status}, and a browser drew the page: {seen.detail(S.DRAWN)}."
    elif seen.has(S.MEDIA_ALIVE):
        sentence = f"It is there: {seen.detail(S.MEDIA_ALIVE)}."
    elif seen.media_type is not None and seen.media_type not in HTML:
        sentence = f"The server answered {status} and sent {seen.media_type}."
    else:
        sentence = f"The server answered {status} with a page."
    return _moved(seen, sentence)


def _moved(seen: Observation, sentence: str) -> Finding:
    """Tell whether what is there has moved, and for good."""
    warnings = _warnings(seen)
    alive = Finding(K.ALIVE, R.OK, "there", sentence, warnings)
    if len(seen.hops) < 2 or seen.final_url is None or not _is_of(seen, seen.link):
        return alive
    refreshed = seen.has(S.META_REFRESH)
    # A hop in the middle with a success is a page that sent its readers on.
    chain = read_chain(
        [(hop.url, 301 if refreshed and 200 <= hop.status < 300 else hop.status) for hop in seen.hops[:-1]],
        seen.final_url,
    )
    if chain.destination is Destination.SAME_ADDRESS or chain.resolver:
        return alive
    if not chain.permanent:
        sentence = f"It redirects, for now, to {_target(seen)}. {sentence}"
        return Finding(K.ALIVE, R.OK, "there", sentence, (*warnings, WarningCode.TEMPORARY_REDIRECT))
    if refreshed:
        return Finding(K.MOVED, R.META_REFRESH, "moved", f"The page sends its readers on to {_target(seen)}.", warnings)
    return Finding(K.MOVED, R.PERMANENT_REDIRECT, "moved", f"It has moved for good to {_target(seen)}.", warnings)


def _is_of(seen: Observation, link: str) -> bool:
    """Tell whether the hops are of the link itself and not of an API that was asked about it."""
    return urls.without_fragment(seen.hops[0].url) == urls.without_fragment(link)


def _is_file(seen: Observation) -> bool:
    """Tell whether something else than a page was on its way: its beginning proves that it is there."""
    return bool(seen.length) and seen.media_type not in (None, *HTML, "text/plain")


_WARNINGS: Mapping[SignalKind, WarningCode] = {
    S.TLS_UNTRUSTED: WarningCode.TLS_UNTRUSTED,
    S.FRAGMENT_MISSING: WarningCode.FRAGMENT_MISSING,
    S.INSECURE_REDIRECT: WarningCode.INSECURE_REDIRECT,
    S.AGE_RESTRICTED: WarningCode.AGE_RESTRICTED,
    S.ENDED: WarningCode.LIVE_ENDED,
}


def _warnings(seen: Observation) -> tuple[WarningCode, ...]:
    return tuple(code for kind, code in _WARNINGS.items() if seen.has(kind)) if seen.signals else ()


def _target(seen: Observation) -> str:
    url = seen.final_url or ""
    return url if len(url) <= 300 else f"{url[:299]}…"


def _host(url: str) -> str:
    try:
        return urls.host(url)
    except ValueError:
        return ""


