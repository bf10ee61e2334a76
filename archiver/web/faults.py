"""What went wrong, in our words: libcurl's codes, a SOCKS proxy's, and RFC 9209 `Proxy-Status`.

Every code of libcurl has a row. Codes of protocols that we never speak, and of options that we never set, stand under
BAD_ANSWER: they cannot come up, and if one did it would say nothing of the link.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.model import FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

K = FailureKind


class Fault(Struct, frozen=True, kw_only=True):
    """Why a hop has no whole answer."""

    kind: FailureKind
    detail: str
    code: int = 0  # libcurl's
    retry_after: float | None = None  # seconds


OK, RESOLVE, CONNECT, WRITE, TIMEOUT, PARTIAL = 0, 6, 7, 23, 28, 18
TLS_CONNECT, GOT_NOTHING, RECEIVE, UNTRUSTED, PROXY = 35, 52, 56, 60, 97
HTTP2, HTTP2_STREAM = 16, 92

# libcurl's numbers are part of its ABI and never change (curl/curl.h).
_KINDS: dict[int, FailureKind] = {
    1: K.BAD_ANSWER,  # the answer speaks a protocol that we do not (HTTP/0.9, or none at all)
    3: K.UNSUPPORTED,  # an address that libcurl cannot read
    5: K.PROXY, 6: K.DNS_ERROR, 7: K.REFUSED, 8: K.BAD_ANSWER, 16: K.RESET, 18: K.RESET,
    22: K.BAD_ANSWER, 23: K.BAD_ANSWER, 28: K.TIMEOUT,
    35: K.TLS_ERROR, 45: K.REFUSED, 47: K.TOO_MANY_REDIRECTS, 52: K.RESET,
    53: K.TLS_ERROR, 54: K.TLS_ERROR, 55: K.RESET, 56: K.RESET,
    58: K.TLS_ERROR, 59: K.TLS_ERROR, 60: K.TLS_ERROR, 61: K.BAD_ANSWER,
    64: K.TLS_ERROR, 66: K.TLS_ERROR, 77: K.TLS_ERROR, 80: K.TLS_ERROR, 81: K.RESET, 82: K.TLS_ERROR, 83: K.TLS_ERROR,
    89: K.REFUSED, 90: K.TLS_ERROR, 91: K.TLS_ERROR, 92: K.RESET, 95: K.RESET, 96: K.TLS_ERROR, 97: K.PROXY,
    98: K.TLS_ERROR, 101: K.TLS_ERROR,
}
# Other protocols (FTP, mail, files, TFTP, LDAP, RTSP, SSH, WebSocket), uploads, and calls that only a bug would make.
_NEVER_OURS = frozenset({
    2, 4, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 21, 24, 25, 26, 27, 29, 30, 31, 32, 33, 34, 36, 37, 38, 39, 40, 41, 42,
    43, 44, 46, 48, 49, 50, 51, 57, 62, 63, 65, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 78, 79, 84, 85, 86, 87, 88, 93,
    94, 99, 100, 99999,
})

WORDS: dict[FailureKind, str] = {
    K.NO_SUCH_HOST: "the host's name does not exist",
    K.DNS_ERROR: "the host's name could not be looked up",
    K.REFUSED: "the host refused the connection",
    K.RESET: "the connection broke off",
    K.TIMEOUT: "no answer in time",
    K.TLS_ERROR: "no encrypted connection could be agreed on",
    K.BAD_ANSWER: "the answer is no readable HTTP",
    K.BAD_REDIRECT: "redirected to an address that cannot be requested",
    K.REDIRECT_LOOP: "the redirects go in a circle",
    K.TOO_MANY_REDIRECTS: "too many redirects",
    K.FORBIDDEN_ADDRESS: "the address belongs to a private network",
    K.UNSUPPORTED: "no request can be made of this address",
    K.ROBOTS: "robots.txt asks robots to stay away",
    K.OFFLINE: "this machine is offline",
    K.PROXY: "the proxy failed",
    K.GAVE_UP: "the time for this run was spent",
}


def kind_of(code: int) -> FailureKind:
    """Give the kind for a libcurl code, known or not."""
    return _KINDS.get(code, K.BAD_ANSWER)


def known(code: int) -> bool:
    """Tell whether somebody has thought about a code; newer versions of libcurl may bring others."""
    return code in _KINDS or code in _NEVER_OURS


_BROKEN_OFF = frozenset({errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED})


def connect_fault(os_errno: int) -> Fault:
    """Say why a connection could not be made: refused by the host is one thing, no way to it another.

    No way: no route, no IPv6 here where the host has nothing else, a firewall of ours, no sockets left.
    """
    if os_errno in (0, errno.ECONNREFUSED):
        return Fault(kind=K.REFUSED, detail=WORDS[K.REFUSED], code=CONNECT)
    if os_errno in _BROKEN_OFF:
        return Fault(kind=K.RESET, detail=WORDS[K.RESET], code=CONNECT)
    return Fault(kind=K.TIMEOUT, detail="the host could not be reached", code=CONNECT)


# CURLproxycode (curl/curl.h): what a SOCKS proxy said of the host behind it. Anything else is the proxy's own trouble.
_SOCKS = {19: K.REFUSED, 21: K.TIMEOUT, 22: K.TIMEOUT, 24: K.TIMEOUT, 27: K.DNS_ERROR}


def socks_fault(proxy_code: int) -> Fault:
    """Say what a SOCKS proxy's refusal means."""
    kind = _SOCKS.get(proxy_code, K.PROXY)
    return Fault(kind=kind, detail=f"{WORDS[kind]}, says the proxy" if kind is not K.PROXY else WORDS[kind], code=PROXY)


