"""What a reader hands on, and how citations are made of it. This is the seam between formats and the rest.

A reader turns bytes into a `Reading`: the text that its offsets count in, what it found there (`Draft`), and what the
document says about itself. Lines, columns, contexts, kinds, links and dates are worked out here, once for all formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import urls
from archiver.documents import dates, kinds
from archiver.documents.mend import shadow
from archiver.documents.prose import Lines, sentence
from archiver.documents.redirects import unwrapped
from archiver.model import Citation, CitationKind, Place

if TYPE_CHECKING:
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


class About(Struct, frozen=True, kw_only=True):
    """What a document says about itself."""

    title: str | None = None
    author: str | None = None
    publication: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None

    def filled(self, other: About) -> About:
        """Fill what is missing from another source."""
        return About(
            **{
                name: getattr(self, name) or getattr(other, name)
                for name in ("title", "author", "publication", "published", "language", "url")
            }
        )


class Reading(Struct, frozen=True, kw_only=True):
    """A document understood."""

    text: str
    drafts: tuple[Draft, ...]
    media_type: str
    about: About = About()
    warnings: tuple[str, ...] = ()


def citations(reading: Reading, source: str) -> tuple[Citation, ...]:
    """Make citations of a reading, in reading order."""
    lines = Lines(reading.text)
    prose = shadow(reading.text)
    drafts = sorted(reading.drafts, key=lambda draft: (draft.start, draft.end))[:MOST]
    return tuple(_citation(draft, prose, lines, source) for draft in drafts)


def _citation(draft: Draft, prose: str, lines: Lines, source: str) -> Citation:
    line, column = lines.place(draft.start)
    url = draft.url
    link = urls.normalise(unwrapped(url)) if url is not None else None
    context = sentence(prose, draft.start, draft.end) if draft.context is None else draft.context
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
    )


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
