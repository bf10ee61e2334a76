"""A forward proxy on loopback that knows every host of the demo world: absolute-form HTTP, and CONNECT with TLS.

It connects to nothing: behind the proxy the sites' scripts answer. For a host that cannot be reached it says why as
RFC 9209 has it (`Proxy-Status`). It runs in a thread of its own, with its own event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from archiver.demo.answers import Manner, Reply, content
from archiver.demo.delivery import deliver
from archiver.demo.script import Face, Reach
from archiver.demo.tls import NO_CIPHER_ALERT, OLD_PROTOCOL_ALERT
from archiver.demo.wire import Malformed, Received, authority, place, receive

if TYPE_CHECKING:
    from datetime import datetime

_HANDSHAKE = 10.0  # seconds
_GONE = (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, TimeoutError)

_PROXY_STATUS = {
    Reach.NO_SUCH_HOST: (502, 'demo; error=dns_error; rcode="NXDOMAIN"'),
    Reach.DNS_ERROR: (502, 'demo; error=dns_error; rcode="SERVFAIL"'),
    Reach.REFUSED: (502, "demo; error=connection_refused"),
    Reach.TIMEOUT: (504, "demo; error=connection_timeout"),
    Reach.TERMINATED: (502, "demo; error=connection_terminated"),
}
_ALERTS = {Face.OLD_PROTOCOL: OLD_PROTOCOL_ALERT, Face.NO_CIPHER: NO_CIPHER_ALERT}
_WITHOUT_TLS = (Face.OLD_PROTOCOL, Face.NO_CIPHER, Face.HANGS_UP, Face.PLAIN_HTTP)


class Hosts(Protocol):
    """What stands behind the proxy. Called from the proxy's thread."""

    def now(self) -> datetime:
        """Give the time of the world."""
        ...

    def reach(self, host: str) -> Reach:
        """Tell whether a host can be reached now."""
        ...

    def face(self, host: str) -> Face:
        """Tell what a host shows to TLS clients."""
        ...

    def context(self, host: str) -> ssl.SSLContext:
        """Give the TLS side of a host."""
        ...

    def answer(self, received: Received, scheme: str, host: str, target: str) -> Reply:
        """Answer a request that has reached its host."""
        ...

    def welcome(self) -> Reply:
        """Answer a person who opened the proxy's own address in a browser."""
        ...


class Proxy:
    """The proxy's thread."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._port: Future[int] = Future()
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="demo-world", daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()
        self._broken: list[BaseException] = []

    def start(self) -> int:
        """Begin to listen, and give the port."""
        self._thread.start()
        return self._port.result(timeout=10)

    def close(self) -> None:
        """Drop all connections and end the thread. Raises what broke a script, if anything did."""
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=10)
        if self._thread.is_alive():
            raise RuntimeError("the demo world does not end")
        if self._broken:
            raise self._broken[0]

    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
                runner.run(self._listen())
        except BaseException as error:
            if self._port.done():
                raise
            self._port.set_exception(error)

    async def _listen(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        # Not asyncio's own server, nor sock_accept: at their end both forget a connection just accepted, unclosed.
        with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
            listener.settimeout(0)
            self._port.set_result(listener.getsockname()[1])
            self._loop.add_reader(listener, self._accept, self._loop, listener)
            await self._stop.wait()
            self._loop.remove_reader(listener)
            tasks = tuple(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # aborted transports close their sockets in the next round

    def _accept(self, loop: asyncio.AbstractEventLoop, listener: socket.socket) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:  # it left again, or no descriptors are left: then it has its turn when others have gone
            return
        connection.settimeout(0)
        task = loop.create_task(self._serve(connection))
        self._tasks.add(task)
        task.add_done_callback(partial(self._left, connection))

    async def _serve(self, connection: socket.socket) -> None:
        reader = asyncio.StreamReader()
        met: list[asyncio.StreamWriter] = []
        protocol = asyncio.StreamReaderProtocol(reader, lambda _, writer: met.append(writer))
        await asyncio.get_running_loop().connect_accepted_socket(lambda: protocol, connection)
        try:
            await _Connection(self._hosts, reader, met[0]).serve()
        finally:
            met[0].transport.abort()

    def _left(self, connection: socket.socket, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            connection.close()  # for a task cancelled before its first step; later the transport has done it
        elif (error := task.exception()) is not None:
            self._broken.append(error)


class _Connection:
    """One client's connection; after CONNECT, the tunnel in it."""

    def __init__(self, hosts: Hosts, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._hosts = hosts
        self._reader = reader
        self._writer = writer
        self._tunnel: tuple[str, str] | None = None  # scheme and host behind it

    async def serve(self) -> None:
        """Answer request after request until one side has enough."""
        try:
            while await self._one():
                pass
        except _GONE:
            pass
        except Malformed as error:
            with contextlib.suppress(*_GONE):
                await self._deliver(content(f"{error}\n".encode(), "text/plain", status=400), keep=False)
        await self._close()

    async def _close(self) -> None:
        with contextlib.suppress(*_GONE):
            self._writer.close()
            async with asyncio.timeout(2):  # a client that does not answer our close_notify
                await self._writer.wait_closed()

    async def _one(self) -> bool:
        received = await receive(self._reader, self._writer)
        if received is None:
            return False
        if received.method == "CONNECT" and self._tunnel is None:
            return await self._connect(received)
        if self._tunnel is not None:
            scheme, host = self._tunnel
            target = received.target
        elif received.target.startswith("/"):
            return await self._deliver(self._hosts.welcome(), keep=received.keep, method=received.method)
        else:
            scheme, host, target = place(received.target)
        reach = self._hosts.reach(host)
        reply = _unreached(reach)
        if reach is Reach.ANSWERS:
            reply = self._hosts.answer(received, scheme, host, target)
        return await self._deliver(reply, keep=received.keep, method=received.method)

    async def _deliver(self, reply: Reply, *, keep: bool, method: str = "GET") -> bool:
        return await deliver(
            self._reader, self._writer, reply, at=self._hosts.now(), bodiless=method == "HEAD", keep=keep,
        )

    async def _connect(self, received: Received) -> bool:
        host, port = authority(received.target)
        reach = self._hosts.reach(host)
        if reach is not Reach.ANSWERS:
            return await self._deliver(_unreached(reach), keep=received.keep)
        plain = port == 80
        face = Face.TRUSTED if plain else self._hosts.face(host)
        speaks_tls = not plain and face not in _WITHOUT_TLS
        if speaks_tls:
            # No byte of the client's hello may be read before TLS is in place; start_tls goes on reading.
            cast("asyncio.Transport", self._writer.transport).pause_reading()
        self._writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await self._writer.drain()
        if speaks_tls:
            await self._writer.start_tls(self._hosts.context(host), ssl_handshake_timeout=_HANDSHAKE)
        elif not plain:
            return await self._refuse_tls(face)
        self._tunnel = ("http" if plain else "https"), host
        return True

    async def _refuse_tls(self, face: Face) -> bool:
        await self._reader.read(4096)  # the hello
        if face is not Face.PLAIN_HTTP:
            self._writer.write(_ALERTS.get(face, b""))
            return False
        return await self._deliver(
            content(b"400: this is a plain HTTP port\n", "text/plain", status=400), keep=False,
        )


def _unreached(reach: Reach) -> Reply:
    if reach is Reach.ANSWERS:
        return Reply(manner=Manner.CLOSES)
    status, reason = _PROXY_STATUS[reach]
    return content(b"The proxy cannot reach this host.\n", "text/plain", status=status,
                   headers=(("Proxy-Status", reason),))
