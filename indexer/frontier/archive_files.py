"""Archive files as the system of record knows them: owns the table `archive_file`.

The caller commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import columns_of, find_record
from indexer.database.rows import put_row

_FILE = tables.archive_file.c


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """What is known of an archive file."""

    end: int
    """End of its last committed record."""
    purged: Mapping[str, Any] | None
    """What its last purge left (`radar.erasure.retention`)."""


# Made once: to build and compare a statement takes longer than to execute it.
_FIND = sa.select(*columns_of(ArchiveFile, tables.archive_file)).where(
    _FILE.name == sa.bindparam("key")
)


def find_archive_file(connection: sa.Connection, name: str) -> ArchiveFile | None:
    """What is known of a file."""
    return find_record(connection, ArchiveFile, _FIND, {"key": name})


def archive_file_names(connection: sa.Connection) -> list[str]:
    """Names of the files that hold committed records."""
    return list(connection.execute(sa.select(_FILE.name)).scalars())


def archive_ends(connection: sa.Connection) -> dict[str, int]:
    """Name of each file that holds committed records → end of its last one."""
    return {row.name: row.end for row in connection.execute(sa.select(_FILE.name, _FILE.end))}


def save_end(connection: sa.Connection, name: str, end: int) -> None:
    """The file holds committed records up to here."""
    put_row(connection, tables.archive_file, {"name": name}, {"end": end})


def save_purge(connection: sa.Connection, name: str, purged: Mapping[str, Any]) -> None:
    """A purge left the file as it was."""
    connection.execute(
        sa.update(tables.archive_file).where(_FILE.name == name).values(purged=dict(purged))
    )


def replace_archive_file(
    connection: sa.Connection, old: str, new: str, end: int, purged: Mapping[str, Any] | None
) -> None:
    """A purge put a new file in place of the old one."""
    connection.execute(sa.delete(tables.archive_file).where(_FILE.name == old))
    connection.execute(sa.insert(tables.archive_file).values(name=new, end=end, purged=purged))
