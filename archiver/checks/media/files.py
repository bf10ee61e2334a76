"""Cited files: which links are of video, sound or documents, and whether bytes are what they should be."""

from __future__ import annotations

import re
from functools import lru_cache

from archiver import urls

_EXTENSION = re.compile(r"\.([a-z0-9]{2,5})$", re.IGNORECASE)
_STREAMED = frozenset({
    "mp4", "m4v", "webm", "mkv", "mov", "avi", "ogv", "flv", "wmv", "mpg", "mpeg", "3gp", "mp3", "ogg", "oga", "opus",
    "m4a", "aac", "wav", "flac",
})
_PLAYLISTS = frozenset({"m3u8", "mpd"})
_OTHER_FILES = frozenset({
    "pdf", "ps", "eps", "djvu", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "epub", "mobi", "zip",
    "gz", "tgz",
    "bz2", "xz", "rar", "7z", "tar", "jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "bmp", "csv", "exe", "dmg",
    "iso",
})


@lru_cache(maxsize=4096)
def extension(link: str) -> str:
    """Give the file extension at the end of a link's path, in lower case, or nothing."""
    found = _EXTENSION.search(urls.path(link))
    return found[1].lower() if found else ""


def is_media_file(link: str) -> bool:
    """Tell whether a link is cited as a video or sound file, of which the beginning is enough."""
    return extension(link) in _STREAMED


def is_playlist(link: str) -> bool:
    """Tell whether a link is cited as a list of pieces of a stream (HLS or DASH)."""
    return extension(link) in _PLAYLISTS


def is_file(link: str) -> bool:
    """Tell whether a link is cited as a file of some kind, so that a page in its place is something else."""
    found = extension(link)
    return found in _OTHER_FILES or found in _STREAMED or found in _PLAYLISTS


_AT_START = (
    b"\x1aE\xdf\xa3", b"OggS", b"ID3", b"fLaC", b"RIFF", b"FLV\x01", b"\x30\x26\xb2\x75", b"\x00\x00\x01\xba",
    b"\x00\x00\x01\xb3", b"#EXTM3U", b"MThd", b"\x47\x40", b".RMF", b".ra\xfd", b"#!AMR", b".snd", b"wvpk", b"MAC ",
    b"FORM",
)
# Boxes with which MP4 and QuickTime files begin.
_AT_FOUR = (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip", b"styp", b"moof", b"sidx")


def is_media(data: bytes) -> bool:
    """Tell by the first bytes whether this is video or sound of a well-known kind."""
    if data.startswith(_AT_START) or data.startswith(_AT_FOUR, 4):
        return True
    if data[:1] == b"G" and data[188:189] == b"G":  # packets of a transport stream
        return True
    return len(data) > 2 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0  # an MPEG audio frame, or AAC in ADTS


def is_hls(data: bytes) -> bool:
    """Tell whether this is an HLS playlist, whatever the server calls it."""
    return data.removeprefix(b"\xef\xbb\xbf").startswith(b"#EXTM3U")
