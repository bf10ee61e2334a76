"""docs/manifest.md names every table, column and kind of record, and its questions can be asked."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from manifest_samples import ALIVE, A, essay, look, running

from archiver.manifest import schema
from archiver.manifest.records import Kind

PAGE = (Path(__file__).parents[2] / "docs" / "manifest.md").read_text("utf-8")
SECTIONS = {part.partition("\n")[0].strip(): part for part in PAGE.split("\n## ")[1:]}
TABLES = {table.name: table for table in (*schema.metadata.sorted_tables, *schema.derived.sorted_tables)}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_and_column_is_named(name: str) -> None:
    named = set(re.findall(r"`([a-z0-9_]+)`", SECTIONS[name]))
    assert {column.name for column in TABLES[name].columns} <= named


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_record_is_named(kind: Kind) -> None:
    assert f"\n| `{kind}` |" in SECTIONS["records"]


def test_the_tables_are_those_in_the_file(tmp_path: Path) -> None:
    with running(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / "manifest.sqlite")) as database:
        names = {name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        columns = {
            name: [row[1] for row in database.execute(f"PRAGMA table_info({name})")] for name in names
        }
    assert columns == {name: [column.name for column in table.columns] for name, table in TABLES.items()}


def test_its_questions_can_be_asked(tmp_path: Path) -> None:
    with running(tmp_path) as manifest:
        manifest.add_document(essay("a.md", A, "https://example.org/"))
        manifest.add_look(look("https://example.org/"), ALIVE)
    (block,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    with closing(sqlite3.connect(tmp_path / "manifest.sqlite")) as database:
        answers = [database.execute(question).fetchall() for question in block.split(";")[:-1]]
    assert answers == [
        [], [("2026-03-02T12:00:00.000000Z", "alive", "ok", 200, None)], [], [("a.md", 2, None, "see")],
    ]
