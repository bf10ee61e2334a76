"""Write answers: to standard output, or to a file."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING

from archiver.files import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import Console


def write(text: str, output: Path | None) -> None:
    """Write an answer to a file, or to standard output when there is none or it is "-"."""
    if output is None or str(output) == "-":
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    else:
        write_file(output, text)


@contextmanager
def answer_console(output: Path | None = None) -> Iterator[Console]:
    """Give the console of the answer: standard output, with colour only on a terminal, or text kept for a file."""
    from rich.console import Console

    if output is None or str(output) == "-":
        yield Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
        return
    kept = StringIO()
    yield Console(file=kept, soft_wrap=True, highlight=False, color_system=None)
    write_file(output, kept.getvalue())
