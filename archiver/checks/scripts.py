"""Reads in a little script where it sends its readers, without running it: `location = "..."` and its other spellings.

Only what happens to every reader and at once counts: not what waits for a click, an answer or a condition, not what a
function does that nobody calls, and not an address that is not known before the script has run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from archiver import urls

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 20_000  # characters of scripts; what is longer draws a page
_MOST = 4000  # tokens
_DEEP = 20
_SOON = 10_000  # milliseconds
_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|<!--[^\n]*|-->[^\n]*)"""
    r"""|(?P<name>[A-Za-z_$][\w$]*)|(?P<number>\d[\w.]*)"""
    r"""|(?P<text>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`)"""
    r"""|(?P<sign>=>|===?|!==?|&&|\|\||\+\+|--|\+=|.)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|(\r?\n)|(.))", re.DOTALL)
_GLOBALS = frozenset({"window", "document", "top", "self", "parent", "globalThis"})
_AT_ONCE = frozenset({"load", "DOMContentLoaded", "pageshow"})
_HOLDERS = frozenset({"if", "while", "for", "switch", "with", "catch"})
_STEPS = 5000  # statements that are read: functions that call each other twice would take forever


class _Token(Struct, frozen=True):
    kind: str
    text: str
    line: bool  # a line ends before it


class _Unknown(Exception):
    """The value of an expression cannot be read."""


def destination(scripts: Sequence[str], loaded_by: str, base: str) -> str | None:
    """Give the reference that scripts send every reader to at once. `loaded_by` is the body's `onload`."""
    joined = "\n;\n".join((*scripts, loaded_by))
    if "location" not in joined or len(joined) > _LONGEST:
        return None
    tokens = _tokens(joined)
    if not tokens or len(tokens) > _MOST or _keeps_cookie(tokens):
        return None
    try:
        return _Reader(tokens, base).first()
    except (_Unknown, RecursionError):
        return None


def _tokens(source: str) -> list[_Token]:
    found: list[_Token] = []
    line = True
    for match in _TOKEN.finditer(source):
        kind = match.lastgroup or ""
        if kind in ("space", "comment"):
            line = line or "\n" in match[0] or kind == "comment"
            continue
        found.append(_Token(kind, match[0], line))
        line = False
    return found


def _keeps_cookie(tokens: list[_Token]) -> bool:
    """Tell whether a cookie is written: the next answer depends on it, and we do not have it."""
    return any(
        tokens[at].text == "cookie" and tokens[at - 1].text == "." and tokens[at + 1].text in ("=", "+=")
        for at in range(1, len(tokens) - 1)
    )


def _value(text: str) -> str:
    """Read a literal."""
    if text[0] == "`" and "${" in text:
        raise _Unknown
    return _ESCAPE.sub(_unescape, text[1:-1])


