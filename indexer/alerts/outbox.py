"""The outbox: messages kept until their receiver has them, with a record of every attempt."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from indexer import database as db
from indexer.alerts.message import Channel, MatchedPassage, Message, MessageEntry
from indexer.errors import DeliveryError

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=12)
"""Pause after a failed attempt: doubled each time between these two, and never given up."""

NAMESPACE = uuid.UUID("6f1a7bd0-6f0a-5c0e-9d0b-2f6c1f3f8a11")
"""Keys and entry ids are UUIDs of their parts in this namespace, so they come out the same again."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery came to."""

    sent: int
    failures: tuple[str, ...]
    """One line for each message that was not delivered."""


def message_key(watch: str, run: int, channel: str, *, first_look: bool) -> str:
    """Idempotency key of a message."""
    group = "first-look" if first_look else "new"
    return str(uuid.uuid5(NAMESPACE, f"{watch}\n{run}\n{channel}\n{group}"))


def post(
    connection: sa.Connection,
    *,
    watch: str,
    run: int,
    channel: str,
    first_look: bool,
    matches: list[int],
    now: datetime,
) -> None:
    """Put a message into the outbox; the caller commits it together with the matches."""
    connection.execute(
        sa.insert(db.outbox).values(
            key=message_key(watch, run, channel, first_look=first_look),
            watch=watch,
            run=run,
            channel=channel,
            first_look=first_look,
            matches=matches,
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
    everything: bool = False,
) -> Delivered:
    """Send what is due (`everything`: also what rests after a failure); commits after each message.

    A message is marked as sent after the receiver's answer: cut off in between, it comes once more
    with the same key.
    """
    sent, failures = 0, []
    for row in _pending(connection, now(), everything=everything):
        message = _message(connection, row, source_names)
        try:
            open_channel(row.channel).deliver(message)
        except DeliveryError as error:
            pause = min(FIRST_PAUSE * (1 << min(row.attempts, 10)), LONGEST_PAUSE)
            _attempted(connection, row, now(), error.message, next_attempt=now() + pause)
            failures.append(f"{row.channel}: {error.message}")
        else:
            _attempted(connection, row, now(), None, state="sent", sent=now())
            _mark_matches(connection, row.matches)
            sent += 1
        connection.commit()
    return Delivered(sent, tuple(failures))


def undelivered(connection: sa.Connection) -> int:
    """Messages that wait in the outbox."""
    query = sa.select(sa.func.count()).where(db.outbox.c.state == "pending")
    return int(connection.execute(query).scalar_one())


def entries(
    connection: sa.Connection, matches: list[int], source_names: Mapping[str, str]
) -> Iterator[MessageEntry]:
    """The matches with these ids, as a message tells them."""
    query = (
        sa.select(
            db.match,
            db.document.c.url,
            db.document.c.source,
            db.revision.c.page,
        )
        .join(db.document, db.document.c.id == db.match.c.document)
        .join(
            db.revision,
            sa.and_(
                db.revision.c.document == db.match.c.document,
                db.revision.c.number == db.match.c.revision,
            ),
        )
        .where(db.match.c.id.in_(matches))
        .order_by(db.match.c.id)
    )
    for row in connection.execute(query):
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
            passages=tuple(
                MatchedPassage(p["text"], tuple((s, e) for s, e in p["marks"]))
                for p in row.passages
            ),
        )


def _pending(connection: sa.Connection, now: datetime, *, everything: bool) -> list[sa.Row[Any]]:
    query = (
        sa.select(db.outbox, db.watch.c.name)
        .join(db.watch, db.watch.c.id == db.outbox.c.watch)
        .where(db.outbox.c.state == "pending")
        .order_by(db.outbox.c.created, db.outbox.c.key)
    )
    if not everything:
        # One that was never tried is due whatever the clock says: it may have been set back.
        untried = db.outbox.c.attempts == 0
        query = query.where(sa.or_(untried, db.outbox.c.next_attempt <= now))
    return list(connection.execute(query))


def _message(
    connection: sa.Connection, row: sa.Row[Any], source_names: Mapping[str, str]
) -> Message:
    return Message(
        key=row.key,
        watch=row.watch,
        name=row.name,
        created=row.created,
        first_look=row.first_look,
        entries=tuple(entries(connection, row.matches, source_names)),
    )


def _attempted(
    connection: sa.Connection, row: sa.Row[Any], at: datetime, error: str | None, **changes: Any
) -> None:
    connection.execute(
        sa.update(db.outbox)
        .where(db.outbox.c.key == row.key)
        .values(attempts=row.attempts + 1, **changes)
    )
    connection.execute(sa.insert(db.attempt).values(message=row.key, at=at, error=error))


def _mark_matches(connection: sa.Connection, matches: list[int]) -> None:
    """A match is sent when no message that tells of it waits any more."""
    waiting = {
        identifier
        for ids in connection.execute(
            sa.select(db.outbox.c.matches).where(db.outbox.c.state == "pending")
        ).scalars()
        for identifier in ids
    }
    done = [m for m in matches if m not in waiting]
    connection.execute(sa.update(db.match).where(db.match.c.id.in_(done)).values(state="sent"))
