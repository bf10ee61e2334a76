"""Write answers: to standard output, or to a file."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING

from archiver.reports.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rich.console import Console

    from archiver.model import Unreadable


def write(text: str, output: Path | None) -> None:
    """Write an answer to a file, or to standard output when there is none or it is "-"."""
    if output is None or str(output) == "-":
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    else:
        from archiver.files import write_file

        write_file(output, text)


def tell_unread(unreadable: Iterable[Unreadable]) -> None:
    """Say on standard error, a line each, what could not be read and what to do."""
    import click

    for failed in unreadable:
        hint = f" ({plain(failed.hint)})" if failed.hint else ""
        click.echo(f"archiver: {plain(failed.source)}: {plain(failed.reason)}{hint}", err=True)


@contextmanager
def answer_console(output: Path | None = None) -> Iterator[Console]:
    """Give the console of the answer: standard output, with colour only on a terminal, or text kept for a file."""
    from rich.console import Console

    from archiver.files import write_file

    class Answers(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # `main` knows what to do; rich would end the process, with exit code 1

    if output is None or str(output) == "-":
        yield Answers(soft_wrap=not sys.stdout.isatty(), highlight=False)
        return
    kept = StringIO()
    yield Console(file=kept, soft_wrap=True, highlight=False, color_system=None)
    write_file(output, kept.getvalue())
