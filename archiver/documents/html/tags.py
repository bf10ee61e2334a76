"""Tags of HTML as they are written: where one ends, what its attributes say, and what only looks like one."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

_JUNK = 64  # "<" between a "<" and the next ">": more is no tag
_TAG_END = re.compile(r"<[^\s<>/]{1,60}(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")


def tag_end(source: str, at: int) -> int:
    """Give where the start tag at an offset ends."""
    found = _TAG_END.match(source, at, at + 20_000)
    if found:
        return found.end()
    end = source.find(">", at)
    return end + 1 if end >= 0 else len(source)


def calm(source: str) -> str:
    """Blank what only begins like a tag, comment or declaration; the length stays.

    The tokenizer of the standard library takes quadratic time on constructs that never end.
    """
    last = source.rfind(">")
    source = source[: last + 1] + source[last + 1 :].replace("<", " ")
    pieces: list[str] = []
    at = 0
    while (end := source.find(">", at)) >= 0:
        piece = source[at : end + 1]
        if piece.count("<") > _JUNK:
            kept = piece.rfind("<")
            piece = piece[:kept].replace("<", " ") + piece[kept:]
        pieces.append(piece)
        at = end + 1
    source = "".join([*pieces, source[at:]])
    closed = source.rfind("-->")
    tail = source[closed + 1 :].replace("<!--", "    ") if closed >= 0 else source.replace("<!--", "    ")
    return _without_sections(source[: closed + 1] + tail)


# Word's conditions that stand outside of comments, CDATA's beginning, and processing instructions.
_SECTION = re.compile(r"<!\[CDATA\[|<!\[[^\]\[<>]{0,200}\](?:--)?>|<\?[^<>]{0,2000}>")


def _without_sections(source: str) -> str:
    """Blank what stands between tags and is neither tag nor comment; the text of a CDATA section stays."""
    if "<![" in source or "<?" in source:
        source = _SECTION.sub(lambda found: " " * len(found.group()), source.replace("]]>", "   "))
        source = re.sub(r"<!(?=\[)|<\?", "< ", source)
    return source


_ATTRIBUTE = re.compile(
    r"[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>][^\s>]*+)|[\"']([^\"'>]*+)$|(?=>|$)))?+"
)
_REFERENCE = re.compile(r"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});?|([A-Za-z][A-Za-z0-9]{1,31}));?")


def attributes(written: str) -> dict[str, str]:
    """Read the attributes of a tag; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, plain, unclosed in _ATTRIBUTE.findall(written):
        value = double or single or plain or unclosed
        found.setdefault(name.lower(), _meant(value) if "&" in value else value)
    return found


def _meant(value: str) -> str:
    """Replace references; one without a semicolon is none where "=" follows (13.2.5.73)."""

    def sign(found: re.Match[str]) -> str:
        written, name = found.group(), found.group(1)
        if name is None or written.endswith(";"):
            return unescape(written)
        return written if value[found.end() : found.end() + 1] == "=" or name not in html5 else unescape(written)

    return _REFERENCE.sub(sign, value)
