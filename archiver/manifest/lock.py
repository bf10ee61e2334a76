"""One run at a time: an operating system's lock on a file beside the manifest. It vanishes with its process, so a
killed run leaves no stale lock; a second file says who holds it, for people, and decides nothing.
"""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager
from datetime import datetime  # noqa: TC003 - msgspec reads it
from typing import TYPE_CHECKING

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from archiver.errors import Busy, StorageError
from archiver.files import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Holder(Struct, frozen=True, kw_only=True):
    """Who holds the lock."""

    pid: int
    host: str
    command: str
    since: datetime


def holder(path: Path) -> Holder | None:
    """Tell who holds a manifest's lock, as far as the file beside says; a process known to be gone holds nothing."""
    try:
        found = msgspec.json.decode(_info(path).read_bytes(), type=Holder)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if found.host == socket.gethostname() and not _lives(found.pid):
        return None
    return found


@contextmanager
def hold(path: Path, command: str, since: datetime, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of the manifest at `path`. Raises Busy when another process holds it longer than `wait` seconds."""
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=wait, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(f"{path}: {_who(holder(path))}", hint="wait until it has finished, then try again") from None
    except OSError as error:
        hint = "may we write beside the manifest?"
        raise StorageError(f"{path}: cannot lock it: {error.strerror or error}", hint=hint) from None
    except NotImplementedError:
        hint = "keep the manifest on a local disk"
        raise StorageError(f"{path}: this file system has no locks", hint=hint) from None
    try:
        who = Holder(pid=os.getpid(), host=socket.gethostname(), command=command, since=since)
        write_file(_info(path), msgspec.json.encode(who).decode() + "\n")
        yield
    finally:
        # The file beside goes first: were the lock free already, it might be the next holder's.
        try:
            _info(path).unlink(missing_ok=True)
        finally:
            lock.release()


def _info(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock.json")


def _who(found: Holder | None) -> str:
    if found is None:
        return "another run holds the manifest"
    since = f"{found.since:%Y-%m-%d %H:%M} UTC"
    return f"`archiver {found.command}` holds the manifest: process {found.pid} on {found.host}, since {since}"


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError, ValueError):
        return False
    except OSError:
        return True  # somebody else's process
    return True
