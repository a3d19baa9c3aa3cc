"""Messages wait until they are delivered, and every attempt is on record."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from indexer.alerts.attempts import FIRST_PAUSE
from indexer.alerts.cadence import DeliveryTerms
from indexer.alerts.dead_letters import dead_letters, drop, replay
from indexer.alerts.delivery import Delivered, catch_up, deliver
from indexer.alerts.entries import entries
from indexer.alerts.envelopes import PendingMessage, pending_envelopes
from indexer.alerts.message import Message
from indexer.alerts.message_keys import message_key
from indexer.alerts.outbox import GONE, remove_past_messages
from indexer.alerts.reasons import NO_CHANNEL
from indexer.alerts.sent_ledger import SentLedger, SentMessage
from indexer.alerts.stored_watches import add_watch, remove_watch
from indexer.alerts.told import contents_of
from indexer.alerts.watches import Watch
from indexer.database import chunks, tables
from indexer.records.errors import DeliveryError, DeliveryPostponed
from tests.unit.indexer.alerts.test_matching import WATCH, match
from tests.unit.indexer.record import Record


class Receiver:
    """Takes messages, or fails as often as it is told."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.messages: list[Message] = []

    def deliver(self, message: Message) -> None:
        if self.failures:
            self.failures -= 1
            raise DeliveryError("451 try later")
        self.messages.append(message)


def keep(ledger: SentLedger, messages: Sequence[SentMessage]) -> bool:
    """What a run does with messages that were accepted."""
    ledger.append(*messages)
    return True


@pytest.fixture
def waiting(record: Record) -> Record:
    """An installation with one match, told by feed and by mail."""
    match(record, WATCH)
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    match(record, WATCH)
    return record


def send(
    record: Record,
    receiver: Receiver,
    *,
    channels: Sequence[str] = WATCH.channels,
    everything: bool = False,
) -> Delivered:
    return deliver(
        record.connection,
        lambda: record.now,
        lambda channel: receiver,
        {"partner": "Partner GmbH"},
        run=record.run.id,
        terms={(WATCH.id, channel): DeliveryTerms() for channel in channels},
        everything=everything,
    )


def state_of_match(record: Record) -> str:
    return str(record.connection.execute(sa.select(tables.match.c.state)).scalar_one())


def test_what_is_delivered_is_not_sent_again(waiting: Record) -> None:
    receiver = Receiver()
    assert send(waiting, receiver).sent == 2
    assert send(waiting, receiver).sent == 0
    assert len(receiver.messages) == 2
    assert state_of_match(waiting) == "sent"
    assert [*pending_envelopes(waiting.connection, waiting.run.id, waiting.now)] == []


def test_a_message_names_the_source_and_keeps_its_key(waiting: Record) -> None:
    receiver = Receiver()
    send(waiting, receiver)
    first = receiver.messages[0]
    assert [e.source for e in first.entries] == ["Partner GmbH"]
    contents = contents_of(waiting.connection, [1]).values()
    keys = {
        message_key(WATCH.id, waiting.run.id, c, contents, first_look=True) for c in WATCH.channels
    }
    assert {m.key for m in receiver.messages} == keys


def test_a_failure_waits_longer_each_time_and_is_on_record(waiting: Record) -> None:
    receiver = Receiver(failures=3)
    result = send(waiting, receiver)
    assert (result.sent, len(result.failures)) == (0, 2)
    assert send(waiting, receiver).failures == ()
    waiting.now += FIRST_PAUSE
    result = send(waiting, receiver)
    assert (result.sent, len(result.failures)) == (1, 1)
    assert state_of_match(waiting) == "pending"
    waiting.now += FIRST_PAUSE + timedelta(seconds=1)
    assert send(waiting, receiver).sent == 0
    waiting.now += FIRST_PAUSE
    assert send(waiting, receiver).sent == 1
    errors = waiting.connection.execute(sa.select(tables.attempt.c.error)).scalars().all()
    assert sorted(e or "" for e in errors) == ["", "", *["451 try later"] * 3]


