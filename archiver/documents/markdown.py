"""Read Markdown: CommonMark with tables and strikethrough, footnotes, front matter, bare addresses and raw HTML.

markdown-it tells blocks and what an inline construct is, but no columns. So its inline rules are wrapped: each
notes where in its block the construct began and ended, and blocks are found again in the lines that they came from.
Footnote definitions stay where they stand (the plug-in would drop those that nothing points to).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from archiver.documents import bare, front_matter, headings, kinds
from archiver.documents.about import of_text
from archiver.documents.decoding import decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.html_links import absolute, links
from archiver.documents.mend import mended, shadow
from archiver.documents.notes import Mark, Note, Target, cite
from archiver.documents.page import load
from archiver.documents.promises import placeholders
from archiver.documents.prose import sentence, word_before
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from archiver.documents.raw import Raw

_RULES = ("link", "image", "autolink", "html_inline", "backticks", "footnote_ref", "footnote_inline")
_MASK = "\ue000"


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(front_matter_plugin)
    parser.core.ruler.disable("footnote_tail")
    # Addresses are wanted as written, and every scheme is looked at here, not there.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = _any_link  # type: ignore[method-assign, assignment]
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name in _RULES:
        parser.inline.ruler.at(name, _noting(name, rules[name]))
    return parser


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


def read(raw: Raw) -> Reading:
    """Read a Markdown document."""
    text = decode(raw)
    reader = _Reader(text)
    reader.walk()
    front = front_matter.about(reader.front)
    title = About(title=reader.title) if reader.title else About()
    body = text[reader.body_start :]
    about = front.filled(title).filled(of_text(shadow(body)))
    return Reading(text=text, drafts=tuple(reader.drafts()), media_type="text/markdown", about=about)


@dataclass(slots=True)
class _Found:
    """Something inside one block, with offsets in the document."""

    start: int
    end: int
    url: str | None = None
    text: str = ""
    media: bool = False
    lost: bool = False
    note: str | None = None  # key of the footnote that it points to
    label: str = ""
    block: tuple[int, int] | None = None


@dataclass(slots=True)
class _Definition:
    key: str
    start: int
    end: int
    words: list[str] = field(default_factory=list)
    found: list[_Found] = field(default_factory=list)


class _Reader:
    """One document being read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.prose = shadow(text)
        self.front = ""
        self.title: str | None = None
        self.body_start = 0
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._found: list[tuple[_Found, bool]] = []  # and whether it stands in a list of works cited
        self._notes: dict[str, _Definition] = {}
        self._inside: list[_Definition] = []
        self._references = False
        self._numbers: dict[str, int] = {}
        self._bounds: tuple[int, int] | None = None

    def walk(self) -> None:
        """Go through the blocks."""
        env: dict[str, Any] = {}
        tokens = _parser().parse(self.text, env)
        listed = env.get("footnotes", {}).get("list", {})
        for number, data in listed.items():
            self._numbers[data.get("label") or f"^{number}"] = number + 1
        cell = 0
        for index, token in enumerate(tokens):
            if token.type == "front_matter":
                self.front = token.content
                self.body_start = self._line(token.map[1]) if token.map else 0
            elif token.type == "footnote_reference_open" and token.map:
                start = self._line(token.map[0])
                self._inside.append(_Definition(token.meta["label"], start, self._line(token.map[1])))
            elif token.type == "footnote_reference_close" and self._inside:
                note = self._inside.pop()
                self._notes.setdefault(note.key, note)
            elif token.type == "html_block" and token.map:
                self._html(self._line(token.map[0]), self._line(token.map[1]))
            elif token.type == "inline" and token.map:
                if tokens[index - 1].type == "heading_open":
                    self._heading(token, tokens[index - 1].tag)
                cell = self._block(token, cell)

    def _line(self, number: int) -> int:
        return self._starts[number] if number < len(self._starts) else len(self.text)

    def _heading(self, token: Token, tag: str) -> None:
        self._references = headings.announces_references(token.content)
        if self.title is None and tag == "h1":
            self.title = mended("".join(child.content for child in token.children or [])) or None

    def _html(self, start: int, end: int) -> None:
        self._bounds = (start, end)
        source = self.text[start:end]
        if "<" not in source:
            return
        page = load(source)
        found, _ = links(page, None)
        for one in found:
            self._add(_Found(start + one.start, start + one.end, one.url, one.text, one.media, one.url is None))
        prose = shadow(page.text)
        covered = [(one.element.start, one.element.end) for one in found]
        for loose in bare.find(prose):
            if not any(low <= loose.start < high for low, high in covered[:1000]):
                at = self.text.find(loose.url, start, end)
                at = start if at < 0 else at
                self._add(_Found(at, at + len(loose.url), loose.url, loose.url))

    def _block(self, token: Token, after: int) -> int:
        """Read one block of inline text; give where it ends, as the next cell of a table row begins behind it."""
        spot = _Spot(self.text, self._starts, token, after)
        self._bounds = (spot(0), spot(len(token.content)))
        if self._inside:
            self._inside[-1].words.append(token.content)
        hidden = self._children(token.children or [], spot, token.content)
        content = shadow(_masked(token.content, hidden))
        unescaped = re.sub(r"\\(?=[_*~()&#-])", "\u2061", content)  # an invisible sign, taken out of addresses below
        for loose in bare.find(unescaped):
            url = loose.url.replace("\u2061", "")
            self._add(_Found(spot(loose.start), spot(loose.end), url, url))
        for match in _UNDEFINED.finditer(content):
            self._add(_Found(spot(match.start()), spot(match.end()), note=match.group(1), label=match.group(1)))
        for match in _DANGLING.finditer(content):
            self._add(_Found(spot(match.start()), spot(match.end()), text=mended(match.group(1)), lost=True))
        for match in placeholders(content):
            self._add(_Found(spot(match.start()), spot(match.end()), text=match.group().strip("[]"), lost=True))
        return spot(len(token.content))

    def _children(self, children: list[Token], spot: _Spot, content: str) -> list[tuple[int, int]]:
        """Note what the inline rules found; give what the search for bare addresses must not see."""
        hidden: list[tuple[int, int]] = []
        for index, child in enumerate(children):
            rule = child.meta.get("rule")
            if rule is None or not isinstance(child.meta.get("start"), int):
                continue
            start, end = child.meta["start"], child.meta["end"]
            hidden.append((start, end))
            if rule in ("link", "autolink") and child.type == "link_open":
                url = absolute(str(child.attrs.get("href") or ""), None)
                if url:
                    self._add(_Found(spot(start), spot(end), url, _anchor(children, index)))
            elif rule == "image":
                url = absolute(str(child.attrs.get("src") or ""), None)
                if url and kinds.is_media(url):
                    self._add(_Found(spot(start), spot(end), url, mended(child.content), media=True))
            elif rule == "html_inline" and child.content[1:2].isalpha():
                self._tag(child, spot, _until_close(children, index))
            elif rule in ("footnote_ref", "footnote_inline"):
                self._reference(child, rule, content, spot)
        return hidden

    def _tag(self, child: Token, spot: _Spot, words: str) -> None:
        found, _ = links(load(child.content), None)
        for one in found:
            text = one.text or (words if one.element.name == "a" else "")
            self._add(
                _Found(spot(child.meta["start"]), spot(child.meta["end"]), one.url, text, one.media, one.url is None)
            )

    def _reference(self, child: Token, rule: str, content: str, spot: _Spot) -> None:
        start, end = child.meta["start"], child.meta["end"]
        number = child.meta["id"]
        word, _ = word_before(shadow(content), start)
        key = child.meta.get("label") or f"^{number}"
        mark = _Found(spot(start), spot(end), text=mended(word), note=key, label=str(number + 1))
        self._add(mark)
        if rule == "footnote_inline":
            note = _Definition(key, mark.start, mark.end, [content[start + 2 : end - 1]])
            self._inside.append(note)
            self._inner(content[start + 2 : end - 1], mark.start + 2)
            self._inside.pop()
            self._notes[key] = note

    def _inner(self, words: str, at: int) -> None:
        """Read the body of an inline footnote, which is a text of its own."""
        env: dict[str, Any] = {}
        tokens = _parser().parseInline(words, env)
        children = tokens[0].children or [] if tokens else []
        spot = _Spot.fixed(at)
        hidden = self._children([child for child in children if child.type != "footnote_ref"], spot, words)
        for loose in bare.find(shadow(_masked(words, hidden))):
            self._add(_Found(at + loose.start, at + loose.end, loose.url, loose.url))

    def _add(self, found: _Found) -> None:
        found.block = self._bounds
        if self._inside and found.note is None:
            self._inside[-1].found.append(found)
        else:
            self._found.append((found, self._references))

    def drafts(self) -> list[Draft]:
        """Give everything as drafts."""
        marks, drafts = [], []
        for one, listed in self._found:
            context = self._context(one)
            if one.note is not None:
                marks.append(
                    Mark(
                        key=one.note,
                        label=one.label,
                        start=one.start,
                        end=one.end,
                        text=one.text or self._word(one.start),
                        context=context,
                    )
                )
            else:
                drafts.append(
                    Draft(
                        start=one.start,
                        end=one.end,
                        url=one.url,
                        text=one.text,
                        media=one.media,
                        lost=one.lost,
                        context=context,
                        kind=CitationKind.REFERENCE if listed else None,
                        behind=self._behind(one.end),
                        confidence=0.7 if one.lost else 1.0,
                    )
                )
        notes = {key: self._note(note) for key, note in self._notes.items()}
        return drafts + cite(marks, notes)

    def _word(self, at: int) -> str:
        return mended(word_before(self.prose, at)[0])

    def _note(self, note: _Definition) -> Note:
        label = str(self._numbers.get(note.key, note.key))
        return Note(
            key=note.key,
            label=label,
            start=note.start,
            end=note.end,
            text=_plain(" ".join(note.words))[:2000],
            targets=tuple(
                Target(start=one.start, end=one.end, url=one.url, media=one.media)
                for one in sorted(note.found, key=lambda one: one.start)
                if one.url is not None
            ),
        )

    def _context(self, one: _Found) -> str:
        return _plain(sentence(self.prose, one.start, one.end, within=one.block))

    def _behind(self, end: int) -> str:
        return mended(self.prose[end : end + 160].partition("\n\n")[0])


