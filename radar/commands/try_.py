"""`radar try`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from indexer.records.errors import FetchError, ParseError
from radar.commands.options import (
    Day,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.commands.page_target import page_target
from radar.exit_codes import ExitCode
from radar.run.progress import STDOUT
from radar.trial.by_profile import ReadWith, changes_by_profile
from radar.trial.findings import TriedPage
from radar.trial.page_source import (
    PageOverrides,
    is_address,
    is_read_by_places,
    read_page,
)
from radar.trial.terminal import show
from radar.trial.web_page import render as render_html


@click.command("try")
@click.argument("target", metavar="URL|FILE")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write an HTML file.")
@click.option("--url", help="Address of the page in a file.")
@click.option("--lang", help="Language of the page, instead of the detected one.")
@click.option(
    "--published",
    type=Day(),
    metavar="DATE",
    help="Day of publication, instead of the one read from the page.",
)
@click.option("--render", is_flag=True, help="Render the page in the browser.")
@config_option
@home_option
@json_option
def command(
    target: str,
    html: Path | None,
    url: str | None,
    lang: str | None,
    published: datetime | None,
    render: bool,
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Read one page and show every value in its place, with the rule that found it. Stores nothing.

    What earlier runs have learnt of its site is used as in a run; what came by it is listed.

    FILE is HTML, PDF, a calendar (ICS) or, as .txt, plain text; also .gz. A URL is fetched as in a
    crawl: robots.txt, delay, limits, no private networks; through the browser where its
    source has `render`.

    Exit codes: 0 read; 1 the page can't be fetched or read; 2 command or configuration
    wrong.
    """
    opened = installation(config, home)
    given = PageOverrides(url, lang, published.date().isoformat() if published else None)
    if render and not is_address(target):
        raise click.UsageError("--render goes with an address")
    try:
        raw, found, remark = page_target(target, given, opened, render=render)
        page = read_page(raw, opened)
        read_with = None
        if found is not None:
            without = read_page(replace(raw, profile=None), opened)
            changes = changes_by_profile(page, without)
            by_places = is_read_by_places(raw, opened.settings.own_folder)
            read_with = ReadWith(found.record, changes, by_places)
    except (FetchError, ParseError) as error:
        click.echo(f"error: {error.message}", err=True)
        return ExitCode.NEEDS_A_PERSON
    if remark is not None:
        click.echo(remark, err=True)
    if as_json:
        profile = read_with.to_json() if read_with is not None else None
        print_json({"id": target, **page.to_json(), "site_profile": profile})
    elif html is None:
        show(TriedPage(page, read_with), STDOUT)
    if html is not None:
        html.write_text(render_html(TriedPage(page, read_with)), encoding="utf-8")
        click.echo(f"written: {html}", err=True)
    return ExitCode.DONE
