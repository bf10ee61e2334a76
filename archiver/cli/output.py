"""Write answers: to standard output, or to a file that is either the old one or the new one, never half of it."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from archiver.errors import StorageError

if TYPE_CHECKING:
    from rich.console import Console


def write(text: str, output: Path | None) -> None:
    """Write an answer to a file, or to standard output when there is none or it is "-"."""
    if output is None or str(output) == "-":
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    else:
        write_file(output, text)


def write_file(path: Path, text: str) -> None:
    """Replace a file's content in one step; special files such as /dev/null are written as they are."""
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, "utf-8")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as beside:
                beside.write(text)
                beside.flush()
                os.fsync(beside.fileno())
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        hint = "is there room, may we write there?"
        raise StorageError(f"{path}: cannot write it: {error.strerror}", hint=hint) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def answer_console() -> Console:
    """Give the console of the answer: standard output, with colour only on a terminal."""
    from rich.console import Console

    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False)


def progress_console() -> Console:
    """Give the console of progress and hints: standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)
