"""Real media files, as small as they get: made with ffmpeg from a plain blue picture and from silence.

They are complete and play, so that whatever reads them (magic bytes, ffprobe, yt-dlp) meets the real thing.
"""

from __future__ import annotations

import base64
import zlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# deflate, base64. H.264 16x16, 1 s, index in front; VP8 in WebM, 1 s; MPEG audio layer III, 0.1 s; JPEG 16x16.
_MP4 = (
    "eNp9UrFOAkEQnQMSUTFiggkmFJhgY6SAoDYaIVhQ2GplTA52kQu33OVuuaiFkY4PMJrY+AM2+gWSWBljaW9nb2OjOLsHYUFksm9ndnZ2"
    "ZmffAkCyyk9tw7UYQACERmR1r5Jhdi4DEJxnluUBgMm8GoEhCX5IaCDGQLThqNF1HiZKAMcRd/Q62oe8LmsG/2YTtSfXGVs32gNAihLu"
    "ok5Q0+WDE7288qz2xoiho5FkZLT3vMT+k1yka8R0+jueQagaeYBrq6Q3iElFjNZiRqOKRsxjMql6zRTx9xLEoVWljUjTMZO+rRVcXjbR"
    "7rjcJUrMvSDtn6cQTUehhLrUj4jsYXzSNMon2Y3cOCLi3S7OmxhV1AjMdN9h6Rj1nRM6etwVnITEFN0qXS1caDBV+yi2Lh/Wvr++ZDlb"
    "d+3eRQRiZe70XlmL+oC4yyUD/Qsj86JHiGFjql8ggb7KiC+g7J0N/yBYRMz5uSqWwu4O6u0m4YLVdUalFrKsMoisO7ptm+prhA3/m4Sr"
    "DhX0rjKii/UCbbcgcPtz/UrPwy9s9rODzunCTTjdXuk+X/wCvPt1yQ=="
)
_WEBM = (
    "eNqTcr2/eL5TWyOj03cg/tTI4vS5kcOpqaU8NSnXqb2Ryam1kUkiuCGdkQEEGC8J+s4u2eW7uzt4dYuo58q04DWNCyE8sZB12UDeMd/d"
    "PUCeUMjh9OA1TYw8EK5M8O5sEHfPG4g5DJEMtAIgVy3Qur6xmd/JwbehxSexLC3cEUy5dHY49DuAFYEce3Ad1C0W1xsZi492QPUzzmlk"
    "UNo6p7k0L6WjkaGtNSw+LMCiuZFR+XFzi+zZVIYHnRsaBXY1CsxqZAJ58mJx8bnkA93JCP3pJ2a4Lm539XP2d3ENcmnvBlqdrJCTmVRW"
    "UJF+YpHr4g6X0CDHEE9/P5f2KQYGViBkqGcAAwwM8s7bSq8+b2RYvLORgaGhgIlhLqOWAIMAA4M7R2trR2tLBxMTU+kqJp695xj+/e99"
    "8v/vFv7/ucz/bzv8f7ugvvfZ56iNDIunNjJ+YdjIyMAoIMAgwSARof+FgYOBARQLE3f3b25k2N4FjO2PTYxJHxqZAbFmnZk="
)
_MP3 = (
    "eNrzdDFmZgABLgY4+P9Z4giQYvYAcXwcfV2N9QwNDEJRAEiNOExNKHYAUqNHhBpXItTEEFADADwaNnQ="
)
_JPEG = (
    "eNr7f+P/AwYBLzdPNwZGJgYGRiBk+P+PQcAnsSzZ1FLP2FzP0MCA4f9tBmcGDhYQYAUDNmTAzs7OwcEBJEFMIIuDk5MTQnFxcfHwcHPz"
    "8fEJCor8P8Lgw8AINB8FsDOiC7GwC6ArYhDEEPl/gEGQg0GAQYCZUYmBSZCBWZDh/y0GHmZGIAfItmdoZ1jA9f8mAIs0GEM="
)


@cache
def _unpack(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text))


def mp4() -> bytes:
    """Give a video of one second (865 bytes)."""
    return _unpack(_MP4)


def webm() -> bytes:
    """Give the same in WebM (514 bytes)."""
    return _unpack(_WEBM)


def mp3() -> bytes:
    """Give a tenth of a second of silence (200 bytes)."""
    return _unpack(_MP3)


def jpeg() -> bytes:
    """Give a picture (224 bytes)."""
    return _unpack(_JPEG)


@cache
def pdf(title: str, line: str) -> bytes:
    """Give a valid one-page PDF 1.4 with a title and one line of text (latin-1, no brackets)."""
    stream = f"BT /F1 14 Tf 72 720 Td ({line}) Tj ET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
         b" /Resources << /Font << /F1 5 0 R >> >> >>"),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) >>".encode("latin-1"),
    )
    made = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\n" % (len(objects) + 1)
        + b"startxref\n%d\n%%%%EOF\n" % len(made)
    )


def gzip_bomb(start: bytes, *, size: int) -> Iterator[bytes]:
    """Give a gzip stream that begins with `start` and decodes to `size` bytes more, all blanks.

    One deflated block, flushed so that nothing refers back across it, is repeated: 200 MB cost no time to make. The
    check sum at the end is right, for whoever reads so far.
    """
    block = b" " * 1_000_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = zlib.crc32(start)
    yield b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff" + head
    for _ in range(size // len(block)):
        check = zlib.crc32(block, check)
        yield middle
    total = len(start) + size // len(block) * len(block)
    yield packer.flush() + check.to_bytes(4, "little") + (total & 0xFFFFFFFF).to_bytes(4, "little")


def endless(start: bytes, filler: bytes, *, size: int) -> Iterator[bytes]:
    """Give `start`, then `filler` again and again, `size` bytes in all."""
    yield start
    left = size - len(start)
    block = filler * (65536 // len(filler) + 1)
    while left > 0:
        yield block[:left]
        left -= len(block)
