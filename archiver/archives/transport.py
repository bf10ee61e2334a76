"""One request to an archive, by `requests`: bounded in time and size, never retried, never redirected.

No exception of requests, urllib3 or the sockets leaves this module: what is no answer is a NoReply. It reads no
credentials from anywhere (no .netrc, no cookies): what is sent is what the caller passes.
"""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests
import requests.adapters
import requests.utils
from requests import exceptions as wrong
from urllib3 import exceptions as deeper
from urllib3.util.ssl_ import create_urllib3_context

from archiver.archives.http import Cause, NoReply, Reply
from archiver.archives.stamps import from_http
from archiver.errors import ConfigError
from archiver.web.headers import user_agent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from urllib3 import HTTPConnectionPool, HTTPResponse, PoolManager

    from archiver.archives.http import Patience
    from archiver.clock import Clock
    from archiver.config import WebSettings

_CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
_PIECE = 65536  # bytes read at once
_LATE = "the headers did not come in time"

# From the special to the general: a class is classified by the first row that it belongs to.
_CAUSES: tuple[tuple[type[BaseException], Cause], ...] = (
    (wrong.ConnectTimeout, Cause.TIMEOUT), (wrong.Timeout, Cause.TIMEOUT),
    (wrong.ProxyError, Cause.PROXY), (wrong.InvalidProxyURL, Cause.PROXY),
    (wrong.SSLError, Cause.TLS),
    (wrong.ChunkedEncodingError, Cause.RESET),
    (wrong.ConnectionError, Cause.CONNECT),  # or RESET: see `_classify`
    (wrong.TooManyRedirects, Cause.REDIRECT),
    (wrong.InvalidURL, Cause.ADDRESS), (wrong.InvalidSchema, Cause.ADDRESS), (wrong.MissingSchema, Cause.ADDRESS),
    (wrong.URLRequired, Cause.ADDRESS), (wrong.InvalidHeader, Cause.ADDRESS),
    (wrong.HTTPError, Cause.BAD_ANSWER), (wrong.ContentDecodingError, Cause.BAD_ANSWER),
    (wrong.InvalidJSONError, Cause.BAD_ANSWER), (wrong.StreamConsumedError, Cause.BAD_ANSWER),
    (wrong.RetryError, Cause.BAD_ANSWER), (wrong.UnrewindableBodyError, Cause.BAD_ANSWER),
    (deeper.NewConnectionError, Cause.CONNECT),
    (deeper.TimeoutError, Cause.TIMEOUT), (deeper.ProxyError, Cause.PROXY), (deeper.SSLError, Cause.TLS),
    (deeper.ProxySchemeUnknown, Cause.PROXY), (deeper.ProxySchemeUnsupported, Cause.PROXY),
    (deeper.DecodeError, Cause.BAD_ANSWER), (deeper.ProtocolError, Cause.RESET),
    (deeper.LocationValueError, Cause.ADDRESS), (deeper.PoolError, Cause.CONNECT),
    (http.client.IncompleteRead, Cause.RESET),
    (http.client.HTTPException, Cause.BAD_ANSWER), (UnicodeError, Cause.ADDRESS),
    (TimeoutError, Cause.TIMEOUT), (ssl.SSLError, Cause.TLS),
    (deeper.HTTPError, Cause.BAD_ANSWER), (wrong.RequestException, Cause.BAD_ANSWER),
)
_WORDS = {
    Cause.TIMEOUT: "no answer in time", Cause.PROXY: "the proxy failed", Cause.TLS: "the certificate or TLS failed",
    Cause.RESET: "the connection broke", Cause.CONNECT: "cannot connect", Cause.REDIRECT: "too many redirects",
    Cause.ADDRESS: "no request can be made of the address", Cause.BAD_ANSWER: "the answer is no readable HTTP",
}


def cause_of(kind: type[BaseException]) -> Cause | None:
    """Classify an exception by its class; None for one that this module does not know."""
    return next((cause for known, cause in _CAUSES if issubclass(kind, known)), None)


