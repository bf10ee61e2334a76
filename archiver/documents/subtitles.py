"""Read subtitles, WebVTT and SubRip: the addresses that are shown or said, each with the time at which it appears."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.documents import bare
from archiver.documents.decoding import decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.mend import mended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.documents.raw import Raw

_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*({_TIME})[ \t]*-->[ \t]*{_TIME}[^\n]*")
_LANGUAGE = re.compile(r"^Language:\s{0,9}([A-Za-z][\w-]{1,34})", re.MULTILINE)
_TITLE = re.compile(r"WEBVTT[ \t]+-?[ \t]*(\S[^\n]{0,300})")
_TAG = re.compile(r"</?(?:[a-zA-Z][^<>\n]{0,200})?>|<[\d:.]{4,15}>|\{\\[^{}\n]{0,80}\}")


def read(raw: Raw) -> Reading:
    """Read subtitles."""
    text = decode(raw)
    web = text.lstrip("\ufeff \n").startswith("WEBVTT")
    drafts: list[Draft] = []
    head = ""
    for number, (start, end) in enumerate(_blocks(text)):
        words = text[start:end]
        if number == 0 and web:
            head = words[:2000]
            continue
        if web and words.startswith(("STYLE", "REGION")):
            continue
        drafts += _cues(text, start, end)
    language = _LANGUAGE.search(head)
    title = _TITLE.match(head.lstrip("\ufeff "))
    return Reading(
        text=text,
        drafts=tuple(drafts),
        media_type="text/vtt" if web else "application/x-subrip",
        about=About.told(
            "header",
            title=mended(title.group(1)) if title else None,
            language=language.group(1) if language else None,
        ),
    )


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Give the runs of lines between empty ones."""
    at = start = 0
    for line in text.split("\n"):
        if not line or line.isspace():
            if at > start:
                yield start, at
            start = at + len(line) + 1
        at += len(line) + 1
    if len(text) > start:
        yield start, len(text)


def _cues(text: str, start: int, end: int) -> list[Draft]:
    """Read the cues of a block; a missing empty line joins several of them."""
    timings = [found for found in _TIMING.finditer(text, start, end) if found.start() in (start, _line(text, found))]
    if not timings:
        return _addresses(text, start, end, "")
    drafts: list[Draft] = []
    for index, timing in enumerate(timings):
        stop = timings[index + 1].start() if index + 1 < len(timings) else end
        drafts += _addresses(text, timing.end(), stop, timing.group(1).replace(",", "."))
    return drafts


def _line(text: str, found: re.Match[str]) -> int:
    return text.rfind("\n", 0, found.start()) + 1


def _addresses(text: str, start: int, end: int, time: str) -> list[Draft]:
    # Tags end an address, as they end a word.
    words = _TAG.sub(lambda found: " " * len(found.group()), text[start:end])
    said = mended(_TAG.sub("", text[start:end][:2000]))[:300]
    return [
        Draft(
            start=start + one.start,
            end=start + one.end,
            url=one.url,
            text=mended(one.url),
            context=f"{time} {said}" if time else said,
        )
        for one in bare.find(words)
    ]
