"""Sends what waits in the outbox: what is due by its cadence, outside of quiet hours, as digests
where several messages of one cadence go to one recipient.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

import sqlalchemy as sa

from indexer.alerts import outbox
from indexer.alerts.cadence import DeliveryTerms
from indexer.alerts.entries import entries
from indexer.alerts.message import (
    NO_LINKS,
    Channel,
    Digest,
    Links,
    Message,
    MessageEntry,
    SharedChannel,
)
from indexer.alerts.notices import post_notices
from indexer.alerts.outbox import Envelope
from indexer.alerts.sent_ledger import SentLedger, SentMessage
from indexer.alerts.subscriptions import ALL
from indexer.alerts.told import enter_told, told_by, unknown_messages
from indexer.records.errors import DeliveryError, DeliveryPostponed
from indexer.records.instants import SKEW

Terms: TypeAlias = Mapping[tuple[str, str], DeliveryTerms]
"""When messages may be sent, by watch and channel: all pairs that are configured."""

FEEDS_AT_ONCE = 100
"""A commit takes as long as it takes to write a feed."""
POSTPONED_AT_ONCE = 500
"""Others may write between two commits."""
_HOUR = timedelta(hours=1)


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
    unwritten: tuple[str, ...] = ()
    """Ledgers in which it could not be written down, and why: a line for each."""

    @property
    def problems(self) -> list[str]:
        """Lines on what is not delivered."""
        lines = [f"message not delivered: {line}" for line in self.failures]
        if self.waiting:
            number = "1 message waits" if self.waiting == 1 else f"{self.waiting} messages wait"
            lines.append(f"{number} to be tried again: `radar run --only deliver` does it now")
        lines += [
            f"{ledger}: this delivery is not written down there, and no longer known if the"
            " database is put back to a state before"
            for ledger in self.unwritten
        ]
        return lines


def deliver(
    connection: sa.Connection,
    now: Callable[[], datetime],
    open_channel: Callable[[str], Channel],
    source_names: Mapping[str, str],
    *,
    run: int,
    terms: Terms,
    coverage: Callable[[str], str | None] = lambda language: None,
    links: Callable[[str, str], Links] = lambda watch, channel: NO_LINKS,
    everything: bool = False,
    stopped: Callable[[], bool] = lambda: False,
    accepted: Callable[[list[SentMessage]], None] = lambda messages: None,
) -> Delivered:
    """Send what is due (`everything`: also what rests after a failure), until `stopped`.

    Messages of later runs than `run` are left to those: they may know other watches. Messages of
    watches and channels that have no `terms` are dropped. `coverage` says in a language which
    sources were not reached, `links` gives the addresses that a message of a watch (ALL: a digest)
    to a channel can name. Each message is committed before and after it is sent (feeds, which are
    files, many at once): what can't be recorded is not sent, and no transaction is open while a
    receiver is waited for. What was not handed over when the run had to stop counts as not tried.
    One is marked as sent after the receiver's answer: cut off in between, it comes once more with
    the same key.
    `accepted` is called first, to keep it elsewhere: not for channels that read the matches
    themselves, and are written again from the database.

    The caller sees to it that there is one delivery at a time. Runs may work beside it.
    """
    began = now()
    dropped = outbox.drop_others(connection, run, terms, began)
    post_notices(connection, run, terms, began)
    _bind_digests(connection, run, terms, began)
    sent, failures = 0, dict[str, str]()
    due = due_envelopes(connection, run, terms, began)
    postponed: list[tuple[Envelope, DeliveryPostponed]] = []
    for envelopes in _at_once([each for each in due if each.rested or everything], terms):
        if stopped():
            break
        reason = _postponement(open_channel, envelopes[0].channel)
        if reason is not None:
            postponed += [(envelope, reason) for envelope in envelopes]
            continue
        taken, begun = [], outbox.begin_attempts(connection, envelopes, began, stopped)
        while begun and not stopped():
            envelope = begun.pop(0)
            about = ALL if envelope.is_digest else envelope.messages[0].watch
            written = _written(connection, envelope, source_names, terms, coverage)
            message = replace(written, links=links(about, envelope.channel))
            told = _told(connection, envelope, terms, now())
            connection.commit()
            error = _hand_over(message, open_channel, envelope.channel)
            if error is None:
                if told:
                    accepted(told)
                taken.append(envelope)
                continue
            if stopped():
                break
            outbox.record_failure(connection, envelope, now(), error)
            if not isinstance(error, DeliveryPostponed):
                failures[envelope.key] = f"{envelope.channel}: {error.message}"
        outbox.record_accepted(connection, taken, now())
        outbox.withdraw_attempts(connection, begun)
        sent += len(taken)
    for start in range(0, len(postponed), POSTPONED_AT_ONCE):
        some = postponed[start : start + POSTPONED_AT_ONCE]
        outbox.record_postponed(connection, some, now())
    left = due_envelopes(connection, run, terms, began)
    waiting = sum(envelope.key not in failures for envelope in left)
    return Delivered(sent, tuple(failures.values()), waiting, dropped)


def _at_once(envelopes: Sequence[Envelope], terms: Terms) -> Iterator[list[Envelope]]:
    """What is on record together: each message by itself, but `FEEDS_AT_ONCE` of those to
    channels that read the matches themselves. To write a feed once more tells nobody twice.
    """
    feeds, messages = list[Envelope](), list[Envelope]()
    for envelope in envelopes:
        known = [terms.get((m.watch, m.channel)) for m in envelope.messages]
        again = all(each is not None and each.reads_matches for each in known)
        (feeds if again else messages).append(envelope)
    for start in range(0, len(feeds), FEEDS_AT_ONCE):
        yield feeds[start : start + FEEDS_AT_ONCE]
    yield from ([envelope] for envelope in messages)


def _told(
    connection: sa.Connection, envelope: Envelope, terms: Terms, now: datetime
) -> list[SentMessage]:
    """What the ledger keeps of an envelope."""
    return [
        SentMessage(m.key, now.isoformat(), m.watch, m.channel, told_by(connection, m.matches))
        for m in envelope.messages
        if not terms[m.watch, m.channel].reads_matches
    ]


def _postponement(open_channel: Callable[[str], Channel], name: str) -> DeliveryPostponed | None:
    """Why a channel takes nothing more in this delivery: thousands may wait for a dead server."""
    try:
        channel = open_channel(name)
    except DeliveryError:
        return None  # said of each message
    return channel.postponement() if isinstance(channel, SharedChannel) else None


def _hand_over(
    message: Message, open_channel: Callable[[str], Channel], channel: str
) -> DeliveryError | None:
    """Why the channel did not take the message; None: it did."""
    try:
        open_channel(channel).deliver(message)
    except DeliveryError as error:
        return error
    return None


def due_envelopes(
    connection: sa.Connection, run: int, terms: Terms, now: datetime
) -> list[Envelope]:
    """What waits and may be sent by its cadence, outside of quiet hours and within the limits of
    its channel, also what rests after a failure; and what is to be dropped.
    """
    due, room = [], _room(connection, terms, now)
    for envelope in outbox.pending_envelopes(connection, run, now):
        left = room.get(envelope.channel, 1)
        if left > 0 and _may_go(envelope, terms, now):
            due.append(envelope)
            if envelope.channel in room:
                room[envelope.channel] = left - 1
    return due


def catch_up(connection: sa.Connection, ledger: SentLedger, run: int, now: datetime) -> int:
    """Take over what the ledger of accepted messages has and the database does not know; commits.

    Returns the number of messages that were sent from a later state of the database. A message that
    waits here was accepted too: its run was killed before it could record that.
    """
    unknown = []
    for message in unknown_messages(connection, ledger, now):
        # One that waits here may have told more by then: what came to its matches later.
        enter_told(connection, message)
        at = datetime.fromisoformat(message.at)
        if not outbox.mark_message_sent(connection, message.key, at):
            unknown.append(message)
    outbox.enter_sent(connection, run, unknown)
    connection.commit()
    return len(unknown)


def _may_go(envelope: Envelope, terms: Terms, now: datetime) -> bool:
    """A digest waits for the quiet hours of its last message to end, but for no snoozed watch that
    others are in it with; a message that was tried before, or is in a digest, has been due.
    """
    of_messages = [(m, terms.get((m.watch, m.channel))) for m in envelope.messages]
    if all(known is not None and known.paused for _, known in of_messages):
        return False
    for message, known in of_messages:
        if known is not None and known.is_quiet(now):
            return False
        if known is None or message.digest or not message.never_failed:
            continue
        if not known.is_due(message.created, now):
            return False
    return True


def _bind_digests(connection: sa.Connection, run: int, terms: Terms, now: datetime) -> None:
    """What is due of one recipient and cadence becomes a digest. Commits."""
    groups: dict[tuple[str, str, str, str], list[Envelope]] = {}
    for envelope in outbox.pending_envelopes(connection, run, now):
        if not _may_go(envelope, terms, now):
            continue
        first = envelope.messages[0]
        known = terms.get((first.watch, first.channel))
        if known is not None and known.makes_digests and not first.digest and first.never_failed:
            key = (first.channel, known.cadence, known.zone, known.language)
            groups.setdefault(key, []).append(envelope)
    outbox.bind(connection, groups.values())


def _room(connection: sa.Connection, terms: Terms, now: datetime) -> dict[str, int]:
    """Channel → messages that it may still take within the hour; channels without a limit are left
    out.
    """
    limits = {channel: t.per_hour for (_, channel), t in terms.items() if t.per_hour}
    return {
        channel: limit - outbox.count_sent(connection, channel, now - _HOUR, now + SKEW)
        for channel, limit in limits.items()
    }


def _written(
    connection: sa.Connection,
    envelope: Envelope,
    source_names: Mapping[str, str],
    terms: Terms,
    coverage: Callable[[str], str | None],
) -> Message:
    """What an envelope says; without entries for a channel that reads them itself."""

    def told(row: outbox.PendingMessage) -> Iterable[MessageEntry]:
        if terms[row.watch, row.channel].reads_matches:
            return ()
        return entries(connection, row.matches, source_names)

    parts = [
        Message(
            key=row.key,
            watch=row.watch,
            name=row.name,
            created=row.created,
            first_look=row.first_look,
            language=terms[row.watch, row.channel].language,
            entries=tuple(told(row)),
        )
        for row in envelope.messages
    ]
    if not envelope.is_digest:
        return parts[0]
    first = envelope.messages[0]
    cadence = terms[first.watch, first.channel].cadence
    return Digest.of(envelope.key, parts, cadence.partition(" ")[0], coverage(parts[0].language))
