"""Reads HTTP/1.1 requests from a connection, as a proxy and as the server behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

if TYPE_CHECKING:
    import asyncio

    from archiver.demo.answers import Headers

_MOST_BODY = 64 * 2**20  # bytes of a request's body; nobody sends us more


class Malformed(Exception):
    """The bytes are no HTTP request that we answer."""


class Received(Struct, frozen=True, kw_only=True):
    """A request as it came: where it goes is not settled yet."""

    method: str
    target: str  # absolute-form, origin-form or, for CONNECT, authority-form
    headers: Headers
    body: bytes
    keep: bool  # the client wants to keep the connection

    def header(self, name: str) -> str | None:
        """Give a header, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Received | None:
    """Read the next request; None when the client has left."""
    import asyncio

    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial.strip():
            raise Malformed("the request ends in its head") from None
        return None
    except asyncio.LimitOverrunError:
        raise Malformed("the head is too long") from None
    line, *rest = head.decode("latin-1").lstrip("\r\n").split("\r\n")
    parts = line.split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise Malformed("no HTTP/1 request line")
    headers = tuple((name.strip(), value.strip()) for name, _, value in (each.partition(":") for each in rest if each))
    found = {name.lower(): value for name, value in headers}
    if found.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    keep = parts[2] != "HTTP/1.0" and found.get("connection", "").lower() != "close"
    body = await _body(reader, found.get("content-length"), found.get("transfer-encoding"))
    return Received(method=parts[0], target=parts[1], headers=headers, body=body, keep=keep)


async def _body(reader: asyncio.StreamReader, length: str | None, coding: str | None) -> bytes:
    if coding is not None and coding.lower() == "chunked":
        return await _chunks(reader)
    if length is None:
        return b""
    if not length.isdigit() or int(length) > _MOST_BODY:
        raise Malformed("no length of ours")
    return await reader.readexactly(int(length))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while True:
        try:
            size = int((await reader.readline()).partition(b";")[0], 16)
        except ValueError:
            raise Malformed("no chunk size") from None
        if len(body) + size > _MOST_BODY:
            raise Malformed("the body is too long")
        if size == 0:
            while (await reader.readline()).strip():
                pass  # trailers
            return body
        body += await reader.readexactly(size)
        await reader.readline()


def place(target: str) -> tuple[str, str, str]:
    """Take an absolute-form target apart: scheme, host in lower case without port, path with query."""
    try:
        parts = urlsplit(target)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise Malformed("no address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise Malformed("no http address")
    # What stands behind the authority, as it was sent: splitting and joining again would lose an empty query.
    rest = target[len(parts.scheme) + 3 + len(parts.netloc) :].partition("#")[0]
    return parts.scheme, host, rest if rest.startswith("/") else f"/{rest}"


def authority(target: str) -> tuple[str, int]:
    """Take a CONNECT target apart: host in lower case without brackets, port."""
    host, _, port = target.rpartition(":")
    if not host or not port.isdigit():
        raise Malformed("no host and port")
    return host.strip("[]").lower(), int(port)
