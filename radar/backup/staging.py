"""Makes everything ready that a restore puts in place: copies on the same file system, checked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive.owner import read_owner
from indexer.records.durable_files import sync_folder
from indexer.records.errors import BackupError
from radar.backup import postgresql
from radar.backup.carrying_over import carry_over
from radar.backup.copying import copy_file
from radar.backup.installed_files import (
    ARCHIVE,
    INDEX,
    STAGING,
    database_files,
    names_beside,
    sqlite_file,
)
from radar.backup.joining import Joined, stage_archive
from radar.backup.ledgers import join_ledgers
from radar.backup.manifest import CONFIGURATION, DATABASES, HOME, Backup, SavedFile
from radar.backup.swap import Replacement
from radar.configuration.settings import Settings
from radar.plurals import listed
from radar.run.progress import Display

_ARCHIVE = f"{HOME}/{ARCHIVE}"


@dataclass(slots=True)
class Staging:
    """Copies of a backup's files, beside the places that they are for."""

    settings: Settings
    backup: Backup
    aside: Path
    """Folder for what is replaced."""
    show: Display
    damaged: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """Where most copies are."""
        return self.settings.home / STAGING

    def clear(self) -> None:
        """Remove what was made ready, by this restore or an earlier one that was cut off."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._database_copy.unlink(missing_ok=True)

    def fill(self) -> Joined:
        """Copy everything; BackupError that names the files that are not as they were written."""
        files = self.backup.manifest.under(HOME)
        in_archive = {
            file.path.removeprefix(f"{_ARCHIVE}/"): file
            for file in files
            if file.path.startswith(f"{_ARCHIVE}/")
        }
        self.show.stage("restore", len(files) + 1)
        (self.folder / _ARCHIVE).mkdir(parents=True)
        saved = self.backup.manifest.by_path[DATABASES[self.backup.manifest.database]]
        self._copy(saved, self._database_copy)
        for saved in files:
            if not saved.path.startswith(f"{_ARCHIVE}/"):
                self._copy(saved, self.folder / saved.path)
        joined = stage_archive(
            self.settings.archive,
            self.folder / _ARCHIVE,
            in_archive,
            lambda file: self._copy(file, self.folder / file.path),
            related=self._same_installation(),
        )
        if self.damaged:
            raise self._damage()
        _give_usual_modes(self.folder)
        return joined

    def join_ledgers(self) -> None:
        """Keep on record what was sent since, and who took himself off, except by another
        installation.
        """
        if self._same_installation() is not False:
            for ledger in (self.settings.sent, self.settings.subscriptions):
                join_ledgers(ledger, self.folder / HOME / ledger.name)

    def carry_over(self) -> int | None:
        """Enter into the staged database what the one in place has been ordered since; returns
        the number of pages and sources to be forgotten again, None: that is not known.
        """
        database = sqlite_file(self.settings.database)
        if database is None:
            return None if postgresql.holds_ours(self.settings.database) else 0
        return carry_over(database, self._database_copy) if database.exists() else 0

    def replacements(self) -> list[Replacement]:
        """What takes the place of what. Raises BackupError for what can't be moved."""
        home, staged = self.settings.home.absolute(), self.folder.absolute() / HOME
        names = {ARCHIVE, INDEX}
        for folder in (home, staged):
            names.update(names_beside(self.settings, folder))
        found = [
            Replacement(
                home / name,
                self.aside.absolute() / name,
                staged / name if (staged / name).exists() else None,
            )
            for name in sorted(names)
        ]
        for replaced in found:
            for path in (replaced.target, *replaced.target.parents):
                if home in path.parents:
                    _refuse_immovable(path)
        for replaced in self._database_replacements():  # these stay in their folder
            _refuse_immovable(replaced.target)
            found.append(replaced)
        return found

    def unplaced(self, replaced: Iterable[Replacement]) -> Iterator[str]:
        """Files of the backup that nothing puts in place: database or configuration lie there,
        or an earlier restore had left them. Second copies of these two, which earlier versions
        made, are none of them.
        """
        placed = {replacement.staged for replacement in replaced}
        home, saved_home = self.settings.home.absolute(), self.folder.absolute() / HOME
        own = {path.absolute() for path in database_files(self.settings)}
        configured = {file.sha256 for file in self.backup.manifest.under(CONFIGURATION)}
        for file in self.backup.manifest.under(HOME):
            path = self.folder.absolute() / file.path
            if placed.isdisjoint((path, *path.parents)) and not (
                home / path.relative_to(saved_home) in own or file.sha256 in configured
            ):
                yield file.path

    def dump(self) -> Path | None:
        """The dump that is to be loaded, once the database in use is dumped into `aside`; None for
        an SQLite database.
        """
        if self.backup.manifest.database != "postgresql":
            return None
        self.aside.mkdir(mode=0o700)
        replaced = self.aside / DATABASES["postgresql"]
        try:
            postgresql.dump(self.settings.database, replaced)
        except BaseException:
            replaced.unlink(missing_ok=True)
            self.aside.rmdir()
            raise
        return self._database_copy.absolute()

    def _same_installation(self) -> bool | None:
        """Whether the backup is of the installation in place; None: one of them does not say."""
        owner, ours = read_owner(self.settings.archive), self.backup.manifest.installation
        return None if owner is None or ours is None else owner == ours

    @property
    def _database_copy(self) -> Path:
        """On the file system of the database."""
        database = sqlite_file(self.settings.database)
        if database is None or self._in_home(database):
            return self.folder / DATABASES[self.backup.manifest.database]
        return database.with_name(f"{database.name}.{STAGING}")

    def _database_replacements(self) -> Iterator[Replacement]:
        for path in database_files(self.settings):
            aside = self.aside / path.name
            if not self._in_home(path):
                aside = path.with_name(f"{path.name}.{self.aside.name}")
            is_database = path == sqlite_file(self.settings.database)
            staged = self._database_copy.absolute() if is_database else None
            yield Replacement(path.absolute(), aside.absolute(), staged)

    def _in_home(self, path: Path) -> bool:
        return path.parent.resolve() == self.settings.home.resolve()

    def _copy(self, saved: SavedFile, target: Path) -> None:
        source = self.backup.folder / saved.path
        self.show.advance()
        if not source.is_file():
            self.damaged.append(saved.path)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        copied = copy_file(source, target.parent, target.name)
        if (copied.size, copied.sha256) != (saved.size, saved.sha256):
            self.damaged.append(saved.path)

    def _damage(self) -> BackupError:
        return BackupError(
            f"the backup is damaged: {listed(self.damaged)} in {self.backup.folder}",
            hint="nothing was changed; restore the backup of another day: name its folder",
        )


def _refuse_immovable(path: Path) -> None:
    if path.is_symlink() or path.is_mount():
        raise BackupError(
            f"{path} is a link or the root of a disk and can't be moved aside, nor what is in it",
            hint="restore into another RADAR_HOME, then move the files by hand",
        )


def _give_usual_modes(folder: Path) -> None:
    """The modes that a run gives its files: a web server may have to read the feeds. Durable."""
    mask = os.umask(0)
    os.umask(mask)
    for path in [folder, *folder.rglob("*")]:
        path.chmod((0o777 if path.is_dir() else 0o666) & ~mask)
        if path.is_dir():
            sync_folder(path)
