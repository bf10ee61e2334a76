"""Addresses in running text, with or without a scheme.

linkify-it tells where an address ends; what it swallows too much of (CJK punctuation, », …, a closing * or _) is given
back here, and what it misses (http://[::1]/, www. under any suffix, well-known hosts without a scheme, DOIs, addresses
in angle brackets that run over a line end) is found here. Every pattern is bounded, so that no text takes long.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.documents.mend import FILLER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linkify_it import LinkifyIt

_LONGEST = 4096  # of an address in running text
_MOST = 200_000  # addresses in one text


class Bare(Struct, frozen=True, gc=False):
    """An address that stands in a text."""

    start: int
    end: int
    url: str


# An address about whose end none of the rules here and of linkify-it's can differ, and what may follow it: the short
# way for most addresses. test_plain_addresses.py holds it against the long way.
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,60}[A-Za-z0-9])?"
_PLAIN = (
    rf"https?://(?>{_LABEL}(?:\.{_LABEL}){{0,8}}(?::(?:[1-5]\d{{4}}|\d{{1,4}}))?)"
    r"(?:/(?:[A-Za-z0-9_/=&%~+:@$#-]|[.?](?=[A-Za-z0-9_/=&%]))*+(?<=[A-Za-z0-9/]))?"
)
_PAIRS = {")": "(", "]": "[", "}": "{"}

# Each pattern is compiled when a text first wants it: a list of addresses wants one of them.


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(_PLAIN)


@cache
def _sure() -> re.Pattern[str]:
    return re.compile(rf"{_PLAIN}(?=[)\]<>\"]|[.,]?(?:[\s<>\"]|\Z))")


@cache
def _may_start() -> re.Pattern[str]:
    return re.compile(r"/|[wW]{3}\.")  # no address without one of them


@cache
def _starts() -> re.Pattern[str]:
    # No address begins inside a word; and what has no scheme begins with a label and a full stop.
    return re.compile(
        r"(?<![A-Za-z0-9])(?:(?P<scheme>(?:https?|ftp)://)"
        r"|(?P<www>(?<![\w@./:=-])www\.(?=[\w-]{1,63}\.[^\W\d_]))"
        r"|(?=[a-z0-9-]{1,42}+\.)(?<![\w@./:=%&?-])(?:"
        r"(?P<known>(?:(?:[a-z]{1,8}\.)?(?:youtube\.com/(?:watch|shorts|embed|live|v)\b|vimeo\.com/\d"
        r"|dailymotion\.com/video/|archive\.org/(?:details|web)/|doi\.org/10\.)|youtu\.be/|t\.co/|bit\.ly/|goo\.gl/|dai\.ly/))"
        r"|(?P<host>(?<![#~])[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?(?:\.[a-z0-9][a-z0-9-]{0,40}){0,3}"
        r"\.(?:com|org|net|gov|edu|int|info|co\.uk|ac\.uk|de|fr|eu)/(?=[\w~%])))"
        r"|(?P<doi>\b(?:doi:\s?|DOI:?\s)(?=10\.\d{4,9}/\S)))",
        re.IGNORECASE,
    )


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(
        r"<(?:URL:)?\s{0,4}((?:https?|ftp)://[^<>\s]{1,2000}(?:\n[ \t]{0,20}[^<>\s]{1,2000}){0,8})\s{0,4}>",
        re.IGNORECASE,
    )


@cache
def _run() -> re.Pattern[str]:
    return re.compile(r"[^\s<>\"“”„«»‹›「」『』【】〈〉《》（），。、；：！？…`｛｝\\^|\u2060\u200b\ufeff\x00-\x1f]+")


@cache
def _ipv6() -> re.Pattern[str]:
    return re.compile(r"\[[0-9a-fA-F:.]{2,45}\](?::\d{1,5})?(?:[/?#]\S{0,2000})?")


@cache
def _doi() -> re.Pattern[str]:
    return re.compile(r"10\.\d{4,9}/[^\s\"<>”’»,]{1,200}")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(r"(?:&(?:quot|gt|lt|apos);|[.,;:!?'’‘\"*~\u2020\u2021]|['’]s)+$")


@cache
def _second() -> re.Pattern[str]:
    return re.compile(r"[,;](?=https?://)", re.IGNORECASE)  # addresses listed without a space


@cache
def _linkify() -> LinkifyIt:
    from linkify_it import LinkifyIt

    return LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})


def find(text: str, *, thorough: bool = False) -> Iterator[Bare]:
    """Give the addresses of a text, in reading order, never overlapping; `thorough` spares none of the rules."""
    if not thorough and not _may_start().search(text):
        return
    broken = {found.start(1): found for found in _bracketed().finditer(text)} if "<" in text else {}
    at, count = 0, 0
    while count < _MOST and (found := _starts().search(text, at)):
        start = found.start()
        bare: Bare | None
        if whole := broken.get(start):
            bare = Bare(start, whole.end(1), "".join(whole.group(1).split()))
        elif not thorough and (sure := _sure().match(text, start, start + _LONGEST)):
            bare = Bare(start, sure.end(), sure.group())
        else:
            bare = _at(text, found)
        if bare is None or bare.url.lower() in ("http://www", "https://www"):  # only the beginning was copied
            at = found.end()
            continue
        count += 1
        yield bare
        at = bare.end


def alone(line: str) -> bool:
    """Tell whether a line is plainly one address with a scheme and nothing else; many that are so are not told."""
    return len(line) <= _LONGEST and _alone().fullmatch(line) is not None


def _at(text: str, found: re.Match[str]) -> Bare | None:
    start, kind = found.start(), found.lastgroup
    if kind == "doi":
        name = _doi().match(text, found.end())
        if not name:
            return None
        doi = trimmed(name.group(), text[start - 1 : start])
        return Bare(start, name.start() + len(doi), f"https://doi.org/{doi}")
    run = _run().match(text, start, start + _LONGEST)
    if not run:
        return None
    prefix = "" if kind == "scheme" else "https://"
    written = run.group()
    if kind == "scheme" and text.startswith("[", found.end()):
        literal = _ipv6().match(text, found.end(), start + _LONGEST)
        written = text[start : literal.end()] if literal else ""
    else:
        address = prefix + written
        colon = address.index(":") + 1
        length = _linkify().test_schema_at(address, address[:colon].lower(), colon)
        written = address[len(prefix) : colon + length] if length else ""
    written = _second().split(written, maxsplit=1)[0]
    url = trimmed(written, text[start - 1 : start] if start else "")
    if len(url) <= len(found.group()) - (kind in ("known", "host")):
        return None
    return Bare(start, start + len(url), url.replace("\u00ad", "").replace(FILLER, "").replace("&amp;", "&"))


def doi_address(doi: str) -> str:
    """Give the address of a DOI."""
    from urllib.parse import quote

    return f"https://doi.org/{quote(doi, safe='%/()[];:,.+-_~!*@&=$' + chr(39))}"


def trimmed(address: str, before: str) -> str:
    """Give back the signs at the end of an address that belong to the sentence around it."""
    while True:
        length = len(address)
        address = _tail().sub("", address[-64:]) if length <= 64 else address[:-64] + _tail().sub("", address[-64:])
        last = address[-1:]
        unpaired = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
        if unpaired or (last == "_" and before == "_") or (last and last in "([{"):
            address = address[:-1]
        if len(address) == length or not address:
            return address
