"""Redirects: to the same thing elsewhere, to something else, to nowhere."""

from __future__ import annotations

from urllib.parse import quote

from archiver.demo.answers import Ask, Reply, page, redirect
from archiver.demo.prose import article
from archiver.demo.script import Case
from archiver.demo.sites.onward import CASES as ONWARD
from archiver.model import Reason, VerdictKind, WarningCode

_SIGN_IN = page(
    '<!doctype html><html lang="en"><title>Sign in - The Ledger</title><h1>Sign in</h1>'
    '<form method="post" action="/session"><input name="user"><input name="password" type="password">'
    "<button>Sign in</button></form></html>"
)
_CONSENT = page(
    '<!doctype html><html lang="en"><title>Before you continue</title><h1>Before you continue</h1>'
    '<p>We and our partners use cookies.</p><form method="post" action="/save"><button>Accept all</button>'
    "<button>Reject all</button></form></html>"
)
_ERROR_PAGE = page(
    '<!doctype html><html lang="en"><title>Page not found</title><h1>Page not found</h1>'
    "<p>We could not find the page you were looking for.</p></html>"
)


def _upgrade(title: str) -> Reply:
    return page(article(title))


def _to_https(ask: Ask) -> Reply:
    return redirect(f"https://{ask.host}{ask.target}") if ask.scheme == "http" else _upgrade("The sleeping councillor")


def _to_http(ask: Ask) -> Reply:
    return redirect(f"http://{ask.host}{ask.target}") if ask.scheme == "https" else _upgrade("A barometer, repaired")


def _with_cookie(ask: Ask) -> Reply:
    if "seen=1" in (ask.header("cookie") or ""):
        return page(article("One room, one stove"))
    return Reply(status=302, headers=(("Location", ask.url), ("Set-Cookie", "seen=1; Path=/")))


def _further(ask: Ask) -> Reply:
    step = ask.path.rpartition("/")[2]
    return redirect(f"/further/{int(step) + 1 if step.isdigit() else 1}", 302)


def _endless() -> Case:
    target = "http://corridor.demo/further"
    return Case(
        name="redirect-endless", url=target, verdict=VerdictKind.DEAD, reason=Reason.REDIRECT_LOOP,
        says="every address leads to another", serve=_further,
        beside={f"{target}/{number}": _further for number in range(1, 100)},
    )


