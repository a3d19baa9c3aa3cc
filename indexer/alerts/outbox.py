"""The outbox: messages kept until their receiver has them, with a record of every attempt."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from indexer.alerts.message import Channel, Message, MessageEntry, OtherPlace
from indexer.alerts.sent_ledger import SentLedger, SentMessage
from indexer.alerts.told import MatchContent, enter_told, told_by, unknown_messages
from indexer.database import tables
from indexer.database.contention import write_patiently
from indexer.database.due_times import DueTime
from indexer.database.records import columns_of, find_record, iter_records
from indexer.events.queries import reported_changes
from indexer.frontier.recrawl.backoff import backoff_delay
from indexer.records.errors import DeliveryError, DeliveryPostponed
from indexer.records.marked_passage import MarkedPassage

logger = logging.getLogger(__name__)

Id = TypeVar("Id", int, str)

CHUNK = 500
"""Ids in one query: databases take only so many parameters."""

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=12)
"""Pause after a failed attempt: doubled each time between these two, and never given up."""
_LAST_ATTEMPT = sa.select(sa.func.max(tables.attempt.c.at)).where(
    tables.attempt.c.message == tables.outbox.c.key
)
NEXT_ATTEMPT = DueTime(tables.outbox.c.next_attempt, LONGEST_PAUSE, _LAST_ATTEMPT.scalar_subquery())

NO_CHANNEL = "the channel is no longer configured"
"""Reason of matches whose messages were dropped."""

NAMESPACE = uuid.UUID("6f1a7bd0-6f0a-5c0e-9d0b-2f6c1f3f8a11")
"""Keys and entry ids are UUIDs of their parts in this namespace, so they come out the same again.
"""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery came to."""

    sent: int
    failures: tuple[str, ...]
    """One line for each message that was tried and not delivered."""
    waiting: int = 0
    """Messages that were not tried: they rest after a failure, or their receiver has failed."""
    dropped: int = 0
    """Messages whose watch or channel is no longer configured; they are never sent."""

    @property
    def problems(self) -> list[str]:
        """Lines on what is not delivered."""
        lines = [f"message not delivered: {line}" for line in self.failures]
        if self.waiting:
            number = "1 message waits" if self.waiting == 1 else f"{self.waiting} messages wait"
            lines.append(f"{number} to be tried again: `radar run --only deliver` does it now")
        return lines


@dataclass(frozen=True, slots=True)
class _Pending:
    """A message that waits to be sent."""

    key: str
    watch: str
    name: str
    """Of the watch."""
    run: int
    channel: str
    first_look: bool
    matches: Sequence[int]
    created: datetime
    attempts: int


def message_key(
    watch: str, run: int, channel: str, contents: Iterable[MatchContent], *, first_look: bool
) -> str:
    """Idempotency key of a message.

    Its contents count: numbers of runs come again where a database was put back.
    """
    group = "first-look" if first_look else "new"
    told = sorted(f"{content.document} {' '.join(sorted(content.keys))}" for content in contents)
    return str(uuid.uuid5(NAMESPACE, "\n".join([watch, str(run), channel, group, *told])))


def post(
    connection: sa.Connection,
    *,
    watch: str,
    run: int,
    channel: str,
    first_look: bool,
    matches: Mapping[int, MatchContent],
    now: datetime,
) -> None:
    """Put a message into the outbox; the caller commits it together with the matches."""
    connection.execute(
        sa.insert(tables.outbox).values(
            key=message_key(watch, run, channel, matches.values(), first_look=first_look),
            watch=watch,
            run=run,
            channel=channel,
            first_look=first_look,
            matches=list(matches),
            created=now,
            state="pending",
            attempts=0,
            next_attempt=now,
        )
    )


def deliver(
    connection: sa.Connection,
    now: Callable[[], datetime],
    open_channel: Callable[[str], Channel],
    source_names: Mapping[str, str],
    *,
    run: int,
    configured: Collection[tuple[str, str]],
    everything: bool = False,
    stopped: Callable[[], bool] = lambda: False,
    accepted: Callable[[SentMessage], None] = lambda message: None,
) -> Delivered:
    """Send what is due (`everything`: also what rests after a failure), until `stopped`.

    Messages of later runs than `run` are left to those: they may know other watches.
    `configured` are the pairs of watch and channel that there are: messages of others are dropped.
    Each message is committed before and after it is sent: what can't be recorded is not sent, and
    no transaction is open while a receiver is waited for. One is marked as sent after the
    receiver's answer: cut off in between, it comes once more with the same key. `accepted` is
    called first, to keep it elsewhere.

    The caller sees to it that there is one delivery at a time. Runs may work beside it.
    """
    sent, failures = 0, []
    dropped = _drop_others(connection, run, frozenset(configured))
    for key in _due(connection, run, now(), everything=everything):
        row = None if stopped() else _begin_attempt(connection, key, stopped)
        if row is None:
            continue
        message = _message(connection, row, source_names)
        told = told_by(connection, row.matches)
        connection.commit()
        try:
            open_channel(row.channel).deliver(message)
        except DeliveryError as error:
            if stopped():
                break
            _record_failure(connection, row, now(), error)
            if not isinstance(error, DeliveryPostponed):
                failures.append(f"{row.channel}: {error.message}")
        else:
            accepted(SentMessage(row.key, now().isoformat(), row.watch, row.channel, told))
            _record_accepted(connection, row, now())
            sent += 1
    waiting = count_undelivered(connection, run) - len(failures)
    return Delivered(sent, tuple(failures), waiting, dropped)


