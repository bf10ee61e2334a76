"""What dialects of Markdown add to it: shortcodes of Hugo, Quarto and Jekyll, components, comments and fences.

Nothing here moves a character: what is hidden is blanked, and everything else is found where it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.documents import bare, kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

# ---------------------------------------------------------------- what is hidden

# A rule ("---") at the beginning is no front matter: its first line is a key or a remark.
_FRONT = re.compile(
    r"\ufeff?(?:---[ \t]*\n(?P<yaml>"
    r"(?=(?:[ \t]*\n|[ \t]*#[^\n]*\n){0,50}[\"']?[\w$][\w$. -]{0,60}[\"']?[ \t]?:(?:\s|$))"
    r".{0,50000}?)\n(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?P<toml>.{0,50000}?)\n\+\+\+)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)


def prepared(text: str, *, components: bool) -> tuple[str, re.Match[str] | None]:
    """Blank what is no Markdown, and give the front matter; the length stays."""
    if front := _FRONT.match(text):
        text = blank(front) + text[front.end() :]
    return _without_hidden(text, components=components), front


# Each from its beginning to its end: Liquid's comments and code, and the comments of MDX.
_SPANS = (
    ("{%", re.compile(r"\{%-?\s{0,9}comment\b"), re.compile(r"\{%-?\s{0,9}endcomment\s{0,9}-?%\}")),
    ("{%", re.compile(r"\{%-?\s{0,9}highlight\b"), re.compile(r"\{%-?\s{0,9}endhighlight\s{0,9}-?%\}")),
)
_OF_MDX = ("{/*", re.compile(r"\{/\*"), re.compile(r"\*/\}"))
_HIDDEN = re.compile(
    r"(?<![\S])%%(?!%)[^%\n]{1,2000}%%(?!\S)"  # Obsidian
    r"|^%%[ \t]*\n(?:(?!%%)[^\n]*\n){0,400}?%%[ \t]*$"
    r"|^(?P<fence>[ \t>]{0,40}):{3,}[ \t]*(?:\{[^{}\n]{0,300}\}|[\w.-]{0,60})[ \t]*:*[ \t]*$",  # Pandoc, Quarto
    re.MULTILINE,
)


def _without_hidden(text: str, *, components: bool) -> str:
    """Blank comments, code and fences that are no Markdown; the length stays, and so do the lines."""
    for sign, begins, ends in (*_SPANS, _OF_MDX) if components else _SPANS:
        if sign in text:
            text = _without(text, begins, ends)
    if "%%" in text or ":::" in text:
        text = _HIDDEN.sub(lambda found: (found["fence"] or "") + blank(found)[len(found["fence"] or "") :], text)
    return text


def _without(text: str, begins: re.Pattern[str], ends: re.Pattern[str]) -> str:
    pieces, at = [], 0
    while (begin := begins.search(text, at)) and (end := ends.search(text, begin.end())):
        pieces += [text[at : begin.start()], re.sub(r"[^\n]", " ", text[begin.start() : end.end()])]
        at = end.end()
    return "".join([*pieces, text[at:]])


def blank(found: re.Match[str]) -> str:
    """Give spaces in place of what was found, and its line ends."""
    return re.sub(r"[^\n]", " ", found.group())


# ---------------------------------------------------------------- shortcodes


class Shortcode(Struct, frozen=True):
    """One shortcode, and what it shows or cites: from where to where, and the address."""

    start: int
    end: int
    shown: tuple[tuple[int, int, str], ...]


_SHORTCODE = re.compile(
    r"\{\{[<%]-?\s{0,4}(?!/\*)(?P<hugo>/?[\w./-]{1,60})(?P<hugo_rest>[^{}\n]{0,1000}?)/?-?[>%]\}\}"
    r"|\{%-?\s{0,4}(?P<liquid>[\w./-]{1,60})(?P<liquid_rest>[^{}%\n]{0,1000}(?:%(?!\})[^{}%\n]{0,1000}){0,20})-?%\}"
)
_ARGUMENT = re.compile(
    r"(?:(?P<key>[\w-]{1,40})\s{0,3}=\s{0,3})?(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'=]+))"
)
_HOMES = {
    "youtube": (re.compile(r"[\w-]{11}"), "https://www.youtube.com/watch?v={}"),
    "yt": (re.compile(r"[\w-]{11}"), "https://www.youtube.com/watch?v={}"),
    "vimeo": (re.compile(r"\d{5,12}"), "https://vimeo.com/{}"),
    "dailymotion": (re.compile(r"[a-z0-9]{6,8}"), "https://www.dailymotion.com/video/{}"),
    "instagram": (re.compile(r"[\w-]{8,14}"), "https://www.instagram.com/p/{}/"),
}
_POSTS = frozenset({"tweet", "twitter", "x", "x_simple", "twitter_simple"})
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|ico|tiff?)(?:[?#].*)?$", re.IGNORECASE)


def shortcodes(text: str) -> Iterator[Shortcode]:
    """Find the shortcodes of a text, and give the addresses that stand in them or that they stand for."""
    for found in _SHORTCODE.finditer(text):
        kind = "hugo" if found["hugo"] else "liquid"
        rest, at = found[f"{kind}_rest"], found.start(f"{kind}_rest")
        written = [one for one in bare.find(rest) if not is_picture(one.url)]
        shown = [(at + one.start, at + one.end, one.url) for one in written]
        if not shown and (url := _meant(found[kind].lower(), rest)):
            shown = [(found.start(), found.end(), url)]
        yield Shortcode(found.start(), found.end(), tuple(shown))


def is_picture(url: str) -> bool:
    """Tell whether an address is a picture's, which nobody cites."""
    return _PICTURE.search(url) is not None


