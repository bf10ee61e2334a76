"""Readers: bytes become citations.

`read` picks a reader by content, then by media type, then by suffix. Each format is one module, or a folder with a
`reader.py`, that gives a `Reading` (`draft.py`); how notes are matched, addresses found and videos told is the same
for all of them (`notes/`, `bare.py`, `kinds.py`). To add a format, write its module and add a row to `formats.py`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from archiver.documents.raw import Raw
from archiver.model import Document, Unreadable

if TYPE_CHECKING:
    from archiver.documents.formats import Format

__all__ = ["Raw", "read"]


def read(raw: Raw) -> Document | Unreadable:
    """Read a document. What cannot be read is a value with a reason; nothing is ever raised."""
    from archiver.documents.formats import choose

    if not raw.data.strip():
        return Unreadable(source=raw.source, reason="is empty", hint="was it saved?")
    try:
        if raw.data.startswith(b"\x1f\x8b"):  # from the web or standard input; files come unpacked
            from archiver.documents.bundles import unpacked

            plain = unpacked(raw)
            if isinstance(plain, Unreadable):
                return plain
            raw = plain
        chosen = choose(raw)
        return chosen if isinstance(chosen, Unreadable) else _document(raw, chosen)
    except (RecursionError, MemoryError):
        return Unreadable(source=raw.source, reason="is built too deep or too big to be read", hint="split it")
    except Exception as error:  # noqa: BLE001 - a fault in one reader must not stop the other documents
        reason = f"the reader failed on it: {type(error).__name__}: {error}"[:300]
        return Unreadable(
            source=raw.source, reason=" ".join(reason.split()), hint="this is a fault of ours; please report it"
        )


def _document(raw: Raw, chosen: Format) -> Document | Unreadable:
    from archiver.documents.draft import About, citations

    reading = chosen.read(raw)
    if isinstance(reading, Unreadable):
        return reading
    about = reading.about
    if raw.url:
        about = about.filled(About.told("where it was fetched", url=raw.url))
    return Document(
        source=raw.source,
        sha256=hashlib.sha256(raw.data).hexdigest(),
        size=len(raw.data),
        media_type=reading.media_type,
        citations=citations(reading, raw.source),
        title=about.title,
        author=about.author,
        publication=about.publication,
        published=about.published,
        language=about.language,
        url=about.url,
        origins={fact: origin for fact, origin in about.origins.items() if getattr(about, fact)},
        warnings=reading.warnings,
    )
