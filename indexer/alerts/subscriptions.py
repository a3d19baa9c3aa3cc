"""Addresses that may take themselves off a watch with one click: owns the table `subscription`.

Each address and watch has a token, made with its first mail, that nobody can guess. It stands in
the mail, and proves that whoever uses it got the mail.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.contention import write_patiently

ALL = "*"
"""In place of a watch: all that goes to the address, as a digest does."""
_TABLE = tables.subscription.c


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel of a watch, or of all."""

    watch: str
    channel: str
    ended: datetime | None
    """When the address took itself off."""


def token_of(connection: sa.Connection, watch: str, channel: str) -> str:
    """The token of an address and watch, made if there is none. Commits."""
    here = sa.and_(_TABLE.watch == watch, _TABLE.channel == channel)
    known = connection.execute(sa.select(_TABLE.token).where(here)).scalar()
    connection.commit()
    if known is not None:
        return str(known)
    token = secrets.token_urlsafe(32)
    row = {"watch": watch, "channel": channel, "token": token}
    new = sa.insert(tables.subscription).values(row)
    write_patiently(connection, lambda: connection.execute(new).rowcount == 1)
    return token


def find_subscription(connection: sa.Connection, token: str) -> Subscription | None:
    """The subscription with this token."""
    query = sa.select(_TABLE.watch, _TABLE.channel, _TABLE.ended).where(_TABLE.token == token)
    row = connection.execute(query).one_or_none()
    return None if row is None else Subscription(*row)


def end_subscription(connection: sa.Connection, token: str, now: datetime) -> bool:
    """Send nothing more of it; False if there is none. The caller commits."""
    ended = sa.update(tables.subscription).where(_TABLE.token == token)
    return connection.execute(ended.values(ended=now)).rowcount == 1


def renew_subscription(connection: sa.Connection, watch: str, channel: str) -> bool:
    """Send again; False if it was not ended. The caller commits."""
    query = sa.update(tables.subscription).where(
        _TABLE.watch.in_([watch, ALL]), _TABLE.channel == channel, _TABLE.ended.is_not(None)
    )
    return connection.execute(query.values(ended=None)).rowcount > 0


def ended_subscriptions(connection: sa.Connection) -> frozenset[tuple[str, str]]:
    """Watch (or ALL) and channel of those that were ended."""
    query = sa.select(_TABLE.watch, _TABLE.channel).where(_TABLE.ended.is_not(None))
    return frozenset((row.watch, row.channel) for row in connection.execute(query))
