"""Records: what happened, as canonical JSON with a digest. Written once, never changed.

Canonical means: UTF-8, keys sorted, no white space, absent values written as null. The text is stored as it was
hashed, so a proof never depends on writing the same JSON again. Kinds and their fields are stored for good: add, never
rename, never give an old name a new meaning.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from archiver.errors import ManifestError
from archiver.model import Capture, Document, Job, Lookup, Mark, Observation, Unreadable, Verdict

if TYPE_CHECKING:
    from sqlalchemy import Row


class Kind(StrEnum):
    """What a record tells of."""

    RUN_BEGAN = "run-began"
    RUN_ENDED = "run-ended"
    RUN_LOST = "run-lost"  # an earlier run never ended; found by the run that recorded this
    DOCUMENT = "document"  # read, and new or not as it was
    DOCUMENT_SEEN = "document-seen"  # read, and as it was
    DOCUMENT_DROPPED = "document-dropped"  # no longer among the documents
    UNREADABLE = "unreadable"
    LOOK = "look"
    LOOKUP = "lookup"
    JOB = "job"
    CAPTURE = "capture"
    MEDIA_FAILED = "media-failed"  # a cited video or audio could not be fetched
    BASELINE = "baseline"  # what a page said when it was cited, or soon after, for comparing
    MARK = "mark"  # a person says what is to be believed of a link
    MARK_CLEARED = "mark-cleared"  # and takes it back


class RunBegan(Struct, frozen=True, kw_only=True):
    """A run and what made it."""

    version: str
    command: str
    settings_sha256: str


class RunEnded(Struct, frozen=True, kw_only=True):
    """How a run ended."""

    exit_code: int
    offline: bool
    interrupted: bool
    counts: dict[str, int]


class RunLost(Struct, frozen=True, kw_only=True):
    """A run that was killed: it has a beginning and no end."""

    run: str


class DocumentSeen(Struct, frozen=True, kw_only=True):
    """A document that is as it was."""

    source: str
    sha256: str
    returned: bool  # it had been dropped


class DocumentDropped(Struct, frozen=True, kw_only=True):
    """A document that is no longer among those we read."""

    source: str


class Look(Struct, frozen=True, kw_only=True):
    """What a visit showed, and what was believed of the link then.

    Judging may change between versions; a belief is history, so it is kept beside its facts.
    """

    observation: Observation
    verdict: Verdict


class MediaFailed(Struct, frozen=True, kw_only=True):
    """A cited video or audio that could not be fetched, so that not every run tries again."""

    link: str
    at: datetime
    reason: str


class BaselineSource(StrEnum):
    """Where we have it from."""

    CAPTURE = "capture"
    SNAPSHOT = "snapshot"


class Baseline(Struct, frozen=True, kw_only=True):
    """What a page said when it was cited, or soon after: what later looks compare it with.

    Kept so that it is fetched and measured once; of each source the newest counts. The measures are their maker's.
    """

    link: str
    at: datetime  # when it was measured
    source: BaselineSource
    url: str  # the snapshot's address, or the path of the capture
    taken: datetime
    said: dict[str, Any]


class MarkCleared(Struct, frozen=True, kw_only=True):
    """A person's mark that was taken back."""

    link: str
    at: datetime
    by: str


Body = (
    RunBegan | RunEnded | RunLost | Document | DocumentSeen | DocumentDropped | Unreadable | Look | Lookup | Job
    | Capture | MediaFailed | Baseline | Mark | MarkCleared
)

_TYPES: dict[str, type[Any]] = {
    Kind.RUN_BEGAN: RunBegan, Kind.RUN_ENDED: RunEnded, Kind.RUN_LOST: RunLost, Kind.DOCUMENT: Document,
    Kind.DOCUMENT_SEEN: DocumentSeen, Kind.DOCUMENT_DROPPED: DocumentDropped, Kind.UNREADABLE: Unreadable,
    Kind.LOOK: Look, Kind.LOOKUP: Lookup, Kind.JOB: Job, Kind.CAPTURE: Capture, Kind.MEDIA_FAILED: MediaFailed,
    Kind.BASELINE: Baseline, Kind.MARK: Mark, Kind.MARK_CLEARED: MarkCleared,
}
_DECODERS = {kind: msgspec.json.Decoder(type_) for kind, type_ in _TYPES.items()}
_ENCODER = msgspec.json.Encoder(order="sorted")
# Neither has a place in text: PostgreSQL refuses NUL, and lone surrogates have no UTF-8.
_MOST = 2**63 - 1  # what a BIGINT holds
_LONG_NUMBER = re.compile(r":-?[0-9]{19}")
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


