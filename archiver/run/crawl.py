"""Read a site page by page: what robots.txt allows, the sitemap's pages first, then where links lead, level by level.

A site is its host, below the folder in which the crawl starts; `depth`, `pages`, `include` and `exclude` narrow it.
Each page is fetched once, politely, and what was fetched serves as the look at the page's own link.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.checks.judge import judge_look
from archiver.documents import sitemaps
from archiver.documents.bundles import unpacked
from archiver.documents.raw import Raw
from archiver.model import Document, FailureKind, Unreadable, VerdictKind
from archiver.run.fetching import DOCUMENT_LIMIT
from archiver.web.exchange import Exchange, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archiver.config import Settings
    from archiver.run.fetching import Fetched, Fetching

_SITEMAPS = 50  # of one site
_READ = frozenset({VerdictKind.ALIVE, VerdictKind.MOVED, VerdictKind.CHANGED, VerdictKind.RESTRICTED})
# What no document is, told by its name, or by the type that the server gives it.
_OTHER_NAMES = re.compile(
    r"\.(?:7z|aac|apk|avi|avif|bin|bmp|bz2|css|deb|dmg|eot|exe|flac|gif|gz|ico|iso|jar|jpe?g|js|json|m3u8|m4[av]|mjs|mkv"
    r"|mov|mp[34]|mpd|mpe?g|msi|og[gv]|opus|otf|png|rar|rpm|svg|tar|tgz|tiff?|ttf|wasm|wav|webm|webmanifest|webp|wmv"
    r"|woff2?|xml|xz|zip)$",
    re.IGNORECASE,
)
_OTHER_TYPES = re.compile(
    r"(?:image|video|audio|font)/|text/(?:css|javascript)|application/(?:(?:x-)?javascript|zip|octet-stream|json|gzip)"
)


class Scope(Struct, frozen=True):
    """Which addresses are a site's own pages."""

    hosts: frozenset[str]  # with their ports
    folder: str  # its path begins so

    @classmethod
    def of(cls, *starts: str) -> Scope:
        """Give the scope of a crawl that starts at an address, and is perhaps sent on to another one."""
        return cls(frozenset(map(_host, starts)), _folder(urls.path(starts[-1])))

    def holds(self, address: str) -> bool:
        """Tell whether an address is one of them."""
        if urls.scheme(address) not in ("http", "https") or _host(address) not in self.hosts:
            return False
        path = urls.path(address)
        return path.startswith(self.folder) or path == self.folder.rstrip("/")


def _host(address: str) -> str:
    return urls.authority(address).removeprefix("www.")


def _folder(path: str) -> str:
    """Give the folder of a page: of /blog/ and of /blog it is /blog/, of /blog/first.html as well."""
    head, _, name = path.rpartition("/")
    return f"{path}/" if name and "." not in name else f"{head}/"


class Crawled(Struct, frozen=True, kw_only=True):
    """What came of a site."""

    documents: tuple[Document | Unreadable, ...]
    rest: Scope | None  # set when not all of its pages were asked for: those read by earlier runs may still be there


async def crawl(
    start: str, settings: Settings, fetching: Fetching, *, step: Callable[[int], None],
) -> Crawled:
    """Read the pages of a site."""
    link = urls.normalise(start)
    if link is None:
        hint = "only http and https are read"
        return Crawled(
            documents=(Unreadable(source=start, reason="no address that can be fetched", hint=hint),), rest=None,
        )
    return await _Crawl(urls.without_fragment(link), settings, fetching, step).run()


