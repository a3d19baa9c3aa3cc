"""The outbox: messages kept until their receiver has them.

It is a ledger: `indexer.alerts.delivery` decides what is sent, and when; `indexer.alerts.attempts`
records each attempt.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

import sqlalchemy as sa

from indexer.alerts.envelopes import Envelope, PendingMessage, pending_envelopes, read_envelopes
from indexer.alerts.message_keys import digest_key
from indexer.alerts.reasons import NO_CHANNEL
from indexer.alerts.sent_ledger import SentMessage
from indexer.alerts.subscriptions import ALL, ended_subscriptions
from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.database.contention import write_patiently

logger = logging.getLogger(__name__)

DEAD = "dead"
"""State of a dead letter: kept, and sent again on request (`indexer.alerts.dead_letters`)."""
GONE = (
    "its watch is not configured any more (removed, or another id): replay it once the watch is "
    "back under this id, or drop it"
)
"""Why a message is given up that nobody has failed to take."""
_OPEN = ("pending", DEAD)
"""States of messages that may still be sent."""

_ENVELOPE = sa.func.coalesce(tables.outbox.c.digest, tables.outbox.c.key)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message that is to be put into the outbox."""

    key: str
    watch: str
    run: int
    channel: str
    created: datetime
    first_look: bool = False
    matches: Sequence[int] = ()


def post(connection: sa.Connection, messages: Iterable[NewMessage]) -> None:
    """Put messages into the outbox; the caller commits them together with their matches."""
    new = {"state": "pending", "attempts": 0}
    rows = [{**asdict(m), "next_attempt": m.created, **new} for m in messages]
    if rows:
        connection.execute(sa.insert(tables.outbox), rows)


def enter_sent(connection: sa.Connection, run: int, messages: Sequence[SentMessage]) -> None:
    """Enter messages that were accepted in a later state of the database, which was put back: they
    count for the limits of their channels, and for what nothing new has to be said of. The caller
    commits.
    """
    watches = set(connection.execute(sa.select(tables.watch.c.id)).scalars())
    together: dict[tuple[str, str], list[SentMessage]] = {}
    # One that was sent twice stands there twice.
    for message in {message.key: message for message in messages}.values():
        if message.watch in watches:
            together.setdefault((message.channel, message.at), []).append(message)
    for (channel, at), several in together.items():
        moment = datetime.fromisoformat(at)
        # What was accepted in one moment was one message, or the parts of a digest.
        digest = digest_key(channel, [m.key for m in several]) if len(several) > 1 else None
        post(connection, [NewMessage(m.key, m.watch, run, channel, moment) for m in several])
        keys = [message.key for message in several]
        update_messages(connection, keys, state="sent", sent=moment, digest=digest)


def join_waiting(
    connection: sa.Connection, watch: str, channel: str, matches: Collection[int]
) -> set[int]:
    """Those of some matches that a message tells of which was never handed over: it tells them as
    they are when it is. It is not before the caller has committed.
    """
    if not matches:
        return set()
    outbox = tables.outbox.c
    untried = sa.and_(
        outbox.watch == watch,
        outbox.channel == channel,
        outbox.state == "pending",
        outbox.attempts == 0,
        ~sa.exists().where(tables.attempt.c.message == outbox.key),
    )
    claimed = sa.update(tables.outbox).where(untried).values(attempts=0).returning(outbox.matches)
    told = connection.execute(claimed).scalars().all()
    return set(matches).intersection(chain.from_iterable(told))


