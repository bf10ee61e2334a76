"""What commands that give a report share: show progress, write the answer, choose the exit code."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archiver.model import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archiver.model import Report
    from archiver.run.progress import Progress

FINDINGS, FAILED, LATER = 1, 2, 75


@contextmanager
def listener() -> Iterator[Progress]:
    """Give the progress display: on a terminal a live one, elsewhere silence but for what a person should read."""
    from archiver.reports.progress import progress

    with progress(sys.stderr) as shown:
        yield shown


def give(report: Report, form: str, output: Path | None, *, title: str, verbose: bool = False) -> None:
    """Write a report in a format to a file or to standard output; what could not be read goes to standard error."""
    from archiver.cli.output import answer_console, tell_unread, write
    from archiver.reports.formats import Format, render

    if form == Format.TEXT:
        from archiver.reports.terminal import summary

        with answer_console(output) as console:
            summary(report, console, verbose=verbose)
    else:
        write(render(report, Format(form), title=title), output)
        tell_unread(report.unreadable)


def exit_code(report: Report) -> int:
    """Give the exit code of a check. Offline, what was seen dead all the same (on this network) is still a finding."""
    if report.unreadable and not report.run.offline:
        return FAILED
    if any(state.verdict.kind is VerdictKind.DEAD for state in report.links):
        return FINDINGS
    return LATER if report.run.offline else 0
