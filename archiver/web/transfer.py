"""One request and its answer, by one easy handle of libcurl: a Hop, a Fault, or the part of a hop before the fault.

What is an answer: a complete header block. Its body may end too early, and then it depends on how:
* we stopped at the limit: `truncated="length"`, no fault;
* the server closed in an orderly way before the promised end, or what it sent cannot be decoded to its end:
  `truncated="disconnect"`, no fault - the server has answered, but not all of it is there;
* the connection was reset, or the time ran out: `truncated="disconnect"` or `"time"` and a fault that says so;
* however it ended, a page that is there to its last tag, `</html>`, is whole.

Handles are used again and again; options are set when they differ from those of the last request.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any

import pycurl

from archiver.model import FailureKind
from archiver.web import faults
from archiver.web.decode import Decoder, codings_of
from archiver.web.exchange import Certificate, Hop, Timings
from archiver.web.faults import Fault
from archiver.web.guard import forbidden
from archiver.web.targets import REDIRECTS

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.clock import Clock
    from archiver.web.curl import CurlLoop
    from archiver.web.headers import Head

_REDIRECT_BODY = 65536  # bytes kept of a page that only says "moved"
_ALARM = 65536  # bytes after which a body is looked at while it comes
_VERSIONS = {1: "1.0", 2: "1.1", 3: "2", 30: "3"}
_BLANK = (b"\r\n", b"\n")
_CERTIFICATE_FACTS = (b"Subject", b"Issuer", b"Expire date")  # libcurl's names for them
_LONGEST_DETAIL = 200
Headers = tuple[tuple[str, str], ...]


class Transfer:
    """An easy handle with its callbacks; carries one request at a time."""

    def __init__(self, curls: CurlLoop, clock: Clock, authorities: Path, *, guarded: bool) -> None:
        self._curls = curls
        self._clock = clock
        self._proxied = False
        self._lines: list[bytes] = []
        self._chunks: list[bytes] = []
        self._begin(0)
        self._refused = False
        self._resolves = False
        self._waited = 0.0
        self._options: tuple[object, ...] = ()
        self._head: Head | None = None
        self.curl: Any = pycurl.Curl()
        for option, value in (
            (pycurl.HEADERFUNCTION, self._lines.append), (pycurl.WRITEFUNCTION, self._take), (pycurl.NOSIGNAL, 1),
            (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS), (pycurl.FOLLOWLOCATION, 0), (pycurl.NETRC, 0),
            (pycurl.PATH_AS_IS, 1), (pycurl.OPT_CERTINFO, 1), (pycurl.NOPROXY, ""), (pycurl.TCP_NODELAY, 1),
            (pycurl.SSL_EC_CURVES, "X25519:P-256:P-384"),  # the post-quantum default costs a third more CPU
            (pycurl.CAPATH if authorities.is_dir() else pycurl.CAINFO, str(authorities)),
        ):
            self.curl.setopt(option, value)
        if guarded:
            self.curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open)

    def _set(self, milliseconds: int, proxy: str, *, verify: bool, reuse: bool, http1: bool) -> None:
        """Set what is mostly as it was for the last request."""
        options = milliseconds, proxy, verify, reuse, http1
        if options == self._options:
            return
        for option, value in (
            (pycurl.TIMEOUT_MS, milliseconds), (pycurl.CONNECTTIMEOUT_MS, milliseconds), (pycurl.PROXY, proxy),
            (pycurl.SSL_VERIFYPEER, int(verify)), (pycurl.SSL_VERIFYHOST, 2 if verify else 0),
            (pycurl.FORBID_REUSE, int(not reuse)),
            # It is told where hosts are, not where a proxy is; and looks for old names among all after each transfer.
            (pycurl.DNS_CACHE_TIMEOUT, 60 if proxy else -1),
            (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1 if http1 else pycurl.CURL_HTTP_VERSION_2TLS),
        ):
            self.curl.setopt(option, value)
        self._options = options

    def _begin(self, limit: int) -> None:
        self._lines.clear()
        self._chunks = []
        self._size = 0
        self._limit = limit
        self._alarm = min(limit, _ALARM)
        self._decoder: Decoder | None = None
        self._looked = False
        self._cut = False

    def close(self) -> None:
        """Free the handle."""
        self.curl.close()

    # ------------------------------------------------------------ called by libcurl

    def _take(self, chunk: bytes) -> int | None:
        self._chunks.append(chunk)
        self._size += len(chunk)
        return None if self._size <= self._alarm else self._watch(chunk)

    def _watch(self, chunk: bytes) -> int | None:
        """Look at a body that is large: decode as it comes, and stop (0) when there is enough of it."""
        if not self._looked:
            self._looked = True
            head = _last_block(self._lines)
            if _status(head) in REDIRECTS:
                self._limit = min(self._limit, _REDIRECT_BODY)
            codings = codings_of(_parse(head))
            if codings:
                self._decoder = Decoder(codings, self._limit)
                chunk = b"".join(self._chunks)
            self._alarm = -1 if codings else self._limit
        if self._decoder is None:
            self._cut = self._size > self._limit
        else:
            self._decoder.feed(chunk)
            self._cut = self._decoder.full or self._size > 2 * self._limit + _ALARM
        return 0 if self._cut else None

    def _open(self, _purpose: int, address: Any) -> Any:
        family, kind, protocol, place = address
        name = place[0] if isinstance(place, tuple) else place
        if not self._proxied and forbidden(name if isinstance(name, str) else name.decode("ascii", "replace")):
            self._refused = True
            return pycurl.SOCKET_BAD
        opened = socket.socket(family, kind, protocol)
        asyncio.get_running_loop().call_soon(opened.close)  # pycurl works on a duplicate
        return opened

    # ------------------------------------------------------------ one request

    async def run(
        self, url: str, head: Head, *, limit: int, seconds: float, proxy: str, verify: bool = True, reuse: bool = True,
        http1: bool = False, addresses: tuple[str, ...] = (), waited: float = 0.0,
    ) -> tuple[Hop | None, Fault | None]:
        """Send one GET and read the answer, up to `limit` bytes of decoded body.

        `addresses`: where the host is, found in `waited` seconds; none when libcurl knows already or is to find out.
        """
        curl = self.curl
        self._begin(limit)
        self._refused = False
        self._proxied = bool(proxy)
        curl.setopt(pycurl.URL, url)
        if self._head is not head:
            # Proxy-Connection is libcurl's own idea; a line that ends in a colon takes it away again.
            curl.setopt(pycurl.HTTPHEADER, [*head.lines, "Proxy-Connection:"])
            self._head = head
        self._set(max(1, int(seconds * 1000)), proxy, verify=verify, reuse=reuse, http1=http1)
        if addresses:
            curl.setopt(pycurl.RESOLVE, known_addresses(url, addresses))
            self._resolves = True
        elif self._resolves:
            curl.unsetopt(pycurl.RESOLVE)
            self._resolves = False
        self._waited = waited
        started = self._clock.now()
        code, text = await self._curls.perform(curl)
        if code == faults.WRITE and self._cut:
            code = 0
        hop = self._hop(url, head, started, proxy, code, text)
        if code == 0 or (hop is not None and (hop.truncated is None or _is_short(code, text))):
            return (hop, None) if hop is not None else (None, _fault_of(faults.GOT_NOTHING))
        return hop, self._fault(code, text, url, proxy, hop)

    def _hop(self, url: str, head: Head, started: Any, proxy: str, code: int, text: str) -> Hop | None:
        info = self.curl.getinfo
        status = info(pycurl.RESPONSE_CODE)
        if status < 200:
            return None
        block = _last_block(self._lines)
        if not block or block[-1] not in _BLANK:
            return None
        headers = _parse(block)
        body = b"".join(self._chunks)
        decoded, whole = self._decode(headers, body)
        truncated = None
        if self._cut:
            truncated = "length"
            if self._decoder is None:
                body = body[: self._limit]
        elif (code != 0 or not whole) and _ends_as_page(headers, decoded):
            pass
        elif code == faults.TIMEOUT:
            truncated = "time"
        elif not whole or (code != 0 and not _ends_with_connection(code, text, headers)):
            truncated = "disconnect"
        version = _VERSIONS.get(info(pycurl.INFO_HTTP_VERSION), "1.1")
        encrypted, wait = url.startswith("https:"), self._waited
        return Hop(
            url=url, started=started, request_head=_request_head(url, head, version, proxy),
            head=b"".join(block), status=status, headers=headers, body=body, decoded=decoded, truncated=truncated,
            http_version=version, peer=None if proxy else info(pycurl.PRIMARY_IP) or None,
            certificate=self._certificate() if encrypted else None,
            timings=Timings(
                resolved=wait + info(pycurl.NAMELOOKUP_TIME), connected=wait + info(pycurl.CONNECT_TIME),
                encrypted=wait + info(pycurl.APPCONNECT_TIME) if encrypted else 0.0,
                first_byte=wait + info(pycurl.STARTTRANSFER_TIME), total=wait + info(pycurl.TOTAL_TIME),
            ),
        )

    def _decode(self, headers: Headers, body: bytes) -> tuple[bytes, bool]:
        """Give the body without its content coding, and whether all of it is there."""
        decoder = self._decoder
        if decoder is None:
            codings = () if self._looked else codings_of(headers)
            if not codings:
                return body if len(body) <= self._limit else body[: self._limit], True
            decoder = Decoder(codings, self._limit)
            decoder.feed(body)
            self._cut = self._cut or decoder.full
            self._decoder = decoder
        return decoder.result(), decoder.whole

    def _certificate(self) -> Certificate | None:
        """Give the server's certificate; None on a connection that was there already."""
        chain = self.curl.getinfo_raw(pycurl.INFO_CERTINFO)
        if not chain:
            return None
        # The whole chain and every extension are in there; three lines are wanted.
        found = {pair[0]: _text(pair[1]) for pair in chain[0] if len(pair) == 2 and pair[0] in _CERTIFICATE_FACTS}
        subject, issuer, expires = (found.get(name, "") for name in _CERTIFICATE_FACTS)
        return Certificate(subject=subject, issuer=issuer, expires=expires)

    # ------------------------------------------------------------ what went wrong

    def _fault(self, code: int, text: str, url: str, proxy: str, hop: Hop | None) -> Fault:
        info = self.curl.getinfo
        if proxy and (fault := self._proxy_fault(code, url, hop)) is not None:
            return fault
        if self._refused and code == faults.CONNECT:
            return Fault(kind=FailureKind.FORBIDDEN_ADDRESS, detail=faults.WORDS[FailureKind.FORBIDDEN_ADDRESS])
        if code == faults.CONNECT:
            return faults.connect_fault(info(pycurl.OS_ERRNO))
        if code == faults.TIMEOUT and not proxy and not info(pycurl.NAMELOOKUP_TIME):
            return Fault(kind=FailureKind.DNS_ERROR, detail="the resolver did not answer in time", code=code)
        return _fault_of(code, text)

    def _proxy_fault(self, code: int, url: str, hop: Hop | None) -> Fault | None:
        """Tell the proxy's failures from those of the host behind it."""
        info = self.curl.getinfo
        if code == faults.PROXY:
            return faults.socks_fault(info(pycurl.PROXY_ERROR))
        if hop is not None:
            return None
        answered = info(pycurl.HTTP_CONNECTCODE)
        if answered and not 200 <= answered < 300:
            said = [value for name, value in _parse(_last_block(self._lines)) if name.lower() == "proxy-status"]
            return faults.proxy_fault(said) or _proxy(f"it answers {answered}", code)
        reached = bool(info(pycurl.CONNECT_TIME) or info(pycurl.REQUEST_SIZE))  # a kept connection takes no time
        if code in (faults.CONNECT, 5) or (code == faults.TIMEOUT and not reached):
            return _proxy("it cannot be reached", code)
        if url.startswith("https:") and not answered and not info(pycurl.APPCONNECT_TIME) and code != faults.TIMEOUT:
            return _proxy("it makes no tunnel", code) if proxy_is_http(info) else None
        return None


