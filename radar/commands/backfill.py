"""`radar backfill`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from crawler.spiders.backfill import Backfill
from indexer.database.engine import usable
from indexer.frontier.backfills import count_waiting_pages, delete_progress, unfinished_lists
from indexer.records.source import Api, Listing, Sitemap, Source
from radar.commands.options import (
    Day,
    Number,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.commands.run import check_sources, exit_code_of
from radar.commands.summary import show_summary
from radar.installation.clock import real_clock
from radar.installation.installation import Installation
from radar.plurals import counted
from radar.run.lock import run_lock
from radar.run.progress import display
from radar.run.run import run
from radar.run.run_summary import RunOptions
from radar.service.stopping import stop_on_signals

DEPTH = 100
"""Pages of each list by default: a thousand to two thousand entries."""

NO_ARCHIVE = (
    "its calendars, and feeds that name no older pages, tell of the last days only: "
    "to go further back, give it a listing, a sitemap or an API"
)


@click.command("backfill")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "--since",
    required=True,
    type=Day(),
    metavar="DATE",
    help="Go back to this day.",
)
@click.option(
    "--depth",
    type=Number(min=1),
    default=DEPTH,
    show_default=True,
    help="Pages of each list, and files of each sitemap, that are read.",
)
@click.option("--limit", type=Number(min=1), help="Fetch at most this many pages of each source.")
@click.option("--restart", is_flag=True, help="Begin each list again instead of resuming.")
@config_option
@home_option
@json_option
def command(
    sources: tuple[str, ...],
    since: date,
    depth: int,
    limit: int | None,
    restart: bool,
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Read listings, feeds in pages, sitemaps and APIs of a source further back, to a given day.

    A second call resumes where the first one ended or was interrupted. Pages are read and indexed;
    watches report their matches as a first look, apart from news.

    Exit codes: those of `radar run`.
    """
    opened = installation(config, home)
    check_sources(sources, opened.settings)
    if restart:
        _delete_progress(opened, sources)
    # click hands over a time of that day.
    day = date(since.year, since.month, since.day)
    options = RunOptions(sources, limit=limit, backfill=Backfill(day, depth))
    with stop_on_signals() as stop, display() as show:
        summary = run(opened, options, clock=real_clock, show=show, stop=stop.event)
    show_summary(summary, cut_off=bool(stop.exit_code))
    _tell(opened, sources, day)
    if as_json:
        print_json(summary.to_json())
    return stop.exit_code or exit_code_of(summary)


def _delete_progress(opened: Installation, sources: tuple[str, ...]) -> None:
    with run_lock(opened.settings.home, opened.settings.database):
        engine = opened.open_writer()
        with usable(), engine.begin() as connection:
            for source in sources:
                delete_progress(connection, source)
        engine.dispose()


def _has_archive(source: Source) -> bool:
    entries = source.discovery
    return not entries or any(isinstance(e, Listing | Sitemap | Api) for e in entries)


def _tell(opened: Installation, sources: tuple[str, ...], since: date) -> None:
    """Print what is left to do on stderr."""
    engine = opened.open_reader()
    if engine is None:
        return
    configured = {s.id: s for s in opened.settings.sources}
    with usable(), engine.connect() as connection:
        for source in sources:
            waiting, lists = (
                count_waiting_pages(connection, source),
                unfinished_lists(connection, source),
            )
            line = f"  {source}: {counted(waiting, 'page')} found and not requested yet"
            if lists:
                line += f", {counted(len(lists), 'list')} not at {since} yet"
            again = "; the same command resumes" if waiting or lists else ""
            click.echo(line + again, err=True)
            if not _has_archive(configured[source]):
                click.echo(f"  {source}: {NO_ARCHIVE}", err=True)
