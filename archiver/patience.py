"""How much it takes to believe the worst: for each reason so many looks over so many days, quick ones first.

A 404 is a host's own word on this page, so it convicts soonest (`policy.strikes` over `policy.days`). A server error
says least, so it takes longest (`policy.patient_strikes` over `policy.patient_days`). What lies between is derived from
these two, and `policy.reasons` may set any of them by itself. Pure.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

from archiver.model import Patience, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from archiver.model import Policy

# How far from the quickest (0) to the slowest (1) a reason stands.
_SLOWNESS = {
    # The host, or who keeps the thing there, says of this very thing that it is not there.
    Reason.NOT_FOUND: 0, Reason.GONE: 0, Reason.MEDIA_REMOVED: 0, Reason.EXPIRED: 0, Reason.SOFT_404: 0,
    Reason.REDIRECT_TO_HOME: 0,
    # Names lapse and are bought back within days; a site under repair sends emptiness, circles and wrong things.
    Reason.NO_SUCH_HOST: 0.25, Reason.PARKED: 0.25, Reason.EMPTY: 0.25, Reason.WRONG_TYPE: 0.25,
    Reason.REDIRECT_LOOP: 0.25, Reason.BAD_REDIRECT: 0.25,
    # The machine is there, and no server runs on it.
    Reason.REFUSED: 0.5,
    # Trouble that passes: of the server, of its certificate, of the network between.
    Reason.TIMEOUT: 1, Reason.SERVER_ERROR: 1, Reason.RESET: 1, Reason.DNS_ERROR: 1, Reason.TLS_ERROR: 1,
    Reason.BAD_ANSWER: 1, Reason.TRUNCATED: 1,
}
_DRIFT = (Reason.CONTENT_DRIFT, Reason.TITLE_DRIFT)
APART = timedelta(hours=12)  # looks that lie nearer to each other saw one and the same trouble

CONVICTING = (*_SLOWNESS, *_DRIFT)  # reasons that have a patience


def patience(policy: Policy, reason: Reason) -> Patience:
    """Tell what it takes to convict for a reason of CONVICTING."""
    own = policy.reasons.get(reason)
    if own is not None:
        return own
    quick = Patience(policy.strikes, policy.days)
    if reason in _DRIFT:
        # That something else stands there is seen, not inferred: a second look is to say that it was no accident.
        return Patience(min(2, quick.strikes), min(0.5, quick.days))
    slowness = _SLOWNESS[reason]
    return Patience(
        quick.strikes + math.ceil(slowness * (policy.patient_strikes - quick.strikes)),
        quick.days + slowness * (policy.patient_days - quick.days),
    )


def strikes(times: Iterable[datetime], wanted: Patience) -> int:
    """Count these looks, those that lie close together once: a run every few minutes must not convict sooner."""
    apart = min(APART, timedelta(days=wanted.days / wanted.strikes))
    count, last = 0, None
    for at in sorted(times):
        if last is None or at - last >= apart:
            count, last = count + 1, at
    return count


def enough(times: Iterable[datetime], wanted: Patience) -> bool:
    """Tell whether looks at these times convict."""
    times = sorted(times)
    return bool(times) and (
        times[-1] - times[0] >= timedelta(days=wanted.days) and strikes(times, wanted) >= wanted.strikes
    )
