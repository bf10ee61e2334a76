"""Records: their text and digest, and the proof that they are as they were written."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manifest_samples import ALIVE, NOON, A, document, essay, look, reading, running, state, table

from archiver.errors import ManifestError
from archiver.manifest import records
from archiver.manifest.records import Kind
from archiver.model import Answer, Lookup, Observation, Snapshot, Unreadable

if TYPE_CHECKING:
    from pathlib import Path


def change(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / "manifest.sqlite")) as database, database:
        database.execute(sql)


def test_a_record_is_canonical_json_with_its_digest(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_unreadable(Unreadable(source="ü.md", reason="gone", hint=""))
    ((seq, run, kind, at, subject, body, sha256),) = table(tmp_path, "SELECT * FROM records WHERE seq = 2")
    assert (seq, kind, at, subject) == (2, "unreadable", "2026-03-02T12:00:00.000000Z", "ü.md")
    assert body == '{"hint":"","reason":"gone","source":"ü.md"}'
    text = f"{run}\nunreadable\n2026-03-02T12:00:00.000000Z\nü.md\n{body}"
    assert sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_a_look_holds_every_fact_and_the_verdict(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_look(look(A), ALIVE)
    ((body,),) = table(tmp_path, "SELECT body FROM records WHERE kind = 'look'")
    assert body == (
        '{"observation":{"at":"2026-03-02T12:00:00Z","etag":null,"failure":null,"failure_detail":"",'
        f'"final_url":"{A}","fix":null,"hops":[],"length":null,"link":"{A}","media_type":null,"modified":null,'
        '"peer":null,"retry_after":null,"sha256":null,"sibling":null,"signals":[],"status":200,"title":null,'
        '"truncated":null,"via":null},"verdict":{"because":"It answers 200.","confirmed":false,"final_url":null,'
        '"fix":null,"kind":"alive","reason":"ok","status":200,"warnings":[]}}'
    )


def test_intact_records_are_counted(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
    with reading(tmp_path) as manifest:
        assert manifest.verify_records() == 3


@pytest.mark.parametrize(("harm", "says"), [
    ("UPDATE records SET body = replace(body, 'alive', 'moved') WHERE seq = 3", "record 3 (look) is not as it was"),
    ("UPDATE records SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 2", "record 2 (document) is not as it was"),
    ("UPDATE records SET run = 'another' WHERE seq = 2", "record 2 (document) is not as it was"),
    ("UPDATE records SET subject = 'b.md' WHERE seq = 2", "record 2 (document) is not as it was"),
    ("UPDATE records SET kind = 'job' WHERE seq = 2", "record 2 (job) is not as it was"),
    ("DELETE FROM records WHERE seq = 2", "record 2 is missing"),
    ("DELETE FROM records WHERE seq = 1", "record 1 is missing"),
])
def test_a_record_that_was_changed_is_named(tmp_path: Path, harm: str, says: str) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
        manifest.add_look(look(A), ALIVE)
    change(tmp_path, harm)
    with reading(tmp_path) as manifest, pytest.raises(ManifestError, match=r"manifest\.sqlite: record ") as caught:
        manifest.verify_records()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_record_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
    change(tmp_path, "UPDATE records SET body = '{}' WHERE seq = 2")
    with reading(tmp_path) as manifest, pytest.raises(ManifestError, match=r"record 2 \(document\) cannot be read"):
        manifest.report()


def test_a_kind_of_a_later_version_is_kept_and_passed_over(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
    change(tmp_path, "INSERT INTO records VALUES (4, 'r', 'seal', '2026', '', '{}', 'x')")
    before = state(tmp_path)
    with running(tmp_path) as manifest:
        manifest.rebuild()
        assert [one.link for one in manifest.known()] == [A]
    assert {row[0] for row in before["links"]} == {A}
    assert table(tmp_path, "SELECT kind FROM records WHERE seq = 4") == [("seal",)]


# ---------------------------------------------------------------- what is no text, and what is too large


@pytest.mark.parametrize(("title", "kept"), [
    ("a\x00b", "a\ufffdb"), ("a\ud83db", "a\ufffdb"), ("\udce9", "\ufffd"), ("\\u0000", "\\u0000"),
    ("\U0001f600 \u202e x", "\U0001f600 \u202e x"), ("", ""), ("line\r\nfeed\u2028", "line\r\nfeed\u2028"),
    ('quo"te \\ \x1b[31m', 'quo"te \\ \x1b[31m'),
])
def test_text_is_kept_but_for_what_is_none(tmp_path: Path, title: str, kept: str) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(document("a.md", title=title))
        manifest.add_look(look(A, title=title), ALIVE)
        assert manifest.observations(A)[0].title == kept
        manifest.flush()
        before = state(tmp_path)
        manifest.rebuild()
        assert manifest.report().documents[0].title == kept
        assert state(tmp_path) == before
    with reading(tmp_path) as manifest:
        assert manifest.verify_records() == 4


def test_huge_values_fit(tmp_path: Path) -> None:
    title = "x" * 5_000_000
    taken = datetime(2000, 1, 1, tzinfo=UTC)
    huge = Snapshot(archive="ark", url="https://ark.example/1", original=A, taken=taken, status=10**30)
    with running(tmp_path) as manifest:
        manifest.add_document(document("a.md", title=title))
        manifest.add_look(look(A, retry_after=10**40, length=2**63 - 1), ALIVE)
        manifest.add_lookup(Lookup(
            archive="ark", link=A, at=NOON, answer=Answer.FOUND, snapshots=(huge,), retry_after=float("inf"),
        ))
        found = manifest.state_of(A)
        assert manifest.report().documents[0].title == title
        assert manifest.observations(A)[0].retry_after == 2**63 - 1
        assert found is not None
        assert found.snapshots[0].status == 2**63 - 1


def test_times_are_written_in_utc(tmp_path: Path) -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    with running(tmp_path) as manifest:
        manifest.add_look(look(A, at=datetime(2026, 3, 2, 1, 2, 3, 4, tzinfo=east)), ALIVE)
    assert table(tmp_path, "SELECT at FROM looks") == [("2026-03-01T19:32:03.000004Z",)]


def test_a_time_without_a_zone_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        with pytest.raises(ValueError, match="aware"):
            manifest.add_look(look(A, at=NOON.replace(tzinfo=None)), ALIVE)
        manifest.flush()
        assert manifest.known() == ()


_TEXT = st.text(st.characters(codec=None), max_size=12)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(
    Observation, link=_TEXT, at=st.datetimes(timezones=st.just(UTC)), title=st.none() | _TEXT, failure_detail=_TEXT,
    length=st.none() | st.integers(), status=st.none() | st.integers(),
))
def test_any_look_becomes_json_that_reads_back(seen: Observation) -> None:
    value = records.Look(observation=seen, verdict=ALIVE)
    text, body = records.make(Kind.LOOK, value)
    text.encode()
    assert "\\u0000" not in text.replace("\\\\", "")
    assert records.decode_look(text) == body
    assert records.make(Kind.LOOK, body) == (text, body)
