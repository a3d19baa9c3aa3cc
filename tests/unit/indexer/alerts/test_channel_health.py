from __future__ import annotations

from datetime import timedelta

from indexer.alerts.channel_health import channel_health
from tests.unit.indexer.alerts.test_delivery import Receiver, send
from tests.unit.indexer.alerts.test_matching import WATCH, match
from tests.unit.indexer.record import Record

AHEAD = timedelta(days=20_000)
[CHANNEL] = WATCH.channels[:1]


def news(record: Record, path: str) -> None:
    record.fetch(path)
    record.read(f"Ein Clusterplan {path}.")
    match(record, WATCH)


def test_a_failure_is_the_last_word_until_something_is_accepted(record: Record) -> None:
    match(record, WATCH)
    news(record, "/a")
    assert send(record, Receiver(failures=9)).sent == 0
    failed = channel_health(record.connection, WATCH.id, CHANNEL)
    assert (failed.sent, failed.failed, failed.error) == (None, record.now, "451 try later")
    assert failed.waiting == 1
    record.now += timedelta(hours=1)
    send(record, Receiver())
    well = channel_health(record.connection, WATCH.id, CHANNEL)
    assert (well.sent, well.failed, well.waiting) == (record.now, None, 0)


def test_what_was_accepted_while_the_clock_was_ahead_hides_no_later_failure(
    record: Record,
) -> None:
    match(record, WATCH)
    news(record, "/a")
    record.now += AHEAD
    send(record, Receiver())
    record.now -= AHEAD
    record.begin()
    news(record, "/b")
    send(record, Receiver(failures=9))
    health = channel_health(record.connection, WATCH.id, CHANNEL)
    assert (health.failed, health.error) == (record.now, "451 try later")


def test_that_a_watch_was_gone_is_no_failure_of_its_channel(record: Record) -> None:
    match(record, WATCH)
    news(record, "/a")
    assert send(record, Receiver(), channels=()).gone == {WATCH.id: len(WATCH.channels)}
    health = channel_health(record.connection, WATCH.id, CHANNEL)
    assert (health.failed, health.error, health.dead) == (None, None, 1)
