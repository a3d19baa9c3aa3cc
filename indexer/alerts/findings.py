"""The matches of a watch with what became of them, for whoever looks after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.alerts.entries import entries
from indexer.alerts.marks import muted_stories
from indexer.alerts.matching import is_told
from indexer.alerts.message import MessageEntry
from indexer.database import tables


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


def tallies(connection: sa.Connection, since: datetime) -> dict[str, Tally]:
    """Id of a watch → what it told since then; those that told nothing are left out."""
    table = tables.match.c
    query = (
        sa.select(table.watch, sa.func.count(), sa.func.max(table.created))
        .where(table.created >= since, is_told())
        .group_by(table.watch)
    )
    return {watch: Tally(told, newest) for watch, told, newest in connection.execute(query)}


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