def bind(connection: sa.Connection, groups: Collection[Sequence[Envelope]]) -> None:
    """Make messages to one channel a digest, each group, which they stay until it is sent: cut off
    in between, it comes once more with the same key. Commits.
    """
    connection.commit()

    def write() -> bool:
        for envelopes in groups:
            keys = [message.key for envelope in envelopes for message in envelope.messages]
            update_messages(connection, keys, digest=digest_key(envelopes[0].channel, keys))
        return True

    if groups:
        write_patiently(connection, write)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What became of messages whose watch or channel is not configured."""

    dropped: int = 0
    gone: Mapping[str, int] = field(default_factory=dict)
    """Watch that is gone → messages of it that were given up."""


def settle_others(
    connection: sa.Connection, run: int, configured: Collection[tuple[str, str]], now: datetime
) -> LeftOver:
    """Drop the messages whose channel is not configured. Those of a watch that is gone from its
    file are given up instead: it may only have got another id.
    """
    table = tables.outbox.c
    waits = sa.select(table.watch, table.channel).where(table.state == "pending", table.run <= run)
    receivers = connection.execute(waits.distinct()).all()
    some = any(receiver not in configured for receiver in receivers)
    others = [
        message
        for envelope in (pending_envelopes(connection, run, now) if some else ())
        for message in envelope.messages
        if (message.watch, message.channel) not in configured
    ]
    known = {watch for watch, _ in configured}
    ended = frozenset(ended_subscriptions(connection) if others else ())
    dropped, gone = list[PendingMessage](), list[PendingMessage]()
    for message in others:
        taken_off = {(message.watch, message.channel), (ALL, message.channel)} & ended
        is_gone = message.watch not in known and not taken_off
        (gone if is_gone else dropped).append(message)
    connection.commit()

    given_up: list[PendingMessage] = []

    def settle() -> bool:
        for message in dropped:
            _drop(connection, message)
        given_up[:] = [message for message in gone if _give_up(connection, message, now)]
        return True

    if others:
        write_patiently(connection, settle)
    for message in dropped:
        logger.warning("message_dropped %s %s %s", message.key, message.watch, message.channel)
    for message in given_up:
        logger.warning("message_given_up %s %s %s", message.key, message.watch, message.channel)
    return LeftOver(len(dropped), Counter(message.watch for message in given_up))


def _give_up(connection: sa.Connection, message: PendingMessage, now: datetime) -> bool:
    """Make a dead letter of a message whose watch is gone; False if it was dropped meanwhile."""
    table = tables.outbox.c
    waits = sa.update(tables.outbox).where(table.key == message.key, table.state == "pending")
    # Not with the rest of its digest, which goes without it under the key of the digest.
    if not connection.execute(waits.values(state=DEAD, digest=None)).rowcount:
        return False
    attempt = sa.insert(tables.attempt).values(message=message.key, at=now, error=GONE)
    connection.execute(attempt)
    return True


def drop_waiting(connection: sa.Connection, watch: str, now: datetime) -> None:
    """Drop what waits of a watch. The caller commits."""
    table = tables.outbox.c
    drop_messages(connection, sa.and_(table.watch == watch, table.state == "pending"), now)


def drop_messages(connection: sa.Connection, some: sa.ColumnElement[bool], now: datetime) -> int:
    """Drop some messages, which are never sent; returns how many there were. The caller commits."""
    messages = [m for envelope in read_envelopes(connection, some, now) for m in envelope.messages]
    for message in messages:
        _drop(connection, message)
    return len(messages)


def _drop(connection: sa.Connection, message: PendingMessage) -> None:
    update_messages(connection, [message.key], state="dropped")
    mark_matches(connection, message)


def waiting_for(connection: sa.Connection) -> set[tuple[str, str]]:
    """Watch and channel of what waits, of watches that were not removed."""
    query = (
        sa.select(tables.outbox.c.watch, tables.outbox.c.channel)
        .distinct()
        .join(tables.watch, tables.watch.c.id == tables.outbox.c.watch)
        .where(tables.outbox.c.state == "pending", tables.watch.c.active.is_(True))
    )
    return {(row.watch, row.channel) for row in connection.execute(query)}


def count_sent(connection: sa.Connection, channel: str, since: datetime, until: datetime) -> int:
    """What a channel has accepted in a span of time; a digest counts once."""
    table = tables.outbox.c
    query = sa.select(sa.func.count(_ENVELOPE.distinct())).where(
        table.channel == channel, table.sent > since, table.sent <= until
    )
    return int(connection.execute(query).scalar_one())


def remove_past_messages(connection: sa.Connection, before: datetime) -> None:
    """Remove messages that were made before this moment and sent or dropped, with their attempts.

    Not while another message of the same watch and run is not: together they decide the state of
    their matches. Commits.
    """
    message, other = tables.outbox.c, tables.outbox.alias()
    siblings = sa.exists().where(
        other.c.watch == message.watch, other.c.run == message.run, other.c.state.in_(_OPEN)
    )
    past = sa.select(message.key).where(
        message.created < before, message.state.not_in(_OPEN), ~siblings
    )
    for keys in chunks(connection.execute(past).scalars().all()):
        connection.execute(sa.delete(tables.attempt).where(tables.attempt.c.message.in_(keys)))
        connection.execute(sa.delete(tables.outbox).where(message.key.in_(keys)))
        connection.commit()


def update_messages(connection: sa.Connection, keys: Sequence[str], **values: Any) -> None:
    """Set values of the messages with these keys; the caller commits."""
    for part in chunks(keys):
        connection.execute(
            sa.update(tables.outbox).where(tables.outbox.c.key.in_(part)).values(**values)
        )


def mark_matches(connection: sa.Connection, message: PendingMessage) -> None:
    """State of the matches of a message that is sent or dropped.

    A match has an end when no message about it is pending or dead: it is sent if one was sent,
    else suppressed.
    """
    # All messages that tell of a match are of its watch and run.
    others = sa.select(tables.outbox.c.state, tables.outbox.c.matches).where(
        tables.outbox.c.watch == message.watch, tables.outbox.c.run == message.run
    )
    by_state: dict[str, set[int]] = {}
    for state, ids in connection.execute(others):
        by_state.setdefault(state, set()).update(ids)
    open_ones = (by_state.get(state, set()) for state in _OPEN)
    ended = set(message.matches).difference(*open_ones)
    sent = ended & by_state.get("sent", set())
    _set_state(connection, sent, state="sent", reason=None)
    _set_state(connection, ended - sent, state="suppressed", reason=NO_CHANNEL)


def _set_state(
    connection: sa.Connection, matches: set[int], *, state: str, reason: str | None
) -> None:
    """Of matches that have not been sent: a later message may tell of one, too."""
    match = tables.match.c
    for ids in chunks(sorted(matches)):
        here = sa.update(tables.match).where(match.id.in_(ids), match.state != "sent")
        connection.execute(here.values(state=state, reason=reason))
