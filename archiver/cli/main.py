"""The `archiver` command: finds the subcommand, and turns every error into one line and an exit code.

Only this module ends the process. Subcommands are imported when they are called, so that `--help` is quick.
"""

from __future__ import annotations

import errno
import gc
import importlib
import io
import os
import sys
from typing import TYPE_CHECKING

import click

from archiver import __version__
from archiver.errors import ArchiverError

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
_MANY = 20_000  # objects made before the first search for cycles

# name -> (module, one line of help). The module holds a click command of the same name.
COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("archiver.cli.run", "Do all that is due: read, look, archive, capture, report (for cron)."),
    "check": ("archiver.cli.check", "Look at these documents or addresses now."),
    "save": ("archiver.cli.save", "Archive what these documents or addresses cite, now."),
    "links": ("archiver.cli.links", "List the citations of documents, without the network."),
    "status": ("archiver.cli.status", "Tell in a few lines how the cited links are doing."),
    "show": ("archiver.cli.show", "Tell all that is known of one link."),
    "mark": ("archiver.cli.mark", "Say of a link what is to be believed, and why."),
    "report": ("archiver.cli.report", "Write the report from the manifest."),
    "init": ("archiver.cli.init", "Write a commented config.toml here."),
    "config": ("archiver.cli.settings", "Show every setting and who set it."),
    "demo": ("archiver.cli.demo", "Play a story of several weeks on this machine alone."),
}


class _Commands(click.Group):
    """A group that imports a subcommand only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{cmd_name} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str],
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"no such command: {args[0]}" + (f" (did you mean {near[0]}?)" if near else ""))
        return super().resolve_command(ctx, args)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="archiver")
def archiver() -> None:
    """Keep the links that you cite: find them, look whether they are still there, archive them, prove it.

    \b
    archiver run                     all that config.toml asks for
    archiver check essay.md          is everything this document cites still there?
    archiver links essay.md          what does it cite?
    archiver demo                    see it work, without the internet
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    # Imports make many objects and no garbage; at the end all of it goes, and need not be searched for cycles first.
    # Both take a tenth of the time of a small run.
    gc.set_threshold(_MANY)
    _keep_answers_whole()
    try:
        code = _run(arguments)
    finally:
        gc.freeze()
    sys.exit(code)


def _keep_answers_whole() -> None:
    """Give standard output a buffer where PYTHONUNBUFFERED has taken it away, and a place where there is none.

    Only a buffer goes on with a write to a pipe that a signal has cut short: without one the rest is lost, silently.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, open(nowhere, "w", encoding="utf-8", closefd=False))  # noqa: SIM115 - to the end
    old = sys.stdout
    if isinstance(old, io.TextIOWrapper) and isinstance(old.buffer, io.RawIOBase):
        encoding, errors, lines = old.encoding, old.errors, old.isatty()
        buffer = io.BufferedWriter(old.detach())
        sys.stdout = io.TextIOWrapper(buffer, encoding=encoding, errors=errors, line_buffering=lines)


def _run(arguments: Sequence[str] | None) -> int:
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        code = archiver.main(args=given or ["--help"], prog_name="archiver", standalone_mode=False)
        sys.stdout.flush()  # what cannot be written is known now, and not when Python has ended
        if not given:
            return 2
    except click.exceptions.Abort:
        return _say("interrupted", code=INTERRUPTED)
    except KeyboardInterrupt:
        return _say("interrupted", code=INTERRUPTED)
    except click.ClickException as error:
        return _say(error.format_message(), hint="`archiver --help` lists the commands", code=2)
    except ArchiverError as error:
        return _say(error.message, hint=error.hint, code=error.exit_code)
    except BrokenPipeError:
        _drop_answer()  # the reader left (`archiver links | head`): nothing more to say
        return 0
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG):
            where = f"{error.filename}: " if error.filename else ""
            hint = "free some room or choose another folder"
            _drop_answer()
            return _say(f"{where}cannot write: {error.strerror}", hint=hint, code=2)
        raise
    return code if isinstance(code, int) else 0


def _drop_answer() -> None:
    """Let go of what cannot be written to standard output: Python must not try it once more at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str, *, hint: str = "", code: int) -> int:
    line = " ".join(message.split())
    click.echo(f"archiver: {line}" + (f" ({hint})" if hint else ""), err=True)
    return code
