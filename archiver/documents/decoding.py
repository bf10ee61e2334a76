"""Bytes to text. Byte-order marks first, then strict UTF-8, then what is declared, then a guess.

Strict UTF-8 goes before declarations: text that is valid UTF-8 and not plain ASCII is hardly ever anything else, while
wrong declarations are everyday things.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.documents.raw import Raw

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@cache
def _meta_charset() -> re.Pattern[bytes]:
    return re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.IGNORECASE)


@cache
def _xml_encoding() -> re.Pattern[bytes]:
    return re.compile(rb"^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})", re.IGNORECASE)


# The encoding standard of the web reads these names as windows-1252, because that is what pages mean by them.
_AS_1252 = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii", "l1"})
_TEXT_CONTROLS = frozenset({7, 8, 9, 10, 11, 12, 13, 26, 27})
_HEAD = 65_536
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP container (such as DOCX, ODT or EPUB)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3\0", "a database"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ", "an archive"),
    (b"OggS", "audio or video"),
    (b"ID3", "audio"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"RIFF", "audio, video or a picture"),
)


def not_text(data: bytes) -> str | None:
    """Say what the bytes are when they are no text; None when they may be."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data[4:8] == b"ftyp":
        return "a video"
    head = data[:_HEAD]
    if head.startswith(tuple(mark for mark, _ in _MARKS)) or wide(head):
        return None
    odd = sum(1 for byte in head[:8192] if byte < 32 and byte not in _TEXT_CONTROLS)
    if b"\0" in head or odd > len(head[:8192]) // 20:
        return "binary data"
    return None


def wide(head: bytes) -> str | None:
    """Recognise UTF-16 without a byte-order mark by where its zero bytes stand."""
    sample = head[: min(len(head), 2048) & ~1]
    if len(sample) < 16:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None


def decode(raw: Raw) -> str:
    """Give the text. Line ends become single line feeds; nothing else is changed, and nothing ever fails."""
    return _text(raw).replace("\r\n", "\n").replace("\r", "\n")


def beginning(text: str, most: int) -> tuple[str, tuple[str, ...]]:
    """Give as much of a text as is read, and the warning when that is not all of it."""
    return text[:most], () if len(text) <= most else ("is too big: only the beginning was read",)


def _text(raw: Raw) -> str:
    data = raw.data
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if wider := wide(data[:_HEAD]):
        return data.decode(wider, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A document cut off in the middle of a character, or with one bad byte, is still UTF-8.
        if error.start >= len(data) - 3 or _nearly_utf8(data):
            return data.decode("utf-8", "replace")
    for name in _declared(raw):
        declared = _try(data, name)
        if declared is not None:
            return declared
    return _try(data, _guess(data)) or data.decode("cp1252", "replace")


def _nearly_utf8(data: bytes) -> bool:
    sample = data[:_HEAD].decode("utf-8", "replace")
    bad = sample.count("\ufffd")
    good = sum(1 for sign in sample if sign > "\x7f" and sign != "\ufffd")
    return good > 20 * bad


def _declared(raw: Raw) -> list[str]:
    names = [raw.charset] if raw.charset else []
    head = raw.data[:4096]
    names += [
        found.group(1).decode("ascii", "replace")
        for found in (_xml_encoding().search(head), _meta_charset().search(head)) if found
    ]
    return ["cp1252" if name.strip().lower() in _AS_1252 else name.strip() for name in names if name]


def _guess(data: bytes) -> str:
    from resiliparse.parse.encoding import detect_encoding

    try:
        return detect_encoding(data[:_HEAD]) or "cp1252"
    except (ValueError, RuntimeError):
        return "cp1252"


def _try(data: bytes, name: str) -> str | None:
    try:
        if not codecs.lookup(name)._is_text_encoding:  # noqa: SLF001 - the only way to tell "hex" from "latin-2"
            return None
        return data.decode(name, "replace")
    except (LookupError, ValueError, TypeError, AttributeError):
        return None
