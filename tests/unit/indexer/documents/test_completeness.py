from __future__ import annotations

from datetime import UTC, datetime, timedelta

from indexer.documents.backlog import mark_indexed
from indexer.documents.completeness import complete_until
from tests.unit.indexer.record import Record, backlog

NIGHT = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
MORNING = NIGHT + timedelta(hours=6)


def indexed(record: Record) -> None:
    mark_indexed(record.connection, backlog(record.connection, 100))


def test_while_a_run_is_in_progress_nothing_since_its_beginning_is_sure(record: Record) -> None:
    assert complete_until(record.connection, MORNING) == NIGHT
    record.run.finish(MORNING, {})
    assert complete_until(record.connection, MORNING) == MORNING


def test_what_was_fetched_and_is_not_in_the_index_is_not_seen(record: Record) -> None:
    record.fetch("/1")
    record.run.finish(NIGHT, {})
    assert complete_until(record.connection, MORNING) == NIGHT
    record.read("Erz am Berg")
    assert complete_until(record.connection, MORNING) == NIGHT
    indexed(record)
    assert complete_until(record.connection, MORNING) == MORNING


def test_a_page_that_changed_was_seen_before(record: Record) -> None:
    record.fetch("/1")
    record.read("Erz am Berg")
    indexed(record)
    record.next_night()
    night = record.now
    record.fetch("/1")
    record.read("Erz am Berg, und Kupfer")
    assert complete_until(record.connection, night + timedelta(hours=6)) == night
    record.run.finish(night, {})
    assert complete_until(record.connection, night + timedelta(hours=6)) == night + timedelta(
        hours=6
    )