# ---------------------------------------------------------------- RFC 9209

_PROXY_ERRORS: dict[str, FailureKind] = {
    "dns_timeout": K.DNS_ERROR, "dns_error": K.DNS_ERROR, "destination_not_found": K.PROXY,
    "destination_unavailable": K.REFUSED, "destination_ip_prohibited": K.FORBIDDEN_ADDRESS,
    "destination_ip_unroutable": K.TIMEOUT, "connection_refused": K.REFUSED, "connection_terminated": K.RESET,
    "connection_timeout": K.TIMEOUT, "connection_read_timeout": K.TIMEOUT, "connection_write_timeout": K.TIMEOUT,
    "connection_limit_reached": K.PROXY, "tls_protocol_error": K.TLS_ERROR, "tls_certificate_error": K.TLS_ERROR,
    "tls_alert_received": K.TLS_ERROR, "http_request_error": K.PROXY, "http_request_denied": K.PROXY,
    "http_response_incomplete": K.RESET, "http_response_header_section_size": K.BAD_ANSWER,
    "http_response_header_size": K.BAD_ANSWER, "http_response_body_size": K.BAD_ANSWER,
    "http_response_trailer_section_size": K.BAD_ANSWER, "http_response_trailer_size": K.BAD_ANSWER,
    "http_response_transfer_coding": K.BAD_ANSWER, "http_response_content_coding": K.BAD_ANSWER,
    "http_response_timeout": K.TIMEOUT, "http_upgrade_failed": K.BAD_ANSWER, "http_protocol_error": K.BAD_ANSWER,
    "proxy_internal_response": K.PROXY, "proxy_internal_error": K.PROXY, "proxy_configuration_error": K.PROXY,
    "proxy_loop_detected": K.PROXY,
}


def proxy_fault(values: Sequence[str]) -> Fault | None:
    """Read Proxy-Status: what our proxy says went wrong behind it, or None when it says nothing.

    Every proxy on the way appends a member, so ours is the last. A proxy that tells of NXDOMAIN has asked a resolver;
    whether that resolver works is for the caller to prove.
    """
    members = [member for value in values for member in _split(value[:4096], ",")]
    if not members:
        return None
    parameters: dict[str, str] = {}
    for part in list(_split(members[-1], ";"))[1:]:
        name, _, value = part.partition("=")
        parameters[name.strip().lower()] = value.strip().strip('"')
    error = parameters.get("error", "").lower()
    if not error:
        return None
    kind = _PROXY_ERRORS.get(error, K.PROXY)
    if error == "dns_error" and parameters.get("rcode", "").upper() == "NXDOMAIN":
        kind = K.NO_SUCH_HOST
    return Fault(kind=kind, detail=WORDS[kind] if kind is K.PROXY else f"{WORDS[kind]}, says the proxy")


def _split(text: str, sign: str) -> Iterator[str]:
    """Split at a sign outside quoted strings (RFC 8941)."""
    start, quoted, escaped = 0, False, False
    for at, each in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and each == "\\":
            escaped = True
        elif each == '"':
            quoted = not quoted
        elif each == sign and not quoted:
            if piece := text[start:at].strip():
                yield piece
            start = at + 1
    if piece := text[start:].strip():
        yield piece
