"""`radar sources`."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.table import Table

from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.progress import STDOUT
from search_api.ports import SourceView


@click.command("sources")
@config_option
@home_option
@json_option
def command(
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """List the partner sources: which can be crawled, why the others can't, and their last run."""
    opened = installation(config, home)
    views = opened.catalogue(opened.open_reader()).sources()
    if as_json:
        for view in views:
            print_json(view.to_json())
        return
    crawled = [v for v in views if v.enabled]
    rest = [v for v in views if not v.enabled]
    if crawled:
        STDOUT.print(_table(crawled, ZoneInfo(opened.settings.timezone)))
    click.echo(f"{len(crawled)} of {len(views)} sources can be crawled")
    if rest:
        click.echo("not crawled:")
        for view in rest:
            click.echo(f"  {view.id}: {view.reason}")


def _table(views: list[SourceView], zone: ZoneInfo) -> Table:
    """Times are those of the configured zone."""
    table = Table("source", "country", "last run", "state", "outcomes", "newest", "pages")
    for view in views:
        last = view.last_run
        outcomes = ", ".join(f"{n} {o}" for o, n in last.outcomes.items()) if last else ""
        if last and last.reason:
            outcomes = f"{outcomes} ({last.reason})".strip()
        table.add_row(
            view.id,
            view.country,
            f"{last.when.astimezone(zone):%Y-%m-%d %H:%M %Z}" if last else "never",
            view.state or "",
            outcomes,
            view.newest or "",
            str(view.documents),
        )
    return table
