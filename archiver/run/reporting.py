"""Write the report's files beside the manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.files import write_file

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.config import Loaded
    from archiver.model import Report


def report_path(loaded: Loaded) -> Path:
    """Tell where the page lies that a person opens."""
    return loaded.folder / "report.html"


def write_reports(loaded: Loaded, report: Report) -> None:
    """Replace report.html and report.json in the folder."""
    from archiver.reports.formats import Format, render

    title = loaded.settings.title
    write_file(report_path(loaded), render(report, Format.HTML, title=title))
    write_file(loaded.folder / "report.json", render(report, Format.JSON, title=title))
