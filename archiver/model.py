"""The nouns. Frozen values and enums only; no behaviour beyond small derived facts, no I/O.

Words are those of docs/words.md: documents cite links; a look gives an observation; the judge gives a verdict; an
archive has snapshots; a capture lies on our disk; the manifest records it all. All times are aware and UTC.
"""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - msgspec reads these annotations when it decodes a record
from enum import StrEnum

from msgspec import Struct, field

# ---------------------------------------------------------------- documents and citations


class CitationKind(StrEnum):
    """What a citation is in its document."""

    FOOTNOTE = "footnote"  # a marker with a note body
    REFERENCE = "reference"  # an entry of a list of works cited
    MEDIA = "media"  # a video or audio, wherever it stands
    INLINE = "inline"  # a link in running text


class Place(Struct, frozen=True, kw_only=True):
    """Where something stands in a document."""

    line: int | None = None  # from 1
    column: int | None = None  # from 1, in characters
    page: int | None = None  # from 1, where the format has pages
    part: str | None = None  # the file in it where line and column count: a chapter of a book
    start: int | None = None  # offset of the first character in the decoded text
    end: int | None = None  # offset behind the last one


class Citation(Struct, frozen=True, kw_only=True):
    """One place in a document that refers to something."""

    document: str  # the document's source
    place: Place
    kind: CitationKind
    url: str | None  # the address as written, entities and escapes resolved; None when there is none
    link: str | None  # the normalised address (urls.normalise); None when there is none or it is no address
    label: str | None = None  # the number or sign that the reader sees, e.g. "3"
    text: str = ""  # anchor text, or the word that carries the marker
    note: str | None = None  # body of the note, None when it has none
    context: str = ""  # the sentence around it, one line
    lost: bool = False  # a target stood here or was announced, and is gone
    confidence: float = 1.0  # of the match between marker and note body, 0..1
    cited_on: date | None = None  # the day the citation itself gives ("accessed 3 May 2014")
    variants: tuple[str, ...] = ()  # the address as it may have been meant, too: without a digit that may be a marker
    written: str | None = None  # the context as it stands in the document, where that is mojibake and `context` is not


class Document(Struct, frozen=True, kw_only=True):
    """Something a person wrote and we read."""

    source: str  # path as given, address, or "-" for standard input
    sha256: str  # of the bytes read, hex
    size: int  # bytes
    media_type: str
    citations: tuple[Citation, ...] = ()
    title: str | None = None
    author: str | None = None
    publication: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None  # its own public address, where it says so
    origins: dict[str, str] = field(default_factory=dict)  # for title, author, ...: what part of it said so
    warnings: tuple[str, ...] = ()


class Unreadable(Struct, frozen=True, kw_only=True):
    """A document that could not be read; a sibling of Document, so that one bad file stops nothing."""

    source: str
    reason: str  # one line: what is wrong
    hint: str = ""  # one line: what to do


# ---------------------------------------------------------------- looks


class FailureKind(StrEnum):
    """Why a request gave no complete answer. Every way that libcurl can fail maps to one of these."""

    NO_SUCH_HOST = "no-such-host"  # the name does not exist, says a resolver that works
    DNS_ERROR = "dns-error"  # the resolver failed; says nothing of the name
    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT = "timeout"
    TLS_ERROR = "tls-error"
    BAD_ANSWER = "bad-answer"  # not HTTP, or broken beyond reading
    BAD_REDIRECT = "bad-redirect"  # to a scheme or an address that nobody can follow
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    FORBIDDEN_ADDRESS = "private-address"  # the guard refused to connect
    UNSUPPORTED = "unsupported"  # not http or https, or no address at all
    ROBOTS = "robots"  # robots.txt forbids, and the settings honour it
    OFFLINE = "offline"  # this machine reaches nothing
    PROXY = "proxy"  # the configured proxy failed
    GAVE_UP = "gave-up"  # the run's time was spent, or the host asked us to come back later than that


