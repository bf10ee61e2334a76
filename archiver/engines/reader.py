"""A process that reads documents, one after the other, and may die of one.

It ends when it takes too long, wants too much memory or crashes: a hostile document costs one "cannot read".
"""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager, suppress
from multiprocessing import connection
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archiver import documents
from archiver.engines import fork
from archiver.model import Unreadable

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from archiver.documents.raw import Raw

PATIENCE = 60.0  # seconds for a document
TRIES = 2  # of a document whose reader died: it may not have been the document's fault
_PACE = 6_000_000  # bytes of a document that get as much time again
_SMALL = 200_000  # bytes of a text that need no process of its own: forking would cost more
_MOST = 8  # readers
_MEMORY = 3_000_000_000  # bytes that a reader may take


class Slot(Struct, eq=False):
    """A place in the order in which documents were asked for."""

    raw: Raw | None  # to be read
    answer: object = None
    ready: bool = False
    tries: int = 0

    def fill(self, answer: object) -> None:
        """Put what came of it in its place."""
        self.answer, self.ready = answer, True


class Reader:
    """The process, seen from here."""

    def __init__(self) -> None:
        self._child = fork.fork(_serve)
        self.wire = connection.Connection(self._child.place.detach())
        self.slot: Slot | None = None
        self.until = 0.0

    def give(self, slot: Slot, patience: float) -> None:
        """Let it read a document."""
        self.slot = slot
        self.until = time.monotonic() + allowed(slot.raw, patience)
        slot.tries += 1
        with suppress(OSError):  # it is dead: whoever waits for its answer will find that out
            self.wire.send(slot.raw)

    def take(self) -> Any:
        """Take what it has read. Raises EOFError or OSError when it has died."""
        answer = self.wire.recv()
        self.slot = None
        return answer

    def end(self) -> None:
        """End it, whatever it does."""
        self.wire.close()
        fork.end(self._child)


def is_apart(raw: Raw) -> bool:
    """Tell whether a document is better read by such a process."""
    from archiver.documents.formats import is_binary

    return len(raw.data) > _SMALL or is_binary(raw)


def allowed(raw: Raw | None, patience: float) -> float:
    """Give the seconds that a document may take."""
    return patience * (1 + (len(raw.data) if raw is not None else 0) / _PACE)


def took_too_long(raw: Raw | None, patience: float) -> Unreadable:
    """Say that a document's time is over."""
    return _unreadable(raw, f"could not be read within {allowed(raw, patience):.0f} seconds", "split it")


def crashed(raw: Raw | None) -> Unreadable:
    """Say that a document's readers died of it."""
    hint = "open it in the program that made it and save it anew"
    return _unreadable(raw, "is broken, or made to break programs: its reader crashed", hint)


def _unreadable(raw: Raw | None, reason: str, hint: str) -> Unreadable:
    return Unreadable(source=raw.source if raw is not None else "", reason=reason, hint=hint)


@contextmanager
def readers() -> Iterator[list[Reader]]:
    """Fork one for each core; none where that is not safe."""
    forked: list[Reader] = []
    if fork.is_safe():
        gc.freeze()  # what lives now is shared; the collector need not touch (and so copy) it
        try:
            with suppress(OSError):  # no room for another: fewer do
                forked.extend(Reader() for _ in range(fork.cores(_MOST)))
        finally:
            gc.unfreeze()
    every = tuple(forked)
    try:
        yield forked
    finally:
        for reader in every:
            reader.end()


def _serve(place: socket.socket) -> None:
    import resource

    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = _MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    gc.set_threshold(20_000)  # trees are garbage in circles: unlike in the first process, it must be collected
    wire = connection.Connection(place.detach())
    while True:
        try:
            raw = wire.recv()
        except (EOFError, OSError):  # the first process has what it wants, or is gone
            return
        wire.send(documents.read(raw))
