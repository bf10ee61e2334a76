"""Asks about cited media: a host by its interface, a file by its beginning, a playlist by its first piece.

`ask_host` asks once where the first answer settles it, a second time where that answer is said of living things, too,
and for the page last. A death that only one of them speaks of is believed when the other does not speak against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver import urls
from archiver.checks.asking import OURS
from archiver.checks.doubts import settle
from archiver.checks.facts import read
from archiver.checks.media.files import is_media
from archiver.checks.media.hosts import MediaHost, media_host
from archiver.checks.media.pages import read_page
from archiver.checks.media.players import only_film
from archiver.checks.media.playlists import is_list, pieces
from archiver.checks.media.word import HINT, SURE, Word, removed, said_twice, unclear
from archiver.checks.page import Page, begins_like_html, is_html
from archiver.checks.walls import wall
from archiver.model import FailureKind, Signal, SignalKind
from archiver.web.exchange import Exchange, Failure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archiver.checks.asking import Asking
    from archiver.checks.facts import Facts
    from archiver.model import Observation
    from archiver.web.exchange import Hop

_MEDIA_LIMIT = 200_000  # bytes, where the host ignores the range
_ANSWER_LIMIT = 200_000
_RANGED: Mapping[str, str] = {"Range": "bytes=0-1023"}  # of a media file: enough for its magic
# What a page has said already: nothing more is asked of its film.
_TOLD = tuple(
    kind for kind in SignalKind if kind not in (
        SignalKind.SAME_THING, SignalKind.META_REFRESH, SignalKind.FRAGMENT_MISSING, SignalKind.INSECURE_REDIRECT,
        SignalKind.TLS_UNTRUSTED, SignalKind.REGISTERED,
    )
)
_NO_RANGES = frozenset({400, 405, 412, 416, 501})
_PIECES = 4  # requests for what a playlist lists


# ---------------------------------------------------------------- files


async def ask_file(asking: Asking) -> Exchange | Failure:
    """Ask for the beginning of a cited media file."""
    answer = await asking.fetch(asking.link, headers=_RANGED, limit=_MEDIA_LIMIT)
    # 416: it is empty, or the host knows no ranges. A page in its place is worth reading to the end.
    if isinstance(answer, Exchange) and (answer.final.status in _NO_RANGES or _is_piece_of_page(answer.final)):
        answer = await asking.fetch(asking.link, limit=_MEDIA_LIMIT)
    return answer


def _is_piece_of_page(hop: Hop) -> bool:
    return hop.status == 206 and (is_html(hop) or begins_like_html(hop.decoded))


async def try_pieces(asking: Asking, hop: Hop, facts: Facts) -> None:
    """Follow a playlist to one of its pieces: playlists outlive what they list."""
    left = _PIECES
    found = pieces(hop.decoded, hop.url)
    missing = ""
    while found and left:
        piece, *others = found
        left -= 1
        headers = None if piece.is_list else {"Range": piece.range or _RANGED["Range"]}
        answer = await asking.fetch(piece.url, headers=headers, limit=_MEDIA_LIMIT)
        if gone := _is_gone(answer):
            missing = missing or f"{gone}: {piece.url}"
            found = tuple(others)  # one may be missing where the rest is there
            continue
        if isinstance(answer, Failure):
            return
        hop = answer.final
        if not 200 <= hop.status < 300 or is_html(hop) or not hop.decoded:
            return  # a key, a wall, a country: no word on the film
        if not is_list(hop.decoded):
            facts.say(SignalKind.MEDIA_ALIVE, "a piece of it is there")
            return
        found, missing = pieces(hop.decoded, hop.url), ""
    if missing and not found:
        facts.say(SignalKind.MEDIA_REMOVED, f"what it lists {missing}")


async def try_player(asking: Asking, hop: Hop, facts: Facts) -> None:
    """Ask for the film of a page that is nothing but its player: such a page outlives it."""
    if facts.page is None or hop.status != 200 or hop.truncated is not None or facts.has(*_TOLD):
        return
    missing = ""
    # Some hosts show their films on their own pages only.
    headers = {**_RANGED, "Referer": urls.without_fragment(facts.final)}
    for address in only_film(facts.page, facts.final):
        answer = await asking.fetch(address, headers=headers, limit=_MEDIA_LIMIT)
        if not (gone := _is_gone(answer)):
            if isinstance(answer, Exchange) and answer.final.status < 300 and is_media(answer.final.decoded):
                facts.say(SignalKind.MEDIA_ALIVE, "the page and the film that it plays")
            return
        missing = f"the page is its player, and what it plays {gone}: {address}"
    if missing:
        facts.say(SignalKind.MEDIA_REMOVED, missing)


def _is_gone(answer: Exchange | Failure) -> str:
    """Say how an answer shows that a thing is gone for good, or nothing."""
    if isinstance(answer, Failure):
        return "is at a host that does not exist" if answer.kind is FailureKind.NO_SUCH_HOST else ""
    final = answer.final
    if final.status not in (404, 410) or _wall_of(final):
        return ""
    return f"answers {final.status}"


# ---------------------------------------------------------------- hosts


async def ask_host(
    asking: Asking, host: MediaHost, *, about: str | None = None, before: Sequence[Hop] = (),
) -> Observation | None:
    """Ask a media host; None: it is none of its works, and the page is to be looked at as any other.

    `about` is the address of the work, where another one was cited and led to it by the hops `before`.
    """
    about = about or asking.link
    question = host.question(about)
    if question is None:
        return None
    return await _Inquiry(asking, host, about, before).run(question)


async def ask_behind(asking: Asking, hops: Sequence[Hop]) -> Observation | None:
    """Ask the media host to which a link has led (a shortener's target), where its page does not tell; else None."""
    if len(hops) < 2 or media_host(asking.link) is not None:
        return None
    about = next((hop.url for hop in reversed(hops) if media_host(hop.url) is not None), None)
    host = media_host(about) if about is not None else None
    final = hops[-1]
    if host is None or about is None or not (200 <= final.status < 300 or final.status in (403, 429)):
        return None
    page = Page(final.decoded, final.charset) if is_html(final) and final.decoded.strip() else None
    word = read_page(about, hops, page)
    if word is None and host.page_tells and about == final.url and final.status == 200:
        return None  # it is judged as any other
    if word is not None and word.settled and word.weight > HINT and word.kind is not SignalKind.NEEDS_BROWSER:
        return None  # it tells, after all
    return await ask_host(asking, host, about=about, before=hops)


class _Inquiry:
    """What a host is asked about one work, and what it has said so far."""

    def __init__(self, asking: Asking, host: MediaHost, about: str, before: Sequence[Hop]) -> None:
        self.asking = asking
        self.host = host
        self.about = about
        self.before = tuple(before)
        self.kept: Word | None = None  # settles it unless the page speaks against it
        self.answer: Exchange | None = None  # that gave it, or the first one
        self.said = unclear(f"{host.name} was not reached")

    async def run(self, question: str) -> Observation | None:
        """Ask until it is settled."""
        first = await self.asking.fetch(question, limit=_ANSWER_LIMIT)
        if isinstance(first, Failure):
            if first.kind in OURS:
                return self.asking.failed(first, self.before)
            self.said = unclear(f"{self.host.name}'s interface: {first.detail}")
        else:
            self.answer = first
            if found := _wall_of(first.final):
                return self._observed(first, Word((Signal(kind=SignalKind.BOT_WALL, detail=found),)))
            word = self.host.read(first.final)
            if first.final.status == 429 or (word.settled and word.weight >= SURE):
                return self._observed(first, word)
            self._weigh(word, first)
        if observation := await self._ask_again():
            return observation
        return await self._look_at_page()

    def _weigh(self, word: Word, answer: Exchange) -> None:
        if not word.settled:
            self.said = word if self.kept is None else self.said
        elif self.kept is None or word.kind is not self.kept.kind:
            self.kept, self.answer = word, answer
        else:  # said twice
            self.kept = said_twice(self.kept, word)

    async def _ask_again(self) -> Observation | None:
        """Ask in another way, where the first answer leaves room for doubt."""
        address = self.host.again(self.about) if self.host.again is not None else None
        if address is None or self.host.read_again is None:
            return None
        second = await self.asking.fetch(address, limit=_ANSWER_LIMIT)
        if isinstance(second, Failure) or _wall_of(second.final) or second.final.status == 429:
            return None
        word = self.host.read_again(second.final)
        if word.settled and word.weight >= SURE:
            return self._observed(second, word)
        self._weigh(word, second)
        return None

    async def _look_at_page(self) -> Observation | None:
        host, asking = self.host, self.asking
        if not host.page_tells and not host.own_page:
            return self._conclude()
        work = host.work(self.about) if host.own_page else None
        page = await asking.fetch(work or urls.without_fragment(self.about), limit=asking.read_limit)
        if isinstance(page, Failure):
            return self._conclude() or asking.failed(page, self.before)
        final = page.final
        seen = Page(final.decoded, final.charset) if is_html(final) and final.decoded.strip() else None
        if seen is not None and (found := wall(final, seen)):
            walled = Word((Signal(kind=SignalKind.BOT_WALL, detail=found),))
            return self._kept() or self._observed(page, walled)
        word = read_page(work or self.about, page.hops, seen)
        if final.status in (404, 410):
            word = word or removed(f"its page answers {final.status}")
        if self.kept is not None:
            return await self._compare(page, word)
        if host.page_tells:
            return await self._judge(page)
        if word is not None and word.settled and word.weight > HINT:
            return self._observed(page, word, title=seen.title if seen else None)
        word = word.alone if word is not None else self.said
        if word.kind is SignalKind.MEDIA_UNCLEAR and self.answer is not None and final.status == 200:
            return self._observed(self.answer, word)  # a watch page answers 200 whatever it is
        return self._observed(page, word)

    async def _compare(self, page: Exchange, word: Word | None) -> Observation | None:
        """Hold what the interface says against what the page says."""
        if self.kept is not None and self.kept.kind is SignalKind.MEDIA_PRIVATE and page.final.status in (404, 410):
            return self._kept()  # so is answered to those whom it is not for
        if word is not None and word.settled and word.kind is not SignalKind.NEEDS_BROWSER:
            if self.kept is not None and word.kind is self.kept.kind:
                self._weigh(word, page)
                return self._kept()
            if word.weight > HINT:
                return self._observed(page, word)
        if self.host.page_tells and 200 <= page.final.status < 300 and word is None:
            judged = await self._judge(page)
            # A frame for everything speaks neither for nor against.
            return (self._kept() or judged) if judged.has(SignalKind.NEEDS_BROWSER) else judged
        return self._kept() or await self._judge(page)

    async def _judge(self, page: Exchange) -> Observation:
        """Judge the page as any other."""
        facts = read(self.about, page.hops)
        await settle(self.asking, facts)
        return self.asking.answered(
            (*self.before, *page.hops), facts.signals, final=facts.final,
            title=facts.title,
        )

    def _kept(self) -> Observation | None:
        """Give what the interface said, where that is more than a hint."""
        if self.kept is None or self.answer is None or self.kept.weight <= HINT:
            return None
        return self._observed(self.answer, self.kept)

    def _conclude(self) -> Observation | None:
        """Give what is known without a page."""
        if (kept := self._kept()) is not None or self.answer is None:
            return kept
        return self._observed(self.answer, self.kept.alone if self.kept is not None else self.said)

    def _observed(self, answer: Exchange, word: Word, *, title: str | None = None) -> Observation:
        return self.asking.answered(
            (*self.before, *answer.hops), word.signals, final=self.about, title=word.title or title,
        )


def _wall_of(hop: Hop) -> str:
    """Name the wall that answered an API's question; its own refusals are short and no pages."""
    return wall(hop, Page(hop.decoded, hop.charset)) if is_html(hop) and hop.decoded else ""
