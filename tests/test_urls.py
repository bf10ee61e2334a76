"""Addresses: what becomes a link, and what two spellings share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import urls


@pytest.mark.parametrize(("written", "link"), [
    ("http://example.org", "http://example.org/"),
    ("HTTP://EXAMPLE.org:80/A/../b?x=%7e#Top", "http://example.org/b?x=%7e#Top"),
    ("https://example.org:443/", "https://example.org/"),
    ("https://example.org:8443/", "https://example.org:8443/"),
    ("www.example.org/a", "https://www.example.org/a"),
    ("//example.org/a", "https://example.org/a"),
    ("example.org/a", "https://example.org/a"),
    ("example.org:8080/a", "https://example.org:8080/a"),
    ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
    ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
    ("https://user:secret@example.org/", "https://example.org/"),
    ("  https://example.org/a b  ", "https://example.org/a%20b"),
    ("https://example.org/?utm_source=x&b=1", "https://example.org/?utm_source=x&b=1"),
    ("http://0x7f.1/", "http://127.0.0.1/"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://[::1]:81/x", "http://[::1]:81/x"),
    ("https://example.org/a+b;c", "https://example.org/a+b;c"),
    ("https://example.org/%2526", "https://example.org/%2526"),
])
def test_an_address_becomes_a_link(written: str, link: str) -> None:
    assert urls.normalise(written) == link


@pytest.mark.parametrize("written", [
    "", "   ", "mailto:a@example.org", "javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/", "a.b",
    "http://", "http://a b/", "https://example.org:99999/", "https://exa%mple.org/", "tel:123", "#top", "12.5",
    "data:text/html,x", "https://example.org/" + "a" * 9000,
])
def test_what_no_http_request_can_be_made_of_is_no_link(written: str) -> None:
    assert urls.normalise(written) is None


def test_tracking_parameters_go_only_when_asked() -> None:
    written = "https://example.org/?id=7&utm_source=mail&fbclid=abc&q=a+b#note"
    assert urls.normalise(written) == written
    assert urls.normalise(written, drop_tracking=True) == "https://example.org/?id=7&q=a+b#note"


@given(st.text(max_size=60))
def test_normalising_never_raises_and_never_changes_its_own_answer(text: str) -> None:
    for written in (text, f"http://{text}", f"https://example.org/{text}"):
        link = urls.normalise(written)
        if link is not None:
            assert urls.normalise(link) == link
            assert link.startswith(("http://", "https://"))
            assert link.isascii()


@given(
    st.from_regex(r"\A[a-z]{1,8}(\.[a-z]{1,8}){1,2}\Z"), st.from_regex(r"\A(/[a-zA-Z0-9._~-]{1,6}){0,3}\Z"),
    st.from_regex(r"\A(\?[a-z]{1,3}=[a-z0-9]{0,4})?\Z"), st.from_regex(r"\A(#[a-z]{0,5})?\Z"),
)
def test_parts_of_a_link_put_together_again_give_the_link(host: str, path: str, query: str, fragment: str) -> None:
    link = urls.normalise(f"https://{host}{path}{query}{fragment}")
    if link is not None:
        rebuilt = f"https://{urls.authority(link)}{urls.path(link)}{urls.query(link)}"
        assert urls.without_fragment(link) == rebuilt
        assert link in (rebuilt + f"#{urls.fragment(link)}", rebuilt)


@pytest.mark.parametrize(("host", "domain"), [
    ("a.b.co.uk", "b.co.uk"), ("x.github.io", "x.github.io"), ("news.example", "news.example"),
    ("www.bbc.co.uk", "bbc.co.uk"), ("127.0.0.1", "127.0.0.1"), ("localhost", "localhost"),
])
def test_the_registrable_domain_comes_from_the_public_suffix_list(host: str, domain: str) -> None:
    assert urls.registrable_domain(host) == domain


@pytest.mark.parametrize(("one", "other", "same"), [
    ("http://example.org/a", "https://www.example.org/a/", True),
    ("http://example.org/a", "https://example.org/b", False),
    ("http://example.org/a?x=1", "http://example.org/a", False),
    ("http://example.org/#a", "http://example.org/", True),
    ("http://example.org:8080/", "http://example.org/", False),
])
def test_spelling_is_scheme_www_slash_and_fragment(one: str, other: str, same: bool) -> None:
    assert urls.differs_only_in_spelling(one, other) is same


@pytest.mark.parametrize(("link", "front"), [
    ("https://example.org/", True), ("https://example.org/index.html", True), ("https://example.org/?p=1", False),
    ("https://example.org/a", False), ("https://example.org/Home", True),
])
def test_front_pages_are_known_in_their_usual_spellings(link: str, front: bool) -> None:
    assert urls.is_front_page(link) is front


@pytest.mark.parametrize(("name", "never"), [
    ("gone.invalid", True), ("a.example", True), ("x.onion", True), ("example.com", False), ("invalid.org", False),
])
def test_reserved_names_never_resolve(name: str, never: bool) -> None:
    assert urls.never_resolves(name) is never


def test_references_are_resolved_against_their_page() -> None:
    assert urls.join("https://example.org/a/b", "../c?d") == "https://example.org/c?d"
    assert urls.join("https://example.org/", "javascript:x") == "javascript:x"
    assert urls.join("https://example.org/", "http://[") is None
