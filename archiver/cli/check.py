"""`archiver check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archiver.cli.options import FORMATS, config_option, load, reading_options, split_arguments, web_options


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="DOCUMENT|URL...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--read", is_flag=True, help="Read the addresses given as documents, and look at what they cite.")
@click.option("-v", "--verbose", is_flag=True, help="List what is fine, too.")
@reading_options
@config_option
@web_options
def check(
    what: tuple[str, ...], form: str, output: Path | None, config_file: Path | None, *,
    read: bool, crawl: bool, verbose: bool, **flags: object,
) -> int:
    """Look now at what these documents cite, and at these addresses. Leaves no file behind.

    Exit code 1: something is dead. 2: a document could not be read. 75: this machine is offline.
    """
    from archiver.cli.answer import exit_code, give, listener
    from archiver.clock import SystemClock
    from archiver.run.check import check as look

    loaded = load(config_file, flags)
    named = split_arguments(what, read=read, crawl=crawl)
    with listener() as progress:
        report = look(
            loaded, named.documents, named.addresses, SystemClock(), progress, sites=named.sites,
            stdin=sys.stdin.buffer.read,
        )
    give(report, form, output, title=loaded.settings.title, verbose=verbose)
    return exit_code(report)
