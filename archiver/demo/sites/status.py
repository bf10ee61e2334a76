"""Status codes: what an honest server says, and what it means for a reader."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from archiver.demo.answers import Ask, Manner, Reply, at_first, content, ill, page
from archiver.demo.prose import article
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind, WarningCode

if TYPE_CHECKING:
    from archiver.demo.answers import Behaviour

_BRIDGE = article("The bridge that opened without a speech")


def _lies_about_head(ask: Ask) -> Reply:
    return page("", status=404) if ask.method == "HEAD" else page(article("Nine days of ferry service"))


def _hangs_on_head(ask: Ask) -> Reply:
    reply = page(article("The clerk's nine days of ferry service"))
    return ill(Manner.SILENT, reply) if ask.method == "HEAD" else reply


def _wavers(ask: Ask) -> Reply:
    """Answer in turn as a load balancer does with one sick and one empty server behind it."""
    return (_refusal(502, "Bad Gateway"), _refusal(404, "Not Found"), page(article("A crane for one crown")))[
        min(ask.count, 2)
    ]


def _refusal(status: int, words: str, *headers: tuple[str, str]) -> Reply:
    return page(f"<!doctype html><title>{status}</title><h1>{words}</h1>", status=status, headers=headers)


CASES: tuple[Case, ...] = (
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

_ARTICLE = page(article("A list of lamps along the quay"))
_FORM = (
    "<!doctype html><title>Log in - Harbour Club</title><h1>Log in</h1><form><input name=user><input "
    "type=password></form>"
)
_BUCKET = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
)


def _is(name: str, outcome: tuple[VerdictKind, Reason], says: str, serve: Behaviour, *needs: str) -> Case:
    return Case(
        name=name, url=f"http://{name}.demo/essay/lamps", verdict=outcome[0], reason=outcome[1], says=says, serve=serve,
        needs=frozenset(needs),
    )


def _odd(status: int, says: str) -> Case:
    return _is(f"status-{status}", (VerdictKind.UNKNOWN, Reason.BAD_ANSWER), says, _refusal(status, "Hm"))


def _trouble(status: int, says: str) -> Case:
    return _is(f"status-{status}", (VerdictKind.UNKNOWN, Reason.SERVER_ERROR), says, _refusal(status, "Hm"))


_ALIVE = (VerdictKind.ALIVE, Reason.OK)
_LOGIN = (VerdictKind.RESTRICTED, Reason.LOGIN)
_FORBIDDEN = (VerdictKind.BLOCKED, Reason.FORBIDDEN)
_LIMITED = (VerdictKind.UNKNOWN, Reason.RATE_LIMITED)
_EMPTY = (VerdictKind.DEAD, Reason.EMPTY)

CASES += (
    _is("head-hangs", _ALIVE, "HEAD never gets an answer, GET the page", _hangs_on_head),
    _is("bare-401", _LOGIN, "401 without a challenge", _refusal(401, "Unauthorized")),
    _is("form-in-403", _LOGIN, "403 and a login form", page(_FORM, status=403)),
    _is("country-in-403", (VerdictKind.BLOCKED, Reason.GEO), "403: not in your country",
        page("<!doctype html><title>Sorry</title><p>This content is not available in your country.</p>", status=403)),
    _is("folder-in-403", _FORBIDDEN, "403: no listing of this folder",
        _refusal(403, "You don't have permission to access /essay/ on this server")),
    _is("bucket-in-403", _FORBIDDEN, "403 of an object store, as XML", content(_BUCKET, "application/xml", status=403)),
    _is("proxy-in-407", (VerdictKind.UNKNOWN, Reason.PROXY), "407 from the host", _refusal(407, "Who are you")),
    _is("rate-limited-garbage", _LIMITED, "429, come back in a while", _refusal(429, "Slow", ("Retry-After",
    "a while"))),
    _is("rate-limited-negative", _LIMITED, "429, come back yesterday", _refusal(429, "Slow", ("Retry-After", "-5"))),
    _is("rate-limited-absurd", _LIMITED, "429, come back in eons", _refusal(429, "Slow", ("Retry-After", "9" * 50))),
    _is("wavering", _ALIVE, "502, then 404, then the page: one server of several is empty", _wavers, "retry"),
    _is("wavering-gone", (VerdictKind.DEAD, Reason.NOT_FOUND), "502 once, then 404 each time",
        at_first(1, _refusal(502, "Bad Gateway"), _refusal(404, "Not Found")), "retry"),
    _is("empty-once", _ALIVE, "an empty page the first time, then the page", at_first(1, page(""), _ARTICLE), "retry"),
    _is("cut-once", _ALIVE, "half a page the first time, then all of it",
        at_first(1, ill(Manner.CUT, _ARTICLE), _ARTICLE), "retry"),
    _is("reset-once", _ALIVE, "a reset the first time, then the page",
        at_first(1, ill(Manner.RESET, _ARTICLE), _ARTICLE), "retry"),
    _is("status-202", _ALIVE, "202 with a page", page(article("Lamps"), status=202)),
    _is("status-203", _ALIVE, "203 with a page", page(article("Lamps"), status=203)),
    _is("status-206", _ALIVE, "206, though nobody asked for a part",
        page(article("Lamps"), status=206, headers=(("Content-Range", "bytes 0-4999/5000"),))),
    _is("status-226", _ALIVE, "226 with a page", page(article("Lamps"), status=226)),
    _is("status-204", _EMPTY, "204", Reply(status=204)),
    _is("status-205", _EMPTY, "205", Reply(status=205)),
    _is("not-a-byte", _EMPTY, "200 without a byte, each time", page("")),
    _odd(304, "304, though nobody has the page"), _odd(300, "300"), _odd(400, "400"), _odd(406, "406"), _odd(409,
    "409"),
    _odd(421, "421: the wrong server"), _odd(423, "423: locked"), _odd(425, "425: too early"),
    _odd(431, "431: our head is too long, it says"), _odd(499, "499"), _odd(600, "600, of no class that exists"),
    _is("status-418", _FORBIDDEN, "418", _refusal(418, "I'm a teapot")),
    _trouble(501, "501"), _trouble(504, "504"), _trouble(509, "509: too much traffic"),
    _trouble(521, "521: the server behind is down"), _trouble(530, "530: there is no server behind"),
    _trouble(598, "598"),
)

# Names that exist as long as a machine is online (the settings' web.canaries).
CANARIES = ("example.com", "iana.org", "www.iana.org", "wikipedia.org", "www.wikipedia.org")
