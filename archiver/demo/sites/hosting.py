"""What hosts, platforms and programs put where a page was: their notices, their errors, their data, and nothing."""

from __future__ import annotations

import json
from html import escape

from archiver.demo.answers import Behaviour, Reply, content, page, redirect
from archiver.demo.prose import article
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind

_DEAD = VerdictKind.DEAD


def _page(title: str, body: str, head: str = "") -> Reply:
    return page(
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def _case(
    name: str,
    url: str,
    verdict: VerdictKind,
    reason: Reason,
    says: str,
    serve: Behaviour | None,
    rest: Behaviour | None = None,
    *,
    needs: str = "",
) -> Case:
    return Case(
        name=name,
        url=url,
        verdict=verdict,
        reason=reason,
        says=says,
        serve=serve,
        rest=rest,
        needs=frozenset(needs.split()),
    )


def _notice(name: str, title: str, words: str, reason: Reason = Reason.SOFT_404) -> Case:
    return _case(
        name,
        f"http://{name}.demo/essays/ropes",
        _DEAD,
        reason,
        f"a notice: {title}",
        _page(title, f"<h1>{escape(title)}</h1><p>{escape(words)}</p>"),
    )


def _data(name: str, value: object, verdict: VerdictKind = _DEAD, reason: Reason = Reason.SOFT_404) -> Case:
    return _case(
        name,
        f"http://{name}.demo/essays/ropes",
        verdict,
        reason,
        f"200 and the data {json.dumps(value)}",
        content(json.dumps(value).encode(), "application/json"),
    )


_PIXEL = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"
_NO_KEY = b'<?xml version="1.0"?>\n<Error><Code>NoSuchKey</Code><Message>No such key.</Message></Error>'
_DENIED = b'<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
_NEXT = (
    '<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">'
    '{"props":{"pageProps":{}},"page":"/404"}</script>'
)
_NUXT = "<div id=__nuxt></div><script>window.__NUXT__={error:{statusCode:404,message:'No such essay'}}</script>"
_STACK = (
    "<br />\n<b>Fatal error</b>: Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /var/www"
    "/db.php:14\n"
    "#0 /var/www/db.php(14): PDO->__construct()\n thrown in <b>/var/www/db.php</b> on line <b>14</b>"
)
_EMPTY_FOLDER = (
    '<h1>Index of /maps/old</h1><pre><a href="?C=N;O=D">Name</a><hr><a href="/maps/">Parent Directory</a><hr></pre>'
)
_SELLER = "http://www.hugedomains.com/domain_profile.cfm?d=sold-name.demo"
_HOME = page(article("Harbour News of the day", length=9, head='<link rel="canonical" href="http://everywhere.demo/">'))


def _echo(ask: object) -> Reply:
    path = getattr(ask, "path", "/")
    return _page(
        "Tidewater", f"<h1>Tidewater</h1><p>A gull looked for {escape(path)} and brought back a herring instead.</p>"
    )


CASES = (
    # nothing, and next to nothing
    _case("empty-blanks", "http://hollow.demo/blanks", _DEAD, Reason.EMPTY, "a body of blanks", page(" \r\n\t ")),
    _case(
        "empty-comment",
        "http://hollow.demo/comment",
        _DEAD,
        Reason.EMPTY,
        "a body of one comment",
        page("<!-- 0.02 s -->"),
    ),
    _case("empty-break", "http://hollow.demo/break", _DEAD, Reason.EMPTY, "a body of one line break", page("<br>")),
    _case(
        "empty-dot", "http://hollow.demo/dot", _DEAD, Reason.EMPTY, "a picture of one dot", content(_PIXEL, "image/gif")
    ),
    _case(
        "empty-folder",
        "http://hollow.demo/maps/old/",
        _DEAD,
        Reason.EMPTY,
        "a list of no files",
        _page("Index of /maps/old", _EMPTY_FOLDER),
    ),
    _data("empty-object", {}, reason=Reason.EMPTY),
    _data("empty-null", None, reason=Reason.EMPTY),
    # the same for everything
    _case(
        "catch-all-ok",
        "http://fine.demo/essays/ropes",
        _DEAD,
        Reason.SOFT_404,
        "every address says OK",
        None,
        content(b"OK", "text/plain"),
        needs="sibling",
    ),
    _case(
        "catch-all-echo",
        "http://gull.demo/7719",
        _DEAD,
        Reason.SOFT_404,
        "every address gives a joke that repeats it",
        None,
        _echo,
        needs="sibling",
    ),
    _case(
        "catch-all-home",
        "http://everywhere.demo/essays/belaying-pins",
        _DEAD,
        Reason.SOFT_404,
        "every address gives the long front page",
        None,
        _HOME,
        needs="sibling",
    ),
    # data and storages
    _data("data-error", {"error": "not found"}),
    _data("data-status", {"status": 404}),
    _data("data-message", {"message": "Not Found"}),
    _data("data-trouble", {"status": 500, "error": "Internal Server Error"}, VerdictKind.UNKNOWN, Reason.SERVER_ERROR),
    _case(
        "storage-no-key",
        "http://bucket.demo/maps/quay.html",
        _DEAD,
        Reason.SOFT_404,
        "a storage without that key",
        content(_NO_KEY, "application/xml"),
    ),
    _case(
        "storage-denied",
        "http://bucket.demo/maps/night.html",
        VerdictKind.BLOCKED,
        Reason.FORBIDDEN,
        "a storage that refuses, which proves nothing",
        content(_DENIED, "application/xml", status=403),
    ),
    _case(
        "plain-not-found",
        "http://bucket.demo/essays/plain",
        _DEAD,
        Reason.SOFT_404,
        "200 and the text Not Found",
        content(b"Not Found\n", "text/plain"),
    ),
    # a server's own error with 200
    _case(
        "trouble-stack",
        "http://trouble.demo/essays/stack",
        VerdictKind.UNKNOWN,
        Reason.SERVER_ERROR,
        "200 and a program's last words",
        page(_STACK),
    ),
    _case(
        "trouble-database",
        "http://trouble.demo/essays/database",
        VerdictKind.UNKNOWN,
        Reason.SERVER_ERROR,
        "200, and the database is away",
        page("MySQL server has gone away"),
    ),
    _case(
        "trouble-client",
        "http://trouble.demo/essays/client",
        VerdictKind.UNKNOWN,
        Reason.SERVER_ERROR,
        "200 and an error of the program in the browser",
        _page("", "<h2>Application error: a client-side exception has occurred (see the browser console).</h2>"),
    ),
    # where a file was
    _case(
        "pdf-not-available",
        "http://library.demo/papers/tides.pdf",
        _DEAD,
        Reason.SOFT_404,
        "a page that says that the document is not available",
        _page("Harbour Library", "<h1>Document not available</h1><p>The document you requested is not available.</p>"),
    ),
    _case(
        "pdf-viewer",
        "http://library.demo/papers/pumps.pdf",
        VerdictKind.ALIVE,
        Reason.OK,
        "a page that shows the PDF",
        _page("Viewer", "<embed src=/raw/pumps.pdf type=application/pdf>"),
    ),
    _case(
        "pdf-login",
        "http://library.demo/papers/cranes.pdf",
        VerdictKind.RESTRICTED,
        Reason.LOGIN,
        "a login where a PDF was",
        _page("Sign in", "<h1>Sign in</h1><form><input name=u><input type=password></form>"),
    ),
    # platforms and hosts
    _notice("shop-closed", "Sorry, this shop is currently unavailable.", ""),
    _notice("site-deleted", "Deleted", "site-deleted.demo is no longer available. The authors have deleted this site."),
    _notice("blog-removed", "Blog has been removed", "Sorry, the blog at blog-removed.demo has been removed."),
    _notice("no-such-app", "No such app", "There's no app configured at that hostname. heroku"),
    _notice("deployment", "404: NOT_FOUND", "Code: DEPLOYMENT_NOT_FOUND. This deployment cannot be found."),
    _notice(
        "website-expired",
        "Website Expired",
        "This account has expired. If you are the site owner, click below to login.",
    ),
    _notice("suspended", "Account Suspended", "This Account has been suspended. Contact your hosting provider."),
    _notice(
        "file-not-there",
        "Drive",
        "Sorry, the file you have requested does not exist. Make sure that you have the correct URL.",
    ),
    _notice("not-here-anymore", "That isn’t here anymore", "Someone might’ve deleted the file or disabled the link."),
    _notice("webspace-off", "Hinweis", "Diese Internetpräsenz wurde deaktiviert."),
    _notice(
        "default-openresty", "Welcome to OpenResty!", "If you see this page, the OpenResty web platform is installed."
    ),
    _case(
        "need-access",
        "http://drive.demo/file/d/7719/view",
        VerdictKind.RESTRICTED,
        Reason.LOGIN,
        "a file that needs leave",
        _page("You need access", "<h1>You need access</h1><p>Ask for access.</p>"),
    ),
    # parked
    _notice("parked-german", "parked-german.demo", "Diese Domain steht zum Verkauf.", Reason.PARKED),
    _notice(
        "parked-expired", "parked-expired.demo", "This domain has expired. Renew it with your registrar.", Reason.PARKED
    ),
    _notice(
        "parked-registered",
        "parked-registered.demo",
        "This domain was recently registered at a registrar.",
        Reason.PARKED,
    ),
    _case(
        "parked-lander",
        "http://lander.demo/essays/ropes",
        _DEAD,
        Reason.PARKED,
        "a script that leads to a sales page",
        _page("", "", "<script>window.onload=function(){window.location.href='/lander'}</script>"),
    ),
    Case(
        name="parked-seller",
        url="http://sold-name.demo/essays/ropes",
        verdict=_DEAD,
        reason=Reason.PARKED,
        says="a redirect to a seller of domains",
        serve=redirect(_SELLER, 302),
        beside={_SELLER: _page("sold-name.demo", "<h1>sold-name.demo</h1><p>Yours for a hundred herrings.</p>")},
    ),
    # what a program says
    _case(
        "state-next",
        "http://next.demo/essays/ropes",
        _DEAD,
        Reason.SOFT_404,
        "data for the script that names the page 404",
        _page("Tidewater", _NEXT),
    ),
    _case(
        "state-nuxt",
        "http://nuxt.demo/essays/ropes",
        _DEAD,
        Reason.SOFT_404,
        "data for the script with an error of 404",
        _page("Tidewater", _NUXT),
    ),
    _case(
        "state-prerender",
        "http://prerender.demo/essays/ropes",
        _DEAD,
        Reason.SOFT_404,
        "a status for prerendering services",
        _page(
            "Tidewater",
            "<div id=root></div><script src=/a.js></script>",
            '<meta name="prerender-status-code" content="404">',
        ),
    ),
    _case(
        "state-body",
        "http://press.demo/essays/ropes",
        _DEAD,
        Reason.SOFT_404,
        "a system's own mark for its error page",
        page('<!doctype html><title>Tidewater</title><body class="error404"><p>Not to be.</p></body>'),
    ),
)
