"""Read MediaWiki's wikitext, and the pages of its XML export: links, `<ref>` notes and citation templates.

The parser gives back what it read, sign by sign, so offsets are counted along its tree. Numbers are those of
MediaWiki: by first use, for each group by itself. What templates mean is in wikitext_templates.py.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import mwparserfromhell
from msgspec.structs import replace
from mwparserfromhell import nodes as wiki

from archiver.documents import bare
from archiver.documents.decoding import beginning, decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.mend import mended, shadow
from archiver.documents.notes import headings
from archiver.documents.wikitext import names, templates
from archiver.documents.wikitext.notes import Body, Gathered, Loose
from archiver.documents.wikitext.source import between, blocks, unescaped

if TYPE_CHECKING:
    from archiver.documents.raw import Raw

_DEEPEST = 60
_LARGEST = 20_000_000
_DEAF = frozenset({"nowiki", "pre", "syntaxhighlight", "source", "math", "chem", "score", "templatedata", "graph"})
_EXPORT = re.compile(r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<mediawiki\b")
# What the parser leaves as it is, though the wiki shows it: a file and its caption on each line.
_GALLERIES = frozenset({"gallery", "imagemap"})
_BLOCKS = frozenset({"li", "dd", "dt", "tr", "table", "p", "div", "center", "blockquote", "poem", "hr", "h2", "h3"})
# Numbers that MediaWiki makes links of by itself; those of books lead into the wiki only.
_MAGIC = re.compile(r"\b(RFC|PMID)[ \t\xa0]{1,5}(\d{1,9})\b", re.ASCII)
_MAGICAL = {"RFC": "https://datatracker.ietf.org/doc/html/rfc", "PMID": names.MADE["pmid"]}
_LINKED = re.compile(r"(?:^|\|)\s{0,9}(?:link|verweis|lien|enlace)\s{0,9}=\s{0,9}(https?://[^\s|]{1,4000})")
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


class _Page(Gathered):
    """One page, read from its beginning to its end."""

    def __init__(self) -> None:
        super().__init__()
        self.title: str | None = None
        self.broken = False  # more was opened than anybody nests
        self._listing = False  # inside a list of notes, where <ref> defines and marks nothing
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
            self._references = headings.announces_references(words) or words.lower() in names.LISTS
            if self.title is None and node.level == 1:
                self.title = words or None
            self._say("\n\n")
            self._inner(node.title, source, at)
            self._say("\n\n")
        elif isinstance(node, wiki.HTMLEntity):
            self._say(html.unescape(source))
        elif isinstance(node, wiki.Argument) and node.default is not None:
            self._inner(node.default, source, at, 3)

    def _text(self, source: str, at: int) -> None:
        for loose in bare.find(shadow(source)):
            url, end = loose.url, loose.end
            self._add(at + loose.start, at + end, url, url)
        for magic in _MAGIC.finditer(source) if "RFC" in source or "PMID" in source else ():
            kind, number = magic.groups()
            self._add(at + magic.start(), at + magic.end(), _MAGICAL[kind] + number, magic.group())
        self._say(re.sub(r"'{2,5}", "", source) if "''" in source else source)

    def _external(self, node: Any, source: str, at: int) -> None:
        written = str(node.url)
        title = mended(templates.plain(str(node.title))) if node.title is not None else ""
        whole = html.unescape(templates.expanded(written)).strip()
        if not node.brackets:
            # MediaWiki ends a bare address before two apostrophes, a pipe and closing braces.
            whole = re.split(r"''|\||\}\}|[<>\"]|\{\{", written)[0]
            found = next(bare.find(whole), None)
            kept = whole[: found.end] if found and not found.start else bare.trimmed(whole, "")
            self._add(at, at + len(kept), html.unescape(kept), html.unescape(kept))
            self._say(source)
            return
        before = (self._open[-1].words if self._open else self._words)[-1:]
        if "|" in whole and before and before[0].endswith("["):  # written as a link inside the wiki
            whole, _, first = whole.partition("|")
            title = f"{first} {title}".strip()
        if _ADDRESS.match(whole):
            self._add(at, at + len(source), whole.partition(" ")[0], title[:300])
        self._say(title or (whole if self._open else ""))
        if node.title is not None and "<ref" in source:
            self._inner(node.title, source, at, len(written) + 1)

    def _wikilink(self, node: Any, source: str, at: int) -> None:
        title = str(node.title)
        if ":" in title and title.strip().partition(":")[0].lower() in names.NAMESPACES:
            if node.text is not None:
                self._say("\n\n")
                self._file(str(node.text), at + len(title) + 3)
                self._say("\n\n")
        elif node.text is not None:
            self._inner(node.text, source, at, len(title) + 2)
        else:
            self._say(title)

    def _file(self, written: str, at: int) -> None:
        """Read what stands behind the name of a file: size and the like, then the words below it."""
        options = re.match(r"(?:[^\[\]{}|<>]{0,200}\|){0,20}", written)
        behind = options.end() if options else 0
        if link := _LINKED.search(written, 0, behind):
            self._add(at + link.start(1), at + link.end(1), link.group(1))
        self._walk(mwparserfromhell.parse(written[behind:], skip_style_tags=True), at + behind)

    def _gallery(self, contents: str, at: int) -> None:
        for line in contents.splitlines(keepends=True):
            name = line.partition("|")[0]
            if len(name) < len(line):
                self._say("\n\n")
                self._file(line[len(name) + 1 :], at + len(name) + 1)
            at += len(line)
        self._say("\n\n")

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
            given = {str(one.name).strip().lower(): _unquoted(str(one.value or "")) for one in node.attributes}
            self._begin_anew(given.get("group", ""))
        elif name in _GALLERIES:
            if not node.self_closing:
                self._gallery(str(node.contents or ""), at + source.find(">") + 1)
        elif name in _DEAF:
            if not node.self_closing and name == "nowiki":
                self._say(str(node.contents or ""))
        elif name == "br":
            self._say(" ")
        elif node.contents is not None:
            between = "\n\n" if name in _BLOCKS else " " if name in ("td", "th") else ""
            self._say(between)
            self._inner(node.contents, source, at, source.find(">") + 1 if source.startswith("<") else 0)
            self._say(between)
        else:
            self._say("\n\n" if name in _BLOCKS else " ")

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
        if (turn := self._listed.get(group, 0)) and (contents is not None or key not in self._bodies):
            key = f"{key}\n{turn}"
        listing = self._listing
        if not listing and not given.get("follow"):
            self._mark(key, group, at, at + len(source))
        if contents is None:
            return
        # The first body counts; a second one under the same name is MediaWiki's error, but its links are read.
        body = self._bodies.setdefault(key, Body(at, at + len(source)))
        self._listing = False
        self._open.append(body)
        self._inner(contents, source, at, behind)
        self._open.pop()
        self._listing = listing

    def _template(self, node: Any, source: str, at: int) -> None:
        name = templates.name_of(node)
        if name in names.NOTES or name.startswith("#tag:ref") or (name == "note" and node.has("texte")):
            self._note_template(node, name, source, at)
        elif name in names.LISTINGS:
            for param in node.params:
                if str(param.name).strip().lower() in names.LISTED:
                    self._list(param.value, source, at, source.find(str(param)) + len(str(param.name)))
            self._begin_anew(_unquoted(templates.value(node, *names.GROUPS)) or names.LISTINGS[name])
        elif name in names.REUSES:
            group = templates.value(node, *names.GROUPS)
            for param in node.params:
                if not param.showkey and (called := str(param.value).strip()):
                    self._ref({"name": called, "group": group}, None, source, at, 0)
        elif name in names.SHORT or (name == "cita" and not any(param.showkey for param in node.params)):
            self._short(node, name, source, at)
        elif name.startswith("displaytitle:"):
            self.title = mended(templates.plain(str(node.name).partition(":")[2])) or None
        else:
            self._addresses(node, name, source, at)

    def _note_template(self, node: Any, name: str, source: str, at: int) -> None:
        given = {key: _unquoted(templates.value(node, key)) for key in ("name", "follow")}
        given["name"] = given["name"] or _unquoted(templates.value(node, "nom"))
        given["group"] = _unquoted(templates.value(node, *names.GROUPS)) or names.NOTES.get(name, "")
        body = next((param for param in node.params if not param.showkey), None)
        if name.startswith("#tag:ref"):
            contents: Any = mwparserfromhell.parse(str(node.name).partition(":")[2]) if ":" in str(node.name) else None
            if name == "#tag:ref" and body is not None:
                contents = body.value
        else:
            named = next((key for key in names.BODIES if node.has(key)), None)
            contents = body.value if body is not None else node.get(named).value if named else None
        self._ref(given, contents, source, at, 0)

    def _short(self, node: Any, name: str, source: str, at: int) -> None:
        """Read a short citation: it means a work that is described elsewhere on the page."""
        works = templates.short(node, name)
        words = "; ".join(words for _, words in works)
        if name in names.NUMBERED:
            key = f"\nsfn {words}\n{self._listed.get('', 0)}"
            if not self._open:
                self._mark(key, "", at, at + len(source))
            body = self._bodies.setdefault(key, Body(at, at + len(source), [words]))
            if not body.works:
                body.works += [(at, at + len(source), work) for work, _ in works]
            return
        if self._open:
            self._open[-1].works += [(at, at + len(source), work) for work, _ in works]
        else:
            draft = Draft(start=at, end=at + len(source), text=words)
            self._loose += [Loose(draft, self._length, work) for work, _ in works]
        self._say(words)

    def _addresses(self, node: Any, name: str, source: str, at: int) -> None:
        found = templates.understood(node, name)
        low = self._length
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
                context=found.words[:600] if found.cites else None,
                shown=low,
            )
        if not found.addresses and found.announced:
            if self._open:
                self._say(" URL:")
            else:
                draft = Draft(
                    start=at,
                    end=at + len(source),
                    text=found.title,
                    lost=True,
                    confidence=0.8,
                    context=found.words[:600],
                )
                self._loose.append(Loose(draft, self._length))
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
            elif "//" in written:
                self._quietly(param.value, at + start + max(offset, 0))

    def _quietly(self, code: Any, at: int) -> None:
        """Walk over what is said already."""
        words = self._open[-1].words if self._open else self._words
        said, length = len(words), self._length
        self._walk(code, at)
        del words[said:]
        self._length = length


def _unquoted(written: str) -> str:
    return " ".join(written.strip().strip("\"'").split())
