"""Answers of 200 that are no page: data that says "not found", a storage's refusal, a notice in plain text, nothing."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from archiver import urls
from archiver.checks.media.files import extension
from archiver.checks.phrases import BARE, SURE, plain, whole
from archiver.checks.troubles import in_trouble
from archiver.model import SignalKind

_NOTICE = 240  # bytes of a plain text that is nothing but a notice
_DATA = 20_000  # bytes of data that is nothing but an error
_DEEP = 3  # levels of it that are read
_SHOWN = 100

# What an error, said as data, consists of. Whatever else stands in it may be what was asked for.
_ERROR_KEYS = frozenset(
    [
        "status", "statuscode", "status_code", "httpstatus", "http_status", "code", "error", "errors",
        "errorcode", "error_code", "errormessage", "error_message", "errmsg", "err", "errcode", "message",
        "msg", "detail", "details", "title", "type", "instance", "path", "timestamp", "success", "ok", "result",
        "data", "meta", "requestid", "request_id", "traceid", "trace_id", "documentation_url", "reason",
        "description", "error_description", "method", "url", "uri", "fault", "response", "body", "exception",
        "info", "help", "id", "name", "apiversion",
    ]
)
# Of these one must be there: anything may have a name, a title and a description.
_TELLING_KEYS = frozenset({
    "status", "statuscode", "status_code", "httpstatus", "http_status", "code", "error", "errors", "errorcode",
    "error_code", "errormessage", "error_message", "errmsg", "err", "errcode", "message", "msg", "detail", "success",
    "ok",
    "reason", "error_description", "fault", "exception", "documentation_url",
})
_NUMBER_KEYS = (
    "status", "statuscode", "status_code", "httpstatus", "http_status", "code", "errorcode", "error_code",
    "errcode", "error",
)
_WORD_KEYS = (
    "error", "message", "msg", "detail", "title", "reason", "description", "error_description", "errmsg",
    "errormessage", "error_message", "code", "status", "type", "exception", "name", "errors", "details", "info",
)
_INNER = ("error", "errors", "response", "fault", "meta", "result", "status", "body", "data")
_CODES = frozenset(
    {
        "notfound", "not_found", "nosuchkey", "nosuchbucket", "resource_not_found", "resourcenotfound",
        "page_not_found", "pagenotfound", "enoent", "notfoundexception", "notfounderror", "gone",
        "doesnotexist",
    }
)
_NO_SUCH = frozenset(
    {
        "NoSuchKey", "NoSuchBucket", "NoSuchVersion", "NoSuchUpload", "BlobNotFound", "ContainerNotFound",
        "ResourceNotFound", "NotFound", "AccountNotFound", "NoSuchObject", "NoSuchWebsiteConfiguration",
        "FilePathNotFound", "404",
    }
)
_REFUSING = frozenset(
    {
        "AccessDenied", "AuthenticationFailed", "SignatureDoesNotMatch", "InvalidAccessKeyId", "Forbidden",
        "AllAccessDisabled", "PublicAccessNotPermitted", "MissingAuthenticationToken", "401", "403",
    }
)
_IN_TROUBLE = frozenset(
    {
        "SlowDown", "InternalError", "ServiceUnavailable", "ServerBusy", "OperationTimedOut", "Throttling",
        "RequestTimeout", "TooManyRequests", "429", "500", "502", "503", "504",
    }
)
_CODE = re.compile(rb"<(?:Error|error)\b[^>]{0,200}>.{0,400}?<[Cc]ode>\s*([A-Za-z0-9]{3,40})\s*</[Cc]ode>", re.DOTALL)


def read(link: str, data: bytes, media_type: str | None) -> tuple[SignalKind, str] | None:
    """Say what an answer is that has no page to show, when that can be told from its bytes alone."""
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start and not data[:100_000].strip(b"\xef\xbb\xbf \t\r\n\0"):
        return SignalKind.EMPTY, "it holds nothing but blanks"
    if _is_dot(data) and extension(link) not in ("gif", "png"):
        return SignalKind.EMPTY, "a picture of a single dot"
    if start[:1] in (b"{", b"[", b"n", b'"') and len(data) <= _DATA:
        return _read_data(link, data)
    if start[:1] == b"<" and (found := _CODE.search(data[:2000])) and len(data) < _DATA:
        return _by_code(found[1].decode())
    if len(data) <= _NOTICE and (
        media_type in (None, "text/plain") or (media_type == "text/html" and b"<" not in data)
    ):
        return _read_words(data, page=media_type == "text/html")
    return None


def _is_dot(data: bytes) -> bool:
    if data[:4] == b"GIF8" and len(data) < 200:
        return data[6:10] == b"\x01\0\x01\0"
    return data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) < 200 and data[16:24] == b"\0\0\0\x01\0\0\0\x01"


def _by_code(code: str) -> tuple[SignalKind, str] | None:
    if code in _NO_SUCH:
        return SignalKind.SOFT_404, f"the storage says “{code}”"
    if code in _REFUSING:
        return SignalKind.MEDIA_UNCLEAR, f"the storage says “{code}”"
    if code in _IN_TROUBLE:
        return SignalKind.TRY_LATER, f"the storage says “{code}”"
    return None


def _read_words(data: bytes, *, page: bool) -> tuple[SignalKind, str] | None:
    text = " ".join(data.decode("utf-8", "replace").split())
    words = plain(text)
    if whole(words) == SURE or words in ("not found", "notfound", "gone", "page missing", "does not exist"):
        return SignalKind.SOFT_404, f"it says no more than “{text[:_SHOWN]}”"
    if no_route(words) or (page and words in ("404", "410", "error 404", "404 error")):
        return SignalKind.SOFT_404, f"it says no more than “{text[:_SHOWN]}”"
    if len(words) < _NOTICE and (found := in_trouble(words)):
        return SignalKind.TRY_LATER, f"it says “{found[0][:_SHOWN]}”"
    return None


# ---------------------------------------------------------------- data


def _read_data(link: str, data: bytes) -> tuple[SignalKind, str] | None:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if value in ({}, [], None, ""):
        return (
            None if _wants_data(link) else (SignalKind.EMPTY, "nothing but “" + data.decode("utf-8-sig").strip() + "”")
        )
    return error_in(value)


def _wants_data(link: str) -> bool:
    """Tell whether data, and no page, was cited."""
    parts = f"{urls.host(link)}/{urls.path(link)}{urls.query(link)}".lower()
    return (
        extension(link) in ("json", "geojson", "jsonld")
        or re.search(
            r"(?:^|[/._-])(?:api|rest|graphql|json|ajax|wp-json|v\d+|data|feed|odata)(?:[/._-]|$)|format=|callback=",
            parts,
        )
        is not None
    )


def error_in(value: Any, *, strict: bool = True) -> tuple[SignalKind, str] | None:
    """Say what data tells of an error, if it tells of nothing else."""
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    if not isinstance(value, dict) or len(value) > 12:
        return None
    if strict and not {str(key).lower().replace("-", "_") for key in value} <= _ERROR_KEYS:
        return None
    if strict and not any(str(key).lower().replace("-", "_") in _TELLING_KEYS for key in value):
        return None
    numbers, words = _gather(value, 0)
    numbers = [number for number in numbers if 400 <= number < 600]
    if any(number in (404, 410) for number in numbers):
        said = next((word for word in words if whole(plain(word))), "")
        return SignalKind.SOFT_404, f"the data says {numbers[0]}" + (f", “{said[:_SHOWN]}”" if said else "")
    for word in words:
        folded = plain(word)
        if whole(folded) in (SURE, BARE) or word.lower().replace(" ", "_").replace("-", "_") in _CODES:
            return SignalKind.SOFT_404, f"the data says “{word[:_SHOWN]}”"
    if any(number in (401, 407) for number in numbers):
        return SignalKind.LOGIN, f"the data says {numbers[0]}"
    troubled = any(number == 429 or number >= 500 for number in numbers)
    if troubled or any(in_trouble(plain(word)) for word in words):
        return SignalKind.TRY_LATER, f"the data says {numbers[0]}" if numbers else "the data tells of a server error"
    return (SignalKind.MEDIA_UNCLEAR, f"the data says {numbers[0]}") if numbers else None


def _gather(value: dict[Any, Any], depth: int) -> tuple[list[int], list[str]]:
    low = {str(key).lower().replace("-", "_"): one for key, one in value.items()}
    numbers: list[int] = []
    words: list[str] = []
    for key in _NUMBER_KEYS:
        one = low.get(key)
        if isinstance(one, int) and not isinstance(one, bool):
            numbers.append(one)
        elif isinstance(one, str) and re.fullmatch(r"[45]\d\d", one.strip()):
            numbers.append(int(one))
    for key in _WORD_KEYS:
        one = low.get(key)
        if isinstance(one, list):
            one = one[0] if len(one) == 1 else None
        if isinstance(one, str) and one.strip() and len(one) <= 300:
            words.append(one.strip())
    if depth < _DEEP:
        for key in _INNER:
            one = low.get(key)
            if isinstance(one, list):
                one = one[0] if one else None
            if isinstance(one, dict) and len(one) <= 12:
                more = _gather(one, depth + 1)
                numbers += more[0]
                words += more[1]
    return numbers, words


# ---------------------------------------------------------------- texts


def no_route(words: str) -> bool:
    """Tell whether a text begins as a server says that it has nothing at an address. `words` are plain."""
    return _no_route().match(words) is not None


@cache
def _no_route() -> re.Pattern[str]:
    return re.compile(
        r"^(?:error )?(?:cannot (?:get|post|head) \S|no route matches |no such file|file not found|the specified key"
        r" does not"
        r" exist|object not found|not found the requested (?:url|resource|page)|requested url \S* ?was not found|url"
        r" not found"
        r"|unknown (?:page|url|path)|no page here|the requested (?:url|resource|page) (?:\S+ ){0,3}?(?:was not|could"
        r" not be|not)"
        r" found)"
    )
