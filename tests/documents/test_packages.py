"""Containers: what is too big, broken, encrypted or strangely named does no harm."""

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents.packages import BadPackageError, open_package, parse_xml


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_members_are_read_by_name() -> None:
    package = open_package(packed({"a/b.xml": b"<x/>", "c": b""}))
    assert package.names == ("a/b.xml", "c")
    assert (package.read("a/b.xml"), package.read("/a/b.xml"), package.read("c"), package.read("d")) == (
        b"<x/>", b"<x/>", b"", None,
    )  # fmt: skip
    assert package.warnings == []


def test_a_member_over_its_limit_is_not_read() -> None:
    package = open_package(packed({"a": bytes(1001)}))
    assert package.read("a", 1000) is None
    assert package.warnings == ["a part of it is too big to be read: a"]


def test_a_member_that_packs_too_well_is_a_bomb() -> None:
    assert open_package(packed({"a": bytes(20_000_000)})).read("a") is None


def test_a_member_that_lies_about_its_size_is_stopped() -> None:
    data = bytearray(packed({"a": bytes(20_000_000)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    found = open_package(bytes(data)).read("a", 1000)
    assert found is None or len(found) <= 1000


def test_a_member_whose_end_is_spoiled_is_a_warning() -> None:
    data = bytearray(packed({"a": bytes(range(256)) * 40}))
    data[60:70] = bytes(10)
    package = open_package(bytes(data))
    package.read("a")
    assert package.warnings == ["a part of it is broken: a"]


def test_too_many_members_are_refused() -> None:
    with pytest.raises(BadPackageError, match="holds 20001 files"):
        open_package(packed({str(number): b"" for number in range(20_001)}))


def test_an_encrypted_container_is_refused() -> None:
    data = bytearray(packed({"a": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(BadPackageError, match="is encrypted"):
        open_package(bytes(data))


def test_what_is_cut_off_gives_what_is_there() -> None:
    whole = packed({"a": b"x" * 100, "b": bytes(range(256)) * 20})
    package = open_package(whole[:-30])
    assert (package.read("a"), package.read("b")) == (b"x" * 100, bytes(range(256)) * 20)
    assert (package.cut, package.warnings) == (True, ["it is cut off or broken, and was read only in part"])
    part = open_package(whole[: whole.index(b"PK\x01\x02") - 40]).read("b")
    assert part is not None
    assert (bytes(range(256)) * 20).startswith(part)


@pytest.mark.parametrize("length", [4, 29, 31])
def test_what_is_cut_off_before_anything_is_there_is_refused(length: int) -> None:
    with pytest.raises(BadPackageError, match="broken or cut off"):
        open_package(packed({"a": b"x" * 100})[:length])


def test_a_bomb_without_a_directory_does_not_go_off() -> None:
    data = packed({"a": bytes(40_000_000), "b": b"words"})
    package = open_package(data[: data.index(b"PK\x01\x02")])
    assert (package.read("a"), package.read("b")) == (None, b"words")


def test_names_that_climb_are_only_names() -> None:
    assert open_package(packed({"../../etc/passwd": b"x"})).read("etc/passwd") is None


def test_xml_has_no_entities_and_no_document_type() -> None:
    assert parse_xml(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>') is None
    assert parse_xml(b"no xml") is None
    root = parse_xml(b"<a><b>cut")
    assert root is not None
    assert root[0].text == "cut"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=10))
def test_no_bytes_make_it_fail(noise: bytes, changes: list[tuple[int, int]]) -> None:
    spoiled = bytearray(packed({"a": b"words " * 20, "b": noise}))
    for at, value in changes:
        spoiled[at % len(spoiled)] = value
    for data in (noise, b"PK\x03\x04" + noise, bytes(spoiled)):
        try:
            package = open_package(data)
        except BadPackageError:
            continue
        for name in package.names:
            package.read(name)
