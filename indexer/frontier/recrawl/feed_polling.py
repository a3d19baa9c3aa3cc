"""How fast the items of feeds turn over, and which are to be polled for it.

A feed holds its last items only. One of ten items that turns over in eleven hours, polled once a
night, loses half of its items. So a feed is polled when half of its items may be new ones,
whatever the schedule of its source; one that turns over slowly is polled with its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.due_times import DueTime
from indexer.database.rows import put_row
from indexer.frontier.port import Link
from indexer.frontier.recrawl.revisits import REVISIT
from indexer.records.instants import parse_instant

SHARE = 0.5
"""Part of its items that may be new ones when a feed is polled."""
SHORTEST = timedelta(minutes=15)
"""Between two polls of a feed."""
FEWEST = 3
"""Items that a feed needs to show its pace."""
_IS_FAST = tables.feed.c.turnover * SHARE < REVISIT.total_seconds()
FEED_DUE = DueTime(tables.feed.c.next_due, REVISIT, tables.feed.c.polled, among=_IS_FAST)
"""Of those that are polled by themselves; the others are polled with their source."""


def record_feed(
    connection: sa.Connection, source: str, url: str, entries: Sequence[Link], now: datetime
) -> None:
    """Learn from a reading of a feed, before its new items are added. The caller commits."""
    polled = connection.execute(
        sa.select(tables.feed.c.polled).where(tables.feed.c.url == url)
    ).scalar()
    turnover = _turnover(connection, entries, polled, now)
    wait = REVISIT if turnover is None else max(SHORTEST, turnover * SHARE)
    values = {
        "source": source,
        "items": len(entries),
        "polled": now,
        "turnover": turnover.total_seconds() if turnover is not None else None,
        "next_due": now + wait,
    }
    put_row(connection, tables.feed, {"url": url}, values)


def postpone_feeds(connection: sa.Connection, urls: Sequence[str], now: datetime) -> None:
    """Restart the interval of feeds that are unchanged, or could not be read. The caller
    commits.
    """
    rows = connection.execute(sa.select(tables.feed).where(tables.feed.c.url.in_(urls))).all()
    for row in rows:
        connection.execute(
            sa.update(tables.feed)
            .where(tables.feed.c.url == row.url)
            .values(polled=now, next_due=now + (row.next_due - row.polled))
        )


def feeds_due(connection: sa.Connection, now: datetime) -> dict[str, list[str]]:
    """Source → feeds that turn over too fast to wait for it, and whose time has come."""
    rows = connection.execute(
        sa.select(tables.feed.c.source, tables.feed.c.url)
        .where(FEED_DUE.has_come(now))
        .order_by(tables.feed.c.source, tables.feed.c.next_due)
    )
    due: dict[str, list[str]] = {}
    for source, url in rows:
        due.setdefault(source, []).append(url)
    return due


def _turnover(
    connection: sa.Connection,
    entries: Sequence[Link],
    polled: datetime | None,
    now: datetime,
) -> timedelta | None:
    """Time in which all items of the feed are new ones, by the faster one of two measures.

    The first is the time that the dates of the items span, or that has gone by without a new one if
    that is longer. The second is which part of them came since the last poll; where all did, some
    may have been lost between, and half of that time counts.
    """
    if len(entries) < FEWEST:
        return None
    measures = []
    dates = sorted(
        d for d in (parse_instant(e.published) for e in entries) if d is not None and d <= now
    )
    if len(dates) >= FEWEST and dates[-1] > dates[0]:
        measures.append(max(dates[-1] - dates[0], now - dates[-1]))
    if polled is not None and polled < now:
        urls = {entry.url for entry in entries}
        known = sa.select(sa.func.count()).where(tables.address.c.url.in_(urls))
        fresh = len(urls) - int(connection.execute(known).scalar_one())
        if fresh:
            part = fresh / len(urls) if fresh < len(urls) else 2.0
            measures.append((now - polled) / part)
    return min(measures, default=None)
