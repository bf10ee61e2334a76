"""Options that several commands share. One name everywhere: flag, key of config.toml and ARCHIVER_* variable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click
from msgspec import Struct

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


_READING = (
    click.option("--column", metavar="NAME", help="Of tables, read this column (CSV, TSV) or key (JSON) only."),
    click.option("--images", is_flag=True, default=None, help="Pictures that documents show are links, too."),
    click.option("--crawl", is_flag=True, help="The addresses given are sites: read their pages, too."),
    click.option("--depth", type=int, metavar="N", help="Clicks from a site's first page."),
    click.option("--pages", type=int, metavar="N", help="Pages of one site."),
    click.option("--include", multiple=True, metavar="REGEX", help="Read only pages whose addresses match."),
    click.option("--exclude", multiple=True, metavar="REGEX", help="Read no pages whose addresses match."),
)
_SECTIONS = {
    "column": "column", "images": "images", "depth": "crawl.depth", "pages": "crawl.pages", "include": "crawl.include",
    "exclude": "crawl.exclude",
}  # of flags; the others are the web's


def reading_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add what tells how documents are read: which column, which pages of a site."""
    for option in reversed(_READING):
        command = option(command)
    return command


def config_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add `--config FILE`."""
    return click.option(
        "-c", "--config", "config_file", type=click.Path(path_type=Path), metavar="FILE",
        help="Settings; default: config.toml in the current folder.",
    )(command)


def load(config_file: Path | None, flags: Mapping[str, object], *, required: bool = False) -> config.Loaded:
    """Load the settings with the flags given on the command line.

    Durations on the command line are text; numbers without unit are seconds, as in config.toml.
    """
    given = {
        _SECTIONS.get(name, f"web.{name}"): value if name in _SECTIONS else _number(value)
        for name, value in flags.items() if value != ()
    }
    loaded = config.load(config_file, flags=given)
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


class Arguments(Struct, frozen=True, kw_only=True):
    """What was named on the command line."""

    documents: list[str]
    addresses: list[str]
    sites: list[str]


def split_arguments(what: Sequence[str], *, read: bool, crawl: bool) -> Arguments:
    """Tell documents from bare addresses; with `crawl` every address is a site, with `read` a document."""
    addresses = [item for item in what if urls.scheme(item) in ("http", "https")]
    return Arguments(
        documents=[item for item in what if item not in addresses or (read and not crawl)],
        addresses=[] if crawl or read else addresses,
        sites=addresses if crawl else [],
    )
