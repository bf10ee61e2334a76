"""Repair of what a killed run left: a WARC that ends in half a gzip member is cut back to its last whole record.

Beside a WARC that is being written lies a small file, `<name>.open`, with the number of bytes that are known to be on
the disk. It goes when the WARC is closed, so only WARCs of killed runs are ever read, and of those only the end.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path  # noqa: TC003
from typing import BinaryIO

from archiver.errors import StorageError

OPEN = ".open"
_CHUNK = 1 << 18
_PIECE = 1 << 20  # of unpacked data held at once


def mend(folder: Path) -> list[str]:
    """Cut back the WARCs of killed runs; one line for each that was cut. To be called while no run is writing."""
    lines = []
    for marker in sorted(folder.glob(f"*.warc.gz{OPEN}")):
        warc = marker.with_name(marker.name.removesuffix(OPEN))
        try:
            cut = _cut_back(warc, _known_whole(marker)) if warc.is_file() else 0
            marker.unlink()
        except OSError as error:
            raise StorageError(
                f"{warc}: a run was killed while writing it, and it cannot be mended: {error.strerror}",
                hint="may we write there?",
            ) from None
        if cut:
            left = "" if warc.exists() else "; nothing else was in it, so it is gone"
            lines.append(f"{warc.name}: a killed run left half a record: {cut} bytes cut off{left}")
    return lines


def _known_whole(marker: Path) -> int:
    try:
        return int(marker.read_text("ascii"))
    except ValueError:  # killed before it wrote the number
        return 0


def _cut_back(warc: Path, start: int) -> int:
    """Cut a WARC behind its last whole gzip member; give the number of bytes cut."""
    with warc.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        end = whole_until(file, start if start <= size else 0)
        if end < size and end > 0:
            file.truncate(end)
            os.fsync(file.fileno())
    if end == 0:
        warc.unlink()
    return size - end


def whole_until(file: BinaryIO, start: int = 0) -> int:
    """Give the offset behind the last whole gzip member, reading from the start of a member."""
    file.seek(start)
    end = start
    unpack = zlib.decompressobj(wbits=31)
    data = b""
    while data or (data := file.read(_CHUNK)):
        try:
            unpack.decompress(data, _PIECE)
        except zlib.error:
            return end
        if unpack.eof:
            data = unpack.unused_data
            end = file.tell() - len(data)
            unpack = zlib.decompressobj(wbits=31)
        else:
            data = unpack.unconsumed_tail
    return end
