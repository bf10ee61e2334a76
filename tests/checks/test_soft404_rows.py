"""Answers of 200 that are no answer: error pages of many languages, and what hosts and platforms put in a page's place."""

from __future__ import annotations

import json

import pytest
from error_pages import ERRORS, MORE_ERRORS
from scripted import exchange, hop, html, page

from archiver.checks.judge import judge_look
from archiver.checks.look import observe
from archiver.demo.prose import paragraphs
from archiver.model import Reason, VerdictKind

SITE = "https://gazette.example.net"
URL = f"{SITE}/2014/03/9417"
PDF = f"{SITE}/files/atlas-1871.pdf"
ALIVE = (VerdictKind.ALIVE, Reason.OK)
SOFT_404 = (VerdictKind.DEAD, Reason.SOFT_404)
EMPTY = (VerdictKind.DEAD, Reason.EMPTY)
PARKED = (VerdictKind.DEAD, Reason.PARKED)
TROUBLE = (VerdictKind.UNKNOWN, Reason.SERVER_ERROR)
UNCLEAR = (VerdictKind.UNKNOWN, Reason.BAD_ANSWER)
LOGIN = (VerdictKind.RESTRICTED, Reason.LOGIN)
FORBIDDEN = (VerdictKind.BLOCKED, Reason.FORBIDDEN)
WRONG_TYPE = (VerdictKind.DEAD, Reason.WRONG_TYPE)


def shown(body: str, *, link: str = URL, code: int = 200) -> tuple[VerdictKind, Reason]:
    verdict = judge_look(observe(link, exchange(page(link, body, code))))
    return verdict.kind, verdict.reason


def sent(media_type: str, body: bytes | str, *, link: str = URL, code: int = 200) -> tuple[VerdictKind, Reason]:
    kind = f"Content-Type: {media_type}" if media_type else "Server: x"
    verdict = judge_look(observe(link, exchange(hop(link, f"HTTP/1.1 {code} OK\n{kind}", body))))
    return verdict.kind, verdict.reason


def called(title: str, heading: str, text: str) -> str:
    return html(title, (f"<h1>{heading}</h1>" if heading else "") + (f"<p>{text}</p>" if text else ""))


# ---------------------------------------------------------------- words

SAID = [(language, row) for language, rows in ERRORS.items() for row in rows]


@pytest.mark.parametrize(("language", "row"), SAID, ids=[f"{language}-{row[0] or row[2]}"[:50] for language, row in SAID])
def test_an_error_page_of_any_language_is_known_from_one_answer(language: str, row: tuple[str, str, str]) -> None:
    assert shown(called(*row)) == SOFT_404


@pytest.mark.parametrize("row", MORE_ERRORS, ids=lambda row: f"{row[0]}-{row[1]}"[:50])
def test_what_nobody_had_in_mind_is_known_too(row: tuple[str, str, str]) -> None:
    assert shown(called(*row)) == SOFT_404


@pytest.mark.parametrize(
    "body",
    [
        html("","<center><h1>404 Not Found</h1></center><hr><center>openresty</center>"),
        html("404 - File or directory not found.","<div id=header><h1>Server Error</h1></div><div><h2>404 - File or directory not found.</h2><h3>The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.</h3></div>"),
        html("Object not found!","<h1>Object not found!</h1><p>The requested URL was not found on this server. If you entered the URL manually please check your spelling and try again.</p>"),
        html("Error","<pre>Cannot GET /2014/03/9417</pre>"),
        html("Harbour","<h1>Not Found</h1><p>The requested resource was not found on this server.</p>"),
        html("The resource cannot be found.","<h1>Server Error in '/' Application.</h1><h2><i>The resource cannot be found.</i></h2><p>Description: HTTP 404. The resource you are looking for (or one of its dependencies) could have been removed, had its name changed, or is temporarily unavailable.</p>"),
        html("Apache Tomcat/9.0 - Error report","<h1>HTTP Status 404 – Not Found</h1><p>The origin server did not find a current representation for the target resource.</p>"),
        html("Harbour Jobs","<h1>Sorry, this position has been filled</h1><p>See other jobs.</p>"),
        html("Harbour","<h1>This event has expired</h1>"),
        html("Quay Tube","<h1>This channel does not exist.</h1>"),
        html("Instaquay","<h2>Sorry, this page isn't available.</h2><p>The link you followed may be broken, or the page may have been removed. Go back.</p>"),
        html("Tweet","<h1>Hmm...this page doesn’t exist. Try searching for something else.</h1>"),
        html("Paste","<h1>This page is no longer available. It has either expired, been removed by its creator, or removed by one of the staff.</h1>"),
        html("Blog","<h1>Nothing Found</h1><p>It seems we can’t find what you’re looking for. Perhaps searching can help.</p>"),
        html("Not Found","<h1>Not Found</h1><p>Sorry, but you are looking for something that isn't here.</p>"),
        html("Harbour","<h2>Error 404 - Not Found</h2>"),
    ],
)
def test_what_servers_and_systems_say_by_themselves_is_known(body: str) -> None:
    assert shown(body) == SOFT_404


