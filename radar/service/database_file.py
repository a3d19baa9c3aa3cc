"""The file of the database while a server runs: it may be replaced, or be gone."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from indexer.database.engine import shown_place
from indexer.records.errors import DatabaseError


def file_of(database: str) -> tuple[int, int] | None:
    """Device and number of an SQLite file; None for other databases, or without a file."""
    url = sa.make_url(database)
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    try:
        found = Path(url.database).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def missing_database(database: str) -> DatabaseError:
    """The error where there is no database, although there was one: nobody knows whose keys it
    had, and which documents were removed from it.
    """
    return DatabaseError(
        f"the database is missing: {shown_place(database)}",
        hint="mount it, put it back or restore it from a backup; to begin anew without it, move "
        "index, archive and feeds away too",
    )
