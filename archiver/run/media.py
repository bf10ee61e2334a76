"""The media part of a run: fetch the cited videos and audio that we do not hold yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver import plan

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.clock import Clock
    from archiver.config import Loaded
    from archiver.manifest.store import Manifest
    from archiver.run.progress import Progress


def capture_media(loaded: Loaded, manifest: Manifest, folder: Path, clock: Clock, progress: Progress) -> int:
    """Fetch what is there and not held; give the number of files. A failure is told once and tried again later."""
    from archiver.captures.media import MediaFailure, fetch_media, is_media

    settings = loaded.settings
    wanted = [
        one for one in plan.to_fetch(manifest.known(), clock.now(), retry=settings.policy.recheck)
        if is_media(one.link)
    ]
    held = 0
    until = clock.monotonic() + settings.captures.budget
    with progress.phase("media", len(wanted)) as step:
        for number, one in enumerate(wanted):
            if clock.monotonic() >= until:
                progress.say(f"{len(wanted) - number} media files wait for the next run: their time was spent")
                break
            got = fetch_media(
                one.link, folder, limit=settings.captures.media_limit, clock=clock, proxy=settings.web.proxy,
                ca_bundle=settings.web.ca_bundle, allow_private=settings.web.allow_private,
            )
            if isinstance(got, MediaFailure):
                manifest.add_media_failure(one.link, got.reason)
                if one.media_failed is None:
                    progress.say(f"{one.link}: no copy of the media: {got.reason}")
            else:
                for capture in got:
                    manifest.add_capture(capture)
                    held += 1
            manifest.flush()
            step(1)
    return held
