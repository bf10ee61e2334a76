"""What stands inside a paragraph of AsciiDoc: attributes, links, media, footnotes, and what passes through."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.documents import kinds
from archiver.documents.gathering import Gathering
from archiver.documents.mend import mended
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LONGEST = 4_000  # of the value of an attribute
_EXPANDED = 4_000_000  # signs that attributes may give in a document
_NOTES = 20  # notes within notes
# Attributes that every document has.
INTRINSIC = {
    "empty": "", "blank": "", "sp": " ", "nbsp": "\u00a0", "zwsp": "", "wj": "", "apos": "'", "quot": '"', "lsquo": "‘",
    "rsquo": "’", "ldquo": "“", "rdquo": "”", "deg": "°", "plus": "+", "brvbar": "¦", "vbar": "|", "amp": "&",
    "lt": "<", "gt": ">", "startsb": "[", "endsb": "]", "caret": "^", "asterisk": "*", "tilde": "~", "backslash": "\\",
    "backtick": "`", "two-colons": "::", "two-semicolons": ";;", "cpp": "C++", "cxx": "C++", "pp": "++",
}  # fmt: skip
_REFERENCE = re.compile(r"(?P<escaped>\\)?\{(?P<name>\w[\w-]{0,60})\}")
_ADDRESS = r"(?:https?|ftps?)://"
_TOKEN = re.compile(
    rf"(?P<escaped>\\(?:{_ADDRESS}|link:|mailto:|footnote(?:ref)?:|image:)[^\s\[\]<>]{{0,2000}}(?:\[[^\]\n]{{0,500}}\])?)"
    r"|(?P<raw>\+\+\+(?P<rawly>.{1,1500}?)\+\+\+|pass:[a-z,]{0,30}\[(?P<passed>(?:[^\]\\]|\\.){0,1500}+)\])"
    r"|(?P<literal>`\+[^\n]{1,500}?\+`|\+\+(?!\+)[^\n]{1,1000}?\+\+|(?<![\w+])\+(?=[^\s+])[^\n+]{1,500}(?<!\s)\+(?![\w+]))"
    r"|footnote(?P<ref>ref)?:(?P<id>[\w-]{0,100})\["
    r"|(?<!\w)link:(?P<link>\+\+.{1,2000}?\+\+|pass:[a-z]{0,9}\[[^\]\n]{1,2000}\]|[^\s\[\]]{0,4000})\["
    rf"|(?P<url>{_ADDRESS}[^\s\[\]<>\"]{{1,4000}})"
    r"|(?<![\w:])(?P<media>image|video|audio|icon)::?(?P<target>[^\s\[\]:][^\s\[\]]{0,2000})\["
    r"|(?<![\w:])(?P<macro>xref|mailto|kbd|btn|menu|stem|latexmath|asciimath|indexterm2?|anchor|tel|irc)::?(?P<given>[^\s\[\]:]{0,500})\[(?P<words>(?:[^\]\\\n]|\\.){0,1000})\]"
    r"|<<(?P<xref>[^<>,\n]{1,200})(?:,(?P<xwords>[^<>]{1,500}))?>>"
    r"|(?P<anchor>\[\[\[?[^\[\]\n]{1,200}\]?\]\]|\[[.#][\w.#% -]{1,100}\](?=[#*_`]))"
    r"|(?P<mark>(?<![\w\\])[*_`#]{1,2}(?=\S)|(?<=\S)[*_`#]{1,2}(?!\w))"
    r"|(?P<hard>[ \t]\+(?=\n))|(?P<superscript>\^(?P<raised>\d{1,3})\^)",
    re.DOTALL,
)
_REMOTE = re.compile(r"(?:https?|ftps?)://[^\s]|//[\w-]+\.|www\.[\w-]+\.", re.IGNORECASE)
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*\n", re.DOTALL)
_GLUED = re.compile(r"(?P<url>.*?)(?P<note>footnote(?:ref)?:[\w-]*)$", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"(?P<name>[A-Za-z][\w-]{0,40})[ \t]*=[ \t]*(?P<value>\"[^\"]{0,2000}\"|'[^']{0,2000}'|[^,]{0,2000})"
)
_NO_WORDS = re.compile(r"(?:^|,)\s*(?:window|role|opts|options|id|title|rel|subject|body|xrefstyle)\s*=")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
    "wistia": "https://fast.wistia.com/embed/iframe/",
}


class _Segment(Struct, frozen=True, gc=False):
    start: int  # in the expanded text
    source: int
    end: int  # in the source
    exact: bool


class Piece(Struct, frozen=True):
    """A paragraph with its attributes resolved, and where each part of it stands."""

    text: str
    segments: tuple[_Segment, ...]

    @classmethod
    def of(cls, source: str, lines: Sequence[tuple[int, int]], value: Callable[[str], str | None]) -> Piece:
        """Join the lines of a paragraph; `value` gives what an attribute says."""
        pieces: list[str] = []
        segments: list[_Segment] = []
        length = 0

        def add(words: str, start: int, end: int, *, exact: bool) -> None:
            nonlocal length
            if words:
                segments.append(_Segment(length, start, end, exact))
                pieces.append(words)
                length += len(words)

        for number, (start, end) in enumerate(lines):
            if number:
                add("\n", start - 1, start, exact=True)
            at = start
            for found in _REFERENCE.finditer(source, start, end):
                words = None if found["escaped"] else value(found["name"])
                if words is None:
                    continue
                add(source[at : found.start()], at, found.start(), exact=True)
                add(words, found.start(), found.end(), exact=False)
                at = found.end()
            add(source[at:end], at, end, exact=True)
        return cls("".join(pieces), tuple(segments))

    def _segment(self, offset: int) -> _Segment | None:
        index = bisect_right(self.segments, offset, key=lambda one: one.start) - 1
        return self.segments[index] if index >= 0 else None

    def place(self, offset: int) -> int:
        """Give where in the source something stands."""
        one = self._segment(offset)
        if one is None:
            return 0
        return min(one.source + offset - one.start, one.end) if one.exact else one.source

    def end(self, offset: int) -> int:
        """Give where in the source something ends."""
        one = self._segment(offset - 1)
        if one is None:
            return 0
        return min(one.source + offset - one.start, one.end) if one.exact else one.end

    def parts(self, start: int, end: int) -> list[tuple[int, int, int, bool]]:
        """Give a part of it in pieces that run in step with the source, or that do not."""
        found = []
        index = max(0, bisect_right(self.segments, start, key=lambda one: one.start) - 1)
        while index < len(self.segments) and start < end:
            one = self.segments[index]
            following = self.segments[index + 1].start if index + 1 < len(self.segments) else len(self.text)
            stop = min(end, following)
            if stop > start:
                found.append((start, stop, self.place(start), one.exact))
                start = stop
            index += 1
        return found


class Inline:
    """Reads paragraphs, and gathers what is in them."""

    def __init__(self, source: str, attributes: dict[str, str]) -> None:
        self.gathering = Gathering()
        self._source = source
        self._attributes = attributes
        self._numbers: dict[str, int] = {}
        self._bodies: set[str] = set()
        self._nameless = 0
        self._linked = False
        self._length = 0
        self._depth = 0
        # A note that is defined below its first marker is known all the same.
        self._defined = {
            found.group(1) or found.group(2)
            for found in re.finditer(r"footnote:([\w-]{1,100})\[(?!\])|footnoteref:\[([\w-]{1,100}),", source)
        }

    def expanded(self, words: str) -> str:
        """Resolve the attributes in a few words."""

        def resolved(found: re.Match[str]) -> str:
            value = None if found["escaped"] else self.value(found["name"])
            return found.group() if value is None else value

        return _REFERENCE.sub(resolved, words[:_LONGEST])[:_LONGEST]

    def value(self, name: str) -> str | None:
        """Give what an attribute says; nothing when it is unknown, or too much was said already."""
        value = self._attributes.get(name.lower())
        if value is not None:
            self._length += len(value)
        return value if self._length < _EXPANDED else None

    def entry(self, piece: Piece, label: str, start: int, end: int) -> None:
        """Read an entry of a bibliography."""
        self._nameless += 1
        if self.gathering.open(f"entry:{self._nameless}", mended(label), start, kind=CitationKind.REFERENCE):
            self.read(piece)
            self.gathering.close(end)

    def read(self, piece: Piece) -> None:
        """Read a paragraph."""
        self._read(piece, 0, len(piece.text))

    def _say(self, piece: Piece, start: int, end: int) -> None:
        for low, high, at, exact in piece.parts(start, end):
            self.gathering.say(piece.text[low:high], at, exact=exact)

    def _read(self, piece: Piece, at: int, end: int) -> None:
        while at < end:
            found = _TOKEN.search(piece.text, at, end)
            if found is None:
                break
            self._say(piece, at, found.start())
            at = max(self._token(piece, found, end), found.start() + 1)
        self._say(piece, at, end)

    def _token(self, piece: Piece, found: re.Match[str], end: int) -> int:
        start, behind = found.span()
        place = piece.place(start)
        if found["url"] is not None:
            return self._url(piece, found, end)
        if found["link"] is not None:
            return self._link(piece, found, end)
        if found["id"] is not None:
            return self._note(piece, found, end)
        if found["media"]:
            return self._media(piece, found, end)
        if found["escaped"] or found["literal"]:
            self.gathering.code(found.group().strip("\\+`"), place)
        elif found["raw"]:
            name = "rawly" if found["rawly"] else "passed"
            inside = found[name] or ""
            if "<" in inside:
                self.gathering.html(inside, piece.place(found.start(name)), inline=True)
            else:
                self.gathering.code(inside, place)
        elif found["macro"]:
            self._macro(piece, found)
        elif found["xref"]:
            self.gathering.say(mended(found["xwords"] or ""), place)
        elif found["hard"]:
            self.gathering.say(" ", place)
        elif found["superscript"]:
            self.gathering.say(found["raised"].translate(_RAISED), place)
        return behind

    def _macro(self, piece: Piece, found: re.Match[str]) -> None:
        if found["macro"] in ("indexterm", "anchor", "stem", "latexmath", "asciimath"):
            return
        self._read(piece, found.start("words"), found.end("words"))

    # Links.

    def _closing(self, piece: Piece, at: int, end: int) -> int | None:
        """Give where the bracket closes that opened before `at`."""
        depth, first = 1, None
        for found in _BRACKET.finditer(piece.text, at, min(end, at + 5000)):
            sign = found.group()
            if sign == "[":
                depth += 1
            elif sign == "]":
                first = found.start() if first is None else first
                depth -= 1
                if depth == 0:
                    return found.start()
            elif sign[0] == "\n":
                break
        return first

    def _url(self, piece: Piece, found: re.Match[str], end: int) -> int:
        start, behind = found.span()
        url = found["url"]
        if piece.text[behind : behind + 1] != "[" or (closing := self._closing(piece, behind + 1, end)) is None:
            own = url.rstrip(".,;:!?)")
            if own.endswith("_") and piece.text[start - 1 : start] == "_":
                behind = start + len(own) - 1  # the sign of emphasis around it
            self._say(piece, start, behind)
            return behind
        if glued := _GLUED.fullmatch(url):
            # A note that stands right behind an address.
            self._say(piece, start, start + len(glued["url"]))
            return start + len(glued["url"])
        before = piece.text[start - 1 : start]
        if before and not (before.isspace() or before in "<>()[];\"'|*_`#^:,.–—“„«") and before.isalnum():
            self._say(piece, start, behind)
            return behind
        self._add(piece, start, _unpassed(url), behind + 1, closing)
        return closing + 1

    def _link(self, piece: Piece, found: re.Match[str], end: int) -> int:
        closing = self._closing(piece, found.end(), end)
        if closing is None:
            self._say(piece, *found.span())
            return found.end()
        target = _unpassed(found["link"]).strip()
        url = target if _REMOTE.match(target) else None
        if url is None and target:
            self._read(piece, found.end(), closing)
            return closing + 1
        self._add(piece, found.start(), url, found.end(), closing)
        return closing + 1

    def _add(self, piece: Piece, start: int, url: str | None, low: int, high: int) -> None:
        """Add a link whose words stand between two places."""
        said = self.gathering.here()
        words_from, words_to = _words(piece.text, low, high)
        linked, self._linked = self._linked, True
        self._read(piece, words_from, words_to)
        self._linked = linked
        text = self.gathering.words_from(said)
        if not text and url:
            self.gathering.say(url, piece.place(start))
            text = url
        if (url or text) and not linked:
            url = f"https:{url}" if url and url.startswith("//") else url
            self.gathering.link(piece.place(start), piece.end(high + 1), url, said, text=text)

    def _media(self, piece: Piece, found: re.Match[str], end: int) -> int:
        closing = self._closing(piece, found.end(), end)
        if closing is None:
            self._say(piece, *found.span())
            return found.end()
        target, kind = _unpassed(found["target"]), found["media"]
        written = piece.text[found.end() : closing]
        given = {one["name"].lower(): one["value"].strip("\"'") for one in _ATTRIBUTE.finditer(written)}
        first = written.partition(",")[0].strip().strip('"')
        words = mended(plain(given.get("title") or given.get("alt") or ("" if "=" in first else first)))
        player = _PLAYERS.get(first.lower()) if kind == "video" else None
        url: str | None = target
        if player:
            url = player + re.split(r"[,/?]", target, maxsplit=1)[0]
            words = mended(given.get("title", ""))
        elif not _REMOTE.match(target):
            folder = self._attributes.get("imagesdir", "")
            url = f"{folder.rstrip('/')}/{target}" if _REMOTE.match(folder) and not target.startswith("/") else None
        place, behind = piece.place(found.start()), piece.end(closing + 1)
        said = self.gathering.here()
        if url and (kind in ("video", "audio") or kinds.is_media(url)):
            self.gathering.link(place, behind, url, said, text=words, media=True)
        elif _REMOTE.match(link := given.get("link", "").strip()) and not self._linked:
            self.gathering.say(words, place)
            self.gathering.link(place, behind, link, said, text=words)
        elif kind == "image" and self._linked:
            self.gathering.say(words, place)
        return closing + 1

    # Notes.

    def _note(self, piece: Piece, found: re.Match[str], end: int) -> int:
        closing = self._closing(piece, found.end(), end)
        if closing is None or self._depth > _NOTES:
            self._say(piece, *found.span())
            return found.end()
        name, low = found["id"], found.end()
        if found["ref"]:
            given = re.compile(r"\s*([\w-]{1,100})\s*(,\s*)?").match(piece.text, low, closing)
            if given is None:
                return closing + 1
            name, low = given.group(1), given.end()
        if not name:
            self._nameless += 1
        key = f"note:{name}" if name else f"note::{self._nameless}"
        has_body = bool(piece.text[low:closing].strip())
        if has_body or name in self._defined:
            self._numbers.setdefault(key, len(self._numbers) + 1)
        label = str(self._numbers.get(key, name or "?"))
        start, behind = piece.place(found.start()), piece.end(closing + 1)
        self.gathering.mark(key, label, start, behind)
        # The same text may come again by an attribute.
        if has_body and key not in self._bodies and self.gathering.open(key, label, start):
            self._bodies.add(key)
            linked, self._linked = self._linked, False
            self._depth += 1
            self._read(piece, low, closing)
            self._depth -= 1
            self._linked = linked
            self.gathering.close(behind)
        return closing + 1


def _words(text: str, low: int, high: int) -> tuple[int, int]:
    """Give the span of a link's words: without the attributes behind them and the sign for a new window."""
    written = text[low:high]
    quoted = re.match(r"\s*\"((?:[^\"\\]|\\.){0,1000})\"\s*(?:,|$)", written)
    if quoted:
        return low + quoted.start(1), low + quoted.end(1)
    if "=" in written and _NO_WORDS.search(written):
        first = written.partition(",")[0]
        if "=" in first:
            return low, low
        high = low + len(first)
        written = first
    stripped = written.rstrip()
    return low, low + len(stripped) - stripped.endswith("^")


def _unpassed(target: str) -> str:
    """Take the signs of a passthrough out of an address."""
    if passed := re.fullmatch(r"pass:[a-z]{0,9}\[(.*)\]", target, re.DOTALL):
        return passed.group(1)
    if "++" in target and target.count("++") % 2 == 0:
        return target.replace("++", "")
    return target


_LINKED = re.compile(rf"(?:link:)?(?:{_ADDRESS})?[^\s\[\]]{{0,500}}\[([^\[\]]{{0,300}})\]")
_MARKS = re.compile(r"(?<!\w)[*_`#+]{1,2}(?=\S)|(?<=\S)[*_`#+]{1,2}(?!\w)")


def plain(words: str) -> str:
    """Take the marks out of a few words."""
    return _MARKS.sub("", _LINKED.sub(lambda found: found.group(1), words) if "[" in words else words)
