"""Feeds that turn over faster than their source is crawled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from indexer.database import tables
from indexer.frontier.port import Link
from indexer.frontier.recrawl.feed_polling import feeds_due
from indexer.records.outcome import Outcome
from tests.unit.indexer.record import HOME, Record

HOUR = timedelta(hours=1)
FEED = f"{HOME}/feed"


def read(record: Record, *, count: int, span: timedelta, first: int = 0) -> None:
    """The feed holds so many items, dated evenly over a span until now."""
    step = span / (count - 1)
    entries = [
        Link(f"{HOME}/{first + n}", published=(record.now - n * step).isoformat())
        for n in range(count)
    ]
    record.ledger.record_feed("partner", FEED, entries)
    for entry in entries:
        record.ledger.add("partner", entry)
    record.ledger.commit()


def due_after(record: Record, hours: float) -> bool:
    return FEED in feeds_due(record.connection, record.now + hours * HOUR).get("partner", [])


def test_ten_items_in_eleven_hours_are_polled_after_half_of_them(record: Record) -> None:
    read(record, count=10, span=11 * HOUR)
    assert not due_after(record, 5.4)
    assert due_after(record, 5.6)


def test_a_slow_feed_waits_for_its_source(record: Record) -> None:
    read(record, count=20, span=240 * HOUR)
    assert not due_after(record, 300)


def test_a_feed_that_has_rested_is_not_polled_for_an_old_burst(record: Record) -> None:
    record.now += 72 * HOUR
    old = record.now - 60 * HOUR
    entries = [Link(f"{HOME}/{n}", published=(old + n * HOUR / 10).isoformat()) for n in range(9)]
    record.ledger.record_feed("partner", FEED, entries)
    assert not due_after(record, 72)


def test_undated_items_are_timed_by_how_many_are_new(record: Record) -> None:
    def undated(first: int) -> None:
        entries = [Link(f"{HOME}/{first + n}") for n in range(10)]
        record.ledger.record_feed("partner", FEED, entries)
        for entry in entries:
            record.ledger.add("partner", entry)

    undated(0)
    assert not due_after(record, 100)
    record.now += 6 * HOUR
    undated(5)  # half of them in six hours: all in twelve
    assert not due_after(record, 5.9)
    assert due_after(record, 6.1)
    record.now += 6 * HOUR
    undated(40)  # all of them: some may have been lost
    assert due_after(record, 1.6)


@pytest.mark.parametrize("outcome", [Outcome.NOT_MODIFIED, Outcome.UNREACHABLE])
def test_a_feed_that_gave_nothing_waits_anew(record: Record, outcome: Outcome) -> None:
    read(record, count=10, span=11 * HOUR)
    record.now += 6 * HOUR
    assert due_after(record, 0)
    record.ledger.record_discovery("partner", FEED, outcome, None)
    assert not due_after(record, 5.4)
    assert due_after(record, 5.6)


def test_too_few_items_say_nothing(record: Record) -> None:
    read(record, count=2, span=HOUR)
    assert not due_after(record, 100)
    assert record.connection.execute(tables.feed.select()).one().turnover is None
