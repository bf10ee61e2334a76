"""What a media host says of a work, and how much that weighs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archiver.model import Signal, SignalKind

if TYPE_CHECKING:
    from collections.abc import Iterator

SURE = 3  # settles it
LIKELY = 2  # settles it unless the host's page says otherwise
HINT = 1  # settles it only together with another
_TITLE = 500  # characters


class Word(Struct, frozen=True):
    """What a media host says: the telling signal first."""

    signals: tuple[Signal, ...]
    title: str | None = None
    weight: int = SURE

    @property
    def kind(self) -> SignalKind:
        """Give the telling signal's kind."""
        return self.signals[0].kind

    @property
    def settled(self) -> bool:
        """Tell whether that is an answer."""
        return self.kind is not SignalKind.MEDIA_UNCLEAR

    @property
    def alone(self) -> Word:
        """Give what is left of it where nothing else is known."""
        return self if self.weight > HINT else unclear(self.signals[0].detail)


def said_twice(one: Word, other: Word) -> Word:
    """Put together what two say alike."""
    first = one.signals[0]
    detail = f"{first.detail}, and {other.signals[0].detail}"[:_TITLE]
    return Word((Signal(kind=first.kind, detail=detail), *one.signals[1:]), one.title, one.weight + other.weight)


def word(kind: SignalKind, detail: str, *, weight: int = SURE, also: SignalKind | None = None) -> Word:
    """Put a word together. `also`: what is worth a warning beside it."""
    shown = "".join(sign if sign.isprintable() else " " for sign in detail[:300]).rstrip(" .:")
    first = Signal(kind=kind, detail=shown)
    return Word((first,) if also is None else (first, Signal(kind=also, detail=shown)), weight=weight)


def alive(detail: str, title: object = None, *, also: SignalKind | None = None) -> Word:
    """Say that it is there."""
    said = word(SignalKind.MEDIA_ALIVE, detail, also=also)
    if not isinstance(title, str) or not title.strip():
        return said
    return Word(said.signals, " ".join(title[: 4 * _TITLE].split())[:_TITLE])


def removed(detail: str, weight: int = SURE) -> Word:
    """Say that it was taken away."""
    return word(SignalKind.MEDIA_REMOVED, detail, weight=weight)


def unclear(detail: str) -> Word:
    """Say that nothing is settled."""
    return word(SignalKind.MEDIA_UNCLEAR, detail)


# ---------------------------------------------------------------- JSON from outside

_DEEP = 12
_MANY = 400


def load(body: bytes | str) -> Any:
    """Read JSON; None when it is none. Callback wrappers and marks before it are no JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def load_first(text: str) -> Any:
    """Read the JSON value with which a text begins; None when it begins with none."""
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def walk(value: object) -> Iterator[tuple[str, object]]:
    """Give the keys and values in a JSON value in their order, as far as is worth reading."""
    left = _MANY
    stack: list[tuple[object, int]] = [(value, 0)]
    while stack:
        one, depth = stack.pop()
        if depth > _DEEP:
            continue
        if isinstance(one, dict):
            for key, inner in one.items():
                left -= 1
                if left < 0:
                    return
                yield str(key), inner
            stack.extend((inner, depth + 1) for inner in reversed(one.values()) if isinstance(inner, dict | list))
        elif isinstance(one, list):
            stack.extend((inner, depth + 1) for inner in reversed(one[:_MANY]) if isinstance(inner, dict | list))


def text_of(value: object, *names: str) -> str:
    """Give the first of these members that is a text, or nothing."""
    if not isinstance(value, dict):
        return ""
    return next((found for name in names if isinstance(found := value.get(name), str) and found.strip()), "")
