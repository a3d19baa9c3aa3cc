"""`radar watch add`, `edit` and `remove`: the watches in the database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from indexer.alerts.watches import CHANGES
from indexer.records.errors import ConfigError
from radar.commands.options import (
    Number,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.commands.writing import writer
from radar.installation.clock import real_clock
from radar.installation.installation import Installation
from radar.installation.watch_desk import DatabaseWatchDesk
from search_api.problems import NotFound, WatchChanged, WatchReadOnly
from search_api.watches.desk import WatchEntry

Command = TypeVar("Command", bound=Callable[..., Any])


def _several(option: str, name: str, value: str, text: str) -> Callable[[Command], Command]:
    """An option that may be repeated."""
    return click.option(option, name, multiple=True, metavar=value, help=f"{text} (repeatable)")


_OPTIONS = (
    click.option("--name", help="What mails and feeds call it."),
    click.option("--query", help="What it looks for, written as for `radar search`."),
    _several("--channel", "channels", "CHANNEL", "feed, mailto:…, webhook:…, apprise:…, file:…"),
    _several("--topic", "topics", "ID", "Only pages on this topic."),
    _several("--lang", "languages", "CODE", "Only pages in this language: de."),
    _several("--source", "sources", "ID", "Only pages of this source."),
    _several("--country", "countries", "CODE", "Only pages that name this country: KZ."),
    _several("--kind", "kinds", "KIND", "Only pages of this kind: article, event, paywalled."),
    _several("--tell", "tell", "CHANGE", f"Only this kind of news: {', '.join(CHANGES)}."),
    click.option(
        "--cadence",
        help='When messages go: run (with each run), hourly, "daily 07:30", "weekly mon 07:30".',
    ),
    click.option("--timezone", metavar="ZONE", help="Of cadence and quiet hours: Asia/Almaty."),
    click.option("--quiet", metavar="HOURS", help="When nothing is sent: 22:00-07:00."),
    click.option("--language", metavar="CODE", help="Of its mails and its feed: en, de, ru."),
    click.option(
        "--report-nothing/--no-report-nothing",
        default=None,
        help="Whether a digest says so when nothing is new.",
    ),
)

_NEEDED = {
    "--name": ("name",),
    "--query": ("query", "topics", "languages", "sources", "countries", "kinds"),
    "--channel": ("channels",),
}
"""Options without which there is no watch → what may be given for each."""


def _with_options(command: Command) -> Command:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command("add")
@click.option("--id", "identifier", help="Default: made from the name.")
@_with_options
@click.option(
    "--report-days", type=Number(0, 3660), help="First report what came in so many days before."
)
@config_option
@home_option
@json_option
def add(
    identifier: str | None,
    config: Path | None,
    home: Path | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Add a watch, which is kept in the database and starts now.

    --name, --channel and --query, or what narrows it, are needed. `radar watch backtest --query …`
    says before what it would have reported.
    """
    missing = [option for option, names in _NEEDED.items() if not any(map(given.get, names))]
    if missing:
        raise click.UsageError(f"{', '.join(missing)}: needed (`radar watch add --help`)")
    desk = _desk(installation(config, home))
    entry = desk.add({"id": identifier, **_content(given)}, None)
    _show(entry, as_json=as_json)


@click.command("edit")
@click.argument("watch")
@_with_options
@config_option
@home_option
@json_option
def edit(watch: str, config: Path | None, home: Path | None, as_json: bool, **given: Any) -> None:
    """Change a watch in the database; what is not given stays. It goes on where it is."""
    desk = _desk(installation(config, home))
    known = {entry.watch.id: entry for entry in desk.entries()}
    present = known.get(watch)
    content = present.watch.to_json() if present else {}
    versions = (present.version,) if present else None
    try:
        entry = desk.change(watch, content | _content(given), None, versions)
    except (NotFound, WatchReadOnly, WatchChanged) as error:
        raise ConfigError([error.message], hint=error.hint) from error
    _show(entry, as_json=as_json)


@click.command("remove")
@click.argument("watch")
@config_option
@home_option
def remove(watch: str, config: Path | None, home: Path | None) -> None:
    """Remove a watch from the database; its matches stay, and its feed goes."""
    try:
        _desk(installation(config, home)).remove(watch)
    except (NotFound, WatchReadOnly) as error:
        raise ConfigError([error.message], hint=error.hint) from error
    click.echo(f"The watch {watch} is removed.", err=True)


def _desk(opened: Installation) -> DatabaseWatchDesk:
    engine = writer(opened)
    return DatabaseWatchDesk(opened, lambda: engine, real_clock)


def _content(given: dict[str, Any]) -> dict[str, Any]:
    """What was given on the command line, as the keys of a watch."""
    content = {key: value for key, value in given.items() if value not in (None, ())}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in content.items()}


def _show(entry: WatchEntry, *, as_json: bool) -> None:
    if as_json:
        print_json(entry.to_json())
    else:
        click.echo(entry.watch.id)
