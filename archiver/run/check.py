"""One look, now: what `check` shows. Needs no manifest, leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archiver import __version__
from archiver.checks.judge import judge_look
from archiver.model import LinkState, Report, RunFacts
from archiver.run.collect import Collected, addresses_of, collect, excluded, unlooked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archiver.checks.look import Look
    from archiver.clock import Clock
    from archiver.config import Loaded
    from archiver.run.progress import Progress
    from archiver.web.client import Web


def check(
    loaded: Loaded, arguments: Sequence[str], addresses: Sequence[str], clock: Clock, progress: Progress, *,
    stdin: Callable[[], bytes] | None = None,
) -> Report:
    """Look once at everything that these documents cite and at these addresses."""
    from archiver.web.loop import run

    return run(_check(loaded, arguments, addresses, clock, progress, stdin))


async def _check(
    loaded: Loaded, arguments: Sequence[str], addresses: Sequence[str], clock: Clock, progress: Progress,
    stdin: Callable[[], bytes] | None,
) -> Report:
    from archiver.web.client import Web

    started = clock.now()
    async with Web(loaded.settings.web, clock) as web:
        collected = await collect(arguments, web, base=Path(), progress=progress, stdin=stdin)
        states = await _look(loaded, collected, addresses, web, progress)
        run = RunFacts(
            id=f"check-{started:%Y%m%dT%H%M%SZ}", started=started, finished=clock.now(), version=__version__,
            offline=web.offline,
        )
    return Report(
        run=run, documents=collected.documents, unreadable=collected.unreadable, links=states, lost=collected.lost,
    )


async def _look(
    loaded: Loaded, collected: Collected, addresses: Sequence[str], web: Web, progress: Progress,
) -> tuple[LinkState, ...]:
    from archiver import urls
    from archiver.engines.local import look_all

    citations = collected.citations
    wanted = addresses_of(collected, addresses)
    skip = excluded(loaded.settings.exclude)
    links = [address for address in wanted if urls.normalise(address) == address and not skip(address)]
    states: dict[str, LinkState] = {}
    with progress.phase("looking", len(links)) as step:

        def seen(look: Look) -> None:
            link = look.observation.link
            states[link] = LinkState(
                link=link, verdict=judge_look(look.observation), citations=citations.get(link, ()),
                looked=look.observation.at, looks=1,
            )
            step(1)

        await look_all(links, web, seen=seen)
    for address in wanted:
        if address not in states:
            states[address] = LinkState(
                link=address, verdict=unlooked(address, by_user=skip(address)), citations=citations.get(address, ()),
            )
    return tuple(states[address] for address in wanted)
