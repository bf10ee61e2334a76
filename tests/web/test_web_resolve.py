"""Names are looked up before libcurl connects, each once, and a resolver that hangs holds up nobody else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from web_servers import Names, RawServer, failed, http, with_web

from archiver.model import FailureKind
from archiver.web.exchange import Exchange, Failure, Request
from archiver.web.loop import run
from archiver.web.resolve import Found, Known, SystemResolver
from archiver.web.transfer import known_addresses

if TYPE_CHECKING:
    from archiver.web.client import Web


def test_the_system_knows_this_machine():
    async def main() -> Found:
        return await SystemResolver().look_up("localhost", 10)

    found = run(main())
    assert found.known is Known.EXISTS
    assert {"127.0.0.1", "::1"} & set(found.addresses)


def test_a_host_is_looked_up_once():
    names = Names(addresses={"gazette.test": "127.0.0.1"})

    async def use(web: Web):
        return [await web.fetch(Request(url=f"http://gazette.test:{server.port}/{n}")) for n in range(3)]

    with RawServer(lambda _: http()) as server:
        answers = with_web(use, resolver=names)
    assert all(isinstance(answer, Exchange) for answer in answers)
    assert names.asked == {"gazette.test": 1}


@pytest.mark.parametrize(("url", "entries"), [
    ("http://a.test/x", ["a.test:80:192.0.2.1,[2001:db8::1]", "a.test:443:192.0.2.1,[2001:db8::1]"]),
    ("https://a.test:8443/", ["a.test:8443:192.0.2.1,[2001:db8::1]"]),
])
def test_libcurl_is_told_of_every_address_for_both_schemes(url, entries):
    assert known_addresses(url, ("192.0.2.1", "2001:db8::1")) == entries


def test_a_second_address_is_tried_when_the_first_refuses():
    class Two(Names):
        async def look_up(self, name: str, seconds: float) -> Found:
            return Found(Known.EXISTS, ("127.0.0.2", "127.0.0.1"))

    async def use(web: Web):
        return await web.fetch(Request(url=f"http://gazette.test:{server.port}/"))

    with RawServer(lambda _: http()) as server:  # listens on 127.0.0.1 only
        answer = with_web(use, resolver=Two())
    assert isinstance(answer, Exchange)
    assert answer.final.peer == "127.0.0.1"


def test_names_whose_servers_are_silent_hold_up_no_others():
    class Slow(Names):
        async def look_up(self, name: str, seconds: float) -> Found:
            if name.startswith("silent"):
                await asyncio.sleep(seconds)
                return Found(Known.FAILED)
            return await super().look_up(name, seconds)

    async def use(web: Web):
        order: list[str] = []

        async def work(link, turn):
            answer = await web.fetch(Request(url=link, turn=turn))
            order.append("answer" if isinstance(answer, Exchange) else answer.kind)

        links = [f"http://silent-{n}.test/" for n in range(60)] + [f"http://gazette.test:{server.port}/"]
        await web.each(links, lambda link: link, work)
        return order

    with RawServer(lambda _: http()) as server:
        names = Slow("iana.org", addresses={"gazette.test": "127.0.0.1"})
        order = with_web(use, resolver=names, timeout=0.5)
    assert order == ["answer"] + [FailureKind.DNS_ERROR] * 60


def test_what_is_private_by_its_name_is_not_dead():
    failure = failed("http://intranet/", resolver=Names("iana.org"))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.FORBIDDEN_ADDRESS


def _look_up_all(ask, *names: str) -> list[Found]:
    async def main() -> list[Found]:
        resolver = SystemResolver(ask)
        return [await resolver.look_up(name, 5) for name in names]

    return run(main())


def test_an_address_that_the_resolver_gives_for_anything_settles_nothing():
    def ask(name: str) -> Found:
        return Found(Known.EXISTS, ("198.51.100.7",) if name == "gazette.test" else ("192.0.2.80",))

    real, invented = _look_up_all(ask, "gazette.test", "gone.test")
    assert real == Found(Known.EXISTS, ("198.51.100.7",))
    assert invented == Found(Known.FAILED)


def test_a_network_that_sends_every_name_to_its_login_is_no_network():
    found = _look_up_all(lambda _: Found(Known.EXISTS, ("10.0.0.1",)), "iana.org", "gazette.test")
    assert [one.known for one in found] == [Known.FAILED, Known.FAILED]


def test_an_honest_resolver_is_asked_once_for_a_name_that_cannot_exist():
    asked: list[str] = []

    def ask(name: str) -> Found:
        asked.append(name)
        return Found(Known.EXISTS, ("192.0.2.1",)) if name.endswith(".test") else Found(Known.NO_SUCH_NAME)

    found = _look_up_all(ask, "a.test", "b.test", "gone.example")
    assert [one.known for one in found] == [Known.EXISTS, Known.EXISTS, Known.NO_SUCH_NAME]
    assert sorted(name for name in asked if not name.startswith("www.")) == ["a.test", "b.test", "gone.example"]
    assert len(asked) == 4


def test_names_of_private_networks_need_no_such_proof():
    asked: list[str] = []

    def ask(name: str) -> Found:
        asked.append(name)
        return Found(Known.EXISTS, ("10.0.0.1",))

    assert [one.known for one in _look_up_all(ask, "intranet", "printer.local")] == [Known.EXISTS, Known.EXISTS]
    assert asked == ["intranet", "printer.local"]
