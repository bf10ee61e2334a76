"""Any bytes give a document or a reason; a document written from known citations is read back."""

import pytest
from document_reading import assert_answered
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import CitationKind, Document

SUFFIXES = st.sampled_from((".html", ".md", ".txt", ""))
PIECES = st.sampled_from(
    (
        "<a href=",
        "<sup>",
        "</",
        ">",
        "'",
        '"',
        "[^1]",
        "[^1]: ",
        "^[",
        "[",
        "](",
        ")",
        "\n",
        "\n\n",
        "1 ",
        "word1",
        "word.2",
        "[3]",
        "http://x.example/",
        "www.a.b",
        "<!--",
        "-->",
        "<ol><li id=fn1>",
        "<script>",
        "<title>",
        "<td>",
        "</p>",
        "<![CDATA[",
        "<span class=sidenote>",
        "<sup title='See https://a.example/'>",
        "<noscript>",
        "<video><source src=a.mp4>",
        "href='#fn1'",
        "`",
        "|",
        "|-|",
        "> ",
        "    ",
        "¹",
        "â€œ",
        "ā€¦",
        "\ufeff",
        "\0",
        "* ",
        "---\n",
        "doi:10.1/x",
        "<iframe src=",
        "<video>",
        "By A B",
        "May 3, 2014",
        "&amp;",
        "👩‍🚀",
    )
)
HOSTS = st.sampled_from(("a.example.org", "b.example.com", "www.w3.org"))
ADDRESSES = st.builds("https://{}/{}".format, HOSTS, st.from_regex(r"[a-z0-9]{1,8}(/[a-z]{1,5})?", fullmatch=True))
WORDS = ("letter", "reply", "council", "harbour", "minutes", "answer", "winter", "bridge")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), SUFFIXES)
def test_any_bytes(data: bytes, suffix: str) -> None:
    assert read(Raw(source=f"a{suffix}", data=data)) == read(Raw(source=f"a{suffix}", data=data))


@pytest.mark.parametrize("suffix", [".adoc", ".bib", ".org", ".tex"])
@settings(max_examples=50, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_end_in_an_answer(suffix: str, data: bytes) -> None:
    assert_answered(data, f"a{suffix}")


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), SUFFIXES)
def test_any_markup_keeps_its_places_inside_the_text(text: str, suffix: str) -> None:
    found = read(Raw(source=f"a{suffix}", data=text.encode()))
    for one in found.citations if isinstance(found, Document) else ():
        assert one.place.start is not None
        assert one.place.end is not None
        assert 0 <= one.place.start <= one.place.end <= len(text)
        assert (one.url is not None) or one.note or one.lost
    assert "fault of ours" not in getattr(found, "hint", "")


def _markdown(notes: list[str]) -> str:
    marks = " ".join(f"The {WORDS[at]}[^{at}] came." for at in range(len(notes)))
    return marks + "\n\n" + "\n".join(f"[^{at}]: See {url} for it." for at, url in enumerate(notes))


def _html(notes: list[str]) -> str:
    marks = " ".join(f'The {WORDS[at]}<sup><a href="#fn{at}">{at + 1}</a></sup> came.' for at in range(len(notes)))
    items = "".join(f'<li id="fn{at}">See <a href="{url}">it</a>.</li>' for at, url in enumerate(notes))
    return f"<html><p>{marks}</p><ol>{items}</ol></html>"


def _plain(notes: list[str]) -> str:
    marks = " ".join(f"The {WORDS[at]}{at + 1} came." for at in range(len(notes)))
    return marks + "\n\n" + "\n".join(f"{at}. See {url} for it." for at, url in enumerate(notes, 1))


@pytest.mark.parametrize(("write", "source"), [(_markdown, "a.md"), (_html, "a.html"), (_plain, "a.txt")])
@settings(max_examples=40, deadline=None)
@given(notes=st.lists(ADDRESSES, min_size=1, max_size=8))
def test_what_was_written_is_read_back(write: object, source: str, notes: list[str]) -> None:
    found = read(Raw(source=source, data=write(notes).encode()))  # type: ignore[operator]
    assert isinstance(found, Document)
    assert [(one.url, one.label, one.text, one.kind) for one in found.citations] == [
        (url, str(at + 1), WORDS[at], CitationKind.FOOTNOTE) for at, url in enumerate(notes)
    ]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
@pytest.mark.parametrize("piece", ["<div>", "[", "<a ", "word1 ", "http://", "[^1]", "(", "1\n", '<a "'])
def test_repetition_costs_no_more_than_its_length(piece: str, suffix: str) -> None:
    assert read(Raw(source=f"a{suffix}", data=b"<html>" * (suffix == ".html") + piece.encode() * 20_000))