def catch_up(connection: sa.Connection, ledger: SentLedger, now: datetime) -> int:
    """Take over what the ledger of accepted messages has and the database does not know; commits.

    Returns the number of messages that were sent from a later state of the database. A message that
    waits here was accepted too: its run was killed before it could record that.
    """
    unknown = 0
    for message in unknown_messages(connection, ledger, now):
        row = _find_pending(connection, message.key)
        if row is not None:
            _update(connection, row, state="sent", sent=now)
            _mark_matches(connection, row)
        else:
            enter_told(connection, message)
            unknown += 1
    connection.commit()
    return unknown


def _find_pending(connection: sa.Connection, key: str) -> _Pending | None:
    waits = sa.and_(tables.outbox.c.key == key, tables.outbox.c.state == "pending")
    query = sa.select(*columns_of(_Pending, tables.outbox, tables.watch))
    query = query.join(tables.watch, tables.watch.c.id == tables.outbox.c.watch).where(waits)
    return find_record(connection, _Pending, query)


def count_undelivered(connection: sa.Connection, run: int) -> int:
    """Messages of a run and earlier ones that wait in the outbox."""
    query = sa.select(sa.func.count()).select_from(tables.outbox).where(_waiting(run))
    return int(connection.execute(query).scalar_one())


def _waiting(run: int) -> sa.ColumnElement[bool]:
    return sa.and_(tables.outbox.c.state == "pending", tables.outbox.c.run <= run)


def remove_past_messages(connection: sa.Connection, before: datetime) -> None:
    """Remove messages that were made before this moment and sent or dropped, with their attempts.

    Not while another message of the same watch and run is pending: together they decide the state
    of their matches. Commits.
    """
    message, other = tables.outbox.c, tables.outbox.alias()
    siblings = sa.exists().where(
        other.c.watch == message.watch, other.c.run == message.run, other.c.state == "pending"
    )
    past = sa.select(message.key).where(
        message.created < before, message.state != "pending", ~siblings
    )
    for keys in _chunks(connection.execute(past).scalars().all()):
        connection.execute(sa.delete(tables.attempt).where(tables.attempt.c.message.in_(keys)))
        connection.execute(sa.delete(tables.outbox).where(message.key.in_(keys)))
        connection.commit()


def entries(
    connection: sa.Connection, matches: Sequence[int], source_names: Mapping[str, str]
) -> Iterator[MessageEntry]:
    """The matches with these ids, as entries of a message, in the order of their ids."""
    for ids in _chunks(sorted(matches)):
        yield from _entries(connection, ids, source_names)


