"""What one look did not settle is looked at in other ways, after all others: by yt-dlp and by a browser."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archiver.model import CitationKind, SignalKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from archiver.checks.look import Look
    from archiver.config import WebSettings
    from archiver.model import Citation
    from archiver.web.browser import Browser
    from archiver.web.client import Web

NONE = "none"  # the setting for those who want no browser
MOST = 24  # looks of one run; the others stay as they are until the next


class Unsettled:
    """The looks of one run that wait for another way of looking."""

    def __init__(
        self, settings: WebSettings, citations: Mapping[str, Iterable[Citation]], seen: Callable[[Look], None],
    ) -> None:
        self._settings = settings
        self._citations = citations
        self._seen = seen  # takes each look once, when it is as good as it gets
        self._waiting: list[Look] = []

    def take(self, look: Look) -> None:
        """Keep a look that can still be settled, or hand it over, with a word on how it could be."""
        drawn = look.observation.has(SignalKind.NEEDS_BROWSER)
        hint = self._no_browser if drawn else ""
        if (drawn and not hint) or self._wants_opinion(look):
            if len(self._waiting) < MOST:
                self._waiting.append(look)
                return
            hint = hint or f"{MOST} pages were drawn in this run already"
        if drawn and self._settings.browser != NONE:
            from archiver.checks.drawn import noted

            look = noted(look, hint)
        self._seen(look)

    @cached_property
    def _no_browser(self) -> str:
        """Tell why there is none, and what to do about it; nothing when there is one."""
        if self._settings.browser == NONE:
            return "none is wanted"
        from archiver.web.browser import Missing, find

        found = find(self._settings.browser)
        return f"{found.reason} ({found.hint})" if isinstance(found, Missing) else ""

    def _wants_opinion(self, look: Look) -> bool:
        if not look.observation.has(SignalKind.NEEDS_BROWSER, SignalKind.MEDIA_UNCLEAR):
            return False
        from archiver.checks.media.opinion import wants_opinion

        cited = self._citations.get(look.observation.link, ())
        return any(one.kind is CitationKind.MEDIA for one in cited) and wants_opinion(look.observation)

    async def settle(self, web: Web) -> None:
        """Look at what waits, and hand over each look as it is then."""
        if not self._waiting:
            return
        from archiver.web.browser import Browser

        path = "" if self._settings.browser == NONE else self._settings.browser
        async with Browser.open(path) as browser, asyncio.TaskGroup() as group:
            for look in self._waiting:
                group.create_task(self._settle(look, web, browser))
        self._waiting.clear()

    async def _settle(self, look: Look, web: Web, browser: Browser) -> None:
        from archiver.checks.drawn import noted, redraw

        if self._wants_opinion(look):
            look = await self._ask_for_opinion(look, web)
        if look.observation.has(SignalKind.NEEDS_BROWSER):
            hint = self._no_browser
            look = noted(look, hint) if hint else await redraw(look, web, browser)
        self._seen(look)

    async def _ask_for_opinion(self, look: Look, web: Web) -> Look:
        from archiver.checks.asking import Asking
        from archiver.checks.media.opinion import opinion

        settings = self._settings
        asking = Asking(look.observation.link, web, None, None)
        observation = await opinion(
            asking, look.observation, proxy=settings.proxy, ca_bundle=settings.ca_bundle,
            allow_private=settings.allow_private,
        )
        return replace(look, observation=observation, answers=(*look.answers, *asking.answers))
