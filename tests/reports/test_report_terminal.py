"""What a person reads at a terminal or in the file that a pipe fills."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from io import StringIO

import pytest
from report_samples import (
    FLOOD,
    NOTES,
    RUN,
    citation,
    document,
    hostile,
    many,
    rich,
    snapshot,
    state,
)
from rich.console import Console

from archiver.model import CitationKind, Reason, Report, RunFacts, Unreadable, VerdictKind
from archiver.reports.progress import progress
from archiver.reports.terminal import links_table, summary


def piped(report: Report, *, verbose: bool = False) -> str:
    kept = StringIO()
    summary(report, Console(file=kept, soft_wrap=True, highlight=False, color_system=None), verbose=verbose)
    return kept.getvalue()


def at_terminal(report: Report, *, width: int = 80, colours: bool = False) -> str:
    kept = StringIO()
    console = Console(file=kept, force_terminal=True, width=width, highlight=False,
                      color_system="standard" if colours else None)
    summary(report, console, verbose=False)
    return kept.getvalue()


def test_the_summary_tells_what_needs_a_person_first_and_counts_last() -> None:
    assert piped(rich()) == """\
Not read (1)
scans/page9.tif
    is a picture
    run OCR first

Dead, confirmed (1)
drafts/harbour-flood.txt:12:5  note 3  dead: not-found
    https://news.example/flood
    The server answers 404 Not Found, as it did on 3 days before.
    meant?    https://news.example/floods  (with “s” at its end: it is there)
    snapshot  2012-01-04  https://memory.example/web/20120104063000/https://news.example/flood
    also at   notes/lighthouse.md:40:9  note 8

Dead, not confirmed yet (1)
drafts/harbour-flood.txt:18:1  note 4  dead: media-removed
    https://video.example/watch?v=tide01
    The video host says that this video has been removed.

Lost (2)
drafts/harbour-flood.txt:5:31  note 1  lost: media
    “She filmed the first wave from her window (clip1) and sent it to us.”

drafts/harbour-flood.txt:31:1  note 7  lost
    What the marshals wrote about it:

Changed (1)
drafts/harbour-flood.txt:25:1  note 6  changed: title-drift
    https://port.example/gates
    The page was called “Gate inspection 2011” when first seen and is called “Win a cruise” now.
    snapshot  2011-01-04  https://memory.example/web/20110601/https://port.example/gates  (not proved yet)

Moved (1)
notes/lighthouse.md:7:14  note 1  moved: permanent-redirect
    http://light.example/old
    The server redirects permanently (301) to the same article.
    warning: tls-untrusted
    now       https://light.example/archive/keepers-log

Restricted (1)
papers/tides.pdf page 7  note 12  restricted: paywall
    https://journal.example/tides
    The page shows its first lines and asks for a subscription.

Blocked (1)
notes/lighthouse.md:11:1  note 2  blocked: bot-wall
    https://wall.example/essay
    The server answers with a challenge for robots.

Unknown (1)
notes/lighthouse.md:19:1  note 4  unknown: timeout
    https://slow.example/map
    No answer within 20 seconds.

Alive (1)
https://given.example/  alive

3 documents, 13 citations, 11 links: 2 dead (1 confirmed), 2 lost, 1 changed, 1 moved, 1 restricted, 1 blocked, \
1 unknown, 3 alive, 1 skipped, 1 warning, 1 document not read
"""


def test_what_is_fine_is_told_only_when_asked_for() -> None:
    told = piped(rich(), verbose=True).partition("Alive (3)\n")[2]
    assert told.startswith("""\
drafts/harbour-flood.txt:9:1  note 2  alive
    https://city.example/minutes#p4
    The server answers 200.
    warning: fragment-missing
notes/lighthouse.md:3:1  “the sea”  alive
    https://sea.example/
https://given.example/  alive

Skipped (1)
notes/lighthouse.md:50:1  “write to us”  skipped: unsupported
    mailto:keeper@light.example
    Addresses of scheme mailto: are not looked at.

