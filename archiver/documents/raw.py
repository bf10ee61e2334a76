"""What a reader is given: bytes, and what was said about them."""

from __future__ import annotations

from msgspec import Struct


class Raw(Struct, frozen=True, kw_only=True):
    """A document as it came, not yet understood."""

    source: str  # path as given, address, or "-" for standard input
    data: bytes
    media_type: str | None = None  # as the server said it, without parameters
    charset: str | None = None  # as the server said it
    url: str | None = None  # where it was fetched: its relative links start here
    column: str | None = None  # of a table: the only column, or key, that is read
    images: bool = False  # what a page only shows is wanted, too