class SignalKind(StrEnum):
    """A fact in an answer that the judge weighs. The codes are stored in manifests: never rename one."""

    SOFT_404 = "soft-404"  # the page's own words say that the thing is not there
    EMPTY = "empty"  # no body, or nothing readable in it
    PARKED = "parked"  # the domain is for sale
    BOT_WALL = "bot-wall"  # the answer is a challenge for robots
    LOGIN = "login"
    PAYWALL = "paywall"
    CONSENT = "consent"
    TO_HOME = "redirect-to-home"  # redirected from a deep page to the site's front page
    TO_LOGIN = "redirect-to-login"
    TO_ERROR = "redirect-to-error"  # redirected to a page whose address says "not found"
    SAME_THING = "same-thing"  # redirected, and the final page is plainly the same article
    META_REFRESH = "meta-refresh"
    WRONG_TYPE = "wrong-type"  # a page where a file was cited
    FRAGMENT_MISSING = "fragment-missing"
    INSECURE_REDIRECT = "insecure-redirect"  # from https to http
    TLS_UNTRUSTED = "tls-untrusted"
    MEDIA_ALIVE = "media-alive"  # the host says that the video is there
    MEDIA_NOT_EMBEDDABLE = "media-not-embeddable"  # there, but not to be embedded
    MEDIA_REMOVED = "media-removed"
    MEDIA_PRIVATE = "media-private"
    MEDIA_GEO = "media-geo"
    MEDIA_UNCLEAR = "media-unclear"  # the host's answer settles nothing
    RATE_LIMITED = "rate-limited"  # the host wants us to slow down, and says so in words
    NEEDS_BROWSER = "needs-browser"  # a script draws the page, and the host answers any address with it
    TRY_LATER = "try-later"  # the page's own words say that the site is closed for a while
    CONTENT_DRIFT = "content-drift"  # what it says now has nothing in common with what was cited
    TITLE_DRIFT = "title-drift"  # it is called something else, and says something else
    EXPIRED = "expired"  # a signed address whose time is over, as it was made to be
    AGE_RESTRICTED = "age-restricted"  # shown to grown-ups only
    ENDED = "ended"  # a live broadcast that is over
    DRAWN = "drawn"  # a browser drew the page; what was read is what it then showed
    UNCHANGED = "unchanged"  # the server says that it is as it was at an earlier look
    REGISTERED = "registered"  # a resolver knows the identifier, whatever its target answers


class Signal(Struct, frozen=True, kw_only=True):
    """One such fact, with the evidence a person can check."""

    kind: SignalKind
    detail: str = ""


class HopFact(Struct, frozen=True, kw_only=True):
    """One request of a look: address asked, answer given."""

    url: str
    status: int
    location: str | None = None
    milliseconds: int = 0


class Variant(Struct, frozen=True, kw_only=True):
    """The address as it may have been meant, which was asked for because the cited one does not work."""

    url: str
    why: str  # how it differs, for people: "without the digit at its end"


class Observation(Struct, frozen=True, kw_only=True):
    """What one look showed: facts only. Whether the link lives is the judge's business."""

    link: str
    at: datetime  # when the look began
    hops: tuple[HopFact, ...] = ()
    failure: FailureKind | None = None  # set when there is no final answer
    failure_detail: str = ""
    status: int | None = None  # of the final answer
    final_url: str | None = None
    media_type: str | None = None  # of the final answer, without parameters
    length: int | None = None  # bytes of body received, decoded
    truncated: str | None = None  # length | time | disconnect, as in WARC-Truncated
    sha256: str | None = None  # of the decoded body, hex
    title: str | None = None
    retry_after: int | None = None  # seconds the server asked us to stay away
    peer: str | None = None  # address connected to
    signals: tuple[Signal, ...] = ()
    etag: str | None = None  # validators of the final answer, for asking whether it has changed
    modified: str | None = None
    fix: Variant | None = None  # a variant that is there, where the cited address is not
    via: str | None = None  # how the look was made, when not from here: "second opinion"
    sibling: int | None = None  # status that the host gave to an address that cannot exist, asked in this look

    def has(self, *kinds: SignalKind) -> bool:
        """Tell whether any of these signals was seen."""
        return any(signal.kind in kinds for signal in self.signals)

    def detail(self, kind: SignalKind) -> str:
        """Give the evidence of the first such signal, or nothing."""
        return next((signal.detail for signal in self.signals if signal.kind is kind), "")


# ---------------------------------------------------------------- verdicts


class VerdictKind(StrEnum):
    """What we believe of a link."""

    ALIVE = "alive"
    MOVED = "moved"
    CHANGED = "changed"
    DEAD = "dead"
    RESTRICTED = "restricted"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


THERE = frozenset({VerdictKind.ALIVE, VerdictKind.MOVED})  # what was cited can be had
LIFE = THERE | {VerdictKind.RESTRICTED}  # somebody can have it: ends every count of failures


