"""Up to when the search index holds every page that was first seen."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from indexer.database import tables


def complete_until(connection: sa.Connection, now: datetime) -> datetime:
    """The moment since which a page may have been first seen and not be in the index yet: the
    beginning of a run in progress, the first fetch that was not read, or the first document that
    the index lacks; else `now`. A document that waits with a new revision was seen before.
    """
    run, fetch, document = tables.run.c, tables.fetch.c, tables.document.c
    unfinished = (
        sa.select(sa.func.min(run.started)).where(run.state == "running"),
        sa.select(sa.func.min(fetch.fetched_at)).where(fetch.state == "pending"),
        sa.select(sa.func.min(document.first_seen)).where(
            document.indexed == 0,
            document.rejected.is_(None),
            document.moved_to.is_(None),
        ),
    )
    first: list[datetime | None] = [connection.execute(query).scalar() for query in unfinished]
    return min([now, *(moment for moment in first if moment is not None)])
