"""What is work that was left, and what only looks like it: that would be runs without end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.backlog import has_backlog
from radar.erasure.eraser import COUNTED, LEFT, WAITS
from radar.run.pending_work import PAUSE, has_pending_work
from tests.unit.indexer.record import Record

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


@pytest.fixture
def record(connection: sa.Connection) -> Record:
    """Two documents that were read, indexed and seen by all watches; the run is over."""
    record = Record(connection, NOW)
    for path in ("/a", "/b"):
        record.fetch(path)
        record.read(f"Das Zinn von {path} wird knapp.")
    document = tables.document.c
    record.connection.execute(sa.update(tables.document).values(indexed=document.revision))
    record.ledger.commit()
    record.run.finish(NOW, {})
    return record


def is_pending(record: Record) -> bool:
    later = NOW + PAUSE + timedelta(minutes=1)
    return has_pending_work(record.connection, later, {}, can_run=lambda watches: False)


def change(record: Record, **values: object) -> None:
    here = sa.update(tables.document).where(tables.document.c.url.endswith("/a"))
    record.connection.execute(here.values(**values))


def test_nothing_is_left(record: Record) -> None:
    assert not is_pending(record)


@pytest.mark.parametrize(
    ("values", "pending"),
    [
        ({"indexed": 0}, True),
        ({"indexed": 0, "rejected": "too large"}, False),
        ({"moved_to": "b"}, True),
        ({"moved_to": "b", "indexed": 0}, False),
    ],
    ids=["not indexed", "refused", "moved, and still in the index", "moved"],
)
def test_what_the_index_lacks_or_has_too_much_is_left(
    record: Record, values: dict[str, object], pending: bool
) -> None:
    change(record, **values)
    assert is_pending(record) == pending == has_backlog(record.connection)


@pytest.mark.parametrize(
    ("more", "pending"),
    [
        ({}, True),
        ({LEFT: ["a"]}, True),
        ({WAITS: True}, False),
        ({LEFT: ["a"], WAITS: True}, False),
    ],
)
def test_an_erasure_that_was_cut_off_is_left_but_not_one_that_waits_for_labels_alone(
    record: Record, more: dict[str, object], pending: bool
) -> None:
    counts = dict.fromkeys(COUNTED, 0) | more
    order = {"kind": "source", "what": "partner", "started": NOW, "counts": counts}
    record.connection.execute(sa.insert(tables.erasure).values(order))
    assert is_pending(record) == pending