NAV = "<ul class=menu><li><a href=/>Home</a><li><a href=/n>News</a><li><a href=/c>Contact</a></ul>"
FOOT = "<div class=foot>© 2026 Hafenbote GmbH. Alle Rechte vorbehalten. <a href=/i>Impressum</a> <a href=/d>Datenschutz</a></div>"
COOKIES = "<div class=cookie>Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten. <button>OK</button></div>"


@pytest.mark.parametrize(
    "body",
    [
        html("Seite nicht gefunden - Hafenbote",NAV + "<h1>Seite nicht gefunden</h1><p>Die von Ihnen gewünschte Seite existiert nicht.</p>" + FOOT + COOKIES),
        html("ページが見つかりません｜港新聞",NAV + "<h1>ページが見つかりません</h1><ul>" + "".join(f"<li><a href=/{i}>クレーンの四十年 {i}</a>" for i in range(20)) + "</ul>"),
        html("Error | Diario del Puerto",NAV + "<h2>Lo sentimos</h2><p>La página que estás buscando no existe, ha sido eliminada o ha cambiado de nombre.</p><p>Puedes volver a la portada o usar el buscador.</p>"),
        html("Le Phare",NAV + "<div class=error><strong>Erreur 404</strong><br>Désolé, la page que vous recherchez est introuvable.</div>" + FOOT),
        html("Artikel nicht gefunden","<h1>Artikel nicht gefunden</h1><p>Der Artikel wurde möglicherweise gelöscht.</p><h3>Suche</h3><form><input></form>"),
        html("港口论坛 - Powered by Discuz!","<div id=messagetext><p>抱歉，指定的主题不存在或已被删除或正在被审核</p></div><p><a href=/>[ 点击这里返回上一页 ]</a></p>"),
        html("Forum - Information","<div class=panel><h2>Information</h2><p>The requested topic does not exist.</p></div>"),
        html("vBulletin Message","<div>No Thread specified. If you followed a valid link, please notify the administrator</div>"),
        html("Invalid Page","<h1>Invalid Page</h1><p>The page you requested is invalid or no longer exists.</p>"),
        html("Sorry, we couldn't find that page","<h1>Sorry, we couldn't find that page</h1><p>Try searching or go to the homepage.</p>"),
        html("Hafen","<p>Das Dokument wurde nicht gefunden.</p>"),
        html("","<p>Die Seite existiert nicht.</p>"),
        html("Portal","<p>Artykuł nie istnieje lub został usunięty</p>"),
        html("Portal","<div>Запрашиваемый документ не найден</div>"),
        html("Haber","<div class=hata>Aradığınız haber yayından kaldırılmıştır.</div>"),
        html("News","<h1>Story no longer available</h1><p>This story has expired and is no longer available on our site. Most stories stay online for thirty days.</p>"),
        html("Store","<h1>Product not found!</h1><p>The product was not found! <a href=/>Continue</a></p>"),
        html("Magento","<h1>Whoops, our bad...</h1><p>The page you requested was not found, and we have a fine guess why.</p><ul><li>If you typed the URL directly, please make sure the spelling is correct.</li><li>If you clicked on a link to get here, the link is outdated.</li></ul>"),
        html("Page Not Found","<h1>This is not the web page you are looking for.</h1>"),
        html("Quay University","<h1>Page Not Found</h1><p>We recently redesigned our website, and many pages have moved. Please update your bookmarks, use the search box above, or call the help desk at 555 0142.</p>"),
    ],
)
def test_an_error_page_with_a_site_around_it_is_known(body: str) -> None:
    assert shown(body) == SOFT_404


