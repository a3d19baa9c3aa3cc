"""How the channels of a watch are doing, by the record of attempts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.alerts.outbox import DEAD, GONE
from indexer.database import tables
from indexer.records.document import iso_instant


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """What became of the messages of a watch to a channel."""

    channel: str
    sent: datetime | None
    """When the last one was accepted."""
    failed: datetime | None
    """When the last attempt failed, if none has been accepted since."""
    error: str | None
    answer: int | None
    """What the receiver answered then: an SMTP code, or an HTTP status."""
    waiting: int
    dead: int
    """Messages that were given up."""

    def to_json(self) -> dict[str, Any]:
        """The form of the API."""
        return {
            "channel": self.channel,
            "sent": self.sent and iso_instant(self.sent),
            "failed": self.failed and iso_instant(self.failed),
            "error": self.error,
            "answer": self.answer,
            "waiting": self.waiting,
            "dead": self.dead,
        }


def channel_health(connection: sa.Connection, watch: str, channel: str) -> ChannelHealth:
    """The health of a channel, as this watch uses it."""
    outbox, attempt = tables.outbox.c, tables.attempt.c
    here = sa.and_(outbox.watch == watch, outbox.channel == channel)
    # By the order in which they were made: the clock may have been ahead. That its watch is gone is
    # the reason of a message that no receiver has seen.
    attempts = (
        sa.select(attempt.at, attempt.error, attempt.answer)
        .join(tables.outbox, outbox.key == attempt.message)
        .where(here, attempt.error.is_distinct_from(GONE))
        .order_by(attempt.id.desc())
        .limit(1)
    )
    last = connection.execute(attempts).first()
    accepted = connection.execute(attempts.where(attempt.error.is_(None))).first()
    # In a later state of the database, which was put back: without an attempt here.
    tried = sa.exists().where(attempt.message == outbox.key)
    entered = connection.execute(sa.select(sa.func.max(outbox.sent)).where(here, ~tried)).scalar()
    sent = max((m for m in (accepted and accepted.at, entered) if m is not None), default=None)
    if last is not None and (last.error is None or (entered is not None and entered > last.at)):
        last = None
    states = sa.select(outbox.state, sa.func.count()).where(here).group_by(outbox.state)
    counts: dict[str, int] = dict(connection.execute(states).all())
    return ChannelHealth(
        channel=channel,
        sent=sent,
        failed=last.at if last else None,
        error=last.error if last else None,
        answer=last.answer if last else None,
        waiting=counts.get("pending", 0),
        dead=counts.get(DEAD, 0),
    )