class Record(Struct, frozen=True, kw_only=True):
    """One line of the log."""

    seq: int
    run: str  # nothing where a person recorded it outside a run
    kind: str
    at: str  # when it was recorded, see `stamp`
    subject: str  # the link or the document it is about, or nothing
    body: str  # canonical JSON
    sha256: str

    @classmethod
    def write(cls, seq: int, run: str, kind: str, at: str, subject: str, body: str) -> Record:
        """Give a record with its digest."""
        sha256 = _digest(run, kind, at, subject, body)
        return cls(seq=seq, run=run, kind=str(kind), at=at, subject=subject, body=body, sha256=sha256)

    @property
    def intact(self) -> bool:
        """Tell whether it is as it was written."""
        return self.sha256 == _digest(self.run, self.kind, self.at, self.subject, self.body)


def _digest(run: str, kind: str, at: str, subject: str, body: str) -> str:
    """Give SHA-256, hex, over all but the number. Only the subject may hold a line feed, so no two texts are equal."""
    return digest(f"{run}\n{kind}\n{at}\n{subject}\n{body}")


def digest(text: str) -> str:
    """Give the SHA-256 of a text, hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def make(kind: Kind, value: Body) -> tuple[str, Body]:
    """Give a value's canonical JSON and the value as that JSON gives it back.

    What follows from a record is derived from the second, so that deriving it again gives the same. What no database
    can hold is replaced: NUL and lone surrogates by U+FFFD, whole numbers beyond 64 bits by the nearest that fits.
    """
    decoder = _DECODERS[kind]
    try:
        text = _ENCODER.encode(value).decode()
        if "\\u0000" not in text and not _LONG_NUMBER.search(text):
            return text, decoder.decode(text)
    except (UnicodeEncodeError, OverflowError, msgspec.MsgspecError):
        pass
    text = _ENCODER.encode(_clean(msgspec.to_builtins(value))).decode()
    return text, decoder.decode(text)


def decode(record: Record) -> Body | None:
    """Read a record's body; None for a kind that this version does not know."""
    decoder = _DECODERS.get(record.kind)
    if decoder is None:
        return None
    try:
        body: Body = decoder.decode(record.body)
    except msgspec.MsgspecError as error:
        raise ManifestError(
            f"record {record.seq} ({record.kind}) cannot be read: {error}", hint="restore the manifest from a backup",
        ) from None
    return body


def decode_look(body: str) -> Look:
    """Read the body of a look's record."""
    look: Look = _DECODERS[Kind.LOOK].decode(body)
    return look


def of_row(row: Row[Any]) -> Record:
    """Give the record that a row of the table `records` holds."""
    return Record(
        seq=row.seq, run=row.run, kind=row.kind, at=row.at, subject=row.subject, body=row.body, sha256=row.sha256,
    )


def clean(text: str) -> str:
    """Replace what is not text."""
    return _NOT_TEXT.sub("\ufffd", text)


def stamp(moment: datetime) -> str:
    """Write a time: UTC, always 27 characters, so that text order is time order."""
    if moment.tzinfo is None:
        raise ValueError("the manifest takes aware times only")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")[:26] + "Z"


def moment(text: str) -> datetime:
    """Read such a time."""
    return datetime.fromisoformat(text)


def maybe_stamp(value: datetime | None) -> str | None:
    """Write a time that may be missing."""
    return None if value is None else stamp(value)


def maybe_moment(text: str | None) -> datetime | None:
    """Read a time that may be missing."""
    return None if text is None else moment(text)


def later(start: datetime, seconds: float) -> datetime:
    """Add seconds that somebody else named: no more than a year, whatever they say."""
    return start + timedelta(seconds=min(max(seconds, 0), 366 * 86400))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return min(max(value, -_MOST), _MOST)
    if isinstance(value, dict):
        return {clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value
