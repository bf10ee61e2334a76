"""robots.txt as RFC 9309 has it, for crawling: read once per host, matched by protego.

A 4xx means that there are no rules; a 5xx, 429 or no answer at all means that the host is to be left alone for now.
"""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING, Any

from archiver.web.exchange import Exchange, Failure, Request
from archiver.web.headers import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from archiver.web.turns import Turn

_MOST_SITEMAPS = 50
_MOST = 500 * 1024  # bytes of rules that are read (RFC 9309, 2.5)


class Robots:
    """Knows the rules of the hosts that were asked for."""

    def __init__(self, fetch: Callable[[Request], Awaitable[Exchange | Failure]]) -> None:
        self._fetch = fetch
        self._rules: dict[str, asyncio.Future[Any]] = {}  # a protego parser, or what holds for all addresses

    async def rule(self, url: str, turn: Turn | None) -> bool | Failure:
        """Tell whether we may crawl an address, or why its host could not be asked: then we may not.

        A turn of the host that the caller holds is used up when needed.
        """
        origin = _origin(url)
        known = self._rules.get(origin)
        if known is None:
            known = self._rules[origin] = asyncio.ensure_future(self._read(origin, turn))
        elif not known.done() and turn is not None:
            turn.release()  # whoever reads the rules may need it
        rules = await asyncio.shield(known)
        return rules if isinstance(rules, bool | Failure) else bool(rules.can_fetch(url, PRODUCT))

    def pause(self, url: str) -> float:
        """Give the seconds between two requests that the rules ask for; they must have been read."""
        rules = self._known(url)
        return float(rules.crawl_delay(PRODUCT) or 0) if rules is not None else 0.0

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Give the sitemaps that the rules name; they must have been read."""
        rules = self._known(url)
        return tuple(islice(rules.sitemaps, _MOST_SITEMAPS)) if rules is not None else ()

    def _known(self, url: str) -> Any:
        """Give a host's parsed rules, if it has any."""
        future = self._rules.get(_origin(url))
        rules = future.result() if future is not None and future.done() else None
        return None if isinstance(rules, bool | Failure) else rules

    async def _read(self, origin: str, turn: Turn | None) -> Any:
        answer = await self._fetch(Request(url=f"{origin}/robots.txt", read_limit=_MOST, turn=turn))
        if isinstance(answer, Failure):
            return answer
        final = answer.final
        if final.status == 429 or final.status >= 500:
            return False
        if not 200 <= final.status < 300:
            return True
        from protego import Protego

        return Protego.parse(final.decoded.decode("utf-8", "replace"))


def _origin(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0].partition('?')[0]}"
