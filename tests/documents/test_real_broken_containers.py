"""DOCX, ODT and EPUB that are cut off, locked, or mean harm: one table for all of them."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from document_reading import read_document

from archiver.documents import Raw, read
from archiver.model import Document, Unreadable

SAMPLES = Path(__file__).parents[2] / "data/formats"
NAMES = {
    "the-weir-keepers-ledger.docx": "word/document.xml",
    "the-weir-keepers-ledger.odt": "content.xml",
    "songs-of-the-night-ferry.epub": "EPUB/text/ch001.xhtml",
}
CUT = "it is cut off or broken, and was read only in part"


def repacked(name: str, change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(SAMPLES / name) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, change.get(member, old.read(member)))
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.98])
def test_what_is_cut_off_gives_what_is_there_and_calls_nothing_lost(name: str, share: float) -> None:
    data = (SAMPLES / name).read_bytes()
    whole = {one.url for one in read_document(data, name).citations}
    found = read(Raw(source=name, data=data[: int(len(data) * share)]))
    if isinstance(found, Unreadable):
        assert found.hint
        return
    assert found.warnings[0] == CUT
    assert {one.url for one in found.citations} <= whole
    assert not any(one.lost for one in found.citations)


@pytest.mark.parametrize("name", NAMES)
def test_without_its_directory_it_is_read_to_the_last_note(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    whole = [(one.label, one.url) for one in read_document(data, name).citations if not one.lost]
    found = read_document(data[: data.index(b"PK\x01\x02")], name)
    assert [(one.label, one.url) for one in found.citations] == whole
    assert found.warnings[0] == CUT


def declared(data: bytes, size: int) -> bytes:
    """Let every member say that it unpacks to another size."""
    changed = bytearray(data)
    for sign, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = changed.find(sign)
        while at >= 0:
            changed[at + place : at + place + 4] = struct.pack("<I", size)
            at = changed.find(sign, at + 4)
    return bytes(changed)


def overlapping(name: str, member: str) -> bytes:
    """Let ten thousand entries of the directory share the bytes of one."""
    data = repacked(name, {member: b"<a>" + b" " * 4_000_000 + b"</a>"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(member)
    begin = data.index(b"PK\x01\x02")
    entry = data[data.index(member.encode(), begin) - 46 : data.index(member.encode(), begin) + len(member)]
    entry = entry[:28] + struct.pack("<HH", len(member), 0) + entry[32:]
    directory = b"".join(entry[:46] + f"{number:0{len(member)}}".encode() for number in range(10_000))
    assert info.file_size > 4_000_000
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 10_000, 10_000, len(directory), begin, 0)
    return data[:begin] + directory + end


HARM = {
    "sizes that lie, too small": lambda name, member: declared((SAMPLES / name).read_bytes(), 7),
    "sizes that lie, too big": lambda name, member: declared((SAMPLES / name).read_bytes(), 0x7FFFFFFF),
    "members that overlap": overlapping,
    "a bomb": lambda name, member: repacked(name, {member: b"<a>" + bytes(80_000_000)}),
    "a bomb in a bomb": lambda name, member: repacked(
        name, {member: repacked(name, {member: b"<a>" + bytes(80_000_000)})}
    ),
    "entities": lambda name, member: repacked(
        name, {member: b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 99 + b'"><!ENTITY b "' + b"&a;" * 99 + b'">]><x>&b;</x>'}
    ),
    "entities of a file": lambda name, member: repacked(
        name, {member: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x><p>&a;</p></x>'}
    ),
    "elements in elements": lambda name, member: repacked(name, {member: b"<p>" * 200_000 + b"x" + b"</p>" * 200_000}),
    "nothing": lambda name, member: repacked(name, {member: b""}),
    "no XML": lambda name, member: repacked(name, {member: bytes(range(256)) * 200}),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("harm", HARM)
def test_harm_ends_in_a_document_with_a_warning_or_in_a_reason(name: str, harm: str) -> None:
    found = read(Raw(source=name, data=HARM[harm](name, NAMES[name])))
    if isinstance(found, Unreadable):
        assert "fault of ours" not in found.hint
        assert found.reason
        return
    assert isinstance(found, Document)
    assert all(
        ".example" in (one.url or "") or "vimeo" in (one.url or "") or one.url is None for one in found.citations
    )


def book(chapters: dict[str, str], spine: list[str], package: str = "") -> bytes:
    out = io.BytesIO()
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters)
    refs = "".join(f'<itemref idref="{name}"/>' for name in spine)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml", '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
        )
        archive.writestr("b.opf", f"<package>{package}<manifest>{items}</manifest><spine>{refs}</spine></package>")
        for name, text in chapters.items():
            archive.writestr(name, f"<html><body>{text}</body></html>")
    return out.getvalue()


def test_a_spine_that_comes_back_to_its_chapters_reads_each_once() -> None:
    chapters = {
        "a.xhtml": '<p><a href="https://a.example/">A</a> <a href="b.xhtml#x">on</a></p>',
        "b.xhtml": '<p id="x"><a href="https://b.example/">B</a> <a href="a.xhtml">back</a></p>',
    }
    found = read_document(book(chapters, ["a.xhtml", "b.xhtml", "a.xhtml", "b.xhtml"] * 500), "x.epub")
    assert [one.url for one in found.citations] == ["https://a.example/", "https://b.example/"]


def test_a_book_of_many_links() -> None:
    links = "".join(f'<p><a href="https://a.example/{number}">x</a></p>' for number in range(5_000))
    chapters = {f"{letter}.xhtml": links.replace("a.example", f"{letter}.example") for letter in "abcd"}
    assert len(read_document(book(chapters, list(chapters)), "x.epub").citations) == 20_000


def test_names_that_programs_put_in_are_no_title() -> None:
    package = "<metadata><title>Unknown Title</title><creator>Unknown Author</creator></metadata>"
    found = read_document(book({"a.xhtml": "<p>Words.</p>"}, ["a.xhtml"], package), "x.epub")
    assert (found.title, found.author) == (None, None)
