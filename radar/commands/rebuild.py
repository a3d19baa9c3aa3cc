"""`radar rebuild`."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.database.engine import usable
from radar.commands.options import (
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
    tell_encoder_failure,
)
from radar.commands.writing import writer
from radar.exit_codes import ExitCode
from radar.run.progress import display
from radar.run.rebuild import rebuild, rebuild_alone, refill


@click.command("rebuild")
@click.option("--keep-events", is_flag=True, help="Leave the links between events as they are.")
@config_option
@home_option
@json_option
def command(keep_events: bool, config: Path | None, home: Path | None, as_json: bool) -> int:
    """Build the search index again from the database. The old index answers searches until the
    new one is complete. Exit code 1: the encoder of meaning failed, and the index was built
    without.
    """
    opened = installation(config, home)
    with rebuild_alone(opened), display() as show:
        # Beside a run, of an earlier version perhaps, nothing is migrated.
        beside = opened.store_kind.runs_beside_rebuild
        engine = writer(opened) if beside else opened.open_writer()
        with usable(), engine.connect() as connection:
            fill = refill if keep_events else rebuild
            indexed = fill(connection, opened, show)
        engine.dispose()
    if as_json:
        print_json({"indexed": indexed.written, "rejected": indexed.rejected})
    else:
        refused = f", {indexed.rejected} refused: see radar check" if indexed.rejected else ""
        click.echo(f"{indexed.written} documents indexed{refused}", err=True)
    return ExitCode.NEEDS_A_PERSON if tell_encoder_failure(opened) else ExitCode.DONE
