"""What is stored of a language."""

from __future__ import annotations

from msgspec import Struct


class Language(Struct, frozen=True, kw_only=True):
    """Whole phrases of a language, and patterns for its running text. Phrases are separated by slashes."""

    code: str
    sure: str
    bare: str = ""
    sentences: tuple[str, ...]
    keys: str
    apart: bool = True  # words are written apart


class Vocabulary(Struct, frozen=True, kw_only=True):
    """The words of which a language makes error pages; one that ends with * stands for all that begin so.

    An error page has few other words, and an article has many.
    """

    code: str
    things: str  # what is asked for: page, article, product, user
    fates: str  # what has become of it; phrases separated by slashes
    reader: str  # said to or of the reader: sorry, you, requested
    help: str  # what a lost reader is offered: search, front page, link, similar ones
    glue: str  # all the little words between
    apart: bool = True  # words are written apart; if not, all of these are separated by blanks
