"""The Internet Archive's index: which copies of an address exist. CDX is asked; availability is a hint only.

"None" is what the index itself said. A rate limit, an outage, a page of HTML where JSON was asked for, an empty body:
all of these are "unknown". The availability service answers `{}` for addresses that are archived, so its silence is
never believed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from archiver import urls
from archiver.archives import clock as lanes
from archiver.archives.cdx import Page, Row, only_of, read_json, read_text, resolve, same_host
from archiver.archives.http import NoReply, Reply, one_line
from archiver.archives.stamps import end_of, from_stamp, to_http, to_stamp
from archiver.model import Answer, Lookup, Snapshot, SnapshotHow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from archiver.archives.http import Client

NAME = "internet-archive"
SITE = "https://web.archive.org"
_CDX = f"{SITE}/cdx/search/cdx"
_AVAILABLE = "https://archive.org/wayback/available"
_GOOD = "statuscode:200|203|206|-"  # a regular expression over the whole field; "-" is a revisit
_ROWS = 30
_PAIR = 2  # rows asked for when only the nearest counts
_BLOCK_HEADER = "x-archive-wayback-runtime-error"


class Wayback:
    """Looks copies up in the Internet Archive."""

    name = NAME
    replay = lanes.REPLAY  # where what it holds is asked for

    def __init__(self, client: Client) -> None:
        self.client = client

    def holds(self, url: str) -> bool:
        """Tell whether an address is one of this archive's copies."""
        return row_of(url) is not None

    def find(self, link: str, near: date | datetime | None) -> Lookup:
        """Look for good copies, around a date or the newest; one request, rarely two."""
        answer = self._around(link, end_of(near)) if near is not None else self._index(link, limit=-_ROWS)
        if isinstance(answer, Page) and (unsure := {row.digest for row in answer.rows if _unresolved(row)} - {None}):
            answer = self._originals(link, answer, sorted(map(str, unsure)))
        if isinstance(answer, _Unknown) and answer.hint:
            answer = self._hint(link, near) or answer
        return self._lookup(link, answer)

    def since(self, link: str, moment: datetime) -> Lookup:
        """Look for good copies made at a time or later. The index lags behind, so replay is asked as well."""
        answer = self._index(link, limit=_ROWS, **{"from": to_stamp(moment)})
        newest = self._newest(link) if isinstance(answer, _Unknown) or not answer.rows else None
        if newest is not None and newest.taken >= moment.replace(microsecond=0):
            answer = Page(rows=(newest,))
        return self._lookup(link, answer)

    def _around(self, link: str, moment: datetime) -> Page | _Unknown:
        """Ask for the rows nearest to a time, on both sides.

        Sorted by distance, the first row before the time is the last one before it. Only when the answer is full and
        holds none is a second question needed, for the other side alone.
        """
        stamp = to_stamp(moment)
        answer = self._index(link, limit=_ROWS, sort="closest", closest=stamp)
        if isinstance(answer, _Unknown):
            return answer
        full = len(answer.rows) + answer.damaged >= _ROWS
        if not full or any(row.taken <= moment for row in answer.rows):
            return answer
        before = self._index(link, limit=_PAIR, sort="closest", closest=stamp, to=stamp)
        if isinstance(before, _Unknown):
            return before
        return Page(rows=resolve((*before.rows, *answer.rows)))

    def _originals(self, link: str, page: Page, digests: Sequence[str]) -> Page:
        """Ask what the revisits were revisits of: the filter hides rows of error pages."""
        some = [digest for digest in digests if digest.isalnum()][:10]
        if not some:
            return page
        answer = self._index(
            link, limit=_ROWS, filters=("digest:" + "|".join(some), "!mimetype:warc/revisit"), collapse="digest",
        )
        if isinstance(answer, _Unknown):
            return page
        resolved = resolve((*page.rows, *answer.rows))[: len(page.rows)]
        return Page(rows=tuple(row for row in resolved if row.status in (None, 200, 203, 206)), damaged=page.damaged)

    def _index(self, link: str, *, filters: Sequence[str] = (_GOOD,), limit: int, **more: str) -> Page | _Unknown:
        fields = [
            ("url", urls.without_fragment(link)), ("output", "json"), ("limit", str(limit)),
            *(("filter", each) for each in filters), *more.items(),
        ]
        reply = self.client.get(f"{_CDX}?{urlencode(fields)}", lane=lanes.CDX)
        if (trouble := _trouble(reply)) is not None:
            return trouble
        page = _read(reply) if isinstance(reply, Reply) else None
        if page is None:
            return _Unknown("answered something that is no index: " + _glimpse(reply))
        if page.excluded:
            return _EXCLUDED
        page = only_of(link, page)
        if not page.rows and not page.none:
            return _Unknown(f"answered {page.damaged} rows that cannot be read")
        return page

    def _hint(self, link: str, near: date | datetime | None) -> Page | None:
        """Ask the availability service; only a copy that it names counts."""
        fields = {"url": urls.without_fragment(link)} | ({"timestamp": to_stamp(end_of(near))} if near else {})
        reply = self.client.get(f"{_AVAILABLE}?{urlencode(fields)}", lane=lanes.AVAILABILITY, retry=False)
        row = _closest(reply.json()) if isinstance(reply, Reply) and reply.status == 200 else None
        return Page(rows=(row,)) if row is not None and same_host(row.original, link) else None

    def _newest(self, link: str) -> Row | None:
        """Ask replay for the newest copy. It sees captures sooner than the index does."""
        reply = self.client.get(
            f"{SITE}/web/{urls.without_fragment(link)}", lane=lanes.REPLAY, follow=False, retry=False, limit=0,
            headers={"Accept-Datetime": to_http(self.client.clock.now() + timedelta(days=1))},
        )
        row = row_of(reply.location) if isinstance(reply, Reply) and reply.location else None
        return row if row is not None and same_host(row.original, link) else None

    def _lookup(self, link: str, answer: Page | _Unknown) -> Lookup:
        at = self.client.clock.now()
        if isinstance(answer, _Unknown):
            return Lookup(
                archive=NAME, link=link, at=at, answer=Answer.UNKNOWN, reason=answer.reason,
                retry_after=answer.retry_after,
            )
        found = tuple(sorted((snapshot(row) for row in answer.rows), key=lambda one: one.taken))
        return Lookup(
            archive=NAME, link=link, at=at, answer=Answer.FOUND if found else Answer.NONE, snapshots=found,
        )


