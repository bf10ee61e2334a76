"""What a text says about itself: title, author, publication, date. By its first lines, by-lines and date-lines."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from archiver.documents import dates
from archiver.documents.draft import About
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HEAD, _TAIL = 15, 12  # lines that may be about the text itself, at its beginning and end
_NAME = r"(?:[^\W\d_a-z][\w.'’-]{0,30}|de|van|von|der|den|la|le|du|da|dos|al|el|bin|ter|ten)"
_BYLINE = re.compile(
    rf"^(?i:by|written by|posted by|author|authors|von|par|por|di|door|av|autor|auteur)\s{{0,2}}:?\s{{1,3}}"
    rf"(?P<name>{_NAME}(?:\s{_NAME}){{0,5}}(?:(?:\s?,\s?(?:and|&|und)?|\s(?:and|&|und|et|y|e))\s{_NAME}(?:\s{_NAME}){{1,5}}){{0,4}})"
    rf"\s{{0,3}}(?:[,|·—–-]\s{{0,2}}(?P<rest>.{{2,80}}))?$"
)
_DATELINE = re.compile(
    rf"^(?:(?:originally\s)?(?:published|appeared|posted)\s(?:in|at|on|by)\s|source:\s?|from\s)?(?P<pub>[^\W\d_][^\n:;!?]{{1,79}}?)"
    rf"(?:,\s{{0,2}}|\s[|·—–-]\s|\s\(|\son\s)(?P<date>{dates.DATE})\)?\.?$",
    re.IGNORECASE,
)
_DATE_ALONE = re.compile(
    rf"^(?:published|posted|date|dated|updated|first published|veröffentlicht|publié|publicado)?"
    rf"\s{{0,2}}(?:on|am|le|el)?\s{{0,2}}:?"
    rf"\s{{0,2}}(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?P<date>{dates.DATE})\b.{{0,40}}$",
    re.IGNORECASE,
)
# A date-line that ends in a by-line, as web logs have it: posted on a day, at an hour, by somebody.
_DATE_AND_NAME = re.compile(
    r"^(?i:(?:(?:published|posted|updated|written)\s(?:on\s)?|on\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?"
    rf"(?P<date>{dates.DATE})[^\n]{{0,30}}?\sby):?\s"
    rf"(?P<name>{_NAME}(?:\s{_NAME}){{1,5}}(?:\s(?:and|&)\s{_NAME}(?:\s{_NAME}){{1,5}})?)\s{{0,3}}(?:[|·—–-].{{0,80}})?$"
)
_TOLD = re.compile(
    rf"(?:published|appeared|posted|printed)\s(?:in\s(?P<pub>[^\n:;!?]{{2,60}}?)[,\s]\s?)?(?:on\s)?(?P<date>{dates.DATE})"
    rf"(?:\s(?:in|at|by|on)\s(?P<after>[^\n:;!?.]{{2,60}}))?[.)\]]{{0,2}}$",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"{_NAME}(?:\s{_NAME}){{1,3}}")
_KEY = re.compile(
    r"^(title|author|authors|byline|date|published|publication|journal|source|language|lang|url)\s?[:=]\s?(.{1,300})$",
    re.IGNORECASE,
)
_DRESS = re.compile(r"^[#=*_\s]+|[#=*_\s]+$")


def of_text(prose: str) -> About:
    """Find it in a plain text."""
    lines = _first(prose)
    found = of_lines(lines, _last(prose))
    told = found.filled(About.told("first line", title=_title(lines, prose)))
    return told.filled(About.told("line above the byline", title=_above_byline(lines)))


def of_lines(first: list[str], last: list[str]) -> About:
    """Find author, publication and date in the first and last lines of a text."""
    about = About()
    dated: str | None = None
    above = ""
    for number, line in enumerate((*first, *reversed(last))):
        if len(line) > 160:
            continue
        if number and (match := _DATE_AND_NAME.match(line)):
            about = about.filled(About.told("dateline", author=match["name"], published=dates.day(match["date"])))
            continue
        if match := _KEY.match(line):
            key, value = match.group(1).lower(), match.group(2).strip()
            if fact := _FACTS.get(key):
                about = about.filled(replace(About(), **{fact: value}, origins={fact: f'line "{key}"'}))
            elif key in ("date", "published"):
                dated = dated or value
        if not about.author and (match := _BYLINE.match(line)) and match["name"][:1].isupper():
            about = about.filled(About.told("byline", author=match["name"]))
            line = match["rest"] or ""  # noqa: PLW2901 - what follows the name may be a date-line of its own
        if about.published is None:
            about = about.filled(_dateline(line, above if 1 < number < 5 else ""))
        above = line
    return about.filled(About.told('line "date"', published=dates.day(dated or "")))


_FACTS: Mapping[str, Literal["title", "author", "publication", "language", "url"]] = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "publication": "publication",
    "journal": "publication",
    "language": "language",
    "lang": "language",
    "url": "url",
}


def _dateline(line: str, above: str) -> About:
    """Read a line that says when, and perhaps where, a text came out; the line above it may be its author's name."""
    if (match := _DATELINE.match(line)) and not _speaks(match["pub"]):
        if day := dates.day(match["date"]):
            person = above if len(above) < 40 and _PERSON.fullmatch(above) else None
            return About.told("dateline", publication=match["pub"].strip(" ,"), published=day, author=person)
    elif match := _TOLD.search(line):
        if day := dates.day(match["date"]):
            told = match["pub"] or match["after"] or ""
            return About.told("dateline", publication=told.strip(" ,") or None, published=day)
    elif match := _DATE_ALONE.match(line):
        return About.told("dateline", published=dates.day(match["date"]))
    return About()


