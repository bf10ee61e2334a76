"""Every format a report can be written in, behind one door."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from archiver.model import Report


class Format(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"
    JUNIT = "junit"
    GITHUB = "github"


def render(report: Report, form: Format, *, title: str) -> str:
    """Write a report in a format. The text is valid UTF-8 when encoded and ends with a line feed."""
    match form:
        case Format.TEXT:
            return _text(report)
        case Format.JSON:
            from archiver.reports.shape import json_text, report_object

            return json_text(report_object(report)) + "\n"
        case Format.JSONL:
            return _lines(report)
        case Format.CSV:
            from archiver.reports.tables import csv_table

            return csv_table(report)
        case Format.HTML:
            from archiver.reports.html import page

            return page(report, title=title)
        case Format.JUNIT:
            from archiver.reports.machines import junit

            return junit(report, title=title)
        case Format.GITHUB:
            from archiver.reports.machines import github

            return github(report)
        case _:
            assert_never(form)


def _text(report: Report) -> str:
    from io import StringIO

    from rich.console import Console

    from archiver.reports.terminal import summary

    kept = StringIO()
    summary(report, Console(file=kept, force_terminal=False, color_system=None, highlight=False), verbose=True)
    return kept.getvalue()


def _lines(report: Report) -> str:
    """Write JSON Lines: each link, then each lost citation, then each unreadable document; `type` tells which."""
    from archiver.reports.shape import json_lines, link_object, lost_object, unreadable_objects

    return json_lines([
        *({"type": "link", **link_object(state)} for state in report.links),
        *({"type": "lost", **lost_object(citation)} for citation in report.lost),
        *({"type": "unreadable", **failed} for failed in unreadable_objects(report.unreadable)),
    ])
