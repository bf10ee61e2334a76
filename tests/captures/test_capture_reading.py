"""Reading copies back from our own WARCs."""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import brotli
import pytest
from msgspec.structs import replace

from archiver.captures.read import LIMIT, read
from archiver.captures.warc import Earlier, WarcFile
from archiver.clock import ManualClock
from archiver.model import Capture, CaptureKind
from archiver.web.exchange import Exchange, Hop, Request, Timings

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
PAGE = "https://example.org/article"
TEXT = "<!doctype html><title>Überfahrt</title><p>Keine Fähre.".encode("iso-8859-1")


def hop(body: bytes = TEXT, decoded: bytes = TEXT, coding: str = "", truncated: str | None = None) -> Hop:
    headers = [("Content-Type", "text/html; charset=ISO-8859-1"), ("Content-Length", str(len(body)))]
    headers += [("Content-Encoding", coding)] if coding else []
    head = "HTTP/1.1 200 OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers) + "\r\n"
    return Hop(
        url=PAGE, started=START, request_head=b"GET /article HTTP/1.1\r\nHost: example.org\r\n\r\n", head=head.encode(),
        status=200, headers=tuple(headers), body=body, decoded=decoded, timings=Timings(total=0.1), truncated=truncated,
    )


def keep(folder: Path, *hops: Hop, run: str = "run-1", earlier: Earlier | None = None) -> list[Capture]:
    captures = []
    with WarcFile(
        folder, run, ManualClock(START), software="archiver/0.1", operator="", earlier=lambda _url, _sha256: earlier,
    ) as warc:
        for one in hops:
            captures += warc.append(PAGE, (Exchange(request=Request(url=PAGE), hops=(one,)),))
    return captures


@pytest.mark.parametrize(("body", "coding"), [
    (TEXT, ""), (gzip.compress(TEXT, mtime=0), "gzip"), (brotli.compress(TEXT), "br"), (brotli.compress(gzip.compress(TEXT, mtime=0)), "gzip, br"),
])
def test_a_page_is_read_back_as_it_was_judged(tmp_path: Path, body: bytes, coding: str) -> None:
    first, second = keep(tmp_path, hop(b"<p>another", b"<p>another"), hop(body, coding=coding))
    assert first.offset != second.offset
    payload = read(tmp_path, second)
    assert payload is not None
    assert (payload.data, payload.charset, payload.media_type, payload.url) == (TEXT, "iso-8859-1", "text/html", PAGE)


def test_a_revisit_is_read_from_the_copy_that_holds_its_bytes(tmp_path: Path) -> None:
    first, again = keep(tmp_path, hop(), hop())
    assert again.revisit
    payload = read(tmp_path, again, [again, first])
    assert payload is not None
    assert payload.data == TEXT
    assert read(tmp_path, again) is None


def test_a_page_that_was_cut_off_is_read_as_far_as_it_came(tmp_path: Path) -> None:
    (cut,) = keep(tmp_path, hop(TEXT[:30], TEXT[:30], truncated="disconnect"))
    payload = read(tmp_path, cut)
    assert payload is not None
    assert payload.data == TEXT[:30]


def test_nothing_is_given_that_is_not_what_was_recorded(tmp_path: Path) -> None:
    (kept,) = keep(tmp_path, hop())
    assert read(tmp_path, replace(kept, sha256=hashlib.sha256(b"other").hexdigest())) is None
    assert read(tmp_path, replace(kept, record_id="<urn:uuid:0>")) is None
    assert read(tmp_path, replace(kept, kind=CaptureKind.MEDIA)) is None
    assert read(tmp_path, replace(kept, size=LIMIT + 1)) is None
    assert read(tmp_path, replace(kept, offset=None)) is None
    assert read(tmp_path, replace(kept, offset=7)) is None
    assert read(tmp_path, replace(kept, offset=0)) is None  # the file's own record
    assert read(tmp_path, replace(kept, offset=10**9)) is None
    assert read(tmp_path, replace(kept, path="gone.warc.gz")) is None
    outside = tmp_path.parent / "outside.warc.gz"
    outside.write_bytes((tmp_path / kept.path).read_bytes())
    assert read(tmp_path, replace(kept, path=f"../{outside.name}")) is None


def test_a_damaged_file_gives_nothing(tmp_path: Path) -> None:
    (kept,) = keep(tmp_path, hop())
    path = tmp_path / kept.path
    whole = path.read_bytes()
    assert kept.offset is not None
    for end in range(kept.offset, kept.offset + 400, 23):
        path.write_bytes(whole[:end])
        assert read(tmp_path, kept) is None or end > kept.offset + 300
    for at in range(kept.offset, kept.offset + 300, 17):
        path.write_bytes(whole[:at] + b"\xff\x00" + whole[at + 2 :])
        read(tmp_path, kept)


def test_a_bomb_costs_the_limit(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(50_000_000), mtime=0)
    (kept,) = keep(tmp_path, hop(bomb, bytes(1000), "gzip", truncated="length"))
    payload = read(tmp_path, kept, limit=1000)
    assert payload is not None
    assert len(payload.data) == 1000
