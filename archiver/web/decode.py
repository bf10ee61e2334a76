"""Undo Content-Encoding, piece by piece and up to a limit: a bomb costs the limit, not what it claims to hold.

Codings: gzip, deflate (with and without zlib's wrapping, as servers send it), br, and several on top of each other.
A coding that nobody knows is left as it is, but of text in one that is known and not asked for nothing can be read.
What cannot be decoded counts as not arrived: the part before it is kept,
and the answer is said not to be whole (`whole` is False), as a browser would refuse to show it. Taking the raw bytes
for the page instead would let a broken server's noise be judged as content.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIECE = 65536
_MOST_CODINGS = 4
_GZIP_MAGIC = b"\x1f\x8b"
_ALIASES = {"x-gzip": "gzip"}
ACCEPTED = "gzip, deflate, br"


_UNDONE = ("gzip", "deflate", "br")
# Real codings that we neither ask for nor can undo (IANA's registry, and what browsers once had). Other names are
# mistakes, "utf-8" for one, and say nothing.
_NOT_ASKED_FOR = frozenset({
    "zstd", "compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip", "sdch", "lzma", "xz", "x-xz", "bzip2",
    "x-bzip2",
})


def codings_of(headers: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Give the codings that are to be undone, in the order in which they were applied."""
    named = [value for name, value in headers if name.lower() == "content-encoding"]
    if not named:
        return ()
    found = [_ALIASES.get(token, token) for token in (each.strip().lower() for each in ",".join(named).split(","))]
    kind = next((value for name, value in headers if name.lower() == "content-type"), "text/html").strip().lower()
    text = kind.startswith(("text/", "application/xhtml"))
    return tuple(token for token in found if token in _UNDONE or (text and token in _NOT_ASKED_FOR))


class _Stage(Protocol):
    ended: bool

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Decode more; raise ValueError when it cannot be decoded."""
        ...


class _Inflate:
    """gzip and deflate."""

    def __init__(self, coding: str) -> None:
        self.ended = False
        self._gzip = coding == "gzip"
        self._start = b""
        self._object = zlib.decompressobj(wbits=31) if self._gzip else None

    def pieces(self, data: bytes) -> Iterator[bytes]:
        if self._object is None:
            # "deflate" means zlib's format (RFC 9110), but some servers send the bare stream; the first bytes tell.
            self._start += data
            if len(self._start) < 2:
                return
            wrapped = self._start[0] & 15 == 8 and int.from_bytes(self._start[:2], "big") % 31 == 0
            self._object = zlib.decompressobj(wbits=15 if wrapped else -15)
            data = self._start
        try:
            yield from self._inflate(data)
        except zlib.error as error:
            raise ValueError(str(error)) from None

    def _inflate(self, data: bytes) -> Iterator[bytes]:
        if self._object is None:
            return
        full = False
        while data or full:
            if self.ended:
                # gzip members may follow each other (RFC 1952); anything else behind the end is padding.
                if not self._gzip or not data.startswith(_GZIP_MAGIC):
                    return
                self._object, self.ended = zlib.decompressobj(wbits=31), False
            piece = self._object.decompress(data, _PIECE)
            full = len(piece) == _PIECE
            if piece:
                yield piece
            if self._object.eof:
                self.ended, full, data = True, False, self._object.unused_data
            else:
                data = self._object.unconsumed_tail


class _Brotli:
    def __init__(self) -> None:
        import brotli

        self.ended = False
        self._error = brotli.error
        self._object = brotli.Decompressor()

    def pieces(self, data: bytes) -> Iterator[bytes]:
        if self.ended:
            return
        try:
            piece = self._object.process(data, output_buffer_limit=_PIECE)
            while piece:
                yield piece
                piece = b"" if self._object.is_finished() else self._object.process(b"", output_buffer_limit=_PIECE)
        except self._error:
            raise ValueError("not brotli") from None
        self.ended = self._object.is_finished()


class _Unreadable:
    ended = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        raise ValueError("a coding that nobody asked for")


def _stage(coding: str) -> _Stage:
    if coding == "br":
        return _Brotli()
    return _Inflate(coding) if coding in _UNDONE else _Unreadable()


class Decoder:
    """Decodes one body as it comes."""

    def __init__(self, codings: Sequence[str], limit: int) -> None:
        self.full = False  # there is more than the limit
        self.broken = len(codings) > _MOST_CODINGS
        self._limit = limit
        self._pieces: list[bytes] = []
        self._size = 0
        self._fed = False
        self._work = 16 * limit + 2**20  # bytes between two codings; more than that is a bomb in a bomb
        self._stages: list[_Stage] = [] if self.broken else [_stage(coding) for coding in reversed(codings)]

    def feed(self, data: bytes) -> bool:
        """Decode more; tell whether still more is wanted."""
        self._fed = self._fed or bool(data)
        if self.full or self.broken:
            return False
        try:
            for piece in self._through(0, data):
                self._pieces.append(piece)
                self._size += len(piece)
                if self._size > self._limit:
                    self.full = True
                    return False
        except ValueError:
            self.broken = True
            return False
        return not self.full

    def _through(self, stage: int, data: bytes) -> Iterator[bytes]:
        if stage == len(self._stages):
            yield data
            return
        for piece in self._stages[stage].pieces(data):
            if stage + 1 < len(self._stages):
                self._work -= len(piece)
                if self._work < 0:
                    self.full = True
                    return
            yield from self._through(stage + 1, piece)

    @property
    def whole(self) -> bool:
        """Tell whether all that was sent has been decoded. An empty body is whole, whatever its headers say."""
        return not self._fed or (not self.broken and all(stage.ended for stage in self._stages))

    def result(self) -> bytes:
        """Give what was decoded, at most the limit."""
        return b"".join(self._pieces)[: self._limit]
