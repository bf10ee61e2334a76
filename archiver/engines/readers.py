"""Read many documents side by side, on all cores. A few are read at once, in this process: forking would cost more."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from archiver import documents
from archiver.documents.raw import Raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor
    from contextlib import AbstractContextManager

    from archiver.model import Document, Unreadable

T = TypeVar("T")

_ALONE = 1_000_000  # bytes that this process reads before it asks others for help
_WAITING = 20_000_000  # bytes of documents that wait to be read: memory has an end, folders need not have one
_AHEAD = 32  # documents
_MOST = 8  # processes


def read_all(
    items: Iterable[Raw | T], *, phase: Callable[[], AbstractContextManager[Callable[[int], None]]],
) -> list[Document | Unreadable | T]:
    """Read what is to be read, keep what else there is in its place; the order stays.

    `phase` begins to show how far it is: not before the processes are there, for a display may have a thread.
    """
    results: list[Document | Unreadable | T] = []
    stream, size = iter(items), 0
    for item in stream:
        if size > _ALONE:
            with _readers() as pool:
                rest = _with_help(chain((item,), stream), pool)
                results.append(next(rest))
                with phase() as step:
                    step(len(results))
                    for result in rest:
                        results.append(result)
                        step(1)
            break
        results.append(_result(item, None))
        size += _size(item)
    return results


def _with_help(items: Iterable[Raw | T], pool: ProcessPoolExecutor | None) -> Iterator[Document | Unreadable | T]:
    """Give results in order, and read ahead as far as memory allows."""
    waiting: deque[tuple[Raw | T, Future[Document | Unreadable] | None]] = deque()
    size = 0
    for item in items:
        future = _submit(pool, item) if isinstance(item, Raw) and pool is not None else None
        waiting.append((item, future))
        size += _size(item)
        while waiting and (len(waiting) > _AHEAD or size > _WAITING or pool is None):
            first, answer = waiting.popleft()
            size -= _size(first)
            yield _result(first, answer)
    for item, future in waiting:
        yield _result(item, future)


def _size(item: object) -> int:
    return len(item.data) if isinstance(item, Raw) else 0


def _submit(pool: ProcessPoolExecutor, item: Raw) -> Future[Document | Unreadable] | None:
    try:
        return pool.submit(documents.read, item)
    except RuntimeError:  # one of them has died
        return None


def _result(item: Raw | T, future: Future[Document | Unreadable] | None) -> Document | Unreadable | T:
    if not isinstance(item, Raw):
        return item
    if future is not None:
        from concurrent.futures.process import BrokenProcessPool

        try:
            return future.result()
        except BrokenProcessPool:
            pass  # this process can do it, too
    return documents.read(item)


@contextmanager
def _readers() -> Iterator[ProcessPoolExecutor | None]:
    """Give processes that read; none where forking is not safe or there is one core only."""
    cores = min(len(os.sched_getaffinity(0)), _MOST) if sys.platform == "linux" else 1
    if cores < 2 or threading.active_count() > 1:
        yield None
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), initializer=_deaf)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _deaf() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
