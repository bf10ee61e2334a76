"""Read BibTeX and BibLaTeX databases: the addresses of each entry, by field, with the entry's key and title.

Files by hand and by many tools break the grammar; a broken entry ends where the next one plainly begins.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.documents.bare import doi_address
from archiver.documents.decoding import beginning, decode
from archiver.documents.draft import Draft, Reading
from archiver.documents.latex.text import address, bare_addresses, is_unfilled, plain, unescaped
from archiver.documents.notes.promises import announces
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.documents.bare import Bare
    from archiver.documents.raw import Raw

_LARGEST = 50_000_000
_ENTRY = re.compile(r"@[ \t]*(?P<type>[A-Za-z]{2,40})\s{0,9}(?P<open>[{(])")
_NEXT = re.compile(r"\n[ \t]{0,8}@[ \t]*[A-Za-z]{2,40}\s{0,9}[{(][^\s{}(),=\"]{0,300}\s{0,9}[,=]")
_KEY = re.compile(r"\s*(?P<key>[^\s,{}=\"#%~]{1,300})\s{0,99}(?P<end>[,})])")
_FIELD = re.compile(r"(?:[\s,]|%[^\n]*\n)*(?P<name>[A-Za-z][\w:.+/-]{0,60})\s{0,99}=")
_WORD = re.compile(r"[^\s,{}()#\"=%]{1,200}")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTED = re.compile(r"\\.|[{}\"]", re.DOTALL)
_STRINGS = 5000
_LONGEST = 50_000  # of a value; an abstract is shorter
_FIELDS = 300  # of one entry

# Fields about the file, the entry or the work's own text: no addresses that are cited.
_DEAF = frozenset({
    "file", "pdf", "localfile", "local-url", "abstract", "keywords", "owner", "biburl", "bibsource", "timestamp",
    "crossref", "key", "author", "editor", "isbn", "issn", "volume", "number", "pages", "year", "month", "date-added",
    "date-modified", "review", "urldate", "groups", "attachment", "attachments", "creationdate", "modificationdate",
    "reference",
})  # fmt: skip
_ADDRESS = frozenset({
    "url", "ee", "link", "web", "website", "webpage", "homepage", "www", "video", "code", "slides", "archiveurl",
    "archive-url", "archive_url", "adsurl", "opturl", "project", "data", "demo",
})  # fmt: skip
_ANNOUNCING = ("howpublished", "note", "addendum", "annote", "annotation", "comment", "url")
_ACCESSED = (
    "urldate", "lastaccessed", "lastchecked", "accessed", "accessdate", "access-date", "lastvisited", "visited",
    "retrieved", "dateaccessed",
)  # fmt: skip
_ONLINE = frozenset({"online", "electronic", "www", "webpage", "website", "video", "audio", "movie"})
_NUMBER = r"(?P<id>\d{4}\.\d{4,5}(?:v\d{1,3})?|[a-z-]{2,20}(?:\.[A-Za-z]{2})?/\d{7}(?:v\d{1,3})?)"
_ARXIV = re.compile(rf"\barxiv\s?[:.]?\s?(?:abs/)?{_NUMBER}", re.IGNORECASE)
_ARXIV_ID = re.compile(rf"(?:arxiv:)?{_NUMBER}", re.IGNORECASE)
# The other eprint types that biblatex makes addresses of.
_EPRINTS = {
    "jstor": "https://www.jstor.org/stable/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
    "hdl": "https://hdl.handle.net/",
    "googlebooks": "https://books.google.com/books?id=",
}
_LINK = re.compile(
    r"\\(?P<name>url|href|nolinkurl|path|URL|burl)\s{0,9}\{(?P<url>(?:[^{}]|\{[^{}]{0,200}\}){0,4000})\}"
)
_DAY = re.compile(r"\b(\d{1,2})-([A-Z][a-z]{2,8})-(\d{4})\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class _Value(Struct, frozen=True):
    text: str
    start: int  # in the document, without the signs around it
    end: int
    exact: bool  # one piece, sign by sign


class _Entry(Struct, frozen=True):
    type: str
    key: str
    start: int
    end: int
    fields: dict[str, _Value]


def read(raw: Raw) -> Reading:
    """Read a database of references."""
    text = decode(raw)
    begun, warnings = beginning(text, _LARGEST)
    found = drafts(text, 0, len(begun))
    return Reading(text=text, drafts=tuple(found), media_type="text/x-bibtex", warnings=warnings)


def drafts(text: str, start: int, end: int) -> list[Draft]:
    """Read the references in a part of a text."""
    return [draft for entry in _entries(text, start, end) for draft in _cited(entry)]


def _entries(text: str, at: int, end: int) -> Iterator[_Entry]:
    strings: dict[str, str] = {month: month.capitalize() for month in _MONTHS}
    following: int | None = at
    unclosed = False  # a comment that goes on to the end
    while found := _ENTRY.search(text, at, end):
        at = found.end()
        line = text.rfind("\n", 0, found.start()) + 1
        if text[line : found.start()].lstrip().startswith("%") or text[found.start() - 1 : found.start()].isalnum():
            continue
        if following is not None and following < at:
            begin = _NEXT.search(text, at, end)
            following = begin.start() if begin else None
        last = end if following is None else following
        kind = found["type"].lower()
        if kind in ("comment", "preamble"):
            if found["open"] == "{" and not unclosed:
                behind = _braced(text, found.end() - 1, last)
                unclosed, at = behind is None and last == end, behind or at
            continue
        if kind == "string":
            fields, at = _fields(text, at, last, strings)
            for name, value in fields.items():
                if len(strings) < _STRINGS:
                    strings[name] = value.text
            continue
        key = _KEY.match(text, at, last)
        if key is None:
            continue
        fields, behind = _fields(text, key.end("key"), last, strings)
        yield _Entry(kind, key["key"], found.start(), behind, fields)
        at = max(behind, key.end("key"))


def _fields(text: str, at: int, end: int, strings: dict[str, str]) -> tuple[dict[str, _Value], int]:
    fields: dict[str, _Value] = {}
    while found := _FIELD.match(text, at, end):
        value, at = _value(text, found.end(), end, strings)
        if value is not None:
            fields.setdefault(found["name"].lower(), value)
        if len(fields) > _FIELDS:
            break
    closing = re.compile(r"[\s,]*[})]").match(text, at, end)
    return fields, closing.end() if closing else at


def _value(text: str, at: int, end: int, strings: dict[str, str]) -> tuple[_Value | None, int]:
    """Read what stands behind the equal sign: pieces in braces, in quotes, numbers and names, joined by #."""
    pieces: list[str] = []
    first, last, exact = -1, -1, True
    while True:
        while at < end and text[at].isspace():
            at += 1
        sign = text[at : at + 1] if at < end else ""
        if sign in ("{", '"'):
            closing = (_braced if sign == "{" else _quoted)(text, at, min(end, at + _LONGEST))
            # A value that is never closed ends with its line.
            line = text.find("\n", at, end)
            stop = closing - 1 if closing else line if line >= 0 else end
            piece, low, at = text[at + 1 : stop], at + 1, closing or stop
            high = stop
        elif word := _WORD.match(text, at, end):
            name = word.group()
            piece = name if name.isdigit() else strings.get(name.lower(), name)
            exact = exact and piece == name
            low, at = word.start(), word.end()
            high = at
        else:
            break
        first = low if first < 0 else first
        last = high
        pieces.append(piece[:_LONGEST])
        behind = _JOIN.match(text, at, end)
        if not behind:
            break
        exact, at = False, behind.end()
    if first < 0:
        return None, at
    return _Value("".join(pieces), first, last, exact), at


