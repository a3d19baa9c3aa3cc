"""`radar export`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from secrets import token_hex
from typing import cast
from zoneinfo import ZoneInfo

import click

from indexer.loaded_programs import give_back_programs
from indexer.records.errors import QueryError
from indexer.stores.base import SORTS, Sort
from radar.commands.options import Choice, Number, config_option, home_option, installation
from radar.commands.searching import searching, usage_error
from radar.service.freed_memory import (
    forget_words_of_tables,
    give_back_freed_memory,
)
from radar.service.server_address import page_address
from search_api.exports.formats import FORMAT, Export
from search_api.parameters import SearchParameters

_LONGEST_FEED = 100
"""Entries, as over HTTP."""


@click.command("export")
@click.argument("query")
@click.option("--format", "name", type=Choice(tuple(FORMAT)), required=True)
@click.option(
    "--limit",
    type=Number(min=1),
    help="Hits at most (default: all; of a feed 20, 100 at most, with the address of the next).",
)
@click.option("--sort", type=Choice(SORTS), help="As in `radar search`.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write (default: standard output).",
)
@config_option
@home_option
def command(
    query: str,
    name: str,
    limit: int | None,
    sort: str | None,
    output: Path | None,
    config: Path | None,
    home: Path | None,
) -> None:
    """Write all that a search finds to standard output or a file, as the web interface exports it.

    The query is that of `radar search`; an empty one finds all news.
    """
    if limit is not None and limit > _LONGEST_FEED and FORMAT[name].feed:
        raise click.UsageError(f"--limit: a feed has {_LONGEST_FEED} entries at most")
    # A file would replace it.
    if output is not None and output.exists() and not output.is_file():
        raise click.UsageError(
            f"--output: {output} is no file; without --output all goes to stdout"
        )
    give_back_freed_memory()
    opened = installation(config, home)
    given = {"q": query, "sort": cast("Sort | None", sort)}
    parameters = SearchParameters.model_validate({k: v for k, v in given.items() if v is not None})
    if limit is not None:  # files have no bound, unlike the answers of a server
        parameters = parameters.model_copy(update={"limit": limit})
    site = opened.settings.public_url or page_address("127.0.0.1", 8000).rstrip("/")
    zone = ZoneInfo(opened.settings.timezone)
    give_back_programs()
    with searching(opened) as search:
        forget_words_of_tables()
        give_back_programs()
        export = Export(search, opened.catalogue(opened.open_reader()), parameters, site, zone)
        try:
            _write(export, name, output)
        except QueryError as error:
            raise usage_error(query, error) from error


def _write(export: Export, name: str, output: Path | None) -> None:
    pieces = FORMAT[name].write(export)
    if output is None:
        sys.stdout.buffer.writelines(pieces)
        return
    # What fails leaves no half of a file under the name that was asked for; a link stays one. Each
    # export has a draft of its own: another one may write the same file meanwhile.
    output = Path(os.path.realpath(output))
    unfinished = output.with_name(f"{output.name}.{token_hex(4)}.part")
    try:
        with unfinished.open("xb") as file:
            file.writelines(pieces)
        unfinished.replace(output)
    except OSError as error:  # a full disk names no file, a missing folder the draft in it
        error.filename, error.filename2 = str(output), None
        raise
    finally:
        unfinished.unlink(missing_ok=True)
