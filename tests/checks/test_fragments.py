"""What stands behind the hash sign: a part that is missing is worth a word, whatever else is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted import exchange, hop, html, page, redirect

from archiver.checks.fragments import missing
from archiver.checks.judge import judge_look
from archiver.checks.look import observe
from archiver.checks.page import Page
from archiver.demo.media import pdf
from archiver.demo.prose import paragraphs
from archiver.model import Reason, VerdictKind, WarningCode

URL = "https://gazette.example.net/2014/03/harbour-crane"
SCRIPT = "<script src='/site.js'></script>"
TEXT = (
    "<h1>The harbour crane</h1><h2>A second life</h2>"
    "<p>The crane was <b>s</b>old in 1902, and missed ever&nbsp;since; the buyer&rsquo;s name is not known.</p>"
    f"<p>It weighed forty tons,\n   said the clerk &mdash; “more than the <i>church</i>”.</p>{paragraphs('crane', 4)}"
)


def warned(fragment: str, body: str = TEXT, head: str = "") -> bool:
    """Tell whether a page with this body is said to lack the fragment; alive it is in any case."""
    answer = exchange(page(URL, html("The harbour crane", body, head)))
    verdict = judge_look(observe(f"{URL}#{fragment}", answer))
    assert (verdict.kind, verdict.reason) == (VerdictKind.ALIVE, Reason.OK), verdict.because
    assert set(verdict.warnings) <= {WarningCode.FRAGMENT_MISSING}
    return bool(verdict.warnings)


# ---------------------------------------------------------------- elements


@pytest.mark.parametrize(
    ("fragment", "markup"),
    [
        ("bell", "<p id=bell>"), ("bell", "<p id='bell'>"), ("bell", '<a name="bell">'), ("bell", "<a id = 'bell' class=x>"),
        ("Bell", "<p id='bell'>"), ("k%C3%B8en", "<p id='køen'>"), ("køen", "<p id='køen'>"), ("k%c3%b8en", "<p id='k%C3%B8en'>"),
        ("Stra.C3.9Fe", "<span id='Straße'>"), ("usage", "<a id='user-content-usage'>"), ("a%20b", "<a name='a b'>"),
        ("q%26a", "<p id='q&amp;a'>"), ("sec1.2", "<p id=sec1.2>"), ("S_3(b)", "<p id='S_3(b)'>"), ("cite_note-7", "<li id='cite_note-7'>"),
        ("fn:3", "<li id='fn:3'>"), ("日本", "<h2 id='日本'>"),
    ],
)
def test_an_element_with_that_name_is_found(fragment: str, markup: str) -> None:
    assert not warned(fragment, TEXT + markup)


@pytest.mark.parametrize("fragment", ["barometer", "b%C3%A6k", "cite_note-99", "section-9", "bell"])
def test_an_element_that_is_not_there_is_worth_a_word(fragment: str) -> None:
    assert warned(fragment, TEXT + "<p id='bells'><p data-id='x' class='bell'>")


@pytest.mark.parametrize(
    "fragment",
    [
        "", "top", "TOP", "L10", "L10-L20", "L10-20", "l-10", "line-10", "lines-3-9", "n12", "LC7", "L10C3-L12C8", "10", "1:23", "page=3",
        "t=30", "t=1m30s", "1m30s", "p=2", "!/", "!about", "/route", "/a/b?c=d", "?q=x", "xywh=1,2,3,4", "page-3", "slide-12", "p12",
        "epubcfi(/6/4)", ".VxYzAb", "ixzz2abcDEF", "sthash.a1b2.dpuf", "issuecomment-123456", "discussion_r123", "diff-0a1b2c",
        "pullrequestreview-1", "note_77", "disqus_thread", "comment-2345678901", "utm_source=x", "google_vignette", "/media/File:Crane.jpg",
    ],
)
def test_what_names_no_element_is_not_missed(fragment: str) -> None:
    assert not warned(fragment)


@pytest.mark.parametrize(
    ("fragment", "body"),
    [
        ("a-second-life", TEXT + SCRIPT), ("A_second_life", TEXT + SCRIPT), ("a%20second%20life", TEXT + SCRIPT),
        ("prices", TEXT + "<a href='#prices'>Prices</a>" + SCRIPT), ("prices", TEXT + "<script>tabs(['prices'])</script>"),
        ("anything", "<div id=root></div>" + SCRIPT), ("anything", "<h1>The crane</h1><p>Loading the rest.</p>" + SCRIPT),
    ],
)
def test_what_a_script_may_bring_is_not_missed(fragment: str, body: str) -> None:
    assert not warned(fragment, body)


def test_without_a_script_a_heading_is_no_anchor() -> None:
    assert warned("a-second-life")


def test_a_script_does_not_excuse_everything() -> None:
    assert warned("barometer", TEXT + SCRIPT)


def test_a_redirect_with_a_fragment_of_its_own_speaks_for_itself() -> None:
    answer = exchange(redirect(URL, f"{URL}-40#crane"), page(f"{URL}-40", html("The harbour crane", TEXT)))
    assert judge_look(observe(f"{URL}#barometer", answer)).warnings == ()


def test_a_redirect_without_one_keeps_ours() -> None:
    answer = exchange(redirect(URL, f"{URL}/"), page(f"{URL}/", html("The harbour crane", TEXT)))
    assert judge_look(observe(f"{URL}#barometer", answer)).warnings == (WarningCode.FRAGMENT_MISSING,)


@pytest.mark.parametrize("fragment", ["page=7", "nameddest=crane", "G3.1234", "search=crane", "crane"])
def test_a_place_in_a_pdf_is_fine(fragment: str) -> None:
    link = "https://gazette.example.net/atlas.pdf"
    answer = exchange(hop(link, "HTTP/1.1 200 OK\nContent-Type: application/pdf", pdf("Atlas", "The crane")))
    verdict = judge_look(observe(f"{link}#{fragment}", answer))
    assert (verdict.kind, verdict.warnings) == (VerdictKind.ALIVE, ())


# ---------------------------------------------------------------- texts


@pytest.mark.parametrize(
    "fragment",
    [
        ":~:text=sold%20in%201902", ":~:text=SOLD%20IN%201902", ":~:text=sold in 1902", ":~:text=The%20crane,ever%20since",
        ":~:text=crane%20was-,sold,-in%201902", ":~:text=forty%20tons%2C%20said%20the%20clerk", ":~:text=ever%20since%3B%20the%20buyer%27s",
        ":~:text=the%20buyer%E2%80%99s%20name", ":~:text=clerk%20%E2%80%94%20%22more", ":~:text=church&text=sold%20in%201902",
        "bell:~:text=sold%20in%201902", ":~:text=", ":~:unknown=x", ":~:text=%E2%80%93", ":~:text=sold-,in%201902",
    ],
)
def test_words_that_are_on_the_page_are_found(fragment: str) -> None:
    assert not warned(fragment)


@pytest.mark.parametrize(
    "fragment",
    [
        ":~:text=sold%20in%201903", ":~:text=the%20brass%20barometer", ":~:text=ever%20since,The%20crane%20was",
        ":~:text=church&text=a%20brass%20barometer", "bell:~:text=brass%20barometer", ":~:text=nobody-,brass,-barometer",
    ],
)
def test_words_that_are_not_on_the_page_are_worth_a_word(fragment: str) -> None:
    assert warned(fragment)


def test_words_in_menus_and_margins_count() -> None:
    assert not warned(":~:text=brass%20barometer", TEXT + "<aside>A brass barometer</aside>")
    assert not warned(":~:text=brass%20barometer", TEXT + "<details><summary>x</summary>A brass barometer</details>")


def test_words_of_scripts_do_not_count() -> None:
    assert warned(":~:text=brass%20barometer", TEXT + "<script>var x = 'brass barometer'</script>")


def test_words_that_a_script_may_bring_are_not_missed() -> None:
    assert not warned(":~:text=brass%20barometer", "<h1>The crane</h1><p>Loading.</p>" + SCRIPT)


@given(st.text(max_size=60))
def test_no_fragment_is_too_odd(fragment: str) -> None:
    document = Page(html("Crane", TEXT + SCRIPT).encode())
    assert isinstance(missing(document, fragment), str)
    assert isinstance(missing(document, f":~:text={fragment}"), str)
