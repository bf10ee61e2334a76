"""Read mail: single messages, mailboxes of many, and pages saved as messages (MHTML).

The text of a reading is what a person would read, message after message: a head of a few lines, then each part,
decoded. A part of HTML is read as HTML, one of text as plain text. Where a message says the same in both, its HTML has
the links.
"""

from __future__ import annotations

import re
from base64 import b64decode
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archiver import urls
from archiver.documents.decoding import decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.mail.text import unquoted
from archiver.documents.mend import mended
from archiver.documents.prose import sentence
from archiver.documents.raw import Raw
from archiver.model import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from email.message import Message

_MESSAGES = 20_000  # of one mailbox
_PARTS = 2_000  # of one message
_DEPTH = 12  # parts within parts
_WORK = 40_000_000  # lines of a message times containers in it
_HEADER = 2_000  # signs of a header that are looked at
_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S[^\n]{0,300}\d{4}[^\n]{0,40}\n")
_FIELD = re.compile(rb"([!-9;-~]{1,76}):")
_SURE = frozenset({b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"dkim-signature"})
_USUAL = frozenset({b"from", b"to", b"date", b"subject", b"content-type"})
# Encodings of seven bits, which look like ASCII.
_SEVEN_BITS = re.compile(r"iso-2022-\w{2,8}|utf-?7|hz(?:-gb-2312)?", re.IGNORECASE)
_NO_PROSE = frozenset(
    {
        "text/calendar",
        "text/x-vcard",
        "text/vcard",
        "text/css",
        "text/javascript",
        "text/x-amp-html",
        "text/rfc822-headers",
    }
)
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=]+")
_NO_DOCUMENTS = frozenset(
    {"jpg", "jpeg", "png", "gif", "webp", "svg", "heic", "bmp", "tif", "tiff", "ico", "mp3", "mp4", "m4a", "mov", "wav",
     "ogg", "webm", "ics", "vcf", "asc", "sig", "p7s", "p7m"}
)  # fmt: skip
_SEALED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})


def recognises(head: bytes) -> bool:
    """Tell a mailbox or a message by its first lines."""
    head = head.lstrip(b"\r\n")
    separator = _SEPARATOR.match(head)
    seen: set[bytes] = set()
    for line in head[separator.end() if separator else 0 :].split(b"\n"):
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        field = _FIELD.match(line)
        if field is None:
            if len(seen) < 3:
                return False
            break
        seen.add(field.group(1).lower())
    return bool(seen & _USUAL) and (separator is not None or bool(seen & _SURE and len(seen) > 1))


def read(raw: Raw) -> Reading | Unreadable:
    """Read a message or a mailbox."""
    found = _Found(raw)
    abouts = []
    for data in _messages(raw.data, found):
        try:
            message = message_from_bytes(data, policy=policy.compat32)
        except (MessageError, ValueError, LookupError, TypeError, IndexError):
            found.warn("a message is broken and was left out")
            continue
        abouts.append(found.message(message))
    if not abouts:
        return Unreadable(source=raw.source, reason="holds no message", hint="export it once more, as .eml or .mbox")
    if not found.pieces:
        return Unreadable(source=raw.source, reason="holds no message", hint="export it once more, as .eml or .mbox")
    about = abouts[0]
    if any(other.author != about.author for other in abouts):
        about = replace(about, author=None)
    kind = "application/mbox" if len(abouts) > 1 or raw.data.lstrip().startswith(b"From ") else "message/rfc822"
    return Reading(
        text=found.text, drafts=tuple(found.drafts), media_type=kind, about=about, warnings=tuple(found.warnings)
    )


