"""Where no request may go: this machine, its network, and the machines that hand out a cloud's secrets.

A document names the addresses, so a document could make us ask a router or a metadata service on its behalf. The
check is made when a socket is about to be opened: after the name was resolved, for every hop, whatever the name
resolved to the moment before. Lists: IANA's special-purpose registries (RFC 6890 and what was registered since).
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import TypeAlias

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_NETWORKS_4 = tuple(map(ipaddress.IPv4Network, (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
    "240.0.0.0/4",
    "168.63.129.16/32",  # Azure's metadata and DNS, in public space
)))
_NETWORKS_6 = tuple(map(ipaddress.IPv6Network, (
    "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001:2::/48", "2001:10::/28", "2001:db8::/32",
    "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)))
_CARRIES_4 = tuple(  # networks whose last 32 bits are an IPv4 address that the packets end up at
    map(ipaddress.IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96"))
)
_LOCAL_NAMES = ("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback", "broadcasthost")
_PRIVATE_SUFFIXES = (
    ".local", ".localdomain", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa", ".private",
)


@lru_cache(maxsize=65536)
def forbidden(address: str) -> bool:
    """Tell whether an IP address is none of the public internet."""
    try:
        return _is_forbidden(ipaddress.ip_address(address.strip("[]").partition("%")[0]))
    except ValueError:
        return True  # nothing that we understand


def _is_forbidden(address: _Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return any(address in network for network in _NETWORKS_4)
    if any(address in network for network in _NETWORKS_6):
        return True
    return any(_is_forbidden(inner) for inner in _inside(address))


def _inside(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """Give the IPv4 addresses that an IPv6 address stands for: mapped, 6to4, NAT64, Teredo, ISATAP."""
    number = int(address)
    found = []
    if any(address in network for network in _CARRIES_4) or (number >> 32) & 0xFFFFFFFF in (0x5EFE, 0x02005EFE):
        found.append(ipaddress.IPv4Address(number & 0xFFFFFFFF))
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found += address.teredo
    return found


@lru_cache(maxsize=65536)
def forbidden_host(host: str) -> bool:
    """Tell whether a host, as it is written, can only be this machine or its network.

    With a proxy the name is resolved elsewhere and there is no more to go by; without one, the socket is checked too.
    """
    name = host.lower().rstrip(".")
    if name in _LOCAL_NAMES or name.endswith(".localhost"):
        return True
    return is_address(host) and forbidden(host)


@lru_cache(maxsize=65536)
def is_address(host: str) -> bool:
    """Tell whether a host is written as an IP address."""
    if not (host[:1].isdigit() or host[:1] == "["):
        return False
    try:
        ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return True


def private_name(host: str) -> bool:
    """Tell whether a name belongs to private networks by its form: that it does not resolve here says nothing."""
    name = host.lower().rstrip(".")
    return "." not in name or name.endswith(_PRIVATE_SUFFIXES)
