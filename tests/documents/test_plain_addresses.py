"""Most addresses are told by one cheap pattern. What it says must be what the rules for all of them say."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, bare, read
from archiver.model import Document

_PIECES = st.sampled_from(
    [
        *"aZ09/.-_~%=&?#:@+$!,;'\"()[]{}<>*| \n\t…，）é",
        *("http://", "https://", "HTTP://", "a.example", "www.b.example", "127.0.0.1", ":8080", ":99999", "xn--p1ai"),
        *("--", "---", "..", "/a/b.html", "?q=a.b", "&amp;", "&gt;", "'s", ". ", ", ", ") ", "\u00ad", "\u2060"),
    ]
)
_TEXTS = st.lists(_PIECES, max_size=16).map("".join)
_AFTER = _TEXTS.map(lambda text: f"https://a.example/{text}")


def _the_long_way(text: str) -> list[bare.Bare]:
    return list(bare.find(text, thorough=True))


@given(st.one_of(_TEXTS, _AFTER))
@settings(max_examples=1500, deadline=None)
@example("http://a.example/b)")
@example("http://a.example/b.")
@example("http://a.example.")
@example("http://a.example/" + "b" * 5000)
@example("http://a.example/b---c")
@example("http://a-.example/b")
@example("http://" + "a." * 12 + "example/b")
@example("http://" + "a" * 80 + ".example/b")
@example("<http://a.example/b-\n c>")
@example("_http://a.example/b_")
@example("http://a.example/b?http://b.example/c,http://c.example/d")
def test_a_plain_address_ends_where_the_rules_for_all_addresses_end_it(text: str) -> None:
    assert list(bare.find(text)) == _the_long_way(text)


def test_an_address_at_the_end_of_a_sentence_is_told_by_the_cheap_pattern_too() -> None:
    text = "See https://a.example/b. And (https://b.example:8080/c?d=e#f), then https://c.example"
    expected = ["https://a.example/b", "https://b.example:8080/c?d=e#f", "https://c.example"]
    assert [found.url for found in bare.find(text)] == expected
    assert [found.url for found in _the_long_way(text)] == expected


@given(st.lists(st.one_of(_TEXTS, _AFTER), min_size=1, max_size=6).map("\n".join))
@settings(max_examples=300, deadline=None)
@example("# a remark\n  https://a.example/b  \nhttps://a.example/c")
@example("https://a.example/b\u00a0\n\r\nhttps://a.example/c.")
def test_a_list_of_plain_addresses_reads_as_one_whose_addresses_are_marked_as_items(text: str) -> None:
    # Lines are told by the cheap pattern when nothing stands beside the address: a dash in front keeps it away.
    lines = [line for line in text.splitlines() if bare.alone(line)]
    if not lines:
        return
    plain, marked = (
        read(Raw(source="a.urls", data="\n".join(kept).encode(), media_type="text/uri-list"))
        for kept in (lines, [f"- {line}" for line in lines])
    )
    assert isinstance(plain, Document)
    assert isinstance(marked, Document)
    assert [one.url for one in plain.citations] == [one.url for one in marked.citations] == lines
