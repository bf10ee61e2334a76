"""Options that several commands share. One name everywhere: flag, key of config.toml and ARCHIVER_* variable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from archiver import config, urls
from archiver.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

P = ParamSpec("P")
R = TypeVar("R")

_WEB = (
    click.option("--concurrency", type=int, metavar="N", help="Requests under way at once."),
    click.option("--per-host", type=int, metavar="N", help="Requests under way at once to one host."),
    click.option("--interval", metavar="TIME", help='Between two requests to one host, such as "1s".'),
    click.option("--timeout", metavar="TIME", help="For one request, all of it."),
    click.option("--max-time", metavar="TIME", help="For all looks together; the rest stays unknown."),
    click.option("--proxy", metavar="URL", help="Forward proxy for everything."),
    click.option("--ca-bundle", metavar="FILE", help="Certificates to trust, PEM."),
    click.option("--allow-private", is_flag=True, default=None, help="Look at private and loopback addresses too."),
)


def web_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add the knobs of the web layer."""
    for option in reversed(_WEB):
        command = option(command)
    return command


def config_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add `--config FILE`."""
    return click.option(
        "-c", "--config", "config_file", type=click.Path(path_type=Path), metavar="FILE",
        help="Settings; default: config.toml in the current folder.",
    )(command)


def load(config_file: Path | None, flags: Mapping[str, object], *, required: bool = False) -> config.Loaded:
    """Load the settings with the web flags given on the command line.

    Durations on the command line are text; numbers without unit are seconds, as in config.toml.
    """
    web = {f"web.{name}": _number(value) for name, value in flags.items()}
    loaded = config.load(config_file, flags=web)
    if required and loaded.file is None:
        raise ConfigError(f"{config.FILE_NAME}: not found here", hint="`archiver init` writes one, -c FILE names one")
    return loaded


def _number(value: object) -> object:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value
    return value


FORMATS = ("text", "json", "jsonl", "csv", "html", "junit", "github")


def split_arguments(what: Sequence[str], *, read: bool) -> tuple[list[str], list[str]]:
    """Tell documents from bare addresses; with `read` every address is a document."""
    addresses = [] if read else [item for item in what if urls.scheme(item) in ("http", "https")]
    return [item for item in what if item not in addresses], addresses