def test_after_a_failure_of_a_clock_ahead_it_waits_between_those_that_come(waiting: Record) -> None:
    """Else it would be tried with every run, and given up within hours."""
    waiting.now += timedelta(days=20_000)
    send(waiting, Receiver(failures=2))
    waiting.now -= timedelta(days=20_000)
    receiver = Receiver(failures=2)
    assert len(send(waiting, receiver).failures) == 2
    assert send(waiting, receiver).sent == 0
    waiting.now += 2 * FIRST_PAUSE
    assert send(waiting, receiver).sent == 2


def test_what_waits_is_read_while_it_is_asked_for(
    waiting: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There may be tens of thousands; of what rests nothing is read where it does not count."""
    read = list[str]()

    class Read(PendingMessage):
        def __init__(self, *values: Any) -> None:
            super().__init__(*values)
            read.append(self.channel)

    monkeypatch.setattr("indexer.alerts.envelopes.PendingMessage", Read)
    send(waiting, Receiver(failures=2))
    read.clear()
    of_run = (waiting.connection, waiting.run.id, waiting.now)
    envelopes = pending_envelopes(*of_run)
    assert [next(envelopes).channel] == read
    assert [envelope.channel for envelope in envelopes] == read[1:]
    assert len(read) == 2
    assert [*pending_envelopes(*of_run, rested=True)] == []


def test_asked_for_everything_it_does_not_wait(waiting: Record) -> None:
    receiver = Receiver(failures=2)
    send(waiting, receiver)
    assert send(waiting, receiver, everything=True).sent == 2


def test_what_rests_after_a_failure_is_still_a_problem(waiting: Record) -> None:
    receiver = Receiver(failures=2)
    assert len(send(waiting, receiver).problems) == 2
    result = send(waiting, receiver)
    assert (result.failures, result.waiting) == ((), 2)
    assert result.problems == [
        "2 messages wait to be tried again: `radar run --only deliver` does it now"
    ]
    assert send(waiting, receiver, everything=True).problems == []


def test_messages_of_a_watch_that_is_gone_are_given_up_and_told_of(waiting: Record) -> None:
    receiver = Receiver(failures=2)
    send(waiting, receiver)
    result = send(waiting, receiver, channels=())
    assert (result.sent, result.dropped, result.gone) == (0, 0, {WATCH.id: 2})
    [problem] = result.problems
    assert f"watch {WATCH.id} is not configured any more, and 2 messages" in problem
    assert [letter.error for letter in dead_letters(waiting.connection)] == [GONE, GONE]
    assert state_of_match(waiting) == "pending"


def test_a_message_that_is_dropped_meanwhile_is_not_given_up(
    waiting: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget_meanwhile(connection: sa.Connection) -> frozenset[tuple[str, str]]:
        connection.execute(sa.update(tables.outbox).values(state="dropped"))
        return frozenset()

    monkeypatch.setattr("indexer.alerts.outbox.ended_subscriptions", forget_meanwhile)
    assert send(waiting, Receiver(), channels=()).gone == {}
    assert [*dead_letters(waiting.connection)] == []
    assert replay(waiting.connection) == 0


def test_messages_that_were_given_up_are_sent_once_the_watch_is_back(waiting: Record) -> None:
    receiver = Receiver()
    send(waiting, receiver, channels=())
    assert replay(waiting.connection) == 2
    assert send(waiting, receiver, channels=()).gone == {WATCH.id: 2}
    assert replay(waiting.connection) == 2
    assert send(waiting, receiver).sent == 2
    assert send(waiting, receiver) == Delivered(0, ())
    assert state_of_match(waiting) == "sent"


def test_messages_that_were_given_up_and_dropped_are_never_sent(waiting: Record) -> None:
    receiver = Receiver()
    send(waiting, receiver, channels=())
    assert drop(waiting.connection, None, waiting.now) == 2
    assert (replay(waiting.connection), send(waiting, receiver).sent) == (0, 0)
    assert state_of_match(waiting) == "suppressed"


def test_messages_of_a_watch_that_was_removed_are_dropped(waiting: Record) -> None:
    receiver = Receiver(failures=2)
    send(waiting, receiver)
    add_watch(waiting.connection, WATCH, waiting.now, None)
    waiting.connection.commit()
    assert remove_watch(waiting.connection, WATCH.id, waiting.now)
    assert send(waiting, receiver, channels=()) == Delivered(0, ())
    assert [*pending_envelopes(waiting.connection, waiting.run.id, waiting.now)] == []
    reason = waiting.connection.execute(sa.select(tables.match.c.reason)).scalar_one()
    assert (state_of_match(waiting), reason) == ("suppressed", NO_CHANNEL)
    assert send(waiting, receiver, everything=True).sent == 0
    assert receiver.messages == []


def test_messages_of_a_later_run_are_left_to_it(waiting: Record) -> None:
    earlier = waiting.run.id - 1
    receiver = Receiver()
    result = deliver(
        waiting.connection,
        lambda: waiting.now,
        lambda channel: receiver,
        {},
        run=earlier,
        terms={},
    )
    assert (result, receiver.messages) == (Delivered(0, ()), [])
    assert send(waiting, receiver).sent == 2


def test_what_waits_for_a_receiver_that_failed_is_no_attempt_of_its_own(waiting: Record) -> None:
    class Dead(Receiver):
        tried = False

        def deliver(self, message: Message) -> None:
            raise (DeliveryPostponed if self.tried else DeliveryError)("nobody there")

    dead = Dead()
    deliver_once = send(waiting, dead)
    assert (len(deliver_once.failures), deliver_once.waiting) == (2, 0)
    dead.tried = True
    again = send(waiting, dead, everything=True)
    assert (again.failures, again.waiting) == ((), 2)
    attempts = waiting.connection.execute(sa.select(tables.outbox.c.attempts)).scalars()
    assert set(attempts) == {1}
    errors = waiting.connection.execute(sa.select(tables.attempt.c.error)).scalars()
    assert list(errors) == ["nobody there"] * 4
    waiting.now += FIRST_PAUSE
    assert send(waiting, Receiver()).sent == 0
    waiting.now += FIRST_PAUSE
    assert send(waiting, Receiver()).sent == 2


def test_a_message_that_is_dropped_meanwhile_is_not_sent(waiting: Record) -> None:
    class Eraser(Receiver):
        def deliver(self, message: Message) -> None:
            super().deliver(message)
            waiting.connection.execute(
                sa.update(tables.outbox)
                .where(tables.outbox.c.key != message.key)
                .values(state="dropped")
            )
            waiting.connection.commit()

    receiver = Eraser()
    assert send(waiting, receiver).sent == 1
    assert len(receiver.messages) == 1


def test_a_message_that_fails_after_it_was_dropped_stays_so(waiting: Record) -> None:
    """Everything of which it tells may have been forgotten meanwhile: it would come empty."""

    class Eraser(Receiver):
        def deliver(self, message: Message) -> None:
            dropped = sa.update(tables.outbox).values(state="dropped", matches=[])
            waiting.connection.execute(dropped)
            waiting.connection.commit()
            raise DeliveryError("nobody there")

    send(waiting, Eraser())
    states = waiting.connection.execute(sa.select(tables.outbox.c.state)).scalars()
    assert set(states) == {"dropped"}
    receiver = Receiver()
    assert send(waiting, receiver, everything=True).sent == 0
    assert receiver.messages == []


def test_a_match_that_another_channel_told_of_is_sent(waiting: Record) -> None:
    receiver = Receiver()
    result = send(waiting, receiver, channels=WATCH.channels[:1])
    assert (result.sent, result.dropped) == (1, 1)
    assert state_of_match(waiting) == "sent"


def test_a_match_that_another_channel_will_tell_of_waits(waiting: Record) -> None:
    receiver = Receiver(failures=1)
    send(waiting, receiver, channels=WATCH.channels[:1])
    assert state_of_match(waiting) == "pending"
    send(waiting, receiver, channels=WATCH.channels[:1], everything=True)
    assert state_of_match(waiting) == "sent"


def test_many_matches_are_asked_for_in_parts(
    waiting: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting.next_night()
    for path in ("/b", "/c"):
        waiting.fetch(path)
        waiting.read(f"Ein Clusterplan {path}.")
    match(waiting, WATCH)
    ids = list(waiting.connection.execute(sa.select(tables.match.c.id)).scalars())
    asked = []
    event.listen(waiting.connection, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
    monkeypatch.setattr(chunks, "_CHUNK", 2)
    told = list(entries(waiting.connection, ids[::-1], {}))
    assert [e.url[-2:] for e in told] == ["/a", "/b", "/c"]
    asked_for = [len(ids) for statement, ids in asked if "JOIN revision" in statement]
    assert asked_for == [2, 1]


def test_past_messages_go_unless_one_beside_them_is_pending(waiting: Record) -> None:
    send(waiting, Receiver(failures=1))
    later = waiting.now + timedelta(days=1)
    remove_past_messages(waiting.connection, later)
    assert waiting.count(tables.outbox) == 2  # of one match: sent, and pending
    send(waiting, Receiver(), everything=True)
    remove_past_messages(waiting.connection, waiting.now)
    assert waiting.count(tables.outbox) == 2  # not old enough
    remove_past_messages(waiting.connection, later)
    assert waiting.count(tables.outbox) == waiting.count(tables.attempt) == 0
    assert state_of_match(waiting) == "sent"
    assert match(waiting, WATCH) == 0


def test_a_channel_that_reads_matches_itself_is_told_which_watch_and_no_more(
    waiting: Record,
) -> None:
    """A feed is written from the database: pages of its matches are not read for its message."""
    feed, mail = Receiver(), Receiver()
    kept: list[SentMessage] = []

    def keep(messages: Sequence[SentMessage]) -> bool:
        kept.extend(messages)
        return True

    channels = {"feed": feed, "mailto:desk@desk.example": mail}
    assert set(channels) == set(WATCH.channels)
    deliver(
        waiting.connection,
        lambda: waiting.now,
        channels.__getitem__,
        {},
        run=waiting.run.id,
        terms={(WATCH.id, c): DeliveryTerms(reads_matches=c == "feed") for c in channels},
        accepted=keep,
    )
    assert [(m.watch, m.entries) for m in feed.messages] == [(WATCH.id, ())]
    assert [len(m.entries) for m in mail.messages] == [1]
    assert [message.channel for message in kept] == ["mailto:desk@desk.example"]
    assert state_of_match(waiting) == "sent"


def test_feeds_are_on_record_together_but_one_that_fails(record: Record) -> None:
    watches = [replace(WATCH, id=f"w{n}", channels=("feed",)) for n in range(5)]
    match(record, *watches)
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    match(record, *watches)
    commits: list[object] = []
    event.listen(record.connection.engine, "commit", commits.append)
    receiver = Receiver(failures=1)
    done = deliver(
        record.connection,
        lambda: record.now,
        lambda channel: receiver,
        {},
        run=record.run.id,
        terms={(w.id, "feed"): DeliveryTerms(waits=False, reads_matches=True) for w in watches},
    )
    assert (done.sent, len(done.failures)) == (4, 1)
    assert len({message.watch for message in receiver.messages}) == 4
    states = record.connection.execute(sa.select(tables.outbox.c.state, tables.outbox.c.attempts))
    assert sorted(map(tuple, states)) == [("pending", 1), *[("sent", 1)] * 4]
    assert len(commits) < 2 * len(watches) + 4


def test_feeds_that_a_killed_run_had_not_on_record_are_written_once_more(record: Record) -> None:
    watches = [replace(WATCH, id=f"w{n}", channels=("feed", "mailto:a@a.example")) for n in (1, 2)]
    match(record, *watches)
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    match(record, *watches)
    feeds, mail = Receiver(), Receiver()

    def run(killed_after: int | None = None) -> None:
        def open_channel(channel: str) -> Receiver:
            if channel == "feed" and len(feeds.messages) == killed_after:
                raise KeyboardInterrupt
            return feeds if channel == "feed" else mail

        deliver(
            record.connection,
            lambda: record.now,
            open_channel,
            {},
            run=record.run.id,
            terms={
                (w.id, c): DeliveryTerms(reads_matches=c == "feed")
                for w in watches
                for c in w.channels
            },
        )

    with pytest.raises(KeyboardInterrupt):
        run(killed_after=1)
    record.connection.rollback()
    run()
    run()
    assert sorted(m.watch for m in feeds.messages[1:]) == ["w1", "w2"]
    assert sorted(m.watch for m in mail.messages) == ["w1", "w2"]
    sent = record.connection.execute(sa.select(tables.outbox.c.state)).scalars().all()
    assert sent == ["sent"] * 4
    assert set(record.connection.execute(sa.select(tables.match.c.state)).scalars()) == {"sent"}


def test_a_run_that_has_to_stop_writes_no_further_feed_and_counts_no_attempt(
    record: Record,
) -> None:
    watches = [replace(WATCH, id=f"w{n}", channels=("feed",)) for n in range(5)]
    match(record, *watches)
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    match(record, *watches)
    feeds = Receiver()

    def run(*, most: int) -> Delivered:
        return deliver(
            record.connection,
            lambda: record.now,
            lambda channel: feeds,
            {},
            run=record.run.id,
            terms={(w.id, "feed"): DeliveryTerms(waits=False, reads_matches=True) for w in watches},
            stopped=lambda: len(feeds.messages) >= most,
        )

    def attempts() -> list[tuple[str, int, int]]:
        made = sa.select(sa.func.count()).where(tables.attempt.c.message == tables.outbox.c.key)
        columns = tables.outbox.c.state, tables.outbox.c.attempts, made.scalar_subquery()
        return sorted(map(tuple, record.connection.execute(sa.select(*columns))))

    assert (done := run(most=2)).sent == len(feeds.messages) == 2
    assert done.waiting == 3
    assert attempts() == [*[("pending", 0, 0)] * 3, *[("sent", 1, 1)] * 2]
    assert run(most=5).sent == 3
    assert attempts() == [("sent", 1, 1)] * 5
    assert sorted(m.watch for m in feeds.messages) == [watch.id for watch in watches]


def test_what_waits_for_a_receiver_that_failed_is_put_off_untried(record: Record) -> None:
    """Thousands may wait for a mail server that is gone: their letters are not even written."""

    class Gone(Receiver):
        def postponement(self) -> DeliveryPostponed | None:
            return DeliveryPostponed("nobody there") if self.failures < 5 else None

    watches = [Watch(f"w{n}", f"W {n}", "Cluster*", ("mailto:a@b.example",)) for n in range(4)]
    match(record, *watches)
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    match(record, *watches)
    gone = Gone(failures=5)
    terms = {(watch.id, watch.channels[0]): DeliveryTerms() for watch in watches}
    result = deliver(
        record.connection,
        lambda: record.now,
        lambda channel: gone,
        {},
        run=record.run.id,
        terms=terms,
    )
    assert (result.sent, len(result.failures), result.waiting) == (0, 1, 3)
    rows = record.connection.execute(
        sa.select(tables.outbox.c.attempts, tables.outbox.c.state, tables.outbox.c.next_attempt)
    ).all()
    assert sorted(row.attempts for row in rows) == [0, 0, 0, 1]
    assert {row.state for row in rows} == {"pending"}
    assert {row.next_attempt for row in rows} == {record.now + FIRST_PAUSE}
    errors = record.connection.execute(sa.select(tables.attempt.c.error)).scalars().all()
    assert sorted(errors) == ["451 try later", *["nobody there"] * 3]
    record.now += FIRST_PAUSE
    later = deliver(
        record.connection,
        lambda: record.now,
        lambda channel: Receiver(),
        {},
        run=record.run.id,
        terms=terms,
    )
    assert later.sent == 4


class Desk(Receiver):
    """Ends the process at the message to an address, as often as it is told."""

    def __init__(self, fatal: str, kills: int, *, before: bool = False) -> None:
        super().__init__()
        self.fatal, self.kills, self.before = fatal, kills, before

    def deliver(self, message: Message) -> None:
        ends = message.watch == self.fatal and self.kills > 0
        self.kills -= ends
        if not (ends and self.before):
            super().deliver(message)
        if ends:
            raise KeyboardInterrupt


@dataclass(frozen=True)
class Mails:
    """Messages of several watches that wait, and runs that send them."""

    record: Record
    ledger: SentLedger
    desk: Desk

    def prepare(self) -> None:
        match(self.record, *self.watches)
        self.record.fetch("/a")
        self.record.read("Ein Clusterplan.")
        match(self.record, *self.watches)

    @property
    def watches(self) -> list[Watch]:
        return [replace(WATCH, id=f"w{n}", channels=(f"mailto:{n}@a.example",)) for n in range(6)]

    def run(self, *, writable: bool = True) -> None:
        """A run, which may be killed."""
        connection, now = self.record.connection, self.record.now
        connection.rollback()
        catch_up(connection, self.ledger, self.record.run.id, now)
        with suppress(KeyboardInterrupt):
            deliver(
                connection,
                lambda: now,
                lambda channel: self.desk,
                {},
                run=self.record.run.id,
                terms={(w.id, w.channels[0]): DeliveryTerms() for w in self.watches},
                accepted=lambda messages: writable and keep(self.ledger, messages),
            )

    @property
    def told(self) -> list[str]:
        return sorted(message.watch for message in self.desk.messages)

    @property
    def states(self) -> list[str]:
        return sorted(self.record.connection.execute(sa.select(tables.outbox.c.state)).scalars())


def mails(record: Record, folder: Path, desk: Desk) -> Mails:
    made = Mails(record, SentLedger(folder / "sent.jsonl"), desk)
    made.prepare()
    return made


def test_messages_are_on_record_together(record: Record, tmp_path: Path) -> None:
    """Each by itself would wait for the disk three times."""
    sending = mails(record, tmp_path, Desk("none", 0))
    commits: list[object] = []
    event.listen(record.connection.engine, "commit", commits.append)
    sending.run()
    assert sending.told == [watch.id for watch in sending.watches]
    assert sending.states == ["sent"] * 6
    begun = 1 + len(sending.watches)  # a commit that has written nothing costs nothing
    assert len(commits) < begun + 6


@pytest.mark.parametrize("writable", [True, False])
def test_a_kill_doubles_the_message_under_way_alone(
    record: Record, tmp_path: Path, *, writable: bool
) -> None:
    sending = mails(record, tmp_path, Desk("w3", 1))
    sending.run(writable=writable)
    assert sending.told
    sending.run(writable=writable)
    assert sending.told == ["w0", "w1", "w2", "w3", "w3", "w4", "w5"]
    assert len({message.key for message in sending.desk.messages}) == 6
    sending.run()
    assert (len(sending.told), sending.states) == (7, ["sent"] * 6)


def test_a_message_that_ends_every_process_keeps_no_other_from_going(
    record: Record, tmp_path: Path
) -> None:
    sending = mails(record, tmp_path, Desk("w0", 100, before=True))
    for _ in range(8):
        sending.run()
    assert sending.told == ["w1", "w2", "w3", "w4", "w5"]


def test_no_new_message_waits_for_a_receiver_that_has_failed_before(record: Record) -> None:
    """It may be silent for minutes, as a dozen others may be."""
    dead, well = "mailto:dead@a.example", "mailto:well@a.example"
    watches = [replace(WATCH, id=f"w{n}", channels=(dead, well)) for n in range(4)]
    told: list[str] = []

    class Noting(Receiver):
        def __init__(self, channel: str) -> None:
            super().__init__(failures=channel == dead)
            self.channel = channel

        def deliver(self, message: Message) -> None:
            told.append(self.channel)
            super().deliver(message)

    def run() -> None:
        told.clear()
        deliver(
            record.connection,
            lambda: record.now,
            Noting,
            {},
            run=record.run.id,
            terms={(w.id, c): DeliveryTerms() for w in watches for c in w.channels},
        )

    match(record, *watches)
    for path in ("/a", "/b"):
        record.next_night(days=0)
        record.fetch(path)
        record.read(f"Ein Clusterplan {path}.")
        match(record, *watches)
        run()
    assert told == [*[well] * len(watches), *[dead] * len(watches)]
