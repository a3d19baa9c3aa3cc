"""Attempts to hand over what waits in the outbox, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.alerts.envelopes import LONGEST_PAUSE, Envelope, PendingMessage, Place, read_envelopes
from indexer.alerts.outbox import DEAD, mark_matches, update_messages
from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.database.contention import write_patiently
from indexer.frontier.recrawl.backoff import backoff_delay
from indexer.records.errors import DeliveryError, DeliveryPostponed

FIRST_PAUSE = timedelta(minutes=5)
"""Pause after a failed attempt: doubled each time, up to `LONGEST_PAUSE`."""
MOST_ATTEMPTS = 30
"""Failures after which a message is a dead letter: about twelve days."""
MOST_REFUSALS = 5
"""The same for one that its receiver refuses for good: a server may err for an hour or two."""


def begin_attempts(
    connection: sa.Connection,
    waiting: Collection[Place],
    now: datetime,
    stopped: Callable[[], bool],
) -> list[Envelope]:
    """Count an attempt of each; returns the envelopes as they were before, in their order: those
    that still have to be sent, none where the run is to stop.
    """
    keys = [key for place in waiting for key in place.messages]
    order = {place.key: number for number, place in enumerate(waiting)}
    begun: list[Envelope] = []

    def count() -> bool:
        begun.clear()
        tried = tables.outbox.c.attempts + 1
        for part in chunks(keys):
            begun.extend(read_envelopes(connection, _still_waiting(part), now))
            waiting = sa.update(tables.outbox).where(_still_waiting(part))
            connection.execute(waiting.values(attempts=tried))
        begun[:] = sorted(_joined(begun), key=lambda envelope: order[envelope.key])
        return True

    connection.commit()
    return begun if write_patiently(connection, count, stopped=stopped) else []


def _joined(envelopes: Iterable[Envelope]) -> list[Envelope]:
    """Those of one digest together: it was read in parts."""
    found: dict[str, tuple[PendingMessage, ...]] = {}
    for envelope in envelopes:
        found[envelope.key] = (*found.get(envelope.key, ()), *envelope.messages)
    return [Envelope(key, messages) for key, messages in found.items()]


def _still_waiting(keys: Sequence[str]) -> sa.ColumnElement[bool]:
    """Of these messages, those that were not sent, given up or dropped meanwhile."""
    return sa.and_(tables.outbox.c.state == "pending", tables.outbox.c.key.in_(keys))


def still_waiting(connection: sa.Connection, envelope: Envelope) -> Envelope | None:
    """What of it was not dropped since its attempt was begun; None: nothing."""
    table, left = tables.outbox.c, set[str]()
    for part in chunks(envelope.place.messages):
        left.update(connection.execute(sa.select(table.key).where(_still_waiting(part))).scalars())
    messages = tuple(message for message in envelope.messages if message.key in left)
    return Envelope(envelope.key, messages) if messages else None


def withdraw_attempts(connection: sa.Connection, envelopes: Collection[Envelope]) -> None:
    """Attempts that were begun with others, and not made: they wait as they did before."""

    def withdraw() -> bool:
        for message in (message for envelope in envelopes for message in envelope.messages):
            update_messages(connection, [message.key], attempts=message.attempts)
        return True

    if envelopes:
        write_patiently(connection, withdraw)


def record_accepted(
    connection: sa.Connection, envelopes: Collection[Envelope], at: datetime
) -> None:
    """The receivers have them: from now on they are never sent again."""

    def record() -> bool:
        for message in (message for envelope in envelopes for message in envelope.messages):
            _mark_sent(connection, message, at)
            attempt = sa.insert(tables.attempt).values(message=message.key, at=at, error=None)
            connection.execute(attempt)
        return True

    if envelopes:
        write_patiently(connection, record)


def mark_message_sent(connection: sa.Connection, key: str, at: datetime) -> bool:
    """Record that a message was accepted, which waits, was given up or dropped; False if there is
    none with this key. The caller commits.
    """
    for envelope in read_envelopes(connection, tables.outbox.c.key == key, at):
        _mark_sent(connection, envelope.messages[0], at)
        return True
    return False


def _mark_sent(connection: sa.Connection, message: PendingMessage, at: datetime) -> None:
    update_messages(connection, [message.key], state="sent", sent=at)
    mark_matches(connection, message)


def record_failure(
    connection: sa.Connection, envelope: Envelope, at: datetime, error: DeliveryError
) -> None:
    """It waits, longer after each attempt of its own, or is a dead letter; the reason is kept."""
    tried = not isinstance(error, DeliveryPostponed)
    refused = error.permanent and _count_refusals(connection, envelope, error) >= MOST_REFUSALS
    given_up = tried and (refused or envelope.attempts + 1 >= MOST_ATTEMPTS)
    state = DEAD if given_up else "pending"
    connection.commit()
    pause = backoff_delay(FIRST_PAUSE, envelope.attempts, LONGEST_PAUSE)

    def record() -> bool:
        for message in envelope.messages:
            attempts = message.attempts + tried
            # One of which everything was forgotten meanwhile stays dropped: it would come empty.
            waits = sa.update(tables.outbox).where(_still_waiting([message.key]))
            connection.execute(
                waits.values(attempts=attempts, next_attempt=at + pause, state=state)
            )
            attempt = sa.insert(tables.attempt).values(
                message=message.key, at=at, error=error.message, answer=error.answer
            )
            connection.execute(attempt)
        return True

    write_patiently(connection, record)


def record_postponed(
    connection: sa.Connection,
    postponed: Collection[tuple[Place, DeliveryPostponed]],
    at: datetime,
) -> None:
    """They were not tried, as their receiver has failed: they wait, and the reason is kept."""

    def record() -> bool:
        attempts = []
        for place, error in postponed:
            pause = backoff_delay(FIRST_PAUSE, place.attempts, LONGEST_PAUSE)
            for part in chunks(place.messages):
                later = sa.update(tables.outbox).where(_still_waiting(part))
                connection.execute(later.values(next_attempt=at + pause))
            said = {"at": at, "error": error.message, "answer": error.answer}
            attempts += [{"message": key, **said} for key in place.messages]
        connection.execute(sa.insert(tables.attempt), attempts)
        return True

    if postponed:
        write_patiently(connection, record)


def _count_refusals(connection: sa.Connection, envelope: Envelope, error: DeliveryError) -> int:
    """How often its receiver has refused it with the same answer, this time included."""
    oldest = max(envelope.messages, key=lambda message: message.attempts)
    table = tables.attempt.c
    answers = sa.select(table.answer).where(table.message == oldest.key)
    # Attempts before it was given up, and sent again on request, do not count.
    recent = answers.order_by(table.id.desc()).limit(envelope.attempts)
    return 1 + list(connection.execute(recent).scalars()).count(error.answer)
