"""Read AsciiDoc: link macros, media, footnotes and bibliographies, with the attributes that stand in addresses.

Blocks are told apart line by line here; what stands inside a paragraph is read in asciidoc_inline.py. Comments,
listings and literal text are left out, HTML that passes through is read as HTML, and nothing is included.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from archiver.documents import dates
from archiver.documents.about import of_text
from archiver.documents.asciidoc.inline import INTRINSIC, Inline, Piece, plain
from archiver.documents.decoding import beginning, decode
from archiver.documents.draft import About, Reading
from archiver.documents.gathering import not_included
from archiver.documents.mend import mended
from archiver.documents.notes import headings

if TYPE_CHECKING:
    from archiver.documents.raw import Raw

_LARGEST = 20_000_000
_ATTRIBUTES = 5_000
_DELIMITER = re.compile(
    r"(?P<sign>/{4,}|-{4,}|\.{4,}|\+{4,}|={4,}|\*{4,}|_{4,}|--|[|,:!]={3,}|`{3,})(?P<more>[\w,+ -]{0,60})[ \t]*"
)
_ATTRIBUTE = re.compile(r":(?P<off>!?)(?P<name>\w[\w-]{0,60})!?:(?:[ \t]+(?P<value>[^\n]*)|[ \t]*)")
_HEADING = re.compile(r"(?P<level>={1,6}|#{1,6})[ \t]+(?P<words>\S[^\n]*)")
_UNDERLINE = re.compile(r"(?:={2,}|-{2,}|~{2,}|\^{2,}|\+{2,})[ \t]*")
_STYLE = re.compile(r"\[(?P<style>[^\[\]\n]{0,300}|[^\n]{0,300}[\"'][^\n]{0,300})\][ \t]*")
_ANCHOR = re.compile(r"\[\[[^\[\]\n]{1,200}\]\][ \t]*")
_CONDITION = re.compile(r"(?:ifn?def|ifeval|endif)::[^\[\n]{0,200}\[(?P<words>[^\n]{0,1000})\][ \t]*")
_INCLUDE = re.compile(r"include::(?P<name>[^\[\n]{1,500})\[[^\n]{0,500}\][ \t]*")
_ITEM = re.compile(
    r"[ \t]{0,40}(?:\*{1,5}|-|\.{1,5}|(?P<number>\d{1,3})\.|[a-zA-Z]\.|<(?:\d{1,3}|\.)>)[ \t]+(?=\S)"
    r"(?:\[[ x*]\][ \t]+)?"
)
_ENTRY = re.compile(r"\[\[\[(?P<id>[^\[\],\n]{1,100})(?:,[ \t]*(?P<label>[^\[\]\n]{1,100}))?\]\]\]")
_BLOCK_TITLE = re.compile(r"\.(?=[^\s.])")
_LISTED_TERM = re.compile(r"[ \t]{0,40}(?P<term>[^\n]{1,300}?)(?P<sign>:{2,4}|;;)(?:[ \t]+|$)")
_DEAF = frozenset({
    "source", "listing", "literal", "comment", "stem", "latexmath", "asciimath", "graphviz", "plantuml", "ditaa",
    "mermaid",
})  # fmt: skip
_REVISION = re.compile(r"v?\d[\w.]{0,20}(?:,|:|$)|[^\n]{0,40}(?:19|20)\d\d")
_AUTHOR = re.compile(r"(?P<name>[^\W\d_][\w.'’-]*(?:[ \t]+[^\W\d_][\w.'’-]*){0,4})(?:[ \t]+<[^<>\n]{1,200}>)?")


def read(raw: Raw) -> Reading:
    """Read an AsciiDoc document."""
    text = decode(raw)
    begun, warnings = beginning(text, _LARGEST)
    reader = _Reader(begun)
    reader.run()
    about = reader.about().filled(of_text(reader.inline.gathering.prose()))
    return Reading(
        text=text,
        drafts=tuple(reader.inline.gathering.drafts()),
        media_type="text/asciidoc",
        about=about,
        warnings=(*warnings, *not_included(reader.included)),
    )


class _Reader:
    """One document, line by line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.attributes: dict[str, str] = dict(INTRINSIC)
        self.inline = Inline(text, self.attributes)
        self.included: list[str] = []
        self._title: str | None = None
        self._authors: list[str] = []
        self._revision = ""
        self._delimiters = _delimiters(text)
        self._paragraph: list[tuple[int, int]] = []
        self._style = ""
        self._listed = False  # inside a list, where an indented paragraph is most often meant as text
        self._entry: tuple[str, int] | None = None

    def about(self) -> About:
        """Give what the document says about itself."""
        values = self.attributes
        title = mended(plain(self.inline.expanded(self._title or "")))
        author = ", ".join(self._authors) or values.get("author") or values.get("authors") or None
        return About.told(
            "document header",
            title=title or values.get("doctitle") or values.get("title") or None,
            author=author,
            publication=values.get("publication") or values.get("journal") or None,
            published=dates.day(values.get("revdate", "") or self._revision or values.get("date", "")),
            language=values.get("lang") or None,
        )

    def run(self) -> None:
        """Read the whole document."""
        at = self._header()
        text, size = self.text, len(self.text)
        while at < size:
            line_end = text.find("\n", at)
            line_end = size if line_end < 0 else line_end
            after = min(line_end + 1, size)
            at = self._line(at, text[at:line_end], line_end, after)
        self._flush()

    def _header(self) -> int:
        """Read title, author, revision and attributes at the beginning."""
        at, text = 0, self.text
        met = 0
        while at < len(text):
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
            line, after = text[at:line_end], min(line_end + 1, len(text))
            if line.startswith("////") and (closing := self._closing(line.rstrip(), after)) is not None:
                at = closing[1]
            elif line.startswith("//") and not line.startswith("///"):
                at = after
            elif _ATTRIBUTE.fullmatch(line):
                at = self._attribute(at, line, after)
            elif not line.strip():
                if met:
                    return at
                at = after
            elif met == 0 and (found := _HEADING.fullmatch(line)) and len(found["level"]) == 1:
                self._heading(at + found.start("words"), line_end, line[found.start("words") :])
                self._title = found["words"]
                met, at = 1, after
            elif met == 1 and not _REVISION.match(line) and self._named(line):
                met, at = 2, after
            elif met in (1, 2) and _REVISION.match(line):
                self._revision = re.sub(r"^v?[\d.]+\w*,\s*", "", line)
                met, at = 3, after
            else:
                return at
        return at

    def _named(self, line: str) -> bool:
        parts = [_AUTHOR.fullmatch(part.strip()) for part in line.split(";")]
        if any(part is None for part in parts):
            return False
        self._authors = [part["name"].replace("_", " ") for part in parts if part is not None]
        return True

    def _closing(self, delimiter: str, at: int) -> tuple[int, int] | None:
        """Give where the line stands that closes a block, and what follows it."""
        places = self._delimiters.get(delimiter, [])
        index = bisect_right(places, at - 1)
        if index == len(places):
            return None
        end = self.text.find("\n", places[index])
        return places[index], len(self.text) if end < 0 else end + 1

    def _attribute(self, at: int, line: str, after: int) -> int:
        found = _ATTRIBUTE.fullmatch(line)
        if found is None:
            return after
        value = found["value"] or ""
        while value.rstrip().endswith((" \\", " +")) and after < len(self.text):
            end = self.text.find("\n", after)
            end = len(self.text) if end < 0 else end
            value = f"{value.rstrip()[:-1].rstrip()} {self.text[after:end].strip()}"
            after = min(end + 1, len(self.text))
            if len(value) > 10_000:
                break
        name = found["name"].lower()
        if found["off"]:
            self.attributes.pop(name, None)
        elif len(self.attributes) < _ATTRIBUTES:
            self.attributes[name] = self.inline.expanded(value.strip())
        return after

    def _line(self, at: int, line: str, line_end: int, after: int) -> int:
        """Read one line, or the block that it opens; give where it goes on."""
        stripped = line.strip()
        if not stripped:
            self._flush()
            return after
        if line.startswith("//") and not line.startswith("///"):
            return after
        if (found := _DELIMITER.fullmatch(line)) and (found["sign"][0] == "`" or not found["more"].strip()):
            behind = self._delimited(at, line, found, after)
            if behind is not None:
                return behind
        if line[0] == ":" and _ATTRIBUTE.fullmatch(line):
            self._flush()
            return self._attribute(at, line, after)
        if "::" in line and self._directive(at, line):
            return after
        if self._style_of(line) or (not self._paragraph and self._literal(line)):
            if self._style in _DEAF or line[0] in " \t":
                return self._skip(at)
            return after
        if stripped == "+" or stripped in ("'''", "<<<", "---", "***"):
            self._flush()
            return after
        if not self._paragraph and self._titled(at, line, line_end, after):
            return self._behind_title(at, line, line_end, after)
        self._words(at, line, line_end)
        return after

    def _directive(self, at: int, line: str) -> bool:
        """Read a line for the processor: what it would include, and what stands under a condition."""
        if included := _INCLUDE.fullmatch(line):
            self._flush()
            if len(self.included) < 1000:
                self.included.append(self.inline.expanded(included["name"]))
            return True
        if condition := _CONDITION.fullmatch(line):
            if condition["words"] and not line.startswith("ifeval"):
                self._paragraph.append((at + condition.start("words"), at + condition.end("words")))
            return True
        return False

    def _style_of(self, line: str) -> bool:
        """Read a line of block attributes."""
        if line[0] != "[":
            return False
        if _ANCHOR.fullmatch(line):
            return True
        found = _STYLE.fullmatch(line)
        if found is None or (self._paragraph and not _is_style(found["style"])):
            return False
        self._flush()
        written = found["style"]
        style = re.split(r"[,#.%]", written, maxsplit=1)[0].strip().lower()
        reads = re.search(r"subs\s*=\s*[\"']?[^\"'\]]*(?:\+?macros|normal)", written) and "-macros" not in written
        self._style = "" if reads else style or ("source" if written.startswith(",") else "")
        if style == "bibliography":
            self.inline.gathering.references = True
        return True

    def _literal(self, line: str) -> bool:
        return line[0] in " \t" and not self._listed and _ITEM.match(line) is None and not _LISTED_TERM.match(line)

    def _skip(self, at: int) -> int:
        """Skip a paragraph that is code; a block behind its attributes is read as the block that it is."""
        if self.text[at : at + 1] == "[":
            end = self.text.find("\n", at)
            if end < 0:
                return len(self.text)
            line = self.text[end + 1 : (self.text.find("\n", end + 1) + 1 or len(self.text) + 1) - 1]
            if not line.strip() or line.startswith(("[", ".")) or _DELIMITER.fullmatch(line):
                return end + 1
            at = end + 1
        self._style = ""
        found = re.compile(r"\n[ \t]*(?:\n|\Z)").search(self.text, at)
        return found.end() if found else len(self.text)

    def _delimited(self, at: int, line: str, found: re.Match[str], after: int) -> int | None:
        sign = found["sign"]
        kind = sign[0]
        if self._paragraph and kind in "=-+" and self._underlined(line):
            return None
        self._flush()
        style, self._style = self._style, ""
        gathering = self.inline.gathering
        gathering.apart()
        if kind in "/-.+`" and sign != "--":
            closing = self._closing("```" if kind == "`" else sign, after)
            if closing is None:
                return after
            if kind == "+" and style not in ("stem", "latexmath", "asciimath"):
                gathering.html(self.text[after : closing[0]], after)
            elif kind in "-." and style in ("verse", "quote"):
                return after
            return closing[1]
        if style in _DEAF and (closing := self._closing(sign, after)) is not None:
            return closing[1]
        self._listed = False
        return after

    def _underlined(self, line: str) -> bool:
        """Tell the underline of a title of two lines."""
        start, end = self._paragraph[-1]
        return len(self._paragraph) == 1 and abs(end - start - len(line.rstrip())) <= 1

    def _titled(self, at: int, line: str, line_end: int, after: int) -> bool:
        if _HEADING.fullmatch(line):
            return True
        underline = self.text[after : (self.text.find("\n", after) + 1 or len(self.text) + 1) - 1]
        return (
            line[0] not in " \t.*-[|"
            and _UNDERLINE.fullmatch(underline) is not None
            and abs(len(line.rstrip()) - len(underline.rstrip())) <= 1
            and any(sign.isalnum() for sign in line)
        )

    def _behind_title(self, at: int, line: str, line_end: int, after: int) -> int:
        found = _HEADING.fullmatch(line)
        start = at + (found.start("words") if found else 0)
        level = len(found["level"]) if found else 2
        self._heading(start, line_end, self.text[start:line_end], style=self._style)
        self._style = ""
        if found is None and self.text.startswith("=", after):
            level = 1
        if level == 1 and self._title is None:
            self._title = self.text[start:line_end]
        if found:
            return after
        end = self.text.find("\n", after)
        return len(self.text) if end < 0 else end + 1

    def _heading(self, start: int, end: int, words: str, *, style: str = "") -> None:
        self._flush()
        self._listed = False
        gathering = self.inline.gathering
        gathering.apart()
        gathering.references = headings.announces_references(words) or style == "bibliography"
        self.inline.read(Piece.of(self.text, [(start, end)], self.inline.value))
        gathering.apart()

    def _words(self, at: int, line: str, line_end: int) -> None:
        """Add a line to the paragraph that is open, or begin one."""
        if (item := _ITEM.match(line)) is not None:
            self._flush()
            self._listed = True
            if item["number"]:
                self.inline.gathering.say(f"{item['number']}. ", at)
            at += item.end()
            if (entry := _ENTRY.match(self.text, at, line_end)) is not None:
                self._entry = (entry["label"] or entry["id"], at)
                at = entry.end()
        elif not self._paragraph and _BLOCK_TITLE.match(line):
            self._paragraph.append((at + 1, line_end))
            self._flush()
            return
        elif not self._paragraph and line[0] not in " \t":
            self._listed = _LISTED_TERM.match(line) is not None
        self._paragraph.append((at, line_end))

    def _flush(self) -> None:
        """Read the paragraph that has ended."""
        if not self._paragraph:
            return
        gathering = self.inline.gathering
        lines, self._paragraph = self._paragraph, []
        style, self._style = self._style, ""
        if style in _DEAF:
            return
        piece = Piece.of(self.text, lines, self.inline.value)
        if self._entry is not None:
            label, start = self._entry
            self._entry = None
            self.inline.entry(piece, label, start, lines[-1][1])
        elif style == "pass":
            gathering.html(self.text[lines[0][0] : lines[-1][1]], lines[0][0])
        else:
            self.inline.read(piece)
        gathering.apart()


def _is_style(written: str) -> bool:
    """Tell block attributes from a word in brackets inside a paragraph."""
    return re.match(r"(?:[a-z]+(?:[,%#.]|$)|[#.%,])", written) is not None


def _delimiters(text: str) -> dict[str, list[int]]:
    """Give where each kind of delimiter stands."""
    places: dict[str, list[int]] = {}
    for found in re.finditer(r"^(/{4,}|-{4,}|\.{4,}|\+{4,}|={4,}|\*{4,}|_{4,}|--|`{3})[ \t]*$", text, re.MULTILINE):
        places.setdefault(found.group(1), []).append(found.start())
    return places
