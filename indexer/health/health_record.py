"""Keeps the health of the sources, and when one that is blocked is tried again."""

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

FIRST_REST = timedelta(hours=12)
"""Rest after the first look at a source that blocks us: the next night tries again."""
LONGEST_REST = timedelta(days=7)
"""The rest doubles up to this: nothing is given up for good."""


@dataclass(frozen=True, slots=True)
class KeptHealth:
    """The health of a source as the last look left it."""

    state: State
    reason: str | None
    since: datetime
    next_try: datetime | None
    """When a scheduled run looks again, if that is put off."""


def rest(times: int) -> timedelta:
    """How long scheduled runs leave a source alone that was blocked so many times in a row."""
    return backoff_delay(FIRST_REST, times - 1, LONGEST_REST)


def assess_health(
    connection: sa.Connection, sources: Mapping[str, Collection[str]], now: datetime
) -> dict[str, Health]:
    """Judge the sources that a run has just looked at, and keep what comes of it; the caller
    commits.

    `sources`: id → canonical addresses of its configured feeds, sitemaps and the like.
    """
    found: dict[str, Health] = {}
    for source, entries in sources.items():
        found[source] = judge(source_statistics(connection, source, entries))
        _keep(connection, source, found[source], now)
    return found


def kept_health(connection: sa.Connection) -> Mapping[str, KeptHealth]:
    """Health of every source that was looked at since it is kept."""
    rows = connection.execute(sa.select(tables.source).where(tables.source.c.state.is_not(None)))
    return {row.id: KeptHealth(row.state, row.reason, row.since, row.next_try) for row in rows}


def _keep(connection: sa.Connection, source: str, health: Health, now: datetime) -> None:
    row = connection.execute(
        sa.select(tables.source).where(tables.source.c.id == source)
    ).one_or_none()
    blocked = (row.blocked if row is not None else 0) + 1 if health.state == "blocked" else 0
    values = {
        "state": health.state,
        "reason": health.reason,
        "since": row.since if row is not None and row.state == health.state else now,
        "blocked": blocked,
        "next_try": now + rest(blocked) if blocked else None,
    }
    put_row(connection, tables.source, {"id": source}, values)
