"""Dates in bylines and notes. A cheap pattern says where one may stand; dateparser reads what the pattern found."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|janv|févr|fevr|mars|avr|juin|juil|août|aout|déc|ene|abr"
    r"|ago|dic|gen|mag|giu|lug|set|ott|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]{0,9}\.?"
)
_YEAR = r"(?:1[89]|20)\d\d"
DATE = (
    rf"(?:{_YEAR}[-/]\d\d?[-/]\d\d?(?!\d)|{_YEAR}年\d\d?月\d\d?日|(?<!\d)\d\d?(?:st|nd|rd|th|er|º|\.)?\s(?:of\s|de\s)?{_MONTH}"
    rf",?\s(?:de\s)?{_YEAR}|{_MONTH}\s\d\d?(?:st|nd|rd|th)?,?\s{_YEAR}|(?<!\d)\d\d?[./]\d\d?[./]{_YEAR})(?!\d)"
)
# A year by itself, as all dates have it; led by a set, so that the search skips to the next of its signs.
_YEARS = re.compile(r"[12](?<!\d.)[089]\d\d(?!\d)")


@cache
def _date() -> re.Pattern[str]:
    return re.compile(DATE, re.IGNORECASE)


@cache
def _iso() -> re.Pattern[str]:
    return re.compile(rf"({_YEAR})[-/](\d\d?)[-/](\d\d?)")


@cache
def _cjk() -> re.Pattern[str]:
    return re.compile(rf"({_YEAR})年(\d\d?)月(\d\d?)日")


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(rf"(\d\d?)([./])(\d\d?)[./]({_YEAR})")


@cache
def _seen() -> re.Pattern[str]:
    return re.compile(
        r"(?:access(?:ed)?|retrieved|viewed|visited|consulted|checked|last\s(?:seen|accessed|visited|checked)|archived|abgerufen"
        r"|zuletzt\s\w{2,12}|letzter\s(?:zugriff|abruf)|stand|consult[ée]e?|consultado|accesso|geraadpleegt|обращения)"
        rf"(?:\s(?:on|am|le|el|il|at|vom))?\s?[:,]?\s?({DATE})",
        re.IGNORECASE,
    )


def find(text: str) -> re.Match[str] | None:
    """Find what looks like a full date."""
    return _date().search(text)


def day(text: str) -> date | None:
    """Read a text that holds one date, or begins with an ISO one; None when it is none, or says two things."""
    found = _date().search(text[:200])
    return _read(found.group()) if found else None


def cited_on(text: str) -> date | None:
    """Give the day on which a citation says that its target was seen."""
    found = _seen().search(text) if _YEARS.search(text) else None
    return _read(found.group(1)) if found else None


@lru_cache(maxsize=4096)
def _read(written: str) -> date | None:
    try:
        if (found := _iso().fullmatch(written)) or (found := _cjk().fullmatch(written)):
            return date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
        if found := _numbers().fullmatch(written):
            first, dot, second, year = int(found.group(1)), found.group(2), int(found.group(3)), int(found.group(4))
            # 3.5.2014 is the third of May everywhere; 3/5/2014 depends on the reader.
            if dot == "." or first > 12 or first == second:
                return date(year, second, first)
            return date(year, first, second) if second > 12 else None
    except ValueError:
        return None
    import dateparser

    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th|er|º)(?=\s)|\bof\b", "", written)
    try:
        parsed = dateparser.parse(
            plain, settings={"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
        )
    except (ValueError, OverflowError, TypeError, re.error):
        return None
    return parsed.date() if parsed else None
