"""What was forgotten takes no news from the watches."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from indexer.alerts.matching import Matcher
from indexer.alerts.watches import Watch, sync_watches
from indexer.database import tables
from indexer.documents.queries import newest_sequence, next_sequence
from indexer.erasure.removal import remove, targets_of_page
from indexer.query import QueryCompiler
from indexer.records.reference import load_reference
from tests.unit.indexer.record import HOME, Record

WATCH = Watch("clusters", "Clusters", "Cluster*", ("feed",))
LATE = replace(WATCH, id="late")


def match(record: Record, *watches: Watch) -> int:
    matcher = Matcher(record.connection, record.run.id, record.now)
    return matcher.match(watches, QueryCompiler(load_reference(), {}), progress=lambda number: None)


def publish(record: Record, path: str) -> None:
    record.fetch(path)
    record.read(f"Ein Cluster unter {path}.")


def told(record: Record) -> list[tuple[str, str]]:
    """Watch and path of every match."""
    query = sa.select(tables.match.c.watch, tables.document.c.url).join(tables.document)
    found = record.connection.execute(query.order_by(tables.match.c.id))
    return [(row.watch, row.url.removeprefix(HOME)) for row in found]


@pytest.fixture
def forgotten(record: Record) -> Record:
    """Of two pages the newer one was forgotten; the watch `late` has seen neither."""
    sync_watches(record.connection, [WATCH, LATE], record.now)
    for path in ("/a", "/b"):
        publish(record, path)
    assert match(record, WATCH) == 2
    record.next_night()
    remove(record.connection, targets_of_page(record.connection, [f"{HOME}/b"]))
    return record


def test_a_page_after_one_was_forgotten_is_told_once(forgotten: Record) -> None:
    publish(forgotten, "/c")
    assert match(forgotten, WATCH) == 1
    assert match(forgotten, WATCH) == 0
    assert told(forgotten) == [(WATCH.id, "/a"), (WATCH.id, "/c")]


def test_what_a_watch_has_not_seen_is_told_after_another_page_was_forgotten(
    forgotten: Record,
) -> None:
    publish(forgotten, "/c")
    assert match(forgotten, WATCH, LATE) == 3
    assert match(forgotten, WATCH, LATE) == 0
    assert [path for watch, path in told(forgotten) if watch == LATE.id] == ["/a", "/c"]


def test_numbers_go_on_above_what_watches_have_seen(forgotten: Record) -> None:
    assert (newest_sequence(forgotten.connection), next_sequence(forgotten.connection)) == (1, 3)
    publish(forgotten, "/c")
    assert next_sequence(forgotten.connection) == 4
