"""Redirects as they happen: where a chain has led, and what that says of what was cited."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted import exchange, hop, html, page, redirect

from archiver import config
from archiver.checks.judge import judge_look
from archiver.checks.look import look, observe
from archiver.checks.scripts import destination
from archiver.clock import SystemClock
from archiver.demo.answers import Reply
from archiver.demo.answers import page as shown
from archiver.demo.answers import redirect as sent
from archiver.demo.prose import article, front_page, paragraphs
from archiver.demo.world import World
from archiver.model import Reason, VerdictKind, WarningCode
from archiver.web.client import Web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.demo.script import Sites
    from archiver.model import Verdict
    from archiver.web.exchange import Exchange

SITE = "https://gazette.example.net"
URL = f"{SITE}/2014/03/harbour-crane-forty-years"
ARTICLE = article("The harbour crane, forty years on", length=6)
OTHER = article("Rope, tar and what became of both", length=6)
FRONT = front_page("gazette.example.net")
SIGN_IN = html("Sign in", "<h1>Sign in</h1><form><input name=u><input type=password></form>")
ALIVE = (VerdictKind.ALIVE, Reason.OK)
MOVED = (VerdictKind.MOVED, Reason.PERMANENT_REDIRECT)
TO_HOME = (VerdictKind.DEAD, Reason.REDIRECT_TO_HOME)
SOFT_404 = (VerdictKind.DEAD, Reason.SOFT_404)
NOT_FOUND = (VerdictKind.DEAD, Reason.NOT_FOUND)
LOGIN = (VerdictKind.RESTRICTED, Reason.LOGIN)
CONSENT = (VerdictKind.RESTRICTED, Reason.CONSENT)
FOR_NOW = WarningCode.TEMPORARY_REDIRECT
REFUSES = WarningCode.TARGET_REFUSES


@dataclass(frozen=True)
class Row:
    name: str
    link: str
    answer: Exchange
    outcome: tuple[VerdictKind, Reason]
    warnings: tuple[WarningCode, ...] = ()


def led(
    name: str, target: str, outcome: tuple[VerdictKind, Reason], *warnings: WarningCode, link: str = URL, code: int = 301,
    body: str = ARTICLE, status: int = 200,
) -> Row:
    return Row(name, link, exchange(redirect(link, target, code), page(target.partition("#")[0], body, status)), outcome, warnings)


def chain(
    name: str, outcome: tuple[VerdictKind, Reason], *steps: tuple[int, str], warnings: tuple[WarningCode, ...] = (),
    body: str = ARTICLE, status: int = 200,
) -> Row:
    hops = [redirect(url, target[1], code) for (code, url), target in zip(steps, [*steps[1:], (0, "")], strict=True) if code]
    return Row(name, steps[0][1], exchange(*hops, page(steps[-1][1], body, status)), outcome, warnings)


def stays(name: str, body: str, outcome: tuple[VerdictKind, Reason], *headers: str, status: int = 200, link: str = URL) -> Row:
    return Row(name, link, exchange(page(link, body, status, *headers)), outcome)


VARIANTS = (
    led("language-prefix", f"{SITE}/en/story", ALIVE, FOR_NOW, link=f"{SITE}/story", code=302),
    led("country-prefix", f"{SITE}/en-gb/cranes", ALIVE, FOR_NOW, link=f"{SITE}/cranes", code=302),
    led("language-parameter", f"{SITE}/cranes?lang=de", ALIVE, FOR_NOW, link=f"{SITE}/cranes", code=302),
    led("mobile-host", "https://m.example.net/2014/03/harbour-crane-forty-years", ALIVE, FOR_NOW, code=302),
    led("amp", f"{URL}/amp", MOVED),
    led("amp-parameter", f"{URL}?amp=1", ALIVE, FOR_NOW, code=302),
    led("print", f"{SITE}/print/2014/03/harbour-crane-forty-years", MOVED),
    led("slug-corrected", f"{SITE}/story/rope-tar-both-918273", MOVED, link=f"{SITE}/story/harbour-crane-918273", body=OTHER),
    led("slug-corrected-behind-the-id", f"{SITE}/questions/918273/rope-and-tar", MOVED,
        link=f"{SITE}/questions/918273/harbour-crane", body=OTHER),
    led("slug-added", f"{SITE}/node/17/rope-and-tar", MOVED, link=f"{SITE}/node/17", body=OTHER),
    led("suffix-dropped", f"{SITE}/story", MOVED, link=f"{SITE}/story.html"),
    led("suffix-changed", f"{SITE}/essay.php", MOVED, link=f"{SITE}/essay.asp"),
    led("hex-number-kept", f"{SITE}/p/x-9f8e7d6c5b4a", MOVED, link=f"{SITE}/@jan/harbour-9f8e7d6c5b4a", body=OTHER),
    led("upper-case", f"{SITE}/a/crane", ALIVE, link=f"{SITE}/A/Crane"),
    led("index", f"{SITE}/a/index.php", ALIVE, link=f"{SITE}/a/"),
    led("cdn", "https://cdn.example.net/files/harbour-crane.html", ALIVE, FOR_NOW, link=f"{SITE}/files/harbour-crane.html", code=302),
    led("comment-page", f"{SITE}/2010/a-rope-of-hemp/", MOVED, link=f"{SITE}/2010/a-rope-of-hemp/comment-page-2", body=OTHER),
    led("wiki-title", f"{SITE}/wiki/Rope_making", MOVED, link=f"{SITE}/w/index.php?title=Rope_making", body=OTHER),
    led("mobile-home", f"{SITE.replace('gazette', 'www.gazette')}/", TO_HOME, link="https://m.gazette.example.net/story/17", body=FRONT),
    led("other-port", "https://gazette.example.net:8443/2014/03/harbour-crane-forty-years", MOVED),
    led("glossary-to-anchor", f"{SITE}/glossary/#harbour-crane-forty", MOVED, link=f"{SITE}/glossary/harbour-crane-forty"),
    chain("cookie-dance-over-consent-host", ALIVE, (302, URL), (302, "https://consent.example.net/c?continue=x"), (0, URL)),
    chain("307-308", MOVED, (308, URL), (308, f"{SITE}/b/harbour-crane-forty-years"), (0, f"{SITE}/c/harbour-crane-forty-years")),
    chain("307", ALIVE, (307, URL), (308, f"{SITE}/b/harbour-crane-forty-years"), (0, f"{SITE}/c/harbour-crane-forty-years"), warnings=(FOR_NOW,)),
    led("post-after-303", f"{SITE}/articles/harbour-crane-forty-years", ALIVE, FOR_NOW, code=303),
    led("deep-to-deep-merger", "https://harbourpress.example.com/2014/03/harbour-crane-forty-years", MOVED),
)

GATES = (
    led("login-in-a-route", f"{SITE}/#/login?redirect=%2F2014", LOGIN, code=302, body=SIGN_IN),
    led("login-in-a-query", f"{SITE}/?login_required", LOGIN, code=302, body=FRONT),
    led("login-mode", f"{SITE}/ucp.php?mode=login", LOGIN, code=302, body=SIGN_IN, link=f"{SITE}/viewtopic.php?t=99182"),
    led("login-action", f"{SITE}/index.php?action=login", LOGIN, code=302, body=SIGN_IN),
    led("login-continue", f"{SITE}/signin?continue=%2F2014", LOGIN, code=302, body=SIGN_IN),
    led("login-of-a-wiki", f"{SITE}/index.php?title=Special:UserLogin&returnto=Crane", LOGIN, code=302, body=SIGN_IN),
    led("login-with-return-in-fragment", f"{SITE}/login#/2014/03", LOGIN, code=302, body=SIGN_IN),
    led("single-sign-on", "https://harbour.okta.com/app/x?fromURI=%2F&RelayState=abc", LOGIN, code=302, body=SIGN_IN),
    led("saml", "https://idp.uni.example/idp/profile/SAML2/Redirect/SSO?SAMLRequest=fZ", LOGIN, code=302, body=SIGN_IN),
    led("adfs", "https://sts.firm.example/adfs/ls/?wa=wsignin1.0&wctx=x", LOGIN, code=302, body=SIGN_IN),
    led("account-of-a-shop", "https://account.example.net/in?returnUrl=%2F", LOGIN, code=302, body=SIGN_IN),
    led("cookie-absent", f"{SITE}/action/cookieAbsent", (VerdictKind.BLOCKED, Reason.BOT_WALL), code=302, body=html("Cookies", "<p>Please turn on cookies.</p>")),
    led("subscribe", f"{SITE}/subscribe?return=%2F2014", (VerdictKind.RESTRICTED, Reason.PAYWALL), code=302,
        body=html("Subscribe", "<h1>Subscribe</h1><p>From one crown a week.</p>")),
    led("subscribe-was-cited", f"{SITE}/abo?return=x", MOVED, link=f"{SITE}/subscribe", body=html("Abo", paragraphs("abo", 2))),
    led("cookie-check", f"{SITE}/cookiecheck?return=%2F2014", CONSENT, code=302, body=html("Cookies", "<p>Please accept cookies.</p>")),
    led("login-of-confluence", f"{SITE}/login.action?os_destination=%2Fx", LOGIN, code=302, body=SIGN_IN),
    led("age-gate", f"{SITE}/age-gate?to=%2F2014", CONSENT, code=302, body=html("Age", "<p>Are you 18?</p>")),
    led("over-18", f"{SITE}/over18?dest=%2F2014", CONSENT, code=302, body=html("Over 18?", "<p>Adults only.</p>")),
    led("consent-path", f"{SITE}/privacy-consent?return=x", CONSENT, code=302, body=html("Privacy", "<button>Accept</button>")),
    stays("age-question", html("Harbour Spirits", "<h1>Welcome</h1><p>Are you over 18 years of age?</p><button>Yes</button><button>No</button>"), CONSENT),
    stays("age-question-german", html("Hafenbrand", "<h1>Willkommen</h1><p>Sind Sie mindestens 18 Jahre alt?</p><a href='?y'>Ja</a>"), CONSENT),
    stays("age-question-french", html("Le Quai", "<p>Avez-vous plus de 18 ans ?</p><form><button>Oui</button></form>"), CONSENT),
    stays("age-name", html("Age Verification", "<h1>Age verification</h1><p>This page is for adults.</p><button>Enter</button>"), CONSENT),
    stays("before-you-continue", html("Before you continue to the Gazette", "<p>We and our partners use cookies.</p><form><button>Accept all</button></form>"), CONSENT),
    stays("before-you-continue-german", html("Bevor Sie fortfahren", "<p>Wir verwenden Cookies.</p><form><button>Alle akzeptieren</button></form>"), CONSENT),
    stays("cookie-banner", html("The harbour crane", f"<div><p>We use cookies.</p><button>Accept all</button></div><h1>The crane</h1>{paragraphs('a', 3)}"), ALIVE),
    stays("age-overlay", html("The harbour crane", f"<div>Are you over 18?<button>Yes</button></div><h1>The crane</h1>{paragraphs('b', 3)}"), ALIVE),
    stays("competition-for-adults", html("The harbour crane quiz", "<h1>Harbour crane quiz</h1><p>You must be 18 to enter the quiz.</p><a href='/'>Home</a>"), ALIVE),
    stays("article-on-age-verification", html("Age verification", f"<h1>Age verification</h1>{paragraphs('c', 4)}<a href='/'>x</a>"), ALIVE),
)

SHORT = "https://bit.ly/3abcXYZ"
DOI = "https://doi.org/10.1234/jhs.2014.17"
PAPER = "https://press.example.com/doi/10.1234/jhs.2014.17"
SERVICES = (
    led("shortener", URL, ALIVE, link=SHORT),
    led("shortener-for-now", URL, ALIVE, link="https://t.co/AbCdEf", code=302),
    led("shortener-to-a-front-page", "https://harbour.example.com/", ALIVE, link="https://tinyurl.com/crane", body=FRONT),
    led("shortener-to-dead", URL, NOT_FOUND, link=SHORT, status=404),
    led("shortener-to-its-own-front-page", "https://bit.ly/", TO_HOME, link=SHORT, body=FRONT),
    led("shortener-to-its-owner", "https://www.hootsuite.com/", TO_HOME, link="http://ow.ly/x7Gh2", body=FRONT),
    led("shortener-to-its-error-page", "https://tinyurl.com/404", SOFT_404, link="https://tinyurl.com/crane", body=html("Oh", "<p>Nothing.</p>")),
    led("shortener-to-login", f"{SITE}/login?next=%2Fa", LOGIN, link=SHORT, code=302, body=SIGN_IN),
    chain("shortener-then-home", TO_HOME, (301, SHORT), (301, URL), (0, f"{SITE}/"), body=FRONT),
    chain("shortener-then-moved", ALIVE, (301, SHORT), (301, URL), (0, f"{SITE}/x/harbour-crane-forty-years")),
    chain("shortener-of-a-shortener", ALIVE, (301, "https://t.co/AbCdEf"), (301, SHORT), (0, URL)),
    led("shortener-to-soft-404", URL, SOFT_404, link=SHORT, body=html("Page not found", "<h1>Page not found</h1><p>Sorry.</p>")),
    led("doi", PAPER, ALIVE, link=DOI, code=302),
    led("doi-to-403", PAPER, ALIVE, REFUSES, link=DOI, code=302, status=403),
    led("doi-to-401", PAPER, ALIVE, REFUSES, link=DOI, code=302, status=401),
    led("doi-to-402", PAPER, ALIVE, REFUSES, link=DOI, code=302, status=402),
    led("doi-to-429", PAPER, ALIVE, REFUSES, link=DOI, code=302, status=429),
    led("doi-to-999", PAPER, ALIVE, REFUSES, link=DOI, code=302, status=999),
    led("doi-to-a-wall", PAPER, ALIVE, REFUSES, link=DOI, code=302, status=403, body=html("Just a moment...", "<script>window._cf_chl_opt={}</script>")),
    led("doi-to-a-wall-with-200", PAPER, ALIVE, REFUSES, link=DOI, code=302, body=html("Just a moment...", "<script>window._cf_chl_opt={}</script>")),
    led("doi-to-a-login", "https://press.example.com/login?return=x", ALIVE, REFUSES, link=DOI, code=302, body=SIGN_IN),
    chain("doi-to-a-cookie-page", ALIVE, (302, DOI), (302, PAPER), (0, "https://press.example.com/action/cookieAbsent"),
          warnings=(REFUSES,), body=html("Cookies", "<p>Please turn on cookies.</p>")),
    led("doi-to-404", PAPER, NOT_FOUND, link=DOI, code=302, status=404),
    led("doi-to-410", PAPER, (VerdictKind.DEAD, Reason.GONE), link=DOI, code=302, status=410),
    led("doi-to-500", PAPER, (VerdictKind.UNKNOWN, Reason.SERVER_ERROR), link=DOI, code=302, status=500),
    stays("doi-unknown", html("DOI Not Found", "<h1>DOI Not Found</h1>"), NOT_FOUND, status=404, link=DOI),
    led("handle", "https://repository.example.edu/items/7", ALIVE, link="https://hdl.handle.net/1234/5678", code=302),
    led("handle-to-403", "https://repository.example.edu/items/7", ALIVE, REFUSES, link="https://hdl.handle.net/1234/5678", code=302, status=403),
    led("purl", "https://vocab.example.org/terms", ALIVE, link="http://purl.org/harbour/terms", code=302),
    led("ark", "https://library.example.org/7", ALIVE, link="https://n2t.net/ark:/12345/x7", code=302),
    led("urn", "https://library.example.org/7", ALIVE, link="https://nbn-resolving.org/urn:nbn:de:101:1-2", code=302),
    led("no-resolver-to-403", PAPER, (VerdictKind.BLOCKED, Reason.FORBIDDEN), code=302, status=403),
)

OTHERS = (
    stays("300-without-location", html("Multiple choices", "<ul><li><a href=a>a</a></ul>"), (VerdictKind.UNKNOWN, Reason.BAD_ANSWER), status=300),
    stays("302-without-location", ARTICLE, ALIVE, status=302),
    stays("302-with-nothing", "", (VerdictKind.UNKNOWN, Reason.BAD_ANSWER), status=302),
    stays("301-with-a-notice", html("Moved", "<p>Moved.</p>"), (VerdictKind.UNKNOWN, Reason.BAD_ANSWER), status=301),
    led("casino", "https://lucky.example.com/slots", SOFT_404, body=html("Casino online", f"<h1>Casino</h1>{paragraphs('d', 3)}")),
    led("casino-at-its-front-page", "https://casino-lucky.example.com/", SOFT_404, code=302, body=FRONT),
    led("article-on-a-casino", "https://other.example.com/essays/casino-on-the-pier", MOVED, link=f"{SITE}/2010/casino-on-the-pier"),
)
ROWS = (*VARIANTS, *GATES, *SERVICES, *OTHERS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_one_answer_comes_to(row: Row) -> None:
    verdict = judge_look(observe(row.link, row.answer))
    assert (verdict.kind, verdict.reason, verdict.warnings) == (*row.outcome, row.warnings), verdict.because
    assert verdict.because.endswith(".")


def test_every_row_has_a_name_of_its_own() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_a_sentence_names_the_resolver_and_the_host_that_refuses() -> None:
    answer = exchange(redirect(DOI, PAPER, 302), page(PAPER, "", 403))
    assert judge_look(observe(DOI, answer)).because == (
        "It is registered: doi.org sends readers to press.example.com, which answered 403 to us."
    )


# ---------------------------------------------------------------- with second questions

LookAt: TypeAlias = Callable[[str], "Verdict"]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World(SystemClock()) as made:
        yield made


@pytest.fixture
def sites(world: World) -> Sites:
    return world.sites


@pytest.fixture
def look_at(world: World) -> LookAt:
    loaded = config.load(flags=world.settings(), environment={}, search=False)

    async def run(link: str) -> Verdict:
        async with Web(loaded.settings.web, world.clock) as web:
            return judge_look((await look(link, web)).observation)

    return lambda link: asyncio.run(run(link))


def outcome(verdict: Verdict) -> tuple[VerdictKind, Reason]:
    return verdict.kind, verdict.reason


REFRESHED = (VerdictKind.MOVED, Reason.META_REFRESH)
NEEDS_BROWSER = (VerdictKind.UNKNOWN, Reason.NEEDS_BROWSER)
LOOP = (VerdictKind.DEAD, Reason.REDIRECT_LOOP)


def script(code: str, *, text: str = "<p>Redirecting.</p>", head: str = "") -> Reply:
    return shown(f"<!doctype html><html><head><title>Redirecting</title>{head}<script>{code}</script></head><body>{text}</body></html>")


@pytest.mark.parametrize(
    "code",
    [
        'location = "/new";', "location.href='/new'", 'window.location.replace("/new");', "document.location.assign('/new')",
        'top.location.href = "/new"', "self.location='\\/new'", 'setTimeout(function () { window.location.href = "/new"; }, 3000);',
        "setTimeout(\"location.href='/new'\", 1500)", "window.onload = function () { location.replace('/new') }",
        "function go() { location.href = '/new' }\nsetTimeout(go, 2000)", "(function(){ var target = '/new'; location.replace(target); })();",
        "document.addEventListener('DOMContentLoaded', () => { location.href = `/new` })", "$(function () { window.location = '/new' });",
        "<!--\nlocation.href = '/new'\n//-->", "try { location.replace('/new') } catch (error) { }", "/* moved */ location = '/n' + 'ew' // for good",
        "window.location = location.protocol + '//' + location.host + '/new';", "location.replace('\\x2fnew')",
        "var a = 1\nlocation.href = '/new'\nvar b = 2", "window.open('/new', '_self')  // location",
    ],
)
def test_a_script_that_sends_everybody_on_is_a_refresh(sites: Sites, look_at: LookAt, code: str) -> None:
    sites.put("http://script.demo/new", shown(article("The new place")))
    sites.put("http://script.demo/old", script(code))
    assert outcome(look_at("http://script.demo/old")) == REFRESHED


@pytest.mark.parametrize(
    "code",
    [
        "if (screen.width < 700) { location = '/new' }", "if (/Mobi/.test(navigator.userAgent)) location.href = '/new'",
        "function go() { location = '/new' }", "button.onclick = function () { location = '/new' }",
        "button.addEventListener('click', function () { location.href = '/new' })", "location.reload()", "location.hash = '#new'",
        "location.href = next()", "location.href = '/new?' + Math.random()", "fetch('/x').then(() => { location = '/new' })",
        "setTimeout(function () { location = '/new' }, 600000)", "document.cookie = 'a=b'; location = '/new'", "x && (location = '/new')",
        "if (window.top === window.self) { start() } else { location = '/new' }", "settings = { location: '/new' }",
        "history.replaceState({}, '', '/new'); var location_name = 'x'", "// location = '/new'", "var text = \"location = '/new'\"",
        "while (busy) location = '/new'", "location.href = `/new/${number}`", "window.open('/new')",
        "onerror = function () { location = '/new' }", "if (!ok) return; location = '/new'",
    ],
)
def test_a_script_that_waits_or_asks_is_none(sites: Sites, look_at: LookAt, code: str) -> None:
    sites.put("http://script.demo/new", shown(article("The new place")))
    sites.put("http://script.demo/here-still", script(code, text="<h1>Here still</h1><p>The tide is out.</p>"))
    verdict = look_at("http://script.demo/here-still")
    assert outcome(verdict) == ALIVE
    assert verdict.final_url == "http://script.demo/here-still"


def test_a_script_in_a_page_to_be_read_sends_nobody_on(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://script.demo/long", script("location = '/new'", text=paragraphs("long", 3)))
    assert outcome(look_at("http://script.demo/long")) == ALIVE


def test_a_shortener_that_answers_with_a_script_is_followed(sites: Sites, look_at: LookAt) -> None:
    sites.put("https://t.co/Qq1", shown(
        '<head><noscript><META http-equiv="refresh" content="0;URL=https://far.demo/essay"></noscript>'
        '<title>https://far.demo/essay</title></head><script>window.opener = null; location.replace("https:\\/\\/far.demo\\/essay")</script>'
    ))
    sites.put("https://far.demo/essay", shown(article("The essay")))
    assert outcome(look_at("https://t.co/Qq1")) == ALIVE
    sites.put("https://far.demo/essay", shown("", status=404))
    assert outcome(look_at("https://t.co/Qq1")) == NOT_FOUND


def test_a_script_may_lead_to_a_login(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://script.demo/members", script("location.href = '/login?next=' + encodeURIComponent(location.pathname)"))
    sites.put("http://script.demo/login", shown(SIGN_IN))
    assert outcome(look_at("http://script.demo/members")) == LOGIN


@pytest.mark.parametrize("value", ["0; url=/new", "0;URL='/new'", "3, /new", "1 /new", '0;url="/new"', ".5; url=/new"])
def test_a_refresh_header_is_a_refresh(sites: Sites, look_at: LookAt, value: str) -> None:
    sites.put("http://header.demo/new", shown(article("The new place")))
    sites.put("http://header.demo/old", Reply(headers=(("Content-Type", "text/html"), ("Refresh", value))))
    assert outcome(look_at("http://header.demo/old")) == REFRESHED


@pytest.mark.parametrize("value", ["300", "600; url=/new", "0", "soon; url=/new", "0; url=javascript:go()", "0; url=#there"])
def test_a_refresh_header_that_sends_nobody_on(sites: Sites, look_at: LookAt, value: str) -> None:
    sites.put("http://header.demo/ticker", shown(article("The ticker"), headers=(("Refresh", value),)))
    assert outcome(look_at("http://header.demo/ticker")) == ALIVE


def test_refreshes_are_followed_one_behind_the_other(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://steps.demo/a", shown('<meta http-equiv="refresh" content="0;url=/b">'))
    sites.put("http://steps.demo/b", sent("/c", 302))
    sites.put("http://steps.demo/c", script("location.replace('/d')"))
    sites.put("http://steps.demo/d", shown(article("At last")))
    verdict = look_at("http://steps.demo/a")
    assert verdict.kind is VerdictKind.ALIVE
    assert verdict.final_url == "http://steps.demo/d"


def test_refreshes_in_a_circle_end(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://steps.demo/x", shown('<meta http-equiv="refresh" content="0;url=/y">'))
    sites.put("http://steps.demo/y", shown('<meta http-equiv="refresh" content="0;url=/x">'))
    assert outcome(look_at("http://steps.demo/x")) == LOOP


def test_refreshes_in_a_circle_that_want_a_cookie_need_a_browser(sites: Sites, look_at: LookAt) -> None:
    cookie = (("Set-Cookie", "seen=1"),)
    sites.put("http://steps.demo/p", shown('<meta http-equiv="refresh" content="0;url=/q">', headers=cookie))
    sites.put("http://steps.demo/q", shown('<meta http-equiv="refresh" content="0;url=/p">'))
    assert outcome(look_at("http://steps.demo/p")) == NEEDS_BROWSER


def test_endless_refreshes_end(sites: Sites, look_at: LookAt) -> None:
    for number in range(20):
        sites.put(f"http://steps.demo/n{number}", shown(f'<meta http-equiv="refresh" content="0;url=/n{number + 1}">'))
    assert outcome(look_at("http://steps.demo/n0")) == LOOP


def test_300_with_a_location_is_followed(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://choice.demo/crane", Reply(status=300, headers=(("Content-Type", "text/html"), ("Location", "/crane.en")), body=b"<a href=crane.en>en</a>"))
    sites.put("http://choice.demo/crane.en", shown(article("The crane")))
    assert outcome(look_at("http://choice.demo/crane")) == ALIVE


NEWS = html("News", f"<h1>News</h1>{paragraphs('news', 2)}")
DEEP = "/news/2010/the-month-of-may-at-the-ropeworks"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", ["/news/", "/news", "/news/2010/", "/archive", "/category/harbour", "/search?q=may", "/?s=the+month"])
def test_from_an_article_to_a_list_is_a_death(sites: Sites, look_at: LookAt, target: str, status: int) -> None:
    host = f"list-{status}.demo"
    sites.put(f"http://{host}{DEEP}", sent(target, status))
    sites.put(f"http://{host}{target}", shown(NEWS))
    verdict = look_at(f"http://{host}{DEEP}")
    assert outcome(verdict) == SOFT_404
    assert target in verdict.because


def test_a_list_that_names_the_article_is_none(sites: Sites, look_at: LookAt) -> None:
    sites.put(f"http://named.demo{DEEP}", sent("/news/2010/"))
    sites.put("http://named.demo/news/2010/", shown(html("2010", f"<h2>The month of May at the ropeworks</h2>{paragraphs('m', 4)}")))
    assert outcome(look_at(f"http://named.demo{DEEP}")) == MOVED


@pytest.mark.parametrize(
    ("cited", "target"),
    [("/news/archive/", "/news/"), ("/about/history", "/about/"), ("/docs/1.2/", "/docs/"), ("/isbn/9780306406157", "/search?q=9780306406157"),
     ("/shop/ropes", "/shop/"), ("/category/ropes-and-tar-of-old", "/category/works")],
)
def test_from_a_list_or_a_short_name_to_another_is_a_move(sites: Sites, look_at: LookAt, cited: str, target: str) -> None:
    sites.put(f"http://lists.demo{cited}", sent(target))
    sites.put(f"http://lists.demo{target}", shown(NEWS))
    assert outcome(look_at(f"http://lists.demo{cited}")) == MOVED


@pytest.mark.parametrize("status", [403, 503])
def test_a_list_convicts_nobody_when_the_host_is_silent(sites: Sites, look_at: LookAt, status: int) -> None:
    host = f"silent-{status}.demo"
    sites[host].missing = shown("", status=status)
    sites.put(f"http://{host}{DEEP}", sent("/news/", 302))
    sites.put(f"http://{host}/news/", shown(NEWS))
    assert outcome(look_at(f"http://{host}{DEEP}")) == ALIVE


@pytest.mark.parametrize("status", [301, 302])
def test_a_domain_whose_every_address_leads_to_a_stranger_is_gone(sites: Sites, look_at: LookAt, status: int) -> None:
    host = f"sold-{status}.demo"
    sites[host].missing = sent("https://stranger.demo/offers?from=42", status)
    sites.put("https://stranger.demo/offers", shown(html("Offers", f"<h1>Offers</h1>{paragraphs('o', 4)}")))
    assert outcome(look_at(f"http://{host}{DEEP}")) == SOFT_404


@pytest.mark.parametrize("status", [301, 302])
def test_a_domain_whose_every_address_leads_to_a_strangers_front_page_is_gone(sites: Sites, look_at: LookAt, status: int) -> None:
    host = f"sold-home-{status}.demo"
    sites[host].missing = sent("https://stranger.demo/", status)
    assert outcome(look_at(f"http://{host}{DEEP}")) == TO_HOME


def test_a_merger_that_keeps_its_addresses_is_a_move(sites: Sites, look_at: LookAt) -> None:
    sites["before.demo"].missing = lambda ask: sent(f"https://merged-paper.demo{ask.path}")
    sites.put(f"https://merged-paper.demo{DEEP}", shown(OTHER))
    assert outcome(look_at(f"http://before.demo{DEEP}")) == MOVED


def test_a_circle_of_redirects_behind_a_resolver_is_the_targets_way_to_refuse(sites: Sites, look_at: LookAt) -> None:
    sites.put("https://doi.org/10.1234/circle", sent("https://press.demo/doi/10.1234/circle", 302))
    sites.put("https://press.demo/doi/10.1234/circle", sent("/doi/10.1234/circle?cookieSet=1", 302))
    sites.put("https://press.demo/doi/10.1234/circle?cookieSet=1", sent("/doi/10.1234/circle", 302))
    verdict = look_at("https://doi.org/10.1234/circle")
    assert outcome(verdict) == ALIVE
    assert verdict.warnings == (REFUSES,)


@pytest.mark.parametrize(
    "location",
    ["file:///etc/hostname", "javascript:void(0)", "about:blank", "data:text/html,hello", "http://", "https://[::1"],
)
def test_a_location_that_nobody_can_follow_is_dead(sites: Sites, look_at: LookAt, location: str) -> None:
    sites.put("http://astray.demo/x", sent(location, 302))
    assert outcome(look_at("http://astray.demo/x")) == (VerdictKind.DEAD, Reason.BAD_REDIRECT)


@pytest.mark.parametrize(
    "location",
    ["//astray.demo/new/crane", "new/crane", "./new/crane", "../new/crane", "/new/crane", "\\new\\crane", " /new/crane ",
     "HTTP://ASTRAY.DEMO/new/crane", "http:/new/crane"],
)
def test_a_location_however_it_is_written_is_followed(sites: Sites, look_at: LookAt, location: str) -> None:
    sites.put("http://astray.demo/crane", sent(location))
    sites.put("http://astray.demo/new/crane", shown(article("The crane")))
    assert outcome(look_at("http://astray.demo/crane")) == MOVED


def test_a_query_that_grows_for_ever_is_a_circle(sites: Sites, look_at: LookAt) -> None:
    sites["growing.demo"].missing = lambda ask: sent(f"{ask.target}{'&' if '?' in ask.target else '?'}r=1", 302)
    assert outcome(look_at("http://growing.demo/a")) == LOOP


def test_an_empty_location_says_nothing(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://astray.demo/empty", Reply(status=302, headers=(("Location", ""), ("Content-Type", "text/html"))))
    assert outcome(look_at("http://astray.demo/empty")) == (VerdictKind.UNKNOWN, Reason.BAD_ANSWER)


def test_a_body_in_plain_text_may_be_refreshed() -> None:
    link = f"{SITE}/notes.txt"
    seen = observe(link, exchange(hop(link, "HTTP/1.1 200 OK\nContent-Type: text/plain", "The tide is out.")))
    assert outcome(judge_look(seen)) == ALIVE


# ---------------------------------------------------------------- gates that carry the way back, routes, slide shows


def test_a_waiting_room_before_every_address_is_no_death(sites: Sites, look_at: LookAt) -> None:
    sites["tickets.demo"].missing = lambda ask: sent(f"https://queue.demo/?c=tickets&t=http%3A%2F%2Ftickets.demo{ask.path}", 302)
    sites.put("https://queue.demo/", shown(html("You are in line", "<h1>You are in line</h1><p>Your turn comes soon.</p>")))
    assert outcome(look_at(f"http://tickets.demo{DEEP}")) == NEEDS_BROWSER


def test_a_front_page_with_the_way_back_is_no_death(sites: Sites, look_at: LookAt) -> None:
    sites["members-only.demo"].missing = lambda ask: sent(f"/?returnUrl={ask.path}", 302)
    assert outcome(look_at(f"http://members-only.demo{DEEP}")) == NEEDS_BROWSER


@pytest.mark.parametrize("code", ["location = '/#!' + location.pathname", "window.location.replace('/#' + window.location.pathname)"])
def test_a_script_that_leads_to_a_route_is_no_way_home(sites: Sites, look_at: LookAt, code: str) -> None:
    sites["routes.demo"].put("/", shown("<title>App</title><div id=app></div><script src=/a.js></script>"))
    sites["routes.demo"].missing = script(code)
    assert look_at(f"http://routes.demo{DEEP}").kind is not VerdictKind.DEAD


def test_a_redirect_of_every_address_to_its_route_is_no_death(sites: Sites, look_at: LookAt) -> None:
    sites["hashed.demo"].put("/", shown("<title>App</title><div id=app></div><script src=/a.js></script>"))
    sites["hashed.demo"].missing = lambda ask: sent(f"/#!{ask.path}", 301)
    assert look_at(f"http://hashed.demo{DEEP}").kind is not VerdictKind.DEAD


def test_a_fragment_outlives_a_redirect_without_one(sites: Sites, look_at: LookAt) -> None:
    sites.put("http://outlives.demo/crane", sent("http://outlives.demo/#/crane"))
    sites["outlives.demo"].put("/", lambda ask: sent("https://outlives.demo/") if ask.scheme == "http" else shown(article("App")))
    verdict = look_at("http://outlives.demo/crane")
    assert verdict.final_url == "https://outlives.demo/#/crane"
    assert verdict.kind is VerdictKind.MOVED


def test_a_slide_show_is_there(sites: Sites, look_at: LookAt) -> None:
    for number in range(8):
        sites.put(f"http://slides.demo/pier/{number}.html", shown(html(
            f"Pier {number}", f"<img src={number}.jpg><p>The pier, {number}.</p>", f"<meta http-equiv=refresh content='5; url={number + 1}.html'>",
        )))
    verdict = look_at("http://slides.demo/pier/0.html")
    assert outcome(verdict) == ALIVE
    assert verdict.final_url == "http://slides.demo/pier/0.html"


@pytest.mark.parametrize(
    "door",
    ["https://www.google.demo/url?q={}", "https://l.social.demo/l.php?u={}&h=AT0", "https://out.forum.demo/link?url={}", "https://guard.demo/?a=1&url={}"],
)
def test_a_door_with_the_address_written_on_it_is_no_move(sites: Sites, look_at: LookAt, door: str) -> None:
    link = door.format("http%3A%2F%2Fbehind.demo%2Fessays%2Fpilots")
    sites.put(link, sent("http://behind.demo/essays/pilots"))
    sites.put("http://behind.demo/essays/pilots", shown(article("The pilots")))
    verdict = look_at(link)
    assert (outcome(verdict), verdict.warnings) == (ALIVE, ())
    sites.put("http://behind.demo/essays/pilots", sent("/"))
    assert outcome(look_at(link)) == TO_HOME


@pytest.mark.parametrize("query", ["?expired=true", "?error=not-found", "?from=old&utm_source=x"])
def test_a_list_with_a_notice_is_a_list(sites: Sites, look_at: LookAt, query: str) -> None:
    sites.put("http://jobs-board.demo/jobs/98765-rigger-on-the-pier", sent(f"/jobs{query}", 302))
    sites.put("http://jobs-board.demo/jobs", shown(NEWS))
    assert outcome(look_at("http://jobs-board.demo/jobs/98765-rigger-on-the-pier")) == SOFT_404


def test_a_librarys_door_that_wants_a_login_is_restricted(sites: Sites, look_at: LookAt) -> None:
    sites.put("https://proxy.library.demo/login?url=https://press.demo/x", sent("https://idp.library.demo/idp/profile/cas?service=x&entityId=y", 302))
    sites.put("https://idp.library.demo/idp/profile/cas", shown(SIGN_IN))
    assert outcome(look_at("https://proxy.library.demo/login?url=https://press.demo/x")) == LOGIN


@given(st.text(alphabet="location.href='\"/(){}[];=,+`$\\*\n functionsetTimeoutif", max_size=300))
def test_no_script_is_too_odd(code: str) -> None:
    target = destination([f"location {code}"], code, "https://gazette.example.net/a")
    assert target is None or target.strip()


@pytest.mark.parametrize("code", ["/*" * 9000, "f(){" * 4000, "(" * 3900, "a=1," * 1000, "'" * 9999, "if(a)" * 700, "f();" * 900])
def test_a_hostile_script_leads_nowhere(code: str) -> None:
    assert destination(["function f(){f();f();}", f"{code}; location"], "", "https://gazette.example.net/a") is None
