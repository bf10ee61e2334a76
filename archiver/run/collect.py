"""Collect: read the documents and find their links. An address is fetched and read, a site is crawled."""

from __future__ import annotations

import asyncio
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.documents.raw import Raw
from archiver.documents.sources import Address, Site, expand
from archiver.model import Citation, Document, Reason, Unreadable, Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from archiver.checks.look import Look
    from archiver.config import Settings
    from archiver.run.crawl import Crawled, Scope
    from archiver.run.fetching import Fetching, Held
    from archiver.run.progress import Progress


class Collected(Struct, frozen=True, kw_only=True):
    """What the documents cite, in reading order."""

    documents: tuple[Document, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    rest: tuple[Scope, ...] = ()  # sites that were not read to the end

    @classmethod
    def of(cls, read: Iterable[Document | Unreadable], rest: Iterable[Scope] = ()) -> Collected:
        """Sort what was read from what could not be."""
        kept = tuple(read)
        return cls(
            rest=tuple(rest),
            documents=tuple(item for item in kept if isinstance(item, Document)),
            unreadable=tuple(item for item in kept if isinstance(item, Unreadable)),
        )

    @property
    def citations(self) -> dict[str, tuple[Citation, ...]]:
        """Give for each address its citations. Keys are links, or the text as written where it gives no link."""
        found: dict[str, list[Citation]] = {}
        for document in self.documents:
            for citation in document.citations:
                address = citation.link or citation.url
                if address is not None:
                    found.setdefault(address, []).append(citation)
        return {address: tuple(citations) for address, citations in found.items()}

    @property
    def lost(self) -> tuple[Citation, ...]:
        """Give the citations whose target is gone from the text itself."""
        return tuple(citation for document in self.documents for citation in document.citations if citation.lost)

    @property
    def dates(self) -> dict[str, date]:
        """Give for each link the day it was cited: the citation's own date, else its document's."""
        found: dict[str, date] = {}
        for document in self.documents:
            for citation in document.citations:
                day = citation.cited_on or document.published
                if citation.link and day and (citation.link not in found or day < found[citation.link]):
                    found[citation.link] = day
        return found


class Gathered(Struct, frozen=True, kw_only=True):
    """What was read on this machine, and what must be fetched, in the order asked for."""

    items: tuple[Document | Unreadable | Address | Site, ...] = ()

    @property
    def remote(self) -> tuple[Address | Site, ...]:
        """Give what must be fetched."""
        return tuple(item for item in self.items if isinstance(item, Address | Site))

    def collected(self, fetched: Mapping[Address | Site, Crawled] = MappingProxyType({})) -> Collected:
        """Put what came of addresses and sites in their places."""
        read: list[Document | Unreadable] = []
        for item in self.items:
            read += fetched[item].documents if isinstance(item, Address | Site) else (item,)
        return Collected.of(read, (one.rest for one in fetched.values() if one.rest is not None))


def gather(
    settings: Settings, arguments: Sequence[str], sites: Sequence[str], *, base: Path, progress: Progress,
    stdin: Callable[[], bytes] | None = None,
) -> Gathered:
    """Read documents from files, folders and standard input."""
    found = _read(settings, arguments, base, progress, stdin)
    return Gathered(items=(*found, *map(Site, dict.fromkeys(sites))))


def _read(
    settings: Settings, arguments: Sequence[str], base: Path, progress: Progress, stdin: Callable[[], bytes] | None,
) -> Iterator[Document | Unreadable | Address]:
    from archiver.engines.readers import read_all

    def asked() -> Iterator[Raw | Unreadable | Address]:
        for item in expand(arguments, base=base, stdin=stdin):
            yield as_asked(item, settings) if isinstance(item, Raw) else item

    found: Iterator[Document | Unreadable | Address] = read_all(
        asked(), phase=lambda: progress.phase("reading", None),
    )
    return found


async def fetch(
    gathered: Gathered, settings: Settings, fetching: Fetching, progress: Progress,
) -> Collected:
    """Fetch the documents that are addresses, and crawl the sites; give all in the order asked for."""
    remote = tuple(dict.fromkeys(gathered.remote))
    if not remote:
        return gathered.collected()
    from archiver.run.crawl import Crawled, crawl

    total = None if any(isinstance(item, Site) for item in remote) else len(remote)
    with progress.phase("fetching", total) as step:

        async def get(item: Address | Site) -> Crawled:
            if isinstance(item, Site):
                return await crawl(item.url, settings, fetching, step=step)
            read = await fetching.document(item.url)
            step(1)
            return Crawled(documents=read, rest=None)

        async with asyncio.TaskGroup() as group:
            tasks = {item: group.create_task(get(item)) for item in remote}
    return gathered.collected({item: task.result() for item, task in tasks.items()})


def as_asked(raw: Raw, settings: Settings) -> Raw:
    """Say what is wanted of a document."""
    if not settings.column and not settings.images:
        return raw
    return replace(raw, column=settings.column or None, images=settings.images)


def take_held(links: Iterable[str], held: Held, seen: Callable[[Look], None]) -> tuple[str, ...]:
    """Hand over the looks that were made while documents were fetched; give the links that have none."""
    left = []
    for link in links:
        made = held.take(link)
        if made is None:
            left.append(link)
        else:
            seen(made)
    return tuple(left)


def read_files(
    settings: Settings, arguments: Sequence[str], *, base: Path, progress: Progress,
    stdin: Callable[[], bytes] | None = None,
) -> Iterator[Document | Unreadable]:
    """Read documents one after the other, without the network; addresses among the arguments cannot be read."""
    for item in _read(settings, arguments, base, progress, stdin):
        yield _offline(item.url) if isinstance(item, Address) else item


def _offline(url: str) -> Unreadable:
    return Unreadable(source=url, reason="is an address", hint="this command reads no addresses; save the page first")


def addresses_of(collected: Collected, addresses: Sequence[str]) -> tuple[str, ...]:
    """Give each address once: those cited, in reading order, then those named. Links where they can be."""
    named = (urls.normalise(address) or address for address in addresses)
    return tuple(dict.fromkeys([*collected.citations, *named]))


def excluded(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Give the test whether the user wants a link skipped."""
    compiled = [re.compile(pattern) for pattern in patterns]
    return lambda link: any(pattern.search(link) for pattern in compiled)


def unlooked(address: str, *, by_user: bool) -> Verdict:
    """Judge an address that is not looked at: excluded by the user, or of a scheme that we do not speak."""
    if by_user:
        return Verdict(
            kind=VerdictKind.SKIPPED, reason=Reason.EXCLUDED, because="Excluded by the settings (key exclude).",
        )
    name = urls.scheme(address)
    what = f"addresses of scheme {name}: are not looked at" if name else "this is no address that can be requested"
    return Verdict(
        kind=VerdictKind.SKIPPED, reason=Reason.UNSUPPORTED, because=f"{what[:1].upper()}{what[1:]}.",
    )
