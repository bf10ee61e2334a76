"""Invented reports: a rich one, a hostile one, a large one."""

from __future__ import annotations

from datetime import UTC, date, datetime

from archiver.model import (
    Capture,
    CaptureKind,
    Citation,
    CitationKind,
    Document,
    Job,
    JobState,
    LinkState,
    Mark,
    Place,
    Reason,
    Report,
    RunFacts,
    Snapshot,
    SnapshotHow,
    Unreadable,
    Variant,
    Verdict,
    VerdictKind,
    WarningCode,
)

NOON = datetime(2026, 3, 14, 12, 0, 0, tzinfo=UTC)
RUN = RunFacts(id="run-0007", started=NOON, finished=NOON.replace(minute=9, second=31), version="0.1.0")
FLOOD = "drafts/harbour-flood.txt"
NOTES = "notes/lighthouse.md"
PAPER = "papers/tides.pdf"


def citation(document: str, line: int | None, url: str | None, **more: object) -> Citation:
    """Give a citation; what a test does not care for has a plain value."""
    column, page = more.pop("column", 1), more.pop("page", None)
    kind = more.pop("kind", CitationKind.FOOTNOTE)
    return Citation(
        document=document, place=Place(line=line, column=column if line else None, page=page), kind=kind,  # type: ignore[arg-type]
        url=url, link=url, **more,  # type: ignore[arg-type]
    )


def state(
    citations: tuple[Citation, ...], kind: VerdictKind, reason: Reason, because: str, *, link: str | None = None,
    confirmed: bool = False, status: int | None = None, final_url: str | None = None,
    warnings: tuple[WarningCode, ...] = (), fix: Variant | None = None, **more: object,
) -> LinkState:
    """Give a link with its verdict."""
    address = link or citations[0].url
    assert address is not None
    verdict = Verdict(
        kind=kind, reason=reason, because=because, confirmed=confirmed, status=status, final_url=final_url,
        warnings=warnings, fix=fix,
    )
    return LinkState(link=address, verdict=verdict, citations=citations, **more)  # type: ignore[arg-type]


def marked() -> LinkState:
    """Give a link that a person has marked."""
    mark = Mark(
        link="https://wall.example/a", at=NOON, kind=VerdictKind.ALIVE, reason="opened in a browser", by="Jonas Reed",
        until=date(2027, 5, 1),
    )
    cited = citation(NOTES, 4, "https://wall.example/a", label="2", text="wall")
    return state((cited,), VerdictKind.ALIVE, Reason.MARKED, "Marked alive by Jonas Reed.", mark=mark)


def snapshot(url: str, *, year: int = 2012, good: bool | None = True, how: SnapshotHow = SnapshotHow.FOUND) -> Snapshot:
    """Give a snapshot in an invented archive."""
    return Snapshot(
        archive="memory", url=url, original="https://news.example/flood", taken=datetime(year, 1, 4, 6, 30, tzinfo=UTC),
        how=how, good=good,
    )


def document(source: str, **more: object) -> Document:
    """Give a document without citations of its own; reports find them at the links."""
    values: dict[str, object] = {"sha256": "ab" * 32, "size": 4096, "media_type": "text/plain", **more}
    return Document(source=source, **values)  # type: ignore[arg-type]


