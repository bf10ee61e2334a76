"""Read LaTeX: addresses, notes under the numbers that LaTeX gives them, and bibliographies written in the document.

TeX can compute anything; here a document is read as people write it. Macros that the document defines are expanded
where they hold a link or a note; whatever it includes is named in a warning and not followed. latex_source.py takes the
source apart, latex_commands.py has the names of commands, latex_text.py the signs, latex_numbers.py the counters; the
walk is latex_core.py, which learns about links, notes and the preamble from the modules so called, in latex_walk.py.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archiver.documents import dates
from archiver.documents.about import of_text
from archiver.documents.decoding import beginning, decode
from archiver.documents.draft import About, Reading
from archiver.documents.gathering import not_included
from archiver.documents.latex.commands import LANGUAGES
from archiver.documents.latex.text import plain
from archiver.documents.latex.walk import Walk

if TYPE_CHECKING:
    from archiver.documents.raw import Raw

_LARGEST = 20_000_000


def read(raw: Raw) -> Reading:
    """Read a LaTeX document, or a part of one."""
    text = decode(raw)
    begun, warnings = beginning(text, _LARGEST)
    walk = Walk(begun)
    walk.run()
    drafts = walk.gathering.drafts() + walk.listed
    told = of_text(walk.gathering.prose())
    about = _about(walk).filled(replace(told, title=None))  # the first words may be anything
    return Reading(
        text=text, drafts=tuple(drafts), media_type="text/x-tex", about=about,
        warnings=(*warnings, *not_included([name for name in walk.included if name not in walk.inside])),
    )


def _about(walk: Walk) -> About:
    said = walk.said
    names = [name for written in said.get("author", []) for name in _authors(written)]
    title = said.get("title") or said.get("pdftitle") or said.get("heading") or [""]
    date = next(iter(said.get("date", [])), "")
    return About.told(
        "preamble",
        title=plain(title[0])[:500] or None,
        author=", ".join(dict.fromkeys(names))[:500] or next(iter(said.get("pdfauthor", [])), None),
        publication=next((plain(one) for one in said.get("journal", []) if plain(one)), None),
        published=dates.day(plain(date)),
        language=_language(walk),
    )


_ROW = re.compile(r"\\\\(?:\s*\[[^\]]{0,20}\])?|\\newline\b|\\hfill\b|\\\[")
_BETWEEN = re.compile(r"\\(?:and|And|AND|qquad|quad)\b|\s;\s|\n\s*\n")
_FOOTNOTED = re.compile(r"\\textsuperscript\s*\{[^{}]*\}|\$\s*\^[^$]{0,60}\$|\\(?:sup|fnmark)\[?[^\[\]{}]{0,20}\]?")
_NO_NAME = re.compile(r"@|\d{3}|universit|institut|department|dept\b|faculty|school of", re.IGNORECASE)


def _authors(written: str) -> list[str]:
    """Give the names in an author command: the first line of each block."""
    names = []
    for block in _BETWEEN.split(_FOOTNOTED.sub("", written)):
        rows = [plain(row).strip(" ,;&") for row in _ROW.split(block)]
        name = next((row for row in rows if row), "")
        if name and len(name) < 300 and not _NO_NAME.search(name):
            names.append(name)
    return names


def _language(walk: Walk) -> str | None:
    """Give the main language: as it is named for itself, else the last option of babel or of the class."""
    for options in (walk.languages, walk.options):
        main = [one.partition("=")[2] for one in options if one.startswith("main=")]
        for name in (*main, *reversed([one for one in options if "=" not in one])):
            if code := LANGUAGES.get(name.lower()):
                return code
    return walk.selected