def test_there_are_at_least_five_for_each_of_the_great_languages() -> None:
    great = ["en", "ru", "es", "de", "tr", "fa", "fr", "ja", "pt", "zh", "zh-Hant", "vi", "it", "ar", "el", "pl", "id", "ko", "nl", "uk", "th", "cs", "he", "ro", "sv", "hu", "da", "fi", "bn", "hi"]
    assert all(len(ERRORS[language]) >= 5 for language in great)


MENU = "<div class=menu><a href=/a>Inicio</a> <a href=/b>Deportes</a> <a href=/c>Cultura</a> <a href=/d>Contacto</a></div>"


def test_a_menu_around_it_changes_nothing() -> None:
    assert shown(html("Página no encontrada", f"{MENU}<h1>Página no encontrada</h1>{MENU * 3}")) == SOFT_404
    assert shown(html("Sidan hittades inte", f"<h1>Sidan hittades inte</h1>{MENU * 6}")) == SOFT_404


# ---------------------------------------------------------------- nothing


@pytest.mark.parametrize(
    "body",
    [
        "", " \r\n\t ", "<!-- cached -->", "<br>", "<br/><br/>\n", "<html><head></head><body></body></html>", "&nbsp;",
        "<!doctype html><html><body><!-- 0.02 s --></body></html>", "<p></p>", "<html></html>", "<div><div></div></div>",
        "\ufeff", "<body>&nbsp;<br>&nbsp;</body>",
    ],
)
def test_a_page_with_nothing_to_see_is_empty(body: str) -> None:
    assert shown(body) == EMPTY


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/json", "{}"), ("application/json", "[]"), ("application/json", "null"), ("text/plain", "\n\n"),
        ("text/html", "{}"), ("image/gif", b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\x04\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"),
        ("application/octet-stream", ""),
    ],
)
def test_an_answer_with_nothing_in_it_is_empty(media_type: str, body: bytes | str) -> None:
    assert sent(media_type, body) == EMPTY


@pytest.mark.parametrize("link", [f"{SITE}/data.json", f"{SITE}/api/v2/boats/17", "https://api.example.net/boats?format=json"])
def test_empty_data_is_an_answer_where_data_was_cited(link: str) -> None:
    assert sent("application/json", "[]", link=link) == ALIVE


# ---------------------------------------------------------------- errors said as data, or in plain text