CASES = (
    Case(
        name="moved", url="http://oldstyle.demo/story.php?id=17", verdict=VerdictKind.MOVED,
        reason=Reason.PERMANENT_REDIRECT, says="301 to the same article at a new address",
        serve=redirect("http://oldstyle.demo/stories/the-crane-on-the-wrong-quay"),
        beside={
            "http://oldstyle.demo/stories/the-crane-on-the-wrong-quay": page(article("The crane on the wrong quay")),
        },
    ),
    Case(
        name="moved-to-other-site", url="http://weblog.demo/2009/ropeworks", verdict=VerdictKind.MOVED,
        reason=Reason.PERMANENT_REDIRECT, says="308 to the same article on the author's new site",
        serve=redirect("https://author.demo/essays/ropeworks", 308),
        beside={"https://author.demo/essays/ropeworks": page(article("The month of May at the ropeworks"))},
    ),
    Case(
        name="moved-chain", url="http://weblog.demo/?p=3", verdict=VerdictKind.MOVED,
        reason=Reason.PERMANENT_REDIRECT, says="301, 308, 301, and there it is", serve=redirect("/2009/choir"),
        beside={
            "http://weblog.demo/2009/choir": redirect("https://author.demo/choir", 308),
            "https://author.demo/choir": redirect("/essays/choir"),
            "https://author.demo/essays/choir": page(article("The choir on the pier")),
        },
    ),
    Case(
        name="moved-relative", url="http://oldstyle.demo/a/b/old.html", verdict=VerdictKind.MOVED,
        reason=Reason.PERMANENT_REDIRECT, says="a relative location", serve=redirect("../new.html"),
        beside={"http://oldstyle.demo/a/new.html": page(article("Eleven boxes in the rain"))},
    ),
    Case(
        name="moved-raw-utf-8", url="http://oldstyle.demo/kystvej", verdict=VerdictKind.MOVED,
        reason=Reason.PERMANENT_REDIRECT, says="a location in raw UTF-8", serve=redirect("/artikler/kystvejen-på-øen"),
        beside={
            f"http://oldstyle.demo{quote('/artikler/kystvejen-på-øen')}": page(article("Kystvejen på øen")),
        },
    ),
    Case(
        name="moved-meta-refresh", url="http://oldstyle.demo/frames.html", verdict=VerdictKind.MOVED,
        reason=Reason.META_REFRESH, says="a page that sends the reader on at once",
        serve=page(
            '<!doctype html><html lang="en"><head><title>Moved</title>'
            '<meta http-equiv="refresh" content="0; url=/stories/the-stuffed-gull"></head></html>'
        ),
        beside={"http://oldstyle.demo/stories/the-stuffed-gull": page(article("The stuffed gull"))},
    ),
    Case(
        name="temporary", url="http://gazette.demo/latest/report", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        warnings=(WarningCode.TEMPORARY_REDIRECT,), says="302 to the article: the cited address is still the right one",
        serve=redirect("/2015/survey-of-boats", 302),
        beside={"http://gazette.demo/2015/survey-of-boats": page(article("Two hundred and twelve boats"))},
    ),
    Case(
        name="https-only", url="http://secure.demo/minutes", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="http to https, not worth a word", serve=_to_https,
    ),
    Case(
        name="www-only", url="http://almanac.demo/1954", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="to www and a slash, not worth a word", serve=redirect("http://www.almanac.demo/1954/"),
        beside={"http://www.almanac.demo/1954/": page(article("The price of lamp oil", site="Harbour Almanac"))},
    ),
    Case(
        name="insecure-redirect", url="https://downgrade.demo/minutes", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        warnings=(WarningCode.INSECURE_REDIRECT,), says="https to http", serve=_to_http,
    ),
    Case(
        name="cookie-dance", url="http://cookies.demo/chess", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        needs=frozenset({"cookies"}), says="redirects to itself until a cookie is sent back", serve=_with_cookie,
    ),
    Case(
        name="redirect-to-home", url="http://relaunch.demo/archive/2010/strike", verdict=VerdictKind.DEAD,
        reason=Reason.REDIRECT_TO_HOME, says="a relaunched site sends every old address to its front page",
        serve=redirect("/"),
    ),
    Case(
        name="redirect-to-error", url="http://relaunch.demo/archive/2010/pumps", verdict=VerdictKind.DEAD,
        reason=Reason.SOFT_404, says="302 to an error page that answers 200", serve=redirect("/404.html", 302),
        beside={"http://relaunch.demo/404.html": _ERROR_PAGE},
    ),
    Case(
        name="redirect-to-404", url="http://relaunch.demo/archive/2010/divers", verdict=VerdictKind.DEAD,
        reason=Reason.NOT_FOUND, says="301 to an address that answers 404", serve=redirect("/nowhere"),
    ),
    Case(
        name="redirect-to-login", url="http://members.demo/letters/12", verdict=VerdictKind.RESTRICTED,
        reason=Reason.LOGIN, says="302 to a login with the way back",
        serve=redirect("/login?return=%2Fletters%2F12", 302),
        beside={"http://members.demo/login": _SIGN_IN},
    ),
    Case(
        name="redirect-to-consent", url="https://portal.demo/story/5", verdict=VerdictKind.RESTRICTED,
        reason=Reason.CONSENT, says="302 to a consent page on a host of its own",
        serve=redirect("https://consent.portal.demo/collect?continue=https%3A%2F%2Fportal.demo%2Fstory%2F5", 302),
        beside={"https://consent.portal.demo/collect": _CONSENT},
    ),
    Case(
        name="redirect-loop", url="http://circle.demo/a", verdict=VerdictKind.DEAD, reason=Reason.REDIRECT_LOOP,
        says="a to b, b to a", serve=redirect("/b"), beside={"http://circle.demo/b": redirect("/a")},
    ),
    _endless(),
    Case(
        name="redirect-to-file", url="http://astray.demo/photos", verdict=VerdictKind.DEAD,
        reason=Reason.BAD_REDIRECT, says="to a file of the reader's own machine", serve=redirect("file:///etc/hostname"),
    ),
    Case(
        name="redirect-to-script", url="http://astray.demo/photos2", verdict=VerdictKind.DEAD,
        reason=Reason.BAD_REDIRECT, says="to javascript:", serve=redirect("javascript:history.back()", 302),
    ),
    *ONWARD,
)
