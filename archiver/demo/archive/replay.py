"""The double's replay: TimeGate, TimeMaps, and captures as they were (RFC 7089)."""

from __future__ import annotations

import re
from email.utils import format_datetime, parsedate_to_datetime
from html import escape
from typing import TYPE_CHECKING

from archiver.demo.answers import Reply, content, page
from archiver.demo.archive.holdings import Held, Holdings, closest
from archiver.demo.archive.index import cdx
from archiver.demo.archive.words import moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from archiver.demo.answers import Headers

SITE = "https://web.archive.org"
_MEMENTO = re.compile(r"^(\d{1,14})([a-z]{2}_)?/(.+)$", re.DOTALL)


def replay(holdings: Holdings, rest: str, headers: Mapping[str, str], now: datetime) -> Reply:
    """Answer for what stands behind `/web/`. Header names are in lower case."""
    if rest.startswith("timemap/link/"):
        return _timemap(holdings, _mend(rest.removeprefix("timemap/link/")), now)
    if rest.startswith(("timemap/cdx?", "timemap/json?")):
        kind, _, query = rest.removeprefix("timemap/").partition("?")
        return cdx(holdings, query + ("&output=json" if kind == "json" else ""), now)
    if match := _MEMENTO.match(rest):
        digits, modifier, url = match.groups()
        return _memento(holdings, digits, modifier or "", _mend(url), now)
    return _timegate(holdings, _mend(rest), headers.get("accept-datetime"), now)


def _timegate(holdings: Holdings, url: str, wanted: str | None, now: datetime) -> Reply:
    try:
        near = parsedate_to_datetime(wanted) if wanted else now
    except ValueError:
        return page("<p>Accept-Datetime is no date.", status=400)
    one = closest(holdings.of(url, now), near)
    if one is None:
        return _missing(url)
    link = (f'<{one.url}>; rel="original", '
            f'<{SITE}/web/timemap/link/{one.url}>; rel="timemap"; type="application/link-format"')
    return page("<p>Found.", status=302, headers=(
        ("Location", f"{SITE}/web/{one.stamp}/{one.url}"), ("Vary", "accept-datetime"), ("Link", link),
    ))


def _memento(holdings: Holdings, digits: str, modifier: str, url: str, now: datetime) -> Reply:
    every = holdings.of(url, now)
    try:
        one = closest(every, moment(digits))
    except ValueError:
        return page("<p>No such time.", status=400)
    if one is None:
        return _missing(url)
    if one.stamp != digits or one.url != url:
        target = f"{SITE}/web/{one.stamp}{modifier}/{one.url}"
        return page("<p>Found.", status=302, headers=(("Location", target),))
    headers: Headers = (
        ("Memento-Datetime", format_datetime(one.at, usegmt=True)), ("Link", links(every, one)),
        ("X-Archive-Orig-Content-Type", one.media_type), ("x-archive-src", "demo-20111220-00001.warc.gz"),
    )
    if 300 <= one.status < 400 and modifier != "id_":
        text = f"<p>Got an HTTP {one.status} response at crawl time<p>Redirecting to {escape(one.location or '')}"
        return page(text, headers=headers)
    if one.location:
        headers = (*headers, ("Location", f"{SITE}/web/{one.stamp}{modifier}/{one.location}"))
    body = one.body
    if not modifier and one.media_type.startswith("text/html"):
        body = b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->" + body
    return content(body, one.media_type, status=one.status, headers=headers)


def links(every: list[Held], one: Held) -> str:
    """Write the Link header of a memento: itself, its neighbours, and the first and the last."""
    place = every.index(one)
    named: dict[int, str] = {}
    for word, at in (("first", 0), ("prev", place - 1), ("", place), ("next", place + 1), ("last", len(every) - 1)):
        if 0 <= at < len(every):
            named[at] = f"{named.get(at, '')} {word}".strip()
    mementos = ", ".join(
        f'<{SITE}/web/{every[at].stamp}/{every[at].url}>; rel="{f"{word} memento".strip()}"; '
        f'datetime="{format_datetime(every[at].at, usegmt=True)}"'
        for at, word in sorted(named.items())
    )
    return (f'<{one.url}>; rel="original", <{SITE}/web/timemap/link/{one.url}>; rel="timemap"; '
            f'type="application/link-format", <{SITE}/web/{one.url}>; rel="timegate", {mementos}')


def _timemap(holdings: Holdings, url: str, now: datetime) -> Reply:
    every = holdings.of(url, now)
    if not every:
        return Reply(status=404, headers=(("Content-Type", "application/link-format"),))
    first, last = (format_datetime(one.at, usegmt=True) for one in (every[0], every[-1]))
    lines = [
        f'<{every[0].url}>; rel="original"',
        f'<{SITE}/web/timemap/link/{url}>; rel="self"; type="application/link-format"; from="{first}"; until="{last}"',
        f'<{SITE}>; rel="timegate"',
        *(
            f'<{SITE}/web/{one.stamp}/{one.url}>; rel="{"first " if one is every[0] else ""}memento"; '
            f'datetime="{format_datetime(one.at, usegmt=True)}"'
            for one in every
        ),
    ]
    return content(",\n".join(lines).encode(), "application/link-format")


def _missing(url: str) -> Reply:
    return page(f"<title>Wayback Machine</title><p>The Wayback Machine has not archived that URL.<p>{escape(url)}",
                status=404)


def _mend(url: str) -> str:
    """Give back the slash that proxies and servers fold, and the scheme that people leave out."""
    url = re.sub(r"^(https?):/+", r"\1://", url)
    return url if "://" in url else f"http://{url}"