3 documents""")


def test_a_report_of_good_links_is_one_line() -> None:
    links = tuple(
        state((citation(NOTES, line, f"https://a.example/{line}"),), VerdictKind.ALIVE, Reason.OK, "x") for line in (1, 2)
    )
    report = Report(run=RUN, documents=(document(NOTES),), links=links)
    assert piped(report) == "1 document, 2 citations, 2 links: 2 alive\n"


def test_a_report_of_nothing_is_one_line() -> None:
    assert piped(Report(run=RUN)) == "0 documents, 0 citations, 0 links\n"


def test_a_bare_address_stands_where_the_document_would() -> None:
    gone = state((), VerdictKind.DEAD, Reason.GONE, "The server answers 410.", link="https://a.example/x",
                 snapshots=(snapshot("https://memory.example/1", good=False),))
    assert piped(Report(run=RUN, links=(gone,))) == """\
Dead, not confirmed yet (1)
https://a.example/x  dead: gone
    The server answers 410.
    snapshot  2012-01-04  https://memory.example/1  (not a good copy)

0 documents, 0 citations, 1 link: 1 dead
"""


def test_a_link_cited_everywhere_is_not_listed_everywhere() -> None:
    places = tuple(citation(NOTES, line, "https://a.example/") for line in range(1, 11))
    report = Report(run=RUN, links=(state(places, VerdictKind.DEAD, Reason.GONE, "x"),))
    assert [line.strip() for line in piped(report).splitlines() if "also at" in line or "and at" in line] == [
        "also at   notes/lighthouse.md:2:1", "also at   notes/lighthouse.md:3:1", "also at   notes/lighthouse.md:4:1",
        "and at 6 more places",
    ]
    assert piped(report, verbose=True).count("also at") == 9


def test_an_offline_machine_does_not_list_every_link() -> None:
    run = RunFacts(id="r", started=RUN.started, finished=None, version="1", offline=True)
    links = tuple(
        state((citation(NOTES, line, f"https://a.example/{line}"),), VerdictKind.UNKNOWN, Reason.OFFLINE, "x")
        for line in range(1, 100)
    )
    assert piped(Report(run=run, links=links)) == """\
Unknown (99)
    This machine was offline: nothing can be told of these links. Try again later.

0 documents, 99 citations, 99 links: 99 unknown
"""


def test_an_interrupted_run_says_so() -> None:
    run = RunFacts(id="r", started=RUN.started, finished=None, version="1", interrupted=True)
    assert piped(Report(run=run)).splitlines()[0] == "Interrupted: what is told here is what was seen until then."


@pytest.mark.parametrize("width", [40, 80, 120])
def test_at_a_terminal_sentences_are_wrapped_and_addresses_are_not(width: int) -> None:
    address = "https://a.example/" + "deep/" * 60
    sentence = "The page was called one thing when it was first seen and it is called quite another thing by now."
    found = state((citation("a.md", 1, address),), VerdictKind.CHANGED, Reason.TITLE_DRIFT, sentence)
    lines = at_terminal(Report(run=RUN, links=(found,)), width=width).splitlines()
    assert f"    {address}" in lines
    body = [line for line in lines if line.startswith("    ") and address not in line]
    assert " ".join(line.strip() for line in body) == sentence
    assert all(len(line) <= width for line in lines if address not in line)


def test_an_address_inside_a_sentence_is_not_broken_either() -> None:
    address = "https://a.example/" + "very-long-" * 12
    told = at_terminal(Report(run=RUN, lost=(citation("a.md", 1, None, note=f"See {address} there", lost=True),)))
    assert f"    {address}" in told.splitlines()


def test_in_a_pipe_every_sentence_is_one_line() -> None:
    sentence = "word " * 100
    found = state((citation("a.md", 1, "https://a.example/"),), VerdictKind.DEAD, Reason.GONE, sentence)
    assert f"    {sentence.strip()[:300]}" in piped(Report(run=RUN, links=(found,)))
    assert max(map(len, piped(Report(run=RUN, links=(found,))).splitlines())) > 400


def test_colours_are_for_terminals() -> None:
    assert "\x1b[" not in piped(rich())
    assert "\x1b[1;31m2 dead (1 confirmed)\x1b[0m" in at_terminal(rich(), width=200, colours=True)


@pytest.mark.parametrize("told", [
    piped(hostile(), verbose=True), at_terminal(hostile()), at_terminal(hostile(), width=30),
], ids=["piped", "terminal", "narrow"])
def test_hostile_text_is_neither_obeyed_nor_read_as_markup(told: str) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", told)
    assert "[red]x[/red]" in told
    assert len(told) < 20_000  # a note of 100 kB is not printed whole


def test_thousands_of_links_are_told_at_once() -> None:
    told = piped(many(5000))
    assert told.count("dead: gone") == 250
    assert told.endswith("50 documents, 5,000 citations, 5,000 links: 250 dead, 4,750 alive\n")


# ---------------------------------------------------------------- links


def listed(*, everything: bool = False) -> str:
    flood = document(FLOOD, title="The flood", author="Ada Mould", citations=(
        citation(FLOOD, 5, None, column=31, label="1", text="clip", kind=CitationKind.MEDIA, lost=True,
                 context="She filmed it (clip1)."),
        citation(FLOOD, 12, "https://news.example/" + "long/" * 40, column=5, label="12", text="council"),
        citation(FLOOD, 13, None, column=5, label="13", text="rain", note="It rained,\nas ever."),
    ))
    paper = document("tides.pdf", citations=(citation("tides.pdf", None, "http://a.example/", page=3, label="*"),))
    kept = StringIO()
    links_table(
        (flood, Unreadable(source="x.tif", reason="is a picture"), paper, document("empty.txt")),
        Console(file=kept, soft_wrap=True, highlight=False, color_system=None), everything=everything,
    )
    return kept.getvalue()


def test_links_are_listed_by_document_in_reading_order() -> None:
    assert listed() == f"""\
