"""Each host in its turn: the scheduler, in time that does not pass, and a real server's view of it."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from web_servers import Last, RawServer, http, run_virtually, with_web

from archiver.model import FailureKind
from archiver.web.exchange import Exchange, Failure, Request
from archiver.web.limits import connections, workers
from archiver.web.politeness import Politeness

if TYPE_CHECKING:
    from archiver.web.client import Web


def scheduler(loop, **values):
    chosen = {"concurrency": 64, "per_host": 1, "interval": 1.0} | values
    return Politeness(now=loop.time, **chosen)


def host_of(link: str) -> str:
    return link.partition("/")[0]


def clustered(*sizes: int) -> list[str]:
    return [f"host-{host}/{n}" for host, size in enumerate(sizes) for n in range(size)]


class Log:
    """Work that takes its time and notes when it happened."""

    def __init__(self, loop, cost=lambda link: 0.1) -> None:
        self.loop, self.cost = loop, cost
        self.starts: dict[str, list[float]] = defaultdict(list)
        self.under_way = self.most = 0
        self.withheld: list[str] = []

    async def __call__(self, link, turn) -> None:
        if turn.withheld is not None:
            self.withheld.append(link)
            return
        self.starts[host_of(link)].append(self.loop.time())
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(self.cost(link))
        self.under_way -= 1

    @property
    def gaps(self):
        return [after - before for times in self.starts.values() for before, after in itertools.pairwise(times)]


@pytest.mark.parametrize(("sizes", "concurrency", "interval", "cost"), [
    ([10] * 500, 256, 1.0, 0.1),  # many equal hosts: the interval is the bound
    ([10] * 500, 64, 0.2, 0.1),  # the same, bound by the width
    ([300] + [1] * 3000, 256, 1.0, 0.5),  # one long host
    ([max(1, int(400 / (n + 1) ** 0.8)) for n in range(500)], 64, 1.0, 0.3),  # as citations are
    ([50] * 200, 64, 1.0, 0.3),
])
def test_the_run_takes_as_long_as_it_must_and_no_longer(sizes, concurrency, interval, cost):
    async def use(loop):
        log = Log(loop, lambda _: cost)
        await scheduler(loop, concurrency=concurrency, interval=interval).each(clustered(*sizes), host_of, log)
        return loop.time(), log

    took, log = run_virtually(use)
    bound = max(max(sizes) * interval, sum(sizes) * cost / concurrency)
    assert sum(len(starts) for starts in log.starts.values()) == sum(sizes)
    assert took <= bound * 1.02
    assert min(log.gaps) >= interval - 1e-9
    assert log.most <= concurrency


def test_links_of_random_cost_come_close_to_the_bound_too():
    async def use(loop):
        dice = random.Random(7)
        costs = {link: dice.uniform(0.05, 0.6) for link in clustered(*[100] + [10] * 500)}
        log = Log(loop, costs.__getitem__)
        await scheduler(loop).each(costs, host_of, log)
        return loop.time(), log

    took, log = run_virtually(use)
    assert took <= 100 * 1.02
    assert min(log.gaps) >= 1 - 1e-9


def test_a_slow_host_holds_up_nobody_else():
    async def use(loop):
        log = Log(loop, lambda link: 100.0 if link.startswith("host-0/") else 0.1)
        done = {}

        async def work(link, turn):
            await log(link, turn)
            done[host_of(link)] = loop.time()

        await scheduler(loop, concurrency=4).each(clustered(5, 10, 10, 10), host_of, work)
        return done

    done = run_virtually(use)
    assert max(done["host-1"], done["host-2"], done["host-3"]) < 15
    assert done["host-0"] == pytest.approx(500, abs=1)


@pytest.mark.parametrize("per_host", [1, 3])
def test_a_host_has_no_more_under_way_than_it_may(per_host):
    async def use(loop):
        under_way, most = 0, 0

        async def work(link, turn):
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(5)
            under_way -= 1

        await scheduler(loop, per_host=per_host, interval=0.5).each(clustered(12), host_of, work)
        return most, loop.time()

    most, took = run_virtually(use)
    assert most == per_host
    assert took == pytest.approx(12 / per_host * 5, abs=2)


def test_a_request_on_the_way_goes_ahead_of_the_queue_and_keeps_the_interval():
    async def use(loop):
        polite = scheduler(loop)
        seen = []

        async def work(link, turn):
            seen.append((loop.time(), link))
            turn.release()
            if link == "host-0/0":
                extra = await polite.take("host-0")
                seen.append((loop.time(), "redirect"))
                extra.release()

        await polite.each(clustered(3), host_of, work)
        return seen

    assert run_virtually(use) == [(0, "host-0/0"), (1, "redirect"), (2, "host-0/1"), (3, "host-0/2")]


def test_redirects_between_hosts_that_wait_for_each_other_lock_nothing():
    async def use(loop):
        polite = scheduler(loop, concurrency=4, interval=0.1)
        done = []

        async def work(link, turn):
            await asyncio.sleep(0.05)
            turn.release()
            for step in range(3):
                other = await polite.take(f"host-{(int(link[5]) + step) % 4}")
                await asyncio.sleep(0.05)
                other.release()
            done.append(link)

        await asyncio.wait_for(polite.each(clustered(20, 20, 20, 20), host_of, work), 3600)
        return done

    assert sorted(run_virtually(use)) == sorted(clustered(20, 20, 20, 20))


def test_a_turn_given_back_twice_counts_once():
    async def use(loop):
        polite = scheduler(loop, interval=0.0)
        turn = await polite.take("a")
        turn.release()
        turn.release()
        first = await polite.take("a")
        second = asyncio.ensure_future(polite.take("a"))
        await asyncio.sleep(1)
        waited = not second.done()
        first.release()
        (await second).release()
        return waited

    assert run_virtually(use)


def test_who_stops_waiting_for_a_turn_leaves_it_to_the_next():
    async def use(loop):
        polite = scheduler(loop)
        first = await polite.take("a")
        quitter, patient = (asyncio.ensure_future(polite.take("a")) for _ in range(2))
        await asyncio.sleep(0)
        quitter.cancel()
        first.release()
        (await patient).release()
        return loop.time()

    assert run_virtually(use) == 1


class TestBackingOff:
    def backed_off(self, refusals, *, interval=1.0, size=6, **values):
        """Refuse some requests and tell when each of the host's links was tried, and what was withheld."""

        async def use(loop):
            polite = scheduler(loop, interval=interval, **values)
            if "max_time" in values:
                polite.end_in(values["max_time"])
            times, withheld = [], []

            async def work(link, turn):
                if turn.withheld is not None:
                    withheld.append((loop.time(), turn.withheld))
                    return
                times.append(loop.time())
                refusal = refusals.get(len(times))
                if refusal is None:
                    polite.answered("host-0")
                else:
                    polite.refused("host-0", refusal if refusal >= 0 else None)

            await polite.each(clustered(size), host_of, work)
            polite.close()
            return times, withheld

        return run_virtually(use)

    def test_waits_as_long_as_the_host_asks(self):
        times, withheld = self.backed_off({2: 30.0})
        assert times == [0, 1, 31, 32, 33, 34]
        assert withheld == []

    def test_waits_ever_longer_when_it_does_not_say(self):
        times, _ = self.backed_off({1: -1, 2: -1, 3: -1})
        assert times == [0, 10, 30, 70, 71, 72]

    def test_forgets_when_the_host_answers(self):
        times, _ = self.backed_off({1: -1, 3: -1})
        assert times == [0, 10, 11, 21, 22, 23]

    def test_has_a_least_time_without_an_interval(self):
        times, _ = self.backed_off({1: -1, 2: -1}, interval=0.0, size=3)
        assert times == [0, 0.5, 1.5]

    def test_gives_up_a_host_that_wants_too_much(self):
        times, withheld = self.backed_off({2: 3600.0})
        assert times == [0, 1]
        assert [(at, why.kind, why.retry_after) for at, why in withheld] == [(1, FailureKind.GAVE_UP, 3600)] * 4

    def test_gives_up_a_host_that_never_recovers(self):
        times, withheld = self.backed_off(dict.fromkeys(range(1, 20), -1), size=20)
        assert times == [0, 10, 30, 70]
        assert len(withheld) == 16

    def test_other_hosts_go_on(self):
        async def use(loop):
            polite = scheduler(loop)
            log = Log(loop)

            async def work(link, turn):
                await log(link, turn)
                if link == "host-0/0":
                    polite.refused("host-0", 86400.0)

            await polite.each(clustered(50, 5), host_of, work)
            return loop.time(), log

        took, log = run_virtually(use)
        assert len(log.withheld) == 49
        assert len(log.starts["host-1"]) == 5
        assert took < 6

    def test_a_turn_on_the_way_is_withheld_too(self):
        async def use(loop):
            polite = scheduler(loop)
            turn = await polite.take("a")
            waiting = asyncio.ensure_future(polite.take("a"))
            await asyncio.sleep(0)
            polite.refused("a", 1000.0)
            turn.release()
            return (await waiting).withheld, (await polite.take("a")).withheld

        assert {why.kind for why in run_virtually(use)} == {FailureKind.GAVE_UP}


