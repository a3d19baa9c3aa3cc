"""When the ways that nobody named are looked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from indexer.health.unasked_ways import is_unasked_due, load_unasked, save_unasked
from indexer.records.unasked import Way

NOW = datetime(2031, 3, 12, tzinfo=UTC)
WAYS = (Way("listing", "https://mines.example.org/events"),)


def test_what_was_found_is_kept_and_looked_for_once_a_week(connection: sa.Connection) -> None:
    assert is_unasked_due(connection, "mines", NOW)
    assert load_unasked(connection) == {}
    save_unasked(connection, "mines", WAYS, NOW)
    save_unasked(connection, "ores", (), NOW)
    assert load_unasked(connection) == {"mines": WAYS, "ores": ()}
    assert not is_unasked_due(connection, "mines", NOW + timedelta(days=6))
    assert is_unasked_due(connection, "mines", NOW + timedelta(days=7))
    assert is_unasked_due(connection, "mines", NOW - timedelta(days=1))  # a clock was ahead
