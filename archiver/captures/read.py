"""Reads a copy back from our WARCs: the record at its offset, its body decoded as it was when it was judged.

A damaged file, a record that is not the one meant, a body whose digest is not the one recorded: nothing is given then.
"""

from __future__ import annotations

import hashlib
import zlib
from email.message import Message
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.model import CaptureKind
from archiver.web.decode import Decoder, codings_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from warcio.recordloader import ArcWarcRecord

    from archiver.model import Capture

LIMIT = 5_000_000  # bytes of a decoded body; a longer one is no page to be compared
_PIECE = 65536


class Payload(Struct, frozen=True, kw_only=True):
    """What a server sent."""

    url: str  # that answered
    media_type: str
    charset: str | None  # as declared
    data: bytes


def read(folder: Path, capture: Capture, others: Iterable[Capture] = (), *, limit: int = LIMIT) -> Payload | None:
    """Read a copy of a page. A revisit holds no bytes: they stand with one of the `others` then."""
    if capture.revisit:
        capture = next(
            (one for one in others if one.sha256 == capture.sha256 and not one.revisit and not one.truncated), capture,
        )
    if capture.kind is not CaptureKind.PAGE or capture.revisit or capture.offset is None or capture.size > limit:
        return None
    path = folder / capture.path
    if not path.resolve().is_relative_to(folder.resolve()):
        return None
    try:
        return _read(path, capture, limit)
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, zlib.error):
        return None  # warcio stumbles in many ways over records that are damaged


def _read(path: Path, capture: Capture, limit: int) -> Payload | None:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    with path.open("rb") as file:
        file.seek(capture.offset or 0)
        try:
            record = next(iter(ArchiveIterator(file)), None)
            if record is None or record.rec_type != "response" or record.http_headers is None:
                return None
            if capture.record_id and record.rec_headers.get_header("WARC-Record-ID") != capture.record_id:
                return None
            return _payload(record, capture, limit)
        except (ArchiveLoadFailed, StatusAndHeadersParserException):
            return None


def _payload(record: ArcWarcRecord, capture: Capture, limit: int) -> Payload | None:
    headers = [(str(name), str(value)) for name, value in record.http_headers.headers]
    decoder = Decoder(codings_of(headers), limit)
    while piece := record.raw_stream.read(_PIECE):
        if not decoder.feed(piece):
            break
    data = decoder.result()
    # What was cut off when it was fetched was decoded up to there; what is whole must be what was recorded.
    if not capture.truncated and hashlib.sha256(data).hexdigest() != capture.sha256:
        return None
    declared = Message()
    declared["Content-Type"] = record.http_headers.get_header("Content-Type") or capture.media_type
    charset = declared.get_content_charset()
    return Payload(
        url=record.rec_headers.get_header("WARC-Target-URI") or capture.link, media_type=capture.media_type,
        charset=charset, data=data,
    )
