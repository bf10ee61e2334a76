"""Notes in LaTeX: bodies, marks and what refers to them; citations that become notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.documents.latex import commands
from archiver.documents.latex.core import RAISED, Environment
from archiver.documents.latex.links import Links
from archiver.documents.latex.text import plain

if TYPE_CHECKING:
    from archiver.documents.draft import Draft
    from archiver.documents.latex.source import Source


class Notes(Links):
    """Knows the commands for notes."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._autocites = False  # \\autocite makes notes
        self._keys: dict[str, str] = {}  # of notes, by their labels
        self._open: list[str] = []
        self.works: dict[str, list[Draft]] = {}  # of a bibliography in the document, by their keys
        self._learn(commands.NOTES, self._note)
        self._learn(commands.MARKS, self._mark)
        self._learn(commands.TEXTS, self._note_text)
        self._learn(("footref",), self._reference)
        self._learn(("tnote",), self._table_mark)
        self._learn(commands.FOOT_CITES, self._foot_cite)
        self._learn(commands.AUTO_CITES, self._auto_cite)
        self._learn(commands.CITES, self._cite)
        self._learn(("fullcite",), self._full_cite)
        self._learn(("label",), self._label)
        self._learn(("marginpar", "marginnote"), self._margin)
        self._learn(("textsuperscript",), self._superscript)

    def _body(self, source: Source, key: str, label: str, start: int, found: tuple[int, int, int], end: int) -> int:
        opened = self.gathering.open(key, label, source.place(start))
        silent, self._silent = self._silent, False
        linked, self._linked = self._linked, 0
        self._open.append(key)
        self._walk(source, found[0], min(found[1], end))
        self._open.pop()
        self._silent, self._linked = silent, linked
        if opened:
            self.gathering.close(source.end(found[2]))
        return found[2]

    def _boxed(self) -> Environment | None:
        return next((one for one in reversed(self._environments) if one.name == "minipage"), None)

    def _note(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        self._numbers.reach(source.place(token.start()))
        counter = commands.NOTES[token["name"]]
        at = self._behind_name(source, at)
        number = None
        while option := source.option(at):
            written = source.text[option[0] : option[1]].strip()
            number, at = written if written.isdigit() and len(written) < 6 else number, option[2]
        found = source.group(at)
        if found is None:
            return at
        box = self._boxed() if counter == "footnote" and number is None else None
        if box is not None:
            box.footnotes += 1
            key, label = self._numbers.boxed(box.footnotes)
        else:
            key, label = self._numbers.noted(counter, number)
        self.gathering.mark(key, label, source.place(token.start()), source.end(found[2]))
        return self._body(source, key, label, token.start(), found, end)

    def _mark(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        self._numbers.reach(source.place(token.start()))
        at = self._behind_name(source, at)
        number = None
        if option := source.option(at):
            number, at = source.text[option[0] : option[1]].strip(), option[2]
            if referred := re.search(r"\\ref\s*\{([^{}]+)\}", number):
                key = self._numbers.refer(referred.group(1))
                self.gathering.mark(key, "?", source.place(token.start()), source.end(at))
                return at
        key, label = self._numbers.marked(commands.MARKS[token["name"]], number)
        if not self._silent:
            self.gathering.mark(key, label, source.place(token.start()), source.end(at))
        return at

    def _note_text(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        self._numbers.reach(source.place(token.start()))
        number = None
        at = self._behind_name(source, at)
        if option := source.option(at):
            number, at = source.text[option[0] : option[1]].strip(), option[2]
        found = source.group(at)
        if found is None:
            return at
        key, label = self._numbers.bodied(commands.TEXTS[token["name"]], number)
        return self._body(source, key, label, token.start(), found, end)

    def _reference(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = source.group(at)
        if found is None:
            return at
        key = self._numbers.refer(source.text[found[0] : found[1]])
        self.gathering.mark(key, "?", source.place(token.start()), source.end(found[2]))
        return found[2]

    def _label(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = source.group(at)
        if found is None:
            return at
        if self._open:
            self._keys.setdefault(f"ref:{source.text[found[0] : found[1]].strip()}", self._open[-1])
        return found[2]

    def _table_mark(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = source.group(at)
        if found is None:
            return at
        for sign in source.text[found[0] : found[1]].split(","):
            label = plain(sign)
            key = f"table:{self._numbers.tables}:{label}"
            self.gathering.mark(key, label, source.place(token.start()), source.end(found[2]))
        return found[2]

    def _cited(self, source: Source, token: re.Match[str], at: int) -> tuple[str, list[Draft], int]:
        """Read the arguments of a citation: what it says, and the works that it means, when they are known."""
        around: list[str] = []
        keys: list[str] = []
        while True:
            if option := source.option(at):
                around.append(plain(source.text[option[0] : option[1]]))
                at = option[2]
            elif (not keys or token["name"].endswith("cites")) and (found := source.group(at)):
                keys += [plain(key) for key in source.text[found[0] : found[1]].split(",")]
                at = found[2]
            else:
                break
        works = [work for key in keys for work in self.works.get(key, [])]
        keys = [work[0].context or key if (work := self.works.get(key)) else key for key in keys]
        before = around[0] if len(around) > 1 else ""
        behind = around[-1] if around else ""
        return ", ".join(part for part in (f"{before} {', '.join(keys)}".strip(), behind) if part), works, at

    def _cite(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        return self._cited(source, token, at)[2]

    def _full_cite(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        words, works, at = self._cited(source, token, at)
        if works and not self._silent:
            self._work(words, works, source.place(token.start()), source.end(at))
        return at

    def _work(self, words: str, works: list[Draft], start: int, end: int) -> None:
        low = self.gathering.here()
        self.gathering.say(words, start)
        for work in works:
            if work.url:
                self.gathering.link(start, end, work.url, low, text=words)

    def _foot_cite(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        self._numbers.reach(source.place(token.start()))
        words, works, at = self._cited(source, token, at)
        if words:
            key, label = self._numbers.noted("footnote", None)
            self.gathering.mark(key, label, source.place(token.start()), source.end(at))
            if self.gathering.open(key, label, source.place(token.start())):
                self._work(words, works, source.place(token.start()), source.end(at))
                self.gathering.close(source.end(at))
        return at

    def _auto_cite(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        if self._autocites and not self.gathering.in_note:
            return self._foot_cite(source, token, at, end)
        return self._cited(source, token, at)[2]

    def _margin(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        option = source.option(at)
        found = source.group(option[2] if option else at)
        if found is None:
            return at
        self._put(" ", source, token.start())
        self._walk(source, found[0], min(found[1], end))
        self._put(" ", source, token.start())
        return found[2]

    def _superscript(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = source.group(at)
        if found is None:
            return at
        inside = source.text[found[0] : found[1]].strip()
        if referred := re.fullmatch(r"\\ref\s*\{([^{}]+)\}", inside):
            key = self._numbers.refer(referred.group(1))
            self.gathering.mark(key, "?", source.place(token.start()), source.end(found[2]))
        elif inside.isascii() and inside.isdigit() and len(inside) < 4:
            self._put(inside.translate(RAISED), source, token.start())
        else:
            self._walk(source, found[0], min(found[1], end))
        return found[2]
