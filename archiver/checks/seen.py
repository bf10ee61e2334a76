"""Puts down what a look showed: one Observation from the answers, whoever asked for them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from archiver.checks.facts import final_address
from archiver.model import Observation
from archiver.web import retry_after
from archiver.web.exchange import Exchange, Failure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archiver.model import Signal
    from archiver.web.exchange import Hop

_LONGEST = 200  # characters of a validator; longer ones are not worth sending back


def failed(link: str, failure: Failure, at: datetime, before: Sequence[Hop] = ()) -> Observation:
    """Tell of a look that came to no answer. `before`: hops that were made before the one that failed."""
    hops = (*before, *failure.hops)
    return Observation(
        link=link, at=at, hops=tuple(hop.fact for hop in hops), failure=failure.kind, failure_detail=failure.detail,
        final_url=failure.url, retry_after=None if failure.retry_after is None else round(failure.retry_after),
        peer=hops[-1].peer if hops else None,
    )


def answered(
    link: str, at: datetime, hops: Sequence[Hop], signals: Sequence[Signal], *, final: str | None = None,
    title: str | None = None,
) -> Observation:
    """Tell of a look whose last hop is its answer. `final`: its address, where that is not the last hop's."""
    hop = hops[-1]
    wait = retry_after.seconds(hop.header("retry-after"), hop.started) if hop.status in (429, 503) else None
    return Observation(
        link=link, at=at, hops=tuple(one.fact for one in hops), status=hop.status,
        final_url=final or final_address(hops), media_type=hop.media_type, length=len(hop.decoded),
        truncated=hop.truncated, sha256=hashlib.sha256(hop.decoded).hexdigest(),
        title=title[:500] if title else None, retry_after=None if wait is None else round(wait), peer=hop.peer,
        signals=tuple(signals), etag=_validator(hop, "etag"), modified=_validator(hop, "last-modified"),
    )


def _validator(hop: Hop, name: str) -> str | None:
    value = hop.header(name)
    return value if value and len(value) <= _LONGEST and value.isprintable() else None


def began(answer: Exchange | Failure) -> datetime:
    """Tell when the first request was made."""
    if isinstance(answer, Failure):
        return answer.hops[0].started if answer.hops else answer.at
    return answer.hops[0].started
