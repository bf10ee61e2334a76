"""What a cell of a table, or a string of data, says: addresses, a title of what they point to, a day it was seen."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archiver import urls
from archiver.documents import bare, dates, written
from archiver.documents.draft import Draft
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from archiver.documents.written import Piece

LONGEST = 300  # of what is told about an address
FORMULA = r"=\s?HYPERLINK\s?\("
_LINK = re.compile(rf'{FORMULA}\s?"([^"]{{1,4096}})"\s?(?:[,;]\s?"([^"]{{0,500}})"\s?)?\)', re.IGNORECASE)
_WHOLE = re.compile(r"(?:https?|ftp)://[^\s<>\"]{1,8192}", re.IGNORECASE)
_OF_ADDRESSES = re.compile(
    r"(?:.{0,40}[\s_.-])?(?:ur[li]s?|links?|href|web(?:site|page|seite)?|address(?:es)?|homepage|permalink|site|source)(?:[\s_.-].{0,20})?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi:\s?)?(10\.\d{4,9}/[^\s\"<>]{1,300})", re.IGNORECASE)
# The first of them that a row has says what its address points to.
_TITLES = (
    re.compile(
        r"(?:page[\s_.-]?|article[\s_.-]?|link[\s_.-]?|resolved[\s_.-]?|given[\s_.-]?)?(?:title|titel|titre|t[íi]tulo|titolo|tytuł|название)"
    ),
    re.compile(r"headline|überschrift|(?:link|anchor)[\s_.-]?text|caption|subject|betreff"),
    re.compile(r"name|label|bezeichnung|nombre|nom|description|beschreibung"),
)
# What programs add to show a page: nobody cites it.
_DECORATION = re.compile(
    r"(?:.{0,40}[_.-])?(?:fav[_-]?icon|icon|thumbnail|thumb|avatar|cover|profile[_-](?:image|banner)|logo)s?"
    r"(?:[_-]?(?:ur[li]|https|src|image|link)){0,3}",
    re.IGNORECASE,
)
# Columns that say when somebody saw the page: read, visited, or put it on a list.
_SEEN = re.compile(
    r"(?:date|time|datum|last|zuletzt|ts)?[\s_.-]?(?:accessed|access|retrieved|visited|visit|viewed|consulted|checked|added"
    r"|saved|bookmarked|usec|abruf|abgerufen|zugriff|consult[ée]e?(?: le)?|fechaacceso|consultado|accesso|besucht"
    r"|geraadpleegt)[\s_.-]?"
    r"(?:date|time|on|at|utc|datum|am)?",
)


def is_whole(words: str) -> bool:
    """Tell whether a text is one address and nothing else."""
    return _WHOLE.fullmatch(words) is not None


def is_for_addresses(name: str) -> bool:
    """Tell whether a column is called as those are in which addresses stand."""
    return _OF_ADDRESSES.fullmatch(name) is not None


def is_decoration(name: str) -> bool:
    """Tell whether a column is called as those are in which icons and the like stand."""
    return _DECORATION.fullmatch(name) is not None


def once(found: list[tuple[str, list[Draft]]]) -> list[list[Draft]]:
    """Leave out what is an address of the same row once more; found by column, those for addresses go first."""
    seen: dict[str | None, int] = {}
    for at, (name, drafts) in enumerate(found):
        for one in drafts:
            if one.url not in seen or (is_for_addresses(name) and not is_for_addresses(found[seen[one.url]][0])):
                seen[one.url] = at
    return [[one for one in drafts if seen[one.url] == at] for at, (_, drafts) in enumerate(found)]


def is_only_address(piece: Piece) -> bool:
    """Tell whether a cell says nothing beside its address."""
    words = piece.text.strip()
    return not re.search(r"\s", words) or _LINK.match(words) is not None


def titled(beside: list[tuple[str, str]]) -> str:
    """Give what the cells beside an address, by name, call the thing that it points to."""
    for kind in _TITLES:
        for name, words in beside:
            if kind.fullmatch(name.strip().lower()):
                return words
    return ""


def seen(beside: list[tuple[str, str]]) -> str:
    """Give the day on which the thing was seen, as notes say it; nothing when no cell tells."""
    for name, words in beside:
        if _SEEN.fullmatch(name.strip().lower()) and (day := _day(words.strip())):
            return f"accessed {day}"
    return ""


def _day(words: str) -> str | None:
    """Read a date, or the seconds (or thousandths, or millionths) since 1970 that exports of programs have."""
    if re.fullmatch(r"\d{10}(?:\d{3}|\d{6})?(?:\.\d{1,9})?", words, re.ASCII):
        whole = words.partition(".")[0]
        moment = int(whole[:10])
        return datetime.fromtimestamp(moment, tz=UTC).date().isoformat() if moment < 4_000_000_000 else None
    day = dates.day(re.sub(r"(?<=\d)T(?=\d)", " ", words))
    return day.isoformat() if day else None


def addresses(piece: Piece, name: str, *, asked: bool = False) -> list[Draft]:
    """Give the addresses of a cell or string; `asked`, what may be one is one, whatever its column is called."""
    words = piece.text.strip()
    if ("." not in words and "//" not in words) or (not asked and is_decoration(name.strip())):
        return []
    if link := _LINK.match(words):
        at = piece.text.index(words)
        return [_draft(piece, at + link.start(1), at + link.end(1), link.group(1), mended(link.group(2) or ""))]
    if written.is_markup(words):
        return written.of_html(piece, None)
    at = piece.text.index(words)
    if is_whole(words) and len(list(bare.find(words))) < 2:
        # Alone in its cell, an address keeps the signs at its end.
        return [_draft(piece, at, at + len(words), words.replace("&amp;", "&"), words)]
    found = [_draft(piece, one.start, one.end, one.url, mended(one.url)) for one in bare.find(piece.text)]
    if found:
        return found
    if (asked or name.strip().lower() == "doi") and (doi := _DOI.fullmatch(words)):
        return [_draft(piece, at, at + len(words), bare.doi_address(doi.group(1)), words)]
    if (asked or is_for_addresses(name)) and not re.search(r"\s|@", words) and urls.normalise(words):
        return [_draft(piece, at, at + len(words), words, words)]
    return []


def _draft(piece: Piece, start: int, end: int, url: str, text: str) -> Draft:
    first = piece.at(start)
    return Draft(start=first, end=max(first, piece.at(end)), url=url, text=text[:LONGEST])
