"""What the pipeline tells while it works. The command line shows it; cron does not."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager


class Progress(Protocol):
    """Hear how far the work is."""

    def phase(self, name: str, total: int | None) -> AbstractContextManager[Callable[[int], None]]:
        """Begin a phase of `total` steps; the function given takes the number of steps just done."""
        ...

    def say(self, line: str) -> None:
        """Hear one line that a person should read now."""
        ...


class Silent:
    """Nobody listens."""

    @contextmanager
    def phase(self, name: str, total: int | None) -> Iterator[Callable[[int], None]]:
        yield lambda done: None  # noqa: ARG005 - the listener's signature

    def say(self, line: str) -> None:
        pass
