"""What a person says of a link stands above what looks say, until its end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from manifest_samples import (
    ALIVE,
    GONE,
    NOON,
    UNSURE,
    A,
    B,
    address,
    essay,
    kinds,
    look,
    mark,
    noon_clock,
    reading,
    running,
    table,
)
from msgspec.structs import replace

from archiver.errors import Busy
from archiver.manifest.store import Manifest
from archiver.model import Reason, Variant, Verdict, VerdictKind

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.model import LinkState, Mark

DAY = timedelta(days=1)
TODAY = NOON.date()


def state(folder: Path, *marks: Mark, verdict: Verdict | None = GONE, days: int = 0) -> LinkState:
    """Give the state of a link that was judged so and then marked, so many days later."""
    with running(folder) as manifest:
        manifest.add_document(essay("a.md", A, B))
        if verdict is not None:
            manifest.add_look(look(A, status=404), verdict)
    with Manifest.open(address(folder), noon_clock()) as manifest, manifest.lock("mark"):
        for one in marks:
            manifest.add_mark(one)
    clock = noon_clock()
    clock.advance(days * DAY)
    with Manifest.open(address(folder), clock, create=False, read_only=True) as manifest:
        found, other = manifest.report().links
        assert manifest.state_of(A) == found
        assert other.mark is None
        return found


def test_a_mark_stands_above_the_looks(tmp_path: Path) -> None:
    said = mark(A, until=date(2027, 1, 1))
    found = state(tmp_path, said, verdict=replace(GONE, confirmed=True, fix=Variant(url=B, why="by http")))
    assert found.verdict == Verdict(
        kind=VerdictKind.ALIVE, reason=Reason.MARKED, status=404,
        because="Marked alive by Ann until 1 January 2027: it opens in my browser. The looks say dead: It answers 404.",
    )
    assert (found.mark, found.looks, found.since) == (said, 1, NOON)
    assert found.judged == replace(GONE, confirmed=True, fix=Variant(url=B, why="by http"))


@pytest.mark.parametrize(("kind", "confirmed"), [
    (VerdictKind.DEAD, True), (VerdictKind.CHANGED, True), (VerdictKind.RESTRICTED, False), (VerdictKind.BLOCKED, False),
])
def test_a_person_is_sure(tmp_path: Path, kind: VerdictKind, *, confirmed: bool) -> None:
    verdict = state(tmp_path, mark(A, kind=kind), verdict=ALIVE).verdict
    assert (verdict.kind, verdict.confirmed) == (kind, confirmed)
    assert verdict.because == (
        f"Marked {kind} by Ann for ever: it opens in my browser. The looks say alive: It answers 200."
    )


def test_what_nobody_looked_at_can_be_marked(tmp_path: Path) -> None:
    found = state(tmp_path, mark(A, reason="Seen in print."), verdict=None)
    assert found.verdict.because == "Marked alive by Ann for ever: Seen in print. Not looked at yet."


@pytest.mark.parametrize(("until", "days", "holds"), [
    (TODAY, 0, True), (TODAY, 1, False), (TODAY + 90 * DAY, 90, True), (TODAY + 90 * DAY, 91, False), (None, 9999, True),
])
def test_a_mark_ends_by_itself_with_its_last_day(tmp_path: Path, until: date | None, days: int, *, holds: bool) -> None:
    found = state(tmp_path, mark(A, until=until), days=days)
    assert (found.mark is not None, found.judged is not None) == (holds, holds)
    assert found.verdict.kind is (VerdictKind.ALIVE if holds else VerdictKind.DEAD)
    assert holds or found.verdict == GONE


def test_the_last_mark_counts_even_when_it_is_over(tmp_path: Path) -> None:
    found = state(tmp_path, mark(A), mark(A, kind=VerdictKind.BLOCKED, until=TODAY), days=1)
    assert (found.mark, found.verdict) == (None, GONE)


def test_looks_go_on_beneath_a_mark(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
        manifest.add_look(look(A), ALIVE)
        manifest.add_mark(mark(A, kind=VerdictKind.DEAD))
        manifest.add_look(look(A, at=NOON + DAY), UNSURE)
        (one,) = manifest.known()
        assert (one.verdict, one.marked, one.believed) == (VerdictKind.UNKNOWN, VerdictKind.DEAD, VerdictKind.DEAD)
        assert manifest.known(A) == (one,)
        assert manifest.known(B) == ()
        manifest.clear_mark(A, "Ann")
        (state,) = manifest.report().links
    assert (state.verdict, state.mark, state.judged) == (UNSURE, None, None)


def test_marks_are_records_that_need_the_lock_and_no_run(tmp_path: Path) -> None:
    state(tmp_path, mark(A))
    with Manifest.open(address(tmp_path), noon_clock()) as manifest:
        with pytest.raises(RuntimeError, match="nothing can be recorded outside a run"):
            manifest.add_mark(mark(A))
        with manifest.lock("mark"):
            manifest.clear_mark(A, "Ann")
            with pytest.raises(RuntimeError, match="nothing can be recorded outside a run"):
                manifest.add_look(look(A), ALIVE)
            with Manifest.open(address(tmp_path), noon_clock()) as other, pytest.raises(Busy), other.lock("run"):
                pass
        assert len(manifest.runs(9)) == 1
        assert manifest.verify_records() == 6
    assert kinds(tmp_path)[-2:] == ["mark", "mark-cleared"]
    assert table(tmp_path, "SELECT DISTINCT run FROM records WHERE kind LIKE 'mark%'") == [("",)]
    with running(tmp_path):
        pass
    with reading(tmp_path) as manifest:
        assert [run.interrupted for run in manifest.runs(9)] == [False, False]


def test_marks_are_part_of_the_biography(tmp_path: Path) -> None:
    state(tmp_path, mark(A, until=date(2027, 1, 1), reason="two\nlines"))
    with Manifest.open(address(tmp_path), noon_clock()) as manifest, manifest.lock("mark"):
        manifest.clear_mark(A, "Ben")
        history: list[tuple[Any, ...]] = [(entry.at, entry.kind, entry.text) for entry in manifest.history(A)]
    assert history[2:] == [
        (NOON, "mark", "marked alive by Ann until 1 January 2027: two lines"), (NOON, "mark", "mark taken back by Ben"),
    ]


def test_a_fix_is_kept_with_its_verdict(tmp_path: Path) -> None:
    fixed = replace(GONE, fix=Variant(url=B, why="without the digit at its end"))
    assert state(tmp_path, verdict=fixed).verdict == fixed
