"""LaTeX source, looked at once: which brace closes which, what is a token, what is a macro of the document's own."""

from __future__ import annotations

import re

from msgspec import Struct

TOKEN = re.compile(
    r"\\(?:(?P<name>@{0,2}[A-Za-z]+(?:@[A-Za-z]+)*@?)(?P<star>\*?)|(?P<sign>[^A-Za-z]))"
    r"|(?P<comment>%)|(?P<open>\{)|(?P<close>\})|(?P<tie>~)|(?P<math>\${1,2})|(?P<dash>-{2,3})|(?P<quote>``|'')"
    r"|(?P<par>\n[ \t]*\n\s*)"
)
_SHAPE = re.compile(r"[{}%]|\\(?:(?P<verbatim>url|nolinkurl|path|href|URL)\s{0,9}(?=[{\[])|(?P<sign>[^A-Za-z]))")
_INSIDE = re.compile(r"\\(?:[{}%\\]|(?P<command>(?:url|href|nolinkurl|footnote)\b))|[{}]|\n[ \t]*\n")
_HEX = re.compile(r"%[0-9A-Fa-f]{2}")
_OPTION = re.compile(r"[\[\]{]|\n[ \t]*\n|\\.")
_LONGEST = 8192  # of an address
_LONGEST_OPTION = 1000


class Source(Struct, eq=False):
    """The text of a document, or what a macro expands to; then all of it stands where the macro was called."""

    text: str
    fixed: tuple[int, int] | None = None
    closing: dict[int, int] = {}

    def __post_init__(self) -> None:
        """Find which brace closes which."""
        self.closing = _closing(self.text)

    def place(self, offset: int) -> int:
        """Give where in the document something stands."""
        return self.fixed[0] if self.fixed else offset

    def end(self, offset: int) -> int:
        """Give where in the document something ends."""
        return self.fixed[1] if self.fixed else offset

    def spaces(self, at: int) -> int:
        """Skip spaces, one line end, and comments."""
        found = _SPACES.match(self.text, at)
        return found.end() if found else at

    def group(self, at: int, *, token: bool = False) -> tuple[int, int, int] | None:
        """Give where the next argument begins and ends, and what follows it; with `token`, a sign may be one."""
        at = self.spaces(at)
        if (end := self.closing.get(at)) is not None:
            return at + 1, end, end + 1
        if token and (found := _ARGUMENT.match(self.text, at)):
            return at, found.end(), found.end()
        return None

    def option(self, at: int) -> tuple[int, int, int] | None:
        """Give where the next argument in square brackets begins and ends, and what follows it."""
        start = self.spaces(at)
        if not self.text.startswith("[", start):
            return None
        depth, at, last = 0, start, start + _LONGEST_OPTION
        while found := _OPTION.search(self.text, at, last):
            sign, at = found.group(), found.end()
            if sign == "{":
                at = self.closing.get(found.start(), at - 1) + 1
            elif sign == "[":
                depth += 1
            elif sign == "]":
                depth -= 1
                if depth == 0:
                    return start + 1, found.start(), at
            elif sign[0] == "\n":
                break
        return None

    def skip(self, at: int, count: int) -> int:
        """Skip optional and mandatory arguments."""
        for _ in range(count):
            while option := self.option(at):
                at = option[2]
            found = self.group(at, token=True)
            if found is None:
                return at
            at = found[2]
        return at

    def is_comment(self, at: int) -> bool:
        """Tell a comment from an escape in an address that somebody forgot to protect."""
        if not _HEX.match(self.text, at):
            return True
        low = max(self.text.rfind(" ", max(0, at - 500), at), self.text.rfind("\n", max(0, at - 500), at)) + 1
        return "://" not in self.text[low:at]

    def behind_comment(self, at: int) -> int:
        """Give where the text goes on behind a comment: it takes the line end and the next line's margin with it."""
        end = self.text.find("\n", at)
        if end < 0:
            return len(self.text)
        found = _MARGIN.match(self.text, end + 1)
        at = found.end() if found else end + 1
        return end if self.text.startswith("\n", at) else at


_SPACES = re.compile(r"[ \t]{0,200}(?:%[^\n]*\n[ \t]{0,200})*(?:\n[ \t]{0,200}(?!\n))?(?:%[^\n]*\n[ \t]{0,200})*")
_MARGIN = re.compile(r"[ \t]{0,500}")
_ARGUMENT = re.compile(r"\\[A-Za-z@]{1,60}|\\.|[^\s{}\[\]%\\]")


