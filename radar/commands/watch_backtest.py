"""`radar watch backtest`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from indexer.alerts.backtest import TOO_MANY_A_WEEK, Backtest
from indexer.alerts.backtest import backtest as replay
from indexer.alerts.watches import CHANGES
from indexer.database.engine import usable
from radar.commands.options import (
    Number,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.commands.watch import find_watch
from radar.installation.watches import compile_watch
from radar.plurals import counted


@click.command("backtest")
@click.argument("watch", required=False)
@click.option("--query", help="A query that is no watch yet, instead of WATCH.")
@click.option("--days", type=Number(1, 3660), default=90, show_default=True)
@config_option
@home_option
@json_option
def backtest(
    watch: str | None,
    query: str | None,
    days: int,
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """Say what a watch would have reported in the last days; nothing is sent.

    The days end with the last run. Give WATCH, or a --query before you make a watch of it.
    """
    if (watch is None) == (query is None):
        raise click.UsageError("give a WATCH or a --query")
    opened = installation(config, home)
    known = find_watch(opened, watch or "") if query is None else None
    asked = known.whole_query if known else query or ""
    compiled = compile_watch(asked, opened.settings, opened.compiler)
    engine = opened.open_reader()
    if engine is None:
        click.echo("no run yet: `radar run`", err=True)
        return
    with usable(), engine.connect() as connection:
        tell = known.tell if known else CHANGES
        names = opened.settings.source_names
        result = replay(connection, compiled, opened.compiler, days, tell=tell, source_names=names)
    if as_json:
        print_json({"watch": watch, "query": asked, "days": days, **result.to_json()})
        return
    for line in result_lines(result, days):
        click.echo(line)


def result_lines(result: Backtest, days: int) -> Iterator[str]:
    """The result for people."""
    told = f"{counted(len(result.alerts), 'alert')} in {counted(result.messages, 'message')}"
    colon = ":" if result.alerts else ""
    yield f"in the last {counted(days, 'day')} this would have sent {told}{colon}"
    for alert in result.alerts:
        first = ", first look" if alert.first_look else ""
        why = f"{alert.source_name}; {alert.change}{first}"
        yield f"  run {alert.run}: {alert.title or alert.url} ({why})"
        yield f"    {alert.url}"
        yield f"    matched: {', '.join(alert.terms)}"
    if result.too_broad:
        yield (
            f"too broad: {result.per_week:.0f} alerts a week, more than {TOO_MANY_A_WEEK} are not"
            " read; ask for more words"
        )
