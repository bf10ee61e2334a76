"""What a reader is given: bytes, and what was said about them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A document as it came, not yet understood."""

    source: str  # path as given, address, or "-" for standard input
    data: bytes = field(repr=False)
    media_type: str | None = None  # as the server said it, without parameters
    charset: str | None = None  # as the server said it
    url: str | None = None  # where it was fetched: its relative links start here
