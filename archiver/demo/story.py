"""The story that `archiver demo` plays: three documents, three weeks, and the real pipeline once on each of its days.

Time is turned by hand, everything else is as in earnest: HTTP, TLS, an archive, a manifest, captures and a report.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archiver import config
from archiver.clock import ManualClock, SystemClock
from archiver.demo import story_sites
from archiver.demo.chronicle import Chronicle
from archiver.demo.story_documents import CONFIG, FILES
from archiver.demo.world import World
from archiver.errors import StorageError, UsageError
from archiver.files import write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archiver.model import Report

DAYS = (0, 1, 3, 7, 10, 13, 17, 21)
_BEGINNING = datetime(2026, 3, 2, 5, 17, tzinfo=UTC)
_MARK = ".archiver-demo"  # in a folder that an earlier demo has filled
_MADE = (*FILES, config.FILE_NAME, _MARK)
_MADE_IN_DATA = ("manifest.sqlite*", "report.html", "report.json", "captures")


def play(folder: Path, tell: Callable[[str], None]) -> Report:
    """Play all of it in an empty folder, or in that of an earlier demo, and give the report at its end."""
    from archiver.run.pipeline import run
    from archiver.run.progress import Silent
    from archiver.run.reporting import write_reports

    _prepare(folder)
    clock = ManualClock(_BEGINNING)
    chronicle = Chronicle()
    with World(clock) as world:
        access, secret = story_sites.KEYS
        flags = {**world.settings(), "archives.access_key": access, "archives.secret_key": secret}
        for day in DAYS:
            # One of the films cannot be fetched; to try once is enough.
            flags["captures.media"] = day == DAYS[0]
            loaded = config.load(folder / config.FILE_NAME, environment={}, flags=flags)
            clock.advance(max(_BEGINNING + timedelta(days=day) - clock.now(), timedelta(0)))
            outcome = run(loaded, clock, Silent())
            write_reports(loaded, outcome.report)
            tell(f"day {day:2}  {chronicle.line(outcome.report)}")
    tell(chronicle.summary())
    return outcome.report


def serve_world(tell: Callable[[str], None]) -> None:
    """Keep the world running until Ctrl-C, and say how to use it."""
    import signal
    import threading

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with World(SystemClock()) as world, suppress(KeyboardInterrupt):
        tell("The demo world is running; Ctrl-C ends it. In another terminal:\n")
        for name, value in world.environment().items():
            tell(f"  export {name}={value}")
        tell("\n  archiver check http://gazette.demo/2011/12/bridge http://gazette.demo/2014/05/vanished")
        tell("  archiver check 'https://www.youtube.com/watch?v=demoRemoved' http://plausible.demo/2008/strike")
        tell("  curl -x $ARCHIVER_WEB_PROXY --cacert $ARCHIVER_WEB_CA_BUNDLE https://gazette.demo/2012/01/ferry")
        tell(f"\nAll its sites: {world.proxy}/")
        threading.Event().wait()


def _prepare(folder: Path) -> None:
    """Write the documents and the settings into the folder; what an earlier demo left there goes, and nothing else."""
    try:
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder}: is no folder", hint="--folder names another one")
        if folder.is_dir() and any(folder.iterdir()):
            if not (folder / _MARK).is_file():
                raise UsageError(f"{folder}: is not empty", hint="--folder names another one; it may be a new one")
            _clear(folder)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder}: cannot use it: {error.strerror}", hint="--folder names another one") from None
    write_file(folder / _MARK, "An `archiver demo` wrote what is here; the next one begins afresh.\n")
    for name, text in FILES.items():
        write_file(folder / name, text)
    write_file(folder / config.FILE_NAME, CONFIG)


def _clear(folder: Path) -> None:
    for path in _made(folder):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    with suppress(OSError):  # something of somebody else's is in it
        (folder / "data").rmdir()


def _made(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in _MADE)
    data = folder / "data"
    if data.is_dir() and not data.is_symlink():
        for pattern in _MADE_IN_DATA:
            yield from data.glob(pattern)
