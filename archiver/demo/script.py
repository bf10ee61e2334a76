"""The cast of the demo world: sites, how they can be reached, and the cases that look at them.

A new situation is one row (`Case`) in a module of sites/; a new site is a few calls of `Site.put`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from msgspec import Struct, field

from archiver.demo.answers import Ask, Behaviour, Reply, page, perform
from archiver.demo.prose import front_page, not_found

if TYPE_CHECKING:
    from archiver.model import Reason, VerdictKind, WarningCode


class Reach(StrEnum):
    """Whether the proxy gets through to a host. The names are RFC 9209's proxy error types where it has them."""

    ANSWERS = "answers"
    NO_SUCH_HOST = "nxdomain"  # dns_error with rcode NXDOMAIN
    DNS_ERROR = "servfail"  # dns_error with rcode SERVFAIL
    REFUSED = "connection_refused"
    TIMEOUT = "connection_timeout"
    TERMINATED = "connection_terminated"


class Face(StrEnum):
    """What a host shows to a client that begins with TLS."""

    TRUSTED = "trusted"
    SELF_SIGNED = "self-signed"
    EXPIRED = "expired"
    WRONG_NAME = "wrong-name"
    INCOMPLETE = "incomplete"  # its own certificate, without the one that vouches for it
    OLD_PROTOCOL = "old-protocol"  # an alert: no protocol in common
    NO_CIPHER = "no-cipher"  # an alert: no cipher in common
    HANGS_UP = "hangs-up"  # no TLS either: the connection ends after the client's hello
    PLAIN_HTTP = "plain-http"  # no TLS at all on this port


HostReach: TypeAlias = Reach | Callable[[float], Reach]  # a function takes the day of the world


class Site:
    """One host. What is not put on it is a 404, honestly."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.reach: HostReach = Reach.ANSWERS
        self.face = Face.TRUSTED
        self.missing: Behaviour = page(not_found(host), status=404)
        self._pages: dict[str, Behaviour] = {"/": page(front_page(host))}

    def put(self, target: str, behaviour: Behaviour) -> Site:
        """Say what a path answers, or a path with its query when `target` has one."""
        self._pages[target] = behaviour
        return self

    def answer(self, ask: Ask) -> Reply:
        """Answer a request."""
        behaviour = self._pages.get(ask.target) or self._pages.get(ask.path) or self.missing
        return perform(behaviour, ask)

    def reached(self, day: float) -> Reach:
        """Tell whether the host can be reached on this day of the world."""
        return self.reach if isinstance(self.reach, Reach) else self.reach(day)


class Sites:
    """All hosts. Any other name does not exist."""

    def __init__(self) -> None:
        self._sites: dict[str, Site] = {}

    def __getitem__(self, host: str) -> Site:
        """Give a host's site; a host that nobody knew comes into being."""
        return self._sites.setdefault(host, Site(host))

    def __iter__(self) -> Iterator[Site]:
        return iter(self._sites.values())

    def add(self, host: str) -> Site:
        """Let a host exist, with its front page."""
        return self[host]

    def find(self, host: str) -> Site | None:
        """Give a host's site, if there is one."""
        return self._sites.get(host)

    def put(self, url: str, behaviour: Behaviour) -> None:
        """Say what an address answers, whatever its scheme and port."""
        parts = urlsplit(url)
        if parts.hostname is None:
            raise ValueError(f"no host in {url}")
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self[parts.hostname].put(target, behaviour)

    def play(self, cases: Iterable[Case]) -> None:
        """Put the cases on their sites."""
        for case in cases:
            if case.serve is not None:
                self.put(case.url, case.serve)
            for url, behaviour in case.beside.items():
                self.put(url, behaviour)
            host = urlsplit(case.url).hostname or ""
            if case.rest is not None:
                self[host].missing = case.rest
            if case.reach is not Reach.ANSWERS and case.reach is not Reach.NO_SUCH_HOST:
                self[host].reach = case.reach
            if case.face is not Face.TRUSTED:
                self[host].face = case.face


class Case(Struct, frozen=True, kw_only=True):
    """A situation: an address, what it answers, and what one look at it must come to."""

    name: str
    url: str  # as a document cites it
    verdict: VerdictKind
    reason: Reason
    says: str  # what is going on, for people
    warnings: tuple[WarningCode, ...] = ()
    fix: str | None = None  # the variant of the address that is there
    needs: frozenset[str] = frozenset()  # beyond one GET: "retry", "cookies", "sibling", "browser", "drift"
    serve: Behaviour | None = None  # what the address answers; None: whatever its site does
    beside: dict[str, Behaviour] = field(default_factory=dict)  # other addresses that belong to it
    rest: Behaviour | None = None  # what every other address of its host answers
    reach: Reach = Reach.ANSWERS
    face: Face = Face.TRUSTED
