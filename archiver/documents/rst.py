"""Read reStructuredText with docutils: links, targets, footnotes and citations under the numbers that it gives them.

Nothing is included, run or fetched. Directives and roles that docutils does not know (Sphinx has many) are read for
their content. docutils says only roughly where a thing stands, so each is found again by its source, in reading order.
"""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from docutils.statemachine import StringList
from msgspec.structs import replace

from archiver.documents import bare, dates, headings, kinds
from archiver.documents.about import of_text
from archiver.documents.decoding import beginning, decode
from archiver.documents.draft import About, Draft, Reading
from archiver.documents.mend import mended, shadow
from archiver.documents.notes import Mark, Note, Target, cite
from archiver.documents.prose import sentence, word_before
from archiver.model import CitationKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.documents.raw import Raw

_LARGEST = 5_000_000
_ONE = threading.Lock()
_DIRECTIVE, _ROLE = directives.directive, roles.role
_SETTINGS = {
    "raw_enabled": False,
    "file_insertion_enabled": False,
    "report_level": 5,
    "halt_level": 6,
    "warning_stream": False,
    "_disable_config": True,
    "line_length_limit": 10_000_000,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "doctitle_xform": True,
}
_VIDEO = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
_CODE = frozenset(
    {"code-block", "sourcecode", "literalinclude", "doctest", "testcode", "testoutput", "mermaid", "graphviz"}
)
_REMOTE = re.compile(r"(?:https?|ftps?):(?://)?\S", re.IGNORECASE)


def read(raw: Raw) -> Reading:
    """Read a reStructuredText document."""
    text = decode(raw)
    begun, warnings = beginning(text, _LARGEST)
    try:
        with _harmless():
            tree = publish_doctree(begun, settings_overrides=_SETTINGS)
    except Exception as error:  # noqa: BLE001 - docutils stumbles over definitions that use themselves, and deep nesting
        return _as_text(raw, warnings, error)
    reader = _Reader(text, tree)
    try:
        reader.walk()
    except RecursionError as error:
        return _as_text(raw, warnings, error)
    about = _about(tree).filled(of_text(reader.prose))
    return Reading(text=text, drafts=tuple(reader.drafts()), media_type="text/x-rst", about=about, warnings=warnings)


def _as_text(raw: Raw, warnings: tuple[str, ...], error: Exception) -> Reading:
    from archiver.documents import plain

    why = f"its markup is broken or nested too deep ({type(error).__name__}): read as plain text"
    return replace(plain.read(raw), media_type="text/x-rst", warnings=(*warnings, why))