class _Spot:
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
    def fixed(cls, at: int) -> _Spot:
        """Give one for a text that stands in one piece."""
        spot = cls.__new__(cls)
        spot._lines = [(0, at)]  # noqa: SLF001 - its own
        return spot

    def __call__(self, offset: int) -> int:
        from bisect import bisect_right

        start, place = self._lines[bisect_right(self._lines, (offset, 1 << 60)) - 1]
        return place + offset - start


_UNDEFINED = re.compile(r"\[\^([^\]\s\[]{1,64})\](?!:)")
_DANGLING = re.compile(r"(?<![\w\]!\\])\[([^\[\]\n]{2,200})\]\[[^\[\]\n^]{0,80}\]")


def _masked(content: str, hidden: list[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in sorted(hidden):
        if start >= at:
            pieces += [content[at:start], _MASK * (end - start)]
            at = end
    return "".join([*pieces, content[at:]])


def _anchor(children: list[Token], index: int) -> str:
    words, depth = [], 0
    for child in children[index : index + 400]:
        depth += (child.type == "link_open") - (child.type == "link_close")
        if depth == 0:
            break
        words.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
    return mended("".join(words))[:300]


def _until_close(children: list[Token], index: int) -> str:
    words: list[str] = []
    for child in children[index + 1 : index + 100]:
        if child.type == "html_inline" and child.content.lower().startswith("</a"):
            return mended("".join(words))[:300]
        words.append(child.content)
    return ""


_LINKED = re.compile(r"!?\[([^\[\]]{0,300})\](?:\([^()\s]{0,500}(?:\s\"[^\"]{0,200}\")?\)|\[[^\[\]]{0,100}\])")


def _plain(words: str) -> str:
    """Take the commonest marks out of a piece of Markdown, so that it reads as a sentence."""
    words = _LINKED.sub(r"\1", words)
    words = re.sub(
        r"^\s*(?:#{1,6}\s|>\s?|[-*+]\s)|(?<=\s)>\s|</?[a-zA-Z][\w-]{0,30}(?:\s[^<>]{0,300})?>|<(?=https?://)|(?<=\S)>(?=\W|$)|\*\*|(?<!\w)[*_](?=\w)|(?<=[\w.!?])[*_](?!\w)|`",
        "",
        words,
    )
    return mended(words)
