"""Politeness: each host in its turn. A scheduler, not locks.

Every host has a queue. Hosts that may be asked now lie in a heap, longest queue first, so that the host which bounds
the run is never left waiting; hosts that may be asked later lie in a second heap, by time, with one timer for all.
Workers (`concurrency` of them) take from the first heap. A slow host keeps one worker, a huge one its queue only.

A *turn* is the right to send one request to one host. `interval` counts from the start of a host's request to the
start of its next one, and at most `per_host` are under way. Requests that come up on the way (a redirect's target, a
retry) take a turn of their own host, ahead of its queue, beside the workers' count; nobody waits for a turn while
holding another one, so nothing can lock up.

What belongs to a page that a browser is drawing (its scripts, its data) does not wait out the interval: no browser
does, and servers are made for that. It still takes turns, so no more than `per_host` are under way, and it waits like
all others for a host that asked to be left alone.

A host that answers 429 or 503 is left alone for as long as it asks, else for a growing while. When that is longer than
anybody would wait, its remaining links are handed out at once with a turn that is *withheld*: no request is made, and
the link ends as "gave up" instead of holding up the run.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from archiver.model import FailureKind
from archiver.web.turns import Turn, Withheld

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from archiver.web.turns import Elsewhere

PATIENCE = 60.0  # seconds that a host's queue waits for the host
_LONGEST_BACKOFF = 300.0
_LEAST_BACKOFF = 0.5
_BREATH = 256  # links handed out without a request, before the loop gets a chance to do other things


class _Host:
    __slots__ = ("active", "backoff_until", "exempt", "in_ready", "in_waiting", "interval", "name", "parts", "queue",
                 "ready_at", "shut_until", "strikes", "urgent")

    def __init__(self, name: str, interval: float, *, exempt: bool) -> None:
        self.name = name
        self.interval = interval
        self.exempt = exempt  # of this machine's own network: being offline does not matter
        self.queue: deque[str] = deque()
        self.urgent: deque[asyncio.Future[Turn]] = deque()
        self.parts: deque[asyncio.Future[Turn]] = deque()  # of pages that are being drawn
        self.active = 0
        self.ready_at = 0.0
        self.backoff_until = 0.0
        self.shut_until = 0.0
        self.strikes = 0
        self.in_ready = self.in_waiting = False


class Politeness:
    """The scheduler of one run."""

    def __init__(
        self, *, concurrency: int, per_host: int, interval: float, now: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE, exempt: Callable[[str], bool] = lambda _host: False,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._concurrency = concurrency
        self._per_host = per_host
        self._interval = interval
        self._now = now
        self._patience = patience
        self._exempt = exempt
        self._elsewhere = elsewhere
        self._base = max(10 * interval, _LEAST_BACKOFF)
        self._hosts: dict[str, _Host] = {}
        self._ready: list[tuple[int, int, _Host]] = []
        self._waiting: list[tuple[float, int, _Host]] = []
        self._count = 0  # breaks ties: first come, first served
        self._idle: deque[asyncio.Future[tuple[str, Turn] | None]] = deque()
        self._left = 0  # links of `each` that were not handed out yet
        self._running = False
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0
        self._deadline = float("inf")
        self._deadline_timer: asyncio.TimerHandle | None = None
        self._spent = False
        self._offline = False

    # ------------------------------------------------------------ for the requests

    async def take(self, name: str, *, part: bool = False) -> Turn:
        """Wait for a turn of a host, ahead of the host's queue; for a `part` of a page also ahead of the interval."""
        if self._elsewhere is not None and self._elsewhere.has(name):
            return await self._elsewhere.take(name, part=part)
        host = self._find(name)
        now = self._now()
        withheld = self._withheld(host, now)
        if withheld is not None:
            return Turn(self, host, withheld, last=True)
        waiting, ready_at = (host.parts, host.backoff_until) if part else (host.urgent, host.ready_at)
        if not waiting and host.active < self._per_host and now >= ready_at:
            return self._grant(host, now)
        future: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        waiting.append(future)
        self._settle(host, now)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                future.result().release()
            else:
                waiting.remove(future)
            raise

    def released(self, host: _Host) -> None:
        """Count a request as ended. Called by the turn."""
        host.active -= 1
        self._settle(host, self._now())
        self._wake()

    def answered(self, name: str) -> None:
        """Note that a host answered as it should: it wants no more patience."""
        if self._elsewhere is not None and self._elsewhere.has(name):
            self._elsewhere.answered(name)
            return
        host = self._hosts.get(name)
        if host is not None and host.strikes:
            host.strikes = 0

    def refused(self, name: str, retry_after: float | None) -> None:
        """Note that a host answered 429 or 503, perhaps saying for how many seconds it wants to be left alone."""
        if self._elsewhere is not None and self._elsewhere.has(name):
            self._elsewhere.refused(name, retry_after)
            return
        host, now = self._find(name), self._now()
        if now >= host.backoff_until:  # else it is the echo of a request sent before the host complained
            host.strikes += 1
        growing = min(self._base * 2.0 ** min(host.strikes - 1, 20), _LONGEST_BACKOFF)
        wait = growing if retry_after is None else retry_after if host.strikes <= 1 else max(retry_after, growing)
        wait = max(wait, self._interval)
        host.ready_at = host.backoff_until = max(host.ready_at, now + wait)
        if wait > self._patience or now + wait > self._deadline:
            host.shut_until = max(host.shut_until, now + wait)
        self._settle(host, now)
        self._wake()

    def slow_down(self, name: str, interval: float) -> None:
        """Leave at least so many seconds between two requests to a host: it asked for that."""
        host = self._find(name)
        host.interval = max(host.interval, interval)

    @property
    def left(self) -> float:
        """Give the seconds until the run's time is spent."""
        return max(0.0, self._deadline - self._now())

    def end_in(self, seconds: float) -> None:
        """Say when the run's time is spent: from then on all turns are withheld."""
        self._deadline = self._now() + seconds
        if self._deadline_timer is not None:
            self._deadline_timer.cancel()
        self._deadline_timer = asyncio.get_running_loop().call_later(seconds, self._out_of_time)

    def offline(self, *, now: bool) -> None:
        """Say whether this machine reaches anything: while it does not, turns are withheld at once."""
        self._offline = now
        if now:
            self._settle_all()

    def close(self) -> None:
        """Forget the timers."""
        for timer in (self._timer, self._deadline_timer):
            if timer is not None:
                timer.cancel()

    # ------------------------------------------------------------ for the links of a run

    async def each(
        self, links: Iterable[str], host_of: Callable[[str], str], work: Callable[[str, Turn], Awaitable[None]],
    ) -> int:
        """Run `work` for every link when its host has its turn; give the number of hosts.

        An exception of `work` ends it all and comes out as it is.
        """
        if self._running:
            raise RuntimeError("one batch at a time")
        hosts = set()
        for link in links:
            host = self._find(host_of(link))
            host.queue.append(link)
            hosts.add(host)
            self._left += 1
        self._running = True
        workers = min(self._concurrency, self._left)
        now = self._now()
        for host in hosts:
            self._settle(host, now)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(workers):
                    group.create_task(self._work(work))
        except BaseExceptionGroup as failed:
            raise failed.exceptions[0] from None
        finally:
            self._running = False
            self._left = 0
            self._idle.clear()
            for host in hosts:
                host.queue.clear()
        return len(hosts)

    async def _work(self, work: Callable[[str, Turn], Awaitable[None]]) -> None:
        withheld = 0
        while True:
            got = self._next()
            if got is None:
                got = await self._wait()
                if got is None:
                    return
            self._dismiss()
            link, turn = got
            try:
                await work(link, turn)
            finally:
                turn.release()
            if turn.withheld is not None:
                withheld += 1
                if withheld % _BREATH == 0:
                    await asyncio.sleep(0)

    async def _wait(self) -> tuple[str, Turn] | None:
        if not self._left:
            return None
        future: asyncio.Future[tuple[str, Turn] | None] = asyncio.get_running_loop().create_future()
        self._idle.append(future)
        return await future

    # ------------------------------------------------------------ the heaps

    def _find(self, name: str) -> _Host:
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host(name, self._interval, exempt=self._exempt(name))
        return host

    def _withheld(self, host: _Host, now: float) -> Withheld | None:
        if self._offline and not host.exempt:
            return Withheld(kind=FailureKind.OFFLINE, detail="this machine is offline")
        if self._spent or now >= self._deadline:
            return Withheld(kind=FailureKind.GAVE_UP, detail="the time for this run was spent")
        if now < host.shut_until:
            wait = host.shut_until - now
            return Withheld(
                kind=FailureKind.GAVE_UP, retry_after=wait, detail=f"the host asked to be left alone for {wait:.0f} s",
            )
        return None

    def _grant(self, host: _Host, now: float) -> Turn:
        host.active += 1
        host.ready_at = now + host.interval
        return Turn(self, host, None, last=not (host.queue or host.urgent or host.parts))

    def _next(self) -> tuple[str, Turn] | None:
        """Take the next link whose host may be asked now."""
        while self._ready:
            _, _, host = heappop(self._ready)
            host.in_ready = False
            if not host.queue:
                continue
            now = self._now()
            withheld = self._withheld(host, now)
            if withheld is None and (host.urgent or host.active >= self._per_host or now < host.ready_at):
                self._settle(host, now)  # somebody was faster
                continue
            link = host.queue.popleft()
            turn = self._grant(host, now) if withheld is None else Turn(self, host, withheld, last=True)
            self._left -= 1
            if host.queue:
                self._settle(host, now)
            return link, turn
        return None

    def _settle(self, host: _Host, now: float) -> None:
        """Put a host where it belongs, and let those who wait for it have their turns."""
        if not (host.queue or host.urgent or host.parts):
            return
        withheld = self._withheld(host, now)
        if withheld is not None:
            for future in (*host.urgent, *host.parts):
                _resolve(future, Turn(self, host, withheld, last=True))
            host.urgent.clear()
            host.parts.clear()
        elif host.active >= self._per_host:
            return  # comes here again when a turn is given back
        else:
            self._grant_urgent(host, now)
            if now < host.ready_at:
                if (host.queue or host.urgent or host.parts) and not host.in_waiting:
                    host.in_waiting = True
                    self._count += 1
                    heappush(self._waiting, (host.ready_at, self._count, host))
                    self._arm(now)
                return
            if host.urgent or host.active >= self._per_host:
                return
        if host.queue and not host.in_ready:
            host.in_ready = True
            self._count += 1
            heappush(self._ready, (-len(host.queue), self._count, host))

    def _grant_urgent(self, host: _Host, now: float) -> None:
        """Grant turns to the parts of pages and then to the other requests that came up on the way."""
        while host.active < self._per_host:
            if host.parts and now >= host.backoff_until:
                future = host.parts.popleft()
            elif host.urgent and now >= host.ready_at:
                future = host.urgent.popleft()
            else:
                return
            if not future.done():
                future.set_result(self._grant(host, now))

    def _settle_all(self) -> None:
        now = self._now()
        for host in self._hosts.values():
            self._settle(host, now)
        self._wake()

    def _wake(self) -> None:
        """Give idle workers what is ready."""
        while self._idle and self._ready:
            got = self._next()
            if got is None:
                return
            self._give(got)

    def _dismiss(self) -> None:
        """Send the idle workers home when there is nothing left to hand out."""
        while self._idle and not self._left:
            self._give(None)

    def _give(self, got: tuple[str, Turn] | None) -> None:
        while self._idle:
            future = self._idle.popleft()
            if not future.done():
                future.set_result(got)
                return
        if got is not None:
            got[1].release()  # everybody has left: the batch is being cancelled

    # ------------------------------------------------------------ time

    def _arm(self, now: float) -> None:
        at = self._waiting[0][0]
        if self._timer is not None and self._timer_at <= at:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = at
        self._timer = asyncio.get_running_loop().call_later(max(0.0, at - now), self._due)

    def _due(self) -> None:
        self._timer = None
        now = self._now()
        while self._waiting and self._waiting[0][0] <= now:
            _, _, host = heappop(self._waiting)
            host.in_waiting = False
            self._settle(host, now)
        if self._waiting and self._timer is None:
            # Loops round to milliseconds: one that called too early must not be asked to call at once again.
            self._timer_at = self._waiting[0][0]
            delay = max(0.001, self._timer_at - now)
            self._timer = asyncio.get_running_loop().call_later(delay, self._due)
        self._wake()

    def _out_of_time(self) -> None:
        self._spent = True
        self._settle_all()


def _resolve(future: asyncio.Future[Turn], turn: Turn) -> None:
    if not future.done():
        future.set_result(turn)
