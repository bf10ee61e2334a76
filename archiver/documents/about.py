"""What a text says about itself: title, author, publication, date. By its first lines, by-lines and date-lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.documents import dates
from archiver.documents.draft import About
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_HEAD, _TAIL = 15, 12  # lines that may be about the text itself, at its beginning and end
_NAME = r"(?:[^\W\d_a-z][\w.'’-]{0,30}|de|van|von|der|den|la|le|du|da|dos|al|el|bin|ter|ten)"
_BYLINE = re.compile(
    rf"^(?i:by|written by|posted by|author|authors|von|par|por|di|door|av|autor|auteur)\s{{0,2}}:?\s{{1,3}}"
    rf"(?P<name>{_NAME}(?:\s{_NAME}){{0,5}}(?:\s?(?:,|and|&|und|et|y|e)\s{_NAME}(?:\s{_NAME}){{0,5}}){{0,4}})"
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
_KEY = re.compile(
    r"^(title|author|authors|byline|date|published|publication|journal|source|language|lang|url)\s?[:=]\s?(.{1,300})$",
    re.IGNORECASE,
)
_DRESS = re.compile(r"^[#=*_\s]+|[#=*_\s]+$")


def of_text(prose: str) -> About:
    """Find it in a plain text."""
    lines = _first(prose)
    found = of_lines(lines, _last(prose))
    title = _title(lines, prose)
    return found.filled(About(title=title))


def of_lines(first: list[str], last: list[str]) -> About:
    """Find author, publication and date in the first and last lines of a text."""
    values: dict[str, str] = {}
    published: date | None = None
    for line in (*first, *reversed(last)):
        if len(line) > 160:
            continue
        if match := _KEY.match(line):
            values.setdefault(match.group(1).lower(), match.group(2).strip())
        if "author" not in values and (match := _BYLINE.match(line)) and match["name"][:1].isupper():
            values["author"] = match["name"]
            line = match["rest"] or ""  # noqa: PLW2901 - what follows the name may be a date-line of its own
        if published is None and (match := _DATELINE.match(line)) and not _speaks(match["pub"]):
            published = dates.day(match["date"])
            if published:
                values.setdefault("publication", match["pub"].strip(" ,"))
        elif published is None and (match := _DATE_ALONE.match(line)):
            published = dates.day(match["date"])
    return About(
        title=values.get("title"),
        author=values.get("author") or values.get("byline") or values.get("authors"),
        publication=values.get("publication") or values.get("journal"),
        published=published or dates.day(values.get("date", "") or values.get("published", "")),
        language=values.get("language") or values.get("lang"),
        url=values.get("url"),
    )


def _speaks(words: str) -> bool:
    """Tell a sentence that happens to end in a date from the name of a publication."""
    parts = words.split()
    return len(parts) > 8 or words.lower().startswith(
        ("accessed", "retrieved", "published on", "posted on", "last ", "by ")
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


def _title(lines: list[str], prose: str) -> str | None:
    """Take the first line when it looks like a title: short, no sentence, no address, set apart from what follows."""
    if not lines or len(lines[0]) > 200 or "://" in lines[0] or _KEY.match(lines[0]) or _BYLINE.match(lines[0]):
        return None
    head = prose.lstrip()[:400].partition("\n")[2]
    apart = not head.strip() or head.lstrip(" \t").startswith("\n") or (len(lines) > 1 and _BYLINE.match(lines[1]))
    ruled = re.match(r"[=\-~*]{3,}\s*$", head.partition("\n")[0]) is not None
    sentence = lines[0].endswith((".", ":", ";", ",")) and not lines[0].endswith(("...", "…"))
    if (not apart and not ruled) or (sentence and len(lines[0].split()) > 12) or len(lines) < 2:
        return None
    return lines[0] if any(sign.isalpha() for sign in lines[0]) else None
