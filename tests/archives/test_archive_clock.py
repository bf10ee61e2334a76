"""Politeness: never a request before its time, whoever else is asking."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from archiver.archives.clock import CDX, REPLAY, SUBMIT, HostClock, Lane, Later
from archiver.clock import ManualClock, SystemClock

if TYPE_CHECKING:
    from pathlib import Path

FAST = Lane(name="query", interval=0.15)

_OTHER = """
import sys
from pathlib import Path
from archiver.archives.clock import HostClock, Lane
from archiver.clock import SystemClock
clock = SystemClock()
pace = HostClock("archive.org", clock, Path(sys.argv[1]))
for _ in range(8):
    assert pace.turn(Lane(name="query", interval=0.15), 60) is None
    print(clock.now().timestamp(), flush=True)
"""


def test_the_first_turn_is_free_and_the_next_one_waits(clock: ManualClock) -> None:
    pace = HostClock("archive.org", clock, None)
    assert pace.turn(CDX, 60) is None
    assert clock.naps == []
    assert pace.wait(CDX) == 2.5
    assert pace.turn(CDX, 60) is None
    assert clock.naps == [2.5]


def test_lanes_do_not_wait_for_each_other(clock: ManualClock) -> None:
    pace = HostClock("archive.org", clock, None)
    for lane in (CDX, REPLAY, SUBMIT):
        assert pace.turn(lane, 60) is None
    assert clock.naps == []


def test_a_lane_may_be_made_slower_but_not_faster() -> None:
    assert CDX.slower(10).interval == 10
    assert CDX.slower(0.1).interval == 2.5


def test_who_cannot_wait_so_long_is_told_when_to_come_back(clock: ManualClock) -> None:
    pace = HostClock("archive.org", clock, None)
    pace.refused(retry_after=600)
    later = pace.turn(CDX, 60)
    assert later == Later(seconds=600, reason="archive.org asks for patience; not asked again for 10 minutes")
    assert clock.naps == []


def test_refusals_cost_ever_more_and_an_answer_forgives(clock: ManualClock) -> None:
    pace = HostClock("archive.org", clock, None)
    waits = []
    for _ in range(4):
        pace.refused()
        waits.append(pace.wait(CDX))
        clock.sleep(pace.wait(CDX))
    assert waits == [60, 120, 240, 480]
    pace.accepted()
    pace.refused()
    assert pace.wait(CDX) == 60


def test_the_fifth_refusal_in_a_row_costs_an_hour_whatever_the_server_says(clock: ManualClock) -> None:
    pace = HostClock("archive.org", clock, None)
    for _ in range(5):
        pace.refused(retry_after=0)
    assert pace.wait(CDX) == 3600


def test_silence_costs_nothing_until_the_fifth_time(clock: ManualClock) -> None:
    pace = HostClock("archive.org", clock, None)
    for _ in range(4):
        pace.refused(busy=False)
        assert pace.wait(CDX) == 0
    pace.refused(busy=False)
    assert pace.wait(CDX) == 600


def test_any_number_of_refusals_is_borne(clock: ManualClock) -> None:
    pace = HostClock("archive.org", clock, None)
    for _ in range(1100):
        pace.refused()
    assert pace.wait(CDX) == 3600


def test_a_held_lane_is_closed_to_everybody(clock: ManualClock, tmp_path: Path) -> None:
    HostClock("archive.org", clock, tmp_path).hold(SUBMIT, 1000)
    other = HostClock("archive.org", clock, tmp_path)
    assert (other.wait(SUBMIT), other.wait(CDX)) == (1000, 0)


def test_two_clocks_of_one_folder_are_one_clock(clock: ManualClock, tmp_path: Path) -> None:
    one, other = HostClock("archive.org", clock, tmp_path), HostClock("archive.org", clock, tmp_path)
    for pace in (one, other, one, other):
        pace.turn(CDX, 60)
    assert clock.naps == [2.5, 2.5, 2.5]
    other.refused()
    assert one.wait(CDX) == 60


def test_the_clocks_of_two_services_are_two(clock: ManualClock, tmp_path: Path) -> None:
    for name in ("archive.org", "memory.demo"):
        HostClock(name, clock, tmp_path).turn(CDX, 60)
    assert clock.naps == []


def test_two_processes_and_two_threads_together_are_as_polite_as_one(tmp_path: Path) -> None:
    others = [subprocess.Popen([sys.executable, "-c", _OTHER, str(tmp_path)], stdout=subprocess.PIPE) for _ in range(2)]
    clock, mine = SystemClock(), []

    def ask() -> None:
        pace = HostClock("archive.org", clock, tmp_path)
        for _ in range(4):
            assert pace.turn(FAST, 60) is None
            mine.append(clock.now().timestamp())

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = list(mine)
    for other in others:
        out, _ = other.communicate(timeout=60)
        assert other.returncode == 0
        times += [float(line) for line in out.split()]
    times.sort()
    assert len(times) == 24
    # The times are taken after the turns, so two of them may be nearer than the turns were; all together may not.
    assert times[-1] - times[0] >= 23 * 0.15 - 0.1


@pytest.mark.parametrize("text", [
    "", "nonsense", "[]", "{}", '{"lanes": 7}', '{"lanes": {"query": "x"}, "blocked": 0, "refusals": 0}',
    '{"lanes": {"query": NaN}, "blocked": NaN, "refusals": 0}', '{"lanes": {}, "blocked": Infinity, "refusals": 0}',
    '{"lanes": {}, "blocked": 0, "refusals": 999999999999}', '{"lanes": {}, "blocked": 0, "refusals": -5}', "\0" * 100,
])
def test_a_damaged_file_stops_nobody(clock: ManualClock, tmp_path: Path, text: str) -> None:
    (tmp_path / "archive.org.clock.json").write_text(text)
    pace = HostClock("archive.org", clock, tmp_path)
    assert pace.turn(CDX, 60) is None
    assert pace.turn(CDX, 60) is None
    assert clock.naps == [2.5]
    pace.refused()
    assert pace.wait(CDX) > 0
    assert json.loads((tmp_path / "archive.org.clock.json").read_text())["lanes"]


def test_a_clock_that_was_turned_back_holds_nobody_for_years(tmp_path: Path) -> None:
    HostClock("archive.org", ManualClock(datetime(2040, 1, 1, tzinfo=UTC)), tmp_path).turn(CDX, 60)
    now = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    assert HostClock("archive.org", now, tmp_path).turn(CDX, 60) is None
    assert now.naps == []


def test_a_folder_that_cannot_be_written_leaves_one_process_polite(clock: ManualClock, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    pace = HostClock("archive.org", clock, tmp_path / "file" / "clocks")
    pace.turn(CDX, 60)
    pace.turn(CDX, 60)
    assert clock.naps == [2.5]


@pytest.mark.parametrize("name", ["../../evil", "a/b", "..", "", "C:\\x", "x" * 500, "\0"])
def test_no_name_leaves_the_folder(clock: ManualClock, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "clocks"
    HostClock(name, clock, folder).turn(CDX, 60)
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} == {folder}


def test_nothing_is_left_beside_the_file(clock: ManualClock, tmp_path: Path) -> None:
    pace = HostClock("archive.org", clock, tmp_path)
    for _ in range(5):
        pace.turn(CDX, 60)
    assert {path.name for path in tmp_path.iterdir()} <= {"archive.org.clock.json", "archive.org.clock.json.lock"}


def test_a_wait_is_never_shorter_than_it_should_be(clock: ManualClock) -> None:
    pace = HostClock("archive.org", clock, None)
    times = []
    for _ in range(50):
        pace.turn(Lane(name="x", interval=1 / 3), 60)
        times.append(clock.now())
    assert min(late - early for early, late in pairwise(times)) >= timedelta(seconds=1 / 3, microseconds=-4)
