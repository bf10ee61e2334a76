"""One WARC per run, made from the exchanges already held.

For every hop there is a `response` (or a `revisit`), the `request` it answers, and a `metadata` record with the link
that led there, timings, protocol and certificate. Redirects and failed requests are records too. A *capture*, though,
is a copy of the cited thing: only the final answer to a request for the link itself gives one, and only when it is a
success (2xx) with a body. Error pages, walls, oEmbed answers and probes stay in the WARC as evidence.

An unchanged page gives a `revisit`: same payload, byte for byte, as an earlier record of the same address. What was
cut off (WARC-Truncated) is never called unchanged, and always stored.

Records are written one gzip member each, straight to the file: a killed process loses no record that `append`
reported, a failing machine none from before the last `sync`. Not safe for threads, nor for two writers of one file:
it is meant for the one event loop of a run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from archiver.captures import heads, records
from archiver.captures.mend import OPEN, mend
from archiver.errors import StorageError
from archiver.model import Capture, CaptureKind, FailureKind
from archiver.urls import without_fragment
from archiver.web.exchange import Exchange, Failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from archiver.clock import Clock
    from archiver.web.exchange import Hop

__all__ = ["Earlier", "WarcFile", "mend"]

_SYNC_EVERY = 256_000_000  # bytes; what a killed run's WARC is read again for, at most
_SEEN_MOST = 100_000  # pages of this run that a later one can be told to repeat
_FORMAT = "WARC File Format 1.1"
_CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_CUT_BY = {FailureKind.TIMEOUT: "time", FailureKind.GAVE_UP: "time", FailureKind.RESET: "disconnect"}


class Earlier(Struct, frozen=True):
    """A record of an earlier capture: its WARC-Target-URI, WARC-Date and WARC-Record-ID."""

    url: str
    date: str | datetime
    record_id: str


class _Page(Struct, frozen=True, kw_only=True):
    """A final answer that is a copy of the link."""

    sha256: str
    earlier: tuple[str, str, str] | None  # address, date, record id


class WarcFile:
    """Append what was exchanged to the run's WARC. A context manager; the file appears with the first record.

    `earlier(url, sha256)` tells the record of an earlier capture of the address with this decoded body.
    """

    def __init__(
        self, folder: Path, run_id: str, clock: Clock, *, software: str, operator: str,
        earlier: Callable[[str, str], Earlier | None], robots: str = "",
    ) -> None:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}", run_id):
            raise ValueError(f"no name for a file: {run_id!r}")
        self._path = folder / f"{run_id}.warc.gz"
        self._marker = folder / f"{run_id}.warc.gz{OPEN}"
        self._run_id = run_id
        self._clock = clock
        self._about = (
            ("software", software), ("format", _FORMAT), ("conformsTo", _CONFORMS_TO), ("operator", operator),
            ("robots", robots), ("isPartOf", run_id),
        )
        self._earlier = earlier
        self._seen: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._file: int | None = None
        self._mark: int | None = None
        self._size = 0  # always behind the last whole record
        self._synced = 0
        self._torn = False  # half a record may stand at the end: `mend` must look at it

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self.close()

    def append(
        self, link: str, answers: tuple[Exchange | Failure, ...], *, final_url: str | None = None,
    ) -> tuple[Capture, ...]:
        """Record every hop of every answer; give the captures of the link among them.

        `final_url` is where the look ended, when the page itself sent its readers there (a refresh).
        """
        captures: list[Capture] = []
        wanted = {without_fragment(one) for one in (link, final_url) if one}
        for answer in answers:
            for number, hop in enumerate(answer.hops, 1):
                last = number == len(answer.hops)
                copy = last and _is_copy(answer, hop, wanted)
                captures += self._append_hop(link, answer, hop, last=last, copy=copy)
        return tuple(captures)

    def sync(self) -> None:
        """Make sure that all records so far are on the disk."""
        if self._file is None or self._mark is None or self._synced == self._size:
            return
        try:
            os.fsync(self._file)
            os.pwrite(self._mark, b"%020d\n" % self._size, 0)
        except OSError as error:
            raise self._storage_error(error) from None
        self._synced = self._size

    def close(self) -> None:
        """Sync and close; nothing can be appended after it."""
        if self._mark is None:
            return
        try:
            self.sync()
        finally:
            for descriptor in (self._file, self._mark):
                if descriptor is not None:
                    os.close(descriptor)
            self._file = self._mark = None
        if not self._torn:  # nor when the sync failed: then `mend` looks at the file, and so it does when this fails
            with contextlib.suppress(OSError):
                self._marker.unlink()

    def _append_hop(self, link: str, answer: Exchange | Failure, hop: Hop, *, last: bool, copy: bool) -> list[Capture]:
        url = records.address(without_fragment(hop.url))
        date = records.warc_date(hop.started)
        truncated = hop.truncated or (_cut(answer, hop) if last else None)
        digest = records.payload_digest(hop.body)
        page = None
        if copy:
            page = self._page(link, url, hop, digest, truncated)
        about = [("WARC-Target-URI", url)]
        if hop.peer and (peer := records.numeric(hop.peer)):
            about.append(("WARC-IP-Address", peer))
        record_id = records.new_id()
        members = []
        if hop.head:
            if page and not page.earlier and not truncated:
                record_id = records.name_id(url, date, digest)
            members.append(self._answer(record_id, date, about, hop, digest, truncated, page))
        if hop.request_head:
            concurrent = [*about, ("WARC-Concurrent-To", record_id)] if hop.head else about
            members.append(records.request(date, concurrent, heads.request_head(hop.request_head)))
        refers = [("WARC-Target-URI", url), *([("WARC-Refers-To", record_id)] if hop.head else [])]
        members.append(records.metadata(date, refers, _facts(link, answer, hop, page, last=last)))
        offset = self._write(members)
        if page is None or not hop.head:
            return []
        if not page.earlier and not truncated:
            self._remember(url, digest, date, record_id)
        return [Capture(
            link=link, kind=CaptureKind.PAGE, at=hop.started, path=self._path.name, sha256=page.sha256,
            media_type=hop.media_type or "application/octet-stream", size=len(hop.decoded), record_id=record_id,
            offset=offset, revisit=page.earlier is not None, truncated=truncated,
        )]

    def _answer(
        self, record_id: str, date: str, about: list[tuple[str, str]], hop: Hop, digest: str, truncated: str | None,
        page: _Page | None,
    ) -> bytes:
        head = heads.response_head(hop.head, hop.status, len(hop.body))
        about = [*about, ("WARC-Payload-Digest", digest)]
        if page and page.earlier:
            url, earlier_date, earlier_id = page.earlier
            about += [
                ("WARC-Refers-To", earlier_id), ("WARC-Refers-To-Target-URI", url),
                ("WARC-Refers-To-Date", earlier_date),
            ]
            return records.revisit(record_id, date, about, head)
        if truncated:
            about.append(("WARC-Truncated", truncated))
        return records.response(record_id, date, about, head, hop.body)

    def _page(self, link: str, url: str, hop: Hop, digest: str, truncated: str | None) -> _Page:
        sha256 = hashlib.sha256(hop.decoded).hexdigest()
        if truncated:
            return _Page(sha256=sha256, earlier=None)
        earlier = self._seen.get((url, digest)) or self._from_earlier_run(link, url, digest, sha256)
        return _Page(sha256=sha256, earlier=earlier)

    def _from_earlier_run(self, link: str, url: str, digest: str, sha256: str) -> tuple[str, str, str] | None:
        """Find the record of an earlier run with the same payload.

        The caller compares decoded bodies, a revisit needs the same stored bytes (another Content-Encoding is another
        payload), and record ids tell: see `records.name_id`.
        """
        for asked in dict.fromkeys((url, without_fragment(link))):
            known = self._earlier(asked, sha256)
            if known is None:
                continue
            date = known.date if isinstance(known.date, str) else records.warc_date(known.date)
            for target in (url, known.url):
                if records.name_id(target, date, digest) == known.record_id:
                    return target, date, known.record_id
        return None

    def _remember(self, url: str, digest: str, date: str, record_id: str) -> None:
        if len(self._seen) >= _SEEN_MOST:
            del self._seen[next(iter(self._seen))]
        self._seen[url, digest] = (url, date, record_id)

    def _write(self, members: list[bytes]) -> int:
        """Write members in one go; give the offset of the first. A disk that fails leaves whole records only."""
        if self._file is None:
            self._open()
        assert self._file is not None  # noqa: S101 - for the type checker
        start = self._size
        data = memoryview(b"".join(members))
        try:
            while data:
                data = data[os.write(self._file, data):]
        except BaseException as error:
            self._torn = True
            os.ftruncate(self._file, start)
            self._torn = False
            if isinstance(error, OSError):
                raise self._storage_error(error) from None
            raise
        self._size = start + sum(map(len, members))
        if self._size - self._synced > _SYNC_EVERY:
            self.sync()
        return start

    def _open(self) -> None:
        name = self._path.name
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._mark = os.open(self._marker, flags, 0o666)
            self._file = os.open(self._path, flags | os.O_APPEND, 0o666)
            self._size = self._synced = os.fstat(self._file).st_size
            _sync_folder(self._path.parent)
        except OSError as error:
            raise self._storage_error(error) from None
        if self._size == 0:
            self._write([records.warcinfo(records.warc_date(self._clock.now()), name, self._about)])

    def _storage_error(self, error: OSError) -> StorageError:
        return StorageError(
            f"{self._path}: cannot write it: {error.strerror}", hint="is there room, may we write there?",
        )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_copy(answer: Exchange | Failure, hop: Hop, wanted: set[str]) -> bool:
    if not 200 <= hop.status < 300 or not hop.body:
        return False
    # The first bytes of a video, asked for to see whether it is there, are no copy of it.
    if hop.status == HTTPStatus.PARTIAL_CONTENT or any(name.lower() == "range" for name in answer.request.headers):
        return False
    return without_fragment(answer.request.url) in wanted or without_fragment(hop.url) in wanted


def _cut(answer: Exchange | Failure, hop: Hop) -> str | None:
    """Tell why an answer ended early when only the failure says so."""
    if isinstance(answer, Exchange) or answer.url != hop.url or 300 <= hop.status < 400:
        return None
    return _CUT_BY.get(answer.kind)


def _facts(
    link: str, answer: Exchange | Failure, hop: Hop, page: _Page | None, *, last: bool,
) -> list[tuple[str, str]]:
    """Say what is known beside the bytes. Names without a standard are our own."""
    facts = [
        ("via", link), ("fetchTimeMs", str(round(hop.timings.total * 1000))), ("httpVersion", hop.http_version),
    ]
    if page:
        facts.append(("decodedDigest", f"sha256:{page.sha256}"))
    if hop.tls_untrusted:
        facts.append(("tlsUntrusted", hop.tls_detail or "yes"))
    if hop.certificate:
        facts += [
            ("tlsSubject", hop.certificate.subject), ("tlsIssuer", hop.certificate.issuer),
            ("tlsExpires", hop.certificate.expires),
        ]
    if last and isinstance(answer, Failure):
        facts.append(("failure", f"{answer.kind.value}: {answer.detail}"))
        if answer.url != hop.url:
            facts.append(("failedUrl", answer.url))
    return facts
