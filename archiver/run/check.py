"""One look, now: what `check` shows. Needs no manifest, leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import __version__, urls
from archiver.checks.judge import judge_look
from archiver.model import LinkState, Report, RunFacts
from archiver.run.collect import Collected, addresses_of, excluded, fetch, gather, unlooked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from archiver.checks.look import Look
    from archiver.clock import Clock
    from archiver.config import Loaded
    from archiver.engines.shards import Crew
    from archiver.run.collect import Gathered
    from archiver.run.progress import Progress
    from archiver.web.client import Web


def check(
    loaded: Loaded, arguments: Sequence[str], addresses: Sequence[str], clock: Clock, progress: Progress, *,
    stdin: Callable[[], bytes] | None = None,
) -> Report:
    """Look once at everything that these documents cite and at these addresses."""
    from archiver.engines.shards import crew
    from archiver.web.loop import run

    started = clock.now()
    gathered = gather(arguments, base=Path(), progress=progress, stdin=stdin)
    # How much documents cite that must be fetched first, nobody knows yet: one process has to do.
    known = () if gathered.addresses else _wanted(loaded, gathered.with_answers({}), addresses).links
    with crew(known, loaded.settings.web, clock) as others:
        return run(_check(loaded, gathered, addresses, clock, progress, others, started))


class _Wanted(Struct, frozen=True):
    addresses: tuple[str, ...]
    links: tuple[str, ...]  # those of them that are looked at


def _wanted(loaded: Loaded, collected: Collected, named: Sequence[str]) -> _Wanted:
    skip = excluded(loaded.settings.exclude)
    addresses = addresses_of(collected, named)
    return _Wanted(addresses, tuple(one for one in addresses if urls.normalise(one) == one and not skip(one)))


async def _check(
    loaded: Loaded, gathered: Gathered, addresses: Sequence[str], clock: Clock, progress: Progress,
    others: Crew | None, started: datetime,
) -> Report:
    from archiver.engines.shards import open_web

    async with open_web(loaded.settings.web, clock, others) as web:
        collected = await fetch(gathered, web, progress)
        states = await _look(loaded, collected, addresses, web, progress, others)
        offline = web.offline or (others is not None and others.offline)
    run = RunFacts(
        id=f"check-{started:%Y%m%dT%H%M%SZ}", started=started, finished=clock.now(), version=__version__,
        offline=offline,
    )
    return Report(
        run=run, documents=collected.documents, unreadable=collected.unreadable, links=states, lost=collected.lost,
    )


async def _look(
    loaded: Loaded, collected: Collected, addresses: Sequence[str], web: Web, progress: Progress,
    others: Crew | None,
) -> tuple[LinkState, ...]:
    from archiver.engines.shards import look_all

    citations = collected.citations
    wanted = _wanted(loaded, collected, addresses)
    states: dict[str, LinkState] = {}
    with progress.phase("looking", len(wanted.links)) as step:

        def seen(look: Look) -> None:
            link = look.observation.link
            states[link] = LinkState(
                link=link, verdict=judge_look(look.observation), citations=citations.get(link, ()),
                looked=look.observation.at, looks=1,
            )
            step(1)

        await look_all(wanted.links, web, others, seen=seen)
    skip = excluded(loaded.settings.exclude)
    for address in wanted.addresses:
        if address not in states:
            states[address] = LinkState(
                link=address, verdict=unlooked(address, by_user=skip(address)), citations=citations.get(address, ()),
            )
    return tuple(states[address] for address in wanted.addresses)
