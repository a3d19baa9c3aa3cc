"""The outbox: messages kept until their receiver has them, with a record of every attempt.

It is a ledger: `indexer.alerts.delivery` decides what is sent, and when.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from heapq import merge
from itertools import chain
from typing import Any

import sqlalchemy as sa

from indexer.alerts.entries import NAMESPACE
from indexer.alerts.reasons import NO_CHANNEL
from indexer.alerts.sent_ledger import SentMessage
from indexer.alerts.told import MatchContent
from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.database.contention import write_patiently
from indexer.database.due_times import DueTime
from indexer.frontier.recrawl.backoff import backoff_delay
from indexer.records.errors import DeliveryError, DeliveryPostponed

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=12)
"""Pause after a failed attempt: doubled each time between these two."""
MOST_ATTEMPTS = 30
"""Failures after which a message is a dead letter: about twelve days."""
MOST_REFUSALS = 5
"""The same for one that its receiver refuses for good: a server may err for an hour or two."""
DEAD = "dead"
"""State of a dead letter: kept, and sent again on request (`indexer.alerts.dead_letters`)."""
_LAST_ATTEMPT = (
    sa.select(tables.attempt.c.at)
    .where(tables.attempt.c.message == tables.outbox.c.key)
    .order_by(tables.attempt.c.id.desc())  # not by the clock, which may have been ahead
    .limit(1)
)
NEXT_ATTEMPT = DueTime(tables.outbox.c.next_attempt, LONGEST_PAUSE, _LAST_ATTEMPT.scalar_subquery())

_SLICE = 1_000
"""Messages that are read at once."""
_OPEN = ("pending", DEAD)
"""States of messages that may still be sent."""

_ENVELOPE = sa.func.coalesce(tables.outbox.c.digest, tables.outbox.c.key)


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


def message_key(
    watch: str, run: int, channel: str, contents: Iterable[MatchContent], *, first_look: bool
) -> str:
    """Idempotency key of a message.

    Its contents count: numbers of runs come again where a database was put back.
    """
    group = "first-look" if first_look else "new"
    told = sorted(f"{content.document} {' '.join(sorted(content.keys))}" for content in contents)
    return str(uuid.uuid5(NAMESPACE, "\n".join([watch, str(run), channel, group, *told])))


def notice_key(watch: str, channel: str, moment: datetime) -> str:
    """Idempotency key of a message that says that nothing is new up to a moment."""
    return str(uuid.uuid5(NAMESPACE, "\n".join([watch, channel, "nothing", moment.isoformat()])))


def digest_key(channel: str, messages: Iterable[str]) -> str:
    """Idempotency key of a digest of messages with these keys."""
    return str(uuid.uuid5(NAMESPACE, "\n".join(["digest", channel, *sorted(messages)])))


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
        _update(connection, keys, state="sent", sent=moment, digest=digest)


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
    digests = _read(connection, sa.and_(*waits, table.digest.is_not(None)), now)
    single = _select(now).where(*waits, table.digest.is_(None))
    ordered = single.order_by(table.attempts, table.created, table.key)
    with connection.execute(ordered.execution_options(yield_per=_SLICE)) as rows:
        singles = (Envelope(row.key, (PendingMessage(*row),)) for row in rows)
        yield from merge(sorted(digests, key=_turn), singles, key=_turn)


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


def _read(
    connection: sa.Connection, which: sa.ColumnElement[bool], now: datetime
) -> list[Envelope]:
    table = tables.outbox.c
    query = _select(now).where(which).order_by(table.created, table.key)
    found: dict[str, list[PendingMessage]] = {}
    for row in connection.execute(query):
        message = PendingMessage(*row)
        found.setdefault(message.digest or message.key, []).append(message)
    return [Envelope(key, tuple(messages)) for key, messages in found.items()]


def bind(connection: sa.Connection, groups: Collection[Sequence[Envelope]]) -> None:
    """Make messages to one channel a digest, each group, which they stay until it is sent: cut off
    in between, it comes once more with the same key. Commits.
    """
    connection.commit()

    def write() -> bool:
        for envelopes in groups:
            keys = [message.key for envelope in envelopes for message in envelope.messages]
            _update(connection, keys, digest=digest_key(envelopes[0].channel, keys))
        return True

    if groups:
        write_patiently(connection, write)


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
            begun.extend(_read(connection, _still_waiting(part), now))
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
            _update(connection, [message.key], attempts=message.attempts)
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
    for envelope in _read(connection, tables.outbox.c.key == key, at):
        _mark_sent(connection, envelope.messages[0], at)
        return True
    return False


def _mark_sent(connection: sa.Connection, message: PendingMessage, at: datetime) -> None:
    _update(connection, [message.key], state="sent", sent=at)
    _mark_matches(connection, message)


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


def drop_others(
    connection: sa.Connection, run: int, configured: Collection[tuple[str, str]], now: datetime
) -> int:
    """Drop the messages whose watch or channel is not configured; returns how many there were."""
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
    connection.commit()

    def drop() -> bool:
        for message in others:
            _update(connection, [message.key], state="dropped")
            _mark_matches(connection, message)
        return True

    if others:
        write_patiently(connection, drop)
    for message in others:
        logger.warning("message_dropped %s %s %s", message.key, message.watch, message.channel)
    return len(others)


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


def _update(connection: sa.Connection, keys: Sequence[str], **values: Any) -> None:
    for part in chunks(keys):
        connection.execute(
            sa.update(tables.outbox).where(tables.outbox.c.key.in_(part)).values(**values)
        )


def _mark_matches(connection: sa.Connection, message: PendingMessage) -> None:
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
