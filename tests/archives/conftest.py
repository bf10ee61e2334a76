"""A street with the archive's double and a few other hosts on it, behind the demo proxy, with its own authority."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from archiver.archives.desk import open_archives
from archiver.config import ArchiveSettings, MementoArchive, WebSettings
from archiver.demo.answers import Reply, page
from archiver.demo.archive import InternetArchive
from archiver.demo.proxy import Proxy
from archiver.demo.script import Face, Reach
from archiver.demo.tls import Authority

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from archiver.archives.desk import Archives
    from archiver.clock import ManualClock
    from archiver.demo.wire import Received

ARCHIVE = ("web.archive.org", "archive.org")


@dataclass
class Street:
    """What stands behind the proxy, and what was asked of it."""

    clock: ManualClock
    authority: Authority
    bundle: Path
    archive: InternetArchive
    others: dict[str, Callable[[Received, str], Reply]] = field(default_factory=dict)
    reaches: dict[str, Reach] = field(default_factory=dict)
    faces: dict[str, Face] = field(default_factory=dict)
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)  # method, address, headers
    proxy: str = ""

    def now(self) -> datetime:
        return self.clock.now()

    def reach(self, host: str) -> Reach:
        known = host in ARCHIVE or host in self.others
        return self.reaches.get(host, Reach.ANSWERS if known else Reach.NO_SUCH_HOST)

    def face(self, host: str) -> Face:
        return self.faces.get(host, Face.TRUSTED)

    def context(self, host: str) -> ssl.SSLContext:
        return self.authority.context(host, self.face(host))

    def answer(self, received: Received, scheme: str, host: str, target: str) -> Reply:
        headers = {name.lower(): value for name, value in received.headers}
        self.seen.append((received.method, f"{scheme}://{host}{target}", headers))
        if host in ARCHIVE:
            return self.archive.answer(received.method, f"{scheme}://{host}{target}", headers, received.body)
        return self.others[host](received, target)

    def welcome(self) -> Reply:
        return page("")

    def open(
        self, *, folder: Path | None = None, memento: tuple[MementoArchive, ...] = (), web: dict[str, Any] | None = None,
        **archives: Any,
    ) -> Archives:
        """Open the archives as the pipeline does, through the proxy."""
        settings = WebSettings(**{"proxy": self.proxy, "ca_bundle": str(self.bundle)} | (web or {}))
        return open_archives(ArchiveSettings(memento=memento, **archives), settings, self.clock, folder)


@pytest.fixture(scope="session")
def _authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Authority, Path]:
    bundle = tmp_path_factory.mktemp("authority") / "ca.pem"
    return Authority(bundle), bundle


@pytest.fixture
def street(clock: ManualClock, _authority: tuple[Authority, Path]) -> Iterator[Street]:
    """Give the street on a quiet day."""
    here = Street(clock=clock, authority=_authority[0], bundle=_authority[1], archive=InternetArchive(clock))
    proxy = Proxy(here)
    here.proxy = f"http://127.0.0.1:{proxy.start()}"
    yield here
    proxy.close()


@pytest.fixture
def archive(street: Street) -> InternetArchive:
    """Give the Internet Archive's double."""
    return street.archive
