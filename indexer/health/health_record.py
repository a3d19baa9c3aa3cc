"""Saves the health of the sources, and when one that is blocked is tried again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.due_times import DueTime
from indexer.database.rows import put_row
from indexer.frontier.recrawl.backoff import backoff_delay
from indexer.health.judgement import Health, State, judge
from indexer.health.statistics import source_statistics
from indexer.records.instants import has_come

FIRST_COOLDOWN = timedelta(hours=12)
"""Cooldown after the first look at a source that blocks us: the next night tries again."""
LONGEST_COOLDOWN = timedelta(days=7)
"""The cooldown doubles up to this: no source is given up for good."""
NEXT_TRY = DueTime(tables.source.c.next_try, LONGEST_COOLDOWN)


@dataclass(frozen=True, slots=True)
class SavedHealth:
    """The health of a source as the last run saved it."""

    state: State
    reason: str | None
    since: datetime
    next_try: datetime | None
    """When a scheduled run tries again; None: at its usual time."""
    blocked: int = 0
    """Looks in a row that were blocked."""

    def rests(self, now: datetime) -> bool:
        """Whether scheduled runs leave the source alone at this moment."""
        longest = cooldown_after(self.blocked)
        return self.next_try is not None and not has_come(self.next_try, now, longest)


def cooldown_after(times: int) -> timedelta:
    """How long scheduled runs skip a source that was blocked this many times in a row."""
    return backoff_delay(FIRST_COOLDOWN, times - 1, LONGEST_COOLDOWN)


def assess_health(
    connection: sa.Connection,
    sources: Mapping[str, Collection[str]],
    now: datetime,
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, Health]:
    """Judge the sources that a run has just looked at, and save the result; the caller
    commits.

    `sources`: id → canonical addresses of its configured feeds, sitemaps and the like. Those that
    are left when `stopped` says so are judged when they are looked at again.
    """
    found: dict[str, Health] = {}
    for source, entries in sources.items():
        if stopped():  # thousands of sources take long, the more the more pages they have
            break
        found[source] = judge(source_statistics(connection, source, entries))
        _save(connection, source, found[source], now)
    return found


def load_health(connection: sa.Connection) -> Mapping[str, SavedHealth]:
    """The saved health of every source that a run has looked at."""
    rows = connection.execute(sa.select(tables.source).where(tables.source.c.state.is_not(None)))
    return {
        row.id: SavedHealth(row.state, row.reason, row.since, row.next_try, row.blocked)
        for row in rows
    }


def _save(connection: sa.Connection, source: str, health: Health, now: datetime) -> None:
    row = connection.execute(
        sa.select(tables.source).where(tables.source.c.id == source)
    ).one_or_none()
    blocked = (row.blocked if row is not None else 0) + 1 if health.state == "blocked" else 0
    values = {
        "state": health.state,
        "reason": health.reason,
        "since": min(row.since, now) if row is not None and row.state == health.state else now,
        "blocked": blocked,
        "next_try": now + cooldown_after(blocked) if blocked else None,
    }
    put_row(connection, tables.source, {"id": source}, values)
