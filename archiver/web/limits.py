"""How many sockets this process may hold, and what follows from it."""

from __future__ import annotations

_RESERVE = 96  # files, the database, the loop's own, the resolver's
_MOST_IDLE = 2048
_LEAST_IDLE = 64


def workers(wanted: int) -> int:
    """Give how many requests can be under way at once; more than the open files allow would fail at random."""
    return max(1, min(wanted, (_open_files() - _RESERVE) * 3 // 4))


def connections(hosts: int, concurrency: int) -> int:
    """Give how many idle connections to keep: one per host in play, as far as the open files allow."""
    room = _open_files() - _RESERVE - workers(concurrency)
    return max(1, min(max(hosts, _LEAST_IDLE), room, _MOST_IDLE))


def _open_files() -> int:
    try:
        import resource
    except ImportError:  # not on Windows
        return 512
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2**20 if soft == resource.RLIM_INFINITY else soft
