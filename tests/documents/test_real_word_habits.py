"""DOCX as Word, LibreOffice and reference managers write it: rarer forms, each written by hand after the standard."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

import pytest
from test_docx import A, B, C, cited, document, docx, field, foot, link, note, p, part, relations, t

from archiver.model import CitationKind

SIGN = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, THEN, END = (SIGN.format(kind) for kind in ("begin", "separate", "end"))
DOI = "https://doi.org/10.5555/tides.4"


def code(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{escape(words)}</w:instrText></w:r>'


def csl(*works: dict[str, str]) -> str:
    return json.dumps({"citationID": "x", "citationItems": [{"id": 1, "itemData": work} for work in works]})


FIELDS = {
    "a field inside the code of another": (
        BEGIN + code(' HYPERLINK "') + BEGIN + code(" QUOTE ") + THEN + t(A) + END + code('" ') + THEN + t("x") + END,
        [(None, "x", A)],
    ),
    "a field inside the result of another": (
        BEGIN + code(f' HYPERLINK "{A}" ') + THEN + t("page ") + field([" PAGE "], "4") + t(" of it") + END,
        [(None, "page 4 of it", A)],
    ),
    "a picture from elsewhere is no citation": (field([f' INCLUDEPICTURE "{A}" \\* MERGEFORMAT '], ""), []),
    "a reference to a heading": (field([" REF _Ref99 \\h "], "2"), []),
    "a field that never ends": (BEGIN + code(f' HYPERLINK "{A}" ') + THEN + t("x"), [(None, "x", A)]),
    "a window to open in, and a tip": (field([f' HYPERLINK "{A}" \\t "_blank" \\o "To {B}" '], "x"), [(None, "x", A)]),
    "backslashes in a path on a disk": (field([' HYPERLINK "C:\\\\papers\\\\x.docx" '], "x"), []),
    "a link that was deleted": (
        f'<w:hyperlink r:id="r1"><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:hyperlink>{t("Here.")}',
        [],
    ),
    "a link that was partly deleted": (
        f'<w:hyperlink r:id="r1"><w:del><w:r><w:delText>old </w:delText></w:r></w:del>{t("new")}</w:hyperlink>',
        [(None, "new", A)],
    ),
    "a box that links where its words link": (
        '<w:hyperlink r:id="r1"><w:r><w:pict><v:shape><v:textbox><w:txbxContent>'
        + p(t(f"See {A}"))
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:hyperlink>",
        [(None, A, A)],
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_fields_and_links(name: str) -> None:
    inside, expected = FIELDS[name]
    assert cited(docx(p(inside), {"r1": A, "r2": B})) == expected


MANAGED = {
    "Zotero, with a DOI": (
        f"ADDIN ZOTERO_ITEM CSL_CITATION {csl({'DOI': '10.5555/tides.4', 'URL': B, 'title': 'Tides'})}",
        "(Holm 1950)",
        [("reference", None, "(Holm 1950)", DOI, "Tides")],
    ),
    "Zotero, two works": (
        f"ADDIN ZOTERO_ITEM CSL_CITATION {csl({'URL': A, 'title': 'One'}, {'URL': B, 'title': 'Two'})} ",
        "(Holm; Sand)",
        [("reference", None, "(Holm; Sand)", A, "One"), ("reference", None, "(Holm; Sand)", B, "Two")],
    ),
    "Mendeley": (
        f"ADDIN CSL_CITATION {csl({'URL': A, 'title': 'One'})}",
        "(Holm)",
        [("reference", None, "(Holm)", A, "One")],
    ),
    "EndNote": (
        (
            "ADDIN EN.CITE <EndNote><Cite><record><titles><title>Tides</title></titles><electronic-resource-num>"
            f"10.5555/tides.4</electronic-resource-num><urls><related-urls><url>{A}</url></related-urls></urls></record>"
            "</Cite></EndNote>"
        ),
        "(Holm)",
        [("reference", None, "(Holm)", DOI, "Tides")],
    ),
    "a work without an address": (f"ADDIN ZOTERO_ITEM CSL_CITATION {csl({'title': 'One'})}", "(Holm)", []),
    "broken JSON": ("ADDIN ZOTERO_ITEM CSL_CITATION {broken", "(Holm)", []),
    "the address is written out": (
        f"ADDIN ZOTERO_ITEM CSL_CITATION {csl({'DOI': '10.5555/tides.4'})}",
        f"Holm, {A}",
        [("inline", None, A, A, None)],
    ),
    "the bibliography": ("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", f"Holm. {A}", [("inline", None, A, A, None)]),
}


@pytest.mark.parametrize("name", MANAGED)
def test_what_a_reference_manager_keeps(name: str) -> None:
    instruction, shown, expected = MANAGED[name]
    body = p(t("As told ") + BEGIN + code(f" {instruction} ") + THEN + t(shown) + END + t("."))
    assert [
        (one.kind.value, one.label, one.text, one.url, one.note) for one in document(docx(body)).citations
    ] == expected


def test_a_reference_manager_in_a_note() -> None:
    managed = BEGIN + code(f" ADDIN ZOTERO_ITEM CSL_CITATION {csl({'URL': A, 'title': 'One'})} ") + THEN
    notes = note(2, managed + t("Holm, One, 14.") + END)
    (one,) = document(docx(p(t("The letter") + foot(2)), parts={"footnotes": notes})).citations
    assert (one.kind, one.label, one.text, one.url, one.note) == (
        CitationKind.FOOTNOTE,
        "1",
        "letter",
        A,
        "Holm, One, 14.",
    )


def test_a_reference_to_a_note_counts_only_where_it_shows_its_number() -> None:
    marked = '<w:bookmarkStart w:id="4" w:name="_RefF1"/>' + foot(1) + '<w:bookmarkEnd w:id="4"/>'
    body = p(t("One") + marked + t(" as in note ") + field([" REF _RefF1 \\h "], "1") + t("; see ")
             + field([" REF _RefF1 \\h "], "the office") + t("."))  # fmt: skip
    assert cited(docx(body, parts={"footnotes": note(1, t(A))})) == [("1", "One", A), ("1", "note", A)]


def test_a_page_break_of_the_authors_own_begins_the_numbers_again() -> None:
    section = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr></w:sectPr>'
    body = p(t("One") + foot(1)) + p('<w:r><w:br w:type="page"/></w:r>' + t("Two") + foot(2)) + section
    notes = note(1, t(A)) + note(2, t(B))
    assert cited(docx(body, parts={"footnotes": notes})) == [("1", "One", A), ("1", "Two", B)]


def test_a_page_shown_inside_the_document() -> None:
    data = docx(p(t("Before.")) + '<w:altChunk r:id="c1"/>' + p(t(f"After {B}.")))
    page = f'<html><body><p>A <a href="{A}">letter</a> of May.</p></body></html>'
    rows = {"c1": ("aFChunk", "chunk.html"), "r9": ("hyperlink", C)}
    assert cited(rewritten(data, {"word/chunk.html": page, "word/_rels/document.xml.rels": relations(rows)})) == [
        (None, "letter", A),
        (None, B, B),
    ]


def test_the_language_of_the_default_style() -> None:
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="nb-NO"/></w:rPr></w:rPrDefault></w:docDefaults>'
    found = document(docx(p(t(A)), parts={"styles": styles}))
    assert (found.language, found.origins["language"]) == ("nb-NO", "default style")


def test_parts_that_lead_to_themselves() -> None:
    rows = {"c1": ("aFChunk", "document.xml"), "f1": ("footnotes", "document.xml"), "h1": ("header", "document.xml")}
    data = docx(p(t(f"See {A}.")) + '<w:altChunk r:id="c1"/>')
    found = document(rewritten(data, {"word/_rels/document.xml.rels": relations(rows)}))
    assert {one.url for one in found.citations} == {A}


def test_a_hundred_thousand_links_and_endless_fields() -> None:
    links = "".join(f"<w:p>{link('r1', f'x{number}')}</w:p>" for number in range(100_000))
    assert len(document(docx(links, {"r1": A})).citations) == 100_000
    endless = (BEGIN + code(f' HYPERLINK "{A}" ') + THEN) * 20_000 + t("x")
    assert cited(docx(p(endless))) == [(None, "x", A)]


def rewritten(data: bytes, files: dict[str, str]) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in files:
                new.writestr(name, old.read(name))
        for name, text in files.items():
            new.writestr(name, text)
    return out.getvalue()


def test_a_line_of_ten_million_signs() -> None:
    words = " ".join(f"tide{number}" for number in range(450_000))
    assert cited(docx(p(t(words) + t(f" {A} ") + t(words)))) == [(None, A, A)]


def test_a_document_whose_end_is_missing_inside() -> None:
    text = part("document", f"<w:body>{p(t(A))}{p(link('r1', 'x'))}{p(t(C))}</w:body>")
    for share in (0.3, 0.6, 0.9):
        data = rewritten(docx(p(""), {"r1": B}), {"word/document.xml": text[: int(len(text) * share)]})
        found = document(data)
        assert found.warnings == ("a part of it is broken, and read only in part",)


def test_pages_as_word_last_saw_them() -> None:
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = p(t(f"See {A}.")) + p(t("The letter") + turn + t(" of May") + foot(2)) + p(turn + t(f"And {C}."))
    data = docx(body, parts={"footnotes": note(2, t(B)), "header1": p(t(f"{A}/head"))})
    assert [(one.place.page, one.label, one.url) for one in document(data).citations] == [
        (1, None, A),
        (2, "1", B),
        (3, None, C),
        (None, None, f"{A}/head"),
    ]
