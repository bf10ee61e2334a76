"""The walk over a LaTeX document: environments, bibliographies, and what is no text. The rest it knows already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.documents.latex import bibtex, commands
from archiver.documents.latex.core import RICH, Environment
from archiver.documents.latex.preamble import Preamble
from archiver.documents.latex.text import plain
from archiver.model import CitationKind

if TYPE_CHECKING:
    from archiver.documents.draft import Draft
    from archiver.documents.latex.source import Source

_BEGIN = re.compile(r"^[^%\n]{0,200}?\\begin\s{0,9}\{document\}", re.MULTILINE)
_IF = re.compile(r"\\(?P<what>if[A-Za-z]*|fi)(?![A-Za-z])")


class Walk(Preamble):
    """One document, from its beginning to its end."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.listed: list[Draft] = []  # works in bibliographies that are written into the document
        self.inside: set[str] = set()  # files that are
        self._missing: set[str] = set()  # ends that were looked for in vain
        self._learn(("bibitem",), self._bibitem)
        self._learn(("begin",), self._begin)
        self._learn(("end",), self._end)
        self._learn(("item",), self._item)
        self._learn(commands.VERBS, self._verb)
        self._learn(("iffalse",), self._iffalse)
        self._learn(("string",), self._string)

    def run(self) -> None:
        """Read the document."""
        source = self._source
        begin = _BEGIN.search(source.text)
        if begin:
            self._silent = True
            self._walk(source, 0, begin.end())
            self._silent = False
            self.gathering.apart()
        self._walk(source, begin.end() if begin else 0, len(source.text))
        while self._environments:
            self._leave(self._environments.pop(), len(source.text))
        keys, unknown = self._numbers.paired(), []
        for key in [f"ref:{name}" for name in self._numbers.referred]:
            if (meant := self._keys.get(key)) is not None:
                keys[key] = meant
            else:
                unknown.append(key)
        self.gathering.rename(keys)
        self.gathering.drop(unknown)

    def _bibitem(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        box = next((one for one in reversed(self._environments) if one.name == "thebibliography"), None)
        if box is None:
            box = Environment("thebibliography", listed=self.gathering.references)
            self._environments.append(box)
        if box.note:
            self.gathering.close(source.place(token.start()))
        box.count += 1
        label = str(box.count)
        if option := source.option(at):
            # natbib's labels: "Short(year)Long".
            written = plain(source.text[option[0] : option[1]])
            short = re.match(r"(.{1,100}?)\s?\((\d{4}\w?)\)", written)
            label, at = f"{short.group(1)} ({short.group(2)})" if short else written or label, option[2]
        found = source.group(at)
        at = found[2] if found else at
        key = f"bib:{self._numbers.unique()}"
        box.note = self.gathering.open(key, label[:100], source.place(token.start()), kind=CitationKind.REFERENCE)
        return at

    def _begin(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = source.group(at)
        if found is None:
            return at
        name, at = source.text[found[0] : found[1]].strip(), found[2]
        plainly = name.rstrip("*")
        if plainly in commands.DEAF and (closing := self._closing(source, f"\\end{{{name}}}", at, end)) >= 0:
            if plainly == "filecontents":
                self._file(source, at, closing)
            if not self._silent:
                self.gathering.apart()
            return closing + len(name) + 6
        if name == "document":
            return at
        box = Environment(name)
        self._environments.append(box)
        if not self._silent:
            self.gathering.apart()
        if name == "thebibliography":
            box.listed, self.gathering.references = self.gathering.references, True
        elif name == "tablenotes":
            box.listed = True
        elif name == "threeparttable":
            self._numbers.tables += 1
        count = commands.ARGUMENTS.get(name, 0)
        if option := source.option(at) if source.text.startswith("[", at) else None:
            if RICH.search(source.text, option[0], option[1]):
                self._walk(source, option[0], option[1])
            at = option[2]
        return source.skip(at, count)

    def _file(self, source: Source, at: int, closing: int) -> None:
        option = source.option(at)
        name = source.group(option[2] if option else at)
        if name is None:
            return
        self.inside.add(called := source.text[name[0] : name[1]].strip())
        if source.fixed is None and called.endswith(".bib"):
            for work in bibtex.drafts(source.text, name[2], closing):
                self.listed.append(work)
                self.works.setdefault(work.text, []).append(work)

    def _closing(self, source: Source, closer: str, at: int, end: int) -> int:
        """Find where something closes; what is nowhere is looked for once."""
        if source.fixed is None and closer in self._missing:
            return -1
        closing = source.text.find(closer, at, end)
        if closing < 0 and source.fixed is None and end == len(source.text):
            self._missing.add(closer)
        return closing

    def _end(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = source.group(at)
        if found is None:
            return at
        name = source.text[found[0] : found[1]].strip()
        if name == "document" and source.fixed is None:
            self._over = True
            return end
        if any(one.name == name for one in self._environments[-50:]):
            while self._environments:
                box = self._environments.pop()
                self._leave(box, source.place(token.start()))
                if box.name == name:
                    break
        if not self._silent:
            self.gathering.apart()
        return found[2]

    def _leave(self, box: Environment, at: int) -> None:
        if box.note:
            self.gathering.close(at)
        if box.name == "thebibliography":
            self.gathering.references = box.listed

    def _item(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        at = self._behind_name(source, at)
        box = self._environments[-1] if self._environments else None
        option = source.option(at)
        if box is not None and box.name == "tablenotes":
            if box.note:
                self.gathering.close(source.place(token.start()))
            box.count += 1
            label = plain(source.text[option[0] : option[1]]) if option else str(box.count)
            box.note = self.gathering.open(f"table:{self._numbers.tables}:{label}", label, source.place(token.start()))
            return option[2] if option else at
        if not self._silent:
            self.gathering.apart()
        if option:
            self._walk(source, option[0], option[1])
            self._put(" ", source, option[1])
            return option[2]
        if box is not None and box.name == "enumerate":
            box.count += 1
            self._put(f"{box.count}. ", source, token.start())
        return at

    def _verb(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        name = token["name"]
        if name == "mintinline":
            at = source.skip(at, 1)
        if name != "verb" and (option := source.option(at)):
            at = option[2]
        if name != "verb" and (found := source.group(at)):
            inside, at = source.text[found[0] : found[1]], found[2]
        else:
            sign = source.text[at : at + 1]
            line = source.text.find("\n", at)
            line = end if line < 0 else min(line, end)
            closing = source.text.find(sign, at + 1, min(line, at + 2000)) if sign and not sign.isspace() else -1
            if closing < 0:
                return at
            inside, at = source.text[at + 1 : closing], closing + 1
        if not self._silent:
            self.gathering.code(inside, source.place(token.start()))
        return at

    def _iffalse(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        depth, behind = 1, at
        if "\\fi" in self._missing:
            return at
        for found in _IF.finditer(source.text, at, end):
            depth += 1 if found["what"] != "fi" else -1
            if depth == 0:
                return found.end()
        self._missing.add("\\fi")
        return behind

    def _string(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        self._say(source, at, min(at + 1, end))
        return at + 1
