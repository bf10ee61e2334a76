"""State is derived: dropping it and deriving it again gives the same, whatever happened and however it was cut."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manifest_samples import (
    ALIVE,
    GONE,
    NOON,
    SHA,
    UNSURE,
    A,
    B,
    C,
    address,
    cite,
    document,
    film,
    found,
    job,
    look,
    mark,
    noon_clock,
    page,
    snapshot,
    state,
    table,
)
from msgspec.structs import replace

from archiver.manifest.store import Manifest
from archiver.model import (
    Answer,
    CitationKind,
    FailureKind,
    JobState,
    Lookup,
    Observation,
    Signal,
    SignalKind,
    Unreadable,
    VerdictKind,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.clock import ManualClock

Event = tuple[str, Any]

_sources = st.sampled_from(["a.md", "b.md", "c\x00.md"])
_links = st.sampled_from([A, B, C])
_hours = st.integers(0, 5).map(lambda hours: NOON + timedelta(hours=hours))
_taken = st.sampled_from([datetime(2011, 12, 20, tzinfo=NOON.tzinfo), datetime(2020, 1, 2, tzinfo=NOON.tzinfo)])


@st.composite
def _documents(draw: st.DrawFn) -> Any:
    source = draw(_sources)
    cited = draw(st.lists(st.tuples(st.none() | _links, st.sampled_from(CitationKind)), max_size=4))
    return document(source, *(cite(source, link, kind=kind, lost=link is None) for link, kind in cited))


@st.composite
def _lookups(draw: st.DrawFn) -> Lookup:
    archive, link, at = draw(st.sampled_from(["ark", "vault"])), draw(_links), draw(_hours)
    if draw(st.booleans()):
        return Lookup(archive=archive, link=link, at=at, answer=Answer.UNKNOWN, retry_after=draw(st.none() | st.just(9.0)))
    return found(archive, link, *draw(st.lists(_taken, max_size=2)), at=at)


@st.composite
def _jobs(draw: st.DrawFn) -> Any:
    link, made = draw(_links), draw(st.sampled_from(JobState))
    kept = snapshot("ark", link, draw(_taken), good=draw(st.none() | st.booleans())) if made is JobState.DONE else None
    return job(draw(st.integers(1, 3)), link, made, asked=draw(_hours), snapshot=kept)


@st.composite
def _looks(draw: st.DrawFn) -> Observation:
    failure = draw(st.none() | st.sampled_from(FailureKind))
    wall = Signal(kind=SignalKind.BOT_WALL, detail=draw(st.sampled_from(["one", "other\x00"])))
    return replace(
        look(
            draw(_links), at=draw(_hours), status=None if failure else draw(st.sampled_from([200, 404, 429, 503])),
            title=draw(st.sampled_from([None, "t\x00"])), retry_after=draw(st.sampled_from([None, 60, 10**25])),
            failure=failure, sibling=draw(st.sampled_from([None, 200, 404, 500])),
            signals=draw(st.sampled_from([(), (wall,)])),
        ),
        final_url=draw(st.sampled_from([None, A, C, "https://else.example.com/", "no address"])),
    )


_events: st.SearchStrategy[Event] = st.one_of(
    st.tuples(st.just("document"), _documents()),
    st.tuples(st.just("unreadable"), st.builds(Unreadable, source=_sources, reason=st.just("gone"))),
    st.tuples(st.just("drop"), st.sets(_sources)),
    st.tuples(st.just("look"), st.tuples(
        _looks(),
        st.sampled_from([ALIVE, GONE, UNSURE]),
    )),
    st.tuples(st.just("lookup"), _lookups()),
    st.tuples(st.just("job"), _jobs()),
    st.tuples(st.just("capture"), st.one_of(
        st.builds(film, _links),
        st.builds(
            page, _links, at=_hours, number=st.integers(1, 5), revisit=st.booleans(),
            truncated=st.sampled_from([None, "time"]),
        ),
    )),
    st.tuples(st.just("media_failure"), _links),
    st.tuples(st.just("mark"), st.builds(
        mark, _links, kind=st.sampled_from([VerdictKind.ALIVE, VerdictKind.DEAD]), reason=st.sampled_from(["x", "y\x00"]),
        until=st.sampled_from([None, NOON.date(), NOON.date() - timedelta(days=1)]),
    )),
    st.tuples(st.just("clear"), _links),
    st.tuples(st.just("next run"), st.booleans()),
    st.tuples(st.just("pass time"), st.integers(1, 5)),
    st.tuples(st.just("flush"), st.none()),
    st.tuples(st.just("ask"), st.none()),
)


def play(folder: Path, events: list[Event], *, after_each: Callable[[Manifest], object]) -> None:
    """Record these events; runs are numbered by their turn, so that two plays can be compared."""
    clock = noon_clock()
    with Manifest.open(address(folder), clock) as manifest, manifest.lock("run"):
        run = _begin(manifest)
        for name, value in events:
            run = _happen(manifest, clock, run, name, value)
            after_each(manifest)


def _begin(manifest: Manifest) -> str:
    return manifest.begin_run(version="1", command="run", settings_sha256=SHA)


def _happen(manifest: Manifest, clock: ManualClock, run: str, name: str, value: Any) -> str:
    if name == "next run":
        if value:
            manifest.end_run(run, exit_code=0, counts={"looked": 1})
        return _begin(manifest)
    if name == "pass time":
        clock.advance(timedelta(seconds=value))
    elif name == "drop":
        manifest.drop_documents(value)
    elif name == "flush":
        manifest.flush()
    elif name == "ask":
        manifest.known()
    elif name == "look":
        manifest.add_look(*value)
    elif name == "clear":
        manifest.clear_mark(value, "Ann")
    elif name == "media_failure":
        manifest.add_media_failure(value, "too large")
    else:
        getattr(manifest, f"add_{name}")(value)
    return run


def numbered(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Give the state with run ids replaced by their turn."""
    turns = {run: f"run {turn}" for turn, (run,) in enumerate(table(folder, "SELECT id FROM runs ORDER BY record"))}
    return {
        name: sorted((tuple(turns.get(value, value) if isinstance(value, str) else value for value in row) for row in rows), key=repr)
        for name, rows in state(folder).items()
    }


