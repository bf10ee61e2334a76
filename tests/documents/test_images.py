"""Pictures that documents show are no citations, unless somebody asks for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.documents.html.images import candidates
from archiver.model import Document

PAGE = """<html><base href="https://post.example/d/"><body><a href="/x"><img src="a.png" alt="The  weir"></a>
<img src="b.png" srcset="b.png 1x, c,1.png 2x,d.png 480w"><picture><source srcset="e.webp 100w, f.webp"></picture>
<video src="g.mp4" poster="h.jpg"><source srcset="no.png"></video><input type="image" src="i.gif">
<img src="data:image/gif;base64,R0lGOD"><svg><image xlink:href="j.png"/></svg></body></html>"""


def cited(name: str, text: str, *, images: bool) -> list[str | None]:
    document = read(Raw(source=name, data=text.encode(), images=images))
    assert isinstance(document, Document)
    return [one.url for one in document.citations]


def test_a_page_cites_what_it_links_to_and_shows_more() -> None:
    links = ["https://post.example/x", "https://post.example/d/g.mp4"]
    assert cited("page.html", PAGE, images=False) == links
    shown = ["a.png", "b.png", "c,1.png", "d.png", "e.webp", "f.webp", "h.jpg", "i.gif", "j.png"]
    assert cited("page.html", PAGE, images=True) == [
        links[0],
        *(f"https://post.example/d/{name}" for name in shown[:6]),
        links[1],
        *(f"https://post.example/d/{name}" for name in shown[6:]),
    ]


def test_markdown_too() -> None:
    text = "![The weir](https://post.example/a.png) and ![a film](https://post.example/b.mp4).\n"
    assert cited("a.md", text, images=False) == ["https://post.example/b.mp4"]
    assert cited("a.md", text, images=True) == ["https://post.example/a.png", "https://post.example/b.mp4"]


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("a.png", ["a.png"]),
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        ("a.png,b.png", ["a.png,b.png"]),
        ("a.png, b.png", ["a.png", "b.png"]),
        ("  ,a,b.png 1x,, c.png 2.5x ,", ["a,b.png", "c.png"]),
        ("a.png (x, y) 1x, b.png", ["a.png", "b.png"]),
        ("", []),
        (" , ,", []),
    ],
)
def test_sizes_of_one_picture(srcset: str, expected: list[str]) -> None:
    assert candidates(srcset) == expected


@given(
    st.lists(st.from_regex(r"[a-z/,]{0,8}[a-z/]", fullmatch=True), max_size=6),
    st.sampled_from([" 1x, ", " 2w ,", ", "]),
)
def test_addresses_come_back(names: list[str], between: str) -> None:
    names = [name.lstrip(",") or "a" for name in names]
    assert candidates(between.join(names)) == names
