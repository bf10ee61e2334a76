"""The media part of a run: fetch the cited videos and audio that we do not hold yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.model import VerdictKind

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.clock import Clock
    from archiver.config import Loaded
    from archiver.manifest.store import Manifest
    from archiver.run.progress import Progress

_THERE = (VerdictKind.ALIVE, VerdictKind.MOVED)


def capture_media(loaded: Loaded, manifest: Manifest, folder: Path, clock: Clock, progress: Progress) -> int:
    """Fetch what is there and not held; give the number of files. A failure is said once and tried again next time."""
    from archiver.captures.media import MediaFailure, fetch_media, is_media

    settings = loaded.settings
    links = [
        one.link for one in manifest.known()
        if one.citations and one.verdict in _THERE and is_media(one.link) and not manifest.has_media(one.link)
    ]
    held = 0
    until = clock.monotonic() + settings.captures.budget
    with progress.phase("media", len(links)) as step:
        for number, link in enumerate(links):
            if clock.monotonic() >= until:
                progress.say(f"{len(links) - number} media files wait for the next run: their time was spent")
                break
            got = fetch_media(
                link, folder, limit=settings.captures.media_limit, clock=clock, proxy=settings.web.proxy,
                ca_bundle=settings.web.ca_bundle, allow_private=settings.web.allow_private,
            )
            if isinstance(got, MediaFailure):
                progress.say(f"{link}: no copy of the media: {got.reason}")
            else:
                for capture in got:
                    manifest.add_capture(capture)
                    held += 1
                manifest.flush()
            step(1)
    return held
