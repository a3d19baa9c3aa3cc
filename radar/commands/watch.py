"""`radar watch`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from indexer.alerts.marks import snoozed
from indexer.alerts.watches import Watch
from indexer.database.engine import usable
from indexer.records.document import iso_instant
from indexer.records.errors import ConfigError
from indexer.records.marked_passage import MarkedPassage
from indexer.records.values import suggestion
from radar.channels.letter_text import mark_words
from radar.commands.groups import CommandGroup
from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.installation.clock import real_clock
from radar.installation.installation import Installation
from radar.installation.watches import all_watches

_MODULES = {
    "add": "radar.commands.watch_edit",
    "edit": "radar.commands.watch_edit",
    "remove": "radar.commands.watch_edit",
    "mark": "radar.commands.watch_care",
    "mute": "radar.commands.watch_care",
    "snooze": "radar.commands.watch_care",
    "subscribe": "radar.commands.watch_care",
    "dead-letters": "radar.commands.watch_care",
    "effect": "radar.commands.watch_effect",
    "explain": "radar.commands.watch_explain",
    "backtest": "radar.commands.watch_backtest",
    "test": "radar.commands.watch_test",
}
"""Where the other commands below `radar watch` are."""


@click.group("watch", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Watches: saved queries that report what is new."""


@command.command("list")
@config_option
@home_option
@json_option
def list_watches(
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """List the watches, those of the configuration and those in the database."""
    opened = installation(config, home)
    waiting = _snoozed(opened)
    for watch in _watches(opened):
        until = waiting.get(watch.id)
        if as_json:
            print_json(
                watch.to_json() | {"snoozed_until": None if until is None else iso_instant(until)}
            )
        else:
            to = ", ".join(watch.channels) or "no channel"
            snooze = f" (snoozed until {iso_instant(until)})" if until is not None else ""
            click.echo(f"{watch.id}: {watch.whole_query} → {to}{snooze}")


@command.command("matches")
@click.argument("watch")
@config_option
@home_option
@json_option
def matches(
    watch: str,
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """List the matches of a watch, the oldest first, with the words that matched."""
    opened = installation(config, home)
    for match in opened.catalogue(opened.open_reader()).matches(find_watch(opened, watch).id):
        if as_json:
            print_json(match)
            continue
        said = (match["mark"], "muted" if match["muted"] else None)
        number = match["match"]
        became = ", ".join(filter(None, (match["change"], match["state"], *said)))
        click.echo(f"{match['url']} (match {number}: {became}, run {match['run']})")
        for line in match["events"]:
            click.echo(f"  event: {line['told']}")
        for passage in match["passages"]:
            click.echo(f"  … {mark_words(MarkedPassage.from_json(passage))}")
        click.echo(f"  matched: {', '.join(match['terms'])}")


def find_watch(opened: Installation, name: str) -> Watch:
    """The watch with this id; ConfigError if there is none."""
    known = {watch.id: watch for watch in _watches(opened)}
    if name not in known:
        raise ConfigError(
            [f"unknown watch {name!r}{suggestion(name, list(known))}"],
            hint="`radar watch list` lists them",
        )
    return known[name]


def _snoozed(opened: Installation) -> dict[str, datetime]:
    """Watches of which nothing is sent now, and until when."""
    engine = opened.open_reader()
    if engine is None:
        return {}
    now = real_clock()
    with usable(), engine.connect() as connection:
        return {watch: until for watch, until in snoozed(connection).items() if until > now}


def _watches(opened: Installation) -> tuple[Watch, ...]:
    engine = opened.open_reader()
    if engine is None:
        return opened.settings.watches
    with usable(), engine.connect() as connection:
        return all_watches(opened.settings, connection)
