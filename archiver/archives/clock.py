"""Politeness towards archives: one clock per service, shared by threads and by processes.

The next permitted time of each lane stands in a small file, changed under a lock and replaced atomically, so that two
cron jobs together are as polite as one. It must never let a request go before its time, and never wait longer than the
caller can: then the caller gets the time to come back instead.
"""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.clock import Clock

_FARTHEST = 25 * 3600.0  # a permitted time further ahead than this is a wall clock that was turned back
_LOCK_WAIT = 10.0  # seconds; the lock is held for microseconds, so longer means that the folder is broken
_PATIENCE = 60.0  # after a refusal that names no time
_LONGEST = 3600.0  # of a wait that we choose ourselves
_STRIKES = 5  # refusals in a row that open the breaker
_BREAK = 3600.0  # the Internet Archive's firewall block for those who go on asking lasts an hour
_SILENCE = 600.0  # the same for a service that gives no answer at all
_TICK = 2e-6  # what a time loses between a float and a datetime
_NOT_IN_NAMES = re.compile(r"[^a-z0-9.-]+")


class Lane(Struct, frozen=True, kw_only=True):
    """Requests of one service that are counted together, and the seconds between two of them."""

    name: str
    interval: float

    def slower(self, interval: float) -> Lane:
        """Give the same lane with a longer interval; a shorter one is not to be had."""
        return Lane(name=self.name, interval=max(interval, self.interval))


# What the Internet Archive asks for: 80 % of its hard limits (30 CDX questions and 7 captures a minute, 600 replays).
# The availability service is counted with CDX: the archive throttles an address over all endpoints.
CDX = Lane(name="query", interval=2.5)
AVAILABILITY = Lane(name="query", interval=3.0)
REPLAY = Lane(name="replay", interval=0.125)
SUBMIT = Lane(name="submit", interval=8.6)
SUBMIT_KEYLESS = Lane(name="submit", interval=20.0)
POLL = Lane(name="poll", interval=3.0)
MEMENTO = Lane(name="memento", interval=1.0)  # any other public archive
OWN = Lane(name="memento", interval=0.0)  # an archive on this machine or in this house


class Later(Struct, frozen=True, kw_only=True):
    """The request may not go now."""

    seconds: float  # until it may
    reason: str


class _Times(Struct):
    """What the file holds. All times are seconds since the epoch: processes share no other clock."""

    lanes: dict[str, float] = field(default_factory=dict)
    blocked: float = 0.0  # no lane may go before
    refusals: int = 0  # in a row


class HostClock:
    """The politeness clock of one service."""

    def __init__(self, name: str, clock: Clock, folder: Path | None) -> None:
        """Keep the times in `folder`; without one, or when it cannot be written, in this process only."""
        self.name = name
        self._clock = clock
        self._guard = threading.Lock()
        self._own = _Times()
        self._file: Path | None = None
        if folder is not None:
            with contextlib.suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
                self._file = folder / f"{_NOT_IN_NAMES.sub('_', name.lower()).strip('._')[:100]}.clock.json"

    def turn(self, lane: Lane, patience: float) -> Later | None:
        """Wait for a turn in the lane and take it, or tell when to come back if that is more than `patience` away."""
        while True:
            with self._times() as times:
                now = self._now()
                free = max(times.lanes.get(lane.name, 0.0), times.blocked)
                if free <= now + _TICK:
                    times.lanes[lane.name] = now + lane.interval
                    return None
                refused = times.refusals if times.blocked >= free else 0
            wait = free - now
            if wait > patience:
                why = f"gave no answer {refused} times" if refused > 1 else "asks for patience"
                return Later(seconds=wait, reason=f"{self.name} {why}; not asked again for {spoken(wait)}")
            self._clock.sleep(wait)

    def wait(self, lane: Lane) -> float:
        """Tell how long the next turn in a lane is away, without taking it."""
        with self._times() as times:
            return max(0.0, max(times.lanes.get(lane.name, 0.0), times.blocked) - self._now())

    def refused(self, *, retry_after: float | None = None, busy: bool = True) -> None:
        """Note a refusal: all lanes wait, the longer the more often; after five in a row, an hour.

        `busy` is False when the service did not say no but had no answer (down, unreachable); then only the fifth in a
        row makes the lanes wait, ten minutes, unless it named a time.
        """
        with self._times() as times:
            times.refusals = min(max(times.refusals, 0) + 1, 1000)
            wait = retry_after if retry_after is not None else 0.0
            if busy and retry_after is None:
                wait = min(_PATIENCE * 2 ** min(times.refusals - 1, 10), _LONGEST)
            if times.refusals >= _STRIKES:
                wait = max(wait, _BREAK if busy else _SILENCE)
            times.blocked = max(times.blocked, self._now() + min(wait, _FARTHEST))

    def accepted(self) -> None:
        """Note an answer: the count of refusals starts anew."""
        with self._times() as times:
            times.refusals = 0

    def hold(self, lane: Lane, seconds: float) -> None:
        """Keep one lane closed for so long, for everybody."""
        with self._times() as times:
            until = self._now() + min(seconds, _FARTHEST)
            times.lanes[lane.name] = max(times.lanes.get(lane.name, 0.0), until)

    def _now(self) -> float:
        return self._clock.now().timestamp()

    @contextlib.contextmanager
    def _times(self) -> Iterator[_Times]:
        """Lend the times to one thread of one process and keep what it made of them."""
        with self._guard, contextlib.ExitStack() as stack:
            file = self._file
            if file is not None:
                try:
                    stack.enter_context(_locked(file))
                except (OSError, TimeoutError):
                    file = self._file = None  # a broken folder must not stop the work; this process stays polite
            times = self._own if file is None else _read(file, self._own)
            horizon = self._now() + _FARTHEST
            times.lanes = {name: at for name, at in times.lanes.items() if at <= horizon}
            times.blocked = times.blocked if times.blocked <= horizon else 0.0
            before = _write(times)
            yield times
            self._own = times
            if file is not None and (text := _write(times)) != before:
                with contextlib.suppress(OSError):
                    _replace(file, text)


def _locked(file: Path) -> contextlib.AbstractContextManager[object]:
    from filelock import FileLock

    return FileLock(f"{file}.lock", timeout=_LOCK_WAIT)


def _read(file: Path, otherwise: _Times) -> _Times:
    """Read the file; one that is missing or damaged gives what this process knows."""
    try:
        table = json.loads(file.read_bytes())
        return _Times(
            lanes={str(name): float(at) for name, at in table["lanes"].items()},
            blocked=float(table["blocked"]), refusals=int(table["refusals"]),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return otherwise


def _write(times: _Times) -> str:
    return json.dumps({"lanes": times.lanes, "blocked": times.blocked, "refusals": times.refusals}, sort_keys=True)


def _replace(file: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}.", delete=False) as new:
        try:
            new.write(text)
            new.flush()
            Path(new.name).replace(file)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise


def spoken(seconds: float) -> str:
    """Give a time to wait in words."""
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"
