"""Pages that are easily mistaken: short texts that are called like an error, notices that are not errors, far languages."""

from __future__ import annotations

import pytest
from scripted import exchange, hop, html, page, redirect

from archiver.checks.judge import judge_look
from archiver.checks.look import observe
from archiver.demo.prose import paragraphs
from archiver.model import Reason, VerdictKind

SITE = "https://gazette.example.net"
URL = f"{SITE}/2014/03/harbour-crane"
ALIVE = (VerdictKind.ALIVE, Reason.OK)
SOFT_404 = (VerdictKind.DEAD, Reason.SOFT_404)
BOT_WALL = (VerdictKind.BLOCKED, Reason.BOT_WALL)
TROUBLE = (VerdictKind.UNKNOWN, Reason.SERVER_ERROR)
LOGIN = (VerdictKind.RESTRICTED, Reason.LOGIN)


def outcome(body: str, *headers: str, link: str = URL, code: int = 200) -> tuple[VerdictKind, Reason]:
    verdict = judge_look(observe(link, exchange(page(link, body, code, *headers))))
    return verdict.kind, verdict.reason


def called(title: str, text: str) -> str:
    return html(title, f"<h1>{title}</h1><p>{text}</p>")


# ---------------------------------------------------------------- called like an error, and no error


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Gone", "A novel in three parts, printed on the quay."),
        ("Unavailable", "A song of the ferrymen, in two verses."),
        ("Not Found", "Talks about what was lost at sea. First the anchor, then the bell."),
        ("Introuvable", "Un roman de la mer."),
        ("Page missing", "The ninth leaf of the log was cut out with a knife, wrote the mate."),
        ("Document missing", "The council has no idea where the contract is, a clerk told us on Monday."),
        ("Video removed", "The music was not ours. A new cut is shown on Friday at the club."),
        ("404", "A family car with four doors, made for fifteen years and rusty after ten."),
        ("The requested page", "Leaf nine of the log; here it is."), ("Page", "The boy who carries the train."),
        ("Page not found", "My blog says this of every post since Monday. Config below."),
    ],
)
def test_a_short_text_with_the_name_of_an_error_is_there(title: str, text: str) -> None:
    assert outcome(called(title, text)) == ALIVE


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/status/404", "404 Not Found"), ("/books/gone", "Gone"), ("/stories/file-not-found", "File not found"),
        ("/books/page-not-found-a-clerk", "Page Not Found"), ("/works/removed", "Removed"),
    ],
)
def test_a_page_about_what_its_address_says_is_there(path: str, title: str) -> None:
    assert outcome(called(title, "Try the search for more of this kind."), link=f"{SITE}{path}") == ALIVE


@pytest.mark.parametrize("title", ["404 Not Found · Issue 12", "Page not found - Help Forum", "Not Found, a novel | Books"])
def test_a_title_that_names_a_kind_of_text_is_no_error(title: str) -> None:
    assert outcome(html(title, "<p>I met it in the readme, and it went away when the link was mended.</p>")) == ALIVE


def test_a_product_that_is_sold_out_is_there() -> None:
    body = called("Oilskin coat", "This item is no longer available. Heavy cotton, two pockets.")
    assert outcome(body, link=f"{SITE}/shop/oilskin-coat") == ALIVE


def test_news_of_something_removed_is_there() -> None:
    assert outcome(called("Protest at the quay", "The article has been removed, said the paper on Monday.")) == ALIVE


def test_a_program_that_prints_an_error_is_there() -> None:
    assert outcome(html("errorhandler", "<h1>errorhandler</h1><pre>return 'this page does not exist'</pre>")) == ALIVE


# ---------------------------------------------------------------- errors all the same


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Tidewater", "We could not find the page you asked for. It may have moved, or its name was mistyped. " + "Go on. " * 20),
        ("Job", "This job is no longer available. Search for others."),
        ("Forum", "Invalid thread specified. Tell the administrator."),
        ("User not found", "The search may help."),
        ("Stranica nije pronađena", "Stranica koju tražite ne postoji."), ("Stran ni bila najdena", "Stran ne obstaja."),
        ("Страница није пронађена", "Страница не постоји."), ("Puslapis nerastas", "Ieškomas puslapis neegzistuoja."),
        ("Lapa nav atrasta", "Meklētā lapa neeksistē."), ("Lehte ei leitud", "Otsitavat lehte ei leitud."),
        ("Pàgina no trobada", "La pàgina no existeix."), ("صفحہ نہیں ملا", "مطلوبہ صفحہ موجود نہیں۔"),
        ("பக்கம் கிடைக்கவில்லை", "இந்தப் பக்கம் இல்லை."),
    ],
)
def test_an_error_page_is_known_by_its_words(title: str, text: str) -> None:
    assert outcome(called(title, text)) == SOFT_404


