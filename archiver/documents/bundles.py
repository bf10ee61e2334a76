"""Archives of documents: ZIP and TAR files give the documents that they hold, and gzip the one that it packs.

Everything happens in memory, no name out of an archive is ever a path on a disk, and what an archive says about sizes
is a claim: members are unpacked in pieces and stopped at their limits. Archives within archives are not followed.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

from archiver.documents.raw import Raw
from archiver.model import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEMBERS = 20_000  # documents of one archive, and ten times as many files of any kind
MEMBER = 50_000_000  # bytes of one document, unpacked
TOTAL = 1_000_000_000  # bytes of everything that is unpacked
_RATIO = 250  # unpacked to packed; text of a person packs to about a tenth
_SMALL = 8_000_000  # what may be unpacked whatever the ratio is
_PIECE = 1 << 16
_DIRECTORY = 40_000_000  # bytes of a ZIP file's table of contents
_ENCRYPTED = 0x1
_SUFFIXES = (".zip", ".tar", ".tgz", ".tar.gz", ".tbz2", ".tbz", ".tar.bz2", ".txz", ".tar.xz")
# What the libraries raise for broken bytes, whatever these lead them to.
BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    struct.error,
    LookupError,
)


class _TooMuchError(Exception):
    """More came out than is read."""


def named_so(name: str) -> bool:
    """Tell whether a file is called like an archive."""
    return name.lower().endswith(_SUFFIXES)


def documents(
    source: str, stream: BinaryIO, wanted: Callable[[tuple[str, ...]], bool]
) -> Iterator[tuple[str, Raw | Unreadable]] | None:
    """Give the documents of an archive with their names in it; None when the stream is no archive of documents.

    A ZIP file that is itself a document (DOCX, ODT, EPUB) is no archive of documents.
    """
    head = _head(stream, 512)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(source, stream, wanted)
    opener = _opener(head)
    if opener is None:
        return _tar(source, stream, None, wanted) if _is_tar(head) else None
    try:
        with opener(stream) as unpacked:
            inner = unpacked.read(512)
    except BROKEN:
        inner = b""
    stream.seek(0)
    if _is_tar(inner) or (not inner and named_so(source)):
        return _tar(source, stream, opener, wanted)
    return None


def unpacked(raw: Raw) -> Raw | Unreadable:
    """Give what a gzip file packs; anything else as it is."""
    if not raw.data.startswith(b"\x1f\x8b"):
        return raw
    limit = min(MEMBER, max(_SMALL, _RATIO * len(raw.data)))
    pieces, broken = [], False
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw.data)) as stream:
            size = 0
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > limit:
                    return _too_big(raw.source)
                pieces.append(piece)
    except BROKEN:
        broken = True
    data = b"".join(pieces)
    if not data.strip():
        reason = "is a broken gzip file" if broken else "is empty"
        return Unreadable(source=raw.source, reason=reason, hint="fetch or save it again")
    return Raw(source=raw.source, data=data, media_type=raw.media_type, charset=raw.charset, url=raw.url)


def _head(stream: BinaryIO, size: int) -> bytes:
    stream.seek(0)
    head = stream.read(size)
    stream.seek(0)
    return head


def _opener(head: bytes) -> Callable[[BinaryIO], BinaryIO] | None:
    if head.startswith(b"\x1f\x8b"):
        return lambda stream: gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]
    if head.startswith(b"BZh"):
        return bz2.BZ2File  # type: ignore[return-value]
    if head.startswith(b"\xfd7zXZ\x00"):
        return lzma.LZMAFile  # type: ignore[return-value]
    return None


def _is_tar(head: bytes) -> bool:
    if len(head) < 512:
        return False
    if head[257:262] == b"ustar":
        return True
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _zip(
    source: str, stream: BinaryIO, wanted: Callable[[tuple[str, ...]], bool]
) -> Iterator[tuple[str, Raw | Unreadable]] | None:
    if _directory(stream) > _DIRECTORY:
        return iter([("", _refused(source, "holds more files than are looked at", "split it"))])
    try:
        archive = zipfile.ZipFile(stream)
        members = archive.infolist()
    except BROKEN:
        return iter([("", _refused(source, "is a broken or cut off archive", "fetch or save it again"))])
    if _is_document(archive, {member.filename for member in members[:1000]}):
        return None
    if len(members) > 10 * MEMBERS:
        return iter([("", _refused(source, f"holds {len(members)} files, more than are looked at", "split it"))])
    return _members_of_zip(source, archive, members, wanted)


def _directory(stream: BinaryIO) -> int:
    """Give the size of the table of contents before it is read."""
    end = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, end - 65_600))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def _is_document(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if names & {"[Content_Types].xml", "META-INF/container.xml"} or names >= {"META-INF/manifest.xml", "content.xml"}:
        return True
    if "mimetype" not in names:
        return False
    try:
        with archive.open("mimetype") as stream:
            return stream.read(64).startswith(b"application/")
    except (*BROKEN, KeyError):
        return False


def _members_of_zip(
    source: str,
    archive: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    wanted: Callable[[tuple[str, ...]], bool],
) -> Iterator[tuple[str, Raw | Unreadable]]:
    left, count = TOTAL, 0
    files = (member for member in members if member.filename and not member.is_dir() and _is_file(member))
    found = ((_parts(_written(member)), member) for member in files)
    for parts, member in sorted((one for one in found if one[0] and wanted(one[0])), key=lambda one: one[0]):
        name = "/".join(parts)
        place = f"{source}/{name}"
        count += 1
        if count > MEMBERS or left <= 0:
            yield name, _refused(source, "holds more than is read", "split it")
            return
        if member.flag_bits & _ENCRYPTED:
            yield name, _refused(place, "is encrypted", "save it without a password")
            continue
        limit = min(MEMBER, left, max(_SMALL, _RATIO * max(member.compress_size, 1)))
        if member.file_size > limit:
            yield name, _too_big(place)
            continue
        try:
            with archive.open(member) as stream:
                data = _taken(stream, limit)
        except _TooMuchError:
            left -= limit
            yield name, _too_big(place)
        except BROKEN:
            yield name, _refused(place, "is broken in its archive", "fetch or save the archive again")
        else:
            left -= len(data)
            yield name, _document(place, data)


def _is_file(member: zipfile.ZipInfo) -> bool:
    kind = (member.external_attr >> 16) & 0o170000  # of Unix, where it was packed there
    return kind in (0, 0o100000)


def _written(member: zipfile.ZipInfo) -> str:
    """Give a member's name; many packers write UTF-8 without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _taken(stream: object, limit: int) -> bytes:
    pieces, size = [], 0
    while piece := stream.read(_PIECE):  # type: ignore[attr-defined]
        size += len(piece)
        if size > limit:
            raise _TooMuchError
        pieces.append(piece)
    return b"".join(pieces)


