"""When a source is due: at a time of day, or after an interval; not during a cooldown. One that
gave no answer is tried again before that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from crawler.discovery.apis.api_lists import entry_address
from indexer.database import tables
from indexer.frontier.sites import COOLDOWN_END
from indexer.health.health_record import SavedHealth, load_health
from indexer.records.instants import SKEW
from indexer.records.source import Source
from indexer.records.urls import canonical, site
from indexer.records.wall_clock import last_time

TOLERANCE, MOST_EARLY = 0.05, timedelta(minutes=15)
"""Share of an interval, and time, by which a source may come early at most: with `radar up`, which
looks every minute, it comes so much earlier each time.
"""

_FOR_EVER = 100_000_000
"""Units of an interval, at most: no calendar has more, and three times as many can be reckoned."""
UNITS = {"m": "minutes", "h": "hours", "d": "days"}

FIRST_RETRY = timedelta(hours=1)
"""After which a source that gave no answer is tried again, whatever its schedule says."""

LATE_FACTOR = 3
"""Intervals after which a source counts as not looked at any more."""
DAY = timedelta(days=1)


def due_sources(
    connection: sa.Connection,
    sources: Sequence[Source],
    now: datetime,
    timezone: str,
    *,
    unscheduled: str | None = None,
) -> list[Source]:
    """Sources that are due by their schedule; one that was never crawled is due, and one that gave
    no answer is before its time: a minute without network at night would cost it the day.

    `timezone` is that of sources without their own, `unscheduled` the schedule of those that have
    none (None: always due).
    """
    last = _last_starts(connection, now)
    health = load_health(connection)
    return [
        s
        for s in sources
        if is_due(s.schedule or unscheduled, last.get(s.id), now, s.timezone or timezone)
        or _is_tried_again(health.get(s.id), last[s.id], now)
    ]


def _is_tried_again(health: SavedHealth | None, last: datetime, now: datetime) -> bool:
    """Whether a source that was out of reach at its last look, which began then, is tried again:
    after an hour, and each time after as long as it had been out of reach.
    """
    if health is None or health.state != "unreachable":
        return False
    return now - last >= max(FIRST_RETRY, last - health.since)


def blocked_sources(connection: sa.Connection, now: datetime) -> Mapping[str, str]:
    """Id → why scheduled runs skip the source for now."""
    return {
        name: (
            f"{kept.state} since {kept.since:%Y-%m-%d}; tried again after "
            f"{kept.next_try:%Y-%m-%d %H:%M} UTC"
        )
        for name, kept in load_health(connection).items()
        if kept.rests(now)
    }


def sources_in_cooldown(
    connection: sa.Connection, sources: Sequence[Source], now: datetime
) -> Mapping[str, str]:
    """Id → why nothing can be requested now: all sites of its entry points are cooling down."""
    cooldowns = {
        row.name: row
        for row in connection.execute(
            sa.select(
                tables.site.c.name, tables.site.c.rest_until, tables.site.c.rest_reason
            ).where(tables.site.c.rest_until.is_not(None), ~COOLDOWN_END.has_come(now))
        )
    }
    reasons = {}
    for source in sources:
        entries = [entry_address(entry) for entry in source.discovery] or [source.url]
        names = {site(canonical(entry) or entry) for entry in entries}
        if names <= cooldowns.keys():
            first = min((cooldowns[name] for name in names), key=lambda row: row.rest_until)
            reasons[source.id] = (
                f"rests until {first.rest_until:%Y-%m-%d %H:%M} UTC: {first.rest_reason}"
            )
    return reasons


def is_due(schedule: str | None, last: datetime | None, now: datetime, timezone: str) -> bool:
    """Whether a time of day (`02:30`, in `timezone`) has come, or an interval (`6h`) has gone by.

    `last` is when the run before began: measured from its end, `1d` with a nightly cron line would
    skip every second night. A little is forgiven (`TOLERANCE`), for cron is not exact.
    """
    if schedule is None or last is None:
        return True
    if ":" in schedule:
        return last < last_time(schedule, now, ZoneInfo(timezone))
    interval = interval_of(schedule)
    return now - last >= interval - min(interval * TOLERANCE, MOST_EARLY)


def is_overdue(schedule: str | None, last: datetime, now: datetime) -> bool:
    """Whether the last crawl is so long ago that "no news" means nothing."""
    usual = interval_of(schedule) if schedule and ":" not in schedule else DAY
    return now - last > max(LATE_FACTOR * usual, LATE_FACTOR * DAY)


def interval_of(schedule: str) -> timedelta:
    """The interval `6h`, `30m`, `1d`."""
    return timedelta(**{UNITS[schedule[-1]]: min(int(schedule[:-1]), _FOR_EVER)})


def _last_starts(connection: sa.Connection, now: datetime) -> dict[str, datetime]:
    """Source id → when the last run that crawled it began; what a clock ahead of ours says of that
    does not count.
    """
    query = (
        sa.select(tables.source_run.c.source, sa.func.max(tables.run.c.started))
        .join(tables.run, tables.run.c.id == tables.source_run.c.run)
        .where(tables.run.c.started <= now + SKEW)
        .group_by(tables.source_run.c.source)
    )
    return dict(connection.execute(query).all())
