"""robots.txt: for crawling always, for single citations when the settings say so."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from web_servers import Last, RawServer, failed, got, http, with_web

from archiver.model import FailureKind
from archiver.web.exchange import Exchange, Request

if TYPE_CHECKING:
    from archiver.web.client import Web

RULES = b"User-agent: archiver\nDisallow: /private/\nAllow: /private/open\n\nUser-agent: *\nDisallow: /\n"


def serving(robots: bytes | Last):
    return lambda head: robots if b" /robots.txt " in head else http(b"page")


def allowed(server: RawServer, *paths: str) -> list[bool]:
    async def use(web: Web):
        return [await web.barred(f"http://127.0.0.1:{server.port}{path}") is None for path in paths]

    return with_web(use, timeout=0.5)


def test_our_own_rules_are_followed_and_read_once():
    with RawServer(serving(http(RULES))) as server:
        assert allowed(server, "/", "/private/x", "/private/open", "/a?b") == [True, False, True, True]
    assert server.targets == ["/robots.txt"]


@pytest.mark.parametrize(("robots", "answer"), [
    (http(b"User-agent: *\nDisallow: /\n"), False), (http(status="404 Not Found"), True), (http(status="403 No"), True),
    (http(status="500 Oh"), False), (http(status="503 Oh"), False), (http(status="429 Slow"), False), (Last(b""), False),
    (Last(b"", how="hang"), False), (http(b"\xff\xfe\x00 binary"), True), (http(b""), True),
    (http(b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /\n"), True),
])
def test_what_is_allowed_follows_the_answer(robots, answer):
    with RawServer(serving(robots)) as server:
        assert allowed(server, "/page") == [answer]


def test_a_single_citation_is_looked_at_all_the_same():
    with RawServer(serving(http(RULES))) as server:
        assert got(f"http://127.0.0.1:{server.port}/private/x").final.status == 200
    assert server.targets == ["/private/x"]


def test_the_settings_can_honour_it_for_citations_too():
    with RawServer(serving(http(RULES))) as server:
        failure = failed(f"http://127.0.0.1:{server.port}/private/x", robots=True)
        assert got(f"http://127.0.0.1:{server.port}/open", robots=True).final.status == 200
    assert failure.kind is FailureKind.ROBOTS
    assert "/private/x" not in server.targets


@pytest.mark.parametrize("per_host", [1, 2])
def test_many_links_of_one_host_read_it_once_and_lock_nothing(per_host):
    moved = http(status="301 Moved", headers="Location: /rules.txt\r\n")
    with RawServer(lambda head: moved if b" /robots.txt " in head else http(RULES)) as server:
        async def use(web: Web):
            answers = []

            async def work(link, turn):
                answers.append(await web.fetch(Request(url=link, turn=turn)))

            links = [f"http://127.0.0.1:{server.port}/{n}" for n in range(20)]
            await asyncio.wait_for(web.each(links, lambda link: link, work), 20)
            return answers

        answers = with_web(use, robots=True, per_host=per_host)
    assert all(isinstance(answer, Exchange) for answer in answers)
    assert server.targets.count("/robots.txt") == 1


def test_a_host_that_cannot_be_asked_has_failed_in_its_own_way():
    from web_servers import Names

    failure = failed("http://gone.invalid/", robots=True, resolver=Names("iana.org"))
    assert failure.kind is FailureKind.NO_SUCH_HOST


def test_a_redirect_to_a_forbidden_page_is_not_followed_then():
    def answer(head):
        if b" /robots.txt " in head:
            return http(RULES)
        return http(status="302 Found", headers="Location: /private/x\r\n")

    with RawServer(answer) as server:
        failure = failed(f"http://127.0.0.1:{server.port}/", robots=True)
    assert (failure.kind, len(failure.hops)) == (FailureKind.ROBOTS, 1)
