"""`archiver links`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from archiver.model import Document, Unreadable


@click.command()
@click.argument("documents", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--all", "everything", is_flag=True, help="List notes that are mere remarks, too.")
def links(documents: tuple[str, ...], form: str, output: Path | None, *, everything: bool) -> int:
    """List what DOCUMENTS cite, in reading order, with what is lost. Never uses the network."""
    from archiver.cli.output import answer_console, tell_unread, write
    from archiver.run.collect import read_files

    collected = read_files(documents, base=Path(), stdin=sys.stdin.buffer.read)
    found: tuple[Document | Unreadable, ...] = (*collected.documents, *collected.unreadable)
    if form == "json":
        from archiver.reports.shape import json_text, links_object

        write(json_text(links_object(found, everything=everything)), output)
    else:
        from archiver.reports.terminal import links_table

        with answer_console(output) as console:
            links_table(found, console, everything=everything)
    tell_unread(collected.unreadable)
    return 2 if collected.unreadable else 0
