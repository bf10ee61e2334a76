"""What the manifest knows after what was recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from manifest_samples import (
    ALIVE,
    GONE,
    NOON,
    SHA,
    UNSURE,
    A,
    B,
    C,
    cite,
    document,
    essay,
    film,
    found,
    job,
    kinds,
    look,
    noon_clock,
    page,
    reading,
    running,
    snapshot,
    table,
)

from archiver.model import (
    Answer,
    CitationKind,
    JobState,
    LinkState,
    Lookup,
    Reason,
    SnapshotHow,
    Unreadable,
    Verdict,
    VerdictKind,
    WarningCode,
)
from archiver.plan import Known

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archiver.model import Snapshot

DAY = timedelta(days=1)
OLD = datetime(2011, 12, 20, tzinfo=UTC)
NEW = datetime(2024, 5, 4, tzinfo=UTC)


# ---------------------------------------------------------------- documents


def test_a_document_comes_back_as_it_was_given(tmp_path: Path) -> None:
    given = document(
        "essay.md", cite("essay.md", A, kind=CitationKind.FOOTNOTE, on=date(2020, 2, 3)),
        cite("essay.md", None, lost=True), published=date(2019, 1, 2), title="Ungläubig — 信",
    )
    with running(tmp_path) as manifest:
        manifest.add_document(given)
    with reading(tmp_path) as manifest:
        report = manifest.report()
    assert report.documents == (given,)
    assert report.lost == (given.citations[1],)
    assert [(state.link, state.citations) for state in report.links] == [(A, given.citations[:1])]


def test_an_unchanged_document_costs_one_small_record(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("essay.md", A))
        manifest.add_document(essay("essay.md", A))
    with running(tmp_path) as manifest:
        manifest.add_document(essay("essay.md", A))
    assert kinds(tmp_path) == [
        "run-began", "document", "document-seen", "run-ended", "run-began", "document-seen", "run-ended",
    ]
    ((body,),) = table(tmp_path, "SELECT body FROM records WHERE seq = 6")
    assert body == f'{{"returned":false,"sha256":"{SHA}","source":"essay.md"}}'


def test_a_changed_document_replaces_its_citations(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("essay.md", A, A, B))
        assert {one.link: one.citations for one in manifest.known()} == {A: 2, B: 1}
        manifest.add_document(essay("essay.md", B, C))
        assert {one.link: one.citations for one in manifest.known()} == {A: 0, B: 1, C: 1}
        assert [state.link for state in manifest.report().links] == [B, C]


def test_a_reader_that_reads_more_in_the_same_bytes_makes_a_new_record(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("essay.md", A))
        manifest.add_document(essay("essay.md", A, B))
    assert kinds(tmp_path)[1:3] == ["document", "document"]


def test_documents_stand_in_reading_order_and_links_by_first_citation(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        for source, links in (("a.md", (A,)), ("b.md", (B,))):
            manifest.add_document(essay(source, *links))
    with running(tmp_path) as manifest:  # the settings now name b.md first
        manifest.add_document(essay("b.md", B))
        manifest.add_document(essay("a.md", A))
        report = manifest.report()
    assert [one.source for one in report.documents] == ["b.md", "a.md"]
    assert [one.link for one in report.links] == [B, A]


def test_a_dropped_document_is_cited_from_no_longer_until_it_returns(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A, B))
        manifest.add_document(essay("b.md", B))
        manifest.drop_documents({"a.md", "never-read.md"})
        assert manifest.sources() == {"b.md"}
        assert {one.link: one.citations for one in manifest.known()} == {A: 0, B: 1}
        manifest.drop_documents({"a.md"})  # it is dropped already
        manifest.add_document(essay("a.md", A, B))
        assert manifest.sources() == {"a.md", "b.md"}
        assert {one.link: one.citations for one in manifest.known()} == {A: 1, B: 2}
    assert kinds(tmp_path)[1:-1] == ["document", "document", "document-dropped", "document-seen"]


def test_a_document_that_cannot_be_read_today_is_still_cited_from(tmp_path: Path) -> None:
    failing = Unreadable(source="a.md", reason="cannot read it", hint="chmod")
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
        manifest.add_document(essay("b.md", B))
    with running(tmp_path) as manifest:
        manifest.add_document(essay("b.md", B))
        manifest.add_unreadable(failing)
        report = manifest.report()
        assert report.unreadable == (failing,)
        assert [one.source for one in report.documents] == ["b.md", "a.md"]
        manifest.add_document(essay("a.md", A))
        assert manifest.report().unreadable == ()


def test_a_source_never_read_is_forgotten_when_it_is_no_longer_asked_for(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_unreadable(Unreadable(source="missing.md", reason="not there"))
        assert manifest.sources() == {"missing.md"}
        manifest.drop_documents(manifest.sources())
        assert manifest.sources() == set()
        assert manifest.report().unreadable == ()


def test_an_address_that_gives_no_link_is_known_as_it_was_written(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(document("a.md", cite("a.md", None, url="ftp://example.org/x")))
        assert [one.link for one in manifest.known()] == ["ftp://example.org/x"]
        assert [one.link for one in manifest.report().links] == ["ftp://example.org/x"]


def test_a_file_name_that_is_no_text_is_not_dropped(tmp_path: Path) -> None:
    name = "caf\udce9.md"  # as Python reads a name in Latin-1
    for _ in range(2):
        with running(tmp_path) as manifest:
            manifest.add_document(essay(name, A))
            manifest.drop_documents(manifest.sources() - {name})
    assert kinds(tmp_path)[-2:] == ["document-seen", "run-ended"]
    with reading(tmp_path) as manifest:
        assert manifest.sources() == {"caf\ufffd.md"}


# ---------------------------------------------------------------- what planning needs


def test_a_link_never_looked_at(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(document("a.md", cite("a.md", C, kind=CitationKind.MEDIA), cite("a.md", C)))
        assert manifest.known() == (Known(link=C, first_seen=NOON, citations=2, media=True),)
        (state,) = manifest.report().links
    assert state.verdict == Verdict(
        kind=VerdictKind.UNKNOWN, reason=Reason.NOT_LOOKED, because="Not looked at yet.",
    )
    assert (state.looked, state.looks, state.since) == (None, 0, None)


def test_looks_are_counted_and_a_verdict_keeps_the_day_it_began(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
        manifest.add_look(look(A), ALIVE)
        manifest.add_look(look(A, at=NOON + DAY, status=404), GONE)
        manifest.add_look(look(A, at=NOON + 2 * DAY, status=404), GONE)
        (one,) = manifest.known()
    assert (one.verdict, one.reason, one.confirmed) == (VerdictKind.DEAD, Reason.NOT_FOUND, False)
    assert (one.since, one.looked, one.looks) == (NOON + DAY, NOON + 2 * DAY, 3)


@pytest.mark.parametrize(("asked", "until"), [
    (None, None), (0, NOON), (3600, NOON + timedelta(hours=1)), (-5, NOON),
    (10**25, NOON + timedelta(days=366)),
])
def test_a_host_that_asks_for_patience_gets_it_for_a_year_at_most(
    tmp_path: Path, asked: int | None, until: datetime | None,
) -> None:
    with running(tmp_path) as manifest:
        manifest.add_look(look(A, status=503, retry_after=asked), UNSURE)
        (one,) = manifest.known()
        assert one.not_before == until
        manifest.add_look(look(A), ALIVE)
        (one,) = manifest.known()
        assert one.not_before is None


def test_the_archives_answers_as_planning_sees_them(tmp_path: Path) -> None:
    early, patience = NOON - DAY, NOON + timedelta(seconds=90)
    with running(tmp_path) as manifest:
        manifest.add_lookup(found("ark", A, OLD, NEW, at=early))
        manifest.add_lookup(found("vault", A))
        manifest.add_lookup(Lookup(
            archive="ark", link=B, at=NOON, answer=Answer.UNKNOWN, reason="429", retry_after=90.0,
        ))
        manifest.add_lookup(found("vault", B, at=early))
        known = {one.link: one for one in manifest.known()}
    assert (known[A].asked, known[A].unanswered, known[A].ask_after, known[A].snapshot) == (early, False, None, NEW)
    assert (known[B].asked, known[B].unanswered, known[B].ask_after, known[B].snapshot) == (early, True, patience, None)


def test_an_archive_that_left_the_settings_counts_no_longer(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_lookup(found("closed", A, OLD, at=NOON - 90 * DAY))
        manifest.add_lookup(Lookup(archive="ark", link=A, at=NOON - 90 * DAY, answer=Answer.UNKNOWN))
    with running(tmp_path) as manifest:
        manifest.add_lookup(found("ark", A))
        (one,) = manifest.known()
    assert (one.asked, one.unanswered, one.snapshot) == (NOON, False, OLD)


def test_a_snapshot_proved_bad_is_none(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_lookup(found("ark", A, OLD, NEW))
        bad = snapshot("ark", A, NEW, good=False)
        manifest.add_lookup(Lookup(archive="ark", link=A, at=NOON, answer=Answer.FOUND, snapshots=(bad,)))
        manifest.add_lookup(found("ark", A, NEW))  # found again: the proof stands
        (one,) = manifest.known()
    assert one.snapshot == OLD


def test_a_snapshot_of_an_error_page_is_no_copy(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        taken = (snapshot("ark", A, OLD, status=200), snapshot("ark", A, NEW, status=404))
        manifest.add_lookup(Lookup(archive="ark", link=A, at=NOON, answer=Answer.FOUND, snapshots=taken))
        (one,) = manifest.known()
    assert one.snapshot == OLD


def test_the_newest_submission_counts(tmp_path: Path) -> None:
    soon = NOON + timedelta(minutes=5)
    with running(tmp_path) as manifest:
        manifest.add_job(job(1, A, JobState.FAILED))
        manifest.add_job(job(2, A, JobState.PENDING, asked=NOON, next_ask=soon))
        manifest.add_job(job(1, A, JobState.FAILED, asked=soon))
        (one,) = manifest.known()
        assert (one.job, one.job_asked, one.job_next) == (JobState.PENDING, NOON, soon)


def test_open_jobs_come_back_as_they_were_given(tmp_path: Path) -> None:
    pending = job(1, A, JobState.PENDING, remote_id="spn2-\u00e4", message="in the queue")
    unclear = job(2, B, JobState.UNCLEAR, code="timeout")
    with running(tmp_path) as manifest:
        for one in (unclear, pending, job(3, C, JobState.DONE), job(4, C, JobState.QUOTA)):
            manifest.add_job(one)
        assert manifest.open_jobs() == (pending, unclear)
        done = job(1, A, JobState.DONE, snapshot=snapshot("ark", A, NEW, how=SnapshotHow.SUBMITTED))
        manifest.add_job(done)
        assert manifest.open_jobs() == (unclear,)
        known = {one.link: one for one in manifest.known()}
    assert (known[A].job, known[A].snapshot) == (JobState.DONE, NEW)


def test_a_copy_on_disk_is_known(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_capture(page(A))
        manifest.add_capture(page(A, at=NOON + DAY, number=2, revisit=True))
        assert manifest.known()[0].captured == NOON + DAY
        assert not manifest.known()[0].media_held
        manifest.add_capture(film(A))
        assert manifest.known()[0].media_held


def test_media_that_could_not_be_fetched_are_remembered_and_told(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_media_failure(A, "it is larger than 500 bytes")
        failed = manifest.known()[0].media_failed
        assert failed is not None
        assert [(entry.kind, entry.text) for entry in manifest.history(A)] == [
            ("capture", "no copy of the media: it is larger than 500 bytes"),
        ]


# ---------------------------------------------------------------- what looks need


def test_earlier_looks_are_given_oldest_first_flushed_or_not(tmp_path: Path) -> None:
    looks = [look(A, at=NOON + number * DAY, title=f"Look {number}") for number in range(4)]
    with running(tmp_path) as manifest:
        for number, one in enumerate(looks):
            assert manifest.observations(A) == tuple(looks[:number])
            manifest.add_look(one, ALIVE)
            if number == 1:
                manifest.flush()
            if number == 2:
                manifest.known()  # written, but not committed
        manifest.add_look(look(B), ALIVE)
        assert manifest.observations(A) == tuple(looks)
        assert manifest.observations("https://example.org/never") == ()


def test_of_very_many_looks_those_that_can_convict_are_kept(tmp_path: Path) -> None:
    def at(number: int) -> datetime:
        return NOON + number * timedelta(hours=1)

    with running(tmp_path) as manifest:
        for number in range(300):
            manifest.add_look(look(A, at=at(number)), ALIVE)
        for number in range(300, 1000):
            status = 500 if number % 2 else 503
            manifest.add_look(look(A, at=at(number), status=status), UNSURE)
        kept = manifest.observations(A)
    hours = [(one.at - NOON) // timedelta(hours=1) for one in kept]
    assert hours == sorted(set(hours))
    alive = [hour for hour in hours if hour < 300]
    assert alive == [*range(20), *range(280, 300)]
    for odd in (0, 1):
        failing = [hour for hour in hours if hour >= 300 and hour % 2 == odd]
        # Of those between, one in twelve hours: close together they are one strike.
        between = [*range(500 + odd, 800 + odd, 12)]
        assert failing == [*range(300 + odd, 500 + odd, 2), *between, *range(800 + odd, 1000 + odd, 2)]


def test_an_earlier_payload_is_the_newest_whole_response(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        assert manifest.earlier_payload(B, SHA) is None
        manifest.add_capture(page(B, number=1))
        bare = "https://example.org/b"
        assert manifest.earlier_payload(B, SHA) == (bare, NOON, "<urn:uuid:1>")
        manifest.flush()
        assert manifest.earlier_payload(bare, SHA) == (bare, NOON, "<urn:uuid:1>")
        manifest.add_capture(page(B, number=2, at=NOON + DAY, revisit=True))
        manifest.add_capture(page(B, number=3, at=NOON + DAY, truncated="length"))
        manifest.add_capture(film(B))
        assert manifest.earlier_payload(B, SHA) == (bare, NOON, "<urn:uuid:1>")
        manifest.add_capture(page(B, number=4, at=NOON + DAY))
        assert manifest.earlier_payload(B, SHA) == (bare, NOON + DAY, "<urn:uuid:4>")
        assert manifest.earlier_payload(A, SHA) is None
        assert manifest.earlier_payload(B, "0" * 64) is None
    with reading(tmp_path) as manifest:
        assert manifest.earlier_payload(B, SHA) == (bare, NOON + DAY, "<urn:uuid:4>")


# ---------------------------------------------------------------- reports


def test_a_report_holds_all_that_is_believed_of_a_link(tmp_path: Path) -> None:
    cited = cite("a.md", A)
    verdict = Verdict(
        kind=VerdictKind.MOVED, reason=Reason.PERMANENT_REDIRECT, because="301.", confirmed=True, status=200,
        final_url=B, warnings=(WarningCode.TLS_UNTRUSTED, WarningCode.FRAGMENT_MISSING),
    )
    pending = job(1, A, JobState.PENDING)
    with running(tmp_path) as manifest:
        manifest.add_document(document("a.md", cited))
        manifest.add_look(look(A), verdict)
        manifest.add_lookup(found("ark", A, OLD, NEW))
        manifest.add_job(pending)
        manifest.add_job(job(2, A, JobState.REFUSED))
        manifest.add_capture(page(A))
        manifest.add_capture(page(A, number=2, at=NOON + DAY, revisit=True))
        manifest.add_capture(film(A))
        (state,) = manifest.report().links
        assert manifest.state_of(A) == state
    assert state == LinkState(
        link=A, verdict=verdict, citations=(cited,), looked=NOON, looks=1, since=NOON, jobs=(pending,),
        snapshots=(snapshot("ark", A, NEW), snapshot("ark", A, OLD)), captures=(page(A),),
    )


def test_the_chosen_snapshot_comes_first_for_the_earliest_day_of_citation(tmp_path: Path) -> None:
    asked: list[tuple[set[datetime], date | None]] = []

    def oldest(snapshots: Iterable[Snapshot], day: date | None) -> Snapshot | None:
        given = list(snapshots)
        asked.append(({one.taken for one in given}, day))
        return min(given, key=lambda one: one.taken)

    with running(tmp_path) as manifest:
        manifest.add_document(document("a.md", cite("a.md", A), cite("a.md", B), published=date(2015, 6, 7)))
        manifest.add_document(document("b.md", cite("b.md", A, on=date(2014, 1, 1)), cite("b.md", C)))
        for link in (A, B, C):
            manifest.add_lookup(found("ark", link, OLD, NEW))
        links = manifest.report(choose=oldest).links
        none = manifest.report(choose=lambda _, __: None).links
    assert [[one.taken for one in state.snapshots] for state in links] == [[OLD, NEW]] * 3
    assert asked == [({OLD, NEW}, date(2014, 1, 1)), ({OLD, NEW}, date(2015, 6, 7)), ({OLD, NEW}, None)]
    assert [state.snapshots for state in none] == [()] * 3


def test_a_snapshot_keeps_how_it_came_and_learns_the_rest(tmp_path: Path) -> None:
    made = snapshot("ark", A, NEW, how=SnapshotHow.SUBMITTED, good=True)
    again = snapshot("ark", A, NEW, status=200, digest="ABC")
    with running(tmp_path) as manifest:
        manifest.add_job(job(1, A, JobState.DONE, snapshot=made))
        manifest.add_lookup(Lookup(archive="ark", link=A, at=NOON, answer=Answer.FOUND, snapshots=(again,)))
        state = manifest.state_of(A)
    assert state is not None
    assert state.snapshots == (
        snapshot("ark", A, NEW, how=SnapshotHow.SUBMITTED, good=True, status=200, digest="ABC"),
    )


def test_a_report_lists_twenty_different_copies_of_a_link(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A))
        for number in range(30):
            manifest.add_capture(page(A, sha256=f"{number:064}", number=number))
        (state,) = manifest.report().links
    assert [one.offset for one in state.captures] == list(range(29, 9, -1))


def test_a_link_no_longer_cited_has_a_state_but_no_place_in_the_report(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A, B))
        manifest.add_look(look(A), ALIVE)
        manifest.add_document(essay("a.md", B))
        assert [state.link for state in manifest.report().links] == [B]
        state = manifest.state_of(A)
        assert state is not None
        assert (state.citations, state.verdict) == ((), ALIVE)
        assert manifest.state_of("https://example.org/never") is None


def test_a_report_of_nothing(tmp_path: Path) -> None:
    with running(tmp_path):
        pass
    with reading(tmp_path) as manifest:
        report = manifest.report()
    assert (report.documents, report.links, report.lost, report.unreadable) == ((), (), (), ())


# ---------------------------------------------------------------- a link's biography


def test_a_biography_is_one_line_for_each_thing_that_happened(tmp_path: Path) -> None:
    clock = noon_clock()
    sure = Verdict(kind=VerdictKind.DEAD, reason=Reason.NOT_FOUND, because="It answers 404.", confirmed=True)
    with running(tmp_path, clock) as manifest:
        manifest.add_document(essay(A, A))  # a document whose own address is cited
        manifest.add_look(look(A, title="Two\nlines"), ALIVE)
        manifest.add_look(look(A, at=NOON + DAY), ALIVE)
        manifest.add_look(look(A, at=NOON + 2 * DAY, status=404), GONE)
        manifest.add_look(look(A, at=NOON + 3 * DAY, status=404), sure)
        manifest.add_lookup(found("ark", A, OLD, NEW))
        manifest.add_lookup(found("vault", A))
        manifest.add_lookup(Lookup(archive="ark", link=A, at=NOON, answer=Answer.UNKNOWN, reason="429"))
        manifest.add_job(job(1, A, JobState.FAILED, message="no capture"))
        manifest.add_job(job(2, A, JobState.DONE, snapshot=snapshot("ark", A, NEW)))
        manifest.add_capture(page(A))
        manifest.add_capture(page(A, revisit=True))
        manifest.add_look(look(B), ALIVE)
        history = manifest.history(A)
    assert [(entry.kind, entry.text) for entry in history] == [
        ("look", 'looked: 200, "Two lines"'),
        ("verdict", "alive, ok: It answers 200."),
        ("look", "looked: 200"),
        ("look", "looked: 404"),
        ("verdict", "alive -> dead, not-found: It answers 404."),
        ("look", "looked: 404"),
        ("verdict", "dead, not-found, confirmed: It answers 404."),
        ("lookup", "ark: 2 snapshots, the newest of 2024-05-04"),
        ("lookup", "vault: has none"),
        ("lookup", "ark: no answer: 429"),
        ("job", "ark: failed to save it: no capture"),
        ("job", f"ark: has saved it: https://ark.example/20240504000000/{A}"),
        ("capture", "page kept in run.warc.gz, 40 bytes, 5e5e5e5e5e5e"),
        ("capture", "unchanged since an earlier copy, 5e5e5e5e5e5e"),
    ]
    assert [entry.at for entry in history[:4]] == [NOON, NOON, NOON + DAY, NOON + 2 * DAY]
