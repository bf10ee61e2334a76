"""Look names up, before libcurl connects: whether a name exists, and where.

libcurl could do it, but says of a failure only that it got no address, not why; and its resolver has twenty threads,
so that twenty names whose servers are silent hold up all others (libcurl 8.20 and later; pycurl cannot set the number).

Some resolvers invent addresses: a provider's that sells advertisements on mistyped names, or that of a network which
wants a login first. What they say of a name that cannot exist, they say of others that do not: such an address settles
nothing, neither that the name exists nor that it does not.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import string
import threading
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from archiver.web.guard import private_name

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_AT_ONCE = 256
_PROBE = 3.0  # seconds for a name that cannot exist


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

    def __init__(self, ask: Callable[[str], Found] | None = None) -> None:
        self._ask = ask or _ask
        self._gate = asyncio.Semaphore(_MOST_AT_ONCE)
        self._inventing: asyncio.Task[frozenset[str]] | None = None

    async def look_up(self, name: str, seconds: float) -> Found:
        """Look up one name."""
        found = await self._look_up(name, seconds)
        if found.known is Known.EXISTS and not private_name(name) and await self._invents(found.addresses):
            return Found(Known.FAILED)
        return found

    async def _invents(self, addresses: tuple[str, ...]) -> bool:
        """Tell whether these are what the resolver gives for a name that cannot exist; asked once."""
        if self._inventing is None:
            self._inventing = asyncio.ensure_future(self._invented())
        return bool(addresses) and (await asyncio.shield(self._inventing)).issuperset(addresses)

    async def _invented(self) -> frozenset[str]:
        odd = "".join(secrets.choice(string.ascii_lowercase) for _ in range(24))
        return frozenset((await self._look_up(f"www.{odd}.com", _PROBE)).addresses)

    async def _look_up(self, name: str, seconds: float) -> Found:
        loop = asyncio.get_running_loop()
        async with self._gate:
            future: asyncio.Future[Found] = loop.create_future()

            def settle(found: Found) -> None:
                if not future.done():
                    future.set_result(found)

            def ask() -> None:
                found = self._ask(name)
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
