"""Words that promise a target: "available at", "see the video:", "[link]", "click here".

A false alarm is worse than a miss: "here" counts only with a thing that can be linked (a video, a report) or with a
request at the beginning of a sentence, and nothing is promised where somebody only says what he saw.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver.documents.notes.promise_words import AVAILABLE, CLICK, HERE, LINK, REQUEST, THING

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLON = re.compile(r"[:：]\s*[\"'”’»)\]]*\s*$")
_FILL = r"(?:[^\W\d_][\w'’-]{0,20}\s){0,4}?"
_CJK = (
    r"(?:(?:点击|點擊|点这里|點此|请点|詳細|動画|映像|記事|全文|インタビュー|リンク|视频|視頻|链接|原文)[^\s。，、,]{0,8}"
    r"(?:こちら(?:から|をクリック)?|这里|此处|這裡|此處|以下)|点击(?:这里|此处)|點擊(?:這裡|此處)|こちら(?:から|をクリック)|见(?:链接|此处))"
)


@cache
def _ending() -> re.Pattern[str]:
    begin = r"(?:^|[.;:,(]\s{0,3})"
    alone = (
        rf"(?:^|[.;:,(\[—–-]\s{{0,3}})(?:{REQUEST}(?:\s+(?:also|auch|aussi))?"
        rf"|{LINK}|videos?|via|cf\.?|from|at|{HERE})[\])]?"
    )
    return re.compile(
        rf"(?:(?<!not )(?<!nicht )(?<!longer )(?:\b{AVAILABLE}|\bavailable\s+online)"
        rf"|{alone}|{begin}(?:full\s|the\s){{0,2}}{THING}\s(?:online\s)?(?:at|via|from)"
        rf"|(?:à|a|zum|da)\s(?:lire|voir|[ée]couter|lesen|ansehen|leggere|vedere)\s{HERE}"
        rf"|{begin}{REQUEST}\s(?:the\s|this\s|le\s|la\s|el\s|il\s|das\s|den\s)?(?:{LINK}|{THING})"
        rf"|\b{CLICK}(?:\s(?:to|um|pour|para|per|om|aby|чтобы)\s[^.]{{1,40}})?|{_CJK}"
        r"|\bhttps?:(?://(?:www\.)?)?)\s*[.:。]?\s*$",  # an address of which only the beginning was copied
        re.IGNORECASE,
    )


@cache
def _thing_here() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b{THING}\b[^.;]{{0,40}}?\b{HERE}(?:\s(?:ansehen|lesen|anh[öo]ren|nachlesen|klicken))?"
        rf"|(?:^|[.;:,(]\s{{0,3}}|\bcan\s|\bto\s|\bplease\s){REQUEST}\s[^.;]{{0,60}}?\b{HERE})\s*[)\]]?[.:!。]?\s*$",
        re.IGNORECASE,
    )


# Somebody was somewhere, or did something there.
_TOLD = re.compile(
    r"\b(?:he|she|we|they|I|who|er|sie|wir|ich|elle|ils|elles|lui|lei|ella|ellos|он|она|они|мы|was|were|wurde|fut|fue|fu)\s"
    r"(?!can\b|finden\b|lesen\b|sehen\b|may\b)(?:[^\W\d_]+\s){0,2}[^\W\d_]+",
)


@cache
def _alone() -> re.Pattern[str]:
    some = (
        r"(?:(?:the|this|that|full|original|whole|complete|entire"
        r"|le|la|el|il|lo|o|das|den|die|der|het|de|l['’])\s?){0,3}"
    )
    return re.compile(
        rf"[\[(]?\s*(?:{CLICK}(?:\s(?:to|for|um|pour|para|per|om|aby|чтобы)\s.{{1,40}})?"
        rf"|(?:video\s|source\s)?{LINK}(?:\s{HERE})?|(?:source|more|mehr|plus)(?:\s{HERE})?|web\s?site"
        rf"|{HERE}|{some}{THING}(?:\s(?:is\s)?(?:{HERE}|below|ansehen))?|this\slink|zum\s(?:video|artikel|film)"
        rf"|{REQUEST}(?:\s(?:it|this|more|now|{some}{THING}))?(?:\s(?:{HERE}|now|online|below))?|(?:read|find\sout|learn)\smore(?:\shere)?"
        r"|смотреть(?:\sвидео)?|这里|视频|點此|点击这里|点击此处|动画|動画|こちら)\s*[\])]?[.:]?",
        re.IGNORECASE,
    )


@cache
def _bracketed() -> re.Pattern[str]:
    # Led by a set of signs, so that the search skips to the next of them.
    words = (
        rf"(?:(?:video |source |web )?{LINK}|videos?|vid[ée]o|v[íi]deo|видео|视频|動画|watch|source|quelle|click here"
        rf"|{LINK} here"
        r"|(?:video|watch|see|read|more|link) here)"
    )
    return re.compile(
        rf"[\[(](?:(?<=\[){words}\](?![\[(:])|(?<=\s\()(?:(?:video |source )?(?:link|lien|enlace|ссылка|链接)"
        r"|(?:video|watch|see|read|more|link) here|see (?:video|link))\))",
        re.IGNORECASE,
    )


# A request that ends in the word that was the link: "You can watch the whole interview here."
@cache
def _request() -> re.Pattern[str]:
    stop = r"(?=[.:)\]!。]?(?:\s*$|\s+(?-i:[^\W\d_a-zà-ÿа-я]|[(“\"])|\)|[。）]))"
    word = r"[\w'’-]{1,20}\s"
    given = (
        r"(?:can be (?:found|read|seen|watched|heard|downloaded)|is available|are available"
        r"|gibt es|finden sie|lesen sie|sehen sie)"
    )
    return re.compile(
        rf"(?:(?:you\s(?:can|may)\s|(?:please|to)\s)?{REQUEST}\s(?:{word}){{0,5}}?"
        rf"(?:it|this|that|more|mehr|davantage|[^\W\d_]{{0,12}}{THING})\s(?:{word}){{0,4}}?"
        rf"|(?:{word}){{0,4}}?{THING}\s(?:{word}){{0,3}}?{given}\s(?:online\s)?){HERE}{stop}",
        re.IGNORECASE | re.MULTILINE,
    )


@cache
def _click() -> re.Pattern[str]:
    return re.compile(rf"\b{CLICK}|{_CJK}(?=[。，、\n）]|$|观看|查看|阅读|觀看|閱讀)", re.IGNORECASE | re.MULTILINE)


@cache
def _open() -> re.Pattern[str]:
    return re.compile(rf"\b{THING}\s(?:[\w'’-]{{1,20}}\s){{0,4}}?{AVAILABLE}\s?:", re.IGNORECASE)


def announces(note: str) -> bool:
    """Tell whether the body of a note announces a target and then ends."""
    tail = note.strip()[-160:]
    if not tail or _COLON.search(tail) or _ending().search(tail):
        return True
    sentence = _SENTENCE.split(tail.rstrip(" .:!。"))[-1]
    return bool(_thing_here().search(tail)) and not _TOLD.search(sentence)


_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def stood_for_link(words: str) -> bool:
    """Tell whether a text can only have been the text of a link."""
    return len(words) < 60 and _alone().fullmatch(" ".join(words.split())) is not None


# No request is without one of these words.
_HERE = ("here", "hier", "ici", "aquí", "aqui", "qui", "tutaj", "здесь", "тут", "сюда", "по ссылке", "ce lien")
_HERE_GLUED = ("こちら", "这里", "此处", "這裡", "此處", "以下")
_ASCII_HERE = tuple(word for word in _HERE if word.isascii())
_PARAGRAPH_ENDS = re.compile(r":(?=[ \t]*(?:\n[ \t]*\n(?![ \t]*(?:[-*•·<]|\d|https?:|www\.))|\n?\Z))")
_BEGINS = re.compile(r"(?<=[.!?:…”\"]) |[(\[\n]")
_REACH = 200  # characters of a request


def placeholders(text: str) -> Iterator[re.Match[str]]:
    """Give the places in a text where a link was, by the words that stand there."""
    found = [*_bracketed().finditer(text)]
    for at, end in _heres(text):
        found += _requests(text, at, end)
    for colon in _PARAGRAPH_ENDS.finditer(text):
        low = max(0, colon.start() - _REACH)
        found += [match for match in _open().finditer(text, low, colon.end()) if match.end() == colon.end()]
    found.sort(key=lambda match: (match.start(), -match.end()))
    last = 0
    for match in found:
        if match.start() >= last:
            yield match
            last = match.end()


def _heres(text: str) -> Iterator[tuple[int, int]]:
    lowered = text.lower()
    if len(lowered) != len(text):  # one capital letter, İ, has two small ones
        lowered = text
    for word in _ASCII_HERE if text.isascii() else (*_HERE, *_HERE_GLUED):
        at = lowered.find(word)
        while at >= 0:
            end = at + len(word)
            bare = (at == 0 or not text[at - 1].isalnum()) and not text[end : end + 1].isalnum()
            if bare or word in _HERE_GLUED:
                yield at, end
            at = lowered.find(word, end)


def _requests(text: str, at: int, end: int) -> list[re.Match[str]]:
    """Give the request that ends in the word for "here" at a place, or the words that ask for a click around it."""
    low = max(0, at - _REACH)
    if (gap := text.rfind("\n\n", low, at)) >= 0:
        low = gap + 1
    around = _click().finditer(text, max(low, at - 30), end + 30)
    if found := [match for match in around if match.start() <= at < match.end()]:
        return found
    starts = [begin.end() for begin in _BEGINS.finditer(text, low, at)]
    if low == 0 or text[low - 1] == "\n":
        starts.insert(0, low)
    for start in reversed(starts):
        match = _request().match(text, start, end + 40)
        if match is not None and match.end() == end:
            return [match]
    return []
