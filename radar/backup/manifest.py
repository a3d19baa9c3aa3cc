"""What a backup consists of: its folder, its manifest, and how both are found.

A backup is a folder `20260302T023000Z` (the time in UTC at which it was begun) with

    manifest.json       written last: a folder without it is no backup
    database.sqlite     or database.dump, made by pg_dump
    home/…              the data folder without its search index
    config/…            the configuration folder, if it is the operator's own

Files that have not changed are hard links to those of the backup before.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias

from pydantic import InstanceOf, TypeAdapter, ValidationError

from indexer.records.durable_files import sync_folder
from indexer.records.errors import BackupError

FORMAT = 1
"""Of manifests; raised when older programs can't restore what a newer one has saved."""
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
"""Kind of database → name of its copy in a backup."""
HOME, CONFIGURATION = "home", "config"
NAME_FORMAT = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"\d{8}T\d{6}Z")

DatabaseKind: TypeAlias = Literal["sqlite", "postgresql"]


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file of a backup."""

    path: InstanceOf[str]
    """In the folder of the backup: `home/archive/rohstoffradar-000001.warc.gz`. Where the name of a
    file is not written in UTF-8, with its bytes as the system hands them on (`\\udce4`)."""
    size: int
    """Bytes."""
    sha256: str
    """Hex digits."""
    modified_ns: int
    """When the original was changed last (nanoseconds since 1970): with the size it says whether
    the next backup needs to copy it again."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that a backup holds."""

    format: int
    made: datetime
    """When it was begun."""
    program: str
    """Version of Rohstoffradar."""
    installation: str | None
    """Id of the installation; null if the database is older than such ids."""
    database: DatabaseKind
    schema: str
    """Revision of the database schema."""
    files: tuple[SavedFile, ...]

    @property
    def by_path(self) -> Mapping[str, SavedFile]:
        """Path → file."""
        return {file.path: file for file in self.files}

    def under(self, folder: str) -> list[SavedFile]:
        """The files in a folder of the backup (HOME, CONFIGURATION)."""
        return [file for file in self.files if file.path.startswith(f"{folder}/")]


@dataclass(frozen=True, slots=True)
class Backup:
    """A complete backup."""

    folder: Path
    manifest: Manifest


_ADAPTER = TypeAdapter(Manifest)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make the folder a backup: from here on it counts."""
    draft = folder / f".{MANIFEST}"
    content = json.dumps(asdict(manifest), indent=1, default=lambda moment: moment.isoformat())
    with draft.open("x", encoding="utf-8") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(0o600)
    draft.replace(folder / MANIFEST)
    sync_folder(folder)


def read_backup(folder: Path) -> Backup:
    """The backup in a folder. Raises BackupError: not readable, or made by a newer version."""
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
        found = json.loads(content)  # it reads names that are no UTF-8, as pydantic's does not
        newer = isinstance(found, dict) and int(found.get("format", 0)) > FORMAT
        if not newer:
            manifest = _ADAPTER.validate_python(found)
            _check_paths(manifest)
    except (OSError, ValueError, TypeError, ValidationError) as error:
        raise BackupError(
            f"the manifest can't be read: {path}", hint="name another backup: the folder of its day"
        ) from error
    if newer:
        raise BackupError(
            f"the backup was made by a newer version of Rohstoffradar: {folder}",
            hint="update Rohstoffradar, then restore",
        )
    return Backup(folder, manifest)


def _check_paths(manifest: Manifest) -> None:
    """ValueError for a path that leads out of the backup."""
    for file in manifest.files:
        path = PurePosixPath(file.path)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(file.path)


def is_backup_name(name: str) -> bool:
    """Whether folders of backups, complete or not, are called so."""
    return _NAME.fullmatch(name) is not None


def complete_backups(folder: Path) -> list[Path]:
    """Folders of the complete backups in `folder`, oldest first."""
    return sorted(
        path
        for path in folder.iterdir()
        if is_backup_name(path.name) and (path / MANIFEST).is_file()
    )


def new_backup_folder(folder: Path, now: datetime) -> Path:
    """Make the folder of a new backup, which is named later than all others: a clock that was set
    back does not change which is the newest.
    """
    names = [path.name for path in folder.iterdir() if is_backup_name(path.name)]
    name = now.strftime(NAME_FORMAT)
    if names and name <= max(names):
        newest = datetime.strptime(max(names), NAME_FORMAT)  # noqa: DTZ007  # only counted on
        name = (newest + timedelta(seconds=1)).strftime(NAME_FORMAT)
    made = folder / name
    made.mkdir(mode=0o700)
    return made


def find_backup(folder: Path) -> Backup | None:
    """The backup in `folder`, or the newest one in a folder of backups; None if there is none.

    Raises BackupError as `read_backup`.
    """
    if (folder / MANIFEST).is_file():
        return read_backup(folder)
    found = complete_backups(folder) if folder.is_dir() else []
    return read_backup(found[-1]) if found else None
