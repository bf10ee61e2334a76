"""`archiver save`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archiver.cli.options import FORMATS, config_option, load, reading_options, split_arguments, web_options


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="DOCUMENT|URL...")
@click.option("-n", "--dry-run", is_flag=True, help="Look up only; submit nothing.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--read", is_flag=True, help="Read the addresses given as documents, and save what they cite.")
@reading_options
@config_option
@web_options
def save(
    what: tuple[str, ...], form: str, output: Path | None, config_file: Path | None, *,
    dry_run: bool, read: bool, crawl: bool, **flags: object,
) -> int:
    """Make sure, now, that what these documents cite, and these addresses, have a copy in a web archive.

    Exit code 75: some have none yet; the reason is said.
    """
    from archiver.cli.answer import FAILED, LATER, give, listener
    from archiver.cli.output import answer_console, tell_unread
    from archiver.clock import SystemClock
    from archiver.run.save import save as do_save

    loaded = load(config_file, flags)
    named = split_arguments(what, read=read, crawl=crawl)
    with listener() as progress:
        saved = do_save(
            loaded, named.documents, named.addresses, SystemClock(), progress, sites=named.sites, submit=not dry_run,
            stdin=sys.stdin.buffer.read,
        )
    if form == "text":
        with answer_console(output) as console:
            for state in saved.report.links:
                best = state.snapshots[0] if state.snapshots else None
                told = f"{best.taken:%Y-%m-%d}  {best.url}" if best else "no copy yet"
                console.print(f"{state.link}\n    {told}", markup=False)
        tell_unread(saved.report.unreadable)
    else:
        give(saved.report, form, output, title=loaded.settings.title)
    if saved.missing and saved.waiting:
        click.echo(f"archiver: {saved.missing} without a copy: {saved.waiting}", err=True)
    if saved.report.unreadable:
        return FAILED
    return LATER if saved.missing else 0
