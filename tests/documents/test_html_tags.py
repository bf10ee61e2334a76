"""Tags as browsers read them: places, attributes, what is left open, and what never ends."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents.html.page import load
from archiver.documents.html.tags import attributes


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (' href="a?b=1&copy=2&amp;lt=3"', {"href": "a?b=1&copy=2&lt=3"}),
        (' href="caf&eacute;&#233;&eacute"', {"href": "caféé" + "é"}),
        (" HREF=x/ disabled", {"href": "x/", "disabled": ""}),
        (" a='1' a='2'", {"a": "1"}),
        (' a="1"b=2/', {"a": "1", "b": "2/"}),
        (" a = 'b > c' =d", {"a": "b > c", "=d": ""}),
        (' href="https://a.example/', {"href": "https://a.example/"}),
        ("  ", {}),
    ],
)
def test_attributes(written: str, expected: dict[str, str]) -> None:
    assert attributes(written) == expected


def names(page: str) -> list[tuple[str, str]]:
    return [(one.name, load(page).words(one)) for one in load(page).elements]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", [("ul", "a b c d"), ("li", "a"), ("li", "b c"), ("ul", "c"), ("li", "c"), ("li", "d")]),
        ("<p>a<p>b<div>c</div>d", [("p", "a"), ("p", "b"), ("div", "c")]),
        ("<table><tr><td>a<td>b</div><tr><th>c</table>", [("table", "a b c"), ("tr", "a b"), ("td", "a"), ("td", "b"), ("tr", "c"), ("th", "c")]),
        ("<dl><dt>a<dd>b<dt>c</dl>", [("dl", "a b c"), ("dt", "a"), ("dd", "b"), ("dt", "c")]),
        ("<head><title>t</title><p>a", [("head", ""), ("title", ""), ("p", "a")]),
        ("<a name=x/>a</a><a id='y'/>b", [("a", "a"), ("a", "")]),
        ("a < b <c>d</c> </e> 1 <2 <!-- <x> --> <![if x]>e<![endif]><?x y?>", [("c", "d")]),
        ("<!-- never <b>closed</b>", [("b", "closed")]),
        ("<script>if (a < b) '</p>' <x></script><i>y</i>", [("script", ""), ("i", "y")]),
    ],
)
def test_what_opens_and_closes_what(page: str, expected: list[tuple[str, str]]) -> None:
    assert names(page) == expected


def test_a_title_is_text_and_a_script_is_as_it_is_written() -> None:
    page = load("<title>a &amp; b</title><script>a &amp; b</script>")
    assert [one.content for one in page.elements] == ["a & b", "a &amp; b"]


PIECES = st.sampled_from(
    (
        *("<a href=", "<p>", "</p>", "<li>", "<ul>", "</ul>", "<table>", "<td>", "</td>", "<b>", "</b>", "'", '"', ">", "<", "</"),
        *("<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<title>", "<x/>", "<br>", "</br>", "<head>", "text", "=", "&amp;"),
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_element_has_its_place(text: str) -> None:
    page = load(text)
    for number, one in enumerate(page.elements):
        assert text[one.at] == "<"
        assert text[one.at + 1 : one.at + 1 + len(one.name)].lower() == one.name
        assert 0 <= one.start <= one.end <= len(page.text)
        assert number == one.index < one.stop <= len(page.elements)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    ['<a b=">"', '<a "', "<a b='>\"", "<li><b>", "<p><b></p>", "<title>", "<script>", "<!--", "</b>", "<td></div>", "<ol><li>", "<", "&"],
)
def test_repetition_takes_no_longer_than_its_length(piece: str) -> None:
    assert load("<ul><li>" + "<b>" * 5000 + piece * 40_000 + ">").elements
