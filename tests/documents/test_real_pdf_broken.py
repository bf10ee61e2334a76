"""PDF that is encrypted, cut off, scanned, or means harm: what can be read is read, and the rest is said."""

from __future__ import annotations

import hashlib
import re
import zlib
from pathlib import Path

import pytest
from document_reading import assert_answered
from test_pdf import A, B, C, document, lines, pdf, uri

from archiver.documents import Raw, read
from archiver.model import Unreadable

SAMPLE = Path(__file__).parents[2] / "data/formats/the-weir-keepers-ledger.pdf"
PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def encrypted(data: bytes, user: bytes) -> bytes:
    """Encrypt the streams of a PDF of the tests (ISO 32000-1, 7.6.3, revision 2)."""
    owner = rc4(hashlib.md5((b"owner" + PAD)[:32]).digest()[:5], (user + PAD)[:32])
    key = hashlib.md5((user + PAD)[:32] + owner + (0xFFFFFFFC).to_bytes(4, "little") + b"\0\0").digest()[:5]

    def sealed(found: re.Match[bytes]) -> bytes:
        number = int(found.group(1))
        own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return found.group(1) + found.group(2) + rc4(own, found.group(3)) + b"\nendstream"

    data = re.sub(rb"(\d+)( 0 obj\n<< /Length \d+ >>\nstream\n)(.*?)\nendstream", sealed, data, flags=re.DOTALL)
    values = (owner.hex(), rc4(key, PAD).hex())
    return data.replace(
        b"/Info 4 0 R",
        b"/ID [<0000> <0000>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
        % tuple(value.encode() for value in values),
    )


def test_one_that_only_its_owner_may_change_is_read() -> None:
    data = encrypted(pdf(lines(700, f"See {A}")), b"")
    assert [one.url for one in document(data).citations] == [A]


def test_one_that_opens_with_a_password_only_says_so() -> None:
    found = read(Raw(source="essay.pdf", data=encrypted(pdf(lines(700, f"See {A}")), b"secret")))
    assert found == Unreadable(source="essay.pdf", reason="is encrypted", hint="save it without a password")


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8, 0.95, 0.99])
def test_a_file_that_is_cut_off_gives_a_document_or_a_reason(share: float) -> None:
    data = SAMPLE.read_bytes()
    assert_answered(data[: int(len(data) * share)], "essay.pdf")


def test_a_file_without_its_table_of_objects_is_read_all_the_same() -> None:
    data = pdf(lines(700, f"See {A}"), lines(700, f"See {B}"))
    assert [one.url for one in document(data[: data.index(b"xref\n")] + b"trailer << /Root 1 0 R >>").citations] == [
        A,
        B,
    ]


LOOPS = {
    "a page that is its own parent": (b"/Kids [5 0 R 7 0 R]", b"/Kids [2 0 R 7 0 R]"),
    "a page that is there twice, and a false count": (
        b"/Kids [5 0 R 7 0 R] /Count 2",
        b"/Kids [7 0 R 7 0 R] /Count 9999999",
    ),
    "contents that are the page": (b"/Contents 6 0 R", b"/Contents 5 0 R"),
    "contents that are nowhere": (b"/Contents 6 0 R", b"/Contents 99 0 R"),
}


@pytest.mark.parametrize("name", LOOPS)
def test_what_leads_in_circles_leaves_the_rest_readable(name: str) -> None:
    old, new = LOOPS[name]
    data = pdf(lines(700, f"See {A}"), lines(700, f"See {B}"))
    assert old in data
    found = document(data.replace(old, new.ljust(len(old))))
    assert B in {one.url for one in found.citations}


def test_a_page_with_a_hundred_thousand_links() -> None:
    links = [("50 697 90 712", uri(f"https://a.example/{number}")) for number in range(100_000)]
    found = document(pdf(lines(700, "Words of the page."), links={0: links}))
    assert len(found.citations) == 50_000
    assert found.warnings == ("a page has more text or links than are read",)


def test_a_line_of_ten_million_signs() -> None:
    assert_answered(pdf("BT /F 12 Tf 50 700 Td (" + "tide " * 2_000_000 + ") Tj ET"), "essay.pdf")


def test_a_bomb_of_compressed_contents() -> None:
    packed = zlib.compress(zlib.compress(b" " * 300_000_000, 9), 9)
    data = pdf("X", lines(700, f"See {A}")).replace(
        b"<< /Length 1 >>\nstream\nX",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s" % (len(packed), packed),
    )
    assert_answered(data, "essay.pdf")


def test_pages_that_are_pictures_are_told() -> None:
    picture = "q 500 0 0 700 50 50 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q"
    assert document(pdf(picture)).warnings == ("no text in it: are its pages pictures?",)
    assert document(pdf(lines(700, f"See {A}"), picture)).warnings == (
        "1 page is a picture without text: what is cited there is not found",
    )
    assert document(pdf(lines(700, f"See {A}"), "")).warnings == ()


def test_forms_and_attachments_are_no_citations() -> None:
    page = lines(700, f"See {A}")
    links = [("50 600 90 612", f"/A << /S /SubmitForm /F ({C}) >>"), ("50 500 90 512", f"/A << /S /GoToR /F ({B}) >>")]
    assert [one.url for one in document(pdf(page, links={0: links})).citations] == [A]
