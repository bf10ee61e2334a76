"""One look, now: what `check` shows. Needs no manifest, leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import __version__, urls
from archiver.checks.aim import aims_of
from archiver.checks.judge import judge_look
from archiver.model import LinkState, Report, RunFacts, VerdictKind
from archiver.run.collect import Collected, addresses_of, excluded, fetch, gather, take_held, unlooked
from archiver.run.elsewhere import acquit
from archiver.run.unsettled import Unsettled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from archiver.checks.aim import Aim
    from archiver.checks.look import Look
    from archiver.clock import Clock
    from archiver.config import Loaded, WebSettings
    from archiver.engines.shards import Crew
    from archiver.run.collect import Gathered
    from archiver.run.fetching import Held, Means
    from archiver.run.progress import Progress
    from archiver.web.client import Web


def check(
    loaded: Loaded, arguments: Sequence[str], addresses: Sequence[str], clock: Clock, progress: Progress, *,
    sites: Sequence[str] = (), stdin: Callable[[], bytes] | None = None,
) -> Report:
    """Look once at everything that these documents and the pages of these sites cite, and at these addresses."""
    from archiver.engines.shards import crew
    from archiver.run.fetching import means
    from archiver.web.loop import run

    started = clock.now()
    gathered = gather(loaded.settings, arguments, sites, base=Path(), progress=progress, stdin=stdin)
    # How much documents cite that must be fetched first, nobody knows yet: one process has to do.
    known = None if gathered.remote else _ask(loaded, gathered.collected(), addresses)
    with (
        crew(
            known.links if known else (), loaded.settings.web, clock, aims=known.aims if known else {},
        ) as others,
        means(wanted=not known) as ready,
    ):
        return run(_check(loaded, gathered, known, addresses, clock, progress, others, ready, started))


class _Asked(Struct, frozen=True, kw_only=True):
    """What is to be told: what documents cite, and the addresses that were named."""

    collected: Collected
    addresses: tuple[str, ...]
    links: tuple[str, ...]  # those of them that are looked at
    aims: dict[str, Aim]
    skip: Callable[[str], bool]  # by the user's wish


def _ask(loaded: Loaded, collected: Collected, named: Sequence[str]) -> _Asked:
    skip = excluded(loaded.settings.exclude)
    addresses = addresses_of(collected, named)
    links = tuple(one for one in addresses if urls.normalise(one) == one and not skip(one))
    return _Asked(
        collected=collected, addresses=addresses, links=links, skip=skip, aims=aims_of(collected.citations),
    )


async def _check(
    loaded: Loaded, gathered: Gathered, known: _Asked | None, addresses: Sequence[str], clock: Clock,
    progress: Progress, others: Crew | None, ready: Means, started: datetime,
) -> Report:
    from archiver.engines.shards import open_web
    from archiver.run.fetching import Fetching

    async with open_web(loaded.settings.web, clock, others) as web:
        asked = known or _ask(
            loaded, await fetch(gathered, loaded.settings, Fetching(web, loaded.settings, ready), progress), addresses,
        )
        states = await _look(asked, web, loaded.settings.web, progress, others, ready.held)
        dead = [link for link, state in states.items() if state.verdict.kind is VerdictKind.DEAD]
        for look in await acquit(dead, loaded.settings, clock, read_limit=None):
            link = look.observation.link
            states[link] = replace(states[link], verdict=judge_look(look.observation), looks=2)
        offline = web.offline or (others is not None and others.offline)
    run = RunFacts(
        id=f"check-{started:%Y%m%dT%H%M%SZ}", started=started, finished=clock.now(), version=__version__,
        offline=offline,
    )
    read = asked.collected
    links = tuple(states[address] for address in asked.addresses)
    return Report(run=run, documents=read.documents, unreadable=read.unreadable, links=links, lost=read.lost)


async def _look(
    asked: _Asked, web: Web, settings: WebSettings, progress: Progress, others: Crew | None, held: Held,
) -> dict[str, LinkState]:
    from archiver.engines.shards import look_all

    citations = asked.collected.citations
    states: dict[str, LinkState] = {}
    with progress.phase("looking", len(asked.links)) as step:

        def seen(look: Look) -> None:
            link = look.observation.link
            states[link] = LinkState(
                link=link, verdict=judge_look(look.observation), citations=citations.get(link, ()),
                looked=look.observation.at, looks=1,
            )
            step(1)

        unsettled = Unsettled(settings, citations, seen)
        links = take_held(asked.links, held, unsettled.take)
        await look_all(links, web, others, seen=unsettled.take, aims=asked.aims)
        await unsettled.settle(web)
    for address in asked.addresses:
        if address not in states:
            verdict = unlooked(address, by_user=asked.skip(address))
            states[address] = LinkState(link=address, verdict=verdict, citations=citations.get(address, ()))
    return states
