"""Prove that a media file is whole: it came from a host that may have cut it off, or left a hole in the middle.

The boxes of an MP4 are counted in any case. With ffmpeg the whole file is read, short ones are decoded from end to end
and long ones in their first and last minute: decoding two hours would take longer than fetching them. What cannot be
seen: a shortened MP3 or transport stream whose server was honest about nothing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path  # noqa: TC003

from archiver.captures.media_kinds import sniff

_HEAD = 4096
_SHORT = 120.0  # seconds of play that are decoded from end to end
_PATIENCE = 900.0  # seconds for one pass
_HOLE = (1.5, 30.0)  # seconds; longer jumps are programme changes, which transport streams may have
_COUNTED_ANEW = re.compile(r"corrupt input packet|Packet corrupt")
# ffmpeg reports these, and goes on as if nothing had happened.
_CUT_OFF = re.compile(r"partial file|ended prematurely|truncat|moov atom not found|end of file", re.IGNORECASE)


def flaw(path: Path) -> str | None:
    """Say in a few words what is wrong with a media file, or None when nothing is."""
    with path.open("rb") as file:
        start = file.read(_HEAD)
    if not start:
        return "the file is empty"
    kind = sniff(start)
    if kind is None:
        looks = "a web page" if b"<html" in start.lower() or b"<!doctype html" in start.lower() else "no media file"
        return f"what came is {looks}"
    if start[4:8] == b"ftyp" and _boxes_missing(path):
        return "the file was cut off"
    if shutil.which("ffmpeg") is None or shutil.which("ffprobe") is None:
        return None
    try:
        return _read_through(path, is_stream=kind[0] == "video/mp2t")
    except subprocess.TimeoutExpired:
        return f"the file could not be read through in {_PATIENCE:.0f} s"


def _boxes_missing(path: Path) -> bool:
    """Tell whether a file of the ISO base media format ends inside a box (ISO 14496-12, 4.2)."""
    size = path.stat().st_size
    offset = 0
    with path.open("rb") as file:
        while offset < size:
            file.seek(offset)
            head = file.read(16)
            if len(head) < 8:
                return True
            length = int.from_bytes(head[:4], "big")
            if length == 1:
                length = int.from_bytes(head[8:], "big")
            if length == 0:  # up to the end of the file
                return False
            if length < 8:
                return True
            offset += length
    return offset != size


def _read_through(path: Path, *, is_stream: bool) -> str | None:
    name = f"file:{path}"
    # Picture and sound count, not subtitles or attached data. Only this one file is ever opened.
    into_nothing = ["-map", "0:v?", "-map", "0:a?", "-f", "null", "-"]
    only_files = ["-protocol_whitelist", "file"]
    duration = _duration(name)
    if 0 < duration <= _SHORT:
        passes = [["-i", name, *into_nothing]]
    else:
        passes = [
            ["-i", name, "-c", "copy", *into_nothing], ["-t", "60", "-i", name, *into_nothing],
            ["-sseof", "-60", "-i", name, *into_nothing],
        ]
        if not duration:  # then the end cannot be sought either
            passes.pop()
    # Packets of a stream are counted anew where a piece was made apart from the others, which is no damage.
    strict = [] if is_stream else ["-xerror"]
    for arguments in passes:
        command = ["ffmpeg", "-nostdin", "-hide_banner", "-v", "error", *strict, *only_files, *arguments]
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
        said = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if not _COUNTED_ANEW.search(line)]
        if any(_CUT_OFF.search(line) for line in said):
            return "the file was cut off"
        if done.returncode or (is_stream and said):
            return "the file is damaged: it cannot be played through"
    return "a piece is missing in the middle" if is_stream and _has_hole(name) else None


def _probe(name: str, *arguments: str) -> list[str]:
    command = ["ffprobe", "-v", "error", "-protocol_whitelist", "file", *arguments, "-of", "csv=p=0", name]
    done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    return done.stdout.decode("ascii", "replace").split()


def _duration(name: str) -> float:
    return max(_numbers(_probe(name, "-show_entries", "format=duration")), default=0.0)


def _has_hole(name: str) -> bool:
    """Look for a time without sound, or without pictures where there is no sound: a segment that came empty."""
    for stream in ("a:0", "v:0"):
        times = sorted(_numbers(_probe(name, "-select_streams", stream, "-show_entries", "packet=pts_time")))
        if times:
            return any(_HOLE[0] < later - earlier < _HOLE[1] for earlier, later in pairwise(times))
    return False


def _numbers(texts: list[str]) -> list[float]:
    found = []
    for text in texts:
        try:
            found.append(float(text.strip(",")))
        except ValueError:  # "N/A"
            continue
    return found
