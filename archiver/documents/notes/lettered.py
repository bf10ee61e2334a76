"""Notes marked with letters and roman numerals in running text: `word[a]`, `word^iv`, raised letters. Candidates only.

Letters make words and lists, too: so a letter counts as a marker only where a line that begins with it follows, or
where it stands in a series of which most do.
"""

from __future__ import annotations

import re
from heapq import merge
from typing import TYPE_CHECKING

from archiver.documents.notes.bodies import Body, listed
from archiver.documents.notes.markers import Candidate, Style
from archiver.documents.prose import word_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archiver.documents.notes.bodies import Run

    Family = tuple[
        str, list[Candidate], Callable[[str], Iterator[Body]], Callable[[Run, Sequence[Candidate], int], bool]
    ]

_RAISED_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_PLAIN = str.maketrans(_RAISED_LETTERS, "abcdefghijklmnoprstuvwxyz")
_LABEL = r"(?:[a-z]|[A-Z]|[ivx]{2,6}|[IVX]{2,6})"
_SIGN = re.compile(
    rf"\[(?P<bracket>{_LABEL}(?:,\s?{_LABEL}){{0,4}})\](?![(:\w])|\^[(\[]?(?P<caret>{_LABEL})[)\]]?(?![\w^(])"
    rf"|\((?P<paren>{_LABEL})\)(?!\w)|(?P<raised>[{_RAISED_LETTERS}]{{1,5}})(?![{_RAISED_LETTERS}\w])"
)
_LINE = re.compile(
    r"^[ \t\u00a0\ufeff>]{0,40}(?:"
    rf"\[\^?(?P<bracket>{_LABEL})\][.:]?(?![(\w])"
    rf"|\((?P<paren>{_LABEL})\)"
    rf"|\^[(\[]?(?P<caret>{_LABEL})[)\].:]{{0,2}}(?=[ \t]|http)"
    rf"|(?P<raised>[{_RAISED_LETTERS}]{{1,5}})[.:)]?"
    rf"|(?P<stop>{_LABEL})[.):](?=[ \t\u00a0]|https?:|www\.)"
    r"|(?P<space>[a-z]|[ivx]{2,6})(?=[ \t]{1,4}(?:[\"“«‘„]?[A-Z]|https?:|www\.))"
    r")",
    re.MULTILINE,
)
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_MOST = 20_000
_LETTERS = 26


def families(text: str) -> Iterator[Family]:
    """Give the ways to read a text's letters as markers: letters from a, roman numerals, and letters from any."""
    found = _found(text)
    if not found:
        return
    lettered = [one for one in found if len(one.label) == 1]
    roman = [
        Candidate(one.at, one.start, one.end, value, one.weight, one.style, one.stem, label=one.label)
        for one in found
        if (value := _number(one.label))
    ]
    if lettered:
        yield "letter", lettered, _letters, _from_the_first
    if roman:
        yield "roman", roman, _romans, _from_the_first
    if lettered:
        yield "some", lettered, _letters, _bracketed


def _found(text: str) -> list[Candidate]:
    found: list[Candidate] = []
    for count, match in enumerate(_SIGN.finditer(text)):
        if count > _MOST:
            break
        at, style = match.start(), Style(str(match.lastgroup))
        before = text[at - 1 : at] if at else "\n"
        if before == "\n" or (style is Style.RAISED and before.isspace()):
            continue
        stem, start = word_before(text, at)
        glued = stem and not any(sign.isspace() for sign in text[start:at])
        weight = {Style.BRACKET: 1.0, Style.RAISED: 1.0, Style.CARET: 0.9}.get(style, 0.4)
        if before.isspace():
            weight = min(weight, 0.35)
        elif style in (Style.CARET, Style.RAISED) and len(stem) < 3 and (before.isalnum() or before == ")"):
            weight = 0.1  # x^a
        elif before in tuple("=({<&|/\\]") and not (found and found[-1].end == at):
            weight = 0.1
        elif style is Style.PAREN and before.isalnum():
            weight = 0.3  # word(s)
        labels = match[str(match.lastgroup)].translate(_PLAIN)
        found += [
            Candidate(
                at, start if glued else at, match.end(), ord(label[-1].lower()) - 96, weight, style, stem, label=label
            )
            for label in re.findall(r"\w+", labels)
        ]
    return found


def _number(written: str) -> int:
    match = _ROMAN.fullmatch(written.lower())
    if match is None or not written:
        return 0
    ones = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
    return 10 * len(match.group(1)) + ones[match.group(2)]


def _letters(text: str) -> Iterator[Body]:
    lines = (
        Body(match.start(), match.end(), ord(label.lower()) - 96, style, label)
        for match, label, style in _lines(text)
        if len(label) == 1
    )
    arrows = (
        Body(one.start, one.text_start, one.value, one.style, chr(96 + one.value))
        for one in listed(text)
        if one.value <= _LETTERS
    )
    yield from merge(lines, arrows, key=lambda body: body.start)


def _romans(text: str) -> Iterator[Body]:
    for match, label, style in _lines(text):
        if value := _number(label):
            yield Body(match.start(), match.end(), value, style, label)


def _lines(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    for match in _LINE.finditer(text):
        style = str(match.lastgroup)
        yield match, match[style].translate(_PLAIN), "plain" if style == "space" else style


def _from_the_first(run: Run, chain: Sequence[Candidate], addresses: int) -> bool:
    if run.family == "listed" and len(run.bodies) > max(one.value for one in chain) + 1:
        return False
    return run.values[0] <= 2 and _plainly(run, chain, addresses)


def _bracketed(run: Run, chain: Sequence[Candidate], addresses: int) -> bool:
    return run.family == "bracket" and _plainly(run, chain, addresses)


def _plainly(run: Run, chain: Sequence[Candidate], addresses: int) -> bool:
    """Tell notes from a list whose items are named in the text: "as under (b)"."""
    if any(one.style is Style.PAREN for one in chain):
        return 1 < len(run.bodies) <= addresses and {one.value for one in chain} == set(run.values)
    return sum(one.weight >= 0.8 for one in chain) * 2 > len(chain)
