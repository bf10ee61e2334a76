"""One look at a link: ask, follow, ask once more where that can settle something, and note what was seen.

    first_address(link)    where the first request of a look goes, so that hosts can be asked in their turn
    await look(link, web)  -> Look: the observation, and every exchange it rests on

At most a handful of requests: the link itself (or its host's oEmbed endpoint); the same again after a 5xx, a reset or
a short 429; where the page sends its readers at once; and, for suspects only, a sibling that cannot exist. Nothing
outside makes it raise: what went wrong is in the observation.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import urls
from archiver.checks import sibling as siblings
from archiver.checks.facts import Doubt, Facts, final_address, gate, read
from archiver.checks.media import (
    HOSTS,
    HostsWord,
    MediaHost,
    first_piece,
    is_hls,
    is_media_file,
    is_playlist,
    media_host,
    read_oembed,
    read_youtube_page,
)
from archiver.checks.page import Page, begins_like_html, is_html
from archiver.checks.redirects import Destination, only_spelling
from archiver.checks.walls import wall
from archiver.model import FailureKind, Observation, Signal, SignalKind
from archiver.web import retry_after
from archiver.web.exchange import Exchange, Failure, Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from archiver.web.client import Web
    from archiver.web.exchange import Hop
    from archiver.web.politeness import Turn

_BEGINNING = "bytes=0-1023"  # of a media file: enough for its magic
_MEDIA_LIMIT = 200_000  # where the host ignores the range
_OEMBED_LIMIT = 200_000
_PATIENCE = 30.0  # seconds that a host may ask for before the same question is put again
_NEVER_AGAIN = frozenset({501, 505, 511})
_OURS = (FailureKind.OFFLINE, FailureKind.GAVE_UP, FailureKind.ROBOTS)
_GATEKEEPER = 700  # weighed characters of a front page that only asks something of the reader
_RANGED: Mapping[str, str] = {"Range": _BEGINNING}
_YOUTUBE = HOSTS[0]


class Look(Struct, frozen=True):
    """What one look showed, and everything that was fetched for it: one GET feeds verdict, fingerprint and WARC."""

    observation: Observation
    answers: tuple[Exchange | Failure, ...]


def first_address(link: str) -> str:
    """Give the address to which the first request of a look goes: the host's oEmbed endpoint, else the link."""
    host = media_host(link)
    question = host.question(link) if host is not None else None
    return question or link


async def look(link: str, web: Web, *, turn: Turn | None = None, read_limit: int | None = None) -> Look:
    """Look at a link once. `turn` is the first host's; `read_limit` is in bytes of a decoded body."""
    looking = _Looking(link, web, turn, read_limit)
    host = media_host(link)
    observation = await (looking.ask_host(host) if host is not None else looking.visit())
    return Look(observation, tuple(looking.answers))


