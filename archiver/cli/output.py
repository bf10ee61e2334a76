"""Write answers: to standard output, or to a file."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from archiver.reports.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rich.console import Console

    from archiver.model import Document, Unreadable


def write(text: str, output: Path | None) -> None:
    """Write an answer to a file, or to standard output when there is none or it is "-"."""
    to_stdout = output is None or str(output) == "-"
    with answer_stream(output) as stream:
        stream.write(text if text.endswith("\n") or not to_stdout else text + "\n")


@contextmanager
def answer_stream(output: Path | None) -> Iterator[TextIO]:
    """Give the stream of the answer: standard output, or a file that is replaced when all is written."""
    if output is None or str(output) == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    from archiver.files import replacing

    with replacing(output) as stream:
        yield stream


def tell_unread(unreadable: Iterable[Unreadable]) -> None:
    """Say on standard error, a line each, what could not be read and what to do."""
    for failed in unreadable:
        hint = f" ({plain(failed.hint)})" if failed.hint else ""
        _tell(failed.source, f"{plain(failed.reason)}{hint}")


def tell_warnings(document: Document) -> None:
    """Say on standard error, a line each, what could not be read in a document."""
    for warning in document.warnings:
        _tell(document.source, f"warning: {plain(warning)}")


def _tell(source: str, what: str) -> None:
    import click

    click.echo(f"archiver: {plain(source)}: {what}", err=True)


@contextmanager
def answer_console(output: Path | None = None) -> Iterator[Console]:
    """Give the console of the answer: standard output, with colour only on a terminal, or text kept for a file."""
    from rich.console import Console

    class Answers(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # `main` knows what to do; rich would end the process, with exit code 1

    if output is None or str(output) == "-":
        yield Answers(soft_wrap=not sys.stdout.isatty(), highlight=False)
        return
    with answer_stream(output) as stream:
        yield Console(file=stream, soft_wrap=True, highlight=False, color_system=None)
