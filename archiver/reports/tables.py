"""CSV for spreadsheets: one row for each citation, in reading order; an address that no document cites has a row too.

With a byte order mark, since without it Excel reads UTF-8 as the local code page; Python's `utf-8-sig`, pandas,
LibreOffice and DuckDB take it as what it is. Programs are better served by JSON. Lines end as RFC 4180 says.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from archiver.reports.order import day, in_reading_order
from archiver.reports.text import clip

if TYPE_CHECKING:
    from archiver.model import Report
    from archiver.reports.order import Finding

COLUMNS = (
    "document", "page", "line", "column", "kind", "label", "text", "note", "context", "url", "verdict", "reason",
    "because", "confirmed", "status", "final_url", "warnings", "fix", "archive", "snapshot", "taken", "capture",
)
_CELL = 32_000  # Excel's cells end at 32,767 characters
# OWASP's list of what makes a cell a formula; the full-width forms count as well. Tabs and line ends are gone before.
_FORMULA = tuple("=+-@＝＋－＠")


def csv_table(report: Report) -> str:
    """Write the table."""
    kept = StringIO(newline="")
    writer = csv.DictWriter(kept, COLUMNS, restval="")
    writer.writeheader()
    for finding in in_reading_order(report):
        row = _row(finding)
        writer.writerow({name: _cell(value) if isinstance(value, str) else value for name, value in row.items()})
    return "\ufeff" + kept.getvalue()


def _row(finding: Finding) -> dict[str, str | int | None]:
    row: dict[str, str | int | None] = {"verdict": "lost"}
    if finding.citation is not None:
        citation = finding.citation
        row |= {
            "document": citation.document, "page": citation.place.page, "line": citation.place.line,
            "column": citation.place.column, "kind": citation.kind.value, "label": citation.label,
            "text": citation.text, "note": citation.note, "context": citation.context, "url": citation.url,
        }
    if finding.state is not None:
        state, verdict = finding.state, finding.state.verdict
        row |= {
            "url": state.link, "verdict": verdict.kind.value, "reason": verdict.reason.value,
            "because": verdict.because, "confirmed": "yes" if verdict.confirmed else "no", "status": verdict.status,
            "final_url": verdict.final_url, "warnings": " ".join(verdict.warnings),
            "fix": verdict.fix.url if verdict.fix else None,
        }
        if state.snapshots:
            best = state.snapshots[0]
            row |= {"archive": best.archive, "snapshot": best.url, "taken": day(best.taken)}
        if state.captures:
            row["capture"] = state.captures[0].path
    return row


def _cell(value: str) -> str:
    """Give text that a spreadsheet shows and does not compute."""
    text = clip(value, _CELL)
    return f"'{text}" if text.startswith(_FORMULA) else text
