"""Run a coroutine: on uvloop where it can be imported, else on asyncio's own loop. The result is the same."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end on a loop of its own and give its result."""
    results: list[T] = []

    async def keep() -> None:
        # The runner ends with signal.getsignal, which makes a repr of the task and of whatever is its result.
        results.append(await main)

    # glibc hands memory back and asks for it again, page after page, until it has seen a large block come and go
    # (mallopt(3), M_MMAP_THRESHOLD): a fifth of the time of a look else.
    bytes(1_000_000)
    thresholds = gc.get_threshold()
    gc.set_threshold(20_000, *thresholds[1:])  # thousands of exchanges in flight, none in a cycle: it costs 5 % else
    try:
        with asyncio.Runner(loop_factory=factory()) as runner:
            runner.run(keep())
    finally:
        gc.set_threshold(*thresholds)
    return results[0]


def factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Give what makes the loops; None for asyncio's own."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    return new_event_loop
