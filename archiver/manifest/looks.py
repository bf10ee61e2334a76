"""What is asked between two looks: a link's earlier looks, whether a payload is held already, what a host is like.

They are asked thousands of times per run, so their statements are compiled once and go to the driver as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from sqlalchemy import bindparam, func, literal_column, select

from archiver.manifest import records, schema
from archiver.manifest.derive import Statement
from archiver.manifest.records import Kind, maybe_moment, moment
from archiver.model import LIFE, MOST_THERE, THERE, HostFacts
from archiver.patience import APART

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from archiver.model import Observation

# A judge counts strikes (no setting asks for more than 100) and the days from the first of them to the last. So of a
# long row of failures the first and the last hundred of each sort, and of those between some that lie apart, are
# enough; and of what was before it the first
# looks, which say what the page was, and the last ones.
_ALL = 200
_EACH_WAY = 100
_EARLIER = 20


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
        links = schema.links.c
        name = bindparam("name", type_=links.host.type)
        self._host = Statement(connection, select(schema.hosts).where(schema.hosts.c.host == name))
        self._links = Statement(connection, select(links.verdict, func.count()).where(
            links.host == name, links.citations > 0, links.verdict.is_not(None),
        ).group_by(links.verdict))
        self._there = Statement(connection, select(links.looked).where(
            links.host == name, links.verdict.in_([literal_column(f"'{verdict}'") for verdict in sorted(THERE)]),
        ).order_by(links.looked.desc()).limit(literal_column(str(MOST_THERE))))

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

    def host(self, name: str) -> HostFacts:
        """Give what looks have shown of a host."""
        values = self._host.values({"name": name})
        row = self._connection.exec_driver_sql(self._host.text, values).first()
        counts = {verdict: count for verdict, count in self._ask(self._links, name)}  # noqa: C416 - wider tuples
        there = tuple(moment(at) for at, in self._ask(self._there, name))
        return host_facts(name, row, counts, there)

    def _ask(self, statement: Statement, name: str) -> Iterator[tuple[Any, ...]]:
        for row in self._connection.exec_driver_sql(statement.text, statement.values({"name": name})):
            yield tuple(row)


def host_facts(
    name: str, row: Row[Any] | None, counts: dict[str, int], there: tuple[datetime, ...] = (),
) -> HostFacts:
    """Put together a row of the table `hosts` (none: nothing is known) and its links, counted by verdict."""
    facts = HostFacts(
        name=name, links=sum(counts.values()), alive=sum(counts.get(verdict, 0) for verdict in THERE),
        dead=counts.get("dead", 0), there=there, answered=there[0] if there else None,
    )
    if row is None:
        return facts
    answers = filter(None, (facts.answered, maybe_moment(row.answered)))
    return replace(
        facts, answered=max(answers, default=None), silent=maybe_moment(row.silent), silence=row.silence or "",
        honest=maybe_moment(row.honest), catch_all=maybe_moment(row.catch_all), wall=maybe_moment(row.wall),
        wall_by=row.wall_by or "", robots=maybe_moment(row.robots), limited=maybe_moment(row.limited),
        retry_after=row.retry_after,
    )


def _telling(looks: list[records.Look]) -> list[records.Look]:
    """Leave out of a long row of looks those that no judge can need."""
    alive = max((number for number, look in enumerate(looks) if look.verdict.kind in LIFE), default=-1) + 1
    kept = {*range(_EARLIER), *range(max(0, alive - _EARLIER), alive)}
    sorts: dict[tuple[object, ...], list[int]] = {}
    for number, look in enumerate(looks[alive:], alive):
        sorts.setdefault(_sort(look.observation), []).append(number)
    for numbers in sorts.values():
        kept.update(numbers[:_EACH_WAY], numbers[-_EACH_WAY:])
        kept.update(_apart(looks, numbers[_EACH_WAY:-_EACH_WAY]))
    return [looks[number] for number in sorted(kept)]


def _apart(looks: list[records.Look], numbers: list[int]) -> list[int]:
    """Give at most a hundred of these looks that do not lie close together."""
    kept: list[int] = []
    for number in numbers:
        if not kept or looks[number].observation.at - looks[kept[-1]].observation.at >= APART:
            kept.append(number)
    return kept[:_EACH_WAY]


def _sort(seen: Observation) -> tuple[object, ...]:
    return seen.failure, seen.status, *(signal.kind for signal in seen.signals)