def test_when_the_time_is_spent_everything_left_ends_at_once():
    async def use(loop):
        polite = scheduler(loop)
        polite.end_in(10.5)
        log = Log(loop)
        await polite.each(clustered(100, 3), host_of, log)
        return loop.time(), log

    took, log = run_virtually(use)
    assert len(log.starts["host-0"]) == 11
    assert len(log.withheld) == 89
    assert took == pytest.approx(10.5, abs=0.2)


def test_the_longest_queue_goes_first():
    async def use(loop):
        order = []

        async def work(link, turn):
            order.append(host_of(link))
            await asyncio.sleep(0.01)

        await scheduler(loop, concurrency=1, interval=0.0).each(clustered(1, 2, 4), host_of, work)
        return order

    order = run_virtually(use)
    assert order[:2] == ["host-2", "host-2"]
    assert order[-1] == "host-0" or order.index("host-0") >= 4


def test_an_error_in_the_work_ends_it_and_comes_out_as_it_is():
    async def use(loop):
        async def work(link, turn):
            await asyncio.sleep(1)
            if link == "host-1/1":
                raise OSError("no space left on device")

        with pytest.raises(OSError, match="no space"):
            await scheduler(loop).each(clustered(5, 5, 500), host_of, work)
        return loop.time()

    assert run_virtually(use) < 10


