"""Watches: saved queries that report what is new since they were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import newest_sequence
from indexer.events.queries import newest_change
from indexer.records.values import NOT_EMPTY, ConfigRecord, ContextCheck, Identifier, Text

ChannelName = Annotated[str, ContextCheck("check_channel")]
"""`feed` or `mailto:address`; the reader of the configuration, which knows the channels, checks it.
"""


@dataclass(frozen=True, slots=True)
class Watch(ConfigRecord):
    """A saved query, as configured in `config/watches/*.yaml`; its new matches are reported."""

    id: Identifier
    name: Text
    query: Text
    """In the query language of search."""
    channels: Annotated[tuple[ChannelName, ...], NOT_EMPTY]
    cadence: Literal["run"] = "run"


def sync_watches(connection: sa.Connection, watches: Sequence[Watch], now: datetime) -> None:
    """Bring the table up to date: a new watch starts now, one that was removed is inactive.

    A watch that was removed and comes back starts again now: what came in between is not reported.
    The caller commits.
    """
    known = {row.id: row for row in connection.execute(sa.select(tables.watch))}
    newest, newest_event = newest_sequence(connection), newest_change(connection)
    for watch in watches:
        row = known.pop(watch.id, None)
        if row is None:
            connection.execute(
                sa.insert(tables.watch).values(
                    id=watch.id,
                    name=watch.name,
                    query=watch.query,
                    created=now,
                    cursor=newest,
                    event_cursor=newest_event,
                    active=True,
                )
            )
            continue
        connection.execute(
            sa.update(tables.watch)
            .where(tables.watch.c.id == watch.id)
            .values(
                name=watch.name,
                query=watch.query,
                active=True,
                cursor=row.cursor if row.active else newest,
                event_cursor=row.event_cursor if row.active else newest_event,
            )
        )
    for identifier in known:
        connection.execute(
            sa.update(tables.watch).where(tables.watch.c.id == identifier).values(active=False)
        )


def unseen_by_watches(connection: sa.Connection) -> bool:
    """Whether there are revisions or changes of events that an active watch has not seen."""
    newest, newest_event = newest_sequence(connection), newest_change(connection)
    watch = tables.watch.c
    query = sa.select(watch.id).where(
        watch.active.is_(True),
        sa.or_(watch.cursor < newest, watch.event_cursor < newest_event),
    )
    return connection.execute(query.limit(1)).first() is not None
