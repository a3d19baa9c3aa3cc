"""Brings an installation back from a backup.

Everything is copied beside its place first, and every digest checked; then what is there is moved
aside and the copies take its place (`swap`). Cut off before that, nothing has changed; cut off
within, the next restore finishes it, and until then nothing else opens the installation.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from indexer.database.engine import check_schema
from indexer.records.errors import BackupError, ConfigError, ForeignData
from radar.backup import postgresql, swap
from radar.backup.database_copy import kind_of
from radar.backup.installed_files import (
    ARCHIVE,
    ASIDE,
    STAGING,
    archive_files,
    database_files,
    names_beside,
)
from radar.backup.joining import Joined
from radar.backup.manifest import HOME, NAME_FORMAT, Backup
from radar.backup.staging import Staging
from radar.configuration.settings import Settings
from radar.installation.belonging import refuse_foreign_archive
from radar.run.progress import Display


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back."""

    backup: Path
    aside: Path | None
    """Folder with what was there; None if there was nothing."""
    joined: Joined = field(default_factory=Joined)
    forgotten: int | None = 0
    """Pages and sources that were forgotten since, to be forgotten again; None: that could not be
    carried over, as what was there did not say it or the backup is older than such orders."""
    unplaced: tuple[str, ...] = ()
    """Files that stay in the backup only: database or configuration lie where they would go, or an
    earlier restore had left them."""


def is_in_use(settings: Settings) -> bool:
    """Whether there is anything that a restore would replace."""
    there = any(path.exists() for path in database_files(settings))
    if kind_of(settings.database) == "postgresql":
        there = postgresql.holds_ours(settings.database)
    return there or bool(archive_files(settings)) or bool(names_beside(settings, settings.home))


def restore(settings: Settings, backup: Backup, *, now: datetime, show: Display) -> Restored:
    """Put the backup in place of what is there; the caller holds all locks.

    Raises ConfigError (another kind of database is configured), DatabaseError (newer schema),
    BackupError (damaged, or something can't be moved) and OSError; nothing has changed then.
    """
    kind, configured = backup.manifest.database, kind_of(settings.database)
    if kind != configured:
        raise ConfigError(
            [f"the backup is of a {kind} database, the configuration names a {configured} one"],
            hint="name a database of that kind with RADAR_DATABASE",
        )
    check_schema(backup.manifest.schema, "backup")
    _refuse_mixed(backup)
    aside = _unused(settings.home / f"{ASIDE}{now:{NAME_FORMAT}}")
    staging = Staging(settings, backup, aside, show)
    staging.clear()
    try:
        joined = staging.fill()
        staging.join_ledgers()
        forgotten = staging.carry_over()
        replaced = staging.replacements()
        unplaced = tuple(staging.unplaced(replaced))
        begun = swap.Swap(
            backup.folder.absolute(),
            staging.aside.absolute(),
            tuple(replaced),
            staging.dump(),
            joined,
            forgotten,
            unplaced,
        )
        swap.begin(settings.home, begun)
    except BaseException:
        staging.clear()
        raise

    def load(dump: Path) -> None:
        """The first step: if it fails, all is as it was."""
        try:
            postgresql.load(settings.database, dump)
        except BackupError:
            swap.cancel(settings.home)
            staging.clear()
            raise

    return replace(_put_in_place(settings, begun, load), backup=backup.folder)


def complete(settings: Settings, begun: swap.Swap) -> Restored:
    """Finish what an earlier process has begun. Raises BackupError and OSError; then it can be
    finished again.
    """
    return _put_in_place(settings, begun, lambda dump: postgresql.load(settings.database, dump))


def _put_in_place(settings: Settings, begun: swap.Swap, load: Callable[[Path], None]) -> Restored:
    swap.finish(settings.home, begun, load)
    shutil.rmtree(settings.home / STAGING)
    is_aside = any(begun.aside.iterdir())
    if not is_aside:
        begun.aside.rmdir()
    aside = begun.aside if is_aside else None
    return Restored(begun.backup, aside, begun.joined, begun.forgotten, begun.unplaced)


def _refuse_mixed(backup: Backup) -> None:
    """BackupError if its archive is not its database's: no run would work with what it brings."""
    try:
        refuse_foreign_archive(backup.manifest.installation, backup.folder / HOME / ARCHIVE)
    except ForeignData as error:
        raise BackupError(
            f"the backup in {backup.folder} has an archive of another installation than its "
            "database",
            hint="nothing was changed; restore the backup of another day: name its folder",
        ) from error


def _unused(path: Path) -> Path:
    number = 2
    found = path
    while found.exists():
        found = path.with_name(f"{path.name}-{number}")
        number += 1
    return found
