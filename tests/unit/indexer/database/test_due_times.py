"""Due times that a clock ahead has set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.database.due_times import DueTime
from indexer.database.rows import put_row
from indexer.records.instants import has_come
from tests.unit.indexer.record import Record

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DAY = timedelta(days=1)
SITE = tables.site.c


@pytest.mark.parametrize(
    ("due", "set_at", "come"),
    [
        (-1, None, True),
        (0, None, True),
        (1, None, False),
        (30, None, False),
        (31, None, True),
        (1, -1, False),
        (1, 0, False),
        (1, 0.5, True),
        (1, 0.04, False),
        (30.04, None, False),
        (31, 30, True),
    ],
)
def test_what_no_clock_but_one_ahead_can_have_set_has_come(
    record: Record, due: float, set_at: float | None, come: bool
) -> None:
    at, since = NOW + due * DAY, None if set_at is None else NOW + set_at * DAY
    put_row(record.connection, tables.site, {"name": "s"}, {"rest_until": at, "rest_since": since})
    time = DueTime(SITE.rest_until, 30 * DAY, SITE.rest_since)

    def found(which: sa.ColumnElement[bool]) -> bool:
        query = sa.select(SITE.name).where(which)
        return record.connection.execute(query).first() is not None

    assert found(time.has_come(NOW)) is come
    assert found(~time.has_come(NOW)) is not come
    assert found(time.is_beyond(NOW)) is (come and due > 0)
    assert has_come(at, NOW, 30 * DAY, set_at=since) is come
