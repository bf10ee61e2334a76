"""Opening a manifest: what is made, brought up to date or refused, and that a refusal is one line."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from manifest_samples import ALIVE, A, B, address, essay, look, noon_clock, reading, running, state, table

from archiver.errors import ArchiverError, ManifestError, ManifestTooNew, StorageError
from archiver.manifest.store import Manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent


def refusal(folder: Path, *, read_only: bool = False) -> ArchiverError:
    """Give the error that opening raises: one line that names the file, and a hint."""
    with pytest.raises(ArchiverError) as caught:
        Manifest.open(address(folder), noon_clock(), create=not read_only, read_only=read_only).__enter__()
    assert "\n" not in str(caught.value)
    assert "manifest.sqlite" in caught.value.message
    assert caught.value.hint
    return caught.value


def change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "manifest.sqlite")) as database, database:
        for statement in statements:
            database.execute(statement)


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(("url", "says"), [
    ("postgresql://me:secret@db.example/x", "manifests in postgresql databases are not supported yet"),
    ("postgresql+psycopg://db.example/x", "manifests in postgresql databases are not supported yet"),
    ("mysql://db.example/x", "manifests in mysql databases are not supported yet"),
    ("data/manifest.sqlite", "the manifest's address is no database address"),
    ("", "the manifest's address is no database address"),
    ("sqlite://", "the manifest's address names no file"),
    ("sqlite:///", "the manifest's address names no file"),
    ("sqlite:///:memory:", "the manifest's address names no file"),
    ("sqlite://host/x", "the manifest's address names no file"),
])
def test_an_address_that_cannot_be_used(url: str, says: str) -> None:
    with pytest.raises(ManifestError) as caught:
        Manifest.open(url, noon_clock())
    assert caught.value.message == says
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("name", ["plain", "with space", "question?mark", "hash#sign", "per%20cent", "ünï—信", "a'b\"c"])
def test_any_folder_will_do(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "deeper"
    with running(folder) as manifest:
        manifest.add_document(essay("a.md", A))
    with reading(folder) as manifest:
        assert manifest.sources() == {"a.md"}
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_relative_address_starts_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Manifest.open("sqlite:///data/m.sqlite", noon_clock()):
        assert (tmp_path / "data" / "m.sqlite").is_file()


def test_a_relative_address_stays_what_it_was_when_the_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    with Manifest.open("sqlite:///m.sqlite", noon_clock()) as manifest:
        monkeypatch.chdir(tmp_path / "elsewhere")
        with manifest.lock("run"):
            manifest.begin_run(version="1", command="run", settings_sha256="")
    assert list((tmp_path / "elsewhere").iterdir()) == []


# ---------------------------------------------------------------- there, not there


@pytest.mark.parametrize("read_only", [False, True])
def test_a_manifest_that_is_not_there_is_not_made_for_reading(tmp_path: Path, *, read_only: bool) -> None:
    with pytest.raises(ManifestError) as caught:
        Manifest.open(address(tmp_path / "data"), noon_clock(), create=False, read_only=read_only)
    path = tmp_path / "data" / "manifest.sqlite"
    assert str(caught.value) == f"{path}: no manifest yet (`archiver run` makes one)"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_a_manifest_to_be(tmp_path: Path) -> None:
    (tmp_path / "manifest.sqlite").touch()
    assert "no manifest yet" in str(refusal(tmp_path, read_only=True))
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
    assert table(tmp_path, "PRAGMA journal_mode") == [("wal",)]


def test_nothing_but_the_manifest_and_its_lock_is_left(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
    with reading(tmp_path):
        pass
    assert {path.name for path in tmp_path.iterdir()} <= {"manifest.sqlite", "manifest.sqlite.lock"}


# ---------------------------------------------------------------- versions


def test_a_manifest_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
    change(tmp_path, "INSERT INTO schema_versions VALUES (7, '2030-01-01T00:00:00.000000Z', '9.0')")
    before = (tmp_path / "manifest.sqlite").read_bytes()
    for read_only in (False, True):
        error = refusal(tmp_path, read_only=read_only)
        assert isinstance(error, ManifestTooNew)
        assert "a newer version of archiver wrote this manifest (format 7, this one knows 3)" in error.message
    assert (tmp_path / "manifest.sqlite").read_bytes() == before


def test_an_older_manifest_is_brought_up_to_date(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A, B))
        manifest.add_look(look(A), ALIVE)
    before, records = state(tmp_path), table(tmp_path, "SELECT * FROM records")
    change(
        tmp_path, "UPDATE schema_versions SET version = 0", "DROP TABLE snapshots", "ALTER TABLE links DROP COLUMN because",
        "UPDATE looks SET verdict = 'dead'",
    )
    error = refusal(tmp_path, read_only=True)
    assert "an older version of archiver wrote this manifest" in error.message
    with Manifest.open(address(tmp_path), noon_clock()) as manifest:
        assert [one.link for one in manifest.known()] == [A, B]
    assert state(tmp_path) == before
    assert table(tmp_path, "SELECT * FROM records") == records
    assert table(tmp_path, "SELECT version FROM schema_versions ORDER BY version") == [(0,), (3,)]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
    change(
        tmp_path, "UPDATE schema_versions SET version = 0", "UPDATE records SET body = '{}' WHERE seq = 2",
        "DROP TABLE snapshots",
    )
    before = state(tmp_path)
    with pytest.raises(ManifestError, match=r"record 2 \(document\) cannot be read"):
        Manifest.open(address(tmp_path), noon_clock())
    assert state(tmp_path) == before
    assert table(tmp_path, "SELECT version FROM schema_versions") == [(0,)]


# ---------------------------------------------------------------- no manifest, or a damaged one


@pytest.mark.parametrize("content", [
    b"no database at all\n" * 300, b"SQLite format 3\x00" + b"\xff" * 5000, b"{}", b"\x00" * 4096,
])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes, *, read_only: bool) -> None:
    path = tmp_path / "manifest.sqlite"
    path.write_bytes(content)
    assert isinstance(refusal(tmp_path, read_only=read_only), ManifestError)
    assert path.read_bytes() == content


@pytest.mark.parametrize("read_only", [False, True])
def test_somebody_elses_database_is_left_alone(tmp_path: Path, *, read_only: bool) -> None:
    change(tmp_path, "CREATE TABLE recipes (name TEXT)")
    before = (tmp_path / "manifest.sqlite").read_bytes()
    assert "is a database, but no manifest" in refusal(tmp_path, read_only=read_only).message
    assert (tmp_path / "manifest.sqlite").read_bytes() == before


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "manifest.sqlite").mkdir()
    assert "is a folder" in refusal(tmp_path).message


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(StorageError) as caught:
        Manifest.open(address(tmp_path / "data" / "deeper"), noon_clock())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("page", range(1, 12))
def test_a_damaged_manifest_is_told_in_one_line(tmp_path: Path, page: int) -> None:
    with running(tmp_path) as manifest:
        for number in range(30):
            manifest.add_document(essay(f"{number}.md", A, B))
    path = tmp_path / "manifest.sqlite"
    data = bytearray(path.read_bytes())
    data[page * 4096:(page + 1) * 4096] = b"\xa5" * 4096
    path.write_bytes(data)
    for ask in (Manifest.verify_records, Manifest.report, Manifest.rebuild):
        told = told_by(tmp_path, ask)  # nothing, when this question reads no damaged page
        assert told.startswith(f"{path}: ") or not told
        assert "\n" not in told


def told_by(folder: Path, ask: Callable[[Manifest], object]) -> str:
    try:
        with Manifest.open(address(folder), noon_clock()) as manifest:
            ask(manifest)
    except ManifestError as error:
        return str(error)
    return ""


def test_a_manifest_cut_short_is_told_in_one_line(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", *(f"https://example.org/{number}" for number in range(500))))
    path = tmp_path / "manifest.sqlite"
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(ManifestError, match="is damaged"), reading(tmp_path) as manifest:
        manifest.verify_records()


# ---------------------------------------------------------------- folders and disks that will not be written

_READ = """
import os, sys, tempfile
from manifest_samples import address, noon_clock, reading, running
from archiver.errors import ArchiverError
from archiver.manifest.store import Manifest
from pathlib import Path
folder = Path(sys.argv[1])
with tempfile.TemporaryDirectory() as name:  # all modules are found now: root's may be hidden from others
    with running(Path(name)):
        pass
    with reading(Path(name)) as manifest:
        manifest.report()