class Reason(StrEnum):
    """Why. Kebab-case codes, the same in code, JSON, report and mail."""

    OK = "ok"
    PERMANENT_REDIRECT = "permanent-redirect"
    META_REFRESH = "meta-refresh"
    CONTENT_DRIFT = "content-drift"
    TITLE_DRIFT = "title-drift"
    GONE = "gone"
    NOT_FOUND = "not-found"
    SOFT_404 = "soft-404"
    REDIRECT_TO_HOME = "redirect-to-home"
    PARKED = "parked"
    NO_SUCH_HOST = "no-such-host"
    MEDIA_REMOVED = "media-removed"
    EMPTY = "empty"
    WRONG_TYPE = "wrong-type"
    EXPIRED = "expired"
    REDIRECT_LOOP = "redirect-loop"
    BAD_REDIRECT = "bad-redirect"
    LOGIN = "login"
    PAYWALL = "paywall"
    CONSENT = "consent"
    PRIVATE_MEDIA = "private-media"
    LEGAL = "legal"
    BOT_WALL = "bot-wall"
    FORBIDDEN = "forbidden"
    GEO = "geo"
    SERVER_ERROR = "server-error"
    TIMEOUT = "timeout"
    RATE_LIMITED = "rate-limited"
    RESET = "reset"
    TRUNCATED = "truncated"
    REFUSED = "refused"
    DNS_ERROR = "dns-error"
    TLS_ERROR = "tls-error"
    BAD_ANSWER = "bad-answer"
    OFFLINE = "offline"
    ROBOTS = "robots"
    PROXY = "proxy"
    GAVE_UP = "gave-up"
    NOT_LOOKED = "not-looked"
    NEEDS_BROWSER = "needs-browser"
    MARKED = "marked"  # a person says so
    EXCLUDED = "excluded"
    UNSUPPORTED = "unsupported"
    PRIVATE_ADDRESS = "private-address"


class WarningCode(StrEnum):
    """Worth a word, changes no verdict."""

    TLS_UNTRUSTED = "tls-untrusted"
    FRAGMENT_MISSING = "fragment-missing"
    INSECURE_REDIRECT = "insecure-redirect"
    NOT_EMBEDDABLE = "not-embeddable"
    TEMPORARY_REDIRECT = "temporary-redirect"
    AGE_RESTRICTED = "age-restricted"
    LIVE_ENDED = "live-ended"
    TARGET_REFUSES = "target-refuses"  # a resolver knows it; the publisher's site does not let us look


class Verdict(Struct, frozen=True, kw_only=True):
    """What we believe of a link: a pure function of its observations and the policy."""

    kind: VerdictKind
    reason: Reason
    because: str  # one sentence that a reader can check
    confirmed: bool = False  # enough looks on enough days; only ever true for `run`
    status: int | None = None
    final_url: str | None = None
    warnings: tuple[WarningCode, ...] = ()
    fix: Variant | None = None  # the address that was probably meant, and is there


class Patience(Struct, frozen=True):
    """How much it takes to convict: so many failing looks, so many days from the first of them to the last."""

    strikes: int
    days: float


class Policy(Struct, frozen=True, kw_only=True):
    """What it takes to convict; patience.py makes of it what it takes for each reason."""

    strikes: int = 3  # looks that fail, without a sign of life between
    days: float = 6.0  # at least so long from the first of them to the last
    patient_strikes: int = 5  # for reasons that say least: timeouts, server errors
    patient_days: float = 30.0
    reasons: dict[Reason, Patience] = {}  # for single reasons, before all of this


# ---------------------------------------------------------------- archives


class SnapshotHow(StrEnum):
    """Where a snapshot came from."""

    FOUND = "found"
    SUBMITTED = "submitted"


class Snapshot(Struct, frozen=True, kw_only=True):
    """A memento: a copy in a web archive."""

    archive: str  # the archive's name in the settings
    url: str  # URI-M
    original: str  # URI-R as the archive has it
    taken: datetime  # memento datetime
    how: SnapshotHow = SnapshotHow.FOUND
    status: int | None = None  # HTTP status at capture, where the archive tells
    media_type: str | None = None
    digest: str | None = None  # the archive's own, for comparing its snapshots with each other only
    good: bool | None = None  # None: not proved yet


class Answer(StrEnum):
    """An archive's answer to a lookup. `none` only when the archive itself said so."""

    FOUND = "found"
    NONE = "none"
    UNKNOWN = "unknown"


