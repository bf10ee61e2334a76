"""HTTP heads as they stand in WARC records: the bytes received, but for what would no longer be true of the record.

A record holds the body without its transfer coding, so `Transfer-Encoding`, and a `Content-Length` that does not fit,
are kept under another name: a reader that believed them would misread the body or wait for bytes that never come.
"""

from __future__ import annotations

import re
from http.client import responses

_KEPT_AS = b"X-Archive-Orig-"
_FALSE_WHEN_STORED = re.compile(rb"^(transfer-encoding|content-length)([ \t]*:)([^\n]*)", re.IGNORECASE | re.MULTILINE)
# Readers end the head at the first line that is empty once white space, of Unicode too, is taken off.
_LOOKS_EMPTY = re.compile(rb"^[^\x21-\x7e\n]*$", re.MULTILINE)
_NEXT_HEAD = re.compile(rb"\r?\n\r?\n(?=HTTP/)")
_READABLE = re.compile(rb"HTTP/1\.[01] ")  # all that readers of WARC know
_STATUS_LINE = re.compile(rb"HTTP/[\d.]+[ \t]+\d{3}[ \t]*([^\r\n]*)")
_NOT_OURS_TO_KEEP = re.compile(
    rb"^(?:proxy-authorization|proxy-connection|authorization)[ \t]*:[^\n]*\n?", re.IGNORECASE | re.MULTILINE,
)
_REQUEST_VERSION = re.compile(rb"^([^\r\n]*) HTTP/[23](?:\.\d)?[ \t]*(?=\r?\n|$)")
_ENDS = (b"\r\n\r\n", b"\n\n", b"\r\n\n", b"\n\r\n")


def response_head(head: bytes, status: int, stored: int) -> bytes:
    """Give the head for a record that stores so many bytes of body.

    Of several heads (100 Continue, 103 Early Hints) the last is taken: it belongs to the body.
    """
    block, end = _take_apart(head)
    block = _NEXT_HEAD.split(block)[-1]

    def true_or_renamed(match: re.Match[bytes]) -> bytes:
        is_length = len(match[1]) == len(b"content-length")
        if is_length and match[3].strip(b" \t\r") == b"%d" % stored:
            return match[0]
        return _KEPT_AS + match[0]

    block = _FALSE_WHEN_STORED.sub(true_or_renamed, block)
    if not _READABLE.match(block):
        block = _readable_status_line(block, status)
    return _mark_empty_lines(block) + end


def request_head(head: bytes) -> bytes:
    """Give the head as sent, without what was meant for a proxy and without credentials."""
    block, end = _take_apart(head)
    block = _NOT_OURS_TO_KEEP.sub(b"", block + b"\n").removesuffix(b"\n")
    block = _REQUEST_VERSION.sub(rb"\1 HTTP/1.1", block, count=1)
    return _mark_empty_lines(block.rstrip(b"\r\n")) + end


def _take_apart(head: bytes) -> tuple[bytes, bytes]:
    """Separate the lines from the empty line behind them; an end that was cut off is made good."""
    block = head.rstrip(b"\r\n")
    end = head[len(block):]
    return block.lstrip(b"\r\n"), end if end in _ENDS else b"\r\n\r\n"


def _readable_status_line(block: bytes, status: int) -> bytes:
    """Write HTTP/2 and HTTP/3 answers as browsers' recorders do; what is not HTTP at all is kept as a header."""
    line, newline, rest = block.partition(b"\n")
    match = _STATUS_LINE.match(line)
    phrase = match[1].strip() if match else b""
    phrase = phrase or responses.get(status, "").encode()
    readable = b"HTTP/1.1 %03d %s" % (status, phrase)
    if match is None:
        readable += b"\r\n" + _KEPT_AS + b"Status-Line: " + line.rstrip(b"\r")
    return readable + b"\r\n" + rest if newline else readable


def _mark_empty_lines(block: bytes) -> bytes:
    if not _LOOKS_EMPTY.search(block):
        return block
    return _LOOKS_EMPTY.sub(lambda match: _KEPT_AS + b"Line: " + match[0], block)
