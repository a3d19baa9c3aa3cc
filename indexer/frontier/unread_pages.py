"""Pages of lists, and home pages in other languages, that runs failed to get, and when each is
tried again: owns the table `unread_page`.

The list is read for its news meanwhile. The caller commits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.rows import put_row
from indexer.frontier.port import NO_LIST, UnreadFailure, UnreadPage
from indexer.frontier.recrawl.backoff import backoff_delay
from indexer.frontier.recrawl.revisits import REVISIT
from indexer.frontier.recrawl.visits import LONGEST_INTERVAL
from indexer.records.instants import has_come

_TABLE = tables.unread_page
_UNREAD = _TABLE.c


def load_unread(
    connection: sa.Connection, source: str, start: str, now: datetime
) -> dict[str, UnreadPage]:
    """By address, what runs failed to get of the list that begins at `start`, in their order."""
    query = sa.select(_TABLE).where(_UNREAD.source == source, _UNREAD.start == start)
    rows = connection.execute(query.order_by(_UNREAD.since, _UNREAD.position)).all()
    return {
        row.url: UnreadPage(
            row.url, row.failures, is_due=has_come(row.next_try, now, LONGEST_INTERVAL)
        )
        for row in rows
    }


def save_failures(
    connection: sa.Connection,
    source: str,
    start: str,
    failures: Mapping[str, UnreadFailure],
    now: datetime,
) -> None:
    """These pages of a list were not got: each waits twice as long as after its last failure."""
    for position, (url, failure) in enumerate(failures.items()):
        key = {"source": source, "start": start, "url": url}
        find = sa.select(_UNREAD.failures, _UNREAD.since).filter_by(**key)
        before = connection.execute(find).one_or_none()
        times = (before.failures if before is not None else 0) + failure.requested
        wait = backoff_delay(REVISIT, times - 1, LONGEST_INTERVAL)
        values = {
            "position": position,
            "failures": times,
            "since": before.since if before is not None else now,
            "reason": failure.reason,
            "next_try": now + wait if failure.requested else now,
        }
        put_row(connection, _TABLE, key, values)


def delete_unread(
    connection: sa.Connection, source: str, start: str, pages: Collection[str], now: datetime
) -> None:
    """These pages of a list were read at last, or are given up.

    After the last of them, the list is read whole in the next run: it has not been seen as one.
    """
    of_list = sa.and_(_UNREAD.source == source, _UNREAD.start == start)
    for url in pages:
        connection.execute(sa.delete(_TABLE).where(of_list, _UNREAD.url == url))
    left = connection.execute(sa.select(sa.func.count()).where(of_list)).scalar_one()
    address = tables.address.c
    if pages and not left:
        connection.execute(
            sa.update(tables.address)
            .where(
                address.url == start,
                address.kind == "discovery",
                address.last_fetch.is_not(None),
                address.whole_due.is_(None),
            )
            .values(whole_due=now + REVISIT)
        )


def failing_pages(
    connection: sa.Connection, source: str, moment: datetime
) -> list[tuple[str, str, int, datetime, datetime]]:
    """Address, reason, failures in a row, first failure and next try of what failed lately.

    What should have been tried before `moment` belongs to a list that is no longer read; what a
    menu leads to and is no list has not failed.
    """
    query = (
        sa.select(_UNREAD.url, _UNREAD.reason, _UNREAD.failures, _UNREAD.since, _UNREAD.next_try)
        .where(_UNREAD.source == source, _UNREAD.failures > 0, _UNREAD.next_try > moment)
        .where(_UNREAD.reason.is_distinct_from(NO_LIST))
        .order_by(_UNREAD.failures.desc(), _UNREAD.url)
    )
    return [tuple(row) for row in connection.execute(query)]