_JOIN = re.compile(r"\s{0,99}#")


def _braced(text: str, at: int, end: int) -> int | None:
    """Give where a group in braces ends, behind it."""
    depth = 0
    for found in _BRACES.finditer(text, at, end):
        if found.group() == "{":
            depth += 1
        elif found.group() == "}":
            depth -= 1
            if depth == 0:
                return found.end()
    return None


def _quoted(text: str, at: int, end: int) -> int | None:
    depth = 0
    for found in _QUOTED.finditer(text, at + 1, end):
        sign = found.group()
        depth += (sign == "{") - (sign == "}")
        if sign == '"' and depth <= 0:
            return found.end()
    return None


class _Target(Struct):
    url: str
    start: int
    end: int
    confidence: float = 1.0


def _cited(entry: _Entry) -> list[Draft]:
    """Give what one entry cites: each address once, or that it has lost its own."""
    targets = [*_named(entry), *_written(entry), *_eprint(entry)]
    title = _first(entry, ("title", "booktitle", "maintitle"))
    accessed = _first(entry, _ACCESSED)
    notes = [
        plain(_LINK.sub(" ", entry.fields[name].text)).strip(" ,;.")
        for name in ("howpublished", "note", "addendum")
        if name in entry.fields
    ]
    notes = [_DAY.sub(r"\1 \2 \3", one) for one in notes]
    words = [*(one for one in notes if one), *([f"accessed {accessed}"] if accessed else [])]
    common = Draft(
        start=entry.start,
        end=entry.end,
        text=entry.key,
        context=title[:300],
        note="; ".join(words)[:2000] or None,
        kind=CitationKind.REFERENCE,
        media=entry.type in ("video", "audio", "movie"),
    )
    cited, seen = [], set()
    for one in targets:
        same = _same(one.url)
        if same not in seen:
            seen.add(same)
            cited.append(
                replace(common, url=one.url, start=one.start, end=max(one.end, one.start), confidence=one.confidence)
            )
    if not cited and (sure := _lost(entry, accessed)):
        return [replace(common, lost=True, confidence=sure)]
    return cited


