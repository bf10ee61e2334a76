"""Addresses written out in a PDF; most of the long ones are broken at a line end, and nothing says where.

What tells that an address goes on: its font, where that is not the font of the text; a line that is full up to its
margin, and signs behind the break that no word of a sentence begins with.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from archiver.documents import bare, broken

if TYPE_CHECKING:
    from archiver.documents.pdf.layout import Layout

# The last word of a line, when an address is in it; and the first word of the next.
_BEGUN = re.compile(
    r"(?:https?:/?/?|(?:https?|ftp)://[^\s<>\"“”]*|www\.[^\s<>\"“”]*|\bdoi\.org/[^\s<>\"“”]*)$", re.IGNORECASE
)
_LAST = re.compile(r"[^\s<>\"“”]{1,2000}$")
_NEXT = re.compile(r"\n([^\s<>\"“”]{1,1000})")
_HOST = re.compile(r"(?:\w+://|www\.)[^/\s]*$", re.IGNORECASE)
_GOES_ON_IN_HOST = re.compile(
    r"[a-z0-9-]{0,63}(?:\.[a-z0-9-]{2,63})+(?:[/:?#]|$|[.,;)])|[a-z0-9-]{1,63}/", re.IGNORECASE
)
_NO_WORD = re.compile(
    r"[?&#][\w%.-]{1,60}=|[?&]\w|/\w|[\w%.-]{1,60}=[\w%]|[%_~&=]\w|\d+[/_-]\w"
    r"|[\w/-]{1,80}\.(?:x?html?|php|aspx?|pdf|jpe?g|png|mp[34])\b"
)
# What follows a sign at which programs break addresses.
_PART = re.compile(
    r"(?:[\w%.~-]+/)*[^\s/]*\.(?:x?html?|s?html|php\d?|aspx?|jsp|cfm|pdf|docx?|txt|jpe?g|png|gif|mp[34])\b.*|.*[=&_].*"
    r"|\d{2,}[/_-]\S+|\d{2,}/?[.,;)]?|[\w%.~]+(?:-[\w%.~]+){2,}/?.*|[\w%~-]+(?:[./][\w%~-]+)*/.*|\w+-\w+[.,;)]?"
    r"|[\w%~-]*(?:[a-z]\d|\d[a-z])[\w%~/-]*",
    re.IGNORECASE,
)
# The rest of a path: with a slash between words or a file's suffix, and no address or note of its own.
_REST = re.compile(
    r"(?=[\w%~&=?#/-])"
    # A rest with a slash has another one or a sign that no prose has: "and/or" is the sentence going on.
    r"(?:(?=\S{0,300}?(?:/[^\s/]{1,200}/|[=_%?]|[^\W\d]-\w|\d[^\W\d]|\.(?:html?|pdf|php|aspx?)\b))"
    r"[\w%~&=?#+-]{0,200}[/=][^\s<>\"“”]{2,500}"
    r"|[\w%~-]{1,200}\.(?:html?|pdf|php|aspx?|shtml|jpe?g|png|mp[34])\b[^\s<>\"“”]{0,300})"
)
_MOST = 12  # lines of one address


def find(layout: Layout) -> list[bare.Bare]:
    """Give the addresses of a text, each with what stands of it on the lines below."""
    text = layout.text
    gaps = _gaps(layout)
    if not gaps:
        return broken.joined(text, list(bare.find(text)))
    # Addresses are looked for in the text without the line ends in them.
    pieces, at, shifts = [], 0, [0]
    for gap in gaps:
        pieces.append(text[at:gap])
        shifts.append(shifts[-1] + len(pieces[-1]))
        at = gap + 1
    whole = "".join([*pieces, text[at:]])
    edges = shifts[1:]

    def back(offset: int, *, end: bool = False) -> int:
        return offset + bisect_right(edges, offset - end)

    found = broken.joined(whole, list(bare.find(whole)))
    return [bare.Bare(back(one.start), back(one.end, end=True), one.url) for one in found]


def _gaps(layout: Layout) -> list[int]:
    """Give the line ends that stand inside an address."""
    text = layout.text
    gaps: list[int] = []
    line, begun, lines = 0, False, 0  # whether the line begins inside an address
    while (end := text.find("\n", line)) >= 0:
        last = _LAST.search(text, max(line, end - 2000), end)
        word = last.group() if last is not None else ""
        alone = last is not None and last.start() == line
        carried = begun and alone
        begun = False
        if word and (carried or _BEGUN.search(word)):
            following = _NEXT.match(text, end)
            if following is not None and lines < _MOST:
                begun = _goes_on(layout, end, word, following.group(1), carried=carried, alone=alone)
        lines = lines + 1 if begun else 0
        if begun:
            gaps.append(end)
        line = end + 1
    return gaps


def _goes_on(layout: Layout, end: int, word: str, following: str, *, carried: bool, alone: bool) -> bool:
    if end in layout.one_font and "://" not in following:
        return True
    if _STARTS_ANEW.match(following):
        return False
    if end in layout.new_font:
        return False
    full = end in layout.full
    if not carried and _HOST.search(word):
        # No host ends here, or one could end here but the next line begins with more of it.
        return (full or word[-1] == "-") and word[-1] not in ")]" and _GOES_ON_IN_HOST.match(following) is not None
    if word[-1] == "?" and re.match(r"[\w%.-]{1,60}=", following):
        return True
    if word[-1] in "/-=&_%#" and (full or len(word) > 25):
        return _PART.fullmatch(following) is not None
    if word[-1] in ".,;:!?)":
        return full and word[-1] in ".:" and _NO_WORD.match(following) is not None
    if _NO_WORD.match(following) and (full or following[0] in "?&#"):
        return True
    # An address that fills its line from end to end was broken wherever the line ended.
    return full and (
        _REST.match(following) is not None
        or (alone and len(word) > 20 and following[:1].islower() and _PART.fullmatch(following) is not None)
    )


_STARTS_ANEW = re.compile(r"\w+://|www\.|[\[(]|\d{1,3}[.)]?$", re.IGNORECASE)
