"""`archiver status`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - click reads it

import click

from archiver.cli.options import config_option


@click.command()
@config_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def status(config_file: Path | None, form: str) -> None:
    """Tell in a few lines how the cited links are doing and what waits."""
    from archiver.cli.output import answer_console, write
    from archiver.run.reading import status_of

    known = status_of(config_file)
    if form == "json":
        import json

        write(json.dumps(known.as_object(), indent=2), None)
        return
    with answer_console() as console:
        for line in known.lines():
            console.print(line, markup=False)
