"""What a snapshot holds: the bytes as they were captured, without the archive's banner and with links as they were.

Archives that run Wayback software give them at an address of their own (`id_` behind the 14 digits). Of others nothing
is asked: what they show is their own page around what they hold.
"""

from __future__ import annotations

from datetime import timedelta
from email.message import Message
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.archives.http import NoReply
from archiver.archives.stamps import from_http
from archiver.archives.timemap import STAMP

if TYPE_CHECKING:
    from datetime import datetime

    from archiver.archives.clock import Lane
    from archiver.archives.http import Client
    from archiver.model import Snapshot

LIMIT = 3_000_000  # bytes: a page to be compared is not longer
_NEAR = timedelta(days=31)  # an archive leads on to its nearest copy; one from another year is another state


class Content(Struct, frozen=True, kw_only=True):
    """The captured bytes."""

    url: str  # asked, after redirects
    media_type: str
    charset: str | None  # as declared
    data: bytes
    taken: datetime


class Unread(Struct, frozen=True, kw_only=True):
    """Why there are none."""

    reason: str
    again: bool  # worth another try in a later run


def raw_address(snapshot: Snapshot) -> str | None:
    """Give the address of a snapshot's bytes as captured; None where the archive has none that we know."""
    found = STAMP.search(snapshot.url)
    if found is None:
        return None
    return f"{snapshot.url[:found.end(1)]}id_/{snapshot.url[found.end():]}"


def fetch(client: Client, lane: Lane, snapshot: Snapshot) -> Content | Unread:
    """Fetch a snapshot's bytes, in one polite request."""
    address = raw_address(snapshot)
    if address is None:
        return Unread(reason="the archive does not give what it captured as it was", again=False)
    reply = client.get(address, lane=lane, limit=LIMIT)
    if isinstance(reply, NoReply):
        return Unread(reason=reply.detail, again=True)
    taken = from_http(reply.header("memento-datetime") or "")
    if taken is None:  # the archive itself is talking
        again = reply.status not in (403, 404, 451)
        return Unread(reason=f"the archive answered with status {reply.status}", again=again)
    if reply.status != 200 or reply.cut:
        return Unread(reason="too long" if reply.cut else f"captured with status {reply.status}", again=False)
    if abs(taken - snapshot.taken) > _NEAR:
        return Unread(reason="the archive shows a copy of another time", again=False)
    declared = Message()
    declared["Content-Type"] = reply.header("content-type") or "application/octet-stream"
    return Content(
        url=reply.url, media_type=declared.get_content_type(), charset=declared.get_content_charset(), data=reply.body,
        taken=taken,
    )