def _unescape(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else ""
    if found[4]:
        return ""
    return {"n": "\n", "t": "\t", "r": "\r"}.get(found[5], found[5])


class _Reader:
    """Walks through statements that are certain to be run."""

    def __init__(self, tokens: list[_Token], base: str) -> None:
        self._tokens = tokens
        self._base = base
        self._ends = _pairs(tokens)
        self._functions: dict[str, tuple[int, int]] = {}
        self._values: dict[str, int | None] = {}  # where the only value of a name begins
        self._steps = 0
        self._read_names()

    def first(self) -> str | None:
        """Give where the script sends its readers."""
        return self._run(0, len(self._tokens), 0)

    def _text(self, at: int) -> str:
        return self._tokens[at].text if 0 <= at < len(self._tokens) else ""

    def _read_names(self) -> None:
        for at, token in enumerate(self._tokens):
            if token.kind != "name":
                continue
            if token.text == "function" and self._text(at + 2) == "(":
                body = self._ends.get(at + 2, -2) + 1
                if self._text(body) == "{" and body in self._ends:
                    self._functions[self._text(at + 1)] = (body + 1, self._ends[body])
            elif self._text(at + 1) in ("=", "+=", "++", "--") and self._text(at - 1) != ".":
                known = token.text in self._values or self._text(at + 1) != "="
                self._values[token.text] = None if known else at + 2

    # ------------------------------------------------------------ statements

    def _run(self, at: int, end: int, depth: int) -> str | None:
        if depth > _DEEP:
            return None
        while at < end:
            found, at = self._statement(at, end, depth)
            if found is not None:
                return found
        return None

    def _statement(self, at: int, end: int, depth: int) -> tuple[str | None, int]:
        """Read one statement; give where it sends its readers, and where the next one begins."""
        self._steps += 1
        if self._steps > _STEPS:
            raise _Unknown
        text = self._text(at)
        if text == "{":
            close = self._ends.get(at, end)
            return self._run(at + 1, close, depth + 1), close + 1
        if text in ("try", "finally", "do") and self._text(at + 1) == "{":
            close = self._ends.get(at + 1, end)
            return self._run(at + 2, close, depth + 1), close + 1
        if text == "function" and self._text(at + 2) == "(":
            body = self._ends.get(at + 2, end) + 1
            return None, self._ends.get(body, end) + 1
        if text == "else" or (text in _HOLDERS and self._text(at + 1) == "("):
            behind = self._behind(at + 1 if text == "else" else self._ends.get(at + 1, end) + 1, end)
            # What may have ended here is no longer certain to be run.
            leaves = any(token.text in ("return", "throw") for token in self._tokens[at:behind])
            return None, end if leaves else behind
        if text in ("return", "throw"):
            if at + 1 < end and not self._tokens[at + 1].line and text == "return":
                return self._expression(at + 1, end, depth), end
            return None, end
        stop = self._end_of_statement(at, end)
        return self._expression(at, stop, depth), max(stop, at + 1)

    def _behind(self, at: int, end: int) -> int:
        """Give where the statement ends that a condition holds."""
        if at >= end:
            return end
        if self._text(at) == "{":
            return self._ends.get(at, end) + 1
        if self._text(at) in _HOLDERS and self._text(at + 1) == "(":
            return self._behind(self._ends.get(at + 1, end) + 1, end)
        return max(self._end_of_statement(at, end), at + 1)

    def _end_of_statement(self, at: int, end: int) -> int:
        start = at
        while at < end:
            token = self._tokens[at]
            if token.text == ";":
                return at + 1
            if token.text in ("}", ")") or (at > start and token.line and self._begins(at)):
                return at if at > start else at + 1
            at = self._ends.get(at, at) + 1
        return end

    def _begins(self, at: int) -> bool:
        """Tell whether a statement begins with a line."""
        before, token = self._tokens[at - 1], self._tokens[at]
        if before.text in (")", "}", "]"):
            return token.kind == "name"
        return token.kind in ("name", "text") and before.kind in ("name", "text", "number")

    # ------------------------------------------------------------ expressions

    def _expression(self, at: int, end: int, depth: int) -> str | None:
        """Read an expression that stands for itself: an assignment, a call, a function that is called on the spot."""
        if depth > _DEEP:
            return None
        while self._text(at) in ("var", "let", "const", "void", "!", "+", "await"):
            at += 1
        if self._text(at) == "(":
            return self._on_the_spot(at, end, depth)
        if self._text(at) == "function":
            return self._of_body(at, depth)
        names, at = self._names(at, end)
        path = _without_globals(names)
        sign = self._text(at)
        if sign == "=":
            if path in (["location"], ["location", "href"]):
                return self._read(at + 1, end)
            if path in (["onload"], ["onpageshow"], ["body", "onload"]):
                return self._of_callback(at + 1, depth)
        if sign == "(":
            return self._called(path, at, end, depth)
        comma = self._comma(at, end) if sign == "=" else 0
        return self._expression(comma + 1, end, depth + 1) if comma else None

    def _names(self, at: int, end: int) -> tuple[list[str], int]:
        names: list[str] = []
        while at < end and self._tokens[at].kind == "name":
            names.append(self._text(at))
            at += 1
            if self._text(at) != ".":
                break
            at += 1
        return names, at

    def _comma(self, at: int, end: int) -> int:
        while at < end:
            if self._text(at) == ",":
                return at
            at = self._ends.get(at, at) + 1
        return 0

    def _opened(self, at: int, end: int) -> str | None:
        close = self._ends.get(at, end)
        comma = self._comma(at + 1, close)
        if not comma or self._text(comma + 1).strip("'\"") not in ("_self", "_top", "_parent"):
            return None
        return self._read(at + 1, comma)

    def _called(self, path: list[str], at: int, end: int, depth: int) -> str | None:
        close = self._ends.get(at, end)
        comma = self._comma(at + 1, close)
        if path in (["location", "replace"], ["location", "assign"], ["navigate"]):
            return self._read(at + 1, close)
        if path == ["open"]:
            return self._opened(at, end)
        if path == ["setTimeout"]:
            delay = self._text(comma + 1) if comma else "0"
            soon = delay.isdecimal() and len(delay) <= 6 and int(delay) <= _SOON
            return self._of_callback(at + 1, depth) if soon else None
        if path == ["addEventListener"] and comma and self._text(at + 1).strip("'\"") in _AT_ONCE:
            return self._of_callback(comma + 1, depth)
        if path in (["$"], ["jQuery"]):
            return self._jquery(at, close, depth)
        if len(path) == 1 and path[0] in self._functions:
            return self._of_function(path[0], depth)
        return None

    def _jquery(self, at: int, close: int, depth: int) -> str | None:
        if self._text(at + 1) == "function":
            return self._of_callback(at + 1, depth)
        called = close + 3
        if self._text(called) != "(":
            return None
        about, method = self._text(at + 1), self._text(called - 1)
        if about in ("document", "window") and method in ("ready", "load"):
            return self._of_callback(called + 1, depth)
        comma = self._comma(called + 1, self._ends.get(called, called))
        if comma and method in ("attr", "prop") and self._text(close - 1) == "location":
            return self._read(comma + 1, self._ends[called])
        return None

    def _of_callback(self, at: int, depth: int) -> str | None:
        """Read what will be called: a function written here, the name of one, or (of old) its text."""
        token = self._tokens[at] if at < len(self._tokens) else None
        if token is None:
            return None
        if token.kind == "text":
            return _Reader(_tokens(_value(token.text)), self._base).first_with(self) if depth < _DEEP else None
        if token.kind == "name" and token.text in self._functions and self._text(at + 1) != "(":
            return self._of_function(token.text, depth)
        return self._of_body(at, depth)

    def first_with(self, outer: _Reader) -> str | None:
        """Give where the script sends its readers, with the functions of another one."""
        for name, (start, end) in outer._functions.items():
            if len(self._tokens) >= 3 and self._text(0) == name and self._text(1) == "(":
                return outer._run(start, end, _DEEP - 2)
        return self.first()

    def _of_function(self, name: str, depth: int) -> str | None:
        start, end = self._functions[name]
        return self._run(start, end, depth + 1)

    def _of_body(self, at: int, depth: int) -> str | None:
        """Read the function that begins here, `function () {...}` or `() => ...`."""
        if self._text(at) == "async":
            at += 1
        if self._text(at) == "function":
            at += 1 if self._text(at + 1) == "(" else 2
            body = self._ends.get(at, len(self._tokens)) + 1
        else:
            arrow = self._ends.get(at, at) + 1
            if self._text(arrow) != "=>":
                return None
            body = arrow + 1
        close = self._ends.get(body)
        if self._text(body) == "{" and close is not None:
            return self._run(body + 1, close, depth + 1)
        stop = body
        while stop < len(self._tokens) and self._text(stop) not in (",", ")", ";", "}"):
            stop = self._ends.get(stop, stop) + 1
        return self._expression(body, stop, depth + 1)

    def _on_the_spot(self, at: int, end: int, depth: int) -> str | None:
        """Read `(function () {...})()` and `(() => {...})()`; other brackets say nothing."""
        close = self._ends.get(at, end)
        inner = self._text(at + 1)
        if inner in ("function", "async", "("):
            called = self._text(close + 1) == "(" or self._text(close - 1) == ")"
            return self._of_body(at + 1, depth) if called else None
        return None

    # ------------------------------------------------------------ values

    def _read(self, at: int, end: int, depth: int = 0) -> str:
        """Read a value: literals, what is known of the address, and the sum of those."""
        if depth > _DEEP:
            raise _Unknown
        parts: list[str] = []
        while at < end and self._text(at) not in (";", ",", ")", "}"):
            if parts:
                if self._text(at) != "+":
                    if self._tokens[at].line and self._tokens[at].kind == "name":
                        break
                    raise _Unknown
                at += 1
            part, at = self._part(at, end, depth)
            parts.append(part)
        value = "".join(parts)
        if not value.strip():
            raise _Unknown
        return value

    def _part(self, at: int, end: int, depth: int) -> tuple[str, int]:
        if at >= end:
            raise _Unknown
        token = self._tokens[at]
        if token.kind == "text":
            return _value(token.text), at + 1
        if token.text == "(":
            close = self._ends.get(at, end)
            return self._read(at + 1, close, depth + 1), close + 1
        names, after = self._names(at, end)
        if names in (["encodeURIComponent"], ["escape"], ["encodeURI"]) and self._text(after) == "(":
            close = self._ends.get(after, end)
            inner = self._read(after + 1, close, depth + 1)
            return quote(inner, safe=";,/?:@&=+$#-_.!~*'()" if names == ["encodeURI"] else "-_.!~*'()"), close + 1
        if self._text(after) == "(":
            raise _Unknown
        path = _without_globals(names)
        if path[:1] == ["location"] and len(path) == 2:
            return self._of_address(path[1]), after
        start = self._values.get(names[0]) if len(names) == 1 else None
        if start is None:
            raise _Unknown
        return self._read(start, len(self._tokens), depth + 1), after

    def _of_address(self, name: str) -> str:
        link = self._base
        known = {
            "href": link, "protocol": f"{urls.scheme(link)}:", "host": urls.authority(link),
            "hostname": urls.host(link),
            "pathname": urls.path(link), "search": urls.query(link), "hash": "",
            "origin": f"{urls.scheme(link)}://{urls.authority(link)}",
        }
        if name not in known:
            raise _Unknown
        return known[name]


def _without_globals(names: list[str]) -> list[str]:
    """Drop `window.`, `top.` and the like."""
    start = next((at for at, name in enumerate(names) if name not in _GLOBALS), len(names))
    return names[start:]


def _pairs(tokens: list[_Token]) -> dict[int, int]:
    """Give for each opening bracket where it is closed."""
    pairs = {}
    open_at: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text in "([{":
            open_at.append(at)
        elif token.text in ")]}" and open_at:
            pairs[open_at.pop()] = at
    return pairs
