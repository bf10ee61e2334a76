"""The demo world: a web, an archive and their days, on loopback, behind one forward proxy.

    with World(clock) as world:
        ... use world.proxy and world.ca_bundle, or load settings with world.settings() ...
"""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import ExitStack
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from archiver.demo import story_sites
from archiver.demo.answers import Ask, Manner, page
from archiver.demo.archive import InternetArchive, Live
from archiver.demo.cases import CASES
from archiver.demo.proxy import Proxy
from archiver.demo.script import Face, Reach, Sites
from archiver.demo.sites import media_hosts, status, video
from archiver.demo.tls import Authority

if TYPE_CHECKING:
    import ssl

    from archiver.clock import Clock
    from archiver.demo.answers import Headers, Reply
    from archiver.demo.wire import Received

ARCHIVE_HOSTS = frozenset({"web.archive.org", "archive.org", "www.archive.org"})
_DAY = timedelta(days=1)
_CRAWLER_HOPS = 5


class Seen(Struct, frozen=True, kw_only=True):
    """One request that reached a host."""

    at: datetime
    method: str
    url: str
    headers: Headers
    body: bytes = b""


class World:
    """All of it; a context manager. `day` is the day of the story it begins on.

    `folder` takes the certificate to trust and the archive's politeness clocks; without one they are temporary.
    """

    def __init__(self, clock: Clock, *, folder: Path | None = None, day: float = 0) -> None:
        self.clock = clock
        self.started = clock.now() - day * _DAY
        self.sites = Sites()
        self.archive = InternetArchive(clock)
        self.requests: list[Seen] = []
        self.offline = False  # set it, and nothing is reached any more: the resolver fails for every name
        self._folder = folder
        self._open = ExitStack()
        self._asked: Counter[str] = Counter()
        self._proxy = Proxy(self)
        self._port = 0
        self._authority: Authority | None = None
        self._populate()

    def _populate(self) -> None:
        self.sites.play(CASES)
        for host in status.CANARIES:
            self.sites.add(host)
        video.play(self.sites, story_sites.YOUTUBE, story_sites.VIMEO)
        story_sites.play(self.sites)
        story_sites.archive(self.archive)
        self.archive.watch(self._crawled)

    @property
    def proxy(self) -> str:
        """Give the proxy's address."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def ca_bundle(self) -> Path:
        """Give the file with the certificate to trust."""
        return self.folder / "demo-ca.pem"

    @property
    def folder(self) -> Path:
        """Give the folder of what the world keeps on disk."""
        if self._folder is None:
            raise RuntimeError("the world has not begun")
        return self._folder

    def settings(self) -> dict[str, object]:
        """Give the flags with which config.load makes the pipeline live in this world."""
        return {
            "web.proxy": self.proxy, "web.ca_bundle": str(self.ca_bundle.absolute()), "web.interval": 0.0,
            "web.timeout": 5.0, "archives.clocks": str((self.folder / "clocks").absolute()),
        }

    def environment(self) -> dict[str, str]:
        """Give the same as environment variables, for commands that live in this world."""
        return {f"ARCHIVER_{key.upper().replace('.', '_')}": str(value) for key, value in self.settings().items()}

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            if self._folder is None:
                self._folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="archiver-demo-")))
            self._folder.mkdir(parents=True, exist_ok=True)
            self._authority = Authority(self.ca_bundle)
            self._port = self._proxy.start()
            opened.callback(self._proxy.close)
            self._open = opened.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    # ------------------------------------------------------------ what the proxy asks, from its own thread

    def now(self) -> datetime:
        """Give the time of the world."""
        return self.clock.now()

    @property
    def day(self) -> float:
        """Give the days since the world began."""
        return (self.now() - self.started) / _DAY

    def reach(self, host: str) -> Reach:
        """Tell whether a host can be reached now."""
        if self.offline:
            return Reach.DNS_ERROR
        if host in ARCHIVE_HOSTS:
            return Reach.ANSWERS
        site = self.sites.find(host)
        return site.reached(self.day) if site else Reach.NO_SUCH_HOST

    def face(self, host: str) -> Face:
        """Tell what a host shows to TLS clients."""
        site = self.sites.find(host)
        return site.face if site else Face.TRUSTED

    def context(self, host: str) -> ssl.SSLContext:
        """Give the TLS side of a host."""
        if self._authority is None:
            raise RuntimeError("the world has not begun")
        return self._authority.context(host, self.face(host))

    def answer(self, received: Received, scheme: str, host: str, target: str) -> Reply:
        """Answer a request that has reached its host."""
        url = f"{scheme}://{host}{target}"
        self.requests.append(Seen(
            at=self.now(), method=received.method, url=url, headers=received.headers, body=received.body,
        ))
        if host in ARCHIVE_HOSTS and not target.startswith(media_hosts.ITEMS):
            return self.archive.answer(received.method, url, dict(received.headers), received.body)
        ask = Ask(
            at=self.now(), day=self.day, count=self._asked[url], method=received.method, scheme=scheme, host=host,
            target=target, headers=received.headers, body=received.body,
        )
        self._asked[url] += 1
        return self._site_answers(ask)

    def _site_answers(self, ask: Ask) -> Reply:
        site = self.sites.find(ask.host)
        return site.answer(ask) if site else page("", status=404)

    def _crawled(self, url: str) -> Live | None:
        """Tell what the archive's crawler meets at an address now; None: it gets no whole answer."""
        for _ in range(_CRAWLER_HOPS):
            parts = urlsplit(url)
            host = parts.hostname or ""
            if host in ARCHIVE_HOSTS or self.reach(host) is not Reach.ANSWERS:
                return None
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            reply = self._site_answers(Ask(
                at=self.now(), day=self.day, count=self._asked[url], method="GET", scheme=parts.scheme, host=host,
                target=target,
            ))
            headers = {name.lower(): value for name, value in reply.headers}
            if 300 <= reply.status < 400 and "location" in headers:
                url = urljoin(url, headers["location"])
                continue
            if reply.manner is not Manner.HONEST or callable(reply.body):
                return None
            media_type = headers.get("content-type", "text/html").partition(";")[0]
            return Live(status=reply.status, media_type=media_type, body=reply.body, url=url)
        return None

    def welcome(self) -> Reply:
        """Answer a person who opened the proxy's own address in a browser."""
        rows = "\n".join(
            f'<li><a href="{escape(case.url)}">{escape(case.url)}</a> {escape(case.name)}: {escape(case.says)} '
            f"({case.verdict}, {case.reason})"
            for case in CASES
        )
        return page(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The demo world</title></head><body>'
            "<h1>The demo world</h1><p>This is a forward proxy. Its sites exist behind it only.</p>"
            f"<ul>\n{rows}\n</ul></body></html>"
        )