class _Unknown:
    """Why the index said nothing."""

    def __init__(self, reason: str, *, retry_after: float | None = None, hint: bool = True) -> None:
        self.reason = reason
        self.retry_after = retry_after
        self.hint = hint  # another of the archive's services may still answer


_EXCLUDED = _Unknown("blocked: the archive keeps this site from everybody", hint=False)


def snapshot(row: Row, how: SnapshotHow = SnapshotHow.FOUND) -> Snapshot:
    """Make the snapshot of a row."""
    return Snapshot(
        archive=NAME, url=f"{SITE}/web/{row.stamp}/{row.original}", original=row.original, taken=row.taken, how=how,
        status=row.status, media_type=row.media_type, digest=row.digest,
    )


def row_of(address: str) -> Row | None:
    """Read an address such as https://web.archive.org/web/20111220101500id_/http://example.org/ of this archive."""
    head, sign, rest = address.partition("/web/")
    stamp, slash, original = rest.partition("/")
    taken = from_stamp(stamp[:14])
    modifier = stamp[14:]
    own = urls.scheme(head) in ("http", "https") and head.partition("//")[2].lower() == "web.archive.org"
    if not (sign and slash and own and taken) or (modifier and not modifier.endswith("_")):
        return None
    if original.startswith(("http:/", "https:/")) and "://" not in original[:8]:
        original = original.replace(":/", "://", 1)  # proxies and servers fold the double slash
    if urls.normalise(original) is None or (urls.scheme(original) and urls.scheme(original) not in ("http", "https")):
        return None
    return Row(taken=taken, stamp=stamp[:14], original=original)


def _closest(table: object) -> Row | None:
    """Read the availability service's answer; nothing unless it names a good copy."""
    for key in ("archived_snapshots", "closest"):
        table = table.get(key) if isinstance(table, dict) else None
    if not isinstance(table, dict) or table.get("available") is not True:
        return None
    if str(table.get("status")) not in ("200", "203", "206"):
        return None
    row = row_of(str(table.get("url", "")))
    if row is None or row.stamp != str(table.get("timestamp", row.stamp)):
        return None
    return Row(taken=row.taken, stamp=row.stamp, original=row.original, status=int(str(table["status"])))


def _trouble(reply: Reply | NoReply) -> _Unknown | None:
    """Tell why a reply says nothing of the address, if so."""
    if isinstance(reply, NoReply):
        return _Unknown(reply.detail, retry_after=reply.retry_after, hint=reply.sent and reply.retry_after is None)
    if reply.status == 403 and (reply.header(_BLOCK_HEADER) or "AccessControlException" in reply.text[:2000]):
        return _EXCLUDED
    if reply.status == 429:
        return _Unknown("asks for patience (429)", retry_after=reply.retry_after or 60.0, hint=False)
    if reply.status != 200:
        return _Unknown(f"answered with status {reply.status}", retry_after=reply.retry_after)
    return None


def _read(reply: Reply) -> Page | None:
    """Read an answer of the index, also one in text from a server that does not know `output=json`.

    Where JSON is due, `[]` says "nothing"; an empty text says that something went wrong.
    """
    if reply.cut:
        return None
    page = read_json(reply.text)
    if page is None and "html" not in (reply.header("content-type") or ""):
        page = read_text(reply.text)
        return page if page is not None and (page.rows or page.excluded) else None
    return page


def _glimpse(reply: Reply | NoReply) -> str:
    if isinstance(reply, NoReply):
        return reply.detail
    if reply.cut:
        return "it is too long"
    return one_line(reply.text, 60) or "it is empty"


def _unresolved(row: Row) -> bool:
    return row.revisit and row.status is None