class Lookup(Struct, frozen=True, kw_only=True):
    """What one archive answered about one link."""

    archive: str
    link: str
    at: datetime
    answer: Answer
    snapshots: tuple[Snapshot, ...] = ()
    reason: str = ""  # why unknown, one line
    retry_after: float | None = None  # seconds, when the archive asked for patience


class JobState(StrEnum):
    """Where a submission stands."""

    PENDING = "pending"  # accepted, not finished
    DONE = "done"  # a snapshot exists
    REFUSED = "refused"  # never for this link, says the archive
    FAILED = "failed"  # try again later
    UNCLEAR = "unclear"  # the answer was lost: look up before submitting again
    QUOTA = "quota"  # the archive wants no more from us for now


class Job(Struct, frozen=True, kw_only=True):
    """A submission to an archive; it outlives the run that made it."""

    id: str  # ours, time-ordered
    archive: str
    link: str
    submitted: datetime
    state: JobState
    asked: datetime  # when the state was last learned
    remote_id: str | None = None  # the archive's, never validated for its shape
    next_ask: datetime | None = None  # not before this
    code: str = ""  # the archive's own, e.g. status_ext
    message: str = ""
    snapshot: Snapshot | None = None

    @property
    def open(self) -> bool:
        """Tell whether somebody must still ask about it."""
        return self.state in (JobState.PENDING, JobState.UNCLEAR)


# ---------------------------------------------------------------- captures


class CaptureKind(StrEnum):
    """What lies on our disk."""

    PAGE = "page"  # WARC records
    MEDIA = "media"  # a media file


class Capture(Struct, frozen=True, kw_only=True):
    """A copy on our disk."""

    link: str
    kind: CaptureKind
    at: datetime
    path: str  # relative to the captures folder, with forward slashes
    sha256: str  # of the decoded body or of the file, hex
    media_type: str
    size: int
    record_id: str | None = None  # of the WARC response or revisit record
    offset: int | None = None  # of that record in the WARC
    revisit: bool = False  # unchanged: the bytes stand in an earlier record
    truncated: str | None = None  # length | time | disconnect


# ---------------------------------------------------------------- what a report is made of


class RunFacts(Struct, frozen=True, kw_only=True):
    """The run that a report tells of."""

    id: str
    started: datetime
    finished: datetime | None
    version: str
    offline: bool = False
    interrupted: bool = False


class Mark(Struct, frozen=True, kw_only=True):
    """What a person says of a link; it stands above what looks say until its end."""

    link: str
    at: datetime
    kind: VerdictKind
    reason: str  # in the person's words
    by: str
    until: date | None = None  # the last day it holds, UTC; None: for ever

    def holds(self, now: datetime) -> bool:
        """Tell whether it holds at this time."""
        return self.until is None or now.date() <= self.until


MOST_THERE = 1000  # times of a host's links that are given


class HostFacts(Struct, frozen=True, kw_only=True):
    """What looks have shown of a host, and when last. Times are of looks; None: never."""

    name: str
    answered: datetime | None = None  # any answer of its own
    silent: datetime | None = None  # nothing was reached
    silence: str = ""  # how that failed
    honest: datetime | None = None  # it answered 404 or 410, so it says no to what it does not have
    catch_all: datetime | None = None  # it gave a page for an address that cannot exist
    wall: datetime | None = None  # a wall against robots
    wall_by: str = ""  # its evidence
    robots: datetime | None = None  # its robots.txt kept us out
    limited: datetime | None = None  # it wanted us to slow down
    retry_after: int | None = None  # seconds, if it then said for how long
    links: int = 0  # cited ones; of them
    alive: int = 0  # (moved ones, too)
    dead: int = 0
    there: tuple[datetime, ...] = ()  # last looks at its links that are there, newest first, at most a thousand


class LinkState(Struct, frozen=True, kw_only=True):
    """All that is believed of one link now."""

    link: str
    verdict: Verdict  # a person's, while a mark holds; `judged` is then what looks say
    citations: tuple[Citation, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()  # the chosen one first
    captures: tuple[Capture, ...] = ()
    jobs: tuple[Job, ...] = ()  # open ones
    looked: datetime | None = None  # last look
    looks: int = 0
    since: datetime | None = None  # since when looks give it this verdict kind
    mark: Mark | None = None  # the mark that holds now
    judged: Verdict | None = None  # what lies beneath that mark


class Report(Struct, frozen=True, kw_only=True):
    """What `check` saw or what the manifest knows; every output format is made from this."""

    run: RunFacts
    documents: tuple[Document, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    links: tuple[LinkState, ...] = ()
    lost: tuple[Citation, ...] = ()
