"""`radar backup`."""

from __future__ import annotations

from pathlib import Path

import click

from radar.backup.backing_up import BackedUp, back_up, why_unfit
from radar.commands.options import (
    Number,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.exit_codes import ExitCode
from radar.installation.clock import real_clock
from radar.plurals import counted, size
from radar.run.lock import readers_lock
from radar.run.progress import display


@click.command("backup")
@click.argument("to", type=click.Path(path_type=Path))
@click.option(
    "--keep", type=Number(min=1), metavar="N", help="Remove all but the N newest backups."
)
@click.option(
    "--verify", is_flag=True, help="Also read what is taken over unchanged from the backup before."
)
@config_option
@home_option
@json_option
def command(
    to: Path, keep: int | None, verify: bool, config: Path | None, home: Path | None, as_json: bool
) -> int:
    """Copy database, archive, feeds, logs and configuration into a new folder in TO, while runs and
    searches go on. Files that have not changed since the backup before take no space.

    Everything that is copied is read back. The search index is left out; `radar restore` builds it
    again. Exit codes: 0 done; 1 done, but an earlier copy was damaged, or the archive lacks files
    (then --keep removes nothing); 2 TO can't be used; 3 no backup was made (database, disk, an
    archive of another installation); earlier ones are as they were.
    """
    settings = installation(config, home).settings
    unfit = why_unfit(to, settings)
    if unfit is not None:
        raise click.UsageError(unfit)
    with readers_lock(settings.home), display() as show:
        result = back_up(settings, to, now=real_clock(), show=show, keep=keep, verify=verify)
    if as_json:
        print_json(_summary(result))
    else:
        _tell(result)
    for path in result.damaged:
        click.echo(f"damaged since it was written, copied again: {path}", err=True)
    for name in result.lacking:
        click.echo(f"not in the archive, or too short: {name} (see `radar check`)", err=True)
    for reason in result.unreadable:
        click.echo(f"an earlier backup can't be used: {reason}", err=True)
    if result.spared:
        number = counted(len(result.spared), "older backup")
        click.echo(f"{number} kept: what this one lacks may be there", err=True)
    faults = result.damaged or result.lacking or result.unreadable
    return ExitCode.NEEDS_A_PERSON if faults else ExitCode.DONE


def _summary(result: BackedUp) -> dict[str, object]:
    manifest = result.backup.manifest
    return {
        "backup": str(result.backup.folder),
        "made": manifest.made.isoformat(),
        "installation": manifest.installation,
        "database": manifest.database,
        "schema": manifest.schema,
        "files": len(manifest.files),
        "bytes": sum(file.size for file in manifest.files),
        "copied": result.copied,
        "copied_bytes": result.copied_bytes,
        "removed": result.removed,
        "damaged": result.damaged,
        "lacking": result.lacking,
        "unreadable": result.unreadable,
        "spared": result.spared,
    }


def _tell(result: BackedUp) -> None:
    files = result.backup.manifest.files
    removed = f"; removed {counted(len(result.removed), 'older one')}" if result.removed else ""
    click.echo(
        f"{result.backup.folder}: {counted(len(files), 'file')}, "
        f"{size(sum(file.size for file in files))}, of which {size(result.copied_bytes)} "
        f"were copied{removed}"
    )
