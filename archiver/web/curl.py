"""libcurl's multi interface, driven by the asyncio loop: a transfer is something to await.

libcurl says which sockets to watch and when to be called again; the loop does both. No thread, no polling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pycurl

if TYPE_CHECKING:
    import asyncio

_READ, _WRITE = 1, 2
_WANTED = {pycurl.POLL_IN: _READ, pycurl.POLL_OUT: _WRITE, pycurl.POLL_INOUT: _READ | _WRITE}


class CurlLoop:
    """Performs transfers; all of them share connections, TLS sessions and the name cache."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._arm)
        self._timer: asyncio.Handle | None = None
        self._watched: dict[int, int] = {}
        self._waiting: dict[Any, asyncio.Future[tuple[int, str]]] = {}
        self._closed = False

    def keep_connections(self, most: int) -> None:
        """Say how many idle connections may stay open: fewer than there are hosts in play, and all reconnect."""
        self._multi.setopt(pycurl.M_MAXCONNECTS, most)

    async def perform(self, curl: Any) -> tuple[int, str]:
        """Run one transfer; give libcurl's code (0: done) and its words."""
        future: asyncio.Future[tuple[int, str]] = self._loop.create_future()
        self._waiting[curl] = future
        self._multi.add_handle(curl)
        try:
            return await future
        finally:
            if self._waiting.pop(curl, None) is not None:  # cancelled on the way
                self._multi.remove_handle(curl)

    def close(self) -> None:
        """Drop every connection. Nobody may be waiting for a transfer any more."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
        for fd, have in self._watched.items():
            self._change(fd, have, 0)
        self._watched.clear()
        self._multi.close()

    # ------------------------------------------------------------ called by libcurl; must not call it back

    def _watch(self, event: int, fd: int, _multi: Any, _data: Any) -> None:
        if self._closed:
            return
        want = _WANTED.get(event, 0)
        self._change(fd, self._watched.get(fd, 0), want)
        if want:
            self._watched[fd] = want
        else:
            self._watched.pop(fd, None)

    def _change(self, fd: int, have: int, want: int) -> None:
        if want & _READ and not have & _READ:
            self._loop.add_reader(fd, self._act, fd, pycurl.CSELECT_IN)
        elif have & _READ and not want & _READ:
            self._loop.remove_reader(fd)
        if want & _WRITE and not have & _WRITE:
            self._loop.add_writer(fd, self._act, fd, pycurl.CSELECT_OUT)
        elif have & _WRITE and not want & _WRITE:
            self._loop.remove_writer(fd)

    def _arm(self, milliseconds: int) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if milliseconds >= 0 and not self._closed:
            self._timer = (
                self._loop.call_later(milliseconds / 1000, self._act, pycurl.SOCKET_TIMEOUT, 0) if milliseconds
                else self._loop.call_soon(self._act, pycurl.SOCKET_TIMEOUT, 0)
            )

    # ------------------------------------------------------------ called by the loop

    def _act(self, fd: int, mask: int) -> None:
        if self._closed:
            return
        _, running = self._multi.socket_action(fd, mask)
        if running >= len(self._waiting):
            return  # nothing ended
        more = 1
        while more:
            more, done, failed = self._multi.info_read()
            for curl in done:
                self._end(curl, 0, "")
            for curl, code, text in failed:
                self._end(curl, code, text)

    def _end(self, curl: Any, code: int, text: str) -> None:
        self._multi.remove_handle(curl)
        future = self._waiting.pop(curl, None)
        if future is not None and not future.done():
            future.set_result((code, text))
