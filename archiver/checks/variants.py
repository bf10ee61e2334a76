"""Addresses as they may have been meant: what is asked for before a cited one is called dead.

Where one of them is there, it is proposed as the fix; the address as cited stays what it is. Only spellings that the
citation gives a reason for are tried, the likeliest first, and few: nobody's server is asked to guess with us.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from archiver import urls
from archiver.checks.redirects import is_home
from archiver.model import FailureKind, Reason, Variant, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archiver.checks.findings import Finding
    from archiver.model import Observation

MOST = 2  # that are asked for
# What a writer or a program leaves at the end of an address in a sentence, as it is and percent-encoded.
_TAIL = re.compile(
    r"(?:[.,;:!?'\"*_~)\]}>|…]|&(?:quot|gt|lt|amp|nbsp);?|%(?:22|27|2C|3B|3E|5D|7D|60|C2%A0|C2%BB"
    r"|E2%80%(?:8B|99|9D|A6|BA)|E3%80%(?:81|82|8D)|EF%BC%(?:89|8C|9B)))+$",
    re.IGNORECASE,
)
_TWICE = re.compile(r"%25(?=[0-9A-Fa-f]{2})")
_ENTITY = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)
_INNER = re.compile(r"https?(?::|%3A)(?:/|%2F){1,2}", re.IGNORECASE)
# "Washington,_D.C" has lost its last stop, and "Salt_(film" its bracket, where a program cut the address out of a text.
_LOST_STOP = re.compile(r"[_.](?:Inc|Jr|Sr|Ltd|Co|Corp|St|Bros|[A-Z])$")
_UNANSWERED = (FailureKind.REFUSED, FailureKind.TLS_ERROR, FailureKind.BAD_ANSWER)
# Deaths that say something of the address as it is spelled. A video is gone under any of its spellings.
_SPELLED = frozenset({
    Reason.NOT_FOUND, Reason.GONE, Reason.SOFT_404, Reason.REDIRECT_TO_HOME, Reason.NO_SUCH_HOST, Reason.EMPTY,
    Reason.WRONG_TYPE, Reason.BAD_REDIRECT, Reason.REDIRECT_LOOP, Reason.PARKED,
})


def variants(seen: Observation, found: Finding, meant: Sequence[str]) -> tuple[Variant, ...]:
    """Give the variants that are worth a request each, the likeliest first. `meant` are those of the documents."""
    link = seen.link
    if found.kind is VerdictKind.DEAD and found.reason in _SPELLED:
        made = _of_dead(link, found, meant)
    elif seen.failure in _UNANSWERED and len(seen.hops) == 0:
        made = _of_scheme(link)
    else:
        return ()
    tried: dict[str, Variant] = {}
    for variant in made:
        normal = urls.normalise(variant.url)
        if normal is None or urls.without_fragment(normal) == urls.without_fragment(link) or normal in tried:
            continue
        if is_home(normal) and not is_home(link) and urls.host(normal) == urls.host(link):
            continue  # that the site is there says nothing of its page
        tried[normal] = Variant(url=normal, why=variant.why)
        if len(tried) == MOST:
            break
    return tuple(tried.values())


def _of_dead(link: str, found: Finding, meant: Sequence[str]) -> Iterator[Variant]:
    for url in meant:
        yield Variant(url=url, why=_difference(link, url))
    if found.reason is Reason.NO_SUCH_HOST:
        yield from _of_name(link)
    yield from _of_ending(link)
    if _TWICE.search(link):
        yield Variant(url=_TWICE.sub("%", link), why="decoded once")
    if _ENTITY.search(link):
        yield Variant(url=unescape(_ENTITY.sub("&", link)), why="with its HTML entities resolved")
    yield from _of_redirector(link)


def _of_ending(link: str) -> Iterator[Variant]:
    bare = urls.without_fragment(link)
    tail = _TAIL.search(bare)
    if tail and tail.start() > len("https://"):
        shorter = bare[: tail.start()]
        # The closing bracket of one that was opened belongs to the address.
        if ")" in tail[0] and shorter.count("(") > shorter.count(")"):
            shorter += ")"
        yield Variant(url=shorter, why=f"without “{unquote(bare[len(shorter):])}” at its end")
    last = unquote(bare.rpartition("/")[2])
    if last.count("(") == last.count(")") + 1:
        yield Variant(url=f"{bare})", why="with “)” at its end")
    elif _LOST_STOP.search(last):
        yield Variant(url=f"{bare}.", why="with a full stop at its end")


def _of_redirector(link: str) -> Iterator[Variant]:
    """Unwrap an address that holds another one: a click counter's, a proxy's, or two that were pasted together."""
    for _, value in parse_qsl(urls.query(link)[1:]):
        if _INNER.match(value):
            yield Variant(url=_whole(value), why="the address that it wraps")
            return
    where = _INNER.search(link, len("https://"))
    if where and "?" not in link[: where.start()]:
        inner = link[where.start() :]
        yield Variant(url=_whole(unquote(inner) if "%" in where[0] else inner), why="the address that it wraps")


def _whole(url: str) -> str:
    return re.sub(r"^(https?):/+", r"\1://", url, flags=re.IGNORECASE)


def _of_name(link: str) -> Iterator[Variant]:
    name = urls.host(link)
    if urls.as_ip(name) is not None or "." not in name:
        return
    start, end = link.split(name, 1)
    if name.startswith("www."):
        yield Variant(url=f"{start}{name.removeprefix('www.')}{end}", why="without “www.”")
    elif urls.registrable_domain(name) == name:
        yield Variant(url=f"{start}www.{name}{end}", why="with “www.”")


def _of_scheme(link: str) -> Iterator[Variant]:
    if ":" in urls.authority(link).rpartition("]")[2]:
        return  # a port is of one scheme
    start, _, rest = link.partition("://")
    yield Variant(url=f"{'http' if start == 'https' else 'https'}://{rest}", why=(
        "by http" if start == "https" else "by https"
    ))


def _difference(link: str, url: str) -> str:
    if link.startswith(url):
        return f"without “{unquote(link[len(url):])}” at its end"
    if url.startswith(link):
        return f"with “{unquote(url[len(link):])}” at its end"
    return "as it may have been meant"
