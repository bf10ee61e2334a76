"""Which proxy a request goes through: the settings' for all, else the environment's as urllib reads it."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


_OF_THE_SYSTEM = ("darwin", "win32")  # here the system's settings count, too


def choose(setting: str) -> Callable[[str, str], str]:
    """Give a function from scheme and host to the proxy's address, or nothing."""
    if setting:
        return lambda _scheme, _host: setting
    if sys.platform not in _OF_THE_SYSTEM and not any(name.lower().endswith("_proxy") for name in os.environ):
        return lambda _scheme, _host: ""  # what urllib would find, too, but for the price of importing it
    from urllib.request import getproxies, proxy_bypass

    found = {scheme: address if "://" in address else f"http://{address}" for scheme, address in getproxies().items()}
    found.pop("no", None)
    if not any(scheme in found for scheme in ("http", "https", "all")):
        return lambda _scheme, _host: ""

    @lru_cache(maxsize=65536)
    def proxy(scheme: str, host: str) -> str:
        address = found.get(scheme) or found.get("all", "")
        return "" if not address or proxy_bypass(host.strip("[]")) else address

    return proxy
