"""A second opinion: what is not there from here is looked at from elsewhere, by another way out of this network.

It can only acquit. That a page cannot be seen from there either proves nothing new, and is not told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archiver.checks.findings import find
from archiver.checks.look import Look
from archiver.model import LIFE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.clock import Clock
    from archiver.config import Settings

VIA = "second opinion"


async def acquit(links: Sequence[str], settings: Settings, clock: Clock, *, read_limit: int | None) -> tuple[Look, ...]:
    """Look at links through the proxy of `web.second_opinion`; give the looks that found them there."""
    from archiver.engines.local import look_here
    from archiver.web.client import Web

    if not links or not settings.web.second_opinion:
        return ()
    found: list[Look] = []

    def seen(look: Look) -> None:
        if find(look.observation).kind in LIFE:
            found.append(Look(replace(look.observation, via=VIA), look.answers))

    async with Web(replace(settings.web, proxy=settings.web.second_opinion), clock) as web:
        await look_here(links, web, read_limit=read_limit, seen=seen)
    return tuple(found)