def _meant(name: str, rest: str) -> str | None:
    """Give the address that a shortcode makes of the name of a thing."""
    given: dict[str, str] = {}
    plain: list[str] = []
    for one in _ARGUMENT.finditer(rest):
        value = one["a"] or one["b"] or one["c"] or ""
        if one["key"]:
            given.setdefault(one["key"].lower(), value)
        elif value not in ("-", "/"):
            plain.append(value)
    if name in ("include", "include_cached") and plain:
        name = plain.pop(0).lower()
    if name in _POSTS:
        post = given.get("id", "")
        return f"https://twitter.com/{given['user']}/status/{post}" if given.get("user") and post.isdigit() else None
    words = re.split(r"[\W_]+|player", name)
    home = next((home for home in _HOMES if home in words), given.get("provider", "").lower())
    if home not in _HOMES:
        return None
    pattern, address = _HOMES[home]
    named = next((given[key] for key in ("id", "video_id", "videoid", "video") if given.get(key)), "")
    ident = named or (plain[0] if plain else "")
    return address.format(ident) if pattern.fullmatch(ident) else None


# ---------------------------------------------------------------- components

# Or of any tag whose attributes are expressions: `<a href={"..."}>`.
_COMPONENT = re.compile(r"<(?:[A-Z][\w.]{0,60}\s|[a-z][\w.-]{0,60}\s(?=[^<>{]{0,400}=\{))(?:[^<>]|(?<==)>){1,4000}>")


def component_addresses(source: str, known: set[str]) -> Iterator[tuple[int, int, str, bool]]:
    """Give the addresses in the attributes of components (`<Embed url="...">`), but no pictures' and no known ones."""
    for tag in _COMPONENT.finditer(source):
        for one in bare.find(tag.group()):
            if one.url not in known and not is_picture(one.url):
                known.add(one.url)
                yield tag.start() + one.start, tag.start() + one.end, one.url, kinds.is_media(one.url)


# ---------------------------------------------------------------- what a reader does not see

_BOX = re.compile(r"\[(?:!\w{1,30}|[ xX-])\][+-]?(?=\s)\s?")  # of a callout, or to tick


def box_end(text: str) -> int:
    """Give where the box at the beginning of a block ends: `[!note] Words`, `[x] done`."""
    found = _BOX.match(text) if text.startswith("[") else None
    return found.end() if found else 0


_ATTRIBUTES = re.compile(r"\{:?\s?[#.:\w-][^{}\n]{0,200}\}")


def attributes_end(text: str, at: int) -> int:
    """Give where the attributes that stand right behind a link or a picture end: `[a](b){.class width=50%}`."""
    found = _ATTRIBUTES.match(text, at) if text.startswith("{", at) else None
    return found.end() if found else at
