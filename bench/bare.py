"""The floor: the same links through libcurl on an asyncio loop, with nothing read, judged or recorded.

    python bench/bare.py URLS.txt 256 [CA.pem]
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pycurl
import uvloop


class Bare:
    """The smallest loop that does the transfers."""

    def __init__(self, ca: str | None) -> None:
        self.loop = asyncio.get_running_loop()
        self.ca = ca
        self.multi = pycurl.CurlMulti()
        self.multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self.multi.setopt(pycurl.M_TIMERFUNCTION, self._arm)
        self.multi.setopt(pycurl.M_MAXCONNECTS, 1024)
        self.timer: asyncio.TimerHandle | None = None
        self.waiting: dict[Any, asyncio.Future[None]] = {}
        self.idle: list[Any] = []

    def _watch(self, event: int, fd: int, _multi: object, _data: object) -> None:
        self.loop.remove_reader(fd)
        self.loop.remove_writer(fd)
        if event in (pycurl.POLL_IN, pycurl.POLL_INOUT):
            self.loop.add_reader(fd, self._act, fd, pycurl.CSELECT_IN)
        if event in (pycurl.POLL_OUT, pycurl.POLL_INOUT):
            self.loop.add_writer(fd, self._act, fd, pycurl.CSELECT_OUT)

    def _arm(self, milliseconds: int) -> None:
        if self.timer:
            self.timer.cancel()
        self.timer = None
        if milliseconds >= 0:
            self.timer = self.loop.call_later(milliseconds / 1000, self._act, pycurl.SOCKET_TIMEOUT, 0)

    def _act(self, fd: int, mask: int) -> None:
        self.multi.socket_action(fd, mask)
        more = 1
        while more:
            more, done, failed = self.multi.info_read()
            for curl in [*done, *(curl for curl, _, _ in failed)]:
                self.multi.remove_handle(curl)
                self.waiting.pop(curl).set_result(None)

    async def get(self, url: str) -> tuple[int, str | None]:
        """Fetch one address; give its status and where it leads."""
        curl = self.idle.pop() if self.idle else pycurl.Curl()
        curl.reset()
        head: list[bytes] = []
        body: list[bytes] = []
        curl.setopt(pycurl.URL, url)
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.TIMEOUT, 20)
        curl.setopt(pycurl.SSL_EC_CURVES, "X25519:P-256:P-384")
        curl.setopt(pycurl.HEADERFUNCTION, head.append)
        curl.setopt(pycurl.WRITEFUNCTION, body.append)
        if self.ca:
            curl.setopt(pycurl.CAINFO, self.ca)
        waiter = self.waiting[curl] = self.loop.create_future()
        self.multi.add_handle(curl)
        await waiter
        status = int(curl.getinfo(pycurl.RESPONSE_CODE))
        self.idle.append(curl)
        target = next((line[9:].strip().decode() for line in head if line[:9].lower() == b"location:"), None)
        return status, target


async def main(links: list[str], width: int, ca: str | None) -> None:
    """Fetch all links and follow their redirects."""
    bare = Bare(ca)
    todo = iter(links)

    async def work() -> None:
        for link in todo:
            url: str | None = link
            while url is not None:
                _, target = await bare.get(url)
                url = urljoin(url, target) if target else None

    await asyncio.gather(*(work() for _ in range(width)))


if __name__ == "__main__":
    file, width, *ca = sys.argv[1:]
    uvloop.run(main(Path(file).read_text().split(), int(width), ca[0] if ca else None))
