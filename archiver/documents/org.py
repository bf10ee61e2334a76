"""Read Org: bracket links with their abbreviations, bare addresses, footnotes of all three kinds.

Notes have the numbers that Org gives them on export: by the first marker. What is code, an example or a comment is left
out; HTML that is exported as it is, is read as HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from archiver import urls
from archiver.documents import dates
from archiver.documents.about import of_text
from archiver.documents.bare import doi_address
from archiver.documents.decoding import beginning, decode
from archiver.documents.draft import About, Reading
from archiver.documents.gathering import Gathering, not_included
from archiver.documents.mend import mended
from archiver.documents.notes import headings

if TYPE_CHECKING:
    from archiver.documents.raw import Raw

_LARGEST = 20_000_000
_NESTED = 20  # notes within notes
_KEYWORD = re.compile(r"[ \t]{0,40}#\+(?P<name>[A-Za-z_]{1,40})(?:\[[^\]\n]{0,500}\])?:[ \t]*(?P<value>[^\n]*)")
_BLOCK = re.compile(r"[ \t]{0,40}#\+begin_(?P<name>[^\s]{1,40})(?P<more>[^\n]*)", re.IGNORECASE)
_DEAF = frozenset({"src", "example", "comment", "export"})
_COMMENT = re.compile(r"[ \t]*#(?:[ \t]|$)")
_FIXED = re.compile(r"[ \t]*:(?:[ \t]|$)")
_HEADING = re.compile(r"(?P<stars>\*{1,30})[ \t]+(?P<words>[^\n]*)")
_DRESS = re.compile(
    r"^(?:(?:TODO|DONE|NEXT|WAITING|HOLD|CANCELLED|STARTED|SOMEDAY|IN-PROGRESS)[ \t]+)?(?:\[#\w\][ \t]*)?"
    r"|[ \t]+:(?:[\w@#%]+:)+[ \t]*$"
)
_PROPERTY = re.compile(r"[ \t]{0,40}:(?P<name>[\w@+-]{1,60}):(?:[ \t]+(?P<value>[^\n]*)|[ \t]*$)")
_DEFINITION = re.compile(r"\[fn:(?P<name>[\w-]{1,60})\](?!:)")
_ITEM = re.compile(r"[ \t]{0,60}(?:[-+]|\*(?<=[ \t]\*)|(?P<number>\d{1,3})[.)])[ \t]+(?:\[[ X-]\][ \t]+)?")
# Org's own pattern for bracket links: a backslash protects brackets and backslashes before them.
_TOKEN = re.compile(
    r"\[\[(?P<target>(?:[^\[\]\\]|\\[\[\]\\]|\\(?![\[\]\\])){1,4000})\]"
    r"(?:\[(?P<words>(?:[^\]\n]|\](?!\])|\n(?![ \t]*\n)){1,1000}?)\])?\]"
    r"|(?P<empty>\[\[\]\[(?P<lone>[^\[\]\n]{1,300})\]\])"
    r"|\[fn:(?P<name>[\w-]{0,60})(?P<sign>[\]:])"
    r"|(?P<export>@@(?P<backend>[a-z]{2,10}):(?P<code>(?:[^@\n]|@(?!@)){0,2000})@@)"
    r"|(?<![^\s({'\"-])(?P<mark>[=~])(?P<verbatim>[^\s=~](?:[^\n=~]|(?<!\s)[=~](?![\s.,:;!?'\")}\]-]|$)|\n(?!\s)){0,1000}?(?<!\s))(?P=mark)(?=[\s.,:;!?'\")}\]\[-]|$)"
    r"|(?P<inline>\bsrc_[a-z-]{1,20}(?:\[[^\]\n]{0,200}\])?\{[^}\n]{0,1000}\})"
    r"|(?P<macro>\{\{\{(?P<called>[A-Za-z][\w-]{0,40})(?:\((?P<given>[^\n{}]{0,2000})\))?\}\}\})"
    r"|(?P<address>(?:https?|ftp)://[^\s\[\]<>{}|]{1,4000})"
    r"|(?P<anchor><<<?[^<>\n]{1,200}>>>?)"
    r"|(?<![^\s({'\"/*_+-])(?P<emphasis>[*_/+]{1,3})(?=[^\s*_/+])|(?<=[^\s*_/+])(?P<close>[*_/+]{1,3})(?![\w/])"
    r"|(?P<paragraph>\n[ \t]*\n\s*)",
    re.MULTILINE,
)
_SETTING = re.compile(
    r"^[ \t]{0,40}#\+(LINK|MACRO):[ \t]*(\S{1,60})[ \t]+([^\n]{1,2000})"
    r"|(?:^\[fn:(?=[\w-]{1,60}\])|\[fn:(?=[\w-]{1,60}:))([\w-]{1,60})", re.MULTILINE | re.IGNORECASE
)
_REMOTE = re.compile(r"(?:https?|ftps?)://?[^\s/]", re.IGNORECASE)
_TYPE = re.compile(r"(?P<type>[A-Za-z][\w-]{0,40}):(?P<rest>.*)", re.DOTALL)


def read(raw: Raw) -> Reading:
    """Read an Org document."""
    text = decode(raw)
    begun, warnings = beginning(text, _LARGEST)
    reader = _Reader(begun, raw.url)
    reader.run()
    about = reader.about().filled(of_text(reader.gathering.prose()))
    return Reading(
        text=text,
        drafts=tuple(reader.gathering.drafts()),
        media_type="text/org",
        about=about,
        warnings=(*warnings, *not_included(reader.included)),
    )


class _Reader:
    """One document, line by line."""

    def __init__(self, text: str, base: str | None) -> None:
        self.text = text
        self.gathering = Gathering()
        self.included: list[str] = []
        self._base = base
        self._said: dict[str, list[str]] = {}
        self._links: dict[str, str] = {}
        self._macros: dict[str, str] = {}
        self._numbers: dict[str, int] = {}  # of notes, by their first markers
        self._defined: set[str] = set()
        self._open: list[str] = []
        self._brackets = _brackets(text)
        self._nameless = 0

    def run(self) -> None:
        """Read the whole document."""
        self._collect()
        self._lines()
        self.gathering.relabel({key: str(number) for key, number in self._numbers.items()})

    def about(self) -> About:
        """Give what the document says about itself."""
        said = {name: " ".join(values) for name, values in self._said.items()}
        title = _plain(said.get("title", ""))
        language = said.get("language", "").strip()
        return About.told(
            "keywords",
            title=title or None,
            author=_plain(", ".join(self._said.get("author", []))) or None,
            published=dates.day(said.get("date", "").strip("<>[]")),
            language=language or None,
        )

    def _collect(self) -> None:
        """Read what holds for the whole document, wherever it stands."""
        for found in _SETTING.finditer(self.text):
            if found.group(4):
                self._defined.add(f"fn:{found.group(4)}")
                continue
            table = self._links if found.group(1).upper() == "LINK" else self._macros
            if len(table) < 1000:
                table[found.group(2).strip('"').rstrip(":")] = found.group(3).strip().strip('"')

    def _lines(self) -> None:
        """Part the document into lines that mean something by themselves, and paragraphs."""
        text, at, size = self.text, 0, len(self.text)
        low = 0  # where the paragraph begins
        depth = 0  # of a tree that is a comment
        ends = _ends(text)
        while at < size:
            line_end = text.find("\n", at)
            line_end = size if line_end < 0 else line_end
            line = text[at:line_end]
            after = min(line_end + 1, size)
            heading = _HEADING.fullmatch(line) if line.startswith("*") else None
            if heading:
                self._inline(low, at)
                self._close(at)
                level = len(heading["stars"])
                if not depth or level <= depth:
                    depth = level if re.match(r"(?:[A-Z]+[ \t]+)?COMMENT\b", heading["words"]) else 0
                if not depth:
                    self._headline(at + heading.start("words"), heading["words"])
                low = at = after
                continue
            if depth:
                low = at = after
                continue
            stripped = line.lstrip()
            behind = self._special(at, line, stripped, after, ends, low) if stripped[:1] in ("#", ":") else None
            if behind is not None:
                low = at = behind
                continue
            if (definition := _DEFINITION.match(line)) is not None:
                self._inline(low, at)
                self._close(at)
                self._define(definition["name"], at)
                low = at = at + definition.end()
                continue
            if (item := _ITEM.match(line)) is not None:
                self._inline(low, at)
                self.gathering.apart()
                if item["number"]:
                    self.gathering.say(f"{item['number']}. ", at)
                low = at + item.end()
            elif stripped.startswith("|"):  # a row of a table
                self._inline(low, at)
                self.gathering.apart()
                low = at
            elif not stripped and self._open and _TWO_EMPTY.match(text, at):
                # Two empty lines end a footnote.
                self._inline(low, at)
                self._close(at)
                low = at
            at = after
        self._inline(low, size)
        self._close(size)

    def _special(
        self, at: int, line: str, stripped: str, after: int, ends: dict[str, list[int]], low: int
    ) -> int | None:
        """Read a line that is no text; give where it goes on behind it, or nothing when it is text."""
        if block := _BLOCK.match(line):
            self._inline(low, at)
            name = block["name"].lower()
            if name not in _DEAF:
                self.gathering.apart()
                return after
            end = next((one for one in ends.get(name, []) if one >= after), None)
            if end is None:
                return after
            while ends[name][0] < after:
                ends[name].pop(0)
            if name == "export" and block["more"].strip().lower().startswith("html"):
                self.gathering.html(self.text[after:end], after)
            behind = self.text.find("\n", end)
            self.gathering.apart()
            return len(self.text) if behind < 0 else behind + 1
        if keyword := _KEYWORD.match(line):
            self._inline(low, at)
            self._keyword(keyword["name"].lower(), keyword["value"], at + keyword.start("value"))
            return after
        if _COMMENT.match(line) or _FIXED.match(line) or stripped.lower().startswith("#+end_"):
            self._inline(low, at)
            self.gathering.apart()
            return after
        if found := _PROPERTY.match(line):
            self._inline(low, at)
            self.gathering.apart()
            if found["value"]:
                start = at + found.start("value")
                self._inline(start, start + len(found["value"]))
            self.gathering.apart()
            return after
        return None

    def _headline(self, start: int, words: str) -> None:
        self.gathering.apart()
        plain = _DRESS.sub("", words)
        self.gathering.references = headings.announces_references(plain)
        low = words.find(plain)
        self._inline(start + low, start + low + len(plain))
        self.gathering.apart()

    def _keyword(self, name: str, value: str, start: int) -> None:
        if name in ("title", "author", "date", "language", "subtitle"):
            self._said.setdefault(name, []).append(value.strip())
            if name == "title":
                self.gathering.apart()
                self.gathering.say(_plain(value), start)
                self.gathering.apart()
        elif name == "include":
            self.included.append(" ".join(value.split()[:1]).strip('"'))
        elif name == "html":
            self.gathering.html(value, start)
        elif name in ("caption", "description"):
            self.gathering.apart()
            self._inline(start, start + len(value))
            self.gathering.apart()

    # Notes.

    def _define(self, name: str, at: int) -> None:
        key = f"fn:{name}"
        self.gathering.open(key, name, at)
        self._open.append(key)

    def _close(self, at: int) -> None:
        end = at
        while self._open and at < len(self.text) and self.text[end - 1 : end].isspace():
            end -= 1
        while self._open:
            self._open.pop()
            self.gathering.close(end)
        self.gathering.apart()

    def _note(self, found: re.Match[str], end: int, depth: int) -> int:
        name, start = found["name"], found.start()
        inline = found["sign"] == ":"
        if not name and not inline:
            self.gathering.say(found.group(), start)
            return found.end()
        behind = found.end()
        if inline:
            closing = self._brackets.get(start, end)
            if closing >= end or depth >= _NESTED:
                self.gathering.say(found.group(), start)
                return found.end()
            behind = closing + 1
        if not name:
            self._nameless += 1
        key = f"fn:{name}" if name else f"fn::{self._nameless}"
        # Only notes that are there have numbers; a marker without a note keeps its name.
        if inline or key in self._defined:
            self._numbers.setdefault(key, len(self._numbers) + 1)
        self.gathering.mark(key, str(self._numbers.get(key, name)), start, behind)
        if inline:
            self.gathering.open(key, name, start)
            self._inline(found.end(), behind - 1, depth + 1)
            self.gathering.close(behind)
        return behind

    # Text.

    def _inline(self, start: int, end: int, depth: int = 0) -> None:
        """Read a piece of running text."""
        at = start
        while at < end:
            found = _TOKEN.search(self.text, at, end)
            if found is None:
                break
            self.gathering.say(self.text[at : found.start()], at, exact=True)
            at = self._token(found, end, depth)
        if at < end:
            self.gathering.say(self.text[at:end], at, exact=True)

    def _token(self, found: re.Match[str], end: int, depth: int) -> int:
        start, behind = found.span()
        if found["target"] is not None:
            self._link(found)
        elif found["sign"]:
            return self._note(found, end, depth)
        elif found["empty"]:
            low = self.gathering.here()
            self.gathering.say(found["lone"], start)
            self.gathering.link(start, behind, None, low, text=mended(found["lone"]))
        elif found["export"]:
            if found["backend"] == "html":
                self.gathering.html(found["code"], found.start("code"), inline=True)
        elif found["mark"]:
            self.gathering.code(found["verbatim"], start)
        elif found["macro"]:
            self._macro(found)
        elif found["address"]:
            own = found["address"].rstrip(".,;:!?)")
            # A single slash at the end is the address's own.
            before = self.text[start - 1 : start]
            if before and before in "/*_+" and own.endswith(before.replace("/", "//")):
                behind = start + len(own) - 1  # the sign of emphasis around it
            self.gathering.say(self.text[start:behind], start, exact=True)
        elif found["paragraph"]:
            self.gathering.apart()
        return behind

    def _link(self, found: re.Match[str]) -> None:
        target = re.sub(r"\\([\[\]\\])", r"\1", re.sub(r"\s*\n\s*", "", found["target"].strip()))
        words = _plain(found["words"] or "")
        url = self._address(target)
        low = self.gathering.here()
        self.gathering.say(words or (target if url else target.partition("::")[0]), found.start())
        if url:
            self.gathering.link(found.start(), found.end(), url, low, text=words or url)
        elif words and not target.strip():
            self.gathering.link(found.start(), found.end(), None, low, text=words)

    def _address(self, target: str) -> str | None:
        if _REMOTE.match(target):
            return target
        if target.startswith("//") and "." in target:
            return f"https:{target}"
        if target.lower().startswith("www."):
            return target
        if found := _TYPE.match(target):
            name, rest = found["type"], found["rest"]
            if name in self._links:
                return self._abbreviated(self._links[name], rest)
            if name.lower() == "doi":
                return doi_address(rest) if re.match(r"10\.\d{4,9}/\S", rest) else None
            if name.lower() == "file" and self._base and _RELATIVE.match(rest):
                return urls.join(self._base, rest.partition("::")[0])
            return None
        if target in self._links:
            return self._abbreviated(self._links[target], "")
        if self._base and target.startswith(("./", "../")):
            return urls.join(self._base, target.partition("::")[0])
        return None

    def _abbreviated(self, whole: str, tag: str) -> str | None:
        if "%(" in whole:
            return None  # a function of Lisp
        if "%s" in whole:
            url = whole.replace("%s", tag)
        elif "%h" in whole:
            url = whole.replace("%h", quote(tag, safe=""))
        else:
            url = whole + tag
        return url if _REMOTE.match(url) else None

    def _macro(self, found: re.Match[str]) -> None:
        body = self._macros.get(found["called"])
        if body is None:
            return
        given = re.split(r"(?<!\\),", found["given"] or "")
        words = re.sub(
            r"\$(\d)", lambda one: given[int(one[1]) - 1].strip() if 0 < int(one[1]) <= len(given) else "", body[:5000]
        )
        at = 0
        for link in _TOKEN.finditer(words):
            if link["target"] is not None and (url := self._address(link["target"])):
                self.gathering.say(words[at : link.start()], found.start())
                low = self.gathering.here()
                text = _plain(link["words"] or url)
                self.gathering.say(text, found.start())
                self.gathering.link(found.start(), found.end(), url, low, text=text)
                at = link.end()
        self.gathering.say(words[at:], found.start())


_TWO_EMPTY = re.compile(r"[ \t]{0,200}\n[ \t]{0,200}(?:\n|\Z)")
_RELATIVE = re.compile(r"(?!/|~|[A-Za-z]:)\S")


def _ends(text: str) -> dict[str, list[int]]:
    """Give where blocks that are not read end."""
    ends: dict[str, list[int]] = {}
    for found in re.finditer(r"^[ \t]{0,40}#\+end_(src|example|comment|export)\b", text, re.MULTILINE | re.IGNORECASE):
        ends.setdefault(found.group(1).lower(), []).append(found.start())
    return ends


_BRACKET = re.compile(r"[\[\]]|\n[ \t]*\n")


def _brackets(text: str) -> dict[int, int]:
    """Give which bracket closes which; none closes behind an empty line."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        sign = found.group()
        if sign == "[":
            opened.append(found.start())
        elif sign == "]":
            if opened:
                closing[opened.pop()] = found.start()
        else:
            opened.clear()
    return closing


_MARKS = re.compile(r"(?<![\w])[*/_=~+](?=\S)|(?<=\S)[*/_=~+](?!\w)")
_LINKED = re.compile(r"\[\[[^\[\]]{0,500}\]\[([^\[\]]{0,300})\]\]|\[fn:[^\[\]]{0,200}\]|@@[a-z]+:[^@]{0,200}@@")


def _plain(words: str) -> str:
    """Take the marks out of a few words."""
    words = _LINKED.sub(lambda found: found.group(1) or "", words)
    return mended(words if "://" in words else _MARKS.sub("", words))