@pytest.mark.parametrize(
    "data",
    [
        {"error": "not found"}, {"status": 404}, {"message": "Not Found"}, {"statusCode": 404, "message": "Cannot GET /a", "error": "Not Found"},
        {"error": {"code": 404, "message": "Requested entity was not found."}}, {"errors": [{"status": "404", "title": "Not Found"}]},
        {"code": "not_found", "message": "No route"}, {"success": False, "error": "Page not found"},
        {"timestamp": "2026-03-02T12:00:00Z", "status": 404, "error": "Not Found", "path": "/2014/03/9417"},
        {"type": "about:blank", "title": "Not Found", "status": 404}, {"detail": "Not found."}, {"status": "error", "message": "Article does not exist"},
        {"data": None, "errors": [{"message": "Article not found", "code": 404}]}, {"msg": "页面不存在", "code": 404, "data": None},
    ],
    ids=str,
)
def test_data_that_says_not_found_is_an_error(data: object) -> None:
    assert sent("application/json", json.dumps(data)) == SOFT_404
    assert sent("text/html; charset=utf-8", json.dumps(data)) == SOFT_404


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        ({"status": 500, "message": "boom"}, TROUBLE), ({"error": "Internal Server Error"}, TROUBLE), ({"code": 503}, TROUBLE),
        ({"status": 401, "message": "Unauthorized"}, LOGIN), ({"error": {"code": 403, "message": "Forbidden"}}, UNCLEAR),
        ({"status": 404, "url": "/x", "checked": "2026", "site": "harbour"}, ALIVE), ({"boats": 212, "status": "ok"}, ALIVE),
        ({"title": "Not Found", "year": 1998, "tracks": ["Gone", "Missing"]}, ALIVE), ([{"name": "a"}, {"name": "b"}], ALIVE),
        ({"name": "Gone", "description": "A novel.", "isbn": "1"}, ALIVE),
    ],
    ids=str,
)
def test_other_data_is_read_for_what_it_says(data: object, outcome: tuple[VerdictKind, Reason]) -> None:
    assert sent("application/json", json.dumps(data)) == outcome


def test_broken_or_deep_data_says_nothing() -> None:
    assert sent("application/json", '{"error": "not fou') == ALIVE
    assert sent("application/json", "[" * 15_000) == ALIVE
    assert sent("application/json", '{"error":' * 3000 + "1" + "}" * 3000) == ALIVE


STORAGE = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{}</Code><Message>So it is.</Message><Key>a/9417</Key></Error>'


@pytest.mark.parametrize(
    ("name", "code", "outcome"),
    [
        ("NoSuchKey", 200, SOFT_404), ("NoSuchBucket", 200, SOFT_404), ("BlobNotFound", 200, SOFT_404), ("AccessDenied", 200, UNCLEAR),
        ("AccessDenied", 403, FORBIDDEN), ("SlowDown", 200, TROUBLE), ("InternalError", 200, TROUBLE),
    ],
)
def test_a_storage_speaks_in_codes(name: str, code: int, outcome: tuple[VerdictKind, Reason]) -> None:
    assert sent("application/xml", STORAGE.format(name), code=code) == outcome
    assert sent("text/xml", STORAGE.format(name), code=code, link=PDF) == outcome


@pytest.mark.parametrize(
    "text",
    [
        "Not Found", "404 page not found\n", "404: Not Found", "File not found.", "Page not found", "Cannot GET /2014/03/9417",
        "The specified key does not exist.", "404", "Error 404", "Seite nicht gefunden", "ページが見つかりません",
        "The requested URL /2014 was not found on this server.",
    ],
)
def test_a_plain_text_that_is_a_notice_is_an_error(text: str) -> None:
    if text != "404":
        assert sent("text/plain; charset=utf-8", text) == SOFT_404
    assert shown(text) == SOFT_404


@pytest.mark.parametrize("text", ["Not found: one anchor, two oars. Found: the bell, on Sunday.", "User-agent: *\nDisallow:\n", "9417"])
def test_a_short_plain_text_is_there(text: str) -> None:
    assert sent("text/plain", text) == ALIVE


# ---------------------------------------------------------------- a server's own errors


