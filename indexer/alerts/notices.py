"""Messages that say that nothing is new, for watches that ask for them (`report_nothing`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from indexer.alerts.cadence import DeliveryTerms
from indexer.alerts.message_keys import notice_key
from indexer.alerts.outbox import NewMessage, post
from indexer.database import tables
from indexer.database.contention import write_patiently
from indexer.records.instants import SKEW


class Notice(NamedTuple):
    """A message that is missing: nothing was told of the time before a moment of the cadence."""

    key: str
    watch: str
    channel: str
    moment: datetime


def missing_notices(
    connection: sa.Connection, terms: Mapping[tuple[str, str], DeliveryTerms], now: datetime
) -> Iterator[Notice]:
    """The notices that are due."""
    for (watch, channel), known in sorted(terms.items(), key=lambda item: item[0]):
        held = known.paused or known.is_quiet(now)
        if known.report_nothing and known.makes_digests and not held:
            moment = known.last_moment(now)
            notice = Notice(notice_key(watch, channel, moment), watch, channel, moment)
            if _is_missing(connection, notice, now):
                yield notice


def post_notices(
    connection: sa.Connection,
    run: int,
    terms: Mapping[tuple[str, str], DeliveryTerms],
    now: datetime,
) -> None:
    """Put them into the outbox. Commits."""
    missing = list(missing_notices(connection, terms, now))
    connection.commit()

    def write() -> bool:
        post(connection, (NewMessage(n.key, n.watch, run, n.channel, n.moment) for n in missing))
        return True

    if missing:
        write_patiently(connection, write)


def _is_missing(connection: sa.Connection, notice: Notice, now: datetime) -> bool:
    """The watch was there before the moment, and no message waits or has been sent since."""
    watch, table = tables.watch.c, tables.outbox.c
    began = sa.select(watch.id).where(
        watch.id == notice.watch, watch.created < notice.moment, watch.active.is_(True)
    )
    told = sa.select(table.key).where(
        table.watch == notice.watch,
        table.channel == notice.channel,
        sa.or_(
            table.key == notice.key,
            table.state == "pending",
            sa.and_(table.sent >= notice.moment, table.sent <= now + SKEW),
        ),
    )
    if connection.execute(began).first() is None:
        return False
    return connection.execute(told.limit(1)).first() is None
