"""The text of a Markdown document as its reader sees it, and where each part of it stands in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from typing import TYPE_CHECKING

from archiver.documents.mend import mended

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Led by the set of signs, from which the rest looks back: so the search skips to the next of them.
_SIGNS = re.compile(
    r"[&\\*~_](?:(?P<entity>(?<=&)(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<escape>(?<=\\)(?=[!-/:-@\[-`{-~]))"
    r"|(?P<mark>(?<=\*)\*{0,2}|(?<=~)~|(?<=_)(?:(?<![^\W_]_)_{0,2}|_{0,2}(?![^\W_]))))"
)


_IN_STEP = -1
_MASK = "\x01"  # no word, no sign, and no part of any address; ASCII, as most texts are


class Readable:
    """Readable text, growing block by block."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        # Offset here, offset in the source, whether they run in step or else where in the source it ends.
        self._places: list[tuple[int, int, int]] = []
        self.length = 0
        self._apart = True

    def text(self) -> str:
        """Give it."""
        return "".join(self._pieces)

    def add(self, words: str, at: int, *, exact: bool = False, until: int | None = None) -> tuple[int, int]:
        """Add what stands at a place of the source (until another); give the span that it takes here."""
        start = self.length
        if words:
            self._pieces.append(words)
            self._places.append((start, at, _IN_STEP if exact else at + 1 if until is None else until))
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
        start, at, until = self._place(offset)
        return at + offset - start if until == _IN_STEP else at

    def source_end(self, offset: int) -> int:
        """Give where in the source something ends."""
        start, at, until = self._place(offset - 1)
        return at + offset - start if until == _IN_STEP else until

    def _place(self, offset: int) -> tuple[int, int, int]:
        index = bisect_right(self._places, (offset, 1 << 60, 0)) - 1
        return self._places[index] if index >= 0 else (0, 0, _IN_STEP)

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
    return before.isspace() and after.isspace()  # where the piece ends, a link follows


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


def masked(content: str, hidden: list[tuple[int, int]]) -> str:
    """Hide parts of a block, so that nothing is found in them; the length stays."""
    pieces, at = [], 0
    for start, end in sorted(hidden):
        if start >= at:
            pieces += [content[at:start], _MASK * (end - start)]
            at = end
    return "".join([*pieces, content[at:]])


def anchor(children: list[Token], index: int) -> str:
    """Give the words of the link that opens at an index."""
    if len(children) > index + 2 and children[index + 2].type == "link_close":
        return mended(children[index + 1].content)[:300]  # most often
    words, depth = [], 0
    for child in children[index : index + 400]:
        depth += (child.type == "link_open") - (child.type == "link_close")
        if depth == 0:
            break
        words.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
    return mended("".join(words))[:300]


def until_close(children: list[Token], index: int) -> str:
    """Give the words between a tag `<a>` at an index and its end."""
    words: list[str] = []
    for child in children[index + 1 : index + 100]:
        if child.type == "html_inline" and child.content.lower().startswith("</a"):
            return mended("".join(words))[:300]
        words.append(child.content)
    return ""
