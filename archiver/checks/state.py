"""What a page's own program says of it: frameworks and content systems mark their page for what is not there.

Such marks settle without a browser what a script would draw, and need no words: the data that Next and Nuxt pages carry
for their scripts, notes for prerendering services, and the classes that systems give to the body of their error page.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.checks.page import Page

_READ = 400_000  # bytes that are looked through
_JSON = 200_000  # bytes of data that are parsed
_BODY = 3000
_LITTLE = 450  # characters of running text: some systems show a real page inside of their error page
_GONE = (404, 410)


def gone(page: Page) -> str:
    """Give the evidence that a page's program knows it for an error page, or nothing."""
    low, raw = page.lower, page.raw[:_READ]
    if _has_sign(low):
        if _meta().search(low):
            return "its meta data says that its status is 404"
        if _next_error().search(low):
            return "the data for its script says that there is no such page"
    if b"__NEXT_DATA__" in raw and _next_says(raw):
        return "the data for its script says that there is no such page"
    if (b"__NUXT" in raw and _nuxt_says(raw)) or (b"__remixContext" in raw and _remix().search(raw)):
        return "the data for its script says that its status is 404"
    if b"window.pagePath" in raw and _gatsby().search(raw):
        return "the data for its script calls it 404"
    if (mark := _mark(low)) and page.prose < _LITTLE:
        return f"its system marks it as “{mark}”"
    return ""


def _has_sign(low: bytes) -> bool:
    return (  # each page is asked this: a loop would take three times as long
        b"render:status" in low or b"prerender-status" in low or b"next-error" in low or b"next_not_found" in low
        or b"next_http_error" in low
    )


@cache
def _meta() -> re.Pattern[bytes]:
    name = rb"(?:prerender-status-code|render:status_code)"
    return re.compile(
        rb"""<meta\s[^>]{0,80}?name\s*=\s*["']?%b["']?\s[^>]{0,40}?content\s*=\s*["']?4(?:04|10)\b"""
        rb"""|<meta\s[^>]{0,40}?content\s*=\s*["']?4(?:04|10)["']?\s[^>]{0,40}?name\s*=\s*["']?%b\b""" % (name, name),
    )


@cache
def _next_error() -> re.Pattern[bytes]:
    return re.compile(
        rb"""<meta\s[^>]{0,40}?name\s*=\s*["']?next-error["']?\s[^>]{0,40}?content\s*=\s*["']?not-found"""
        rb"""|<template data-dgst\s*=\s*["']?next_(?:not_found|http_error_fallback;404)""",
    )


@cache
def _next_data() -> re.Pattern[bytes]:
    return re.compile(rb"""<script[^>]{0,200}?\bid\s*=\s*["']?__NEXT_DATA__["']?[^>]{0,200}>""")


@cache
def _nuxt_data() -> re.Pattern[bytes]:
    return re.compile(rb"""<script[^>]{0,200}?\bid\s*=\s*["']?__NUXT_DATA__["']?[^>]{0,200}>""")


# The data of Nuxt 2 is a program, not JSON: its error object begins with one of these members.
@cache
def _nuxt_error() -> re.Pattern[bytes]:
    return re.compile(
        rb"""\berror["']?\s*:\s*\{[^{}]{0,400}?\bstatusCode["']?\s*:\s*["']?4(?:04|10)\b""",
    )


@cache
def _remix() -> re.Pattern[bytes]:
    return re.compile(
        rb""""errors"\s*:\s*\{\s*"[^"{}]{1,200}"\s*:\s*\{[^{}]{0,200}?"status"\s*:\s*4(?:04|10)\b""",
    )


@cache
def _gatsby() -> re.Pattern[bytes]:
    return re.compile(rb"""window\.pagePath\s*=\s*["']/(?:dev-)?404(?:\.html|-page)?/?["']""")


def _json_after(pattern: re.Pattern[bytes], raw: bytes) -> Any:
    found = pattern.search(raw)
    if found is None:
        return None
    end = raw.find(b"</script", found.end())
    if end < 0 or end - found.end() > _JSON:
        return None
    try:
        return json.loads(raw[found.end() : end])
    except (ValueError, RecursionError):
        return None


def _next_says(raw: bytes) -> bool:
    data = _json_after(_next_data(), raw)
    if not isinstance(data, dict):
        return False
    name = data.get("page")
    if name in ("/404", "/[locale]/404", "/[lang]/404", "/_not-found", "/not-found"):
        return True
    props = data.get("props")
    inner = props.get("pageProps") if isinstance(props, dict) else None
    for one in (data, props, inner):
        if not isinstance(one, dict):
            continue
        if one.get("statusCode") in _GONE or one.get("notFound") is True or one.get("isNotFound") is True:
            return True
        error = one.get("error")
        if isinstance(error, dict) and (error.get("statusCode") in _GONE or error.get("status") in _GONE):
            return True
    return False


def _nuxt_says(raw: bytes) -> bool:
    data = _json_after(_nuxt_data(), raw)
    if isinstance(data, list):
        # All values stand in one list, and objects hold their places in it.
        return any(
            isinstance(one, dict) and isinstance(at := one.get("statusCode"), int) and not isinstance(at, bool)
            and 0 <= at < len(data) and data[at] in _GONE
            for one in data[:2000]
        )
    at = raw.find(b"__NUXT__")
    return at >= 0 and _nuxt_error().search(raw, at, at + _JSON) is not None


_MARKS = frozenset(
    b"error404 error-404 template-404 page-404 page404 is-404 http-404 path-404 template-error-404 page-type-404"
    b" cms-noroute-index"
    b" cms-no-route pagenotfound page-not-found error-not_found error-not-found error_page template-not-found single404"
    b" page-template-404 layout-404 view-404 pg-404 status-404 page--404 route-404".split()
)


def _mark(low: bytes) -> str:
    at = low.find(b"<body")
    if at < 0:
        return ""
    tag = low[at : at + _BODY].partition(b">")[0]
    if not any(sign in tag for sign in (b"404", b"not", b"noroute", b"no-route", b"error")):
        tag = b""
    for value in re.findall(rb"""\b(?:class|id|data-page|data-template)\s*=\s*["']?([^"'>]{1,2000})""", tag)[:4]:
        for word in value.split():
            if word in _MARKS:
                return str(word, "ascii")
    return "noarticletext" if b'class="noarticletext' in low else ""
