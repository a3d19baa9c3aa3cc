"""Messages wait until they are delivered, and every attempt is on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from indexer import database as db
from indexer.alerts.message import Message
from indexer.alerts.outbox import FIRST_PAUSE, deliver, message_key, undelivered
from indexer.errors import DeliveryError
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


@pytest.fixture
def waiting(record: Record) -> Record:
    """An installation with one match, told by feed and by mail."""
    match(record, WATCH)
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    match(record, WATCH)
    return record


def send(record: Record, receiver: Receiver, **options: bool):
    names = {"partner": "Partner GmbH"}
    return deliver(
        record.connection, lambda: record.now, lambda channel: receiver, names, **options
    )


def state_of_match(record: Record) -> str:
    return record.connection.execute(sa.select(db.match.c.state)).scalar_one()


def test_what_is_delivered_is_not_sent_again(waiting):
    receiver = Receiver()
    assert send(waiting, receiver).sent == 2
    assert send(waiting, receiver).sent == 0
    assert len(receiver.messages) == 2
    assert state_of_match(waiting) == "sent"
    assert undelivered(waiting.connection) == 0


def test_a_message_names_the_source_and_keeps_its_key(waiting):
    receiver = Receiver()
    send(waiting, receiver)
    first = receiver.messages[0]
    assert [e.source for e in first.entries] == ["Partner GmbH"]
    keys = {message_key(WATCH.id, waiting.run.id, c, first_look=True) for c in WATCH.channels}
    assert {m.key for m in receiver.messages} == keys


def test_a_failure_waits_longer_each_time_and_is_on_record(waiting):
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
    errors = waiting.connection.execute(sa.select(db.attempt.c.error)).scalars().all()
    assert sorted(e or "" for e in errors) == ["", "", *["451 try later"] * 3]


def test_asked_for_everything_it_does_not_wait(waiting):
    receiver = Receiver(failures=2)
    send(waiting, receiver)
    assert send(waiting, receiver, everything=True).sent == 2
