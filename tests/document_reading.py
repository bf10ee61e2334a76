"""Reading a document in a test, and what it cites in a form that is short to compare."""

from __future__ import annotations

from archiver.documents import Raw, read
from archiver.model import Citation, Document


def read_document(data: bytes | str, source: str, url: str | None = None) -> Document:
    """Read what must be readable."""
    found = read(Raw(source=source, data=data.encode() if isinstance(data, str) else data, url=url))
    assert isinstance(found, Document), found
    return found


def cited(text: str) -> tuple[Citation, ...]:
    """Read a plain text, and give what it cites."""
    return read_document(text, "essay.txt").citations


def short(text: str) -> list[tuple[str | None, str, str]]:
    """Give for each citation of a plain text its label, its words, and its address or LOST."""
    return [(one.label, one.text, "LOST" if one.lost else one.url or "") for one in cited(text)]


def targets(document: Document) -> list[tuple[str | None, str]]:
    """Give for each citation its label, and its address or LOST."""
    return [(one.label, "LOST" if one.lost else one.url or "") for one in document.citations]


def citations(document: Document) -> list[tuple[str, str | None, str, str]]:
    """Give for each citation its kind, label, text, and its address or LOST."""
    return [(one.kind.value, one.label, one.text, "LOST" if one.lost else one.url or "") for one in document.citations]


def assert_sound(document: Document, length: int) -> None:
    """Check that each citation stands within a text of so many characters, and says something."""
    for one in document.citations:
        assert one.place.start is not None
        assert one.place.end is not None
        assert 0 <= one.place.start <= one.place.end <= length
        assert one.url is not None or one.note or one.lost


def assert_answered(data: bytes, source: str) -> None:
    """Check that any bytes end in a document or in a reason, and that the reason is no fault of ours."""
    assert "fault of ours" not in getattr(read(Raw(source=source, data=data)), "hint", "")