drafts/harbour-flood.txt
  “The flood”, Ada Mould
  5:31  1   media     lost
                      “She filmed it (clip1).”
  12:5  12  footnote  https://news.example/{"long/" * 40}

tides.pdf
  p.3  *  footnote  http://a.example/

empty.txt
  no citations

3 documents, 3 citations, 1 lost, 1 document not read
"""


def test_remarks_are_listed_when_everything_is_asked_for() -> None:
    assert "  13:5  13  footnote  remark\n                      It rained, as ever.\n" in listed(everything=True)
    assert "remark" not in listed()


# ---------------------------------------------------------------- progress


def test_off_a_terminal_progress_is_silent_but_for_what_must_be_read() -> None:
    stream = StringIO()
    with progress(stream) as shown:
        with shown.phase("looking", 3) as step:
            step(2)
            shown.say("memory: busy \x1b[31m[red]until\nnoon[/red]")
        with shown.phase("reading", None) as step:
            step(1)
    assert stream.getvalue() == "memory: busy [31m[red]until noon[/red]\n"


_SCRIPT = """
import sys
from archiver.reports.progress import progress
with progress(sys.stderr) as shown:
    with shown.phase("looking [red]", 3) as step:
        step(2)
        shown.say("memory: [bold]busy[/bold] " + "x" * 100)
        step(1)
"""


def on_a_terminal(**environment: str) -> str:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", _SCRIPT], stderr=theirs, env={"PATH": os.environ["PATH"], "TERM": "xterm-256color",
                                                            "COLUMNS": "80", **environment},
    )
    os.close(theirs)
    told = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says EIO when the other side has closed
            break
        if not part:
            break
        told += part
    os.close(ours)
    assert process.wait(timeout=30) == 0
    return told.decode()


def test_on_a_terminal_a_bar_moves_and_is_gone_in_the_end() -> None:
    told = on_a_terminal()
    assert "looking [red]" in told
    assert "3/3" in told
    assert "memory: [bold]busy[/bold] " + "x" * 100 in told  # whole, for the terminal to wrap
    assert re.search(r"\x1b\[[0-9;]*3[0-7]m", told)
    assert told.endswith("\r\x1b[2K\x1b[?25h\r")  # the line erased, the cursor back


def test_no_color_is_honoured() -> None:
    told = on_a_terminal(NO_COLOR="1")
    assert "memory: [bold]busy[/bold]" in told
    assert not re.search(r"\x1b\[[0-9;]*(3[0-8]|9[0-7])(;[0-9;]+)?m", told)


def test_a_dumb_terminal_gets_lines() -> None:
    assert on_a_terminal(TERM="dumb") == "memory: [bold]busy[/bold] " + "x" * 100 + "\r\n"


def test_a_pipe_stays_a_pipe_when_colours_are_forced() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], stderr=subprocess.PIPE, check=True,
        env={"PATH": os.environ["PATH"], "FORCE_COLOR": "1", "TTY_COMPATIBLE": "1"},
    )
    assert done.stderr.decode() == "memory: [bold]busy[/bold] " + "x" * 100 + "\n"
