"""A run killed while it writes loses nothing that was whole."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio

from archiver.captures.warc import WarcFile, mend
from archiver.clock import ManualClock
from archiver.web.exchange import Exchange, Hop, Request

START = datetime(2026, 3, 1, tzinfo=UTC)


def page(number: int) -> tuple[str, tuple[Exchange]]:
    url = f"https://example.org/{number}"
    body = b"page %d" % number
    hop = Hop(
        url=url, started=START, request_head=b"GET / HTTP/1.1\r\n\r\n", head=b"HTTP/1.1 200 OK\r\n\r\n", status=200,
        headers=(), body=body, decoded=body,
    )
    return url, (Exchange(request=Request(url=url), hops=(hop,)),)


def open_warc(folder: Path) -> WarcFile:
    return WarcFile(
        folder, "run", ManualClock(START), software="archiver", operator="", earlier=lambda _url, _sha256: None,
    )


def ids(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [record.rec_headers.get_header("WARC-Record-ID") for record in ArchiveIterator(file)]


@pytest.fixture(scope="module")
def killed(tmp_path_factory) -> dict[str, bytes]:
    """The files of a run that has written two pages, synced once between them, and not closed."""
    folder = tmp_path_factory.mktemp("killed")
    warc = open_warc(folder)
    warc.append(*page(1))
    warc.sync()
    warc.append(*page(2))
    files = {one.name: one.read_bytes() for one in folder.iterdir()}
    warc.close()
    return files


def lay_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder / "run.warc.gz"


def starts(data: bytes) -> list[int]:
    """Give the offset of every gzip member."""
    found = [0]
    while True:
        rest = data[found[-1]:]
        size = next(end for end in range(18, len(rest) + 1) if is_whole(rest[:end]))
        if found[-1] + size == len(data):
            return found
        found.append(found[-1] + size)


def is_whole(data: bytes) -> bool:
    try:
        gzip.decompress(data)
    except (EOFError, gzip.BadGzipFile):
        return False
    return True


def test_a_file_cut_anywhere_in_its_last_record_keeps_all_earlier_ones(killed, tmp_path):
    whole = killed["run.warc.gz"]
    last = starts(whole)[-1]
    complete = ids(lay_out(tmp_path, killed))
    for cut in range(last + 1, len(whole)):
        path = lay_out(tmp_path, {**killed, "run.warc.gz": whole[:cut]})

        assert mend(tmp_path) == [f"run.warc.gz: a killed run left half a record: {cut - last} bytes cut off"]

        assert path.read_bytes() == whole[:last]
        assert [one.name for one in tmp_path.iterdir()] == ["run.warc.gz"]
    assert ids(path) == complete[:-1]
    with pytest.raises(SystemExit) as done:
        warcio(["check", str(path)])
    assert done.value.code == 0
    assert subprocess.run(["gzip", "-t", str(path)]).returncode == 0


def test_a_file_cut_between_records_is_left_as_it_is(killed, tmp_path):
    whole = killed["run.warc.gz"]
    for cut in starts(whole)[1:]:
        path = lay_out(tmp_path, {**killed, "run.warc.gz": whole[:cut]})
        assert mend(tmp_path) == []
        assert path.read_bytes() == whole[:cut]


@settings(max_examples=60, deadline=None)
@given(tail=st.binary(min_size=1, max_size=300))
def test_whatever_stands_behind_the_last_record_is_cut_off(killed, tail, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tail")
    path = lay_out(folder, {**killed, "run.warc.gz": killed["run.warc.gz"] + tail})
    assert len(mend(folder)) == 1
    assert path.read_bytes() == killed["run.warc.gz"]


def test_half_a_first_record_leaves_no_file(killed, tmp_path):
    lay_out(tmp_path, {"run.warc.gz": killed["run.warc.gz"][:40], "run.warc.gz.open": b""})
    assert mend(tmp_path) == [
        "run.warc.gz: a killed run left half a record: 40 bytes cut off; nothing else was in it, so it is gone",
    ]
    assert list(tmp_path.iterdir()) == []


def test_only_what_was_not_synced_is_read_again(killed, tmp_path):
    whole = killed["run.warc.gz"]
    synced = int(killed["run.warc.gz.open"])
    assert synced in starts(whole)
    # Damage before that is not this function's business (`archiver verify` finds it), and nothing is thrown away for it.
    damaged = b"\0" * 10 + whole[10:]
    path = lay_out(tmp_path, {**killed, "run.warc.gz": damaged})
    assert mend(tmp_path) == []
    assert path.read_bytes() == damaged


def test_files_of_finished_runs_are_never_touched(tmp_path):
    with open_warc(tmp_path) as warc:
        warc.append(*page(1))
    other = tmp_path / "other.warc.gz"
    other.write_bytes((tmp_path / "run.warc.gz").read_bytes()[:-5])
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert mend(tmp_path) == []
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_a_run_killed_before_its_first_record_leaves_nothing_behind(tmp_path):
    (tmp_path / "run.warc.gz.open").write_bytes(b"")
    assert mend(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_nothing_to_mend(tmp_path):
    assert mend(tmp_path / "captures") == []


def test_big_records_are_read_in_pieces(tmp_path):
    member = gzip.compress(bytes(5_000_000))
    (tmp_path / "run.warc.gz").write_bytes(member * 3 + member[:-1])
    (tmp_path / "run.warc.gz.open").write_bytes(b"")
    assert len(mend(tmp_path)) == 1
    assert (tmp_path / "run.warc.gz").read_bytes() == member * 3


WRITE_FOR_EVER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_mend import open_warc, page
warc = open_warc(Path({folder!r}))
number = 0
while True:
    number += 1
    [capture] = warc.append(*page(number))
    print(capture.record_id, flush=True)
"""


def test_what_append_reported_survives_kill_9(tmp_path):
    code = WRITE_FOR_EVER.format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        reported = [process.stdout.readline().strip() for _ in range(50)]
        process.send_signal(signal.SIGKILL)
        reported += [line.strip() for line in process.stdout.read().split("\n")[:-1]]
    mend(tmp_path)
    assert set(reported) <= set(ids(tmp_path / "run.warc.gz"))
    assert not (tmp_path / "run.warc.gz.open").exists()
