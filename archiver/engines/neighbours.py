"""Hosts shared out among processes: each host has one, which gives the turns for it to all the others.

Most links need nobody else: all links of a host are looked at by the process it belongs to. A redirect may lead
elsewhere; then a turn is asked for, held and given back across a socket, so that no host is ever asked by two at once.
The first process passes the others' messages on, and stands in for one that has died.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from zlib import crc32

from msgspec import Struct

from archiver.web.turns import Turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.web.politeness import Politeness
    from archiver.web.turns import Withheld

FIRST = 0  # the process that a person started


def owner(authority: str, count: int) -> int:
    """Tell which of so many processes a host belongs to: six parts to each, five to the first, who judges."""
    part = crc32(authority.encode("utf-8", "surrogatepass")) * (6 * count - 1) >> 32
    return (part + 1) // 6


class Message(Struct, frozen=True):
    """From one process to another. They are of one program and one user: pickle is safe between them."""

    to: int
    by: int
    kind: str
    what: Any = None


class _Lease(Struct, frozen=True):
    name: str
    number: int
    owner: int


class Neighbours:
    """The other processes, as one of them sees them."""

    def __init__(self, me: int, count: int, send: Callable[[Message], None]) -> None:
        self._me = me
        self._count = count
        self._send = send
        self._numbers = 0
        self._awaited: dict[int, tuple[_Lease, asyncio.Future[Withheld | None]]] = {}  # by our numbers
        self._lent: dict[tuple[int, int], Turn] = {}  # to whom, their number for it
        self._lending: dict[tuple[int, int], asyncio.Task[None]] = {}
        self._gone: set[int] = set()
        self.politeness: Politeness | None = None  # of our own hosts

    def owner(self, name: str) -> int:
        """Tell whose a host is; what belonged to a process that died is the first one's."""
        whose = owner(name, self._count)
        return FIRST if whose in self._gone else whose

    # ------------------------------------------------------------ asking them

    def has(self, name: str) -> bool:
        """Tell whether a host is one of theirs."""
        return self.owner(name) != self._me

    async def take(self, name: str, *, part: bool = False) -> Turn:
        """Wait for a turn of a host of theirs."""
        while self.has(name):
            self._numbers += 1
            lease = _Lease(name, self._numbers, self.owner(name))
            granted: asyncio.Future[Withheld | None] = asyncio.get_running_loop().create_future()
            self._awaited[lease.number] = lease, granted
            self._tell(lease.owner, "take", (lease.number, name, part))
            try:
                withheld = await granted
            except asyncio.CancelledError:
                self.released(lease)
                raise
            finally:
                del self._awaited[lease.number]
            if lease.owner not in self._gone:
                return Turn(self, lease, withheld, last=False)
        return await self._own.take(name, part=part)

    def released(self, lease: _Lease) -> None:
        """Give a turn back. Called by the turn."""
        self._tell(lease.owner, "released", lease.number)

    def answered(self, name: str) -> None:
        """Tell them that a host of theirs answered as it should."""
        self._tell(self.owner(name), "answered", name)

    def refused(self, name: str, retry_after: float | None) -> None:
        """Tell them that a host of theirs wants to be left alone."""
        self._tell(self.owner(name), "refused", (name, retry_after))

    def _tell(self, whom: int, kind: str, what: object) -> None:
        if whom not in self._gone:
            self._send(Message(whom, self._me, kind, what))

    # ------------------------------------------------------------ hearing them

    def hear(self, message: Message) -> None:
        """Do what a neighbour asks for."""
        match message.kind:
            case "take":
                number, name, part = message.what
                task = asyncio.ensure_future(self._lend(message.by, number, name, part=part))
                self._lending[message.by, number] = task
                task.add_done_callback(lambda _: self._lending.pop((message.by, number), None))
            case "turn":
                number, withheld = message.what
                awaited = self._awaited.get(number)
                if awaited is not None and awaited[0].owner == message.by and not awaited[1].done():
                    awaited[1].set_result(withheld)
            case "released":
                self._take_back(message.by, message.what)
            case "answered":
                self._own.answered(message.what)
            case "refused":
                self._own.refused(*message.what)
            case "gone":
                self.forget(message.what)

    @property
    def _own(self) -> Politeness:
        if self.politeness is None:
            raise RuntimeError("nobody asks before the hosts are shared out")
        return self.politeness

    async def _lend(self, whom: int, number: int, name: str, *, part: bool) -> None:
        turn = await self._own.take(name, part=part)
        self._lent[whom, number] = turn
        self._tell(whom, "turn", (number, turn.withheld))

    def _take_back(self, whom: int, number: int) -> None:
        turn = self._lent.pop((whom, number), None)
        if turn is not None:
            turn.release()
        elif task := self._lending.get((whom, number)):
            task.cancel()  # it is no longer wanted

    def forget(self, whom: int) -> None:
        """Do without a neighbour that has died: take back its turns, and ask nothing more of it."""
        self._gone.add(whom)
        for by, number in [*self._lent, *self._lending]:
            if by == whom:
                self._take_back(by, number)
        for lease, granted in self._awaited.values():
            if lease.owner == whom and not granted.done():
                granted.set_result(None)
