"""Links in LaTeX: addresses in arguments, in braces or between two equal signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.documents.bare import doi_address
from archiver.documents.latex import commands
from archiver.documents.latex.core import Core
from archiver.documents.latex.text import address, is_unfilled, unescaped

if TYPE_CHECKING:
    from archiver.documents.latex.source import Source

_LONGEST = 8192  # of an address
_NESTED = 5  # macros within macros there
_CALL = re.compile(r"\\([A-Za-z]{1,60})(?:[ \t]*\{\})?")
_ARXIV = re.compile(r"(?:arxiv:)?((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)", re.IGNORECASE)


class Links(Core):
    """Knows the commands that hold addresses."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._learn(commands.URLS, self._url)
        self._learn(("path",), self._path)
        self._learn(commands.HREFS, self._href)
        self._learn(commands.TEXT_FIRST, self._text_first)
        self._learn(("doi", "DOI", "arxiv", "arXiv"), self._named)
        self._learn(("hyperref",), self._hyperref)

    def _argument(self, source: Source, at: int) -> tuple[int, int, int] | None:
        """Give the span of an address, in braces or between two equal signs, and what follows it."""
        while source.text[at : at + 1] == "[" and (option := source.option(at)):
            at = option[2]
        if found := source.group(at):
            return found
        sign = source.text[at : at + 1]
        if not sign or sign.isspace() or sign.isalnum() or sign in "{}[]()\\%,.;:~-*":
            return None
        closing = source.text.find(sign, at + 1, at + 3000)
        return (at + 1, closing, closing + 1) if closing >= 0 and "\n\n" not in source.text[at:closing] else None

    def _url(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = self._argument(source, at)
        if found is None:
            return at
        written = self._resolved(source.text[found[0] : found[1]])
        url = address(written)
        if url and token["name"] in ("httplink", "httpslink") and "://" not in url:
            url = f"{token['name'][:-4]}://{url}"
        low = self.gathering.here()
        if url is None and not (is_unfilled(written) and not self._silent):
            self._put(unescaped(written), source, found[0])
            return found[2]
        self._put(url or "", source, found[0])
        self._add(source, token.start(), found[2], url, low, url or "")
        return found[2]

    def _resolved(self, written: str) -> str:
        """Put in what the document's own macros say inside an address."""

        def said(found: re.Match[str]) -> str:
            macro = self._macros.get(found.group(1))
            return found.group() if macro is None or macro.count or len(macro.body) > 500 else macro.body

        for _ in range(_NESTED if self._macros else 0):
            before, written = written, _CALL.sub(said, written[:_LONGEST])
            if written == before or len(written) > _LONGEST:
                break
        return written

    def _add(
        self, source: Source, start: int, end: int, url: str | None, low: int, text: str, *, media: bool = False
    ) -> None:
        if not self._linked:
            self.gathering.link(source.place(start), source.end(end), url, low, text=text, media=media)

    def _path(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = self._argument(source, at)
        if found is None:
            return at
        if re.search(r"://|^\s*www\.", source.text[found[0] : found[1]]):
            return self._url(source, token, at, end)
        if not self._silent:
            self.gathering.code(source.text[found[0] : found[1]], source.place(found[0]))
        return found[2]

    def _href(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = self._argument(source, at)
        if found is None:
            return at
        written = self._resolved(source.text[found[0] : found[1]])
        low = self.gathering.here()
        self._linked += 1
        words = source.group(found[2])
        behind = self._group(source, found[2], end) if words else found[2]
        self._linked -= 1
        text = self.gathering.words_from(low)
        url = address(written)
        if url or (is_unfilled(written) and text and not token["name"].endswith("@noop")):
            self._add(source, token.start(), behind, url, low, text)
        return behind

    def _text_first(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        while option := source.option(at):
            at = option[2]
        words = source.group(at)
        found = source.group(words[2]) if words else None
        if words is None or found is None:
            return at
        low = self.gathering.here()
        self._linked += 1
        self._walk(source, words[0], words[1])
        self._linked -= 1
        if url := address(source.text[found[0] : found[1]]):
            media = token["name"] in commands.PLAYED
            self._add(source, token.start(), found[2], url, low, self.gathering.words_from(low), media=media)
        return found[2]

    def _named(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        found = source.group(at)
        if found is None:
            return at
        written = unescaped(source.text[found[0] : found[1]])
        url: str | None
        if token["name"].lower() == "doi":
            url = address(written) or (doi_address(written) if written.startswith("10.") else None)
        else:
            number = _ARXIV.fullmatch(written)
            url = f"https://arxiv.org/abs/{number.group(1)}" if number else address(written)
        low = self.gathering.here()
        self._put(written, source, found[0])
        if url:
            self._add(source, token.start(), found[2], url, low, written)
        return found[2]

    def _hyperref(self, source: Source, token: re.Match[str], at: int, end: int) -> int:
        if option := source.option(at):
            return option[2]
        return source.skip(at, 3)
