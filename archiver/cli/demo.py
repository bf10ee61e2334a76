"""`archiver demo`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), default=Path("archiver-demo"), show_default=True,
              help="Documents, manifest, captures and report are written here.")
@click.option("--serve", is_flag=True, help="Keep the demo's web running until Ctrl-C, for commands of your own.")
def demo(folder: Path, *, serve: bool) -> None:
    """Play a story of several weeks with real HTTP on this machine alone, then show the report's path."""
    from archiver.cli.answer import give
    from archiver.demo.story import play, serve_world

    if serve:
        serve_world(tell=click.echo)
        return
    report = play(folder, tell=lambda line: click.echo(line, err=True))
    give(report, "text", None, title="Demo")
    click.echo(f"archiver: the report is {folder / 'data' / 'report.html'}", err=True)