class _Looking:
    """A look in progress."""

    def __init__(self, link: str, web: Web, turn: Turn | None, read_limit: int | None) -> None:
        self._link = link
        self._web = web
        self._turn = turn
        self._read_limit = read_limit
        self.answers: list[Exchange | Failure] = []

    # ------------------------------------------------------------ an ordinary link

    async def visit(self) -> Observation:
        """Ask for the link itself."""
        if is_media_file(self._link):
            answer = await self._fetch(self._link, headers=_RANGED, limit=_MEDIA_LIMIT)
            # 416: it is empty, or the host knows no ranges. A page in its place is worth reading to the end.
            if isinstance(answer, Exchange) and (answer.final.status == 416 or _is_piece_of_page(answer.final)):
                answer = await self._fetch(self._link, limit=_MEDIA_LIMIT)
        else:
            answer = await self._fetch(self._link, limit=self._read_limit)
        if isinstance(answer, Failure):
            return self._failed(answer)
        facts = read(self._link, answer.hops)
        hops = answer.hops
        if facts.onward is not None:
            onward = facts.onward
            followed = await self._fetch(onward, limit=self._read_limit)
            if isinstance(followed, Failure):
                return self._failed(followed, before=hops)
            number = len(hops) - 1
            hops = (*hops, *followed.hops)
            facts = read(self._link, hops, refreshed=number)
            facts.say(SignalKind.META_REFRESH, onward)
        if is_playlist(self._link) and is_hls(hops[-1].decoded):
            await self._try_pieces(hops[-1], facts)
        if facts.doubt is not Doubt.NONE:
            await self._settle(facts, hops[-1])
        return self._observation(hops, facts.signals, final=facts.final, title=facts.page.title if facts.page else None)

    async def _fetch(
        self, url: str, *, headers: Mapping[str, str] | None = None, limit: int | None = None,
    ) -> Exchange | Failure:
        """Ask, and ask once more where the first answer may have been an accident."""
        answer = await self._fetch_once(url, headers, limit)
        if not _may_pass(answer):
            return answer
        second = await self._fetch_once(url, headers, limit)
        # When the host's turn was withheld, what it did answer is all there is.
        return answer if isinstance(second, Failure) and second.kind in _OURS else second

    async def _fetch_once(self, url: str, headers: Mapping[str, str] | None, limit: int | None) -> Exchange | Failure:
        turn, self._turn = self._turn, None  # a turn is for one request
        answer = await self._web.fetch(Request(url=url, headers=headers or {}, read_limit=limit, turn=turn))
        self.answers.append(answer)
        return answer

    async def _try_pieces(self, hop: Hop, facts: Facts) -> None:
        """Follow a playlist to its first piece: playlists outlive what they list."""
        for _ in range(2):  # a variant, then a piece
            target = first_piece(hop.decoded.decode("utf-8", "replace"), hop.url)
            if target is None:
                return
            answer = await self._fetch(target, headers=None if is_playlist(target) else _RANGED, limit=_MEDIA_LIMIT)
            if isinstance(answer, Failure):
                return
            hop = answer.final
            if hop.status in (404, 410):
                facts.say(SignalKind.MEDIA_REMOVED, f"its first piece answers {hop.status}: {target}")
                return
            if not is_hls(hop.decoded):
                if 200 <= hop.status < 300:
                    facts.say(SignalKind.MEDIA_ALIVE, "its first piece is there")
                return

    async def _settle(self, facts: Facts, hop: Hop) -> None:
        """Ask for a sibling that cannot exist, and see what that makes of a doubt."""
        page = facts.page
        if page is None:
            return
        other, answer = await siblings.ask(
            self._link, self._web, turn=None,
            by_query=facts.doubt in (Doubt.WORDING, Doubt.HOME) and bool(urls.query(self._link)),
        )
        if answer is not None:
            self.answers.append(answer)
        if other is not None and other.refused:
            return  # an honest host: what it shows is there
        if facts.doubt is Doubt.HOME:
            _settle_home(facts, page, other)
            return
        alike = other is not None and other.is_like(page)
        if facts.doubt is Doubt.REDIRECT and other is not None and other.status is not None:
            if only_spelling(other.final_url, facts.final) and facts.chain.permanent:
                home = facts.chain.destination is Destination.OTHER_HOME
                facts.say(
                    SignalKind.TO_HOME if home else SignalKind.SOFT_404,
                    facts.final if home else f"the host sends any address of that folder to {facts.final}",
                )
            return
        if page.is_app and (facts.doubt is Doubt.SHELL or alike):
            # What an app shows for an address, only a browser can tell.
            facts.say(SignalKind.NEEDS_BROWSER, "a script draws the page, and the host gives it for any address")
        elif alike and facts.doubt is Doubt.STRANGER and gate().search(page.plain_text):
            facts.say(SignalKind.NEEDS_BROWSER, "a gate stands before every address of the host")
        elif alike and page.scripts and page.length < 300:
            facts.say(SignalKind.NEEDS_BROWSER, "a little page with a script stands at any address of the host")
        elif alike:
            said = f"{facts.evidence}, and " if facts.evidence else ""
            facts.say(SignalKind.SOFT_404, f"{said}the host gives the same page for an address that cannot exist")

    # ------------------------------------------------------------ a video host's link

    async def ask_host(self, host: MediaHost) -> Observation:
        """Ask a media host by oEmbed; ask for the page when that settles nothing."""
        question = host.question(self._link)
        if question is None:
            return await self.visit()
        answer = await self._fetch(question, limit=_OEMBED_LIMIT)
        if isinstance(answer, Failure):
            if answer.kind in _OURS:
                return self._failed(answer)
            unclear = Signal(kind=SignalKind.MEDIA_UNCLEAR, detail=f"{host.name}'s oEmbed: {answer.detail}")
            return await self._look_at_page(host, HostsWord(unclear), answer, bad_name=False)
        if found := _wall_of(answer.final):
            return self._observation(answer.hops, [Signal(kind=SignalKind.BOT_WALL, detail=found)], final=self._link)
        final = answer.final
        word = read_oembed(host, final.status, final.decoded)
        if word.settled or final.status == 429:
            return self._observation(answer.hops, [word.signal], final=self._link, title=word.title)
        return await self._look_at_page(host, word, answer, bad_name=final.status == 400)

    async def _look_at_page(
        self, host: MediaHost, word: HostsWord, first: Exchange | Failure, *, bad_name: bool,
    ) -> Observation:
        if host.page_tells:
            return await self.visit()
        page = await self._fetch(self._link, limit=self._read_limit)
        if isinstance(page, Failure):
            return self._failed(page)
        final = page.final
        if found := _wall_of(final):
            signal = Signal(kind=SignalKind.BOT_WALL, detail=found)
        elif final.status in (404, 410):
            signal = Signal(kind=SignalKind.MEDIA_REMOVED, detail=f"its page answers {final.status}")
        elif host is _YOUTUBE and final.status == 200:
            signal = read_youtube_page(final.decoded)
            if signal.kind is SignalKind.MEDIA_UNCLEAR and bad_name:
                signal = Signal(kind=SignalKind.MEDIA_REMOVED, detail=word.signal.detail)
        else:
            signal = word.signal
        if signal.kind is SignalKind.MEDIA_UNCLEAR and isinstance(first, Exchange) and final.status == 200:
            return self._observation(first.hops, [signal], final=self._link)  # a watch page answers 200 whatever it is
        return self._observation(page.hops, [signal], final=self._link)

    def _failed(self, failure: Failure, before: Sequence[Hop] = ()) -> Observation:
        return _failure(self._link, failure, _began(self.answers[0]), before)

    def _observation(
        self, hops: Sequence[Hop], signals: Sequence[Signal], *, final: str | None = None, title: str | None = None,
    ) -> Observation:
        return _observation(self._link, _began(self.answers[0]), hops, signals, final=final, title=title)


