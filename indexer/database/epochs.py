"""The installation's id and the epochs of its database: owns the tables `installation` and `epoch`.

A search index is a view of the database, but it lies elsewhere, and each of the two can be put back
without the other. So every session that writes to the index begins an epoch: a random token that is
committed to the database first and written into the index then. A database that knows the index's
epoch holds everything that the index holds; one that does not know it was put back to an earlier
state. A kill between the two steps leaves an index that is behind, which is no fault.

The caller commits.
"""

from __future__ import annotations

import uuid
from enum import Enum

import sqlalchemy as sa

from indexer.database import tables
from indexer.records.origin import Origin


class Kinship(Enum):
    """What an index is to the database."""

    CURRENT = "current"
    """Written last as of the database's last epoch."""
    BEHIND = "behind"
    """Written last as of an earlier epoch, or the index says nothing: what it lacks is a backlog.
    """
    AHEAD = "ahead"
    """Written as of an epoch that the database does not know: it may hold what the database lacks.
    """
    FOREIGN = "foreign"
    """Of another installation."""


def installation_id(connection: sa.Connection) -> str | None:
    """The id; None until the first run with this schema."""
    return connection.execute(sa.select(tables.installation.c.id)).scalar()


def establish_id(connection: sa.Connection, known: str | None) -> str:
    """The id; a database without one takes over `known`, the archive's, or gets a new one."""
    found = installation_id(connection)
    if found is None:
        found = known or uuid.uuid4().hex
        connection.execute(sa.insert(tables.installation).values(id=found))
    return found


def begin_epoch(connection: sa.Connection) -> Origin:
    """A new epoch, to be committed before the index is written or said to be of it."""
    token = uuid.uuid4().hex
    connection.execute(sa.insert(tables.epoch).values(token=token))
    return Origin(establish_id(connection, None), token)


def disown_earlier_indexes(connection: sa.Connection) -> None:
    """From now on an index that was not written last as of the last epoch counts as ahead, and is
    built again: what it lacks is nothing that revisions would show.
    """
    number = tables.epoch.c.number
    newest = sa.select(sa.func.max(number)).scalar_subquery()
    connection.execute(sa.delete(tables.epoch).where(number < newest))


def kinship(connection: sa.Connection, origin: Origin | None) -> Kinship:
    """What an index with this origin is to the database.

    Read the origin before the database: an epoch is in the database before it is in the index.
    """
    if origin is None:
        return Kinship.BEHIND
    known = installation_id(connection)
    if known is not None and origin.installation != known:
        return Kinship.FOREIGN
    epoch = tables.epoch.c
    number = connection.execute(sa.select(epoch.number).where(epoch.token == origin.epoch)).scalar()
    if number is None:
        return Kinship.AHEAD
    newest = connection.execute(sa.select(sa.func.max(epoch.number))).scalar()
    return Kinship.CURRENT if number == newest else Kinship.BEHIND
