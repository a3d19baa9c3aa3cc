"""Watches that people made through pages, API or command line: owns the table `stored_watch`.

They are as good as those of the configuration, which win where both have the same id.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from indexer.alerts.outbox import drop_waiting
from indexer.alerts.watches import Watch, start_watch, stop_watch
from indexer.database import tables
from indexer.records.values import LONGEST_ID
from indexer.text.romanisation import romanise
from indexer.text.stemming import is_cyrillic

_TABLE = tables.stored_watch
NO_IDS = frozenset({"new"})
"""Ids that no watch in the database has: their pages are others."""


@dataclass(frozen=True, slots=True)
class StoredWatch:
    """A watch in the database."""

    watch: Watch
    created: datetime
    changed: datetime
    author: str | None
    """Name of the key of who changed it last; None: on this machine."""


def stored_watches(
    connection: sa.Connection, only: Collection[str] | None = None
) -> list[StoredWatch]:
    """All of them (or of these), by id."""
    query = sa.select(_TABLE).order_by(_TABLE.c.id)
    if only is not None:
        query = query.where(_TABLE.c.id.in_(only))
    return [
        StoredWatch(Watch.from_json(row.definition), row.created, row.changed, row.author)
        for row in connection.execute(query)
    ]


def add_watch(connection: sa.Connection, watch: Watch, now: datetime, author: str | None) -> None:
    """Keep a new watch, which starts now. The caller commits."""
    connection.execute(
        sa.insert(_TABLE).values(
            id=watch.id, definition=watch.to_json(), created=now, changed=now, author=author
        )
    )
    start_watch(connection, watch, now)


def lock_watches(connection: sa.Connection) -> None:
    """Nobody else changes a watch in the database until the transaction ends."""
    # SQLite knows no locks of rows: there the first write takes the database, also one of no rows.
    connection.execute(sa.update(_TABLE).values(id=_TABLE.c.id))


def locked_watch(connection: sa.Connection, identifier: str) -> Watch | None:
    """The watch, which nobody else changes until the transaction ends; None if there is none."""
    # SQLite knows no locks of rows: there the first write takes the database.
    claim = sa.update(_TABLE).where(_TABLE.c.id == identifier).values(id=identifier)
    connection.execute(claim)
    query = sa.select(_TABLE.c.definition).where(_TABLE.c.id == identifier)
    definition = connection.execute(query).scalar()
    return None if definition is None else Watch.from_json(definition)


def change_watch(
    connection: sa.Connection, watch: Watch, now: datetime, author: str | None
) -> None:
    """Keep another form of a watch, which goes on where it is. The caller commits."""
    connection.execute(
        sa.update(_TABLE)
        .where(_TABLE.c.id == watch.id)
        .values(definition=watch.to_json(), changed=now, author=author)
    )
    connection.execute(
        sa.update(tables.watch)
        .where(tables.watch.c.id == watch.id)
        .values(name=watch.name, query=watch.whole_query)
    )


def remove_watch(connection: sa.Connection, identifier: str, now: datetime) -> bool:
    """Remove a watch; its matches stay, what waits of it is dropped. False if there is none with
    this id. The caller commits.
    """
    removed = connection.execute(sa.delete(_TABLE).where(_TABLE.c.id == identifier)).rowcount == 1
    if removed:
        stop_watch(connection, identifier)
        drop_waiting(connection, identifier, now)
    return removed


def free_id(connection: sa.Connection, name: str, taken: Collection[str]) -> str:
    """An id that no watch has or had, made from a name: `lithium-events`, `lithium-events-2`."""
    latin = (romanise(word) if is_cyrillic(word.lower()) else word for word in name.split())
    plain = unicodedata.normalize("NFKD", " ".join(latin)).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", plain.lower())
    base = "-".join(words)[: LONGEST_ID - 5].strip("-") or "watch"
    used = {*taken, *NO_IDS, *connection.execute(sa.select(tables.watch.c.id)).scalars()}
    number, found = 1, base
    while found in used:
        number += 1
        found = f"{base}-{number}"
    return found
