"""Makes a backup while runs and searches go on, and removes old ones.

Order matters. The database comes first: archive files only grow, so that whatever record it knows
is in the files that are copied after it. A purge puts new files in place of old ones; if it took
away a file that the copied database still names, both are copied again. What is written beside the
database (feeds, logs, ledgers of what was sent) comes last, so that a ledger is never older.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from indexer.records.errors import BackupError, DatabaseError
from radar.backup.copying import copy_file, is_whole, link
from radar.backup.database_copy import DatabaseCopy, NoDatabase, copy_database
from radar.backup.installed_files import (
    ARCHIVE,
    LOST_AND_FOUND,
    archive_files,
    configuration_files,
    files_beside,
)
from radar.backup.manifest import (
    CONFIGURATION,
    FORMAT,
    HOME,
    MANIFEST,
    Backup,
    Manifest,
    SavedFile,
    complete_backups,
    is_backup_name,
    new_backup_folder,
    read_backup,
    write_manifest,
)
from radar.configuration.settings import Settings
from radar.installation.belonging import (
    RESTORE_DATABASE,
    refuse_foreign_archive,
    traces_of_a_database,
)
from radar.installation.interrupted_restore import refuse_interrupted_restore
from radar.run.progress import Display

_ARCHIVE = f"{HOME}/{ARCHIVE}"
_ATTEMPTS = 5
"""How often purges may get in the way; a run ends with one at most."""
_LOCK = ".lock"
_OTHERS = frozenset({_LOCK, LOST_AND_FOUND})
"""What may be in a folder of backups beside them."""


@dataclass(slots=True)
class BackedUp:
    """A backup that was made, and what it took."""

    backup: Backup
    copied: int = 0
    """Files that were copied; the others are links to those of the backup before."""
    copied_bytes: int = 0
    lacking: list[str] = field(default_factory=list)
    """Archive files that the database names and that are not there, or too short."""
    damaged: list[str] = field(default_factory=list)
    """Files of the backup before that have changed since they were written."""
    unreadable: list[str] = field(default_factory=list)
    """Why newer backups than the one before, if there are such, can't be built upon."""
    removed: list[str] = field(default_factory=list)
    """Names of the older backups that were removed."""
    spared: list[str] = field(default_factory=list)
    """Names of those that stay because this one lacks what they may still hold."""


def why_unfit(folder: Path, settings: Settings) -> str | None:
    """Why backups can't be kept in this folder; None if they can."""
    # Not `Path.resolve`: of a link to itself it makes a RuntimeError.
    place = Path(os.path.realpath(folder))
    for used in (settings.home, settings.folder):
        inside = Path(os.path.realpath(used))
        if place.is_relative_to(inside) or inside.is_relative_to(place):
            return f"{folder} and {used} lie one in the other: name a folder of its own"
    if not folder.exists():
        return None
    if not folder.is_dir():
        return f"{folder} is no folder"
    if (folder / MANIFEST).exists():
        return f"{folder} is a single backup: name the folder that it is in"
    foreign = [p.name for p in folder.iterdir() if not is_backup_name(p.name) | (p.name in _OTHERS)]
    if foreign:
        return f"{folder} holds something else ({min(foreign)}): name an empty folder"
    return None


def back_up(
    settings: Settings,
    folder: Path,
    *,
    now: datetime,
    show: Display,
    keep: int | None = None,
    verify: bool = False,
) -> BackedUp:
    """Make a backup in `folder` and remove all but the newest `keep` ones, unless it lacks archive
    files.

    Files that have not changed since the backup before become links to its copies; `verify` reads
    those first. Raises DatabaseError, BackupError, ForeignData (the archive is not this database's)
    and OSError; earlier backups are then as they were.
    """
    refuse_interrupted_restore(settings.home)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _one_at_a_time(folder):
        _remove_incomplete(folder)
        earlier, unreadable = _newest_readable(folder)
        made = new_backup_folder(folder, now)
        work = _Copying(settings, made, earlier, show, verify)
        try:
            result = work.perform(now)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        result.unreadable = unreadable
        if keep is not None:
            surplus = complete_backups(folder)[:-keep]
            names = [path.name for path in surplus]
            if result.lacking:
                result.spared = names
            else:
                _remove(surplus)
                result.removed = names
        return result