@pytest.mark.parametrize("charset", ["shift_jis", "euc_jp"])
def test_an_error_page_in_an_old_encoding_is_known(charset: str) -> None:
    body = f'<meta charset="{charset}"><title>ページが見つかりません</title><h1>ページが見つかりません</h1>'.encode(charset)
    verdict = judge_look(observe(URL, exchange(hop(URL, "HTTP/1.1 200 OK\nContent-Type: text/html", body))))
    assert (verdict.kind, verdict.reason) == SOFT_404


def test_the_bare_greeting_of_a_new_server_is_no_page() -> None:
    assert outcome("<html><body><h1>It works!</h1></body></html>") == SOFT_404
    assert outcome(html("Engine", "<h1>It works!</h1><p>Nine hours without a stop.</p>")) == ALIVE


def test_a_picture_that_says_removed_is_an_error() -> None:
    link, target = f"{SITE}/i/x9.jpg", f"{SITE}/images/removed.png"
    verdict = judge_look(observe(link, exchange(
        redirect(link, target, 302), hop(target, "HTTP/1.1 200 OK\nContent-Type: image/png", b"\x89PNG\r\n\x1a\n"),
    )))
    assert (verdict.kind, verdict.reason) == SOFT_404


# ---------------------------------------------------------------- notices of other kinds


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Site unavailable", "The site is closed for maintenance."), ("Page unavailable", "Please try again later."),
        ("Blog", "There was a critical error on this website."), ("Blog", "Fatal error: Uncaught exception in line 3"),
    ],
)
def test_a_site_in_trouble_is_not_gone(title: str, text: str) -> None:
    assert outcome(called(title, text)) == TROUBLE


def test_a_front_page_under_maintenance_is_no_front_page() -> None:
    home = f"{SITE}/"
    for code in (301, 302):
        answer = exchange(redirect(URL, home, code), page(home, called("Closed", "Our site is under maintenance.")))
        verdict = judge_look(observe(URL, answer))
        assert (verdict.kind, verdict.reason) == TROUBLE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Bridge under maintenance", "The bridge is under maintenance until May. Take the ferry, it runs each hour."),
        ("Ferry service unavailable on Sunday", "Because of the regatta nothing sails."),
        ("How to log in", "You must log in to view your bill. The number stands on the last one."),
    ],
)
def test_a_text_about_such_a_notice_is_there(title: str, text: str) -> None:
    assert outcome(called(title, text)) == ALIVE


def test_what_is_withheld_from_a_continent_is_withheld() -> None:
    assert outcome(called("Gazette", "We are unavailable to readers from the European Union.")) == (VerdictKind.BLOCKED, Reason.GEO)


def test_rules_for_countries_are_not_withheld() -> None:
    assert outcome(called("Export rules", "Some are not available in your country."), link=f"{SITE}/export-rules") == ALIVE


def test_a_file_behind_leave_wants_a_login() -> None:
    assert outcome(called("You need access", "Ask the owner.")) == LOGIN
    assert outcome(called("You need access", "Ask the owner."), code=403) == LOGIN


def test_terms_before_a_file_are_no_other_file() -> None:
    body = called("Terms of use", "Before the download: I accept the terms and conditions.")
    assert outcome(body, link=f"{SITE}/docs/a9.pdf") == (VerdictKind.UNKNOWN, Reason.NEEDS_BROWSER)


# ---------------------------------------------------------------- walls and their neighbours


@pytest.mark.parametrize("code", [521, 522, 530])
def test_cloudflare_speaking_of_the_sites_own_server_is_no_wall(code: int) -> None:
    assert outcome(html("x", "<div id='cf-error-details'>The origin is away.</div>"), code=code) == TROUBLE


def test_cloudflare_refusing_on_the_sites_behalf_is_a_wall() -> None:
    title = "Access denied | gazette.example.net used Cloudflare to restrict access"
    assert outcome(html(title, "<h1>No</h1>"), code=403) == BOT_WALL


def test_an_essay_on_walls_without_a_script_is_there() -> None:
    assert outcome(html("Verify you are human", f"<h1>Verify you are human</h1>{paragraphs('essay', 1)}")) == ALIVE


def test_an_app_that_asks_for_scripts_is_no_wall() -> None:
    body = html("App", "<div id='root'>Please enable JavaScript to continue.</div><script src='/a.js'></script>")
    assert outcome(body)[0] is not VerdictKind.BLOCKED


def test_a_parked_domain_drawn_by_its_companys_script_is_parked() -> None:
    body = html("gazette.example.net", "<div id='target'></div><script>window.park = 'x'</script>")
    assert outcome(body) == (VerdictKind.DEAD, Reason.PARKED)
