"""Collect: read the documents and find their links. An address is fetched like any page, and read as a document."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import documents, urls
from archiver.documents.raw import Raw
from archiver.documents.sources import Address, expand
from archiver.model import Citation, Document, Reason, Unreadable, Verdict, VerdictKind
from archiver.web.exchange import Exchange, Failure, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from archiver.run.progress import Progress
    from archiver.web.client import Web

_DOCUMENT_LIMIT = 50_000_000  # bytes of a document fetched from the web


class Collected(Struct, frozen=True, kw_only=True):
    """What the documents cite, in reading order."""

    documents: tuple[Document, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()

    @classmethod
    def of(cls, read: Iterable[Document | Unreadable]) -> Collected:
        """Sort what was read from what could not be."""
        kept = tuple(read)
        return cls(
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
    """What was read on this machine, and the addresses of what must be fetched, in the order asked for."""

    items: tuple[Document | Unreadable | Address, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Give what must be fetched."""
        return tuple(item.url for item in self.items if isinstance(item, Address))

    def with_answers(self, answers: Mapping[str, Document | Unreadable]) -> Collected:
        """Put what came of the addresses in their places."""
        return Collected.of(answers[item.url] if isinstance(item, Address) else item for item in self.items)


def gather(
    arguments: Sequence[str], *, base: Path, progress: Progress, stdin: Callable[[], bytes] | None = None,
    column: str = "",
) -> Gathered:
    """Read documents from files, folders and standard input; of tables only this column, if one is named."""
    return Gathered(items=tuple(_read(arguments, base, progress, stdin, column)))


def _read(
    arguments: Sequence[str], base: Path, progress: Progress, stdin: Callable[[], bytes] | None, column: str,
) -> Iterator[Document | Unreadable | Address]:
    from archiver.engines.readers import read_all

    def asked() -> Iterator[Raw | Unreadable | Address]:
        for item in expand(arguments, base=base, stdin=stdin):
            yield replace(item, column=column) if column and isinstance(item, Raw) else item

    found: Iterator[Document | Unreadable | Address] = read_all(
        asked(), phase=lambda: progress.phase("reading", None),
    )
    return found


async def fetch(gathered: Gathered, web: Web, progress: Progress) -> Collected:
    """Fetch the documents that are addresses; give all in the order asked for."""
    addresses = tuple(dict.fromkeys(gathered.addresses))
    if not addresses:
        return gathered.with_answers({})
    with progress.phase("fetching", len(addresses)) as step:

        async def get(url: str) -> Document | Unreadable:
            document = await _fetch(url, web)
            step(1)
            return document

        async with asyncio.TaskGroup() as group:
            tasks = {url: group.create_task(get(url)) for url in addresses}
    return gathered.with_answers({url: task.result() for url, task in tasks.items()})


def read_files(
    arguments: Sequence[str], *, base: Path, progress: Progress, stdin: Callable[[], bytes] | None = None,
    column: str | None = None,
) -> Iterator[Document | Unreadable]:
    """Read documents one after the other, without the network; addresses among the arguments cannot be read."""
    for item in _read(arguments, base, progress, stdin, column or ""):
        yield _offline(item.url) if isinstance(item, Address) else item


def _offline(url: str) -> Unreadable:
    return Unreadable(source=url, reason="is an address", hint="this command reads no addresses; save the page first")


async def _fetch(url: str, web: Web) -> Document | Unreadable:
    link = urls.normalise(url)
    if link is None:
        return Unreadable(source=url, reason="no address that can be fetched", hint="only http and https are read")
    answer: Exchange | Failure = await web.fetch(Request(url=link, read_limit=_DOCUMENT_LIMIT))
    if isinstance(answer, Failure):
        return Unreadable(source=url, reason=f"cannot fetch it: {answer.detail}", hint="the next run tries again")
    final = answer.final
    if not 200 <= final.status < 300:
        return Unreadable(source=url, reason=f"the server answers {final.status}", hint="is the address right?")
    if final.truncated:
        return Unreadable(source=url, reason=f"arrived cut short ({final.truncated})", hint="the next run tries again")
    raw = Raw(source=url, data=final.decoded, media_type=final.media_type, charset=final.charset, url=final.url)
    return documents.read(raw)


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
