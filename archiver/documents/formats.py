"""The table of formats: how each is recognised, and who reads it. A new format is a module and a row."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from archiver.documents import recognise, url_list
from archiver.documents.decoding import instead, not_text
from archiver.model import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.documents.draft import Reading
    from archiver.documents.raw import Raw


class Format(Struct, frozen=True):
    """A format and its reader."""

    name: str
    suffixes: frozenset[str]
    media_types: frozenset[str]
    recognises: Callable[[bytes], bool]  # by the first bytes; only what nothing else could be
    reader: str  # the module that has `read(raw)`, below this package
    binary: bool = False  # no text: what `recognises` does not know is not of this format, whatever its suffix
    in_folders: bool = True  # a folder is searched for it; False: data, read when it is named

    def read(self, raw: Raw) -> Reading | Unreadable:
        """Read a document. Parsers take longer to import than a small run takes: each comes when it is wanted."""
        module = import_module(f"archiver.documents.{self.reader}")
        reading: Reading | Unreadable = module.read(raw)
        return reading


FORMATS: tuple[Format, ...] = (
    Format(
        "HTML",
        frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"}),
        frozenset({"text/html", "application/xhtml+xml"}),
        recognise.html,
        "html.reader",
    ),
    Format(
        "Markdown",
        frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".qmd", ".rmd"}),
        frozenset({"text/markdown", "text/x-markdown"}),
        recognise.never,
        "markdown.reader",
    ),
    Format("list of addresses", frozenset({".urls"}), frozenset({"text/uri-list"}), url_list.recognises, "url_list"),
    Format(
        "DOCX",
        frozenset({".docx", ".docm", ".dotx", ".dotm"}),
        frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}),
        recognise.docx,
        "office.docx",
        binary=True,
    ),
    Format(
        "ODT",
        frozenset({".odt", ".ott"}),
        frozenset({"application/vnd.oasis.opendocument.text"}),
        recognise.odt,
        "office.odt",
        binary=True,
    ),
    Format(
        "flat ODT",
        frozenset({".fodt"}),
        frozenset({"application/vnd.oasis.opendocument.text-flat-xml"}),
        recognise.flat_odt,
        "office.odt",
    ),
    Format(
        "EPUB", frozenset({".epub"}), frozenset({"application/epub+zip"}), recognise.epub, "epub", binary=True
    ),
    Format(
        "mail",
        frozenset({".eml", ".mbox", ".mbx", ".mht", ".mhtml"}),
        frozenset({"message/rfc822", "application/mbox", "multipart/related"}),
        recognise.mail,
        "mail.reader",
    ),
    Format("PDF", frozenset({".pdf"}), frozenset({"application/pdf"}), recognise.pdf, "pdf.reader", binary=True),
    Format(
        "wikitext",
        frozenset({".wiki", ".wikitext", ".mediawiki"}),
        frozenset({"text/x-wiki", "text/mediawiki"}),
        recognise.wikitext,
        "wikitext.reader",
    ),
    Format(
        "reStructuredText",
        frozenset({".rst", ".rest"}),
        frozenset({"text/x-rst", "text/prs.fallenstein.rst"}),
        recognise.never,
        "rst.reader",
    ),
    Format(
        "LaTeX",
        frozenset({".tex", ".ltx", ".latex"}),
        frozenset({"text/x-tex", "application/x-tex", "application/x-latex"}),
        recognise.latex,
        "latex.reader",
    ),
    Format(
        "BibTeX",
        frozenset({".bib", ".bibtex"}),
        frozenset({"text/x-bibtex", "application/x-bibtex"}),
        recognise.bibtex,
        "latex.bibtex",
    ),
    Format("Org", frozenset({".org"}), frozenset({"text/org", "text/x-org"}), recognise.org, "org"),
    Format(
        "AsciiDoc",
        frozenset({".adoc", ".asciidoc", ".asc"}),
        frozenset({"text/asciidoc", "text/x-asciidoc"}),
        recognise.asciidoc,
        "asciidoc.reader",
    ),
    Format(
        "feed",
        frozenset({".rss", ".atom"}),
        frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"}),
        recognise.feed,
        "feeds",
    ),
    Format("sitemap", frozenset({".opml"}), frozenset({"text/x-opml"}), recognise.sitemap, "sitemaps"),
    Format("bookmarks", frozenset(), frozenset(), recognise.bookmarks, "bookmarks"),
    Format(
        "notebook", frozenset({".ipynb"}), frozenset({"application/x-ipynb+json"}), recognise.notebook, "notebooks"
    ),
    Format(
        "subtitles",
        frozenset({".vtt", ".srt"}),
        frozenset({"text/vtt", "application/x-subrip"}),
        recognise.subtitles,
        "subtitles",
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
        recognise.table,
        "tables",
        in_folders=False,
    ),
    Format("plain text", frozenset({".txt", ".text", ".log", ""}), frozenset({"text/plain"}), recognise.never, "plain"),
)
SUFFIXES = frozenset(suffix for form in FORMATS if form.in_folders for suffix in form.suffixes if suffix) - {".log"}


_CELLS = frozenset({".csv", ".tsv", ".tab", "text/csv", "text/tab-separated-values"})


def choose(raw: Raw) -> Format | Unreadable:
    """Pick the reader: by content, then by media type, then by suffix; any other text is read as plain text."""
    suffix, head = _suffix(raw), raw.data[: recognise.HEAD]
    for form in FORMATS:
        if form.binary and form.recognises(raw.data):
            return form
    if what := not_text(raw.data):
        hint = instead(what) or "formats read: " + ", ".join(form.name for form in FORMATS)
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
    named = next((form for form in texts if suffix in form.suffixes), FORMATS[-1])
    if named is FORMATS[-1] and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<svg")):
        return FORMATS[0]  # some other XML: its words and links are read, its namespaces are no citations
    return named


def is_binary(raw: Raw) -> bool:
    """Tell whether a document is of a format that is no text."""
    return any(form.binary and form.recognises(raw.data) for form in FORMATS)


def _suffix(raw: Raw) -> str:
    name = raw.source
    if "://" in name:
        try:
            name = urlsplit(name).path
        except ValueError:
            return ""
    return PurePosixPath(name.lower().removesuffix(".gz")).suffix
