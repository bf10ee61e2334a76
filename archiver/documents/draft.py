"""What a reader hands on, and how citations are made of it. This is the seam between formats and the rest.

A reader turns bytes into a `Reading`: the text that its offsets count in, what it found there (`Draft`), and what the
document says about itself. Lines, columns, contexts, kinds, links and dates are worked out here, once for all formats.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from archiver import urls
from archiver.documents import dates, kinds
from archiver.documents.mend import FILLER, meant, mended, shadow
from archiver.documents.prose import LONGEST, Lines, bounds, shown
from archiver.documents.redirects import unwrapped
from archiver.model import Citation, CitationKind, Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MOST = 200_000  # citations of one document; more is no document that a person wrote


class Draft(Struct, frozen=True, kw_only=True, gc=False):
    """Something cited, as the reader found it."""

    start: int  # offsets in the reading's text
    end: int
    url: str | None = None  # as written, entities and escapes resolved, made absolute
    text: str = ""
    label: str | None = None
    note: str | None = None
    context: str | None = None  # None: the sentence around it in the reading's text
    lost: bool = False
    confidence: float = 1.0
    kind: CitationKind | None = None  # None: footnote with a label, else inline; a video or audio is media in any case
    media: bool = False  # embedded as a video or audio
    behind: str = ""  # what follows in the same entry: "accessed 3 May 2014" may stand there
    page: int | None = None
    variants: tuple[str, ...] = ()  # other ways to read the address; see model.Citation


_FACTS = ("title", "author", "publication", "published", "language", "url")


class About(Struct, frozen=True, kw_only=True):
    """What a document says about itself, and what part of it says so."""

    title: str | None = None
    author: str | None = None
    publication: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)  # fact: what said so

    @classmethod
    def told(
        cls,
        by: str,
        *,
        title: str | None = None,
        author: str | None = None,
        publication: str | None = None,
        published: date | None = None,
        language: str | None = None,
        url: str | None = None,
    ) -> About:
        """Give what one part of a document says; `by` names the part as its format names it: "front matter"."""
        facts = {
            "title": title,
            "author": author,
            "publication": publication,
            "published": published,
            "language": language,
            "url": url,
        }
        return cls(**facts, origins={name: by for name, value in facts.items() if value})  # type: ignore[arg-type]

    def only(self, *names: str) -> About:
        """Give some of the facts."""
        return About(
            **{name: getattr(self, name) for name in names},
            origins={name: origin for name, origin in self.origins.items() if name in names},
        )

    def filled(self, other: About) -> About:
        """Fill what is missing from another part."""
        mine = {name for name in _FACTS if getattr(self, name)}
        return About(
            **{name: getattr(self if name in mine else other, name) for name in _FACTS},
            origins={
                name: origin
                for name in _FACTS
                if (origin := (self if name in mine else other).origins.get(name)) is not None
            },
        )


class Part(Struct, frozen=True, gc=False):
    """A file of a document that holds several, as the reading's text has it."""

    start: int  # offset in the reading's text
    name: str
    line: int = 1  # of the file, with which it begins there


class Reading(Struct, frozen=True, kw_only=True):
    """A document understood."""

    text: str
    drafts: tuple[Draft, ...]
    media_type: str
    about: About = About()
    warnings: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()  # in their order; then lines count in each of them, and columns do not


def citations(reading: Reading, source: str) -> tuple[Citation, ...]:
    """Make citations of a reading, in reading order."""
    lines = Lines(reading.text)
    prose = shadow(reading.text)
    drafts = sorted(reading.drafts, key=lambda draft: (draft.start, draft.end))[:MOST]
    made = tuple(_citation(draft, reading.text, prose, lines, source) for draft in drafts)
    return _in_parts(made, reading.parts, lines) if reading.parts else made


def _in_parts(made: tuple[Citation, ...], parts: tuple[Part, ...], lines: Lines) -> tuple[Citation, ...]:
    starts = [part.start for part in parts]

    def within(place: Place) -> Place:
        part = parts[max(0, bisect_right(starts, place.start or 0) - 1)]
        line = (place.line or 1) - lines.place(part.start)[0] + part.line
        return replace(place, part=part.name, line=line, column=None)

    return tuple(replace(one, place=within(one.place)) for one in made)


def _around(text: str, prose: str, draft: Draft) -> tuple[str, str | None]:
    """Give the sentence around a place, and how it stands in the document where that is not how it was meant."""
    low, high = bounds(prose, draft.start, draft.end)
    context = shown(prose, (low, high), draft.start, draft.end)
    piece = text[low:high]
    if piece.isascii():
        return context, None
    written = " ".join(piece.replace(FILLER, "").replace("\u00ad", "").split())
    meant = context if high - low <= LONGEST else mended(prose[low:high])
    return context, written if meant != written else None


def _citation(draft: Draft, text: str, prose: str, lines: Lines, source: str) -> Citation:
    line, column = lines.place(draft.start)
    url = draft.url
    link = urls.normalise(unwrapped(url)) if url is not None else None
    context, written = _around(text, prose, draft) if draft.context is None else (draft.context, None)
    return Citation(
        document=source,
        url=url,
        link=link,
        label=draft.label,
        text=draft.text,
        note=draft.note,
        context=context,
        place=Place(line=line, column=column, page=draft.page, start=draft.start, end=draft.end),
        kind=_kind(draft, link),
        lost=draft.lost,
        confidence=round(draft.confidence, 2),
        cited_on=dates.cited_on(draft.note or draft.behind or context),
        variants=draft.variants or _variants(url),
        written=written,
    )


def _variants(url: str | None) -> tuple[str, ...]:
    """Give the address that a spoiled one stood for: what was written stays, and so does what was meant."""
    better = meant(url) if url is not None and ("%" in url or not url.isascii()) else None
    return (better,) if better is not None else ()


def _kind(draft: Draft, link: str | None) -> CitationKind:
    marked = draft.label is not None or draft.lost
    if draft.media or (link is not None and kinds.is_media(link)):
        return CitationKind.MEDIA
    if kinds.names_media(draft.text) and (marked or link is not None):
        return CitationKind.MEDIA
    if draft.lost and (kinds.announces_media(draft.note) or kinds.announces_media(draft.text)):
        return CitationKind.MEDIA
    if draft.kind is not None:
        return draft.kind
    return CitationKind.FOOTNOTE if draft.label is not None else CitationKind.INLINE
