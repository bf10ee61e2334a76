"""Turns across processes: each host's are given by one of them, whoever asks and whatever becomes of whom."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict

import pytest
from web_servers import run_virtually

from archiver.engines.neighbours import FIRST, Message, Neighbours, owner
from archiver.model import FailureKind
from archiver.web.politeness import Politeness

COUNT = 3
OF = {number: next(name for name in (f"host{n}.test" for n in range(99)) if owner(name, COUNT) == number)
      for number in range(COUNT)}


class Row:
    """Some processes in one loop: messages arrive in order, through the first, as they do across sockets."""

    def __init__(self, loop, interval=0.0) -> None:
        self.loop = loop
        self.dead: set[int] = set()
        self.all = [Neighbours(me, COUNT, self.post) for me in range(COUNT)]
        for each in self.all:
            each.politeness = Politeness(
                now=loop.time, concurrency=9, per_host=1, interval=interval, elsewhere=each,
            )

    def post(self, message: Message) -> None:
        self.loop.call_soon(self.deliver, message)

    def deliver(self, message: Message) -> None:
        if message.by in self.dead:
            return
        if message.to in self.dead:
            if message.kind in ("answered", "refused"):
                self.all[FIRST].hear(message)
            return
        self.all[message.to].hear(message)

    def lose(self, number: int) -> None:
        self.dead.add(number)
        self.all[FIRST].forget(number)
        for other in range(1, COUNT):
            if other != number:
                self.post(Message(other, FIRST, "gone", number))

    def take(self, me: int, name: str):
        return self.all[me].politeness.take(name)


def test_every_host_has_one_owner_and_each_process_its_share():
    counts = defaultdict(int)
    for number in range(3000):
        counts[owner(f"host{number}.example.org:8080", 3)] += 1
    assert set(counts) == {0, 1, 2}
    assert 820 < counts[FIRST] < 940  # it judges what the others bring, too
    assert all(1000 < counts[number] < 1120 for number in (1, 2))
    assert owner("a.example", 1) == 0


@pytest.mark.parametrize("me", range(COUNT))
@pytest.mark.parametrize("host", OF.values())
def test_a_host_is_lent_to_one_at_a_time(me, host):
    async def main(loop):
        row = Row(loop)
        first = await row.take(me, host)
        others = [asyncio.ensure_future(row.take(number, host)) for number in range(COUNT)]
        await asyncio.sleep(1)
        before = [task.done() for task in others]
        first.release()
        order = []
        while len(order) < COUNT:
            done, _ = await asyncio.wait(set(others) - set(order), return_when=asyncio.FIRST_COMPLETED)
            assert len(done) == 1
            order += done
            await asyncio.sleep(1)
            assert sum(task.done() for task in others) == len(order)
            order[-1].result().release()
        return first.host, before

    assert run_virtually(main) == (host, [False] * COUNT)


def test_the_owner_keeps_the_interval_for_all():
    async def main(loop):
        row = Row(loop, interval=2.0)
        times = []
        for me in (1, 2, 0, 1):
            turn = await row.take(me, OF[2])
            times.append(loop.time())
            turn.release()
        return [round(after - before) for before, after in itertools.pairwise(times)]

    assert run_virtually(main) == [2, 2, 2]


def test_a_refusal_is_told_to_the_owner():
    async def main(loop):
        row = Row(loop)
        turn = await row.take(1, OF[2])
        row.all[1].politeness.refused(OF[2], 30)
        turn.release()
        await asyncio.sleep(0)
        began = loop.time()
        (await row.take(0, OF[2])).release()
        waited = loop.time() - began
        row.all[1].politeness.answered(OF[2])
        row.all[1].politeness.refused(OF[2], 1000)
        await asyncio.sleep(0.1)
        withheld = (await row.take(0, OF[2])).withheld
        return round(waited), withheld.kind if withheld else None

    assert run_virtually(main) == (30, FailureKind.GAVE_UP)


@pytest.mark.parametrize("granted", [False, True])
def test_who_no_longer_wants_a_turn_blocks_nobody(granted):
    async def main(loop):
        row = Row(loop)
        held = await row.take(2, OF[2])
        wanted = asyncio.ensure_future(row.take(1, OF[2]))
        await asyncio.sleep(1)
        if granted:
            held.release()
            await asyncio.sleep(0)
        wanted.cancel()
        await asyncio.gather(wanted, return_exceptions=True)
        held.release()
        if wanted.done() and not wanted.cancelled():
            wanted.result().release()
        async with asyncio.timeout(5):
            (await row.take(0, OF[2])).release()
        return True

    assert run_virtually(main)


def test_the_first_stands_in_for_a_process_that_died():
    async def main(loop):
        row = Row(loop)
        held = await row.take(1, OF[1])  # its own, under way when it dies
        waiting = asyncio.ensure_future(row.take(2, OF[1]))
        own = asyncio.ensure_future(row.take(0, OF[1]))
        lent = await row.take(1, OF[0])  # borrowed from the first
        await asyncio.sleep(1)
        assert not held.withheld
        assert not lent.withheld
        row.lose(1)
        done = []
        for _ in range(2):
            (ready,), _ = await asyncio.wait({waiting, own} - set(done), return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(1)
            done.append(ready)
            assert sum(task.done() for task in (waiting, own)) == len(done)
            ready.result().release()
        async with asyncio.timeout(5):
            for me in (0, 2):
                for host in (OF[0], OF[1]):
                    (await row.take(me, host)).release()
        return True

    assert run_virtually(main)
