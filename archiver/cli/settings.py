"""`archiver config`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - click reads it
from typing import TYPE_CHECKING

import click

from archiver.cli.options import config_option, load, web_options
from archiver.config import SECRETS, keys

if TYPE_CHECKING:
    from archiver.config import Loaded


@click.command()
@config_option
@web_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def config(config_file: Path | None, form: str, **flags: object) -> None:
    """Show every setting and who set it: default, config.toml with its line, environment or flag."""
    from archiver.cli.output import write

    loaded = load(config_file, flags)
    rows = {key: (_value(loaded, key), loaded.origins[key]) for key in keys()}
    if form == "json":
        import json

        write(json.dumps({k: {"value": v, "from": origin} for k, (v, origin) in rows.items()}, indent=2), None)
        return
    width = max(map(len, rows))
    shown = {key: _text(value) for key, (value, _) in rows.items()}
    middle = min(max(map(len, shown.values())), 40)
    write("\n".join(f"{key:{width}}  {shown[key]:{middle}}  {origin}" for key, (_, origin) in rows.items()), None)


def _value(loaded: Loaded, key: str) -> object:
    import msgspec

    section, _, name = key.rpartition(".")
    value = getattr(getattr(loaded.settings, section) if section else loaded.settings, name)
    if key in SECRETS and value:
        return "(set)"
    if isinstance(value, float):
        return float(value)
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else msgspec.to_builtins(value)


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "(none)"
    return str(value) or "(none)"