@pytest.mark.parametrize(
    "body",
    [
        ("<br />\n<b>Fatal error</b>:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /var/www/db.php:14\nStack trace:\n"
        "#0 /var/www/db.php(14): PDO-&gt;__construct()\n#1 {main}\n  thrown in <b>/var/www/db.php</b> on line <b>14</b><br />"),
        html("Server Error", "<h1>Server Error (500)</h1>"),
        html("Error", "<h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error.</p>"),
        html("", "<h2>Application error: a client-side exception has occurred (see the browser console for more information).</h2>"),
        "MySQL server has gone away", "ORA-12541: TNS:no listener", "ORA-01034: ORACLE not available",
        "<font face=Arial size=2><p>Microsoft OLE DB Provider for SQL Server</font> <font>error '80004005'</font><p>Timeout expired</p>",
        html("Runtime Error", "<h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2><p>An application error occurred.</p>"),
        html("We're sorry, but something went wrong (500)", "<h1>We're sorry, but something went wrong.</h1><p>Check the logs.</p>"),
        html("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>"),
        html("Database Error", "<h1>Error establishing a database connection</h1>"),
        html("Gazette", "<h1>Internal Server Error</h1><p>The server encountered an internal error.</p>"),
        html("Error", "<pre>Traceback (most recent call last):\n  File \"app.py\", line 9, in view\nKeyError: 'id'</pre>"),
        html("Apache Tomcat", "<h1>HTTP Status 500</h1><pre>java.lang.NullPointerException\n\tat org.demo.View.render(View.java:17)</pre>"),
        "Warning: mysqli_connect(): (HY000/1040): Too many connections in /home/g/public_html/a.php on line 3",
        html("Gazette", "<p>Error connecting to database</p>"), "upstream connect error or disconnect/reset before headers.",
    ],
)
def test_a_servers_own_error_says_nothing_of_the_page(body: str) -> None:
    assert shown(body) == TROUBLE


# ---------------------------------------------------------------- where a file was cited


def test_a_page_that_says_that_the_file_is_not_there() -> None:
    assert shown(called("Library", "Document not available", "The document you requested is not available."), link=PDF) == SOFT_404
    assert shown(called("Bibliothek", "", "Das angeforderte Dokument ist nicht mehr verfügbar."), link=PDF) == SOFT_404
    assert shown(called("Bild nicht gefunden", "Bild nicht gefunden", ""), link=f"{SITE}/i/crane.jpg") == SOFT_404
    assert shown(called("Downloads", "File not found", "The archive has been moved."), link=f"{SITE}/dl/tides.zip") == SOFT_404


def test_another_page_in_a_files_place_is_the_wrong_type() -> None:
    assert shown(html("Welcome", paragraphs("w", 3)), link=PDF) == WRONG_TYPE
    assert shown(html("Welcome", paragraphs("w", 3)), link=f"{SITE}/dl/tides.docx") == WRONG_TYPE


def test_a_login_in_a_files_place_is_a_login() -> None:
    assert shown(html("Sign in", "<h1>Sign in</h1><form><input name=u><input type=password></form>"), link=PDF) == LOGIN


@pytest.mark.parametrize(
    "body",
    [
        html("atlas-1871.pdf", "<div id=viewer></div><script src=/pdfjs/viewer.js></script>"),
        html("Viewer", "<embed src='/raw/atlas-1871.pdf' type=application/pdf>"),
        html("PDF", "<iframe src='https://docs.example.com/viewer?url=https%3A%2F%2Fgazette.example.net%2Ffiles%2Fatlas-1871.pdf'></iframe>"),
        html("Viewer", "<object data='/files/download.pdf?id=3'></object>"),
    ],
)
def test_a_viewer_that_shows_the_file_is_the_file(body: str) -> None:
    assert shown(body, link=PDF) == ALIVE


# ---------------------------------------------------------------- platforms and hosts


