"""Reads the value of a refresh, from a meta element or a `Refresh:` header."""

from __future__ import annotations

import re

_LONGEST = 8192
_TIME = re.compile(r"(?:(\d{1,9})\d*+|(?=\.))[\d.]*+(?:\s*+[;,]\s*+|\s++|$)")
_URL = re.compile(r"url\s*+=\s*+", re.IGNORECASE)


def refresh(value: str) -> tuple[int, str] | None:
    """Read the value of a refresh as browsers do (HTML, "shared declarative refresh steps"): seconds and reference."""
    value = value.strip()[:_LONGEST]
    found = _TIME.match(value)
    if found is None:
        return None
    rest = value[found.end() :]
    if named := _URL.match(rest):
        rest = rest[named.end() :]
    if rest[:1] in ("'", '"'):
        rest = rest[1:].partition(rest[0])[0]
    rest = rest.strip()
    return (int(found[1] or 0), rest) if rest else None
