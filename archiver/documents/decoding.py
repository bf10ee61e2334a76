"""Bytes to text. Byte-order marks first, then strict UTF-8, then what is declared, then a guess.

Strict UTF-8 goes before declarations: text that is valid UTF-8 and not plain ASCII is hardly ever anything else, while
wrong declarations are everyday things. A file pasted together of UTF-8 and a one-byte encoding is read as both.
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


@cache
def _cookie() -> re.Pattern[bytes]:
    # Emacs, Vim, Python (PEP 263) and LaTeX; AsciiDoc has an attribute.
    return re.compile(
        rb"\A(?:[^\n]{0,300}\n)??[^\n]{0,200}?"
        rb"(?:-\*-.{0,150}?coding:|^[ \t]{0,9}[#%;/.]{1,4}[^\n]{0,60}?coding[:=]|fileencoding=)"
        rb"[ \t]{0,9}([\w.-]{2,40})|^:encoding:[ \t]{1,9}([\w.-]{2,40})|\\usepackage\[([\w-]{2,40})\]\{inputenc\}",
        re.MULTILINE,
    )


# The encoding standard of the web reads names as what pages mean by them: the larger set, or Microsoft's.
_MEANT = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "ascii", "us-ascii", "l1", "ansinew"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "latin5", "l5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620", "tis620"), "cp874"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j"), "cp932"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "chinese"), "gb18030"),
    **dict.fromkeys(("euc-kr", "euckr", "ks_c_5601-1987", "ksc5601", "windows-949"), "cp949"),
    **dict.fromkeys(("big5", "x-x-big5", "big5-hkscs"), "big5hkscs"),
    **dict.fromkeys(("macintosh", "x-mac-roman", "applemac"), "mac_roman"),
    "x-mac-cyrillic": "mac_cyrillic",
    "x-euc-jp": "euc_jp",
    "cyrillic": "iso8859_5",
}
_UNICODE = re.compile(r"(?:utf|ucs|unicode)", re.IGNORECASE)  # had it been so, it would have been read so
_TEXT = bytes({7, 8, 9, 10, 11, 12, 13, 26, 27} | set(range(32, 256)))
_HEAD = 65_536
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\xc5\xd0\xd3\xc6", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS-Adobe", "a PostScript document"),
    (b"AT&TFORM", "a DjVu document"),
    (b"ITSF\x03", "a Windows help file"),
    (b"bplist00", "a Safari web archive or another property list"),
    (b"WARC/0.", "a WARC file"),
    (b"WARC/1.", "a WARC file"),
    (b"SQLite format 3\0", "a database"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ", "an archive"),
    (b"OggS", "audio or video"),
    (b"fLaC", "audio"),
    (b"ID3", "audio"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"0&\xb2u\x8ef\xcf\x11", "audio or video"),
    (b"RIFF", "audio, video or a picture"),
)
# What a container holds, by the names of its parts.
_OLD_PARTS = (
    ("WordDocument", "an old Word document"),
    ("Workbook", "an old Excel workbook"),
    ("PowerPoint Document", "an old PowerPoint presentation"),
    ("__substg1.0_", "an Outlook message"),
)
_ZIP_PARTS = (
    (b"Index/Document.iwa", "a Pages, Numbers or Keynote document"),
    (b"Index/Tables/", "a Pages, Numbers or Keynote document"),
    (b"Index.zip", "a Pages, Numbers or Keynote document"),
    (b"index.apxl", "a Pages, Numbers or Keynote document"),
    (b"xl/workbook", "an Excel workbook"),
    (b"ppt/presentation", "a PowerPoint presentation"),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    (b"opendocument.presentation", "an OpenDocument presentation"),
)
_TO_DO = {
    "an RTF document": "save it as DOCX, ODT or PDF",
    "an old Word document": "save it as DOCX or PDF",
    "an old Excel workbook": "save its sheets as CSV",
    "an Excel workbook": "save its sheets as CSV",
    "an OpenDocument spreadsheet": "save its sheets as CSV",
    "an old PowerPoint presentation": "save it as PDF",
    "a PowerPoint presentation": "save it as PDF",
    "an OpenDocument presentation": "save it as PDF",
    "an Outlook message": "save it as .eml",
    "a Pages, Numbers or Keynote document": "export it as DOCX, CSV or PDF",
    "a PostScript document": "make a PDF of it, with ps2pdf",
    "a DjVu document": "make a PDF of it",
    "a Windows help file": "unpack it to HTML",
    "a Kindle book": "convert it to EPUB",
    "a Safari web archive or another property list": "save the page as HTML",
    "a WARC file": "take its pages out of it first",
}


def not_text(data: bytes) -> str | None:
    """Say what the bytes are when they are no text; None when they may be."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        names = (name for part, name in _OLD_PARTS if part.encode("utf-16-le") in data)
        return next(names, "an old Office document")
    if data.startswith(b"PK\x03\x04"):
        names = (name for part, name in _ZIP_PARTS if part in data)
        return next(names, "a ZIP container (such as DOCX, ODT or EPUB)")
    if data[4:8] == b"ftyp":
        return "a picture" if data[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "a video"
    if data[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        return "a Kindle book"
    head = data[:_HEAD]
    if head.startswith(tuple(mark for mark, _ in _MARKS)) or wide(head):
        return None
    # A file that was not closed in time ends in zeros, and single ones are strewn into old exports.
    body = head.rstrip(b"\0")
    odd, nothing = len(body.translate(None, _TEXT)), body.count(0)
    padded = len(body) < len(head) and (len(body) < 64 or odd)
    if nothing > 1 + len(body) // 500 or odd - nothing > len(body) // 20 or padded:
        return "binary data"
    return None


def instead(what: str) -> str | None:
    """Say what to do with a kind of file that is not read."""
    return _TO_DO.get(what)


def wide(head: bytes) -> str | None:
    """Recognise UTF-16 and UTF-32 without a byte-order mark."""
    sample = head[: min(len(head), 2048) & ~3]
    if len(sample) < 16:
        sample = head[: len(head) & ~1]
    if len(sample) < 16 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    if even + odd >= half * 0.9:
        return next((name for name in ("utf-32-le", "utf-32-be") if _speaks(sample, name)), None)
    # Other scripts than Latin have a zero only beside spaces, signs and digits: all on one side.
    if even and odd:
        return None
    name, high = ("utf-16-le", sample[1::2]) if odd else ("utf-16-be", sample[0::2])
    scripts = any(byte > 0x7F or 0 < byte < 0x09 or 0x0D < byte < 0x20 for byte in high)  # pairs of ASCII have none
    return name if scripts and _speaks(sample, name) else None


def _speaks(sample: bytes, name: str) -> bool:
    """Tell whether the bytes are words in an encoding: letters most of all, and no controls."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError as error:
        if error.end < len(sample) - 1:
            return False
        text = sample[: error.start].decode(name)
    letters = sum(1 for sign in text if sign.isalpha())
    return 2 * letters > len(text) and all(sign.isprintable() or sign in "\n\r\t\u3000\xa0\f" for sign in text)


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
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A document cut off in the middle of a character is still UTF-8.
        whole = error.reason != "unexpected end of data" or (data[: error.start].isascii() and _declared(raw))
        if not whole:
            return data.decode("utf-8", "replace")
    else:
        return _japanese(data) or text if b"\x1b$" in data else text
    if _nearly_utf8(data):
        return data.decode("utf-8", _pasted())
    named = _declared(raw)
    for name in named:
        declared = _try(data, name, _undefined())
        if declared is not None and not (name == "cp1252" and _foreign(data)):
            return declared
    guess = _guess(data)
    for name in (guess, *named):
        if (text_or_none := _try(data, name, "replace")) is not None:
            return text_or_none
    return data.decode("cp1252", "replace")


def _japanese(data: bytes) -> str | None:
    """Read ISO-2022-JP, whose bytes are all ASCII."""
    return next((text for name in ("iso2022_jp", "iso2022_jp_ext") if (text := _try(data, name, "strict"))), None)


def _nearly_utf8(data: bytes) -> bool:
    """Tell UTF-8 with some bytes of a one-byte encoding in it from text that is no UTF-8."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for sign in text if sign > "\x7f") - bad if len(text) < 1_000_000 else len(data) - len(text)
    return good > bad


@cache
def _pasted() -> str:
    """Give the way to read bytes that are no UTF-8 in a text that is: as windows-1252, which people paste into it."""

    def read(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        if error.end >= len(error.object):
            return "\ufffd", error.end
        return "".join(_of_1252(byte) for byte in error.object[error.start : error.end]), error.end

    codecs.register_error("archiver.pasted", read)
    return "archiver.pasted"


@cache
def _undefined() -> str:
    """Give the way to read bytes that an encoding of one byte leaves undefined: as controls, as browsers do."""

    def read(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError) or not error.encoding.startswith(("charmap", "cp125", "windows")):
            raise error
        return "".join(map(chr, error.object[error.start : error.end])), error.end

    codecs.register_error("archiver.undefined", read)
    return "archiver.undefined"


def _of_1252(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _declared(raw: Raw) -> list[str]:
    names = [raw.charset] if raw.charset else []
    head = raw.data[:4096]
    for pattern in (_xml_encoding(), _meta_charset(), _cookie()):
        if found := pattern.search(head):
            names += [name.decode("ascii", "replace") for name in found.groups() if name]
    names = [name.strip().lower().replace("latin-", "latin") for name in names if name]
    return [_MEANT.get(name, name) for name in names if not _UNICODE.match(name)]


_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z]")


def _foreign(data: bytes) -> bool:
    """Tell text of another script, which a server has called Latin because it calls everything so."""
    head = data[:_HEAD]
    head = re.sub(rb"<[^<>]{0,2000}>|https?://\S+", b" ", head)
    return len(_HIGH.findall(head)) > 0.5 * (len(_LETTER.findall(head)) + 1)


_DOS = re.compile(rb"(?<=[a-z])[\x81\x82\x84](?=[a-z])")
_MAC = re.compile(rb"(?<=[a-z])[\x87-\x8b\x8d-\x90\x99\x9b\x9d\x9f](?=[a-z])")
_WINDOWS = re.compile(rb"(?<=[a-z])[\xe0-\xfe](?=[a-z])")


def _guess(data: bytes) -> str:
    from resiliparse.parse.encoding import detect_encoding

    head = data[:_HEAD]
    # Letters of the old Mac and of DOS are signs, capitals or nothing in windows-1252, and stand inside of words.
    dos, mac = len(_DOS.findall(head)), len(_MAC.findall(head))
    if (dos or mac) and not _WINDOWS.search(head) and not _foreign(data):
        return "mac_roman" if mac > dos else "cp850"
    if _is_korean(head):
        return "cp949"
    try:
        guess = detect_encoding(head) or "cp1252"
    except (ValueError, RuntimeError):
        return "cp1252"
    return "cp1252" if _UNICODE.match(guess) else _MEANT.get(guess.lower(), guess)


def _is_korean(head: bytes) -> bool:
    text = head.decode("euc_kr", "replace")
    high = sum(1 for sign in text if sign > "\x7f")
    return high > 3 and sum(1 for sign in text if "\uac00" <= sign <= "\ud7a3") > 0.85 * high


def _try(data: bytes, name: str, errors: str) -> str | None:
    try:
        if not codecs.lookup(name)._is_text_encoding:  # noqa: SLF001 - the only way to tell "hex" from "latin-2"
            return None
        return data.decode(name, errors)
    except (LookupError, ValueError, TypeError, AttributeError):
        return None
