"""Playlists: lists of the pieces of a stream (HLS, RFC 8216; DASH, ISO 23009-1), and which piece to ask for.

All of it is hostile: lines and levels are counted, and XML is read without entities, from no network.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import urls
from archiver.checks.media.files import is_hls, is_playlist

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

    from archiver.web.exchange import Hop

_MOST = 2_000_000  # bytes of a playlist
_LINES = 40_000
_TYPES = frozenset({
    "application/vnd.apple.mpegurl", "application/x-mpegurl", "audio/mpegurl", "audio/x-mpegurl",
    "application/dash+xml",
})
_ATTRIBUTE = re.compile(r'\b(URI|BYTERANGE)="([^"]{1,4000})"')
_BYTES = re.compile(r"^(\d{1,12})(?:@(\d{1,12}))?$")
_NUMBER = re.compile(r"\$(RepresentationID|Bandwidth|Number|Time)(?:%0(\d)d)?\$")
_BEGINS = re.compile(rb"<(?:\w{1,20}:)?MPD[\s>]")


class Piece(Struct, frozen=True):
    """What to ask for next."""

    url: str
    is_list: bool = False  # of pieces, itself
    range: str | None = None  # for a Range header


def lists_pieces(link: str, hop: Hop) -> bool:
    """Tell whether an answer is a playlist where one was cited."""
    return (is_playlist(link) or hop.media_type in _TYPES) and 200 <= hop.status < 300 and is_list(hop.decoded)


def is_list(data: bytes) -> bool:
    """Tell whether this is a playlist, whatever the server calls it."""
    return is_hls(data) or _is_dash(data)


def _is_dash(data: bytes) -> bool:
    start = data[:4000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and _BEGINS.search(start) is not None


def pieces(data: bytes, base: str) -> tuple[Piece, ...]:
    """Give the piece to ask for, and another for when that is not there; nothing when there is none to be asked for."""
    found = _of_dash(data[:_MOST], base) if _is_dash(data) else _of_hls(data[:_MOST].decode("utf-8", "replace"), base)
    return tuple(dict.fromkeys(piece for piece in found if piece is not None))


# ---------------------------------------------------------------- HLS


class _Hls:
    """What a playlist's lines say."""

    def __init__(self) -> None:
        self.variants: list[str] = []  # other playlists: the same in other qualities,
        self.others: list[str] = []  # and sound or subtitles that go with them
        self.entries: list[tuple[str, str | None]] = []  # pieces: address and range
        self.start: tuple[str, str | None] | None = None  # what every piece begins with
        self.ended = False
        self._gap = self._announced = False
        self._range: str | None = None
        self._offset = 0

    def read(self, line: str) -> None:
        """Read one line."""
        if line.startswith("#"):
            self._read_tag(line[:8000])
        elif line:
            if self._announced:
                self.variants.append(line)
            elif not self._gap:
                self.entries.append((line, self._range))
            self._announced = self._gap = False
            self._range = None

    def _read_tag(self, line: str) -> None:
        if line.startswith("#EXT-X-STREAM-INF"):
            self._announced = True
        elif line.startswith("#EXT-X-MEDIA:"):
            self.others += [value for name, value in _ATTRIBUTE.findall(line) if name == "URI"]
        elif line.startswith("#EXT-X-MAP:") and self.start is None:
            said = dict(_ATTRIBUTE.findall(line))
            if "URI" in said:
                self.start = said["URI"], _range(said.get("BYTERANGE", ""), 0)[0]
        elif line.startswith("#EXT-X-BYTERANGE:"):
            self._range, self._offset = _range(line.partition(":")[2], self._offset)
        elif line.startswith("#EXT-X-GAP"):
            self._gap = True
        elif line.startswith(("#EXT-X-ENDLIST", "#EXT-X-PLAYLIST-TYPE:VOD")):
            self.ended = True