def rich() -> Report:
    """Give a report with every verdict, in three documents of three kinds."""
    flood = document(
        FLOOD, title="The night the harbour flooded", author="Ada Mould", publication="Harbour Post",
        published=date(2013, 5, 2), language="en", origins={"title": "meta og:title", "author": "byline"},
    )
    dead = state(
        (
            citation(FLOOD, 12, "https://news.example/flood", column=5, label="3", text="council",
                     context="According to the council3 the gates were closed at nine.",
                     note="The council's own minutes: https://news.example/flood"),
            citation(NOTES, 40, "https://news.example/flood", column=9, label="8", text="gates"),
        ),
        VerdictKind.DEAD, Reason.NOT_FOUND, "The server answers 404 Not Found, as it did on 3 days before.",
        confirmed=True, status=404, final_url="https://news.example/flood", looked=NOON, looks=4,
        since=datetime(2026, 2, 20, tzinfo=UTC),
        fix=Variant(url="https://news.example/floods", why="with “s” at its end"),
        snapshots=(
            snapshot("https://memory.example/web/20120104063000/https://news.example/flood"),
            snapshot("https://memory.example/web/20140104063000/https://news.example/flood", year=2014, good=None),
        ),
        captures=(
            Capture(link="https://news.example/flood", kind=CaptureKind.PAGE, at=datetime(2026, 1, 2, tzinfo=UTC),
                    path="2026/01/pages-0001.warc.gz", sha256="cd" * 32, media_type="application/warc", size=81_000),
        ),
    )
    soft = state(
        (citation(FLOOD, 18, "https://video.example/watch?v=tide01", label="4", text="film", kind=CitationKind.MEDIA,
                  context="A film4 shows the water at the quay, the empty market and the boats that broke loose."),),
        VerdictKind.DEAD, Reason.MEDIA_REMOVED, "The video host says that this video has been removed.", status=200,
        looked=NOON, looks=1, since=NOON,
        jobs=(Job(id="j1", archive="memory", link="https://video.example/watch?v=tide01", submitted=NOON,
                  state=JobState.PENDING, asked=NOON),),
    )
    changed = state(
        (citation(FLOOD, 25, "https://port.example/gates", label="6", text="report",
                  context="The port's own report6 speaks of a broken hinge.", note="Port Authority, report of 1 May."),),
        VerdictKind.CHANGED, Reason.TITLE_DRIFT,
        "The page was called “Gate inspection 2011” when first seen and is called “Win a cruise” now.", status=200,
        snapshots=(snapshot("https://memory.example/web/20110601/https://port.example/gates", year=2011, good=None),),
    )
    moved = state(
        (citation(NOTES, 7, "http://light.example/old", column=14, label="1", text="keeper's log",
                  context="The keeper's log is kept in the county library.", kind=CitationKind.INLINE),),
        VerdictKind.MOVED, Reason.PERMANENT_REDIRECT, "The server redirects permanently (301) to the same article.",
        status=200, final_url="https://light.example/archive/keepers-log", warnings=(WarningCode.TLS_UNTRUSTED,),
    )
    restricted = state(
        (citation(PAPER, None, "https://journal.example/tides", page=7, label="12", kind=CitationKind.REFERENCE,
                  text="Brown 2009", context="Brown (2009) measured the tides over forty years."),),
        VerdictKind.RESTRICTED, Reason.PAYWALL, "The page shows its first lines and asks for a subscription.", status=200,
    )
    blocked = state(
        (citation(NOTES, 11, "https://wall.example/essay", label="2", text="essay", context="See this essay.2"),),
        VerdictKind.BLOCKED, Reason.BOT_WALL, "The server answers with a challenge for robots.", status=403,
    )
    unknown = state(
        (citation(NOTES, 19, "https://slow.example/map", label="4", text="map", context="The old map4 is wrong."),),
        VerdictKind.UNKNOWN, Reason.TIMEOUT, "No answer within 20 seconds.",
    )
    alive = state(
        (citation(FLOOD, 9, "https://city.example/minutes#p4", label="2", text="minutes", context="The minutes2 agree."),),
        VerdictKind.ALIVE, Reason.OK, "The server answers 200.", status=200, warnings=(WarningCode.FRAGMENT_MISSING,),
    )
    fine = state(
        (citation(NOTES, 3, "https://sea.example/", text="the sea", kind=CitationKind.INLINE, context="About the sea."),),
        VerdictKind.ALIVE, Reason.OK, "The server answers 200.", status=200,
    )
    skipped = state(
        (citation(NOTES, 50, "mailto:keeper@light.example", text="write to us", kind=CitationKind.INLINE),),
        VerdictKind.SKIPPED, Reason.UNSUPPORTED, "Addresses of scheme mailto: are not looked at.",
    )
    given = state((), VerdictKind.ALIVE, Reason.OK, "The server answers 200.", link="https://given.example/", status=200)
    lost = citation(
        FLOOD, 5, None, column=31, label="1", text="clip", kind=CitationKind.MEDIA, lost=True,
        context="She filmed the first wave from her window (clip1) and sent it to us.",
    )
    announced = citation(
        FLOOD, 31, None, label="7", text="marshals", lost=True, note="What the marshals wrote about it:",
        context="The march was called off by its marshals.7",
    )
    return Report(
        run=RUN,
        documents=(
            flood, document(NOTES, media_type="text/markdown"),
            document(PAPER, media_type="application/pdf", title="Forty years of tides"),
        ),
        unreadable=(Unreadable(source="scans/page9.tif", reason="is a picture", hint="run OCR first"),),
        links=(dead, soft, changed, moved, restricted, blocked, unknown, alive, fine, skipped, given),
        lost=(lost, announced),
    )


