"""ZIP containers of documents (DOCX, ODT, EPUB), read so that no file can exhaust the machine.

What the directory of a container says about sizes is a claim: every member is unpacked in pieces and stopped at its
limit. Names are only looked up, never used as paths on a disk.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from lxml import etree

from archiver.documents.bundles import BROKEN

MEMBERS = 20_000  # more members than any document has
MEMBER = 64_000_000  # bytes of one member, unpacked
TOTAL = 256_000_000  # bytes of all members that are read, unpacked
_RATIO = 250  # unpacked to packed; text of a person packs to about a tenth
_SMALL = 8_000_000  # what a member may unpack to whatever its ratio is: empty tables pack very well
_SALVAGED = 64_000_000  # bytes that are unpacked of a container without a directory
_PIECE = 1 << 16
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class BadPackageError(Exception):
    """A container that cannot be read; its text is a reason for people, and `hint` what they can do."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


CUT = BadPackageError("is a broken or cut off container", "fetch or save it again")


class Package:
    """An open container."""

    def __init__(self, archive: zipfile.ZipFile, *, cut: bool = False) -> None:
        self.cut = cut  # its end is missing: what is not in it may have been
        self._archive = archive
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in archive.infolist():
            self._members.setdefault(_name(member.filename), member)
        self._left = TOTAL
        self.warnings: list[str] = ["it is cut off or broken, and was read only in part"] if cut else []

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the members, as they stand in the directory, with forward slashes."""
        return tuple(self._members)

    @property
    def encrypted(self) -> bool:
        """Tell whether a member is encrypted by the container's own means."""
        return any(member.flag_bits & _ENCRYPTED for member in self._members.values())

    def read(self, name: str, limit: int = MEMBER) -> bytes | None:
        """Unpack a member.

        None, and a warning, when it is missing (no warning), broken or bigger than the limits. A member that breaks off
        gives what came before.
        """
        member = self._members.get(_name(name))
        if member is None or member.filename.endswith(("/", "\\")):
            return None
        if member.flag_bits & _ENCRYPTED or member.compress_type not in _PACKINGS:
            self.warnings.append(f"a part of it cannot be unpacked: {_shown(name)}")
            return None
        limit = min(limit, MEMBER, self._left, max(_SMALL, _RATIO * max(member.compress_size, 1)))
        if member.file_size > limit:
            self.warnings.append(f"a part of it is too big to be read: {_shown(name)}")
            return None
        return self._unpacked(member, name, limit)

    def _unpacked(self, member: zipfile.ZipInfo, name: str, limit: int) -> bytes | None:
        pieces: list[bytes] = []
        size = 0
        try:
            with self._archive.open(member) as stream:
                while piece := stream.read(_PIECE):
                    size += len(piece)
                    if size > limit:
                        self._left -= min(size, self._left)
                        self.warnings.append(f"a part of it is too big to be read: {_shown(name)}")
                        return None
                    pieces.append(piece)
        except BROKEN:
            self.warnings.append(f"a part of it is broken: {_shown(name)}")
        self._left -= min(size, self._left)
        return b"".join(pieces) or (None if size == 0 and member.file_size else b"")


def open_package(data: bytes) -> Package:
    """Open a container; raises `BadPackageError` for what is none, is encrypted or has too many members.

    One whose directory is missing, for that stands at the end, gives the members that are there.
    """
    if data.startswith(_OLE):
        raise BadPackageError("is encrypted, or an old Office document", "save it without a password, as DOCX or ODT")
    cut = False
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        count = len(archive.infolist())
    except Exception as error:
        salvaged = _salvaged(data)
        if salvaged is None:
            raise CUT from error
        archive, count, cut = salvaged, len(salvaged.infolist()), True
    if count > MEMBERS:
        raise BadPackageError(f"holds {count} files, more than a document has", "split it")
    package = Package(archive, cut=cut)
    if package.encrypted:
        raise BadPackageError("is encrypted", "save it without a password")
    return package


_LOCAL = struct.Struct("<4s5H3I2H")  # APPNOTE.TXT of PKWARE, 4.3.7


def _salvaged(data: bytes) -> zipfile.ZipFile | None:
    """Unpack what stands in a container whose directory is missing, and pack it anew."""
    members: dict[str, bytes] = {}
    left, at = _SALVAGED, 0
    while len(members) < MEMBERS and left > 0 and (at := data.find(b"PK\x03\x04", at)) >= 0 and at + 30 <= len(data):
        _, _, flags, packing, _, _, _, size, _, name_length, extra = _LOCAL.unpack_from(data, at)
        name = data[at + 30 : at + 30 + name_length].decode("utf-8", "replace")
        start = at + 30 + name_length + extra
        at = start
        if flags & _ENCRYPTED or packing not in _PACKINGS or start > len(data):
            continue
        if packing == zipfile.ZIP_STORED:
            inside = data[start : start + min(size, left)]
            at = start + len(inside)
        else:
            inside, at = _inflated(data, start, min(left, MEMBER))
        left -= len(inside)
        if inside and not name.endswith("/"):
            members.setdefault(name, inside)
    if not members:
        return None
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, inside in members.items():
            archive.writestr(zipfile.ZipInfo(name), inside)
    return zipfile.ZipFile(out)


def _inflated(data: bytes, start: int, limit: int) -> tuple[bytes, int]:
    """Unpack as far as it goes; give where the packed bytes end, too."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    size, at = 0, start
    try:
        while size < limit and not unpacker.eof and at < len(data):
            piece = data[at : at + _PIECE]
            at += len(piece)
            while piece and size < limit and not unpacker.eof:
                said = unpacker.decompress(piece, _PIECE)
                pieces.append(said)
                size += len(said)
                piece = unpacker.unconsumed_tail if said else b""
    except zlib.error:
        pass
    packed = max(at - len(unpacker.unused_data) - start, 1)
    whole = b"".join(pieces)
    return (whole if size <= max(_SMALL, _RATIO * packed) else b""), max(start, at - len(unpacker.unused_data))


def parse_xml(data: bytes, warnings: list[str] | None = None) -> etree._Element | None:
    """Parse a part without entities and network; None for what is no XML.

    What is broken late, or nested too deep, gives its beginning and a warning. A part with a document type is refused:
    no office format has one, and bombs need one.
    """
    if b"<!DOCTYPE" in data[:65_536].replace(b"\0", b"") or b"<!ENTITY" in data[:65_536].replace(b"\0", b""):
        return None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: etree._Element | None = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    if warnings is not None and any(entry.level_name == "FATAL" for entry in parser.error_log):
        warnings.append("a part of it is broken, and read only in part")
    return root


def _name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:80]