class _Crawl:
    def __init__(
        self, start: str, settings: Settings, fetching: Fetching, step: Callable[[int], None],
    ) -> None:
        self._start = start
        self._settings = settings.crawl
        self._fetching = fetching
        self._step = step
        self._until = asyncio.get_running_loop().time() + settings.web.max_time
        self._side_by_side = asyncio.Semaphore(settings.web.per_host)
        self._include = [re.compile(pattern) for pattern in self._settings.include]
        self._exclude = [re.compile(pattern) for pattern in self._settings.exclude]
        self._scope = Scope.of(start)
        self._known: dict[str, None] = {}  # addresses met, in that order
        self._read: set[str] = set()  # addresses of pages that were read, after redirects
        self._left_out: Counter[str] = Counter()

    async def run(self) -> Crawled:
        """Read level after level."""
        self._known[self._start] = None
        first = await self._page(self._start, needed=True)
        documents = list(first)
        asked = 1
        level = [*await self._listed(), *self._new(first)] if self._is_read(first) else []
        for _ in range(self._settings.depth):
            room = self._settings.pages - asked
            if len(level) > room:
                self._left_out[f"more than {self._settings.pages:,} pages (crawl.pages)"] += len(level) - room
                level = level[:room]
            if not level:
                break
            asked += len(level)
            pages = await asyncio.gather(*(self._page(link) for link in level))
            documents += [item for page in pages for item in page]
            level = self._new(item for page in pages for item in page)
        return self._done(documents)

    @staticmethod
    def _is_read(page: tuple[Document | Unreadable, ...]) -> bool:
        return any(isinstance(item, Document) for item in page)

    async def _page(self, link: str, *, needed: bool = False) -> tuple[Document | Unreadable, ...]:
        """Read a page. Without `needed`, what is no document or not there is its citation's business, not ours."""
        fetched = await self._fetch(link)
        if isinstance(fetched, str):
            self._left_out[fetched] += 1
            hint = "pages that are named one by one are read as a reader would"
            return (Unreadable(source=link, reason=fetched, hint=hint),) if needed else ()
        self._step(1)
        hop = fetched.hop
        if hop is None:
            if needed:
                return (Unreadable(source=link, reason=fetched.why_not, hint="is the address right?"),)
            if fetched.look.observation.failure is not None or (fetched.look.observation.status or 0) >= 500:
                self._left_out["no answer"] += 1
            return ()
        if needed:
            self._scope = Scope.of(self._start, hop.url)
        elif not self._is_wanted(hop.url) or _OTHER_TYPES.match(hop.media_type or ""):
            return ()
        verdict = judge_look(fetched.look.observation)
        if verdict.kind not in _READ:
            hint = "is the address right?"
            return (Unreadable(source=link, reason=verdict.because, hint=hint),) if needed else ()
        if hop.url in self._read:
            return ()
        self._read.add(hop.url)
        return await self._fetching.read(hop.url, hop)

    async def _fetch(self, link: str) -> Fetched | str:
        """Fetch a page in its turn, or say why not."""
        try:
            async with asyncio.timeout_at(self._until), self._side_by_side:
                barred = await self._fetching.web.barred(link)
                if barred is not None and barred.kind is FailureKind.ROBOTS:
                    return "robots.txt keeps crawlers out"
                return await self._fetching.fetch(link)
        except TimeoutError:
            return "its time was over (web.max_time)"

    def _new(self, page: Iterable[Document | Unreadable]) -> list[str]:
        """Give the site's own pages that a page links to and that were not met before."""
        return [
            link
            for document in page
            for citation in (document.citations if isinstance(document, Document) else ())
            if citation.link is not None and self._meet(link := urls.without_fragment(citation.link))
        ]

    def _meet(self, link: str) -> bool:
        if link in self._known or link in self._read or not self._is_wanted(link):
            return False
        self._known[link] = None
        return True

    def _is_wanted(self, link: str) -> bool:
        return (
            self._scope.holds(link)
            and not _OTHER_NAMES.search(urls.path(link))
            and (not self._include or any(pattern.search(link) for pattern in self._include))
            and not any(pattern.search(link) for pattern in self._exclude)
        )

    async def _listed(self) -> list[str]:
        """Give the pages that the site's sitemaps list: those that its robots.txt names, else the usual one."""
        origin = "/".join(self._start.split("/", 3)[:3])
        waiting = [*self._fetching.web.sitemaps(self._start)] or [f"{origin}/sitemap.xml"]
        met = set(waiting)
        found: list[str] = []
        for _ in range(_SITEMAPS):
            if not waiting or len(found) > self._settings.pages:
                break
            try:
                async with asyncio.timeout_at(self._until):
                    listed = await self._sitemap(waiting.pop(0))
            except TimeoutError:
                break
            found += [link for page in listed.pages if (link := urls.normalise(page)) and self._meet(link)]
            new = [more for more in dict.fromkeys(listed.sitemaps) if more not in met]
            met.update(new)
            waiting += new
        return found

    async def _sitemap(self, address: str) -> sitemaps.Listed:
        nothing = sitemaps.Listed((), ())
        link = urls.normalise(address)
        if link is None or await self._fetching.web.barred(link) is not None:
            return nothing
        answer = await self._fetching.web.fetch(Request(url=link, read_limit=DOCUMENT_LIMIT))
        if not isinstance(answer, Exchange) or not 200 <= answer.final.status < 300:
            return nothing
        final = answer.final
        raw = unpacked(Raw(source=link, data=final.decoded, charset=final.charset, url=final.url))
        if isinstance(raw, Unreadable) or final.media_type == "text/html":
            return nothing
        return sitemaps.listed(raw)

    def _done(self, documents: list[Document | Unreadable]) -> Crawled:
        warnings = tuple(f"{count:,} of its pages were not read: {why}" for why, count in self._left_out.items())
        if warnings:
            first = next((n for n, item in enumerate(documents) if isinstance(item, Document)), None)
            if first is not None:
                told = documents[first]
                documents[first] = replace(told, warnings=(*told.warnings, *warnings))  # type: ignore[union-attr]
        failed = bool(warnings) or not any(isinstance(item, Document) for item in documents)
        return Crawled(documents=tuple(documents), rest=self._scope if failed else None)
