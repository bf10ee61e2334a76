"""How far the work is, for a person to see. Only a terminal needs rich: cron and pipes do without its import."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from archiver.reports.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress as Bars


class _Lines:
    """Off a terminal: nothing moves, and what must be read is one line each."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @contextmanager
    def phase(self, name: str, total: int | None) -> Iterator[Callable[[int], None]]:
        yield lambda done: None  # noqa: ARG005 - the listener's signature

    def say(self, line: str) -> None:
        self._stream.write(f"{plain(line)}\n")
        self._stream.flush()


class _Live:
    """On a terminal: one bar for each phase under way, gone when it ends.

    Between phases nothing runs: rich moves its bars from a thread, and a process with threads cannot be forked.
    """

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._phases = 0

    @contextmanager
    def phase(self, name: str, total: int | None) -> Iterator[Callable[[int], None]]:
        task = self._bars.add_task(plain(name), total=total)
        self._phases += 1
        self._bars.start()
        try:
            yield lambda done: self._bars.advance(task, done)
        finally:
            self._phases -= 1
            self._bars.refresh()  # a short phase is seen to be done, too
            self._bars.remove_task(task)
            if not self._phases:
                self._bars.stop()

    def say(self, line: str) -> None:
        from rich.text import Text

        self._bars.console.print(Text(plain(line)), soft_wrap=True)


@contextmanager
def progress(stream: TextIO) -> Iterator[_Lines | _Live]:
    """Show how far the work is: live on a terminal, elsewhere only what a person should read."""
    # FORCE_COLOR makes rich take a pipe for a terminal; cursor movements in a log file help nobody.
    if not stream.isatty():
        yield _Lines(stream)
        return
    from rich.console import Console

    console = Console(file=stream, highlight=False)
    if console.is_dumb_terminal:
        yield _Lines(stream)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(bar_width=28), MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    yield _Live(Progress(*columns, console=console, transient=True, refresh_per_second=8))
