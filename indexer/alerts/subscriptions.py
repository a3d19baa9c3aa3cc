"""Addresses that may take themselves off a watch with one click: owns the table `subscription`.

Each address and watch has a token, made with its first mail, that nobody can guess. It stands in
the mail, and proves that whoever uses it got the mail.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Collection, Sequence
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
    all_ended: bool = False
    """It took itself off all watches."""


def token_of(
    connection: sa.Connection,
    ledger: SubscriptionLedger,
    watch: str,
    channel: str,
    now: datetime,
    *,
    unwritten: Callable[[OSError], None] = lambda error: None,
) -> str:
    """The token of an address and watch, made if there is none. Commits. `unwritten` is told if the
    ledger can't be written.
    """
    query = sa.select(_TABLE.token).where(_here(watch, channel))
    known = connection.execute(query).scalar()
    connection.commit()
    if known is not None:
        return str(known)
    token = secrets.token_urlsafe(32)
    change = SubscriptionChange(watch, channel, token, now.isoformat(), ended=False)
    _write_down(ledger, change, unwritten)
    row = {"watch": watch, "channel": channel, "token": token, "changed": now}
    new = sa.insert(tables.subscription).values(row)
    write_patiently(connection, lambda: connection.execute(new).rowcount == 1)
    return token


def find_subscription(
    connection: sa.Connection, ledger: SubscriptionLedger, token: str
) -> Subscription | None:
    """The subscription with this token. Commits, where the database lacks it: it was put back to an
    earlier state. Raises OSError: the ledger, which may know it then, can't be read.
    """
    found = _find(connection, _TABLE.token == token)
    if found is not None or (change := ledger.find(token)) is None:
        return found
    connection.commit()
    catch_up_subscriptions(connection, ledger)
    # It may have another token since, where the ledger was away when its next mail was written.
    return _find(connection, _here(change.watch, change.channel))


def end_subscription(
    connection: sa.Connection, ledger: SubscriptionLedger, token: str, now: datetime
) -> bool:
    """Send nothing more of it; False if there is none. The caller commits. Raises OSError: see
    `find_subscription`.
    """
    known = find_subscription(connection, ledger, token)
    if known is None or known.ended is not None:
        return known is not None
    change = SubscriptionChange(known.watch, known.channel, token, now.isoformat(), ended=True)
    _write_down(ledger, change, lambda error: None)
    _enter(connection, change)
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
        _enter(connection, change)
    return bool(changes)


def catch_up_subscriptions(connection: sa.Connection, ledger: SubscriptionLedger) -> int:
    """Enter what the ledger has and the database does not know, because it was put back to an
    earlier state; returns how many there were. Commits.
    """
    lost = 0
    query = sa.select(_TABLE.watch, _TABLE.channel, _TABLE.token, _TABLE.ended, _TABLE.changed)
    rows = connection.execute(query).all()
    known, tokens = {(row.watch, row.channel): row for row in rows}, {row.token for row in rows}
    for pair, changes in ledger.histories().items():
        row, last = known.get(pair), changes[0]
        if row is None and last.token not in tokens:
            new = {"watch": last.watch, "channel": last.channel, "token": last.token}
            connection.execute(sa.insert(tables.subscription).values(new))
            tokens.add(last.token)
        elif row is None or not _is_older(row.changed or row.ended, row.ended, changes):
            continue
        _enter(connection, last)
        lost += row is None or last.ended != (row.ended is not None)
    connection.commit()
    return lost


def _is_older(
    known: datetime | None, ended: datetime | None, changes: Sequence[SubscriptionChange]
) -> bool:
    """Whether the database does not know the last change, by when the one was that it knows: that
    may be missing in the ledger, damaged or never written down.
    """
    if known is None:  # Earlier versions have not kept when it was renewed.
        return True
    states = [(datetime.fromisoformat(change.at), change.ended) for change in changes]
    own = (known, ended is not None)
    return states.index(own) > 0 if own in states else states[0][0] > known


def ended_subscriptions(
    connection: sa.Connection, only: Collection[str] | None = None
) -> frozenset[tuple[str, str]]:
    """Watch (or ALL) and channel of those (or of those of these watches) that were ended."""
    query = sa.select(_TABLE.watch, _TABLE.channel).where(_TABLE.ended.is_not(None))
    if only is not None:
        query = query.where(_TABLE.watch.in_([*only, ALL]))
    return frozenset((row.watch, row.channel) for row in connection.execute(query))


def _find(connection: sa.Connection, which: sa.ColumnElement[bool]) -> Subscription | None:
    query = sa.select(_TABLE.watch, _TABLE.channel, _TABLE.ended).where(which)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    of_all = sa.select(_TABLE.ended).where(_here(ALL, row.channel))
    all_ended = connection.execute(of_all).scalar() is not None
    return Subscription(row.watch, row.channel, row.ended, all_ended)


def _enter(connection: sa.Connection, change: SubscriptionChange) -> None:
    at = datetime.fromisoformat(change.at)
    query = sa.update(tables.subscription).where(_here(change.watch, change.channel))
    connection.execute(query.values(ended=at if change.ended else None, changed=at))


def _here(watch: str, channel: str) -> sa.ColumnElement[bool]:
    return sa.and_(_TABLE.watch == watch, _TABLE.channel == channel)


def _write_down(
    ledger: SubscriptionLedger, change: SubscriptionChange, unwritten: Callable[[OSError], None]
) -> None:
    """Add to the ledger, if it can be written: until the database is put back to an earlier state,
    it is enough that it knows.
    """
    try:
        ledger.append(change)
    except OSError as error:
        logger.warning("ledger_unwritten %s %s", change.watch, error)
        unwritten(error)
