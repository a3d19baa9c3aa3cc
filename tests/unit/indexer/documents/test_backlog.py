"""What the search store must still write or remove."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.backlog import has_backlog, mark_removed, moved_documents
from tests.unit.indexer.record import Record


def test_whether_there_is_any_is_found_without_a_look_at_all_documents(record: Record) -> None:
    """A scheduled run asks each minute."""
    for number in range(4):
        record.fetch(f"/{number}")
        record.read(f"Das Zinn von Grube {number} wird knapp.")
    record.connection.execute(sa.update(tables.document).values(indexed=1))
    with record.statements() as asked:
        assert not has_backlog(record.connection)
    plans = [
        row.detail
        for statement, values in asked
        for row in record.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    ]
    assert len(plans) == 2
    assert all(plan.startswith("SEARCH document USING") for plan in plans)


def test_what_has_moved_is_removed_once(record: Record) -> None:
    record.fetch("/a")
    record.read("Das Zinn wird knapp.")
    record.connection.execute(sa.update(tables.document).values(indexed=1, moved_to="0" * 16))
    moved = moved_documents(record.connection, 10)
    assert len(moved) == 1
    mark_removed(record.connection, moved)
    assert moved_documents(record.connection, 10) == []
