"""Walls against robots, known by their signatures. Each says nothing of the page behind it.

The headers, cookies and script addresses are the vendors' own; the words around them are invented.
"""

from __future__ import annotations

from archiver.demo.answers import Headers, page
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind


def _wall(name: str, says: str, status: int, html: str, headers: Headers = ()) -> Case:
    return Case(
        name=f"wall-{name}", url=f"https://{name}-walled.demo/essay/3", verdict=VerdictKind.BLOCKED,
        reason=Reason.BOT_WALL, says=says,
        serve=page(f'<!doctype html><html lang="en">{html}</html>', status=status, headers=headers),
    )


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
)
