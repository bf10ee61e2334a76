"""Walls against robots, known by their signatures. Each says nothing of the page behind it.

The headers, cookies and script addresses are the vendors' own; the words around them are invented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.demo.answers import Headers, content, page, redirect
from archiver.demo.prose import article
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind

if TYPE_CHECKING:
    from archiver.demo.answers import Behaviour


def _wall(name: str, says: str, status: int, html: str, headers: Headers = ()) -> Case:
    return Case(
        name=f"wall-{name}", url=f"https://{name}-walled.demo/essay/3", verdict=VerdictKind.BLOCKED,
        reason=Reason.BOT_WALL, says=says,
        serve=page(f'<!doctype html><html lang="en">{html}</html>', status=status, headers=headers),
    )


def _led(name: str, says: str, target: str, html: str, status: int = 200) -> Case:
    return Case(
        name=f"wall-{name}", url=f"{target.partition(':')[0]}://{name}-walled.demo/essay/3",
        verdict=VerdictKind.BLOCKED,
        reason=Reason.BOT_WALL, says=says, serve=redirect(target, 302), beside={target: page(html, status=status)},
    )


def _behind(name: str, says: str, serve: Behaviour, verdict: VerdictKind, reason: Reason) -> Case:
    return Case(name=f"behind-{name}", url=f"https://{name}-guarded.demo/tide-tables", verdict=verdict, reason=reason,
                says=says, serve=serve)


def _notice(code: int, words: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>{words} | guarded.demo | Cloudflare</title></head><body><div '
        f'id="cf-error-details"><h1><span>Error</span> <span>Error code '
        f'{code}</span></h1><h2>{words}</h2></div></body></html>'
    )


_ANUBIS = (
    "<p>Loading...</p><details><summary>Why am I seeing this?</summary>" + "<p>This page stands before the site "
    "because companies fetch all of it again and again, until nobody else gets an answer. Your browser has to work for "
    "a moment; for one reader that is nothing, for one who fetches a million pages it is dear. It will go away as soon "
    "as there is "
    "a better way to tell readers from programs, and it needs a browser with modern scripts.</p>" * 4 + "</details>"
)
_SCRIPT = "<script src='/guard.js'></script>"
_SAYS_NOT_FOUND = "<!doctype html><title>Not found</title><h1>Not found</h1>"

CASES = (
    _wall(
        "cloudflare", "a challenge of Cloudflare: 403 with cf-mitigated", 403,
        "<head><title>Just a moment...</title></head><body>"
        "<noscript>Enable JavaScript and cookies to continue</noscript>"
        '<script src="/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1"></script></body>',
        (("Server", "cloudflare"), ("CF-RAY", "7d0000000000000-DEM"), ("cf-mitigated", "challenge")),
    ),
    _wall(
        "cloudflare-blocked", "Cloudflare refuses this address for good", 403,
        "<head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1>"
        "<p>Cloudflare Ray ID: <strong>7d0000000000000</strong></p></body>",
        (("Server", "cloudflare"), ("CF-RAY", "7d0000000000000-DEM")),
    ),
    _wall(
        "aws", "AWS WAF: 202 and a script", 202,
        '<head><title></title><script src="https://tok.demo.edge.sdk.awswaf.com/demo/challenge.js"></script></head>'
        "<body><noscript>JavaScript is disabled.</noscript></body>",
        (("x-amzn-waf-action", "challenge"), ("Server", "awselb/2.0")),
    ),
    _wall(
        "script", "200 and a page that wants JavaScript before it shows anything", 200,
        "<head><title>One moment, please...</title></head><body><h1>Checking your browser</h1>"
        "<p>Please enable JavaScript and cookies to continue. Verifying that you are not a robot.</p>"
        "<script>setTimeout(function () { location.reload() }, 4000)</script></body>",
    ),
    _wall(
        "datadome", "DataDome: 403", 403,
        "<head><title>walled.demo</title></head><body><p>Please enable JS and disable any ad blocker</p>"
        "<script>var dd={'rt':'c','cid':'demo','hsh':'demo','host':'geo.captcha-delivery.com'}</script>"
        '<script src="https://ct.captcha-delivery.com/c.js"></script></body>',
        (("X-DataDome", "protected"), ("Set-Cookie", "datadome=demo; Path=/"), ("Server", "DataDome")),
    ),
    _wall(
        "akamai", "Akamai: 403 with a reference", 403,
        "<head><title>Access Denied</title></head><body><h1>Access Denied</h1><p>You don't have permission to access"
        " this on this server.</p><p>Reference #18.5d3a1402.1700000000.1a2b3c4d</p>"
        "<p>https://errors.edgesuite.net/18.5d3a1402.1700000000.1a2b3c4d</p></body>",
        (("Server", "AkamaiGHost"),),
    ),
    _wall(
        "human", "PerimeterX, now HUMAN: press and hold", 403,
        "<head><title>Access to this page has been denied</title></head><body>"
        '<div id="px-captcha"></div><script>window._pxAppId = "PXdemo0000"</script>'
        '<script src="https://captcha.px-cdn.net/PXdemo0000/captcha.js"></script></body>',
    ),
    _wall(
        "imperva", "Imperva Incapsula: 200 with a frame", 200,
        '<head><meta name="ROBOTS" content="NOINDEX, NOFOLLOW"></head><body>'
        '<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&amp;incident_id=1">'
        "Request unsuccessful. Incapsula incident ID: 1-1</iframe></body>",
        (("X-Iinfo", "1-1-0 0NNN RT(0 0)"), ("X-CDN", "Imperva"), ("Set-Cookie", "incap_ses_1_1=demo; Path=/")),
    ),
    _wall(
        "vercel", "Vercel: 429 that is no rate limit", 429,
        "<head><title>Vercel Security Checkpoint</title></head><body><p>We're verifying your browser</p></body>",
        (("x-vercel-mitigated", "challenge"), ("Server", "Vercel")),
    ),
    _wall(
        "anubis", "Anubis: 200 and a proof of work", 200,
        "<head><title>Making sure you&#39;re not a bot!</title></head><body><h1>Making sure you're not a bot!</h1>"
        '<script id="anubis_challenge" type="application/json">{"difficulty":4}</script>'
        '<script src="/.within.website/x/cmd/anubis/static/js/main.mjs" type="module"></script></body>',
    ),
    _wall(
        "captcha", "200 and a CAPTCHA", 200,
        "<head><title>Are you a robot?</title></head><body><h1>Please confirm that you are not a robot</h1>"
        '<form method="post"><div class="g-recaptcha" data-sitekey="demo"></div></form>'
        '<script src="https://www.google.com/recaptcha/api.js"></script></body>',
    ),
    _wall(
        "cloudflare-404", "a challenge of Cloudflare that says 404", 404,
        "<head><title>Just a moment...</title></head><body><script>window._cf_chl_opt = {cType: "
        "'managed'}</script></body>",
        (("cf-mitigated", "challenge"),),
    ),
    _wall(
        "cloudflare-room", "Cloudflare's waiting room: 200", 200,
        "<head><title>Waiting Room</title></head><body><h1>You are now in line.</h1><p>Your estimated wait time is six "
        f"minutes.</p><p>Waiting Room powered by Cloudflare</p>{_SCRIPT}</body>",
    ),
    _wall(
        "datadome-401", "DataDome: 401 without a challenge for a password", 401,
        "<head><title>walled.demo</title></head><body><script>var "
        "dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>"
        '<script src="https://ct.captcha-delivery.com/c.js"></script></body>', (("X-DataDome", "protected"),),
    ),
    _wall(
        "akamai-waits", "Akamai: 200 and a refresh", 200,
        '<head><meta http-equiv="refresh" content="5; '
        'URL=\'/essay/3?bm-verify=AAQ\'"></head><body><script>xhr.open("POST",'
        ' "/_sec/verify?provider=interstitial")</script></body>',
    ),
    _wall("aws-bare", "AWS WAF: 202, not a byte, not a header", 202, ""),
    _wall(
        "aws-405", "AWS WAF: 405 and a puzzle", 405,
        "<head><title>Human Verification</title><script>window.awsWafCookieDomainList = []</script></head>",
        (("x-amzn-waf-action", "captcha"),),
    ),
    _wall(
        "imperva-sorry", "Imperva: 200 and an apology at length", 200,
        "<head><title>Pardon Our Interruption</title></head><body><h1>Pardon Our Interruption</h1><p>As you were "
        "browsing, something about your browser made us think you were a bot. There are a few reasons this might "
        "happen:</p><ul><li>You move through this site with super-human speed.<li>Scripts or cookies are switched off "
        "in your browser.<li>Some extension keeps scripts from running.</ul><p>Mend that before you reload the "
        f"page.</p>{_SCRIPT}</body>",
    ),
    _wall(
        "kasada", "Kasada: 429 that is no rate limit", 429,
        '<body><script>window.KPSDK={}</script><script src="/149e/ips.js?KP_UIDz=0a"></script></body>',
        (("x-kpsdk-ct", "0a"),),
    ),
    _wall(
        "anubis-wordy", "Anubis: 200, a proof of work, and its reasons at length", 200,
        "<head><title>Making sure you&#39;re not a bot!</title></head><body><h1>Making sure you're not a bot!</h1>"
        f'<script id="anubis_challenge" type="application/json">{{}}</script>{_ANUBIS}</body>',
    ),
    _wall(
        "f5", "F5: 200 and a support number", 200,
        "<head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your "
        "administrator.<br>Your support ID is: 12770418912345678901</body>",
    ),
    _wall(
        "free-host", "a free host's cookie test: 200 and a script", 200,
        '<body><script src="/aes.js"></script><script>document.cookie="__test="+toHex(slowAES.decrypt(c,2,a,b));'
        'location.href="/essay/3?i=1"</script></body>',
    ),
    _wall(
        "aliyun", "Alibaba: 200 and a script", 200,
        "<script>var arg1='7A0C';setCookie('acw_sc__v2', arg1);document.location.reload()</script>",
    ),
    _wall(
        "unusual", "200: unusual activity, with a title that begins with the site's name", 200,
        "<head><title>Tidewater - Are you a robot?</title></head><body><h1>We've detected unusual activity from your "
        "computer network</h1><p>To continue, please click the box below to let us know you're not a robot.</p>"
        + "<p>Please "
        "make sure that your browser takes cookies and runs scripts, and that nothing keeps them from loading. Our "
        "terms of "
        "use say more. If you need help, give our readers' desk the number below.</p>" * 2 + f"{_SCRIPT}</body>",
    ),
    _wall("chinese", "200 and a slider, in Chinese", 200,
    f"<head><title>访问验证</title></head><body><p>请完成安全验证后继续访问</p>{_SCRIPT}"),
    _wall(
        "company", "a filter of the reader's own network: 200", 200,
        "<head><title>Web Page Blocked</title></head><body><h1>Web Page Blocked</h1><p>Access to the web page you were "
        "trying to visit has been blocked in accordance with company policy.</p></body>",
    ),
    _led(
        "google", "a redirect to Google's /sorry/", "https://sorry-google.demo/sorry/index?continue=https://x.demo/",
        "<title>Sorry...</title><p>Our systems have detected unusual traffic from your computer network.</p>", 429,
    ),
    _led(
        "cookies", "a library that wants cookies first",
        "https://cookies-walled.demo/action/cookieAbsent",
        "<title>Error - Cookies Turned Off</title><h1>Cookies are disabled for this browser</h1><p>Cookies must be "
        "enabled to browse the site.</p>",
    ),
    _led(
        "portal", "the login of a public network answers for the site",
        "http://wifi-login.demo/login?dst=essay&uamip=10.5.50.1", "<title>Harbour WiFi</title><form><input "
        "type=password></form>",
    ),
    Case(
        name="wall-by-law", url="https://by-law-walled.demo/essay/3", verdict=VerdictKind.BLOCKED, reason=Reason.GEO,
        says="200 and a provider's notice: blocked by a court's order",
        serve=page("<!doctype html><title>Access denied</title><p>Access to the website has been blocked pursuant "
        "to an order "
                   "of the High Court.</p>"),
    ),
    _behind(
        "cloudflare", "an article behind Cloudflare, with its script and headers",
        page(article("Tide tables", extra="<script>a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>"),
             headers=(("Server", "cloudflare"), ("CF-RAY", "7d"))), VerdictKind.ALIVE, Reason.OK,
    ),
    _behind(
        "datadome", "an article behind DataDome, which says so with every answer",
        page(article("Tide tables"), headers=(("X-DataDome", "protected"),)), VerdictKind.ALIVE, Reason.OK,
    ),
    _behind(
        "imperva", "a short note behind Imperva, with its script",
        page("<!doctype html><title>Tide tables</title><script "
        "src='/_Incapsula_Resource?SWJIYLWA=7'></script><h1>Tide tables"
             "</h1><p>High water at nine and at ten past nine in the evening.</p>"), VerdictKind.ALIVE, Reason.OK,
    ),
    _behind(
        "captcha", "a page with a form to write to somebody, and a CAPTCHA in it",
        page("<!doctype html><title>Tide tables by post</title><h1>Tide tables by post</h1><p>Tick the box, so that we "
             "know you are not a robot.</p><form><textarea></textarea><div class='g-recaptcha'></div></form>"),
        VerdictKind.ALIVE, Reason.OK,
    ),
    _behind("accepted", "a real page that comes with 202", page(article("Tide tables"), status=202),
            VerdictKind.ALIVE, Reason.OK),
    _behind(
        "dead", "a 404 behind Cloudflare: the site's own word", page(_SAYS_NOT_FOUND, status=404, headers=(
            ("Server", "cloudflare"), ("CF-RAY", "7d"))), VerdictKind.DEAD, Reason.NOT_FOUND,
    ),
    _behind(
        "dead-datadome", "a 404 behind DataDome", page(_SAYS_NOT_FOUND, status=404, headers=(
            ("X-DataDome", "protected"),)), VerdictKind.DEAD, Reason.NOT_FOUND,
    ),
    _behind("no-origin", "Cloudflare finds no server behind it", page(_notice(1016, "Origin DNS error"), status=530),
            VerdictKind.UNKNOWN, Reason.SERVER_ERROR),
    _behind("too-many", "Cloudflare counts too many requests", content(b"error code: 1015", "text/plain", status=429),
            VerdictKind.UNKNOWN, Reason.RATE_LIMITED),
    _behind("country", "Cloudflare keeps a country out", page(_notice(
        1009, "Access denied: the owner of this website has banned the country or region your IP address is in",
    ), status=403), VerdictKind.BLOCKED, Reason.GEO),
    _behind("shut", "Cloudflare keeps this address out", page(_notice(1020, "Access denied"), status=403),
            VerdictKind.BLOCKED, Reason.BOT_WALL),
)
