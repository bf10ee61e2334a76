"""Read a list of addresses: a text whose lines are nearly all addresses, with remarks after "#" or beside them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver import urls
from archiver.documents import bare
from archiver.documents.decoding import decode
from archiver.documents.draft import Draft, Reading
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from archiver.documents.raw import Raw

_SAMPLE = 200  # lines looked at to recognise one
_WORDS = 12  # of a remark; a line with more is a sentence
_COMMENT = (b"#", b";", b"//")


@cache
def _line_of_list() -> re.Pattern[bytes]:
    return re.compile(
        rb"[ \t]*(?P<number>\d{1,4}[.)]?\s+)?(?:(?:[-*+]|\xe2\x80[\xa2\x93])\s+)?(?:\[[ xX]?\]\s+)?"
        rb"[<\"']?(?:(?:https?|ftp)://|www\.)[^\s|]+(?P<remark>[\s|].{0,200})?",
        re.IGNORECASE,
    )


@cache
def _host() -> re.Pattern[bytes]:
    return re.compile(
        rb"[ \t]*[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}(?:\.[a-z]{2,24}|\.[a-z0-9-]{1,63}/\S+)[ \t]*", re.IGNORECASE
    )


def recognises(head: bytes) -> bool:
    """Tell whether nine of ten lines that are neither empty nor comments begin with an address, remarks being short."""
    lines = head.removeprefix(b"\xef\xbb\xbf").splitlines()
    if len(head) >= 4096:
        lines = lines[:-1]  # cut off in the middle
    told = [line for line in lines[:_SAMPLE] if line.strip() and not line.lstrip().startswith(_COMMENT)]
    if len(told) > 1 and told[0].strip().lower() in (b"url", b"urls", b"link", b"links", b"address", b"addresses"):
        del told[0]
    numbered = sum(1 for line in told if re.match(rb"\s*\d", line))
    if numbered and len(told) < 100 and numbered < len(told):
        return False  # notes at the end of something
    whole = [_line_of_list().fullmatch(line) if len(line) < 4096 else None for line in told]
    good = [found for found in whole if found and _short(found, alone=len(told) == 1)]
    others = [line for line, found in zip(told, whole, strict=True) if not found and len(line) < 300]
    hosts = sum(1 for line in others if _host().fullmatch(line))
    return bool(good) and hosts <= max(1, len(good)) and len(good) + hosts >= 0.9 * len(told)


def _short(line: re.Match[bytes], *, alone: bool) -> bool:
    """Tell whether what stands beside an address is a remark and no sentence, nor the text of a numbered note."""
    remark = (line["remark"] or b"").strip()
    if not remark or remark.startswith((b"#", b"//")):
        return True
    return not alone and not line["number"] and len(remark.split()) <= _WORDS


def read(raw: Raw) -> Reading:
    """Read the list: one citation for each address, the remark beside or above it as its context."""
    text = decode(raw)
    drafts: list[Draft] = []
    above, at = "", 0
    codes = _lists_codes(text)
    for line in text.split("\n"):
        stripped = line.strip()
        if bare.alone(stripped) and "," not in stripped:
            start = at + line.index(stripped)
            drafts.append(Draft(start=start, end=start + len(stripped), url=stripped, text=stripped, context=above))
        elif stripped.startswith(("#", ";", "//")):
            above = "" if "://" in stripped else mended(stripped.lstrip("#;/ "))[:300]
        elif not stripped:
            above = ""
        else:
            drafts += _line(line, at, above, codes=codes)
        at += len(line) + 1
    return Reading(text=text, drafts=tuple(drafts), media_type="text/uri-list")


# What follows a comma or a semicolon and is a remark: words, a quotation, a day, nothing. Codes and names of files
# ("/artikel,1518,123.html", "/title,79cfc278") belong to the address.
_REMARK = re.compile(
    r"[,;|](?=[\"'“„]|[^\W\d_]{2,}(?:[\s,;|]|$)|\d{4}-\d\d-\d\d\b(?!\.\w)|\d\d?\.\d\d?\.\d{4}\b|\s*$)|\|"
)
_CODE = re.compile(r"[,;]\s?[1-5]\d\d\s*$")


def _lists_codes(text: str) -> bool:
    """Tell whether each line, of several, ends with what the server answered: "https://a.example/x,404"."""
    lines = [line for line in text[:100_000].splitlines()[:_SAMPLE] if "://" in line[:40]]
    return len(lines) > 1 and all(line.count(",") + line.count(";") == 1 and _CODE.search(line) for line in lines)


def _line(line: str, at: int, above: str, *, codes: bool) -> list[Draft]:
    found = list(bare.find(line))
    if not found:
        word = line.split(maxsplit=1)[0]
        if not urls.normalise(word):
            return []
        start = line.index(word)
        return [Draft(start=at + start, end=at + start + len(word), url=word, text=word, context=above)]
    variants: tuple[str, ...] = ()
    if len(found) == 1:
        if whole := re.fullmatch(r"\s*(https?://[^\s|]+)\s*", line):
            # Alone on its line, an address keeps the signs at its end.
            found = [bare.Bare(whole.start(1), whole.end(1), whole.group(1))]
        one = found[0]
        path = line.find("/", one.start + 8)
        cut = (_CODE if codes else _REMARK).search(line, path) if path >= 0 else None
        if cut and cut.start() <= one.end:
            # Without a space between it may be one address after all; that is remembered.
            variants = () if re.search(r"[\s\"|]", line[cut.start() :].strip()) else (one.url,)
            found = [bare.Bare(one.start, cut.start(), line[one.start : cut.start()])]
            beside = mended(line[cut.start() + 1 :].strip("\"' \t,;|"))[:300]
            return [_draft(found[0], at, beside or above, variants)]
    beside = mended(line[found[-1].end :].lstrip(" \t\"'#-–—|>,;"))[:300]
    return [_draft(one, at, beside or above, ()) for one in found]


def _draft(one: bare.Bare, at: int, context: str, variants: tuple[str, ...]) -> Draft:
    return Draft(
        start=at + one.start,
        end=at + one.end,
        url=one.url,
        text=mended(one.url),
        context=context,
        variants=variants,
    )
