"""Asks about cited media: a host by its oEmbed, a file by its beginning, a playlist by its first piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.checks.asking import OURS
from archiver.checks.media.files import first_piece, is_hls, is_playlist
from archiver.checks.media.hosts import HOSTS, HostsWord, MediaHost, read_oembed, read_youtube_page
from archiver.checks.page import Page, begins_like_html, is_html
from archiver.checks.walls import wall
from archiver.model import Observation, Signal, SignalKind
from archiver.web.exchange import Exchange, Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.checks.asking import Asking
    from archiver.checks.facts import Facts
    from archiver.web.exchange import Hop

_MEDIA_LIMIT = 200_000  # bytes, where the host ignores the range
_OEMBED_LIMIT = 200_000
_RANGED: Mapping[str, str] = {"Range": "bytes=0-1023"}  # of a media file: enough for its magic
_YOUTUBE = HOSTS[0]


async def ask_file(asking: Asking) -> Exchange | Failure:
    """Ask for the beginning of a cited media file."""
    answer = await asking.fetch(asking.link, headers=_RANGED, limit=_MEDIA_LIMIT)
    # 416: it is empty, or the host knows no ranges. A page in its place is worth reading to the end.
    if isinstance(answer, Exchange) and (answer.final.status == 416 or _is_piece_of_page(answer.final)):
        answer = await asking.fetch(asking.link, limit=_MEDIA_LIMIT)
    return answer


async def try_pieces(asking: Asking, hop: Hop, facts: Facts) -> None:
    """Follow a playlist to its first piece: playlists outlive what they list."""
    for _ in range(2):  # a variant, then a piece
        target = first_piece(hop.decoded.decode("utf-8", "replace"), hop.url)
        if target is None:
            return
        answer = await asking.fetch(target, headers=None if is_playlist(target) else _RANGED, limit=_MEDIA_LIMIT)
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


async def ask_host(asking: Asking, host: MediaHost) -> Observation | None:
    """Ask a media host, first by its interface, then by the page; None: the page is to be looked at as any other."""
    question = host.question(asking.link)
    if question is None:
        return None
    answer = await asking.fetch(question, limit=_OEMBED_LIMIT)
    if isinstance(answer, Failure):
        if answer.kind in OURS:
            return asking.failed(answer)
        unclear = Signal(kind=SignalKind.MEDIA_UNCLEAR, detail=f"{host.name}'s oEmbed: {answer.detail}")
        return await _look_at_page(asking, host, HostsWord(unclear), answer, bad_name=False)
    if found := _wall_of(answer.final):
        return asking.answered(answer.hops, [Signal(kind=SignalKind.BOT_WALL, detail=found)], final=asking.link)
    final = answer.final
    word = read_oembed(host, final.status, final.decoded)
    if word.settled or final.status == 429:
        return asking.answered(answer.hops, [word.signal], final=asking.link, title=word.title)
    return await _look_at_page(asking, host, word, answer, bad_name=final.status == 400)


async def _look_at_page(
    asking: Asking, host: MediaHost, word: HostsWord, first: Exchange | Failure, *, bad_name: bool,
) -> Observation | None:
    if host.page_tells:
        return None
    page = await asking.fetch(asking.link, limit=asking.read_limit)
    if isinstance(page, Failure):
        return asking.failed(page)
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
        return asking.answered(first.hops, [signal], final=asking.link)  # a watch page answers 200 whatever it is
    return asking.answered(page.hops, [signal], final=asking.link)


def _is_piece_of_page(hop: Hop) -> bool:
    return hop.status == 206 and (is_html(hop) or begins_like_html(hop.decoded))


def _wall_of(hop: Hop) -> str:
    """Name the wall that answered an API's question; its own refusals are short and no pages."""
    return wall(hop, Page(hop.decoded, hop.charset)) if is_html(hop) and hop.decoded else ""
