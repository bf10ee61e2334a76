"""What a request is, and what came of it: the values that looks, verdicts and WARC records are made from.

One exchange serves three uses (the verdict, the fingerprint and the WARC), so it keeps the bytes as they were sent.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003
from typing import TYPE_CHECKING

from msgspec import Struct, field

from archiver.model import FailureKind, HopFact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.web.turns import Turn


HTML = frozenset({"text/html", "application/xhtml+xml"})  # media types of pages


class Validators(Struct, frozen=True, kw_only=True):
    """What an earlier answer of an address said of its state (RFC 9110, section 8.8), to be told when it changes."""

    url: str  # without fragment
    etag: str | None = None
    modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """Give the headers that ask for the answer only where it has changed."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in found.items() if value}


class Request(Struct, frozen=True, kw_only=True):
    """One GET. `url` is a link (urls.normalise); its fragment is not sent."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)  # beside our own
    read_limit: int | None = None  # bytes of decoded body; None: the settings' read_limit
    follow: bool = True  # follow redirects
    unless: Validators | None = None  # answer 304 unless it has changed; sent to that one address only
    part_of_page: bool = False  # belongs to a page that is being drawn: does not wait out the pause between two pages
    turn: Turn | None = None  # the host's turn, when the caller holds it already (Web.each hands them out)


class Timings(Struct, frozen=True, kw_only=True):
    """Seconds from the start of the hop to the end of each phase."""

    resolved: float = 0.0
    connected: float = 0.0
    encrypted: float = 0.0  # 0 on plain HTTP
    first_byte: float = 0.0
    total: float = 0.0


class Certificate(Struct, frozen=True, kw_only=True):
    """The server's own certificate, as far as libcurl tells."""

    subject: str = ""
    issuer: str = ""
    expires: str = ""


class Hop(Struct, frozen=True, kw_only=True):
    """One request and its answer. Bytes are as they went over the wire, but for the transfer coding."""

    url: str
    started: datetime
    request_head: bytes  # request line and headers as sent, with the final empty line
    head: bytes  # status line and headers as received, with the final empty line; HTTP/2 as libcurl writes it
    status: int
    headers: tuple[tuple[str, str], ...]  # in order, names as received, values decoded as latin-1
    body: bytes  # content-encoded as received (chunking removed), possibly cut: see `truncated`
    decoded: bytes  # body without Content-Encoding, at most the read limit; what digests and judging use
    truncated: str | None = None  # length | time | disconnect, as in WARC-Truncated
    http_version: str = "1.1"
    peer: str | None = None  # address connected to
    tls_untrusted: bool = False
    tls_detail: str = ""  # why untrusted
    certificate: Certificate | None = None
    timings: Timings = Timings()

    def header(self, name: str) -> str | None:
        """Give the first value of a header, whatever its case."""
        wanted = name.lower()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value
        return None

    @property
    def media_type(self) -> str | None:
        """Give the declared media type in lower case, without parameters."""
        value = self.header("content-type")
        return value.partition(";")[0].strip().lower() or None if value else None

    @property
    def charset(self) -> str | None:
        """Give the declared charset in lower case."""
        for part in (self.header("content-type") or "").split(";")[1:]:
            key, _, value = part.partition("=")
            if key.strip().lower() == "charset":
                return value.strip(" \"'").lower() or None
        return None

    @property
    def fact(self) -> HopFact:
        """Give what the manifest keeps of it."""
        return HopFact(
            url=self.url, status=self.status, location=self.header("location"),
            milliseconds=round(self.timings.total * 1000),
        )


class Exchange(Struct, frozen=True, kw_only=True):
    """A request that got its final answer: every hop, the last one last."""

    request: Request
    hops: tuple[Hop, ...]

    @property
    def final(self) -> Hop:
        """Give the last hop."""
        return self.hops[-1]


class Failure(Struct, frozen=True, kw_only=True):
    """A request that got no final answer, with the hops that did answer."""

    request: Request
    at: datetime
    kind: FailureKind
    detail: str  # one line, without addresses of ours or secrets
    url: str  # the hop that failed
    hops: tuple[Hop, ...] = ()
    retry_after: float | None = None