class Transport:
    """Sends requests for all archives: one session, one TLS context."""

    def __init__(self, web: WebSettings, clock: Clock) -> None:
        self._proxy = web.proxy
        authorities = _authorities(web)
        # A file that somebody named is read at once, so that what is wrong with it is told at once.
        self._context = _context(authorities) if authorities else None
        self._clock = clock
        self._agent = user_agent(web.contact)
        self._session: requests.Session | None = None
        self._guard = threading.Lock()

    def send(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes | None, patience: Patience, limit: int,
    ) -> Reply | NoReply:
        """Send one request and read the answer; the body is cut at `limit` bytes."""
        end = self._clock.monotonic() + patience.total
        try:
            proxies = self._proxies(url)
        except ValueError:
            return NoReply(cause=Cause.ADDRESS, detail=_WORDS[Cause.ADDRESS], sent=False)
        try:
            with self._opened().request(
                method, url, headers=dict(headers), data=body, stream=True, allow_redirects=True,
                timeout=(patience.connect, patience.read), proxies=proxies,
            ) as response:
                return self._read(response, end, limit)
        except (requests.RequestException, deeper.HTTPError, OSError, http.client.HTTPException, ValueError) as error:
            cause, sent = _classify(error)
            return NoReply(cause=cause, detail=_WORDS[cause], sent=sent)

    def _read(self, response: requests.Response, end: float, limit: int) -> Reply | NoReply:
        """Read the body piece by piece: a server that drips must not hold us longer than one that is silent."""
        raw: HTTPResponse = response.raw
        pieces: list[bytes] = []
        size = 0
        while size <= limit and (piece := raw.read1(min(_PIECE, limit + 1 - size), decode_content=True)):
            pieces.append(piece)
            size += len(piece)
            if self._clock.monotonic() > end:
                return NoReply(cause=Cause.TIMEOUT, detail="the answer did not end in time")
        return Reply(
            url=str(response.url), status=response.status_code, headers=tuple(raw.headers.items()),
            body=b"".join(pieces)[:limit], cut=size > limit,
            retry_after=self._seconds(response.headers.get("Retry-After")),
        )

    def _seconds(self, retry_after: str | None) -> float | None:
        text = (retry_after or "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        moment = from_http(text) if text else None
        return max(0.0, (moment - self._clock.now()).total_seconds()) if moment else None

    def _proxies(self, url: str) -> dict[str, str]:
        if self._proxy:  # NO_PROXY counts beside it, as it does for the open web
            around = requests.utils.should_bypass_proxies(url, no_proxy=None)
            return {} if around else {"http": self._proxy, "https": self._proxy}
        return requests.utils.get_environ_proxies(url)

    def _opened(self) -> requests.Session:
        with self._guard:
            if self._session is None:
                self._session = _Session()
                self._session.trust_env = False  # no .netrc; proxies and authorities are found above
                self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
                self._session.headers.clear()
                self._session.headers.update({"User-Agent": self._agent, "Accept-Encoding": "identity"})
                adapter = _Adapter(self._context or _context(""))
                self._session.mount("https://", adapter)
                self._session.mount("http://", adapter)
            return self._session


class _Session(requests.Session):
    """A session that follows nothing: requests reads the whole body of a redirect, however long, before it does."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        return None


class _Adapter(requests.adapters.HTTPAdapter):
    """Connections that share one TLS context, and whose headers come in time or not at all."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(pool_connections=16, pool_maxsize=16, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)
        _hurry(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> PoolManager:
        manager: PoolManager = super().proxy_manager_for(proxy, **kwargs, ssl_context=self._context)
        _hurry(manager)
        return manager

    def cert_verify(self, conn: Any, url: str, verify: object, cert: object) -> None:
        """Leave the authorities to the shared context; requests would load them anew for every connection."""
        conn.cert_reqs = "CERT_REQUIRED"


def _hurry(manager: PoolManager) -> None:
    """Put a deadline on the headers of whatever connections a manager makes: plain, encrypted, through SOCKS."""
    manager.pool_classes_by_scheme = {
        scheme: _timely(pool) for scheme, pool in manager.pool_classes_by_scheme.items()
    }


@cache
def _timely(pool: type[HTTPConnectionPool]) -> type[HTTPConnectionPool]:
    """Make a kind of pool whose connections must have their headers within the read timeout."""
    made: Any = pool.ConnectionCls

    class Connection(made):  # type: ignore[misc]  # known only when a manager names it
        def getresponse(self) -> HTTPResponse:
            with _in_time(self.sock, self.timeout) as late:
                response: HTTPResponse = super().getresponse()
            if late.is_set():  # http.client takes headers that end in the middle for whole ones
                response.close()
                raise TimeoutError(_LATE)
            return response

    return type(pool.__name__, (pool,), {"ConnectionCls": Connection})


@contextmanager
def _in_time(sock: Any, seconds: Any) -> Iterator[threading.Event]:
    """Cut the connection when the block takes longer: a socket's own timeout starts anew with every byte."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        with suppress(OSError, AttributeError):  # gone already
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(float(seconds or 60), cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set():
            raise TimeoutError(_LATE) from error
        raise
    finally:
        timer.cancel()


def _authorities(web: WebSettings) -> str:
    """Give the file or folder of trusted authorities; nothing for the ones that come with requests."""
    named = [("web.ca_bundle", web.ca_bundle), *((name, os.environ.get(name, "")) for name in _CA_VARIABLES)]
    for origin, path in named:
        if path and not Path(path).expanduser().exists():
            raise ConfigError(f"{origin}: {path}: no such file", hint="it must hold certificates in PEM form")
        if path:
            return str(Path(path).expanduser())
    return ""


def _context(authorities: str) -> ssl.SSLContext:
    context = create_urllib3_context()
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    place = authorities or requests.utils.DEFAULT_CA_BUNDLE_PATH
    try:
        context.load_verify_locations(**{"capath" if Path(place).is_dir() else "cafile": place})
    except OSError as error:
        raise ConfigError(f"{place}: holds no certificates: {error}", hint="it must be in PEM form") from None
    return context


def _classify(error: BaseException) -> tuple[Cause, bool]:
    """Give the cause, and whether the request may have reached the archive.

    requests says ConnectionError for a host that refused as well as for an answer that broke off, and urllib3 says
    ProxyError for an answer that broke off in a tunnel as well as for a tunnel that never was; the difference stands
    in what they wrap, and decides whether a submission may be repeated.
    """
    chain = tuple(_chain(error))
    unsent = any(
        isinstance(one, (deeper.NewConnectionError, deeper.ConnectTimeoutError, ssl.SSLCertVerificationError,
                         wrong.ConnectTimeout, deeper.LocationValueError))
        or (isinstance(one, OSError) and str(one).startswith("Tunnel connection failed"))
        for one in chain
    )
    if isinstance(error, wrong.InvalidSchema) and "SOCKS" in str(error):
        return Cause.PROXY, False  # a SOCKS proxy, and no PySocks to speak to it
    cause = cause_of(type(error)) or (Cause.CONNECT if isinstance(error, OSError) else Cause.BAD_ANSWER)
    if cause in (Cause.CONNECT, Cause.PROXY) and not unsent:
        inner = any(isinstance(one, TimeoutError | deeper.ReadTimeoutError) for one in chain)
        cause = Cause.TIMEOUT if inner else Cause.RESET
    return cause, not (unsent or cause is Cause.ADDRESS)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Walk what an error wraps: reasons, arguments, causes."""
    seen: list[BaseException] = [error]
    for one in seen:
        yield one
        inner = (getattr(one, "reason", None), one.__cause__, one.__context__, *one.args)
        seen += [item for item in inner if isinstance(item, BaseException) and not any(item is old for old in seen)]
