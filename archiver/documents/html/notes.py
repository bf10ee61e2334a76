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
from archiver.documents.html.tags import tag_end
from archiver.documents.mend import mended
from archiver.documents.notes.cite import Mark, Note, Target
from archiver.documents.prose import sentence, word_before

if TYPE_CHECKING:
    from archiver.documents.html.links import Found
    from archiver.documents.html.page import Element, Page

_NOTE_NAME = re.compile(
    r"^(?:user-content-)?[_#]?(?:fn|ftn|ftnt|foot|end|edn|note|cite_note|cite-note|en|n(?=\d)|sdfootnote|sdendnote)"
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
SMALL = frozenset({"a", "sup", "span", "b", "strong", "em", "i", "cite", "small", "font", "u", "label"})
FROM_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


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
    lettered: bool = False  # it begins with its own label, raised


def explicit(
    page: Page, prose: str, targets: Targets, inner: list[tuple[Element, str]], popped: set[int]
) -> tuple[list[Mark], dict[str, Note], list[tuple[Spot, Spot]]]:
    """Give the markers, the notes, and which parts of the page the notes cover."""
    named = page.named()
    marks: list[Mark] = []
    bodies: dict[str, _Body] = {}
    for link, fragment in inner:
        if link.index in popped:
            continue
        name = unquote(fragment)
        target = named.get(name)
        if target is not None and target.at <= link.at:
            continue  # back to the text
        label = label_of(page.words(link))
        if label is None and target is not None and _NOTE_NAME.match(name) and is_raised(page, link):
            label = _grouped(page.words(link))
        if label is None:
            label = _work(page, link, target)
        elif not _is_reference(page, link, name, target) and not _cites(page, link, target):
            label = None
        if label is None:
            continue
        marks.append(_mark(page, prose, link, name, label))
        if target is not None and name not in bodies:
            bodies[name] = _body(page, target, name, label)
    _inside_text(page, prose, marks, bodies)
    if marks:
        _unpointed(page, bodies)
    _part(bodies)
    own = [
        (link.start, link.end)
        for link, fragment in inner
        if unquote(fragment) not in bodies or _BACK_WORDS.fullmatch(page.words(link)) is not None
    ]
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


_GROUP = re.compile(r"[\[(]?\s*((?:[^\W\d_][\w-]{0,14}\.?\s?|※\s?)\d{1,4}|[^\W\d_]\d{0,2}|※)\s*[\])]?")


def _grouped(words: str) -> str | None:
    """Give the label of a note in a group that has a name: [Anm. 1], [注 2], [lower-alpha 3]."""
    found = _GROUP.fullmatch(words.translate(FROM_RAISED))
    return found.group(1).strip() if found else None


def inner_links(page: Page, base: str | None) -> list[tuple[Element, str]]:
    """Give the links that point into the page, and their fragments.

    A page that was saved, or that has a <base>, may name itself by an address that nothing else tells: the one under
    which links find most of their fragments here.
    """
    named = page.named()
    inner: list[tuple[Element, str]] = []
    others: dict[str, list[tuple[Element, str]]] = {}
    for element in page.elements:
        if element.name != "a" or "#" not in (href := element.get("href").strip()):
            continue
        if (fragment := same_page(href, base)) is not None:
            inner.append((element, fragment))
        elif fragment := href.partition("#")[2]:
            others.setdefault(href.partition("#")[0], []).append((element, fragment))
    for found in others.values():
        known = [(element, fragment) for element, fragment in found if unquote(fragment) in named]
        if 2 * len(known) > len(found) and any(
            (_NOTE_NAME.match(unquote(fragment)) or is_raised(page, element)) and label_of(page.words(element))
            for element, fragment in known
        ):
            inner += found
    inner.sort(key=lambda item: item[0].index)
    return inner


def same_page(href: str, base: str | None) -> str | None:
    """Give the fragment when an address only points into the page that it stands on."""
    if href.startswith("#"):
        return href[1:]
    if base and "#" in href:
        whole = urls.join(base, href)
        if whole and whole.partition("#")[0] == urls.without_fragment(base):
            return whole.partition("#")[2]
    return None


_WORKS = re.compile(r"\b(?:doc-biblioref|bibr|ltx_ref|biblioref|bibref|citation|reference internal)\b")
_ENTRY = re.compile(r"\b(?:doc-biblioentry|ltx_bibitem|csl-entry|ref-cit-blk|bibentry|citation|listitem)\b")


def _work(page: Page, link: Element, target: Element | None) -> str | None:
    """Give the label of a reference to a work that is cited by name: (Winter 2001), [WIN01]."""
    if target is None:
        return None
    around = link.parent
    says = f"{link.get('role')} {link.get('class')} {around.get('class') if around is not None else ''}"
    if not _WORKS.search(says) and not (link.get("rid") and "bibr" in says):
        return None
    entry = f"{target.get('role')} {target.get('class')}"
    if "doc-biblioref" not in says and "bibr" not in says and not _ENTRY.search(entry):
        return None
    words = page.words(link).strip("[] ")
    words = words[1:-1].strip() if words.startswith("(") and words.endswith(")") else words
    return words if words and len(words) <= 60 else None


_BRACKETED = re.compile(r"[\[(]\s?(?:[\w.:-]{1,6}\s?[,;–-]\s?)*$")
# What lists of works call their entries: "B12", "CR3", "ref-CR7", "bib0045", "jcc123-bib-0001".
_NUMBERED = re.compile(
    r"(?:[\w.-]{0,40}[.-])?(?:B|CR|R|(?i:bib|ref|cit|rf|bibr|literature)[._-]?(?:CR)?)[._-]?\d{1,4}$"
)
_LISTED = re.compile(r"bib|ref|cit|note|literature|source", re.IGNORECASE)


def _cites(page: Page, link: Element, target: Element | None) -> bool:
    """Tell whether a number in brackets points into a list of works cited."""
    words = page.words(link)
    number = words.strip("[]()").isdigit()
    if target is None or not number:
        return False
    if words.startswith(("[", "(")) and target.name in SMALL | {"p", "li", "dt"} and _same(page.words(target), words):
        return True
    if not (words.startswith("[") or _opened(page.text, link.start)) and not (
        _NUMBERED.match(target.get("id") or target.get("name")) or _WORKS.search(link.get("class"))
    ):
        return False
    around: Element | None = target
    for _ in range(3):
        if around is None:
            break
        if around.name == "li" or _LISTED.search(f"{around.get('class')} {around.get('id')} {around.get('role')}"):
            return True
        around = around.parent
    return False


def _same(body: str, label: str) -> bool:
    """Tell whether a note begins with the number of a marker, however each is dressed."""
    return re.match(rf"[\[(]?{re.escape(label.strip('[]()'))}[\])]?[.:]?(?:\s|$)", body) is not None


def _opened(text: str, at: int) -> bool:
    found = _BRACKETED.search(text, max(0, at - 40), at)
    return found is not None and found.group().startswith("[")


_OWN_NOTE = re.compile(
    r"\bltx_role_(?:foot|end)note\b|\bmodern-footnotes-footnote__note\b|(?<![\w-])sidenote(?:-content)?(?![\w-])"
)
_TOGGLE = re.compile(r"\bsidenote-(?:number|toggle|ref|label|anchor)\b|\bmargin-toggle sidenote")


def _inside_text(page: Page, prose: str, marks: list[Mark], bodies: dict[str, _Body]) -> None:
    """Add the notes that stand whole in the running text, behind their markers."""
    count = 0
    for element in page.elements:
        classes = element.get("class")
        if not ("note" in classes and _OWN_NOTE.search(classes)):
            continue
        own = classes.startswith("ltx")
        inner = page.elements[element.index + 1 : min(element.stop, element.index + _NEAR)]
        before = element
        if "sidenote" in classes:
            # A stylesheet counts them; those without a number are remarks on the margin.
            near = page.elements[max(0, element.index - 4) : element.index]
            toggle = next((one for one in reversed(near) if _TOGGLE.search(one.get("class"))), None)
            if toggle is None:
                continue
            before = toggle
        elif not own:
            before = page.elements[max(0, element.index - 1)]
        count += 1
        if own:
            label = label_of(page.words(inner[0])) if inner else None
        else:
            label = element.get("data-mfn") or label_of(page.words(before))
        content = next((one for one in inner if "ltx_note_content" in one.get("class")), element) if own else element
        around = before.within("sup") or before
        name, label = f" note {count}", (label or str(count)).translate(FROM_RAISED)
        word, _ = word_before(prose, around.start)
        marks.append(
            Mark(
                key=name,
                label=label,
                start=around.at,
                end=tag_end(page.source, around.at),
                text=mended(word),
                context=sentence(prose, around.start, around.start),
            )
        )
        bodies[name] = _Body(name, label, content.start, content.end, content.at, until(page, content))


def until(page: Page, element: Element) -> int:
    return page.elements[element.stop].at if element.stop < len(page.elements) else len(page.source)


def label_of(words: str) -> str | None:
    found = _LABEL.match(words.translate(FROM_RAISED))
    return found.group(1).strip() if found else None


_REMARKS = re.compile(r"_?(?:cmnt|msocom|comment|com_|sdcomment)", re.IGNORECASE)


def _is_reference(page: Page, link: Element, name: str, target: Element | None) -> bool:
    if _REMARKS.match(name):
        return False  # what somebody wrote beside the text while it was made
    kind = f"{link.get('role')} {link.get('epub:type')} {link.get('rel')}".lower()
    if "noteref" in kind:
        return True
    if "backlink" in kind or "back" in link.get("class").lower() or (target is None and _BACK_NAME.search(name)):
        return False
    return is_raised(page, link) or _NOTE_NAME.match(name) is not None or _CLASS.search(link.get("class")) is not None


def is_raised(page: Page, link: Element) -> bool:
    return link.within("sup", levels=3) is not None or page.inside(link, "sup") is not None


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
    while around.name in SMALL and around.parent is not None:
        around = around.parent
    item = around.parent
    if item is not None and item.name == "li" and around.name in ("p", "div") and item.index == around.index - 1:
        around = item  # the item's first paragraph bears the name; links to the work may stand in the next
    if around.name == "dt":
        said = next((one for one in page.elements[around.stop : around.stop + 1] if one.name == "dd"), None)
        if said is not None:
            return _Body(name, label, said.start, said.end, said.at, until(page, said))
    if around.name in ("td", "th") and around.parent is not None and len(page.words(around)) < 8:
        around = around.parent
    if around.name in _HEADINGS and around.parent is not None and label_of(page.words(around)) is not None:
        # The number is a heading, and the note stands below it.
        return _Body(name, label, around.start, around.parent.end, around.at, until(page, around.parent))
    start = around.start if around is target else min(target.start, max(around.start, target.start))
    at = around.at if around is target else target.at
    first = page.elements[around.index + 1] if around.stop > around.index + 1 else around
    lettered = first.name == "sup" and page.words(first) == label
    end, stop = around.end, until(page, around)
    if around is not target and around.stop - target.stop < _NEAR:
        for one in page.elements[target.stop : around.stop]:
            if one.name == "sup" and page.text[one.start - 1 : one.start] == "\n" and label_of(page.words(one)):
                end, stop = one.start, one.at  # on the next line begins another note, to which nothing points
                break
    return _Body(name, label, start, end, at, stop, lettered)


_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_NEAR = 200  # elements of a paragraph


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
                name, str(lists[element.parent.index]), element.start, element.end, element.at, until(page, element)
            )