@dataclass(slots=True)
class _Copying:
    """Fills the folder of a backup."""

    settings: Settings
    folder: Path
    earlier: Backup | None
    show: Display
    verify: bool
    saved: dict[str, SavedFile] = field(default_factory=dict)
    copied: int = 0
    copied_bytes: int = 0
    damaged: list[str] = field(default_factory=list)
    _known: Mapping[str, SavedFile] = field(init=False)

    def __post_init__(self) -> None:
        """Look up what the backup before holds."""
        self._known = self.earlier.manifest.by_path if self.earlier else {}

    def perform(self, now: datetime) -> BackedUp:
        """Copy everything; the manifest last."""
        database, lacking = self._copy_database_and_archive()
        self._copy(HOME, files_beside(self.settings))
        self._copy(CONFIGURATION, configuration_files(self.settings))
        files = (database.file, *(self.saved[path] for path in sorted(self.saved)))
        manifest = Manifest(
            format=FORMAT,
            made=now,
            program=version("rohstoffradar"),
            installation=database.installation,
            database=database.kind,
            schema=database.schema,
            files=files,
        )
        write_manifest(self.folder, manifest)
        return BackedUp(
            Backup(self.folder, manifest),
            self.copied + 1,
            self.copied_bytes + database.file.size,
            lacking,
            self.damaged,
        )

    def _copy_database_and_archive(self) -> tuple[DatabaseCopy, list[str]]:
        """Both so that they fit, and what the archive itself lacks."""
        lacking: list[str] | None = None
        for _ in range(_ATTEMPTS):
            before = lacking
            database = self._copy_database()
            refuse_foreign_archive(database.installation, self.settings.archive)
            self._copy(_ARCHIVE, archive_files(self.settings))
            lacking = self._lacking(database.archive_ends)
            if not lacking or lacking == before:
                break
        self._drop_purged(database.archive_ends)
        return database, lacking or []

    def _copy_database(self) -> DatabaseCopy:
        """The database; DatabaseError says so where there was one."""
        try:
            return copy_database(self.settings.database, self.folder, self.show)
        except NoDatabase as error:
            if traces := traces_of_a_database(self.settings):
                gone = f"there is no database any more, but {traces}"
                raise DatabaseError(gone, hint=RESTORE_DATABASE) from error
            raise

    def _lacking(self, ends: Mapping[str, int]) -> list[str]:
        sizes = {name: self.saved.get(f"{_ARCHIVE}/{name}") for name in ends}
        return sorted(n for n, saved in sizes.items() if saved is None or saved.size < ends[n])

    def _drop_purged(self, ends: Mapping[str, int]) -> None:
        """Drop copies of files that a purge has replaced since: they hold what had to go."""
        for path in [p for p in self.saved if p.startswith(f"{_ARCHIVE}/")]:
            name = path.removeprefix(f"{_ARCHIVE}/")
            if name not in ends and not (self.settings.archive / name).exists():
                (self.folder / path).unlink()
                del self.saved[path]

    def _copy(self, below: str, originals: Mapping[str, Path]) -> None:
        """Copy files (path in the folder `below` → original); one that vanishes is left out."""
        self.show.stage(below, len(originals))
        for name, original in sorted(originals.items()):
            try:
                self._copy_one(f"{below}/{name}", original)
            except FileNotFoundError:
                if original.exists():
                    raise
            self.show.advance()

    def _copy_one(self, path: str, original: Path) -> None:
        state = original.stat()
        now = (state.st_size, state.st_mtime_ns)
        if path in self.saved:
            if now == (self.saved[path].size, self.saved[path].modified_ns):
                return
            (self.folder / path).unlink()
        known = self._known.get(path)
        unchanged = known is not None and now == (known.size, known.modified_ns)
        if known and unchanged and self._take_over(known):
            self.saved[path] = known
            return
        self.saved[path] = copy_file(original, self.folder, path)
        self.copied += 1
        self.copied_bytes += self.saved[path].size

    def _take_over(self, known: SavedFile) -> bool:
        """Link the copy of the backup before; False where that can't be done, or it is damaged."""
        if self.earlier is None:
            return False
        copy = self.earlier.folder / known.path
        try:
            whole = is_whole(copy, known) if self.verify else copy.stat().st_size == known.size
        except OSError:
            whole = False
        if not whole:
            self.damaged.append(str(copy))
        return whole and link(copy, self.folder, known.path)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the folder; BackupError if another backup is being made in it."""
    with (folder / _LOCK).open("a", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(
                f"another backup is being made in {folder}", hint="wait for it to end"
            ) from error
        yield


def _remove_incomplete(folder: Path) -> None:
    """Remove what backups that were cut off have left, and removals too."""
    complete = complete_backups(folder)
    for path in folder.iterdir():
        if is_backup_name(path.name) and path not in complete:
            shutil.rmtree(path)


def _newest_readable(folder: Path) -> tuple[Backup | None, list[str]]:
    """The backup whose unchanged files are taken over, and why newer ones can't be read."""
    unreadable: list[str] = []
    for path in reversed(complete_backups(folder)):
        try:
            return read_backup(path), unreadable
        except BackupError as error:
            unreadable.append(error.message)
    return None, unreadable


def _remove(backups: Iterable[Path]) -> None:
    """Remove backups, oldest first; cut off, it leaves none that looks whole."""
    for path in backups:
        (path / MANIFEST).unlink()
        shutil.rmtree(path)
