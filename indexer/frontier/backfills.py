"""How far backfills have come through the lists of each source."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.rows import put_row


def walk_of(
    connection: sa.Connection, source: str, start: str
) -> sa.Row[tuple[object, ...]] | None:
    """`since` and `next` of the list that begins at this address."""
    where = (tables.walk.c.source == source, tables.walk.c.start == start)
    return connection.execute(sa.select(tables.walk).where(*where)).one_or_none()


def keep_walk(
    connection: sa.Connection, source: str, start: str, since: date, following: str | None
) -> None:
    """A backfill has come so far; the caller commits."""
    key = {"source": source, "start": start}
    put_row(connection, tables.walk, key, {"since": since, "next": following})


def forget_walks(connection: sa.Connection, source: str) -> None:
    """The next backfill of the source begins anew; the caller commits."""
    connection.execute(sa.delete(tables.walk).where(tables.walk.c.source == source))


def open_walks(connection: sa.Connection, source: str) -> list[str]:
    """Lists of the source that backfills have not come through."""
    query = sa.select(tables.walk.c.start).where(
        tables.walk.c.source == source, tables.walk.c.next.is_not(None)
    )
    return list(connection.execute(query.order_by(tables.walk.c.start)).scalars())


def waiting_pages(connection: sa.Connection, source: str) -> int:
    """Known page addresses of the source that were never asked for."""
    query = sa.select(sa.func.count()).where(
        tables.address.c.source == source,
        tables.address.c.kind == "page",
        tables.address.c.last_outcome.is_(None),
    )
    return int(connection.execute(query).scalar_one())