@pytest.mark.parametrize(
    "body",
    [
        called("Harbour Log", "There's nothing here.", "Whatever you were looking for doesn't currently exist at this address. Unless you were looking for this error message."),
        called("Blog has been removed", "Blog has been removed", "Sorry, the blog at harbour.example.org has been removed. This address is not available for new blogs."),
        called("harbour.example.com", "", "harbour.example.com is no longer available. The authors have deleted this site."),
        called("Site not found · GitHub Pages", "404", "There isn't a GitHub Pages site here. If you're trying to publish one, read the full documentation."),
        called("No such app", "", "There's no app configured at that hostname. Perhaps the app owner has renamed it, or you mistyped the URL. heroku"),
        called("Site Not Found", "Site Not Found", "Why am I seeing this? There are a few potential reasons: you haven't deployed an app yet. Firebase Hosting"),
        called("404: NOT_FOUND", "", "404: NOT_FOUND Code: DEPLOYMENT_NOT_FOUND ID: fra1::abcde This deployment cannot be found."),
        called("Fastly error: unknown domain", "", "Fastly error: unknown domain: gazette.example.net. Please check that this domain has been added to a service."),
        called("Microsoft Azure Web App - Error 404", "404 Web Site not found.", "You may be seeing this error due to one of the reasons listed below."),
        called("Website Expired", "Website Expired", "This account has expired. If you are the site owner, click below to login."),
        called("Domain Not Claimed", "Domain Not Claimed", "This domain has been mapped to Squarespace, but it has not yet been claimed by a website."),
        called("Shop", "Sorry, this shop is currently unavailable.", ""),
        called("Account Suspended", "Account Suspended", "This Account has been suspended. Contact your hosting provider for more information."),
        called("410 Deleted by author — Medium", "410", "User deactivated or deleted their account."),
        called("Google Drive", "", "Sorry, the file you have requested does not exist. Make sure that you have the correct URL and the file exists."),
        called("Dropbox - That isn’t here anymore", "That isn’t here anymore", "Someone might’ve deleted the file or disabled the link."),
        called("WeTransfer", "Transfer expired", "This transfer has expired. Ask the sender to send it again."),
        called("Scribd", "", "This document has been removed from Scribd."),
        called("Harbour", "", "Diese Internetpräsenz wurde deaktiviert."),
        called("Willkommen", "", "Hier entsteht eine neue Internetpräsenz."),
        called("OVH", "Félicitations !", "Votre domaine a bien été créé chez nous. Pour commencer, rendez-vous dans votre espace client."),
        called("Index", "", "Сайт заблокирован хостинг-провайдером."),
        called("Web Server's Default Page", "", "This page is generated by Plesk, the leading hosting automation software."),
        called("Apache2 Debian Default Page: It works", "It works!", "This is the default welcome page used to test the correct operation of the Apache2 server."),
        called("IIS Windows Server", "", "<img src=iisstart.png alt=IIS>"),
        called("Caddy works!", "Congratulations!", "Your web server is working. This page is served by Caddy."),
        called("Welcome to OpenResty!", "Welcome to OpenResty!", "If you see this page, the OpenResty web platform is successfully installed."),
        "<html><body><h1>It works!</h1></body></html>",
    ],
)
def test_what_a_platform_or_host_puts_there_is_no_page(body: str) -> None:
    assert shown(body) == SOFT_404


def test_leave_to_see_a_file_is_to_be_asked_for() -> None:
    assert shown(called("You need access", "You need access", "Ask for access, or switch to an account with access.")) == LOGIN


UP = '<a href="?C=N;O=D">Name</a> <a href="?C=M;O=A">Last modified</a><hr><a href="/2014/">Parent Directory</a>'


def test_a_list_of_files_is_there_and_an_empty_one_is_not() -> None:
    link = f"{SITE}/2014/maps/"
    assert shown(html("Index of /2014/maps", f"<h1>Index of /2014/maps</h1><pre>{UP}<hr></pre>"), link=link) == EMPTY
    assert shown(html("Index of /2014/maps/", '<h1>Index of /2014/maps/</h1><hr><pre><a href="../">../</a></pre>'), link=link) == EMPTY
    full = f'<h1>Index of /2014/maps</h1><pre>{UP}<a href="quay.png">quay.png</a> 2014-03-02 12K<hr></pre>'
    assert shown(html("Index of /2014/maps", full), link=link) == ALIVE


# ---------------------------------------------------------------- parked


