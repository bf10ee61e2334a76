"""The Markdown parser, made to tell where in the document an inline construct stands.

markdown-it knows the lines of a block and no columns, so its inline rules are wrapped: each notes where in its block
the construct began and ended, and `Spot` finds the block again in the lines that it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

_RULES = ("link", "image", "autolink", "html_inline", "backticks", "footnote_ref", "footnote_inline")


@cache
def parser() -> MarkdownIt:
    """Give the parser: CommonMark with tables, strikethrough and footnotes."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    made.use(footnote_plugin)
    made.core.ruler.disable("footnote_tail")
    # Addresses are wanted as written, and every scheme is looked at here, not there. But a backslash is escaped in the
    # HTML of every processor: a browser that met it bare would follow it as a slash.
    made.normalizeLink = _normalised  # type: ignore[method-assign]
    made.validateLink = _any_link  # type: ignore[method-assign, assignment]
    rules = {rule.name: rule.fn for rule in made.inline.ruler.__rules__}
    rules["link"] = _links_first(rules["link"])
    for name in _RULES:
        made.inline.ruler.at(name, _noting(name, rules[name]))
    made.core.ruler.at("inline", _inline)
    return made


# A link whose text and address hold nothing that any rule looks at: most links. The parser's own rule reads the text
# of every link twice, and its address sign by sign.
_SIMPLE = re.compile(r"(?<!!)\[([^\[\]<>`\\*_~^&\n]{1,500})\]\(([^\s()<>\\&\x00-\x20\x7f]{1,4000})\)")
# What no such link holds, and no block of words: a sign that some rule begins with.
_SIGNS = re.compile(r"[\[\]<>`\\*_~^&]")


def _inline(state: StateCore) -> None:
    """Parse the inline text of each block; one of words and simple links needs no rules."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            content = token.content
            if not _SIGNS.search(content):
                continue
            if _SIGNS.search(_SIMPLE.sub("", content)):
                state.md.inline.parse(content, state.md, state.env, token.children)
            else:
                _simply(content, token.children)


def _simply(content: str, children: list[Token]) -> None:
    at = 0
    for found in _SIMPLE.finditer(content):
        if found.start() > at:
            children.append(_text(content[at : found.start()]))
        meta = {"rule": "link", "start": found.start(), "end": found.end()}
        children += (
            Token("link_open", "a", 1, attrs={"href": found.group(2)}, meta=meta),
            _text(found.group(1)),
            Token("link_close", "a", -1),
        )
        at = found.end()
    if at < len(content):
        children.append(_text(content[at:]))


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _links_first(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Put the short way for simple links before the parser's rule for all links."""

    def link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
        found = _SIMPLE.match(state.src, state.pos, state.posMax)
        if found is None:
            return rule(state, silent)
        if not silent:
            state.push("link_open", "a", 1).attrs = {"href": found.group(2)}
            state.push("text", "", 0).content = found.group(1)
            state.push("link_close", "a", -1)
        state.pos = found.end()
        return True

    return link


def _normalised(url: str) -> str:
    return url.replace("\\", "%5C")


def _any_link(_url: str) -> bool:
    return True


def _noting(name: str, rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Wrap an inline rule so that its first token knows where the construct stands in its block."""

    def noted(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
        start, count = state.pos, len(state.tokens) + bool(state.pending)
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > count:
            token = state.tokens[count]
            token.meta = {**token.meta, "rule": name, "start": start, "end": state.pos}
        return True

    return noted


class Spot:
    """Turns an offset in a block's inline text into one in the document."""

    def __init__(self, text: str, starts: list[int], token: Token, after: int) -> None:
        first = token.map[0] if token.map else 0
        self._lines: list[tuple[int, int]] = []  # offset in the inline text, offset in the document
        at = 0
        for number, line in enumerate(token.content.split("\n"), first):
            low = starts[number] if number < len(starts) else len(text)
            high = starts[number + 1] if number + 1 < len(starts) else len(text)
            place = text.find(line, max(low, after) if low <= after < high else low, high)
            if place < 0:
                place = text.find(line, low, high)
            if place < 0 and "|" in line:
                self._cell(text, at, line, (max(low, after) if low <= after < high else low, high))
            else:
                self._lines.append((at, place if place >= 0 else low))
            at += len(line) + 1

    def _cell(self, text: str, at: int, line: str, span: tuple[int, int]) -> None:
        """Note where a cell stands that holds bars: each was escaped, and the parser took the backslashes out."""
        place = text.find(line.replace("|", r"\|"), *span)
        if place < 0:
            self._lines.append((at, span[0]))
            return
        first, *others = line.split("|")
        self._lines.append((at, place))
        at, place = at + len(first), place + len(first)
        for part in others:
            self._lines.append((at, place + 1))  # the bar, behind its backslash
            at, place = at + 1 + len(part), place + 2 + len(part)

    @classmethod
    def fixed(cls, at: int) -> Spot:
        """Give one for a text that stands in one piece."""
        spot = cls.__new__(cls)
        spot._lines = [(0, at)]  # noqa: SLF001 - its own
        return spot

    def __call__(self, offset: int) -> int:
        start, place = self._lines[bisect_right(self._lines, (offset, 1 << 60)) - 1]
        return place + offset - start
