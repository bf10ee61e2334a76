"""Front matter of Markdown documents: the few keys that are of use, in YAML's or TOML's simple spelling."""

from __future__ import annotations

import re

from archiver.documents import dates
from archiver.documents.draft import About
from archiver.documents.mend import mended

_LINE = re.compile(r"^(?P<key>[A-Za-z_-]{2,40})\s{0,5}[:=]\s{0,5}(?P<value>[^\n]{0,500})$", re.MULTILINE)
_ITEM = re.compile(r"^\s{0,8}-\s{1,4}(?:name:\s{0,4})?([^\n]{1,200})$", re.MULTILINE)


def about(text: str) -> About:
    """Read the keys that say what a document is."""
    values: dict[str, str] = {}
    for match in _LINE.finditer(text[:50_000]):
        value = _value(match["value"])
        if not value and (item := _ITEM.match(text, match.end() + 1)):
            value = _value(item.group(1))
        if value and value not in ("|", ">"):
            values.setdefault(match["key"].lower(), value)
    written = values.get("date") or values.get("published") or values.get("pubdate") or ""

    def first(*keys: str) -> str | None:
        return next((values[key] for key in keys if key in values), None)

    return About(
        title=first("title"),
        author=first("author", "authors", "byline"),
        publication=first("publication", "journal", "site", "publisher", "container-title"),
        published=dates.day(written),
        language=first("lang", "language"),
        url=first("canonical", "canonical_url", "url"),
    )


def _value(written: str) -> str:
    value = written.strip()
    if value.startswith("[") and value.endswith("]"):
        value = ", ".join(part.strip().strip("\"'") for part in value[1:-1].split(","))
    elif value[:1] in ('"', "'") and value.endswith(value[:1]):
        value = value[1:-1]
    else:
        value = re.sub(r"\s+#.*$", "", value)
    return mended(value)
