"""Walls against robots as vendors build them, and the ordinary pages that look a little like one: a row for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from scripted import exchange, html, page, redirect

from archiver.checks.judge import judge_look
from archiver.checks.look import observe
from archiver.demo.prose import article, paragraphs
from archiver.model import Reason, VerdictKind

if TYPE_CHECKING:
    from archiver.web.exchange import Exchange

SITE = "https://gazette.example.net"
URL = f"{SITE}/2014/03/harbour-crane"
WALL = (VerdictKind.BLOCKED, Reason.BOT_WALL)
ALIVE = (VerdictKind.ALIVE, Reason.OK)
GEO = (VerdictKind.BLOCKED, Reason.GEO)
FORBIDDEN = (VerdictKind.BLOCKED, Reason.FORBIDDEN)
NOT_FOUND = (VerdictKind.DEAD, Reason.NOT_FOUND)
SOFT_404 = (VerdictKind.DEAD, Reason.SOFT_404)
LIMITED = (VerdictKind.UNKNOWN, Reason.RATE_LIMITED)
TROUBLE = (VerdictKind.UNKNOWN, Reason.SERVER_ERROR)


@dataclass(frozen=True)
class Row:
    name: str
    answer: Exchange = field(repr=False)
    outcome: tuple[VerdictKind, Reason] = WALL


def at(name: str, code: int, body: str, *headers: str, to: tuple[VerdictKind, Reason] = WALL, url: str = URL) -> Row:
    return Row(name, exchange(page(url, body, code, *headers)), to)


def led(name: str, target: str, body: str, code: int = 200, to: tuple[VerdictKind, Reason] = WALL) -> Row:
    return Row(name, exchange(redirect(URL, target, 302), page(target, body, code)), to)


CF_DETAILS = (
    '<div id="cf-wrapper"><div id="cf-error-details" class="p-0"><header><h1><span class="inline-block">Error</span>'
    '<span class="code-label">Error code {code}</span></h1><h2>{words}</h2></header><section><h2>What happened?</h2>'
    "<p>{more}</p></section><p>Cloudflare Ray ID: <strong>7d00</strong> Your IP: 192.0.2.7</p></div></div>"
)


def cloudflare(name: str, status: int, code: int, words: str, more: str, to: tuple[VerdictKind, Reason]) -> Row:
    body = html(f"{words} | gazette.example.net | Cloudflare", CF_DETAILS.format(code=code, words=words, more=more))
    return at(name, status, body, "Server: cloudflare", "CF-RAY: 7d00-DEM", to=to)


CLOUDFLARE = (
    at("managed-challenge-in-german", 403, html(
        "Nur einen Moment…", "<noscript><div>Aktivieren Sie JavaScript</div></noscript><script>(function(){window._cf_chl_opt = "
        "{cvId: '3', cZone: 'gazette.example.net', cType: 'managed'}})()</script>",
    ), "Server: cloudflare"),
    at("challenge-without-its-header-in-200", 200, html(
        "請稍候...", "<div class='main-wrapper'></div><script>var a=document.createElement('script');"
        "a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=7d'</script>",
    )),
    at("challenge-with-404", 404, "", "cf-mitigated: challenge", "Server: cloudflare"),
    at("challenge-in-503", 503, html(
        "Just a moment...", "<h1>Checking your browser before accessing gazette.example.net.</h1><p>This process is automatic."
        "</p><p>DDoS protection by Cloudflare</p><form id='challenge-form' action='/x?__cf_chl_jschl_tk__=1'></form>",
    ), "Server: cloudflare-nginx"),
    at("enable-cookies", 403, html(
        "Attention Required! | Cloudflare", "<div>Please enable cookies.</div><h1>Sorry, you have been blocked</h1><h2>You are "
        "unable to access gazette.example.net</h2><p>This website is using a security service to protect itself from online "
        "attacks.</p>",
    )),
    at("one-more-step", 403, html(
        "Attention Required! | Cloudflare", "<h1>One more step</h1><h2>Please complete the security check to access "
        "gazette.example.net</h2><div class='cf-captcha-container'></div>",
    )),
    at("turnstile-interstitial-in-200", 200, html(
        "gazette.example.net", "<p>Verify you are human by completing the action below.</p><p>gazette.example.net needs to review "
        "the security of your connection before proceeding.</p><div class='cf-turnstile' data-sitekey='0x4'></div>"
        "<script src='https://challenges.cloudflare.com/turnstile/v0/api.js' async></script>",
    )),
    at("waiting-room", 200, html(
        "Waiting Room", "<h1>You are now in line.</h1><p>Your estimated wait time is 6 minutes. This page refreshes itself.</p>"
        "<p>Waiting Room powered by Cloudflare</p><script>setTimeout(function(){location.reload()},20000)</script>",
    )),
    cloudflare("block-1020", 403, 1020, "Access denied", "This website is using a security service.", WALL),
    cloudflare("block-1006", 403, 1006, "Access denied", "The owner of this website has banned your IP address.", WALL),
    cloudflare("block-1010", 403, 1010, "Access denied", "The owner has banned your access based on your browser.", WALL),
    cloudflare("country-1009", 403, 1009, "Access denied",
               "The owner of this website has banned the country or region your IP address is in (AQ) from it.", GEO),
    cloudflare("rate-1015", 429, 1015, "You are being rate limited", "The owner has banned you temporarily.", LIMITED),
    cloudflare("name-1001", 409, 1001, "DNS resolution error", "The site is in a state that cannot be resolved.",
               (VerdictKind.UNKNOWN, Reason.BAD_ANSWER)),
    cloudflare("name-1016", 530, 1016, "Origin DNS error", "Cloudflare is unable to resolve the requested domain.", TROUBLE),
    cloudflare("tunnel-1033", 530, 1033, "Argo Tunnel error", "Cloudflare is currently unable to resolve it.", TROUBLE),
    cloudflare("origin-522", 522, 522, "Connection timed out", "The initial connection timed out.", TROUBLE),
    cloudflare("origin-525", 525, 525, "SSL handshake failed", "Cloudflare is unable to establish a connection.", TROUBLE),
    Row("plain-1020", exchange(page(URL, "error code: 1020", 403)), WALL),
    Row("plain-1016", exchange(page(URL, "error code: 1016", 530)), TROUBLE),
    Row("plain-1015", exchange(page(URL, "error code: 1015", 429)), LIMITED),
)

DATADOME = "<script>var dd={'rt':'c','cid':'AH','hsh':'1D','t':'bv','s':4,'host':'geo.captcha-delivery.com'}</script>"
VENDORS = (
    at("datadome-401", 401, f"<html lang='en'><head><title>example.net</title></head><body><p id='cmsg'>Please enable JS and disable "
       f"any ad blocker</p>{DATADOME}<script src='https://ct.captcha-delivery.com/c.js'></script></body></html>",
       "X-DataDome: protected"),
    at("datadome-in-200-with-the-host-as-title", 200, f"<html><head><title>example.net</title></head><body>{DATADOME}</body></html>"),
    Row("datadome-as-json", exchange(page(URL, '{"url":"https://geo.captcha-delivery.com/captcha/?initialCid=AH"}', 403))),
    led("datadome-by-address", "https://geo.captcha-delivery.com/captcha/?initialCid=A", html("", "<div></div>")),
    at("akamai-interstitial", 200, '<html><head><meta http-equiv="refresh" content="5; URL=\'/2014/03/harbour-crane?bm-verify=AAQAAA'
       '\'" /><title>&nbsp;</title></head><body><script>var i = 1700000000; xhr.open("POST", "/_sec/verify?provider=interstitial")'
       "</script></body></html>"),
    at("akamai-crypto", 428, html("Challenge Validation", '<div id="sec-if-cpt-container" role="main"></div><iframe id="sec-cpt-if" '
       'src="/_sec/cp_challenge/crypto_message-3-4.htm"></iframe>')),
    at("akamai-in-200", 200, html("Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access this on this server."
       "</p><p>Reference #18.ac112317.1700.1</p><p>https://errors.edgesuite.net/18.ac112317.1700.1</p>")),
    at("human-press-and-hold", 403, html("Access to this page has been denied.", "<h1>Before we continue...</h1><p>Press &amp; Hold to "
       'confirm you are a human (and not a bot).</p><div id="px-captcha"></div>')),
    at("human-in-200", 200, html("Robot or human?", "<h1>Robot or human?</h1><p>Activate and hold the button to confirm that you’re "
       "human. Thank You!</p><div id=\"px-captcha\"></div><script>window._pxAppId='PX1'</script>")),
    at("human-long-apology", 200, html("Access to this page has been denied", "<h1>Access to this page has been denied because we "
       "believe you are using automation tools to browse the website.</h1><p>This may happen as a result of the following:</p><ul><li>"
       "Javascript is disabled or blocked by an extension (ad blockers for example)</li><li>Your browser does not support cookies"
       "</li></ul><p>Please make sure that Javascript and cookies are enabled on your browser and that you are not blocking them "
       "from loading.</p><p>Reference ID: #9a3e</p><script src='/PX1/init.js'></script>")),
    at("aws-captcha-405", 405, html("Human Verification", "<script>window.awsWafCookieDomainList = [];</script>")),
    at("aws-202-without-a-body", 202, ""),
    at("aws-202-without-its-header", 202, html("", '<div id="challenge-container"></div><script src="https://t0.edge.sdk.awswaf.com/'
       'a/b/challenge.js"></script><script>AwsWafIntegration.saveReferrer()</script>')),
    at("imperva-apology-in-200", 200, html("Pardon Our Interruption", "<h1>Pardon Our Interruption</h1><p>As you were browsing, something "
       "about your browser made us think you were a bot. There are a few reasons this might happen:</p><ul><li>You're a power user "
       "moving through this website with super-human speed.</li><li>You've disabled JavaScript and/or cookies in your web browser."
       "</li><li>A third-party browser plugin, such as Ghostery or NoScript, is preventing JavaScript from running.</li></ul><p>To "
       "regain access, please make sure that cookies and JavaScript are enabled before reloading the page.</p>"
       "<script src='/epochal-Dre'></script>")),
    at("imperva-frame-in-403", 403, '<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"></head><body><iframe '
       'id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9&incident_id=1-2">Request unsuccessful. Incapsula incident ID: 1-2'
       "</iframe></body></html>"),
    at("imperva-script-only", 200, '<html><head><META NAME="robots" CONTENT="noindex,nofollow"><script src="/_Incapsula_Resource?'
       'SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script><body></body></html>'),
    at("vercel-in-403", 403, html("Vercel Security Checkpoint", "<p>We're verifying your browser</p>")),
    at("kasada-429", 429, "<!DOCTYPE html><html><head></head><body><script>window.KPSDK={};KPSDK.now=Date.now</script><script src="
       '"/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39/ips.js?KP_UIDz=0a"></script></body></html>'),
    at("f5-in-200", 200, html("Request Rejected", "The requested URL was rejected. Please consult with your administrator.<br><br>Your "
       "support ID is: 12770418912345678901<br><br><a href='javascript:history.back();'>[Go Back]</a>")),
    at("radware", 200, html("Radware Captcha Page", "<h1>We apologize for the inconvenience...</h1><p>To ensure we keep this website "
       "safe, please can you confirm you are a human by ticking the box below.</p><div class='h-captcha'></div><script></script>")),
    led("radware-by-address", "https://validate.perfdrive.com/captcha?ssa=1&ssb=2", html("Radware Bot Manager Captcha", "<p>...</p>")),
    at("reblaze", 200, "<html><head><script>window.rbzns={bereshit:'1',seed:'x'};winsocks()</script></head><body></body></html>"),
    at("sucuri-block", 403, html("Sucuri WebSite Firewall - Access Denied", "<h1>Access Denied - Sucuri Website Firewall</h1>"),
       "X-Sucuri-ID: 11"),
    at("sucuri-script", 200, html("You are being redirected...", "<noscript>Javascript is required. Please enable javascript before you "
       "are allowed to see this page.</noscript><script>var s={},u,c,U,r,i,l=0,a,e=eval;sucuri_cloudproxy_js='';</script>")),
    at("wordfence", 503, html("Your access to this site has been limited", "<h1>Your access to this site has been limited by the site "
       "owner</h1><p>Block Technical Data. Generated by Wordfence at Mon, 2 Mar 2026</p>")),
    at("fastly", 200, html("Client Challenge", '<div id="loading-error">JavaScript is disabled in your browser.</div><script src="/_fs-ch-'
       '1T1wmsGaOgGaSxcX/script.js"></script>')),
    at("stackpath", 200, "<html><head><title>x</title></head><body><script src='/sbbi/?sbbpg=sbbShell&gprid=a'></script></body></html>"),
    at("ddos-guard", 403, html("DDoS-Guard", "<h1>Checking your browser before accessing gazette.example.net</h1><script src='/.well-known/"
       "ddos-guard/js-challenge/index.js'></script>"), "Server: ddos-guard"),
    at("qrator", 401, "<html><head><script src='/__qrator/qauth.js'></script></head><body></body></html>"),
    at("yandex", 200, html("Вы не робот?", '<form action="/checkcaptcha?key=1"><p>Подтвердите, что запросы отправляли вы, а не робот'
       "</p></form>")),
    led("yandex-by-address", "https://gazette.example.net/showcaptcha?cc=1&retpath=x", html("Ой!", "<p>...</p>")),
    led("google-sorry", "https://www.google.com/sorry/index?continue=https://www.google.com/search%3Fq%3Dx&q=E", html(
        "https://www.google.com/search?q=x", "<p>About this page: our systems have detected unusual traffic from your computer network."
        "</p><form action='index'><div class='g-recaptcha'></div></form>"), 429),
    led("baidu", "https://wappass.baidu.com/static/captcha/tuxing.html?ak=1&backurl=x", html("百度安全验证", "<div></div><script></script>")),
    led("weibo", "https://passport.weibo.com/visitor/visitor?entry=miniblog&url=x", html("Sina Visitor System", "<script></script>")),
    at("alibaba", 200, "<html><script>var arg1='7A0C';var _0x4818=['x'];setCookie('acw_sc__v2', x);document.location.reload()</script></html>"),
    at("alibaba-punish", 200, html("滑动验证页面", "<div id='nocaptcha'></div><script src='https://g.alicdn.com/x.js'></script>")),
    at("tencent", 200, "<html><body><script>document.cookie='EO_Bot_Ssid='+x;location.reload()</script></body></html>"),
    at("safeline", 468, html("Protected By SafeLine WAF", "<script src='/.safeline/static/challenge.js'></script>")),
    at("naver", 200, html("캡차 인증", "<p>비정상적인 접근이 감지되었습니다. 자동입력 방지 문자를 입력해 주세요.</p><form><input></form><script></script>")),
    at("imunify-415", 415, html("One moment, please...", "<h1>Please wait while your request is being verified...</h1><form id='wsidchk-"
       "form'></form>")),
    at("imunify-json", 403, '{"message":"Access denied by Imunify360 bot-protection. IPs used for automation should be whitelisted"}'),
    at("free-host-cookie-test", 200, '<html><body><script src="/aes.js"></script><script>function toNumbers(d){}document.cookie="__test="'
       '+toHex(slowAES.decrypt(c,2,a,b));location.href="/?i=1";</script><noscript>This site requires Javascript to work</noscript>'
       "</body></html>"),
    at("siteground", 202, '<html><head><link rel="icon" href="data:;"><meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F">'
       "</meta></head></html>"),
    at("mod-security", 406, html("Not Acceptable!", "<h1>Not Acceptable!</h1><p>An appropriate representation of the requested resource "
       "could not be found on this server. This error was generated by Mod_Security.</p>")),
    at("crowdsec", 403, html("CrowdSec Captcha", "<h1>CrowdSec Captcha</h1><div class='g-recaptcha'></div>")),
    at("bunkerweb", 200, html("Bot Detection", "<h1>Bot Detection</h1><p>Please wait while we check if you are a human</p><script></script>")),
    at("haproxy-protection", 403, html("Hold on...", "<h3>gazette.example.net</h3><p>Checking your browser for robots</p><script src='/."
       "basedflare/js/challenge.min.js'></script>")),
    at("go-away", 418, html("Checking you are not a bot", "<p>Checking you are not a bot</p><script src='/.well-known/."
       "git.gammaspectra.live/git/go-away/cmd/go-away/assets/challenge.mjs'></script>")),
    at("go-away-in-200", 200, html("Checking you are not a bot", "<p>Checking you are not a bot</p><script src='/x.mjs'></script>")),
    at("status-999", 999, ""),
)

ANUBIS_TEXT = (
    "<p id='status'>Loading...</p><details><summary>Why am I seeing this?</summary><p>You see this because the people who run this site "
    "have put Anubis before it, against companies that fetch whole sites again and again to feed their models. That can make a server "
    "so slow that nobody reaches it.</p><p>Anubis is a compromise. It makes your browser work for a moment, in the manner of an old idea "
    "against unwanted mail: for one reader the work is nothing, for one who fetches millions of pages it adds up and makes it dear.</p>"
    "<p>It is a stand-in, so that there is time to find out by other means which browsers have a person before them, and those need not "
    "see this page at all.</p><p>Please note that Anubis needs modern features of JavaScript, which some extensions switch off. Please "
    "switch them off for this domain, or ask the administrator.</p></details><noscript><p>Sadly, you must enable JavaScript to get past "
    "this challenge.</p></noscript><footer>Protected by Anubis from Techaro. Made with love.</footer>"
)
PROOFS = (
    at("anubis-with-its-reasons", 200, html("Making sure you&#39;re not a bot!", f'<h1 id="title">Making sure you&#39;re not a bot!</h1>'
       f'<script id="anubis_version" type="application/json">"v1.21"</script><script id="anubis_challenge" type="application/json">{{}}'
       f'</script><script async type="module" src="/.within.website/x/cmd/anubis/static/js/main.mjs"></script>{ANUBIS_TEXT}')),
    at("anubis-in-german", 200, html("Es wird geprüft, ob die Verbindung sicher ist!", f'<script id="anubis_challenge" '
       f'type="application/json">{{}}</script>{ANUBIS_TEXT}')),
    at("anubis-without-javascript", 200, html("Making sure you&#39;re not a bot!", '<meta http-equiv="refresh" content="1; url=/x?id=1">'
       '<script id="anubis_challenge" type="application/json">{}</script>', '<meta http-equiv="refresh" content="1; url=/x?id=1">')),
    at("anubis-refusal", 200, html("Oh noes!", "<h1>Oh noes!</h1><p>Access Denied: error code 1fd3</p><a href='/'>Go home</a>"
       "<script src='/.within.website/x/cmd/anubis/static/x.js'></script>")),
    at("altcha", 200, html("Please wait", "<h1>Please confirm that you are not a robot</h1><altcha-widget challengeurl='/x'></altcha-widget>"
       "<script src='/altcha.js' type='module'></script>")),
    at("friendly-captcha", 200, html("Sicherheitsüberprüfung", "<p>Bitte bestätigen Sie, dass Sie kein Roboter sind.</p><div class='frc-captcha'>"
       "</div><script src='/friendlycaptcha.js'></script>")),
    at("geetest", 200, html("访问验证", "<p>请完成安全验证后继续访问</p><div id='captcha'></div><script src='https://static.geetest.com/v4/gt4.js'></script>")),
    at("spanish-robot", 200, html("Un momento", "<p>Confirma que no eres un robot</p><div class='h-captcha'></div><script></script>")),
    at("french-robot", 403, html("Vérification", "<p>Merci de confirmer que vous n’êtes pas un robot.</p>")),
    at("japanese-robot", 200, html("確認", "<p>あなたがロボットではないことを確認してください</p><form></form><script></script>")),
)

SITES = (
    at("bloomberg", 200, html("Bloomberg - Are you a robot?", "<h1>We've detected unusual activity from your computer network</h1><p>To "
       "continue, please click the box below to let us know you're not a robot.</p><div id=\"px-captcha\"></div><p>Why did this happen?</p>"
       "<p>Please make sure your browser supports JavaScript and cookies and that you are not blocking them from loading. For more "
       "information you can review our Terms of Service and Cookie Policy.</p><p>Need Help? For inquiries related to this message please "
       "contact our support team and provide the reference ID below.</p><script></script>")),
    at("amazon", 200, html("Amazon.example", "<h4>Enter the characters you see below</h4><p>Sorry, we just need to make sure you're not a "
       "robot. For best results, please make sure your browser is accepting cookies.</p><form action='/errors/validateCaptcha'></form>")),
    at("amazon-button", 200, html("Amazon.example", "<h4>Click the button below to continue shopping</h4><form action='/errors/"
       "validateCaptcha'><button>Continue shopping</button></form>")),
    at("amazon-503", 503, html("Sorry! Something went wrong!", "<!-- To discuss automated access to data please contact us --><p>Sorry, "
       "something went wrong on our end.</p>"), to=TROUBLE),
    at("reddit-pardner", 403, html("whoa there, pardner!", "<h1>whoa there, pardner!</h1><p>Your request has been blocked due to a network "
       "policy.</p><p>Try logging in or creating an account here to get back to browsing.</p>")),
    at("reddit-network-security", 200, html("Blocked", "<h1>You've been blocked by network security.</h1><p>To continue, log in to your account "
       "or use your developer token</p><p>If you think you've been blocked by mistake, file a ticket below.</p><script></script>")),
    at("reddit-waits", 200, html("Reddit - Please wait for verification", "<form method='get'><input name='solution'></form><script>1</script>")),
    at("pubmed", 200, html("Checking your browser - reCAPTCHA", "<p>Checking your browser before accessing pubmed.example.org ...</p><p>Click "
       "here if you are not automatically redirected after 5 seconds.</p><script src='https://www.google.com/recaptcha/api.js'></script>")),
    at("jstor", 200, html("JSTOR: Access Check", "<h1>Access Check</h1><p>Our systems have detected unusual traffic activity from your "
       "network. Please complete this reCAPTCHA to demonstrate that it's you making the requests and not a robot. If you are having "
       "trouble seeing or completing this challenge, this page may help.</p><script></script>")),
    at("sec", 403, html("SEC.gov | Request Rate Threshold Exceeded", "<h1>Your Request Originates from an Undeclared Automated Tool</h1>")),
    led("register", "https://unblock.federalregister.example/", html("Request Access", "<h1>Request Access</h1><p>Due to aggressive automated "
        "scraping of this site, programmatic access is limited. If you are a human, complete the CAPTCHA (bot test) below and click "
        "“Request Access”.</p><form><div class='g-recaptcha'></div></form>")),
    at("elsevier", 200, html("ScienceLibrary", "<h1>There was a problem providing the content you requested</h1><p>Please contact our support "
       "team for more information and provide the details below.</p><p>Reference number: 8ab1</p><script></script>")),
    led("wiley", "https://gazette.example.net/action/cookieAbsent", html("Error - Cookies Turned Off", "<h1>Cookies are disabled for this "
        "browser</h1><p>This library requires cookies for authentication and use of other site features; therefore, cookies must be "
        "enabled to browse the site.</p>")),
    at("springer", 200, html("Cookies required", "<h1>Cookies required</h1><p>Your browser needs to accept cookies. Cookies must be enabled to "
       "view this page.</p><script></script>"), url=f"{URL}?error=cookies_not_supported&code=1"),
    at("tiktok", 200, "<!DOCTYPE html><html><head><title></title></head><body>Please wait...<p id='wci' class='_wafchallengeid'></p><p id='cs'"
       "></p><script src='/waf-aiso/a.js'></script></body></html>"),
    at("shopify", 429, html("Harbour shop", "<h1>Your connection needs to be verified before you can proceed</h1><div class='h-captcha'></div>")),
    led("queue", "https://gazette.queue-it.net/?c=gazette&e=sale&t=x", html("Gazette", "<h1>You are now in line</h1>")),
)

FILTERS = (
    at("fortiguard", 403, html("Web Filter Violation", "<h1>FortiGuard Intrusion Prevention - Access Blocked</h1><p>Web Page Blocked</p>")),
    at("fortiguard-in-200", 200, html("Web Page Blocked", "<h1>Web Page Blocked!</h1><p>The page you have requested has been blocked because "
       "the URL is banned. Category: News. Powered by FortiGuard.</p>")),
    at("palo-alto", 503, html("Web Page Blocked", "<h1>Web Page Blocked</h1><p>Access to the web page you were trying to visit has been "
       "blocked in accordance with company policy. Please contact your system administrator if you believe this is in error.</p>")),
    at("palo-alto-in-200", 200, html("Web Page Blocked", "<h1>Web Page Blocked</h1><p>Access to the web page you were trying to visit has "
       "been blocked in accordance with company policy.</p>")),
    at("zscaler", 403, html("Internet Security by Zscaler", "<h1>Website blocked</h1><p>Not allowed to browse News category</p>")),
    led("umbrella", "https://block.opendns.com/?url=1&ablock=1", html("This site is blocked", "<p>This site was blocked.</p>")),
    led("captive-portal", "http://10.5.50.1/login?dst=x&uamip=10.5.50.1", html("Harbour WiFi", "<form><input type=password></form>")),
    at("captive-portal-in-200", 200, "<html><head><title>Harbour WiFi</title><!--<WISPAccessGatewayParam><Redirect><LoginURL>http://l.example/"
       "</LoginURL></Redirect></WISPAccessGatewayParam>--></head><body><h1>Welcome</h1><p>Accept to go online.</p></body></html>"),
    at("network-wants-a-login", 511, html("Network Authentication Required", "<p>You need to authenticate.</p>"),
       to=(VerdictKind.BLOCKED, Reason.BOT_WALL)),
    at("court-order", 200, html("Access denied", "<p>Access to the website has been blocked pursuant to an order of the High Court.</p>"), to=GEO),
    at("department", 200, "<html><body><p>The website has been blocked as per order of the Ministry.</p></body></html>", to=GEO),
    at("russia", 200, html("Доступ ограничен", "<h1>Доступ к запрашиваемому ресурсу ограничен</h1><p>по решению Роскомнадзора</p>"), to=GEO),
    at("turkey", 200, html("Erişim", "<p>Bu internet sitesi hakkında mahkeme kararı ile erişime engellenmiştir.</p>"), to=GEO),
    at("indonesia", 200, html("Internet Positif", "<p>Internet Positif: situs yang Anda minta tidak dapat dibuka.</p>"), to=GEO),
)

ESSAY = paragraphs("an essay on walls", 4)
BRIEF = "<p>The harbour crane was sold on Tuesday for one crown, and the buyer must take it down before the autumn. It has stood since 1871.</p>"
TRAPS = (
    at("ordinary-behind-cloudflare", 200, article("The harbour crane", extra="<script>(function(){var d=c.contentDocument;d.innerHTML="
       "\"a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'\"})()</script>"), "Server: cloudflare", to=ALIVE),
    at("brief-behind-old-cloudflare", 200, html("The harbour crane sold", f"<h1>The harbour crane sold</h1>{BRIEF}<script src='/cdn-cgi/"
       "challenge-platform/h/b/scripts/invisible.js'></script>"), to=ALIVE),
    at("ordinary-behind-imperva", 200, article("The harbour crane", head="<script src='/_Incapsula_Resource?SWJIYLWA=7'></script>"),
       "X-CDN: Imperva", "X-Iinfo: 1-1", to=ALIVE),
    at("brief-behind-imperva", 200, html("The harbour crane sold", f"<h1>The harbour crane sold</h1>{BRIEF}", "<script src='/_Incapsula_"
       "Resource?SWJIYLWA=7'></script>"), to=ALIVE),
    at("brief-behind-datadome", 200, html("The harbour crane sold", f"<h1>The harbour crane sold</h1>{BRIEF}<link rel='preconnect' href="
       "'https://geo.captcha-delivery.com'><script src='https://js.datadome.co/tags.js'></script>"), "X-DataDome: protected", to=ALIVE),
    at("brief-behind-human", 200, html("The harbour crane sold", f"<h1>The harbour crane sold</h1>{BRIEF}<script>window._pxAppId='PX1'</script>"
       "<style>#px-captcha{margin:0}</style>"), to=ALIVE),
    at("brief-behind-kasada", 200, html("The harbour crane sold", f"<h1>The harbour crane sold</h1>{BRIEF}<script>KPSDK.configure([])</script>"),
       to=ALIVE),
    at("brief-behind-aws", 200, html("The harbour crane sold", f"<h1>The harbour crane sold</h1>{BRIEF}", "<script src='https://a.edge.sdk."
       "awswaf.com/a/challenge.js' defer></script>"), to=ALIVE),
    at("brief-behind-fastly", 200, html("The harbour crane sold", f"<h1>The harbour crane sold</h1>{BRIEF}", "<script src='/_fs-ch-1T1wmsGaOgGaSxcX/challenge.js'></script>"),
       to=ALIVE),
    at("fastly-by-number", 200, html("Sold", f"<h1>Sold</h1>{BRIEF}", "<script src='/_fs-ch-1T1wmsGaOgGaSxcX/challenge.js'></script>"), url=f"{SITE}/news/1234",
       to=ALIVE),
    at("app-behind-aws", 200, html("Harbour crane", "<div id='root'></div><script src='/crane.js'></script>", "<script src='https://a.edge."
       "sdk.awswaf.com/a/challenge.js' defer></script>"), to=ALIVE),
    at("app-with-recaptcha", 200, html("Harbour crane", "<div id='app'></div><script src='/crane.js'></script>", "<script src='https://www."
       "google.com/recaptcha/api.js?render=6L'></script>"), to=ALIVE),
    at("app-with-turnstile", 200, html("Harbour crane - 2014", "<app-root></app-root><script src='/crane.js' type='module'></script>", "<script "
       "src='https://challenges.cloudflare.com/turnstile/v0/api.js' async></script>"), to=ALIVE),
    at("contact-page", 200, html("Contact the harbour crane", "<h1>Contact</h1><p>Write to us.</p><form><input name=name><textarea></textarea>"
       "<div class='g-recaptcha'></div><button>Send</button></form><script src='https://www.google.com/recaptcha/api.js'></script>"), to=ALIVE),
    at("contact-page-that-says-why", 200, html("Harbour crane: contact us", "<h1>Contact the harbour crane</h1><p>Mon to Fri, 9 to 12. Write to the "
       "keeper, who answers within a week.</p><p>Tick the box so that we know you are not a robot.</p><form><textarea></textarea><div class="
       "'h-captcha'></div></form>"), to=ALIVE),
    at("essay-on-captchas", 200, html("Are you a robot?", f"<h1>Are you a robot?</h1>{ESSAY}<p>Verify that you are human, they say.</p><script>"
       "</script>"), to=ALIVE),
    at("listing-of-a-challenge", 200, html("Reading the harbour crane's challenge", "<h1>How the challenge works</h1><p>The page sets one variable "
       "and loads one script:</p><pre><code>window._cf_chl_opt = {}</code></pre><p>That is all there is to it.</p><script></script>"), to=ALIVE),
    at("noscript-line-and-a-text", 200, html("The harbour crane", "<noscript>Please enable JavaScript to continue using this site.</noscript>"
       f"<h1>The harbour crane</h1>{ESSAY}<script></script>"), to=ALIVE),
    at("banner-and-a-brief", 200, html("Harbour crane sold - Gazette", "<div class='js-warning'>Please enable JavaScript to continue.</div>"
       f"<h1>Harbour crane sold</h1>{BRIEF}<script></script>"), to=ALIVE),
    at("cookie-banner-and-a-brief", 200, html("Harbour crane sold - Gazette", "<div>Please enable cookies in your browser to access all "
       f"features.</div><h1>Harbour crane sold</h1>{BRIEF}<script></script>"), to=ALIVE),
    at("news-of-a-block", 200, html("Ministry blocks harbour site", f"<h1>Harbour crane: ministry blocks site</h1>{BRIEF}{ESSAY}<p>The site has "
       "been blocked by order of the ministry.</p>"), to=ALIVE),
    at("brief-on-a-crane-blocked", 200, html("Harbour crane blocked", f"<h1>Harbour crane blocked</h1>{BRIEF}"), to=ALIVE),
    at("security-check-at-the-harbour", 200, html("Security check", f"<h1>Security check</h1>{BRIEF}<p>The harbour crane has a security check each "
       "spring.</p><script></script>"), to=ALIVE),
    at("waiting-room-at-the-harbour", 200, html("Waiting room", f"<h1>Waiting room</h1>{BRIEF}<p>The harbour crane's waiting room has a stove.</p>"
       "<script></script>"), to=ALIVE),
    at("robot-at-the-harbour", 200, html("Robot check", f"<h1>A robot for the harbour crane</h1>{ESSAY}<script></script>"), to=ALIVE),
    at("404-behind-cloudflare", 404, html("Page not found", "<h1>404</h1><script>a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>"),
       "Server: cloudflare", "CF-RAY: 7d00", to=NOT_FOUND),
    at("404-behind-datadome", 404, html("Not found", "<h1>Not found</h1>"), "X-DataDome: protected", "Server: DataDome", to=NOT_FOUND),
    at("404-behind-imperva", 404, html("Not found", "<h1>Not found</h1><script src='/_Incapsula_Resource?SWJIYLWA=7'></script>"),
       "X-Iinfo: 1-1", to=NOT_FOUND),
    at("404-behind-human", 404, html("Not found", "<h1>Not found</h1><script>window._pxAppId='PX1'</script>"), to=NOT_FOUND),
    at("404-with-a-captcha-in-its-form", 404, html("Not found", "<h1>Not found</h1><form><div class='g-recaptcha'></div></form>"), to=NOT_FOUND),
    at("404-by-a-host-with-anubis", 404, html("Not found", "<h1>Not found</h1>"), "Set-Cookie: techaro.lol-anubis-auth=x", to=NOT_FOUND),
    at("challenge-with-404-in-full", 404, "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body>"
       "</html>"),
    at("410-behind-cloudflare", 410, html("Gone", "<h1>Gone</h1>"), "Server: cloudflare", to=(VerdictKind.DEAD, Reason.GONE)),
    at("soft-404-with-recaptcha-in-its-head", 200, html("404 Not Found", "<h1>404 Not Found</h1><p>Sorry, the page you requested was not found.</p>", "<script src='https://www.google.com/recaptcha/"
       "api.js'></script>"), to=SOFT_404),
    at("soft-404-behind-cloudflare", 200, html("Page not found", "<h1>Page not found</h1><p>Sorry, the page you requested does not exist.</p>"
       "<script src='/cdn-cgi/challenge-platform/h/b/scripts/jsd/1/main.js'></script>"), to=SOFT_404),
    at("401-with-a-challenge-of-its-own", 401, html("401", "<h1>401</h1>"), 'WWW-Authenticate: Basic realm="x"', "X-DataDome: protected",
       to=(VerdictKind.RESTRICTED, Reason.LOGIN)),
    at("bare-403-behind-cloudflare", 403, html("403 Forbidden", "<center><h1>403 Forbidden</h1></center>"), "Server: cloudflare", to=FORBIDDEN),
    at("folder-403", 403, html("403 Forbidden", "<h1>Forbidden</h1><p>You don't have permission to access /minutes/ on this server.</p><hr>"
       "<address>Apache/2.4 Server at gazette.example.net Port 443</address>"), to=FORBIDDEN),
    at("real-202", 202, article("The harbour crane"), to=ALIVE),
    at("guarded-202", 202, article("The harbour crane"), "Server: awselb/2.0", to=ALIVE),
    at("documentation-of-a-waf", 200, html("Harbour crane and Wordfence", f"<h1>Our crane and its firewall</h1>{ESSAY}<p>The page says: Generated by "
       "Wordfence.</p>"), to=ALIVE),
    at("note-on-zscaler", 200, html("Harbour crane site and Zscaler", f"<h1>If the harbour crane is blocked</h1>{BRIEF}<p>Some offices use "
       "Zscaler. Ask them to let the harbour crane through, then reload the page and write to us if it still fails.</p>"), to=ALIVE),
    at("shop-with-a-queue-script", 200, html("Harbour crane tickets", f"<h1>Harbour crane tickets</h1>{BRIEF}<script src='https://static.queue-it"
       ".net/script/queueclient.min.js'></script>"), to=ALIVE),
)

LOGIN = (VerdictKind.RESTRICTED, Reason.LOGIN)
SCRIPT = "<script src='/app.js'></script>"
RECAPTCHA = "<script src='https://www.google.com/recaptcha/api.js'></script>"
MORE = (
    at("login-with-a-captcha", 200, html("Login", f"<h1>Login</h1><form><input name=u><input type=password><div class='g-recaptcha'></div></form>{RECAPTCHA}"),
       to=LOGIN),
    at("login-behind-human-in-403", 403, html("Log in - Harbour Club", "<h1>Log in</h1><form><input name=u><input type=password></form><script>window._pxAppId="
       "'PX1'</script>"), to=LOGIN),
    at("one-word-title-and-a-captcha-script", 200, html("Crane", f"<h1>Crane</h1><p>The harbour crane, 1871.</p>{RECAPTCHA}"), to=ALIVE),
    at("app-that-wants-javascript", 200, html("Harbour crane", f"<div id='app'>Please enable JavaScript to continue.</div>{SCRIPT}{RECAPTCHA}"), to=ALIVE),
    at("poem-called-just-a-moment", 200, html("Just a moment | Harbour poems", f"<h1>Just a moment</h1>{paragraphs('moment', 1)}<p>The harbour crane turns.</p>{SCRIPT}"),
       to=ALIVE),
    at("list-of-partners", 200, html("Harbour crane: partners", f"<h1>Partners</h1><p>Cisco Umbrella, Zscaler, FortiGuard, Radware Bot Manager.</p>{SCRIPT}"), to=ALIVE),
    at("trouble-behind-human", 502, html("Bad gateway", "<h1>Something broke at our end</h1><script>window._pxAppId='PX1'</script>"), to=TROUBLE),
    at("trouble-of-a-filter's-maker", 500, html("Oops", "<h1>Oops</h1><p>Something broke. Learn more about FortiGuard.</p>"), to=TROUBLE),
    at("bad-request-behind-ddos-guard", 400, html("400", "<h1>400 Bad Request</h1>"), "Server: ddos-guard", to=(VerdictKind.UNKNOWN, Reason.BAD_ANSWER)),
    at("too-many-behind-datadome", 429, html("429", "<h1>Slow down</h1>"), "X-DataDome: protected", to=LIMITED),
    at("too-many-behind-human", 429, html("Too many", "<h1>Too many requests from you</h1><p>Come back later, please.</p><script>window._pxAppId='PX1'</script>"), to=LIMITED),
    at("verifies-the-browser-in-words-of-its-own", 200, html("gazette.example.net", f"<p>We are verifying your device. You will be led on at once.</p>{SCRIPT}")),
    at("security-check-runs", 200, html("gazette.example.net", f"<p>Performing a security check, please stay on this page.</p>{SCRIPT}")),
    at("ducks", 202, html("gazette.example.net", "<p>Unfortunately, bots use this search, too. Please complete the following challenge to confirm this search was made by "
       f"a human.</p><form id='challenge-form'></form>{SCRIPT}")),
    at("glassdoor", 403, html("Security | Glass", "<h1>Help us protect the site</h1><p>Please help us by verifying that you're a real person.</p>")),
    at("cloudfront-country", 403, html("ERROR: The request could not be satisfied", "<h1>403 ERROR</h1><p>The Amazon CloudFront distribution is configured to block access "
       "from your country.</p>"), to=GEO),
    at("interview-with-a-robot", 200, html("“I am not a robot”: an interview", f"<h1>“I am not a robot”</h1>{paragraphs('robot', 2)}<p>The harbour crane listens.</p>{SCRIPT}"), to=ALIVE),
    at("short-story-on-a-captcha", 200, html("Harbour crane, a very short story", "<h1>Harbour crane, a very short story</h1><p>“Prove you are human,” said the machine. The crane "
       f"could not, and turned away.</p>{SCRIPT}"), to=ALIVE),
    at("guestbook", 200, html("Guestbook of the harbour crane", f"<h1>Guestbook</h1><p>Be the first to write.</p><form><textarea></textarea><div class='h-captcha'></div></form>{SCRIPT}"),
       to=ALIVE),
    at("vote", 200, html("Harbour crane of the year", "<h1>Harbour crane of the year</h1><p>Vote for one of three cranes until Sunday.</p><form><input type=radio name=crane> Old crane"
       f"<input type=radio name=crane> New crane<div class='g-recaptcha'></div></form>{RECAPTCHA}"), to=ALIVE),
)
LOGINS = (
    led("authwall", "https://gazette.example.net/authwall?trk=x&sessionRedirect=https%3A%2F%2Fgazette", html("Sign up", "<h1>Join</h1><form><input type=password></form>"), to=LOGIN),
    led("accounts-login", "https://gazette.example.net/accounts/login/?next=/2014/03/harbour-crane", html("Login", "<div id='root'></div><script></script>"), to=LOGIN),
    led("consent", "https://consent.example.net/m?continue=https://gazette", html("Before you continue", "<form><button>Accept all</button></form>"),
        to=(VerdictKind.RESTRICTED, Reason.CONSENT)),
)

ROWS = (*MORE, *LOGINS, *CLOUDFLARE, *VENDORS, *PROOFS, *SITES, *FILTERS, *TRAPS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_answer_comes_to(row: Row) -> None:
    verdict = judge_look(observe(URL, row.answer))
    assert (verdict.kind, verdict.reason) == row.outcome, verdict.because
    assert verdict.because.isprintable()
    assert verdict.because.endswith(".")


def test_every_row_has_a_name_of_its_own() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)
    assert len(ROWS) > 140
