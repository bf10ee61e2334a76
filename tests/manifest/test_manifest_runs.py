"""Runs: what is told of them, and how lost ones are found."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from manifest_samples import ALIVE, NOON, SHA, A, address, kinds, look, noon_clock, reading, running, table

from archiver.manifest.store import Manifest
from archiver.model import RunFacts

if TYPE_CHECKING:
    from pathlib import Path


def test_a_run_id_is_a_uuid_of_version_7_that_sorts_by_time(tmp_path: Path) -> None:
    clock = noon_clock()
    with running(tmp_path, clock):
        clock.advance(timedelta(milliseconds=2))
    with running(tmp_path, clock):
        pass
    ids = [UUID(run) for run, in table(tmp_path, "SELECT id FROM runs ORDER BY record")]
    assert [one.version for one in ids] == [7, 7]
    assert [one.int >> 80 for one in ids] == [int(NOON.timestamp() * 1000), int(NOON.timestamp() * 1000) + 2]


def test_runs_come_newest_first(tmp_path: Path) -> None:
    clock = noon_clock()
    hour = timedelta(hours=1)
    with Manifest.open(address(tmp_path), clock) as manifest:
        ids = []
        for offline in (False, True, False):
            with manifest.lock("run"):
                ids.append(manifest.begin_run(version="1.2.3", command="run", settings_sha256=SHA))
                clock.advance(hour)
                manifest.end_run(ids[-1], exit_code=75 if offline else 0, offline=offline, counts={"looked": 2})
        assert manifest.runs(2) == (
            RunFacts(id=ids[2], started=NOON + 2 * hour, finished=NOON + 3 * hour, version="1.2.3"),
            RunFacts(id=ids[1], started=NOON + hour, finished=NOON + 2 * hour, version="1.2.3", offline=True),
        )
        assert len(manifest.runs(10)) == 3
        assert manifest.report().run == manifest.runs(1)[0]
        assert manifest.report(ids[1]).run == manifest.runs(2)[1]
    assert table(tmp_path, "SELECT command, settings_sha256, exit_code, counts FROM runs LIMIT 1") == [
        ("run", SHA, 0, '{"looked":2}'),
    ]


def test_an_interrupted_run_is_shown_as_such(tmp_path: Path) -> None:
    with Manifest.open(address(tmp_path), noon_clock()) as manifest, manifest.lock("run"):
        run = manifest.begin_run(version="1", command="run", settings_sha256=SHA)
        manifest.add_look(look(A), ALIVE)
        manifest.end_run(run, exit_code=130, interrupted=True)
        assert manifest.runs(1)[0].interrupted
        assert manifest.runs(1)[0].finished == NOON


def test_a_run_under_way_is_not_taken_for_lost(tmp_path: Path) -> None:
    with Manifest.open(address(tmp_path), noon_clock()) as manifest, manifest.lock("run"):
        run = manifest.begin_run(version="1", command="run", settings_sha256=SHA)
        assert manifest.runs(1) == (RunFacts(id=run, started=NOON, finished=None, version="1"),)
        with reading(tmp_path) as other:
            assert other.runs(1) == manifest.runs(1)


def test_a_run_that_never_ended_is_lost_at_once_and_recorded_by_the_next(tmp_path: Path) -> None:
    with Manifest.open(address(tmp_path), noon_clock()) as manifest, manifest.lock("run"):
        lost = manifest.begin_run(version="1", command="run", settings_sha256=SHA)
    with reading(tmp_path) as manifest:
        assert [(run.id, run.finished, run.interrupted) for run in manifest.runs(5)] == [(lost, None, True)]
        assert manifest.report().run.interrupted
    for _ in range(2):
        with running(tmp_path):
            pass
    assert kinds(tmp_path) == ["run-began", "run-began", "run-lost", "run-ended", "run-began", "run-ended"]
    assert table(tmp_path, "SELECT body FROM records WHERE kind = 'run-lost'") == [(f'{{"run":"{lost}"}}',)]
    with reading(tmp_path) as manifest:
        assert [run.interrupted for run in manifest.runs(5)] == [False, False, True]


def test_a_manifest_without_a_run_still_gives_a_report(tmp_path: Path) -> None:
    with Manifest.open(address(tmp_path), noon_clock()) as manifest:
        assert manifest.runs(1) == ()
        assert manifest.report().run.id == ""
        assert manifest.report().run.interrupted is False


def test_nothing_is_recorded_outside_a_run(tmp_path: Path) -> None:
    with Manifest.open(address(tmp_path), noon_clock()) as manifest:
        with pytest.raises(RuntimeError, match="needs the lock"):
            manifest.begin_run(version="1", command="run", settings_sha256=SHA)
        with manifest.lock("run"), pytest.raises(RuntimeError, match="outside a run"):
            manifest.add_look(look(A), ALIVE)
        with manifest.lock("run"), pytest.raises(RuntimeError, match="only the run under way"):
            manifest.end_run("another", exit_code=0)
    assert kinds(tmp_path) == []
