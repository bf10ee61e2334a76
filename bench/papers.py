"""Documents to read, written by hand so that nothing need be installed: prose with a link in every other sentence."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# A name that lychee does not leave out, as it does .example; nothing is asked of it.
HOST = "tides.museum"
SENTENCE = "The harbour master copied the tide tables by hand and kept them in a drawer until the spring. "
LINES, PAGES = 40, 20  # lines to a page, pages to a document
LINKS = 8  # addresses on a page


def html(addresses: Sequence[str]) -> bytes:
    """Write a page with a link in each paragraph."""
    paragraphs = "".join(f"<p>{SENTENCE}<a href='{one}'>One copy</a> was kept. {SENTENCE}</p>\n" for one in addresses)
    return f"<!doctype html><html><head><title>Tide tables</title></head><body>{paragraphs}</body></html>".encode()


def markdown(addresses: Sequence[str]) -> bytes:
    """Write the same in Markdown."""
    told = "".join(f"{SENTENCE}[One copy]({one}) was kept. {SENTENCE}\n\n" for one in addresses)
    return f"# Tide tables\n\n{told}".encode()


def text(addresses: Sequence[str]) -> bytes:
    """Write the same as plain text."""
    told = "".join(f"{SENTENCE}One copy is at {one} today. {SENTENCE}\n\n" for one in addresses)
    return f"Tide tables\n\n{told}".encode()


def pdf(addresses: Sequence[str]) -> bytes:
    """Write pages of text, half of whose links are annotations and half written out."""
    pages = [addresses[at : at + LINKS] for at in range(0, len(addresses), LINKS)]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"]
    kids = []
    for links in pages:
        lines, annotations = [], []
        for number in range(LINES):
            words = SENTENCE.strip()
            if number < len(links):
                words = "The first copy is there." if number % 2 else f"See {links[number]} today."
                if number % 2:
                    box = f"[72 {735 - 17 * number} 180 {747 - 17 * number}]"
                    annotations.append(f"<</Type/Annot/Subtype/Link/Rect{box}/A<</S/URI/URI({links[number]})>>>>")
            lines.append(f"({words}) Tj T*")
        stream = f"BT /F1 11 Tf 17 TL 72 738 Td {' '.join(lines)} ET".encode()
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {len(objects)} 0 R/Annots[{' '.join(annotations)}]>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, 2)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{rows}".encode())
    out.write(f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def docx(addresses: Sequence[str]) -> bytes:
    """Write a document in which every address stands in a footnote, as a hyperlink."""
    body = "".join(
        f"<w:p><w:r><w:t xml:space='preserve'>{SENTENCE}One copy was kept.</w:t></w:r>"
        f"<w:r><w:footnoteReference w:id='{number}'/></w:r>"
        f"<w:r><w:t xml:space='preserve'> {SENTENCE * 4}</w:t></w:r></w:p>"
        for number in range(1, len(addresses) + 1)
    )
    notes = "".join(
        f"<w:footnote w:id='{number}'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>The copy: </w:t></w:r>"
        f"<w:hyperlink r:id='r{number}'><w:r><w:t>table {number}</w:t></w:r></w:hyperlink></w:p></w:footnote>"
        for number in range(1, len(addresses) + 1)
    )
    links = "".join(
        f"<Relationship Id='r{number}' Type='{_R}/hyperlink' Target='{one}' TargetMode='External'/>"
        for number, one in enumerate(addresses, 1)
    )
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{_PACKAGE}/content-types'><Default Extension='rels' "
        "ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
        f"<Override PartName='/word/document.xml' ContentType='{_TYPE}.document.main+xml'/>"
        f"<Override PartName='/word/footnotes.xml' ContentType='{_TYPE}.footnotes+xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{_PACKAGE}/relationships'><Relationship Id='r1' "
        f"Type='{_R}/officeDocument' Target='word/document.xml'/></Relationships>",
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships xmlns='{_PACKAGE}/relationships'><Relationship Id='n' "
        f"Type='{_R}/footnotes' Target='footnotes.xml'/></Relationships>",
        "word/footnotes.xml": f"<w:footnotes {_W} xmlns:r='{_R}'>{notes}</w:footnotes>",
        "word/_rels/footnotes.xml.rels": f"<Relationships xmlns='{_PACKAGE}/relationships'>{links}</Relationships>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, f"<?xml version='1.0' encoding='UTF-8'?>{content}")
    return out.getvalue()


WRITERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "html": html, "markdown": markdown, "text": text, "pdf": pdf, "docx": docx,
}
SUFFIXES = {"html": ".html", "markdown": ".md", "text": ".txt", "pdf": ".pdf", "docx": ".docx"}
