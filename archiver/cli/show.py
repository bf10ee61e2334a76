"""`archiver show`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - click reads it

import click

from archiver.cli.options import config_option


@click.command()
@click.argument("url")
@config_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def show(url: str, config_file: Path | None, form: str) -> None:
    """Tell all that is known of URL: where it is cited, what each look showed, its snapshots and captures."""
    from archiver.cli.output import answer_console, write
    from archiver.run.reading import biography

    told = biography(config_file, url)
    if form == "json":
        import msgspec

        write(msgspec.json.format(msgspec.json.encode(told.as_object()), indent=2).decode(), None)
        return
    with answer_console() as console:
        for line in told.lines():
            console.print(line, markup=False)
