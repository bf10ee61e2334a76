"""Fork a process that shares nothing with this one but a socket between them."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable


class Child(Struct, frozen=True):
    """A forked process, and this end of the socket to it."""

    pid: int
    place: socket.socket


def cores(most: int) -> int:
    """Give on how many cores this process may run, at most so many."""
    return min(len(os.sched_getaffinity(0)), most) if sys.platform == "linux" else 1


def is_safe() -> bool:
    """Tell whether this process can be forked.

    Not beside the frameworks of other systems than Linux; and a fork copies one thread: what the others hold stays
    locked for ever.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def fork(work: Callable[[socket.socket], None]) -> Child:
    """Let a new process do some work, and end. Raises OSError where there is no room for it."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return Child(pid, ours)
    code = 1
    try:
        _leave_behind(theirs)
        work(theirs)
        code = 0
    finally:
        os._exit(code)  # nothing of the first process may be flushed, closed or unlocked twice; it sees that we ended


def end(child: Child) -> None:
    """End it, whatever it does."""
    with suppress(ProcessLookupError):
        os.kill(child.pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(child.pid, 0)


def _leave_behind(place: socket.socket) -> None:
    """Let go of what is the first process's: its files and locks, the terminal, the signals meant for it."""
    import resource

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first one ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    kept = place.fileno()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(3, kept)
    os.closerange(kept + 1, 2**20 if most == resource.RLIM_INFINITY else most)
