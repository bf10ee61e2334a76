"""Read a list of addresses: a text whose lines are nearly all addresses, with remarks after "#" or beside them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver import urls
from archiver.documents import bare
from archiver.documents.decoding import decode
from archiver.documents.draft import Draft, Reading
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from archiver.documents.raw import Raw

_SAMPLE = 200  # lines looked at to recognise one


@cache
def _line_of_list() -> re.Pattern[bytes]:
    return re.compile(
        rb"^[ \t]*(?:[-*]\s+|\d{1,4}[.)]?\s+)?<?(?:(?:https?|ftp)://|www\.)\S+>?(?:[ \t]+#[^\r\n]*)?[ \t]*$",
        re.IGNORECASE,
    )


@cache
def _host_and_path() -> re.Pattern[bytes]:
    return re.compile(rb"^[ \t]*[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/\S+[ \t]*$", re.IGNORECASE)


def recognises(head: bytes) -> bool:
    """Tell whether nine of ten lines that are neither empty nor comments hold an address and nothing else."""
    lines = head.removeprefix(b"\xef\xbb\xbf").splitlines()
    if len(head) >= 4096:
        lines = lines[:-1]  # cut off in the middle
    told = [line for line in lines[:_SAMPLE] if line.strip() and not line.lstrip().startswith((b"#", b";", b"//"))]
    numbered = sum(1 for line in told if re.match(rb"\s*\d", line))
    if numbered and len(told) < 100 and numbered < len(told):
        return False  # notes at the end of something
    whole, host = _line_of_list(), _host_and_path()
    good = sum(1 for line in told if len(line) < 4096 and (whole.match(line) or host.match(line)))
    return bool(told) and good >= 0.9 * len(told) and any(whole.match(line) for line in told)


def read(raw: Raw) -> Reading:
    """Read the list: one citation for each address, the remark beside or above it as its context."""
    text = decode(raw)
    drafts: list[Draft] = []
    above, at = "", 0
    for line in text.split("\n"):
        stripped = line.strip()
        if bare.alone(stripped):
            start = at + line.index(stripped)
            drafts.append(Draft(start=start, end=start + len(stripped), url=stripped, text=stripped, context=above))
        elif stripped.startswith(("#", ";", "//")):
            above = mended(stripped.lstrip("#;/ "))[:300]
        elif not stripped:
            above = ""
        else:
            drafts += _line(line, at, above)
        at += len(line) + 1
    return Reading(text=text, drafts=tuple(drafts), media_type="text/uri-list")


def _line(line: str, at: int, above: str) -> list[Draft]:
    found = list(bare.find(line))
    if not found:
        word = line.split(maxsplit=1)[0]
        if not urls.normalise(word):
            return []
        start = line.index(word)
        return [Draft(start=at + start, end=at + start + len(word), url=word, text=word, context=above)]
    if len(found) == 1 and (whole := re.fullmatch(r"\s*(https?://\S+)\s*", line)):
        # Alone on its line, an address keeps the signs at its end.
        found = [bare.Bare(whole.start(1), whole.end(1), whole.group(1))]
    beside = mended(line[found[-1].end :].lstrip(" \t#-–—|>,;"))[:300]
    return [
        Draft(start=at + one.start, end=at + one.end, url=one.url, text=mended(one.url), context=beside or above)
        for one in found
    ]
