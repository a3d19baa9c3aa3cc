"""Whether the database can be read to its last row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.engine import usable
from indexer.records.errors import DatabaseError
from radar.installation.checking import CheckResult
from radar.installation.deep_check.findings import MOST, Progress

REMEDY = (
    "restore it from a backup (`radar restore`), or, without one, save what is readable with "
    "SQLite's own `.recover`"
)
_HEADING = "*** in database"
"""What SQLite says above its findings: there is only one database."""
_AT_ONCE = 1_000
"""Rows that are held."""


def check_database(engine: sa.Engine, progress: Progress) -> Iterator[CheckResult]:
    """SQLite's own check of its pages, then every value of every row, as the program reads it.

    PostgreSQL has no such check without the extension amcheck: only rows are read there.
    """
    progress.stage("database", len(tables.metadata.sorted_tables))
    whole = True
    for finding in _damage(engine, progress):
        whole = False
        yield finding
    if whole:
        how = (
            "all pages and rows can be read"
            if engine.dialect.name == "sqlite"
            else "all rows can be read (indexes are not checked: see amcheck of PostgreSQL)"
        )
        yield CheckResult("database", "ok", how)


def _damage(engine: sa.Engine, progress: Progress) -> Iterator[CheckResult]:
    if engine.dialect.name == "sqlite":
        for message in _quick_check(engine):
            yield CheckResult("database", "error", f"{message}; {REMEDY}")
    for table in tables.metadata.sorted_tables:
        try:
            _read(engine, table)
        except DatabaseError as error:
            yield CheckResult("database", "error", f"table {table.name}: {error.message}; {REMEDY}")
        except (ValueError, TypeError) as error:
            yield CheckResult("database", "error", f"table {table.name}: {error}; {REMEDY}")
        progress.advance()


def _quick_check(engine: sa.Engine) -> Iterator[str]:
    try:
        with usable(), engine.connect() as connection:
            rows = connection.exec_driver_sql(f"PRAGMA quick_check({MOST})")
            for line in chain.from_iterable(message.splitlines() for message in rows.scalars()):
                if line != "ok" and not line.startswith(_HEADING):
                    yield line
    except DatabaseError as error:
        yield error.message


def _read(engine: sa.Engine, table: sa.Table) -> None:
    with usable(), engine.connect() as connection:
        query = sa.select(table).execution_options(yield_per=_AT_ONCE)
        for _ in connection.execute(query):
            pass