def asked(manifest: Manifest) -> tuple[object, ...]:
    return (
        manifest.known(), manifest.report(), manifest.open_jobs(), manifest.runs(50), manifest.history(A),
        manifest.state_of(A), manifest.hosts(), manifest.host("example.org"),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_events, max_size=25))
def test_deriving_again_gives_the_same_state(events: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        play(folder, events, after_each=lambda _: None)
        before = state(folder)
        with Manifest.open(address(folder), noon_clock()) as manifest:
            told = asked(manifest)
            manifest.rebuild()
            assert state(folder) == before
            assert asked(manifest) == told
            manifest.verify_records()
        with closing(sqlite3.connect(folder / "manifest.sqlite")) as database:
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_events, max_size=15))
def test_it_does_not_matter_where_batches_end(events: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        play(Path(one), events, after_each=lambda _: None)
        play(Path(other), events, after_each=Manifest.flush)
        assert numbered(Path(one)) == numbered(Path(other))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(
    st.tuples(st.just("document"), _documents()), st.tuples(st.just("drop"), st.sets(_sources)),
    st.tuples(st.just("look"), st.tuples(st.builds(look, _links), st.just(ALIVE))),
), max_size=15))
def test_citations_and_looks_are_counted_right(events: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as name:
        play(Path(name), events, after_each=lambda _: None)
        with Manifest.open(address(Path(name)), noon_clock()) as manifest:
            known = {one.link: one for one in manifest.known()}
    documents: dict[str, Any] = {}
    looks: list[str] = []
    for what, value in events:
        if what == "document":
            documents[value.source] = value.citations
        elif what == "drop":
            documents = {source: cited for source, cited in documents.items() if source not in value}
        else:
            looks.append(value[0].link)
    cited = [citation for citations in documents.values() for citation in citations]
    for link, one in known.items():
        mine = [citation for citation in cited if citation.link == link]
        assert one.citations == len(mine)
        assert one.media == any(citation.kind is CitationKind.MEDIA for citation in mine)
        assert one.looks == looks.count(link)
    assert {citation.link for citation in cited if citation.link} | set(looks) <= known.keys()