def _of_hls(text: str, base: str) -> Sequence[Piece | None]:
    said = _Hls()
    for line in text.split("\n", _LINES)[:_LINES]:
        said.read(line.strip())
    if said.variants or (said.others and not said.entries):
        lists = said.variants or said.others
        return [_piece(base, lists[0], is_list=True), _piece(base, lists[-1], is_list=True)]
    if not said.entries:
        return ()
    first, last = said.entries[0], said.entries[-1]
    # Of a broadcast that goes on, the oldest pieces go first.
    chosen = [said.start or first, first if said.start else last] if said.ended else [last, *said.entries[-2:-1]]
    return [_piece(base, address, within=within) for address, within in chosen]


def _range(said: str, offset: int) -> tuple[str | None, int]:
    """Read "length@offset" (RFC 8216, 4.3.2.2): the range, and where the next one begins."""
    found = _BYTES.match(said.strip())
    if found is None:
        return None, offset
    first = int(found[2]) if found[2] else offset
    end = first + int(found[1])
    return f"bytes={first}-{min(end, first + 1024) - 1}" if end > first else None, end


def _piece(base: str, address: str, *, is_list: bool = False, within: str | None = None) -> Piece | None:
    url = urls.normalise(urls.join(base, address) or "")
    if url is None:
        return None
    return Piece(url, is_list or is_playlist(url), within)


# ---------------------------------------------------------------- DASH


def _of_dash(data: bytes, base: str) -> Sequence[Piece | None]:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, LookupError):
        return ()
    if root is None or _name(root) != "MPD":
        return ()
    live = root.get("type") == "dynamic"
    way = [root]
    for name in ("Period", "AdaptationSet", "Representation"):
        inner = _child(way[-1], name)
        if inner is None:
            return ()  # its periods may come from elsewhere
        way.append(inner)
    for level in way:
        if (found := _child(level, "BaseURL")) is not None and (found.text or "").strip():
            base = urls.join(base, (found.text or "").strip()) or base
    return _of_representation(way, base, live=live)


def _of_representation(way: Sequence[_Element], base: str, *, live: bool) -> Sequence[Piece | None]:
    values: dict[str, str] = {}
    first = ""
    for level in way[1:]:
        if (template := _child(level, "SegmentTemplate")) is not None:
            values |= {str(name): str(value) for name, value in template.attrib.items()}
            timeline = _child(template, "SegmentTimeline")
            one = _child(timeline, "S") if timeline is not None else None
            first = (one.get("t") or first) if one is not None else first
    own = way[-1]
    numbers = {
        "RepresentationID": own.get("id") or "", "Bandwidth": own.get("bandwidth") or "",
        "Number": values.get("startNumber", "1"), "Time": first or "0",
    }
    if "initialization" in values:
        begin = _piece(base, _filled(values["initialization"], numbers))
        return [begin] if live or "media" not in values else [begin, _piece(base, _filled(values["media"], numbers))]
    if "media" in values:
        return () if live else [_piece(base, _filled(values["media"], numbers))]
    for level in reversed(way):
        if (listed := _child(level, "SegmentList")) is not None:
            one = _child(listed, "SegmentURL")
            begin_at = _child(listed, "Initialization")
            address = (one.get("media") if one is not None else None) or (
                begin_at.get("sourceURL") if begin_at is not None else None
            )
            return [_piece(base, address)] if address else ()
    plain = _child(own, "BaseURL") is not None or any(_child(level, "SegmentBase") is not None for level in way)
    return [_piece(base, "")] if plain else ()


def _filled(template: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        said = values.get(found[1], "")
        return said.zfill(int(found[2])) if found[2] and said.isdigit() else said

    return _NUMBER.sub(value, template[:4000]).replace("$$", "$")


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: _Element, name: str) -> _Element | None:
    for number, one in enumerate(element):
        if number > 2000:
            break
        if _name(one) == name:
            return one
    return None
