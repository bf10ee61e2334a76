"""One part of a DOCX, walked in reading order and told to the story."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct, field

from archiver.documents.office import works
from archiver.documents.office.fields import understood
from archiver.documents.office.xml import all_named, child, get, name, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from archiver.documents.office.lists import Lists
    from archiver.documents.office.note_numbers import NoteNumbers
    from archiver.documents.office.story import Story


class Part(Struct, eq=False):
    """A part: its XML, and what its relations lead to (kind, target, whether outside the package)."""

    root: _Element
    relations: dict[str, tuple[str, str, bool]]


class _Field(Struct):
    start: int
    code: list[str] = field(default_factory=list)
    shows: bool = False  # its result has begun


# Deleted and moved text, properties of what was before a change, and what is no text.
_SKIPPED = frozenset(
    {"del", "moveFrom", "delText", "delInstrText", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "rPr",
     "pPr", "tblPr", "tcPr", "trPr", "sectPr", "tblGrid", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr",
     "footnoteRef", "endnoteRef", "annotationRef", "rt", "binData", "fldData", "ffData"}
)  # fmt: skip
_LIKE_TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_LABEL_SIGNS = 4
_EARLY = 2000  # a heading further down is none of the whole


class Body:
    """The walk."""

    def __init__(self, story: Story, numbers: NoteNumbers, lists: Lists) -> None:
        self.title = ""
        self.heading = ""
        self.chunks: list[tuple[int, str]] = []  # where documents of other formats are to be shown, and which
        self._story = story
        self._numbers = numbers
        self._lists = lists
        self._part: Part | None = None
        self._root: _Element | None = None
        self._fields: list[_Field] = []
        self._hyperlinks: list[tuple[int, str, bool]] = []
        self._paragraphs: list[tuple[int, str]] = []
        self._boxes: list[_Element] = []
        self._swallow = ""
        self._bookmarks: dict[str, str] = {}  # open ones by id
        self._named: dict[str, str] = {}  # bookmark to key of the note whose reference it holds
        self._pointers: list[tuple[str, int, int]] = []

    def tell(self, part: Part, root: _Element | None = None) -> None:
        """Tell a part, or a piece of it, and then the text boxes that are anchored in it."""
        self._part = part
        queue = deque([part.root if root is None else root])
        while queue:
            self._root = queue.popleft()
            walk(self._root, self._enter, self._leave)
            while self._fields:
                self._end_field()
            self._hyperlinks.clear()
            self._paragraphs.clear()
            self._story.apart()
            queue += self._boxes
            self._boxes = []
            if queue:
                self._story.aside()

    def note(self, key: str, label: str, part: Part, root: _Element) -> None:
        """Tell the body of a note."""
        self._story.open_note(key, label)
        self.tell(part, root)
        self._story.close_note(key)

    def refer(self) -> None:
        """Make markers of the cross-references to notes; their notes are known only now."""
        for bookmark, start, end in self._pointers:
            if key := self._named.get(bookmark):
                self._story.marked(key, start, end)

    def _enter(self, element: _Element) -> bool:
        kind = name(element)
        if kind in _SKIPPED:
            return False
        method = self._ON_ENTER.get(kind)
        return True if method is None else method(self, element)

    def _leave(self, element: _Element) -> None:
        method = self._ON_LEAVE.get(name(element))
        if method is not None:
            method(self, element)

    # Paragraphs, tables

    def _paragraph(self, element: _Element) -> bool:
        self._story.apart()
        properties = child(element, "pPr")
        label = self._lists.label(properties)
        self._paragraphs.append((self._story.length, self._lists.heading(properties)))
        self._story.say(label)
        return True

    def _end_paragraph(self, element: _Element) -> None:
        start, kind = self._paragraphs.pop() if self._paragraphs else (self._story.length, "")
        if self._story.length > start:
            if kind == "title" and not self.title:
                self.title = self._story.said(start)
            elif kind == "heading" and not self.heading and start < _EARLY:
                self.heading = self._story.said(start)
            self._story.paragraph(start, heading=bool(kind))
        self._story.apart()
        if child(element, "pPr", "sectPr") is not None:
            self._numbers.end_section()

    def _row(self, element: _Element) -> bool:
        return child(element, "trPr", "del") is None

    # Text

    def _run(self, element: _Element) -> bool:
        properties = child(element, "rPr")
        hidden = child(properties, "vanish")
        return (
            hidden is None
            or get(hidden, "val") in ("0", "false", "off")
            or any(True for _ in all_named(element, "fldChar", "instrText"))
        )

    def _text(self, element: _Element) -> bool:
        words = (element.text or "").replace("\n", " ").replace("\r", " ")
        self._say(words, element)
        return False

    def _sign(self, element: _Element) -> bool:
        if get(element, "type") == "page":
            self._numbers.end_page()
        if self._paragraphs and not (name(element) == "tab" and name(_around(element)) == "tabs"):
            self._say(_LIKE_TEXT[name(element)], element)
        return False

    def _symbol(self, element: _Element) -> bool:
        self._say(_symbol(element), element)
        return False

    def _say(self, words: str, element: _Element) -> None:
        if self._swallow:
            if words.lstrip().startswith(self._swallow):
                words = words.lstrip()[len(self._swallow) :]
            self._swallow = ""
        inside = next((one for one in self._fields if not one.shows), None)
        if inside is not None:
            inside.code.append(words)
            return
        self._story.say(words, raised=self._raised(element))

    def _raised(self, element: _Element) -> bool:
        # The properties come first in a run; to search it for each of its signs would take quadratic time.
        properties = next(iter(_around(element)), None)
        if properties is None or name(properties) != "rPr":
            return False
        align = child(properties, "vertAlign")
        if align is not None:
            return get(align, "val") == "superscript"
        position = child(properties, "position")
        if position is not None and re.fullmatch(r"[1-9]\d?", get(position, "val")):
            return int(get(position, "val")) >= 4  # half points above the line
        style = child(properties, "rStyle")
        return style is not None and self._lists.raised(get(style, "val"))

    def _page(self, _element: _Element) -> bool:
        self._numbers.end_page()
        self._story.turn()
        return False

    # Links

    def _hyperlink(self, element: _Element) -> bool:
        url, known = self._address(element)
        anchor = get(element, "anchor") or get(element, "docLocation")
        if url and anchor and "#" not in url:
            url = f"{url}#{anchor}"
        gone = not url and not anchor and not known
        self._hyperlinks.append((self._story.length, url, gone))
        return True

    def _end_hyperlink(self, element: _Element) -> None:
        if self._hyperlinks:
            start, url, gone = self._hyperlinks.pop()
            if self._story.length == start and next(all_named(element, "del", "moveFrom"), None) is not None:
                return  # what it stood on was deleted
            if url:
                self._story.link(start, url)
            elif gone:
                self._story.lost(start)

    def _address(self, element: _Element) -> tuple[str, bool]:
        """Give the address behind a relation, and whether the relation leads anywhere else."""
        ident = get(element, "id", relation=True)
        relation = self._part.relations.get(ident) if self._part is not None and ident else None
        if relation is None or not relation[1].strip():
            return "", False
        return (relation[1], True) if relation[0] == "hyperlink" or relation[2] else ("", True)

    def _simple(self, element: _Element) -> bool:
        self._fields.append(_Field(self._story.length, [get(element, "instr")], shows=True))
        return True

    def _end_simple(self, _element: _Element) -> None:
        self._end_field()

    def _field_sign(self, element: _Element) -> bool:
        kind = get(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(self._story.length))
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
            self._fields[-1].start = self._story.length
        elif kind == "end":
            self._end_field()
        return False

    def _code(self, element: _Element) -> bool:
        if self._fields and not self._fields[-1].shows:
            self._fields[-1].code.append(element.text or "")
        return False

    def _end_field(self) -> None:
        if not self._fields:
            return
        one = self._fields.pop()
        code = "".join(one.code)
        kind, first, place = understood(code)
        if kind == "HYPERLINK" and first:
            self._story.link(one.start, f"{first}#{place}" if place and "#" not in first else first)
        elif kind == "HYPERLINK" and not place:
            self._story.lost(one.start)
        elif kind in ("NOTEREF", "REF") and self._story.length > one.start:
            self._pointers.append((first, one.start, self._story.length))
        elif kind == "ADDIN":
            self._story.works(one.start, works.of_field(code))

    # Notes

    def _reference(self, element: _Element) -> bool:
        kind = name(element).removesuffix("Reference")
        own = ""
        if get(element, "customMarkFollows") not in ("", "0", "false", "off"):
            own = self._swallow = _mark_behind(element)
        key, label = self._numbers.reference(kind, get(element, "id"), own)
        self._story.mark(key, label)
        for bookmark in self._bookmarks.values():
            self._named.setdefault(bookmark, key)
        return False

    def _bookmark(self, element: _Element) -> bool:
        if len(self._bookmarks) < 200:
            self._bookmarks[get(element, "id")] = get(element, "name")
        return False

    def _end_bookmark(self, element: _Element) -> bool:
        self._bookmarks.pop(get(element, "id"), None)
        return False

    def _chunk(self, element: _Element) -> bool:
        ident = get(element, "id", relation=True)
        relation = self._part.relations.get(ident) if self._part is not None and ident else None
        if relation is not None and not relation[2]:
            self._story.apart()
            self.chunks.append((self._story.length, relation[1]))
        return False

    # Pictures, text boxes, videos

    def _alternatives(self, element: _Element) -> bool:
        """Go into one of the kinds in which a thing is stored."""
        ways = [one for one in element if name(one) in ("Choice", "Fallback")]
        telling = (
            one
            for one in ways
            if next(all_named(one, "txbxContent", "hlinkClick", "webVideoPr", "t"), None) is not None
        )
        chosen = next(telling, None)
        if chosen is not None:
            walk(chosen, self._enter, self._leave)
        return False

    def _box(self, element: _Element) -> bool:
        if element is self._root:
            return True
        self._boxes.append(element)
        return False

    def _drawing(self, element: _Element) -> bool:
        videos = [src for one in all_named(element, "webVideoPr") for src in _embedded(get(one, "embeddedHtml"))]
        start = self._story.length
        for src in videos:
            self._story.link(start, src, media=True)
        seen = set()
        for one in all_named(element, "hlinkClick") if not videos else ():
            url, _ = self._address(one)
            about = _around(one)
            if url and url not in seen:
                seen.add(url)
                self._story.link(start, url, get(about, "title") or get(about, "descr"))
        for box in all_named(element, "txbxContent"):
            # A box in a box is told with the outer one; in a stored alternative it would be there twice.
            if not any(name(one) in ("txbxContent", "Fallback") for one in _between(box, element)):
                self._boxes.append(box)
        return False

    def _shape(self, element: _Element) -> bool:
        if href := get(element, "href"):
            self._story.link(self._story.length, href, get(element, "alt") or get(element, "title"))
        return True

    _ON_ENTER: ClassVar = {
        "p": _paragraph,
        "tr": _row,
        "r": _run,
        "t": _text,
        **dict.fromkeys(_LIKE_TEXT, _sign),
        "sym": _symbol,
        "lastRenderedPageBreak": _page,
        "hyperlink": _hyperlink,
        "fldSimple": _simple,
        "fldChar": _field_sign,
        "instrText": _code,
        "footnoteReference": _reference,
        "endnoteReference": _reference,
        "bookmarkStart": _bookmark,
        "bookmarkEnd": _end_bookmark,
        "altChunk": _chunk,
        "AlternateContent": _alternatives,
        "txbxContent": _box,
        "drawing": _drawing,
        **dict.fromkeys(("shape", "rect", "roundrect", "group", "oval", "line"), _shape),
    }
    _ON_LEAVE: ClassVar = {
        "p": _end_paragraph,
        "hyperlink": _end_hyperlink,
        "fldSimple": _end_simple,
    }


def _around(element: _Element) -> _Element:
    above = element.getparent()
    return element if above is None else above


def _between(low: _Element, high: _Element) -> Iterator[_Element]:
    above = low.getparent()
    while above is not None and above is not high:
        yield above
        above = above.getparent()


def _symbol(element: _Element) -> str:
    """Give the sign that w:sym stands for; fonts of symbols use the private range, which says nothing as text."""
    code = get(element, "char")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,5}", code):
        return ""
    number = int(code, 16)
    if 0xF020 <= number <= 0xF07E:
        number -= 0xF000
    sign = chr(number)
    return sign if sign.isprintable() else ""


def _mark_behind(element: _Element) -> str:
    """Give the mark of the author's own that stands behind a reference: in the same run, or in the next."""
    words = "".join(_shown(one) for one in element.itersiblings())
    run = _around(element).getnext() if not words.strip() else None
    if run is not None and name(run) == "r":
        words = "".join(_shown(one) for one in run)
    found = re.match(r"\s*([^\s,.;:]{1,12})", words)
    return found.group(1) if found and len(found.group(1)) <= _LABEL_SIGNS else "*"


def _shown(element: _Element) -> str:
    return _symbol(element) if name(element) == "sym" else (element.text or "") if name(element) == "t" else ""


def _embedded(html: str) -> list[str]:
    """Give what a piece of HTML embeds."""
    if not html or len(html) > 100_000:
        return []
    from archiver.documents.html.links import links
    from archiver.documents.html.page import load

    return [one.url for one in links(load(html), None)[0] if one.url]
