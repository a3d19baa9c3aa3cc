"""`radar restore`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from indexer.database.engine import usable
from indexer.records.errors import BackupError, RadarError
from radar.backup import swap
from radar.backup.configuration import differs, restore_configuration
from radar.backup.manifest import CONFIGURATION, Backup, find_backup
from radar.backup.restoring import Restored, complete, is_in_use, restore
from radar.commands.options import (
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
    tell_encoder_failure,
)
from radar.configuration.settings import data_folder
from radar.erasure.eraser import RETURNED, Eraser
from radar.exit_codes import ExitCode
from radar.installation.clock import real_clock
from radar.installation.installation import Installation
from radar.plurals import counted, listed
from radar.run.lock import whole_lock
from radar.run.progress import Display, display
from radar.run.rebuild import refill


@click.command("restore")
@click.argument("folder", metavar="FROM", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Don't ask before replacing what is there.")
@config_option
@home_option
@json_option
def command(folder: Path, yes: bool, config: Path | None, home: Path | None, as_json: bool) -> int:
    """Bring an installation back from FROM: one backup, or a folder of backups, of which the newest
    is taken. What is there is moved aside, never deleted.

    All files are checked before the first one is touched. The configuration is restored only where
    there is none. Then the search index is built. Exit codes: 0 done; 1 done, but the index could
    not be built, or only without the encoder of meaning, which failed, or labels of forgotten pages
    not be removed, or an earlier restore, of another backup, was finished in place of this one; 2
    no backup there, or not confirmed; 3 the backup is damaged or too new, or a run or a server uses
    the installation: nothing was changed.
    """
    # Finishing an earlier restore needs nothing of FROM, which may be gone by now.
    backup = None if swap.interrupted(data_folder(home)) else _find(folder)
    if backup is not None:
        _restore_configuration(backup, config)
    opened = installation(config, home)
    settings = opened.settings
    if backup is not None and is_in_use(settings):
        _confirm(backup, settings.home, yes=yes)
    with whole_lock(settings.home, settings.database), display() as show:
        restored = _restore(opened, backup, show)
        _tell(restored)
        indexed = _build_index(opened, show)
        is_clean = _remove_labels(opened)
    has_meaning = not tell_encoder_failure(opened)
    if as_json:
        print_json({**_summary(restored), "indexed": indexed})
    asked = backup is not None or _names(folder, restored.backup)
    if not asked:
        click.echo(f"{folder} was not restored: give the command again for that", err=True)
    is_done = asked and indexed is not None and is_clean and has_meaning
    return ExitCode.DONE if is_done else ExitCode.NEEDS_A_PERSON


def _find(folder: Path) -> Backup:
    backup = find_backup(folder)
    if backup is None:
        raise click.UsageError(f"there is no backup in {folder}")
    return backup


def _names(folder: Path, restored: Path) -> bool:
    """Whether the backup that was restored is the one that FROM names, as far as FROM is there."""
    try:
        backup = find_backup(folder)
    except (BackupError, OSError):
        backup = None
    named = os.path.realpath(folder if backup is None else backup.folder)
    return Path(os.path.realpath(restored)).is_relative_to(named)


def _restore_configuration(backup: Backup, config: Path | None) -> None:
    named = os.environ.get("RADAR_CONFIG")
    place = config or (Path(named).expanduser() if named else None)
    saved = backup.folder / CONFIGURATION
    if place is None:
        if backup.manifest.under(CONFIGURATION):
            click.echo(f"note: RADAR_CONFIG names no folder; the backup's is {saved}", err=True)
    elif restore_configuration(backup, place):
        click.echo(f"configuration restored: {place}", err=True)
    elif differs(backup, place):
        click.echo(f"note: {place} was left as it is; it differs from {saved}", err=True)


def _confirm(backup: Backup, home: Path, *, yes: bool) -> None:
    if yes:
        return
    made = f"{backup.manifest.made:%Y-%m-%d %H:%M} UTC"
    if not sys.stdin.isatty():
        raise click.UsageError(f"{home} is in use; --yes puts the backup of {made} in its place")
    question = f"Put the backup of {made} in place of what is in {home}? It is moved aside"
    if not click.confirm(question, err=True):
        raise click.UsageError(f"not confirmed: {home} was left as it is")


def _restore(opened: Installation, backup: Backup | None, show: Display) -> Restored:
    """Restore, or (None) finish an earlier restore that was cut off, whatever it is of."""
    settings = opened.settings
    begun = swap.interrupted(settings.home)
    if backup is not None and begun is None:
        return restore(settings, backup, now=real_clock(), show=show)
    if backup is None and begun is not None:
        click.echo(f"note: this finishes the restore of {begun.backup} that was cut off", err=True)
        return complete(settings, begun)
    raise BackupError("another restore came between", hint="nothing was changed; try again")


def _tell(restored: Restored) -> None:
    click.echo(f"restored: {restored.backup}", err=True)
    if restored.aside is not None:
        click.echo(f"what was there is in {restored.aside}", err=True)
    if restored.forgotten is None:
        click.echo(
            "what was forgotten since the backup could not be carried over: forget it again "
            "(`radar forget`), and look at `radar key list`",
            err=True,
        )
    elif restored.forgotten:
        number = counted(restored.forgotten, "page or source", "pages and sources")
        click.echo(
            f"{number}, forgotten since: searches leave them out, the next run removes them",
            err=True,
        )
    if restored.unplaced:
        click.echo(
            "only in the backup, as database or configuration lie in their place, or an earlier "
            f"restore had left them: {listed(restored.unplaced)}",
            err=True,
        )
    for name in restored.joined.taken:
        click.echo(f"archive: newer records of {name} go on; the next run reads them", err=True)
    for name in restored.joined.left:
        click.echo(f"archive: {name} does not fit the backup and is only there", err=True)


def _build_index(opened: Installation, show: Display) -> int | None:
    """Number of documents; None if the index could not be built."""
    try:
        engine = opened.open_writer()
        try:
            with usable(), engine.connect() as connection:
                indexed = refill(connection, opened, show)
                Eraser(opened, engine, connection, real_clock).hide_interrupted()
        finally:
            engine.dispose()
    except RadarError as error:
        click.echo(f"the index could not be built: {error.message}", err=True)
        click.echo("hint: `radar rebuild` builds it", err=True)
        return None
    click.echo(f"{counted(indexed.written, 'document')} indexed", err=True)
    return indexed.written


def _remove_labels(opened: Installation) -> bool:
    """Remove those of pages that were forgotten since the backup; whether that could be done."""
    try:
        engine = opened.open_writer()
        try:
            with usable(), engine.connect() as connection:
                lines = Eraser(opened, engine, connection, real_clock).remove_returned_labels()
        finally:
            engine.dispose()
    except (RadarError, OSError) as error:
        reason = error.message if isinstance(error, RadarError) else str(error)
        click.echo(f"labels of forgotten pages could not be removed: {reason}", err=True)
        click.echo("hint: the next run tries again", err=True)
        return False
    if lines:
        click.echo(f"labels removed: {counted(lines, 'line')}, {RETURNED}", err=True)
    return True


def _summary(restored: Restored) -> dict[str, object]:
    return {
        "backup": str(restored.backup),
        "aside": None if restored.aside is None else str(restored.aside),
        "archive_taken": restored.joined.taken,
        "archive_left": restored.joined.left,
        "forgotten": restored.forgotten,
        "unplaced": restored.unplaced,
    }
