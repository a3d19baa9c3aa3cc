"""How far backfills have come through the lists of each source."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from indexer import database as db


def walk_of(
    connection: sa.Connection, source: str, start: str
) -> sa.Row[tuple[object, ...]] | None:
    """`since` and `next` of the list that begins at this address."""
    where = (db.walk.c.source == source, db.walk.c.start == start)
    return connection.execute(sa.select(db.walk).where(*where)).one_or_none()


def keep_walk(
    connection: sa.Connection, source: str, start: str, since: date, following: str | None
) -> None:
    """A backfill has come so far; the caller commits."""
    key = {"source": source, "start": start}
    db.put_row(connection, db.walk, key, {"since": since, "next": following})


def forget_walks(connection: sa.Connection, source: str) -> None:
    """The next backfill of the source begins anew; the caller commits."""
    connection.execute(sa.delete(db.walk).where(db.walk.c.source == source))


def open_walks(connection: sa.Connection, source: str) -> list[str]:
    """Lists of the source that backfills have not come through."""
    query = sa.select(db.walk.c.start).where(
        db.walk.c.source == source, db.walk.c.next.is_not(None)
    )
    return list(connection.execute(query.order_by(db.walk.c.start)).scalars())


def waiting_pages(connection: sa.Connection, source: str) -> int:
    """Known page addresses of the source that were never asked for."""
    query = sa.select(sa.func.count()).where(
        db.address.c.source == source,
        db.address.c.kind == "page",
        db.address.c.last_outcome.is_(None),
    )
    return int(connection.execute(query).scalar_one())
