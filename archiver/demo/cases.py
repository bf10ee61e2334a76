"""The situations of the demo world, by name: an address, and what one look at it must come to."""

from __future__ import annotations

from archiver.demo.script import Case  # noqa: TC001
from archiver.demo.sites import apps, drift, media_hosts, network, redirects, soft404, status, variants, video, walls

CASES: tuple[Case, ...] = (
    *status.CASES, *redirects.CASES, *soft404.CASES, *walls.CASES, *network.CASES, *video.CASES, *variants.CASES,
    *apps.CASES, *media_hosts.CASES,
    *drift.CASES,
)


def case(name: str) -> Case:
    """Give a case by its name."""
    return next(one for one in CASES if one.name == name)
