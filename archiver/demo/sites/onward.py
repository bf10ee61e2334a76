"""More redirects: by pages and scripts, to gates, lists and strangers, from shorteners and resolvers; and fragments."""

from __future__ import annotations

from archiver.demo.answers import Reply, page, redirect
from archiver.demo.prose import article, paragraphs
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind, WarningCode

_HTML = ("Content-Type", "text/html; charset=utf-8")
_FOR_NOW = (WarningCode.TEMPORARY_REDIRECT,)
_REFUSES = (WarningCode.TARGET_REFUSES,)
_MISSING = (WarningCode.FRAGMENT_MISSING,)
_SIGN_IN = page(
    '<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in</h1><form method="post"><input name="user">'
    '<input name="password" type="password"><button>Sign in</button></form></html>'
)


def _short(title: str, body: str, head: str = "") -> Reply:
    return page(f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body>{body}</body></html>')


def _refresh(target: str) -> Reply:
    return _short("Moved", "", f'<meta http-equiv="refresh" content="0; url={target}">')


def _list(title: str) -> Reply:
    return _short(title, f"<h1>{title}</h1>{paragraphs(title, 2)}")


def _moved(name: str, url: str, target: str, serve: Reply, says: str) -> Case:
    return Case(
        name=name, url=url, verdict=VerdictKind.MOVED, reason=Reason.META_REFRESH, says=says, serve=serve,
        beside={target: page(article("A day at the weigh-house"))},
    )


_ONWARD = (
    _moved(
        "refresh-header", "http://pointer.demo/a", "http://pointer.demo/stories/weigh-house",
        Reply(headers=(_HTML, ("Refresh", "0; url=/stories/weigh-house"))), "a Refresh header on an empty page",
    ),
    _moved(
        "script-location", "http://pointer.demo/b", "http://pointer.demo/stories/weigh-house-b",
        _short("Redirecting", "<p>Wait.</p>", "<script>window.location.href = '/stories/weigh-house-b';</script>"),
        "a line of script sends every reader on",
    ),
    _moved(
        "script-later", "http://pointer.demo/c", "http://pointer.demo/stories/weigh-house-c",
        _short(
            "We have moved", "<p>We have moved. You are taken there in three seconds.</p>",
            "<script>setTimeout(function () { location.replace('/stories/weigh-house-c') }, 3000)</script>",
        ),
        "a script sends every reader on, after three seconds",
    ),
    Case(
        name="script-for-phones", url="http://pointer.demo/weights", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a script sends the readers of small screens on, and nobody else",
        serve=_short(
            "Weights and measures", "<h1>Weights and measures</h1><p>Two pounds to the stone, on Sundays.</p>",
            "<script>if (screen.width < 600) { location.href = 'http://m.pointer.demo/gone' }</script>",
        ),
    ),
    Case(
        name="script-on-click", url="http://pointer.demo/measures", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a script that waits for a click",
        serve=_short(
            "Measures", "<h1>Measures</h1><p>By the yard.</p><button onclick='go()'>Next</button>",
            "<script>function go() { location.href = '/gone' }</script>",
        ),
    ),
    Case(
        name="script-to-nowhere", url="http://pointer.demo/d", verdict=VerdictKind.DEAD, reason=Reason.NOT_FOUND,
        says="a script sends every reader to a page that is gone",
        serve=_short("Redirecting", "", "<script>location = '/nowhere'</script>"),
    ),
    Case(
        name="refresh-in-steps", url="http://pointer.demo/e", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        warnings=_FOR_NOW, says="a refresh, a 302, another refresh, and there it is", serve=_refresh("/e2"),
        beside={
            "http://pointer.demo/e2": redirect("/e3", 302),
            "http://pointer.demo/e3": _refresh("/stories/weigh-house-e"),
            "http://pointer.demo/stories/weigh-house-e": page(article("The weigh-house by night")),
        },
    ),
    Case(
        name="refresh-loop", url="http://pointer.demo/f", verdict=VerdictKind.DEAD, reason=Reason.REDIRECT_LOOP,
        says="two pages that refresh to each other", serve=_refresh("/g"),
        beside={"http://pointer.demo/g": _refresh("/f")},
    ),
    Case(
        name="refresh-to-login", url="http://pointer.demo/h", verdict=VerdictKind.RESTRICTED, reason=Reason.LOGIN,
        says="a refresh to a login", serve=_refresh("/login?next=/h"), beside={"http://pointer.demo/login": _SIGN_IN},
    ),
    Case(
        name="redirect-without-location", url="http://pointer.demo/i", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="302 without a location, and the article for a body",
        serve=Reply(status=302, headers=(_HTML,), body=article("The clerk of the scales").encode()),
    ),
    Case(
        name="multiple-choices", url="http://pointer.demo/scales", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        warnings=_FOR_NOW, says="300 with a location",
        serve=Reply(status=300, headers=(_HTML, ("Location", "/scales.en.html")), body=b"<a href=scales.en.html>"),
        beside={"http://pointer.demo/scales.en.html": page(article("The scales"))},
    ),
    Case(
        name="growing-loop", url="http://spiral.demo/a", verdict=VerdictKind.DEAD, reason=Reason.REDIRECT_LOOP,
        says="every answer adds to the query",
        rest=lambda ask: redirect(f"{ask.target}{'&' if '?' in ask.target else '?'}again=1", 302),
    ),
)

_GATES = (
    Case(
        name="age-gate", url="http://distillery.demo/barrels/17", verdict=VerdictKind.RESTRICTED, reason=Reason.CONSENT,
        says="the page itself asks for an age, and nothing else",
        serve=_short("Harbour Distillery", "<h1>Welcome</h1><p>Are you over 18 years of age?</p><button>Yes</button>"
                     "<button>No</button>"),
    ),
    Case(
        name="consent-page", url="http://portal-two.demo/story/9", verdict=VerdictKind.RESTRICTED,
        reason=Reason.CONSENT, says="the page itself asks for consent, and nothing else",
        serve=_short("Before you continue", "<h1>Before you continue</h1><p>We and our 412 partners use cookies.</p>"
                     "<form><button>Accept all</button></form>"),
    ),
    Case(
        name="cookie-banner", url="http://portal-two.demo/story/10", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a banner about cookies on an ordinary page",
        serve=page(article("The tenth story", extra="<div>We use cookies. <button>Accept all</button></div>")),
    ),
    Case(
        name="login-mark", url="http://club.demo/minutes/12", verdict=VerdictKind.RESTRICTED, reason=Reason.LOGIN,
        says="302 to the front page with a mark that one must log in", serve=redirect("/?login_required", 302),
    ),
    Case(
        name="single-sign-on", url="http://intranet-papers.demo/p/8", verdict=VerdictKind.RESTRICTED,
        reason=Reason.LOGIN, says="302 to another host's sign-on",
        serve=redirect("https://idp.campus.demo/idp/profile/SAML2/Redirect/SSO?SAMLRequest=f", 302),
        beside={"https://idp.campus.demo/idp/profile/SAML2/Redirect/SSO": _SIGN_IN},
    ),
)

_DEEP = "/2011/05/the-month-of-may-at-the-ropeworks"
_LISTS = (
    *(
        Case(
            name=f"to-{name}", url=f"http://{name}-tidy.demo{_DEEP}", verdict=VerdictKind.DEAD, reason=Reason.SOFT_404,
            needs=frozenset({"sibling"}), says=says, serve=redirect(target, status),
            beside={f"http://{name}-tidy.demo{target}": _list("News")},
        )
        for name, target, status, says in (
            ("section", "/2011/", 301, "an article is sent to the list of its year"),
            ("category", "/category/works", 302, "an article is sent to a category, for now"),
            ("search", "/search?q=month+of+may", 302, "an article is sent to a search for its words"),
        )
    ),
    Case(
        name="to-language", url="http://polyglot.demo/cranes", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        warnings=_FOR_NOW, says="302 to the same in the reader's language", serve=redirect("/en/cranes", 302),
        beside={"http://polyglot.demo/en/cranes": page(article("On lifting"))},
    ),
    Case(
        name="slug-corrected", url="http://slugs.demo/story/old-name-918273", verdict=VerdictKind.MOVED,
        reason=Reason.PERMANENT_REDIRECT, says="the slug is another, the number is kept",
        serve=redirect("/story/rope-tar-and-both-918273"),
        beside={"http://slugs.demo/story/rope-tar-and-both-918273": page(article("Rope, tar and both"))},
    ),
    Case(
        name="sold-domain", url=f"http://sold-ropes.demo{_DEEP}", verdict=VerdictKind.DEAD, reason=Reason.SOFT_404,
        needs=frozenset({"sibling"}), says="every address of a lost domain leads to a stranger's page",
        rest=redirect("https://bargains.demo/offers?ref=77", 302),
        beside={"https://bargains.demo/offers": _list("Offers of the week")},
    ),
    Case(
        name="sold-to-casino", url="http://sold-tar.demo/essays/tar", verdict=VerdictKind.DEAD, reason=Reason.SOFT_404,
        says="a lost domain leads to a casino", serve=redirect("https://lucky-casino.demo/bonus"),
        beside={"https://lucky-casino.demo/bonus": _list("Casino bonus")},
    ),
    Case(
        name="merged-papers", url=f"http://evening-paper.demo{_DEEP}", verdict=VerdictKind.MOVED,
        reason=Reason.PERMANENT_REDIRECT, says="two papers merged, and each old address has a new one",
        rest=lambda ask: redirect(f"https://joint-paper.demo{ask.target}"),
        beside={f"https://joint-paper.demo{_DEEP}": page(article("May at the ropeworks"))},
    ),
)

_SERVICES = (
    Case(
        name="shortener", url="https://bit.ly/3dEmO1", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a shortener answers with a redirect: that is how it answers", serve=redirect("https://essays.demo/pilots"),
        beside={"https://essays.demo/pilots": page(article("The pilots"))},
    ),
    Case(
        name="shortener-to-dead", url="https://bit.ly/3dEmO2", verdict=VerdictKind.DEAD, reason=Reason.NOT_FOUND,
        says="a shortener to what is gone", serve=redirect("https://essays.demo/nowhere"),
    ),
    Case(
        name="shortener-to-itself", url="https://tinyurl.com/dem0xyz", verdict=VerdictKind.DEAD,
        reason=Reason.REDIRECT_TO_HOME, says="a shortener that knows of nothing by that name", serve=redirect("/"),
    ),
    Case(
        name="shortener-with-script", url="https://t.co/dEmO3", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a shortener that answers browsers with a script",
        serve=_short("https://essays.demo/pilots-2", "", "<script>window.opener = null; "
                     'location.replace("https:\\/\\/essays.demo\\/pilots-2")</script>'),
        beside={"https://essays.demo/pilots-2": page(article("The pilots, again"))},
    ),
    Case(
        name="doi", url="https://doi.org/10.5555/demo.1", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a DOI that resolves", serve=redirect("https://journals.demo/doi/10.5555/demo.1", 302),
        beside={"https://journals.demo/doi/10.5555/demo.1": page(article("Tides and timetables"))},
    ),
    Case(
        name="doi-refused", url="https://doi.org/10.5555/demo.2", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        warnings=_REFUSES, says="a DOI that resolves to a publisher who lets no robots in",
        serve=redirect("https://journals.demo/doi/10.5555/demo.2", 302),
        beside={"https://journals.demo/doi/10.5555/demo.2": Reply(status=403, headers=(_HTML,), body=b"<h1>403</h1>")},
    ),
    Case(
        name="doi-target-gone", url="https://doi.org/10.5555/demo.3", verdict=VerdictKind.DEAD, reason=Reason.NOT_FOUND,
        says="a DOI that resolves to a page that is gone",
        serve=redirect("https://journals.demo/doi/10.5555/demo.3", 302),
    ),
    Case(
        name="doi-unknown", url="https://doi.org/10.5555/demo.4", verdict=VerdictKind.DEAD, reason=Reason.NOT_FOUND,
        says="a DOI that nobody registered",
    ),
)

_PARTS = article("A list of bells", extra="<h2 id='tenor'>The tenor</h2><p>Cast in 1731, cracked in 1732.</p>")


def _part(name: str, fragment: str, says: str, *warnings: WarningCode) -> Case:
    return Case(
        name=f"part-{name}", url=f"http://belfry.demo/{name}#{fragment}", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        warnings=warnings, says=says, serve=page(_PARTS),
    )


_FRAGMENTS = (
    _part("there", "tenor", "the cited part is there"),
    _part("missing", "treble", "the cited part is not there", *_MISSING),
    _part("text", ":~:text=Cast%20in%201731,1732", "the cited words are there"),
    _part("text-missing", ":~:text=cast%20in%201733", "the cited words are not there", *_MISSING),
    _part("line", "L10-L20", "lines of code are no elements"),
    _part("route", "!/bells", "a route of an app is no element"),
)
CASES = (*_ONWARD, *_GATES, *_LISTS, *_SERVICES, *_FRAGMENTS)
