"""Front matter of Markdown documents: the few keys that are of use, in YAML's or TOML's simple spelling."""

from __future__ import annotations

import re

from archiver.documents import bare, dates
from archiver.documents.draft import About, Draft
from archiver.documents.markdown import dialects as markdown_dialects
from archiver.documents.mend import mended

_LINE = re.compile(r"^(?P<key>[A-Za-z_-]{2,40})[ \t]{0,5}[:=][ \t]{0,5}(?P<value>[^\n]{0,500})$", re.MULTILINE)
_ITEM = re.compile(r"[ \t]{0,8}-[ \t]{1,4}(?:name[ \t]{0,4}:[ \t]{0,4})?([^\n]{1,200})(?:\n|\Z)")
_MORE = re.compile(r"(?:[ \t]{1,12}[\w-]{1,40}:[^\n]{0,300}(?:\n|\Z)){1,12}")
_NAME = re.compile(r"[ \t]{1,8}name[ \t]{0,4}:[ \t]{0,4}([^\n]{1,200})(?:\n|\Z)")


def about(text: str) -> About:
    """Read the keys that say what a document is."""
    values: dict[str, str] = {}
    for match in _LINE.finditer(text[:50_000]):
        value = _value(match["value"])
        if not value:
            value = _listed(text, match.end() + 1)
        if value and value not in ("|", ">"):
            values.setdefault(match["key"].lower(), value)
    written = values.get("date") or values.get("published") or values.get("pubdate") or ""

    def first(*keys: str) -> str | None:
        return next((values[key] for key in keys if key in values), None)

    return About.told(
        "front matter",
        title=first("title"),
        author=first("author", "authors", "byline"),
        publication=first("publication", "journal", "site", "publisher", "container-title"),
        published=dates.day(written),
        language=first("lang", "language"),
        url=first("canonical", "canonical_url", "canonicalurl", "url"),
    )


_PERCENTS = re.compile(
    r"%[ \t]+(?P<title>[^\n]{1,500})(?:\n%[ \t]*(?P<author>[^\n]{0,500}))?(?:\n%[ \t]*(?P<date>[^\n]{0,100}))?"
)
_KEYS = re.compile(
    r"(?:(?:title|authors?|date|published|language|lang|slug|tags|category|summary|status|modified|keywords):[ \t]+"
    r"[^\n]{1,500}\n){2,20}(?=\n)",
    re.IGNORECASE,
)


def unfenced(text: str) -> str:
    """Give what stands at the head of a document in no fence, as front matter: Pandoc's percents, Pelican's keys."""
    if found := _PERCENTS.match(text):
        told = {name: value.replace(";", ",") for name, value in found.groupdict().items() if value}
        return "\n".join(f"{name}: {value}" for name, value in told.items())
    keys = _KEYS.match(text)
    return keys.group() if keys else ""


# Keys whose addresses are the document's own, its makers' or its looks', and cite nothing.
_OWN = re.compile(
    r"canonical|^(?:url|permalink|slug|aliases|base_?url|site|site_?url|redirect_\w+|authors?|by-?line|contributors?|editors?"
    r"|affiliations?|orcid|e?mail|licen[cs]e|copyright|css|csl|theme|template|schema|\$schema|bibliography|header-includes"
    r"|include-\w+|format|output|params|social|repo(?:sitory)?|twitter|github|mastodon|discourse|profile|homepage)$"
    r"|image|img|cover|thumb|avatar|icon|logo|banner|photo|picture|background",
    re.IGNORECASE,
)
_KEY = re.compile(r"^(?P<indent>[ \t]*)(?:-[ \t]+)?[\"']?(?P<key>\$?[\w-]{1,60})[\"']?[ \t]*[:=]", re.MULTILINE)


def citations(text: str, at: int) -> list[Draft]:
    """Give what front matter cites, in a document where it begins at a place: "source: https://..."."""
    drafts: list[Draft] = []
    if "://" not in text and "www." not in text:
        return drafts
    top = ""
    for line in re.finditer(r"[^\n]+", text[:50_000]):
        words = line.group()
        key = _KEY.match(words)
        if key and not key["indent"] and not words.startswith("-"):
            top = key["key"]
        if words.lstrip().startswith("#") or _OWN.search(top) or (key and _OWN.search(key["key"])):
            continue
        for one in bare.find(words):
            if not markdown_dialects.is_picture(one.url):
                start = at + line.start()
                drafts.append(
                    Draft(
                        start=start + one.start,
                        end=start + one.end,
                        url=one.url,
                        text=mended(one.url),
                        context=mended(words)[:300],
                    )
                )
    return drafts


def of_toml(text: str) -> About:
    """Read it when it is TOML; what is no TOML is read line by line."""
    import tomllib

    try:
        stack: list[object] = [tomllib.loads(text)]
    except (tomllib.TOMLDecodeError, RecursionError):
        return about(text)
    lines: list[str] = []
    while stack and len(lines) < 500:
        table = stack.pop(0)
        if isinstance(table, dict):
            for key, value in table.items():
                if isinstance(value, dict):
                    stack.append(value)
                elif isinstance(value, list):
                    lines.append(f"{key}: {', '.join(_named(item) for item in value[:20])}")
                else:
                    lines.append(f"{key}: {' '.join(str(value).split())}")
    return about("\n".join(lines))


def _named(item: object) -> str:
    return str(item.get("name", "")) if isinstance(item, dict) else str(item)


def _listed(text: str, at: int) -> str:
    """Read the items below a key: words, or things that have a name."""
    values: list[str] = []
    if name := _NAME.match(text, at):
        return _value(name.group(1))
    while len(values) < 20 and (item := _ITEM.match(text, at)):
        values.append(_value(item.group(1)))
        at = item.end()
        if more := _MORE.match(text, at):
            at = more.end()
    return ", ".join(value for value in values if value)


def _value(written: str) -> str:
    value = written.strip()
    if value.startswith("[") and value.endswith("]"):
        value = ", ".join(part.strip().strip("\"'") for part in value[1:-1].split(","))
    elif len(value) > 1 and value[:1] in ('"', "'") and value.endswith(value[:1]):
        value = value[1:-1].replace("''", "'") if value[0] == "'" else value[1:-1].replace('\\"', '"')
    else:
        value = re.sub(r"\s+#.*$", "", value)
    return mended(value)
