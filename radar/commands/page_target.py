"""The page that a command names: an address, fetched as in a crawl, or a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from crawler.parsers.raw_page import RawPage
from indexer.records.errors import RadarError
from indexer.records.regular_files import open_regular
from radar.installation.installation import Installation
from radar.trial.page_source import PageOverrides, fetch_raw_page, is_address, read_file
from radar.trial.site_profile import FoundProfile, find_site_profile


class PageTarget(NamedTuple):
    """A page before it is read."""

    raw: RawPage
    """With what is known of its site."""
    profile: FoundProfile | None
    remark: str | None
    """How its text was come by, if it is not just what was fetched."""


def page_target(
    target: str, given: PageOverrides, opened: Installation, *, render: bool = False
) -> PageTarget:
    """The page at an address or in a file, as a run would read it.

    Raises FetchError, ParseError, and click.UsageError where there is no such file.
    """
    if is_address(target):
        raw, remark = fetch_raw_page(target, given, opened, render=render)
    else:
        raw, remark = read_file(existing_file(target), given), None
    try:
        found = find_site_profile(opened, raw.url)
    except RadarError as error:
        click.echo(f"read without what is known of the site: {error.message}", err=True)
        found = None
    if found is not None:
        raw = replace(raw, profile=found.profile)
    return PageTarget(raw, found, remark)


def existing_file(target: str) -> Path:
    """The file of this name; click.UsageError where there is none."""
    file = Path(target)
    try:
        open_regular(file).close()
    except OSError as error:
        raise click.UsageError(
            f"{target}: {error.strerror}; an address begins with http:// or https://"
        ) from error
    return file
