"""Cookies for the length of one fetch: enough for sites that redirect until they see their cookie, and no longer."""

from __future__ import annotations

from email.message import Message
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.request import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 50  # of one answer; browsers keep some 50 to 180 of a site
_LONGEST = 4096  # bytes, as browsers have it
_LONGEST_HEADER = 8192


class _Answer:
    """What http.cookiejar wants to see of an answer."""

    def __init__(self, values: Sequence[str]) -> None:
        self._message = Message()
        for value in values:
            self._message["Set-Cookie"] = value

    def info(self) -> Message:
        return self._message


class Cookies:
    """Keeps what one fetch was given."""

    def __init__(self) -> None:
        self._jar = CookieJar()

    def keep(self, url: str, values: Sequence[str]) -> None:
        """Take the Set-Cookie values of an answer."""
        usable = [value for value in values[:_MOST] if len(value) <= _LONGEST]
        try:
            self._jar.extract_cookies(_Answer(usable), Request(url))  # type: ignore[arg-type]  # noqa: S310 - http only
        except ValueError:
            return  # a value that the standard library chokes on

    def header(self, url: str) -> str:
        """Give the Cookie header for a request, or nothing."""
        request = Request(url)  # noqa: S310 - http only
        self._jar.add_cookie_header(request)
        value = request.get_header("Cookie") or ""
        clean = value.isprintable() and value.isascii() and len(value) <= _LONGEST_HEADER
        return value if clean else ""
