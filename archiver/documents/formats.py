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
    in_folders: bool = True  # a folder is searched for it; False: data, read when it is named


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


def _read_latex(raw: Raw) -> Reading:
    from archiver.documents import latex

    return latex.read(raw)


_LATEX = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|%[^\n]*\n)*+\\(?:documentclass|documentstyle|NeedsTeXFormat|RequirePackage|begin\{document\})"
)


def _is_latex(head: bytes) -> bool:
    return _LATEX.match(head) is not None


def _read_bibtex(raw: Raw) -> Reading:
    from archiver.documents import bibtex

    return bibtex.read(raw)


_BIBTEX = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|%[^\n]*\n)*+@(?:article|book|booklet|inbook|incollection|inproceedings|conference|manual"
    rb"|mastersthesis|misc|phdthesis|proceedings|techreport|unpublished|online|electronic|report|thesis|string)"
    rb"\s{0,9}[{(]\s{0,9}[^\s,{}()=]{1,200}\s{0,9}[,=]",
    re.IGNORECASE,
)


def _is_bibtex(head: bytes) -> bool:
    return _BIBTEX.match(head) is not None


def _read_org(raw: Raw) -> Reading:
    from archiver.documents import org

    return org.read(raw)


_ORG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,99}(?:# -\*-[^\n]*\n\s{0,99})?"
    rb"#\+(?:title|author|date|options|startup|setupfile|filetags|language|email|property):",
    re.IGNORECASE,
)


def _is_org(head: bytes) -> bool:
    return _ORG.match(head) is not None


def _read_asciidoc(raw: Raw) -> Reading:
    from archiver.documents import asciidoc

    return asciidoc.read(raw)


_ASCIIDOC = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,99}(?://[^\n]*\n\s{0,99})*= [^\n]*[^\s=]\s*\n(?:[^\n]+\n){0,3}"
    rb":!?(?:toc|doctype|author|authors|revdate|revnumber|icons|source-highlighter|imagesdir|sectnums|sectanchors|experimental"
    rb"|description|keywords|lang|idprefix|idseparator|stem|numbered|toclevels|email):(?:[ \t]|$)",
    re.MULTILINE,
)


def _is_asciidoc(head: bytes) -> bool:
    return _ASCIIDOC.match(head) is not None


_PROLOGUE = (
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,300}>\s*|<!--(?:(?!-->).){0,2000}-->\s*"
    rb"|<!DOCTYPE[^>\[]{0,300}(?:\[[^\]]{0,2000}\]\s*)?>\s*){0,9}"
)
_FEED = re.compile(_PROLOGUE + rb"<(?:rss\b|(?:\w{1,20}:)?feed\s|rdf:RDF\s[^>]{0,2000}purl\.org/rss/)", re.DOTALL)
_JSON_FEED = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{.{0,2000}?\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org", re.DOTALL)
_SITEMAP = re.compile(_PROLOGUE + rb"<(?:(?:\w{1,20}:)?(?:urlset|sitemapindex)|opml)\b", re.DOTALL)
_SUBTITLES = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:WEBVTT(?=[ \t\r\n]|$)"
    rb"|\s{0,9}\d{1,6}[ \t]*[\r\n]{1,2}[ \t]*\d{1,2}:\d\d:\d\d[.,]\d{1,3}[ \t]*-->)"
)
_JSON = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:\[\s*){0,9}\{\s*\"[^\"\\\n]{0,100}\"\s*:\s*(?:[\"\[{\d-]|true\b|false\b|null\b)|\[\s*\"(?:https?:|www\.))"
)
# A first row of names, one of which says that addresses stand below it, and below it they do.
_TABLE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:sep=[^\w\n][^\n]{0,20}\n|(?=[^\n]{0,2000}[,;\t|])(?:[^\n]{0,2000}[,;\t|])?[\"' ]{0,2}"
    rb"(?:ur[li]|link|href|web ?site|address)s?[\"' ]{0,2}(?:[,;\t|][^\n]{0,2000})?\r?\n[^\n]{0,2000}(?:://|www\.))",
    re.IGNORECASE,
)


_ADDRESS_FIRST = re.compile(rb"\"?https?://[^\s,;|\"]{1,2000}\"?[,;|\t][^,;|\t]")


def _unwide(head: bytes) -> bytes:
    return head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff") if b"\0" in head else head


def _is_feed(head: bytes) -> bool:
    head = _unwide(head)
    return _FEED.match(head) is not None or _JSON_FEED.match(head) is not None


def _read_feed(raw: Raw) -> Reading | Unreadable:
    from archiver.documents import feeds

    return feeds.read(raw)


