"""The matches of a watch with what became of them, for whoever looks after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from indexer.alerts.entries import entries
from indexer.alerts.marks import muted_stories
from indexer.alerts.message import MessageEntry
from indexer.database import tables

RECALLED = timedelta(days=365)
"""How long before the time of a tally it is looked for what a watch told last."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A match."""

    match: int
    run: int
    document: str
    entry: MessageEntry
    state: str
    """pending, sent, suppressed."""
    reason: str | None
    """Why it is suppressed."""
    first_look: bool
    mark: str | None
    """relevant, irrelevant."""
    muted: bool
    """Its story is muted."""

    def to_json(self) -> dict[str, Any]:
        """An item of `/api/watches/{id}/matches`."""
        return {
            "match": self.match,
            "run": self.run,
            "document": self.document,
            **self.entry.to_json(),
            "first_look": self.first_look,
            "state": self.state,
            "reason": self.reason,
            "mark": self.mark,
            "muted": self.muted,
        }


@dataclass(frozen=True, slots=True)
class Tally:
    """What a watch told in some time."""

    told: int
    newest: datetime
    """When it told something last, also up to a year before that time."""


def tallies(connection: sa.Connection, since: datetime) -> dict[str, Tally]:
    """Id of a watch → what it told since then; not of those that told nothing for a year before it.

    What waits to be sent has not been told yet.
    """
    table, watch = tables.match.c, tables.watch.c.id
    of_watch = sa.and_(table.watch == watch, table.state == "sent")
    # The index knows no states: of a watch that tells nothing, the matches of a year are read.
    told = sa.select(sa.func.count()).where(of_watch, table.created >= since)
    recalled = sa.select(table.created).where(of_watch, table.created >= since - RECALLED)
    newest = recalled.order_by(table.created.desc()).limit(1)
    query = sa.select(watch, told.scalar_subquery(), newest.scalar_subquery())
    return {
        identifier: Tally(number, last)
        for identifier, number, last in connection.execute(query)
        if last is not None
    }


def findings(
    connection: sa.Connection, watch: str, limit: int, source_names: Mapping[str, str]
) -> list[Finding]:
    """The newest matches of a watch, the newest first."""
    table = tables.match.c
    query = sa.select(tables.match).where(table.watch == watch)
    rows = connection.execute(query.order_by(table.id.desc()).limit(limit)).all()
    muted = muted_stories(connection, watch)
    in_order = rows[::-1]
    told = entries(connection, [row.id for row in in_order], source_names)
    found = [
        Finding(
            match=row.id,
            run=row.run,
            document=row.document,
            entry=entry,
            state=row.state,
            reason=row.reason,
            first_look=row.first_look,
            mark=row.mark,
            muted=(row.story or row.document) in muted,
        )
        for row, entry in zip(in_order, told, strict=True)
    ]
    return found[::-1]
