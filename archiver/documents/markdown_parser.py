"""The Markdown parser, made to tell where in the document an inline construct stands.

markdown-it knows the lines of a block and no columns, so its inline rules are wrapped: each notes where in its block
the construct began and ended, and `Spot` finds the block again in the lines that it came from.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_RULES = ("link", "image", "autolink", "html_inline", "backticks", "footnote_ref", "footnote_inline")


@cache
def parser() -> MarkdownIt:
    """Give the parser: CommonMark with tables, strikethrough, footnotes and front matter."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    made.use(footnote_plugin).use(front_matter_plugin)
    made.core.ruler.disable("footnote_tail")
    # Addresses are wanted as written, and every scheme is looked at here, not there.
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.validateLink = _any_link  # type: ignore[method-assign, assignment]
    rules = {rule.name: rule.fn for rule in made.inline.ruler.__rules__}
    for name in _RULES:
        made.inline.ruler.at(name, _noting(name, rules[name]))
    return made


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
            self._lines.append((at, place if place >= 0 else low))
            at += len(line) + 1

    @classmethod
    def fixed(cls, at: int) -> Spot:
        """Give one for a text that stands in one piece."""
        spot = cls.__new__(cls)
        spot._lines = [(0, at)]  # noqa: SLF001 - its own
        return spot

    def __call__(self, offset: int) -> int:
        start, place = self._lines[bisect_right(self._lines, (offset, 1 << 60)) - 1]
        return place + offset - start
