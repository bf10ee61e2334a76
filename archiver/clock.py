"""Time, injected. Wall time is aware and UTC; waiting is done through the clock so that tests never sleep."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tell the time and wait."""

    def now(self) -> datetime:
        """Give the wall time, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Give seconds that never go back, for measuring and for politeness."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait in this thread."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            time.sleep(seconds)


class ManualClock:
    """A clock that a story or a test turns by hand; sleeping turns it too and takes no time.

    `naps` keeps every sleep, in seconds, so that a test can see how long was waited.
    """

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware time")
        self._now = start.astimezone(UTC)
        self._monotonic = 0.0
        self.naps: list[float] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            self.naps.append(seconds)
            self.advance(timedelta(seconds=seconds))

    def advance(self, by: timedelta) -> None:
        """Turn the clock forward."""
        if by < timedelta(0):
            raise ValueError("time does not go back")
        self._now += by
        self._monotonic += by.total_seconds()
