"""What templates of wikitext mean: notes, short citations, citations with addresses. By their names and parameters."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import mwparserfromhell
from msgspec import Struct

from archiver.documents import kinds
from archiver.documents.mend import mended
from archiver.documents.wikitext import names

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARCHIVE = re.compile(r"arch|wayback|memento")
_WHOLE = re.compile(r"(?:(?:https?|ftp):)?//[^\s<>\"\[\]{}|]{3,4000}", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?:[/?#:][^\s<>\"|]{0,2000})?", re.IGNORECASE)
_NUMBERED = ("last", "author", "surname", "author-last", "nom", "apellidos", "apellido", "cognome")
_SIGNS = {"lower-alpha": "abcdefghijklmnopqrstuvwxyz", "lower-greek": "αβγδεζηθικλμνξοπρστυφχψω"}


class Address(Struct, frozen=True):
    """An address in a template, and how it is written there ("" when it is made of parts)."""

    url: str
    written: str = ""


class Understood(Struct, frozen=True, kw_only=True):
    """What a template says."""

    addresses: list[Address]
    title: str = ""
    words: str = ""
    works: list[str] = []  # what short citations may call it
    media: bool = False
    cites: bool = False
    announced: bool = False  # it has a place for an address


def name_of(node: Any) -> str:
    """Give the name of a template as it is compared."""
    name = " ".join(str(node.name).replace("_", " ").split()).lower()
    return name.removeprefix("template:").removeprefix("subst:").removeprefix("safesubst:").strip()


def value(node: Any, *keys: str) -> str:
    """Give the first of these parameters that is not empty."""
    for param in node.params:
        if str(param.name).strip().lower() in keys and (written := str(param.value).strip()):
            return written
    return ""


def plain(written: str) -> str:
    """Give the words of a piece of wikitext."""
    if not re.search(r"[\[{<&']", written):
        return written
    return str(mwparserfromhell.parse(expanded(written)).strip_code())


def expanded(written: str) -> str:
    """Resolve the two templates that stand for a sign."""
    return written.replace("{{!}}", "|").replace("{{=}}", "=")


def rich(written: str) -> bool:
    """Tell whether a parameter may hold more than words."""
    return any(sign in written for sign in ("{{", "<", "[", "//")) and not _whole(written)


def _whole(written: str) -> str:
    """Give the address that a parameter is."""
    written = re.sub(r"<!--.{0,2000}?-->", "", written, flags=re.DOTALL).strip().strip("<>")
    meant = html.unescape(expanded(written)).strip()
    found = _WHOLE.fullmatch(meant.replace("|", "%7C"))
    if not found and meant[:4].lower() == "http" and " " in meant:
        found = _WHOLE.fullmatch(meant.partition(" ")[0])
    if not found:
        return ""
    url = found.group()
    return f"https:{url}" if url.startswith("//") else url


def understood(node: Any, name: str) -> Understood:
    """Read a template that is no note: any parameter that is an address is one."""
    cites = names.CITES.match(name) is not None
    title = mended(plain(value(node, *names.TITLES, *(names.WORDS if cites or name in names.DEAD else ()))))[:300]
    if name in names.VIDEOS:
        given = value(node, "id", "1")
        if re.fullmatch(r"[\w-]{5,20}", given):
            title = title or mended(plain(value(node, "2")))
            found = [Address(names.VIDEOS[name] + given, given)]
            return Understood(addresses=found, title=title, words=title, media=True)
    if name in names.SITES and (given := value(node, "url", "1")):
        host = _HOST.fullmatch(given)
        whole = _whole(given) or (f"https://{given}" if host else "")
        found = [Address(whole, given)] if whole else []
        words = mended(plain(value(node, "2"))) or given
        return Understood(addresses=found, title=words, words=words)
    if name in names.MADE:
        given = value(node, *names.ARGUMENTS)
        words = title or mended(plain(value(node, "name", "2"))) or given
        return Understood(addresses=_made(name, given), title=words if words != given else "", words=words)
    addresses, empty = _given(node)
    if name == "cite tweet" and re.fullmatch(r"\d{5,25}", number := value(node, "number")):
        addresses.append(Address(f"https://twitter.com/{value(node, 'user') or 'i'}/status/{number}", number))
    words = _words(node, title) if cites else title
    if name in names.DEAD:
        title = "" if _whole(title) else title
        words = f"{title} (dead link)"
    return Understood(
        addresses=addresses,
        title=title,
        words=words if cites or not rich(value(node, *names.TITLES)) else "",
        works=_works(node) if cites else [],
        cites=cites,
        announced=cites and (empty or name in names.ANNOUNCING) and bool(title),
        media=name in ("cite av media", "cite video") and any(kinds.is_media(one.url) for one in addresses),
    )


def _given(node: Any) -> tuple[list[Address], bool]:
    """Give the addresses in the parameters, the archived ones last; and tell whether one that should be is empty."""
    first: list[Address] = []
    archived: list[Address] = []
    empty = False
    values = [str(param.value) for param in node.params]
    within = [one for one in values if "//" in one and rich(one) and not _whole(one)][:20]
    for param in node.params:
        key, written = str(param.name).strip().lower(), str(param.value).strip()
        if url := _whole(written):
            if not any(written in other for other in within):
                (archived if _ARCHIVE.search(key) else first).append(Address(url, written))
        elif key in ("wayback", "horodatage archive") and re.fullmatch(r"\d{4,14}", written):
            if page := _whole(value(node, "url")):
                archived.append(Address(f"https://web.archive.org/web/{written}/{page}", written))
        elif (kind := "arxiv" if key == "eprint" else key) in names.IDS:
            first += _made(kind, written)
        empty = empty or (key == "url" and not written)
    return first + archived, empty


def _made(kind: str, given: str) -> list[Address]:
    """Make an address of a name or number, as the wiki does."""
    shaped = re.fullmatch(names.SHAPES.get(kind, r"[\w.@-]{2,100}"), given, re.IGNORECASE)
    return [Address(names.MADE[kind] + (shaped.group(1) if shaped.lastindex else given), given)] if shaped else []


def _words(node: Any, title: str) -> str:
    """Say a citation as its reader sees it, roughly: who, what, where, when."""
    people = ", ".join(filter(None, (said(node, *names.FAMILY), said(node, *names.GIVEN))))
    parts = [people or said(node, *names.PEOPLE), title, said(node, *names.WORKS), said(node, *names.PUBLISHERS)]
    parts += [said(node, *names.DATED), said(node, "quote", "zitat", "cita")]
    if seen := said(node, *names.SEEN):
        parts.append(f"Retrieved {seen}")
    if names.OVER.fullmatch(value(node, *names.STATES)):
        parts.append("(dead link)")
    return ". ".join(part.removesuffix(".") for part in parts if part)


def said(node: Any, *keys: str) -> str:
    """Give the words of the first of these parameters that is not empty."""
    return mended(plain(value(node, *keys)))


def _works(node: Any) -> list[str]:
    """Give the names under which short citations know a work: its own anchor, or last names and year."""
    given = value(node, "ref", "cid")
    if anchor := re.match(r"\{\{\s*(?:harvid|sfnref)\s*\|(.{1,300})\}\}", given, re.IGNORECASE | re.DOTALL):
        return [_key([part.strip() for part in anchor.group(1).split("|") if "=" not in part])]
    people: list[str] = []
    for number in ("1", "2", "3", "4"):
        plural = [f"{key}{number}" for key in _NUMBERED]
        plural += [f"last{number}-author", f"editor{number}-last", f"editor-last{number}"]
        single = (*names.FAMILY, "author", "editor-last") if number == "1" else ()
        if person := value(node, *single, *plural):
            people.append(plain(person))
    year = re.search(r"\d{4}[a-z]?", value(node, *names.YEARS))
    own = [_key([*people, year.group() if year else ""])] if people else []
    return own + ([given.lower()] if given else [])


def short(node: Any, name: str) -> list[tuple[str, str]]:
    """Give the works that a short citation means, each with its words."""
    if name in ("sfnm", "sfnmp"):
        return list(_several(node))
    parts = [plain(str(param.value)).strip() for param in node.params if not param.showkey]
    parts = [part for part in parts if part]
    pages = value(node, "p", "pp", "page", "pages", "loc")
    if name == "cita":  # the Italian one: the work, then the place in it
        parts, pages = parts[:1], pages or " ".join(parts[1:2])
    anchor = value(node, "ref")
    work = anchor.lower() if anchor else _key(parts)
    return [(work, " ".join(parts) + (f", {'p. ' * pages[:1].isdigit()}{pages}" if pages else ""))]


def _several(node: Any) -> Iterator[tuple[str, str]]:
    for number in range(1, 10):
        people = [value(node, f"{number}a{at}") for at in range(1, 5)]
        parts = [plain(one) for one in (*people, value(node, f"{number}y")) if one]
        if not parts:
            return
        pages = value(node, f"{number}p", f"{number}pp", f"{number}loc")
        yield _key(parts), " ".join(parts) + (f", p. {pages}" if pages else "")


def _key(parts: list[str]) -> str:
    return " ".join(" ".join(parts).lower().split())


def label(group: str, number: int) -> str:
    """Give the sign of a note, as MediaWiki shows it."""
    if not group or group == "decimal":
        return str(number)
    kind = group.lower().replace("upper", "lower")
    if kind in _SIGNS:
        sign = ""
        letters = _SIGNS[kind]
        while number:
            number, rest = divmod(number - 1, len(letters))
            sign = letters[rest] + sign
    elif kind == "lower-roman":
        sign = _roman(number)
    else:
        return f"{group} {number}"
    return sign.upper() if group.lower().startswith("upper") else sign


def _roman(number: int) -> str:
    sign = ""
    for size, letters in (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        sign += letters * (number // size)
        number %= size
    return sign
