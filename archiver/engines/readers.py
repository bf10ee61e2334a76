"""Read documents, in their order. Many or large ones are read side by side, and those that may hurt are read apart.

What is apart is a process that ends when it takes too long, wants too much memory or crashes: a hostile document costs
one "cannot read", and the run goes on. Small texts are read in this process: forking would cost more.
"""

from __future__ import annotations

import gc
import time
from collections import deque
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing import connection
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from archiver import documents
from archiver.documents.raw import Raw
from archiver.engines import fork
from archiver.model import Unreadable

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from archiver.model import Document

T = TypeVar("T")

_SMALL = 200_000  # bytes of a text that is read here
_ALONE = 1_000_000  # bytes that this process reads before it asks others for help
_AHEAD = 6  # documents for each reader that are read, or wait, before the first of them is handed on
_WAITING = 8_000_000  # bytes of them: memory has an end, folders need not have one
_MOST = 8  # readers
_MEMORY = 3_000_000_000  # bytes that a reader may take
PATIENCE = 60.0  # seconds for a document
_PACE = 6_000_000  # bytes of a document that get as much again
_TRIES = 2  # of a document whose reader died: it may not have been the document's fault


def read_all(
    items: Iterable[Raw | T], *, phase: Callable[[], AbstractContextManager[Callable[[int], None]]],
    patience: float = PATIENCE,
) -> Iterator[Document | Unreadable | T]:
    """Read what is to be read, keep what else there is in its place; the order stays.

    `phase` begins to show how far it is: not before the processes are there, for a display may have a thread.
    `patience`: seconds that a document read apart may take; large ones get more.
    """
    stream, size = iter(items), 0
    for item in stream:
        if isinstance(item, Raw) and (size > _ALONE or _is_apart(item)):
            yield from _with_help(chain((item,), stream), phase, patience)
            return
        yield documents.read(item) if isinstance(item, Raw) else item
        size += _size(item)


def _is_apart(raw: Raw) -> bool:
    """Tell whether a document is better read by a process that may die of it."""
    from archiver.documents.formats import is_binary

    return len(raw.data) > _SMALL or is_binary(raw)


def _size(item: object) -> int:
    return len(item.data) if isinstance(item, Raw) else 0


def _with_help(
    items: Iterable[Raw | T], phase: Callable[[], AbstractContextManager[Callable[[int], None]]], patience: float,
) -> Iterator[Document | Unreadable | T]:
    """Read with other processes; when all of them have died, with new ones."""
    queue = _Queue(iter(items), patience)
    while not queue.done:
        with _readers() as readers, phase() as step:
            for result in queue.read(readers):
                yield result
                step(1)


# ---------------------------------------------------------------- the first process


class _Slot(Struct, eq=False):
    """A place in the order in which documents were asked for."""

    raw: Raw | None  # to be read
    answer: object = None
    ready: bool = False
    tries: int = 0

    def fill(self, answer: object) -> None:
        """Put what came of it in its place."""
        self.answer, self.ready = answer, True


class _Reader:
    """A process that reads one document after the other."""

    def __init__(self) -> None:
        self._child = fork.fork(_serve)
        self.wire = connection.Connection(self._child.place.detach())
        self.slot: _Slot | None = None
        self.until = 0.0

    def give(self, slot: _Slot, seconds: float) -> None:
        """Let it read."""
        self.slot = slot
        self.until = time.monotonic() + seconds
        slot.tries += 1
        with suppress(OSError):  # it is dead: whoever waits for its answer will find that out
            self.wire.send(slot.raw)

    def end(self) -> None:
        """End it, whatever it does."""
        self.wire.close()
        fork.end(self._child)


