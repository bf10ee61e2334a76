"""What LaTeX's preamble says: definitions, options, title and authors, counters, and what a document includes."""

from __future__ import annotations

import re

from archiver.documents.latex import commands
from archiver.documents.latex.core import RICH
from archiver.documents.latex.notes import Notes
from archiver.documents.latex.source import Macro, Source, definition
from archiver.documents.latex.text import plain
from archiver.documents.notes import headings

_MACROS = 5000
_PDF = re.compile(r"\b(pdftitle|pdfauthor|pdflang)\s*=\s*(?:\{((?:[^{}]|\{[^{}]{0,300}\}){0,500})\}|([^,{}]{1,300}))")
_IN_FOOTNOTES = re.compile(
    r"autocite\s*=\s*\{?(?:foot|super)|(?:^|,)\s*(?:cite)?style\s*=\s*\{?(?:verbose|authortitle|footnote-dw|chicago-notes|mla-footnotes)"
)
_GROUP = re.compile(r"\\(?:(begingroup|bgroup)|endgroup|egroup)(?![A-Za-z@])")
_SCOPES = 100  # changes in groups that are followed


class Preamble(Notes):
    """Knows the commands that say something about the document, or change it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.included: list[str] = []
        self._scoped = 0
        self.said: dict[str, list[str]] = {}  # sources of the arguments of \\title and the like
        self.languages: list[str] = []  # options of babel
        self.options: list[str] = []  # of the document class
        self.selected: str | None = None
        self._learn(commands.DEFINERS | commands.NEW_DEFINERS | commands.PRIMITIVE_DEFINERS, self._define)
        self._learn(("let",), self._let)
        self._learn(("urldef",), self._urldef)
        self._learn(("DeclareUrlCommand",), self._url_command)
        self._learn(("title", "author", "date", "journal", "publishers", "subtitle"), self._say_of_itself)
        self._learn(("documentclass", "usepackage", "hypersetup"), self._options)
        self._learn(("setdefaultlanguage", "setmainlanguage", "selectlanguage"), self._select)
        self._learn(commands.INCLUDES | commands.INCLUDES_FROM, self._include)
        self._learn(commands.HEADINGS, self._heading)
        self._learn(("setcounter", "addtocounter", "stepcounter", "refstepcounter"), self._counter)
        self._learn(("counterwithin", "counterwithout"), self._counter)

    def _define(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        name = token["name"]
        kind = "def" if name in commands.PRIMITIVE_DEFINERS else "document" if name in commands.NEW_DEFINERS else "new"
        defined, macro, at = definition(source, at, kind)
        if macro is None:
            return at
        if defined == "thefootnote":
            self._numbers.formatted("footnote", macro.body, self._scope(source, token.start()))
        elif defined == "theendnote":
            self._numbers.formatted("endnote", macro.body)
        elif len(self._macros) < _MACROS and self._may_mean(defined, macro):
            self._macros[defined] = macro
        return at

    def _scope(self, source: Source, at: int) -> int | None:
        """Give where the group ends in which a place stands: braces, \\begingroup, an environment."""
        self._scoped += 1
        if self._scoped > _SCOPES:
            return None
        low = max((opened for opened, closed in source.closing.items() if opened < at < closed), default=-1)
        ends = [source.closing[low]] if low >= 0 else []
        depth = 0
        for found in _GROUP.finditer(source.text, max(0, at - 5000), at):
            depth = max(0, depth + (1 if found.group(1) else -1))
        for found in _GROUP.finditer(source.text, at, at + 20_000) if depth else ():
            depth += 1 if found.group(1) else -1
            if depth <= 0:
                ends.append(found.start())
                break
        if self._environments:
            ends.append(source.text.find(f"\\end{{{self._environments[-1].name}}}", at))
        ends = [one for one in ends if one >= 0]
        if not ends:
            return None
        return source.fixed[1] if source.fixed else source.place(min(ends))

    def _may_mean(self, name: str, macro: Macro) -> bool:
        """Tell whether a definition counts: a command of packages keeps its meaning, unless it is made a link."""
        linked = RICH.search(macro.body) is not None
        if linked and name in commands.SOFT:
            self._commands.pop(name, None)
        return name not in self._commands and (linked or name not in commands.SILENT)

    def _let(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = re.compile(r"\s*\\([A-Za-z@]{1,60})\s*=?\s*\\([A-Za-z@]{1,60})").match(source.text, at)
        if not found:
            return at
        name, meant = found.groups()
        if name == "thefootnote" and meant in ("relax", "empty"):
            self._numbers.formatted("footnote", "", self._scope(source, token.start()))
        if meant in self._macros:
            self._macros[name] = self._macros[meant]
        elif name not in self._commands and meant in commands.URLS:
            self._macros[name] = Macro(f"\\{meant}{{#1}}", 1)
        elif name not in self._commands and meant in commands.HREFS:
            self._macros[name] = Macro(f"\\{meant}{{#1}}{{#2}}", 2)
        return found.end()

    def _urldef(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = re.compile(r"\s*\{?\s*\\([A-Za-z@]{1,60})\s*\}?\s*\\(?:url|path|nolinkurl)\s*").match(source.text, at)
        argument = self._argument(source, found.end()) if found else None
        if found is None or argument is None:
            return at
        self._macros[found.group(1)] = Macro(f"\\url{{{source.text[argument[0] : argument[1]]}}}")
        return argument[2]

    def _url_command(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = re.compile(r"\s*\{?\s*\\([A-Za-z@]{1,60})\s*\}?").match(source.text, at)
        if found is None:
            return at
        if found.group(1) not in self._commands:
            self._macros[found.group(1)] = Macro("\\url{#1}", 1)
        return source.skip(found.end(), 1)

    def _say_of_itself(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        name = token["name"]
        while option := source.option(at):
            at = option[2]
        found = source.group(at)
        if found is None:
            return at
        written = source.text[found[0] : found[1]]
        if len(self.said.setdefault(name, [])) < 100:
            self.said[name].append(_without_notes(source, found[0], found[1]))
        silent, self._silent = self._silent, False
        if written.strip():
            self.gathering.apart()
            self._walk(source, found[0], min(found[1], end))
            self.gathering.apart()
        self._silent = silent
        return found[2]

    def _options(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        option = source.option(at)
        written = source.text[option[0] : option[1]] if option else ""
        found = source.group(option[2] if option else at)
        if found is None:
            return at
        name = source.text[found[0] : found[1]].strip()
        options = [part.strip().replace(" ", "") for part in written.split(",") if part.strip()]
        if token["name"] == "documentclass":
            self.options = options
            self._numbers.restarts = name.lower() in commands.RESTARTING or name.lower().endswith(("thesis", "book"))
            # Thanks have signs, but numbers on a title page of its own.
            if "titlepage" in options or (name in ("report", "book") and "notitlepage" not in options):
                self._numbers.formatted("thanks", r"\arabic")
        elif token["name"] == "hypersetup" or "hyperref" in name:
            for key, braced, loose in _PDF.findall(source.text[found[0] : found[1]] + "," + written):
                self.said.setdefault(key, []).append(plain(braced or loose))
            if language := self.said.get("pdflang"):
                self.selected = self.selected or language[0] or None
        elif name == "babel":
            self.languages = options
        elif "biblatex" in name:
            self._autocites = _IN_FOOTNOTES.search(written) is not None and "autocite=inline" not in options
        return found[2]

    def _select(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        while option := source.option(at):
            at = option[2]
        found = source.group(at)
        if found is None:
            return at
        code = commands.LANGUAGES.get(source.text[found[0] : found[1]].strip().lower())
        self.selected = self.selected or code
        if token["name"] != "selectlanguage" and code:
            self.selected = code
        return found[2]

    def _include(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        name = token["name"]
        while option := source.option(at):
            at = option[2]
        found = source.group(at)
        if found is None:
            loose = re.compile(r"[ \t]+([\w./-]{1,200})").match(source.text, at)
            if loose and name == "input":
                self._included(loose.group(1), ".tex")
            return loose.end() if loose else at
        written, at = source.text[found[0] : found[1]], found[2]
        if name in commands.INCLUDES_FROM and (second := source.group(at)):
            written, at = f"{written.rstrip('/')}/{source.text[second[0] : second[1]]}", second[2]
        suffix = ".bib" if name in ("bibliography", "addbibresource") else ".tex"
        for one in written.split(",") if suffix == ".bib" else [written]:
            self._included(one, suffix)
        return at

    def _included(self, written: str, suffix: str) -> None:
        name = " ".join(written.split())
        if name and not name.startswith("\\jobname") and len(self.included) < 1000:
            self.included.append(name if "." in name.rpartition("/")[2] else name + suffix)

    def _heading(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        if option := source.option(at):
            at = option[2]
        found = source.group(at)
        if found is None:
            return at
        if token["name"] in ("chapter", "addchap") and not token["star"]:
            self._numbers.chapter()
        self.said.setdefault("heading", [_without_notes(source, found[0], found[1])])
        self.gathering.apart()
        self.gathering.references = headings.announces_references(plain(source.text[found[0] : found[1]]))
        self._walk(source, found[0], min(found[1], end))
        self.gathering.apart()
        return found[2]

    def _counter(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        name = token["name"]
        found = source.group(at)
        if found is None:
            return at
        counter = source.text[found[0] : found[1]].strip()
        if name in ("stepcounter", "refstepcounter"):
            self._numbers.change(counter, 1, add=True)
            return found[2]
        value = source.group(found[2])
        if value is None:
            return found[2]
        written = source.text[value[0] : value[1]].strip()
        if name.startswith("counterwith"):
            if counter == "footnote" and written == "chapter":
                self._numbers.restarts = name == "counterwithin"
        elif re.fullmatch(r"-?\d{1,5}", written):
            self._numbers.change(counter, int(written), add=name == "addtocounter")
        return value[2]


def _without_notes(source: Source, start: int, end: int) -> str:
    """Give an argument without the notes and marks in it."""
    pieces, at = [], start
    noise = re.compile(r"\\(?:thanks|footnote(?:mark|text)?|inst|email|orcid\w*|label|affil|institute|url|href)\b\*?")
    for found in noise.finditer(source.text, start, end):
        if found.start() < at:
            continue
        pieces.append(source.text[at : found.start()])
        behind = found.end()
        while option := source.option(behind):
            behind = option[2]
        if found.group().rstrip("*") != "\\footnotemark" and (group := source.group(behind)):
            behind = group[2]
        at = min(behind, end)
    return _COMMENT.sub("", "".join([*pieces, source.text[at:end]]))


_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?[ \t]*")