def _same(url: str) -> str:
    link = urls.normalise(url) or url
    doi = re.match(r"https?://(?:dx\.|www\.)?doi\.org/(.+)", link, re.IGNORECASE)
    return f"doi:{doi.group(1).lower()}" if doi else re.sub(r"^https?://(?:www\.)?", "", link).rstrip("/")


def _first(entry: _Entry, names: tuple[str, ...]) -> str:
    return next((plain(entry.fields[name].text) for name in names if name in entry.fields), "")


def _span(value: _Value, part: re.Match[str] | None = None) -> tuple[int, int]:
    """Give where a value stands, or a part of it."""
    if not value.exact:
        return value.start, value.end
    if part is not None:
        return value.start + part.start(), value.start + part.end()
    lead = len(value.text) - len(value.text.lstrip())
    return value.start + lead, value.start + max(lead, len(value.text.rstrip()))


def _named(entry: _Entry) -> Iterator[_Target]:
    """Give the addresses of the fields that are for nothing else."""
    for name, value in entry.fields.items():
        if name in _ADDRESS or name.startswith("bdsk-url"):
            written = value.text.strip()
            if "\\" in written and (link := _LINK.search(written)):
                written = link["url"]
            elif len(several := bare_addresses(written)) > 1:
                yield from _places(value, several)
                continue
            if url := address(written):
                yield _Target(url, *_span(value))
            else:
                yield from _places(value, several)
        elif name == "doi":
            written = unescaped(value.text)
            found = re.search(r"10\.\d{4,9}/\S+", written)
            if found:
                yield _Target(doi_address(found.group().rstrip(".,;")), *_span(value))
            elif url := address(written):
                yield _Target(url, *_span(value))


def _places(value: _Value, found: list[Bare]) -> Iterator[_Target]:
    for one in found:
        start, end = (value.start + one.start, value.start + one.end) if value.exact else (value.start, value.end)
        yield _Target(one.url, start, end)


def _written(entry: _Entry) -> Iterator[_Target]:
    """Give the addresses that stand somewhere in the other fields."""
    for name, value in entry.fields.items():
        if name in _DEAF or name in _ADDRESS or name == "doi" or name.startswith(("bdsk-", "eprint")):
            continue
        source = value.text
        for link in _LINK.finditer(source):
            if url := address(link["url"]):
                yield _Target(url, *_span(value, link))
        rest = _LINK.sub(lambda link: " " * len(link.group()), source)
        if "/" in rest or "www." in rest.lower():
            yield from _places(value, bare_addresses(rest))


def _eprint(entry: _Entry) -> Iterator[_Target]:
    """Give the addresses that follow from an identifier."""
    value = entry.fields.get("eprint")
    if value is not None:
        written = unescaped(value.text)
        kind = _first(entry, ("eprinttype", "archiveprefix")).lower()
        number = _ARXIV_ID.fullmatch(written)
        if number and kind in ("arxiv", ""):
            yield _Target(f"https://arxiv.org/abs/{number['id']}", *_span(value))
        elif url := address(written):
            yield _Target(url, *_span(value))
        elif kind in _EPRINTS and re.fullmatch(r"[\w./:-]{1,100}", written):
            yield _Target(_EPRINTS[kind] + written, *_span(value))
    for name in ("journal", "journaltitle", "howpublished", "note", "number", "publisher", "volume"):
        other = entry.fields.get(name)
        if other is not None and value is None and (found := _ARXIV.search(other.text)) and "://" not in other.text:
            yield _Target(f"https://arxiv.org/abs/{found['id']}", *_span(other, found), 0.9)
            return


def _lost(entry: _Entry, accessed: str) -> float:
    """Tell how sure it is that an entry without any address once had one; 0 when nothing says so."""
    url = entry.fields.get("url")
    if url is not None and is_unfilled(url.text):
        return 0.9
    if any("\\url" in entry.fields[name].text for name in _ANNOUNCING if name in entry.fields):
        return 0.8
    if accessed:
        return 0.8
    if entry.type in _ONLINE:
        return 0.7
    words = [plain(entry.fields[name].text) for name in ("howpublished", "note") if name in entry.fields]
    return 0.7 if any(one and announces(one) for one in words) else 0.0
