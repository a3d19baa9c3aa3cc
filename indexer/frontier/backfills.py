"""How far backfills have come through the lists of each source: owns the table `backfill`.

The caller commits.
"""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import columns_of, find_record
from indexer.database.rows import put_row
from indexer.frontier.port import BackfillProgress


def load_progress(connection: sa.Connection, source: str, start: str) -> BackfillProgress | None:
    """How far backfills have come through the list that begins at this address."""
    query = sa.select(*columns_of(BackfillProgress, tables.backfill)).where(
        tables.backfill.c.source == source, tables.backfill.c.start == start
    )
    return find_record(connection, BackfillProgress, query)


def save_progress(
    connection: sa.Connection, source: str, start: str, progress: BackfillProgress
) -> None:
    """A backfill has come so far."""
    key = {"source": source, "start": start}
    values = {"since": progress.since, "next": progress.next}
    put_row(connection, tables.backfill, key, values)


def delete_progress(connection: sa.Connection, source: str) -> None:
    """Let the next backfill of the source start from the beginning."""
    connection.execute(sa.delete(tables.backfill).where(tables.backfill.c.source == source))


def unfinished_lists(connection: sa.Connection, source: str) -> list[str]:
    """Lists of the source that backfills have not come through."""
    query = sa.select(tables.backfill.c.start).where(
        tables.backfill.c.source == source, tables.backfill.c.next.is_not(None)
    )
    return list(connection.execute(query.order_by(tables.backfill.c.start)).scalars())


def count_waiting_pages(connection: sa.Connection, source: str) -> int:
    """Known page addresses of the source that were never requested."""
    query = sa.select(sa.func.count()).where(
        tables.address.c.source == source,
        tables.address.c.kind == "page",
        tables.address.c.last_outcome.is_(None),
    )
    return int(connection.execute(query).scalar_one())
