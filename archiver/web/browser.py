"""A browser for pages that a script draws: Chromium, fenced in. It draws what our requests bring, and reaches nothing.

    async with Browser.open() as browser:
        drawn = await browser.draw("https://app.example/essay/8", web)

Every request of a page is answered by `Web.fetch` (drawing.py), so that guard, caps, politeness, proxy and certificates
are those of any other look. Chromium itself is started with a proxy that has no address and a resolver that knows no
name: whatever gets around the routing (WebSockets, WebRTC, WebTransport, prefetching, its own errands) finds nothing.

One Chromium for a run, begun with the first page, a fresh context for each page, few pages at once. Playwright drives
it (an optional dependency); it is the system's own Chromium, never one that Playwright downloads.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from contextlib import asynccontextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archiver.web.drawing import Drawing, Drawn, Undrawn, first_line
from archiver.web.passing import Kept

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser as Chromium
    from playwright.async_api import BrowserContext, Playwright

    from archiver.web.client import Web
    from archiver.web.exchange import Hop

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_SECONDS = 15.0  # for one page, all in all
_PAGES = 2  # at once
_STARTS = 3  # of a browser that dies, in one run
_TO_START = 30.0  # seconds
_TO_CLOSE = 5.0  # seconds, before it is killed
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--block-new-web-contents",
    "--blink-settings=imagesEnabled=false",
    "--disable-remote-fonts",
    "--no-pings",
    "--disable-gpu",
    "--renderer-process-limit=4",
    "--js-flags=--max-old-space-size=256",
)
_NOWHERE = "http://nowhere.invalid:9"  # RFC 6761: such a name never resolves
# Popups need nobody's click by default when Playwright is there.
_NOT_OURS = ["--disable-popup-blocking"]


class Installed(Struct, frozen=True):
    """The browser that is there."""

    path: str


class Missing(Struct, frozen=True):
    """Why there is none, and what to do about it, in one line each."""

    reason: str
    hint: str


def find(path: str = "") -> Installed | Missing:
    """Look for Playwright and for a Chromium; `path` names one, else the usual names are tried."""
    if find_spec("playwright") is None:
        return Missing("Playwright is not installed", "pip install 'archiver[browser]'")
    if path:
        found = shutil.which(path)
        return Installed(found) if found else Missing(f"{path} is no program", "name the path of a Chromium")
    for name in NAMES:
        if found := shutil.which(name):
            return Installed(found)
    return Missing("no Chromium is installed", "install Chromium (Debian: apt-get install chromium)")


class Browser:
    """One Chromium, or the reason why there is none."""

    def __init__(self, path: str = "", *, seconds: float = _SECONDS, pages: int = _PAGES) -> None:
        self.found = find(path)
        self._seconds = seconds
        self._slots = asyncio.Semaphore(pages)
        self._starting = asyncio.Lock()
        self._kept = Kept()
        self._starts = 0
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None
        self._pid = 0

    @classmethod
    @asynccontextmanager
    async def open(cls, path: str = "", *, seconds: float = _SECONDS, pages: int = _PAGES) -> AsyncIterator[Browser]:
        """Give a browser that starts with its first page, and is gone for certain afterwards."""
        browser = cls(path, seconds=seconds, pages=pages)
        try:
            yield browser
        finally:
            await browser.close()

    async def draw(self, url: str, web: Web, *, document: Hop | None = None) -> Drawn | Undrawn:
        """Open a page and give what it shows when it has come to rest. `document` is its answer, when it is at hand."""
        if isinstance(self.found, Missing):
            return Undrawn(self.found.reason)
        async with self._slots:
            chromium = await self._start(self.found.path)
            if isinstance(chromium, Undrawn):
                return chromium
            return await self._draw(chromium, url, web, document)

    async def _draw(self, chromium: Chromium, url: str, web: Web, document: Hop | None) -> Drawn | Undrawn:
        from playwright.async_api import Error

        context: BrowserContext | None = None
        drawing = Drawing(url, web, self._kept, document, seconds=self._seconds)
        try:
            # The drawing minds its time itself; a page whose script never ends keeps everybody waiting.
            async with asyncio.timeout(self._seconds + 1):
                context = await chromium.new_context(
                    service_workers="block", accept_downloads=False, permissions=[], locale="en-US",
                    viewport={"width": 1280, "height": 2000},
                )
                return await drawing.draw(context)
        except TimeoutError:
            return Undrawn(f"it was not drawn within {self._seconds:g} s")
        except Error as error:
            return Undrawn(first_line(error))
        finally:
            await drawing.stop()
            if context is not None:
                await self._close_context(context)

    async def _close_context(self, context: BrowserContext) -> None:
        """Close a page for good, if need be with all of the browser: the next page gets a new one."""
        closed = asyncio.ensure_future(_quietly(context.close()))
        try:
            done, _ = await asyncio.wait({closed}, timeout=_TO_CLOSE)
        except asyncio.CancelledError:
            await _end(closed)
            raise
        if not done:
            await _end(closed)
            self._kill(self._pid)

    # ------------------------------------------------------------ the process

    async def _start(self, path: str) -> Chromium | Undrawn:
        async with self._starting:
            if self._chromium is not None and self._chromium.is_connected():
                return self._chromium
            if self._starts >= _STARTS:
                return Undrawn("the browser does not stay alive")
            self._starts += 1
            await self.close()
            try:
                async with asyncio.timeout(_TO_START):
                    return await self._launch(path)
            except TimeoutError:
                reason = f"the browser did not start within {_TO_START:g} s"
            except Exception as error:  # noqa: BLE001 - whatever is wrong with it, there is no browser
                reason = f"the browser does not start: {first_line(error)}"
            await self.close()
            self._starts = _STARTS  # it would not start the next time either
            return Undrawn(reason)

    async def _launch(self, path: str) -> Chromium:
        from playwright.async_api import async_playwright

        self._playwright = await async_playwright().start()
        self._home = tempfile.TemporaryDirectory(prefix="archiver-browser-", ignore_cleanup_errors=True)
        self._chromium = await self._playwright.chromium.launch(
            executable_path=path, args=list(_ARGUMENTS), ignore_default_args=_NOT_OURS,
            proxy={"server": _NOWHERE},  # loopback goes through it, too: Playwright sees to that
            chromium_sandbox=not _is_root(), env=self._environment(),
            handle_sigint=False, handle_sigterm=False, handle_sighup=False,
        )
        session = await self._chromium.new_browser_cdp_session()
        processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
        self._pid = next((int(one["id"]) for one in processes if one["type"] == "browser"), 0)
        await session.detach()
        return self._chromium

    def _environment(self) -> dict[str, str | float | bool]:
        """Give what the browser sees of ours: no secrets, no proxies, a home of its own that is thrown away."""
        kept: dict[str, str | float | bool] = {
            name: value for name in ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH")
            if (value := os.environ.get(name)) is not None
        }
        return kept | {"HOME": self._home.name} if self._home is not None else kept

    async def close(self) -> None:
        """End the browser: politely, and after some seconds by force."""
        chromium, self._chromium = self._chromium, None
        playwright, self._playwright = self._playwright, None
        pid, self._pid = self._pid, 0
        home, self._home = self._home, None
        try:
            if chromium is not None:
                await _within(chromium.close())
            if playwright is not None:
                await _within(playwright.stop())
        finally:
            self._kill(pid)
            if home is not None:
                home.cleanup()

    @staticmethod
    def _kill(pid: int) -> None:
        """Kill the browser with all its processes, if it is still there: Playwright gives it a group of its own."""
        if pid <= 1 or sys.platform == "win32":
            return
        with suppress(OSError):
            if os.getpgid(pid) == pid:
                os.killpg(pid, signal.SIGKILL)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium has no sandbox for root


async def _quietly(work: Any) -> None:
    with suppress(Exception):
        await work


async def _within(work: Any) -> None:
    """Wait a little for something to end, come what may."""
    task = asyncio.ensure_future(_quietly(work))
    await asyncio.wait({task}, timeout=_TO_CLOSE)
    await _end(task)


async def _end(task: asyncio.Future[None]) -> None:
    if not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=1)
