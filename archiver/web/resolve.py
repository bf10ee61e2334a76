"""Look names up, before libcurl connects: whether a name exists, and where.

libcurl could do it, but says of a failure only that it got no address, not why; and its resolver has twenty threads,
so that twenty names whose servers are silent hold up all others (libcurl 8.20 and later; pycurl cannot set the number).
"""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

_MOST_AT_ONCE = 256


class Known(StrEnum):
    """What a resolver says of a name."""

    EXISTS = "exists"
    NO_SUCH_NAME = "no-such-name"  # NXDOMAIN
    FAILED = "failed"  # no answer, or one that settles nothing


class Found(Struct, frozen=True):
    """What a resolver says of a name, and the addresses in the order in which they are to be tried."""

    known: Known
    addresses: tuple[str, ...] = ()


class Resolver(Protocol):
    """Looks names up."""

    async def look_up(self, name: str, seconds: float) -> Found:
        """Look up one name within so many seconds; never raises."""
        ...


class SystemResolver:
    """getaddrinfo, in threads of its own: it can hang for half a minute, and must not hold up the program's end."""

    def __init__(self) -> None:
        self._gate = asyncio.Semaphore(_MOST_AT_ONCE)

    async def look_up(self, name: str, seconds: float) -> Found:
        """Look up one name."""
        loop = asyncio.get_running_loop()
        async with self._gate:
            future: asyncio.Future[Found] = loop.create_future()

            def settle(found: Found) -> None:
                if not future.done():
                    future.set_result(found)

            def ask() -> None:
                found = _ask(name)
                with suppress(RuntimeError):  # the loop has ended meanwhile
                    loop.call_soon_threadsafe(settle, found)

            threading.Thread(target=ask, name="resolve", daemon=True).start()
            with suppress(TimeoutError):
                return await asyncio.wait_for(future, seconds)
        return Found(Known.FAILED)


def _ask(name: str) -> Found:
    try:
        entries = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        # A name without addresses (EAI_NODATA) exists; a resolver that fails answers EAI_AGAIN or EAI_FAIL.
        return Found(Known.NO_SUCH_NAME if error.errno == socket.EAI_NONAME else Known.FAILED)
    except UnicodeError:
        return Found(Known.NO_SUCH_NAME)  # an empty label, or one that is too long: no name that DNS could hold
    except OSError:
        return Found(Known.FAILED)
    return Found(Known.EXISTS, tuple(dict.fromkeys(str(entry[4][0]) for entry in entries)))
