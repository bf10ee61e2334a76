"""The text of a Markdown document as its reader sees it, and where each part of it stands in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from typing import TYPE_CHECKING

from archiver.documents.mend import mended

if TYPE_CHECKING:
    from collections.abc import Callable

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Led by the set of signs, from which the rest looks back: so the search skips to the next of them.
_SIGNS = re.compile(
    r"[&\\*~_](?:(?P<entity>(?<=&)(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<escape>(?<=\\)(?=[!-/:-@\[-`{-~]))"
    r"|(?P<mark>(?<=\*)\*{0,2}|(?<=~)~|(?<=_)(?:(?<![^\W_]_)_{0,2}|_{0,2}(?![^\W_]))))"
)


class Readable:
    """Readable text, growing block by block."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._places: list[tuple[int, int, bool]] = []  # offset here, offset in the source, whether they run in step
        self.length = 0
        self._apart = True

    def text(self) -> str:
        """Give it."""
        return "".join(self._pieces)

    def add(self, words: str, at: int, *, exact: bool = False) -> tuple[int, int]:
        """Add what stands at a place of the source; give the span that it takes here."""
        start = self.length
        if words:
            self._pieces.append(words)
            self._places.append((start, at, exact))
            self.length += len(words)
            self._apart = False
        return start, self.length

    def apart(self) -> None:
        """Begin a block."""
        if not self._apart:
            self._pieces.append("\n\n")
            self.length += 2
            self._apart = True

    def source(self, offset: int) -> int:
        """Give where in the source something stands."""
        index = bisect_right(self._places, (offset, 1 << 60, True)) - 1
        if index < 0:
            return 0
        start, at, exact = self._places[index]
        return at + offset - start if exact else at

    def add_plain(self, raw: str, spot: Callable[[int], int], at: int, *, raised: bool, marked: bool) -> None:
        """Add text that holds no links, without the marks of emphasis and the backslashes in it."""
        if raised and raw.strip().isdigit() and raw.isascii():
            self.add(raw.strip().translate(_RAISED), spot(at))
            return
        low = 0
        for sign in _SIGNS.finditer(raw):
            if sign.start() < low:
                continue
            kind = sign.lastgroup
            escaped = sign.start() and raw[sign.start() - 1] == "\\"
            if kind == "mark" and (escaped or not marked or _stands_alone(raw, sign)):
                continue
            self.add(raw[low : sign.start()], spot(at + low), exact=True)
            low = sign.end()
            if kind == "entity":
                self.add(unescape(sign.group()), spot(at + sign.start()))
            elif kind == "escape" and raw[low : low + 1] == "\\":
                self.add("\\", spot(at + low))
                low += 1
        self.add(raw[low:], spot(at + low), exact=True)


def raised(words: str) -> str:
    """Write a number as one that is set above the line."""
    return words.translate(_RAISED) if words.isdigit() and words.isascii() else words


def _stands_alone(raw: str, sign: re.Match[str]) -> bool:
    before, after = raw[sign.start() - 1 : sign.start()], raw[sign.end() : sign.end() + 1]
    return before.isspace() and (after.isspace() or not after)


_LINKED = re.compile(r"!?\[([^\[\]]{0,300})\](?:\([^()\s]{0,500}(?:\s\"[^\"]{0,200}\")?\)|\[[^\[\]]{0,100}\])")


def without_marks(words: str) -> str:
    """Take the commonest marks out of a piece of Markdown, so that it reads as a sentence."""
    words = _LINKED.sub(r"\1", words)
    words = re.sub(r"\[\^([^\]\s]{1,60})\]", r"[\1]", words)
    words = re.sub(
        r"^\s*(?:#{1,6}\s|>\s?|[-*+]\s)|(?<=\s)>\s|</?[a-zA-Z][\w-]{0,30}(?:\s[^<>]{0,300})?>|<(?=https?://)|(?<=\S)>(?=\W|$)|\*\*|(?<!\w)[*_](?=\w)|(?<=[\w.!?])[*_](?!\w)|`",
        "",
        words,
    )
    return mended(words)
