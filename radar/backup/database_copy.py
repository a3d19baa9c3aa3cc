"""Copies the database while it is in use: SQLite by its backup interface, PostgreSQL by pg_dump."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from indexer.database.engine import BUSY_MILLISECONDS
from indexer.records.errors import BackupError, DatabaseError
from radar.backup.copying import create, save_written
from radar.backup.installed_files import sqlite_file
from radar.backup.manifest import DATABASES, DatabaseKind, SavedFile
from radar.backup.postgresql import dump
from radar.run.progress import Display

_PAGES = 4096
"""Pages of the database per step of copying."""


class NoDatabase(DatabaseError):
    """There is none to copy."""

    def __init__(self) -> None:
        super().__init__(
            "there is no database yet, so nothing to back up", hint="`radar run` makes it"
        )


@dataclass(frozen=True, slots=True)
class DatabaseCopy:
    """The database as of one moment."""

    file: SavedFile
    kind: DatabaseKind
    schema: str
    archive_ends: Mapping[str, int]
    """Archive file → end of its last record that this database knows."""
    installation: str | None = None


def kind_of(url: str) -> DatabaseKind:
    """The kind of database that an URL names."""
    return "sqlite" if sa.make_url(url).get_backend_name() == "sqlite" else "postgresql"


def copy_database(url: str, folder: Path, show: Display) -> DatabaseCopy:
    """Copy the database into a backup, in place of an earlier copy there.

    Raises DatabaseError (not there, damaged) and BackupError (no room, pg_dump missing or failed).
    """
    kind = kind_of(url)
    target = folder / DATABASES[kind]
    target.unlink(missing_ok=True)
    if kind == "postgresql":
        state = dump(url, target)
        if state is None:
            raise NoDatabase
        saved = save_written(folder, target.name)
        return DatabaseCopy(saved, kind, state.schema, state.archive_ends, state.installation)
    source = sqlite_file(url)
    if source is None or not source.is_file():
        raise NoDatabase
    create(target).close()
    with _driver_errors(source, folder):
        _copy_sqlite(source, target, show)
        facts = _facts(target)
    return DatabaseCopy(save_written(folder, target.name), kind, *facts)


def _copy_sqlite(source: Path, target: Path, show: Display) -> None:
    """Writers go on meanwhile. The read transaction keeps the copy at one moment: without it the
    copying would begin again after each of their commits.
    """
    with (
        _readable(source, target.parent) as files,
        contextlib.closing(sqlite3.connect(files, isolation_level=None)) as original,
        contextlib.closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        original.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        original.execute("BEGIN")
        original.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        show.stage("database")
        original.backup(
            copy, pages=_PAGES, progress=lambda _, left, total: show.at(total - left, total)
        )
        # The copy is one file, that can be read where nothing can be written.
        copy.execute("PRAGMA journal_mode = DELETE")


@contextlib.contextmanager
def _readable(source: Path, folder: Path) -> Iterator[Path]:
    """The database, or a copy of its files in `folder`.

    SQLite puts a file beside a database that it reads, unless somebody has it open. On a disk that
    nothing can be written to (after an error, say) it can't, and nobody can have the database open.
    """
    beside = Path(f"{source}-shm")
    if os.access(source.parent, os.W_OK) or beside.exists():
        yield source
        return
    with tempfile.TemporaryDirectory(dir=folder) as name:
        copy = Path(name) / source.name
        shutil.copyfile(source, copy)
        log = Path(f"{source}-wal")
        if log.exists():
            shutil.copyfile(log, f"{copy}-wal")
        yield copy


def _facts(copy: Path) -> tuple[str, Mapping[str, int], str | None]:
    """Schema, ends of archive files, id of the installation; once the copy proves to be whole."""
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        found = [line for (line,) in connection.execute("PRAGMA quick_check(3)")]
        if found != ["ok"]:
            raise sqlite3.DatabaseError(found[0].replace("\n", " "))
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
        if "alembic_version" not in tables:
            raise NoDatabase
        [[schema]] = connection.execute("SELECT version_num FROM alembic_version")
        ends = dict(connection.execute('SELECT name, "end" FROM archive_file'))
        # Databases of older versions have no id.
        known = "installation" in tables
        row = connection.execute("SELECT id FROM installation").fetchone() if known else None
    return schema, ends, row[0] if row else None


@contextlib.contextmanager
def _driver_errors(source: Path, folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if any(word in str(error) for word in ("full", "disk I/O")):
            raise BackupError(
                f"the backup can't be written: {error}: {folder.parent}",
                hint="free space there; earlier backups are as they were",
            ) from error
        raise DatabaseError(
            f"the database can't be copied: {error}",
            hint=f"check the path and its rights: {source}",
        ) from error
    except sqlite3.DatabaseError as error:
        raise DatabaseError(
            f"the database is damaged: {error}",
            hint="restore the last backup: `radar restore`; no new one was made",
        ) from error
