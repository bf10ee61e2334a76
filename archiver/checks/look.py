"""One look at a link: ask, follow, ask once more where that can settle something, and note what was seen.

    first_address(link)    where the first request of a look goes, so that hosts can be asked in their turn
    await look(link, web)  -> Look: the observation, and every exchange it rests on

At most a handful of requests: the link itself (or its host's oEmbed endpoint); the same again after a 5xx, a reset or
a short 429; where the page sends its readers at once; for suspects only, a sibling that cannot exist; and for what is
not there, the address as it may have been meant. Nothing outside makes it raise: what went wrong is in the observation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.checks import seen
from archiver.checks import sibling as siblings
from archiver.checks.aim import NOTHING, Aim
from archiver.checks.asking import Asking
from archiver.checks.doubts import settle
from archiver.checks.facts import read, registered
from archiver.checks.findings import find
from archiver.checks.media.ask import ask_behind, ask_file, ask_host, try_pieces, try_player
from archiver.checks.media.files import is_media_file
from archiver.checks.media.hosts import media_host
from archiver.checks.media.playlists import lists_pieces
from archiver.checks.onward import MOST, asked_before
from archiver.checks.resolvers import is_resolver
from archiver.checks.variants import variants
from archiver.model import THERE, FailureKind, Observation, Signal, SignalKind
from archiver.web.exchange import Exchange, Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.model import Variant
    from archiver.web.client import Web
    from archiver.web.exchange import Hop
    from archiver.web.turns import Turn


class Look(Struct, frozen=True):
    """What one look showed, and everything that was fetched for it: one GET feeds verdict, fingerprint and WARC."""

    observation: Observation
    answers: tuple[Exchange | Failure, ...]


def first_address(link: str) -> str:
    """Give the address to which the first request of a look goes: the host's oEmbed endpoint, else the link."""
    host = media_host(link)
    question = host.question(link) if host is not None else None
    return question or link


async def look(
    link: str, web: Web, *, turn: Turn | None = None, read_limit: int | None = None, aim: Aim = NOTHING,
) -> Look:
    """Look at a link once. `turn` is the first host's; `read_limit` is in bytes of a decoded body."""
    asking = Asking(link, web, turn, read_limit)
    if aim.honest is not None and (place := siblings.place(link, by_query=bool(urls.query(link)))) is not None:
        siblings.remember(web, {place: aim.honest}, aim.honest)
    observation = await _ask(asking, aim)
    fix = await _try_variants(observation, asking, aim)
    if fix is not None or asking.sibling is not None:
        observation = replace(observation, fix=fix, sibling=asking.sibling)
    return Look(observation, tuple(asking.answers))


async def _ask(asking: Asking, aim: Aim = NOTHING) -> Observation:
    host = media_host(asking.link)
    observation = await ask_host(asking, host) if host is not None else None
    return observation if observation is not None else await visit(asking, aim)


async def visit(asking: Asking, aim: Aim = NOTHING) -> Observation:
    """Ask for the link itself."""
    link, unless = asking.link, aim.unless
    if is_media_file(link):
        answer = await ask_file(asking)
    else:
        answer = await asking.fetch(link, limit=asking.read_limit, unless=unless)
    if isinstance(answer, Failure):
        return _failed(asking, answer)
    if answer.final.status == 304 and aim.earlier is not None and unless and answer.final.url == unless.url:
        return _unchanged(answer, aim.earlier)
    if (told := await ask_behind(asking, answer.hops)) is not None:
        return told
    facts = read(link, answer.hops)
    hops = answer.hops
    for _ in range(MOST):
        if (onward := facts.onward) is None:
            break
        if asked_before(onward, hops):
            return asking.circled(hops)
        followed = await asking.fetch(onward, limit=asking.read_limit)
        if isinstance(followed, Failure):
            return _failed(asking, followed, before=hops)
        hops = (*hops, *followed.hops)
        facts = read(link, hops, onward=onward)
        facts.say(SignalKind.META_REFRESH, onward)
    if facts.onward is not None:
        return asking.circled(hops)
    if lists_pieces(link, hops[-1]):
        await try_pieces(asking, hops[-1], facts)
    await settle(asking, facts)
    await try_player(asking, hops[-1], facts)
    return asking.answered(hops, facts.signals, final=facts.final, title=facts.title)


def _failed(asking: Asking, failure: Failure, before: Sequence[Hop] = ()) -> Observation:
    """Tell of a look that came to no answer. A circle behind a resolver is the target's way to refuse robots."""
    hops = (*before, *failure.hops)
    circle = failure.kind in (FailureKind.REDIRECT_LOOP, FailureKind.TOO_MANY_REDIRECTS)
    if circle and hops and is_resolver(asking.link) and not urls.same_site(asking.link, hops[-1].url):
        known = Signal(kind=SignalKind.REGISTERED, detail=registered(asking.link, hops[-1].url))
        return asking.answered(hops, (known,))
    return asking.failed(failure, before)


def _unchanged(answer: Exchange, earlier: Observation) -> Observation:
    """Tell of a page that is as an earlier look saw it: the server says so, and what was seen then holds still."""
    hops = answer.hops
    unchanged = Signal(kind=SignalKind.UNCHANGED, detail=f"{earlier.at:%Y-%m-%d}")
    return replace(
        earlier, at=hops[0].started, hops=tuple(hop.fact for hop in hops), peer=hops[-1].peer,
        signals=(*earlier.signals, unchanged), fix=None, sibling=None, retry_after=None,
    )


async def _try_variants(observation: Observation, asking: Asking, aim: Aim) -> Variant | None:
    """Ask for the address as it may have been meant, where the cited one is not there; give what is."""
    if observation.status == 200 and observation.length and not observation.signals:
        return None  # most links: there is nothing to be weighed
    for variant in variants(observation, find(observation), aim.variants):
        other = Asking(variant.url, asking.web, None, asking.read_limit)
        found = find(await _ask(other))
        asking.answers += other.answers
        if found.kind in THERE:
            return variant
    return None


def observe(link: str, answer: Exchange | Failure) -> Observation:
    """Give what one answer shows by itself: a look without its second questions, for answers that are at hand."""
    if isinstance(answer, Failure):
        return seen.failed(link, answer, seen.began(answer))
    facts = read(link, answer.hops)
    return seen.answered(
        link, seen.began(answer), answer.hops, facts.signals, final=facts.final,
        title=facts.title,
    )