def _is_sitemap(head: bytes) -> bool:
    return _SITEMAP.match(_unwide(head)) is not None


def _is_packed_sitemap(data: bytes) -> bool:
    if not data.startswith(b"\x1f\x8b"):
        return False
    import zlib

    try:
        return _is_sitemap(zlib.decompressobj(31).decompress(data[:_HEAD], _HEAD))
    except zlib.error:
        return False


def _read_sitemap(raw: Raw) -> Reading | Unreadable:
    from archiver.documents import sitemaps

    return sitemaps.read(raw)


def _is_bookmarks(head: bytes) -> bool:
    return b"<!doctype netscape-bookmark-file" in _unwide(head)[:500].lower()


def _read_bookmarks(raw: Raw) -> Reading:
    from archiver.documents import bookmarks

    return bookmarks.read(raw)


def _is_notebook(head: bytes) -> bool:
    return b'"cell_type"' in head and _JSON.match(head) is not None


def _read_notebook(raw: Raw) -> Reading | Unreadable:
    from archiver.documents import notebooks

    return notebooks.read(raw)


def _is_subtitles(head: bytes) -> bool:
    return _SUBTITLES.match(_unwide(head)) is not None


def _read_subtitles(raw: Raw) -> Reading:
    from archiver.documents import subtitles

    return subtitles.read(raw)


def _is_table(head: bytes) -> bool:
    head = _unwide(head)
    return _JSON.match(head) is not None or _TABLE.match(head) is not None or _is_bare_table(head)


def _is_bare_table(head: bytes) -> bool:
    """Tell whether every line begins with an address and a comma or its like, and goes on with words."""
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines()[:40] if line.strip()]
    lines = lines[:-1] if len(head) >= _HEAD else lines
    return len(lines) > 1 and all(_ADDRESS_FIRST.match(line) for line in lines) and any(b" " in line for line in lines)


def _read_table(raw: Raw) -> Reading:
    from archiver.documents import tables

    return tables.read(raw)


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
    Format(
        "LaTeX",
        frozenset({".tex", ".ltx", ".latex"}),
        frozenset({"text/x-tex", "application/x-tex", "application/x-latex"}),
        _is_latex,
        _read_latex,
    ),
    Format(
        "BibTeX",
        frozenset({".bib", ".bibtex"}),
        frozenset({"text/x-bibtex", "application/x-bibtex"}),
        _is_bibtex,
        _read_bibtex,
    ),
    Format("Org", frozenset({".org"}), frozenset({"text/org", "text/x-org"}), _is_org, _read_org),
    Format(
        "AsciiDoc",
        frozenset({".adoc", ".asciidoc", ".asc"}),
        frozenset({"text/asciidoc", "text/x-asciidoc"}),
        _is_asciidoc,
        _read_asciidoc,
    ),
    Format(
        "feed",
        frozenset({".rss", ".atom"}),
        frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"}),
        _is_feed,
        _read_feed,
    ),
    Format("packed sitemap", frozenset(), frozenset(), _is_packed_sitemap, _read_sitemap, binary=True),
    Format("sitemap", frozenset({".opml"}), frozenset({"text/x-opml"}), _is_sitemap, _read_sitemap),
    Format("bookmarks", frozenset(), frozenset(), _is_bookmarks, _read_bookmarks),
    Format(
        "notebook", frozenset({".ipynb"}), frozenset({"application/x-ipynb+json"}), _is_notebook, _read_notebook
    ),
    Format(
        "subtitles",
        frozenset({".vtt", ".srt"}),
        frozenset({"text/vtt", "application/x-subrip"}),
        _is_subtitles,
        _read_subtitles,
    ),
    Format(
        "table",
        frozenset({".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson"}),
        frozenset(
            {
                "text/csv",
                "text/tab-separated-values",
                "application/json",
                "application/ld+json",
                "application/x-ndjson",
                "application/jsonl",
            }
        ),
        _is_table,
        _read_table,
        in_folders=False,
    ),
    Format("plain text", frozenset({".txt", ".text", ".log", ""}), frozenset({"text/plain"}), _never, _read_plain),
)
SUFFIXES = frozenset(suffix for form in FORMATS if form.in_folders for suffix in form.suffixes if suffix) - {".log"}


_CELLS = frozenset({".csv", ".tsv", ".tab", "text/csv", "text/tab-separated-values"})


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
            # In a table, what follows an address on its line is another cell.
            if form.name == "list of addresses" and (suffix in _CELLS or media_type in _CELLS):
                continue
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
