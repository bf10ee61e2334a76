"""How formats are recognised by their content: each says yes only to what nothing else could be.

Readers are imported when a document wants them, and patterns are compiled when one is asked: most documents are known
by the first of them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver.documents.decoding import wide

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = 4096  # bytes that recognisers of texts are given; those of binary formats get all
_BOM = rb"(?:\xef\xbb\xbf)?"
_PROLOGUE = (
    _BOM + rb"\s*(?:<\?[^>]{0,300}>\s*|<!--(?:(?!-->).){0,2000}-->\s*"
    rb"|<!DOCTYPE[^>\[]{0,300}(?:\[[^\]]{0,2000}\]\s*)?>\s*){0,9}"
)


def _begins(pattern: bytes, flags: int = 0) -> Callable[[bytes], bool]:
    """Give a recogniser by how a text begins."""
    compiled = cache(lambda: re.compile(pattern, flags))
    return lambda head: compiled().match(head) is not None


def _narrow(head: bytes) -> bytes:
    """Give the beginning of a text in UTF-16 as if it were in ASCII."""
    return head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff") if b"\0" in head else head


def never(_head: bytes) -> bool:
    """Recognise nothing: the suffix or the media type tells."""
    return False


# ---------------------------------------------------------------- pages and marked up text

_html = _begins(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?(?:xml|php)\b(?:(?!\?>).){0,2000}\?>\s*|<!--.{0,2000}?-->\s*){0,9}"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def html(head: bytes) -> bool:
    """Recognise HTML."""
    return _html(head.replace(b"\0", b"") if wide(head) else head)


latex = _begins(
    rb"(?:\xef\xbb\xbf)?(?:\s|%[^\n]*\n)*+\\(?:documentclass|documentstyle|NeedsTeXFormat|RequirePackage|begin\{document\})"
)
bibtex = _begins(
    rb"(?:\xef\xbb\xbf)?(?:\s|%[^\n]*\n)*+@(?:article|book|booklet|inbook|incollection|inproceedings|conference|manual"
    rb"|mastersthesis|misc|phdthesis|proceedings|techreport|unpublished|online|electronic|report|thesis|string)"
    rb"\s{0,9}[{(]\s{0,9}[^\s,{}()=]{1,200}\s{0,9}[,=]",
    re.IGNORECASE,
)
org = _begins(
    rb"(?:\xef\xbb\xbf)?\s{0,99}(?:# -\*-[^\n]*\n\s{0,99})?"
    rb"#\+(?:title|author|date|options|startup|setupfile|filetags|language|email|property):",
    re.IGNORECASE,
)
asciidoc = _begins(
    rb"(?:\xef\xbb\xbf)?\s{0,99}(?://[^\n]*\n\s{0,99})*= [^\n]*[^\s=]\s*\n(?:[^\n]+\n){0,3}"
    rb":!?(?:toc|doctype|author|authors|revdate|revnumber|icons|source-highlighter|imagesdir|sectnums|sectanchors|experimental"
    rb"|description|keywords|lang|idprefix|idseparator|stem|numbered|toclevels|email):(?:[ \t]|$)",
    re.MULTILINE,
)
_wiki_export = _begins(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<mediawiki\b")


def wikitext(head: bytes) -> bool:
    """Recognise wikitext, and exports of it."""
    if _wiki_export(head):
        return True
    # An example in another text may have one of these; a page has a note with a citation in it.
    return re.search(rb"<ref(?:\s[^<>]{0,200})?>\s?\{\{\s?cit", head, re.IGNORECASE) is not None and b"[[" in head


# ---------------------------------------------------------------- containers


def docx(data: bytes) -> bool:
    """Recognise DOCX; with a password it is an old container that says so in UTF-16."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "EncryptedPackage".encode("utf-16-le") in data
    return data.startswith(b"PK\x03\x04") and b"word/" in data and b"[Content_Types].xml" in data


def odt(data: bytes) -> bool:
    """Recognise ODT: its first member is "mimetype", stored as it is (OpenDocument 1.3, part 2, 3.3)."""
    if not data.startswith(b"PK\x03\x04") or b"mimetypeapplication/" in data[:128]:
        return b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:128]
    return b"content.xml" in data and b"META-INF/manifest.xml" in data


