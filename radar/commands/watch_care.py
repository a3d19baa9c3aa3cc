"""`radar watch mark`, `mute`, `snooze`, `dead-letters`: what people say of watches and messages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import click

from indexer.alerts.marks import MARKS
from indexer.records.document import iso_instant
from indexer.records.errors import ConfigError
from radar.commands.options import (
    Choice,
    Name,
    Number,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.commands.watch import find_watch
from radar.commands.writing import writer
from radar.installation.clock import real_clock
from radar.installation.watch_desk import DatabaseWatchDesk
from radar.plurals import counted
from search_api.problems import NotFound


@click.command("mark")
@click.argument("watch")
@click.argument("match", type=Number(min=1))
@click.argument("value", type=Choice([*MARKS, "none"]))
@config_option
@home_option
def mark(watch: str, match: int, value: str, config: Path | None, home: Path | None) -> None:
    """Say of a MATCH (its number in `radar watch matches`) whether it is relevant.

    The marks are kept; the page of the watch shows its precision by them.
    """
    with _desk(watch, config, home) as desk:
        desk.mark(watch, match, None if value == "none" else value)


@click.command("mute")
@click.argument("watch")
@click.argument("match", type=Number(min=1))
@click.option("--off", is_flag=True, help="Report the story again.")
@config_option
@home_option
def mute(watch: str, match: int, off: bool, config: Path | None, home: Path | None) -> None:
    """Report nothing more of the story of a MATCH (its number in `radar watch matches`)."""
    with _desk(watch, config, home) as desk:
        desk.mute(watch, match, muted=not off)


@click.command("snooze")
@click.argument("watch")
@click.option("--days", type=Number(0, 365), default=7, show_default=True)
@config_option
@home_option
def snooze(watch: str, days: int, config: Path | None, home: Path | None) -> None:
    """Send nothing of a watch for some days (0: go on); what comes meanwhile waits."""
    until = real_clock() + timedelta(days=days) if days else None
    with _desk(watch, config, home) as desk:
        desk.snooze(watch, until)
    click.echo(f"snoozed until {iso_instant(until)}" if until else "it goes on", err=True)


@click.command("subscribe")
@click.argument("watch")
@click.argument("channel", type=Name())
@config_option
@home_option
def subscribe(watch: str, channel: str, config: Path | None, home: Path | None) -> None:
    """Send again to a CHANNEL (mailto:…) that took itself off a watch, or off all."""
    with _desk(watch, config, home) as desk:
        if not desk.subscribe(watch, channel):
            raise ConfigError([f"{channel} did not take itself off {watch}"])


@click.command("dead-letters")
@click.option(
    "--replay",
    type=Name(),
    metavar="KEY",
    help="Send one again with the next delivery; or `all`.",
)
@click.option("--drop", type=Name(), metavar="KEY", help="Never send one; or `all`.")
@config_option
@home_option
@json_option
def dead_letters(
    replay: str | None, drop: str | None, config: Path | None, home: Path | None, as_json: bool
) -> None:
    """List the messages that were refused for good, failed too often or lost their watch; send them
    again, or drop them.
    """
    if replay is not None and drop is not None:
        raise click.UsageError("--replay and --drop can't be used together")
    opened = installation(config, home)
    chosen = drop if replay is None else replay
    engine = opened.open_reader() if chosen is None else writer(opened)
    desk = DatabaseWatchDesk(opened, lambda: engine, real_clock)
    if chosen is not None:
        change, becomes = (desk.drop, "dropped") if replay is None else (desk.replay, "sent again")
        number = change(None if chosen == "all" else chosen)
        if not number and chosen != "all":
            raise ConfigError([f"there is no dead letter {chosen!r}"])
        click.echo(f"{counted(number, 'message')} will be {becomes}", err=True)
        return
    for letter in desk.dead_letters():
        if as_json:
            print_json(letter.to_json())
            continue
        click.echo(
            f"{letter.key}: {letter.watch} to {letter.channel}, {iso_instant(letter.created)}"
        )
        click.echo(f"  tried {counted(letter.attempts, 'time')}: {letter.error}")


@contextmanager
def _desk(watch: str, config: Path | None, home: Path | None) -> Iterator[DatabaseWatchDesk]:
    """The desk, for a watch that there is."""
    opened = installation(config, home)
    find_watch(opened, watch)
    engine = writer(opened)
    try:
        yield DatabaseWatchDesk(opened, lambda: engine, real_clock)
    except NotFound as error:
        raise ConfigError([error.message]) from error
