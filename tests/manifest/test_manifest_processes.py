"""Several processes: the lock, kills at every moment, two that open at once, readers beside a writer."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from manifest_samples import (
    ALIVE,
    SHA,
    A,
    address,
    essay,
    kinds,
    look,
    noon_clock,
    reading,
    running,
    state,
    table,
)

from archiver.errors import Busy
from archiver.manifest.store import Manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
BEGIN = """
import os, signal, sys
from pathlib import Path
from manifest_samples import *
from archiver.manifest.store import Manifest
from archiver.model import Unreadable
folder = Path(sys.argv[1])
"""


@contextmanager
def script(text: str, folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a script in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN + text, str(folder), *arguments], cwd=HERE, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def finish(process: subprocess.Popen[str]) -> list[str]:
    out, err = process.communicate(timeout=60)
    assert err == ""
    return out.splitlines()


# ---------------------------------------------------------------- the lock

HOLD = """
with Manifest.open(address(folder), noon_clock()) as manifest, manifest.lock("run --fail-on dead"):
    run = manifest.begin_run(version="1", command="run", settings_sha256="")
    manifest.add_look(look(A), ALIVE)
    manifest.flush()
    print(run, flush=True)
    manifest.add_look(look(B), ALIVE)
    sys.stdin.read()
