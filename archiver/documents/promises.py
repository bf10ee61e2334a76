"""Words that promise a target: "available at", "see the video:", "[link]", "click here"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLON = re.compile(r"[:：]\s*[\"'”’»)\]]*\s*$")
_ENDING = re.compile(
    r"(?:\b(?:available|found|read|seen|viewed|watched|online|accessible|posted|archived|reproduced|retrieved|source|link)"
    r"\s+(?:online\s+)?(?:at|here|from|on|via)|\b(?:see|watch|read|view|listen|via|cf\.?|from|at|here|link|url|video|voir|siehe"
    r"|vgl\.?|ver|hier|ici|aqu[íi]|здесь)|\bavailable\s+online"
    r"|\b(?:(?:ab|auf)rufbar|verf[üu]gbar|einsehbar|zu\s+finden|online|nachzulesen)\s+(?:unter|auf|bei|in)"
    r"|\b(?:disponible|consultable|accessible|visible)\s+(?:en\s+ligne\s+)?(?:[àa]|sur|ici|en)"
    r"|\bdisponib(?:le|ile|il|el)\s+(?:en\s+l[íi]nea\s+|online\s+)?(?:en|su|em|a|at)|\bbeschikbaar\s+(?:op|via)"
    r"|\bdost[ęe]pne?\s+(?:na|pod)|доступно\s+(?:на|по)(?:\s+адресу)?|режим\s+доступа"
    r"|\bhttps?:(?://(?:www\.)?)?)\s*[.:]?\s*$",  # an address of which only the beginning was copied
    re.IGNORECASE,
)
_THING = (
    r"(?:video|clip|footage|recording|film|trailer|podcast|interview|report|article|story|document|pdf|letter|text"
    r"|tweet|post)"
)
_ALONE = re.compile(
    r"[\[(]?\s*(?:click(?:ing)?\s+here|link|video\s+link|link\s+here|(?:watch|source|see|read|more)\s+here|here|web\s?site"
    rf"|(?:(?:the|this|that|full|original|whole)\s+){{0,3}}{_THING}(?:\s+(?:is\s+)?(?:here|below))?|this\s+link"
    rf"|(?:watch|see|view|read|listen\s+to)(?:\s+(?:it|this|now|(?:(?:the|this|full|original|whole)\s+){{0,3}}{_THING}))?"
    r"(?:\s+(?:here|now|online|below))?|read\s+more(?:\s+here)?|source|hier(?:\s+klicken)?|zum\s+video|cliquez\s+ici|ici|lien|voir\s+ici"
    r"|voir\s+la\s+vid[ée]o|aqu[íi]|ver\s+(?:aqu[íi]|el\s+v[íi]deo)|enlace|смотреть(?:\s+видео)?|здесь|видео|ссылка|链接|这里|视频|點此|动画|動画)"
    r"\s*[\])]?[.:]?",
    re.IGNORECASE,
)
# A request that ends in the word that was the link: "You can watch the whole interview here."
_REQUEST = (
    r"(?:(?<=[.!?:…”\"] )|(?<=[(\[\n])|\A)(?:you\scan\s|please\s|to\s)?"
    r"(?:watch|see|view|listen\sto|read|find|download|check\sout)"
    r"\s(?:[\w'’-]{1,20}\s){0,6}here(?=[.:)\]!]?(?:\s*$|\s+[A-Z\[(“\"]|\)))"
)
_IN_TEXT = re.compile(
    r"\[(?:link|video|watch|source|url|click here|video here|link here|video link|hyperlink)\](?![\[(:])"
    r"|\bclick here\b"
    rf"|{_REQUEST}",
    re.IGNORECASE | re.MULTILINE,
)


def announces(note: str) -> bool:
    """Tell whether the body of a note announces a target and then ends."""
    tail = note.strip()[-80:]
    return not tail or bool(_COLON.search(tail) or _ENDING.search(tail))


def stood_for_link(words: str) -> bool:
    """Tell whether a text can only have been the text of a link."""
    return len(words) < 60 and _ALONE.fullmatch(words.strip()) is not None


# No placeholder is without one of these, and none goes on over an empty line.
_SIGN = re.compile(r"[\[hH](?:(?<=\[)|[eE][rR][eE])")


def placeholders(text: str) -> Iterator[re.Match[str]]:
    """Give the places in a text where a link was, by the words that stand there."""
    done = 0
    for sign in _SIGN.finditer(text):
        if sign.start() < done:
            continue
        low = text.rfind("\n\n", done, sign.start())
        high = text.find("\n\n", sign.start())
        low, high = (low + 1 if low >= 0 else done), (high + 1 if high >= 0 else len(text))
        yield from _IN_TEXT.finditer(text, low, high)
        done = high