def proxy_is_http(info: Any) -> bool:
    """Tell whether the last connection's proxy was asked to make a tunnel."""
    return bool(info(pycurl.USED_PROXY))


def _proxy(words: str, code: int) -> Fault:
    kind = FailureKind.PROXY
    return Fault(kind=kind, detail=f"{faults.WORDS[kind]}: {words}", code=code)


def _fault_of(code: int, text: str = "") -> Fault:
    kind = faults.kind_of(code)
    lowered = text.lower()
    if code == faults.TLS_CONNECT and ("reset by peer" in lowered or "syscall" in lowered):
        kind = FailureKind.RESET
    elif code == faults.RECEIVE and ("chunk" in lowered or "too large" in lowered):
        kind = FailureKind.BAD_ANSWER
    detail = faults.WORDS[kind]
    if kind is FailureKind.TLS_ERROR and text:
        detail = f"{detail}: {_text(text)}"
    return Fault(kind=kind, detail=detail, code=code)


def _is_short(code: int, text: str) -> bool:
    """Tell whether a body ended too early, but in an orderly way: the server closed the connection."""
    return code == faults.PARTIAL or (code == faults.RECEIVE and "unexpected eof" in text)


def _ends_with_connection(code: int, text: str, headers: Headers) -> bool:
    """Tell whether the end of the connection is the end of the body: nothing said how long it would be.

    Servers that close without TLS's farewell are common; OpenSSL calls it an error, browsers do not.
    """
    lengths = ("content-length", "transfer-encoding")
    return code == faults.RECEIVE and "unexpected eof" in text and not any(
        name.lower() in lengths for name, _ in headers
    )


