"""Look at many links from this process, each host in its turn."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from archiver.checks.aim import NOTHING, Aim
from archiver.checks.look import Look, first_address, look

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from archiver.web.client import Web
    from archiver.web.turns import Turn


async def look_here(
    links: Sequence[str], web: Web, *, read_limit: int | None = None, seen: Callable[[Look], None],
    aims: Mapping[str, Aim] = MappingProxyType({}),
    room: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Look at every link once and hand each look over as soon as it is made, in no particular order.

    `aims`: what is known of links already. `room`: awaited after each, when whoever takes the looks can be slower than
    we are.
    """

    async def work(link: str, turn: Turn) -> None:
        seen(await look(link, web, turn=turn, read_limit=read_limit, aim=aims.get(link, NOTHING)))
        if room is not None:
            await room()

    await web.each(links, first_address, work)
