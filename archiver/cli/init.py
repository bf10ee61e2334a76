"""`archiver init`."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from archiver.config import FILE_NAME
from archiver.errors import UsageError


@click.command()
@click.argument("documents", nargs=-1)
@click.option("--force", is_flag=True, help="Overwrite a config.toml that is there already.")
def init(documents: tuple[str, ...], *, force: bool) -> None:
    """Write a commented config.toml here, watching DOCUMENTS (paths, globs, folders or addresses)."""
    from archiver.files import write_file

    path = Path(FILE_NAME)
    if path.exists() and not force:
        raise UsageError(f"{path}: exists already", hint="--force overwrites it")
    write_file(path, template(documents))
    click.echo(f"wrote {path}; `archiver run` does what it says, `archiver config` shows what is in force", err=True)


def template(documents: tuple[str, ...] = ()) -> str:
    """Give the commented config.toml, with these documents."""
    text = resources.files("archiver.cli").joinpath("config.toml").read_text("utf-8")
    if not documents:
        return text
    lines = "".join(f"    {_quote(document)},\n" for document in documents)
    head, _, rest = text.partition("documents = [\n")
    return f"{head}documents = [\n{lines}]{rest.partition(']')[2]}"


def _quote(value: str) -> str:
    """Write a TOML basic string."""
    import json

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