class _Member(tarfile.TarInfo):
    """A member of a TAR file; headers that go before it are short, whatever they say."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Member:
        """Read a header block."""
        info = super().frombuf(buf, encoding, errors)
        if info.type not in tarfile.REGULAR_TYPES and info.size > 1_000_000:
            raise _TooMuchError
        return info


class _Counted:
    """A stream that ends with an error where too much comes out of too little."""

    def __init__(self, stream: BinaryIO, packed: BinaryIO) -> None:
        self._stream = stream
        self._packed = packed
        self._size = 0

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self._stream.read(min(size, 1 << 20) if size >= 0 else 1 << 20)
        self._size += len(data)
        if self._size > TOTAL or (self._size > MEMBER and self._size > _RATIO * max(self._packed.tell(), 1)):
            raise _TooMuchError
        return data


def _tar(
    source: str,
    stream: BinaryIO,
    opener: Callable[[BinaryIO], BinaryIO] | None,
    wanted: Callable[[tuple[str, ...]], bool],
) -> Iterator[tuple[str, Raw | Unreadable]]:
    count = looked = 0
    try:
        counted = _Counted(opener(stream) if opener else stream, stream)
        # As a stream: nothing is read twice, and what is skipped is counted too.
        with tarfile.open(fileobj=counted, mode="r|", tarinfo=_Member) as archive:  # type: ignore[call-overload]
            for member in archive:
                looked += 1
                archive.members.clear()  # else it keeps all that it met
                if looked > 10 * MEMBERS or count > MEMBERS:
                    raise _TooMuchError
                parts = _parts(member.name)
                if not member.isreg() or member.issparse() or not parts or not wanted(parts):
                    continue
                count += 1
                name = "/".join(parts)
                place = f"{source}/{name}"
                if member.size > MEMBER:
                    yield name, _too_big(place)
                    continue
                opened = archive.extractfile(member)
                if opened is not None:
                    yield name, _document(place, _taken(opened, MEMBER))
    except _TooMuchError:
        yield "", _refused(source, "holds more than is read", "split it")
    except (*BROKEN, RecursionError):
        yield "", _refused(source, "is a broken or cut off archive", "fetch or save it again")


def _parts(name: str) -> tuple[str, ...]:
    """Give the parts of a member's name, without what would lead elsewhere."""
    clean = "".join(sign if sign.isprintable() else "?" for sign in name[:2000]).replace("\\", "/")
    return tuple(part for part in clean.split("/") if part not in ("", ".", "..") and part[1:] != ":")


def _document(place: str, data: bytes) -> Raw | Unreadable:
    if not data.strip():
        return _refused(place, "is empty", "was it saved?")
    return unpacked(Raw(source=place, data=data))


def _refused(source: str, reason: str, hint: str) -> Unreadable:
    return Unreadable(source=source, reason=reason, hint=hint)


def _too_big(source: str) -> Unreadable:
    return Unreadable(source=source, reason="unpacks to more than is read", hint="unpack it, and name what cites")
