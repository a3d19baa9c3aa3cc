"""`radar check`."""

from __future__ import annotations

from pathlib import Path

import click

from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.exit_codes import ExitCode
from radar.installation.checking import CheckResult, check_installation


@click.command("check")
@config_option
@home_option
@json_option
def command(config: Path | None, home: Path | None, as_json: bool) -> int:
    """Check configuration, reference tables, database and search store; change nothing.

    Exit codes: 0 all is well; 1 something needs a person; 2 the configuration is mistaken;
    3 the database or the search store can't be used.
    """
    opened = installation(config, home)
    found = list(check_installation(opened))
    for result in found:
        if as_json:
            print_json({"what": result.what, "level": result.level, "message": result.message})
        else:
            click.echo(f"{result.level:<5} {result.what}: {result.message}")
    return _code(found)


def _code(found: list[CheckResult]) -> ExitCode:
    levels = {result.level for result in found}
    if "error" in levels:
        return ExitCode.UNUSABLE
    return ExitCode.NEEDS_A_PERSON if "todo" in levels else ExitCode.DONE
