"""A process of its own for a library that speaks HTTP itself: what it may use, reach and see.

A library such as yt-dlp runs for long, reads whatever a site sends, and knows nothing of our guard. It gets a process
that ends at a deadline or with its parent, whose memory is bounded, and that refuses private addresses at the moment of
connecting, after name resolution and after every redirect; the hook that does so cannot be taken off again.
"""

from __future__ import annotations

import os
import resource
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from archiver.web.guard import forbidden
from archiver.web.trust import authorities

LATE = 70  # what such a process ends with when it is late, or too big
_MEMORY = 2_000_000_000  # bytes


class PrivateAddressError(OSError):
    """The guard refused to connect."""


# ---------------------------------------------------------------- for whoever starts it


def command(module: str) -> list[str]:
    """Give the command that runs a module of ours as such a process."""
    # -P: nothing is imported from the working folder, which may hold anything.
    return [sys.executable, "-P", "-W", "ignore", "-m", module]


def environment(ca_bundle: str) -> dict[str, str]:
    """Give its environment: no settings of ours, no plug-ins, and the authorities that we trust."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ARCHIVER_", "PYTHON"))}
    trusted = authorities(ca_bundle).absolute()
    here = str(Path(__file__).resolve().parents[2])
    path = [here, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return kept | {
        "YTDLP_NO_PLUGINS": "1", "PYTHONPATH": os.pathsep.join(path),
        "SSL_CERT_DIR" if trusted.is_dir() else "SSL_CERT_FILE": str(trusted),
    }


# ---------------------------------------------------------------- within it


def confine(deadline: float, proxy: str, *, allow_private: bool) -> None:
    """Put this process under its limits, for good."""
    _watch(deadline)
    if not allow_private:
        _guard(_proxies(proxy))
    # Connections of curl's cannot be guarded from here.
    sys.modules["curl_cffi"] = None  # type: ignore[assignment]


def _watch(deadline: float) -> None:
    """End this process when it is late, too big, or nobody waits for it any more."""
    parent = os.getppid()
    end = time.monotonic() + deadline

    def look() -> None:
        while True:
            time.sleep(0.2)
            if os.getppid() != parent or time.monotonic() > end or _memory() > _MEMORY:
                os._exit(LATE)

    threading.Thread(target=look, daemon=True).start()


def _memory() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * resource.getpagesize()
    except OSError:  # no Linux; there, the most ever used would begin with what the parent used
        scale = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def _proxies(proxy: str) -> set[tuple[str, int]]:
    """Resolve the proxies, which may well stand in a private network."""
    found = set()
    for address in [proxy] if proxy else getproxies().values():
        try:
            parts = urlsplit(address)
            port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 1080)
            for *_, name in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM):
                found.add((str(name[0]), port))
        except (OSError, ValueError):
            continue
    return found


def _guard(allowed: set[tuple[str, int]]) -> None:
    def check(event: str, arguments: tuple[Any, ...]) -> None:
        if event != "socket.connect":
            return
        address = arguments[1]
        if not isinstance(address, tuple) or (
            (address[0], address[1]) not in allowed and forbidden(str(address[0]))
        ):
            raise PrivateAddressError("refused to connect to a private address")

    sys.addaudithook(check)
