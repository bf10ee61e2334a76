"""What a PDF says about itself: its properties, its XMP packet, its text, and what browsers print at the page foot."""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from msgspec.structs import replace

from archiver.documents import dates
from archiver.documents.draft import About
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from datetime import date

_TITLE_JUNK = re.compile(
    r"untitled.*|about:blank|.*\.(?:docx?|odt|tex|dvi|indd|html?|pdf|rtf)|microsoft word.*|", re.IGNORECASE
)
_NOBODY = re.compile(r"\W*(?:anonymous|unspecified|unknown|user|admin(?:istrator)?|root|owner)\W*|", re.IGNORECASE)


_MARKS = re.compile(r"(?:\s?\[[^\[\]\s]{1,4}\]|[⁰¹²³⁴-⁹]){1,8}\s*$")  # of notes, behind a title


def told(document: Any, data: bytes, text: About, largest: str | None, url: str | None) -> About:
    """Give it; `text` is what the text says, `largest` its largest type, `url` the address that a browser printed."""
    title = _meta(document, b"Title")
    xmp = _xmp(data)
    if title and _TITLE_JUNK.fullmatch(title):
        title = ""
    author = _meta(document, b"Author") or xmp.get("creator", "")
    language = xmp.get("language") or _language(data)
    said = About.told(
        "document properties",
        title=title or xmp.get("title") or None,
        author=None if _NOBODY.fullmatch(author) else author,
        publication=xmp.get("publicationName") or None,
        language=language or None,
        url=url,
    )
    # What the text says is when it came out; the file may have been made much later.
    made = _day(_meta(document, b"CreationDate")) or dates.day(xmp.get("CreateDate", "")[:10])
    if text.title:
        text = replace(text, title=_MARKS.sub("", text.title) or None)
    shown = About.told("largest type", title=mended(largest) if largest else None)
    return said.filled(shown).filled(text).filled(About.told("creation date of the file", published=made))


def _meta(document: Any, key: bytes) -> str:
    size = pdfium.FPDF_GetMetaText(document, key, None, 0)
    if not 2 < size < 10_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, key, buffer, size)
    return mended(buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0").replace("\0", ""))[:500]


def _day(written: str) -> date | None:
    found = re.match(r"D?:?((?:19|20)\d\d)(\d\d)(\d\d)", written)
    return dates.day("-".join(found.groups())) if found else None


def _xmp(data: bytes) -> dict[str, str]:
    """Take what is plainly written in an XMP packet: patterns suffice, and no XML of strangers is parsed."""
    start = data.rfind(b"<x:xmpmeta")
    packet = data[start : start + 100_000].decode("utf-8", "replace") if start >= 0 else ""
    found = {}
    for name in ("dc:title", "dc:creator", "dc:language", "prism:publicationName", "xmp:CreateDate"):
        match = re.search(rf"<{name}>(?:\s|<rdf:[^<>]{{1,80}}>)*([^<]{{1,500}})<", packet)
        if match and match.group(1).strip():
            from html import unescape

            found[name.partition(":")[2]] = mended(unescape(match.group(1)))
    return found


def _language(data: bytes) -> str:
    found = re.search(rb"/Lang\s?\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2})\)", data[:2_000_000])
    return found.group(1).decode() if found else ""
