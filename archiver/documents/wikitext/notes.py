"""What is gathered of a page of wikitext: its words, links, and notes under the numbers that MediaWiki gives them."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from archiver.documents.draft import Draft
from archiver.documents.mend import mended, shadow
from archiver.documents.notes.cite import Mark, Note, Target, cite
from archiver.documents.prose import sentence, word_before
from archiver.documents.wikitext import templates
from archiver.model import CitationKind


class Body(Struct):
    """The body of a note while it is read."""

    start: int
    end: int
    words: list[str] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    works: list[tuple[int, int, str]] = field(default_factory=list)  # short citations: places, and the work meant


class Used(Struct):
    """A marker in the text."""

    key: str
    group: str
    start: int
    end: int
    shown: int


class Loose(Struct):
    """An address outside of notes, or the work that a short citation there means."""

    draft: Draft
    shown: int
    work: str = ""


class Gathered:
    """What was found in one page."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._length = 0
        self._used: list[Used] = []
        self._bodies: dict[str, Body] = {}
        self._works: dict[str, list[str]] = {}
        self._loose: list[Loose] = []
        self._open: list[Body] = []
        self._references = False
        self._counted: set[str] = set()
        self._listed: dict[str, int] = {}  # how often each group was listed: then it begins anew

    def _say(self, words: str) -> None:
        if self._open:
            self._open[-1].words.append(words)
        else:
            self._words.append(words)
            self._length += len(words)

    def _begin_anew(self, group: str) -> None:
        """Forget the notes of a group: it was listed, and what follows has numbers of its own."""
        if group in self._counted:
            self._listed[group] = self._listed.get(group, 0) + 1

    def _mark(self, key: str, group: str, start: int, end: int) -> None:
        self._used.append(Used(key, f"{group}\n{self._listed.get(group, 0)}", start, end, self._length))
        self._counted.add(group)

    def _add(
        self,
        start: int,
        end: int,
        url: str,
        text: str = "",
        *,
        media: bool = False,
        behind: str = "",
        cites: bool = False,
        context: str | None = None,
        shown: int | None = None,
    ) -> None:
        url = f"https:{url}" if url.startswith("//") else url
        if self._open:
            self._open[-1].targets.append(Target(start=start, end=end, url=url, media=media))
            return
        kind = CitationKind.REFERENCE if cites or self._references else None
        draft = Draft(start=start, end=end, url=url, text=text, media=media, kind=kind, behind=behind, context=context)
        self._loose.append(Loose(draft, self._length if shown is None else shown))

    def drafts(self) -> list[Draft]:
        """Give all that was found, the notes under the numbers that a reader sees."""
        prose = shadow("".join(self._words))
        counts: dict[str, int] = {}
        labels: dict[str, str] = {}
        marks = []
        for one in self._used:
            if one.key not in labels:
                counts[one.group] = counts.get(one.group, 0) + 1
                labels[one.key] = templates.label(one.group.partition("\n")[0], counts[one.group])
            word = mended(word_before(prose, one.shown)[0])
            context = sentence(prose, max(0, one.shown - 1), one.shown)
            marks.append(
                Mark(key=one.key, label=labels[one.key], start=one.start, end=one.end, text=word, context=context)
            )
        drafts = cite(marks, {key: self._note(key, body, labels) for key, body in self._bodies.items()})
        for loose in self._loose:
            context = sentence(prose, loose.shown, min(len(prose), loose.shown + max(1, len(loose.draft.text))))
            draft = replace(loose.draft, context=loose.draft.context or context)
            if loose.work:
                drafts += [replace(draft, url=url) for url in self._works.get(loose.work, [])] or [draft]
            else:
                drafts.append(draft)
        return drafts

    def _note(self, key: str, body: Body, labels: dict[str, str]) -> Note:
        targets = body.targets + [
            Target(start=start, end=end, url=url)
            for start, end, work in body.works
            for url in self._works.get(work, [])
        ]
        return Note(
            key=key,
            label=labels.get(key) or key.split("\n")[1] or "?",
            start=body.start,
            end=body.end,
            text=mended("".join(body.words))[:2000],
            targets=tuple(targets),
        )
