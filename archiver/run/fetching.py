"""Fetch documents. What is fetched to be read is a look, too: a page that is both read and cited is fetched once."""

from __future__ import annotations

import pickle
import tempfile
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, BinaryIO, Self, cast

from msgspec import Struct

from archiver import urls
from archiver.checks.look import look
from archiver.documents.raw import Raw
from archiver.documents.sources import unbundled
from archiver.engines.apart import Apart, apart
from archiver.model import Document, Unreadable
from archiver.run.collect import as_asked
from archiver.web.exchange import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from archiver.checks.look import Look
    from archiver.config import Settings
    from archiver.web.client import Web
    from archiver.web.exchange import Hop

DOCUMENT_LIMIT = 50_000_000  # bytes of a document fetched from the web
_IN_MEMORY = 8_000_000  # bytes of looks that wait; more of them wait on the disk


class Held:
    """Looks that were made while documents were fetched, until somebody asks for them."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[int, int]] = {}

    def __enter__(self) -> Self:
        self._kept = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self._kept.close()

    def keep(self, made: Look) -> None:
        """Keep a look for its link."""
        data = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
        start = self._kept.seek(0, 2)
        self._kept.write(data)
        self._places[made.observation.link] = (start, len(data))

    def take(self, link: str) -> Look | None:
        """Give the look that was made of a link, if there is one, once."""
        place = self._places.pop(link, None)
        if place is None:
            return None
        self._kept.seek(place[0])
        made: Look = pickle.loads(self._kept.read(place[1]))  # noqa: S301 - written by `keep`
        return made


class Means(Struct, frozen=True):
    """What fetching takes beside the web."""

    apart: Apart
    held: Held


@contextmanager
def means(*, wanted: bool) -> Iterator[Means]:
    """Make it ready, before there is a loop. Unless anything is wanted, that costs nothing."""
    with apart() if wanted else nullcontext(Apart([])) as forked, Held() as held:
        yield Means(forked, held)


class Fetched(Struct, frozen=True, kw_only=True):
    """What came of an address."""

    look: Look
    hop: Hop | None  # the answer that a document can be read from
    why_not: str = ""  # when there is none: one line


class Fetching:
    """Fetches documents; a run has one."""

    def __init__(self, web: Web, settings: Settings, means: Means) -> None:
        self.web = web
        self._settings = settings
        self._apart = means.apart
        self._held = means.held

    async def fetch(self, link: str) -> Fetched:
        """Get a page as whoever looks at it would."""
        made = await look(link, self.web, read_limit=DOCUMENT_LIMIT)
        self._held.keep(made)
        seen = made.observation
        if seen.failure is not None:
            return Fetched(look=made, hop=None, why_not=f"cannot fetch it: {seen.failure_detail}")
        hop = _final(made)
        if hop is None or not 200 <= hop.status < 300:
            status = hop.status if hop is not None else seen.status
            return Fetched(look=made, hop=None, why_not=f"the server answers {status}")
        if hop.truncated:
            return Fetched(look=made, hop=None, why_not=f"arrived cut short ({hop.truncated})")
        return Fetched(look=made, hop=hop)

    async def read(self, source: str, hop: Hop) -> tuple[Document | Unreadable, ...]:
        """Read what was fetched: one document, or those of an archive."""
        whole = Raw(
            source=source, data=hop.decoded, media_type=hop.media_type, charset=hop.charset, url=hop.url,
        )
        return tuple([
            await self._apart.read(as_asked(item, self._settings)) if isinstance(item, Raw) else item
            for item in unbundled(whole)
        ])

    async def document(self, address: str) -> tuple[Document | Unreadable, ...]:
        """Fetch an address that was named, and read it."""
        link = urls.normalise(address)
        if link is None:
            hint = "only http and https are read"
            return (Unreadable(source=address, reason="no address that can be fetched", hint=hint),)
        fetched = await self.fetch(link)
        if fetched.hop is None:
            answered = fetched.why_not.startswith("the server")
            hint = "is the address right?" if answered else "the next run tries again"
            return (Unreadable(source=address, reason=fetched.why_not, hint=hint),)
        return await self.read(address, fetched.hop)


def _final(made: Look) -> Hop | None:
    """Give the answer that the look rests on; a question about the host's manners may have come after it."""
    final = made.observation.final_url
    hops = [answer.final for answer in made.answers if isinstance(answer, Exchange)]
    same = [hop for hop in hops if final is not None and hop.url == urls.without_fragment(final)]
    return next(reversed(same or hops), None)
