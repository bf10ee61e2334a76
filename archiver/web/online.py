"""Is this machine online? Asked whenever a failure could be our own network's instead of the link's.

Canaries are names that exist as long as anything does. The probe asks them after a failure, and the host that answered
last, lest canaries that are blocked here be taken for an outage. When nothing answers, nothing is judged: every fetch
ends as OFFLINE until something answers again.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_AGAIN = 10.0  # seconds between two probes while offline


class Online:
    """Keeps what is known of our own network."""

    def __init__(
        self, probe: Callable[[], Awaitable[bool]], *, now: Callable[[], float], changed: Callable[[bool], None],
    ) -> None:
        self._probe = probe
        self._now = now
        self._changed = changed
        self._answered = self._good = self._probed = float("-inf")
        self._running: asyncio.Task[bool] | None = None
        self.offline = False

    def answered(self) -> None:
        """Note that something on the open web has answered."""
        self._answered = self._now()
        if self.offline:
            self._set(offline=False)

    async def works(self, *, no_older: float) -> bool:
        """Tell whether the network works, by a probe that is made now or was made at most so many seconds ago."""
        if self._good >= self._now() - no_older:
            return True
        if self._running is None:
            self._running = asyncio.ensure_future(self._ask())
            self._running.add_done_callback(self._ended)
        return await asyncio.shield(self._running)

    async def back(self) -> bool:
        """Tell, while offline, whether the network has come back; probes now and then."""
        if self.offline and self._now() - self._probed >= _AGAIN:
            await self.works(no_older=0)
        return not self.offline

    def close(self) -> None:
        """Stop asking."""
        if self._running is not None:
            self._running.cancel()

    async def _ask(self) -> bool:
        began = self._now()
        good = await self._probe()
        self._probed = self._now()
        if good:
            self._good = self._probed
        self._set(offline=not good and self._answered < began)
        return good

    def _ended(self, _task: asyncio.Task[bool]) -> None:
        self._running = None

    def _set(self, *, offline: bool) -> None:
        if offline != self.offline:
            self.offline = offline
            self._changed(offline)
