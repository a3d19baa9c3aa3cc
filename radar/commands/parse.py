"""`radar parse`: pages in, records out; no database, no network, no clock."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from radar.commands.options import InputFile, print_json
from radar.page_input.parsing import parse_lines


@click.command("parse")
@click.argument("file", type=InputFile("rb"), default="-", metavar="[FILE|-]")
@click.option(
    "--config",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="RADAR_CONFIG",
    help="Configuration folder for the reference tables.",
)
def command(file: IO[bytes], config: Path | None) -> None:
    """Read JSON lines (`id`, and `html` or `text`; `url`, `lang`, `published` where known).

    Writes one line for every line in, same order: the record, or {"id", "error"}.
    """
    for record in parse_lines(file, config):
        print_json(record)
