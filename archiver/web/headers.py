"""The headers that we send: who we are, and what a browser would say. Bytes and record are made in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver import __version__
from archiver.web.decode import ACCEPTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PRODUCT = "archiver"  # what robots.txt calls us

# What a request must not say for somebody else: the connection is ours, and secrets never travel.
_OURS = frozenset({
    "host", "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    "content-length", "expect", "cookie", "authorization", "proxy-authorization",
})


class Head:
    """A set of headers, as libcurl takes it and as it goes over the wire."""

    __slots__ = ("fields", "lines", "sent")

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        self.fields = tuple(fields)
        self.lines = [f"{name}: {value}" for name, value in self.fields]
        self.sent = "".join(f"{line}\r\n" for line in self.lines).encode("ascii") + b"\r\n"

    def also(self, extra: Mapping[str, str]) -> Head:
        """Give the same headers with others beside or instead of them. Those that are not a caller's are left out."""
        clean = {
            name: value.strip() for name, value in extra.items()
            if name.lower() not in _OURS and _sendable(name) and _sendable(value) and value.strip()
        }
        replaced = {name.lower() for name in clean}
        if "range" in replaced and "accept-encoding" not in replaced:
            clean["Accept-Encoding"] = "identity"  # a piece of a compressed file cannot be decoded
            replaced.add("accept-encoding")
        return Head([field for field in self.fields if field[0].lower() not in replaced] + list(clean.items()))

    def with_cookie(self, value: str) -> Head:
        """Give the same headers with a Cookie header."""
        return Head([*self.fields, ("Cookie", value)])


def _sendable(text: str) -> bool:
    return text.isascii() and text.isprintable()


def user_agent(contact: str) -> str:
    """Name ourselves, with the address to complain to when the settings give one."""
    shown = "".join(sign for sign in contact.strip() if " " <= sign <= "~")
    return f"{PRODUCT}/{__version__} (+{shown})" if shown else f"{PRODUCT}/{__version__}"


def base(contact: str) -> Head:
    """Give the headers of every request."""
    return Head((
        ("User-Agent", user_agent(contact)),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Language", "en-US,en;q=0.8,*;q=0.5"),
        ("Accept-Encoding", ACCEPTED),
    ))
