"""Archives of documents give what they hold, and can neither write to a disk nor swell."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.documents.sources import Address, expand
from archiver.model import Document, Unreadable

FILES = {
    "b/it.md": b"[a](https://b.example/)",
    "a.txt": b"https://a.example/",
    ".hidden/c.md": b"words",
    "node_modules/d/readme.md": b"words",
    "__MACOSX/._a.txt": b"words",
    "picture.png": b"\x89PNG",
    "requirements.txt": b"words",
    "inner.zip": b"PK\x03\x04",
}


def zipped(files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def found(base: Path, *arguments: str) -> list[Raw | Unreadable | Address]:
    return list(expand(arguments, base=base, stdin=None))


def told(base: Path, *arguments: str) -> list[str]:
    return [
        item.source if isinstance(item, Raw) else f"! {item.source} {item.reason}"
        for item in found(base, *arguments)
        if not isinstance(item, Address)
    ]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("all.tar", bytes),
        ("all.tar.gz", gzip.compress),
        ("all.tgz", gzip.compress),
        ("all.tar.bz2", bz2.compress),
        ("all.tar.xz", lzma.compress),
        ("without-a-suffix", gzip.compress),
    ],
)
def test_a_tar_gives_its_documents_as_a_folder_does(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / name).write_bytes(pack(tarred(FILES)))
    assert told(tmp_path, name) == [f"{name}/b/it.md", f"{name}/a.txt"]
    assert found(tmp_path, name)[0] == Raw(source=f"{name}/b/it.md", data=b"[a](https://b.example/)")


def test_a_zip_gives_its_documents_sorted(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(zipped(FILES))
    assert told(tmp_path, "all.zip") == ["all.zip/a.txt", "all.zip/b/it.md"]
    document = read(found(tmp_path, "all.zip")[1])  # type: ignore[arg-type]
    assert isinstance(document, Document)
    assert [(one.document, one.url) for one in document.citations] == [("all.zip/b/it.md", "https://b.example/")]


def test_archives_in_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(zipped(FILES))
    (tmp_path / "a.md").write_text("words")
    assert told(tmp_path, ".") == ["a.md"]


def test_a_zip_that_is_a_document_is_no_archive(tmp_path: Path) -> None:
    for name, inside in {"letter.zip": "[Content_Types].xml", "book.zip": "META-INF/container.xml"}.items():
        (tmp_path / name).write_bytes(zipped({inside: b"<a/>", "notes.txt": b"words"}))
    (tmp_path / "text.zip").write_bytes(
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "notes.txt": b"words"})
    )
    assert told(tmp_path, "letter.zip", "book.zip", "text.zip") == ["letter.zip", "book.zip", "text.zip"]


def test_hostile_names_lead_nowhere(tmp_path: Path) -> None:
    names = ["../../up.md", "/etc/root.md", "C:\\win\\dos.md", "a/../b.md", "bell\x07.md"]
    expected = ["a/b.md", "bell?.md", "etc/root.md", "up.md", "win/dos.md"]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "all.zip").write_bytes(zipped(dict.fromkeys(names, b"words")))
    (tmp_path / "in" / "all.tar").write_bytes(tarred(dict.fromkeys(names, b"words")))
    assert told(tmp_path / "in", "all.zip") == [f"all.zip/{name}" for name in expected]
    assert sorted(told(tmp_path / "in", "all.tar")) == [f"all.tar/{name}" for name in expected]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["all.tar", "all.zip", "in"]


def test_links_and_devices_in_a_tar_are_passed_over(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "all.tar", "w") as archive:
        for name, kind in (("a.md", tarfile.SYMTYPE), ("b.md", tarfile.LNKTYPE), ("c.md", tarfile.FIFOTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/hostname"
            archive.addfile(member)
    assert told(tmp_path, "all.tar") == ["! all.tar holds no documents"]


def test_bombs_do_not_go_off(tmp_path: Path) -> None:
    zeros = bytes(60_000_000)
    (tmp_path / "all.zip").write_bytes(zipped({"a.md": bytes(20_000_000), "b.md": b"words"}))
    (tmp_path / "skipped.tgz").write_bytes(gzip.compress(tarred({"a.png": zeros, "b.md": b"words"}), 9))
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(bytes(20_000_000)))
    assert told(tmp_path, "all.zip") == ["! all.zip/a.md unpacks to more than is read", "all.zip/b.md"]
    assert told(tmp_path, "skipped.tgz") == ["! skipped.tgz holds more than is read"]
    assert told(tmp_path, "page.html.gz") == ["! page.html.gz unpacks to more than is read"]


def test_a_zip_that_lies_about_sizes_is_stopped(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.md": b"words " * 4_000_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    (tmp_path / "all.zip").write_bytes(bytes(data))
    assert told(tmp_path, "all.zip") == ["! all.zip/a.md is broken in its archive"]


def test_encrypted_broken_and_empty_archives_say_so(tmp_path: Path) -> None:
    locked = bytearray(zipped({"a.md": b"words"}))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(locked))
    (tmp_path / "cut.zip").write_bytes(zipped(FILES)[:80])
    (tmp_path / "cut.tar.gz").write_bytes(gzip.compress(tarred(FILES))[:60])
    (tmp_path / "none.zip").write_bytes(zipped({}))
    assert told(tmp_path, "locked.zip", "cut.zip", "cut.tar.gz", "none.zip") == [
        "! locked.zip/a.md is encrypted",
        "! cut.zip is a broken or cut off archive",
        "! cut.tar.gz is a broken or cut off archive",
        "! none.zip holds no documents",
    ]


def test_a_document_packed_with_gzip_is_read_through(tmp_path: Path) -> None:
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(b"<p><a href='https://a.example/'>a</a></p>"))
    (tmp_path / "note.md.gz").write_bytes(gzip.compress(b"[a](https://b.example/)"))
    documents = [read(item) for item in found(tmp_path, "page.html.gz", "note.md.gz")]  # type: ignore[arg-type]
    assert [(one.source, one.media_type) for one in documents if isinstance(one, Document)] == [
        ("page.html.gz", "text/html"),
        ("note.md.gz", "text/markdown"),
    ]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_broken_archives_never_raise(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    packers: list[Callable[[dict[str, bytes]], bytes]] = [zipped, tarred, lambda files: gzip.compress(tarred(files))]
    whole = bytearray(data.draw(st.sampled_from(packers))(FILES))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.mktemp("broken")
    (folder / "all.bundle").write_bytes(bytes(whole))
    assert found(folder, "all.bundle")