def _part(bodies: dict[str, _Body]) -> None:
    """End each note where the next one begins, when several share one paragraph."""
    ordered = sorted(bodies.values(), key=lambda body: body.start)
    for one, following in pairwise(ordered):
        if (one.end, one.until) > (following.start, following.at) and following.start > one.start:
            one.end, one.until = following.start, following.at


def _words(prose: str, body: _Body, own: list[tuple[int, int]]) -> str:
    """Give what a note says, without its number and the links back to the text."""
    pieces, at = [], body.start
    for index in range(bisect_left(own, (body.start, -1)), len(own)):
        start, end = own[index]
        if start >= body.end:
            break
        inside = prose[start:end]
        back = _BACK_WORDS.fullmatch(inside) is not None or _LABEL.match(inside.strip()) is not None
        before = prose[at:start]
        # Between links back there are only signs: "^ a b", "(1, 2)".
        pieces.append("" if back and not any(sign.isalnum() for sign in _BODY_LABEL.sub("", before)) else before)
        if not back:
            pieces.append(inside)
        at = max(at, end)
    pieces.append(prose[at : body.end])
    words = mended("".join(pieces)).lstrip(")]:;, ").removeprefix(f"[{body.label}]")
    if len(body.label) < 3 and body.label.isalpha() and body.lettered:
        words = words.removeprefix(body.label)
    words = _BODY_LABEL.sub("", words, count=1)
    return re.sub(r"(?:\s*[↩↑⤴⏎]\ufe0e?\s*[\d⁰¹²³⁴-⁹]{0,2})+$", "", words.lstrip(".):]* ")).strip()[:2000]
