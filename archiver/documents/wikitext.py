"""Read MediaWiki's wikitext, and the pages of its XML export: links, `<ref>` notes and citation templates.

The parser gives back what it read, sign by sign, so offsets are counted along its tree. Numbers are those of
MediaWiki: by first use, for each group by itself. What templates mean is in wikitext_templates.py.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import mwparserfromhell
from msgspec import Struct, field
from msgspec.structs import replace
from mwparserfromhell import nodes as wiki

from archiver.documents import bare, headings
from archiver.documents import wikitext_templates as templates
from archiver.documents.decoding import beginning, decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.mend import mended, shadow
from archiver.documents.notes import Mark, Note, Target, cite
from archiver.documents.prose import sentence, word_before
from archiver.documents.wikitext_source import between, blocks, unescaped
from archiver.model import CitationKind

if TYPE_CHECKING:
    from archiver.documents.raw import Raw

_DEEPEST = 60
_LARGEST = 20_000_000
_DEAF = frozenset({"nowiki", "pre", "syntaxhighlight", "source", "math", "chem", "score", "templatedata", "graph"})
_EXPORT = re.compile(r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<mediawiki\b")
_ADDRESS = re.compile(r"(?:https?:|ftps?:)?//[^\s<>\[\]\"|{}]", re.IGNORECASE)


def read(raw: Raw) -> Reading:
    """Read a page of wikitext, or an export of pages."""
    text = decode(raw)
    begun, warnings = beginning(text, _LARGEST)
    if _EXPORT.match(text[:4096]):
        drafts, about = _export(begun)
    else:
        page = _Page()
        page.read(begun)
        if page.broken:
            warnings = (*warnings, "brackets or templates are never closed: read block by block")
        drafts, about = page.drafts(), About.told("page", title=page.title)
    return Reading(text=text, drafts=tuple(drafts), media_type="text/x-wiki", about=about, warnings=warnings)


def _export(text: str) -> tuple[list[Draft], About]:
    """Read the newest revision of each page of an export."""
    drafts: list[Draft] = []
    titles: list[str] = []
    for start, end in between(text, "<page", "</page>", 0, len(text)):
        bodies = [
            (opened + 1, last)
            for first, last in between(text, "<text", "</text>", start, end)
            if (opened := text.find(">", first, last)) >= 0 and text[opened - 1] != "/"
        ]
        titles += [html.unescape(text[a + 7 : b]) for a, b in between(text, "<title>", "</title>", start, end)][:1]
        if bodies:
            low, high = bodies[-1]
            written, place = unescaped(text[low:high])
            page = _Page()
            page.read(written)
            drafts += [replace(one, start=low + place(one.start), end=low + place(one.end)) for one in page.drafts()]
    return drafts, About.told("export", title=titles[0] if len(titles) == 1 else None)


class _Body(Struct):
    """The body of a note while it is read."""

    start: int
    end: int
    words: list[str] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    works: list[tuple[int, int, str]] = field(default_factory=list)  # short citations: places, and the work meant


class _Used(Struct):
    """A marker in the text."""

    key: str
    group: str
    start: int
    end: int
    shown: int


class _Loose(Struct):
    """An address outside of notes, or the work that a short citation there means."""

    draft: Draft
    shown: int
    work: str = ""


class _Page:
    """One page: its readable words, and what was found in it."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.broken = False  # more was opened than anybody nests
        self._words: list[str] = []
        self._length = 0
        self._used: list[_Used] = []
        self._bodies: dict[str, _Body] = {}
        self._groups: dict[str, str] = {}
        self._works: dict[str, list[str]] = {}
        self._loose: list[_Loose] = []
        self._open: list[_Body] = []
        self._listing = False  # inside a list of notes, where <ref> defines and marks nothing
        self._references = False
        self._depth = 0
        self._nameless = 0

    def read(self, text: str) -> None:
        """Walk over the whole page."""
        for start, end, sound in blocks(text):
            self.broken = self.broken or not sound
            if sound:
                self._walk(mwparserfromhell.parse(text[start:end], skip_style_tags=True), start)
            else:
                self._text(text[start:end], start)
        if self.title is None and (bold := re.search(r"(?<!')'''(?:'')?([^'\n]{1,200})(?:'')?'''(?!')", text[:20_000])):
            self.title = mended(templates.plain(bold.group(1))) or None

    def _walk(self, code: Any, at: int) -> None:
        self._depth += 1
        for node in code.nodes if self._depth < _DEEPEST else ():
            source = str(node)
            self._node(node, source, at)
            at += len(source)
        self._depth -= 1

    def _inner(self, code: Any, source: str, at: int, behind: int = 0) -> None:
        """Walk over a part of a node, found again in its source."""
        found = source.find(str(code), behind)
        self._walk(code, at + max(found, 0))

    def _node(self, node: Any, source: str, at: int) -> None:
        if isinstance(node, wiki.Text):
            self._text(source, at)
        elif isinstance(node, wiki.ExternalLink):
            self._external(node, source, at)
        elif isinstance(node, wiki.Template):
            self._template(node, source, at)
        elif isinstance(node, wiki.Tag):
            self._tag(node, source, at)
        elif isinstance(node, wiki.Wikilink):
            self._wikilink(node, source, at)
        elif isinstance(node, wiki.Heading):
            words = mended(node.title.strip_code())
            self._references = headings.announces_references(words) or words.lower() in templates.LISTS
            if self.title is None and node.level == 1:
                self.title = words or None
            self._inner(node.title, source, at)
        elif isinstance(node, wiki.HTMLEntity):
            self._say(html.unescape(source))
        elif isinstance(node, wiki.Argument) and node.default is not None:
            self._inner(node.default, source, at, 3)

    def _say(self, words: str) -> None:
        if self._open:
            self._open[-1].words.append(words)
        else:
            self._words.append(words)
            self._length += len(words)

    def _text(self, source: str, at: int) -> None:
        for loose in bare.find(shadow(source)):
            url, end = loose.url, loose.end
            self._add(at + loose.start, at + end, url)
        self._say(re.sub(r"'{2,5}", "", source) if "''" in source else source)

    def _external(self, node: Any, source: str, at: int) -> None:
        written = str(node.url)
        title = mended(templates.plain(str(node.title))) if node.title is not None else ""
        whole = html.unescape(templates.expanded(written)).strip()
        if not node.brackets:
            # MediaWiki ends a bare address before two apostrophes, a pipe and closing braces.
            kept = bare.trimmed(re.split(r"''|\||\}\}|[<>\"]|\{\{", written)[0], "")
            self._add(at, at + len(kept), html.unescape(kept))
            self._say(source)
            return
        if _ADDRESS.match(whole):
            self._add(at, at + len(source), whole.partition(" ")[0], title[:300])
        self._say(title or (whole if self._open else ""))
        if node.title is not None and "<ref" in source:
            self._inner(node.title, source, at, len(written) + 1)

    def _wikilink(self, node: Any, source: str, at: int) -> None:
        title = str(node.title)
        if ":" in title and title.strip().partition(":")[0].lower() in templates.NAMESPACES:
            if node.text is not None:
                self._inner(node.text, source, at, len(title) + 2)
        elif node.text is not None:
            self._inner(node.text, source, at, len(title) + 2)
        else:
            self._say(title)

    def _tag(self, node: Any, source: str, at: int) -> None:
        name = str(node.tag).strip().lower()
        if name == "ref":
            given = {str(one.name).strip().lower(): _unquoted(str(one.value or "")) for one in node.attributes}
            contents = None if node.self_closing or not str(node.contents or "").strip() else node.contents
            if contents is None and not given.get("name"):
                contents = mwparserfromhell.parse("")
            behind = source.find(">") + 1
            self._ref(given, contents, source, at, behind)
        elif name == "references":
            self._list(node.contents, source, at)
        elif name in _DEAF:
            if not node.self_closing and name == "nowiki":
                self._say(str(node.contents or ""))
        elif name == "br":
            self._say(" ")
        elif node.contents is not None:
            self._inner(node.contents, source, at, source.find(">") + 1 if source.startswith("<") else 0)
        else:
            self._say(" ")

    def _list(self, contents: Any, source: str, at: int, behind: int = 0) -> None:
        if contents is not None:
            before, self._listing = self._listing, True
            self._inner(contents, source, at, behind)
            self._listing = before

    def _ref(self, given: dict[str, str], contents: Any, source: str, at: int, behind: int) -> None:
        group, name = given.get("group", ""), given.get("name") or given.get("follow", "")
        if not name:
            self._nameless += 1
        # Names and numbers of notes cannot meet: a nameless one has a key that no name can have.
        key = f"{group}\n{name}" if name else f"{group}\n\n{self._nameless}"
        self._groups[key] = group
        listing = self._listing
        if not listing and not given.get("follow"):
            self._mark(key, group, at, at + len(source))
        if contents is None:
            return
        # The first body counts; a second one under the same name is MediaWiki's error, but its links are read.
        body = self._bodies.setdefault(key, _Body(at, at + len(source)))
        self._listing = False
        self._open.append(body)
        self._inner(contents, source, at, behind)
        self._open.pop()
        self._listing = listing

    def _mark(self, key: str, group: str, start: int, end: int) -> None:
        self._used.append(_Used(key, group, start, end, self._length))

    def _template(self, node: Any, source: str, at: int) -> None:
        name = templates.name_of(node)
        if name in templates.NOTES or name.startswith("#tag:ref"):
            self._note_template(node, name, source, at)
        elif name in templates.LISTINGS:
            for param in node.params:
                if str(param.name).strip().lower() in ("refs", "1", "notes"):
                    self._list(param.value, source, at, source.find(str(param)) + len(str(param.name)))
        elif name in templates.REUSES:
            group = templates.value(node, "group", "g")
            for param in node.params:
                if not param.showkey and (called := str(param.value).strip()):
                    self._ref({"name": called, "group": group}, None, source, at, 0)
        elif name in templates.SHORT:
            self._short(node, name, source, at)
        elif name.startswith("displaytitle:"):
            self.title = mended(templates.plain(str(node.name).partition(":")[2])) or None
        elif name in templates.DEAD:
            self._say(" (dead link)")
        else:
            self._addresses(node, name, source, at)

    def _note_template(self, node: Any, name: str, source: str, at: int) -> None:
        given = {key: _unquoted(templates.value(node, key)) for key in ("name", "group", "follow")}
        given["group"] = given["group"] or templates.NOTES.get(name, "")
        body = next((param for param in node.params if not param.showkey), None)
        if name.startswith("#tag:ref"):
            contents: Any = mwparserfromhell.parse(str(node.name).partition(":")[2]) if ":" in str(node.name) else None
            if name == "#tag:ref" and body is not None:
                contents = body.value
        else:
            contents = body.value if body is not None else node.get("text").value if node.has("text") else None
        self._ref(given, contents, source, at, 0)

    def _short(self, node: Any, name: str, source: str, at: int) -> None:
        """Read a short citation: it means a work that is described elsewhere on the page."""
        work, words = templates.short(node)
        if name in templates.NUMBERED:
            key = f"\nsfn {words}"
            self._groups[key] = ""
            if not self._open:
                self._mark(key, "", at, at + len(source))
            body = self._bodies.setdefault(key, _Body(at, at + len(source), [words]))
            if not body.works:
                body.works.append((at, at + len(source), work))
            return
        if self._open:
            self._open[-1].works.append((at, at + len(source), work))
        else:
            draft = Draft(start=at, end=at + len(source), text=words)
            self._loose.append(_Loose(draft, self._length, work))
        self._say(words)

    def _addresses(self, node: Any, name: str, source: str, at: int) -> None:
        found = templates.understood(node, name)
        self._say(found.words)
        for key in found.works:
            self._works.setdefault(key, [one.url for one in found.addresses])
        for one in found.addresses:
            place = max(source.find(one.written), 0)
            length = len(one.written) if one.written else len(source)
            self._add(
                at + place,
                at + place + length,
                one.url,
                found.title,
                media=found.media,
                behind=found.words,
                cites=found.cites,
            )
        if not found.addresses and found.announced:
            if self._open:
                self._say(" URL:")
            else:
                draft = Draft(start=at, end=at + len(source), text=found.title, lost=True, confidence=0.8)
                self._loose.append(_Loose(draft, self._length))
        # A parameter may hold notes, links and templates of its own, as an infobox does.
        behind = source.find("|")
        for param in node.params:
            written = str(param)
            start = source.find(written, max(behind, 0))
            behind = start + len(written) if start >= 0 else behind
            if start < 0 or not templates.rich(str(param.value)):
                continue
            offset = written.rfind(str(param.value))
            if not found.cites or "<ref" in written:
                self._walk(param.value, at + start + max(offset, 0))
                self._say("\n")

    def _add(
        self,
        start: int,
        end: int,
        url: str,
        text: str = "",
        *,
        media: bool = False,
        behind: str = "",
        cites: bool = False,
    ) -> None:
        url = f"https:{url}" if url.startswith("//") else url
        if self._open:
            self._open[-1].targets.append(Target(start=start, end=end, url=url, media=media))
            return
        kind = CitationKind.REFERENCE if cites or self._references else None
        draft = Draft(start=start, end=end, url=url, text=text, media=media, kind=kind, behind=behind)
        self._loose.append(_Loose(draft, self._length))

    def drafts(self) -> list[Draft]:
        """Give all that was found, the notes under the numbers that a reader sees."""
        prose = shadow("".join(self._words))
        counts: dict[str, int] = {}
        labels: dict[str, str] = {}
        marks = []
        for one in self._used:
            if one.key not in labels:
                counts[one.group] = counts.get(one.group, 0) + 1
                labels[one.key] = templates.label(one.group, counts[one.group])
            word = mended(word_before(prose, one.shown)[0])
            context = sentence(prose, max(0, one.shown - 1), one.shown)
            marks.append(
                Mark(key=one.key, label=labels[one.key], start=one.start, end=one.end, text=word, context=context)
            )
        drafts = cite(marks, {key: self._note(key, body, labels) for key, body in self._bodies.items()})
        for loose in self._loose:
            context = sentence(prose, loose.shown, min(len(prose), loose.shown + max(1, len(loose.draft.text))))
            draft = replace(loose.draft, context=context)
            if loose.work:
                drafts += [replace(draft, url=url) for url in self._works.get(loose.work, [])] or [draft]
            else:
                drafts.append(draft)
        return drafts

    def _note(self, key: str, body: _Body, labels: dict[str, str]) -> Note:
        targets = body.targets + [
            Target(start=start, end=end, url=url)
            for start, end, work in body.works
            for url in self._works.get(work, [])
        ]
        return Note(
            key=key,
            label=labels.get(key) or key.split("\n")[1] or "?",
            start=body.start,
            end=body.end,
            text=mended("".join(body.words))[:2000],
            targets=tuple(targets),
        )


def _unquoted(written: str) -> str:
    return " ".join(written.strip().strip("\"'").split())
