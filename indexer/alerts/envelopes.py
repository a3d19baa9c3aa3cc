"""What waits in the outbox, as it is handed to a channel: messages, alone or as a digest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from heapq import merge
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.due_times import DueTime

LONGEST_PAUSE = timedelta(hours=12)
"""The longest pause after a failed attempt."""
_LAST_ATTEMPT = (
    sa.select(tables.attempt.c.at)
    .where(tables.attempt.c.message == tables.outbox.c.key)
    .order_by(tables.attempt.c.id.desc())  # not by the clock, which may have been ahead
    .limit(1)
)
NEXT_ATTEMPT = DueTime(tables.outbox.c.next_attempt, LONGEST_PAUSE, _LAST_ATTEMPT.scalar_subquery())
_SLICE = 1_000
"""Messages that are read at once."""


@dataclass(frozen=True, slots=True)
class PendingMessage:
    """A message that waits to be sent: what a watch tells one channel of one run."""

    key: str
    watch: str
    name: str
    """Of the watch."""
    run: int
    channel: str
    first_look: bool
    matches: Sequence[int]
    """Empty: it says that nothing is new."""
    created: datetime
    attempts: int
    next_attempt: datetime
    digest: str | None
    """Key of the digest that it is part of."""
    rested: bool
    """The pause after its last failure is over; or it never failed."""

    @property
    def never_failed(self) -> bool:
        """Whether no attempt has failed."""
        return self.next_attempt == self.created


@dataclass(frozen=True, slots=True)
class Place:
    """An envelope among tens of thousands that wait: it is read as a whole when its turn comes."""

    key: str
    channel: str
    messages: tuple[str, ...]
    """Keys of its messages."""
    attempts: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is handed to a channel at once: a message, or those of a digest."""

    key: str
    messages: tuple[PendingMessage, ...]

    @property
    def is_digest(self) -> bool:
        """Whether its messages go as one."""
        return self.messages[0].digest is not None

    @property
    def channel(self) -> str:
        """Where it goes."""
        return self.messages[0].channel

    @property
    def attempts(self) -> int:
        """How often it was tried."""
        return max(message.attempts for message in self.messages)

    @property
    def place(self) -> Place:
        """What is kept of it until its turn comes."""
        keys = tuple(message.key for message in self.messages)
        return Place(self.key, self.channel, keys, self.attempts)

    @property
    def rested(self) -> bool:
        """Whether it never failed, or the pause after its last failure is over."""
        return all(message.rested for message in self.messages)


def pending_envelopes(
    connection: sa.Connection, run: int, now: datetime, *, rested: bool = False
) -> Iterator[Envelope]:
    """What waits of a run and earlier ones; later runs may know other watches. `rested`: only what
    does not rest after a failure.

    What was tried most comes last: should it be what the receiver fails at, the others do not wait
    for it for ever. Read while it is asked for, as tens of thousands may wait: whoever writes
    meanwhile has to take all of it before.
    """
    table = tables.outbox.c
    waits = [table.state == "pending", table.run <= run]
    if rested:
        waits.append(_has_rested(now))
    digests = read_envelopes(connection, sa.and_(*waits, table.digest.is_not(None)), now)
    single = _select(now).where(*waits, table.digest.is_(None))
    ordered = single.order_by(table.attempts, table.created, table.key)
    with connection.execute(ordered.execution_options(yield_per=_SLICE)) as rows:
        singles = (Envelope(row.key, (PendingMessage(*row),)) for row in rows)
        yield from merge(sorted(digests, key=_turn), singles, key=_turn)


def read_envelopes(
    connection: sa.Connection, which: sa.ColumnElement[bool], now: datetime
) -> list[Envelope]:
    """The messages of a condition, the oldest first, as they are handed over."""
    table = tables.outbox.c
    query = _select(now).where(which).order_by(table.created, table.key)
    found: dict[str, list[PendingMessage]] = {}
    for row in connection.execute(query):
        message = PendingMessage(*row)
        found.setdefault(message.digest or message.key, []).append(message)
    return [Envelope(key, tuple(messages)) for key, messages in found.items()]


def _turn(envelope: Envelope) -> tuple[int, datetime, str]:
    first = envelope.messages[0]
    return envelope.attempts, first.created, first.key


def _has_rested(now: datetime) -> sa.ColumnElement[bool]:
    table = tables.outbox.c
    # One that never failed is due whatever the clock says: it may have been set back.
    return sa.or_(table.next_attempt == table.created, NEXT_ATTEMPT.has_come(now))


def _select(now: datetime) -> sa.Select[Any]:
    """The columns of a message."""
    table = tables.outbox.c
    special = {"name": tables.watch.c.name, "rested": _has_rested(now).label("rested")}
    columns = [
        special[field.name] if field.name in special else table[field.name]
        for field in fields(PendingMessage)
    ]
    return sa.select(*columns).join(tables.watch, tables.watch.c.id == table.watch)
