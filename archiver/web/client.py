"""The open web, asked politely: one GET with its redirects, from a document's link to an Exchange or a Failure.

    async with Web(settings.web, clock) as web:
        answer = await web.fetch(Request(url="https://example.org/"))
        await web.each(links, first_address, work)

Nothing that the outside does raises. Redirects are followed here, not in libcurl: every hop is recorded, guarded, and
takes a turn of its own host. A redirect is followed as soon as its headers are there, whatever becomes of its body.
Cookies live for one fetch; credentials are never sent.

robots.txt: a single citation is looked at as the reader who follows the footnote would look at it: one request, for one
page that a person chose. That is no crawl, and RFC 9309 speaks to crawlers; honouring it there would call pages
unknown that every reader can open. Crawling asks `barred` first, and `web.robots = true` makes every fetch ask.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from archiver import urls
from archiver.model import FailureKind
from archiver.web import faults, proxies, retry_after
from archiver.web.curl import CurlLoop
from archiver.web.exchange import Exchange, Failure, Hop, Request
from archiver.web.faults import Fault
from archiver.web.guard import forbidden_host, is_address, private_name
from archiver.web.headers import base
from archiver.web.limits import connections, workers
from archiver.web.online import Online
from archiver.web.politeness import Politeness
from archiver.web.resolve import Found, Known, Resolver, SystemResolver
from archiver.web.robots import Robots
from archiver.web.targets import authority_of, host_of, location, parts, target
from archiver.web.transfer import Transfer
from archiver.web.trust import authorities

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from types import TracebackType

    from archiver.clock import Clock
    from archiver.config import WebSettings
    from archiver.web.cookies import Cookies
    from archiver.web.exchange import Certificate
    from archiver.web.headers import Head
    from archiver.web.turns import Elsewhere, Turn

MOST_REDIRECTS = 20  # as browsers have it
_CHAIN_TIMEOUTS = 3  # a chain of redirects may take so many times the timeout of one request, all in all
_LEAST = 0.02  # seconds of the run that are worth beginning a request for
_PROBE_TIMEOUT = 5.0  # seconds for a canary
_CANARY_AGE = 30.0  # seconds for which a canary's answer proves that "no such name" can be believed
_LONGEST_PAUSE = 60.0  # seconds between two requests that a robots.txt may ask for
_BUSY = frozenset({429, 503})
# Failures that could be our own network's. A refusal or a reset is an answer from somewhere.
_DOUBTFUL = frozenset({
    FailureKind.NO_SUCH_HOST, FailureKind.DNS_ERROR, FailureKind.TIMEOUT, FailureKind.PROXY,
})

class Web:
    """All requests of one run."""

    def __init__(
        self, settings: WebSettings, clock: Clock, *, resolver: Resolver | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._resolved: set[str] = set()  # authorities whose addresses libcurl knows
        self._settings = settings
        self._clock = clock
        self._resolver = resolver
        self._elsewhere = elsewhere
        self._authorities = authorities(settings.ca_bundle)
        self._proxy = proxies.choose(settings.proxy)
        self._head = base(settings.contact)
        self._now = time.monotonic
        self._transfers: list[Transfer] = []
        self._untrusted: dict[str, str] = {}  # authority: why its certificate is not trusted
        self._certificates: dict[str, Certificate] = {}
        self._canaries = list(settings.canaries)
        self._answered_last = ""

    async def __aenter__(self) -> Self:
        settings = self._settings
        self._curls = CurlLoop(asyncio.get_running_loop())
        self._resolver = self._resolver or SystemResolver()
        self._polite = Politeness(
            concurrency=workers(settings.concurrency), per_host=settings.per_host, interval=settings.interval,
            now=self._now, exempt=self._is_local, elsewhere=self._elsewhere,
        )
        self._online = Online(self._probe, now=self._now, changed=lambda off: self._polite.offline(now=off))
        self._robots = Robots(lambda request: self._fetch(request, robots=False))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self._online.close()
        self._polite.close()
        self._curls.close()
        for transfer in self._transfers:
            transfer.close()
        self._transfers.clear()

    @property
    def offline(self) -> bool:
        """Tell whether this machine reaches nothing."""
        return self._online.offline

    @property
    def politeness(self) -> Politeness:
        """Give what hands out the turns, for other processes that want one of a host of ours."""
        return self._polite

    # ------------------------------------------------------------ the doors

    async def each(
        self, links: Sequence[str], first_address: Callable[[str], str], work: Callable[[str, Turn], Awaitable[None]],
    ) -> None:
        """Run `work` for every link when the host of its first address has its turn; `max_time` counts from here.

        `work` hands the turn on in the Request that it sends first. A turn may be withheld (the host wants no more of
        us, the time is spent, this machine is offline): fetch then gives the Failure that says so.
        """
        hosts = {link: authority_of(first_address(link)) for link in links}
        in_play = len(set(hosts.values())) * self._settings.per_host
        self._curls.keep_connections(connections(in_play, self._settings.concurrency))
        self._polite.end_in(self._settings.max_time)
        await self._polite.each(links, hosts.__getitem__, work)

    async def barred(self, url: str) -> Failure | None:
        """Tell why an address may not be crawled: the host's robots.txt, or that it did not answer; None: it may be.

        A pause between two requests that robots.txt asks for is kept from then on.
        """
        fault = await self._robots_fault(url, None)
        if fault is not None:
            return self._failure(Request(url=url), fault, url, [])
        self._polite.slow_down(authority_of(url), min(self._robots.pause(url), _LONGEST_PAUSE))
        return None

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Give the sitemaps that the robots.txt of an address names; `barred` must have read it."""
        return self._robots.sitemaps(url)

    async def fetch(self, request: Request) -> Exchange | Failure:
        """Get an address, following its redirects."""
        return await self._fetch(request, robots=self._settings.robots)

    async def _fetch(self, request: Request, *, robots: bool) -> Exchange | Failure:
        turn = request.turn
        try:
            link = urls.normalise(request.url)
            if link is None:
                return self._failure(request, _plain(FailureKind.UNSUPPORTED), request.url, [])
            head = self._head.also(request.headers) if request.headers else self._head
            return await self._follow(request, urls.without_fragment(link), head, robots=robots)
        finally:
            if turn is not None:
                turn.release()

    # ------------------------------------------------------------ redirects

    async def _follow(self, request: Request, url: str, head: Head, *, robots: bool) -> Exchange | Failure:
        hops: list[Hop] = []
        seen: set[tuple[str, str]] = set()
        cookies: Cookies | None = None
        cookie = ""
        turn = request.turn
        limit = request.read_limit if request.read_limit is not None else self._settings.read_limit
        left = _CHAIN_TIMEOUTS * self._settings.timeout
        while True:
            if robots and (fault := await self._robots_fault(url, turn)) is not None:
                return self._failure(request, fault, url, hops)
            unless = request.unless
            asked = head.also(unless.headers) if unless is not None and unless.url == url else head
            hop, fault = await self._ask(
                url, asked, cookie, turn=turn, limit=limit, seconds=left, part=request.part_of_page,
            )
            turn = None
            if hop is not None:
                hops.append(hop)
                left -= hop.timings.total
            where = location(hop) if request.follow and hop is not None else None
            if hop is None or where is None:
                if fault is not None:
                    return self._failure(request, fault, url, hops)
                return Exchange(request=request, hops=tuple(hops))
            following = target(url, where)
            if following is None:
                return self._failure(request, _plain(FailureKind.BAD_REDIRECT), url, hops)
            if len(hops) > MOST_REDIRECTS:
                return self._failure(request, _plain(FailureKind.TOO_MANY_REDIRECTS), url, hops)
            if values := [value for name, value in hop.headers if name.lower() == "set-cookie"]:
                if cookies is None:
                    from archiver.web.cookies import Cookies

                    cookies = Cookies()
                cookies.keep(url, values)
            seen.add((url, cookie))
            url, cookie = following, cookies.header(following) if cookies else ""
            if (url, cookie) in seen:
                return self._failure(request, self._circle(hops, cookie), url, hops)

    async def _robots_fault(self, url: str, turn: Turn | None) -> Fault | None:
        rule = await self._robots.rule(url, turn)
        if isinstance(rule, Failure):  # a host that does not answer has no rules, but has failed
            return Fault(kind=rule.kind, detail=rule.detail, retry_after=rule.retry_after)
        return None if rule else _plain(FailureKind.ROBOTS)

    def _circle(self, hops: list[Hop], cookie: str) -> Fault:
        if cookie and any(hop.tls_untrusted for hop in hops):
            return Fault(kind=FailureKind.TLS_ERROR, detail="wants a cookie over a connection that is not trusted")
        return _plain(FailureKind.REDIRECT_LOOP)

    def _failure(self, request: Request, fault: Fault, url: str, hops: list[Hop]) -> Failure:
        return Failure(
            request=request, at=self._clock.now(), kind=fault.kind, detail=fault.detail, url=url, hops=tuple(hops),
            retry_after=fault.retry_after,
        )

    # ------------------------------------------------------------ one hop

    async def _ask(
        self, url: str, head: Head, cookie: str, *, turn: Turn | None, limit: int, seconds: float, part: bool = False,
    ) -> tuple[Hop | None, Fault | None]:
        """Make one request in a turn of its host."""
        scheme, authority, host = parts(url)
        proxy = self._proxy(scheme, host)
        fault = self._refuses(host, proxy)
        if fault is not None:
            return None, fault
        turn = await self._turn(authority, turn, part=part)
        try:
            if turn.withheld is not None:
                why = turn.withheld
                return None, Fault(kind=why.kind, detail=why.detail, retry_after=why.retry_after)
            left = self._polite.left
            if left < _LEAST:
                return None, _plain(FailureKind.GAVE_UP)
            seconds = min(self._settings.timeout, seconds, left)
            hop, fault = await self._send(
                url, authority, head, cookie, limit=limit, proxy=proxy, reuse=not turn.last, seconds=seconds,
            )
            if fault is not None and fault.kind is FailureKind.TIMEOUT and seconds >= left:
                fault = _plain(FailureKind.GAVE_UP)  # the run's time was spent, not the host's
            if hop is not None:
                self._note(hop, authority, local=self._is_local(host) and not proxy)
        finally:
            turn.release()
        if fault is not None and hop is None and fault.kind in _DOUBTFUL:
            fault = await self._doubt(fault, host)
            if fault.kind is FailureKind.NO_SUCH_HOST and private_name(host):
                fault = Fault(kind=FailureKind.FORBIDDEN_ADDRESS, detail="the name belongs to a private network")
        return hop, fault

    def _refuses(self, host: str, proxy: str) -> Fault | None:
        """Refuse what can be refused by the way a host is written; the rest is the socket's guard's business."""
        if not self._settings.allow_private and forbidden_host(host):
            return _plain(FailureKind.FORBIDDEN_ADDRESS)
        if host.endswith(".onion") and not proxy:
            return Fault(kind=FailureKind.UNSUPPORTED, detail="an onion service: only Tor reaches it")
        return None

    async def _turn(self, authority: str, turn: Turn | None, *, part: bool) -> Turn:
        """Use the turn that the caller holds, when it is for this host, else wait for one."""
        if turn is None or turn.host != authority or not turn.held:
            if turn is not None:
                turn.release()
            turn = await self._polite.take(authority, part=part)
        if turn.withheld is not None and turn.withheld.kind is FailureKind.OFFLINE and await self._online.back():
            turn = await self._polite.take(authority)
        return turn

    async def _send(
        self, url: str, authority: str, head: Head, cookie: str, *, limit: int, proxy: str, reuse: bool, seconds: float,
    ) -> tuple[Hop | None, Fault | None]:
        """Send it, and once more in another way where that may help."""
        waited = 0.0
        addresses: tuple[str, ...] = ()
        if not proxy:
            began = self._now()
            addresses, fault = await self._resolve(host_of(authority), authority, seconds)
            if fault is not None:
                return None, fault
            waited = self._now() - began if addresses else 0.0
            seconds = max(_LEAST, seconds - waited)
        transfer = self._transfers.pop() if self._transfers else self._transfer()
        untrusted = self._untrusted.get(authority, "") if url.startswith("https:") else ""
        http1 = False
        # A connection to a proxy serves many hosts; one to a host that nobody else waits for is only a burden.
        reuse = reuse or (bool(proxy) and url.startswith("http:"))
        full = head.with_cookie(cookie) if cookie and not untrusted else head
        try:
            for _ in range(3):
                hop, fault = await transfer.run(
                    url, full, limit=limit, seconds=seconds, proxy=proxy, verify=not untrusted, reuse=reuse,
                    http1=http1, addresses=addresses, waited=waited,
                )
                if fault is None or hop is not None:
                    break
                if fault.code == faults.UNTRUSTED and not untrusted:
                    untrusted = self._untrusted[authority] = fault.detail.rpartition(": ")[2] or "untrusted"
                    full = head
                elif fault.code in (faults.HTTP2, faults.HTTP2_STREAM) and not http1:
                    http1 = True
                else:
                    break
        finally:
            self._transfers.append(transfer)
        if hop is not None:
            hop, fault = self._told_by_proxy(hop, fault, proxy)
        if hop is not None and url.startswith("https:"):
            hop = self._with_certificate(hop, authority, untrusted)
        return hop, fault

    def _transfer(self) -> Transfer:
        guarded = not self._settings.allow_private
        return Transfer(self._curls, self._clock, self._authorities, guarded=guarded)

    def _note(self, hop: Hop, authority: str, *, local: bool) -> None:
        """Learn from an answer: the network works, and the host wants more or less of us."""
        if not local:
            self._online.answered()
            if not authority[-1].isdigit():  # neither an address nor a port of its own
                self._answered_last = authority
        if hop.status in _BUSY:
            self._polite.refused(authority, retry_after.seconds(hop.header("retry-after"), self._clock.now()))
        else:
            self._polite.answered(authority)

    def _with_certificate(self, hop: Hop, authority: str, untrusted: str) -> Hop:
        """Add what is known of the server's certificate: libcurl tells only when the connection was new."""
        certificate = hop.certificate or self._certificates.get(authority)
        if certificate is not None:
            self._certificates[authority] = certificate
        if certificate is hop.certificate and not untrusted:
            return hop
        return replace(hop, certificate=certificate, tls_untrusted=bool(untrusted), tls_detail=untrusted)

    # ------------------------------------------------------------ whose fault it is

    @staticmethod
    def _told_by_proxy(hop: Hop, fault: Fault | None, proxy: str) -> tuple[Hop | None, Fault | None]:
        """Take back an answer that is our proxy's own: only plain HTTP is answered by proxies."""
        if not proxy.startswith("http") or not hop.url.startswith("http:"):
            return hop, fault
        if hop.status == 407:
            return None, Fault(kind=FailureKind.PROXY, detail="the proxy failed: it wants a password")
        if hop.status >= 500:
            said = faults.proxy_fault([value for name, value in hop.headers if name.lower() == "proxy-status"])
            if said is not None:
                return None, said
        return hop, fault

    async def _resolve(self, host: str, authority: str, seconds: float) -> tuple[tuple[str, ...], Fault | None]:
        """Find a host's addresses; none when libcurl knows them, or needs none."""
        if authority in self._resolved or is_address(host):
            return (), None
        found = await self._look_up(host, seconds)
        if found.addresses:
            self._resolved.add(authority)  # libcurl keeps what it is told until the run is over
            return found.addresses, None
        missing = found.known is Known.NO_SUCH_NAME
        return (), _plain(FailureKind.NO_SUCH_HOST if missing else FailureKind.DNS_ERROR)

    async def _look_up(self, name: str, seconds: float) -> Found:
        return await self._resolver.look_up(name, seconds) if self._resolver is not None else Found(Known.FAILED)

    async def _doubt(self, fault: Fault, host: str) -> Fault:
        """Ask before a failure is believed whether it could be our own network's."""
        if self._is_local(host):
            return fault
        missing = fault.kind is FailureKind.NO_SUCH_HOST
        if await self._online.works(no_older=_CANARY_AGE if missing else 0):
            return fault
        if self._online.offline:
            return _plain(FailureKind.OFFLINE)
        # Something answers, but no name that must exist does: this resolver's "no such name" is worth nothing.
        return _plain(FailureKind.DNS_ERROR) if missing else fault

    async def _probe(self) -> bool:
        """Tell whether any canary answers, or else the host that answered last."""
        if not self._settings.canaries:
            return True
        # One at a time while they sing, each in its turn: they are other people's machines.
        first, *others = self._canaries
        self._canaries = [*others, first]
        if await self._sing(first):
            return True
        tasks = [asyncio.ensure_future(self._sing(name)) for name in others]
        try:
            for task in asyncio.as_completed(tasks):
                if await task:
                    return True
            return bool(self._answered_last) and await self._sing(self._answered_last)
        finally:
            for one in tasks:
                one.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _sing(self, canary: str) -> bool:
        proxy = self._proxy("http", canary)
        if not proxy:
            return (await self._look_up(canary, _PROBE_TIMEOUT)).known is Known.EXISTS
        transfer = self._transfer()
        try:
            hop, fault = await transfer.run(
                f"http://{canary}/", self._head, limit=65536, proxy=proxy,
                seconds=min(_PROBE_TIMEOUT, self._settings.timeout),
            )
            if hop is not None:
                hop, fault = self._told_by_proxy(hop, fault, proxy)
            # Without Proxy-Status a gateway error may be the proxy's own: it proves nothing.
            return hop is not None and fault is None and hop.status not in (502, 503, 504)
        finally:
            transfer.close()

    def _is_local(self, authority: str) -> bool:
        """Tell whether a host is of this machine's own network, where the world outside does not matter."""
        host = host_of(authority)
        return forbidden_host(host) and not self._proxy("http", host)


def _plain(kind: FailureKind) -> Fault:
    return Fault(kind=kind, detail=faults.WORDS[kind])
