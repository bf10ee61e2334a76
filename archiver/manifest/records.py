"""Records: what happened, as canonical JSON with a digest. Written once, never changed.

Canonical means: UTF-8, keys sorted, no white space, absent values written as null. The text is stored as it was
hashed, so a proof never depends on writing the same JSON again. Kinds and their fields are stored for good: add, never
rename, never give an old name a new meaning.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec

from archiver.errors import ManifestError
from archiver.model import Capture, Document, Job, Lookup, Observation, Unreadable, Verdict


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBegan:
    """A run and what made it."""

    version: str
    command: str
    settings_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnded:
    """How a run ended."""

    exit_code: int
    offline: bool
    interrupted: bool
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLost:
    """A run that was killed: it has a beginning and no end."""

    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSeen:
    """A document that is as it was."""

    source: str
    sha256: str
    returned: bool  # it had been dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDropped:
    """A document that is no longer among those we read."""

    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a visit showed, and what was believed of the link then.

    Judging may change between versions; a belief is history, so it is kept beside its facts.
    """

    observation: Observation
    verdict: Verdict


Body = (
    RunBegan | RunEnded | RunLost | Document | DocumentSeen | DocumentDropped | Unreadable | Look | Lookup | Job | Capture
)

_TYPES: dict[str, type[Any]] = {
    Kind.RUN_BEGAN: RunBegan, Kind.RUN_ENDED: RunEnded, Kind.RUN_LOST: RunLost, Kind.DOCUMENT: Document,
    Kind.DOCUMENT_SEEN: DocumentSeen, Kind.DOCUMENT_DROPPED: DocumentDropped, Kind.UNREADABLE: Unreadable,
    Kind.LOOK: Look, Kind.LOOKUP: Lookup, Kind.JOB: Job, Kind.CAPTURE: Capture,
}
_DECODERS = {kind: msgspec.json.Decoder(type_) for kind, type_ in _TYPES.items()}
_ENCODER = msgspec.json.Encoder(order="sorted")
# Neither has a place in text: PostgreSQL refuses NUL, and lone surrogates have no UTF-8.
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line of the log."""

    seq: int
    run: str
    kind: str
    at: str  # when it was recorded, see `stamp`
    subject: str  # the link or the document it is about, or nothing
    body: str  # canonical JSON
    sha256: str = field(default="")

    @property
    def digest(self) -> str:
        """Give SHA-256, hex, over run, kind, at, subject and body, joined by line feeds.

        Only the subject may hold a line feed itself, so no two records have the same text.
        """
        text = f"{self.run}\n{self.kind}\n{self.at}\n{self.subject}\n{self.body}"
        return hashlib.sha256(text.encode()).hexdigest()


def encode(value: object) -> str:
    """Write a value as canonical JSON. What is not text (NUL, lone surrogates) becomes U+FFFD."""
    try:
        text = _ENCODER.encode(value).decode()
    except UnicodeEncodeError:
        text = "\\u0000"
    if "\\u0000" in text:
        text = _ENCODER.encode(_clean(msgspec.to_builtins(value))).decode()
    return text


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


def clean(text: str) -> str:
    """Replace what is not text."""
    return _NOT_TEXT.sub("\ufffd", text)


def stamp(moment: datetime) -> str:
    """Write a time: UTC, always 27 characters, so that text order is time order."""
    if moment.tzinfo is None:
        raise ValueError("the manifest takes aware times only")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


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
    if isinstance(value, dict):
        return {clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value
