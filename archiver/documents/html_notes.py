"""Notes of an HTML page: links to anchors that look like note markers, and what stands at those anchors.

Roles and epub:type say it outright; Pandoc, Markdown processors, MediaWiki, Google Docs, Word and Substack each have
their own classes and names. All are links into the same page, and nearly all stand in a <sup>.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from archiver import urls
from archiver.documents.bare import Bare
from archiver.documents.mend import mended
from archiver.documents.notes import Mark, Note, Target
from archiver.documents.page import tag_end
from archiver.documents.prose import sentence, word_before

if TYPE_CHECKING:
    from archiver.documents.html_links import Found
    from archiver.documents.page import Element, Page

_NOTE_NAME = re.compile(
    r"^(?:user-content-)?[_#]?(?:fn|ftn|ftnt|foot|end|edn|note|cite_note|cite-note|en|sdfootnote|sdendnote)"
    r"[\w.:-]{0,80}$",
    re.IGNORECASE,
)
_BACK_NAME = re.compile(
    r"(?:ref|anc|anchor|back|return|rev|src|text|call)[\w.:-]{0,24}$|^_(?:ftn|edn)ref|^cite_ref", re.IGNORECASE
)
_BACK_WORDS = re.compile(
    r"\s*(?:[↩↑⤴⏎⬆↵^▲←︎\ufe0e\ufe0f\s]+|back(?: to (?:text|top|content))?|return(?: to text)?|jump up|zurück|retour)\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[\[({]?\s*((?:(?:note|nb|fn|n\.)\s?)?\d{1,4}|[a-z]|([a-z])\2|[ivxlc]{1,6}|[*†‡§¶#]{1,4})(?::\d{1,3})?\s*[\])}.:]?$",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"\b(?:footnote|endnote|note|fn)[-_]?(?:ref(?:erence)?|anchor|link|call)\b|\bnoteref\b|\breference\b|\bfootnote\b|\bfn\b",
    re.IGNORECASE,
)
_BODY_LABEL = re.compile(
    r"^\s*(?:[↩↑^]\s*)?[\[({]?(?:[\d*†‡§¶⁰¹²³⁴-⁹]{1,4}|[a-z]{1,2}(?=[\])]))[\])}.:]{0,2}\s*|^\s*[↩↑^]\s*", re.IGNORECASE
)
Spot = tuple[int, int]  # offset in the readable text, and in the source
_SMALL = frozenset({"a", "sup", "span", "b", "strong", "em", "i", "cite", "small", "font", "u", "label"})
_FROM_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Targets:
    """Everything on the page that a note may point to, in the order of the readable text."""

    def __init__(self, found: list[Found], addresses: list[tuple[Bare, int, int]]) -> None:
        everything = [
            (one.element.start, one.element.end, Target(start=one.start, end=one.end, url=one.url, media=one.media))
            for one in found
            if one.url is not None
        ]
        everything += [(one.start, one.end, Target(start=start, end=end, url=one.url)) for one, start, end in addresses]
        self._all = sorted(everything, key=lambda item: (item[0], item[2].start))
        self._starts = [(start, target.start) for start, _, target in self._all]

    def between(self, start: Spot, end: Spot) -> tuple[Target, ...]:
        """Give those that stand between two places."""
        return tuple(
            target for _, _, target in self._all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        )

    def in_text(self) -> list[Bare]:
        """Give them as addresses in the readable text."""
        return [Bare(start, end, target.url) for start, end, target in self._all]


class _Body(Struct):
    key: str
    label: str
    start: int
    end: int
    at: int  # in the source
    until: int  # in the source: where the next element begins


def explicit(
    page: Page, prose: str, targets: Targets, base: str | None
) -> tuple[list[Mark], dict[str, Note], list[tuple[Spot, Spot]]]:
    """Give the markers, the notes, and which parts of the page the notes cover."""
    named = page.named()
    inner = [
        (element, fragment)
        for element in page.elements
        if element.name == "a" and (fragment := same_page(element.get("href").strip(), base)) is not None
    ]
    marks: list[Mark] = []
    bodies: dict[str, _Body] = {}
    for link, fragment in inner:
        name = unquote(fragment)
        label = _label(page.words(link))
        if label is None:
            continue
        target = named.get(name)
        if target is not None and target.at <= link.at:
            continue  # back to the text
        if not _is_reference(page, link, name) and not _cites(page, link, target):
            continue
        marks.append(_mark(page, prose, link, name, label))
        if target is not None and name not in bodies:
            bodies[name] = _body(page, target, name, label)
    _inside_text(page, prose, marks, bodies)
    if marks:
        _unpointed(page, bodies)
    _part(bodies)
    own = [(link.start, link.end) for link, _ in inner]
    notes = {
        name: Note(
            key=name,
            label=body.label,
            start=body.at,
            end=tag_end(page.source, body.at),
            text=_words(prose, body, own),
            targets=targets.between((body.start, body.at), (body.end, body.until)),
        )
        for name, body in bodies.items()
    }
    return marks, notes, [((body.start, body.at), (body.end, body.until)) for body in bodies.values()]


def same_page(href: str, base: str | None) -> str | None:
    """Give the fragment when an address only points into the page that it stands on."""
    if href.startswith("#"):
        return href[1:]
    if base and "#" in href:
        whole = urls.join(base, href)
        if whole and whole.partition("#")[0] == urls.without_fragment(base):
            return whole.partition("#")[2]
    return None


_BRACKETED = re.compile(r"[\[(]\s?(?:[\w.:-]{1,6}\s?[,;–-]\s?)*$")
_LISTED = re.compile(r"bib|ref|cit|note|literature|source", re.IGNORECASE)


def _cites(page: Page, link: Element, target: Element | None) -> bool:
    """Tell whether a number in brackets points into a list of works cited."""
    words = page.words(link)
    number = words.strip("[]").isdigit()
    if target is None or not number or not (words.startswith("[") or _opened(page.text, link.start)):
        return False
    around: Element | None = target
    for _ in range(3):
        if around is None:
            break
        if around.name == "li" or _LISTED.search(f"{around.get('class')} {around.get('id')} {around.get('role')}"):
            return True
        around = around.parent
    return False


def _opened(text: str, at: int) -> bool:
    found = _BRACKETED.search(text, max(0, at - 40), at)
    return found is not None and found.group().startswith("[")


_OWN_NOTE = re.compile(r"\bltx_role_(?:foot|end)note\b|\bmodern-footnotes-footnote__note\b")


def _inside_text(page: Page, prose: str, marks: list[Mark], bodies: dict[str, _Body]) -> None:
    """Add the notes that stand whole in the running text, behind their markers."""
    count = 0
    for element in page.elements:
        classes = element.get("class")
        if not ("note" in classes and _OWN_NOTE.search(classes)):
            continue
        count += 1
        own = element.get("class").startswith("ltx")
        inner = page.elements[element.index + 1 : element.stop]
        label = _label(page.words(inner[0])) if own and inner else element.get("data-mfn")
        content = next((one for one in inner if "ltx_note_content" in one.get("class")), element) if own else element
        before = element if own else page.elements[max(0, element.index - 1)]
        around = before.within("sup") or before
        name, label = f" note {count}", (label or str(count)).translate(_FROM_RAISED)
        word, _ = word_before(prose, around.start)
        marks.append(
            Mark(
                key=name,
                label=label,
                start=around.at,
                end=tag_end(page.source, around.at),
                text=mended(word),
                context=sentence(prose, around.start, element.start),
            )
        )
        bodies[name] = _Body(name, label, content.start, content.end, content.at, _until(page, content))


def _until(page: Page, element: Element) -> int:
    return page.elements[element.stop].at if element.stop < len(page.elements) else len(page.source)


def _label(words: str) -> str | None:
    found = _LABEL.match(words.translate(_FROM_RAISED))
    return found.group(1).strip() if found else None


def _is_reference(page: Page, link: Element, name: str) -> bool:
    kind = f"{link.get('role')} {link.get('epub:type')} {link.get('rel')}".lower()
    if "noteref" in kind:
        return True
    if "backlink" in kind or _BACK_NAME.search(name) or "back" in link.get("class").lower():
        return False
    raised = link.within("sup", levels=3) is not None or page.inside(link, "sup") is not None
    return raised or _NOTE_NAME.match(name) is not None or _CLASS.search(link.get("class")) is not None


def _mark(page: Page, prose: str, link: Element, name: str, label: str) -> Mark:
    around = link.within("sup", levels=3) or link
    group = _BRACKETED.search(prose, max(0, around.start - 40), around.start)
    word, _ = word_before(prose, group.start() if group else around.start)
    end = page.source.find("</a", link.at, link.at + 5000)
    end = page.source.find(">", end) + 1 if end >= 0 else tag_end(page.source, link.at)
    return Mark(
        key=name,
        label=label,
        start=link.at,
        end=end,
        text=mended(word),
        context=sentence(prose, around.start, around.end),
    )


def _body(page: Page, target: Element, name: str, label: str) -> _Body:
    around = target
    while around.name in _SMALL and around.parent is not None:
        around = around.parent
    if around.name in ("td", "th", "dt") and around.parent is not None and len(page.words(around)) < 8:
        around = around.parent
    start = around.start if around is target else min(target.start, max(around.start, target.start))
    at = around.at if around is target else target.at
    return _Body(name, label, start, around.end, at, _until(page, around))


def _unpointed(page: Page, bodies: dict[str, _Body]) -> None:
    """Add notes of the same lists that nothing points to."""
    covered = {body.at for body in bodies.values()}
    lists: dict[int, int] = {}  # a list that holds notes, and how many items of it were met
    for element in page.elements:
        if element.name == "li" and element.at in covered and element.parent is not None:
            lists.setdefault(element.parent.index, 0)
    for element in page.elements:
        if element.name != "li" or element.parent is None or element.parent.index not in lists:
            continue
        lists[element.parent.index] += 1
        name = element.get("id")
        if name and element.at not in covered and name not in bodies:
            bodies[name] = _Body(
                name, str(lists[element.parent.index]), element.start, element.end, element.at, _until(page, element)
            )


def _part(bodies: dict[str, _Body]) -> None:
    """End each note where the next one begins, when several share one paragraph."""
    ordered = sorted(bodies.values(), key=lambda body: body.start)
    for one, following in pairwise(ordered):
        if (one.end, one.until) > (following.start, following.at) and following.start > one.start:
            one.end, one.until = following.start, following.at


def _words(prose: str, body: _Body, own: list[tuple[int, int]]) -> str:
    pieces, at = [], body.start
    for index in range(bisect_left(own, (body.start, -1)), len(own)):
        start, end = own[index]
        if start >= body.end:
            break
        pieces.append(prose[at:start])
        inside = prose[start:end]
        if not (_BACK_WORDS.fullmatch(inside) or _LABEL.match(inside.strip())):
            pieces.append(inside)
        at = max(at, end)
    pieces.append(prose[at : body.end])
    words = _BODY_LABEL.sub("", mended("".join(pieces)), count=1)
    return re.sub(r"(?:\s*[↩↑⤴⏎]\ufe0e?\s*[\d⁰¹²³⁴-⁹]{0,2})+$", "", words.lstrip(".):] "))[:2000].strip()
