"""Look at many links from several processes of this machine, each host from one of them.

    with crew(links, settings.web, clock) as others:  # None where one process is enough
        ...
        async with open_web(settings.web, clock, others) as web:
            await look_all(links, web, others, seen=seen)

The others are forked when the links are known, before anything of the network exists; they give each look back to the
first process, which alone judges and records. One that dies costs nothing: the first looks at what it did not deliver.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
from contextlib import AsyncExitStack, contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from msgspec import Struct
from msgspec.structs import replace

from archiver.checks.look import Look, first_address
from archiver.engines import fork
from archiver.engines.local import look_here
from archiver.engines.neighbours import FIRST, Message, Neighbours, owner
from archiver.web import loop
from archiver.web.client import Web
from archiver.web.targets import authority_of

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from archiver.checks.aim import Aim
    from archiver.clock import Clock
    from archiver.config import WebSettings

_WORTH = 200  # links that pay for a process of their own
_MOST = 8  # processes
_BATCH = 0.01  # seconds for which looks are collected before they are handed over
_ROOM = 1_000_000  # bytes of looks under way between two processes
_LENGTH = 8  # bytes that say how long a message is


@contextmanager
def crew(
    links: Sequence[str], settings: WebSettings, clock: Clock, *, read_limit: int | None = None, answers: bool = False,
    aims: Mapping[str, Aim] = MappingProxyType({}),
) -> Iterator[Crew | None]:
    """Fork the processes that these links are worth; None where one is enough, or forking is not safe.

    `answers`: the looks that come back hold what was fetched, for the captures. `aims`: what is known of links already.
    """
    count = min(_processes(settings), len(links) // _WORTH)
    if count < 2 or not fork.is_safe():
        yield None
        return
    shares: list[list[str]] = [[] for _ in range(count)]
    for link in links:
        shares[owner(authority_of(first_address(link)), count)].append(link)
    each = [
        replace(settings, concurrency=max(1, settings.concurrency * len(share) // len(links))) for share in shares
    ]
    members: list[_Member] = []
    loop.factory()  # what it imports is imported once for all
    gc.freeze()  # what lives now is shared; the collector need not touch (and so copy) it
    try:
        try:
            members.extend(
                _fork(_Order(number, count, shares[number], each[number], clock, read_limit, answers, aims))
                for number in range(1, count)
            )
        except OSError:  # no room for another process: this one can do it all
            yield None
            return
        yield Crew(each[FIRST], shares[FIRST], members, aims)
    finally:
        for member in members:
            member.end()
        gc.unfreeze()


def _processes(settings: WebSettings) -> int:
    return settings.processes or fork.cores(_MOST)


class _Order(Struct, frozen=True):
    """What a forked process has to do."""

    number: int
    count: int
    links: Sequence[str]
    settings: WebSettings
    clock: Clock
    read_limit: int | None
    answers: bool
    aims: Mapping[str, Aim]


def open_web(settings: WebSettings, clock: Clock, others: Crew | None) -> Web:
    """Give the web of this process, which asks the others for turns of their hosts."""
    if others is None:
        return Web(settings, clock)
    return Web(others.settings, clock, elsewhere=others.neighbours)


async def look_all(
    links: Sequence[str], web: Web, others: Crew | None, *, read_limit: int | None = None, seen: Callable[[Look], None],
    aims: Mapping[str, Aim] = MappingProxyType({}),
) -> None:
    """Look at every link once; `others` must have been made for the same ones. Raises what `seen` raises."""
    if others is None:
        await look_here(links, web, read_limit=read_limit, seen=seen, aims=aims)
    else:
        await others.look_all(web, read_limit=read_limit, seen=seen)


# ---------------------------------------------------------------- messages


class _Wire:
    """A socket between two processes, as messages."""

    def __init__(self, place: socket.socket) -> None:
        self._place = place

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_unix_connection(sock=self._place, limit=_ROOM)
        self._writer.transport.set_write_buffer_limits(high=_ROOM)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    def send(self, message: Message) -> None:
        """Send a message; who sends many waits for `room`."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        self._writer.writelines((len(data).to_bytes(_LENGTH), data))

    async def room(self) -> None:
        """Wait until not much is waiting to be sent."""
        await self._writer.drain()

    async def receive(self) -> Message | None:
        """Wait for a message; None when the other side has ended."""
        try:
            length = int.from_bytes(await self._reader.readexactly(_LENGTH))
            data = await self._reader.readexactly(length)
            message: Message = pickle.loads(data)  # noqa: S301 - from a process that this program forked
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        return message


