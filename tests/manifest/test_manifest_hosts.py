"""What looks show of hosts is kept with the days on which it was last so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from manifest_samples import ALIVE, GONE, NOON, UNSURE, A, B, C, essay, look, reading, running
from msgspec.structs import replace

from archiver.model import FailureKind, HopFact, HostFacts, Signal, SignalKind, VerdictKind

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.model import Observation

HOUR = timedelta(hours=1)
NAME = "example.org"
WALL = Signal(kind=SignalKind.BOT_WALL, detail="a challenge of Palisade")


def known(folder: Path, *looks: Observation, name: str = NAME) -> HostFacts:
    with running(folder) as manifest:
        for one in looks:
            manifest.add_look(one, UNSURE)
    with reading(folder) as manifest:
        return manifest.host(name)


def failed(kind: FailureKind, **more: Any) -> Observation:
    return look(A, status=None, failure=kind, **more)


def test_of_a_host_nobody_met_nothing_is_known(tmp_path: Path) -> None:
    assert known(tmp_path) == HostFacts(name=NAME)


@pytest.mark.parametrize(("one", "facts"), [
    (look(A), {}),  # its links tell
    (look(A, status=404), {"answered": NOON, "honest": NOON}),
    (look(A, status=410), {"answered": NOON, "honest": NOON}),
    (look(A, status=404, hops=(HopFact(url=A, status=404),)), {"answered": NOON, "honest": NOON}),
    (look(A, status=404, hops=(HopFact(url=f"https://{NAME}/oembed?url=a", status=404),)), {"answered": NOON}),
    (look(A, status=503), {"answered": NOON}),
    (look(A, status=503, retry_after=90), {"answered": NOON, "limited": NOON, "retry_after": 90}),
    (look(A, status=429), {"answered": NOON, "limited": NOON}),
    (look(A, status=403, signals=(WALL,)), {"answered": NOON, "wall": NOON, "wall_by": "a challenge of Palisade"}),
    (look(A, signals=(WALL,)), {"answered": NOON, "wall": NOON, "wall_by": "a challenge of Palisade"}),
    (look(A, sibling=404), {"answered": NOON, "honest": NOON}),
    (look(A, sibling=200), {"answered": NOON, "catch_all": NOON}),
    (look(A, sibling=503), {"answered": NOON}),
    (failed(FailureKind.TIMEOUT), {"silent": NOON, "silence": "timeout"}),
    (failed(FailureKind.NO_SUCH_HOST), {"silent": NOON, "silence": "no-such-host"}),
    (failed(FailureKind.REDIRECT_LOOP), {"answered": NOON}),
    (failed(FailureKind.ROBOTS), {"robots": NOON}),
    (failed(FailureKind.OFFLINE), {}),
    (failed(FailureKind.GAVE_UP, retry_after=90), {}),
    (failed(FailureKind.PROXY), {}),
    (failed(FailureKind.FORBIDDEN_ADDRESS), {}),
    (look(A, status=404, via="second opinion"), {}),  # what others are told is another matter
    (look(A, status=None), {}),
])
def test_what_one_look_tells_of_its_host(tmp_path: Path, one: Observation, facts: dict[str, Any]) -> None:
    assert known(tmp_path, one) == HostFacts(name=NAME, **facts)


def test_the_last_word_is_of_who_gave_it(tmp_path: Path) -> None:
    one = replace(look(A, status=404), final_url="https://else.example.com/404", sibling=200)
    assert known(tmp_path, one, name="else.example.com") == HostFacts(
        name="else.example.com", answered=NOON, honest=NOON,
    )
    assert known(tmp_path) == HostFacts(name=NAME, answered=NOON, catch_all=NOON)


@pytest.mark.parametrize("flushed", [True, False])
def test_the_newest_counts_and_each_by_itself(tmp_path: Path, *, flushed: bool) -> None:
    looks = [
        look(A, at=NOON + 3 * HOUR, status=429, retry_after=60), look(B, at=NOON + 2 * HOUR, status=404),
        look(A, at=NOON + HOUR, status=429, retry_after=5), failed(FailureKind.TIMEOUT, at=NOON + 5 * HOUR),
        failed(FailureKind.REFUSED, at=NOON + 4 * HOUR),
    ]
    with running(tmp_path) as manifest:
        for one in looks:
            manifest.add_look(one, UNSURE)
            if flushed:
                manifest.flush()
        manifest.flush()
        assert manifest.host(NAME) == HostFacts(
            name=NAME, answered=NOON + 3 * HOUR, honest=NOON + 2 * HOUR, limited=NOON + 3 * HOUR, retry_after=60,
            silent=NOON + 5 * HOUR, silence="timeout",
        )


def test_its_links_are_counted_as_they_are_now(tmp_path: Path) -> None:
    links = [f"https://{NAME}/{number}" for number in range(5)]
    moved = replace(ALIVE, kind=VerdictKind.MOVED)
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", *links, C))
        for link, verdict in zip(links[:4], [ALIVE, moved, GONE, UNSURE], strict=True):
            manifest.add_look(look(link, at=NOON), verdict)
        manifest.add_look(look(links[0], at=NOON + HOUR), ALIVE)
        manifest.add_look(look(C), ALIVE)
        manifest.flush()
        facts = HostFacts(
            name=NAME, answered=NOON + HOUR, links=4, alive=2, dead=1, there=(NOON + HOUR, NOON),
        )
        assert manifest.host(NAME) == facts
        films = HostFacts(name="films.example.net", answered=NOON, links=1, alive=1, there=(NOON,))
        assert manifest.hosts() == (replace(facts, there=(NOON + HOUR,)), films)


def test_a_thousand_times_are_enough(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        for number in range(1100):
            manifest.add_look(look(f"https://{NAME}/{number}", at=NOON + number * HOUR), ALIVE)
        manifest.flush()
        there = manifest.host(NAME).there
    assert len(there) == 1000
    assert there[0] == NOON + 1099 * HOUR


def test_asking_for_a_host_forces_nothing_into_the_database(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_look(look(A, status=404), GONE)
        assert manifest.host(NAME) == HostFacts(name=NAME)
        manifest.flush()
        assert manifest.host(NAME).honest == NOON


def test_links_of_hosts_are_listed(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A, B, C))
        assert manifest.links_at([NAME], 9) == (A, B)
        assert manifest.links_at([NAME], 1) == (A,)
        assert manifest.links_at([], 9) == ()
        assert set(manifest.host_names(9)) == {NAME, "films.example.net"}
