"""Fetch the media of a link with yt-dlp, prove that it is whole, and keep it under a name of our own.

What came lies in `media/<host and page>-<digest of the link>/`: the files as the host sent them (picture and sound
that come apart are merged), subtitles, and `info.json` with what the host says of them. All of it appears at once or
not at all. A title never becomes a file name.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import urls
from archiver.captures.media_kinds import is_media, sniff
from archiver.captures.media_proof import flaw
from archiver.captures.ytdlp import INFO, Order, clean
from archiver.errors import StorageError
from archiver.model import Capture, CaptureKind
from archiver.web.apart import LATE, command, environment
from archiver.web.guard import forbidden_host

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from archiver.clock import Clock

__all__ = ["MediaFailure", "fetch_media", "is_media"]

FOLDER = "media"
_DEADLINE = 1800.0  # seconds for one link
_GRACE = 5.0
_SUBTITLES = {".vtt": "text/vtt", ".srt": "application/x-subrip", ".ttml": "application/ttml+xml"}
_NO_ROOM = os.strerror(errno.ENOSPC)


class MediaFailure(Struct, frozen=True):
    """Why there is no copy, in one line."""

    reason: str


def fetch_media(
    link: str, folder: Path, *, limit: int, clock: Clock, proxy: str = "", ca_bundle: str = "",
    allow_private: bool = False, deadline: float = _DEADLINE,
) -> tuple[Capture, ...] | MediaFailure:
    """Fetch what a link plays into `folder`/media; `limit` is in bytes, for one video with its sound.

    Captures are the media files, then subtitles, then info.json. Raises StorageError when the disk is the trouble.
    """
    if urls.normalise(link) is None:
        return MediaFailure("only http and https are fetched")
    if not allow_private and forbidden_host(urls.host(link)):
        return MediaFailure("refused to connect to a private address")
    at = clock.now()
    media = folder / FOLDER
    digest = hashlib.sha256(link.encode("utf-8", "replace")).hexdigest()[:12]
    unfinished = media / f".unfinished-{digest}"
    try:
        _remove(unfinished)  # of a killed run
        unfinished.mkdir(parents=True)
        try:
            order = Order(
                link, str(unfinished.absolute()), limit, deadline, proxy, allow_private,
                has_ffmpeg=shutil.which("ffmpeg") is not None,
            )
            failure = _run(order, ca_bundle) or _prove(unfinished, limit)
            if failure and _NO_ROOM in failure:
                raise OSError(errno.ENOSPC, _NO_ROOM)
            if failure:
                return MediaFailure(failure)
            final = _free_name(media / f"{_slug(link)}-{digest}")
            _settle(unfinished, final)
        finally:
            _remove(unfinished)
    except OSError as error:
        raise StorageError(
            f"{media}: cannot write it: {error.strerror}", hint="is there room, may we write there?",
        ) from None
    return tuple(_capture(link, at, folder, path) for path in _in_order(final))


def _run(order: Order, ca_bundle: str) -> str | None:
    """Let the process do its work; give one line when it failed."""
    with subprocess.Popen(
        command("archiver.captures.ytdlp"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(ca_bundle), start_new_session=True, cwd=order.folder,
    ) as process:
        try:
            said, complaint = process.communicate(json.dumps(order._asdict()).encode(), order.deadline + _GRACE)
        except subprocess.TimeoutExpired:
            return _late(order)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)  # ffmpeg too
    try:
        failure = json.loads(said)["failure"]
    except (ValueError, KeyError, TypeError):
        if process.returncode == LATE:
            return _late(order)
        last = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return clean(f"fetching broke off: {last}")
    return None if failure is None else str(failure)


def _late(order: Order) -> str:
    return f"not done within {order.deadline:.0f} s, or too large for the memory"


def _prove(folder: Path, limit: int) -> str | None:
    """Look at what came, and name each file for what it is; one line when it is no whole copy."""
    found = 0
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_file():
            return "what came is no plain file"
        if path.suffix in (".part", ".ytdl"):
            return "a piece was left unfinished"
        if path.name == INFO:
            continue
        number, _, rest = path.stem.partition(".")
        if path.suffix in _SUBTITLES:
            language = re.sub(r"[^A-Za-z0-9]+", "-", rest)[:20].strip("-") or "und"
            _rename(path, f"{number}.{language}{path.suffix}")
            continue
        if path.stat().st_size > limit:
            return f"it is larger than {limit} bytes"
        if reason := flaw(path):
            return reason
        with path.open("rb") as file:
            kind = sniff(file.read(4096))
        if kind is not None:
            _rename(path, f"{number}.{kind[1]}")
        found += 1
    return None if found else "nothing was fetched"


def _rename(path: Path, name: str) -> None:
    if name != path.name:
        path.rename(_free_name(path.with_name(name)))


def _settle(unfinished: Path, final: Path) -> None:
    for path in [*unfinished.iterdir(), unfinished]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    unfinished.rename(final)
    descriptor = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _free_name(wanted: Path) -> Path:
    """Leave copies of earlier times alone: the manifest may speak of them."""
    number, path = 1, wanted
    while path.exists():
        number += 1
        path = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
    return path


def _slug(link: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", f"{urls.host(link)} {urls.path(link)}".lower()).strip("-")
    return words[:60].strip("-") or "media"


def _in_order(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda path: (path.name == INFO, path.suffix in _SUBTITLES, path.name))


def _capture(link: str, at: datetime, folder: Path, path: Path) -> Capture:
    with path.open("rb") as file:
        kind = sniff(file.read(4096))
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if path.name == INFO:
        media_type = "application/json"
    else:
        media_type = _SUBTITLES.get(path.suffix) or (kind[0] if kind else "application/octet-stream")
    return Capture(
        link=link, kind=CaptureKind.MEDIA, at=at, path=path.relative_to(folder).as_posix(), sha256=sha256,
        media_type=media_type, size=path.stat().st_size,
    )


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
