"""Notes of an HTML page to which no link leads: in an attribute of their marker, or marked with raised letters.

And markers without a note, which are themselves the link to what is cited.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec.structs import replace

from archiver.documents.draft import Draft
from archiver.documents.html.notes import FROM_RAISED, SMALL, is_raised, label_of, until
from archiver.documents.html.page import load
from archiver.documents.html.tags import tag_end
from archiver.documents.mend import mended
from archiver.documents.notes.cite import Mark, Note
from archiver.documents.notes.promises import announces
from archiver.documents.prose import sentence, word_before

if TYPE_CHECKING:
    from archiver.documents.html.notes import Spot, Targets
    from archiver.documents.html.page import Element, Page

_POPPED = (
    "data-footnote",
    "data-footnote-content",
    "data-note",
    "data-fn",
    "data-content",
    "data-bs-content",
    "data-tippy-content",
    "data-tooltip",
    "data-original-title",
    "data-title",
    "title",
)
_POPPED_NAMES = frozenset(_POPPED)
_POPS = re.compile(r"(?:foot|end|side)[-_]?note|note[-_]?ref|\bfn\b|easy-foot", re.IGNORECASE)


def popped(
    page: Page, prose: str, base: str | None, inner_links: list[tuple[Element, str]]
) -> tuple[list[Draft], set[int]]:
    """Give the notes that stand in an attribute of their marker, and the links that are such markers."""
    from archiver.documents.html import reader as html

    drafts: list[Draft] = []
    marked: set[int] = set()
    anchors = page.named()
    whole = {link.index for link, fragment in inner_links if unquote(fragment) in anchors}
    for element in page.elements:
        if element.name not in _MARKERS or element.stop - element.index > 4 or not element.attributes:
            continue
        if _POPPED_NAMES.isdisjoint(element.attributes):
            continue
        told = next((value for name in _POPPED if len(value := element.get(name).strip()) > 8), "")
        if not told or len(told) > 20_000:
            continue
        label = label_of(page.words(element)) or label_of(element.get("aria-label").rpartition(" ")[2])
        named = _POPS.search(f"{element.get('class')} {element.get('id')}") is not None
        if label is None or not (named or ("://" in told and label.isdigit())):
            continue
        href = element.get("href").strip().lower() if element.name == "a" else ""
        if href and not href.startswith(("#", "javascript:")):
            continue  # it leads to another page, and this says to which
        own = {element.index, *range(element.index, element.stop)}
        if element.parent is not None and element.parent.name in SMALL:
            own.add(element.parent.index)
        if not whole.isdisjoint(own):
            continue  # the note stands on the page, and this is a part of it, or a word on what the link does
        marked |= own
        inner = load(told)
        around = element.within("sup", levels=2) or element
        word, _ = word_before(prose, around.start)
        note = mended(inner.text)[:2000]
        plain = Draft(
            start=element.at,
            end=tag_end(page.source, element.at),
            label=label,
            text=mended(word),
            note=note,
            context=sentence(prose, around.start, around.end),
        )
        urls_inside = list(dict.fromkeys(draft.url for draft in html.cited(inner, base) if draft.url))
        drafts += [replace(plain, url=url) for url in urls_inside] or [replace(plain, lost=announces(note))]
    return drafts, marked


_MARKERS = frozenset({"a", "sup", "span", "button", "abbr", "label"})
_NEAR = 1000  # elements of a note
_MOST_MARKS = 20  # that point to one note; more are something else
_SIGN = re.compile(r"[\[(]?\s*([1-9]\d{0,2}|[a-z]|[ivx]{2,4}|[*†‡§¶]{1,3})\s*[\])]?[.:]?", re.IGNORECASE)


def lettered(page: Page, prose: str, targets: Targets) -> tuple[list[Mark], dict[str, Note], list[tuple[Spot, Spot]]]:
    """Find notes whose raised letters and signs are no links: a raised letter that begins a line is the note.

    Numbers are told so only where they begin again, on each page or below each table: a note then belongs to the
    markers between it and the note of the same number before it.
    """
    signs: dict[str, list[Element]] = {}
    openers: dict[str, list[Element]] = {}
    for element in page.elements:
        if element.name != "sup" or element.end - element.start > 6 or element.end == element.start:
            continue
        found = _SIGN.fullmatch(page.words(element).translate(FROM_RAISED))
        inner = page.elements[element.index + 1 : element.stop]
        if found is None or any(one.name == "a" and one.get("href") for one in inner) or element.within("a", levels=2):
            continue
        opens = prose[max(0, element.start - 1) : element.start].strip(" ") in ("", "\n")
        (openers if opens else signs).setdefault(found.group(1).lower(), []).append(element)
    marks: list[Mark] = []
    notes: dict[str, Note] = {}
    spans: list[tuple[Spot, Spot]] = []
    starts = sorted(element.start for each in openers.values() for element in each)
    again = any(sign.isdigit() and len(bodies) > 1 for sign, bodies in openers.items())
    pairs = [
        (sign, body, above.index if above is not None else -1)
        for sign, bodies in openers.items()
        if again or not sign.isdigit()
        for above, body in pairwise([None, *bodies])
        if body is not None
    ]
    for number, (sign, body, floor) in enumerate(pairs):
        marked = signs.get(sign, [])
        low, high = (bisect_left(marked, index, key=lambda one: one.index) for index in (floor + 1, body.index))
        before = marked[low:high]
        if not before or len(before) > _MOST_MARKS:
            continue
        around = body
        while around.name in SMALL and around.parent is not None:
            around = around.parent
        following = starts[bisect_left(starts, body.start + 1) : ][:1]
        inside = page.elements[body.stop : min(around.stop, body.stop + _NEAR)] if following else []
        stop = next((one for one in inside if one.start >= following[0]), None)
        end = (stop.start, stop.at) if stop is not None else (around.end, until(page, around))
        key = f" sign {number}"
        notes[key] = Note(
            key=key,
            label=sign,
            start=body.at,
            end=tag_end(page.source, body.at),
            text=mended(prose[body.end : end[0]]).lstrip(".):] ")[:2000],
            targets=targets.between((body.start, body.at), end),
        )
        spans.append(((body.start, body.at), end))
        for one in before:
            word, _ = word_before(prose, one.start)
            marks.append(
                Mark(
                    key=key,
                    label=sign,
                    start=one.at,
                    end=tag_end(page.source, one.at),
                    text=mended(word),
                    context=sentence(prose, one.start, one.end),
                    confidence=0.9,
                )
            )
    return marks, notes, spans


def direct(page: Page, prose: str, link: Element) -> str | None:
    """Give the label of a note marker that is itself the link to what is cited: a raised number, or one in brackets."""
    if link.end - link.start > _LONGEST_LABEL or link.end == link.start:
        return None
    words = page.words(link)
    label = label_of(words)
    if label is None or not label.isdigit() or prose[max(0, link.start - 1) : link.start].strip(" ([") in ("", "\n"):
        return None
    return label if is_raised(page, link) or words.startswith("[") else None


_LONGEST_LABEL = 8
