"""`radar check`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import click

from radar.commands.options import (
    config_option,
    home_option,
    json_option,
    print_json,
    silent_installation,
)
from radar.exit_codes import ExitCode
from radar.installation.checking import CheckResult, check_installation
from radar.installation.deep_check import check_deeply
from radar.installation.installation import Installation
from radar.run.progress import display


@click.command("check")
@click.option("--deep", is_flag=True, help="Read everything that is kept, and say what is damaged.")
@config_option
@home_option
@json_option
def command(deep: bool, config: Path | None, home: Path | None, as_json: bool) -> int:
    """Check configuration, reference tables, database and search store; change nothing.

    --deep reads the whole database, every record of the archive and all files of the search index,
    and compares the three: it takes minutes for some GB.

    Exit codes: 0 all is well; 1 something needs a person; 2 the configuration is wrong;
    3 the database or the search store can't be used.
    """
    opened = silent_installation(config, home)
    levels = set()
    for result in _results(opened, deep=deep):
        levels.add(result.level)
        if as_json:
            print_json({"what": result.what, "level": result.level, "message": result.message})
        else:
            click.echo(f"{result.level:<5} {result.what}: {result.message}")
    return _code(levels)


def _results(opened: Installation, *, deep: bool) -> Iterator[CheckResult]:
    # Mistakes in the configuration come before anything is printed.
    yield from list(check_installation(opened))
    if deep:
        with display() as show:
            yield from check_deeply(opened, show)


def _code(levels: Collection[str]) -> ExitCode:
    if "error" in levels:
        return ExitCode.UNUSABLE
    return ExitCode.NEEDS_A_PERSON if "todo" in levels else ExitCode.DONE