class _Queue:
    """What is still to be read, and what is being read."""

    def __init__(self, items: Iterator[object], patience: float) -> None:
        self._items = items
        self._patience = patience
        self._slots: deque[_Slot] = deque()  # in their order
        self._todo: deque[_Slot] = deque()  # not given to anyone
        self._waiting = 0  # bytes in the slots
        self._more = True

    @property
    def done(self) -> bool:
        """Tell whether everything was read and handed on."""
        return not self._more and not self._slots

    def read(self, readers: list[_Reader]) -> Iterator[Any]:
        """Give what was read; end when all is done, or when no reader is left alive."""
        alone = not readers
        while not self.done and (alone or readers):
            self._fill(max(1, len(readers)) * _AHEAD)
            if alone:
                self._read_here()
            else:
                self._hand_out(readers)
                if self._slots and not self._slots[0].ready:
                    self._collect(readers)
            while self._slots and self._slots[0].ready:
                slot = self._slots.popleft()
                self._waiting -= _size(slot.raw)
                yield slot.answer

    def _fill(self, most: int) -> None:
        while self._more and len(self._slots) < most and self._waiting <= _WAITING:
            try:
                item = next(self._items)
            except StopIteration:
                self._more = False
                return
            if isinstance(item, Raw):
                slot = _Slot(item)
                self._todo.append(slot)
                self._waiting += _size(item)
            else:
                slot = _Slot(None, item, ready=True)
            self._slots.append(slot)

    def _read_here(self) -> None:
        for slot in self._todo:
            if slot.raw is not None:
                slot.fill(documents.read(slot.raw))
        self._todo.clear()

    def _hand_out(self, readers: list[_Reader]) -> None:
        for reader in readers:
            if reader.slot is None and self._todo:
                slot = self._todo.popleft()
                reader.give(slot, self._allowed(slot))

    def _allowed(self, slot: _Slot) -> float:
        return self._patience * (1 + _size(slot.raw) / _PACE)

    def _collect(self, readers: list[_Reader]) -> None:
        """Wait until a reader has an answer, has died, or has had its time."""
        busy = {reader: reader.slot for reader in readers if reader.slot is not None}
        soonest = min(reader.until for reader in busy)
        connection.wait([reader.wire for reader in busy], max(0.0, soonest - time.monotonic()))
        for reader, slot in busy.items():
            if reader.wire.poll():
                try:
                    slot.fill(reader.wire.recv())
                    reader.slot = None
                except (EOFError, OSError):
                    self._drop(readers, reader)
                    self._try_again(slot)
            elif time.monotonic() >= reader.until:
                self._drop(readers, reader)
                slot.fill(_unreadable(slot, f"could not be read within {self._allowed(slot):.0f} seconds", "split it"))

    def _try_again(self, slot: _Slot) -> None:
        if slot.tries < _TRIES:
            self._todo.appendleft(slot)
        else:
            hint = "open it in the program that made it and save it anew"
            slot.fill(_unreadable(slot, "is broken, or made to break programs: its reader crashed", hint))

    @staticmethod
    def _drop(readers: list[_Reader], reader: _Reader) -> None:
        readers.remove(reader)
        reader.end()


def _unreadable(slot: _Slot, reason: str, hint: str) -> Unreadable:
    return Unreadable(source=slot.raw.source if slot.raw else "", reason=reason, hint=hint)


@contextmanager
def _readers() -> Iterator[list[_Reader]]:
    """Fork the readers; none where that is not safe."""
    readers: list[_Reader] = []
    if fork.is_safe():
        gc.freeze()  # what lives now is shared; the collector need not touch (and so copy) it
        try:
            with suppress(OSError):  # no room for another: fewer do
                readers.extend(_Reader() for _ in range(fork.cores(_MOST)))
        finally:
            gc.unfreeze()
    every = tuple(readers)
    try:
        yield readers
    finally:
        for reader in every:
            reader.end()


# ---------------------------------------------------------------- the others


def _serve(place: socket.socket) -> None:
    import resource

    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = _MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    gc.set_threshold(700)  # unlike the first process, this one makes garbage
    wire = connection.Connection(place.detach())
    while True:
        try:
            raw = wire.recv()
        except (EOFError, OSError):  # the first process has what it wants, or is gone
            return
        wire.send(documents.read(raw))
