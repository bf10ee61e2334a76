"""The two questions that are asked once per look: a link's earlier looks, and whether a payload is held already.

They are asked thousands of times per run, so their statements are compiled once and go to the driver as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from archiver.manifest import records, schema
from archiver.manifest.derive import Statement
from archiver.manifest.records import Kind, moment
from archiver.model import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from archiver.model import Observation

# A judge counts strikes (no setting asks for more than 100) and the days from the first of them to the last. So of a
# long row of failures the first and the last hundred of each sort are enough; and of what was before it the first
# looks, which say what the page was, and the last ones.
_ALL = 200
_EACH_WAY = 100
_EARLIER = 20
_LIFE = frozenset({VerdictKind.ALIVE, VerdictKind.MOVED, VerdictKind.CHANGED, VerdictKind.RESTRICTED})


class Asking:
    """Ask one connection these questions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        log, payloads = schema.records.c, schema.payloads.c
        link = bindparam("link", type_=log.subject.type)
        looks = select(log.body).where(log.subject == link, log.kind == Kind.LOOK.value).order_by(log.seq)
        self._looks = Statement(connection, looks)
        self._payload = Statement(connection, select(payloads.at, payloads.record_id).where(
            payloads.sha256 == bindparam("sha256"), payloads.url == bindparam("url"),
        ))

    def observations(self, link: str, new: Iterable[records.Look]) -> tuple[Observation, ...]:
        """Give the looks at a link that its judge can need, oldest first: all of them but for very long rows.

        `new` are the looks that are not in the database yet.
        """
        rows = self._connection.exec_driver_sql(self._looks.text, self._looks.values({"link": link}))
        looks = [*(records.decode_look(body) for body, in rows), *new]
        if len(looks) > _ALL:
            looks = _telling(looks)
        return tuple(look.observation for look in looks)

    def payload(self, url: str, sha256: str) -> tuple[datetime, str] | None:
        """Give date and id of the WARC record that holds a payload, as it came from an address."""
        values = self._payload.values({"url": url, "sha256": sha256})
        row = self._connection.exec_driver_sql(self._payload.text, values).first()
        return None if row is None else (moment(row[0]), row[1])


def _telling(looks: list[records.Look]) -> list[records.Look]:
    """Leave out of a long row of looks those that no judge can need."""
    alive = max((number for number, look in enumerate(looks) if look.verdict.kind in _LIFE), default=-1) + 1
    kept = {*range(_EARLIER), *range(max(0, alive - _EARLIER), alive)}
    sorts: dict[tuple[object, ...], list[int]] = {}
    for number, look in enumerate(looks[alive:], alive):
        sorts.setdefault(_sort(look.observation), []).append(number)
    for numbers in sorts.values():
        kept.update(numbers[:_EACH_WAY], numbers[-_EACH_WAY:])
    return [looks[number] for number in sorted(kept)]


def _sort(seen: Observation) -> tuple[object, ...]:
    return seen.failure, seen.status, *(signal.kind for signal in seen.signals)
