"""Saves the health of the sources, and when one that is blocked is tried again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.rows import put_row
from indexer.frontier.recrawl.backoff import backoff_delay
from indexer.health.judgement import Health, State, judge
from indexer.health.statistics import source_statistics

FIRST_COOLDOWN = timedelta(hours=12)
"""Cooldown after the first look at a source that blocks us: the next night tries again."""
LONGEST_COOLDOWN = timedelta(days=7)
"""The cooldown doubles up to this: no source is given up for good."""


@dataclass(frozen=True, slots=True)
class SavedHealth:
    """The health of a source as the last run saved it."""

    state: State
    reason: str | None
    since: datetime
    next_try: datetime | None
    """When a scheduled run tries again; None: at its usual time."""


def cooldown_after(times: int) -> timedelta:
    """How long scheduled runs skip a source that was blocked this many times in a row."""
    return backoff_delay(FIRST_COOLDOWN, times - 1, LONGEST_COOLDOWN)


def assess_health(
    connection: sa.Connection, sources: Mapping[str, Collection[str]], now: datetime
) -> dict[str, Health]:
    """Judge the sources that a run has just looked at, and save the result; the caller
    commits.

    `sources`: id → canonical addresses of its configured feeds, sitemaps and the like.
    """
    found: dict[str, Health] = {}
    for source, entries in sources.items():
        found[source] = judge(source_statistics(connection, source, entries))
        _save(connection, source, found[source], now)
    return found


def load_health(connection: sa.Connection) -> Mapping[str, SavedHealth]:
    """The saved health of every source that a run has looked at."""
    rows = connection.execute(sa.select(tables.source).where(tables.source.c.state.is_not(None)))
    return {row.id: SavedHealth(row.state, row.reason, row.since, row.next_try) for row in rows}


def _save(connection: sa.Connection, source: str, health: Health, now: datetime) -> None:
    row = connection.execute(
        sa.select(tables.source).where(tables.source.c.id == source)
    ).one_or_none()
    blocked = (row.blocked if row is not None else 0) + 1 if health.state == "blocked" else 0
    values = {
        "state": health.state,
        "reason": health.reason,
        "since": row.since if row is not None and row.state == health.state else now,
        "blocked": blocked,
        "next_try": now + cooldown_after(blocked) if blocked else None,
    }
    put_row(connection, tables.source, {"id": source}, values)
