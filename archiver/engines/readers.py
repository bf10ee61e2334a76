"""Read documents, in their order. Many or large ones are read side by side, and those that may hurt are read apart."""

from __future__ import annotations

import time
from collections import deque
from itertools import chain
from multiprocessing import connection
from typing import TYPE_CHECKING, Any, TypeVar

from archiver import documents
from archiver.documents.raw import Raw
from archiver.engines.reader import PATIENCE, TRIES, Slot, crashed, is_apart, readers, took_too_long

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from archiver.engines.reader import Reader
    from archiver.model import Document, Unreadable

T = TypeVar("T")

_ALONE = 1_000_000  # bytes that this process reads before it asks others for help
_AHEAD = 6  # documents for each reader that are read, or wait, before the first of them is handed on
_WAITING = 8_000_000  # bytes of them: memory has an end, folders need not have one


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
        if isinstance(item, Raw) and (size > _ALONE or is_apart(item)):
            yield from _with_help(chain((item,), stream), phase, patience)
            return
        yield documents.read(item) if isinstance(item, Raw) else item
        size += _size(item)


def _size(item: object) -> int:
    return len(item.data) if isinstance(item, Raw) else 0


def _with_help(
    items: Iterable[Raw | T], phase: Callable[[], AbstractContextManager[Callable[[int], None]]], patience: float,
) -> Iterator[Document | Unreadable | T]:
    """Read with other processes; when all of them have died, with new ones."""
    queue = _Queue(iter(items), patience)
    while not queue.done:
        with readers() as forked, phase() as step:
            for result in queue.read(forked):
                yield result
                step(1)


class _Queue:
    """What is still to be read, and what is being read."""

    def __init__(self, items: Iterator[object], patience: float) -> None:
        self._items = items
        self._patience = patience
        self._slots: deque[Slot] = deque()  # in their order
        self._todo: deque[Slot] = deque()  # not given to anyone
        self._waiting = 0  # bytes in the slots
        self._more = True

    @property
    def done(self) -> bool:
        """Tell whether everything was read and handed on."""
        return not self._more and not self._slots

    def read(self, readers: list[Reader]) -> Iterator[Any]:
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
                slot = Slot(item)
                self._todo.append(slot)
                self._waiting += _size(item)
            else:
                slot = Slot(None, item, ready=True)
            self._slots.append(slot)

    def _read_here(self) -> None:
        for slot in self._todo:
            if slot.raw is not None:
                slot.fill(documents.read(slot.raw))
        self._todo.clear()

    def _hand_out(self, readers: list[Reader]) -> None:
        for reader in readers:
            if reader.slot is None and self._todo:
                reader.give(self._todo.popleft(), self._patience)

    def _collect(self, readers: list[Reader]) -> None:
        """Wait until a reader has an answer, has died, or has had its time."""
        busy = {reader: reader.slot for reader in readers if reader.slot is not None}
        soonest = min(reader.until for reader in busy)
        connection.wait([reader.wire for reader in busy], max(0.0, soonest - time.monotonic()))
        for reader, slot in busy.items():
            if reader.wire.poll():
                try:
                    slot.fill(reader.take())
                except (EOFError, OSError):
                    self._drop(readers, reader)
                    self._try_again(slot)
            elif time.monotonic() >= reader.until:
                self._drop(readers, reader)
                slot.fill(took_too_long(slot.raw, self._patience))

    def _try_again(self, slot: Slot) -> None:
        if slot.tries < TRIES:
            self._todo.appendleft(slot)
        else:
            slot.fill(crashed(slot.raw))

    @staticmethod
    def _drop(readers: list[Reader], reader: Reader) -> None:
        readers.remove(reader)
        reader.end()