def _messages(data: bytes, found: _Found) -> Iterator[bytes]:
    data = data.lstrip(b"\xef\xbb\xbf").lstrip(b"\r\n")
    starts = [match.span() for match in _SEPARATOR.finditer(data)] if data.startswith(b"From ") else [(0, 0)]
    if not starts:
        starts = [(0, data.find(b"\n") + 1)]
    if len(starts) > _MESSAGES:
        found.warn(f"only the first {_MESSAGES} messages were read")
        starts = starts[: _MESSAGES + 1]
    for index, (_, start) in enumerate(starts[:_MESSAGES]):
        message = data[start : starts[index + 1][0] if index + 1 < len(starts) else len(data)]
        # Each open container costs the parser a look at every line.
        containers = message.lower().count(b"multipart/")
        if containers * message.count(b"\n") > _WORK:
            found.warn("a message is built too deep, and only its beginning was read")
            message = b"\n".join(message.split(b"\n", _WORK // containers)[:-1])
        yield message


class _Found:
    """What was read so far."""

    def __init__(self, raw: Raw) -> None:
        self.source = raw.source
        self.pieces: list[str] = []
        self.drafts: list[Draft] = []
        self.warnings: list[str] = []
        self._length = 0
        self._parts = 0

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def warn(self, warning: str) -> None:
        if warning not in self.warnings and len(self.warnings) < 20:
            self.warnings.append(warning)

    def add(self, reading: Reading) -> None:
        self.drafts += [
            replace(draft, start=draft.start + self._length, end=draft.end + self._length) for draft in reading.drafts
        ]
        self._say(reading.text)

    def _say(self, text: str) -> None:
        text = text.strip("\n") and text.rstrip() + "\n\n"
        if text:
            self.pieces.append(text)
            self._length += len(text)

    def message(self, message: Message, depth: int = 0) -> About:
        self._parts = 0
        about = _about(message)
        lines = [f"{name}: {value}" for name in ("Subject", "From", "Date") if (value := _header(message, name))]
        self._say("\n".join(lines))
        page = _pages(message)
        for reading in self._read(message, depth, page):
            self.add(reading)
            about = about.filled(About.told("message body", language=reading.about.language))
            if page and page == reading.about.url:
                # A saved page is by whom it says; the program that saved it is not its author.
                own = reading.about
                about = replace(
                    about,
                    title=own.title or about.title,
                    author=own.author,
                    published=own.published,
                    publication=own.publication,
                    url=page,
                    origins={**about.origins, **own.origins, "url": "location header"},
                )
        return about

    def _read(self, part: Message, depth: int, page: str | None = None) -> list[Reading]:
        self._parts += 1
        if depth > _DEPTH or self._parts > _PARTS:
            self.warn("parts that stand too deep or are too many were left out")
            return []
        kind = part.get_content_type()
        if kind in _SEALED and _param(part, "smime-type").lower() != "signed-data":
            self.warn("an encrypted part was not read")
            return []
        if part.is_multipart():
            inner = [one for one in part.get_payload() if not isinstance(one, str)]
            if kind == "multipart/alternative":
                return self._best(inner, depth + 1, page)
            if kind == "multipart/related":
                return self._read(_root(part, inner), depth + 1, page) if inner else []
            if kind.startswith("message/"):
                return [] if kind == "message/delivery-status" else self._attached(inner, depth + 1)
            return [reading for one in inner for reading in self._read(one, depth + 1, page)]
        reading = self._leaf(part, kind, page)
        return [reading] if reading is not None else []

    def _attached(self, messages: list[Message], depth: int) -> list[Reading]:
        readings = []
        for message in messages[:_PARTS]:
            lines = [f"{name}: {value}" for name in ("Subject", "From", "Date") if (value := _header(message, name))]
            if lines:
                readings.append(Reading(text="\n".join(lines), drafts=(), media_type="text/plain"))
            readings += self._read(message, depth, _pages(message))
        return readings

    def _best(self, choices: list[Message], depth: int, page: str | None) -> list[Reading]:
        """Read HTML before text; the first that cites something, or else the first that says something."""
        said: list[Reading] = []
        for choice in sorted(choices[:20], key=_rank):
            readings = self._read(choice, depth, page)
            if any(reading.drafts for reading in readings):
                return readings
            said = said or readings
        return said

    def _leaf(self, part: Message, kind: str, page: str | None) -> Reading | None:
        name = _filename(part)
        attached = part.get_content_disposition() == "attachment"
        if kind.startswith("multipart/"):
            kind = "text/plain"  # its parts cannot be told apart
        if kind in _NO_PROSE or not (kind.startswith("text/") or attached or name):
            return None
        data = _content(part)
        if not isinstance(data, bytes) or not data.strip():
            return None
        charset = _param(part, "charset")
        if charset and _SEVEN_BITS.fullmatch(charset):
            try:
                data, charset = data.decode(charset, "replace").encode("utf-8", "replace"), "utf-8"
            except (LookupError, ValueError):
                charset = ""
        if charset.lower() in ("utf-8", "utf8") and not _is_utf8(data):
            charset = ""  # it is something else then
        raw = Raw(source=name or "part", data=data, media_type=kind, charset=charset)
        if name and (attached or not kind.startswith("text/")):
            return self._document(raw)
        return self._prose(part, raw, kind, page)

    def _prose(self, part: Message, raw: Raw, kind: str, page: str | None) -> Reading | None:
        from archiver.documents import plain
        from archiver.documents.html import reader as html

        if kind == "text/html":
            place = _header(part, "Content-Location") or _header(part, "Content-Base")
            base = place if urls.scheme(place) in ("http", "https") else page
            reading = html.read(replace(raw, url=base))
            return replace(reading, about=replace(reading.about, url=base), warnings=())
        flowed = _param(part, "format").lower() == "flowed"
        between = "" if _param(part, "delsp").lower() == "yes" else " "
        text = unquoted(decode(raw), between if flowed else None)
        # What stands below the line of two hyphens is in every message of its author.
        sign = text.rfind("\n-- \n")
        drafts = plain.citations(text if sign < 0 else text[: sign + 1])
        if sign >= 0:
            below = sign + len("\n-- \n")
            drafts += [
                replace(
                    draft,
                    start=draft.start + below,
                    end=draft.end + below,
                    context=sentence(text, draft.start + below, draft.end + below, within=(below, len(text))),
                )
                for draft in plain.citations(text[below:])
            ]
        return Reading(text=text, drafts=tuple(drafts), media_type="text/plain")

    def _document(self, raw: Raw) -> Reading | None:
        """Read an attached document. Messages are followed where they are marked as such only."""
        from archiver.documents.formats import choose

        kind = (raw.media_type or "").partition("/")[0]
        suffix = raw.source.lower().rpartition(".")[2]
        chosen = choose(raw)
        if isinstance(chosen, Unreadable):
            # Pictures and signatures are no documents, and nobody misses them.
            if kind not in ("image", "audio", "video", "font") and suffix not in _NO_DOCUMENTS:
                self.warn(f"an attachment was not read: {mended(raw.source)[:80]} {chosen.reason}"[:300])
            return None
        if chosen.name == "mail":
            self.warn(f"an attachment was not read: {mended(raw.source)[:80]} is a message")
            return None
        try:
            reading = chosen.read(raw)
        except Exception as error:  # noqa: BLE001 - a fault in an attachment must not cost the message
            reading = Unreadable(source=raw.source, reason=f"cannot be read ({type(error).__name__})", hint="")
        if isinstance(reading, Unreadable):
            self.warn(f"an attachment was not read: {mended(raw.source)[:80]} {reading.reason}")
            return None
        return reading


def _content(part: Message) -> object:
    try:
        if _header(part, "Content-Transfer-Encoding").lower() == "base64" and isinstance(part.get_payload(), str):
            packed = _NO_BASE64.sub("", str(part.get_payload()))
            return b64decode(packed[: len(packed) // 4 * 4])  # of what is cut off, too
        return part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        return None


def _rank(part: Message) -> int:
    kind = part.get_content_type()
    if kind == "text/html":
        return 0
    return 1 if part.is_multipart() else 2 if kind == "text/plain" else 3


def _root(related: Message, inner: list[Message]) -> Message:
    start = _param(related, "start").strip()
    return next((one for one in inner if start and _header(one, "Content-ID") == start), inner[0])


def _pages(message: Message) -> str | None:
    """Give the address of a page that was saved as a message."""
    place = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    return place if urls.scheme(place) in ("http", "https") else None


def _about(message: Message) -> About:
    name, address = parseaddr(_header(message, "From"))
    author = mended(name.strip(" \"'")) or address
    listed = _header(message, "List-Id").partition("<")[0].strip(" \"'")
    language = _header(message, "Content-Language").partition(",")[0].strip()
    return About.told(
        "message header",
        title=mended(_header(message, "Subject"))[:500] or None,
        author=author[:200] or None,
        publication=listed or None,
        published=_day(_header(message, "Date")),
        language=language[:35] or None,
    )


def _day(written: str) -> date | None:
    try:
        return parsedate_to_datetime(written).date() if written else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _header(message: Message, name: str) -> str:
    """Give a header on one line, decoded, whatever it is made of."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            written = _said(str(value)[:_HEADER])
            break
    else:
        return ""
    try:
        pieces = [
            piece if isinstance(piece, str) else _bytes(piece, charset) for piece, charset in decode_header(written)
        ]
    except (MessageError, ValueError, LookupError):
        pieces = [written]
    return " ".join("".join(sign if sign.isprintable() else " " for sign in "".join(pieces)).split())


def _said(value: str) -> str:
    """Read the bytes of a header that are no ASCII, though they should be."""
    data = value.encode("utf-8", "surrogateescape") if any("\udc80" <= sign <= "\udcff" for sign in value) else None
    value = value if data is None else decode(Raw(source="", data=data))
    return " ".join(value.split())


def _bytes(piece: bytes, charset: str | None) -> str:
    try:
        if charset and _SEVEN_BITS.fullmatch(charset):
            return piece.decode(charset, "replace")
        return decode(Raw(source="", data=piece, charset=charset)) if charset else piece.decode("raw-unicode-escape")
    except (LookupError, ValueError):
        return piece.decode("ascii", "replace")


def _param(part: Message, name: str) -> str:
    try:
        value = part.get_param(name, "")
    except (ValueError, LookupError, TypeError):
        return ""
    return str(value[2] if isinstance(value, tuple) else value or "").strip("\"' ")[:200]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _filename(part: Message) -> str:
    try:
        name = part.get_filename("") or ""
    except (ValueError, LookupError, TypeError):
        return ""
    name = str(name)[:300].replace("\\", "/").rpartition("/")[2]
    return "".join(sign if sign.isprintable() else "?" for sign in name)
