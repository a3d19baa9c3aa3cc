"""What the table of watches knows."""

from __future__ import annotations

from indexer.alerts.watches import sync_watches, watches_behind
from tests.unit.indexer.alerts.test_matching import WATCH, match
from tests.unit.indexer.record import Record


def test_revisions_that_an_active_watch_has_not_seen_are_work_left(record: Record) -> None:
    """A run may end between the search index and the watches, on a full disk for one."""
    match(record, WATCH)
    assert not watches_behind(record.connection)
    record.fetch("/a")
    record.read("Ein Satz.")
    assert watches_behind(record.connection) == {WATCH.id}
    match(record, WATCH)
    assert not watches_behind(record.connection)
    record.fetch("/b")
    record.read("Noch ein Satz.")
    sync_watches(record.connection, [], record.now)
    assert not watches_behind(record.connection)
