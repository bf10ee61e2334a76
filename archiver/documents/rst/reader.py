"""Read reStructuredText with docutils: links, targets, footnotes and citations under the numbers that it gives them.

docutils says only roughly where a thing stands, so each is found again by its source, in reading order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from msgspec.structs import replace

from archiver.documents import bare, dates, kinds, written
from archiver.documents.about import of_text
from archiver.documents.decoding import beginning, decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.gathering import not_included
from archiver.documents.mend import mended, shadow
from archiver.documents.notes import headings
from archiver.documents.notes.cite import Mark, Note, Target, cite
from archiver.documents.prose import sentence, word_before
from archiver.documents.rst.directives import tree_of
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.documents.raw import Raw

_LARGEST = 5_000_000
_REMOTE = re.compile(r"(?:https?|ftps?):(?://)?\S", re.IGNORECASE)


def read(raw: Raw) -> Reading:
    """Read a reStructuredText document."""
    text = decode(raw)
    begun, warnings = beginning(text, _LARGEST)
    try:
        tree = tree_of(begun)
    except Exception as error:  # noqa: BLE001 - docutils stumbles over definitions that use themselves, and deep nesting
        return _as_text(raw, warnings, error)
    reader = _Reader(text, tree)
    try:
        reader.walk()
    except RecursionError as error:
        return _as_text(raw, warnings, error)
    about = _about(tree).filled(of_text(reader.prose))
    return Reading(
        text=text, drafts=tuple(reader.drafts()), media_type="text/x-rst", about=about,
        warnings=(*warnings, *not_included(reader.included)),
    )


def _as_text(raw: Raw, warnings: tuple[str, ...], error: Exception) -> Reading:
    from archiver.documents import plain

    why = f"its markup is broken or nested too deep ({type(error).__name__}): read as plain text"
    return replace(plain.read(raw), media_type="text/x-rst", warnings=(*warnings, why))


def _about(tree: nodes.document) -> About:
    author, published, language = None, None, None
    for field in tree.findall(nodes.docinfo):
        for one in field.children:
            words = mended(one.astext())
            if isinstance(one, nodes.author):
                author = author or words
            elif isinstance(one, nodes.authors):
                author = author or ", ".join(mended(name.astext()) for name in one.children)
            elif isinstance(one, nodes.date):
                published = published or dates.day(words)
            elif isinstance(one, nodes.field):
                name, _, value = one.astext().partition("\n\n")
                name, value = name.strip().lower(), mended(value)
                if name in ("lang", "language"):
                    language = language or value or None
                elif name in ("date", "published"):
                    published = published or dates.day(value)
        break
    title = tree.get("title") or next((mended(one.astext()) for one in tree.findall(nodes.title)), None)
    return About.told(
        "title and bibliographic fields",
        title=title or None,
        author=author or None,
        published=published,
        language=language,
    )


class _Reader:
    """The tree of a document, in reading order."""

    def __init__(self, text: str, tree: nodes.document) -> None:
        self.text = text
        self.prose = ""
        self._tree = tree
        self._words: list[str] = []
        self._length = 0
        self._at = 0
        self._limit = len(text)  # where what is being read ends
        self.included: list[str] = []
        self._raw: list[Draft] = []
        code = nodes.literal_block | nodes.doctest_block | nodes.system_message | nodes.raw
        self._known: tuple[tuple[Any, Callable[[Any], None]], ...] = (
            (nodes.Text, self._text),
            (nodes.reference, self._reference),
            (nodes.footnote_reference | nodes.citation_reference, self._mark),
            (nodes.footnote | nodes.citation, self._note),
            (nodes.problematic, self._problem),
            (nodes.image, self._image),
            (nodes.row, self._row),
            (code | nodes.comment | nodes.substitution_definition, self._unread),
            (nodes.literal | nodes.math | nodes.math_block, lambda node: self._say(node.astext())),
        )
        self._notes: dict[str, Note] = {}
        self._open: list[list[Target]] = []
        self._marks: list[tuple[Mark, int]] = []
        self._loose: list[tuple[Draft, int, int]] = []
        self._references = False

    def walk(self) -> None:
        """Read the whole document."""
        self._children(self._tree)
        self.prose = shadow("".join(self._words))

    def _children(self, node: Any) -> None:
        for child in node.children:
            self._node(child)

    def _node(self, node: Any) -> None:
        for kinds_of, read_it in self._known:
            if isinstance(node, kinds_of):
                read_it(node)
                return
        if isinstance(node, nodes.target) and not node.children:
            self._seek(node.rawsource)
            return
        if isinstance(node, nodes.topic) and "contents" in node.get("classes", []):
            return  # a table of contents is made of what stands elsewhere
        if isinstance(node, nodes.title):
            self._references = headings.announces_references(node.astext())
        if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
            self._block(node)
            self._say("\n\n")
        else:
            self._children(node)

    def _unread(self, node: Any) -> None:
        """Pass over it, so that signs in it are not taken for the places of what stands behind it."""
        if node.get("included"):
            self.included.append(node["included"])
        if isinstance(node, nodes.raw) and node.get("format") == "html":
            self._html(node.astext().strip().split("\n"))
        else:
            code = isinstance(node, nodes.literal_block | nodes.doctest_block)
            self._seek(node.astext() if code else node.rawsource)

    def _block(self, node: Any) -> None:
        """Read a paragraph or the like; what stands in it is looked for in it only."""
        source = (node.rawsource or node.astext()).strip()
        first = source.partition("\n")[0].rstrip()
        start, limit = self.text.find(first, self._at, self._limit), self._limit
        end = self._at
        if first and start >= 0:
            self._at = end = start
            for _ in range(source.count("\n") + 1):
                line = self.text.find("\n", end + 1)
                end = line if 0 <= line < limit else limit
        self._limit = end
        self._children(node)
        self._at, self._limit = max(self._at, end), limit

    def _row(self, node: Any) -> None:
        """Read a row of a table, whose cells may stand side by side."""
        start = end = self._at
        for cell in node.children:
            self._at = start
            self._node(cell)
            end = max(end, self._at)
        self._at = end

    def _html(self, lines: list[str]) -> None:
        start, end = self._seek(lines[0])
        if len(lines) > 1:
            _, end = self._seek(lines[-1])
        if end > start:
            self._raw += written.of_html(written.verbatim(self.text, start, end), None)

    def _say(self, words: str) -> None:
        self._words.append(words)
        self._length += len(words)

    def _seek(self, source: str) -> tuple[int, int]:
        """Find the next place of a piece of source; the place stays where it is when there is none."""
        source = source.strip().replace("\x00", "\\")
        if source:
            found = self.text.find(source, self._at, self._limit)
            if found < 0 and (first := source.partition("\n")[0]) != source:
                source, found = first, self.text.find(first, self._at, self._limit)
            if found >= 0:
                self._at = found + len(source)
                return found, self._at
        return self._at, self._at

    def _text(self, node: nodes.Text) -> None:
        words = node.astext()
        for one in bare.find(shadow(words)):
            start, end = self._seek(one.url if one.url in self.text else words[one.start : one.end])
            self._add(start, end, one.url, one.url)
        self._say(words)

    def _reference(self, node: Any) -> None:
        url = str(node.get("refuri") or "")
        words = mended(node.astext())
        inside = [child for child in node.children if isinstance(child, nodes.image)]
        start, end = self._seek(node.rawsource or url or words)
        if _REMOTE.match(url):
            self._add(start, end, url, words[:300])
        self._say(words)
        for image in inside:
            self._image(image)

    def _image(self, node: Any) -> None:
        uri = str(node.get("uri") or "")
        uri = f"https:{uri}" if uri.startswith("//") else uri
        if _REMOTE.match(uri) and (node.get("video") or kinds.is_media(uri)):
            start, end = self._seek(str(node.get("written") or uri))
            self._add(start, end, uri, mended(str(node.get("alt") or "")), media=True)

    def _add(self, start: int, end: int, url: str, words: str, *, media: bool = False) -> None:
        if self._open:
            self._open[-1].append(Target(start=start, end=end, url=url, media=media))
            return
        kind = CitationKind.REFERENCE if self._references else None
        draft = Draft(start=start, end=end, url=url, text=words, media=media, kind=kind)
        self._loose.append((draft, self._length, self._length + len(words or url)))

    def _mark(self, node: Any) -> None:
        label = mended(node.astext())
        start, end = self._seek(node.rawsource)
        key = str(node.get("refid") or f"{node.get('refname') or label}\n")
        self._marks.append((Mark(key=key, label=label, start=start, end=end), self._length))
        self._say(f" [{label}]")

    def _problem(self, node: Any) -> None:
        """Read what docutils could not resolve: a mark without a note, or a link without a target."""
        source = node.rawsource or node.astext()
        start, end = self._seek(source)
        if found := re.fullmatch(r"\[(#?[\w.:-]{0,80}|\*)\]_", source):
            label = found.group(1).lstrip("#") or found.group(1)
            self._marks.append((Mark(key=f"{source}\n", label=label, start=start, end=end), self._length))
        elif found := re.fullmatch(r"`([^`<>]{1,300})`__?|([\w.+:-]{1,100})__?", source):
            words = mended(found.group(1) or found.group(2))
            draft = Draft(start=start, end=end, text=words, lost=True, confidence=0.7)
            self._loose.append((draft, self._length, self._length + len(words)))
            source = words
        self._say(source)

    def _note(self, node: Any) -> None:
        label = mended(node.children[0].astext()) if node.children and isinstance(node.children[0], nodes.label) else ""
        opening = re.compile(r"^[ \t]{0,40}\.\. \[[^\]\n]{1,200}\]", re.MULTILINE).search(self.text, self._at)
        start = opening.start() + len(opening.group()) - len(opening.group().lstrip()) if opening else self._at
        self._at = max(self._at, opening.end() if opening else 0)
        targets: list[Target] = []
        self._open.append(targets)
        kept, self._words = self._words, []
        length = self._length
        for child in node.children:
            if not isinstance(child, nodes.label):
                self._node(child)
        words = mended(" ".join("".join(self._words).split()))
        self._words, self._length = kept, length
        self._open.pop()
        names = [str(one) for one in node.get("ids", [])] or [f"{label}\n{start}"]
        self._notes[names[0]] = Note(
            key=names[0],
            label=label,
            start=start,
            end=max(start, self._at),
            text=words[:2000],
            targets=tuple(targets),
            kind=CitationKind.REFERENCE if isinstance(node, nodes.citation) else None,
        )

    def drafts(self) -> list[Draft]:
        """Give all that was found."""
        marks = [
            replace(
                mark,
                text=mended(word_before(self.prose, shown)[0]),
                context=sentence(self.prose, shown, min(len(self.prose), shown + len(mark.label) + 3)),
            )
            for mark, shown in self._marks
        ]
        drafts = cite(marks, self._notes) + self._raw
        for draft, low, high in self._loose:
            context = sentence(self.prose, low, min(high, len(self.prose)))
            drafts.append(replace(draft, context=context, behind=self.prose[high : high + 160].partition("\n\n")[0]))
        return drafts