def _settle_home(facts: Facts, page: Page, other: siblings.Sibling | None) -> None:
    """Take back what a redirect for now to the front page says, where it may be for another reason."""
    if other is None:
        return  # there is nobody to ask
    everywhere = other.status is not None and only_spelling(other.final_url, facts.final)
    asks = page.length < _GATEKEEPER and gate().search(page.plain_text) is not None
    if everywhere and 200 <= (other.status or 0) < 300 and not asks:
        return  # so the host answers whatever it does not have
    facts.signals[:] = [signal for signal in facts.signals if signal.kind is not SignalKind.TO_HOME]
    facts.say(
        SignalKind.NEEDS_BROWSER,
        f"a gate at {facts.final} stands before every address of the host" if everywhere
        else f"it redirects, for now, to {facts.final}, and the host does not say what it does with other addresses",
    )


# ---------------------------------------------------------------- what was seen


def observe(link: str, answer: Exchange | Failure) -> Observation:
    """Give what one answer shows by itself: a look without its second questions, for answers that are at hand."""
    if isinstance(answer, Failure):
        return _failure(link, answer, _began(answer))
    facts = read(link, answer.hops)
    return _observation(
        link, _began(answer), answer.hops, facts.signals, final=facts.final,
        title=facts.page.title if facts.page else None,
    )


def _failure(link: str, failure: Failure, at: datetime, before: Sequence[Hop] = ()) -> Observation:
    hops = (*before, *failure.hops)
    return Observation(
        link=link, at=at, hops=tuple(hop.fact for hop in hops), failure=failure.kind, failure_detail=failure.detail,
        final_url=failure.url, retry_after=None if failure.retry_after is None else round(failure.retry_after),
        peer=hops[-1].peer if hops else None,
    )


def _observation(
    link: str, at: datetime, hops: Sequence[Hop], signals: Sequence[Signal], *, final: str | None, title: str | None,
) -> Observation:
    hop = hops[-1]
    wait = retry_after.seconds(hop.header("retry-after"), hop.started) if hop.status in (429, 503) else None
    return Observation(
        link=link, at=at, hops=tuple(one.fact for one in hops), status=hop.status,
        final_url=final or final_address(hops), media_type=hop.media_type, length=len(hop.decoded),
        truncated=hop.truncated, sha256=hashlib.sha256(hop.decoded).hexdigest(),
        title=title[:500] if title else None, retry_after=None if wait is None else round(wait), peer=hop.peer,
        signals=tuple(signals),
    )


def _began(answer: Exchange | Failure) -> datetime:
    if isinstance(answer, Failure):
        return answer.hops[0].started if answer.hops else answer.at
    return answer.hops[0].started


def _is_piece_of_page(hop: Hop) -> bool:
    return hop.status == 206 and (is_html(hop) or begins_like_html(hop.decoded))


def _wall_of(hop: Hop) -> str:
    """Name the wall that answered an API's question; its own refusals are short and no pages."""
    return wall(hop, Page(hop.decoded, hop.charset)) if is_html(hop) and hop.decoded else ""


def _may_pass(answer: Exchange | Failure) -> bool:
    """Tell whether the same question, put again now, may well get another answer."""
    if isinstance(answer, Failure):
        return answer.kind is FailureKind.RESET
    hop = answer.final
    if hop.status != 429 and not (500 <= hop.status < 600 and hop.status not in _NEVER_AGAIN):
        return False
    wait = retry_after.seconds(hop.header("retry-after"), hop.started)
    if wait is None and hop.status == 429:
        return False
    if wait is not None and wait > _PATIENCE:
        return False
    return not wall(hop, Page(hop.decoded, hop.charset) if is_html(hop) else None)
