"""`radar runs`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from click.core import ParameterSource
from rich.table import Table

from radar.commands.options import (
    Number,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.commands.summary import sources_table
from radar.plurals import size
from radar.run.progress import print_table


@click.command("runs")
@click.argument("run", type=Number(min=1), required=False, metavar="[RUN]")
@click.option("--limit", type=Number(min=0), default=20, show_default=True, help="0 for all.")
@config_option
@home_option
@json_option
def command(
    run: int | None, limit: int, config: Path | None, home: Path | None, as_json: bool
) -> None:
    """List the last runs and their results, the newest first; for one RUN, its sources too."""
    limit_source = click.get_current_context().get_parameter_source("limit")
    if run is not None and limit_source is not ParameterSource.DEFAULT:
        raise click.UsageError("--limit is for the list of runs, not for one RUN")
    opened = installation(config, home)
    catalogue = opened.catalogue(opened.open_reader())
    found = catalogue.runs(limit).items if run is None else [catalogue.run(run)]
    runs = [each.to_json() for each in found if each is not None]
    if run is not None and not runs:
        raise click.BadParameter(f"there is no run {run}", param_hint="RUN")
    if as_json:
        for record in runs:
            print_json(record)
    elif runs:
        print_table(_table(runs, ZoneInfo(opened.settings.timezone)))
        if run is not None and runs[0]["sources"]:
            print_table(sources_table(runs[0]["sources"]))
        for problem in runs[0]["problems"]:
            click.echo(f"run {runs[0]['run']} needs attention: {problem}")
    else:
        click.echo("no run yet: `radar run`")


def _table(runs: list[dict[str, Any]], zone: ZoneInfo) -> Table:
    """Times are those of the configured zone."""
    table = Table(
        "run", "started", "state", "took", "fetched", "pages", "outcomes", "new", "sent", "problems"
    )
    for run in runs:
        started = datetime.fromisoformat(run["started"]).astimezone(zone)
        outcomes = run["outcomes"] or {}
        table.add_row(
            str(run["run"]),
            f"{started:%Y-%m-%d %H:%M %Z}",
            run["state"],
            "" if run["seconds"] is None else f"{run['seconds']:.0f} s",
            "" if run["bytes"] is None else size(run["bytes"]),
            str(sum(outcomes.values())),
            ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items()),
            _show_number(run["revisions"]),
            _show_number(run["sent"]),
            str(len(run["problems"]) or ""),
        )
    return table


def _show_number(number: int | None) -> str:
    return "" if number is None else str(number)