@pytest.mark.parametrize(
    "body",
    [
        html("gazette.example.net", "", "<script>window.onload=function(){window.location.href='/lander'}</script>"),
        html("gazette.example.net - This website is for sale!", "<h1>gazette.example.net</h1><p>This website is for sale! It is your first source.</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>The domain name gazette.example.net is for sale. Make an offer.</p>"),
        html("gazette.example.net", "<p>This domain has expired. If you are the owner, renew it with your registrar.</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>This domain was recently registered at Namecheap. Please check back later!</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>Diese Domain steht zum Verkauf. Jetzt kaufen.</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>Le nom de domaine gazette.example.net est à vendre !</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>Este dominio está en venta.</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>Domena gazette.example.net jest na sprzedaż.</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>Домен gazette.example.net продаётся.</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>该域名正在出售</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>Bu alan adı satılıktır.</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>このドメインは販売中です。</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>Срок регистрации домена истёк.</p>"),
        html("gazette.example.net", "<h1>gazette.example.net</h1><p>Denna domän är till salu.</p>"),
        "<html><head><title>gazette.example.net</title></head><frameset rows='100%,*'><frame src='http://www.sedoparking.com/gazette.example.net'></frameset></html>",
        html("Parked Domain name on Hostinger DNS system", "<h1>Happy to see your domain with us!</h1><p>Your domain is parked.</p>"),
        html("gazette.example.net is parked", "<p>gazette.example.net is parked free, courtesy of a registrar.</p>"),
        html("Gazette", "<p>A Brand New Domain! Congratulations! Your new domain gazette.example.net has been registered with Porkbun.</p>"),
        html("Domain registriert", "<h1>gazette.example.net</h1><p>Diese Domain wurde soeben freigeschaltet. Hier entsteht eine neue Homepage.</p>"),
    ],
)
def test_a_parked_domain_is_known(body: str) -> None:
    assert shown(body) == PARKED


# ---------------------------------------------------------------- what a page's program says


def _next(data: object, text: str = "") -> str:
    return html("Harbour App", f"<div id=__next>{text}</div><script id=__NEXT_DATA__ type=application/json>{json.dumps(data)}</script>")


@pytest.mark.parametrize(
    "body",
    [
        _next({"props": {"pageProps": {}}, "page": "/404", "query": {}}),
        _next({"props": {"pageProps": {"statusCode": 404}}, "page": "/_error"}),
        _next({"props": {"pageProps": {"notFound": True}}, "page": "/essay/[id]"}),
        html("Harbour", "<div id=__nuxt></div><script>window.__NUXT__={layout:'default',error:{statusCode:404,message:'This page could not be found'}}</script>"),
        html("Harbour", '<div id=__nuxt></div><script type="application/json" id="__NUXT_DATA__">[{"error":1},{"statusCode":2,"message":3},404,"none"]</script>'),
        html("Harbour", "<div id=app></div><script src=/a.js></script>", '<meta name="prerender-status-code" content="404">'),
        html("Harbour", "<div id=root></div><script src=/a.js></script>", '<meta content="404" name="prerender-status-code">'),
        html("Harbour", "<main>Hm.</main><script src=/a.js></script>", '<meta name="robots" content="noindex"><meta name="next-error" content="not-found">'),
        html("Harbour", '<div id="___gatsby"></div><script>window.pagePath="/404.html";</script>'),
        '<!doctype html><title>Hafenbote</title><body class="error404 wp-custom-logo"><p>Tja, das war wohl nichts.</p></body>',
        '<!doctype html><title>Boutique</title><body id="pagenotfound" class="lang-fr"><p>Rien, hélas, rien de rien.</p></body>',
        html("Crane - Harbour Wiki", '<div class="noarticletext">Hier steht nichts.</div>'),
    ],
)
def test_a_programs_own_word_settles_it(body: str) -> None:
    assert shown(body) == SOFT_404


@pytest.mark.parametrize(
    "body",
    [
        _next({"props": {"pageProps": {"essay": {"title": "Ropes"}}}, "page": "/essay/[id]", "query": {"id": "404"}}, "Ropes, 9417"),
        _next({"props": {"pageProps": {"rooms": [{"statusCode": 404}]}}, "page": "/rooms"}, "Rooms, 9417"),
        html("Harbour", f"<p>9417</p>{paragraphs('n', 2)}<script>var example = {{error: {{statusCode: 404}}}}</script>"),
        f'<!doctype html><title>Ropes</title><body class="error404"><h1>Ropes, 9417</h1>{paragraphs("virtual", 4)}</body>',
    ],
)
def test_a_programs_other_data_says_nothing(body: str) -> None:
    assert shown(body) == ALIVE
