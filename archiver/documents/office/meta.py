"""What an office document's properties say about it; names and titles that programs put there are no one's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archiver.documents import dates
from archiver.documents.draft import About
from archiver.documents.mend import mended
from archiver.documents.office.xml import name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOBODY = re.compile(
    r"(?:python-docx|microsoft(?: office)?(?: user)?|windows user|user|admin(?:istrator)?|unknown|author|owner|un-named"
    r"|apache poi|pandoc|libreoffice|openoffice|google docs|docx4j|aspose.*|root)?",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:untitled.*|word document|document\s?\d*|microsoft word - .*|title|template"
    r"|[\w.-]+\.(?:docx?|dotx?|odt|rtf|tmp))?",
    re.IGNORECASE,
)
_TEMPLATE = "2013-12-23T23:15:00"  # the date of python-docx's own template, which documents made with it keep


_MARKS = re.compile(r"(?:\s?\[[^\[\]]{1,4}\]|[⁰¹²³⁴-⁹*†‡]){1,8}\s*$")
_SENTENCE = re.compile(r"[.!?:;,…]\W*$")


def with_title(styled: str, heading: str, core: About, said: About) -> About:
    """Choose the title: what is set as one, the properties' own, the first heading, a first line of few words."""
    first = said.title or ""
    if _SENTENCE.search(_MARKS.sub("", first)) or len(first) > 160:
        first = ""
    candidates = {
        "title style": styled,
        "document properties": core.title or "",
        "first heading": heading,
        "first line": first,
    }
    found = ((by, _MARKS.sub("", mended(one))) for by, one in candidates.items())
    by, title = next(((by, one[:300]) for by, one in found if one), ("", ""))
    # What the text says is when it came out and by whom; a file's properties are those of the program's user.
    chosen = About.told(by, title=title or None).filled(said.only("author", "published"))
    return chosen.filled(replace(core, title=None)).filled(said.only("publication", "language"))


def of_core(root: _Element | None) -> About:
    """Read docProps/core.xml or the like of ODF: Dublin Core in both."""
    values: dict[str, str] = {}
    for one in root.iter() if root is not None else ():
        if one.text and len(one.text) < 2000:
            values.setdefault(name(one), mended(one.text))
    author = next(
        (
            who
            for key in ("initial-creator", "creator", "lastModifiedBy")
            if not _NOBODY.fullmatch(who := values.get(key, ""))
        ),
        None,
    )
    title = values.get("title", "")
    # A document cites what its author saw until the last change.
    day = next((values[key] for key in ("modified", "date", "created", "creation-date") if key in values), "")
    return About.told(
        "document properties",
        title=None if _NO_TITLE.fullmatch(title) else title[:300],
        author=author[:300] if author else None,
        publication=values.get("publisher") or None,
        published=None if day.startswith(_TEMPLATE) else dates.day(day),
        language=language(values.get("language", "")),
    )


def language(written: str) -> str | None:
    """Give a language as BCP 47 writes it, or nothing."""
    return written if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", written) else None
