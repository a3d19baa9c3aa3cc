"""`radar run`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click

from indexer.records.errors import ConfigError, RunInProgress
from indexer.records.values import suggestion
from radar.commands.options import (
    Choice,
    Number,
    config_option,
    home_option,
    json_option,
    print_json,
    schedule_option,
    silent_installation,
)
from radar.commands.summary import show_summary
from radar.configuration.settings import Settings
from radar.exit_codes import ExitCode
from radar.installation.clock import clock_set_to, real_clock
from radar.run.progress import display
from radar.run.run import run
from radar.run.run_summary import STAGES, RunOptions, RunSummary, Stage
from radar.run.source_choice import unknown_sources
from radar.service.stopping import stop_on_signals

EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""Moments that --now takes: before, there was no web; years later than that are slips, and what
such a run writes would be disbelieved by all others.
"""


@click.command("run")
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.option("--due", is_flag=True, help="Only sources that are due by their schedule.")
@schedule_option(
    "With --due: a time of day or interval for the sources that set none (default: always due)."
)
@click.option(
    "--all", "everything", is_flag=True, help="Fetch every known page again, the longest ago first."
)
@click.option("--only", type=Choice(STAGES), help="Run one stage.")
@click.option(
    "--now", metavar="TIME", help="Set the run's clock (ISO with zone): simulated nights, replay."
)
@click.option("--limit", type=Number(min=1), help="Fetch at most this many pages of each source.")
@config_option
@home_option
@json_option
def command(
    sources: tuple[str, ...],
    due: bool,
    schedule: str | None,
    everything: bool,
    only: str | None,
    now: str | None,
    limit: int | None,
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Crawl the partner sources (all, or those named), read, index, match and deliver what is new.

    Exit codes: 0 done; 1 done, but a source was not reached or a message not delivered;
    2 command or configuration wrong; 3 database not usable or another run in progress.
    """
    if schedule is not None and not due:
        raise click.UsageError("--schedule goes with --due")
    clock = clock_set_to(_moment(now)) if now is not None else real_clock
    options = RunOptions(
        sources, due, everything, cast("Stage | None", only), limit, unscheduled=schedule
    )
    try:
        # From here on: whoever starts us may ignore signals, and the system does for process 1.
        with stop_on_signals() as stop:
            opened = silent_installation(config, home)
            check_sources(sources, opened.settings)
            if opened.settings.crawler.contact is None:
                note = "note: crawler.contact is not set: sites can't tell whom to ask"
                click.echo(note, err=True)
            with display() as show:
                summary = run(opened, options, clock=clock, show=show, stop=stop.event)
    except RunInProgress as error:
        if not due:
            raise
        click.echo(f"{error.message}: nothing to do", err=True)
        return ExitCode.DONE
    show_summary(summary, cut_off=bool(stop.exit_code))
    if as_json:
        print_json(summary.to_json())
    return stop.exit_code or exit_code_of(summary)


def exit_code_of(summary: RunSummary) -> ExitCode:
    """Exit code of a run that came to its end."""
    return ExitCode.NEEDS_A_PERSON if summary.problems else ExitCode.DONE


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not an ISO time", param_hint="--now") from error
    if moment.tzinfo is None:
        raise click.BadParameter(f"{text!r} has no zone, such as +02:00 or Z", param_hint="--now")
    if not EARLIEST <= moment < LATEST:
        raise click.BadParameter(
            f"{text!r} is not between {EARLIEST.year} and {LATEST.year}", param_hint="--now"
        )
    return moment


def check_sources(names: tuple[str, ...], settings: Settings) -> None:
    """ConfigError for ids that name no configured source."""
    known = [s.id for s in settings.sources]
    unknown = unknown_sources(names, settings.sources)
    if unknown:
        raise ConfigError(
            [f"unknown source {name!r}{suggestion(name, known)}" for name in unknown],
            hint="`radar sources` lists them",
        )
