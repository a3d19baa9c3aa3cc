"""`radar watch`."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.records.errors import ConfigError
from indexer.records.marked_passage import MarkedPassage
from indexer.records.values import suggestion
from radar.channels.letter import mark_words
from radar.commands.options import config_option, home_option, installation, json_option, print_json


@click.group("watch")
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
    """List the configured watches."""
    opened = installation(config, home)
    for watch in opened.settings.watches:
        record = {
            "id": watch.id,
            "name": watch.name,
            "query": watch.query,
            "channels": list(watch.channels),
            "cadence": watch.cadence,
        }
        if as_json:
            print_json(record)
        else:
            click.echo(f"{watch.id}: {watch.query} → {', '.join(watch.channels) or 'no channel'}")


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
    known = [w.id for w in opened.settings.watches]
    if watch not in known:
        raise ConfigError([f"unknown watch {watch!r}{suggestion(watch, known)}"])
    for match in opened.catalogue(opened.open_reader()).matches(watch):
        if as_json:
            print_json(match)
            continue
        click.echo(f"{match['url']} ({match['change']}, {match['state']}, run {match['run']})")
        for line in match["events"]:
            click.echo(f"  event: {line['told']}")
        for passage in match["passages"]:
            click.echo(f"  … {mark_words(MarkedPassage.from_json(passage))}")
        click.echo(f"  matched: {', '.join(match['terms'])}")
