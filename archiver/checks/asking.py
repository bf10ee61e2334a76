"""The requests of one look: every answer is kept, and what may have been an accident is asked once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.checks import seen
from archiver.checks.page import Page, is_html
from archiver.checks.walls import wall
from archiver.model import FailureKind, Signal, SignalKind
from archiver.web import retry_after
from archiver.web.exchange import HTML, Exchange, Failure, Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archiver.model import Observation
    from archiver.web.client import Web
    from archiver.web.exchange import Hop, Validators
    from archiver.web.turns import Turn

OURS = (FailureKind.OFFLINE, FailureKind.GAVE_UP, FailureKind.ROBOTS)  # failures that are not the host's
_PATIENCE = 30.0  # seconds that a host may ask for before the same question is put again
# Not said by accident: what the server cannot do, a quota that is spent, Cloudflare on a server that is not there.
_NEVER_AGAIN = frozenset({501, 505, 507, 508, 509, 511, *range(521, 531)})
_GONE = frozenset({404, 410})


class Asking:
    """A look in progress: what was asked about a link, and what came of it."""

    def __init__(self, link: str, web: Web, turn: Turn | None, read_limit: int | None) -> None:
        self.link = link
        self.web = web
        self.read_limit = read_limit  # bytes of a decoded page
        self.answers: list[Exchange | Failure] = []
        self.sibling: int | None = None  # status of an address that cannot exist, where this look has asked for one
        self._turn = turn

    async def fetch(
        self, url: str, *, headers: Mapping[str, str] | None = None, limit: int | None = None,
        unless: Validators | None = None,
    ) -> Exchange | Failure:
        """Ask, and ask once more where the first answer may have been an accident."""
        answer = await self._fetch_once(url, headers, limit, unless)
        if not _may_pass(answer):
            return answer
        second = await self._fetch_once(url, headers, limit)
        if isinstance(second, Failure):
            # What the host did answer says more than that it did not answer again; nor was it asked when its turn was
            # withheld.
            return answer if isinstance(answer, Exchange) or second.kind in OURS else second
        if second.final.status in _GONE and isinstance(answer, Exchange) and answer.final.status >= 500:
            # A host in trouble that now says 404 may have lost one of several servers: the third answer counts.
            third = await self._fetch_once(url, headers, limit)
            return third if isinstance(third, Exchange) else answer
        return second

    async def _fetch_once(
        self, url: str, headers: Mapping[str, str] | None, limit: int | None, unless: Validators | None = None,
    ) -> Exchange | Failure:
        turn, self._turn = self._turn, None  # a turn is for one request
        request = Request(url=url, headers=headers or {}, read_limit=limit, turn=turn, unless=unless)
        answer = await self.web.fetch(request)
        self.answers.append(answer)
        return answer

    def failed(self, failure: Failure, before: Sequence[Hop] = ()) -> Observation:
        """Give the observation of a look that came to no answer."""
        return seen.failed(self.link, failure, seen.began(self.answers[0]), before)

    def circled(self, hops: Sequence[Hop]) -> Observation:
        """Give the observation of pages that send their readers in a circle; a cookie that we drop may end it."""
        last = hops[-1]
        if any(hop.header("set-cookie") for hop in hops):
            why = "its pages send their readers in a circle, and want a cookie"
            return self.answered(hops, (Signal(kind=SignalKind.NEEDS_BROWSER, detail=why),))
        failure = Failure(
            request=Request(url=last.url), at=last.started, kind=FailureKind.REDIRECT_LOOP, url=last.url,
            detail="its pages send their readers in a circle",
        )
        return self.failed(failure, hops)

    def answered(
        self, hops: Sequence[Hop], signals: Sequence[Signal], *, final: str | None = None, title: str | None = None,
    ) -> Observation:
        """Give the observation of a look whose last hop is its answer."""
        return seen.answered(self.link, seen.began(self.answers[0]), hops, signals, final=final, title=title)


def _may_pass(answer: Exchange | Failure) -> bool:
    """Tell whether the same question, put again now, may well get another answer."""
    if isinstance(answer, Failure):
        return answer.kind is FailureKind.RESET
    hop = answer.final
    if hop.status == 200 and _came_to_nothing(hop):
        return True
    if hop.status != 429 and not (500 <= hop.status < 600 and hop.status not in _NEVER_AGAIN):
        return False
    wait = retry_after.seconds(hop.header("retry-after"), hop.started)
    if wait is None and hop.status == 429:
        return False
    if wait is not None and wait > _PATIENCE:
        return False
    return not wall(hop, Page(hop.decoded, hop.charset) if is_html(hop) else None)


def _came_to_nothing(hop: Hop) -> bool:
    """Tell whether a page was cut off, or nothing of it came: the server behind may have failed just then."""
    if hop.truncated == "disconnect":
        return is_html(hop) and bool(hop.decoded)  # what could not be decoded will come in the same coding again
    sent_on = hop.header("refresh") is not None
    return not hop.decoded and hop.truncated is None and hop.media_type in (None, *HTML) and not sent_on

