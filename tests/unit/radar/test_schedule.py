"""When a source is due."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from radar.schedule import is_due

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "last", "now", "due"),
    [
        (None, NOON, NOON, True),
        ("02:30", None, NOON, True),
        # Berlin is an hour ahead: 02:30 there is 01:30 UTC.
        ("02:30", datetime(2026, 3, 1, 1, 29, tzinfo=UTC), NOON, True),
        ("02:30", datetime(2026, 3, 1, 1, 31, tzinfo=UTC), NOON, False),
        (
            "02:30",
            datetime(2026, 3, 1, 1, 31, tzinfo=UTC),
            datetime(2026, 3, 2, 1, 29, tzinfo=UTC),
            False,
        ),
        (
            "02:30",
            datetime(2026, 3, 1, 1, 31, tzinfo=UTC),
            datetime(2026, 3, 2, 1, 30, tzinfo=UTC),
            True,
        ),
        # A night without this hour: the clocks go from 02:00 to 03:00.
        (
            "02:30",
            datetime(2026, 3, 28, 9, 0, tzinfo=UTC),
            datetime(2026, 3, 29, 9, 0, tzinfo=UTC),
            True,
        ),
        ("6h", datetime(2026, 3, 1, 6, 30, tzinfo=UTC), NOON, False),
        ("6h", datetime(2026, 3, 1, 6, 0, tzinfo=UTC), NOON, True),
        ("30m", datetime(2026, 3, 1, 11, 30, tzinfo=UTC), NOON, True),
        ("1d", datetime(2026, 2, 28, 14, 0, tzinfo=UTC), NOON, False),
        # The run before began a little late.
        ("1d", datetime(2026, 2, 28, 12, 11, tzinfo=UTC), NOON, True),
    ],
)
def test_due(schedule, last, now, due):
    assert is_due(schedule, last, now, "Europe/Berlin") is due
