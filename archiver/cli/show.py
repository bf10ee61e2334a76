"""`archiver show`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - click reads it

import click

from archiver.cli.options import config_option


@click.command()
@click.argument("url")
@config_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("-v", "--verbose", is_flag=True, help="Every look on a line of its own, every copy.")
def show(url: str, config_file: Path | None, form: str, *, verbose: bool) -> None:
    """Tell all that is known of URL: what is believed and why, where it is cited, what each look showed, its copies.

    Looks that showed the same as the one before are counted only.
    """
    from archiver.cli.output import answer_console, write
    from archiver.run.biography import biography

    told = biography(config_file, url)
    if form == "json":
        from archiver.reports.shape import json_text

        write(json_text(told.as_object()), None)
        return
    with answer_console() as console:
        for line in told.lines(whole=verbose):
            console.print(line.text, style=line.style or None, markup=False)
