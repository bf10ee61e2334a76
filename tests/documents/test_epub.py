"""A book is read in its order, and a note is found in whatever chapter it stands."""

import io
import zipfile
from datetime import date

from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import Document, Unreadable

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
ABOUT = (
    "<dc:title>On Harbours</dc:title><dc:creator>Ada Moor</dc:creator><dc:creator>Ben Lund</dc:creator>"
    "<dc:publisher>Quay Press</dc:publisher><dc:date>2016-04-02</dc:date><dc:language>en-GB</dc:language>"
)


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
    )


def book(chapters: dict[str, str], *, spine: list[str] | None = None, extra: dict[str, str] | None = None) -> bytes:
    items = "".join(
        f'<item id="i-{name}" href="{name}" media-type="application/xhtml+xml"'
        f"{' properties=' + chr(34) + 'nav' + chr(34) if name == 'nav.xhtml' else ''}/>"
        for name in chapters
    )
    order = "".join(f'<itemref idref="i-{name}"/>' for name in (list(chapters) if spine is None else spine))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{ABOUT}</metadata><manifest>{items}</manifest>'
        f"<spine>{order}</spine></package>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/content.opf", package)
        for name, body in chapters.items():
            archive.writestr(f"OEBPS/{name}", page(body), zipfile.ZIP_DEFLATED)
        for name, text in (extra or {}).items():
            archive.writestr(name, text)
    return packed.getvalue()


def document(data: bytes) -> Document:
    return read_document(data, "book.epub")


def cited(data: bytes) -> list[tuple[str | None, str | None]]:
    return [(one.label, one.url) for one in document(data).citations]


def test_a_book_says_what_it_is() -> None:
    found = document(book({"a.xhtml": "<p>Words.</p>"}))
    assert (found.title, found.author, found.publication, found.published, found.language, found.url) == (
        "On Harbours",
        "Ada Moor, Ben Lund",
        "Quay Press",
        date(2016, 4, 2),
        "en-GB",
        None,
    )
    assert found.media_type == "application/epub+zip"


def test_chapters_are_read_in_the_order_of_the_spine_and_links_inside_the_book_cite_nothing() -> None:
    data = book(
        {
            "b.xhtml": '<p><a href="https://b.example/">b</a> <a href="a.xhtml">first</a> <a href="a.xhtml#x">x</a></p>',
            "a.xhtml": '<p id="x"><a href="https://a.example/">a</a></p>',
            "nav.xhtml": '<nav epub:type="toc"><a href="https://nav.example/">n</a></nav>',
            "cover.xhtml": '<p><a href="https://cover.example/">c</a></p>',
        },
        spine=["cover.xhtml", "a.xhtml", "b.xhtml"],
    )
    assert cited(data) == [(None, "https://a.example/"), (None, "https://b.example/")]
    assert document(data).warnings == ()


def test_notes_stand_in_a_file_of_their_own() -> None:
    chapter = '<p>The bridge fell<a epub:type="noteref" id="r{0}" href="notes.xhtml#fn{0}">{0}</a>.</p>'
    notes = "".join(
        f'<aside epub:type="footnote" id="fn{n}"><p><a href="{f}.xhtml#r{n}">{n}</a> See https://n{n}.example/.</p></aside>'
        for n, f in ((1, "a"), (2, "b"))
    )
    data = book({"a.xhtml": chapter.format(1), "b.xhtml": chapter.format(2), "notes.xhtml": notes})
    found = document(data)
    assert [(one.label, one.url, one.text, one.note) for one in found.citations] == [
        ("1", "https://n1.example/", "fell", "See https://n1.example/."),
        ("2", "https://n2.example/", "fell", "See https://n2.example/."),
    ]


def test_each_chapter_numbers_its_notes_anew() -> None:
    body = (
        '<p>Words<sup><a href="#fn1" id="r1">1</a></sup>.</p>'
        '<ol><li id="fn1"><a href="https://{0}.example/">{0}</a> <a href="#r1">↩</a></li></ol>'
    )
    data = book({"a.xhtml": body.format("a"), "b.xhtml": body.format("b")})
    assert cited(data) == [("1", "https://a.example/"), ("1", "https://b.example/")]


def test_notes_outside_the_spine_are_found_and_missing_ones_are_lost() -> None:
    chapter = '<p>One<a epub:type="noteref" href="pop.xhtml#n1">1</a> and two<a epub:type="noteref" href="gone.xhtml#n2">2</a>.</p>'
    notes = '<aside epub:type="footnote" id="n1"><p>1. https://pop.example/</p></aside>'
    found = document(book({"a.xhtml": chapter, "pop.xhtml": notes}, spine=["a.xhtml"]))
    assert [(one.label, one.url, one.lost) for one in found.citations] == [
        ("1", "https://pop.example/", False),
        ("2", None, True),
    ]


def test_pages_of_the_printed_book_are_told() -> None:
    body = (
        '<p><span epub:type="pagebreak" id="p7" title="7"/>See <a href="https://seven.example/">this</a>.</p>'
        '<p><span role="doc-pagebreak" aria-label="8"></span>See <a href="https://eight.example/">that</a>.</p>'
    )
    found = document(book({"a.xhtml": body}))
    assert [(one.url, one.place.page) for one in found.citations] == [
        ("https://seven.example/", 7),
        ("https://eight.example/", 8),
    ]


def encryption(algorithm: str, name: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{algorithm}"/><e:CipherData><e:CipherReference URI="{name}"/></e:CipherData>'
        "</e:EncryptedData></encryption>"
    }


def test_a_protected_book_is_not_read_and_one_with_hidden_fonts_is() -> None:
    chapters = {"a.xhtml": '<p><a href="https://a.example/">a</a></p>'}
    locked = book(chapters, extra=encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/a.xhtml"))
    found = read(Raw(source="book.epub", data=locked))
    assert isinstance(found, Unreadable)
    assert found.reason == "is protected by DRM"
    fonts = book(chapters, extra=encryption("http://www.idpf.org/2008/embedding", "OEBPS/font.otf"))
    assert cited(fonts) == [(None, "https://a.example/")]


def test_a_book_cut_off_says_so() -> None:
    data = book({"a.xhtml": "<p>Words.</p>"})
    found = read(Raw(source="book.epub", data=data[: len(data) // 2]))
    assert isinstance(found, Unreadable)
    assert found.reason == "is a broken or cut off container"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), max_size=4, unique=True), min_size=1, max_size=5)
)
def test_what_is_written_is_read_back(chapters: list[list[str]]) -> None:
    pages, wanted = {}, []
    for number, names in enumerate(chapters):
        body, notes = "<p>Begin.</p>", ""
        for place, name in enumerate(names, 1):
            url = f"https://{name}.example/{number}"
            body += f'<p>Word<sup><a href="#fn{place}">{place}</a></sup> goes on.</p>'
            notes += f'<li id="fn{place}"><a href="{url}">{name}</a></li>'
            wanted.append((str(place), url))
        pages[f"c{number}.xhtml"] = f"{body}<ol>{notes}</ol>"
    assert cited(book(pages)) == wanted


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_broken_books_never_raise(data: st.DataObject) -> None:
    whole = bytearray(book({"a.xhtml": '<p><a href="https://a.example/">a</a></p>'}))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found = read(Raw(source="a.epub", data=bytes(whole)))
    assert isinstance(found, Document) or "fault of ours" not in found.hint
