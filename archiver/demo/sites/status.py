"""Status codes: what an honest server says, and what it means for a reader."""

from __future__ import annotations

import gzip

from archiver.demo.answers import Ask, Reply, at_first, content, page
from archiver.demo.prose import article
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind, WarningCode

_BRIDGE = article("The bridge that opened without a speech")


def _lies_about_head(ask: Ask) -> Reply:
    return page("", status=404) if ask.method == "HEAD" else page(article("Nine days of ferry service"))


def _refusal(status: int, words: str, *headers: tuple[str, str]) -> Reply:
    return page(f"<!doctype html><title>{status}</title><h1>{words}</h1>", status=status, headers=headers)


CASES = (
    Case(
        name="ok", url="http://gazette.demo/2011/12/bridge", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="an ordinary article", serve=page(_BRIDGE),
    ),
    Case(
        name="ok-https", url="https://gazette.demo/2012/01/ferry", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="an ordinary article over TLS", serve=page(article("The ferry nobody mentioned")),
    ),
    Case(
        name="ok-compressed", url="http://gazette.demo/2012/02/tides", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="an article sent with gzip",
        serve=content(
            gzip.compress(article("Tide tables, copied by hand").encode(), mtime=0), "text/html; charset=utf-8",
            headers=(("Content-Encoding", "gzip"),),
        ),
    ),
    Case(
        name="ok-latin-1", url="http://gazette.demo/2003/smorrebrod", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="an old page in ISO 8859-1",
        serve=content(
            article("Smørrebrød på havnen").replace("utf-8", "iso-8859-1").encode("latin-1"),
            "text/html; charset=iso-8859-1",
        ),
    ),
    Case(
        name="fragment", url="http://gazette.demo/2013/inventory#chairs", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="the cited part of the page is there",
        serve=page(article("Forty chairs and a gull", extra='<h2 id="chairs">The chairs</h2><p>Forty.</p>')),
    ),
    Case(
        name="fragment-missing", url="http://gazette.demo/2013/inventory#barometer", verdict=VerdictKind.ALIVE,
        reason=Reason.OK, warnings=(WarningCode.FRAGMENT_MISSING,), says="the page is there, the cited part is not",
    ),
    Case(
        name="head-lies", url="http://headless.demo/report", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="HEAD answers 404, GET answers the page", serve=_lies_about_head,
    ),
    Case(
        name="not-found", url="http://gazette.demo/2014/05/vanished", verdict=VerdictKind.DEAD,
        reason=Reason.NOT_FOUND, says="404 from an honest server",
    ),
    Case(
        name="gone", url="http://gazette.demo/2014/06/withdrawn", verdict=VerdictKind.DEAD, reason=Reason.GONE,
        says="410: the editor took it away", serve=_refusal(410, "Gone"),
    ),
    Case(
        name="login-required", url="http://intranet.demo/minutes/7", verdict=VerdictKind.RESTRICTED,
        reason=Reason.LOGIN, says="401 with a challenge",
        serve=_refusal(401, "Unauthorized", ("WWW-Authenticate", 'Basic realm="minutes"')),
    ),
    Case(
        name="payment-required", url="http://ledger.demo/premium/42", verdict=VerdictKind.RESTRICTED,
        reason=Reason.PAYWALL, says="402", serve=_refusal(402, "Subscribers only"),
    ),
    Case(
        name="forbidden", url="http://ledger.demo/private", verdict=VerdictKind.BLOCKED, reason=Reason.FORBIDDEN,
        says="403 without a word why", serve=_refusal(403, "Forbidden"),
    ),
    Case(
        name="legal", url="http://ledger.demo/judgment/9", verdict=VerdictKind.RESTRICTED, reason=Reason.LEGAL,
        says="451: withheld by law", serve=_refusal(451, "Unavailable For Legal Reasons"),
    ),
    Case(
        name="rate-limited", url="http://busy.demo/a", verdict=VerdictKind.UNKNOWN, reason=Reason.RATE_LIMITED,
        says="429, come back in two hours", serve=_refusal(429, "Too Many Requests", ("Retry-After", "7200")),
    ),
    Case(
        name="rate-limited-until", url="http://patience.demo/b", verdict=VerdictKind.UNKNOWN,
        reason=Reason.RATE_LIMITED, says="429, come back at a date long past any run",
        serve=_refusal(429, "Too Many Requests", ("Retry-After", "Fri, 31 Dec 2094 23:59:59 GMT")),
    ),
    Case(
        name="rate-limited-once", url="http://sometimes.demo/c", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        needs=frozenset({"retry"}), says="429 for a second, then the page",
        serve=at_first(1, _refusal(429, "Slow down", ("Retry-After", "1")), page(article("Letters took four days"))),
    ),
    Case(
        name="server-error", url="http://broken.demo/essay", verdict=VerdictKind.UNKNOWN, reason=Reason.SERVER_ERROR,
        says="500 every time", serve=_refusal(500, "Internal Server Error"),
    ),
    Case(
        name="server-error-once", url="http://hiccup.demo/essay", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        needs=frozenset({"retry"}), says="500 the first time, then the page",
        serve=at_first(1, _refusal(500, "Internal Server Error"), page(article("A pump behind the brewery"))),
    ),
    Case(
        name="unavailable", url="http://closed.demo/essay", verdict=VerdictKind.UNKNOWN, reason=Reason.SERVER_ERROR,
        says="503, maintenance", serve=_refusal(503, "Back soon", ("Retry-After", "86400")),
    ),
    Case(
        name="request-denied", url="http://network.demo/in/somebody", verdict=VerdictKind.BLOCKED,
        reason=Reason.BOT_WALL, says="999, which is no HTTP status", serve=_refusal(999, "Request denied"),
    ),
    Case(
        name="robots", url="http://shy.demo/diary/1", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="robots.txt forbids everything; a single citation is looked at all the same",
        serve=page(article("Seven words about a storm")),
        beside={"http://shy.demo/robots.txt": content(b"User-agent: *\nDisallow: /\n", "text/plain")},
    ),
)

# Names that exist as long as a machine is online (the settings' web.canaries).
CANARIES = ("example.com", "iana.org", "www.iana.org", "wikipedia.org", "www.wikipedia.org")
