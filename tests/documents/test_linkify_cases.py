"""Addresses in running text, beside linkify-it: the same, or better for a reason that stands here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import bare

if TYPE_CHECKING:
    from linkify_it import LinkifyIt

X = "http://a.example/x"


@cache
def _linkify() -> LinkifyIt:
    from linkify_it import LinkifyIt

    return LinkifyIt(options={"fuzzy_email": False})


def theirs(text: str) -> list[str]:
    return [found.raw for found in _linkify().match(text) or []]


def ours(text: str) -> list[str]:
    return [found.url for found in bare.find(text)]


SAME = {
    # signs of the sentence behind an address
    f"See {X}.": [X],
    f"See {X}, then": [X],
    f"{X}; then": [X],
    f"{X}!": [X],
    f"is it {X}?": [X],
    f"{X}...": [X],
    f"{X}?a=1!": [f"{X}?a=1"],
    f"{X}.pdf.": [f"{X}.pdf"],
    f"{X}??": [X],
    f"{X} – then": [X],
    f"{X}\u00a0then": [X],
    f"{X}\u3000次": [X],
    "http://a.example.": ["http://a.example"],
    # and signs that belong to it
    f"{X}!y": [f"{X}!y"],
    f"{X},y": [f"{X},y"],
    f"{X};y": [f"{X};y"],
    f"{X}..y": [f"{X}..y"],
    "http://a.example/1,2,3": ["http://a.example/1,2,3"],
    "http://a.example/a'b": ["http://a.example/a'b"],
    "http://a.example/a**b": ["http://a.example/a**b"],
    "http://a.example/~user/@me/$x": ["http://a.example/~user/@me/$x"],
    "http://a.example/x--": ["http://a.example/x--"],
    "http://a.example/x/": ["http://a.example/x/"],
    "http://a.example/x–y": ["http://a.example/x–y"],
    "http://a.example?x=1": ["http://a.example?x=1"],
    "http://a.example#f": ["http://a.example#f"],
    "http://a.example/x#:~:text=a,b": ["http://a.example/x#:~:text=a,b"],
    "http://a.example/?a=1&b=2;": ["http://a.example/?a=1&b=2"],
    # brackets
    f"({X})": [X],
    f"(see {X} (now))": [X],
    f"{X}_(y)": [f"{X}_(y)"],
    f"({X}_(y)_z)": [f"{X}_(y)_z"],
    "http://a.example/(x": ["http://a.example/"],
    f"[{X}]": [X],
    f"[[{X}]]": [X],
    f"[a]({X})": [X],
    f"{X}[a]": [f"{X}[a]"],
    f"{X}]": [X],
    f"{{{X}}}": [X],
    f"{X})).": [X],
    f"{X})y": [X],
    "http://a.example/{id}": ["http://a.example/{id}"],
    f"<{X}>": [X],
    "http://a.example/<id>": ["http://a.example/"],
    # quotes
    f'"{X}"': [X],
    f"'{X}'": [X],
    f'{X}"y': [X],
    # hosts
    "http://例え.jp/x": ["http://例え.jp/x"],
    "http://münchen.example/ä?ö=ü#é": ["http://münchen.example/ä?ö=ü#é"],
    "http://xn--mnchen-3ya.example/": ["http://xn--mnchen-3ya.example/"],
    "http://مثال.إختبار/x": ["http://مثال.إختبار/x"],
    "www.example.com/x": ["www.example.com/x"],
    "http://user:pass@a.example/x": ["http://user:pass@a.example/x"],
    "http://a.example:8080/x": ["http://a.example:8080/x"],
    "http://192.0.2.1/x": ["http://192.0.2.1/x"],
    "http://localhost:3000/": ["http://localhost:3000/"],
    "HTTP://A.EXAMPLE/X": ["HTTP://A.EXAMPLE/X"],
    "ftp://f.example/x": ["ftp://f.example/x"],
    "youtu.be/jNQXAC9IVRw": ["youtu.be/jNQXAC9IVRw"],
    "example.com/x": ["example.com/x"],
    # nothing
    "mail a@b.example": [],
    "http:// and https://": [],
    "https:// a.example": [],
    "http:/a.example": [],
    "and/or, e.g., 1.2.3/4, a.b.c": [],
    "javascript:alert(1)": [],
}

QUOTES = "closing quotes are the sentence's"
NOTES = "a small number in brackets, or a raised one, is a marker of a note"
CJK = "stops and brackets of other scripts are the sentence's"
EMPHASIS = "marks of emphasis are not the address's"
MARKS = "an address begins behind any sign that cannot be its own"
INVISIBLE = "signs that nobody sees are no part of an address"
LIST = "addresses that stand side by side are several"
NO_SCHEME = "without a scheme, only what is surely an address is one"
DIFFERENT = {
    f"“{X}”": ([X], QUOTES),
    f"‘{X}’": ([X], QUOTES),
    f"„{X}“": ([X], QUOTES),
    f"«{X}»": ([X], QUOTES),
    f"‹{X}›": ([X], QUOTES),
    f"{X}[1]": ([X], NOTES),
    f"{X}[12].": ([X], NOTES),
    f"{X}²": ([X], NOTES),
    f"{X}’s page": ([X], QUOTES),
    f"{X}'s": ([X], QUOTES),
    f"{X}&quot;": ([X], QUOTES),
    f"「{X}」": ([X], CJK),
    f"（{X}）": ([X], CJK),
    f"【{X}】": ([X], CJK),
    f"{X}。次": ([X], CJK),
    f"{X}、次": ([X], CJK),
    f"{X}，次": ([X], CJK),
    f"{X}！": ([X], CJK),
    f"{X}؟": ([X], CJK),
    f"{X}।": ([X], CJK),
    f"次{X}": ([X], CJK),
    "见http://a.example查看": (["http://a.example"], CJK),
    f"{X}…": ([X], "an ellipsis is the sentence's"),
    f"{X}.…": ([X], "an ellipsis is the sentence's"),
    f"{X}: then": ([X], "a colon at the end is the sentence's"),
    f"{X}?.": ([X], "several signs at the end are the sentence's"),
    f"{X}—y": ([X], "a long dash parts clauses"),
    f"*{X}*": ([X], EMPHASIS),
    f"**{X}**": ([X], EMPHASIS),
    f"_{X}_": ([X], EMPHASIS),
    "_http://a.example_": (["http://a.example"], EMPHASIS),
    f"~~{X}~~": ([X], EMPHASIS),
    f"`{X}`": ([X], EMPHASIS),
    f"|{X}|": ([X], MARKS),
    f"url={X}": ([X], MARKS),
    f"see{X}": ([X], MARKS),
    f"{X}†": ([X], "it marks a note"),
    f"{X}^2": ([X], "it marks a note"),
    f"{X}\u00ady": ([f"{X}y"], "a soft hyphen is where a line may end"),
    f"{X}\u200by": ([X], INVISIBLE),
    f"{X}\u2060": ([X], INVISIBLE),
    f"{X}\u200e": ([X], INVISIBLE),
    f"{X},http://b.example/": ([X, "http://b.example/"], LIST),
    f"{X};http://b.example/": ([X, "http://b.example/"], LIST),
    f"{X}|http://b.example/": ([X, "http://b.example/"], LIST),
    f"{X}http://b.example/": ([X, "http://b.example/"], LIST),
    "http://a.examplehttp://b.example/": (["http://a.example", "http://b.example/"], LIST),
    f"http://{X}": ([X], "pasted behind its own beginning"),
    f"https://{X}": ([X], "pasted behind its own beginning"),
    "http://a.example/?a=1&amp;b=2": (["http://a.example/?a=1&b=2"], "an entity stands for its sign"),
    "http://a.example/?a=1&hl;": (["http://a.example/?a=1"], "what looks like an entity is none of it (GFM)"),
    "http://[::1]:80/x": (["http://[::1]:80/x"], "an address of IPv6 is one"),
    "http://[2001:db8::1]/": (["http://[2001:db8::1]/"], "an address of IPv6 is one"),
    "http://a_b.example/": (["http://a_b.example/"], "some hosts have such names"),
    "_http://a_b.example_": (["http://a_b.example"], "some hosts have such names"),
    "www.foo.example/a": (["www.foo.example/a"], "www. says it under any suffix"),
    "_www.foo.example/a_": (["www.foo.example/a"], "www. says it under any suffix"),
    "this.is nice": ([], NO_SCHEME),
    "open readme.md": ([], NO_SCHEME),
    "example.com": ([], NO_SCHEME),
    "//cdn.example.com/x.js": ([], NO_SCHEME),
    "mailto:a@b.com": ([], "nothing to look at"),
    "doi:10.1000/182.": (["https://doi.org/10.1000/182"], "a DOI has an address"),
    "<http://a.example/a-\n  b>": (["http://a.example/a-b"], "brackets hold together what a line end parts"),
}


@pytest.mark.parametrize(("text", "expected"), SAME.items(), ids=SAME)
def test_the_same_as_linkify(text: str, expected: list[str]) -> None:
    assert (ours(text), theirs(text)) == (expected, expected)


@pytest.mark.parametrize(("text", "expected"), DIFFERENT.items(), ids=DIFFERENT)
def test_other_than_linkify_for_a_reason(text: str, expected: tuple[list[str], str]) -> None:
    assert ours(text) == expected[0]
    assert theirs(text) != expected[0]


_address = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https", "HTTPS", "ftp"]),
    st.sampled_from(["a.example", "b-c.example:8080", "u:p@d.example", "192.0.2.7", "bücher.example", "x.co.uk", "localhost"]),
    st.lists(
        st.sampled_from(["/", "/a", "/b_c", "/d-e", "/(f)", "/g.html", "/h,i", "/j~k", "/l%20m", "/n+o", "/é", "/:p", "/q;r", "/s!t"]),
        max_size=4,
    ).map("".join),
    st.sampled_from(["", "?q=1", "?q=a&r=b", "#part", "?q=(x)", "/?u=v#w", "#!/x"]),
)
_around = st.sampled_from([("", ""), ("(", ")"), ("[", "]"), ('"', '"'), ("<", ">"), ("'", "'"), ("", "."), ("", ","), ("(", ")."), ("", "?"), ("", "!")])
_piece = st.one_of(
    st.sampled_from(["word", "1.", "a,b", "(or)", "—", "é", "漢字", "3.14", "e.g.", "x/y", "50%", "#tag", "@name", "=", ":", "\n", "\t"]),
    st.tuples(_around, _address).map(lambda pair: f"{pair[0][0]}{pair[1]}{pair[0][1]}"),
)


@settings(max_examples=200, deadline=None)
@given(pieces=st.lists(_piece, max_size=12))
def test_any_text_of_ordinary_addresses_is_read_as_linkify_reads_it(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert ours(text) == theirs(text)


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="ahtps:/.w()[]<>\"'*_~`|,;!?&é次。 \n#@%=-1", max_size=80))
def test_any_text_gives_addresses_that_stand_in_it(text: str) -> None:
    at = 0
    for found in bare.find(text):
        assert at <= found.start < found.end <= len(text)
        assert found.url
        at = found.end
