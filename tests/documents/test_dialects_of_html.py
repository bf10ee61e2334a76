"""Notes, players and lost links as the tools of the trade write them."""

import pytest
from document_reading import citations, read_document

from archiver.model import Document


def document(text: str, url: str | None = None) -> Document:
    return read_document(f"<html><body>{text}</body></html>", "page.html", url)


def short(text: str, url: str | None = None) -> list[tuple[str, str | None, str, str]]:
    return citations(document(text, url))


A, B = "https://a.example/1", "https://b.example/2"
CLIP = "https://www.youtube.com/watch?v=jNQXAC9IVRw"

NOTES = {
    "two markers in a row belong to the word before both": (
        (
            '<p>It fell in 1967.<sup><a href="#cite_note-2">[2]</a></sup><sup><a href="#cite_note-1">[1]</a></sup></p>'
            f'<ol><li id="cite_note-1"><a href="{A}">a</a></li><li id="cite_note-2">Jones, p. 12.</li></ol>'
        ),
        [("footnote", "2", "1967", ""), ("footnote", "1", "1967", A)],
    ),
    "links to notes that repeat the page's own address": (
        f'<p>Rain.<sup><a href="https://blog.example/p#fn1">1</a></sup></p><p id="fn1"><a href="{A}">a</a></p>',
        [("footnote", "1", "Rain", A)],
    ),
    "numbers in brackets that point into a list of works": (
        (
            f'<p>Rain [<a href="#B1">1</a>, <a href="#B2">2</a>].</p><ol><li id="B1"><a href="{A}">a</a></li>'
            f'<li id="B2"><a href="{B}">b</a></li></ol>'
        ),
        [("footnote", "1", "Rain", A), ("footnote", "2", "Rain", B)],
    ),
    "a second reference to one note": (
        (
            '<p>Rain<sup class="footnote-ref"><a href="#fn1">[1]</a></sup> again<sup class="footnote-ref"><a href="#fn1">'
            f'[1:1]</a></sup>.</p><p id="fn1"><a href="{A}">a</a></p>'
        ),
        [("footnote", "1", "Rain", A), ("footnote", "1", "again", A)],
    ),
    "a note that stands in the running text": (
        (
            '<p>Rain<span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup>'
            f'<span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><a href="{A}">a</a></span></span> fell.</p>'
        ),
        [("footnote", "1", "Rain", A)],
    ),
    "notes in a table whose markers lead nowhere": (
        (
            "<p>Rain<a><sup>[1]</sup></a> fell.<a><sup>[2]</sup></a></p><table>"
            f'<tr><th><a>↑1</a></th><td>See <a href="{A}">a</a></td></tr>'
            f'<tr><th><a>↑2</a></th><td>See <a href="{B}">b</a></td></tr></table>'
        ),
        [("footnote", "1", "Rain", A), ("footnote", "2", "fell", B)],
    ),
    "a player beside a note is not in it": (
        (
            '<p>Rain.<a class="footnote-anchor" href="#footnote-1">1</a></p>'
            '<div><iframe src="https://player.vimeo.com/video/123456"></iframe></div>'
            f'<div><a id="footnote-1" href="#footnote-anchor-1">1</a><p>See <a href="{A}">a</a>.</p></div>'
        ),
        [("footnote", "1", "Rain", A), ("media", None, "", "https://player.vimeo.com/video/123456")],
    ),
    "powers are no notes": (
        (
            f'<p>E = mc<sup>2</sup> fell<sup>1</sup> on land.<sup>2</sup></p><ol><li><a href="{A}">a</a></li>'
            f'<li><a href="{B}">b</a></li></ol>'
        ),
        [("footnote", "1", "fell", A), ("footnote", "2", "land", B)],
    ),
    "numbers in code are no notes": ("<p>Take <code>x[1]</code> and <code>level=[1, 2]</code>.</p>", []),
    "chapters, figures and equations are no notes": (
        (
            '<p><a href="#s2">2</a> See <a href="#fig1">Figure 1</a>, <a href="#eq2">(2)</a>.</p>'
            "<p id=s2>a</p><p id=fig1>f</p><p id=eq2>e</p>"
        ),
        [],
    ),
}


@pytest.mark.parametrize(("text", "expected"), NOTES.values(), ids=NOTES)
def test_notes(text: str, expected: list[tuple[str, str | None, str, str]]) -> None:
    assert short(text, "https://blog.example/p") == expected


def test_the_body_of_a_note_is_told_without_its_label_and_arrows() -> None:
    page = (
        '<p>Rain.<sup><a href="#fn:1">1</a></sup> Snow.<sup><a href="#n2">2</a></sup></p><p id="fn:1">Indeed.'
        ' <a href="#fnref:1">&#8617;</a> <a href="#fnref:1:1">&#8617;<sup>2</sup></a></p>'
        '<p id="n2"><a href="#r2">2</a>. Hardly.</p>'
    )
    one, two = document(page).citations
    assert (one.note, one.context) == ("Indeed.", "Rain.¹")
    assert (two.note, two.context) == ("Hardly.", "Snow.²")


@pytest.mark.parametrize(
    "player",
    [
        '<div class="lazy" data-youtube="jNQXAC9IVRw"></div>',
        '<div data-plyr-provider="youtube" data-plyr-embed-id="jNQXAC9IVRw"></div>',
        '<amp-youtube data-videoid="jNQXAC9IVRw"></amp-youtube>',
        '<YouTube id="jNQXAC9IVRw" />',
    ],
)
def test_players_that_wait_for_a_click(player: str) -> None:
    assert short(player) == [("media", None, "", CLIP)]


def test_one_player_written_three_times_is_one() -> None:
    url = "https://www.youtube.com/v/jNQXAC9IVRw"
    page = f'<object data="{url}"><param name="movie" value="{url}"><embed src="{url}"></object>'
    assert short(page) == [("media", None, "", url)]


def test_frames_that_count_visitors_and_the_bars_of_archives_cite_nothing() -> None:
    assert short('<iframe src="https://count.example/x" width="0" height="0"></iframe>') == []
    bar = '<!-- BEGIN WAYBACK TOOLBAR INSERT --><a href="https://x.example/">x</a><!-- END WAYBACK TOOLBAR INSERT -->'
    assert short(bar) == []


def test_links_that_lost_their_address() -> None:
    assert short(
        'Watch <a>the video here</a>, <a href="">this clip</a> or <a href="#">video</a>. <a href="#">Top</a>'
        ' <a class="menu" href="#">Video</a> <a href="#">Read more</a> <a href="javascript:void(0)">watch the footage</a>'
    ) == [
        ("media", None, "the video here", "LOST"),
        ("media", None, "this clip", "LOST"),
        ("media", None, "video", "LOST"),
        ("media", None, "watch the footage", "LOST"),
    ]
