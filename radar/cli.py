"""The command `radar`: its subcommands are loaded when they are called, so that each starts
quickly.
"""

from __future__ import annotations

import errno
import importlib
import io
import keyword
import os
import shutil
import sys
from contextlib import nullcontext
from itertools import zip_longest
from textwrap import fill
from typing import NoReturn

import click

from indexer.garbage_collection import collect_seldom
from indexer.records.errors import ConfigError, QueryError, RadarError
from radar.commands.groups import check_command
from radar.exit_codes import ExitCode
from radar.without_openssl import without_openssl

COMMANDS = {
    "init": "Make a configuration folder to start from.",
    "check": "Check configuration, database and search store.",
    "run": "Crawl, read, index, match and deliver what is new.",
    "backfill": "Crawl the older pages of a source, back to a day.",
    "import": "Read saved pages into the collection, without network.",
    "try": "Read one page and show every value in its place, with the rule that found it.",
    "label": "Say in the browser what a page tells, to train on.",
    "train": "Make the parameters of events anew, with labelled pages.",
    "parse": "Turn pages (JSON lines) into records (JSON lines); stores nothing.",
    "search": "Search the collection.",
    "events": "List events, past or to come, with the pages that tell of them.",
    "export": "Write all that a search finds as CSV, XLSX, JSON lines, calendar or feed.",
    "show": "Print the records of documents.",
    "sources": "List the partner sources and their state; check their addresses, add new ones.",
    "runs": "List the last runs and their results.",
    "watch": "Watches and what they matched.",
    "forget": "Remove everything about a page or a source.",
    "rebuild": "Build the search index again from the database.",
    "key": "Keys that let others in: add, list, remove.",
    "backup": "Copy the installation into a folder, while it works.",
    "restore": "Bring an installation back from a backup.",
    "serve": "Serve the search page and API.",
    "up": "Serve, and run what is due every minute.",
    "completion": "Print what makes a shell complete commands and options.",
    "demo": "Run the main job on bundled sample sites.",
}
"""Every subcommand with its line in `radar --help`.

Each is `command` of the module `radar.commands.NAME` (`NAME_` where Python reserves the name).
"""

_NO_SPACE = "free space on that disk (if none is named: the data folder's), then start it again"
_HINTS = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EFBIG: "let it write larger files (`ulimit -f`), then start the same command again",
    errno.EROFS: "its disk can only be read: mount it for writing, or name another data folder",
    errno.EACCES: "run it as the owner, or give yourself the right to it (`chown`, `chmod`)",
    errno.EMFILE: "let it open more files at once (`ulimit -n`)",
}
"""What to do about errors of the system that can meet any command."""


_OF_COMMANDS = ("--config", "--home", "--json")
"""Options that most commands have, and that people also write before the command."""


class Commands(click.Group):
    """Finds subcommands by name and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which a newcomer needs them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand's module, imported now."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module_name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        with without_openssl() if cmd_name == "export" else nullcontext():  # its memory is bounded
            module = importlib.import_module(f"radar.commands.{module_name}")
        command = module.command
        return command if isinstance(command, click.Command) else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What stands behind `radar`; UsageError where it is an option of the commands."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            name = error.option_name
            if name not in _OF_COMMANDS:
                raise
            message = f"{name} stands behind the command, as in `radar run {name} …`."
            raise click.UsageError(message, ctx) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand; UsageError with the one that may have been meant."""
        check_command(args[0], COMMANDS, ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the subcommand. A pipe that is closed early is no error; click would exit with 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # What is still in the buffer has nowhere to go; without this, the interpreter would
            # complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return ExitCode.DONE

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rohstoffradar")
def radar() -> None:
    """Rohstoffradar collects raw-materials news of partner organisations, searches it, and reports
    what is new.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line; every expected error is one line on stderr and an exit code."""
    _open_closed_streams()
    collect_seldom()
    _show_what_there_is_no_letter_for()
    try:
        result = radar.main(args=arguments, prog_name="radar", standalone_mode=False)
        code = result if isinstance(result, int) else ExitCode.DONE
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        _tell(told.getvalue().removesuffix("\n"))
        code = ExitCode.MISTAKEN
    except click.Abort:
        click.echo("stopped", err=True)
        code = ExitCode.INTERRUPTED
    except RadarError as error:
        report(error)
        code = exit_code(error)
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        hint = _HINTS.get(error.errno or 0, "")
        report(RadarError(f"{error.strerror or error}{place}", hint=hint))
        code = ExitCode.UNUSABLE
    except (MemoryError, ImportError) as error:
        if not _is_lack_of_memory(error):
            raise
        hint = "let it have more (`ulimit -v`, or what a service may have), then start it again"
        report(RadarError("there is not enough memory", hint=hint))
        code = ExitCode.UNUSABLE
    sys.exit(code)


def _open_closed_streams() -> None:
    """Standard streams that were closed (`>&-`, a careless starter of services) lead nowhere: the
    next file to be opened would get the number of one, and what is written to it by a child would
    go into the database.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            file = open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115  # as long as the program
            setattr(sys, name, file)


def _is_lack_of_memory(error: BaseException) -> bool:
    """Whether an error comes of too little memory: a library that could not be loaded for it is
    first known as a module that is not there.
    """
    text = str(error)
    return (
        isinstance(error, MemoryError)
        or "failed to map segment" in text
        or "annot allocate memory" in text
        or (error.__cause__ is not None and _is_lack_of_memory(error.__cause__))
    )


def _show_what_there_is_no_letter_for() -> None:
    """On a terminal that is set to another encoding than UTF-8 (KOI8-R, Latin-1), letters that it
    lacks are written by their numbers, as on standard error; they would end the command.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")


def report(error: RadarError) -> None:
    """Print on stderr what is wrong, one line each but on a terminal, with the hint."""
    if isinstance(error, ConfigError):
        _tell("\n".join(error.problems))
    else:
        _tell(f"error: {error.message}")
    if error.hint:
        _tell(f"hint: {error.hint}")


def _tell(text: str) -> None:
    """Print lines on stderr, on a terminal none wider than it is: but for what can be typed, paths,
    and a query above the mark (`^`) under its mistake.
    """
    lines = text.split("\n")
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns
        lines = [
            line
            if len(line) <= width or "^" in (line.strip(), below.strip())
            else fill(line, width, break_long_words=False, break_on_hyphens=False)
            for line, below in zip_longest(lines, lines[1:], fillvalue="")
        ]
    click.echo("\n".join(lines), err=True)


def exit_code(error: RadarError) -> int:
    """The exit code for this kind of error."""
    if isinstance(error, ConfigError | QueryError):
        return ExitCode.MISTAKEN
    return ExitCode.UNUSABLE
