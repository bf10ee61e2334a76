"""What stands behind the hash sign: whether the part of a page, or the words, that were cited are there.

A fragment that is missing is worth a word, and no more. Many are no name of an element: places in a file or film,
routes of an app, lines of code, marks that a script sets. Of those nothing is said.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from archiver.checks.page import Page

_DIRECTIVES = ":~:"  # WICG, URL Fragment Text Directives
_MOST = 10  # texts of one fragment
_LITTLE = 200  # weighed characters: where less can be read, a script may bring the rest


@cache
def _no_element() -> re.Pattern[str]:
    return re.compile(
        r"^(?:$|top$|[/!?.]|[0-9:]+$|t?(?:\d+[hms])+$)|[=&/(]"
        # lines of code and of logs
        r"|^(?:l|line|lines|n|ln|lc|file-[\w.-]{1,200}-l)[-_]?\d+(?:c\d+)?(?:[-:,.]+(?:l|line|n|ln|lc)?[-_]?\d+(?:c\d+)?)*$"
        # what the scripts of code hosts and of comment services look for
        r"|^(?:issuecomment|discussioncomment|pullrequestreview|issue|event|commitcomment|diff|note|disqus|lf)[-_]"
        r"|^discussion_r\d|^comment-\d{6,}$"
        # marks left by what counts readers
        r"|^(?:ixzz|axzz|sthash|google_vignette|rssowlmlink|xtor|utm)"
        r"|^(?:page|slide|p|pg|seite|folio|bookmark|nameddest)[-_]?\d+$",
        re.IGNORECASE,
    )


def missing(page: Page, fragment: str) -> str:
    """Say which cited part a page does not have; nothing when all is there, or when that cannot be told."""
    name, marked, directives = fragment.partition(_DIRECTIVES)
    if marked:
        return _missing_text(page, directives)
    if _no_element().search(name) or _no_element().search(unquote(name)):
        return ""
    if has_fragment(page, name) or _comes_later(page, name):
        return ""
    return fragment


# ---------------------------------------------------------------- elements


def has_fragment(page: Page, fragment: str) -> bool:
    """Tell whether an element bears this name. The whole page is searched, not only what was parsed."""
    name = unquote(fragment)
    names = {fragment, name, f"user-content-{name}", escape(name), name.replace(" ", "_"), _undotted(name)}
    encoded = {text.encode(code, "ignore") for text in names for code in ("utf-8", "windows-1252")} - {b""}
    found = b"|".join(re.escape(one) for one in sorted(encoded, key=len, reverse=True))
    quoted = rb"""(["'])\s{0,9}(?:%b)\s{0,9}\1""" % found
    pattern = rb"(?:\bid|\bname)\s{0,9}=\s{0,9}(?:%b|(?:%b)[\s>/])" % (quoted, found)
    return re.search(pattern, page.raw, re.IGNORECASE) is not None


def _undotted(name: str) -> str:
    """Read names as old wikis wrote them: `Stra.C3.9Fe`."""
    return unquote(re.sub(r"\.(?=[0-9A-F]{2})", "%", name), errors="ignore")


def _comes_later(page: Page, fragment: str) -> bool:
    """Tell whether a script may give an element this name: one names it, or a heading says it."""
    if not page.scripts:
        return False
    if page.length < _LITTLE:
        return True
    name = unquote(fragment).encode()
    if len(name) >= 3 and any(
        sign + name + sign in page.raw or sign + b"#" + name + sign in page.raw for sign in (b'"', b"'", b"`")
    ):
        return True
    wanted = _squeezed(unquote(fragment))
    return bool(wanted) and any(_squeezed(text) == wanted for text in page.all_headings)


# ---------------------------------------------------------------- texts


def _missing_text(page: Page, directives: str) -> str:
    texts = [part.removeprefix("text=") for part in directives.split("&") if part.startswith("text=")]
    if not texts or not page.whole or (page.scripts and page.length < _LITTLE):
        return ""
    whole = _squeezed(page.all_text)
    for text in texts[:_MOST]:
        start, end = _range(text)
        at = whole.find(start) if start else 0
        if at < 0 or (end and whole.find(end, at + len(start)) < 0):
            return f"the words “{unquote(text).strip()}”"
    return ""


def _range(text: str) -> tuple[str, str]:
    """Read `prefix-,start,end,-suffix`: what the words between begin and end with, in letters and digits only."""
    parts = text.split(",")
    if len(parts) > 1 and parts[0].endswith("-"):
        parts = parts[1:]
    if len(parts) > 1 and parts[-1].startswith("-"):
        parts = parts[:-1]
    start, end = (*parts, "")[:2]
    return _squeezed(unquote(start)), _squeezed(unquote(end))


def _squeezed(text: str) -> str:
    """Fold case, width and accents' forms, and leave letters and digits only: tags and lines part words at will."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