# ---------------------------------------------------------------- the first process


class _Member:
    """A forked process."""

    def __init__(self, number: int, links: Sequence[str], child: fork.Child) -> None:
        self.number = number
        self.missing = dict.fromkeys(links)  # what it has not delivered, in order
        self.wire = _Wire(child.place)
        self.ready = asyncio.Event()  # it has delivered everything, or has died
        self.lost = False
        self._child = child

    def end(self) -> None:
        """End it, whatever it does."""
        self._child.place.close()
        fork.end(self._child)


class Crew:
    """The other processes, led by this one."""

    def __init__(
        self, settings: WebSettings, links: Sequence[str], members: Sequence[_Member], aims: Mapping[str, Aim],
    ) -> None:
        self.settings = settings  # for the Web of this process
        self.offline = False  # one of them finds that this machine reaches nothing
        self._links = links
        self._aims = aims
        self._members = {member.number: member for member in members}
        self.neighbours = Neighbours(FIRST, len(members) + 1, self._send)

    async def look_all(self, web: Web, *, read_limit: int | None, seen: Callable[[Look], None]) -> None:
        """Look at all the links that it was made for, here and there. Raises what `seen` raises."""
        self.neighbours.politeness = web.politeness
        members = self._members.values()
        async with AsyncExitStack() as stack:
            for member in members:
                await stack.enter_async_context(member.wire)
            try:
                async with asyncio.TaskGroup() as group:
                    listening = [group.create_task(self._listen(member, seen)) for member in members]
                    await look_here(self._links, web, read_limit=read_limit, seen=seen, aims=self._aims)
                    for member in members:
                        await member.ready.wait()
                    for task in listening:
                        task.cancel()
            except BaseExceptionGroup as failed:
                raise failed.exceptions[0] from None
            for member in members:  # their work is done: whatever else is asked of their hosts, this process asks
                member.lost = True
                self.neighbours.forget(member.number)
            left = [link for member in members for link in member.missing]
            if left:
                await look_here(left, web, read_limit=read_limit, seen=seen, aims=self._aims)

    async def _listen(self, member: _Member, seen: Callable[[Look], None]) -> None:
        while (message := await member.wire.receive()) is not None:
            if message.kind == "looks":
                for look in message.what:
                    member.missing.pop(look.observation.link, None)
                    seen(look)
                await asyncio.sleep(0)  # a full socket must not keep our own links waiting
            elif message.kind == "done":
                self.offline = self.offline or message.what
                member.ready.set()
            else:
                self._pass_on(message)
        member.lost = True
        self.neighbours.forget(member.number)
        for other in self._members.values():
            self._send(Message(other.number, FIRST, "gone", member.number))
        member.ready.set()

    def _pass_on(self, message: Message) -> None:
        if message.to == FIRST:
            self.neighbours.hear(message)
        elif not self._members[message.to].lost:
            self._send(message)
        elif message.kind in ("answered", "refused"):
            self.neighbours.hear(message)  # its hosts are ours now; who wants a turn hears of it, and asks again

    def _send(self, message: Message) -> None:
        member = self._members[message.to]
        if not member.lost:
            member.wire.send(message)


# ---------------------------------------------------------------- the others


def _fork(order: _Order) -> _Member:
    child = fork.fork(lambda place: loop.run(_obey(order, place)))
    return _Member(order.number, order.links, child)


async def _obey(order: _Order, place: socket.socket) -> None:
    async with _Wire(place) as wire:
        neighbours = Neighbours(order.number, order.count, wire.send)
        async with Web(order.settings, order.clock, elsewhere=neighbours) as web:
            neighbours.politeness = web.politeness
            listening = asyncio.ensure_future(_attend(wire, neighbours))
            looks: list[Look] = []

            def hand_over() -> None:
                if looks:
                    wire.send(Message(FIRST, order.number, "looks", tuple(looks)))
                    looks.clear()

            def seen(look: Look) -> None:
                if not looks:
                    asyncio.get_running_loop().call_later(_BATCH, hand_over)
                looks.append(look if order.answers else Look(look.observation, ()))

            await look_here(
                order.links, web, read_limit=order.read_limit, seen=seen, aims=order.aims, room=wire.room,
            )
            hand_over()
            wire.send(Message(FIRST, order.number, "done", web.offline))
            await listening  # to the end: our hosts' turns are still ours to give


async def _attend(wire: _Wire, neighbours: Neighbours) -> None:
    while (message := await wire.receive()) is not None:
        neighbours.hear(message)
    os._exit(0)  # the first process has ended, or has had enough of us
