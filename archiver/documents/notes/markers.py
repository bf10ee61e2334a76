"""Where note markers may stand in plain text: `word3`, `word.3`, `[3]`, `(3)`, `³`, `^3`. Candidates only.

Each gets a weight between 0 and 1: how much it looks like a marker by itself. Most digits in a text are none (CO2, MP3,
2019, version 3.2): which candidates count is decided by the series they form (`series.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from archiver.documents.mend import FILLER
from archiver.documents.notes.decoys import ABBREVIATIONS, NAMES, UNITS
from archiver.documents.prose import word_before

MOST = 100_000  # candidates of one text
HIDDEN = "\ue000"  # stands for the signs of an address: private use, neither letter nor sign


class Style(StrEnum):
    """How a marker is set."""

    GLUED = "glued"  # word3
    STOP = "stop"  # word.3
    BRACKET = "bracket"  # [3]
    PAREN = "paren"  # (3)
    RAISED = "raised"  # ³
    CARET = "caret"  # ^3
    YEAR = "year"  # in 19913
    APART = "apart"  # word. 3 Next
    TAIL = "tail"  # the digits at the end of an address


class Candidate(Struct, frozen=True, gc=False):
    """A place that may be a marker."""

    at: int  # where the sign starts
    start: int  # where the word starts that carries it, if it is glued to one
    end: int
    value: int
    weight: float
    style: Style
    stem: str  # that word
    closes: bool = False  # a sentence ends here, as far as one can see
    way: int = 0  # at one place only those read the same way go together: 12, or else 1 and 2
    label: str = ""  # as the reader sees it, where that is not the value


_LETTER = r"[^\W\d_]"
_AFTER = rf"(?![\w%°$€£=@#&\\]|[.,/]\d|:\w|[-–]\w|['’]{_LETTER}|\((?!\d)|\.{_LETTER}|:/|/)"
_MORE = r"(?P<more>(?:(?:,[ \u00a0]?|;[ ]?|[–-])[1-9]\d{0,2}(?!\d)){1,8})?"  # word1,2 and word1–3
_GLUED = re.compile(
    rf"(?<![\w./\\@#&=?%-])(?P<stem>{_LETTER}{{1,40}}(?:['’-]{_LETTER}{{1,40}}){{0,3}}){FILLER}?(?P<n>[1-9]\d{{0,3}})"
    rf"{_MORE}{_AFTER}"
)
# Some patterns begin with a set of signs and look back from there: so the search skips to the next of them.
_CLOSERS = r"[.,;:!?…)\]”’“\"'»›。」』），！？；]"
_STOP = re.compile(
    rf"[ \u00a0\u202f.,;:!?…)\]”’“\"'»›。」』），！？；](?<=[\w%\ue000].)"
    rf"(?:(?<=[ \u00a0\u202f])»{_CLOSERS}{{0,3}}|(?<=»){_CLOSERS}{{0,3}}|(?<={_CLOSERS}){_CLOSERS}{{0,2}})"
    rf"{FILLER}{{0,2}}{_CLOSERS}{{0,2}}"
    rf"(?P<n>[1-9]\d{{0,2}}){_MORE}(?:{_AFTER}|(?=[\u3040-\u30ff\u3400-\u9fff]))"
)
_APART = re.compile(
    r"[.,;!?](?<=\w.)[”’\"']?[ \u00a0](?P<n>[1-9]\d?)(?=[ \u00a0]+[\"“‘(]?[^\W\d_]|[ \t]*$)", re.MULTILINE
)
_BRACKET = re.compile(
    r"\[(?P<n>[1-9]\d{0,2}(?:\s?[,;–-]\s?[1-9]\d{0,2}){0,8})\]"
    r"(?!\(|:(?![ \u200a\u00a0]?\d)|\[(?!\d|(?:note|nb|n)\s\d|\w\]))"
)
_PAREN = re.compile(r"\((?P<n>[1-9]\d?)\)")
_RAISED = re.compile(r"(?P<n>[¹²³⁰⁴-⁹]{1,3}(?:[⁻˒,·][¹²³⁴-⁹]{1,3}){0,4})")
_CARET = re.compile(r"(?:\[\^|\^)\[?(?P<n>[1-9]\d{0,2})\]?(?![\w\]])")
# Without spaces between words a digit is as often a count (视频3): only the series can tell.
_IDEOGRAPHIC = re.compile(
    r"(?P<stem>[\u3040-\u30ff\u3400-\u9fff]{1,40})(?P<n>[1-9]\d?)(?=[\u3040-\u30ff\u3400-\u9fff])(?![年月日号號章页頁个個人次回第话話集天时時分秒岁歳万億亿千百])"
)
_YEAR = re.compile(rf"[12](?<=\s.)(?:(?<=1)[5-9]|(?<=2)0)\d\d(?P<n>[1-9]\d?){_AFTER}")
_BEFORE_YEAR = re.compile(r"\b(?:in|of|since|by|until|till|from|during|before|after|year)\s\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}(?:[-–]\d{1,4})*")
_RANGE = re.compile(r"\d+\s?[–-]\s?\d+")
_LONGEST_LIST = 12  # markers glued to one word
_POWER = re.compile(r"[⁰¹²³⁴-⁹]")
_ENCODED = re.compile(r"(?<![A-Za-z0-9+/=])(?=[A-Za-z/]{0,39}\d)[A-Za-z0-9+/]{40,}={0,2}(?![A-Za-z0-9+/=])")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MEDIA_LIKE = re.compile(r"(?:video|clip|footage|film|recording|podcast|audio|broadcast)s?$", re.IGNORECASE)
_COUNTED = re.compile(r"\s(?:million|billion|percent|per cent|km|kg|miles|years?|days?|hours?|minutes?|people|times)\b")


def candidates(text: str) -> list[Candidate]:
    """Give all candidates of a text in reading order. Addresses in it should be masked by the caller."""
    found: list[Candidate] = []
    if re.search(r"\d|[¹²³⁴-⁹]", text) is None:
        return found
    _glued(text, found)
    _stop(text, found)
    found += [
        Candidate(match.start("n"), match.start(), match.end(), int(match["n"]), 0.35, Style.GLUED, match["stem"])
        for match in _IDEOGRAPHIC.finditer(text)
        if not match["stem"].endswith("第")
    ]
    for match in _APART.finditer(text):
        stem, _ = word_before(text, match.start("n"))
        if len(stem) > 2 and not stem[-1].isdigit() and stem.lower() not in ABBREVIATIONS:
            at = match.start("n")
            found.append(Candidate(at, at, match.end(), int(match["n"]), 0.32, Style.APART, stem))
    for match in _YEAR.finditer(text):
        start, at = match.start(), match.start("n")
        if _BEFORE_YEAR.search(text, max(0, start - 8), start):
            found.append(Candidate(at, start, match.end(), int(match["n"]), 0.3, Style.YEAR, text[start:at]))
    _bracket(text, found)
    for match in _PAREN.finditer(text):
        stem, start = _carrier(text, match.start())
        weight = 0.55 if text[match.end() : match.end() + 1] in ("", " ", "\n", ".", ",", ";", ":") else 0.2
        before = text[match.start() - 1 : match.start()] or "\n"
        weight = 0.1 if before == "\n" else min(weight, 0.3) if before.isalnum() else weight
        found.append(Candidate(match.start(), start, match.end(), int(match["n"]), weight, Style.PAREN, stem))
    _raised(text, found)
    for match in _CARET.finditer(text):
        stem, start = _carrier(text, match.start())
        weight = 0.95 if len(stem) > 2 or text[match.start() - 1 : match.start()] in tuple(".,;:!?”\"') ") else 0.0
        if weight:
            found.append(Candidate(match.start(), start, match.end(), int(match["n"]), weight, Style.CARET, stem))
    if not found:
        return found
    found.sort(key=lambda one: (one.at, one.way, one.value))
    found = _outside(found, [match.span() for match in _ENCODED.finditer(text)])
    return _without_names(found[:MOST])


def _outside(found: list[Candidate], spans: list[tuple[int, int]]) -> list[Candidate]:
    """Drop what stands in keys and pictures written as letters."""
    if not spans:
        return found
    edges = [start for start, _ in spans]
    return [one for one in found if one.at >= spans[max(0, bisect_right(edges, one.at) - 1)][1] or one.at < edges[0]]


def _carrier(text: str, at: int) -> tuple[str, int]:
    """Give the word before a sign, and where the glued run of word and sign starts."""
    stem, start = word_before(text, at)
    between = text[start + len(stem) : at] if stem else " "
    return stem, start if not any(sign.isspace() for sign in between) else at


def _glued(text: str, found: list[Candidate]) -> None:
    for match in _GLUED.finditer(text):
        stem, digits, at = match["stem"], match["n"], match.start("n")
        weight = _stem_weight(stem)
        if not weight:
            continue
        single = match.end("n") if match["more"] else match.end()
        one = Candidate(at, match.start(), single, int(digits), weight, Style.GLUED, stem)
        if len(digits) < 4 and (not match["more"] or match["more"][1] in " \u00a0"):
            found.append(one)
        if match["more"] and weight >= 0.3:
            found += _listed(one, digits + match["more"], match.end())
        elif weight >= 0.8:
            found += _split(one, digits)


def _listed(one: Candidate, written: str, end: int) -> list[Candidate]:
    """Read word1,2 and word1–3 as lists of markers: only where the numbers rise."""
    values = _numbers(written) if _RANGE.fullmatch(written) else [int(part) for part in re.findall(r"\d+", written)]
    if any(after <= before for before, after in pairwise(values)) or len(values) < 2 or len(values) > _LONGEST_LIST:
        return []
    weight = min(one.weight, 0.5) if any(sign.isspace() for sign in written) or "-" in written else one.weight * 0.9
    return [replace(one, end=end, value=value, weight=weight, way=2) for value in values]


def _split(one: Candidate, digits: str) -> list[Candidate]:
    """Read video12 as notes 1 and 2, text1011 as 10 and 11, word123 as 1, 2, 3: consecutive numbers only."""
    for cut in range(1, len(digits)):
        values = [int(digits[:cut])]
        at = cut
        while at < len(digits) and digits.startswith(following := str(values[-1] + 1), at):
            values.append(int(following))
            at += len(following)
        if at == len(digits):
            return [replace(one, value=value, weight=0.45, way=3) for value in values]
    return []


def _stem_weight(stem: str) -> float:
    lower = stem.lower()
    if stem in ("SO", "NO") or lower in NAMES or lower.rsplit("-", 1)[-1] in NAMES:
        return 0.0
    if stem.isupper() and len(stem) > 1:
        return 0.35 if len(stem) > 2 else 0.25
    if len(stem) < 3:
        return 0.3 if lower in ("it", "us", "he", "me", "so", "up", "do", "is", "was", "on", "in") else 0.1
    if stem[1:] != lower[1:]:
        return 0.5 if len(stem) < 15 else 0.0  # YouTube2
    return 0.8 if stem[0].isupper() else 0.9


def _stop(text: str, found: list[Candidate]) -> None:
    for match in _STOP.finditer(text):
        at = match.start("n")
        stem, start = word_before(text, at)
        behind = text[match.start() - 1]
        hidden = behind == HIDDEN and not stem
        if not hidden and (not stem or not _stop_stem(text, stem, start, text[match.start() : at])):
            continue
        weight = 0.8 if hidden else 1.0
        bare = _NUMBER.fullmatch(stem) is not None and len(stem) != 4 and behind != "%"
        if (stem.isdigit() and behind != "%") or bare:
            weight = 0.2 if bare else 0.5  # it was 3-2.1 They: only the series can tell
        elif text[match.start() : at] in (":", "'", ","):
            weight = 0.7
        after = text[match.end() : match.end() + 14]
        if _COUNTED.match(after):
            weight = 0.1
        elif re.match(r"\s[a-z]", after) and text[at - 1] in ".!?":
            weight = min(weight, 0.7)
        closes = text[at - 1] in '.!?”"' and re.match(r"\s+[\"“‘(]?[A-Z]|\s*$|[ \t]*\n", after) is not None
        if bare and not closes:
            continue
        one = Candidate(at, start, match.end(), int(match["n"]), weight, Style.STOP, stem, closes)
        if match["more"]:
            found += _listed(one, match["n"] + match["more"], match.end())
            if match["more"][1] not in " \u00a0":
                continue
            one = replace(one, end=match.end("n"), weight=min(weight, 0.7))
        elif weight >= 0.7:
            found += _split(one, match["n"])
        found.append(one)


def _stop_stem(text: str, stem: str, start: int, closers: str) -> bool:
    before = text[start - 1 : start] if start else ""
    if _NUMBER.fullmatch(stem):
        if len(stem) == 4 and before != ".":
            return closers[-1] != ":" and stem[:2] in ("15", "16", "17", "18", "19", "20")
        inside = text[start - 2 : start - 1] not in ("", "\n")  # at the beginning of a line it numbers a heading
        return inside and closers[-1] in '.!?)”"' and before in tuple(" -–.:£$€¥")
    if before == ".":
        return len(stem) == 1 and stem.isupper()  # the U.S.3
    if stem[-1].isdigit() or (stem.lower() in ABBREVIATIONS and closers == "."):
        return False
    return before not in tuple("/\\@_=#&")


def _bracket(text: str, found: list[Candidate]) -> None:
    behind, carrier = -1, ("", 0)
    for match in _BRACKET.finditer(text):
        # [12][13]: the word before the first carries them all.
        stem, start = carrier if match.start() == behind else _carrier(text, match.start())
        first = match.start() == behind
        behind, carrier = match.end(), (stem, start)
        before = text[match.start() - 1 : match.start()] if match.start() else "\n"
        weight = 0.3 if before == "\n" else 0.8 if before.isspace() else 1.0
        if before == "]" and text[match.start() - 2 : match.start() - 1].isalnum() and not first:
            weight = 0.2  # array[0][1]
        elif before in tuple("=:({<&|/\\"):
            weight = 0.1
        found += [
            Candidate(match.start(), start, match.end(), value, weight, Style.BRACKET, stem)
            for value in _numbers(match["n"])
        ]


def _numbers(written: str) -> list[int]:
    if simple := re.fullmatch(r"(\d+)\s?[–-]\s?(\d+)", written):
        low, high = int(simple.group(1)), int(simple.group(2))
        return list(range(low, high + 1)) if low < high <= low + 30 else [low]
    return [int(number) for number in re.findall(r"\d+", written)]


def _raised(text: str, found: list[Candidate]) -> None:
    for match in _RAISED.finditer(text):
        at = match.start()
        before = text[at - 1 : at] if at else "\n"
        stem, start = _carrier(text, at)
        if before.isspace():
            weight = 0.4 if before != "\n" else 0.0
        elif not stem.isascii() and _POWER.search(stem):
            weight = 0.0  # (2⁶⁴)¹
        elif before.isdigit():
            weight = 0.7 if len(stem) == 4 and stem.isdigit() else 0.0
        elif before.isalpha() and (stem.lower() in UNITS or len(stem) < 2):
            weight = 0.0
        elif before.isalpha() and len(stem) == 2 and stem.islower():
            weight = 0.3  # E = mc²
        else:
            weight = 1.0
        if weight:
            digits = match["n"].translate(_PLAIN)
            some = [
                Candidate(at, start, match.end(), int(number), weight, Style.RAISED, stem)
                for number in re.findall(r"\d{1,3}", digits)
                if int(number)
            ]
            found += some
            if len(some) == 1 and weight >= 0.7 and digits.isdigit():
                found += _split(some[0], digits)


def _without_names(found: list[Candidate]) -> list[Candidate]:
    """Doubt a word that bears the same number twice: a marker stands once, a name comes back."""
    met = Counter(
        (stem, value)
        for stem, value, _ in {(one.stem.lower(), one.value, one.at) for one in found if one.style is Style.GLUED}
    )
    return [
        replace(one, weight=one.weight * 0.2)
        if one.style is Style.GLUED and met[one.stem.lower(), one.value] > 1 and not _MEDIA_LIKE.search(one.stem)
        else one
        for one in found
    ]


def media_like(stem: str) -> bool:
    """Tell whether the word that carries a marker names a video or a recording."""
    return _MEDIA_LIKE.search(stem) is not None
