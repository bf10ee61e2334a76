"""The numbers that LaTeX gives to notes: counters, marks and bodies that stand apart, and how numbers are shown."""

from __future__ import annotations

import re

from msgspec import Struct, field

_SYMBOLS = ("*", "†", "‡", "§", "¶", "‖", "**", "††", "‡‡")
_SHOWN = re.compile(r"\\@?(?P<style>arabic|roman|Roman|alph|Alph|fnsymbol)(?![A-Za-z])")


def shown(number: int, style: str) -> str:
    """Write a number as a counter's style has it."""
    if style == "fnsymbol":
        return _SYMBOLS[number - 1] if 0 < number <= len(_SYMBOLS) else str(number)
    if style in ("alph", "Alph") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if style == "Alph" else letter
    if style in ("roman", "Roman") and 0 < number < 400:
        roman = _roman(number)
        return roman.upper() if style == "Roman" else roman
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written += letters
            number -= value
    return written


_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class _Run(Struct):
    """Marks without a number of their own, and the bodies that follow them before any other mark."""

    marks: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)


class Numbers:
    """All counters of one document."""

    def __init__(self) -> None:
        self.restarts = False  # at each chapter
        self.tables = 0
        self.referred: list[str] = []
        self._counts: dict[str, int] = {}
        self._styles = {"thanks": "fnsymbol"}
        self._epoch = 0
        self._unique = 0
        self._runs: dict[str, list[_Run]] = {}
        self._used: set[str] = set()
        self._scopes: list[tuple[int, str, str]] = []  # ends of groups, and how a counter was shown before them
        self._numbered: dict[str, int] = {}  # how many bodies with a number of their own there are
        self._pointing: dict[str, tuple[str, int]] = {}  # marks with a number: to which of its bodies

    def unique(self) -> int:
        """Give a number that nothing else has."""
        self._unique += 1
        return self._unique

    def chapter(self) -> None:
        """Begin a chapter."""
        if self.restarts:
            for name in ("footnote", "sidenote"):
                self._counts[name] = 0
                self._run(name, new=True)
            self._epoch += 1

    def _run(self, counter: str, *, new: bool = False) -> _Run:
        runs = self._runs.setdefault(counter, [_Run()])
        if new and (runs[-1].marks or runs[-1].bodies):
            runs.append(_Run())
        return runs[-1]

    def change(self, counter: str, value: int, *, add: bool) -> None:
        """Set or raise a counter."""
        before = self._counts.get(counter, 0)
        self._counts[counter] = before + value if add else value
        self._run(counter, new=True)  # the document counts by itself: nothing is to be guessed

    def formatted(self, counter: str, body: str, end: int | None = None) -> None:
        """Note how a counter is shown from here on, or to the end of a group."""
        if end is not None:
            self._scopes.append((end, counter, self._styles.get(counter, "arabic")))
        if found := _SHOWN.search(body):
            self._styles[counter] = found["style"]
        elif not body.strip() or "\\relax" in body:
            self._styles[counter] = "none"

    def reach(self, place: int) -> None:
        """Forget what held in groups that are over."""
        while self._scopes and self._scopes[-1][0] <= place:
            _, counter, style = self._scopes.pop()
            self._styles[counter] = style

    def _key(self, counter: str, number: int | str) -> str:
        return f"{counter}:{self._epoch}:{number}"

    def _label(self, counter: str, number: int | str) -> str:
        if isinstance(number, str) and not number.isdigit():
            return number
        style = self._styles.get(counter, "arabic")
        return shown(int(number), style) if style != "none" else ""

    def noted(self, counter: str, number: str | None) -> tuple[str, str]:
        """Give key and label of a note that has its body with it."""
        value: int | str
        if number is None:
            value = self._counts[counter] = self._counts.get(counter, 0) + 1
        else:
            value = number
        key = self._key(counter, value)
        if key in self._used:
            key = f"{key}#{self.unique()}"
        self._used.add(key)
        return key, self._label(counter, value)

    def boxed(self, number: int) -> tuple[str, str]:
        """Give key and label of a note in a box, which has letters."""
        return f"box:{self.unique()}", shown(number, "alph")

    def marked(self, counter: str, number: str | None) -> tuple[str, str]:
        """Give key and label of a mark that has its body elsewhere."""
        if number is not None and number:
            own = self._key(counter, number)
            turn = self._numbered.get(own, 0) + 1
            self._pointing[f"{own}@{turn}"] = (own, turn)
            return f"{own}@{turn}", self._label(counter, number)
        value = self._counts[counter] = self._counts.get(counter, 0) + 1
        key = self._key(counter, value)
        run = self._run(counter)
        self._run(counter, new=bool(run.bodies)).marks.append(key)
        return key, self._label(counter, value)

    def bodied(self, counter: str, number: str | None) -> tuple[str, str]:
        """Give key and label of a body that has its mark elsewhere."""
        if number is not None and number:
            own = self._key(counter, number)
            turn = self._numbered[own] = self._numbered.get(own, 0) + 1
            return f"{own}@{turn}", self._label(counter, number)
        value = self._counts.get(counter, 0)
        key = self._key(counter, value)
        if key in self._used:
            # That number has its note already: this one has none.
            return f"{key}#{self.unique()}", ""
        run = self._run(counter)
        if len(run.marks) > 1 or run.bodies:
            # Several marks, then several bodies: by their order, when all are known.
            key = f"{key}#{self.unique()}"
            run.bodies.append(key)
        return key, self._label(counter, value)

    def paired(self) -> dict[str, str]:
        """Give the marks to which bodies belong that followed several of them, or have numbers of their own.

        A number may come again, in each table for itself: a mark points to the next body of its number, else to the
        last one, else to the note that was counted so.
        """
        pairs: dict[str, str] = {}
        for run in (run for runs in self._runs.values() for run in runs):
            marks = run.marks[-len(run.bodies) :] if run.bodies else []
            pairs.update(zip(run.bodies, marks, strict=False))
        for key, (own, turn) in self._pointing.items():
            bodies = self._numbered.get(own, 0)
            if turn > bodies:
                pairs[key] = f"{own}@{bodies}" if bodies else own
        counted = {mark for runs in self._runs.values() for run in runs for mark in run.marks}
        for own in self._numbered:
            if own in counted and f"{own}@1" not in self._pointing:
                pairs[f"{own}@1"] = own
        return pairs

    def refer(self, name: str) -> str:
        """Give the key of a mark that points to a note by its label."""
        self.referred.append(name.strip())
        return f"ref:{name.strip()}"
