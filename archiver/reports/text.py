"""Make foreign text safe to show: documents, pages and archives write what they like, terminals and readers obey it."""

from __future__ import annotations

import re
import unicodedata

_SURROGATE = re.compile("[\ud800-\udfff]")
# Joiners shape Persian, Indic scripts and emoji; every other format character hides, reverses or reorders text.
_KEPT_FORMATS = frozenset("\u200c\u200d")


def scrub(text: str) -> str:
    """Replace lone surrogates: a file name that is not UTF-8 carries them, and no encoder takes them."""
    return _SURROGATE.sub("\ufffd", text)


def plain(text: str) -> str:
    """Give one line without control, format and bidi characters; white space becomes single spaces."""
    if not text.isprintable():
        text = "".join(map(_shown, text))
    return " ".join(text.split())


def _shown(sign: str) -> str:
    if sign.isspace():
        return " "
    category = unicodedata.category(sign)
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cc", "Cf") and sign not in _KEPT_FORMATS else sign


def clip(text: str, length: int) -> str:
    """Give plain text of at most this many characters, cut with an ellipsis."""
    # Cleaning reads only what can be shown: a note may be as long as a book.
    whole = len(text) <= length * 4
    text = plain(text if whole else text[: length * 4])
    return text if whole and len(text) <= length else text[: length - 1].rstrip() + "…"


def clip_around(text: str, needle: str, length: int) -> str:
    """Clip as `clip` does, but keep the first place where `needle` stands in sight."""
    text, needle = plain(text), plain(needle)
    at = text.find(needle) if needle else -1
    if len(text) <= length or at < 0 or at + len(needle) <= length * 3 // 4:
        return clip(text, length)
    start = max(0, at - length // 3)
    return "…" + clip(text[start:].lstrip(), length - 1)


def count(number: int, noun: str) -> str:
    """Write a number with its noun: "1 link", "2 links"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
