"""Turns: who may send the next request to a host, and why not. politeness.py hands them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from archiver.model import FailureKind


class Withheld(Struct, frozen=True, kw_only=True):
    """Why a turn does not allow a request."""

    kind: FailureKind
    detail: str
    retry_after: float | None = None


class Named(Protocol):
    """What a turn is for: a host, as whoever gave the turn knows it."""

    @property
    def name(self) -> str:
        """Give the authority."""


class Giver(Protocol):
    """Whoever gave a turn, and gets it back."""

    def released(self, host: Any) -> None:
        """Count a request as ended; `host` is what the turn was made for."""


class Elsewhere(Protocol):
    """Hosts whose turns are given by another process: no host is asked by two at a time."""

    def has(self, name: str) -> bool:
        """Tell whether it is a host of another process."""

    async def take(self, name: str, *, part: bool = False) -> Turn:
        """Wait for a turn that the other process gives."""

    def answered(self, name: str) -> None:
        """Tell the other process that its host answered as it should."""

    def refused(self, name: str, retry_after: float | None) -> None:
        """Tell the other process that its host wants to be left alone."""


class Turn:
    """The right to send one request to a host now; `withheld` says why there is none."""

    __slots__ = ("_giver", "_host", "last", "withheld")

    def __init__(self, giver: Giver, host: Named, withheld: Withheld | None, *, last: bool) -> None:
        self._giver: Giver | None = giver
        self._host = host
        self.withheld = withheld
        self.last = last  # nobody else waits for this host

    @property
    def host(self) -> str:
        """Give the authority that it is for."""
        return self._host.name

    @property
    def held(self) -> bool:
        """Tell whether it has not been given back yet."""
        return self._giver is not None

    def release(self) -> None:
        """Give it back: the request has ended, or is not going to be made. Doing so twice does no harm."""
        giver, self._giver = self._giver, None
        if giver is not None and self.withheld is None:
            giver.released(self._host)

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()  # of this process only: an answer that is handed to another has none