class _Unknown(Directive):
    """A directive that docutils does not know: its content is text, unless it is a video or code."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = None

    def run(self) -> list[nodes.Node]:
        name = self.name.lower()
        given = " ".join(self.arguments).strip()
        if name in _CODE:
            return []
        if name in _VIDEO and re.fullmatch(r"[\w-]{5,20}", given):
            return [nodes.image(self.block_text, uri=_VIDEO[name] + given, video=True, written=given)]
        if name in ("video", "audio", "iframe", "embed", "raw-video") and _REMOTE.match(given):
            return [nodes.image(self.block_text, uri=given.split()[0], video=True, written=given.split()[0])]
        inside = nodes.container()
        lines = list(self.content)
        while lines and re.match(r":[\w-]{1,40}:", lines[0]):
            lines.pop(0)
        content = self.content[len(self.content) - len(lines) :] if lines else StringList()
        if given and name not in ("toctree", "only"):
            words, messages = self.state.inline_text(given, self.lineno)
            inside += nodes.paragraph(given, "", *words, *messages)
        if name != "toctree":
            self.state.nested_parse(content, self.content_offset + len(self.content) - len(lines), inside)
        return [inside]


def _role(_name: str, rawtext: str, text: str, *_more: Any, **_options: Any) -> tuple[list[nodes.Node], list[Any]]:
    words = re.sub(r"\s*<[^<>]{1,300}>$", "", nodes.unescape(text))
    return [nodes.inline(rawtext, words)], []


@contextmanager
def _harmless() -> Iterator[None]:
    """Let docutils take every name of a directive or role for a known one, while one document is read."""
    directive, role = _DIRECTIVE, _ROLE

    def some_directive(name: str, language: Any, document: Any) -> Any:
        found, messages = directive(name, language, document)
        lower = name.lower()
        if lower in ("include", "raw", "csv-table") and found is not None:
            return _Unknown if lower != "raw" else _Code, []
        if lower in _CODE:
            return _Code, []
        return (found, messages) if found is not None else (_Unknown, [])

    def some_role(name: str, language: Any, lineno: int, reporter: Any) -> Any:
        found, messages = role(name, language, lineno, reporter)
        return (found, messages) if found is not None else (_role, [])

    # The tables are docutils' own globals: one document at a time.
    with _ONE:
        setattr(directives, "directive", some_directive)  # noqa: B010
        setattr(roles, "role", some_role)  # noqa: B010
        try:
            yield
        finally:
            setattr(directives, "directive", directive)  # noqa: B010
            setattr(roles, "role", role)  # noqa: B010


class _Code(Directive):
    """Something that is not read."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = None

    def run(self) -> list[nodes.Node]:
        return []


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
        if isinstance(node, nodes.Text):
            self._text(node)
        elif isinstance(node, nodes.reference):
            self._reference(node)
        elif isinstance(node, nodes.footnote_reference | nodes.citation_reference):
            self._mark(node)
        elif isinstance(node, nodes.footnote | nodes.citation):
            self._note(node)
        elif isinstance(node, nodes.problematic):
            self._problem(node)
        elif isinstance(node, nodes.image):
            self._image(node)
        elif isinstance(
            node, nodes.literal_block | nodes.doctest_block | nodes.comment | nodes.system_message | nodes.raw
        ):
            # Signs in code must not be taken for the places of what stands behind it.
            self._seek(node.rawsource if isinstance(node, nodes.comment) else node.astext())
        elif isinstance(node, nodes.literal | nodes.math | nodes.math_block | nodes.substitution_definition):
            self._say(node.astext())
        elif isinstance(node, nodes.target) and not node.children:
            self._seek(node.rawsource)
        else:
            if isinstance(node, nodes.title):
                self._references = headings.announces_references(node.astext())
            self._children(node)
            if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
                self._say("\n\n")

    def _say(self, words: str) -> None:
        self._words.append(words)
        self._length += len(words)

    def _seek(self, source: str) -> tuple[int, int]:
        """Find the next place of a piece of source; the place stays where it is when there is none."""
        source = source.strip().replace("\x00", "\\")
        if source:
            found = self.text.find(source, self._at)
            if found < 0 and (first := source.partition("\n")[0]) != source:
                source, found = first, self.text.find(first, self._at)
            if found >= 0:
                self._at = found + len(source)
                return found, self._at
        return self._at, self._at

    def _text(self, node: nodes.Text) -> None:
        words = node.astext()
        for one in bare.find(shadow(words)):
            start, end = self._seek(one.url if one.url in self.text else words[one.start : one.end])
            self._add(start, end, one.url, "")
        self._say(words)

    def _reference(self, node: Any) -> None:
        url = str(node.get("refuri") or "")
        words = mended(node.astext())
        inside = [child for child in node.children if isinstance(child, nodes.image)]
        start, end = self._seek(node.rawsource or url or words)
        if _REMOTE.match(url):
            self._add(start, end, url, "" if words == url else words[:300])
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
            key=names[0], label=label, start=start, end=max(start, self._at), text=words[:2000], targets=tuple(targets)
        )

    def drafts(self) -> list[Draft]:
        """Give all that was found."""
        from msgspec.structs import replace

        marks = [
            replace(
                mark,
                text=mended(word_before(self.prose, shown)[0]),
                context=sentence(self.prose, shown, min(len(self.prose), shown + len(mark.label) + 3)),
            )
            for mark, shown in self._marks
        ]
        drafts = cite(marks, self._notes)
        for draft, low, high in self._loose:
            context = sentence(self.prose, low, min(high, len(self.prose)))
            drafts.append(replace(draft, context=context, behind=self.prose[high : high + 160].partition("\n\n")[0]))
        return drafts
