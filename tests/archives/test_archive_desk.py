"""The door to archives: settings that make no sense are told in one line, everything else is an answer."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from archiver.archives.desk import open_archives
from archiver.config import ArchiveSettings, MementoArchive, WebSettings
from archiver.demo.archive import Service
from archiver.errors import ConfigError
from archiver.model import Answer, JobState

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.clock import ManualClock
    from archiver.demo.archive import InternetArchive

LINK = "http://harbour.demo/tides"


def open_with(clock: ManualClock, **archives: object) -> object:
    return open_archives(ArchiveSettings(**archives), WebSettings(), clock, None)


@pytest.mark.parametrize("text", [
    "opensesame\nhushhush\n", "opensesame\r\nhushhush", "\ufeffopensesame\n\n  hushhush  \n\n",
])
def test_keys_may_stand_in_a_file(street, archive: InternetArchive, tmp_path: Path, text: str) -> None:
    archive.account("opensesame", "hushhush")
    file = tmp_path / "keys"
    file.write_bytes(text.encode())
    assert street.open(keys_file=str(file)).submit(LINK).state is JobState.PENDING


def test_keys_of_the_environment_go_before_the_file(street, archive: InternetArchive, tmp_path: Path) -> None:
    archive.account("opensesame", "hushhush")
    file = tmp_path / "keys"
    file.write_text("other\nkeys\n")
    archives = street.open(keys_file=str(file), access_key="opensesame", secret_key="hushhush")
    assert archives.submit(LINK).state is JobState.PENDING


def test_a_file_in_the_home_folder_is_found(street, archive: InternetArchive, home: Path) -> None:
    archive.account("opensesame", "hushhush")
    (home / "keys").write_text("opensesame\nhushhush\n")
    assert street.open(keys_file="~/keys").can_submit


@pytest.mark.parametrize("text", [
    "", "\n\n", "opensesame\n", "opensesame hushhush\n", "one\ntwo\nthree\n", "open sesame\nhushhush\n", "a\nb\x07\n",
    "é\nhushhush\n", "x\n" * 20_000,
])
def test_a_file_that_holds_no_keys_is_told_in_one_line(clock: ManualClock, tmp_path: Path, text: str) -> None:
    file = tmp_path / "keys"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        open_with(clock, keys_file=str(file))
    assert str(caught.value).startswith(f"archives.keys_file: {file}: ")
    assert str(caught.value).isprintable()
    assert "hushhush" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_told_in_one_line(clock: ManualClock, tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\0")
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none", tmp_path, tmp_path / "binary", tmp_path / "pipe", "x\0y", "~nobody-of-that-name/keys"):
        with pytest.raises(ConfigError, match=r"archives\.keys_file"):
            open_with(clock, keys_file=str(path))


@pytest.mark.parametrize("keys", [{"access_key": "opensesame"}, {"secret_key": "hushhush"}])
def test_half_of_the_keys_is_told_without_showing_it(clock: ManualClock, keys: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="only one of them is set") as caught:
        open_with(clock, **keys)
    assert "hushhush" not in str(caught.value)


@pytest.mark.parametrize("secret", ["hush\r\nX-Evil: 1", "hush hush", "hüsh", "hush\0"])
def test_keys_that_no_header_can_carry_are_refused(clock: ManualClock, secret: str) -> None:
    with pytest.raises(ConfigError, match="these are no keys") as caught:
        open_with(clock, access_key="opensesame", secret_key=secret)
    assert "hush" not in str(caught.value)


def test_the_secret_shows_nowhere_in_what_is_returned(street, archive: InternetArchive) -> None:
    archives = street.open(access_key="opensesame", secret_key="hushhush")
    job = archives.submit(LINK)  # nobody has these keys
    assert "hushhush" not in repr((job, archives.find(LINK, near=None), archives.why_not, archives))


def test_opening_asks_nothing(street, archive: InternetArchive) -> None:
    archives = street.open(access_key="opensesame", secret_key="hushhush", keyless=True, memento=(
        MementoArchive(name="memory", timemap="https://memory.demo/{url}"),
    ))
    assert archives.names == ("internet-archive", "memory")
    assert street.seen == []


def test_an_archive_in_the_house_may_be_asked_about_private_addresses(street) -> None:
    link = "http://10.0.0.7/minutes"
    archives = street.open(internet_archive=True, memento=(
        MementoArchive(name="ours", timemap="http://127.0.0.1:9/timemap/{url}"),
        MementoArchive(name="theirs", timemap="https://memory.demo/timemap/{url}"),
    ))
    reasons = [one.reason for one in archives.find(link, near=None)]
    assert [reason == "a private address is told to no archive" for reason in reasons] == [True, False, True]


def test_with_allow_private_every_archive_is_asked(street, archive: InternetArchive) -> None:
    archive.account("opensesame", "hushhush")
    archives = street.open(access_key="opensesame", secret_key="hushhush", web={"allow_private": True})
    (lookup,) = archives.find("http://10.0.0.7/minutes", near=None)
    assert lookup.answer is Answer.NONE
    assert archives.submit("http://10.0.0.7/minutes").state is JobState.PENDING


def test_clocks_in_a_folder_are_shared_by_runs(street, archive: InternetArchive, tmp_path: Path) -> None:
    for _ in range(3):
        street.open(folder=tmp_path / "new" / "clocks").find(LINK, near=None)
    assert street.clock.naps == [2.5, 2.5]
    assert len(archive.asked(Service.INDEX)) == 3


def test_the_internet_archives_hosts_share_one_clock(street, archive: InternetArchive, tmp_path: Path) -> None:
    archives = street.open(folder=tmp_path, memento=(
        MementoArchive(name="again", timemap="https://web.archive.org/web/timemap/link/{url}"),
    ))
    archives.find(LINK, near=None)
    assert {path.name for path in tmp_path.glob("*.json")} == {"archive.org.clock.json"}


def test_importing_the_door_brings_in_neither_waybackpy_nor_the_demo() -> None:
    code = "import sys, archiver.archives.choose, archiver.archives.desk; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"waybackpy", "click", "archiver.demo", "bs4", "sqlalchemy"} & set(loaded)
