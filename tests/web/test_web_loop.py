"""Coroutines run on uvloop where there is one and on asyncio where there is none, with the same result."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest
from web_servers import ONLINE, RawServer, behind_proxy, http, settings

from archiver.clock import SystemClock
from archiver.web.client import Web
from archiver.web.exchange import Exchange, Request
from archiver.web.loop import run


def test_gives_the_result():
    async def main() -> int:
        await asyncio.sleep(0)
        return 7

    assert run(main()) == 7


def test_gives_the_exception():
    async def main() -> None:
        raise KeyError("as it is")

    with pytest.raises(KeyError, match="as it is"):
        run(main())


def test_runs_without_uvloop():
    program = (
        "import sys; sys.modules['uvloop'] = None\n"
        "import asyncio\nfrom archiver.web.loop import run\n"
        "async def main(): return type(asyncio.get_running_loop()).__module__\n"
        "print(run(main()))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout.startswith("asyncio.")


def test_fetches_on_asyncios_own_loop_too(tmp_path):
    async def main(urls, **values):
        async with Web(settings(**values), SystemClock(), resolver=ONLINE) as web:
            return await asyncio.gather(*[web.fetch(Request(url=url)) for url in urls])

    with RawServer(lambda _: http(b"hello")) as server, behind_proxy(tmp_path) as world, asyncio.Runner() as runner:
        plain = runner.run(main([f"http://127.0.0.1:{server.port}/{n}" for n in range(20)]))
        proxied = runner.run(main(["https://gazette.demo/2012/01/ferry", "http://bomb.demo/essay"], **world.settings))
    assert all(isinstance(answer, Exchange) for answer in (*plain, *proxied))
    assert {answer.final.body for answer in plain} == {b"hello"}
