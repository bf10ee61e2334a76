"""The requests of one look: every answer is kept, and what may have been an accident is asked once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.checks import seen
from archiver.checks.page import Page, is_html
from archiver.checks.walls import wall
from archiver.model import FailureKind
from archiver.web import retry_after
from archiver.web.exchange import Exchange, Failure, Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archiver.model import Observation, Signal
    from archiver.web.client import Web
    from archiver.web.exchange import Hop, Validators
    from archiver.web.politeness import Turn

OURS = (FailureKind.OFFLINE, FailureKind.GAVE_UP, FailureKind.ROBOTS)  # failures that are not the host's
_PATIENCE = 30.0  # seconds that a host may ask for before the same question is put again
_NEVER_AGAIN = frozenset({501, 505, 511})


class Asking:
    """A look in progress: what was asked about a link, and what came of it."""

    def __init__(self, link: str, web: Web, turn: Turn | None, read_limit: int | None) -> None:
        self.link = link
        self.web = web
        self.read_limit = read_limit  # bytes of a decoded page
        self.answers: list[Exchange | Failure] = []
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
        # When the host's turn was withheld, what it did answer is all there is.
        return answer if isinstance(second, Failure) and second.kind in OURS else second

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
    if hop.status != 429 and not (500 <= hop.status < 600 and hop.status not in _NEVER_AGAIN):
        return False
    wait = retry_after.seconds(hop.header("retry-after"), hop.started)
    if wait is None and hop.status == 429:
        return False
    if wait is not None and wait > _PATIENCE:
        return False
    return not wall(hop, Page(hop.decoded, hop.charset) if is_html(hop) else None)