"""


def test_one_run_at_a_time_and_the_second_learns_who_is_at_work(tmp_path: Path) -> None:
    with script(HOLD, tmp_path) as first:
        assert first.stdout is not None
        first.stdout.readline()
        with Manifest.open(address(tmp_path), noon_clock()) as manifest:
            with pytest.raises(Busy) as caught, manifest.lock("run"):
                pass
            assert caught.value.exit_code == 75
            assert caught.value.message == (
                f"{tmp_path / 'manifest.sqlite'}: `archiver run --fail-on dead` holds the manifest: process {first.pid} "
                f"on {socket.gethostname()}, since 2026-03-02 12:00 UTC"
            )
            assert len(manifest.report().links) == 0  # reading needs no lock
            assert [one.link for one in manifest.known()] == [A]


def test_a_lock_vanishes_with_its_process(tmp_path: Path) -> None:
    with script(HOLD, tmp_path) as first:
        assert first.stdout is not None
        lost = first.stdout.readline().strip()
        first.send_signal(signal.SIGKILL)
        first.wait()
        with reading(tmp_path) as manifest:
            assert [(run.id, run.interrupted) for run in manifest.runs(5)] == [(lost, True)]
        with running(tmp_path) as manifest:
            assert [one.link for one in manifest.known()] == [A]
            assert manifest.verify_records() == 4
    assert kinds(tmp_path) == ["run-began", "look", "run-began", "run-lost", "run-ended"]


def test_a_lock_can_be_taken_again_and_again(tmp_path: Path) -> None:
    with Manifest.open(address(tmp_path), noon_clock()) as manifest:
        for _ in range(3):
            with manifest.lock("run"), pytest.raises(Busy, match=f"process {os.getpid()} on"), manifest.lock("run"):
                pass
        with pytest.raises(ZeroDivisionError), manifest.lock("run"):
            _ = 1 / 0
        with manifest.lock("run"):
            assert (tmp_path / "manifest.sqlite.lock.json").is_file()
    assert not (tmp_path / "manifest.sqlite.lock.json").exists()


@pytest.mark.parametrize("left", [
    b"", b"{}", b"\xff\xfe", b'{"pid": 1e99}', b'{"pid":99999999999999999999,"host":"x","command":"run","since":"never"}',
])
def test_a_broken_note_of_who_holds_the_lock_decides_nothing(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "manifest.sqlite.lock.json").write_bytes(left)
    with running(tmp_path):
        (tmp_path / "manifest.sqlite.lock.json").write_bytes(left)
        with (
            Manifest.open(address(tmp_path), noon_clock()) as other,
            pytest.raises(Busy, match="another run holds the manifest"), other.lock("run"),
        ):
            pass


# ---------------------------------------------------------------- kills

# Each line is one call; a child is killed behind each of them, and before the first. "#" marks what commits.
CALLS = """
run = m.begin_run(version="1", command="run", settings_sha256="")  #
m.add_document(essay("a.md", A, B))
m.add_unreadable(Unreadable(source="b.md", reason="gone"))
m.drop_documents(m.sources() - {"a.md", "b.md"})
m.flush()  #
m.add_look(look(A), ALIVE)
m.add_capture(page(A))
m.observations(A)
m.known()
m.add_look(look(B), GONE)
m.flush()  #
m.add_lookup(found("ark", A, NOON))
m.add_job(job(1, B, JobState.PENDING))
m.report()
m.flush()  #
m.add_job(job(1, B, JobState.DONE, snapshot=snapshot("ark", B, NOON)))
m.end_run(run, exit_code=0)  #
""".strip().splitlines()
ALL = [
    "run-began", "document", "unreadable", "look", "capture", "look", "lookup", "job", "job", "run-ended",
]
# How many of these are there after a kill behind so many calls.
KEPT = [0, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 6, 6, 6, 6, 8, 8, 10]

KILLED = """
from archiver.model import JobState
calls = [compile(line, line, "exec") for line in sys.stdin.read().splitlines()]
for dead in range(len(calls) + 1):
    child = os.fork()
    if not child:
        (folder / str(dead)).mkdir()
        m = Manifest.open(address(folder / str(dead)), noon_clock())
        with m, m.lock("run"):
            for call in calls[:dead]:
                exec(call)
            os.kill(os.getpid(), signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert status == signal.SIGKILL, (dead, status)
"""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a manifest for each moment at which its run was killed."""
    folder = tmp_path_factory.mktemp("killed")
    with script(KILLED, folder) as process:
        out, err = process.communicate("\n".join(CALLS), timeout=100)
    assert (out, err) == ("", "")
    return folder


@pytest.mark.parametrize("calls", range(len(CALLS) + 1))
def test_a_kill_loses_what_was_not_flushed_and_nothing_else(killed: Path, calls: int) -> None:
    folder = killed / str(calls)
    left = ALL[:KEPT[calls]]
    with reading(folder) as manifest:
        assert manifest.verify_records() == len(left)
        assert [run.interrupted for run in manifest.runs(2)] == [left[-1] != "run-ended"] * bool(left) if left else True
    assert kinds(folder) == left
    before = state(folder)
    with Manifest.open(address(folder), noon_clock()) as manifest:
        manifest.rebuild()
    assert state(folder) == before
    assert len(before["looks"]) == left.count("look")
    assert len(before["captures"]) == left.count("capture")

    with running(folder) as manifest:  # the next run goes on from there
        manifest.add_document(essay("a.md", A))
        manifest.add_look(look(A), ALIVE)
        assert manifest.known()[0].looks == ("look" in left) + 1
    lost = ["run-lost"] if left and left[-1] != "run-ended" else []
    assert kinds(folder) == [*left, "run-began", *lost, "document", "look", "run-ended"]


WRITE = """
with Manifest.open(address(folder), noon_clock()) as manifest, manifest.lock("run"):
    manifest.begin_run(version="1", command="run", settings_sha256="")
    for number in range(1000000):
        manifest.add_look(look(f"https://example.org/{number % 50}"), ALIVE)
        manifest.add_capture(page(f"https://example.org/{number % 50}", number=number))
        if number % 7 == 0:
            manifest.flush()
            print(number, flush=True)
"""


@pytest.mark.parametrize("moment", [1, 3, 8, 20, 33])
def test_a_kill_in_the_middle_of_writing_leaves_no_half_state(tmp_path: Path, moment: int) -> None:
    with script(WRITE, tmp_path) as process:
        assert process.stdout is not None
        for _ in range(moment):
            told = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        process.wait()
    with reading(tmp_path) as manifest:
        records = manifest.verify_records()
    assert records >= 1 + 2 * (told + 1)
    before = state(tmp_path)
    assert len(before["looks"]) + len(before["captures"]) + 1 == records
    with Manifest.open(address(tmp_path), noon_clock()) as manifest:
        manifest.rebuild()
    assert state(tmp_path) == before


def test_an_interrupt_keeps_what_waited_and_doubles_nothing(tmp_path: Path) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with Manifest.open(address(tmp_path), noon_clock()) as manifest, manifest.lock("run"):
        run = manifest.begin_run(version="1", command="run", settings_sha256=SHA)
        manifest.add_look(look(A), ALIVE)
        manifest.known()  # in the transaction by now
        manifest.add_look(look(A), ALIVE)
        manifest.before_commit(interrupt)
        with pytest.raises(KeyboardInterrupt):
            manifest.flush()
        assert kinds(tmp_path) == ["run-began"]
        manifest.before_commit(lambda: None)
        assert manifest.known()[0].looks == 2
        manifest.end_run(run, exit_code=130, interrupted=True)
    assert kinds(tmp_path) == ["run-began", "look", "look", "run-ended"]


STORM = """
import itertools, random
numbers, done, dice = itertools.count(), [], random.Random(7)
signal.signal(signal.SIGALRM, signal.default_int_handler)
with Manifest.open(address(folder), noon_clock()) as manifest, manifest.lock("run"):
    manifest.begin_run(version="1", command="run", settings_sha256="")
    for _ in range(300):
        try:
            signal.setitimer(signal.ITIMER_REAL, dice.uniform(0.0001, 0.004))
            while True:
                number = next(numbers)
                manifest.add_look(look(A, title=str(number)), ALIVE)
                done.append(number)
                (manifest.flush, manifest.sources, lambda: None)[number % 3]()
        except KeyboardInterrupt:
            signal.setitimer(signal.ITIMER_REAL, 0)
print(*done)
"""


def test_whatever_an_interrupt_hits_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    with script(STORM, tmp_path) as process:
        (line,) = finish(process)
    done = [int(number) for number in line.split()]
    seen = [int(title) for title, in table(tmp_path, "SELECT title FROM looks ORDER BY record")]
    assert seen == sorted(set(seen))
    assert set(done) <= set(seen)
    with reading(tmp_path) as manifest:
        assert manifest.verify_records() == len(seen) + 1
        assert manifest.known()[0].looks == len(seen)


def test_files_are_made_safe_before_the_manifest_speaks_of_them(tmp_path: Path) -> None:
    seen: list[list[str]] = []
    with Manifest.open(address(tmp_path), noon_clock()) as manifest, manifest.lock("run"):
        manifest.begin_run(version="1", command="run", settings_sha256=SHA)
        manifest.before_commit(lambda: seen.append(kinds(tmp_path)))
        manifest.add_look(look(A), ALIVE)
        manifest.flush()
        manifest.flush()  # nothing waits
    assert seen == [["run-began"]]


# ---------------------------------------------------------------- side by side

OPEN = """
print("ready", flush=True)
sys.stdin.readline()
with Manifest.open(address(folder), noon_clock()) as manifest:
    print(len(manifest.known()), flush=True)
"""


def test_several_processes_may_open_a_new_manifest_at_once(tmp_path: Path) -> None:
    with script(OPEN, tmp_path) as one, script(OPEN, tmp_path) as two, script(OPEN, tmp_path) as three:
        everybody = (one, two, three)
        for process in everybody:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in everybody:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        assert [finish(process) for process in everybody] == [["0"]] * 3
    assert table(tmp_path, "SELECT version FROM schema_versions") == [(3,)]


def test_readers_see_whole_batches_while_a_run_writes(tmp_path: Path) -> None:
    with script(WRITE, tmp_path) as process:
        assert process.stdout is not None
        told = -1
        for _ in range(15):
            told = int(process.stdout.readline())
            with reading(tmp_path) as manifest:
                looks = sum(one.looks for one in manifest.known())
                records = manifest.verify_records()
                assert looks > told
                assert records >= 1 + 2 * looks
                (run,) = manifest.runs(1)
                assert (run.finished, run.interrupted) == (None, False)


def test_a_batch_is_committed_when_it_is_large_or_old(tmp_path: Path) -> None:
    from datetime import timedelta

    clock = noon_clock()
    with running(tmp_path, clock) as manifest:
        for _ in range(2001):
            manifest.add_look(look(A), ALIVE)
        assert len(kinds(tmp_path)) == 2001  # with the run's own; the newest waits
        clock.advance(timedelta(seconds=3))
        manifest.add_look(look(A), ALIVE)
        assert len(kinds(tmp_path)) == 2002
        assert json.loads(table(tmp_path, "SELECT counts FROM runs")[0][0]) == {}