def _ends_as_page(headers: Headers, decoded: bytes) -> bool:
    """Tell whether a page is there to its last tag, whatever its length or its last chunk had promised.

    Servers that count a page before they shorten it, or keep the connection open behind it, are common; browsers show
    such a page.
    """
    kind = next((value for name, value in headers if name.lower() == "content-type"), "text/html").lower()
    return "html" in kind and decoded[-200:].rstrip().lower().endswith(b"</html>")


def _last_block(lines: list[bytes]) -> list[bytes]:
    """Give the last header block: before it may stand a proxy's answer to CONNECT or a 103, behind it trailers."""
    for start in range(len(lines) - 1, -1, -1):
        if lines[start].startswith(b"HTTP/") and (start == 0 or lines[start - 1] in _BLANK):
            for end in range(start, len(lines)):
                if lines[end] in _BLANK:
                    return lines[start : end + 1]
            return lines[start:]
    return []


def _status(block: list[bytes]) -> int:
    parts = block[0].split(None, 2) if block else []
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def _parse(block: list[bytes]) -> Headers:
    found = []
    for line in b"".join(block[1:]).decode("latin-1").split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            found.append((name, value.strip()))
    return tuple(found)


def _request_head(url: str, head: Head, version: str, proxy: str) -> bytes:
    """Write what libcurl sends: the request line, Host, then our headers in their order.

    To a proxy it sends the whole address, and the proxy's password, which is recorded nowhere.
    """
    scheme, _, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    whole = scheme == "http" and proxy.startswith("http")
    target = url if whole else f"{slash}{path}"
    return f"GET {target} HTTP/{version}\r\nHost: {authority}\r\n".encode() + head.sent


def known_addresses(url: str, addresses: tuple[str, ...]) -> list[str]:
    """Write libcurl's form of "this host has these addresses", for both schemes when the link names no port."""
    authority = url.partition("://")[2].partition("/")[0]
    host, colon, port = authority.rpartition(":")
    where = ",".join(f"[{one}]" if ":" in one else one for one in addresses)
    return [f"{host}:{port}:{where}"] if colon else [f"{authority}:{usual}:{where}" for usual in (80, 443)]


def _text(value: bytes | str) -> str:
    text = (value.decode("utf-8", "replace") if isinstance(value, bytes) else value)[:_LONGEST_DETAIL]
    return (text if text.isprintable() else "".join(sign if sign.isprintable() else " " for sign in text)).strip()
