"""`archiver mark`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - click reads it
from typing import TYPE_CHECKING

import click

from archiver.cli.options import config_option
from archiver.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

_VERDICTS = ("alive", "changed", "dead", "restricted", "blocked")  # run/mark.py's KINDS; importing them takes time
_MOST_DAYS = 36_500


@click.command()
@click.argument("url")
@click.argument("verdict", required=False, type=click.Choice(_VERDICTS))
@config_option
@click.option("--reason", metavar="TEXT", help="Why; shown wherever the link is.")
@click.option("--until", metavar="DATE", help="The last day it holds, such as 2027-01-31.")
@click.option("--days", type=click.IntRange(1, _MOST_DAYS), metavar="N", help="For so many days; default: 365.")
@click.option("--forever", is_flag=True, help="Until it is taken back.")
@click.option("--by", metavar="NAME", help="Whose word it is; default: your user name.")
@click.option("--clear", is_flag=True, help="Take the mark back.")
def mark(
    url: str, verdict: str | None, config_file: Path | None, reason: str | None, until: str | None, days: int | None,
    by: str | None, *, forever: bool, clear: bool,
) -> None:
    """Say of a link what is to be believed, and why: alive, changed, dead, restricted or blocked.

    It stands above what looks say, in every report and for `run --fail-on`, until its end. Looks go on beneath it, and
    what they say comes back when it ends. Exit code 75: a run holds the manifest, try again later.

    \b
    archiver mark URL alive --reason "it opens in my browser" --until 2027-01-31
    archiver mark URL --clear
    """
    from archiver.model import VerdictKind
    from archiver.reports.text import plain
    from archiver.run.mark import Wish, clear_mark, mark_link

    name = by or _user()
    if clear:
        if verdict or reason or until or days or forever:
            raise UsageError("--clear stands alone", hint="first clear the mark, then set another")
        state = clear_mark(config_file, url, name)
    else:
        if verdict is None:
            raise UsageError("say what it is", hint=f"one of {', '.join(_VERDICTS)}, or --clear")
        if reason is None:
            raise UsageError("say why", hint='--reason "it opens in my browser"')
        state = mark_link(config_file, url, Wish(
            kind=VerdictKind(verdict), reason=reason, by=name, until=_end(until, days, forever=forever),
        ))
    click.echo(f"{plain(state.link)}: {state.verdict.kind}. {plain(state.verdict.because)}")


def _end(until: str | None, days: int | None, *, forever: bool) -> date | None:
    """Give the last day of a mark."""
    from datetime import UTC, date, datetime, timedelta

    from archiver.run.mark import A_YEAR

    if sum((until is not None, days is not None, forever)) > 1:
        raise UsageError("a mark has one end", hint="only one of --until, --days and --forever")
    if forever:
        return None
    if until is None:
        return datetime.now(UTC).date() + timedelta(days=days or A_YEAR)
    try:
        return date.fromisoformat(until.strip())
    except ValueError:
        raise UsageError(f"--until: {plain_date(until)} is no date", hint="write it as 2027-01-31") from None


def plain_date(text: str) -> str:
    """Show what somebody took for a date."""
    from archiver.reports.text import clip

    return clip(text, 40) or '""'


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for this user, as in a container
        return "somebody"
