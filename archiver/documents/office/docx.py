"""Read DOCX: hyperlinks in all their forms, footnotes and endnotes as numbered for the reader, notes typed in by hand.

The parts of a document (text, notes, comments, heads and feet of pages) each have a table of links of their own. Files
of Word, LibreOffice and Google Docs, and of the strict kind of the standard (ISO/IEC 29500-1), are read alike.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from archiver.documents import about
from archiver.documents.draft import About, Reading
from archiver.documents.mend import shadow
from archiver.documents.office.body import Body, Part
from archiver.documents.office.lists import Lists
from archiver.documents.office.meta import language, of_core, with_title
from archiver.documents.office.note_numbers import NoteNumbers
from archiver.documents.office.story import Story
from archiver.documents.office.xml import all_named, child, get, name
from archiver.documents.packages import CUT, BadPackageError, Package, open_package, parse_xml
from archiver.documents.raw import Raw
from archiver.model import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

    from archiver.documents.draft import Draft

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PART = 40_000_000  # bytes of XML; as a tree it takes ten times as much
_MOST_PARTS = 200  # heads and feet of pages


def read(raw: Raw) -> Reading | Unreadable:
    """Read a DOCX document."""
    try:
        package = open_package(raw.data)
    except BadPackageError as error:
        return Unreadable(source=raw.source, reason=error.reason, hint=error.hint)
    files = _Files(package)
    main = files.part(files.main())
    if main is None and package.cut:
        return Unreadable(source=raw.source, reason=CUT.reason, hint=CUT.hint)
    if main is None:
        reason = "is a Word document whose text cannot be read" if package.names else "is an empty container"
        reason += f" ({package.warnings[0]})" if package.warnings else ""
        return Unreadable(source=raw.source, reason=reason, hint="open it in a word processor and save it again")
    story = Story()
    title, heading, spoken = _tell(story, files, main)
    text = story.text()
    if package.cut and not text.strip():
        return Unreadable(source=raw.source, reason=CUT.reason, hint=CUT.hint)
    drafts = tuple(one for one in story.drafts(text) if not (package.cut and one.lost))
    main_text = shadow(text[:400_000])
    core = of_core(parse_xml(package.read(files.core(), 4_000_000) or b""))
    said = about.of_text(main_text)
    return Reading(
        text=text,
        drafts=drafts,
        media_type=MEDIA_TYPE,
        about=with_title(title, heading, core, said).filled(About.told("default style", language=spoken)),
        warnings=tuple(dict.fromkeys([*package.warnings, *story.warnings()])),
    )


class _Files:
    """The parts of a package, found through its tables of relations."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._names = {one.casefold(): one for one in reversed(package.names)}

    def main(self) -> str:
        for kind, target, _ in self._relations("").values():
            if kind == "officeDocument":
                return target
        return "word/document.xml"

    def core(self) -> str:
        for kind, target, _ in self._relations("").values():
            if kind == "core-properties":
                return target
        return "docProps/core.xml"

    def part(self, path: str) -> Part | None:
        root = self.xml(path)
        return None if root is None else Part(root=root, relations=self._relations(path))

    def xml(self, path: str) -> _Element | None:
        data = self.package.read(self._names.get(path.casefold(), path), _PART)
        if not data:
            return None
        root = parse_xml(data, self.package.warnings)
        if root is None:
            self.package.warnings.append(f"a part of it is no XML that is read: {path[:80]}")
        return root

    def chunk(self, path: str) -> tuple[Draft, ...]:
        """Read a document of another format that Word shows inside this one."""
        from archiver.documents.formats import choose

        data = self.package.read(self._names.get(path.casefold(), path), _PART)
        if not data:
            return ()
        raw = Raw(source=path, data=data)
        form = choose(raw)
        # Only what cannot hold such a document itself.
        reading = form.read(raw) if not isinstance(form, Unreadable) and form.name in ("HTML", "mail") else None
        if reading is None or isinstance(reading, Unreadable):
            self.package.warnings.append(f"a document inside it was not read: {path[:80]}")
            return ()
        return reading.drafts

    def of_kind(self, part: Part, kind: str) -> list[str]:
        """Give the parts of a kind that a part names."""
        return list(
            dict.fromkeys(target for one, target, outside in part.relations.values() if one == kind and not outside)
        )

    def _relations(self, path: str) -> dict[str, tuple[str, str, bool]]:
        folder, own = posixpath.split(path)
        table = posixpath.join(folder, "_rels", f"{own}.rels")
        data = self.package.read(self._names.get(table.casefold(), table), 32_000_000)
        root = parse_xml(data) if data else None
        relations: dict[str, tuple[str, str, bool]] = {}
        for one in root if root is not None else ():
            if name(one) != "Relationship":
                continue
            target, outside = get(one, "Target"), get(one, "TargetMode").lower() == "external"
            if not outside:
                target = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
            relations.setdefault(get(one, "Id"), (get(one, "Type").rpartition("/")[2], target, outside))
        return relations


def _tell(story: Story, files: _Files, main: Part) -> tuple[str, str, str | None]:
    """Write the whole document into the story; give the paragraph in the style of titles, the first heading, and the
    language of the text where it is not said otherwise.
    """
    settings, styles, numbering = (
        next((root for path in files.of_kind(main, kind) if (root := files.xml(path)) is not None), None)
        for kind in ("settings", "styles", "numbering")
    )
    numbers = NoteNumbers(main.root, settings)
    lists = Lists(styles, numbering)
    body = Body(story, numbers, lists)
    body.tell(main)
    story.end_text()
    for kind in ("footnotes", "endnotes"):
        for path in files.of_kind(main, kind):
            if (part := files.part(path)) is not None:
                _notes(body, numbers, part, kind.removesuffix("s"))
    for kind in ("comments", "header", "footer"):
        for path in files.of_kind(main, kind)[:_MOST_PARTS]:
            if (part := files.part(path)) is not None:
                body.tell(part)
    body.refer()
    for at, path in body.chunks[:_MOST_PARTS]:
        story.insert(at, files.chunk(path))
    return body.title, body.heading, _language(styles)


def _language(styles: _Element | None) -> str | None:
    spoken = child(styles, "docDefaults", "rPrDefault", "rPr", "lang")
    return language(get(spoken, "val")) if spoken is not None else None


_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def _notes(body: Body, numbers: NoteNumbers, part: Part, kind: str) -> None:
    found = [one for one in all_named(part.root, kind) if get(one, "type") not in _SEPARATORS]
    order = {key: at for at, key in enumerate(numbers.shown)}
    found.sort(key=lambda one: order.get(f"{kind}:{get(one, 'id')}", len(order)))
    for one in found:
        key = f"{kind}:{get(one, 'id')}"
        label = numbers.shown.get(key)
        # A note to which nothing in the text points any more has no number, and a reader does not see it.
        if label is not None:
            body.note(key, label, part, one)