BIDI = "\u202egpj.exe\u202c\u2066x\u2069\u200f"
CONTROLS = "\x1b[31mred\x1b]8;;http://evil.example\x07\x00\x9b2J\r\n\tend"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`&{{7*7}}[red]x[/red]"
FORMULA = '=HYPERLINK("http://evil.example","x")'
HUGE = "long " * 20_000


def hostile() -> Report:
    """Give a report in which every text is out to do harm."""
    source = f"evil{MARKUP}{CONTROLS}\udcff.txt"
    bad = citation(
        source, 1, "javascript:alert(document.domain)", label=f"@{MARKUP}", text=f"-{MARKUP}", note=HUGE,
        context=f"{MARKUP}{BIDI}{CONTROLS}{HUGE}",
    )
    links = (
        state((bad,), VerdictKind.DEAD, Reason.NOT_FOUND, f"+{MARKUP}{BIDI}{CONTROLS}", confirmed=True,
              snapshots=(snapshot(f"javascript:alert(3)//{MARKUP}"), snapshot("java\nscript:alert(4)"),
                         snapshot('https://ok.example/" onclick="alert(5)'))),
        state((citation(source, 2, "data:text/html,<script>alert(6)</script>", text=FORMULA),),
              VerdictKind.MOVED, Reason.PERMANENT_REDIRECT, FORMULA, final_url="vbscript:alert(7)",
              captures=(
                  Capture(link="x", kind=CaptureKind.MEDIA, at=NOON, path="../../etc/passwd", sha256="0" * 64,
                          media_type="video/mp4", size=1),
                  Capture(link="x", kind=CaptureKind.MEDIA, at=NOON, path='a b/"><script>.mp4', sha256="0" * 64,
                          media_type="<b>", size=1),
              )),
        state((), VerdictKind.SKIPPED, Reason.UNSUPPORTED, CONTROLS, link="\tjavascript:alert(8)"),
    )
    return Report(
        run=RunFacts(id=MARKUP, started=NOON, finished=None, version=CONTROLS),
        documents=(document(source, title=f"{FORMULA}{BIDI}{MARKUP}", author=CONTROLS, publication=HUGE,
                            language='en" onload="x'),),
        unreadable=(Unreadable(source=f"{BIDI}{MARKUP}\udc80", reason=CONTROLS, hint=MARKUP),),
        links=links,
        lost=(citation(source, 9, None, label=FORMULA, text=MARKUP, context=HUGE, note=f"=1+1{CONTROLS}", lost=True),),
    )


def many(links: int) -> Report:
    """Give a report of so many links over fifty documents; one in twenty is dead."""
    names = [f"essays/essay-{number:02}.md" for number in range(50)]
    sentence = "The committee met on a wet evening and wrote down what the harbour master had told its clerk"
    states = []
    for number in range(links):
        url = f"https://site{number % 700}.example/section/{number}/an-article-about-the-harbour.html?page={number}"
        cited = citation(
            names[number * 50 // links], number % 900 + 1, url, label=str(number % 90 + 1), text="clerk",
            context=f"{sentence}{number % 90 + 1}, number {number}.", note=f"Harbour papers, volume {number}, {url}",
        )
        dead = number % 20 == 0
        states.append(state(
            (cited,), VerdictKind.DEAD if dead else VerdictKind.ALIVE, Reason.GONE if dead else Reason.OK,
            "The server answers 410 Gone." if dead else "The server answers 200.", status=410 if dead else 200,
            snapshots=(snapshot(f"https://memory.example/web/20120104063000/{url}"),), looked=NOON, looks=2, since=NOON,
        ))
    return Report(run=RUN, documents=tuple(document(name) for name in names), links=tuple(states))
