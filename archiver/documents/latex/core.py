"""The walk over LaTeX source: signs, commands and the macros of the document. What commands mean stands elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.documents.gathering import Gathering
from archiver.documents.latex import commands
from archiver.documents.latex.numbers import Numbers
from archiver.documents.latex.source import TOKEN, Macro, Source, arguments, expanded
from archiver.documents.latex.text import ACCENTS, SIGNS, accented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_DEEPEST = 60
_EXPANSIONS, _EXPANDED = 20_000, 4_000_000  # macros called in a document, and signs that they give
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWER = re.compile(r"\s*\^\s*\{?\s*(?:\\(?:text|textrm|mathrm|rm)\b\s*\{?)?\s*(\d{1,3})[\s}]*")
_MATH_END = re.compile(r"(?<!\\)\$|\n[ \t]*\n")
_OVERLAY = re.compile(r"<[\d,+\-.|a-z:@() ]{1,40}>")
_LETTER = re.compile(r"\\(?P<name>[ij])(?![A-Za-z])|(?P<letter>[^\W\d_])")
_SETTINGS = re.compile(r"\s{0,99}[A-Za-z][\w -]{0,40}=[^\s=]")
RICH = re.compile(r"\\(?:[A-Za-z]{0,20}(?:url|URL|href|note|doi|verb)[A-Za-z]{0,20}|thanks|marginpar|weblink|homepage)|://")


class Environment(Struct):
    """What stands between \\begin and \\end."""

    name: str
    count: int = 0  # items of a numbered list
    footnotes: int = 0  # of a box that has its own
    note: bool = False  # a body of a note is open
    listed: bool = False  # what stood before was a list of works cited


class Core:
    """One document being read: its state, and the way over its signs."""

    def __init__(self, text: str) -> None:
        self.gathering = Gathering()
        self._source = Source(text)
        self._numbers = Numbers()
        self._macros: dict[str, Macro] = {}
        self._environments: list[Environment] = []
        self._silent = False  # in the preamble
        self._linked = 0  # inside the words of a link
        self._depth = 0
        self._expansions = 0
        self._length = 0
        self._over = False
        self._commands: dict[str, Callable[[Source, re.Match[str], int, int], int]] = {}

    def _learn(self, names: Iterable[str], method: Callable[[Source, re.Match[str], int, int], int]) -> None:
        """Say what commands of these names do."""
        self._commands.update(dict.fromkeys(names, method))

    def _walk(self, source: Source, at: int, end: int) -> int:
        if self._depth >= _DEEPEST:
            return end
        self._depth += 1
        while at < end and not self._over:
            token = TOKEN.search(source.text, at, end)
            if token is None:
                self._say(source, at, end)
                at = end
                break
            if token.start() > at:
                self._say(source, at, token.start())
            at = self._token(source, token, end) if token["name"] is None else self._command(source, token, end)
        self._depth -= 1
        return max(at, end) if not self._over else end

    def _say(self, source: Source, start: int, end: int) -> None:
        if not self._silent and start < end:
            self.gathering.say(source.text[start:end], source.place(start), exact=source.fixed is None)

    def _put(self, words: str, source: Source, at: int) -> None:
        if not self._silent:
            self.gathering.say(words, source.place(at))

    def _token(self, source: Source, token: re.Match[str], end: int) -> int:
        kind, at = token.lastgroup, token.end()
        if kind == "sign":
            return self._sign(source, token, end)
        if kind == "comment":
            if not source.is_comment(token.start()):
                self._say(source, token.start(), at)
                return at
            return source.behind_comment(at)
        if kind == "par":
            if not self._silent:
                self.gathering.apart()
        elif kind == "close" and source.text.startswith("{", at):
            # Two arguments of an unknown command: the second is no part of an address in the first.
            if "://" in source.text[max(0, token.start() - 300) : token.start()].rpartition("{")[2]:
                self._put(" ", source, at)
        elif kind == "tie":
            # An address may have one, unprotected.
            before = source.text[token.start() - 1 : token.start()]
            self._put("~" if before == "/" else " ", source, token.start())
        elif kind == "dash":
            before = source.text[max(0, token.start() - 200) : token.start()].rpartition(" ")[2]
            dash = "–" if len(token.group()) == 2 else "—"
            self._put(token.group() if "://" in before else dash, source, token.start())
        elif kind == "quote":
            self._put("“" if token.group() == "``" else "”", source, token.start())
        elif kind == "math":
            return self._math(source, token, end)
        return at

    def _math(self, source: Source, token: re.Match[str], end: int) -> int:
        at = token.end()
        closing = _MATH_END.search(source.text, at, min(end, at + 5000))
        if closing is None or closing.group() != "$":
            self._put("$", source, token.start())
            return at
        inside = source.text[at : closing.start()]
        if raised := _POWER.fullmatch(inside):
            self._put(raised.group(1).translate(RAISED), source, token.start())
        elif not self._silent:
            self.gathering.code(inside, source.place(at))
        return closing.end() + (len(token.group()) - 1)

    def _sign(self, source: Source, token: re.Match[str], end: int) -> int:
        sign, at = token["sign"], token.end()
        if sign in ACCENTS:
            return self._accent(source, sign, at, token.start())
        if sign == "\\":
            self._put(" ", source, token.start())
            at += source.text.startswith("*", at)
            option = source.option(at) if source.text.startswith("[", at) else None
            return option[2] if option else at
        if sign in "[(":
            closer = "\\]" if sign == "[" else "\\)"
            closing = source.text.find(closer, at, min(end, at + 5000))
            return closing + 2 if closing >= 0 else at
        if sign in "-/])@!":
            return at
        self._put(" " if sign in " ,;:\n\t>" else sign, source, token.start())
        return at

    def _accent(self, source: Source, accent: str, at: int, start: int) -> int:
        if accent.isalpha() or source.text.startswith(("{", " "), at):
            at = source.spaces(at)
        inside = source.closing.get(at)
        braced = inside is not None
        found = _LETTER.match(source.text, at + braced)
        if found is None:
            if braced and inside is not None:
                self._put("" if source.text[at + 1 : inside].strip() else accent, source, start)
                return at if source.text[at + 1 : inside].strip() else inside + 1
            return at
        letter = found["letter"] or found["name"]
        self._put(accented(accent, letter), source, start)
        return found.end() if not braced or inside is None or found.end() > inside else inside + 1

    def _command(self, source: Source, token: re.Match[str], end: int) -> int:
        name, at = token["name"], token.end()
        if method := self._commands.get(name):
            return method(source, token, at, end)
        if macro := self._macros.get(name):
            return self._call(source, token, macro)
        if name in ACCENTS and len(name) == 1:
            return self._accent(source, name, at, token.start())
        if name in SIGNS:
            self._put(SIGNS[name], source, token.start())
        elif name in commands.SILENT:
            return source.skip(at, commands.SILENT[name])
        if token["star"]:
            at = token.end()
        at = self._behind_name(source, at)
        if name not in SIGNS and source.text.startswith("[", at) and (option := source.option(at)):
            at = option[2]
        if (
            name not in SIGNS
            and source.text.startswith("{", at)
            and (end_of := source.closing.get(at))
            and _SETTINGS.match(source.text, at + 1)
            and "://" not in source.text[at:end_of]
        ):
            return end_of + 1  # settings of a package
        return at

    def _behind_name(self, source: Source, at: int) -> int:
        """Skip the spaces behind the name of a command, as TeX does."""
        if overlay := _OVERLAY.match(source.text, at):
            at = overlay.end()
        while source.text[at : at + 1] in (" ", "\t"):
            at += 1
        return at

    def _call(self, source: Source, token: re.Match[str], macro: Macro) -> int:
        if macro.count and not RICH.search(macro.body) and not self._calls_rich(macro.body):
            # Only dress: the arguments are read where they stand.
            return self._behind_name(source, token.end())
        given, at = arguments(source, token.end(), macro)
        words = expanded(macro, given)
        self._expansions += 1
        self._length += len(words)
        if self._expansions > _EXPANSIONS or self._length > _EXPANDED or self._depth > _DEEPEST // 2:
            return at
        place = source.fixed or (token.start(), at)
        self._walk(Source(words, place), 0, len(words))
        return at

    def _calls_rich(self, body: str, depth: int = 0) -> bool:
        return depth < 4 and any(
            (macro := self._macros.get(name)) is not None
            and (RICH.search(macro.body) is not None or self._calls_rich(macro.body, depth + 1))
            for name in re.findall(r"\\([A-Za-z@]{1,60})", body[:2000])[:20]
        )

    def _group(self, source: Source, at: int, end: int) -> int:
        """Read an argument as text."""
        found = source.group(at, token=True)
        if found is None:
            return at
        self._walk(source, found[0], min(found[1], end))
        return found[2]
