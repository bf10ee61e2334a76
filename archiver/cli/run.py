"""`archiver run`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archiver.cli.options import FORMATS, config_option, load, web_options


@click.command()
@config_option
@web_options
@click.option("-n", "--dry-run", is_flag=True, help="Submit nothing to archives; all else as usual.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the answer here.")
@click.option("--fail-on", type=click.Choice(["dead", "lost"]), multiple=True,
              help="Exit with 1 when there are such (dead: confirmed).")
@click.option("-v", "--verbose", is_flag=True, help="List what is fine, too.")
def run(
    config_file: Path | None, form: str, output: Path | None, fail_on: tuple[str, ...], *,
    dry_run: bool, verbose: bool, **flags: object,
) -> int:
    """Do all that is due: read the documents of config.toml, look, archive, capture, record, report.

    Exit code 75: try again later (another run holds the manifest, this machine is offline, an archive takes no more
    today). 2: a document could not be read; all else was done. Says nothing when it is not on a terminal and nothing
    changed.
    """
    from archiver.cli.answer import FINDINGS, give, listener
    from archiver.clock import SystemClock
    from archiver.model import VerdictKind
    from archiver.run.pipeline import run as do_run
    from archiver.run.reporting import report_path, write_reports

    loaded = load(config_file, flags, required=True)
    _stop_on_terminate()
    with listener() as progress:
        outcome = do_run(loaded, SystemClock(), progress, submit=not dry_run)
        write_reports(loaded, outcome.report)
    report = outcome.report
    if sys.stdout.isatty() or outcome.changed or outcome.exit_code or output or form != "text":
        give(report, form, output, title=loaded.settings.title, verbose=verbose)
        if outcome.waiting:
            click.echo(f"archiver: {outcome.waiting}", err=True)
        click.echo(f"archiver: the report is {report_path(loaded)}", err=True)
    if report.run.offline:
        click.echo("archiver: offline; `archiver demo` shows all of it on this machine alone", err=True)
    found = {
        "dead": any(s.verdict.kind is VerdictKind.DEAD and s.verdict.confirmed for s in report.links),
        "lost": bool(report.lost),
    }
    return outcome.exit_code or (FINDINGS if any(found[kind] for kind in fail_on) else 0)


def _stop_on_terminate() -> None:
    """Let SIGTERM end a run as Ctrl-C does: with all recorded that was seen."""
    import signal

    signal.signal(signal.SIGTERM, signal.default_int_handler)
