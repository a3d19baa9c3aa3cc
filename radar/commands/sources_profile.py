"""`radar sources profile`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from crawler.profiles import SiteProfile
from indexer.database.engine import usable
from indexer.profiles.profile_records import ProfileRecord, iter_profiles
from indexer.records.document import iso_instant
from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.commands.run import check_sources
from radar.exit_codes import ExitCode
from radar.installation.installation import Installation
from radar.stages.site_profiles import KnownSite, SiteProfiles
from radar.survey.profile_words import profile_lines


@click.command("profile")
@click.argument("source", metavar="ID")
@config_option
@home_option
@json_option
def profile(source: str, config: Path | None, home: Path | None, as_json: bool) -> int:
    """Show what runs have learnt of the sites of a source from their own pages.

    Exit codes: 0 shown, also if nothing was learnt yet; 2 command or configuration wrong; 3 the
    database can't be used.
    """
    opened = installation(config, home)
    check_sources((source,), opened.settings)
    sites = list(_known(opened, source))
    if as_json:
        for record, known in sites:
            print_json(_record(record, known.profile))
        return ExitCode.DONE
    if not sites:
        click.echo("nothing was learnt yet: a run learns a site from three different pages on")
    for record, known in sites:
        click.echo(record.site)
        for line in profile_lines(record, known.profile):
            click.echo(f"  {line}")
    return ExitCode.DONE


def _known(opened: Installation, source: str) -> Iterator[tuple[ProfileRecord, KnownSite]]:
    engine = opened.open_reader()
    if engine is None:
        return
    try:
        with usable(), engine.connect() as connection:
            profiles = SiteProfiles(connection)
            for record in list(iter_profiles(connection, source)):
                yield record, profiles.site(record.key)
    finally:
        engine.dispose()


def _record(record: ProfileRecord, profile: SiteProfile | None) -> dict[str, Any]:
    """A line of `radar sources profile --json`."""
    return {
        "source": record.source,
        "site": record.site,
        "version": record.version,
        "pages": record.pages,
        "learnt": iso_instant(record.learnt),
        "reason": record.reason,
        "agreed": record.agreed,
        "disagreed": record.disagreed,
        "redesigned": None if record.redesigned is None else iso_instant(record.redesigned),
        "profile": None if profile is None else profile.to_json(),
        "words": list(profile_lines(record, profile)),
    }
