"""Read Markdown: CommonMark with tables and strikethrough, footnotes, front matter, bare addresses and raw HTML.

Where an inline construct stands is the parser's business (markdown_parser.py). Footnote definitions stay where they
stand: the plug-in would drop those that nothing points to.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from archiver.documents import bare, kinds
from archiver.documents.about import of_text
from archiver.documents.decoding import decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.html.links import absolute, links
from archiver.documents.html.page import load
from archiver.documents.markdown import dialects as markdown_dialects
from archiver.documents.markdown import front_matter
from archiver.documents.markdown.parser import Spot, parser
from archiver.documents.markdown.text import Readable, anchor, masked, raised, until_close, without_marks
from archiver.documents.mend import mended, shadow
from archiver.documents.notes import headings, numbered
from archiver.documents.notes.cite import Mark, Note, Target, cite
from archiver.documents.notes.promises import placeholders
from archiver.documents.notes.tails import both
from archiver.documents.prose import sentence, word_before
from archiver.model import CitationKind

if TYPE_CHECKING:
    from markdown_it.token import Token

    from archiver.documents.raw import Raw


def read(raw: Raw) -> Reading:
    """Read a Markdown document."""
    text = decode(raw)
    prepared, front = markdown_dialects.prepared(text, components=raw.source.lower().endswith(".mdx"))
    reader = _Reader(prepared, raw.url, images=raw.images)
    reader.walk()
    if front:
        head, at = front["yaml"] or front["toml"] or "", front.start(front.lastgroup or 0)
        told = front_matter.about(head) if front["yaml"] else front_matter.of_toml(head)
    else:
        head, at = "", 0
        told = front_matter.about(front_matter.unfenced(text))
    cited = front_matter.citations(head, at)
    title = About.told("first heading", title=reader.title)
    about = told.filled(title).filled(of_text(reader.prose))
    return Reading(text=text, drafts=(*cited, *reader.drafts()), media_type="text/markdown", about=about)


class _Found(Struct, gc=False):
    """Something inside one block, with offsets in the document."""

    start: int
    end: int
    url: str | None = None
    text: str = ""
    media: bool = False
    lost: bool = False
    note: str | None = None  # key of the footnote that it points to
    label: str = ""
    shown: tuple[int, int] | None = None  # its span in the readable text
    code: bool = False  # no citation, but a place where none can be
    variants: tuple[str, ...] = ()
    ahead: bool = False  # lost, unless a link begins what follows: it ends its block, "watch it here:"


class _Definition(Struct):
    key: str
    start: int
    end: int
    words: list[str] = field(default_factory=list)
    found: list[_Found] = field(default_factory=list)


# What stands between two offsets of a block and is no plain text: how it reads, and what was found in it.
_Part = tuple[int, int, str, "_Found | None"]


class _Reader:
    """One document being read."""

    def __init__(self, text: str, base: str | None, *, images: bool) -> None:
        self.text = text
        self._images = images  # pictures are wanted, too
        self._base = base  # where it was fetched: its relative links start there
        self.prose = ""  # as its reader sees it, when all is walked
        self._readable = Readable()
        self.title: str | None = None
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._found: list[tuple[_Found, bool]] = []  # and whether it stands in a list of works cited
        self._notes: dict[str, _Definition] = {}
        self._inside: list[_Definition] = []
        self._references = False
        self._numbers: dict[str, int] = {}
        self._code: list[tuple[int, int]] = []
        self._item = ""  # the number before the next block

    def walk(self) -> None:
        """Go through the blocks."""
        env: dict[str, Any] = {}
        tokens = parser().parse(self.text, env)
        listed = env.get("footnotes", {}).get("list", {})
        for number, data in listed.items():
            self._numbers[data.get("label") or f"^{number}"] = number + 1
        self._cell = 0
        for index, token in enumerate(tokens):
            if token.type == "footnote_reference_open" and token.map:
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
                self._block(token)
            elif token.type == "list_item_open":
                self._item = f"{token.info}. " if token.info.isdigit() else ""
        self.prose = shadow(self._readable.text())

    def _line(self, number: int) -> int:
        return self._starts[number] if number < len(self._starts) else len(self.text)

    def _heading(self, token: Token, tag: str) -> None:
        self._references = headings.announces_references(token.content)
        if self.title is None and tag == "h1":
            words = token.content
            if token.children:
                words = "".join(child.content for child in token.children if child.type != "html_inline")
            self.title = mended(re.sub(r"\s*\{[#.][^{}]{1,80}\}\s*$", "", words)) or None

    def _html(self, start: int, end: int) -> None:
        source = self.text[start:end]
        if "<" not in source:
            return
        page = load(source)
        found, _ = links(page, self._base)
        self._readable.apart()
        prose = shadow(page.text)
        low, _ = self._readable.add(page.text, start)
        silent = not page.text.strip()
        for one in found:
            shown = None if silent else (low + one.element.start, low + one.element.end)
            self._add(
                _Found(start + one.start, start + one.end, one.url, one.text, one.media, one.url is None, shown=shown)
            )
        covered = [(one.element.start, one.element.end) for one in found]
        for loose in bare.find(prose):
            if not any(first <= loose.start < last for first, last in covered[:1000]):
                at = self.text.find(loose.url, start, end)
                at = start if at < 0 else at
                shown = (low + loose.start, low + loose.end)
                self._add(_Found(at, at + len(loose.url), loose.url, loose.url, shown=shown))
        known = {one.url for one in found if one.url}
        for first, last, url, media in markdown_dialects.component_addresses(source, known):
            self._add(_Found(start + first, start + last, url, media=media))
        for code in markdown_dialects.shortcodes(source) if "{{" in source or "{%" in source else ():
            for first, last, url in code.shown:
                if url not in known:
                    self._add(_Found(start + first, start + last, url, media=kinds.is_media(url)))

    def _block(self, token: Token) -> None:
        """Read one block of inline text; the next cell of a table row begins behind it."""
        spot = Spot(self.text, self._starts, token, self._cell)
        content = token.content
        self._cell = spot(len(content))
        if self._inside:
            self._inside[-1].words.append(content)
        children = token.children or []
        parts = self._children(children, spot, content)
        if "{{" in content or "{%" in content:
            parts = self._shortcodes(content, parts, spot)
        if box := markdown_dialects.box_end(content):
            parts.append((0, box, "", None))
        rest = shadow(masked(content, [(start, end) for start, end, _, _ in parts]))
        parts += self._loose(rest, spot)
        self._readable.apart()
        if self._item:
            self._readable.add(self._item, spot(0))
            self._item = ""
        marked = any(child.type in ("em_open", "strong_open", "s_open") for child in children)
        self._show(content, parts, spot, marked=marked)

    def _shortcodes(self, content: str, parts: list[_Part], spot: Spot) -> list[_Part]:
        """Take shortcodes out of a block; what the rules of Markdown found in one is no Markdown."""
        code = sorted((start, end) for start, end, _, found in parts if found is not None and found.code)
        codes = [one for one in markdown_dialects.shortcodes(content) if not numbered.within(code, one.start)]
        spans = [(one.start, one.end) for one in codes]
        parts = [part for part in parts if not numbered.within(spans, part[0])]
        for one in codes:
            parts.append((one.start, one.end, "", None))
            for start, end, url in one.shown:
                parts.append((start, end, "", _Found(spot(start), spot(end), url, media=kinds.is_media(url))))
        return parts

    def _loose(self, rest: str, spot: Spot) -> list[_Part]:
        """Find what no rule of Markdown makes a link."""
        parts: list[_Part] = []
        # An invisible sign, taken out of addresses below.
        unescaped = re.sub(r"\\(?=[_*~()&#-])", "\u2061", rest) if "\\" in rest else rest
        for loose in bare.find(unescaped):
            url = loose.url.rstrip("_")  # it closes emphasis, and GitHub leaves it out in any case
            end = loose.end - (len(loose.url) - len(url))
            if url.endswith("\u2061"):  # but not one that was escaped
                url, end = f"{url}_", end + 1
            url = url.replace("\u2061", "")
            parts.append((loose.start, end, url, _Found(spot(loose.start), spot(end), url, url)))
        if "^" in rest:
            parts += [(one.start(), one.end(), raised(one.group(1)), None) for one in _RAISED.finditer(rest)]
        if "[^" in rest:
            for match in _UNDEFINED.finditer(rest):
                one = _Found(spot(match.start()), spot(match.end()), note=match.group(1), label=match.group(1))
                parts.append((match.start(), match.end(), f"[{match.group(1)}]", one))
        if "][" in rest:
            for match in _DANGLING.finditer(rest):
                words = mended(match.group(1))
                one = _Found(spot(match.start()), spot(match.end()), text=words, lost=True)
                parts.append((match.start(), match.end(), words, one))
        for match in placeholders(rest):
            words = match.group().strip("[]")
            ahead = not rest[match.end() :].strip(" :\n*_")
            one = _Found(spot(match.start()), spot(match.end()), text=words, lost=True, ahead=ahead)
            parts.append((match.start(), match.end(), words, one))
        return parts

    def _show(self, content: str, parts: list[_Part], spot: Spot, *, marked: bool) -> None:
        """Write a block into the readable text, and note where in it stands what was found."""
        at, above, before = 0, False, self._readable.length
        last = (self._readable.length, self._readable.length)
        for start, end, words, found in sorted(parts, key=lambda part: (part[0], -part[1])):
            if start >= at:
                self._readable.add_plain(content[at:start], spot, at, raised=above, marked=marked)
                last = self._readable.add(raised(words) if above else words, spot(start), until=spot(end))
                at = markdown_dialects.attributes_end(content, end) if found is not None and found.url else end
                tag = content[start : start + 5].lower()
                above = tag == "<sup>" or (above and tag != "</sup")
            if found is not None:
                found.shown = last
                if found.code:
                    self._code.append(last)
                else:
                    self._add(found)
        self._readable.add_plain(content[at:], spot, at, raised=above, marked=marked)
        if self._readable.length == before:  # nothing to read here: a picture, a shortcode
            for _, _, _, found in parts:
                if found is not None:
                    found.shown = None

    def _children(self, children: list[Token], spot: Spot, content: str) -> list[_Part]:
        """Note what the inline rules found."""
        parts: list[_Part] = []
        for index, child in enumerate(children):
            rule = child.meta.get("rule") if child.meta else None
            if rule is None or not isinstance(child.meta.get("start"), int):
                continue
            start, end = child.meta["start"], child.meta["end"]
            words, found = "", None
            if rule in ("link", "autolink") and child.type == "link_open":
                words = anchor(children, index)
                href = str(child.attrs.get("href") or "")
                if rule == "autolink":
                    href = href.replace("&amp;", "&")  # as GitHub reads it, and as it was meant
                found = self._link(href, words, content, spot, start, end)
                if found is not None and found.label:
                    found.text, words = "", f"[{found.label}]"
            elif rule == "image":
                words = mended(child.content)
                url = absolute(str(child.attrs.get("src") or ""), self._base)
                if url and (self._images or kinds.is_media(url)):
                    found = _Found(spot(start), spot(end), url, words, media=kinds.is_media(url))
            elif rule == "html_inline":
                words = " " if child.content[:3].lower() == "<br" else ""
                parts += self._tag(child, spot, until_close(children, index))
            elif rule in ("footnote_ref", "footnote_inline"):
                found = self._reference(child, rule, content, spot)
                words = f"[{found.label}]"
            elif rule == "backticks":
                words = child.content
                found = _Found(spot(start), spot(end), code=True)
            parts.append((start, end, words, found))
        return parts

    def _link(self, href: str, words: str, content: str, spot: Spot, start: int, end: int) -> _Found | None:
        url = absolute(href, self._base)
        if url is None:
            lost = not href.strip() and content.startswith("[", start) and bool(words)
            return _Found(spot(start), spot(end), text=words, lost=True) if lost else None
        # A number that is a link is a marker: "[1]" with a definition, "[[1]](address)".
        number = _NUMBER.fullmatch(words)
        return _Found(spot(start), spot(end), url, words, label=number.group(1) if number else "")

    def _tag(self, child: Token, spot: Spot, words: str) -> list[_Part]:
        if not child.content[1:2].isalpha():
            return []
        parts: list[_Part] = []
        start, end = child.meta["start"], child.meta["end"]
        found, _ = links(load(child.content), self._base)
        for one in found:
            text = one.text or (words if one.element.name == "a" else "")
            one_found = _Found(spot(start), spot(end), one.url, text, one.media, one.url is None)
            parts.append((start, end, "", one_found))
        known = {one.url for one in found if one.url}
        for first, last, url, media in markdown_dialects.component_addresses(child.content, known):
            parts.append((start, end, "", _Found(spot(start + first), spot(start + last), url, words, media)))
        return parts

    def _reference(self, child: Token, rule: str, content: str, spot: Spot) -> _Found:
        start, end = child.meta["start"], child.meta["end"]
        number = child.meta["id"]
        key = child.meta.get("label") or f"^{number}"
        mark = _Found(spot(start), spot(end), note=key, label=str(number + 1))
        if rule == "footnote_inline":
            note = _Definition(key, mark.start, mark.end, [content[start + 2 : end - 1]])
            self._inside.append(note)
            self._inner(content[start + 2 : end - 1], mark.start + 2)
            self._inside.pop()
            self._notes[key] = note
        return mark

    def _inner(self, words: str, at: int) -> None:
        """Read the body of an inline footnote, which is a text of its own."""
        env: dict[str, Any] = {}
        tokens = parser().parseInline(words, env)
        children = tokens[0].children or [] if tokens else []
        spot = Spot.fixed(at)
        parts = self._children([child for child in children if child.type != "footnote_ref"], spot, words)
        parts += self._loose(shadow(masked(words, [(start, end) for start, end, _, _ in parts])), spot)
        for _, _, _, found in parts:
            if found is not None and not found.code:
                self._add(found)

    def _add(self, found: _Found) -> None:
        if self._inside and found.note is None:
            self._inside[-1].found.append(found)
        else:
            self._found.append((found, self._references))

    def drafts(self) -> list[Draft]:
        """Give everything as drafts."""
        self._fulfilled()
        marks, drafts = [], []
        by_hand, inside = self._numbered()
        for one, listed in self._found:
            if one.shown is not None and numbered.within(inside, one.shown[0]):
                continue
            context = self._context(one)
            if one.note is not None:
                marks.append(
                    Mark(
                        key=one.note,
                        label=one.label,
                        start=one.start,
                        end=one.end,
                        text=one.text or self._word(one),
                        context=context,
                    )
                )
            else:
                drafts.append(
                    Draft(
                        start=one.start,
                        end=one.end,
                        url=one.url,
                        text=one.text or (self._word(one) if one.label else ""),
                        label=one.label or None,
                        media=one.media,
                        lost=one.lost,
                        context=context,
                        kind=CitationKind.REFERENCE if listed and not one.label else None,
                        behind=self._behind(one),
                        confidence=0.7 if one.lost else 1.0,
                        variants=one.variants,
                    )
                )
        notes = {key: self._note(note) for key, note in self._notes.items()}
        return drafts + by_hand + cite(marks, notes)

    def _fulfilled(self) -> None:
        """Take out what announces a link that then follows: in a list, a quotation, an embed."""
        inside = (one for note in self._notes.values() for one in note.found)
        starts = sorted(one.start for one in (*(one for one, _ in self._found), *inside) if one.url is not None)
        kept = []
        for one, listed in self._found:
            at = bisect_left(starts, one.end)
            if one.ahead and at < len(starts) and starts[at] - one.end < _AHEAD:
                between = self.text[one.end : starts[at]]
                if between.count("\n\n") < 2 and not re.search(r"(?<!\d)[.!?]\s", between):
                    continue
            kept.append((one, listed))
        self._found = kept

    def _numbered(self) -> tuple[list[Draft], list[tuple[int, int]]]:
        """Find notes that are numbered by hand, in a document that has no footnotes of Markdown's own."""
        if self._notes or self._numbers:
            return [], []
        shown = [
            (bare.Bare(*one.shown, one.url), one.text == one.url)
            for one, _ in self._found
            if one.shown is not None and one.url is not None and one.note is None and not one.label
        ]
        shown.sort(key=lambda pair: pair[0].start)
        found = [one for one, _ in shown]
        taken = sorted([*self._code, *(one.shown for one, _ in self._found if one.label and one.shown)])
        drafts, inside, tails = numbered.noted(
            self.prose, [one for one, own in shown if own], found, every_style=False, code=taken
        )
        for one, _ in self._found if tails else ():
            if one.shown is not None and one.url is not None and one.text == one.url:
                meant, one.variants = both(self.prose, bare.Bare(*one.shown, one.url), tails)
                one.end -= len(one.url) - len(meant.url)
                one.url = one.text = meant.url
                one.shown = meant.start, meant.end
        place = self._readable.source
        return [
            replace(
                draft,
                start=place(draft.start),
                end=max(place(draft.start), self._readable.source_end(draft.end)),
                context=draft.context or sentence(self.prose, draft.start, draft.end),
            )
            for draft in drafts
        ], inside

    def _word(self, one: _Found) -> str:
        return mended(word_before(self.prose, one.shown[0])[0]) if one.shown else ""

    def _note(self, note: _Definition) -> Note:
        label = str(self._numbers.get(note.key, note.key))
        return Note(
            key=note.key,
            label=label,
            start=note.start,
            end=note.end,
            text=without_marks(" ".join(note.words))[:2000],
            targets=tuple(
                Target(start=one.start, end=one.end, url=one.url, media=one.media)
                for one in sorted(note.found, key=lambda one: one.start)
                if one.url is not None
            ),
        )

    def _context(self, one: _Found) -> str:
        return sentence(self.prose, *one.shown) if one.shown else ""

    def _behind(self, one: _Found) -> str:
        end = one.shown[1] if one.shown else len(self.prose)
        return self.prose[end : end + 160].partition("\n\n")[0]


_NUMBER = re.compile(r"[\[(]?(\d{1,3})[\])]?")
_AHEAD = 120  # characters between the words that announce a link and the link
_RAISED = re.compile(r"(?<!\[)\^(\d{1,3})\^")  # Pandoc's
_UNDEFINED = re.compile(r"\[\^([^\]\s\[]{1,64})\](?!:)")
_DANGLING = re.compile(r"(?<![\w\]!\\])\[([^\[\]\n]{2,200})\]\[[^\[\]\n^]{0,80}\]")
