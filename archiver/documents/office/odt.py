"""Read ODT and flat ODF text: links, notes with the numbers that stand in them, comments, lists.

A package has content.xml, styles.xml and meta.xml; the flat kind has all of it in one file (OpenDocument 1.3, part 3).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, ClassVar

from archiver.documents import about
from archiver.documents.draft import About, Reading
from archiver.documents.mend import shadow
from archiver.documents.office import works
from archiver.documents.office.meta import language, of_core, with_title
from archiver.documents.office.odf_styles import Styles
from archiver.documents.office.story import Story
from archiver.documents.office.xml import all_named, child, get, name, walk
from archiver.documents.packages import CUT, BadPackageError, open_package, parse_xml
from archiver.model import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

    from archiver.documents.raw import Raw

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"


def read(raw: Raw) -> Reading | Unreadable:
    """Read an ODT document, or a flat one."""
    warnings: list[str] = []
    cut = False
    content: _Element | None
    if raw.data.startswith(b"PK"):
        try:
            package = open_package(raw.data)
        except BadPackageError as error:
            return Unreadable(source=raw.source, reason=error.reason, hint=error.hint)
        # Since 1.2 each part is encrypted by itself, and the manifest says so.
        if b"encryption-data" in (package.read("META-INF/manifest.xml", 4_000_000) or b""):
            return Unreadable(source=raw.source, reason="is encrypted", hint="save it without a password")
        content, styles, meta = (
            parse_xml(package.read(part, _PART) or b"", package.warnings)
            for part in ("content.xml", "styles.xml", "meta.xml")
        )
        warnings = package.warnings
        cut = package.cut
    else:
        content = styles = meta = parse_xml(raw.data, warnings)
    if content is None or child(content, "body") is None:
        if cut:
            return Unreadable(source=raw.source, reason=CUT.reason, hint=CUT.hint)
        hint = "open it in a word processor and save it again"
        reason = "is an OpenDocument text whose content cannot be read" + (f" ({warnings[0]})" if warnings else "")
        return Unreadable(source=raw.source, reason=reason, hint=hint)
    story = Story()
    teller = _Teller(story, Styles([root for root in (content, styles) if root is not None]))
    teller.tell(child(content, "body"))
    teller.rest()
    for master in all_named(styles, "master-styles") if styles is not None else ():
        for one in all_named(master, "header", "footer", "header-first", "footer-first", "header-left", "footer-left"):
            teller.tell(one)
    teller.refer()
    text = story.text()
    if cut and not text.strip():
        return Unreadable(source=raw.source, reason=CUT.reason, hint=CUT.hint)
    said = about.of_text(shadow(text[:400_000]))
    core = of_core(child(meta, "meta") if meta is not None else None)
    spoken = About.told("default style", language=teller.language)
    return Reading(
        text=text,
        drafts=tuple(one for one in story.drafts(text) if not (cut and one.lost)),
        media_type=MEDIA_TYPE,
        about=with_title(teller.title, teller.heading, core, said).filled(spoken),
        warnings=tuple(dict.fromkeys([*warnings, *story.warnings()])),
    )


_SKIPPED = frozenset(
    {"tracked-changes", "note-citation", "sequence-decls", "variable-decls", "user-field-decls", "forms", "ruby-text",
     "event-listeners", "index-title-template", "binary-data", "scripts", "settings", "dde-connection-decls"}
)  # fmt: skip
_PART = 40_000_000  # bytes of XML; as a tree it takes ten times as much
_MOST_SPACES = 1000
_EARLY = 2000  # a heading further down is none of the whole


class _Teller:
    """The walk."""

    def __init__(self, story: Story, styles: Styles) -> None:
        self.title = ""
        self.heading = ""
        self.language = language(styles.language)
        self._story = story
        self._styles = styles
        self._links: list[tuple[int, str]] = []
        self._paragraphs: list[int] = []
        self._spans: list[bool] = []
        self._lists: list[tuple[str, int]] = []
        self._item = ""
        self._notes: list[tuple[str, str, _Element]] = []
        self._later: deque[_Element] = deque()
        self._comments: deque[_Element] = deque()
        self._pointers: list[tuple[str, int, int]] = []
        self._count = 0
        self._left_off: dict[tuple[str, int], int] = {}
        self._root: _Element | None = None
        self._works: dict[str, int] = {}  # citations of a reference manager that have begun

    def tell(self, root: _Element | None) -> None:
        """Tell a part, and then the text boxes that are anchored in it."""
        if root is None:
            return
        self._later.append(root)
        while self._later:
            self._root = self._later.popleft()
            walk(self._root, self._enter, self._leave)
            self._links.clear()
            self._paragraphs.clear()
            self._spans.clear()
            self._item = ""
            self._story.apart()
            if self._later:
                self._story.aside()

    def rest(self) -> None:
        """Tell what stands outside the text: notes and comments."""
        self._story.end_text()
        for key, label, body in self._notes:
            self._story.open_note(key, label)
            self.tell(body)
            self._story.close_note(key)
        while self._comments:
            self.tell(self._comments.popleft())

    def refer(self) -> None:
        """Make markers of the cross-references to notes."""
        for key, start, end in self._pointers:
            self._story.marked(key, start, end)

    def _enter(self, element: _Element) -> bool:
        kind = name(element)
        if kind in _SKIPPED:
            self._tail(element)
            return False
        method = self._ON_ENTER.get(kind)
        if method is not None and not method(self, element):
            self._tail(element)
            return False
        self._say(element.text or "")
        return True

    def _leave(self, element: _Element) -> None:
        method = self._ON_LEAVE.get(name(element))
        if method is not None:
            method(self, element)
        self._tail(element)

    def _tail(self, element: _Element) -> None:
        if element is not self._root and element.tail:
            self._say(element.tail)

    def _say(self, words: str) -> None:
        if self._paragraphs and words:
            # White space in the file is one space (part 3, 6.1.2).
            lead = " " if words[:1].isspace() else ""
            body = " ".join(words.split())
            shown = f"{lead}{body}{' ' if words[-1:].isspace() else ''}" if body else lead
            self._story.say(shown, raised=bool(self._spans) and self._spans[-1])

    # Paragraphs, lists

    def _paragraph(self, _element: _Element) -> bool:
        self._story.apart()
        self._paragraphs.append(self._story.length)
        self._story.say(self._item)
        self._item = ""
        return True

    def _end_paragraph(self, element: _Element) -> None:
        start = self._paragraphs.pop() if self._paragraphs else self._story.length
        if self._story.length > start:
            titled = self._styles.is_title(get(element, "style-name"))
            if titled and not self.title:
                self.title = self._story.said(start)
            elif name(element) == "h" and not self.heading and start < _EARLY:
                self.heading = self._story.said(start)
            self._story.paragraph(start, heading=titled or name(element) == "h")
        self._story.apart()

    def _list(self, element: _Element) -> bool:
        style = get(element, "style-name") or (self._lists[-1][0] if self._lists else "")
        level = len(self._lists) + 1
        start = self._styles.start(style, level)
        if get(element, "continue-numbering") == "true" or get(element, "continue-list"):
            start = self._left_off.get((style, level), start)
        self._lists.append((style, start))
        return True

    def _end_list(self, _element: _Element) -> None:
        if self._lists:
            level = len(self._lists)
            style, count = self._lists.pop()
            self._left_off[style, level] = count

    def _list_item(self, element: _Element) -> bool:
        if self._lists:
            style, count = self._lists[-1]
            own = get(element, "start-value")
            if own.isascii() and own.isdigit() and len(own) < 6:
                count = int(own)
            self._item = self._styles.label(style, len(self._lists), count)
            self._lists[-1] = (style, count + 1)
        return True

    # Text

    def _span(self, element: _Element) -> bool:
        above = bool(self._spans) and self._spans[-1]
        raised = self._styles.raised(get(element, "style-name"))
        self._spans.append(above if raised is None else raised)
        return True

    def _end_span(self, _element: _Element) -> None:
        if self._spans:
            self._spans.pop()

    def _spaces(self, element: _Element) -> bool:
        count = get(element, "c")
        many = int(count) if count.isascii() and count.isdigit() and len(count) < 6 else 1
        self._put(" " * min(many, _MOST_SPACES))
        return False

    def _tab(self, _element: _Element) -> bool:
        self._put("\t")
        return False

    def _break(self, _element: _Element) -> bool:
        self._put("\n")
        return False

    def _turn(self, _element: _Element) -> bool:
        self._story.turn()
        return False

    def _put(self, sign: str) -> None:
        if self._paragraphs:
            self._story.say(sign)

    def _titled(self, element: _Element) -> bool:
        # svg:title and svg:desc describe a picture; text:title is a field that is shown.
        return "svg" not in str(element.tag)

    # Links

    def _link(self, element: _Element) -> bool:
        self._links.append((self._story.length, get(element, "href")))
        return True

    def _end_link(self, element: _Element) -> None:
        if self._links:
            start, href = self._links.pop()
            if href.strip():
                words = next((one.text or "" for one in all_named(element, "title", "desc")), "")
                self._story.link(start, href, words or get(element, "title"))
            else:
                self._story.lost(start)

    def _embedded(self, element: _Element) -> bool:
        if href := get(element, "href"):
            self._story.link(self._story.length, href, media=name(element) == "plugin")
        return True

    def _work(self, element: _Element) -> bool:
        self._links.append((self._story.length, get(element, "url")))
        return True

    def _end_work(self, _element: _Element) -> None:
        if self._links:
            start, href = self._links.pop()
            if href.strip():
                self._story.link(start, href)

    # Notes, comments, text boxes

    def _note(self, element: _Element) -> bool:
        self._count += 1
        citation, body = child(element, "note-citation"), child(element, "note-body")
        shown = "".join(str(words) for words in citation.itertext()).strip() if citation is not None else ""
        label = (shown or (get(citation, "label") if citation is not None else "") or str(self._count))[:12]
        key = get(element, "id") or f" note {self._count}"
        self._story.mark(key, label)
        if body is not None:
            self._notes.append((key, label, body))
        return False

    def _pointer(self, _element: _Element) -> bool:
        self._links.append((self._story.length, ""))
        return True

    def _work_begins(self, element: _Element) -> bool:
        ident = get(element, "name")
        if len(self._works) < 50 and ("CSL_CITATION" in ident[:200] or "CITATION" in ident[:40]):
            self._works[ident] = self._story.length
        return False

    def _work_ends(self, element: _Element) -> bool:
        ident = get(element, "name")
        start = self._works.pop(ident, None)
        if start is not None:
            self._story.works(start, works.of_field(ident))
        return False

    def _end_pointer(self, element: _Element) -> None:
        if self._links:
            start, _ = self._links.pop()
            self._pointers.append((get(element, "ref-name"), start, self._story.length))

    def _aside(self, element: _Element) -> bool:
        if element is self._root:
            return True
        (self._comments if name(element) == "annotation" else self._later).append(element)
        return False

    _ON_ENTER: ClassVar = {
        "p": _paragraph,
        "h": _paragraph,
        "list": _list,
        "list-item": _list_item,
        "span": _span,
        "s": _spaces,
        "tab": _tab,
        "line-break": _break,
        "soft-page-break": _turn,
        "title": _titled,
        "desc": _titled,
        "a": _link,
        "plugin": _embedded,
        "floating-frame": _embedded,
        "bibliography-mark": _work,
        "note": _note,
        "note-ref": _pointer,
        "reference-mark-start": _work_begins,
        "reference-mark-end": _work_ends,
        "annotation": _aside,
        "text-box": _aside,
    }
    _ON_LEAVE: ClassVar = {
        "p": _end_paragraph,
        "h": _end_paragraph,
        "list": _end_list,
        "span": _end_span,
        "a": _end_link,
        "bibliography-mark": _end_work,
        "note-ref": _end_pointer,
    }
