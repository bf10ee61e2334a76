"""`archiver links`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.model import Document, Unreadable


@click.command()
@click.argument("documents", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--all", "everything", is_flag=True, help="List notes that are mere remarks, too.")
@click.option("--column", metavar="NAME", help="Of tables, read this column (CSV, TSV) or key (JSON) only.")
@click.option("--images", is_flag=True, help="Pictures that documents show are links, too.")
def links(
    documents: tuple[str, ...], form: str, output: Path | None, column: str | None, *, everything: bool, images: bool,
) -> int:
    """List what DOCUMENTS cite, in reading order, with what is lost. Never uses the network."""
    from msgspec.structs import replace

    from archiver.cli.answer import FAILED, listener
    from archiver.cli.output import answer_console, answer_stream, tell_unread, tell_warnings
    from archiver.config import Settings
    from archiver.model import Document
    from archiver.run.collect import read_files
    from archiver.run.progress import Silent

    unreadable: list[Unreadable] = []
    warned: list[Document] = []

    def noted(found: Iterator[Document | Unreadable]) -> Iterator[Document | Unreadable]:
        for item in found:
            if not isinstance(item, Document):
                unreadable.append(item)
            elif item.warnings:
                warned.append(replace(item, citations=()))
            yield item

    with listener() as shown:
        # A list that grows on the terminal shows by itself how far it is.
        progress = Silent() if sys.stdout.isatty() and output is None else shown
        settings = Settings(column=column or "", images=images)
        found = noted(
            read_files(settings, documents, base=Path(), progress=progress, stdin=sys.stdin.buffer.read),
        )
        if form == "text":
            from archiver.reports.terminal import links_table

            with answer_console(output) as console:
                links_table(found, console, everything=everything)
        else:
            from archiver.reports.links import links_json, links_lines

            pieces = links_json if form == "json" else links_lines
            with answer_stream(output) as stream:
                stream.writelines(pieces(found, everything=everything))
    for document in warned:
        tell_warnings(document)
    tell_unread(unreadable)
    return FAILED if unreadable else 0
