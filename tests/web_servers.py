"""Servers for the tests of archiver/web: raw sockets that keep what they got, and the demo world's proxy."""

from __future__ import annotations

import asyncio
import selectors
import socket
import struct
import threading
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from archiver.clock import SystemClock
from archiver.config import Duration, WebSettings
from archiver.demo.answers import Ask, Reply, page
from archiver.demo.cases import CASES
from archiver.demo.proxy import Proxy
from archiver.demo.script import Face, Reach, Sites
from archiver.demo.sites import status
from archiver.demo.tls import Authority
from archiver.web.client import Web
from archiver.web.exchange import Exchange, Failure, Request
from archiver.web.loop import run
from archiver.web.resolve import Found, Known

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from archiver.demo.wire import Received


@dataclass
class Last:
    """An answer after which the connection ends."""

    data: bytes
    how: str = "close"  # close | reset | hang


class RawServer:
    """Answers each request head with the bytes that a function gives for it; keeps every head as it came."""

    def __init__(self, answer: Callable[[bytes], bytes | Last], *, context: ssl.SSLContext | None = None) -> None:
        self.heads: list[bytes] = []
        self.connections = 0
        self._answer = answer
        self._context = context
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in list(self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(timeout=10)

    @property
    def targets(self) -> list[str]:
        """Give the request targets, in order."""
        return [head.split(b" ")[1].decode() for head in self.heads]

    def _start(self, run: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        self.connections += 1
        try:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            self._sockets.append(connection)
            self._talk(connection)
        except OSError:
            pass
        finally:
            with suppress(OSError):
                connection.close()

    def _talk(self, connection: socket.socket) -> None:
        pending = b""
        while True:
            while b"\r\n\r\n" not in pending:
                got = connection.recv(65536)
                if not got:
                    return
                pending += got
            head, _, pending = pending.partition(b"\r\n\r\n")
            self.heads.append(head + b"\r\n\r\n")
            answer = self._answer(head + b"\r\n\r\n")
            if isinstance(answer, bytes):
                connection.sendall(answer)
                continue
            connection.sendall(answer.data)
            if answer.how == "hang":
                self._over.wait(30)
            elif answer.how == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return


def http(body: bytes = b"hello", *, status: str = "200 OK", headers: str = "", length: int | None = None) -> bytes:
    """Write an answer."""
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {size}\r\n{headers}\r\n".encode("latin-1") + body


def settings(**values: Any) -> WebSettings:
    """Give settings for loopback: private addresses allowed, no waiting."""
    chosen: dict[str, Any] = {"allow_private": True, "interval": Duration(0), "timeout": Duration(5)} | values
    return WebSettings(**chosen)


class Names:
    """A resolver that knows only the names it is told of, lest a test asks the world."""

    def __init__(self, *exist: str, working: bool = True, addresses: dict[str, str] | None = None) -> None:
        self.addresses = {"localhost": "127.0.0.1"} | (addresses or {})
        self.exist = {*exist, *self.addresses}
        self.working = working
        self.asked: Counter[str] = Counter()

    async def look_up(self, name: str, seconds: float) -> Found:
        self.asked[name] += 1
        if not self.working:
            return Found(Known.FAILED)
        address = self.addresses.get(name)
        return Found(Known.EXISTS if name in self.exist else Known.NO_SUCH_NAME, (address,) if address else ())


ONLINE = Names("example.com", "iana.org", "wikipedia.org")


def with_web(use: Callable[[Web], Awaitable[Any]], *, resolver: Names = ONLINE, **values: Any) -> Any:
    """Open a Web and use it."""

    async def main() -> Any:
        async with Web(settings(**values), SystemClock(), resolver=resolver) as web:
            return await use(web)

    return run(main())


def fetch(request: str | Request, **values: Any) -> Exchange | Failure:
    """Make one fetch."""
    wanted = Request(url=request) if isinstance(request, str) else request
    return with_web(lambda web: web.fetch(wanted), **values)


def got(request: str | Request, **values: Any) -> Exchange:
    """Make one fetch that must be answered."""
    answer = fetch(request, **values)
    assert isinstance(answer, Exchange), answer
    return answer


def failed(request: str | Request, **values: Any) -> Failure:
    """Make one fetch that must fail."""
    answer = fetch(request, **values)
    assert isinstance(answer, Failure), answer
    return answer


class ProxiedSites:
    """The demo world's sites behind its proxy, without its archive and its story."""

    def __init__(self, folder: Path) -> None:
        self.sites = Sites()
        self.sites.play(CASES)
        for host in status.CANARIES:
            self.sites[host]
        self.offline = False
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.bundle = folder / "demo-ca.pem"
        self._authority = Authority(self.bundle)
        self._asked: Counter[str] = Counter()
        self.port = 0

    @property
    def settings(self) -> dict[str, Any]:
        """Give the settings that lead there."""
        return {
            "proxy": f"http://127.0.0.1:{self.port}", "ca_bundle": str(self.bundle), "allow_private": False,
        }

    def now(self) -> datetime:
        return SystemClock().now()

    def reach(self, host: str) -> Reach:
        if self.offline:
            return Reach.DNS_ERROR
        site = self.sites.find(host)
        return site.reached(0) if site else Reach.NO_SUCH_HOST

    def face(self, host: str) -> Face:
        site = self.sites.find(host)
        return site.face if site else Face.TRUSTED

    def context(self, host: str) -> ssl.SSLContext:
        return self._authority.context(host, self.face(host))

    def welcome(self) -> Reply:
        return page("")

    def answer(self, received: Received, scheme: str, host: str, target: str) -> Reply:
        url = f"{scheme}://{host}{target}"
        self.seen.append((url, {name.lower(): value for name, value in received.headers}))
        ask = Ask(
            at=self.now(), day=0, count=self._asked[url], method=received.method, scheme=scheme, host=host,
            target=target, headers=received.headers, body=received.body,
        )
        self._asked[url] += 1
        site = self.sites.find(host)
        return site.answer(ask) if site else page("", status=404)


@contextmanager
def behind_proxy(folder: Path) -> Iterator[ProxiedSites]:
    """Give the sites while their proxy runs."""
    sites = ProxiedSites(folder)
    proxy = Proxy(sites)
    sites.port = proxy.start()
    try:
        yield sites
    finally:
        proxy.close()


class _NoWait(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    """Waits no time at all, but notes how long it should have waited."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout:
            self.passed += timeout
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose time passes only by waiting, so that an hour of politeness takes no time."""

    def __init__(self) -> None:
        self._waits = _NoWait()
        super().__init__(self._waits)

    def time(self) -> float:
        return self._waits.passed


def run_virtually(use: Callable[[asyncio.AbstractEventLoop], Awaitable[Any]]) -> Any:
    """Run a coroutine in time that does not pass."""

    async def main() -> Any:
        return await use(asyncio.get_running_loop())

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main())
