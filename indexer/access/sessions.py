"""Sessions of people who logged in with a key. The database has the SHA-256 of their ids only."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.access.keys import AccessKey, digest_of
from indexer.access.scope import Scope
from indexer.database import tables
from indexer.records.instants import SKEW

IDLE = timedelta(days=7)
"""A session that nobody used for so long is over."""
LONGEST = timedelta(days=30)
"""So long after the login every session is over."""
ROTATION = timedelta(hours=1)
"""A session that is used gets a new id so often; a copied id is worth no more than that."""
GRACE = timedelta(minutes=1)
"""So long the old id is still good: for requests that were under way."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is not over."""

    key: AccessKey
    digest: str
    began: datetime
    """The login."""
    rotated: datetime
    """When it got its id."""
    replaced: bool
    """It has a newer id already."""

    def needs_rotation(self, now: datetime) -> bool:
        """Whether its id is old."""
        return not self.replaced and now - self.rotated >= ROTATION


def begin_session(connection: sa.Connection, key: str, now: datetime) -> str:
    """Begin a session with the key of this name, and forget those that are over; its id."""
    table = tables.access_session
    connection.execute(table.delete().where(table.c.expires <= now))
    return _insert(connection, key, began=now, now=now)


def find_session(connection: sa.Connection, identity: str, now: datetime) -> Session | None:
    """The session with this id, if it is not over and its key was not revoked."""
    session, key = tables.access_session, tables.access_key
    query = (
        sa.select(session, key.c.scope, key.c.prefix, key.c.created, key.c.used)
        .join(key, key.c.name == session.c.key)
        .where(
            session.c.digest == digest_of(identity),
            session.c.expires > now,
            session.c.began <= now + SKEW,  # else a clock that was ahead has set its end
        )
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    found = AccessKey(row.key, Scope(row.scope), row.prefix, row.created, row.used)
    return Session(found, row.digest, row.began, row.rotated, row.replaced)


def rotate_session(connection: sa.Connection, session: Session, now: datetime) -> str | None:
    """Give the session a new id; None if another request was first."""
    table = tables.access_session
    old = table.update().where(table.c.digest == session.digest, table.c.replaced.is_(sa.false()))
    if not connection.execute(old.values(replaced=True, expires=now + GRACE)).rowcount:
        return None
    return _insert(connection, session.key.name, began=session.began, now=now)


def end_session(connection: sa.Connection, identity: str) -> None:
    """End the session with this id."""
    table = tables.access_session
    connection.execute(table.delete().where(table.c.digest == digest_of(identity)))


def _insert(connection: sa.Connection, key: str, *, began: datetime, now: datetime) -> str:
    identity = secrets.token_urlsafe(32)
    connection.execute(
        tables.access_session.insert().values(
            digest=digest_of(identity),
            key=key,
            began=began,
            rotated=now,
            expires=min(now + IDLE, began + LONGEST),
            replaced=False,
        )
    )
    return identity
