"""`radar rebuild`."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.database import usable
from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.lock import run_lock
from radar.progress import display
from radar.rebuilding import rebuild


@click.command("rebuild")
@config_option
@home_option
@json_option
def command(config: Path | None, home: Path | None, as_json: bool) -> None:
    """Make the search index anew from the database. The old one answers until the new one is complete."""
    opened = installation(config, home)
    with run_lock(opened.settings.home), display() as show:
        engine = opened.open_writer()
        with usable(), engine.connect() as connection:
            number = rebuild(connection, opened, show)
        engine.dispose()
    if as_json:
        print_json({"indexed": number})
    else:
        click.echo(f"{number} documents indexed", err=True)
