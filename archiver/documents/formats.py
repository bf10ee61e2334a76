"""The table of formats: how each is recognised, and who reads it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from archiver.documents import url_list
from archiver.documents.decoding import not_text, wide
from archiver.model import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.documents.draft import Reading
    from archiver.documents.raw import Raw

_HEAD = 4096


class Format(Struct, frozen=True):
    """A format and its reader."""

    name: str
    suffixes: frozenset[str]
    media_types: frozenset[str]
    recognises: Callable[[bytes], bool]  # by the first bytes; only what nothing else could be
    read: Callable[[Raw], Reading | Unreadable]
    binary: bool = False  # no text: what `recognises` does not know is not of this format, whatever its suffix


_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def _is_html(head: bytes) -> bool:
    return _HTML.match(head.replace(b"\0", b"") if wide(head) else head) is not None


def _never(_head: bytes) -> bool:
    return False


# Parsers of documents take longer to import than a small run takes: each comes when a document wants it.


def _read_html(raw: Raw) -> Reading:
    from archiver.documents import html

    return html.read(raw)


def _read_markdown(raw: Raw) -> Reading:
    from archiver.documents import markdown

    return markdown.read(raw)


def _read_docx(raw: Raw) -> Reading | Unreadable:
    from archiver.documents.office import docx

    return docx.read(raw)


def _read_odt(raw: Raw) -> Reading | Unreadable:
    from archiver.documents.office import odt

    return odt.read(raw)


def _is_docx(data: bytes) -> bool:
    # With a password it is an old container that says so in UTF-16.
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "EncryptedPackage".encode("utf-16-le") in data
    return data.startswith(b"PK\x03\x04") and b"word/" in data and b"[Content_Types].xml" in data


def _is_odt(data: bytes) -> bool:
    # The first member is "mimetype", stored as it is (OpenDocument 1.3, part 2, 3.3).
    if not data.startswith(b"PK\x03\x04") or b"mimetypeapplication/" in data[:128]:
        return b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:128]
    return b"content.xml" in data and b"META-INF/manifest.xml" in data


def _is_flat_odt(head: bytes) -> bool:
    return b"<office:document" in head and b"application/vnd.oasis.opendocument.text" in head


def _read_pdf(raw: Raw) -> Reading | Unreadable:
    from archiver.documents import pdf

    return pdf.read(raw)


def _is_pdf(data: bytes) -> bool:
    # Some bytes before the header are common, and readers look past them.
    return data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-") or (
        b"%PDF-" in data[:1024] and b"endobj" in data and b"startxref" in data[-2048:]
    )


def _read_plain(raw: Raw) -> Reading:
    from archiver.documents import plain

    return plain.read(raw)


def _is_epub(data: bytes) -> bool:
    if not data.startswith(b"PK\x03\x04"):
        return False
    from archiver.documents import epub

    return epub.recognises(data)


def _read_epub(raw: Raw) -> Reading | Unreadable:
    from archiver.documents import epub

    return epub.read(raw)


_MAIL = re.compile(rb"\s{0,9}(?:From \S|[\w-]{2,60}:[^\n]{0,2000}\n(?:[ \t][^\n]*\n)*[\w-]{2,60}:)", re.ASCII)


def _is_mail(head: bytes) -> bool:
    if not _MAIL.match(head):
        return False
    from archiver.documents import mail

    return mail.recognises(head)


def _read_mail(raw: Raw) -> Reading | Unreadable:
    from archiver.documents import mail

    return mail.read(raw)


def _read_wikitext(raw: Raw) -> Reading:
    from archiver.documents import wikitext

    return wikitext.read(raw)


_EXPORT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<mediawiki\b")


def _is_wikitext(head: bytes) -> bool:
    if _EXPORT.match(head):
        return True
    # An example in another text may have one of these; a page has a note with a citation in it.
    return re.search(rb"<ref(?:\s[^<>]{0,200})?>\s?\{\{\s?cit", head, re.IGNORECASE) is not None and b"[[" in head


def _read_rst(raw: Raw) -> Reading:
    from archiver.documents import rst

    return rst.read(raw)


FORMATS: tuple[Format, ...] = (
    Format(
        "HTML",
        frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"}),
        frozenset({"text/html", "application/xhtml+xml"}),
        _is_html,
        _read_html,
    ),
    Format(
        "Markdown",
        frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".qmd", ".rmd"}),
        frozenset({"text/markdown", "text/x-markdown"}),
        _never,
        _read_markdown,
    ),
    Format("list of addresses", frozenset({".urls"}), frozenset({"text/uri-list"}), url_list.recognises, url_list.read),
    Format(
        "DOCX",
        frozenset({".docx", ".docm", ".dotx", ".dotm"}),
        frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}),
        _is_docx,
        _read_docx,
        binary=True,
    ),
    Format(
        "ODT",
        frozenset({".odt", ".ott"}),
        frozenset({"application/vnd.oasis.opendocument.text"}),
        _is_odt,
        _read_odt,
        binary=True,
    ),
    Format(
        "flat ODT",
        frozenset({".fodt"}),
        frozenset({"application/vnd.oasis.opendocument.text-flat-xml"}),
        _is_flat_odt,
        _read_odt,
    ),
    Format(
        "EPUB", frozenset({".epub"}), frozenset({"application/epub+zip"}), _is_epub, _read_epub, binary=True
    ),
    Format(
        "mail",
        frozenset({".eml", ".mbox", ".mbx", ".mht", ".mhtml"}),
        frozenset({"message/rfc822", "application/mbox", "multipart/related"}),
        _is_mail,
        _read_mail,
    ),
    Format("PDF", frozenset({".pdf"}), frozenset({"application/pdf"}), _is_pdf, _read_pdf, binary=True),
    Format(
        "wikitext",
        frozenset({".wiki", ".wikitext", ".mediawiki"}),
        frozenset({"text/x-wiki", "text/mediawiki"}),
        _is_wikitext,
        _read_wikitext,
    ),
    Format(
        "reStructuredText",
        frozenset({".rst", ".rest"}),
        frozenset({"text/x-rst", "text/prs.fallenstein.rst"}),
        _never,
        _read_rst,
    ),
    Format("plain text", frozenset({".txt", ".text", ".log", ""}), frozenset({"text/plain"}), _never, _read_plain),
)
SUFFIXES = frozenset(suffix for form in FORMATS for suffix in form.suffixes if suffix) - {".log"}


def choose(raw: Raw) -> Format | Unreadable:
    """Pick the reader: by content, then by media type, then by suffix; any other text is read as plain text."""
    suffix, head = _suffix(raw), raw.data[:_HEAD]
    for form in FORMATS:
        if form.binary and form.recognises(raw.data):
            return form
    if what := not_text(raw.data):
        hint = "formats read: " + ", ".join(form.name for form in FORMATS)
        return Unreadable(source=raw.source, reason=f"is {what}, which is not read", hint=hint)
    texts = [form for form in FORMATS if not form.binary]
    media_type = (raw.media_type or "").partition(";")[0].strip().lower()
    for form in texts:
        # The content of a Markdown file may well begin with HTML or be addresses only: there the suffix is right.
        if form.recognises(head) and suffix not in FORMATS[1].suffixes:
            return form
    for form in texts:
        if media_type in form.media_types and media_type != "text/plain":
            return form
    return next((form for form in texts if suffix in form.suffixes), FORMATS[-1])


def _suffix(raw: Raw) -> str:
    name = raw.source
    if "://" in name:
        try:
            name = urlsplit(name).path
        except ValueError:
            return ""
    return PurePosixPath(name.lower().removesuffix(".gz")).suffix
