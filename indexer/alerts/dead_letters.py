"""Messages that were given up: listed, sent again or dropped on request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.alerts.outbox import DEAD, drop_messages
from indexer.database import tables
from indexer.records.document import iso_instant

_OUTBOX = tables.outbox.c


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was refused for good, failed too often, or lost its watch."""

    key: str
    watch: str
    channel: str
    created: datetime
    attempts: int
    matches: int
    """Number of matches that it tells of."""
    error: str | None
    """Reason of the last failure."""
    answer: int | None
    """What the receiver answered: an SMTP code, or an HTTP status."""

    def to_json(self) -> dict[str, Any]:
        """The form of API and command line."""
        return {
            "key": self.key,
            "watch": self.watch,
            "channel": self.channel,
            "created": iso_instant(self.created),
            "attempts": self.attempts,
            "matches": self.matches,
            "error": self.error,
            "answer": self.answer,
        }


def dead_letters(connection: sa.Connection, watch: str | None = None) -> Iterator[DeadLetter]:
    """All of them, or those of a watch; the oldest first."""
    query = sa.select(tables.outbox).where(_OUTBOX.state == DEAD)
    if watch is not None:
        query = query.where(_OUTBOX.watch == watch)
    for row in connection.execute(query.order_by(_OUTBOX.created, _OUTBOX.key)).all():
        failure = _last_failure(connection, row.key)
        yield DeadLetter(
            key=row.key,
            watch=row.watch,
            channel=row.channel,
            created=row.created,
            attempts=row.attempts,
            matches=len(row.matches),
            error=failure[0],
            answer=failure[1],
        )


def replay(connection: sa.Connection, key: str | None = None) -> int:
    """Send a dead letter again with the next delivery, under its old key, with all of its digest
    (None: all of them); returns how many there were. The caller commits.
    """
    again = sa.update(tables.outbox).where(_chosen(connection, key))
    return connection.execute(
        again.values(state="pending", attempts=0, next_attempt=_OUTBOX.created)
    ).rowcount


def drop(connection: sa.Connection, key: str | None, now: datetime) -> int:
    """Keep a dead letter no longer, with all of its digest (None: all of them): it is never sent.
    Returns how many there were. The caller commits.
    """
    return drop_messages(connection, _chosen(connection, key), now)


def _chosen(connection: sa.Connection, key: str | None) -> sa.ColumnElement[bool]:
    dead = _OUTBOX.state == DEAD
    if key is None:
        return dead
    # A digest has one key: sent part by part, its receiver takes the second for the first.
    digest = sa.select(_OUTBOX.digest).where(_OUTBOX.key == key, dead)
    of_digest = connection.execute(digest).scalar()
    chosen = _OUTBOX.key == key if of_digest is None else _OUTBOX.digest == of_digest
    return sa.and_(dead, chosen)


def _last_failure(connection: sa.Connection, key: str) -> tuple[str | None, int | None]:
    """Reason and answer of the last attempt that failed."""
    table = tables.attempt.c
    query = sa.select(table.error, table.answer).where(
        table.message == key, table.error.is_not(None)
    )
    found = connection.execute(query.order_by(table.id.desc()).limit(1)).first()
    return (found.error, found.answer) if found else (None, None)
