"""Read EPUB: the chapters of a book, in the order of its spine, as one page.

Names inside a chapter get the number of the chapter behind them, and links between chapters become links inside that
page: so a note is found wherever in the book it stands, by the same means as in any page.
"""

from __future__ import annotations

import html as entities
import posixpath
import re
from bisect import bisect_right
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.documents import dates
from archiver.documents.decoding import decode
from archiver.documents.draft import About, Part, Reading
from archiver.documents.html import reader as html
from archiver.documents.mend import mended
from archiver.documents.packages import CUT, BadPackageError, open_package, parse_xml
from archiver.documents.raw import Raw
from archiver.model import Unreadable

if TYPE_CHECKING:
    from lxml import etree

    from archiver.documents.draft import Draft
    from archiver.documents.packages import Package

_CHAPTERS = 5_000
_LENGTH = 16_000_000  # signs of a book, as of a page
_PAGES = (".xhtml", ".html", ".htm", ".xht")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[\]]{0,1000}>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_NAMES = re.compile(r"(?<=\s)(href|id|name)(\s{0,9}=\s{0,9})(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head\b.*?</head\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"(?:epub:type|role)\s{0,9}=\s{0,9}[\"'](?:[\w\s-]{0,60}\s)?(?:doc-)?pagebreak\b", re.IGNORECASE)
_NUMBER = re.compile(r"\s(?:title|aria-label)\s{0,9}=\s{0,9}[\"'](?:page\s|p\.?\s?)?(\d{1,5})\.?[\"']", re.IGNORECASE)
_OBFUSCATED = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})  # fonts, no content
_UNKNOWN = re.compile(r"(?:unknown|untitled|unnamed)(?: (?:title|author|book|publisher))?", re.IGNORECASE)
_COVER = re.compile(r"(?:^|/)cover(?:page)?\.[a-z]{3,5}$", re.IGNORECASE)


class _Book(Struct, frozen=True):
    """What the package file says."""

    chapters: tuple[str, ...]
    about: About = About()
    spine: int = 0  # how many of the chapters stand in the spine


def recognises(data: bytes) -> bool:
    """Tell a book from other containers."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    if data[30:58] == b"mimetypeapplication/epub+zip":
        return True
    if b"META-INF/container.xml" not in data:
        return False
    try:
        return "META-INF/container.xml" in open_package(data).names
    except BadPackageError:
        return False


def read(raw: Raw) -> Reading | Unreadable:
    """Read a book."""
    try:
        package = open_package(raw.data)
    except BadPackageError as error:
        return Unreadable(source=raw.source, reason=error.reason, hint=error.hint)
    book = _book(package)
    locked = _locked(package)
    if any(_key(name) in locked for name in book.chapters):
        return Unreadable(
            source=raw.source, reason="is protected by DRM", hint="ask its publisher for a copy without protection"
        )
    text, parts, read_all = _joined(package, book)
    if not text and package.cut:
        return Unreadable(source=raw.source, reason=CUT.reason, hint=CUT.hint)
    if not text:
        return Unreadable(source=raw.source, reason="holds no chapters", hint="fetch or save it again")
    # A chapter's own metadata are about the chapter, and it has no address.
    reading = html.read(Raw(source=raw.source, data=text.encode("utf-8", "replace")))
    # What leads into a chapter that was cut off is not lost.
    drafts = tuple(one for one in reading.drafts if not (package.cut and one.lost))
    warnings = list(dict.fromkeys(package.warnings))[:20]
    if not read_all:
        warnings.append("only the first 16 million characters were read")
    return Reading(
        text=reading.text,
        drafts=_on_pages(reading.text, drafts),
        media_type="application/epub+zip",
        about=book.about.filled(replace(reading.about, url=None)),
        warnings=tuple(warnings),
        parts=parts,
    )


def _on_pages(text: str, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Set the pages of the printed book where the chapters tell them."""
    breaks = [
        (tag.start(), int(number.group(1)))
        for tag in _TAG.finditer(text)
        if "pagebreak" in tag.group() and _BREAK.search(tag.group()) and (number := _NUMBER.search(tag.group()))
    ]
    edges = [at for at, _ in breaks]
    return tuple(
        replace(draft, page=breaks[index - 1][1]) if (index := bisect_right(edges, draft.start)) else draft
        for draft in drafts
    )


def _joined(package: Package, book: _Book) -> tuple[str, tuple[Part, ...], bool]:
    """Give the chapters as one page, where each begins in it, and whether that is all of them."""
    numbers = {_key(name): number for number, name in enumerate(book.chapters, 1)}
    pieces, parts, length = ["<html><body>\n"], [], len("<html><body>\n")
    for number, name in enumerate(book.chapters, 1):
        data = package.read(name)
        if not data:
            if data is None and _key(name) not in {_key(one) for one in package.names}:
                package.warnings.append(f"a chapter is missing: {mended(name)[:80]}")
            continue
        if length > _LENGTH:
            break
        body, line = _body(decode(Raw(source=name, data=data)))
        parts.append(Part(length, name, line))
        piece = f"<div>{_TAG.sub(_renaming(name, number, numbers), body)[: _LENGTH - length]}</div>\n"
        pieces.append(piece)
        length += len(piece)
    text = "".join([*pieces, "</body></html>"]) if parts else ""
    return text, tuple(parts), length <= _LENGTH


def _body(text: str) -> tuple[str, int]:
    """Give what a chapter shows, and the line on which that begins."""
    begin = _BODY.search(text)
    if begin is None:
        return _HEAD.sub(lambda found: "\n" * found.group().count("\n"), text, count=1), 1
    end = text.lower().rfind("</body")
    return text[begin.end() : end if end > begin.end() else len(text)], text.count("\n", 0, begin.end()) + 1


