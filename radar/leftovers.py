"""Work that an earlier run has left: answers not read, documents not indexed, messages not delivered."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer import database as db

PAUSE = timedelta(minutes=15)
"""Time between two tries of what could not be done: a store that is down stays so for more than a minute."""


def has_leftovers(connection: sa.Connection, now: datetime) -> bool:
    """Whether there is such work, and the last try is long enough ago."""
    newest = connection.execute(
        sa.select(db.run.c.state, db.run.c.finished).order_by(db.run.c.id.desc()).limit(1)
    ).one_or_none()
    if newest is None:
        return False
    # A run that was stopped or killed is taken up at once.
    if newest.state == "done" and newest.finished is not None and now - newest.finished < PAUSE:
        return False
    unread = sa.select(db.fetch.c.id).where(db.fetch.c.state == "pending")
    unindexed = sa.select(db.document.c.id).where(
        db.document.c.indexed < db.document.c.revision, db.document.c.rejected.is_(None)
    )
    unsent = sa.select(db.outbox.c.key).where(
        db.outbox.c.state == "pending", db.outbox.c.next_attempt <= now
    )
    return any(
        connection.execute(query.limit(1)).first() is not None
        for query in (unread, unindexed, unsent)
    )
