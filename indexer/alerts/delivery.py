"""Sends what waits in the outbox: what is due by its cadence, outside of quiet hours, as digests
where several messages of one cadence go to one recipient.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

import sqlalchemy as sa

from indexer.alerts import attempts, outbox
from indexer.alerts.cadence import DeliveryTerms
from indexer.alerts.entries import numbered_entries
from indexer.alerts.envelopes import Envelope, PendingMessage, Place, pending_envelopes
from indexer.alerts.message import (
    NO_LINKS,
    Channel,
    Digest,
    Links,
    Message,
    SharedChannel,
)
from indexer.alerts.notices import post_notices
from indexer.alerts.sent_ledger import SentLedger, SentMessage
from indexer.alerts.subscriptions import ALL
from indexer.alerts.told import contents_of, enter_told, told_by, unknown_messages
from indexer.records.errors import DeliveryError, DeliveryPostponed
from indexer.records.instants import SKEW

Terms: TypeAlias = Mapping[tuple[str, str], DeliveryTerms]
"""When messages may be sent, by watch and channel: all pairs that are configured."""
TermsNow: TypeAlias = Callable[[Collection[tuple[str, str]] | None], Terms]
"""The terms of some pairs (None: of all) as they are at this moment."""

FEEDS_AT_ONCE = 100
"""A commit takes as long as it takes to write a feed."""
MESSAGES_AT_ONCE = 50
"""Two commits for each message take longer than many servers take to accept it."""
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
    """Messages whose channel is no longer configured; they are never sent."""
    gone: Mapping[str, int] = field(default_factory=dict)
    """Watch that is no longer configured → messages of it that were given up."""
    unwritten: tuple[str, ...] = ()
    """Ledgers in which it could not be written down, and why: a line for each."""

    @property
    def problems(self) -> list[str]:
        """Lines on what is not delivered."""
        lines = [f"message not delivered: {line}" for line in self.failures]
        if self.waiting:
            wait = "waits" if self.waiting == 1 else "wait"
            lines.append(
                f"{_messages(self.waiting)} {wait} to be tried again: `radar run --only deliver`"
                " does it now"
            )
        for watch, left in sorted(self.gone.items()):
            lines.append(
                f"watch {watch} is not configured any more, and {_messages(left)} of it waited:"
                " given up, `radar watch dead-letters` says what can be done"
            )
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
    terms_now: TermsNow | None = None,
    coverage: Callable[[str], str | None] = lambda language: None,
    links: Callable[[str, str], Links] = lambda watch, channel: NO_LINKS,
    everything: bool = False,
    stopped: Callable[[], bool] = lambda: False,
    accepted: Callable[[list[SentMessage]], bool] = lambda messages: False,
) -> Delivered:
    """Send what is due (`everything`: also what rests after a failure), until `stopped`.

    Messages of later runs than `run` are left to those: they may know other watches. Messages of
    channels that have no `terms` are dropped, those of watches that have none are given up;
    `terms_now` is asked right before each is handed over, as its watch may have been removed,
    changed or snoozed. `coverage` says in a language which sources were not reached, `links` gives
    the addresses that a message of a watch (ALL: a digest) to a channel can name. Messages are
    committed before and after they are sent, many at once: what can't be recorded is not sent, and
    no transaction is open while a receiver is waited for.
    What was not handed over when the run had to stop counts as not tried.
    `accepted` is called after each receiver's answer, to keep it elsewhere (`catch_up`), and says
    whether it could: if not, the message is committed at once. Cut off before that, it comes once
    more with the same key. It is not called for channels that read the matches themselves, and are
    written again from the database.

    The caller sees to it that there is one delivery at a time. Runs may work beside it.
    """
    began, terms_now = now(), terms_now or (lambda pairs: terms)
    left = outbox.settle_others(connection, run, terms, began)
    post_notices(connection, run, terms, began)
    _bind_digests(connection, run, terms, began)
    sending = _Sending(
        connection,
        now,
        open_channel,
        source_names,
        terms,
        terms_now,
        coverage,
        links,
        stopped,
        accepted,
    )
    failing: set[str] = set()
    ready: list[_Ready] = []
    for envelope in due_envelopes(connection, run, terms, began, everything=everything):
        if envelope.attempts:
            failing.add(envelope.channel)
        if envelope.rested or everything:
            ready.append(_Ready(envelope.place, _reads_matches(envelope, terms)))
    # Where something waits already, a receiver may be waited for in vain: others go before.
    ready.sort(key=lambda one: one.place.channel in failing)
    for places in _at_once(ready):
        if stopped():
            break
        sending.send(places)
    sending.record_postponed()
    failures, terms = sending.failures, terms_now(None)
    later = outbox.settle_others(connection, run, terms, began)
    due = due_envelopes(connection, run, terms, began)
    waiting = sum(envelope.key not in failures for envelope in due)
    return Delivered(
        sending.sent,
        tuple(failures.values()),
        waiting,
        left.dropped + later.dropped,
        Counter(left.gone) + Counter(later.gone),
    )


def _messages(number: int) -> str:
    return "1 message" if number == 1 else f"{number} messages"


class _Ready(NamedTuple):
    place: Place
    again: bool
    """Its channels read the matches themselves."""


@dataclass(slots=True)
class _Sending:
    """Hands envelopes to their channels, and keeps what became of each."""

    connection: sa.Connection
    now: Callable[[], datetime]
    open_channel: Callable[[str], Channel]
    source_names: Mapping[str, str]
    terms: Terms
    terms_now: TermsNow
    coverage: Callable[[str], str | None]
    links: Callable[[str, str], Links]
    stopped: Callable[[], bool]
    accepted: Callable[[list[SentMessage]], bool]
    sent: int = 0
    failures: dict[str, str] = field(default_factory=dict)
    """Key of what was tried and not delivered → its line."""
    _postponed: list[tuple[Place, DeliveryPostponed]] = field(default_factory=list)
    _taken: list[Envelope] = field(default_factory=list)
    """Handed over, and not on record yet."""

    def send(self, places: Sequence[Place]) -> None:
        """Send some, which are on record together, until the run is to stop."""
        connection = self.connection
        ready = [place for place in places if not self._put_off(place)]
        begun = (
            attempts.begin_attempts(connection, ready, self.now(), self.stopped) if ready else []
        )
        untried: list[Envelope] = []
        while begun and not self.stopped():
            envelope = begun.pop(0)
            if self._put_off(envelope.place):  # by one before it
                untried.append(envelope)
                continue
            left, held = self._still_to_send(envelope)
            untried += held
            if left is not None:
                self._send(left)
            else:
                connection.commit()  # what is asked for the next one is of its own moment
        self._record_taken()
        attempts.withdraw_attempts(connection, [*untried, *begun])

    def _still_to_send(self, envelope: Envelope) -> tuple[Envelope | None, list[Envelope]]:
        """What of it is handed over as things are now, and what is held back: it waits, or is
        dropped in the end where it has no terms any more.
        """
        waiting = attempts.still_waiting(self.connection, envelope)
        if waiting is None:
            return None, []
        terms = self.terms_now({(m.watch, m.channel) for m in waiting.messages})
        known = tuple(m for m in waiting.messages if (m.watch, m.channel) in terms)
        left = replace(waiting, messages=known)
        if not known or not _may_go(left, terms, self.now()):
            return None, [waiting]
        others = tuple(m for m in waiting.messages if (m.watch, m.channel) not in terms)
        return left, [replace(waiting, messages=others)] if others else []

    def record_postponed(self) -> None:
        """Put off what was not tried."""
        for start in range(0, len(self._postponed), POSTPONED_AT_ONCE):
            some = self._postponed[start : start + POSTPONED_AT_ONCE]
            attempts.record_postponed(self.connection, some, self.now())

    def _send(self, envelope: Envelope) -> None:
        connection = self.connection
        about = ALL if envelope.is_digest else envelope.messages[0].watch
        written = _written(connection, envelope, self.source_names, self.terms, self.coverage)
        message = replace(written, links=self.links(about, envelope.channel))
        told = _told(connection, envelope, self.terms, self.now())
        connection.commit()
        error = _hand_over(message, self.open_channel, envelope.channel)
        if error is None:
            self._taken.append(envelope)
            if told and not self.accepted(told):
                self._record_taken()  # nothing else knows of it
            return
        if self.stopped():
            return
        attempts.record_failure(connection, envelope, self.now(), error)
        if not isinstance(error, DeliveryPostponed):
            self.failures[envelope.key] = f"{envelope.channel}: {error.message}"

    def _record_taken(self) -> None:
        attempts.record_accepted(self.connection, self._taken, self.now())
        self.sent += len(self._taken)
        self._taken.clear()

    def _put_off(self, place: Place) -> bool:
        """Whether its channel takes nothing more in this delivery: thousands may wait for a dead
        server.
        """
        try:
            channel = self.open_channel(place.channel)
        except DeliveryError:
            return False  # said of each message
        reason = channel.postponement() if isinstance(channel, SharedChannel) else None
        if reason is not None:
            self._postponed.append((place, reason))
        return reason is not None


def _at_once(ready: Sequence[_Ready]) -> Iterator[list[Place]]:
    """What is on record together: those to channels that read the matches themselves, as to write
    a feed once more tells nobody twice; and messages, of which the ledger knows the ones that were
    accepted. One that was tried before goes by itself: it may be what ends the process.
    """
    feeds, fresh, tried = list[Place](), list[Place](), list[Place]()
    for place, again in ready:
        (feeds if again else tried if place.attempts else fresh).append(place)
    for several, number in ((feeds, FEEDS_AT_ONCE), (fresh, MESSAGES_AT_ONCE), (tried, 1)):
        for start in range(0, len(several), number):
            yield several[start : start + number]


def _reads_matches(envelope: Envelope, terms: Terms) -> bool:
    known = [terms.get((m.watch, m.channel)) for m in envelope.messages]
    return all(each is not None and each.reads_matches for each in known)


def _told(
    connection: sa.Connection, envelope: Envelope, terms: Terms, now: datetime
) -> list[SentMessage]:
    """What the ledger keeps of an envelope."""
    telling = _telling(envelope, terms)
    # Of all at once: a digest may have thousands.
    contents = contents_of(connection, [match for m in telling for match in m.matches])
    return [
        SentMessage(
            m.key,
            now.isoformat(),
            m.watch,
            m.channel,
            told_by(contents[match] for match in m.matches if match in contents),
        )
        for m in telling
    ]


def _telling(envelope: Envelope, terms: Terms) -> list[PendingMessage]:
    """Its messages to channels that do not read the matches themselves."""
    return [m for m in envelope.messages if not terms[m.watch, m.channel].reads_matches]


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
    connection: sa.Connection,
    run: int,
    terms: Terms,
    now: datetime,
    *,
    rested: bool = False,
    everything: bool = False,
) -> Iterator[Envelope]:
    """What waits and may be sent by its cadence, outside of quiet hours and within the limits of
    its channel, also what rests after a failure (unless `rested`); and what is to be dropped. What
    rests takes no room of the others, unless `everything` is to be sent.
    """
    room = _room(connection, terms, now)
    for envelope in pending_envelopes(connection, run, now, rested=rested):
        left = room.get(envelope.channel, 1)
        if left > 0 and _may_go(envelope, terms, now):
            if envelope.channel in room and (everything or envelope.rested):
                room[envelope.channel] = left - 1
            yield envelope


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
        if not attempts.mark_message_sent(connection, message.key, at):
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
    if not any(known.makes_digests for known in terms.values()):
        return
    groups: dict[tuple[str, str, str, str], list[Envelope]] = {}
    for envelope in pending_envelopes(connection, run, now):
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
    matches = [match for m in _telling(envelope, terms) for match in m.matches]
    entries = dict(numbered_entries(connection, matches, source_names))
    parts = [
        Message(
            key=row.key,
            watch=row.watch,
            name=row.name,
            created=row.created,
            first_look=row.first_look,
            language=terms[row.watch, row.channel].language,
            entries=tuple(entries[match] for match in sorted(row.matches) if match in entries),
        )
        for row in envelope.messages
    ]
    if not envelope.is_digest:
        return parts[0]
    first = envelope.messages[0]
    cadence = terms[first.watch, first.channel].cadence
    return Digest.of(envelope.key, parts, cadence.partition(" ")[0], coverage(parts[0].language))