_DAY = re.compile(
    r"(?:on\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|montag|dienstag|mittwoch"
    r"|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes"
    r"|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|updated|posted|published|date|dated|today)",
    re.IGNORECASE,
)


def _speaks(words: str) -> bool:
    """Tell a sentence that happens to end in a date from the name of a publication."""
    parts = words.split()
    return (
        len(parts) > 8
        or _DAY.fullmatch(words.strip(" ,.")) is not None
        or words.lower().startswith(("accessed", "retrieved", "published on", "posted on", "last ", "by "))
    )


def _first(prose: str) -> list[str]:
    return _some(prose[:20_000].splitlines()[:200], _HEAD)


def _last(prose: str) -> list[str]:
    return _some(reversed(prose[-20_000:].splitlines()[-200:]), _TAIL)[::-1]


def _some(lines: Iterable[str], most: int) -> list[str]:
    found: list[str] = []
    for line in lines:
        if clean := _DRESS.sub("", mended(line[:2000])):
            found.append(clean)
            if len(found) == most:
                break
    return found


def _about_itself(line: str) -> bool:
    return len(line) < 160 and any(
        kind.match(line) is not None for kind in (_BYLINE, _DATE_AND_NAME, _DATE_ALONE, _DATELINE)
    )


def _above_byline(lines: list[str]) -> str | None:
    """Give the line above the first by-line, where others (a masthead, a number) stand above it."""
    for above, line in pairwise(lines[:6]):
        if len(line) < 160 and _BYLINE.match(line):
            wordy = 1 < len(above.split()) < 25 and not above.endswith((".", ":", ";", ","))
            return above if wordy and "://" not in above and not _about_itself(above) else None
    return None


def _title(lines: list[str], prose: str) -> str | None:
    """Take the first line when it looks like a title: short, no sentence, no address, set apart from what follows."""
    if not lines or len(lines[0]) > 200 or "://" in lines[0] or _KEY.match(lines[0]) or _BYLINE.match(lines[0]):
        return None
    head = prose.lstrip()[:400].partition("\n")[2]
    apart = not head.strip() or head.lstrip(" \t").startswith("\n") or (len(lines) > 1 and _about_itself(lines[1]))
    ruled = re.match(r"[=\-~*]{3,}\s*$", head.partition("\n")[0]) is not None
    sentence = lines[0].endswith((".", ":", ";", ",")) and not lines[0].endswith(("...", "…"))
    if (not apart and not ruled) or (sentence and len(lines[0].split()) > 12) or len(lines) < 2:
        return None
    return lines[0] if any(sign.isalpha() for sign in lines[0]) else None
