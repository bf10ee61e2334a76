"""Read through mojibake: UTF-8 that somebody decoded as a one-byte encoding.

`shadow` gives a text of the same length in which every such sequence is replaced by the sign it stood for, led by
fillers. Offsets in the shadow are offsets in the text. ftfy mends what is taken out of it; it does not know
windows-1257, and it cannot keep offsets.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote, unquote

FILLER = "\u2060"  # word joiner: invisible, and no part of any word or address
_SIGNS = (
    "‘’‚“”„†•…–—‹›™€\u00a0«»°·¡¿©®£§ÄÖÜäöüßàáâãåæçèéêëìíîïñòóôõøùúûýÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛÝœŒšŠžŽ¹²³ąćęłńśźżčěřůğışő"
)
_CODINGS = ("cp1252", "cp1257", "cp1250", "cp1254", "latin-1", "mac_roman")


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = {}
    for coding in _CODINGS:
        for sign in _SIGNS:
            # Bytes that the encoding leaves undefined come through as C1 controls, as browsers do it.
            spoiled = "".join(_one(byte, coding) for byte in sign.encode())
            if len(spoiled) > 1 and spoiled[0] > "\x7f" and not spoiled[0].isspace():
                table.setdefault(spoiled, sign)
    # ” is E2 80 9D, and many tools drop the undefined 9D.
    table.setdefault("â€", "”")
    table.setdefault("ā€", "”")
    words = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))), table


def _one(byte: int, coding: str) -> str:
    try:
        return bytes((byte,)).decode(coding)
    except UnicodeDecodeError:
        return chr(byte)


@cache
def _leads() -> re.Pattern[str]:
    return re.compile("[ÂÃâāĀĆĂăÅÄÆŻż‚√¬]")


def shadow(text: str) -> str:
    """Mend a text without moving anything in it. Letters in addresses stay: a server may know them only so."""
    if text.isascii() or not _leads().search(text):
        return text
    pattern, table = _table()

    def sign(found: re.Match[str]) -> str:
        said = table[found.group()]
        if said.isalpha() and _in_address().search(text, max(0, found.start() - 300), found.start()):
            return found.group()
        return said.rjust(len(found.group()), FILLER)

    return pattern.sub(sign, text)


@cache
def _in_address() -> re.Pattern[str]:
    return re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»„]{0,280}\Z", re.IGNORECASE)


@cache
def _twice() -> re.Pattern[str]:
    return re.compile(r"(?:%[cC][23]%[89abAB][0-9a-fA-F]){2,}")


def meant(address: str) -> str | None:
    """Give the address for which a spoiled one ("cafÃ©", "caf%C3%83%C2%A9") stood; None when it is whole."""
    found = _twice().sub(lambda spoiled: _once(spoiled.group()), address)
    if not found.isascii() and _leads().search(found):
        pattern, table = _table()
        found = pattern.sub(lambda spoiled: table[spoiled.group()], found)
    return found if found != address else None


def _once(written: str) -> str:
    """Take back the second escaping of letters that were escaped as bytes, read as letters, and escaped again."""
    try:
        return quote(unquote(written, errors="strict").encode("latin-1").decode("utf-8"))
    except ValueError:
        return written


def mended(text: str) -> str:
    """Mend a piece taken out of a text or a shadow, on one line."""
    text = shadow(text).replace(FILLER, "").replace("\u00ad", "")
    if not text.isascii():
        from ftfy import fix_encoding

        text = fix_encoding(text)
    return " ".join(text.split())
