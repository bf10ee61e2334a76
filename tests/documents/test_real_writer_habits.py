"""ODT as LibreOffice and its add-ons write it: works kept by a reference manager, boxes, pages, languages."""

from __future__ import annotations

import json
from xml.sax.saxutils import quoteattr

from test_odt import SPACES, A, B, C, cited, document, link, note, odt, p

STYLES = (
    f'<office:document-styles {SPACES} xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">'
    '<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="nb"'
    ' fo:country="NO"/></style:default-style></office:styles></office:document-styles>'
)


def managed(shown: str, *works: dict[str, str]) -> str:
    kept = json.dumps({"citationItems": [{"itemData": work} for work in works]})
    ident = quoteattr(f"ZOTERO_ITEM CSL_CITATION {kept} RNDabcdefghij")
    return f"<text:reference-mark-start text:name={ident}/>{shown}<text:reference-mark-end text:name={ident}/>"


def test_works_that_a_reference_manager_keeps() -> None:
    body = p(f"As told {managed('(Holm; Sand)', {'URL': A, 'title': 'One'}, {'DOI': '10.5555/tides.4'})} here.")
    found = document(odt(body)).citations
    assert [(one.kind.value, one.text, one.url, one.note) for one in found] == [
        ("reference", "(Holm; Sand)", A, "One"),
        ("reference", "(Holm; Sand)", "https://doi.org/10.5555/tides.4", None),
    ]


def test_a_managed_work_in_a_note_is_what_the_note_cites() -> None:
    body = p(f"The letter{note('ftn1', '1', managed('Holm, One, 14.', {'URL': A}))} came.")
    assert cited(odt(body)) == [("1", "letter", A)]


def test_a_managed_work_whose_address_is_written_out_is_found_once() -> None:
    assert cited(odt(p(managed(f"Holm, {A}", {"DOI": "10.5555/tides.4"})))) == [(None, A, A)]


def test_another_reference_mark_is_none() -> None:
    mark = '<text:reference-mark-start text:name="place"/>words<text:reference-mark-end text:name="place"/>'
    assert cited(odt(p(mark))) == []


def test_a_box_stands_in_no_list_of_sources() -> None:
    box = f"<draw:frame><draw:text-box>{p(link(A, 'box'))}</draw:text-box></draw:frame>"
    body = p(f"Words{box}.") + "<text:h>Sources</text:h>" + p(link(B, "book"))
    found = document(odt(body)).citations
    assert [(one.kind.value, one.text, one.url) for one in found] == [
        ("reference", "book", B),
        ("inline", "box", A),
    ]


def test_pages_as_the_program_last_saw_them() -> None:
    body = p(f"See {A}.") + p(f"The <text:soft-page-break/>letter{note('ftn1', '1', B)} came.") + p(f"And {C}.")
    assert [(one.place.page, one.label, one.url) for one in document(odt(body)).citations] == [
        (1, None, A),
        (2, "1", B),
        (2, None, C),
    ]


def test_without_pages_none_is_said() -> None:
    assert [one.place.page for one in document(odt(p(f"See {A}."))).citations] == [None]


def test_the_language_of_the_default_style() -> None:
    found = document(odt(p(A), styles=STYLES))
    assert (found.language, found.origins["language"]) == ("nb-NO", "default style")
