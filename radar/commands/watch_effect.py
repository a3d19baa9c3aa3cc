"""`radar watch effect`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

import click

from indexer.alerts.backtest import TOO_MANY_A_WEEK
from indexer.alerts.effect import Effect
from indexer.alerts.effect import effect as effect_of
from indexer.alerts.watches import Watch
from indexer.database.engine import usable
from indexer.query import QueryCompiler
from indexer.query.topics import Topic
from indexer.records.errors import ConfigError
from radar.commands.options import (
    Number,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.configuration.folder import read_topics, read_topics_file
from radar.configuration.queries import topics_in
from radar.installation.watches import all_watches
from radar.plurals import counted


@click.command("effect")
@click.argument("topics", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--days", type=Number(1, 3660), default=90, show_default=True)
@config_option
@home_option
@json_option
def effect(topics: Path, days: int, config: Path | None, home: Path | None, as_json: bool) -> None:
    """Say what watches would have reported in the last days with a changed file of topics.

    TOPICS: a file like those of the folder topics, before it is put there. Each watch that asks for
    one of its topics, or for one that would be another without a file of this name, is tested with
    the topics as they are and as they would be. Topics that are in that file alone would be gone.
    """
    opened = installation(config, home)
    settings = opened.settings
    changed, after = _read(topics, settings.own_folder)
    before = settings.topics
    gone = before.keys() - after.keys()
    others = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    compiler = QueryCompiler(opened.reference, after, opened.encoder, opened.compiler.homes)
    engine = opened.open_reader()
    if engine is None:
        click.echo("no run yet: `radar run`", err=True)
        return
    for topic in sorted(others):
        _tell_version(topic, before[topic].version, after[topic].version, as_json=as_json)
    with usable(), engine.connect() as connection:
        watches = all_watches(settings, connection)
        concerned = list(_concerned(watches, gone, changed.keys() | others))
        if not concerned:
            click.echo("it changes what no watch asks for", err=True)
        for watch, lost in concerned:
            if lost:
                print_json({"watch": watch.id, "lost": lost}) if as_json else click.echo(
                    f"{watch.id}: could not be run any more: there would be no topic {lost[0]}"
                )
                continue
            found = effect_of(
                connection,
                watch,
                opened.compiler,
                compiler,
                days,
                source_names=settings.source_names,
            )
            if as_json:
                print_json(found.to_json())
                continue
            for line in effect_lines(found, days):
                click.echo(line)


def _read(topics: Path, own_folder: Path | None) -> tuple[Mapping[str, Topic], Mapping[str, Topic]]:
    """The topics of the file, and all as they would be with it. ConfigError: no command could be
    run then.
    """
    problems: list[str] = []
    changed = read_topics_file(topics, os.environ, problems)
    if problems:
        raise ConfigError(problems)
    if not changed:
        click.echo(f"{topics} holds no topic", err=True)
    after = read_topics(own_folder, os.environ, problems, changed=topics)
    if problems:
        raise ConfigError(problems)
    return changed, after


def _tell_version(topic: str, before: int, after: int, *, as_json: bool) -> None:
    """Say which version of a topic changes, and which it would be."""
    if as_json:
        print_json({"topic": topic, "before": before, "after": after})
    elif before == after:
        click.echo(f"topic {topic}: version {before}, as before: raise it where terms change")
    else:
        click.echo(f"topic {topic}: version {before} would be {after}")


def _concerned(
    watches: Iterable[Watch], gone: AbstractSet[str], changed: AbstractSet[str]
) -> Iterator[tuple[Watch, list[str]]]:
    """The watches that ask for a topic that changes or is gone, with those that are gone."""
    for watch in watches:
        named = topics_in(watch.whole_query)
        lost = sorted(named & gone)
        if lost or named & changed:
            yield watch, lost


def effect_lines(found: Effect, days: int) -> Iterator[str]:
    """The effect for people."""
    before, after = len(found.before.alerts), len(found.after.alerts)
    numbers = f"{counted(before, 'alert')} in the last {counted(days, 'day')} would be {after}"
    yield f"{found.watch}: {numbers}"
    for sign, alerts in (("+", found.added), ("-", found.removed)):
        for alert in alerts:
            matched = ", ".join(alert.terms)
            yield f"  {sign} {alert.title or alert.url} ({alert.source_name}): {matched}"
            yield f"    {alert.url}"
    if found.after.too_broad:
        yield f"  too broad: more than {TOO_MANY_A_WEEK} alerts a week are not read"
