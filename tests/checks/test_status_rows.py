"""Status codes as servers really send them: a row for each, with the headers and pages that come with it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from scripted import exchange, hop, html, page, redirect

from archiver import config
from archiver.checks.judge import judge_look
from archiver.checks.look import Look, look, observe
from archiver.clock import SystemClock
from archiver.demo.answers import Behaviour, Manner, Reply, ill
from archiver.demo.answers import page as served
from archiver.demo.prose import article
from archiver.demo.world import World
from archiver.model import Reason, VerdictKind
from archiver.web import retry_after
from archiver.web.client import Web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.web.exchange import Exchange

SITE = "https://gazette.example.net"
URL = f"{SITE}/2014/03/harbour-crane"
ARTICLE = article("The harbour crane, forty years on", length=6)
K, R = VerdictKind, Reason
ALIVE = (K.ALIVE, R.OK)
LOGIN = (K.RESTRICTED, R.LOGIN)
FORBIDDEN = (K.BLOCKED, R.FORBIDDEN)
WALL = (K.BLOCKED, R.BOT_WALL)
LIMITED = (K.UNKNOWN, R.RATE_LIMITED)
TROUBLE = (K.UNKNOWN, R.SERVER_ERROR)
ODD = (K.UNKNOWN, R.BAD_ANSWER)
NOT_FOUND = (K.DEAD, R.NOT_FOUND)
EMPTY = (K.DEAD, R.EMPTY)
SOFT_404 = (K.DEAD, R.SOFT_404)


@dataclass(frozen=True)
class Row:
    name: str
    answer: Exchange = field(repr=False)
    outcome: tuple[VerdictKind, Reason]
    link: str = URL


def at(code: int, name: str, to: tuple[VerdictKind, Reason], body: str = "<h1>Hm.</h1>", *headers: str, link: str = URL) -> Row:
    return Row(f"{code}-{name}", exchange(page(link, body, code, *headers)), to, link)


def raw(code: int, name: str, to: tuple[VerdictKind, Reason], media_type: str, body: str, *headers: str, link: str = URL) -> Row:
    head = "\n".join([f"HTTP/1.1 {code} Whatever", f"Content-Type: {media_type}", *headers])
    return Row(f"{code}-{name}", exchange(hop(link, head, body)), to, link)


SORRY = html("404 Not Found", "<h1>Not Found</h1><p>The requested URL was not found on this server.</p>")
FORM = html("Log in - Harbour Club", "<h1>Log in</h1><form><input name=u><input type=password></form>")
S3 = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{}</Code><Message>{}</Message><RequestId>8A</RequestId></Error>'

REFUSALS = (
    at(401, "with-a-challenge", LOGIN, "<h1>Unauthorized</h1>", 'WWW-Authenticate: Basic realm="minutes"'),
    at(401, "negotiate", LOGIN, "", "WWW-Authenticate: Negotiate", "WWW-Authenticate: NTLM"),
    at(401, "without-a-challenge", LOGIN, "<h1>Unauthorized</h1>"),
    at(401, "with-a-form", LOGIN, FORM),
    raw(401, "json", LOGIN, "application/json", '{"message":"Unauthorized"}'),
    at(401, "from-a-wall", WALL, "<script>var dd={'host':'geo.captcha-delivery.com'}</script><script src='https://ct.captcha-delivery.com/c.js'></script>"),
    at(402, "bare", (K.RESTRICTED, R.PAYWALL)),
    at(403, "bare", FORBIDDEN, "<title>403 Forbidden</title><center><h1>403 Forbidden</h1></center><hr><center>nginx</center>"),
    at(403, "empty", FORBIDDEN, ""),
    at(403, "with-a-form", LOGIN, FORM),
    at(403, "needs-leave", LOGIN, html("You need access", "<h1>You need access</h1><p>Ask for access, or switch to an account with access.</p>")),
    at(403, "country", (K.BLOCKED, R.GEO), html("Sorry", "<p>This content is not available in your country.</p>")),
    at(403, "folder", FORBIDDEN, html("403 Forbidden", "<h1>Forbidden</h1><p>You don't have permission to access /minutes/ on this server.</p>")),
    at(403, "iis-folder", FORBIDDEN, html("403 - Forbidden: Access is denied.", "<h2>403 - Forbidden: Access is denied.</h2><h3>You do not have permission "
       "to view this directory or page using the credentials that you supplied.</h3>")),
    raw(403, "bucket", FORBIDDEN, "application/xml", S3.format("AccessDenied", "Access Denied")),
    raw(403, "cloudfront", FORBIDDEN, "text/html", html("ERROR: The request could not be satisfied", "<h1>403 ERROR</h1><h2>The request could not be "
        "satisfied.</h2><hr>Bad request. We can't connect to the server for this app or website at this time.")),
    at(403, "wall", WALL, html("Just a moment...", "<script>window._cf_chl_opt={}</script>")),
    at(405, "bare", ODD), at(406, "bare", ODD), at(407, "from-the-host", (K.UNKNOWN, R.PROXY)),
    at(408, "bare", (K.UNKNOWN, R.TIMEOUT)), at(409, "bare", ODD), at(412, "bare", ODD), at(413, "bare", ODD), at(414, "bare", ODD),
    at(415, "bare", ODD), at(416, "bare", ODD), at(417, "bare", ODD), at(418, "bare", FORBIDDEN), at(421, "misdirected", ODD),
    at(422, "bare", ODD), at(423, "locked", ODD), at(424, "bare", ODD), at(425, "too-early", ODD), at(426, "upgrade", ODD),
    at(428, "precondition", ODD), at(431, "head-too-large", ODD), at(440, "session", LOGIN), at(444, "no-answer", ODD),
    at(449, "retry-with", ODD), at(450, "parents", ODD), at(460, "load-balancer", ODD), at(494, "head-too-large", ODD),
    at(495, "certificate", ODD), at(497, "plain-on-tls", ODD), at(498, "token", ODD), at(499, "client-left", ODD),
    at(451, "bare", (K.RESTRICTED, R.LEGAL), html("Unavailable For Legal Reasons", "<h1>451</h1><p>Not available in your country, by law.</p>")),
    at(999, "bare", WALL),
)

GONE = (
    at(404, "page", NOT_FOUND, SORRY), at(404, "empty", NOT_FOUND, ""), at(404, "kind", NOT_FOUND, ARTICLE),
    at(404, "behind-cloudflare", NOT_FOUND, SORRY, "Server: cloudflare", "CF-RAY: 7d00", "CF-Cache-Status: DYNAMIC"),
    at(404, "with-retry-after", NOT_FOUND, SORRY, "Retry-After: 3600"),
    at(404, "challenge", WALL, html("Just a moment...", "<script>window._cf_chl_opt={}</script>")),
    at(404, "aws-challenge", WALL, "", "x-amzn-waf-action: challenge"),
    raw(404, "bucket", NOT_FOUND, "application/xml", S3.format("NoSuchKey", "The specified key does not exist.")),
    raw(404, "json", NOT_FOUND, "application/json", '{"message":"Not Found"}'),
    at(410, "bare", (K.DEAD, R.GONE)), at(410, "empty", (K.DEAD, R.GONE), ""),
    Row("404-behind-a-redirect", exchange(redirect(URL, f"{SITE}/crane"), page(f"{SITE}/crane", SORRY, 404)), NOT_FOUND),
)

SLOW_DOWN = (
    at(429, "bare", LIMITED), at(429, "seconds", LIMITED, "", "Retry-After: 120"),
    at(429, "date", LIMITED, "", "Retry-After: Wed, 21 Oct 2026 07:28:00 GMT"), at(429, "negative", LIMITED, "", "Retry-After: -5"),
    at(429, "garbage", LIMITED, "", "Retry-After: a while"), at(429, "absurd", LIMITED, "", f"Retry-After: {'9' * 60}"),
    at(429, "wall", WALL, html("Vercel Security Checkpoint", "<p>We're verifying your browser</p>"), "x-vercel-mitigated: challenge"),
    at(420, "bare", LIMITED), at(430, "bare", LIMITED), raw(429, "json", LIMITED, "application/json", '{"error":"rate_limited"}'),
)

IN_TROUBLE = (
    *(at(code, "bare", TROUBLE) for code in (500, 501, 502, 503, 504, 505, 506, 507, 508, 509, 510, 521, 522, 523, 524, 525, 526, 527, 530, 561, 598, 599)),
    at(503, "maintenance", TROUBLE, html("Maintenance", "<h1>Down for maintenance</h1>"), "Retry-After: 86400"),
    at(503, "wall", WALL, html("Just a moment...", "<p>Checking your browser before accessing gazette.example.net.</p>")),
    at(500, "that-says-404", TROUBLE, SORRY),
    at(511, "network-wants-a-login", (K.UNKNOWN, R.PROXY), "<h1>Hm.</h1>"),
    raw(530, "plain", TROUBLE, "text/plain", "error code: 1033"),
)

SUCCESSES = (
    at(200, "page", ALIVE, ARTICLE), at(203, "page", ALIVE, ARTICLE), at(201, "page", ALIVE, ARTICLE), at(202, "page", ALIVE, ARTICLE),
    at(206, "unasked", ALIVE, ARTICLE, "Content-Range: bytes 0-9999/20000"), at(226, "page", ALIVE, ARTICLE),
    at(200, "empty", EMPTY, ""), at(200, "blanks", EMPTY, " \r\n\t "), at(204, "empty", EMPTY, ""), at(205, "empty", EMPTY, ""),
    at(202, "empty", WALL, ""),
    at(300, "choices", ODD, "<ul><li><a href='/a.en.html'>a</a></ul>"), at(304, "unasked", ODD, ""), at(305, "use-proxy", ODD, ""),
    at(600, "no-such-class", ODD), at(799, "no-such-class", ODD),
)

INSIDE = (
    at(200, "says-500", TROUBLE, html("Internal Server Error", "<h1>Internal Server Error</h1><p>The server encountered an error.</p>")),
    at(200, "says-502", TROUBLE, html("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>")),
    at(200, "says-504", TROUBLE, html("504 Gateway Time-out", "<center><h1>504 Gateway Time-out</h1></center><hr><center>nginx</center>")),
    at(200, "says-503", TROUBLE, html("503 Service Temporarily Unavailable", "<center><h1>503 Service Temporarily Unavailable</h1></center>")),
    at(200, "database", TROUBLE, html("Database Error", "<h1>Error establishing a database connection</h1>")),
    at(200, "fatal", TROUBLE, "<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function crane() in /srv/www/index.php:3<br />"),
    at(200, "asp", TROUBLE, html("Runtime Error", "<h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2><p>An application error occurred on "
       "the server.</p>")),
    at(200, "next", TROUBLE, html("500: Internal Server Error", "<h2>Application error: a server-side exception has occurred (see the server logs for "
       "more information).</h2>")),
    at(200, "resource-limit", TROUBLE, html("508 Resource Limit Is Reached", "<h1>Resource Limit Is Reached</h1><p>The website is temporarily unable to "
       "service your request as it exceeded resource limit. Please try again later.</p>")),
    at(200, "bandwidth", TROUBLE, html("509 Bandwidth Limit Exceeded", "<h1>Bandwidth Limit Exceeded</h1><p>The server is temporarily unable to service "
       "your request due to the site owner reaching his/her bandwidth limit. Please try again later.</p>")),
    raw(200, "envoy", TROUBLE, "text/plain", "upstream connect error or disconnect/reset before headers. reset reason: connection failure"),
    raw(200, "plain-404", SOFT_404, "text/plain", "404 page not found"),
    raw(200, "real-text", ALIVE, "text/plain", "The harbour crane was built in 1871 and sold in 1902, and nobody says to whom.\n" * 4),
    at(200, "article-on-500", ALIVE, article("Internal server error: the year 500 at the harbour crane")),
)

ROWS = (*REFUSALS, *GONE, *SLOW_DOWN, *IN_TROUBLE, *SUCCESSES, *INSIDE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_answer_comes_to(row: Row) -> None:
    verdict = judge_look(observe(row.link, row.answer))
    assert (verdict.kind, verdict.reason) == row.outcome, verdict.because


def test_every_row_has_a_name_of_its_own() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(("value", "seconds"), [
    ("120", 120.0), ("0", 0.0), (" 7 ", 7.0), ("9" * 40, 30 * 86400.0), ("9" * 60, 30 * 86400.0), ("-5", None), ("1.5", None), ("+3", None), ("3s", None),
    ("٣", None), ("", None), (None, None), ("soon", None), ("x" * 100, None), ("Mon, 02 Mar 2026 12:00:30 GMT", 30.0),
    ("Monday, 02-Mar-26 12:00:30 GMT", 30.0), ("Mon Mar  2 12:00:30 2026", 30.0), ("Sun, 01 Mar 2026 12:00:00 GMT", 0.0),
    ("Fri, 31 Dec 2094 23:59:59 GMT", 30 * 86400.0), ("2026-03-02T12:00:30Z", None), ("Mon, 99 Mar 2026 12:00:30 GMT", None), ("1772452830", 30 * 86400.0),
    ("\x00", None), ("120, 300", None), ("120; x", None),
])
def test_retry_after_is_read(value: str | None, seconds: float | None) -> None:
    assert retry_after.seconds(value, NOW) == seconds


# ---------------------------------------------------------------- asked again, over real HTTP


def essay(title: str) -> Reply:
    return served(article(title))


STEPS = (
    # name, what the address answers, one after the other, the outcome, how often it is asked
    ("bad-gateway-then-page", (served("", status=502), essay("a")), ALIVE, 2),
    ("bad-gateway-always", (served("", status=502),), TROUBLE, 2),
    ("unavailable-for-a-second", (served("", status=503, headers=(("Retry-After", "1"),)), essay("b")), ALIVE, 2),
    ("unavailable-for-a-day", (served("", status=503, headers=(("Retry-After", "86400"),)),), TROUBLE, 1),
    ("not-implemented", (served("", status=501),), TROUBLE, 1),
    ("no-server-behind", (served("", status=521), essay("c")), TROUBLE, 1),
    ("bandwidth-spent", (served("", status=509),), TROUBLE, 1),
    ("unknown-error-behind", (served("", status=520), essay("d")), ALIVE, 2),
    ("too-many-without-a-date", (served("", status=429), essay("e")), LIMITED, 1),
    ("trouble-then-404-then-page", (served("", status=500), served("", status=404), essay("f")), ALIVE, 3),
    ("trouble-then-404", (served("", status=500), served("", status=404)), NOT_FOUND, 3),
    ("trouble-then-410", (served("", status=500), served("", status=410)), (K.DEAD, R.GONE), 3),
    ("404-then-page", (served("", status=404), essay("g")), NOT_FOUND, 1),  # it is asked again another day
    ("empty-then-page", (served(""), essay("h")), ALIVE, 2),
    ("empty-always", (served(""),), EMPTY, 2),
    ("no-content", (Reply(status=204), essay("i")), EMPTY, 1),
    ("cut-then-page", (ill(Manner.CUT, essay("j")), essay("j")), ALIVE, 2),
    ("page-then-nothing-is-asked", (essay("k"), served("", status=404)), ALIVE, 1),
    ("reset-then-404", (ill(Manner.RESET, essay("l")), served("", status=404)), NOT_FOUND, 2),
    ("trouble-then-reset", (served("", status=500), ill(Manner.RESET, essay("m"))), TROUBLE, 2),
    ("wall-in-503", (served("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", status=503),), WALL, 1),
)


def in_turn(answers: tuple[Reply, ...]) -> Behaviour:
    return lambda ask: answers[min(ask.count, len(answers) - 1)]


@pytest.fixture(scope="module")
def looks() -> Iterator[dict[str, Look]]:
    with World(SystemClock()) as world:
        loaded = config.load(flags=world.settings(), environment={}, search=False)
        for name, answers, _, _ in STEPS:
            world.sites.put(f"http://{name}.demo/2014/essay", in_turn(answers))

        async def run() -> dict[str, Look]:
            async with Web(loaded.settings.web, world.clock) as web:
                made = await asyncio.gather(*(look(f"http://{name}.demo/2014/essay", web) for name, *_ in STEPS))
            return {step[0]: one for step, one in zip(STEPS, made, strict=True)}

        yield asyncio.run(run())


@pytest.mark.parametrize(("name", "outcome", "asked"), [(name, outcome, asked) for name, _, outcome, asked in STEPS])
def test_what_may_have_been_an_accident_is_asked_again(
    name: str, outcome: tuple[VerdictKind, Reason], asked: int, looks: dict[str, Look],
) -> None:
    seen = looks[name]
    verdict = judge_look(seen.observation)
    assert (verdict.kind, verdict.reason) == outcome, verdict.because
    assert len([answer for answer in seen.answers if answer.request.url.endswith(f"//{name}.demo/2014/essay")]) == asked