if os.geteuid() == 0:  # who may write anywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    with Manifest.open(address(folder), noon_clock(), create=False, read_only=True) as manifest:
        print(sorted(manifest.sources()), [state.link for state in manifest.report().links])
    with Manifest.open(address(folder), noon_clock()) as manifest, manifest.lock("run"):
        manifest.begin_run(version="1", command="run", settings_sha256="")
except ArchiverError as error:
    print(type(error).__name__, error)
"""


def as_nobody(folder: Path) -> list[str]:
    """Read, then write, as somebody who may not write there."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(folder)], cwd=HERE, capture_output=True, text=True, check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """Give a folder with a manifest that nobody may write to; nobody may look into pytest's own."""
    folder = Path(tempfile.mkdtemp())
    with running(folder) as manifest:
        manifest.add_document(essay("a.md", A))
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(stat.S_IRWXU)
    shutil.rmtree(folder)


def test_a_manifest_in_a_read_only_folder_can_be_read(closed_folder: Path) -> None:
    read, written = as_nobody(closed_folder)
    assert read == f"['a.md'] ['{A}']"
    assert written.startswith("StorageError ")
    assert str(closed_folder) in written
    assert [path.name for path in closed_folder.iterdir() if path.suffix not in (".sqlite", ".lock")] == []


