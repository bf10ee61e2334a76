"""What templates of wikitext mean: notes, short citations, citations with addresses. By their names and parameters."""

from __future__ import annotations

import html
import re
from typing import Any

import mwparserfromhell
from msgspec import Struct

from archiver.documents import kinds
from archiver.documents.mend import mended

NAMESPACES = frozenset(
    {"file", "image", "media", "datei", "bild", "fichier", "archivo", "imagen", "bestand", "immagine"}
)
LISTS = frozenset({"external links", "further reading", "weblinks", "einzelnachweise", "liens externes", "literatur"})
NOTES = {
    "efn": "lower-alpha",
    "efn-la": "lower-alpha",
    "efn-ua": "upper-alpha",
    "efn-lr": "lower-roman",
    "efn-ur": "upper-roman",
    "efn-lg": "lower-greek",
    "refn": "",
    "notetag": "note",
    "#tag:ref": "",
}
LISTINGS = frozenset(
    {"reflist", "references", "refs", "notelist", "notelist-ua", "notelist-lr", "notefoot", "références"}
)
REUSES = frozenset({"r", "ref label"})
NUMBERED = frozenset({"sfn", "sfnp", "sfnm"})
SHORT = NUMBERED | {"harvnb", "harv", "harvtxt", "harvcol", "harvcolnb", "harvcoltxt", "harvp", "harvsp"}
DEAD = frozenset({"dead link", "broken link", "toter link", "lien brisé", "lien mort", "enlace roto", "dl", "deadlink"})
_CITES = re.compile(
    r"(?:cite|citation|cita|citar|citeer|internetquelle|lien|ouvrage|article|literatur|webarchiv|vcite|source|ref-web)\b"
)
_VIDEO = {
    "youtube": "https://www.youtube.com/watch?v=",
    "youtube video": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
}
_SITES = frozenset(
    {"url", "official website", "official site", "official", "website", "offizielle website", "site officiel"}
)
_ARCHIVE = re.compile(r"arch|wayback|memento")
_WHOLE = re.compile(r"(?:(?:https?|ftp):)?//[^\s<>\"\[\]{}|]{3,4000}", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?:[/?#:][^\s<>\"|]{0,2000})?", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/\S{1,300}")
_TITLES = ("title", "titel", "titre", "título", "titulo", "titolo", "script-title", "chapter")
_SEEN = (
    "access-date",
    "accessdate",
    "abruf",
    "zugriff",
    "consulté le",
    "fechaacceso",
    "fecha-acceso",
    "acessodata",
    "accesso",
    "bezochtdatum",
    "datum-abruf",
)
_SAID = (
    "author",
    "last",
    "last1",
    "first",
    "first1",
    "autor",
    "auteur",
    "autore",
    "work",
    "website",
    "newspaper",
    "journal",
    "werk",
    "site",
    "obra",
    "publisher",
    "date",
    "datum",
    "fecha",
    "data",
    "year",
    "quote",
)
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


def value(node: Any, *names: str) -> str:
    """Give the first of these parameters that is not empty."""
    for param in node.params:
        if str(param.name).strip().lower() in names and (written := str(param.value).strip()):
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
    return "{{" in written or "<" in written or "[" in written or ("//" in written.strip()[1:] and not _whole(written))


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
    title = mended(plain(value(node, *_TITLES)))[:300]
    cites = _CITES.match(name) is not None
    if name in _VIDEO:
        given = value(node, "id", "1")
        if re.fullmatch(r"[\w-]{5,20}", given):
            title = title or mended(plain(value(node, "2")))
            return Understood(addresses=[Address(_VIDEO[name] + given, given)], title=title, words=title, media=True)
    if name in _SITES and (given := value(node, "url", "1")) and not _whole(given):
        host = _HOST.fullmatch(given)
        found = [Address(f"https://{given}", given)] if host else []
        words = mended(plain(value(node, "2"))) or given
        return Understood(addresses=found, title=words, words=words)
    if name == "doi" and _DOI.fullmatch(given := value(node, "1", "id")):
        return Understood(addresses=[Address(f"https://doi.org/{given}", given)], words=given)
    first: list[Address] = []
    archived: list[Address] = []
    empty = False
    for param in node.params:
        key, written = str(param.name).strip().lower(), str(param.value).strip()
        if url := _whole(written):
            (archived if _ARCHIVE.search(key) else first).append(Address(url, written))
        elif key == "doi" and _DOI.fullmatch(written):
            first.append(Address(f"https://doi.org/{written}", written))
        elif key == "wayback" and re.fullmatch(r"\d{4,14}", written) and (page := _whole(value(node, "url"))):
            archived.append(Address(f"https://web.archive.org/web/{written}/{page}", written))
        empty = empty or (key == "url" and not written)
    asked = cites and (
        empty or name in ("cite web", "internetquelle", "lien web", "cita web", "citar web", "citeer web")
    )
    return Understood(
        addresses=first + archived,
        title=title,
        words=_words(node, title) if cites else title,
        works=_works(node) if cites else [],
        cites=cites,
        announced=asked and bool(title),
        media=name in ("cite av media", "cite video") and any(kinds.is_media(one.url) for one in first),
    )


def _words(node: Any, title: str) -> str:
    said = [mended(plain(value(node, key))) for key in _SAID]
    parts = [part for part in (*said[:8], title, *said[8:]) if part]
    if seen := value(node, *_SEEN):
        parts.append(f"Retrieved {mended(plain(seen))}")
    if value(node, "url-status", "dead-url", "deadurl", "offline").lower() in ("dead", "yes", "ja", "usurped", "unfit"):
        parts.append("(dead link)")
    return ". ".join(parts)


def _works(node: Any) -> list[str]:
    """Give the names under which short citations know a work: its own anchor, or last names and year."""
    given = value(node, "ref")
    if anchor := re.match(r"\{\{\s*(?:harvid|sfnref)\s*\|(.{1,300})\}\}", given, re.IGNORECASE | re.DOTALL):
        return [_key([part.strip() for part in anchor.group(1).split("|") if "=" not in part])]
    names: list[str] = []
    for number in ("1", "2", "3", "4"):
        plural = (
            f"last{number}",
            f"author{number}",
            f"surname{number}",
            f"author-last{number}",
            f"editor{number}-last",
        )
        single = ("last", "author", "surname", "editor-last", "nom", "nom1", "apellidos") if number == "1" else ()
        if name := value(node, *single, *plural):
            names.append(plain(name))
    year = re.search(r"\d{4}[a-z]?", value(node, "year") or value(node, "date", "datum", "fecha"))
    return [_key([*names, year.group() if year else ""])] + ([given.lower()] if given else [])


def short(node: Any) -> tuple[str, str]:
    """Give the work that a short citation means, and its words."""
    parts = [plain(str(param.value)).strip() for param in node.params if not param.showkey]
    parts = [part for part in parts if part]
    anchor = value(node, "ref")
    work = anchor.lower() if anchor else _key(parts)
    pages = value(node, "p", "pp", "page", "pages", "loc")
    return work, " ".join(parts) + (f", {'p. ' + pages}" if pages else "")


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
