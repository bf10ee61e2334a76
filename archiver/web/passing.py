"""What passes between a page in the browser and the web: which headers, which answers, and what is never asked for."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import urls
from archiver.model import FailureKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.web.exchange import Hop

_KEPT = 40_000_000  # bytes of scripts that are kept for the next page of the same app
_ERRORS: Mapping[FailureKind, str] = {
    FailureKind.TIMEOUT: "timedout", FailureKind.NO_SUCH_HOST: "namenotresolved",
    FailureKind.REFUSED: "connectionrefused",
    FailureKind.RESET: "connectionreset", FailureKind.FORBIDDEN_ADDRESS: "addressunreachable",
    FailureKind.OFFLINE: "internetdisconnected",
}
# Headers of an answer that speak of the way it came, or would send the browser on errands of its own.
_NOT_PASSED_ON = frozenset({
    "content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "alt-svc", "link", "nel",
    "report-to", "reporting-endpoints", "strict-transport-security", "content-security-policy-report-only",
})
# Headers of a request that a script may have set, or that an API looks at.
_NOT_ASKED_WITH = frozenset({
    "user-agent", "accept-encoding", "accept-language", "upgrade-insecure-requests", "range", "if-none-match",
    "if-modified-since", "cache-control", "pragma", "content-type", "priority",
})
# Who counts readers and errors: what a page shows never depends on them.
_COUNTERS = (
    "google-analytics.com", "googletagmanager.com", "doubleclick.net", "googlesyndication.com", "googleadservices.com",
    "segment.io", "segment.com", "mixpanel.com", "amplitude.com", "hotjar.com", "hotjar.io", "clarity.ms",
    "facebook.net", "facebook.com", "sentry.io", "sentry-cdn.com", "bugsnag.com", "newrelic.com", "nr-data.net",
    "datadoghq.com", "datadoghq-browser-agent.com", "browser-intake-datadoghq.com", "fullstory.com",
    "heapanalytics.com",
    "scorecardresearch.com", "chartbeat.com", "chartbeat.net", "plausible.io", "posthog.com", "cloudflareinsights.com",
    "adobedtm.com", "demdex.net", "omtrdc.net", "quantserve.com", "parsely.com", "intercom.io", "criteo.com",
    "criteo.net", "taboola.com", "outbrain.com", "logrocket.io", "rollbar.com", "matomo.cloud", "mc.yandex.ru",
    "bat.bing.com", "snap.licdn.com", "analytics.tiktok.com", "usefathom.com", "umami.is",
)


class Answer(Struct, frozen=True):
    """What the browser is told."""

    status: int
    headers: dict[str, str]
    body: bytes


class Kept:
    """Scripts and style sheets of the run: pages of one app share them."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], Answer] = {}
        self._locks: dict[tuple[str, str], asyncio.Lock] = {}
        self._room = _KEPT

    def lock(self, url: str, origin: str) -> asyncio.Lock:
        """Give what lets two pages that want the same script wait for one request."""
        return self._locks.setdefault((url, origin), asyncio.Lock())

    def get(self, url: str, origin: str) -> Answer | None:
        """Give one that is kept."""
        return self._answers.get((url, origin))

    def keep(self, url: str, origin: str, answer: Answer) -> None:
        """Keep one, while there is room."""
        if len(answer.body) <= self._room:
            self._room -= len(answer.body)
            self._answers[url, origin] = answer


def error_of(kind: FailureKind) -> str:
    """Name the error that the browser is to meet."""
    return _ERRORS.get(kind, "failed")


def is_counter(url: str) -> bool:
    name = urls.host(url)
    return any(name == one or name.endswith(f".{one}") for one in _COUNTERS)


def shown(url: str) -> str:
    return urls.without_fragment(url).partition("?")[0][:120]


def asked_with(found: Mapping[str, str]) -> dict[str, str]:
    """Give the headers that a script set, and those that a server looks at before it answers another origin."""
    return {
        name: value for name, value in found.items()
        if name.lower() not in _NOT_ASKED_WITH and not name.lower().startswith(("sec-", ":", "proxy-"))
    }


def is_shared(hop: Hop, url: str, origin: str) -> bool:
    """Tell whether a server lets pages of this origin read its answer; whether the names agree, the browser checks."""
    own = f"{urls.scheme(url)}://{urls.authority(url)}"
    return own == origin or hop.header("access-control-allow-origin") is not None


def told(hop: Hop) -> Answer:
    headers: dict[str, str] = {}
    for name, value in hop.headers:
        key = name.lower()
        if key in _NOT_PASSED_ON or not value.isprintable():
            continue
        joint = "\n" if key == "set-cookie" else ", "
        headers[key] = f"{headers[key]}{joint}{value}" if key in headers else value
    return Answer(hop.status, headers, hop.decoded)


def sent_on(url: str) -> Answer:
    """Lead the browser to where a redirect led us: it must know the address, and we have its answer at hand."""
    where = json.dumps(url).replace("<", "\\u003c")
    page = f"<!doctype html><script>location.replace({where})</script>"
    return Answer(200, {"content-type": "text/html; charset=utf-8"}, page.encode())
