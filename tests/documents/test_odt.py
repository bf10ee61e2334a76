"""ODT and flat ODF text: links, notes with the numbers that stand in them, comments, lists, and harmful files."""

import io
import zipfile

import pytest
from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import CitationKind, Document, Unreadable

_NS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = (
    f'xmlns:office="{_NS}:office:1.0" xmlns:text="{_NS}:text:1.0" xmlns:style="{_NS}:style:1.0" '
    f'xmlns:draw="{_NS}:drawing:1.0" xmlns:meta="{_NS}:meta:1.0" xmlns:svg="{_NS}:svg-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
KIND = "application/vnd.oasis.opendocument.text"
STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/>'
    '</style:style><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/></text:list-style>'
)
A, B, C = "http://a.example.org/1", "http://b.example.org/2", "http://c.example.org/3"


def content(body: str) -> str:
    return (
        f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def packed(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND, zipfile.ZIP_STORED)
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def odt(body: str, **more: str) -> bytes:
    return packed({"content.xml": content(body)} | {f"{name}.xml": text for name, text in more.items()})


def p(inside: str) -> str:
    return f"<text:p>{inside}</text:p>"


def link(url: str, words: str) -> str:
    return f'<text:a xlink:type="simple" xlink:href="{url}">{words}</text:a>'


def note(ident: str, shown: str, inside: str) -> str:
    return (
        f'<text:note text:id="{ident}" text:note-class="footnote"><text:note-citation>{shown}</text:note-citation>'
        f"<text:note-body>{p(inside)}</text:note-body></text:note>"
    )


def document(data: bytes, name: str = "x.odt") -> Document:
    return read_document(data, name)


def cited(data: bytes) -> list[tuple[str | None, str, str]]:
    return [(one.label, one.text, "LOST" if one.lost else one.url or "") for one in document(data).citations]


READ = {
    "a link": (p(f"The {link(A, 'letter')} is kept."), [(None, "letter", A)]),
    "a link with styled words": (p(link(A, "the <text:span>letter</text:span>")), [(None, "the letter", A)]),
    "a place in the document": (p(link("#part", "x")), []),
    "an address in the text": (p(f"See {A}, and<text:s/>go."), [(None, A, A)]),
    "a note": (p(f"A letter{note('ftn1', '1', f'Quoted at {B}.')} came."), [("1", "letter", B)]),
    "a note with a sign": (p(f"A letter{note('ftn1', '†', link(A, 'Archive'))} came."), [("†", "letter", A)]),
    "a note that is pointed to twice": (
        p(f"One{note('ftn1', '1', A)} two<text:note-ref text:ref-name='ftn1'>1</text:note-ref>."),
        [("1", "One", A), ("1", "two", A)],
    ),
    "a note that only promises": (p(f"One{note('ftn1', '1', 'Available at:')}"), [("1", "One", "LOST")]),
    "a remark": (p(f"One{note('ftn1', '1', 'He was a brewer.')}"), [("1", "One", "")]),
    "what was deleted": (
        (
            f"<text:tracked-changes><text:changed-region><text:deletion>{p(link(B, 'old'))}</text:deletion>"
            f"</text:changed-region></text:tracked-changes>{p(link(A, 'new'))}"
        ),
        [(None, "new", A)],
    ),
    "a comment": (
        p(f"Words<office:annotation><dc:creator>N</dc:creator>{p(link(A, 'source'))}</office:annotation> more."),
        [(None, "source", A)],
    ),
    "a picture that links": (
        p(f'<draw:a xlink:href="{A}"><draw:frame><svg:title>The bridge</svg:title></draw:frame></draw:a>'),
        [(None, "The bridge", A)],
    ),
    "a text box": (p(f"<draw:frame><draw:text-box>{p(link(A, 'x'))}</draw:text-box></draw:frame>"), [(None, "x", A)]),
    "an entry of a bibliography": (
        p(f'So <text:bibliography-mark text:url="{A}">[NN99]</text:bibliography-mark>.'),
        [(None, "[NN99]", A)],
    ),
    "typed notes in a numbered list": (
        p(
            'A letter<text:span text:style-name="T1">1</text:span>, a reply<text:span text:style-name="T1">2</text:span>.'
        )
        + p("Notes")
        + '<text:list text:style-name="L1">'
        + "".join(f"<text:list-item>{p(f'See {url}')}</text:list-item>" for url in (A, B))
        + "</text:list>",
        [("1", "letter", A), ("2", "reply", B)],
    ),
    "typed notes in brackets": (
        p("A letter[1], a reply[2].") + p(f"[1] {A}") + p(f"[2] {B}"),
        [("1", "letter", A), ("2", "reply", B)],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_cited(name: str) -> None:
    body, expected = READ[name]
    assert cited(odt(body)) == expected


@pytest.mark.parametrize("name", READ)
def test_a_flat_document_is_read_alike(name: str) -> None:
    body, expected = READ[name]
    flat = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:mimetype="{KIND}">'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )
    found = document(flat.encode(), "x.fodt")
    assert [(one.label, one.text, "LOST" if one.lost else one.url or "") for one in found.citations] == expected


def test_the_context_is_the_sentence_without_the_note() -> None:
    (one,) = document(odt(p(f"Before. A letter{note('f', '1', A)} came. After."))).citations
    assert (one.context, one.note, one.kind) == ("A letter[1] came.", A, CitationKind.FOOTNOTE)


def test_what_the_document_says_about_itself() -> None:
    meta = (
        f"<office:document-meta {SPACES}><office:meta><dc:title>The Town</dc:title><meta:initial-creator>Ada Nemo"
        "</meta:initial-creator><dc:creator>Else</dc:creator><dc:date>2014-05-03T10:00:00</dc:date>"
        "<dc:language>de-DE</dc:language></office:meta></office:document-meta>"
    )
    found = document(odt(p("Words."), meta=meta))
    assert (found.title, found.author, found.language, str(found.published)) == (
        "The Town", "Ada Nemo", "de-DE", "2014-05-03",
    )  # fmt: skip


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa">]><office:document-content/>'
HARMFUL = {
    "cut off": (odt(p("x"))[:300], "broken or cut off"),
    "encrypted": (
        packed({"content.xml": "\x01", "META-INF/manifest.xml": "<manifest:encryption-data/>"}), "is encrypted",
    ),
    "entities": (packed({"content.xml": BOMB}), "cannot be read"),
    "no content": (packed({"styles.xml": "<a/>"}), "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_what_cannot_be_read_says_why(name: str) -> None:
    data, reason = HARMFUL[name]
    found = read(Raw(source="x.odt", data=data))
    assert isinstance(found, Unreadable)
    assert reason in found.reason


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["link", "note", "bare"]), st.integers(0, 999)), max_size=12))
def test_what_is_written_is_read_back(things: list[tuple[str, int]]) -> None:
    body, expected, count = "", [], 0
    for index, (kind, number) in enumerate(things):
        url = f"http://site{number}.example.org/page/{index}"
        if kind == "link":
            body += p(f"A word {link(url, 'linked')} more.")
        elif kind == "note":
            count += 1
            body += p(f"A noted{note(f'ftn{index}', str(count), f'See {url}.')} word.")
        else:
            body += p(f"A word {url} more.")
        expected.append((str(count) if kind == "note" else None, url))
    assert [(one.label, one.url) for one in document(odt(body or p("x"))).citations] == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=30), st.booleans())
def test_a_spoiled_document_is_never_a_fault(changes: list[tuple[int, int]], inside: bool) -> None:
    body = p(f"A letter{note('ftn1', '1', B)} {link(A, 'x')}")
    data = bytearray(odt(body))
    text = bytearray(content(body).encode())
    spoiled = text if inside else data
    for at, value in changes:
        spoiled[at % len(spoiled)] = value
    if inside:
        data = bytearray(packed({"content.xml": bytes(text).decode("latin-1")}))
    found = read(Raw(source="x.odt", data=bytes(data)))
    assert isinstance(found, Document) or "fault of ours" not in (found.hint or "")
