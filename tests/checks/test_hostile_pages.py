"""Whatever a server sends, a look ends in a verdict, soon."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import exchange, hop, html, page, redirect

from archiver import urls
from archiver.checks.judge import judge_look
from archiver.checks.look import first_address, observe
from archiver.checks.page import Page, decode
from archiver.checks.phrases import plain, sentence, whole
from archiver.checks.sibling import address
from archiver.model import Reason, VerdictKind

LINK = "https://gazette.example.net/2014/harbour-crane#bell"
_PIECES = st.sampled_from([
    b"<p>", b"</p>", b"<div id=root>", b"<title>", b"</title>", b"404", b"not found", b"<h1>", b"<script>", b"</script>", b"<!--", b"-->",
    b"<meta http-equiv=refresh content='0;url=", b"'>", b"<noscript>", b"<svg>", b"<frameset>", b"domain for sale", b"\x00", b"\xff\xfe",
    b"<meta charset=", b"utf-16", b"\xe9", "页面不存在".encode(), b"<input type=password>", b"g-recaptcha", b"{0}{status}", b"\r\n",
])
_BODIES = st.one_of(st.binary(max_size=300), st.lists(_PIECES, max_size=25).map(b"".join))
_TYPES = st.sampled_from(["text/html", "text/html; charset=nonsense", "text/html; charset=utf-7", "", "video/mp4", "text/plain", ";;;"])
_STATUSES = st.sampled_from([100, 200, 202, 204, 206, 304, 403, 404, 416, 429, 503, 600, 999])


@given(_BODIES, _TYPES, _STATUSES, st.sampled_from([LINK, "http://a.example.net/x.pdf", "http://a.example.net/x.mp4", "http://[::1]/"]))
def test_any_bytes_end_in_a_verdict(body: bytes, media_type: str, status: int, link: str) -> None:
    answer = exchange(hop(urls.without_fragment(link), f"HTTP/1.1 {status} X\nContent-Type: {media_type}", body))
    verdict = judge_look(observe(link, answer))
    assert verdict.because.endswith(".")


_LINKS = st.one_of(st.text(max_size=30), st.from_regex(r"(/[a-z0-9.~%-]{0,8}){0,4}(\?[a-z=&%]{0,9})?(#[a-z/!]{0,5})?", fullmatch=True)).map(
    lambda text: urls.normalise(f"http://a.example.net/{text}") or "http://a.example.net/"
)


@given(_LINKS, _LINKS, st.sampled_from([301, 302, 303, 307, 308]), st.text(max_size=20))
def test_any_redirect_ends_in_a_verdict(link: str, target: str, status: int, location: str) -> None:
    first = redirect(urls.without_fragment(link), location.encode("latin-1", "ignore").decode("latin-1").replace("\n", ""), status)
    verdict = judge_look(observe(link, exchange(first, page(urls.without_fragment(target), html("x", "<h1>x</h1>")))))
    assert verdict.because.endswith(".")


@given(_LINKS)
def test_any_link_has_a_first_address(link: str) -> None:
    assert urls.normalise(first_address(link)) is not None


@given(_LINKS)
def test_a_sibling_stands_on_the_same_host_and_is_another_address(link: str) -> None:
    other = address(link)
    if other is not None:
        assert urls.authority(other) == urls.authority(link)
        assert urls.normalise(other) != urls.without_fragment(link)


@given(st.text(max_size=200))
def test_plain_text_stays_plain(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert whole(once) in (0, 1, 2)
    sentence(once, frozenset(once.split()))


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "windows-1252", "shift_jis", "gb2312", "nonsense", "idna", "utf-16"]))
def test_any_bytes_can_be_decoded(data: bytes, charset: str | None) -> None:
    assert isinstance(decode(data, charset), str)


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("Smørrebrød".encode("latin-1"), "iso-8859-1", "Smørrebrød"),
        ("Smørrebrød".encode(), None, "Smørrebrød"),
        ("Smørrebrød".encode()[:-1], None, "Smørrebrø"[:-1] + "ø"),
        (b'<meta charset="windows-1251">' + "страница".encode("cp1251"), None, '<meta charset="windows-1251">страница'),
        ("ページ".encode("shift_jis"), "shift_jis", "ページ"),
        (b"\xef\xbb\xbfbell", "iso-8859-1", "bell"),
        ("bell".encode("utf-16"), None, "bell"),
        (b"curly \x93quotes\x94", "iso-8859-1", "curly “quotes”"),
    ],
)
def test_pages_are_decoded_as_browsers_do(data: bytes, charset: str | None, text: str) -> None:
    assert decode(data, charset).startswith(text)


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 100_000, b"<div><title></title>" * 20_000, b"<noscript><meta http-equiv=refresh content='0;url=/x'>" * 9000,
        b"<p>x" * 150_000, b"<a " + b"a=b " * 150_000 + b">", b"<p id" + b" " * 600_000, b"id " * 200_000, b"<!--" * 100_000,
        b"page you " * 60_000, b"<meta " * 90_000, b"<b><i><u>" * 60_000,
    ],
    ids=lambda body: body[:12].decode(),
)
@pytest.mark.timeout(30)
def test_pages_made_to_be_slow_are_judged_all_the_same(body: bytes) -> None:
    verdict = judge_look(observe(LINK, exchange(page(urls.without_fragment(LINK), body))))
    assert verdict.kind is VerdictKind.ALIVE


def test_what_a_page_says_cannot_break_the_sentence() -> None:
    body = html("Page not found {detail} {0} %s \x1b[31m\n", "<h1>Page not found</h1>")
    verdict = judge_look(observe(LINK, exchange(page(urls.without_fragment(LINK), body))))
    assert (verdict.kind, verdict.reason) == (VerdictKind.DEAD, Reason.SOFT_404)
    assert "\n" not in verdict.because


@settings(max_examples=30)
@given(st.integers(0, 60))
def test_a_longer_article_is_never_deader(sentences: int) -> None:
    body = html("How the crane went", "<h1>How the crane went</h1>" + "<p>The crane on the quay was sold for scrap in the spring.</p>" * (sentences + 1))
    assert judge_look(observe(LINK, exchange(page(urls.without_fragment(LINK), body)))).kind is VerdictKind.ALIVE


def test_a_page_tells_title_headings_and_text() -> None:
    made = Page(html("The  bell\n", "<nav>Menu</nav><h1>The <b>bell</b></h1><p>Cast in 1871.</p><footer>1887</footer>").encode())
    assert (made.title, made.headings, made.text) == ("The bell", ("The bell",), "The bell Cast in 1871.")