def _chunks(ids: Sequence[Id]) -> Iterator[Sequence[Id]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _entries(
    connection: sa.Connection, matches: Sequence[int], source_names: Mapping[str, str]
) -> Iterator[MessageEntry]:
    query = (
        sa.select(
            tables.match,
            tables.document.c.url,
            tables.document.c.source,
            tables.revision.c.page,
        )
        .join(tables.document, tables.document.c.id == tables.match.c.document)
        .join(
            tables.revision,
            sa.and_(
                tables.revision.c.document == tables.match.c.document,
                tables.revision.c.number == tables.match.c.revision,
            ),
        )
        .where(tables.match.c.id.in_(matches))
        .order_by(tables.match.c.id)
    )
    rows = connection.execute(query).all()
    places = _other_places(connection, rows, source_names)
    for row in rows:
        identity = f"{row.watch}\n{row.document}\n{row.revision}"
        yield MessageEntry(
            id=uuid.uuid5(NAMESPACE, identity).urn,
            url=row.url,
            title=row.page.get("title") or row.url,
            source=source_names.get(row.source, row.source),
            published=row.page.get("published"),
            found=row.created,
            change=row.change,
            terms=tuple(row.terms),
            passages=tuple(MarkedPassage.from_json(passage) for passage in row.passages),
            events=tuple(change.line for change in reported_changes(connection, row.events or ())),
            places=places.get(row.id, ()),
        )


def _other_places(
    connection: sa.Connection, rows: Sequence[sa.Row[Any]], source_names: Mapping[str, str]
) -> dict[int, tuple[OtherPlace, ...]]:
    """Id of a match → the other pages of its story that the watch knows."""
    match, document = tables.match.c, tables.document.c
    query = (
        sa.select(match.watch, match.story, document.id, document.url, document.source)
        .distinct()
        .join(tables.document, document.id == match.document)
        .where(
            match.watch.in_({row.watch for row in rows}),
            match.story.in_({row.story for row in rows if row.story}),
        )
        .order_by(document.url)
    )
    stories: dict[tuple[str, str], dict[str, OtherPlace]] = {}
    for place in connection.execute(query):
        other = OtherPlace(place.url, source_names.get(place.source, place.source))
        stories.setdefault((place.watch, place.story), {})[place.id] = other
    return {
        row.id: tuple(
            other
            for document, other in stories.get((row.watch, row.story), {}).items()
            if document != row.document
        )
        for row in rows
    }


def _due(connection: sa.Connection, run: int, now: datetime, *, everything: bool) -> list[str]:
    """Keys of the messages to send. What was tried most comes last: should it be what the receiver
    fails at, the others do not wait for it for ever.
    """
    table = tables.outbox.c
    query = (
        sa.select(table.key).where(_waiting(run)).order_by(table.attempts, table.created, table.key)
    )
    if not everything:
        # One that never failed is due whatever the clock says: it may have been set back.
        never_failed = table.next_attempt == table.created
        query = query.where(sa.or_(never_failed, NEXT_ATTEMPT.has_come(now)))
    return list(connection.execute(query).scalars())


def _begin_attempt(
    connection: sa.Connection, key: str, stopped: Callable[[], bool]
) -> _Pending | None:
    """Count an attempt; returns the message as it was before. None: it need not be sent any more,
    or the run is to stop.
    """
    row = _find_pending(connection, key)
    connection.commit()
    waits = sa.and_(tables.outbox.c.key == key, tables.outbox.c.state == "pending")

    def count() -> bool:
        counted = (
            sa.update(tables.outbox).where(waits).values(attempts=tables.outbox.c.attempts + 1)
        )
        return connection.execute(counted).rowcount == 1

    return row if row is not None and write_patiently(connection, count, stopped=stopped) else None


def _message(connection: sa.Connection, row: _Pending, source_names: Mapping[str, str]) -> Message:
    return Message(
        key=row.key,
        watch=row.watch,
        name=row.name,
        created=row.created,
        first_look=row.first_look,
        entries=tuple(entries(connection, row.matches, source_names)),
    )


def _record_accepted(connection: sa.Connection, row: _Pending, at: datetime) -> None:
    """The receiver has the message: from now on it is never sent again."""

    def record() -> bool:
        _update(connection, row, state="sent", sent=at)
        connection.execute(sa.insert(tables.attempt).values(message=row.key, at=at, error=None))
        _mark_matches(connection, row)
        return True

    write_patiently(connection, record)


def _record_failure(
    connection: sa.Connection, row: _Pending, at: datetime, error: DeliveryError
) -> None:
    """The message waits, longer after each attempt of its own; the reason is kept."""
    tried = not isinstance(error, DeliveryPostponed)
    pause = backoff_delay(FIRST_PAUSE, row.attempts, LONGEST_PAUSE)

    def record() -> bool:
        _update(connection, row, attempts=row.attempts + tried, next_attempt=at + pause)
        connection.execute(
            sa.insert(tables.attempt).values(message=row.key, at=at, error=error.message)
        )
        return True

    write_patiently(connection, record)


def _update(connection: sa.Connection, row: _Pending, **values: Any) -> None:
    connection.execute(
        sa.update(tables.outbox).where(tables.outbox.c.key == row.key).values(**values)
    )


def _drop_others(
    connection: sa.Connection, run: int, configured: frozenset[tuple[str, str]]
) -> int:
    """Drop the messages whose watch or channel is not configured; returns how many there were."""
    query = sa.select(*columns_of(_Pending, tables.outbox, tables.watch))
    query = query.join(tables.watch, tables.watch.c.id == tables.outbox.c.watch)
    pending = iter_records(connection, _Pending, query.where(_waiting(run)))
    others = [r for r in pending if (r.watch, r.channel) not in configured]
    connection.commit()

    def drop() -> bool:
        for row in others:
            _update(connection, row, state="dropped")
            _mark_matches(connection, row)
        return True

    if others:
        write_patiently(connection, drop)
    for row in others:
        logger.warning("message_dropped %s %s %s", row.key, row.watch, row.channel)
    return len(others)


def _mark_matches(connection: sa.Connection, message: _Pending) -> None:
    """State of the matches of a message that is sent or dropped.

    A match has an end when no message about it is pending: it is sent if one was sent,
    else suppressed.
    """
    # All messages that tell of a match are of its watch and run.
    others = sa.select(tables.outbox.c.state, tables.outbox.c.matches).where(
        tables.outbox.c.watch == message.watch, tables.outbox.c.run == message.run
    )
    by_state: dict[str, set[int]] = {}
    for state, ids in connection.execute(others):
        by_state.setdefault(state, set()).update(ids)
    ended = set(message.matches) - by_state.get("pending", set())
    sent = ended & by_state.get("sent", set())
    _set_state(connection, sent, state="sent", reason=None)
    _set_state(connection, ended - sent, state="suppressed", reason=NO_CHANNEL)


def _set_state(connection: sa.Connection, matches: set[int], **values: str | None) -> None:
    for ids in _chunks(sorted(matches)):
        connection.execute(
            sa.update(tables.match).where(tables.match.c.id.in_(ids)).values(**values)
        )