def flat_odt(head: bytes) -> bool:
    """Recognise ODT in one XML file."""
    return b"<office:document" in head and b"application/vnd.oasis.opendocument.text" in head


def epub(data: bytes) -> bool:
    """Recognise EPUB."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    from archiver.documents import epub as reader

    return reader.recognises(data)


def pdf(data: bytes) -> bool:
    """Recognise PDF; some bytes before the header are common, and readers look past them."""
    return data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-") or (
        b"%PDF-" in data[:1024] and b"endobj" in data and b"startxref" in data[-2048:]
    )


# ---------------------------------------------------------------- mail, lists and data

_headers = _begins(rb"\s{0,9}(?:From \S|[\w-]{2,60}:[^\n]{0,2000}\n(?:[ \t][^\n]*\n)*[\w-]{2,60}:)", re.ASCII)


def mail(head: bytes) -> bool:
    """Recognise messages."""
    if not _headers(head):
        return False
    from archiver.documents.mail import reader

    return reader.recognises(head)


_xml_feed = _begins(
    _PROLOGUE + rb"<(?:rss\b|(?:\w{1,20}:)?feed\s|rdf:RDF\s[^>]{0,2000}(?:purl\.org/rss/|my\.netscape\.com/rdf/))",
    re.DOTALL,
)
_json_feed = _begins(rb"(?:\xef\xbb\xbf)?\s*\{.{0,2000}?\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org", re.DOTALL)
_sitemap = _begins(_PROLOGUE + rb"<(?:(?:\w{1,20}:)?(?:urlset|sitemapindex)|opml)\b", re.DOTALL)
_subtitles = _begins(
    rb"(?:\xef\xbb\xbf)?(?:WEBVTT(?=[ \t\r\n]|$)"
    rb"|\s{0,9}\d{1,6}[ \t]*[\r\n]{1,2}[ \t]*\d{1,2}:\d\d:\d\d[.,]\d{1,3}[ \t]*-->)"
)
_json = _begins(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:\[\s*){0,9}\{\s*\"[^\"\\\n]{0,100}\"\s*:\s*(?:[\"\[{\d-]|true\b|false\b|null\b)|\[\s*\"(?:https?:|www\.))"
)
# A first row of names, one of which says that addresses stand below it, and below it they do.
_named_columns = _begins(
    rb"(?:\xef\xbb\xbf)?(?:sep=[^\w\n][^\n]{0,20}\n|(?=[^\n]{0,2000}[,;\t|])(?:[^\n]{0,2000}[,;\t|])?[\"' ]{0,2}"
    rb"(?:ur[li]|link|href|web ?site|address)s?[\"' ]{0,2}(?:[,;\t|][^\n]{0,2000})?\r?\n[^\n]{0,2000}(?:://|www\.))",
    re.IGNORECASE,
)
_address_first = _begins(rb"\"?https?://[^\s,;|\"]{1,2000}\"?[,;|\t][^,;|\t]")


def feed(head: bytes) -> bool:
    """Recognise RSS, Atom and JSON Feed."""
    head = _narrow(head)
    return _xml_feed(head) or _json_feed(head)


def sitemap(head: bytes) -> bool:
    """Recognise sitemaps, their indexes, and OPML."""
    return _sitemap(_narrow(head))


def bookmarks(head: bytes) -> bool:
    """Recognise the bookmarks that browsers export."""
    return b"<!doctype netscape-bookmark-file" in _narrow(head)[:500].lower()


def notebook(head: bytes) -> bool:
    """Recognise notebooks of Jupyter."""
    return b'"cell_type"' in head and _json(head)


def subtitles(head: bytes) -> bool:
    """Recognise WebVTT and SRT."""
    return _subtitles(_narrow(head))


def table(head: bytes) -> bool:
    """Recognise JSON, and tables with addresses in them."""
    head = _narrow(head)
    return _json(head) or _named_columns(head) or _bare_table(head)


def _bare_table(head: bytes) -> bool:
    """Tell whether every line begins with an address and a comma or its like, and goes on with words."""
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines()[:40] if line.strip()]
    lines = lines[:-1] if len(head) >= HEAD else lines
    return len(lines) > 1 and all(_address_first(line) for line in lines) and any(b" " in line for line in lines)
