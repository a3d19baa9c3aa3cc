"""Addresses that may take themselves off a watch with one click: owns the table `subscription`.

Each address and watch has a token, made with its first mail, that nobody can guess. It stands in
the mail, and proves that whoever uses it got the mail.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from indexer.alerts.subscription_ledger import SubscriptionChange, SubscriptionLedger
from indexer.database import tables
from indexer.database.contention import write_patiently

logger = logging.getLogger(__name__)

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


def token_of(
    connection: sa.Connection, ledger: SubscriptionLedger, watch: str, channel: str, now: datetime
) -> str:
    """The token of an address and watch, made if there is none. Commits."""
    here = sa.and_(_TABLE.watch == watch, _TABLE.channel == channel)
    known = connection.execute(sa.select(_TABLE.token).where(here)).scalar()
    connection.commit()
    if known is not None:
        return str(known)
    token = secrets.token_urlsafe(32)
    _write_down(ledger, SubscriptionChange(watch, channel, token, now.isoformat(), ended=False))
    row = {"watch": watch, "channel": channel, "token": token}
    new = sa.insert(tables.subscription).values(row)
    write_patiently(connection, lambda: connection.execute(new).rowcount == 1)
    return token


def find_subscription(connection: sa.Connection, token: str) -> Subscription | None:
    """The subscription with this token."""
    query = sa.select(_TABLE.watch, _TABLE.channel, _TABLE.ended).where(_TABLE.token == token)
    row = connection.execute(query).one_or_none()
    return None if row is None else Subscription(*row)


def end_subscription(
    connection: sa.Connection, ledger: SubscriptionLedger, token: str, now: datetime
) -> bool:
    """Send nothing more of it; False if there is none. The caller commits."""
    known = find_subscription(connection, token)
    if known is None or known.ended is not None:
        return known is not None
    change = SubscriptionChange(known.watch, known.channel, token, now.isoformat(), ended=True)
    _write_down(ledger, change)
    _update(connection, token, ended=now)
    return True


def renew_subscription(
    connection: sa.Connection, ledger: SubscriptionLedger, watch: str, channel: str, now: datetime
) -> bool:
    """Send again; False if it was not ended. The caller commits. Raises OSError: what the ledger
    does not know would be ended again.
    """
    query = sa.select(_TABLE.watch, _TABLE.token).where(
        _TABLE.watch.in_([watch, ALL]), _TABLE.channel == channel, _TABLE.ended.is_not(None)
    )
    rows = connection.execute(query).all()
    changes = [SubscriptionChange(w, channel, t, now.isoformat(), ended=False) for w, t in rows]
    ledger.append(*changes)
    for change in changes:
        _update(connection, change.token, ended=None)
    return bool(changes)


def catch_up_subscriptions(connection: sa.Connection, ledger: SubscriptionLedger) -> int:
    """Enter what the ledger has and the database does not know, because it was put back to an
    earlier state; returns how many there were. Commits.
    """
    lost = 0
    query = sa.select(_TABLE.watch, _TABLE.channel, _TABLE.token, _TABLE.ended)
    rows = connection.execute(query).all()
    known, tokens = {(row.watch, row.channel): row for row in rows}, {row.token for row in rows}
    for change in ledger.last():
        row, at = known.get((change.watch, change.channel)), datetime.fromisoformat(change.at)
        if row is None and change.token not in tokens:
            new = {"watch": change.watch, "channel": change.channel, "token": change.token}
            ended = at if change.ended else None
            connection.execute(sa.insert(tables.subscription).values(**new, ended=ended))
            tokens.add(change.token)
        elif row is not None and change.ended and row.ended is None:
            _update(connection, row.token, ended=at)
        # The ledger may lack an end that could not be written down there.
        elif row is not None and not change.ended and row.ended is not None and row.ended < at:
            _update(connection, row.token, ended=None)
        else:
            continue
        lost += 1
    connection.commit()
    return lost


def ended_subscriptions(connection: sa.Connection) -> frozenset[tuple[str, str]]:
    """Watch (or ALL) and channel of those that were ended."""
    query = sa.select(_TABLE.watch, _TABLE.channel).where(_TABLE.ended.is_not(None))
    return frozenset((row.watch, row.channel) for row in connection.execute(query))


def _update(connection: sa.Connection, token: str, *, ended: datetime | None) -> None:
    query = sa.update(tables.subscription).where(_TABLE.token == token)
    connection.execute(query.values(ended=ended))


def _write_down(ledger: SubscriptionLedger, change: SubscriptionChange) -> None:
    """Add to the ledger, if it can be written: until the database is put back to an earlier state,
    it is enough that it knows.
    """
    try:
        ledger.append(change)
    except OSError as error:
        logger.warning("ledger_unwritten %s %s", change.watch, error)
