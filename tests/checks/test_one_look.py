"""What one answer shows: a row for each situation, and for each trap beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from scripted import exchange, failure, hop, html, page, redirect

from archiver.checks.judge import judge_look
from archiver.checks.look import observe
from archiver.demo.media import mp3, mp4, pdf, webm
from archiver.demo.prose import article, paragraphs
from archiver.model import FailureKind, Reason, VerdictKind, WarningCode

if TYPE_CHECKING:
    from archiver.web.exchange import Exchange, Failure

URL = "https://gazette.example.net/2014/03/harbour-crane"
SITE = "https://gazette.example.net"
ARTICLE = article("The harbour crane, forty years on", length=6)
SHORT = html("The harbour crane", "<h1>The harbour crane</h1><p>Built in 1871, sold in 1902, missed ever since.</p>")
ALIVE = (VerdictKind.ALIVE, Reason.OK)
SOFT_404 = (VerdictKind.DEAD, Reason.SOFT_404)
BOT_WALL = (VerdictKind.BLOCKED, Reason.BOT_WALL)


@dataclass(frozen=True)
class Row:
    name: str
    link: str
    answer: Exchange | Failure
    verdict: VerdictKind
    reason: Reason
    warnings: tuple[WarningCode, ...] = ()


def status(code: int, verdict: VerdictKind, reason: Reason, body: str = "<title>x</title><h1>x</h1>") -> Row:
    return Row(f"status-{code}", URL, exchange(page(URL, body, code)), verdict, reason)


def shown(name: str, body: str, outcome: tuple[VerdictKind, Reason], *headers: str, code: int = 200, link: str = URL) -> Row:
    return Row(name, link, exchange(page(link.partition("#")[0], body, code, *headers)), *outcome)


def led(
    name: str, link: str, target: str, outcome: tuple[VerdictKind, Reason], *warnings: WarningCode, code: int = 301,
    body: str = ARTICLE,
) -> Row:
    return Row(name, link, exchange(redirect(link, target, code), page(target, body)), *outcome, warnings)


def failed(kind: FailureKind, verdict: VerdictKind, reason: Reason) -> Row:
    return Row(f"failure-{kind}", URL, failure(URL, kind), verdict, reason)


def file(name: str, link: str, media_type: str, data: bytes, outcome: tuple[VerdictKind, Reason], code: int = 200) -> Row:
    return Row(name, link, exchange(hop(link, f"HTTP/1.1 {code} OK\nContent-Type: {media_type}", data)), *outcome)


def sorry(name: str, title: str, words: str, link: str = URL) -> Row:
    return shown(f"says-so-{name}", html(title, f"<h1>{title}</h1><p>{words}</p>"), SOFT_404, link=link)


STATUSES = (
    status(404, VerdictKind.DEAD, Reason.NOT_FOUND), status(410, VerdictKind.DEAD, Reason.GONE),
    status(400, VerdictKind.UNKNOWN, Reason.BAD_ANSWER), status(401, VerdictKind.RESTRICTED, Reason.LOGIN),
    status(402, VerdictKind.RESTRICTED, Reason.PAYWALL), status(403, VerdictKind.BLOCKED, Reason.FORBIDDEN),
    status(405, VerdictKind.UNKNOWN, Reason.BAD_ANSWER), status(406, VerdictKind.UNKNOWN, Reason.BAD_ANSWER),
    status(407, VerdictKind.UNKNOWN, Reason.PROXY), status(408, VerdictKind.UNKNOWN, Reason.TIMEOUT),
    status(418, VerdictKind.BLOCKED, Reason.FORBIDDEN), status(421, VerdictKind.UNKNOWN, Reason.BAD_ANSWER),
    status(429, VerdictKind.UNKNOWN, Reason.RATE_LIMITED), status(451, VerdictKind.RESTRICTED, Reason.LEGAL),
    status(500, VerdictKind.UNKNOWN, Reason.SERVER_ERROR), status(502, VerdictKind.UNKNOWN, Reason.SERVER_ERROR),
    status(503, VerdictKind.UNKNOWN, Reason.SERVER_ERROR), status(522, VerdictKind.UNKNOWN, Reason.SERVER_ERROR),
    status(530, VerdictKind.UNKNOWN, Reason.SERVER_ERROR), status(304, VerdictKind.UNKNOWN, Reason.BAD_ANSWER),
    status(300, VerdictKind.UNKNOWN, Reason.BAD_ANSWER), status(999, VerdictKind.BLOCKED, Reason.BOT_WALL),
    status(204, VerdictKind.DEAD, Reason.EMPTY, ""), status(205, VerdictKind.DEAD, Reason.EMPTY, ""),
    status(200, VerdictKind.DEAD, Reason.EMPTY, ""), status(203, VerdictKind.ALIVE, Reason.OK, ARTICLE),
    shown("404-however-kind-the-page", ARTICLE, (VerdictKind.DEAD, Reason.NOT_FOUND), code=404),
)

FAILURES = (
    failed(FailureKind.NO_SUCH_HOST, VerdictKind.DEAD, Reason.NO_SUCH_HOST),
    failed(FailureKind.DNS_ERROR, VerdictKind.UNKNOWN, Reason.DNS_ERROR),
    failed(FailureKind.REFUSED, VerdictKind.UNKNOWN, Reason.REFUSED),
    failed(FailureKind.RESET, VerdictKind.UNKNOWN, Reason.RESET),
    failed(FailureKind.TIMEOUT, VerdictKind.UNKNOWN, Reason.TIMEOUT),
    failed(FailureKind.TLS_ERROR, VerdictKind.UNKNOWN, Reason.TLS_ERROR),
    failed(FailureKind.BAD_ANSWER, VerdictKind.UNKNOWN, Reason.BAD_ANSWER),
    failed(FailureKind.BAD_REDIRECT, VerdictKind.DEAD, Reason.BAD_REDIRECT),
    failed(FailureKind.REDIRECT_LOOP, VerdictKind.DEAD, Reason.REDIRECT_LOOP),
    failed(FailureKind.TOO_MANY_REDIRECTS, VerdictKind.DEAD, Reason.REDIRECT_LOOP),
    failed(FailureKind.FORBIDDEN_ADDRESS, VerdictKind.SKIPPED, Reason.PRIVATE_ADDRESS),
    failed(FailureKind.UNSUPPORTED, VerdictKind.SKIPPED, Reason.UNSUPPORTED),
    failed(FailureKind.ROBOTS, VerdictKind.UNKNOWN, Reason.ROBOTS),
    failed(FailureKind.OFFLINE, VerdictKind.UNKNOWN, Reason.OFFLINE),
    failed(FailureKind.PROXY, VerdictKind.UNKNOWN, Reason.PROXY),
    failed(FailureKind.GAVE_UP, VerdictKind.UNKNOWN, Reason.GAVE_UP),
)

TEASERS = "<h2>Most read</h2><ul>" + "".join(f"<li><a href='/{n}'>The ferry, part {n}</a>" for n in range(30)) + "</ul>"
SAYS_SO = (
    sorry("english", "Page not found", "Sorry, the page you requested could not be found."),
    sorry("english-404", "404", "The page you are looking for might have been removed or is temporarily unavailable."),
    sorry("english-with-site", "404 - Page Not Found | Tidewater Gazette", "Try the search, or go back to the front page."),
    sorry("english-oops", "Oops! That page can’t be found.", "It looks like nothing was found at this location."),
    sorry("english-expired", "Article no longer available", "This article has expired."),
    sorry("german", "Fehler 404 – Seite nicht gefunden", "Die von Ihnen aufgerufene Seite existiert leider nicht."),
    sorry("french", "Erreur 404", "La page que vous demandez est introuvable."),
    sorry("italian", "Pagina non trovata", "La pagina richiesta non esiste o è stata rimossa."),
    sorry("portuguese", "Página não encontrada", "A página que você procura não existe."),
    sorry("dutch", "Pagina niet gevonden", "De opgevraagde pagina bestaat niet meer."),
    sorry("polish", "Nie znaleziono strony", "Strona, której szukasz, nie istnieje."),
    sorry("czech", "Stránka nenalezena", "Požadovaná stránka nebyla nalezena."),
    sorry("swedish", "Sidan hittades inte", "Sidan du söker finns inte."),
    sorry("ukrainian", "Сторінку не знайдено", "На жаль, такої сторінки не існує."),
    sorry("turkish", "Sayfa bulunamadı", "Aradığınız sayfa kaldırılmış olabilir."),
    sorry("indonesian", "Halaman tidak ditemukan", "Maaf, halaman yang Anda cari tidak tersedia."),
    sorry("vietnamese", "Không tìm thấy trang", "Trang bạn tìm không tồn tại."),
    sorry("chinese", "页面不存在", "抱歉，您访问的页面不存在或已被删除。"),
    sorry("chinese-404", "404错误 - 潮水报", "找不到您要的页面。"),
    sorry("japanese", "ページが見つかりません", "お探しのページは削除された可能性があります。"),
    sorry("korean", "페이지를 찾을 수 없습니다", "요청하신 페이지가 존재하지 않습니다."),
    sorry("arabic", "الصفحة غير موجودة", "عذرا، لم يتم العثور على الصفحة المطلوبة."),
    sorry("persian", "صفحه مورد نظر یافت نشد", "این صفحه وجود ندارد."),
    sorry("hindi", "पृष्ठ नहीं मिला", "क्षमा करें, यह पेज मौजूद नहीं है।"),
    sorry("thai", "ไม่พบหน้าที่คุณต้องการ", "ขออภัย"),
    sorry("greek", "Η σελίδα δεν βρέθηκε", "Η σελίδα που ζητήσατε δεν υπάρχει."),
    sorry("hebrew", "הדף לא נמצא", "הדף המבוקש הוסר."),
    shown(
        "says-so-in-its-text-only",
        html("Tidewater Gazette", "<div>Sorry, the article you are looking for could not be found.</div>"), SOFT_404,
    ),
    shown(
        "says-so-above-many-links",
        html("Page not found - The Gazette", f"<h1>Page not found</h1><p>The page you requested does not exist.</p>{TEASERS}"),
        SOFT_404,
    ),
    shown("says-so-without-blanks", "<title>404NotFound</title><center><h1>404NotFound</h1></center><hr>nginx", SOFT_404),
    shown("says-so-of-a-quiz", html("Quiz no longer available", "<h1>This quiz is no longer available.</h1>"), SOFT_404),
    shown("says-so-over-two-lines", html(
        "Page not found — Openwater", "<p>404</p><h1>Page not<br><span>found.</span></h1><p>It doesn’t exist or has moved.</p>",
    ), SOFT_404),
    shown("default-page-of-nginx", html(
        "Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is installed.</p>",
    ), SOFT_404),
    shown("suspended-account", html(
        "Account Suspended", "<h1>Account Suspended</h1><p>This account has been suspended. Contact your hosting.</p>",
    ), SOFT_404),
    file("plain-text-notice", f"{SITE}/notes.txt", "text/plain", b"404 page not found\n", SOFT_404),
)

TRAPS = (
    shown("article", ARTICLE, ALIVE),
    shown("short-page", SHORT, ALIVE),
    shown("long-article-about-404", article("Page not found: the art of the 404", length=12), ALIVE),
    shown("encyclopedia-on-404", html(
        "HTTP 404 - Encyclopedia", f"<h1>HTTP 404</h1>{paragraphs('a', 10)}<p>The server says that the page was not found.</p>",
    ), ALIVE),
    shown("album-called-not-found", html(
        "Not Found (album) - Discography", f"<h1>Not Found (album)</h1>{paragraphs('b', 3)}",
    ), ALIVE),
    shown("body-never-found", html(
        "Body never found, court hears", "<h1>Body never found, court hears</h1><p>The page of the diary was not found until "
        f"1954, said a witness.</p>{paragraphs('c', 2)}",
    ), ALIVE),
    shown("product-with-a-missing-size", html(
        "Oilskin coat", f"<h1>Oilskin coat</h1>{paragraphs('d', 3)}<p>This size is no longer available.</p>",
    ), ALIVE),
    shown("how-to-write-error-pages", html(
        "How to write a good error page", "<h1>How to write a good error page</h1>" + paragraphs("e", 2)
        + "<p>Say what happened: “Sorry, the page you requested could not be found.” Then offer a way on.</p>"
        + paragraphs("f", 3),
    ), ALIVE),
    shown("gone-in-title", html("Gone with the tide", f"<h1>Gone with the tide</h1>{paragraphs('g', 2)}"), ALIVE),
    shown("room-404", html("Room 404", f"<h1>Room 404</h1>{paragraphs('h', 1)}"), ALIVE),
    shown("lost-and-found", html("Lost", f"<h1>Lost</h1>{paragraphs('i', 2)}"), ALIVE),
    shown("missing-person", html("Missing", f"<h1>Missing</h1>{paragraphs('j', 2)}<p>He was not found.</p>"), ALIVE),
    shown("sidebar", html("The stove", f"<h1>The stove</h1>{paragraphs('k', 2)}<aside>Page not found? Tell us.</aside>"), ALIVE),
    shown("comment-complains", html(
        "The ferry", f"<h1>The ferry</h1>{paragraphs('l', 3)}<p>Comment: the page you link to could not be found!</p>",
    ), ALIVE),
    shown("pictures-only", html("Harbour in fog", "<img src='fog.jpg'>"), ALIVE),
    shown("frames", "<html><head><title>Old site</title></head><frameset><frame src='a.html'></frameset></html>", ALIVE),
    shown("no-title", f"<html><body>{paragraphs('m', 2)}</body></html>", ALIVE),
    shown("login-box-in-the-corner", html(
        "The bell", f"<h1>The bell</h1>{paragraphs('n', 4)}<form>Sign in <input type='password'></form>",
    ), ALIVE),
    shown("captcha-in-a-comment-form", html(
        "The rope", f"<h1>The rope</h1>{paragraphs('o', 4)}<form><div class='g-recaptcha'></div></form>",
    ), ALIVE),
    shown("guarded-page", html(
        "The pump", f"<h1>The pump</h1>{paragraphs('p', 4)}<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
    ), ALIVE, "Server: cloudflare", "CF-RAY: 7d00"),
    shown("guarded-by-datadome", html("The pump", f"<h1>The pump</h1>{paragraphs('p', 4)}"), ALIVE, "X-DataDome: protected"),
    shown("article-on-captchas", html(
        "Are you a robot?", f"<h1>Are you a robot?</h1>{paragraphs('q', 5)}<p>Sites check whether you are a robot.</p>",
    ), ALIVE),
    shown("essay-with-a-guard's-script", html(
        "Are you human?", f"<h1>Are you human?</h1>{paragraphs('guard', 6)}<script>window._pxAppId = 'PX1'</script>",
    ), ALIVE),
    shown("living-site-with-a-for-sale-banner", html(
        "gazette.example.net", f"<h1>gazette.example.net</h1><p>This domain is for sale.</p>{paragraphs('banner', 8)}",
    ), ALIVE),
    shown("article-on-domains", html(
        "Domain for sale: the market", f"<h1>Domain for sale</h1>{paragraphs('r', 6)}<p>“This domain is for sale”, it said.</p>",
    ), ALIVE),
    shown("post-about-a-lost-domain", html(
        "My domain expired", f"<h1>My domain expired</h1><p>The domain expired in May.</p>{paragraphs('lost', 1)}",
    ), ALIVE),
    shown("app-that-calls-itself-not-found-at-first", html(
        "Page not found", "<div id='app'>404 page not found</div><script src='/app.js'></script>",
    ), ALIVE),
    shown("cited-error-page", html("Page not found", "<h1>Page not found</h1>"), ALIVE, link=f"{SITE}/404"),
    shown("article-on-maintenance", html(
        "Under maintenance", f"<h1>Under maintenance</h1>{paragraphs('s', 5)}<p>The bridge is under maintenance.</p>",
    ), ALIVE),
    shown("noscript-refresh", html(
        "The mast", f"<h1>The mast</h1>{paragraphs('t', 3)}", "<noscript><meta http-equiv='refresh' content='0;url=/nojs'></noscript>",
    ), ALIVE),
    shown("latin-1-in-a-meta", '<html><head><meta charset="iso-8859-1"><title>x</title></head><body><h1>Crane</h1><p>Caf\xe9 harbour.', ALIVE),
    shown("cited-login-page", html(
        "Sign in", "<h1>Sign in</h1><form><input name=u><input type=password></form>",
    ), ALIVE, link=f"{SITE}/login"),
    shown("front-page-with-login", html(
        "Sign in", "<h1>Sign in</h1><form><input name=u><input type=password></form>",
    ), ALIVE, link=f"{SITE}/"),
    shown("mistyped-pdf", "%PDF-1.4 harbour", ALIVE, link=f"{SITE}/report.pdf"),
)

WALLS = (
    shown("cloudflare-503", html(
        "Just a moment...", "<p>Checking your browser before accessing gazette.example.net.</p>",
    ), BOT_WALL, "Server: cloudflare", code=503),
    shown("cloudflare-header", "", BOT_WALL, "cf-mitigated: challenge", code=403),
    shown("cloudflare-200", html("Just a moment...", "<script>window._cf_chl_opt={}</script>"), BOT_WALL),
    shown("datadome-200", html("x", "<script src='https://ct.captcha-delivery.com/c.js'></script>"), BOT_WALL),
    shown("sgcaptcha", "<meta http-equiv='refresh' content='0;/.well-known/sgcaptcha/?r=%2F'>", BOT_WALL, "sg-captcha: challenge", code=202),
    shown("aws-405", html("Human Verification", "<script>window.gokuProps = {}</script>"), BOT_WALL, code=405),
    shown("imperva-pardon", html(
        "Pardon Our Interruption", "<h1>Pardon Our Interruption</h1><p>Something made us think that you are a bot.</p>",
    ), BOT_WALL, code=403),
    shown("google-429", html(
        "Sorry...", "<p>Our systems have detected unusual traffic from your computer network.</p>",
    ), BOT_WALL, code=429),
    shown("f5-200", html(
        "Request Rejected", "The requested URL was rejected. Please consult with your administrator. Your support ID is: 1234567890",
    ), BOT_WALL),
    shown("wordfence-503", html("Blocked", "<p>Your access to this site has been limited. Generated by Wordfence.</p>"), BOT_WALL, code=503),
    shown("turnstile-200", html(
        "Verify you are human", "<p>Complete the challenge.</p><div class='cf-turnstile'></div>"
        "<script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script>",
    ), BOT_WALL),
    shown("kasada-429", "<html><head></head><body><script src='/a/ips.js?tkrm=1'></script></body></html>", BOT_WALL, "x-kpsdk-ct: abc", code=429),
    shown("access-denied-by-akamai", html(
        "Access Denied", "<h1>Access Denied</h1>Reference&#32;&#35;18&#46;5d3a1402.17",
    ), BOT_WALL, code=403),
    shown("geo-403", html("Sorry", "<p>This content is not available in your country.</p>"), (VerdictKind.BLOCKED, Reason.GEO), code=403),
    shown("geo-200", html("Player", "<p>Sorry, this video is not available in your region.</p>"), (VerdictKind.BLOCKED, Reason.GEO)),
)

OTHERS = (
    shown("parked", html(
        "gazette.example.net", "<h1>gazette.example.net</h1><p>This domain may be for sale. Inquire now.</p>",
    ), (VerdictKind.DEAD, Reason.PARKED)),
    shown("parked-by-script", html(
        "", "<script>window.park = 'abc'</script><p>Related links of the domain</p>",
    ), (VerdictKind.DEAD, Reason.PARKED)),
    shown("lander", '<!doctype html><html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>',
          (VerdictKind.DEAD, Reason.PARKED)),
    shown("domain-expired", html("Domain expired", "<h1>Domain expired</h1><p>This domain has expired. Renew it now.</p>"),
          (VerdictKind.DEAD, Reason.PARKED)),
    led("sold-domain", URL, "https://www.hugedomains.com/domain_profile.cfm?d=gazette", (VerdictKind.DEAD, Reason.PARKED),
        body=html("gazette.example.net is for sale", "<h1>Buy it</h1>")),
    shown("nothing-but-blanks", "<html><head><title> </title></head><body> \n <br></body></html>", (VerdictKind.DEAD, Reason.EMPTY)),
    shown("login-without-a-redirect", html(
        "Log in - Harbour Club", "<h1>Log in</h1><form><input name=u><input type=password></form>",
    ), (VerdictKind.RESTRICTED, Reason.LOGIN)),
    shown("must-log-in", html("Minutes", "<p>You must be logged in to view this page.</p>"), (VerdictKind.RESTRICTED, Reason.LOGIN)),
    shown("maintenance", html("Back soon", "<h1>Back soon</h1><p>The site is down for scheduled maintenance.</p>"),
          (VerdictKind.UNKNOWN, Reason.SERVER_ERROR)),
    shown("database-down", "<h1>Error establishing a database connection</h1>", (VerdictKind.UNKNOWN, Reason.SERVER_ERROR)),
    Row("half-a-page", URL, exchange(page(URL, ARTICLE[:900], truncated="disconnect")), VerdictKind.UNKNOWN, Reason.TRUNCATED),
    Row("page-too-slow", URL, exchange(page(URL, ARTICLE[:900], truncated="time")), VerdictKind.UNKNOWN, Reason.TIMEOUT),
    Row("long-page-cut-by-us", URL, exchange(page(URL, ARTICLE, truncated="length")), *ALIVE),
    Row("untrusted", URL, exchange(page(URL, ARTICLE, tls_untrusted=True)), *ALIVE, (WarningCode.TLS_UNTRUSTED,)),
    Row("missing-fragment", f"{URL}#barometer", exchange(page(URL, ARTICLE)), *ALIVE, (WarningCode.FRAGMENT_MISSING,)),
    *(
        Row(f"fragment-{fragment}", f"{URL}#{fragment}", exchange(page(URL, ARTICLE)), *ALIVE)
        for fragment in ("top", "page=4", ":~:text=crane", "t=61", "L10-L20", "/route", "!route", "xywh=1,2,3,4")
    ),
    Row("fragment-unquoted", f"{URL}#bell", exchange(page(URL, ARTICLE + "<a name=bell>")), *ALIVE),
    Row("fragment-encoded", f"{URL}#k%C3%B8en", exchange(page(URL, ARTICLE + "<p id='køen'>")), *ALIVE),
    Row("fragment-of-github", f"{URL}#usage", exchange(page(URL, ARTICLE + '<a id="user-content-usage">')), *ALIVE),
)

MOVED = (VerdictKind.MOVED, Reason.PERMANENT_REDIRECT)
TO_HOME = (VerdictKind.DEAD, Reason.REDIRECT_TO_HOME)
LOGIN = (VerdictKind.RESTRICTED, Reason.LOGIN)
REDIRECTS = (
    led("moved", URL, f"{SITE}/articles/harbour-crane", MOVED),
    led("moved-308", URL, "https://other.example.com/harbour-crane", MOVED, code=308),
    led("temporary", URL, f"{SITE}/articles/harbour-crane", ALIVE, WarningCode.TEMPORARY_REDIRECT, code=302),
    led("temporary-303", URL, f"{SITE}/articles/harbour-crane", ALIVE, WarningCode.TEMPORARY_REDIRECT, code=303),
    led("temporary-307", URL, f"{SITE}/articles/harbour-crane", ALIVE, WarningCode.TEMPORARY_REDIRECT, code=307),
    led("to-https", "http://gazette.example.net/a", "https://gazette.example.net/a", ALIVE),
    led("to-https-for-now", "http://gazette.example.net/a", "https://gazette.example.net/a", ALIVE, code=302),
    led("to-www", "https://example.net/a", "https://www.example.net/a", ALIVE),
    led("from-www", "https://www.example.net/a", "https://example.net/a/", ALIVE),
    led("to-a-slash", f"{SITE}/a", f"{SITE}/a/", ALIVE, code=302),
    led("to-lower-case", f"{SITE}/About/Crane", f"{SITE}/about/crane", ALIVE),
    led("from-index-html", f"{SITE}/docs/index.html", f"{SITE}/docs/", ALIVE),
    led("tracking-dropped", f"{SITE}/a?utm_source=x", f"{SITE}/a", ALIVE),
    led("to-http", f"{SITE}/a", "http://gazette.example.net/a", ALIVE, WarningCode.INSECURE_REDIRECT),
    led("home", URL, f"{SITE}/", TO_HOME),
    led("home-for-now", URL, f"{SITE}/", TO_HOME, code=302),
    led("home-with-index", URL, f"{SITE}/index.php", TO_HOME),
    led("home-in-a-language", URL, f"{SITE}/en/", TO_HOME),
    led("home-in-a-region", URL, f"{SITE}/en-us/", TO_HOME),
    led("home-with-a-mark", URL, f"{SITE}/?utm_source=404", TO_HOME),
    led("home-of-www", "https://example.net/a/b", "https://www.example.net/", TO_HOME),
    led("from-front-page-to-language", f"{SITE}/", f"{SITE}/en/", ALIVE, code=302),
    led("from-front-page-to-region", f"{SITE}/", f"{SITE}/gb/en/home", ALIVE),
    led("from-old-front-page", f"{SITE}/index.html", f"{SITE}/", ALIVE),
    led("from-another-front-page", f"{SITE}/home.html", f"{SITE}/", ALIVE),
    led("front-page-moved-to-other-site", f"{SITE}/", "https://harbour.example.com/", MOVED),
    led("to-a-query-at-the-root", f"{SITE}/2014/harbour-crane", f"{SITE}/?p=17", MOVED),
    led("to-a-route", f"{SITE}/2014/harbour-crane", f"{SITE}/#/harbour-crane", MOVED),
    led("personal-page-to-own-host", "https://example.net/~petersen/", "https://petersen.example.net/", MOVED),
    led("resolver", "https://doi.org/10.1234/abc", "https://press.example.com/articles/17", ALIVE, code=302),
    led("error-page", URL, f"{SITE}/404.html", SOFT_404, code=302, body=html("Oh", "<p>Nothing.</p>")),
    led("error-page-not-found", URL, f"{SITE}/page-not-found", SOFT_404, body=html("Oh", "<p>Nothing.</p>")),
    led("error-page-aspx", URL, f"{SITE}/error.aspx?aspxerrorpath=/2014", SOFT_404, code=302, body=html("Oh", "<p>Nothing.</p>")),
    led("error-page-by-a-word", URL, f"{SITE}/error", SOFT_404, body=html("Error", "<p>The page you requested was not found.</p>")),
    led("not-found-in-a-slug", URL, f"{SITE}/harbour-crane-not-found-on-map", MOVED),
    led("article-number-404", f"{SITE}/items/404-harbour", f"{SITE}/things/items/404", MOVED),
    led("login", URL, f"{SITE}/login?next=%2F2014", LOGIN, code=302, body=html("Sign in", "<input type=password>")),
    led("login-on-its-host", URL, "https://accounts.example.net/?continue=https%3A%2F%2Fgazette", LOGIN, code=302,
        body=html("Sign in", "<input type=password>")),
    led("login-wordpress", URL, f"{SITE}/wp-login.php?redirect_to=%2Fa", LOGIN, code=302, body=html("Log In", "<input type=password>")),
    led("slug-with-login", URL, f"{SITE}/2014/how-to-login-to-the-harbour-crane", MOVED),
    led("consent", URL, "https://consent.example.net/?continue=x", (VerdictKind.RESTRICTED, Reason.CONSENT), code=302,
        body=html("Before you continue", "<form><button>Accept</button></form>")),
    Row("to-404", URL, exchange(redirect(URL, f"{SITE}/x"), page(f"{SITE}/x", "", 404)), VerdictKind.DEAD, Reason.NOT_FOUND),
    Row("to-403", URL, exchange(redirect(URL, f"{SITE}/x"), page(f"{SITE}/x", "", 403)), VerdictKind.BLOCKED, Reason.FORBIDDEN),
    Row("to-no-host", URL, failure("https://gone.example.com/", FailureKind.NO_SUCH_HOST, redirect(URL, "https://gone.example.com/")),
        VerdictKind.DEAD, Reason.NO_SUCH_HOST),
    Row(
        "permanent-then-temporary", URL, exchange(
            redirect(URL, f"{SITE}/crane"), redirect(f"{SITE}/crane", f"{SITE}/now/crane", 302), page(f"{SITE}/now/crane", ARTICLE),
        ), *ALIVE, (WarningCode.TEMPORARY_REDIRECT,),
    ),
    Row(
        "https-then-moved", "http://gazette.example.net/crane", exchange(
            redirect("http://gazette.example.net/crane", f"{SITE}/crane", 302), redirect(f"{SITE}/crane", f"{SITE}/new/crane"),
            page(f"{SITE}/new/crane", ARTICLE),
        ), *MOVED,
    ),
    Row(
        "there-and-back", URL, exchange(
            redirect(URL, f"{SITE}/setcookie", 302), redirect(f"{SITE}/setcookie", URL, 302), page(URL, ARTICLE),
        ), *ALIVE,
    ),
    led("to-a-wall", URL, f"{SITE}/crane-new", BOT_WALL, body=html("Just a moment...", "<script>window._cf_chl_opt={}</script>")),
)

WRONG = (VerdictKind.DEAD, Reason.WRONG_TYPE)
PDF = f"{SITE}/files/atlas.pdf"
FILES = (
    file("pdf", PDF, "application/pdf", pdf("Atlas", "Nine to four."), ALIVE),
    file("pdf-as-octets", PDF, "application/octet-stream", pdf("Atlas", "Nine to four."), ALIVE),
    file("pdf-said-to-be-html", PDF, "text/html", pdf("Atlas", "Nine to four."), ALIVE),
    file("empty-pdf", PDF, "application/pdf", b"", (VerdictKind.DEAD, Reason.EMPTY)),
    shown("page-instead-of-pdf", html("Our new catalogue", paragraphs("u", 3)), WRONG, link=PDF),
    shown("pdf-not-there", html("Document not available", "<h1>Document not available</h1>"), SOFT_404, link=PDF),
    shown("landing-page-with-the-pdf", html("Publications", f"{paragraphs('v', 2)}<a href='/dl/9.pdf?x=1'>Download</a>"), ALIVE, link=PDF),
    shown("landing-page-by-name", html("Atlas - Harbour Library", f"<h1>Atlas</h1>{paragraphs('w', 2)}"), ALIVE, link=PDF),
    shown("viewer", html("viewer", "<div id='root'></div><script src='pdf.js'></script>"), ALIVE, link=PDF),
    shown("wiki-page-of-a-picture", html("File:Crane.jpg - Wiki", "<h1>File:Crane.jpg</h1>"), ALIVE, link=f"{SITE}/wiki/File:Crane.jpg"),
    shown("wiki-page-with-a-dot", html("Node.js", f"<h1>Node.js</h1>{paragraphs('x', 2)}"), ALIVE, link=f"{SITE}/wiki/Node.js"),
    file("mp4", f"{SITE}/a.mp4", "video/mp4", mp4(), ALIVE, 206),
    file("webm", f"{SITE}/a.webm", "video/webm", webm(), ALIVE, 206),
    file("mp3", f"{SITE}/a.mp3", "audio/mpeg", mp3(), ALIVE, 200),
    file("mp4-without-a-type", f"{SITE}/a.mp4", "", mp4(), ALIVE, 206),
    file("html-said-to-be-mp4", f"{SITE}/a.mp4", "video/mp4", html("Films", paragraphs("y", 2)).encode(), WRONG),
    shown("page-instead-of-mp4", html("Films", paragraphs("z", 2)), WRONG, link=f"{SITE}/quay.mp4"),
    file("text", f"{SITE}/rfc.txt", "text/plain", b"404 Not Found: the server has no such page.\n" * 20, ALIVE),
    file("json", f"{SITE}/data.json", "application/json", b"{}", ALIVE),
    Row("pdf-cut-short", PDF, exchange(hop(PDF, "HTTP/1.1 200 OK\nContent-Type: application/pdf", b"%PDF-1.4 ....", truncated="time")), *ALIVE),
)

ROWS = (*STATUSES, *FAILURES, *SAYS_SO, *TRAPS, *WALLS, *OTHERS, *REDIRECTS, *FILES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_one_answer_comes_to(row: Row) -> None:
    verdict = judge_look(observe(row.link, row.answer))
    assert (verdict.kind, verdict.reason, verdict.warnings) == (row.verdict, row.reason, row.warnings), verdict.because


def test_every_row_has_a_name_of_its_own() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)
    assert len(ROWS) > 180


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_because_is_one_sentence_without_control_characters(row: Row) -> None:
    because = judge_look(observe(row.link, row.answer)).because
    assert because.endswith(".")
    assert because.isprintable()
    assert because[:1] == because[:1].upper() or because.startswith(("gazette", "gone"))
