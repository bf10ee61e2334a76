"""The demo world: a web, an archive and their days, on loopback, behind one forward proxy.

    with World(clock) as world:
        ... use world.proxy and world.ca_bundle, or load settings with world.settings() ...
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Self

from archiver.demo import story_sites
from archiver.demo.answers import Ask, Reply, page
from archiver.demo.cases import CASES
from archiver.demo.proxy import Proxy
from archiver.demo.script import Face, Reach, Sites
from archiver.demo.sites import status, video
from archiver.demo.tls import Authority

if TYPE_CHECKING:
    import ssl

    from archiver.clock import Clock
    from archiver.demo.answers import Headers
    from archiver.demo.wire import Received

ARCHIVE_HOSTS = frozenset({"web.archive.org", "archive.org", "www.archive.org"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request that reached a host."""

    at: datetime
    method: str
    url: str
    headers: Headers
    body: bytes = b""


class World:
    """All of it; a context manager. `day` is the day of the story it begins on."""

    def __init__(self, clock: Clock, *, folder: Path | None = None, day: float = 0) -> None:
        from archiver.demo.archive import InternetArchive

        self.clock = clock
        self.started = clock.now() - day * _DAY
        self.sites = Sites()
        self.archive = InternetArchive(clock)
        self.requests: list[Seen] = []
        self.offline = False  # set it, and nothing is reached any more: the resolver fails for every name
        self._own = tempfile.TemporaryDirectory(prefix="archiver-demo-") if folder is None else None
        self._folder = Path(self._own.name) if folder is None and self._own else folder or Path()
        self._asked: Counter[str] = Counter()
        self._proxy = Proxy(self)
        self._port = 0
        self._authority: Authority | None = None
        self._populate()

    def _populate(self) -> None:
        self.sites.play(CASES)
        for host in status.CANARIES:
            self.sites[host]  # it exists
        video.play(self.sites, story_sites.YOUTUBE, story_sites.VIMEO)
        story_sites.play(self.sites)
        story_sites.archive(self.archive, self.started)

    @property
    def proxy(self) -> str:
        """Give the proxy's address."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def ca_bundle(self) -> Path:
        """Give the file with the certificate to trust."""
        return self._folder / "demo-ca.pem"

    def settings(self) -> dict[str, object]:
        """Give the flags with which config.load makes the pipeline live in this world."""
        return {
            "web.proxy": self.proxy, "web.ca_bundle": str(self.ca_bundle.absolute()), "web.interval": 0.0,
            "web.timeout": 5.0,
        }

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._authority = Authority(self.ca_bundle)
        self._port = self._proxy.start()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._proxy.close()
        finally:
            if self._own is not None:
                self._own.cleanup()

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
        if host in ARCHIVE_HOSTS:
            told = self.archive.answer(received.method, url, dict(received.headers), received.body)
            return Reply(status=told.status, headers=tuple(told.headers), body=told.body)
        ask = Ask(
            at=self.now(), day=self.day, count=self._asked[url], method=received.method, scheme=scheme, host=host,
            target=target, headers=received.headers, body=received.body,
        )
        self._asked[url] += 1
        site = self.sites.find(host)
        return site.answer(ask) if site else page("", status=404)

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