def _closing(text: str) -> dict[int, int]:
    closing: dict[int, int] = {}
    opened: list[int] = []
    at = 0
    while found := _SHAPE.search(text, at):
        at = found.end()
        sign = found.group()
        if found["verbatim"]:
            if text.startswith("[", at):
                at = max(text.find("]", at, at + 200), at) + 1
            if text.startswith("{", at) and (closer := _end_of_address(text, at)) is not None:
                closing[at] = closer
                at = closer + 1
        elif sign == "{":
            opened.append(found.start())
        elif sign == "}":
            if opened:
                closing[opened.pop()] = found.start()
        elif sign == "%":
            low = max(text.rfind(" ", max(0, at - 500), at), text.rfind("\n", max(0, at - 500), at)) + 1
            if not (_HEX.match(text, found.start()) and "://" in text[low:at]):
                end = text.find("\n", at)
                at = end if end >= 0 else len(text)
    return closing


def _end_of_address(text: str, start: int) -> int | None:
    """Find the brace that closes an address, in which a percent sign begins no comment."""
    depth, at = 0, start
    while found := _INSIDE.search(text, at, start + _LONGEST):
        sign, at = found.group(), found.end()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                return found.start()
        elif sign[0] == "\n" or found["command"]:
            return None
    return None


class Macro(Struct, frozen=True):
    """A command that the document defines."""

    body: str
    count: int = 0
    default: str | None = None  # of the first argument, when that is optional
    optional: tuple[bool, ...] = ()  # for each argument, when the document says so


_NAME = re.compile(r"\s{0,9}\{?\s{0,9}\\(?P<name>[A-Za-z@]{1,60})\s{0,9}\}?")
_PARAMETERS = re.compile(r"(?:#(\d)|[^#{}\n\\])*(?=\{)")
_SPEC = re.compile(r"[mrvoOsdDg]")


def definition(source: Source, at: int, kind: str) -> tuple[str, Macro | None, int]:
    """Read a definition: the name, what it means, and what follows. `kind` is "new", "document" or "def"."""
    found = _NAME.match(source.text, at)
    if not found:
        return "", None, at
    name, at = found["name"], found.end()
    macro = None
    if kind == "def":
        given = _PARAMETERS.match(source.text[at : at + 200])
        count = given.group().count("#") if given else 0
        at += given.end() if given else 0
        if body := source.group(at):
            macro, at = Macro(source.text[body[0] : body[1]], count), body[2]
    elif kind == "document":
        spec = source.group(at)
        if spec and (body := source.group(spec[2])):
            written = re.sub(r"\{[^{}]*\}|[+!>]", "", source.text[spec[0] : spec[1]])
            flags = tuple(letter in "oOsdDg" for letter in _SPEC.findall(written))
            macro, at = Macro(source.text[body[0] : body[1]], len(flags), optional=flags), body[2]
    else:
        count, default = 0, None
        if number := source.option(at):
            digits = source.text[number[0] : number[1]].strip()
            count, at = int(digits) if digits.isdigit() and len(digits) < 2 else 0, number[2]
            if first := source.option(at):
                default, at = source.text[first[0] : first[1]], first[2]
        if body := source.group(at, token=True):
            macro, at = Macro(source.text[body[0] : body[1]], count, default), body[2]
    return name, macro, at


def arguments(source: Source, at: int, macro: Macro) -> tuple[list[str], int]:
    """Read the arguments of a call."""
    given: list[str] = []
    for index in range(macro.count):
        optional = macro.optional[index] if macro.optional else index == 0 and macro.default is not None
        if optional:
            option = source.option(at)
            given.append(source.text[option[0] : option[1]] if option else macro.default or "")
            at = option[2] if option else at
            continue
        found = source.group(at, token=True)
        if found is None:
            given.append("")
            continue
        given.append(source.text[found[0] : found[1]])
        at = found[2]
    return given, at


def expanded(macro: Macro, given: list[str]) -> str:
    """Put the arguments into the body of a macro."""
    if not given:
        return macro.body

    def argument(found: re.Match[str]) -> str:
        number = int(found.group(1)) - 1
        return given[number] if 0 <= number < len(given) else ""

    return re.sub(r"#(\d)", argument, macro.body)
