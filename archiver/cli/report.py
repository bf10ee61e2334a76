"""`archiver report`."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli.options import FORMATS, config_option


@click.command()
@config_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
@click.option("-v", "--verbose", is_flag=True, help="List what is fine, too.")
def report(config_file: Path | None, form: str, output: Path | None, *, verbose: bool) -> None:
    """Write the report of what the manifest knows now. Looks at nothing, changes nothing."""
    from archiver.cli.answer import give
    from archiver.run.reading import current_report

    known, title = current_report(config_file)
    give(known, form, output, title=title, verbose=verbose)