def test_no_links_are_no_work():
    async def use(loop):
        await scheduler(loop).each([], host_of, Log(loop))

    run_virtually(use)


def test_every_link_is_handed_out_once_whatever_happens():
    async def use(loop):
        dice = random.Random(3)
        polite = scheduler(loop, concurrency=7, per_host=2, interval=0.3)
        links = clustered(*[dice.randint(1, 30) for _ in range(40)])
        seen = []

        async def work(link, turn):
            seen.append(link)
            await asyncio.sleep(dice.random())
            if dice.random() < 0.1:
                polite.refused(host_of(link), dice.choice([None, 0.0, 5.0, 1000.0]))
            turn.release()
            if dice.random() < 0.3:
                other = await polite.take(f"host-{dice.randint(0, 45)}")
                await asyncio.sleep(dice.random())
                other.release()

        await polite.each(links, host_of, work)
        return links, seen

    links, seen = run_virtually(use)
    assert sorted(seen) == sorted(links)


class TestOnTheWire:
    def looks(self, server, count, *, paths="/{}", **values):
        answers: list[Exchange | Failure] = []

        async def use(web: Web):
            async def work(link, turn):
                answers.append(await web.fetch(Request(url=link, turn=turn)))

            links = [f"http://127.0.0.1:{server.port}{paths.format(n)}" for n in range(count)]
            await web.each(links, lambda link: link, work)

        with_web(use, **values)
        return answers

    def test_requests_to_one_host_keep_their_distance(self):
        import time

        times = []

        def answer(head):
            times.append(time.monotonic())
            return http()

        with RawServer(answer) as server:
            self.looks(server, 6, interval=0.05)
        assert len(times) == 6
        assert times[-1] - times[0] >= 5 * 0.05 - 0.02  # a server sees a request a little after we began it

    def test_a_redirect_takes_a_turn_of_its_own(self):
        import time

        times = []

        def answer(head):
            times.append(time.monotonic())
            return http(status="301 Moved", headers="Location: /there\r\n") if b" /0 " in head else http()

        with RawServer(answer) as server:
            self.looks(server, 1, interval=0.1)
        assert times[1] - times[0] >= 0.08

    def test_a_host_that_wants_to_be_left_alone_is(self):
        with RawServer(lambda _: http(status="429 Slow down", headers="Retry-After: 3600\r\n")) as server:
            answers = self.looks(server, 5)
        assert len(server.heads) == 1
        assert isinstance(answers[0], Exchange)
        assert [answer.kind for answer in answers[1:]] == [FailureKind.GAVE_UP] * 4
        assert all(3590 < answer.retry_after <= 3600 for answer in answers[1:])

    def test_a_host_that_is_busy_for_a_moment_is_asked_again_later(self):
        refusals = iter([http(status="503 Busy", headers="Retry-After: 0\r\n")])
        with RawServer(lambda _: next(refusals, http())) as server:
            answers = self.looks(server, 3)
        assert [answer.final.status for answer in answers] == [503, 200, 200]

    def test_the_end_of_the_run_ends_a_request_under_way(self):
        with RawServer(lambda _: Last(b"", how="hang")) as server:
            answers = self.looks(server, 3, max_time=0.3, timeout=30)
        assert [answer.kind for answer in answers] == [FailureKind.GAVE_UP] * 3
        assert len(server.heads) == 1

    def test_a_turn_for_another_host_is_not_used(self):
        with RawServer(lambda _: http()) as server:
            async def use(web: Web):
                async def work(link, turn):
                    for _ in range(2):
                        await web.fetch(Request(url=f"http://localhost:{server.port}/", turn=turn))
                    return

                await web.each(["x"], lambda _: f"http://127.0.0.1:{server.port}/", work)

            with_web(use)
        assert len(server.heads) == 2


def test_open_files_bound_what_is_under_way_and_what_is_kept(monkeypatch):
    import resource

    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 4096))
    assert workers(4096) == 120
    assert connections(100_000, 4096) == 40
    monkeypatch.setattr(resource, "getrlimit", lambda _: (65536, 65536))
    assert workers(256) == 256
    assert connections(500, 256) == 500
    assert connections(1, 256) == 64
    assert connections(100_000, 256) == 2048
