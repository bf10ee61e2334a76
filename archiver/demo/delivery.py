"""Sends answers over a connection: in good manner, or with the misbehaviour that a script asks for."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from archiver.demo.answers import Manner, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_NO_BODY = frozenset({204, 304})
_RESET_AT_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER on, no patience: the kernel sends RST instead of FIN
_DRIP = 1.0  # seconds between two bytes


async def deliver(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, reply: Reply, *, at: datetime, bodiless: bool,
    keep: bool,
) -> bool:
    """Send an answer; tell whether the connection can carry another one.

    `bodiless`: the request was a HEAD. `keep`: the client wants to keep the connection.
    """
    manner = reply.manner
    if manner is Manner.SILENT:
        await _until_left(reader)
        return False
    if manner is Manner.RESET:
        reset(writer)
        return False
    if manner is Manner.CLOSES:
        return False
    if manner is Manner.BABBLES:
        writer.write(b"\x00\x01 220 harbour.demo at your service, not HTTP\r\n\x7f\r\n")
        await writer.drain()
        return False
    if manner in (Manner.RAW, Manner.RAW_OPEN) and isinstance(reply.body, bytes):
        writer.write(reply.body)
        await writer.drain()
        if manner is Manner.RAW_OPEN:
            await _until_left(reader)
        return False
    keep = keep and manner is Manner.HONEST and (reply.length is None or bodiless)
    writer.write(_head(reply, at, keep=keep))
    if bodiless or reply.status in _NO_BODY:
        await writer.drain()
    elif callable(reply.body):
        await _stream(writer, reply.body(), chunked=reply.length is None)
    elif manner is Manner.HONEST:
        writer.write(reply.body)
        await writer.drain()
    else:
        await _badly(reader, writer, reply.body, manner)
    return keep


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection with a TCP reset."""
    connection: socket.socket | None = writer.get_extra_info("socket")
    if connection is not None:
        with contextlib.suppress(OSError):  # the client has left meanwhile
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)
    writer.transport.abort()


def _head(reply: Reply, at: datetime, *, keep: bool) -> bytes:
    try:
        phrase = HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {reply.status} {phrase}", f"Date: {format_datetime(at, usegmt=True)}"]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    if callable(reply.body):
        lines.append("Transfer-Encoding: chunked" if reply.length is None else f"Content-Length: {reply.length}")
    elif reply.status not in _NO_BODY:
        lines.append(f"Content-Length: {len(reply.body) if reply.length is None else reply.length}")
    if not keep:
        lines.append("Connection: close")
    # UTF-8, though headers are ASCII: some sites send raw letters in Location, and so do we when a script says so.
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _stream(writer: asyncio.StreamWriter, pieces: Iterator[bytes], *, chunked: bool) -> None:
    for piece in pieces:
        writer.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
        await writer.drain()
    if chunked:
        writer.write(b"0\r\n\r\n")
        await writer.drain()


async def _badly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes, manner: Manner) -> None:
    """Send a body the way it should not be sent; the head has promised all of it."""
    if manner is Manner.DRIPS:
        for number in range(len(body)):
            writer.write(body[number : number + 1])
            await writer.drain()
            if await _left_within(reader, _DRIP):
                return
        return
    writer.write(body[: len(body) // 2])
    await writer.drain()
    if manner is Manner.STALLS:
        await _until_left(reader)
    elif manner is Manner.RESET_LATER:
        # A reset throws away what the client has not read yet: give it a moment to read the first half.
        await _left_within(reader, 0.05)
        reset(writer)


async def _until_left(reader: asyncio.StreamReader) -> None:
    """Wait until the client closes its side."""
    while await reader.read(4096):
        pass


async def _left_within(reader: asyncio.StreamReader, seconds: float) -> bool:
    """Wait so long, or until the client closes its side; tell whether it did."""
    try:
        await asyncio.wait_for(_until_left(reader), seconds)
    except TimeoutError:
        return False
    return True