def test_a_manifest_that_may_not_be_read(closed_folder: Path) -> None:
    (closed_folder / "manifest.sqlite").chmod(0o000)
    (line,) = as_nobody(closed_folder)
    path = closed_folder / "manifest.sqlite"
    assert line == f"StorageError {path}: cannot be opened (check the permissions of the file and its folder)"


_FILL = """
import resource, sys
from pathlib import Path
from manifest_samples import ALIVE, A, address, essay, look, noon_clock
from archiver.errors import ArchiverError
from archiver.manifest.store import Manifest
folder = Path(sys.argv[1])
try:
    with Manifest.open(address(folder), noon_clock()) as manifest, manifest.lock("run"):
        manifest.begin_run(version="1", command="run", settings_sha256="")
        manifest.add_look(look(A), ALIVE)
        manifest.flush()
        if sys.argv[2] == "limit":
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        try:
            for number in range(5000):
                manifest.add_look(look(A, title="x" * 1000), ALIVE)
            manifest.flush()
        finally:
            try:
                manifest.add_look(look(A), ALIVE)
            except ArchiverError as error:
                print("again:", type(error).__name__)
except ArchiverError as error:
    print(type(error).__name__, error)
"""


def test_a_disk_that_fails_is_told_in_one_line_and_loses_nothing_recorded(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FILL, str(tmp_path), "limit"], cwd=HERE, capture_output=True, text=True, check=False,
    )
    again, told = done.stdout.splitlines()
    assert (done.stderr, again) == ("", "again: StorageError")
    assert told.startswith(f"StorageError {tmp_path / 'manifest.sqlite'}: the disk ")
    with running(tmp_path) as manifest:
        assert manifest.verify_records() == 4
        assert manifest.known()[0].looks == 1


_SMALL_DISK = 'mount -t tmpfs -o size=600k tmpfs "$1" && exec "$0" -c "$2" "$1" disk'


def test_a_full_disk_is_told_in_one_line(tmp_path: Path) -> None:
    own_mounts = ["unshare", "--user", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run(
        [*own_mounts, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)], capture_output=True, check=False,
    ).returncode:
        pytest.skip("needs mounts of its own")
    done = subprocess.run(
        [*own_mounts, "sh", "-c", _SMALL_DISK, sys.executable, str(tmp_path), _FILL], cwd=HERE, capture_output=True,
        text=True, check=False,
    )
    assert done.stderr == ""
    hint = "free some room, then run again: all that was recorded is safe"
    assert done.stdout.splitlines() == [
        "again: StorageError",
        f"StorageError {tmp_path / 'manifest.sqlite'}: the disk is full ({hint})",
    ]
