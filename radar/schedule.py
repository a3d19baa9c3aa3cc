"""When a source is due: at a time of day, or after an interval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from indexer import database as db
from indexer.source import Source

TOLERANCE = 0.05
"""Share of an interval by which a source may come early."""

UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def due_sources(
    connection: sa.Connection, sources: Sequence[Source], now: datetime, timezone: str
) -> list[Source]:
    """Those whose schedule says so; one without a schedule, or that was never crawled, is due."""
    query = (
        sa.select(db.source_run.c.source, sa.func.max(db.run.c.started))
        .join(db.run, db.run.c.id == db.source_run.c.run)
        .group_by(db.source_run.c.source)
    )
    last = dict(connection.execute(query).all())
    return [s for s in sources if is_due(s.schedule, last.get(s.id), now, timezone)]


def is_due(schedule: str | None, last: datetime | None, now: datetime, timezone: str) -> bool:
    """Whether a time of day (`02:30`, in `timezone`) has come, or an interval (`6h`) has gone by.

    `last` is when the run before began: measured from its end, `1d` with a nightly cron line would
    skip every second night. A twentieth of the interval is forgiven, for cron is not exact.
    """
    if schedule is None or last is None:
        return True
    if ":" in schedule:
        return last < _last_time(schedule, now, ZoneInfo(timezone))
    interval = timedelta(**{UNITS[schedule[-1]]: int(schedule[:-1])})
    return now - last >= interval * (1 - TOLERANCE)


def _last_time(schedule: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The latest moment, not after `now`, at which the clocks of the zone showed this time of day."""
    hour, minute = map(int, schedule.split(":"))
    local = now.astimezone(zone)
    moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return moment if moment <= local else moment - timedelta(days=1)