class _renaming:  # noqa: N801 - used as a function
    """Make names unique in the book, and links between its chapters links inside one page."""

    def __init__(self, name: str, number: int, numbers: dict[str, int]) -> None:
        self._folder = posixpath.dirname(name)
        self._number = number
        self._numbers = numbers

    def __call__(self, tag: re.Match[str]) -> str:
        return _NAMES.sub(self._named, tag.group())

    def _named(self, found: re.Match[str]) -> str:
        value = found.group(3) if found.group(3) is not None else found.group(4)
        name = found.group(1).lower()
        new = self._address(entities.unescape(value).strip()) if name == "href" else f"{value.strip()}.b{self._number}"
        if new is None or not value.strip():
            return found.group()
        return f'{found.group(1)}{found.group(2)}"{new}"'

    def _address(self, href: str) -> str | None:
        if urls.scheme(href) or href.startswith("//"):
            return None
        path, _, fragment = href.partition("#")
        if not fragment:
            return None
        number = self._number
        if path:
            whole = posixpath.normpath(posixpath.join(self._folder, unquote(path)))
            # What leads into a chapter that is missing has lost its target.
            number = self._numbers.get(_key(whole), 0)
        return f"#{entities.escape(unquote(fragment))}.b{number}"


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _xml(package: Package, name: str) -> etree._Element | None:
    data = package.read(name, 8_000_000)
    return parse_xml(_DOCTYPE.sub(b"", data, count=1)) if data else None


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _book(package: Package) -> _Book:
    for name in _package_files(package):
        root = _xml(package, name)
        if root is not None and (book := _described(root, name)).chapters:
            return book
    package.warnings.append("the order of its chapters is not known: they were read by their names")
    names = sorted(name for name in package.names if name.lower().endswith(_PAGES))
    return _Book(tuple(names[:_CHAPTERS]))


def _package_files(package: Package) -> list[str]:
    container = _xml(package, "META-INF/container.xml")
    named = (
        []
        if container is None
        else [one.get("full-path") or "" for one in container.iter() if _local(one) == "rootfile"]
    )
    return [name for name in named[:5] if name] + [name for name in package.names if name.lower().endswith(".opf")][:5]


def _described(root: etree._Element, name: str) -> _Book:
    folder = posixpath.dirname(name)
    items: dict[str, str] = {}
    left_out = set()
    covers = _covers(root, folder)
    spine: list[tuple[bool, str]] = []
    for element in root.iter():
        kind = _local(element)
        if kind == "item" and (href := element.get("href")):
            path = posixpath.normpath(posixpath.join(folder, unquote(href)))
            media_type = (element.get("media-type") or "").lower()
            if "html" in media_type or "oeb1-document" in media_type or path.lower().endswith(_PAGES):
                items.setdefault(element.get("id") or path, path)
            properties = (element.get("properties") or "").split()
            if "nav" in properties or _key(path) in covers or _COVER.search(path):
                left_out.add(path)
        elif kind == "itemref":
            spine.append(((element.get("linear") or "yes").lower() != "no", element.get("idref") or ""))
    # What stands outside the reading order, such as pop-up notes, comes behind it.
    order = [
        items[ident] for linear in (True, False) for is_linear, ident in spine if is_linear == linear and ident in items
    ]
    chapters = dict.fromkeys(path for path in [*order, *items.values()] if path not in left_out)
    return _Book(tuple(chapters)[:_CHAPTERS], _about(root), len(order))


def _covers(root: etree._Element, folder: str) -> set[str]:
    """Give the cover and the table of contents, as the guide of an older book names them."""
    return {
        _key(posixpath.normpath(posixpath.join(folder, unquote((one.get("href") or "").partition("#")[0]))))
        for one in root.iter()
        if _local(one) == "reference" and (one.get("type") or "").lower() in ("cover", "toc")
    }


def _about(root: etree._Element) -> About:
    said: dict[str, list[str]] = {}
    dated: list[tuple[int, str]] = []
    for element in root.iter():
        kind = _local(element)
        if kind not in ("title", "creator", "publisher", "date", "language"):
            continue
        words = mended("".join(map(str, element.itertext())))[:500]
        if _UNKNOWN.fullmatch(words):
            continue
        if words and kind == "date":
            event = next((value for key, value in element.attrib.items() if str(key).endswith("event")), "")
            dated.append(({"publication": 0, "original-publication": 1, "": 2}.get(str(event).lower(), 3), words))
        elif words:
            said.setdefault(kind, []).append(words)
    published = next((day for _, words in sorted(dated, key=lambda one: one[0]) if (day := dates.day(words))), None)
    return About.told(
        "package metadata",
        title=said.get("title", [None])[0],
        author=", ".join(dict.fromkeys(said.get("creator", [])[:10])) or None,
        publication=said.get("publisher", [None])[0],
        published=published,
        language=said.get("language", [None])[0],
    )


def _locked(package: Package) -> set[str]:
    """Give the members that are encrypted; obfuscated fonts are in nobody's way."""
    root = _xml(package, "META-INF/encryption.xml")
    if root is None:
        return set()
    locked = set()
    for data in root.iter():
        if _local(data) != "encrypteddata":
            continue
        inner = list(data.iter())
        method = next((one.get("Algorithm") or "" for one in inner if _local(one) == "encryptionmethod"), "")
        if method not in _OBFUSCATED:
            locked |= {_key(unquote(one.get("URI") or "")) for one in inner if _local(one) == "cipherreference"}
    return locked
