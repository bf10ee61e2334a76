"""Read documents that come from the web while the loop goes on; those that may hurt, in processes of their own."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archiver import documents
from archiver.engines.reader import PATIENCE, TRIES, Slot, crashed, is_apart, readers, took_too_long
from archiver.model import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.documents.raw import Raw
    from archiver.engines.reader import Reader
    from archiver.model import Document


class Apart:
    """The processes that are there, forked before the loop: beside its threads it would be too late."""

    def __init__(self, forked: list[Reader]) -> None:
        self._idle: asyncio.Queue[Reader | None] = asyncio.Queue()  # None: nobody is left
        self._alive = len(forked)
        self._none = not forked  # where forking is not safe all is read here
        for reader in forked:
            self._idle.put_nowait(reader)

    async def read(self, raw: Raw) -> Document | Unreadable:
        """Read a document."""
        if self._none or not is_apart(raw):
            return documents.read(raw)
        slot = Slot(raw)
        while not slot.ready:
            reader = await self._idle.get()
            if reader is None:
                self._idle.put_nowait(None)  # for the next who waits
                hint = "the next run tries again"
                return Unreadable(source=raw.source, reason="no reader is left: others have broken them", hint=hint)
            reader.give(slot, PATIENCE)
            if await self._answered(reader):
                try:
                    slot.fill(reader.take())
                except (EOFError, OSError):
                    if slot.tries == TRIES:
                        slot.fill(crashed(raw))
                else:
                    self._idle.put_nowait(reader)
                    break
            else:
                slot.fill(took_too_long(raw, PATIENCE))
            reader.end()
            self._alive -= 1
            if not self._alive:
                self._idle.put_nowait(None)
        answer: Document | Unreadable = slot.answer  # type: ignore[assignment]
        return answer

    @staticmethod
    async def _answered(reader: Reader) -> bool:
        loop, event = asyncio.get_running_loop(), asyncio.Event()
        place = reader.wire.fileno()
        loop.add_reader(place, event.set)
        try:
            async with asyncio.timeout(max(0.0, reader.until - time.monotonic())):
                await event.wait()
        except TimeoutError:
            return False
        finally:
            loop.remove_reader(place)
        return True


@contextmanager
def apart() -> Iterator[Apart]:
    """Fork the processes; they end with the block."""
    with readers() as forked:
        yield Apart(forked)
