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
    return re.compile(rf"{_PLAIN}(?=[)\]<>\"\x01]|[.,]?(?:[\s<>\"\x01]|\Z))")


@cache
def _starts() -> re.Pattern[str]:
    # Inside a word only http:// begins an address: it was glued on. What has no scheme begins with a label and a stop.
    return re.compile(
        r"(?P<scheme>https?://|(?<![A-Za-z0-9])ftp://)|(?<![A-Za-z0-9])(?:"
        r"(?P<www>(?<![A-Za-z0-9@./:=-])(?<![A-Za-z0-9]_)www\.(?=[\w-]{1,63}\.[^\W\d_]))"
        r"|(?=[a-z0-9-]{1,42}+\.)(?<![A-Za-z0-9@./:=%&?-])(?<![A-Za-z0-9]_)(?:"
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
    return re.compile(
        # Quotes, brackets, stops and dashes of prose in many scripts; signs that are not seen; private use.
        r"[^\s<>\"“”„‟«»‹›＂＜＞「」『』【】〔〕〈〉《》（）［］｛｝，。、；：！？…‥—،؛؟۔।॥։።`\\^|"
        r"\u2060\u200b\u200e\u200f\ufeff\ue000-\uf8ff\x00-\x1f]+"
    )


@cache
def _glued() -> re.Pattern[str]:
    # A sentence in Chinese or Japanese goes on behind a host without a space. No top-level domain mixes the scripts.
    return re.compile(r"(?:(?:https?|ftp)://)?[\w.-]{1,250}\.[A-Za-z]{2,20}(?=[\u3040-\u30ff\u3400-\u9fff])", re.ASCII)


@cache
def _ipv6() -> re.Pattern[str]:
    return re.compile(r"\[[0-9a-fA-F:.]{2,45}\](?::\d{1,5})?(?:[/?#][^\s\x00-\x1f\ue000-\uf8ff]{0,2000})?")


@cache
def _host() -> re.Pattern[str]:
    return re.compile(r"[/]*[^/?#]*")


@cache
def _doi() -> re.Pattern[str]:
    return re.compile(r"10\.\d{4,9}/[^\s\"<>”’»,\x00-\x1f\ue000-\uf8ff]{1,200}")


@cache
def _tail() -> re.Pattern[str]:
    # Raised digits and small numbers in brackets are markers of notes, hardly ever parts of an address.
    return re.compile(
        r"(?:&[A-Za-z][A-Za-z0-9]{1,31};|[.,;:!?'’‘\"*~\u2020\u2021¹²³⁰⁴-⁹]|['’]s|(?<=[^=\[\]])(?:\[[1-9]\d?\])+)+$"
    )


@cache
def _cut_entity() -> re.Pattern[str]:
    return re.compile(r"&[A-Za-z][A-Za-z0-9]{1,31}$")  # linkify-it leaves its semicolon behind


@cache
def _linkify() -> LinkifyIt:
    from linkify_it import LinkifyIt

    return LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})


def find(text: str, *, thorough: bool = False) -> Iterator[Bare]:
    """Give the addresses of a text, in reading order, never overlapping; `thorough` spares none of the rules."""
    if not thorough and "/" not in text and "www." not in text.lower():
        return  # no address is without one of them
    broken = {found.start(1): found for found in _bracketed().finditer(text)} if "<" in text else {}
    at, count = 0, 0
    while count < _MOST and (found := _starts().search(text, at)):
        start = found.start()
        bare: Bare | None
        if found.lastgroup == "scheme" and text.startswith(("http://", "https://"), found.end()):
            at = found.end()  # http://http://: pasted behind its own beginning
            continue
        if whole := broken.get(start):
            bare = Bare(start, whole.end(1), "".join(whole.group(1).split()))
        elif not thorough and (sure := _sure().match(text, start, start + _LONGEST)) and _one(sure.group()):
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
    return len(line) <= _LONGEST and _alone().fullmatch(line) is not None and _one(line)


def _one(address: str) -> bool:
    """Tell whether no other address begins in the middle of one."""
    return _before_another(address, 8, len(address)) == len(address)


def _before_another(text: str, at: int, end: int) -> int:
    """Give where the next address begins that stands behind a comma or nothing at all, or else an end."""
    while (colon := text.find("://", at, end)) >= 0:
        start = colon - 5 if text[colon - 1 : colon] in "sS" else colon - 4
        if start > at and text[start:colon].lower() in ("http", "https"):
            before = text[start - 1]
            if before in ",;":
                return start - 1
            if before == "_" or (before.isascii() and before.isalnum()):
                return start
        at = colon + 3
    return end


def _at(text: str, found: re.Match[str]) -> Bare | None:
    start, kind = found.start(), found.lastgroup
    if kind == "doi":
        name = _doi().match(text, found.end())
        if not name:
            return None
        doi = trimmed(name.group(), text[start - 1 : start])
        return Bare(start, name.start() + len(doi), f"https://doi.org/{doi}")
    run = _run().match(text, start, _before_another(text, found.end(), start + _LONGEST))
    if not run:
        return None
    prefix = "" if kind == "scheme" else "https://"
    written = run.group()
    if kind == "scheme" and text.startswith("[", found.end()):
        literal = _ipv6().match(text, found.end(), start + _LONGEST)
        written = text[start : literal.end()] if literal else ""
    else:
        if not written.isascii() and (glued := _glued().match(written)):
            written = glued.group()
        written = _reach(prefix + written)[len(prefix) :]
    if text[start + len(written) : start + len(written) + 1] == ";":
        written = _cut_entity().sub("", written)
    url = trimmed(written, text[start - 1 : start] if start else "")
    if len(url) <= len(found.group()) - (kind in ("known", "host")):
        return None
    return Bare(start, start + len(url), url.replace("\u00ad", "").replace(FILLER, "").replace("&amp;", "&"))


def _reach(address: str) -> str:
    """Give as much as linkify-it takes for an address."""
    colon = address.index(":") + 1
    length = _linkify().test_schema_at(address, address[:colon].lower(), colon)
    if not length and "_" in address:
        # A host with _ in it is none to linkify-it. There are such hosts, but none that ends with it.
        host, rest = _host().match(address, colon).group(), address.rstrip("_*~")  # type: ignore[union-attr]
        tame = address[:colon] + host.replace("_", "x") + address[colon + len(host) :]
        length = _linkify().test_schema_at(tame[: len(rest)], address[:colon].lower(), colon)
    return address[: colon + length] if length else ""


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
